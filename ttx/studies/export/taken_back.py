"""The table of what its authors struck or corrected: notes, cards, observations."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.session.notebook_events import Struck
from ttx.studies.export.columns import (
    BY,
    CELL,
    ENTRY,
    NUMBER,
    OF_ENTRY,
    RUN,
    TURN,
    Column,
    Link,
    Row,
    Table,
)
from ttx.studies.export.source import Source


def _corrections(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Struck):
        by = source.author(entry)
        yield source.run, entry.n, entry.turn, source.number(entry), *by, fact.entry, fact.instead


CORRECTIONS = Table[Source](
    "corrections",
    "Corrections",
    "Somebody struck or corrected a note, a card or an observation of their own.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        BY,
        CELL,
        Column("of", "whole", "The entry that had written it."),
        Column("instead", "text", "What stands in its place; empty where nothing.", empty=True),
    ),
    _corrections,
    (OF_ENTRY, Link(("run", "of"), "entries", ("run", "entry"))),
)
