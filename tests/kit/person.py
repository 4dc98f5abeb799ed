"""A person at the command line: what they type, and what they read."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def ttx_(*args: str | Path, words: str = "", code: int | None = 0) -> tuple[str, str]:
    """Run a verb as a person would, with `words` on a pipe; what it said on each stream.

    `code` is the exit code it has to leave with; None where that is not asked.
    """
    done = subprocess.run(
        [sys.executable, "-m", "ttx", *map(str, args)],
        cwd=ROOT,
        input=words,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert code in (None, done.returncode), done.stderr
    return done.stdout, done.stderr


def mistake(*args: str | Path) -> str:
    """The one sentence that answers a mistake in the asking."""
    out, err = ttx_(*args, code=2)
    assert "" == out
    said = [
        line
        for line in err.splitlines()
        if not line.startswith(("Seed ", "Input is no terminal, so robots"))
    ]
    assert 1 == len(said), err
    assert "Something went wrong" not in err
    return said[0]


def _own() -> None:
    """Make the terminal that of this process, so that its keys are heard as signals."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Person:
    """Somebody at a terminal."""

    def __init__(self, *args: str | Path) -> None:
        master, slave = pty.openpty()
        self.master, self.heard = master, ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ttx", *map(str, args)],
            cwd=ROOT,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_own,  # noqa: PLW1509  # no threads here, and ctrl+c needs a terminal of its own
        )
        os.close(slave)

    def hears(self, words: str, seconds: float = 120) -> str:
        """Wait for these words; all that was said up to them."""
        end = time.monotonic() + seconds
        while words not in self.heard:
            left = end - time.monotonic()
            assert left > 0, f"never said {words!r}: {self.heard[-500:]}"
            assert self._more(left), f"left without saying {words!r}: {self.heard[-500:]}"
        before, _, self.heard = self.heard.partition(words)
        return before

    def _more(self, seconds: float) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.heard += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)

    def types(self, words: str) -> None:
        os.write(self.master, words.encode())

    def leaves(self) -> int:
        """The exit code, once everything was heard."""
        while self._more(60):
            pass
        code = self.process.wait(60)
        os.close(self.master)
        assert "Traceback" not in self.heard
        return code
