"""Saves of every format there ever was, kept as they were written: they open, replay and verify.

They are never written anew. A change that makes one of these tests fail breaks the saves of people.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from kit.tables import seated, until

from ttx.report.lines import lines_of
from ttx.report.retold import retold
from ttx.session import phases
from ttx.session.entries import entry_in, entry_out
from ttx.session.format_1 import format_1_audience
from ttx.session.kinds import KINDS, declared
from ttx.session.opening import fork, look_at, resume
from ttx.session.record import read
from ttx.session.save_header import FORMAT, SaveError, glance
from ttx.session.side_commands import Note
from ttx.session.verify import verify
from ttx.session.view.record import TRUTH

FOLDER = Path(__file__).parent / "saves"
KEPT = {
    "format-1-facilitated.ttx.toml": "ca87952c8e760b79fdcb53fc2f6e4961",
    "format-1-flagship.ttx.toml": "3c4d8bab2f30f7a235a6dd80f1078575",
    "format-1-fork.ttx.toml": "7ca13ddb54ed3db850739b64d42b51e1",
    "format-1.ttx.toml": "856835e648f99f48b612764a5e5a1432",
    "format-2-analysed.ttx.toml": "24ad52f87f0e26f855e61cab2d5a421d",
    "format-2-contextual.ttx.toml": "e27feecb88cae7f81dcc89264c06656b",
    "format-2-feedback.ttx.toml": "76b3295ad5aa4c2a06e1fa4bcbb110ff",
    "format-2-forecast.ttx.toml": "47df71c4a84d48060fb556f0604df1cb",
    "format-2-hands.ttx.toml": "b0a26fb8052c534ef2f402f071236575",
    "format-2-red.ttx.toml": "3f63b437a0a5fa03f5102a7f278631a8",
    "format-2.ttx.toml": "a6166f9cb321a1a05df090936c94c878",
    "format-2-staged.ttx.toml": "d871913c443725cb10c01451881b3179",
    "format-2-row.ttx.toml": "d29c13e439599a559d9750eccb9a1b55",
    "format-2-stated.ttx.toml": "38cc7bece9d97b13581580294fe7a594",
    "format-2-struck.ttx.toml": "79f03ed0308389f0bfca23f236514dbd",
    "format-2-told.ttx.toml": "2886fc2c001561d520a6c4bb800c86e4",
}


@pytest.mark.parametrize("name", list(KEPT))
def test_it_is_as_it_was_written(name: str) -> None:
    data = (FOLDER / name).read_bytes()

    assert KEPT[name] == hashlib.blake2b(data, digest_size=16).hexdigest()


def test_every_save_in_the_folder_is_kept() -> None:
    assert set(KEPT) == {path.name for path in FOLDER.iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("name", list(KEPT))
def test_it_opens_verifies_and_is_told_again(name: str) -> None:
    record = read(FOLDER / name)
    viewing = look_at(record)

    assert ("", False) == (record.remark, record.read_only)
    assert phases.CLOSED == viewing.game.phase
    assert [] == [one for one in verify(FOLDER / name) if one.holds is False]
    told = list(lines_of(retold(viewing.timeline, TRUTH)))
    assert "STARTEX" in told
    assert any(line.startswith("REVIEW of ") for line in told)
    for n in range(viewing.timeline.last + 1):
        assert n == viewing.to(n).entries


def test_together_they_hold_every_kind_of_entry() -> None:
    """A kind that comes later asks for a save that has it."""
    found = {declared(e.event).name for path in FOLDER.iterdir() for e in read(path).entries}

    assert set(KINDS) == found


# --- what format 1 has and later ones have not: whom an entry is for ---

FORMAT_1 = sorted(FOLDER.glob("format-1*"))


@pytest.mark.parametrize("path", FORMAT_1, ids=lambda path: path.name.partition(".")[0])
def test_the_audience_in_a_save_of_format_1_is_what_its_rule_says(path: Path) -> None:
    record = read(path)
    run = look_at(record).timeline.run

    assert 1 == record.header.format
    for one in record.entries:
        assert one.format_1_to == format_1_audience(one.event, one.by, run) != ""


def test_the_kept_saves_name_every_kind_of_audience() -> None:
    named = {one.format_1_to for path in FORMAT_1 for one in read(path).entries}

    assert {"all", "us", "japan", "white"} < named
    assert "mofa" in named  # to whom a message was sent


@pytest.mark.parametrize("name", [name for name in KEPT if name.startswith("format-1")])
def test_what_is_read_of_format_1_is_written_without_its_audience(name: str) -> None:
    for one in read(FOLDER / name).entries:
        written = entry_out(one)
        assert "to" not in written
        assert entry_in(written).event == one.event


def test_a_run_is_written_in_the_present_format_and_names_no_audience(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    table = seated("tutorial", path=path)
    assert until(table, phases.REVIEW)
    table.leave()

    assert FORMAT == 2 == read(path).header.format
    assert b"\nto = " not in path.read_bytes().partition(b"[[event]]")[2]


def test_a_run_of_format_1_is_played_on_and_forked(tmp_path: Path) -> None:
    """Its first entries keep their audience and their hashes; those that come after name none."""
    whole = (FOLDER / "format-1.ttx.toml").read_bytes()
    cut = whole.index(b"[[event]]", whole.index(b'phase = "review"'))
    path = tmp_path / "run.ttx.toml"
    path.write_bytes(whole[:cut])
    before = read(path)
    table = resume(before)
    table.submit(table.game.run.first_seat, Note("on"), table.game.entries)
    table.leave()

    assert path.read_bytes().startswith(whole[:cut])
    assert b"\nto = " not in path.read_bytes()[cut:]
    record = read(path)
    assert (1, "", False) == (record.header.format, record.remark, record.read_only)
    assert before.hashes == record.hashes[: len(before.hashes)]
    assert {""} == {one.format_1_to for one in record.entries[len(before.entries) :]}
    assert [] == [one for one in verify(path) if one.holds is False]

    made, _ = fork(record, record.entries[-1].n)
    assert FORMAT == read(made).header.format
    assert b"\nto = " not in made.read_bytes().partition(b"[[event]]")[2]
    assert [] == [one for one in verify(made) if one.holds is False]


@pytest.mark.parametrize("number", ["true", "1.0", "2.0", "'2'", "0", "-1"])
def test_a_number_that_is_no_format_is_not_taken_for_one(number: str, tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    shutil.copy(FOLDER / "format-1.ttx.toml", path)
    path.write_bytes(path.read_bytes().replace(b"format = 1\n", f"format = {number}\n".encode(), 1))

    said = "run.ttx.toml is not a save of ttx; nothing of a head is in it."
    with pytest.raises(SaveError, match=said):
        read(path)
    assert said == glance(path).broken
