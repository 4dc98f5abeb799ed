"""The run as its facilitator sees it: the gate it stands at, and who is still awaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ttx.i18n import N_, _, ngettext
from ttx.session import automation, phases
from ttx.session.game import Game
from ttx.session.gates import Gate, gate, open_slot, unanswered, unheard, waits_for_weight
from ttx.session.rights import opens
from ttx.session.view import words
from ttx.session.view.choice import awaited_seats
from ttx.session.view.eye import Eye
from ttx.session.view.lever_desk import lapses
from ttx.session.view.msel_number import numbered
from ttx.session.view.reckoning import reckoning
from ttx.session.view.response import ResponseRow
from ttx.session.view.ruling import ruling

PLAIN = {
    Gate.RULING: (N_("A ruling is proposed; nobody else sees it yet."), N_("Confirm the ruling")),
    Gate.RECKONING: (
        N_("The reckoning is proposed; nobody else sees it yet."),
        N_("Confirm the reckoning"),
    ),
    Gate.RULED: (N_("The table reads the ruling."), N_("Go on")),
    Gate.RECKONED: (N_("The table reads the reckoning."), N_("Go on to the next turn")),
}
"""Gates of which the same is always said: where the run stands, and what opens them."""
OPEN_SLOT = {
    "policy": N_("The policy slot of turn {turn} is open."),
    "crisis": N_("The crisis slot of turn {turn} is open."),
}


@dataclass(frozen=True, slots=True)
class ControlView:
    """What the facilitator holds."""

    sentence: str
    """Where the run stands and what comes next, in one sentence."""
    does: str
    """What opens the gate, in a few words for a button; empty where that is not this seat's."""
    asks: str
    """A question before that where it would cut somebody off; else empty."""
    proposed: tuple[str, ...]
    """The ruling or the reckoning that waits to be confirmed, in sentences."""
    hidden: tuple[str, ...]
    """The same without what was answered and what came of that, for a screen that others see."""
    following: str
    """The inject that the gate would release, by id; empty where it would release none."""


def control(eye: Eye) -> ControlView:
    """The view of a seat at the desk; ValueError for any other."""
    eye.require_desk()
    sentence, does, asks = _gate(eye, gate(eye.game), _missing(eye))
    if opens(gate(eye.game)) not in eye.rights:
        does, asks = "", ""
    if eye.game.paused:
        sentence, does, asks = _("Paused. {sentence}", sentence=sentence), "", ""
    slot = open_slot(eye.game)
    following = automation.next_inject(eye.game, slot) if slot is not None else None
    proposed, hidden = _proposed(eye)
    return ControlView(sentence, does, asks, proposed, hidden, following or "")


def _gate(eye: Eye, at: Gate | None, missing: Sequence[str]) -> tuple[str, str, str]:
    """Where the run stands, what opens that gate, and what to ask before it does."""
    game, names = eye.game, words.listed(missing)
    waits = _("Waiting for {names}.", names=names) if missing else _("Everybody is in.")
    turn = game.turn.opened.turn if game.turn is not None else 1
    match at:
        case Gate.START:
            ready = len(game.ready)
            sentence = _("The seats read their briefing; {count} are ready.", count=ready)
            return sentence, _("STARTEX"), ""
        case Gate.LEVERS:
            asks = _close_levers(eye, names)
            sentence = _("Levers of turn {turn}. {waits}", turn=turn, waits=waits)
            return sentence, _("Close the levers"), asks
        case Gate.SLOT:
            return *_open_slot(eye, turn), ""
        case Gate.ANSWERS:
            assert game.inject is not None
            title = eye.text(game.inject.title)
            asks = _("Close it without {names}? A robot answers for them.", names=names)
            asks = " ".join(filter(None, (asks, _committed_without(eye))))
            sentence = _("Deliberation on {title}. {waits}", title=title, waits=waits)
            return sentence, _("Close the deliberation"), asks if missing else ""
        case Gate.WEIGHING:
            name = eye.names.cells[waits_for_weight(game)]
            sentence = _("The action that {name} wrote in waits to be weighed.", name=name)
            return sentence, _("Weigh it"), ""
        case Gate.HEARING:
            challenge = unheard(game)
            assert challenge is not None
            name = eye.names.seats[challenge.seat]
            sentence = _("The challenge of {name} waits to be heard.", name=name)
            return sentence, _("Hear the challenge"), ""
        case Gate.RESPONSES:
            return _responses(game)
        case Gate.WASH:
            asks = _("Close the run? Board, ratings and plan stay as they are then.")
            sentence = _("Hot wash. The board is open to all seats.")
            return sentence, _("Close the run"), asks
        case None if game.phase == phases.OUTCOME:
            return _("The turn is about to be reckoned."), "", ""
        case None:
            return _("The run is closed; its record stays."), "", ""
    sentence, does = PLAIN[at]
    return _(sentence), _(does), ""


