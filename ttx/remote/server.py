"""Listening for seats over SSH: the address, the host key, and nothing but modern algorithms."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import asyncssh

from ttx.i18n import _
from ttx.remote.door import CURVES, ConnectionAuth, Guest, ServerState, SessionFactory
from ttx.remote.gate import VERSION, Gate
from ttx.remote.guesses import Guesses
from ttx.remote.invitations import Invitations
from ttx.remote.limits import Buckets, Limits

__all__ = ["Guest", "Listening", "SessionFactory", "listen"]

# curve25519 alone is not safe from a quantum computer, but OpenSSH before 9.9 knows no better key
# exchange that this side knows too.
KEX = ("mlkem768x25519-sha256", "curve25519-sha256")
# Without chacha20-poly1305, a client that never heard of strict key exchange is safe as well.
CIPHERS = ("aes256-gcm@openssh.com", "aes256-ctr")
MACS = ("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com")
SIGNATURES = (*CURVES, "rsa-sha2-512", "rsa-sha2-256")


@dataclass(frozen=True, eq=False)
class Listening:
    """An open door; `close` shuts it."""

    port: int
    """Where it listens."""
    fingerprint: str
    """Of the host key: what clients show when they ask whether this is the host."""
    state: ServerState
    gate: Gate
    acceptor: asyncssh.SSHAcceptor

    async def close(self) -> None:
        """Listen no more, and hang up on everybody."""
        self.acceptor.close()
        self.gate.close()
        doors = list(self.state.doors)
        for door in doors:
            door.hang_up(_("The host has closed the table."))
        for door in doors:
            await door.connection.wait_closed()
        self.state.guesses.close()
        await self.acceptor.wait_closed()


async def listen(
    host: str | Sequence[str],
    port: int,
    key: asyncssh.SSHKey,
    limits: Limits,
    invitations: Invitations,
    session_factory: SessionFactory,
    *,
    post_quantum: bool = False,
) -> Listening:
    """Open the door at an address, or at several; port 0 takes a free one.

    `post_quantum` lets in only clients whose key exchange no quantum computer breaks.

    Raises:
        OSError: the address cannot be had; its text is a sentence.
    """
    state = ServerState(
        limits,
        invitations,
        session_factory,
        key.get_fingerprint(),
        Guesses(limits, invitations),
        arrivals=Buckets(limits.arrivals, limits.arrivals_seconds, limits.remembered),
    )
    gate = Gate(state)
    asyncssh.set_log_level(logging.WARNING)
    try:
        acceptor = await _accepting(gate, host, port, key, KEX[:1] if post_quantum else KEX)
    except OSError as error:
        at = host if isinstance(host, str) else " and ".join(host)
        # From Python 3.13 on asyncio keeps the reason to itself where no address could be had.
        why = error.strerror or "Cannot assign requested address"
        if error.errno and error.errno > 0:
            why = os.strerror(error.errno)
        raise OSError(
            _(
                "Nobody can join at {at} port {port}: {why}; choose another address or port.",
                at=at,
                port=port,
                why=why,
            )
        ) from None
    return Listening(acceptor.get_port(), key.get_fingerprint(), state, gate, acceptor)


async def _accepting(
    gate: Gate, host: str | Sequence[str], port: int, key: asyncssh.SSHKey, kex: Sequence[str]
) -> asyncssh.SSHAcceptor:
    """The server with everything off that a screen has no need of."""
    state = gate.state
    limits = state.limits
    return await asyncssh.create_server(
        lambda: ConnectionAuth(state),
        cast("str", host),  # asyncio, which it is for, takes several as well
        port,
        server_host_keys=[key],
        tunnel=gate,  # which asyncssh asks to listen, as it would another host
        server_version=VERSION,
        config=None,
        kex_algs=kex,
        encryption_algs=CIPHERS,
        mac_algs=MACS,
        signature_algs=SIGNATURES,
        compression_algs=["none"],
        encoding=None,
        line_editor=False,
        allow_scp=False,
        sftp_factory=None,
        agent_forwarding=False,
        x11_forwarding=False,
        host_based_auth=False,
        password_auth=False,
        gss_host=None,
        x509_trusted_certs=None,
        login_timeout=limits.login_seconds,
        keepalive_interval=limits.keepalive_seconds,
        keepalive_count_max=limits.keepalive_misses,
        rekey_bytes="512M",
        rekey_seconds="1h",
    )
