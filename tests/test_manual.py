"""Chapters of the situation manual, questions of offices, measures and tasks of objectives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import small
from kit.desk import SMALL, seated, sit
from kit.tables import exercise

from ttx.exercise.load import from_data, load, proofread
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.report.documents import documents
from ttx.report.html import html
from ttx.report.markdown import markdown
from ttx.session.opening import begin
from ttx.session.seating import seating
from ttx.session.view.eye import Eye
from ttx.session.view.levers import levers
from ttx.tui.theme import INKS, PLAIN
from ttx.tui.widgets.levers import detail_rows

CHAPTER = """
[[manual]]
heading = "Who opens QHEAD"
text = ["The county answers for QTEXT."]
columns = ["Bridge", "QCOLUMN"]
rows = [["upper", "county"], ["lower", "QCELL"]]
basis = ["design"]
"""


def with_chapter(folder: Path, chapter: str) -> Path:
    files = small.FILES | {"manual.toml": chapter}
    return small.write(folder / "small", files)


def found(folder: Path, old: str, new: str) -> list[str]:
    assert old in CHAPTER
    proof = proofread(with_chapter(folder, CHAPTER.replace(old, new)))
    return [str(one).partition("manual.toml ")[2] for one in proof.problems]


@pytest.fixture
def manual(tmp_path: Path) -> Exercise:
    return load(with_chapter(tmp_path, CHAPTER))


# --- what an author may write ---


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '["lower", "QCELL"]',
            '["lower"]',
            (
                "line 6: chapter of the manual: a row must hold one cell for each of the 2 "
                "columns, not 1"
            ),
        ),
        (
            'columns = ["Bridge", "QCOLUMN"]\n',
            "",
            "line 5: chapter of the manual: rows need columns beside them",
        ),
        (
            'rows = [["upper", "county"], ["lower", "QCELL"]]\n',
            "",
            "line 5: chapter of the manual: columns need rows beside them",
        ),
        (CHAPTER[CHAPTER.index("text") :], "", "line 2: a chapter needs text, or columns and rows"),
        ('"design"', '"nowhere"', "line 7: chapter of the manual: evidence 'nowhere' is unknown"),
    ],
)
def test_a_chapter_that_does_not_fit_is_refused(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    first, *others = found(tmp_path, old, new)

    assert first.startswith(told)
    assert [] == others


def test_an_exercise_without_the_new_fields_is_the_same_as_before() -> None:
    data = load(small.FOLDER).as_toml()

    assert "manual" not in data
    assert not [one for one in data["seat"] if "questions" in one]
    assert not [one for one in data["objective"] if {"measures", "lever_tasks"} & set(one)]


# --- the situation manual ---


def forms(exercise: Exercise, document: str) -> Iterator[str]:
    for form in (markdown, html):
        yield form(documents(exercise)[document]).replace("<br>", " ")


def test_a_chapter_stands_in_the_manual_in_both_forms(manual: Exercise) -> None:
    for page in forms(manual, "situation-manual"):
        at = [page.rindex(word) for word in ("QHEAD", "QTEXT", "QCOLUMN", "QCELL")]
        assert sorted(at) == at
        assert "Sources" not in page, "judgement has no source"
    for document in ("feedback-form", "msel", "evaluation-guide", "facilitator-guide"):
        assert "QTEXT" not in markdown(documents(manual)[document])


def test_a_chapter_names_its_sources_once_with_the_weakest_grade(manual: Exercise) -> None:
    data = manual.as_toml()
    data["manual"][0]["basis"] = ["one", "two", "design"]
    entry: dict[str, Any] = {"claim": "QCLAIM", "date": "2024", "confidence": "H"}
    data["evidence"] += [
        entry | {"id": "one", "source": "QONE; QBOTH", "confidence": "L"},
        entry | {"id": "two", "source": "QBOTH; QTWO"},
        entry | {"id": "other", "source": "QOTHER"},
    ]

    assert "| QONE; QBOTH; QTWO | L |" in markdown(
        documents(from_data(data))["situation-manual"]
    ).replace("Who opens QHEAD ", "")
    for page in forms(from_data(data), "situation-manual"):
        assert "QOTHER" not in page
        assert "QCLAIM" not in page


def test_the_manual_asks_each_office_its_own_questions(manual: Exercise) -> None:
    data = manual.as_toml()
    data["seat"][0]["questions"] = ["QFIRST?", "QSECOND?"]

    page = markdown(documents(from_data(data))["situation-manual"])

    row = next(line for line in page.splitlines() if "QFIRST?" in line)
    assert data["seat"][0]["name"] in row
    assert "QSECOND?" in row
    assert "Should ask itself" not in markdown(documents(manual)["situation-manual"])


# --- what evaluators look for ---


def objectives() -> Exercise:
    data = load(small.FOLDER).as_toml()
    data["objective"][0] |= {"measures": ["QTICK", "QTOCK"], "lever_tasks": ["QLEVER"]}
    return from_data(data)


def test_the_guide_has_measures_to_tick_and_a_page_for_levers() -> None:
    page = markdown(documents(objectives())["evaluation-guide"])
    levers, objective = page.index("## While levers are moved"), page.index("## Objective 1")

    assert levers < page.index("QLEVER") < objective < page.index("QTICK") < page.index("QTOCK")
    assert 1 == page.count("QLEVER")
    plain = markdown(documents(load(small.FOLDER))["evaluation-guide"])
    assert "While levers" not in plain
    assert "| Measure" not in plain


def test_neither_measures_nor_tasks_are_in_players_papers() -> None:
    made = documents(objectives())

    for document in ("situation-manual", "feedback-form"):
        assert "QT" not in markdown(made[document])
        assert "QLEVER" not in markdown(made[document])


# --- the flagship ---


@cache
def flagship() -> Exercise:
    return exercise("accelerate")


@pytest.mark.slow
def test_every_objective_of_the_flagship_can_be_ticked_and_seen_while_levers_move() -> None:
    for one in flagship().objective:
        assert 2 <= len(one.measures) <= 3, one.id
        assert 1 <= len(one.lever_tasks) <= 2, one.id


def test_every_office_that_plays_the_flagship_has_its_own_questions() -> None:
    white = {cell.id for cell in flagship().cell if cell.side == "white"}

    assert {one.id for one in flagship().seat if one.cell not in white} == {
        one.id for one in flagship().seat if len(one.questions) == 2
    }


def test_the_manual_of_the_flagship_gives_no_secret_aim_away() -> None:
    page = markdown(documents(flagship())["situation-manual"])

    for adversary in flagship().adversary:
        assert len(adversary.aim) == 3
        for aim in adversary.aim:
            for told in (aim.name, aim.about, *aim.names.values()):
                assert text(told) not in page
    assert "do not know" in page


def test_the_manual_of_the_flagship_names_offices_and_nothing_that_is_still_to_come() -> None:
    """It is read in December 2024: what it dates later was known to be due then."""
    pages = " ".join(
        text(told)
        for one in flagship().manual
        for told in (one.heading, *one.text, *one.columns, *(c for row in one.rows for c in row))
    )

    later = set(re.findall(r"(?:[A-Za-z]+ )?20(?:2[5-9]|3\d)", pages))
    assert {
        *("January 2025", "March 2025", "summer 2025", "March 2027"),
        *("fiscal 2025", "fiscal 2027"),
    } == later


@pytest.mark.slow
async def test_the_situation_of_the_flagship_fits_one_small_screen_with_its_button() -> None:
    async with sit(seated("accelerate"), SMALL) as hand:
        assert "How fast, and who sits in Tokyo?" in hand.shown
        assert "STARTEX; the other pages are behind space" in hand.shown


@pytest.mark.parametrize("seat", ["usfj", "kantei"])
def test_what_a_level_of_the_flagship_costs_and_when_it_lands_can_be_read_at_80_columns(
    seat: str,
) -> None:
    game = begin(flagship(), seating(flagship()), 7, None).game

    for lever in levers(Eye(game, seat)):
        rows = detail_rows(lever, None, SMALL[0] - 2, INKS["ttx-dark"], PLAIN, brief=True)
        told = [row.plain for row in rows]
        for level in lever.levels:
            assert [
                one
                for one in told
                if f"  {level.price} " in one and f" {level.lands} " in f"{one} "
            ]
