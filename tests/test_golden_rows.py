"""Golden rows of the flagship: seventeen games, exactly; `make golden` writes them anew."""

from __future__ import annotations

import numpy as np
import pytest
from golden_rows import FILE, GAMES, row

from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.exercise import Exercise
from ttx.session import robots

pytestmark = pytest.mark.slow

ROWS = FILE.read_text("utf-8").splitlines()


@pytest.mark.parametrize(("game", "known"), zip(GAMES, ROWS, strict=True), ids=str)
def test_a_golden_row_comes_out_exactly(
    accelerate: Exercise, game: tuple[str, int, int], known: str
) -> None:
    robot, seed, world = game
    tables = Tables(accelerate)
    batch = Worlds(tables, seed, np.array([world], np.uint64))
    player = robots.robot(tables, robot)
    answers = []
    while batch.turn < accelerate.turns.count and not batch.ended[0]:
        answers.append(robots.turn(batch, player)[2].response[:, 0])

    told = dict(part.partition(" ")[::2] for part in known.split("; "))

    assert known == row(accelerate.as_toml(), robot, seed, world), "meant? then `make golden`"
    assert told["scores"].split() == [str(one) for one in batch.scores()[:, 0]]
    places = np.arange(1, len(batch.tracks) + 1)
    assert int(told["tracks"]) == int(batch.tracks[:, 0] @ places)
    assert told["purses"].split() == [str(one) for one in batch.purse[:, 0]]
    assert told["answers"].split() == ["".join(map(str, one)) for one in np.array(answers).T]
