"""Compare at every size: nothing lost, nothing that jumps, and every key."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from kit.compared import alone, changed, finish, of, of_first, on
from kit.desk import LARGE, MIDDLE, SMALL, Desk, sit
from kit.screens import SIZES, look, places
from kit.tables import seated

from ttx.analysis.compare import place
from ttx.analysis.compared_runs import ComparedRun
from ttx.analysis.rows import Status
from ttx.analysis.score_differences import AtEnd, Input
from ttx.tui.app import TtxApp
from ttx.tui.screens.compare import CompareScreen

pytestmark = pytest.mark.usefixtures("strict", "shelf")

ALL = (SMALL, MIDDLE, LARGE)
KEYS = ("n", "n", "N", "G", "g", "pagedown", "j", "k", "x", "enter", "escape", "tab", "7", "escape")


def app(a: ComparedRun, b: ComparedRun) -> TtxApp:
    """Screens that show nothing but a comparison."""
    return TtxApp(initial_page=CompareScreen(a, b))


def usual() -> TtxApp:
    """Two runs of the flagship's first edition, which stay what they are."""
    return app(of_first("accelerated"), of_first("phased"))


def page(desk: Desk) -> CompareScreen:
    assert isinstance(desk.page, CompareScreen)
    return desk.page


def end(desk: Desk) -> AtEnd:
    """The end of the marked turn."""
    at_end = page(desk).end
    assert at_end is not None
    return at_end


def region(desk: Desk, name: str) -> list[str]:
    """The rows of a region, as they are shown."""
    box = desk.region(name)
    assert box.display, f"{name} is hidden"
    return box.shown.plain.splitlines()


def steps(desk: Desk) -> list[str]:
    """The rows of the list of turns, below the head and without the bar."""
    shown = region(desk, "turns")
    head = next((at for at, row in enumerate(shown, 1) if row.lstrip().startswith("turn ")), 0)
    return [row[:-1].rstrip() for row in shown[head:]]


def flat(desk: Desk, name: str) -> str:
    return " ".join(" ".join(region(desk, name)).split())


def elsewhere() -> ComparedRun:
    def renamed(data: dict[str, object]) -> None:
        data["id"], data["title"] = "elsewhere", "Elsewhere"

    return on(changed(renamed))


PAIRS: dict[str, Callable[[], TtxApp]] = {
    "same dice": lambda: app(alone("accelerated"), alone("phased")),
    "different dice": lambda: app(alone("hawaii", 2), alone("accelerated")),
    "one run twice": lambda: app(alone("phased"), alone("phased")),
    "tutorial": lambda: app(alone("eager", 1, "tutorial"), alone("steady", 1, "tutorial")),
    "two exercises": lambda: app(alone("steady", 1, "tutorial"), elsewhere()),
    "nothing played": lambda: app(of(seated("tutorial"), "new"), of(seated("tutorial"), "newer")),
}


@pytest.mark.slow
@pytest.mark.parametrize("pair", list(PAIRS))
async def test_every_size_has_room_for_everything(pair: str, faults: dict[str, None]) -> None:
    for size in SIZES if pair == "same dice" else (SMALL, MIDDLE):
        async with sit(PAIRS[pair](), size) as desk:
            look(desk, faults)
            for key in KEYS:
                await desk.press(key)
                look(desk, faults)
            await desk.press("tab")
            look(desk, faults)
    assert [*faults] == []


@pytest.mark.slow
@pytest.mark.parametrize("size", ALL)
async def test_every_turn_has_room_for_what_carried_it(
    size: tuple[int, int], faults: dict[str, None]
) -> None:
    for a, b in ((("accelerated", 1), ("phased", 1)), (("hawaii", 2), ("keep", 1))):
        async with sit(app(alone(*a), alone(*b)), size) as desk:
            if size == SMALL:
                await desk.press("tab")
            await desk.press("g")
            made = page(desk).made
            for _ in made.rows:
                look(desk, faults)
                told = flat(desk, "carried")
                assert "For A:" in told
                assert "For B:" in told
                assert end(desk).weighed in told
                await desk.press("j")
    assert [*faults] == []


# What it says


