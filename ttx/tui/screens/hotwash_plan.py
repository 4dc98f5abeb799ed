"""The improvement plan: a form that makes a card a row of it, and the plan as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.exercise.model import text
from ttx.session.command import IllegalDecision
from ttx.session.notebook_events import ELEMENTS
from ttx.session.side_commands import Plan, dated
from ttx.session.view import wash
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage, RunPage
from ttx.tui.screens.sheet import Sheet

CAPABILITY, ACTION, ELEMENT, OWNER, DUE, STARTS, WRITE = (
    "capability",
    "action",
    "element",
    "owner",
    "due",
    "starts",
    "write",
)
FIELDS = {
    CAPABILITY: ("capability", "a digit chooses"),
    ACTION: ("corrective action", "what is done, so that one can see whether it was"),
    ELEMENT: ("element", "a digit chooses: what the action changes"),
    OWNER: ("owner", "the office that is responsible, not a name"),
    DUE: ("done by", "a date such as 2026-03-31"),
    STARTS: ("starts", "a date, or nothing"),
    WRITE: ("", "Write it into the plan"),
}
"""For each row of the form its label, and what belongs there."""
CHOSEN = (CAPABILITY, ELEMENT)
LABEL = 20


class PlanForm(PlayPage):
    """A row of the plan while it is being filled; nothing typed is lost by a refusal."""

    survives_phase_change: ClassVar[bool] = True
    REGIONS: ClassVar[tuple[str, ...]] = ("head", "fields", "choices")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next field"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Field before"),
        *(
            Binding(str(n), f"choose({n})", "choose", id=f"choose-{n}", tooltip="Choose this one")
            for n in range(1, 10)
        ),
        Binding("enter", "do", "do", id="do", tooltip="Fill the marked field, or write the row"),
    ]
    name_of_page: ClassVar[str] = "improvement plan"

    def __init__(self, card: int) -> None:
        """The form for a card; what is planned for it already stands in it."""
        super().__init__()
        self.card, self.at = card, 0
        self.values: dict[str, str] = {}

    def on_mount(self) -> None:
        """Begin with what is planned already."""
        had = self.game.notebook.cards[self.card - 1].plan
        if had is not None:
            self.values = {
                CAPABILITY: had.capability,
                ACTION: had.action,
                ELEMENT: had.element,
                OWNER: had.owner,
                DUE: had.due,
                STARTS: had.starts,
            }

    @property
    def unsent(self) -> bool:
        """What stands in the fields is nowhere else."""
        return True

    @property
    def field(self) -> str:
        """The marked field."""
        return list(FIELDS)[self.at]

    def _choices(self, field: str) -> list[tuple[str, str]]:
        """Ids and words of what a field may hold."""
        if field == CAPABILITY:
            found = self.game.run.exercise.capability
            return [(one.id, text(one.name, self.language)) for one in found]
        return [(one, one) for one in ELEMENTS] if field == ELEMENT else []

    # --- what is shown ---

    def foot(self) -> Sequence[tuple[str, str]]:
        """What Enter does depends on the field."""
        word = "write it" if self.field == WRITE else "next" if self.field in CHOSEN else "fill"
        keys = [("j k", "field"), ("Enter", word)]
        if self.field in CHOSEN:
            keys.append((f"1-{len(self._choices(self.field))}", "choose"))
        return [*keys, ("Esc", "give up")]

    def plan(self) -> dict[str, Box]:
        """The card above, the fields, and what can be chosen below them."""
        x, y, width, height = self.body
        air = 0 if self.form == SMALL else 1
        top = y + 5 + 2 * air
        return {
            "head": Box(x, y + air, width, 5),
            "fields": Box(x, top, width, 7),
            "choices": Box(x, top + 7 + air, width, height - 12 - 3 * air),
        }

    def draw(self) -> None:
        """Fill the regions."""
        ink, width = self.ink, self.places["head"].width
        card = self.game.notebook.cards[self.card - 1]
        told = paint.broken(card.text, min(width, 110))
        if len(told) > 3:
            told = [*told[:2], paint.cut(" ".join(told[2:]), width, self.glyphs)]
        self.put(
            "head",
            [
                paint.label(width, f"A ROW OF THE PLAN FOR CARD {self.card}", ink),
                paint.rule(width, ink, self.glyphs),
                *(paint.line(width, [(one, f"bold {ink.strong}")]) for one in told),
            ],
        )
        self.put("fields", [self._field_row(name, width) for name in FIELDS])
        self.put("choices", self._choice_rows(width))

    def _field_row(self, name: str, width: int) -> Text:
        ink = self.ink
        marked = name == self.field
        label, hint = FIELDS[name]
        fill = ink.raised if marked else ""
        mark: Seg = (f"{self.glyphs.marked if marked else ' '} ", f"bold {ink.cool}")
        if name == WRITE:
            return paint.line(width, [mark, *paint.button("Enter", hint, ink, default=marked)])
        value = dict(self._choices(name)).get(self.values.get(name, ""), self.values.get(name, ""))
        said = (value, f"bold {ink.text}") if value else (hint, ink.muted)
        return paint.line(width, [mark, (f"{label:<{LABEL}}", ink.muted), said], (), fill)

    def _choice_rows(self, width: int) -> list[Text]:
        ink = self.ink
        chosen = self.values.get(self.field, "")
        rows = []
        for at, (one, words) in enumerate(self._choices(self.field), start=1):
            shown = f"[{words}]" if one == chosen else f" {words} "
            style = f"bold {ink.cool}" if one == chosen else ink.text
            rows.append(paint.line(width, [(f"  {at} ", f"bold {ink.cool}"), (shown, style)]))
        return rows

    # --- what can be done ---

    def action_step(self, by: int) -> None:
        """Mark another field."""
        self.at = (self.at + by) % len(FIELDS)
        self.paint()

    def action_choose(self, number: int) -> None:
        """Take one of the choices, and go on."""
        found = self._choices(self.field)
        if number <= len(found):
            self.values[self.field] = found[number - 1][0]
            self.action_step(1)

    def action_do(self) -> None:
        """Fill the marked field, or write the row."""
        name = self.field
        if name == WRITE:
            self._write_row()
        elif name in CHOSEN:
            self.action_step(1)
        else:
            label = FIELDS[name][0]
            self.prompt_text(
                label[0].upper() + label[1:],
                lambda words: self._filled(name, words),
                self.values.get(name, ""),
                "keeps it",
            )

    def _filled(self, name: str, words: str) -> None:
        self.values[name] = words
        if name in (DUE, STARTS) and words:
            try:
                self.values[name] = dated(words)
            except IllegalDecision as refusal:
                self.show_notice(str(refusal))
                return
        self.action_step(1)

    def _write_row(self) -> None:
        said = {name: self.values.get(name, "") for name in FIELDS if name != WRITE}
        missing = [FIELDS[name][0] for name in CHOSEN if not said[name]]
        if missing:
            self.show_notice(f"Choose the {' and the '.join(missing)} first; a digit does.")
            return
        command = Plan(
            self.card,
            said[CAPABILITY],
            said[ACTION],
            said[ELEMENT],
            said[OWNER],
            said[STARTS],
            said[DUE],
        )
        if self.request(command):
            self.call_later(self._written_down)

    def _written_down(self) -> None:
        self.shell.back()
        self.shell.say_on_top(f"Card {self.card} is a row of the improvement plan; i shows it.")

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks a field or takes a choice; one on the marked field fills it."""
        if event.region == "fields":
            again = self.at == event.row
            self.at = min(event.row, len(FIELDS) - 1)
            if self.field == WRITE:
                if self.on_button(event, "Enter", FIELDS[WRITE][1]):
                    self.action_do()
                else:
                    self.paint()
            elif again:
                self.action_do()
            else:
                self.paint()
        elif event.region == "choices":
            self.action_choose(event.row + 1)

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)


