"""Sessions that were rehearsed, and ones that go on elsewhere: the same seats and keys."""

from __future__ import annotations

import stat
import tarfile
from pathlib import Path

import pytest
from kit.tables import exercise
from ssh_rig import CHIEF, LEAD, OTHER, PROMPT, SMALL, Player, codes_in, hosting, laid, run

from ttx.remote import hostkey, moving
from ttx.remote.hosting import seats_of
from ttx.remote.invitations import Invitations, beside
from ttx.report.aar.whole import after_action
from ttx.report.filed import account_of
from ttx.report.lines import lines
from ttx.report.review import review
from ttx.report.review_text import review_of
from ttx.session.opening import hosted, resume_hosted
from ttx.session.record import read
from ttx.session.rehearsed import session_after
from ttx.session.save_header import SaveError
from ttx.session.verify import verify
from ttx.session.view.eye import Eye
from ttx.session.view.table import status

MARK = "REHEARSAL - EXERCISE ONLY - UNCLASSIFIED"


# --- rehearsals ---


def test_a_rehearsal_is_marked_for_good(tmp_path: Path) -> None:
    table = hosted(exercise("tutorial"), {}, 9, tmp_path / "run.ttx.toml", rehearsal=True)
    table.leave()
    record = read(tmp_path / "run.ttx.toml")
    again = resume_hosted(record)
    again.leave()
    game = again.game

    assert record.header.rehearsal
    assert {MARK} == {status(Eye(game, seat)).banner for seat in (CHIEF, LEAD, "projector")}
    assert "This is a rehearsal" in "\n".join(lines(review_of(review(game, ""))))
    assert MARK in after_action(account_of(record)).banner
    assert all(check.holds is not False for check in verify(record.path))


def test_a_run_that_is_none_says_nothing_of_it(tmp_path: Path) -> None:
    path = laid(tmp_path)
    assert b"rehearsal" not in path.read_bytes()[:2000]
    with pytest.raises(SaveError, match="is the record of no rehearsal"):
        session_after(read(path))


def test_the_session_has_the_codes_and_keys_of_its_rehearsal(tmp_path: Path) -> None:
    save = tmp_path / "try.ttx.toml"
    before = hosted(exercise("tutorial"), {"tokyo": "steady"}, 9, save, rehearsal=True)
    seats = seats_of(before)
    opened = seats.invitations.match(LEAD, seats.codes[LEAD])
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8yVJ0C9eQmQ0n3hXcQ0kqBvOq9C8r6rPfK1u4m9r8Q"
    assert seats.invitations.bind(LEAD, opened, [key])
    before.leave()

    table = session_after(read(save), 11, tmp_path / "real.ttx.toml")
    after = seats_of(table, save)
    table.leave()

    assert not table.game.run.rehearsal
    assert table.game.run.players == before.game.run.players
    assert after.fresh
    assert not after.codes
    assert after.invitations.seats == seats.invitations.seats
    assert after.invitations.knows(LEAD, key)
    assert after.invitations.match(CHIEF, seats.codes[CHIEF])


# --- another machine ---


def packed(home: Path) -> Path:
    save = laid(home)
    Invitations.create(beside(save), ["facilitator", LEAD])
    return moving.pack(save)


def test_a_packed_run_is_its_owners_alone_and_holds_all_three(tmp_path: Path) -> None:
    path = packed(tmp_path)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    with tarfile.open(path) as tar:
        assert ["save.ttx.toml", "seats.toml", "host_key"] == tar.getnames()


def test_it_goes_on_with_the_same_record_seats_and_key(tmp_path: Path) -> None:
    path, there = packed(tmp_path), tmp_path / "there"
    own = hostkey.fingerprint(hostkey.load())
    hostkey.default_path().unlink()
    other = hostkey.fingerprint(hostkey.load())
    save = there / "run.ttx.toml"
    moving.unpack(path, save)

    assert save.read_bytes() == (tmp_path / "run.ttx.toml").read_bytes()
    assert beside(save).read_bytes() == beside(tmp_path / "run.ttx.toml").read_bytes()
    assert own == hostkey.fingerprint(hostkey.load(hostkey.of(save)))
    assert other == hostkey.fingerprint(hostkey.load())
    modes = {stat.S_IMODE(part.stat().st_mode) for part in there.iterdir()}
    assert {0o600} == modes


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    path, there = packed(tmp_path), tmp_path / "there"
    there.mkdir()
    (there / "run.seats.toml").write_text("another's", "utf-8")
    with pytest.raises(SaveError, match="is there already"):
        moving.unpack(path, there / "run.ttx.toml")
    assert ["another's"] == [part.read_text("utf-8") for part in there.iterdir()]


