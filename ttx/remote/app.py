"""A seat's screens on a wire: painted for its terminal, held back when it is slow, mended alone."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import secrets
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual.driver import Driver
from textual.screen import Screen
from textual.worker import WorkerFailed

from ttx import tui
from ttx.i18n import N_, _
from ttx.remote import private
from ttx.remote.clipboard import LONGEST, too_long
from ttx.remote.driver import SeatDriver
from ttx.remote.filters import nowhere, suit
from ttx.remote.wire import Terminal, Wire
from ttx.shown import clean_lines
from ttx.tui.app import TtxApp
from ttx.tui.theme import INKS, misnamed

if TYPE_CHECKING:
    from ttx.session.attendance import Attendance, Invites
    from ttx.session.table import Table
    from ttx.tui.page import Page
    from ttx.tui.seat_state import SeatState

LOG = logging.getLogger("ttx.remote")

AHEAD = 64 * 1024
"""Bytes the other side has not taken yet, from which on nothing more is painted for it."""
CAUGHT_UP = 16 * 1024
"""Bytes at or below which it is painted for again, once, from corner to corner."""
TOO_MUCH = 1024 * 1024
"""Bytes at which the connection is given up."""
PATIENCE = 30.0
"""Seconds it may stay behind before the connection is given up."""
LOOK = 0.1
"""Seconds between two looks at how far behind it is."""

SLOW = N_("The connection was too slow and was closed; your seat is kept, come back when you can.")
WRONG = N_("Something went wrong on this screen. Your seat and the record are safe; connect again.")
NOT_COPIED = N_(
    "The host lets no screen copy. Your terminal can: hold Shift while you select, and copy there."
)


def incident(error: BaseException) -> str:
    """Write down what went wrong, and where, and nothing of what anybody typed or sees.

    Returns what a player can name it by. Values and messages stay out: a code or an answer may be
    among them.
    """
    if isinstance(error, WorkerFailed):
        error = error.error
    number = secrets.token_hex(4)
    frames = " < ".join(
        f"{'/'.join(Path(frame.f_code.co_filename).parts[-2:])}:{line}"
        for frame, line in reversed([*traceback.walk_tb(error.__traceback__)])
    )
    LOG.error("incident %s: %s at %s", number, type(error).__name__, frames or "no known place")
    return number


class SeatApp(TtxApp):
    """The screens of one seat, for a terminal at the other end of a wire."""

    CSS_PATH = Path(tui.__file__).with_name("ttx.tcss")  # else Textual looks beside this module

    def __init__(
        self,
        table: Table | None,
        seat: str,
        language: str = "",
        *,
        wire: Wire,
        terminal: Terminal,
        initial_page: Page | None = None,
        attendance: Attendance | None = None,
        invites: Invites | None = None,
        state: SeatState | None = None,
        lobby: bool = False,
        copies: bool = True,
    ) -> None:
        """At a table, or at a page of its own; Home is the server's, and is never shown.

        `copies` says whether what is selected may be copied to the terminal.
        """
        if table is None and initial_page is None:
            raise ValueError("A seat far away needs a table, or a page of its own.")
        self.wire = wire  # before all else: the driver finds it here, and nowhere else
        self.copies = copies
        super().__init__(
            table,
            seat,
            language,
            initial_page=initial_page,
            attendance=attendance,
            invites=invites,
            state=state,
            lobby=lobby,
        )
        self.terminal = terminal
        self.incident = ""
        """What the first thing that went wrong is known by, if anything did."""
        self.factory: Any = None
        """What made the tasks of this loop before this app ran."""
        self.way_back = ""
        """What must have been seen on this screen, if anything; see `SeatDriver`."""
        self._streams = (sys.stdout, sys.stderr)
        self._kept_back = False
        self._behind: float | None = None
        self._looking: asyncio.TimerHandle | None = None
        self.animation_level = "none"
        self.context.terminal_words = _words(terminal)
        self.first_words = misnamed(terminal.environment)
        kept = self.context.state
        self.signs.plain = terminal.plain_glyphs if kept.plain is None else kept.plain
        self.theme = kept.theme if kept.theme in INKS else terminal.theme
        suit(self, terminal)
        private.silence(self, nowhere())

    def get_driver_class(self) -> type[Driver]:
        """The driver of a wire; a server may have no terminal that Textual could look for."""
        return SeatDriver

    # --- what Textual changes for the whole process ---

    def on_load(self) -> None:
        """Take back what Textual has just changed, and is about to, for everybody.

        From Python 3.12 on it has the loop begin every task at once, within whatever makes it: of
        asyncssh and of the table too, which were written for tasks that begin when they are next.
        Textual itself needs it for speed only and runs without on 3.11, so what the loop did before
        stays; between its change and this nothing else can run.

        It also binds standard output to this app, and when it ends to what it was when it began,
        which with several apps may be one that ended long ago. So it is handed what is bound now.
        """
        asyncio.get_running_loop().set_task_factory(self.factory)
        private.capture(self, sys.stdout, sys.stderr)

    async def _process_messages_loop(self) -> None:
        try:
            await super()._process_messages_loop()
        finally:
            self._streams = (sys.stdout, sys.stderr)

    def bind_streams(self) -> None:
        """Undo what Textual bound when this app ended."""
        sys.stdout, sys.stderr = self._streams

    @property
    def environment(self) -> Mapping[str, str]:
        """What the client says that its terminal wants; never the server's own."""
        return self.terminal.environment

    def has_seen(self) -> None:
        """The way back was on the screen."""
        self.way_back = ""

    # --- when something goes wrong ---

    def _handle_exception(self, error: Exception) -> None:
        """End these screens and no others; no traceback, and nothing that anybody typed.

        What fails in screens that are being left is written down, and is nothing to bother them
        with who left.
        """
        if self._exit:
            incident(error)
            return
        self.last_error = self.kept(error)
        self.exit(return_code=1)

    def kept(self, error: Exception) -> str:
        """Write it to the log of the host; what is wrong is then its kind, and not what it says."""
        number = incident(error)
        self.incident = self.incident or number
        return type(error).__name__

    # --- when the other side is slow ---

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Paint, unless the other side has yet to take what was painted before.

        What is painted is only what changed, so nothing of it may be left out; instead all of it is
        left out, and the whole screen painted when the other side has caught up.
        """
        if renderable is None:
            return
        if self._kept_back or self.wire.held > AHEAD:
            self._kept_back = True
        else:
            super()._display(screen, renderable)
        if self._kept_back or self.wire.held > AHEAD:
            self._look_again()

    def wire_drained(self) -> None:
        """Look at once: the wire says that something was taken."""
        if self._kept_back:
            self.look()

    def _look_again(self) -> None:
        loop = asyncio.get_running_loop()
        if self._behind is None:
            self._behind = loop.time()
        if self._looking is None:
            self._looking = loop.call_later(LOOK, self.look)

    def look(self) -> None:
        """How far behind is the other side? The wire cannot say when its last buffer drained."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        held = self.wire.held
        if self.wire.ended or self._behind is None:
            return
        late = asyncio.get_running_loop().time() - self._behind
        if held > TOO_MUCH or (held > CAUGHT_UP and late >= PATIENCE):
            self.wire.hang_up(_(SLOW))
            self.exit(return_code=1)
        elif held > CAUGHT_UP or (self._kept_back and private.batching(self)):
            self._look_again()
        else:
            self._behind = None
            # Through the app's own queue: this may run within anybody's step, and what paints must
            # know itself to be in this app.
            self.call_later(self._catch_up)

    def _catch_up(self) -> None:
        if self._kept_back:
            self._kept_back = False
            self._display(self.screen, private.whole(self.screen))

    def stop_looking(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    # --- what is selected ---

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to copy a text; what it may not be asked is said instead."""
        cleaned = clean_lines(text)
        super().copy_to_clipboard(cleaned)
        if not self.copies:
            self.shell.say_on_top(_(NOT_COPIED))
        elif too_long(cleaned):
            self.shell.say_on_top(
                _(
                    "That is too much to copy: {count:,} bytes, and at most {most:,} go to a "
                    "terminal. Select less.",
                    count=len(cleaned.encode()),
                    most=LONGEST,
                )
            )

    # --- nothing of a seat is written at the server ---

    def save_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> str:
        """Save nothing: the disk would be the server's."""
        return ""


def said_of(number: str) -> str:
    """What somebody is told whose screens failed, with what the incident is known by."""
    return f"{_(WRONG)} {_('(Incident {number}.)', number=number)}"


def _words(terminal: Terminal) -> str:
    depth = terminal.depth
    if depth == "truecolor":
        shown = _("all colours")
    elif depth == "none":
        shown = _("no colours")
    else:
        shown = _("{depth} colours", depth=depth)
    return shown if terminal.colours == depth else f"{shown}, NO_COLOR"


async def sit(app: SeatApp, wire: Wire, size: tuple[int, int]) -> int:
    """Run an app on its wire to its end; 0 if it was left, 1 if it failed or nobody is there.

    It runs in a context of its own: Textual looks there for the app that is meant, and would find
    whatever app ran in the one this is called from. However it ends, the terminal is given back.
    """
    if wire.ended:
        return 1
    loop = asyncio.get_running_loop()
    app.factory = loop.get_task_factory()
    try:
        await loop.create_task(app.run_async(size=size), context=contextvars.Context())
    except Exception as error:  # noqa: BLE001  # one seat's screens, whatever it is, and no other's
        app.incident = app.incident or incident(error)
        app.exit(return_code=1)
    finally:
        app.stop_looking()
        app.shell.let_go()
        driver = private.driver(app)
        if driver is not None:
            driver.close()
    if app.return_code and app.incident:
        wire.hang_up(said_of(app.incident))
    return app.return_code or 0
