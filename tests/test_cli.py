from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from kit.person import ROOT, Person, mistake, ttx_
from kit.tables import exercise, played, robots_alone, seated, until

import ttx
from ttx.exercise.load import digest
from ttx.session import phases
from ttx.session.events import Moved
from ttx.session.opening import resume
from ttx.session.record import read
from ttx.session.seating import NotSeated, Seating, seating

OTHERS_MOVE = "lever level, or Enter once you are done > "


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """A save with the first inject on the table."""
    table = seated("tutorial", path=tmp_path / "run.ttx.toml")
    assert until(table, phases.DELIBERATION)
    table.leave()
    return tmp_path / "run.ttx.toml"


# Results


def test_the_version() -> None:
    assert (f"ttx {ttx.__version__}\n", "") == ttx_("--version")


@pytest.mark.slow
def test_the_schema_is_json() -> None:
    out, err = ttx_("schema")

    assert "" == err
    schema = json.loads(out)
    assert {"$defs", "properties", "required"} <= set(schema)
    assert {"format", "id", "track", "lever", "inject"} <= set(schema["properties"])


@pytest.mark.slow
def test_a_sound_exercise_is_said_to_be_so() -> None:
    out, err = ttx_("check", ROOT / "exercises" / "tutorial")

    assert "" == err
    assert ": no mistakes; " in out


@pytest.mark.slow
def test_each_mistake_of_a_damaged_exercise_is_told_with_its_place(tmp_path: Path) -> None:
    folder = damaged(tmp_path)

    out, err = ttx_("check", folder, code=None)

    assert "" == err
    assert f"{folder}/tracks.toml line 7: " in out
    assert "(did you mean 'better'?)" in out
    assert f"{folder}/levers.toml line 39: " in out


EXITS = "typer.Exit is returned, not raised, where standalone_mode is off: main() drops the code"


@pytest.mark.slow
def test_a_check_that_finds_mistakes_exits_with_1(tmp_path: Path) -> None:
    ttx_("check", damaged(tmp_path), code=1)


def test_home_without_a_terminal_is_a_mistake_in_the_asking() -> None:
    assert mistake().startswith("Home needs a terminal; ")


def damaged(tmp_path: Path) -> Path:
    """The tutorial with two mistakes in it."""
    folder = tmp_path / "damaged"
    shutil.copytree(ROOT / "exercises" / "tutorial", folder)
    for name, right, wrong in (
        ("tracks.toml", 'better = "lower"', 'beter = "lower"'),
        ("levers.toml", 'start = "closed"', 'start = "clsed"'),
    ):
        file = folder / name
        file.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    return folder


@pytest.mark.slow
def test_the_papers_of_an_exercise_are_written_to_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "papers"

    out, err = ttx_("docs", "tutorial", "--out", folder)

    assert sorted(out.split()) == sorted(map(str, folder.iterdir()))
    assert 18 == len(out.split())
    players = "situation-manual, feedback-form, sign-in-sheet, place-cards"
    assert f"For players: {players}. Keep the others from them.\n" == err
    assert "is there already" in mistake("docs", "tutorial", "--out", folder)


@pytest.mark.slow
def test_an_msel_goes_out_and_comes_in(tmp_path: Path) -> None:
    file, folder = tmp_path / "msel.csv", tmp_path / "made"
    _, err = ttx_("msel", "export", "tutorial", "--out", file)
    assert f"Written to {file}. It holds what players may not see.\n" == err
    raw, err = ttx_("msel", "export", "tutorial")
    assert "" == err
    assert "\ufeffMSEL NUMBER,INJECT ID," == raw[:23]
    assert file.read_text("utf-8") == raw
    assert "nothing is written over it" in mistake("msel", "export", "tutorial", "--out", file)

    into = ("msel", "import", file, "--exercise", "tutorial", "--out", folder)
    out, err = ttx_(*into)

    assert f"{folder}: 3 injects, digest {digest(exercise('tutorial'))}.\n" == out
    assert f"Look it over with: ttx check {folder}\n" == err
    assert ": no mistakes; " in ttx_("check", folder)[0]
    assert "nothing is written over it" in mistake(*into)
    assert "--exercise" in mistake("msel", "import", file)


