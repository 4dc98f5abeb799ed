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
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.fields import Field, Number, Value
from ttx.tui.parts.form import Form
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage
from ttx.tui.screens.sheet import prose

STEPS = {STRENGTH: 8, START: 100}
"""What + and - change a number by: per 256, and in hundredths."""
BOUNDS = {STRENGTH: (-256, 256), START: (0, 10000)}


class ExcursionScreen(FormPage):
    """Every strength and start with its range and grade; what was set otherwise is listed below."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "about", "list", "gate")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "search", id="search", tooltip="Search the numbers"),
        Binding("s", "sign", "sign", id="sign", tooltip="The other sign"),
        Binding("x", "off", "off", id="switch-off", tooltip="Switch the influence off"),
        Binding("w", "written", "as written", id="as-written", tooltip="As its author wrote it"),
        Binding("b", "basis", "basis", id="basis", tooltip="What the number rests on"),
    ]
    name_of_page: ClassVar[str] = N_("excursion")

    def __init__(self) -> None:
        """All numbers, none of them changed."""
        super().__init__()
        self.looked_for = ""
        self._wanted: int | None = None

    @property
    def alive(self) -> bool:
        """Whether numbers can still be set."""
        return may_adjust(self.eye)

    @property
    def unsent(self) -> bool:
        """Whether the marked number is to be another one."""
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
        return row.now if self._wanted is None else self._wanted

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that set a number."""
        keys = [
            ("carry-out", _("set")),
            ("search", _("search")),
            ("more less", _("change")),
            ("0-9", _("type")),
        ]
        return [*keys, ("switch-off", _("off")), ("basis", _("basis"))]

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
        name = paint.cut(paint.clean(row.brief if small else row.name), room - 1, self.glyphs)
        ident = paint.cut(row.part if strength else START, id_room - 1, self.glyphs)
        span = _("{low} to {high}", low=shown(row, row.low), high=shown(row, row.high))
        return Number(
            name=f"{row.what} {row.part}",
            lead=(
                (f"{ident:<{id_room}}", ink.muted),
                (f"{name:<{room}}", ink.text),
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
        return self.body.width - ident - 43, ident

    # --- what is done ---

    def take(self, field: str, value: Value) -> None:
        """What the number in focus is to be."""
        if isinstance(value, int) and self.fields.field is not None:
            self._wanted = value if field == self.fields.field.name else None

    def _want(self, value: int) -> None:
        self.fields.put_away()
        self._wanted = value
        self.paint()

    def action_sign(self) -> None:
        """Minus what it is; a start has no sign."""
        row = self._row()
        if self.alive and row is not None and row.what == STRENGTH:
            self._want(-self._value(row))

    def action_off(self) -> None:
        """Switch the marked influence off."""
        row = self._row()
        if not self.alive or row is None:
            return
        if row.what == STRENGTH:
            self._want(0)
        else:
            self.show_notice(_("Only an influence is switched off; a track starts somewhere."))

    def action_written(self) -> None:
        """The number as the author wrote it."""
        row = self._row()
        if self.alive and row is not None:
            self._want(row.written)

    def on_form_moved(self, event: Form.Moved) -> None:
        """Another number is in focus; what was not carried out is said to be dropped."""
        left = next((row for row in self._rows() if f"{row.what} {row.part}" == event.left), None)
        wanted, self._wanted = self._wanted, None
        if left is not None and wanted not in (None, left.now):
            self.notice = _("{part} was not set: Enter does that.", part=left.part)
        self.paint()

    def carry_out(self) -> None:
        """Why; then it is set."""
        row = self._row()
        if row is None:
            return
        value = self._value(row)
        if value == row.now:
            self.show_notice(_("That is what it is; change the marked number first."))
            return
        what = _(
            "{part} at {value}: why? Everybody will read it", part=row.part, value=shown(row, value)
        )
        self.because(what, lambda why: self._adjusted(row, value, why), _("sets it"))

    def _adjusted(self, row: NumberRow, value: int, reason: str) -> bool:
        done = self.request(Adjust(row.what, row.part, value, reason))
        if done:
            self.fields.put_away()
            self._wanted = None
            is_set = _(
                "{part} is set. This run is an excursion, and every screen says so.", part=row.part
            )
            self.show_notice(is_set)
        return done

    def action_search(self) -> None:
        """Show the numbers in which all words occur; nothing shows all."""

        def look_for(typed: str) -> None:
            self._wanted, self.looked_for = None, typed
            self.fields.action_edge(0)
            if not self._rows():
                nothing = _(
                    "Nothing is called '{words}'; / again with nothing shows all.", words=typed
                )
                self.show_notice(nothing)
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
        x, y, width, height = self.body
        small = self.form == SMALL
        top, about, listed = (y, 2, 3) if small else (y + 1, 3, 6)
        rows = height - (top - y) - 1 - about - listed - 3 - (0 if small else 1)
        below = top + 1 + rows
        return {
            "head": Box(x, top, width, 1),
            "rows": Box(x, top + 1, width, rows),
            "about": Box(x, below, width, about),
            "list": Box(x, below + about + 1, width, listed),
            "gate": Box(x, y + height - 1, width, 1),
        }

    def draw(self) -> None:
        """Fill the page."""
        ink, width, rows = self.ink, self.places["head"].width, self._rows()
        note = ngettext("{count} number", "{count} numbers", len(rows))
        if self.looked_for:
            words_ = paint.clean(self.looked_for)
            note = f"{note} {_('with {words}; / shows others', words=repr(words_))}"
        title = _("Excursion: what shall be otherwise in this run")
        self.put("head", [paint.line(width, [(title, f"bold {ink.strong}")], [(note, ink.muted)])])
        room, id_room = self._rooms
        columns = f"  {_('ID'):<{id_room}}{_('NUMBER'):<{room}}{_('written'):>8}{_('now'):>9}"
        columns = f"{columns}{_('range'):>13}  {_('grade')}"
        self.fields.declare(self.declared(), [paint.line(width, [(columns, f"bold {ink.muted}")])])
        self.put("about", self._about(width, self.places["about"].height))
        self.put("list", self._listed(width, self.places["list"].height))
        self._draw_gate(width)

    def _about(self, width: int, room: int) -> list[Text]:
        row, ink = self._row(), self.ink
        if row is None:
            return []
        unit = _("per 256, 0 is off") if row.what == STRENGTH else _("points")
        about = f"{row.part} ({unit}): {row.about}"
        if not row.low <= self._value(row) <= row.high:
            outside = _(
                "Outside what its evidence allows, {low} to {high}.",
                low=shown(row, row.low),
                high=shown(row, row.high),
            )
            about = f"{outside} {about}"
        lines = paint.broken(about, width)[:room]
        return [paint.line(width, [(line, ink.muted)]) for line in lines]

    def _listed(self, width: int, room: int) -> list[Text]:
        ink, set_so_far = self.ink, sentences(self.eye)
        if not set_so_far:
            none = _("As its author wrote it. A number set otherwise makes this run an excursion.")
            return [paint.line(width, [(none, ink.muted)])]
        head = _("{word}: WHAT WAS SET OTHERWISE", word=WORD)
        rows = [paint.label(width, head, ink, str(len(set_so_far)))]
        lines = [paint.cut(sentence, width, self.glyphs) for sentence in set_so_far]
        if len(lines) > room - 1:
            left = len(lines) - room + 2
            lines = [*lines[: room - 2], _("and {left} more behind X after STARTEX", left=left)]
        return rows + [paint.line(width, [(line, ink.heat)]) for line in lines]

    def _draw_gate(self, width: int) -> None:
        if not self.alive:
            under_way = _("An excursion is set up before STARTEX; what was set then stands.")
            self.put("gate", [paint.line(width, [(under_way, self.ink.muted)])])
        elif self.unsent:
            self.put_button(_("Set it"), _("then why; it is for the whole run"))
        else:
            self.put_button(_("Set it"), _("once a number is changed"), on=False)


def shown(row: NumberRow, value: int) -> str:
    """A number as its row shows it: a strength whole, a start in points."""
    return str(value) if row.what == STRENGTH else points(value)
