"""The documents of an exercise: what each has to hold, and what players' papers must not."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from kit.tables import exercise

from ttx.exercise.load import from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import Part, Text, text
from ttx.report.document import Paragraph
from ttx.report.documents import FOR_PLAYERS, documents
from ttx.report.html import html
from ttx.report.markdown import markdown
from ttx.report.papers import write
from ttx.report.script import condition, span
from ttx.session.view.evaluation import MEANS
from ttx.session.view.notebook_text import RATED

NAMES = ("tutorial", "accelerate", "small")
SMALL = Path(__file__).parent / "exercises" / "small"
MARK = re.compile(r"Q(\d{5})Z")
OPEN = {
    *("title", "summary", "about", "banner"),
    *("actor.name", "cell.name", "seat.name", "seat.short", "seat.wants", "adversary.name"),
    *("capability.name", "objective.text"),
    *("briefing.title", "briefing.situation", "briefing.question", "briefing.measured"),
    *("briefing.play", "briefing.ground_rules", "briefing.words.term", "briefing.words.means"),
    *("briefing.evening.term", "briefing.evening.means"),
    *("manual.heading", "manual.text", "manual.columns", "manual.rows", "seat.questions"),
    *("map.place.name", "map.source", "evidence.source"),
}
"""What everybody may read before play: the cover, the briefing, the manual, the seats, what it
trains, the map. Of places where something is to come and of the evidence there are tests of their
own. Of the evidence only what a chapter of the manual names: there is a test for that."""
WRITTEN = {path for path in OPEN if path.startswith("manual.")} | {
    *("seat.questions", "evidence.source"),
}
"""What an author may leave out."""


WHITE = "seat.wants of the white cell"
"""Nobody reads it but the seat: controllers want nothing of the game."""
PLAIN = {"short", "banner", "source", "claim"}
"""Fields that hold words and are of the type that ids are of."""


@cache
def part(name: str) -> Exercise:
    return load(SMALL) if name == "small" else exercise(name)


def holds_words(name: str, annotation: object) -> bool:
    inner = get_args(annotation)
    rows = any(Text in get_args(one) for one in inner)
    return name in PLAIN or annotation == Text or Text in inner or rows


def plant(value: object, data: Any, path: str, marks: list[str]) -> None:  # noqa: ANN401  # TOML
    """Put a mark in the place of each text below; `marks` tells where each was planted."""

    def marked(old: object) -> object:
        if isinstance(old, list):
            return [marked(one) for one in old]
        if isinstance(old, dict) and not all(re.fullmatch("[a-z]{2}", key) for key in old):
            return {key: marked(one) for key, one in old.items()}
        marks.append(path)
        mark = f"Q{len(marks) - 1:05d}Z"
        return dict.fromkeys(old, mark) if isinstance(old, dict) else mark

    if isinstance(value, Part):
        outer = path
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            if key not in data:
                continue
            path = f"{outer}.{key}".strip(".")
            if path == "seat.wants" and getattr(value, "cell", "") == "white":
                path = WHITE
            if holds_words(name, field.annotation):
                data[key] = marked(data[key])
            else:
                plant(getattr(value, name), data[key], path, marks)
    elif isinstance(value, list | tuple):
        for one, entry in zip(value, data, strict=True):
            plant(one, entry, path, marks)
    elif isinstance(value, dict):
        for key, one in value.items():
            plant(one, data[key], path, marks)


@cache
def marked(name: str) -> tuple[Exercise, tuple[str, ...]]:
    """An exercise with a mark in every text, and where each mark stands."""
    sound, marks = part(name), list[str]()
    data = sound.model_dump(by_alias=True, exclude_none=True)
    plant(sound, data, "", marks)
    return from_data(data), tuple(marks)


def marks_in(name: str, document: str) -> set[str]:
    """Where the marks in both forms of a document were planted."""
    planted, marks = marked(name)
    made = documents(planted)[document]
    found = [set(MARK.findall(form(made))) for form in (html, markdown)]
    assert found[0] == found[1]
    return {marks[int(one)] for one in found[0]}


# --- what players may read ---


@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_an_exercise_is_marked(name: str) -> None:
    planted, marks = marked(name)
    words = [str(planted.banner)]
    for inject in planted.inject:
        told = (inject.outcome.on_time, inject.outcome.late, inject.outcome.far_too_late)
        words += [text(one) for table in told for one in table.values()]
        words += [text(inject.title), text(inject.kind), text(inject.expected_action)]
        words += [text(inject.if_not), text(inject.question), *map(text, inject.message.text)]
        words += [text(one.ask) for one in inject.probing]
        words += [text(one.about) for one in inject.option]
    words += [text(one.about) for one in planted.robot]

    assert all(MARK.fullmatch(one) for one in words)
    assert (
        set(marks)
        >= OPEN
        - {"briefing.words.term", "briefing.words.means"}
        - {path for path in OPEN if path.startswith("briefing.evening")}
        - {"adversary.name", "seat.wants"}
        - WRITTEN
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("document", FOR_PLAYERS)
def test_players_papers_hold_nothing_a_player_may_not_see(name: str, document: str) -> None:
    assert set() == marks_in(name, document) - OPEN


@pytest.mark.parametrize("name", ["tutorial", "accelerate"])
def test_the_situation_manual_does_tell_what_is_open(name: str) -> None:
    left_out = WRITTEN if name == "tutorial" else set()
    told = OPEN - {"actor.name", "seat.short"} - left_out
    assert told == marks_in(name, "situation-manual")


@pytest.mark.parametrize("name", ["tutorial", "accelerate"])
@pytest.mark.parametrize("document", FOR_PLAYERS)
def test_what_is_hidden_makes_no_difference_to_players_papers(name: str, document: str) -> None:
    """Numbers are no marks: they are changed, and the paper stays the same."""
    data = part(name).as_toml()
    data["inject"] = data["inject"][:1]
    data["inject"][0] |= {"weight": {"base": 1}, "turns": [1, 2]}
    data["inject"][0].pop("probing", None)
    data["time_plan"] = {"briefing": 99}
    for track in data["track"]:
        track["start"] = track["range"][0]
    for robot in data["robot"]:
        robot["wishes"] = []
    data["slots"] = {"policy": 1, "crisis": 1}
    data["turns"]["first_levers"] = []
    data["inject"][0].pop("when", None)

    changed = documents(from_data(data))[document]

    assert changed == documents(part(name))[document]


# --- what each document has to hold ---


def told(name: str, document: str) -> str:
    """A document as Markdown, without the signs that only Markdown needs."""
    return markdown(documents(part(name))[document]).replace("\\", "").replace("<br>", " ")


@pytest.mark.parametrize("name", NAMES)
def test_every_document_is_made_in_both_forms(name: str) -> None:
    made = documents(part(name))

    assert set(made) > set(FOR_PLAYERS)
    assert 9 == len(made)
    for one in made.values():
        assert f"<title>{one.title}" in html(one).replace("&#x27;", "'")
        assert one.banner == part(name).banner
        assert one.handling in markdown(one)


@pytest.mark.slow
def test_the_situation_manual_has_what_participants_expect() -> None:
    manual = told("accelerate", "situation-manual")

    for heading in (
        *("Agenda", "Overview", "Scenario: A counterpart for Tokyo", "Participants"),
        *("Questions for discussion", "Assumptions and artificialities", "Ground rules"),
    ):
        assert f"## {heading}\n" in manual
    assert "ten turns, about 13 injects | 145 min" in manual
    assert "Open, low-stress, no-fault." in manual
    assert "HSEEP-style" in manual
    assert "compliant" not in manual


@pytest.mark.parametrize("document", ["facilitator-guide", "msel", "evaluation-guide"])
def test_what_is_not_for_players_says_so_at_once(document: str) -> None:
    assert "> **Not for players." in told("tutorial", document)
    assert "Not for players" in documents(part("tutorial"))[document].handling


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_tells_every_inject_whole(name: str) -> None:
    found = marks_in(name, "facilitator-guide")
    inject = {path for path in marked(name)[1] if path.startswith("inject.")}

    assert set() == inject - found - {"inject.option.done"}


@pytest.mark.slow
def test_the_guide_says_how_far_each_option_carries() -> None:
    guide = told("accelerate", "facilitator-guide")

    assert "| forward | in full | half | a quarter |" in guide
    assert "A: in full B: half C: a quarter" in guide
    needs = [
        condition(part("accelerate"), option.needs)
        for inject in part("accelerate").inject
        for option in inject.option
        if option.needs is not None
    ]
    assert any("Staff standing in Japan " in one for one in needs)
    assert [] == [one for one in needs if one not in guide]
    assert "01 'Radar at dusk' released or" in told("accelerate_1", "facilitator-guide")


def test_the_guide_rules_within_the_bands() -> None:
    guide = told("tutorial", "facilitator-guide")

    assert "one step either way" in guide
    assert "between nothing and one and a half times" in guide
    for name, carries in (("far too weak", "not at all"), ("even", "half"), ("strong", "in full")):
        assert f"| {name} | {carries} |" in guide


def test_the_run_of_show_adds_up() -> None:
    """35 once, 4 a turn, 8 an inject: ten turns, none to twenty injects."""
    guide = told("accelerate", "facilitator-guide")

    assert "35 min once, 4 min a turn, 8 min an inject." in guide
    assert "that is 2 h 59 without breaks" in guide
    assert "with none to two injects a turn 1 h 15 to 3 h 55." in guide
    can = {
        slot: ", ".join(
            f"{one.number:02d}"
            for one in part("accelerate").inject
            if one.slot == slot and one.turns[0] == 1
        )
        for slot in ("policy", "crisis")
    }
    assert f"| T1 | Dec 2024 to Feb 2025 | {can['policy']} | {can['crisis']} |" in guide


def test_the_msel_has_a_row_for_each_inject_in_order() -> None:
    rows = re.findall(r"^\| (\d\d) \| (T[\d-]*T?\d*)[ ,]", told("accelerate", "msel"), re.MULTILINE)

    every = [f"{one.number:02d}" for one in part("accelerate").inject]
    assert sorted(every) == sorted(number for number, _ in rows)
    order = [(int(turns[1:].partition("-")[0]), number) for number, turns in rows]
    assert sorted(order) == order


@pytest.mark.parametrize("name", ["tutorial", "accelerate"])
def test_the_msel_tells_what_controllers_need(name: str) -> None:
    found = marks_in(name, "msel")

    for key in ("title", "kind", "message.sender", "message.to", "message.via"):
        assert f"inject.{key}" in found
    assert {"inject.expected_action", "inject.if_not", "objective.text"} <= found
    assert "inject.probing.ask" not in found


def test_the_evaluation_guide_has_a_page_for_each_objective() -> None:
    guide = told("accelerate", "evaluation-guide")
    objectives = part("accelerate").objective

    assert len(objectives) == guide.count("### Observation notes and explanation of rating")
    assert len(objectives) == guide.count("**Target rating:**")
    assert len(objectives) == guide.count("**Final capability rating:**")
    assert "**Evaluator (office):**" in guide
    assert "09 Five in the EEZ T3-T10 | Japan starts the legal step at once" in guide


def test_an_inject_is_rated_once_and_named_under_its_other_objectives() -> None:
    guide = told("accelerate", "evaluation-guide")
    pages = guide.split("## Objective ")[1:]
    ids = [one.id for one in part("accelerate").objective]

    for one in part("accelerate").inject:
        rated = f"| {one.number:02d} {text(one.title)} T"
        named = f"{one.number:02d} {text(one.title)} (T"
        first, *others = one.objectives
        assert [first] == [name for name, page in zip(ids, pages, strict=True) if rated in page]
        assert set(others) == {name for name, page in zip(ids, pages, strict=True) if named in page}


@pytest.mark.parametrize("name", NAMES)
def test_the_evaluation_guide_names_other_injects_once_and_only_where_there_are_some(
    name: str,
) -> None:
    told = documents(part(name))["evaluation-guide"].parts

    besides = [one.text for one in told if isinstance(one, Paragraph) and one.label]

    assert not any("Paragraph(" in text or text.startswith(".") for text in besides)
    assert all(text.count("Their own task is rated elsewhere.") == 1 for text in besides)


def test_the_guide_says_what_each_rating_means() -> None:
    guide = told("tutorial", "evaluation-guide")

    assert ["P", "S", "M", "U", "N"] == list(MEANS)
    for letter, means in MEANS.items():
        assert f"| {letter} | {RATED[letter].capitalize()} | {means} |" in guide


def test_the_feedback_form_asks_what_the_report_needs() -> None:
    form = told("tutorial", "feedback-form")

    for heading in ("Strengths", "Areas for improvement", "Plans", "Next steps"):
        assert f"## {heading}\n" in form
    assert "observer" in form
    for one in part("tutorial").objective:
        assert text(one.text) in form


def test_a_turn_is_told_by_its_span() -> None:
    assert "Dec 2024 to Feb 2025" == span(part("accelerate"), 1)
    one = part("accelerate").turns.model_copy(update={"months": 1})
    monthly = part("accelerate").model_copy(update={"turns": one})
    assert "Dec 2024" == span(monthly, 1)
    assert "Jan 2025" == span(monthly, 2)


def test_an_exercise_without_plan_objectives_or_words_has_its_papers_too() -> None:
    data = part("small").as_toml()
    for key in ("objective", "capability", "time_plan"):
        data.pop(key)
    for inject in data["inject"]:
        inject.pop("objectives", None)

    for one in documents(from_data(data)).values():
        assert html(one)
        assert markdown(one)


# --- on disk ---


def test_the_papers_are_written_and_nothing_is_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "papers" / "for june"
    written = write(part("tutorial"), folder)

    assert 18 == len(written)
    assert set(written) == set(folder.iterdir())
    assert written[0].read_text("utf-8") == markdown(
        documents(part("tutorial"))["situation-manual"]
    )

    written[3].unlink()
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ValueError, match=r"is there already, and nothing is written over it"):
        write(part("tutorial"), folder)
    assert before == {path: path.read_bytes() for path in folder.iterdir()}


def test_a_disk_that_refuses_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ValueError, match="cannot be written: Not a directory"):
        write(part("tutorial"), tmp_path / "file" / "papers")

    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "msel.html").mkdir()
    with pytest.raises(ValueError, match="is there already"):
        write(part("tutorial"), tmp_path / "papers")
    assert ["msel.html"] == [path.name for path in (tmp_path / "papers").iterdir()]


def test_a_folder_made_in_vain_is_taken_away_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = os.link

    def full(draft: Path, path: Path) -> None:
        if path.name == "msel.md":
            raise OSError(28, "No space left on device", str(path))
        named(draft, path)

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ValueError, match=r"msel.md cannot be written: No space left on device"):
        write(part("tutorial"), tmp_path / "papers" / "for june")
    assert [] == list(tmp_path.iterdir())
