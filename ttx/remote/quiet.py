"""Collecting garbage when nobody is waiting: one collection of a full house stops every screen.

Python collects whenever enough was made, which is in the middle of a release, when all screens are
painted at once, and then for a third of a second.
"""

from __future__ import annotations

import asyncio
import gc
import time

LOOK = 1.0
"""Seconds between two looks at how busy the process was."""
IDLE = 0.2
"""Share of a core below which nobody waits for anything."""
WORTH = 50_000
"""Objects made since the last collection, under which another is not worth its pause."""
LIMIT = 5_000_000
"""Objects made since then at which it is collected whoever waits."""


def due(share: float, made: int) -> bool:
    """Whether to collect now: after a quiet moment, or because it cannot wait any longer."""
    return made > LIMIT or (made > WORTH and share < IDLE)


async def collect_when_quiet() -> None:
    """Collect at quiet moments until this task is cancelled; then as Python does by itself.

    What stands when it begins, code and exercise, is never looked at again.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        while True:
            busy, began = time.process_time(), time.monotonic()
            await asyncio.sleep(LOOK)
            share = (time.process_time() - busy) / (time.monotonic() - began)
            if due(share, gc.get_count()[0]):
                gc.collect()
    finally:
        gc.enable()
        gc.unfreeze()
