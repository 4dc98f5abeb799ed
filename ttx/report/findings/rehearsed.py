"""Levels, options and injects that a rehearsal by robots finds worth a second look."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.i18n import _
from ttx.report.document import Bullets, Heading, Paragraph, Part
from ttx.report.findings.gathered import Findings
from ttx.report.findings.named import called, policy_name, where


def worth_a_look(findings: Findings) -> Iterator[Part]:
    """What `ttx check --play` says of the same exercise, a line each."""
    rehearsal, exercise = findings.rehearsal, findings.exercise
    yield Heading(3, _("Levels, options and the rest"))
    if not rehearsal.symptoms:
        yield Paragraph(
            _("Nothing stood out in {worlds:,} worlds of every robot.", worlds=rehearsal.worlds)
        )
        return
    plans = ", ".join(policy_name(exercise, plan) for plan in rehearsal.plans)
    yield Paragraph(
        _(
            "Every robot played {worlds:,} worlds; levels and options were tried inside the plans "
            "of {plans}. None of this is a mistake; all of it is worth a second look.",
            worlds=rehearsal.worlds,
            plans=plans,
        )
    )
    yield Bullets(
        tuple(
            f"{where(exercise, symptom.path) or _('The exercise')}: "
            f"{called(exercise, symptom.path, symptom.text)}"
            for symptom in rehearsal.symptoms
        )
    )
