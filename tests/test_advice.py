"""Messages about slips of the pen say what to write instead."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ttx.exercise.load import proofread

TUTORIAL = Path(__file__).parents[1] / "exercises" / "tutorial"
FUEL = "injects/02-ten-hours-of-fuel.toml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TUTORIAL, tmp_path / "tutorial")
    return Path("tutorial")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "exercise.toml",
            'title = "Tutorial"',
            "title = \u201cTutorial\u201d",
            (
                'this is not TOML: invalid value (column 9): texts stand in straight quotes ("), '
                "not in \u201c"
            ),
        ),
        (
            "exercise.toml",
            'title = "Tutorial"',
            "title = High water",
            'this is not TOML: invalid value (column 9): a text stands in quotes, "High water"',
        ),
        (
            "exercise.toml",
            "lead = true",
            "lead = Yes",
            "this is not TOML: invalid value (column 8): write true, in small letters",
        ),
        (
            "levers.toml",
            "start = 4",
            "start = 4,5",
            (
                "this is not TOML: expected newline or end of document after a statement "
                "(column 10): write a decimal point, 4.5"
            ),
        ),
        (
            "levers.toml",
            "by = -4 }",
            "by = -4,5 }",
            (
                "this is not TOML: expected '=' after a key in a key/value pair (column 46): "
                "write a decimal point, -4.5"
            ),
        ),
        (
            FUEL,
            "[[inject.option]]",
            "[[option]]",
            (
                "key 'option' is unknown (did you mean [[inject.option]], below the [[inject]] it "
                "belongs to?)"
            ),
        ),
        (
            "tracks.toml",
            "start = 60\nvalue",
            "start = 350\nvalue",
            "track 'response_time': start must be between 0 and 100, not 350",
        ),
        (
            "levers.toml",
            "by = -4 }",
            "by = -400 }",
            "budget 'money': by must be between -100 and 100, not -400",
        ),
        (
            "tracks.toml",
            "weights = [",
            "weights = [1, 99] # [",
            "derived value 'deterrence': weights holds too few entries: 2 (exactly 3)",
        ),
    ],
)
def test_a_slip_of_the_pen_is_told_with_what_to_write(
    folder: Path, file: str, old: str, new: str, says: str
) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")

    line = text[: text.index(old)].count("\n") + 1
    assert [f"tutorial/{file} line {line}: {says}"] == [str(p) for p in proofread(folder).problems]


@pytest.mark.parametrize("name", ["robots.TOML", "robots.toml.txt", "robots.tml"])
def test_a_file_that_was_not_read_for_its_name_is_named(folder: Path, name: str) -> None:
    (folder / "robots.toml").rename(folder / name)

    proof = proofread(folder)

    assert proof.exercise is None
    assert f"tutorial/{name}: it was not read: its name must end in .toml" == str(proof.problems[0])
    assert "tutorial: key 'robot' is missing" in [str(problem) for problem in proof.problems]


def test_a_file_beside_a_whole_exercise_is_a_warning(folder: Path) -> None:
    (folder / "old.toml.txt").write_text("", "utf-8")

    proof = proofread(folder)

    assert proof.exercise
    said = "tutorial/old.toml.txt: it was not read: its name must end in .toml"
    assert [said] == [str(warning) for warning in proof.warnings]
