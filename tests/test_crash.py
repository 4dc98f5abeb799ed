"""Nothing that was acknowledged is lost: kills, cuts, damage and full disks."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from crash_rig import MARK, parsing_once, seals
from kit.person import Person
from kit.tables import leads, offers, play, played, seated, someone, until
from small import FOLDER

from ttx.exercise.load import load
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.automation import follow
from ttx.session.command import Command, IllegalDecision, Stale
from ttx.session.events import Answered, Entry, Moved, Ruled, Started, Told, Undone
from ttx.session.notebook_events import Noted
from ttx.session.opening import begin, look_at, resume
from ttx.session.play_commands import Pause, Submit, Undo
from ttx.session.record import read
from ttx.session.save import Save
from ttx.session.save_header import SaveError
from ttx.session.seating import Seating
from ttx.session.side_commands import Note
from ttx.session.table import Table

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
ENV = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}


def python(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Python at work in this checkout; what it printed."""
    return subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=ROOT,
        env=ENV,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def sentence(action: Callable[[], object]) -> str:
    """The sentence of a SaveError."""
    try:
        action()
    except SaveError as refused:
        words = str(refused)
        assert words.endswith(".")
        assert "\n" not in words
        return words
    msg = "it was not refused"
    raise AssertionError(msg)


# Saves, and where their blocks begin


@dataclass(frozen=True)
class Whole:
    """A save nothing is wrong with."""

    data: bytes
    entries: list[Entry]
    at: list[int]
    """Where each block begins, and the end."""

    def line(self, offset: int) -> int:
        """The number of the line that begins there."""
        return self.data.count(b"\n", 0, offset) + 1

    def blocks(self) -> list[tuple[int, int]]:
        """Beginning and end of each."""
        return [*pairwise(self.at)]


def whole(path: Path) -> Whole:
    """What a file holds, its blocks found without the reader."""
    data = path.read_bytes()
    first = data.index(b"\n[[event]]\n") + 1
    at = [first, *(found.end() for found in MARK.finditer(data, first))]
    assert len(data) == at[-1]
    record = read(path)
    assert len(at) == len(record.entries) + 1
    return Whole(data, record.entries, at)


WORDS = (
    "as agreed",
    'one\n\n[[event]]\nn = 9\nhash = "00112233445566778899aabbccddeeff"\n\n',
    "港は開いている — 本当に? \\ \"'",
    "so it goes " * 40,
)


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Thirty entries of the small exercise, played by a person, notes of all kinds among them."""
    path = tmp_path_factory.mktemp("thirty") / "run.ttx.toml"
    table = begin(load(FOLDER), Seating({}, "captain"), 1, path)
    luck, notes = np.random.default_rng(1), [Note(words) for words in WORDS]
    while len(table.entries) < 30:
        seat, command = someone(table, luck)
        if len(table.entries) in (3, 10, 17) or len(table.entries) > 25:
            command = notes[len(table.entries) % len(notes)]
        if isinstance(command, Submit) and not table.game.undone:
            command = Undo()
        elif isinstance(command, Submit):
            command = Submit(Answer(command.answer.option, 70, {}, "なぜ?\nBecause."))
        with contextlib.suppress(IllegalDecision):
            table.submit(seat, command, table.game.entries)
    table.leave()
    found = whole(path)
    assert 30 == len(found.entries)
    kinds = {type(one.event) for one in found.entries}
    assert {Started, Answered, Ruled, Noted, Undone, Told} < kinds
    return found


@pytest.fixture(scope="module")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """A whole run of the flagship, people in one cell and a robot in the other."""
    path = tmp_path_factory.mktemp("flagship") / "run.ttx.toml"
    played("accelerate", "as the US", 3, path).leave()
    return whole(path)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of files, without parsing again what they share or waiting for the disk."""
    monkeypatch.setattr(tomllib, "loads", parsing_once())
    monkeypatch.setattr(os, "fsync", lambda _: None)


# Killed


def test_five_hundred_kills_lose_nothing_that_was_acknowledged() -> None:
    done = python("-m", "tests.crash_rig", "--kills", "500", "--seed", "1")

    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert [] == found["faults"]
    assert (500, 0, 0) == (found["kills"], found["lost"], found["not opened"])
    assert [] == found["stuck"]
    assert 0 == found["half begun"]
    places = found["kills by place"]
    assert {
        "opening",
        "between requests",
        "inside a write",
        "before the sync",
        "before it was told",
    } == {*places}
    assert min(places.values()) > 5, places
    assert 500 == sum(places.values())
    assert sum(found["kills from outside"].values()) > 200
    assert found["torn tails"] > 10
    assert found["torn tails set aside"] > 10
    assert found["entries found unacknowledged"] > 50
    assert found["runs finished"] > 10
    assert found["entries acknowledged"] > 1000
    assert 0 == done.returncode


