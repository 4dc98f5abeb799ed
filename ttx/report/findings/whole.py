"""The page of findings as a document: what is uncomfortable first, the answer, what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ttx import __version__
from ttx.exercise.model import text
from ttx.report.document import Bullets, Document, Facts, Heading, Notice, Paragraph, Part
from ttx.report.findings import answer, hangs, rehearsed
from ttx.report.findings.gathered import Findings
from ttx.report.findings.named import numbered, renamed
from ttx.report.findings.uncomfortable import uncomfortable
from ttx.session.view import words
from ttx.studies.discovery_text import scenarios

CAN_SHOW = (
    "Sizes were chosen by the exercise's authors, and so that its question stays open. This page "
    "can therefore show on which assumptions an answer hangs, and never which answer is right. A "
    "grade of evidence speaks for a claim or for a direction, never for a size."
)
"""Stands before everything else, the uncomfortable things among them."""


def findings(found: Findings, commands: Sequence[str] = ()) -> Document:
    """The page; `commands` make the page itself, after those that made its studies."""
    exercise, found = found.exercise, renamed(found)
    return Document(
        f"Findings: {text(exercise.title)}",
        exercise.banner,
        f"{words.JUDGEMENT} What the rules of the exercise make of policies on many dice.",
        tuple(_parts(found, commands)),
        subtitle=text(exercise.briefing.question),
        wide=True,
    )


def _parts(found: Findings, commands: Sequence[str]) -> Iterator[Part]:
    yield _facts(found)
    yield Notice(CAN_SHOW)
    yield Heading(2, "What is uncomfortable")
    yield Bullets(tuple(uncomfortable(found)))
    yield Heading(2, "The answer")
    yield Paragraph(answer.levers(found), "In what they differ")
    yield from answer.differences(found)
    yield from hangs.certainty(found)
    yield from answer.over_the_turns(found)
    yield from answer.winners(found)
    yield from hangs.hangs_on(found)
    yield from _where(found)
    yield from answer.dominated(found)
    yield from rehearsed.worth_a_look(found)
    yield Heading(2, "To repeat it")
    yield Bullets(tuple(one for one in (*(c for _, _, c in found.studies), *commands) if one))
    told = "; ".join(f"{kind} {digest}" for kind, digest, _ in found.studies)
    yield Paragraph(f"Digests of the results: {told}. They do not depend on who played what.")


def _facts(found: Findings) -> Facts:
    """The study in terms of the XLRM frame."""
    table, made = found.table, found.sensitivity
    luck = f"{table.worlds:,} world{'s' if table.worlds > 1 else ''} of seed {table.seed}"
    varied = f"luck alone: {luck}"
    if made is not None:
        many = len(made.switches)
        rules = (
            f"{many} rule{'s' if many > 1 else ''} that can be switched off" if many else "no rule"
        )
        varied = f"{len(made.rows)} numbers of the exercise, {rules}; {luck}"
    return Facts(
        (
            ("Question", text(found.exercise.review.asked)),
            ("Uncertainties (X)", varied),
            ("Levers (L)", f"the policies {', '.join(table.policies)}; against {table.baseline}"),
            (
                "Relations (R)",
                f"the rules of {table.exercise}, digest {table.digest[:16]}, in ttx {__version__}",
            ),
            ("Measures (M)", ", ".join(score.name for score in table.scores)),
        )
    )


def _where(found: Findings) -> Iterator[Part]:
    """Scenario discovery, where a study of it is at hand."""
    made = found.discovery
    if made is None:
        return
    yield Heading(2, "Where each wins")
    told = [numbered(made, one) for one in scenarios(made)]
    if told:
        yield Bullets(tuple(told))
    else:
        yield Notice("No box was found.")
