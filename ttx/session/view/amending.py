"""What the facilitator may rule otherwise: the model's value, the band, and what would stand."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator import amending
from ttx.adjudicator.clock import far
from ttx.adjudicator.tables import RESPONSES, TIMINGS
from ttx.session import phases
from ttx.session.control_commands import Override
from ttx.session.game import Game
from ttx.session.judging import amended, recast
from ttx.session.view import words
from ttx.session.view.eye import Eye
from ttx.session.view.ruling import BeforeAfter, changes_of


@dataclass(frozen=True, slots=True)
class TimingChoice:
    """One timing that an answer can be ruled to have had."""

    timing: str
    word: str
    hours: str
    """The minutes that it stands for, against this window."""
    model: bool
    """Whether the model said so."""
    chosen: bool
    within: bool
    """Whether it is at most one step from the model's."""


@dataclass(frozen=True, slots=True)
class EffectChoice:
    """One effect with the model's value, the band and the facilitator's, in hundredths."""

    name: str
    kind: str
    delay: int
    model: int
    """What the model gives with the timing that is chosen."""
    low: int
    high: int
    yours: int
    within: bool
    word: str
    """Better, worse or same, of the facilitator's value."""

    @property
    def band(self) -> str:
        """What it may be modified to: `0 to +2.25`."""
        low, high = (words.exact(one) if one else "0" for one in (self.low, self.high))
        return f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class AmendView:
    """A ruling as it would stand."""

    number: str
    title: str
    clock: str
    """What the clock gave, in a sentence; empty where none ran."""
    timings: tuple[TimingChoice, ...]
    """None where no clock ran."""
    effects: tuple[EffectChoice, ...]
    changes: tuple[BeforeAfter, ...]
    """Tracks before and after, as clamped."""
    clamped: tuple[str, ...]
    """Where the scale's end cuts an effect, a sentence each."""
    beyond: tuple[str, ...]
    """What goes beyond a modification, a sentence each."""
    same: bool
    """Whether nothing differs from what stands."""


def standing(game: Game) -> Override:
    """What stands of the ruling under way, put as a request for it."""
    slot = game.slot
    if slot is None or slot.amended is None or slot.ruling is None:
        return Override()
    timing = slot.ruling.timing if slot.ruling.minutes else ""
    return Override(timing, {at: one.by for at, one in enumerate(slot.ruling.effects)})


def may_amend(game: Game) -> bool:
    """Whether a ruling of an inject lies before the facilitator that could be changed."""
    slot = game.slot
    return (
        game.phase in (phases.ADJUDICATION, phases.REVIEW)
        and slot is not None
        and slot.ruled is not None
    )


def amend_view(eye: Eye, instead: Override) -> AmendView:
    """The ruling of the inject under way with other values; IllegalDecision where it can have none.

    For the seat that facilitates alone.
    """
    game = eye.game
    slot, tables, turn = game.slot, eye.run.tables, game.turn
    assert slot is not None
    assert slot.ruled is not None
    assert turn is not None
    model, exercise = slot.ruled.ruling, eye.exercise
    timing = instead.timing or model.timing
    found = amended(game, instead)
    base = amended(game, Override(timing=timing if model.minutes else ""))
    effects = []
    for old, new in zip(base.effects, found.effects, strict=True):
        low, high = amending.band(old.by)
        track = exercise.tracks[new.track]
        effects.append(
            EffectChoice(
                track.short,
                new.kind,
                new.delay,
                old.by,
                low,
                high,
                new.by,
                low <= new.by <= high,
                words.direction(new.by, track.better, same=1),
            )
        )
    timings = _timings(model.timing, timing, model.window) if model.minutes else ()
    took, window = words.hours(model.total), words.hours(model.window)
    return AmendView(
        number=f"{turn.opened.turn}.{len(turn.slots)}",
        title=eye.text(exercise.injects[model.inject].title),
        clock=f"The clock gave {took} against {window}: {words.verdict(model.timing)}."
        if model.minutes
        else "",
        timings=timings,
        effects=tuple(effects),
        changes=changes_of(tables, slot.before, found),
        clamped=tuple(
            f"{exercise.tracks[one.track].short} ends at the scale: {words.exact(one.by)} is lost."
            for one in found.limits
        ),
        beyond=(
            *(
                f"'{one.word}' is two steps from the model's timing."
                for one in timings
                if one.chosen and not one.within
            ),
            *(
                f"{one.name} {words.exact(one.yours)} is outside {one.band}."
                for one in effects
                if not one.within
            ),
        ),
        same=found == slot.ruling,
    )


def _timings(model: str, chosen: str, window: int) -> tuple[TimingChoice, ...]:
    last = words.hours(far(window))
    hours = (f"up to {words.hours(window)}", f"up to {last}", f"beyond {last}")
    return tuple(
        TimingChoice(
            one,
            words.verdict(one),
            hours[at],
            one == model,
            one == chosen,
            abs(at - TIMINGS.index(model)) <= 1,
        )
        for at, one in enumerate(TIMINGS)
    )


# --- of a reckoning ---


@dataclass(frozen=True, slots=True)
class ResponseChoice:
    """One adversary: what odds and draw made it do, and what it is ruled to do."""

    id: str
    name: str
    odds: str
    draw: str
    model: str
    yours: str
    within: bool
    """Whether that is at most one step from the model's."""


@dataclass(frozen=True, slots=True)
class RecastView:
    """A reckoning as it would stand."""

    turn: int
    responses: tuple[ResponseChoice, ...]
    scores: tuple[tuple[str, int, int, str], ...]
    """Name, the model's, as it would stand, and whether that is better than the model's."""
    beyond: tuple[str, ...]
    same: bool


def may_recast(game: Game) -> bool:
    """Whether a reckoning lies before the facilitator that could be changed."""
    return game.phase == phases.RECKONING and game.turn is not None


def recast_view(eye: Eye, instead: Override) -> RecastView:
    """The reckoning under way with other responses; for the seat that facilitates alone."""
    turn, exercise = eye.game.turn, eye.exercise
    assert turn is not None
    assert turn.proposed is not None
    assert turn.reckoned is not None
    model = {one.adversary: one for one in turn.proposed.reckoning.responses}
    made = recast(eye.game, instead).reckoning
    rows = []
    for one in made.responses:
        was = model[one.adversary]
        part = next(a for a in exercise.adversary if a.id == one.adversary)
        steps = abs(RESPONSES.index(one.response) - RESPONSES.index(was.response))
        rows.append(
            ResponseChoice(
                part.id,
                eye.text(part.name),
                words.share(was.odds),
                words.share(was.draw),
                was.response,
                one.response,
                steps <= 1,
            )
        )
    scores = zip(exercise.score, turn.proposed.reckoning.scores, made.scores, strict=True)
    return RecastView(
        turn=made.turn,
        responses=tuple(rows),
        scores=tuple(
            (part.short, was, now, words.direction(now - was, part.better, same=1))
            for part, was, now in scores
        ),
        beyond=tuple(
            f"{one.name}: {one.yours} is two steps from {one.model}."
            for one in rows
            if not one.within
        ),
        same=made.responses == turn.reckoned.reckoning.responses,
    )
