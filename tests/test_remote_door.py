"""What opens the door, as real ssh clients meet it: codes, guesses, addresses, keys of the host."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pty_rig import until
from ssh_rig import (
    BACK,
    CHIEF,
    LEAD,
    LIMIT,
    MEMBER,
    MIDDLE,
    OTHER,
    PROMPT,
    ROOM,
    TAKEN,
    Door,
    Player,
    Screen,
    codes_in,
    environment,
    free_port,
    laid,
    room,
    ttx,
)

from ttx.remote.invitations import Invitations, beside
from ttx.remote.visit import ANEW, BACK_BUT
from ttx.tui.navigation import RESTORED

pytestmark = pytest.mark.slow

WAY_BACK = "To come back, type:"
HELPER = "evaluator"
NO_CODE = "No such code for this seat."


def keyless(home: Path, *options: str, **how: str) -> Player:
    """Somebody without a key."""
    return Player(home, "keyless", keyed=False, options=options, **how)  # type: ignore[arg-type]  # term


def answers(screen: Screen, code: str) -> Screen:
    """Type the code that is asked for, and let the client end."""
    screen.until(PROMPT).type(code + "\r")
    return screen.until(gone=True)


# --- a code is spent when its owner has something to come back with ---


def test_what_shows_no_way_back_spends_no_code(tmp_path: Path) -> None:
    with room(tmp_path) as at:
        code, who = at.host.codes[LEAD], keyless(tmp_path)
        asks = [
            (who.command(at.host, LEAD, "status"), "You sit as"),
            (who.command(at.host, LEAD, "id"), "Only status and report"),
        ]
        for command, words in asks:
            with Screen.of(command, MIDDLE, who.environment) as one:
                assert words in answers(one, code).read_as_text
        dumb = keyless(tmp_path, term="dumb")
        with dumb.connect(at.host, LEAD, code=code) as one:
            one.until("Enter: you are ready >")  # nobody has answered to it yet
            assert WAY_BACK in one.read_as_text
        at.knock(LEAD, code, who).until(WAY_BACK)


def test_a_window_too_small_for_the_way_back_spends_no_code(tmp_path: Path) -> None:
    with room(tmp_path) as at:
        code, who = at.host.codes[LEAD], keyless(tmp_path)
        small = at.keep(who.connect(at.host, LEAD, (60, 12), code)).until("or more, please")
        small.drop()
        again = at.knock(LEAD, code, who).until(WAY_BACK)
        fresh = again.row_of(WAY_BACK).split()[-1]
        # Shown here is not yet seen there: the terminal's word for it is still on its way.
        until(lambda: Invitations.open(beside(at.host.save)).match(LEAD, code) == "")
        again.drop()
        wrong = at.knock(LEAD, code, who).asked(2)
        wrong.press(fresh + "\r", WAY_BACK)


def test_who_is_cut_off_before_the_way_back_is_shown_comes_by_the_same_code(
    tmp_path: Path,
) -> None:
    """The client takes what comes, and shows nothing of it: it is stopped, then killed."""
    with room(tmp_path) as at:
        code, who = at.host.codes[LEAD], keyless(tmp_path)
        for _ in range(2):
            one = at.keep(who.connect(at.host, LEAD)).until(PROMPT)
            one.type(code + "\r")
            came = at.host.log.read_text().count("relief came by code")
            while at.host.log.read_text().count("relief came by code") == came:
                time.sleep(0.01)
            os.kill(one.child.pid, signal.SIGSTOP)
            one.drop()
        at.knock(LEAD, code, who).until(WAY_BACK)


def test_a_code_that_was_shown_replaces_the_first_one(tmp_path: Path) -> None:
    with room(tmp_path) as at:
        code, who = at.host.codes[LEAD], keyless(tmp_path)
        first = at.knock(LEAD, code, who).until(WAY_BACK)
        fresh = first.row_of(WAY_BACK).split()[-1]
        first.press("q", f"come back by {fresh}.", "\x1b").without("Leave?")
        port = at.host.port
        first.drop()
        at.host.kill()
    with room(tmp_path, resume=at.host.save, port=port) as at:
        at.knock(LEAD, code, who).asked(2).press(fresh + "\r", WAY_BACK)


def test_a_key_is_enough_to_come_back_with(tmp_path: Path) -> None:
    with room(tmp_path) as at:
        lead = at.player(LEAD)
        with Screen.of(lead.command(at.host, LEAD, "status"), MIDDLE, lead.environment) as one:
            assert "You sit as" in answers(one, at.host.codes[LEAD]).read_as_text
        again = at.back(LEAD).until("You sit as")
        assert PROMPT.encode() not in again.bytes


# --- a right code is let in ---


def test_a_room_behind_one_address_is_not_shut_out_by_one_of_them(tmp_path: Path) -> None:
    with room(tmp_path) as at:
        guesser = at.player("guesser")
        wrong = [
            at.keep(guesser.connect(at.host, seat))
            for seat in (LEAD, CHIEF, "nobody")
            for _ in range(2)
        ]
        for tries in (1, 2, 3):  # at once: each of them is made to wait, and none for another
            for screen in wrong:
                screen.asked(tries).type("0000-0000-0000\r")
        for screen in wrong:
            assert 255 == screen.status()
            assert NO_CODE in screen.read_as_text
        silent = [socket.create_connection(("127.0.0.1", at.host.port)) for _ in range(60)]
        for seat in (LEAD, OTHER):
            at.knock(seat, at.host.codes[seat]).until("You sit as")
        at.join(CHIEF, who=at.player("guesser"))
        at.back(LEAD).until("You sit as")
        for each in silent:
            each.close()


@pytest.mark.parametrize(
    "pasted",
    [
        "code {code}",
        "  {seat}         ssh -p 2222 {seat}@192.0.2.7   code {code}",
        "“{code}”",
        "{code} {code}",
    ],
)
def test_what_people_paste_is_understood(tmp_path: Path, pasted: str) -> None:
    with room(tmp_path) as at:
        words = pasted.format(code=at.host.codes[LEAD], seat=LEAD)
        at.knock(LEAD, words).until("You sit as Relief staff")


@pytest.mark.parametrize("name", ["Relief", "RELIEF", " relief ", "relief@192.0.2.7"])
def test_a_seat_is_understood_however_it_is_written(tmp_path: Path, name: str) -> None:
    with room(tmp_path) as at:
        lead = at.player(LEAD)
        command = [*lead.command(at.host, LEAD)[:-1], "-l", name, "127.0.0.1"]
        one = at.keep(Screen.of(command, MIDDLE, lead.environment)).until(PROMPT)
        one.press(at.host.codes[LEAD] + "\r", "You sit as Relief staff")
        at.keep(Screen.of(command, MIDDLE, lead.environment)).until("You sit as Relief staff")


# --- addresses that are printed can be reached ---


def has_six() -> bool:
    """Whether this machine has IPv6 at all."""
    try:
        with socket.socket(socket.AF_INET6) as one:
            one.bind(("::1", 0))
    except OSError:
        return False
    return True


PRINTED = re.compile(r"^\s*(\S+)\s+(ssh -p \d+ \S+)\s+code (\S+)", re.MULTILINE)


def comes_by(said: str, who: Player, seat: str, to: str = "") -> str:
    """What a player is told who pastes the line that was printed, or goes to another address."""
    line, code = {found[0]: found[1:] for found in PRINTED.findall(said)}[seat]
    words = shlex.split(line)
    words[-1] = f"{seat}@{to}" if to else words[-1]
    command = [words[0], *who.means, "-tt", *words[1:], "status"]
    with Screen.of(command, MIDDLE, who.environment) as one:
        return answers(one, code).read_as_text


@pytest.mark.parametrize(
    ("bind", "listens"),
    [
        ("::", ["127.0.0.1", "::1"]),
        ("::1", ["::1"]),
        ("[::1]", ["::1"]),
        ("0.0.0.0", ["127.0.0.1"]),  # noqa: S104  # what a host may be told
        ("localhost", []),
        (socket.gethostname(), []),
    ],
)
def test_the_line_that_is_printed_leads_to_the_table(
    tmp_path: Path, bind: str, listens: list[str]
) -> None:
    if ":" in bind and not has_six():
        pytest.skip("this machine has no IPv6")
    with room(tmp_path, "--bind", bind) as at:
        who = keyless(tmp_path)
        assert "You sit as" in comes_by(at.host.said, who, LEAD)
        for to in listens:
            assert "You sit as" in comes_by(at.host.said, who, LEAD, to)


def test_an_address_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    for bind in ("nowhere.invalid", "", "192.0.2.254"):
        done = subprocess.run(
            ttx("host", "tutorial", "--bind", bind, "--port", str(free_port())),
            capture_output=True,
            text=True,
            env=environment(tmp_path),
            timeout=LIMIT,
            check=False,
        )
        assert 2 == done.returncode
        assert re.fullmatch(r"Nothing can listen at .* Choose another .*\n", done.stderr)


# --- a host key that changed ---


def test_another_host_key_is_announced_before_it_stops_anybody(tmp_path: Path) -> None:
    key = tmp_path / "data" / "ttx" / "host_key"
    save, port = laid(tmp_path), free_port()
    forget = f"ssh-keygen -R '[127.0.0.1]:{port}'"
    with room(tmp_path, resume=save, port=port) as at:
        assert f"The host key was made just now; it is kept at {key}." in at.host.said
        assert forget in at.host.said
        at.join(LEAD).leave()
        at.join(OTHER).leave()
    with room(tmp_path, resume=save, port=port) as at:
        assert "host key was made" not in at.host.said
        assert forget not in at.host.said
    key.unlink()
    for _ in range(2):  # nobody has met the new one meanwhile, so it is said again
        with room(tmp_path, resume=save, port=port) as at:
            told = next(line for line in at.host.said.splitlines() if "ssh-keygen" in line)
            assert told.startswith(f"This is not the host key that {LEAD}, {OTHER} met last")
            assert told.endswith(forget)
            assert at.host.said.index(told) < at.host.said.index("Ready.")
            stopped = at.back(LEAD)
            assert 255 == stopped.status()
    with room(tmp_path, resume=save, port=port) as at:
        words = shlex.split(forget)
        done = subprocess.run([*words, "-f", tmp_path / "known_hosts"], check=False)
        assert 0 == done.returncode
        at.back(LEAD, MIDDLE).until(ANEW)
        at.back(OTHER, MIDDLE).until(ANEW)
    with room(tmp_path, resume=save, port=port) as at:
        assert "ssh-keygen" not in at.host.said


# --- what is said of coming back ---


def test_who_comes_back_is_told_what_is_so(tmp_path: Path) -> None:
    save = laid(tmp_path)
    with room(tmp_path, resume=save) as at:
        lead, screen = at.join(LEAD, MIDDLE), at.join(ROOM)
        lead.press("2", "▸ 2", "r", "Enter saves", "The islands asked.\r", "rationale   The")
        lead.drop()
        lead = at.back(LEAD, MIDDLE).until(BACK, "rationale   The")
        lead.press("r", "Enter saves", " And so did", "And so did")
        lead.drop()
        lead = at.back(LEAD, MIDDLE).until(BACK_BUT, "rationale   The islands asked.")
        assert "And so did" not in lead.text
        lead.drop()
        at.back(LEAD, MIDDLE).until(BACK, "rationale   The islands asked.")
        screen.drop()
        screen = at.back(ROOM).until("? help")
        assert "Back." not in screen.read_as_text
        at.host.kill()
    with room(tmp_path, resume=save) as at:
        lead, screen = at.back(LEAD, MIDDLE).until("1-3 choose"), at.back(ROOM).until("? help")
        lead.until(ANEW)
        assert "The islands asked." not in lead.text
        for one in (lead, screen):
            assert "Nothing was lost" not in one.read_as_text
        assert "Back." not in screen.read_as_text
        assert "anew" not in screen.read_as_text


# --- the desk comes back to the console ---


@contextmanager
def console(home: Path, save: Path) -> Iterator[tuple[Screen, Door]]:
    """A host at a terminal, whose own screen is open."""
    port = free_port()
    host = ttx("host", "--resume", save, "--port", str(port))
    known = environment(home, TERM="xterm-256color")
    with Screen.of(host, MIDDLE, known) as desk:
        desk.until("Ready. Pass the lines on; Enter opens your own screen.")
        door = Door(port, codes_in(desk.text))
        desk.press("\r", "Control")
        yield desk, door
        desk.press("q", "Stop hosting?", "y")
        desk.until(gone=True)


def made(home: Path) -> tuple[Path, dict[str, str]]:
    """A hosted save with its invitations, and their codes."""
    with room(home, resume=laid(home)) as at:
        return at.host.save, at.host.codes


def test_the_desk_comes_back_to_the_console(tmp_path: Path) -> None:
    save, codes = made(tmp_path)
    with console(tmp_path, save) as (desk, door):
        who = Player(tmp_path, CHIEF)
        for leaves, code in ((Screen.leave, codes[CHIEF]), (Screen.drop, "")):
            with closing(who.connect(door, CHIEF, MIDDLE, code)) as far:
                if code:  # who comes by a code may be somebody else than who sat at the console
                    far.until("Go in").press("\r", "SUBMISSIONS")
                else:
                    far.until(BACK)
                desk.until(TAKEN)
                leaves(far)
            desk.until(RESTORED).without(TAKEN)
            desk.press(" ", "PAUSED", " ").without("PAUSED")


def test_who_holds_the_console_takes_the_desk_back(tmp_path: Path) -> None:
    save, codes = made(tmp_path)
    with console(tmp_path, save) as (desk, door):
        with Player(tmp_path, CHIEF).connect(door, CHIEF, MIDDLE, codes[CHIEF]) as far:
            far.until("Go in").press("\r", "SUBMISSIONS")
            desk.until(TAKEN).press("A", "WHO IS HERE", "jjjj", "▸ Facilitator", "x", "Revoke")
            desk.press("y", RESTORED, "r", "A new code for", "y", "INVITATION OF FACILITATOR")
            far.until(gone=True)
            assert "The host has taken this seat back." == far.last_words
        desk.press("\x1b").without("INVITATION OF")
        desk.press("q", "SUBMISSIONS")


def test_a_second_pair_of_hands_has_the_pace_until_its_line_drops(tmp_path: Path) -> None:
    save, codes = made(tmp_path)
    with console(tmp_path, save) as (desk, door):
        with Player(tmp_path, HELPER).connect(door, HELPER, MIDDLE, codes[HELPER]) as helper:
            helper.until("Go in").press("\r").without("Go in", "SUBMISSIONS").until("? help")
            desk.press("A", "WHO IS HERE", "jjjjj", "▸ Evaluator", "c", "RIGHTS OF Evaluator")
            desk.press("jjj", "▸ requests", "1", "[1 yes]", "jj", "▸ the pace")
            desk.press("1", "all are told who holds the pace")
            desk.press("\r", "Pass the pace to Evaluator?", "y", "Evaluator holds the pace now.")
            helper.until("SUBMISSIONS", "You hold the pace from here on.")
            helper.press(" ", "PAUSED", " ").without("PAUSED")
            helper.drop()
        desk.press("k", "▸ Facilitator", "c", "Evaluator is not here. Take the pace?")
        desk.press("y", "You hold the pace now, and all are told.")
        desk.press("q", "SUBMISSIONS", " ", "PAUSED", " ").without("PAUSED")


def test_a_seat_goes_back_to_the_screen_it_was_taken_from(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        first = at.join(LEAD, MIDDLE)
        first.press("2", "2 One line in Tokyo")
        second = at.back(LEAD, MIDDLE).until(BACK)
        first.until(TAKEN)
        second.press("3", "3 Promise it", "+", "60%")
        assert 0 == second.leave()
        first.until(RESTORED, "3 Promise it", "60%")
        first.press("\r", "Submit for the US cell?", "y", "Submitted.")


def test_a_seat_that_was_given_to_somebody_else_does_not_go_back(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        chief, first = at.join(CHIEF), at.join(MEMBER, MIDDLE)
        chief.press("A", "who is here", "j", "▸ Deputy", "r", "A new code", "y", "INVITATION OF")
        code = re.findall(r"code (\S{14})", chief.text)[0]
        at.knock(MEMBER, code, at.player("another")).until("You sit as Deputy")
        assert 1 == first.status()
        assert "What you came with opens this seat no more." in first.last_words


# --- how to go on ---


def test_what_goes_on_can_be_pasted(tmp_path: Path) -> None:
    home = tmp_path / "a room's"
    home.mkdir()
    save = laid(home)
    path = tmp_path / "its socket" / "t"
    ways = ["--bind", "0.0.0.0", "--post-quantum", "--socket", str(path)]  # noqa: S104  # told so
    with room(tmp_path, *ways, resume=save) as at:
        port = at.host.port
        said = at.host.stop()
    line = next(one for one in said.splitlines() if one.startswith("Saved."))
    again = shlex.split(line.removeprefix("Saved. Go on with: "))
    assert ["ttx", "host", "--resume", str(save)] == again[:4]
    rest = ["--bind", "0.0.0.0", "--port", str(port), "--headless", "--post-quantum"]  # noqa: S104  # ditto
    assert [*rest, "--socket", str(path)] == again[4:]
    shell = shlex.join([*ttx()]) + line.removeprefix("Saved. Go on with: ttx")
    with Screen.of(["/bin/sh", "-c", shell], MIDDLE, environment(tmp_path, TERM="xterm")) as one:
        one.until("Ready.", str(port))
        one.type("\x03")
        one.until(gone=True)
