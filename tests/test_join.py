"""The way in through the system's own sshd: frames, the socket, `ttx join`, and a real sshd."""

from __future__ import annotations

import asyncio
import getpass
import json
import os
import re
import select
import shlex
import signal
import socket
import stat
import subprocess
import sys
import termios
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ssh_rig import (
    BACK,
    LEAD,
    LEFT,
    LIMIT,
    MIDDLE,
    OTHER,
    ROOT,
    TAKEN,
    Door,
    Player,
    Room,
    Screen,
    environment,
    free_port,
    laid,
    room,
    ttx,
)
from wires import FAILSAFE, until

from ttx.remote import frames, join, local, session, unix_socket
from ttx.remote.door import ServerState
from ttx.remote.frames import DATA, END, LINE, MOST, SIZE, Frames, MalformedError, frame, framed
from ttx.remote.invitations import State
from ttx.remote.limits import Limits
from ttx.remote.pump import PENDING
from ttx.remote.wire import ASKED, LEAVE, Reader, Terminal, Wire

pytestmark = pytest.mark.slow

FULL = "The table is full (1 screens). Try again when somebody has left, or ask the host."
HELLO: dict[str, Any] = {
    "version": frames.VERSION,
    "seat": "usfj",
    "term": "xterm-256color",
    "environment": {"COLORTERM": "truecolor"},
    "columns": 100,
    "rows": 30,
    "word": "",
}


@pytest.fixture
def place() -> Iterator[Path]:
    """Where a socket may lie: a short path, since the system allows about a hundred characters."""
    with TemporaryDirectory(prefix="ttx-") as folder:
        yield Path(folder) / "own" / "table"


# --- frames ---


@given(st.binary(max_size=3 * MOST), st.integers(1, 5000))
def test_data_arrives_whole_however_it_is_cut(data: bytes, step: int) -> None:
    parts, came = Frames(), b""
    sent = framed(data) + frame(SIZE, b"1234")
    for at in range(0, len(sent), step):
        parts.add(sent[at : at + step])
        while (one := parts.next()) is not None:
            if one == (SIZE, b"1234"):
                assert data == came
                return
            assert DATA == one[0]
            assert len(one[1]) <= MOST
            came += one[1]
    raise AssertionError("the last frame never came")


def test_a_frame_that_is_too_long_is_refused_by_its_head() -> None:
    parts = Frames()
    parts.add(frame(DATA, b"x" * MOST))
    assert (DATA, b"x" * MOST) == parts.next()

    parts.add(frame(DATA, b"x" * (MOST + 1))[:5])
    with pytest.raises(MalformedError):
        parts.next()


def test_a_first_line_ends_in_time_or_is_refused() -> None:
    parts = Frames()
    parts.add(b"a" * LINE)
    assert parts.line() is None
    parts.add(b"\n" + frame(DATA, b"rest"))
    assert b"a" * LINE == parts.line()
    assert (DATA, b"rest") == parts.next()

    parts.add(b"b" * (LINE + 1))
    with pytest.raises(MalformedError):
        parts.line()


# --- the socket's place ---


def test_the_socket_is_made_for_its_owner_alone(place: Path) -> None:
    with unix_socket.bound(place):
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o755, 0o710, 0o701])
def test_a_folder_that_others_can_enter_is_refused(place: Path, mode: int) -> None:
    place.parent.mkdir()
    place.parent.chmod(mode)

    with pytest.raises(ValueError, match=r"^No socket can be at .*: others can enter .*700\)\.$"):
        unix_socket.bound(place)
    assert not place.exists()


def test_what_a_killed_host_left_is_replaced_and_what_is_in_use_is_not(place: Path) -> None:
    with unix_socket.bound(place) as first:
        first.listen()
        with pytest.raises(ValueError, match="address already in use"):
            unix_socket.bound(place)
    with unix_socket.bound(place) as second:
        second.listen()
        with socket.socket(socket.AF_UNIX) as one:
            one.connect(str(place))


def test_a_file_of_somebody_else_stays(place: Path) -> None:
    place.parent.mkdir(0o700)
    place.write_text("precious")

    with pytest.raises(ValueError, match="address already in use"):
        unix_socket.bound(place)
    assert place.read_text() == "precious"


def test_a_path_that_is_too_long_is_one_sentence(place: Path) -> None:
    place.parent.mkdir(0o700)
    with pytest.raises(ValueError, match="path too long; choose another --socket"):
        unix_socket.bound(place.with_name("x" * 120))


# --- the host's side ---


