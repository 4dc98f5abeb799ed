"""Where in a TOML text each key, each value and each entry of a list stands."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field

from ttx.exercise.problems import KeyPath

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r'[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_TEXT = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]+")


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line of every path of a text that tomllib has read, counted from 1.

    Entries of lists count from 0 in their path. What cannot be followed is left out.
    """
    scan = _Scan(text.replace("\r\n", "\n"))
    scan.document()
    return scan.found


@dataclass
class Places:
    """Where things stand in a text, as positions from its first character."""

    values: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    """From the first character of each value to the one after its last."""
    headers: list[tuple[int, int, KeyPath]] = field(default_factory=list)
    """The same of each header of a table, with its path, in order."""


def places_of(text: str) -> Places:
    """The places in a text that tomllib has read."""
    scan = _Scan(text)
    scan.document()
    return scan.places


class _Scan:
    """One walk through a text."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.ends = [match.start() for match in re.finditer("\n", text)]
        self.found: dict[KeyPath, int] = {}
        self.counts: dict[KeyPath, int] = {}
        """How many blocks each list of tables has so far."""
        self.places = Places()

    def document(self) -> None:
        table: KeyPath = ()
        while self._gap() < len(self.text):
            before = self.at
            if self._takes("["):
                table = self._header(blocks=self._takes("["))
                self.places.headers.append((before, self.at, table))
            else:
                self._pair(table)
            if self.at == before:
                return

    def _gap(self) -> int:
        match = _GAP.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def _takes(self, sign: str) -> bool:
        """Whether the text goes on with the sign, which is then passed."""
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def _mark(self, path: KeyPath, at: int) -> None:
        self.found.setdefault(path, bisect_right(self.ends, at - 1) + 1)

    def _keys(self) -> list[str]:
        """A key with its dots, as names."""
        names: list[str] = []
        while True:
            self._gap()
            match = _KEY.match(self.text, self.at)
            if match is None:
                return names
            self.at, name = match.end(), match.group()
            names.append(_unquoted(name) if name[0] in "\"'" else name)
            self._gap()
            if not self._takes("."):
                return names

    def _header(self, *, blocks: bool) -> KeyPath:
        at, path = self.at, KeyPath()
        names = self._keys()
        for place, name in enumerate(names):
            path = (*path, name)
            if blocks and place == len(names) - 1:
                self._mark(path, at)
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
            self._mark(path, at)
        self._gap()
        self._takes("]]" if blocks else "]")
        return path

    def _pair(self, table: KeyPath) -> None:
        at = self.at
        path = table
        for name in self._keys():
            path = (*path, name)
            self._mark(path, at)
        self._gap()
        self._takes("=")
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        start = self._gap()
        self._mark(path, start)
        if self._takes("["):
            self._inside("]", path)
        elif self._takes("{"):
            self._inside("}", path)
        else:
            match = _TEXT.match(self.text, self.at) or _PLAIN.match(self.text, self.at)
            self.at = match.end() if match else self.at
        end = start + len(self.text[start : self.at].rstrip())
        self.places.values[path] = (start, end)

    def _inside(self, close: str, path: KeyPath) -> None:
        """The entries of a list or the pairs of a table that stands in a line."""
        entry = 0
        while self._gap() < len(self.text) and not self._takes(close):
            before = self.at
            if close == "]":
                self._value((*path, entry))
            else:
                self._pair(path)
            entry += 1
            self._gap()
            self._takes(",")
            if self.at == before:
                return


def _unquoted(name: str) -> str:
    return str(next(iter(tomllib.loads(f"{name} = 0"))))
