"""Who guesses waits: codes are looked at one after the other, and later for whoever was wrong.

Nobody is shut out, since behind one address there may be a whole room: a right code opens its seat
however many wrong ones came before it, from wherever. That leaves guessing hopeless. A code is one
of 2 to the power of 60, and once many were wrong no more than some five a second are looked at, for
all who come together: in a year of that, one chance in six thousand million.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from ttx.remote.invitations import Invitations, fingerprint
from ttx.remote.limits import Buckets, Limits

ALL = "all"
"""What stands for everybody."""


class Guesses:
    """The codes that are typed at one door, and how many of them were wrong of late."""

    def __init__(self, limits: Limits, invitations: Invitations) -> None:
        """Nobody was wrong yet."""
        self._limits, self._invitations = limits, invitations
        self._wrong = Buckets(limits.wrong_codes, limits.wrong_codes_seconds, limits.remembered)
        self._of_all = Buckets(limits.wrong_codes_of_all, limits.wrong_codes_of_all_seconds, 1)
        self._turn = asyncio.Lock()
        # One thread, since a look costs some milliseconds: they are not the table's.
        self._aside = ThreadPoolExecutor(1, "code")

    async def look(self, seat: str, typed: str, keys: Sequence[str]) -> str:
        """What `Invitations.match` finds; a wrong one is answered later than a right one.

        `keys` are the public key lines that whoever typed it came with. Which seats there are makes
        no difference to what it costs, nor to how long it takes.
        """
        limits = self._limits
        whose = [f"seat {seat}", *map(fingerprint, keys)]
        if any(self._wrong.empty(who) for who in whose):
            await asyncio.sleep(limits.guesser_seconds)
        async with self._turn:
            if self._of_all.empty(ALL):
                await asyncio.sleep(limits.look_seconds)
            run = asyncio.get_running_loop().run_in_executor
            opened = await run(self._aside, self._invitations.match, seat, typed)
        if not opened:
            for who in whose:
                self._wrong.take(who)
            self._of_all.take(ALL)
            await asyncio.sleep(limits.wrong_code_seconds)
        return opened

    def close(self) -> None:
        """Look at no more codes."""
        self._aside.shutdown(wait=False)
