"""The map and the timeline of the situation manual: what is on them, and what must not be."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from kit.tables import exercise

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.map import Map
from ttx.exercise.model.part import text
from ttx.report.document import Figure, blocks
from ttx.report.documents import documents
from ttx.report.theatre_map import theatre_map
from ttx.report.timeline import rows, timeline
from ttx.tui.theatre import labels

SVG = "{http://www.w3.org/2000/svg}"


def parts_of(figure: Figure, name: str) -> Iterator[ET.Element]:
    """The elements of that name in a drawing; it is whole XML."""
    return ET.fromstring(figure.svg).iter(f"{SVG}{name}")  # noqa: S314  # drawn by ttx itself


def drawn(figure: Figure) -> list[str]:
    """The words in a drawing."""
    return ["".join(part.itertext()) for part in parts_of(figure, "text")]


def theatre(name: str = "accelerate") -> Map:
    found = exercise(name).map
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["accelerate", "tutorial"])
def test_the_map_names_what_the_screens_name_from_the_beginning_and_no_other_place(
    name: str,
) -> None:
    figure = theatre_map(theatre(name))
    shown = {re.sub("[◀▶] ?| ?▶", "", words).strip() for words in drawn(figure)}
    known = {label.text for label in labels(theatre(name))}
    others = {text(place.name) for place in theatre(name).place.values()} - known

    assert others
    assert not others & shown
    for place_id, place in theatre(name).place.items():
        coming = place.kind in ("sea", "site", "island", "base")
        if coming and place_id not in theatre(name).distances:
            assert text(place.name) not in shown, place_id
    assert not [one for one in others if re.search(rf"\b{re.escape(one)}[,.]", figure.told)]
    assert len(shown & known) > len(known) // 2
    assert all(one in figure.told for one in known)


def test_no_name_on_the_map_lies_over_another() -> None:
    figure = theatre_map(theatre())
    areas = []
    for part in parts_of(figure, "text"):
        long, size = 0.5 * 12 * len(part.text or ""), 12
        left, base = int(part.get("x", 0)), int(part.get("y", 0))
        left = round(left - long) if part.get("text-anchor") == "end" else left
        areas.append((left, base - size, left + long, base))
    for (a, b, c, d), (e, f, g, h) in combinations(areas, 2):
        assert c <= e or g <= a or d <= f or h <= b


def with_rows(*spoken: str, known: tuple[bool, ...] = (True, False)) -> Exercise:
    data: dict[str, Any] = exercise("tutorial").as_toml()
    track = data["influence"][0]["to"]
    data["calendar"] = [
        {
            "id": f"row{at}",
            "name": f"QROW{at}",
            "known": open_,
            "entries": [{"turns": [2], "effects": [{"track": track, "by": 1}]}],
            "basis": ["design"],
        }
        for at, open_ in enumerate(known)
    ]
    data["manual"] = [
        {
            "heading": "Dates",
            "columns": ["Date", "Step"],
            "rows": [[when, f"QSTEP{at}"] for at, when in enumerate(spoken)],
            "basis": ["design"],
        }
    ]
    return from_data(data)


def test_only_what_the_author_says_is_known_stands_on_the_timeline() -> None:
    made = with_rows("May 2026", "August 2026")
    words = " ".join(drawn(timeline(made)))

    assert "T2: QROW0" in words
    assert "May 2026: QSTEP0" in words
    assert "August 2026: QSTEP1" in words
    for document in ("situation-manual", "feedback-form"):
        svg = "".join(
            part.svg for part in blocks(documents(made)[document].parts) if isinstance(part, Figure)
        )
        assert "QROW1" not in svg


def test_a_table_of_which_one_row_has_no_date_is_no_timeline() -> None:
    assert ["QROW0"] == [row.what for row in rows(with_rows("May 2026", "some day"))]


def test_marks_stand_in_the_order_of_time() -> None:
    made = with_rows("August 2026", "2025", "May 2026")

    assert ["QSTEP1", "QSTEP2", "QSTEP0", "QROW0"] == [row.what for row in rows(made)]


def test_the_timeline_has_every_turn_whatever_the_exercise() -> None:
    for name in ("accelerate", "tutorial"):
        words = " ".join(drawn(timeline(exercise(name))))
        for turn in range(1, exercise(name).turns.count + 1):
            assert re.search(rf"\bT{turn}\b", words), (name, turn)


@pytest.mark.parametrize(
    "length", [{"months": 1}, {"months": 6}, {"months": 120}, {"days": 1}, {"days": 40}]
)
@pytest.mark.parametrize("count", [2, 10])
def test_turns_of_any_length_are_drawn_within_the_sheet(length: dict[str, int], count: int) -> None:
    data = with_rows("1951", "May 2026", "2099").as_toml()
    data["turns"] = {"start": data["turns"]["start"], "count": count} | length
    figure = timeline(from_data(data))
    words = drawn(figure)
    for turn in range(1, count + 1):
        assert [word for word in words if re.match(rf"T?{turn}(,|$)", word)], turn

    for box in parts_of(figure, "rect"):
        left, wide = float(box.get("x", 0)), float(box.get("width", 0))
        assert 0 < wide
        assert left + wide <= 680.1


def test_what_is_far_from_play_leaves_the_turns_their_room() -> None:
    figure = timeline(with_rows("1951", "2099"))
    words = drawn(figure)

    assert {"◂", "▸"} <= set(words)
    assert "T1, Jul 2026 to Sep 2026" in words


def test_a_turn_of_a_day_is_told_by_its_day() -> None:
    data = exercise("tutorial").as_toml()
    data["turns"] |= {"days": 1, "start": date(2026, 3, 12)}
    data["turns"].pop("months", None)
    figure = timeline(from_data(data))

    assert "T2, 13 Mar 2026" in drawn(figure)
    assert "Mar 2026" in drawn(figure)
    assert figure.told == "2 turns, 12 Mar 2026 to 13 Mar 2026."


def test_without_a_map_there_is_a_timeline_alone() -> None:
    data = exercise("tutorial").as_toml()
    data.pop("map")
    for inject in data["inject"]:
        inject.pop("place", None)
    parts = blocks(documents(from_data(data))["situation-manual"].parts)

    assert 1 == sum(isinstance(part, Figure) for part in parts)


def test_an_exercise_in_which_nothing_is_marked_as_known_has_the_digest_it_had() -> None:
    assert not [row for row in exercise("accelerate").as_toml()["calendar"] if "known" in row]
