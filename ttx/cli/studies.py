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
from ttx.cli.given import exercise_at
from ttx.cli.progress import Line
from ttx.cli.spoken import fail, hand_over, notice, say
from ttx.commands import pasted
from ttx.i18n import _

if TYPE_CHECKING:
    from ttx.studies.study import Study

SEED, WORLDS = 1, 2000
"""The dice of a sweep that names none, and how many worlds it has."""
WORTH = 16
"""Blocks that a process must have to do before it is worth being started unasked."""


@app.command()
def sweep(
    exercise: Annotated[str, typer.Argument(help=_("A name that is found, or a path."))] = "",
    policy: Annotated[
        list[str],
        typer.Option(
            help=_(
                "A robot, `all`, CELL=ROBOT,CELL=ROBOT, or a file of a robot in "
                "TOML; each also with +LEVER=LEVEL or +LEVER=LEVEL@TURN behind "
                "it. May be repeated."
            )
        ),
    ] = [],  # noqa: B006  # typer reads it and never changes it
    baseline: Annotated[
        str, typer.Option(help=_("The policy that others are held against; the first if left out."))
    ] = "",
    factor: Annotated[
        str,
        typer.Option(
            help=_(
                "LEVER,LEVER: every combination of their levels inside each "
                "--policy; LEVER=LEVEL/LEVEL@TURN for some of them."
            )
        ),
    ] = "",
    seed: Annotated[
        int | None,
        typer.Option(min=0, help=_("The dice, 1 if left out; a world is one set of them.")),
    ] = None,
    worlds: Annotated[
        int | None,
        typer.Option(
            min=1, help=_("Worlds of that seed, from 0; {worlds} if left out.", worlds=WORLDS)
        ),
    ] = None,
    set_: Annotated[
        list[str],
        typer.Option("--set", metavar="PART=VALUE", help=_("A number of the exercise, otherwise.")),
    ] = [],  # noqa: B006  # the same
    switch: Annotated[
        list[str], typer.Option(help=_("A switch that the exercise names; may be repeated."))
    ] = [],  # noqa: B006  # the same
    ranges: Annotated[
        str,
        typer.Option(
            help=_(
                "Draw numbers of each world from their ranges: declared, all, or a file in TOML."
            )
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help=_("The folder; named after the study, here, if left out."))
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(help=_("Go on with the study in this folder as it was asked for.")),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help=_("Processes; 0 for as many as are worth it here."))
    ] = 0,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help=_("A Dask scheduler that works instead."))
    ] = "",
    shard: Annotated[str, typer.Option(metavar="I/N", help=_("Every Nth block; then merge."))] = "",
    json_: Annotated[bool, typer.Option("--json", help=_("The table as JSON."))] = False,
) -> None:
    """Play policies in many worlds, and say how they differ on the same dice.

    What was played is kept: the same command goes on where it was stopped.
    """
    from ttx.studies.asking import Asked, plan_of
    from ttx.studies.study import begin, open_study

    if bool(exercise) == (resume is not None):
        fail(_("Name an exercise, or a study to go on with: ttx sweep --resume FOLDER."))
    if resume is not None:
        asked_for = (policy, baseline, factor, set_, switch, ranges, out, shard, seed is not None)
        if any(asked_for) or worlds is not None:
            fail(
                _("A study that goes on is asked for already; name only its folder with --resume.")
            )
        study = open_study(resume)
    else:
        dice, count = SEED if seed is None else seed, worlds or WORLDS
        asked = Asked(policy, baseline, factor, dice, count, set_, switch, ranges)
        plan, settings = plan_of(exercise_at(exercise), asked)
        part = f"-shard-{shard.replace('/', '-of-')}" if shard else ""
        named = Path(f"{plan.exercise.id}-sweep-{plan.id[:8]}{part}")
        study = begin(out or named, plan, settings, shard, pasted("ttx", *sys.argv[1:]))
    notice(_("The study is in {path}.", path=files.legible(study.folder)))
    _played(study, workers, cluster)
    if study.shard:
        notice(
            _(
                "Shard {shard} is done; put all of them together with: {command}",
                shard=study.shard,
                command=pasted("ttx", "merge", study.folder, "...", "--out", "FOLDER"),
            )
        )
        return
    _show(study, as_json=json_)


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
        notice(_("Stopped; what was played is kept. {how}", how=_how(study)))
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


def _show(study: Study, *, as_json: bool) -> None:
    from ttx.analysis.policy_lines import lines
    from ttx.studies.compared import table_of

    table = table_of(study)
    if as_json:
        document = {"study": study.plan.id, "results": study.digest, **asdict(table)}
        for difference in document["differences"]:
            if difference["worlds"] <= 1:
                difference["half"] = None  # JSON has no infinity
        hand_over(*json.dumps(document, indent=2, ensure_ascii=False).split("\n"))
        return
    for line in lines(table):
        say(line)
    say(_("Digest of all {rows:,} rows: {digest}", rows=study.plan.rows, digest=study.digest))


@app.command()
def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help=_("Shards of a study."))],
    out: Annotated[Path, typer.Option(help=_("The folder of the whole study."))],
    json_: Annotated[bool, typer.Option("--json", help=_("The table as JSON."))] = False,
) -> None:
    """Put the shards of a study together, in any order; they stay as they are."""
    from ttx.studies.merge import absent
    from ttx.studies.merge import merge as merged
    from ttx.studies.study import open_study

    study = merged(folders, out)
    missing = absent(study, [open_study(folder) for folder in folders])
    if missing:
        fail(
            _(
                "Merged into {path}, which is not whole: {missing}",
                path=files.legible(out),
                missing=missing,
            ),
            1,
        )
    _show(study, as_json=json_)


@app.command("open")
def open_(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help=_("The folder of a study."))],
    row: Annotated[
        int, typer.Option(min=0, help=_("Policy times worlds plus world, both counted from 0."))
    ],
    out: Annotated[Path, typer.Option(help=_("Where the new save goes."))],
) -> None:
    """Write a row of a study as a save, for replay, compare, report and verify."""
    from ttx.studies.rows import open_row
    from ttx.studies.study import open_study

    opened = open_study(study)
    policy, world = opened.plan.row(row)
    open_row(opened, row, out)
    hand_over(str(out))
    notice(
        _(
            "{policy} in world {world} of seed {seed}. Look at it with: {command}",
            policy=policy.id,
            world=world,
            seed=opened.plan.seed,
            command=pasted("ttx", "replay", out),
        )
    )
