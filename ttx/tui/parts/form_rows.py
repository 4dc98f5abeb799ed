"""Fields of a form as rows of text, in which what a click picks says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from ttx import i18n
from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import SIZE, Choice, Deed, Field, Line, Many, Number, Shape
from ttx.tui.theme import Glyphs, Ink

MARK = 2
"""Cells before every label: the mark of the field in focus."""
VALUE = SIZE + 2
"""Cells of a number."""
SIGNS = 4
"""Cells of the mark and the digit before an option of a list."""
LEAST_BESIDE = 24
"""Cells from which what is said of an option stands beside its name, and not below it."""
KEPT = 512
"""Fields whose rows are kept, of all forms together."""


class Drawn(NamedTuple):
    """The rows of a field."""

    stops: tuple[tuple[Text, ...], ...]
    """Those of each of its options where they are items of the form; else all of them in one."""
    sight: int = 0
    """Which of them must be in sight whatever room there is."""


@dataclass(frozen=True, slots=True)
class Look:
    """How fields are painted at present."""

    region: str
    """The form that a click is for."""
    width: int
    label: int
    """Cells of mark and label together."""
    ink: Ink
    glyphs: Glyphs
    typed: int = 0
    """Cells that an editor takes of a number, to the right."""
    language: str = field(default_factory=i18n.language)
    """That of whoever is shown them: rows are kept for all."""

    @property
    def room(self) -> int:
        """Cells beside the label."""
        return self.width - self.label


@lru_cache(KEPT)
def drawn(
    field: Field, n: int, look: Look, *, marked: bool = False, inner: int = -1, typed: int = 0
) -> Drawn:
    """The field at place `n` as it stands, and beneath it what is wrong with it.

    `inner` is the option of it that is marked, `typed` how many rows are left to an editor that
    lies over its value; 0 where there is none.
    """
    of = _FieldRows(field, n, look, marked)
    stops, sight = of.drawn(inner, typed)
    beneath = [row for words in field.mistakes for row in of.mistake(words)]
    *before, last = stops
    return Drawn((*map(tuple, before), (*last, *beneath)), sight)


@dataclass(frozen=True)
class _FieldRows:
    field: Field
    n: int
    look: Look
    marked: bool

    def drawn(self, inner: int, typed: int) -> tuple[list[list[Text]], int]:
        match self.field:
            case Choice(shape=Shape.LISTED) as field:
                first, *others = self.listed(field) or [[]]
                return [[*self._title(field), *first], *others], 0
            case Choice() as field:
                rows, above = self._choice(field), self.listed(field)[: field.at + 1]
                return [rows], sum(map(len, above)) if len(rows) > 1 else 0
        return [self._one(inner, typed)], max(inner, 0)

    def _one(self, inner: int, typed: int) -> list[Text]:
        look, ink = self.look, self.look.ink
        match self.field:
            case Many() as field:
                return self._many(field, inner)
            case Number() as field:
                tone = f"bold {field.tone}" if field.tone else ink.text
                sign = "-" if field.negative else "+" if field.shown.startswith("+") else ""
                value = f"{sign:>{VALUE - look.typed}}" if typed else f"{field.shown:>{VALUE}}"
                segs = [*self._labelled, (f"{value:<{VALUE}}", tone), *field.trail]
                return [paint.line(look.width, segs, fill=self._fill)]
            case Deed() as field:
                does = self._does(0)[1:]
                button = paint.button("Enter", field.label, ink, default=self.marked, does=does)
                return [paint.line(look.width, [self._mark, *button])]
            case Line() if typed:
                return self._below([[]] * typed)
            case Line() as field:
                return [self._value(paint.cut(paint.clean(field.value), look.room, look.glyphs))]
        return [self._beside([])]

    # --- strokes ---

    @property
    def _fill(self) -> str:
        return self.look.ink.raised if self.marked else ""

    @property
    def _mark(self) -> Seg:
        return self._sign(here=self.marked)

    def _sign(self, *, here: bool) -> Seg:
        sign = f"{self.look.glyphs.marked} " if here else " " * MARK
        return sign, f"bold {self.look.ink.cool}"

    @property
    def _labelled(self) -> list[Seg]:
        """The mark, the label and what leads up to the value."""
        room = self.look.label - MARK
        words = paint.cut(self.field.label, max(room - 1, 0), self.look.glyphs)
        label = f"{words:<{room}}" if room else ""
        return [self._mark, (label, self.look.ink.muted), *self.field.lead]

    def _does(self, option: int) -> str:
        return f"@{self.look.region}.pick({self.n},{option})"

    def mistake(self, words: str) -> list[Text]:
        look = self.look
        tone = f"bold {look.ink.heat}"
        lines = paint.broken(words, look.room)
        return [paint.line(look.width, [(" " * look.label, ""), (line, tone)]) for line in lines]

    def _beside(self, value: Sequence[Seg]) -> Text:
        """A value in the row of its label."""
        segs = [*self._labelled, *value]
        return paint.line(self.look.width, segs, self.field.trail, fill=self._fill)

    def _under_the_label(self, value: Sequence[Seg]) -> list[Text]:
        """A value in the row of its label; what the label needs more rows for stands below it."""
        look, room = self.look, self.look.label - MARK
        first, *others = paint.broken(paint.clean(self.field.label), max(room - 1, 1)) or [""]
        segs = [self._mark, (f"{first}{' ' * (room - cell_len(first))}", look.ink.muted)]
        rows = [[*segs, *self.field.lead, *value]]
        rows += [[(" " * MARK, ""), (words, look.ink.muted)] for words in others]
        trails = (self.field.trail, *(() for _row in others))
        return [
            paint.line(look.width, row, trail, fill=self._fill)
            for row, trail in zip(rows, trails, strict=True)
        ]

    def _below(self, values: Sequence[Sequence[Seg]]) -> list[Text]:
        """Values of the field in focus one under the other, the first in the row of its label."""
        look = self.look
        pad = (" " * look.label, "")
        further = [paint.line(look.width, [pad, *v], fill=look.ink.raised) for v in values[1:]]
        return [self._beside(values[0]), *further]

    def _value(self, words: str) -> Text:
        """What a field holds in words, or what belongs there where there are none."""
        ink = self.look.ink
        return self._beside([(words, ink.text) if words else (self.field.empty, ink.muted)])

    # --- choices ---

    def _choice(self, field: Choice) -> list[Text]:
        """All options in a row with the chosen one in brackets; that alone where it is folded."""
        ink, segs = self.look.ink, list[Seg]()
        for at, option in enumerate(field.options):
            chosen = option.id == field.value
            name = f"{at + 1} {option.label}" if field.numbered else option.label
            words = paint.clean(f"[{name}]" if chosen else f" {name} ")
            tone = f"bold {ink.heat if option.wrong else ink.strong}" if chosen else ink.muted
            segs += [(words, f"{tone} {self._does(at)}")]
            segs += [(f"{option.note} ", ink.muted)] if option.note else []
        size = sum(cell_len(words) for words, _ in (*self._labelled, *segs))
        fits = field.shape is Shape.FOLDED and self.marked and size <= self.look.width
        if field.shape is Shape.INLINE or fits:
            return self._under_the_label(segs)
        chosen_label = field.options[field.at].label if field.at >= 0 else ""
        words = paint.cut(paint.clean(chosen_label), self.look.room, self.look.glyphs)
        if not self.marked:
            return [self._value(words)]
        head = [(words or field.empty, f"bold {ink.strong}" if words else ink.muted)]
        if field.at >= 0:
            place = _("{at} of {count}", at=field.at + 1, count=len(field.options))
            head.append((f"   {place}", ink.muted))
        return [self._beside(head), *(row for rows in self.listed(field) for row in rows)]

    def _title(self, field: Choice) -> list[Text]:
        """What is asked above the options, with a rule beneath it where they stand apart."""
        width, ink = self.look.width, self.look.ink
        title = [paint.label(width, field.label, ink)] if field.label else []
        return [*title, paint.rule(width, ink, self.look.glyphs)] if field.ruled else title

    def listed(self, field: Choice) -> list[list[Text]]:
        """Rows for each option; what is said about it beside its name, in as many as that takes."""
        look, ink, stops = self.look, self.look.ink, list[list[Text]]()
        names = [paint.clean(option.label) for option in field.options]
        wide = max(map(cell_len, names), default=0) + 2
        beside = look.width - wide - SIGNS >= LEAST_BESIDE
        for at, (option, name) in enumerate(zip(field.options, names, strict=True)):
            here = self.marked and at == field.at
            digit = f"{at + 1} " if at < 9 else "  "
            strong = f"bold {ink.strong if here else ink.text}"
            signs = [self._sign(here=at == field.at), (digit, f"bold {ink.cool}")]
            tone = ink.text if field.prose else ink.muted
            if beside:
                named, room = [name + " " * (wide - cell_len(name))], look.width - wide - SIGNS
            else:
                named, room = paint.broken(name, look.width - SIGNS), look.width - SIGNS
            segs: list[list[Seg]] = [[*signs, (named[0], strong)]]
            segs += [[(" " * SIGNS, ""), (part, strong)] for part in named[1:]]
            about = paint.broken(option.about, min(room, 100)) if option.about else []
            if beside and about:
                segs[0].append((about[0], tone))
                about = about[1:]
            pad = (" " * (SIGNS + (wide if beside else 0)), "")
            segs += [[pad, (words, tone)] for words in about]
            if option.more and (here or field.air):
                segs.append([(" " * 4, ""), *option.more])
            fill = ink.raised if here else ""
            rows = [paint.line(look.width, row, fill=fill) for row in segs]
            if field.air and option.about and not option.more:
                rows.append(paint.blank(look.width))
            for row in rows:
                row.stylize(self._does(at))
            stops.append(rows)
        return stops

    def _many(self, field: Many, inner: int) -> list[Text]:
        look, ink = self.look, self.look.ink
        if not field.options:
            return [self._beside([(field.none, ink.muted)])]
        if not self.marked:
            chosen = [option.label for option in field.options if option.id in field.value]
            words = paint.cut(paint.clean("; ".join(chosen)), look.room, look.glyphs)
            return [self._beside([(words, ink.text)])]
        values = list[list[Seg]]()
        for at, option in enumerate(field.options):
            sign, does = "[x] " if option.id in field.value else "[ ] ", self._does(at)
            words = paint.cut(paint.clean(option.label), look.room - len(sign), look.glyphs)
            tone = f"bold {ink.strong}" if at == inner else ink.text
            values.append([(sign, f"{ink.cool} {does}"), (words, f"{tone} {does}")])
        return self._below(values)
