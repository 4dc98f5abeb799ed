"""What exercise control may ask for: injects, excursions, rulings, challenges, who sits where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ttx.adjudicator import amending, rulings
from ttx.adjudicator.margin import reference_minutes
from ttx.adjudicator.rulings import RESPONSES, Ruling
from ttx.adjudicator.tables import TIMINGS
from ttx.exercise.model import text
from ttx.session import phases
from ttx.session.command import Command, IllegalDecision, readable, written
from ttx.session.conduct import next_inject, open_slot, release_of, waits_for_weight
from ttx.session.controlled import (
    MODIFIED,
    OVERRULED,
    OVERTURNED,
    START,
    STRENGTH,
    UPHELD,
    Adjusted,
    Amended,
    Challenged,
    Deferred,
    Handed,
    Heard,
    Improvised,
    Recast,
    Skipped,
    Steered,
    Weighed,
)
from ttx.session.events import Confirmed, Released
from ttx.session.facts import Event
from ttx.session.game import ChallengeRecord, Game
from ttx.session.improvise import faults
from ttx.session.needs import met
from ttx.session.run import PERSON

STRENGTHS = ("far too weak", "weak", "even", "good", "strong")
"""How a written-in action is weighed, by quarters."""
OTHERWISE = "A ruling that differs from the model's needs a reason."


@dataclass(frozen=True, slots=True)
class Control(Command):
    """A request of exercise control."""


@dataclass(frozen=True, slots=True)
class Release(Control):
    """Put an inject into the open slot; a reason where its conditions do not hold."""

    inject: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Defer(Control):
    """Put an inject off to a later turn."""

    inject: str
    until: int
    reason: str


@dataclass(frozen=True, slots=True)
class Skip(Control):
    """Leave an inject out of this run."""

    inject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Improvise(Control):
    """Add an inject written on the spot, in TOML, to the list."""

    source: str


@dataclass(frozen=True, slots=True)
class Steer(Control):
    """Put the contingency of the inject on the table to it."""


@dataclass(frozen=True, slots=True)
class Adjust(Control):
    """Before STARTEX, set a start (hundredths) or a strength (per 256) otherwise."""

    what: str
    part: str
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Weigh(Control):
    """Weigh the leading cell's written-in action."""

    option: str
    quarters: int
    reason: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What shall stand instead of what the model proposed; empty parts stay as they are."""

    timing: str = ""
    effects: Mapping[int, int] = field(default_factory=dict)
    """Hundredths by the place of an effect in the ruling, as it reads with that timing."""
    responses: Mapping[str, str] = field(default_factory=dict)
    """By adversary, of a reckoning."""


@dataclass(frozen=True, slots=True)
class Amend(Control):
    """Rule otherwise than proposed, and confirm that; `overrule` goes beyond the band."""

    instead: Otherwise
    reason: str
    overrule: bool = False


@dataclass(frozen=True, slots=True)
class Challenge(Control):
    """A player's seat challenges what stands, once a turn."""

    reason: str


@dataclass(frozen=True, slots=True)
class Hear(Control):
    """Decide on the challenge that waits; `instead` says what stands where it is not upheld."""

    outcome: str
    reason: str
    instead: Otherwise = field(default_factory=Otherwise)


@dataclass(frozen=True, slots=True)
class HandOver(Control):
    """Give a seat to another person, or with its cell to a robot, or back to a person."""

    seat: str
    player: str


AT_A_STANDSTILL = (Defer, Skip, Improvise, Adjust, HandOver)
"""What may also be asked for while the exercise is paused."""


