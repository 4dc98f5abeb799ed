"""Rulings made by a person: otherwise than proposed, of what was written in, and on challenges."""

from __future__ import annotations

from dataclasses import replace

from ttx.adjudicator import amending, rulings
from ttx.adjudicator.margin import reference_minutes
from ttx.adjudicator.rulings import Ruling
from ttx.adjudicator.tables import RESPONSES, TIMINGS
from ttx.exercise.model import text
from ttx.session import phases
from ttx.session.command import IllegalDecision, written
from ttx.session.control_commands import (
    STRENGTHS,
    Amend,
    Challenge,
    Hear,
    Override,
    Weigh,
)
from ttx.session.control_events import (
    MODIFIED,
    OVERRULED,
    OVERTURNED,
    UPHELD,
    Amended,
    Challenged,
    ChallengeHeard,
    ReckoningAmended,
    Weighed,
)
from ttx.session.event_codec import Event
from ttx.session.events import Confirmed
from ttx.session.game import Game
from ttx.session.gates import unheard, waits_for_weight

OTHERWISE = "A ruling that differs from the model's needs a reason."


def must_play(game: Game, seat: str) -> None:
    """IllegalDecision where nobody at the table answers for the seat's cell."""
    if game.run.seat(seat).cell not in game.run.people:
        raise IllegalDecision("Nobody at this table answers for that cell.")


# --- rulings ---


def weighed(game: Game, command: Weigh) -> Weighed:
    """The leading cell's own action, weighed; IllegalDecision where none waits."""
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


def ruled_otherwise(game: Game, command: Amend) -> list[Event]:
    """What stands instead of what is proposed, and that it is confirmed with that."""
    reason = written(command.reason, OTHERWISE)
    if game.phase == phases.ADJUDICATION:
        event = _ruling(game, command.instead, reason, overrule=command.overrule)
        return [event, Confirmed("ruling", facilitated=True)]
    if game.phase == phases.RECKONING and game.turn is not None and not game.turn.confirmed:
        recast = _reckoning(game, command.instead, reason, overrule=command.overrule)
        return [recast, Confirmed("reckoning", facilitated=True)]
    raise IllegalDecision("Nothing is proposed now that could be ruled otherwise.")


def amended(game: Game, instead: Override) -> Ruling:
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


def _ruling(game: Game, instead: Override, reason: str, *, overrule: bool) -> Amended:
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


def recast(game: Game, instead: Override) -> ReckoningAmended:
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
    return ReckoningAmended("", "", fact, minutes)


def _reckoning(game: Game, instead: Override, reason: str, *, overrule: bool) -> ReckoningAmended:
    made, turn = recast(game, instead), game.turn
    assert turn is not None
    assert turn.proposed is not None
    assert turn.reckoned is not None
    done = {one.adversary: one.response for one in made.reckoning.responses}
    for part in game.run.exercise.adversary:
        if instead.responses.get(part.id, done[part.id]) != done[part.id]:
            raise IllegalDecision(
                f"The purse of {text(part.name)} cannot pay for that; at most {done[part.id]}."
            )
    if made.reckoning.responses == turn.reckoned.reckoning.responses:
        raise IllegalDecision("That is what the reckoning says already.")
    if not overrule and amending.step(turn.proposed.reckoning, made.reckoning) > 1:
        raise IllegalDecision(
            "That is beyond a modification: one step from what the model has an adversary do. "
            "Overrule it instead."
        )
    return replace(made, how=OVERRULED if overrule else MODIFIED, reason=reason)


# --- challenges ---


def challenged(game: Game, seat: str, command: Challenge) -> Challenged:
    """A seat's challenge of what the table reads; IllegalDecision where it has none left."""
    run, turn = game.run, game.turn
    if not run.facilitator:
        raise IllegalDecision("Nobody facilitates here, so nobody would hear a challenge.")
    must_play(game, seat)
    reads = game.phase == phases.REVIEW or (
        game.phase == phases.RECKONING and turn is not None and turn.confirmed
    )
    if not reads or turn is None:
        raise IllegalDecision("A ruling is challenged once it stands, while the table reads it.")
    every = [one for slot in turn.slots for one in slot.challenges] + [*turn.challenges]
    if seat in [one.seat for one in every]:
        raise IllegalDecision("Your seat has challenged once in this turn.")
    return Challenged(written(command.reason, "A challenge needs a reason."))


def heard_out(game: Game, command: Hear) -> list[Event]:
    """What became of the challenge that waits, and what stands where it was not upheld."""
    waits = unheard(game)
    if waits is None:
        raise IllegalDecision("No challenge waits to be heard.")
    reason = written(command.reason, "Say why, to the seat that challenged.")
    outcomes = (UPHELD, MODIFIED, OVERTURNED)
    if command.outcome not in outcomes:
        raise IllegalDecision(f"A challenged ruling is {', '.join(outcomes[:2])} or overturned.")
    heard = ChallengeHeard(waits.seat, command.outcome, reason)
    if command.outcome == UPHELD:
        return [heard]
    beyond = command.outcome == OVERTURNED
    if game.phase == phases.REVIEW:
        return [heard, _ruling(game, command.instead, reason, overrule=beyond)]
    return [heard, _reckoning(game, command.instead, reason, overrule=beyond)]
