"""An entry as JSON: its stamps, and what happened with every part by its name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from ttx.session.events import Entry, Given
from ttx.session.kinds import declared
from ttx.studies.export.run import PLAYERS, RUNS
from ttx.studies.export.source import Source


def decoded(value: Any) -> Any:  # noqa: ANN401  # any part of a fact
    """A part of a fact as JSON has it: what has named parts is an object, what is listed a list."""
    if isinstance(value, Given):  # its answer is no object of its own, neither here nor in a save
        return {"cell": value.cell, **decoded(value.answer)}
    if is_dataclass(value):
        return {field.name: decoded(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        named = getattr(value, "_fields", None)
        if named is not None:
            return {name: decoded(part) for name, part in zip(named, value, strict=True)}
        return [decoded(part) for part in value]
    if isinstance(value, dict):
        return {key: decoded(part) for key, part in value.items()}
    return value


def object_of(entry: Entry, run: str, undone_by: int | None, seal: str) -> dict[str, Any]:
    """An entry as an object, as the schema has it."""
    return {
        "run": run,
        "n": entry.n,
        "kind": declared(entry.event).name,
        "turn": entry.turn,
        "phase": entry.phase,
        "by": entry.by,
        "at": entry.at,
        "elapsed": entry.elapsed,
        "undone_by": undone_by,
        "hash": seal,
        "fact": decoded(entry.event),
    }


def lines(source: Source) -> list[str]:
    """The entries of a run, each an object on a line of its own."""
    return [
        json.dumps(
            object_of(source.told(entry), source.run, source.timeline.struck.get(entry.n), seal),
            ensure_ascii=False,
        )
        for entry, seal in zip(source.timeline.entries, source.record.hashes, strict=True)
    ]


def runs(sources: Sequence[Source]) -> list[str]:
    """The runs, each an object on a line of its own, with who held each cell."""
    as_json = []
    for source in sources:
        (row,) = RUNS.rows(source)
        names = [column.name for column in RUNS.columns]
        players = {str(player[1]): player[4] for player in PLAYERS.rows(source)}
        run = dict(zip(names, row, strict=True)) | {"players": players}
        as_json.append(json.dumps(run, ensure_ascii=False))
    return as_json
