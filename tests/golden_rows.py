"""Writes golden_rows.txt: whole games of the flagship as the scalar oracle plays them.

`make golden` runs it, after a change of the flagship's numbers that is meant; the commit says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oracle.game import Game, Turn, play
from oracle.reading import RESPONSES, Data

from ttx.exercise.load import load

FILE = Path(__file__).parent / "golden_rows.txt"
FLAGSHIP = Path(__file__).parents[1] / "exercises" / "accelerate"
GAMES = [
    *((robot, 7, 0) for robot in ("phased", "accelerated", "hawaii")),
    *(
        (robot, 1, world)
        for robot in ("phased", "staff_first", "reckless", "memo", "random", "halt", "cautious")
        for world in (0, 1)
    ),
]
"""Robot, seed and world."""


def row(data: Data, robot: str, seed: int, world: int) -> str:
    """What one game came to, in one line."""
    game, turns = play(data, robot, seed, world)
    end = turns[-1]
    told = {
        f"{robot} {seed} {world}": "",
        "aims": " ".join(game.board.aims.values()),
        "scores": " ".join(map(str, end.scores.values())),
        "tracks": sum(place * value for place, value in enumerate(end.tracks.values(), 1)),
        "temperature": end.tracks["temperature"],
        "spent": end.spent,
        "budgets": " ".join(map(str, end.budgets.values())),
        "injects": " ".join(_injects(game, turns)),
        "answers": " ".join(_answers(turns)),
        "purses": " ".join(map(str, end.purses.values())),
    }
    return "; ".join(f"{name} {value}".strip() for name, value in told.items())


def _injects(game: Game, turns: list[Turn]) -> Iterator[str]:
    numbers = {part["id"]: f"{part['number']:02d}" for part in game.book.injects}
    for turn in turns:
        yield "+".join(numbers[one.inject] for one in (turn.policy, turn.crisis) if one) or "-"


def _answers(turns: list[Turn]) -> Iterator[str]:
    for name in turns[0].responses:
        yield "".join(str(RESPONSES.index(turn.responses[name].done)) for turn in turns)


if __name__ == "__main__":
    flagship = load(FLAGSHIP).as_toml()
    FILE.write_text("".join(f"{row(flagship, *game)}\n" for game in GAMES), "utf-8")
