"""Words with what they mean: one source for the briefing, Help and the manual."""

from __future__ import annotations

import re
from typing import Any

import pytest
from kit.desk import MIDDLE, sit
from kit.screens import MOVES, POSITIONS, at
from kit.tables import exercise

from ttx.exercise.load import from_data
from ttx.report.document import Table
from ttx.report.players import situation_manual
from ttx.session.view.glossary import OWN, SHORT, glossary
from ttx.tui.screens.sheet import Sheet

ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
SAID_OTHERWISE = {"US", "JST", "HST", "EST", "UTC", "USD", "DPRK", "ROK", "PRC", "SDF", "UN"}
"""Names of countries, zones and bodies that the situation itself says in full or nobody asks of."""


@pytest.mark.parametrize("name", ["accelerate", "tutorial"])
def test_each_word_stands_once_and_the_author_comes_first(name: str) -> None:
    part = exercise(name)
    terms = [term for term, _means in glossary(part)]
    assert len(terms) == len({term.casefold() for term in terms})
    assert [word.term for word in part.briefing.words] == terms[: len(part.briefing.words)]
    assert {"STARTEX", "ENDEX", "hot wash", "slot", "excursion"} <= set(terms)
    assert all(means.endswith(".") for _term, means in (*OWN, *SHORT))


def test_a_short_form_is_there_where_the_exercise_has_it() -> None:
    flagship = dict(glossary(exercise("accelerate")))
    assert {"OSD", "MOFA", "METI", "NSC"} <= flagship.keys()
    known = dict(glossary(exercise("tutorial")))
    assert not {term for term, _means in SHORT if term in known}


def test_no_news_tells_by_its_words_that_it_is_there() -> None:
    data: dict[str, Any] = exercise("tutorial").as_toml()
    data["inject"][0]["message"]["sender"] = "METI, Tokyo"
    assert glossary(exercise("tutorial")) == glossary(from_data(data))


def test_an_author_may_say_what_a_word_of_ttx_means() -> None:
    data: dict[str, Any] = exercise("tutorial").as_toml()
    data["briefing"]["words"].append({"term": "Slot", "means": "A place at the quay."})
    words = dict(glossary(from_data(data)))
    assert "A place at the quay." == words["Slot"]
    assert "slot" not in words


def test_those_who_send_and_hold_are_named_in_full_somewhere() -> None:
    part = exercise("accelerate")
    known = " ".join(" ".join(pair) for pair in glossary(part))
    heads = [
        *(inject.message.sender for inject in part.inject),
        *(i.message.to for i in part.inject),
    ]
    holders = [lever.held_by for lever in part.lever]
    used = set(ACRONYM.findall(" ".join(map(str, [*heads, *holders]))))
    left = {word for word in used - SAID_OTHERWISE if not re.search(rf"\b{word}\b", known)}
    assert set() == left


def test_the_manual_and_help_have_the_same_words() -> None:
    part = exercise("tutorial")
    tables = [made for made in situation_manual(part).parts if isinstance(made, Table)]
    assert any(glossary(part) == table.rows for table in tables)


async def test_help_ends_with_them() -> None:
    app = at("tutorial", POSITIONS["crisis"], MOVES["tutorial"])
    async with sit(app, MIDDLE) as desk:
        await desk.press("question_mark", "G")
        assert isinstance(desk.page, Sheet)
        assert "seal" in desk.shown
        assert "A short code over all of a record" in desk.shown
