"""An eye: whose it is, what it may see, and what it calls things."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from kit.tables import exercise, seated
from kit.views import sealed, views_of

from ttx import i18n
from ttx.exercise.load import from_data
from ttx.session import phases
from ttx.session.run import PROJECTOR
from ttx.session.view.eye import Eye, Names
from ttx.session.view.pace import named
from ttx.session.view.visibility import everything, visibility


def two_languages() -> Eye:
    """The tutorial with one cell, one lever's level and one option that have a second name."""
    data: dict[str, Any] = exercise("tutorial").as_toml()
    data["languages"] = ["en", "de"]
    data["cell"][0]["name"] = {"en": "States", "de": "Staaten"}
    data["lever"][0]["levels"][0]["name"] = {"en": "none", "de": "nichts"}
    data["inject"][0]["option"][0]["title"] = {"en": "Wait", "de": "Warten"}
    game = seated("tutorial").game
    return Eye(replace(game, run=replace(game.run, exercise=from_data(data))), "relief", "de")


def test_names_are_in_the_language_of_the_reader() -> None:
    eye = two_languages()
    cell, lever = eye.exercise.cell[0], eye.exercise.lever[0]

    assert "Staaten" == eye.names.cells[cell.id] == eye.text(cell.name)
    assert "nichts" == eye.names.level(lever.id, lever.levels[0].id)
    assert "States" == Names(eye.exercise, "en").cells[cell.id]


def test_the_language_in_force_is_the_reader_s() -> None:
    eye = two_languages()
    with i18n.reading("de"):
        assert "Staaten" == Eye(eye.game, eye.seat).names.cells[eye.exercise.cell[0].id]
        assert "de" == Eye.all_seeing(eye.game).language
    assert "States" == Eye(eye.game, eye.seat).names.cells[eye.exercise.cell[0].id]


def test_there_is_a_name_for_every_part() -> None:
    eye = Eye(seated("accelerate").game, "usfj")
    names, parts = eye.names, eye.exercise

    assert [*names.cells] == [one.id for one in parts.cell]
    assert [*names.seats] == [one.id for one in parts.seat]
    assert [*names.adversaries] == [one.id for one in parts.adversary]
    assert [*names.scores] == [one.id for one in parts.score]
    assert [*names.injects] == [one.id for one in parts.inject]
    assert {*names.values} >= {one.id for one in parts.track}
    assert {*names.stages} >= {one.id for one in parts.clock.stages}
    assert all(map(all, (names.objectives.values(), names.robots.values(), names.leans.values())))
    assert names.cells is eye.names.cells, "made once"
    with pytest.raises(KeyError):
        names.level(parts.lever[0].id, "none of its levels")


def test_a_seat_has_a_cell_and_the_room_has_none() -> None:
    eye = Eye(seated("accelerate").game, "usfj")
    (own,) = (one.cell for one in exercise("accelerate").seat if one.id == "usfj")

    assert ("USFJ", eye.names.cells[own]) == named(eye, "usfj")
    assert ("Room", "") == named(eye, PROJECTOR)


def test_an_eye_sees_what_its_seat_may_and_only_the_review_s_sees_all() -> None:
    game = sealed("line_in_tokyo", "").game

    for seat in ("relief", "tokyo", "coast_guard", "facilitator"):
        assert visibility(game, seat) == Eye(game, seat).visibility
    assert everything(game.run.exercise) == Eye.all_seeing(game).visibility
    with pytest.raises((KeyError, ValueError, StopIteration)):
        _ = Eye(game, "nobody").visibility
    with pytest.raises((KeyError, ValueError, StopIteration)):
        _ = Eye(game, "").visibility


def test_play_is_over_from_the_hot_wash_on() -> None:
    game = seated("tutorial").game

    over = {one: Eye(replace(game, phase=one), "relief").over for one in phases.PHASES}
    assert {phases.HOTWASH, phases.CLOSED} == {one for one, is_over in over.items() if is_over}


def test_only_the_seat_that_holds_the_pace_holds_it() -> None:
    game = sealed("line_in_tokyo", "").game
    assert "" == game.run.facilitator

    for seat in ("relief", ""):
        assert not Eye(game, seat).facilitates
        with pytest.raises(ValueError, match="is not at the desk"):
            Eye(game, seat).require_desk()


def test_what_was_played_has_its_number_and_its_title() -> None:
    eye = Eye(sealed("line_in_tokyo", "").game, "relief")

    (one,) = eye.played()
    assert one.slot is eye.game.slot
    assert ("1.1", f"1.1 {eye.text(one.inject.title)}") == (one.number, one.headed)
    assert () == tuple(Eye(seated("tutorial").game, "relief").played())


def inside(value: object) -> list[object]:
    """A value and all that it holds."""
    if is_dataclass(value) and not isinstance(value, type):
        held = [getattr(value, one.name) for one in fields(value)]
    elif isinstance(value, tuple | list | frozenset | set):
        held = [*value]
    elif isinstance(value, dict):
        held = [*value.values()]
    else:
        held = []
    return [value, *(deep for one in held for deep in inside(one))]


def test_no_value_that_a_seat_is_given_holds_an_eye() -> None:
    game = sealed("line_in_tokyo", "").game

    held = [one for view in views_of(game, "relief") for one in inside(view)]
    assert len(held) > 100
    assert not [one for one in held if isinstance(one, Eye | Names)]
