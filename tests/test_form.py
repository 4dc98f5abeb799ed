"""The form of a page: its fields, its keys, the text that is typed into it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from kit.desk import comes
from textual.app import App, ComposeResult
from textual.events import Paste, Resize
from textual.geometry import Size
from textual.pilot import Pilot

from ttx.tui.app import TtxApp
from ttx.tui.parts.editor import Editor
from ttx.tui.parts.fields import Choice, Deed, Field, Line, Many, Number, Option, Shape
from ttx.tui.parts.form import Form
from ttx.tui.region import Box, Region
from ttx.tui.theme import themes

pytestmark = pytest.mark.usefixtures("strict")
ACUTE = "\u0301"


class Bench(App[None]):
    """An app of one form, and what it said."""

    CSS_PATH = TtxApp.CSS_PATH

    def __init__(self, fields: list[Field]) -> None:
        super().__init__()
        self.form, self.first = Form("form"), fields
        self.form.label = 12
        self.values: dict[str, object] = {}
        self.did: list[str] = []
        for theme in themes():
            self.register_theme(theme)
        self.theme = "ttx-dark"

    def compose(self) -> ComposeResult:
        yield self.form

    def on_mount(self) -> None:
        self.form.focus()
        self.put(self.size)
        self.form.declare(self.first)

    def on_resize(self, event: Resize) -> None:
        self.put(event.size)

    def put(self, size: Size) -> None:
        self.form.styles.width, self.form.styles.height = size
        self.form.place(Box(0, 0, *size))

    def on_form_changed(self, event: Form.Changed) -> None:
        self.values[event.field] = event.value

    def on_form_done(self) -> None:
        self.did.append("done")

    async def on_region_pressed(self, event: Region.Pressed) -> None:
        await self.run_action(event.action, self.form, {"form": self.form})


class Hand:
    def __init__(self, app: Bench, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def write(self, words: str) -> None:
        await self.press(*("space" if sign == " " else sign for sign in words))

    def value(self, field: str) -> object:
        return self.app.values[field]

    @property
    def rows(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def shown(self) -> str:
        return "\n".join(self.rows)

    @property
    def editor(self) -> Editor:
        return self.app.query_one(Editor)


@asynccontextmanager
async def bench(*fields: Field, size: tuple[int, int] = (60, 12)) -> AsyncIterator[Hand]:
    app = Bench(list(fields))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Hand(app, pilot)


TITLE = Line(name="title", label="title", about="what it is called")
SORT = Choice(
    name="sort",
    label="sort",
    options=(Option("air", "air"), Option("sea", "sea"), Option("land", "land")),
    value="air",
    unknown="1 to 3, please.",
)
SIZE = Number(
    name="size",
    label="size",
    value=400,
    shown="+4.00",
    least=-1000,
    most=1000,
    step=50,
    places=2,
    malformed="A number with two places.",
    beyond="Between -10 and 10.",
)
SOME = Many(name="some", label="some", options=(Option("a", "first"), Option("b", "second")))


# --- text ---


async def test_words_undo_and_selection_are_keys_of_a_text() -> None:
    async with bench(TITLE, SORT) as hand:
        await hand.write("one two three")
        await hand.press("ctrl+w")
        assert "one two " == hand.value("title")
        await hand.press("ctrl+z")
        assert "one two three" == hand.value("title")
        await hand.press("ctrl+y", "ctrl+left")
        await hand.write("x")
        assert "one xtwo " == hand.value("title")
        await hand.press("ctrl+a", "shift+right", "delete", "ctrl+k")
        assert "" == hand.value("title")


@pytest.mark.parametrize("letter", ["e\u0301", "か\u3099", "\u1112\u1161\u11ab", "n\u0303\u0323"])
async def test_what_combines_is_never_cut_from_its_letter(letter: str) -> None:
    async with bench(replace(TITLE, value=f"a{letter}{letter}z")) as hand:
        await hand.press("left", "backspace")
        assert f"a{letter}z" == hand.value("title")
        await hand.press("left", "delete")
        assert "az" == hand.value("title")
        await hand.press("ctrl+z", "end", "left", "left", "right", "left")
        await hand.write("x")
        assert f"ax{letter}z" == hand.value("title")


async def test_a_word_has_no_gap_at_an_accent() -> None:
    word = f"cafe{ACUTE}s"
    async with bench(replace(TITLE, value=f"the {word}")) as hand:
        await hand.press("ctrl+w")
        assert "the " == hand.value("title")
        await hand.press("ctrl+z", "ctrl+left", "ctrl+right", "left")
        await hand.write("x")
        assert f"the cafe{ACUTE}xs" == hand.value("title")
        await hand.press("ctrl+a", "alt+delete", "alt+delete")
        assert "" == hand.value("title")


async def test_a_click_puts_the_cursor_between_two_letters() -> None:
    async with bench(SORT, replace(TITLE, value=f"cafe{ACUTE} 日本")) as hand:
        for column, into in ((4, f"cafe{ACUTE}x 日本"), (8, f"cafe{ACUTE}x 日y本"), (3, None)):
            await hand.pilot.click(offset=(12 + column, 1))
            await hand.pilot.pause()
            if into is not None:
                await hand.write("xy"[column // 8])
                assert into == hand.value("title")
        await hand.press("backspace")
        assert f"cae{ACUTE}x 日y本" == hand.value("title")


async def paste(hand: Hand, words: str) -> None:
    hand.app.post_message(Paste(words))
    await hand.pilot.pause()
    await hand.pilot.pause()


async def test_what_is_pasted_keeps_nothing_that_steers_and_says_so() -> None:
    async with bench(TITLE, SORT) as hand:
        await paste(hand, "a\tb\nc\x1b[31m\u202e日本")
        assert "a b c[31m日本" == hand.value("title")
        assert "What cannot be shown here was left out" in hand.shown
        await hand.write("d")
        assert "left out" not in hand.shown


async def test_a_full_text_says_what_was_left_out() -> None:
    async with bench(replace(TITLE, longest=5)) as hand:
        await paste(hand, f"abcde{ACUTE}f")
        assert "abcd" == hand.value("title")
        assert "Full: the rest was left out" in hand.shown
        await hand.write("xy")
        assert "abcdx" == hand.value("title")
        await hand.press("ctrl+a", "shift+end")
        await paste(hand, "other")
        assert "other" == hand.value("title")
        assert "Full" not in hand.shown


async def test_a_text_takes_rows_while_it_is_typed_and_outlives_a_resize() -> None:
    text = " ".join(["word"] * 18)
    async with bench(TITLE, SORT, size=(60, 8)) as hand:
        await hand.write(text)
        assert "sort" in hand.rows[2]
        await hand.pilot.resize_terminal(36, 8)
        await comes(hand.pilot, lambda: "sort" in hand.rows[5])
        await hand.write("!")
        assert f"{text}!" == hand.value("title")
        assert "!" in hand.rows[4]
        await hand.press("up", "up", "up", "up")
        await hand.write("X")
        assert 0 < str(hand.value("title")).index("X") < 20
        assert hand.rows[0].startswith("▸ title")
        await hand.press("up")
        assert "▸ sort" in hand.shown


async def test_the_terminals_cursor_follows_the_text() -> None:
    async with bench(SORT, TITLE) as hand:
        await hand.press("tab")
        await hand.write("日a")
        assert (12 + 3, 1) == hand.app.cursor_position


# --- the other fields ---


async def test_keys_pick_step_and_choose() -> None:
    async with bench(TITLE, SORT, SIZE, SOME, Deed(name="do", label="Do it")) as hand:
        await hand.write("q?j")
        await hand.press("tab", "2")
        assert "[2 sea]" in hand.shown
        await hand.press("9")
        assert "1 to 3, please." in hand.shown
        await hand.press("l")
        assert "[3 land]" in hand.shown
        assert "please" not in hand.shown
        await hand.press("right")
        assert "[1 air]" in hand.shown
        await hand.press("down", "plus", "right", "minus")
        await hand.press("tab", "right", "space")
        await hand.press("shift+tab", "up", "up", "shift+tab")
        assert "some      second" in hand.shown
        assert "▸  Enter Do it" in hand.shown
        assert [] == hand.app.did
        await hand.press("enter")
        assert ["done"] == hand.app.did
        assert {"title": "q?j", "sort": "air", "size": 450, "some": ("b",)} == hand.app.values


async def test_a_number_that_is_none_stays_in_its_field_with_the_reason() -> None:
    async with bench(SIZE, SORT) as hand:
        await hand.press("9", "full_stop", "2", "5")
        assert 925 == hand.value("size")
        await hand.press("5")
        assert "A number with two places." in hand.shown
        await hand.press("enter", "tab", "j", "x")
        assert [] == hand.app.did
        assert "9.255" in hand.rows[0]
        await hand.press("backspace", "ctrl+a", "1")
        assert "Between -10 and 10." in hand.shown
        assert 925 == hand.value("size")
        await hand.press("backspace", "enter")
        assert ["done"] == hand.app.did
        assert 925 == hand.value("size")


async def test_letters_are_keys_only_where_there_is_nothing_to_type() -> None:
    async with bench(SORT, SIZE) as hand:
        await hand.press("j")
        assert hand.rows[1].startswith("▸ size")
        await hand.press("k", "right", "right", "right")
        assert "There is nothing beyond 'land'." not in hand.shown  # a folded one begins again
        await hand.press("G", "g")
        assert hand.rows[0].startswith("▸ sort")
    async with bench(replace(SORT, shape=Shape.INLINE)) as hand:
        await hand.press("minus")
        assert "There is nothing beyond 'air'." in hand.shown


async def test_options_in_rows_are_gone_through_and_taken_at_once() -> None:
    rows = Choice(
        name="rows",
        label="WHICH",
        shape=Shape.LISTED,
        ruled=True,
        at_once=True,
        air=True,
        options=(Option("a", "Adam", "he"), Option("b", "Bea", "she", key="x")),
    )
    async with bench(rows) as hand:
        assert "WHICH" == hand.rows[0]
        assert "▸" not in hand.shown
        await hand.press("j", "j", "j")
        assert "a" == hand.value("rows")
        await hand.pilot.click(offset=(8, 4))
        assert ("b", []) == (hand.value("rows"), hand.app.did)
        await hand.pilot.pause(0.6)  # else it is a double click of the same
        await hand.pilot.click(offset=(8, 4))
        await hand.pilot.pause()
        assert ["done"] == hand.app.did
        await hand.press("1", "x", "enter")
        assert ["done"] * 4 == hand.app.did
        assert "b" == hand.value("rows")


async def test_a_click_picks_what_it_is_on_and_nothing_beside_it() -> None:
    async with bench(
        replace(SORT, shape=Shape.INLINE), SOME, Deed(name="do", label="Do it")
    ) as hand:
        for place in ((22, 0), (50, 0), (50, 2), (50, 9)):
            await hand.pilot.click(offset=place)
        await hand.pilot.pause()
        assert {"sort": "sea"} == hand.app.values
        await hand.pilot.click(offset=(20, 1))
        await hand.pilot.click(offset=(16, 2))
        await hand.pilot.pause()
        assert ("b",) == hand.value("some")
        await hand.pilot.click(offset=(5, 3))
        await hand.pilot.pause()
        assert hand.app.did in ([], ["done"])


async def test_a_long_form_keeps_the_field_in_focus_in_sight() -> None:
    fields = [replace(SIZE, name=f"n{at}", label=f"field {at}") for at in range(40)]
    async with bench(*fields) as hand:
        for keys, at in (
            (("pagedown",), 11),
            (("pagedown", "pageup"), 11),
            (("end",), 39),
            (("up",), 38),
            (("home",), 0),
        ):
            await hand.press(*keys)
            assert at == hand.app.form.at
            assert f"▸ field {at} " in hand.shown
        hand.app.form.declare(fields[:3])
        assert 0 == hand.app.form.at


async def test_the_chosen_one_of_more_options_than_fit_is_in_sight() -> None:
    names = [f"an option of some length {at}" for at in range(20)]
    long = replace(SORT, options=tuple(Option(name, name) for name in names), value=names[14])
    async with bench(SIZE, long, TITLE, size=(60, 8)) as hand:
        await hand.press("tab")
        assert names[14] in hand.shown
        assert names[3] not in hand.shown
        await hand.press("right", "right")
        assert names[16] in hand.shown


async def test_focus_stays_on_a_field_that_has_other_options() -> None:
    rows = replace(SORT, shape=Shape.LISTED, value="land")
    async with bench(rows, SIZE, SOME) as hand:
        hand.app.form.declare([replace(rows, options=(Option("in", "in orbit"),)), SIZE, SOME])
        await hand.pilot.pause()
        assert hand.app.form.field is not None
        assert "sort" == hand.app.form.field.name


async def test_a_form_that_is_declared_anew_keeps_focus_and_what_is_typed() -> None:
    async with bench(SORT, TITLE) as hand:
        await hand.press("tab")
        await hand.write("abc")
        await hand.press("left")
        hand.app.form.declare([replace(TITLE, value="abc", mistakes=("Too short.",)), SORT])
        await hand.pilot.pause()
        assert "Too short." in hand.shown
        await hand.write("x")
        assert "abxc" == hand.value("title")
        hand.app.form.declare([SORT])
        await hand.pilot.pause()
        await hand.press("2")
        assert "sea" == hand.value("sort")
        assert not hand.editor.display


async def test_long_options_stand_whole_with_what_is_said_of_them_below() -> None:
    asked = "Which of the two offices tells the prefecture first, and who answers its governor?"
    rows = Choice(
        name="rows",
        label="",
        shape=Shape.LISTED,
        options=(Option("a", asked, "to MOFA"), Option("b", "Own words", "to the room")),
    )
    async with bench(rows, size=(40, 12)) as hand:
        assert [asked, "to MOFA", "Own words", "to the room"] == [
            " ".join(part.split())
            for part in (
                " ".join(row[4:] for row in hand.rows[:3]),
                hand.rows[3],
                hand.rows[4][4:],
                hand.rows[5],
            )
        ]
