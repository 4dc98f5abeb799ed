"""A terminal far away that is only lists: what was sent to it, and what it sends."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import pyte
from rich.text import Text
from textual.events import Key

from ttx.remote.app import SeatApp, sit
from ttx.remote.pump import Pump
from ttx.remote.wire import LEAVE, Reader, Terminal
from ttx.tui.page import Page
from ttx.tui.region import Box

XTERM = Terminal("xterm-256color", {"COLORTERM": "truecolor"})
FAILSAFE = 60
"""Seconds after which a test that waits for what never comes is ended; no test counts on it."""


class FakeWire:
    """A wire whose other side takes what it likes, and types what it is told to."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.said: list[str] = []
        self.status: int | None = None
        self.kept = 0
        """Bytes that this side says the other one has not taken."""
        self.reading = True
        self.pump = Pump(self)
        self._unread = bytearray()
        self.most = 0
        """The largest number of bytes the pump ever kept."""

    # What a wire is.

    @property
    def held(self) -> int:
        return self.kept

    @property
    def ended(self) -> bool:
        return self.status is not None

    def write(self, data: bytes) -> None:
        if not self.ended:
            self.sent.append(data)

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True
        self._deliver()

    def send_to(self, reader: Reader | None) -> None:
        self.pump.send_to(reader)

    def hang_up(self, words: str, status: int = 1) -> None:
        if not self.ended:
            self.write(LEAVE.encode())
            self.said.append(words)
            self.status = status
            self.pump.lose()

    # What the other side does.

    def type(self, data: bytes) -> None:
        """Send it, in packets, as long as anybody reads."""
        self._unread += data
        self._deliver()

    def _deliver(self) -> None:
        while self._unread and self.reading:
            packet = bytes(self._unread[:4096])
            del self._unread[:4096]
            self.pump.take(packet)
            self.most = max(self.most, self.pump.pending)

    @property
    def unread(self) -> int:
        """Bytes that were typed and that nobody has read from the wire."""
        return len(self._unread)

    @property
    def output(self) -> str:
        return b"".join(self.sent).decode()


def screen_of(output: str, size: tuple[int, int] = (80, 24)) -> pyte.Screen:
    """What a terminal shows that was sent this."""
    screen = pyte.Screen(*size)
    pyte.Stream(screen).feed(output.replace("\x1b[?2026$p", ""))
    return screen


class Counting(Page):
    """A page that counts keys, and shows what it was given to show."""

    REGIONS = ("middle",)

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.words = words
        self.pressed: list[str] = []
        self.plain_seen: list[bool] = []

    def plan(self) -> dict[str, Box]:
        return {"middle": self.body}

    def draw(self) -> None:
        self.plain_seen.append(self.glyphs.plain)
        rows = [Text(f"{len(self.pressed)} keys", style="#5fafff on #1c1c1c", end="")]
        self.put("middle", [*rows, Text(self.words, end="")])

    async def on_key(self, event: Key) -> None:
        await super().on_key(event)
        self.pressed.append(event.key)
        self.paint()


class Seat:
    """One app on its wire, while it runs."""

    def __init__(self, app: SeatApp, wire: FakeWire) -> None:
        self.app, self.wire = app, wire
        self.task: asyncio.Task[int] | None = None
        self.sign = "EXERCISE ONLY"
        """What stands on its first screen."""

    @property
    def page(self) -> Counting:
        assert isinstance(self.app.shell.first, Counting)
        return self.app.shell.first

    @property
    def up(self) -> bool:
        """Whether its first page is on the screen."""
        return self.sign in self.wire.output

    async def done(self) -> int:
        assert self.task is not None
        async with asyncio.timeout(FAILSAFE):
            await asyncio.wait([self.task])
        return -1 if self.task.cancelled() else self.task.result()


async def until(happened: Callable[[], bool]) -> int:
    """Let everything run until something has happened; how many steps of the loop that took."""
    steps = 0
    async with asyncio.timeout(FAILSAFE):
        while not happened():
            await asyncio.sleep(0)
            steps += 1
    return steps


def seat(
    page: Page | None = None, terminal: Terminal = XTERM, wire: FakeWire | None = None
) -> Seat:
    """An app at a page of its own, on a wire of its own."""
    wire = wire or FakeWire()
    return Seat(
        SeatApp(None, "x", wire=wire, terminal=terminal, initial_page=page or Counting()), wire
    )


def _begun(one: Seat) -> bool:
    return one.up or (one.task is not None and one.task.done())


@asynccontextmanager
async def sitting(*seats: Seat, size: tuple[int, int] = (80, 24)) -> AsyncIterator[None]:
    """Run several apps in one loop; afterwards all have ended."""
    for one in seats:
        one.task = asyncio.create_task(sit(one.app, one.wire, size))
        await until(partial(_begun, one))
    try:
        yield
    finally:
        for one in seats:
            one.app.exit()
        for one in seats:
            await one.done()


def apps_alive() -> int:
    """How many apps of seats there are in memory."""
    gc.collect()
    return sum(isinstance(one, SeatApp) for one in gc.get_objects())
