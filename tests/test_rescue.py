"""A save that goes away or fails while it is played: said at the next entry, and kept elsewhere."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit.desk import sit
from kit.person import ROOT, Person, ttx_
from kit.saves import notes
from kit.tables import seated, until
from ssh_rig import CHIEF, LEAD, MIDDLE, OTHER, laid, room

from ttx.session import phases, rescue
from ttx.session.opening import resume
from ttx.session.record import read
from ttx.session.save import Save
from ttx.session.save_header import SaveError
from ttx.session.side_commands import Note
from ttx.session.table import Table
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.slow


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where runs go."""
    folder = tmp_path / "runs"
    monkeypatch.setattr(rescue, "saves_folder", lambda: folder)
    return folder


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """A run in play, with a note in it, in a folder of its own."""
    (tmp_path / "here").mkdir()
    table = seated("tutorial", path=tmp_path / "here" / "run.ttx.toml")
    assert until(table, phases.DELIBERATION)
    note(table, "before")
    return table


def note(table: Table, words: str) -> None:
    table.submit("relief", Note(words), table.game.entries)


def path_of(table: Table) -> Path:
    assert table.path is not None
    return table.path


# What somebody else does to a file


def deleted(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    other = path.with_name("other")
    shutil.copyfile(path, other)
    other.replace(path)


def shortened(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def grown(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"# a conflict\n")


def changed(path: Path) -> None:
    data = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(data.index(b"before"))
        file.write(b"beyond")


def moved(path: Path) -> None:
    path.rename(path.with_name("moved.ttx.toml"))


def linked(path: Path) -> None:
    path.rename(path.with_name("moved.ttx.toml"))
    path.symlink_to("/dev/null")


Does = Callable[[Path], None]
BESIDE: dict[Does, str] = {
    deleted: "was deleted",
    replaced: "was replaced by another file",
    shortened: "was shortened",
    emptied: "was shortened",
    grown: "was written to",
    changed: "was changed",
    moved: "was moved away",
    linked: "was replaced by another file",
}


def folder_renamed(path: Path) -> None:
    path.parent.rename(path.parent.with_name("there"))


def folder_deleted(path: Path) -> None:
    shutil.rmtree(path.parent)


def folder_made_anew(path: Path) -> None:
    folder_renamed(path)
    path.parent.mkdir()


def folder_made_a_file(path: Path) -> None:
    folder_renamed(path)
    path.parent.touch()


ELSEWHERE: dict[Does, str] = {
    folder_renamed: "was moved away",
    folder_deleted: "was deleted",
    folder_made_anew: "was moved away",
    folder_made_a_file: "was moved away",
}


def goes_on(table: Table, why: str, kept: Path) -> None:
    """The next entry is in the new file with all before it, and what comes after it too."""
    seal = table.seal
    note(table, "after")

    assert kept == table.path
    assert (
        f"run.ttx.toml {why} while it was played. The run is whole in {kept}, and goes on there."
        == table.moved
    )
    record = read(kept)
    assert (table.entries, "", table.seal) == (record.entries, record.remark, record.seal)
    assert seal == record.hashes[-2]  # it is the same record, to the byte
    assert 0o600 == kept.stat().st_mode & 0o777
    with pytest.raises(SaveError, match="is being played in another window"):
        resume(record)
    note(table, "and on")
    table.leave()
    assert ["before", "after", "and on"] == notes(kept)
    assert "" == table.lost
    resume(read(kept)).leave()


@pytest.mark.parametrize("does", BESIDE, ids=lambda one: one.__name__)
def test_what_is_lost_beside_is_kept_beside(table: Table, runs: Path, does: Does) -> None:
    was = path_of(table)
    does(was)
    left = {one.name: one.read_bytes() for one in was.parent.iterdir()}

    goes_on(table, BESIDE[does], was.with_name("run-kept.ttx.toml"))

    assert left == {n: (was.parent / n).read_bytes() for n in left}  # theirs is left alone
    assert {*left, "run-kept.ttx.toml"} == {one.name for one in was.parent.iterdir()}
    assert not runs.exists()


@pytest.mark.parametrize("does", ELSEWHERE, ids=lambda one: one.__name__)
def test_where_the_folder_is_gone_it_is_kept_where_runs_go(
    table: Table, runs: Path, does: Does
) -> None:
    was = path_of(table)
    does(was)

    goes_on(table, ELSEWHERE[does], runs / "run-kept.ttx.toml")

    assert 0o700 == runs.stat().st_mode & 0o777
    assert not was.exists()


@pytest.mark.usefixtures("runs")
@pytest.mark.parametrize("does", [*BESIDE, *ELSEWHERE], ids=lambda one: one.__name__)
def test_whoever_leaves_is_not_told_that_it_is_saved_where_it_is_not(
    table: Table, does: Does
) -> None:
    does(path_of(table))

    table.leave()

    assert table.moved
    assert path_of(table).name == "run-kept.ttx.toml"
    assert table.entries == read(path_of(table)).entries


def test_a_file_that_was_only_touched_is_written_on(table: Table) -> None:
    was = path_of(table)
    os.utime(was)
    note(table, "after")
    os.utime(was, (1, 1))
    note(table, "and on")
    table.leave()

    assert (was, "") == (table.path, table.moved)
    assert ["before", "after", "and on"] == notes(was)


def test_where_no_place_takes_it_nothing_is_acknowledged_until_one_does(
    table: Table, runs: Path, home: Path
) -> None:
    was, told = path_of(table), list[int]()
    table.subscribe(told.append)
    entries = list(table.entries)
    folder_renamed(was)
    runs.touch()
    (home / "data").touch()

    for _ in range(2):
        with pytest.raises(SaveError) as refused:
            note(table, "lost")
        assert str(refused.value) == table.lost
    assert table.lost.startswith(
        "run.ttx.toml was moved away while it was played, and the run could not be kept elsewhere: "
    )
    assert (entries, []) == (table.entries, told)
    table.keep()
    assert table.lost

    was.parent.with_name("there").rename(was.parent)
    note(table, "found again")
    table.leave()
    assert ("", "", was) == (table.lost, table.moved, table.path)
    assert ["before", "found again"] == notes(was)


def test_the_data_of_the_user_is_the_last_resort(table: Table, runs: Path, home: Path) -> None:
    folder_renamed(path_of(table))
    runs.touch()

    note(table, "after")

    assert home / "data" / "ttx" / "saves" / "run-kept.ttx.toml" == table.path
    table.leave()


# A disk that fails

SYNC, CUT = os.fsync, os.ftruncate


class Failing:
    """A disk that does not confirm one file, and may not take back what was written either."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, path: Path, code: int) -> None:
        self.code, self.node, self.syncs = code, path.stat().st_ino, 0
        monkeypatch.setattr(os, "fsync", self.sync)

    def sync(self, fd: int) -> None:
        if os.fstat(fd).st_ino == self.node:
            self.syncs += 1
            if self.syncs == 1:
                raise OSError(self.code, os.strerror(self.code))
        SYNC(fd)

    def cut(self, fd: int, size: int) -> None:
        raise OSError(self.code, os.strerror(self.code))


FAILURES = [errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS]


@pytest.mark.usefixtures("runs")
@pytest.mark.parametrize("taken_back", [True, False])
@pytest.mark.parametrize("code", FAILURES, ids=errno.errorcode.get)
def test_a_disk_that_failed_once_is_not_believed_again(
    table: Table, monkeypatch: pytest.MonkeyPatch, code: int, *, taken_back: bool
) -> None:
    was = path_of(table)
    before, seal = list(table.entries), table.seal
    disk = Failing(monkeypatch, was, code)
    if not taken_back:
        monkeypatch.setattr(os, "ftruncate", disk.cut)
    why = "disk full" if code == errno.ENOSPC else os.strerror(code)

    goes_on(table, f"can no longer be relied on ({why})", was.with_name("run-kept.ttx.toml"))

    assert 1 == disk.syncs  # nothing more was written there
    old = read(was)
    assert (before, seal) == (old.entries[: len(before)], old.hashes[len(before) - 1])
    assert len(before) + (not taken_back) == len(old.entries)


@pytest.mark.usefixtures("runs")
def test_half_an_entry_that_cannot_be_taken_back_is_the_last_of_that_file(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    was, write = path_of(table), os.write
    data, node = was.read_bytes(), was.stat().st_ino
    before = list(table.entries)

    def half(fd: int, part: bytes) -> int:
        return write(fd, part[: len(part) // 2] if os.fstat(fd).st_ino == node else part)

    monkeypatch.setattr(os, "write", half)
    monkeypatch.setattr(os, "ftruncate", Failing(monkeypatch, was, errno.EIO).cut)

    goes_on(table, "can no longer be relied on (disk full)", was.with_name("run-kept.ttx.toml"))

    assert was.read_bytes().startswith(data)
    assert before == read(was).entries
    assert read(was).remark.startswith("The last entry was cut short and is left out; ")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    small = [str(mount), "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if mount is None or subprocess.run(small, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run([str(umount), "-l", str(folder)], capture_output=True, check=False)


def on(disk: Path) -> Table:
    table = seated("tutorial", path=disk / "run.ttx.toml")
    assert until(table, phases.DELIBERATION)
    note(table, "before")
    return table


def test_a_disk_that_is_unmounted(disk: Path, runs: Path) -> None:
    table = on(disk)
    subprocess.run([str(shutil.which("umount")), "-l", str(disk)], check=True)

    goes_on(table, "was moved away", runs / "run-kept.ttx.toml")

    assert [] == list(disk.iterdir())  # what is mounted there again would hide it


def test_a_disk_that_fills_up_and_has_room_again(disk: Path) -> None:
    table = on(disk)
    with pytest.raises(OSError, match="No space"):
        (disk / "more").write_bytes(bytes(1 << 20))

    def notes_until_it_is_full() -> None:
        for _ in range(20):
            note(table, "word " * 300)

    with pytest.raises(SaveError, match="The record cannot be written: disk full"):
        notes_until_it_is_full()
    assert table.entries == read(disk / "run.ttx.toml").entries
    (disk / "more").unlink()
    note(table, "after")
    table.leave()
    assert ("", "") == (table.moved, table.lost)
    assert "after" == notes(disk / "run.ttx.toml")[-1]


# Two windows

WAITS = """
import sys
from pathlib import Path
from ttx.session.save_header import SaveError
from ttx.session.opening import resume
from ttx.session.record import read
record = read(Path(sys.argv[1]))
print("read", flush=True)
sys.stdin.readline()
try:
    table = resume(record)
except SaveError as error:
    print(error)
else:
    print(len(table.entries), table.found.remark)
    table.leave()
"""


def waiting(path: Path) -> subprocess.Popen[str]:
    """Another process that has read the save, and takes it over at the next line it is sent."""
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS, path],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "read\n" == process.stdout.readline()
    return process


@pytest.mark.parametrize("torn", [b"", b"[[event]]\nn = 9"])
def test_what_another_window_wrote_while_it_finished_is_played_on(
    table: Table, torn: bytes
) -> None:
    path = path_of(table)
    other = waiting(path)
    note(table, "acknowledged at the last moment")
    entries = list(table.entries)
    table.leave()
    with path.open("ab") as file:
        file.write(torn)

    said = other.communicate("\n", timeout=60)[0]

    left = "The last entry was cut short and is left out; " if torn else ""
    assert said.startswith(f"{len(entries)} {left}")
    assert entries == read(path).entries
    aside = path.with_name(path.name + ".torn")
    assert torn == (aside.read_bytes() if aside.exists() else b"")


@pytest.mark.parametrize("does", [replaced, shortened, emptied, deleted])
def test_what_became_another_run_before_it_was_taken_over_is_refused(
    table: Table, does: Does
) -> None:
    path = path_of(table)
    other = waiting(path)
    table.leave()
    does(path)
    if does is replaced:
        elsewhere = seated("tutorial", "apart", 5, path.with_name("new.ttx.toml"))
        until(elsewhere, phases.DELIBERATION)
        elsewhere.leave()
        path.with_name("new.ttx.toml").replace(path)
    data = path.read_bytes() if path.exists() else b""

    said = other.communicate("\n", timeout=60)[0]

    assert said.endswith(".\n")
    assert "Traceback" not in said
    assert data == (path.read_bytes() if path.exists() else b"")
    assert not path.with_name(path.name + ".torn").exists()


def test_a_disk_that_cannot_lock_is_said_to(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    table.leave()

    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refused)
    with pytest.raises(SaveError, match=r"cannot be kept to one writer on this disk \(No locks"):
        resume(read(path_of(table)))


# As people see it


async def test_the_screens_say_where_it_goes_on_until_it_is_read(table: Table) -> None:
    kept = path_of(table).with_name("run-kept.ttx.toml")
    path_of(table).unlink()
    async with sit(TtxApp(table, "relief"), MIDDLE) as desk:
        await desk.press("n", "x", "enter")
        await desk.press("j")
        shown = " ".join(desk.shown.split())
        assert "run.ttx.toml was deleted while it was played. The run is whole in" in shown
        assert kept.name in shown.replace(" ", "")
        await desk.press("escape")
        assert "was deleted" in desk.shown
        await desk.press("full_stop")
        assert "was deleted" not in desk.shown
        await desk.press("n", "y", "enter")
        assert "was deleted" not in desk.shown
    assert ["before", "x", "y"] == notes(kept)


@pytest.mark.parametrize("does", [deleted, replaced, shortened], ids=lambda one: one.__name__)
@pytest.mark.parametrize("again", [True, False], ids=["and another note", "and leaves"])
def test_plain_play_says_where_it_goes_on(tmp_path: Path, does: Does, *, again: bool) -> None:
    path, kept = tmp_path / "run.ttx.toml", tmp_path / "run-kept.ttx.toml"
    person = Person("play", "tutorial", "--plain", "--seed", "1", "--save", path)
    person.hears(" > ")
    person.types("note before\n")
    person.hears("The note is in the record.")
    person.hears(" > ")
    does(path)
    if again:
        person.types("note after\n")
        person.hears("The note is in the record.")
        person.hears(f"while it was played. The run is whole in {kept}, and goes on there.")
        person.hears(" > ")
    person.types("quit\n")
    person.hears(f"while it was played. The run is whole in {kept}, and goes on there.")
    person.hears(f"Saved. Go on with: ttx resume {kept}")
    assert 0 == person.leaves()
    assert ["before", "after"][: 1 + again] == notes(kept)
    assert "is whole" not in ttx_("verify", kept, code=0)[1]


def test_a_hosted_run_goes_on_for_every_seat_and_comes_back_with_them(tmp_path: Path) -> None:
    save = laid(tmp_path, phases.DELIBERATION)
    kept = tmp_path / "run-kept.ttx.toml"
    with room(tmp_path, resume=save) as at:
        chief, lead, other = at.join(CHIEF, MIDDLE), at.join(LEAD, MIDDLE), at.join(OTHER, MIDDLE)
        codes = at.host.codes
        for one in (save, save.with_name("run.seats.toml"), at.host.log):
            one.unlink()
        lead.press("n", "Enter saves", "We are still here.\r", "is in the record.")
        chief.until("run.ttx.toml was deleted while it was played. The run is whole in")
        for seat in (lead, other):
            assert "was deleted" not in seat.text
        other.press("n", "Enter saves", "So are we.\r", "is in the record.")
        said = at.host.stop()
        assert f"run.ttx.toml was deleted while it was played. The run is whole in {kept}" in said
        assert f"ttx host --resume {kept}" in said
    assert ["We are still here.", "So are we."] == notes(kept)
    assert not save.exists()

    with room(tmp_path, resume=kept) as at:
        assert {} == {seat: code for seat, code in at.host.codes.items() if codes[seat] != code}
        at.back(LEAD, MIDDLE).until("QUESTION")
        chief = at.back(CHIEF, MIDDLE)
        chief.until("Deliberation on")


def test_a_hosted_run_whose_save_goes_last_is_kept_before_the_seats_are_promised(
    tmp_path: Path,
) -> None:
    save = laid(tmp_path, phases.DELIBERATION)
    kept = tmp_path / "run-kept.ttx.toml"
    with room(tmp_path, resume=save) as at:
        lead = at.join(LEAD, MIDDLE)
        save.unlink()
        said = at.host.stop()
        assert 0 == lead.status()
    assert f"Saved. Go on with: ttx host --resume {kept}" in said
    assert kept.with_name("run-kept.seats.toml").exists()
    with room(tmp_path, resume=kept) as at:
        at.back(LEAD, MIDDLE).until("QUESTION")


def test_a_closed_save_is_let_go(tmp_path: Path) -> None:
    table = seated("tutorial", path=tmp_path / "run.ttx.toml")
    table.leave()
    path_of(table).unlink()
    table.leave()

    assert isinstance(table.save, Save)
    assert [] == list(tmp_path.iterdir())
