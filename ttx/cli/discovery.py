"""The verb that finds where a policy wins, how robust each is, and what foretells a loss."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.app import app
from ttx.cli.sensitivity import steps_told
from ttx.cli.spoken import say
from ttx.i18n import _

POINT, MOST = 100, 1000
"""Hundredths of a point, and the most points that anybody can mean."""


@app.command()
def discover(
    study: Annotated[Path, typer.Argument(help=_("A folder of `ttx sweep` with --ranges."))],
    policy: Annotated[
        str, typer.Option(help=_("Whose wins are looked at; the first but the baseline."))
    ] = "",
    baseline: Annotated[str, typer.Option(help=_("Against whom; the study's own."))] = "",
    score: Annotated[str, typer.Option(help=_("On which score; the first where left out."))] = "",
    by: Annotated[str, typer.Option(help=_("Points by which a win is ahead, at least."))] = "0.5",
    density: Annotated[
        float, typer.Option(min=0.0, max=1.0, help=_("How often a box should be right."))
    ] = 0.8,
    threshold: Annotated[
        list[str] | None,
        typer.Option(metavar="SCORE=VALUE", help=_("What is good enough at the end; repeat it.")),
    ] = None,
    resamples: Annotated[int, typer.Option(min=0, help=_("Bootstrap resamples of a box."))] = 20,
) -> None:
    """Find where a policy wins, how robust each is, and what foretells that it will lose."""
    from ttx.studies.discovery import Asked
    from ttx.studies.discovery import discover as discovered
    from ttx.studies.discovery_text import lines
    from ttx.studies.prim import ready
    from ttx.studies.study import open_study

    ready()
    margin = hundredths(by, "--by")
    if margin <= 0:
        raise ValueError(_("--by takes a size above 0 in points, not {by}.", by=by))
    thresholds = {}
    for asked_for in threshold or []:
        name, _equals, value = (part.strip() for part in asked_for.partition("="))
        thresholds[name] = hundredths(value, f"--threshold {asked_for}")
    asked = Asked(policy, baseline, score, margin, density, thresholds, resamples)
    for line in lines(discovered(open_study(study), asked, steps_told())):
        say(line)


def hundredths(points: str, where: str) -> int:
    """Points as hundredths; `where` names what they were given for.

    Raises:
        ValueError: they are none, in a sentence.
    """
    try:
        scaled = Decimal(points) * POINT
        if abs(scaled) <= MOST * POINT and scaled == scaled.to_integral_value():
            return int(scaled)
    except ArithmeticError:
        pass
    raise ValueError(
        _(
            "{where}: a value is points with at most two decimals, such as 0.5, up to {most}.",
            where=where,
            most=MOST,
        )
    )