@pytest.mark.slow
@pytest.mark.parametrize("size", ALL)
async def test_it_opens_at_the_first_difference(size: tuple[int, int]) -> None:
    async with sit(app(of_first("accelerated"), of_first("staff_first")), size) as desk:
        made = page(desk).made
        assert page(desk).marked == made.first
        assert f"first difference: {place(made.rows[made.first])}" in flat(desk, "turns")
        (row,) = [row for row in steps(desk) if "▸" in row]
        assert "FIRST" in row
        assert "same dice" in desk.rows[1]
        assert "structured judgement, not prediction" in desk.rows[1]


@pytest.mark.parametrize("size", ALL)
async def test_equal_rows_have_ditto_marks_and_say_so(size: tuple[int, int]) -> None:
    async with sit(usual(), size) as desk:
        row = next(row for row in steps(desk) if "The savings slide" in row)
        assert "Wait for Congress" in row
        assert 1 == row.count('"')
        assert row.endswith("same")
        timed = next(row for row in steps(desk) if "Eighty-five hours" in row)
        assert (1 if size == SMALL else 2) == timed.count('"')


@pytest.mark.slow
@pytest.mark.parametrize("size", ALL)
async def test_the_marked_row_is_told_in_full(size: tuple[int, int]) -> None:
    async with sit(usual(), size) as desk:
        made = page(desk).made
        for row in made.rows:
            mine, yours = region(desk, "strip")
            assert mine.lstrip().startswith("A ")
            assert yours.lstrip().startswith("B ")
            for done, told in ((row.a, mine), (row.b, yours)):
                if done is None:
                    assert "no inject" in told
                elif len(done.said) < 60:
                    assert done.said in told
                    assert done.word in told
            await desk.press("j")


@pytest.mark.slow
@pytest.mark.parametrize("size", ALL)
async def test_every_row_can_be_reached_and_is_shown_where_it_is_marked(
    size: tuple[int, int],
) -> None:
    async with sit(usual(), size) as desk:
        made = page(desk).made
        await desk.press("g")
        seen = []
        for row in made.rows:
            shown = steps(desk)
            (at,) = [at for at, told in enumerate(shown) if "▸" in told]
            last = len(made.rows) - 1 - page(desk).marked
            assert min(last, 2) <= len(shown) - 1 - at, "what follows is in sight"
            here = shown[at]
            assert here.startswith(f"▸T{row.turn} ")
            seen.append(here)
            await desk.press("j")
        assert len(made.rows) == len(seen)
        assert 0 == page(desk).marked, "behind the last comes the first"
        await desk.press("g")
        assert "▸" in steps(desk)[0]


async def test_columns_stand_under_their_heads() -> None:
    async with sit(usual(), MIDDLE) as desk:
        heads = next(row for row in region(desk, "turns") if "inject" in row)
        row = next(row for row in steps(desk) if "Eighty-five hours" in row)
        assert heads.index("inject") == row.index("Eighty-five")
        assert heads.index("A answered") == row.index("Leave it")
        assert heads.index("timing") == row.index("in time")
        assert heads.index("B answered") == row.index('"')
        scores = region(desk, "scores")
        assert scores[0].index("A-B") + 3 == scores[2].index("-1.49") + 5
        assert scores[0].rindex("0", 0, scores[0].index("+10")) == scores[2].index("|")


@pytest.mark.parametrize("size", ALL)
async def test_scores_follow_the_marked_turn(size: tuple[int, int]) -> None:
    async with sit(usual(), size) as desk:
        made = page(desk).made
        if size == SMALL:
            await desk.press("tab")
        for key, turn in (("g", 1), ("G", 10)):
            await desk.press(key)
            told = region(desk, "scores")
            assert f"SCORES AT THE END OF T{turn} " in told[0]
            for gap in made.turns[turn - 1].differences:
                assert gap.apart is not None
                row = next(row for row in told if gap.name in row or gap.short in row)
                assert f"{gap.a / 100:.2f}" in row
                assert f"{gap.b / 100:.2f}" in row
                assert f"{gap.apart / 100:+.2f}" in row
                assert gap.verdict.words in row
            assert f"UP TO T{turn} " in region(desk, "carried")[0]
        assert "A faster" in told[-1]


async def test_a_bar_lies_on_the_side_of_the_higher_score() -> None:
    async with sit(usual(), MIDDLE) as desk:
        await desk.press("G")
        told = {row[2:12]: row for row in region(desk, "scores")[2:]}
        assert "|▆" in told["Operationa"]
        assert re.search(r"<▆+\|", told["Cost and p"]), "cut beyond ten points, to the left"
        assert "▆" not in told["Alliance c"].partition("|")[2]


