"""An exercise as a picture: what is in it, that nothing covers anything, and that it stays so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.person import mistake, ttx_
from ssh_rig import ROOT

from ttx.exercise.load import from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.report.graph.layers import Edge, Passing, Slot, columns, crossings, rows, ways
from ttx.report.graph.mermaid import mermaid
from ttx.report.graph.network import BOX, FILL, OTHER, network
from ttx.report.graph.scheme import asked, links
from ttx.report.graph.svg import svg

TUTORIAL = load(ROOT / "exercises" / "tutorial")
LARGE = load(ROOT / "tests" / "exercises" / "accelerate_1")
BOTH = pytest.mark.parametrize("exercise", [TUTORIAL, LARGE], ids=lambda one: one.id)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(exercise: Exercise) -> ET.Element:
    return ET.fromstring(svg(exercise))  # noqa: S314  # what has just been made here


def words(picture: ET.Element) -> list[str]:
    return [one.text or "" for one in picture.iter(f"{SVG}text")]


def tips(picture: ET.Element) -> list[str]:
    return [one.text or "" for one in picture.iter(f"{SVG}title")]


# The picture


@BOTH
def test_every_inject_and_every_influence_is_in_the_picture(exercise: Exercise) -> None:
    picture = drawn(exercise)

    for inject in exercise.inject:
        assert any(one.startswith(f"{inject.number}  ") for one in words(picture))
    arrows = {one.partition(":")[0] for one in tips(picture) if " → " in one}
    assert {f"{one.source} → {one.target}" for one in links(exercise)} == arrows


def test_conditions_and_needs_are_told_beside_their_inject() -> None:
    said = words(drawn(LARGE))

    assert "#1 released or #4 released or #6 released" in said
    assert "PRC unease 55 or Temperature 30" in said
    assert "▸ shared_picture: Staff standing in Japan 12" in said
    assert "two_minutes" not in " ".join(said)  # injects go by number


def test_an_inject_that_comes_again_says_so() -> None:
    data = deepcopy(TUTORIAL.as_toml())
    data["turns"]["count"] = 6
    data["inject"][1] |= {"turns": [1, 6], "again": 2}
    exercise = from_data(data)

    assert "10:00 h, again after 2" in words(drawn(exercise))
    assert "to turn 6, again after 2" in mermaid(exercise)


def test_an_arrow_leads_from_an_inject_to_the_one_that_waits_for_it() -> None:
    found = [one for one in tips(drawn(LARGE)) if one.startswith("unanswered_hotline: ")]
    assert [
        "unanswered_hotline: radar_at_dusk released",
        "unanswered_hotline: two_minutes_over_danjo released",
        "unanswered_hotline: carrier_between_islands released",
    ] == found


def boxes(exercise: Exercise) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of each value in the picture of influences."""
    found = []
    for one in network(exercise, 0)[0]:
        shape = re.match(
            r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" .*fill="(#\w+)"', one
        )
        if shape and int(shape[3]) == BOX and shape[5] in (FILL, OTHER):
            x, y, w, h = (int(shape[at]) for at in range(1, 5))
            found.append((x, y, x + w, y + h))
    return found


@BOTH
def test_no_box_covers_another_or_leaves_the_sheet(exercise: Exercise) -> None:
    found = boxes(exercise)
    touched = {name for one in links(exercise) for name in (one.source, one.target)}

    assert len(touched) == len(found)
    for (a, b, c, d), (e, f, g, h) in combinations(found, 2):
        assert c <= e or g <= a or d <= f or h <= b
    _, (right, low) = network(exercise, 0)
    assert all(x >= 0 and y >= 40 and z <= right and u <= low for x, y, z, u in found)


@BOTH
def test_the_same_exercise_is_the_same_picture(exercise: Exercise) -> None:
    again = exercise.model_copy(deep=True)
    assert svg(again) == svg(exercise)
    assert mermaid(again) == mermaid(exercise)


def hostile() -> Exercise:
    data = deepcopy(TUTORIAL.as_toml())
    data["title"] = 'A "<b>" & \n\x1b[31m'
    data["inject"][0]["title"] = '</text><script>"#; end'
    data["track"][1]["short"] = 'x"]-->y'
    return from_data(data)


def test_words_of_an_author_stay_words() -> None:
    picture = drawn(hostile())

    assert not [*picture.iter(f"{SVG}script")]
    assert any("</text><script>" in one for one in words(picture))


def test_an_exercise_without_influences_is_drawn() -> None:
    data = deepcopy(TUTORIAL.as_toml())
    data["influence"] = []
    assert any(one.startswith("No influence touches: ") for one in words(drawn(from_data(data))))


# Columns and rows


def test_a_column_is_one_more_than_the_farthest_that_leads_there() -> None:
    assert {"a": 0, "b": 1, "c": 2, "d": 0} == columns(
        ["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("a", "c"), ("c", "a"), ("d", "c")]
    )


def test_a_line_passes_the_columns_between_and_crossings_are_undone() -> None:
    edges = [("a", "z"), ("b", "y"), ("a", "m"), ("m", "z")]
    column = {"a": 0, "b": 0, "y": 1, "m": 1, "z": 2}
    found = ways(column, edges)

    assert [(0, "a"), (1, Passing(("a", "z"), 1)), (2, "z")] == found["a", "z"]
    crossed: list[list[Slot]] = [["a", "b"], ["y", "m", Passing(("a", "z"), 1)], ["z"]]
    assert 2 == crossings(crossed, found)  # b to y crosses both lines from a
    assert 0 == crossings(rows(column, found), found)


NAMES = "abcdefgh"


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=14))
@settings(max_examples=60, deadline=None)
def test_nobody_is_lost_and_no_order_is_worse_than_the_first(edges: list[Edge]) -> None:
    edges = [(a, b) for a, b in edges if a != b]
    column = columns(NAMES, edges)
    stations = ways(column, edges)
    order = rows(column, stations)

    assert sorted(NAMES) == sorted(one for slots in order for one in slots if isinstance(one, str))
    passing = {one for way in stations.values() for one in way[1:-1]}
    there = {(at, one) for at, slots in enumerate(order) for one in slots}
    assert passing <= there
    assert len(there) == len(NAMES) + len(passing)


