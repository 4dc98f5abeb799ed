"""A run as it happened: one self-contained TOML file, only ever added to.

Small keys first, the exercise whole, then one block an event. Each block is one `os.write` and one
`fsync`; its last key is its hash, which is the commit mark, and every block names the hash before
it. A torn tail is set aside; a broken middle opens read-only up to the break.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ttx.session.events import Entry
from ttx.session.glance import COMMIT, MARK, SUFFIX, Header, SaveError


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
    entries: list[Entry] = []
    seal, size = hash_of(head), len(head)
    for offset, block in blocks(data, len(head)):
        entry = _entry(block, seal, len(entries) + 1)
        if entry is None:
            last = offset + len(block) == len(data) and not _committed(block)
            line = data.count(b"\n", 0, offset) + 1
            if last:
                remark = (
                    f"The last entry was cut short and set aside; play goes on from entry "
                    f"{len(entries)}."
                )
            else:
                remark = (
                    f"Readable up to entry {len(entries)}; broken at line {line}. "
                    "Playing on does not work."
                )
            return Record(path, header, table["exercise"], entries, seal, remark, not last, size)
        entries.append(entry)
        seal, size = _mark(block), offset + len(block)
    return Record(path, header, table["exercise"], entries, seal, size=size)


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "a file is in the way" if isinstance(error, FileExistsError) else error.strerror
        raise SaveError(
            f"The folder {folder} cannot be made: {why}. Choose another place with --save."
        ) from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SaveError(f"There is no save at {path}.") from None
    except IsADirectoryError:
        raise SaveError(f"{path} is a folder; name a file that ends in {SUFFIX}.") from None
    except OSError as error:
        raise SaveError(f"{path} cannot be read: {error.strerror}.") from None


def _committed(block: bytes) -> bool:
    return COMMIT.search(block) is not None


def _mark(block: bytes) -> str:
    return block.rstrip(b"\n").rpartition(b'hash = "')[2].decode().rstrip('"')


def _entry(block: bytes, prev: str, number: int) -> Entry | None:
    body, found, _ = block.rpartition(b'hash = "')
    if not found or not _committed(block) or hash_of(body) != _mark(block):
        return None
    try:
        table = tomllib.loads(body.decode())["event"][0]
        if table.pop("prev") != prev or table["n"] != number:
            return None
        return Entry.from_toml(table)
    except (KeyError, TypeError, ValueError, IndexError):
        return None


class Save:
    """The one writer of a save."""

    def __init__(self, path: Path, fd: int, seal: str) -> None:
        """An open, locked file whose last hash is `seal`."""
        self.path, self.seal = path, seal
        self._fd = fd

    @classmethod
    def create(cls, path: Path, header: Header, exercise: dict[str, Any]) -> Save:
        """A new save; SaveError where the file exists or cannot be written."""
        import tomli_w  # writing is not on the way to the first paint

        head = tomli_w.dumps({**header.as_toml(), "exercise": exercise}) + "\n"
        data = head.encode()
        _folder(path.parent)
        try:
            fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_APPEND, 0o644)
        except FileExistsError:
            raise SaveError(
                f"{path} exists already; resume it, or choose another name with --save."
            ) from None
        except OSError as error:
            raise SaveError(
                f"The record cannot be written to {path.parent}: {error.strerror}. "
                "Choose another place with --save."
            ) from None
        save = cls(path, fd, hash_of(data))
        try:
            save._lock()
            save._write(data)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except SaveError:
            save.close()
            path.unlink(missing_ok=True)
            raise
        return save

    @classmethod
    def resume(cls, record: Record) -> Save:
        """The writer of a save that was read; its torn tail is set aside first."""
        if record.read_only:
            raise SaveError(record.remark)
        try:
            fd = os.open(record.path, os.O_RDWR | os.O_APPEND)
        except OSError as error:
            raise SaveError(
                f"The record cannot be written: {record.path.name}: {error.strerror}."
            ) from None
        save = cls(record.path, fd, record.seal)
        try:
            save._lock()
            size = os.fstat(fd).st_size
            if size > record.size:
                tail = os.pread(fd, size - record.size, record.size)
                torn = record.path.with_name(record.path.name + ".torn")
                with torn.open("ab") as aside:
                    aside.write(tail)
                    aside.flush()
                    os.fsync(aside.fileno())
                os.ftruncate(fd, record.size)
                os.fsync(fd)
        except OSError as error:
            save.close()
            raise SaveError(f"The record cannot be written: {error.strerror}.") from None
        except SaveError:
            save.close()
            raise
        return save

    def append(self, entry: Entry) -> None:
        """Write one entry and have the disk confirm it; SaveError leaves the file as it was."""
        import tomli_w

        body = tomli_w.dumps({"event": [{**entry.as_toml(), "prev": self.seal}]}).encode()
        mark = hash_of(body)
        self._write(body + f'hash = "{mark}"\n\n'.encode())
        self.seal = mark

    def _write(self, data: bytes) -> None:
        before = os.fstat(self._fd).st_size
        why = ""
        try:
            if os.write(self._fd, data) < len(data):
                why = "disk full"
            os.fsync(self._fd)
        except OSError as error:
            why = "disk full" if error.errno == errno.ENOSPC else str(error.strerror)
        if why:
            os.ftruncate(self._fd, before)
            raise SaveError(
                f"The record cannot be written: {why}. Play stops here; nothing shown is unsaved."
            )

    def _lock(self) -> None:
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            who = _holder(self._fd)
            raise SaveError(
                f"{self.path.name} is being played in another window{who}; leave it there first."
            ) from None

    def close(self) -> None:
        """Let go of the file."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def _holder(fd: int) -> str:
    """The process that holds the lock, where the system tells."""
    inode = os.fstat(fd).st_ino
    try:
        lines = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return ""
    for line in lines:
        words = line.split()
        if len(words) > 5 and words[1] == "FLOCK" and words[5].rpartition(":")[2] == str(inode):
            return f" (process {words[4]})"
    return ""
