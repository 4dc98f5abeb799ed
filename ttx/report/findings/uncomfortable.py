"""What whoever quotes a study should hear first: where its answer was built in, or is not one."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.analysis.rehearsal.symptom import named, per_cent
from ttx.analysis.sensitivity import Sensitivity
from ttx.analysis.tally import MOMENTS
from ttx.analysis.uncertainty import luck, structure
from ttx.exercise.model import text
from ttx.exercise.references import DESIGN
from ttx.report.findings.gathered import MANY, Findings
from ttx.report.findings.hangs import flips, widest
from ttx.session.view.words import CLEAR

LITTLE = 0.03
"""The share of worlds below which a policy is said to be best hardly ever."""


def uncomfortable(found: Findings) -> list[str]:
    """Sentences, the gravest kind first; never empty."""
    told = [
        *_hangs(found),
        *_question(found),
        *_built_in(found),
        *_policies(found),
        *_unmoved(found),
        *_rehearsal(found),
    ]
    return [*told, *_not_examined(found)]


def _question(found: Findings) -> Iterator[str]:
    """Comparisons that differ in more than the question's own levers."""
    asked = set(found.exercise.review.levers)
    names = {one.id: text(one.name) for one in found.exercise.lever}
    bundles: dict[tuple[str, ...], list[str]] = {}
    for one in found.table.bundles:
        more = tuple(lever for lever in one.levers if lever not in asked)
        if more and not one.random and not one.red:
            bundles.setdefault(more, []).append(one.policy)
    for more, policies in bundles.items():
        besides = ", ".join(names[lever] for lever in more)
        yield (
            f"{named(policies)} against {found.table.baseline} is no answer to the exercise's "
            f"question: the plans differ in {besides} besides."
        )


def _built_in(found: Findings) -> Iterator[str]:
    """Answers that no luck ever changes."""
    names = {one.id: one.name for one in found.table.scores}
    policies: dict[tuple[tuple[str, ...], int], list[str]] = {}
    for policy in found.horizon:
        for sign in (1, -1):
            mine = tuple(s for p, s, way in found.built_in if p == policy and way == sign)
            if mine:
                policies.setdefault((mine, sign), []).append(policy)
    for (scores, sign), some in policies.items():
        word = "ahead" if sign > 0 else "behind"
        yield (
            f"{named(some)} against {found.table.baseline}: {word} on "
            f"{named([names[one] for one in scores])} in 99 of 100 worlds or more. The dice never "
            "change that, so the rules alone give it: the answer was built in."
        )


def _hangs(found: Findings) -> Iterator[str]:
    made = found.sensitivity
    if made is None:
        return
    end, (a, b) = MOMENTS.index("end"), made.question
    score = text(made.exercise.score[made.score].name)
    mine = luck(made.base, end, made.score)
    if abs(mine.mean) < CLEAR:
        yield (
            f"On {score} at the end {b} and {a} are {abs(mine.mean) / 100:.2f} points apart, under "
            f"the {CLEAR / 100:g} that count as a clear difference."
        )
    flipping = [*flips(made)]
    ahead, behind = (b, a) if mine.mean > 0 else (a, b)
    turned = _turned(made, end) if mine.mean else 0.0
    if mine.mean and not flipping and turned:
        yield (
            f"On {score} at the end {ahead} is better than {behind} by {abs(mine.mean) / 100:.2f} "
            "points, and nothing that was varied alone changes that; all numbers at once do, in "
            f"{per_cent(turned)} of their settings."
        )
    if mine.mean and not flipping and not turned:
        yield (
            f"On {score} at the end {ahead} is better than {behind} by {abs(mine.mean) / 100:.2f} "
            f"points, and nothing that was varied within its range changes which is better: that "
            "answer was built in."
        )
    if flipping:
        yield (
            f"{len(flipping)} of the assumptions that were varied flip which of {a} and {b} is "
            f"better on {score} at the end; they are listed below."
        )
    if made.switches and structure(made.base, made.switched, end, made.score).flips:
        yield "Without some of its rules the answer turns its sign: it rests on structure."
    undeclared = [row for row in widest(made) if not made.numbers[row.id].declared]
    if undeclared:
        yield (
            f"{len(undeclared)} of the {len(widest(made))} numbers that carry the result have no "
            "range from their author; they were varied by half their value either way."
        )
    graded = {one.id for one in made.exercise.evidence}
    design = [
        row for row in widest(made) if not (set(made.numbers[row.id].basis) - {DESIGN}) & graded
    ]
    if design:
        yield (
            f"{len(design)} of those {len(widest(made))} rest on no evidence at all: they are "
            "design values."
        )


def _turned(made: Sensitivity, moment: int) -> float:
    """The share of settings of all numbers at once in which the other policy is better."""
    if made.design is None:
        return 0.0
    sign = 1 if made.base.means[0, moment, made.score] > 0 else -1
    return float((made.design.drawn.means[:, moment, made.score] * sign < 0).mean())


def _policies(found: Findings) -> Iterator[str]:
    table = found.table
    for name, by in {one.policy: one.by for one in table.dominated if one.moment == "end"}.items():
        yield f"{name} is dominated: at the end no score is better than under {' or '.join(by)}."
    if len(table.policies) < 2:
        return
    first = table.scores[0]
    rarely = [
        one.policy
        for one in table.wins
        if one.moment == "end" and one.score == first.id and one.clear < LITTLE * table.worlds
    ]
    if rarely:
        yield (
            f"On {first.name} at the end {named(rarely)} "
            f"{'is' if len(rarely) == 1 else 'are'} best by a clear margin in fewer than "
            f"{100 * LITTLE:.0f} of 100 worlds."
        )


def _unmoved(found: Findings) -> Iterator[str]:
    """Scores that nothing in the study moves by half a point."""
    table = found.table
    for score in table.scores:
        apart = [one for one in table.differences if one.score == score.id]
        if apart and all(abs(one.mean) < table.clear for one in apart):
            yield f"No policy of the study moves {score.name} by {table.clear:g} points on average."


def _rehearsal(found: Findings) -> Iterator[str]:
    count = len(found.rehearsal.symptoms)
    if count:
        yield (
            f"Played by its robots the exercise itself shows {count} places worth a second look;"
            " they stand under Dominated."
        )


def _not_examined(found: Findings) -> Iterator[str]:
    if found.table.worlds < MANY:
        yield (
            f"In fewer than {MANY} worlds it cannot be told whether luck ever changes an answer; "
            "make the sweep with more --worlds."
        )
    if found.sensitivity is None:
        yield "The numbers of the exercise were taken as they are, and so were its rules."
