"""The verbs that write injects as a table: msel export, msel blank."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.app import msel
from ttx.cli.given import REDACT, exercise_at, names_of, record_at
from ttx.cli.spoken import fail, hand_over, notice
from ttx.commands import pasted
from ttx.i18n import _


@msel.command("export")
def msel_export(
    what: Annotated[
        str,
        typer.Argument(
            metavar="EXERCISE|SAVE",
            help=_("An exercise, a name that is found or a path; or the save of a run."),
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            help=_("The file, .xlsx or .csv; where left out, CSV on standard output."),
        ),
    ] = None,
    planned: Annotated[
        bool,
        typer.Option(
            "--planned", help=_("Of an exercise: the columns of a run, with nothing run yet.")
        ),
    ] = False,
    anonymous: Annotated[
        bool,
        typer.Option("--anonymous", help=_("Of a run: not for attribution, seats by their cell.")),
    ] = False,
    redact: Annotated[
        list[str] | None, typer.Option("--redact", metavar="NAME", help=_(REDACT))
    ] = None,
) -> None:
    """Write the MSEL of an exercise, to be edited and imported; or of a run, as it was run.

    A workbook of an exercise holds its injects whole: options, outcomes, conditions and effects.
    """
    from ttx.report import lists_filed

    if out is not None:
        lists_filed.named(out)
    save = Path(what)
    if _is_save(save):
        if planned:
            fail(_("--planned is for an exercise; a run is written as it was run."))
        from ttx.report.filed import account_of

        names = names_of(redact, anonymous=anonymous)
        account = account_of(record_at(save), anonymous=anonymous, names=names)
        if out is None:
            _printed(lists_filed.as_run_csv(account))
            return
        lists_filed.write_as_run(account, out)
    else:
        if anonymous or redact:
            fail(_("--anonymous is for the save of a run; an exercise names offices alone."))
        _of_exercise(what, out, planned=planned)
        if out is None:
            return
    notice(_("Written to {out}. It holds what players may not see.", out=out))


def _of_exercise(what: str, out: Path | None, *, planned: bool) -> None:
    from ttx.exercise.msel.files import export, exported
    from ttx.report import lists_filed

    exercise = exercise_at(what)
    if planned:
        if out is None:
            _printed(lists_filed.planned_csv(exercise))
        else:
            lists_filed.write_planned(exercise, out)
    elif out is None:
        _printed(exported(exercise))
    else:
        export(exercise, out)


def _printed(table: bytes) -> None:
    hand_over(*table.decode().removesuffix("\n").split("\n"))


def _is_save(path: Path) -> bool:
    """Whether a path leads to the save of a run, and not to an exercise in one file."""
    from ttx.session.record import HEAD
    from ttx.session.save_header import SUFFIX

    if path.name.endswith(SUFFIX):
        return True
    try:
        with path.open("rb") as file:
            return HEAD.match(file.read(200)) is not None
    except OSError:
        return False


@msel.command("blank")
def msel_blank(
    out: Annotated[Path, typer.Option(help=_("The workbook, .xlsx."))],
    exercise: Annotated[
        str,
        typer.Option(
            help=_("Whose lists its drop-downs offer; those of `ttx new --from` where left out.")
        ),
    ] = "",
) -> None:
    """Write an empty MSEL to be filled in: headings, drop-downs, and a sheet that explains them."""
    from ttx.exercise.fresh import TEMPLATES
    from ttx.exercise.model.exercise import Exercise
    from ttx.exercise.source import Source
    from ttx.report import lists_filed

    if exercise:
        lists_filed.write_blank(exercise_at(exercise), out)
        into = pasted("ttx", "msel", "import", out, "--exercise", exercise)
    else:
        # the template of a list has no injects yet, so it is no exercise that checks clean
        data = Source.read(TEMPLATES["list"]).data
        lists_filed.write_blank(Exercise.model_validate(data), out, data)
        into = pasted("ttx", "new", "NAME", "--from", out)
    notice(_("Written to {out}. Once it is filled in: {command}", out=out, command=into))
