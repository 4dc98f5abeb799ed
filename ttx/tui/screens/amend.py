"""A page that rules otherwise than the model: how far beyond, why, and then it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ttx.i18n import _
from ttx.session.control_commands import Amend, Hear
from ttx.session.control_events import OVERTURNED
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.fields import Field, Value
from ttx.tui.region import Box
from ttx.tui.screens.amend_reckoning import AmendedReckoning
from ttx.tui.screens.amend_ruling import AmendedRuling
from ttx.tui.screens.form import FormPage

LEFT = 72
"""Cells of the fields where what they come to stands beside them."""


class AmendScreen(FormPage):
    """A ruling or a reckoning with a field for all of it that can be ruled."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "result", "gate")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sign", "sign", id="sign", tooltip="The other sign"),
        Binding("x", "reset", "model's", id="reset", tooltip="The model's value again"),
    ]

    def __init__(self, *, reckoning: bool, overrule: bool = False, heard: str = "") -> None:
        """A page to modify, or to overrule; `heard` is the outcome of a challenge it follows."""
        super().__init__()
        self.reckoning = reckoning
        self.overrule, self.heard = overrule or heard == OVERTURNED, heard
        self._amended: AmendedReckoning | AmendedRuling | None = None

    @property
    def amended(self) -> AmendedReckoning | AmendedRuling:
        """What is being changed, begun when it is first looked at."""
        if self._amended is None:
            kind = AmendedReckoning if self.reckoning else AmendedRuling
            self._amended = kind(lambda: self.eye)
        return self._amended

    @property
    def name_of_page(self) -> str:  # type: ignore[override]  # it depends on what is done
        """In the status line."""
        return _("overrule") if self.overrule else _("modify")

    @property
    def alive(self) -> bool:
        """Whether it still lies before this seat."""
        return self.context.facilitates and self.amended.alive

    @property
    def unsent(self) -> bool:
        """Whether anything differs from what stands."""
        return self.alive and not self.amended.view.same

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
        return [enter, *keys] if self.form == SMALL else [enter, row, *keys]

    # --- what is done ---

    def declared(self) -> Sequence[Field]:
        """What can be ruled."""
        return self.amended.fields(self.ink, small=self.form == SMALL)

    def take(self, field: str, value: Value) -> None:
        """Rule it so."""
        self.notice = self.amended.take(field, value)

    def action_sign(self) -> None:
        """Minus what it is."""
        if self.alive and self.fields.field is not None:
            self.fields.put_away()
            self.amended.turn_sign(self.fields.field.name)
            self.paint()

    def action_reset(self) -> None:
        """What the model gives."""
        if self.alive and self.fields.field is not None:
            self.fields.put_away()
            self.notice = self.amended.reset(self.fields.field.name)
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
        self.because(what, self._ruled, _("rules"))

    def _ruled(self, reason: str) -> bool:
        override = self.amended.override
        if self.heard:
            return self.ask_and_leave(Hear(self.heard, reason, override))
        return self.ask_and_leave(Amend(override, reason, overrule=self.overrule))

    # --- what is shown ---

    def plan(self) -> dict[str, Box]:
        """Head, the fields, what they come to, and the button."""
        x, y, width, height = self.body
        if self.form != SMALL:
            return {
                "head": Box(x, y + 1, width, 3),
                "rows": Box(x, y + 5, LEFT, height - 11),
                "result": Box(x + LEFT + 4, y + 5, width - LEFT - 4, height - 11),
                "gate": Box(x, y + height - 5, width, 4),
            }
        rows = 7 if self.reckoning else height - 9
        return {
            "head": Box(x, y, width, 2),
            "rows": Box(x, y + 2, width, rows),
            "result": Box(x, y + 2 + rows, width, height - rows - 5),
            "gate": Box(x, y + height - 3, width, 3),
        }

    def draw(self) -> None:
        """Fill the page."""
        if not self.alive:
            self.gone(_(self.amended.GONE))
            return
        ink, width, small = self.ink, self.places["head"].width, self.form == SMALL
        title, known = self.amended.heading(self.does)
        limit = _("overruling knows no band") if self.overrule else _(self.amended.BAND)
        right = [(limit, ink.muted)] if width >= 100 else []
        head = [
            paint.line(width, [(title, f"bold {ink.strong}")]),
            paint.line(width, [(known, ink.text)], right),
        ]
        rule = [] if small else [paint.rule(width, ink, self.glyphs)]
        self.put("head", [*head, *rule])
        across = self.places["rows"].width
        columns = [paint.line(across, [(self.amended.columns(), f"bold {ink.muted}")])]
        if not small:
            columns.append(paint.rule(across, ink, self.glyphs))
        self.fields.show(self.declared(), columns)
        self.put("result", self.amended.result(ink, self.places["result"], small=small))
        self._draw_gate(width)

    def _draw_gate(self, width: int) -> None:
        beyond, above = self.amended.view.beyond, []
        if beyond:
            sentences = " ".join(beyond)
            far = _("Beyond a modification: {why}", why=sentences)
            if self.overrule:
                far = _("This overrules the model: {why}", why=sentences)
            above = paint.broken(far, width)[: 2 if self.form == SMALL else 3]
        note = _("then its reason; it is confirmed with that")
        if self.heard:
            note = _("then what you say to the seat that challenged")
        self.put_button(self.does, note, above)
