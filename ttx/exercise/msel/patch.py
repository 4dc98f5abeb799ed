"""Changes single values in the TOML that an author wrote, and leaves all else as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

import tomli_w

from ttx.exercise.lines import Places, places_of
from ttx.exercise.problems import KeyPath

Plain = object
"""A text, a number, a day, a list or a table: whatever TOML holds."""


@dataclass
class Patch:
    """What is to change in one file; paths are those inside the file."""

    text: str
    changes: list[tuple[int, int, str]] = field(default_factory=list)
    """From, to, and what comes in between."""

    def __post_init__(self) -> None:
        self.places: Places = places_of(self.text)

    def put(self, path: KeyPath, value: Plain) -> None:
        """Give a key another value; one that is not there is added to its table."""
        if path in self.places.values:
            self.changes.append((*self.places.values[path], literal(value)))
            return
        *outer, key = path
        inside = f"{key} = {literal(value)}"
        for _, end, table in self.places.headers:
            if table == tuple(outer):
                self.changes.append((end, end, f"\n{inside}"))
                return
        start, _ = self.places.values[tuple(outer)]  # a table in one line: after its brace
        self.changes.append((start + 1, start + 1, f" {inside},"))

    def take_out(self, path: KeyPath) -> None:
        """Take out a table with all its headers; comments above the next one stay."""
        starts = [start for start, _, _ in self.places.headers] + [len(self.text)]
        for at, (start, _, table) in enumerate(self.places.headers):
            if table[: len(path)] == path:
                self.changes.append((start, starts[at + 1], ""))

    def drop(self, path: KeyPath) -> None:
        """Take out a key that stands on lines of its own, with what is behind it on the last."""
        start, end = self.places.values[path]
        begins = self.text.rfind("\n", 0, start) + 1
        stops = self.text.find("\n", end)
        self.changes.append((begins, len(self.text) if stops < 0 else stops + 1, ""))

    def done(self) -> str:
        """The text with all changes."""
        text = self.text
        for start, end, words in sorted(self.changes, reverse=True):
            text = text[:start] + words + text[end:]
        return text


def literal(value: Plain) -> str:
    """A value as TOML, in one line."""
    if isinstance(value, dict):
        pairs = (f"{_key(key)} = {literal(entry)}" for key, entry in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(entry) for entry in value)}]"
    return tomli_w.dumps({"x": value}).removeprefix("x = ").removesuffix("\n")


def _key(key: str) -> str:
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")
