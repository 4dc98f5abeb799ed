"""What the screens of a run share: its status line, and the keys that go to its other screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType

from ttx.session.decide import Command, End, IllegalDecision, Note, Pause
from ttx.session.game import Game
from ttx.session.glance import SaveError
from ttx.session.table import Table
from ttx.session.view.table import status
from ttx.tui.page import SMALL, Page
from ttx.tui.paint import Seg

T = TypeVar("T")


class PlayPage(Page):
    """A page of the run at the table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B", "go('briefing')", "briefing", id="go-briefing", tooltip="Your briefing"),
        Binding("T", "go('table')", "table", id="go-table", tooltip="The table"),
        Binding("S", "go('standing')", "standing", id="go-standing", tooltip="How we stand"),
        Binding("M", "go('theatre')", "map", id="go-theatre", tooltip="The theatre"),
        Binding("n", "note", "note", id="note", tooltip="Write a note"),
        Binding("space", "pause", "pause", id="pause", tooltip="Pause, or go on"),
        Binding("E", "end", "end", id="end", tooltip="End the exercise"),
    ]
    name_of_page: ClassVar[str] = ""
    """Shown in the status line where the page is not the phase itself."""

    def __init__(self) -> None:
        """A page that has drawn nothing yet."""
        super().__init__()
        self._kept_for: Game | None = None
        self._kept: dict[str, object] = {}

    def on_mount(self) -> None:
        """Let the seconds show; the page itself paints."""
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        if self.is_current and self.fits and not self.game.paused:
            self._chrome(self.app.size.width)

    @property
    def table(self) -> Table:
        """The table this seat sits at."""
        table = self.ttx.table
        assert table is not None
        return table

    @property
    def game(self) -> Game:
        """The run as it stands."""
        return self.table.game

    @property
    def seat(self) -> str:
        """The seat at this keyboard."""
        return self.ttx.seat

    @property
    def language(self) -> str:
        """The language of this seat."""
        return self.ttx.language

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """A view made once for a position of the run, however often it is drawn."""
        if self._kept_for is not self.game:
            self._kept_for, self._kept = self.game, {}
        if name not in self._kept:
            self._kept[name] = make()
        return cast("T", self._kept[name])

    def banner(self) -> str:
        """The exercise's own words."""
        return self.game.run.exercise.banner

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """Exercise, turn, date and phase; seat and time in the phase."""
        ink, view = self.ink, status(self.game, self.seat, self.language)
        strong, muted = f"bold {ink.strong}", ink.muted
        phase = self.name_of_page or view.phase
        tone = ink.heat if view.paused else ink.cool
        word = "PAUSED" if view.paused else phase
        seconds = self.table.elapsed
        clock = f"{seconds // 60:02d}:{seconds % 60:02d}"
        if self.form == SMALL:
            left: list[Seg] = [
                (f"T{view.turn}", strong),
                (f"/{view.turns}  ", muted),
                (f"{view.date}  ", strong),
                (word, f"bold {tone}"),
            ]
            return left, [(view.seat, strong), (f"  {clock}", strong)]
        left = [
            (view.title, strong),
            ("   turn ", muted),
            (str(view.turn), strong),
            (f" of {view.turns}   ", muted),
            (f"{view.date}   ", strong),
            (word, f"bold {tone}"),
        ]
        return left, [(view.seat, strong), (f" {view.cell}   ", muted), (clock, strong)]

    @property
    def leaving(self) -> str:
        """Back to the run from its other screens; out of the run from its own."""
        return "back" if self.ttx.over_run else "leave"

    def request(self, command: Command) -> bool:
        """Ask the table for something; a refusal is shown as its sentence."""
        seen = self.game.entries
        try:
            self.table.submit(self.seat, command, seen, self.language)
        except (IllegalDecision, SaveError) as refusal:
            self.say(str(refusal))
            return False
        return True

    def action_go(self, where: str) -> None:
        """Go to another screen of the run."""
        self.ttx.go(where)

    def action_note(self) -> None:
        """Write a note into the record."""
        self.write("Note", self._noted)

    def _noted(self, words: str) -> None:
        if words and self.request(Note(words)):
            self.say("The note is in the record.")

    def action_pause(self) -> None:
        """Let the time stand still, or go on."""
        self.request(Pause())
        self.paint()

    def action_end(self) -> None:
        """ENDEX, after a question."""
        self.ask("End the exercise here and go to the review?", "End", self._end)

    def _end(self) -> None:
        self.request(End())

    def action_back(self) -> None:
        """Back to the run, or leave it; the record stays and can be resumed."""
        if self.ttx.over_run:
            self.ttx.go_back()
        elif self.table.closed:
            self.ttx.leave_table()
        else:
            self.ask(
                "Leave this run? It is saved and can be resumed.", "Leave", self.ttx.leave_table
            )
