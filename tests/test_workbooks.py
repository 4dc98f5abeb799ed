"""Workbooks as people have them: the list is found, and all else is passed over and said."""

from __future__ import annotations

import datetime
import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ttx.exercise.msel.sheets import typed
from ttx.exercise.msel.sheets.cell_marks import as_formatted
from ttx.exercise.msel.sheets.columns import column
from ttx.exercise.msel.sheets.container import Kind
from ttx.exercise.msel.sheets.passed import PassedOver
from ttx.exercise.msel.sheets.sheet import Sheet, as_csv, escaped, read_sheet, unguarded
from ttx.exercise.msel.sheets.workbook import grids_of
from ttx.exercise.problems import ExerciseError

HEAD = ("MSEL NUMBER", "STATUS", "SUBJECT", "SEND FROM", "SEND TO", "DESCRIPTION")
ROW = ("1", "Ready to Inject", "Port closed", "Harbour office", "Joint staff", "All berths.")
Rows = Sequence[Sequence[Any]]


def book(path: Path, **sheets: Rows) -> Path:
    """A workbook of these sheets; `_` in a name stands for a space."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    made.save(path)
    return path


def read(path: Path, sheet: str | None = None) -> Sheet:
    return read_sheet(path, column, sheet)


def refused(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(ExerciseError) as error:
        read(path, sheet)
    (problem,) = error.value.problems
    assert str(path) == problem.file
    return problem.text


def injects(count: int, first: int = 1) -> list[tuple[str, ...]]:
    return [(str(at), *ROW[1:2], f"Title {at}", *ROW[3:]) for at in range(first, first + count)]


# --- which sheet ---


def test_the_list_is_found_among_helper_sheets(tmp_path: Path) -> None:
    """As a planner's workbook has them: read-me, lists, metadata, a backup, an old list."""
    path = book(
        tmp_path / "plan.xlsx",
        Read_me=[("How to use this workbook",), ("Fill in the list.",)],
        Main_MSEL=[HEAD, *injects(3)],
        old_injects=[HEAD, *injects(9)],
        Backup=[("Hurricane",), ("Master Scenario Events List (MSEL)",), HEAD],
        Lookups=[("Tracks", "", "Delivery"), ("EOC", "", "Radio"), ("Fire", "", "Phone")],
        Pull_Down_list=[("Status",), ("Deferred",), ("Injected",), ("DRAFT",)],
        Metadata=[("Exercise Name", "Storm"), ("Total Injects", 3)],
    )

    sheet = read(path)

    assert ("Main MSEL", 1, HEAD) == (sheet.sheet, sheet.header_row, sheet.header)
    assert f"{path}, sheet 'Main MSEL'" == sheet.name
    assert [2, 3, 4] == [number for number, _row in sheet.rows]
    assert (
        "Read sheet 'Main MSEL' (3 rows); --sheet NAME reads another.",
        "1 other sheet holds a list as well and was not read: 'old injects' (9 rows).",
        (
            "5 sheets that hold no list of injects were passed over: 'Read me', 'Backup', "
            "'Lookups', 'Pull Down list', 'Metadata'."
        ),
    ) == sheet.remarks


def test_a_list_for_each_day_is_read_by_its_name(tmp_path: Path) -> None:
    path = book(
        tmp_path / "plan.xlsx",
        **{"04MAR-A": [HEAD, *injects(3)], "05MAR-A": [HEAD, *injects(5)]},
    )

    assert "05MAR-A" == read(path).sheet
    assert 3 == len(read(path, "04MAR-A").rows)
    assert 3 == len(read(path, " 04mar-a").rows)
    assert "has no sheet '04MAR' (did you mean '04MAR-A'?)" == refused(path, "04MAR")


def test_hidden_sheets_are_passed_over_and_can_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    made = openpyxl.load_workbook(
        book(path, Now=[HEAD, ROW], Before=[HEAD, *injects(9)], Lists=[HEAD, *injects(8)])
    )
    made["Before"].sheet_state, made["Lists"].sheet_state = "hidden", "veryHidden"
    made.save(path)

    assert "Now" == read(path).sheet
    assert "2 hidden sheets were passed over: 'Before', 'Lists'." in read(path).remarks
    assert 9 == len(read(path, "Before").rows)

    made.remove(made["Now"])
    made.create_sheet("Cover")["A1"] = "Exercise"
    made.save(path)
    assert (
        "none of its visible sheets holds the headers of an MSEL; the hidden sheet 'Before' does: "
        "read it with --sheet"
    ) == refused(path)


