"""A Unix socket that only its owner can use: where it may lie, and who is at its other end."""

from __future__ import annotations

import errno
import os
import socket
import struct
from contextlib import suppress
from pathlib import Path

from ttx.i18n import _


def bound(path: Path) -> socket.socket:
    """A socket that only this user can use.

    A folder that is not there yet is made, for its owner alone. A socket that nobody listens at was
    left by a host that was killed, and is replaced.

    Raises:
        ValueError: there can be none, in a sentence.
    """
    folder, made = path.parent, socket.socket(socket.AF_UNIX)
    try:
        with suppress(FileExistsError):
            folder.mkdir(0o700)
        known = folder.stat()
        if known.st_uid != os.geteuid() or known.st_mode & 0o077:
            raise PermissionError(errno.EPERM, _("others can enter {folder}", folder=folder))
        if path.is_socket() and not _answers(path):
            path.unlink()
        made.bind(str(path))
        path.chmod(0o600)
    except OSError as error:
        made.close()
        raise ValueError(
            _(
                "No socket can be at {path}: {why}; choose another "
                "--socket, in a folder that is yours alone (chmod 700).",
                path=path,
                why=(error.strerror or str(error)).lower(),
            )
        ) from None
    return made


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.setblocking(False)  # a queue that is full is somebody's too
        return probe.connect_ex(str(path)) != errno.ECONNREFUSED


def trusted(connected: socket.socket) -> bool:
    """Whether this user, or root, is at the other end; where no system tells, the folder has."""
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    credentials = connected.getsockopt(socket.SOL_SOCKET, option, struct.calcsize("iII"))
    return struct.unpack("iII", credentials)[1] in {0, os.geteuid()}
