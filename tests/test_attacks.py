from __future__ import annotations

import asyncio
import random
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from asyncssh.constants import (
    MSG_CHANNEL_OPEN,
    MSG_CHANNEL_REQUEST,
    MSG_GLOBAL_REQUEST,
    MSG_IGNORE,
)
from asyncssh.packet import Boolean, String, UInt32
from crowd import (
    CHIEF,
    FAILSAFE,
    OPEN,
    Canary,
    Host,
    Player,
    Served,
    canned,
    come,
    few,
    hosting,
    knock,
    pour,
    serving,
)

from ttx.remote import app as remote
from ttx.remote import private
from ttx.remote.app import AHEAD, SLOW, WRONG
from ttx.remote.limits import Limits
from ttx.remote.visit import Visit
from ttx.session.events import EVERYBODY
from ttx.session.notebook_events import Noted
from ttx.session.play_commands import Message
from ttx.tui.screens.briefing import BriefingScreen

pytestmark = pytest.mark.slow

HOSTILE, CANARY = "relief", "tokyo"
USUAL, WORST = 5, 100
"""How many times slower the canary may be answered: all in all, and at worst. It is answered as
fast as before; where a defence is missing, 9 to 25 times slower, or not for minutes."""
GROWN = 1.6
"""How many times its memory the server may have afterwards; what is attacked with is more."""
END, START = b"\x1b[201~", b"\x1b[200~"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all these attacks: it has to bear one after the other."""
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served


class Attack:
    """The one who attacks, the canary beside it, and what the server was like before."""

    def __init__(self, place: Served, player: Player, canary: Canary) -> None:
        self.place, self.player, self.canary = place, player, canary
        self.memory = place.rss

    @property
    def connection(self) -> asyncssh.SSHClientConnection:
        return self.player.connection

    @property
    def channel(self) -> asyncssh.SSHClientChannel[bytes]:
        return self.player.channel

    def deaf(self) -> None:
        """Read nothing more from the socket."""
        transport = self.connection._transport
        assert transport is not None
        transport.pause_reading()

    def send(self, data: bytes) -> None:
        """Send what was made before."""
        transport = self.connection._transport
        assert transport is not None
        transport.write(data)

    @property
    def unsent(self) -> int:
        transport = self.connection._transport
        return transport.get_write_buffer_size() if transport is not None else 0


@asynccontextmanager
async def attacking(place: Served, **how: Any) -> AsyncIterator[Attack]:  # noqa: ANN401  # see `come`
    """An attack; afterwards all is as it was, and the seat takes its place again."""
    canary = await Canary.at(place, CANARY)
    player = await come(place, HOSTILE, **how)
    try:
        await player.enter()
        attack = Attack(place, player, canary)
        yield attack
        assert canary.usual < USUAL, canary.during
        assert canary.worst < WORST, canary.during
        assert await canary.player.home() == canary.looked
        assert place.rss < GROWN * attack.memory
        await player.drop()
        again = await come(place, HOSTILE)
        await again.enter()
        await again.leave()
    finally:
        await player.drop()
        await canary.player.drop()


# --- typed ---

_LUCK = random.Random(7)  # noqa: S311  # rubbish, and the same each time
TYPED = {
    "keys": b"x" * 100_000,
    "pages": b" " * 100_000,
    "moves": b"\x1b[<35;9;9M" * 20_000,
    "clicks": b"\x1b[<0;9;9M\x1b[<0;9;9m" * 10_000,
    "wheel": b"\x1b[<64;9;9M" * 20_000,
    "paste": START + b"x" * 20_000_000 + END,
    "unended paste": START + b"x" * 20_000_000,
    "pastes": (START + b"x" * 100 + END) * 20_000,
    "sizes": b"\x1b[48;60000;60000;1;1t" * 5_000,
    "rubbish": _LUCK.randbytes(200_000).translate(None, b"\x03\x11q"),
    "no characters": b"\xff\xfe\xc3\xe2\x82" * 40_000,
    "nulls": bytes(200_000),
    "titles": b"\x1b]0;x" * 40_000,
    "one long title": b"\x1b]52;c;" + b"QUJD" * 100_000,
    "device strings": b"\x1bP1$r" * 40_000,
    "escapes": b"\x1b" * 200_000,
    "palette": b"\x10abc\x1b[A\x1b\x1b" * 10_000,
    "help": b"?\x1b" * 50_000,
    "leaving": b"q\x1b" * 50_000,
}


@pytest.mark.parametrize("kind", TYPED)
async def test_what_is_typed_at_one_seat_holds_up_no_other(place: Served, kind: str) -> None:
    async with attacking(place) as attack:
        attack.player.type(TYPED[kind])
        await attack.canary.sings()


async def test_an_attack_that_leaves_was_only_that(place: Served) -> None:
    async with attacking(place) as attack:
        attack.player.type(_LUCK.randbytes(100_000) + b"\x03y" * 10)
        await attack.canary.sings()


async def test_notes_without_end_hold_up_no_other(place: Served) -> None:
    async with attacking(place) as attack:
        attack.player.type(b"nx\r" * 20_000)
        await attack.canary.sings()


async def test_one_note_without_end_holds_up_no_other(place: Served) -> None:
    async with attacking(place) as attack:
        attack.player.type(b"n" + (START + b"x" * 4000 + END) * 1_000)
        for _ in range(10):
            await attack.canary.sings(20)


async def test_a_note_that_comes_in_one_packet_is_a_note(tmp_path: Path) -> None:
    async with hosting(tmp_path) as host:
        player = await come(host, HOSTILE)
        try:
            await player.enter()
            for n in range(1, 4):
                player.type(b"nx\r")
                await player.sees("The note is in the record.")
                player.type(b" ")
                await player.lacks("The note is in the record.")
                assert n == sum(isinstance(e.event, Noted) for e in host.table.entries)
        finally:
            await player.drop()


# --- sizes ---


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ((65535, 65535), (300, 100)),
        ((2**31 - 1, 2**31 - 1), (300, 100)),
        ((0, 0), (80, 24)),
    ],
)
async def test_a_claimed_size_is_only_claimed(
    place: Served, asked: tuple[int, int], shown: tuple[int, int]
) -> None:
    async with attacking(place, size=shown, asked=asked) as attack:
        seen = await attack.player.sees("page 1 of", "q leave")
        assert shown[1] == len(seen.split("\n"))
        attack.player.type(b" " * 10_000)
        await attack.canary.sings()


async def test_a_screen_of_one_cell_is_told_what_it_needs(place: Served) -> None:
    canary = await Canary.at(place, CANARY)
    player = await come(place, HOSTILE, (20, 6), asked=(1, 1))
    await player.sees("80 by 24")
    player.type(b"\rjjj" * 1000)
    await canary.sings()
    player.shown.resize(24, 80)
    player.channel.change_terminal_size(80, 24)
    await player.sees("q leave")
    assert canary.usual < USUAL
    assert await canary.player.home() == canary.looked
    for one in (player, canary.player):
        await one.drop()


async def test_a_window_that_is_drawn_about_costs_no_other_seat_anything(place: Served) -> None:
    async with attacking(place) as attack:
        sizes = [(80 + n % 200, 24 + n % 70) for n in range(5_000)]
        change = attack.channel.change_terminal_size
        attack.send(canned(attack.connection, lambda: [change(*size) for size in sizes]))
        await attack.canary.sings()
        attack.player.shown.resize(24, 80)
        change(80, 24)
        attack.player.type(b" ")
        await attack.player.sees("page 2 of", "q leave")


# --- the protocol ---


def _ask(attack: Attack, kind: str, *rest: bytes, reply: bool = False) -> None:
    attack.channel.send_packet(MSG_CHANNEL_REQUEST, String(kind), Boolean(reply), *rest)


def _open(attack: Attack, n: int) -> None:
    part = (UInt32(50 + n), UInt32(1000), UInt32(1000))
    attack.connection.send_packet(MSG_CHANNEL_OPEN, String("session"), *part)


def _forward(attack: Attack, n: int) -> None:
    part = (String("tcpip-forward"), Boolean(value=True), String("127.0.0.1"), UInt32(n))
    attack.connection.send_packet(MSG_GLOBAL_REQUEST, *part)


PACKETS: dict[str, Callable[[Attack, int], None]] = {
    "nothing": lambda attack, _: attack.connection.send_packet(MSG_IGNORE, String(b"")),
    "unheard of": lambda attack, _: attack.connection.send_packet(192),
    "windows": lambda attack, n: attack.channel.change_terminal_size(80 + n % 9, 24),
    "signals": lambda attack, _: _ask(attack, "signal", String("KILL")),
    "breaks": lambda attack, n: _ask(attack, "break", UInt32(n)),
    "requests": lambda attack, _: _ask(attack, "x", reply=True),
    "shells": lambda attack, _: _ask(attack, "shell", reply=True),
    "agents": lambda attack, _: _ask(attack, "auth-agent-req@openssh.com", reply=True),
    "more screens": _open,
    "forwards": _forward,
}


@pytest.mark.parametrize("kind", PACKETS)
async def test_packets_without_end_hold_up_no_other(place: Served, kind: str) -> None:
    async with attacking(place) as attack:
        attack.deaf()
        made = canned(attack.connection, lambda: [PACKETS[kind](attack, n) for n in range(60_000)])
        attack.send(made)
        await attack.canary.sings()


async def test_a_packet_for_each_byte_holds_up_no_other(place: Served) -> None:
    async with attacking(place) as attack:
        typing = asyncio.create_task(pour(lambda _: attack.player.type(b"x"), range(200_000)))
        await attack.canary.sings(until=typing)


async def test_new_keys_again_and_again_hold_up_no_other(place: Served) -> None:
    made = 0

    async def rekey(connection: asyncssh.SSHClientConnection) -> None:
        nonlocal made
        while True:
            if connection._kex_complete:
                made += 1
                connection._send_kexinit()
                connection._kexinit_sent = True
            await asyncio.sleep(0)

    async with attacking(place) as attack:
        asking = asyncio.create_task(rekey(attack.connection))
        await attack.canary.sings()
        asking.cancel()
        assert made > 3


async def test_what_is_asked_behind_a_request_that_waits_ends_that_connection_only(
    place: Served,
) -> None:
    """It is answered from within itself, as deep as there are requests."""
    async with attacking(place) as attack:
        _ask(attack, "auth-agent-req@openssh.com", reply=True)
        for _ in range(5_000):
            _ask(attack, "signal", String("INT"))
        await attack.player.gone()
        await attack.canary.sings()


async def test_an_environment_without_end_ends_that_connection_only(place: Served) -> None:
    async with attacking(place) as attack:
        for n in range(30_000):
            if attack.player.client.closed:
                break
            _ask(attack, "env", String(str(n)), String(b"x" * 1000))
            if n % 20 == 0:
                await asyncio.sleep(0)
        await attack.player.gone()
        await attack.canary.sings()


async def test_a_million_letters_of_command_are_no_command(place: Served) -> None:
    async with attacking(place) as attack:
        connection = await knock(place, HOSTILE)
        with pytest.raises((asyncssh.Error, OSError)):
            await connection.run("status" + "x" * 1_000_000, check=True)
        await connection.wait_closed()
        connection = await knock(place, HOSTILE)
        done = await connection.run("status " + "x" * 20_000, check=False)
        assert done.exit_status == 2
        connection.close()
        await connection.wait_closed()
        await attack.canary.sings()


# --- those who do not read ---


def visit_of(host: Host, seat: str) -> Visit:
    (visit,) = host.hosting.venue.visitors(seat)
    assert isinstance(visit, Visit)
    return visit


def held(host: Host, seat: str) -> int:
    wire = visit_of(host, seat)._wire
    assert wire is not None
    return wire.held


def say(host: Host, words: str) -> None:
    host.table.submit(CHIEF, Message(EVERYBODY, words), host.table.game.entries)


def narrow() -> socket.socket:
    """A socket that takes little before somebody reads it."""
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    return one


@asynccontextmanager
async def beside_the_deaf(
    folder: Path, limits: Limits = OPEN, window: int = 64 * 1024
) -> AsyncIterator[tuple[Host, Player, Canary]]:
    """A table here, with a large screen at the end of a narrow way, and a canary."""
    async with hosting(folder, limits=limits) as host:
        canary = await Canary.at(host, CANARY)
        way = narrow()
        way.connect(("127.0.0.1", host.port))
        deaf = await come(host, HOSTILE, (300, 100), sock=way, window=window)
        try:
            await deaf.enter()
            yield host, deaf, canary
            assert canary.usual < USUAL
            await canary.player.home()
        finally:
            await deaf.drop()
            await canary.player.drop()


@pytest.mark.parametrize("how", ["channel", "socket"])
async def test_one_who_stops_reading_is_painted_for_no_more(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "PATIENCE", 600.0)  # a busy machine is no reason to lose the seat
    window = 2**32 - 1 if how == "socket" else 64 * 1024
    async with beside_the_deaf(tmp_path, window=window) as (host, deaf, canary):
        part: Any = deaf.channel if how == "channel" else deaf.connection._transport
        part.pause_reading()
        most = 0
        for n in range(300):
            visit = visit_of(host, HOSTILE).app
            assert visit is not None
            visit.call_later(visit.screen.refresh)  # as if all of it had changed
            say(host, f"word {n}.")
            if n % 10 == 0:
                await canary.player.sees(f"word {n}.")
            await canary.sings(1)
            most = max(most, held(host, HOSTILE))
        assert most > AHEAD  # or nothing was held back
        assert most < 4 * AHEAD
        assert visit_of(host, HOSTILE).behind
        part.resume_reading()
        await deaf.sees("word 299.", "q leave")


@pytest.mark.parametrize("how", ["channel", "socket"])
async def test_one_who_goes_on_not_reading_loses_the_screen_and_not_the_seat(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "PATIENCE", 0.0)
    window = 2**32 - 1 if how == "socket" else 64 * 1024
    async with beside_the_deaf(tmp_path, window=window) as (host, deaf, canary):
        part: Any = deaf.channel if how == "channel" else deaf.connection._transport
        part.pause_reading()
        n = 0
        async with asyncio.timeout(FAILSAFE):
            while host.hosting.attendance.place(HOSTILE).on:
                n += 1
                visit = visit_of(host, HOSTILE).app
                if visit is not None and visit.screen_stack:  # they go a moment before the seat
                    visit.call_later(visit.screen.refresh)
                say(host, f"word {n}.")
                await canary.sings(1)
        part.resume_reading()
        assert n > 1
        if how == "channel":
            await deaf.until(lambda: deaf.client.closed)
            assert SLOW.encode() in deaf.client.got
        again = await come(host, HOSTILE)
        await again.enter()
        await again.drop()


async def test_a_message_that_could_not_be_read_is_still_there_afterwards(tmp_path: Path) -> None:
    async with beside_the_deaf(tmp_path, window=2**32 - 1) as (host, deaf, canary):
        part: Any = deaf.connection._transport
        part.pause_reading()
        say(host, "Bring maps.")
        await canary.player.sees("Bring maps.")
        await canary.sings()
        again = await come(host, HOSTILE)
        await again.enter()
        await canary.sings()
        shown = again.text
        await again.drop()
        assert "Bring maps." in shown


async def test_answers_that_nobody_reads_do_not_pile_up(tmp_path: Path) -> None:
    async with beside_the_deaf(tmp_path) as (host, deaf, canary):
        (door,) = [d for d in host.listening.state.doors if d.guest and d.guest.seat == HOSTILE]
        door.connection.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
        transport = deaf.connection._transport
        assert transport is not None
        transport.pause_reading()
        most = 0
        for n in range(20_000):
            part = (String("x"), Boolean(value=True))
            deaf.channel.send_packet(MSG_CHANNEL_REQUEST, *part)
            if n % 200 == 0:
                await canary.sings(1)
                most = max(most, private.in_transit(door.connection))
        assert most > 16 * 1024  # or it was read after all
        assert most < 4 * AHEAD


async def test_a_change_of_keys_that_never_ends_piles_nothing_up(tmp_path: Path) -> None:
    async with beside_the_deaf(tmp_path, few(unread=32 * 1024)) as (host, deaf, canary):
        mine = [d for d in host.listening.state.doors if d.guest and d.guest.seat == HOSTILE]
        connection: Any = deaf.connection
        connection._send_kexinit()
        connection._recv_handler = lambda: False
        connection._kex_complete = True  # and so goes on as if nothing were
        n = 0
        async with asyncio.timeout(FAILSAFE):
            while mine[0] in host.listening.state.doors:
                for _ in range(100):
                    n += 1
                    deaf.channel.send_packet(MSG_CHANNEL_REQUEST, String("x"), Boolean(value=True))
                await canary.sings(1)


# --- crashes ---


@pytest.mark.parametrize("how", ["draw", "action_turn"])
async def test_a_screen_that_fails_is_one_seat_s_own(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    right: Callable[..., object] = getattr(BriefingScreen, how)

    def wrong(self: BriefingScreen, *rest: object) -> object:
        if self.seat == HOSTILE:
            raise ValueError("hunter2")
        return right(self, *rest)

    async with hosting(tmp_path) as host:
        canary = await Canary.at(host, CANARY)
        player = await come(host, HOSTILE)
        await player.enter()
        monkeypatch.setattr(BriefingScreen, how, wrong)
        player.type(b" ")
        if how == "draw":  # the page says so, and the screens stay
            await player.sees("Something went wrong on this screen.", "q leave")
        else:
            said = await player.gone()
            assert WRONG in said.replace("\n", " ").replace("  ", " ")
            (number,) = re.findall(r"\(Incident ([0-9a-f]{8})\.\)", said)
            assert number in caplog.text
        await canary.sings()
        assert "hunter2" not in caplog.text + player.client.got.decode()
        assert await canary.player.home() == canary.looked
        await player.drop()
        monkeypatch.undo()
        again = await come(host, HOSTILE)
        await again.enter()
        await again.drop()
        await canary.player.drop()


# --- the door ---


async def still(reader: asyncio.StreamReader) -> bool:
    """Whether the other side keeps a connection open."""
    try:
        async with asyncio.timeout(1):
            await reader.read()
    except TimeoutError:
        return True
    except OSError:
        pass
    return False


async def test_a_crowd_that_only_stands_at_the_door_holds_up_nobody(tmp_path: Path) -> None:
    with serving(tmp_path, strict=True) as place:
        canary = await Canary.at(place, CANARY)
        memory = place.rss
        standing = []
        for n in range(200):
            reader, writer = await asyncio.open_connection("127.0.0.1", place.port)
            standing.append((reader, writer))
            if n % 2:
                writer.write(b"SSH-2.0-x\r\n" + bytes(30_000))
        await canary.sings()
        heard = 0
        for reader, _ in standing:
            try:
                async with asyncio.timeout(FAILSAFE):
                    heard += await reader.readline() == b"SSH-2.0-ttx\r\n"
            except OSError:
                pass
        limits = Limits()
        most, kept = limits.strangers + limits.waiting + limits.refusals, len(standing)
        async with asyncio.timeout(FAILSAFE):
            while kept > most:  # that one is closed may reach a busy machine late
                kept = sum(await asyncio.gather(*(still(reader) for reader, _ in standing)))
        assert heard > 0
        assert kept > 0
        assert canary.usual < USUAL
        assert canary.worst < WORST
        assert place.rss < GROWN * memory
        for _, writer in standing:
            writer.close()
        async with asyncio.timeout(FAILSAFE):
            while True:  # an address that came too often comes in again when it waits
                try:
                    player = await come(place, HOSTILE)
                    break
                except (asyncssh.Error, OSError):
                    await canary.sings(1)
        await player.enter()
        assert await canary.player.home() == canary.looked
        for one in (player, canary.player):
            await one.drop()


async def test_a_stranger_who_talks_without_end_is_dropped(place: Served) -> None:
    canary = await Canary.at(place, CANARY)
    talking: asyncio.Future[asyncssh.SSHClientConnection] = asyncio.Future()

    class Stranger(asyncssh.SSHClient):
        def kbdint_auth_requested(self) -> str:
            return ""

        def connection_made(self, conn: asyncssh.SSHClientConnection) -> None:
            self.connection = conn

        async def kbdint_challenge_received(self, *_: object) -> list[str]:
            talking.set_result(self.connection)
            await asyncio.Event().wait()
            return []

    knocking = asyncio.create_task(
        asyncssh.create_connection(
            Stranger,
            "127.0.0.1",
            place.port,
            username=HOSTILE,
            known_hosts=None,
            client_keys=None,
            agent_path=None,
            config=None,
        )
    )
    connection = await talking
    transport = connection._transport
    assert transport is not None
    send = connection.send_packet
    made = canned(connection, lambda: [send(MSG_IGNORE, String(b"")) for _ in range(20_000)])
    transport.write(made)
    await canary.sings(until=knocking_ends(knocking))
    assert canary.usual < USUAL
    assert await canary.player.home() == canary.looked
    await canary.player.drop()


def knocking_ends(knocking: asyncio.Task[Any]) -> asyncio.Task[bool]:
    async def ends() -> bool:
        async with asyncio.timeout(FAILSAFE):
            await asyncio.wait([knocking])
        return isinstance(knocking.exception(), asyncssh.DisconnectError | OSError)

    return asyncio.create_task(ends())


async def test_one_guest_who_comes_thirty_times_takes_one_seat(tmp_path: Path) -> None:
    async with hosting(tmp_path, limits=few(sessions=3)) as host:
        canary = await Canary.at(host, CANARY)
        many = [await knock(host, HOSTILE) for _ in range(30)]
        doors = [d for d in host.listening.state.doors if d.guest and d.guest.seat == HOSTILE]
        assert len(doors) <= host.listening.state.limits.connections_per_seat
        other = await come(host, "observer")
        await other.enter()
        await canary.sings()
        assert await canary.player.home() == canary.looked
        for one in (other, canary.player):
            await one.drop()
        for connection in many:
            connection.abort()
            await connection.wait_closed()
