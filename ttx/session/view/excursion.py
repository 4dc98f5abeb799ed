"""The numbers that an excursion may set otherwise, each with its range and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ttx.exercise.model import Exercise
from ttx.session import phases
from ttx.session.control_events import START, STRENGTH
from ttx.session.excursions import sentences
from ttx.session.view.eye import Eye
from ttx.session.view.visibility import decides

GRADES = {"H": "high", "M": "medium", "L": "low", "U": "unsourced"}
NONE = "none"
KEPT = "What was set otherwise is told at the hot wash."


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One strength or one start."""

    what: str
    """`strength` of an influence, per 256; `start` of a track, in hundredths."""
    part: str
    """The id of the influence or the track."""
    name: str
    brief: str
    """The same for a small terminal."""
    about: str
    """The mechanism, or what 0 and 100 mean."""
    now: int
    written: int
    """As the author of the exercise wrote it."""
    low: int
    high: int
    """What the evidence allows."""
    grade: str
    """How good that evidence is."""
    basis: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether it is not what the author wrote."""
        return self.now != self.written

    @property
    def outside(self) -> bool:
        """Whether it is beyond what the evidence allows."""
        return not self.low <= self.now <= self.high


def told_to(eye: Eye) -> tuple[str, ...]:
    """What makes a run an excursion as a seat may read it, a sentence each.

    Nothing where it is none. The other side does not read before the hot wash which of the
    alliance's numbers is not what it was.
    """
    game = eye.game
    if not game.excursion:
        return ()
    over = game.phase in (phases.HOTWASH, phases.CLOSED)
    return sentences(game, eye.language) if over or eye.visibility.scores else (KEPT,)


def may_adjust(eye: Eye) -> bool:
    """Whether a seat sets up excursions: the facilitator's, or else that of any who play."""
    if eye.game.phase != phases.BRIEFING:
        return False
    run = eye.run
    if run.facilitator:
        return eye.seat == run.facilitator
    return decides(run, eye.seat) and run.seat(eye.seat).cell in run.people


def numbers(eye: Eye, search: str = "") -> tuple[NumberRow, ...]:
    """Influences, then tracks that have a start; those in which all words searched for occur."""
    exercise, written = eye.exercise, eye.game.written or eye.exercise
    strengths = {one.id: one.strength for one in written.influence}
    names = exercise.names
    shorts = {one.id: one.short for one in exercise.track}

    def brief(part: str) -> str:
        return shorts.get(part) or eye.text(names[part])

    rows = [
        NumberRow(
            STRENGTH,
            one.id,
            f"{eye.text(names[one.from_])} on {eye.text(names[one.to])}",
            f"{brief(one.from_)} on {brief(one.to)}",
            eye.text(one.why),
            one.strength,
            strengths[one.id],
            *one.range,
            GRADES[one.confidence],
            tuple(one.basis),
        )
        for one in exercise.influence
    ]
    rows += [
        NumberRow(
            START,
            one.id,
            eye.text(one.name),
            eye.text(one.name),
            eye.text(one.about),
            one.start,
            written.tracks[one.id].start,
            *one.range,
            _grade(exercise, one.basis),
            tuple(one.basis),
        )
        for one in exercise.track
        if one.value is None
    ]
    wanted = search.casefold().split()
    return tuple(
        row
        for row in rows
        if all(
            word in f"{row.part} {row.name} {row.about} {row.grade} {row.what}".casefold()
            for word in wanted
        )
    )


def _grade(exercise: Exercise, basis: Sequence[str]) -> str:
    """The lowest grade of the evidence behind a number."""
    found = {one.id: one.confidence for one in exercise.evidence}
    have = [found[one] for one in basis if one in found]
    return next((GRADES[one] for one in "ULMH" if one in have), NONE)
