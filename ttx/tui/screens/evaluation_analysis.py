"""What lies behind one observation: its analysis, and what it is measured by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text

from ttx.i18n import N_, _
from ttx.session.side_commands import Analyse
from ttx.tui import paint
from ttx.tui.parts.fields import Deed, Field, Line
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage

FIELDS = {
    "analysis": (N_("analysis"), N_("why it came about, and what follows from it")),
    "reference": (N_("reference"), N_("the plan, policy or procedure, or nothing")),
}
"""For each part its label, and what belongs there."""
LABEL = 14


class AnalysisForm(FormPage):
    """Two lines under the observation; nothing typed is lost by a refusal."""

    gone = N_("The observation was struck, or the run is closed. {key} closes this page.")
    survives_phase_change: ClassVar[bool] = True
    name_of_page: ClassVar[str] = N_("analysis")

    def __init__(self, entry: int, written: Callable[[], None]) -> None:
        """For the observation of that entry; `written` is told once it is in the record."""
        super().__init__(LABEL)
        self.entry, self._written = entry, written

    def begin(self) -> None:
        """Begin with what was said already."""
        told = self.game.notebook.analyses.get(self.entry)
        if told is not None:
            self.values = {name: getattr(told, name) for name in FIELDS}

    def foot(self) -> Sequence[tuple[str, str]]:
        """Letters are text."""
        return [
            ("next-field", _("next field")),
            ("carry-out-all", _("write it")),
            ("give-up", _("give up")),
        ]

    def plan(self) -> dict[str, Box]:
        """The observation above, the fields below it."""
        air = self.by_size(0, 1)
        return boxes(column(air, Cell("head", 5), air, Cell("rows")), self.body)

    def head(self, width: int) -> Sequence[Text]:
        """What is analysed."""
        return [
            paint.label(width, _("WHAT LIES BEHIND THIS OBSERVATION"), self.ink),
            paint.rule(width, self.ink, self.glyphs),
            *paint.block(width, self._observed(), f"bold {self.ink.strong}", most=3),
        ]

    @property
    def alive(self) -> bool:
        """Whether the observation still stands."""
        return super().alive and bool(self._observed())

    def _observed(self) -> str:
        """What was observed; nothing once its author has struck it."""
        observations = self.game.notebook.observations
        return next((seen.text for stamp, seen in observations if stamp.n == self.entry), "")

    def declared(self) -> Sequence[Field]:
        """The fields, and the button."""
        lines = (
            Line(name=name, label=_(label), empty=_(about), value=self.values.get(name, ""))
            for name, (label, about) in FIELDS.items()
        )
        return [*lines, Deed(name="write", label=_("Write it into the record"))]

    def carry_out(self) -> None:
        """Write it, or say what is missing."""
        values = {name: self.values.get(name, "").strip() for name in FIELDS}
        if self.request(Analyse(self.entry, **values)):
            self.leave()
            self.call_later(self._written)