def controlled(game: Game, seat: str, command: Control) -> list[Event]:
    """The facts of such a request; IllegalDecision where it is refused."""
    if isinstance(command, Challenge):
        return [_challenged(game, seat, command)]
    if isinstance(command, Adjust) and not game.run.facilitator:
        _plays(game, seat)
    elif not game.run.facilitator:
        raise IllegalDecision("Nobody facilitates at this table.")
    elif seat != game.run.facilitator:
        raise IllegalDecision("That is the facilitator's.")
    match command:
        case Release():
            return [_released(game, command)]
        case Defer() | Skip():
            return [_set_aside(game, command)]
        case Improvise():
            _before_the_end(game)
            wrong = faults(game.run.exercise, readable(command.source))
            if wrong:
                raise IllegalDecision(" ".join(wrong[:3]))
            return [Improvised(command.source)]
        case Steer():
            return [_steered(game)]
        case Adjust():
            return [_adjusted(game, command)]
        case Weigh():
            return [_weighed(game, command)]
        case Amend():
            return _amended(game, command)
        case Hear():
            return _heard(game, command)
        case HandOver():
            return [_handed(game, command)]
    raise IllegalDecision("This cannot be asked for here.")


def _plays(game: Game, seat: str) -> None:
    if game.run.seat(seat).cell not in game.run.people:
        raise IllegalDecision("Nobody at this table answers for that cell.")


def _before_the_end(game: Game) -> None:
    if game.phase in (phases.HOTWASH, phases.CLOSED):
        raise IllegalDecision("The exercise has ended.")


# --- injects ---


def _title(game: Game, inject: str) -> str:
    if inject not in game.run.exercise.injects:
        raise IllegalDecision(f"There is no inject '{inject}'.")
    return text(game.run.exercise.injects[inject].title)


def _not_yet(game: Game, inject: str) -> str:
    title = _title(game, inject)
    if inject in game.released:
        raise IllegalDecision(f"'{title}' was released already.")
    return title


def _released(game: Game, command: Release) -> Released:
    slot = open_slot(game)
    if slot is None:
        raise IllegalDecision("No slot is open: an inject is released before a question is asked.")
    title = _not_yet(game, command.inject)
    part = game.run.exercise.injects[command.inject]
    if part.slot != slot:
        raise IllegalDecision(
            f"'{title}' is for the {part.slot} slot, and the {slot} slot is open; "
            "release it there, or defer it."
        )
    reason = readable(command.reason.strip())
    if not met(game.run.tables, game.position, part.when) and not reason:
        raise IllegalDecision(f"The conditions of '{title}' do not hold; give a reason.")
    due = next_inject(game, slot) or ""
    instead = due if due != command.inject else ""
    return replace(release_of(game, slot, command.inject), instead_of=instead, reason=reason)


def _set_aside(game: Game, command: Defer | Skip) -> Event:
    _before_the_end(game)
    title = _not_yet(game, command.inject)
    reason = written(command.reason, f"Why is '{title}' left out? Give a reason.")
    if isinstance(command, Skip):
        if command.inject in {one.inject for one in game.skipped}:
            raise IllegalDecision(f"'{title}' is skipped already; defer brings it back.")
        return Skipped(command.inject, reason)
    turn, count = len(game.turns), game.run.exercise.turns.count
    if not turn < command.until <= count:
        if turn >= count:
            raise IllegalDecision("This is the last turn; nothing can be deferred past it.")
        raise IllegalDecision(f"Defer '{title}' to one of turns {turn + 1} to {count}.")
    return Deferred(command.inject, command.until, reason)


def _steered(game: Game) -> Steered:
    if game.phase != phases.DELIBERATION or game.slot is None or game.inject is None:
        raise IllegalDecision("A contingency belongs to an inject under deliberation.")
    if not text(game.inject.if_not):
        raise IllegalDecision("No contingency was written for this inject.")
    if game.slot.steered:
        raise IllegalDecision("Its contingency was put to the table already.")
    return Steered(game.inject.id)


# --- excursions ---


def _adjusted(game: Game, command: Adjust) -> Adjusted:
    if game.phase != phases.BRIEFING:
        raise IllegalDecision("An excursion is set up before STARTEX.")
    exercise = game.run.exercise
    reason = written(command.reason, "What is the excursion for? Give a reason.")
    if command.what == START:
        track = exercise.tracks.get(command.part)
        if track is None:
            raise IllegalDecision(f"There is no track '{command.part}'.")
        if track.value is not None:
            raise IllegalDecision(f"{command.part} is worked out from the clock; it has no start.")
        if not 0 <= command.value <= amending.FULL:
            raise IllegalDecision("A track is between 0 and 100 points.")
        same = track.start == command.value
    elif command.what == STRENGTH:
        link = next((one for one in exercise.influence if one.id == command.part), None)
        if link is None:
            raise IllegalDecision(f"There is no influence '{command.part}'.")
        if not -256 <= command.value <= 256:
            raise IllegalDecision("A strength is between -256 and 256, per 256.")
        same = link.strength == command.value
    else:
        raise IllegalDecision("An excursion sets a start or a strength.")
    if same:
        raise IllegalDecision("That is what it is already.")
    return Adjusted(command.what, command.part, command.value, reason)