@pytest.mark.slow
def test_what_an_msel_leaves_open_is_asked_with_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Event #,Title\n1,x\n2,y\n", "utf-8")

    out, err = ttx_("msel", "import", file, "--exercise", "tutorial", code=2)

    assert "" == out
    (asked,) = err.splitlines()
    assert asked.startswith(f"{file}: Rows 2 and 3 have the numbers of other injects: row 2 is 'x'")
    assert "--new-only" in asked
    assert "--replace" in asked
    assert not (ROOT / "plan").exists()


@pytest.mark.slow
def test_the_report_of_a_run_is_the_output_or_a_file_that_is_not_written_over(
    save: Path, tmp_path: Path
) -> None:
    page, err = ttx_("report", save)
    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>\n")
    assert err.startswith("A draft, for the white cell alone. The exercise has not ended; ")
    text, _ = ttx_("report", save, "--format", "md", "--anonymous")
    assert "# Tutorial: after-action review and improvement plan\n" in text
    assert (text, err) == ttx_("report", save, "--format", "md", "--anonymous", "--out", "-")

    file = tmp_path / "report.md"
    assert f"{file}\n" == ttx_("report", save, "--out", file)[0]
    assert file.read_text("utf-8").startswith("**DRAFT - ")
    assert [save, file] == sorted(tmp_path.iterdir(), reverse=True)
    out, err = ttx_("report", save, "--out", file, code=2)
    assert "" == out
    assert f"{file} is there already, and nothing is written over it" in err


@pytest.mark.slow
def test_a_report_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert f"There is no save at {tmp_path / 'none'}." == mistake("report", tmp_path / "none")
    said = mistake("report", tmp_path / "none", "--format", "doc")
    assert "There is no form 'doc'; choose from html, md, docx." == said


@pytest.mark.slow
def test_the_same_run_twice_says_the_same_and_another_seed_does_not(tmp_path: Path) -> None:
    play = ("play", "accelerate", "--robots", "accelerated", "--plain")
    said = []
    for number, seed in enumerate((7, 7, 8)):
        path = tmp_path / f"{number}.ttx.toml"
        out, err = ttx_(*play, "--seed", str(seed), "--save", path)
        assert f"Seed {seed}. The record goes to {path}.\n" == err
        said.append(out)

    assert said[0] == said[1]
    assert said[0] != said[2]
    assert "REVIEW of Accelerate, seed 7: 10 of 10 turns" in said[0]
    assert f"Seal {read(tmp_path / '0.ttx.toml').seal}\n" == said[0].splitlines(keepends=True)[-1]


