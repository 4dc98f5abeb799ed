"""What whoever quotes a study should hear first: where its answer was built in, or is not one."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.analysis.rehearsal.symptom import named, per_cent
from ttx.analysis.sensitivity import Sensitivity
from ttx.analysis.tally import MOMENTS
from ttx.analysis.uncertainty import luck, structure
from ttx.exercise.model.part import text
from ttx.exercise.references import DESIGN
from ttx.i18n import _, ngettext
from ttx.report.findings.gathered import MANY, Findings
from ttx.report.findings.hangs import flips, widest
from ttx.session.view.words import CLEAR

LITTLE = 0.03
"""The share of worlds below which a policy is said to be best hardly ever."""


def uncomfortable(findings: Findings) -> list[str]:
    """Sentences, the gravest kind first; never empty."""
    sentences = [
        *_hangs(findings),
        *_question(findings),
        *_built_in(findings),
        *_policies(findings),
        *_unmoved(findings),
        *_rehearsal(findings),
    ]
    return [*sentences, *_not_examined(findings)]


def _question(findings: Findings) -> Iterator[str]:
    """Comparisons that differ in more than the question's own levers."""
    asked = set(findings.exercise.review.levers)
    names = {lever.id: text(lever.name) for lever in findings.exercise.lever}
    bundles: dict[tuple[str, ...], list[str]] = {}
    for bundle in findings.table.bundles:
        more = tuple(lever for lever in bundle.levers if lever not in asked)
        if more and not bundle.random and not bundle.red:
            bundles.setdefault(more, []).append(bundle.policy)
    for more, policies in bundles.items():
        besides = ", ".join(names[lever] for lever in more)
        yield (
            _(
                "{named} against {baseline} is no answer to the exercise's "
                "question: the plans differ in {besides} besides.",
                named=named(policies),
                baseline=findings.table.baseline,
                besides=besides,
            )
        )


def _built_in(findings: Findings) -> Iterator[str]:
    """Answers that no luck ever changes."""
    names = {score.id: score.name for score in findings.table.scores}
    policies: dict[tuple[tuple[str, ...], int], list[str]] = {}
    for policy in findings.horizon:
        for sign in (1, -1):
            mine = tuple(s for p, s, way in findings.built_in if p == policy and way == sign)
            if mine:
                policies.setdefault((mine, sign), []).append(policy)
    for (scores, sign), some in policies.items():
        values = {
            "policies": named(some),
            "baseline": findings.table.baseline,
            "scores": named([names[score] for score in scores]),
        }
        lead = (
            _(
                "{policies} against {baseline}: ahead on {scores} in 99 of 100 worlds or more.",
                **values,
            )
            if sign > 0
            else _(
                "{policies} against {baseline}: behind on {scores} in 99 of 100 worlds or more.",
                **values,
            )
        )
        why = _("The dice never change that, so the rules alone give it: the answer was built in.")
        yield f"{lead} {why}"


