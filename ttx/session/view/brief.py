"""A catch-up brief for whoever comes to a seat in the middle of play: ten lines at most."""

from __future__ import annotations

import datetime

from ttx.exercise import zones
from ttx.session import gates, phases
from ttx.session.control_events import OVERRULED
from ttx.session.events import EVERYBODY
from ttx.session.game import Game, SlotRecord, TurnRecord
from ttx.session.run import PERSON
from ttx.session.view import clock, words
from ttx.session.view.aims import aims, did_in_words
from ttx.session.view.answers import carried_out
from ttx.session.view.choice import choice
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import last_turn
from ttx.session.view.table import announced, levers, requests, status
from ttx.session.view.visibility import decides

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
    sees = eye.visibility
    lines = [
        _stands(eye),
        _asked(eye),
        _leads(eye),
        _held(eye),
        *_answered(eye),
        *_aims(eye),
        _adversaries(eye),
        last_turn(eye) if sees.scores else "",
        _requests(eye),
        _message(eye),
    ]
    return tuple(line for line in lines if line)[:MOST]


def _stands(eye: Eye) -> str:
    view = status(eye)
    paused = ", paused" if view.paused else ""
    name = eye.run.seat(eye.seat).name
    return (
        f"{view.title}, turn {view.turn} of {view.turns}, {view.date}: {view.phase}{paused}. "
        f"You are {eye.text(name)}."
    )


def _asked(eye: Eye) -> str:
    """What waits for the seat now, and until when."""
    game = eye.game
    run, slot, inject = eye.run, game.slot, game.inject
    held = bool(run.facilitator)
    until = "until the facilitator closes that" if held else "until all are done"
    if game.phase == phases.LEVERS:
        wanted = next(iter(requests(eye)), None)
        if wanted is not None:
            return f"Asked now: consent to {wanted.lever} at {wanted.level}, while levers are open."
        return f"Now: levers may be moved, {until}." if eye.visibility.levers else ""
    if game.phase == phases.RESPONSE:
        return _responds(eye, until)
    if game.phase not in (phases.DELIBERATION, phases.ADJUDICATION) or slot is None:
        return ""
    assert inject is not None
    title = eye.text(inject.title)
    on_the_table = f"{game.number} {title}"
    if game.phase == phases.ADJUDICATION:
        return f"Now: {on_the_table} was answered; the ruling comes next."
    if not eye.visibility.levers:
        return f"Now: the allied cells deliberate on {on_the_table}."
    if not decides(run, eye.seat):
        return f"Now: {on_the_table} is being answered{_by_when(game, slot)}."
    if run.seat(eye.seat).cell in slot.answers:
        return f"Now: your cell has answered {on_the_table}."
    asks = zones.filled(
        run.exercise, eye.text(inject.question), slot.released.day, slot.released.hour
    )
    return f"Asked now ({on_the_table}): {asks}{_by_when(game, slot)}"


def _responds(eye: Eye, until: str) -> str:
    """The choice of a Red seat; to others that it is under way."""
    view = choice(eye)
    mine = [one for one in view.rows if one.mine] if view is not None else []
    if not mine:
        return "Now: the adversaries choose how they respond."
    names = " and ".join(one.of.name for one in mine if not one.chosen)
    if not names:
        return f"Now: you have chosen; it may be changed {until}."
    return f"Asked now: how {names} responds, {until}."


def _by_when(game: Game, slot: SlotRecord) -> str:
    """Until when the answer has to have worked, in the story; else nothing."""
    inject = game.run.exercise.injects[slot.released.inject]
    if not inject.window:
        return ""
    onset = datetime.datetime.fromisoformat(f"{slot.released.day}T00:00") + datetime.timedelta(
        hours=slot.released.hour
    )
    ends = onset + datetime.timedelta(minutes=inject.window)
    day = words.day_text(ends.date().isoformat())
    time = zones.stamped(zones.local(game.run.exercise), ends)
    return f" The window closes {day} {time}, after {words.hours(inject.window)}."


def _leads(eye: Eye) -> str:
    game = eye.game
    run = eye.run
    own = run.seat(eye.seat).cell
    if not eye.visibility.levers:
        return ""
    cells = {one.id: eye.text(one.name) for one in run.exercise.cell}
    told = []
    for cell in run.allied:
        player = run.players.get(cell.id, PERSON)
        who = run.lead(cell.id).short if player == PERSON else f"the robot {player}"
        told.append(f"{who} leads {'your' if cell.id == own else 'the ' + cells[cell.id]} cell")
    if game.phase == phases.DELIBERATION and game.inject is not None:
        lead = gates.slot_lead(game)
        whose = "your cell's" if lead == own else f"the {cells[lead]} cell's"
        told.append(f"{whose} answer is carried out")
    return f"{'; '.join(told)}."


