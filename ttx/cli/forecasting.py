"""The verb that looks on from a moment of a saved run: forecast."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.app import app
from ttx.cli.given import record_at
from ttx.cli.spoken import fail, hand_over, say
from ttx.exercise.problems import did_you_mean
from ttx.i18n import _


@app.command()
def forecast(
    save: Annotated[Path, typer.Argument(help=_("A save of a run; it stays as it is."))],
    turn: Annotated[
        int | None, typer.Option(min=1, help=_("Look on from the opening of this turn."))
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option(help=_("An option of the inject on the table; repeatable."))
    ] = None,
    lever: Annotated[
        list[str] | None,
        typer.Option(metavar="LEVER=LEVEL", help=_("A lever held at a level; repeatable.")),
    ] = None,
    robots: Annotated[
        str,
        typer.Option(help=_("Who plays on: a policy, as for sweep; the run's own if left out.")),
    ] = "",
    worlds: Annotated[int, typer.Option(min=1, max=1_000_000, help=_("How many worlds."))] = 2000,
    as_json: Annotated[bool, typer.Option("--json", help=_("Values for a program."))] = False,
) -> None:
    """Say where robots would lead a run from where it stands, on other dice than its own.

    The end of the record, the opening of --turn, or where the inject with --option was put to the
    table. Judgement, never prediction.
    """
    from ttx.analysis.forecast import looked
    from ttx.analysis.foretold import Foretold, lines, moment, values
    from ttx.analysis.onward import AS_IT_STANDS, Candidate, closed, players
    from ttx.analysis.policies import policies
    from ttx.session.opening import look_at
    from ttx.session.view.visibility import everything

    if option and lever:
        fail(_("Ask for options or for levers; the two are never open at once."))
    game = moment(look_at(record_at(save)).timeline, turn, option or ())
    playing = players(game)
    if robots:
        asked_for = policies(
            game.run.exercise, [robots], lambda name: Path(name).read_text("utf-8")
        )
        if len(asked_for) != 1:
            fail(_("One policy plays on; name one."))
        playing = asked_for[0].players
    asked = [Candidate(option=answer) for answer in option or ()]
    for held in lever or ():
        name, equals, level = held.partition("=")
        if not equals:
            known = game.run.exercise.levers
            hint = "" if name in known else did_you_mean(name, list(known))
            fail(_("'{lever}' names no level; write LEVER=LEVEL{hint}.", lever=held, hint=hint))
        asked.append(Candidate(lever=name, level=level))
    for candidate in asked:
        if reason := closed(game, candidate):
            fail(reason)
    eye = everything(game.run.exercise)
    stands, *others = [
        looked(game, playing, candidate, count=worlds, eye=eye)
        for candidate in (AS_IT_STANDS, *asked)
    ]
    made = Foretold(game, playing, stands, tuple(others))
    if as_json:
        hand_over(*json.dumps(values(made), indent=1).split("\n"))
        return
    for line in lines(made):
        say(line)
