"""A record forged by somebody who makes every hash anew: what is found, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ttx.session.audit import audit
from ttx.session.entries import entry_in, entry_out
from ttx.session.events import Entry
from ttx.session.fold import fold
from ttx.session.kinds import KINDS, declared
from ttx.session.opening import look_at
from ttx.session.record import Record, read
from ttx.session.run import Run
from ttx.session.shapes import well_typed

pytestmark = pytest.mark.slow

SAVES = Path(__file__).parent / "saves"
FREE = {
    "at",
    "elapsed",
    "text",
    "reason",
    "rationale",
    "confidence",
    "expects",
    "pro",
    "contra",
    "question",
    "why",
    "action",
    "owner",
    "due",
    "starts",
    "source",
    "value",
    "sort",
    "sees",
    "until",
    "card",
    "number",
}
"""What only the person who said it can vouch for: `docs/records.md` says so."""

TOLD_TO = ("started", "answered", "messaged", "inquired", "replied", "rated")
"""Kinds that were for different readers."""


@cache
def kept(name: str) -> tuple[Run, Record]:
    record = read(SAVES / name)
    return look_at(record).timeline.run, record


def other(value: Any) -> Iterator[Any]:  # noqa: ANN401  # whatever TOML has
    """Values of the same type that say something else."""
    match value:
        case bool():
            yield not value
        case int():
            yield from (value + 1, value - 1, 0, 10**6)
        case str():
            words = value.split(" ")
            yield from (f"{value}x", "")
            if len(words) > 1 and words[-1].lstrip("+-").isdigit():
                yield " ".join([*words[:-1], f"{int(words[-1]) + 1}"])
        case list():
            yield value[:-1] if value else ["x"]
            yield [*value, *value[-1:]]
            for changed in other(value[0]) if value else ():
                yield [changed, *value[1:]]


def forged(entry: Entry, key: str) -> Iterator[Entry]:
    """The entry with another value of that key, where one could be read as such an entry."""
    table = entry_out(entry)
    for value in other(table[key]):
        if value == table[key]:
            continue
        try:
            made = entry_in({**table, key: value})
        except (KeyError, TypeError, ValueError, IndexError):
            continue
        if well_typed(made) and entry_out(made) == {**table, key: value}:
            yield made


def passes(run: Run, entries: list[Entry]) -> bool:
    """Whether nothing would be said against them."""
    try:
        fold(run, entries)
    except ValueError:
        return False
    return not any(one.differs for one in audit(run, entries))


def undetected(name: str, kind: str) -> Iterator[str]:
    """The fields of that kind that can be changed without a word."""
    run, record = kept(name)
    entries = record.entries
    for entry in [one for one in entries if declared(one.event).name == kind][:1]:
        for key in entry_out(entry):
            if key in ("n", "kind"):  # the chain holds these
                continue
            for made in forged(entry, key):
                if passes(run, [*entries[: entry.n - 1], made, *entries[entry.n :]]):
                    yield f"{key} = {entry_out(made).get(key)!r}"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"forked"}))
def test_every_field_that_can_be_held_is_held(kind: str) -> None:
    played = [
        name
        for name in ("format-1-facilitated.ttx.toml", "format-1.ttx.toml")
        if any(declared(one.event).name == kind for one in kept(name)[1].entries)
    ][:1]
    for name in played:
        found = [one for one in undetected(name, kind) if one.split(" = ")[0] not in FREE]
        assert [] == found


def test_whom_an_entry_of_format_1_says_it_is_for_is_held() -> None:
    run, record = kept("format-1-facilitated.ttx.toml")
    entries = record.entries
    for entry in [next(e for e in entries if declared(e.event).name == kind) for kind in TOLD_TO]:
        for to in {"all", "us", "white", "mofa"} - {entry.format_1_to}:
            made = replace(entry, format_1_to=to)
            assert not passes(run, [*entries[: entry.n - 1], made, *entries[entry.n :]])
