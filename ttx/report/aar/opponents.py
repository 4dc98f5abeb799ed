"""The adversaries: their acts beside the scores, then what each was after and what it did."""

from __future__ import annotations

from ttx.i18n import _
from ttx.report.adversaries import HEAD, acts_told, sentences_of
from ttx.report.document import Bullets, Heading, Paragraph, Part, Table
from ttx.report.review import Review


def acts(review: Review) -> list[Part]:
    """Each adversary's acts beside its score, in this run and the reference runs."""
    rows = review.adversaries
    if not rows:
        return []
    runs = [rows[0].own.run, *(reference.run for reference in rows[0].references)]
    return [
        Table(
            (_("Adversary"), *(_("{run}: acts; score", run=run) for run in runs)),
            tuple(
                (
                    row.name,
                    *(
                        f"{acts_told(run.acts)}; {run.end / 100:.2f}"
                        for run in (row.own, *row.references)
                    ),
                )
                for row in rows
            ),
            caption=_("What the adversaries did"),
            note=_(
                "Acts are turns of {head}; beside them the score about that adversary.",
                head=_(HEAD),
            ),
            numbers=tuple(range(1, len(runs) + 1)),
        ),
        Paragraph(review.luck),
    ]


def opponents(review: Review) -> list[Part]:
    """What each was to be deterred from, was after, did, could not do, and paid."""
    if not review.adversaries:
        return []
    parts: list[Part] = [Heading(2, _("What was to be deterred, and what the adversaries did"))]
    for row in review.adversaries:
        parts += [Heading(3, row.name), Bullets(tuple(sentences_of(row)))]
    return parts
