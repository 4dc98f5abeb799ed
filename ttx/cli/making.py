"""The verbs that make something of an exercise, or a new one: new, graph."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.app import app
from ttx.cli.given import exercise_at
from ttx.cli.spoken import fail, hand_over, notice, say
from ttx.commands import pasted
from ttx.i18n import _


class Form(StrEnum):
    """How an exercise is drawn."""

    svg = "svg"
    mermaid = "mermaid"


@app.command()
def new(
    name: Annotated[Path, typer.Argument(help=_("The new folder; its name is the exercise's id."))],
    title: Annotated[
        str, typer.Option(help=_("What it is called; the name in words if not."))
    ] = "",
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help=_("An MSEL that it is made of.")),
    ] = None,
    sheet: Annotated[str, typer.Option(help=_("With --from: the worksheet."))] = "",
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADER=COLUMN", help=_("With --from: a column by hand.")),
    ] = None,
    calendar: Annotated[
        str, typer.Option(help=_("With --from: how times become turns, as for ttx msel import."))
    ] = "",
    encoding: Annotated[str, typer.Option(help=_("With --from: that of a text."))] = "",
) -> None:
    """Make a small exercise that checks clean and plays, to be changed into your own."""
    from ttx.exercise.fresh import new as made

    if from_ is not None:
        from ttx.exercise.msel.answers import ASK, Answers, mapping
        from ttx.exercise.msel.begun import begun

        answers = Answers(mapping(map_ or ()), calendar, ASK, sheet, encoding)
        listed = begun(name, title, from_, answers)
        for remark in listed.remarks:
            notice(remark)
        exercise = listed.exercise
    elif sheet or map_ or calendar or encoding:
        fail(
            _("--sheet, --map, --calendar and --encoding say how a list is read: add --from FILE.")
        )
    else:
        exercise = made(name, title)
    say(
        _(
            "{name}: {injects} injects, {tracks} tracks, to be made yours.",
            name=name,
            injects=len(exercise.inject),
            tracks=len(exercise.track),
        )
    )
    notice(
        _(
            "Read {file} first. After each change: {command}",
            file=name / "exercise.toml",
            command=pasted("ttx", "check", name),
        )
    )
    notice(_("To play it: {command}", command=pasted("ttx", "play", name)))


@app.command()
def graph(
    exercise: Annotated[str, typer.Argument(help=_("A name that is found, or a path."))],
    form: Annotated[Form, typer.Option("--format", help=_("A picture, or text for mermaid."))] = (
        Form.svg
    ),
    out: Annotated[
        Path | None, typer.Option(help=_("The file it goes to; standard output where left out."))
    ] = None,
) -> None:
    """Draw an exercise: when injects can come and on what condition, and what moves what."""
    from ttx import files
    from ttx.report.graph.mermaid import mermaid
    from ttx.report.graph.svg import svg

    part = exercise_at(exercise)
    drawn = svg(part) if form is Form.svg else mermaid(part)
    if out is None:
        hand_over(*drawn.removesuffix("\n").split("\n"))
        return
    endings = {Form.svg: (".svg",), Form.mermaid: (".mmd", ".mermaid")}[form]
    files.named_for(out, _("A picture as {form}", form=form.value), endings)
    files.write(out, drawn.encode())
    notice(_("Written to {out}. It holds what players may not see.", out=out))