@pytest.mark.slow
def test_a_closed_run_opens_at_its_review(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    said, _ = ttx_(
        "play", "tutorial", "--robots", "eager", "--seed", "3", "--plain", "--save", path
    )
    data = path.read_bytes()

    again, err = ttx_("resume", path, "--plain")

    assert f"From its first turn it is told by: ttx replay {path} --plain\n" == err
    assert "".join(said.partition("REVIEW")[1:]) == again
    assert data == path.read_bytes()


@pytest.mark.slow
def test_without_a_terminal_robots_play_and_it_is_said(tmp_path: Path) -> None:
    out, err = ttx_("play", "tutorial", "--seed", "1", "--save", tmp_path / "run.ttx.toml")

    assert "Input is no terminal, so robots play every seat: steady." in err
    assert "REVIEW of Tutorial, seed 1: 2 of 2 turns" in out


# Bad input


@pytest.mark.slow
def test_what_cannot_be_found_is_named(tmp_path: Path) -> None:
    play = ("play", "tutorial", "--seed", "1", "--plain", "--save", tmp_path / "run.ttx.toml")

    assert "there is no exercise 'acelerate', did you mean 'accelerate'" in mistake(
        "play", "acelerate", "--plain"
    ).replace(" (did", ", did")
    assert "There is no robot 'stedy' for us; choose from eager, keep, random, steady." == mistake(
        *play, "--robots", "stedy"
    )
    assert "There is no seat 'mayor'; choose from tokyo." == mistake(
        *play, "--robots", "us=steady", "--seat", "mayor"
    )
    assert not (tmp_path / "run.ttx.toml").exists()


@pytest.mark.parametrize(
    ("robots", "seat", "said"),
    [
        ("uk=phased", "", "There is no cell 'uk' to play; choose from us, japan, red."),
        ("us=phased", "usfj", "The seat 'usfj' is in a cell that nobody at this keyboard holds."),
        ("japan=phased", "osd", "At one keyboard the lead answers: sit as 'usfj'."),
        ("red=rule", "prc", "The seat 'prc' is in a cell that nobody at this keyboard holds."),
        ("", "evaluator", "The seat 'evaluator' is in a cell that nobody at this keyboard holds."),
    ],
)
def test_a_seat_that_cannot_be_taken_says_why(robots: str, seat: str, said: str) -> None:
    with pytest.raises(NotSeated) as refused:
        seating(exercise("accelerate"), robots, seat)
    assert said == str(refused.value)


def test_who_sits_where_is_read_from_the_words() -> None:
    part = exercise("accelerate")

    assert Seating({}, "usfj") == seating(part)
    assert Seating({"us": "hawaii", "japan": "hawaii"}, "usfj") == seating(part, "hawaii")
    assert Seating({"us": "keep"}, "kantei") == seating(part, " us = keep ")


@pytest.mark.slow
def test_a_damaged_exercise_is_not_played(tmp_path: Path) -> None:
    out, err = ttx_("play", damaged(tmp_path), "--robots", "steady", "--plain", code=2)

    assert "" == out
    assert "tracks.toml line " in err


@pytest.mark.slow
def test_a_save_that_cannot_be_opened_says_why(tmp_path: Path, save: Path) -> None:
    data = save.read_bytes()
    newer, notes = tmp_path / "newer.ttx.toml", tmp_path / "notes.ttx.toml"
    newer.write_bytes(data.replace(b"format = 2", b"format = 99", 1))
    notes.write_bytes(b"\xff\xfe dear diary")

    assert "newer.ttx.toml was written by a newer ttx; update ttx to open it." == mistake(
        "resume", newer
    )
    assert "notes.ttx.toml is not a save of ttx, or its head is damaged." == mistake(
        "resume", notes
    )
    assert f"There is no save at {tmp_path / 'gone'}." == mistake("resume", tmp_path / "gone")


@pytest.mark.slow
def test_a_broken_save_is_opened_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    robots_alone("tutorial", "steady", 1, path).leave()
    data = path.read_bytes()
    path.write_bytes(data.replace(b'kind = "reckoned"', b'kind = "rekconed"', 1))

    out, err = ttx_("resume", path, "--plain")

    assert err.startswith("Readable up to entry ")
    assert err.endswith(". Replay works; playing on does not.\n")
    assert "RULING 1.1" in out
    assert "RECKONING" not in out


@pytest.mark.slow
def test_a_save_is_not_written_over(save: Path) -> None:
    data = save.read_bytes()

    said = mistake("play", "tutorial", "--robots", "steady", "--save", save)

    assert f"{save} exists already; choose another name, or resume it." == said
    assert data == save.read_bytes()


@pytest.mark.slow
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):  # root may write anywhere, but not below a file
        folder = tmp_path / "file" / "folder"
        folder.parent.write_text("not a folder")

    said = mistake("play", "tutorial", "--robots", "steady", "--save", folder / "run.ttx.toml")

    assert said.startswith(f"{folder / 'run.ttx.toml'} cannot be written: ")
    assert said.endswith(("; choose another place.", "; choose a place that is yours to write to."))


@pytest.mark.slow
def test_a_save_in_play_is_left_to_its_player(save: Path) -> None:
    player = resume(read(save))

    said = mistake("resume", save, "--plain")

    player.leave()
    who = f" (process {os.getpid()})" if Path("/proc/locks").exists() else ""
    assert (
        f"run.ttx.toml is being played in another window{who}; "
        "leave it there first, or watch it from Home or with ttx replay."
    ) == said


