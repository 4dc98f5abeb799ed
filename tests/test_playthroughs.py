"""Whole runs of robots as they are told in plain lines, held to the letter.

Where the words or numbers of an exercise were changed on purpose, write the files anew and read the
difference: `python -m tests.test_playthroughs` in the root of the checkout.
"""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest

from ttx.exercise.load import load
from ttx.plain import tell
from ttx.session.opening import begin
from ttx.session.seating import Seating

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "playthroughs"
COMMAND = "python -m tests.test_playthroughs"
SEED = 1


def runs() -> list[tuple[str, str]]:
    """Every exercise of the checkout with each of its robots."""
    return [
        (folder.name, robot.id)
        for folder in sorted((ROOT / "exercises").iterdir())
        if folder.is_dir()
        for robot in load(folder).robot
    ]


def told(name: str, robot: str) -> list[str]:
    """A run of one robot in all allied cells; without a save, so without its seal."""
    exercise = load(ROOT / "exercises" / name)
    allied = [cell.id for cell in exercise.cell if cell.side == "allied"]
    lines: list[str] = []
    tell(begin(exercise, Seating(dict.fromkeys(allied, robot), ""), SEED, None), lines.append)
    return lines


def kept(name: str, robot: str) -> Path:
    return FOLDER / f"{name}-{robot}.txt"


@pytest.mark.parametrize(
    ("name", "robot"), runs(), ids=[f"{name}-{robot}" for name, robot in runs()]
)
def test_a_run_is_told_as_it_was(name: str, robot: str) -> None:
    path = kept(name, robot)
    if not path.exists():
        pytest.fail(f"{path.relative_to(ROOT)} is missing; write it with: {COMMAND}")
    was = path.read_text("utf-8").splitlines()

    for number, (before, now) in enumerate(zip_longest(was, told(name, robot)), start=1):
        where = f"{path.name} line {number}; if it is meant, write it anew with: {COMMAND}"
        assert before == now, where


def test_no_file_is_left_over() -> None:
    wanted = {kept(*run).name for run in runs()}
    found = {path.name for path in FOLDER.iterdir()}

    assert found <= wanted, f"remove {sorted(found - wanted)}, or write anew with: {COMMAND}"


def write() -> None:
    """Write all files anew, and remove those that belong to no run."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    for run in runs():
        kept(*run).write_text("\n".join(told(*run)) + "\n", "utf-8")


if __name__ == "__main__":
    write()
