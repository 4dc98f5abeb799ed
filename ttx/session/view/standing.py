"""The standing: seven scores beside two reference runs on the same dice, and the terms of one."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator.because import ScoreTerm, split
from ttx.adjudicator.rulings import leaves_of
from ttx.session.view import words
from ttx.session.view.causes import cause_basis, cause_name
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import start_scores

CLEAR = 50
"""A difference under half a point is called no clear difference."""
NO_STANDING = "Scores are not open to this seat."
"""What a seat reads where `standing` gives it none."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """What one input did to a score since the last turn, with its own largest causes."""

    name: str
    before: int
    after: int
    by: int
    causes: tuple[tuple[str, int], ...]
    basis: tuple[str, ...]
    """Ids of the evidence behind those causes; `design` where there is none."""
    money: bool = False
    """Whether before and after are money and not hundredths."""


@dataclass(frozen=True, slots=True)
class ScoreView:
    """One score and its course; all in hundredths."""

    id: str
    name: str
    short: str
    caution: str
    better: str
    now: int
    change: int
    word: str
    course: tuple[int, ...]
    """At the start and at the end of each turn played."""
    references: tuple[tuple[str, tuple[int, ...]], ...]
    """Name and course of each reference run, as far as this one was played."""
    against: int
    """This run less the first reference run."""
    against_word: str
    terms: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class StandingView:
    """The profile after the last reckoning."""

    turn: int
    turns: int
    scores: tuple[ScoreView, ...]
    moved_most: tuple[str, ...]


def standing(eye: Eye) -> StandingView | None:
    """The profile; None where the seat may not see scores."""
    if not eye.visibility.scores:
        return None
    exercise = eye.exercise
    played = [t for t in eye.game.turns if t.reckoned is not None and t.confirmed]
    start = start_scores(eye.game)
    names = exercise.review.references
    scores = []
    for at, part in enumerate(exercise.score):
        course = (start[at], *(t.reckoned.reckoning.scores[at] for t in played if t.reckoned))
        references = tuple(
            (
                name,
                (
                    start[at],
                    *(t.reckoned.references[name].scores[at] for t in played if t.reckoned),
                ),
            )
            for name in names
        )
        change = course[-1] - course[-2] if len(course) > 1 else 0
        gap = course[-1] - references[0][1][-1]
        scores.append(
            ScoreView(
                part.id,
                eye.text(part.name),
                part.short,
                eye.text(part.caution),
                part.better,
                course[-1],
                change,
                words.direction(change, part.better, same=CLEAR),
                course,
                references,
                gap,
                _compared(gap, part.better),
                _terms(eye, part.of),
            )
        )
    ranked = sorted(scores, key=lambda s: -abs(s.change))
    moved = tuple(
        f"{s.short} {words.moved_points(s.change)} {s.word}" for s in ranked[:3] if s.change
    )
    return StandingView(len(played), exercise.turns.count, tuple(scores), moved)


def _compared(gap: int, better: str) -> str:
    return "no clear difference" if abs(gap) < CLEAR else words.direction(gap, better)


def _terms(eye: Eye, score: str) -> tuple[TermRow, ...]:
    """The change of a score over the last turn played, booked to its inputs."""
    tables = eye.run.tables
    played = [t for t in eye.game.turns if t.end is not None]
    if not played:
        return ()
    last = played[-1]
    assert last.end is not None
    parts = split(tables, score, leaves_of(tables, last.start), leaves_of(tables, last.end))
    causes, basis = _causes(eye)
    return tuple(
        TermRow(
            _name(eye, one),
            one.before,
            one.after,
            one.by,
            causes.get(one.input, ()),
            basis.get(one.input, ("design",)),
            money=one.input == "spent",
        )
        for one in parts
        if one.by or one.before != one.after
    )


def _name(eye: Eye, term: ScoreTerm) -> str:
    if term.input == "spent":
        return "money spent"
    return eye.text(eye.exercise.names[term.input])


def _causes(eye: Eye) -> tuple[dict[str, tuple[tuple[str, int], ...]], dict[str, tuple[str, ...]]]:
    """By track: the causes of its change over the last turn, largest first, and their evidence."""
    exercise = eye.exercise
    last = next(t for t in reversed(eye.game.turns) if t.end is not None)
    found: dict[str, dict[str, int]] = {}
    basis: dict[str, list[str]] = {}

    for cause, track, by in last.changes:
        row = found.setdefault(track, {})
        name = cause_name(exercise, cause, eye.language)
        row[name] = row.get(name, 0) + by
        basis.setdefault(track, []).extend(cause_basis(exercise, cause))
    largest = {
        track: tuple(sorted(((n, b) for n, b in row.items() if b), key=lambda c: -abs(c[1])))
        for track, row in found.items()
    }
    return largest, {track: tuple(dict.fromkeys(ids)) for track, ids in basis.items()}