@pytest.mark.slow
def test_an_unknown_lever_is_named_and_the_play_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    words = "\nport harbour\nports pier\nports\npier\nports harbour\n"

    out, err = ttx_(
        *("play", "tutorial", "--robots", "us=steady", "--seed", "1", "--plain", "--save", path),
        words=words,
    )

    assert "There is no lever 'port' here; choose from ports.\n" in out
    assert "The lever ports has no level 'pier'; choose from closed, harbour, runway.\n" in out
    assert "The lever ports needs a level; choose from closed, harbour, runway.\n" in out
    assert "Here a lever with its level moves it, such as ports harbour; Enter brings the" in out
    assert "ports now stands at harbour." in out
    assert err.endswith(f"Saved. Go on with: ttx resume {path}\n")


@pytest.mark.parametrize(
    "asked",
    [
        ("plya", "tutorial"),
        ("play", "tutorial", "--sed", "1"),
        ("play", "tutorial", "--seed", "many"),
    ],
    ids=" ".join,
)
def test_a_slip_of_the_pen_is_no_defect(asked: tuple[str, ...]) -> None:
    mistake(*asked)


@pytest.mark.slow
def test_a_seat_beside_robots_alone_is_refused_in_whole_words(tmp_path: Path) -> None:
    said = mistake(
        *("play", "tutorial", "--robots", "steady", "--seat", "mayor"),
        *("--save", tmp_path / "run.ttx.toml"),
    )

    assert "choose from ." not in said


# A person at plain play


