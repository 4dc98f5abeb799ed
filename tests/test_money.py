"""What money comes to, what a move opens, closes and leaves, and what turns the posture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from kit.desk import MIDDLE, SMALL, sit
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, Room, choosing, deputed
from kit.screens import MOVES, POSITIONS, at
from kit.tables import exercise, leads, seated, until
from kit.views import ask

from ttx.exercise.load import from_data
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.opening import begin
from ttx.session.play_commands import Continue, LeaveLevers, Move
from ttx.session.seating import Seating
from ttx.session.table import Table
from ttx.session.view.eye import Eye
from ttx.session.view.levers import levers
from ttx.session.view.money import MoneyView, below_zero, forecast, money, sentences
from ttx.session.view.moves import move
from ttx.session.view.notices import notices, waiting
from ttx.session.view.posture import sentence, set_up, turned_now
from ttx.tui.screens.table import TableScreen


def opened(name: str = "tutorial", **money: int) -> Table:
    """An exercise in its first turn, with other numbers of its money."""
    data: dict[str, Any] = exercise(name).as_toml()
    purse = next(part for part in data["budget"] if part["kind"] == "money")
    purse.update(money)
    table = begin(from_data(data), Seating({}, ""), 1, None)
    assert until(table, phases.LEVERS)
    return table


def eye_of(table: Table) -> Eye:
    return Eye(table.game, leads(table.game.run)[0])


def on(table: Table) -> None:
    """Take the reckoning as it is."""
    ask(table, leads(table.game.run)[0], Continue())


def view_of(table: Table, **moved: str) -> MoneyView:
    made = money(eye_of(table), **moved)
    assert made is not None
    return made


def holding(game: Game, budgets: Mapping[str, int]) -> Game:
    """The same game with other budgets."""
    tables = game.run.tables
    have = list(game.position.budgets)
    for name, count in budgets.items():
        have[tables.budget[name]] = count
    return replace(game, position=replace(game.position, budgets=tuple(have)))


def test_the_forecast_is_what_the_turns_come_to_where_nothing_else_moves() -> None:
    table = opened()
    view = view_of(table)
    # 4 at the start and 10 at the opening; the levers of the start take nothing.
    assert (14, 10, 0) == (view.have, view.income, view.upkeep)
    assert (14, 24) == view.ends  # of two turns
    for end in view.ends:
        assert until(table, phases.RECKONING)
        on(table)
        done = [turn.end for turn in table.game.turns if turn.end is not None]
        assert end == done[-1].budgets[0]


def test_it_ends_with_the_first_turn_below_zero() -> None:
    table = opened(start=-15)
    view = view_of(table)
    assert (-5,) == view.ends
    assert "after this turn below zero" == forecast(view)
    track = exercise("tutorial").tracks["supplies"].short
    assert f"Below zero: {track} -4 each turn, and no lever can be raised." == below_zero(view)
    assert not view_of(opened()).short


def test_a_level_that_is_only_marked_counts() -> None:
    table = opened("accelerate")
    held, crash = view_of(table), view_of(table, lever="pace", level="crash")
    assert crash.upkeep - held.upkeep == 96 - 30
    assert crash.ends[0] - held.ends[0] == 30 - 96


def test_more_than_the_cap_is_not_foreseen() -> None:
    assert (20, 20) == view_of(opened(cap=20, start=20)).ends


def test_every_budget_has_a_paragraph() -> None:
    view = eye_of(opened("accelerate"))
    written = sentences(view)
    assert ["Money", "Staff time", "Consent", "Yen"] == [part.split(":")[0] for part in written]
    assert "At most 150 is kept" in written[0]
    assert "Below zero: US funding -2, US munitions -1.5 each turn" in written[0]
    assert "Lowering a lever takes 1." in written[1]
    assert "The lead of Japan has to agree" in written[2]


def test_nobody_outside_the_alliance_reads_it() -> None:
    table = seated("accelerate")
    eye = Eye(table.game, "prc")
    assert (None, ()) == (money(eye), sentences(eye))
    assert ("", "", "") == (set_up(eye), sentence(eye), turned_now(eye))


@pytest.mark.parametrize(
    ("lever", "level", "why"),
    [
        ("pace", "crash", "Closed: needs money at 0 or more, now -14 and "),
        (
            "hns",
            "firewall",
            "Closed: needs money at 0 or more, as any raise does, also one that is free; now -14",
        ),
        (
            "hns",
            "link",
            "Closed: needs money at 0 or more, as any raise does, also one that brings some; now",
        ),
    ],
)
def test_a_raise_that_costs_no_money_says_why_debt_closes_it(
    lever: str, level: str, why: str
) -> None:
    game = holding(opened("accelerate").game, {"money": -14, "staff_time": 4})
    view = next(part for part in levers(Eye(game, leads(game.run)[0])) if part.id == lever)
    closed = next(part.closed for part in view.levels if part.id == level)
    assert closed.startswith(why)


def test_a_move_says_what_it_leaves_and_what_it_closes_and_opens() -> None:
    game = holding(opened("accelerate").game, {"staff_time": 9, "consent": 9})
    eye = Eye(game, leads(game.run)[0])
    cell = move(eye, "standing_staff", "cell")
    assert ("staff time 7", "consent 8") == cell.leaves
    assert (
        "Site of the headquarters at split",
        "Site of the headquarters at mobile",
    ) == cell.opens
    assert () == cell.closes
    assert "It leaves staff time 7 and consent 8. It opens Site" in cell.sentence
    hold = move(eye, "pace", "hold")
    assert ("Rank of the commander at four star",) == hold.closes
    assert "It closes Rank of the commander at four star." in hold.sentence


def test_a_move_that_leads_below_zero_warns() -> None:
    game = holding(opened("accelerate").game, {"money": 20, "staff_time": 9, "consent": 9})
    eye = Eye(game, leads(game.run)[0])
    assert move(eye, "pace", "crash").warning.startswith("Money: after this turn below zero. Below")
    assert "" == move(eye, "pace", "hold").warning


def test_the_posture_says_what_would_turn_it() -> None:
    table = opened()
    eye = eye_of(table)
    names = eye.names.postures
    assert f"set up: {names['B']}" == set_up(eye)
    assert (
        f"You are set up: {names['B']}. It turns to '{names['A']}' with "
        "Standing staff in Naha at liaison or more, now none."
    ) == sentence(eye)


def test_that_the_posture_has_turned_is_known_from_the_close_of_the_levers() -> None:
    table = opened()
    seat = leads(table.game.run)[0]
    assert until(table, phases.RECKONING)
    on(table)
    assert phases.LEVERS == table.game.phase
    ask(table, seat, Move("standing_staff", "liaison"))
    assert "" == turned_now(Eye(table.game, seat))
    ask(table, seat, LeaveLevers())
    names = Eye(table.game, seat).names.postures
    assert turned_now(Eye(table.game, seat)).startswith(
        f"You are set up otherwise from here on: '{names['A']}', no longer '{names['B']}'."
        " Answers carry now: "
    )


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
async def test_the_forecast_stands_on_the_table_and_follows_the_mark(size: tuple[int, int]) -> None:
    app = at("accelerate", POSITIONS["levers, turn 2"], MOVES["accelerate"])
    async with sit(app, size) as desk:
        page = desk.page
        assert isinstance(page, TableScreen)
        view = money(page.eye)
        assert view is not None
        assert forecast(view) in " ".join(desk.shown.split())
        lever = page.hand.lever
        assert lever is not None
        level = next(at for at, part in enumerate(lever.levels) if not (part.held or part.closed))
        await desk.press(str(level + 1))
        with_it = money(page.eye, lever.id, lever.levels[level].id)
        assert with_it is not None
        assert with_it != view
        where = "held" if size == MIDDLE else "list"
        assert forecast(with_it) in " ".join(desk.region(where).shown.plain.split())
        assert "It leaves" in desk.shown


async def test_the_whole_message_says_why_an_answer_carries_as_it_does() -> None:
    app = at("accelerate", POSITIONS["policy"], MOVES["accelerate"])
    async with sit(app, SMALL) as desk:
        await desk.press("i", "G")
        assert "You are set up: staff or authority still short." in desk.shown
        assert "forward: half; Tokyo leads: in full" in desk.shown


async def test_the_page_of_levers_explains_budgets_posture_and_minutes() -> None:
    app = at("accelerate", POSITIONS["levers, turn 2"], MOVES["accelerate"])
    async with sit(app, (120, 60)) as desk:
        await desk.press("v")
        shown = " ".join(desk.shown.split())
        assert "At most 150 is kept at the end of a turn." in shown
        assert "You are set up: " in shown
        assert "do not add up from level to level" in shown


async def test_the_seats_that_answer_are_told_that_the_posture_has_turned(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(lambda game: game.phase == phases.LEVERS and len(game.turns) == 2)
    room.ask(LEAD, Move("standing_staff", "liaison"))
    room.to(lambda game: game.phase != phases.LEVERS)

    for seat in (LEAD, MEMBER, OTHER):
        standing = [notice.words for notice in waiting(Eye(room.game, seat))]
        assert any(words.startswith("You are set up otherwise") for words in standing)
    for seat in (CHIEF, RED):
        assert not any("set up" in notice.words for notice in notices(Eye(room.game, seat)))


def test_the_cells_are_told_that_money_is_below_zero_before_levers_are_moved(
    tmp_path: Path,
) -> None:
    data: dict[str, Any] = deputed().as_toml()
    next(part for part in data["budget"] if part["kind"] == "money").update(start=-15)
    room = Room(tmp_path, from_data(data))
    room.to(lambda game: game.phase == phases.LEVERS)

    for seat in (LEAD, OTHER):
        words = [notice.words for notice in waiting(Eye(room.game, seat))]
        assert any(part.startswith("Money stands at -5. Below zero: ") for part in words)
    assert not any("Money" in notice.words for notice in notices(Eye(room.game, RED)))
    room.to(choosing)
    assert not any("Money" in notice.words for notice in waiting(Eye(room.game, LEAD)))
