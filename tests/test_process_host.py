"""Every way of ending a host gives back its own terminal and each player's, with a farewell."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from kit.process import whole
from pty_rig import At, at, kept_on, line, surroundings, until
from ssh_rig import CHIEF, LEAD, LIMIT, ROOT, Door, Player, Screen, codes_in, free_port, ttx

from ttx.remote.host import FAREWELL, READY

pytestmark = pytest.mark.slow

TERM, HUP, INT, QUIT = signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT
STANDS = "Control"
"""What the facilitator's screen shows."""
BREAKS = (
    "from ttx.tui.screens.control import ControlScreen\n"
    "def fail(self, *_): raise ZeroDivisionError('secret')\n"
    "ControlScreen.action_help = fail"
)
"""`?` ends the facilitator's screen."""


def host(save: Path, port: int, *more: str) -> list[str | Path]:
    """The words of a host."""
    return ["host", "tutorial", "--seed", "1", "--save", save, "--port", str(port), *more]


@dataclass
class Table:
    """A host at a terminal, and a player at another."""

    host: At
    player: Screen
    door: Door
    save: Path

    @property
    def again(self) -> str:
        """How it says that the run goes on."""
        return f"Saved. Go on with: ttx host --resume {self.save} --port {self.door.port}"

    def ended(self) -> tuple[int, str]:
        """The exit status of the host, and its last words; the player has theirs back as well."""
        status, said = self.host.ended()
        assert 0 == self.player.status()
        assert {} == kept_on(self.player.bytes)
        assert FAREWELL == self.player.last_words
        assert whole(self.save)
        return status, said


@contextmanager
def table(home: Path, *more: str, broken: str = "", redirect: str = "") -> Iterator[Table]:
    """A host that is ready, with a player at the table."""
    save, port = home / "run.ttx.toml", free_port()
    one = at(home, *host(save, port, *more), broken=broken, redirect=redirect)
    one.screen.until(READY)
    door = Door(port, codes_in(one.screen.read_as_text.replace("\r\n", "\n")))
    with ExitStack() as stack:
        stack.callback(one.screen.close)
        player = stack.enter_context(Player(home, LEAD).join(door, LEAD))
        yield Table(one, player, door, save)


@pytest.mark.parametrize("number", [TERM, HUP, INT, QUIT])
def test_a_signal_at_the_screens_of_a_host(tmp_path: Path, number: signal.Signals) -> None:
    with table(tmp_path) as one:
        one.host.screen.press("\r", STANDS)
        assert one.host.lent
        one.host.send(number, number)

        assert (128 + number, one.again) == one.ended()


@pytest.mark.parametrize("more", [(), ("--headless",)])
@pytest.mark.parametrize("number", [TERM, HUP, INT])
def test_a_signal_at_a_host_that_waits(
    tmp_path: Path, number: signal.Signals, more: tuple[str, ...]
) -> None:
    with table(tmp_path, *more) as one:
        one.host.send(number, number)
        status, said = one.ended()

        assert 128 + number == status
        assert said.endswith(" ".join((one.again, *more)))


def test_ctrl_c_closes_a_headless_table(tmp_path: Path) -> None:
    with table(tmp_path, "--headless") as one:
        one.host.screen.type("\x03")

        assert 130 == one.ended()[0]


@pytest.mark.parametrize("entered", [True, False])
def test_a_host_whose_terminal_is_gone_says_farewell(tmp_path: Path, *, entered: bool) -> None:
    save, port = tmp_path / "run.ttx.toml", free_port()
    with line(tmp_path, *host(save, port)) as one:
        one.until("Enter opens your own screen")
        door = Door(port, codes_in(one.heard.decode().replace("\r\n", "\n")))
        with Player(tmp_path, LEAD).join(door, LEAD) as player:
            if entered:
                one.type("\r")
                one.until("MSEL")
            one.cut()
            assert 0 == player.status()
            assert {} == kept_on(player.bytes)
            assert FAREWELL == player.last_words
        assert 129 == one.process.wait(LIMIT)
    assert whole(save)


def test_the_end_of_a_line_at_the_prompt_is_not_the_end_of_the_terminal(tmp_path: Path) -> None:
    with table(tmp_path) as one:
        one.host.screen.press("\x04", "", "\r", STANDS)
        one.host.send(TERM)

        assert 143 == one.ended()[0]


def test_codes_are_there_as_soon_as_they_are_said(tmp_path: Path) -> None:
    save, port, log = tmp_path / "run.ttx.toml", free_port(), tmp_path / "log"
    with (
        log.open("w") as out,
        subprocess.Popen(
            ttx(*host(save, port, "--headless")),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=surroundings(tmp_path),
            cwd=ROOT,
        ) as process,
    ):
        until(lambda: READY in log.read_text() or process.poll() is not None)
        codes = codes_in(log.read_text())
        process.terminate()
        process.wait(LIMIT)

    assert {LEAD, CHIEF} <= {*codes}
    assert "Saved. Go on with: ttx host --resume" in log.read_text()


