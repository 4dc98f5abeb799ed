"""One name for each track, score and lever, in texts and on screens, and no name of files."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from kit.desk import MIDDLE, SMALL, Desk, sit
from kit.screens import MOVES, PAGES, POSITIONS, at
from kit.tables import exercise, seated

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.session.view.briefing import briefing
from ttx.session.view.eye import Eye
from ttx.session.view.ruling import BeforeAfter
from ttx.session.view.words import Direction
from ttx.tui.theme import glyphs, ink_of
from ttx.tui.widgets.ruling import changes_rows

APART = {
    "Rank parity": "Counterpart parity",
    "Decision time": "Decision latency",
    "Theatre unity": "Theatre coherence",
    "Japan missiles": "Japanese strike stock",
    "Tokyo standing": "Japanese government capital",
    "US funding": "US resources protected",
    "PRC unease": "PRC sense of encirclement",
    "Red alignment": "Adversary alignment",
    "Trade pressure": "Economic pressure",
}
"""What the flagship's tracks are called, where its author has other words in full."""


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_of(part)


def second_names(part: Exercise) -> dict[str, str]:
    """Names that no reader is to meet, each with what the thing is called."""
    tracks = {text(track.name): text(track.called) for track in part.track}
    levers = {lever.id: text(lever.name) for lever in part.lever if "_" in lever.id}
    return {name: called for name, called in {**tracks, **levers}.items() if name != called}


def test_a_short_form_of_other_words_is_the_name() -> None:
    part = exercise("accelerate")
    apart = {text(t.called): text(t.name) for t in part.track if t.called != t.name}
    assert APART == apart
    assert all(part.names[track.id] == track.called for track in part.track)
    tutorial = exercise("tutorial")
    assert [track.name for track in tutorial.track] == [track.called for track in tutorial.track]


def test_what_a_seat_decides_has_levers_by_their_names() -> None:
    table = seated("accelerate")
    view = briefing(Eye(table.game, "usfj"))
    assert (
        "Standing staff in Japan, with INDOPACOM",
        "Site of the headquarters, with Tokyo and the host towns",
    ) == view.decides[1:3]
    assert "pace on your own: OSD holds the gates" in view.does_not_decide
    assert "Authority delegated: INDOPACOM delegates it" in view.does_not_decide


@pytest.mark.parametrize("name", ["accelerate", "tutorial"])
def test_no_text_of_an_author_has_a_second_name(name: str) -> None:
    part = exercise(name)
    data = part.as_toml()
    data["track"] = [{**track, "name": ""} for track in data["track"]]
    data.pop("evidence", None)
    data["briefing"]["play_in_lines"] = []  # there ids are what is typed
    data["briefing"]["play"] = []  # this and what seats decide is read with the names of levers
    for seat in data["seat"]:
        seat |= {"decides": [], "does_not_decide": []}
    prose = [words for words in texts_of(data) if " " in words]
    found = {
        (second, words)
        for second in second_names(part)
        for words in prose
        if re.search(rf"\b{re.escape(second)}\b", words, re.IGNORECASE)
    }
    assert set() == found


def met(desk: Desk, part: Exercise) -> set[tuple[str, str]]:
    shown = desk.shown
    return {
        (desk.where, second)
        for second in second_names(part)
        if re.search(rf"\b{re.escape(second)}\b", shown)
    }


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
@pytest.mark.parametrize("where", list(POSITIONS))
async def test_no_page_shows_a_second_name(where: str, size: tuple[int, int]) -> None:
    part = exercise("accelerate")
    app = at("accelerate", POSITIONS[where], MOVES["accelerate"])
    found: set[tuple[str, str]] = set()
    async with sit(app, size) as desk:
        for key in (*PAGES[where], "escape", "t", "G", "escape", "S", "escape"):
            found |= met(desk, part)
            await desk.press(key)
        found |= met(desk, part)
    assert set() == found


def test_a_track_before_and_after_has_its_name_whole_where_the_values_leave_room() -> None:
    """At 120x40 the effects of a ruling have 40 cells."""
    names = [text(track.short) for track in exercise("accelerate").track]
    worst = [BeforeAfter(name, 10000, 0, Direction.WORSE) for name in names]
    head, _rule, *rows = changes_rows("EFFECTS", worst, 40, ink_of(""), glyphs())
    assert names == [row.plain.split("  ")[0].rstrip() for row in rows]
    assert all(row.plain.split()[-3:] == ["100.00", "0.00", "-100.00"] for row in rows)
    assert ["before", "after", "change"] == head.plain.split()[-3:]
