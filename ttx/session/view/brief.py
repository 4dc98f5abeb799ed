"""A catch-up brief for whoever comes to a seat in the middle of play: ten lines at most."""

from __future__ import annotations

import datetime

from ttx.exercise import zones
from ttx.exercise.model.injects import Inject
from ttx.i18n import N_, _
from ttx.session import gates, phases
from ttx.session.control_events import MODIFIED
from ttx.session.events import EVERYBODY
from ttx.session.game import Game, SlotRecord
from ttx.session.run import PERSON
from ttx.session.view import clock, words
from ttx.session.view.aims import aims, did_in_words
from ttx.session.view.amended import HOW
from ttx.session.view.answers import carried_out
from ttx.session.view.choice import choice
from ttx.session.view.eye import Eye, Played
from ttx.session.view.levers import announced, levers, requests
from ttx.session.view.reckoning import last_turn
from ttx.session.view.table import status

MOST = 10
"""Lines of a brief."""
TYPED = 120
"""Characters of what somebody typed that a line takes in."""
RULINGS = 2
"""How many of the last rulings it tells."""


def in_play(game: Game) -> bool:
    """Whether there is anything to catch up on."""
    return game.phase not in phases.OUTSIDE_PLAY


def brief(eye: Eye) -> tuple[str, ...]:
    """What a seat has to know to go on, of what it may see and of nothing else.

    In this order: where the run stands, what is asked now and by when, who leads, the levers and
    what moved last, what was answered and how it came out, what the adversaries did, the scores
    against the reference, the cell's own requests, and the last message.
    """
    lines = [
        _stands(eye),
        _asked(eye),
        _leads(eye),
        _held(eye),
        *_answered(eye),
        *_aims(eye),
        _adversaries(eye),
        last_turn(eye),
        _requests(eye),
        _message(eye),
    ]
    return tuple(line for line in lines if line)[:MOST]


def _stands(eye: Eye) -> str:
    you = _("You are {seat}.", seat=eye.text(eye.run.seat(eye.seat).name))
    return f"{status(eye).stands} {you}"


def _asked(eye: Eye) -> str:
    """What waits for the seat now, and until when."""
    game, slot, inject = eye.game, eye.game.slot, eye.game.inject
    until = _("until all are done")
    if eye.run.facilitator:
        until = _("until the facilitator closes that")
    if game.phase == phases.LEVERS:
        wanted = next(iter(requests(eye)), None)
        if wanted is not None:
            return _(
                "Asked now: consent to {lever} at {level}, while levers are open.",
                lever=eye.names.levers[wanted.lever],
                level=eye.names.level(wanted.lever, wanted.level),
            )
        return _("Now: levers may be moved, {until}.", until=until) if eye.visibility.levers else ""
    if game.phase == phases.RESPONSE:
        return _responds(eye, until)
    if game.phase not in (phases.DELIBERATION, phases.ADJUDICATION) or slot is None:
        return ""
    assert inject is not None
    what = f"{game.number} {eye.names.injects[inject.id]}"
    if game.phase == phases.ADJUDICATION:
        return _("Now: {what} was answered; the ruling comes next.", what=what)
    if not eye.visibility.levers:
        return _("Now: the allied cells deliberate on {what}.", what=what)
    window = _by_when(eye, slot, inject)
    if not eye.decides:
        return _("Now: {what} is being answered.", what=what) + window
    own = eye.run.seat(eye.seat).cell
    if own in slot.by_robots:
        return _("Now: a robot has answered {what} for your cell.", what=what)
    if own in slot.entered:
        return _("Now: exercise control has entered your cell's answer to {what}.", what=what)
    if own in slot.answers:
        return _("Now: your cell has answered {what}.", what=what)
    question = eye.timed(inject.question, slot.released)
    return _("Asked now ({what}): {question}", what=what, question=question) + window


def _responds(eye: Eye, until: str) -> str:
    """The choice of a Red seat; to others that it is under way."""
    view = choice(eye)
    mine = [row for row in view.rows if row.mine] if view is not None else []
    if not mine:
        return _("Now: the adversaries choose how they respond.")
    names = words.listed([row.of.name for row in mine if not row.chosen])
    if not names:
        return _("Now: you have chosen; it may be changed {until}.", until=until)
    return _("Asked now: how {names} responds, {until}.", names=names, until=until)


def _by_when(eye: Eye, slot: SlotRecord, inject: Inject) -> str:
    """Until when the answer has to have worked, in the story; else nothing."""
    if not inject.window:
        return ""
    onset = datetime.datetime.fromisoformat(f"{slot.released.day}T00:00")
    ends = onset + datetime.timedelta(hours=slot.released.hour, minutes=inject.window)
    return _(
        " The window closes {day} {time}, after {hours}.",
        day=words.day_text(ends.date().isoformat()),
        time=zones.stamped(zones.local(eye.exercise), ends),
        hours=words.hours(inject.window),
    )


