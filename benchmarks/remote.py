"""Seats over SSH on one host: keys, joining, gates, memory and idling, twenty people at a time."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import bare, hosted
from benchmarks.crowd import REST, REST_MORE, STEP
from benchmarks.hosted import PEOPLE, Prepared, busy, hosting, memory, running, said
from benchmarks.measure import Contender, Figures, Row, Section, percentile
from benchmarks.painted import Painted
from benchmarks.run import Played
from benchmarks.screens import SIZE, environment
from benchmarks.terminal import Terminal
from ttx.tui.region import Box
from ttx.tui.theme import glyphs

ACTIVE = (1, 10, PEOPLE)
"""People who press keys; the screens of so many stand open."""
BLOCKS, KEYS = 5, 10
"""Keys on each side for each of these: so many blocks in turn, of so many keys."""
SETTLED = 1.0
"""Seconds after which a screen has loaded and painted all it was going to."""
IDLE = 5.0
"""Seconds in which nobody presses a key."""
HOPED = 4 * 2.0**20
"""Bytes that a further seat is hoped to take at most."""
BARE = "bare app, as many widgets"
ALONE = "a process per seat: `ttx resume`"
LOBBY, CONTROL = ["go in", "leave"], ["Close the deliberation", "leave"]
"""Words of a screen, in the order of its rows; the last stands in its last row."""
ASKED = "Go on"
"""Beside the answer to a question of the facilitator's screen."""
CLOSED = ("", ["adjudication", "leave"], ASKED)
RULED = ("confirm", ["review", "leave"], "")
COURSE = (
    *(CLOSED, RULED, ("", ["reckoning", "leave"], "")),
    ("reckoned", ["Reckoning of"], ""),
    ("", ["levers", "leave"], ""),
    ("", ["inject", "leave"], ASKED),
    ("release", ["deliberation", "leave"], ""),
    *(CLOSED, RULED, ("", ["outcome", "leave"], "")),
    ("turned", ["deliberation", "leave"], ""),
    *(CLOSED, RULED),
)
"""Gates from the crisis of a turn on: the figure, what players read then, what is asked before."""

SECTION = Section(
    "remote: seats over SSH at one host (real processes, wall time)",
    [
        *(
            Row(
                f"key to paint, {count} active seat{'s' if count > 1 else ''}, p{share}",
                BARE,
                f"ssh {count} p{share}",
                f"bare {count} p{share}",
                hope=1.3 if (count, share) == (PEOPLE, 95) else 0,
                gate=1.5 if (count, share) == (PEOPLE, 95) else 0,
            )
            for count in ACTIVE
            for share in (50, 95)
        ),
        Row("a plain asyncssh echo, p50", BARE, "echo p50", "bare 1 p50"),
        Row("connect, by code, until the lobby is painted", "bare Textual app", "lobby", "first"),
        Row("the same", f"{ALONE}, first paint", "lobby", "first alone"),
        Row("the same, the first to come", "bare Textual app", "lobby, first of all", "first"),
        Row("Enter until Table is painted", "bare Textual app", "enter", "first"),
        Row("the same, the first to come", "bare Textual app", "enter, first of all", "first"),
        Row(
            "release until the last of 20 is painted",
            "repaint",
            "release",
            "one repaint",
            hope=10,
            gate=20,
        ),
        Row("the same", "repaint, nothing known", "release", "repaint unknown"),
        Row("release after a ruling: another page", "repaint", "turned", "one repaint"),
        Row("confirmed ruling: another page", "repaint", "confirm", "one repaint"),
        Row("confirmed reckoning: the same page", "repaint", "reckoned", "one repaint"),
        Row(
            "memory of a further seat", ALONE, "seat", "alone", hope=1 / 8, gate=1 / 5, unit="bytes"
        ),
        Row("the same", "4 MiB", "seat", "hoped", hope=1, unit="bytes"),
        Row("the same", f"{BARE}, a process", "seat", "bare seat", unit="bytes"),
        Row("the host with one seat", ALONE, "host", "alone", unit="bytes"),
        Row("an idle seat of 20, share of a core", "", "idle", "", unit="share"),
    ],
)


