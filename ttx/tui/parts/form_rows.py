"""Fields of a form as rows of text, with the cells of them that a click picks something by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import SIZE, Choice, Deed, Field, Line, Many, Number, Option, Shape
from ttx.tui.theme import Glyphs, Ink

MARK = 2
"""Cells before every label: the mark of the field in focus."""
VALUE = SIZE + 2
"""Cells of a number."""


class Hit(NamedTuple):
    """Cells of a row that stand for an option."""

    first: int
    last: int
    """The cell behind the last."""
    option: str


class Row(NamedTuple):
    """A row, and what a click on it picks."""

    text: Text
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How fields are painted at present."""

    width: int
    label: int
    """Cells of mark and label together."""
    ink: Ink
    glyphs: Glyphs
    typed: int = 0
    """Cells that an editor takes of a number, to the right."""

    @property
    def room(self) -> int:
        """Cells beside the label."""
        return self.width - self.label


def rows_of(field: Field, look: Look, *, marked: bool, inner: int, typed: int) -> list[Row]:
    """A field as it stands, and beneath it what is wrong with it.

    `inner` is the option of it that is marked, `typed` how many rows are left to an editor that
    lies over its value; 0 where there is none.
    """
    rows = _rows(field, look, marked=marked, inner=inner, typed=typed)
    for sentence in (*field.mistakes, *([field.closed] if marked and field.closed else [])):
        for part in paint.broken(sentence, look.room):
            segs = [(" " * look.label, ""), (part, f"bold {look.ink.heat}")]
            rows.append(Row(paint.line(look.width, segs)))
    return rows


def _rows(field: Field, look: Look, *, marked: bool, inner: int, typed: int) -> list[Row]:
    match field:
        case Choice(shape=Shape.LISTED):
            return _titled(field, look, _listed(field, look, field.at, marked=marked))
        case Choice():
            return _choice(field, look, marked=marked)
        case Many():
            return _many(field, look, inner, marked=marked)
        case Number():
            return [_number(field, look, marked=marked, typed=bool(typed))]
        case Deed():
            button = paint.button("Enter", field.label, look.ink, default=marked)
            whole = Hit(MARK, MARK + sum(cell_len(words) for words, _ in button), field.name)
            return [Row(paint.line(look.width, [_mark(look, marked=marked), *button]), (whole,))]
        case Line():
            return _text(field, look, marked=marked, typed=typed)
    return [_beside(field, look, [], marked=marked)]


def _mark(look: Look, *, marked: bool) -> Seg:
    return (f"{look.glyphs.marked} " if marked else " " * MARK, f"bold {look.ink.cool}")


def _labelled(field: Field, look: Look, *, marked: bool) -> list[Seg]:
    """The mark, the label and what leads up to the value."""
    room = look.label - MARK
    label = f"{paint.cut(field.label, max(room - 1, 0), look.glyphs):<{room}}" if room else ""
    return [_mark(look, marked=marked), (label, look.ink.muted), *field.lead]


def _beside(
    field: Field, look: Look, value: Sequence[Seg], *, marked: bool, hits: tuple[Hit, ...] = ()
) -> Row:
    """A value in the row of its label."""
    fill = look.ink.raised if marked else ""
    segs = [*_labelled(field, look, marked=marked), *value]
    return Row(paint.line(look.width, segs, field.trail, fill=fill), hits)


def _below(field: Field, look: Look, values: Sequence[Sequence[Seg]]) -> list[Row]:
    """Values of the field in focus one under the other, the first in the row of its label."""
    rows = [_beside(field, look, values[0], marked=True)]
    for value in values[1:]:
        segs = [(" " * look.label, ""), *value]
        rows.append(Row(paint.line(look.width, segs, fill=look.ink.raised)))
    return rows


# --- a choice ---


def _choice(field: Choice, look: Look, *, marked: bool) -> list[Row]:
    """All options in a row with the chosen one in brackets; that alone where it is folded."""
    ink = look.ink
    lead = sum(cell_len(words) for words, _ in (*_labelled(field, look, marked=marked),))
    segs, hits, cell = list[Seg](), list[Hit](), lead
    for number, option in enumerate(field.options, start=1):
        chosen = option.id == field.value
        name = f"{number} {option.label}" if field.numbered else option.label
        words = paint.clean(f"[{name}]" if chosen else f" {name} ")
        tone = f"bold {ink.heat if option.wrong else ink.strong}" if chosen else ink.muted
        segs += [(words, tone), *([(f"{option.note} ", ink.muted)] if option.note else [])]
        hits.append(Hit(cell, cell + cell_len(words), option.id))
        cell += cell_len(words) + (cell_len(option.note) + 1 if option.note else 0)
    if field.shape is Shape.INLINE or (marked and cell <= look.width):
        return [_beside(field, look, segs, marked=marked, hits=tuple(hits))]
    chosen_label = field.options[field.at].label if field.at >= 0 else ""
    words = paint.cut(paint.clean(chosen_label), look.room, look.glyphs)
    if not marked:
        return [_value(field, look, words, marked=False)]
    place = _("{at} of {count}", at=field.at + 1, count=len(field.options))
    head = [(words or field.empty, f"bold {ink.strong}" if words else ink.muted)]
    if field.at >= 0:
        head.append((f"   {place}", ink.muted))
    return [
        _beside(field, look, head, marked=True),
        *_listed(field, look, field.at, marked=True),
    ]


