"""The evaluation and the hot wash on the screens: keys, words, and nothing typed is lost."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.desk import Desk as Hand
from kit.hosted import CHIEF, ask, option, to
from kit.room import Room, seat_all
from kit.tables import exercise, seated
from kit.wash import PLAN, to_wash

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import IllegalDecision
from ttx.session.events import Closed
from ttx.session.notebook_events import (
    Analysed,
    Assigned,
    CardAdded,
    Observed,
    Planned,
    Rated,
    Settled,
    Voted,
)
from ttx.session.play_commands import Continue, End, Submit
from ttx.session.side_commands import Assign, Observe, PutUp, Rate, Vote
from ttx.session.table import Table
from ttx.session.view.evaluation import evaluation, watched
from ttx.session.view.eye import Eye
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SIZES = (SMALL, MIDDLE, LARGE)
FIRST, SECOND, TIME = "evaluator", "second_evaluator", "decide_in_time"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """The flagship with its first inject on the table."""
    one = Room(tmp_path, exercise("accelerate"))
    to(one.table, phases.DELIBERATION)
    return one


@pytest.fixture
def wash(tmp_path: Path) -> Room:
    """The flagship at its hot wash."""
    one = Room(tmp_path, exercise("accelerate"))
    to(one.table, phases.LEVERS)
    to_wash(one.table)
    return one


def to_the_ruling(room: Room) -> None:
    """Until the ruling is read; the Table is no page of that phase any more."""
    for seat in ("usfj", "kantei"):
        ask(room.table, seat, Submit(Answer(option(room.table, 0))))
    while room.game.phase != phases.REVIEW:
        ask(room.table, CHIEF, Continue())


def refuse_once(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next request of anybody is refused."""
    submit = table.submit

    def refuses(*_: object) -> None:
        monkeypatch.setattr(table, "submit", submit)
        raise IllegalDecision("Not now.")

    monkeypatch.setattr(table, "submit", refuses)


# --- the evaluation ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_an_observation_is_written_against_the_marked_objective(
    size: tuple[int, int], room: Room
) -> None:
    async with sit(room.app(FIRST), size) as hand:
        assert "Table" == hand.where
        await hand.press("V")
        assert "Evaluation" == hand.where
        await hand.press("plus")
        await hand.write("said aloud")
        await hand.press("enter")
        assert "The observation is in the record." in hand.shown
        await hand.press("l", "l", "minus")
        assert "Area for improvement of OSD" in hand.shown
        await hand.write("late")
        await hand.press("enter", "j", "equals_sign")
        await hand.write("quiet")
        await hand.press("enter", "G", "o")
        await hand.write("off the list")
        await hand.press("enter")
        objectives = [one.id for one in room.game.run.exercise.objective]
        assert [
            Observed("strength", "said aloud", objectives[0]),
            Observed("improvement", "late", objectives[0], "osd"),
            Observed("neutral", "quiet", objectives[1]),
            Observed("neutral", "off the list"),
        ] == hand.facts(Observed)
        (stamp, _), *_rest = room.game.notebook.observations
        assert ("1.1", phases.DELIBERATION) == (stamp.number, stamp.phase)


@pytest.mark.parametrize("size", SIZES)
async def test_the_marked_objective_says_what_to_look_for(
    size: tuple[int, int], room: Room
) -> None:
    async with sit(room.app(FIRST), size) as hand:
        await hand.press("V")
        seen = hand.shown
        for _page in range(12):
            await hand.press("pagedown")
            seen += hand.shown
        exercise = room.game.run.exercise
        first = exercise.objective[0]
        tasks = [one.expected_action for one in exercise.inject if one.objectives[0] == first.id]
        for told in (*first.measures, *first.lever_tasks, *tasks):
            assert str(told)[:20] in seen, told


