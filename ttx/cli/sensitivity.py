"""The verb that asks what an answer hangs on, and would flip it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from ttx import files, process
from ttx.cli.app import app
from ttx.cli.given import exercise_at
from ttx.cli.spoken import notice, say
from ttx.cli.studies import processors
from ttx.commands import pasted
from ttx.i18n import _

EVERY = 5.0
"""Seconds between two words on how far a step is."""


@app.command()
def sensitivity(
    exercise: Annotated[str, typer.Argument(help=_("A name that is found, or a path."))],
    question: Annotated[
        str, typer.Option(metavar="A:B", help=_("Two policies; is B better than A, and when?"))
    ],
    score: Annotated[
        str, typer.Option(help=_("The score that tipping values are of; the first where left out."))
    ] = "",
    worlds: Annotated[int, typer.Option(min=2, help=_("Worlds of every setting."))] = 256,
    samples: Annotated[int, typer.Option(min=2, help=_("Samples of Sobol, a power of two."))] = 64,
    over: Annotated[
        str,
        typer.Option(
            help=_("Numbers varied all at once: declared, all, or top:K of one at a time.")
        ),
    ] = "declared",
    seed: Annotated[int, typer.Option(min=0, help=_("Of the dice, and of the design."))] = 1,
    workers: Annotated[
        int, typer.Option(min=0, help=_("Processes; 0 for as many as there are processors."))
    ] = 0,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help=_("A Dask scheduler that works instead."))
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help=_("A folder to keep the study in, and to go on from."))
    ] = None,
) -> None:
    """Ask what the answer to a question of two policies hangs on, and what would flip it."""
    from ttx.analysis.sensitivity_text import lines
    from ttx.extras import need
    from ttx.studies import sensitivity as study_of
    from ttx.studies import sensitivity_files
    from ttx.studies.asking import text_of
    from ttx.studies.study import begin
    from ttx.studies.workers import crew

    need("SALib", "analysis")
    part = exercise_at(exercise)
    pair = study_of.pair(part, question, text_of)
    plan = study_of.plan(
        part,
        pair,
        seed=seed,
        worlds=worlds,
        samples=samples,
        over=over,
        score=score or part.score[0].id,
    )
    study = begin(out, plan, command=pasted("ttx", *sys.argv[1:])) if out else None
    with crew(workers or processors(), cluster) as crewed:
        steps = study_of.Steps(plan, crewed, study, steps_told(), notice)
        try:
            made = study_of.played(steps)
        except (KeyboardInterrupt, process.Ended):
            if out:
                notice(
                    _(
                        "What was played is kept in {path}; the same command goes on.",
                        path=files.legible(out),
                    )
                )
            raise
    written = sensitivity_files.write(out, made) if out else []
    for line in lines(made):
        say(line)
    say(_("Digest of the counts: {digest}", digest=steps.digest))
    if out:
        notice(
            _(
                "In {path}: {files}.",
                path=files.legible(out),
                files=", ".join(file.name for file in written),
            )
        )


def steps_told() -> Callable[[str, int, int], None]:
    """Hears the name of a step, how much of it is done and of how much; speaks now and then."""
    last = began = time.monotonic()

    def tell(step: str, done: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY:
            last = now
            notice(
                _(
                    "{step}: {done} of {of}, {seconds:.0f} s since the start.",
                    step=step,
                    done=done,
                    of=of,
                    seconds=now - began,
                )
            )

    return tell
