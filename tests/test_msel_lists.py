"""Lists as the field has them: times, numbers and headers, and what an author says of them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.person import mistake, ttx_
from kit.tables import exercise

from ttx.exercise.load import digest, load, proofread
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.model.times import Turns
from ttx.exercise.msel.answers import FILE, NEW, REPLACE, Answers, BadMapping, mapping
from ttx.exercise.msel.begun import begun
from ttx.exercise.msel.files import Imported, import_
from ttx.exercise.msel.sheets.columns import column, parted, several
from ttx.exercise.msel.sheets.times import When, read
from ttx.exercise.msel.timetable import BadCalendar, timetable
from ttx.exercise.problems import ExerciseError
from ttx.report import lists_filed
from ttx.session.opening import hosted
from ttx.session.view.eye import Eye
from ttx.session.view.inject import whole
from ttx.session.view.msel import msel
from ttx.tui.page import SMALL
from ttx.tui.widgets.msel import number_width

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "exercises" / "tutorial"
QUARTERS = Turns.model_validate({"count": 4, "months": 3, "start": "2027-01-01"})
HEAD = ("Event #", "Time", "Subject", "Send from", "Send to", "Description")


def listed(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def put(place: Path, *rows: tuple[str, ...], **said: object) -> Imported:
    answers = Answers(**said)  # type: ignore[arg-type]  # each test names the fields that it needs
    return import_(listed(place / "plan.csv", *rows), TUTORIAL, place / "made", answers)


# --- times ---


@pytest.mark.parametrize(
    ("column_", "cell", "said"),
    [
        *(("planned", one, When(minutes=555)) for one in ("0915", "9:15 AM", "915", "09:15:00")),
        *(("planned", one, When(minutes=555)) for one in ("9h15", "09:15 Z", "0915L", "9.15")),
        *(("planned", one, When(minutes=0)) for one in ("00:00", "12:00 AM", "midnight", "0000")),
        *(
            ("planned", one, When(minutes=870))
            for one in ("1430Z", "2:30 pm", "14 h 30", "1430hrs")
        ),
        ("planned", "0915-0945", When(minutes=555)),
        *(
            ("turns", one, When(day=2, minutes=180))
            for one in ("D+2 H+3", "D+2 03:00", "D+2, 0300")
        ),
        *(("day", one, When(day=1)) for one in ("2", "Day 2", "DAY 2 - TUESDAY", "D+1", "Jour 2")),
        *(("day", one, When(day=-1)) for one in ("0", "Day 0", "D-1")),
        *(("day", one, When(day=-2)) for one in ("-1", "Day -1", "D-2")),
        *(("turns", one, When(turns=(2, 2))) for one in ("2", "T2", "turn 2", "Move 2")),
        ("turns", "T2-T5", When(turns=(2, 5))),
        *(("planned", one, When()) for one in ("soon", "2460", "25", "after lunch")),
    ],
)
def test_times_are_read_as_the_field_writes_them(column_: str, cell: str, said: When) -> None:
    assert said == read(cell, column_, 2027)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2027-03-12 14:30",
            "12 MAR 2027 1430",
            "121430ZMAR2027",
            "121430Z MAR 27",
            "12 1430Z MAR 27",
        ),
        *("1430Z 12 MAR 2027", "3/12/27 1430", "March 12, 2027 14:30", "2027/03/12 14:30"),
        *(
            "Friday 12 March 2027 2:30 PM",
            "12 mars 2027 à 14h30",
            "12.03.2027 14:30",
            "2027-03-12T14:30",
        ),
    ],
)
def test_one_moment_is_read_however_it_is_written(cell: str) -> None:
    when = read(cell, "turns", 2020)

    assert ("2027-03-12", 870, False) == (str(when.date), when.minutes, when.yearless)


def test_a_date_without_a_year_is_of_the_year_asked_for() -> None:
    for cell in ("1430Z 12 MAR", "12-Mar", "12 mars", "4Mar", "March 4"):
        when = read(cell, "date", 2031)
        assert when.date is not None
        assert (2031, 3, True) == (when.date.year, when.date.month, when.yearless)


@given(st.text(max_size=40))
def test_no_cell_ends_the_reading(cell: str) -> None:
    for column_ in ("turns", "date", "day", "planned"):
        read(cell, column_, 2027)


# --- turns ---


def rows(column_: str, *cells: str) -> list[tuple[int, When]]:
    return [(at, read(cell, column_, 2027)) for at, cell in enumerate(cells, start=2)]


def test_dates_become_turns_by_the_calendar_of_the_exercise() -> None:
    said = rows("turns", "2027-01-05", "2027-03-31", "2027-04-01", "D+95", "2027-12-31 23:00")

    assert {2: 1, 3: 1, 4: 2, 5: 2, 6: 4} == timetable(QUARTERS, said, "").turns


@pytest.mark.parametrize(
    ("column_", "cells"),
    [
        ("planned", ("09:00", "09:30", "16:00")),
        ("turns", ("2010-05-01 04:00", "2010-05-01 05:00")),
        ("turns", ("2027-01-05", "2027-02-05")),
        ("turns", ("2027-01-05", "2030-02-05")),
        ("day", ("Day 1", "Day 2")),
    ],
)
def test_what_the_calendar_does_not_tell_apart_is_asked_and_the_answer_can_be_pasted(
    column_: str, cells: tuple[str, ...]
) -> None:
    said = rows(column_, *cells)
    asked = timetable(QUARTERS, said, "")

    assert {} == asked.turns
    assert "--calendar even, or --calendar" in asked.question
    pasted = asked.question.rpartition('--calendar "')[2].rstrip('"')
    answered = timetable(QUARTERS, said, pasted)
    assert ("", (), len(cells)) == (answered.question, answered.outside, len({*answered.turns}))
    assert len({*answered.turns.values()}) > 1


def test_an_even_calendar_keeps_the_order_and_what_comes_together() -> None:
    said = rows("planned", "10:00", "09:00", "09:00", "11:00", "12:00", "09:00")

    turns = timetable(QUARTERS, said, "even").turns

    assert {1} == {turns[row] for row in (3, 4, 7)}
    assert turns[2] <= turns[5] <= turns[6]
    assert {*turns} == {row for row, _when in said}


def test_ranges_hold_their_ends_and_say_what_is_outside() -> None:
    said = rows("planned", "09:00", "10:29", "10:30", "12:00", "12:01")

    found = timetable(QUARTERS, said, "T1=09:00-10:30,T2=10:30-12:00")

    assert ({2: 1, 3: 1, 4: 2, 5: 2}, (6,)) == (found.turns, found.outside)


@pytest.mark.parametrize(
    ("calendar", "words"),
    [
        ("lunch", "'lunch' is no turn with its time"),
        ("T9=09:00", "turn 9 is not one of the 4 turns"),
        ("T1=soon", "'T1=soon' is no turn with its time"),
    ],
)
def test_a_calendar_that_cannot_be_one_is_refused_in_a_sentence(calendar: str, words: str) -> None:
    with pytest.raises(BadCalendar, match=words):
        timetable(QUARTERS, rows("planned", "09:00"), calendar)


# --- columns ---


@pytest.mark.parametrize(
    ("header", "key"),
    [
        *(("Numéro", "number"), ("Heure", "planned"), ("Émetteur", "sender"), ("Stimulus", "text")),
        *(("Récepteur", "to"), ("Destinataire", "to"), ("Réaction attendue", "expected_action")),
        *(("From Org", "sender"), ("To Org", "to"), ("Source", "sender"), ("Target", "to")),
        *(
            ("Time   (0600-1800)", "planned"),
            ("Event Summary", "text"),
            ("ScheduledTime", "planned"),
        ),
        *(
            ("DeliveryMethod", "via"),
            ("Inject\nMethod", "via"),
            ("ExpectedOutcomes", "expected_action"),
        ),
        *(
            ("Phase", "storyline"),
            ("Group", "storyline"),
            ("ESF", "esf"),
            ("Assigned To", "controller"),
        ),
    ],
)
def test_headers_of_other_forms_are_understood(header: str, key: str) -> None:
    found = column(header)

    assert found is not None
    assert key == found.key


def test_a_header_of_several_columns_is_parted_by_the_headings_in_its_cells() -> None:
    assert several("INJECT MODE: / SEND FROM: / SEND TO:")
    assert not several("Questions/Comments")
    assert [("via", "Email"), ("sender", "NGB"), ("controller", "A/B"), ("to", "AL J3")] == parted(
        "MODE: Email   FROM: NGB   INJECTED BY: A/B   SEND TO: AL J3"
    )


def test_a_column_is_mapped_by_hand_and_the_next_list_remembers_it(tmp_path: Path) -> None:
    head = ("Event #", "Subject", "Questions/Notes", "Weather", "Time")
    row = ("9-A", "Harbour", "Who pays?", "rain", "09:00")
    said = {"Questions/Notes": "question", "Weather": "-"}

    first = put(tmp_path, head, row, columns=said, calendar="even")

    assert "Who pays?" == first.exercise.inject[-1].question
    kept = json.loads((tmp_path / "made" / FILE).read_text("utf-8"))
    assert {"columns": said, "calendar": "even"} == kept
    again = listed(tmp_path / "more.csv", head, ("9-B", "Port", "Who else?", "sun", "10:00"))
    second = import_(again, tmp_path / "made", tmp_path / "again")
    assert "Who else?" == second.exercise.inject[-1].question
    assert kept == json.loads((tmp_path / "again" / FILE).read_text("utf-8"))
    assert "Weather" not in "\n".join((*first.remarks, *second.remarks))
    assert digest(load(tmp_path / "made")) == digest(first.exercise)


def test_a_mapping_that_cannot_be_one_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for given_, words in (
        ("Notes", "write the header of the list"),
        ("Notes=nosuch", "no column of an MSEL"),
    ):
        with pytest.raises(BadMapping, match=words):
            mapping([given_])
    said = Answers({"Nots": "question"}).with_(Answers({"Nots": "question"}))
    with pytest.raises(BadMapping, match="has no column 'Nots'; it has 'No', 'Title'"):
        import_(
            listed(tmp_path / "p.csv", ("No", "Title"), ("9", "x")), TUTORIAL, tmp_path / "m", said
        )


# --- numbers, and what is there already ---


def test_a_foreign_list_replaces_nothing_unasked(tmp_path: Path) -> None:
    foreign = [(str(n), "", f"Event {n}", "Port", "Desk", f"Text {n}") for n in range(1, 30)]

    with pytest.raises(ExerciseError) as error:
        put(tmp_path, HEAD, *foreign)

    assert 1 == len(error.value.problems)
    said = str(error.value)
    assert "Rows 2, 3 and 4 have the numbers of other injects: row 2 is 'Event 1'" in said
    assert "--new-only" in said
    assert "--replace" in said
    assert ["plan.csv"] == [path.name for path in tmp_path.iterdir()]


def test_new_only_adds_and_changes_nothing_and_a_second_time_adds_nothing(tmp_path: Path) -> None:
    foreign = [(str(n), "", f"Event {n}", "Port", "Desk", f"Text {n}") for n in range(1, 6)]
    before = load(TUTORIAL)

    made = put(tmp_path, HEAD, *foreign, taken=NEW)

    assert before.inject == made.exercise.inject[:3]
    new = {inject.title: (inject.number, inject.label) for inject in made.exercise.inject[3:]}
    assert {"Event 4": (4, ""), "Event 5": (5, ""), "Event 1": (6, "1")}.items() <= new.items()
    again = import_(
        tmp_path / "plan.csv", tmp_path / "made", tmp_path / "again", Answers(taken=NEW)
    )
    assert digest(made.exercise) == digest(again.exercise)
    assert "Rows 2, 3, 4, 5 and 1 more: there already, and left as it is." in again.remarks


def test_a_list_that_was_put_in_changes_what_it_put_in(tmp_path: Path) -> None:
    put(tmp_path, HEAD, ("5004", "", "Radio check", "Net control", "All sites", "Say again."))
    listed(
        tmp_path / "plan.csv", HEAD, ("5004", "", "Radio check", "Net control", "All", "Louder.")
    )

    again = import_(tmp_path / "plan.csv", tmp_path / "made", tmp_path / "again").exercise

    assert ("5004", ["Louder."]) == (again.inject[-1].label, again.inject[-1].message.text)
    assert 4 == len(again.inject)


def test_replace_gives_injects_the_texts_of_the_rows(tmp_path: Path) -> None:
    made = put(tmp_path, HEAD, ("1", "", "Other", "Port", "Desk", "New."), taken=REPLACE)

    assert ("Other", "Port") == (
        text(made.exercise.inject[0].title),
        text(made.exercise.inject[0].message.sender),
    )


def test_what_changes_nothing_in_an_inject_that_is_there_is_said(tmp_path: Path) -> None:
    first = exercise("tutorial").inject[0]
    head = ("Inject ID", "Title", "To", "Recipient", "Status")

    made = put(tmp_path, head, (first.id, "Another", "Desk", "Port", "Somehow"))

    assert ("Another", "Desk") == (
        text(made.exercise.inject[0].title),
        text(made.exercise.inject[0].message.to),
    )
    assert {
        "Row 2: 'Recipient' says otherwise what a column before it says, which stands.",
        "Row 2: status 'Somehow' is none that is known, and changes nothing.",
    } <= {*made.remarks}


def test_a_list_as_it_is_planned_changes_no_text_and_no_objective(tmp_path: Path) -> None:
    """Objectives stand in it by their sentences, and times that nobody knows yet in words."""
    (tmp_path / "plan.csv").write_bytes(lists_filed.planned_csv(exercise("tutorial")))

    made = import_(tmp_path / "plan.csv", TUTORIAL, tmp_path / "made").exercise

    for was, now in zip(exercise("tutorial").inject, made.inject, strict=True):
        assert was.objectives == now.objectives
        assert (was.title, was.message, was.if_not) == (now.title, now.message, now.if_not)


def test_what_a_list_says_is_kept(tmp_path: Path) -> None:
    """Title, sender, recipient, text and time: what *goes in* means."""
    head = (
        "Ser",
        "DATE",
        "Time",
        "Subject",
        "From",
        "To",
        "Mode",
        "Details",
        "Controller",
        "Notes",
    )
    row = ("IAA 2001", "4- Mar", "0700L", "Lift", "IC", "SAR", "Radio", "A {b}", "Capt A", "ask Bo")

    made = put(tmp_path, head, row, calendar="even").exercise.inject[-1]

    assert ("IAA 2001", "4- Mar 0700L", "Lift", (1, 1)) == (
        *(made.label, made.planned, made.title, made.turns),
    )
    assert ("IC", "SAR", "Radio", ["A (b)"]) == (
        *(made.message.sender, made.message.to, made.message.via, made.message.text),
    )
    assert ("Capt A", "ask Bo") == (made.controller, made.notes)


def test_places_that_a_run_has_not_are_said_first(tmp_path: Path) -> None:
    many = [("", "", f"Event {n}", "Port", "Desk", "x") for n in range(20)]

    made = put(tmp_path, HEAD, *many)

    assert made.remarks[0].startswith("A turn has two places, one for a policy inject and one for")
    assert "at most 4 of the 23 injects come in a run of 2 turns" in made.remarks[0]


def test_rows_that_ask_nothing_are_contextual_or_for_control(tmp_path: Path) -> None:
    head = ("No", "Turn", "Title", "Type", "From", "To", "Text")
    made = put(
        tmp_path,
        head,
        ("8", "1", "Forecast", "Contextual", "Radio", "All", "Rain."),
        ("8a", "2", "They call", "Player Action", "", "", "Somebody calls."),
    ).exercise

    forecast, call = made.contextual[-2:]
    assert ("8", 1, []) == (forecast.label, forecast.turn, forecast.readers)
    assert ("8a", 2, ["white"]) == (call.label, call.turn, call.readers)


# --- an exercise of a list ---


def begin(place: Path, *rows_: tuple[str, ...], calendar: str = "") -> Exercise:
    answers = Answers(calendar=calendar)
    made = begun(place / "night", "", listed(place / "plan.csv", *rows_), answers)
    proof = proofread(place / "night")
    assert [] == proof.problems
    assert proof.exercise == made.exercise
    return made.exercise


def test_an_exercise_of_a_list_of_days_has_a_turn_a_day(tmp_path: Path) -> None:
    made = begin(
        tmp_path,
        ("No", "DTG", "Subject", "From", "To", "Text"),
        ("1", "210900AUG2011", "Shaking", "USGS", "JOC", "It shakes."),
        ("2", "220700AUG2011", "Bridge", "DOT", "JOC", "It is closed."),
        ("3", "231500AUG2011", "Water", "City", "JOC", "None."),
    )

    assert (3, 1, "2011-08-21") == (made.turns.count, made.turns.days, str(made.turns.start))
    assert [(1, 1), (2, 2), (3, 3)] == [inject.turns for inject in made.inject]
    assert "210900AUG2011" == made.inject[0].planned
    assert "night" == made.id


def test_day_0_of_a_list_is_the_day_before_day_1(tmp_path: Path) -> None:
    days = [(str(at), f"Day {at - 1}", f"Event {at}", "x") for at in (1, 2, 3)]

    made = begin(tmp_path, ("No", "Day", "Title", "Text"), *days)

    assert [(1, 1), (2, 2), (3, 3)] == [inject.turns for inject in made.inject]


def test_to_whom_a_list_sends_and_who_has_no_seat_is_said(tmp_path: Path) -> None:
    rows_ = (("1", "A", "Mayor, Fire service"), ("2", "B", "Fire service"), ("3", "C", "All"))
    plan = listed(tmp_path / "plan.csv", ("No", "Title", "To"), *rows_)

    made = begun(tmp_path / "night", "", plan, Answers())

    assert "It sends to 'Fire service' (2), 'Mayor' (1), who have no seat yet:" in str(made.remarks)


def test_an_exercise_of_a_list_of_one_day_has_as_many_turns_as_it_needs(tmp_path: Path) -> None:
    times = [(f"{n}", f"{9 + n}:00", f"Event {n}", "A", "B", "x") for n in range(1, 9)]

    made = begin(tmp_path, HEAD, *times)

    assert 4 == made.turns.count
    assert [(1 + at // 2,) * 2 for at in range(8)] == [inject.turns for inject in made.inject]
    assert {"policy", "crisis"} == {inject.slot for inject in made.inject}


def test_turns_and_calendars_that_are_said_count(tmp_path: Path) -> None:
    rows_ = [("1", "3", "A", "x"), ("2", "1", "B", "x")]
    assert 3 == begin(tmp_path, ("No", "Turn", "Title", "Text"), *rows_).turns.count
    (tmp_path / "two").mkdir()
    said = "T1=09:00-10:30,T2=10:30-12:00"
    two = begin(tmp_path / "two", HEAD, ("1", "11:00", "A", "b", "c", "x"), calendar=said)
    assert (2, (2, 2)) == (two.turns.count, two.inject[0].turns)


def test_a_list_without_an_inject_makes_no_exercise(tmp_path: Path) -> None:
    plan = listed(tmp_path / "plan.csv", HEAD, ("1", "", "", "Port", "", ""))

    with pytest.raises(ExerciseError, match="no row of it is an inject"):
        begun(tmp_path / "night", "", plan, Answers())
    assert ["plan.csv"] == [path.name for path in tmp_path.iterdir()]


def test_what_is_wrong_with_a_made_exercise_is_told_by_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is named that nobody ever sees."""
    monkeypatch.setattr("ttx.exercise.msel.fresh.LISTED", -1)
    rows_ = [(str(n), "09:00", f"Event {n}", "A", "B", "x") for n in (1, 2)]
    plan = listed(tmp_path / "plan.csv", HEAD, *rows_)

    with pytest.raises(ExerciseError) as error:
        begun(tmp_path / "night", "", plan, Answers())

    (said,) = map(str, error.value.problems)
    assert said.startswith(f"{plan}: row 3: inject 'event_2': window must be")
    assert ["plan.csv"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.slow
def test_the_verb_makes_an_exercise_of_a_list_and_robots_play_it_in_its_order(
    tmp_path: Path,
) -> None:
    times = [(f"{n}", f"{9 + n}:00", f"Event {n}", "A", "B", "x") for n in range(1, 7)]
    plan = listed(tmp_path / "plan.csv", HEAD, *times)

    out, err = ttx_("new", tmp_path / "night", "--from", plan)

    assert "6 injects" in out
    assert "The exercise has 3 turns from" in err
    save = tmp_path / "run.ttx.toml"
    ttx_("play", tmp_path / "night", "--seed", "3", "--robots", "steady", "--save", save)
    words = save.read_text("utf-8")
    came = [words.index(f'inject = "event_{n}"') for n in range(1, 7)]
    assert came == sorted(came)
    assert "add --from FILE" in mistake("new", tmp_path / "other", "--calendar", "even")


@pytest.mark.slow
def test_the_verb_asks_and_takes_the_answer(tmp_path: Path) -> None:
    plan = listed(tmp_path / "plan.csv", HEAD, ("9", "09:00", "A", "b", "c", "x"))
    into = ("msel", "import", plan, "--exercise", "tutorial", "--out", tmp_path / "made")

    said = mistake(*into)

    assert "say which it is: --calendar even" in said
    assert "say opposite things" in mistake(*into, "--new-only", "--replace")
    out, _err = ttx_(*into, "--calendar", "even", "--map", "Send to=-")
    assert "4 injects" in out


def test_control_reads_what_the_list_says_and_no_label_is_cut(tmp_path: Path) -> None:
    head = ("No", "Turn", "Time", "Title", "From", "To", "Text", "Controller", "Notes")
    row = ("AVN 1018", "1", "0700L", "Lift", "IC", "SAR", "Go.", "Capt A", "ask Bo")
    part = put(tmp_path, head, row).exercise
    table = hosted(part, {}, 7, tmp_path / "run.ttx.toml")
    eye = Eye(table.game, next(seat.id for seat in part.seat if seat.cell == "white" and seat.lead))

    (listed_,) = [one for one in msel(eye, 0) if one.number == "AVN 1018"]
    shown = whole(eye, listed_.inject)

    assert ("0700L", "Capt A", "ask Bo") == (shown.listed, shown.controller, shown.notes)
    assert ("0700L", "Capt A", "ask Bo") == (listed_.listed, listed_.controller, listed_.notes)
    assert len("AVN 1018") < number_width([listed_], SMALL)