@pytest.mark.slow
async def test_the_marked_objective_is_read_on_from_the_list(room: Room) -> None:
    for number in range(20):
        ask(room.table, FIRST, Observe("strength", f"words {number}", TIME))
    async with sit(room.app(FIRST)) as hand:
        await hand.press("V")
        assert "words 19" not in hand.shown
        for _page in range(12):
            await hand.press("pagedown")
            if "words 19" in hand.shown:
                break
        assert "words 19" in hand.shown
        await hand.press("j")
        assert "words" not in hand.shown
        assert "No observation yet." in hand.shown
        await hand.press("k")
        first = str(room.game.run.exercise.objective[0].text)[:40]
        assert first in hand.region("marked").shown.plain
        assert "words 19" not in hand.shown
        region = hand.region("objectives")
        await hand.point(region.area.x + 5, region.area.y + 2)
        assert "No observation yet." in hand.shown


async def test_what_is_being_written_survives_the_next_phase(room: Room) -> None:
    async with sit(room.app(FIRST)) as hand:
        await hand.press("V", "plus")
        await hand.write("they asked ")
        to_the_ruling(room)
        await hand.settle()
        assert "Evaluation" == hand.where
        await hand.write("first")
        await hand.press("enter")
        assert ["they asked first"] == [one.text for one in hand.facts(Observed)]
        await hand.press("question_mark", "q")
        assert "Evaluation" == hand.where
        await hand.press("q")
        assert "Ruling" == hand.where
        room.ask(CHIEF, Continue())
        await hand.settle()
        assert "Ruling" != hand.where


@pytest.mark.parametrize("key", ["T", "q", "escape", "S"])
async def test_every_way_off_leads_to_the_phase_that_is(key: str, room: Room) -> None:
    async with sit(room.app(FIRST)) as hand:
        await hand.press("V")
        to_the_ruling(room)
        await hand.settle()
        await hand.press(key)
        if key == "S":
            assert "Standing" == hand.where
            await hand.press("q")
        assert "Ruling" == hand.where


