"""How much the door bears: the numbers, what counts tries, and what hears in small parts."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the door; a whole room may share one address, so those are not small."""

    sessions: int = 24
    """Seats taken at one time; with more screens than that, one core cannot paint them in time."""
    connections_per_seat: int = 3
    """Connections to one seat: the screen, the one it relieved, and one that is just coming."""
    strangers: int = 30
    """Connections in all that are not let in yet; one more takes the place of the idlest."""
    arrivals: int = 40
    """New connections from one address within `arrivals_seconds`; more wait until it is time."""
    arrivals_seconds: float = 20.0
    """Seconds until an address that used up its new connections has them all again."""
    waiting: int = 64
    """Connections that wait at one time; more are refused, those that wait longest first."""
    waiting_seconds: float = 15.0
    """Seconds after which who still waits is refused."""
    refusals: int = 10
    """Refused connections that are told so at one time; more are dropped unheard."""
    wrong_codes: int = 10
    """Wrong codes for one seat, or of who comes with one key, within `wrong_codes_seconds`; the
    next ones have to wait."""
    wrong_codes_seconds: float = 600.0
    """Seconds until all of these wrong codes are forgiven."""
    guesser_seconds: float = 2.0
    """How long those have to wait until their code is looked at."""
    remembered: int = 1024
    """Names, keys and addresses that are remembered; beyond that the longest unheard is
    forgotten."""
    wrong_codes_of_all: int = 60
    """Wrong codes of all who come together within `wrong_codes_of_all_seconds`."""
    wrong_codes_of_all_seconds: float = 60.0
    """Seconds until all of those are forgiven."""
    look_seconds: float = 0.2
    """How long each code waits for its turn once there were more."""
    wrong_code_seconds: float = 0.5
    """Seconds until a wrong code is answered; nobody else waits for it."""
    prompts: int = 3
    """Times that one connection is asked for its code."""
    offered_keys: int = 20
    """Public keys that one connection may offer."""
    bound_keys: int = 6
    """Public keys that a code binds to its seat."""
    questions: int = 120
    """Times that one connection may make the door ask itself what it accepts: about three for
    each request to be let in, whatever its method."""
    login_seconds: float = 60.0
    """Seconds to be let in, and then once more to open a screen."""
    farewell_seconds: float = 5.0
    """Seconds that a client has to leave by itself once its screen is closed."""
    heard: int = 8 * 1024
    """Bytes of one connection that are heard in a turn: more than anybody types or pastes then."""
    heard_seconds: float = 0.05
    """Seconds of such a turn."""
    heard_of_strangers: int = 256 * 1024
    """Bytes of one connection in all that are heard before it is let in."""
    unread: int = 1024 * 1024
    """Bytes that one connection may leave unread; with more it is dropped."""
    window: int = 64 * 1024
    """Bytes that a client may type ahead; each may come in a packet of its own, which costs more
    to keep than the byte."""
    environment: int = 100
    """Variables that a client may send of its environment."""
    keepalive_seconds: float = 15.0
    """Seconds of silence until a client is asked whether it is there."""
    keepalive_misses: int = 3
    """Questions without an answer after which a connection counts as lost."""


SLICE = 4096
"""Bytes of one connection that are heard at once. A packet may be as small as 36, all that came is
worked off before anything else runs, and each packet moves all that came behind it."""


class ThrottledProtocol(asyncio.BufferedProtocol):
    """Between a socket and what it speaks to: hears a little at a time, and nobody who is deaf."""

    def __init__(
        self,
        other: asyncio.Protocol,
        transport: asyncio.Transport,
        limits: Limits,
        heard: Callable[[], None],
    ) -> None:
        """In front of `other`, whom the transport spoke to; `heard` is told of each part."""
        self.count = 0
        """Bytes that were heard in all."""
        self._other, self._transport, self._limits, self._heard = other, transport, limits, heard
        self._buffer = bytearray(SLICE)
        self._used = 0
        self._turn: asyncio.TimerHandle | None = None
        self._unread = False

    def get_buffer(self, sizehint: int) -> bytearray:
        """Where the next bytes go; there are never more than fit."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Bytes came; when the share of this turn is used up, no more are taken until the next."""
        if self._turn is None:
            loop = asyncio.get_running_loop()
            self._turn = loop.call_later(self._limits.heard_seconds, self._next_turn)
        self.count += nbytes
        self._used += nbytes
        if self._used >= self._limits.heard:
            self._transport.pause_reading()
        self._other.data_received(bytes(memoryview(self._buffer)[:nbytes]))
        self._heard()

    def _next_turn(self) -> None:
        self._turn, self._used = None, 0
        if not self._unread:
            self._transport.resume_reading()

    def pause_writing(self) -> None:
        """Who does not read is not heard: each question they ask would leave one answer more."""
        self._unread = True
        self._transport.pause_reading()
        self._other.pause_writing()

    def resume_writing(self) -> None:
        """They read again."""
        self._unread = False
        if self._used < self._limits.heard:
            self._transport.resume_reading()
        self._other.resume_writing()

    def eof_received(self) -> bool | None:
        """Nothing more will come."""
        return self._other.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        if self._turn is not None:
            self._turn.cancel()
        self._other.connection_lost(exc)


def origin(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.IPv6Network((ip, 64), strict=False))


class Buckets:
    """A bucket of tokens for each address or name: a try takes one, and time brings them back."""

    def __init__(
        self,
        size: int,
        seconds: float,
        most: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Buckets of `size` tokens that fill in `seconds`, for the last `most` heard of."""
        self._size, self._rate, self._most, self._clock = size, size / seconds, most, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def empty(self, address: str) -> bool:
        """Whether an address has no whole token left."""
        return self._left(origin(address)) < 1

    def wait(self, address: str) -> float:
        """Seconds until an address has a whole token."""
        return max(0.0, (1 - self._left(origin(address))) / self._rate)

    def take(self, address: str) -> None:
        """Take a token from an address, as far as it has one."""
        at = origin(address)
        self._buckets[at] = (max(0.0, self._left(at) - 1), self._clock())
        self._buckets.move_to_end(at)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)

    def _left(self, at: str) -> float:
        tokens, since = self._buckets.get(at, (float(self._size), self._clock()))
        return min(float(self._size), tokens + (self._clock() - since) * self._rate)