def contenders(
    played: Played, boxes: Sequence[Box], count: int, screen: Painted, folder: Path
) -> list[Contender]:
    """One contender: each round has a host, a crowd and their peers of its own."""
    prepared = hosted.prepare(folder)
    places = json.dumps([list(box) for box in boxes])
    python = [sys.executable, "-m"]
    plain = [*python, "benchmarks.bare", "rows", places, str(count)]
    first = [*python, "benchmarks.bare", "first"]
    settings = environment(folder)

    def evening() -> Figures:
        with tempfile.TemporaryDirectory(dir=folder) as name, ExitStack() as held:
            room = Path(name)
            save = room / "alone.ttx.toml"
            played.save(save, played.entries[: played.asked]).close()
            figures = _alone(first, [*python, "ttx", "resume", str(save)], settings)
            peer = held.enter_context(Terminal(plain, SIZE, settings))
            peer.until(bare.SIGN.encode())
            pid, port = held.enter_context(hosting(prepared.copied(room / "host"), settings))
            crowd = held.enter_context(running(["benchmarks.crowd", str(port)], settings))
            echo = held.enter_context(running(["benchmarks.crowd", "echo"], settings))
            figures |= _seated(prepared, partial(ask, crowd), pid, peer)
            echoed = ask(crowd, "echo", int(said(echo)), BLOCKS * KEYS)
            figures |= {
                "echo p50": percentile(echoed, 50),
                "one repaint": screen.repaint(),
                "repaint unknown": screen.repaint_unknown(),
            }
            return figures | _gates(prepared, partial(ask, crowd))

    return [evening]


def ask(crowd: subprocess.Popen[bytes], what: str, *rest: object) -> Any:  # noqa: ANN401  # JSON
    """Have the crowd do something; what it found."""
    assert crowd.stdin is not None
    crowd.stdin.write(json.dumps([what, *rest]).encode() + b"\n")
    line = said(crowd)
    answer = json.loads(line) if line.startswith("{") else {"wrong": line}
    if "wrong" in answer:
        raise RuntimeError(answer["wrong"])
    return answer["found"]


def _alone(first: Sequence[str], ours: Sequence[str], settings: Mapping[str, str]) -> Figures:
    """What one seat takes that has a process of its own, and the bare app's first paint."""
    with Terminal(first, SIZE, settings) as terminal:
        figures = {"first": terminal.first(bare.READY.encode()), "hoped": HOPED}
    with Terminal(ours, SIZE, settings) as terminal:
        sign = glyphs().marked.encode()
        figures["first alone"] = terminal.first(sign)
        _keys(terminal, sign)
        time.sleep(SETTLED)
        figures["alone"] = memory(terminal.process.pid)
    return figures


def _keys(terminal: Terminal, sign: bytes) -> list[float]:
    found = []
    for number in range(KEYS):
        terminal.rest(REST + number % 8 * REST_MORE)
        found.append(terminal.key(STEP, sign))
    return found


def _seated(prepared: Prepared, tell: Callable[..., Any], pid: int, peer: Terminal) -> Figures:
    """Twenty people come; keys while they do, and what they take when all have come."""
    figures: Figures = {}
    came: list[list[float]] = []
    sign = glyphs().marked
    tables = [sign, "leave"]
    for count in ACTIVE:
        coming = prepared.players[len(came) : count]
        came += [tell("join", seat, prepared.codes[seat], LOBBY, tables) for seat in coming]
        ssh, plain = list[float](), list[float]()
        for _ in range(BLOCKS):
            ssh += tell("keys", KEYS, count, sign)
            plain += _keys(peer, bare.SIGN.encode())
        for name, values in (("ssh", ssh), ("bare", plain)):
            figures |= {f"{name} {count} p{share}": percentile(values, share) for share in (50, 95)}
        if count == 1:
            time.sleep(SETTLED)
            figures |= {"host": memory(pid), "bare seat": memory(peer.process.pid)}
    time.sleep(SETTLED)
    figures["seat"] = (memory(pid) - figures["host"]) / (PEOPLE - 1)
    before = busy(pid)
    time.sleep(IDLE)
    figures["idle"] = (busy(pid) - before) / IDLE / PEOPLE
    # The first to come waits for what is loaded once for all.
    figures["lobby, first of all"], figures["enter, first of all"] = came[0]
    lobby, enter = zip(*came[1:], strict=True)
    return figures | {"lobby": statistics.median(lobby), "enter": statistics.median(enter)}


def _gates(prepared: Prepared, tell: Callable[..., Any]) -> Figures:
    """The facilitator takes the table on, from the crisis of one turn into the turn after next."""
    chief = prepared.facilitator
    tell("facilitate", chief, prepared.codes[chief], LOBBY, CONTROL)
    found: dict[str, list[float]] = {}
    for name, words, question in COURSE:
        seconds = tell("gate", words, question)
        found.setdefault(name, []).append(seconds)
    return {name: statistics.median(seconds) for name, seconds in found.items() if name}
