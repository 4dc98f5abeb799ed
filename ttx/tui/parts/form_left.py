"""What was set in a form that can be carried out no more: rows to read it in, words to keep it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.parts.fields import Choice, Field, Line, Many, Number
from ttx.tui.theme import Ink


def sentences(fields: Sequence[Field], touched: Collection[str]) -> tuple[str, ...]:
    """Each field that was touched and holds something, with its label before it."""
    said = ((field, _value(field)) for field in fields if field.name in touched)
    return tuple(
        _("{label}: {value}", label=label, value=value) if (label := _label(field)) else value
        for field, value in said
        if value
    )


def rows(said: Sequence[str], width: int, ink: Ink) -> Iterator[Field]:
    """The same as fields that are only shown, one a row, so that a long text is scrolled."""
    for at, sentence in enumerate(said):
        for row, words in enumerate(paint.broken(paint.clean(sentence), max(width, 1))):
            yield Field(name=f"left {at} {row}", lead=((words, ink.text),))


def _label(field: Field) -> str:
    """What it is called: where it has no label, what stands before its value."""
    return " ".join((field.label or "".join(words for words, _tone in field.lead)).split())


def _value(field: Field) -> str:
    match field:
        case Choice():
            return field.options[field.at].label if field.at >= 0 else ""
        case Many():
            return ", ".join(part.label for part in field.options if part.id in field.value)
        case Number():
            return field.shown or str(field.value)
        case Line():
            return field.value.strip()
    return ""
