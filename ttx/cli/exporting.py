"""The verb that takes runs and studies away: export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ttx import files
from ttx.cli.app import app
from ttx.cli.given import ANONYMOUS, REDACT, names_of, record_at
from ttx.cli.spoken import fail, hand_over, notice
from ttx.commands import pasted
from ttx.i18n import _


@app.command()
def export(
    what: Annotated[
        list[Path], typer.Argument(metavar="SAVE...|STUDY", help=_("Saves, or one study."))
    ],
    out: Annotated[
        Path,
        typer.Option(help=_("A new or empty folder; for a workbook or an archive, a new file.")),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help=_("Of saves csv, jsonl or xlsx; of a study csv, parquet or ema. csv if left out."),
        ),
    ] = "",
    anonymous: Annotated[bool, typer.Option("--anonymous", help=_(ANONYMOUS))] = False,
    redact: Annotated[
        list[str] | None, typer.Option("--redact", metavar="NAME", help=_(REDACT))
    ] = None,
    mixed: Annotated[
        bool, typer.Option("--mixed", help=_("Runs of other exercises beside each other."))
    ] = False,
) -> None:
    """Take runs or a study away as tables that the tools of the trade read."""
    if any(path.is_dir() for path in what):
        if len(what) > 1:
            fail(_("A study is exported by itself; name one folder, or saves alone."))
        if anonymous or redact or mixed:
            fail(_("A study names nobody and has one exercise; leave --anonymous and --mixed out."))
        _study(what[0], out, form)
        return
    names = names_of(redact, anonymous=anonymous) if anonymous or redact else None
    _saves(what, out, form, names=names, mixed=mixed)


def _saves(
    paths: list[Path], out: Path, form: str, *, names: list[str] | None, mixed: bool
) -> None:
    from ttx.studies.export import saves
    from ttx.studies.export.folder import unnamed, vacant, write_folder
    from ttx.studies.export.package import formulas

    kind = form or ("xlsx" if out.suffix.lower() == ".xlsx" else "csv")
    if kind not in saves.FORMS:
        fail(
            _(
                "Saves have no form '{kind}'; choose from {forms}.",
                kind=kind,
                forms=", ".join(saves.FORMS),
            )
        )
    if kind == "xlsx":
        if out.suffix.lower() != ".xlsx":
            fail(
                _(
                    "A workbook ends in .xlsx; say {command}.",
                    command=pasted("--out", f"{out}.xlsx"),
                )
            )
        unnamed(out)
    else:
        vacant(out)
    seen: set[Path] = set()
    for path in paths:
        if path.resolve() in seen:
            fail(
                _(
                    "{path} is named twice and would be counted twice; name it once.",
                    path=files.legible(path),
                )
            )
        seen.add(path.resolve())
    records = [record_at(path) for path in paths]
    anonymous = names is not None
    sources = saves.sources_of(records, anonymous=anonymous, names=names or (), mixed=mixed)
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
                    _(
                        "Cells that begin with = + - or @: {count}. They stand "
                        "as they were typed; a spreadsheet may take them for "
                        "formulas, so open the columns as text, or take --format "
                        "xlsx.",
                        count=count,
                    )
                )
    unfinished = saves.drafts(sources)
    if unfinished:
        notice(
            _(
                "A draft, for the white cell alone: {runs} not closed.",
                runs=", ".join(unfinished),
            )
        )
    else:
        notice(saves.OWNER)
    for sentence in saves.attribution(sources):
        notice(sentence)
    hand_over(str(out))


def _study(path: Path, out: Path, form: str) -> None:
    from ttx.studies.export import taken
    from ttx.studies.export.folder import unnamed, vacant
    from ttx.studies.study import open_study

    packed = out.name.lower().endswith(taken.ENDING)
    kind = form or ("ema" if packed else "csv")
    if kind not in taken.FORMS:
        fail(
            _(
                "A study has no form '{kind}'; choose from {forms}.",
                kind=kind,
                forms=", ".join(taken.FORMS),
            )
        )
    if kind == "ema":
        if not packed:
            fail(
                _(
                    "An archive ends in {ending}; say {command}.",
                    ending=taken.ENDING,
                    command=pasted("--out", f"{out}.tar.gz"),
                )
            )
        unnamed(out)
    elif out.suffix.lower() == ".xlsx":
        fail(
            _(
                "A study has no workbook, and {path} would be a folder; name another.",
                path=files.legible(out),
            )
        )
    else:
        vacant(out)
    taken.write_study(out, open_study(path), kind)
    hand_over(str(out))
