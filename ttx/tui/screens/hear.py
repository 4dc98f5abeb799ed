"""A challenge heard by the facilitator: upheld, modified or overturned, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text

from ttx.session import phases
from ttx.session.control_commands import Hear
from ttx.session.control_events import MODIFIED, OVERTURNED, UPHELD
from ttx.session.view.contested import Contested, waiting
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.amend import AmendRulingScreen
from ttx.tui.screens.amending import AmendPage
from ttx.tui.screens.form import FormPage
from ttx.tui.screens.recast import AmendReckoningScreen

OUTCOMES = (
    (UPHELD, "what was ruled stands"),
    (MODIFIED, "a change within the band; the next page makes it"),
    (OVERTURNED, "a change beyond it; the next page makes it"),
)

WORDS = ("Uphold", "Modify", "Overturn")


class HearScreen(FormPage):
    """Who challenged what and why, and the three ways to decide on it."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "gate")
    name_of_page: ClassVar[str] = "challenge"

    def _view(self) -> Contested | None:
        return self.kept("waiting", lambda: waiting(self.eye))

    @property
    def alive(self) -> bool:
        """Whether it still waits."""
        return self.context.facilitates and self._view() is not None

    @property
    def count(self) -> int:
        """The outcomes."""
        return len(OUTCOMES)

    def foot(self) -> Sequence[tuple[str, str]]:
        """Digits choose."""
        return [("Enter", "decide"), ("1-3", "choose"), ("Esc", "close")]

    def change(self, by: int) -> None:
        """The next outcome."""
        self.marked = (self.marked + by) % len(OUTCOMES)

    def enter(self, typed: str) -> None:
        """An outcome by its place."""
        self.typed = ""
        if typed in ("1", "2", "3"):
            self.marked = int(typed) - 1
        else:
            self.show_notice("1 is upheld, 2 modified, 3 overturned.")

    def carry_out(self) -> None:
        """Why; a ruling that changes is changed on a page of its own first."""
        outcome = OUTCOMES[self.marked][0]
        if outcome == UPHELD:
            view = self._view()
            assert view is not None
            self.because(f"Upheld: what do you say to {view.seat}?", self._upheld, "rules")
            return
        review = self.game.phase == phases.REVIEW
        page: AmendPage = (AmendRulingScreen if review else AmendReckoningScreen)(heard=outcome)
        self.app.switch_screen(page)

    def _upheld(self, reason: str) -> None:
        if self.request(Hear(UPHELD, reason)):
            self.leave()

    def plan(self) -> dict[str, Box]:
        """The challenge, the outcomes, the button."""
        x, y, width, height = self.body
        top = y + (0 if self.form == SMALL else 1)
        return {
            "head": Box(x, top, width, 10),
            "rows": Box(x, top + 11, width, 5),
            "gate": Box(x, y + height - 2, width, 1),
        }

    def draw(self) -> None:
        """Fill the page."""
        ink, view, width = self.ink, self._view(), self.places["head"].width
        if view is None:
            told = "No challenge waits to be heard. Esc closes this page."
            self.put("head", [paint.line(width, [(told, f"bold {ink.strong}")])])
            return
        title = f"{view.seat} challenges {view.number} {view.title}"
        rows = [
            paint.line(width, [(title, f"bold {ink.strong}")]),
            paint.rule(width, ink, self.glyphs),
        ]
        rows += [paint.line(width, [(one, ink.text)]) for one in paint.wrap(view.reason, width)]
        self.put("head", rows)
        self.put("rows", self._outcomes(width))
        button = paint.button("Enter", WORDS[self.marked], ink, default=True)
        note = "   then what you say to the seat; everybody reads it"
        if self.marked:
            note = "   the next page changes what was ruled, and asks for your reason"
        self.put("gate", [paint.line(width, [*button, (note, ink.muted)])])

    def _outcomes(self, width: int) -> list[Text]:
        ink = self.ink
        rows = [paint.label(width, "YOU DECIDE", ink), paint.rule(width, ink, self.glyphs)]
        for at, (name, means) in enumerate(OUTCOMES):
            marked = at == self.marked
            sign = f"{self.glyphs.marked} " if marked else "  "
            cells: list[Seg] = [
                (f"{sign}{at + 1} ", f"bold {ink.cool}"),
                (f"{name:<12}", f"bold {ink.text}"),
                (means, ink.muted),
            ]
            rows.append(paint.line(width, cells, fill=ink.raised if marked else ""))
        return rows

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """The button takes a click, an outcome is marked by one."""
        if event.region == "gate" and self.on_button(event, "Enter", WORDS[self.marked]):
            self.action_carry_out()
        elif event.region == "rows" and 2 <= event.row < 2 + len(OUTCOMES):
            self.marked = event.row - 2
            self.paint()
