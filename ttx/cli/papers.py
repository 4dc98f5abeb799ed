"""The verbs of a session's papers: docs, and session, which says what stands on their covers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ttx import files
from ttx.cli.app import app
from ttx.cli.given import REDACT, exercise_at, looked_at, record_at, stated_in
from ttx.cli.spoken import hand_over, notice
from ttx.commands import pasted
from ttx.i18n import _

if TYPE_CHECKING:
    from ttx.exercise.model.exercise import Exercise
    from ttx.session.viewing import Viewing


@app.command()
def docs(
    exercise: Annotated[
        str,
        typer.Argument(
            metavar="EXERCISE|SAVE", help=_("A name that is found, or a path; or a saved run.")
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help=_("The folder they go to; ID-docs here where left out."))
    ] = None,
    session: Annotated[
        Path | None,
        typer.Option(help=_("A file that says for whom, when and where it is; see ttx session.")),
    ] = None,
    anonymous: Annotated[
        bool,
        typer.Option(
            "--anonymous", help=_("Not for attribution: nobody is named, nor who came and when.")
        ),
    ] = False,
    redact: Annotated[
        list[str] | None, typer.Option("--redact", metavar="NAME", help=_(REDACT))
    ] = None,
    forms: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            help=_("docx, html or md, and again for another; md and html where left out."),
        ),
    ] = None,
) -> None:
    """Write the papers of an exercise: manual, guide, MSEL, evaluation guide, forms, cards.

    Of a saved run they have the covers that its record says, and the sign-in sheet who came.
    """
    from ttx.report.came import came
    from ttx.report.documents import FOR_PLAYERS
    from ttx.report.forms import known
    from ttx.report.papers import USUAL, write

    chosen = [known(form) for form in forms or USUAL]
    part, viewing = _of(exercise, redact, anonymous=anonymous)
    if anonymous:
        from ttx.session.unattributed import without_notes

        part = without_notes(part)
    stated = stated_in(session, part)
    if stated is None and viewing is not None:
        stated = viewing.timeline.game.notebook.stated
    there = came(viewing.timeline) if viewing is not None and not anonymous else None
    folder = out or Path(f"{part.id}-docs")
    written = write(part, folder, stated, there, anonymous=anonymous, forms=chosen)
    for path in written:
        hand_over(str(path))
    notice(
        _(
            "For players: {papers}. Keep the others from them.",
            papers=", ".join(FOR_PLAYERS),
        )
    )


@app.command()
def session(
    what: Annotated[
        str,
        typer.Argument(
            metavar="EXERCISE|SAVE",
            help=_("Whose session it is; of a saved run what its record says is filled in."),
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(help=_("Where it goes, .csv or .xlsx; standard output where left out.")),
    ] = None,
) -> None:
    """Write the sheet that says what stands on the covers of a session's papers, to be filled in.

    Sponsor, point of contact, days, place, time zone, mission areas, organisations with how many
    come, and the targets that the sponsor sets. Give it to host, play, docs or report: --session.
    """
    from ttx.session.session_sheet import as_csv, as_workbook, session_rows

    part, viewing = _of(what)
    rows = session_rows(
        part, viewing.timeline.game.notebook.stated if viewing is not None else None
    )
    if out is None:
        hand_over(*as_csv(rows).decode("utf-8-sig").rstrip("\r\n").split("\r\n"))
        return
    files.named_for(out, _("The sheet of a session"), (".csv", ".xlsx"))
    book = out.suffix.lower() == ".xlsx"
    files.write(out, as_workbook(rows) if book else as_csv(rows))
    notice(
        _(
            "Written to {out}. Fill in what is known, then: {command}",
            out=out,
            command=pasted("ttx", "host", part.id, "--session", out),
        )
    )


def _of(
    what: str, redact: list[str] | None = None, *, anonymous: bool = False
) -> tuple[Exercise, Viewing | None]:
    """The exercise of that name or path; of a save the one it carries, and the run."""
    from ttx.session.opening import carried
    from ttx.session.save_header import SUFFIX

    path = Path(what)
    if not what.endswith(SUFFIX) or path.is_dir():
        return exercise_at(what), None
    record = record_at(path)
    return carried(record), looked_at(record, redact, anonymous=anonymous)
