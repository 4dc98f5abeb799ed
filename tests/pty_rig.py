"""The program at a terminal of its own: what it asks of that, and whether it takes that back."""

from __future__ import annotations

import fcntl
import os
import re
import select
import shlex
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ssh_rig import LIMIT, MIDDLE, ROOT, STEERS, Screen, environment, look, ttx

ASKED = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
"""Modes that are set and taken back."""
USUAL = {b"7": b"h", b"25": b"h"}
"""The modes that a terminal has before anybody asks for any; all others are off."""
KEYBOARD = re.compile(rb"\x1b\[([<>=])[0-9;]*u")
"""What is laid on the stack of the kitty keyboard, and taken from it."""


def kept_on(said: bytes) -> dict[bytes, bytes]:
    """The modes that were not taken back, each as it was left."""
    last: dict[bytes, bytes] = {}
    for modes, how in ASKED.findall(said):
        last |= dict.fromkeys(modes.split(b";"), how)
    left = {mode: how for mode, how in last.items() if how != USUAL.get(mode, b"l")}
    depth = 0
    for how in KEYBOARD.findall(said):
        depth = max(0, depth + (1 if how == b">" else -1))
    return left | ({b"keyboard": b"h"} if depth else {})


def settings(fd: int) -> list[Any]:
    """Of the line, at either end of it; the size of the window is none of them."""
    return termios.tcgetattr(fd)


class Own(Screen):
    """One's own terminal."""

    @property
    def _whole(self) -> bool:
        """Whether no frame is half painted; leaving closes one also where none is open."""
        return self._opened <= self._closed


@dataclass
class At:
    """The program at a terminal."""

    screen: Screen
    before: list[Any]

    @property
    def pid(self) -> int:
        """Of the program."""
        return int(self.screen.child.pid)

    @property
    def lent(self) -> bool:
        """Whether the line is not as it was."""
        return settings(self.screen.child.child_fd) != self.before

    def send(self, *signals: signal.Signals) -> None:
        """Signals, one right behind the other."""
        for one in signals:
            os.kill(self.pid, one)

    def ended(self) -> tuple[int, str]:
        """The exit status, and what was said once the screens were left; all was given back."""
        self.screen.until(gone=True)
        after = settings(self.screen.child.child_fd)
        self.screen.child.wait()
        self.screen.close()
        assert self.before == after
        assert {} == kept_on(self.screen.bytes)
        status = self.screen.child.exitstatus
        assert status is not None, f"ended by signal {self.screen.child.signalstatus}"
        said = self.screen.bytes.rpartition(b"\x1b[?1049l")[2].decode("utf-8", "replace")
        assert "Traceback" not in self.screen.read_as_text
        return int(status), STEERS.sub("", said).strip().replace("\r\n", "\n")


def program(*words: str | Path, broken: str = "") -> list[str]:
    """The program as a command; `broken` is Python that is run before it, to break something."""
    if not broken:
        return ttx(*words)
    script = f"{broken}\nfrom ttx.__main__ import main\nmain()"
    return [sys.executable, "-c", script, *map(str, words)]


def surroundings(home: Path, without: Sequence[str] = (), **more: str) -> dict[str, str]:
    """The environment of somebody at a terminal, whose output is not flushed by itself."""
    env = environment(home, TERM="xterm-256color", XDG_STATE_HOME=str(home / "state"))
    for name in ("PYTHONUNBUFFERED", *without):
        env.pop(name, None)
    return env | more


def at(
    home: Path,
    *words: str | Path,
    size: tuple[int, int] = MIDDLE,
    redirect: str = "",
    without: Sequence[str] = (),
    broken: str = "",
    **more: str,
) -> At:
    """Start it; `redirect` is what a shell is told of its streams, `without` what it lacks."""
    master, slave = os.openpty()
    before = settings(slave)
    os.close(master)
    os.close(slave)
    # exec keeps the number of the process; env has no signal ignored, whoever started this.
    default = "env --default-signal=INT,HUP,QUIT,TERM,TSTP"
    run = f"exec {default} {shlex.join(program(*words, broken=broken))} {redirect}"
    command = ["sh", "-c", f"cd {shlex.quote(str(ROOT))}; {run}"]
    return At(Own.of(command, size, surroundings(home, without, **more)), before)


@dataclass
class Line:
    """A line to the program that is no terminal of its own: when it is cut, no signal says so."""

    process: subprocess.Popen[bytes]
    master: int
    heard: bytes = b""

    def until(self, words: str) -> None:
        """Wait until that came over it."""
        while words.encode() not in self.heard:
            assert select.select([self.master], [], [], LIMIT)[0], self.heard[-2000:]
            self.heard += os.read(self.master, 1 << 16)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.master, keys.encode())

    def cut(self) -> None:
        """It is no more."""
        os.close(self.master)


@contextmanager
def line(home: Path, *words: str | Path) -> Iterator[Line]:
    """Start the program at one."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    with subprocess.Popen(
        ttx(*words),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        cwd=ROOT,
        env=surroundings(home),
    ) as process:
        os.close(slave)
        try:
            yield Line(process, master)
        finally:
            process.kill()


def until(holds: Callable[[], object]) -> None:
    """Wait for something that cannot be waited for in another way, while all terminals are read."""
    limit = time.monotonic() + LIMIT
    while not holds():
        assert time.monotonic() < limit, "it never came about"
        look(0.02)
