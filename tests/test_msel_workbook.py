"""The MSEL as a workbook: what it looks like, and whole injects edited in it and read back."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.altered import Altering
from kit.person import ttx_
from kit.tables import exercise

from ttx import extras
from ttx.exercise.load import digest, from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel import condition
from ttx.exercise.msel.called import Called
from ttx.exercise.msel.cells import Unreadable
from ttx.exercise.msel.fields import CONDITION, CONTEXTUAL, DETAILS, EFFECTS, OPTIONS, plain
from ttx.exercise.msel.files import Imported, export, import_
from ttx.exercise.msel.whole_workbook import blank, workbook
from ttx.exercise.problems import ExerciseError
from ttx.files import NotWritten

ROOT = Path(__file__).parents[1]
FOLDERS = {
    "tutorial": ROOT / "exercises/tutorial",
    "accelerate": ROOT / "exercises/accelerate",
    "small": ROOT / "tests/exercises/small",
    "template": ROOT / "ttx/exercise/template",
}
Book = Any
"""openpyxl's workbook, or a sheet of it."""
Edit = Callable[[Book], None]


def edited(tmp_path: Path, name: str, edit: Edit) -> Imported:
    """What comes of an exercise whose workbook somebody edits and imports."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(load(FOLDERS[name]))))
    edit(book)
    book.save(tmp_path / "plan.xlsx")
    return import_(tmp_path / "plan.xlsx", FOLDERS[name], tmp_path / "made")


def mistakes(tmp_path: Path, name: str, edit: Edit) -> list[str]:
    """What is wrong with an edited workbook, without the name of its file; nothing is left."""
    with pytest.raises(ExerciseError) as error:
        edited(tmp_path, name, edit)
    assert ["plan.xlsx"] == [path.name for path in tmp_path.iterdir()]
    place = f"{tmp_path / 'plan.xlsx'}, sheet "
    return [str(one).removeprefix(place) for one in error.value.problems]


def at(sheet: Book, header: str) -> int:
    return int(next(cell.column for cell in sheet[1] if cell.value == header))


def put(book: Book, sheet: str, row: int, header: str, value: object) -> None:
    book[sheet].cell(row, at(book[sheet], header)).value = value


def add(book: Book, sheet: str, **cells: object) -> None:
    """One more row; headers with _ for what is no letter."""
    page = book[sheet]
    row = page.max_row + 1
    for name, value in cells.items():
        headers = sorted((h.value for h in page[1]), key=len)
        header = next(one for one in headers if one.replace(" ", "_").startswith(name))
        page.cell(row, at(page, header)).value = value


def data_of(part: Exercise) -> dict[str, Any]:
    data = plain(part.as_toml())
    assert isinstance(data, dict)
    return data


# --- out and in again ---


@pytest.mark.parametrize("name", FOLDERS)
def test_a_workbook_that_comes_back_unchanged_changes_nothing(name: str, tmp_path: Path) -> None:
    folder = FOLDERS[name]
    export(load(folder), tmp_path / "plan.xlsx")

    made = import_(tmp_path / "plan.xlsx", folder, tmp_path / "made")

    assert digest(load(folder)) == digest(made.exercise)
    assert () == made.remarks
    for path in folder.rglob("*.toml"):
        assert path.read_bytes() == (tmp_path / "made" / path.relative_to(folder)).read_bytes()


def come_back(name: str, seed: int, tmp_path: Path) -> bool:
    """Whether an altered exercise is whole again once its workbook is put into the old one."""
    part = exercise(name) if name != "template" else load(FOLDERS[name])
    try:
        wanted = from_data(Altering(part, seed).altered())
    except ExerciseError:
        return False
    folder = tmp_path / str(seed)
    folder.mkdir()
    (folder / "plan.xlsx").write_bytes(workbook(wanted))

    made = import_(folder / "plan.xlsx", FOLDERS[name], folder / "made")

    was, now = data_of(wanted), data_of(made.exercise)
    assert was["inject"] == now["inject"], f"{name}, seed {seed}"
    assert digest(wanted) == digest(made.exercise)
    return True


def test_every_alteration_comes_back_by_workbook(tmp_path: Path) -> None:
    assert 6 <= sum(come_back("small", seed, tmp_path) for seed in range(8))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tutorial", "template", "accelerate"])
def test_every_alteration_of_larger_exercises_comes_back(name: str, tmp_path: Path) -> None:
    # An alteration may be no sound exercise; as many as these are, which all come back.
    sound, seeds = (7, range(100, 112)) if name == "accelerate" else (21, range(100, 160))
    assert sound <= sum(come_back(name, seed, tmp_path) for seed in seeds)


@given(st.integers(0, 10**6), st.sampled_from(["small", "tutorial", "accelerate"]))
@settings(max_examples=60, deadline=None)
def test_conditions_and_effects_are_read_as_they_are_written(seed: int, name: str) -> None:
    part = exercise(name)
    called, altering = Called(part), Altering(part, seed)
    asked, effects = altering.condition(), altering.effects()

    assert asked == condition.read(called, CONDITION.cell(called, asked))
    assert asked == condition.read(called.by_id, condition.written(called.by_id, asked))
    assert effects == EFFECTS.read(called, EFFECTS.cell(called, effects))


def test_a_person_can_read_and_write_conditions_and_effects() -> None:
    called = Called(exercise("accelerate"))

    for cell, asked in (
        ("usfj hq maturity at least 45", None),
        ("PRC grey-zone tempo at least 45", {"of": "prc_greyzone", "at_least": 45}),
        ("prc_greyzone AT LEAST 45.5", {"of": "prc_greyzone", "at_least": 45.5}),
        ("inject radar_at_dusk came out late or far too late", None),
    ):
        try:
            found: object = condition.read(called, cell)
        except Unreadable as error:
            found = str(error)
        if asked is not None:
            assert asked == {k: float(v) if k == "at_least" else v for k, v in dict(found).items()}  # type: ignore[call-overload]  # a dict, or the sentence
    assert [{"track": "temperature", "by": -3, "delay": 2}] == EFFECTS.read(
        called, "temperature −3 in 2 turns"
    )
    with pytest.raises(Unreadable, match="from 'warm' on: write such as"):
        condition.read(called, "Temperature at least 5 and warm")
    with pytest.raises(Unreadable, match="from 'or inject radar_at_dusk was released' on"):
        condition.read(
            called,
            "Temperature at least 5 and Temperature below 9 or inject radar_at_dusk was released",
        )


# --- a cell, and nothing else ---

EDITS: list[tuple[str, str, object, tuple[str | int, ...], object]] = [
    ("Details", "COMES FROM", "us", ("actor",), "us"),
    ("Details", "PRECEDENCE", "FLASH", ("message", "precedence"), "FLASH"),
    ("Details", "COMES AGAIN (TURNS)", 2, ("again",), 2),
    (
        *("Details", "CONDITION", "not (Tension at sea at least 30 or supplies below 20)"),
        ("when",),
        {"not": {"any": [{"of": "tension", "at_least": 30}, {"of": "supplies", "below": 20}]}},
    ),
    ("Details", "WEIGHT", 12, ("weight",), {"base": 12}),
    (
        *("Details", "WEIGHT", "12 + 8 × tension at sea", ("weight",)),
        {"base": 12, "times": 8, "of": "tension"},
    ),
    ("Details", "DIRECTIONS", "Ring them", ("directions",), "Ring them"),
    ("Options", "TITLE", "A desk", ("option", 0, "title"), "A desk"),
    ("Options", "WHAT IT IS", "Words.", ("option", 0, "about"), "Words."),
    ("Options", "ONCE DONE", "It was", ("option", 0, "done"), "It was"),
    ("Options", "LEAN", "hold back", ("option", 0, "lean"), "R"),
    ("Options", "OPEN WHEN", None, ("option", 0, "needs"), None),
    (
        *("Options", "BENEFITS", "Trust of the islands +2.5 in 2 turns", ("option", 0, "benefits")),
        [{"track": "trust", "by": 2.5, "delay": 2}],
    ),
    ("Options", "COSTS", None, ("option", 0, "costs"), None),
    ("Options", "CARRIES (QUARTERS)", "4, 2", ("option", 0, "quarters"), [4, 2]),
    ("Outcomes", "A: staff in place", "Told.", ("outcome", "on_time", "A"), "Told."),
    ("MSEL", "TITLE", "Other", ("title",), "Other"),
    ("MSEL", "OBJECTIVE", None, ("objectives",), None),
    ("MSEL", "SCENARIO TIME", "T2", ("turns",), [2, 2]),
]


@pytest.mark.parametrize(("sheet", "header", "cell", "path", "value"), EDITS)
def test_a_cell_that_is_edited_changes_that_and_nothing_else(
    sheet: str,
    header: str,
    cell: object,
    path: tuple[str | int, ...],
    value: object,
    tmp_path: Path,
) -> None:
    made = edited(tmp_path, "tutorial", lambda book: put(book, sheet, 2, header, cell))

    wanted = data_of(exercise("tutorial"))
    place: Any = wanted["inject"][0]
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    now = data_of(made.exercise)
    benefits = now["inject"][0]["option"][0].get("benefits", [])
    for effect in benefits:
        effect["by"] = float(effect["by"])
    assert wanted == now


def test_comments_and_layout_of_what_is_not_edited_stay(tmp_path: Path) -> None:
    edited(tmp_path, "tutorial", lambda book: put(book, "Options", 3, "TITLE", "One desk"))

    name = "injects/01-one-telephone-number.toml"
    was = (FOLDERS["tutorial"] / name).read_text("utf-8")
    now = (tmp_path / "made" / name).read_text("utf-8")
    assert was.replace('"One line in Tokyo"', '"One desk"', 1) == now


# --- rows that come and go ---


def test_a_new_inject_brings_its_options_outcomes_and_conditions(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        add(book, "MSEL", INJECT_ID="cable", TITLE="Cable cut", SLOT="policy", SCENARIO_TIME="T2")
        add(book, "Details", INJECT_ID="cable", WEIGHT=20, CONDITION="Tension at sea at least 10")
        for name, title in (("repair", "Repair it"), ("wait", "Wait")):
            add(
                *(book, "Options"),
                INJECT_ID="cable",
                OPTION_ID=name,
                TITLE=title,
                WHAT_IT_IS="What it is.",
                ONCE_DONE="It was done",
                LEAN="hold back",
                COSTS="supplies -2\nTrust of the islands -1 in 1 turn",
            )
        add(book, "Outcomes", INJECT_ID="cable", TIMING="on time", A="Well.")
        add(book, "Probing", INJECT_ID="cable", ASK_WHOM="japan", QUESTION="Who pays?")

    made = edited(tmp_path, "tutorial", edit)

    cable = next(i for i in data_of(made.exercise)["inject"] if i["id"] == "cable")
    assert ({"base": 20}, {"of": "tension", "at_least": 10}) == (cable["weight"], cable["when"])
    assert ["repair", "wait"] == [option["id"] for option in cable["option"]]
    costs = [{"track": "supplies", "by": -2}, {"track": "trust", "by": -1, "delay": 1}]
    assert costs == cable["option"][1]["costs"]
    assert "Well." == cable["outcome"]["on_time"]["A"]
    assert [{"to": "japan", "ask": "Who pays?"}] == cable["probing"]
    toml = next((tmp_path / "made" / "injects").glob("*-cable.toml")).read_text("utf-8")
    assert "# Still to write: question," in toml
    assert 3 == len(exercise("tutorial").inject)
    assert 4 == len(made.exercise.inject)


def filled_in(folder: Path) -> Path:
    """A blank workbook with three injects in it, one of which hangs on another."""
    ttx_("msel", "blank", "--out", folder / "plan.xlsx")
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    for turn, name in enumerate(("flood", "bridge", "press"), 1):
        add(
            *(book, "MSEL"),
            MSEL_NUMBER=turn,
            INJECT_ID=name,
            TITLE=f"The {name}",
            SCENARIO_TIME=f"T{turn}",
            SENT_FROM="Police",
            SENT_TO="All",
            DESCRIPTION="It happens.",
        )
        for option in ("act", "wait"):
            add(
                *(book, "Options"),
                INJECT_ID=name,
                TITLE=option.title(),
                WHAT_IT_IS="What it is.",
                ONCE_DONE="Done",
                LEAN=option,
                BENEFITS="readiness +3" if option == "act" else None,
            )
    add(book, "Details", INJECT_ID="press", CONDITION="inject flood was released")
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


@pytest.mark.slow
def test_an_author_plans_in_a_blank_workbook_and_plays(tmp_path: Path) -> None:
    plan = filled_in(tmp_path)

    _, said = ttx_("new", tmp_path / "river", "--from", plan)

    made = load(tmp_path / "river")
    assert "3 injects with their options" in said
    assert ["flood", "bridge", "press"] == [inject.id for inject in made.inject]
    assert {"fired": "flood"} == data_of(made)["inject"][2]["when"]
    assert [3, None] == [
        option["benefits"][0]["by"] if "benefits" in option else None
        for option in data_of(made)["inject"][0]["option"]
    ]


def grounded(folder: Path) -> Path:
    """The same with what an exercise is besides its injects."""
    plan = filled_in(folder)
    book = openpyxl.load_workbook(plan)
    says = {
        "Title": "High water",
        "Marking": "EXERCISE - FOR TRAINING",
        "Situation": "It rains.\n\nIt has rained for days.",
        "Question": "Who closes the bridge?",
        "First day": "2026-03-12",
        "Minutes": 90,
    }
    for row in range(2, book["Exercise"].max_row + 1):
        book["Exercise"].cell(row, 2).value = says.get(book["Exercise"].cell(row, 1).value)
    add(
        *(book, "Objectives"),
        OBJECTIVE_ID="warn",
        OBJECTIVE="Warn in time.",
        CAPABILITY="Public warning",
        MEASURES="Within 30 minutes\nIn two languages",
    )
    add(book, "Objectives", OBJECTIVE="Speak with one voice.", CAPABILITY="Public warning")
    book["Seats"].delete_rows(2, 2)
    for office, side, lead in (
        ("Mayor", "Town hall", "yes"),
        ("Head of works", "Town hall", None),
        ("Chief of fire", "Fire service", None),
    ):
        add(book, "Seats", OFFICE=office, CELL=side, LEAD=lead, WHO_YOU_ARE="You speak for it.")
    put(book, "Tracks", 2, "TRACK", "Staff at hand")
    add(book, "Tracks", TRACK="Water level", START=62.5, BETTER="lower")
    put(book, "MSEL", 2, "LEAD CELL", "Fire service")
    put(book, "MSEL", 2, "OBJECTIVE", "warn")
    put(book, "MSEL", 4, "OBJECTIVE", "speak_with_one_voice")
    put(book, "Options", 2, "BENEFITS", "Water level -4\nStaff at hand -2")
    add(book, "Probing", INJECT_ID="flood", ASK_WHOM="Mayor", QUESTION="Who is told?")
    for row in range(4, 8):
        if book["Options"].cell(row, at(book["Options"], "BENEFITS")).value:
            put(book, "Options", row, "BENEFITS", "Staff at hand +3")
    put(book, "Details", 2, "CONDITION", "Water level at least 50")
    book.save(plan)
    return plan


@pytest.mark.slow
def test_a_blank_workbook_says_all_of_an_exercise(tmp_path: Path) -> None:
    ttx_("new", tmp_path / "river", "--from", grounded(tmp_path))

    made = load(tmp_path / "river")
    assert ("High water", 90) == (made.title, made.minutes)
    assert "EXERCISE - FOR TRAINING" == made.banner
    assert ["It rains.", "It has rained for days."] == made.briefing.situation
    assert "2026-03-12" == str(made.turns.start)
    assert ["Town hall", "Fire service", "Exercise control"] == [c.name for c in made.cell]
    seats = {seat.name: (seat.cell, seat.lead) for seat in made.seat}
    assert {
        "Mayor": ("town_hall", True),
        "Head of works": ("town_hall", False),
        "Chief of fire": ("fire_service", True),
        "Lead facilitator": ("control", True),
    } == seats
    assert ["Staff at hand", "Water level"] == [track.name for track in made.track]
    assert ["higher", "lower"] == [score.better for score in made.score]
    assert 6250 == made.tracks["water_level"].start
    assert ["warn", "speak_with_one_voice"] == [part.id for part in made.objective]
    assert ["Public warning"] == [part.name for part in made.capability]
    flood = made.injects["flood"]
    assert ("fire_service", ["warn"]) == (flood.lead, flood.objectives)
    assert [("water_level", -400), ("readiness", -200)] == [
        (effect.track, effect.by) for effect in flood.option[0].benefits
    ]
    assert "mayor" == flood.probing[0].to
    out, _ = ttx_("play", tmp_path / "river", "--robots", "steady", "--plain")
    assert "High water" in out


def test_mistakes_of_these_sheets_are_told_by_their_cells(tmp_path: Path) -> None:
    plan = grounded(tmp_path)
    book = openpyxl.load_workbook(plan)
    put(book, "Seats", 3, "SHORT NAME", "A name that is far too long")
    put(book, "Seats", 4, "OFFICE", None)
    put(book, "Seats", 5, "LEAD", "perhaps")
    add(book, "Seats", OFFICE="Mayor", CELL="Town hall")
    add(book, "Exercise", FIELD="Title", VALUE="Low water")
    put(book, "Tracks", 3, "BETTER", "wetter")
    put(book, "Objectives", 2, "OBJECTIVE ID", "not an id")
    put(book, "Exercise", 9, "VALUE", "soon")
    book.save(plan)

    _, said = ttx_("new", tmp_path / "river", "--from", plan, code=2)

    for place in (
        "Exercise: row 9, column B 'VALUE': must be a day",
        "Objectives: row 2, column A 'OBJECTIVE ID'",
        "Seats: row 3, column B 'SHORT NAME': it has more than 12",
        "Seats: row 4, column A 'OFFICE'",
        "Seats: row 5, column D 'LEAD': must be yes, or empty, not 'perhaps'",
        "Seats: row 6, column A 'OFFICE': 'Mayor' has a row already",
        "Exercise: row 11, column A 'FIELD': row 2 says 'Title' already",
        "Tracks: row 3, column D 'BETTER'",
    ):
        assert f"{plan}, sheet {place}" in said
    assert not (tmp_path / "river").exists()


def test_what_is_made_up_or_left_out_of_these_sheets_is_said(tmp_path: Path) -> None:
    plan = grounded(tmp_path)
    book = openpyxl.load_workbook(plan)
    add(book, "Seats", OFFICE="Emergency Operations Centre", CELL="Centre", LEAD="no")
    add(book, "Seats", OFFICE="Emergency Operations Chair", CELL="Centre")
    add(book, "Seats", OFFICE="Wasserstrassenamt", CELL="Centre")
    add(book, "Tracks", TRACK="Confidence of the public in the city")
    book["Seats"].cell(1, 7).value, book["Seats"].cell(2, 7).value = "Phone", "555-0100"
    book.save(plan)

    _, said = ttx_("new", tmp_path / "river", "--from", plan)

    made = load(tmp_path / "river")
    assert {
        "Emergency Operations Centre": "EOC",
        "Emergency Operations Chair": "Emergency",
        "Wasserstrassenamt": "Wasserstrass",
    }.items() <= {seat.name: seat.short for seat in made.seat}.items()
    assert ["Confidence"] == [track.short for track in made.track if "public" in str(track.name)]
    for told in (
        "'Emergency Operations Centre' is 'EOC' where room is short.",
        "'Emergency Operations Chair' is 'Emergency' where room is short.",
        "'Wasserstrassenamt' is 'Wasserstrass' where room is short.",
        "No seat of cell 'Centre' is marked as its lead; 'Emergency Operations Centre' leads it.",
        "Sheet Seats, column G 'Phone' has no place in an exercise; its cells are left out.",
    ):
        assert told in said
    assert "'Mayor' is" not in said


def test_what_is_wrong_in_a_filled_in_workbook_is_told_by_its_cell(tmp_path: Path) -> None:
    plan = filled_in(tmp_path)
    book = openpyxl.load_workbook(plan)
    put(book, "Options", 2, "BENEFITS", "readiness +3\nreadiness +4")
    book.save(plan)

    _, said = ttx_("new", tmp_path / "river", "--from", plan, code=2)

    assert f"{plan}, sheet Options: row 2, column H 'BENEFITS': inject 'flood'" in said
    assert not (tmp_path / "river").exists()


def test_options_are_the_rows_that_name_their_inject(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        book["Options"].delete_rows(2)  # the first option of the first inject
        add(
            *(book, "Options"),
            INJECT_ID=1,
            TITLE="Something else",
            WHAT_IT_IS="Else.",
            ONCE_DONE="Something else was done",
            LEAN="R",
        )

    made = edited(tmp_path, "tutorial", edit)

    options = [option.id for option in made.exercise.inject[0].option]
    assert ["line_in_tokyo", "after_the_season", "something_else"] == options
    assert (
        "Sheet Options changes 'one_telephone_number': without desk_in_naha, something_else."
        in made.remarks
    )


def test_contextual_injects_change_come_and_go(tmp_path: Path) -> None:
    part = load(FOLDERS["template"])
    first = part.contextual[0].id

    def edit(book: Book) -> None:
        put(book, "Contextual", 2, "TITLE", "Other news")
        add(
            *(book, "Contextual"),
            CONTEXTUAL_ID="call_at_noon",
            TITLE="A call",
            EVENT_TYPE="call",
            TURN=1,
            SENT_FROM="The mayor",
            SENT_TO="All",
            METHOD="telephone",
            DESCRIPTION="One.\n\nTwo.",
        )

    made = edited(tmp_path, "template", edit)
    assert "Other news" == made.exercise.contextuals[first].title
    assert ["One.", "Two."] == made.exercise.contextuals["call_at_noon"].message.text
    again = tmp_path / "again"
    again.mkdir()
    gone = edited(again, "template", lambda book: put(book, "Contextual", 2, "STATUS", "Omitted"))
    assert first not in gone.exercise.contextuals
    assert f"Sheet Contextual changes '{first}': taken out." in gone.remarks


def test_contextual_injects_need_no_id_and_what_is_left_out_is_said(tmp_path: Path) -> None:
    whole = {"EVENT_TYPE": "call", "TURN": 1, "SENT_FROM": "The mayor", "SENT_TO": "All"}
    whole |= {"METHOD": "telephone", "DESCRIPTION": "One."}

    def edit(book: Book) -> None:
        for title in ("A call", "A call", "Another"):
            add(book, "Contextual", TITLE=title, **whole)
        add(book, "Contextual", CONTEXTUAL_ID="later", STATUS="Omitted")

    made = edited(tmp_path, "tutorial", edit)

    assert {"a_call", "a_call_2", "another"} == {*made.exercise.contextuals}
    assert "Sheet Contextual, row 5: left out, status 'Omitted'." in made.remarks


def in_two_languages(folder: Path) -> Path:
    """The tutorial with a Japanese text beside each of its injects' questions and titles."""
    data = exercise("tutorial").as_toml()
    data["languages"] = ["en", "ja"]
    for inject in data["inject"]:
        inject["title"] = {"en": inject["title"], "ja": f"日 {inject['title']}"}
        for part in inject["probing"]:
            part["ask"] = {"en": part["ask"], "ja": f"日 {part['ask']}"}
    (folder / "exercise.toml").write_text(tomli_w.dumps(data), "utf-8")
    return folder


