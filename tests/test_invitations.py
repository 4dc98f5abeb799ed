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

from ttx import files
from ttx.remote import invitations
from ttx.remote.invitations import InvitationError, Invitations, fingerprint, new_code, plain

SEATS = ("usfj", "kantei")
SPEND_AND_DIE = """
import os, signal, sys
from pathlib import Path
from ttx.remote.invitations import Invitations
held = Invitations.open(Path(sys.argv[1]))
held.spend("usfj", sys.argv[2], [sys.argv[3]])
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
    assert set(invitations.ALPHABET) == set("".join(codes)) - {"-"}
    assert 2**60 == len(invitations.ALPHABET) ** 12


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
    assert held.spend("usfj", codes["usfj"].lower(), [mine])
    assert not held.spend("usfj", codes["usfj"], [other])

    for each in (held, Invitations.open(path)):
        assert each.knows("usfj", mine)
        assert each.knows("usfj", mine.split()[0] + " " + mine.split()[1])
        assert not each.knows("usfj", other)
        assert not each.knows("kantei", mine)
        assert not each.knows("nobody", mine)
        assert not each.spend("usfj", codes["usfj"], [other])
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
        assert not held.spend(seat, code, [key()])

    assert before == path.read_bytes()
    assert held.spend("usfj", codes["usfj"], [])


def test_the_same_code_is_never_kept_the_same_way_twice() -> None:
    code = new_code()

    assert 2 == len({invitations._invite(code, ()).hash for _ in range(2)})


def test_without_a_key_the_return_code_takes_the_place_of_the_first(
    path: Path, codes: dict[str, str], held: Invitations
) -> None:
    back = new_code()

    assert held.spend("usfj", codes["usfj"], [], back)
    assert "code given out" == held.state("usfj").words
    again = Invitations.open(path)
    assert not again.spend("usfj", codes["usfj"], [])
    assert again.spend("usfj", back, [])
    assert not again.spend("usfj", back, [])


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
    assert not held.spend("usfj", codes["usfj"], [key()])
    assert held.spend("kantei", codes["kantei"], [mine])


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
    held.spend("usfj", codes["usfj"], [])

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
            held.spend("usfj", codes["usfj"], [key()])

    assert (
        "run.seats.toml cannot be written: No space left on device; mend that, then try again."
        == str(said.value)
    )
    assert before == path.read_bytes()
    assert [path.name] == [one.name for one in path.parent.iterdir()]
    assert held.spend("usfj", codes["usfj"], [])


def test_once_the_file_says_spent_the_process_says_so_too(
    codes: dict[str, str], held: Invitations, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(files, "settle", full)
        with pytest.raises(InvitationError):
            held.spend("usfj", codes["usfj"], [])

    assert not held.spend("usfj", codes["usfj"], [])


def test_a_new_code_voids_the_old_one_and_replaces_the_keys_when_it_is_spent(
    path: Path, codes: dict[str, str], held: Invitations
) -> None:
    lost, found = key(), key()
    held.spend("usfj", codes["usfj"], [lost])
    first = held.reissue("usfj")
    second = held.reissue("usfj")
    held = Invitations.open(path)

    assert held.knows("usfj", lost)
    assert ("code given out", (fingerprint(lost),)) == (
        held.state("usfj").words,
        held.state("usfj").fingerprints,
    )
    assert not held.spend("usfj", first, [found])
    assert held.spend("usfj", second, [found])
    assert held.knows("usfj", found)
    assert not held.knows("usfj", lost)


def test_revoked_is_revoked(path: Path, codes: dict[str, str], held: Invitations) -> None:
    mine = key()
    held.spend("usfj", codes["usfj"], [mine])
    held.revoke("usfj")
    held.revoke("kantei")

    for each in (held, Invitations.open(path)):
        assert ("revoked", ()) == (each.state("usfj").words, each.state("usfj").fingerprints)
        assert not each.knows("usfj", mine)
        assert not each.spend("kantei", codes["kantei"], [mine])
    assert held.spend("usfj", held.reissue("usfj"), [mine])


def test_every_no_costs_the_same_work(held: Invitations, monkeypatch: pytest.MonkeyPatch) -> None:
    held.revoke("kantei")
    work: list[int] = []
    stretch = hashlib.pbkdf2_hmac

    def counted(name: str, code: bytes, salt: bytes, rounds: int) -> bytes:
        work.append(rounds * len(salt))
        return stretch(name, code, salt, rounds)

    monkeypatch.setattr(hashlib, "pbkdf2_hmac", counted)
    for seat in ("usfj", "kantei", "nobody", ""):
        assert not held.spend(seat, new_code(), [])

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
