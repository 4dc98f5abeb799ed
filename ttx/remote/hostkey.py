"""The key that the host proves itself with: made once, kept where only its owner reads it."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

import asyncssh
import platformdirs

KIND = "ssh-ed25519"


class HostKeyError(ValueError):
    """A host key that cannot be read, made or trusted; its text is a sentence for a person."""


def default_path() -> Path:
    """Where the host key of this user is."""
    return Path(platformdirs.user_data_dir("ttx")) / "host_key"


def load(path: Path | None = None) -> asyncssh.SSHKey:
    """The host key at a path, the user's own unless told otherwise; made where there is none.

    HostKeyError where it is damaged, others can read it, or it cannot be made.
    """
    path = path or default_path()
    try:
        if not path.exists():
            _make(path)
        return _read(path)
    except OSError as error:
        raise HostKeyError(
            f"The host key {path} cannot be used: {error.strerror}; make that place yours to host."
        ) from None


def fingerprint(key: asyncssh.SSHKey) -> str:
    """The SHA256 fingerprint that clients show when they ask whether this is the host."""
    return key.get_fingerprint()


def _read(path: Path) -> asyncssh.SSHKey:
    with path.open("rb") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise HostKeyError(
                f"The host key {path} can be read by others, so it proves nothing; "
                "move it away, and the next start makes a new one."
            )
        data = file.read()
    try:
        key = asyncssh.import_private_key(data)
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError):
        raise HostKeyError(
            f"The host key {path} is damaged; move it away, and the next start makes a new one."
        ) from None
    if key.get_algorithm() != KIND:
        raise HostKeyError(
            f"The host key {path} is not an ed25519 key; "
            "move it away, and the next start makes a new one."
        )
    return key


def _make(path: Path) -> None:
    """A new key at a path, whole or not at all; where somebody else was faster, theirs stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if stat.S_IMODE(path.parent.stat().st_mode) & 0o077:
        path.parent.chmod(0o700)
    data = asyncssh.generate_private_key(KIND, comment="ttx").export_private_key("openssh")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    fd = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made one meanwhile, and that one counts
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
