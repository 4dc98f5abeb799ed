"""A person's terminal brought to a host on the same machine: a relay between the tty and a socket.

The system's own sshd runs it, for sites that allow no second SSH server: the seat stands in
`command="ttx join --socket PATH --seat SEAT"` beside each key. No code is asked for here; sshd has
asked for the key, and whoever may run commands as the host's user can take any seat.

It looks into nothing that it carries. Whatever ends it, the terminal is given back first.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ttx.i18n import N_, _
from ttx.remote import frames
from ttx.remote.frames import Frames, MalformedError, frame

IN, OUT = 0, 1
AHEAD = 16 * 1024
"""Bytes typed that the host has not taken, from which on the terminal is not read."""

GONE = N_("The host is gone; your seat is kept. Connect again once it runs, or ask the host.")
NOBODY = N_("Nobody hosts at {path}: {why}. Ask the host to start ttx host with --socket {path}.")
STRANGE = N_(
    "What answers at {path} is not this version of ttx; run host and join from one installation."
)


def join(path: Path, seat: str) -> tuple[int, str]:
    """Sit at a seat until it is left; the exit status, and a sentence for the person or nothing.

    There are no screens without a terminal, nor with a command, which sshd hands over in
    `SSH_ORIGINAL_COMMAND`: the host answers with lines, or plays in them. `Ended`, the terminal
    given back, where a signal asks for the end.
    """
    word = os.environ.get("SSH_ORIGINAL_COMMAND")
    term = os.environ.get("TERM", "")
    parts = Frames()
    os.set_blocking(OUT, True)  # whatever ran at this terminal before may have changed that
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(path))
        except OSError as error:
            return 1, _(NOBODY, path=path, why=(error.strerror or str(error)).lower())
        try:
            asked, leave = _greeted(line, parts)
            if word is not None or not (os.isatty(IN) and os.isatty(OUT)):
                types = not word or word.strip().casefold() == frames.LINES
                return _relay(line, parts, _hello(seat, None, word or "", asked), types=types)
            with _watched() as wake, _lent(leave):
                return _relay(line, parts, _hello(seat, term, "", asked), wake)
        except ConnectionError:
            return 1, _(GONE)
        except MalformedError:
            return 1, _(STRANGE, path=path)


def _greeted(line: socket.socket, parts: Frames) -> tuple[list[str], bytes]:
    """What the host says first: what it looks at in an environment, and what leaves its screens."""
    while (greeting := parts.line()) is None:
        parts.add(_received(line))
    try:
        known: Any = json.loads(greeting)
        if known["version"] != frames.VERSION:
            raise MalformedError("Another version.")
        return [str(name) for name in known["asked"]], str(known["leave"]).encode()
    except (ValueError, KeyError, TypeError, RecursionError):
        raise MalformedError("No greeting of this version.") from None


def _hello(seat: str, term: str | None, word: str, asked: list[str]) -> bytes:
    """Who comes, with what terminal if screens are wanted, for what."""
    columns, rows = _size()
    hello = {
        "version": frames.VERSION,
        "seat": _value(seat),
        "term": None if term is None else _value(term),
        "environment": {name: _value(os.environ[name]) for name in asked if name in os.environ},
        "columns": columns,
        "rows": rows,
        "word": _value(word),
    }
    return json.dumps(hello).encode() + b"\n"


def _value(text: str) -> str:
    """As much of it as is looked at; an environment may hold bytes that are no text."""
    return os.fsencode(text[: frames.VALUE]).decode("utf-8", "replace")


def _size() -> tuple[int, int]:
    with suppress(OSError):
        return os.get_terminal_size(OUT)
    return 0, 0


# --- the terminal ---


@contextmanager
def _lent(leave: bytes) -> Iterator[None]:
    """Hand every key through as it is; afterwards, all is as it was.

    Where the host could not leave its screens that is done here, as far as the terminal takes it:
    one that reads nothing must not keep this process from ending.
    """
    before = termios.tcgetattr(IN)
    try:
        tty.setraw(IN, termios.TCSANOW)
        yield
    except BaseException:
        with suppress(OSError):
            os.set_blocking(OUT, False)
            os.write(OUT, leave)
        os.set_blocking(OUT, True)
        raise
    finally:
        with suppress(termios.error):  # there may be no terminal any more
            termios.tcsetattr(IN, termios.TCSANOW, before)
            termios.tcflush(IN, termios.TCIFLUSH)  # clicks on a screen that is not there any more


@contextmanager
def _watched() -> Iterator[int]:
    """What can be read once the size may have changed."""
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.signal(signal.SIGWINCH, lambda *_: None)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # stopped, it would leave the terminal raw
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    try:
        yield wake
    finally:
        signal.set_wakeup_fd(-1)
        os.close(wake)
        os.close(woken)


# --- the bytes ---


def _relay(
    line: socket.socket,
    parts: Frames,
    hello: bytes,
    wake: int | None = None,
    *,
    types: bool = True,
) -> tuple[int, str]:
    """Carry bytes both ways until the host says how it ended.

    Each side is read only as fast as the other one takes; what is typed, where somebody `types`.

    Raises:
        ConnectionError: the host is gone.
    """
    line.setblocking(False)
    out, typing, open_ = bytearray(hello), types, types
    while True:
        reads: list[socket.socket | int] = [line, *([] if wake is None else [wake])]
        if typing and len(out) < AHEAD:
            reads.append(IN)
        ready, takes, _ = select.select(reads, [line] if out else [], [])
        if wake is not None and wake in ready:
            os.read(wake, frames.MOST)
            out += frame(frames.SIZE, frames.CELLS.pack(*_size())) if open_ else b""
        if IN in ready:
            typed = _typed()
            typing = bool(typed)
            out += frame(frames.DATA, typed) if typed else b""
        if takes:
            try:
                del out[: line.send(out)]
            except OSError:  # it listens no more; what it said last is still to be read
                out.clear()
                typing = open_ = False
        if open_ and not typing and not out:
            open_ = False
            with suppress(OSError):
                line.shutdown(socket.SHUT_WR)
        if line in ready:
            parts.add(_received(line))
            if (ended := _shown(parts)) is not None:
                return ended


def _typed() -> bytes:
    """What is typed; nothing where the terminal is gone."""
    with suppress(OSError):
        return os.read(IN, frames.MOST // 4)
    return b""


def _received(line: socket.socket) -> bytes:
    """What the host says next.

    Raises:
        ConnectionError: it is gone.
    """
    data = line.recv(frames.MOST)
    if not data:
        raise ConnectionError
    return data


def _shown(parts: Frames) -> tuple[int, str] | None:
    """Show what came; how it ended, if it did."""
    while (part := parts.next()) is not None:
        kind, load = part
        if kind == frames.END and load:
            return load[0], load[1:].decode("utf-8", "replace")
        if kind != frames.DATA:
            raise MalformedError("A frame of no known kind.")
        try:
            while load:
                load = load[os.write(OUT, load) :]
        except OSError:  # there is nobody left to show it, or to tell
            raise SystemExit(1) from None
    return None
