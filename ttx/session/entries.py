"""How an entry is written in a save: its stamps first, then what happened."""

from __future__ import annotations

from ttx.session.events import Entry
from ttx.session.kinds import KINDS, declared
from ttx.session.toml_values import Table


def entry_out(entry: Entry) -> Table:
    """An entry as keys and values.

    Raises:
        ValueError: Its kind has no row.
    """
    stamps: Table = {"n": entry.n, "kind": declared(entry.event).name, "turn": entry.turn}
    stamps |= {"phase": entry.phase, "by": entry.by}
    if entry.at:
        stamps |= {"at": entry.at, "elapsed": entry.elapsed}
    return stamps | entry.event.as_toml()


def entry_in(table: Table) -> Entry:
    """The entry of a block; KeyError, TypeError or ValueError where it does not fit."""
    body = dict(table)
    take = body.pop
    kind, n, by, to = take("kind"), take("n"), take("by"), take("to", "")
    turn, phase, at, elapsed = take("turn"), take("phase"), take("at", ""), take("elapsed", 0)
    return Entry(n, KINDS[kind].fact.from_toml(body), by, at, elapsed, turn, phase, to)
