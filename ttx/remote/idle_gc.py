"""Collecting garbage a little at a time: one collection of a full house stops every screen.

Screens and connections are knots that only the collector undoes, and what that costs grows with
all it looks at and all it finds. So the young are left to Python, which looks at them often. Those
that stayed are looked at whenever there are some thousands more of them, however busy the host is,
and are set aside once they are many and no garbage. What was set aside is looked at where nobody
waits, or where there is no other way.
"""

from __future__ import annotations

import asyncio
import gc
import time

LOOK = 0.25
"""Seconds between two looks."""
YOUNG = (700, 10)
"""As Python has it: objects made until those are looked at, and how often until their survivors."""
NEVER = 1_000_000_000
OLD = 8_000
"""Objects more that stayed, at which they are looked at whoever waits: for some milliseconds."""
PROVED = 40_000
"""Those that are still there then, at which they are set aside: fewer cost little to look at."""
IDLE = 0.2
"""Share of a core below which nobody waits for anything."""
WORTH = 50_000
"""Objects set aside since all were looked at, under which that is not worth its pause."""
LIMIT = 250_000
"""Objects set aside since then at which all are looked at whoever waits: some forty megabytes."""


def due(share: float, aside: int) -> bool:
    """Whether to look at all of it: after a quiet moment, or because it cannot wait any longer."""
    return aside > LIMIT or (aside > WORTH and share < IDLE)


async def collect_a_little() -> None:
    """Collect until this task is cancelled; then as Python does by itself.

    What stands when it begins, code and exercise, is set aside at once.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*YOUNG, NEVER)
    # Counted here: Python would walk along all that was ever set aside to tell their number.
    aside = kept = 0
    try:
        while True:
            busy, began = time.process_time(), time.monotonic()
            await asyncio.sleep(LOOK)
            share = (time.process_time() - busy) / (time.monotonic() - began)
            if due(share, aside):
                gc.unfreeze()
                gc.collect()
                gc.freeze()
                aside = kept = 0
            elif stayed() - kept > OLD:
                gc.collect()
                kept = stayed()
                if kept > PROVED:
                    gc.freeze()
                    aside, kept = aside + kept, 0
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def stayed() -> int:
    """Objects that outlived two looks and were not set aside."""
    return len(gc.get_objects(generation=2))
