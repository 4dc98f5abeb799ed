from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import asyncssh
import pytest

from ttx.remote import hostkey
from ttx.remote.hostkey import HostKeyError

LOAD = "from ttx.remote import hostkey; input(); print(hostkey.fingerprint(hostkey.load()))"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_key_is_made_once_and_only_its_owner_reads_it(home: Path) -> None:
    first = hostkey.load()
    path = hostkey.default_path()

    assert path.is_relative_to(home)
    assert "host_key" == path.name
    assert "ssh-ed25519" == first.get_algorithm()
    assert (0o600, 0o700) == (mode(path), mode(path.parent))
    assert ["host_key"] == [one.name for one in path.parent.iterdir()]
    assert hostkey.fingerprint(first) == hostkey.fingerprint(hostkey.load())


def test_a_folder_that_is_there_stays_as_it_is_and_the_key_is_still_its_owners(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "ttx"
    folder.mkdir()
    folder.chmod(0o755)
    hostkey.load(folder / "host_key")

    assert (0o755, 0o600) == (mode(folder), mode(folder / "host_key"))


def test_the_fingerprint_is_what_ssh_shows() -> None:
    keygen = shutil.which("ssh-keygen")
    if keygen is None:
        pytest.skip("there is no ssh-keygen on this machine")
    key = hostkey.load()
    shown = subprocess.run(
        [keygen, "-l", "-f", hostkey.default_path()], check=True, capture_output=True, text=True
    )

    assert hostkey.fingerprint(key) == shown.stdout.split()[1]


@pytest.mark.slow
def test_processes_that_make_one_at_once_end_with_one_key() -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", LOAD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("\n")
        racer.stdin.flush()
    said = {racer.communicate(timeout=60)[0] for racer in racers}

    assert {hostkey.fingerprint(hostkey.load()) + "\n"} == said
    assert ["host_key"] == [one.name for one in hostkey.default_path().parent.iterdir()]


def test_who_is_slower_takes_the_key_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, make = tmp_path / "host_key", asyncssh.generate_private_key
    theirs = make("ssh-ed25519")

    def slowly(*args: str, **how: str) -> asyncssh.SSHKey:
        path.write_bytes(theirs.export_private_key())
        path.chmod(0o600)
        return make(*args, **how)

    monkeypatch.setattr(asyncssh, "generate_private_key", slowly)

    assert theirs.get_fingerprint() == hostkey.load(path).get_fingerprint()
    assert ["host_key"] == [one.name for one in tmp_path.iterdir()]


@pytest.mark.parametrize("bits", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, bits: int) -> None:
    path = tmp_path / "host_key"
    hostkey.load(path)
    path.chmod(bits)

    with pytest.raises(HostKeyError, match="can be read by others") as said:
        hostkey.load(path)

    assert str(path) in str(said.value)


def test_a_damaged_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "host_key"
    path.write_bytes(b"")
    path.chmod(0o600)

    with pytest.raises(HostKeyError, match="is damaged; move it away"):
        hostkey.load(path)


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "host_key"
    path.write_bytes(asyncssh.generate_private_key("ecdsa-sha2-nistp256").export_private_key())
    path.chmod(0o600)

    with pytest.raises(HostKeyError, match="is not an ed25519 key"):
        hostkey.load(path)


def test_a_place_that_cannot_be_had_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(HostKeyError, match=r"cannot be used: .*; make that place yours to host\."):
        hostkey.load(tmp_path / "file" / "host_key")
