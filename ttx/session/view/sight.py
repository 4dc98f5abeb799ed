"""Who sees what: the table of design 7, as sets of names."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.session import phases
from ttx.session.game import Game


@dataclass(frozen=True, slots=True)
class Sight:
    """What one seat may see of a game now."""

    tracks: frozenset[str]
    scores: bool
    levers: bool
    answers: frozenset[str]
    """Cells whose answer to the inject on the table is open to it."""
    rationale: frozenset[str]
    """Cells whose reasons are open to it."""
    proposed: bool
    """Whether it sees a ruling before it is confirmed."""


def sight(game: Game, seat: str) -> Sight:
    """The sight of a seat."""
    exercise = game.run.exercise
    cell = next(c for c in exercise.cell if c.id == game.run.seat(seat).cell)
    every = frozenset(exercise.tracks)
    cells = frozenset(c.id for c in exercise.cell)
    if cell.side == "white":
        return Sight(every, True, True, cells, cells, proposed=True)
    settled = game.phase not in (phases.DELIBERATION, phases.ADJUDICATION)
    own = frozenset(game.run.speaks_for(seat))
    reasons = cells if game.phase in (phases.HOTWASH, phases.CLOSED) else own
    if cell.side == "allied":
        return Sight(every, True, True, cells if settled else own, reasons, proposed=False)
    held = {e.track for a in exercise.adversary for e in a.responses.get("restraint", [])}
    motives = {a.motive for a in exercise.adversary}
    own_tracks = frozenset((held | motives) & {t for t in every if _adversary_track(game, t)})
    return Sight(own_tracks, False, False, own, reasons, proposed=False)


def _adversary_track(game: Game, track: str) -> bool:
    """A track where lower is better for the allies: what the other side does or feels."""
    return game.run.exercise.tracks[track].better == "lower"
