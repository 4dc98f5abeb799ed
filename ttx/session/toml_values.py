"""Keys and values as a save has them; light enough for the first screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Table = dict[str, Any]
"""Keys and values as TOML has them: no None, no floats."""


def pairs_out(pairs: Mapping[str, object]) -> list[str]:
    """A mapping as lines of key and value."""
    return [f"{key} {value}" for key, value in pairs.items()]


def pairs_in(lines: Iterable[str]) -> dict[str, str]:
    """The mapping of such lines."""
    return dict(line.split(" ", 1) for line in lines)


def said(table: Table) -> Table:
    """Without what is empty."""
    return {key: value for key, value in table.items() if value not in ("", {}, [])}
