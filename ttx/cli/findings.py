"""The verb that makes a page of what studies of an exercise found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ttx import files
from ttx.cli.app import app
from ttx.cli.given import FORM
from ttx.cli.spoken import notice, pour
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
        typer.Option("--format", help=_(FORM)),
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help=_("Where it goes; standard output where left out."))
    ] = None,
) -> None:
    """Write the page of findings: what is uncomfortable, the answer, how sure, what it hangs on."""
    from ttx.report.findings.gathered import gather
    from ttx.report.findings.whole import findings as page
    from ttx.report.forms import form_of, made
    from ttx.studies.study import open_study

    kind = form_of(out, form or ("" if out else "md"), _("A page of findings"))
    again = pasted("ttx", "findings", *studies, *(("--out", out) if out else ()))
    gathered = gather([open_study(study) for study in studies])
    written = made(page(gathered, [again]), kind)
    if out is None:
        pour(written, kind)
        return
    files.write(out, written)
    notice(_("Written to {path}.", path=files.legible(out)))
