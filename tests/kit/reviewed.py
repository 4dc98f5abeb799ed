"""Runs whose review is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.report import counterfactual
from ttx.session.game import Game


def final(game: Game) -> list[int]:
    last = [turn.reckoned for turn in game.turns if turn.end is not None][-1]
    assert last is not None
    return list(last.reckoning.scores)


def watched(monkeypatch: pytest.MonkeyPatch) -> list[Worlds]:
    """The batches that `counterfactual` makes."""
    made: list[Worlds] = []

    def kept(tables: Tables, seed: int, ids: NDArray[np.uint64]) -> Worlds:
        made.append(Worlds(tables, seed, ids))
        return made[-1]

    monkeypatch.setattr(counterfactual, "Worlds", kept)
    return made
