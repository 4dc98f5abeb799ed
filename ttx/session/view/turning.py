"""How near a ruling on a crisis was, and what would have turned it, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from ttx.adjudicator.arithmetic import TIMINGS
from ttx.adjudicator.margin import Margin, StageFlip, TrackFlip
from ttx.i18n import _
from ttx.session.needs import points
from ttx.session.view import words
from ttx.session.view.eye import Eye


def near(margin: Margin, *, by_model: bool) -> str:
    """By how much it was missed or made; whether that is the model's and was ruled otherwise."""
    time = words.hours(margin.over)
    if margin.over > 0:
        if by_model:
            return _("By the model missed by {time}.", time=time)
        return _("Missed by {time}.", time=time)
    if by_model:
        return _("By the model made with {time} to spare.", time=time)
    return _("Made with {time} to spare.", time=time)


def turning(eye: Eye, timing: str, margin: Margin) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The nearest of a track and of a stage that would have turned it, then all others."""

    def helps(flip: TrackFlip | StageFlip) -> bool:
        """A missed answer asks first what would have helped."""
        return TIMINGS.index(flip.timing) >= TIMINGS.index(timing)

    tracks = [_track(eye, flip, timing) for flip in sorted(margin.tracks, key=helps)]
    groups = _grouped(sorted(margin.stages, key=helps))
    stages = [_stage(eye, group, timing) for group in groups]
    nearest = tracks[:1] + stages[:1]
    if not nearest:
        nearest = [_("No single track or stage could have turned it.")]
    return tuple(nearest), tuple(tracks[1:] + stages[1:])


def _track(eye: Eye, flip: TrackFlip, timing: str) -> str:
    return _(
        "{track} at {value} instead of {now} {outcome}.",
        track=eye.names.values[flip.track],
        value=points(flip.at),
        now=points(flip.now),
        outcome=_outcome(flip.timing, timing),
    )


def _stage(eye: Eye, group: list[StageFlip], timing: str) -> str:
    first = group[0]
    time, outcome = words.hours(first.minutes), _outcome(first.timing, timing)
    if len(group) > 3:
        where = _("any one of {count} stages of the critical path", count=len(group))
        if first.minutes > 0:
            return _(
                "{time} more anywhere on the critical path {outcome}.", time=time, outcome=outcome
            )
    else:
        where = _(" or ").join(f"'{eye.names.stages[flip.stage]}'" for flip in group)
    if first.minutes < 0:
        return _("{time} less in {where} {outcome}.", time=time, where=where, outcome=outcome)
    return _("{time} more in {where} {outcome}.", time=time, where=where, outcome=outcome)


def _grouped(flips: Iterable[StageFlip]) -> list[list[StageFlip]]:
    """Flips of the same minutes and timing together, smallest first."""
    groups: dict[tuple[int, str], list[StageFlip]] = {}
    for flip in flips:
        groups.setdefault((flip.minutes, flip.timing), []).append(flip)
    return list(groups.values())


def _outcome(timing: str, was: str) -> str:
    """What the flip would have brought."""
    match timing, was:
        case "on_time", _any:
            return _("would have been in time")
        case "late", "far_too_late":
            return _("would have made it only late")
        case "late", _any:
            return _("would have made it late")
    return _("would have made it far too late")
