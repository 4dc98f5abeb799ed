"""Lists as people lay them out: merged cells, tables beside the list, days as sections, nights."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.msel.answers import Answers
from ttx.exercise.msel.begun import begun
from ttx.exercise.msel.sheets.times import When, read
from ttx.exercise.msel.timetable import overnight
from ttx.exercise.problems import ExerciseError

openpyxl = pytest.importorskip("openpyxl")
HEAD = ("No", "Time", "Title", "From", "To", "Method", "Description", "Expected Action")
Cells = Iterable[object]


def row(number: int, time: object, title: str, to: str = "EOC") -> tuple[object, ...]:
    return number, time, title, "SimCell", to, "Phone", f"Text of {title}.", "Act"


def sheet(
    place: Path, *rows: Cells, merged: Iterable[str] = (), then: Callable[[Any], None] | None = None
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "MSEL"
    for cells in rows:
        page.append(list(cells))
    for area in merged:
        page.merge_cells(area)
    if then is not None:
        then(page)
    book.save(place / "plan.xlsx")
    return place / "plan.xlsx"


def made(place: Path, *rows: Cells, **laid: Any) -> tuple[Exercise, str]:  # noqa: ANN401  # what `sheet` takes
    done = begun(place / "night", "", sheet(place, *rows, **laid), Answers())
    return done.exercise, "\n".join(done.remarks)


def titles(exercise: Exercise) -> list[str]:
    return [text(inject.title) for inject in exercise.inject]


def test_a_time_that_is_merged_over_rows_is_the_time_of_each(tmp_path: Path) -> None:
    rows = row(1, "09:00", "A"), row(2, None, "B"), row(3, "10:00", "C")

    exercise, _said = made(tmp_path, HEAD, *rows, merged=["B2:B3"])

    assert ["09:00", "09:00", "10:00"] == [inject.planned for inject in exercise.inject]


def test_an_inject_over_several_rows_keeps_all_its_recipients(tmp_path: Path) -> None:
    more = (None, None, None, None, "Police", "Radio", None, "Cordon")
    merged = ["A2:A3", "B2:B3", "C2:C3", "D2:D3", "G2:G3"]

    exercise, said = made(
        tmp_path, HEAD, row(1, "09:00", "A"), more, row(2, "10:00", "B"), merged=merged
    )

    first = exercise.inject[0]
    assert ["A", "B"] == titles(exercise)
    assert ("EOC, Police", "Phone, Radio") == (text(first.message.to), text(first.message.via))
    assert "Act\nCordon" == text(first.expected_action)
    assert "1 row goes on with the row above it and was read as part of it: 3." in said


def test_a_row_of_more_text_belongs_to_the_inject_above(tmp_path: Path) -> None:
    more = (*(None,) * 6, "More of it.")

    exercise, said = made(tmp_path, HEAD, row(1, "09:00", "A"), more, row(2, "10:00", "B"))

    assert ["A", "B"] == titles(exercise)
    assert ["Text of A.\nMore of it."] == [text(part) for part in exercise.inject[0].message.text]
    assert "1 row goes on" in said


def test_a_row_of_text_alone_is_an_inject_where_rows_have_no_numbers(tmp_path: Path) -> None:
    head = "Time", "From", "Description"
    rows = ("09:00", "EOC", "One."), (None, None, "Two."), ("10:00", "EOC", "Three.")

    exercise, said = made(tmp_path, head, *rows)

    assert 3 == len(exercise.inject)
    assert "goes on" not in said


def test_a_table_beside_the_list_stays_out_and_is_said(tmp_path: Path) -> None:
    people = (None, "Name", "Role", "Phone")
    rows = (*row(1, "09:00", "A"), None, "Ann", "Lead", "555"), (*(None,) * 9, "Bo", "Log", "556")

    exercise, said = made(tmp_path, HEAD + people, *rows, row(2, "09:30", "B"))

    assert ["A", "B"] == titles(exercise)
    assert "Another table stands beside the list, in columns J–L, and was not read." in said


def test_a_second_list_beside_the_first_is_not_mixed_into_it(tmp_path: Path) -> None:
    both = [(*row(n, "09:00", f"A{n}"), None, *row(n + 10, "13:00", f"K{n}")) for n in (1, 2)]

    exercise, said = made(tmp_path, (*HEAD, None, *HEAD), *both)

    assert ["A1", "A2"] == titles(exercise)
    assert ["Text of A1."] == [text(part) for part in exercise.inject[0].message.text]
    assert "in columns J–Q" in said


def test_a_column_behind_an_empty_one_is_the_lists_own_where_it_says_more(tmp_path: Path) -> None:
    rows = (*row(1, "09:00", "A"), None, "Quiet"), (*row(2, "09:30", "B"), None, "Loud")

    exercise, said = made(tmp_path, (*HEAD, None, "Notes"), *rows)

    assert ["Quiet", "Loud"] == [inject.notes for inject in exercise.inject]
    assert "beside" not in said


def test_a_header_said_again_in_another_order_counts_for_the_rows_below_it(tmp_path: Path) -> None:
    again = "No", "Title", "Time", "From", "To", "Method", "Description", "Expected Action"
    moved = 2, "B", "10:00", "SimCell", "EOC", "Phone", "Text of B.", "Act"

    exercise, said = made(tmp_path, HEAD, row(1, "09:00", "A"), again, moved)

    assert [("A", "09:00"), ("B", "10:00")] == [
        (text(inject.title), inject.planned) for inject in exercise.inject
    ]
    assert "The columns stand in another order below row 3" in said


def test_another_table_below_the_list_is_passed_over(tmp_path: Path) -> None:
    below = (), ("Participants",), ("Name", "Agency", "Phone"), ("Ann", "EOC", "555")

    exercise, said = made(tmp_path, HEAD, row(1, "09:00", "A"), row(2, "10:00", "B"), *below)

    assert ["A", "B"] == titles(exercise)
    assert "2 rows of a legend, a list or notes were passed over: 6–7." in said


def test_injects_below_a_gap_stay_though_they_have_no_number_and_no_time(tmp_path: Path) -> None:
    spare = (None, None, "Spare", "SimCell", "EOC", "Phone", "In case.", "Act")

    exercise, _said = made(tmp_path, HEAD, row(1, "09:00", "A"), row(2, "10:00", "B"), (), spare)

    assert "Spare" in titles(exercise)


def test_the_day_of_a_section_is_the_day_of_its_rows(tmp_path: Path) -> None:
    rows = row(1, "09:00", "A"), ("DAY 2",), row(2, "08:00", "B"), ("DAY 3",), row(3, "07:00", "C")

    exercise, _said = made(tmp_path, ("DAY 1",), HEAD, *rows)

    assert ["A", "B", "C"] == titles(exercise)
    assert [(1, 1), (2, 2), (3, 3)] == [inject.turns for inject in exercise.inject]
    assert 3 == exercise.turns.count


def test_times_after_midnight_come_after_those_before_it(tmp_path: Path) -> None:
    clock = datetime.time(21), datetime.time(23), "24:00", datetime.time(0, 30), datetime.time(2)

    exercise, said = made(
        tmp_path, HEAD, *(row(n, time, f"N{n}") for n, time in enumerate(clock, start=1))
    )

    first = [inject.turns[0] for inject in exercise.inject]
    assert sorted(first) == first
    assert first[0] < first[-1]
    assert "Row 5: '00:30' is read as the next day's, since the clock has gone round." in said


def test_a_night_goes_on_after_its_date(tmp_path: Path) -> None:
    dates = "2027-03-12", None, None, "2027-03-14"
    times = "21:00", "23:00", "00:30", "09:00"
    rows = [
        (date, *row(n, time, f"N{n}"))
        for n, (date, time) in enumerate(zip(dates, times, strict=True), start=1)
    ]

    exercise, _said = made(tmp_path, ("Date", *HEAD), *rows)

    assert [1, 1, 2, 3] == [inject.turns[0] for inject in exercise.inject]


def test_the_clock_goes_round_only_in_a_list_that_is_in_order() -> None:
    def at(*minutes: int) -> list[tuple[int, When]]:
        return [(n, When(minutes=minute)) for n, minute in enumerate(minutes)]

    assert {2} == overnight(at(1300, 1400, 30, 90))
    assert set() == overnight(at(1300, 30, 1200, 900))
    assert set() == overnight([(0, When(day=0, minutes=1300)), (1, When(day=1, minutes=30))])


def test_a_calendar_may_run_past_midnight(tmp_path: Path) -> None:
    clock = "22:00", "23:30", "00:30", "02:30"
    plan = sheet(tmp_path, HEAD, *(row(n, time, f"N{n}") for n, time in enumerate(clock, start=1)))

    done = begun(tmp_path / "night", "", plan, Answers(calendar="T1=22:00-01:00,T2=01:00-04:00"))

    assert [1, 1, 1, 2] == [inject.turns[0] for inject in done.exercise.inject]


def test_dates_in_five_orders_are_five_days(tmp_path: Path) -> None:
    dates = "March 12", "Mar 13, 2027", "14-Mar-27", "3/15/27", "20270316"
    rows = [(date, *row(n, "09:00", f"N{n}")) for n, date in enumerate(dates, start=1)]

    exercise, said = made(tmp_path, ("Date", *HEAD), *rows)

    assert [1, 2, 3, 4, 5] == [inject.turns[0] for inject in exercise.inject]
    assert datetime.date(2027, 3, 12) == exercise.turns.start
    assert "is read with the month first" not in said
    assert When(date=datetime.date(2027, 3, 13)) == read("13-03-2027", "date", 2000)


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    def hide(page: Any) -> None:  # noqa: ANN401  # openpyxl has no types
        page.row_dimensions[3].hidden = True
        page.column_dimensions["H"].hidden = True

    exercise, said = made(tmp_path, HEAD, row(1, "09:00", "A"), row(2, "10:00", "B"), then=hide)

    assert ["A", "B"] == titles(exercise)
    assert (
        "1 row is hidden or filtered out in the spreadsheet and was read like the others: 3."
        in said
    )
    assert "1 column is hidden in the spreadsheet and was read like the others: H." in said


@pytest.mark.parametrize(
    "rows",
    [
        [
            *(("No", 1, 2), ("Time", "09:00", "10:00"), ("Title", "A", "B"), ("From", "S", "S")),
            *(("To", "E", "E"), ("Description", "One.", "Two.")),
        ],
        [("Inject No", 1), ("Time", "09:00"), ("From", "S"), ("To", "E"), ("Message", "One.")] * 2,
    ],
)
def test_a_list_on_its_side_is_refused_and_not_read_askew(
    tmp_path: Path, rows: list[Cells]
) -> None:
    with pytest.raises(ExerciseError) as error:
        made(tmp_path, *rows)

    assert "its headers stand below each other in column A" in str(error.value)
    assert not (tmp_path / "night").exists()


def test_what_a_screen_shows_on_one_line_comes_on_one_line(tmp_path: Path) -> None:
    rows = (1, "09:00", "Power\nout", "Sim\nCell", "EOC;\nPolice", "Phone\nRadio", "One.\nTwo.", "")

    exercise, _said = made(tmp_path, HEAD, rows, row(2, "10:00", "B"))

    message = exercise.inject[0].message
    assert "Power out" == text(exercise.inject[0].title)
    assert ("Sim, Cell", "EOC; Police") == (text(message.sender), text(message.to))
    assert "Phone, Radio" == text(message.via)
    assert ["One.\nTwo."] == [text(part) for part in message.text]


def test_startex_and_endex_are_no_questions_and_totals_no_injects(tmp_path: Path) -> None:
    starts = (None, "08:30", "STARTEX", None, "All", None, "It begins.")
    ends = (None, "12:00", "End of exercise", None, "All", None, "It ends.")

    exercise, said = made(
        tmp_path, HEAD, starts, row(1, "09:00", "A"), row(2, "10:00", "B"), ends, ("Total", None, 2)
    )

    assert ["A", "B"] == titles(exercise)
    assert {"STARTEX", "End of exercise"} == {text(part.title) for part in exercise.contextual}
    assert "1 row of totals was passed over: 6." in said


def test_a_row_of_data_is_no_second_row_of_the_header(tmp_path: Path) -> None:
    first = 1, "09:00", "Media", "Players", "Lead", "Phone", "Message", "Response"

    exercise, _said = made(tmp_path, HEAD, first, row(2, "10:00", "B"))

    assert ["Media", "B"] == titles(exercise)
