"""How far two runs lie apart at the end of a turn, and the inputs that made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from ttx.adjudicator.because import split
from ttx.adjudicator.rulings import score_inputs_at
from ttx.analysis.compared_runs import ComparedRun, Shared
from ttx.exercise.model.part import text
from ttx.exercise.model.scores import Score
from ttx.i18n import N_, _
from ttx.session.game import TurnRecord
from ttx.session.view import words
from ttx.session.view.causes import cause_name
from ttx.session.view.words import CLEAR

TELLINGS = ((2, 2), (2, 1), (1, 2), (1, 1), (1, 0))
"""How many scores are told in full, and with how many inputs: for wide and for narrow screens."""
MONEY = "spent"
"""The one input that is money, in whole units; all others are in hundredths."""


class Verdict(Enum):
    """Which side a score is better for; its value is what a reader sees, untranslated."""

    A_BETTER = N_("A better")
    B_BETTER = N_("B better")
    UNCLEAR = N_("no clear difference")
    NOT_COMPARED = N_("not comparable")

    @property
    def words(self) -> str:
        """As a reader sees it."""
        return _(self.value)

    @property
    def clear(self) -> bool:
        """Whether one of the two is better."""
        return self in (Verdict.A_BETTER, Verdict.B_BETTER)


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

    def seen_from(self, sign: int) -> str:
        """How it lies seen from A (1) or from B (-1): `Decision latency 8.1 lower`."""
        apart = (self.a - self.b) * sign
        if not self.money:
            return _higher_or_lower(self.name, apart)
        if apart > 0:
            return _("{name} {amount} more", name=self.name, amount=f"{apart:,}")
        return _("{name} {amount} less", name=self.name, amount=f"{-apart:,}")


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
    verdict: Verdict
    inputs: tuple[Input, ...] = ()
    """They add up to A less B; none where the exercise differs."""


@dataclass(frozen=True, slots=True)
class AtEnd:
    """Both sides at the end of a turn."""

    turn: int
    differences: tuple[ScoreDifference, ...]
    minutes: tuple[int, int] | None
    """The reference clock of both, where the exercise has one."""
    carried: tuple[tuple[str, ...], tuple[str, ...]]
    """What speaks for A, and what for B: the same from the fullest telling to the shortest."""
    weighed: str
    """Whether either is nowhere worse, in a sentence."""


def at_end(a: ComparedRun, b: ComparedRun, both: Shared, turn: int) -> AtEnd:
    """Both sides at the end of a turn that both have played."""
    mine, yours = a.played[turn - 1], b.played[turn - 1]
    assert mine.reckoned is not None
    assert yours.reckoned is not None
    own = {part.id: value for part, value in _scored(a, mine)}
    other = {part.id: value for part, value in _scored(b, yours)}
    inputs = _inputs(a, mine, yours) if both.like == "same" else {}
    differences = tuple(
        _difference(part, own[part.id], other[part.id], both, inputs.get(part.id, ()))
        for part in a.exercise.score
        if part.id in both.scores
    )
    clocks = a.game.run.tables.clock.indices and b.game.run.tables.clock.indices
    return AtEnd(
        turn,
        differences,
        (mine.reckoned.minutes, yours.reckoned.minutes) if clocks else None,
        (_tellings(differences, 1), _tellings(differences, -1)),
        _weighed(differences),
    )


def _scored(run: ComparedRun, turn: TurnRecord) -> Iterable[tuple[Score, int]]:
    assert turn.reckoned is not None
    return zip(run.exercise.score, turn.reckoned.reckoning.scores, strict=True)


def _difference(
    part: Score, a: int, b: int, both: Shared, inputs: tuple[Input, ...]
) -> ScoreDifference:
    apart = None if both.like == "other" else a - b
    return ScoreDifference(
        part.id,
        text(part.name),
        part.short,
        text(part.caution),
        part.better,
        a,
        b,
        apart,
        _verdict(apart, part.better),
        inputs,
    )


def _verdict(apart: int | None, better: str) -> Verdict:
    if apart is None:
        return Verdict.NOT_COMPARED
    if abs(apart) < CLEAR:
        return Verdict.UNCLEAR
    return Verdict.A_BETTER if (apart > 0) == (better == "higher") else Verdict.B_BETTER


def _inputs(a: ComparedRun, mine: TurnRecord, yours: TurnRecord) -> dict[str, tuple[Input, ...]]:
    """By score: its inputs, each with the part of A less B that is booked to it.

    Booked from the lower score to the higher one, whichever side has it: the parts depend on the
    order, and so they are the same with their signs turned when the sides are swapped.
    """
    tables, names = a.game.run.tables, a.exercise.names
    assert mine.end is not None
    assert yours.end is not None
    own, other = score_inputs_at(tables, mine.end), score_inputs_at(tables, yours.end)
    assert mine.reckoned is not None
    assert yours.reckoned is not None
    inputs = {}
    for at, part in enumerate(a.exercise.score):
        ids = tables.inputs_of(part.of)
        ranks = [
            (turn.reckoning.scores[at], [values[name] for name in ids])
            for turn, values in ((mine.reckoned, own), (yours.reckoned, other))
        ]
        up = ranks[0] >= ranks[1]
        terms = split(tables, part.of, other, own) if up else split(tables, part.of, own, other)
        inputs[part.id] = tuple(
            Input(
                term.input,
                _("Money spent") if term.input == MONEY else text(names[term.input]),
                own[term.input],
                other[term.input],
                term.by if up else -term.by,
            )
            for term in terms
            if term.by or term.before != term.after
        )
    return inputs


def _tellings(differences: tuple[ScoreDifference, ...], sign: int) -> tuple[str, ...]:
    if any(difference.apart is None for difference in differences):
        return (_("not compared."),)
    tellings = (_carried(differences, sign, scores, inputs) for scores, inputs in TELLINGS)
    return tuple(sorted(dict.fromkeys(tellings), key=lambda telling: -len(telling)))


def _carried(differences: tuple[ScoreDifference, ...], sign: int, scores: int, inputs: int) -> str:
    """What speaks for A (1) or B (-1): the scores it does better on, widest first, and why."""
    mine = Verdict.A_BETTER if sign > 0 else Verdict.B_BETTER
    good = sorted(
        (
            (difference, difference.apart * sign)
            for difference in differences
            if difference.apart is not None and difference.verdict is mine
        ),
        key=lambda pair: -abs(pair[1]),
    )
    if not good:
        return _("no score better by half a point or more.")
    parts = []
    for difference, apart in good[:scores]:
        helped = sorted(
            (put for put in difference.inputs if put.by * (difference.apart or 0) > 0),
            key=lambda put: -abs(put.by),
        )
        why = ", ".join(put.seen_from(sign) for put in helped[:inputs])
        parts.append(_higher_or_lower(difference.name, apart) + (f" ({why})" if why else ""))
    rest = [difference.short for difference, _apart in good[scores:]]
    if rest:
        parts.append(_("also {names}", names=words.listed(rest)))
    return "; ".join(parts) + "."


def _higher_or_lower(name: str, apart: int) -> str:
    """A difference in hundredths, to a tenth: `Decision latency 8.1 lower`."""
    size = words.moved_points(abs(apart))[1:]
    if apart > 0:
        return _("{name} {size} higher", name=name, size=size)
    return _("{name} {size} lower", name=name, size=size)


def _weighed(differences: tuple[ScoreDifference, ...]) -> str:
    verdicts = {difference.verdict for difference in differences}
    if Verdict.NOT_COMPARED in verdicts:
        return _("Two exercises: neither is weighed against the other.")
    if {Verdict.A_BETTER, Verdict.B_BETTER} <= verdicts:
        return _("Neither dominates.")
    for letter, verdict in (("A", Verdict.A_BETTER), ("B", Verdict.B_BETTER)):
        if verdict in verdicts:
            return _("{letter} is nowhere worse by half a point or more.", letter=letter)
    return _("No clear difference in any score.")


# Where the difference of an input comes from


def causes(a: ComparedRun, b: ComparedRun, turn: int) -> dict[str, tuple[tuple[str, int], ...]]:
    """By track: what each cause moved in A less what it moved in B up to a turn, largest first.

    In hundredths; the causes of a track add up to its difference, since both runs began alike.
    """
    apart: dict[str, dict[str, int]] = {}
    for run, sign in ((a, 1), (b, -1)):
        for played in run.played[:turn]:
            for cause, track, by in played.changes:
                row = apart.setdefault(track, {})
                row[cause] = row.get(cause, 0) + sign * by
    names: dict[str, str] = {}
    largest_first = {}
    for track, row in apart.items():
        merged: dict[str, int] = {}
        for cause, by in row.items():
            if cause not in names:
                names[cause] = cause_name(a.exercise, cause)
            merged[names[cause]] = merged.get(names[cause], 0) + by
        moved = [(name, by) for name, by in merged.items() if by]
        largest_first[track] = tuple(sorted(moved, key=lambda pair: -abs(pair[1])))
    return largest_first
