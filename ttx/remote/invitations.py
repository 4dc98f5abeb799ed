"""Who may take which seat: one-time codes and the keys they bound, kept in a file beside the save.

Codes are only kept as salted hashes. Every change is whole on the disk before it counts, so that a
code that let somebody in can never let anybody in again, however the process ends.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ttx import files
from ttx.session.shelves import companion

FORMAT = 1
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 3, 4
ROUNDS = 10_000
LONGEST = 100
NO_HASH = "0" * 64
"""Of no code that anybody could find."""
_ALIKE = str.maketrans("OIL", "011")


class InvitationError(ValueError):
    """Invitations that cannot be read or written; its text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the host is told of a seat."""

    words: str
    """`code given out`, `key bound` or `revoked`."""
    fingerprints: tuple[str, ...]
    """Of the bound keys: `SHA256:` and so on."""
    since: str
    """When it last changed, as ISO 8601 in UTC to the second."""


@dataclass(frozen=True, slots=True)
class _Invitation:
    salt: str
    hash: str
    """Empty where there is no code that could be spent."""
    keys: tuple[str, ...]
    since: str


def beside(save: Path) -> Path:
    """The file that holds the invitations of a save."""
    return companion(save, ".seats.toml")


def new_code() -> str:
    """A fresh code of 60 random bits, as it is shown: `K7QF-M2XW-9RTD`."""
    letters = [secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP)]
    return "-".join("".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP))


def plain(typed: str) -> str:
    """A code as it was meant: without dashes and spaces, in capitals, O as 0, I and L as 1."""
    letters = unicodedata.normalize("NFKC", typed[:LONGEST]).upper()
    return "".join(one for one in letters if one.isalnum()).translate(_ALIKE)


def fingerprint(key: str) -> str:
    """The SHA256 fingerprint of an OpenSSH public key line, as ssh-keygen shows it."""
    digest = hashlib.sha256(base64.b64decode(key.split()[1])).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


class Invitations:
    """The invitations of one table, and the only writer of their file."""

    def __init__(self, path: Path, seats: dict[str, _Invitation]) -> None:
        """What was read; use `open`."""
        self.path = path
        self._seats = seats
        self._nobody = _Invitation(secrets.token_hex(16), "", (), "")

    @classmethod
    def create(cls, path: Path, seats: Iterable[str]) -> dict[str, str]:
        """A new file; the code of each seat, which is kept nowhere else.

        InvitationError where the file exists or cannot be written.
        """
        codes = {seat: new_code() for seat in seats}
        with _writing(path):
            try:
                files.free(path)
                with files.draft(path.parent) as (fd, there):
                    files.fill(fd, _toml({seat: _invite(c, ()) for seat, c in codes.items()}))
                    files.name(there, path)
            except FileExistsError:
                raise InvitationError(
                    f"{files.legible(path.name)} exists already; "
                    "resume its save, or choose another name."
                ) from None
        return codes

    @classmethod
    def open(cls, path: Path) -> Invitations:
        """The invitations in a file; InvitationError where there is none, or it is damaged."""
        try:
            return cls(path, _seats(tomllib.loads(files.contents(path).decode())))
        except FileNotFoundError:
            raise InvitationError(
                f"There is no {path.name}; start the table with ttx host to make it."
            ) from None
        except OSError as error:
            raise InvitationError(
                f"{path.name} cannot be read: {error.strerror}; make it yours to resume the table."
            ) from None
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            raise InvitationError(
                f"{path.name} is damaged; mend it, or move it away to give out new codes."
            ) from None

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats that were ever invited, in the order of the file."""
        return tuple(self._seats)

    def reissue(self, seat: str) -> str:
        """A new code: the one before is void; bound keys stay until this one is spent."""
        code = new_code()
        self._keep({**self._seats, seat: _invite(code, self._of(seat).keys)})
        return code

    def revoke(self, seat: str) -> None:
        """Void the code and the keys of a seat."""
        self._keep({**self._seats, seat: replace(self._of(seat), hash="", keys=(), since=_now())})

    def spend(self, seat: str, code: str, keys: Sequence[str], return_code: str = "") -> bool:
        """Whether this is the code of a seat; if so it is void now, on the disk as well.

        `keys`, OpenSSH public key lines, are bound instead of those before. A `return_code` from
        `new_code` takes the place of the spent one. A seat that does not exist, was revoked, or
        whose code is spent costs as much work as one with another code. InvitationError where the
        disk does not take it; then nobody may be let in.
        """
        held = self._seats.get(seat, self._nobody)
        if not hmac.compare_digest(_hash(code, held.salt), held.hash or NO_HASH):
            return False
        bound = tuple(_bare(key) for key in keys)
        spent = replace(held, hash="", keys=bound, since=_now())
        self._keep({**self._seats, seat: _invite(return_code, bound) if return_code else spent})
        return True

    def knows(self, seat: str, key: str) -> bool:
        """Whether an OpenSSH public key line is bound to a seat."""
        return _bare(key) in self._seats.get(seat, self._nobody).keys

    def state(self, seat: str) -> Standing:
        """How a seat stands; InvitationError where there is no such seat."""
        held = self._of(seat)
        words = "code given out" if held.hash else "key bound" if held.keys else "revoked"
        return Standing(words, tuple(fingerprint(key) for key in held.keys), held.since)

    def _of(self, seat: str) -> _Invitation:
        try:
            return self._seats[seat]
        except KeyError:
            raise InvitationError(
                f"There is no seat {seat} in {self.path.name}; choose one of "
                f"{', '.join(self._seats)}."
            ) from None

    def _keep(self, seats: dict[str, _Invitation]) -> None:
        """Have the disk confirm a new state, and only then count on it."""
        with _writing(self.path):
            files.replace(self.path, _toml(seats))
            self._seats = seats  # it has its name: from here on the old state must not count
            files.settle(self.path.parent)

    def go_to(self, path: Path) -> None:
        """Be kept in another file from here on, whose save the run has gone to."""
        self.path = path
        self._keep(self._seats)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _hash(code: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", plain(code).encode(), salt.encode(), ROUNDS).hex()


def _invite(code: str, keys: tuple[str, ...]) -> _Invitation:
    salt = secrets.token_hex(16)
    return _Invitation(salt, _hash(code, salt), keys, _now())


def _bare(key: str) -> str:
    """A public key line without its comment."""
    return " ".join(key.split()[:2])


def _seats(table: dict[str, Any]) -> dict[str, _Invitation]:
    """The invitations of a parsed file; ValueError and its kin where it is none."""
    if table["format"] != FORMAT:
        raise ValueError(table["format"])
    return {str(seat): _read(row) for seat, row in table["seat"].items()}


def _read(row: dict[str, Any]) -> _Invitation:
    """One of them."""
    keys = tuple(_bare(str(key)) for key in row["keys"])
    for key in keys:
        fingerprint(key)
    digest = str(row["hash"])
    if digest and len(bytes.fromhex(digest)) != 32:
        raise ValueError(digest)
    return _Invitation(str(row["salt"]), digest, keys, str(row["since"]))


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """InvitationError where the disk does not take a file."""
    try:
        yield
    except OSError as error:
        raise InvitationError(
            f"{files.legible(path.name)} cannot be written: {error.strerror}; "
            "mend that, then try again."
        ) from None


def _toml(seats: dict[str, _Invitation]) -> bytes:
    """What their file holds."""
    import tomli_w

    rows = {
        seat: {"salt": one.salt, "hash": one.hash, "keys": list(one.keys), "since": one.since}
        for seat, one in seats.items()
    }
    return tomli_w.dumps({"format": FORMAT, "seat": rows}).encode()