# --- rulings ---


def _weighed(game: Game, command: Weigh) -> Weighed:
    slot, inject = game.slot, game.inject
    lead = waits_for_weight(game)
    if not lead or slot is None or inject is None:
        raise IllegalDecision("No written-in action waits to be weighed.")
    if command.option not in [one.id for one in inject.option]:
        raise IllegalDecision(f"The inject has no option '{command.option}'.")
    if not 0 <= command.quarters < len(STRENGTHS):
        raise IllegalDecision(f"A strength is one of {', '.join(STRENGTHS)}.")
    why = written(command.reason, "Weighing a written-in action needs a reason.")
    return Weighed(lead, command.option, command.quarters, why)


def _amended(game: Game, command: Amend) -> list[Event]:
    reason = written(command.reason, OTHERWISE)
    if game.phase == phases.ADJUDICATION:
        event = _ruling(game, command.instead, reason, overrule=command.overrule)
        return [event, Confirmed("ruling", facilitated=True)]
    if game.phase == phases.RECKONING and game.turn is not None and not game.turn.confirmed:
        recast = _reckoning(game, command.instead, reason, overrule=command.overrule)
        return [recast, Confirmed("reckoning", facilitated=True)]
    raise IllegalDecision("Nothing is proposed now that could be ruled otherwise.")


def amended(game: Game, instead: Otherwise) -> Ruling:
    """The ruling of the inject under way with another timing or other effects.

    IllegalDecision where the timing or an effect is none it could have.
    """
    slot = game.slot
    assert slot is not None
    assert slot.ruled is not None
    tables, model = game.run.tables, slot.ruled.ruling
    found = model
    if instead.timing and instead.timing != model.timing:
        if instead.timing not in TIMINGS or not model.minutes:
            raise IllegalDecision("A ruling without a clock has no timing to change.")
        found = amending.retimed(tables, slot.before, model, instead.timing)
    for at, by in instead.effects.items():
        if not 0 <= at < len(found.effects):
            raise IllegalDecision(f"The ruling has no effect {at + 1}.")
        if abs(by) > amending.FULL:
            raise IllegalDecision("An effect is between -100 and 100 points.")
    return amending.with_effects(tables, slot.before, found, instead.effects)


def _ruling(game: Game, instead: Otherwise, reason: str, *, overrule: bool) -> Amended:
    slot = game.slot
    assert slot is not None
    assert slot.ruled is not None
    found = amended(game, instead)
    if found == slot.ruling:
        raise IllegalDecision("That is what the ruling says already.")
    within = amending.within_band(game.run.tables, slot.before, slot.ruled.ruling, found)
    if not (within or overrule):
        raise IllegalDecision(
            "That is beyond a modification: one step of timing, or an effect between 0 and 3/2 "
            "of the model's. Overrule it instead."
        )
    return Amended(OVERRULED if overrule else MODIFIED, reason, found)


def recast(game: Game, instead: Otherwise) -> Recast:
    """The reckoning under way with other responses; how it is ruled is not said yet.

    IllegalDecision where an adversary or a response is none there is.
    """
    turn, run = game.turn, game.run
    assert turn is not None
    assert turn.before is not None
    assert turn.reckoned is not None
    known = {one.id for one in run.exercise.adversary}
    for name, response in instead.responses.items():
        if name not in known or response not in RESPONSES:
            raise IllegalDecision(f"Nobody can rule '{response}' for '{name}'.")
    stands = {one.adversary: one.response for one in turn.reckoned.reckoning.responses}
    wanted = {**stands, **instead.responses}
    fact = rulings.reckoning(run.tables, turn.before, run.seed, responses=wanted)
    after = rulings.reckoned(run.tables, turn.before, fact)
    minutes = reference_minutes(run.tables, after.tracks, after.levels)
    return Recast("", "", fact, minutes)