def test_charts_and_empty_sheets_are_no_tables(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    made = xlsxwriter.Workbook(path)
    chart = made.add_chart({"type": "line"})
    chart.add_series({"values": "=List!$A$1:$A$3"})
    made.add_chartsheet("Curve").set_chart(chart)
    sheet = made.add_worksheet("List")
    made.add_worksheet("Sheet2")
    for at, row in enumerate((HEAD, ROW)):
        sheet.write_row(at, 0, row)
    made.close()

    assert ("List", 1) == (read(path).sheet, len(read(path).rows))
    assert "has a sheet 'Sheet2' that is empty" == refused(path, "Sheet2")
    assert "has no sheet 'Curve' (there are List, Sheet2)" == refused(path, "Curve")


def test_a_workbook_without_a_list_says_where_it_looked(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", Log=[("DOMS #", "County"), ("1", "Bibb")], Sums=[("x", 1)])

    assert (
        "none of its sheets holds the headers of an MSEL in the first 100 rows, such as MSEL "
        "NUMBER, TITLE and DESCRIPTION: 'Log', 'Sums'; say by hand what its columns are, as in "
        '--map "HEADER=title"'
    ) == refused(path)
    assert "has no headers of an MSEL in the first 100 rows of sheet 'Log'" in refused(path, "Log")


# --- which header ---


def test_the_header_stands_far_below_titles(tmp_path: Path) -> None:
    titles: list[tuple[str, ...]] = [("Exercise BLUE",), (), ("Status of 3 May", "Draft"), ()] * 10
    sheet = read(book(tmp_path / "plan.xlsx", Sheet1=[*titles, HEAD, ROW]))

    assert (41, HEAD, ((42, ROW),)) == (sheet.header_row, sheet.header, sheet.rows)


def test_headers_with_line_breaks_are_on_one_line(tmp_path: Path) -> None:
    sheet = read(
        book(
            tmp_path / "plan.xlsx",
            Sheet1=[("EVENT #", "SUBJECT", "SEND TO \n(RECIPIENT PLAYERS)"), ("1", "x", "y")],
        )
    )

    assert ("EVENT #", "SUBJECT", "SEND TO (RECIPIENT PLAYERS)") == sheet.header


def test_a_header_of_two_rows_is_read_as_one(tmp_path: Path) -> None:
    """Groups above, merged across; what has no parts is merged downwards."""
    path = tmp_path / "plan.xlsx"
    made = openpyxl.load_workbook(
        book(
            path,
            Sheet1=[
                ("Inject Number", "Title", "Message", "", "", "Time", ""),
                ("", "", "From", "To", "Text", "Planned", "Actual"),
                ("1", "Port closed", "A", "B", "C", "09:00", "09:15"),
            ],
        )
    )
    for area in ("A1:A2", "B1:B2", "C1:E1", "F1:G1"):
        made.worksheets[0].merge_cells(area)
    made.save(path)

    sheet = read(path)

    assert ("Inject Number", "Title", "From", "To") == sheet.header[:4]
    assert ("Planned", "Actual") == sheet.header[5:]
    assert ((3, ("1", "Port closed", "A", "B", "C", "09:00", "09:15")),) == sheet.rows


def test_the_same_header_of_two_rows_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        "No,Title,Message,,Time,\n,,From,To,Planned,Actual\n1,Port closed,A,B,09:00,09:15\n"
    )

    sheet = read(path)

    assert ("No", "Title", "From", "To") == sheet.header[:4]
    assert ((3, ("1", "Port closed", "A", "B", "09:00", "09:15")),) == sheet.rows


def test_a_row_of_hints_below_the_header_belongs_to_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("No,Title,Send From\n(1 to n),(short),(Simulated)\n1,Port closed,A\n")

    assert ((3, ("1", "Port closed", "A")),) == read(path).rows


def test_a_first_inject_is_no_second_row_of_the_header(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("No,Title,Mode\n1,Event,Message\n,Second,Phone\n")

    assert [2, 3] == [number for number, _row in read(path).rows]


# --- which rows ---


def test_rows_that_are_no_injects_are_told_apart(tmp_path: Path) -> None:
    rows = (
        ("DAY 1 – TUESDAY",),
        ROW,
        ("", "", "", "", "", ""),
        HEAD,
        ("2", *ROW[1:]),
        ("Phase 2", "2026-03-13"),
        ("", "", "Phase 3: Recovery"),
        ("3", "", "STARTEX"),
        ("4",),
        ("", "", "Something happens"),
        ("Total injects: 3",),
        ("", "Deferred"),
        ("Legend:",),
        ("R", "Ready"),
        ("C", "Contingency"),
    )
    sheet = read(book(tmp_path / "plan.xlsx", Sheet1=[HEAD, *rows]))

    assert [3, 6, 9, 11] == [number for number, _row in sheet.rows]
    assert (
        PassedOver(
            sections=(2, 7, 8), totals=(12,), headers=(5,), numbered=(10,), others=(13, 14, 15, 16)
        )
        == sheet.passed_over
    )
    assert (
        "3 section rows were passed over: 2, 7–8.",
        "1 row of totals was passed over: 12.",
        "1 row that says the header again was passed over: 5.",
        "1 row with a number and nothing else was passed over: 10.",
        "4 rows of a legend, a list or notes were passed over: 13–16.",
    ) == sheet.remarks


def test_a_section_across_merged_cells_is_one_whatever_it_says(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    made = openpyxl.load_workbook(
        book(path, Sheet1=[HEAD, ROW, ("", "", "Silence at sea"), ("2", *ROW[1:])])
    )
    made.worksheets[0].merge_cells("C3:F3")
    made.save(path)

    assert (3,) == read(path).passed_over.sections


@pytest.mark.parametrize(
    "title",
    [
        *("Total loss of power", "Phase lines crossed by Red", "Key terrain is lost", "Day breaks"),
        *("Part of the fleet leaves", "Legendary storm", "Total silence: 3 ships"),
    ],
)
def test_a_title_that_begins_like_a_section_is_an_inject(title: str, tmp_path: Path) -> None:
    sheet = read(book(tmp_path / "plan.xlsx", Sheet1=[HEAD, ("1", "Draft", title, "A", "B", "x")]))

    assert title == sheet.rows[0][1][2]


def test_what_stands_twice_in_a_row_is_no_section(tmp_path: Path) -> None:
    """As in lists where the storyline is said again as the narrative; filled across, it is one."""
    twice = ("", "", "", "Guard asks for help", "", "Guard asks for help")
    across = ("Guard asks for help",) * 6
    sheet = read(book(tmp_path / "plan.xlsx", Sheet1=[HEAD, ROW, twice, across, ROW]))

    assert [2, 3, 5] == [number for number, _row in sheet.rows]
    assert (4,) == sheet.passed_over.sections


def test_a_table_of_one_column_is_all_injects(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Title\nPort closed\nPhase 2\n")

    assert 2 == len(read(path).rows)


# --- what cells say ---


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (5004, None, "5004"),
        (5004.0, "0.00", "5004"),
        (0.1 + 0.2, None, "0.3"),
        (1e15, None, "1000000000000000"),
        (-3, None, "-3"),
        (700, "0000", "0700"),
        (0.5, "0%", "50%"),
        (0.125, "0.00%", "12.5%"),
        (12, '"INJ-"000', "INJ-012"),
        (True, None, "TRUE"),
        (datetime.date(2026, 3, 12), "yyyy-mm-dd", "2026-03-12"),
        (datetime.date(2026, 3, 12), "d mmm yy", "2026-03-12"),
        (datetime.datetime.fromisoformat("2026-03-12T09:15"), "dd/mm hh:mm", "2026-03-12 09:15"),
        (datetime.datetime.fromisoformat("2026-03-12T09:15:07"), "hh:mm:ss", "2026-03-12 09:15:07"),
        (datetime.time(9, 15), "hh:mm", "09:15"),
        (datetime.time(9, 15), "h:mm AM/PM", "09:15"),
        (datetime.time(9, 15, 30), "hh:mm:ss", "09:15:30"),
        (datetime.timedelta(hours=27, minutes=30), "[h]:mm", "27:30"),
        (datetime.timedelta(days=1), "[h]:mm", "24:00"),
        (46093.99999999, "yyyy-mm-dd hh:mm", "2026-03-13 00:00"),
    ],
)
def test_typed_cells_are_words_in_one_form(
    value: object, form: str | None, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    made = openpyxl.load_workbook(book(path, Sheet1=[("No", "Title"), ("1", "x")]))
    cell = made.worksheets[0]["A2"]
    cell.value = value
    cell.number_format = form or "General"
    made.save(path)

    assert said == read(path).rows[0][1][0]


def test_errors_and_formulas_without_results_are_empty_and_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet()
    for at, row in enumerate((HEAD, ROW)):
        sheet.write_row(at, 0, row)
    sheet.write_formula("D2", "=NA()", None, "#N/A")
    sheet.write_formula("E2", "=A1", None, "Reckoned")
    sheet.write_formula("F2", "=A1", None, "")
    made.close()

    read_from_it = read(path)

    assert ("1", "Ready to Inject", "Port closed", "", "Reckoned") == read_from_it.rows[0][1]
    assert (
        "1 cell holds an error in place of a value and was read as empty: D2 (#N/A)."
        in read_from_it.remarks
    )
    edited = openpyxl.load_workbook(path)
    edited.worksheets[0]["C2"] = "=A1&B1"
    edited.save(path)
    assert any(
        "formulas without results and were read as empty (C2, D2, E2, F2): open the workbook in a "
        "spreadsheet and save it." in said
        for said in read(path).remarks
    )


def test_errors_in_csv_are_empty_and_said_as_well(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("No,Title,From\n#1,#REF!,Err:508\n2,#tag,#NAME?\n")

    sheet = read(path)

    assert [(3, ("2", "#tag"))] == [*sheet.rows]
    assert (2,) == sheet.passed_over.numbered
    assert (
        "3 cells hold errors in place of values and were read as empty: B2 (#REF!), C2 (Err:508), "
        "C3 (#NAME?)."
    ) == sheet.remarks[0]


def test_what_rust_says_of_a_damaged_workbook_stays_away_from_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library panics on some, and Rust writes that to standard error before it is raised."""

    class PanicException(BaseException):  # as pyo3 names it
        pass

    def panics(_file: object) -> None:
        os.write(2, b"thread panicked")
        raise PanicException

    path = book(tmp_path / "plan.xlsx", Sheet1=[HEAD, ROW])
    monkeypatch.setattr("python_calamine.load_workbook", panics)

    assert "is a damaged workbook" in refused(path)
    assert "" == capfd.readouterr().err
    os.write(2, b"still there")
    assert "still there" == capfd.readouterr().err


def test_what_cannot_be_seen_is_taken_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(
        "No,Title,Description\r\n"
        '1,"A\x1b[31mred\x07","one\x0btwo\u2028three_x000D_\n\u202efour\u200b"\r\n'
        "2,می‌خواهم,👩‍🚒\r\n".encode()
    )

    sheet = read(path)

    assert ("1", "Ared", "one\ntwo\nthree\nfour") == sheet.rows[0][1]
    assert ("2", "می‌خواهم", "👩‍🚒") == sheet.rows[1][1]
    assert ("Characters that cannot be seen were taken out of 1 row: 2.",) == sheet.remarks


def test_a_character_that_was_lost_before_is_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("No,Title\n1,Caf�\n")

    assert (
        "1 row holds the mark of a character that was lost before ttx read the file (�): 2."
    ) in read(path).remarks


def test_guards_of_csv_are_taken_off_in_a_workbook_that_was_made_of_it(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", Sheet1=[("No", "Title"), ("1", "'- first"), ("2", "'tis")])

    assert ["- first", "'tis"] == [row[1] for _number, row in read(path).rows]
    (grid,) = grids_of(path.read_bytes(), Kind.XLSX)
    assert "'- first" == grid.rows[1][1]
    for cell in ("'- first", "- first", "''=x", "plain", "'tis"):
        assert cell == unguarded(escaped(cell))


# --- what is no workbook ---


def _zip(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in files.items():
            file.writestr(name.replace("__", "/"), text)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("plan.xls", b"", "is empty: there is nothing in it"),
        ("plan.csv", b" \r\n \r\n", "is empty: there are only spaces in it"),
        ("plan.xls", b"\0" * 512, "is empty: there are only spaces in it"),
        ("plan.xlsx", b"PK\x03\x04half", "is a damaged workbook, or half of one: copy or fetch"),
        ("plan.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
        ("plan.ods", _zip(**{"META-INF__manifest.xml": "encryption-data"}), "is locked with a"),
        ("plan.xls", OLE, "is a damaged workbook, or half of one"),
        ("plan.xlsx", _zip(**{"word__document.xml": ""}), "is a Word document: copy the table"),
        ("plan.xlsx", _zip(a=""), "is a ZIP file and no workbook: copy the table"),
        ("plan.doc", OLE + "WordDocument".encode("utf-16-le"), "is a Word document: copy the"),
        (
            "plan.xls",
            b"<html><body><table><tr><td>No</td></tr></table>",
            (
                "is a web page with a table in it, whatever it is named: open it in a spreadsheet "
                "and save it as XLSX"
            ),
        ),
        ("plan.xls", "<table><tr>".encode("utf-16"), "is a web page with a table in it"),
        (
            "plan.xls",
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>',
            "is a workbook in the XML of Excel 2003: open it",
        ),
        ("plan.xls", b"\x09\x08\x08\x00\x00\x05", "is a workbook of Excel 4 or older"),
        ("plan.csv", b"%PDF-1.7", "is a PDF file and no table"),
    ],
    ids=lambda part: part if isinstance(part, str) else "raw",
)
def test_what_is_no_workbook_is_said_in_one_sentence(
    name: str, raw: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(raw)

    assert refused(tmp_path / name).startswith(said)


def test_what_is_in_a_file_counts_and_not_its_name(tmp_path: Path) -> None:
    text = as_csv([HEAD, ROW])
    (tmp_path / "plan.xlsx").write_bytes(text)
    (tmp_path / "plan.xls").write_bytes(text.replace(b",", b"\t"))
    workbook = book(tmp_path / "book.xlsx", Sheet1=[HEAD, ROW]).read_bytes()
    (tmp_path / "plan.csv").write_bytes(workbook)

    for name, said in (
        ("plan.xlsx", "It is named .xlsx but is text and no workbook; it was read as CSV."),
        ("plan.xls", "It is named .xls but is text and no workbook; it was read as CSV."),
        ("plan.csv", "It is named .csv but is a workbook (XLSX); it was read as one."),
    ):
        sheet = read(tmp_path / name)
        assert (ROW, (said,)) == (sheet.rows[0][1], sheet.remarks)
    assert "is text and has no sheets: leave out --sheet" == refused(tmp_path / "plan.xlsx", "x")


def test_cells_far_outside_a_table_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    made = openpyxl.load_workbook(book(path, Sheet1=[HEAD, ROW]))
    made.worksheets[0].cell(1_048_576, 16_384).value = "x"
    made.save(path)

    assert "whose cells reach as far as XFD1048576: delete what stands far" in refused(path)


@pytest.mark.parametrize("cut", range(200, 5000, 400))
def test_half_a_workbook_is_said_to_be_one(cut: int, tmp_path: Path) -> None:
    whole = book(tmp_path / "whole.xlsx", Sheet1=[HEAD, *injects(20)]).read_bytes()
    (tmp_path / "plan.xlsx").write_bytes(whole[:cut])

    assert "is a damaged workbook" in refused(tmp_path / "plan.xlsx")


# --- the same in every form ---

CELLS = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="�\xad"), max_size=20
).map(str.strip)
TABLES = st.lists(
    st.tuples(
        st.integers(1, 999).map(str), CELLS.filter(bool), CELLS, CELLS, CELLS, CELLS.filter(bool)
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.slow
@given(rows=TABLES)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_table_is_read_the_same_from_csv_and_from_workbooks(
    rows: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("forms")
    head = ("No", "Title", "From", "To", "Mode", "Description")
    (place / "a.csv").write_bytes(as_csv([head, *rows]))
    written = xlsxwriter.Workbook(place / "b.xlsx", {"strings_to_formulas": False})
    sheet = written.add_worksheet()
    for at, row in enumerate((head, *rows)):
        for across, cell in enumerate(row):
            sheet.write_string(at, across, escaped(cell))
    written.close()
    made = openpyxl.Workbook()
    for at, row in enumerate((head, *rows), start=1):
        for across, cell in enumerate(row, start=1):
            there = made.worksheets[0].cell(at, across)
            there.value, there.data_type = escaped(cell), "s"
    made.save(place / "c.xlsx")

    from_csv, *others = (read(place / name) for name in ("a.csv", "b.xlsx", "c.xlsx"))

    for other in others:
        assert from_csv.header == other.header
        assert from_csv.rows == other.rows
        assert from_csv.passed_over == other.passed_over


@given(
    st.datetimes(
        datetime.datetime.fromisoformat("1901-01-01"), datetime.datetime.fromisoformat("2100-01-01")
    ).map(lambda moment: moment.replace(microsecond=0))
)
def test_a_moment_reads_as_it_is(moment: datetime.datetime) -> None:
    assert moment == datetime.datetime.fromisoformat(typed.words(moment))


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e18, max_value=1e18))
def test_a_number_has_no_exponent_and_15_digits(value: float) -> None:
    said = typed.number(value)

    assert "e" not in said.casefold()
    assert float(said) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        ("5", "000", "005"),
        ("0.25", "0%", "25%"),
        ("7", '"No. "0', "No. 7"),
        *(("1.5", "000", None), ("-5", "000", None), ("5", "General", None), ("5", "#,##0", None)),
        *(("5", "0", None), ("5", "yyyy", None), ("5", "[h]:mm", None), ("x", "000", None)),
    ],
)
def test_formats_that_say_more_than_digits(value: str, code: str, said: str | None) -> None:
    assert said == as_formatted(value, code)


# --- as other programs save it ---


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("form", ["ods", "xls", "xlsx"])
def test_a_workbook_that_libreoffice_saved_is_read_the_same(form: str, tmp_path: Path) -> None:
    """Typed cells, formulas, errors, formats and hidden sheets, in the forms that people save."""
    path = tmp_path / "plan.xlsx"
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "MSEL"
    for row in (
        ("Exercise BLUE",),
        (),
        ("No", "Title", "From", "Time", "Description", "Notes"),
        (5004, "Port closed", "A", datetime.time(9, 15), "one\ntwo", 0.5),
        (
            "9-A",
            "点検 — Überfall",
            "B",
            datetime.datetime.fromisoformat("2026-03-12T09:15"),
            "Связь",
        ),
        (3, "Third", '=B5&"!"', datetime.timedelta(hours=27, minutes=30), "=1/0", 700),
        ("Total: 3",),
    ):
        sheet.append(row)
    sheet["F4"].number_format, sheet["F6"].number_format = "0%", "0000"
    sheet["D6"].number_format = "[h]:mm"
    made.create_sheet("Old").append(("No", "Title"))
    made["Old"].append((1, "x"))
    made["Old"].sheet_state = "hidden"
    made.save(path)
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is not installed"
    run = subprocess.run(
        [
            *(soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", form, "--outdir", str(tmp_path / "out"), str(path)),
        ],
        capture_output=True,
        timeout=180,
        check=False,
    )
    assert 0 == run.returncode, run.stderr

    saved = read(tmp_path / "out" / f"plan.{form}")

    assert ("MSEL", 3) == (saved.sheet, saved.header_row)
    assert (
        (4, ("5004", "Port closed", "A", "09:15", "one\ntwo", "50%")),
        (5, ("9-A", "点検 — Überfall", "B", "2026-03-12 09:15", "Связь")),
        (6, ("3", "Third", "点検 — Überfall!", "27:30", "", "0700")),
    ) == saved.rows
    assert (
        "Read sheet 'MSEL' (3 rows); --sheet NAME reads another.",
        "1 hidden sheet was passed over: 'Old'.",
        "1 cell holds an error in place of a value and was read as empty: E6 (#DIV/0!).",
        "1 row of totals was passed over: 7.",
    ) == saved.remarks
