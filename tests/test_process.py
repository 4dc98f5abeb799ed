"""Every way of ending gives every terminal back, says what is saved, and leaves nothing locked."""

from __future__ import annotations

import os
import re
import shlex
import signal
import time
from pathlib import Path

import pytest
from kit.process import EXAMPLE, whole
from pty_rig import Own, at, kept_on, line, surroundings, until
from ssh_rig import (
    LIMIT,
    MIDDLE,
    ROOT,
    Screen,
    ttx,
)

from ttx.tui.terminal import LEAVE

pytestmark = pytest.mark.slow

OTHER_EXAMPLE = ROOT / "saves" / "examples" / "little-of-it-matters.ttx.toml"
TERM, HUP, INT, QUIT = signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT
SHOWN = {
    "home": "EXERCISES",
    "play": "STARTEX",
    "replay": "help",
    "compare": "help",
}
"""What each verb shows once its screens stand."""


def verb(name: str, save: Path) -> list[str | Path]:
    """The words of a verb; a run that it plays is kept at `save`."""
    words: dict[str, list[str | Path]] = {
        "home": [],
        "play": ["play", "tutorial", "--seed", "1", "--save", save],
        "replay": ["replay", EXAMPLE],
        "compare": ["compare", EXAMPLE, OTHER_EXAMPLE],
    }
    return words[name]


@pytest.fixture
def save(tmp_path: Path) -> Path:
    return tmp_path / "run.ttx.toml"


# --- signals at one's own screens ---


@pytest.mark.parametrize(
    ("name", "signals"),
    [
        *(("play", signals) for signals in [(TERM,), (HUP,), (INT,), (QUIT,), (TERM, TERM, HUP)]),
        *((name, (number,)) for name in ("home", "replay", "compare") for number in (TERM, HUP)),
    ],
)
def test_a_signal_gives_the_terminal_back(
    tmp_path: Path, save: Path, name: str, signals: tuple[signal.Signals, ...]
) -> None:
    one = at(tmp_path, *verb(name, save))
    one.screen.until(SHOWN[name])
    assert one.lent
    assert kept_on(one.screen.bytes)
    one.send(*signals)
    status, said = one.ended()

    assert status in [128 + one for one in signals]  # the system says which of them came first
    assert (f"Saved. Go on with: ttx resume {save}" if name == "play" else "") == said
    assert name != "play" or whole(save)


def test_a_run_that_began_on_home_says_how_to_go_on(tmp_path: Path, save: Path) -> None:
    begun = at(tmp_path, *verb("play", save))
    begun.screen.until("STARTEX")
    begun.send(TERM)
    begun.ended()
    broken = (
        "import ttx.session.save_paths as s\nfrom pathlib import Path\n"
        f"s.saves_folder = lambda: Path({str(tmp_path)!r})"
    )
    one = at(tmp_path, broken=broken)
    one.screen.until("EXERCISES", "in play")
    one.screen.type("c")
    one.screen.until("STARTEX")
    one.send(HUP)

    assert (129, f"Saved. Go on with: ttx resume {save}") == one.ended()
    assert whole(save)


def test_a_signal_before_the_first_painting_gives_the_terminal_back(
    tmp_path: Path, save: Path
) -> None:
    one = at(tmp_path, *verb("play", save))
    until(lambda: one.screen.read() and b"\x1b[?1049h" in one.screen.bytes)
    one.send(TERM)

    status, said = one.ended()
    # What the program had asked the terminal may be answered when it is the shell's again.
    assert (143, f"Saved. Go on with: ttx resume {save}") == (status, said.partition("\n")[0])
    assert whole(save)


def test_a_signal_while_the_verb_is_loaded_is_an_exit_status(tmp_path: Path) -> None:
    # It comes in the middle of an import, where whatever it raised could be swallowed.
    broken = "import os, ttx.exercise.load as one\none.load = lambda _: os.kill(os.getpid(), 15)"
    one = at(tmp_path, "play", "tutorial", broken=broken)

    assert (143, "") == one.ended()


def test_a_page_that_waits_does_not_keep_the_terminal(tmp_path: Path, save: Path) -> None:
    broken = (
        "import asyncio\nfrom ttx.tui.app import TtxApp\n"
        "async def wait(self): self.shell.say_on_top('waiting'); await asyncio.sleep(3600)\n"
        "TtxApp.action_copy_or_leave = wait"
    )
    one = at(tmp_path, *verb("play", save), broken=broken)
    one.screen.until("STARTEX")
    one.screen.press("\x03", "waiting")
    one.send(TERM)

    assert (143, f"Saved. Go on with: ttx resume {save}") == one.ended()


def test_a_terminal_that_takes_nothing_does_not_keep_the_program(
    tmp_path: Path, save: Path
) -> None:
    with line(tmp_path, *verb("play", save)) as one:
        one.until("STARTEX")
        for _ in range(40):
            one.type("?q")  # each paints the screen, and nobody reads
        one.process.send_signal(TERM)
        assert 143 == one.process.wait(LIMIT)
    assert whole(save)


@pytest.mark.parametrize("name", ["home", "play", "replay", "compare"])
def test_a_terminal_that_is_gone_ends_the_screens(tmp_path: Path, save: Path, name: str) -> None:
    with line(tmp_path, *verb(name, save)) as one:
        one.until(SHOWN[name])
        one.cut()
        assert 129 == one.process.wait(LIMIT)
    assert name != "play" or whole(save)