def _titled(field: Choice, look: Look, rows: list[Row]) -> list[Row]:
    """What is asked above the options, with a rule beneath it where they stand apart."""
    if not field.label:
        return rows
    head = [Row(paint.label(look.width, field.label, look.ink))]
    if field.ruled:
        head.append(Row(paint.rule(look.width, look.ink, look.glyphs)))
    return head + rows


def _listed(field: Choice, look: Look, at: int, *, marked: bool) -> list[Row]:
    """A row an option; what is said about it beside its name, in as many rows as that takes."""
    ink, rows = look.ink, list[Row]()
    wide = max((cell_len(paint.clean(option.label)) for option in field.options), default=0) + 2
    for number, option in enumerate(field.options, start=1):
        here = marked and number - 1 == at
        fill = ink.raised if here else ""
        whole = (Hit(0, look.width, option.id),)
        digit = f"{number} " if number < 10 else "  "
        name = paint.clean(option.label)
        lead: list[Seg] = [
            _mark(look, marked=number - 1 == at),
            (digit, f"bold {ink.cool}"),
            (name + " " * (wide - cell_len(name)), f"bold {ink.strong if here else ink.text}"),
        ]
        told = paint.broken(option.about, min(look.width - wide - 4, 100)) if option.about else [""]
        for part in told:
            words = (part, ink.text if field.prose else ink.muted)
            rows.append(Row(paint.line(look.width, [*lead, words], fill=fill), whole))
            lead = [(" " * (wide + 4), "")]
        if option.more and (here or field.air):
            segs = [(" " * 4, ""), *option.more]
            rows.append(Row(paint.line(look.width, segs, fill=fill), whole))
        elif field.air and option.about:
            rows.append(Row(paint.blank(look.width), whole))
    return rows


# --- the others ---


def _many(field: Many, look: Look, inner: int, *, marked: bool) -> list[Row]:
    ink = look.ink
    if not field.options:
        return [_beside(field, look, [(field.none, ink.muted)], marked=marked)]
    if not marked:
        words = paint.cut(", ".join(field.value), look.room, look.glyphs)
        return [_beside(field, look, [(words, ink.text)], marked=False)]
    values = list[list[Seg]]()
    for at, option in enumerate(field.options):
        sign = "[x] " if option.id in field.value else "[ ] "
        words = paint.cut(paint.clean(option.label), look.room - len(sign), look.glyphs)
        tone = f"bold {ink.strong}" if at == inner else ink.text
        values.append([(sign, ink.cool), (words, tone)])
    rows = _below(field, look, values)
    return [
        Row(row.text, (Hit(look.label, look.width, option.id),))
        for row, option in zip(rows, field.options, strict=True)
    ]


def _number(field: Number, look: Look, *, marked: bool, typed: bool) -> Row:
    tone = f"bold {field.tone}" if field.tone else look.ink.text
    sign = "-" if field.negative else "+" if field.shown.startswith("+") else ""
    value = f"{sign:>{VALUE - look.typed}}" if typed else f"{field.shown:>{VALUE}}"
    value = f"{value:<{VALUE}}"
    fill = look.ink.raised if marked else ""
    segs = [*_labelled(field, look, marked=marked), (value, tone), *field.trail]
    return Row(paint.line(look.width, segs, fill=fill))


def _text(field: Line, look: Look, *, marked: bool, typed: int) -> list[Row]:
    if typed:
        return _below(field, look, [[]] * typed)
    words = paint.cut(paint.clean(field.value), look.room, look.glyphs)
    return [_value(field, look, words, marked=marked)]


def _value(field: Field, look: Look, words: str, *, marked: bool) -> Row:
    """What a field holds in words, or what belongs there where there are none."""
    value = (words, look.ink.text) if words else (field.empty, look.ink.muted)
    return _beside(field, look, [value], marked=marked)


def options_of(field: Field) -> tuple[Option, ...]:
    """The options of a field that has some."""
    return field.options if isinstance(field, Choice | Many) else ()
