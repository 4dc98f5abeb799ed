"""Sheets that control gives out: what players may read of an inject and no more, one a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from browser import pages_of
from kit.secrecy import MARK, marked, moments, texts_in
from kit.tables import exercise
from kit.views import views_of

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.report.document import Document, Facts, PageBreak, Part, Quote
from ttx.report.documents import documents
from ttx.report.handouts import (
    HOUR,
    contextual_handout,
    contingency,
    contingency_handouts,
    handout,
    inject_handouts,
)
from ttx.report.html import html
from ttx.report.markdown import markdown
from ttx.report.script import contextual_script
from ttx.session import phases

NAMES = ("tutorial", "accelerate")


def words(parts: Iterable[Part]) -> str:
    return markdown(Document("", parts=tuple(parts)))


def kinds(parts: Iterable[Part]) -> set[str]:
    return {kind for kind, _number in MARK.findall(words(parts))}


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_holds_the_title_and_the_message_of_its_inject_and_nothing_hidden(
    name: str,
) -> None:
    planted = marked(name)

    for inject in planted.inject:
        found = {(kind, int(n)) for kind, n in MARK.findall(words(handout(planted, inject)))}
        assert {("T", inject.number), ("M", inject.number)} == found
        found = {(kind, int(n)) for kind, n in MARK.findall(words(contingency(planted, inject)))}
        assert {("T", inject.number), ("F", inject.number)} == found


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_sheet_is_on_the_screens_of_all_seats_once_it_is_released(
    name: str,
) -> None:
    """All that play are asked, the adversaries too; a blank to fill in is nobody's secret."""
    games, _entries = moments(name)
    looked = 0
    for game in games:
        if game.phase != phases.DELIBERATION or game.inject is None:
            continue
        sheet = handout(game.run.exercise, game.inject)
        facts = {given for part in sheet if isinstance(part, Facts) for _name, given in part.rows}
        facts -= {game.inject.on_list, "…………………………"}
        said = {line for part in sheet if isinstance(part, Quote) for line in part.paragraphs}
        for seat in game.run.exercise.seat:
            shown = "\n".join(texts_in(views_of(game, seat.id)))
            missing = {one for one in facts | said if one not in shown}
            assert not missing, (seat.id, missing)
            looked += 1
    assert looked > 20


def contextual() -> Exercise:
    data = exercise("tutorial").as_toml()
    seat, other = (one["id"] for one in data["seat"][:2])
    message = {"sender": "QFROM", "to": "QTO", "via": "QVIA", "text": ["QTEXT"]}
    part = {"kind": "call", "turn": 1, "message": message, "expected": "QEXPECTED"}
    data["contextual"] = [
        part | {"id": "call", "title": "QTITLE", "readers": [seat, other]},
        part | {"id": "flash", "title": "QFLASH"},
    ]
    return from_data(data)


def test_a_contextual_sheet_names_none_of_those_who_also_read_it() -> None:
    made = contextual()
    (number, part), *_rest = ((line.number, part) for line, part in contextual_script(made))

    sheet = words(contextual_handout(number, part))

    for told in ("m1", "QTITLE", "QFROM", "QTO", "QVIA", "QTEXT"):
        assert told in sheet
    assert "QEXPECTED" not in sheet
    assert not [seat.name for seat in made.seat if text(seat.name) in sheet]
    front = markdown(inject_handouts(made)).partition("## QTITLE")[0]
    row = next(line for line in front.splitlines() if "QTITLE" in line)
    assert all(text(seat.name) in row for seat in made.seat[:2])
    assert "everybody" in next(line for line in front.splitlines() if "QFLASH" in line)


def test_times_that_the_dice_give_are_places_to_write_in() -> None:
    data = exercise("tutorial").as_toml()
    data["inject"][0]["message"]["text"] = ["At {onset}, {hawaii+2h} there."]
    data["inject"][0]["if_not"] = "By {onset+6h}."
    made = from_data(data)

    assert f"At {HOUR}, {HOUR} there." in words(handout(made, made.inject[0]))
    assert f"By {HOUR}." in words(contingency(made, made.inject[0]))


@pytest.mark.parametrize("name", NAMES)
def test_every_inject_has_its_sheet_and_no_contingency_lies_among_them(name: str) -> None:
    made = exercise(name)
    sheets, apart = inject_handouts(made), contingency_handouts(made)

    def count(document: Document) -> int:
        return sum(isinstance(part, PageBreak) for part in document.parts)

    assert len(made.inject) + len(made.contextual) == count(sheets)
    assert sum(bool(text(one.if_not)) for one in made.inject) == count(apart)
    planted = marked(name)
    assert "F" not in kinds(inject_handouts(planted).parts)
    assert not {"M", "E", "P", "Q"} & kinds(contingency_handouts(planted).parts)


def test_a_loose_sheet_has_no_page_number_that_would_tell_how_many_there_are() -> None:
    for name, document in documents(exercise("tutorial")).items():
        loose = name in ("inject-handouts", "contingency-handouts")
        assert loose == document.loose
        assert ("counter(pages)" in html(document)) is not loose


@pytest.mark.slow
@pytest.mark.parametrize("size", ["A4", "letter"])
def test_each_sheet_fits_one_printed_page(tmp_path: Path, size: str) -> None:
    for make in (inject_handouts, contingency_handouts):
        document = make(exercise("accelerate"))
        page = tmp_path / f"{make.__name__}.html"
        page.write_text(html(document).replace("size: auto;", f"size: {size};"))
        sheets = sum(isinstance(part, PageBreak) for part in document.parts)
        front = tmp_path / "front.html"
        whole = page.read_text()
        front.write_text(re.sub(r'<div class="break">.*</main>', "</main>", whole, flags=re.DOTALL))

        pages = pages_of(page, tmp_path / "pages.pdf")

        assert sheets + pages_of(front, tmp_path / "front.pdf") == pages