@pytest.mark.slow
def test_a_person_may_leave_and_go_on(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    person = Person("play", "tutorial", "--plain", "--seed", "1", "--save", path)
    person.hears("Enter: ready, STARTEX > ")
    person.types("\n")
    person.hears("lever level, or Enter for the news > ")
    person.types("standing_staff liaison\n")
    person.hears("standing_staff now stands at liaison.")
    person.hears("lever level, or Enter for the news > ")
    person.types("\x04")
    person.hears(f"Saved. Go on with: ttx resume {path}")
    assert 0 == person.leaves()
    entries = read(path).entries
    assert isinstance(entries[-1].event, Moved)

    person = Person("resume", path, "--plain")
    assert "[liaison]" in person.hears("lever level, or Enter for the news > ")
    person.types("\n")
    assert "One telephone number" in person.hears("option > ")
    person.types("9\n")
    person.hears("Here a number from 1 to 3 answers; help lists what else can be typed.")
    person.types("1\n")
    assert "RULING 1.1" in person.hears("Enter: go on > ")
    person.types("note we were quick\nend\n")
    person.hears("The note is in the record.")
    person.hears("y ends it, Enter does not > ")
    person.types("\n")
    person.hears("Nothing was ended.")
    person.hears("Enter: go on > ")
    person.types("END\ny\n")
    person.hears("Enter: close the run > ")
    person.types("\n")
    person.hears("Enter does not > ")
    person.types("y\n")
    person.hears("REVIEW of Tutorial, seed 1: 0 of 2 turns")
    assert 0 == person.leaves()
    record = read(path)
    assert entries == record.entries[: len(entries)]
    assert ("", "closed") == (record.remark, record.entries[-1].phase)


STARTEX, LEVERS, NEWS, ON = (
    "Enter: ready, STARTEX > ",
    "lever level, or Enter for the news > ",
    "option > ",
    "Enter: go on > ",
)


@pytest.mark.slow
@pytest.mark.parametrize("prompt", [STARTEX, LEVERS, NEWS, ON])
@pytest.mark.parametrize("word", ["help", "?", "Help me please"])
def test_help_helps_at_every_prompt_and_does_nothing_else(
    prompt: str, word: str, tmp_path: Path
) -> None:
    path = tmp_path / "run.ttx.toml"
    person = Person("play", "tutorial", "--plain", "--seed", "1", "--save", path)
    for one, answer in ((STARTEX, ""), (LEVERS, ""), (NEWS, "2"), (ON, "")):
        person.hears(one)
        if one == prompt:
            break
        person.types(f"{answer}\n")
    before = read(path).entries

    person.types(f"{word}\n")

    said = person.hears(prompt)
    for listed in ("help, ?", "note WORDS", "undo:", "end:", "q, quit, leave:"):
        assert f"  {listed}" in said
    assert before == read(path).entries
    person.types("q\n")
    person.hears(f"Saved. Go on with: ttx resume {path}")
    assert 0 == person.leaves()


@pytest.mark.slow
@pytest.mark.parametrize("word", ["yes", "start", "helpme", "1", "lever"])
def test_only_enter_is_taken_for_enter(word: str, tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"

    play = ("play", "tutorial", "--robots", "us=steady", "--plain", "--seed", "1", "--save", path)

    out, _ = ttx_(*play, words=f"{word}\n")

    assert "Here Enter begins the exercise; help lists what else can be typed.\n" in out
    assert [] == read(path).entries


@pytest.mark.slow
@pytest.mark.parametrize("word", ["q", "quit", "leave", "exit", "Q", "\x03", "\x04"])
def test_every_way_out_prints_the_way_back(word: str, tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    person = Person("play", "tutorial", "--plain", "--seed", "1", "--save", path)
    person.hears(STARTEX)
    person.types("\n")
    person.hears(LEVERS)
    before = read(path).entries

    person.types(word if word < " " else f"{word}\n")

    person.hears(f"Saved. Go on with: ttx resume {path}\n")
    assert person.leaves() in ((0, 130) if word == "\x03" else (0,))
    assert before == read(path).entries
    person = Person("resume", path, "--plain")
    person.hears(LEVERS)
    person.types("q\n")
    assert 0 == person.leaves()


@pytest.mark.slow
def test_a_note_that_is_refused_is_not_called_kept(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    play = ("play", "tutorial", "--robots", "us=steady", "--plain", "--seed", "1", "--save", path)

    out, _ = ttx_(*play, words=f"note\nnote {'x' * 3000}\n")

    assert "Write the note behind the word, such as: note " in out
    assert "The note is in the record." not in out
    assert [] == read(path).entries


@pytest.mark.slow
def test_another_cell_is_asked_and_nothing_but_y_or_n_answers(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    person = Person("play", "tutorial", "--plain", "--apart", "--seed", "1", "--save", path)
    person.hears(STARTEX)
    person.types("\n")
    person.hears(OTHERS_MOVE)
    person.types("standing_staff cell\n")
    person.hears("standing_staff at cell waits for the other cell to agree.")
    person.hears(OTHERS_MOVE)
    person.types("\n")
    person.hears("Enter when they sit there > ")
    person.types("\n")
    person.hears("y agrees, n refuses > ")
    person.types("\n")
    person.hears("Here y agrees, n refuses; help lists what else can be typed.")
    person.hears("y agrees, n refuses > ")
    person.types("y\n")
    person.hears(LEVERS)
    person.types("q\n")
    assert 0 == person.leaves()
    assert any(isinstance(one.event, Moved) for one in read(path).entries)


@pytest.mark.slow
@pytest.mark.parametrize("hand", ["robots", "people"])
def test_a_closed_run_opens_at_its_review_on_the_screens_too(hand: str, tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    if hand == "robots":
        robots_alone("tutorial", "steady", 1, path).leave()
    else:
        played("tutorial", "alone", 1, path).leave()
    data = path.read_bytes()
    person = Person("resume", path)

    assert "Replay" not in person.hears("Review of ")
    person.hears("page 1 of 5: the answer")
    person.types("P")
    person.hears("Replay")
    person.types("q")

    assert 0 == person.leaves()
    assert data == path.read_bytes()


@pytest.mark.slow
def test_a_pipe_that_ends_early_leaves_a_save_that_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    _, err = ttx_(
        *("play", "tutorial", "--robots", "us=steady", "--seed", "1", "--plain", "--save", path),
        words="\n\n2\n\n",
    )
    assert f"Saved. Go on with: ttx resume {path}\n" in err
    assert "deliberation" == read(path).entries[-1].phase

    out, err = ttx_("resume", path, "--plain", words="2\n\n\n\n2\n\n\n\ny\n")

    assert "Saved." not in err
    assert "REVIEW of Tutorial, seed 1: 2 of 2 turns" in out
    assert "closed" == read(path).entries[-1].phase


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_defect(tmp_path: Path) -> None:
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "ttx", "play", "accelerate", "--robots", "keep", "--plain"),
            *("--seed", "1", "--save", str(tmp_path / "run.ttx.toml")),
        ],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
        process.wait(30)
    assert "closed" == read(tmp_path / "run.ttx.toml").entries[-1].phase
