"""The gate that a run stands at: what it waits for, and what opens it."""

from __future__ import annotations

from enum import Enum, auto

from ttx.exercise.model.injects import SlotName
from ttx.session import phases
from ttx.session.event_codec import Event
from ttx.session.events import Closed, Confirmed, Started, Told
from ttx.session.game import ChallengeRecord, Game


class Gate(Enum):
    """What a run waits for, until whoever holds the pace goes on."""

    START = auto()
    """STARTEX."""
    LEVERS = auto()
    """The cells to be done with their levers."""
    SLOT = auto()
    """An inject to be released."""
    ANSWERS = auto()
    """The cells to answer the inject on the table."""
    WEIGHING = auto()
    """An action in own words to be weighed."""
    RULING = auto()
    """A ruling to be confirmed."""
    RULED = auto()
    """The table to have read the ruling."""
    RESPONSES = auto()
    """The adversaries that people or robots play to have chosen."""
    RECKONING = auto()
    """A reckoning to be confirmed."""
    RECKONED = auto()
    """The table to have read the reckoning."""
    HEARING = auto()
    """A challenge to be heard."""
    WASH = auto()
    """The hot wash to be over."""


def gate(game: Game) -> Gate | None:
    """The gate that a run stands at; None where it needs nobody to go on, or is closed."""
    if open_slot(game) is not None:
        return Gate.SLOT
    if unheard(game) is not None:
        return Gate.HEARING
    match game.phase:
        case phases.BRIEFING:
            return Gate.START
        case phases.LEVERS:
            return Gate.LEVERS
        case phases.DELIBERATION:
            return Gate.WEIGHING if waits_for_weight(game) else Gate.ANSWERS
        case phases.ADJUDICATION:
            return Gate.RULING
        case phases.REVIEW:
            return Gate.RULED
        case phases.RESPONSE:
            return Gate.RESPONSES
        case phases.RECKONING:
            confirmed = game.turn is not None and game.turn.confirmed
            return Gate.RECKONED if confirmed else Gate.RECKONING
        case phases.HOTWASH:
            return Gate.WASH
    return None


def passed(at: Gate, *, facilitated: bool) -> Event:
    """The fact by which a gate opens that asks for a word and nothing else.

    Raises:
        ValueError: Who passes this gate has more to say than that.
    """
    match at:
        case Gate.START:
            return Started()
        case Gate.RULING:
            return Confirmed("ruling", facilitated)
        case Gate.RECKONING:
            return Confirmed("reckoning", facilitated)
        case Gate.RULED | Gate.RECKONED:
            return Told()
        case Gate.WASH:
            return Closed()
    raise ValueError(f"the gate {at.name} takes more than a word")


def open_slot(game: Game) -> SlotName | None:
    """The slot that an inject may be released into now; None where none is open."""
    turn = game.turn
    if game.phase == phases.INJECT:
        return "policy"
    if game.phase != phases.OUTCOME or turn is None:
        return None
    done = {record.released.slot for record in turn.slots} | set(turn.empty)
    return None if "crisis" in done else "crisis"


def answering(game: Game) -> list[str]:
    """The people's cells that answer the inject on the table, or still may."""
    closed = (game.slot.closed if game.slot is not None else None) or ()
    return [cell for cell in game.run.people if cell not in closed]


def unanswered(game: Game) -> list[str]:
    """Those of them whose answer is still awaited."""
    given = game.slot.answers if game.slot is not None else {}
    return [cell for cell in answering(game) if cell not in given]


def slot_lead(game: Game) -> str:
    """The cell whose answer is carried out; a person's, where its own lead is a robot."""
    assert game.inject is not None
    lead, people = game.inject.lead, answering(game)
    return people[0] if people and lead not in people else lead


def waits_for_weight(game: Game) -> str:
    """The leading cell, where its written-in action waits to be weighed; else empty."""
    slot = game.slot
    if game.phase != phases.DELIBERATION or slot is None or slot.weighed is not None:
        return ""
    if unanswered(game):
        return ""
    lead = slot_lead(game)
    return lead if lead in slot.answers and slot.answers[lead].written else ""


def challenges(game: Game) -> tuple[ChallengeRecord, ...]:
    """The challenges of what the table reads now."""
    if game.turn is None:
        return ()
    if game.phase == phases.RECKONING:
        return game.turn.challenges
    return game.slot.challenges if game.phase == phases.REVIEW and game.slot is not None else ()


def unheard(game: Game) -> ChallengeRecord | None:
    """The challenge that waits to be heard."""
    return next((challenge for challenge in challenges(game) if challenge.heard is None), None)
