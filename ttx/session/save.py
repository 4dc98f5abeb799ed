"""A run as it happens: one self-contained TOML file, only ever added to by one writer.

Small keys first, the exercise whole, then one block an event. Each block is one `os.write` and one
`fsync`; its last key is its hash, which is the commit mark, and every block names the hash before
it. A torn tail is set aside before anything is added.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ttx.session.entries import entry_out
from ttx.session.events import Entry
from ttx.session.glance import Header, SaveError, hash_of
from ttx.session.record import Record


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "a file is in the way" if isinstance(error, FileExistsError) else error.strerror
        raise SaveError(
            f"The folder {folder} cannot be made: {why}. Choose another place."
        ) from None


def _first_bytes(header: Header, exercise: dict[str, Any]) -> bytes:
    import tomli_w  # writing is not on the way to the first paint

    return (tomli_w.dumps({**header.as_toml(), "exercise": exercise}) + "\n").encode()


def _block(entry: Entry, prev: str) -> tuple[bytes, str]:
    """A block as it is written, and its hash."""
    import tomli_w

    body = tomli_w.dumps({"event": [{**entry_out(entry), "prev": prev}]}).encode()
    mark = hash_of(body)
    return body + f'hash = "{mark}"\n\n'.encode(), mark


def _new(path: Path) -> int:
    """A new empty file at a place that nobody has taken."""
    _folder(path.parent)
    try:
        return os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_APPEND, 0o644)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise SaveError(
            f"The record cannot be written to {path.parent}: {error.strerror}. "
            "Choose another place."
        ) from None


def _taken(path: Path) -> SaveError:
    return SaveError(f"{path} exists already; choose another name, or resume it.")


def _place(path: Path, data: bytes) -> Save:
    """A new file of these bytes, locked; it has its name whole or not at all.

    It is written beside its place, and moved there once the disk has all of it.
    """
    if path.exists():
        raise _taken(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    save = Save(path, _new(draft), "")
    try:
        save.lock()
        save.write(data)
        _move(draft, path)
        settle(path.parent)
    except (OSError, SaveError) as error:
        save.close()
        draft.unlink(missing_ok=True)
        if isinstance(error, SaveError):
            raise
        raise SaveError(f"{path} cannot be written: {error.strerror}.") from None
    return save


def _move(draft: Path, path: Path) -> None:
    """Give a whole file the name that nobody has taken."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:  # a disk without second names; there the name is taken first
        os.close(_new(path))
        draft.replace(path)
    else:
        draft.unlink()


def settle(folder: Path) -> None:
    """Have the disk confirm that a file is in its folder."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


class Save:
    """The one writer of a save."""

    def __init__(self, path: Path, fd: int, seal: str) -> None:
        """An open, locked file whose last hash is `seal`."""
        self.path, self.seal = path, seal
        self._fd = fd

    @classmethod
    def create(cls, path: Path, header: Header, exercise: dict[str, Any]) -> Save:
        """A new save; SaveError where the file exists or cannot be written."""
        data = _first_bytes(header, exercise)
        save = _place(path, data)
        save.seal = hash_of(data)
        return save

    @classmethod
    def whole(
        cls, path: Path, header: Header, exercise: dict[str, Any], entries: Iterable[Entry]
    ) -> None:
        """A new save of these entries, closed; SaveError as for `create`."""
        data = _first_bytes(header, exercise)
        seal, parts = hash_of(data), [data]
        for entry in entries:
            block, seal = _block(entry, seal)
            parts.append(block)
        _place(path, b"".join(parts)).close()

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
            save.lock()
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
        block, mark = _block(entry, self.seal)
        self.write(block)
        self.seal = mark

    def write(self, data: bytes) -> None:
        """Write bytes and have the disk confirm them; SaveError leaves the file as it was."""
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

    def lock(self) -> None:
        """Be the one writer; SaveError where somebody else is."""
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            who = _holder(self._fd)
            raise SaveError(
                f"{self.path.name} is being played in another window{who}; "
                "leave it there first, or watch it: P on Home, or ttx replay."
            ) from None

    def close(self) -> None:
        """Let go of the file."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def in_play(path: Path) -> bool:
    """Whether somebody holds a save to play it; taken to be so where the system does not tell."""
    try:
        return _player(path.stat().st_ino) != ""
    except OSError:
        return False


def _holder(fd: int) -> str:
    """The process that holds the lock, where the system tells."""
    who = _player(os.fstat(fd).st_ino)
    return f" (process {who})" if who.isdigit() else ""


def _player(inode: int) -> str:
    """The process that has locked a file; empty where none has, `?` where nobody can tell."""
    try:
        lines = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return "?"
    for line in lines:
        words = line.split()
        if len(words) > 5 and words[1] == "FLOCK" and words[5].rpartition(":")[2] == str(inode):
            return words[4]
    return ""
