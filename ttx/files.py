"""Files as ttx makes and reads them: whole or not at all, for their owner alone.

What is written goes to a draft beside its place, and gets its name once the disk has all of it. A
link, a pipe, a device or a folder that has the name already is never followed, waited for or
written over.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from ttx.i18n import _

OWN, OWN_FOLDER = 0o600, 0o700
"""What nobody but its owner can read, and enter."""
LONGEST = 255
"""Bytes of a name, on the file systems that people have."""
LARGEST = 256 * 1024 * 1024
"""Bytes of a file that is read whole; a long run has less than one in a hundred of them."""
DOCUMENTS = frozenset(
    (".csv", ".doc", ".docx", ".html", ".json", ".md", ".ods", ".odt", ".pdf", ".xls", ".xlsx")
)
"""Endings of files that people open, which no folder has."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_BARRED = (errno.EROFS, errno.EACCES, errno.EPERM)


class NotWritten(ValueError):
    """A file that could not be made; its text is a sentence that names it and says what to do."""


# Writing


def write(path: Path, data: bytes) -> None:
    """A new file of these bytes, whole or not at all; NotWritten where it cannot be made.

    Whatever has the name already stays as it is.
    """
    try:
        free(path)
        with draft(path.parent) as (fd, there):
            fill(fd, data)
            name(there, path)
    except OSError as error:
        raise NotWritten(sentence(path, error)) from None


def named_for(path: Path, what: str, endings: Sequence[str]) -> None:
    """NotWritten where a file's name says that it is something else than what goes into it.

    `what` is that, as the subject of a sentence; a name without an ending says nothing.
    """
    if path.suffix.lower() not in ("", *endings):
        raise NotWritten(
            _(
                "{what} ends in {endings}, and {name} would not be what its "
                "name says; name another file.",
                what=what,
                endings=_(" or ").join(endings),
                name=legible(path.name),
            )
        )


def named_as_folder(path: Path, what: str) -> None:
    """NotWritten where a folder would have the name of a document; `what` goes into it."""
    if path.suffix.lower() in DOCUMENTS:
        raise NotWritten(
            _(
                "{what} is a folder, and {name} would not be what its name says; name it without "
                "{ending}.",
                what=what,
                name=legible(path.name),
                ending=path.suffix,
            )
        )


def free(path: Path) -> None:
    """FileExistsError where anything has that name, a link that leads nowhere among it."""
    with suppress(FileNotFoundError):
        path.lstat()
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def replace(path: Path, data: bytes) -> None:
    """A file of these bytes in place of the one of that name, if any; OSError leaves that one.

    Only a file is replaced: where a link, a pipe, a device or a folder has the name, it is refused.
    The folder is still to be settled.
    """
    with suppress(FileNotFoundError):
        _only_a_file(path.lstat())
    with draft(path.parent) as (fd, there):
        fill(fd, data)
        there.replace(path)


@contextmanager
def draft(folder: Path) -> Iterator[tuple[int, Path]]:
    """A new empty file to be filled and named, open to read and to add to; closed afterwards.

    What was not named by then is taken away.
    """
    fd, path = begin(folder)
    try:
        yield fd, path
    finally:
        os.close(fd)
        with suppress(OSError):
            path.unlink(missing_ok=True)


def begin(folder: Path) -> tuple[int, Path]:
    """A new empty file with a name that nobody has, in a folder; to be filled, named and closed."""
    path = folder / f".ttx-{secrets.token_hex(8)}.draft"
    fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_APPEND, OWN)
    with suppress(OSError):  # a disk that keeps no modes
        os.fchmod(fd, OWN)  # a umask may have taken the owner's own away
    return fd, path


def fill(fd: int, data: bytes) -> None:
    """Write all of it, and have the disk confirm it; OSError where it does not take all."""
    while data:
        written = os.write(fd, data)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        data = data[written:]
    os.fsync(fd)


def name(there: Path, path: Path) -> None:
    """Give a whole draft the name that nobody has; FileExistsError where somebody does."""
    try:
        os.link(there, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without second names; there the name is taken first
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWN))
        try:
            os.replace(there, path)  # noqa: PTH105  # the kills of the tests stand at calls of os
        except OSError:
            path.unlink(missing_ok=True)
            raise
    else:
        there.unlink()
    settle(path.parent)


def settle(folder: Path) -> None:
    """Have the disk confirm that a file is in its folder, where the system lets one ask."""
    try:
        fd = os.open(folder, os.O_RDONLY)
    except PermissionError:  # one that may be written to and not listed
        return
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(fd)


