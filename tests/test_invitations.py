from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import asyncssh
import pytest
from door_rig import spent

from ttx import files
from ttx.remote import invitations
from ttx.remote.codes import ALPHABET, new_code, plain
from ttx.remote.invitations import InvitationError, Invitations, fingerprint

SEATS = ("usfj", "kantei")
SPEND_AND_DIE = """
import os, signal, sys
from pathlib import Path
from ttx.remote.invitations import Invitations
held = Invitations.open(Path(sys.argv[1]))
held.bind("usfj", held.match("usfj", sys.argv[2]), [sys.argv[3]])
os.kill(os.getpid(), signal.SIGKILL)
"""


def key() -> str:
    """A fresh public key, as a line with a comment."""
    made = asyncssh.generate_private_key("ssh-ed25519", comment="somebody@somewhere")
    return made.export_public_key("openssh").decode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return invitations.beside(tmp_path / "run.ttx.toml")


@pytest.fixture
def codes(path: Path) -> dict[str, str]:
    return Invitations.create(path, SEATS)


@pytest.fixture
def held(path: Path, codes: dict[str, str]) -> Invitations:
    opened = Invitations.open(path)
    assert opened.seats == tuple(codes)
    return opened


def test_codes_are_sixty_bits_in_three_groups() -> None:
    codes = {new_code() for _ in range(2000)}

    assert 2000 == len(codes)
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", c) for c in codes)
    assert set(ALPHABET) == set("".join(codes)) - {"-"}
    assert 2**60 == len(ALPHABET) ** 12


@pytest.mark.parametrize(
    "typed",
    [
        "K10F-M2XW-9RTD",
        "k10f m2xw 9rtd",
        "k10fm2xw9rtd",
        "KI0F-M2XW-9RTD",
        "kloF–m2xw—9rtd",
        "  K1OF--M2XW-9RTD \r\n",
        "Ｋ１０Ｆ－Ｍ２ＸＷ－９ＲＴＤ",
        "Ｋ１０ＦーＭ２ＸＷー９ＲＴＤ",
        "code K10F-M2XW-9RTD",
        "Code: K10F-M2XW-9RTD.",
        "code - K10F-M2XW-9RTD",
        "code k10f m2xw 9rtd",
        "コード：K10F-M2XW-9RTD",
        "  usfj         ssh -p 2222 usfj@192.0.2.7   code K10F-M2XW-9RTD",
        "  usfj         ssh -p 2222 usfj@east-west-lab1.example.org   code K10F-M2XW-9RTD",
        f"usfj ssh -p 2222 usfj@{'long.' * 40}example.org code K10F-M2XW-9RTD",
        "K10F-M2XW-9RTD is the code of usfj",
        "K10F-M2XW-9RTD - usfj",
        "K10F-M2XW-9RTD K10F-M2XW-9RTD",
        "K10F-M2XW-9RTDK10F-M2XW-9RTD",
        "k10fm2xw9rtdk10fm2xw9rtd",
        "“K10F—M2XW—9RTD”",
        "'K10F-M2XW-9RTD'",
        "[K10F\u00a0M2XW\u00a09RTD]",
        "<K10F−M2XW−9RTD>",
        "`K10F-M2XW-9RTD`\t",
        "K10F\u2011M2XW\u20119RTD\u200b\ufeff",
        "K10F-\u00adM2XW-9RTD",
        "\x1b[200~K10F-M2XW-9RTD\x1b[201~",
    ],
)
def test_a_code_is_what_was_meant(typed: str) -> None:
    assert "K10FM2XW9RTD" == plain(typed)


def test_a_file_for_its_owner_that_holds_no_code(path: Path, codes: dict[str, str]) -> None:
    text = path.read_text()

    assert path.name == "run.seats.toml"
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert [path.name] == [one.name for one in path.parent.iterdir()]
    assert list(SEATS) == list(codes)
    for code in codes.values():
        assert code not in text
        assert plain(code) not in text
    assert 2 == len(set(re.findall(r'salt = "(\w{32})"', text)))