def test_a_text_keeps_its_other_languages_and_one_is_told_that_they_stay(tmp_path: Path) -> None:
    folder = tmp_path / "two"
    folder.mkdir()
    part = load(in_two_languages(folder))
    (tmp_path / "out.xlsx").write_bytes(workbook(part))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    put(book, "MSEL", 2, "TITLE", "Another title")
    book["Probing"].delete_rows(2)  # the first question of the first inject
    book.save(tmp_path / "plan.xlsx")

    made = import_(tmp_path / "plan.xlsx", folder, tmp_path / "made")

    first, was = made.exercise.inject[0], part.inject[0]
    assert isinstance(was.title, dict)
    assert {"en": "Another title", "ja": was.title["ja"]} == first.title
    assert was.probing[1:] == first.probing
    (told,) = (one for one in made.remarks if "is told in" in one)
    assert "'one_telephone_number' is told in ja as well: that stays as it was" in told


def test_labels_and_times_that_are_too_long_are_mistakes_of_their_cells(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        put(book, "MSEL", 2, "MSEL NUMBER", "L" * 41)

    def timed(book: Book) -> None:
        put(book, "MSEL", 3, "PLANNED TIME", "about " * 20)

    (said,) = mistakes(tmp_path, "tutorial", edit)
    assert "MSEL: row 2, column A 'MSEL NUMBER'" in said
    assert "label has too many characters: 41 (at most 40)" in said
    (later,) = mistakes(tmp_path, "tutorial", timed)
    assert "row 3, column D 'PLANNED TIME': has 119 characters, and 80 are the most" in later


def test_what_has_no_place_is_said_and_changes_nothing(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        book["Options"].cell(1, 20).value = "Owner"
        book["Options"].cell(3, 20).value = "Zoe"
        put(book, "Details", 2, "TITLE (ON SHEET MSEL)", "Another title")
        book.remove(book["Contextual"])

    made = edited(tmp_path, "tutorial", edit)

    assert digest(exercise("tutorial")) == digest(made.exercise)
    assert made.remarks == (
        "Sheet Details, row 2: the title is changed on sheet MSEL; it stays.",
        "Sheet Options, column T 'Owner' has no place in an exercise; its cells are left out.",
    )


def test_a_crisis_becomes_policy_with_all_that_hangs_on_it(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        put(book, "MSEL", 3, "SLOT", "policy")
        put(book, "MSEL", 3, "WINDOW (MINUTES)", None)
        for header in ("CLOCK PROFILE", "WHAT LATENESS DOES", "WHAT LATENESS OPENS"):
            put(book, "Details", 3, header, None)
        for row in range(2, book["Outcomes"].max_row + 1):
            late = book["Outcomes"].cell(row, 2).value != "on time"
            if book["Outcomes"].cell(row, 1).value == "ten_hours_of_fuel" and late:
                for column in (3, 4):
                    book["Outcomes"].cell(row, column).value = None

    made = edited(tmp_path, "tutorial", edit)

    after = made.exercise.injects["ten_hours_of_fuel"]
    assert ("policy", None, None, []) == (after.slot, after.window, after.profile, after.late)
    assert ({}, {}) == (after.outcome.late, after.outcome.far_too_late)


def test_every_mistake_is_told_with_its_sheet_row_and_column(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        put(book, "MSEL", 2, "QUESTION", None)
        put(book, "Details", 2, "CONDITION", "Tenson at least 3")
        put(book, "Details", 3, "WEIGHT", None)
        put(book, "Options", 2, "LEAN", "sideways")
        put(book, "Options", 3, "COSTS", "Trust of the islands")
        put(book, "Options", 4, "INJECT ID", "nobody")
        put(book, "Outcomes", 3, "TIMING", "soon")
        put(book, "Probing", 2, "ASK WHOM", "the king")

    said = mistakes(tmp_path, "tutorial", edit)

    starts = [one.split(": ", 1)[0] for one in said]
    assert [
        "MSEL: row 2, column M 'QUESTION'",
        "Details: row 2, column H 'CONDITION'",
        "Details: row 3, column I 'WEIGHT'",
        "Options: row 2, column F 'LEAN'",
        "Options: row 3, column I 'COSTS'",
        "Options: row 4, column A 'INJECT ID'",
        "Outcomes: row 3, column B 'TIMING'",
        "Probing: row 2, column B 'ASK WHOM'",
    ] == [": ".join(one.split(": ", 2)[:2]) for one in said], starts


def test_what_check_finds_is_told_by_the_cell_that_it_came_from(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        put(book, "Options", 2, "BENEFITS", "supplies +2\nRelief supplies +3")
        put(book, "Options", 5, "TITLE", "in a {brace}")
        put(book, "Details", 3, "CLOCK PROFILE", None)
        put(book, "Outcomes", 2, "A: staff in place", None)
        put(book, "MSEL", 4, "STATUS", "Omitted")

    said = mistakes(tmp_path, "tutorial", edit)

    starts = [
        "Options: row 2, column H 'BENEFITS': inject 'one_telephone_number', option 'desk_in_naha'",
        "Options: row 5, column C 'TITLE': inject 'ten_hours_of_fuel', option 'ship_to_the_pier'",
        "Details: row 3, column J 'CLOCK PROFILE': inject 'ten_hours_of_fuel': key 'profile'",
        "Outcomes: row 2: inject 'one_telephone_number', outcome: on_time needs a sentence",
    ]
    assert len(starts) == len(said)
    assert all(any(one.startswith(start) for one in said) for start in starts), said


# --- what it looks like ---


def test_the_workbook_is_one_that_people_work_in() -> None:
    part = exercise("accelerate")
    book = openpyxl.load_workbook(io.BytesIO(workbook(part)))
    assert [
        *("MSEL", "Details", "Options", "Outcomes", "Probing", "Contextual", "How to use", "Lists"),
    ] == book.sheetnames
    assert "hidden" == book["Lists"].sheet_state
    for name in book.sheetnames[:6]:
        sheet = book[name]
        assert sheet.freeze_panes
        assert sheet.freeze_panes[-1] == "2"
        assert sheet.auto_filter.ref
        assert part.banner in sheet.oddHeader.center.text
        assert part.banner in sheet.oddFooter.center.text
        assert "1:1" == sheet.print_title_rows.replace("$", "")
    offered = {
        validation.promptTitle or next(iter(validation.sqref.ranges)).coord: validation.formula1
        for validation in book["MSEL"].data_validations.dataValidation
        if validation.type == "list"
    }
    assert 7 == len(offered)
    wrapped = book["MSEL"].cell(2, at(book["MSEL"], "DESCRIPTION"))
    assert wrapped.alignment.wrap_text
    assert 1 == book["MSEL"].cell(2, 1).value
    for row in book["Lists"].iter_rows(min_row=2, values_only=True):
        assert not any(isinstance(cell, str) and cell.startswith("=") for cell in row)


def test_every_column_is_explained_where_the_workbook_says_how_to_use_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(exercise("tutorial"))))
    words = {cell for row in book["How to use"].iter_rows(values_only=True) for cell in row if cell}
    for field in (*DETAILS, *OPTIONS, *CONTEXTUAL):
        assert field.header in words
        assert field.about in words


def test_the_same_exercise_gives_the_same_bytes() -> None:
    assert workbook(exercise("tutorial")) == workbook(load(FOLDERS["tutorial"]))


def test_a_blank_workbook_has_headings_and_lists_and_no_rows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank(exercise("tutorial"))))
    assert 1 == book["MSEL"].max_row == book["Options"].max_row
    assert book["MSEL"].data_validations.dataValidation


def test_other_endings_are_refused_with_what_is_written(tmp_path: Path) -> None:
    for name in ("msel.ods", "msel.xls", "msel.xlsm", "msel.pdf"):
        with pytest.raises(NotWritten, match=r"An MSEL ends in \.xlsx or \.csv, and"):
            export(exercise("tutorial"), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_without_the_extra_a_workbook_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(extras, "import_module", missing)
    with pytest.raises(extras.Missing, match=r"pip install 'ttx\[office\]'"):
        export(exercise("tutorial"), tmp_path / "msel.xlsx")
    export(exercise("tutorial"), tmp_path / "msel.csv")


# --- another program ---


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_libreoffice_saves_it_anew_and_nothing_changes(form: str, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    export(exercise("tutorial"), source / "plan.xlsx")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    done = subprocess.run(
        [  # noqa: S607  # from the path, as people have it
            "soffice",
            "--headless",
            home,
            "--convert-to",
            form,
            "--outdir",
            tmp_path,
            source / "plan.xlsx",
        ],
        check=False,
        capture_output=True,
        timeout=180,
    )
    assert (tmp_path / f"plan.{form}").exists(), done.stderr

    made = import_(tmp_path / f"plan.{form}", FOLDERS["tutorial"], tmp_path / "made")

    assert digest(exercise("tutorial")) == digest(made.exercise)
    assert () == made.remarks
