"""What a person sees: Home's first paint and a key's echo, against Textual with nothing in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks import ROOT, bare
from benchmarks.measure import Contender, Figures, Row, Section, percentile
from benchmarks.terminal import Terminal
from ttx.tui.region import Box
from ttx.tui.theme import glyphs

SIZE = (120, 40)
KEYS = 25
"""Keys for each app in a round."""
IMPORTS = {
    "import textual": "import textual.app",
    "import home": "import ttx.cli, ttx.tui.app",
    "import table": "import ttx.tui.app, ttx.tui.screens.table",
    "import cli": "import ttx.cli",
}
LEAVING = b"quit"
"""The last word of Home, in its last row."""

SECTION = Section(
    "screens (real processes on a pseudo-terminal, wall time)",
    [
        Row("first paint of Home", "bare Textual app", "home", "bare", hope=1.3, gate=1.5),
        Row("import of `ttx.cli` alone", "import of textual.app", "import cli", "import textual"),
        Row("import up to Home", "import of textual.app", "import home", "import textual"),
        Row("import up to Table", "import of textual.app", "import table", "import textual"),
        Row("key to paint on Table, p50", "bare app, as many widgets", "p50", "bare p50"),
        Row(
            "key to paint on Table, p95",
            "bare app, as many widgets",
            "p95",
            "bare p95",
            hope=1.3,
            gate=1.5,
        ),
    ],
)


def environment(home: Path) -> dict[str, str]:
    """A terminal of today, and nobody's settings."""
    found = {k: v for k, v in os.environ.items() if not k.startswith(("TTX_", "TEXTUAL", "XDG_"))}
    found.pop("NO_COLOR", None)
    return found | {
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def contenders(
    save: Path, boxes: Sequence[Box], count: int, home: Path
) -> Iterator[list[Contender]]:
    """Both apps stay open for the keys; for the first paint each is started anew."""
    settings = environment(home)
    python = [sys.executable, "-m"]
    places = json.dumps([list(box) for box in boxes])
    ours = [*python, "ttx", "resume", str(save)]
    theirs = [*python, "benchmarks.bare", "rows", places, str(count)]
    sign = glyphs().marked.encode()

    def first(name: str, program: list[str], mark: bytes) -> Figures:
        with Terminal(program, SIZE, settings) as terminal:
            return {name: terminal.first(mark)}

    def imported(name: str, what: str) -> Figures:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", what], check=True, cwd=ROOT, env=settings)
        return {name: time.perf_counter() - began}

    with Terminal(ours, SIZE, settings) as table, Terminal(theirs, SIZE, settings) as plain:
        table.until(sign)
        plain.until(bare.SIGN.encode())
        yield [
            partial(first, "home", [*python, "ttx"], LEAVING),
            partial(first, "bare", [*python, "benchmarks.bare", "first"], bare.READY.encode()),
            *(partial(imported, name, what) for name, what in IMPORTS.items()),
            partial(_keys, table, sign, plain, bare.SIGN.encode()),
        ]


def _keys(table: Terminal, sign: bytes, plain: Terminal, other: bytes) -> Figures:
    """Keys to the two apps in turn."""
    found: dict[str, list[float]] = {"": [], "bare ": []}
    for number in range(KEYS):
        for name, terminal, mark in (("", table, sign), ("bare ", plain, other)):
            # Uneven rests, so that keys fall anywhere between two ticks of the repaint timer.
            terminal.rest(0.03 + number % 8 * 0.004)
            found[name].append(terminal.key(b"j", mark))
    return {
        f"{name}p{share}": percentile(values, share)
        for name, values in found.items()
        for share in (50, 95)
    }
