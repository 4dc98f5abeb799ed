"""Hosted runs from the first code to the closed record, with the OpenSSH client at every seat."""

from __future__ import annotations

import re
import shlex
import signal
import socket
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from ssh_rig import (
    AIDE,
    CHIEF,
    EVALUATOR,
    LEAD,
    LEFT,
    MIDDLE,
    OTHER,
    ROOM,
    ROOT,
    SEED,
    Door,
    Player,
    Screen,
    codes_in,
    entries,
    environment,
    free_port,
    hosting,
    laid,
    room,
    run,
    ttx,
)

from ttx.exercise.load import load
from ttx.session import phases
from ttx.session.opening import begin
from ttx.session.seating import seating

pytestmark = pytest.mark.slow

ROUNDS = ((1, 2), (2, 1))
"""Turns of the tutorial, and how many injects each has on these dice."""
CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}")
FAREWELL = "The host has closed the table. Your seat is kept for when it goes on."


# --- a whole run ---


def test_a_whole_run_on_five_screens(tmp_path: Path) -> None:
    with room(tmp_path) as at:
        chief, lead, other = at.join(CHIEF, MIDDLE), at.join(LEAD), at.join(OTHER, MIDDLE)
        watch, wall = at.join(EVALUATOR), at.join(ROOM, MIDDLE)
        players = (lead, other, watch, wall)

        def everywhere(*words: str) -> None:
            for one in players:
                one.until(*words)

        everywhere("SITUATION")
        lead.press("\r", "You are ready.")
        other.press("\r", "You are ready.")
        chief.until("2 are ready").press("]", "Levers of turn 1.")
        early = at.ask(LEAD, "report")
        assert 1 == early.returncode
        assert "The report of Tutorial opens at the hot wash.\n" == early.stdout
        for turn, injects in ROUNDS:
            _levers(turn, chief, lead, other)
            for slot in ("policy", "crisis"):
                chief.press("", f"The {slot} slot of turn {turn} is open.", "]")
                if slot == "policy" and injects == 1:
                    continue  # nothing is due for it: it is left empty
                _answers(chief, lead, other)
                everywhere("The facilitator adjudicates next.")
                chief.press("]", "The table reads the ruling.")
                everywhere("Confirmed by the facilitator.")
                chief.type("]")
            chief.until("The reckoning is proposed; nobody else sees it yet.")
            for one in (lead, other, wall):
                one.until("The facilitator confirms its reckoning next.")
            chief.press("]", "The table reads the reckoning.")
            everywhere(f"Reckoning of turn {turn}")
            chief.type("]")
        chief.until("Hot wash. The board is open to all seats.")
        everywhere("THE BOARD")
        watch.press("n", "Enter saves", "Reasons were said aloud.\r", "is in the record.")
        late = at.ask(LEAD, "report")
        assert (0, "") == (late.returncode, late.stderr)
        assert late.stdout.startswith("REVIEW of Tutorial, seed 9: 2 of 2 turns\n")
        assert "Note T2 (evaluator): Reasons were said aloud." in late.stdout
        chief.press("]", "Close the run?", "y", "The run is closed; its record stays.")
        everywhere("closed")
        assert [0] * 5 == [one.leave() for one in (chief, *players)]
        assert [LEFT] * 5 == [one.modes for one in (chief, *players)]
        said = at.host.stop()
    assert "Saved." not in said
    checked = run(tmp_path, "verify", at.host.save)
    assert 0 == checked.returncode, checked.stdout
    assert "NO" not in checked.stdout
    assert phases.CLOSED == entries(at.host.save)[-1].phase
    assert {CHIEF} == {e.by for e in entries(at.host.save, "Confirmed")}
    assert {LEAD, OTHER} == {e.by for e in entries(at.host.save, "Answered")}


def _levers(turn: int, chief: Screen, lead: Screen, other: Screen) -> None:
    """One lever is moved, and both leads say when they are done."""
    chief.until(f"Levers of turn {turn}. Waiting for US and Japan.")
    lead.until(f"LEVERS, TURN {turn}")
    if turn == 1:
        lead.press(
            "s", "▸ Standing staff in Naha", "2", "Enter move", "\r", "now stands at liaison."
        )
    lead.press("\r", "US is done. Waiting for Japan.")
    chief.until("Waiting for Japan.")
    other.until(f"LEVERS, TURN {turn}").press("\r")


def _answers(chief: Screen, lead: Screen, other: Screen) -> None:
    """Both leads submit the second option."""
    chief.until("Deliberation on")
    for one in (lead, other):
        one.until("QUESTION", "choose")  # the question before is shown too, and open no more
        one.press("2", "▸ 2", "\r", "Submit for the", "y")
    chief.until("A ruling is proposed; nobody else sees it yet.")


# --- the host goes away and comes back ---


