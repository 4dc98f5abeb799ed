"""An inject written on the spot: a form over the Control screen, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events

from ttx.session.command import LONGEST
from ttx.session.control_commands import Improvise
from ttx.tui import paint
from ttx.tui.adhoc_form import (
    EFFECTS,
    ONE_OF,
    SOME_OF,
    WORDS,
    Field,
    checked,
    fields,
    started,
    while_typed,
)
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage

LABEL = 14
MOST_ROWS = 5
"""Rows that a long text takes while it is written."""


class AdHocScreen(PlayPage):
    """Fields one under the other; every key is text, but for those that move.

    What is typed lies on the desk until the inject is on the list: neither a refusal nor leaving
    the page nor a dropped connection loses it.
    """

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "fields", "hint")
    name_of_page: ClassVar[str] = "ad-hoc inject"
    survives_phase_change: ClassVar[bool] = True
    """A phase that goes on does not close it."""

    def __init__(self, added: Callable[[str], None]) -> None:
        """`added` is told the inject's id once it is on the list."""
        super().__init__()
        self._added = added
        self._at = 0
        """The marked field."""
        self._cursor: int | None = None
        """Where it is written; None at the end."""
        self._choice = 0
        """The marked one of several to choose from."""
        self._seen: set[str] = set()
        """Fields that were left once; only those are told that they are empty."""
        self._wrong: dict[str, tuple[str, ...]] = {}
        self._top = 0
        self._field_at: list[int] = []
        """The field of each row shown."""

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by field."""
        return self.context.state.typed

    def on_mount(self) -> None:
        """Begin with the first choices."""
        started(self.game.run.exercise, self.typed, self.language)
        self.paint()

    # --- what is shown ---

    def _fields(self) -> list[Field]:
        return fields(self.game.run.exercise, self.typed, self.language)

    def _field(self) -> Field:
        every = self._fields()
        self._at = max(min(self._at, len(every) - 1), 0)
        return every[self._at]

    def foot(self) -> Sequence[tuple[str, str]]:
        """Keys that are no text."""
        return (("Tab", "next field"), ("ctrl+j", "add it"), ("Esc", "close, kept"))

    def named_keys(self) -> Sequence[tuple[str, str]]:
        """The footer."""
        return self.foot()

    def always(self) -> Sequence[tuple[str, str]]:
        """Help and leaving are letters here."""
        return ()

    def plan(self) -> dict[str, Box]:
        """A head, the fields, and what is known of the marked one."""
        x, y, width, height = self.body
        width = min(width, 120)
        return {
            "head": Box(x, y, width, 2),
            "fields": Box(x, y + 2, width, height - 5),
            "hint": Box(x, y + height - 2, width, 2),
        }

    def draw(self) -> None:
        """The fields round the marked one."""
        ink, box = self.ink, self.places["fields"]
        every, marked = self._fields(), self._field()
        count = sum(len(one) for one in self._wrong.values())
        note = f"{count} to mend" if count else "checked as you type"
        head = paint.label(box.width, "AD-HOC INJECT", ink, note)
        self.put("head", [head, paint.rule(box.width, ink, self.glyphs)])
        rows: list[Text] = []
        places: list[int] = []
        first = last = 0
        for at, one in enumerate(every):
            mine = self._rows_of(one, box.width, marked=one == marked)
            if one == marked:
                first, last = len(rows), len(rows) + len(mine)
            rows += mine
            places += [at] * len(mine)
        self._top = max(min(self._top, first), last - box.height, 0)
        self._field_at = places[self._top : self._top + box.height]
        self.put("fields", rows[self._top : self._top + box.height])
        told = paint.broken(self._hint(marked), box.width)[:2]
        self.put("hint", [paint.line(box.width, [(one, ink.muted)]) for one in told])

    def _rows_of(self, one: Field, width: int, *, marked: bool) -> list[Text]:
        ink, said = self.ink, self.typed.get(one.name, "")
        fill = ink.raised if marked else ""
        label = (f"{self.glyphs.marked if marked else ' '} {one.label:<{LABEL - 2}}", ink.muted)
        room = width - LABEL
        if one.sort == ONE_OF:
            found = [self._choices(one, said, room, marked=marked)]
        elif one.sort == SOME_OF:
            found = self._several(one, said, room, marked=marked)
        else:
            found = self._text(said, room, marked=marked)
        rows = [
            paint.line(width, [label if not at else (" " * LABEL, ""), *segs], fill=fill)
            for at, segs in enumerate(found)
        ]
        for why in self._wrong.get(one.name, ()):
            told = paint.broken(why, room)
            rows += [paint.line(width, [(" " * LABEL, ""), (p, f"bold {ink.heat}")]) for p in told]
        return rows

    def _text(self, said: str, room: int, *, marked: bool) -> list[list[Seg]]:
        """Text in a row, or in as many as it takes while it is written, with the cursor in it."""
        ink = self.ink
        if not marked:
            return [[(paint.cut(paint.clean(said), room, self.glyphs), ink.text)]]
        at = len(said) if self._cursor is None else self._cursor
        line, rows = list[Seg](), list[list[Seg]]()
        used = here = 0
        for place, sign in enumerate(f"{said} "):
            size = cell_len(sign)
            if used + size > room:
                rows.append(line)
                line, used = [], 0
            if place == at:
                here = len(rows)
            line.append((sign, f"{ink.bg} on {ink.text}" if place == at else f"bold {ink.strong}"))
            used += size
        rows.append(line)
        first = max(min(here, len(rows) - MOST_ROWS), 0) if len(rows) > MOST_ROWS else 0
        return rows[first : first + MOST_ROWS]

    def _choices(self, one: Field, said: str, room: int, *, marked: bool) -> list[Seg]:
        """All choices with the one in brackets, where they fit; else that one and its place."""
        ink = self.ink
        names = [f"[{name}]" if key == said else f" {name} " for key, name in one.choices]
        if marked and sum(cell_len(name) + 1 for name in names) <= room:
            return [
                (f"{name} ", f"bold {ink.strong}" if key == said else ink.muted)
                for name, (key, _) in zip(names, one.choices, strict=True)
            ]
        at = next((n for n, (key, _) in enumerate(one.choices) if key == said), 0)
        name = paint.clean(one.choices[at][1]) if one.choices else ""
        place = f"   {at + 1} of {len(one.choices)}" if marked else ""
        return [(name, f"bold {ink.strong}" if marked else ink.text), (place, ink.muted)]

    def _several(self, one: Field, said: str, room: int, *, marked: bool) -> list[list[Seg]]:
        ink, chosen = self.ink, said.split(",")
        if not marked:
            return [[(paint.cut(", ".join(filter(None, chosen)), room, self.glyphs), ink.text)]]
        found: list[list[Seg]] = []
        for at, (key, name) in enumerate(one.choices):
            sign = "[x] " if key in chosen else "[ ] "
            here = at == self._choice
            words = paint.cut(paint.clean(name), room - 4, self.glyphs)
            found.append([(sign, ink.cool), (words, f"bold {ink.strong}" if here else ink.text)])
        return found or [[("The exercise lists none.", ink.muted)]]

    def _hint(self, one: Field) -> str:
        if one.sort == ONE_OF:
            return f"left and right choose. {one.hint}"
        if one.sort == SOME_OF:
            return "left and right mark, space chooses. Enter adds the inject to the MSEL."
        if one.sort == EFFECTS:
            typed = self.typed.get(one.name, "")
            begun = typed.replace(";", ",").split(",")[-1].strip().split(" ")[0]
            known = self.game.run.exercise.tracks
            near = [name for name in known if name.startswith(begun)] or list(known)
            return f"track and points, such as {near[0]} +4, or nothing. Tracks: {', '.join(near)}"
        return one.hint

    # --- keys ---

    async def on_key(self, event: events.Key) -> None:
        """Everything is text, but for the keys that move."""
        if not self.fits:
            return  # only leaving is possible, which all pages know
        event.stop()
        event.prevent_default()
        if self.notice:
            self.notice = ""
        match event.key:
            case "escape":
                self.shell.back()
                return
            case "ctrl+j":
                self._add()
                return
            case "enter" if self._at == len(self._fields()) - 1:
                self._add()
                return
            case "tab" | "down" | "enter":
                self._go(1)
            case "shift+tab" | "up":
                self._go(-1)
            case _:
                self._type(event)
        self.paint()

    def _go(self, by: int) -> None:
        """To another field; what was left is checked, and with it the whole."""
        left = self._field()
        self._seen.add(left.name)
        self._at = max(min(self._at + by, len(self._fields()) - 1), 0)
        self._cursor, self._choice = None, 0
        self._check()

    def _check(self) -> None:
        found = checked(self.game.run.exercise, self.typed, self.language).wrong
        self._wrong = {name: said for name, said in found.items() if name in self._seen}

    def _type(self, event: events.Key) -> None:
        one = self._field()
        if one.sort == ONE_OF:
            self._choose(one, {"left": -1, "right": 1, "space": 1}.get(event.key, 0))
        elif one.sort == SOME_OF:
            self._mark(one, event.key)
        else:
            self._write(one, event)

    def _choose(self, one: Field, by: int) -> None:
        ids = [key for key, _ in one.choices]
        if by and ids:
            said = self.typed.get(one.name, ids[0])
            at = ids.index(said) if said in ids else 0
            self.typed[one.name] = ids[(at + by) % len(ids)]
            started(self.game.run.exercise, self.typed, self.language)

    def _mark(self, one: Field, key: str) -> None:
        count = len(one.choices)
        if not count:
            return
        if key in ("left", "right"):
            self._choice = (self._choice + (1 if key == "right" else -1)) % count
        elif key == "space":
            chosen = [name for name in self.typed.get(one.name, "").split(",") if name]
            this = one.choices[self._choice][0]
            kept = [name for name in chosen if name != this]
            if this not in chosen:
                kept.append(this)
            order = [name for name, _ in one.choices if name in kept]
            self.typed[one.name] = ",".join(order)

    def _write(self, one: Field, event: events.Key) -> None:
        said = self.typed.get(one.name, "")
        at = len(said) if self._cursor is None else min(self._cursor, len(said))
        match event.key:
            case "left":
                at = max(at - 1, 0)
            case "right":
                at = min(at + 1, len(said))
            case "home":
                at = 0
            case "end":
                at = len(said)
            case "backspace":
                said, at = said[: max(at - 1, 0)] + said[at:], max(at - 1, 0)
            case "delete":
                said = said[:at] + said[at + 1 :]
            case "ctrl+u":
                said, at = "", 0
            case _ if event.character and event.is_printable:
                self._put_in(one, event.character)
                return
            case _:
                return
        self._set(one, said, at)

    def _put_in(self, one: Field, words: str) -> None:
        said = self.typed.get(one.name, "")
        at = len(said) if self._cursor is None else min(self._cursor, len(said))
        new = paint.clean(words)[: max(LONGEST - len(said), 0)]
        self._set(one, said[:at] + new + said[at:], at + len(new))

    def _set(self, one: Field, said: str, at: int) -> None:
        """What the field says now; its own mistakes show at once, the rest when it is left."""
        self.typed[one.name], self._cursor = said, at if at < len(said) else None
        wrong = while_typed(self.game.run.exercise, one, said)
        if wrong and (one.name in self._seen or one.sort == EFFECTS):
            self._wrong[one.name] = wrong
        else:
            self._wrong.pop(one.name, None)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted goes into the field as one line."""
        event.stop()
        one = self._field()
        if one.sort in (WORDS, EFFECTS):
            self._put_in(one, event.text)
            self.paint()

    def _add(self) -> None:
        """Put the inject on the list, where it stands as ready; or say what is to be mended."""
        self._seen = {one.name for one in self._fields()}
        found = checked(self.game.run.exercise, self.typed, self.language)
        self._wrong = dict(found.wrong)
        if found.wrong:
            places = [one.name for one in self._fields()]
            first = next((one for one in places if one in found.wrong), "")
            self._at, self._cursor = places.index(first) if first else self._at, None
            self.show_notice(
                " ".join(found.wrong.get("", ())) or "Mend what stands under the fields."
            )
            return
        known = set(self.game.run.exercise.injects)
        if self.request(Improvise(found.source)):
            self.typed.clear()
            self.shell.back()
            self._added(next(one for one in self.game.run.exercise.injects if one not in known))

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks a field."""
        if event.region == "fields" and event.row < len(self._field_at):
            self._at, self._cursor = self._field_at[event.row], None
            self.paint()
