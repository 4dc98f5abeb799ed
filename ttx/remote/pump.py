"""The input of one terminal, handed on in slices, so that a flood at one seat starves no other."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

from ttx.remote.wire import Reader, clamp

PENDING = 16 * 1024
"""Bytes kept for a reader; above, the other side is not read from."""
LOW = 4 * 1024
"""At or below this, it is read from again."""
TURN = 0.05
"""Seconds of a turn: how often the reader may be handed its share."""
SHARE = 128
"""Bytes of keys and clicks that are handed on in a turn: more than hands and wheels can do."""
SHARE_OF_PASTE = 4 * 1024
"""The same of a paste, whose text is one message and not one for each character."""
STEP = 4
"""Bytes of keys after which the reader is asked again how much it has to do."""
SHORT = 4
"""Messages: with that many waiting, the reader is left alone for a turn."""
BUSY = 0.3
"""Share of a core that the host uses, above which who sends more than is read stands in line."""
LATE = 0.02
"""Seconds that a turn comes late, at which the host is busy whatever it uses: others use the rest.
"""
SPACE = 0.05
"""Seconds between two keys of those in line, all of them together: each may open a page."""
SETTLE, SETTLE_MOST = 0.1, 0.8
"""Seconds between two changes of size, each of which draws everything anew; and the most that they
grow to, doubled each time, while a window goes on changing."""


class Source(Protocol):
    """Where input comes from, as far as it can be held back."""

    @property
    def ended(self) -> bool:
        """Whether nobody is there any more."""

    def pause_reading(self) -> None:
        """Send nothing more until `resume_reading`."""

    def resume_reading(self) -> None:
        """Send again."""


class Line:
    """Where the floods of this process stand in line, and whether it is busy at all."""

    def __init__(self) -> None:
        """Nobody stands in it."""
        self._at = (time.monotonic(), time.process_time())
        self._share = 0.0
        self._next = 0.0

    def busy(self, late: float) -> bool:
        """Whether much was used in the last turn, or a timer came so many seconds too late."""
        now, used = time.monotonic(), time.process_time()
        if now - self._at[0] >= TURN:
            self._share = (used - self._at[1]) / (now - self._at[0])
            self._at = (now, used)
        return self._share > BUSY or late > LATE

    def place(self, now: float, late: float) -> float:
        """The next free place, by the clock of the loop; further off where timers come too late."""
        self._next = max(now + TURN, self._next + SPACE) + min(2 * late, 2 * TURN)
        return self._next


LINE = Line()


class Pump:
    """Takes what is typed as it comes and hands it on as the reader can deal with it."""

    def __init__(self, source: Source) -> None:
        """A pump with nothing in it, for nobody yet."""
        self._source = source
        self._reader: Reader | None = None
        self._pending = bytearray()
        self._used = 0
        self._late = 0.0
        self._turn: asyncio.TimerHandle | None = None
        self._paused = self._handing = self._in_line = False
        self._size: tuple[int, int] | None = None
        self._told: tuple[int, int] | None = None
        self._settling: asyncio.TimerHandle | None = None
        self._settle = SETTLE
        self._over = self._lost = False
        self._ending: asyncio.TimerHandle | None = None

    @property
    def pending(self) -> int:
        """Bytes that wait for a reader."""
        return len(self._pending)

    @property
    def reader(self) -> Reader | None:
        """Who reads at present."""
        return self._reader

    # --- from the other side ---

    def take(self, data: bytes) -> None:
        """Bytes that came in; the first of a turn go on at once."""
        if self._over:
            return
        self._pending += data
        if len(self._pending) > PENDING and not self._paused:
            self._paused = True
            self._source.pause_reading()
        self._hand_on()

    def resize(self, width: int, height: int) -> None:
        """The other side claims another size; of many in a row, the last is what counts."""
        self._size = clamp(width, height)
        if self._settling is None:
            self._tell_size()

    def finish(self) -> None:
        """Nothing more will come; what waits is still read."""
        self._over = True
        self._end_if_read()

    def lose(self) -> None:
        """Nobody is there any more; what waits is dropped."""
        self._over = self._lost = True
        self._pending.clear()
        self._stop_turns()
        self._end_if_read()

    # --- to the reader ---

    def send_to(self, reader: Reader | None) -> None:
        """Hand everything to this reader from now on; see `Wire.send_to`."""
        if self._reader is not None:
            self._pending.clear()
            self._in_line = False
            self._resume()
        self._reader, self._told = reader, None
        if reader is None:
            self._stop_turns()
            return
        if self._size is not None and self._settling is None:
            self._tell_size()
        self._hand_on()
        self._end_if_read()

    def _hand_on(self) -> None:
        """Hand over what is left of this turn's share, unless that is being done already."""
        reader = self._reader
        if reader is None or self._handing or not self._pending:
            return
        if self._in_line and self._turn is not None:
            return
        step, short = (1, 1) if self._in_line else (STEP, SHORT)
        self._handing = True
        try:
            while self._pending and self._reader is reader and reader.backlog < short:
                pasting = reader.pasting
                left = (SHARE_OF_PASTE if pasting else SHARE) - self._used
                if left <= 0:
                    break
                part = bytes(self._pending[: left if pasting else min(left, step)])
                read = reader.feed(part, more=len(part) < len(self._pending))
                self._used += read
                del self._pending[:read]
        finally:
            self._handing = False
        if self._turn is None and self._reader is not None:
            loop = asyncio.get_running_loop()
            when = LINE.place(loop.time(), self._late) if self._in_line else loop.time() + TURN
            self._turn = loop.call_at(when, self.turn)
        self._resume()
        self._end_if_read()

    def turn(self) -> None:
        """A turn is over: the reader gets its next share, if there is still somebody to answer.

        Who sends more than is read, and then closes, closes unheard: the end waits in line behind
        what they sent. Who sends more than is read while the host is busy stands in line until all
        of it was read.
        """
        self._late = _late(self._turn)
        self._stop_turns()
        if self._source.ended:
            self.lose()
        self._in_line = bool(self._pending) and (self._in_line or LINE.busy(self._late))
        self._hand_on()

    def _stop_turns(self) -> None:
        if self._turn is not None:
            self._turn.cancel()
        self._turn, self._used = None, 0

    def _resume(self) -> None:
        if self._paused and len(self._pending) <= LOW:
            self._paused = False
            self._source.resume_reading()

    def _end_if_read(self) -> None:
        """Tell the reader of the end once it has done all that it was handed before."""
        if not self._over or self._reader is None:
            return
        if self._lost or not (self._pending or self._reader.backlog):
            self._reader.gone()
        elif not self._pending and self._ending is None:
            self._ending = asyncio.get_running_loop().call_later(TURN, self._look_at_the_end)

    def _look_at_the_end(self) -> None:
        self._ending = None
        self._end_if_read()

    def _tell_size(self) -> None:
        goes_on, self._settling = self._settling is not None, None
        if self._reader is None or self._size is None or self._size == self._told:
            return
        self._told = self._size
        self._reader.resize(*self._size)
        self._settle = min(2 * self._settle, SETTLE_MOST) if goes_on else SETTLE
        self._settling = asyncio.get_running_loop().call_later(self._settle, self._tell_size)


def _late(timer: asyncio.TimerHandle | None) -> float:
    """Seconds by which a timer that has just come is too late."""
    return 0.0 if timer is None else max(asyncio.get_running_loop().time() - timer.when(), 0.0)
