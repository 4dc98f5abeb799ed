"""Textual's way to a terminal, where the terminal is at the other end of a wire."""

from __future__ import annotations

import asyncio
import codecs
from collections.abc import Callable, Iterable, Sized
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol, TextIO, cast

from textual import events, messages
from textual.app import App
from textual.constants import ESCAPE_DELAY
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from ttx.remote.clipboard import let_through
from ttx.remote.paste import Paste
from ttx.remote.private import XTermParser, forget_size, parser_waits, waiting
from ttx.remote.wire import ENTER, LEAVE, Wire, clamp

PASTED = 4096
"""Characters of a paste that are kept."""
DEAF = 5.0
"""Seconds of silence after which a paste that was never ended is given up."""

WANTED = (
    events.Key,
    events.Paste,
    events.MouseDown,
    events.MouseUp,
    events.MouseMove,
    events.MouseScrollUp,
    events.MouseScrollDown,
    events.AppFocus,
    events.AppBlur,
    messages.TerminalSupportsSynchronizedOutput,
)
"""All that input can mean. What is typed cannot be told from what a terminal says of itself, so a
size (`CSI 48;60000;60000;1;1 t` would have the server draw it), a place of the cursor or a kind of
resizing is nobody's to say there; and of motion there is none but with a button held, which
selects text.
"""


class Seated(Protocol):
    """What the driver asks of its app beyond what every app has."""

    wire: Wire
    typed: Sized
    copies: bool
    """Whether the terminal may be asked to copy something."""

    def wire_drained(self) -> None:
        """The other side has taken something."""

    def bind_streams(self) -> None:
        """Put standard output and error right, now that the app has ended."""

    way_back: str
    """Words that the person must have seen; nothing once they have, or where there are none."""

    def has_seen(self) -> None:
        """They were on the screen."""


WHOLE = 4096
"""Characters from which a frame is all of a screen: Textual paints a new page several times over
before it stands, and each time to the same effect."""


READ = 1.0
"""Seconds within which nobody has read a code."""
ASK = "\x1b[6n\x1b[?2026$p"
"""What a terminal answers once it has shown what stands before; two ways to ask, as none is common
to all."""


