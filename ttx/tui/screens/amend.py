"""A page that rules otherwise than the model: how far beyond, why, and then it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import _
from ttx.session.command import Command
from ttx.session.control_commands import Amend, Hear
from ttx.session.control_events import OVERTURNED
from ttx.session.run import RULINGS
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.fields import Field, Value
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.region import Box
from ttx.tui.screens.amend_reckoning import AmendedReckoning
from ttx.tui.screens.amend_ruling import AmendedRuling
from ttx.tui.screens.by_hand import ByHandScreen
from ttx.tui.screens.form import FormPage

LEFT = 72
"""Cells of the fields where what they come to stands beside them."""


class AmendScreen(FormPage):
    """A ruling or a reckoning with a field for all of it that can be ruled."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "result", "gate")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sign", "sign", id="sign", tooltip="The other sign"),
        Binding("x", "reset", "model's", id="reset", tooltip="The model's value again"),
        Binding("h", "by_hand", "by hand", id="by-hand", tooltip="Words and effects of your own"),
    ]

    def __init__(self, *, reckoning: bool, overrule: bool = False, heard: str = "") -> None:
        """A page to modify, or to overrule; `heard` is the outcome of a challenge it follows."""
        super().__init__()
        self.reckoning = reckoning
        self.overrule, self.heard = overrule or heard == OVERTURNED, heard

    def begin(self) -> None:
        """Begin with what stands."""
        self.amended = (AmendedReckoning if self.reckoning else AmendedRuling)(self)
        self.gone = self.amended.GONE

    @property
    def name_of_page(self) -> str:  # type: ignore[override]  # it depends on what is done
        """In the status line."""
        return _("overrule") if self.overrule else _("modify")

    @property
    def alive(self) -> bool:
        """Whether it still lies before this seat."""
        return self.same_moment and self.context.may(RULINGS) and self.amended.alive

    @property
    def unsent(self) -> bool:
        """Whether anything differs from what stands."""
        return not self.amended.view.same if self.alive else bool(self.touched)

    @property
    def does(self) -> str:
        """What Enter does."""
        if self.heard:
            return _("Overturn") if self.overrule else _("Modify")
        return _("Overrule") if self.overrule else _("Modify")

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of the fields."""
        enter, row = ("carry-out", self.does.lower()), ("down up", _("row"))
        change, close = ("more less", _("change")), ("give-up", _("close"))
        if self.reckoning:
            return [enter, row, change, ("1-3", _("choose")), close]
        keys = [change, ("0-9", _("type")), ("sign", _("sign")), ("reset", _("model's"))]
        return [enter, *keys, *self.by_size([], [("by-hand", _("by hand"))])]

    # --- what is done ---

    def declared(self) -> Sequence[Field]:
        """What can be ruled."""
        return self.amended.fields(self.ink, small=self.form == SMALL)

    def take(self, field: str, value: Value) -> None:
        """Rule it so."""
        self.notice = self.amended.take(field, value)

    def action_sign(self) -> None:
        """Minus what it is."""
        self._change(self.amended.turn_sign)

    def action_reset(self) -> None:
        """What the model gives."""
        self._change(self.amended.reset)

    def action_by_hand(self) -> None:
        """Rule in words instead; what is set here is thrown away only once that is asked for."""
        if self.alive and self.unsent:
            sentence = _("Throw away what you have set here?")
            self.confirm(sentence, _("Throw away"), self._by_hand)
        elif self.alive:
            self._by_hand()

    def _by_hand(self) -> None:
        self.app.switch_screen(ByHandScreen(self.heard))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A reckoning is not ruled in words."""
        if action == "by_hand" and self.reckoning:
            return False
        return super().check_action(action, parameters)

    def _change(self, field_by: Callable[[str], str]) -> None:
        if self.alive and self.fields.field is not None:
            self.fields.put_away()
            self.notice = field_by(self.fields.field.name)
            self.paint()

    def carry_out(self) -> None:
        """Ask where it goes beyond the band, then why; then it is ruled."""
        view = self.amended.view
        if view.same:
            self.show_notice(_("That is what stands already; change a row first."))
        elif view.beyond and not self.overrule:
            sentence = _("Beyond a modification ({why}).", why=view.beyond[0][:-1])
            self.confirm(sentence, _("Overturn") if self.heard else _("Overrule"), self._further)
        else:
            self._why()

    def _further(self) -> None:
        self.overrule = True
        self.heard = self.heard and OVERTURNED
        self._why()

    def _why(self) -> None:
        what = _("{does}: why? Everybody will read it", does=self.does)
        self.decide(what, self._ruled, _("rules"))

    def _ruled(self, reason: str) -> Command:
        override = self.amended.override
        if self.heard:
            return Hear(self.heard, reason, override)
        return Amend(override, reason, overrule=self.overrule)

    # --- what is shown ---

    def plan(self) -> dict[str, Box]:
        """Head, the fields, what they come to, and the button."""
        result, rows = Cell("result"), Cell("rows", 7 if self.reckoning else self.body.height - 9)
        small = column(Cell("head", 2), rows, result, Cell("gate", 3))
        beside = row(Cell("rows", LEFT), 4, result)
        large = column(1, Cell("head", 3), 1, beside, 1, Cell("gate", 4), 1)
        return boxes(self.by_size(small, large), self.body)

    def head(self, width: int) -> Sequence[Text]:
        """What is changed, and how far that goes."""
        ink = self.ink
        title, known = self.amended.heading(self.does)
        limit = _("overruling knows no band") if self.overrule else _(self.amended.BAND)
        right = [(limit, ink.muted)] if width >= 100 else []
        first = paint.line(width, [(title, f"bold {ink.strong}")])
        return [first, *self.headed(paint.line(width, [(known, ink.text)], right))]

    def columns(self, width: int) -> Sequence[Text]:
        """What heads the fields."""
        words = (self.amended.columns(), f"bold {self.ink.muted}")
        return self.headed(paint.line(width, [words]))

    def draw_others(self) -> None:
        """What it comes to, and the button."""
        small, above = self.form == SMALL, list[str]()
        self.put("result", self.amended.result(self.ink, self.places["result"], small=small))
        why = " ".join(self.amended.view.beyond)
        if why:
            far = _("Beyond a modification: {why}", why=why)
            if self.overrule:
                far = _("This overrules the model: {why}", why=why)
            above = paint.broken(far, self.places["gate"].width)[: self.by_size(2, 3)]
        note = _("then its reason; it is confirmed with that")
        if self.heard:
            note = _("then what you say to the seat that challenged")
        self.put_button(self.does, note, above)