def plan_sheet(of: RunPage) -> Sheet:
    """The improvement plan as a page, as it stands whenever it is painted."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        ink, room = sheet.ink, min(width, 110)
        found: list[Text] = []
        every = wash.plan(of.eye)
        for at, one in enumerate(every, start=1):
            when = f"{one.starts} to {one.due}" if one.starts else f"by {one.due}"
            first, *more = paint.broken(one.action, room - 3)
            head = [(f"{at:<3}", f"bold {ink.text}"), (first, f"bold {ink.strong}")]
            found.append(paint.line(room, head))
            found += [paint.line(room, [("   ", ""), (p, f"bold {ink.strong}")]) for p in more]
            facts = f"{one.owner}, {when}   {one.capability}, {one.element}"
            found += [
                paint.line(room, [("   ", ""), (part, ink.text)])
                for part in paint.broken(facts, room - 3)
            ]
            sort = "area for improvement" if one.area else "from the board"
            issue = f"{sort}, card {one.card}: {one.issue}"
            found += [
                paint.line(room, [("   ", ""), (part, ink.muted)])
                for part in paint.broken(issue, room - 3)
            ]
            found.append(paint.blank(room))
        empty = "No row yet. On the board p makes the marked card one; the facilitator and the "
        return found or [
            paint.line(width, [(part, ink.muted)])
            for part in paint.broken(f"{empty}evaluators do.", room)
        ]

    return Sheet("Improvement plan", rows, "by the date by which each action is done")
