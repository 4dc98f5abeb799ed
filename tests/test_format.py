"""What the format can say beside what the shipped exercises use, against the oracle."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from oracle import data as numbers
from test_worlds import TURNS, Script, batch, differences, scripted

from ttx.adjudicator.tables import Tables
from ttx.exercise.model import Exercise


def changed(exercise: Exercise, **parts: Any) -> Exercise:
    """The exercise with other values at the top."""
    return Exercise.model_validate(exercise.as_toml() | parts)


def assert_same(exercise: Exercise, seed: int, count: int) -> None:
    """That random games of an exercise go as the oracle, told of the same change, says."""
    luck = np.random.default_rng(seed)
    script, worlds = Script.drawn(luck, count), np.arange(count)
    played = batch(Tables(exercise), worlds, seed)

    actual = np.stack([script.turn(played).rows(played) for _ in range(TURNS)])

    assert [] == differences(scripted(script, seed, worlds), actual)


# --- shared hours over midnight -----------------------------------------------------------------


@pytest.mark.parametrize(("opens", "closes"), [(22, 4), (23, 1), (1, 24), (12, 8)])
def test_shared_hours_over_midnight_go_as_the_oracle_says(
    accelerate: Exercise, monkeypatch: pytest.MonkeyPatch, opens: int, closes: int
) -> None:
    clock = accelerate.as_toml()["clock"]
    clock["wait"] |= {"opens": opens, "closes": closes}
    shared = {hour % 24 for hour in range(opens, closes if closes > opens else closes + 24)}
    monkeypatch.setattr(numbers, "SHARED_HOURS", frozenset(shared))

    assert_same(changed(accelerate, clock=clock), 11, 40)
