"""Keeps a developer's own terminal, settings and saves out of the tests."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise

if TYPE_CHECKING:
    from kit.room import Room

ACCELERATE = Path(__file__).parents[1] / "exercises" / "accelerate"
EDITION_1 = Path(__file__).parent / "exercises" / "accelerate_1"

LONGEST = (
    "test_holding",
    "test_whole_session",
    "test_a_day",
    "test_crash",
    "test_attacks",
)
"""Files with single tests of a minute and more: begun last, one would run on alone at the end."""

# Here and not in a fixture: some of these are read once, while modules are imported.
for name in [*os.environ]:
    if name == "NO_COLOR" or name.startswith("TTX_"):
        del os.environ[name]
os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}
time.tzset()

# No deadline: a busy machine is no defect. The same examples each time: a gate must not waver.
settings.register_profile("ttx", deadline=None, derandomize=True)
settings.load_profile("ttx")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, and all others as they stand; a worker that is done takes from the end."""
    first = {name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.path.stem, len(LONGEST)))


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of home folders; pytest would look at all there are before it makes the next."""
    above = tmp_path_factory.mktemp("homes")
    return (above / str(number) for number in count(1))


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder for each test, so that the user data folder is nobody's."""
    folder = next(homes)
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    return folder


@pytest.fixture(autouse=True)
def wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock on the wall that stands at ten past ten, so that screens are the same at any hour."""
    now = datetime.datetime(2026, 7, 1, 10, 10, tzinfo=datetime.UTC)
    monkeypatch.setattr("ttx.session.table.wall_clock", lambda: now)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hands that see a change at once: whoever presses keys here knows what is on the screen."""
    monkeypatch.setattr("ttx.tui.sight.REACTION", 0.0)
    monkeypatch.setattr("ttx.tui.sight.HELD", 0.0)


@pytest.fixture(scope="session")
def accelerate() -> Exercise:
    """The flagship as it stands."""
    return load(ACCELERATE)


@pytest.fixture(scope="session")
def accelerate_1() -> Exercise:
    """Its first edition, whose numbers, bands and golden rows are written out in the tests."""
    return load(EDITION_1)


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that fails raises; keys are handed over without waiting for a quiet machine."""
    from kit.desk import _idle

    monkeypatch.setenv("TTX_STRICT", "1")
    monkeypatch.setattr("textual.pilot.wait_for_idle", _idle)
    monkeypatch.setattr("textual.app.wait_for_idle", _idle)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where runs of a test go, without any; beside it the examples, none either."""
    from kit.desk import SEED

    saves, examples = tmp_path / "saves", tmp_path / "examples"
    saves.mkdir()
    examples.mkdir()
    monkeypatch.setattr("ttx.tui.screens.home.saves_folder", lambda: saves)
    monkeypatch.setattr("ttx.tui.screens.home.examples_folder", lambda: examples)
    monkeypatch.setattr("ttx.session.opening.saves_folder", lambda: saves)
    monkeypatch.setattr("ttx.session.opening.draw_seed", lambda _: SEED)
    return saves


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A hosted table of the tutorial, with a second seat in the US cell."""
    from kit.room import Room

    return Room(tmp_path)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> dict[str, None]:
    """What is wrong with the screens of a test, each once and in order."""
    from kit.screens import faults_of

    return faults_of(monkeypatch)


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Footers that are too long, by page and size."""
    from kit.footers import cut_footers

    return cut_footers(monkeypatch)
