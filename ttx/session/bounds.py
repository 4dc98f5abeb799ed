"""Whether a fact has the shape that its run gives it: as many numbers as have a name.

Its turn is the next, its hours, days and times are some. A record may hold anything, and a page
that counts on one of these would not open.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sized
from contextlib import suppress

from ttx.i18n import _
from ttx.session.control_events import Amended, ReckoningAmended
from ttx.session.events import Entry, Moved, Reckoned, Released, Ruled, TurnOpened
from ttx.session.game import Game
from ttx.session.notebook_events import ParticularsSet, Planned

LONGEST = 10**9
"""Seconds that no phase takes: thirty years, pauses left out."""


def misshapen(game: Game, entry: Entry) -> str:
    """The first thing of an entry that no run of its exercise has, in words; empty where none.

    `game` is the run before the entry.
    """
    if entry.at and moment(entry.at) is None:
        return _("its time '{at}' is none", at=entry.at)
    if not 0 <= entry.turn <= game.run.exercise.turns.count:
        return _("it belongs to no turn of the exercise")
    if not 0 <= entry.elapsed < LONGEST:
        return _("it came at no time that a phase can have")
    return next(_wrong(game, entry), "")


def moment(at: str) -> datetime.datetime | None:
    """A wall time as the table writes it, in UTC; None where it is none."""
    with suppress(ValueError):
        fromisoformat = datetime.datetime.fromisoformat(at)
        return fromisoformat if fromisoformat.utcoffset() == datetime.timedelta() else None
    return None


def _wrong(game: Game, entry: Entry) -> Iterator[str]:
    event, position = entry.event, game.position
    match event:
        case TurnOpened():
            yield from _turn(event.turn, len(game.turns) + 1)
            yield from _count("budgets", event.budgets, position.budgets)
        case Moved():
            yield from _count("budgets", event.budgets, position.budgets)
            yield from _count("promised", event.promised, position.promised)
        case Released():
            yield from _days(event.day)
            yield from _hour(event.hour)
        case Ruled() | Amended():
            yield from _hour(event.ruling.hour)
            if event.ruling.minutes.keys() not in (set(), set(game.run.tables.clock.stages)):
                yield _("its minutes are not those of the stages")
        case Reckoned() | ReckoningAmended():
            fact, scores = event.reckoning, game.run.exercise.score
            yield from _turn(fact.turn, len(game.turns))
            yield from _count("scores", fact.scores, scores)
            yield from _count("budgets", fact.budgets, position.budgets)
            yield from _count("promised", fact.promised, position.promised)
            yield from _count("shot", fact.shot, position.tracks)
            if isinstance(event, Reckoned):
                if event.references.keys() != set(game.run.exercise.review.references):
                    yield _("its references are not those of the exercise")
                for reference in event.references.values():
                    yield from _count("scores", reference.scores, scores)
        case ParticularsSet():
            yield from _days(*filter(None, (event.particulars.date, event.particulars.until)))
        case Planned():
            yield from _days(event.due, *([event.starts] if event.starts else []))


def _turn(turn: int, meant: int) -> Iterator[str]:
    if turn != meant:
        yield _("turn {turn} cannot come here, turn {meant} can", turn=turn, meant=meant)


def _count(what: str, sized: Sized, meant: Sized) -> Iterator[str]:
    if len(sized) != len(meant):
        yield _(
            "it has {sized} {what}, and there are {meant}",
            sized=len(sized),
            what=what,
            meant=len(meant),
        )


def _hour(hour: int) -> Iterator[str]:
    if hour not in range(24):
        yield _("no day has an hour {hour}", hour=hour)


def _days(*days: str) -> Iterator[str]:
    for day in days:
        try:
            datetime.date.fromisoformat(day)
        except ValueError:
            yield _("'{day}' is no day", day=day)