def test_a_host_that_was_killed_goes_on_with_the_same_seats(tmp_path: Path) -> None:
    save = laid(tmp_path, phases.DELIBERATION)
    with room(tmp_path, resume=save) as at:
        chief, lead, other = at.join(CHIEF), at.join(LEAD, MIDDLE), at.join(OTHER)
        lead.press("2", "▸ 2", "r", "Enter saves", "Nobody reads this.\r", "rationale   Nobody")
        lead.press("\r", "Submit for the", "y", "Submitted. Waiting for Japan.")
        chief.until("Waiting for Japan.")
        codes, port = at.host.codes, at.host.port
        at.host.kill()
        assert [255] * 3 == [one.status() for one in (chief, lead, other)]
    with room(tmp_path, resume=save, port=port) as at:
        assert {} == at.host.codes
        printed = {line.split()[0]: line for line in at.host.said.splitlines() if "ssh -p" in line}
        assert "(key bound)" in printed[LEAD]
        assert "(code given out)" in printed[AIDE]

        strict = ("-o", "StrictHostKeyChecking=yes")
        lead = at.back(LEAD, MIDDLE, at.player(LEAD, *strict))
        lead.until("Submitted. Waiting for Japan.", "rationale   Nobody reads this.")
        chief, other = at.back(CHIEF), at.back(OTHER)
        at.knock(AIDE, codes[AIDE]).until("Go in", "under way: deliberation.")
        stranger = at.knock(LEAD, codes[LEAD], at.player("stranger"))
        stranger.asked(2)

        other.until("none of 2 have").press("2", "▸ 2", "\r", "Submit for the", "y")
        chief.until("A ruling is proposed").press("]", "The table reads the ruling.")
        for one in (lead, other):
            one.until("Confirmed by the facilitator.")
        assert [LEAD, OTHER] == [e.by for e in at.entries("Answered")]
    assert 0 == run(tmp_path, "verify", save).returncode


