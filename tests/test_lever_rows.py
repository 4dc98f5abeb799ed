"""What stands beside a level and beside a budget: its harms, and all of them in any width."""

from __future__ import annotations

from typing import Any

import pytest
from kit.tables import exercise, leads, until

from ttx.exercise.load import from_data
from ttx.session import phases
from ttx.session.opening import begin
from ttx.session.seating import Seating
from ttx.session.table import Table
from ttx.session.view.eye import Eye
from ttx.session.view.levers import BudgetView, levers
from ttx.tui.theme import DARK
from ttx.tui.widgets.levers import budget_row

FOUR = (
    BudgetView("money", "money", 146, 0),
    BudgetView("staff_time", "staff time", 8, 12),
    BudgetView("consent", "consent", 7, 10),
    BudgetView("yen", "Japan's budget", 6, 10),
)


def harmful() -> Table:
    """The tutorial with a lever of three levels: harms in the end, a turn, and for moving back."""
    data: dict[str, Any] = exercise("tutorial").as_toml()
    tracks = {one["id"]: one for one in data["track"]}
    assert "higher" == tracks["trust"]["better"]
    assert "lower" == tracks["tension"]["better"]
    data["lever"].append(
        {
            "id": "guard",
            "name": "Guard",
            "about": "Who stands watch.",
            "cells": ["us"],
            "held_by": "the desk",
            "start": "some",
            "levels": [{"id": one, "name": one, "note": one} for one in ("none", "some", "all")],
            "effects": [
                {"track": "tension", "kind": "target", "values": [-4, 0, 4]},
                {"track": "tension", "kind": "flow", "values": [0, 0, 3]},
                {"track": "supplies", "kind": "target", "values": [0, 0, -1]},
                {"track": "trust", "kind": "target", "values": [0, 0, 6]},
            ],
            "lowered": [{"track": "trust", "by": -2}],
        }
    )
    return begin(from_data(data), Seating({"japan": "steady"}, ""), 1, None)


def test_the_two_largest_harms_stand_beside_the_minutes() -> None:
    table = harmful()
    assert until(table, phases.LEVERS)
    seat = leads(table.game.run)[0]
    guard = next(one for one in levers(Eye(table.game, seat)) if one.id == "guard")
    none, some, every = (one.harms for one in guard.levels)

    tracks = table.game.run.exercise.tracks
    tension, trust = tracks["tension"].short, tracks["trust"].short
    assert (f"{trust} -2 at once",) == none
    assert () == some
    # A flow counts as often as there are turns left: in turn 1 of 2 once, which is 3 under 4.
    assert (f"{tension} +4", f"{tension} +3 a turn") == every


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (76, "money 146  staff time 8 of 12  consent 7 of 10  Japan's budget 6 of 10"),
        (60, "money 146 staff time 8/12 consent 7/10 Japan's budget 6/10"),
        (48, "money 146 staff time 8/12 consent 7/10 yen 6/10"),
        (40, "money 146 staff time 8 consent 7 yen 6"),
    ],
)
def test_four_budgets_are_there_in_any_width(width: int, told: str) -> None:
    assert told == budget_row(FOUR, width, DARK).plain.rstrip()
