"""Whole runs through the screens: by keys alone, by mouse alone, left and resumed."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk import MIDDLE, files, only_save, seated, sit, to_the_end

from ttx.session import phases
from ttx.session.events import Answered, Closed, LeversLeft, Moved, Paused, Resumed
from ttx.session.notebook_events import Noted
from ttx.session.record import read
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.usefixtures("strict", "shelf")

ENOUGH = 150
"""Key presses that the flagship may take."""


# --- by keys alone ---


@pytest.mark.slow
async def test_the_tutorial_by_keys_alone(shelf: Path) -> None:  # noqa: PLR0915  # one whole run
    async with sit(TtxApp()) as desk:
        assert desk.where == "Home"
        assert "No saves yet." in desk.shown
        await desk.press("j")
        assert "▸ Tutorial" in desk.shown
        await desk.press("enter")

        # The briefing: four pages and what stands beside them, on and back.
        assert (desk.where, desk.game.phase) == ("Briefing", phases.BRIEFING)
        assert "EXERCISE ONLY - UNCLASSIFIED" in desk.rows[0]
        assert "Move in before the storm, or when it comes?" in desk.shown
        await desk.press("space")
        assert "YOU DECIDE" in desk.shown
        await desk.press("b")
        assert "page 1 of" in desk.shown
        assert read(only_save(shelf)).entries == []
        await desk.press("enter")

        # Levers of turn 1.
        assert (desk.where, desk.game.phase) == ("Table", phases.LEVERS)
        assert [type(e.event).__name__ for e in desk.table.entries] == ["Started", "TurnOpened"]
        await desk.press("s", "2")
        assert "Enter move" in desk.foot
        await desk.press("enter")
        assert "Standing staff in Naha now stands at liaison." in desk.shown
        await desk.press("p", "3")
        assert [(m.lever, m.level) for m in desk.facts(Moved)] == [("standing_staff", "liaison")]
        await desk.press("2", "enter")
        assert [m.lever for m in desk.facts(Moved)] == ["standing_staff", "ports"]
        assert "Enter on to the news" in desk.foot
        for key, words in (("v", "ALL LEVERS"), ("t", "ALL TRACKS"), ("question_mark", "HELP")):
            await desk.press(key)
            assert desk.where in ("Sheet", "Help")
            assert words in desk.shown
            await desk.press("escape")
            assert desk.where == "Table"

        # A note and a pause.
        await desk.press("n")
        await desk.write("as agreed")
        assert "as agreed" in desk.shown
        await desk.press("enter")
        assert "The note is in the record." in desk.shown
        assert desk.facts(Noted) == [Noted("as agreed")]
        await desk.press("n", "x", "escape", "y")  # it asks before it is thrown away
        assert len(desk.facts(Noted)) == 1
        await desk.press("space")
        assert "PAUSED" in desk.rows[1]
        await desk.press("space")
        assert "PAUSED" not in desk.rows[1]
        assert (len(desk.facts(Paused)), len(desk.facts(Resumed))) == (1, 1)
        await desk.press("enter")
        assert len(desk.facts(LeversLeft)) >= 1

        # The first message.
        assert (desk.where, desk.game.phase) == ("Table", phases.DELIBERATION)
        assert "Who answers when the islands ring?" in desk.shown
        await desk.press("i")
        assert "by letter" in desk.shown
        await desk.press("G", "g", "space", "b", "escape")
        await desk.press("r")
        await desk.write("they know us")
        await desk.press("enter", "plus", "e", "1", "2", "enter")
        answers = desk.facts(Answered)
        assert {a.answer.option for a in answers} == {"line_in_tokyo"}
        assert {a.answer.rationale for a in answers} == {"they know us"}
        assert all(a.answer.confidence for a in answers)
        assert all(a.answer.expects == {"neighbour": "restraint"} for a in answers)

        # Its ruling.
        assert (desk.where, desk.game.phase) == ("Ruling", phases.REVIEW)
        assert "One line in Tokyo" in desk.shown
        await desk.press("b")
        assert "WHAT THE INJECT RESTS ON" in desk.shown
        await desk.press("q", "m")
        assert desk.where in ("Sheet", "Help")
        await desk.press("enter")
        assert desk.where == "Ruling"
        await desk.press("enter")

        # The crisis, its clock, and the other screens.
        assert desk.where == "Table"
        await desk.press("o")
        assert "in all" in desk.shown
        assert "window" in desk.shown
        await desk.press("escape")
        for key, where in (("S", "Standing"), ("M", "Theatre"), ("B", "Briefing"), ("T", "Table")):
            await desk.press(key)
            assert desk.where == where
        await desk.press("M", "B", "q")
        assert desk.where == "Table"
        await desk.press("1", "enter")
        assert desk.where == "Ruling"
        await desk.press("o", "escape", "enter")

        # The reckoning, and turn 2.
        assert (desk.where, desk.game.phase) == ("Reckoning", phases.RECKONING)
        await desk.press("1")
        assert "sum" in desk.shown.split()
        await desk.press("escape", "b", "escape", "enter")
        assert desk.game.phase == phases.LEVERS
        assert "T2/2" in desk.rows[1]
        await desk.press("enter", "1", "enter", "enter")
        assert desk.where == "Reckoning"
        assert "To the review" in desk.shown
        await desk.press("enter")

        # The review, to its close.
        assert (desk.where, desk.game.phase) == ("Review", phases.HOTWASH)
        for number in (2, 3, 4, 5, 1):
            await desk.press("l")
            assert f"page {number} of 5" in desk.shown
        await desk.press("S", "q")
        assert desk.where == "Review"
        assert "close the run" in desk.foot
        await desk.press("enter")
        assert desk.game.phase == phases.CLOSED
        assert "The run is closed" in desk.shown
        assert "close the run" not in desk.foot
        record = read(only_save(shelf))
        assert record.entries == desk.table.entries
        assert isinstance(record.entries[-1].event, Closed)
        assert (record.remark, record.read_only) == ("", False)
        assert {a.cell for a in desk.facts(Answered)} == {"us", "japan"}

        # Back at Home the run is in the list, and opens as its review.
        await desk.press("q")
        assert desk.where == "Home"
        assert "closed" in desk.shown
        assert "Enter review" in desk.foot
        await desk.press("enter")
        assert desk.where == "Review"
        await desk.press("pagedown")
        await desk.press("space")  # the seal ends the first page
        assert record.seal in desk.shown
        await desk.press("q", "q")
    assert desk.app.return_code == 0
    assert read(only_save(shelf)) == record


@pytest.mark.slow
async def test_the_flagship_to_its_end_in_few_keys(shelf: Path) -> None:
    async with sit(TtxApp()) as desk:
        await desk.press("enter", "enter")
        await desk.press("p", "3", "enter", "s", "2", "enter")
        await to_the_end(desk)
        assert desk.where == "Review"
        assert desk.keys <= ENOUGH
        assert len(desk.facts(Moved)) == 2
        assert desk.game.position.turn == desk.game.run.exercise.turns.count
        assert "WHAT YOU CHOSE" in desk.shown
        record = read(only_save(shelf))
        assert record.entries == desk.table.entries
        assert record.entries[-1].phase == phases.HOTWASH


async def test_enter_carries_out_what_is_marked() -> None:
    async with sit(seated("tutorial")) as desk:
        await desk.press("enter", "enter", "2", "j")
        marked = next(row for row in desk.rows if row.strip().startswith("▸"))
        assert "Promise it for next year" in marked
        await desk.press("enter")
        assert desk.facts(Answered)[0].answer.option == "after_the_season"


async def test_enter_on_a_closed_option_gives_its_sentence() -> None:
    async with sit(seated("tutorial")) as desk:
        await desk.press("enter", "enter", "2", "1")
        assert "Closed: needs Standing staff in Naha at liaison or more, now none." in desk.shown
        await desk.press("enter")
        assert desk.facts(Answered) == []


async def test_ending_asks_first() -> None:
    async with sit(seated("tutorial")) as desk:
        await desk.press("enter", "E")
        assert "End the exercise here" in desk.shown
        await desk.press("x")
        assert desk.game.phase == phases.LEVERS
        await desk.press("E", "escape", "E", "y")
        assert desk.where == "Review"
        assert desk.game.phase == phases.HOTWASH


# --- left and resumed ---


@pytest.mark.slow
async def test_left_in_the_middle_and_resumed(shelf: Path) -> None:
    async with sit(TtxApp()) as desk:
        await desk.press("j", "enter", "enter", "s", "2", "enter", "enter", "2", "enter", "enter")
        assert desk.game.phase == phases.DELIBERATION
        before, rows = desk.game, desk.rows
        await desk.press("q")
        assert "Leave this run? It is saved and can be resumed." in desk.shown
        await desk.press("escape")
        assert desk.where == "Table"
        await desk.press("q", "y")
        assert desk.where == "Home"
        assert "Enter continue" in desk.foot
        assert "waits at: deliberation" in desk.shown
        await desk.press("tab")
        assert "c continue" in desk.foot
        await desk.press("c")
        assert desk.where == "Table"
        assert desk.game.position == before.position
        assert (desk.game.phase, desk.game.entries) == (before.phase, before.entries)
        assert desk.rows[2:-1] == rows[2:-1]
        await desk.press("2", "enter")
        assert desk.where == "Ruling"
        assert read(only_save(shelf)).entries == desk.table.entries


@pytest.mark.slow
async def test_another_day_another_window(shelf: Path) -> None:
    async with sit(TtxApp()) as desk:
        await desk.press("j", "enter", "enter", "enter", "ctrl+q", "y", "q")
        left = desk.rows
    assert left
    async with sit(TtxApp()) as desk:
        await desk.press("c")
        assert desk.game.phase == phases.DELIBERATION
        await to_the_end(desk)
    assert read(only_save(shelf)).entries[-1].phase == phases.HOTWASH


@pytest.mark.slow
async def test_a_torn_tail_is_said(shelf: Path) -> None:
    path = shelf / "torn.ttx.toml"
    app = seated("tutorial", path)
    async with sit(app) as desk:
        await desk.press("enter", "n", "x", "enter")
        entries = desk.game.entries
        desk.table.leave()
    path.write_bytes(path.read_bytes()[:-20])
    async with sit(TtxApp()) as desk:
        await desk.press("tab", "enter")
        cut = f"The last entry was cut short and set aside; play goes on from entry {entries - 1}."
        assert cut in desk.shown
        assert desk.where == "Table"
        await desk.press("j")
        assert cut not in desk.shown
        await desk.press("enter")
        assert desk.game.phase == phases.DELIBERATION
    assert read(path).remark == ""


@pytest.mark.slow
async def test_a_broken_middle_opens_for_reading(shelf: Path) -> None:
    path = shelf / "broken.ttx.toml"
    async with sit(seated("tutorial", path)) as desk:
        await desk.press("enter", "enter", "2", "enter")
        desk.table.leave()
    data = path.read_bytes()
    at = data.rindex(b"[[event]]")
    at = data.rindex(b"[[event]]", 0, at)
    path.write_bytes(data[: at + 20] + b"?" + data[at + 21 :])
    before = path.read_bytes()
    async with sit(TtxApp(), MIDDLE) as desk:
        await desk.press("tab", "enter")
        assert "Replay works; playing on does not." in desk.shown
        await desk.press("j", "enter")
    assert path.read_bytes() == before


@pytest.mark.slow
async def test_an_example_opens_for_reading(shelf: Path, tmp_path: Path) -> None:
    path = tmp_path / "examples" / "quiet-storm.ttx.toml"
    async with sit(seated("tutorial", path)) as desk:
        await desk.press("enter")
        await to_the_end(desk)
        desk.table.leave()
    before = path.read_bytes()
    path.chmod(0o444)
    async with sit(TtxApp()) as desk:
        assert "quiet storm" in desk.shown
        await desk.press("tab")
        await desk.press("d")
        assert "they stay" in desk.shown
        await desk.press("enter")
        assert desk.where == "Review"
        await desk.press("space", "enter", "n", "x", "enter")
        assert desk.table.save is None
    assert path.read_bytes() == before
    assert files(shelf) == []


async def test_a_save_is_deleted_after_a_question(shelf: Path) -> None:
    async with sit(TtxApp()) as desk:
        await desk.press("j", "enter", "enter", "q", "y", "d")
        assert "Delete tutorial-" in desk.shown
        await desk.press("escape")
        assert len(files(shelf)) == 1
        await desk.press("d", "y")
        assert files(shelf) == []
        assert "No saves yet." in desk.shown
        await desk.press("c")
        assert "No run waits." in desk.shown


# --- by mouse alone ---


@pytest.mark.slow
async def test_the_tutorial_by_mouse_alone(shelf: Path) -> None:  # noqa: PLR0915  # one whole run
    async with sit(TtxApp(), MIDDLE) as desk:

        async def click(words: str, region: str = "") -> None:
            assert await desk.click(words, region), f"'{words}' is not shown on {desk.where}"

        # Home: a click marks, a second one opens.
        await click("Tutorial")
        assert desk.where == "Home"
        assert "▸ Tutorial" in desk.shown
        await click("Tutorial")
        assert desk.where == "Briefing"
        await click("space b page")
        assert "page 2 of" in desk.shown
        await click("THE EVENING")
        assert "page 2 of" in desk.shown
        while "Enter Ready" not in desk.shown:
            await click("space b page")
        await click("Enter Ready")
        assert desk.game.phase == phases.LEVERS

        # Levers: mark, choose, carry out; then on to the news.
        await click("Standing staff in Naha", "list")
        await click("liaison", "text")
        assert desk.facts(Moved) == []
        await click("liaison", "text")
        assert [(m.lever, m.level) for m in desk.facts(Moved)] == [("standing_staff", "liaison")]
        await click("t tracks")
        assert desk.where in ("Sheet", "Help")
        await click("Esc close")
        await click("? help")
        await click("Esc close")
        await click("f forecast")
        await click("q back")
        assert desk.where == "Table"
        await click("S standing")
        await click("M map")
        await click("q back")
        assert desk.where == "Table"
        await click("on to the news")
        assert desk.game.phase == phases.DELIBERATION

        # The message: a click chooses, a second one commits.
        await click("i inject")
        await desk.scroll(1)
        await click("Esc close")
        await click("One line in Tokyo", "options")
        assert desk.facts(Answered) == []
        await click("A desk in Naha", "options")
        assert desk.facts(Answered) == []
        await click("A desk in Naha", "options")
        assert {a.answer.option for a in desk.facts(Answered)} == {"desk_in_naha"}
        assert desk.where == "Ruling"
        await click("Enter Go on")

        # The crisis is closed for an option that nothing opened.
        await click("The ship, straight to the pier", "options")
        why = "Closed: needs Ports opened beforehand at harbour or more, now closed."
        assert why in " ".join(desk.region("options").shown.plain.split())
        await click("The ship, straight to the pier", "options")
        assert desk.where == "Table"
        await click("Wait for the divers", "options")
        await click("Enter commit")
        assert desk.where == "Ruling"
        await click("b basis of a term")
        await click("Esc close")
        await click("Enter Go on")

        # The reckoning: a row opens its terms.
        assert desk.where == "Reckoning"
        await click("1 N Neighbour")
        assert desk.where in ("Sheet", "Help")
        await click("Esc close")
        await click("S standing")
        await click("Relief of the islands")
        assert desk.where in ("Sheet", "Help")
        await click("Esc close")
        await click("T table")
        await click("Enter Next turn")
        await click("on to the news")
        await click("Thank them and go round", "options")
        await click("Thank them and go round", "options")
        await click("Enter Go on")
        await click("Enter To the review")

        # The review, its pages, its close, and out.
        assert desk.where == "Review"
        await click("page 1 of 5")
        assert "page 2 of 5" in desk.shown
        await click("space b page")
        assert "page 3 of 5" in desk.shown
        await click("close the run")
        assert desk.game.phase == phases.CLOSED
        assert read(only_save(shelf)).entries == desk.table.entries
        await click("q leave")
        assert desk.where == "Home"
        await click("T2 of 2")  # the run that was left is marked
        assert desk.where == "Review"
        await click("q leave")
        await click("q quit")
        assert desk.app._exit
    assert desk.keys == 0


async def test_a_run_is_left_and_resumed_by_mouse(shelf: Path) -> None:
    async with sit(TtxApp()) as desk:
        for words in ("Tutorial", "Tutorial", "Enter Ready", "q leave"):
            assert await desk.click(words), words
        assert await desk.click("Esc Go on")
        assert desk.where == "Table"
        for words in ("q leave", "y Leave"):
            assert await desk.click(words), words
        assert desk.where == "Home"
        assert await desk.click("Enter continue")
        assert desk.where == "Table"
        assert desk.game.phase == phases.LEVERS
        assert len(files(shelf)) == 1


async def test_the_map_takes_a_click() -> None:
    """A click on a row of the list marks its inject, a second one opens it."""
    async with sit(seated("tutorial"), MIDDLE) as desk:
        await desk.press("enter", "enter", "2", "enter", "enter", "M")
        assert "DISTANCE FROM J2" in desk.shown
        await desk.click("One telephone number")
        assert "DISTANCE FROM J1" in desk.shown
        await desk.click("One telephone number")
        assert desk.where in ("Sheet", "Help")


@pytest.mark.slow
async def test_the_wheel_scrolls_what_is_under_it() -> None:
    async with sit(seated("tutorial")) as desk:
        await desk.press("question_mark")
        before = desk.rows
        await desk.scroll(1)
        assert desk.rows[5][:-2] == before[8][:-2]  # the bar stays where it is
        await desk.scroll(-1)
        assert desk.rows == before
        await desk.press("escape", "enter")
        marked = desk.rows
        await desk.scroll(1)
        assert desk.rows == marked  # the levels of a lever are no list
        await desk.scroll(1, desk.region("list").area.offset)
        assert desk.rows != marked
