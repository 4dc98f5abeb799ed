"""An excursion set up before STARTEX: strengths of influences, starts of tracks, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.session.control_commands import Adjust
from ttx.session.control_events import START, STRENGTH
from ttx.session.view import words
from ttx.session.view.causes import evidence_lines
from ttx.session.view.excursion import SAYS, WORD, NumberRow, may_adjust, numbers, sentences
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.form import FormPage, hundredths
from ttx.tui.screens.sheet import Sheet

STEPS = {STRENGTH: 8, START: 100}
"""What + and - change a number by: per 256, and in hundredths."""
MOST = {STRENGTH: (-256, 256), START: (0, 10000)}
SET = "Set it"
NONE_YET = "As its author wrote it. A number set otherwise makes this run an excursion."
UNDER_WAY = "An excursion is set up before STARTEX; what was set then stands."


class ExcursionScreen(FormPage):
    """Every strength and start with its range and grade; what was set otherwise is listed below."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "about", "list", "gate")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "search", id="search", tooltip="Search the numbers"),
        Binding("full_stop,comma", "digit('.')", "point", id="point", tooltip="Decimal point"),
        Binding("backspace", "erase", "erase", id="erase", tooltip="Take the last digit back"),
        Binding("s", "sign", "sign", id="sign", tooltip="The other sign"),
        Binding("x", "off", "off", id="switch-off", tooltip="Switch the influence off"),
        Binding("w", "written", "as written", id="as-written", tooltip="As its author wrote it"),
        Binding("b", "basis", "basis", id="basis", tooltip="What the number rests on"),
        Binding("pagedown,ctrl+d", "page(1)", "on", id="half-down", tooltip="A page down"),
        Binding("pageup,ctrl+u", "page(-1)", "back", id="half-up", tooltip="A page up"),
    ]
    name_of_page: ClassVar[str] = "excursion"

    def __init__(self) -> None:
        """All numbers, none of them changed."""
        super().__init__()
        self.looked_for = ""
        self._wanted: int | None = None
        self._first = 0

    @property
    def alive(self) -> bool:
        """Whether numbers can still be set."""
        return may_adjust(self.eye)

    def _rows(self) -> tuple[NumberRow, ...]:
        name = f"numbers {self.looked_for}"
        return self.kept(name, lambda: numbers(self.eye, self.looked_for))

    @property
    def count(self) -> int:
        """The numbers that were found."""
        return len(self._rows())

    def _row(self) -> NumberRow | None:
        rows = self._rows()
        return rows[self.marked] if self.marked < len(rows) else None

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that set a number."""
        keys = [("Enter", "set"), ("/", "search"), ("+ -", "change"), ("0-9", "type")]
        return [*keys, ("x", "off"), ("b", "basis")]

    # --- values ---

    def _set(self, value: int) -> None:
        row = self._row()
        if row is None:
            return
        low, high = MOST[row.what]
        if not low <= value <= high:
            self.typed = self.typed[:-1]
            limits = "-256 and 256, per 256" if row.what == STRENGTH else "0 and 100 points"
            self.show_notice(f"It is between {limits}.")
            return
        self._wanted = value

    @property
    def _value(self) -> int:
        row = self._row()
        assert row is not None
        return row.now if self._wanted is None else self._wanted

    def change(self, by: int) -> None:
        """A step."""
        row = self._row()
        if row is not None:
            self._set(self._value + by * STEPS[row.what])

    def enter(self, typed: str) -> None:
        """A size; the sign is kept."""
        row = self._row()
        if row is None:
            return
        if row.what == STRENGTH:
            size = int(typed) if typed.isdigit() else None
        else:
            size = hundredths(typed)
        if size is None:
            if row.what == STRENGTH or typed != ".":
                self.typed = typed[:-1]
                self.show_notice(
                    "A whole number." if row.what == STRENGTH else "At most two places."
                )
            return
        self._set(-size if (self._value or row.written) < 0 else size)

    def action_erase(self) -> None:
        """One sign less of what is typed."""
        if self.typed and self.alive:
            self.typed = self.typed[:-1]
            self.enter(self.typed or "0")
            self.paint()

    def action_sign(self) -> None:
        """Minus what it is; a start has no sign."""
        row = self._row()
        if self.alive and row is not None and row.what == STRENGTH:
            self.typed = ""
            self._set(-self._value)
            self.paint()

    def action_off(self) -> None:
        """Switch the marked influence off."""
        row = self._row()
        if not self.alive or row is None:
            return
        if row.what != STRENGTH:
            self.show_notice("Only an influence is switched off; a track starts somewhere.")
            return
        self.typed, self._wanted = "", 0
        self.paint()

    def action_written(self) -> None:
        """The number as the author wrote it."""
        row = self._row()
        if self.alive and row is not None:
            self.typed, self._wanted = "", row.written
            self.paint()

    def carry_out(self) -> None:
        """Why; then it is set."""
        row = self._row()
        if row is None:
            return
        if self._value == row.now:
            self.show_notice("That is what it is; change the marked number first.")
            return
        value = self._value
        self.because(
            f"{row.part} at {shown(row, value)}: why? Everybody will read it",
            lambda why: self._adjusted(row, value, why),
            "sets it",
        )

    def _adjusted(self, row: NumberRow, value: int, reason: str) -> None:
        if self.request(Adjust(row.what, row.part, value, reason)):
            self._forget()
            self.show_notice(
                f"{row.part} is set. This run is an excursion, and every screen says so."
            )

    def _forget(self) -> None:
        self.typed, self._wanted = "", None

    def action_step(self, by: int) -> None:
        """Mark another row; what was not carried out is said to be dropped."""
        self._drop()
        super().action_step(by)

    def action_edge(self, end: int) -> None:
        """Mark the first or the last row."""
        self._drop()
        super().action_edge(end)

    def _drop(self) -> None:
        row = self._row()
        if row is not None and self._value != row.now:
            self.notice = f"{row.part} was not set: Enter does that."
        self._forget()

    def action_page(self, by: int) -> None:
        """Rows on or back by a page."""
        self._drop()
        room = max(self.places["rows"].height - 2, 1)
        self.marked = max(0, min(self.marked + by * room, self.count - 1))
        self.paint()

    def action_search(self) -> None:
        """Show the numbers in which all words occur; nothing shows all."""

        def found(typed: str) -> None:
            self._forget()
            self.looked_for, self.marked = typed, 0
            if not self.count:
                self.show_notice(f"Nothing is called '{typed}'; / again with nothing shows all.")
            self.paint()

        self.prompt_text("Search: words of a name, an id, a grade", found, does="finds")

    def action_basis(self) -> None:
        """The evidence behind the marked number."""
        row = self._row()
        if row is None:
            return

        def rows(sheet: Sheet, width: int) -> list[Text]:
            found: list[Text] = []
            for one in (row.about, *evidence_lines(self.game.run.exercise, [*row.basis], "en")):
                found += [paint.line(width, [(p, sheet.ink.text)]) for p in paint.wrap(one, width)]
                found.append(paint.blank(width))
            return found

        self.shell.open(Sheet(f"Basis of {row.part}", rows, row.name))

    # --- what is shown ---

    def plan(self) -> dict[str, Box]:
        """Head, the numbers, the marked one, what was set, and the button."""
        x, y, width, height = self.body
        small = self.form == SMALL
        top, about, listed = (y, 2, 3) if small else (y + 1, 3, 6)
        rows = height - (top - y) - 2 - about - listed - 3 - (0 if small else 1)
        at = top + 2 + rows
        return {
            "head": Box(x, top, width, 2),
            "rows": Box(x, top + 2, width, rows),
            "about": Box(x, at, width, about),
            "list": Box(x, at + about + 1, width, listed),
            "gate": Box(x, y + height - 1, width, 1),
        }

    def draw(self) -> None:
        """Fill the page."""
        ink, width, rows = self.ink, self.places["head"].width, self._rows()
        self.marked = max(0, min(self.marked, len(rows) - 1))
        note = f"{len(rows)} numbers"
        if self.looked_for:
            note = f"{note} with '{paint.clean(self.looked_for)}'; / shows others"
        title = "Excursion: what shall be otherwise in this run"
        cells = [(title, f"bold {ink.strong}")]
        head = [paint.line(width, cells, [(note, ink.muted)]), self._columns(width)]
        self.put("head", head)
        room = self.places["rows"].height
        self._first = max(min(self._first, self.marked), self.marked - room + 1, 0)
        shown_ = list(enumerate(rows))[self._first : self._first + room]
        self.put("rows", [self._line(at, row, width) for at, row in shown_])
        self.put("about", self._about(width, self.places["about"].height))
        self.put("list", self._listed(width, self.places["list"].height))
        self.put("gate", [self._gate(width)])

    def _name_room(self, width: int) -> int:
        return width - self._id_room - 43

    @property
    def _id_room(self) -> int:
        return 8 if self.form == SMALL else 22

    def _columns(self, width: int) -> Text:
        head = (
            f"  {'ID':<{self._id_room}}{'NUMBER':<{self._name_room(width)}}{'written':>8}{'now':>9}"
        )
        return paint.line(width, [(f"{head}{'range':>13}  grade", f"bold {self.ink.muted}")])

    def _line(self, at: int, row: NumberRow, width: int) -> Text:
        ink, marked = self.ink, at == self.marked
        now = row.now
        told = shown(row, now)
        if marked and self._wanted is not None:
            now = self._wanted
            sign = "-" if now < 0 else ""
            told = f"{sign}{self.typed}_" if self.typed else f"{shown(row, now)}_"
        tone = f"bold {ink.heat}" if now != row.written else ink.text
        room = self._name_room(width) - 1
        name = paint.clean(row.brief if self.form == SMALL else row.name)
        ident = row.part if row.what == STRENGTH else "start"
        id_room = self._id_room
        cells: list[Seg] = [
            (f"{self.glyphs.marked} " if marked else "  ", f"bold {ink.cool}"),
            (f"{paint.cut(ident, id_room - 1, self.glyphs):<{id_room}}", ink.muted),
            (f"{paint.cut(name, room, self.glyphs):<{room + 1}}", ink.text),
            (f"{shown(row, row.written):>8}", ink.muted),
            (f"{told:>9}", tone),
            (f"{f'{shown(row, row.low)} to {shown(row, row.high)}':>13}", ink.muted),
            (f"  {row.grade}", ink.muted),
        ]
        return paint.line(width, cells, fill=ink.raised if marked else "")

    def _about(self, width: int, room: int) -> list[Text]:
        row, ink = self._row(), self.ink
        if row is None:
            return []
        unit = "per 256, 0 is off" if row.what == STRENGTH else "points"
        told = f"{row.part} ({unit}): {row.about}"
        low, high = shown(row, row.low), shown(row, row.high)
        if not row.low <= self._value <= row.high:
            told = f"Outside what its evidence allows, {low} to {high}. {told}"
        lines = paint.broken(told, width)[:room]
        return [paint.line(width, [(one, ink.muted)]) for one in lines]

    def _listed(self, width: int, room: int) -> list[Text]:
        ink, told = self.ink, sentences(self.eye)
        if not told:
            return [paint.line(width, [(NONE_YET, ink.muted)])]
        rows = [paint.label(width, f"{WORD}: WHAT WAS SET OTHERWISE", ink, str(len(told)))]
        lines = [paint.cut(one, width, self.glyphs) for one in told]
        if len(lines) > room - 1:
            left = len(lines) - room + 2
            lines = [*lines[: room - 2], f"and {left} more behind X after STARTEX"]
        return rows + [paint.line(width, [(one, ink.heat)]) for one in lines]

    def _gate(self, width: int) -> Text:
        ink = self.ink
        if not self.alive:
            return paint.line(width, [(UNDER_WAY, ink.muted)])
        row = self._row()
        differs = row is not None and self._value != row.now
        note = "   then why; it is for the whole run" if differs else "   once a number is changed"
        button = paint.button("Enter", SET, ink, default=differs)
        return paint.line(width, [*button, (note, ink.muted)])

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """The button takes a click, a row is marked by one."""
        if event.region == "gate" and self.on_button(event, "Enter", SET):
            self.action_carry_out()
        elif event.region == "rows" and self._first + event.row < self.count:
            self._drop()
            self.marked = self._first + event.row
            self.paint()


def shown(row: NumberRow, value: int) -> str:
    """A number as its row shows it: a strength whole, a start in points."""
    return str(value) if row.what == STRENGTH else words.points(value)


def excursion_sheet(told: Sequence[str]) -> Sheet:
    """What makes a run an excursion, for whoever only reads it."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        found: list[Text] = []
        for one in (SAYS, *told):
            found += [paint.line(width, [(p, sheet.ink.text)]) for p in paint.wrap(one, width)]
            found.append(paint.blank(width))
        return found

    return Sheet("Excursion", rows, "what was set otherwise, and why")
