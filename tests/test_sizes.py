"""The figures that the authoring page gives as advice are those of the model."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from ttx.adjudicator import clock
from ttx.adjudicator.opening import open_turn
from ttx.adjudicator.reckoning import reckon
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.load import load
from ttx.exercise.minutes import at_start
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.people import Cell
from ttx.exercise.model.robots import Robot
from ttx.exercise.model.times import Turns
from ttx.exercise.references import PHASES, QUIET
from ttx.exercise.remarks import _PRECEDENCES

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "authoring.md").read_text("utf-8")
SECTION = PAGE.partition("## Sizes that work")[2].partition("\n## ")[0]


def rows(head: str) -> list[list[str]]:
    """The cells of the table of the section that begins with that head, below its first row."""
    found = SECTION[SECTION.index(head) :].split("\n\n")[0].split("\n")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found]


@pytest.fixture(scope="module")
def tutorial() -> Exercise:
    return load(ROOT / "exercises" / "tutorial")


def held(exercise: Exercise, rate: int, turns: int) -> float:
    """The share of a target that a track has reached after turns at a level, in hundredths."""
    data = exercise.as_toml()
    for name in ("influence", "weather", "calendar", "adversary"):
        data[name] = []
    data["turns"]["count"] = 10
    for track in data["track"]:
        track.pop("rate", None)
        if track["id"] == "permits":
            track |= {"rate": rate, "start": 10}
    for inject in data["inject"]:
        for option in inject["option"]:
            option.pop("provocation", None)
    lever = next(one for one in data["lever"] if one["id"] == "ports")
    lever["effects"] = [{"track": "permits", "kind": "target", "values": [0, 80, 80]}]
    tables = Tables(Exercise.model_validate(data))
    worlds = Worlds(tables, 1, np.zeros(1, np.uint64))
    worlds.levels[tables.lever["ports"]] = 1
    for _ in range(turns):
        open_turn(worlds)
        reckon(worlds)
    return float(worlds.tracks[tables.track["permits"], 0] - 1000) / 80


def test_the_shares_of_a_target_are_those_of_the_model(tutorial: Exercise) -> None:
    head, _, *lines = rows("| `rate` |")
    turns = [int(cell.split(" ")[0]) for cell in head[1:]]

    assert [1, 2, 3, 4, 6, 8, 12, 16] == [int(line[0]) for line in lines]
    for rate, *shares in lines:
        for share, count in zip(shares, turns, strict=True):
            assert int(share) == pytest.approx(held(tutorial, int(rate), count), abs=0.6)


def test_the_shares_in_time_are_those_of_the_dice(tutorial: Exercise) -> None:
    """Four stages of equal length, one after the other, at the tracks of the start."""
    data = tutorial.as_toml()
    data["clock"].pop("wait")
    for stage in data["clock"]["stages"]:
        stage.pop("beside", None)
        stage.pop("discord", None)
    data["clock"]["profiles"]["storm"] |= {
        "minutes": dict.fromkeys(("detect", "agree", "permit", "act"), 100),
        "wait": 0,
    }
    tables = Tables(Exercise.model_validate(data))
    count = 40_000
    worlds = Worlds(tables, 1, np.arange(count, dtype=np.uint64))
    luck = worlds.dice.bytes_of(1, 29, 4).astype(np.int32)
    reading = clock.read(
        tables,
        worlds.tracks,
        worlds.levels,
        np.full(count, tables.clock.profiles["storm"], np.int32),
        np.full(count, 10, np.int32),
        clock.jitters(tables, luck),
    )

    head, _, line = rows("| window")
    for window, share in zip(head[1:], line[1:], strict=True):
        in_time = (reading.total <= int(float(window) * 400)).mean() * 100
        assert int(share) == pytest.approx(in_time, abs=1.5)


def test_the_rule_for_a_clock_index_gives_its_start(tutorial: Exercise) -> None:
    track = next(track for track in tutorial.track if track.value is not None)
    assert track.value is not None
    minutes = at_start(tutorial, track.value.model_copy(update={"times": 1, "over": 1}))
    ruled = track.value.model_copy(update={"times": track.start, "over": minutes})

    assert at_start(tutorial, ruled) == track.start
    assert "`over` those minutes and `times` a hundred times" in SECTION


def test_the_section_gives_every_value_that_a_field_may_have() -> None:
    sides, rules = Cell.model_fields["side"], Robot.model_fields["rule"]
    for name in (*PHASES, QUIET, *_PRECEDENCES, *re.findall(r"'(\w+)'", f"{sides}{rules}")):
        assert f"`{name}`" in SECTION
    assert Robot.model_fields["rule"].default == "posture"
    assert Turns.model_fields["months"].default == 3
