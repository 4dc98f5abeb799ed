"""What the pages at the table share: notes, pause, undo, what is read, and the way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.attendance import TAKEN
from ttx.session.command import Command, IllegalDecision
from ttx.session.decide import RECORD_CLOSED, decide
from ttx.session.game import openings
from ttx.session.notebook_events import SORTS
from ttx.session.phases import CLOSED, PLAY_IS_OVER
from ttx.session.play_commands import End, Pause, Undo
from ttx.session.run import MESSAGES, OBSERVER, PROJECTOR, RELEASES, SEATS
from ttx.session.save_header import SaveError
from ttx.session.side_commands import Inquire, Note, ShareForecast
from ttx.session.stating import states_now
from ttx.session.view import inquiries
from ttx.session.view.aims import aims
from ttx.session.view.brief import brief, in_play
from ttx.session.view.excursion import SAYS, may_adjust, told_to
from ttx.session.view.pace import PaceView, named, pace
from ttx.session.view.particulars import anything_stated
from ttx.session.view.table import opened
from ttx.session.viewing import Viewing
from ttx.tui.parts.fields import Option
from ttx.tui.parts.question import SAVES
from ttx.tui.region import Region
from ttx.tui.screens import sheets
from ttx.tui.screens.run import RunPage
from ttx.tui.screens.sheet import prose
from ttx.tui.seat import Mode

WRITES = (
    "ask_control",
    "carry_out",
    "challenge",
    "confidence",
    "expect",
    "grant",
    "pass_on",
    "pass_next",
    "rationale",
    "ready",
    "reply",
    "write_in",
)
"""Actions by which a seat gives something; there are no keys for them in a preview."""
ANY_TEXT = "-"
"""Stands for a text that was not written yet, where it is asked whether one would be taken."""
READERS = (OBSERVER, PROJECTOR)
"""Seats that write nothing."""
KINDS = (
    N_("no kind"),
    N_("decision"),
    N_("insight"),
    N_("assumption"),
    N_("question"),
    N_("quote"),
    N_("issue"),
)
"""What a note can be, as Tab goes through it: none of them, then `SORTS` in their order."""
AT_THE_DESK = {
    **dict.fromkeys(("release", "defer", "skip", "ad_hoc", "steer"), RELEASES),
    **dict.fromkeys(("put_question", "probe", "write", "write_to", "write_all"), MESSAGES),
    **dict.fromkeys(
        ("share_forecast", "hand_over", "observers", "promote", "enter_for_cell"), SEATS
    ),
}
"""Actions of the desk, each with the right that it takes."""


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
        Binding(
            "C",
            "particulars",
            "session",
            id="particulars",
            tooltip="This session: for whom, when, where",
        ),
    ]

    PAUSES: ClassVar[bool] = False
    """Whether time is stopped from here; where one reads on, the key could be meant for that."""

    def __init__(self) -> None:
        """Nothing was said of the time yet."""
        super().__init__()
        self._time_said = ""

    def _part(self, name: str) -> Region:
        part = super()._part(name)
        if isinstance(part, PlayRegion):
            part.page = self
        return part

    def on_mount(self) -> None:
        """Let the seconds show; the page itself paints."""
        self.every(1.0, self._tick)

    def _arrange(self) -> None:
        self._time_said = self.time.word
        super()._arrange()

    def _tick(self) -> None:
        here = self.app.screen is self and self.fits
        if here and not (self.game.paused or self.context.replaying):
            if self.time.word != self._time_said:
                self.paint()  # it takes rows of its own
            else:
                self._chrome(self.app.size.width)

    def named_keys(self) -> Sequence[tuple[str, str]]:
        """In a replay: back to it, and the other pages of the moment."""
        if not self.context.replaying:
            return self.foot()
        return (
            ("go-replay", _("replay")),
            ("go-standing", _("standing")),
            ("go-theatre", _("map")),
            ("go-briefing", _("briefing")),
        )

    # --- what this seat may do ---

    @property
    def pace(self) -> PaceView:
        """Who holds the pace, seen from this seat."""
        return self.seen(pace)

    @property
    def recorded(self) -> bool:
        """Whether it is a record, which takes nothing any more."""
        return isinstance(self.context.table, Viewing)

    @property
    def live(self) -> bool:
        """Whether anything can be asked for from here: it is the seat's own screen, of a run."""
        return self.context.mode is Mode.PLAY

    @property
    def sets_up(self) -> bool:
        """Whether this seat may make an excursion of the run now."""
        return not (self.recorded or self.context.taken_over) and may_adjust(self.eye)

    @property
    def states(self) -> bool:
        """Whether this seat says for whom, when and where the session is, here and now."""
        return self.live and not self.recorded and states_now(self.game, self.seat)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key has to lead somewhere for this seat now."""
        return self._may(action, *parameters) and super().check_action(action, parameters)

    def _may(self, action: str, *given: object) -> bool:
        """Whether there is anything behind a key; in what is only read, nothing is written."""
        context, game = self.context, self.game
        reads = self.recorded or not self.live or self.seat in READERS
        takes = AT_THE_DESK.get(action) if context.at_desk else None
        if takes is not None and not context.may(takes):
            return False
        match (action, *given):
            case ("note",):
                return not reads
            case ("pause",) if not (self.PAUSES or game.paused):
                return False
            case ("pause",) | ("undo",) | ("end",):
                return not reads and game.run.facilitator in ("", self.seat)
            case ("excursion",):
                return self.sets_up or bool(context.excursion)
            case ("particulars",):
                return self.states or self.seen(anything_stated)
            case ("journal",):
                return not self.recorded and self.seat != PROJECTOR
            case ("catch_up",):
                return not self.recorded and in_play(game)
            case ("aims",):
                return bool(aims(self.eye))
            case ("ask_control",) if self.recorded or not inquiries.may_ask(self.eye):
                return False
            case ("go", "replay"):
                return not context.hosted and (reads or self.table.closed)
            case ("go", "inquiries"):
                return not self.recorded and inquiries.may_read(self.eye)
            case ("go", "attendance"):
                return context.hosted and context.at_desk
        return not (context.previewing and action in WRITES)

    def on_text_area_changed(self) -> None:
        """Somebody writes: the table is not quiet."""
        self.context.record_activity()

    def request(
        self, command: Command, done: str = "", holds: Callable[[], bool] | None = None
    ) -> bool:
        """Ask the table for something, and say that it is `done`; a refusal is shown instead.

        `holds` says whether what is said of it is still so, where that ends before the phase.
        """
        refusal = _(TAKEN) if self.context.taken_over else ""
        if not refusal:
            try:
                self.table.submit(self.seat, command, self.context.sight.seen)
            except (IllegalDecision, SaveError) as error:
                refusal = str(error)
        if refusal or done:
            self.show_notice(refusal or done, None if refusal else holds)
        return not refusal

    def _refusal(self, command: Command) -> str:
        """Why the table would not take that now, in a sentence; nothing where it would."""
        if self.context.taken_over:
            return _(TAKEN)
        try:
            decide(self.game, self.seat, command)
        except IllegalDecision as error:
            return str(error)
        return ""

    def confirm(self, sentence: str, word: str, then: Callable[[], object]) -> None:
        """Ask before something final; a yes is meant for the run as it stood when it was asked."""
        seen = self.context.sight.seen

        def carry_out() -> None:
            with self.context.sight.as_of(seen):
                then()

        super().confirm(sentence, word, carry_out)

    def prompt_command(
        self,
        what: str,
        make: Callable[[str], Command],
        done: str,
        does: str = SAVES,
        holds: Callable[[], bool] | None = None,
    ) -> None:
        """Ask for a text, and the table for what is made of it; one that is refused stays.

        Nothing is asked for with an empty one, and no text at all where none would be taken.
        `done`, `holds` and `does` are as for `request` and `prompt_text`.
        """
        if refusal := self._refusal(make(ANY_TEXT)):
            self.show_notice(refusal)
            return
        self.prompt_text(
            what, lambda text: text and self.request(make(text), done, holds), does=does
        )

    # --- what it writes ---

    def action_note(self) -> None:
        """Write a note into the record; Tab says what it is."""
        self.write_note()

    def write_note(self, start: str = "") -> None:
        """The same, going on from words that stand somewhere already."""
        if self.table.closed:
            self.bar(_(RECORD_CLOSED))
            return

        def write(words: str, kind: int) -> bool:
            done = _("The note is in the record. {key} shows yours.", key=self.key("journal"))
            return not words or self.request(Note(words, ("", *SORTS)[kind]), done)

        self.prompt_text(_("Note"), write, start, kinds=KINDS)

    def action_ask_control(self) -> None:
        """A request for information; the prompt says how many there were in this turn."""
        count = inquiries.ordinal(inquiries.asked_this_turn(self.eye) + 1)
        what = _("Request to control, your {count} this turn", count=count)
        done = _(
            "Control has your request. The answer is for your cell; {key} shows both.",
            key=self.key("go-requests"),
        )
        number = len(self.game.notebook.inquiries)
        self.prompt_command(what, Inquire, done, _("sends"), lambda: self._unanswered(number))

    def _unanswered(self, before: int) -> bool:
        """Whether the seat's request waits that came after so many others, or a few more."""
        made = self.game.notebook.inquiries[before:]
        mine = [request for request in made if request.stamp.by == self.seat]
        return bool(mine) and not mine[-1].reply

    def share_forecast(self) -> None:
        """Share the forecast with the other seats, after a question, or take it from them."""
        if self.game.notebook.forecast_shared:
            self.request(ShareForecast(shared=False), _("Nobody else sees the forecast any more."))
            return
        key = self.key_at("standing", "go-forecast")
        done = _("All who see the scores see the forecast now, with {key}.", key=key)
        share = partial(self.request, ShareForecast(shared=True), done)
        self.confirm(_("Share the forecast with all who see the scores?"), _("Share"), share)

    # --- what it reads ---

    def action_excursion(self) -> None:
        """The page that sets one up; once under way, what makes this run one."""
        if self.sets_up:
            self.shell.go("excursion")
            return
        sentences = (_(SAYS), *told_to(self.eye))
        self.shell.open(prose(_("Excursion"), sentences, _("what was set otherwise, and why")))

    def action_journal(self) -> None:
        """The notes that this seat may read."""
        self.shell.go("journal")

    def action_particulars(self) -> None:
        """For whom, when and where the session is: to be set by who may, else to be read."""
        if self.states:
            self.shell.go("particulars")
            return
        self.shell.open(sheets.session(lambda: self.eye))

    def action_catch_up(self) -> None:
        """What a seat has to know to go on."""
        self.shell.open(sheets.catch_up(lambda: brief(self.eye), self.host.rebound))

    def action_aims(self) -> None:
        """What the adversaries are after that are open to this seat, and what they can pay."""
        self.shell.open(sheets.all_aims(lambda: aims(self.eye)))

    def action_preview(self) -> None:
        """Pick a seat, and see what it sees."""
        run = self.game.run
        seats = [part.id for part in run.exercise.seat if part.id != self.seat]
        rows = []
        for seat in (*seats, PROJECTOR):
            name, cell = named(self.eye, seat)
            rows.append(Option(seat, name, f"{cell:<8}{self.eye.text(run.seat(seat).name)}"))
        self.shell.go("choice", _("See what a seat sees"), rows, self.shell.preview)

    # --- how the run goes on ---

    def action_pause(self) -> None:
        """Let the time stand still, or go on."""
        self.request(Pause())
        self.paint()

    def action_undo(self) -> None:
        """Take back what was decided since the levers or the question last opened."""
        opening = next(openings(self.game), None)
        if opening is None or self.game.phase == CLOSED:
            self.request(Undo())
            return
        place = opened(opening)
        self.confirm(_("Take back all since {place}?", place=place), _("Undo"), self._undo)

    def _undo(self) -> None:
        if self.request(Undo()):
            place = opened(self.game)
            words = _("Back at {place}. What came after stays in the record, struck.", place=place)
            self.shell.say_on_top(words)

    @property
    def ending(self) -> str:
        """What is asked before ENDEX."""
        return _("End the exercise here and go to the review?")

    def action_end(self) -> None:
        """ENDEX, after a question, unless it has come."""
        end = partial(self.request, End())
        if self.game.phase in PLAY_IS_OVER:
            end()
        else:
            self.confirm(self.ending, _("End"), end)

    def action_back(self) -> None:
        """Back to the run, or leave it; the record stays and can be resumed."""
        if self.shell.over_run:
            self.shell.back()
        elif self.context.previewing:
            self.shell.end_preview()
        elif self.table.closed and not self.context.hosted:
            self.shell.leave()
        else:
            sentence = _("Leave this run? It is saved and can be resumed.")
            if self.context.hosted:
                sentence = self.context.leaving_words
            self.confirm(sentence, _("Leave"), self.shell.leave)


class PlayRegion(Region):
    """A region of such a page that has keys and actions of its own."""

    page: PlayPage
    """The page that it is a part of; it says so itself."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Its page says whether keys and clicks mean anything now."""
        return self.page.check_action(action, parameters)
