"""How far a long piece of work is: one line that is written over, or a line now and then."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from ttx import process
from ttx.cli.spoken import notice
from ttx.i18n import _

if TYPE_CHECKING:
    from ttx.studies.sweep import Progress

EVERY = 10.0
"""Seconds between two lines where nothing can be written over."""
WIDE = 78


class Line:
    """The line of one piece of work, on standard error."""

    def __init__(self) -> None:
        """Nothing is said yet."""
        self._open, self._last = False, 0.0
        self._terminal = sys.stderr.isatty()

    def tell(self, now: Progress) -> None:
        """Say how far it is, where it is time to."""
        if not now.rows:
            return
        if self._terminal:
            self._over(how_far(now))
        elif now.rows == now.of or time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            notice(how_far(now))

    def end(self) -> None:
        """Leave the line as it stands; what is said next has one of its own."""
        if self._open:
            self._open = False
            notice("")

    def notice(self, words: str) -> None:
        """Something else that is to be said meanwhile."""
        self.end()
        notice(words)

    def _over(self, words: str) -> None:
        try:
            sys.stderr.write(f"\r{words[:WIDE]:<{WIDE}}")
            sys.stderr.flush()
            self._open = True
        except OSError:
            process.drop(sys.stderr)
            self._terminal = False


def how_far(now: Progress) -> str:
    """How far it is, with rate and time left."""
    share = 100 * now.rows // now.of if now.of else 100
    parts = [_("{rows:,} of {of:,} rows, {share} %", rows=now.rows, of=now.of, share=share)]
    if now.rate:
        parts.append(_("{rate:,.0f} a second", rate=now.rate))
    if now.left:
        parts.append(_("{time} left", time=_time(now.left)))
    return "; ".join(parts)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return _("{hours} h {minutes:02d} min", hours=hours, minutes=minutes)
    if minutes:
        return _("{minutes} min {rest:02d} s", minutes=minutes, rest=rest)
    return _("{rest} s", rest=rest)