def test_a_code_is_spent_once_and_binds_what_was_offered(
    path: Path, codes: dict[str, str], held: Invitations
) -> None:
    mine, other = key(), key()

    assert not held.knows("usfj", mine)
    assert spent(held, "usfj", codes["usfj"].lower(), [mine])
    assert not spent(held, "usfj", codes["usfj"], [other])

    for each in (held, Invitations.open(path)):
        assert each.knows("usfj", mine)
        assert each.knows("usfj", mine.split()[0] + " " + mine.split()[1])
        assert not each.knows("usfj", other)
        assert not each.knows("kantei", mine)
        assert not each.knows("nobody", mine)
        assert not spent(each, "usfj", codes["usfj"], [other])
        assert ("key bound", (fingerprint(mine),)) == (
            each.state("usfj").words,
            each.state("usfj").fingerprints,
        )
        assert "code given out" == each.state("kantei").words


def test_wrong_codes_spend_nothing(path: Path, codes: dict[str, str], held: Invitations) -> None:
    before = path.read_bytes()
    for seat, code in [
        ("usfj", codes["kantei"]),
        ("usfj", codes["usfj"][:-1]),
        ("usfj", ""),
        ("nobody", codes["usfj"]),
        ("nobody", ""),
        ("", codes["usfj"]),
    ]:
        assert not spent(held, seat, code, [key()])

    assert before == path.read_bytes()
    assert spent(held, "usfj", codes["usfj"], [])


def test_the_same_code_is_never_kept_the_same_way_twice() -> None:
    code = new_code()

    assert 2 == len({invitations._invite(code, ()).hash for _ in range(2)})


def test_without_a_key_the_return_code_takes_the_place_of_the_first(
    path: Path, codes: dict[str, str], held: Invitations
) -> None:
    held.bind("usfj", held.match("usfj", codes["usfj"]), [old := key()])
    first, back = held.reissue("usfj"), new_code()
    promised = held.promise("usfj", held.match("usfj", first), back)
    assert promised

    for each in (held, Invitations.open(path)):  # nobody has seen the second one yet
        assert promised == each.match("usfj", back)
        assert each.match("usfj", first) not in ("", promised)
        assert each.knows("usfj", old)
        assert each.admits("usfj", promised)
        assert "code given out" == each.state("usfj").words
    held.seen("usfj", promised)
    for each in (held, Invitations.open(path)):
        assert not each.match("usfj", first)
        assert promised == each.match("usfj", back)
        assert not each.knows("usfj", old)
    assert spent(held, "usfj", back, [])
    assert not spent(held, "usfj", back, [])


def test_a_code_that_nobody_saw_is_replaced_and_a_seen_one_replaces(
    codes: dict[str, str], held: Invitations
) -> None:
    lost, shown, last = new_code(), new_code(), new_code()
    held.promise("usfj", held.match("usfj", codes["usfj"]), lost)
    held.promise("usfj", held.match("usfj", codes["usfj"]), shown)
    assert not held.match("usfj", lost)
    # Whoever types it has seen it, whether or not their terminal said so.
    promised = held.promise("usfj", held.match("usfj", shown), last)
    assert not held.match("usfj", codes["usfj"])
    assert held.match("usfj", shown)
    assert promised == held.match("usfj", last)


def test_what_was_voided_meanwhile_promises_and_binds_nothing(
    codes: dict[str, str], held: Invitations
) -> None:
    opened = held.match("usfj", codes["usfj"])
    fresh = held.promise("usfj", opened, new_code())
    held.reissue("usfj")

    assert not held.admits("usfj", opened)
    assert not held.promise("usfj", opened, new_code())
    assert not held.bind("usfj", opened, [key()])
    held.seen("usfj", fresh)
    assert "code given out" == held.state("usfj").words
    held.revoke("usfj")
    held.seen("usfj", fresh)
    held.seen("usfj", "")
    assert "revoked" == held.state("usfj").words


def test_who_has_met_another_host_key_is_known(path: Path, codes: dict[str, str]) -> None:
    assert codes
    held = Invitations.open(path)
    assert not held.strange_to("SHA256:new")
    held.met("usfj", "SHA256:old")
    held.reissue("usfj")
    before = path.stat().st_mtime_ns
    held.met("usfj", "SHA256:old")
    assert before == path.stat().st_mtime_ns

    for each in (held, Invitations.open(path)):
        assert ["usfj"] == each.strange_to("SHA256:new")
        assert not each.strange_to("SHA256:old")
    held.met("usfj", "SHA256:new")
    assert not Invitations.open(path).strange_to("SHA256:new")


