"""Terminals of all kinds and sizes, Japanese on them, and all that the host does not do for ssh."""

from __future__ import annotations

import re
import socket
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pty_rig import until
from rich.cells import cell_len
from ssh_rig import (
    AIDE,
    BACK,
    CHIEF,
    EVALUATOR,
    LEAD,
    LEFT,
    MEMBER,
    MIDDLE,
    OTHER,
    SMALL,
    Player,
    Screen,
    folder,
    free_port,
    laid,
    rehearsal,
    room,
)

from ttx.session.notebook_events import Noted
from ttx.tui.theme import INKS

pytestmark = pytest.mark.slow

INDEXED = re.compile(rb"\x1b\[[0-9;]*[34]8;5;(\d+)")
FULL = re.compile(rb"\x1b\[[0-9;]*[34]8;2;")
NAMED = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])[;m]")
GREYS = {0, 7, 8, 15, 16, 59, 102, 145, 188, 231, *range(232, 256)}
TITLE, NEWS = (
    "ひとつの電話番号",
    "昨季は壊れた桟橋ひとつで五つの役所に電話し、五通りの返事をもらった。",
)
ANSWER, NOTE = "東京に窓口をひとつ", "日本語のメモ。半角ｶﾅと全角ＡＢＣ、①も。"


# --- sizes ---