def _reckoning(game: Game, instead: Otherwise, reason: str, *, overrule: bool) -> Recast:
    made, turn = recast(game, instead), game.turn
    assert turn is not None
    assert turn.proposed is not None
    assert turn.reckoned is not None
    if made.reckoning.responses == turn.reckoned.reckoning.responses:
        raise IllegalDecision("That is what the reckoning says already.")
    if not overrule and amending.step(turn.proposed.reckoning, made.reckoning) > 1:
        raise IllegalDecision(
            "That is beyond a modification: one step from what the model has an adversary do. "
            "Overrule it instead."
        )
    return replace(made, how=OVERRULED if overrule else MODIFIED, reason=reason)


# --- challenges ---


def challenges(game: Game) -> tuple[ChallengeRecord, ...]:
    """The challenges of what the table reads now."""
    if game.turn is None:
        return ()
    if game.phase == phases.RECKONING:
        return game.turn.challenges
    return game.slot.challenges if game.phase == phases.REVIEW and game.slot is not None else ()


def unheard(game: Game) -> ChallengeRecord | None:
    """The challenge that waits to be heard."""
    return next((one for one in challenges(game) if one.heard is None), None)


def _challenged(game: Game, seat: str, command: Challenge) -> Challenged:
    run, turn = game.run, game.turn
    if not run.facilitator:
        raise IllegalDecision("Nobody facilitates here, so nobody would hear a challenge.")
    _plays(game, seat)
    reads = game.phase == phases.REVIEW or (
        game.phase == phases.RECKONING and turn is not None and turn.confirmed
    )
    if not reads or turn is None:
        raise IllegalDecision("A ruling is challenged once it stands, while the table reads it.")
    every = [one for slot in turn.slots for one in slot.challenges] + [*turn.challenges]
    if seat in [one.seat for one in every]:
        raise IllegalDecision("Your seat has challenged once in this turn.")
    return Challenged(written(command.reason, "A challenge needs a reason."))


def _heard(game: Game, command: Hear) -> list[Event]:
    waits = unheard(game)
    if waits is None:
        raise IllegalDecision("No challenge waits to be heard.")
    reason = written(command.reason, "Say why, to the seat that challenged.")
    outcomes = (UPHELD, MODIFIED, OVERTURNED)
    if command.outcome not in outcomes:
        raise IllegalDecision(f"A challenged ruling is {', '.join(outcomes[:2])} or overturned.")
    heard = Heard(waits.seat, command.outcome, reason)
    if command.outcome == UPHELD:
        return [heard]
    beyond = command.outcome == OVERTURNED
    if game.phase == phases.REVIEW:
        return [heard, _ruling(game, command.instead, reason, overrule=beyond)]
    return [heard, _reckoning(game, command.instead, reason, overrule=beyond)]


# --- who sits where ---


def _handed(game: Game, command: HandOver) -> Handed:
    run = game.run
    _before_the_end(game)
    seats = {one.id: one for one in run.exercise.seat}
    if command.seat not in seats:
        raise IllegalDecision(f"There is no seat '{command.seat}'.")
    seat = seats[command.seat]
    if seat.cell not in {cell.id for cell in run.allied}:
        raise IllegalDecision("Only seats of the cells that answer injects change hands.")
    holds = run.players.get(seat.cell, PERSON)
    if command.player == PERSON and holds == PERSON:
        return Handed(command.seat, PERSON)
    if not seat.lead:
        raise IllegalDecision(
            f"A robot plays a whole cell; name its lead, {run.lead(seat.cell).short}."
        )
    if command.player != PERSON and command.player not in {one.id for one in run.exercise.robot}:
        known = ", ".join(one.id for one in run.exercise.robot)
        raise IllegalDecision(f"There is no robot '{command.player}'; choose from {known}.")
    if command.player == holds:
        raise IllegalDecision(f"The robot {holds} plays that cell already.")
    return Handed(command.seat, command.player)