def test_everybody_gets_their_terminal_back_when_the_host_ends(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        screens = [at.join(seat, MIDDLE) for seat in (CHIEF, LEAD, OTHER, AIDE, EVALUATOR, ROOM)]
        said = at.host.stop()
        assert [0] * 6 == [one.status() for one in screens]
        assert [LEFT] * 6 == [one.modes for one in screens]
        assert {FAREWELL} == {one.last_words for one in screens}
    assert f"Saved. Go on with: ttx host --resume {at.host.save}" in said
    assert 128 + signal.SIGTERM == at.host.process.returncode


# --- the host's own terminal ---


def test_the_facilitator_sits_at_the_host(tmp_path: Path) -> None:
    port, save = free_port(), tmp_path / "run.ttx.toml"
    host = ttx("host", "tutorial", "--seed", str(SEED), "--save", save, "--port", str(port))
    script = f"stty -g; {shlex.join(host)}; echo status $?; stty -g"
    known = environment(tmp_path, TERM="xterm-256color")
    with Screen.of(["/bin/sh", "-c", script], MIDDLE, known) as desk:
        desk.until("Ready. Pass the lines on; Enter opens your own screen.")
        door = Door(port, codes_in(desk.text))
        with Player(tmp_path, LEAD).join(door, LEAD) as lead:
            lead.until("SITUATION")
            desk.press("\r", "The seats read their briefing; 0 are ready.")
            lead.press("\r", "You are ready.")
            desk.press("", "1 are ready", "]", "Levers of turn 1.")
            lead.until("LEVERS, TURN 1")
            desk.press("q", "Stop hosting? All screens close; the run is saved, with every seat.")
            desk.type("y")
            assert 0 == lead.status()
            assert FAREWELL == lead.last_words
            assert LEFT == lead.modes
        desk.until(gone=True)
        own = {mode: how for mode, how in LEFT.items() if mode != "1002"}  # 1003 holds that there
        assert own == desk.modes
        before = desk.bytes.decode().splitlines()[0]
        goes_on = f"Saved. Go on with: ttx host --resume {save} --port {port}"
        assert [goes_on, "status 0", before] == desk.last_words.splitlines()
    assert 0 == run(tmp_path, "verify", save).returncode


# --- in one sentence ---


def test_each_mistake_of_a_host_is_one_sentence(tmp_path: Path) -> None:
    save, alone = laid(tmp_path), tmp_path / "alone.ttx.toml"
    part = load(ROOT / "exercises" / "tutorial")
    begin(part, seating(part), SEED, alone).leave()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        mistakes = {
            ("host", "tutorial", "--port", port): f"Nothing can listen at 127.0.0.1 port {port}: "
            "address already in use. Choose another with --port or --bind.",
            ("host", "nowhere", "--port", str(free_port())): "there is no exercise 'nowhere' "
            "(there are accelerate, tutorial)",
            ("host", "--port", str(free_port())): "Name an exercise to host, or a hosted run to go "
            "on with: ttx host --resume SAVE.",
            ("host", "--resume", save, "--seed", "3"): "A run that goes on has its dice, robots, "
            "seats and record; name none with --resume.",
            ("host", "--resume", alone, "--port", str(free_port())): "alone.ttx.toml was not "
            f"hosted; go on at one keyboard with: ttx resume {alone}",
            ("resume", save): "run.ttx.toml is a hosted run, and its gates wait for a facilitator; "
            f"go on with: ttx host --resume {save}",
            ("host", "tutorial", "--save", save, "--port", str(free_port())): f"{save} exists "
            "already; choose another name, or resume it.",
        }
        with ThreadPoolExecutor(3) as several:
            done = list(several.map(lambda words: run(tmp_path, *words), mistakes))
    for one, sentence in zip(done, mistakes.values(), strict=True):
        assert (2, "", sentence) == (one.returncode, one.stdout, _sentence(one.stderr))


def _sentence(said: str) -> str:
    """What was said of a mistake; a save that plays another exercise than the disk is none."""
    return "\n".join(line for line in said.splitlines() if "is another edition" not in line)


def test_damaged_invitations_are_one_sentence(tmp_path: Path) -> None:
    save = laid(tmp_path)
    (tmp_path / "run.seats.toml").write_text("format = 1\nseat = 'damaged'\n")
    done = run(tmp_path, "host", "--resume", save, "--port", str(free_port()))
    assert 2 == done.returncode
    assert "Something went wrong" not in done.stderr
    assert "run.seats.toml is damaged; mend it, or move it away" in done.stderr


def test_a_host_key_that_others_can_read_is_one_sentence(tmp_path: Path) -> None:
    key = tmp_path / "data" / "ttx" / "host_key"
    key.parent.mkdir(parents=True)
    key.write_text("not a key")
    key.chmod(0o644)
    done = run(tmp_path, "host", "--resume", laid(tmp_path), "--port", str(free_port()))
    assert 2 == done.returncode
    assert "Something went wrong" not in done.stderr
    assert "can be read by others, so it proves nothing" in done.stderr


@pytest.mark.parametrize("why", ["nothing takes the lines", "the host key is refused"])
def test_codes_that_nobody_was_told_are_made_anew(tmp_path: Path, why: str) -> None:
    save, key = tmp_path / "run.ttx.toml", tmp_path / "data" / "ttx" / "host_key"
    words = ("host", "tutorial", "--headless", "--save", save, "--port", str(free_port()))
    if why == "the host key is refused":
        key.parent.mkdir(parents=True)
        key.write_text("not a key")
        key.chmod(0o644)
        assert 2 == run(tmp_path, *words).returncode
        key.unlink()
    else:
        with Path("/dev/full").open("w") as full:
            env = environment(tmp_path)
            done = subprocess.run(ttx(*words), stdout=full, env=env, cwd=ROOT, check=False)
        assert 1 == done.returncode
    with room(tmp_path, resume=save) as there:
        assert {CHIEF, LEAD} <= {*there.host.codes}
        there.join(LEAD)


def test_a_new_run_does_not_let_in_who_was_invited_to_an_old_one(tmp_path: Path) -> None:
    with hosting(tmp_path, save=tmp_path / "run.ttx.toml") as host:
        assert host.codes
    (tmp_path / "run.ttx.toml").unlink()
    refused = pytest.raises(AssertionError, match="of another run")  # what the rig says of the end
    with refused, hosting(tmp_path, save=tmp_path / "run.ttx.toml"):
        pass


# --- what is written down ---


def test_the_log_and_the_invitations_hold_no_code_and_are_the_owners_alone(tmp_path: Path) -> None:
    with room(tmp_path) as at:
        at.join(LEAD).press("n", "Enter saves", "The pier is blocked.\r", "is in the record.")
        at.knock(EVALUATOR, "0000-0000-0000").asked(2)
        keyless = Player(tmp_path, "nobody", keyed=False)
        lobby = at.knock(OTHER, at.host.codes[OTHER], keyless).until("To come back, type:")
        given = lobby.row_of("To come back, type:").split()[-1]
        at.host.stop()
        log, seats = at.host.log.read_text(), (tmp_path / "run.seats.toml").read_text()
        secrets = {given, "0000-0000-0000", *at.host.codes.values()}
    assert 8 == len(secrets)
    assert "relief came by code from 127.0.0.1." in log
    assert "A wrong code from 127.0.0.1." in log
    assert "pier" not in log
    for written in (log, seats):
        plain = written.replace("-", "").upper()
        assert not [one for one in secrets if one in written or one.replace("-", "") in plain]
    for path in (at.host.log, tmp_path / "run.seats.toml"):
        assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert CODE.search(at.host.said)
    assert not CODE.search(log)
    assert not CODE.search(seats)
