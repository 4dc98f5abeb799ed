"""What makes a run an excursion, and the numbers that it may set otherwise, with their range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ttx.exercise.model import Exercise, Influence, text
from ttx.exercise.parameters import parameters, written
from ttx.session import phases
from ttx.session.command import ended
from ttx.session.control_events import NUMBER, START, STRENGTH, Adjusted
from ttx.session.game import Game
from ttx.session.needs import points
from ttx.session.view.eye import Eye
from ttx.session.view.visibility import decides

WORD = "EXCURSION"
"""Stands in the status line of every screen of such a run."""
MOST_TOLD = 12
"""Numbers set otherwise that are told one by one; a row of a study may have hundreds."""
SAYS = "This run is an excursion: numbers of the exercise were set otherwise before STARTEX."
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


def sentences(eye: Eye) -> tuple[str, ...]:
    """What makes a run an excursion, a sentence each; nothing where it is none."""
    game = eye.game
    if game.written is None or not game.excursion:
        return ()
    found = []
    for one in _first(game):
        what = told(game.written, one, eye.language)
        found.append(f"{what[:1].upper()}{what[1:]}, because: {ended(one.reason)}")
    more = len(game.excursion) - len(found)
    return (*found, *([f"{more} more numbers were set otherwise."] if more else []))


def in_short(eye: Eye) -> str:
    """All of it in one line, for lists and heads; empty where the run is no excursion."""
    game = eye.game
    if game.written is None or not game.excursion:
        return ""
    found = [told(game.written, one, eye.language) for one in _first(game)]
    more = len(game.excursion) - len(found)
    return "; ".join([*found, *([f"and {more} more numbers set otherwise"] if more else [])])


def _first(game: Game) -> tuple[Adjusted, ...]:
    """All that was set otherwise, or the first few of more than anybody reads."""
    return game.excursion if len(game.excursion) <= MOST_TOLD else game.excursion[: MOST_TOLD - 1]


def told(exercise: Exercise, fact: Adjusted, language: str = "") -> str:
    """An adjustment in words, against the exercise as its author wrote it."""
    if fact.what == STRENGTH:
        link = next(one for one in exercise.influence if one.id == fact.part)
        named = _link(exercise, link, language)
        if not fact.value:
            return f"{named} switched off"
        return f"{named} at {fact.value} per 256 instead of {link.strength}"
    if fact.what == NUMBER:
        one = parameters(exercise)[fact.part]
        value, was = written(one, fact.value), written(one, one.value)
        return f"{one.name} ({fact.part}) at {value} {one.unit} instead of {was}"
    track = exercise.tracks[fact.part]
    name = text(track.name, language)
    return f"{name} starts at {points(fact.value)} instead of {points(track.start)}"


def _link(exercise: Exercise, link: Influence, language: str = "") -> str:
    ends = [text(exercise.names[one], language) for one in (link.from_, link.to)]
    return f"influence {link.id} ({ends[0]} on {ends[1]})"


def told_to(eye: Eye) -> tuple[str, ...]:
    """What makes a run an excursion as a seat may read it, a sentence each.

    Nothing where it is none. The other side does not read before the hot wash which of the
    alliance's numbers is not what it was.
    """
    if not eye.game.excursion:
        return ()
    over = eye.game.phase in phases.PLAY_IS_OVER
    return sentences(eye) if over or eye.visibility.scores else (KEPT,)


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
    exercise, authored = eye.exercise, eye.game.written or eye.exercise
    strengths = {one.id: one.strength for one in authored.influence}
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
            authored.tracks[one.id].start,
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
