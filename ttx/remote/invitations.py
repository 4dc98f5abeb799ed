"""Who may take which seat: one-time codes and the keys they bound, kept in a file beside the save.

Codes are only kept as salted hashes. A code is spent once its owner has something to come back
with: their key, or a code that was seen on their screen. Until then that next code lies beside it,
and either opens the seat. Every change is whole on the disk before it counts, however the process
ends.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from ttx import files
from ttx.i18n import N_, _
from ttx.remote.codes import LONGEST, new_code, plain
from ttx.session.save_paths import companion

FORMAT = 1
ROUNDS = 10_000
NO_HASH = "0" * 64
"""Of no code that anybody could find."""


class InvitationError(ValueError):
    """Invitations that cannot be read or written; its text is a sentence for a person."""


class State(Enum):
    """How far an invitation has come."""

    GIVEN_OUT = N_("code given out")
    BOUND = N_("key bound")
    REVOKED = N_("revoked")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the host is told of a seat."""

    state: State
    fingerprints: tuple[str, ...]
    """Of the bound keys: `SHA256:` and so on."""
    since: str
    """When it last changed, as ISO 8601 in UTC to the second."""

    @property
    def words(self) -> str:
        """The state in the language of whoever reads it."""
        return _(self.state.value)


@dataclass(frozen=True, slots=True)
class _Invitation:
    salt: str
    hash: str
    """Empty where there is no code that could be spent."""
    keys: tuple[str, ...]
    since: str
    next: str = ""
    """Hash, with the same salt, of the code that takes the place of the other once it was seen."""
    host_key: str = ""
    """Fingerprint of the host key that whoever took this seat last has met."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Hashes of the codes that open it now."""
        return tuple(code for code in (self.hash, self.next) if code)


def beside(save: Path) -> Path:
    """The file that holds the invitations of a save."""
    return companion(save, ".seats.toml")


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

        Raises:
            InvitationError: the file exists or cannot be written.
        """
        codes = {seat: new_code() for seat in seats}
        _create(path, {seat: _invite(code, ()) for seat, code in codes.items()})
        return codes

    @classmethod
    def carry_over(cls, before: Path, path: Path, seats: Sequence[str]) -> dict[str, str]:
        """A new file in which seats have the codes and keys that another gave them.

        The codes of seats that it did not invite, which are new; a seat that is not named gets no
        row.

        Raises:
            InvitationError: the other cannot be read, or this one exists or cannot be written.
        """
        held = cls.open(before)
        codes = {seat: new_code() for seat in seats if seat not in held.seats}
        _create(path, {s: _invite(codes[s], ()) if s in codes else held.of(s) for s in seats})
        return codes

    @classmethod
    def open(cls, path: Path) -> Invitations:
        """The invitations in a file.

        Raises:
            InvitationError: there is none, or it is damaged.
        """
        try:
            return cls(path, _seats(tomllib.loads(files.contents(path).decode())))
        except FileNotFoundError:
            raise InvitationError(
                _("There is no {path}; start the table with ttx host to make it.", path=path.name)
            ) from None
        except OSError as error:
            raise InvitationError(
                _(
                    "{path} cannot be read: {why}; make it yours to resume the table.",
                    path=path.name,
                    why=error.strerror,
                )
            ) from None
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            raise InvitationError(
                _(
                    "{path} is damaged; mend it, or move it away to give out new codes.",
                    path=path.name,
                )
            ) from None

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats that were ever invited, in the order of the file."""
        return tuple(self._seats)

    def reissue(self, seat: str) -> str:
        """A new code: the one before is void; bound keys stay until this one is spent."""
        code = new_code()
        held = self.of(seat)
        row = replace(_invite(code, held.keys), host_key=held.host_key)
        self._keep({**self._seats, seat: row})
        return code

    def revoke(self, seat: str) -> None:
        """Void the code and the keys of a seat."""
        row = replace(self.of(seat), hash="", next="", keys=(), since=_now())
        self._keep({**self._seats, seat: row})

    def seat(self, name: str) -> str:
        """The seat that a name means, as somebody gives it to ssh: `USFJ`, `usfj@host`, a line.

        A name that means none comes out in the same way, whatever seats there are.
        """
        words = name[:LONGEST].partition("@")[0].split()
        meant = words[-1].strip("'\"") if words else ""
        alike = {seat.casefold(): seat for seat in self._seats}
        return meant if meant in self._seats else alike.get(meant.casefold(), meant)

    def match(self, seat: str, typed: str) -> str:
        """What is kept of the code that somebody typed, if it opens the seat, else nothing.

        It stays as good as it was. A seat that does not exist, was revoked, or whose code is spent
        costs as much work as one with another code.
        """
        held = self._seats.get(seat, self._nobody)
        made = _hash(typed, held.salt)
        same = [hmac.compare_digest(made, kept or NO_HASH) for kept in (held.hash, held.next)]
        return made if any(same) else ""

    def bind(self, seat: str, opened: str, keys: Sequence[str], host_key: str = "") -> bool:
        """Spend the code that `match` found, and have keys open the seat instead of those before.

        Keys are OpenSSH public key lines, `host_key` is what their owner has met. False where the
        code has been spent or voided meanwhile.

        Raises:
            InvitationError: the disk does not take it; then nobody may be let in.
        """
        if opened not in self.of(seat).codes:
            return False
        bound = tuple(_bare(key) for key in keys)
        row = replace(self.of(seat), hash="", next="", keys=bound, since=_now())
        self._keep({**self._seats, seat: replace(row, host_key=host_key or row.host_key)})
        return True

    def promise(self, seat: str, opened: str, fresh: str) -> str:
        """Keep a fresh code beside the one that `match` found; both open the seat until `seen`.

        What is kept of it; nothing where the first was spent or voided meanwhile.

        Raises:
            InvitationError: the disk does not take it; then the fresh one may not be shown.
        """
        held = self.of(seat)
        if opened not in held.codes:
            return ""
        made = _hash(fresh, held.salt)
        self._keep({**self._seats, seat: replace(held, hash=opened, next=made, since=_now())})
        return made

    def seen(self, seat: str, promised: str) -> None:
        """A promised code was seen: it takes the place of the other, and of the keys before.

        Raises:
            InvitationError: the disk does not take it; then both still open the seat.
        """
        held = self.of(seat)
        if promised and promised == held.next:
            row = replace(held, hash=promised, next="", keys=(), since=_now())
            self._keep({**self._seats, seat: row})

    def admits(self, seat: str, opened: str) -> bool:
        """Whether what opened a seat still does: what `match` found, or a key's fingerprint."""
        held = self._seats.get(seat, self._nobody)
        return opened in held.codes or opened in map(fingerprint, held.keys)

    def met(self, seat: str, host_key: str) -> None:
        """Whoever took a seat has met this host key, by its fingerprint.

        Raises:
            InvitationError: the disk does not take it.
        """
        if host_key != self.of(seat).host_key:
            self._keep({**self._seats, seat: replace(self.of(seat), host_key=host_key)})

    def strange_to(self, host_key: str) -> list[str]:
        """Seats of those who met another host key last: their ssh stops at this one."""
        return [s for s, seat in self._seats.items() if seat.host_key not in ("", host_key)]

    def knows(self, seat: str, key: str) -> bool:
        """Whether an OpenSSH public key line is bound to a seat."""
        return _bare(key) in self._seats.get(seat, self._nobody).keys

    def state(self, seat: str) -> Standing:
        """How a seat stands.

        Raises:
            InvitationError: there is no such seat.
        """
        held = self.of(seat)
        state = State.GIVEN_OUT if held.codes else State.BOUND if held.keys else State.REVOKED
        return Standing(state, tuple(fingerprint(key) for key in held.keys), held.since)

    def of(self, seat: str) -> _Invitation:
        try:
            return self._seats[seat]
        except KeyError:
            raise InvitationError(
                _(
                    "There is no seat {seat} in {path}; choose one of {seats}.",
                    seat=seat,
                    path=self.path.name,
                    seats=", ".join(self._seats),
                )
            ) from None

    def _keep(self, seats: dict[str, _Invitation]) -> None:
        """Have the disk confirm a new state, and only then count on it."""
        with _writing(self.path):
            files.replace(self.path, _toml(seats))
            self._seats = seats  # it has its name: from here on the old state must not count
            files.settle(self.path.parent)

    def withdraw(self) -> None:
        """Take all of them back: nobody was told a code, so whoever resumes needs other ones."""
        with suppress(OSError):
            self.path.unlink()

    def go_to(self, path: Path) -> None:
        """Be kept in another file from here on, whose save the run has gone to."""
        self.path = path
        self._keep(self._seats)


