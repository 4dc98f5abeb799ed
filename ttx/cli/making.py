"""The verbs that make something of an exercise, or a new one: new, graph."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.app import app
from ttx.cli.given import exercise_at
from ttx.cli.spoken import hand_over, notice, say
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
) -> None:
    """Make a small exercise that checks clean and plays, to be changed into your own."""
    from ttx.exercise.fresh import new as made

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
