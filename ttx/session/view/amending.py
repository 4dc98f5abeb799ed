"""What the facilitator may rule otherwise: the model's value, the band, and what would stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ttx.adjudicator import amending
from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.adjudicator.clock import far
from ttx.adjudicator.facts import Effected, Response
from ttx.exercise.model.tracks import Track
from ttx.i18n import _
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
    band: str
    """What it may be modified to: `0 to +2.25`."""
    yours: int
    within: bool
    word: words.Direction
    """Better, worse or same, of the facilitator's value."""


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
    timing, effects = slot.ruling.timing if slot.ruling.minutes else "", slot.ruling.effects
    return Override(
        timing,
        {at: effect.by for at, effect in enumerate(effects) if effect.kind != amending.HAND},
        added={effect.track: effect.by for effect in effects if effect.kind == amending.HAND},
        told=slot.told,
    )


def may_amend(game: Game) -> bool:
    """Whether a ruling of an inject lies before the facilitator that could be changed."""
    return game.phase in (phases.ADJUDICATION, phases.REVIEW)


def amends(game: Game) -> bool:
    """Whether the model gave the ruling under way anything that can be changed: a clock, effects.

    What has neither is ruled by hand.
    """
    slot = game.slot
    if slot is None or slot.ruled is None or slot.ruling is None:
        return False
    return bool(slot.ruled.ruling.minutes or slot.ruling.effects)


def amend_view(eye: Eye, instead: Override) -> AmendView:
    """The ruling of the inject under way with other values, for the seat that facilitates alone.

    Raises:
        IllegalDecision: Where it can have none.
    """
    game, slot, tracks = eye.game, eye.game.slot, eye.exercise.tracks
    assert slot is not None
    assert slot.ruled is not None
    model = slot.ruled.ruling
    timing = instead.timing or model.timing
    ruling = amended(game, instead)
    base = amended(game, Override(timing=timing if model.minutes else ""))
    nothing = (new._replace(by=0) for new in ruling.effects[len(base.effects) :])
    pairs = zip((*base.effects, *nothing), ruling.effects, strict=True)
    free = not model.effects
    effects = tuple(_effect(tracks[new.track], old, new, free=free) for old, new in pairs)
    clock, timings = "", tuple[TimingChoice, ...]()
    if model.minutes:
        timings = _timings(model.timing, timing, model.window)
        clock = _(
            "The clock gave {took} against {window}: {verdict}.",
            took=words.hours(model.total),
            window=words.hours(model.window),
            verdict=words.verdict(model.timing),
        )
    return AmendView(
        number=game.number,
        title=eye.names.injects[model.inject],
        clock=clock,
        timings=timings,
        effects=effects,
        changes=changes_of(eye.run.tables, slot.before, ruling),
        clamped=tuple(
            _(
                "{track} ends at the scale: {value} is lost.",
                track=tracks[change.track].short,
                value=words.exact(change.by),
            )
            for change in ruling.limits
        ),
        beyond=() if free else tuple(_beyond(timings, effects)),
        same=ruling == slot.ruling and instead.told.strip() == slot.told,
    )


def _beyond(timings: Iterable[TimingChoice], effects: Iterable[EffectChoice]) -> Iterator[str]:
    for choice in timings:
        if choice.chosen and not choice.within:
            yield _("'{timing}' is two steps from the model's timing.", timing=choice.word)
    for effect in effects:
        if not effect.within and effect.kind == amending.HAND:
            yield _("{name} is an effect that the model does not have.", name=effect.name)
        elif not effect.within:
            value = words.exact(effect.yours)
            name, band = effect.name, effect.band
            yield _("{name} {value} is outside {band}.", name=name, value=value, band=band)


def _effect(track: Track, old: Effected, new: Effected, *, free: bool) -> EffectChoice:
    """One effect; `free` where the model has none, so that no band is known."""
    low, high = amending.band(old.by)
    word, within = words.direction(new.by, track.better, same=1), free or low <= new.by <= high
    first, last = (words.exact(end) if end else "0" for end in (low, high))
    band = "" if free else _("{low} to {high}", low=first, high=last)
    return EffectChoice(track.short, new.kind, new.delay, old.by, band, new.by, within, word)


def _timings(model: str, chosen: str, window: int) -> tuple[TimingChoice, ...]:
    first, last = words.hours(window), words.hours(far(window))
    hours = [_("up to {hours}", hours=first), _("up to {hours}", hours=last)]
    hours.append(_("beyond {hours}", hours=last))
    choices = []
    for at, timing in enumerate(TIMINGS):
        word, within = words.verdict(timing), abs(at - TIMINGS.index(model)) <= 1
        choices.append(
            TimingChoice(timing, word, hours[at], timing == model, timing == chosen, within)
        )
    return tuple(choices)


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
    scores: tuple[tuple[str, int, int, words.Direction], ...]
    """Name, the model's, as it would stand, and whether that is better than the model's."""
    beyond: tuple[str, ...]
    same: bool


def may_recast(game: Game) -> bool:
    """Whether a reckoning lies before the facilitator that could be changed."""
    return game.phase == phases.RECKONING


def recast_view(eye: Eye, instead: Override) -> RecastView:
    """The reckoning under way with other responses; for the seat that facilitates alone."""
    turn = eye.game.turn
    assert turn is not None
    assert turn.proposed is not None
    assert turn.reckoned is not None
    proposed, made = turn.proposed.reckoning, recast(eye.game, instead).reckoning
    model = {fact.adversary: fact for fact in proposed.responses}
    rows = tuple(_response(eye, model[fact.adversary], fact) for fact in made.responses)
    scores = zip(eye.exercise.score, proposed.scores, made.scores, strict=True)
    beyond = (
        _(
            "{name}: {yours} is two steps from {model}.",
            name=row.name,
            yours=words.response(row.yours),
            model=words.response(row.model),
        )
        for row in rows
        if not row.within
    )
    return RecastView(
        turn=made.turn,
        responses=rows,
        scores=tuple(
            (part.short, was, now, words.direction(now - was, part.better, same=1))
            for part, was, now in scores
        ),
        beyond=tuple(beyond),
        same=made.responses == turn.reckoned.reckoning.responses,
    )


def _response(eye: Eye, model: Response, ruled: Response) -> ResponseChoice:
    steps = abs(RESPONSES.index(ruled.response) - RESPONSES.index(model.response))
    return ResponseChoice(
        model.adversary,
        eye.names.adversaries[model.adversary],
        words.share(model.odds),
        words.share(model.draw),
        model.response,
        ruled.response,
        steps <= 1,
    )
