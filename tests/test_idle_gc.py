from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from ttx.remote import idle_gc


class Knot:
    """Something that only the collector undoes."""

    alive = 0

    def __init__(self) -> None:
        self.own = self
        Knot.alive += 1

    def __del__(self) -> None:
        Knot.alive -= 1


@pytest.fixture(autouse=True)
def knots() -> None:
    gc.collect()
    Knot.alive = 0


@asynccontextmanager
async def collecting(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """While it collects, looking in every turn of the loop."""
    monkeypatch.setattr(idle_gc, "LOOK", 0.0)
    monkeypatch.setattr(idle_gc, "OLD", 500)
    monkeypatch.setattr(idle_gc, "PROVED", 2_000)
    monkeypatch.setattr(idle_gc, "WORTH", 1_000)
    task = asyncio.create_task(idle_gc.collect_a_little())
    await asyncio.sleep(0)
    try:
        yield
        assert not task.done(), task.exception()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until_gone(most: int) -> None:
    async with asyncio.timeout(30):
        while Knot.alive > most:  # noqa: ASYNC110  # whoever collects tells nobody
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("share", "aside", "then"),
    [
        (0.0, 10, False),
        (0.0, idle_gc.WORTH + 1, True),
        (0.9, idle_gc.WORTH + 1, False),
        (0.9, idle_gc.LIMIT + 1, True),
    ],
)
def test_all_of_it_waits_for_a_quiet_moment_but_not_for_ever(
    share: float, aside: int, *, then: bool
) -> None:
    assert then == idle_gc.due(share, aside)


async def test_python_collects_by_itself_again_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold()
    async with collecting(monkeypatch):
        assert gc.isenabled()
        assert gc.get_freeze_count()
        assert before != gc.get_threshold()

    assert before == gc.get_threshold()
    assert 0 == gc.get_freeze_count()


async def test_what_a_flood_leaves_is_let_go_while_the_flood_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(idle_gc, "IDLE", -1.0)  # nobody ever has a quiet moment
    most = 0
    async with collecting(monkeypatch):
        for _ in range(50):
            for _ in range(800):
                Knot()
            most = max(most, Knot.alive)
            await asyncio.sleep(0)

    assert most < 8_000  # of forty thousand


@pytest.mark.skipif(
    sys.version_info >= (3, 14), reason="its old ones are no generation of their own"
)
async def test_what_stayed_and_is_then_left_is_let_go_however_busy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(idle_gc, "IDLE", -1.0)
    async with collecting(monkeypatch):
        held = [Knot() for _ in range(2 * idle_gc.OLD)]
        gc.collect()
        await asyncio.sleep(0)
        held.clear()
        for _ in range(2):
            more = [Knot() for _ in range(idle_gc.OLD)]
            gc.collect(1)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        await until_gone(len(more))


async def test_what_proved_to_be_no_garbage_is_set_aside_and_let_go_when_it_is_quiet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(idle_gc, "IDLE", -1.0)
    async with collecting(monkeypatch):
        aside = gc.get_freeze_count()
        held = [Knot() for _ in range(2 * idle_gc.PROVED)]
        async with asyncio.timeout(30):
            while gc.get_freeze_count() < aside + idle_gc.PROVED:
                gc.collect(1)
                await asyncio.sleep(0)
        held.clear()
        gc.collect()
        assert Knot.alive  # it was set aside

        monkeypatch.setattr(idle_gc, "IDLE", 99.0)
        await until_gone(0)
