"""A save as it is read: block by block, as far as each is whole and follows the one before it.

A block counts where its commit mark is right and it names the hash before it. What was cut short
after the last whole one is a torn tail; anything else is a break, and its line is named.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from ttx.session.entries import entry_in
from ttx.session.events import Entry
from ttx.session.glance import COMMIT, MARK, SUFFIX, Header, SaveError

LEFT_OUT, SET_ASIDE = "is left out", "set aside"
"""What becomes of a torn tail where a save is read, and where it is played on."""


@dataclass(frozen=True)
class Record:
    """What a save holds."""

    path: Path
    header: Header
    exercise: dict[str, Any]
    entries: list[Entry]
    seal: str
    """The last hash."""
    remark: str = ""
    """What was wrong with it, in one sentence."""
    read_only: bool = False
    size: int = 0
    """Bytes up to the last whole entry."""
    hashes: list[str] = field(default_factory=list)
    """Of each entry, in order."""

    @property
    def on_resuming(self) -> str:
        """The remark for whoever plays on: by then a torn tail lies beside the save."""
        return self.remark.replace(LEFT_OUT, SET_ASIDE)


class _Unread(ValueError):
    """A whole block, right in itself and in its place, that this version cannot read."""


def hash_of(body: bytes) -> str:
    """The commit mark of a block: 16 bytes of blake2b, in hexadecimal."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def blocks(data: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of each block up to its commit mark, then what is left without one."""
    while start < len(data):
        mark = COMMIT.search(data, start)
        end = mark.end() if mark else len(data)
        yield start, data[start:end]
        start = end


def _head(data: bytes) -> bytes:
    """The bytes before the first block; the beginning of a torn first block is left out."""
    first = data.find(b"\n" + MARK)
    committed = COMMIT.search(data)
    if committed and not 0 <= first < committed.start():
        # The first line of the first block is damaged; no block holds an empty line before its end.
        return data[: data.rfind(b"\n\n", 0, committed.start()) + 2]
    if first >= 0:
        return data[: first + 1]
    data = data.rstrip(b"\0")
    for size in range(len(MARK), 0, -1):
        if data.endswith(b"\n" + MARK[:size]):
            return data[:-size]
    return data


def read(path: Path) -> Record:
    """A save as far as it can be read; SaveError where not even its head can."""
    data = _bytes(path)
    head = _head(data)
    try:
        table = tomllib.loads(head.decode(), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SaveError(f"{path.name} is not a save of ttx, or its head is damaged.") from None
    header = Header.from_toml(table, path)
    try:
        empty = Record(path, header, table["exercise"], [], hash_of(head), size=len(head))
    except KeyError:
        raise SaveError(f"{path.name} carries no exercise; it cannot be played on.") from None
    return _grown(empty, data, 0)


def does_not_follow(record: Record, error: Exception) -> SaveError:
    """What to say of a record that is whole, and yet no run of its exercise."""
    return SaveError(f"{record.path.name} does not follow its exercise: {error}.")


def read_on(record: Record) -> Record:
    """The record with what its file has gained since; the same one where that is nothing."""
    try:
        with record.path.open("rb") as file:
            if file.seek(0, os.SEEK_END) <= record.size:
                return record
            file.seek(record.size)
            tail = file.read()
    except OSError:
        return record
    # What comes after the last commit mark is still being written.
    whole = max((found.end() for found in COMMIT.finditer(tail)), default=0)
    return _grown(record, tail[:whole], record.size) if whole else record


def _grown(record: Record, data: bytes, before: int) -> Record:
    """The record with the blocks of `data`, which begins after `before` bytes of the file."""
    entries, hashes = list(record.entries), list(record.hashes)
    seal, size = record.seal, record.size
    remark, read_only = "", False
    for offset, block in blocks(data, size - before):
        try:
            entry = _entry(block, seal, len(entries) + 1)
        except _Unread:
            remark, read_only = (
                (
                    f"Readable up to entry {len(entries)}; the next was written by a newer ttx. "
                    "Update ttx to read on."
                ),
                True,
            )
            break
        if entry is None:
            read_only = not _torn(data[offset:])
            line = data.count(b"\n", 0, offset) + 1
            if before:
                line += record.path.read_bytes()[:before].count(b"\n")
            remark = (
                f"Readable up to entry {len(entries)}; broken at line {line}. "
                "Replay works; playing on does not."
                if read_only
                else f"The last entry was cut short and {LEFT_OUT}; "
                f"play goes on from entry {len(entries)}."
            )
            break
        entries.append(entry)
        seal, size = _mark(block), before + offset + len(block)
        hashes.append(seal)
    return replace(
        record,
        entries=entries,
        hashes=hashes,
        seal=seal,
        size=size,
        remark=remark,
        read_only=read_only,
    )


def _torn(tail: bytes) -> bool:
    """Whether the bytes after the last whole block can be the beginning of one.

    A write that was cut short leaves a beginning, and a machine that stopped may leave zeros after
    it. Anything else was whole once and has been changed.
    """
    tail = tail.rstrip(b"\0")
    body, found, mark = tail.rpartition(b'\nhash = "')
    if not found:
        return b"\n\n" not in tail
    return (
        b"\n\n" not in body
        and re.fullmatch(rb'[0-9a-f]{0,31}|[0-9a-f]{32}(?:"\n?)?', mark) is not None
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SaveError(f"There is no save at {path}.") from None
    except IsADirectoryError:
        raise SaveError(f"{path} is a folder; name a file that ends in {SUFFIX}.") from None
    except OSError as error:
        raise SaveError(f"{path} cannot be read: {error.strerror}.") from None


def _mark(block: bytes) -> str:
    """The hash of a whole block."""
    return block[-35:-3].decode()


def _entry(block: bytes, prev: str, number: int) -> Entry | None:
    """The entry of a block; None where it is not whole or not in its place."""
    body, _, mark = block.rpartition(b'hash = "')
    before = f'prev = "{prev}"\n'.encode()
    if mark != f'{hash_of(body)}"\n\n'.encode():
        return None
    if not (body.startswith(MARK) and body.endswith(before)):
        return None
    try:
        table = tomllib.loads(body[len(MARK) : -len(before)].decode())
        if table["n"] != number:
            return None
    except (KeyError, TypeError, ValueError):
        return None
    try:
        return entry_in(table)
    except (KeyError, TypeError, ValueError, IndexError):
        raise _Unread from None
