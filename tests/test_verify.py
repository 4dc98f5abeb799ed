from __future__ import annotations

import re
from pathlib import Path

import pytest
from kit.forging import failed, rewritten
from kit.tables import play, seated, until

from ttx.exercise.load import from_data
from ttx.session import phases
from ttx.session.events import Answered
from ttx.session.forks import opening_of
from ttx.session.opening import changed_since, fork, look_at
from ttx.session.record import read
from ttx.session.save import Save
from ttx.session.save_header import SaveError
from ttx.session.verify import Check, verify


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A finished run."""
    path = tmp_path / "run.ttx.toml"
    table = seated("tutorial", path=path)
    for _ in play(table, 1):
        pass
    table.leave()
    return path


def test_each_check_is_told_and_the_seal_comes_last(whole: Path) -> None:
    checks = list(verify(whole))

    assert ["head", "chain", "exercise", "phases", "model", "seal"] == [c.what for c in checks]
    assert Check("seal", holds=None, found=read(whole).seal) == checks[-1]
    assert [] == failed(whole)


def test_a_torn_tail_and_a_break_do_not_hold(whole: Path) -> None:
    data = whole.read_bytes()
    whole.write_bytes(data[:-20])
    assert 1 == len(failed(whole))
    assert failed(whole)[0].startswith("chain: The last entry was cut short")

    middle = data.index(b"[[event]]", len(data) * 9 // 10)
    whole.write_bytes(data[: middle + 30] + b"?" + data[middle + 31 :])
    line = data.count(b"\n", 0, middle) + 1
    assert 1 == len(failed(whole))
    assert f"broken at line {line}." in failed(whole)[0]


def test_an_edited_exercise_is_found_though_every_hash_is_right(whole: Path) -> None:
    rewritten(whole, b"minutes = 10\n", b"minutes = 11\n")

    assert ["exercise: its digest is not the one in the head"] == failed(whole)


def test_an_edited_ruling_is_found_though_every_hash_is_right(whole: Path) -> None:
    ruled = next(e.n for e in read(whole).entries if e.phase == phases.ADJUDICATION)
    data = whole.read_bytes()
    at = data.index(b"quarters = ", data.index(b'kind = "ruled"'))
    old = data[at : data.index(b"\n", at)]
    rewritten(whole, old, b"quarters = 1" if old != b"quarters = 1" else b"quarters = 2")

    inject = look_at(read(whole)).timeline.games[ruled].inject
    assert inject is not None
    assert failed(whole)
    assert (
        f"model: Entry {ruled}: this model would rule differently on '{inject.id}'; "
        "the record stands." == failed(whole)[0]
    )


def test_a_head_of_another_kind_ends_the_checks(tmp_path: Path) -> None:
    path = tmp_path / "x.ttx.toml"
    path.write_text("format = 99\n")
    assert ["head: x.ttx.toml was written by a newer ttx; update ttx to open it."] == failed(path)
    path.write_text("dear diary")
    assert ["head: x.ttx.toml is not a save of ttx, or its head is damaged."] == failed(path)


def test_an_entry_of_an_unknown_kind_was_written_by_a_newer_ttx(whole: Path) -> None:
    count = len(read(whole).entries)
    last = whole.read_bytes().rindex(b"[[event]]")
    whole.write_bytes(
        whole.read_bytes()[:last]
        + whole.read_bytes()[last:].replace(b'kind = "closed"', b'kind = "beamed_up"')
    )
    rewritten(whole, b'kind = "beamed_up"', b'kind = "beamed_up"')

    sentence = (
        f"Readable up to entry {count - 1}; the next was written by a newer ttx. "
        "Update ttx to read on."
    )
    assert sentence == read(whole).remark
    assert read(whole).read_only
    assert [f"chain: {sentence}"] == failed(whole)
    with pytest.raises(SaveError, match="written by a newer ttx"):
        Save.resume(read(whole))


def test_a_newer_exercise_on_disk_changes_nothing_and_is_mentioned(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = read(whole)
    assert "" == changed_since(record)
    other = from_data({**record.exercise, "summary": "another one"})
    monkeypatch.setattr("ttx.session.opening.load", lambda _: other)

    sentence = (
        "The exercise 'tutorial' that ttx has here is another edition than the one that this save "
        "carries and plays."
    )
    assert sentence == changed_since(record)
    assert Check("exercise", holds=None, found=sentence) in list(verify(whole))
    assert [] == failed(whole)
    assert other != look_at(record).game.run.exercise


def test_a_fork_is_checked_against_its_parent(whole: Path) -> None:
    record = read(whole)
    made, cut = fork(record, record.entries[5].n, "", whole.with_name("fork.ttx.toml"))
    found = [one for one in verify(made) if one.what == "parent"]
    told = f"run.ttx.toml, entry {cut}: the same up to there"
    assert [Check("parent", holds=True, found=told)] == found

    other = whole.with_name("other.ttx.toml")
    table = seated("tutorial", seed=99, path=other)
    assert until(table, phases.REVIEW)
    table.leave()
    whole.unlink()
    gone = [one for one in verify(made) if one.what == "parent"]
    assert [None] == [one.holds for one in gone]
    assert gone[0].found.endswith(
        f"not found beside it, so nobody can say who asked for what in its first {cut + 1} "
        "entries, or when"
    )
    other.rename(whole)
    assert [f"parent: run.ttx.toml, entry {cut}: that file is another run"] == failed(made)


# What somebody forged who makes every hash anew; tests/test_forged.py goes field by field


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b'id = "tutorial"', b'id = "accelerate"', "id"),
        (b'title = "Tutorial"', b'title = "Crisis"', "title"),
        (b"turns = 2\n", b"turns = 3\n", "turns"),
        (b"\n[players]\n", b'\n[players]\nblue = "person"\n', "players"),
    ],
)
def test_a_head_that_the_exercise_inside_contradicts(
    whole: Path, old: bytes, new: bytes, what: str
) -> None:
    rewritten(whole, old, new)

    assert failed(whole)[0].startswith(f"head: what it says of {what}")
    assert failed(whole)[0].endswith(" is not what the exercise inside has")


def test_a_robot_that_nobody_knows_holds_no_cell(whole: Path) -> None:
    data = whole.read_bytes()
    at = data.index(b"[players]\n")
    line = data[at : data.index(b"\n\n", at)].split(b"\n")[1]
    rewritten(whole, line, line.split(b" = ")[0] + b' = "hal"')

    assert failed(whole)
    assert failed(whole)[0].startswith("head: ")


def test_an_answer_that_is_not_the_one_ruled_on_is_found(whole: Path) -> None:
    data = whole.read_bytes()
    at = data.index(b'kind = "answered"')
    line = data[data.index(b"option = ", at) : data.index(b"\n", data.index(b"option = ", at))]
    record = read(whole)
    number = next(e.n for e in record.entries if isinstance(e.event, Answered))
    inject = look_at(record).timeline.games[number].inject
    assert inject is not None
    other = next(o.id for o in inject.option if o.id.encode() not in line)
    rewritten(whole, line, f'option = "{other}"'.encode())

    assert failed(whole)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("answered", rb'option = "\w+"', b'option = "no_such"'),
        ("answered", rb'cell = "\w+"', b'cell = "blue"'),
        ("levers_left", rb'by = "\w+"', b'by = "hal"'),
        ("levers_left", rb"turn = 1", b"turn = 2"),
        ("levers_left", rb'phase = "\w+"', b'phase = "review"'),
        ("ruled", rb'lead = "\w+"', b'lead = "blue"'),
        ("ruled", rb"discord = false", b"discord = true"),
        ("turn_opened", rb"turn_opened = 1", b'turn_opened = "one"'),
        ("turn_opened", rb"turn_opened = 1", b"turn_opened = true"),
        ("turn_opened", rb"turn_opened = 1", b"turn_opened = 1.0"),
        ("confirmed", rb'what = "ruling"', b'what = "ruling"\nwhy = "so"'),
        ("levers_left", rb'at = "\d+', b'at = "1999'),
        ("levers_left", rb'at = "[^"]+"', b'at = "yesterday"'),
    ],
)
def test_a_forged_field_is_one_line_and_never_a_crash(
    whole: Path, kind: str, old: bytes, new: bytes
) -> None:
    data = whole.read_bytes()
    at = data.index(f'kind = "{kind}"'.encode())
    block = data[at : data.index(b"hash = ", at)]
    changed = re.sub(old, new, block, count=1)
    assert changed != block
    rewritten(whole, block, changed)

    assert failed(whole)
    assert all("\n" not in one for one in failed(whole))


def test_a_fork_that_changed_what_it_took_over_is_found(whole: Path) -> None:
    record = read(whole)
    turn = opening_of(record.entries, 2)
    made, _ = fork(record, turn, "", whole.with_name("fork.ttx.toml"))
    assert [] == failed(made)

    rewritten(made, b'by = "dice"', b'by = "model"')

    said = f"parent: run.ttx.toml, entry {turn}: what was taken over is not what stands there"
    assert said in failed(made)


def test_of_what_a_fork_took_over_no_more_is_said_than_was_looked_at(whole: Path) -> None:
    record = read(whole)
    made, _ = fork(record, opening_of(record.entries, 2), "", whole.with_name("fork.ttx.toml"))
    whole.unlink()
    count = len(read(made).entries)

    found = {one.what: one for one in verify(made)}

    assert found["phases"].found.startswith(f"every entry after the {count} that were taken over")
    assert found["parent"].holds is None

    for old, new in ((b"turn = 1", b"turn = 2"), (b'phase = "levers"', b'phase = "review"')):
        data = made.read_bytes()
        block = data[data.index(b'kind = "turn_opened"') :].split(b"hash = ")[0]
        rewritten(made, block, block.replace(old, new, 1))
        assert any(one.startswith("phases: Entry 3: it says") for one in failed(made))
        made.write_bytes(data)

    rewritten(made, b"copied = %d" % (count - 1), b"copied = 1000000")
    assert failed(made)[0].startswith("parent: run.ttx.toml")


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("turn_opened", rb"turn_opened = 1", b"turn_opened = 1" + b"0" * 30),
        ("turn_opened", rb"budgets = \[[^]]*\]", b"budgets = []"),
        ("released", rb'day = "[^"]+"', b'day = "never"'),
        ("released", rb"hour = \d+", b"hour = 99"),
        ("reckoned", rb"scores = \[[^]]*\]", b"scores = []"),
        ("reckoned", rb"turn_reckoned = 1", b"turn_reckoned = 2"),
        ("reckoned", rb"references = \[[^]]*\]", b"references = []"),
        ("closed", rb'at = "[^"]+"', b'at = "never"'),
        ("closed", rb"elapsed = \d+", b"elapsed = -1"),
        ("moved", rb"turn = 1", b"turn = 1000000"),
        ("moved", rb"elapsed = \d+", b"elapsed = 1" + b"0" * 400),
    ],
)
def test_what_no_page_could_show_is_refused_in_a_sentence(
    whole: Path, kind: str, old: bytes, new: bytes
) -> None:
    data = whole.read_bytes()
    at = data.index(f'kind = "{kind}"'.encode())
    block = data[at : data.index(b"hash = ", at)]
    changed = re.sub(old, new, block, count=1)
    assert changed != block
    rewritten(whole, block, changed)

    assert failed(whole)[0].startswith("phases: run.ttx.toml does not follow its exercise: entry ")
    with pytest.raises(SaveError, match="does not follow its exercise"):
        look_at(read(whole))


@pytest.mark.parametrize("name", ["x" * 300, "../{}/run.ttx.toml", "/etc/passwd", ""])
def test_a_parent_that_is_no_name_of_a_file_beside_it_is_not_looked_for(
    whole: Path, name: str
) -> None:
    record = read(whole)
    made, _ = fork(record, opening_of(record.entries, 2), "", whole.with_name("fork.ttx.toml"))

    said = name.format(whole.parent.name)
    rewritten(made, b'parent = "run.ttx.toml"', f'parent = "{said}"'.encode())

    found = next(one for one in verify(made) if one.what == "parent")
    assert found.holds is None
    assert "not found beside it" in found.found
