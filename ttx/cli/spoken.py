"""What a verb says: notices to the person, results to whoever reads them; nothing else prints."""

from __future__ import annotations

import shutil
import sys
from typing import NoReturn

import typer

from ttx import process
from ttx.i18n import _
from ttx.shown import clean

USUAL, NARROWEST = 80, 20
"""Columns of a terminal where none is, and of a line at least."""


def notice(words: str) -> None:
    """A line for the person, beside the results; lost where standard error takes nothing."""
    try:
        if not process.stuck(sys.stderr):
            print(clean(words), file=sys.stderr, flush=True)
    except OSError:
        process.drop(sys.stderr)


def fail(words: str, code: int = 2) -> NoReturn:
    """One sentence, and out.

    Raises:
        typer.Exit: always, with the code.
    """
    notice(words)
    raise typer.Exit(code)


def columns() -> int:
    """Columns of a line of results: those of the terminal, less two; as of one where none is."""
    wide = shutil.get_terminal_size((USUAL, 0)).columns if sys.stdout.isatty() else USUAL
    return max(min(wide, USUAL) - 2, NARROWEST)


def say(line: str) -> None:
    """A line of the result, there as soon as it is said.

    Raises:
        Unsaid: output takes nothing more.
    """
    with process.output():
        print(clean(line))


def hand_over(*lines: str) -> None:
    """What a program reads: exactly so to a file or a pipe, and clean where a terminal shows it.

    Raises:
        Unsaid: as for `say`.
    """
    if sys.stdout.isatty():
        for line in lines:
            say(line)
        return
    text = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    with process.output() as stream:
        stream.flush()
        stream.buffer.write(text)


def pour(data: bytes, form: str) -> None:
    """A whole file as the output: text as `hand_over` does, anything else to a file or a pipe only.

    `form` is its ending.

    Raises:
        typer.Exit: Standard output is a terminal, and it is no text.
        Unsaid: as for `say`.
    """
    if form != "docx":
        hand_over(*data.decode().removesuffix("\n").split("\n"))
        return
    if sys.stdout.isatty():
        fail(_("A Word file is not for a terminal; name a file with --out."))
    with process.output() as stream:
        stream.flush()
        stream.buffer.write(data)


def asked(prompt: str) -> str:
    """Ask on the terminal; on standard error where the output goes elsewhere.

    Raises:
        EOFError: nothing more is typed there.
        Ended: the process was asked to end meanwhile.
    """
    stream = sys.stdout if sys.stdout.isatty() else sys.stderr
    try:
        print(clean(prompt), end="", flush=True, file=stream)
        line = sys.stdin.readline()
    except OSError:  # the terminal is gone
        line = ""
    except process.Ended:
        notice("")  # the echo of the key stands behind the prompt
        raise
    if not line:
        notice("")  # nor is a line ended where nothing more comes
        raise EOFError
    return line.rstrip("\n")