def append_to(path: Path) -> int:
    """A file open to be added to, made where there is none; OSError where it is no file alone.

    A second name is refused as a link is: what is added would stand under the other one too.
    """
    new = not os.path.lexists(path)
    if not new:
        _only_a_file(path.lstat())
    flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
    fd = os.open(path, flags, OWN)
    try:
        _alone(os.fstat(fd))
        if new:
            with suppress(OSError):
                os.fchmod(fd, OWN)
    except OSError:
        os.close(fd)
        raise
    return fd


def _alone(known: os.stat_result) -> None:
    """OSError where it is no file, or has a second name."""
    _only_a_file(known)
    if known.st_nlink > 1:
        raise OSError(errno.EMLINK, _("It has a second name elsewhere"))


def make_folder(path: Path) -> list[Path]:
    """Make a folder, and those above it that are missing, for their owner alone; which, in order.

    OSError where one cannot be made.
    """
    missing = [folder for folder in (path, *path.parents) if not os.path.lexists(folder)][::-1]
    for folder in missing:
        with suppress(FileExistsError):
            folder.mkdir(OWN_FOLDER)
            folder.chmod(OWN_FOLDER)  # a umask may have taken the owner's own away
    return missing


# Reading


def contents(path: Path) -> bytes:
    """The bytes of a file; OSError where it is none, or larger than anything of ttx.

    A pipe is not waited for, and a device not read to an end that it does not have.
    """
    with opened(path) as fd, os.fdopen(fd, "rb", closefd=False) as file:
        return file.read(LARGEST)


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """A file open to be read; OSError where it is none, or too large to be read whole."""
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        kind = os.fstat(fd)
        _only_a_file(kind)
        if kind.st_size > LARGEST:
            raise OSError(errno.EFBIG, _("It is larger than {limit} MB", limit=LARGEST >> 20))
        yield fd
    finally:
        os.close(fd)


def _only_a_file(known: os.stat_result) -> None:
    """OSError, with what it is instead, where it is no file."""
    if stat.S_ISDIR(known.st_mode):
        raise IsADirectoryError(errno.EISDIR, _("It is a folder"))
    if not stat.S_ISREG(known.st_mode):
        kinds = {stat.S_IFLNK: "link", stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket"}
        kind = kinds.get(stat.S_IFMT(known.st_mode), "device")
        raise OSError(errno.EINVAL, _("It is a {kind}, not a file", kind=kind))


# Names, modes and sentences


def fitting(stem: str, ending: str) -> str:
    """A name of both; a stem too long for any disk is cut, and told from others by four bytes."""
    whole = stem + ending
    if len(os.fsencode(whole)) <= LONGEST:
        return whole
    mark = f"~{blake2b(os.fsencode(stem), digest_size=4).hexdigest()}"
    room = LONGEST - len(os.fsencode(mark + ending))
    return os.fsencode(stem)[:room].decode("utf-8", "ignore") + mark + ending


def legible(words: str | Path) -> str:
    """A name as it can stand in a line and in a file: no control character, nothing but text."""
    text = os.fsencode(words).decode("utf-8", "backslashreplace")
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def sentence(path: Path, error: OSError) -> str:
    """Why a file cannot be made, and what to do."""
    shown = legible(path)
    if isinstance(error, FileExistsError):
        return _(
            "{shown} is there already, and nothing is written over it; move "
            "it away, or name another.",
            shown=shown,
        )
    if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
        return _(
            "There is no folder {name}; make it, or choose another place.",
            name=legible(path.parent),
        )
    if error.errno in _FULL:
        todo = _("make room there, or choose another place")
    elif error.errno in _BARRED:
        todo = _("choose a place that is yours to write to")
    elif error.errno == errno.ENAMETOOLONG:
        todo = _("choose a shorter name")
    else:
        todo = _("choose another place")
    return _(
        "{name} cannot be written: {reason}; {todo}.",
        name=shown,
        reason=error.strerror or error,
        todo=todo,
    )


def open_to_others(paths: Iterable[Path]) -> str:
    """A sentence that names what of these others can read or change, with its mode; else empty."""
    wide = []
    for path in paths:
        with suppress(OSError):
            mode = path.stat().st_mode
            folder = stat.S_ISDIR(mode) and not mode & stat.S_ISVTX
            others = mode & (0o022 if folder else 0 if stat.S_ISDIR(mode) else 0o077)
            if others:
                wide.append(f"{legible(path)} ({stat.S_IMODE(mode):04o})")
    if not wide:
        return ""
    return _(
        "Others on this machine can get at {wide}; chmod go= keeps it to you.",
        wide=_(" and ").join(wide),
    )
