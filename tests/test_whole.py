"""Words are whole: what a person must read is never cut while there is room.

Where there is none it carries a sign, and one key shows it whole. Every page is read with every
text of the exercises, with texts that take as much room as any, and in a longer language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.desk import LARGE, MIDDLE, SEED, SMALL, Desk, sit
from kit.footers import FURTHER, KEYS
from kit.room import CHIEF, LEAD, RED
from kit.screens import MOVES, PAGES, POSITIONS, next_command
from kit.shots import hosted, washed
from kit.tables import exercise
from kit.whole import Made, cuts, keyless, sentences_of, texts_of, worst
from pseudo import CODE, Pseudo, exercise_in_pseudo
from rich.cells import cell_len
from rich.text import Text

from ttx import i18n
from ttx.exercise.model.exercise import Exercise
from ttx.session import phases
from ttx.session.attendance import Attendance
from ttx.session.opening import begin
from ttx.session.play_commands import Move
from ttx.session.run import PROJECTOR
from ttx.session.seating import seating
from ttx.session.table import Table
from ttx.tui import flow, paint
from ttx.tui.app import TtxApp
from ttx.tui.cuts import cut_in
from ttx.tui.page import Page
from ttx.tui.region import Box, Region
from ttx.tui.theme import DARK, FULL

pytestmark = pytest.mark.usefixtures("strict", "shelf")

SIZES = (SMALL, MIDDLE, LARGE)
HOSTED = ("excursion", "choosing", "action", "ruling", "overruled", "challenge", "reckoning")
SEATS = {
    **dict.fromkeys(HOSTED, (CHIEF, LEAD, RED, "observer")),
    "washed": (CHIEF, "usfj", "evaluator"),
}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """The sentences that ttx makes while a test runs."""
    return sentences_of(monkeypatch)


@cache
def worded(name: str) -> Exercise:
    """An exercise as it is, with the worst texts, or in the longer language."""
    name, _, how = name.partition(", ")
    part = exercise(name)
    return {"": part, "worst": worst(part), CODE: exercise_in_pseudo(part)}[how]


def at(name: str, until: Callable[[Table], bool]) -> tuple[Table, str]:
    """A position of a run of an exercise, alone at the keyboard."""
    part = worded(name)
    seats = seating(part)
    table = begin(part, seats, SEED, None)
    while not until(table):
        for lever, level in MOVES[name.partition(",")[0]] if in_levers_of_turn_1(table) else ():
            table.submit(seats.seat, Move(lever, level), table.game.entries)
        table.submit(seats.seat, next_command(table, seats.seat), table.game.entries)
    return table, seats.seat


def in_levers_of_turn_1(table: Table) -> bool:
    return table.game.phase == phases.LEVERS and table.game.position.turn == 1


class Reader:
    """Somebody who notes each cut text that has no sign, room beside it, or no key."""

    def __init__(self, part: Exercise, made: Made, language: str = i18n.SOURCE) -> None:
        self.texts, self.made = texts_of(part, language), made
        self.faults: dict[str, None] = {}
        self.cut = 0

    async def look(self, desk: Desk) -> None:
        """Note what is wrong with the page that is shown."""
        found = [*cuts(desk, self.texts | self.made)]
        self.cut += len(found)
        wrong = [part for part in found if part.fault]
        if found:
            wrong += await keyless(desk, found)
        self.made.clear()
        self.faults |= dict.fromkeys(part.told for part in wrong)

    async def walk(self, desk: Desk, keys: Iterable[str]) -> None:
        """Look at each page that keys lead to."""
        await self.look(desk)
        for key in keys:
            await desk.press(key)
            await self.look(desk)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=["80", "120", "200"])
@pytest.mark.parametrize("where", POSITIONS)
@pytest.mark.parametrize("name", ["accelerate", "tutorial", "tutorial, worst"])
async def test_the_words_of_a_run_alone_are_whole(
    name: str, where: str, size: tuple[int, int], made: Made
) -> None:
    table, seat = at(name, POSITIONS[where])
    reader = Reader(table.game.run.exercise, made)
    async with sit(TtxApp(table, seat), size) as desk:
        await reader.walk(desk, PAGES[where])
    assert [*reader.faults] == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
@pytest.mark.parametrize("where", POSITIONS)
async def test_the_words_are_whole_in_a_longer_language(
    where: str, size: tuple[int, int], made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "_CATALOGUES", {CODE: Pseudo()})
    with i18n.reading(CODE):
        table, seat = at(f"tutorial, {CODE}", POSITIONS[where])
        reader = Reader(table.game.run.exercise, made, CODE)
        async with sit(TtxApp(table, seat, CODE), size) as desk:
            await reader.walk(desk, PAGES[where])
    assert [*reader.faults] == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
@pytest.mark.parametrize("name", SEATS)
async def test_the_words_of_every_seat_of_a_hosted_run_are_whole(
    name: str, size: tuple[int, int], tmp_path: Path, made: Made
) -> None:
    table = washed() if name == "washed" else hosted(name, tmp_path).table
    known = [part.id for part in table.game.run.exercise.seat]
    reader = Reader(table.game.run.exercise, made)
    for seat in SEATS[name]:
        app = TtxApp(table, seat, attendance=Attendance([*known, PROJECTOR]))
        async with sit(app, size) as desk:
            for key in KEYS:
                for further in ("", *FURTHER.get(key, "")):
                    await reader.walk(desk, (key, *further))
                    await desk.press("escape", "escape", "escape")
    assert [*reader.faults] == []


# --- the key ---


async def test_the_footer_names_the_key_as_long_as_something_is_cut() -> None:
    table, seat = at("tutorial, worst", POSITIONS["ruling"])
    async with sit(TtxApp(table, seat), SMALL) as desk:
        assert desk.page.cut_regions
        assert "i in full" in desk.foot
        await desk.press("i")
        assert "In full" in desk.rows[1]
        assert not any("…" in row for row in desk.rows)
        await desk.press("escape")
        assert "i in full" in desk.foot


async def test_nothing_is_named_where_nothing_is_cut() -> None:
    table, seat = at("tutorial", POSITIONS["ruling"])
    async with sit(TtxApp(table, seat), LARGE) as desk:
        assert not desk.page.cut_regions
        assert "in full" not in desk.foot
        await desk.press("i")
        assert "Ruling" == desk.where


async def test_below_a_message_stands_what_else_the_table_cuts() -> None:
    table, seat = at("accelerate", POSITIONS["policy"])
    async with sit(TtxApp(table, seat), SMALL) as desk:
        beside = [part.called for part in desk.page.cut_regions]
        assert "clock" in beside
        await desk.press("i")
        shown = [row.plain for row in desk.region("rows")._all]  # type: ignore[attr-defined]
        assert any("ON ITS WAY" in row for row in shown)
        assert not any("…" in row for row in shown)


@pytest.mark.slow
@pytest.mark.parametrize("where", ["policy", "reckoning"])
async def test_the_tool_finds_a_text_that_is_sliced(
    where: str, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a region to leave its last rows out without a word, it would be told."""
    put = Page.put

    def sliced(self: Page, name: str, rows: list[Text]) -> None:
        put(self, name, rows[: max(len(rows) * 2 // 3, 1)] if name in self.REGIONS else rows)

    monkeypatch.setattr(Page, "put", sliced)
    table, seat = at("accelerate", POSITIONS[where])
    reader = Reader(table.game.run.exercise, made)
    async with sit(TtxApp(table, seat), MIDDLE) as desk:
        await reader.look(desk)
    assert any("no sign" in fault for fault in reader.faults)


# --- what words are painted with ---

WORDS = st.lists(st.text("ab言 葉", min_size=1, max_size=12), min_size=1, max_size=8)


@given(WORDS, st.integers(12, 60), st.integers(0, 5))
def test_what_flows_loses_no_word(words: list[str], width: int, hang: int) -> None:
    segs = [(f"{word} ", "bold" if at % 2 else "") for at, word in enumerate(words)]
    rows = flow.flowed(width, segs, hang)
    assert {width} == {row.cell_len for row in rows}
    assert "".join("".join(words).split()) == "".join("".join(r.plain for r in rows).split())
    assert not any(map(cut_in, rows))


@given(WORDS, st.integers(12, 60), st.integers(1, 3))
def test_what_flows_in_few_rows_says_what_it_cut(words: list[str], width: int, most: int) -> None:
    segs = [(f"{word} ", "") for word in words]
    rows = flow.flowed(width, segs, 2, most)
    assert len(rows) <= most
    if len(flow.flowed(width, segs, 2)) > most:
        assert "…" in rows[-1].plain
        whole = " ".join("".join(f"{word} " for word in words).strip().split())
        assert all([whole] == [" ".join(part.split()) for part in cut_in(row)] for row in rows)


@given(
    st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=9), st.integers(12, 40)
)
def test_parts_of_a_row_are_never_broken(parts: list[str], width: int) -> None:
    segs = [[(f" {part}", "")] for part in parts]
    for most in (0, 1, 2):
        rows = flow.listed(width, [("x:", "")], segs, most)
        shown = " ".join(row.plain for row in rows).split()
        assert {width} == {row.cell_len for row in rows}
        kept = [word for word in shown if word not in ("x:", "…")]
        assert parts[: len(kept)] == kept
        assert (len(kept) < len(parts)) == ("…" in shown)


@pytest.mark.parametrize(
    ("more", "last", "cuts_some"),
    [
        ([paint.blank(20), paint.rule(20, DARK, FULL)], "row 2", ""),
        ([paint.line(20, [("row 3", "")])], "row 2 …", "cut"),
    ],
    ids=["blanks", "words"],
)
def test_a_region_says_that_words_have_no_place(
    more: list[Text], last: str, cuts_some: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Region, "ink", property(lambda _: DARK))
    region = Region("text")
    region.place(Box(0, 0, 20, 3))
    region.fill([*(paint.line(20, [(f"row {at}", "")]) for at in range(3)), *more])
    assert ["row 0", "row 1", last] == [row.plain.strip() for row in region.rows]
    assert bool(cuts_some) == region.cuts
    assert more[0].plain == region.given[3].plain


def test_a_cut_cell_is_as_wide_as_any_and_knows_its_whole() -> None:
    for words in ("short", "some long words", "海上自衛隊護衛艦隊"):
        row = paint.line(20, [(paint.cell(words, 8, FULL), ""), ("|", "")])
        assert 8 == cell_len(row.plain.split("|")[0])
        assert ([words] if cell_len(words) > 8 else []) == [*cut_in(row)]
