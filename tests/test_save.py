from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from kit.saves import sentence
from kit.tables import SEATINGS, exercise, leads, offers, play, played, robots_alone, seated, until

from ttx.exercise.load import digest
from ttx.session import phases
from ttx.session.command import IllegalDecision
from ttx.session.events import Closed, Ended, Entry, LeversClosed, Started
from ttx.session.notebook_events import Noted
from ttx.session.opening import look_at, new_path, resume
from ttx.session.play_commands import Start
from ttx.session.record import Record, blocks, read
from ttx.session.save import Save
from ttx.session.save_header import (
    FORMAT,
    HEAD_BYTES,
    MARK,
    Glance,
    Header,
    glance,
    hash_of,
)
from ttx.session.save_paths import examples_folder, saves_folder
from ttx.session.side_commands import Note

T = TypeVar("T")

ROOT = Path(__file__).parents[1]
HEADER = Header("x", "Small", 1, 2, "0" * 32, {"us": "person"}, together=True)
ENTRIES = [
    Entry(1, Started(), "relief", turn=0, phase="levers"),
    Entry(2, Noted('one\n"two"\n[[event]]'), "relief", turn=1, phase="levers"),
    Entry(3, LeversClosed("A"), "nobody", at="2026-01-01", elapsed=5, turn=1, phase="inject"),
    Entry(4, Ended("終わり"), "relief", turn=1, phase="hotwash"),
    Entry(5, Closed(), "relief", turn=1, phase="closed"),
]


def small(path: Path) -> bytes:
    """A save of five entries and next to no exercise."""
    save = Save.create(path, HEADER, {"title": "Small"})
    for entry in ENTRIES:
        save.append(entry)
    save.close()
    return path.read_bytes()


def bounds(data: bytes) -> list[int]:
    """Where the blocks begin, and the end."""
    first = data.find(b"\n" + MARK) + 1
    return [*(offset for offset, _ in blocks(data, first)), len(data)]


def told(calls: list[str], name: str, does: Callable[..., T]) -> Callable[..., T]:
    """The same, told by name whenever it is called."""

    def tells(*given: object) -> T:
        calls.append(name)
        return does(*given)

    return tells


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A save of two people's cells, stopped in the middle of turn 1."""
    table = seated("tutorial", "apart", path=tmp_path / "run.ttx.toml")
    assert until(table, phases.DELIBERATION, "crisis")
    table.submit("relief", Note("so far"), table.game.entries)
    table.leave()
    return tmp_path / "run.ttx.toml"


# Writing and reading


