"""The app of one seat: which screen is shown, and the way in and out of a run."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from ttx.tui.page import Page
from ttx.tui.screens.home import HomeScreen
from ttx.tui.theme import INKS, themes

if TYPE_CHECKING:
    from ttx.session.table import Table


class TtxApp(App[None]):
    """One seat's screens."""

    TITLE = "ttx"
    CSS_PATH = "ttx.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "leave", show=False, priority=True, id="leave", tooltip="Leave"),
        Binding(
            "ctrl+c", "leave", "leave", show=False, priority=True, id="leave-c", tooltip="Leave"
        ),
    ]

    def __init__(self, table: Table | None = None, seat: str = "", language: str = "en") -> None:
        """An app at Home, or at a table where one is given."""
        super().__init__()
        self.table, self.seat, self.language = table, seat, language
        self.seal = ""
        self.wrong = ""
        """What went wrong on a screen, if anything did."""
        self.at_home = table is None
        for theme in themes():
            self.register_theme(theme)
        asked = f"ttx-{os.environ.get('TTX_THEME', 'dark')}"
        self.theme = asked if asked in INKS else "ttx-dark"

    @property
    def base(self) -> int:
        """How many screens lie under the run: Textual's own, and Home where it was opened there."""
        return 2 if self.at_home else 1

    @property
    def over_run(self) -> bool:
        """Whether a page was opened over the screen of the run, or over Home."""
        least = self.base if self.table is None else self.base + 1
        return len(self.screen_stack) > least

    def on_mount(self) -> None:
        """Show the first screen."""
        if self.table is None:
            self.push_screen(HomeScreen())
            self.call_after_refresh(self._warm)
        else:
            self._sit_at(self.table)

    def _sit_at(self, table: Table) -> None:
        """Be told when the record grows, like everybody else; and show where it stands."""
        self.table = table
        table.subscribe(lambda _: self.route())
        self.route()

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

    def _wear(self, name: str) -> None:
        self.theme = name
        self._repaint()

    def _plain(self) -> None:
        plain = os.environ.get("TTX_GLYPHS") == "ascii"
        os.environ["TTX_GLYPHS"] = "full" if plain else "ascii"
        self._repaint()

    def _repaint(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.paint()

    def went_wrong(self, error: Exception) -> None:
        """Keep what went wrong for whoever mends it; raise it where TTX_STRICT asks for that."""
        self.wrong = f"{type(error).__name__}: {error}"
        if os.environ.get("TTX_STRICT"):
            raise error

    def _handle_exception(self, error: Exception) -> None:
        """An error outside of painting ends the screens, never with a traceback."""
        if os.environ.get("TTX_STRICT"):
            super()._handle_exception(error)
            return
        self.wrong = f"{type(error).__name__}: {error}"
        self.exit(return_code=1)

    # --- screens of a run ---

    def route(self) -> None:
        """Show the screen of the phase; the same one is painted anew."""
        from ttx.session.conduct import awaited

        assert self.table is not None
        seat = awaited(self.table.game, self.seat)
        if seat != self.seat:
            self._hand_over(seat)
            return
        page = self._page_of_phase()
        here = self.screen_stack[self.base] if len(self.screen_stack) > self.base else None
        if type(here) is page:
            self._repaint()
            return
        while len(self.screen_stack) > self.base + 1:
            self.pop_screen()
        if here is not None:
            self.switch_screen(page())
        else:
            self.push_screen(page())

    def _hand_over(self, seat: str) -> None:
        """A curtain between two cells at one keyboard: nobody sees what is not theirs."""
        from ttx.tui.screens.curtain import Curtain

        self.seat = seat
        while len(self.screen_stack) > self.base + 1:
            self.pop_screen()
        if len(self.screen_stack) > self.base:
            self.switch_screen(Curtain())
        else:
            self.push_screen(Curtain())

    def _page_of_phase(self) -> type[Page]:
        from ttx.session import phases
        from ttx.tui.screens.briefing import BriefingScreen
        from ttx.tui.screens.reckoning import ReckoningScreen
        from ttx.tui.screens.review import ReviewScreen
        from ttx.tui.screens.ruling import RulingScreen
        from ttx.tui.screens.table import TableScreen

        assert self.table is not None
        pages: dict[str, type[Page]] = {
            phases.BRIEFING: BriefingScreen,
            phases.REVIEW: RulingScreen,
            phases.RECKONING: ReckoningScreen,
            phases.HOTWASH: ReviewScreen,
            phases.CLOSED: ReviewScreen,
        }
        return pages.get(self.table.game.phase, TableScreen)

    def go(self, where: str) -> None:
        """Open one of the other screens over the run; `table` goes back to it."""
        from ttx.tui.screens.briefing import BriefingScreen
        from ttx.tui.screens.standing import StandingScreen
        from ttx.tui.screens.theatre import TheatreScreen

        kinds: dict[str, type[Page]] = {
            "briefing": BriefingScreen,
            "standing": StandingScreen,
            "theatre": TheatreScreen,
        }
        if where == "table":
            while len(self.screen_stack) > self.base + 1:
                self.pop_screen()
            return
        kind = kinds[where]
        if isinstance(self.screen, kind):
            return
        if len(self.screen_stack) > self.base + 1:
            self.switch_screen(kind())
        else:
            self.push_screen(kind())

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
        """Close the top page."""
        if self.over_run:
            self.pop_screen()

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
        """Go on with a saved run, or read the review of one that is over."""
        from ttx.session.conduct import check
        from ttx.session.opening import look_at, resume, seat_of
        from ttx.session.save import read

        record = read(path)
        over = bool(record.entries) and record.entries[-1].phase == "closed"
        table = look_at(record) if read_only or over or record.read_only else resume(record)
        self.seal = record.seal
        self.seat = seat_of(table.game.run)
        self._sit_at(table)
        remarks = [record.remark, *check(table.game)[:1]]
        if isinstance(self.screen, Page) and any(remarks):
            self.screen.say(" ".join(one for one in remarks if one))

    def leave_table(self) -> None:
        """Let go of the run: back to Home, or out."""
        if self.table is not None:
            self.table.leave()
        if not self.at_home:
            self.exit()
            return
        left = self.table.save.path if self.table is not None and self.table.save else None
        self.table = None
        while len(self.screen_stack) > self.base:
            self.pop_screen()
        home = self.screen
        if isinstance(home, HomeScreen) and left is not None:
            home.mark(left)

    def action_leave(self) -> None:
        """What q does on the screen of the run, or on Home."""
        if isinstance(self.screen, Page):
            self.screen.action_back()
        else:
            self.exit()
