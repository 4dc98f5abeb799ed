"""How far two runs lie apart at the end of a turn, and the inputs that made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ttx.adjudicator.because import split
from ttx.adjudicator.rulings import leaves_of
from ttx.analysis.compared_runs import ComparedRun, Shared
from ttx.exercise.model import Score, text
from ttx.session.game import TurnRecord
from ttx.session.view import words
from ttx.session.view.causes import cause_name
from ttx.session.view.standing import CLEAR

A_BETTER, B_BETTER = "A better", "B better"
UNCLEAR = "no clear difference"
NOT_COMPARED = "not comparable"
TELLINGS = ((2, 2), (2, 1), (1, 2), (1, 1), (1, 0))
"""How many scores are told in full, and with how many inputs: for wide and for narrow screens."""
MONEY = "spent"
"""The one input that is money, in whole units; all others are in hundredths."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a score on both sides, and the part of the difference booked to it."""

    id: str
    name: str
    a: int
    b: int
    by: int

    @property
    def money(self) -> bool:
        """Whether its values are money and not hundredths of a point."""
        return self.id == MONEY

    def told(self, sign: int) -> str:
        """How it lies seen from A (1) or from B (-1): `Decision latency 8.1 lower`."""
        apart = (self.a - self.b) * sign
        if self.money:
            return f"{self.name} {abs(apart):,} {'more' if apart > 0 else 'less'}"
        return f"{self.name} {_size(apart)} {'higher' if apart > 0 else 'lower'}"


@dataclass(frozen=True, slots=True)
class ScoreDifference:
    """A score of both sides at the end of a turn, in hundredths."""

    id: str
    name: str
    short: str
    caution: str
    better: str
    a: int
    b: int
    apart: int | None
    """A less B; None where no difference is worked out."""
    word: str
    inputs: tuple[Input, ...] = ()
    """They add up to A less B; none where the exercise differs."""


@dataclass(frozen=True, slots=True)
class AtEnd:
    """Both sides at the end of a turn."""

    turn: int
    gaps: tuple[ScoreDifference, ...]
    minutes: tuple[int, int] | None
    """The reference clock of both, where the exercise has one."""
    carried: tuple[tuple[str, ...], tuple[str, ...]]
    """What speaks for A, and what for B: the same from the fullest telling to the shortest."""
    weighed: str
    """Whether either is nowhere worse, in a sentence."""


def at_end(a: ComparedRun, b: ComparedRun, both: Shared, turn: int, language: str) -> AtEnd:
    """Both sides at the end of a turn that both have played."""
    mine, yours = a.played[turn - 1], b.played[turn - 1]
    assert mine.reckoned is not None
    assert yours.reckoned is not None
    own = {part.id: v for part, v in _scored(a, mine)}
    other = {part.id: v for part, v in _scored(b, yours)}
    inputs = _inputs(a, mine, yours, language) if both.like == "same" else {}
    gaps = tuple(
        _gap(part, own[part.id], other[part.id], both, inputs.get(part.id, ()), language)
        for part in a.exercise.score
        if part.id in both.scores
    )
    clocks = a.game.run.tables.indices and b.game.run.tables.indices
    return AtEnd(
        turn,
        gaps,
        (mine.reckoned.minutes, yours.reckoned.minutes) if clocks else None,
        (_tellings(gaps, 1), _tellings(gaps, -1)),
        _weighed(gaps),
    )


def _scored(one: ComparedRun, turn: TurnRecord) -> Iterable[tuple[Score, int]]:
    assert turn.reckoned is not None
    return zip(one.exercise.score, turn.reckoned.reckoning.scores, strict=True)


def _gap(
    part: Score, a: int, b: int, both: Shared, inputs: tuple[Input, ...], language: str
) -> ScoreDifference:
    apart = None if both.like == "other" else a - b
    return ScoreDifference(
        part.id,
        text(part.name, language),
        part.short,
        text(part.caution, language),
        part.better,
        a,
        b,
        apart,
        _word(apart, part.better),
        inputs,
    )


def _word(apart: int | None, better: str) -> str:
    if apart is None:
        return NOT_COMPARED
    if abs(apart) < CLEAR:
        return UNCLEAR
    return A_BETTER if (apart > 0) == (better == "higher") else B_BETTER


