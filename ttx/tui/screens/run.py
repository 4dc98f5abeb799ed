"""A page of a run, live or replayed: its status line, and the keys to the run's other pages."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType

from ttx.i18n import _
from ttx.session.game import Game
from ttx.session.held import Held
from ttx.session.phases import PLAY_IS_OVER
from ttx.session.table import Table
from ttx.session.view.evaluation import open_to
from ttx.session.view.eye import Eye
from ttx.session.view.record import TRUTH
from ttx.session.view.table import Status, status
from ttx.session.view.time_left import TimeLeft, time_left
from ttx.session.viewing import Viewing
from ttx.tui import paint, routes
from ttx.tui.page import SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.theme import Ink

T = TypeVar("T")


class RunPage(Page):
    """A page of a run, live or replayed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B", "go('briefing')", "briefing", id="go-briefing", tooltip="Your briefing"),
        Binding("T", "go('table')", "table", id="go-table", tooltip="The table"),
        Binding("S", "go('standing')", "standing", id="go-standing", tooltip="How we stand"),
        Binding("M", "go('theatre')", "map", id="go-theatre", tooltip="The theatre"),
        Binding("V", "go('evaluation')", "evaluation", id="go-evaluation", tooltip="Evaluation"),
        Binding("W", "go('hotwash')", "hot wash", id="go-hotwash", tooltip="Hot wash, and back"),
    ]
    name_of_page: ClassVar[str] = ""
    """Shown in the status line where the page is not the phase itself."""

    def __init__(self) -> None:
        """A page that has drawn nothing yet."""
        super().__init__()
        self._kept_for: tuple[Game, str, str] | None = None
        self._kept: dict[Hashable, object] = {}

    @property
    def table(self) -> Table:
        """The table this seat sits at."""
        table = self.context.table
        assert table is not None
        return table

    @property
    def game(self) -> Game:
        """The run as it stands."""
        return self.table.game

    @property
    def seat(self) -> str:
        """The seat at this keyboard."""
        return self.context.seat

    @property
    def language(self) -> str:
        """The language of this seat."""
        return self.context.language

    def kept(self, name: Hashable, make: Callable[[], T]) -> T:
        """A view made once for a position of the run and a seat, however often it is drawn."""
        now, had = (self.game, self.seat, self.language), self._kept_for
        if had is None or had[0] is not now[0] or had[1:] != now[1:]:
            self._kept_for, self._kept = now, {}
        if name not in self._kept:
            self._kept[name] = make()
        return cast("T", self._kept[name])

    def seen(self, view: Callable[[Eye], T]) -> T:
        """What a view shows this seat of the run as it stands."""
        return self.kept(view, lambda: view(self.eye))

    @property
    def eye(self) -> Eye:
        """The eye of the seat at this keyboard on the run as it stands."""
        return self.kept("eye", lambda: self.context.eye)

    def key_at(self, page: str, name: str) -> str:
        """The key of a binding of another page, by its name, as a sentence names it."""
        return routes.key(page, name, self.host.rebound)

    def banner(self) -> str:
        """The exercise's own words."""
        return self.game.run.banner

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """Exercise, turn, date and phase; seat and time in the phase."""
        ink, view, context = self.ink, status(self.eye), self.context
        if isinstance(self.table, Viewing) and context.replaying:
            word = _("watching") if self.table.watching else _("Replay")
            seen = _("as {seat} saw it", seat=view.seat)
            eye = _("full truth") if context.viewpoint == TRUTH else seen
            return self._not_play(word, view, eye)
        if context.previewing:
            return self._not_play(_("Preview"), view, _("as {seat} sees it", seat=view.seat))
        strong, small = f"bold {ink.strong}", self.form == SMALL
        phase = _(self.name_of_page) if self.name_of_page else view.phase
        word, tone = (_("PAUSED"), ink.heat) if view.paused else (phase, ink.cool)
        held = isinstance(self.table, Held)  # its clock stands still with it
        clock = [(_("held"), f"bold {ink.heat}")] if held else clock_cells(self.time, ink)
        left = [*when(view, ink, small=small), (word, f"bold {tone}")]
        if small:
            return left, [(view.seat, strong), ("  ", ""), *clock]
        return [(f"{view.title}   ", strong), *left], [
            (view.seat, strong),
            (f" {view.cell}   ", ink.muted),
            *clock,
        ]

    @property
    def time(self) -> TimeLeft:
        """How long the phase has gone on, and how long it may."""
        return time_left(self.game, self.table.elapsed)

    def _not_play(self, word: str, view: Status, eye: str) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """What it is instead of play first, on a ground that play never has."""
        plain, bold = self.ink.onpath, f"bold {self.ink.onpath}"
        turn = _("turn {turn} of {turns}", turn=view.turn, turns=view.turns)
        parts = [view.title, turn, view.date]
        if self.form == SMALL:
            parts = [f"T{view.turn}/{view.turns}", view.date]
        gap = self.by_size("  ", "   ")
        left = [(word, bold), *((gap + part, plain) for part in parts), (gap + view.phase, bold)]
        return left, [(eye, bold)]

    @property
    def status_hue(self) -> str:
        """What stands out on that ground."""
        return self.ink.onpath if self.context.replaying else super().status_hue

    @property
    def status_ground(self) -> str:
        """The ground of the status line; it differs where somebody could take it for play."""
        other = self.context.replaying or self.context.previewing
        return self.ink.path if other else super().status_ground

    @property
    def leaving(self) -> str:
        """Back to the run from its other screens; out of the run from its own."""
        return _("back") if self.shell.over_run or self.context.previewing else _("leave")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The hot wash and the evaluation have keys once there is something to be seen there."""
        if (action, *parameters) == ("go", "hotwash") and self.game.phase not in PLAY_IS_OVER:
            return False
        if (action, *parameters) == ("go", "evaluation") and not open_to(self.eye):
            return False
        return super().check_action(action, parameters)

    def action_go(self, where: str) -> None:
        """Go to another screen of the run; to its record where that is not what is shown."""
        if where != "replay" or self.context.replaying:
            self.shell.go(where)
        elif self.table.path is not None:
            self.host.runs.replay(self.table.path)


def clock_cells(time: TimeLeft, ink: Ink) -> list[Seg]:
    """The time of the phase: what is left of it where it has one, else how long it has gone on."""
    strong, late = f"bold {ink.strong}", f"bold {ink.heat}"
    if time.up and time.boxed:
        return [(_("time is up"), late)]
    if time.ends is None:
        return [(paint.clock(time.elapsed), strong)]
    if time.up:
        clock = (paint.clock(time.elapsed), strong)
        planned = (paint.clock(time.ends), ink.muted)
        return paint.styled(_("{spent} of {planned}"), ink.muted, spent=clock, planned=planned)
    left = (paint.clock(time.left), late if time.late and time.boxed else strong)
    return paint.styled(_("{time} left"), ink.muted, time=left)


def when(view: Status, ink: Ink, *, small: bool) -> list[Seg]:
    """Turn and date of a run, for the status line."""
    strong, muted = f"bold {ink.strong}", ink.muted
    turn, turns, date = (str(view.turn), strong), (str(view.turns), muted), (view.date, strong)
    if small:
        return [(f"T{view.turn}", strong), (f"/{view.turns}  ", muted), date, ("  ", "")]
    words = paint.styled(_("turn {turn} of {turns}"), muted, turn=turn, turns=turns)
    return [*words, ("   ", ""), date, ("   ", "")]
