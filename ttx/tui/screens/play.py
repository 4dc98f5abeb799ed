"""What the screens of a run share: its status line, and the keys that go to its other screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType

from ttx.exercise.model import text
from ttx.i18n import _
from ttx.session.attendance import TAKEN
from ttx.session.command import Command, IllegalDecision
from ttx.session.decide import RECORD_CLOSED, End, Pause, Undo
from ttx.session.game import Game, openings
from ttx.session.phases import CLOSED, PLAY_IS_OVER
from ttx.session.run import OBSERVER, PROJECTOR
from ttx.session.save_header import SaveError
from ttx.session.side_commands import Inquire, Note, ShareForecast
from ttx.session.table import Table
from ttx.session.view import inquiries
from ttx.session.view.aims import aims
from ttx.session.view.brief import brief, in_play
from ttx.session.view.evaluation import open_to
from ttx.session.view.excursion import may_adjust, told_to
from ttx.session.view.eye import Eye
from ttx.session.view.journal import journal
from ttx.session.view.pace import named
from ttx.session.view.played import opened
from ttx.session.view.record import TRUTH
from ttx.session.view.table import Status, status
from ttx.session.view.visibility import visibility
from ttx.session.viewing import Viewing
from ttx.tui.page import SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import Option
from ttx.tui.parts.question import ENTER
from ttx.tui.screens import sheets
from ttx.tui.screens.choice import ChoicePage

T = TypeVar("T")
WRITES = (
    "ask_control",
    "carry_out",
    "challenge",
    "confidence",
    "expect",
    "grant",
    "pass_on",
    "rationale",
    "ready",
    "reply",
    "write_in",
)
"""Actions by which a seat gives something; there are no keys for them in a preview."""
SORT_KEYS = {
    "d": "decision",
    "i": "insight",
    "a": "assumption",
    "q": "question",
    "u": "quote",
    "s": "issue",
}
"""What a note can be, by the letter that is pressed for it."""
READERS = (OBSERVER, PROJECTOR)
"""Seats that write nothing."""


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
        self._kept: dict[str, object] = {}

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

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """A view made once for a position of the run and a seat, however often it is drawn."""
        now, had = (self.game, self.seat, self.language), self._kept_for
        if had is None or had[0] is not now[0] or had[1:] != now[1:]:
            self._kept_for, self._kept = now, {}
        if name not in self._kept:
            self._kept[name] = make()
        return cast("T", self._kept[name])

    @property
    def eye(self) -> Eye:
        """The eye of the seat at this keyboard on the run as it stands."""
        return self.kept("eye", lambda: self.context.eye)

    def banner(self) -> str:
        """The exercise's own words."""
        return self.game.run.exercise.banner

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """Exercise, turn, date and phase; seat and time in the phase."""
        ink, view = self.ink, status(self.eye)
        if isinstance(self.table, Viewing) and self.context.replaying:
            eye = "full truth" if self.context.viewpoint == TRUTH else f"as {view.seat} saw it"
            return self._not_play("watching" if self.table.watching else "Replay", view, eye)
        if self.context.previewing:
            return self._not_play("Preview", view, f"as {view.seat} sees it")
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

    def _not_play(self, word: str, view: Status, eye: str) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """What it is instead of play first, on a ground that play never has."""
        ink = self.ink
        small = self.form == SMALL
        turn = f"T{view.turn}/{view.turns}" if small else f"turn {view.turn} of {view.turns}"
        gap = "  " if small else "   "
        parts = [word, *([] if small else [view.title]), turn, view.date, view.phase]
        left: list[Seg] = [
            (f"{part}{gap}", f"{'bold ' if at in (0, len(parts) - 1) else ''}{ink.onpath}")
            for at, part in enumerate(parts)
        ]
        return left, [(eye, f"bold {ink.onpath}")]

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
        return "back" if self.shell.over_run or self.context.previewing else "leave"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The hot wash and the evaluation have keys once there is something to be seen there."""
        if (action, parameters) == ("go", ("hotwash",)) and self.game.phase not in PLAY_IS_OVER:
            return False
        if (action, parameters) == ("go", ("evaluation",)) and not open_to(self.eye):
            return False
        return super().check_action(action, parameters)

    def action_go(self, where: str) -> None:
        """Go to another screen of the run; to its record where that is not what is shown."""
        if where != "replay" or self.context.replaying:
            self.shell.go(where)
        elif self.table.path is not None:
            self.host.runs.replay(self.table.path)


class PlayPage(RunPage):
    """A page of the run at the table; in a replay it shows one moment, and decides nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "note", "note", id="note", tooltip="Write a note"),
        Binding("space", "pause", "pause", id="pause", tooltip="Pause, or go on"),
        Binding("u", "undo", "undo", id="undo", tooltip="Take the last decision back"),
        Binding("P", "go('replay')", "replay", id="go-replay", tooltip="Replay the record"),
        Binding("E", "end", "end", id="end", tooltip="End the exercise"),
        Binding(
            "X",
            "excursion",
            "excursion",
            id="excursion",
            tooltip="What makes this run an excursion",
        ),
        Binding("J", "journal", "notes", id="journal", tooltip="The notes of your cell"),
        Binding("K", "catch_up", "catch up", id="catch-up", tooltip="A brief of where it stands"),
        Binding("O", "aims", "aims", id="aims", tooltip="What adversaries are after"),
        Binding("I", "go('inquiries')", "requests", id="go-requests", tooltip="Asked of control"),
        Binding("A", "go('attendance')", "seats", id="go-seats", tooltip="Who is here"),
    ]

    def on_mount(self) -> None:
        """Let the seconds show; the page itself paints."""
        self.every(1.0, self._tick)

    def _tick(self) -> None:
        here = self.app.screen is self and self.fits
        if here and not (self.game.paused or self.context.replaying):
            self._chrome(self.app.size.width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is written into a record that is only read, and only that has a replay."""
        read = (
            isinstance(self.context.table, Viewing)
            or self.context.taken_over
            or self.seat in READERS
        )
        read = read or self.context.previewing
        if read and action in ("note", "pause", "undo", "end"):
            return False
        if action == "excursion" and not (self.sets_up or self.context.excursion):
            return False
        if self.context.previewing and action in WRITES:
            return False
        held = self.game.run.facilitator not in ("", self.seat)
        if held and action in ("pause", "undo", "end"):
            return False
        if self.context.hosted and (action, parameters) == ("go", ("replay",)):
            return False
        if not read and not self.table.closed and (action, parameters) == ("go", ("replay",)):
            return False
        if not self._has_page(action, parameters):
            return False
        return super().check_action(action, parameters)

    def _has_page(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Whether there is a page behind a key for this seat; a record has its own."""
        recorded = isinstance(self.context.table, Viewing)
        if action == "journal":
            return not recorded and self.seat != PROJECTOR
        if action == "ask_control":
            return not recorded and inquiries.may_ask(self.eye)
        if action == "aims":
            return bool(aims(self.eye))
        if action == "catch_up":
            return not recorded and in_play(self.game)
        if (action, parameters) == ("go", ("inquiries",)):
            return not recorded and inquiries.may_read(self.eye)
        if (action, parameters) == ("go", ("attendance",)):
            return self._controls
        return True

    @property
    def live(self) -> bool:
        """Whether anything can be asked for from here: it is the seat's own screen, of a run."""
        return not (self.context.replaying or self.context.previewing or self.context.taken_over)

    @property
    def sets_up(self) -> bool:
        """Whether this seat may make an excursion of the run now."""
        read = isinstance(self.context.table, Viewing) or self.context.taken_over
        return not read and may_adjust(self.eye)

    def action_excursion(self) -> None:
        """The page that sets one up; once under way, what makes this run one."""
        from ttx.tui.screens.excursion import ExcursionScreen, excursion_sheet

        if self.sets_up:
            self.shell.open(ExcursionScreen())
        else:
            self.shell.open(excursion_sheet(told_to(self.eye)))

    @property
    def _controls(self) -> bool:
        """Whether this seat sits at exercise control."""
        return self.context.hosted and self.context.facilitates

    def on_text_area_changed(self) -> None:
        """Somebody writes: the table is not quiet."""
        self.context.record_activity()

    def named_keys(self) -> Sequence[tuple[str, str]]:
        """In a replay: back to it, and the other pages of the moment."""
        if self.context.replaying:
            return (("P", "replay"), ("S", "standing"), ("M", "map"), ("B", "briefing"))
        return self.foot()

    def request(self, command: Command) -> bool:
        """Ask the table for something; a refusal is shown as its sentence."""
        if self.context.taken_over:
            self.show_notice(TAKEN)
            return False
        try:
            self.table.submit(self.seat, command, self.context.seen, self.language)
        except (IllegalDecision, SaveError) as refusal:
            self.show_notice(str(refusal))
            return False
        return True

    def action_note(self) -> None:
        """Write a note into the record: first a letter for what it is, then the text."""
        if self.table.closed:
            self.show_notice(RECORD_CLOSED)
            return
        self.prompt_key("Note:", {**SORT_KEYS, ENTER: "none"}, self._sorted)

    def _sorted(self, letter: str) -> None:
        sort = SORT_KEYS.get(letter, "")
        what = f"Note, {sort}" if sort else "Note"
        self.prompt_text(what, lambda words: self._noted(words, sort))

    def _noted(self, words: str, sort: str) -> None:
        if words and self.request(Note(words, sort)):
            words = _("The note is in the record. {key} shows yours.", key=self.key("journal"))
            self.show_notice(words)

    def action_journal(self) -> None:
        """The notes that this seat may read."""
        every = visibility(self.game, self.seat).proposed
        whose = "everybody's, for the white cell" if every else "your cell's; all at the hot wash"
        self.shell.open(sheets.journal(lambda: journal(self.eye), whose))

    def action_ask_control(self) -> None:
        """A request for information; the prompt says how many there were in this turn."""
        count = inquiries.ordinal(inquiries.asked_this_turn(self.eye) + 1)

        def send(words: str) -> None:
            if words and self.request(Inquire(words)):
                self.show_notice(
                    "Control has your request. The answer is for your cell; I shows both."
                )

        self.prompt_text(f"Request to control, your {count} this turn", send, does="sends")

    def action_catch_up(self) -> None:
        """What a seat has to know to go on."""
        self.shell.open(sheets.catch_up(lambda: brief(self.eye)))

    def action_aims(self) -> None:
        """What the adversaries are after that are open to this seat, and what they can pay."""
        self.shell.open(sheets.all_aims(lambda: aims(self.eye)))

    def action_preview(self) -> None:
        """Pick a seat, and see what it sees."""
        run = self.game.run
        seats = [one.id for one in run.exercise.seat if one.id != self.seat] + [PROJECTOR]
        rows = []
        for seat in seats:
            name, cell = named(self.eye, seat)
            full = text(run.seat(seat).name, self.language)
            rows.append(Option(seat, name, f"{cell:<8}{full}"))
        self.shell.open(ChoicePage("See what a seat sees", rows, self.shell.preview))

    def share_forecast(self) -> None:
        """Share the forecast with the other seats, after a question, or take it from them."""
        if not self.game.notebook.forecast_shared:
            self.confirm("Share the forecast with all who see the scores?", "Share", self._share)
        elif self.request(ShareForecast(shared=False)):
            self.show_notice("Nobody else sees the forecast any more.")

    def _share(self) -> None:
        if self.request(ShareForecast(shared=True)):
            self.show_notice("All who see the scores see the forecast now, with f.")

    def action_pause(self) -> None:
        """Let the time stand still, or go on."""
        self.request(Pause())
        self.paint()

    def action_undo(self) -> None:
        """Take back what was decided since the levers or the question last opened."""
        found = next(openings(self.game), None)
        if found is None or self.game.phase == CLOSED:
            self.request(Undo())
            return
        self.confirm(f"Take back all since {opened(found)}?", "Undo", self._undo)

    def _undo(self) -> None:
        if self.request(Undo()):
            found = opened(self.game)
            self.shell.say_on_top(f"Back at {found}. What came after stays in the record, struck.")

    def action_end(self) -> None:
        """ENDEX, after a question, unless it has come."""
        if self.game.phase in PLAY_IS_OVER:
            self.request(End())
            return
        self.confirm("End the exercise here and go to the review?", "End", self._end)

    def _end(self) -> None:
        self.request(End())

    def action_back(self) -> None:
        """Back to the run, or leave it; the record stays and can be resumed."""
        if self.shell.over_run:
            self.shell.back()
        elif self.context.previewing:
            self.shell.end_preview()
        elif self.context.hosted:
            self.confirm(self.context.leaving_words, "Leave", self.shell.leave)
        elif self.table.closed:
            self.shell.leave()
        else:
            self.confirm(
                "Leave this run? It is saved and can be resumed.", "Leave", self.shell.leave
            )