def _close_levers(eye: Eye, names: str) -> str:
    """What is asked before levers close: who is cut off, and which requests lapse with that."""
    asks = _("Close the levers without {names}?", names=names) if names else ""
    if lost := lapses(eye):
        lapse = ngettext(
            "One request lapses: {requests}.",
            "{count} requests lapse: {requests}.",
            len(lost),
            requests="; ".join(lost),
        )
        asks = f"{asks or _('Close the levers?')} {lapse}"
    return asks


def _responses(game: Game) -> tuple[str, str, str]:
    late = awaited_seats(game)
    names = words.listed(late)
    waits = _("All have chosen; they may still change it.")
    if late:
        waits = _("Waiting for {names}.", names=names)
    asks = _("Close it without {names}? The rule responds for them.", names=names) if late else ""
    sentence = _("The adversaries choose how they respond. {waits}", waits=waits)
    return sentence, _("Close the choice"), asks


def _open_slot(eye: Eye, turn: int) -> tuple[str, str]:
    """What may be released now, and what opens the gate."""
    slot = open_slot(eye.game)
    assert slot is not None
    inject = automation.next_inject(eye.game, slot)
    where = _(OPEN_SLOT[slot], turn=turn)
    if inject is None:
        return _("{where} Nothing is due for it.", where=where), _("Leave it empty")
    title = eye.names.injects[inject]
    number = numbered(eye.exercise.injects[inject])
    does = _("Release {number}", number=number)
    return _("{where} Next: {number} {title}.", where=where, number=number, title=title), does


def _committed_without(eye: Eye) -> str:
    """Who has committed in a cell that has no answer, which a robot would speak over."""
    slot, late = eye.game.slot, unanswered(eye.game)
    if slot is None:
        return ""
    seats = [seat for seat in slot.commitments if eye.run.seat(seat).cell in late]
    if not seats:
        return ""
    return ngettext(
        "{names} has committed to an answer: make it the lead, or enter its answer here.",
        "{names} have committed to answers: make one the lead, or enter an answer here.",
        len(seats),
        names=words.listed([eye.names.seats[seat] for seat in seats]),
    )


def _missing(eye: Eye) -> list[str]:
    """The people's cells that the run waits for, by name."""
    game, missing = eye.game, list[str]()
    if game.phase == phases.DELIBERATION:
        missing = unanswered(game)
    elif game.phase == phases.LEVERS:
        missing = [cell for cell in eye.run.people if cell not in game.left]
    return [eye.names.cells[cell.id] for cell in eye.run.allied if cell.id in missing]


def _proposed(eye: Eye) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What waits to be confirmed, whole and without answers."""
    game = eye.game
    if game.phase == phases.ADJUDICATION:
        made = ruling(eye)
        if made is None:
            return (), ()
        answers = (
            _("{cell} answered {title}.", cell=cell, title=title) for cell, title in made.answers
        )
        whole = (*answers, f"{made.verdict} {made.sentence}", *made.margin)
        return whole, (made.verdict,)
    if game.phase == phases.RECKONING and game.turn is not None and not game.turn.confirmed:
        proposed = reckoning(eye)
        if proposed is not None:
            whole = (proposed.headline, *map(_responded, proposed.responses))
            return whole, whole
    return (), ()


def _responded(row: ResponseRow) -> str:
    line = _(
        "{name}: odds {odds}, draw {draw}: {did}.",
        name=row.name,
        odds=row.odds,
        draw=row.draw,
        did=row.did,
    )
    return f"{line} {row.turned}" if row.rule else line
