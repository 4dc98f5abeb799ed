"""An excursion set up before STARTEX: strengths of influences, starts of tracks, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _, ngettext
from ttx.session.control_commands import Adjust
from ttx.session.control_events import START, STRENGTH
from ttx.session.needs import points
from ttx.session.view.causes import evidence_lines
from ttx.session.view.excursion import WORD, NumberRow, may_adjust, numbers, sentences
from ttx.tui import flow, paint
from ttx.tui.cuts import Cut
from ttx.tui.page import SMALL
from ttx.tui.parts.fields import Field, Number
from ttx.tui.parts.form import Form
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage
from ttx.tui.screens.sheet import prose

STEPS = {STRENGTH: 8, START: 100}
"""What + and - change a number by: per 256, and in hundredths."""
NOTHING = N_("Nothing is called '{words}'; {key} again with nothing shows all.")
BOUNDS = {STRENGTH: (-256, 256), START: (0, 10000)}


class ExcursionScreen(FormPage):
    """Every strength and start with its range and grade; what was set otherwise is listed below."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "about", "list", "gate")
    gone = N_("An excursion is set up before STARTEX; what was set then stands.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "search", id="search", tooltip="Search the numbers"),
        Binding("s", "want('sign')", "sign", id="sign", tooltip="The other sign"),
        Binding("x", "want('off')", "off", id="switch-off", tooltip="Switch the influence off"),
        Binding("w", "want('was')", "as it was", id="as-written", tooltip="As its author wrote it"),
        Binding("b", "basis", "basis", id="basis", tooltip="What the number rests on"),
    ]
    name_of_page: ClassVar[str] = N_("excursion")

    def __init__(self) -> None:
        """All numbers, none of them changed."""
        super().__init__()
        self.looked_for = ""

    @property
    def alive(self) -> bool:
        """Whether numbers can still be set."""
        return may_adjust(self.eye)

    @property
    def unsent(self) -> bool:
        """Whether the marked number is to be another one."""
        if not self.alive:
            return bool(self.touched)
        row = self._row()
        return row is not None and self._value(row) != row.now

    def _rows(self) -> tuple[NumberRow, ...]:
        name = f"numbers {self.looked_for}"
        return self.kept(name, lambda: numbers(self.eye, self.looked_for))

    def _row(self) -> NumberRow | None:
        """The number in focus."""
        rows = self._rows()
        return rows[self.fields.at] if self.fields.at < len(rows) else None

    def _value(self, row: NumberRow) -> int:
        return int(self.values.get(_field(row), row.now))

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that set a number."""
        sets, change = ("carry-out", _("set")), ("more less", _("change"))
        off, basis = ("switch-off", _("off")), ("basis", _("basis"))
        return [sets, ("search", _("search")), change, ("0-9", _("type")), off, basis]

    # --- the fields ---

    def declared(self) -> Sequence[Field]:
        """A field a number, the one in focus with what it is to be."""
        name = f"fields {self.looked_for} {self.app.size} {self.app.theme}"
        rows = self._rows()
        fields = list(self.kept(name, lambda: [self._number(row, row.now) for row in rows]))
        row = self._row()
        if row is not None:
            fields[self.fields.at] = self._number(row, self._value(row))
        return fields

    def _number(self, row: NumberRow, now: int) -> Number:
        ink, strength, small = self.ink, row.what == STRENGTH, self.form == SMALL
        least, most = BOUNDS[row.what]
        room, id_room = self._rooms
        name = paint.cell(paint.clean(row.brief if small else row.name), room - 1, self.glyphs)
        ident = paint.cell(row.part if strength else _("start"), id_room - 1, self.glyphs)
        span = _("{low} to {high}", low=shown(row, row.low), high=shown(row, row.high))
        return Number(
            name=_field(row),
            lead=(
                (ident, ink.muted),
                (" ", ""),
                (name, ink.text),
                (" ", ""),
                (f"{shown(row, row.written):>8}", ink.muted),
            ),
            trail=((f"{span:>13}  {row.grade}", ink.muted),),
            value=now,
            shown=shown(row, now),
            tone=ink.heat if now != row.written else "",
            least=least,
            most=most,
            step=STEPS[row.what],
            places=0 if strength else 2,
            negative=(now or row.written) < 0,
            malformed=_("A whole number.") if strength else _("At most two places."),
            beyond=_("It is between -256 and 256, per 256.")
            if strength
            else _("It is between 0 and 100 points."),
        )

    @property
    def _rooms(self) -> tuple[int, int]:
        """Cells of a name and of an id."""
        ident = 8 if self.form == SMALL else 22
        return self.body.width - ident - 45, ident  # two of them for a bar

    # --- what is done ---

    def action_want(self, what: str) -> None:
        """The other sign, nothing at all, or what the author wrote; a start has no sign."""
        row = self._row()
        if row is None or not self.alive:
            return
        value, strength = self._value(row), row.what == STRENGTH
        if what == "off" and not strength:
            self.show_notice(_("Only an influence is switched off; a track starts somewhere."))
            return
        self.fields.put_away()
        wishes = {"sign": -value if strength else value, "off": 0, "was": row.written}
        self.values[_field(row)] = str(wishes[what])
        self.paint()

    def on_form_moved(self, event: Form.Moved) -> None:
        """Another number is in focus; what was not carried out is said to be dropped."""
        left = next((row for row in self._rows() if _field(row) == event.left), None)
        changed = left is not None and self._value(left) != left.now
        self.values.clear()
        if left is not None and changed:
            key = self.key("carry-out")
            self.notice = _("{part} was not set: {key} does that.", part=left.part, key=key)
        self.paint()

    def carry_out(self) -> None:
        """Why; then it is set."""
        row = self._row()
        if row is None or not self.unsent:
            self.show_notice(_("That is what it is; change the marked number first."))
            return
        value, part = self._value(row), row.part
        done = _("{part} is set. This run is an excursion, and every screen says so.", part=part)

        def adjusted(reason: str) -> bool:
            if not self.request(Adjust(row.what, part, value, reason), done):
                return False
            self.fields.put_away()
            self.values.clear()
            return True

        asked = {"part": part, "value": shown(row, value)}
        what = _("{part} at {value}: why? Everybody will read it", **asked)
        self.because(what, adjusted, _("sets it"))

    def action_search(self) -> None:
        """Show the numbers in which all words occur; nothing shows all."""

        def look_for(typed: str) -> None:
            self.looked_for = typed
            self.values.clear()
            self.fields.action_edge(0)
            if not self._rows():
                self.show_notice(_(NOTHING, words=typed, key=self.key("search")))
            self.paint()

        self.fields.put_away()
        what = _("Search: words of a name, an id, a grade")
        self.prompt_text(what, look_for, does=_("finds"), looks_up=True)

    def action_basis(self) -> None:
        """The evidence behind the marked number."""
        row = self._row()
        if row is None:
            return
        evidence = evidence_lines(self.game.run.exercise, [*row.basis])
        title = _("Basis of {part}", part=row.part)
        self.shell.open(prose(title, (row.about, *evidence), row.name))

    # --- what is shown ---

    def plan(self) -> dict[str, Box]:
        """Head, the numbers, the marked one, what was set, and the button."""
        about, listed = Cell("about", self.by_size(2, 3)), Cell("list", self.by_size(3, 6))
        parts = (self.by_size(0, 1), Cell("head", 1), Cell("rows"), about, 1, listed)
        return boxes(column(*parts, self.by_size(1, 2), Cell("gate", 1)), self.body)

    def head(self, width: int) -> Sequence[Text]:
        """What this page is for, and how many numbers there are."""
        ink, count = self.ink, len(self._rows())
        note = ngettext("{count} number", "{count} numbers", count)
        if self.looked_for:
            words, key = repr(paint.clean(self.looked_for)), self.key("search")
            note = f"{note} {_('with {words}; {key} shows others', words=words, key=key)}"
        title = _("Excursion: what shall be otherwise in this run")
        return [paint.line(width, [(title, f"bold {ink.strong}")], [(note, ink.muted)])]

    def columns(self, width: int) -> Sequence[Text]:
        """What the cells of a number are."""
        room, id_room = self._rooms
        names = f"  {_('ID'):<{id_room}}{_('NUMBER'):<{room}}{_('written'):>8}{_('now'):>9}"
        names = f"{names}{_('range'):>13}  {_('grade')}"
        return [paint.line(width, [(names, f"bold {self.ink.muted}")])]

    def draw_others(self) -> None:
        """The marked number, what was set so far, and the button."""
        about, listed = self.places["about"], self.places["list"]
        self.put("about", self._about(about.width, about.height))
        self.put("list", self._listed(listed.width, listed.height))
        then = (
            _("then why; it is for the whole run") if self.unsent else _("once a number is changed")
        )
        self.put_button(_("Set it"), then, on=self.unsent)

    def _about(self, width: int, room: int) -> list[Text]:
        row = self._row()
        if row is None:
            return []
        unit = _("per 256, 0 is off") if row.what == STRENGTH else _("points")
        about = f"{row.part} ({unit}): {row.about}"
        if not row.low <= self._value(row) <= row.high:
            low, high = shown(row, row.low), shown(row, row.high)
            outside = _("Outside what its evidence allows, {low} to {high}.", low=low, high=high)
            about = f"{outside} {about}"
        return paint.block(width, about, self.ink.muted, width, room)

    def _listed(self, width: int, room: int) -> list[Text]:
        ink, lines = self.ink, sentences(self.eye)
        if not lines:
            none = _("As its author wrote it. A number set otherwise makes this run an excursion.")
            return [paint.line(width, [(none, ink.muted)])]
        head = _("{word}: WHAT WAS SET OTHERWISE", word=WORD)
        label = paint.label(width, head, ink, str(len(lines)))
        if len(lines) > room - 1:
            left, key = len(lines) - room + 2, self.key("excursion")
            more = _("and {left} more behind {key} after STARTEX", left=left, key=key)
            lines = (*lines[: room - 2], Cut(more, " ".join(lines[room - 2 :])))
        spare, rows = room - 1 - len(lines), [label]
        for line in lines:
            cells = [(line, ink.heat)]
            made = flow.flowed(width, cells, 2, spare + 1) if spare else [paint.line(width, cells)]
            spare -= len(made) - 1
            rows += made
        return rows


def _field(row: NumberRow) -> str:
    """What the form knows a number by."""
    return f"{row.what} {row.part}"


def shown(row: NumberRow, value: int) -> str:
    """A number as its row shows it: a strength whole, a start in points."""
    return str(value) if row.what == STRENGTH else points(value)
