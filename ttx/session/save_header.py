"""The head of a save, and what Home shows of one; light enough for the first screen."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ttx import __version__, files
from ttx.i18n import _
from ttx.session.restored import holds_blocks, laid_out, unwrapped

FORMAT = 2
"""Of the saves that are written; those of every format before it are read too."""
SUFFIX = ".ttx.toml"
MARK = b"[[event]]\n"
HEAD_BYTES = 4096
EXERCISE = re.compile(rb"^[ \t]*\[exercise\]", re.MULTILINE)
"""Where the small keys end."""


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
    rehearsal: bool = False
    """Whether it is a rehearsal of a session, and not the session."""

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
            **({"rehearsal": True} if self.rehearsal else {}),
            "players": self.players,
        }

    @classmethod
    def from_toml(cls, table: dict[str, Any], path: Path) -> Header:
        """The header of a parsed file.

        Raises:
            SaveError: It is none.
        """
        number = table.get("format")
        if type(number) is not int or not 1 <= number <= FORMAT:
            newer = type(number) is int and number > FORMAT
            what = _("was written by a newer ttx") if newer else _("is not a save of ttx")
            hint = (
                _("update ttx to open it") if newer else _("choose a file that ends in .ttx.toml")
            )
            if not newer and path.name.endswith(SUFFIX):
                hint = _("nothing of a head is in it")
            raise SaveError(f"{path.name} {what}; {hint}.")
        for key, kind in (KEYS | OPTIONAL).items():
            if key in OPTIONAL and key not in table:
                continue
            if key not in table:
                raise SaveError(
                    _(
                        "{file} has no {key} at its head; it cannot be played on.",
                        file=path.name,
                        key=key,
                    )
                )
            if type(table[key]) is not kind:
                raise SaveError(
                    _(
                        "{file}: what its head says of {key} is not of the right kind.",
                        file=path.name,
                        key=key,
                    )
                )
        unknown = [key for key in table if key not in KEYS | OPTIONAL]
        if unknown or not all(isinstance(who, str) for who in table["players"].values()):
            what = unknown[0] if unknown else "players"
            raise SaveError(
                _(
                    "{file}: this ttx cannot read what its head says of {what}.",
                    file=path.name,
                    what=what,
                )
            )
        held = [key for key in KEYS | OPTIONAL if key in table]
        return cls(**{FIELDS.get(key, key): table[key] for key in held})


KEYS: dict[str, type] = {
    "format": int,
    "ttx": str,
    "id": str,
    "title": str,
    "seed": int,
    "turns": int,
    "digest": str,
    "together": bool,
    "players": dict,
}
"""What every head holds, beside the exercise."""
OPTIONAL: dict[str, type] = {"rehearsal": bool}
"""What a head holds where it is not as in most runs."""
FIELDS = {"ttx": "version"}
COMMIT = re.compile(rb'^hash = "[0-9a-f]{32}"\n\n', re.MULTILINE)
"""What ends a block; no line inside one can look like it, since texts are written on one line."""


def _last_whole(tail: bytes) -> tuple[dict[str, Any], str]:
    """The last block that its commit mark ends, and what is wrong at the end of the file."""
    ends = [mark.end() for mark in COMMIT.finditer(tail)]
    if not ends:
        return {}, _("its first entry is not whole") if holds_blocks(tail) else ""
    whole, rest = tail[: ends[-1]], tail[ends[-1] :]
    block = MARK + whole.rpartition(MARK)[2]
    body, _between, mark = block.rpartition(b'hash = "')
    remark = _("its last entry is not whole") if rest.strip(b"\0\n") else ""
    if mark != f'{hash_of(body)}"\n\n'.encode():
        remark = _("its last entry was changed")
    return dict(tomllib.loads(block.decode())["event"][0]), remark


def hash_of(body: bytes) -> str:
    """The commit mark of a block: 16 bytes of blake2b, in hexadecimal."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


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
    remark: str = ""
    """What is wrong with it though it can be shown, in a few words."""
    seed: int = 0


def glance(path: Path) -> Glance:
    """The head and the last block of a save; the whole only where no block lies as it was written.

    A file that another program laid out anew is read as it was, and said to be changed.
    """
    try:
        with files.opened(path) as fd, os.fdopen(fd, "rb", closefd=False) as file:
            first = file.read(HEAD_BYTES)
            size = file.seek(0, os.SEEK_END)
            raw, tail, back = b"", b"", 4 * HEAD_BYTES
            while not COMMIT.search(tail) and back < 8 * max(size, HEAD_BYTES):
                file.seek(max(0, size - back))
                raw, back = file.read(), 8 * back
                tail = unwrapped(raw)
        played = path.stat().st_mtime
        head = unwrapped(first)
        changed = head != first or tail != raw
        if not COMMIT.search(tail) and holds_blocks(tail):
            written = laid_out(tail)
            changed, tail = changed or written != tail, written
        if not (COMMIT.search(tail) or holds_blocks(tail) or tail.endswith(b"\n\n")):
            return Glance(path, broken=_("its head was cut short"))
        small = EXERCISE.split(head, 1)[0]
        header = Header.from_toml(tomllib.loads(small.decode()), path)
        last, remark = _last_whole(tail)
    except SaveError as error:
        return Glance(path, broken=str(error))
    except OSError as error:
        return Glance(path, broken=_("it cannot be read: {reason}", reason=error.strerror or error))
    except (ValueError, KeyError, RecursionError):
        return Glance(path, broken=_("its last entry was cut short, or it is damaged"))
    turn, phase = last.get("turn", 0), last.get("phase", "briefing")
    if type(turn) is not int or type(phase) is not str:
        return Glance(path, broken=_("its last entry is damaged"))
    return Glance(
        path,
        header.title,
        turn,
        header.turns,
        phase,
        sum(who == "person" for who in header.players.values()),
        played,
        remark=_("changed by another program") if changed else remark,
        seed=header.seed,
    )
