"""`ttx new`: a small exercise that checks clean, plays, is quiet in play, and covers no other."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from kit.person import mistake, ttx_

from ttx import files
from ttx.analysis.rehearsal.rehearse import rehearse
from ttx.exercise.fresh import TEMPLATE, for_editors, new
from ttx.exercise.load import proofread
from ttx.exercise.model.exercise import Exercise


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_new_exercise_checks_clean_and_bears_its_name() -> None:
    made = new(Path("night_shift"))

    proof = proofread(Path("night_shift"))
    assert ([], []) == (proof.problems, proof.warnings)
    assert proof.exercise == made
    assert ("night_shift", "Night shift") == (made.id, made.title)


def test_it_is_quiet_in_play() -> None:
    assert () == rehearse(new(Path("quiet")), 400).symptoms


@pytest.mark.slow
def test_the_verb_makes_what_robots_play_to_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "watch"
    out, err = ttx_("new", folder, "--title", 'The "long" watch')

    assert f"{folder}: 3 injects, 5 tracks, to be made yours." == out.strip()
    assert f"ttx check {folder}" in err
    save = tmp_path / "run.ttx.toml"
    played, _ = ttx_("play", folder, "--seed", "1", "--robots", "sparing", "--save", save)
    assert "Seal " in played
    head = tomllib.loads(save.read_text("utf-8"))
    assert ("watch", 'The "long" watch') == (head["exercise"]["id"], head["exercise"]["title"])


def test_each_file_leads_an_editor_to_the_schema_beside_it() -> None:
    new(Path("one"))
    texts = {path: path.read_text("utf-8") for path in sorted(Path("one").rglob("*.toml"))}
    schema = json.loads(Path("one/schema.json").read_text("utf-8"))

    assert 12 == len(texts)
    for path, text in texts.items():
        first = text.splitlines()[0].removeprefix("#:schema ")
        assert Path("one/schema.json").resolve() == (path.parent / first).resolve()
        assert {*tomllib.loads(text)} <= {*schema["properties"]}
    assert "required" not in schema
    assert for_editors() == schema
    assert {*schema["properties"]} == {*Exercise.model_fields}


def test_comments_say_what_each_file_is() -> None:
    for path in sorted(TEMPLATE.rglob("*.toml")):
        assert path.read_text("utf-8").splitlines()[1].startswith("# ")


def test_nothing_is_written_over() -> None:
    Path("mine").mkdir()
    Path("mine/exercise.toml").write_text("id = 1", "utf-8")
    Path("link").symlink_to("nowhere")

    for name in ("mine", "link"):
        with pytest.raises(files.NotWritten, match="is there already"):
            new(Path(name))
    assert "id = 1" == Path("mine/exercise.toml").read_text("utf-8")
    assert {"mine", "link"} == {one.name for one in Path().iterdir()}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a b", "letters, digits, _ and -"),
        ("-x", "letters, digits, _ and -"),
        ("..", "letters, digits, _ and -"),
        ("tutorial", "There is an exercise 'tutorial' already"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused(name: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        new(Path(name))
    assert [] == [*Path().iterdir()]


def test_a_title_of_two_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="one line"):
        new(Path("two"), "one\ntwo")
    assert [] == [*Path().iterdir()]


def test_a_place_that_takes_nothing_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write", full)
    with pytest.raises(files.NotWritten, match="make room there"):
        new(Path("some/where/full"))
    assert [] == [*Path().iterdir()]


@pytest.mark.slow
def test_the_verb_says_a_refusal_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert "is there already, and nothing is written over it" in mistake("new", tmp_path / "there")
