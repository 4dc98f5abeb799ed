"""Every sentence that a person reads goes through here, into the language of whoever reads it.

A sentence stands in English where it is shown, as one literal, so that Babel finds it there. Which
language is in force belongs to the reader: an app, a command or a report says it once, and whatever
runs for that reader follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from gettext import NullTranslations

SOURCE = "en"
"""The language that sentences are written in; it needs no catalogue."""


@dataclass(slots=True)
class Reader:
    """Whoever reads: one seat's screens, one command, one report."""

    language: str = SOURCE


_READER: ContextVar[Reader] = ContextVar("reader")
_ANYBODY = Reader()
_CATALOGUES: dict[str, NullTranslations] = {}


def reader() -> Reader:
    """Who reads what is made in this context."""
    return _READER.get(_ANYBODY)


def read_by(somebody: Reader) -> None:
    """From here on, in this context and in those that begin in it, `somebody` reads."""
    _READER.set(somebody)


@contextmanager
def reading(language: str) -> Iterator[None]:
    """Make something for a reader of that language."""
    before = _READER.set(Reader(language))
    try:
        yield
    finally:
        _READER.reset(before)


def language() -> str:
    """The language in force, as exercises name it (`en`, `ja`)."""
    return reader().language


def offer(language: str, catalogue: NullTranslations) -> None:
    """Sentences of a language come from that catalogue; those it has not stay English."""
    _CATALOGUES[language] = catalogue


def has(language: str) -> bool:
    """Whether a catalogue of that language was offered."""
    return language in _CATALOGUES


def _(message: str, /, **values: object) -> str:
    """A sentence in the language in force; `{name}` in it stands for the value of that name."""
    catalogue = _CATALOGUES.get(reader().language)
    translated = message if catalogue is None else catalogue.gettext(message)
    return _filled(translated, message, values)


def ngettext(single: str, many: str, count: int, /, **values: object) -> str:
    """The same by number, as the language counts; `{count}` in it stands for the number."""
    catalogue = _CATALOGUES.get(reader().language)
    source = single if count == 1 else many
    translated = source if catalogue is None else catalogue.ngettext(single, many, count)
    return _filled(translated, source, {"count": count, **values})


def pgettext(context: str, message: str, /, **values: object) -> str:
    """The same for a word that needs to be told from its like: `context` says where it stands."""
    catalogue = _CATALOGUES.get(reader().language)
    translated = message if catalogue is None else catalogue.pgettext(context, message)
    return _filled(translated, message, values)


def N_(message: str) -> str:  # noqa: N802  # the name that gettext's tools know
    """Mark a sentence of a table for the catalogue; it is translated where it is shown, by `_`."""
    return message


def _filled(translated: str, source: str, values: dict[str, object]) -> str:
    """The sentence with its values; in English where a catalogue asks for one that is not there."""
    if not values:
        return translated
    try:
        return translated.format(**values)
    except (AttributeError, IndexError, KeyError, ValueError):
        return source.format(**values)
