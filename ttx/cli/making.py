"""The verbs that make something of an exercise, or a new one: new, graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.app import app
from ttx.cli.spoken import notice, say
from ttx.commands import pasted


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
