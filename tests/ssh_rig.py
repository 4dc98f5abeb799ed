"""A real host and real OpenSSH clients on pseudo-terminals, and what their screens show."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, Self

import pexpect
import pyte
import tomli_w

from ttx.exercise.load import from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.session import phases
from ttx.session.command import Command
from ttx.session.events import Entry
from ttx.session.opening import hosted
from ttx.session.play_commands import Continue
from ttx.session.record import read
from ttx.session.table import Table
from ttx.tui.sight import HELD, REACTION

ROOT = Path(__file__).parents[1]
LIMIT = 120.0
"""Seconds after which something that was to come counts as never coming; a test waits for all of
them only where it fails, so there are more than the busiest machine needs."""
SEED = 9
CHIEF, LEAD, MEMBER, OTHER, RED = "facilitator", "relief", "deputy", "tokyo", "coast_guard"
AIDE, EVALUATOR, ROOM = "aide", "evaluator", "projector"
SMALL, MIDDLE = (80, 24), (120, 40)

UNREAD = re.compile(rb"\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p")
"""What pyte takes for text."""
BEGUN = re.compile(rb"\x1b(\[[0-9;?<>=$]*)?\Z")
"""The first half of a sequence, where what came ends in the middle of one."""
STEERS = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z\\-_=>])")
"""Every sequence that steers a terminal."""
SCREENS, NO_SCREENS = b"\x1b[?1049h", b"\x1b[?1049l"
"""Screens begin and end; before and after them, and without them, it is lines that are shown."""
FRAMES = b"\x1b[?2026$p"
"""The host asks whether the terminal shows frames whole; a modern one says yes, and so do we."""
SHOWS_FRAMES = "\x1b[?2026;2$y"
OPENS, CLOSES = b"\x1b[?2026h", b"\x1b[?2026l"
MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
OFF, ON = "1049 1000 1002 1006 1004 2004", "7 25"
LEFT = dict.fromkeys(OFF.split(), "l") | dict.fromkeys(ON.split(), "h")
"""The modes of a terminal that was given back."""
LINE = re.compile(
    r"^\s*(\S+)\s+ssh -p (\d+) (\S+)@(\S+)\s+code ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})",
    re.MULTILINE,
)
PROMPT = "One-time code"
TAKEN = "You are signed in somewhere else; this screen is now read-only."
BACK = "Back. Nothing was lost."


PORTS = range(12_000, 32_000)
"""Below those that a system gives to whoever asks for any: a client takes none of these."""


@cache
def _ports() -> Iterator[int]:
    """All of them in turn, from another one in each process that runs tests."""
    first = os.getpid() * 97 % len(PORTS)
    return cycle([*PORTS[first:], *PORTS[:first]])


def free_port() -> int:
    """A port that nobody listens at just now, and that this process has not named of late."""
    for port in _ports():
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port
    raise AssertionError("there is no end of ports")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nobody's settings."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "LANG": "C.UTF-8",
        **more,
    }


def ttx(*words: str | Path) -> list[str]:
    """The program of this checkout, as a command."""
    return [sys.executable, "-m", "ttx", *map(str, words)]


def run(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """A verb of it, without a terminal."""
    return subprocess.run(
        ttx(*words),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        stdin=subprocess.DEVNULL,
        env=environment(home),
        cwd=ROOT,
        check=False,
    )


def folder(home: Path, said: dict[str, Any]) -> Path:
    """A folder with an exercise in it, as its author would write it."""
    path = home / "exercise"
    path.mkdir()
    (path / "exercise.toml").write_text(tomli_w.dumps(said), "utf-8")
    return path


# --- a table that has come some way ---


@cache
def rehearsal() -> Exercise:
    """The tutorial with a second seat in either allied cell."""
    said = load(ROOT / "exercises" / "tutorial").as_toml()
    seats = []
    for seat in said["seat"]:
        seats.append(seat)
        for lead, second, short in ((LEAD, MEMBER, "Deputy"), (OTHER, AIDE, "Aide")):
            if seat["id"] == lead:
                beside = {**seat, "id": second, "short": short, "name": f"{short}, {seat['name']}"}
                del beside["lead"]
                seats.append(beside)
    return from_data({**said, "seat": seats})


def laid(
    home: Path,
    to: str = phases.DELIBERATION,
    *asks: tuple[str, Command],
    part: Exercise | None = None,
    red: bool = False,
) -> Path:
    """The save of a hosted run that stands at a phase for the first time, or goes on from there."""
    path = home / "run.ttx.toml"
    table = hosted(part or rehearsal(), {}, SEED, path, red=red)
    while table.game.phase != to:
        ask(table, (CHIEF, Continue()))
    ask(table, *asks)
    table.leave()
    return path


def ask(table: Table, *asks: tuple[str, Command]) -> None:
    """Seats ask for something."""
    for seat, command in asks:
        table.submit(seat, command, table.game.entries)


def entries(save: Path, kind: str = "") -> list[Entry]:
    """What the record holds, of one kind of event."""
    return [e for e in read(save).entries if not kind or type(e.event).__name__ == kind]


# --- the host ---


@dataclass
class Door:
    """Where a host is to be found, and what opens it."""

    port: int
    codes: dict[str, str]
    """The code of each seat that one was printed for."""


def codes_in(said: str) -> dict[str, str]:
    """The code of each seat, in what a host has printed."""
    return {found[0]: found[4] for found in LINE.findall(said)}


@dataclass
class Host(Door):
    """`ttx host` as a process of its own."""

    process: subprocess.Popen[str]
    said: str
    """All it printed up to the last invitation."""
    save: Path

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.communicate(timeout=LIMIT)

    def stop(self) -> str:
        """End it as an operator would, and return all it said; terminals are read meanwhile."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        limit = time.monotonic() + LIMIT
        while self.process.poll() is None and time.monotonic() < limit:
            look(0.05)
        self.said += self.process.communicate(timeout=LIMIT)[0]
        return self.said

    @property
    def log(self) -> Path:
        """What it writes down beside the save."""
        return self.save.with_name(self.save.name.replace(".ttx.toml", ".host.log"))


