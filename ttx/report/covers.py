"""The cover of a paper: what the session is called, for whom, when and where it is held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.report.document import Document, Entry
from ttx.session.particulars import Particulars
from ttx.session.view.particulars import cover

NAMES = 28
"""Columns of the names on a cover."""


def covered(
    document: Document, exercise: Exercise, particulars: Particulars, *, anonymous: bool = False
) -> Document:
    """The document with the session's particulars on its cover.

    Where the exercise has a name of its own in this session, that is its title, and the cover says
    what is played.
    """
    rows, own = cover(particulars, anonymous=anonymous), text(exercise.title)
    title = document.title
    if particulars.name:
        title = title.replace(own, particulars.name, 1)
        rows = (rows[0], (_("What is played"), own), *rows[1:])
    return replace(document, title=title, cover=rows)


def in_columns(rows: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
    """Such rows for screens and lines, where their names are longer than those of other facts."""
    return tuple(
        Entry((name if not at else "", line), (), ("muted", "text"), columns=(NAMES,), hang=NAMES)
        for name, told in rows
        for at, line in enumerate(told.split("\n"))
    )