def _leads(eye: Eye) -> str:
    if not eye.visibility.levers:
        return ""
    run, cells = eye.run, eye.names.cells
    own = run.seat(eye.seat).cell
    clauses = []
    for cell in run.allied:
        player = run.players.get(cell.id, PERSON)
        who = run.lead(cell.id).short
        if player != PERSON:
            who = words.robot(eye.exercise, player)
        if cell.id == own:
            clauses.append(_("{who} leads your cell", who=who))
        else:
            clauses.append(_("{who} leads the {cell} cell", who=who, cell=cells[cell.id]))
    if eye.game.phase == phases.DELIBERATION and eye.game.inject is not None:
        lead = gates.slot_lead(eye.game)
        if lead == own:
            clauses.append(_("your cell's answer is carried out"))
        else:
            clauses.append(_("the {cell} cell's answer is carried out", cell=cells[lead]))
    return f"{'; '.join(clauses)}."


def _held(eye: Eye) -> str:
    """Where the levers of the question stand, and what moved last."""
    at = N_("{lever} at {level}")
    if not eye.visibility.levers:
        known = [_(at, lever=view.name, level=view.level) for view in announced(eye)]
        return _("Announced: {levers}.", levers=", ".join(known)) if known else ""
    views = {view.id: view for view in levers(eye)}
    held = [
        _(
            at,
            lever=views[name].name,
            level=next(level.name for level in views[name].levels if level.held),
        )
        for name in eye.exercise.review.levers
        if name in views
    ]
    stand = _("Levers: {levers}.", levers=", ".join(held))
    moved = [(turn, move) for turn in eye.game.turns for _seat, move in turn.moves]
    if not moved:
        return f"{stand} {_('None was moved yet.')}"
    turn, move = moved[-1]
    last = _(
        "Moved last: {lever} to {level}, in turn {turn}.",
        lever=eye.names.levers[move.lever],
        level=eye.names.level(move.lever, move.level),
        turn=turn.opened.turn,
    )
    return f"{stand} {last}"


def _answered(eye: Eye) -> list[str]:
    """The last rulings that stand: what was answered, and how it came out."""
    done = [played for played in eye.played() if played.slot.confirmed][-RULINGS:]
    if eye.visibility.levers:
        return [_ruled(eye, played) for played in done]
    titles = ", ".join(played.title for played in done)
    return [_("Answered last: {titles}.", titles=titles)] if titles else []


def _ruled(eye: Eye, played: Played) -> str:
    ruling = played.slot.ruling
    assert ruling is not None
    if ruling.minutes:
        came = clock.ruled(eye.run.tables, ruling).verdict
    else:
        came = _("it carries {share}", share=words.carries(ruling.quarters))
    amended = played.slot.amended
    if amended is not None and amended.how != MODIFIED:
        came = _("{came} ({how})", came=came, how=_(HOW[amended.how]))
    answer = carried_out(played.inject, played.slot)
    return f"{played.headed}: '{answer}'; {came}."


def _aims(eye: Eye) -> list[str]:
    """To a Red seat what it is after, and what is in its purse."""
    if eye.visibility.scores:
        return []
    lines = []
    for view in aims(eye):
        if view.aim:
            line = _(
                "{name}'s aim: {aim}. {reached}", name=view.name, aim=view.aim, reached=view.reached
            )
            if view.chips is not None:
                purse = _("Purse: {chips} of {cap} chips.", chips=view.chips, cap=view.cap)
                line = f"{line} {purse}"
            lines.append(line)
    return lines


def _adversaries(eye: Eye) -> str:
    """What they did when the last turn was reckoned: to who reads no odds of one, by its name."""
    reckoned = [turn.reckoned for turn in eye.game.turns if turn.confirmed and turn.reckoned]
    if not reckoned:
        return ""
    fact = reckoned[-1].reckoning
    clauses = []
    for adversary, did in fact.did.items():
        seen = adversary in eye.visibility.adversaries
        news = words.response(did) if seen else did_in_words(eye.game, adversary, did)
        clauses.append(f"{eye.names.adversaries[adversary]} {news}")
    return _("At the end of turn {turn}: {did}.", turn=fact.turn, did=", ".join(clauses))


def _requests(eye: Eye) -> str:
    """The cell's own requests for information, and the last reply."""
    if not eye.decides:
        return ""
    book, own = eye.game.notebook, eye.run.speaks_for(eye.seat)
    mine = [made for made in book.inquiries if eye.run.seat(made.stamp.by).cell in own]
    if not mine:
        return ""
    waits = sum(not made.reply for made in mine)
    line = _(
        "Requests of your cell to control: {count}, {waits} waiting.",
        count=len(mine),
        waits=waits or _("none"),
    )
    replies = [reply for reply in book.replies if reply[2] in own]
    if not replies:
        return line
    _entry, number, _cell, typed = replies[-1]
    last = _("Last reply ({number}): {words}", number=number, words=_short(typed))
    return f"{line} {last}"


def _message(eye: Eye) -> str:
    mine = [words for _entry, to, words in eye.game.messages if to in (EVERYBODY, eye.seat)]
    if not mine:
        return ""
    last = _short(mine[-1])
    if len(mine) == 1:
        return _("Last message of the facilitator: {words}", words=last)
    return _(
        "Last message of the facilitator; {count} before it: {words}",
        count=len(mine) - 1,
        words=last,
    )


def _short(typed: str) -> str:
    """What somebody typed, as far as a line of a brief has room for it."""
    flat = " ".join(typed.split())
    return flat if len(flat) <= TYPED else f"{flat[: TYPED - 4].rstrip()} ..."