def test_a_window_may_grow_and_shrink_in_the_middle(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        chief, lead = at.join(CHIEF, MIDDLE), at.join(LEAD)
        lead.press("3", "▸ 3", "+", "confidence 60%").until("Enter submits for the US cell")
        assert "YOUR COMMITMENT" not in lead.text
        lead.resize(*MIDDLE)
        lead.until("YOUR COMMITMENT", "answer      3 Promise it", "confidence  60%")
        chief.press("A").until("120x40", "Relief staff")
        lead.resize(60, 20)
        lead.until("80 by 24 or more, please; now 60 by 20.").without("QUESTION")
        lead.type("2\r")
        time.sleep(1)  # the client may tell of its window before what was typed before
        lead.resize(*SMALL)
        lead.until("▸ 3", "confidence 60%", "q leave").without("or more, please")
        assert 24 == len(lead.lines)
        assert [] == at.entries("Answered")
        assert 0 == lead.leave()
        assert LEFT == lead.modes


# --- Japanese ---


def in_japanese() -> dict[str, Any]:
    """The tutorial with Japanese beside the English of what is read first."""
    said = rehearsal().as_toml()
    said["languages"] = ["en", "ja"]
    said["title"] = {"en": said["title"], "ja": "練習"}
    inject = said["inject"][0]
    inject["title"] = {"en": inject["title"], "ja": TITLE}
    inject["message"]["text"][0] = {"en": inject["message"]["text"][0], "ja": NEWS}
    for option, words in zip(inject["option"], ("那覇に席を", ANSWER, "来年の約束"), strict=True):
        option["title"] = {"en": option["title"], "ja": words}
    for seat in said["seat"]:
        if seat["id"] == OTHER:
            seat["short"] = "東京の窓口"
    return said


def rows_of(screen: Screen) -> list[Any]:
    """The rows of a terminal, cell by cell."""
    return [screen.shown.buffer[y] for y in range(screen.shown.lines)]


def straight(screen: Screen) -> bool:
    """Whether each wide character has its two cells, and no row is longer than the others."""
    for row in screen.lines:
        if cell_len(row) > screen.shown.columns:
            return False
    for y in range(screen.shown.lines):
        cells = [screen.shown.buffer[y][x].data for x in range(screen.shown.columns)]
        for one, after in pairwise([*cells, " "]):
            if (cell_len(one) == 2) != (after == ""):
                return False
    return True


def test_japanese_is_shown_straight_and_written_down_as_it_was_typed(tmp_path: Path) -> None:
    with room(tmp_path, exercise=folder(tmp_path, in_japanese())) as at:
        chief, lead = at.join(CHIEF), at.knock(LEAD, at.host.codes[LEAD])
        lead.resize(*MIDDLE)
        lead.press("", "Two columns", "L", "日本語; L for English", "\r", "SITUATION")
        other = at.join(OTHER, MIDDLE)
        chief.press("]", "Levers of turn 1.", "]", "Close the levers without", "y")
        chief.press("", "slot of turn 1 is open", "]", "Deliberation")

        lead.until("練習", TITLE, f"2  {ANSWER}")
        left = "".join("".join(row[x].data for x in range(2, 69)).strip() for row in rows_of(lead))
        assert NEWS in left
        assert straight(lead)
        for y in range(3, 31):  # the cells between the two columns of this size stay empty
            assert "   " == "".join(lead.shown.buffer[y][x].data for x in (69, 70, 71)), lead.text

        lead.press("n", "Enter saves", NOTE, NOTE, "\r", "The note is in the record.")
        lead.press("2", f"2 {ANSWER}", "r", "Enter saves", "島が求めた。", "島が求めた。")
        lead.press("\r", "rationale   島が求めた。", "i", f"INJECT 1.1: {TITLE}")
        assert straight(lead)
        assert "One telephone number" in other.text
        assert [Noted(NOTE)] == [e.event for e in at.entries("Noted")]


# --- kinds of terminals ---


def test_each_terminal_gets_the_colours_and_signs_it_has(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:

        def join(seat: str, *options: str, term: str = "xterm-256color") -> Screen:
            who = Player(tmp_path, seat, options=options, term=term)
            return at.join(seat, SMALL, who).until("T1/2")

        usual = join(LEAD)
        assert INDEXED.search(usual.bytes)
        assert not FULL.search(usual.bytes)
        assert not usual.text.isascii()
        assert {*map(int, INDEXED.findall(usual.bytes))} - GREYS

        full = join(MEMBER, "-o", "SetEnv=COLORTERM=truecolor")
        assert FULL.search(full.bytes)
        assert not INDEXED.search(full.bytes)

        light = join(AIDE, "-o", "SetEnv=COLORTERM=truecolor TTX_THEME=light")
        grounds = {one.shown.buffer[5][79].bg for one in (full, light)}
        assert {INKS[name].bg.removeprefix("#") for name in ("ttx-dark", "ttx-light")} == grounds

        grey = join(OTHER, "-o", "SetEnv=NO_COLOR=1")
        assert {*map(int, INDEXED.findall(grey.bytes))} <= GREYS
        assert not FULL.search(grey.bytes)
        assert not NAMED.search(grey.bytes)

        plain = join(EVALUATOR, term="linux")
        assert plain.text.isascii()
        assert "2  One line in Tokyo" in plain.text
        assert NAMED.search(plain.bytes)
        assert not INDEXED.search(plain.bytes)
        assert not FULL.search(plain.bytes)


def test_what_a_terminal_is_counts_anew_each_time_it_comes(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        assert 0 == at.join(LEAD).leave()
        console = Player(tmp_path, LEAD, term="linux")
        plain = at.back(LEAD, SMALL, console).until(BACK)
        assert plain.text.isascii()
        assert 0 == plain.leave()
        chosen = at.back(LEAD).until(BACK)
        assert not chosen.text.isascii()
        chosen.press("\x10", "Search", "plain gl", "Plain glyphs", "\r")
        chosen.changes()
        until(lambda: chosen.read() and chosen.text.isascii())
        assert 0 == chosen.leave()
        again = at.back(LEAD).until(BACK)
        assert again.text.isascii()


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_without_a_cursor_gets_plain_lines(term: str, tmp_path: Path) -> None:
    with room(tmp_path) as at:
        who = Player(tmp_path, LEAD, term=term)
        screen = at.knock(LEAD, at.host.codes[LEAD], who).until("Enter: you are ready >")
        screen.press("noet\x7f\x7fte slow\x17quick\r", "The note is in the record.")
        screen.type("half\x15q\r")
        assert 0 == screen.status()
        assert ["quick"] == [e.event.text for e in at.entries("Noted")]  # type: ignore[attr-defined]
        assert "\x1b" not in screen.bytes.decode()


# --- only the game ---


def test_nothing_but_the_game_is_to_be_had(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        lead, mark = at.join(LEAD), tmp_path / "executed"
        at.join(MEMBER).leave()
        member = at.player(MEMBER)
        plain = member.command(at.host, MEMBER, tty=False)
        for words in (
            ["ls"],
            ["sh", "-c", f"touch {mark}"],
            [f"status; touch {mark}"],
            [f"$(touch {mark})"],
            ["x" * 100_000],
        ):
            done = member.run(at.host, MEMBER, *words)
            assert (2, "Only status and report can be asked for;") == (
                done.returncode,
                done.stdout[:40],
            ), words
        done = member.run(at.host, MEMBER, " STATUS ")
        assert (0, "EXERCISE ONLY") == (done.returncode, done.stdout[:13])

        secret = tmp_path / "run.seats.toml"
        copies = ["scp", *member.means, "-P", str(at.host.port)]
        there = f"{MEMBER}@127.0.0.1:"
        for refused in (
            [*copies, str(secret), f"{there}{mark}"],
            [*copies, f"{there}{secret}", str(mark)],
            [*copies, "-O", str(secret), f"{there}{mark}"],
            [*copies, "-O", f"{there}{secret}", str(mark)],
            ["sftp", *copies[1:], there],
            [*plain[:-1], "-s", plain[-1], "sftp"],
            [*plain[:-1], "-s", plain[-1], "shell"],
        ):
            done = member.try_(refused)
            assert done.returncode not in (0, None), refused
            assert "-O" in refused or "subsystem request failed" in done.stderr
        assert not mark.exists()
        lead.press("2", "▸ 2").until("Enter submits for the US cell")


def test_nothing_is_forwarded(tmp_path: Path) -> None:
    agent, local = tmp_path / "agent", free_port()
    with (
        room(tmp_path, resume=laid(tmp_path)) as at,
        socket.create_server(("127.0.0.1", 0)) as target,
        socket.socket(socket.AF_UNIX) as keeper,
    ):
        keeper.bind(str(agent))
        keeper.listen()
        for one in (target, keeper):
            one.setblocking(False)
        lead, port = at.join(LEAD), target.getsockname()[1]
        at.join(MEMBER).leave()
        member = at.player(MEMBER)
        plain = member.command(at.host, MEMBER, tty=False)
        strictly = ("-N", "-o", "ExitOnForwardFailure=yes")
        for refused in (
            ("-W", f"127.0.0.1:{port}"),
            (*strictly, "-R", f"0:127.0.0.1:{port}"),
            (*strictly, "-R", f"{agent}2:127.0.0.1:{port}"),
        ):
            assert 255 == member.try_([*plain[:-1], *refused, plain[-1]]).returncode, refused
        assert not agent.with_name("agent2").exists()

        all_of_it = (
            *("-L", f"127.0.0.1:{local}:127.0.0.1:{port}"),
            *("-o", f"ForwardAgent={agent}", "-X", "-o", "Tunnel=yes"),
            *("-o", "ControlMaster=yes", "-o", f"ControlPath={tmp_path / 'several'}"),
        )
        who = Player(tmp_path, MEMBER, options=all_of_it, more={"DISPLAY": "127.0.0.1:77"})
        beside = at.back(MEMBER, SMALL, who).until(BACK)
        with suppress(ConnectionError), socket.create_connection(("127.0.0.1", local)) as through:
            assert b"" == through.recv(1)
        several = ("-o", f"ControlPath={tmp_path / 'several'}", "-o", "ProxyCommand=false")
        second = Player(tmp_path, MEMBER, options=several).run(at.host, MEMBER, "status")
        assert (255, "") == (second.returncode, second.stdout)
        beside.press("2", "▸ 2", "\r", "Committed. Your cell's lead submits")
        lead.until("1 of 2 has committed")
        for one in (target, keeper):
            with pytest.raises(BlockingIOError):
                one.accept()


def test_a_theme_that_there_is_not_is_named_to_who_asked(tmp_path: Path) -> None:
    with room(tmp_path) as table:
        asked = {"TTX_THEME": "lihgt"}
        who = Player(tmp_path, LEAD, options=("-o", "SendEnv=TTX_*"), more=asked)
        table.knock(LEAD, table.host.codes[LEAD], who).until(
            "TTX_THEME is 'lihgt'; choose from dark, light, contrast."
        )
