"""Rulings made by a person: otherwise than proposed, of what was written in, and on challenges."""

from __future__ import annotations

from dataclasses import replace

from ttx.adjudicator import amending, rulings, succession
from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.adjudicator.facts import Ruling
from ttx.adjudicator.margin import reference_minutes
from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.command import IllegalDecision, readable, written
from ttx.session.control_commands import (
    STRENGTHS,
    Amend,
    Challenge,
    Hear,
    Override,
    Weigh,
)
from ttx.session.control_events import (
    BY_HAND,
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

OTHERWISE = N_("A ruling that differs from the model's needs a reason.")
OFF_THE_SCALE = N_("An effect is between -100 and 100 points.")


def must_play(game: Game, seat: str) -> None:
    """Go on for a seat whose cell people play.

    Raises:
        IllegalDecision: Nobody at the table answers for the seat's cell.
    """
    if game.run.seat(seat).cell not in game.run.people:
        raise IllegalDecision(_("Nobody at this table answers for that cell."))


# --- rulings ---


def weighed(game: Game, command: Weigh) -> Weighed:
    """The leading cell's own action, weighed.

    Raises:
        IllegalDecision: No action waits for that.
    """
    slot, inject = game.slot, game.inject
    lead = waits_for_weight(game)
    if not lead or slot is None or inject is None:
        raise IllegalDecision(_("No written-in action waits to be weighed."))
    if command.option not in [option.id for option in inject.option]:
        raise IllegalDecision(_("The inject has no option '{option}'.", option=command.option))
    if not 0 <= command.quarters < len(STRENGTHS):
        raise IllegalDecision(
            _("A strength is one of {strengths}.", strengths=", ".join(STRENGTHS))
        )
    why = written(command.reason, _("Weighing a written-in action needs a reason."))
    return Weighed(lead, command.option, command.quarters, why)


def ruled_otherwise(game: Game, command: Amend) -> list[Event]:
    """What stands instead of what is proposed, and that it is confirmed with that.

    Raises:
        IllegalDecision: Nothing is proposed, or it cannot be ruled like that.
    """
    reason = written(command.reason, _(OTHERWISE))
    if game.phase == phases.ADJUDICATION:
        event = _ruling(game, command.instead, reason, overrule=command.overrule)
        return [event, Confirmed("ruling", facilitated=True)]
    if game.phase == phases.RECKONING and game.turn is not None and not game.turn.confirmed:
        recast = _reckoning(game, command.instead, reason, overrule=command.overrule)
        return [recast, Confirmed("reckoning", facilitated=True)]
    raise IllegalDecision(_("Nothing is proposed now that could be ruled otherwise."))


def amended(game: Game, instead: Override) -> Ruling:
    """The ruling of the inject under way with another timing or other effects.

    Raises:
        IllegalDecision: The timing or an effect is none it could have.
    """
    slot = game.slot
    assert slot is not None
    assert slot.ruled is not None
    tables, model = game.run.tables, slot.ruled.ruling
    ruling = model
    if instead.timing and instead.timing != model.timing:
        if instead.timing not in TIMINGS or not model.minutes:
            raise IllegalDecision(_("A ruling without a clock has no timing to change."))
        ruling = amending.retimed(tables, slot.before, model, instead.timing)
    for at, by in instead.effects.items():
        if not 0 <= at < len(ruling.effects):
            raise IllegalDecision(_("The ruling has no effect {number}.", number=at + 1))
        if abs(by) > amending.FULL:
            raise IllegalDecision(_(OFF_THE_SCALE))
    for track, by in instead.added.items():
        part = game.run.exercise.tracks.get(track)
        if part is None:
            raise IllegalDecision(_("There is no track '{track}'.", track=track))
        if part.value is not None:
            name = text(part.name)
            raise IllegalDecision(_("{track} is worked out; nothing moves it.", track=name))
        if abs(by) > amending.FULL:
            raise IllegalDecision(_(OFF_THE_SCALE))
    ruling = amending.with_effects(tables, slot.before, ruling, instead.effects)
    return amending.by_hand(tables, slot.before, ruling, instead.added)


def called(model: Ruling, *, overrule: bool) -> str:
    """What a ruling is called that a person made instead of the model's."""
    if not model.effects:
        return BY_HAND
    return OVERRULED if overrule else MODIFIED


def _ruling(game: Game, instead: Override, reason: str, *, overrule: bool) -> Amended:
    slot = game.slot
    assert slot is not None
    assert slot.ruled is not None
    ruling, model = amended(game, instead), slot.ruled.ruling
    told = readable(instead.told.strip())
    if ruling == slot.ruling and told == slot.told:
        raise IllegalDecision(_("That is what the ruling says already."))
    how = called(model, overrule=overrule)
    within = amending.within_band(game.run.tables, slot.before, model, ruling)
    if how == MODIFIED and not within:
        raise IllegalDecision(
            _(
                "That is beyond a modification: one step of timing, or an effect "
                "between 0 and 3/2 of the model's, and none of your own. Overrule it instead."
            )
        )
    return Amended(how, reason, ruling, told)


def recast(game: Game, instead: Override) -> ReckoningAmended:
    """The reckoning under way with other responses; how it is ruled is not said yet.

    Raises:
        IllegalDecision: An adversary or a response is none there is.
    """
    turn, run = game.turn, game.run
    assert turn is not None
    assert turn.before is not None
    assert turn.reckoned is not None
    known = {adversary.id for adversary in run.exercise.adversary}
    for name, response in instead.responses.items():
        if name not in known or response not in RESPONSES:
            raise IllegalDecision(
                _("Nobody can rule '{response}' for '{name}'.", response=response, name=name)
            )
    stands = {
        response.adversary: response.response for response in turn.reckoned.reckoning.responses
    }
    wanted = {**stands, **instead.responses}
    fact = rulings.reckoning(run.tables, turn.before, run.seed, responses=wanted)
    after = succession.reckoned(run.tables, turn.before, fact)
    minutes = reference_minutes(run.tables, after.tracks, after.levels)
    return ReckoningAmended("", "", fact, minutes)


def _reckoning(game: Game, instead: Override, reason: str, *, overrule: bool) -> ReckoningAmended:
    made, turn = recast(game, instead), game.turn
    assert turn is not None
    assert turn.proposed is not None
    assert turn.reckoned is not None
    done = {response.adversary: response.response for response in made.reckoning.responses}
    for part in game.run.exercise.adversary:
        if instead.responses.get(part.id, done[part.id]) != done[part.id]:
            raise IllegalDecision(
                _(
                    "The purse of {adversary} cannot pay for that; at most {response}.",
                    adversary=text(part.name),
                    response=done[part.id],
                )
            )
    if made.reckoning.responses == turn.reckoned.reckoning.responses:
        raise IllegalDecision(_("That is what the reckoning says already."))
    if not overrule and amending.step(turn.proposed.reckoning, made.reckoning) > 1:
        raise IllegalDecision(
            _(
                "That is beyond a modification: one step from what the model has "
                "an adversary do. Overrule it instead."
            )
        )
    return replace(made, how=OVERRULED if overrule else MODIFIED, reason=reason)


# --- challenges ---


def challenged(game: Game, seat: str, command: Challenge) -> Challenged:
    """A seat's challenge of what the table reads.

    Raises:
        IllegalDecision: The seat has none left, or nothing stands yet.
    """
    run, turn = game.run, game.turn
    if not run.facilitator:
        raise IllegalDecision(_("Nobody facilitates here, so nobody would hear a challenge."))
    must_play(game, seat)
    reads = game.phase == phases.REVIEW or (
        game.phase == phases.RECKONING and turn is not None and turn.confirmed
    )
    if not reads or turn is None:
        raise IllegalDecision(_("A ruling is challenged once it stands, while the table reads it."))
    before = [challenge for slot in turn.slots for challenge in slot.challenges] + [
        *turn.challenges
    ]
    if seat in [challenge.seat for challenge in before]:
        raise IllegalDecision(_("Your seat has challenged once in this turn."))
    return Challenged(written(command.reason, _("A challenge needs a reason.")))


def heard_out(game: Game, command: Hear) -> list[Event]:
    """What became of the challenge that waits, and what stands where it was not upheld.

    Raises:
        IllegalDecision: None waits, or it cannot be heard like that.
    """
    waits = unheard(game)
    if waits is None:
        raise IllegalDecision(_("No challenge waits to be heard."))
    reason = written(command.reason, _("Say why, to the seat that challenged."))
    outcomes = (UPHELD, MODIFIED, OVERTURNED)
    if command.outcome not in outcomes:
        raise IllegalDecision(
            _("What was ruled is {outcomes} or overturned.", outcomes=", ".join(outcomes[:2]))
        )
    heard = ChallengeHeard(waits.seat, command.outcome, reason)
    if command.outcome == UPHELD:
        return [heard]
    beyond = command.outcome == OVERTURNED
    if game.phase == phases.REVIEW:
        return [heard, _ruling(game, command.instead, reason, overrule=beyond)]
    return [heard, _reckoning(game, command.instead, reason, overrule=beyond)]
