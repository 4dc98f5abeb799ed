"""A written-in action weighed by the facilitator: which option it is like, and how strongly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text

from ttx.session.control_commands import STRENGTHS, Weigh
from ttx.session.view.weighing import Likeness, WeighView, weigh_view
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.form import FormPage

EVEN = 2
WORD = "Weigh"


class WeighScreen(FormPage):
    """The action with its reasons for and against, the options, and the five strengths."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "action", "rows", "gate")
    name_of_page: ClassVar[str] = "weigh"

    def __init__(self) -> None:
        """Even, like the first option."""
        super().__init__()
        self.quarters = EVEN

    def _view(self) -> WeighView | None:
        return self.kept("weigh", lambda: weigh_view(self.eye))

    @property
    def alive(self) -> bool:
        """Whether the action still waits."""
        return self.context.facilitates and self._view() is not None

    @property
    def count(self) -> int:
        """A row an option."""
        view = self._view()
        return len(view.options) if view is not None else 0

    def foot(self) -> Sequence[tuple[str, str]]:
        """Digits choose the option, + and - the strength."""
        return [("Enter", "weigh"), (f"1-{self.count}", "like option"), ("+ -", "strength")]

    def change(self, by: int) -> None:
        """A step weaker or stronger."""
        at = self.quarters + by
        if 0 <= at < len(STRENGTHS):
            self.quarters = at
        else:
            self.show_notice(f"There is nothing beyond '{STRENGTHS[self.quarters]}'.")

    def enter(self, typed: str) -> None:
        """The option whose benefits it takes."""
        self.typed = ""
        if 1 <= int(typed) <= self.count:
            self.marked = int(typed) - 1
        else:
            self.show_notice(f"Choose an option from 1 to {self.count}.")

    def carry_out(self) -> None:
        """Why; then it is weighed, and the model rules with that."""
        view = self._view()
        assert view is not None
        option = view.options[self.marked]
        told = f"Weigh it {STRENGTHS[self.quarters]}, like {self.marked + 1}: why?"
        self.because(told, lambda why: self._weighed(option, why), "weighs")

    def _weighed(self, option: Likeness, reason: str) -> None:
        if self.request(Weigh(option.id, self.quarters, reason)):
            self.leave()

    # --- what is shown ---

    def plan(self) -> dict[str, Box]:
        """The action above, the options below, the strengths and the button last."""
        x, y, width, height = self.body
        if self.form == SMALL:
            above = 7
            return {
                "head": Box(x, y, width, 1),
                "action": Box(x, y + 1, width, above),
                "rows": Box(x, y + 2 + above, width, height - above - 5),
                "gate": Box(x, y + height - 3, width, 3),
            }
        above = 12
        return {
            "head": Box(x, y + 1, width, 2),
            "action": Box(x, y + 4, width, above),
            "rows": Box(x, y + 5 + above, width, height - above - 10),
            "gate": Box(x, y + height - 4, width, 4),
        }

    def draw(self) -> None:
        """Fill the page."""
        ink, view, width = self.ink, self._view(), self.places["head"].width
        if view is None:
            told = "Nothing waits to be weighed any more. Esc closes this page."
            self.put("head", [paint.line(width, [(told, f"bold {ink.strong}")])])
            return
        title = f"{view.cell} answered {view.number} in its own words"
        rows = [paint.line(width, [(title, f"bold {ink.strong}")], [(view.title, ink.muted)])]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        self.put("head", rows)
        self.put("action", self._action(view, self.places["action"]))
        self.put("rows", self._options(view, self.places["rows"]))
        self.put("gate", self._gate(view, width))

    def _action(self, view: WeighView, box: Box) -> list[Text]:
        ink = self.ink
        found: list[Text] = []
        parts = (("action", view.written), ("for", view.pro), ("against", view.contra))
        given = [(name, words) for name, words in parts if words]
        room = max(box.height // max(len(given), 1), 1)
        for name, said in given:
            lines = paint.broken(said, min(box.width, 110) - 9)
            if len(lines) > room:
                lines = [
                    *lines[: room - 1],
                    paint.cut(" ".join(lines[room - 1 :]), 60, self.glyphs),
                ]
            tone = f"bold {ink.strong}" if name == "action" else ink.text
            for at, one in enumerate(lines):
                label = name if not at else ""
                found.append(paint.line(box.width, [(f"{label:<9}", ink.muted), (one, tone)]))
        if not (view.pro or view.contra):
            told = "The cell gave no reasons for or against it."
            found.append(paint.line(box.width, [(f"{'':<9}{told}", ink.muted)]))
        return found

    def _options(self, view: WeighView, box: Box) -> list[Text]:
        ink = self.ink
        rows = [paint.label(box.width, "IT TAKES THE BENEFITS, COSTS AND PROVOCATION OF", ink)]
        if self.form != SMALL:
            rows.append(paint.rule(box.width, ink, self.glyphs))
        for at, one in enumerate(view.options):
            marked = at == self.marked
            sign = f"{self.glyphs.marked} " if marked else "  "
            fill = ink.raised if marked else ""
            head: list[Seg] = [
                (f"{sign}{at + 1} ", f"bold {ink.cool}"),
                (one.title, f"bold {ink.text}"),
            ]
            rows.append(paint.line(box.width, head, fill=fill))
            if marked or self.form != SMALL:
                cells: list[Seg] = [("    in full: ", ink.muted)]
                for name, by, word in (*one.benefits, *one.costs):
                    cells.append((f"{name} {by}   ", paint.direction_colour(word, ink)))
                rows.append(paint.line(box.width, cells, fill=fill))
        return rows

    def _gate(self, view: WeighView, width: int) -> list[Text]:
        ink = self.ink
        cells: list[Seg] = [("strength ", f"bold {ink.text}")]
        for at, one in enumerate(view.strengths):
            named = f"[{one} {at}/4]" if at == self.quarters else f" {one} {at}/4 "
            cells.append((named, f"bold {ink.strong}" if at == self.quarters else ink.muted))
        button = paint.button("Enter", WORD, ink, default=True)
        note = "   then why; everybody reads both once the ruling is confirmed"
        return [
            paint.line(width, cells),
            paint.blank(width),
            paint.line(width, [*button, (note, ink.muted)]),
        ]

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """The button takes a click, an option is marked by one."""
        if event.region == "gate":
            if self.on_button(event, "Enter", WORD):
                self.action_carry_out()
        elif event.region == "rows":
            each, head = (2, 2) if self.form != SMALL else (1, 1)
            at = (event.row - head) // each
            if self.form == SMALL and at > self.marked:
                at -= 1
            if 0 <= at < self.count:
                self.marked = at
                self.paint()