def test_a_save_that_is_killed_while_it_is_made_is_there_or_not() -> None:
    done = python("-m", "tests.crash_rig", "--kills", "40", "--seed", "2", "--begin")

    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert [] == found["faults"]
    assert (40, 0, 0) == (found["kills"], found["lost"], found["not opened"])
    assert found["kills by place"]["opening"] > 10
    assert 0 == found["half begun"]


KEPT = "The note is in the record."


def killed(person: Person) -> str:
    """Kill the program; the last that it said."""
    person.process.kill()
    while person._more(10):
        pass
    person.process.wait(10)
    os.close(person.master)
    assert "Traceback" not in person.heard
    return person.heard


def notes_of(entries: list[Entry]) -> list[str]:
    return [one.event.text for one in entries if isinstance(one.event, Noted)]


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_plain_play_killed_twice_has_all_that_it_said_it_had(tmp_path: Path, seed: int) -> None:
    path, luck = tmp_path / "run.ttx.toml", np.random.default_rng(seed)
    before: list[Entry] = []
    typed: list[str] = []
    kept = moved = 0
    for words in (
        ("play", "tutorial", "--plain", "--seed", str(seed), "--save", path),
        ("resume", path, "--plain"),
    ):
        person, said = Person(*words), ""
        lines = luck.choice(["", "1", "2", "note", "standing_staff liaison"], 7)
        for number, line in enumerate([*lines[: int(luck.integers(8))].tolist(), "note"]):
            said += person.hears(" > ")
            if line == "note":
                typed.append(f"{len(before)}.{number} " + "word " * int(luck.integers(200)))
            person.types(f"note {typed[-1]}\n" if line == "note" else f"{line}\n")
        if luck.random() < 0.5:
            said += person.hears(KEPT) + KEPT
        said += killed(person)
        kept += said.count(KEPT)
        moved += said.count(" now stands at ")

        record = read(path)
        assert not record.read_only
        assert before == record.entries[: len(before)]
        assert [words.strip() for words in typed][: len(notes_of(record.entries))] == notes_of(
            record.entries
        )
        # What was typed last may be in the record and not yet said to be.
        assert kept <= len(notes_of(record.entries)) <= kept + 1
        assert moved <= sum(isinstance(one.event, Moved) for one in record.entries) <= moved + 1
        before = record.entries
        typed, kept = notes_of(before), len(notes_of(before))
        moved = sum(isinstance(one.event, Moved) for one in before)

    person = Person("resume", path, "--plain")
    person.hears(" > ")
    person.types("note and on\n")
    person.hears(KEPT)
    person.hears(" > ")
    person.types("quit\n")
    person.hears("Saved.")
    assert 0 == person.leaves()
    record = read(path)
    assert (before, "") == (record.entries[: len(before)], record.remark)
    assert "and on" == notes_of(record.entries)[-1]
    table = resume(record)
    for _ in play(table, seed):
        pass
    table.leave()
    assert table.entries == read(path).entries


@pytest.mark.parametrize("entries", [3, 8])
def test_the_screens_killed_leave_a_save_that_goes_on(tmp_path: Path, entries: int) -> None:
    path = tmp_path / "run.ttx.toml"
    person = Person("play", "tutorial", "--seed", "1", "--save", path)
    held: list[str] = []
    for keys in ["\r", "2\r"] * 200:
        while person._more(0.1) and person.heard:
            person.heard = ""
        held = seals(path.read_bytes()) if path.exists() else held
        if len(held) >= entries:
            break
        person.types(keys)
    person.types("\r")
    killed(person)

    assert len(held) >= entries
    assert held == seals(path.read_bytes())[: len(held)]
    table = resume(read(path))
    for _ in play(table, 1):
        pass
    table.leave()
    assert table.entries == read(path).entries
    assert held == seals(path.read_bytes())[: len(held)]


# Cut short


def cut_at(save: Whole, path: Path, cut: int) -> None:
    """Cut there, it opens to its last whole entry and sets the tail aside."""
    number = bisect_right(save.at, cut) - 1
    edge = save.at[number]
    torn = path.with_name(path.name + ".torn")
    path.write_bytes(save.data[:cut])

    record = read(path)

    assert save.entries[:number] == record.entries, cut
    assert (False, edge) == (record.read_only, record.size), cut
    said = f"The last entry was cut short and is left out; play goes on from entry {number}."
    assert ("" if cut == edge else said) == record.remark, cut
    Save.resume(record).close()
    assert save.data[:edge] == path.read_bytes(), cut
    if cut == edge:
        assert not torn.exists(), cut
    else:
        assert save.data[edge:cut] == torn.read_bytes(), cut
        torn.unlink()