@pytest.mark.parametrize("size", ALL)
async def test_what_is_not_like_for_like_is_said_without_a_key(size: tuple[int, int]) -> None:
    async with sit(PAIRS["different dice"](), size) as desk:
        assert "The dice differ (seeds 2 and 1)" in flat(desk, "remarks")
        assert "not the work of the decisions alone." in flat(desk, "remarks")
        assert "different dice" in desk.rows[1]
    async with sit(PAIRS["two exercises"](), size) as desk:
        assert "Two different exercises" in flat(desk, "remarks")
        assert "not compared" in flat(desk, "turns")


async def test_many_remarks_are_counted_and_stand_behind_a_key() -> None:
    def more(data: dict[str, object]) -> None:
        scores = data["score"]
        assert isinstance(scores, list)
        for at, word in enumerate(("relief", "means"), start=1):
            scores[at]["id"] = f"{word}-2"

    b = on(changed(more), 3)
    async with sit(app(alone("keep", 1, "tutorial"), b), SMALL) as desk:
        assert "more rows of remarks behind r" in region(desk, "remarks")[-1]
        await desk.press("r")
        for words in ("The exercise was changed", "Left out in full", "The dice differ"):
            assert words in desk.shown
        await desk.press("escape")
        assert await desk.click("rows of remarks behind r", "remarks")
        assert "Left out in full" in desk.shown


async def test_a_second_answer_says_so() -> None:
    table = finish(seated("tutorial", seed=5))
    known = frozenset(
        (turn.opened.turn, slot.released.inject) for turn in table.game.turns for slot in turn.slots
    )
    again = of(table, "again")
    again = replace(again, game=replace(again.game, known=known))
    async with sit(app(of(finish(seated("tutorial", seed=5)), "first"), again), MIDDLE) as desk:
        assert "B answered again with knowledge of what came" in flat(desk, "remarks")
        at = next(at for at, row in enumerate(page(desk).made.rows) if row.b and row.b.again)
        page(desk).list("turns").mark(str(at))
        page(desk).paint()
        mine, yours = region(desk, "strip")
        assert "again, with knowledge" in yours
        assert "again" not in mine


async def test_heads_say_who_played_what() -> None:
    async with sit(usual(), MIDDLE) as desk:
        a, b = flat(desk, "head-a"), flat(desk, "head-b")
        assert "robot accelerated seed 1 seal acce lera 10 of 10 turns" in a
        assert "Pace of the stand-up: accelerated throughout" in a
        assert "robot phased" in b
        assert "Standing staff in Japan: none T1, liaison T2 to T6, cell T7 on" in b
    async with sit(usual(), SMALL) as desk:
        assert "seed 1 robot accelerated 10 of 10 turns" in flat(desk, "head-a")
        await desk.press("space")
        assert "Standing staff in Japan: none T1, liaison T2 to T6, cell T7 on" in flat(
            desk, "courses"
        )


# Keys


@pytest.mark.slow
@pytest.mark.parametrize("size", ALL)
async def test_n_goes_from_difference_to_difference(size: tuple[int, int]) -> None:
    async with sit(usual(), size) as desk:
        made = page(desk).made
        differ = [at for at, row in enumerate(made.rows) if not row.same]
        assert differ[0] == page(desk).marked
        for at in differ[1:]:
            await desk.press("n")
            assert at == page(desk).marked
        await desk.press("n")
        assert differ[-1] == page(desk).marked
        assert "No difference after this row." in desk.shown
        for at in differ[-2::-1]:
            await desk.press("N")
            assert at == page(desk).marked


@pytest.mark.parametrize("size", ALL)
async def test_swap_turns_the_sides_round(size: tuple[int, int]) -> None:
    async with sit(usual(), size) as desk:
        before = desk.rows
        heads = flat(desk, "head-a"), flat(desk, "head-b")
        await desk.press("x")
        assert heads[1][2:] == flat(desk, "head-a")[2:]
        assert heads[0][2:] == flat(desk, "head-b")[2:]
        mine, yours = region(desk, "strip")
        assert "no move" in mine
        assert "Pace of the stand-up accelerated, Standing staff in Japan liaison" in yours
        await desk.press("x")
        assert before == desk.rows


