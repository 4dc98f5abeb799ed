"""The page of findings as a document: what is uncomfortable first, the answer, what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ttx import __version__
from ttx.exercise.model.part import text
from ttx.i18n import N_, _, ngettext
from ttx.report.document import Bullets, Document, Facts, Heading, Notice, Paragraph, Part
from ttx.report.findings import answer, hangs, rehearsed
from ttx.report.findings.gathered import Findings
from ttx.report.findings.named import numbered, renamed
from ttx.report.findings.uncomfortable import uncomfortable
from ttx.session.view import words
from ttx.studies.discovery_text import scenarios

CAN_SHOW = N_(
    "Sizes were chosen by the exercise's authors, and so that its question stays open. This page "
    "can therefore show on which assumptions an answer hangs, and never which answer is right. A "
    "grade of evidence speaks for a claim or for a direction, never for a size."
)
"""Stands before everything else, the uncomfortable things among them."""


def findings(results: Findings, commands: Sequence[str] = ()) -> Document:
    """The page; `commands` make the page itself, after those that made its studies."""
    exercise, results = results.exercise, renamed(results)
    return Document(
        _("Findings: {exercise}", exercise=text(exercise.title)),
        exercise.banner,
        _(
            "{judgement} What the rules of the exercise make of policies on many dice.",
            judgement=_(words.JUDGEMENT),
        ),
        tuple(_parts(results, commands)),
        subtitle=text(exercise.briefing.question),
        wide=True,
    )


def _parts(results: Findings, commands: Sequence[str]) -> Iterator[Part]:
    yield _facts(results)
    yield Notice(_(CAN_SHOW))
    yield Heading(2, _("What is uncomfortable"))
    yield Bullets(tuple(uncomfortable(results)))
    yield Heading(2, _("The answer"))
    yield Paragraph(answer.levers(results), _("In what they differ"))
    yield from answer.differences(results)
    yield from hangs.certainty(results)
    yield from answer.over_the_turns(results)
    yield from answer.winners(results)
    yield from hangs.hangs_on(results)
    yield from _where(results)
    yield from answer.dominated(results)
    yield from rehearsed.worth_a_look(results)
    yield Heading(2, _("To repeat it"))
    yield Bullets(
        tuple(
            command
            for command in (*(c for _rest, _rest, c in results.studies), *commands)
            if command
        )
    )
    studies = "; ".join(f"{kind} {digest}" for kind, digest, _rest in results.studies)
    yield Paragraph(
        _("Digests of the results: {told}. They do not depend on who played what.", told=studies)
    )


def _facts(results: Findings) -> Facts:
    """The study in terms of the XLRM frame."""
    table, made = results.table, results.sensitivity
    luck = ngettext(
        "{count:,} world of seed {seed}",
        "{count:,} worlds of seed {seed}",
        table.worlds,
        seed=table.seed,
    )
    varied = _("luck alone: {luck}", luck=luck)
    if made is not None:
        many = len(made.switches)
        rules = (
            ngettext(
                "{count} rule that can be switched off",
                "{count} rules that can be switched off",
                many,
            )
            if many
            else _("no rule")
        )
        varied = _(
            "{rows} numbers of the exercise, {rules}; {luck}",
            rows=len(made.rows),
            rules=rules,
            luck=luck,
        )
    return Facts(
        (
            (_("Question"), text(results.exercise.review.asked)),
            (_("Uncertainties (X)"), varied),
            (
                _("Levers (L)"),
                _(
                    "the policies {policies}; against {baseline}",
                    policies=", ".join(table.policies),
                    baseline=table.baseline,
                ),
            ),
            (
                _("Relations (R)"),
                _(
                    "the rules of {exercise}, digest {digest}, in ttx {version}",
                    exercise=table.exercise,
                    digest=table.digest[:16],
                    version=__version__,
                ),
            ),
            (_("Measures (M)"), ", ".join(score.name for score in table.scores)),
        )
    )


def _where(results: Findings) -> Iterator[Part]:
    """Scenario discovery, where a study of it is at hand."""
    made = results.discovery
    if made is None:
        return
    yield Heading(2, _("Where each wins"))
    cases = [numbered(made, scenario) for scenario in scenarios(made)]
    if cases:
        yield Bullets(tuple(cases))
    else:
        yield Notice(_("No box was found."))
