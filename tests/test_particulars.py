"""What is stated of a session: in the record, in a file, on covers; and the sponsor's targets."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.hosted import CHIEF, ask, to
from kit.tables import exercise
from typer.testing import CliRunner

from ttx.cli.app import app
from ttx.exercise.model.part import text
from ttx.exercise.problems import ExerciseError
from ttx.report.aar.whole import after_action
from ttx.report.came import came
from ttx.report.documents import documents
from ttx.report.filed import account_of
from ttx.report.html import html
from ttx.report.markdown import markdown
from ttx.report.targets import target_rows
from ttx.session import phases
from ttx.session.apply import beginning
from ttx.session.command import IllegalDecision
from ttx.session.local_time import WallClock, zone_of
from ttx.session.notebook_events import ParticularsSet
from ttx.session.opening import begin, hosted, look_at
from ttx.session.particulars import Organisation, Particulars, Stated, Targets
from ttx.session.particulars_words import organisation_of, particulars_of, targets_of
from ttx.session.play_commands import End
from ttx.session.record import read
from ttx.session.rehearsed import session_after
from ttx.session.run import OBSERVER, Run
from ttx.session.seating import seating
from ttx.session.session_file import read_session
from ttx.session.session_sheet import as_csv, as_workbook, session_rows
from ttx.session.stating import StateParticulars, StateTargets, stated
from ttx.session.table import Table
from ttx.session.verify import verify
from ttx.session.view.particulars import field_texts, organisation_text
from ttx.session.view.record import TRUTH, RecordView

KEPT = Path(__file__).parent / "saves" / "format-2-stated.ttx.toml"
SAID = Particulars(
    name="Quiet Harbour",
    sponsor="Ministry of <Health> & Co",
    contact="Exercise office, desk 4711",
    date="2026-03-12",
    until="2026-03-13",
    place="大阪",
    zone="Asia/Tokyo",
    areas=("Response", "Recovery"),
    organisations=(
        Organisation("Ministry: Health", 3, 1, 0, 0),
        Organisation("City of Osaka", 2, 0, 1, 2),
        Organisation("Red Cross"),
    ),
)
AIMS = Targets({"neighbour": 6050}, {"find_the_keys": "S"})
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12).map(
    lambda name: f"O{name}"
)
COUNTS = st.integers(0, 9999)
STATED = st.builds(
    Particulars,
    sponsor=NAMES | st.just(""),
    place=NAMES | st.just(""),
    date=st.dates().map(lambda day: day.isoformat()) | st.just(""),
    zone=st.sampled_from(["", "UTC", "Asia/Tokyo", "Europe/Berlin"]),
    areas=st.lists(NAMES, max_size=3, unique=True).map(tuple),
    organisations=st.lists(
        st.builds(Organisation, NAMES, COUNTS, COUNTS, COUNTS, COUNTS), max_size=4
    ).map(tuple),
)


def table(tmp_path: Path, stated: Stated | None = None) -> Table:
    return hosted(exercise("tutorial"), {}, 7, tmp_path / "run.ttx.toml", stated=stated)


# --- in the record ---


def test_it_is_the_desk_that_states_it_and_it_can_be_corrected_until_the_run_is_closed(
    tmp_path: Path,
) -> None:
    run = table(tmp_path)
    ask(run, CHIEF, StateParticulars(replace(SAID, place=" Osaka  Hall ")))
    assert "Osaka Hall" == run.game.notebook.particulars.place
    ask(run, CHIEF, StateParticulars(SAID))
    to(run, phases.LEVERS)
    ask(run, CHIEF, StateParticulars(replace(SAID, place="Kobe")))
    ask(run, CHIEF, StateTargets(AIMS))
    ask(run, CHIEF, End("so"))
    ask(run, CHIEF, StateParticulars(replace(SAID, sponsor="")))
    run.leave()

    assert all(check.holds is not False for check in verify(tmp_path / "run.ttx.toml"))
    viewing = look_at(read(tmp_path / "run.ttx.toml"))
    assert replace(SAID, sponsor="") == viewing.timeline.game.notebook.particulars
    assert AIMS == viewing.timeline.game.notebook.targets
    view = RecordView(viewing.timeline, TRUTH)
    said = [
        view.line(entry.n, entry.n).what
        for entry in viewing.timeline.entries
        if isinstance(entry.event, ParticularsSet)
    ]
    assert said[0].startswith("set the session's particulars: Exercise name: Quiet Harbour")
    assert "Place is 'Kobe', where it was '大阪'" in said[2]
    assert "Sponsor was taken off" in said[3]
    assert "Place is '大阪', where it was 'Kobe'" in said[3]


@pytest.mark.parametrize("seat", [OBSERVER, "evaluator", "relief"])
def test_no_other_seat_states_anything(tmp_path: Path, seat: str) -> None:
    run = table(tmp_path)
    seat = (
        seat
        if seat in {part.id for part in run.game.run.exercise.seat}
        else next(
            part.id for part in run.game.run.exercise.seat if part.cell == run.game.run.people[0]
        )
    )
    for command in (StateParticulars(SAID), StateTargets(AIMS)):
        with pytest.raises(IllegalDecision):
            ask(run, seat, command)
    assert Particulars() == run.game.notebook.particulars


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SAID, date="12.3.2026"),
        replace(SAID, date=""),
        replace(SAID, until="2026-03-11"),
        replace(SAID, zone="over there"),
        replace(SAID, organisations=(Organisation(" ", 1),)),
        replace(SAID, organisations=(Organisation("A", -1),)),
        replace(SAID, organisations=(Organisation("A"),) * 201),
        replace(SAID, sponsor="x" * 2001),
        Targets({"nothing": 1}),
        Targets({"neighbour": 10_001}),
        Targets({}, {"find_the_keys": "U"}),
        Targets({}, {"neighbour": "S"}),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    tmp_path: Path, wrong: Particulars | Targets
) -> None:
    run = table(tmp_path)
    command = StateTargets(wrong) if isinstance(wrong, Targets) else StateParticulars(wrong)
    with pytest.raises(IllegalDecision):
        ask(run, CHIEF, command)
    assert not run.game.notebook.pages


def test_the_same_again_is_refused(tmp_path: Path) -> None:
    run = table(tmp_path, Stated(SAID, AIMS))
    for command in (StateParticulars(SAID), StateTargets(AIMS)):
        with pytest.raises(IllegalDecision, match="already"):
            ask(run, CHIEF, command)


@pytest.mark.parametrize("robots", ["steady", ""])
def test_a_run_at_one_keyboard_begins_with_it(tmp_path: Path, robots: str) -> None:
    part, path = exercise("tutorial"), tmp_path / "run.ttx.toml"
    run = begin(part, seating(part, robots), 3, path, Stated(SAID, AIMS))
    run.leave()

    assert (SAID, AIMS) == run.game.notebook.stated
    assert all(check.holds is not False for check in verify(path))
    with pytest.raises(IllegalDecision):
        begin(
            part,
            seating(part, robots),
            3,
            tmp_path / "no.ttx.toml",
            Stated(SAID, Targets({"x": 1})),
        )
    assert not (tmp_path / "no.ttx.toml").exists()


def test_a_session_after_its_rehearsal_has_what_was_stated_there(tmp_path: Path) -> None:
    part = exercise("tutorial")
    path = tmp_path / "rehearsal.ttx.toml"
    hosted(part, {}, 7, path, rehearsal=True, stated=Stated(SAID, AIMS)).leave()

    same = session_after(read(path), 8, tmp_path / "a.ttx.toml")
    other = Stated(replace(SAID, place="Kobe"), Targets())
    another = session_after(read(path), 8, tmp_path / "b.ttx.toml", stated=other)

    assert (SAID, AIMS) == same.game.notebook.stated
    assert other == another.game.notebook.stated
    same.leave()
    another.leave()


# --- words and files ---


TYPED = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=20)
ANYTHING = st.builds(
    Particulars,
    *[TYPED] * 3,
    st.just(""),
    st.just(""),
    TYPED,
    st.just(""),
    st.lists(TYPED, max_size=3).map(tuple),
    st.lists(st.builds(Organisation, TYPED, COUNTS, COUNTS, COUNTS, COUNTS), max_size=3).map(tuple),
)


@pytest.mark.slow
@given(ANYTHING, st.booleans())
def test_whatever_is_typed_and_taken_comes_back_the_same_from_fields_and_sheets(
    typed: Particulars,
    book: bool,  # noqa: FBT001  # drawn by hypothesis
) -> None:
    part = exercise("tutorial")
    game = beginning(Run(part, 1, {cell.id: "person" for cell in part.cell}))
    try:
        event = stated(game, CHIEF, StateParticulars(typed))
    except IllegalDecision:
        return
    assert isinstance(event, ParticularsSet)
    taken = event.particulars
    assert taken == particulars_of(field_texts(taken))
    rows = session_rows(part, Stated(taken, AIMS))
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("s.xlsx" if book else "s.csv")
        path.write_bytes(as_workbook(rows) if book else as_csv(rows))
        assert Stated(taken, AIMS) == read_session(path, part)


@pytest.mark.slow
@given(STATED)
def test_what_is_written_into_fields_is_read_from_them(stated: Particulars) -> None:
    assert stated == particulars_of(field_texts(stated))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("A: 3 players, 1 observer", Organisation("A", 3, 1)),
        ("A: players 3; ", None),
        ("A: 2 facilitators, 1 controller", Organisation("A", 0, 0, 0, 3)),
        ("A: B", Organisation("A: B")),
        ("A: B: 1 evaluator", Organisation("A: B", 0, 0, 1)),
        ("A: 3", None),
        ("A: 3 cooks", None),
    ],
)
def test_an_organisation_in_words(words: str, meant: Organisation | None) -> None:
    if meant is None:
        with pytest.raises(IllegalDecision, match="players"):
            organisation_of(words)
    else:
        assert meant == organisation_of(words)
        assert meant == organisation_of(organisation_text(meant))


def test_targets_go_by_id_or_name_and_stand_as_they_are_told() -> None:
    part = exercise("tutorial")
    told = targets_of(
        part,
        [
            ("deterrence of the NEIGHBOUR", "at least 60,5"),
            ("relief", "55"),
            ("objective 1", "rated s or better"),
            ("2", "M"),
        ],
    )
    second = part.objective[1].id
    assert Targets({"neighbour": 6050, "relief": 5500}, {"find_the_keys": "S", second: "M"}) == told
    for wrong in [
        ("relief", "lots"),
        ("relief", "-3"),
        ("relief", "101"),
        ("1", "U"),
        ("moon", "3"),
    ]:
        with pytest.raises(IllegalDecision):
            targets_of(part, [wrong])


@pytest.mark.parametrize("form", ["csv", "semicolons", "utf-16", "xlsx", "openpyxl"])
def test_the_sheet_is_read_as_it_was_written(tmp_path: Path, form: str) -> None:
    part, stated = exercise("tutorial"), Stated(SAID, AIMS)
    rows = session_rows(part, stated)
    path = tmp_path / ("s.xlsx" if form in ("xlsx", "openpyxl") else "s.csv")
    match form:
        case "semicolons":
            out = io.StringIO()
            csv.writer(out, delimiter=";").writerows(rows)
            path.write_bytes(out.getvalue().encode())
        case "utf-16":
            path.write_bytes(as_csv(rows).decode("utf-8-sig").encode("utf-16"))
        case _:
            path.write_bytes(as_csv(rows) if form == "csv" else as_workbook(rows))
    if form == "openpyxl":
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        book.move_sheet(sheet, 1)
        other = book.create_sheet("notes", 0)
        other.sheet_state = "hidden"
        other["A1"], other["B1"] = "Sponsor", "somebody else"
        book.save(path)

    assert stated == read_session(path, part)


def test_an_empty_sheet_has_every_field_and_says_so_when_it_comes_back_empty(
    tmp_path: Path,
) -> None:
    part = exercise("tutorial")
    rows = session_rows(part)
    assert len(part.score) + len(part.objective) == sum("Target" in row[0] for row in rows)
    assert as_workbook(rows) == as_workbook(rows)
    path = tmp_path / "s.csv"
    path.write_bytes(as_csv(rows))
    with pytest.raises(ExerciseError, match="says nothing"):
        read_session(path, part)


def test_a_sheet_of_words_that_is_called_a_workbook_is_read_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "s.xlsx").write_text("Place,Kobe\n", "utf-8")
    assert "Kobe" == read_session(tmp_path / "s.xlsx", exercise("tutorial")).particulars.place


def test_typed_dates_of_a_workbook_and_a_range_in_one_cell(tmp_path: Path) -> None:
    import datetime

    part, book = exercise("tutorial"), openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Exercise dates:", datetime.datetime(2026, 3, 12)])  # noqa: DTZ001  # a workbook knows no zone
    sheet.append(["Target: relief", 55.0])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.csv").write_text("DATE,2026-03-12 to 2026-03-13\n", "utf-8")

    assert "2026-03-12" == read_session(tmp_path / "a.xlsx", part).particulars.date
    assert {"relief": 5500} == read_session(tmp_path / "a.xlsx", part).targets.scores
    span = read_session(tmp_path / "b.csv", part).particulars
    assert ("2026-03-12", "2026-03-13") == (span.date, span.until)


def test_toml_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        'sponsor = "A"\ndate = 2026-03-12\nareas = ["Response", "Recovery"]\n'
        '[[organisation]]\nname = "B: C"\nplayers = 2\n[target]\nneighbour = 60.5\n'
        'find_the_keys = "S"\n',
        "utf-8",
    )
    stated = read_session(path, exercise("tutorial"))
    assert AIMS == stated.targets
    assert (Organisation("B: C", 2),) == stated.particulars.organisations
    assert ("Response", "Recovery") == stated.particulars.areas


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [
        ("s.csv", "Sponser,x\nPlace,y\n", "row 1: 'Sponser' is no field .*'Sponsor'"),
        ("s.csv", "Place,y\nTarget: moon,3\n", "row 2: There is no score or objective 'moon'"),
        ("s.csv", "Place,y\nPlace,z\n", "stands there twice"),
        ("s.csv", "Time zone,Mars/Olympus\n", "no time zone 'Mars/Olympus'"),
        ("s.toml", "sponser = 3\n", "no key of a session"),
        ("s.toml", "sponsor = [1]\n", "is a text"),
        ("s.toml", "[[organisation]]\nplayers = 3\n", "has the keys"),
        ("s.toml", "sponsor = \n", "no TOML"),
        ("s.xlsx", "PK\x03\x04 Place,y\n", "damaged"),
        ("s.docx", "Place,y\n", "no file of a session"),
    ],
)
def test_what_a_file_cannot_say_is_named(tmp_path: Path, name: str, words: str, says: str) -> None:
    (tmp_path / name).write_text(words, "utf-8")
    with pytest.raises(ExerciseError, match=f"{name}: .*{says}"):
        read_session(tmp_path / name, exercise("tutorial"))


def test_bytes_of_another_encoding_are_said_or_refused_and_never_garbled(tmp_path: Path) -> None:
    part, path = exercise("tutorial"), tmp_path / "s.csv"
    place = "大阪府庁の大会議室、本館一階"
    path.write_bytes(f"Sponsor,厚生労働省の演習事務局\nPlace,{place}\n".encode("cp932"))
    remarks: list[str] = []
    assert place == read_session(path, part, remarks.append).particulars.place
    assert "is read as Shift_JIS, such as '厚生労働省の演習事務局'" in remarks[0]
    path.write_bytes(b"Place,\x81\x81\xff\xfe\x00\xf5\n")
    with pytest.raises(ExerciseError, match="CSV UTF-8"):
        read_session(path, part)


# --- on paper ---


def test_it_stands_on_the_cover_of_every_paper_and_is_never_markup() -> None:
    for name, paper in documents(exercise("tutorial"), SAID).items():
        page, lines = html(paper), markdown(paper)
        assert paper.title.startswith("Quiet Harbour"), name
        assert "Ministry of &lt;Health&gt; &amp; Co" in page, name
        assert "<Health>" not in page, name
        assert "大阪" in lines, name
        assert "Thu 12 Mar 2026 to Fri 13 Mar 2026" in lines, name
        assert "in all 5 players, 1 observer, 1 evaluator, 2 controllers" in lines, name


def test_without_it_papers_have_no_cover_and_dots_to_fill_in() -> None:
    papers = documents(exercise("tutorial"))
    assert all(not paper.cover for paper in papers.values())
    assert "………" in markdown(papers["situation-manual"])


def test_the_report_has_cover_targets_corrections_and_local_time() -> None:
    page = markdown(after_action(account_of(read(KEPT))))
    assert page.startswith("**EXERCISE ONLY - UNCLASSIFIED**\n\n# Quiet Harbour 26: after-action")
    assert "- **Place:** Kobe" in page
    assert "Asia/Tokyo, UTC+09:00 (JST)" in page
    assert "29 Nov 21:00: Last day was set to '2026-03-13'; Place is 'Kobe'" in page
    assert "## Targets of the sponsor" in page
    assert "no turn was played to its end" in page


def test_not_for_attribution_the_point_of_contact_is_not_there() -> None:
    record = read(KEPT)
    assert "exercises\\@example.org" in markdown(after_action(account_of(record)))
    page = markdown(after_action(account_of(record, anonymous=True)))
    assert "example.org" not in page
    assert "21:00" not in page
    game = look_at(record).timeline.game
    for paper in documents(game.run.exercise, game.notebook.particulars, anonymous=True).values():
        assert "example.org" not in markdown(paper)
        assert "example.org" not in html(paper)


def test_a_file_stands_in_place_of_the_record_and_the_report_says_so() -> None:
    stated = Stated(replace(SAID, zone="Europe/Berlin"), Targets({"relief": 4750}))
    page = markdown(after_action(account_of(read(KEPT), stated=stated)))
    assert "Europe/Berlin, UTC+01:00 (CET)" in page
    assert "Kobe'" in page
    assert "from a file that was named, and not of the record" in page
    assert "Relief of the islands | at least 47.5" in page


def test_targets_lie_beside_what_was_reached_and_change_nothing(tmp_path: Path) -> None:
    part = exercise("tutorial")
    seats = seating(part, "steady")
    bare = begin(part, seats, 3, tmp_path / "a.ttx.toml").game
    last = bare.turns[-1].reckoned
    assert last is not None
    scores = last.reckoning.scores
    aims = Targets({part.score[0].id: scores[0], part.score[1].id: scores[1] + 1})
    run = begin(part, seats, 3, tmp_path / "b.ttx.toml", Stated(SAID, aims)).game

    assert ["met exactly", "missed by 0.01"] == [row.state for row in target_rows(run)]
    again = run.turns[-1].reckoned
    assert again is not None
    assert scores == again.reckoning.scores
    assert last.reckoning.digest == again.reckoning.digest


def test_a_low_score_is_met_from_below() -> None:
    part = exercise("accelerate")
    low = next(score.id for score in part.score if score.better == "lower")
    assert {low: 3000} == targets_of(part, [(low, "at most 30")]).scores


def test_the_evaluation_guide_alone_has_the_sponsors_targets() -> None:
    papers = documents(exercise("tutorial"), SAID, targets=AIMS)
    has = [name for name, paper in papers.items() if "rated S or better" in markdown(paper)]
    assert ["evaluation-guide"] == has
    assert not any("60.5" in markdown(paper) for paper in papers.values())


# --- who comes ---


def test_the_sign_in_sheet_has_a_row_for_each_seat_and_for_others() -> None:
    part = exercise("tutorial")
    sheet = markdown(documents(part, SAID)["sign-in-sheet"])
    assert all(text(seat.name) in sheet for seat in part.seat)
    assert sheet.count("|  |  |  |  |\n") == 6
    many = replace(SAID, organisations=(Organisation("A", 5, 9, 0, 1),))
    assert markdown(documents(part, many)["sign-in-sheet"]).count("|  |  |  |  |\n") == 10


def test_after_the_run_it_says_who_was_there_by_the_sessions_clock() -> None:
    record = read(KEPT)
    there = came(look_at(record).timeline)
    assert {"facilitator": "2026-11-29 21:00 to 21:00"} == there
    sheet = markdown(documents(exercise("tutorial"), SAID, there)["sign-in-sheet"])
    assert "2026-11-29 21:00 to 21:00" in sheet
    assert "no entry" in sheet


def test_place_cards_are_two_sided_and_read_aloud_once() -> None:
    part = exercise("tutorial")
    page = html(documents(part)["place-cards"])
    assert len(part.seat) == page.count('<section class="card">')
    assert 2 * len(part.seat) == page.count('class="office"')
    assert len(part.seat) == page.count('class="back" aria-hidden="true"')


# --- the clock ---


def test_times_are_told_by_the_clock_of_a_place() -> None:
    berlin = WallClock(zone_of("Europe/Berlin") or pytest.fail("no zones here"))
    winter, summer = "2026-01-01T23:30:00+00:00", "2026-07-01T23:30:00+00:00"
    assert "2026-01-02 00:30:00" == berlin.stamp(winter)
    assert "2026-07-02 01:30:00" == berlin.stamp(summer)
    assert "Europe/Berlin, UTC+01:00 (CET)" == berlin.called(winter)
    assert "Europe/Berlin, UTC+02:00 (CEST)" == berlin.called(summer)
    assert "UTC" == WallClock().called(winter)
    assert "" == WallClock().stamp("")
    assert zone_of("Mars/Olympus") is None
    assert zone_of("../etc/passwd") is None
    assert zone_of("") is None


# --- the verbs ---


def test_the_verbs_take_the_sheet_from_empty_to_covers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    folder = str(Path(__file__).parents[1] / "exercises" / "tutorial")
    assert 0 == runner.invoke(app, ["session", folder, "--out", "s.xlsx"]).exit_code
    book = openpyxl.load_workbook("s.xlsx")
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if "Sponsor" == row[0].value:
            row[1].value = "Ministry of Health"
    book.save("s.xlsx")
    made = runner.invoke(app, ["docs", folder, "--session", "s.xlsx", "--out", "papers"])
    assert 0 == made.exit_code, made.output
    assert "**Sponsor:** Ministry of Health" in (tmp_path / "papers/msel.md").read_text("utf-8")
    told = runner.invoke(app, ["session", str(KEPT)])
    assert "Place,Kobe," in told.output
    played = runner.invoke(app, ["docs", str(KEPT), "--out", "after"])
    assert 0 == played.exit_code
    assert "21:00" in (tmp_path / "after/sign-in-sheet.md").read_text("utf-8")
    blank = runner.invoke(app, ["docs", str(KEPT), "--out", "blank", "--anonymous"])
    assert 0 == blank.exit_code
    assert "21:00" not in (tmp_path / "blank/sign-in-sheet.md").read_text("utf-8")


def test_targets_that_were_set_late_or_changed_say_so(tmp_path: Path) -> None:
    run = table(tmp_path)
    to(run, phases.LEVERS)
    ask(run, CHIEF, StateTargets(Targets({"relief": 5000})))
    ask(run, CHIEF, End("so"))
    ask(run, CHIEF, StateTargets(Targets({"relief": 4000, "neighbour": 3000})))
    run.leave()
    page = markdown(after_action(account_of(read(tmp_path / "run.ttx.toml"))))
    assert "Set during or after play: T1" in page
    assert "Relief of the islands: at least 40 (at least 50)" in page
    assert "Deterrence of the neighbour: at least 30 (none)" in page
    before = markdown(after_action(account_of(read(KEPT))))
    assert "Set during" not in before
    assert "Changed (" not in before


def test_resume_takes_a_sheet_and_a_closed_run_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    part = exercise("tutorial")
    begin(part, seating(part, ""), 3, tmp_path / "run.ttx.toml").leave()
    (tmp_path / "s.csv").write_text("Place,Kobe\n", "utf-8")
    (tmp_path / "bad.csv").write_text("Plaice,Kobe\n", "utf-8")
    runner = CliRunner()
    options = ["resume", "run.ttx.toml", "--plain", "--session"]
    assert isinstance(runner.invoke(app, [*options, "bad.csv"]).exception, ExerciseError)
    runner.invoke(app, [*options, "s.csv"], input="")
    assert "Kobe" == look_at(read(tmp_path / "run.ttx.toml")).game.notebook.particulars.place
    closed = runner.invoke(app, ["resume", str(KEPT), "--plain", "--session", "s.csv"])
    assert closed.exit_code
    assert "ttx report" in closed.output