@pytest.mark.slow
async def test_enter_opens_both_beside_each_other_or_one_after_the_other() -> None:
    for size in (SMALL, MIDDLE):
        async with sit(usual(), size) as desk:
            await desk.press("g", *["j"] * 9)
            assert Status.ANSWER == page(desk).made.rows[page(desk).marked].status
            await desk.press("enter")
            assert "Both at T3, crisis" in desk.rows[1]
            first = next(row for row in desk.rows if "In time, 1 h 56 to spare." in row)
            assert ("In time, 1 h 58 to spare." in first) == (size == MIDDLE)
            if size == SMALL:
                await desk.press("space")
                assert "In time, 1 h 58 to spare." in desk.shown
            assert "gain +6 x 4/4 x 4/4" in desk.shown
            await desk.press("escape")
            assert "Compare" == desk.where


async def test_enter_on_levers_says_what_they_bought() -> None:
    async with sit(usual(), MIDDLE) as desk:
        await desk.press("enter")
        assert "Pace of the stand-up from phased to accelerated" in desk.shown
        assert "18 min less on" in desk.shown
        assert "No move." in desk.shown


@pytest.mark.slow
@pytest.mark.parametrize("size", ALL)
async def test_a_digit_opens_a_score_whose_inputs_add_up(size: tuple[int, int]) -> None:
    async with sit(usual(), size) as desk:
        await desk.press("G")
        made = page(desk).made
        for number, gap in enumerate(made.turns[-1].differences, start=1):
            await desk.press(str(number))
            assert f"{gap.name}, T10" in desk.rows[1]
            seen = dict.fromkeys(desk.rows)
            for _ in range(4):
                await desk.press("space")
                seen |= dict.fromkeys(desk.rows)
            booked = {}
            for row in seen:
                found = re.search(r"^ +(\S.*?) +[\d,.]+ +[\d,.]+ +[+-][\d,.]+ +([+-][\d.]+)", row)
                if found:
                    booked[found[1]] = round(float(found[2]) * 100)
            assert {one.name: one.by for one in gap.inputs} == booked
            assert sum(booked.values()) == gap.apart
            assert re.search(
                rf"A less B +{re.escape(f'{(gap.apart or 0) / 100:+.2f}')}", "\n".join(seen)
            )
            await desk.press("escape")


async def test_money_is_told_in_whole_units() -> None:
    async with sit(usual(), MIDDLE) as desk:
        await desk.press("G", "7")
        row = next(row for row in desk.rows if "Money spent" in row)
        (spent,) = [one for one in page_inputs(desk) if one.money]
        assert f"{spent.b:,}" in row
        assert f"{spent.a - spent.b:+,}" in row


def page_inputs(desk: Desk) -> tuple[Input, ...]:
    (found,) = [one for one in desk.app.screen_stack if isinstance(one, CompareScreen)]
    return found.made.turns[-1].differences[6].inputs


async def test_where_the_exercise_differs_a_score_has_no_terms() -> None:
    async with sit(PAIRS["two exercises"](), SMALL) as desk:
        await desk.press("1")
        assert "Compare" == desk.where
        assert "The exercise differs" in desk.shown


@pytest.mark.slow
async def test_turns_and_scores_take_turns_on_a_narrow_screen() -> None:
    async with sit(usual(), SMALL) as desk:
        assert "SCORES AT" not in desk.shown
        for key in ("tab", "space"):
            await desk.press(key)
            assert "SCORES AT THE END OF T1" in desk.shown
            assert "TURN BY TURN" not in desk.shown
            await desk.press(key)
            assert "TURN BY TURN" in desk.shown
    async with sit(usual(), MIDDLE) as desk:
        before = desk.rows
        await desk.press("tab", "space")
        assert before == desk.rows


@pytest.mark.parametrize("size", ALL)
async def test_nothing_jumps(size: tuple[int, int]) -> None:
    async with sit(usual(), size) as desk:
        before = places(desk)
        for key in ("j", "n", "G", "x", "g", "pagedown", "k", "N"):
            await desk.press(key)
            assert before == places(desk)


