"""The tracks a seat may see, with their course."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ttx.session import phases
from ttx.session.game import Game
from ttx.session.view import words
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class TrackView:
    """A track or derived value with its course."""

    id: str
    name: str
    short: str
    now: int
    change: int
    word: words.Direction
    course: tuple[int, ...]
    """At the start and at the end of each turn, then now."""
    about: str


def tracks(eye: Eye) -> tuple[TrackView, ...]:
    """All tracks a seat may see, in order, with the change since a turn ago."""
    past, before, now = _past(eye.game), _a_turn_ago(eye.game), eye.game.position.tracks
    return tuple(
        TrackView(
            part.id,
            eye.names.values[part.id],
            part.short,
            now[row],
            now[row] - before[row],
            words.direction(now[row] - before[row], part.better),
            tuple(moment[row] for moment in past),
            eye.text(part.about),
        )
        for row, part in enumerate(eye.exercise.track)
        if part.id in eye.visibility.tracks
    )


def tracks_that_matter(eye: Eye, views: tuple[TrackView, ...], count: int) -> tuple[TrackView, ...]:
    """Those that the inject on the table touches first, then the largest changes.

    What it touches is read off its options: where those are not open, the changes alone count.
    """
    inject, touched = eye.game.inject, Counter[str]()
    open_now = eye.game.phase in (phases.DELIBERATION, phases.REVIEW)
    if inject is not None and open_now and eye.visibility.levers:
        touched.update(effect.track for effect in inject.late)
        for option in inject.option:
            touched.update(effect.track for effect in (*option.benefits, *option.costs))
    first = sorted(
        (view for view in views if view.id in touched),
        key=lambda view: (-touched[view.id], view.id),
    )
    rest = sorted(
        (view for view in views if view.id not in touched), key=lambda view: -abs(view.change)
    )
    return tuple((first + rest)[:count])


def _past(game: Game) -> list[tuple[int, ...]]:
    """Tracks at the start, at the end of each turn, and now."""
    ends = [turn.end.tracks for turn in game.turns if turn.end is not None]
    start = game.turns[0].start.tracks if game.turns else game.position.tracks
    settled = game.turn is not None and game.turn.end is not None
    return [start, *ends, *(() if settled else (game.position.tracks,))]


def _a_turn_ago(game: Game) -> tuple[int, ...]:
    """Tracks at the opening of the turn before; of the turn itself once it is over."""
    if not game.turns:
        return game.position.tracks
    settled = game.turns[-1].end is not None
    record = game.turns[-1] if settled or len(game.turns) == 1 else game.turns[-2]
    return record.start.changed(game.run.tables, list(record.opened.changes)).tracks
