"""Who sees what: one table for all views, as sets of names."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.scores import Fading
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.notebook_events import AS_THE_ROOM
from ttx.session.run import OBSERVER, PROJECTOR, Run


@dataclass(frozen=True, slots=True)
class Visibility:
    """What one seat may see of a game now; closed unless it is opened."""

    tracks: frozenset[str]
    scores: bool = False
    """Scores, rulings with their terms, and the evidence behind them."""
    levers: bool = False
    """Levers, budgets, what is on its way, how the alliance is set up, the options of an inject
    and the staff's estimate of its clock."""
    announced: tuple[str, ...] = ()
    """Levers whose level it knows although the levers are not open to it."""
    answers: frozenset[str] = frozenset()
    """Cells whose answer to the inject on the table is open to it."""
    rationale: frozenset[str] = frozenset()
    """Cells whose reasons are open to it."""
    commitments: frozenset[str] = frozenset()
    """Cells of which it reads what each seat had committed to on its own."""
    adversaries: frozenset[str] = frozenset()
    """Adversaries whose odds, draws and picks are open to it, once the reckoning is."""
    aims: frozenset[str] = frozenset()
    """Adversaries whose aim and purse are open to it, and what was chosen for them."""
    proposed: bool = False
    """Whether it sees a ruling or a reckoning before it is confirmed."""


def visibility(game: Game, seat: str) -> Visibility:
    """What a seat may see of a game now."""
    run, exercise = game.run, game.run.exercise
    side = side_of(run, seat)
    if seat == OBSERVER and game.notebook.observers_see == AS_THE_ROOM:
        side = "room"
    if side == "white":
        return everything(exercise)
    cells = frozenset(cell.id for cell in exercise.cell)
    over = game.phase in phases.PLAY_IS_OVER
    adversaries = frozenset(part.id for part in exercise.adversary)
    if side == "red" or (side == "room" and run.red_seated):
        own = frozenset({run.seat(seat).cell})
        mine = run.adversaries_of(seat) if side == "red" else frozenset[str]()
        return Visibility(
            tracks=_tracks_of_red(exercise, mine),
            announced=announced_levers(exercise),
            answers=own,
            rationale=cells if over else own,
            commitments=cells if over else frozenset(),
            adversaries=mine,
            aims=adversaries if over else mine,
        )
    settled = game.phase not in (phases.DELIBERATION, phases.ADJUDICATION)
    own = frozenset(run.speaks_for(seat))
    return Visibility(
        tracks=frozenset(exercise.tracks),
        scores=True,
        levers=True,
        answers=cells if settled else own - _concurred(game),
        rationale=cells if over else own,
        commitments=cells if over else own if settled else frozenset(),
        adversaries=adversaries,
        aims=adversaries if over else frozenset(),
    )


def _concurred(game: Game) -> frozenset[str]:
    """The cells whose answer is a robot's: it may be what another cell has sealed."""
    return frozenset(game.slot.by_robots) if game.slot is not None else frozenset()


def everything(exercise: Exercise) -> Visibility:
    """What the white cell sees, and the review."""
    cells = frozenset(cell.id for cell in exercise.cell)
    adversaries = frozenset(part.id for part in exercise.adversary)
    return Visibility(
        tracks=frozenset(exercise.tracks),
        scores=True,
        levers=True,
        answers=cells,
        rationale=cells,
        commitments=cells,
        adversaries=adversaries,
        aims=adversaries,
        proposed=True,
    )


def side_of(run: Run, seat: str) -> str:
    """The side a seat is on: allied, red or white; `room` for the screen that all look at."""
    if seat == PROJECTOR:
        return "room"
    cell = run.seat(seat).cell
    return next(c.side for c in run.exercise.cell if c.id == cell)


def own_cells(game: Game, seat: str) -> frozenset[str]:
    """The cells whose notes and requests are the seat's own; an observer as the room has none."""
    if seat == OBSERVER and game.notebook.observers_see == AS_THE_ROOM:
        return frozenset()
    return frozenset(cell for cell in game.run.speaks_for(seat) if cell)


def decides(run: Run, seat: str) -> bool:
    """Whether the seat is in a cell that answers injects and holds levers."""
    return side_of(run, seat) == "allied"


def announced_levers(exercise: Exercise) -> tuple[str, ...]:
    """The levers whose level is known outside the alliance.

    A lever that a `fading` value reads is a promise: it is made in public, or it would promise
    nothing. Where an exercise has no promise, the levers of the review's question count: they are
    what the exercise is about.
    """
    promises = dict.fromkeys(
        derived.lever for derived in exercise.derived if isinstance(derived, Fading)
    )
    return tuple(promises) or tuple(exercise.review.levers)


def _tracks_of_red(exercise: Exercise, mine: frozenset[str]) -> frozenset[str]:
    """What the other side does or feels: the tracks that its restraint moves, and its motives.

    Those where lower is better for the alliance. A seat's own motive is its own in any case.
    """
    held = {e.track for a in exercise.adversary for e in a.responses.get("restraint", [])}
    motives = {a.motive for a in exercise.adversary}
    theirs = {track for track in held | motives if exercise.tracks[track].better == "lower"}
    return frozenset(theirs | {a.motive for a in exercise.adversary if a.id in mine})
