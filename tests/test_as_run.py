"""The list as it was run: every inject with what became of it, for people who score it later."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from kit.person import ttx_
from kit.tables import exercise

from ttx.exercise.msel.sheets.columns import column
from ttx.files import NotWritten
from ttx.report import lists_filed
from ttx.report.aar.account import Account
from ttx.report.as_run import as_run
from ttx.report.filed import account_of
from ttx.report.msel_lines import HEADERS, Line, header, planned
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.automation import draft
from ttx.session.opening import hosted
from ttx.session.play_commands import Continue, Submit
from ttx.session.record import read

SAVES = Path(__file__).parent / "saves"
FACILITATED = SAVES / "format-1-facilitated.ttx.toml"
CONTEXTUAL = SAVES / "format-2-contextual.ttx.toml"


def account(
    save: Path = FACILITATED, zone: str = "Asia/Tokyo", *, anonymous: bool = False
) -> Account:
    made = account_of(read(save), anonymous=anonymous)
    return replace(made, imprint=replace(made.imprint, zone=ZoneInfo(zone)))


def line(lines: list[Line], number: str) -> Line:
    return next(one for one in lines if one.number == number)


@pytest.mark.parametrize("save", sorted(SAVES.glob("*.ttx.toml")), ids=lambda path: path.name)
def test_every_save_has_a_list_with_each_inject_in_it(save: Path) -> None:
    told = account_of(read(save))
    lines = as_run(told)

    played = [number for number, _turn, _slot in told.slots()]
    assert played == [one.played for one in lines if one.played in played and one.expected]
    named = {one.title for one in lines}
    assert {told.title(inject.id) for inject in told.exercise.inject} <= named
    assert all(len(HEADERS) == len(one.cells()) for one in lines)
    assert all(one.status for one in lines)


def test_what_control_did_is_told_with_its_reasons() -> None:
    lines = as_run(account())

    first = line(lines, "15")
    assert "Released although its conditions did not hold: it fits what" in first.reason
    assert "Ruling overruled by Facilitator: the cell convinced me" in first.notes
    assert "Challenged by OSD: half is too little" in first.notes
    assert ("Complete", "Facilitator") == (first.status, first.controller)
    contingency = line(lines, "15c")
    assert contingency.title.startswith("Contingency of 15: ")
    assert lines.index(first) + 1 == lines.index(contingency)
    ad_hoc = line(lines, "a1")
    assert "Written on the spot (ad hoc) by Facilitator." in ad_hoc.notes
    assert "instead of 4 Two minutes over Danjo" in ad_hoc.notes
    assert "Released out of order: nothing of the list tests the press" == ad_hoc.reason
    (deferred,) = (one for one in lines if one.status == "Deferred")
    assert deferred.reason.startswith("Deferred to turn 9 by Facilitator: if there is time")
    (skipped,) = (one for one in lines if one.status == "Skipped")
    assert skipped.reason.startswith("Skipped by Facilitator: ")
    assert "" == skipped.actual


def test_it_says_who_answered_what_and_what_was_carried_out() -> None:
    lines = as_run(account())

    answered = [one for one in lines if one.answered]
    assert answered
    assert all("US: " in one.answered or "Japan" in one.answered for one in answered)
    assert any("Japan (robot): " in one.answered for one in answered)
    assert any("minority" in one.answered for one in answered)
    assert all(one.carried and one.came for one in answered if one.status == "Complete")


def test_times_are_local_and_their_clock_is_named() -> None:
    here = account()
    lines, there = as_run(here), as_run(account(zone="America/New_York"))

    assert "ACTUAL TIME (UTC+09:00 (JST))" in header(here.clock) or "Asia/Tokyo" in str(
        header(here.clock)
    )
    tokyo = datetime.datetime.fromisoformat(lines[0].actual)
    york = datetime.datetime.fromisoformat(there[0].actual)
    assert tokyo - york in (datetime.timedelta(hours=14), datetime.timedelta(hours=13))
    assert [one.actual for one in lines if one.actual] == sorted(
        one.actual for one in lines if one.actual
    )
    done = [one for one in lines if one.status == "Complete" and one.expected]
    assert ["a1"] == [one.number for one in done if not one.planned]


def test_contextual_injects_stand_among_the_others() -> None:
    lines = as_run(account(CONTEXTUAL))

    sent = [one for one in lines if one.number.startswith("m") and one.status == "Complete"]
    assert sent
    assert all("Read by: " in one.notes for one in sent)
    assert any("Written on the spot" in one.notes for one in sent)
    assert all(one.kind.endswith("(contextual)") for one in sent)


def test_anonymous_names_no_office_of_a_player_and_no_time_of_day() -> None:
    told = account(anonymous=True)
    lines = as_run(told)

    words = "\n".join(f"{o.answered}\n{o.notes}\n{o.reason}\n{o.controller}" for o in lines)
    for seat in told.exercise.seat:
        if seat.cell != "control":
            assert f"by {seat.short}" not in words
    assert "Challenged by a US seat" in words
    for one in lines:
        assert not one.actual or one.actual.startswith("+")
        assert not one.planned or one.planned.startswith("+")
    assert ("PLANNED TIME", "ACTUAL TIME") == (header(told.clock)[3], header(told.clock)[13])


def test_the_same_columns_are_there_for_what_is_planned() -> None:
    part = exercise("accelerate")
    lines = planned(part)

    assert [str(n) for n in sorted(i.number for i in part.inject)] == [o.number for o in lines]
    assert all(one.status == "Planned" and one.controller and not one.actual for one in lines)
    assert lines[0].scenario.startswith("T")


def test_the_list_s_own_controller_and_notes_are_kept() -> None:
    part = exercise("tutorial")
    first = part.inject[0].model_copy(update={"controller": "Press cell", "notes": "Ring first."})
    made = part.model_copy(update={"inject": [first, *part.inject[1:]]})

    line_ = planned(made)[0]

    assert ("Press cell", "Ring first.") == (line_.controller, line_.notes)
    assert "Press cell" != planned(made)[1].controller != ""


def test_the_list_s_own_time_is_the_planned_one_and_a_ruling_may_be_proposed(
    tmp_path: Path,
) -> None:
    part = exercise("tutorial")
    times = {"planned": "2027-05-04 09:00"}
    injects = [inject.model_copy(update=times) for inject in part.inject]
    table = hosted(part.model_copy(update={"inject": injects}), {}, 7, tmp_path / "run.ttx.toml")
    leads = [seat.id for seat in part.seat if seat.lead]
    chief = table.game.run.facilitator
    while table.game.phase != phases.ADJUDICATION:
        if table.game.phase == phases.DELIBERATION:
            for lead in leads[:2]:
                table.submit(lead, Submit(Answer(draft(table.game, "steady"))), table.game.entries)
        else:
            table.submit(chief, Continue(), table.game.entries)
    table.leave()

    (first, *_rest) = as_run(account_of(read(tmp_path / "run.ttx.toml")))

    assert ("Injected", "2027-05-04 09:00") == (first.status, first.planned)
    assert first.came.endswith("; proposed, not confirmed")


def test_every_column_has_a_header_of_the_field_or_is_of_a_run_alone() -> None:
    of_a_run = {"AS PLAYED", "ACTUAL TIME", "ANSWERED BY", "ANSWER CARRIED OUT", "WHAT CAME OF IT"}
    unknown = {name for name in HEADERS.values() if column(name) is None}
    assert unknown <= of_a_run | {"REASON", "PLANNED TIME"}


def test_it_is_a_workbook_or_a_csv_and_nothing_else(tmp_path: Path) -> None:
    told = account()
    lists_filed.write_as_run(told, tmp_path / "run.xlsx")
    lists_filed.write_as_run(told, tmp_path / "run.csv")

    book = openpyxl.load_workbook(tmp_path / "run.xlsx")
    assert ["As run", "About"] == book.sheetnames
    rows = [*csv.reader(io.StringIO((tmp_path / "run.csv").read_text("utf-8-sig"), newline=""))]
    sheet = book["As run"]
    assert len(rows) == sheet.max_row == len(as_run(told)) + 1
    assert rows[0] == [cell.value for cell in sheet[1]]
    assert "B2" == sheet.freeze_panes
    assert told.exercise.banner in sheet.oddHeader.center.text
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert told.imprint.seal == about["Seal"]
    stated = account(SAVES / "format-2-stated.ttx.toml")
    lists_filed.write_as_run(stated, tmp_path / "stated.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "stated.xlsx")["About"]
    about = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert stated.game.notebook.particulars.sponsor == about["Sponsor"]
    for name in ("run.ods", "run.xls", "run.html"):
        with pytest.raises(NotWritten, match=r"ends in \.xlsx or \.csv"):
            lists_filed.write_as_run(told, tmp_path / name)


def test_the_verb_tells_an_exercise_from_a_run(tmp_path: Path) -> None:
    out, _ = ttx_("msel", "export", FACILITATED)
    assert "AS PLAYED" in out
    out, _ = ttx_("msel", "export", "tutorial", "--planned")
    assert "AS PLAYED" in out
    assert "Planned" in out
    out, _ = ttx_("msel", "export", "tutorial")
    assert "AS PLAYED" not in out
    _, said = ttx_("msel", "export", FACILITATED, "--planned", code=2)
    assert "--planned is for an exercise" in said
    _, said = ttx_("msel", "export", "tutorial", "--anonymous", code=2)
    assert "--anonymous is for the save of a run" in said
    ttx_("msel", "blank", "--out", tmp_path / "blank.xlsx")
    assert openpyxl.load_workbook(tmp_path / "blank.xlsx")["MSEL"].max_row == 1
    _, said = ttx_("msel", "blank", "--out", tmp_path / "blank.csv", code=2)
    assert "A blank MSEL ends in .xlsx" in said
