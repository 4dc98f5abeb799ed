"""What the feedback forms of a run come to, as parts of a document: counts, medians and words."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.feedback import SCALE
from ttx.i18n import _
from ttx.report.document import Bullets, Paragraph, Part, Section, Table
from ttx.session.view.feedback import Results


def feedback(results: Results) -> Iterator[Part]:
    """The results, without who handed in which form."""
    if not results.forms:
        yield Paragraph(results.told)
        return
    scale = _("1 is: I disagree entirely. 5 is: I agree entirely.")
    yield Paragraph(f"{results.told} {scale}")
    for name, objective in ((_("Statement"), False), (_("We could work on"), True)):
        rows = tuple(
            (
                part.statement.text,
                *(str(count or "·") for count in part.counts),
                str(part.not_seen or "·"),
                part.middle or _("none"),
            )
            for part in results.marked
            if part.statement.objective == objective
        )
        if rows:
            head = (name, *map(str, SCALE), _("not seen"), _("median"))
            yield Table(
                head,
                rows,
                widths=(53, 6, 6, 6, 6, 6, 9, 8),
                numbers=tuple(range(1, len(head))),
                columns=(0, *(4 for _mark in SCALE), 9, 7),
            )
    for question, answers in results.answered:
        if answers:
            yield Section(question.name or question.ask, (Bullets(answers),))
