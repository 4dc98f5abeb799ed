"""A document in plain lines: nothing is cut, nothing is wider than the page, depth is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttx.report.document import (
    Blank,
    Bullets,
    Document,
    Entry,
    Facts,
    Figure,
    Heading,
    Mark,
    Notice,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Section,
    Space,
    Table,
    Verbatim,
)
from ttx.report.html import html
from ttx.report.lines import WIDTH, lines, lines_of
from ttx.report.markdown import markdown

EVERY: tuple[Part, ...] = (
    Heading(2, "A heading"),
    Section("A section", (Paragraph("in it"), Section("A lower one", (Paragraph("lower"),)))),
    Entry(("an entry", "and its cells"), (Paragraph("what belongs to it"),)),
    Space(),
    Verbatim("a seal"),
    Quote(("somebody said",)),
    Notice("do not overlook this"),
    Bullets(("an item",)),
    Facts((("a name", "what is given"),)),
    Table(("head", "of a table"), (("a row", "a cell"),), "a note", "a caption"),
    Figure("<svg></svg>", "a drawing", "in words"),
    Blank(2),
    PageBreak(),
)


def test_a_title_is_underlined_and_a_section_set_in() -> None:
    document = Document("What came", parts=(Section("First", (Paragraph("One."),)), Space()))

    assert ["What came", "=========", "", "First", "  One.", ""] == lines(document)


def test_empty_lines_never_stand_together_or_at_first() -> None:
    parts = (Space(), Space(), Paragraph("One."), Space(), Section("Two", ()), Space(), Space())

    assert ["One.", "", "Two", ""] == list(lines_of(parts))


def test_what_belongs_to_an_entry_is_set_in_under_it() -> None:
    inner = Entry(("1.1 A question",), (Paragraph("because"),), hang=2)

    told = list(lines_of([Entry(("T1", "Dec 2024"), (inner,), under=2)], 14))

    assert ["T1 Dec 2024", "  1.1 A", "    question", "      because"] == told


def test_cells_stand_under_each_other_and_the_last_hangs() -> None:
    rows = [("Trust", "+6.00", "gain and gain"), ("A name that is long", "-1.00", "")]

    told = [
        line
        for row in rows
        for line in lines_of([Entry(row, columns=(6, 7), numbers=(1,), hang=16)], 24)
    ]

    assert told == [
        "Trust    +6.00  gain and",
        "                gain",
        "A name that is long",
        "                -1.00",
    ]


def test_a_mark_takes_its_room_from_the_first_column() -> None:
    cells, mark = ("China", "odds"), Mark("C", "#ff0000")

    assert ["[C] China  odds"] == [*lines_of([Entry(cells, mark=mark, columns=(10,))])]


def test_a_table_gives_its_first_column_what_is_left_and_wraps_names() -> None:
    table = Table(
        ("Scores", "A", "B", ""),
        (("Deterrence of China", "1.00", "2.00", "A better"), ("Risk", "10.00", "9.00", "")),
        "All of it.",
        numbers=(1, 2),
        columns=(0, 7, 7, 10),
    )

    assert list(lines_of([table], 38)) == [
        "Scores              A      B",
        "  Deterrence",
        "  of China       1.00   2.00  A better",
        "  Risk          10.00   9.00",
        "  All of it.",
    ]


def test_columns_that_find_no_room_go_on_below() -> None:
    head = ("A less B", *(f"T{at}" for at in range(1, 6)))
    table = Table(head, (("Cost", *"12345"),), numbers=(1, 2, 3, 4, 5), columns=(8, 6, 6, 6, 6, 6))

    assert list(lines_of([table], 30)) == [
        "A less B      T1    T2    T3",
        "  Cost         1     2     3",
        "A less B      T4    T5",
        "  Cost         4     5",
    ]


def test_a_table_without_columns_is_told_row_by_row() -> None:
    table = Table(("Who", "Answer", "Sure"), (("US", "Wait", ""), ("Japan", "Go", "60%")), "Note.")

    assert ["US", "  Answer: Wait", "Japan", "  Answer: Go", "  Sure: 60%", "Note."] == [
        *lines_of([table])
    ]


def test_a_seal_is_never_broken() -> None:
    assert [f"Seal {'a' * 90}"] == [*lines_of([Verbatim(f"Seal {'a' * 90}")])]


def test_nothing_in_a_text_steers_a_terminal() -> None:
    told = "\n".join(lines_of([Entry(("bell\x07", "escape\x1b[31m"), columns=(6,))]))

    assert "bell   escape[31m" == told


@pytest.mark.parametrize("part", EVERY, ids=lambda part: type(part).__name__)
def test_every_part_has_its_words_in_every_form(part: Part) -> None:
    document = Document("A title", "A banner", "handling", (part,))

    forms = [" ".join(lines(document)), html(document), markdown(document)]

    for wanted in ("A heading", "A section", "lower", "an entry", "what belongs", "a seal"):
        if wanted in str(part):
            assert all(wanted in form for form in forms)
    for wanted in ("somebody said", "do not", "an item", "what is given", "a cell", "in words"):
        if wanted in str(part):
            assert all(wanted in form for form in forms)


@given(st.lists(st.text(min_size=1)), st.integers(0, 20), st.integers(0, 8), st.integers(30, 90))
def test_no_word_is_lost_and_no_line_is_too_wide(
    texts: list[str], under: int, hang: int, width: int
) -> None:
    shown = ["".join(filter(str.isalnum, text)) for text in texts]
    parts = [Entry((text,), (Paragraph(text),), hang=hang, under=under) for text in shown]

    told = list(lines_of(parts, width))

    assert all(len(line) <= width for line in told)
    assert "".join(text * 2 for text in shown) == "".join("".join(told).split())


def test_the_page_is_as_wide_as_the_narrowest_terminal() -> None:
    assert WIDTH == 78
