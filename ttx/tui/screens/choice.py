"""One of several, over the page that asks: a seat, a robot, whoever takes a seat over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, cast

from ttx.i18n import _
from ttx.tui.page import Page
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import Choice, Option, Shape
from ttx.tui.parts.form import Form
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.region import Box, Region


class ChoicePage(Page):
    """Options to go through; a digit takes one at once, Enter or a second click the marked one."""

    REGIONS: ClassVar[tuple[str, ...]] = ("rows",)
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"rows": Form}
    survives_phase_change: ClassVar[bool] = True

    def __init__(
        self, heading: str, options: Sequence[Option], then: Callable[[str], None], note: str = ""
    ) -> None:
        """A choice under a heading; `then` gets the id of what was taken."""
        super().__init__()
        self.fields = cast("Form", self.regions["rows"])
        self.heading, self.note, self._options, self._then = heading, note, tuple(options), then
        self._marked = self._options[0].id

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """The heading again, so that nobody mistakes it for the run."""
        return [(self.heading, f"bold {self.ink.strong}")], [(self.note, self.ink.muted)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """How to choose."""
        digits = f"1-{min(len(self._options), 9)}"  # typed into the form, and bound to nothing
        keys = [(digits, _("choose")), ("down up", _("row")), ("carry-out", _("take"))]
        return [*keys, ("give-up", _("close"))]

    def plan(self) -> dict[str, Box]:
        """One column."""
        rows = row(Cell("rows", min(self.body.width, 110)))
        return boxes(column(self.by_size(0, 1), rows), self.body)

    def draw(self) -> None:
        """The options, one of them marked."""
        choice = Choice(
            name="option",
            label=self.heading.upper(),
            options=self._options,
            value=self._marked,
            shape=Shape.LISTED,
            ruled=True,
            at_once=True,
        )
        self.fields.declare([choice])

    def on_form_changed(self, event: Form.Changed) -> None:
        """Mark another one."""
        self._marked = str(event.value)

    def on_form_done(self) -> None:
        """Close the page, and do what was asked about."""
        self.shell.back()
        self._then(self._marked)
