"""Somebody at the keyboard of an app: presses, clicks, and reads what is shown."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from rich.cells import cell_len
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot
from textual.strip import Strip

from ttx.exercise.load import load
from ttx.session import phases
from ttx.session.event_codec import Event
from ttx.session.game import Game
from ttx.session.opening import begin
from ttx.session.seating import seating
from ttx.session.table import Table
from ttx.session.view import message as message_views
from ttx.session.view.eye import Eye
from ttx.tui.app import TtxApp
from ttx.tui.page import Page
from ttx.tui.region import Region
from ttx.tui.theme import glyphs

EXERCISES = Path(__file__).parents[2] / "exercises"


SEED = 7


SMALL, MIDDLE, LARGE = (80, 24), (120, 40), (200, 60)


PATIENCE = 60.0
"""Seconds after which what comes by itself counts as never coming."""


E = TypeVar("E", bound=Event)


async def _idle(min_sleep: float = 0, max_sleep: float = 1) -> None:  # noqa: ARG001  # as Textual calls it
    """Until nothing is ready to run; Textual waits for an idle processor instead, and sleeps."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(0)
        if not loop._ready:  # type: ignore[attr-defined]  # no public way to see an idle loop
            return


async def comes(pilot: Pilot[None], happened: Callable[[], bool]) -> None:
    """Wait for what comes by itself, of a timer or a worker, however busy the machine is."""
    async with asyncio.timeout(PATIENCE):
        while not happened():
            await pilot.pause(0.01)


class Desk:
    """Somebody at the keyboard of an app: presses, clicks, and reads what is shown."""

    def __init__(self, app: TtxApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot, self.keys = app, pilot, 0

    async def settle(self) -> None:
        """Until the app, the screen and its regions have nothing more to do."""
        for _ in range(2):
            await _idle()
            await self.pilot.pause()
        screen = self.app.screen_stack[-1] if self.app.screen_stack else None
        for _ in range(100):  # what was taken away lies there until everything is arranged anew
            if screen is None or not (screen._layout_required or screen._repaint_required):
                break
            await self.pilot.pause(0.01)

    async def press(self, *keys: str) -> None:
        for key in keys:
            if not self.app.is_running or self.app._exit:
                return
            self.keys += 1
            await self.pilot.press(key)
            await self.settle()

    async def write(self, words: str) -> None:
        await self.press(*("space" if c == " " else c for c in words))

    async def point(self, x: int, y: int) -> None:
        await self.pilot.click(offset=(x, y))
        await self.settle()

    async def click(self, words: str, region: str = "") -> bool:
        """Click the middle of words that are shown, each space of them any number of spaces."""
        pattern = re.compile(r"\s+".join(map(re.escape, words.split(" "))))
        x, y, rows = 0, 0, self.rows
        if region:
            x, y = self.region(region).area.offset
            rows = self.region(region).shown.plain.splitlines()
        for down, row in enumerate(rows):
            found = pattern.search(row)
            if found:
                before = cell_len(row[: found.start()])
                await self.point(x + before + cell_len(found.group()) // 2, y + down)
                return True
        return False

    async def scroll(self, by: int, at: tuple[int, int] | None = None) -> None:
        """Turn the wheel at a place, or over the middle of the screen."""
        kind = MouseScrollDown if by > 0 else MouseScrollUp
        width, height = self.app.size
        await self.pilot._post_mouse_events([kind], offset=at or (width // 2, height // 2))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settle()
        await comes(  # Textual waits a moment for further changes of size
            self.pilot,
            lambda: len(self.strips) == height and self.strips[0].cell_length == width,
        )
        await self.settle()

    @property
    def strips(self) -> list[Strip]:
        return self.app.screen._compositor.render_strips()

    @property
    def rows(self) -> list[str]:
        """What is shown, without its colours."""
        return [strip.text for strip in self.strips]

    @property
    def shown(self) -> str:
        """All rows with single spaces between words, without the bar at the end of a long page."""
        rows = (row.rstrip(f" {glyphs().bar}") for row in self.rows)
        return " ".join(" ".join(rows).split())

    @property
    def foot(self) -> str:
        return self.rows[-1].strip()

    @property
    def page(self) -> Page:
        assert isinstance(self.app.screen, Page)
        return self.app.screen

    @property
    def where(self) -> str:
        return type(self.app.screen).__name__.removesuffix("Screen")

    def region(self, name: str) -> Region:
        return self.page.regions[name]

    @property
    def table(self) -> Table:
        assert self.app.context.table is not None
        return self.app.context.table

    @property
    def game(self) -> Game:
        return self.table.game

    def facts(self, kind: type[E]) -> list[E]:
        return [entry.event for entry in self.table.entries if isinstance(entry.event, kind)]


@asynccontextmanager
async def sit(app: TtxApp, size: tuple[int, int] = SMALL) -> AsyncIterator[Desk]:
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot)
        await desk.settle()
        yield desk


def seated(name: str, path: Path | None = None, seed: int = SEED) -> TtxApp:
    """An app at the briefing of an exercise."""
    exercise = load(EXERCISES / name)
    seats = seating(exercise)
    return TtxApp(begin(exercise, seats, seed, path), seats.seat)


async def to_the_end(desk: Desk) -> None:
    """Play on with keys: levers stay, the first open option is taken."""
    while desk.game.phase not in phases.PLAY_IS_OVER:
        entries = desk.game.entries
        if desk.game.phase == phases.DELIBERATION:
            await desk.press(next(o.key for o in _options(desk) if not o.closed))
        await desk.press("enter")
        assert desk.game.entries > entries, f"Enter did nothing in {desk.game.phase}"


def _options(desk: Desk) -> tuple[message_views.OptionView, ...]:
    view = message_views.message(Eye(desk.game, desk.app.context.seat))
    assert view is not None
    return view.options


def only_save(folder: Path) -> Path:
    (path,) = folder.glob("*.ttx.toml")
    return path


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
