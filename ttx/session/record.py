"""A save as it is read: block by block, as far as each is whole and follows the one before it.

A block counts where its commit mark is right and it names the hash before it. What was cut short
after the last whole one is a torn tail; anything else is a break, and its line is named.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from ttx import files
from ttx.exercise.digest import digest_of
from ttx.i18n import _
from ttx.session.entries import entry_in, entry_out
from ttx.session.events import Entry
from ttx.session.restored import holds_blocks, laid_out, line_of, unwrapped
from ttx.session.save_header import COMMIT, MARK, SUFFIX, Header, SaveError, hash_of
from ttx.session.shapes import well_typed

HEAD = re.compile(rb"format = \d+\nttx = ")
"""How every head begins."""


@dataclass(frozen=True)
class Record:
    """What a save holds."""

    path: Path
    header: Header
    exercise: dict[str, Any]
    entries: list[Entry]
    seal: str
    """The last hash."""
    fault: str = ""
    """What could not be read of it, in one sentence; empty where all of it was."""
    torn: bool = False
    """Whether that is a last entry that was cut short."""
    read_only: bool = False
    size: int = 0
    """Bytes up to the last whole entry."""
    hashes: list[str] = field(default_factory=list)
    """Of each entry, in order."""
    restored: bytes = field(default=b"", repr=False)
    """What ttx had written, where the file says the same in other bytes; else empty."""
    layout: str = ""
    """Which bytes those are, in a few words."""
    kept: str = ""
    """The file beside it that holds what was found, once what was written took its place again."""

    @property
    def remark(self) -> str:
        """What is to be said of how it was read; empty where it lies there as it was written."""
        return " ".join(part for part in (self.changed, self.fault) if part)

    @property
    def changed(self) -> str:
        """That another program wrote the file, in one sentence; empty where none did."""
        if not self.layout:
            return ""
        return _(
            "Another program changed {layout}; it was read as it had been written.",
            layout=self.layout,
        )

    @property
    def on_resuming(self) -> str:
        """The remark for whoever plays on: by then what was set aside lies beside the save."""
        fault, kept = self.fault, ""
        if self.torn:
            fault = _(
                "The last entry was cut short and set aside; play goes on from entry {number}.",
                number=len(self.entries),
            )
        if self.kept:
            kept = _("The file as it was found is kept as {file}.", file=self.kept)
        return " ".join(sentence for sentence in (self.changed, fault, kept) if sentence)


class _Unread(ValueError):
    """A whole block, right in itself and in its place, that this version cannot read."""


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
    """A save as far as it can be read.

    One that another program laid out anew is read as it was written where its hashes prove how.

    Raises:
        SaveError: Not even its head can be read.
    """
    raw = _bytes(path)
    data = unwrapped(raw)
    layout = "" if data == raw else _("its line ends or its encoding")
    try:
        record = _read(path, data)
    except SaveError:
        record = None
    if (record is None or not record.entries) and _relaid(data):
        written = laid_out(data)
        again = _read(path, written) if written != data else None
        if again is not None and (again.entries or record is None):
            line = line_of(data, len(again.entries) + 1)
            fault = _broken(len(again.entries), line) if again.read_only else again.fault
            record = replace(again, fault=fault)
            data, layout = written, _("its layout")
    if record is None:
        record = _read(path, data)
    return replace(record, restored=data, layout=layout) if layout else record


def _relaid(data: bytes) -> bool:
    """Whether the first block does not lie where and how it was written after such a head."""
    return (
        holds_blocks(data) and f'\nprev = "{hash_of(_head(data))}"\nhash = "'.encode() not in data
    )


def _read(path: Path, data: bytes) -> Record:
    """A save of these bytes, as they were written."""
    head = _head(data)
    try:
        table = tomllib.loads(head.decode(), parse_float=Decimal)
    except (ValueError, RecursionError):
        if HEAD.match(head) and not holds_blocks(data):
            raise _cut_short(path) from None
        raise SaveError(
            _("{file} is not a save of ttx, or its head is damaged.", file=path.name)
        ) from None
    blocks_in_head = table.pop("event", None) is not None
    header = Header.from_toml({k: v for k, v in table.items() if k != "exercise"}, path)
    exercise = table.get("exercise")
    if not isinstance(exercise, dict):
        raise SaveError(_("{file} carries no exercise; it cannot be played on.", file=path.name))
    empty = Record(path, header, exercise, [], hash_of(head), size=len(head))
    if blocks_in_head:
        return replace(empty, fault=_broken(0, line_of(data, 1)), read_only=True)
    record = _grown(empty, data, 0)
    if not record.entries and not record.read_only and digest_of(exercise) != header.digest:
        raise _cut_short(path)
    return record


def _cut_short(path: Path) -> SaveError:
    return SaveError(
        _(
            "The head of {file} was cut short, and nothing that was played is in "
            "it; use a copy from before.",
            file=path.name,
        )
    )


def does_not_follow(record: Record, error: Exception) -> SaveError:
    """What to say of a record that is whole, and yet no run of its exercise."""
    return SaveError(
        _("{file} does not follow its exercise: {error}.", file=record.path.name, error=error)
    )


def read_on(record: Record) -> Record:
    """The record with what its file has gained since; the same one where that is nothing."""
    try:
        with files.opened(record.path) as fd, os.fdopen(fd, "rb", closefd=False) as file:
            if file.seek(0, os.SEEK_END) <= record.size:
                return record
            file.seek(record.size)
            tail = file.read()
    except OSError:
        return record
    # What comes after the last commit mark is still being written.
    whole = max((mark.end() for mark in COMMIT.finditer(tail)), default=0)
    return _grown(record, tail[:whole], record.size) if whole else record


def _grown(record: Record, data: bytes, before: int) -> Record:
    """The record with the blocks of `data`, which begins after `before` bytes of the file."""
    entries, hashes = list(record.entries), list(record.hashes)
    seal, size = record.seal, record.size
    fault, torn, read_only = "", False, False
    for offset, block in blocks(data, size - before):
        try:
            entry = _entry(block, seal, len(entries) + 1)
        except _Unread:
            fault, read_only = _newer(len(entries)), True
            break
        if entry is None:
            torn = _torn(data[offset:])
            read_only = not torn
            line = data.count(b"\n", 0, offset) + 1
            if before:
                line += record.path.read_bytes()[:before].count(b"\n")
            fault = _cut(len(entries)) if torn else _broken(len(entries), line)
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
        fault=fault,
        torn=torn,
        read_only=read_only,
    )


def _cut(number: int) -> str:
    return _(
        "The last entry was cut short and is left out; play goes on from entry {number}.",
        number=number,
    )


def _broken(number: int, line: int) -> str:
    return _(
        "Readable up to entry {number}; broken at line {line}. Replay works; playing on does not.",
        number=number,
        line=line,
    )


def _newer(number: int) -> str:
    return _(
        "Readable up to entry {number}; the next was written by a newer ttx. "
        "Update ttx to read on.",
        number=number,
    )


def _torn(tail: bytes) -> bool:
    """Whether the bytes after the last whole block can be the beginning of one.

    A write that was cut short leaves a beginning, and a machine that stopped may leave zeros after
    it. Anything else was whole once and has been changed.
    """
    tail = tail.rstrip(b"\0")
    body, between, mark = tail.rpartition(b'\nhash = "')
    if not between:
        return b"\n\n" not in tail
    return (
        b"\n\n" not in body
        and re.fullmatch(rb'[0-9a-f]{0,31}|[0-9a-f]{32}(?:"\n?)?', mark) is not None
    )


def _bytes(path: Path) -> bytes:
    try:
        return files.contents(path)
    except FileNotFoundError:
        raise SaveError(_("There is no save at {file}.", file=files.legible(path))) from None
    except IsADirectoryError:
        raise SaveError(
            _(
                "{file} is a folder; name a file that ends in {suffix}.",
                file=files.legible(path),
                suffix=SUFFIX,
            )
        ) from None
    except OSError as error:
        raise SaveError(
            _(
                "{file} cannot be read: {reason}.",
                file=files.legible(path),
                reason=error.strerror,
            )
        ) from None


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
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    try:
        entry = entry_in(table)
    except (ValueError, IndexError):
        return None
    except (KeyError, TypeError):
        raise _Unread from None
    again = entry_out(entry) | ({"to": entry.format_1_to} if "to" in table else {})
    if not table.keys() <= again.keys():
        raise _Unread
    return entry if again == table and well_typed(entry) else None
