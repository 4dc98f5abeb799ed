"""What the system gives a process and tells it: its streams, its terminal, the signals that end it.

A signal that asks for the end is heard once. Where screens or a hosted table run it is handed to
them, who give every terminal back; elsewhere it is raised as `Ended`, so that what is open is
closed on the way out. One that was ignored from the start (nohup, `&`) stays so.
"""

from __future__ import annotations

import io
import os
import select
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TextIO

from ttx.i18n import _

STOPS = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
"""The signals that ask a process to end."""
UNFIT = ("", "dumb", "unknown")
"""Values of TERM whose terminals cannot move their cursor, so that no screen can be shown."""

PATIENCE = 1.0
"""Seconds that a stream has to take the last words of a process that was asked to end."""

Told = Callable[[int], None]


class Ended(BaseException):
    """The process was asked to end, by the signal of that number."""

    def __init__(self, number: int) -> None:
        """By a signal."""
        super().__init__(number)
        self.number = number

    @property
    def status(self) -> int:
        """The exit status that shells give to it."""
        return 128 + self.number


_heard: list[int] = []
"""The signal that asked for the end, once one did."""
_told: list[Told] = []
"""Who is told of it, the last of them first."""


def begin() -> None:
    """Mend the streams, and listen for the signals that end a process."""
    _mend_streams()
    for number in STOPS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _hear)


def _hear(number: int, _: FrameType | None) -> None:
    if _heard:
        return  # a second one must not cut short the way out
    _heard.append(number)
    if not _told:
        raise Ended(number)
    _told[-1](number)


@contextmanager
def told(who: Told) -> Iterator[None]:
    """Have somebody told of a signal, with its number, instead of having it raised.

    They are called between any two steps of the main thread, and may only leave word for later.
    """
    _told.append(who)
    try:
        yield
    finally:
        _told.remove(who)


# --- streams ---


def _mend_streams() -> None:
    """Put something at each of the three streams that came closed, lest a file take its place.

    There is nothing to be read at the first; writing to the second fails, and to the third is lost.
    """
    for fd, name, flags, mode in (
        (0, "stdin", os.O_RDONLY, "r"),
        (1, "stdout", os.O_RDONLY, "w"),
        (2, "stderr", os.O_WRONLY, "w"),
    ):
        try:
            os.fstat(fd)
        except OSError:
            os.open(os.devnull, flags)  # the lowest number that is free, which is this one
        if getattr(sys, name) is None:
            stream = open(fd, mode, closefd=False, encoding="utf-8")  # noqa: SIM115  # it stays
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as standard error does: all is told


class Unsaid(Exception):
    """Standard output takes nothing more; what it could not take is dropped."""

    def __init__(self, error: OSError) -> None:
        """For that reason."""
        super().__init__(error.strerror)
        self.reader_left = isinstance(error, BrokenPipeError)
        """Whether that is only because who read it has seen enough."""


@contextmanager
def output() -> Iterator[TextIO]:
    """Standard output, and all that is written to it there; Unsaid where it takes nothing more."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        drop(sys.stdout)
        raise Unsaid(error) from None


def stuck(stream: TextIO) -> bool:
    """Whether the process is to end and a stream takes nothing, so that it would wait for ever."""
    return bool(_heard) and not select.select([], [stream], [], PATIENCE)[1]


def drop(stream: TextIO) -> None:
    """Have a stream lead nowhere, so that what it could not take is not tried again at the end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


# --- the terminal ---


def at_terminal() -> bool:
    """Whether somebody types at a terminal, and reads there."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def unfit() -> str:
    """Why the terminal cannot show screens, as a sentence; empty where it can."""
    term = os.environ.get("TERM", "")
    if term in UNFIT:
        return _("This terminal cannot show screens (TERM is {term}).", term=term or _("not set"))
    return ""


def hung_up(fd: int) -> bool:
    """Whether the terminal at a descriptor is gone, and not only silent."""
    try:
        termios.tcgetattr(fd)
    except termios.error:
        return True
    return False


def shell_waits() -> bool:
    """Whether a shell began this job and can bring it back once it is stopped.

    A group of processes whose parents all belong to it, or to another session, has nobody who
    would: stopped, it would stay so for ever.
    """
    mine, session, parent = os.getpgrp(), os.getsid(0), os.getppid()
    try:
        while os.getsid(parent) == session:
            if os.getpgid(parent) != mine:
                return True
            parent = _parent(parent)
    except OSError:
        pass
    return False


def _parent(of: int) -> int:
    """The parent of a process; OSError where the system does not tell."""
    with open(f"/proc/{of}/stat", encoding="utf-8") as file:  # noqa: PTH123  # no path is needed here
        return int(file.read().rpartition(") ")[2].split()[1])
