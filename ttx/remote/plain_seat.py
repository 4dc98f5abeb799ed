"""One seat in plain lines on a wire: told at once what others do, never amid what it types."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Literal, Protocol

from ttx import i18n
from ttx.i18n import N_, _
from ttx.plain.conversation import Work
from ttx.plain.play import asked
from ttx.plain.sitting import Kept, Sitting
from ttx.plain.talk import Talk
from ttx.remote.app import PATIENCE
from ttx.remote.typed_lines import TypedLines
from ttx.remote.wire import Reader
from ttx.report.lines import WIDTH
from ttx.session.attendance import TAKEN, Attendance, Invites
from ttx.session.save_header import SaveError
from ttx.session.table import Table
from ttx.shown import clean
from ttx.tui.seat import LEAVING_HOST

NARROWEST = 20
"""Columns of a line at least, whatever a terminal claims."""
BELL = "\a"
"""Sounds where something is to be read, and somebody types."""
AHEAD, STEP = 64 * 1024, 0.1
"""Bytes that the other side has not taken, from which it is waited for; seconds between looks."""
LOOK = 5.0
"""Seconds between two looks at how much time is left."""
RESTORED = N_("The other one is gone; the seat is yours here again.")
UNTAKEN = N_("You are signed in somewhere else; here you only read. q leaves.")
KEPT = N_("Your seat is kept; the same command brings you back.")
KEPT_BY = N_("Your seat is kept. To come back, type: {code}")
BY_CODE = N_("You came without a key. To come back, type: {code}")

What = Literal["line", "grown", "left", "emptied", "over", "taken", "back"]


class Out(Protocol):
    """Where lines go, and what is typed comes from."""

    @property
    def ended(self) -> bool:
        """Whether nobody is there any more."""

    @property
    def held(self) -> int:
        """Bytes written that the other side has not taken yet."""

    def write(self, data: bytes) -> None:
        """Send bytes; never waits, never raises."""

    def send_to(self, reader: Reader | None) -> None:
        """From now on what is typed goes to that reader."""


class PlainSeat:
    """The lines of a seat, until it is left or the connection drops."""

    def __init__(
        self,
        table: Table,
        seat: str,
        out: Out,
        *,
        keys: bool,
        width: int,
        language: str,
        attendance: Attendance,
        invites: Invites | None = None,
        kept: Kept,
        screens: bool = False,
        hosts: bool = False,
        code: str = "",
        seen: Callable[[], None] = lambda: None,
    ) -> None:
        """A seat that nobody sits at yet.

        With `keys` the terminal sends each key; `width` are its columns, 0 where nobody knows. At
        the terminal of who `hosts`, leaving ends the hosting. `code` is what lets the person come
        back, and `seen` is called once they have read it.
        """
        self.taken = False
        """Whether the seat was taken elsewhere, so that these lines only tell."""
        self.size = (width, 0)
        self.reader = i18n.Reader(language)
        self._out, self._keys, self._seat = out, keys, seat
        self._attendance, self._code, self._has_seen = attendance, code, seen
        self._end = "\r\n" if keys else "\n"
        self._events: asyncio.Queue[tuple[What, str]] = asyncio.Queue()
        self._typed = TypedLines(self._send, self._heard, keys=keys)
        self._typed.left = lambda: self._put("left")
        self._typed.emptied = lambda: self._put("emptied")
        self._typed.over = lambda: self._put("over")
        self._typed.resized = self._resized
        self._late = self._grown = False
        self._sitting = Sitting(
            table,
            seat,
            self._say,
            width=_room(width),
            attendance=attendance,
            invites=invites,
            kept=kept,
            screens=screens,
        )
        self._sitting.leaving = _(LEAVING_HOST) if hosts else ""
        self._hosts = hosts
        self._table = table

    # --- out ---

    def _send(self, text: str) -> None:
        self._out.write(text.encode("utf-8", "replace"))

    def _say(self, line: str) -> None:
        self._send(f"{clean(line)}{self._end}")

    def _ask(self, talk: Talk) -> None:
        """The prompt, with what is typed so far behind it."""
        assert not isinstance(talk.asked, Work)
        prompt = _(UNTAKEN) if self.taken else talk.asked.prompt
        self._send(clean(asked(prompt, self._sitting)))
        if self._keys and self._typed.begun:
            self._send(self._typed.begun)

    # --- what happens ---

    def _put(self, what: What, line: str = "") -> None:
        self._events.put_nowait((what, line))

    def _heard(self, line: str) -> None:
        self._typed.waiting += 1
        self._put("line", line)

    def _resized(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._sitting.width = _room(width)

    def _changed(self, _entries: int) -> None:
        """The record grew; whoever made it grow waits for nobody here."""
        if not self._grown:
            self._grown = True
            self._put("grown")

    def demote(self) -> None:
        """The seat was taken elsewhere."""
        self.taken = True
        self._put("taken")

    def restore(self) -> None:
        """It is this one's again."""
        self.taken = False
        self._put("back")

    def leave(self) -> None:
        """End it."""
        self._put("over")

    # --- the talk ---

    async def run(self, first: str) -> Literal["left", "screens"]:
        """Sit until the seat is left, or its screens are asked for; `first` is said first."""
        i18n.read_by(self.reader)
        talk = Talk(self._sitting)
        let_go = self._table.subscribe(self._changed)
        self._out.send_to(self._typed)
        try:
            if self._code:
                self._say(_(BY_CODE, code=self._code))
            if first:
                self._say(first)
            talk.begin()
            self._ask(talk)
            while not (talk.left or self._out.ended):
                what, line = await self._next()
                if what == "over" or not await self._taken():
                    return "left"
                await self._deal_with(talk, what, line)
        finally:
            let_go()
            self._out.send_to(None)
        if talk.to_screens:
            return "screens"
        if not self._hosts:
            self._say(_(KEPT_BY, code=self._code) if self._code else _(KEPT))
        return "left"

    async def _taken(self) -> bool:
        """Wait until the other side has taken what was said; False where it takes nothing."""
        waited = 0.0
        while self._out.held > AHEAD:
            if waited >= PATIENCE or self._out.ended:
                return False
            await asyncio.sleep(STEP)
            waited += STEP
        return True

    async def _next(self) -> tuple[What, str]:
        """What happens next; now and then that time has passed, which may be worth a word."""
        try:
            async with asyncio.timeout(LOOK):
                return await self._events.get()
        except TimeoutError:
            self._grown = True
            return "grown", ""

    async def _deal_with(self, talk: Talk, what: What, line: str) -> None:
        match what:
            case "line":
                self._typed.waiting -= 1
                self._has_seen()
                await self._take(talk, line)
            case "grown" | "emptied":
                self._tell_news(talk)
            case "left":
                self._say("")
                talk.typed("q")
                if not talk.left:
                    self._ask(talk)
            case "taken" | "back":
                self._say("")
                self._say(_(TAKEN) if what == "taken" else _(RESTORED))
                self._ask(talk)

    async def _take(self, talk: Talk, line: str) -> None:
        """A line that was typed; one of a seat that was taken elsewhere asks for nothing."""
        self._grown = self._late = False
        if self.taken:
            if line.strip().casefold() in ("q", "quit", "leave", "exit"):
                talk.left = True
                return
            self._ask(talk)
            return
        self._attendance.record_touch(self._seat)
        if line.strip() and not self._sitting.desk:
            self._attendance.record_activity(self._seat)
        try:
            talk.typed(line)
            while isinstance(talk.asked, Work):
                await asyncio.to_thread(talk.asked.done)
                talk.worked()
        except SaveError as error:
            self._say(str(error))
        if not talk.left:
            self._ask(talk)

    def _tell_news(self, talk: Talk) -> None:
        """Tell what others did, unless somebody types just now; then it waits, and a bell says so.

        A terminal that sends whole lines does not say whether somebody types. There news wait for
        the next line where the seat is asked something that still stands, and nobody spoke to it.
        """
        if not self._grown and not self._late:
            return
        self._grown = False
        at_once = talk.waits or talk.overtaken or talk.spoken_to
        types = bool(self._typed.begun) if self._keys else not at_once
        if types:
            if talk.anything_new and not self._late:
                self._send(BELL)
            self._late = talk.anything_new
            return
        self._late = False
        if talk.anything_new:
            self._say("")
            talk.grown()
            self._ask(talk)


def _room(width: int) -> int:
    """Columns of a line, for what a terminal claims."""
    return max(width - 2, NARROWEST) if width else WIDTH
