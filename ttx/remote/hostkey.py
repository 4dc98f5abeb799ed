"""The key that the host proves itself with: made once, kept where only its owner reads it."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

import asyncssh
import platformdirs

from ttx import files
from ttx.i18n import _
from ttx.session.save_paths import companion

KIND = "ssh-ed25519"


class HostKeyError(ValueError):
    """A host key that cannot be read, made or trusted; its text is a sentence for a person."""


def default_path() -> Path:
    """Where the host key of this user is."""
    return Path(platformdirs.user_data_dir("ttx")) / "host_key"


def of(save: Path) -> Path:
    """Where the key is that a run was hosted with: beside its save where it came from elsewhere."""
    own = companion(save, ".host_key")
    return own if own.exists() else default_path()


def carry_over(key: Path, save: Path) -> None:
    """Have a save hosted with a key from now on, where that is not this user's own.

    Raises:
        HostKeyError: it cannot be copied.
    """
    try:
        if key != default_path():
            files.write(companion(save, ".host_key"), files.contents(key))
    except (OSError, files.NotWritten) as error:
        raise HostKeyError(str(error)) from None


def load(path: Path | None = None) -> asyncssh.SSHKey:
    """The host key at a path, the user's own unless told otherwise; made where there is none.

    Raises:
        HostKeyError: it is damaged, others can read it, or it cannot be made.
    """
    path = path or default_path()
    try:
        if not path.exists():
            _make(path)
        return _read(path)
    except OSError as error:
        raise HostKeyError(
            _(
                "The host key {path} cannot be used: {why}; make that place yours to host.",
                path=path,
                why=error.strerror,
            )
        ) from None


def fingerprint(key: asyncssh.SSHKey) -> str:
    """The SHA256 fingerprint that clients show when they ask whether this is the host."""
    return key.get_fingerprint()


def _read(path: Path) -> asyncssh.SSHKey:
    with files.opened(path) as fd:
        if stat.S_IMODE(os.fstat(fd).st_mode) & 0o077:
            raise HostKeyError(
                _(
                    "The host key {path} can be read by others, so it proves "
                    "nothing; move it away, and the next start makes a new one.",
                    path=path,
                )
            )
    data = files.contents(path)
    try:
        key = asyncssh.import_private_key(data)
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError):
        raise HostKeyError(
            _(
                "The host key {path} is damaged; move it away, and the next start makes a new one.",
                path=path,
            )
        ) from None
    if key.get_algorithm() != KIND:
        raise HostKeyError(
            _(
                "The host key {path} is not an ed25519 key; move it away, and "
                "the next start makes a new one.",
                path=path,
            )
        )
    return key


def _make(path: Path) -> None:
    """A new key at a path, whole or not at all; where somebody else was faster, theirs stays."""
    files.make_folder(path.parent)
    data = asyncssh.generate_private_key(KIND, comment="ttx").export_private_key("openssh")
    with files.draft(path.parent) as (fd, there):
        files.fill(fd, data)
        with suppress(FileExistsError):  # another process made one meanwhile, and that one counts
            files.name(there, path)
