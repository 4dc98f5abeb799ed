"""The MSEL as CSV: out and in again, as spreadsheets save it, and every mistake with its place."""

from __future__ import annotations

import codecs
import csv
import io
import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.tables import exercise
from small import FILES, write

from ttx.exercise.lines import places_of
from ttx.exercise.load import digest, from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import INJECT_SLOTS, text
from ttx.exercise.msel import cells
from ttx.exercise.msel.answers import ASK, REPLACE, Answers
from ttx.exercise.msel.cells import Status
from ttx.exercise.msel.files import Imported, export, exported, import_
from ttx.exercise.msel.fresh import id_of
from ttx.exercise.msel.patch import Patch
from ttx.exercise.msel.sheets.columns import COLUMNS, PLACED, column, letter
from ttx.exercise.msel.sheets.sheet import as_csv, guarded, read_sheet, unguarded
from ttx.exercise.msel.sheets.times import read
from ttx.exercise.problems import ExerciseError

ROOT = Path(__file__).parents[1]
NAMES = ("tutorial", "accelerate", "small")
HEAD = ("MSEL NUMBER", "TITLE", "DESCRIPTION")


def folder_of(name: str) -> Path:
    return ROOT / ("tests/exercises" if name == "small" else "exercises") / name


def table(path: Path, *rows: tuple[str, ...], delimiter: str = ",") -> Path:
    """A file of these rows, as a spreadsheet would write it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_text(out.getvalue(), "utf-8")
    return path


def put(
    tmp_path: Path,
    *rows: tuple[str, ...],
    into: str = "tutorial",
    calendar: str = "",
    taken: str = ASK,
) -> Imported:
    plan = table(tmp_path / "plan.csv", *rows)
    return import_(
        plan, folder_of(into), tmp_path / "made", Answers(calendar=calendar, taken=taken)
    )


def mistakes(tmp_path: Path, *rows: tuple[str, ...], into: str = "tutorial") -> list[str]:
    """What is wrong with a table, without the name of its file; nothing may be left behind."""
    with pytest.raises(ExerciseError) as error:
        put(tmp_path, *rows, into=into)
    assert ["plan.csv"] == [path.name for path in tmp_path.iterdir()]
    place = f"{tmp_path / 'plan.csv'}: "
    assert all(str(one).startswith(place) for one in error.value.problems)
    return [str(one).removeprefix(place) for one in error.value.problems]


# --- out and in again ---


@pytest.mark.parametrize("name", NAMES)
def test_an_msel_that_comes_back_unchanged_changes_nothing(name: str, tmp_path: Path) -> None:
    folder = folder_of(name)
    export(load(folder), tmp_path / "msel.csv")

    made = import_(tmp_path / "msel.csv", folder, tmp_path / "made")

    assert digest(load(folder)) == digest(made.exercise) == digest(load(tmp_path / "made"))
    assert () == made.remarks
    for path in folder.rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "made" / path.relative_to(folder)).read_bytes()
    assert {"msel.csv", "made"} == {path.name for path in tmp_path.iterdir()}


TEXTS = st.text(
    st.characters(
        # what cannot be seen is taken out on the way in, and said
        exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp"],
        exclude_characters="{}\ufffd",
    ),
    min_size=1,
    max_size=30,
).filter(lambda words: words == words.strip() and words)
HOSTILE = st.sampled_from(
    ["=1+1", "+49", "-5", "@SUM(A1)", "'=x", "''-y", "'quoted", "a;b\t,c", 'say "no"', "｠", "＝x"]
)
WORDS = st.one_of(TEXTS, HOSTILE)


@pytest.mark.slow
@given(title=WORDS, sender=WORDS, expected=WORDS, first=WORDS, second=WORDS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives_the_way_out_and_in(
    title: str,
    sender: str,
    expected: str,
    first: str,
    second: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The texts of one exercise, taken through CSV into another, are the same there."""
    data = load(folder_of("tutorial")).as_toml()
    inject = data["inject"][0]
    inject |= {"title": title, "expected_action": expected}
    inject["message"] |= {"sender": sender, "text": [first, second]}
    changed, place = from_data(data), tmp_path_factory.mktemp("way")
    (place / "msel.csv").write_bytes(exported(changed))

    made = import_(place / "msel.csv", folder_of("tutorial"), place / "made").exercise

    there = made.inject[0]
    assert cells.same(title, text(there.title))
    assert cells.same(expected, text(there.expected_action))
    assert cells.same(sender, text(there.message.sender))
    whole = "\n\n".join(text(one) for one in there.message.text)
    assert whole.split() == f"{first}\n\n{second}".split()