def test_a_file_of_an_older_version_is_read(path: Path, codes: dict[str, str]) -> None:
    kept = [one for one in path.read_text().splitlines() if not re.match("next|host_key", one)]
    path.write_text("\n".join(kept))
    held = Invitations.open(path)

    assert held.match("usfj", codes["usfj"])
    assert not held.strange_to("SHA256:new")


@pytest.mark.parametrize(
    ("name", "seat"),
    [
        ("usfj", "usfj"),
        ("USFJ", "usfj"),
        ("  Usfj ", "usfj"),
        ("usfj@192.0.2.7", "usfj"),
        ("usfj@fe80::1%eth0", "usfj"),
        ("ssh -p 2222 usfj@192.0.2.7", "usfj"),
        ("  usfj   ssh -p 2222 USFJ@192.0.2.7   code K7QF-M2XW-9RTD", "usfj"),
        ("'usfj'", "usfj"),
        ("ufsj", "ufsj"),
        ("Root@host", "Root"),
        ("", ""),
        ("@", ""),
    ],
)
@pytest.mark.usefixtures("codes")
def test_a_seat_is_what_was_meant(path: Path, name: str, seat: str) -> None:
    assert seat == Invitations.open(path).seat(name)


def test_seats_that_differ_by_a_capital_are_two(path: Path) -> None:
    Invitations.create(path, ["red", "Red"])
    held = Invitations.open(path)

    assert ["red", "Red"] == [held.seat("red"), held.seat("Red")]


def test_a_spent_code_stays_spent_when_the_process_is_killed_right_after(
    path: Path, codes: dict[str, str]
) -> None:
    mine = key()
    died = subprocess.run(
        [sys.executable, "-c", SPEND_AND_DIE, path, codes["usfj"], mine], check=False
    )
    held = Invitations.open(path)

    assert -signal.SIGKILL == died.returncode
    assert held.knows("usfj", mine)
    assert not spent(held, "usfj", codes["usfj"], [key()])
    assert spent(held, "kantei", codes["kantei"], [mine])


