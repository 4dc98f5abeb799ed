"""Streams that are closed, full or read by nobody, and surroundings that are not as one expects."""

from __future__ import annotations

import shlex
import signal
import stat
import subprocess
from pathlib import Path

import pytest
from kit.process import EXAMPLE, whole
from pty_rig import at, kept_on, line, surroundings
from ssh_rig import LIMIT, ROOT, ttx

from ttx.session.record import read

HOME = "Home needs a terminal; `ttx play accelerate --plain` plays in plain lines.\n"
FULL = "Standard output takes nothing more: No space left on device.\n"
CLOSED = "Standard output takes nothing more: Bad file descriptor.\n"


def in_shell(
    home: Path, words: str, without: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """What a shell makes of a line, with the program as `ttx`."""
    env = surroundings(home, [without], **more)
    done = subprocess.run(
        ["/bin/bash", "-c", f'ttx() {{ {shlex.join(ttx())} "$@"; }}; {words}'],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        env=env,
        cwd=ROOT,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "Something went wrong" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("ttx <&-", 2, HOME),
        ("ttx >&-", 2, HOME),
        ("ttx 2>&-", 2, ""),
        ("ttx <&- >&- 2>&-", 2, ""),
        ("ttx </dev/null", 2, HOME),
        ("ttx >/dev/full", 2, HOME),
        ("ttx play nothing 2>/dev/full", 2, ""),
        ("ttx --version >/dev/full", 1, FULL),
        ("ttx --version >&-", 1, CLOSED),
        ("ttx --help >/dev/full", 1, FULL),
        ("ttx schema >/dev/full", 1, FULL),
        ("ttx schema >&-", 1, CLOSED),
        ("ttx msel export tutorial >/dev/full", 1, FULL),
        (f"ttx verify {EXAMPLE} >/dev/full 2>&1", 1, ""),
        (f"ttx report {EXAMPLE} >/dev/full", 1, FULL),
        (f"ttx replay {EXAMPLE} --plain >&-", 1, CLOSED),
        ("ttx check tutorial <&- >/dev/null", 0, ""),
    ],
)
def test_a_stream_that_takes_or_gives_nothing_is_one_sentence(
    tmp_path: Path, words: str, code: int, told: str
) -> None:
    done = in_shell(tmp_path, words)

    assert (code, "", told) == (done.returncode, done.stdout, done.stderr)


@pytest.mark.slow
@pytest.mark.parametrize("words", [f"replay {EXAMPLE} --plain", f"report {EXAMPLE}", "schema"])
def test_a_reader_that_has_seen_enough_is_told_nothing(tmp_path: Path, words: str) -> None:
    done = in_shell(tmp_path, f'ttx {words} | head -1 >/dev/null; echo "${{PIPESTATUS[0]}}"')

    assert (f"{128 + signal.SIGPIPE}\n", "") == (done.stdout, done.stderr)


@pytest.mark.slow
def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    save = tmp_path / "run.ttx.toml"
    done = in_shell(tmp_path, f"ttx play tutorial --seed 1 --save {save} <&- >&- 2>&-")

    assert 1 == done.returncode  # the review could be told to nobody
    assert "closed" == read(save).entries[-1].phase
    assert whole(save)


@pytest.mark.slow
def test_screens_go_to_the_terminal_where_errors_go_elsewhere(tmp_path: Path) -> None:
    log = tmp_path / "log"
    one = at(tmp_path, redirect=f"2>{log}")
    one.screen.until("EXERCISES", "q quit")
    assert "" == log.read_text()
    one.screen.type("q")

    assert (0, "") == one.ended()


@pytest.mark.slow
@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_without_screens_gets_plain_lines(tmp_path: Path, term: str) -> None:
    save = tmp_path / "run.ttx.toml"
    words: list[str | Path] = ["play", "tutorial", "--seed", "1", "--save", save]
    one = at(tmp_path, *words, TERM=term) if term else at(tmp_path, *words, without=["TERM"])
    one.screen.until("Enter: ready, STARTEX >")
    assert f"(TERM is {term or 'not set'})" in " ".join(one.screen.read_as_text.split())
    one.screen.type("quit\r")
    status, said = one.ended()

    assert 0 == status
    assert b"\x1b" not in one.screen.bytes
    assert said.endswith(f"Saved. Go on with: ttx resume {save}")


