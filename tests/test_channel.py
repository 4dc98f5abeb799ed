from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import asyncssh
import pytest
from wires import FAILSAFE, Counting, apps_alive, screen_of, until

from ttx.remote import app as remote
from ttx.remote import session
from ttx.remote.app import SLOW, WRONG, SeatApp, sit
from ttx.remote.pump import PENDING, SHARE
from ttx.remote.session import ChannelSession
from ttx.remote.wire import ENTER, LEAVE, MOST, Terminal, Wire

pytestmark = pytest.mark.slow

SECRET = "K7-hunter2"  # noqa: S105  # what must never be written anywhere


class House:
    """A visit for everybody, which keeps what it was asked."""

    def __init__(self) -> None:
        self.apps: list[SeatApp] = []
        self.terminals: list[Terminal] = []
        self.sizes: list[tuple[int, int]] = []
        self.wires: list[Wire] = []
        self.asked: list[str] = []
        self.statuses: list[int] = []
        self.cancelled = 0
        self.waits = False
        self.go = asyncio.Event()
        self.fails = False
        self.sessions: list[ChannelSession] = []

    async def play(self, wire: Wire, terminal: Terminal, size: tuple[int, int]) -> int:
        self.terminals.append(terminal)
        self.sizes.append(size)
        self.wires.append(wire)
        if self.fails:
            raise ValueError(SECRET)
        if self.waits:
            try:
                await self.go.wait()
            except asyncio.CancelledError:
                self.cancelled += 1
                raise
        app = SeatApp(None, "x", wire=wire, terminal=terminal, initial_page=Counting())
        self.apps.append(app)
        self.statuses.append(await sit(app, wire, size))
        return self.statuses[-1]

    async def talk(self, wire: Wire, terminal: Terminal, size: tuple[int, int]) -> int:
        self.terminals.append(terminal)
        self.sizes.append(size)
        wire.write(b"lines\n")
        return 4

    def tell(self, words: str) -> tuple[list[str], int]:
        self.asked.append(words)
        if self.fails:
            raise ValueError(SECRET)
        return ["one\x1b[2J", "  two"], 3

    @property
    def page(self) -> Counting:
        page = self.apps[-1].shell.first
        assert isinstance(page, Counting)
        return page


class Client(asyncssh.SSHClientSession[bytes]):
    """A terminal that keeps what it is sent."""

    def __init__(self) -> None:
        self.got = bytearray()
        self.closed = False

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        self.got += data

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True

    @property
    def text(self) -> str:
        return self.got.decode()

    @property
    def shown(self) -> str:
        return "\n".join(screen_of(self.text, (90, 30)).display)


class Open(asyncssh.SSHServer):
    """Lets everybody in: who may come is not what is tested here."""

    def __init__(self, house: House) -> None:
        self.house = house

    def begin_auth(self, username: str) -> bool:
        return False

    def session_requested(self) -> ChannelSession:
        self.house.sessions.append(ChannelSession(self.house))
        return self.house.sessions[-1]


@asynccontextmanager
async def hosted(house: House) -> AsyncIterator[asyncssh.SSHClientConnection]:
    """A server for that house, and a connection to it."""
    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=lambda: Open(house),
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        encoding=None,
        line_editor=False,
    )
    try:
        async with (
            asyncio.timeout(FAILSAFE),
            asyncssh.connect(
                "127.0.0.1", server.get_port(), known_hosts=None, client_keys=None, config=None
            ) as connection,
        ):
            yield connection
    finally:
        server.close()
        await server.wait_closed()


async def shell(
    connection: asyncssh.SSHClientConnection,
    term: str | None = "xterm-256color",
    **more: Any,  # noqa: ANN401  # as asyncssh takes it
) -> tuple[asyncssh.SSHClientChannel[bytes], Client]:
    return cast(
        "tuple[asyncssh.SSHClientChannel[bytes], Client]",
        await connection.create_session(
            Client, term_type=term, term_size=(90, 30), encoding=None, **more
        ),
    )


async def test_a_terminal_gets_screens_and_an_exit_status() -> None:
    house = House()
    async with hosted(house) as connection:
        channel, client = await shell(connection, env={"COLORTERM": "truecolor", "PATH": "/evil"})
        await until(lambda: "0 keys" in client.text)
        assert house.sizes == [(90, 30)]
        assert house.terminals == [Terminal("xterm-256color", {"COLORTERM": "truecolor"})]
        channel.write("日j".encode())
        await until(lambda: house.page.pressed == ["日", "j"])
        await until(lambda: "2 keys" in client.shown)
        channel.change_terminal_size(70000, 70000)
        await until(lambda: house.apps[0].size == MOST)
        channel.send_break(10)
        channel.send_signal("INT")
        channel.write(b"q")
        await channel.wait_closed()
        assert channel.get_exit_status() == 0
        assert client.text.startswith(ENTER)
        assert client.text.endswith(LEAVE)


@pytest.mark.parametrize(
    ("command", "term", "text"),
    [
        ("status", None, "one [2J\n  two\n"),
        ("status", "xterm", "one [2J\r\n  two\r\n"),
    ],
)
async def test_without_screens_there_is_text(command: str, term: str | None, text: str) -> None:
    house = House()
    async with hosted(house) as connection:
        done = await connection.run(command, term_type=term, check=False)
        assert done.exit_status == 3
        assert done.stdout == text.replace("one [", "one[")
        assert house.asked == [command]
        assert not house.apps


async def test_a_command_is_never_more_than_a_word_to_look_up() -> None:
    house = House()
    async with hosted(house) as connection:
        await connection.run("\x1b[2Jstatus\n; rm -rf /" + "x" * 5000, check=False)
        (asked,) = house.asked
        assert len(asked) <= session.COMMAND
        assert asked.isprintable()


