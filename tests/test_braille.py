from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.text import Text

from ttx.tui.braille import (
    Band,
    Canvas,
    Reference,
    Values,
    panel,
    steps,
    trend,
)
from ttx.tui.theme import DARK, FULL, PLAIN, Glyphs

RUN, REFERENCE, LIKELY, FAN = "#ffffff", "#b2b2b2", "#5fafff", "#5f87af"
GLYPHS = (FULL, PLAIN)

value = st.one_of(st.none(), st.floats(-200, 200))
values = st.lists(value, max_size=12)
glyphs = st.sampled_from(GLYPHS)


def plain(rows: Sequence[Text]) -> list[str]:
    return [row.plain for row in rows]


def styled(rows: Sequence[Text], style: str) -> set[tuple[int, int, str]]:
    """Column, row and character of what is drawn in a style; one cell a character."""
    return {
        (column, at, row.plain[column])
        for at, row in enumerate(rows)
        for span in row.spans
        if span.style == style
        for column in range(span.start, span.end)
    }


class TestCanvas:
    def test_every_dot_has_its_place_in_the_cell(self) -> None:
        drawn = ""
        for y in range(4):
            for x in range(2):
                canvas = Canvas(1, 1)
                canvas.dot(x, y, RUN)
                drawn += canvas.rows()[0].plain

        assert drawn == "⠁⠈⠂⠐⠄⠠⡀⢀"

    def test_what_falls_outside_is_left_out(self) -> None:
        canvas = Canvas(2, 1)
        for x, y in ((-1, 0), (4, 0), (0, -1), (0, 4)):
            canvas.dot(x, y, RUN)
        canvas.line([(-9, -9), (-1, -1)], RUN, "thick")

        assert plain(canvas.rows()) == ["  "]

    @pytest.mark.parametrize(
        ("stroke", "expected"),
        [
            ("solid", ["⣀⣀⣀⣀⣀⣀⣀"]),
            ("thick", ["⣤⣤⣤⣤⣤⣤⣤"]),
            ("dashed", ["⣀⣀ ⢀⣀⡀ "]),
            ("dotted", ["⡀ ⡀ ⡀ ⡀"]),
        ],
    )
    def test_strokes(self, stroke: str, expected: list[str]) -> None:
        canvas = Canvas(7, 1)
        canvas.line([(0, 3), (13, 3)], RUN, stroke)  # type: ignore[arg-type]  # one of four words

        assert plain(canvas.rows()) == expected

    def test_a_dashed_line_goes_on_in_step_where_it_bends(self) -> None:
        straight, bent = Canvas(7, 1), Canvas(7, 1)
        straight.line([(0, 3), (13, 3)], RUN, "dashed")
        bent.line([(0, 3), (3, 3), (9, 3), (13, 3)], RUN, "dashed")

        assert plain(straight.rows()) == plain(bent.rows())

    @given(*[st.integers(-30, 30)] * 4)
    def test_a_line_has_no_gap_and_both_its_ends(self, x0: int, y0: int, x1: int, y1: int) -> None:
        path = list(steps(x0, y0, x1, y1))

        assert (path[0], path[-1]) == ((x0, y0), (x1, y1))
        assert len(path) == max(abs(x1 - x0), abs(y1 - y0)) + 1
        for (a, b), (c, d) in pairwise(path):
            assert max(abs(c - a), abs(d - b)) == 1

    def test_a_line_leaves_cells_that_are_kept(self) -> None:
        canvas = Canvas(4, 1)
        canvas.line([(2, 0), (3, 0)], RUN)
        canvas.line([(0, 3), (7, 3)], REFERENCE, keep=canvas.inked())

        assert plain(canvas.rows()) == ["⣀⠉⣀⣀"]
        assert styled(canvas.rows(), RUN) == {(1, 0, "⠉")}

    def test_words_clear_the_cells_they_cover_and_no_others(self) -> None:
        canvas = Canvas(6, 1)
        canvas.line([(0, 3), (11, 3)], RUN)

        assert canvas.write(1, 0, "ab", "bold") == 3
        assert plain(canvas.rows()) == ["⣀ab⣀⣀⣀"]
        canvas.clear(2, 0, 2)
        assert plain(canvas.rows()) == ["⣀a  ⣀⣀"]

    def test_a_wide_character_that_is_cut_leaves_a_blank(self) -> None:
        canvas = Canvas(4, 1)
        canvas.write(0, 0, "横田", "")
        canvas.write(1, 0, "x", "")
        assert plain(canvas.rows()) == [" x田"]
        canvas.clear(2, 0)
        assert plain(canvas.rows()) == [" x  "]
        canvas.write(3, 0, "横", "")
        assert plain(canvas.rows()) == [" x  "]

    def test_in_the_plain_set_half_a_cell_of_dots_is_a_hash(self) -> None:
        canvas = Canvas(3, 1)
        for count, column in ((4, 0), (3, 1)):
            for at in range(count):
                canvas.dot(2 * column + at % 2, at // 2, RUN)

        assert plain(canvas.rows(signs=PLAIN)) == ["#. "]

    def test_author_text_is_never_markup_and_has_no_control_characters(self) -> None:
        canvas = Canvas(12, 1)
        canvas.write(0, 0, "[b]a\x1b\u202e\u200bc\n[/b]", "")

        assert plain(canvas.rows()) == ["[b]ac[/b]   "]

    @example(9, [(1, "🇯🇵🇯🇵", False), (4, "👍🏽", False), (6, "👨‍👩‍👧", True)], FULL)
    @example(9, [(0, "❤️ก็한ﷺ", False)], PLAIN)
    @given(
        st.integers(1, 20),
        st.lists(st.tuples(st.integers(-3, 20), st.text(max_size=9), st.booleans())),
        glyphs,
    )
    def test_a_row_is_always_as_wide_as_the_canvas(
        self, width: int, words: list[tuple[int, str, bool]], form: Glyphs
    ) -> None:
        canvas = Canvas(width, 1)
        for column, text, clear in words:
            canvas.line([(0, 0), (2 * column, 3)], RUN)
            canvas.write(column, 0, text, "bold")
            if clear:
                canvas.clear(column + 1, 0, 2)

        assert [row.cell_len for row in canvas.rows(RUN, form)] == [width]


class TestTrend:
    @pytest.mark.parametrize(
        ("course", "width", "expected"),
        [
            ([0, 100], 2, "⡠⠊"),
            ([100, 0], 2, "⠑⢄"),
            ([60, 60, 60], 3, "⠒⠒⠒"),
            ([0, 0, 100, 100], 2, "⣀⠉"),
            ([0, None, None, 100], 2, "⡀⠈"),
            ([None, None], 2, "  "),
            ([100], 3, "⠁  "),
            ([], 3, "   "),
            ([-900, 900], 1, "⡈"),
        ],
    )
    def test_courses(self, course: Values, width: int, expected: str) -> None:
        assert trend(course, width, 0, 100) == expected

    def test_turns_not_played_are_blank(self) -> None:
        assert trend([10, 10, 10, None, None, None, None], 6, 0, 100) == "⣀⣀    "

    def test_the_plain_set_is_strokes_that_do_not_read_as_numbers(self) -> None:
        assert trend([0, 100], 10, 0, 100, PLAIN) == "__...---''"
        assert trend([100, None, None], 3, 0, 100, PLAIN) == "'  "

    @given(values, st.integers(0, 40), st.floats(-100, 100), st.floats(-100, 100), glyphs)
    def test_it_is_exactly_as_wide_as_asked(
        self, course: Values, width: int, low: float, high: float, form: Glyphs
    ) -> None:
        drawn = trend(course, width, low, high, form)

        assert Text(drawn).cell_len == len(drawn) == width


def standing(
    run: Values,
    *references: Reference,
    fan: Sequence[Band | None] = (),
    foot: tuple[str, str, str] | None = ("T0", "now T4", "T10"),
    form: Glyphs = FULL,
    scale: tuple[float, float] = (30, 70),
) -> list[Text]:
    return panel(
        run,
        references,
        width=27,
        height=12,
        low=scale[0],
        high=scale[1],
        turns=11,
        ink=DARK,
        fan=fan,
        foot=foot,
        signs=form,
    )


class TestPanel:
    played = (43, 44, 45, 46, 47)
    phased = Reference("P", (43, 43, 44, 44, 45, 45, 46, 45, 46, 45, 45), "dashed")
    hawaii = Reference("H", (43, 44, 47, 47, 46, 47, 46, 47, 48, 53, 59), "dotted")
    fan = (*[None] * 5, *[(46.0 - at, 48.0 + at / 2, 50.0 + 2 * at) for at in range(6)])

    def test_the_scale_stands_at_the_left(self) -> None:
        rows = plain(standing(self.played))
        assert [rows[0][:3], rows[5][:3], rows[10][:3]] == ["70 ", "50 ", "30 "]

        rows = plain(standing([0], scale=(-8, 8)))
        assert [rows[0][:3], rows[5][:3], rows[10][:3]] == ["+8 ", " 0 ", "-8 "]

    def test_the_ends_of_the_scale_are_the_outermost_dots(self) -> None:
        drawn = standing([70, 30])
        cells = {(column, row) for column, row, _ in styled(drawn, RUN)}

        assert (3, 0) in cells
        assert {row for _, row in cells} == set(range(11))

    def test_nothing_is_drawn_where_turns_are_not_played(self) -> None:
        rows = standing(self.played, foot=None)
        drawn = styled(rows, RUN)

        assert (3, 12) == (min(c for c, _, _ in drawn), max(c for c, _, _ in drawn))
        assert all(not row[13:].strip() for row in plain(rows))

    def test_a_hole_stays_a_hole(self) -> None:
        columns = {column for column, _, _ in styled(standing([50, 50, None, None, 50, 50]), RUN)}

        assert {3, 5, 12, 14} <= columns
        assert not columns & {7, 8, 9, 10}

    def test_no_reference_touches_a_cell_of_this_run(self) -> None:
        alone = styled(standing(self.played), RUN)
        among = standing(self.played, self.phased, self.hawaii, fan=self.fan)

        assert alone
        assert alone == styled(among, RUN)

    def test_the_fan_keeps_clear_of_every_line(self) -> None:
        without = standing(self.played, self.phased, self.hawaii)
        rows = standing(self.played, self.phased, self.hawaii, fan=self.fan)
        lines = {(c, r) for c, r, _ in styled(without, REFERENCE) | styled(rows, LIKELY)}

        assert styled(rows, FAN)
        assert not {(c, r) for c, r, _ in styled(rows, FAN)} & lines

    def test_what_is_likely_begins_where_this_run_ends(self) -> None:
        rows = standing(self.played, fan=self.fan)
        assert min(column for column, _, _ in styled(rows, LIKELY)) == 13

        known = standing(self.played, fan=[(31.0, 32.0, 33.0)] * 5)
        assert not styled(known, LIKELY) | styled(known, FAN)

    def test_letters_stand_behind_the_ends_of_their_lines(self) -> None:
        rows = plain(standing(self.played, self.phased, self.hawaii))
        found = {row[26]: at for at, row in enumerate(rows) if row[26] in "PH"}

        assert found == {"H": 3, "P": 6}

    @pytest.mark.parametrize("end", [30, 50, 70])
    def test_letters_of_lines_that_end_together_stand_one_above_the_other(self, end: float) -> None:
        for above, below in ("HP", "PH"):
            high = Reference(above, [end + 0.9] * 11, "dashed")
            low = Reference(below, [end - 0.9] * 11, "dotted")
            rows = plain(standing(self.played, low, high))

            assert "".join(row[26] for row in rows).split() == [above + below]

    def test_the_foot_points_at_the_turn_reached(self) -> None:
        assert plain(standing(self.played))[-1] == "   T0       ▴ now T4   T10 "

    def test_the_turn_reached_goes_before_the_ends_of_the_axis(self) -> None:
        first = plain(standing([50], foot=("T0", "now T0", "T10")))[-1]
        final = plain(standing([50] * 11, foot=("T0", "now T10", "T10")))[-1]

        assert first.split() == ["▴", "now", "T0", "T10"]
        assert final.split() == ["T0", "now", "T10", "▴"]

    def test_the_plain_set_is_a_row_of_digits_for_every_line(self) -> None:
        rows = plain(standing(self.played, self.phased, self.hawaii, fan=self.fan, form=PLAIN))

        assert [row[:3] for row in rows[:6]] == ["   ", " P ", " H ", " ~ ", " ^ ", " v "]
        assert rows[0].split() == ["333333444"]
        assert rows[10].strip() == "0 is 30, 9 is 70"
        assert "".join(rows).isascii()

    @given(
        st.integers(1, 60),
        st.integers(1, 20),
        values,
        values,
        st.integers(1, 12),
        st.booleans(),
        glyphs,
    )
    def test_it_is_exactly_as_large_as_asked(
        self,
        width: int,
        height: int,
        run: Values,
        other: Values,
        turns: int,
        foot: bool,  # noqa: FBT001  # hypothesis passes by position
        form: Glyphs,
    ) -> None:
        rows = panel(
            run,
            [Reference("P", other, "dashed"), Reference("H", run, "dotted")],
            width=width,
            height=height,
            low=-8,
            high=8,
            turns=turns,
            ink=DARK,
            fan=[None if v is None else (v - 1, v, v + 2) for v in other],
            foot=("T0", "now T4", "T10") if foot else None,
            signs=form,
        )

        assert [row.cell_len for row in rows] == [width] * height