@given(st.one_of(WORDS, st.text("'=+-@\t a", max_size=6)))
def test_a_formula_is_kept_from_being_one_and_comes_back(cell: str) -> None:
    kept = guarded(cell)

    assert cell == unguarded(kept)
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.slow
def test_the_export_opens_right_in_a_spreadsheet() -> None:
    part = exercise("accelerate")
    raw = exported(part)
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))

    assert raw.startswith(codecs.BOM_UTF8)
    assert [one.header for one in PLACED] == rows[0]
    assert [str(n + 1) for n in range(len(part.inject))] == [row[0] for row in rows[1:]]
    first = min(part.inject, key=lambda one: one.number).turns
    assert f"T{first[0]}-T{first[1]}" == rows[1][2]
    assert 1 == len({len(row) for row in rows})


# --- headers ---


@pytest.mark.parametrize(
    ("header", "key"),
    [
        *(("MSEL NUMBER", "number"), ("EVENT #", "number"), ("MSEL #", "number")),
        *(("Control Number", "number"), ("Seq No", "number"), ("seq. no.", "number")),
        *(("INJECT DTG", "turns"), ("Exercise Date", "date"), ("Day", "day")),
        *(("Time", "planned"), ("EVENT TIME", "planned")),
        *(("Real Time", "planned"), ("EVENT TYPE", "kind"), ("TYPE", "kind")),
        *(("SUBJECT", "title"), ("Title", "title"), ("SUBJECT / TITLE", "title")),
        *(("INJECT MODE", "via"), ("METHOD", "via"), ("delivery_method", "via")),
        *(("SEND FROM (Simulated)", "sender"), ("SENT FROM", "sender"), ("Originator", "sender")),
        ("INJECTED BY (RESPONSIBLE CONTROLLER)", "controller"),
        *(("CONTROLLER", "controller"), ("Inject Implementer", "controller")),
        *(("SEND TO (RECIPIENT PLAYERS)", "to"), ("Sent To", "to")),
        *(("STORYLINE/THREAD", "storyline"), ("Track", "storyline")),
        *(("DESCRIPTION", "text"), ("EVENT DESCRIPTION", "text"), ("DESCRIPTION-SCRIPT", "text")),
        *(("EXPECTED ACTION", "expected_action"), ("EXPECTED OUTCOMES", "expected_action")),
        ("Expected Reaction to Inject", "expected_action"),
        *(("1st Objective Supported (UJTL/METL)", "objectives"), ("Objective(s)", "objectives")),
        *(("2nd Objective Supported", "objectives"), ("objective", "objectives")),
        ("IMPLEMENTER (Actual Narrative)", "narrative_actual"),
        *(("BACKGROUND INFORMATION", "background"), ("Inject Author", "author")),
        *(("Created by", "author"), ("Inject POC", "author"), ("NOTES/REMARKS", "notes")),
        *(("QUESTIONS-COMMENTS", "notes"), ("Learning Points", "learning_points")),
        ("Maximum (minutes) for each message", "max_minutes"),
        *(("Evaluator Comments", "evaluator_comments"), ("  event_description:", "text")),
        *(("Contingency", "if_not"), ("status", "status"), ("", ""), ("Weather", "")),
        *(("Title / Description", ""), ("1st", "")),
    ],
)
def test_headers_of_real_workbooks_are_understood(header: str, key: str) -> None:
    found = column(header)

    assert key == (found.key if found else "")


def test_no_header_stands_for_two_columns() -> None:
    for one in COLUMNS:
        assert {one.key} == {
            found.key for name in (one.header, *one.synonyms) if (found := column(name))
        }


def test_columns_are_named_as_a_spreadsheet_does() -> None:
    assert ["A", "Z", "AA", "AZ", "BA"] == [letter(at) for at in (0, 25, 26, 51, 52)]


