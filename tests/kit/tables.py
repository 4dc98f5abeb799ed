"""Runs of the exercises at any moment, in every seating, without screens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import Command
from ttx.session.game import Game
from ttx.session.opening import begin
from ttx.session.play_commands import (
    Continue,
    Grant,
    LeaveLevers,
    Move,
    Pause,
    Respond,
    Start,
    Submit,
)
from ttx.session.run import Run
from ttx.session.seating import Seating
from ttx.session.side_commands import Note
from ttx.session.table import Table
from ttx.session.view import levers as lever_views
from ttx.session.view import message as message_views
from ttx.session.view.choice import choice
from ttx.session.view.eye import Eye

EXERCISES = Path(__file__).parents[2] / "exercises"


# How people and robots may sit, by exercise: the robots, and whether people answer as one.
SEATINGS: dict[str, tuple[dict[str, str], bool]] = {
    "alone": ({}, True),
    "as the US": ({"japan": "random"}, True),
    "as Japan": ({"us": "random"}, True),
    "apart": ({}, False),
}


ASIDES = (Note("as agreed"), Pause())
"""What a person may do beside the play at any time before the end."""


@cache
def exercise(name: str) -> Exercise:
    """An exercise of the checkout, or one that is kept for tests: `accelerate_1`, `small`."""
    kept = Path(__file__).parents[1] / "exercises" / name
    return load(kept if kept.is_dir() else EXERCISES / name)


def seated(
    name: str, how: str = "alone", seed: int = 1, path: Path | None = None, robot: str = ""
) -> Table:
    """A run of an exercise in one of the seatings, at its briefing."""
    robots, together = SEATINGS[how]
    if robot:
        robots = dict.fromkeys(robots, robot)
    return begin(exercise(name), Seating(robots, "", together), seed, path)


def robots_alone(name: str, robot: str, seed: int = 1, path: Path | None = None) -> Table:
    """A run that one robot plays in both allied cells, to its end."""
    allied = [cell.id for cell in exercise(name).cell if cell.side == "allied"]
    return begin(exercise(name), Seating(dict.fromkeys(allied, robot), ""), seed, path)


def leads(run: Run) -> list[str]:
    """A seat for each person: one for all people's cells where they answer as one."""
    cells = run.people[:1] if run.together else run.people
    people = [one for one in dict.fromkeys(run.choosers.values()) if not one.startswith("robot:")]
    return [*(run.lead(cell).id for cell in cells), *people]


def offers(game: Game, seat: str) -> list[Command]:
    """What the views offer a lead as open."""
    if game.paused:
        return [Pause()]
    shown = choice(Eye(game, seat))
    if shown is not None or seat in game.run.choosers.values():
        rows = shown.rows if shown is not None else ()
        return [
            Respond(row.of.id, move.response)
            for row in rows
            for move in row.moves
            if row.mine and not row.chosen and move.pays
        ]
    match game.phase:
        case phases.BRIEFING:
            return [Start()]
        case phases.LEVERS:
            return list(_lever_offers(game, seat))
        case phases.DELIBERATION:
            view = message_views.message(Eye(game, seat))
            assert view is not None
            if view.answered:
                return []
            return [Submit(Answer(option.id)) for option in view.options if not option.closed]
        case phases.REVIEW | phases.RECKONING | phases.HOTWASH:
            return [Continue()]
    return []


def _lever_offers(game: Game, seat: str) -> Iterator[Command]:
    cells = game.run.speaks_for(seat)
    done = set(cells) <= set(game.left)
    if not done:
        yield LeaveLevers()
    granters = {budget.granted_by for budget in game.run.exercise.budget}
    for lever in lever_views.levers(Eye(game, seat)):
        closed = {level.id: level.closed for level in lever.levels if not level.held}
        if lever.asked and granters & set(cells):
            yield Grant(lever.id, agreed=False)
            if closed.get(lever.asked) == "":
                yield Grant(lever.id, agreed=True)
        if lever.mine and lever.open and not done and not lever.asked:
            yield from (Move(lever.id, level) for level, why in closed.items() if not why)


def someone(table: Table, luck: np.random.Generator) -> tuple[str, Command]:
    """A seat and something open to it; asides now and then, and levers not for ever."""
    asks = [(seat, one) for seat in leads(table.game.run) for one in offers(table.game, seat)]
    assert asks, f"nobody can go on from {table.game.phase}"
    on = [one for one in asks if isinstance(one[1], LeaveLevers | Grant)]
    if on and luck.random() < 0.4:
        asks = on
    if luck.random() < 0.05 and table.game.phase not in phases.PLAY_IS_OVER:
        asks = [(asks[0][0], one) for one in ASIDES]
    return asks[int(luck.integers(len(asks)))]


def play(table: Table, seed: int) -> Iterator[tuple[str, Command]]:
    """Play a run to its end, telling each request before it is made."""
    luck = np.random.default_rng(seed)
    while not table.closed:
        seat, command = someone(table, luck)
        yield seat, command
        table.submit(seat, command, table.game.entries)


def played(name: str, how: str, seed: int, path: Path | None = None) -> Table:
    """A run played to its end by a seeded player."""
    table = seated(name, how, seed, path)
    for _ in play(table, seed):
        pass
    return table


def until(table: Table, phase: str, slot: str = "") -> bool:
    """Play on, moving no lever and taking the first open answer; whether the phase came."""
    while not table.closed:
        game = table.game
        here = game.slot.released.slot if game.slot else ""
        if game.phase == phase and slot in ("", here):
            return True
        for seat in leads(game.run):
            asks = offers(table.game, seat)
            first = next((one for one in asks if isinstance(one, LeaveLevers)), None)
            if asks and (first or table.game.phase != phases.LEVERS):
                table.submit(seat, first or asks[0], table.game.entries)
                break
    return phase == phases.CLOSED