def _inputs(
    a: ComparedRun, mine: TurnRecord, yours: TurnRecord, language: str
) -> dict[str, tuple[Input, ...]]:
    """By score: its inputs, each with the part of A less B that is booked to it.

    Booked from the lower score to the higher one, whichever side has it: the parts depend on the
    order, and so they are the same with their signs turned when the sides are swapped.
    """
    tables, names = a.game.run.tables, a.exercise.names
    assert mine.end is not None
    assert yours.end is not None
    own, other = leaves_of(tables, mine.end), leaves_of(tables, yours.end)
    assert mine.reckoned is not None
    assert yours.reckoned is not None
    found = {}
    for at, part in enumerate(a.exercise.score):
        leaves = tables.inputs_of(part.of)
        ranks = [
            (turn.reckoning.scores[at], [values[leaf] for leaf in leaves])
            for turn, values in ((mine.reckoned, own), (yours.reckoned, other))
        ]
        up = ranks[0] >= ranks[1]
        terms = split(tables, part.of, other, own) if up else split(tables, part.of, own, other)
        found[part.id] = tuple(
            Input(
                one.input,
                "Money spent" if one.input == MONEY else text(names[one.input], language),
                own[one.input],
                other[one.input],
                one.by if up else -one.by,
            )
            for one in terms
            if one.by or one.before != one.after
        )
    return found


def _tellings(gaps: tuple[ScoreDifference, ...], sign: int) -> tuple[str, ...]:
    if any(gap.apart is None for gap in gaps):
        return ("not compared.",)
    found = (_carried(gaps, sign, scores, inputs) for scores, inputs in TELLINGS)
    return tuple(sorted(dict.fromkeys(found), key=lambda told: -len(told)))


def _carried(gaps: tuple[ScoreDifference, ...], sign: int, scores: int, inputs: int) -> str:
    """What speaks for A (1) or B (-1): the scores it does better on, widest first, and why."""
    mine = A_BETTER if sign > 0 else B_BETTER
    good = sorted(
        ((gap, gap.apart * sign) for gap in gaps if gap.apart is not None and gap.word == mine),
        key=lambda one: -abs(one[1]),
    )
    if not good:
        return "no score better by half a point or more."
    told = []
    for gap, apart in good[:scores]:
        helped = sorted(
            (one for one in gap.inputs if one.by * (gap.apart or 0) > 0),
            key=lambda one: -abs(one.by),
        )
        why = ", ".join(one.told(sign) for one in helped[:inputs])
        way = "higher" if apart > 0 else "lower"
        told.append(f"{gap.name} {_size(apart)} {way}" + (f" ({why})" if why else ""))
    rest = [gap.short for gap, _ in good[scores:]]
    more = f"; also {' and '.join([', '.join(rest[:-1]), rest[-1]] if rest[:-1] else rest)}"
    return "; ".join(told) + (more if rest else "") + "."


def _size(value: int) -> str:
    return words.moved_points(abs(value))[1:]


def _weighed(gaps: tuple[ScoreDifference, ...]) -> str:
    found = {gap.word for gap in gaps}
    if NOT_COMPARED in found:
        return "Two exercises: neither is weighed against the other."
    if {A_BETTER, B_BETTER} <= found:
        return "Neither dominates."
    for letter, word in (("A", A_BETTER), ("B", B_BETTER)):
        if word in found:
            return f"{letter} is nowhere worse by half a point or more."
    return "No clear difference in any score."


# Where the difference of an input comes from


def causes(
    a: ComparedRun, b: ComparedRun, turn: int, language: str
) -> dict[str, tuple[tuple[str, int], ...]]:
    """By track: what each cause moved in A less what it moved in B up to a turn, largest first.

    In hundredths; the causes of a track add up to its difference, since both runs began alike.
    """
    found: dict[str, dict[str, int]] = {}
    for one, sign in ((a, 1), (b, -1)):
        for played in one.played[:turn]:
            for cause, track, by in played.changes:
                row = found.setdefault(track, {})
                row[cause] = row.get(cause, 0) + sign * by
    names: dict[str, str] = {}
    told = {}
    for track, row in found.items():
        merged: dict[str, int] = {}
        for cause, by in row.items():
            if cause not in names:
                names[cause] = cause_name(a.exercise, cause, language)
            merged[names[cause]] = merged.get(names[cause], 0) + by
        told[track] = tuple(
            sorted(((name, by) for name, by in merged.items() if by), key=lambda one: -abs(one[1]))
        )
    return told
