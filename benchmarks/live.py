"""What a person waits for at the table, against one repaint of the Table screen."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from textual.drivers.headless_driver import HeadlessDriver

from benchmarks.measure import Contender, Figures, Row, Section, timed
from benchmarks.run import Played
from ttx.adjudicator import because, rulings
from ttx.adjudicator.margin import margin
from ttx.session import references
from ttx.session.game import fold
from ttx.tui.app import TtxApp
from ttx.tui.page import Box, Region
from ttx.tui.screens.table import TableScreen

SIZE = (120, 40)
FRAMES = 0.06
"""Seconds in which an idle app has painted whatever it was going to."""
REPEATS = 5

SECTION = Section(
    "live, against one repaint of the Table screen (processor time)",
    [
        Row("one repaint of Table, 120 by 40", "", "repaint", ""),
        Row("live turn of one world", "repaint", "turn", "repaint", hope=1, gate=3),
        Row("the same, reference games not yet played", "repaint", "turn, first", "repaint"),
        Row("scrub: fold of a whole game", "repaint", "fold", "repaint", hope=1, gate=3),
        Row("margins of a crisis ruling", "repaint", "margin", "repaint"),
        Row("terms of all seven scores", "repaint", "split", "repaint"),
        Row("2,000 worlds, ten turns", "repaint", "fan", "repaint", hope=3, gate=6),
    ],
)


class Taking(HeadlessDriver):
    """A terminal that takes everything, and says that something came."""

    came = asyncio.Event()

    @property
    def is_headless(self) -> bool:
        """It is painted like a terminal."""
        return False

    def write(self, data: str) -> None:
        """Take it."""
        Taking.came.set()


class Painted:
    """The Table of the app, painted on request."""

    def __init__(self, app: TtxApp, page: TableScreen, loop: asyncio.AbstractEventLoop) -> None:
        """A screen in a running app."""
        self.app, self.page, self.loop = app, page, loop

    def boxes(self) -> tuple[list[Box], int]:
        """Places of the regions that are shown, and how many widgets there are in all."""
        return list(self.page.plan().values()), len(self.page.query("*"))

    def repaint(self) -> Figures:
        """Processor seconds until all regions are filled, rendered and written anew."""
        found = [self.loop.run_until_complete(self._once()) for _ in range(REPEATS)]
        return {"repaint": statistics.median(found)}

    def _anew(self) -> None:
        self.page.paint()
        for region in self.page.query(Region):
            region.refresh()  # even where a screen knows that nothing in it has changed

    async def _once(self) -> float:
        await asyncio.sleep(FRAMES)
        Taking.came.clear()
        began = time.process_time()
        self.page.call_later(self._anew)
        await Taking.came.wait()
        await asyncio.sleep(FRAMES)
        return time.process_time() - began


@contextmanager
def painted(played: Played) -> Iterator[Painted]:
    """The app of a seat whose Table shows a crisis that waits for its answer."""
    loop = asyncio.new_event_loop()
    app = TtxApp(played.table(played.asked), played.seat)
    app.driver_class = Taking
    running = loop.create_task(app.run_async(size=SIZE))
    try:
        while not (app.is_running and isinstance(app.screen_stack[-1], TableScreen)):
            loop.run_until_complete(asyncio.sleep(FRAMES))
            if running.done():
                running.result()
        page = app.screen
        assert isinstance(page, TableScreen)
        loop.run_until_complete(asyncio.sleep(1))
        yield Painted(app, page, loop)
    finally:
        loop.call_soon(app.exit)
        loop.run_until_complete(running)
        loop.close()


def contenders(played: Played, screen: Painted) -> list[Contender]:
    """A turn, a fold, margins and terms."""
    tables, run = played.run.tables, played.run
    slot, ruling = played.crisis()
    end = played.game(len(played.entries))
    before = rulings.leaves_of(tables, end.turns[0].start)
    after = rulings.leaves_of(tables, end.position)

    def first() -> Figures:
        references._run.cache_clear()  # noqa: SLF001  # the first reckoning of a run pays for them
        return {"turn, first": timed(played.turn)}

    def split() -> None:
        for score in run.exercise.score:
            because.split(tables, score.of, before, after)

    return [
        screen.repaint,
        first,
        lambda: {"turn": timed(played.turn, 3)},
        lambda: {"fold": timed(lambda: fold(run, played.entries), 5)},
        lambda: {
            "margin": timed(lambda: margin(tables, slot.before, run.seed, ruling, discord=False), 5)
        },
        lambda: {"split": timed(split, 5)},
    ]
