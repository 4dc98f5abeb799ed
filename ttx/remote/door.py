"""One connection to the host: what it may try, who came through it, and their one screen."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import asyncssh

from ttx.i18n import N_, _
from ttx.remote import private
from ttx.remote.codes import new_code
from ttx.remote.guesses import Guesses
from ttx.remote.invitations import InvitationError, Invitations, fingerprint
from ttx.remote.limits import Buckets, Limits, ThrottledProtocol, origin

log = logging.getLogger("ttx.remote")

PROMPT = N_("One-time code: ")
CROWD = N_("Too many people are at the door at once. Try again in a minute.")
NO_ROOM = N_("The host cannot let anybody in just now. Ask the host.")
CHANGED = N_("What you came with opens this seat no more. Ask the host for a new code.")

CURVES = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
"""Kinds of keys that sign under their own name; RSA keys do so under others."""
_KINDS = frozenset({*CURVES, "ssh-rsa"})
"""Kinds of keys that can be bound."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who was let in."""

    seat: str
    address: str
    """Where they come from: an IP address."""
    fingerprint: str
    """SHA256, of the key they came with or that their code bound; empty where they showed none."""
    opened: str
    """What opened the seat, as `Invitations.admits` knows it."""
    return_code: str
    """What to come back with, where they showed no key: to be promised, then shown to them alone;
    until it was seen, what they came with opens the seat as before."""
    connection: asyncssh.SSHServerConnection
    """To hang up."""
    came: Literal["code", "key"]


class SessionFactory(Protocol):
    """The game's side of the door."""

    def greet(self, guest: Guest) -> asyncssh.SSHServerSession[bytes]:
        """The session of a guest who opens a screen; called once a connection."""


@dataclass(eq=False)
class ServerState:
    """What all doors share."""

    limits: Limits
    invitations: Invitations
    session_factory: SessionFactory
    host_key: str
    """The fingerprint that clients are shown."""
    guesses: Guesses
    arrivals: Buckets
    """New connections by address."""
    doors: set[ConnectionAuth] = field(default_factory=set)
    """One for each live connection."""
    elsewhere: list[str] = field(default_factory=list)
    """Seats of those who came through the socket beside the door."""

    def taken(self) -> set[str]:
        """Seats that somebody holds a connection to, whichever way they came."""
        return {door.guest.seat for door in self.doors if door.guest} | {*self.elsewhere}

    def crowded(self) -> str:
        """A sentence where no further seat can be taken, else nothing."""
        if len(self.taken()) >= self.limits.sessions:
            return _(
                "The table is full ({sessions} screens). Try again when "
                "somebody has left, or ask the host.",
                sessions=self.limits.sessions,
            )
        return ""

    def relieve(self, last: ConnectionAuth) -> None:
        """Keep a few connections of the seat that one has just come for, and hang up on the rest.

        The screens make room for each other by themselves; this is for those who open none.
        """
        mine = [d for d in self.doors if d.guest and last.guest and d.guest.seat == last.guest.seat]
        mine.sort(key=lambda door: (door is last, door.opened, door.came))
        for door in mine[: -self.limits.connections_per_seat]:
            door.hang_up(_("You are signed in somewhere else."))

    @property
    def strangers(self) -> list[ConnectionAuth]:
        """Connections that are not let in yet, those that came first at the front."""
        strangers = [door for door in self.doors if door.guest is None and not door.gone]
        return sorted(strangers, key=lambda door: door.came)

    def make_room(self, last: ConnectionAuth) -> None:
        """Send a stranger away where one too many has come; whoever comes is always heard.

        It is one of the largest crowd from one address; of those who have come the least far, the
        one that has stood about for longest. So who only stands there keeps nobody out, and who is
        typing a code is the last to go.
        """
        others = [door for door in self.strangers if door is not last]
        if len(others) < self.limits.strangers:
            return
        crowds = Counter(door.origin for door in others)
        others.sort(key=lambda door: (-crowds[door.origin], door.far))
        others[0].give_way()


