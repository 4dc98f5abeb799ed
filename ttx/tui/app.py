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
    from ttx.session.record import Record
    from ttx.session.table import Table
    from ttx.session.viewing import Viewing


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
    ]

    def __init__(
        self,
        table: Table | None = None,
        seat: str = "",
        language: str = "en",
        *,
        first: Page | None = None,
        record: Record | None = None,
    ) -> None:
        """An app at Home; at a table, where one is given; or at a page of its own.

        At a table that shows a record, `seat` is the eye it is seen through. `record` is what the
        table was opened from, where something may have to be said of it.
        """
        super().__init__()
        self.table, self.seat, self.language = table, seat, language
        self.eye = seat
        """Whose eye a record is seen through; the seat is then the one whose views it gets."""
        self.first, self.record = first, record
        self.wrong = ""
        """What went wrong on a screen, if anything did."""
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
        if self.first is not None:
            self.push_screen(self.first)
        elif self.table is None:
            self.push_screen(HomeScreen())
            self.call_after_refresh(self._warm)
        else:
            self._sit_at(self.table)
            if self.record is not None:
                self._remark(self.record, self.table)

    def _sit_at(self, table: Table) -> None:
        """Be told when the record grows, like everybody else; and show where it stands."""
        from ttx.session.viewing import Viewing

        self.table = table
        if isinstance(table, Viewing):
            from ttx.tui.screens.replay import ReplayScreen

            self._put_at_base(ReplayScreen())
            return
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
        self.repaint()

    def _plain(self) -> None:
        plain = os.environ.get("TTX_GLYPHS") == "ascii"
        os.environ["TTX_GLYPHS"] = "full" if plain else "ascii"
        self.repaint()

    def repaint(self) -> None:
        """Paint every page that lies open anew."""
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
            self.repaint()
        else:
            self._put_at_base(page())

    def _put_at_base(self, page: Page) -> None:
        """Make a page the one of the run, and close what was opened over it."""
        while len(self.screen_stack) > self.base + 1:
            self.pop_screen()
        if len(self.screen_stack) > self.base:
            self.switch_screen(page)
        else:
            self.push_screen(page)

    def _hand_over(self, seat: str) -> None:
        """A curtain between two cells at one keyboard: nobody sees what is not theirs."""
        from ttx.tui.screens.curtain import Curtain

        self.seat = seat
        self._put_at_base(Curtain())

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
        if where == "replay" and not self.replaying:
            if self.table is not None and self.table.path is not None:
                self.replay(self.table.path)
            return
        if where in ("table", "replay"):
            while len(self.screen_stack) > self.base + 1:
                self.pop_screen()
            return
        kind = self._page_of_phase() if where == "moment" else kinds[where]
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
        """Close the top page; the one the app began with closes the app."""
        if self.over_run:
            self.pop_screen()
        elif self.screen is self.first:
            self.exit()

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
        self.table = table
        if looked_at:
            self.route()
        else:
            self._sit_at(table)
        self._remark(record, table)

    def replay(self, path: Path) -> None:
        """Look at a saved run, or watch one in play."""
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

        made, cut = fork(viewing.record, viewing.head)
        try:
            marks.add(viewing.path, marks.Mark(cut, made.name, "fork"))
        finally:
            self.resume(made)
        self.say_on_top(f"A fork of {viewing.path.name}, kept in {made.name}.")

    def compare_with(self, viewing: Viewing, name: str) -> None:
        """Lay a record beside another save, found by its name."""
        from ttx.session.shelves import beside

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
        from ttx.analysis.sides import side
        from ttx.session.opening import look_at
        from ttx.session.record import read
        from ttx.tui.screens.compare import CompareScreen

        a, b = (side(one, look_at(one).game) for one in (read(first), read(second)))
        self.open(CompareScreen(a, b))

    def _remark(self, record: Record, table: Table) -> None:
        """Say what is to be said of a record: at once, and once the model was asked again."""
        from ttx.session.viewing import Viewing

        said = record.remark if isinstance(table, Viewing) else record.on_resuming
        self.say_on_top(said)
        ask = partial(self._audit, record, table, said)
        self.run_worker(ask, thread=True, exit_on_error=False)

    def _audit(self, record: Record, table: Table, said: str) -> None:
        from ttx.session.audit import differences
        from ttx.session.opening import changed_since

        found = [changed_since(record), *differences(table.game.run, record.entries)[:1]]
        words = " ".join(one for one in found if one)
        if words:
            self.call_from_thread(self.say_on_top, f"{said} {words}".strip())

    def say_on_top(self, words: str) -> None:
        """A sentence on whatever page is shown."""
        if words and isinstance(self.screen, Page):
            self.screen.say(words)

    def leave_table(self) -> None:
        """Let go of the run: back to Home, or out."""
        if self.table is not None:
            self.table.leave()
        if not self.at_home:
            self.exit()
            return
        left = self.table.path if self.table is not None else None
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
