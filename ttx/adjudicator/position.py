"""Where one run stands: what the next step of the arithmetic needs, as plain whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables


class Change(NamedTuple):
    """One rounded term of a change: why, which track, and by how many hundredths."""

    cause: str
    track: str
    by: int


class Due(NamedTuple):
    """A change that lands at the opening of a later turn."""

    turn: int
    change: Change


@dataclass(frozen=True, slots=True)
class Position:
    """The state of one world between two steps; values in hundredths, budgets in whole units."""

    turn: int
    tracks: tuple[int, ...]
    levels: tuple[int, ...]
    promised: tuple[int, ...]
    """The announced value of each fading promise."""
    budgets: tuple[int, ...]
    spent: int
    """Money spent on upkeep so far."""
    fired: tuple[int, ...]
    """For each inject row: 0 not released, 1 on time or without a clock, 2 late, 3 far too late."""
    due: tuple[Due, ...]
    shots: tuple[tuple[int, ...], ...]
    """Snapshots of tracks and derived sources, at the start and in every turn played."""
    past_levels: tuple[tuple[int, ...], ...]
    """Lever levels at the start and of every turn played."""
    provocation: tuple[int, ...]
    """Quarters of a point by which the answers of the turn under way push each adversary."""
    posture: int = -1
    """The posture read when the levers closed, which counts for both slots; -1 before that."""
    last: tuple[int, ...] = ()
    """For each inject row the turn in which it was last released; 0 before that."""
    aims: tuple[int, ...] = ()
    """The row of each adversary's aim, -1 without one: what the seed of the run drew."""
    purse: tuple[int, ...] = ()
    """Chips of each adversary; 0 where it has no purse."""
    past_responses: tuple[tuple[int, ...], ...] = ()
    """What the adversaries answered in each turn that was reckoned: 0 restraint, 1 probe, 2
    escalate."""

    def changed(self, tables: Tables, changes: list[Change]) -> Position:
        """The position after these changes of tracks."""
        tracks = list(self.tracks)
        for change in changes:
            tracks[tables.track[change.track]] += change.by
        return replace(self, tracks=tuple(tracks))


def only_world(rows: Int32) -> tuple[int, ...]:
    """The rows of a batch of one world, int32[rows, 1], as a position holds them."""
    return tuple(int(value) for value in rows[:, 0])