async def test_a_refusal_keeps_the_words(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sit(room.app(FIRST)) as hand:
        await hand.press("V", "plus")
        await hand.write("kept")
        refuse_once(room.table, monkeypatch)
        await hand.press("enter")
        assert "Not now." in hand.shown
        assert not hand.facts(Observed)
        await hand.press("enter")
        assert ["kept"] == [one.text for one in hand.facts(Observed)]
        await hand.press("plus")
        assert "kept" not in hand.region("question-line").shown.plain
        await hand.press("escape")


@pytest.mark.parametrize("size", SIZES)
async def test_a_rating_shows_the_doctrines_words_and_needs_what_it_rests_on(
    size: tuple[int, int], room: Room
) -> None:
    ask(room.table, FIRST, Observe("strength", "x", TIME))
    async with sit(room.app(FIRST), size) as hand:
        await hand.press("V", "r")
        assert "Rating" == hand.where
        for words in (
            "Performed without challenges. Targets and critical tasks were",
            "The objective was achieved, but with a negative effect",
            "Not observed.",
        ):
            assert words in hand.shown
        await hand.press("2", "enter")
        assert "A rating needs what it rests on." in hand.shown
        assert not hand.facts(Rated)
        await hand.write("named late")
        await hand.press("enter")
        assert "Evaluation" == hand.where
        assert "Rated: S, performed with some challenges." in hand.shown
        assert [Rated(TIME, "S", "named late")] == hand.facts(Rated)


@pytest.mark.slow
async def test_a_high_rating_without_an_observation_asks_once(room: Room) -> None:
    async with sit(room.app(FIRST)) as hand:
        await hand.press("V", "r", "1")
        assert "No observation here supports P. Rate it all the same? y Rate" in hand.shown
        await hand.press("escape", "1", "y")
        await hand.write("they said so")
        await hand.press("enter")
        assert [Rated(TIME, "P", "they said so")] == hand.facts(Rated)
        await hand.press("r", "4")
        await hand.write("no")
        await hand.press("enter")
        assert ["P", "U"] == [one.rating for one in hand.facts(Rated)]


async def test_the_other_evaluator_reads_it_once_both_have_rated(room: Room) -> None:
    ask(room.table, FIRST, Rate(TIME, "S", "QLEAD"))
    async with sit(room.app(SECOND)) as hand:
        await hand.press("V")
        assert "QLEAD" not in hand.shown
        assert "Evaluator rated it too" in hand.shown
        await hand.press("r", "m")
        await hand.write("QSECOND")
        await hand.press("enter")
        assert "QLEAD" in hand.shown
        assert "The ratings differ." in hand.shown


async def test_the_facilitator_reads_it_and_players_have_no_key(room: Room) -> None:
    ask(room.table, FIRST, Observe("strength", "QSEEN", TIME))
    async with sit(room.app(CHIEF)) as hand:
        await hand.press("V")
        assert "Evaluation" == hand.where
        assert "QSEEN" in hand.shown
        await hand.press("r", "plus", "s")
        assert "Evaluation" == hand.where
        assert "Enter saves" not in hand.shown
    async with sit(room.app("usfj")) as hand:
        await hand.press("V")
        assert "Table" == hand.where


async def test_who_looks_at_a_seats_screen_writes_nothing_there(wash: Room) -> None:
    ask(wash.table, "mofa", PutUp("delta", "two words"))
    app = wash.app(CHIEF)
    async with sit(app) as hand:
        app.shell.preview(FIRST)
        await hand.settle()
        assert "HotWash" == hand.where
        assert "two words" in hand.shown
        await hand.press("plus", "v", "p")
        assert "HotWash" == hand.where
        assert "Enter puts it up" not in hand.shown
        await hand.press("V")
        assert "Evaluation" == hand.where
        for key in ("+ strength", "r rate", "s settle"):
            assert key not in hand.foot
        await hand.press("r", "minus", "s")
        assert "Evaluation" == hand.where
        assert "Enter saves" not in hand.shown
        assert not hand.facts(Voted)


@pytest.mark.slow
async def test_a_difference_is_settled_in_the_open(room: Room) -> None:
    ask(room.table, FIRST, Rate(TIME, "S", "QLEAD"))
    ask(room.table, SECOND, Rate(TIME, "M", "QSECOND"))
    async with AsyncExitStack() as stack:
        at = await seat_all(stack, room, LARGE, (FIRST, SECOND, "usfj"))
        await at.press(FIRST, "V", "s")
        assert "Rating" != at[FIRST].where
        to_wash(room.table)
        await at.settle()
        for seat in (SECOND, "usfj"):
            await at.press(seat, "V")
        assert {SECOND} == at.who_reads("QLEAD") - {FIRST}
        assert "Ratings differ on 1 objective" in at[FIRST].shown
        await at.press(SECOND, "s")
        assert "Evaluation" == at[SECOND].where
        await at.press(FIRST, "s", "m")
        await at.write(FIRST, "bound Tokyo")
        await at.press(FIRST, "enter")
        assert [Settled(TIME, "M", "bound Tokyo")] == at[FIRST].facts(Settled)
        words = "Settled M, performed with major challenges (Evaluator): bound Tokyo"
        assert {FIRST, SECOND, "usfj"} == at.who_reads(words)


# --- the board ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_cards_go_up_by_one_key_and_a_text(size: tuple[int, int], wash: Room) -> None:
    async with sit(wash.app("usfj"), size) as hand:
        assert "HotWash" == hand.where
        assert "The board is empty." in hand.shown
        for key, words in (
            ("plus", "keep"),
            ("minus", "change"),
            ("1", "meant"),
            ("2", "was"),
            ("3", "because"),
            ("4", "then"),
        ):
            await hand.press(key)
            await hand.write(words)
            await hand.press("enter")
            assert words in hand.shown
        assert [
            CardAdded("plus", "keep"),
            CardAdded("delta", "change"),
            CardAdded("planned", "meant"),
            CardAdded("happened", "was"),
            CardAdded("why", "because"),
            CardAdded("next", "then"),
        ] == hand.facts(CardAdded)
        assert "CARD 6 WHAT NEXT USFJ, US" in hand.shown
        await hand.press("k")
        assert "CARD 5 WHY" in hand.shown
        await hand.press("l", "l")
        assert "CARD 1 PLUS" in hand.shown
        await hand.press("n")
        assert "Note" in hand.region("question-line").shown.plain
        await hand.press("escape")


async def test_a_vote_is_given_and_taken_back_and_three_are_all(wash: Room) -> None:
    for words in ("one", "two", "three", "four"):
        ask(wash.table, "mofa", PutUp("delta", words))
    async with sit(wash.app("usfj"), MIDDLE) as hand:
        assert "3 of your votes left" in hand.shown
        await hand.press("v", "j", "v", "j", "v")
        assert "0 of your votes left" in hand.shown
        assert "1 vote, yours" in hand.shown
        await hand.press("j", "v")
        assert "You have given your 3 votes; take one back first." in hand.shown
        await hand.press("k", "v")
        assert "1 of your votes left" in hand.shown
        assert [(1, True), (2, True), (3, True), (3, False)] == [
            (one.card, one.given) for one in hand.facts(Voted)
        ]


@pytest.mark.parametrize("size", SIZES)
async def test_the_mark_stays_on_its_card_however_the_board_is_read(
    size: tuple[int, int], wash: Room
) -> None:
    for number in range(1, 31):
        seat = ("mofa", "osd", "jjoc")[number % 3]
        ask(wash.table, seat, PutUp("delta" if number % 2 else "plus", f"words {number}"))
    ask(wash.table, "usfj", Vote(30))
    async with sit(wash.app("usfj"), size) as hand:
        await hand.press("j", "j", "j")
        (marked,) = [row for row in hand.rows if row.lstrip().startswith("CARD ")]
        for words in ("by votes", "by seat", "by column"):
            await hand.press("o")
            assert words in hand.shown
            assert marked.split("  ")[0] in "\n".join(hand.rows)
            assert "▸" in hand.shown
        ask(wash.table, "osd", PutUp("plus", "one more"))
        await hand.settle()
        assert marked.strip() in "\n".join(hand.rows)
        await hand.press("o", "g")
        assert "CARD 30" in hand.shown
        assert "words 30" in next(row for row in hand.rows if "words" in row)
        assert await hand.click("words 2", "board")
        assert "CARD 2 " in hand.shown
        await hand.press("G")
        assert "CARD 31" in hand.shown


async def test_a_vote_moves_no_card_away_from_under_a_mark(wash: Room) -> None:
    for words in ("one", "two", "three"):
        ask(wash.table, "mofa", PutUp("delta", words))

    def order(hand: Hand) -> list[str]:
        rows = hand.region("board").shown.plain.splitlines()
        return [row.split()[-1] for row in rows if "delta" in row]

    async with sit(wash.app("usfj")) as hand, sit(wash.app("projector")) as wall:
        for one in (hand, wall):
            await one.press("o")
        ask(wash.table, "osd", Vote(3))
        await hand.press("j", "v")
        await wall.settle()
        assert ["one", "two", "three"] == order(hand)
        assert "CARD 2 DELTA" in hand.shown
        assert ["two", "three", "one"] == order(wall)
        await hand.press("o", "o", "o")
        assert ["two", "three", "one"] == order(hand)


async def test_what_is_refused_on_the_board_is_kept(
    wash: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(wash.app("usfj")) as hand:
        await hand.press("minus")
        await hand.write("kept")
        refuse_once(wash.table, monkeypatch)
        await hand.press("enter")
        assert "Not now." in hand.shown
        await hand.press("enter")
        assert [CardAdded("delta", "kept")] == hand.facts(CardAdded)


async def test_the_questions_are_the_facilitators_one_by_one(wash: Room) -> None:
    app = wash.app(CHIEF)
    async with sit(app) as hand:
        await hand.press("W")
        assert "ASK: ASSUMPTION" in hand.shown
        assert "1 of 5" in hand.shown
        await hand.press("enter")
        assert "What was planned: what did each office set out to do" in hand.shown
        await hand.press("b", "b")
        assert "5 of 5" in hand.shown
        await hand.press("q", "W")
        assert "5 of 5" in hand.shown
        assert phases.HOTWASH == wash.game.phase
    async with sit(wash.app("usfj")) as hand:
        await hand.press("enter")
        assert "ASK:" not in hand.shown
        assert phases.HOTWASH == wash.game.phase


async def test_a_click_on_the_question_asks_the_next(wash: Room) -> None:
    async with sit(wash.app(CHIEF)) as hand:
        await hand.press("W")
        assert await hand.click("ASK: ASSUMPTION", "asking")
        assert "2 of 5 Enter next b back" in hand.shown
        x, y = hand.region("asking").area.offset
        await hand.point(x + 40, y)
        assert "2 of 5" in hand.shown
    async with sit(wash.app("usfj")) as hand:
        assert await hand.click("What would you keep", "asking")
        assert "What would you keep" in hand.shown


@pytest.mark.parametrize("size", [MIDDLE, LARGE])
async def test_a_card_beside_others_is_marked_by_a_click(size: tuple[int, int], wash: Room) -> None:
    for column in ("planned", "plus", "delta"):
        ask(wash.table, "mofa", PutUp(column, f"words {column}"))
    async with sit(wash.app("usfj"), size) as hand:
        for number, column in ((3, "delta"), (1, "planned"), (2, "plus")):
            assert await hand.click(f"words {column}", "board")
            assert f"CARD {number} " in hand.shown


async def test_a_long_board_is_paged_and_scrolled(wash: Room) -> None:
    for number in range(1, 31):
        ask(wash.table, "mofa", PutUp("delta", f"words {number}"))
    async with sit(wash.app("usfj")) as hand:
        assert "CARD 1 " in hand.shown
        assert "1 WHAT WAS PLANNED no card " in hand.shown
        await hand.press("pagedown")
        assert "CARD 12 " in hand.shown
        await hand.scroll(1, (10, 10))
        assert "CARD 13 " in hand.shown
        board = hand.region("board")
        row = next(at for at, row in enumerate(board.rows) if "words 5" in row.plain)
        await hand.point(board.area.right - 10, board.area.y + row)
        assert "CARD 5 " in hand.shown


async def test_the_review_is_one_key_away_and_back(wash: Room) -> None:
    async with sit(wash.app("usfj")) as hand:
        for page in ("Review", "HotWash", "Review"):
            await hand.press("W")
            assert page == hand.where
        await hand.press("S", "W")
        assert "HotWash" == hand.where
        wash.ask(CHIEF, Continue())
        await hand.settle()
        assert "Review" == hand.where
        await hand.press("W", "plus", "v")
        assert "HotWash" == hand.where
        assert not hand.facts(CardAdded)


async def test_the_board_comes_back_with_the_connection(wash: Room) -> None:
    async with sit(wash.app("usfj")) as hand:
        await hand.press("W")
        assert "Review" == hand.where
    async with sit(wash.app("usfj", lobby=True)) as hand:
        await hand.press("enter")
        assert "Review" == hand.where
        await hand.press("W")
        assert "HotWash" == hand.where


async def test_alone_the_review_comes_first_and_the_board_is_one_key_away() -> None:
    table = seated("tutorial")
    ask(table, "relief", End())
    async with sit(TtxApp(table, "relief")) as hand:
        assert "Review" == hand.where
        assert "W board" in hand.foot
        await hand.press("W")
        assert "ASK: " in hand.shown
        await hand.press("plus")
        await hand.write("alone")
        await hand.press("enter", "v", "p")
        assert "Plan" in hand.where
        await hand.press("escape", "W", "enter")
        assert "Review" == hand.where
        assert [CardAdded("plus", "alone")] == hand.facts(CardAdded)
        assert 1 == len(hand.facts(Closed))


# --- the plan ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_a_card_becomes_a_row_of_the_plan(size: tuple[int, int], wash: Room) -> None:
    ask(wash.table, "mofa", PutUp("delta", "Nobody could sign."))
    async with sit(wash.app(CHIEF), size) as hand:
        await hand.press("W", "p")
        assert "A ROW OF THE PLAN FOR CARD 1" in hand.shown
        await hand.press("up", "enter")
        assert "Choose the capability and the element first" in hand.shown
        await hand.press("down", "2", "enter")
        await hand.write("Sign at night")
        await hand.press("enter", "1", "enter")
        await hand.write("Cabinet Office")
        await hand.press("enter")
        await hand.write("duty desk")
        await hand.press("enter")
        await hand.write("soon")
        await hand.press("enter")
        assert "'soon' is no date; write it as 2026-03-31." in hand.shown
        assert "done by soon" in hand.shown
        await hand.press("up", *(["backspace"] * 4))
        assert "is no date" not in hand.shown
        await hand.write("2027-03-31")
        await hand.press("enter")
        await hand.write("2028-01-01")
        await hand.press("enter", "enter")
        assert "It would be done before it starts" in hand.shown
        for words in ("Sign at night", "Cabinet Office", "2027-03-31", "2028-01-01"):
            assert words in hand.shown
        assert not hand.facts(Planned)
        await hand.press("up", *(["backspace"] * 10), "enter", "enter")
        assert "Card 1 is a row of the improvement plan; i shows it." in hand.shown
        row = Planned(
            1,
            "coordination",
            "Sign at night",
            "planning",
            "Cabinet Office",
            "2027-03-31",
            "",
            "duty desk",
        )
        assert [row] == hand.facts(Planned)
        await hand.press("i")
        for words in (
            "Sign at night",
            "Cabinet Office, by 2027-03-31 Operational coordination, planning contact: duty desk",
            "area for improvement, card 1: Nobody could sign.",
        ):
            assert words in hand.shown


async def test_a_row_is_changed_in_the_same_form_and_players_only_read_it(wash: Room) -> None:
    ask(wash.table, "mofa", PutUp("delta", "Nobody could sign."))
    ask(wash.table, CHIEF, replace(PLAN, due="2027-03-31"))
    async with sit(wash.app(FIRST)) as hand:
        await hand.press("p", "down")
        await hand.write(" twice")
        await hand.press("ctrl+j")
        assert ["Write the release rules down", "Write the release rules down twice"] == [
            one.action for one in hand.facts(Planned)
        ]
    async with sit(wash.app("usfj")) as hand:
        assert "plan: Write the release rules down twice (USFJ J3, by 2027-03-31)" in hand.shown
        await hand.press("p")
        assert "HotWash" == hand.where
        await hand.press("i")
        assert "1 Write the release rules down twice" in hand.shown


async def test_marks_typed_on_the_board_are_only_text(wash: Room) -> None:
    ask(wash.table, "mofa", PutUp("delta", "[bold]loud[/] \x1b[31mred"))
    async with sit(wash.app("usfj")) as hand:
        assert "[bold]loud[/] [31mred" in hand.shown


# --- what lies behind an observation, the cell that is watched, and rows of observations ---


@pytest.mark.parametrize("size", SIZES)
async def test_an_evaluator_says_what_lies_behind_an_observation(
    size: tuple[int, int], room: Room
) -> None:
    ask(room.table, FIRST, Observe("improvement", "late", TIME))
    async with sit(room.app(FIRST), size) as hand:
        await hand.press("V", "a")
        assert "WHAT LIES BEHIND THIS OBSERVATION" in hand.shown
        await hand.press("ctrl+j")
        assert "The analysis is empty." in hand.shown
        await hand.write("nobody had the task")
        await hand.press("enter")
        await hand.write("annex C")
        await hand.press("ctrl+j")
        seen = hand.shown
        await hand.press("pagedown")
        assert "Analysis: nobody had the task (annex C)" in seen + hand.shown
        entry = room.game.notebook.observations[0][0].n
        assert [Analysed(entry, "nobody had the task", "annex C")] == hand.facts(Analysed)


async def test_of_several_observations_one_is_chosen(room: Room) -> None:
    for words in ("early", "late"):
        ask(room.table, FIRST, Observe("strength", words, TIME))
    async with sit(room.app(FIRST)) as hand:
        await hand.press("V", "a")
        assert "ANALYSE WHICH OBSERVATION" in hand.shown
        await hand.press("2")
        await hand.write("since")
        await hand.press("ctrl+j")
        second = room.game.notebook.observations[1][0].n
        assert [Analysed(second, "since")] == hand.facts(Analysed)


async def test_an_evaluator_says_which_cell_it_watches(room: Room) -> None:
    async with sit(room.app(FIRST), (120, 40)) as hand:
        await hand.press("V")
        assert "c you watch all" in hand.shown
        await hand.press("c")
        assert "c you watch US" in hand.shown
        assert "US leads, your cell" in hand.shown
        assert [Assigned(FIRST, "us")] == hand.facts(Assigned)


@pytest.mark.parametrize("size", SIZES)
async def test_the_desk_says_which_cell_an_evaluator_watches_and_both_read_it(
    size: tuple[int, int], room: Room
) -> None:
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, size, (CHIEF, FIRST, "usfj"))
        await hands.press(CHIEF, "V")
        assert "c cells" in hands[CHIEF].foot
        await hands.press(CHIEF, "c", "1")
        assert "WHAT EVALUATOR WATCHES" in hands[CHIEF].shown
        await hands.press(CHIEF, "2")
        assert [Assigned(FIRST, "japan")] == hands[CHIEF].facts(Assigned)
        assert "Evaluator watches the Japan cell." in hands[CHIEF].shown
        assert {FIRST} == hands.who_reads("You watch the Japan cell from here on.")
        await hands.press(FIRST, "V", "c")
        assert [Assigned(FIRST, "red")] == hands[FIRST].facts(Assigned)[1:]
        await hands.press(CHIEF, "A")
        while "Evaluator: White, watches Red" not in hands[CHIEF].shown:
            before = hands[CHIEF].shown
            await hands.press(CHIEF, "down")
            assert before != hands[CHIEF].shown
        await hands.press(CHIEF, "q", "V", "end")
        await hands.press(FIRST, "full_stop")
        while "Evaluator watches the Red cell." not in hands[CHIEF].shown:
            before = hands[CHIEF].shown
            await hands.press(CHIEF, "pagedown")
            assert before != hands[CHIEF].shown
        assert {FIRST} == {seat for seat in (FIRST, "usfj") if "watch" in hands[seat].shown}


def test_who_watches_what_is_for_evaluators_and_the_desk(room: Room) -> None:
    ask(room.table, CHIEF, Assign(FIRST, "us"))
    seats = [seat.id for seat in room.game.run.exercise.seat]
    told = {seat: [part.told for part in watched(Eye(room.game, seat))] for seat in seats}
    readers = {seat for seat, lines in told.items() if "Evaluator watches the US cell" in lines}
    assert {CHIEF, FIRST} <= readers
    assert not readers & {"usfj", "osd", "kantei", "prc"}
    for seat in ("usfj", FIRST):
        view = evaluation(Eye(room.game, seat))
        assert view is None or not view.assigns


async def test_an_observation_becomes_a_row_of_the_plan(wash: Room) -> None:
    ask(wash.table, FIRST, Observe("improvement", "Nobody could sign.", TIME))
    async with sit(wash.app(FIRST)) as hand:
        await hand.press("V", "p")
        assert "A ROW OF THE PLAN FOR AN OBSERVATION" in hand.shown
        await hand.press("2", "enter")
        await hand.write("Sign at night")
        await hand.press("enter", "1", "enter")
        await hand.write("Cabinet Office")
        await hand.press("enter", "enter")
        await hand.write("2027-03-31")
        await hand.press("ctrl+j")
        assert "It is a row of the improvement plan." in hand.shown
        await hand.press("W", "i")
        assert "area for improvement, observed: Nobody could sign." in hand.shown
