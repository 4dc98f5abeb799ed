"""The verbs of authors: check, docs, msel, schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ttx.cli.app import app, msel
from ttx.cli.counted import counted_injects, counted_tracks
from ttx.cli.spoken import fail, hand_over, notice, say
from ttx.commands import pasted
from ttx.i18n import _

if TYPE_CHECKING:
    from ttx.analysis.rehearsal.rehearse import Rehearsal
    from ttx.analysis.rehearsal.symptom import Symptom
    from ttx.exercise.load import Proof
    from ttx.exercise.model.exercise import Exercise
    from ttx.exercise.problems import Problem

    Rehearsed = tuple[Rehearsal, list[tuple[Problem, Symptom]]]

WORLDS = 2000
"""Worlds that each robot plays in `check --play`."""
LEAST, MOST = 100, 10_000
"""How few say too little, and how many no memory is asked to hold."""


@app.command()
def check(
    path: Annotated[str, typer.Argument(help=_("An exercise: a name or a path."))],
    worlds: Annotated[
        int | None,
        typer.Argument(
            metavar="N",
            min=LEAST,
            max=MOST,
            help=_("With --play: worlds; {worlds:,} unless said.", worlds=WORLDS),
        ),
    ] = None,
    play: Annotated[
        bool, typer.Option("--play", help=_("Let every robot play, and say what shows only so."))
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=_("One JSON object, for editors."))
    ] = False,
) -> None:
    """Check an exercise and say all that is wrong with it, each with its place."""
    from ttx.exercise.exercise_paths import find
    from ttx.exercise.load import proofread

    if worlds is not None and not play:
        fail(
            _(
                "{worlds} worlds are for --play: ttx check {path} --play {worlds}",
                worlds=worlds,
                path=path,
            )
        )
    there = find(path)
    proof = proofread(there)
    shown = None
    if play and proof.exercise is not None:
        shown = _rehearsed(there, proof.exercise, worlds or WORLDS)
    if as_json:
        hand_over(*_json(path, proof, shown).split("\n"))
    else:
        for line in _lines(path, proof, shown):
            say(line)
    if proof.exercise is None:
        raise typer.Exit(1)


def _rehearsed(path: Path, exercise: Exercise, worlds: int) -> Rehearsed:
    """What play showed of an exercise, each symptom with its place in the files."""
    from ttx.analysis.rehearsal.rehearse import rehearse
    from ttx.exercise.problems import Finding
    from ttx.exercise.source import Source

    notice(
        _(
            "Playing {worlds:,} worlds with each of {robots} robots …",
            worlds=worlds,
            robots=len(exercise.robot),
        )
    )
    rehearsal = rehearse(exercise, worlds)
    source = Source.read(path)
    places = [
        source.problem(Finding(symptom.path, symptom.text, warning=True))
        for symptom in rehearsal.symptoms
    ]
    return rehearsal, list(zip(places, rehearsal.symptoms, strict=True))


def _lines(path: str, proof: Proof, shown: Rehearsed | None) -> Iterator[str]:
    from ttx.analysis.rehearsal.red import outing_line
    from ttx.analysis.rehearsal.symptom import per_cent

    yield from (str(problem) for problem in proof.problems)
    yield from (_("warning: {problem}", problem=problem) for problem in proof.warnings)
    if proof.exercise is None:
        return
    if shown:
        rehearsal, symptoms = shown
        yield from (_("in play: {place}", place=place) for place, _symptom in symptoms)
        rates = [
            f"{name} {per_cent(share)}"
            for name, share in rehearsal.in_time.items()
            if share is not None
        ]
        if rates:
            yield _("crises answered in time: {rates}", rates=", ".join(rates))
        yield from map(outing_line, rehearsal.red)
        yield _(
            "{path}: {remarks} remarks from play, {worlds:,} worlds a robot.",
            path=path,
            remarks=len(symptoms),
            worlds=rehearsal.worlds,
        )
    yield _(
        "{path}: no mistakes; {injects}, {tracks}.",
        path=path,
        injects=counted_injects(proof.exercise),
        tracks=counted_tracks(proof.exercise),
    )


def _json(path: str, proof: Proof, shown: Rehearsed | None) -> str:
    def placed(problem: Problem) -> dict[str, object]:
        return {"file": problem.file, "line": problem.line, "text": problem.text}

    document: dict[str, object] = {
        "exercise": path,
        "sound": proof.exercise is not None,
        "mistakes": [placed(mistake) for mistake in proof.problems],
        "warnings": [placed(warning) for warning in proof.warnings],
    }
    if shown:
        rehearsal, symptoms = shown
        document["play"] = {
            "worlds": rehearsal.worlds,
            "robots": rehearsal.robots,
            "plans": rehearsal.plans,
            "in_time": rehearsal.in_time,
            "red": [asdict(adversary) for adversary in rehearsal.red],
            "findings": [
                {"kind": symptom.kind, "number": round(symptom.number, 2), **placed(place)}
                for place, symptom in symptoms
            ],
        }
    return json.dumps(document, indent=2, ensure_ascii=False)


@msel.command("import")
def msel_import(
    table: Annotated[Path, typer.Argument(metavar="FILE", help=_("An MSEL as a workbook or CSV."))],
    exercise: Annotated[
        str, typer.Option(help=_("The exercise it is put into; it stays as it is."))
    ],
    out: Annotated[
        Path | None, typer.Option(help=_("The new folder; named after FILE, here, where left out."))
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="HEADER=COLUMN",
            help=_("A column by hand, as Questions/Notes=question; =- leaves it out. Repeatable."),
        ),
    ] = None,
    sheet: Annotated[str, typer.Option(help=_("The worksheet; found where left out."))] = "",
    encoding: Annotated[str, typer.Option(help=_("That of a text; found where left out."))] = "",
    calendar: Annotated[
        str,
        typer.Option(help=_("How times become turns: even, or T1=09:00-10:30,T2=10:30-12:00.")),
    ] = "",
    new_only: Annotated[
        bool,
        typer.Option("--new-only", help=_("Add rows, and change no inject that is there.")),
    ] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help=_("Rows with the number of another inject give it their texts.")
        ),
    ] = False,
) -> None:
    """Copy an exercise to a new folder, with the rows of an MSEL put into it."""
    from ttx.exercise.exercise_paths import find
    from ttx.exercise.load import digest
    from ttx.exercise.msel.answers import ASK, NEW, REPLACE, Answers, mapping
    from ttx.exercise.msel.files import import_

    if new_only and replace:
        fail(_("--new-only and --replace say opposite things; give one of them."))
    taken = NEW if new_only else REPLACE if replace else ASK
    folder = out or Path(table.stem)
    answers = Answers(mapping(map_ or ()), calendar, taken, sheet, encoding)
    made = import_(table, find(exercise), folder, answers)
    for remark in made.remarks:
        notice(remark)
    say(
        _(
            "{folder}: {injects}, digest {digest}.",
            folder=folder,
            injects=counted_injects(made.exercise),
            digest=digest(made.exercise),
        )
    )
    notice(_("Look it over with: {command}", command=pasted("ttx", "check", folder)))


@app.command()
def schema(
    save: Annotated[
        bool,
        typer.Option("--save", help=_("Of the entries that `ttx export --format jsonl` writes.")),
    ] = False,
) -> None:
    """Print the JSON Schema of an exercise, for editors, or of the entries of a save."""
    if save:
        from ttx.studies.export.schema import document

        hand_over(*document().split("\n"))
        return
    from ttx.exercise.model.exercise import Exercise

    made = Exercise.model_json_schema(by_alias=True)
    hand_over(*json.dumps(made, indent=2, ensure_ascii=False).split("\n"))