def test_bytes_that_are_no_text_end_no_screen(tmp_path: Path, save: Path) -> None:
    one = at(tmp_path, *verb("play", save))
    one.screen.until("STARTEX")
    os.write(one.screen.child.child_fd, b"\xff\xfe\x80\x1b[<999999999999;1;1M\x1b[99999999999u")
    one.screen.keeps = True
    for _ in range(6):  # a key that comes in one piece with rubbish may go with it
        one.screen.type("?")
        later = time.monotonic() + 5
        while not helped(one.screen) and time.monotonic() < later:
            one.screen.read()
        if helped(one.screen):
            break
    until(lambda: one.screen.read() and helped(one.screen))
    one.send(TERM)

    assert 143 == one.ended()[0]


def helped(screen: Screen) -> bool:
    """Whether help was ever shown: a key that comes late closes it again."""
    return any("EVERYWHERE" in row for row in screen.rows)


# --- plain lines ---


@pytest.mark.parametrize("number", [TERM, HUP, INT, QUIT])
def test_a_signal_at_a_prompt_says_how_to_go_on(
    tmp_path: Path, save: Path, number: signal.Signals
) -> None:
    one = at(tmp_path, *verb("play", save), "--plain")
    one.screen.until("Enter: ready, STARTEX >")
    one.send(number)
    status, said = one.ended()

    assert 128 + number == status
    assert said.endswith(f"Saved. Go on with: ttx resume {save}")
    assert whole(save)


def test_a_prompt_whose_terminal_is_gone_ends(tmp_path: Path, save: Path) -> None:
    with line(tmp_path, *verb("play", save), "--plain") as one:
        one.until("Enter: ready, STARTEX >")
        one.cut()
        assert 0 == one.process.wait(LIMIT)
    assert whole(save)


def test_robots_that_are_stopped_say_how_to_go_on(tmp_path: Path, save: Path) -> None:
    one = at(
        tmp_path,
        *("play", "accelerate", "--robots", "keep", "--seed", "1", "--plain", "--save", save),
    )
    until(lambda: save.exists() and b"[[event]]" in save.read_bytes())
    one.send(TERM, TERM)
    status, said = one.ended()

    assert 143 == status
    assert said.endswith(f"Saved. Go on with: ttx resume {save}")
    assert whole(save)


# --- ctrl+z ---


def shell(home: Path) -> Own:
    """A shell that knows of jobs, and the program as `t`."""
    screen = Own.of(["bash", "--norc", "-i"], MIDDLE, surroundings(home, PS1="$ "))
    return tells(screen, f"cd {ROOT}; t() {{ {shlex.join(ttx())} \"$@\"; }}; echo re''ady", "ready")


def tells(screen: Own, what: str, *words: str) -> Own:
    """Type something, and wait for words that come after it."""
    before = len(screen.bytes)
    screen.type(what if what.startswith("\x1a") else f"{what}\r")
    until(lambda: screen.read() and all(one.encode() in screen.bytes[before:] for one in words))
    return screen


def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again(
    tmp_path: Path, save: Path
) -> None:
    with shell(tmp_path) as screen:
        play = shlex.join(ttx(*verb("play", save)))
        tells(screen, play, "STARTEX")
        tells(screen, "\x1a", "Stopped", "$ ")
        # The shell asks for pastes in brackets itself.
        assert {} == {mode: how for mode, how in kept_on(screen.bytes).items() if mode != b"2004"}
        assert b"ttx stands still; fg goes on." in screen.bytes
        tells(screen, "fg", "STARTEX", "Ready")
        assert b"1049" in kept_on(screen.bytes)
        tells(screen, "\x1a", "Stopped", "$ ")
        tells(screen, "bg", "&")
        until(lambda: b"Stopped" in tells(screen, "jobs", "jobs\r\n", "$ ").bytes[-400:])
        assert b"1049" not in kept_on(screen.bytes)
        tells(screen, "kill %1", f"Saved. Go on with: ttx resume {save}")
        assert b"1049" not in kept_on(screen.bytes)
    assert whole(save)


def test_where_no_shell_waits_ctrl_z_stops_nothing(tmp_path: Path, save: Path) -> None:
    one = at(tmp_path, *verb("play", save))
    one.screen.until("STARTEX")
    one.screen.press("\x1a", "No shell waits behind these screens")
    one.send(signal.SIGTSTP)
    one.screen.press("?", "EVERYWHERE", "q").without("EVERYWHERE").until("STARTEX")
    one.send(TERM)

    assert 143 == one.ended()[0]


def test_a_terminal_that_was_behind_is_painted_whole_once_it_reads(
    tmp_path: Path, save: Path
) -> None:
    prompt = at(tmp_path, *verb("play", save))
    prompt.screen.until("STARTEX")
    prompt.screen.press("?", "EVERYWHERE")
    few = "import ttx.tui.terminal as one\none.AHEAD = 2000"
    behind = at(tmp_path, *verb("play", save.with_name("other.ttx.toml")), broken=few)
    behind.screen.until("STARTEX")
    for keys in ("?", "q", "?", "q", "?"):
        behind.screen.type(keys)
        until(lambda: still(behind.pid))
    behind.screen.until_rows(2, prompt.screen.lines[2:])
    for one in (prompt, behind):
        one.send(TERM)
        assert 143 == one.ended()[0]


def still(pid: int) -> bool:
    """Whether a process does nothing for a while: it has dealt with all that was typed."""
    before = worked(pid)
    time.sleep(0.5)
    return worked(pid) == before


def worked(pid: int) -> str:
    """The processor time that a process has taken."""
    return " ".join(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[11:13])


def test_the_page_takes_back_all_that_screens_ask_of_a_terminal() -> None:
    page = (ROOT / "docs" / "remote.md").read_text("utf-8")
    line = next(one for one in page.splitlines() if one.startswith("printf "))
    missing = [one for one in re.findall(r"\[(\?\d+[hl]|<u)", LEAVE) if f"[{one}" not in line]
    assert [] == missing