def _create(path: Path, seats: dict[str, _Invitation]) -> None:
    """A new file of invitations, whole or not at all.

    Raises:
        InvitationError: it exists, or cannot be written.
    """
    with _writing(path):
        try:
            files.free(path)
            with files.draft(path.parent) as (fd, there):
                files.fill(fd, _toml(seats))
                files.name(there, path)
        except FileExistsError:
            raise InvitationError(
                _(
                    "{file} exists already; resume its save, or choose another name.",
                    file=files.legible(path.name),
                )
            ) from None


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
    """The invitations of a parsed file.

    Raises:
        ValueError: and its kin, where it is none.
    """
    if table["format"] != FORMAT:
        raise ValueError(table["format"])
    return {str(seat): _read(row) for seat, row in table["seat"].items()}


def _read(row: dict[str, Any]) -> _Invitation:
    """One of them."""
    keys = tuple(_bare(str(key)) for key in row["keys"])
    for key in keys:
        fingerprint(key)
    digests = str(row["hash"]), str(row.get("next", ""))
    for digest in digests:
        if digest and len(bytes.fromhex(digest)) != 32:
            raise ValueError(digest)
    host_key = str(row.get("host_key", ""))
    return _Invitation(str(row["salt"]), digests[0], keys, str(row["since"]), digests[1], host_key)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Name what the disk does not take.

    Raises:
        InvitationError: the disk does not take a file.
    """
    try:
        yield
    except OSError as error:
        raise InvitationError(
            _(
                "{file} cannot be written: {why}; mend that, then try again.",
                file=files.legible(path.name),
                why=error.strerror,
            )
        ) from None


def _toml(seats: dict[str, _Invitation]) -> bytes:
    """What their file holds."""
    import tomli_w

    rows = {
        seat: {**asdict(invitation), "keys": list(invitation.keys)}
        for seat, invitation in seats.items()
    }
    return tomli_w.dumps({"format": FORMAT, "seat": rows}).encode()
