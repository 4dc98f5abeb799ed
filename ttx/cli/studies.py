"""The verbs of studies: sweep, merge, open."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ttx import files, process
from ttx.cli.app import app
from ttx.cli.progress import Line
from ttx.cli.spoken import fail, hand_over, notice, say
from ttx.commands import pasted

if TYPE_CHECKING:
    from ttx.studies.study import Study

SEED, WORLDS = 1, 2000
"""The dice of a sweep that names none, and how many worlds it has."""
WORTH = 16
"""Blocks that a process must have to do before it is worth being started unasked."""


@app.command()
def sweep(
    exercise: Annotated[str, typer.Argument(help="A name that is found, or a path.")] = "",
    policy: Annotated[
        list[str],
        typer.Option(
            help="A robot, `all`, CELL=ROBOT,CELL=ROBOT, or a file of a robot in TOML; each also "
            "with +LEVER=LEVEL or +LEVER=LEVEL@TURN behind it. May be repeated."
        ),
    ] = [],  # noqa: B006  # typer reads it and never changes it
    baseline: Annotated[
        str, typer.Option(help="The policy that others are held against; the first if left out.")
    ] = "",
    factor: Annotated[
        str,
        typer.Option(
            help="LEVER,LEVER: every combination of their levels inside each --policy; "
            "LEVER=LEVEL/LEVEL@TURN for some of them."
        ),
    ] = "",
    seed: Annotated[
        int | None, typer.Option(min=0, help="The dice, 1 if left out; a world is one set of them.")
    ] = None,
    worlds: Annotated[
        int | None,
        typer.Option(min=1, help=f"Worlds of that seed, from 0; {WORLDS} if left out."),
    ] = None,
    set_: Annotated[
        list[str],
        typer.Option("--set", metavar="PART=VALUE", help="A number of the exercise, otherwise."),
    ] = [],  # noqa: B006  # the same
    switch: Annotated[
        list[str], typer.Option(help="A switch that the exercise names; may be repeated.")
    ] = [],  # noqa: B006  # the same
    ranges: Annotated[
        str,
        typer.Option(
            help="Draw numbers of each world from their ranges: declared, all, or a file in TOML."
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="The folder; named after the study, here, if left out.")
    ] = None,
    resume: Annotated[
        Path | None, typer.Option(help="Go on with the study in this folder as it was asked for.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes; 0 for as many as are worth it here.")
    ] = 0,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help="A Dask scheduler that works instead.")
    ] = "",
    shard: Annotated[str, typer.Option(metavar="I/N", help="Every Nth block; then merge.")] = "",
    json_: Annotated[bool, typer.Option("--json", help="The table as JSON.")] = False,
) -> None:
    """Play policies in many worlds, and say how they differ on the same dice.

    What was played is kept: the same command goes on where it was stopped.
    """
    from ttx.exercise.exercise_paths import find
    from ttx.exercise.load import load
    from ttx.studies.asking import Asked, plan_of
    from ttx.studies.study import begin, open_study

    if bool(exercise) == (resume is not None):
        fail("Name an exercise, or a study to go on with: ttx sweep --resume FOLDER.")
    if resume is not None:
        asked_for = (policy, baseline, factor, set_, switch, ranges, out, shard, seed is not None)
        if any(asked_for) or worlds is not None:
            fail("A study that goes on is asked for already; name only its folder with --resume.")
        study = open_study(resume)
    else:
        dice, count = SEED if seed is None else seed, worlds or WORLDS
        asked = Asked(policy, baseline, factor, dice, count, set_, switch, ranges)
        plan, settings = plan_of(load(find(exercise)), asked)
        part = f"-shard-{shard.replace('/', '-of-')}" if shard else ""
        named = Path(f"{plan.exercise.id}-sweep-{plan.id[:8]}{part}")
        study = begin(out or named, plan, settings, shard, pasted("ttx", *sys.argv[1:]))
    notice(f"The study is in {files.legible(study.folder)}.")
    _played(study, workers, cluster)
    if study.shard:
        notice(
            f"Shard {study.shard} is done; put all of them together with: "
            f"{pasted('ttx', 'merge', study.folder, '...', '--out', 'FOLDER')}"
        )
        return
    _told(study, as_json=json_)


def _played(study: Study, workers: int, cluster: str) -> None:
    """Play what is missing; whatever stops it, what is done is kept and how to go on is said."""
    from ttx.studies.sweep import play_on
    from ttx.studies.workers import crew

    worth = len(study.tasks()) // WORTH
    count = workers or max(1, min(processors(), worth))
    line = Line()
    try:
        with crew(count, cluster) as made:
            play_on(study, made, line.tell, line.notice)
    except (KeyboardInterrupt, process.Ended):
        line.end()
        notice(f"Stopped; what was played is kept. {_how(study)}")
        raise
    finally:
        line.end()


def _how(study: Study) -> str:
    words = study.how_to_go_on
    return f"{words[:1].upper()}{words[1:]}"


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # a system that does not tell
        return os.cpu_count() or 1


def _told(study: Study, *, as_json: bool) -> None:
    from ttx.analysis.policy_lines import lines
    from ttx.studies.compared import table_of

    table = table_of(study)
    if as_json:
        said = {"study": study.plan.id, "results": study.digest, **asdict(table)}
        for one in said["differences"]:
            one["half"] = one["half"] if one["worlds"] > 1 else None  # JSON has no infinity
        hand_over(*json.dumps(said, indent=2, ensure_ascii=False).split("\n"))
        return
    for line in lines(table):
        say(line)
    say(f"Digest of all {study.plan.rows:,} rows: {study.digest}")


@app.command()
def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Shards of a study.")],
    out: Annotated[Path, typer.Option(help="The folder of the whole study.")],
    json_: Annotated[bool, typer.Option("--json", help="The table as JSON.")] = False,
) -> None:
    """Put the shards of a study together, in any order; they stay as they are."""
    from ttx.studies.merge import absent
    from ttx.studies.merge import merge as merged
    from ttx.studies.study import open_study

    study = merged(folders, out)
    missing = absent(study, [open_study(folder) for folder in folders])
    if missing:
        fail(f"Merged into {files.legible(out)}, which is not whole: {missing}", 1)
    _told(study, as_json=json_)


@app.command("open")
def open_(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="The folder of a study.")],
    row: Annotated[
        int, typer.Option(min=0, help="Policy times worlds plus world, both counted from 0.")
    ],
    out: Annotated[Path, typer.Option(help="Where the new save goes.")],
) -> None:
    """Write a row of a study as a save, for replay, compare, report and verify."""
    from ttx.studies.rows import open_row
    from ttx.studies.study import open_study

    found = open_study(study)
    policy, world = found.plan.row(row)
    open_row(found, row, out)
    hand_over(str(out))
    notice(
        f"{policy.id} in world {world} of seed {found.plan.seed}. "
        f"Look at it with: {pasted('ttx', 'replay', out)}"
    )
