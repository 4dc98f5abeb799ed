"""Strokes have exact widths, whatever is painted with them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from ttx.tui import paint
from ttx.tui.theme import DARK, FULL, PLAIN, Glyphs

PLAIN_WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
WIDE = st.text(st.sampled_from("日本語演習。、「」ｱ ab한글🚢🌊"), max_size=30)
WORDS = st.one_of(PLAIN_WORDS, WIDE, st.text(max_size=30).map(paint.clean))
GLYPHS = st.sampled_from([FULL, PLAIN])
STYLE = st.sampled_from(["", "bold", f"bold {DARK.cool}", f"{DARK.text} on {DARK.raised}"])
SEGS = st.lists(st.tuples(WORDS, STYLE), max_size=4)


@given(WORDS, st.integers(0, 40), GLYPHS)
@example("日本", 2, FULL)
@example("一二三四", 5, FULL)
def test_cut_words_fit(words: str, width: int, glyphs: Glyphs) -> None:
    shown = paint.cut(words, width, glyphs)
    assert cell_len(shown) <= width
    if cell_len(words) <= width:
        assert shown == words
    elif width >= 2 * len(glyphs.cut):  # narrower, and there may be no room for the sign
        assert shown.endswith(glyphs.cut)
        assert words.startswith(shown.removesuffix(glyphs.cut))


@pytest.mark.parametrize(("width", "glyphs"), [(0, FULL), (1, FULL), (2, PLAIN), (3, PLAIN)])
def test_a_wide_sign_fits_a_narrow_place(width: int, glyphs: Glyphs) -> None:
    assert cell_len(paint.cut("日本語", width, glyphs)) <= width


@given(st.integers(0, 60), SEGS, st.lists(st.tuples(WORDS, STYLE), max_size=2))
@example(3, [("日本", "")], [])
@example(10, [("演習専用", "")], [("54", "")])
def test_a_line_is_exactly_as_wide_as_asked(
    width: int, left: list[paint.Seg], right: list[paint.Seg]
) -> None:
    row = paint.line(width, left, right)
    assert row.cell_len == width
    if sum(cell_len(words) for words, _ in right) <= width:
        assert row.plain.endswith("".join(words for words, _ in right))
    assert "\n" not in row.plain


def test_the_right_side_is_cut_too() -> None:
    assert paint.line(5, [("ab", "")], [("0123456789", "")]).cell_len == 5


@given(st.integers(1, 60), SEGS)
@example(12, [("aa、、、、、", ""), ("0", "")])
@example(3, [("abc", ""), ("d", "")])
@example(3, [("abc", ""), ("  ", "")])
def test_a_line_says_where_it_was_cut(width: int, left: list[paint.Seg]) -> None:
    whole = "".join(words for words, _ in left).rstrip()
    shown = paint.line(width, left).plain.rstrip()
    if cell_len(whole) <= width:
        assert shown == whole
    else:
        assert shown.endswith("…")
        assert len(shown) <= width


@given(st.integers(1, 60), SEGS)
def test_filling_adds_a_ground_and_no_width(width: int, left: list[paint.Seg]) -> None:
    bare, filled = paint.line(width, left), paint.line(width, left, fill=DARK.raised)
    assert bare.plain == filled.plain
    grounds = {str(span.style) for span in filled.spans if str(span.style) not in ("", "none")}
    assert all(" on " in f" {style}" for style in grounds)


@given(PLAIN_WORDS, st.integers(8, 100))
def test_wrapped_lines_fit_and_lose_no_word(words: str, width: int) -> None:
    lines = paint.wrap(words, width)
    assert lines
    assert all(cell_len(one) <= min(width, 72) for one in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())


@given(WIDE, st.integers(8, 100))
@example("日本語演習" * 6, 10)
def test_wrapped_lines_fit_in_cells_too(words: str, width: int) -> None:
    lines = paint.wrap(words, width)
    assert all(cell_len(one) <= min(width, 72) for one in lines)


@given(WORDS, st.integers(1, 60), WORDS)
def test_a_label_keeps_its_width(words: str, width: int, note: str) -> None:
    assert paint.label(width, words, DARK, note).cell_len == width


@given(st.integers(0, 60), GLYPHS)
def test_rules_and_blanks_keep_their_width(width: int, glyphs: Glyphs) -> None:
    assert paint.rule(width, DARK, glyphs).cell_len == width
    assert paint.blank(width).cell_len == width


def test_a_badge_is_three_cells_and_a_button_names_its_key() -> None:
    words, style = paint.badge("C", "#ff875f", DARK)
    assert words == " C "
    assert style.endswith("on #ff875f")
    for default in (True, False):
        shown = "".join(part for part, _ in paint.button("Enter", "Go on", DARK, default=default))
        assert shown == " Enter Go on "


def test_a_direction_has_its_colour() -> None:
    assert paint.direction_colour("better", DARK) == DARK.cool
    assert paint.direction_colour("worse", DARK) == DARK.heat
    assert paint.direction_colour("same", DARK) == DARK.muted


@pytest.mark.parametrize("mark", ["marked", "rule", "bar", "hatch", "worse", "better"])
def test_signs_are_one_cell_wide(mark: str) -> None:
    assert cell_len(getattr(FULL, mark)) == 1
    assert cell_len(getattr(PLAIN, mark)) == 1
    assert getattr(PLAIN, mark).isascii()


def test_a_block_is_as_narrow_as_asked_and_says_where_it_was_cut() -> None:
    words = "one two three four five"
    assert ["one two  ", "three    ", "four five"] == [
        row.plain for row in paint.block(9, words, "")
    ]
    assert ["one    ", "two    ", "thr…   "] == [
        row.plain for row in paint.block(7, words, "", within=4, most=3)
    ]
    assert ["one two three four five"] == paint.fitted(words, 30, 1)


def test_words_of_a_row_are_pressed_and_its_empty_cells_are_not() -> None:
    row = paint.pressed(paint.line(20, [("1  C", "bold"), ("   two words", "")]), "terms(1)")
    pressed = {at for span in row.spans if "@" in str(span.style) for at in range(*span[:2])}
    assert {0, 3, *range(7, 16)} == pressed


def test_a_block_stands_behind_its_head() -> None:
    rows = paint.block(9, "one two three", "", head=("日 ", ""))
    assert ["日 one   ", "   two   ", "   three "] == [row.plain for row in rows]
    rows = paint.block(13, "one two three", "", head=("- ", ""), right=[("met", "")])
    assert ["- one two met", "  three      "] == [row.plain for row in rows]


@pytest.mark.parametrize("width", [1, 0, -7])
def test_where_there_is_no_room_words_are_broken_all_the_same(width: int) -> None:
    assert ["a", "b", "c"] == paint.broken("ab c", width)
