"""The tracks a seat may see, with their course."""

from __future__ import annotations

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
    word: str
    course: tuple[int, ...]
    """At the start and at the end of each turn, then now."""
    better: str
    about: str


def tracks(eye: Eye) -> tuple[TrackView, ...]:
    """All tracks a seat may see, in order, with the change since a turn ago."""
    game = eye.game
    sees = eye.visibility
    past = _past(game)
    before = _a_turn_ago(game)
    found = []
    for row, part in enumerate(eye.exercise.track):
        if part.id not in sees.tracks:
            continue
        now = game.position.tracks[row]
        change = now - before[row]
        found.append(
            TrackView(
                part.id,
                eye.text(part.name),
                part.short,
                now,
                change,
                words.direction(change, part.better),
                tuple(one[row] for one in past),
                part.better,
                eye.text(part.about),
            )
        )
    return tuple(found)


def tracks_that_matter(eye: Eye, views: tuple[TrackView, ...], count: int) -> tuple[TrackView, ...]:
    """Those that the inject on the table touches first, then the largest changes.

    What it touches is read off its options: where those are not open, the changes alone count.
    """
    game = eye.game
    touched: list[str] = []
    open_now = game.phase in (phases.DELIBERATION, phases.REVIEW)
    if game.inject is not None and open_now and eye.visibility.levers:
        effects = [e.track for o in game.inject.option for e in (*o.benefits, *o.costs)] + [
            e.track for e in game.inject.late
        ]
        touched = sorted(set(effects), key=lambda name: (-effects.count(name), name))
    first = [v for name in touched for v in views if v.id == name]
    rest = sorted((v for v in views if v not in first), key=lambda v: -abs(v.change))
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