class ConnectionAuth(asyncssh.SSHServer):
    """One connection: what it may try, and who came through it."""

    connection: asyncssh.SSHServerConnection
    guest: Guest | None = None

    def __init__(self, state: ServerState) -> None:
        self._state = state
        self._address = ""
        self.opened = False
        """Whether a screen was asked for."""
        self.came = asyncio.get_running_loop().time()
        """When it came, and once it was let in, when that was; by the clock of the loop."""
        self.far = 0
        """How far a stranger has come: 0 before it named a seat, 1 before it is asked for a code,
        2 while a code is awaited."""
        self.gone = False
        """Whether it was hung up on."""
        self._prompts = self._answers = self._keys = self._questions = 0
        self._offered: dict[str, None] = {}
        self._known = ("", "")
        self._right = ("", "", "", "")
        self._protocol: ThrottledProtocol | None = None
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._watch: asyncio.Task[None] | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.connection = conn
        self._address = str(conn.get_extra_info("peername", ("",))[0])
        self._listen_with_care()
        self._state.doors.add(self)
        self._state.make_room(self)

    @property
    def origin(self) -> str:
        """What counts as the address it came from."""
        return origin(self._address)

    def give_way(self) -> None:
        """Leave to somebody who has just come; who has not said a word is told none either."""
        if self.far:
            self.hang_up(_(CROWD), asyncssh.DISC_TOO_MANY_CONNECTIONS)
        else:
            self.gone = True
            self.connection.abort()

    def _listen_with_care(self) -> None:
        """Have what this connection says come in small parts, and look at it after each."""
        transport = private.transport(self.connection)
        self._protocol = ThrottledProtocol(
            self.connection, transport, self._state.limits, self._heard
        )
        transport.set_protocol(self._protocol)

    def _heard(self) -> None:
        """Drop a connection that says more than anybody has to say, or reads nothing."""
        limits = self._state.limits
        assert self._protocol is not None
        talks = self.guest is None and self._protocol.count > limits.heard_of_strangers
        if talks or private.in_transit(self.connection) > limits.unread:
            self.connection.abort()
        elif self._channel and len(self._channel.get_environment_bytes()) > limits.environment:
            self.hang_up(_("Too much of your environment was sent. Try again without SendEnv."))

    def connection_lost(self, exc: Exception | None) -> None:
        self._state.doors.discard(self)
        self.gone = True
        if self.guest is not None:
            log.info("%s left from %s.", self.guest.seat, self._address)
        if self._timer:
            self._timer.cancel()
        if self._watch:
            self._watch.cancel()

    def hang_up(self, sentence: str, code: int = asyncssh.DISC_BY_APPLICATION) -> None:
        """Close the connection and say why; what it still sends is not heard."""
        if not self.gone:
            self.gone = True
            self.connection.disconnect(code, sentence)

    def begin_auth(self, username: str) -> bool:
        """Another name was given; what was offered under the one before is forgotten."""
        self._offered.clear()
        self.far = max(self.far, 1)
        return True

    def public_key_auth_supported(self) -> bool:
        return self._asked()

    def kbdint_auth_supported(self) -> bool:
        return self._asked()

    def _asked(self) -> bool:
        """Always yes; but each request asks, of whatever method, and so they are counted here."""
        self._questions += 1
        if self._questions > self._state.limits.questions:
            self.hang_up(_("Too many tries to be let in. Try again with one key, or with a code."))
        return True

    def validate_ca_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Never; but a certificate counts as an offered key."""
        self._count_key()
        return False

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Whether a key is bound to a seat; whether the client owns it is verified after this."""
        if not self._count_key() or key.get_algorithm() not in _KINDS:
            return False
        if key.get_algorithm() == "ssh-rsa":
            # Otherwise a signature over SHA-1 would do.
            key.all_sig_algorithms = {b"rsa-sha2-256", b"rsa-sha2-512"}
        line = " ".join(key.export_public_key("openssh").decode().split()[:2])
        seat = self._state.invitations.seat(username)
        if self._state.invitations.knows(seat, line):
            self._known = (seat, line)
            return True
        if len(self._offered) < self._state.limits.bound_keys:
            self._offered[line] = None
        return False

    def _count_key(self) -> bool:
        """Whether one more key may be offered."""
        self._keys += 1
        if self._keys <= self._state.limits.offered_keys:
            return True
        self.hang_up(_("Too many keys were offered. Try again with -o IdentitiesOnly=yes."))
        return False

    def get_kbdint_challenge(
        self, username: str, lang: str, submethods: str
    ) -> tuple[str, str, str, list[tuple[str, bool]]] | bool:
        self._prompts += 1
        if self._prompts > self._state.limits.prompts:
            self._no_more()
        self.far = 2
        return not self.gone and ("", "", "", [(_(PROMPT), True)])

    async def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> bool:
        """Take a code; every other answer costs the same, whatever seat it was meant for."""
        state = self._state
        self._answers += 1
        if self._answers > state.limits.prompts:
            self._no_more()  # answers came faster than they are answered
        if self.gone:
            return False
        last = self._answers == state.limits.prompts
        seat, keys = state.invitations.seat(username), tuple(self._offered)
        typed = responses[0] if len(responses) == 1 else ""
        opened = await state.guesses.look(seat, typed, keys)
        if crowded := "" if opened and seat in state.taken() else state.crowded():
            self.hang_up(crowded, asyncssh.DISC_TOO_MANY_CONNECTIONS)
            return False
        if opened and not self.gone:
            return self._take(seat, opened, keys)
        log.warning("A wrong code from %s.", self._address)
        if last:
            self._no_more()
        return False

    def _take(self, seat: str, opened: str, keys: tuple[str, ...]) -> bool:
        """Let somebody in by a right code, which is spent where they have a key to come back with.

        Who has none is promised another code when their screen opens.
        """
        try:
            key, bind = self._state.host_key, self._state.invitations.bind
            if keys and not bind(seat, opened, keys, key):
                return False
        except InvitationError as error:
            log.error("Nobody can be let in: %s", error)  # noqa: TRY400 - a trace would show the code
            self.hang_up(_(NO_ROOM))
            return False
        mark = fingerprint(keys[0]) if keys else ""
        self._right = (seat, mark, mark or opened, "" if keys else new_code())
        return True

    def _no_more(self) -> None:
        self.hang_up(
            _("No such code for this seat. Ask the host for a new one."),
            asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE,
        )

    def auth_completed(self) -> None:
        state, conn = self._state, self.connection
        seat = state.invitations.seat(str(conn.get_extra_info("username")))
        name, mark, opened, fresh = self._right
        came: Literal["code", "key"] = "code"
        if name != seat:
            name, key = self._known
            mark, fresh, came = fingerprint(key) if key else "", "", "key"
            opened = mark
        if not seat or name != seat or self.gone:
            self.hang_up(_("This seat was not opened by its own code or key. Try again."))
            return
        crowded = "" if came == "code" or seat in state.taken() else state.crowded()
        if crowded:
            self.hang_up(crowded, asyncssh.DISC_TOO_MANY_CONNECTIONS)
            return
        self.guest = Guest(seat, self._address, mark, opened, fresh, conn, came)
        self.came = asyncio.get_running_loop().time()
        state.relieve(self)
        try:
            state.invitations.met(seat, state.host_key)
        except InvitationError as error:
            log.error("Which host key %s met is not written down: %s", seat, error)  # noqa: TRY400 - it is said
        log.info("%s came by %s from %s.", seat, came, self._address)
        self._later(state.limits.login_seconds, _("No screen was opened in time. Try again."))

    def _later(self, seconds: float, sentence: str) -> None:
        """Hang up in a while."""
        self._timer = asyncio.get_running_loop().call_later(seconds, self.hang_up, sentence)

    def session_requested(
        self,
    ) -> tuple[asyncssh.SSHServerChannel[bytes], asyncssh.SSHServerSession[bytes]] | bool:
        if self.guest is None or self.opened:
            return False
        self.opened = True
        if self._timer:
            self._timer.cancel()
        if not self._state.invitations.admits(self.guest.seat, self.guest.opened):
            self.hang_up(_(CHANGED))
            return False
        try:
            session = self._state.session_factory.greet(self.guest)
        except Exception as error:  # noqa: BLE001 - a fault of one screen must not take the door along
            log.error("No screen for %s: %s.", self.guest.seat, type(error).__name__)  # noqa: TRY400 - a trace may hold what only that seat may see
            self.hang_up(_("Something went wrong on the host. Ask the host."))
            return False
        window = self._state.limits.window
        channel = self.connection.create_server_channel(encoding=None, window=window)
        self._channel = channel
        self._watch = asyncio.get_running_loop().create_task(self._see_out(channel))
        return channel, session

    async def _see_out(self, channel: asyncssh.SSHServerChannel[bytes]) -> None:
        """Once the screen is closed, hang up on a client that does not leave by itself."""
        await channel.wait_closed()
        self._later(self._state.limits.farewell_seconds, _("The screen was closed."))
