"""Where a host listens, and what people give to ssh to reach it: only what is so."""

from __future__ import annotations

import errno
import ipaddress
import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from ttx.i18n import N_, _

AWAY = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
"""What binding fails with where this machine does not have that kind of address at all."""
SSH = 22
"""The port that ssh takes unasked, and whose host stands in its list without a port."""
NOWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
"""Addresses of nobody, which only the way to the outside leads to."""
ALL_HOSTS = {socket.AF_INET: ("224.0.0.1",), socket.AF_INET6: ("ff0e::1", "ff02::1")}
"""Addresses of everybody in a network, for which there is a way where nothing leads outside."""
ALONE = N_("This machine is in no network now: the lines are for people who sit at it themselves.")


@dataclass(frozen=True, slots=True)
class Reach:
    """How people reach the host: what they give to ssh."""

    host: str
    port: int

    def command(self, seat: str) -> str:
        """The command of a seat."""
        return f"ssh -p {self.port} {seat}@{self.host}"

    @property
    def forget(self) -> str:
        """What makes a player's ssh forget the key that it knows this host by."""
        known = self.host if self.port == SSH else f"[{self.host}]:{self.port}"
        return f"ssh-keygen -R '{known}'"


def bindable(address: str, port: int) -> list[str]:
    """The numeric addresses to listen at; `::` means all of this machine's, of both kinds.

    Raises:
        ValueError: nothing can listen there, in a sentence.
    """
    try:
        known = _resolved(address, port)
        last = len(known) - 1
        free: list[str] = []
        for at, place in enumerate(known):
            if _free(place, alone=at == last and not free):
                free.append(_numeric(place))
    except (OSError, UnicodeError) as error:
        why = (getattr(error, "strerror", "") or _("this is no address")).lower()
        raise ValueError(
            _(
                "Nothing can listen at {address} port {port}: {why}. Choose "
                "another with --port or --bind.",
                address=address,
                port=port,
                why=why,
            )
        ) from None
    return free


Found = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[str | int | bytes, ...]]


def _resolved(address: str, port: int) -> list[Found]:
    """What an address or a name stands for, each once."""
    bare = address[1:-1] if address.startswith("[") and address.endswith("]") else address
    names = [bare, "0.0.0.0"] if _anywhere(bare, version=6) else [bare]  # noqa: S104  # it was asked for
    places: dict[object, Found] = {}
    for name in names:
        for place in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM):
            places.setdefault(place[4], place)
    return list(places.values())


def _numeric(found: Found) -> str:
    """An address as it is given to ssh; one of a single network with the name of that."""
    at = found[4]
    zone = at[3] if len(at) > 3 else 0
    address = str(at[0]).partition("%")[0]
    return f"{address}%{socket.if_indextoname(int(zone))}" if zone else address


def _free(address: Found, *, alone: bool) -> bool:
    """Whether something can listen there.

    Raises:
        OSError: nothing can, and no other place is left.
    """
    family, kind, protocol, _, at = address
    try:
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            probe.bind(at)
    except OSError as error:
        if alone or error.errno not in AWAY:
            raise
        return False
    return True


def _ip(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    with suppress(ValueError):
        return ipaddress.ip_address(address)
    return None


def _anywhere(address: str, version: int = 0) -> bool:
    ip = _ip(address)
    return ip is not None and ip.is_unspecified and version in (0, ip.version)


def _loopback(address: str) -> bool:
    ip = _ip(address)
    return ip is not None and ip.is_loopback


def reached(addresses: Sequence[str], port: int) -> tuple[Reach, list[str]]:
    """How people reach what listens there, and the sentences that belong to it."""
    sentences: list[str] = []
    if any(_anywhere(address) for address in addresses):
        first, *others = [*_own(addresses), ""]
        if not first:
            first = "127.0.0.1" if any("." in address for address in addresses) else "::1"
            sentences.append(ALONE)
        elif more := [other for other in others if other]:
            sentences.append(
                _(
                    "The lines say {first}; this machine is also at {more}.",
                    first=first,
                    more=_(" and ").join(more),
                )
            )
    else:
        first = min(addresses, key=lambda address: ":" in address)
    address, zone, name = first.partition("%")
    if zone:
        sentences.append(
            _(
                "After {address}% each player puts their own machine's name of "
                "that network, instead of {name}.",
                address=address,
                name=name,
            )
        )
    return Reach(first, port), sentences


def where(addresses: Sequence[str], port: int, fingerprint: str) -> list[str]:
    """Where the table is to be found, and what that means."""
    if all(_loopback(address) for address in addresses):
        means = _("Only people on this machine can come; --bind 0.0.0.0 lets others in.")
    else:
        means = _("Whoever reaches this machine meets the door; a code or a bound key opens it.")
    return [
        _(
            "Listening on {addresses} port {port}. {means}",
            addresses=_(" and ").join(addresses),
            port=port,
            means=means,
        ),
        _(
            "Host key {fingerprint}: what ssh shows the first time somebody connects.",
            fingerprint=fingerprint,
        ),
    ]


def _own(addresses: Sequence[str]) -> list[str]:
    """This machine's addresses of the kinds that it listens at, the likeliest one first."""
    kinds = [
        family
        for family, dot in ((socket.AF_INET, "."), (socket.AF_INET6, ":"))
        if any(_anywhere(address) and dot in address for address in addresses)
    ]
    sources = [_source(family, NOWHERE[family]) for family in kinds]
    for family in kinds:
        for index, name in socket.if_nameindex():
            inside = [_source(family, to, index, name) for to in ALL_HOSTS[family]]
            sources.append(next(filter(None, inside), ""))
    # One of a single network comes last: it is only told with a zone, which is each machine's own.
    sources.sort(key=lambda source: "%" in source)
    return list(
        dict.fromkeys(
            source
            for source in sources
            if source and not _loopback(source) and not _anywhere(source)
        )
    )


def _source(family: socket.AddressFamily, to: str, index: int = 0, name: str = "") -> str:
    """The address that this machine would send from; nothing is sent."""
    six = family == socket.AF_INET6
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        if index and six:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        elif index:
            chosen = struct.pack("=4s4si", bytes(4), bytes(4), index)
            probe.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, chosen)
        probe.connect((to, 9, 0, index) if six else (to, 9))
        address = str(probe.getsockname()[0]).partition("%")[0]
        ip = _ip(address)
        local = six and ip is not None and ip.is_link_local
        return f"{address}%{name}" if local and name else "" if local else address
    return ""
