"""Screens of the app in this process, painted on request into a terminal that takes everything."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy

from textual.drivers.headless_driver import HeadlessDriver

from ttx.tui import paint, strips
from ttx.tui.app import TtxApp
from ttx.tui.page import Page
from ttx.tui.region import Box

SIZE = (120, 40)
FRAMES = 0.06
"""Seconds in which an idle app has painted whatever it was going to."""
REPEATS = 5


class Taking(HeadlessDriver):
    """A terminal that takes everything, and says that something came."""

    came = asyncio.Event()
    """Of the frame that is waited for; only one app runs at a time."""

    @property
    def is_headless(self) -> bool:
        """It is painted like a terminal."""
        return False

    def write(self, data: str) -> None:
        """Take it."""
        Taking.came.set()


class Painted:
    """A page of a running app, which stands still until something is asked of it."""

    def __init__(self, page: Page, loop: asyncio.AbstractEventLoop) -> None:
        """A page, and the loop that its app runs in."""
        self.page, self.loop = page, loop

    def boxes(self) -> tuple[list[Box], int]:
        """Places of the regions that are shown, and how many there are in all."""
        return list(self.page.plan().values()), len(self.page.regions)

    def repaint(self, times: int = REPEATS) -> float:
        """Processor seconds until all regions are filled, rendered and written anew."""
        return statistics.median(self.frame(self._anew) for _ in range(times))

    def repaint_kept(self, times: int = REPEATS) -> float:
        """The same where no row has changed, so that none is rendered."""
        return statistics.median(self.frame(self._again) for _ in range(times))

    def _anew(self) -> None:
        for rows in (paint._line, strips._strip):  # noqa: SLF001  # a host forgets them by and by
            rows.cache_clear()
        self._again()

    def _again(self) -> None:
        self.page.paint()
        self.page.refresh()  # even where a screen knows that nothing in it has changed

    def repaint_unknown(self, times: int = REPEATS) -> float:
        """The same where no view of the moment is known either."""
        return statistics.median(self.frame(self._unknown) for _ in range(times))

    def _unknown(self) -> None:
        table = self.page.context.table
        assert table is not None
        table.game = copy(table.game)  # a page keeps its views for the game that it has
        self._anew()

    def frame(self, change: Callable[[], None]) -> float:
        """Processor seconds from a change of the page until its frame is written."""
        return self.loop.run_until_complete(self._frame(change))

    async def _frame(self, change: Callable[[], None]) -> float:
        await asyncio.sleep(FRAMES)
        Taking.came = asyncio.Event()
        began = time.process_time()
        self.page.call_later(change)
        await Taking.came.wait()
        await asyncio.sleep(FRAMES)
        return time.process_time() - began


@contextmanager
def painted(app: TtxApp, kind: type[Page]) -> Iterator[Painted]:
    """The app with a page of that kind on top."""
    loop = asyncio.new_event_loop()
    app.driver_class = Taking
    running = loop.create_task(app.run_async(size=SIZE))
    try:
        while not (app.is_running and isinstance(app.screen_stack[-1], kind)):
            loop.run_until_complete(asyncio.sleep(FRAMES))
            if running.done():
                running.result()
        page = app.screen
        assert isinstance(page, kind)
        loop.run_until_complete(asyncio.sleep(1))
        yield Painted(page, loop)
    finally:
        loop.call_soon(app.exit)
        loop.run_until_complete(running)
        loop.close()
