"""Which terminals are lent to screens just now, so that one never given back can be told of.

A small file for each process that shows screens, locked as long as that lives. Whoever finds one
that is locked by nobody knows that its process had no time to leave.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

import platformdirs

from ttx.i18n import _


def folder() -> Path:
    """Where the files are."""
    return Path(platformdirs.user_state_dir("ttx")) / "screens"


class Loan:
    """A terminal while it is lent; `end` gives it back."""

    def __init__(self, fd: int) -> None:
        """Of the terminal at a descriptor. Where nothing can be written, nothing is."""
        self._path, self._lock = folder() / f"{os.getpid()}", -1
        with suppress(OSError):
            folder().parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # parents get no mode
            folder().mkdir(exist_ok=True, mode=0o700)
            draft = self._path.with_name(f".{os.getpid()}")
            flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK
            self._lock = os.open(draft, flags, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.write(self._lock, os.ttyname(fd).encode())
            draft.replace(self._path)  # under its name it is locked from the first moment on

    def end(self) -> None:
        """It is as it was."""
        if self._lock >= 0:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = -1


def not_given_back() -> str:
    """A sentence on terminals at which screens ended without being left, once; else nothing."""
    names = []
    with suppress(OSError):
        for path in sorted(folder().iterdir()):
            with suppress(OSError):
                names += _left(path)
    if not names:
        return ""
    where = ", ".join(dict.fromkeys(names))
    return _(
        "ttx was ended at {where} without leaving; type reset there if it is not as it was.",
        where=where,
    )


def _left(loan: Path) -> list[str]:
    """The terminal of a loan that nobody holds any more, which is then forgotten."""
    fd = os.open(loan, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)  # OSError where its process lives
        name = os.read(fd, 256).decode("utf-8", "replace")
        loan.unlink()
    finally:
        os.close(fd)
    return [] if loan.name.startswith(".") or not name.isprintable() or not name else [name]