def test_a_header_that_fits_nothing_is_a_remark_and_its_cells_are_kept(tmp_path: Path) -> None:
    rows = (
        ("MSEL NUMBER", "Title", "Desciption", "Weather", "", "Turn"),
        ("9", "x", "words", "rain", "stray", "T1"),
    )

    made = put(tmp_path, *rows)

    toml = next((tmp_path / "made" / "injects").glob("09-*.toml")).read_text("utf-8")
    assert {"# Weather: rain", "# column E: stray", "# Desciption: words"} <= {*toml.splitlines()}
    assert [
        (
            "Columns C 'Desciption', D 'Weather', E have no place in an exercise; their cells are "
            "kept as comments above new injects."
        ),
        'Desciption may be text: --map "Desciption=text" reads it so.',
    ] == list(made.remarks[2:4])


def test_of_two_columns_for_one_thing_the_first_counts(tmp_path: Path) -> None:
    made = put(
        tmp_path, ("No", "SUBJECT", "Title", "Details", "Narrative"), ("9", "x", "y", "a", "b")
    )

    assert ("x", ["a", "b"]) == (
        made.exercise.inject[-1].title,
        made.exercise.inject[-1].message.text,
    )
    assert "# Title: y" in next((tmp_path / "made/injects").glob("09-*.toml")).read_text("utf-8")


def test_a_table_without_headers_is_told(tmp_path: Path) -> None:
    (said,) = mistakes(tmp_path, ("a", "b"), ("1", "x"))
    assert said.startswith("none of the first 100 rows holds the headers of an MSEL")
    assert [
        (
            "row 1: no column gives a number, an id, a title or a description; it has 'Status', "
            "'x'; "
            'name one with --map "HEADER=title"'
        )
    ] == mistakes(tmp_path, ("Status", "x"), ("x", "y"))


def test_a_row_of_words_that_are_headers_too_is_no_header(tmp_path: Path) -> None:
    made = put(tmp_path, ("Subject", "Mode"), ("Event", "Message"))

    assert "Event" == made.exercise.inject[-1].title


def test_rows_above_the_header_are_passed_over(tmp_path: Path) -> None:
    made = put(tmp_path, ("Exercise Title",), (), ("Event #", "Subject"), ("9", "First call"))

    assert "First call" == made.exercise.inject[-1].title


# --- how a file is saved ---


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str, tmp_path: Path) -> None:
    words = f'{delimiter.join(HEAD)}\r\n1{delimiter}Café "Zoë"{delimiter}"One,\r\ntwo;\tthree"\r\n'
    path = tmp_path / "plan.csv"
    path.write_bytes(words.encode(encoding))

    sheet = read_sheet(path, column)

    assert HEAD == sheet.header
    assert ((2, ("1", 'Café "Zoë"', "One,\ntwo;\tthree")),) == sheet.rows


def test_the_line_in_which_excel_keeps_its_delimiter_counts_as_a_row(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("sep=;\r\nEvent #;Title\r\n1;x\r\n", "utf-8")

    with pytest.raises(ExerciseError, match="Row 3 has the number of another inject"):
        import_(tmp_path / "plan.csv", folder_of("tutorial"), tmp_path / "made")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (
            b"Event #,Title\n1,\xb7\xbf\xbc\xb0\n",
            "its letters fit several encodings and nothing was read",
        ),
        (b'Event #,Title\n1,"x\n', "row 2 cannot be read: unexpected end of data"),
        (b'Event #,Title\n1,x\n2,"y" z\n', "row 3 cannot be read: ',' expected after '\"'"),
        (b"", "is empty: there is nothing in it"),
        (b"a,b\n", "none of the first 100 rows holds the headers"),
    ],
)
def test_what_cannot_be_read_is_told(raw: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_bytes(raw)

    with pytest.raises(ExerciseError) as error:
        import_(tmp_path / "plan.csv", folder_of("tutorial"), tmp_path / "made")

    assert said in str(error.value)
    assert ["plan.csv"] == [path.name for path in tmp_path.iterdir()]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExerciseError, match="cannot be read: no such file or directory"):
        import_(tmp_path / "no.csv", folder_of("tutorial"), tmp_path / "made")


# --- cells ---


