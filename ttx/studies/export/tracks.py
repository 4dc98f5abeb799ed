"""The tables of what tracks did: where they stood, and every term that moved them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ttx.adjudicator import rulings
from ttx.adjudicator.position import Change
from ttx.session.control_events import Amended, ReckoningAmended
from ttx.session.event_codec import Event
from ttx.session.events import Entry, Moved, Reckoned, Ruled, TurnOpened
from ttx.session.view.causes import cause_basis, cause_name
from ttx.studies.export.columns import (
    BETTER,
    OF_ENTRY,
    OF_RUN,
    RUN,
    TURN,
    Column,
    Link,
    Row,
    Table,
)
from ttx.studies.export.source import Source

OF_TRACK = Link(("run", "track"), "tracks", ("run", "track"))


def _tracks(source: Source) -> Iterator[Row]:
    starts = rulings.start(source.tables).tracks  # a clock's is worked out, whatever is declared
    for part, start in zip(source.exercise.track, starts, strict=True):
        rest = part.start if part.rest is None else part.rest
        about = source.words(part.about)
        yield source.run, part.id, source.words(part.name), part.better, start, rest, about


TRACKS = Table[Source](
    "tracks",
    "Tracks",
    "A track of the exercise: a number it keeps, 0.00 to 100.00.",
    ("run", "track"),
    (
        RUN,
        Column("track", "id", "The track."),
        Column("name", "text", "Its name."),
        Column("better", "id", "Which way is better.", among=BETTER),
        Column("start", "points", "Where it starts, as this run was played.", "points"),
        Column("rest", "points", "Where it drifts back to.", "points"),
        Column("about", "text", "What 0 and 100 mean."),
    ),
    _tracks,
    (OF_RUN,),
)


def _values(source: Source) -> Iterator[Row]:
    names = [part.id for part in source.exercise.track]
    start = rulings.start(source.tables)
    ends = [turn.end for turn in source.turns if turn.end is not None]
    for turn, position in enumerate([start, *ends]):
        for name, value in zip(names, position.tracks, strict=True):
            yield source.run, turn, name, value


VALUES = Table[Source](
    "track_values",
    "Track values",
    "Where a track stood at the end of a turn; turn 0 is the start.",
    ("run", "turn", "track"),
    (
        RUN,
        TURN,
        Column("track", "id", "The track."),
        Column("value", "points", "Where it stood.", "points"),
    ),
    _values,
    (OF_RUN, OF_TRACK),
)


def _changed(source: Source) -> Iterator[tuple[Entry, Event, str, int, Iterable[Change]]]:
    """Every fact that moves tracks: when in the turn, which turn, and by what."""
    for entry, fact in source.of(TurnOpened, Moved, Ruled, Amended, Reckoned, ReckoningAmended):
        match fact:
            case TurnOpened():
                yield entry, fact, "opening", fact.turn, fact.changes
            case Moved():
                yield entry, fact, "levers", entry.turn, fact.changes
            case Ruled() | Amended():
                yield entry, fact, fact.ruling.slot, entry.turn, fact.ruling.at_once()
            case Reckoned() | ReckoningAmended():
                yield entry, fact, "reckoning", fact.reckoning.turn, fact.reckoning.changes


def _changes(source: Source) -> Iterator[Row]:
    for entry, fact, step, turn, changes in _changed(source):
        stands = source.applied(fact)
        for place, (cause, track, by) in enumerate(changes, 1):
            yield source.run, entry.n, place, turn, step, track, cause, by, stands


CHANGES = Table[Source](
    "track_changes",
    "Track changes",
    "One term of a change of a track. The start of a track and its terms that stand add up to its "
    "value at the end of every turn, exactly.",
    ("run", "entry", "place"),
    (
        RUN,
        Column("entry", "whole", "The entry that says it."),
        Column("place", "whole", "Its place in that entry, from 1."),
        TURN,
        Column(
            "step",
            "id",
            "When in the turn.",
            among=("opening", "levers", "policy", "crisis", "reckoning"),
        ),
        Column("track", "id", "The track."),
        Column("cause", "id", "Why."),
        Column("by", "points", "By how much, rounded down on its own.", "points"),
        Column(
            "stands",
            "yes",
            "Whether it counts: in force, confirmed, and ruled otherwise by nobody.",
        ),
    ),
    _changes,
    (OF_ENTRY, OF_TRACK, Link(("run", "cause"), "causes", ("run", "cause"))),
)


def _causes(source: Source) -> Iterator[Row]:
    causes: dict[str, None] = {}
    for *_, changes in _changed(source):
        causes |= dict.fromkeys(cause for cause, _, _ in changes)
    for cause in causes:
        name = cause_name(source.exercise, cause)
        yield source.run, cause, name, ", ".join(cause_basis(source.exercise, cause))


CAUSES = Table[Source](
    "causes",
    "Causes",
    "What moved tracks in a run.",
    ("run", "cause"),
    (
        RUN,
        Column("cause", "id", "Its id: a sort, and after a colon which of that sort."),
        Column("name", "text", "Its name."),
        Column("basis", "text", "Ids of the evidence it rests on; `design` is a design value."),
    ),
    _causes,
    (OF_RUN,),
)
