"""The app of one seat: which screen is shown, and the way in and out of a run."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
from collections.abc import Iterable
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual._context import active_app  # Textual has no public name for whose handler runs
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.message_pump import MessagePump
from textual.screen import Screen

from ttx import incidents
from ttx.files import legible, open_to_others
from ttx.process import Ended, shell_waits, told
from ttx.session.attendance import TAKEN, Attendance, Invites
from ttx.tui import paint
from ttx.tui.desk import Desk
from ttx.tui.page import Page
from ttx.tui.screens.home import HomeScreen
from ttx.tui.theme import INKS, Signs, misnamed, paint_with, themes
from ttx.tui.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from ttx.session.game import Game
    from ttx.session.record import Record
    from ttx.session.table import Table
    from ttx.session.viewing import Viewing


RESTORED = "The other screen is gone; the seat is yours here again."
LEAVING = "Leave this screen? Your seat is kept, and the same command brings you back."
LEAVING_BY_CODE = "Leave? Your seat is kept; come back by {}."
OFF = "ctrl+z is off: the table would stand still for everybody."
LEAVING_TAKEN = "Leave this screen? The seat stays with the other one."
PATIENCE = 3.0
"""Seconds that screens have to end of themselves once a signal asked for it."""


class TtxApp(App[None]):
    """One seat's screens."""

    TITLE = "ttx"
    CSS_PATH = Path(__file__).with_name("ttx.tcss")  # whole: apps elsewhere are of this kind too
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "leave", show=False, priority=True, id="leave", tooltip="Leave"),
        Binding(
            "ctrl+c", "leave", "leave", show=False, priority=True, id="leave-c", tooltip="Leave"
        ),
        Binding(
            "ctrl+z", "stand", "stand", show=False, priority=True, id="stand", tooltip="Stand still"
        ),
    ]

    def __init__(
        self,
        table: Table | None = None,
        seat: str = "",
        language: str = "en",
        *,
        first: Page | None = None,
        record: Record | None = None,
        review: bool = False,
        attendance: Attendance | None = None,
        invites: Invites | None = None,
        desk: Desk | None = None,
        lobby: bool = False,
    ) -> None:
        """An app at Home; at a table, where one is given; or at a page of its own.

        At a table that shows a record, `seat` is the eye it is seen through, and its replay is
        shown unless the `review` is asked for. `record` is what the table was opened from, where
        something may have to be said of it. At a hosted table
        `attendance` is who else is there, `invites` what the facilitator can do about seats,
        `desk` what was left when the seat's connection dropped; the lobby comes first where it is
        asked for.
        """
        super().__init__()
        self.attendance, self.invites, self.lobby = attendance, invites, lobby
        self.desk = self._own_desk = desk if desk is not None else Desk()
        self.terminal_words = ""
        """What is known of the terminal's colours, in a few words."""
        self.word = ""
        """What stands above the footer until Esc: a message of the facilitator's."""
        self.demoted = False
        """Whether the seat was taken elsewhere; then this screen only reads."""
        self.at_host = False
        """Whether it is the host's own terminal, which no invitation leads to."""
        self._previewed_from: tuple[Table, str, Desk] | None = None
        """Where a look at another seat's screen goes back to: the table, the seat, its desk."""
        self._moved = ""
        """What was told of the run having gone on in another file."""
        self._unread = 0
        self.seen = 0
        """The last entry that the screens have shown."""
        self._let_go: list[Callable[[], None]] = []
        self._due = False
        self._phase = ""
        self.table, self.seat, self.language = table, seat, language
        self.eye = seat
        """Whose eye a record is seen through; the seat is then the one whose views it gets."""
        self.first, self.record, self.review = first, record, review
        self.wrong = ""
        """What went wrong on a screen, if anything did, in words to go between brackets."""
        self.ended_by = 0
        """The signal that asked for the end, if one did."""
        self.first_words = ""
        """What is to be said on the first page, of the terminal and what was asked of it."""
        self._running_in: asyncio.Task[object] | None = None
        self._overtaken = False
        """Whether the page of the run is still that of a phase before: one over it stays open."""
        self.signs = Signs()
        """The signs it is painted with."""
        self.typed = Typed(self, super().on_event)
        self.at_home = table is None and first is None
        for theme in themes():
            self.register_theme(theme)
        asked = f"ttx-{os.environ.get('TTX_THEME', 'dark')}"
        self.theme = asked if asked in INKS else "ttx-dark"

    @property
    def base(self) -> int:
        """How many screens lie under the run: Textual's own, and Home where it was opened there."""
        return 2 if self.at_home else 1

    @property
    def replaying(self) -> bool:
        """Whether the screen of the run is its replay."""
        from ttx.tui.screens.replay import ReplayScreen

        stack = self.screen_stack
        return len(stack) > self.base and isinstance(stack[self.base], ReplayScreen)

    @property
    def over_run(self) -> bool:
        """Whether a page was opened over the screen of the run, or over Home."""
        at_run = self.table is not None or self.first is not None
        return len(self.screen_stack) > (self.base + 1 if at_run else self.base)

    def on_mount(self) -> None:
        """Show the first screen."""
        self._running_in = asyncio.current_task()
        if self.first_words:
            self.call_after_refresh(self.say_on_top, self.first_words)
        if self.first is not None:
            self.push_screen(self.first)
        elif self.lobby:
            from ttx.tui.screens.lobby import LobbyScreen

            self._watch_attendance()
            self.push_screen(LobbyScreen())
        elif self.table is None:
            self.push_screen(HomeScreen())
            self.call_after_refresh(self._warm)
        else:
            self._sit_at(self.table, review=self.review)
            if self.record is not None:
                self._remark(self.record, self.table)

    def _sit_at(self, table: Table, *, review: bool = False) -> None:
        """Be told when the record grows, like everybody else; and show where it stands.

        A record is shown at its `review`, or else as a replay.
        """
        from ttx.session.viewing import Viewing

        self.table = table
        if isinstance(table, Viewing) and review:
            self.route()
            return
        if isinstance(table, Viewing):
            from ttx.tui.screens.replay import ReplayScreen

            self._put_at_base(ReplayScreen())
            return
        self._let_go.append(table.subscribe(lambda _: self._told()))
        self._watch_attendance()
        self.route()

    def enter(self) -> None:
        """From the lobby to the seat's screen, and to the page that was open there before."""
        assert self.table is not None
        where = self.desk.where
        self.let_go()
        self.lobby = False
        self._sit_at(self.table)
        if where:
            self.go(where)

    def _watch_attendance(self) -> None:
        """Who comes and goes is shown in the lobby, and to the facilitator."""
        if self.attendance is not None and (self.lobby or self.facilitates):
            self._let_go.append(self.attendance.subscribe(self._told))

    def let_go(self) -> None:
        """Be told no more of the table, nor of who comes and goes."""
        while self._let_go:
            self._let_go.pop()()

    @property
    def excursion(self) -> str:
        """The word that marks every screen of an excursion; empty where the run is none."""
        if self.table is None or not self.table.game.excursion:
            return ""
        from ttx.session.excursions import WORD

        return WORD

    @property
    def hosted(self) -> bool:
        """Whether people sit at screens of their own, of which this is one."""
        return self.attendance is not None

    @property
    def facilitates(self) -> bool:
        """Whether this seat holds the pace."""
        return self.table is not None and self.seat == self.table.game.run.facilitator != ""

    def record_activity(self) -> None:
        """Somebody wrote here or changed a draft; what the facilitator types breaks no silence."""
        own = not (self.demoted or self.previewing or self.facilitates)
        if self.attendance is not None and own:
            self.attendance.record_activity(self.seat)

    def _told(self) -> None:
        """Show what has changed: at once where this app asked for it, else when its turn comes.

        Another app's request is carried out in that app's own context, where nothing of this one
        may be touched.
        """
        if active_app.get(None) is self:
            self._show()
        elif not self._due:
            self._due = True
            self.call_later(self._show)

    def _show(self) -> None:
        self._due = False
        if self.lobby:
            self.repaint()
        else:
            self.route()

    @property
    def leaving_words(self) -> str:
        """What leaving means to one of many at a table."""
        if self.demoted:
            return LEAVING_TAKEN
        code = self.desk.return_code
        return LEAVING_BY_CODE.format(code) if code else LEAVING

    # --- one key after the other ---

    async def on_event(self, event: events.Event) -> None:
        """What is typed and clicked waits until the page has done what came before it."""
        if self.typed.takes(event):
            await self.typed.take(event)
        else:
            await super().on_event(event)

    def busy(self) -> Iterable[MessagePump]:
        """What a key may still be on its way through: the screen, what is on it, and the app."""
        for screen in self.screen_stack[-1:]:
            yield from screen.walk_children()
            yield screen
        yield self

    def catch_up(self) -> bool:
        """Show what somebody else has changed before the next key is looked at; False for none."""
        if self._due:
            self._show()
            return True
        return False

    def is_past(self, page: Page) -> bool:
        """Whether something else is to be shown than a page that a key or a click was meant for."""
        return self._due or self.screen is not page

    def demote(self) -> None:
        """Somebody signed in to this seat elsewhere; from here on this screen only reads.

        What is typed at it is not to move what lies before the other one.
        """
        self.demoted, self.word = True, TAKEN
        if not self.previewing:
            self.desk = deepcopy(self.desk)
        self.call_later(self._say_deposed)

    def restore(self) -> bool:
        """The other screen is gone, and what lay before it lies before this one again."""
        self.demoted, self.word = False, ""
        if self._previewed_from is None:
            self.desk = self._own_desk
        else:
            self._previewed_from = (*self._previewed_from[:2], self._own_desk)
        self.call_later(self._say_restored)
        return not self._exit

    def _say_restored(self) -> None:
        if not self.demoted:
            self._show()
            self.say_on_top(RESTORED)

    def _say_deposed(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.notice = ""
        self.repaint()

    def _warm(self) -> None:
        """Load what play needs while Home is being read."""
        load = partial(importlib.import_module, "ttx.session.opening")
        self.run_worker(load, thread=True, exit_on_error=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The themes, and leaving."""
        for name in INKS:
            word = name.removeprefix("ttx-")
            yield SystemCommand(
                f"Theme: {word}", f"Use the {word} theme", lambda n=name: self._wear(n)
            )
        yield SystemCommand("Plain glyphs", "ASCII signs instead of lines and dots", self._plain)
        yield SystemCommand("Leave", "Leave; a run is saved and can be resumed", self.action_leave)

    def action_command_palette(self) -> None:
        """The palette; its own module is not on the way to Home."""
        from ttx.tui.palette import Palette

        if self.use_command_palette and not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def _wear(self, name: str) -> None:
        self.theme = name
        self.repaint()

    def on_load(self) -> None:
        """Nothing runs for this app yet: all that will is painted with its signs."""
        paint_with(self.signs)

    def _plain(self) -> None:
        self.signs.plain = not self.signs.are_plain
        paint_with(self.signs)
        self.repaint()

    def repaint(self) -> None:
        """Paint every page that lies open anew."""
        for at, screen in enumerate(self.screen_stack):
            if isinstance(screen, Page) and not (self._overtaken and at == self.base):
                screen.paint()

    def went_wrong(self, error: Exception) -> None:
        """Keep what went wrong for whoever mends it; raise it where TTX_STRICT asks for that."""
        kept = self.kept(error)
        self.wrong = self.wrong or kept
        if os.environ.get("TTX_STRICT"):
            raise error

    def kept(self, error: Exception) -> str:
        """Keep it, and say where, in words to go between brackets."""
        return incidents.keep(error)

    def _handle_exception(self, error: Exception) -> None:
        """An error outside of painting ends the screens, never with a traceback."""
        if os.environ.get("TTX_STRICT"):
            super()._handle_exception(error)
            return
        kept = self.kept(error)
        self.wrong = self.wrong or kept
        self.exit(return_code=1)

    # --- the terminal, and the end ---

    def sit(self) -> None:
        """Run at the terminal of this process, until the screens are left or it is to end.

        ValueError where the environment asks for a theme or for signs that there are not.
        """
        from ttx.tui.lent import not_given_back

        if wrong := misnamed(os.environ):
            raise ValueError(wrong)
        self.first_words = not_given_back()
        with told(self.hang_up):
            self.run()

    def get_driver_class(self) -> type[Driver]:
        """The driver of one's own terminal."""
        from ttx.tui.terminal import OwnTerminal

        return OwnTerminal

    @property
    def ending(self) -> bool:
        """Whether the screens are about to end."""
        return self._exit

    def hang_up(self, number: int) -> None:
        """End the screens for a signal; any step of the main thread may have been interrupted.

        `Ended` where they have not begun, and nothing is to be given back.
        """
        loop, self.ended_by = self._loop, number
        if loop is None or not loop.is_running():
            raise Ended(number)
        loop.call_soon_threadsafe(self.end_soon)

    def terminal_gone(self) -> None:
        """There is no terminal any more: this is what its end means where no signal tells of it."""
        self.ended_by = self.ended_by or signal.SIGHUP
        self.end_soon()

    def end_soon(self) -> None:
        """End them as on request; a page that waits for something does not keep the terminal."""
        self.exit(return_code=1)
        if self._running_in is not None:
            asyncio.get_running_loop().call_later(PATIENCE, self._running_in.cancel)

    def action_stand(self) -> None:
        """Give the terminal back to the shell until `fg`; a host has others to think of."""
        if self.hosted:
            self.say_on_top(OFF)
        elif shell_waits():
            self.action_suspend_process()
        else:
            self.say_on_top("No shell waits behind these screens that could bring them back.")

    # --- screens of a run ---

    def route(self) -> None:
        """Show the screen of the phase; the same one is painted anew."""
        from ttx.session.automation import awaited

        assert self.table is not None
        game = self.table.game
        seat = self.seat if self.hosted else awaited(game, self.seat)
        if seat != self.seat:
            self._hand_over(seat)
            return
        self._read_messages(game)
        self._tell_moved()
        self.seen = game.entries
        page = self._page_of_run()
        here = self.screen_stack[self.base] if len(self.screen_stack) > self.base else None
        moved, self._phase = game.phase != self._phase, game.phase
        if type(here) is not page:
            if self._written_on():
                self._overtaken = True
                self.repaint()
            else:
                self._put_at_base(page())
        else:
            if moved and self.facilitates:
                self._close_stale()
            elif moved and isinstance(here, Page):
                here.notice = ""  # what a key was answered with told of the phase before
            self.repaint()
        self._brief_newcomer(game)

    def _written_on(self) -> bool:
        """Whether a page lies open on which somebody writes while the run moves on."""
        over = self.screen_stack[self.base + 1 :]
        return any(isinstance(one, Page) and one.stays for one in over)

    def put_word_away(self) -> None:
        """The message that stands above the footer was read."""
        self.word, self.desk.read = "", self._unread

    def _read_messages(self, game: Game) -> None:
        """The last word to this seat that it was not shown yet stays until Esc."""
        from ttx.session.view.notices import notices

        mine = [one for one in notices(game, self.seat, self.language) if one[0] > self.desk.read]
        if mine and not self.demoted and not self.facilitates:
            self._unread, words = mine[-1]
            self.word = f"{words}  (Esc puts it away)"

    def _tell_moved(self) -> None:
        """Whose disk it is reads that the run goes on in another file; it stays until Esc."""
        assert self.table is not None
        if self.table.moved != self._moved and (self.facilitates or not self.hosted):
            self._moved = self.table.moved
            self.word = f"{self._moved}  (Esc puts it away)"

    def _brief_newcomer(self, game: Game) -> None:
        """Whoever a seat was handed to reads the brief once, over the first screen."""
        from ttx.session.view.brief import brief, in_play
        from ttx.session.view.notices import handed_to
        from ttx.tui.screens.sheets import catch_up

        handed = handed_to(game, self.seat)
        here = self.hosted and not self.demoted and not self._exit
        if handed > self.desk.caught_up and here and in_play(game):
            self.desk.caught_up = handed
            self.push_screen(catch_up(lambda: brief(self._game, self.seat, self.language)))

    @property
    def _game(self) -> Game:
        assert self.table is not None
        return self.table.game

    def _put_at_base(self, page: Page) -> None:
        """Make a page the one of the run, and close what was opened over it."""
        self._overtaken = False
        self._close_overs()
        if len(self.screen_stack) > self.base:
            self.switch_screen(page)
        else:
            self.push_screen(page)

    def _close_overs(self) -> None:
        self.desk.where = ""
        while len(self.screen_stack) > self.base + 1:
            self.pop_screen()

    def _close_stale(self) -> None:
        """Close what belongs to the phase before; a page that stays keeps what lies over it."""
        over = self.screen_stack[self.base + 1 :]
        if not any(isinstance(one, Page) and one.stays for one in over):
            self._close_overs()

    def _hand_over(self, seat: str) -> None:
        """A curtain between two cells at one keyboard: nobody sees what is not theirs."""
        from ttx.tui.screens.curtain import Curtain

        self.seat = seat
        self._put_at_base(Curtain())

    def _page_of_run(self) -> type[Page]:
        """What a seat sees first: the facilitator its own screen, all others that of the phase."""
        if self.facilitates and self.hosted:
            from ttx.tui.screens.control import ControlScreen

            return ControlScreen
        return self._page_of_phase()

    def _page_of_phase(self) -> type[Page]:
        from ttx.session import phases
        from ttx.session.view.choice import chooses
        from ttx.tui.screens.briefing import BriefingScreen
        from ttx.tui.screens.hotwash import HotWashScreen
        from ttx.tui.screens.reckoning import ReckoningScreen
        from ttx.tui.screens.response import ResponseScreen
        from ttx.tui.screens.review import ReviewScreen
        from ttx.tui.screens.ruling import RulingScreen
        from ttx.tui.screens.table import TableScreen

        assert self.table is not None
        if self.table.game.phase == phases.RESPONSE and chooses(self.table.game, self.seat):
            return ResponseScreen
        pages: dict[str, type[Page]] = {
            phases.BRIEFING: BriefingScreen,
            phases.REVIEW: RulingScreen,
            phases.RECKONING: ReckoningScreen,
            phases.HOTWASH: HotWashScreen if self.hosted else ReviewScreen,
            phases.CLOSED: ReviewScreen,
        }
        return pages.get(self.table.game.phase, TableScreen)

    def go(self, where: str) -> None:
        """Open one of the other screens over the run; `table` goes back to it."""
        from ttx.tui.screens.attendance import AttendanceScreen
        from ttx.tui.screens.briefing import BriefingScreen
        from ttx.tui.screens.evaluation import EvaluationScreen
        from ttx.tui.screens.fan import FanScreen
        from ttx.tui.screens.hotwash import HotWashScreen
        from ttx.tui.screens.inquiries import InquiriesScreen
        from ttx.tui.screens.review import ReviewScreen
        from ttx.tui.screens.standing import StandingScreen
        from ttx.tui.screens.theatre import TheatreScreen

        kinds: dict[str, type[Page]] = {
            "attendance": AttendanceScreen,
            "inquiries": InquiriesScreen,
            "briefing": BriefingScreen,
            "standing": StandingScreen,
            "theatre": TheatreScreen,
            "evaluation": EvaluationScreen,
            "forecast": FanScreen,
            "hotwash": HotWashScreen,
            "review": ReviewScreen,
        }
        if where == "replay" and not self.replaying:
            if self.table is not None and self.table.path is not None:
                self.replay(self.table.path)
            return
        if where == "table" and self.hosted and self.facilitates:
            where = "moment"
        if where == "hotwash" and isinstance(self.screen, HotWashScreen):
            where = "replay" if self.replaying else "review"
        if where in ("table", "replay", "control"):
            self._to_the_run()
            return
        kind = self._page_of_phase() if where == "moment" else kinds[where]
        if isinstance(self.screen, kind):
            return
        if type(self.screen_stack[self.base]) is kind:
            self._to_the_run()
            return
        self.desk.where = where
        if len(self.screen_stack) > self.base + 1:
            self.switch_screen(kind())
        else:
            self.push_screen(kind())

    def _to_the_run(self) -> None:
        """Close what lies over the page of the run, which may be behind by now."""
        if self._overtaken:
            self._put_at_base(self._page_of_run()())
        else:
            self._close_overs()

    def open(self, page: Page) -> None:
        """Open a page over the present one."""
        self.push_screen(page)

    def show_help(self, page: Page) -> None:
        """Help for a page."""
        from ttx.tui.screens.help import help_sheet
        from ttx.tui.screens.sheet import Sheet

        if not isinstance(page, Sheet):
            self.push_screen(help_sheet(page))

    def go_back(self) -> None:
        """Close the top page; the one the app began with closes the app."""
        if self.over_run:
            last = len(self.screen_stack) == self.base + 2
            if last:
                self.desk.where = ""
            if self._overtaken and last:
                self._to_the_run()
            else:
                self.pop_screen()
        elif self.screen is self.first:
            self.exit()

    # --- another seat's screen ---

    @property
    def previewing(self) -> bool:
        """Whether the facilitator looks at another seat's screen."""
        return self._previewed_from is not None

    @property
    def own_seat(self) -> str:
        """The seat of whoever sits here, also while it looks at another's screen."""
        return self.seat if self._previewed_from is None else self._previewed_from[1]

    def preview(self, seat: str) -> None:
        """Show what a seat sees now, live and read-only, until q.

        It is the seat's own screens at a table that refuses everything. The desk is a new one:
        what is on the record is shown, and not what the seat has marked or typed and not sent.
        """
        from ttx.session.preview import Preview

        assert self.table is not None
        live, entries = self.table, self.table.game.entries
        self._previewed_from = (live, self.seat, self.desk)
        self.let_go()
        glass = Preview(live)
        self.seat, self.word = seat, ""
        self.desk = Desk(read=entries, caught_up=entries)
        self._close_overs()  # a page that stays would lie over what the seat sees
        self._sit_at(glass)
        self._let_go.append(glass.leave)

    def end_preview(self) -> None:
        """Back to where it was asked for."""
        assert self._previewed_from is not None
        live, seat, desk = self._previewed_from
        self._previewed_from = None
        self.let_go()
        # Once the seat is taken elsewhere its desk is what lies before the other screen.
        self.seat, self.desk = seat, deepcopy(desk) if self.demoted else desk
        self.word = TAKEN if self.demoted else ""
        where = self.desk.where
        self._sit_at(live)
        if where:
            self.go(where)

    # --- in and out ---

    def play(self, path: Path) -> None:
        """Begin a run of the exercise in a folder."""
        from ttx.exercise.load import load
        from ttx.session.opening import begin, draw_seed, new_path, seating

        exercise = load(path)
        seats = seating(exercise)
        seed = draw_seed(exercise)
        self.seat = seats.seat
        self._sit_at(begin(exercise, seats, seed, new_path(exercise, seed)))

    def resume(self, path: Path, *, read_only: bool = False) -> None:
        """Go on with a saved run, or look at one that cannot be played on."""
        from ttx.session.opening import look_at, resume
        from ttx.session.record import read

        record = read(path)
        phase = record.entries[-1].phase if record.entries else ""
        looked_at = read_only or record.read_only or phase == "closed"
        if looked_at and phase not in ("hotwash", "closed"):
            self.replay(path)
            return
        table = look_at(record) if looked_at else resume(record)
        self.eye = self.seat = table.game.run.first_seat
        self._sit_at(table, review=looked_at)
        self._remark(table.found or record, table)

    def replay(self, path: Path) -> None:
        """Look at a saved run, or watch one in play; not from a hosted table, which goes on."""
        if self.hosted:
            return
        from ttx.session.opening import look_at
        from ttx.session.record import read

        record = read(path)
        viewing = look_at(record)
        if not viewing.live:
            viewing.to(0)
        if self.table is not None:
            self.table.leave()
        self.eye = viewing.eye()
        self._sit_at(viewing)
        self._remark(record, viewing)

    def fork(self, viewing: Viewing) -> None:
        """Play on from the head of a record in a new save; the old one stays as it is."""
        from ttx.session import marks
        from ttx.session.opening import fork
        from ttx.session.save_header import SaveError

        made, cut = fork(viewing.record, viewing.head)
        beside = made.parent == viewing.path.parent
        said = f"A fork of {viewing.path.name}, kept in {made.name if beside else made}."
        try:
            marks.add(viewing.path, marks.Mark(cut, legible(made.name), "fork"))
        except SaveError as error:
            said = f"{said} {error}"
        self.resume(made)
        self.say_on_top(said)

    def compare_with(self, viewing: Viewing, name: str) -> None:
        """Lay a record beside another save, found by its name."""
        from ttx.session.save_paths import beside

        if not name:
            raise ValueError(
                "This run has no fork and no parent; D on Home lays two saves together."
            )
        other = beside(viewing.path, name)
        if other is None:
            raise ValueError(f"{name} is not beside {viewing.path.name} any more.")
        self.compare(other, viewing.path)

    def compare(self, first: Path, second: Path) -> None:
        """Lay two saves side by side, over the present page."""
        from ttx.analysis.compared_runs import compared_run
        from ttx.session.opening import look_at
        from ttx.session.record import read
        from ttx.tui.screens.compare import CompareScreen

        a, b = (compared_run(one, look_at(one).game) for one in (read(first), read(second)))
        self.open(CompareScreen(a, b))

    def _remark(self, record: Record, table: Table) -> None:
        """Say what is to be said of a record: at once, and once the model was asked again."""
        from ttx.session.save_paths import with_companions
        from ttx.session.viewing import Viewing

        said = record.remark
        if not isinstance(table, Viewing):
            said = f"{record.on_resuming} {open_to_others(with_companions(record.path))}".strip()
        self.say_on_top(said)
        ask = partial(self._audit, record, said)
        self.run_worker(ask, thread=True, exit_on_error=False)

    def _audit(self, record: Record, said: str) -> None:
        from ttx.session.opening import asked_again, changed_since

        found = [changed_since(record), *asked_again(record)[:1]]
        words = " ".join(one for one in found if one)
        if words:
            self.call_from_thread(self._say_beside, f"{said} {words}".strip(), said)

    def _say_beside(self, words: str, said: str) -> None:
        """A sentence that waits while another than `said`, which it takes the place of, is read."""
        page = self.screen
        if isinstance(page, Page) and page.notice not in ("", paint.clean(said)):
            self.set_timer(1.0, partial(self._say_beside, words, said))
        else:
            self.say_on_top(words)

    def say_on_top(self, words: str) -> None:
        """A sentence on whatever page is shown."""
        if words and isinstance(self.screen, Page):
            self.screen.say(words)

    def leave_table(self) -> None:
        """Let go of the run: back to Home, or out; a hosted run goes on without this screen."""
        if self.hosted:
            self.exit()
            return
        if self.table is not None:
            self.table.leave()
        if not self.at_home:
            self.exit()
            return
        left = self.table.path if self.table is not None else None
        said = "" if self.table is None else self.table.lost or self.table.moved
        self.table = None
        while len(self.screen_stack) > self.base:
            self.pop_screen()
        home = self.screen
        if isinstance(home, HomeScreen) and left is not None:
            home.mark(left)
            home.say(said)

    def action_leave(self) -> None:
        """What q does on the screen of the run, or on Home."""
        if isinstance(self.screen, Page):
            self.screen.action_back()
        else:
            self.exit()