def test_a_host_under_nohup_outlives_its_window(tmp_path: Path) -> None:
    save, port, log = tmp_path / "run.ttx.toml", free_port(), tmp_path / "log"
    quiet = f"--ignore-signal=HUP {' '.join(ttx())}"
    run = ["sh", "-c", f'exec env {quiet} "$@" >{log} 2>&1', "-", *map(str, host(save, port))]
    with subprocess.Popen(
        run, stdin=subprocess.DEVNULL, env=surroundings(tmp_path), cwd=ROOT
    ) as process:
        until(lambda: log.exists() and READY in log.read_text())
        process.send_signal(HUP)
        done = Player(tmp_path, LEAD).run(Door(port, {}), LEAD, "status")
        assert process.poll() is None
        process.terminate()
        assert 143 == process.wait(LIMIT)
    assert "No such code" in done.stderr  # the door still answers


def test_a_screen_that_fails_does_not_take_the_table_along(tmp_path: Path) -> None:
    with table(tmp_path, broken=BREAKS) as one:
        screen = one.host.screen
        for _ in range(2):
            before = len(screen.bytes)
            screen.press("\r", STANDS)
            screen.type("?")
            told_anew(screen, before)
            assert not one.host.lent
            assert {} == kept_on(screen.bytes)
            one.player.press("?", "EVERYWHERE", "q", "? help")
        said = screen.read_as_text
        log = one.save.with_name("run.host.log").read_text()
        for number in re.findall(r"incident (\w{8})", said):
            assert f"incident {number}: ZeroDivisionError" in log
        assert "secret" not in log
        screen.press("\r", STANDS)
        one.host.send(TERM)

        assert 143 == one.ended()[0]


def told_anew(screen: Screen, before: int) -> None:
    """Wait until it is said again that Enter opens the screen anew."""
    until(lambda: screen.read() and b"opens your screen anew" in screen.bytes[before:])


def test_ctrl_z_does_not_stop_a_table(tmp_path: Path) -> None:
    with table(tmp_path) as one:
        one.host.screen.press("\r", STANDS, "\x1a", "the table would stand still for everybody")
        one.player.press("\x1a", "the table would stand still for everybody", "?", "EVERYWHERE")
        one.host.send(TERM)

        assert 143 == one.ended()[0]


def test_ctrl_z_does_not_stop_a_table_whose_host_waits_for_enter(tmp_path: Path) -> None:
    with table(tmp_path, broken=BREAKS) as one:
        screen = one.host.screen
        screen.press("\x1a", "ctrl+z is off")
        one.player.press("?", "EVERYWHERE", "q")  # at a host that stands still this never comes
        screen.press("\r", STANDS, "?", "opens your screen anew")
        before = len(screen.bytes)
        screen.type("\x1a")
        until(lambda: screen.read() and b"ctrl+z is off" in screen.bytes[before:])
        one.player.without("EVERYWHERE")
        one.host.send(TERM)

        assert 143 == one.ended()[0]


def test_a_terminal_of_the_host_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    save, port = tmp_path / "run.ttx.toml", free_port()
    with line(tmp_path, *host(save, port)) as one:
        one.until("Enter opens your own screen")
        door = Door(port, codes_in(one.heard.decode().replace("\r\n", "\n")))
        with Player(tmp_path, LEAD).join(door, LEAD) as player:
            one.type("\r")
            one.until("MSEL")
            for _ in range(300):
                one.type("?q")  # each paints the screen, and nobody reads
            player.press("?", "EVERYWHERE", "q", "? help", "?", "EVERYWHERE")
            one.process.send_signal(TERM)
            assert 0 == player.status()
            assert FAREWELL == player.last_words
        assert 143 == one.process.wait(LIMIT)
    assert whole(save)


def test_a_join_whose_terminal_is_gone_leaves_its_seat(tmp_path: Path) -> None:
    socket = tmp_path / "door" / "table.sock"
    with table(tmp_path, "--headless", "--socket", str(socket)) as one:
        with line(tmp_path, "join", "--socket", socket, "--seat", CHIEF) as seat:
            seat.until("Go in")
            seat.cut()
            seat.process.wait(LIMIT)
        with line(tmp_path, "join", "--socket", socket, "--seat", CHIEF) as seat:
            seat.until("Go in")
            seat.process.send_signal(HUP)
            seat.until("Your seat is kept; the same command brings you back.")
            assert 129 == seat.process.wait(LIMIT)
        one.host.send(TERM)

        assert 143 == one.ended()[0]
        assert not os.path.lexists(socket)
