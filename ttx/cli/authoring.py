"""The verbs of authors: check, docs, msel, schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.app import app, msel
from ttx.cli.spoken import hand_over, notice, say
from ttx.commands import pasted


@app.command()
def check(path: Annotated[str, typer.Argument(help="An exercise: a name or a path.")]) -> None:
    """Check an exercise and say all that is wrong with it, each with its place."""
    from ttx.exercise.load import proofread
    from ttx.exercise.shelf import find

    proof = proofread(find(path))
    for problem in proof.problems:
        say(str(problem))
    for problem in proof.warnings:
        say(f"warning: {problem}")
    if proof.exercise is None:
        raise typer.Exit(1)
    count = len(proof.exercise.inject)
    say(f"{path}: no mistakes; {count} injects, {len(proof.exercise.track)} tracks.")


@app.command()
def docs(
    exercise: Annotated[str, typer.Argument(help="A name that is found, or a path.")],
    out: Annotated[
        Path | None, typer.Option(help="The folder they go to; ID-docs here where left out.")
    ] = None,
) -> None:
    """Write the papers of an exercise: manual, guide, MSEL, evaluation guide, feedback form."""
    from ttx.exercise.load import load
    from ttx.exercise.shelf import find
    from ttx.report.documents import FOR_PLAYERS
    from ttx.report.papers import write

    part = load(find(exercise))
    for path in write(part, out or Path(f"{part.id}-docs")):
        hand_over(str(path))
    notice(f"For players: {' and '.join(FOR_PLAYERS)}. Keep the others from them.")


@msel.command("export")
def msel_export(
    exercise: Annotated[str, typer.Argument(help="A name that is found, or a path.")],
    out: Annotated[
        Path | None, typer.Option(help="The file it goes to; standard output where left out.")
    ] = None,
) -> None:
    """Write the MSEL of an exercise as CSV that spreadsheets open right."""
    from ttx.exercise.load import load
    from ttx.exercise.msel.files import export, exported
    from ttx.exercise.shelf import find

    part = load(find(exercise))
    if out is None:
        hand_over(*exported(part).decode().removesuffix("\n").split("\n"))
        return
    export(part, out)
    notice(f"Written to {out}. It holds what players may not see.")


@msel.command("import")
def msel_import(
    table: Annotated[Path, typer.Argument(metavar="FILE", help="An MSEL as CSV.")],
    exercise: Annotated[str, typer.Option(help="The exercise it is put into; it stays as it is.")],
    out: Annotated[
        Path | None, typer.Option(help="The new folder; named after FILE, here, where left out.")
    ] = None,
) -> None:
    """Copy an exercise to a new folder, with the rows of an MSEL put into it."""
    from ttx.exercise.load import digest
    from ttx.exercise.msel.files import import_
    from ttx.exercise.shelf import find

    folder = out or Path(table.stem)
    made = import_(table, find(exercise), folder)
    for remark in made.remarks:
        notice(remark)
    say(f"{folder}: {len(made.exercise.inject)} injects, digest {digest(made.exercise)}.")
    notice(f"Look it over with: {pasted('ttx', 'check', folder)}")


@app.command()
def schema(
    save: Annotated[
        bool, typer.Option("--save", help="Of the entries that `ttx export --format jsonl` writes.")
    ] = False,
) -> None:
    """Print the JSON Schema of an exercise, for editors, or of the entries of a save."""
    if save:
        from ttx.studies.export.schema import document

        hand_over(*document().split("\n"))
        return
    from ttx.exercise.model import Exercise

    made = Exercise.model_json_schema(by_alias=True)
    hand_over(*json.dumps(made, indent=2, ensure_ascii=False).split("\n"))
