"""What went wrong on this machine's own screens, kept for whoever mends it.

A file in the user's state folder that its owner alone reads: it holds tracebacks, in whose last
lines something that was typed may stand.
"""

from __future__ import annotations

import datetime
import os
import secrets
import sys
import traceback
from pathlib import Path

import platformdirs

import ttx

LONGEST = 1024 * 1024
"""Bytes from which on the file begins anew; the one before is kept beside it."""

_kept: dict[str, str] = {}
"""What was said of each traceback: a screen that fails fails at every painting."""


def path() -> Path:
    """The file."""
    return Path(platformdirs.user_state_dir("ttx")) / "incidents.log"


def keep(error: BaseException) -> str:
    """Keep what went wrong; what it can be found by, in words to go between brackets.

    Where it cannot be kept, that is what went wrong, in short.
    """
    trace = "".join(traceback.format_exception(error))
    if trace not in _kept:
        number = secrets.token_hex(4)
        try:
            _write(f"incident {number}", trace)
            _kept[trace] = f"incident {number}, kept in {path()}"
        except OSError:
            _kept[trace] = f"{type(error).__name__}: {error}"
    return _kept[trace]


def _write(name: str, trace: str) -> None:
    to = path()
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK
    fd = os.open(to, flags, 0o600)
    if os.fstat(fd).st_size > LONGEST:
        os.close(fd)
        to.replace(to.with_suffix(".old.log"))
        fd = os.open(to, flags, 0o600)
    when = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    python = ".".join(map(str, sys.version_info[:3]))
    head = f"{when} {name}, ttx {ttx.__version__}, Python {python}\n"
    with os.fdopen(fd, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"{head}{trace}\n")
