"""The verbs that make something of an exercise, or a new one: new, graph."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.app import app
from ttx.cli.spoken import hand_over, notice, say
from ttx.commands import pasted


class Form(StrEnum):
    """How an exercise is drawn."""

    svg = "svg"
    mermaid = "mermaid"


@app.command()
def new(
    name: Annotated[Path, typer.Argument(help="The new folder; its name is the exercise's id.")],
    title: Annotated[str, typer.Option(help="What it is called; the name in words if not.")] = "",
) -> None:
    """Make a small exercise that checks clean and plays, to be changed into your own."""
    from ttx.exercise.fresh import new as made

    exercise = made(name, title)
    say(f"{name}: {len(exercise.inject)} injects, {len(exercise.track)} tracks, to be made yours.")
    notice(
        f"Read {name / 'exercise.toml'} first. After each change: {pasted('ttx', 'check', name)}"
    )
    notice(f"To play it: {pasted('ttx', 'play', name)}")


@app.command()
def graph(
    exercise: Annotated[str, typer.Argument(help="A name that is found, or a path.")],
    form: Annotated[Form, typer.Option("--format", help="A picture, or text for mermaid.")] = (
        Form.svg
    ),
    out: Annotated[
        Path | None, typer.Option(help="The file it goes to; standard output where left out.")
    ] = None,
) -> None:
    """Draw an exercise: when injects can come and on what condition, and what moves what."""
    from ttx import files
    from ttx.exercise.exercise_paths import find
    from ttx.exercise.load import load
    from ttx.report.graph.mermaid import mermaid
    from ttx.report.graph.svg import svg

    part = load(find(exercise))
    drawn = svg(part) if form is Form.svg else mermaid(part)
    if out is None:
        hand_over(*drawn.removesuffix("\n").split("\n"))
        return
    endings = {Form.svg: (".svg",), Form.mermaid: (".mmd", ".mermaid")}[form]
    files.named_for(out, f"A picture as {form.value}", endings)
    files.write(out, drawn.encode())
    notice(f"Written to {out}. It holds what players may not see.")
