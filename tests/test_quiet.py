from __future__ import annotations

import asyncio
import gc
from contextlib import suppress

import pytest

from ttx.remote import quiet


@pytest.mark.parametrize(
    ("share", "made", "then"),
    [
        (0.0, 10, False),
        (0.0, quiet.WORTH + 1, True),
        (0.9, quiet.WORTH + 1, False),
        (0.9, quiet.LIMIT + 1, True),
    ],
)
def test_it_waits_for_a_quiet_moment_but_not_for_ever(
    share: float, made: int, *, then: bool
) -> None:
    assert then == quiet.due(share, made)


async def test_python_collects_by_itself_again_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = asyncio.Event()
    monkeypatch.setattr(quiet, "LOOK", 0.0)
    monkeypatch.setattr(quiet, "due", lambda *_: looked.set())
    task = asyncio.create_task(quiet.collect_when_quiet())
    await asyncio.wait_for(looked.wait(), 10)
    assert not gc.isenabled()
    assert gc.get_freeze_count()

    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert gc.isenabled()
    assert 0 == gc.get_freeze_count()


async def test_what_nobody_holds_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = asyncio.Event()

    class Knot:
        def __init__(self) -> None:
            self.own = self

        def __del__(self) -> None:
            gone.set()

    monkeypatch.setattr(quiet, "LOOK", 0.0)
    monkeypatch.setattr(quiet, "WORTH", 0)
    monkeypatch.setattr(quiet, "IDLE", 99.0)
    task = asyncio.create_task(quiet.collect_when_quiet())
    await asyncio.sleep(0)
    Knot()

    await asyncio.wait_for(gone.wait(), 10)

    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