def _held(eye: Eye) -> str:
    """Where the levers of the question stand, and what moved last."""
    if not eye.visibility.levers:
        known = [f"{one.id} at {one.level}" for one in announced(eye)]
        return f"Announced: {', '.join(known)}." if known else ""
    names = eye.exercise.review.levers
    every = {one.id: one for one in levers(eye)}
    held = [
        f"{name} at {next(level.name for level in every[name].levels if level.held)}"
        for name in names
        if name in every
    ]
    moves = [
        (turn.opened.turn, move.lever, move.level)
        for turn in eye.game.turns
        for _, move in turn.moves
    ]
    told = f"Levers: {', '.join(held)}."
    if not moves:
        return f"{told} None was moved yet."
    turn, lever, level = moves[-1]
    parts = eye.exercise.levers[lever].levels
    name = next(eye.text(one.name) for one in parts if one.id == level)
    return f"{told} Moved last: {lever} to {name}, in turn {turn}."


def _answered(eye: Eye) -> list[str]:
    """The last rulings that stand: what was answered, and how it came out."""
    done = [
        (turn, at, slot)
        for turn in eye.game.turns
        for at, slot in enumerate(turn.slots, start=1)
        if slot.confirmed
    ][-RULINGS:]
    if not eye.visibility.levers:
        released = [
            eye.text(eye.exercise.injects[slot.released.inject].title) for _, _, slot in done
        ]
        return [f"Answered last: {', '.join(released)}."] if released else []
    return [_ruled(eye, turn, at, slot) for turn, at, slot in done]


def _ruled(eye: Eye, turn: TurnRecord, at: int, slot: SlotRecord) -> str:
    assert slot.ruling is not None
    inject = eye.exercise.injects[slot.released.inject]
    told = carried_out(inject, slot, eye.language)
    if slot.ruling.minutes:
        came = clock.ruled(eye.run.tables, slot.ruling, eye.language).verdict
    else:
        came = f"it carries {words.carries(slot.ruling.quarters)}"
    over = " (overruled)" if slot.amended is not None and slot.amended.how == OVERRULED else ""
    number = f"{turn.opened.turn}.{at}"
    return f"{number} {eye.text(inject.title)}: '{told}'; {came.rstrip('.')}{over}."


def _aims(eye: Eye) -> list[str]:
    """To a Red seat what it is after, and what is in its purse."""
    if eye.visibility.scores:
        return []
    return [
        f"{one.name}'s aim: {one.aim}. {one.reached}"
        + (f" Purse: {one.chips} of {one.cap} chips." if one.chips is not None else "")
        for one in aims(eye)
        if one.aim
    ]


def _adversaries(eye: Eye) -> str:
    """What they did when the last turn was reckoned: to who reads no odds of one, by its name."""
    ended = [turn for turn in eye.game.turns if turn.confirmed]
    if not ended:
        return ""
    fact = ended[-1].reckoned
    assert fact is not None
    did = {one.adversary: one.response for one in fact.reckoning.responses}
    told = ", ".join(
        f"{eye.text(part.name)} "
        + (
            did[part.id]
            if part.id in eye.visibility.adversaries
            else did_in_words(eye.game, part.id, did[part.id], eye.language)
        )
        for part in eye.exercise.adversary
        if part.id in did
    )
    return f"At the end of turn {fact.reckoning.turn}: {told}."


def _requests(eye: Eye) -> str:
    """The cell's own requests for information, and the last reply."""
    if not decides(eye.run, eye.seat):
        return ""
    own = set(eye.run.speaks_for(eye.seat))
    mine = [one for one in eye.game.notebook.inquiries if eye.run.seat(one.stamp.by).cell in own]
    if not mine:
        return ""
    waits = sum(not one.reply for one in mine)
    told = f"Requests of your cell to control: {len(mine)}, {waits or 'none'} waiting."
    replies = [one for one in eye.game.notebook.replies if one[2] in own]
    return f"{told} Last reply ({replies[-1][1]}): {_short(replies[-1][3])}" if replies else told


def _message(eye: Eye) -> str:
    mine = [one for one in eye.game.messages if one[1] in (EVERYBODY, eye.seat)]
    if not mine:
        return ""
    more = f"; {len(mine) - 1} before it" if len(mine) > 1 else ""
    return f"Last message of the facilitator{more}: {_short(mine[-1][2])}"


def _short(said: str) -> str:
    """What somebody typed, as far as a line of a brief has room for it."""
    flat = " ".join(said.split())
    return flat if len(flat) <= TYPED else f"{flat[: TYPED - 4].rstrip()} ..."
