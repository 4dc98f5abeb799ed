"""docs/model.md is the specification: what it prints holds, and its numbers are the flagship's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import model_page
from oracle.game import Choice, Game
from oracle.luck import LG, LOGISTIC, Dice
from oracle.reading import Data

from ttx.exercise.model.exercise import Exercise

ROOT = Path(__file__).parents[1]
MODEL = (ROOT / "docs" / "model.md").read_text("utf-8")
TRACE = (ROOT / "docs" / "trace.md").read_text("utf-8")
ODD = [
    "Purpose and patterns",
    "Entities, state variables and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
]


def test_the_numbers_of_the_page_are_those_of_the_exercise(accelerate: Exercise) -> None:
    assert model_page.PAGE.read_text("utf-8") == model_page.page(accelerate), "run `make model`"


def test_the_page_goes_in_the_order_of_the_odd_protocol() -> None:
    assert ODD == re.findall(r"^## \d\. (.+)$", MODEL, re.MULTILINE)


def test_sources_in_the_code_name_sections_that_are_there() -> None:
    sections = set(re.findall(r"^#{2,3} ([\d.]+?)\.? ", MODEL, re.MULTILINE))
    named = {
        (file.name, number)
        for file in (ROOT / "ttx").rglob("*.py")
        for number in re.findall(r"model\.md,\s+section\s+([\d.]*\d)", file.read_text("utf-8"))
    }

    assert {"purses.py", "worlds.py", "margin.py", "clock.py", "dice.py"} <= {n for n, _ in named}
    assert [] == sorted((file, number) for file, number in named if number not in sections)
    for file in (ROOT / "ttx" / "adjudicator").glob("*.py"):
        assert "rule model, section" not in file.read_text("utf-8"), file


def test_the_check_values_of_the_tables_hold() -> None:
    for value in (*(LOGISTIC[i] for i in (0, 448, 512, 576, 1023)), sum(LOGISTIC)):
        assert str(value) in MODEL
    for value in (LG[0], LG[2], LG[5000], LG[10000], sum(LG[1:])):
        assert str(value).replace("-", "−") in MODEL


def test_the_check_values_of_the_dice_hold() -> None:
    one, seven = Dice(1, 0), Dice(7, 0)
    expected = [one.key, Dice(1, 1).key, one.draw(1, 0), one.draw(1, 41), one.draw(10, 29)]
    expected += [*(seven.draw(0, slot) for slot in (0, 1, 2)), seven.draw(1, 48)]
    printed = MODEL[MODEL.index("Check, seed 1") : MODEL.index("### 7.3")]

    assert expected == [int(value, 16) for value in re.findall(r"0x[0-9a-f]{16}", printed)]


class Still:
    """Moves nothing and takes the first open option."""

    def moves(self, game: Game) -> list[tuple[str, int]]:
        del game
        return []

    def choose(self, game: Game, inject: Data, offered: Sequence[Choice]) -> int:
        del game, inject
        return next(place for place, choice in enumerate(offered) if choice.opened)


def test_whoever_wants_to_escalate_in_every_turn_runs_dry(accelerate_1: Exercise) -> None:
    data = accelerate_1.as_toml()
    price = {"probe": 1, "escalate": 7}
    data["adversary"][0]["purse"] = {"start": 7, "income": 3, "cap": 14, "price": price}
    game = Game.of(data, 1, 0)

    turns = [game.play_turn(Still(), {"china": "escalate"}) for _ in range(10)]

    done = [turn.responses["china"].done for turn in turns]
    assert {"escalate"} == {turn.responses["china"].wanted for turn in turns}
    assert (4, 6) == (done.count("escalate"), done.count("probe"))


def test_the_page_says_what_every_field_of_the_second_edition_does() -> None:
    fields = ("purse", "aim", "reached", "denies", "opening", "fill", "responded", "within")
    assert [] == [name for name in (*fields, "most_provocation") if f"`{name}" not in MODEL]


def test_every_test_that_the_trace_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+(?:\.py)?)`", TRACE))

    assert len(named) > 20
    assert [] == sorted(
        name for name in named if not (ROOT / "tests" / f"{name.removesuffix('.py')}.py").exists()
    )
    for part in ("Problem formulation", "Model description", "Data evaluation"):
        assert f"## {part}" in TRACE
    assert "Nothing was checked against the world" in TRACE