def _hangs(findings: Findings) -> Iterator[str]:
    made = findings.sensitivity
    if made is None:
        return
    end, (a, b) = MOMENTS.index("end"), made.question
    score = text(made.exercise.score[made.score].name)
    mine = luck(made.base, end, made.score)
    if abs(mine.mean) < CLEAR:
        yield (
            _(
                "On {score} at the end {b} and {a} are {mean:.2f} points apart, "
                "under the {clear:g} that count as a clear difference.",
                score=score,
                b=b,
                a=a,
                mean=abs(mine.mean) / 100,
                clear=CLEAR / 100,
            )
        )
    flipping = [*flips(made)]
    ahead, behind = (b, a) if mine.mean > 0 else (a, b)
    turned = _turned(made, end) if mine.mean else 0.0
    if mine.mean and not flipping and turned:
        yield (
            _(
                "On {score} at the end {ahead} is better than {behind} by "
                "{mean:.2f} points, and nothing that was varied alone changes "
                "that; all numbers at once do, in {per_cent} of their settings.",
                score=score,
                ahead=ahead,
                behind=behind,
                mean=abs(mine.mean) / 100,
                per_cent=per_cent(turned),
            )
        )
    if mine.mean and not flipping and not turned:
        yield (
            _(
                "On {score} at the end {ahead} is better than {behind} by "
                "{mean:.2f} points, and nothing that was varied within its range "
                "changes which is better: that answer was built in.",
                score=score,
                ahead=ahead,
                behind=behind,
                mean=abs(mine.mean) / 100,
            )
        )
    if flipping:
        yield (
            _(
                "{flipping} of the assumptions that were varied flip which of {a} and {b} is "
                "better on {score} at the end; they are listed below.",
                flipping=len(flipping),
                a=a,
                b=b,
                score=score,
            )
        )
    if made.switches and structure(made.base, made.switched, end, made.score).flips:
        yield _("Without some of its rules the answer turns its sign: it rests on structure.")
    undeclared = [row for row in widest(made) if not made.numbers[row.id].declared]
    if undeclared:
        yield (
            _(
                "{undeclared} of the {widest} numbers that carry the result have no range from "
                "their author; they were varied by half their value either way.",
                undeclared=len(undeclared),
                widest=len(widest(made)),
            )
        )
    graded = {evidence.id for evidence in made.exercise.evidence}
    design = [
        row for row in widest(made) if not (set(made.numbers[row.id].basis) - {DESIGN}) & graded
    ]
    if design:
        yield (
            _(
                "{design} of those {widest} rest on no evidence at all: they are design values.",
                design=len(design),
                widest=len(widest(made)),
            )
        )


def _turned(made: Sensitivity, moment: int) -> float:
    """The share of settings of all numbers at once in which the other policy is better."""
    if made.design is None:
        return 0.0
    sign = 1 if made.base.means[0, moment, made.score] > 0 else -1
    return float((made.design.drawn.means[:, moment, made.score] * sign < 0).mean())


def _policies(findings: Findings) -> Iterator[str]:
    table = findings.table
    for name, by in {
        dominated.policy: dominated.by for dominated in table.dominated if dominated.moment == "end"
    }.items():
        yield _(
            "{name} is dominated: at the end no score is better than under {by}.",
            name=name,
            by=_(" or ").join(by),
        )
    if len(table.policies) < 2:
        return
    first = table.scores[0]
    rarely = [
        win.policy
        for win in table.wins
        if win.moment == "end" and win.score == first.id and win.clear < LITTLE * table.worlds
    ]
    if rarely:
        yield (
            ngettext(
                "On {first} at the end {named} is best by a clear margin in "
                "fewer than {little:.0f} of 100 worlds.",
                "On {first} at the end {named} are best by a clear margin in "
                "fewer than {little:.0f} of 100 worlds.",
                len(rarely),
                first=first.name,
                named=named(rarely),
                little=100 * LITTLE,
            )
        )


def _unmoved(findings: Findings) -> Iterator[str]:
    """Scores that nothing in the study moves by half a point."""
    table = findings.table
    for score in table.scores:
        apart = [difference for difference in table.differences if difference.score == score.id]
        if apart and all(abs(difference.mean) < table.clear for difference in apart):
            yield _(
                "No policy of the study moves {score} by {clear:g} points on average.",
                score=score.name,
                clear=table.clear,
            )


def _rehearsal(findings: Findings) -> Iterator[str]:
    count = len(findings.rehearsal.symptoms)
    if count:
        yield (
            _(
                "Played by its robots the exercise itself shows {count} places "
                "worth a second look; they stand under Dominated.",
                count=count,
            )
        )


def _not_examined(findings: Findings) -> Iterator[str]:
    if findings.table.worlds < MANY:
        yield (
            _(
                "In fewer than {many} worlds it cannot be told whether luck ever "
                "changes an answer; make the sweep with more --worlds.",
                many=MANY,
            )
        )
    if findings.sensitivity is None:
        yield _("The numbers of the exercise were taken as they are, and so were its rules.")