def test_what_is_appended_is_read(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    data = small(path)

    record = read(path)

    assert (
        Record(
            path,
            HEADER,
            {"title": "Small"},
            ENTRIES,
            record.seal,
            "",
            read_only=False,
            size=len(data),
            hashes=record.hashes,
        )
        == record
    )
    assert f'hash = "{record.seal}"\n\n'.encode() == data[-43:]


def test_each_block_seals_all_before_it(tmp_path: Path) -> None:
    data = small(tmp_path / "run.ttx.toml")
    at = bounds(data)
    assert len(ENTRIES) + 1 == len(at)

    seal = hash_of(data[: at[0]])
    for start, end in pairwise(at):
        block = data[start:end]
        assert f'prev = "{seal}"\n'.encode() in block
        body, _, mark = block.rpartition(b'hash = "')
        seal = hash_of(body)
        assert seal.encode() == mark[:32]


def test_each_entry_is_one_write_and_one_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = Save.create(tmp_path / "run.ttx.toml", HEADER, {})
    calls: list[str] = []
    monkeypatch.setattr(os, "write", told(calls, "write", os.write))
    monkeypatch.setattr(os, "fsync", told(calls, "sync", os.fsync))

    for entry in ENTRIES:
        save.append(entry)

    assert ["write", "sync"] * len(ENTRIES) == calls
    save.close()
    save.close()


def test_nobody_is_told_before_the_disk_has_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = seated("tutorial", path=tmp_path / "run.ttx.toml")
    calls: list[str] = []
    monkeypatch.setattr(os, "fsync", told(calls, "sync", os.fsync))
    table.subscribe(lambda count: calls.append(f"told {count}"))

    table.submit("relief", Start(), table.game.entries)
    table.leave()

    assert ["sync", "sync", "told 2"] == calls


@pytest.mark.slow
@pytest.mark.parametrize("how", SEATINGS)
def test_play_goes_on_where_it_stopped(how: str, tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    table = seated("tutorial", how, 4, path)
    for number, _ in enumerate(play(table, 4)):
        table.leave()
        table = resume(read(path)) if number else table
        break
    while not table.closed:
        table.leave()
        table = resume(read(path))
        assert table.entries == read(path).entries
        seat = next(seat for seat in leads(table.game.run) if offers(table.game, seat))
        table.submit(seat, offers(table.game, seat)[0], table.game.entries)
    table.leave()

    record = read(path)
    assert "" == record.remark
    assert table.entries == record.entries
    assert phases.CLOSED == look_at(record).game.phase
    assert not path.with_name(path.name + ".torn").exists()


def test_the_exercise_is_played_on_from_the_save(run: Path) -> None:
    table = resume(read(run))
    table.leave()

    assert digest(exercise("tutorial")) == digest(table.game.run.exercise)
    assert exercise("tutorial") == table.game.run.exercise


def test_looking_writes_and_locks_nothing(run: Path) -> None:
    data = run.read_bytes()
    writer = resume(read(run))

    table = look_at(read(run))
    with pytest.raises(IllegalDecision, match="This is a record"):
        table.submit("relief", Note("a thought"), table.game.entries)

    assert data == run.read_bytes()
    writer.leave()


# Cut short; tests/test_crash.py cuts at every byte


def test_a_second_tail_is_set_aside_beside_the_first(run: Path) -> None:
    torn = run.with_name(run.name + ".torn")
    for tail in (b"[[event]]\nn = 99", b'[[event]]\nn = 98\nhash = "0'):
        with run.open("ab") as file:
            file.write(tail)
        record = read(run)
        assert "The last entry was cut short and is left out" in record.remark
        resume(record).leave()

    assert b'[[event]]\nn = 99[[event]]\nn = 98\nhash = "0' == torn.read_bytes()
    assert "" == read(run).remark


def test_an_empty_tail_of_zeros_is_a_torn_tail(run: Path) -> None:
    entries = read(run).entries
    with run.open("ab") as file:
        file.write(bytes(100))

    record = read(run)

    assert (entries, False) == (record.entries, record.read_only)
    resume(record).leave()
    assert "" == read(run).remark


# Broken in the middle; tests/test_crash.py breaks every block


def test_an_edited_head_opens_read_only(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    data = small(path)
    path.write_bytes(data.replace(b"seed = 1", b"seed = 2"))

    record = read(path)

    assert ([], True, 2) == (record.entries, record.read_only, record.header.seed)
    assert record.remark.startswith("Readable up to entry 0; broken at line ")


def test_a_whole_record_that_does_not_follow_is_said_to(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    table = seated("tutorial", path=path)
    table.leave()
    save = Save.resume(read(path))
    save.append(Entry(1, Closed(), "relief", turn=0, phase="closed"))
    save.close()

    words = sentence(lambda: resume(read(path)))

    assert (
        "run.ttx.toml does not follow its exercise: "
        "closed cannot follow in the phase briefing." == words
    )


# What is no save


def test_a_file_that_is_no_save_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    for data in (b"\x89PNG\r\n\x1a\n\xff\xfe", b"dear diary", b"a = 1\na = 2\n"):
        path.write_bytes(data)
        assert "notes.txt is not a save of ttx, or its head is damaged." == sentence(
            lambda: read(path)
        )
    for data in (b"", b"title = 'x'\n", b"format = 'one'\n", b"format = 0\n"):
        path.write_bytes(data)
        assert "notes.txt is not a save of ttx; choose a file that ends in .ttx.toml." == sentence(
            lambda: read(path)
        )


def test_an_exercise_file_is_told_from_a_save() -> None:
    words = sentence(lambda: read(ROOT / "exercises" / "tutorial" / "exercise.toml"))

    assert words.startswith("exercise.toml ")


def test_a_newer_format_is_told_so(run: Path) -> None:
    data = run.read_bytes()
    run.write_bytes(data.replace(b"format = %d\n" % FORMAT, b"format = %d\n" % (FORMAT + 1), 1))

    assert (
        "run.ttx.toml was written by a newer ttx; update ttx to open it."
        == sentence(lambda: read(run))
        == glance(run).broken
    )


def test_a_head_without_a_seed_is_told_so(run: Path) -> None:
    data = run.read_bytes()
    run.write_bytes(data.replace(b"seed = 1\n", b"", 1))

    assert "run.ttx.toml has no seed at its head; it cannot be played on." == sentence(
        lambda: read(run)
    )


def test_no_file_and_a_folder_are_told_so(tmp_path: Path) -> None:
    gone = tmp_path / "gone.ttx.toml"

    assert f"There is no save at {gone}." == sentence(lambda: read(gone))
    assert f"{tmp_path} is a folder; name a file that ends in .ttx.toml." == sentence(
        lambda: read(tmp_path)
    )


def test_what_is_no_file_is_told_so_at_once(tmp_path: Path) -> None:
    pipe, large = tmp_path / "pipe.ttx.toml", tmp_path / "large.ttx.toml"
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(5 << 30)

    for path, why in (
        (pipe, "It is a pipe, not a file"),
        (Path("/dev/zero"), "It is a device, not a file"),
        (large, "It is larger than 256 MB"),
    ):
        assert f"{path} cannot be read: {why}." == sentence(partial(read, path))
        assert f"it cannot be read: {why}" == glance(path).broken


# Where it cannot be written


def test_what_exists_is_not_written_over(run: Path) -> None:
    data = run.read_bytes()

    words = sentence(lambda: seated("tutorial", path=run))

    assert f"{run} exists already; choose another name, or resume it." == words
    assert data == run.read_bytes()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):  # root may write anywhere, but not below a file
        folder = tmp_path / "file" / "folder"
        folder.parent.write_text("not a folder")

    words = sentence(lambda: seated("tutorial", path=folder / "run.ttx.toml"))

    assert words.startswith(f"{folder / 'run.ttx.toml'} cannot be written: ")
    assert words.endswith(
        ("; choose another place.", "; choose a place that is yours to write to.")
    )


def test_a_file_is_no_folder_for_saves(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    words = sentence(lambda: seated("tutorial", path=tmp_path / "file" / "run.ttx.toml"))

    assert "exists already" not in words


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def failing(*_: object) -> int:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


WRITE = os.write


def short(fd: int, data: bytes) -> int:
    return WRITE(fd, data[: len(data) // 2])


@pytest.mark.parametrize(
    ("write", "why"),
    [(full, "disk full"), (short, "disk full"), (failing, "Input/output error")],
    ids=["full", "short", "failing"],
)
def test_on_a_full_disk_the_file_stays_as_it_was(
    run: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[int, bytes], int], why: str
) -> None:
    table = resume(read(run))
    data, game, entries = run.read_bytes(), table.game, list(table.entries)
    told: list[int] = []
    table.subscribe(told.append)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", write)
        words = sentence(lambda: table.submit("relief", Note("lost"), table.game.entries))

    assert (
        f"The record cannot be written: {why}. Play stops here; nothing shown is unsaved." == words
    )
    assert data == run.read_bytes()
    assert game is table.game
    assert entries == table.entries
    assert [] == told
    table.submit("relief", Note("kept"), table.game.entries)
    table.leave()
    assert [*entries, table.entries[-1]] == read(run).entries


def test_a_failed_sync_takes_the_entry_back(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = resume(read(run))
    data = run.read_bytes()

    def failed(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", failed)
        sentence(lambda: table.submit("relief", Note("lost"), table.game.entries))

    table.leave()
    assert data == run.read_bytes()


@pytest.mark.parametrize("write", [full, short])
def test_a_save_that_cannot_begin_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[int, bytes], int]
) -> None:
    path = tmp_path / "run.ttx.toml"
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", write)
        sentence(lambda: Save.create(path, HEADER, {}))

    assert [] == list(tmp_path.iterdir())


# One writer

HOLD = """
import sys
from pathlib import Path
from ttx.session.record import read
from ttx.session.save import Save
save = Save.resume(read(Path(sys.argv[1])))
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def holder(run: Path) -> Iterator[int]:
    """The id of another process that plays the save."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(run)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert "held\n" == process.stdout.readline()
        yield process.pid
        process.communicate("\n", timeout=120)


def test_a_second_writer_is_told_who_plays(run: Path, holder: int) -> None:
    data = run.read_bytes()
    run.write_bytes(data + b"[[event]]\nn = ")

    words = sentence(lambda: resume(read(run)))

    who = f" (process {holder})" if Path("/proc/locks").exists() else ""
    assert (
        f"run.ttx.toml is being played in another window{who}; "
        "leave it there first, or watch it from Home or with ttx replay." == words
    )
    assert data + b"[[event]]\nn = " == run.read_bytes()
    assert phases.DELIBERATION == look_at(read(run)).game.phase


def test_two_tables_of_one_process_are_two_writers(run: Path) -> None:
    first = resume(read(run))

    assert "is being played in another window" in sentence(lambda: resume(read(run)))

    first.leave()
    resume(read(run)).leave()


# The same again


@pytest.mark.parametrize(("name", "robot"), [("tutorial", "random"), ("accelerate", "hawaii")])
def test_robots_write_the_same_bytes_twice_and_no_wall_time(
    name: str, robot: str, tmp_path: Path
) -> None:
    first, second = tmp_path / "1.ttx.toml", tmp_path / "2.ttx.toml"
    for path in (first, second):
        robots_alone(name, robot, 5, path).leave()

    data = first.read_bytes()
    assert data == second.read_bytes()
    _, _, events = data.partition(b"\n[[event]]\n")
    assert b"\nat = " not in events
    assert b"\nelapsed = " not in events
    assert {("", 0)} == {(entry.at, entry.elapsed) for entry in read(first).entries}


def test_a_person_leaves_wall_time(run: Path) -> None:
    assert all(entry.at for entry in read(run).entries)


# At a glance


@pytest.mark.slow
def test_a_glance_needs_head_and_tail_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run.ttx.toml"
    robots_alone("accelerate", "phased", 1, path).leave()
    data = path.read_bytes()
    middle = len(data) - 5 * HEAD_BYTES
    path.write_bytes(data[:HEAD_BYTES] + b"\xff" * (middle - HEAD_BYTES) + data[middle:])
    monkeypatch.setattr(Path, "read_bytes", None)
    monkeypatch.setattr(Path, "read_text", None)

    found = glance(path)

    played = path.stat().st_mtime
    assert Glance(path, "Accelerate", 10, 10, "closed", 0, played, seed=1) == found


@pytest.mark.parametrize("seed", [1, 2])
def test_a_glance_follows_the_play(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "run.ttx.toml"
    table = seated("tutorial", "apart", seed, path)
    assert ("briefing", 0, 2) == (glance(path).phase, glance(path).turn, glance(path).people)
    for number, _ in enumerate(play(table, seed)):
        if number:
            seen = glance(path)
            assert (table.game.phase, len(table.game.turns), "") == (
                seen.phase,
                seen.turn,
                seen.broken,
            )
    table.leave()


def test_a_glance_leaves_a_torn_entry_out(run: Path) -> None:
    whole = glance(run)
    run.write_bytes(run.read_bytes()[:-60])

    torn = glance(run)

    assert "" == torn.broken
    assert whole.title == torn.title
    assert torn.turn <= whole.turn


def test_a_glance_at_a_damaged_file_says_so(tmp_path: Path, run: Path) -> None:
    run.write_bytes(run.read_bytes()[60:])

    assert glance(run).broken
    run.write_bytes(b"\xff\xfe")
    assert glance(run).broken
    assert glance(tmp_path / "gone.ttx.toml").broken


def test_a_glance_sees_past_a_long_note(run: Path) -> None:
    record = read(run)
    save, last = Save.resume(record), record.entries[-1]
    # Notes have an end by now; a save from before may hold a longer one.
    save.append(replace(last, n=last.n + 1, event=Noted("word " * 4000)))
    save.close()

    seen = glance(run)

    assert seen.broken or (seen.turn, seen.phase) == (1, "deliberation")


# Where saves go


def test_a_checkout_keeps_its_own_saves() -> None:
    assert ROOT / "saves" == saves_folder()
    assert "examples" in examples_folder().name


def test_a_name_that_is_taken_is_not_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ttx.session.opening.saves_folder", lambda: tmp_path)
    names = set()
    for _ in range(3):
        path = new_path(exercise("tutorial"), 7)
        path.touch()
        names.add(path.name)

    assert 3 == len(names)
    assert all("tutorial" in name and "seed7" in name for name in names)
    assert all(name.endswith(".ttx.toml") for name in names)


def test_a_finished_run_is_read_not_resumed(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    played("tutorial", "alone", 2, path).leave()
    data = path.read_bytes()

    table = resume(read(path))
    table.leave()

    assert table.closed
    assert data == path.read_bytes()