@contextmanager
def hosting(
    home: Path,
    *arguments: str | Path,
    save: Path | None = None,
    resume: Path | None = None,
    exercise: str | Path = "tutorial",
    port: int = 0,
) -> Iterator[Host]:
    """A headless host; it is ended with the block."""
    at = port or free_port()
    path = resume or save or home / "run.ttx.toml"
    what = ["--resume", path] if resume else [exercise, "--seed", str(SEED), "--save", path]
    process = subprocess.Popen(
        ttx("host", *what, "--headless", "--port", str(at), *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment(home),
        cwd=ROOT,
    )
    said = ""
    assert process.stdout is not None
    try:
        for line in process.stdout:
            said += line
            if line.startswith("Ready."):
                break
        assert "Ready." in said, said
        yield Host(at, codes_in(said), process, said, path)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
        process.stdout.close()


# --- those who come ---


@dataclass
class Player:
    """Somebody with an OpenSSH client, a key of their own, and a terminal."""

    home: Path
    name: str
    keyed: bool = True
    options: Sequence[str] = ()
    term: str = "xterm-256color"
    more: dict[str, str] = field(default_factory=dict)
    """What else stands in the environment of their client."""

    def __post_init__(self) -> None:
        self.key = self.home / f"{self.name}.key"
        if self.keyed and not self.key.exists():
            generate = shutil.which("ssh-keygen") or "ssh-keygen"
            subprocess.run(
                [generate, "-q", "-t", "ed25519", "-N", "", "-C", self.name, "-f", str(self.key)],
                check=True,
            )

    @property
    def means(self) -> list[str]:
        """What their client is told apart from where to go: nobody's settings, and one key."""
        identity = ["-i", str(self.key), "-o", "IdentitiesOnly=yes"]
        return [
            *("-F", "/dev/null"),
            *self.options,  # first: the client takes the first word on anything
            *("-o", f"UserKnownHostsFile={self.home / 'known_hosts'}"),
            *("-o", "StrictHostKeyChecking=accept-new"),
            *("-o", "IdentityAgent=none"),
            *("-o", "LogLevel=ERROR"),
            *(identity if self.keyed else ["-o", "PubkeyAuthentication=no"]),
        ]

    @property
    def environment(self) -> dict[str, str]:
        """Of their client."""
        return {"PATH": os.environ["PATH"], "TERM": self.term, **self.more}

    def command(self, host: Door, seat: str, *words: str, tty: bool = True) -> list[str]:
        """Their client's command line."""
        return [
            shutil.which("ssh") or "ssh",
            *self.means,
            "-tt" if tty else "-T",
            *("-p", str(host.port)),
            f"{seat}@127.0.0.1",
            *words,
        ]

    def run(self, host: Door, seat: str, *words: str) -> subprocess.CompletedProcess[str]:
        """A command without a terminal."""
        return self.try_(self.command(host, seat, *words, tty=False))

    def try_(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Any command of theirs; it asks nobody for a code."""
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            stdin=subprocess.DEVNULL,
            env=self.environment,
            start_new_session=True,  # no terminal to ask for a code at
            check=False,
        )

    def connect(
        self, host: Door, seat: str, size: tuple[int, int] = SMALL, code: str = ""
    ) -> Screen:
        """A session on a terminal; the code is typed where one is given."""
        screen = Screen.of(self.command(host, seat), size, self.environment)
        if code:
            screen.until(PROMPT)
            screen.type(code + "\r")
        return screen

    def join(self, host: Door, seat: str, size: tuple[int, int] = SMALL) -> Screen:
        """A session past the lobby, by the code that the host printed."""
        screen = self.connect(host, seat, size, host.codes[seat])
        screen.until("Go in", "q leave")
        screen.type("\r")
        return screen.without("Go in").until("? help", "q leave")


class Room:
    """A host, and people at screens of their own."""

    def __init__(self, home: Path, host: Host, stack: ExitStack) -> None:
        self.home, self.host, self._stack = home, host, stack

    def player(self, seat: str, *options: str) -> Player:
        """Somebody with the key of a seat, and such options of their client."""
        return Player(self.home, seat, options=options)

    def join(self, seat: str, size: tuple[int, int] = SMALL, who: Player | None = None) -> Screen:
        """They come for the first time, and go in."""
        return self.keep((who or self.player(seat)).join(self.host, seat, size))

    def back(self, seat: str, size: tuple[int, int] = SMALL, who: Player | None = None) -> Screen:
        """They come by their key, or knock at least."""
        return self.keep((who or self.player(seat)).connect(self.host, seat, size))

    def knock(self, seat: str, code: str, who: Player | None = None) -> Screen:
        """They come with a code, and stand in the lobby if it opens."""
        return self.keep((who or self.player(seat)).connect(self.host, seat, code=code))

    def ask(self, seat: str, word: str) -> subprocess.CompletedProcess[str]:
        """They ask for `status` or `report`."""
        return self.player(seat).run(self.host, seat, word)

    def keep(self, screen: Screen) -> Screen:
        """Close a screen with the room."""
        return self._stack.enter_context(screen)

    def entries(self, kind: str = "") -> list[Entry]:
        """What the record holds by now."""
        return entries(self.host.save, kind)


@contextmanager
def room(
    home: Path,
    *arguments: str | Path,
    resume: Path | None = None,
    exercise: str | Path = "tutorial",
    port: int = 0,
) -> Iterator[Room]:
    """A room whose host and screens are ended with the block; see `hosting`."""
    started = hosting(home, *arguments, resume=resume, exercise=exercise, port=port)
    with started as host, ExitStack() as stack:
        yield Room(home, host, stack)


OPEN: list[Screen] = []
"""Every terminal that somebody sits at."""


def look(seconds: float) -> None:
    """Take what comes at any terminal within that time, and answer what terminals are asked."""
    ready = select.select([one.child for one in OPEN], [], [], seconds)[0]
    for one in OPEN[:]:
        if one.child in ready and not one._take():
            OPEN.remove(one)


class Screen:
    """A terminal with a client in it."""

    def __init__(self, child: pexpect.spawn[bytes], size: tuple[int, int]) -> None:
        self.child = child
        self.shown = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.shown)
        self.bytes = b""
        """All that ever came."""
        self.rows: set[str] = set()
        """Every row that was ever shown, where `keeps` asks for that."""
        self.flat = False
        """Whether words are looked for wherever its lines break."""
        self.keeps = False
        self.typed_last = ""
        """What was typed last: the same again is a key that is held, for a while."""
        self._lines: list[str] | None = None
        self._waited_for = ""
        """What was shown when the last wait ended."""
        self._acted: str | None = None
        """What was done here since; what is shown may be of before, until something is awaited."""
        self._screens = False
        """Whether it shows screens; else it is lines, of which the first scroll off its top."""
        self._stood = ""
        """What was shown when that was begun."""
        self._from = 0
        """Where what came begins that lines are looked for in."""
        self._rest = b""
        self._opened = self._closed = 0
        OPEN.append(self)

    @classmethod
    def of(cls, command: Sequence[str], size: tuple[int, int], env: dict[str, str]) -> Self:
        """A terminal of that size with a command in it."""
        child = pexpect.spawn(
            command[0], [*command[1:]], dimensions=(size[1], size[0]), env=env, timeout=LIMIT
        )
        child.delaybeforesend = None
        child.ptyproc.delayafterclose = child.ptyproc.delayafterterminate = 0.02
        return cls(child, size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Put the terminal away, whatever is still in it."""
        if self in OPEN:
            OPEN.remove(self)
        self.child.close(force=True)

    # --- what is shown ---

    @property
    def lines(self) -> list[str]:
        """What the terminal shows, row by row; the second half of a wide character is nothing.

        It is read once something was awaited: what is read right after an act is of before or of
        after, as it happens.
        """
        assert self._acted is None, f"after {self._acted!r}, wait for something, and then look"
        return self._now

    @property
    def _now(self) -> list[str]:
        if self._lines is None:
            across, buffer = range(self.shown.columns), self.shown.buffer
            rows = [buffer[y] for y in range(self.shown.lines)]
            self._lines = ["".join(row[x].data for x in across).rstrip() for row in rows]
        return self._lines

    @property
    def text(self) -> str:
        """The same in one piece."""
        return "\n".join(self.lines)

    @property
    def _readable(self) -> str:
        """What words are looked for in: what is painted, or all lines since something was typed."""
        if self._screens:
            text = "\n".join(self._now)
            return " ".join(text.split()) if self.flat else text
        return self.since(self._from)[1].replace("\r\n", "\n")

    @property
    def read_as_text(self) -> str:
        """All that ever came, without what steers the terminal."""
        return self.since(0)[1]

    def since(self, start: int) -> tuple[str, str]:
        """What came from that byte on: raw, and without what steers the terminal."""
        raw = self.bytes[start:].decode("utf-8", "replace")
        return raw, STEERS.sub("", raw)

    def last_frame(self, before: int) -> int:
        """Where the last frame that began before that byte begins."""
        return max(self.bytes.rfind(OPENS, 0, before), 0)

    @property
    def last_words(self) -> str:
        """What came after the screens were left."""
        return STEERS.sub("", self.bytes.rpartition(b"\x1b[?25h")[2].decode()).strip()

    @property
    def modes(self) -> dict[str, str]:
        """The modes of the terminal as they were left, those that `LEFT` speaks of."""
        found = {mode.decode(): how.decode() for mode, how in MODE.findall(self.bytes)}
        return {mode: how for mode, how in found.items() if mode in LEFT}

    def row_of(self, words: str) -> str:
        """The row with these words."""
        return next(row for row in self.lines if words in row)

    def place_of(self, words: str) -> tuple[int, int]:
        """Column and row of these words, from 1; only where no wide character stands before."""
        y = next(at for at, row in enumerate(self.lines) if words in row)
        return self.lines[y].index(words) + 1, y + 1

    # --- waiting ---

    def read(self, seconds: float = 0.1) -> bool:
        """Take what comes within that time; False where the client has gone.

        What comes at the other terminals is taken as well: a client whose terminal does not take
        what it writes stops altogether, and hears no key either.
        """
        ready = select.select([one.child for one in OPEN], [], [], seconds)[0]
        for one in OPEN[:]:
            if one is not self and one.child in ready and not one._take():
                OPEN.remove(one)
        return self._take() if self.child in ready or self not in OPEN else True

    def _take(self) -> bool:
        """Take what has come; False where the client has gone."""
        try:
            data = self.child.read_nonblocking(1 << 16, 0)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.bytes += data
        data = self._rest + data
        begun = BEGUN.search(data)
        data, self._rest = (data[: begun.start()], begun[0]) if begun else (data, b"")
        if SCREENS in data or NO_SCREENS in data:
            self._screens = data.rfind(SCREENS) > data.rfind(NO_SCREENS)
        self._opened += data.count(OPENS)
        self._closed += data.count(CLOSES)
        if FRAMES in data:
            self._send(SHOWS_FRAMES)
        self.stream.feed(UNREAD.sub(b"", data))
        self._lines = None
        if self.keeps and self._whole:
            self.rows.update(self._now)
        return True

    @property
    def _whole(self) -> bool:
        """Whether no frame is half painted."""
        return self._opened == self._closed

    def _shows(self, words: Sequence[str]) -> bool:
        text = self._readable
        if self._screens:
            return all(word in text for word in words)
        return all(word in " ".join(text.split()) or word in text for word in words)

    def _shown(self) -> Self:
        """Something was awaited, and came."""
        self._waited_for, self._acted = self._readable, None
        return self

    def until(self, *words: str, gone: bool = False) -> Self:
        """Wait until it shows all of these words, or until the client has gone.

        Words that stood there before what was done last prove nothing of it: that is an error of
        the test, whatever comes.
        """
        if self._acted is not None and self._screens and words and not gone:
            stood = all(word in self._waited_for for word in words)
            assert not stood, f"{words} stood there before {self._acted!r}:\n{self._waited_for}"
        limit = time.monotonic() + LIMIT
        while time.monotonic() < limit:
            if not gone and self._whole and self._shows(words):
                return self._shown()
            if not self.read():
                if gone or self._shows(words):
                    return self._shown()
                raise AssertionError(f"{words} never came before the end:\n{self._readable}")
        raise AssertionError(f"{words} never came:\n{self._readable}")

    def without(self, *words: str) -> Self:
        """Wait until it shows none of these words any more."""
        limit = time.monotonic() + LIMIT
        while not self._whole or any(word in self._readable for word in words):
            if time.monotonic() > limit or not self.read():
                raise AssertionError(f"one of {words} stayed:\n{self._readable}")
        return self._shown()

    def changes(self) -> Self:
        """Wait until it shows something else than before what was done last."""
        limit = time.monotonic() + LIMIT
        while not self._whole or self._readable == self._stood:
            if time.monotonic() > limit or not self.read():
                raise AssertionError(f"nothing came of {self._acted!r}:\n{self._readable}")
        return self._shown()

    def until_rows(self, first: int, rows: Sequence[str]) -> Self:
        """Wait until its rows from that one on, the top one being 0, are these."""
        limit = time.monotonic() + LIMIT
        while not self._whole or self._now[first:] != rows:
            if time.monotonic() > limit or not self.read():
                raise AssertionError(f"these rows never came:\n{rows}\nbut:\n{self._readable}")
        return self._shown()

    def asked(self, times: int) -> Self:
        """Wait until a code was asked for so many times: what was typed before opened nothing."""
        limit = time.monotonic() + LIMIT
        while self.bytes.count(PROMPT.encode()) < times:
            if time.monotonic() > limit or not self.read():
                raise AssertionError(f"no code was asked for the {times}. time:\n{self._readable}")
        return self._shown()

    def status(self) -> int:
        """The exit status of the client, once it has gone."""
        self.until(gone=True).close()
        return -1 if self.child.exitstatus is None else int(self.child.exitstatus)

    # --- doing something ---

    def type(self, keys: str) -> None:
        """Press keys; nobody hears them where the client has gone.

        What decides something is pressed by a hand, which needs a while to see what is new.
        """
        if keys[-1:] in ("\r", "]", "y", "x", "E", "u"):
            time.sleep((HELD if keys == self.typed_last else REACTION) + 0.1)
        self.typed_last = keys or self.typed_last
        if keys:
            self._acts(keys)
        self._send(keys)

    def _acts(self, what: str) -> None:
        """Something is done here: what is awaited from now on has to come of it, or after it."""
        if self._acted is None:
            self._stood = self._readable
        self._acted = (self._acted or "") + what
        self._from = len(self.bytes)

    def _send(self, keys: str) -> None:
        with suppress(OSError):
            self.child.send(keys.encode())

    def press(self, *steps: str) -> Self:
        """Keys and words in turn: press, wait for the words, press again."""
        for keys, words in zip(steps[::2], [*steps[1::2], ""], strict=False):
            self.type(keys)
            if words:
                self.until(words)
        return self

    def click(self, words: str) -> None:
        """A click with the left button on the second letter of these words."""
        x, y = self.place_of(words)
        self.type(f"\x1b[<0;{x + 1};{y}M\x1b[<0;{x + 1};{y}m")

    def resize(self, width: int, height: int) -> None:
        """Make the terminal another size."""
        self._acts(f"{width} by {height}")
        self.shown.resize(height, width)
        self._lines = None
        self.child.setwinsize(height, width)

    def leave(self) -> int:
        """Leave as a person does; the exit status."""
        self.press("q", "y Leave")
        self.type("y")
        return self.status()

    def drop(self) -> None:
        """The line is cut: the client is gone, and said nothing."""
        os.kill(self.child.pid, signal.SIGKILL)
        self.until(gone=True).close()