class SeatDriver(Driver):
    """The terminal of one seat; its wire is the app's, as a driver is given nothing else."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        """A terminal that was not entered yet; `debug` would write every key to a file."""
        super().__init__(app, mouse=mouse, size=clamp(*(size or (0, 0))))
        self._seat = cast("Seated", app)
        self._wire = self._seat.wire
        self._parser = XTermParser()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._paste = Paste()
        self._frame: list[str] = []
        self._sent = ""
        """The last frame, so that the same one is not sent again right after it."""
        self._flushing: asyncio.Handle | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._entered = self._closed = False
        self._asked: float | None = None
        """When `ASK` was sent, if it was."""
        self._frames_told = 0
        """How often the terminal has said that it shows frames whole; `ENTER` asks for it too."""

    # --- out ---

    def write(self, data: str) -> None:
        """Send characters, together with all that is written in the same step."""
        if self._closed:
            return
        self._frame.append(let_through(data, copies=self._seat.copies))
        if self._flushing is None:
            self._flushing = self._loop.call_soon(self.flush)

    def flush(self) -> None:
        """Send what was written; a lone surrogate must not take the frame with it."""
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        frame, self._frame = "".join(self._frame), []
        if frame and not (len(frame) > WHOLE and frame == self._sent):
            self._wire.write(frame.encode("utf-8", "replace"))
            self._sent = frame
            if self._asked is None and self._seat.way_back and self._seat.way_back in frame:
                self._asked = self._loop.time()
                self._wire.write(ASK.encode())

    def start_application_mode(self) -> None:
        """Enter the screens, and read from the wire."""
        self._entered = True
        self.write(ENTER)
        self.flush()
        self._tell_size(*clamp(*(self._size or (0, 0))))
        self._wire.send_to(self)

    def disable_input(self) -> None:
        """Read no more."""
        if not self._closed:
            self._wire.send_to(None)
        self._hush()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was; once, however often it is asked for."""
        self.disable_input()
        if self._entered:
            self._entered = False
            self.write(LEAVE)
        self.flush()
        self._seat.bind_streams()

    def close(self) -> None:
        """Let go of everything."""
        if self._closed:
            return
        self.stop_application_mode()
        self._closed = True
        self._end_parser()

    # --- in ---

    @property
    def backlog(self) -> int:
        """Messages that wait anywhere on the way of a key."""
        return waiting(self._app) + len(self._seat.typed)

    @property
    def pasting(self) -> bool:
        """Whether a paste is open."""
        return self._paste.open

    def feed(self, data: bytes, *, more: bool = False) -> int:
        """Read from the front what belongs together: keys, or a paste up to its end."""
        if self._closed:
            return len(data)
        was_given_up = self._paste.given_up
        read, handed_on = self._paste.cut(data)
        if self._paste.given_up and not was_given_up:
            self._start_anew()
        self._parse(
            lambda: self._parser.feed(text) if (text := self._decoder.decode(handed_on)) else ()
        )
        if more or read < len(data):
            self._hush()
        else:
            self._set_alarm()
        return read

    def resize(self, width: int, height: int) -> None:
        """Tell the app of another size, at which a terminal may have lost what it showed."""
        self._sent = ""
        self._tell_size(*clamp(width, height))

    def drained(self) -> None:
        """Let the app paint what it kept back."""
        self._seat.wire_drained()

    def gone(self) -> None:
        """Nobody is there any more: the app ends; where it is ending already, its status stays."""
        if self._app.return_code is None:
            self._app.exit()

    def _tell_size(self, width: int, height: int) -> None:
        self._size = (width, height)
        size = Size(width, height)
        self._app.post_message(events.Resize(size, size))

    def _parse(self, read: Callable[[], Iterable[Message]]) -> None:
        try:
            for message in read():
                self.process_message(message)
        except Exception:  # noqa: BLE001  # numbers that no key has; a parser that raised is dead
            self._start_anew()

    def _start_anew(self) -> None:
        """Forget what was begun and not ended."""
        self._end_parser()
        self._parser = XTermParser()
        self._decoder.reset()
        self._paste.give_up()

    def _end_parser(self) -> None:
        # A cache of Textual's keeps parsers alive, and a parser that waits for input holds its last
        # key, which holds the app: without this, each session that typed a key would stay.
        with suppress(Exception):  # one that raised before is at its end already
            list(self._parser.feed(""))

    def process_message(self, message: Message) -> None:
        """Hand on what input may mean, within bounds; drop the rest."""
        forget_size(self._parser)
        self._see(message)
        if not isinstance(message, WANTED):
            return
        if isinstance(message, events.MouseMove) and not message.button:
            return
        if isinstance(message, events.Paste):
            message = events.Paste(message.text[:PASTED])
        elif isinstance(message, events.MouseEvent):
            width, height = self._app.size
            if message.x >= width or message.y >= height:
                return
        super().process_message(message)

    def _see(self, message: Message) -> None:
        """Whether this means that the way back was on the screen.

        A terminal that answers has shown it; at one that does not, somebody types who has had the
        time to read.
        """
        whole = isinstance(message, messages.TerminalSupportsSynchronizedOutput)
        self._frames_told += whole
        if self._asked is None or not self._seat.way_back:
            return
        typed = isinstance(message, events.Key) and self._wire.held == 0
        late = self._loop.time() - self._asked > READ
        answered = isinstance(message, events.CursorPosition) or (whole and self._frames_told > 1)
        if answered or (typed and late):
            self._seat.has_seen()

    def send_message(self, message: Message) -> None:
        """Post it: this runs in the loop, where the base class makes a task for each."""
        self._app.post_message(message)

    # --- silence ---

    def _set_alarm(self) -> None:
        self._hush()
        if self._paste.open or parser_waits(self._parser):
            delay = DEAF if self._paste.open else ESCAPE_DELAY
            self._alarm = self._loop.call_later(delay, self.listen)

    def _hush(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def listen(self) -> None:
        """Nothing came for a while: Esc was only Esc, or a paste will never end."""
        self._alarm = None
        if self._paste.open:
            self._paste = Paste()
            self._start_anew()
            return
        self._parse(self._parser.tick)
        if parser_waits(self._parser):  # the clock of the loop is not the parser's
            self._set_alarm()
        else:
            self._paste.forget()

    # --- what a terminal at the server could do, and none elsewhere ---

    def open_url(self, url: str, new_tab: bool = True) -> None:  # noqa: FBT001, FBT002  # Textual's
        """Open nothing: the browser would be the server's."""

    def deliver_binary(
        self,
        binary: BinaryIO | TextIO,
        *,
        delivery_key: str,
        save_path: Path,
        open_method: Literal["browser", "download"] = "download",
        encoding: str | None = None,
        mime_type: str | None = None,
        name: str | None = None,
    ) -> None:
        """Write nothing: the disk would be the server's."""
        binary.close()