def test_every_mistake_is_told_at_once_with_row_and_column(tmp_path: Path) -> None:
    first, second = "one_telephone_number", "ten_hours_of_fuel"
    rows = (
        (*HEAD, "Objective", "Turn", "Status", "Slot", "Window", "Lead cell", "ID"),
        ("", "x", "{when}", "decide_in_tme", "T3", "Redy to inject", "", "long", "tokio", first),
        ("", "x", "", "", "T2-T1", "", "policy", "", "", second),
        ("2", "x", "", "", "soon", "", "", "", "", second),
        ("3", "", "", "", "", "", "", "", "", second),
        ("1", "x", "", "", "", "", "", "", "", "one_telefone_number"),
    )

    assert [
        (
            "row 2, column C 'DESCRIPTION': a brace is no placeholder: write {onset}, {hawaii} or "
            "{washington}, with +2h or the like"
        ),
        (
            "row 2, column D 'Objective': objective 'decide_in_tme' is unknown "
            "(did you mean 'decide_in_time'?)"
        ),
        "row 2, column E 'Turn': turn 3 is not one of the 2 turns",
        "row 2, column H 'Window': must be minutes, such as 90 or 1:30, not 'long'",
        "row 2, column I 'Lead cell': allied cell 'tokio' is unknown (there are us, japan)",
        "row 3, column E 'Turn': turns end (1) before they start (2)",
        "row 3, column G 'Slot': inject 'ten_hours_of_fuel' is crisis; change that in its TOML",
        "row 4, column J 'ID': row 3 is about inject 'ten_hours_of_fuel' already",
        (
            "row 5, column A 'MSEL NUMBER': number 3 is not that of inject 'ten_hours_of_fuel', "
            "which is 2"
        ),
        (
            "row 6, column J 'ID': inject 'one_telefone_number' is unknown (did you mean "
            "'one_telephone_number'?)"
        ),
    ] == mistakes(tmp_path, *rows)


def test_what_is_wrong_in_the_same_way_is_told_once(tmp_path: Path) -> None:
    ids = [inject.id for inject in exercise("accelerate").inject]
    rows = [(one, "T99") for one in ids]

    assert [
        (
            f"rows 2, 3, 4, 5 and {len(ids) - 4} more, column B 'Turn': turn 99 is not one of "
            "the 10 turns"
        )
    ] == mistakes(tmp_path, ("ID", "Turn"), *rows, into="accelerate")


def test_of_a_new_row_what_does_not_fit_is_kept_and_told_once(tmp_path: Path) -> None:
    rows = [
        ("", f"call {n}", "so {n}", "stay calm", "soon", "slow", "long", "tokio") for n in range(20)
    ]
    head = ("No", "Title", "Description", "Objective", "Turn", "Slot", "Window", "Lead cell")

    made = put(tmp_path, head, *rows)

    said = "\n".join(made.remarks)
    assert 20 == len(made.exercise.inject) - 3
    assert "Rows 2, 3, 4, 5 and 16 more: 'soon' is no time that is understood" in said
    assert "Rows 2, 3, 4, 5 and 16 more: 'stay calm' is no objective of the exercise" in said
    assert "Rows 2, 3, 4, 5 and 16 more: 'tokio' is no allied cell" in said
    assert "braces are placeholders here and became brackets" in said
    assert ["so (n)"] == made.exercise.inject[-1].message.text
    toml = next((tmp_path / "made" / "injects").glob("23-*.toml")).read_text("utf-8")
    assert {"# OBJECTIVE: stay calm", "# LEAD CELL: tokio", "# WINDOW (MINUTES): long"} <= {
        *toml.splitlines()
    }
    assert 'planned = "soon"' in toml


@pytest.mark.parametrize(
    ("cell", "turns"),
    [
        *(("T1-T10", (1, 10)), ("1-10", (1, 10)), ("T3", (3, 3)), ("Turn 3", (3, 3))),
        *(("turns 2 to 6", (2, 6)), ("2 – T6", (2, 6)), ("3.0", (3, 3)), ("Move 4", (4, 4))),
    ],
)
def test_turns_are_read_as_people_write_them(cell: str, turns: tuple[int, int]) -> None:
    assert turns == read(cell, "turns", 2026).turns


@pytest.mark.parametrize(
    ("cell", "number"), [("1", 1), ("01", 1), ("7.0", 7), ("#12", 12), ("40", 40)]
)
def test_numbers_are_read_as_spreadsheets_write_them(cell: str, number: int) -> None:
    assert number == cells.number(cell)