@pytest.mark.parametrize("words", [(), ("--help",), ("host", "nothing")])
def test_a_terminal_without_screens_is_sent_no_sequence(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    one = at(tmp_path, *words, TERM="dumb")
    one.ended()

    assert b"\x1b" not in one.screen.bytes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "choices"),
    [("TTX_THEME", "lihgt", "dark, light, contrast"), ("TTX_GLYPHS", "utf8", "full, ascii")],
)
@pytest.mark.parametrize("verb", ["home", "play", "host"])
def test_what_is_asked_of_the_screens_and_is_not_there_is_named(
    tmp_path: Path, verb: str, name: str, value: str, choices: str
) -> None:
    save = tmp_path / "run.ttx.toml"
    words: list[str | Path] = [] if verb == "home" else [verb, "tutorial", "--save", save]
    given = {"TTX_THEME": "", "TTX_GLYPHS": "", name: value}
    one = at(tmp_path, *words, TTX_THEME=given["TTX_THEME"], TTX_GLYPHS=given["TTX_GLYPHS"])

    assert (2, f"{name} is '{value}'; choose from {choices}.") == one.ended()
    assert not save.exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["HOME", "XDG_DATA_HOME", "PATH", "LANG"])
def test_a_variable_that_is_missing_stops_nothing(tmp_path: Path, name: str) -> None:
    save = tmp_path / "run.ttx.toml"
    one = at(tmp_path, "play", "tutorial", "--save", save, without=[name])
    one.screen.until("STARTEX")
    one.screen.press("q", "y Leave")
    one.screen.type("y")

    assert (0, f"Saved. Go on with: ttx resume {save}") == one.ended()


def test_a_state_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    state = str(tmp_path / "file" / "state")
    broken = "from ttx.tui.page import Page\nPage.action_help = lambda _: 1 / 0"
    one = at(tmp_path, XDG_STATE_HOME=state, broken=broken)
    one.screen.until("EXERCISES")
    one.screen.type("?")

    told = "Something went wrong on a screen (ZeroDivisionError: division by zero)."
    assert (1, told) == one.ended()


def test_a_screen_that_fails_names_what_was_kept_and_how_to_go_on(tmp_path: Path) -> None:
    save = tmp_path / "run.ttx.toml"
    broken = "from ttx.tui.page import Page\nPage.action_help = lambda _: 1 / 0"
    one = at(tmp_path, "play", "tutorial", "--save", save, broken=broken)
    one.screen.until("STARTEX")
    one.screen.type("?")
    status, said = one.ended()
    first, last = said.splitlines()
    kept = tmp_path / "state" / "ttx" / "incidents.log"

    assert 1 == status
    number = first.partition("incident ")[2][:8]
    assert f"Something went wrong on a screen (incident {number}, kept in {kept})." == first
    assert f"Saved. Go on with: ttx resume {save}" == last
    assert f"incident {number}" in kept.read_text()
    assert "ZeroDivisionError: division by zero" in kept.read_text()
    assert 0o600 == stat.S_IMODE(kept.stat().st_mode)
    assert 0o700 == stat.S_IMODE(kept.parent.stat().st_mode)


@pytest.mark.slow
def test_a_terminal_that_was_never_given_back_is_told_of_once(tmp_path: Path) -> None:
    with line(tmp_path, "play", "tutorial", "--save", tmp_path / "run.ttx.toml") as killed:
        killed.until("STARTEX")
        name = (tmp_path / "state" / "ttx" / "screens" / str(killed.process.pid)).read_text()
        beside = at(tmp_path)
        beside.screen.until("EXERCISES")
        assert "ttx was ended" not in beside.screen.text  # it lives
        beside.send(signal.SIGTERM)
        beside.ended()
        killed.process.kill()
        killed.process.wait()
    assert kept_on(killed.heard)
    one = at(tmp_path)
    one.screen.until(f"ttx was ended at {name}", "type reset there")
    one.send(signal.SIGTERM)
    one.ended()
    again = at(tmp_path)
    again.screen.until("EXERCISES", "q quit")
    assert "ttx was ended" not in again.screen.text
    again.send(signal.SIGTERM)
    again.ended()