def test_the_disk_has_it_before_anybody_hears_yes(
    codes: dict[str, str], held: Invitations, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note(fd: int) -> None:
        synced.append("folder" if stat.S_ISDIR(os.fstat(fd).st_mode) else "file")
        fsync(fd)

    def moved(draft: Path, to: Path) -> Path:
        synced.append("move")
        return replace(draft, to)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(Path, "replace", moved)
    spent(held, "usfj", codes["usfj"], [])

    assert ["file", "move", "folder"] == synced


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_spends_nothing(
    path: Path, codes: dict[str, str], held: Invitations, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(InvitationError) as said:
            spent(held, "usfj", codes["usfj"], [key()])

    assert (
        "run.seats.toml cannot be written: No space left on device; mend that, then try again."
        == str(said.value)
    )
    assert before == path.read_bytes()
    assert [path.name] == [one.name for one in path.parent.iterdir()]
    assert spent(held, "usfj", codes["usfj"], [])


def test_once_the_file_says_spent_the_process_says_so_too(
    codes: dict[str, str], held: Invitations, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(files, "settle", full)
        with pytest.raises(InvitationError):
            spent(held, "usfj", codes["usfj"], [])

    assert not spent(held, "usfj", codes["usfj"], [])


def test_a_new_code_voids_the_old_one_and_replaces_the_keys_when_it_is_spent(
    path: Path, codes: dict[str, str], held: Invitations
) -> None:
    lost, found = key(), key()
    spent(held, "usfj", codes["usfj"], [lost])
    first = held.reissue("usfj")
    second = held.reissue("usfj")
    held = Invitations.open(path)

    assert held.knows("usfj", lost)
    assert ("code given out", (fingerprint(lost),)) == (
        held.state("usfj").words,
        held.state("usfj").fingerprints,
    )
    assert not spent(held, "usfj", first, [found])
    assert spent(held, "usfj", second, [found])
    assert held.knows("usfj", found)
    assert not held.knows("usfj", lost)


def test_revoked_is_revoked(path: Path, codes: dict[str, str], held: Invitations) -> None:
    mine = key()
    spent(held, "usfj", codes["usfj"], [mine])
    held.revoke("usfj")
    held.revoke("kantei")

    for each in (held, Invitations.open(path)):
        assert ("revoked", ()) == (each.state("usfj").words, each.state("usfj").fingerprints)
        assert not each.knows("usfj", mine)
        assert not spent(each, "kantei", codes["kantei"], [mine])
    assert spent(held, "usfj", held.reissue("usfj"), [mine])


def test_every_no_costs_the_same_work(held: Invitations, monkeypatch: pytest.MonkeyPatch) -> None:
    held.revoke("kantei")
    work: list[int] = []
    stretch = hashlib.pbkdf2_hmac

    def counted(name: str, code: bytes, salt: bytes, rounds: int) -> bytes:
        work.append(rounds * len(salt))
        return stretch(name, code, salt, rounds)

    monkeypatch.setattr(hashlib, "pbkdf2_hmac", counted)
    for seat in ("usfj", "kantei", "nobody", ""):
        assert not spent(held, seat, new_code(), [])

    assert 4 == len(work)
    assert 1 == len(set(work))


def test_an_unknown_seat_is_said_to_the_host(held: Invitations) -> None:
    sentence = "There is no seat ufsj in run.seats.toml; choose one of usfj, kantei."
    for ask in (held.reissue, held.revoke, held.state):
        with pytest.raises(InvitationError, match=sentence):
            ask("ufsj")


@pytest.mark.usefixtures("codes")
def test_a_second_file_is_not_made_over_the_first(path: Path) -> None:
    before = path.read_bytes()

    with pytest.raises(InvitationError, match="exists already; resume its save"):
        Invitations.create(path, SEATS)
    assert before == path.read_bytes()


@pytest.mark.usefixtures("codes")
def test_a_file_that_others_can_read_is_left_as_it_is_until_it_is_written_anew(
    path: Path,
) -> None:
    path.chmod(0o644)
    held = Invitations.open(path)
    assert 0o644 == stat.S_IMODE(path.stat().st_mode)

    held.revoke("usfj")
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_a_draft_left_by_a_crash_is_in_nobodys_way(path: Path, held: Invitations) -> None:
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text("half a")
    draft.chmod(0o666)
    held.revoke("usfj")

    assert "half a" == draft.read_text()
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    "damage",
    [
        "not = = toml",
        "",
        "format = 2\n[seat]\n",
        "format = 1\nseat = 3\n",
        "format = 1\n[seat.usfj]\nsalt = 'x'\n",
        "format = 1\n[seat.usfj]\nsalt = 'x'\nhash = 'zz'\nkeys = []\nsince = ''\n",
        "format = 1\n[seat.usfj]\nsalt = 'x'\nhash = 'ab'\nkeys = []\nsince = ''\n",
        "format = 1\n[seat.usfj]\nsalt = 'x'\nhash = ''\nkeys = ['no key']\nsince = ''\n",
        "format = 1\n[seat.usfj]\nsalt = 'x'\nhash = ''\nkeys = ['']\nsince = ''\n",
    ],
)
def test_a_damaged_file_is_said_and_left_alone(path: Path, damage: str) -> None:
    path.write_text(damage)

    with pytest.raises(InvitationError, match=r"run\.seats\.toml is damaged; mend it, or move it"):
        Invitations.open(path)
    assert damage == path.read_text()


def test_a_missing_file_is_said(path: Path) -> None:
    with pytest.raises(InvitationError, match=r"There is no run\.seats\.toml; start the table"):
        Invitations.open(path)


def test_the_fingerprint_is_what_ssh_shows(tmp_path: Path) -> None:
    keygen = shutil.which("ssh-keygen")
    if keygen is None:
        pytest.skip("there is no ssh-keygen on this machine")
    mine = key()
    (tmp_path / "mine.pub").write_text(mine)
    shown = subprocess.run(
        [keygen, "-l", "-f", tmp_path / "mine.pub"], check=True, capture_output=True, text=True
    )

    assert fingerprint(mine) == shown.stdout.split()[1]