@pytest.mark.parametrize("cell", ["0", "1001", "-1", "A-101", "1.5", "1e1"])
def test_what_is_no_number_can_be_a_label_only(cell: str) -> None:
    assert cells.number(cell) is None


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        *(
            ("Ready to Inject", Status.KEPT),
            ("INJECTED", Status.KEPT),
            ("Draft", Status.KEPT),
            ("", Status.KEPT),
        ),
        *(("Synchronized", Status.KEPT), ("Complete", Status.KEPT), ("released", Status.KEPT)),
        *(
            ("Omitted", Status.LEFT_OUT),
            ("Deleted", Status.LEFT_OUT),
            ("obsolete", Status.LEFT_OUT),
        ),
        *(("Deferred", Status.DEFERRED), ("Approved", Status.KEPT), ("Submitted", Status.KEPT)),
        *(("Contingency", Status.KEPT), ("Fired", Status.KEPT), ("Not Started", Status.KEPT)),
        ("as you like", Status.UNKNOWN),
    ],
)
def test_statuses_of_the_field_are_understood(cell: str, status: Status) -> None:
    assert status is cells.status(cell)


@pytest.mark.parametrize(
    ("cell", "minutes"), [("90", 90), ("90.0", 90), ("2 h", 120), ("5min", 5), ("03:00:00", 180)]
)
def test_windows_are_read_in_minutes(cell: str, minutes: int) -> None:
    assert minutes == cells.window(cell)


def test_objectives_are_read_by_id_text_and_number() -> None:
    part = exercise("tutorial")
    ids = [one.id for one in part.objective]

    for cell in (
        "; ".join(ids),
        ", ".join(ids),
        "\n".join(text(one.text) for one in part.objective),
        "1; Objective 2; obj. 3",
        "FIND THE KEYS; decide in time; what-it-bought; find_the_keys",
    ):
        assert ids == cells.objectives(part, cell)


# --- what is made of it ---


def test_an_inject_that_is_there_changes_in_its_texts_and_nowhere_else(tmp_path: Path) -> None:
    before = load(folder_of("tutorial")).inject[1]
    made = put(
        tmp_path,
        ("ID", "Subject", "Sent from", "Description", "Turn", "Objective", "Window", "Event type"),
        (
            "ten_hours_of_fuel",
            "Ten hours",
            "'=NOW()",
            "First.\n\nSecond.\n\nThird.",
            "T2",
            "1",
            "",
            "",
        ),
    )
    after = made.exercise.inject[1]

    assert ("Ten hours", "=NOW()", [2, 2]) == (after.title, after.message.sender, [*after.turns])
    assert ["First.", "Second.\nThird."] == after.message.text
    assert [made.exercise.objective[0].id] == after.objectives
    changed = ("title", "message", "turns", "objectives")
    assert before == after.model_copy(update={key: getattr(before, key) for key in changed})
    assert [
        (
            "Row 2 changes inject 'ten_hours_of_fuel': Subject, Sent from, Description, "
            "Objective, Turn. Its options and outcomes stay as they are; see that they still fit."
        ),
        "Injects 1, 3 are in no row and stay.",
    ] == list(made.remarks)[:2]
    assert "no crisis can come in turn 1" in made.remarks[2]


def test_comments_and_all_other_lines_of_a_file_stay_as_they_are(tmp_path: Path) -> None:
    folder = shutil.copytree(folder_of("tutorial"), tmp_path / "own")
    file = folder / "injects" / "01-one-telephone-number.toml"
    words = file.read_text("utf-8").replace("[[inject]]", "# mine\n[[inject]] # here", 1)
    file.write_text(words.replace("\n", "\r\n"), "utf-8", newline="")
    path = table(tmp_path / "plan.csv", ("No", "Title"), ("1", 'A "new" name'))

    import_(path, folder, tmp_path / "made", Answers(taken=REPLACE))

    new = (tmp_path / "made" / "injects" / file.name).read_bytes()
    old = b'title = "One telephone number"'
    assert file.read_bytes().replace(old, b'title = "A \\"new\\" name"', 1) == new


def test_a_new_row_is_an_inject_that_can_be_played(tmp_path: Path) -> None:
    made = put(
        tmp_path,
        ("Event #", "Title", "Send to", "Slot", "Window", "Storyline", "Notes", "From"),
        ("", "Cable cut!", "Disaster desk, Tokyo", "crisis", "90", "cables", "ask\nBob", "Japan"),
        ("9", "Übung", "nobody", "", "", "", "", ""),
    )
    cable, other = made.exercise.inject[-2:]
    told = {one.number: one for one in (cable, other)}

    assert {4, 9} == set(told)
    assert ("cable_cut", "japan", "crisis", 90) == (
        *(told[4].id, told[4].lead, told[4].slot, told[4].window),
    )
    assert "jpn" == told[4].actor
    assert ("ubung", "us", "policy", (1, 2)) == (
        *(told[9].id, told[9].lead, told[9].slot, told[9].turns),
    )
    assert ["Übung"] == told[9].message.text
    assert not any(one.benefits or one.costs for i in told.values() for one in i.option)
    toml = (tmp_path / "made" / "injects" / "04-cable-cut.toml").read_text("utf-8")
    assert toml.startswith("# Row 2 of ")
    assert "# Still to write: options with their benefits and costs, outcomes, weight, " in toml
    assert "\n# Storyline: cables\n" in toml
    said = "\n".join(made.remarks)
    assert (
        "Rows 2 and 3 are new: 2 injects without effects (stubs). Still to write: options" in said
    )
    assert not any(one.startswith("warning") for one in made.remarks)
    assert "has 2 remarks more, on what is still to write among others" in said


