"""Lists, scrolled regions, tables and places: what every page is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import pytest
from kit.desk import MIDDLE, SMALL, Desk, sit
from rich.cells import cell_len
from rich.text import Text

from ttx.tui import paint
from ttx.tui.app import TtxApp
from ttx.tui.keys import Keymap
from ttx.tui.page import Page
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.list import ListRegion
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.parts.table import Column, Table
from ttx.tui.region import Box, Region
from ttx.tui.theme import INKS, glyphs

pytestmark = pytest.mark.usefixtures("strict")


class Two(Page):
    """A list of forty, another of three, and ninety rows to scroll."""

    REGIONS: ClassVar[tuple[str, ...]] = ("many", "few", "text")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {
        "many": ListRegion,
        "few": ListRegion,
        "text": ScrollRegion,
    }

    def __init__(self) -> None:
        super().__init__()
        self.items = [f"item {n}" for n in range(40)]
        self.chosen: list[str] = []
        self.moved: list[str] = []

    def plan(self) -> dict[str, Box]:
        return boxes(column(row(Cell("many"), 2, Cell("few"), size=10), 1, Cell("text")), self.body)

    def draw(self) -> None:
        def drawn(key: str, marked: bool) -> Sequence[Text]:  # noqa: FBT001  # as a list asks for it
            return [Text(f"{'>' if marked else ' '} {key}", end="")]

        self.put_list("many", self.items, drawn, [Text("MANY", end="")])
        self.put_list("few", ["a", "b", "c"], drawn)
        self.put_scroll("text", [Text(f"row {n}", end="") for n in range(90)])

    def on_list_region_chosen(self, message: ListRegion.Chosen) -> None:
        self.chosen.append(str(self.list(message.region).marked))

    def on_scroll_region_moved(self, message: ScrollRegion.Moved) -> None:
        self.moved.append(message.region)


def page(desk: Desk) -> Two:
    assert isinstance(desk.page, Two)
    return desk.page


async def test_keys_move_the_mark_and_the_mark_stays_in_sight() -> None:
    async with sit(TtxApp(initial_page=Two()), SMALL) as desk:
        many = page(desk).list("many")
        assert "item 0" == many.marked
        assert "> item 0" in desk.shown
        for key, marked in (
            ("j", "item 1"),
            ("down", "item 2"),
            ("k", "item 1"),
            ("G", "item 39"),
            ("j", "item 0"),
            ("k", "item 39"),
            ("home", "item 0"),
            ("pagedown", "item 8"),
            ("pagedown", "item 16"),
            ("pageup", "item 8"),
            ("end", "item 39"),
            ("g", "item 0"),
        ):
            await desk.press(key)
            assert marked == many.marked, key
            assert f"> {marked}" in desk.shown, key
            assert "MANY" in desk.shown


async def test_a_click_marks_and_a_second_one_chooses() -> None:
    async with sit(TtxApp(initial_page=Two()), SMALL) as desk:
        await desk.click("item 3")
        assert ("item 3", []) == (page(desk).list("many").marked, page(desk).chosen)
        await desk.click("item 3")
        assert ["item 3"] == page(desk).chosen
        # A click into the other list brings the keys there, and chooses nothing.
        await desk.click("> a", "few")
        assert ["item 3"] == page(desk).chosen
        await desk.press("j")
        assert ("item 3", "b") == (
            page(desk).list("many").marked,
            page(desk).list("few").marked,
        )
        await desk.click("> b", "few")
        assert ["item 3", "b"] == page(desk).chosen


async def test_tab_goes_from_part_to_part() -> None:
    async with sit(TtxApp(initial_page=Two()), SMALL) as desk:
        for name in ("many", "few", "text", "many"):
            assert page(desk).regions[name].has_focus
            await desk.press("tab")


async def test_the_mark_stays_on_its_item_wherever_that_goes() -> None:
    async with sit(TtxApp(initial_page=Two()), SMALL) as desk:
        await desk.press("G", "k")
        many = page(desk).list("many")
        page(desk).items = ["new", *page(desk).items]
        page(desk).paint()
        assert ("item 38", 39) == (many.marked, many.at)
        page(desk).items = ["item 7"]
        page(desk).paint()
        assert ("item 7", 0) == (many.marked, many.at)
        page(desk).items = []
        page(desk).paint()
        assert many.marked is None
        await desk.press("j", "G", "pagedown")
        assert many.marked is None


class OneRow(ListRegion[str]):
    """Its items are of one row, and two of them stay in sight round the marked one."""

    SPARED: ClassVar[int] = 2
    TALL: ClassVar[int] = 1


class Long(Two):
    """The list of forty says how tall an item is, and remembers what it drew."""

    PARTS: ClassVar[Mapping[str, type[Region]]] = {**Two.PARTS, "many": OneRow}

    def draw(self) -> None:
        super().draw()
        self.drawn: list[str] = []

        def drawn(key: str, marked: bool) -> Sequence[Text]:  # noqa: FBT001  # as a list asks for it
            self.drawn.append(key)
            return [Text(f"{'>' if marked else ' '} {key}", end="")]

        self.put_list("many", self.items, drawn, [Text("MANY", end="")])


async def test_where_items_are_of_one_height_only_those_in_sight_are_drawn() -> None:
    async with sit(TtxApp(initial_page=Long()), SMALL) as desk:
        long = page(desk)
        assert isinstance(long, Long)
        for keys, first, last in (((), 0, 8), (("j",) * 7, 1, 9), (("G",), 31, 39)):
            await desk.press(*keys)
            shown = [n for n in range(40) if f" item {n} " in f"{desk.shown} "]
            assert [*range(first, last + 1)] == shown
            assert {f"item {n}" for n in shown} <= {*long.drawn}
            assert len(long.drawn) <= len(shown) + 1


async def test_the_wheel_stops_at_the_ends() -> None:
    async with sit(TtxApp(initial_page=Two()), SMALL) as desk:
        many, text = page(desk).list("many"), page(desk).regions["text"]
        x, y = many.area.offset
        await desk.scroll(-1, (x + 3, y + 3))
        assert "item 0" == many.marked
        await desk.scroll(1, (x + 3, y + 3))
        assert "item 1" == many.marked
        await desk.scroll(1, (text.area.x, text.area.y))
        assert "row 3" == text.row(0).plain


async def test_a_scrolled_region_pages_and_its_bar_is_dragged() -> None:
    async with sit(TtxApp(initial_page=Two()), SMALL) as desk:
        text = page(desk).regions["text"]
        assert isinstance(text, ScrollRegion)
        assert text.box is not None
        text.focus()
        tall = text.box.height
        await desk.press("pagedown")
        assert f"row {tall - 1}" == text.row(0).plain
        await desk.press("end")
        assert "row 89" == text.row(tall - 1).plain
        assert f"{91 - tall} to 90 of 90" == text.extent
        x, y = text.area.right - 1, text.area.y
        assert glyphs().bar == desk.rows[y + tall - 1][x]
        await desk.point(x, y)
        assert "row 0" == text.row(0).plain
        assert glyphs().bar == desk.rows[y][x]
        assert ["text"] * 3 == page(desk).moved
        await desk.press("pageup", "g")  # it is at the top already
        assert ["text"] * 3 == page(desk).moved


def test_a_table_has_one_head_and_cuts_with_a_sign() -> None:
    ink, signs = INKS["ttx-dark"], glyphs()
    columns = [Column("inject", 8), Column("min", 6, "right"), Column("remark")]
    table = Table(columns, 24, signs)
    assert "inject    min remark    " == table.head(ink).plain
    cells = [("a long name", ""), ("7", ""), ("nobody said why", "")]
    shown = table.row(cells).plain
    assert 24 == cell_len(shown)
    assert f"a long{signs.cut}     7 nobody s{signs.cut}" == shown.rstrip()


@pytest.mark.parametrize("make", [column, row])
def test_parts_take_what_is_asked_and_share_the_rest(make: Callable[..., object]) -> None:
    plan = make(Cell("a", 3), 1, Cell("b"), Cell("c"), None)
    places = boxes(plan, Box(10, 20, 15, 15))  # type: ignore[arg-type]  # either makes a part
    sizes = {name: box.height if make is column else box.width for name, box in places.items()}
    assert {"a": 3, "b": 6, "c": 5} == sizes
    first = {name: box.y - 20 if make is column else box.x - 10 for name, box in places.items()}
    assert {"a": 0, "b": 4, "c": 10} == first


def test_what_has_no_room_is_nowhere() -> None:
    places = boxes(column(Cell("a", 3), Cell("b", 5), Cell("c")), Box(0, 0, 10, 5))
    assert {"a": Box(0, 0, 10, 3), "b": Box(0, 3, 10, 2)} == places


async def test_keys_are_said_once_and_can_be_given_anew() -> None:
    async with sit(TtxApp(initial_page=Two()), MIDDLE) as desk:
        keymap = page(desk).keymap
        assert ("j k", "?", "j-k") == (
            keymap.shown("down up"),
            keymap.shown("help"),
            keymap.shown("down..up"),
        )
        rebound = Keymap([page(desk)], {"help": "f1"})
        assert "f1" == rebound.shown("help")


def test_a_value_has_its_own_style_wherever_its_sentence_has_it() -> None:
    three = ("3", "bold")
    assert [("turn ", "dim"), three, (" of ", "dim")] == paint.styled(
        "turn {turn} of {turns}", "dim", turn=three
    )
    assert [("", "dim"), three, (". turn", "dim")] == paint.styled(
        "{turn}. turn", "dim", turn=three
    )


async def test_a_sentence_that_grows_is_shown_whole_at_once() -> None:
    async with sit(TtxApp(initial_page=Two()), SMALL) as desk:
        page(desk).show_notice("One line.")
        await desk.settle()
        assert "One line." in desk.rows[-2]
        page(desk).show_notice("The first of several lines. " * 6 + "The end.")
        await desk.settle()
        assert "The end." in desk.rows[-2]
        assert "The first of several" in desk.rows[-4]


async def test_a_click_in_the_footer_types_nothing_into_a_text() -> None:
    written: list[str] = []
    async with sit(TtxApp(initial_page=Two()), SMALL) as desk:
        page(desk).prompt_text("What", written.append)
        await desk.settle()
        await desk.write("ab")
        await desk.click("? help", "footer")
        await desk.press("enter")
        assert ["ab"] == written
