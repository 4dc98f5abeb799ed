"""The standing: the scores beside two reference runs on the same dice, and the terms of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ttx.adjudicator.because import split
from ttx.adjudicator.rulings import score_inputs_at
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.scores import Score
from ttx.i18n import N_, _
from ttx.session.events import Reckoned
from ttx.session.game import TurnRecord
from ttx.session.view import words
from ttx.session.view.causes import cause_basis, cause_name
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import start_scores

NO_STANDING = N_("Scores are not open to this seat.")
"""What a seat reads where `standing` gives it none."""
NOT_SHARED = N_("The facilitator has not shared the forecast with this seat.")


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

    name: str
    short: str
    caution: str
    better: str
    now: int
    change: int
    word: words.Direction
    course: tuple[int, ...]
    """At the start and at the end of each turn played."""
    references: tuple[tuple[str, tuple[int, ...]], ...]
    """Name and course of each reference run, as far as this one was played."""
    against: int
    """This run less the first reference run."""
    against_way: words.Direction
    """Whether that is better or worse; the same where the difference is not clear."""
    terms: tuple[TermRow, ...]

    @property
    def against_word(self) -> str:
        """The same in words."""
        return compared(self.against_way)


def compared(way: words.Direction) -> str:
    """How two scores compare, in words."""
    return _("no clear difference") if way == words.Direction.SAME else way.word


@dataclass(frozen=True, slots=True)
class StandingView:
    """The profile after the last reckoning."""

    turn: int
    turns: int
    scores: tuple[ScoreView, ...]
    moved_most: tuple[words.Shift, ...]
    """The three scores that this turn moved most."""


def no_forecast(eye: Eye) -> str:
    """Why a seat may not see where robots would lead the run, in a sentence; empty where it may.

    Alone one always may, else as the facilitator set it.
    """
    if not eye.visibility.scores:
        return _(NO_STANDING)
    alone = eye.at_the_desk or not eye.run.facilitator
    return "" if alone or eye.game.notebook.forecast_shared else _(NOT_SHARED)


def standing(eye: Eye) -> StandingView | None:
    """The profile; None where the seat may not see scores."""
    if not eye.visibility.scores:
        return None
    played = [turn.reckoned for turn in eye.game.turns if turn.reckoned and turn.confirmed]
    start = start_scores(eye.game)
    scores = tuple(
        _score(eye, part, at, start[at], played) for at, part in enumerate(eye.exercise.score)
    )
    moved = sorted((view for view in scores if view.change), key=lambda view: -abs(view.change))
    return StandingView(
        len(played),
        eye.exercise.turns.count,
        scores,
        tuple((view.short, words.moved_points(view.change), view.word) for view in moved[:3]),
    )


def _score(eye: Eye, part: Score, at: int, start: int, played: Sequence[Reckoned]) -> ScoreView:
    course = (start, *(turn.reckoning.scores[at] for turn in played))
    references = tuple(
        (name, (start, *(turn.references[name].scores[at] for turn in played)))
        for name in eye.exercise.review.references
    )
    change = course[-1] - course[-2] if len(course) > 1 else 0
    gap = course[-1] - references[0][1][-1]
    return ScoreView(
        eye.names.scores[part.id],
        part.short,
        eye.text(part.caution),
        part.better,
        course[-1],
        change,
        words.direction(change, part.better, same=words.CLEAR),
        course,
        references,
        gap,
        words.direction(gap, part.better, same=words.CLEAR),
        _terms(eye, part.of),
    )


def _terms(eye: Eye, score: str) -> tuple[TermRow, ...]:
    """The change of a score over the last turn played, booked to its inputs."""
    tables = eye.run.tables
    last = next((turn for turn in reversed(eye.game.turns) if turn.end is not None), None)
    if last is None or last.end is None:
        return ()
    causes, basis = _causes(eye.exercise, last)
    return tuple(
        TermRow(
            _("money spent") if term.input == "spent" else eye.names.values[term.input],
            term.before,
            term.after,
            term.by,
            tuple(causes.get(term.input, ())),
            tuple(basis.get(term.input, ("design",))),
            money=term.input == "spent",
        )
        for term in split(
            tables, score, score_inputs_at(tables, last.start), score_inputs_at(tables, last.end)
        )
        if term.by or term.before != term.after
    )


def _causes(
    exercise: Exercise, turn: TurnRecord
) -> tuple[dict[str, list[tuple[str, int]]], dict[str, dict[str, None]]]:
    """By track: the causes of its change over a turn, largest first, and their evidence."""
    moved: dict[str, Counter[str]] = {}
    basis: dict[str, dict[str, None]] = {}
    for cause, track, by in turn.changes:
        moved.setdefault(track, Counter())[cause_name(exercise, cause)] += by
        basis.setdefault(track, {}).update(dict.fromkeys(cause_basis(exercise, cause)))
    largest = {
        track: sorted(
            ((name, by) for name, by in row.items() if by), key=lambda cause: -abs(cause[1])
        )
        for track, row in moved.items()
    }
    return largest, basis