@pytest.mark.slow
async def test_a_resized_comparison_is_the_same_as_a_fresh_one() -> None:
    seen = {}
    for size in SIZES:
        async with sit(usual(), size) as desk:
            seen[size] = desk.rows
    async with sit(usual(), (100, 30)) as desk:
        for size in (*SIZES, *SIZES[-2::-1]):
            await desk.resize(*size)
            assert seen[size] == desk.rows


@pytest.mark.slow
async def test_leaving_goes_back_or_out() -> None:
    async with sit(usual(), SMALL) as desk:
        assert "q quit" in desk.foot
        await desk.press("escape")
        assert "Compare" == desk.where
        await desk.press("q")
        assert desk.app._exit
    async with sit(TtxApp(), SMALL) as desk:
        desk.app.shell.open(CompareScreen(alone("phased"), alone("keep")))
        await desk.settle()
        assert "q back" in desk.foot
        await desk.press("q")
        assert "Home" == desk.where


def test_runs_with_nothing_in_common_are_refused_before_anything_is_shown() -> None:
    with pytest.raises(ValueError, match="no score in common"):
        CompareScreen(alone("phased"), alone("keep", 1, "tutorial"))


# Mouse


@pytest.mark.parametrize("size", ALL)
async def test_a_click_marks_and_a_second_one_opens(size: tuple[int, int]) -> None:
    async with sit(usual(), size) as desk:
        assert await desk.click("The savings slide", "turns")
        row = page(desk).made.rows[page(desk).marked]
        assert "The savings slide" == row.title
        assert await desk.click("The savings slide", "turns")
        assert "Both at T2, policy" in desk.rows[1]
        await desk.press("escape")
        if size == SMALL:
            await desk.press("tab")
        assert await desk.click("Alliance cohesion", "scores")
        assert "Alliance cohesion, T2" in desk.rows[1]


async def test_a_click_beside_the_scores_opens_nothing() -> None:
    async with sit(usual(), MIDDLE) as desk:
        for words in ("SCORES AT THE END", "Reference clock"):
            assert await desk.click(words, "scores")
            assert "Compare" == desk.where
    async with sit(usual(), LARGE) as desk:
        assert await desk.click("4 Cohesion", "courses")
        assert "Alliance cohesion, T1" in desk.rows[1]


@pytest.mark.parametrize("size", ALL)
async def test_a_click_on_the_marked_row_in_full_words_opens_both(size: tuple[int, int]) -> None:
    async with sit(usual(), size) as desk:
        assert await desk.click("B no move", "strip")
        assert "Both at T1, levers" in desk.rows[1]


async def test_scores_alone_keep_the_marked_row_in_sight_and_its_keys() -> None:
    async with sit(usual(), SMALL) as desk:
        await desk.press("tab")
        (row,) = region(desk, "turns")
        assert row.startswith("▸T1 ")
        await desk.press("pagedown", "G")
        (row,) = region(desk, "turns")
        assert row.startswith("▸T10 ")
        await desk.press("tab")
        assert steps(desk)[-1].startswith("▸T10 "), "and it is marked where all turns are shown"


async def test_the_wheel_moves_the_mark() -> None:
    async with sit(usual(), SMALL) as desk:
        await desk.scroll(1)
        assert 1 == page(desk).marked
        await desk.scroll(-1)
        assert 0 == page(desk).marked


# Colours, glyphs and hostile words


async def test_words_stand_beside_every_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit(usual(), MIDDLE) as desk:
        await desk.press("G")
        for word in ("A better", "B better", "no clear difference", "A faster", "in time"):
            assert word in desk.shown
        assert " A accelerated-1" in desk.shown
        assert " B phased-1" in desk.shown


@pytest.mark.slow
async def test_plain_glyphs_are_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTX_GLYPHS", "ascii")
    for size in ALL:
        async with sit(usual(), size) as desk:
            for key in ("n", "tab", "1", "escape", "enter"):
                await desk.press(key)
                assert "".join(desk.rows).isascii(), f"{size} after {key}"


async def test_names_of_files_are_never_markup() -> None:
    bad = replace(alone("phased"), name="[red]x[/red]\x1b[31m\u202ename")
    async with sit(app(bad, alone("keep")), MIDDLE) as desk:
        assert "[red]x[/red]" in desk.shown
        assert "\x1b" not in "".join(desk.rows)
        assert "\u202e" not in "".join(desk.rows)