def plays_on(save: Whole, path: Path, cut: int) -> None:
    """Cut there, it is played on and read back."""
    path.write_bytes(save.data[:cut])
    number = bisect_right(save.at, cut) - 1
    table = resume(read(path))
    by_itself = len(table.entries)
    seat, command = someone(table, np.random.default_rng(cut))
    table.submit(seat, command, table.game.entries)
    table.leave()

    assert number <= by_itself < len(table.entries)
    assert save.entries[:number] == table.entries[:number]
    again = read(path)
    assert (table.entries, "", False) == (again.entries, again.remark, again.read_only)
    assert save.data[: save.at[number]] == path.read_bytes()[: save.at[number]]
    assert len(table.entries) == look_at(again).game.entries


PARTS = 6


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("part", range(PARTS))
def test_cut_at_any_byte_it_opens_to_its_last_whole_entry(
    thirty: Whole, tmp_path: Path, part: int
) -> None:
    cuts = range(thirty.at[0], thirty.at[-1] + 1)[part::PARTS]
    assert len(cuts) * PARTS > 5000
    for cut in cuts:
        cut_at(thirty, tmp_path / "run.ttx.toml", cut)


def test_cut_in_any_block_it_is_played_on(thirty: Whole, tmp_path: Path) -> None:
    # Once a block is enough: what is left of any cut in it is the same file, byte for byte.
    luck = np.random.default_rng(1)
    for number, (start, end) in enumerate(thirty.blocks()):
        for cut in (start, int(luck.integers(start + 1, end))):
            plays_on(thirty, tmp_path / f"{number}-{cut}.ttx.toml", cut)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("part", range(2))
def test_the_flagship_cut_at_random_opens_and_is_played_on(
    flagship: Whole, tmp_path: Path, part: int
) -> None:
    luck = np.random.default_rng(part)
    for cut in sorted(luck.integers(flagship.at[0], flagship.at[-1], 100).tolist()):
        cut_at(flagship, tmp_path / "run.ttx.toml", cut)
        if cut % 10 == part:
            plays_on(flagship, tmp_path / f"{cut}.ttx.toml", cut)


# Damaged


def broken(save: Whole, path: Path, data: bytes, number: int, offset: int) -> None:
    """Open for reading up to entry `number`; the line that begins at `offset` is named."""
    path.write_bytes(data)

    record = read(path)

    where = (number, offset, data[offset - 5 : offset + 20])
    assert record.read_only, where
    assert save.entries[:number] == record.entries, where
    begins = f"Readable up to entry {number}; broken at line {save.line(offset)}. "
    assert record.remark.startswith(begins), (where, record.remark)
    assert record.remark == sentence(lambda: Save.resume(record))
    assert data == path.read_bytes()
    assert not path.with_name(path.name + ".torn").exists()


def flipped(data: bytes, place: int, mask: int) -> bytes:
    return data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]


@pytest.mark.usefixtures("quick")
def test_a_flipped_byte_breaks_the_block_that_it_is_in(thirty: Whole, tmp_path: Path) -> None:
    luck = np.random.default_rng(1)
    for number, (start, end) in enumerate(thirty.blocks()):
        for place in (start, end - 1, *luck.integers(start, end, 12).tolist()):
            # Zeros after the last mark are what a machine leaves that stopped in a write, so the
            # last bytes of the file are not flipped to them.
            mask = int(luck.integers(16, 256)) if place > start else 1
            data = flipped(thirty.data, place, mask)
            broken(thirty, tmp_path / "run.ttx.toml", data, number, start)


@pytest.mark.usefixtures("quick")
def test_a_flipped_byte_in_the_first_line_of_a_block_breaks_that_block(
    thirty: Whole, tmp_path: Path
) -> None:
    for number in (0, 1, 29):
        start = thirty.at[number]
        for place in range(start, start + len(b"[[event]]\n")):
            for mask in (1, 2, 16, 128):
                data = flipped(thirty.data, place, mask)
                broken(thirty, tmp_path / "run.ttx.toml", data, number, start)


