"""The head of a save, and what Home shows of one; light enough for the first screen."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ttx import __version__, files

FORMAT = 1
SUFFIX = ".ttx.toml"
MARK = b"[[event]]\n"
HEAD_BYTES = 4096


class SaveError(Exception):
    """A save that cannot be read or written; its text is a sentence for a person."""


@dataclass(frozen=True)
class Header:
    """The small keys at the top of a save."""

    id: str
    title: str
    seed: int
    turns: int
    digest: str
    """Of the exercise."""
    players: dict[str, str]
    together: bool
    format: int = FORMAT
    version: str = __version__
    """Of the ttx that wrote it."""

    def as_toml(self) -> dict[str, Any]:
        """The keys in their order."""
        return {
            "format": self.format,
            "ttx": self.version,
            "id": self.id,
            "title": self.title,
            "seed": self.seed,
            "turns": self.turns,
            "digest": self.digest,
            "together": self.together,
            "players": self.players,
        }

    @classmethod
    def from_toml(cls, table: dict[str, Any], path: Path) -> Header:
        """The header of a parsed file; SaveError where it is none."""
        if table.get("format") != FORMAT:
            newer = isinstance(table.get("format"), int) and table["format"] > FORMAT
            what = "was written by a newer ttx" if newer else "is not a save of ttx"
            hint = "update ttx to open it" if newer else "choose a file that ends in .ttx.toml"
            if not newer and path.name.endswith(SUFFIX):
                hint = "nothing of a head is in it"
            raise SaveError(f"{path.name} {what}; {hint}.")
        try:
            return cls(
                table["id"],
                table["title"],
                table["seed"],
                table["turns"],
                table["digest"],
                dict(table["players"]),
                table["together"],
                table["format"],
                table["ttx"],
            )
        except KeyError as missing:
            raise SaveError(
                f"{path.name} has no {missing.args[0]} at its head; it cannot be played on."
            ) from None


COMMIT = re.compile(rb'^hash = "[0-9a-f]{32}"\n\n', re.MULTILINE)
"""What ends a block; no line inside one can look like it, since texts are written on one line."""


def _last_whole(tail: bytes) -> dict[str, Any]:
    """The last block that its commit mark ends; a torn one after it is left out."""
    ends = [found.end() for found in COMMIT.finditer(tail)]
    if not ends:
        return {}
    block = tail[: ends[-1]].rpartition(MARK)[2]
    return dict(tomllib.loads((MARK + block).decode())["event"][0])


@dataclass(frozen=True)
class Glance:
    """What Home shows of a save, read from its head and its last block alone."""

    path: Path
    title: str = ""
    turn: int = 0
    turns: int = 0
    phase: str = ""
    people: int = 0
    played: float = 0.0
    """Seconds since the epoch, from the file."""
    broken: str = ""
    """Why it cannot be shown, in a few words."""


def glance(path: Path) -> Glance:
    """The head and the last block of a save, never the whole."""
    try:
        with files.opened(path) as fd, os.fdopen(fd, "rb", closefd=False) as file:
            head = file.read(HEAD_BYTES)
            size = file.seek(0, os.SEEK_END)
            tail, back = b"", 4 * HEAD_BYTES
            while MARK not in tail and len(tail) < min(size, files.LARGEST):
                file.seek(max(0, size - back))
                tail, back = file.read(), 8 * back
        played = path.stat().st_mtime
        small = head.partition(b"\n[exercise]")[0]
        header = Header.from_toml(tomllib.loads(small.decode()), path)
        last = _last_whole(tail)
    except SaveError as error:
        return Glance(path, broken=str(error))
    except (OSError, ValueError, KeyError):
        return Glance(path, broken="its last entry was cut short, or it is damaged")
    people = sum(who == "person" for who in header.players.values())
    return Glance(
        path,
        header.title,
        last.get("turn", 0),
        header.turns,
        last.get("phase", "briefing"),
        people,
        played,
    )