class Ear:
    """Whoever reads what is typed."""

    pasting = True

    def __init__(self) -> None:
        self.backlog = 0
        self.heard = b""
        self.sizes: list[tuple[int, int]] = []
        self.drains = 0
        self.is_gone = False

    def feed(self, data: bytes, *, more: bool = False) -> int:
        self.heard += data
        return len(data)

    def resize(self, width: int, height: int) -> None:
        self.sizes.append((width, height))

    def drained(self) -> None:
        self.drains += 1

    def gone(self) -> None:
        self.is_gone = True


@dataclass
class Visits:
    """In place of `Visit`: everybody is heard, until `go`, and is answered the same."""

    comers: list[Any] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    terminals: list[tuple[Terminal, tuple[int, int]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    ear: Ear = field(default_factory=Ear)
    go: asyncio.Event = field(default_factory=asyncio.Event)
    to_show: bytes = b""

    def __call__(self, comer: object) -> Visits:
        self.comers.append(comer)
        return self

    async def play(self, wire: Wire, terminal: Terminal, size: tuple[int, int]) -> int:
        self.wires.append(wire)
        self.terminals.append((terminal, size))
        wire.send_to(cast("Reader", self.ear))
        wire.write(self.to_show)
        await self.go.wait()
        return 7

    async def talk(self, wire: Wire, terminal: Terminal, size: tuple[int, int]) -> int:
        self.wires.append(wire)
        self.terminals.append((terminal, size))
        wire.write(b"lines")
        return 4

    def tell(self, words: str) -> tuple[list[str], int]:
        self.asked.append(words)
        return ["one\x1b[2J", "  two"], 3


@dataclass(eq=False)
class Came:
    """A connection at the SSH door, let in or not."""

    guest: SimpleNamespace | None


@dataclass
class Side:
    """An open socket, and what a test needs of it."""

    door: local.LocalListener
    visits: Visits
    states: dict[str, State]
    """How the invitations stand."""
    doors: set[Any]
    """Those who came by the SSH door."""
    peers: list[Peer] = field(default_factory=list)

    async def knock(self) -> Peer:
        """Somebody connects."""
        self.peers.append(Peer(*await asyncio.open_unix_connection(str(self.door.path))))
        return self.peers[-1]

    async def come(self, **other: object) -> Peer:
        """Somebody connects and says who they are."""
        peer = await self.knock()
        peer.say(json.dumps({**HELLO, **other}).encode() + b"\n")
        return peer


@dataclass
class Peer:
    """The other side of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def say(self, data: bytes) -> None:
        self.writer.write(data)

    async def end(self) -> tuple[bytes, int, str]:
        """All that is shown until it ends, and how it ends."""
        parts, shown = Frames(), b""
        async with asyncio.timeout(FAILSAFE):
            greeting = json.loads(await self.reader.readline())
            assert {"version": 1, "asked": list(ASKED), "leave": LEAVE} == greeting
            while data := await self.reader.read(1 << 16):
                parts.add(data)
                while (one := parts.next()) is not None:
                    if one[0] == END:
                        return shown, one[1][0], one[1][1:].decode()
                    shown += one[1]
        raise AssertionError(f"it never ended, after {shown!r}")


@asynccontextmanager
async def open_at(place: Path, limits: Limits | None = None) -> AsyncIterator[Side]:
    """A socket with a table behind it at which everybody sits and nothing happens."""
    visits, doors = Visits(), set[Any]()
    states = {"usfj": State.GIVEN_OUT, "kantei": State.REVOKED}
    invitations = SimpleNamespace(
        seats=tuple(states), state=lambda seat: SimpleNamespace(state=states[seat])
    )
    hosting = cast("Any", SimpleNamespace(invitations=invitations, visit=visits))
    nobody = cast("Any", None)
    state = ServerState(limits or Limits(), nobody, nobody, nobody, nobody, nobody, doors)
    door = await local.listen(unix_socket.bound(place), hosting, state)
    side = Side(door, visits, states, doors)
    try:
        yield side
    finally:
        visits.go.set()
        for peer in side.peers:
            peer.writer.close()
        await door.close()


async def test_a_terminal_is_handed_on_as_it_is(place: Path) -> None:
    async with open_at(place) as side:
        side.visits.to_show = "地図".encode() * 20_000
        peer = await side.come(environment={"COLORTERM": "truecolor", "LD_PRELOAD": "x"})
        peer.say(frame(DATA, b"key") + frame(SIZE, frames.CELLS.pack(132, 50)) + frame(DATA, b"s"))
        await until(lambda: side.visits.ear.heard == b"keys")
        side.visits.go.set()
        shown, status, words = await peer.end()

    assert [("usfj", "join", "")] == [(c.seat, c.came, c.return_code) for c in side.visits.comers]
    known = Terminal("xterm-256color", {"COLORTERM": "truecolor"})
    assert [(known, (100, 30))] == side.visits.terminals
    assert [(132, 50)] == side.visits.ear.sizes
    assert (side.visits.to_show, 7, "") == (shown, status, words)


async def test_a_word_is_answered_with_lines(place: Path) -> None:
    async with open_at(place) as side:
        for word in ("status", "x" * 500):
            peer = await side.come(term=None, word=word)
            assert (b"one[2J\n  two\n", 3, "") == await peer.end()

    assert ["status", "x" * session.COMMAND] == side.visits.asked


@pytest.mark.parametrize(("term", "word"), [("dumb", ""), (None, ""), (None, "plain")])
async def test_where_no_screens_can_be_shown_there_are_plain_lines(
    term: str | None, word: str, place: Path
) -> None:
    async with open_at(place) as side:
        shown, status, _ = await (await side.come(term=term, word=word)).end()

    assert (b"lines", 4) == (shown, status)
    assert [term] == [known.term for known, _size in side.visits.terminals]


def _hello(**other: object) -> bytes:
    return json.dumps({**HELLO, **other}).encode() + b"\n"


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"x" * (LINE + 1),
        b"[" * (LINE - 1) + b"\n",
        b"\xff\n",
        _hello(version=2),
        _hello(more=1),
        _hello(columns="100"),
        _hello(environment=[]),
        json.dumps({"version": 1, "seat": "usfj"}).encode() + b"\n",
        _hello() + frame(b"?", b""),
        _hello() + frame(END, b"\0"),
        _hello() + frame(SIZE, b"123"),
        _hello() + frame(DATA, b"x" * (MOST + 1)),
    ],
    ids=lambda said: said[-24:].decode("ascii", "replace").strip(),
)
async def test_what_is_malformed_ends_that_connection_and_no_other(
    place: Path, said: bytes
) -> None:
    async with open_at(place) as side:
        good = await side.come()
        await until(lambda: bool(side.visits.wires))
        bad = await side.knock()
        bad.say(said)
        shown, status, words = await bad.end()
        assert (2, local.GARBLED) == (status, words or shown.decode().removeprefix(LEAVE).strip())
        assert len(side.door.lines) == 1

        good.say(frame(DATA, b"on"))
        await until(lambda: side.visits.ear.heard == b"on")
        side.visits.go.set()
        assert 7 == (await good.end())[1]


async def test_a_seat_that_is_not_there_or_taken_back_is_refused(place: Path) -> None:
    async with open_at(place) as side:
        unknown = await (await side.come(seat="us\x1b[2Jfj")).end()
        assert (b"", 2, "There is no seat us[2Jfj here; join as one of usfj, kantei.") == unknown
        revoked = await (await side.come(seat="kantei")).end()
        assert (b"", 2, "The host has taken this seat back.") == revoked
        side.states["kantei"] = State.GIVEN_OUT
        assert (b"lines", 4, "") == await (await side.come(seat="kantei", term=None)).end()


async def test_no_more_come_than_there_is_room_for(place: Path) -> None:
    async with open_at(place, Limits(sessions=1)) as side:
        first = await side.come()
        await until(lambda: bool(side.visits.wires))
        side.states["kantei"] = State.GIVEN_OUT
        assert (b"", 1, FULL) == await (await side.come(seat="kantei")).end()
        assert FULL == side.door.state.crowded()
        relief = await side.come()
        await until(lambda: len(side.visits.wires) == 2)

        side.visits.go.set()
        assert (7, 7) == ((await first.end())[1], (await relief.end())[1])
        await until(lambda: not side.door.lines)
        assert 7 == (await (await side.come()).end())[1]

        await until(lambda: not side.door.lines)
        side.doors.add(Came(None))
        assert 7 == (await (await side.come()).end())[1]
        side.doors.add(Came(SimpleNamespace(seat="kantei")))
        await until(lambda: not side.door.lines)
        assert (b"", 1, FULL) == await (await side.come()).end()


async def test_who_says_nothing_is_sent_away(place: Path) -> None:
    async with open_at(place, Limits(login_seconds=0)) as side:
        silent = await side.knock()
        assert (b"", 1, "Nobody came in time. Try again.") == await silent.end()


def open_to_all(place: Path) -> None:
    """As if somebody had opened the folder meanwhile."""
    place.chmod(0o666)
    for folder in place.parents[:2]:
        folder.chmod(0o711)


async def test_the_system_says_who_comes(place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can come as somebody else")
    async with open_at(place) as side:
        open_to_all(place)
        os.seteuid(65534)
        try:
            stranger = await side.come()
        finally:
            os.seteuid(0)
        shown, status, words = await stranger.end()

    assert (b"", 1) == (shown, status)
    assert words == "Only the user who hosts, and root, can join here; ask the host for a code."
    assert not side.visits.comers


async def test_what_the_other_side_has_not_taken_is_counted(place: Path) -> None:
    async with open_at(place) as side:
        side.visits.to_show = b"x" * (1 << 20)
        peer = await side.come()
        # A transport of this side reads ahead; this one is told to take nothing.
        cast("Any", peer.writer.transport).pause_reading()
        await until(lambda: bool(side.visits.wires))
        held = side.visits.wires[0].held
        assert held > (1 << 20) - 256 * 1024
        assert not side.visits.ear.drains

        cast("Any", peer.writer.transport).resume_reading()
        taking = asyncio.create_task(peer.end())
        await until(lambda: side.visits.ear.drains > 0)
        assert side.visits.wires[0].held < held
        side.visits.go.set()
        assert (side.visits.to_show, 7, "") == await taking


async def test_what_nobody_reads_is_not_taken(place: Path) -> None:
    async with open_at(place) as side:
        side.visits.ear.backlog = 99
        peer = await side.come()
        typed = b"".join(b"%07d\n" % n for n in range(8_000))
        peer.say(b"".join(frame(DATA, typed[at : at + 999]) for at in range(0, len(typed), 999)))
        await until(lambda: bool(side.door.lines))
        (line,) = side.door.lines
        await until(lambda: not line.transport.is_reading())
        assert line.session is not None
        assert line.session._pump.pending <= PENDING + 999

        side.visits.ear.backlog = 0
        await until(lambda: len(side.visits.ear.heard) == len(typed))
        assert typed == side.visits.ear.heard


async def test_who_does_not_take_the_farewell_is_cut_off(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "LINGER", 0)
    async with open_at(place) as side:
        side.visits.to_show = b"x" * (1 << 20)
        peer = await side.come()
        cast("Any", peer.writer.transport).pause_reading()
        await until(lambda: bool(side.visits.wires))
        side.visits.go.set()
        await until(lambda: not side.door.lines)


@pytest.mark.parametrize("unread", [b"", b"x" * 100_000], ids=["all-read", "unread"])
async def test_who_is_gone_leaves_nothing(place: Path, unread: bytes) -> None:
    async with open_at(place) as side:
        side.visits.to_show = unread
        peer = await side.come()
        cast("Any", peer.writer.transport).pause_reading()
        await until(lambda: bool(side.visits.wires))
        assert not side.visits.ear.is_gone
        peer.writer.close()  # with something unread, the system tells of no end, but of a breach
        await until(lambda: side.visits.ear.is_gone)
        side.visits.go.set()
        await until(lambda: not side.door.lines)
    assert side.visits.wires[0].ended
    assert 0 == side.visits.wires[0].held
    side.visits.wires[0].write(b"to nobody")


async def test_the_end_is_told_to_all_and_the_socket_is_gone(place: Path) -> None:
    async with open_at(place) as side:
        silent, seated = await side.knock(), await side.come()
        await until(lambda: bool(side.visits.wires) and len(side.door.lines) == 2)
        await side.door.close()
        assert (b"", 1, "The host has closed the table.") == await silent.end()
        shown, status, _ = await seated.end()
        assert (f"{LEAVE}The host has closed the table.\r\n", 1) == (shown.decode(), status)
    with unix_socket.bound(place):  # its place is free again
        pass


# --- the terminal's side, at a host that is only a socket ---


@contextmanager
def fake(place: Path) -> Iterator[socket.socket]:
    """Something that listens there, and says what a test has it say."""
    with unix_socket.bound(place) as one:
        one.listen()
        one.settimeout(LIMIT)
        yield one


def command(place: Path, seat: str = LEAD) -> list[str]:
    return ttx("join", "--socket", place, "--seat", seat)


def at_terminal(home: Path, place: Path, seat: str = LEAD, **more: str) -> Screen:
    """`ttx join` at a terminal whose settings are said before and after, with what it leaves."""
    heard = "env --default-signal=INT,QUIT"  # which a shell has its background ignore
    joins = f"sh -c 'echo pid $$; exec \"$@\"' - {heard} {shlex.join(command(place, seat))}"
    script = f"stty -g; {joins}; "
    said = "echo status $?; stty -g"
    env = environment(home, TERM="xterm-256color", **more)
    return Screen.of(["sh", "-c", f"cd {shlex.quote(str(ROOT))}; {script}{said}"], (80, 24), env)


def ended(screen: Screen) -> int:
    """The exit status of the join on such a terminal, whose settings it has given back."""
    screen.until(gone=True)
    before, *_, after = re.findall(r"[0-9a-f]+(?::[0-9a-f]+){10,}", screen.read_as_text)
    assert before == after
    return int(re.findall(r"status (\d+)", screen.read_as_text)[-1])


def pid(screen: Screen) -> int:
    """Of the join on such a terminal."""
    return int(re.findall(r"pid (\d+)", screen.read_as_text)[0])


def read_hello(line: socket.socket) -> dict[str, Any]:
    parts = Frames()
    while (said := parts.line()) is None:
        parts.add(line.recv(1 << 16))
    return cast("dict[str, Any]", json.loads(said))


GREETING = json.dumps(local.GREETING).encode() + b"\n"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"])
def test_a_signal_gives_the_terminal_back(tmp_path: Path, place: Path, name: str) -> None:
    with fake(place) as host, at_terminal(tmp_path, place) as screen:
        line, _ = host.accept()
        with line:
            line.sendall(GREETING)
            hello = read_hello(line)
            line.sendall(framed(b"\x1b[?1049h\x1b[?25lhere we are"))
            screen.until("here we are")
            assert not termios.tcgetattr(screen.child.child_fd)[3] & termios.ICANON
            number = signal.Signals[name]
            os.kill(pid(screen), number)
            assert 128 + number == ended(screen)

    assert {"seat": LEAD, "term": "xterm-256color", "columns": 80, "rows": 24}.items() <= (
        hello.items()
    )
    assert LEFT == screen.modes
    assert LEAVE.encode() in screen.bytes


def test_a_terminal_that_takes_nothing_does_not_keep_the_join_from_ending(
    tmp_path: Path, place: Path
) -> None:
    with fake(place) as host, at_terminal(tmp_path, place) as screen:
        screen.until("pid ")
        at = pid(screen)
        line, _ = host.accept()
        with line:
            # Longer than any is: the system has room for a few bytes even where it has none.
            long = {**local.GREETING, "leave": "x" * 6000}
            line.sendall(json.dumps(long).encode() + b"\n")
            read_hello(line)
            while not stuck(line, at):
                if takes(line):
                    line.sendall(framed(b"x" * 1000))
            os.kill(at, signal.SIGTERM)
            # The terminal is still not read; all that is heard of the other side is that it went.
            with pytest.raises(ConnectionError):
                raise_if_gone(line)
        screen.until(gone=True)
        assert 128 + signal.SIGTERM == int(re.findall(r"status (\d+)", screen.read_as_text)[-1])


def takes(line: socket.socket) -> bool:
    """Whether there is room for more in what the system keeps for the other side."""
    return bool(select.select([], [line], [], 0)[1])


def stuck(line: socket.socket, at: int) -> bool:
    """Whether that process has all it could read, and sleeps all the same."""
    state = Path(f"/proc/{at}/stat").read_text().rpartition(") ")[2][0]
    return not takes(line) and state == "S" and not takes(line)


def raise_if_gone(line: socket.socket) -> None:
    """ConnectionError once the other side is gone."""
    while line.recv(1 << 16):
        pass
    raise ConnectionError


def test_what_the_host_does_not_take_stays_at_the_terminal(tmp_path: Path, place: Path) -> None:
    typed = b"".join(b"%06d " % n for n in range(300_000))
    with fake(place) as host, at_terminal(tmp_path, place) as screen:
        line, _ = host.accept()
        with line:
            line.sendall(GREETING)
            read_hello(line)
            line.sendall(framed(b"here we are"))
            screen.until("here we are")
            os.set_blocking(screen.child.child_fd, False)
            went = 0
            # That it takes no more cannot be seen but by waiting; too short a wait hides a defect,
            # and shows none that is not there.
            while went < len(typed) and select.select([], [screen.child.child_fd], [], 0.5)[1]:
                went += os.write(screen.child.child_fd, typed[went : went + 4096])
            assert 0 < went < len(typed)

            parts, came = Frames(), b""
            while len(came) < went:
                parts.add(line.recv(1 << 16))
                while (one := parts.next()) is not None:
                    came += one[1]
            assert typed[:went] == came
            line.sendall(frame(END, b"\x05"))
            assert 5 == ended(screen)


@pytest.mark.parametrize(
    ("greeting", "then"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", b""),
        (json.dumps({**local.GREETING, "version": 2}).encode() + b"\n", b""),
        (b"[]\n", b""),
        (b"x" * (LINE + 1), b""),
        (GREETING, frame(b"?", b"")),
        (GREETING, frame(END, b"")),
        (GREETING, frame(DATA, b"x" * (MOST + 1))),
    ],
    ids=["ssh", "version", "list", "endless", "kind", "no-status", "too-long"],
)
def test_what_is_no_host_is_one_sentence(
    tmp_path: Path, place: Path, greeting: bytes, then: bytes
) -> None:
    with fake(place) as host, at_terminal(tmp_path, place) as screen:
        line, _ = host.accept()
        with line:
            line.sendall(greeting)
            if then:
                read_hello(line)
                line.sendall(framed(b"here") + then)
            assert 1 == ended(screen)

    assert join.STRANGE.format(path=place) in " ".join(screen.read_as_text.split())
    assert bool(then) == (LEAVE.encode() in screen.bytes)


def test_nobody_there_is_one_sentence(tmp_path: Path, place: Path) -> None:
    done = plain(tmp_path, place)
    assert (1, "") == (done.returncode, done.stdout)
    assert join.NOBODY.format(path=place, why="no such file or directory") + "\n" == done.stderr


def test_joining_loads_neither_screens_nor_ssh() -> None:
    script = (
        "import sys, ttx.cli, ttx.remote.join\n"
        "print({'textual', 'rich.console', 'asyncssh', 'asyncio', 'pydantic'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "set()\n" == done.stdout


# --- at a real host ---


def plain(
    home: Path, place: Path, word: str | None = None, seat: str = LEAD
) -> subprocess.CompletedProcess[str]:
    """`ttx join` without a terminal."""
    said = {} if word is None else {"SSH_ORIGINAL_COMMAND": word}
    return subprocess.run(
        command(place, seat),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        stdin=subprocess.DEVNULL,
        env=environment(home, **said),
        cwd=ROOT,
        check=False,
    )


def test_a_seat_at_this_machine(tmp_path: Path, place: Path) -> None:
    with room(tmp_path, "--socket", place) as at:
        assert f"Also at {place}, by ttx join: whoever runs it as you takes any seat." in (
            at.host.said
        )
        screen = at.keep(at_terminal(tmp_path, place, COLORTERM="truecolor", TTX_THEME="light"))
        screen.until("Lobby", "Go in", "all colours")
        screen.resize(100, 30)
        screen.until("100 by 30")
        screen.type("\r")
        screen.without("Go in").until("? help", "q leave")
        screen.press("q", "y Leave")
        screen.type("y")
        assert 0 == ended(screen)
        assert LEFT == screen.modes
        assert "came through the socket" in at.host.log.read_text()

        nobody = plain(tmp_path, place, seat="nobody")
        assert (2, "") == (nobody.returncode, nobody.stdout)
        assert nobody.stderr.startswith("There is no seat nobody here; join as one of ")
        at.host.stop()
        assert not place.exists()


def test_words_are_answered_as_at_the_door(tmp_path: Path, place: Path) -> None:
    with room(tmp_path, "--socket", place) as at:
        assert 0 == at.join(LEAD).leave()
        for word, status in (("status", 0), ("report", 1), ("rm -rf /", 2)):
            here, there = plain(tmp_path, place, word), at.ask(LEAD, word)
            assert (status, there.stdout) == (here.returncode, here.stdout)
            assert status == there.returncode
            assert "" == here.stderr
        done = plain(tmp_path, place)
        assert 0 == done.returncode
        assert "At every prompt, help lists what can be typed" in done.stdout


def test_a_host_that_dies_is_one_sentence_and_the_terminal_is_given_back(
    tmp_path: Path, place: Path
) -> None:
    with room(tmp_path, "--socket", place) as at:
        screen = at.keep(at_terminal(tmp_path, place).until("Go in"))
        at.host.kill()
        assert 1 == ended(screen)
        assert LEFT == screen.modes
        assert join.GONE in screen.read_as_text.replace("\r\n", "")
    with room(tmp_path, "--socket", place, resume=at.host.save):  # what it left is replaced
        assert 0 == plain(tmp_path, place, "status").returncode


def test_a_host_that_closes_says_so(tmp_path: Path, place: Path) -> None:
    with room(tmp_path, "--socket", place) as at:
        screen = at.keep(at_terminal(tmp_path, place).until("Go in"))
        at.host.stop()
        assert 0 == ended(screen)
        assert LEFT == screen.modes
        assert "The host has closed the table." in screen.read_as_text


def test_a_socket_that_cannot_be_is_refused_before_a_run_is_begun(
    tmp_path: Path, place: Path
) -> None:
    place.parent.mkdir(0o755)
    place.parent.chmod(0o755)
    save = tmp_path / "run.ttx.toml"
    done = subprocess.run(
        ttx("host", "tutorial", "--port", str(free_port()), "--save", save, "--socket", place),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        stdin=subprocess.DEVNULL,
        env=environment(tmp_path),
        cwd=ROOT,
        check=False,
    )
    assert 2 == done.returncode
    assert f"No socket can be at {place}: others can enter {place.parent};" in done.stderr
    assert not save.exists()


# --- through the system's sshd ---

KEY = 'restrict,pty,command="{}"'
MATCH = f"Match User {getpass.getuser()}"


@dataclass
class Sshd(Door):
    """The system's sshd with a configuration of its own, and people whose keys it knows."""

    home: Path
    place: Path
    people: dict[str, Player]
    """By seat."""

    @property
    def user(self) -> str:
        """As whom everybody signs in."""
        return getpass.getuser()

    def connect(self, seat: str, size: tuple[int, int] = (80, 24)) -> Screen:
        """Somebody comes with their key, at a terminal."""
        return self.people[seat].connect(self, self.user, size)

    def ask(self, seat: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Somebody comes with their key, and no terminal."""
        return self.people[seat].run(self, self.user, *words)


def joins(place: Path, seat: str) -> str:
    """What a site has sshd run, here for this checkout."""
    return shlex.join(["env", f"PYTHONPATH={ROOT}", *command(place, seat)])


@contextmanager
def sshd(
    home: Path, place: Path, *, key: str = KEY, settings: Sequence[str] = ()
) -> Iterator[Sshd]:
    """As a site would set it up: one account, one key a seat; `key` stands before each."""
    program = Path("/usr/sbin/sshd")
    if not program.exists():
        pytest.skip("there is no sshd")
    if not Path("/run/sshd").is_dir():
        if os.geteuid() != 0:
            pytest.skip("there is no /run/sshd, which sshd insists on")
        Path("/run/sshd").mkdir(0o755)
    options = ("-o", "SendEnv=COLORTERM")
    people = {
        seat: Player(home, f"{seat}-join", options=options, more={"COLORTERM": "truecolor"})
        for seat in (LEAD, OTHER)
    }
    known = home / "authorized_keys"
    known.write_text(
        "".join(
            f"{key.format(joins(place, seat))} {who.key.with_suffix('.key.pub').read_text()}"
            for seat, who in people.items()
        )
    )
    at, own = free_port(), Player(home, "sshd").key
    config = home / "sshd_config"
    config.write_text(
        f"ListenAddress 127.0.0.1\nPort {at}\nHostKey {own}\nPidFile none\nUsePAM no\n"
        f"StrictModes no\nPermitRootLogin yes\nPasswordAuthentication no\n"
        f"KbdInteractiveAuthentication no\nAuthorizedKeysFile {known}\n"
        f"AcceptEnv COLORTERM NO_COLOR LANG TTX_*\n" + "\n".join(settings)
    )
    process = subprocess.Popen(
        [str(program), "-D", "-e", "-f", str(config)], stderr=subprocess.PIPE, text=True
    )
    try:
        until_said(process, "Server listening")
        yield Sshd(at, {}, home, place, people)
    finally:
        process.terminate()
        process.wait(LIMIT)  # for it alone: who is still connected would keep its words open
        if process.stderr is not None:
            process.stderr.close()


@contextmanager
def both_ways(home: Path, place: Path, *, resume: bool = False) -> Iterator[tuple[Room, Sshd]]:
    """A host that is reached by its own door, and through the system's sshd."""
    with (
        sshd(home, place) as way,
        room(home, "--socket", place, resume=laid(home) if resume else None) as at,
    ):
        yield at, way


def go_in(screen: Screen) -> Screen:
    """Past the lobby."""
    screen.until("Go in", "q leave")
    screen.type("\r")
    return screen.without("Go in").until("? help", "q leave")


def test_through_the_systems_sshd(tmp_path: Path, place: Path) -> None:
    head = "EXERCISE ONLY - UNCLASSIFIED\n"
    with both_ways(tmp_path, place) as (at, way):
        screen = at.keep(way.connect(LEAD))
        screen.until("Lobby", "Go in", "Relief staff   US     here, you", "all colours")
        screen.resize(*MIDDLE)
        screen.until("120 by 40")
        go_in(screen)

        for words, code, said in (
            (("status",), 0, head),
            (("rm", "-rf", "/"), 2, "Only status and report can be asked for"),
            ((), 0, f"{head}At every prompt, help lists what can be typed"),
            (("plain",), 0, f"Back. Nothing was lost.\n{head}"),
        ):
            done = way.ask(OTHER, *words)
            assert (code, True) == (done.returncode, done.stdout.startswith(said)), done
        assert "Here now: Relief staff.\n" in way.ask(OTHER, "status").stdout
        who = way.people[OTHER]
        asked = at.keep(Screen.of(who.command(way, way.user, "status"), MIDDLE, who.environment))
        assert 0 == asked.status()
        assert "You sit as Tokyo desk" in asked.text
        assert {} == asked.modes

        assert 0 == screen.leave()
        assert LEFT == screen.modes


def test_who_drops_comes_back_to_the_same_screen(tmp_path: Path, place: Path) -> None:
    with both_ways(tmp_path, place, resume=True) as (at, way):
        screen = go_in(at.keep(way.connect(LEAD)))
        screen.drop()
        while "Here now" in (said := way.ask(OTHER, "status").stdout):
            assert said.startswith("EXERCISE ONLY")
        back = at.keep(way.connect(LEAD)).until(BACK)
        assert "Go in" not in back.text
        assert 0 == back.leave()


def read(back: Screen) -> Screen:
    """The greeting of those who are back, put away, which would hide what is said after it."""
    back.until(BACK).type("2")
    return back.without(BACK)


def test_a_seat_is_taken_over_between_the_two_ways(tmp_path: Path, place: Path) -> None:
    with both_ways(tmp_path, place, resume=True) as (at, way):
        by_door = at.join(LEAD)
        by_join = read(at.keep(way.connect(LEAD)))
        by_door.until(TAKEN)

        again = read(at.back(LEAD))
        by_join.until(TAKEN)
        assert 1 == by_door.status()
        assert "You are signed in somewhere else." in by_door.last_words

        last = at.keep(way.connect(LEAD)).until(BACK)
        again.until(TAKEN)
        assert 1 == by_join.status()
        assert "You are signed in somewhere else." in by_join.last_words
        assert 0 == last.leave()


@pytest.mark.parametrize(
    ("key", "settings", "reached"),
    [
        (KEY, (), False),
        ('command="{}"', (), True),
        ('command="{}"', (MATCH, "DisableForwarding yes"), False),
    ],
    ids=["restrict", "nothing", "DisableForwarding"],
)
def test_what_keeps_the_key_of_one_seat_from_all_others(
    tmp_path: Path, place: Path, key: str, settings: Sequence[str], *, reached: bool
) -> None:
    with (
        fake(place) as host,
        TemporaryDirectory(prefix="ttx-") as folder,
        sshd(tmp_path, place, key=key, settings=settings) as way,
    ):
        mine = Path(folder) / "mine"
        options = ("-o", "LogLevel=DEBUG1", "-L", f"{mine}:{place}", "-N")
        who = Player(tmp_path, f"{LEAD}-join", options=options)
        client = subprocess.Popen(
            who.command(way, way.user, tty=False),
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            env=who.environment,
        )
        try:
            until_said(client, "Entering interactive session")
            with socket.socket(socket.AF_UNIX) as one:
                one.settimeout(LIMIT)
                one.connect(str(mine))  # the client's own end; what sshd lets through counts
                if reached:
                    host.accept()[0].close()
                assert b"" == one.recv(1)
            host.settimeout(0)
            with pytest.raises(BlockingIOError):
                host.accept()
        finally:
            client.kill()  # less would do, but not while the client is about to wait
            client.wait(LIMIT)
            if client.stderr is not None:
                client.stderr.close()


def test_a_command_that_sshd_forces_is_a_seat_too(tmp_path: Path, place: Path) -> None:
    forced = (MATCH, f"ForceCommand {joins(place, OTHER)}", "DisableForwarding yes")
    with (
        sshd(tmp_path, place, key="pty", settings=forced) as way,
        room(tmp_path, "--socket", place),
    ):
        assert "You sit as Tokyo desk" in way.ask(LEAD, "status").stdout


def until_said(process: subprocess.Popen[str], words: str) -> str:
    """What a process says on standard error, up to a line with these words."""
    said = ""
    assert process.stderr is not None
    for line in process.stderr:
        said += line
        if words in line:
            return said
    raise AssertionError(f"{words} never came:\n{said}")
