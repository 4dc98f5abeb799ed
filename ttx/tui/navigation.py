"""Which page a seat is shown at the run, which lie over it, and the way between."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.app import App
from textual.screen import Screen

from ttx.i18n import N_, _
from ttx.shown import clean
from ttx.tui import routes
from ttx.tui.page import Page
from ttx.tui.screens.home import HomeScreen
from ttx.tui.seat import SeatContext

if TYPE_CHECKING:
    from ttx.session.table import Table
    from ttx.tui.shell import Host

RESTORED = N_("The other screen is gone; the seat is yours here again.")


class Navigation:
    """The shell of a seat's pages."""

    def __init__(self, app: App[None], context: SeatContext, *, at_home: bool) -> None:
        """Nothing is shown yet; `at_home` where Home lies under everything."""
        self._app, self.context, self.at_home = app, context, at_home
        self.first: Page | None = None
        """The page of its own that the screens began with, if they did."""
        self.in_lobby = False
        self._let_go: list[Callable[[], None]] = []
        self._phase = ""
        self._left_at: object = None
        """Where the run stood when a page was opened over it."""
        self._room: object = None
        """What the desk had put on the room's screen when it was last shown."""
        self._overtaken = False
        """Whether the page of the run is still that of a phase before: one over it stays open."""
        self.told: Callable[[], None] = self.show
        """What is done when the table or the attendance has changed."""

    # --- where it stands ---

    @property
    def base(self) -> int:
        """How many screens lie under the run: Textual's own, and Home where it was opened there."""
        return 2 if self.at_home else 1

    @property
    def over_run(self) -> bool:
        """Whether a page was opened over the screen of the run, or over Home."""
        at_run = self.context.table is not None or self.first is not None
        pages = [screen for screen in self._app.screen_stack if not screen.is_modal]
        return len(pages) > (self.base + 1 if at_run else self.base)

    def sit_at(self, table: Table, *, review: bool = False) -> None:
        """Be told when the record grows, like everybody else; and show where it stands.

        A record is shown at its `review`, or else as a replay.
        """
        from ttx.session.viewing import Viewing

        context = self.context
        context.table, context.replaying = table, False
        if isinstance(table, Viewing):
            if review:
                self.route()
            else:
                self._put_at_base(routes.page("replay")())
                context.replaying = True
            return
        self._let_go.append(table.subscribe(self._heard))
        self.watch_attendance()
        self.route()

    def watch_attendance(self) -> None:
        """Who comes and goes is shown in the lobby, where news is too, and at the desk."""
        attendance, table = self.context.attendance, self.context.table
        if attendance is not None:
            self._let_go.append(attendance.subscribe(self._heard_of_others))
        if self.in_lobby and table is not None:
            self._let_go.append(table.subscribe(self._heard))

    def _heard_of_others(self) -> None:
        """Somebody came or went; a seat may be given rights at the desk at any time."""
        if self.in_lobby or self.context.at_desk:
            self.told()

    def _heard(self, *_: object) -> None:
        self.told()

    def let_go(self) -> None:
        """Be told no more of the table, nor of who comes and goes."""
        while self._let_go:
            self._let_go.pop()()

    def enter(self) -> None:
        """From the lobby to the seat's screen, and to the page that was open there before."""
        assert self.context.table is not None
        where = self.context.state.where
        self.let_go()
        self.in_lobby = False
        self.sit_at(self.context.table)
        if where:
            self.go(where)

    # --- the page of the run ---

    def show(self) -> None:
        """What has changed."""
        if self.in_lobby:
            self.repaint()
        else:
            self.route()

    def route(self) -> None:
        """Show the screen of the phase; the same one is painted anew."""
        from ttx.session.automation import awaited

        self._stage_room()
        context, game = self.context, self.context.game
        seat = context.seat if context.hosted else awaited(game, context.seat)
        if seat != context.seat:
            context.seat = seat
            self._put_at_base(routes.page("hand over")())
            return
        if context.table is not None:
            context.sight.show(context.table, context.seat)
        page, stack = self._page_of_run(), self._app.screen_stack
        here = stack[self.base] if len(stack) > self.base else None
        moved, self._phase = game.phase != self._phase, game.phase
        self._look_behind()
        if type(here) is not page:
            if self._written_on():
                self._overtaken = True
                self.repaint()
            else:
                self._put_at_base(page())
        else:
            if moved and isinstance(here, Page):
                here.shows_another_thing()
            if moved and context.at_desk:
                self._close_stale()
            self.repaint()
        self._brief_newcomer()

    def _look_behind(self) -> None:
        """Note whether the run went on behind a page that lies over it and shows another thing."""
        context = self.context
        if not self.over_run or not context.hosted or context.table is None:
            self._left_at, context.behind = None, False
            return
        game = context.game
        told = game.turn is not None and game.turn.confirmed
        stands = (game.phase, game.number, len(game.turns), told)
        self._left_at = self._left_at or stands
        shown = isinstance(self._app.screen, routes.page(routes.of_phase(context)))
        context.behind = stands != self._left_at and not shown

    def _stage_room(self) -> None:
        """Have the room's screen show what the desk set; what lay open over that is closed."""
        from ttx.session.held import live_of, shown_to_room
        from ttx.session.run import PROJECTOR

        context = self.context
        if context.seat != PROJECTOR or context.table is None or not context.hosted:
            return
        room = live_of(context.table).game.room
        context.table = shown_to_room(context.table)
        if room is not self._room:
            self._room = room
            self._close_overs()

    def _page_of_run(self) -> type[Page]:
        """What a seat sees first: at the desk Control, all others the page of the phase."""
        control = self.context.at_desk and self.context.hosted
        return routes.page("control" if control else routes.of_phase(self.context))

    def _written_on(self) -> bool:
        """Whether a page lies open on which somebody writes while the run moves on."""
        over = self._app.screen_stack[self.base + 1 :]
        return any(isinstance(page, Page) and page.stays_open for page in over)

    def _brief_newcomer(self) -> None:
        """Whoever a seat was handed to reads the brief once, over the first screen."""
        from ttx.session.view.brief import brief, in_play
        from ttx.session.view.notices import handed_to
        from ttx.tui.screens.sheets import catch_up

        context = self.context
        handed = handed_to(context.eye)
        here = context.hosted and not context.taken_over and not self._app._exit  # noqa: SLF001  # Textual has no public name for it
        if handed > context.state.caught_up and here and in_play(context.game):
            context.state.caught_up = handed
            rebound = cast("Host", self._app).rebound
            self.open(catch_up(lambda: brief(context.eye), rebound))

    def _put_at_base(self, page: Page) -> None:
        """Make a page the one of the run, and close what was opened over it.

        A text that somebody types is typed on there.
        """
        self._overtaken = False
        if isinstance(typed := self._app.screen, Page):
            page.question.taken_from(typed.question)
        self._close_overs()
        if len(self._app.screen_stack) > self.base:
            self._app.switch_screen(page)
        else:
            self._app.push_screen(page)

    def _close_overs(self) -> None:
        """Close what lies over the page of the run; a text that somebody types goes on there."""
        self.context.state.where = ""
        typed, below = self._app.screen, self._app.screen_stack[: self.base + 1][-1]
        if isinstance(typed, Page) and isinstance(below, Page) and typed is not below:
            below.question.taken_from(typed.question)
        while len(self._app.screen_stack) > self.base + 1:
            self._app.pop_screen()
        self._look_behind()

    def _close_stale(self) -> None:
        """Close what belongs to the phase before; a page that stays keeps what lies over it."""
        if not self._written_on():
            self._close_overs()

    # --- the pages over it ---

    def go(self, where: str, *given: object, **named: object) -> None:
        """Open another page by its name, made of what is `given`; `table` goes back to the run."""
        context, app = self.context, self._app
        if where == "table" and context.hosted and context.at_desk:
            where = "moment"
        if where == "hotwash" and isinstance(app.screen, routes.page("hotwash")):
            where = "replay" if context.replaying else "review"
        if where == "messages" and isinstance(app.screen, routes.page(where)):
            return
        if where in ("table", "replay", "control"):
            self._to_the_run()
            return
        kind = routes.page(routes.of_phase(context) if where == "moment" else where)
        if where not in routes.BESIDE_THE_RUN:
            self.open(kind(*given, **named))
        elif type(app.screen_stack[self.base]) is kind:
            self._to_the_run()
        elif not isinstance(app.screen, kind):
            context.state.where = where
            self._left_at = None
            if len(app.screen_stack) > self.base + 1:
                app.switch_screen(kind())
            else:
                app.push_screen(kind())
            self._look_behind()

    def _to_the_run(self) -> None:
        """Close what lies over the page of the run, which may be behind by now."""
        if self._overtaken:
            self._put_at_base(self._page_of_run()())
        else:
            self._close_overs()

    def open(self, page: Screen[None]) -> None:
        """Open a page over the present one."""
        self._app.push_screen(page)
        self._look_behind()

    def back(self) -> None:
        """Close the top page; the one the screens began with ends them."""
        if self.over_run:
            last = len(self._app.screen_stack) == self.base + 2
            if last:
                self.context.state.where = ""
            if self._overtaken and last:
                self._to_the_run()
            else:
                self._app.pop_screen()
                self._look_behind()
        elif self._app.screen is self.first:
            self._app.exit()

    # --- another seat's screen, and one's own taken ---

    def preview(self, seat: str) -> None:
        """Show what a seat sees now, live and read-only, until it is ended.

        It is the seat's own screens at a table that refuses everything. Its state is a new one:
        what is on the record is shown, and not what the seat has marked or typed and not sent.
        """
        from ttx.session.preview import Preview

        assert self.context.table is not None
        live = self.context.table
        self.let_go()
        self.context.look_as(seat)
        glass = Preview(live)
        self._close_overs()  # a page that stays would lie over what the seat sees
        self.sit_at(glass)
        self._let_go.append(glass.leave)

    def end_preview(self) -> None:
        """Back to where it was asked for."""
        self.let_go()
        live = self.context.look_no_more()
        where = self.context.state.where
        self.sit_at(live)
        if where:
            self.go(where)

    def say_taken_over(self) -> None:
        """The seat was taken elsewhere: what was said to it here is said no more."""
        for page in self._app.screen_stack:
            if isinstance(page, Page):
                page.notice = ""
        self.repaint()

    def say_given_back(self) -> None:
        """The seat is this screen's again."""
        if not self.context.taken_over:
            self.show()
            self.say_on_top(_(RESTORED))

    # --- words, paint, and the way out ---

    def say_on_top(self, words: str) -> None:
        """A sentence on whatever page is shown."""
        if words and isinstance(self._app.screen, Page):
            self._app.screen.show_notice(words)

    def say_beside(self, words: str, beside: str) -> None:
        """A sentence that waits while another than `said`, which it takes the place of, is read."""
        page = self._app.screen
        if isinstance(page, Page) and page.notice not in ("", clean(beside)):
            self._app.set_timer(1.0, partial(self.say_beside, words, beside))
        else:
            self.say_on_top(words)

    def repaint(self) -> None:
        """Paint every page that lies open anew."""
        for at, page in enumerate(self._app.screen_stack):
            if isinstance(page, Page) and not (self._overtaken and at == self.base):
                page.paint()

    def leave(self) -> None:
        """Let go of the run: back to Home, or out; a hosted run goes on without these screens."""
        table = self.context.table
        if self.context.hosted:
            self._app.exit()
            return
        if table is not None:
            table.leave()
        if not self.at_home:
            self._app.exit()
            return
        self.context.table, self.context.replaying = None, False
        while len(self._app.screen_stack) > self.base:
            self._app.pop_screen()
        home = self._app.screen
        if table is not None and table.path is not None and isinstance(home, HomeScreen):
            home.mark(table.path)
            home.show_notice(table.lost or table.moved)