async def test_a_size_is_within_bounds_from_the_start() -> None:
    house = House()
    house.waits = True
    async with hosted(house) as connection:
        await connection.create_session(Client, term_type="xterm", term_size=(2**31 - 1, 0))
        await until(lambda: bool(house.sizes))
        assert house.sizes == [(300, 24)]


@pytest.mark.parametrize("term", ["dumb", "unknown", None])
async def test_a_terminal_without_screens_gets_plain_lines(term: str | None) -> None:
    house = House()
    async with hosted(house) as connection:
        channel, client = await shell(connection, term)
        await channel.wait_closed()
        assert (4, "lines\n") == (channel.get_exit_status(), client.text)
        assert [term] == [known.term for known in house.terminals]
        assert not house.apps


async def test_plain_lines_are_to_be_had_by_their_name() -> None:
    house = House()
    async with hosted(house) as connection:
        channel, client = await shell(connection, command=" Plain ")
        await channel.wait_closed()
        assert (4, "lines\n") == (channel.get_exit_status(), client.text)
        assert ([], []) == (house.apps, house.asked)


async def test_there_are_no_files_to_be_had() -> None:
    async with hosted(House()) as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.start_sftp_client()


async def test_who_closes_the_channel_ends_the_app() -> None:
    house = House()
    async with hosted(house) as connection:
        channel, client = await shell(connection)
        await until(lambda: "0 keys" in client.text)
        channel.write(b"x" * 500_000)  # and what waits in front of the close does not matter
        channel.abort()
        await until(lambda: bool(house.statuses))
        assert not house.apps[0].incident
        await until(lambda: house.sessions[0]._channel is None)


async def test_who_floods_and_closes_before_anybody_reads_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session, "LINGER", 10_000)
    house = House()
    house.waits = True
    async with hosted(house) as connection:
        channel, _ = await shell(connection)
        channel.write(b"x" * 500_000)
        await until(lambda: bool(house.wires) and house.sessions[0]._pump.pending > PENDING)
        channel.abort()
        await until(lambda: house.wires[0].ended)
        house.go.set()
        await until(lambda: house.sessions[0]._channel is None)
        assert house.statuses == [1]


async def test_who_vanishes_ends_the_app() -> None:
    house = House()
    async with hosted(house) as connection:
        _, client = await shell(connection)
        await until(lambda: "0 keys" in client.text)
        connection.abort()
        await until(lambda: bool(house.statuses))
    house.apps.clear()
    house.wires.clear()
    house.sessions.clear()
    assert apps_alive() == 0


async def test_who_vanishes_ends_whatever_else_is_awaited() -> None:
    house = House()
    house.waits = True
    async with hosted(house) as connection:
        await shell(connection)
        await until(lambda: bool(house.wires))
        connection.abort()
        await until(lambda: house.cancelled == 1)


async def test_no_more_input_ends_the_app_when_it_was_read() -> None:
    house = House()
    async with hosted(house) as connection:
        channel, _ = await shell(connection)
        count = SHARE + 1  # more than is handed on at once; a busy host takes a moment for each
        channel.write(b"x" * count)
        channel.write_eof()
        await channel.wait_closed()
        assert channel.get_exit_status() == 0
        assert len(house.page.pressed) == count


@pytest.mark.parametrize("command", [None, "status"])
async def test_a_defect_is_one_session_s_own(
    command: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    house = House()
    async with hosted(house) as connection:
        house.fails = True
        channel, client = await shell(connection, command=command)
        await channel.wait_closed()
        assert channel.get_exit_status() == 1
        assert WRONG in client.text
        assert SECRET not in client.text + caplog.text
        house.fails = False
        channel, client = await shell(connection)
        await until(lambda: "0 keys" in client.text)


async def test_hanging_up_leaves_the_screens_and_says_why() -> None:
    house = House()
    async with hosted(house) as connection:
        channel, client = await shell(connection)
        await until(lambda: "0 keys" in client.text)
        house.wires[0].hang_up("The host has taken\x1b[2J this seat back.", 0)
        await channel.wait_closed()
        assert channel.get_exit_status() == 0
        assert client.text.endswith(LEAVE + "The host has taken[2J this seat back.\r\n")
        await until(lambda: bool(house.statuses))
        house.wires[0].hang_up("Again.")
        house.wires[0].write(b"late")
        assert house.wires[0].ended


async def test_one_who_takes_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "LINGER", 0)
    monkeypatch.setattr(remote, "PATIENCE", 0)
    monkeypatch.setattr(remote, "LOOK", 0)
    house = House()
    async with hosted(house) as connection:
        channel, client = await shell(connection)
        await until(lambda: "0 keys" in client.text)
        channel.pause_reading()
        house.wires[0].write(b"x" * 4_000_000)
        assert house.wires[0].held > remote.TOO_MUCH
        house.apps[0].call_later(house.page.refresh)
        channel.write(b"j")
        await until(lambda: bool(house.statuses))
        await connection.wait_closed()
        assert house.statuses == [1]
    assert SLOW not in client.text


async def test_what_waits_in_the_socket_counts_as_not_taken() -> None:
    """A client with a wide window that reads nothing: asyncssh itself then counts nothing."""
    house = House()
    async with hosted(house) as connection:
        _, client = await shell(connection, window=2**31)
        await until(lambda: "0 keys" in client.text)
        transport = connection._transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()
        wire = house.sessions[0]
        wire.write(b"x" * 30_000_000)
        assert wire._channel is not None
        assert wire._channel.get_write_buffer_size() == 0
        assert wire.held > remote.TOO_MUCH
        transport.resume_reading()
        await until(lambda: wire.held == 0)
        await until(lambda: len(client.got) > 30_000_000)
