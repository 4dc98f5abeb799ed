"""A page with a form: what becomes of it from the first key until it is carried out or left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, cast

from rich.text import Text

from ttx.i18n import _
from ttx.session.command import Command
from ttx.tui import paint
from ttx.tui.parts.fields import Field, Value
from ttx.tui.parts.form import Form
from ttx.tui.parts.form_rows import MARK
from ttx.tui.region import Region
from ttx.tui.screens.play import PlayPage


class FormPage(PlayPage):
    """The page keeps the values, declares the fields by them, and does what the form is for."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"rows": Form}
    gone: str = ""
    """What is said where what the page is about no longer lies before this seat; it may name the
    `{key}` that closes it."""
    asks_before_leaving: ClassVar[bool] = True
    """Whether what was set here is lost where it is left."""

    def __init__(self, label: int = MARK) -> None:
        """A form with that many cells for labels, in which nothing was changed yet."""
        super().__init__()
        self.fields = cast("Form", self.regions["rows"])
        self.fields.label = label
        self.values: dict[str, str] = {}
        """What was set, by field; of several, their ids with commas between."""
        self._touched = False

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
        """Whether what the page is about still lies before this seat."""
        return True

    @property
    def unsent(self) -> bool:
        """Whether something is set here that is nowhere else."""
        return self.asks_before_leaving and self._touched

    # --- what they have in common ---

    def draw(self) -> None:
        """The fields under their head, or what has become of what they were about."""
        width = self.places["head"].width
        if self.alive:
            self.put("head", self.head(width))
            self.fields.declare(self.declared(), self.columns(self.places["rows"].width))
            self.draw_others()
            return
        for name in self.places:
            self.put(name, [])
        self.fields.declare(())
        words = _(self.gone, key=self.key("give-up"))
        self.put("head", paint.block(width, words, f"bold {self.ink.strong}"))

    def put_button(
        self, word: str, note: str, above: Sequence[str] = (), *, on: bool = True
    ) -> None:
        """The button in the last row of the page, with what comes then; sentences above it."""
        ink, width = self.ink, self.places["gate"].width
        rows = [paint.line(width, [(sentence, f"bold {ink.heat}")]) for sentence in above]
        button = paint.button(self.key("carry-out"), word, ink, default=on, does="done")
        self.put("gate", [*rows, paint.line(width, [*button, (f"   {note}", ink.muted)])])

    def decide(self, what: str, make: Callable[[str], Command], does: str) -> None:
        """Ask for the reason, and the table for what is made with it; then close this page."""
        self.because(what, lambda why: self._asked(make(why)), does)

    def _asked(self, command: Command) -> bool:
        done = self.request(command)
        if done:
            self.leave()
        return done

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
        if self.unsent and self.alive:
            sentence = _("Throw away what you have set here?")
            self.confirm(sentence, _("Throw away"), self.leave)
        else:
            self.leave()

    def on_form_changed(self, event: Form.Changed) -> None:
        """Keep what was set, and show what follows from it."""
        self._touched = True
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
            self.leave()

    def action_give_up(self) -> None:
        """Close likewise."""
        self.action_back()