def test_new_rows_go_into_an_exercise_of_one_file_too(tmp_path: Path) -> None:
    write(tmp_path / "own", FILES)
    path = table(tmp_path / "plan.csv", ("No", "Title"), ("2", "Other"), ("", "New"))

    made = import_(path, tmp_path / "own", tmp_path / "made", Answers(taken=REPLACE))

    assert "Other" in [text(one.title) for one in made.exercise.inject]
    assert (tmp_path / "made" / "injects").is_dir()


def test_a_text_in_two_languages_changes_in_the_first(tmp_path: Path) -> None:
    files = {n: t.replace('title = "', 'title = { ja = "港", en = "', 1) for n, t in FILES.items()}
    name = "injects.toml"
    line = next(one for one in files[name].splitlines() if "ja = " in one)
    files[name] = files[name].replace(line, f"{line} }}", 1)
    files["exercise.toml"] = FILES["exercise.toml"]
    write(tmp_path / "own", files)
    number = str(load(tmp_path / "own").inject[0].number)
    path = table(tmp_path / "plan.csv", ("No", "Title"), (number, "Other"))

    said = Answers(taken=REPLACE)
    made = import_(path, tmp_path / "own", tmp_path / "made", said).exercise

    assert {"en": "Other", "ja": "港"} == made.inject[0].title


def test_what_is_omitted_or_no_inject_is_left_out_and_said(tmp_path: Path) -> None:
    made = put(
        tmp_path,
        ("No", "Title", "Status", "Type"),
        ("3", "", "Deleted", ""),
        ("", "Never", "Omitted", ""),
        ("", "They decide", "", "Player Action"),
        ("2", "", "Deferred", "Inject"),
    )

    assert ["one_telephone_number", "ten_hours_of_fuel"] == [i.id for i in made.exercise.inject]
    assert [
        "Row 2: inject 'help_nobody_asked_for' is taken out, its status is 'Deleted'.",
        "Inject 1 is in no row and stays as it is.",
        "Row 3: left out, status 'Omitted'.",
        "Row 4: 'Player Action' asks players nothing, so exercise control alone reads it.",
        "Row 5: deferred; kept, and can be deferred at the table.",
        "Row 4: no time is given; may come in any turn.",
    ] == list(made.remarks)
    assert ["white"] == made.exercise.contextual[0].readers


@pytest.mark.slow
def test_an_inject_that_others_need_is_not_taken_out(tmp_path: Path) -> None:
    """What check says names the file that there is, and nothing is left of the one that is not."""
    path = table(tmp_path / "plan.csv", ("No", "Status"), ("1", "Deleted"), ("4", "Deleted"))

    with pytest.raises(ExerciseError) as error:
        import_(path, folder_of("accelerate"), tmp_path / "made")

    assert "exercises/accelerate/injects/02-unanswered-hotline.toml line 9: " in str(error.value)
    assert "inject 'radar_at_dusk' is unknown" in str(error.value)
    assert ["plan.csv"] == [one.name for one in tmp_path.iterdir()]


@pytest.mark.slow
def test_a_row_too_many_for_the_dice_is_refused(tmp_path: Path) -> None:
    rows = [("", f"t{n}", "x") for n in range(INJECT_SLOTS - 1)]
    (said,) = mistakes(tmp_path, HEAD, *rows)

    last = INJECT_SLOTS
    hold = (
        f"rows {last - 1} and {last}: the dice hold {INJECT_SLOTS} injects and no number is free;"
    )
    assert said.startswith(hold)


