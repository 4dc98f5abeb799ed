"""A batch whose worlds differ in the exercise's numbers goes as each of its settings alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parameters import Parameter, parameters, with_values
from ttx.session import robots

EXERCISES = Path(__file__).parents[1] / "exercises"
STATE = (
    *("tracks", "levels", "promised", "budgets", "spent", "fired", "provocation", "posture"),
    *("aims", "purse", "ended"),
)
WORLDS = np.array([0, 1, 2, 5, 77], np.uint64)
"""Each of them is played at each setting."""


@pytest.fixture(scope="module")
def exercises(accelerate: Exercise) -> list[Exercise]:
    return [accelerate, giving()]


def giving() -> Exercise:
    """The tutorial with answers that bring money and cost hours."""
    data = load(EXERCISES / "tutorial").as_toml()
    for inject in data["inject"]:
        for option in inject["option"]:
            option["budgets"] = {"money": -5, "staff_time": 1}
    return Exercise.model_validate(data)


def drawn(known: dict[str, Parameter], count: int, seed: int) -> dict[str, Int32]:
    """Settings far about what the exercise has, as far as is allowed."""
    luck = np.random.default_rng(seed)
    found = {}
    for name, one in known.items():
        far = 2 * abs(one.value) + 300
        low, high = max(one.span[0], one.value - far), min(one.span[1], one.value + far)
        found[name] = luck.integers(low, high, count, endpoint=True).astype(np.int32)
    return found


def played(batch: Worlds, player: str, turns: int) -> Worlds:
    for _ in range(turns):
        robots.turn(batch, robots.robot(batch.tables, player))
    return batch


def agree(exercise: Exercise, settings: dict[str, Int32], player: str, turns: int) -> Worlds:
    """All settings in one batch, with their terms, against each alone."""
    count = len(next(iter(settings.values())))
    batch = Worlds(
        Tables(exercise),
        3,
        np.tile(WORLDS, count),
        keep=True,
        settings={name: np.repeat(row, len(WORLDS)) for name, row in settings.items()},
    )
    start = batch.tracks.copy()
    played(batch, player, turns)
    total = np.zeros_like(start)
    for term in batch.ledger or ():
        total[slice(None) if term.row is None else term.row] += term.by
    np.testing.assert_array_equal(start + total, batch.tracks)
    for at in range(count):
        changed = with_values(exercise, {name: int(row[at]) for name, row in settings.items()})
        alone = played(Worlds(Tables(changed), 3, WORLDS), player, turns)
        here = slice(at * len(WORLDS), (at + 1) * len(WORLDS))
        for name in STATE:
            np.testing.assert_array_equal(
                getattr(batch, name)[..., here], getattr(alone, name), f"{name} of setting {at}"
            )
        np.testing.assert_array_equal(batch.scores()[:, here], alone.scores())
        for mine, theirs in zip(batch.past_responses, alone.past_responses, strict=True):
            np.testing.assert_array_equal(mine[:, here], theirs)
        for mine, theirs in zip(batch.shots, alone.shots, strict=True):
            np.testing.assert_array_equal(mine[:, here], theirs)
        nothing = np.zeros_like(alone.tracks)
        for turn in range(turns + 1, turns + 10):
            np.testing.assert_array_equal(
                batch.pending.get(turn, np.zeros_like(batch.tracks))[:, here],
                alone.pending.get(turn, nothing),
            )
    return batch


def felt(batch: Worlds, alone: Worlds) -> bool:
    """Whether any world of the batch stands elsewhere than the same one alone."""
    often = batch.n // alone.n
    sides = [(getattr(batch, name), getattr(alone, name)) for name in STATE]
    sides.append((batch.scores(), alone.scores()))
    return any((one != np.tile(other, often)).any() for one, other in sides)


FELT_BY = dict.fromkeys(("needs", "lowered", "lowering"), "random") | {
    "provocation": "cautious",
    "posture": "memo",
}
"""The robot of the flagship that meets such numbers, where not every robot does."""
UNFELT = {"ends"}
"""Kinds whose numbers are never met in the worlds and turns that are played here."""
KINDS = sorted(
    {
        name.partition(".")[0]
        for exercise in (load(EXERCISES / "accelerate"), giving())
        for name in parameters(exercise)
    }
)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_number_goes_by_world_as_setting_by_setting(
    exercises: list[Exercise], kind: str
) -> None:
    told = False
    for exercise in exercises:
        known = {n: p for n, p in parameters(exercise).items() if n.partition(".")[0] == kind}
        if not known:
            continue
        settings = drawn(known, 2, len(kind))
        player = FELT_BY.get(kind, "accelerated") if exercise is exercises[0] else "eager"
        batch = agree(exercise, settings, player, 6)
        told |= felt(batch, played(Worlds(Tables(exercise), 3, WORLDS), player, 6))
    assert told or kind in UNFELT, "the settings made no difference anywhere"


def test_all_numbers_at_once_go_by_world_as_setting_by_setting(exercises: list[Exercise]) -> None:
    for exercise in exercises:
        agree(exercise, drawn(parameters(exercise), 3, 1), exercise.review.references[0], 5)
