"""A page that rules otherwise than the model: how far beyond, why, and then it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text

from ttx.session.control_commands import Amend, Hear, Override
from ttx.session.control_events import OVERTURNED
from ttx.session.view.amending import AmendView, RecastView
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.region import Region
from ttx.tui.screens.form import FormPage


class AmendPage(FormPage):
    """What a page that rules otherwise does: how far beyond, why, and then it stands."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "result", "gate")

    def __init__(self, *, overrule: bool = False, heard: str = "") -> None:
        """A page to modify, or to overrule; `heard` is the outcome of a challenge it follows."""
        super().__init__()
        self.overrule, self.heard = overrule or heard == OVERTURNED, heard

    @property
    def name_of_page(self) -> str:  # type: ignore[override]  # it depends on what is done
        """In the status line."""
        return "overrule" if self.overrule else "modify"

    @property
    def instead(self) -> Override:
        """What shall stand."""
        raise NotImplementedError

    def _view(self) -> AmendView | RecastView:
        """What it comes to."""
        raise NotImplementedError

    @property
    def beyond(self) -> tuple[str, ...]:
        """What goes beyond a modification, a sentence each."""
        return self._view().beyond

    @property
    def same(self) -> bool:
        """Whether nothing differs from what stands."""
        return self._view().same

    @property
    def beyond_told(self) -> str:
        """The last word above the button about the band."""
        if not self.beyond:
            return ""
        told = "This overrules the model" if self.overrule else "Beyond a modification"
        return f"{told}: {' '.join(self.beyond)}"

    @property
    def word(self) -> str:
        """What Enter does."""
        if self.heard:
            return "Overturn" if self.overrule else "Modify"
        return "Overrule" if self.overrule else "Modify"

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of the rows."""
        return [("Enter", self.word.lower()), ("j k", "row"), ("+ -", "change"), ("Esc", "close")]

    def carry_out(self) -> None:
        """Ask where it goes beyond the band, then why; then it is ruled."""
        if self.same:
            self.show_notice("That is what stands already; change a row first.")
        elif self.beyond and not self.overrule:
            further = "Overturn" if self.heard else "Overrule"
            self.confirm(f"Beyond a modification ({self.beyond[0][:-1]}).", further, self._further)
        else:
            self._why()

    def _further(self) -> None:
        self.overrule = True
        if self.heard:
            self.heard = OVERTURNED
        self._why()

    def _why(self) -> None:
        self.because(f"{self.word}: why? Everybody will read it", self._ruled, "rules")

    def _ruled(self, reason: str) -> None:
        if self.heard:
            done = self.request(Hear(self.heard, reason, self.instead))
        else:
            done = self.request(Amend(self.instead, reason, overrule=self.overrule))
        if done:
            self.leave()

    def gate_rows(self, width: int) -> list[Text]:
        """What is beyond the band, and the button."""
        ink = self.ink
        told = self.beyond_told
        rows = [paint.line(width, [(one, f"bold {ink.heat}")]) for one in paint.broken(told, width)]
        rows = rows[: 2 if self.form == SMALL else 3] if told else []
        note = "   then its reason; it is confirmed with that"
        if self.heard:
            note = "   then what you say to the seat that challenged"
        button = paint.button("Enter", self.word, ink, default=True)
        return [*rows, paint.line(width, [*button, (note, ink.muted)])]

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """The button takes a click, a row is marked by one."""
        if event.region == "gate" and self.on_button(event, "Enter", self.word):
            self.action_carry_out()
        elif event.region == "rows":
            self.click_row(event.row)

    def click_row(self, row: int) -> None:
        """Mark the row that was clicked."""
