"""The input of one terminal, handed on in slices, so that a flood at one seat starves no other."""

from __future__ import annotations

import asyncio
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
SETTLE = 0.1
"""Seconds between two changes of size: each draws everything anew."""


class Source(Protocol):
    """Where input comes from, as far as it can be held back."""

    @property
    def ended(self) -> bool:
        """Whether nobody is there any more."""

    def pause_reading(self) -> None:
        """Send nothing more until `resume_reading`."""

    def resume_reading(self) -> None:
        """Send again."""


class Pump:
    """Takes what is typed as it comes and hands it on as the reader can deal with it."""

    def __init__(self, source: Source) -> None:
        """A pump with nothing in it, for nobody yet."""
        self._source = source
        self._reader: Reader | None = None
        self._pending = bytearray()
        self._used = 0
        self._turn: asyncio.TimerHandle | None = None
        self._paused = self._handing = False
        self._size: tuple[int, int] | None = None
        self._told: tuple[int, int] | None = None
        self._settling: asyncio.TimerHandle | None = None
        self._over = self._lost = False

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
        self._handing = True
        try:
            while self._pending and self._reader is reader and reader.backlog < SHORT:
                pasting = reader.pasting
                left = (SHARE_OF_PASTE if pasting else SHARE) - self._used
                if left <= 0:
                    break
                part = bytes(self._pending[: left if pasting else min(left, STEP)])
                read = reader.feed(part, more=len(part) < len(self._pending))
                self._used += read
                del self._pending[:read]
        finally:
            self._handing = False
        if self._turn is None and self._reader is not None:
            self._turn = asyncio.get_running_loop().call_later(TURN, self.turn)
        self._resume()
        self._end_if_read()

    def turn(self) -> None:
        """A turn is over: the reader gets its next share, if there is still somebody to answer.

        Who sends more than is read, and then closes, closes unheard: the end waits in line behind
        what they sent.
        """
        self._stop_turns()
        if self._source.ended:
            self.lose()
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
        if self._over and self._reader is not None and (self._lost or not self._pending):
            self._reader.gone()

    def _tell_size(self) -> None:
        self._settling = None
        if self._reader is None or self._size is None or self._size == self._told:
            return
        self._told = self._size
        self._reader.resize(*self._size)
        self._settling = asyncio.get_running_loop().call_later(SETTLE, self._tell_size)
