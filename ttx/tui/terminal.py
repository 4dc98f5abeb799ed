"""Textual's way to one's own terminal: given back however the screens end, and never waited for.

Textual paints on standard error and reads for ever where a terminal is gone; here screens go to the
terminal that standard output is, its end is told to the app, and one that takes nothing stops
nobody, which at a host would be everybody.
"""

from __future__ import annotations

import io
import os
import select
import signal
import sys
import termios
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol, cast

from textual import events
from textual._xterm_parser import XTermParser  # Textual has no public name for what reads keys
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from ttx.process import shell_waits
from ttx.tui.lent import Loan

LEAVE = (
    "\x1b[?2026l\x1b[?7h\x1b[?2004l\x1b[?2048l\x1b[?1016l\x1b[?1006l\x1b[?1015l\x1b[?1003l"
    "\x1b[?1000l\x1b[?1004l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""The reverse of all that Textual may have asked of a terminal, before it knew what that has."""
STANDS = "ttx stands still; fg goes on.\r\n"
AHEAD = 256 * 1024
"""Bytes that the terminal has not taken, from which on nothing more is painted until it has."""
SHORT = 16
"""Characters up to which all is sent even so: what ends a frame must not be left out."""
PATIENCE = 1.0
"""Seconds that a terminal has to take what gives it back."""
CHUNK = 1024
SOON = 0.2
"""Seconds within which two signals that belong together have both come."""


class Lender(Protocol):
    """What the driver asks of its app beyond what every app has."""

    @property
    def ending(self) -> bool:
        """Whether the screens are about to end."""

    def terminal_gone(self) -> None:
        """There is no terminal any more; nothing that is painted arrives."""


class Writer(threading.Thread):
    """Writes in a thread of its own, as fast as a terminal takes it."""

    def __init__(self, fd: int, drained: Callable[[], None]) -> None:
        """To a terminal; `drained` is called in that thread once it has taken all."""
        super().__init__(daemon=True, name="ttx-output")
        self.held = 0
        """Bytes that it has not taken."""
        self._fd, self._drained = fd, drained
        self._waiting: list[bytes] = []
        self._changed = threading.Condition()
        self._over = False

    def write(self, data: bytes) -> None:
        """Have it written in its turn."""
        with self._changed:
            if not self._over:
                self._waiting.append(data)
                self.held += len(data)
                self._changed.notify()

    def finish(self, last: bytes) -> None:
        """Write that instead of all that waits, and no more; returns once it is there, or late."""
        with self._changed:
            self._waiting, self._over = [last], True
            self._changed.notify()
        if self.is_alive():
            self.join(PATIENCE)

    def run(self) -> None:
        """Write until it is over, or the terminal is gone."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._over)
                if not self._waiting:
                    return
                data, self._waiting = b"".join(self._waiting), []
            self._put(data)
            with self._changed:
                self.held = sum(map(len, self._waiting))
                empty = not self._waiting and not self._over
            if empty:
                self._drained()

    def _put(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            try:
                at += os.write(self._fd, data[at : at + CHUNK])
            except BlockingIOError:  # another program left the terminal so
                select.select([], [self._fd], [], 1)
            except OSError:
                return  # it is gone; whoever reads it finds that out


def _anew(parser: XTermParser) -> XTermParser:
    """A parser that has begun nothing, and counts the mouse as the one before."""
    other = XTermParser()
    other.mouse_pixels = parser.mouse_pixels
    other.terminal_size = parser.terminal_size
    other.terminal_pixel_size = parser.terminal_pixel_size
    return other


class OwnTerminal(LinuxDriver):
    """The terminal that this process was started at."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        """A terminal that was not entered yet."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._lender = cast("Lender", app)
        self._file = cast("io.TextIOWrapper", io.StringIO())  # nothing is ever written to it
        self._output = sys.__stdout__.fileno() if sys.__stdout__ is not None else 1
        self._loan: Loan | None = None
        self._entered = self._stood = self._missed = False
        self._writer = Writer(self._output, self._took_all)

    # --- out ---

    def write(self, data: str) -> None:
        """Send characters; where the terminal is far behind, all is painted anew later instead."""
        if not self._entered:
            return
        if self._writer.held > AHEAD and len(data) > SHORT:
            self._missed = True
        else:
            self._writer.write(data.encode("utf-8", "replace"))

    def _took_all(self) -> None:
        if self._missed:
            self._missed = False
            with suppress(RuntimeError):  # the loop has ended meanwhile
                self._loop.call_soon_threadsafe(self._paint_anew)

    def _paint_anew(self) -> None:
        if self._entered:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))

    # --- in and out of the screens ---

    def start_application_mode(self) -> None:
        """Enter the screens, and read keys."""
        self._entered, self._missed = True, False
        self._writer = Writer(self._output, self._took_all)
        self._writer.start()
        self._loan = Loan(self.fileno)
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        if self._key_thread is None or not self._key_thread.is_alive():
            self._gone()  # Textual went back at once: the terminal took no settings

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was; once, however often it is asked for."""
        self._leave("")

    def disable_input(self) -> None:
        """Read no more; where that is so, touch nothing: the terminal may be another job's."""
        if self._entered:
            super().disable_input()

    def _leave(self, words: str) -> None:
        if not self._entered:
            return
        # Input first: an answer of the terminal's that is read late would turn modes on again. In
        # the background only who ignores this signal may put the terminal right.
        before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        self.disable_input()
        self._entered = False
        self._writer.finish((LEAVE + words).encode())
        with suppress(termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            termios.tcflush(self.fileno, termios.TCIFLUSH)  # answers to what was asked of it
        signal.signal(signal.SIGTTOU, before)
        if self._loan is not None:
            self._loan.end()

    # --- in ---

    def run_input_thread(self) -> None:
        """Read keys until input is over; the app is told where the terminal is gone."""
        parser, decoder = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace")
        while not self.exit_event.is_set():
            try:
                ready = select.select([self.fileno], [], [], 0.1)[0]
                data = os.read(self.fileno, 4096) if ready else None
            except BlockingIOError:
                continue
            except (OSError, ValueError):
                data = b""
            if data == b"":
                self._gone()
                break
            try:
                for message in parser.feed(decoder.decode(data)) if data else ():
                    self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
            except RuntimeError:
                break  # the loop has ended meanwhile
            except Exception:  # noqa: BLE001  # numbers that no key has; a parser that raised is dead
                parser = _anew(parser)
        with suppress(Exception):  # one that waits for more holds its last key, and that the app
            list(parser.feed(""))

    def _gone(self) -> None:
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._lender.terminal_gone)

    # --- standing still ---

    def _sigtstp_application(self, *_: object) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(self._stand)

    def _sigcont_application(self, *_: object) -> None:
        with suppress(RuntimeError):  # ditto
            self._loop.call_soon_threadsafe(self._go_on)

    def _stand(self) -> None:
        """Give the terminal back and stop, with all that the same line of a shell has started."""
        if not shell_waits():
            return  # nobody could have it go on
        if self._entered:
            self._stood = True
            self._leave(STANDS)
            self.close()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.killpg(os.getpgrp(), signal.SIGTSTP)

    def _go_on(self, *, again: bool = False) -> None:
        """Take the terminal again; in the background, stand still again.

        A shell that ends a job which stands still sends two signals, of which the second has it go
        on; they may come in any order.
        """
        signal.signal(signal.SIGTSTP, self._sigtstp_application)
        if not self._stood or self._lender.ending:
            return
        if self._in_background():
            if again:
                os.kill(os.getpid(), signal.SIGSTOP)
            else:
                self._loop.call_later(SOON, partial(self._go_on, again=True))
            return
        self._stood = False
        self.start_application_mode()

    def _in_background(self) -> bool:
        """Whether the terminal is another job's; not so where it is nobody's."""
        try:
            return os.tcgetpgrp(self.fileno) != os.getpgrp()
        except OSError:
            return False
