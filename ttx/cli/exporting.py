"""The verb that takes runs away: export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ttx import files
from ttx.cli.app import app
from ttx.cli.records import remarks
from ttx.cli.spoken import fail, hand_over, notice
from ttx.commands import pasted


@app.command()
def export(
    what: Annotated[list[Path], typer.Argument(metavar="SAVE...", help="Saves.")],
    out: Annotated[
        Path,
        typer.Option(help="A new or empty folder; for a workbook, a new file."),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="csv, jsonl or xlsx; csv if left out.",
        ),
    ] = "",
    anonymous: Annotated[
        bool,
        typer.Option("--anonymous", help="Not for attribution: seats by their cell alone."),
    ] = False,
    mixed: Annotated[
        bool, typer.Option("--mixed", help="Runs of other exercises beside each other.")
    ] = False,
) -> None:
    """Take runs away as tables that the tools of the trade read."""
    _saves(what, out, form, anonymous=anonymous, mixed=mixed)


def _saves(paths: list[Path], out: Path, form: str, *, anonymous: bool, mixed: bool) -> None:
    from ttx.session.record import read
    from ttx.studies.export import saves
    from ttx.studies.export.folder import unnamed, vacant, write_folder
    from ttx.studies.export.package import formulas

    kind = form or ("xlsx" if out.suffix.lower() == ".xlsx" else "csv")
    if kind not in saves.FORMS:
        fail(f"Saves have no form '{kind}'; choose from {', '.join(saves.FORMS)}.")
    if kind == "xlsx":
        if out.suffix.lower() != ".xlsx":
            fail(f"A workbook ends in .xlsx; say {pasted('--out', f'{out}.xlsx')}.")
        unnamed(out)
    else:
        vacant(out)
    records = [read(path) for path in paths]
    for record in records:
        remarks(record, record.remark)
    sources = saves.sources_of(records, anonymous=anonymous, mixed=mixed)
    if kind == "jsonl":
        write_folder(out, saves.as_jsonl(sources))
    else:
        tables = saves.filled(sources)
        if kind == "xlsx":
            files.write(out, saves.as_xlsx(sources, tables))
        else:
            saves.write_csv(out, sources, tables)
            if count := formulas(tables):
                notice(
                    f"Cells that begin with = + - or @: {count}. They stand as they were typed; "
                    "a spreadsheet may take them for formulas, so open the columns as text, or "
                    "take --format xlsx."
                )
    unfinished = saves.drafts(sources)
    if unfinished:
        notice(f"A draft, for the white cell alone: {', '.join(unfinished)} not closed.")
    else:
        notice(saves.OWNER)
    if anonymous:
        notice(saves.NAMES)
    hand_over(str(out))
