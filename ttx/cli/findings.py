"""The verb that makes a page of what studies of an exercise found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ttx import files
from ttx.cli.app import app
from ttx.cli.spoken import hand_over, notice
from ttx.commands import pasted
from ttx.i18n import _


@app.command()
def findings(
    studies: Annotated[
        list[Path],
        typer.Argument(
            help=_(
                "Folders of studies of one exercise: a sweep, and if there are "
                "such a sensitivity study and a sweep with --ranges."
            )
        ),
    ],
    form: Annotated[
        str,
        typer.Option("--format", help=_("html or md; html where the file's name says nothing.")),
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help=_("Where it goes; standard output where left out."))
    ] = None,
) -> None:
    """Write the page of findings: what is uncomfortable, the answer, how sure, what it hangs on."""
    from ttx.report.filed import FORMS, form_of
    from ttx.report.findings.gathered import gather
    from ttx.report.findings.whole import findings as page
    from ttx.studies.study import open_study

    kind = form_of(out, form or ("" if out else "md"))
    again = pasted("ttx", "findings", *studies, *(("--out", out) if out else ()))
    gathered = gather([open_study(study) for study in studies])
    made = FORMS[kind](page(gathered, [again]))
    if out is None:
        hand_over(*made.removesuffix("\n").split("\n"))
        return
    files.write(out, made.encode())
    notice(_("Written to {path}.", path=files.legible(out)))
