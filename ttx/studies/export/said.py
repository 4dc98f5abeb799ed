"""The tables of what people wrote to themselves and to each other: notes, requests, messages."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.session.events import EVERYBODY, Messaged
from ttx.session.notebook_events import (
    SORTS,
    Acknowledged,
    Replied,
)
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


def _notes(source: Source) -> Iterator[Row]:
    for stamp, fact in source.game.notebook.notes:
        entry = source.entry(stamp)
        by = source.author(entry)
        yield source.run, entry.n, entry.turn, source.number(entry), *by, fact.sort, fact.text


NOTES = Table[Source](
    "notes",
    "Notes",
    "A note that somebody wrote, as it was corrected; none that was struck.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        BY,
        CELL,
        Column("sort", "id", "What it is.", empty=True, among=SORTS),
        Column("text", "text", "What it says.", empty=True),
    ),
    _notes,
    (OF_ENTRY,),
)


def _requests(source: Source) -> Iterator[Row]:
    replied = {fact.number: entry.n for entry, fact in source.of(Replied)}
    entries = source.timeline.entries
    for inquiry in source.game.notebook.inquiries:
        entry = entries[inquiry.stamp.n - 1]
        yield (
            source.run,
            inquiry.number,
            entry.n,
            entry.turn,
            source.number(entry),
            *source.author(entry),
            inquiry.question,
            replied.get(inquiry.number),
            inquiry.reply,
        )


REQUESTS = Table[Source](
    "requests",
    "Requests for information",
    "A request to exercise control (RFI), with its reply.",
    ("run", "request"),
    (
        RUN,
        Column("request", "whole", "Its number, from 1."),
        ENTRY,
        TURN,
        NUMBER,
        BY,
        CELL,
        Column("question", "text", "What was asked.", empty=True),
        Column("replied", "whole", "The entry of the reply.", empty=True),
        Column("reply", "text", "The reply.", empty=True),
    ),
    _requests,
    (OF_ENTRY,),
)


def _receipts(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Acknowledged):
        by = source.author(entry)
        for sent in fact.entries:
            yield source.run, entry.n, entry.turn, source.number(entry), *by, sent


RECEIPTS = Table[Source](
    "receipts",
    "Receipts",
    "A seat said that it has read something that was sent to it.",
    ("run", "entry", "sent"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        BY,
        CELL,
        Column("sent", "whole", "The number of the entry that was sent."),
    ),
    _receipts,
    (OF_ENTRY, Link(("run", "sent"), "entries", ("run", "entry"))),
)


def _messages(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Messaged):
        to = fact.to if fact.to == EVERYBODY else source.seat(fact.to)
        yield source.run, entry.n, entry.turn, source.number(entry), to, fact.text


MESSAGES = Table[Source](
    "messages",
    "Messages",
    "What exercise control wrote to a seat, or to all.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        Column("to", "id", "A seat, or `all`."),
        Column("text", "text", "What it says.", empty=True),
    ),
    _messages,
    (OF_ENTRY,),
)
