"""A run as it happens: one self-contained TOML file, only ever added to by one writer.

Small keys first, the exercise whole, then one block an event. Each block is one `os.write` and one
`fsync`; its last key is its hash, which is the commit mark, and every block names the hash before
it. A torn tail is set aside before anything is added.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ttx import files
from ttx.i18n import _
from ttx.session.entries import entry_out
from ttx.session.events import Entry
from ttx.session.record import Record, read
from ttx.session.save_header import SUFFIX, Header, SaveError, hash_of
from ttx.session.save_paths import free_path, torn


def _first_bytes(header: Header, exercise: dict[str, Any]) -> bytes:
    import tomli_w  # writing is not on the way to the first paint

    return (tomli_w.dumps({**header.as_toml(), "exercise": exercise}) + "\n").encode()


def _block(entry: Entry, prev: str) -> tuple[bytes, str]:
    """A block as it is written, and its hash."""
    import tomli_w

    body = tomli_w.dumps({"event": [{**entry_out(entry), "prev": prev}]}).encode()
    mark = hash_of(body)
    return body + f'hash = "{mark}"\n\n'.encode(), mark


def _whole(header: Header, exercise: dict[str, Any], entries: Iterable[Entry]) -> tuple[bytes, str]:
    """The bytes of a save, and its last hash."""
    data = _first_bytes(header, exercise)
    seal, parts = hash_of(data), [data]
    for entry in entries:
        block, seal = _block(entry, seal)
        parts.append(block)
    return b"".join(parts), seal


def _why(error: OSError) -> str:
    return _("disk full") if error.errno == errno.ENOSPC else str(error.strerror)


def _same(first: os.stat_result, other: os.stat_result) -> bool:
    return (first.st_dev, first.st_ino) == (other.st_dev, other.st_ino)


class Save:
    """The one writer of a save."""

    found: Record | None = None
    """What the file held when it was taken over, read while nobody else could write it."""

    def __init__(
        self, path: Path, fd: int, seal: str, header: Header, exercise: dict[str, Any]
    ) -> None:
        """An open file whose last hash is `seal`; `header` and `exercise` are what it begins with.

        Nobody is to write it but who holds its lock.
        """
        self.path, self.seal, self.header, self.exercise = path, seal, header, exercise
        self._fd, self._size, self._at = fd, 0, 0
        self._bytes = blake2b()
        """Of all that it holds by this writer's account."""
        self._spoilt = ""
        self._folder = path.parent.stat()

    @classmethod
    def create(cls, path: Path, header: Header, exercise: dict[str, Any]) -> Save:
        """A new save.

        Raises:
            SaveError: The file exists or cannot be written.
        """
        return cls.begin(path, header, exercise, ())

    @classmethod
    def whole(
        cls, path: Path, header: Header, exercise: dict[str, Any], entries: Iterable[Entry]
    ) -> None:
        """A new save of these entries, closed; SaveError as for `create`."""
        cls.begin(path, header, exercise, entries).close()

    @classmethod
    def begin(
        cls, path: Path, header: Header, exercise: dict[str, Any], entries: Iterable[Entry]
    ) -> Save:
        """A new save of these entries, to be written on; it has its name whole or not at all.

        Raises:
            SaveError: The file exists or cannot be written.
        """
        data, seal = _whole(header, exercise, entries)
        try:
            files.named_for(path, _("A save"), (SUFFIX, ".toml"))
            files.free(path)
            fd, draft = files.begin(path.parent)
        except FileExistsError:
            raise _taken(path) from None
        except files.NotWritten as error:
            raise SaveError(str(error)) from None
        except OSError as error:
            raise SaveError(files.sentence(path, error)) from None
        save = cls(path, fd, seal, header, exercise)
        try:
            save.lock()
            save._put(data)
            files.name(draft, path)
        except (OSError, SaveError) as error:
            save.close()
            draft.unlink(missing_ok=True)
            if isinstance(error, SaveError):
                raise
            if isinstance(error, FileExistsError):
                raise _taken(path) from None
            raise SaveError(files.sentence(path, error)) from None
        save.look()
        return save

    @classmethod
    def resume(cls, record: Record) -> Save:
        """The writer of a save that was read; its torn tail is set aside first.

        What it held once it was locked is in `found`, and may be more than what was read before:
        another window may have been finishing.

        Raises:
            SaveError: It is another run by then.
        """
        if record.read_only:
            raise SaveError(record.remark)
        name = files.legible(record.path.name)
        try:
            fd = os.open(record.path, os.O_RDWR | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise SaveError(files.sentence(record.path, error)) from None
        try:
            save = cls(record.path, fd, record.seal, record.header, record.exercise)
            save.lock()
            save.found = held = read(record.path)
            again = held.hashes[: len(record.hashes)] == record.hashes
            if not again or not _same(os.fstat(fd), record.path.stat()):
                raise SaveError(  # noqa: TRY301  # closed as for the others
                    _("{name} was changed since it was read; open it again.", name=name)
                )
            if held.read_only:
                raise SaveError(held.remark)  # noqa: TRY301  # the same
            save.seal = held.seal
            if held.restored:
                return save._as_written(held)
            save._set_aside(held.size)
            save.look()
        except files.NotWritten as error:
            os.close(fd)
            raise SaveError(str(error)) from None
        except (OSError, SaveError) as error:
            os.close(fd)
            if isinstance(error, SaveError):
                raise
            raise SaveError(_("The record cannot be written: {why}.", why=_why(error))) from None
        return save

    def _as_written(self, record: Record) -> Save:
        """The writer of what ttx had written, in place of what another program made of it.

        What was found is kept beside it first, byte for byte.
        """
        aside = free_path(self.path.parent, self.path.name, ending=".changed")
        files.write(aside, files.contents(self.path))
        with files.draft(self.path.parent) as (fd, there):
            files.fill(fd, record.restored[: record.size])
            written = os.dup(fd)
            save = Save(self.path, written, record.seal, record.header, record.exercise)
            try:
                save.lock()
                there.replace(self.path)
                files.settle(self.path.parent)
                save.look()
            except (OSError, SaveError):
                save.close()
                raise
        self.close()
        save.found = replace(record, kept=aside.name, restored=b"")
        return save

    def _set_aside(self, size: int) -> None:
        """Move what stands after the last whole entry to a file of its own."""
        length = os.fstat(self._fd).st_size
        if length <= size:
            return
        tail, aside = os.pread(self._fd, length - size, size), torn(self.path)
        try:
            fd = files.append_to(aside)
        except OSError as error:
            raise SaveError(files.sentence(aside, error)) from None
        try:
            files.fill(fd, tail)
        finally:
            os.close(fd)
        os.ftruncate(self._fd, size)
        os.fsync(self._fd)

    def append(self, entry: Entry) -> None:
        """Write one entry and have the disk confirm it; SaveError leaves the file as it was.

        SaveError too where something is amiss with the file; then nothing is written to it.
        """
        why = self.amiss()
        if why:
            raise SaveError(f"{files.legible(self.path.name)} {why}.")
        block, mark = _block(entry, self.seal)
        self.write(block)
        self.seal = mark

    def write(self, data: bytes) -> None:
        """Write bytes and have the disk confirm them; SaveError leaves the file as it was.

        Where that cannot be said, of a disk that did not confirm or did not take them back, the
        file is amiss from then on.
        """
        try:
            self._put(data)
        except OSError as error:
            raise SaveError(
                _(
                    "The record cannot be written: {why}. Play stops here; "
                    "nothing shown is unsaved.",
                    why=_why(error),
                )
            ) from None

    def _put(self, data: bytes) -> None:
        """Write bytes and have the disk confirm them, or take them back; OSError."""
        before = os.fstat(self._fd).st_size
        try:
            written = os.write(self._fd, data)
            if written < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # noqa: TRY301  # as if it had said so
            self._confirm()
        except OSError as error:
            try:
                os.ftruncate(self._fd, before)
                self._at = os.fstat(self._fd).st_mtime_ns
            except OSError:
                self._spoilt = _("can no longer be relied on ({why})", why=_why(error))
            raise
        self._bytes.update(data)
        self._size, self._at = before + len(data), os.fstat(self._fd).st_mtime_ns

    def _confirm(self) -> None:
        """Have the disk confirm what was written; one that fails once confirms anything later."""
        try:
            os.fsync(self._fd)
        except OSError as error:
            self._spoilt = _("can no longer be relied on ({why})", why=_why(error))
            raise

    def look(self) -> None:
        """Take what the file holds now for what was written to it."""
        self._bytes, self._size = self._all(), os.fstat(self._fd).st_size
        self._at = os.fstat(self._fd).st_mtime_ns

    def amiss(self) -> str:
        """What has become of the file since it was last written, in words that follow its name.

        Empty where it is the one at its path, and holds what was written and nothing else.
        """
        if self._spoilt:
            return self._spoilt
        try:
            here = os.fstat(self._fd)
            try:
                there = self.path.stat()
            except (FileNotFoundError, NotADirectoryError):
                return _("was moved away") if here.st_nlink else _("was deleted")
            if not _same(here, there):
                return _("was replaced by another file")
            if here.st_size != self._size:
                return _("was shortened") if here.st_size < self._size else _("was written to")
            if here.st_mtime_ns != self._at:
                if self._all().digest() != self._bytes.digest():
                    return _("was changed")
                self._at = here.st_mtime_ns
        except OSError as error:
            return _("can no longer be reached ({reason})", reason=error.strerror)
        return ""

    def _all(self) -> blake2b:
        """All that the file holds."""
        hashed, at = blake2b(), 0
        while part := os.pread(self._fd, 1 << 20, at):
            hashed.update(part)
            at += len(part)
        return hashed

    @property
    def housed(self) -> bool:
        """Whether the folder it was opened in is still there; another disk may be in its place."""
        try:
            return _same(self._folder, self.path.parent.stat())
        except OSError:
            return False

    def lock(self) -> None:
        """Be the one writer.

        Raises:
            SaveError: Somebody else is, or this disk cannot keep it to one.
        """
        name = files.legible(self.path.name)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = _holder(self._fd)
            raise SaveError(
                _(
                    "{name} is being played in another window{who}; leave it "
                    "there first, or watch it from Home or with ttx replay.",
                    name=name,
                    who=who,
                )
            ) from None
        except OSError as error:
            raise SaveError(
                _(
                    "{name} cannot be kept to one writer on this disk "
                    "({reason}); move it to another.",
                    name=name,
                    reason=error.strerror,
                )
            ) from None

    @property
    def closed(self) -> bool:
        """Whether it was let go."""
        return self._fd < 0

    def close(self) -> None:
        """Let go of the file."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def _taken(path: Path) -> SaveError:
    return SaveError(
        _(
            "{file} exists already; choose another name, or resume it.",
            file=files.legible(path),
        )
    )


def in_play(path: Path) -> bool:
    """Whether somebody holds a save to play it; taken to be so where the system does not tell."""
    try:
        return _player(path.stat().st_ino) != ""
    except OSError:
        return False


def _holder(fd: int) -> str:
    """The process that holds the lock, where the system tells."""
    who = _player(os.fstat(fd).st_ino)
    return _(" (process {who})", who=who) if who.isdigit() else ""


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
