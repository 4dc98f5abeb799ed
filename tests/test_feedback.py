"""The feedback form: handed in at the hot wash, told without authors, closed for good."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.hosted import CHIEF, ask, host, refused, to
from kit.room import LEAD, OTHER, Room, Sitter
from kit.secrecy import texts_in
from kit.tables import exercise
from kit.views import views_of
from kit.wash import to_wash

from ttx.exercise.feedback import questions, statements
from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.plain.sitting import Sitting
from ttx.plain.talk import Talk
from ttx.report import filed
from ttx.report.aar.whole import after_action
from ttx.report.documents import documents
from ttx.report.html import html
from ttx.report.lines import lines_of
from ttx.report.markdown import markdown
from ttx.report.retold import retold
from ttx.session import phases
from ttx.session.attendance import Attendance
from ttx.session.feedback import CloseForm, HandIn
from ttx.session.notebook_events import FedBack, FormClosed, Noted
from ttx.session.opening import look_at
from ttx.session.play_commands import Continue
from ttx.session.record import read
from ttx.session.run import PROJECTOR
from ttx.session.striking import Strike
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.verify import verify
from ttx.session.view import feedback as views
from ttx.session.view.eye import Eye
from ttx.session.view.record import TRUTH, RecordView
from ttx.studies.export.catalogue import TABLES
from ttx.studies.export.source import Source

pytestmark = pytest.mark.usefixtures("strict", "shelf")
QUESTION = "strengths"
CLOSED = "The feedback form is closed; what was handed in stands."


@pytest.fixture
def wash(tmp_path: Path) -> Table:
    """The flagship at its hot wash."""
    table = host(tmp_path)
    to(table, phases.LEVERS)
    to_wash(table)
    return table


def saved(table: Table) -> Path:
    assert table.save is not None
    return table.save.path


def results(table: Table, seat: str = CHIEF) -> views.Results:
    found = views.results(Eye(table.game, seat))
    assert found is not None
    return found


def marked(found: views.Results, name: str) -> views.Marked:
    return next(part for part in found.marked if part.statement.id == name)


# --- what is asked ---


def test_paper_screens_and_results_ask_the_same(wash: Table) -> None:
    made = wash.game.run.exercise
    paper = markdown(documents(made)["feedback-form"]).replace("\\", "")
    view = views.form(Eye(wash.game, "usfj"))
    assert view is not None
    assert (statements(made), questions(made)) == (view.statements, view.questions)
    for part in view.statements:
        assert part.text in paper
    for question in view.questions:
        assert f"## {question.name}\n" in paper
        assert question.ask in paper
    assert [part.id for part in made.objective] == [
        part.id.removeprefix("objective:") for part in view.statements if part.objective
    ]


def own(*asked: tuple[str, str]) -> Exercise:
    data: dict[str, Any] = exercise("tutorial").as_toml()
    data["feedback"] = [
        {"id": f"own{at}", "ask": ask, "answer": answer} for at, (ask, answer) in enumerate(asked)
    ]
    return from_data(data)


def test_an_author_asks_in_place_of_the_standard_set_and_objectives_stay() -> None:
    made = own(("QSTATED.", "scale"), ("QASKED?", "words"))

    assert ["own0"] == [part.id for part in statements(made) if not part.objective]
    assert ["own1"] == [part.id for part in questions(made)]
    assert len(made.objective) == sum(part.objective for part in statements(made))
    for form in (html, markdown):
        paper = form(documents(made)["feedback-form"])
        assert "QSTATED" in paper
        assert "QASKED" in paper
        assert "plausible" not in paper


def test_an_author_may_ask_in_words_alone() -> None:
    made = own(("QASKED?", "words"))

    assert "plausible" in [part.id for part in statements(made)]
    assert ["own0"] == [part.id for part in questions(made)]


# --- handing in ---


def test_every_seat_but_the_rooms_screen_hands_one_in_and_the_last_counts(wash: Table) -> None:
    seats = [part.id for part in wash.game.run.exercise.seat if part.id != PROJECTOR]
    for seat in seats:
        ask(wash, seat, HandIn({"plausible": 1}))
    ask(wash, "usfj", HandIn({"plausible": 5}, {QUESTION: "  QWORDS  "}))
    assert len(seats) == len(wash.game.notebook.forms)
    ask(wash, CHIEF, CloseForm())
    found = results(wash)
    assert ((len(seats) - 1, 0, 0, 0, 1), 0) == (
        marked(found, "plausible").counts,
        marked(found, "plausible").not_seen,
    )
    assert ("QWORDS",) == next(said for asked, said in found.answered if asked.id == QUESTION)


def test_several_observers_hand_in_one_each(wash: Table) -> None:
    ask(wash, "observer", HandIn({"plausible": 1}), HandIn({"plausible": 3}))
    ask(wash, CHIEF, CloseForm())
    assert (1, 0, 1, 0, 0) == marked(results(wash), "plausible").counts


def test_what_no_form_can_hold_is_refused(wash: Table) -> None:
    for command, words in (
        (HandIn(), "The form is empty; mark or answer something first."),
        (HandIn({}, {QUESTION: "  "}), "The form is empty; mark or answer something first."),
        (HandIn({"plausible": 6}), "A mark is 1 to 5, or 0 for not seen."),
        (HandIn({"plausible": -1}), "A mark is 1 to 5, or 0 for not seen."),
        (HandIn({"nothing": 1}), "The form does not ask 'nothing'."),
        (HandIn({}, {"plausible": "x"}), "The form does not ask 'plausible'."),
    ):
        assert words == refused(wash, "usfj", command)


def test_it_is_for_the_hot_wash_and_until_it_is_closed(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    assert "The feedback form is for the hot wash." == refused(
        table, "usfj", HandIn({"plausible": 1})
    )
    assert views.form(Eye(table.game, "usfj")) is None
    to_wash(table)
    ask(table, "usfj", HandIn({"plausible": 1}))
    kept = table.entries[-1].n
    for seat in ("usfj", "evaluator"):
        assert refused(table, seat, CloseForm())
    ask(table, CHIEF, CloseForm())
    for command in (HandIn({"plausible": 2}), Strike(kept)):
        assert CLOSED == refused(table, "usfj", command)
    assert CLOSED == refused(table, CHIEF, CloseForm())


def test_it_is_struck_by_its_own_seat_and_corrected_by_filling_it_in_again(wash: Table) -> None:
    ask(wash, "usfj", HandIn({"plausible": 1}))
    entry = wash.entries[-1].n
    assert "Only who wrote it can strike or correct it." == refused(wash, "osd", Strike(entry))
    assert "A feedback form is corrected by filling it in again." == refused(
        wash, "usfj", Strike(entry, "better")
    )
    ask(wash, "usfj", Strike(entry))
    assert [] == wash.game.notebook.forms
    ask(wash, "usfj", HandIn({"plausible": 2}))
    assert [{"plausible": 2}] == [form.marks for _stamp, form in wash.game.notebook.forms]


def test_medians_are_told_and_nothing_where_nobody_marked(wash: Table) -> None:
    for seat, mark in (("usfj", 2), ("osd", 5), ("kantei", 4), ("mofa", 1)):
        ask(wash, seat, HandIn({"plausible": mark, "organised": 0}))
    ask(wash, CHIEF, CloseForm())
    found = results(wash)
    assert ("3", "", 4) == (
        marked(found, "plausible").middle,
        marked(found, "organised").middle,
        marked(found, "organised").not_seen,
    )


# --- who reads what ---


def filled(table: Table) -> None:
    """Each seat says something that no other says."""
    for seat in table.game.run.exercise.seat:
        ask(table, seat.id, HandIn({"plausible": 3}, {QUESTION: f"Zsaid{seat.id}Z"}))


def test_nobody_reads_the_form_of_another_and_results_name_nobody(wash: Table) -> None:
    filled(wash)
    seats = [part.id for part in wash.game.run.exercise.seat]
    for closed in (False, True):
        if closed:
            ask(wash, CHIEF, CloseForm())
        timeline = Timeline(wash.game.run, wash.entries)
        for seat in (*seats, PROJECTOR, TRUTH):
            view = RecordView(timeline, seat)
            shown = "\n".join(view.line(n, timeline.last).what for n in view.seen(timeline.last))
            shown += "\n".join(lines_of(retold(timeline, seat)))
            if seat != TRUTH:
                shown += "\n".join(texts_in(views_of(wash.game, seat)))
            assert "Zsaid" not in shown, (seat, closed)
            read_of = {
                timeline.entries[n - 1].by
                for n in view.seen(timeline.last)
                if n and isinstance(timeline.entries[n - 1].event, FedBack)
            }
            assert seat == TRUTH or {seat} >= read_of


def test_results_open_once_nothing_can_be_changed_and_to_control_alone(wash: Table) -> None:
    filled(wash)
    players = ("usfj", "osd", "kantei", "prc", "observer")
    for seat in (*players, CHIEF, "evaluator", "*"):
        assert views.results(Eye(wash.game, seat)) is None
    ask(wash, CHIEF, CloseForm())
    for seat in players:
        assert views.results(Eye(wash.game, seat)) is None
    for seat in (CHIEF, "evaluator", "*"):
        assert len(wash.game.run.exercise.seat) == results(wash, seat).forms


def test_answers_come_by_the_alphabet_so_that_their_order_tells_nothing(wash: Table) -> None:
    for seat, words in (("usfj", "Zulu"), ("osd", "alpha"), ("kantei", "Mike")):
        ask(wash, seat, HandIn({}, {QUESTION: words}))
    ask(wash, CHIEF, CloseForm())
    said = next(said for asked, said in results(wash).answered if asked.id == QUESTION)
    assert ("alpha", "Mike", "Zulu") == said


@pytest.mark.parametrize("anonymous", [False, True])
def test_the_report_tells_what_all_said_and_never_who(wash: Table, *, anonymous: bool) -> None:
    filled(wash)

    def told() -> str:
        return markdown(after_action(filed.account_of(read(saved(wash)), anonymous=anonymous)))

    assert "## Feedback\n" in told()
    assert "Zsaid" not in told()
    ask(wash, CHIEF, CloseForm())
    page = told()
    for seat in wash.game.run.exercise.seat:
        assert f"Zsaid{seat.id}Z" in page
    part = page.partition("## Feedback\n")[2].partition("\n## ")[0]
    part = re.sub("Zsaid[a-z_]+Z", "", part)
    assert not [
        seat.short for seat in wash.game.run.exercise.seat if re.search(rf"\b{seat.short}\b", part)
    ]


def test_a_form_that_was_never_closed_is_told_once_the_run_is(wash: Table) -> None:
    ask(wash, "usfj", HandIn({"plausible": 4}))
    ask(wash, CHIEF, Continue())
    assert phases.CLOSED == wash.game.phase
    assert 1 == results(wash).forms


def test_tables_to_take_away_name_nobody(wash: Table) -> None:
    filled(wash)
    ask(wash, CHIEF, CloseForm())
    record = read(saved(wash))
    made = Source("run", record, look_at(record).timeline)
    tables = {table.name: table for table in TABLES}
    words = tables["feedback_words"].filled([made])
    assert len(wash.game.run.exercise.seat) == len(words)
    marks = {row[1]: row for row in tables["feedback_marks"].filled([made])}
    assert len(wash.game.run.exercise.seat) == marks["plausible"][6]
    for name, table in tables.items():
        if name != "feedback_words":
            assert "Zsaid" not in repr(table.filled([made])), name
    for table in (tables["feedback_words"], tables["feedback_marks"]):
        assert not {"by", "cell", "seat"} & {column.name for column in table.columns}


def test_it_outlives_a_resume_and_can_be_verified(wash: Table) -> None:
    filled(wash)
    ask(wash, CHIEF, CloseForm())
    assert [] == [check for check in verify(saved(wash)) if check.holds is False]
    again = look_at(read(saved(wash)))
    assert wash.game.notebook.forms == again.game.notebook.forms


# --- in plain lines ---


def typed(table: Table, seat: str, *lines: str) -> str:
    said: list[str] = []
    here = Attendance([part.id for part in table.game.run.exercise.seat])
    talk = Talk(Sitting(table, seat, said.append, attendance=here))
    talk.begin()
    for line in lines:
        talk.typed(line)
    return " ".join(" ".join(said).split())


def test_it_is_filled_in_and_closed_in_plain_lines(wash: Table) -> None:
    made = wash.game.run.exercise
    marks = ["4", "9", *("" for _rest in statements(made))]
    marks.remove("9")
    said = typed(wash, "usfj", "feedback", *marks[:-1], "All of it.", *("" for _ in range(4)), "y")
    assert "The record keeps your form under your seat" in said
    assert "Your form is handed in" in said
    ((_stamp, form),) = wash.game.notebook.forms
    assert ({"organised": 4}, {QUESTION: "All of it."}) == (form.marks, form.answers)
    keep = ["" for _rest in (*statements(made), *questions(made))]
    typed(wash, "usfj", "feedback", "2", *keep[1:], "y")
    ((_stamp, form),) = wash.game.notebook.forms
    assert ({"organised": 2}, {QUESTION: "All of it."}) == (form.marks, form.answers)
    assert "Whoever holds the pace closes" in typed(wash, "usfj", "feedback close")
    said = typed(wash, CHIEF, "feedback close", "y", "feedback")
    assert FormClosed() == wash.entries[-1].event
    assert "All of it." in said
    assert "the report tells what all said" in typed(wash, "usfj", "feedback")


def test_leaving_it_hands_nothing_in(wash: Table) -> None:
    made = wash.game.run.exercise
    keep = ["" for _rest in (*statements(made), *questions(made))]
    assert "Nothing was handed in; feedback goes on from here" in typed(
        wash, "usfj", "feedback", "1", *keep[1:], "n"
    )
    assert [] == wash.game.notebook.forms


# --- on the screens ---


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """The tutorial at its hot wash."""
    one = Room(tmp_path)
    to(one.table, phases.LEVERS)
    to_wash(one.table)
    return one


def closings(room: Room) -> int:
    return sum(isinstance(entry.event, FormClosed) for entry in room.table.entries)


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_a_seat_fills_it_in_and_changes_it(room: Room, size: tuple[int, int]) -> None:
    made = room.game.run.exercise
    async with sit(room.app(LEAD), size) as hand:
        await hand.press("f")
        assert "FEEDBACK FORM" in hand.shown
        assert "1 I disagree entirely, 5 I agree entirely" in hand.shown
        await hand.press("4", "tab", "6", "tab")
        for _rest in statements(made)[2:]:
            await hand.press("tab")
        await hand.press(*"All of it, at 5.", "ctrl+j")
        left = f"{len(statements(made)) - 2} statements have no mark"
        assert f"Hand it in as it is? {left} and {len(questions(made)) - 1}" in hand.shown
        assert [] == room.game.notebook.forms
        await hand.press("y")
        assert "Your form is handed in" in hand.shown
        ((_stamp, form),) = room.game.notebook.forms
        assert {"organised": 4, "plausible": 0} == form.marks
        assert {QUESTION: "All of it, at 5."} == form.answers
        await hand.press("f", "2", "ctrl+j", "y")
        ((_stamp, form),) = room.game.notebook.forms
        assert {"organised": 2, "plausible": 0} == form.marks


def seated_at(room: Room, *seats: str) -> None:
    for seat in seats:
        room.attendance.connect(seat, Sitter())


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_the_desk_sees_forms_come_in_and_whose_are_still_out(
    room: Room, size: tuple[int, int]
) -> None:
    seated_at(room, LEAD, OTHER, CHIEF, PROJECTOR)
    async with sit(room.app(CHIEF), size) as hand, sit(room.app(OTHER), size) as other:
        assert "Control" == hand.where
        assert "0 feedback forms are in. Still out: Relief staff and Tokyo desk." in hand.shown
        assert "Questions are offered here" not in hand.shown
        room.ask(LEAD, HandIn({"plausible": 4}, {QUESTION: "QSAID"}))
        await hand.settle()
        await other.settle()
        assert "1 feedback form is in. Still out: Tokyo desk." in hand.shown
        assert "QSAID" not in hand.shown
        assert "Still out" not in other.shown
        await hand.press("W")
        assert "f F form, close it" in hand.foot
        await hand.press("F")
        assert "1 form was handed in. Still out: Tokyo desk." in hand.shown
        await hand.press("y", "q")
        assert "The feedback form is closed; the hot wash has what it came to." in hand.shown
        room.ask(CHIEF, Continue())
        await hand.settle()
        assert "FEEDBACK FORM" not in hand.shown


def test_only_exercise_control_is_told_whose_forms_are_out(wash: Table) -> None:
    here = [part.id for part in wash.game.run.exercise.seat]
    for seat in (*here, PROJECTOR):
        told = views.coming_in(Eye(wash.game, seat), here)
        assert bool(told) == (seat == CHIEF), seat
    ask(wash, "usfj", HandIn({}, {QUESTION: "QSAID"}))
    told = views.coming_in(Eye(wash.game, CHIEF), ["usfj", "kantei"])
    assert "1 feedback form is in. Still out: Kantei." == told
    ask(wash, CHIEF, CloseForm())
    assert "" == views.coming_in(Eye(wash.game, CHIEF), here)


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_what_was_typed_before_it_was_closed_is_still_there_to_read_and_to_keep(
    room: Room, size: tuple[int, int]
) -> None:
    async with sit(room.app(LEAD), size) as hand:
        await hand.press("f", "4")
        for _rest in statements(room.game.run.exercise):
            await hand.press("tab")
        await hand.write("I typed this")
        room.ask(CHIEF, CloseForm())
        await hand.settle()
        assert "The feedback form is closed; what was handed in stands." in hand.shown
        assert "I typed this" in hand.shown
        assert "hand it in" not in hand.foot
        await hand.write(" and SENT")  # what is typed on does nothing that nobody meant
        assert "I typed this" in hand.shown
        await hand.press("enter", "escape")
        assert "Your form" not in hand.shown
        await hand.press("f")
        assert "I typed this" in hand.shown
        await hand.press("n", "enter")
        (note,) = [entry.event for entry in room.table.entries if isinstance(entry.event, Noted)]
        assert "I typed this" in note.text
        assert [] == room.game.notebook.forms


@pytest.mark.slow
async def test_a_form_handed_in_elsewhere_shows_what_was_handed_in_last(room: Room) -> None:
    room.ask(LEAD, HandIn({"organised": 4}))
    async with sit(room.app(LEAD), MIDDLE) as hand:
        await hand.press("f", "tab", "2", "escape")
        room.ask(LEAD, HandIn({"organised": 5}))  # in plain lines, at the same seat
        await hand.press("f", "ctrl+j", "y")
    (form,) = [form.marks for _stamp, form in room.game.notebook.forms]
    assert {"organised": 5, "plausible": 2} == form


@pytest.mark.slow
async def test_what_is_typed_outlives_a_dropped_connection(room: Room) -> None:
    async with sit(room.app(LEAD), MIDDLE) as hand:
        await hand.press("f", "4")
    assert [] == room.game.notebook.forms
    async with sit(room.app(LEAD), MIDDLE) as hand:
        if "FEEDBACK FORM" not in hand.shown:
            await hand.press("f")
        await hand.press("ctrl+j", "y")
    assert [{"organised": 4}] == [form.marks for _stamp, form in room.game.notebook.forms]


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_control_closes_it_after_a_question_and_reads_what_it_came_to(
    room: Room, size: tuple[int, int]
) -> None:
    room.ask(LEAD, HandIn({"plausible": 4}, {QUESTION: "QSAID"}))
    room.ask(OTHER, HandIn({"plausible": 1}))
    async with sit(room.app(OTHER), size) as other:
        await other.press("F")
        assert not closings(room)
        async with sit(room.app(CHIEF), size) as hand:
            await hand.press("W", "F")
            assert "2 forms were handed in" in hand.shown
            assert "Still out" not in hand.shown
            await hand.press("n")
            assert not closings(room)
            await hand.press("F", "y")
            assert 1 == closings(room)
            await hand.press("f")
            assert "2.5" in hand.shown
            while "QSAID" not in hand.shown:
                before = hand.shown
                await hand.press("space")
                assert before != hand.shown
        await other.press("f")
        assert "QSAID" not in other.shown
        assert "the report tells what all said" in other.shown


@pytest.mark.slow
async def test_a_form_that_lies_open_says_that_it_was_closed(room: Room) -> None:
    async with sit(room.app(LEAD), MIDDLE) as hand:
        await hand.press("f", "4")
        room.ask(CHIEF, CloseForm())
        await hand.settle()
        assert "The feedback form is closed; what was handed in stands." in hand.shown


@pytest.mark.parametrize("anonymous", [False, True])
def test_entries_to_take_away_say_that_a_form_was_handed_in_and_no_word_of_it(
    wash: Table, *, anonymous: bool
) -> None:
    filled(wash)
    record = read(saved(wash))
    made = Source("run", record, look_at(record).timeline, anonymous)
    told = [made.told(entry) for entry in made.timeline.entries]
    assert any(isinstance(entry.event, FedBack) for entry in told)
    assert "Zsaid" not in repr(told)