@pytest.mark.parametrize("damage", ["cut", "other", "empty"])
def test_what_is_no_packed_run_is_refused_and_leaves_nothing(tmp_path: Path, damage: str) -> None:
    path, there = packed(tmp_path), tmp_path / "there"
    data = path.read_bytes()
    path.write_bytes(
        {"cut": data[: len(data) // 2], "other": b"hello " * 900, "empty": b""}[damage]
    )
    with pytest.raises(SaveError, match=r"packed run|cannot|damaged|missing|cut short"):
        moving.unpack(path, there / "run.ttx.toml")
    assert not there.exists() or not list(there.iterdir())


def test_a_run_that_is_hosted_or_never_was_is_not_packed(tmp_path: Path) -> None:
    save = laid(tmp_path)
    with pytest.raises(SaveError, match="was never hosted here"):
        moving.pack(save)
    Invitations.create(beside(save), ["facilitator", LEAD])
    table = resume_hosted(read(save))
    with pytest.raises(SaveError, match="is being played in another window"):
        moving.pack(save)
    table.leave()
    assert not list(tmp_path.glob("*.ttx-host"))


# --- with real clients ---


@pytest.mark.slow
def test_the_code_of_a_rehearsal_opens_the_session_and_its_key_too(tmp_path: Path) -> None:
    player, other = Player(tmp_path, "lead"), Player(tmp_path, "other")
    with hosting(tmp_path, "--rehearsal", save=tmp_path / "try.ttx.toml") as host:
        screen = player.connect(host, LEAD, SMALL, host.codes[LEAD])
        screen.until("You sit as Relief staff", MARK)
        said = host.stop()
    assert "ttx host --after" in said
    with hosting(
        tmp_path, "--after", tmp_path / "try.ttx.toml", save=tmp_path / "s.ttx.toml"
    ) as it:
        assert not codes_in(it.said)
        again = player.connect(it, LEAD)
        again.until("You sit as Relief staff")
        assert PROMPT.encode() not in again.bytes
        assert "REHEARSAL" not in again.text
        other.connect(it, OTHER, SMALL, host.codes[OTHER]).until("You sit as")


@pytest.mark.slow
def test_players_ssh_lets_them_through_to_another_machine(tmp_path: Path) -> None:
    (here := tmp_path / "here").mkdir()
    (there := tmp_path / "there").mkdir()
    player = Player(tmp_path, "lead", options=("-o", "StrictHostKeyChecking=accept-new"))
    with hosting(here) as host:
        port = host.port
        player.connect(host, LEAD, SMALL, host.codes[LEAD]).until("You sit as Relief staff")
        host.kill()
    assert 0 == run(here, "pack", host.save, "--out", tmp_path / "run.ttx-host").returncode
    packed_run, save = tmp_path / "run.ttx-host", there / "run.ttx.toml"
    with hosting(there, "--save", save, resume=packed_run, port=port) as moved:
        assert "not the host key" not in moved.said
        player.connect(moved, LEAD).until("You sit as Relief staff")
    assert read(save).header == read(host.save).header


@pytest.mark.slow
def test_a_rehearsal_in_plain_lines_is_marked_too(tmp_path: Path) -> None:
    player = Player(tmp_path, "lead", term="dumb")
    with hosting(tmp_path, "--rehearsal", save=tmp_path / "try.ttx.toml") as host:
        screen = player.connect(host, LEAD, SMALL, host.codes[LEAD])
        screen.until("REHEARSAL: Enter: you are ready >")
        assert MARK.encode() in screen.bytes
