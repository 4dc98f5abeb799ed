"""A page with a form: what becomes of it from the first key until it is carried out or left."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import ClassVar, cast

from rich.text import Text

from ttx.i18n import N_, _
from ttx.session.command import Command
from ttx.tui import paint
from ttx.tui.parts import form_left
from ttx.tui.parts.fields import Field, Value
from ttx.tui.parts.form import Form
from ttx.tui.parts.form_rows import MARK
from ttx.tui.region import Region
from ttx.tui.screens.play import PlayPage

BAR = 2
"""Cells of the bar beside rows that are scrolled."""


class FormPage(PlayPage):
    """The page keeps the values, declares the fields by them, and does what the form is for."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"rows": Form}
    gone: str = N_("The run is closed; nothing more is written into its record. {key} goes back.")
    """What is said where what the page is about no longer lies before this seat; it may name the
    `{key}` that closes it."""
    asks_before_leaving: ClassVar[bool] = True
    """Whether what was set here is lost where it is left."""

    def __init__(self, label: int = MARK) -> None:
        """A form with that many cells for labels, in which nothing was changed yet."""
        super().__init__()
        self.fields = cast("Form", self.regions["rows"])
        self.label = label
        """Cells of mark and label while there is something to fill in."""
        self.values: dict[str, str] = {}
        """What was set, by field; of several, their ids with commas between."""
        self.touched: set[str] = set()
        """The fields in which somebody set something."""
        self._last_fields: Sequence[Field] = ()
        """The fields as they were when the page was no longer to be filled in."""
        self._filled_in = False
        """Whether it was to be filled in when it was last painted."""
        self._begun_at: Hashable = None
        """Where the run stood when it was painted first."""

    # --- what a page of this kind says ---

    def declared(self) -> Sequence[Field]:
        """The fields as they are now."""
        raise NotImplementedError

    def take(self, field: str, value: Value) -> None:
        """Keep the value that a field has from now on."""
        self.values[field] = ",".join(value) if isinstance(value, tuple) else str(value)

    def carry_out(self) -> None:
        """Do what the form is for."""
        raise NotImplementedError

    def head(self, width: int) -> Sequence[Text]:
        """What stands above the fields."""
        raise NotImplementedError

    def columns(self, width: int) -> Sequence[Text]:
        """What heads the fields and stays in sight; nothing."""
        return ()

    def draw_others(self) -> None:
        """Fill the regions beside head and fields; there are none."""

    @property
    def alive(self) -> bool:
        """Whether what the page is about still lies before this seat, and can be written."""
        return not self.table.closed

    @property
    def same_moment(self) -> bool:
        """Whether the run stands where it stood when the page was opened.

        What is set about one ruling is not about the next, nor about the same once it was taken
        back and made again.
        """
        return self._begun_at in (None, self._place)

    @property
    def _place(self) -> Hashable:
        game = self.game
        return game.phase, game.number, len(game.turns), len(game.undone)

    @property
    def unsent(self) -> bool:
        """Whether something is set here that is nowhere else."""
        return super().unsent or (self.asks_before_leaving and bool(self.touched))

    @property
    def stays_open(self) -> bool:
        """The run does not close it over what somebody has set: that is shown, and can be kept."""
        return self.survives_phase_change or bool(self.touched)

    # --- what they have in common ---

    def draw(self) -> None:
        """The fields under their head, or what has become of what they were about."""
        width = self.places["head"].width
        if self.alive:
            if self._begun_at is None:
                self._begun_at = self._place
            self._last_fields, self.fields.label, self._filled_in = (), self.label, True
            self.put("head", self.head(width))
            self.fields.declare(self.declared(), self.columns(self.places["rows"].width))
            self.draw_others()
            return
        self._last_fields = self._last_fields or self.left()
        if self._filled_in:
            self._filled_in = False
            self._stop_typing()
        for name in self.places:
            self.put(name, [])
        said, room = self.said(), self.places["rows"].width
        above = paint.block(room, self._what_is_left, self.ink.muted) if said else []
        self.fields.label = MARK
        self.fields.declare([*form_left.rows(said, room - MARK - BAR, self.ink)], above)
        self.put("head", paint.block(width, self.gone_words, f"bold {self.ink.strong}"))

    def _stop_typing(self) -> None:
        """Keys that are on their way were meant for a field, and are none of the page's."""
        self.shows_another_thing()
        if self.fields.has_texts and self.question.asks is None:
            self.call_later(self._bar_letters)

    def _bar_letters(self) -> None:
        """Take letters for no keys, where the page still lies open and nothing more is typed."""
        if self.app.screen is self and not self.alive:
            self.bar(self.gone_words)

    def left(self) -> Sequence[Field]:
        """The fields as they were last, with what was typed since they were declared."""
        return tuple(self.fields.fields)

    def said(self) -> tuple[str, ...]:
        """What was set here, where it can be carried out no more."""
        return form_left.sentences(self._last_fields, self.touched)

    @property
    def gone_words(self) -> str:
        """What has become of what the page is about."""
        return _(self.gone, key=self.key("give-up"))

    @property
    def _what_is_left(self) -> str:
        if not self.keymap.open("note") or self.table.closed:
            return _("What you had set stands below.")
        return _("What you had set stands below; {key} makes a note of it.", key=self.key("note"))

    def named_keys(self) -> Sequence[tuple[str, str]]:
        """What can be done here; where that is no longer so, how to keep what was set."""
        if self.alive:
            return super().named_keys()
        keeps = self.said() and not self.table.closed
        return [*([("note", _("note"))] if keeps else []), ("give-up", _("close"))]

    def action_note(self) -> None:
        """Write a note; of what was set here, where it can be carried out no more."""
        self.write_note("" if self.alive else "\n".join(self.said()))

    def put_button(
        self, word: str, note: str, above: Sequence[str] = (), *, on: bool = True
    ) -> None:
        """The button in the last row of the page, with what comes then; sentences above it."""
        ink, width = self.ink, self.places["gate"].width
        rows = [paint.line(width, [(sentence, f"bold {ink.heat}")]) for sentence in above]
        key = self.key("carry-out-all" if self.fields.has_texts else "carry-out")
        button = paint.button(key, word, ink, default=on, does="done")
        self.put("gate", [*rows, paint.line(width, [*button, (f"   {note}", ink.muted)])])

    def decide(self, what: str, make: Callable[[str], Command], does: str) -> None:
        """Ask for the reason, and the table for what is made with it; then close this page."""

        def given(why: str) -> bool:
            if not self.alive:
                self.show_notice(self.gone_words)
                return False
            touched, self.touched = (
                self.touched,
                set(),
            )  # else the run's going on would not close it
            done = self.request(make(why))
            if done:
                self.leave()
            else:
                self.touched = touched
            return done

        self.because(what, given, does)

    def because(self, what: str, done: Callable[[str], bool], does: str) -> None:
        """Ask for the reason, without which nothing is done; `done` says whether it was."""

        def given(words: str) -> bool:
            if words:
                return done(words)
            self.show_notice(_("Nothing was done: it needs a reason."))
            return False

        self.prompt_text(what, given, does=does)

    def leave(self) -> None:
        """Close this page, where the run has not done so by going on."""
        if self.app.screen is self:
            self.shell.back()

    def always(self) -> Sequence[tuple[str, str]]:
        """Help and leaving are letters where there is something to type."""
        return () if self.fields.has_texts else super().always()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space, u and E are the run's and could cut off what is being filled in."""
        if action in ("pause", "undo", "end"):
            return False
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Close; what was set is thrown away only once that is asked for."""
        if self.unsent:
            sentence = _("Throw away what you have set here?")
            self.confirm(sentence, _("Throw away"), self.leave)
        else:
            self.leave()

    def on_form_changed(self, event: Form.Changed) -> None:
        """Keep what was set, and show what follows from it."""
        self.touched.add(event.field)
        self.notice = ""
        if self.alive:
            self.take(event.field, event.value)
        self.paint()

    def action_done(self) -> None:
        """The button does what Enter does in the form."""
        self.fields.action_done()

    def on_form_done(self) -> None:
        """Do what the page is for, where that still lies before this seat."""
        if self.alive:
            self.carry_out()
        else:
            self.action_back()

    def action_give_up(self) -> None:
        """Close likewise."""
        self.action_back()
