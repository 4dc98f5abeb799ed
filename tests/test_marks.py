from __future__ import annotations

from pathlib import Path

import pytest

from ttx.session import marks
from ttx.session.marks import Mark
from ttx.session.save_header import SaveError


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """A save that must never be touched."""
    path = tmp_path / "run.ttx.toml"
    path.write_bytes(b"a record")
    return path


def names(save: Path) -> list[str]:
    return sorted(path.name for path in save.parent.iterdir())


def test_marks_are_kept_in_order_beside_the_save(save: Path) -> None:
    marks.add(save, Mark(30, "the hotline that nobody used"))
    marks.add(save, Mark(7))
    found = marks.add(save, Mark(12, "run-fork-T2.ttx.toml", "fork"))

    assert [7, 12, 30] == [one.n for one in found]
    assert found == marks.read(save)
    assert save.with_name("run.marks.toml") == marks.beside(save)
    assert b"a record" == save.read_bytes()
    assert ["run.marks.toml", "run.ttx.toml"] == names(save)


def test_a_second_mark_at_an_entry_replaces_the_first_but_not_a_fork(save: Path) -> None:
    marks.add(save, Mark(7, "fork", "fork"))
    marks.add(save, Mark(7, "first"))
    marks.add(save, Mark(7, "second"))
    found = marks.add(save, Mark(7, "another fork", "fork"))

    assert {("fork", "fork"), ("second", "mark"), ("another fork", "fork")} == {
        (one.text, one.kind) for one in found
    }
    assert {"fork"} == {one.kind for one in marks.remove(save, 7)}


def test_without_the_last_mark_there_is_no_file(save: Path) -> None:
    marks.add(save, Mark(7))
    assert [] == marks.remove(save, 7)

    assert [] == marks.read(save)
    assert not marks.beside(save).exists()
    assert [] == marks.remove(save, 7)


@pytest.mark.parametrize("text", ["", "two\nlines", '"quoted" \\ and 終わり', "[[mark]]"])
def test_any_text_comes_back(save: Path, text: str) -> None:
    marks.add(save, Mark(1, text))

    assert [Mark(1, text)] == marks.read(save)


@pytest.mark.parametrize(
    "words", ["not = = toml", "[[mark]]\nn = 'x'\n", "mark = 3\n", "mark = [1]"]
)
def test_a_damaged_file_is_said_and_left_alone(save: Path, words: str) -> None:
    marks.beside(save).write_text(words)

    sentence = "run.marks.toml cannot be read; mend it or move it away to set bookmarks."
    with pytest.raises(SaveError, match=sentence):
        marks.read(save)
    with pytest.raises(SaveError, match=sentence):
        marks.add(save, Mark(1))
    assert words == marks.beside(save).read_text()


def test_what_cannot_be_written_is_said_and_the_old_marks_stay(
    save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks.add(save, Mark(1, "old"))

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SaveError) as refused:
        marks.add(save, Mark(2))

    assert (
        "The bookmark cannot be kept beside run.ttx.toml: No space left on device. "
        "Copy the save to a place that is yours to write to, and mark it there."
        == str(refused.value)
    )
    assert [Mark(1, "old")] == marks.read(save)
    assert ["run.marks.toml", "run.ttx.toml"] == names(save)