def test_a_number_that_is_free_is_given(tmp_path: Path) -> None:
    made = put(tmp_path, ("No", "Title", "Status"), ("3", "", "Deleted"), ("", "One more", ""))

    assert "one_more" == next(one.id for one in made.exercise.inject if one.number == 3)


def test_two_new_rows_want_one_number(tmp_path: Path) -> None:
    made = put(
        tmp_path, ("No", "Title", "Status"), ("9", "a", ""), ("9", "b", ""), ("9", "c", "Omitted")
    )

    assert [("a", 9, ""), ("b", 4, "9")] == [
        (part.title, part.number, part.label)
        for part in sorted(made.exercise.inject[3:], key=lambda part: str(part.title))
    ]


def test_ids_of_new_injects_are_unlike_all_others() -> None:
    assert "two_years_late" == id_of("Two years late", set())
    assert "a_b_2" == id_of("A  b!", {"a_b"})
    assert "inject" == id_of("港", set())
    assert "inject_3" == id_of("港", {"inject", "inject_2"})


# --- the disk ---


def test_nothing_is_written_over(tmp_path: Path) -> None:
    part = exercise("tutorial")
    export(part, tmp_path / "msel.csv")
    with pytest.raises(ValueError, match="nothing is written over it"):
        export(part, tmp_path / "msel.csv")
    (tmp_path / "made").mkdir()
    with pytest.raises(ValueError, match="nothing is written over it"):
        import_(tmp_path / "msel.csv", folder_of("tutorial"), tmp_path / "made")
    with pytest.raises(ValueError, match=r"^There is no folder .*/no; make it, or "):
        export(part, tmp_path / "no" / "msel.csv")


def test_no_exercise_is_made_inside_itself(tmp_path: Path) -> None:
    folder = shutil.copytree(folder_of("tutorial"), tmp_path / "own")
    export(exercise("tutorial"), tmp_path / "msel.csv")

    with pytest.raises(ValueError, match="lies inside the exercise"):
        import_(tmp_path / "msel.csv", folder, folder / "made")

    assert not (folder / "made").exists()


def test_a_disk_that_refuses_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path / "plan.csv", HEAD, ("", "New", "x"))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(ValueError, match="cannot be written: No space left on device"):
        import_(path, folder_of("tutorial"), tmp_path / "made")
    assert ["plan.csv"] == [one.name for one in tmp_path.iterdir()]


# --- where things stand in TOML ---

SOURCE = """\
a = 1 # one
b = [ "x", { c = 'y' , d = 2 } ]

[[e]] # first
f = \"\"\"
g\"\"\"
[e.h]
i.j = 2024-12-01
[[e]]
"""


def test_every_value_is_found_in_its_place() -> None:
    places = places_of(SOURCE)

    def at(*path: str | int) -> str:
        start, end = places.values[path]
        return SOURCE[start:end]

    assert "1" == at("a")
    assert '"x"' == at("b", 0)
    assert "{ c = 'y' , d = 2 }" == at("b", 1)
    assert ("'y'", "2") == (at("b", 1, "c"), at("b", 1, "d"))
    assert '"""\ng"""' == at("e", 0, "f")
    assert "2024-12-01" == at("e", 0, "h", "i", "j")
    assert ["[[e]]", "[e.h]", "[[e]]"] == [SOURCE[a:b] for a, b, _ in places.headers]


def test_a_patch_changes_what_it_is_told_to() -> None:
    patch = Patch(SOURCE)
    patch.put(("a",), 'say "x"\n')
    patch.put(("b", 1, "c"), "z")
    patch.put(("b", 1, "new"), [1, 2])
    patch.put(("e", 0, "k"), ["p"])
    patch.take_out(("e", 1))

    before, after = tomllib.loads(SOURCE), tomllib.loads(patch.done())

    assert {"c": "z", "d": 2, "new": [1, 2]} == after["b"][1]
    assert 'say "x"\n' == after["a"]
    assert [before["e"][0] | {"k": ["p"]}] == after["e"]
    assert "# one" in patch.done()
    assert "# first" in patch.done()


def test_a_table_of_nothing_but_text_is_written_whole() -> None:
    assert b"\xef\xbb\xbfa,'=b\r\n" == as_csv([("a", "=b")])


def test_the_exercise_it_came_from_stays_as_it_is(tmp_path: Path) -> None:
    def now() -> Exercise:
        return load(folder_of("tutorial"))

    before = digest(now())
    put(tmp_path, ("No", "Title"), ("1", "Other"), taken=REPLACE)
    assert before == digest(now())
