"""A document in rows of a screen: exact widths, tones as colours, nothing lost on the way."""

from __future__ import annotations

from rich.cells import cell_len

from ttx.report.document import Entry, Facts, Heading, Mark, Paragraph, Section, Space, Table
from ttx.report.lines import lines_of
from ttx.tui.parts.document import rows
from ttx.tui.theme import INKS

INK = INKS["midnight"] if "midnight" in INKS else next(iter(INKS.values()))
PARTS = (
    Section("What was asked", (Paragraph("Does a small staff pay for itself?"),), "a note"),
    Entry(
        ("1.1 One number:", "a desk in Naha.", "In time."),
        (Paragraph("It took the calls."),),
        ("bold", "text", "good"),
        Mark("J", "#aa0000"),
    ),
    Space(),
    Facts((("日本", "a desk"), ("US", "a ship"))),
)


def shown(width: int, *, tight: bool = False) -> list[str]:
    return [row.plain.rstrip() for row in rows(PARTS, width, INK, tight=tight)]


def test_rows_are_as_wide_as_the_place() -> None:
    for width in (30, 80, 200):
        assert {width} == {row.cell_len for row in rows(PARTS, width, INK)}


def test_a_title_is_a_label_with_its_note_and_a_mark_is_a_badge() -> None:
    assert shown(60) == [
        f"{'WHAT WAS ASKED':<54}a note",
        "Does a small staff pay for itself?",
        " J  1.1 One number: a desk in Naha. In time.",
        "    It took the calls.",
        "",
        f"日本{'':<9}a desk",
        f"US{'':<11}a ship",
    ]


def test_where_it_is_tight_no_row_is_empty() -> None:
    assert [row for row in shown(60) if row] == shown(60, tight=True)


def test_a_tone_colours_its_words_alone() -> None:
    line = rows(PARTS, 60, INK)[2]

    styles = {line.plain[span.start : span.end].strip(): span.style for span in line.spans}

    assert f"bold {INK.text}" == styles["1.1 One number:"]
    assert INK.cool == styles["In time."]
    assert "on #aa0000" in str(styles["J"])


def test_columns_hold_where_signs_are_wide() -> None:
    table = Table(("", "A"), (("同盟", "1.00"), ("Risk", "2.00")), numbers=(1,), columns=(8, 8))

    ends = {cell_len(row.plain.rstrip()) for row in rows([table], 40, INK)}

    assert {16} == ends


def test_a_heading_of_the_first_level_has_a_rule() -> None:
    first, rule, *_rest = rows([Heading(1, "Review")], 20, INK)

    assert "REVIEW" == first.plain.strip()
    assert 1 == len(set(rule.plain))


def test_lines_and_rows_say_the_same() -> None:
    told = " ".join(lines_of(PARTS)).replace("[J]", " J ").casefold().split()
    rest = " ".join(shown(78)).casefold().replace("a note", "").split()

    assert told == rest