@pytest.mark.usefixtures("quick")
def test_a_flipped_byte_in_a_commit_mark_breaks_its_block(thirty: Whole, tmp_path: Path) -> None:
    size = len('\nhash = "00112233445566778899aabbccddeeff"\n\n')
    for number, (start, end) in enumerate(thirty.blocks()):
        assert b'\nhash = "' == thirty.data[end - size : end - size + 9]
        for place in range(end - size, end):
            for mask in (1, 32, 64) if number == 29 else (1,):
                data = flipped(thirty.data, place, mask)
                broken(thirty, tmp_path / "run.ttx.toml", data, number, start)


@pytest.mark.usefixtures("quick")
def test_a_lost_byte_breaks_its_block(thirty: Whole, tmp_path: Path) -> None:
    luck = np.random.default_rng(1)
    for number, (start, end) in enumerate(thirty.blocks()):
        # Without its last byte the last block is one that was cut short.
        last = end - 1 if number == 29 else end
        for place in (start, *luck.integers(start, last - 1, 4).tolist(), last - 1):
            data = thirty.data[:place] + thirty.data[place + 1 :]
            if data[: end - 1] != thirty.data[: end - 1]:
                broken(thirty, tmp_path / "run.ttx.toml", data, number, start)


@pytest.mark.usefixtures("quick")
def test_a_lost_block_breaks_what_follows_it(thirty: Whole, tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    for number, (start, end) in enumerate(thirty.blocks()[:-1]):
        broken(thirty, path, thirty.data[:start] + thirty.data[end:], number, start)

    # Without its last block a record is a shorter one and whole; only the seal tells.
    start, _ = thirty.blocks()[-1]
    path.write_bytes(thirty.data[:start])
    record = read(path)
    assert (thirty.entries[:-1], "") == (record.entries, record.remark)
    assert seals(thirty.data)[-1] != record.seal == seals(thirty.data)[-2]


@pytest.mark.usefixtures("quick")
def test_swapped_blocks_break_the_first_of_them(thirty: Whole, tmp_path: Path) -> None:
    data = thirty.data
    for number, (a, b, c) in enumerate(zip(thirty.at, thirty.at[1:], thirty.at[2:], strict=False)):
        swapped = data[:a] + data[b:c] + data[a:b] + data[c:]
        broken(thirty, tmp_path / "run.ttx.toml", swapped, number, a)


@pytest.mark.usefixtures("quick")
def test_a_repeated_block_breaks_where_it_comes_again(thirty: Whole, tmp_path: Path) -> None:
    data = thirty.data
    for number, (start, end) in enumerate(thirty.blocks()):
        again = data[:end] + data[start:end] + data[end:]
        broken(thirty, tmp_path / "run.ttx.toml", again, number + 1, end)


def test_a_broken_save_is_not_played_on(thirty: Whole, tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    data = flipped(thirty.data, thirty.at[20] + 30, 1)
    path.write_bytes(data)

    words = sentence(lambda: resume(read(path)))

    assert words.startswith("Readable up to entry 20; broken at line ")
    assert 20 == look_at(read(path)).game.entries
    assert data == path.read_bytes()


# No room


@contextlib.contextmanager
def room(size: int) -> Iterator[None]:
    """No file of this process can grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def watched(table: Table, path: Path) -> list[int]:
    """What subscribers are told; never of more than the file holds."""
    told: list[int] = []

    def tell(count: int) -> None:
        assert count <= len(seals(path.read_bytes()))
        told.append(count)

    table.subscribe(tell)
    return told


def added(path: Path, seat: str, command: Command) -> list[int]:
    """The sizes of the blocks that a request would add, tried on a copy."""
    trial = path.with_name("trial-" + path.name)
    shutil.copy(path, trial)
    table = resume(read(trial))
    table.submit(seat, command, table.game.entries)
    table.leave()
    at = [found.end() for found in MARK.finditer(trial.read_bytes())]
    return [end - start for start, end in pairwise(at) if end > path.stat().st_size]


def refused(table: Table, size: int, seat: str, command: Command) -> None:
    """A request that there is no room for is refused in a sentence."""
    with room(size):
        words = sentence(lambda: table.submit(seat, command, table.game.entries))
    assert words.startswith("The record cannot be written: ")
    assert words.endswith(". Play stops here; nothing shown is unsaved.")


def full_in_an_append(folder: Path) -> None:
    """Cut short at any place of a block, a request leaves nothing and can be made again."""
    for how in ("alone", "apart"):
        path = folder / f"{how}.ttx.toml"
        table = seated("tutorial", how, 1, path)
        assert until(table, phases.DELIBERATION)
        command = Note("Is there room? " * 20)
        seat = leads(table.game.run)[0]
        table.leave()
        (size,) = added(path, seat, command)
        data = path.read_bytes()
        for part in (0, 1, 10, size // 3, size // 2, size - 43, size - 2, size - 1):
            path.write_bytes(data)
            table = resume(read(path))
            game, entries = table.game, [*table.entries]
            told = watched(table, path)

            refused(table, len(data) + part, seat, command)

            assert data == path.read_bytes(), part
            assert game is table.game
            assert entries == table.entries
            assert [] == told
            table.submit(seat, command, table.game.entries)
            assert [len(entries) + 1] == told
            assert len(entries) + 1 == len(seals(path.read_bytes()))
            table.leave()
            record = read(path)
            assert (table.entries, "") == (record.entries, record.remark)


def full_in_what_follows(folder: Path) -> None:
    """Wherever a request stops, the next one brings the run forward, and nobody is stuck."""
    struck = 0
    for how in ("alone", "apart", "as the US"):
        path = folder / f"{how}.ttx.toml"
        table = seated("tutorial", how, 3, path)
        luck = np.random.default_rng(3)
        while not table.closed:
            seat, command = someone(table, luck)
            sizes = added(path, seat, command)
            for written in range(1, len(sizes)):
                stopped(path, seat, command, sizes, written)
                struck += 1
            table.submit(seat, command, table.game.entries)
        table.leave()
    assert struck > 50


def stopped(path: Path, seat: str, command: Command, sizes: list[int], written: int) -> None:
    """A request of which only so many blocks have room, on a copy; then play goes on."""
    trial = path.with_name("trial-" + path.name)
    shutil.copy(path, trial)
    table = resume(read(trial))
    entries, told = [*table.entries], watched(table, trial)

    refused(
        table,
        path.stat().st_size + sum(sizes[:written]) + sizes[written] // 2,
        seat,
        command,
    )

    here = (table.game.phase, command, written)
    assert len(entries) + written == len(table.entries), here
    assert entries == table.entries[: len(entries)]
    assert table.entries == read(trial).entries
    assert "" == read(trial).remark
    by_itself = follow(table.game) is not None
    then = [Note("Is there room now?"), command, Pause()][(written + len(entries)) % 3]
    try:
        table.submit(seat, then, table.game.entries)
    except Stale:
        assert by_itself, here
    except IllegalDecision:
        assert then is command, here
    assert follow(table.game) is None, here
    assert table.entries == read(trial).entries
    assert len(table.entries) == told[-1]
    assert table.closed or any(offers(table.game, one) for one in leads(table.game.run)), here
    for _ in play(table, 1):
        pass
    table.leave()
    assert table.entries == read(trial).entries


def full_while_opening(folder: Path) -> None:
    """A save that cannot be played on for want of room is let go, and opens once there is some."""
    path = folder / "run.ttx.toml"
    played("tutorial", "apart", 1, path).leave()
    save, tried = whole(path), 0
    for number in range(len(save.entries)):
        path.write_bytes(save.data[: save.at[number]])
        if follow(look_at(read(path)).game) is None:
            continue
        tried += 1
        with room(save.at[number] + 50):
            words = sentence(lambda: resume(read(path)))
        assert words.startswith("The record cannot be written: ")
        assert save.data[: save.at[number]] == path.read_bytes()

        table = resume(read(path))
        assert follow(table.game) is None
        table.leave()
        assert table.entries == read(path).entries
    assert tried > 5


def full_while_setting_aside(folder: Path) -> None:
    """A torn tail for which there is no room stays where it is."""
    path = folder / "run.ttx.toml"
    torn = path.with_name(path.name + ".torn")
    played("tutorial", "apart", 1, path).leave()
    save = whole(path)
    start, end = save.blocks()[-1]
    path.write_bytes(save.data[: end - 1])
    tail = save.data[start : end - 1]
    for size in (0, 1, len(tail) - 1):
        with room(size):
            words = sentence(lambda: resume(read(path)))
        assert words.startswith("The record cannot be written: ")
        assert save.data[: end - 1] == path.read_bytes()

    resume(read(path)).leave()
    assert save.data[:start] == path.read_bytes()
    assert torn.read_bytes().endswith(tail)


@pytest.mark.parametrize(
    "scene",
    [full_in_an_append, full_in_what_follows, full_while_opening, full_while_setting_aside],
    ids=lambda scene: scene.__name__,
)
def test_without_room_nothing_is_shown_as_saved(
    tmp_path: Path, scene: Callable[[Path], None]
) -> None:
    # In a process of its own: the limit holds for every file of a process.
    name = scene.__name__
    words = f"import sys, pathlib, test_crash as t; t.{name}(pathlib.Path(sys.argv[1]))"

    done = python("-c", words, tmp_path)

    assert 0 == done.returncode, done.stderr