# Mermaid

NODE = r'[vli]\d+(?:\["[^"]*"\]|\("[^"]*"\)|\(\["[^"]*"\]\)|\[/"[^"]*"/\])'
EDGE = r'[vli]\d+ (?:-->|-\.->)\|"[^"]*"\| [vi]\d+'
LINE = re.compile(rf'%% .*|flowchart LR|subgraph \w+\["[^"]*"\]|end|{NODE}|{EDGE}')


def lines(exercise: Exercise) -> Iterator[str]:
    yield from (one.strip() for one in mermaid(exercise).splitlines())


@pytest.mark.parametrize(
    "exercise", [TUTORIAL, LARGE, hostile()], ids=["small", "large", "hostile"]
)
def test_every_line_is_a_node_an_edge_or_a_frame(exercise: Exercise) -> None:
    assert [] == [one for one in lines(exercise) if not LINE.fullmatch(one)]


@BOTH
def test_every_edge_joins_what_is_defined_once(exercise: Exercise) -> None:
    made = [one for one in lines(exercise) if re.fullmatch(NODE, one)]
    nodes = [re.match(r"\w+", one)[0] for one in made]  # type: ignore[index]  # it begins so
    edges = [
        re.findall(r"(?:^| )([vli]\d+)(?: |$)", one)
        for one in lines(exercise)
        if re.fullmatch(EDGE, one)
    ]

    assert len({*nodes}) == len(nodes)
    assert {end for edge in edges for end in edge} <= {*nodes}
    asks = sum(len([*asked(inject.when)]) for inject in exercise.inject)
    assert len(exercise.influence) + asks == len(edges)


# The verb


@pytest.mark.slow
def test_the_verb_draws_to_a_file_that_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "one.svg"
    said = ttx_("graph", "tutorial", "--out", out)[1]

    assert "It holds what players may not see." in said
    assert svg(TUTORIAL) == out.read_text("utf-8")
    assert "is there already" in mistake("graph", "tutorial", "--out", out)


def test_every_exercise_of_the_checkout_has_a_graph_as_text() -> None:
    flagship = load(ROOT / "exercises" / "accelerate")

    assert 'a0 -.->|"escalate"|' in mermaid(flagship)


@pytest.mark.slow
def test_the_verb_gives_text_on_standard_output() -> None:
    assert mermaid(TUTORIAL) == ttx_("graph", "tutorial", "--format", "mermaid")[0]


@pytest.mark.slow
def test_a_name_that_says_another_form_is_refused(tmp_path: Path) -> None:
    assert "A picture as svg ends in .svg" in mistake(
        "graph", "tutorial", "--out", tmp_path / "one.png"
    )
