"""A row of a study, opened as a run: it ends as it did in its batch, and its record holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ttx.adjudicator.dice import seed_of
from ttx.adjudicator.tables import Tables
from ttx.analysis.course import play
from ttx.analysis.policies import Policy, policies
from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parameters import parameters
from ttx.session.audit import differences
from ttx.session.command import IllegalDecision
from ttx.session.control_commands import Script
from ttx.session.control_events import Adjusted, Scripted
from ttx.session.event_codec import Event
from ttx.session.events import Started
from ttx.session.fold import fold
from ttx.session.opening import begin, look_at, opened_row
from ttx.session.record import read
from ttx.session.run import Run
from ttx.session.seating import seating
from ttx.session.table import Table
from ttx.session.verify import verify

TUTORIAL = Path(__file__).parents[1] / "exercises" / "tutorial"
SEED, WORLD, WHY = 3, 17, "row 17 of a study"
SETTINGS = {
    "start.staff": 1250,
    "strength.staff_trust": 40,
    "wait.storm": 3,
}


@pytest.fixture(scope="module")
def tutorial() -> Exercise:
    return load(TUTORIAL)


def policy(exercise: Exercise, words: str) -> Policy:
    def none(name: str) -> str:
        raise AssertionError(name)

    return policies(exercise, [words], none)[0]


def opened(exercise: Exercise, words: str, settings: dict[str, int], path: Path) -> Table:
    seed = seed_of(SEED, WORLD)
    return opened_row(exercise, policy(exercise, words).players, settings, seed, path, WHY)


def agrees(exercise: Exercise, words: str, settings: dict[str, int], path: Path) -> Table:
    table = opened(exercise, words, settings, path)
    table.leave()
    course = play(
        Tables(exercise),
        policy(exercise, words),
        SEED,
        np.array([WORLD], np.uint64),
        {name: np.array([value], np.int32) for name, value in settings.items()},
    )
    game = table.game
    ends = [turn.reckoned.reckoning.scores for turn in game.turns if turn.reckoned is not None]
    assert course.scores[:, :, 0].tolist() == [list(one) for one in ends]
    assert course.tracks[-1, :, 0].tolist() == list(game.position.tracks)
    told = [(one.what, one.holds, one.found) for one in verify(path)]
    assert not [one for one in told if one[1] is False]
    return table


@pytest.mark.slow
def test_a_row_with_the_exercise_as_it_is_is_an_ordinary_run(
    tutorial: Exercise, tmp_path: Path
) -> None:
    table = agrees(tutorial, "steady", {}, tmp_path / "row.ttx.toml")
    played = begin(
        tutorial, seating(tutorial, "steady"), seed_of(SEED, WORLD), tmp_path / "run.ttx.toml"
    )
    played.leave()

    assert isinstance(table.entries[0].event, Started)
    assert (tmp_path / "row.ttx.toml").read_bytes() == (tmp_path / "run.ttx.toml").read_bytes()


@pytest.mark.parametrize("words", ["eager", "eager+ports=closed", "random"])
def test_a_row_ends_as_in_its_batch_and_verifies(
    tutorial: Exercise, tmp_path: Path, words: str
) -> None:
    table = agrees(tutorial, words, SETTINGS, tmp_path / "row.ttx.toml")

    facts = [one.event for one in table.entries]
    assert [Adjusted("start", "staff", 1250, WHY)] == facts[:1]
    assert Adjusted("number", "wait.storm", 3, WHY) in facts
    assert ("+" in words) == any(isinstance(one, Scripted) for one in facts)
    assert table.game.excursion
    assert {one.by for one in table.entries[:3]} == {"nobody"}


@pytest.mark.slow
def test_a_row_of_the_flagship_with_robots_of_its_own_for_each_cell(
    accelerate: Exercise, tmp_path: Path
) -> None:
    known = parameters(accelerate)
    settings: dict[str, int] = {
        name: known[name].high
        for name in (
            *("start.us_signal", "strength.25", "clock.legal.jp_public", "window.sea_collision"),
            *(
                "upkeep.pace.accelerated",
                "bar.crisis",
                "act.china",
                "needs.pace.crash.us_resources",
            ),
        )
        if name in known
    }
    assert len(settings) > 6
    agrees(
        accelerate,
        "us=accelerated,japan=hawaii+standing_staff=full@3",
        settings,
        tmp_path / "row.ttx.toml",
    )


def test_a_number_as_it_is_already_is_no_excursion(tutorial: Exercise, tmp_path: Path) -> None:
    table = opened(tutorial, "steady", {"start.staff": 1000}, tmp_path / "row.ttx.toml")
    table.leave()

    assert not table.game.excursion
    assert isinstance(table.entries[0].event, Started)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"start.staf": 1}, r"has no number 'start\.staf' \(did you mean 'start\.staff'\?\)"),
        ({"start.staff": 10001}, "A track is between 0 and 100 points"),
        ({"wait.storm": 17}, r"wait\.storm must be between 0 and 16 \(sixteenths\), not 17"),
    ],
)
def test_what_a_row_cannot_be_is_said_before_anything_is_written(
    tutorial: Exercise, tmp_path: Path, settings: dict[str, int], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        opened(tutorial, "steady", settings, tmp_path / "row.ttx.toml")
    assert not [*tmp_path.iterdir()]


def test_a_robot_that_bears_the_name_of_another_is_given_one_of_its_own(
    tutorial: Exercise, tmp_path: Path
) -> None:
    other = next(one for one in tutorial.robot if one.id == "eager")
    posing = other.model_copy(update={"id": "steady", "wishes": other.wishes[:1]})
    cells = [cell.id for cell in tutorial.cell if cell.side == "allied"]
    table = opened_row(
        tutorial, dict.fromkeys(cells, posing), {}, 5, tmp_path / "row.ttx.toml", WHY
    )
    table.leave()

    assert {table.game.run.players[cell] for cell in cells} == {"steady-2"}
    assert [one.name for one in table.game.run.exercise.robot][-1] == "steady-2"
    assert not [one for one in verify(tmp_path / "row.ttx.toml") if one.holds is False]


# What a record may hold of it


def test_no_seat_asks_for_what_a_row_is_set_up_with(tutorial: Exercise, tmp_path: Path) -> None:
    table = begin(tutorial, seating(tutorial), 5, tmp_path / "run.ttx.toml")
    seat = table.game.run.first_seat
    source = 'id = "x"\nname = "x"\nabout = "x"\n'
    with pytest.raises(IllegalDecision):
        table.submit(seat, Script(source), len(table.entries))
    table.leave()


def test_a_row_is_read_again_as_it_was_played(tutorial: Exercise, tmp_path: Path) -> None:
    path = tmp_path / "row.ttx.toml"
    table = agrees(tutorial, "eager+ports=closed", SETTINGS, path)
    again = look_at(read(path))

    assert again.game.position == table.game.position
    assert again.game.excursion == table.game.excursion
    for n in range(again.timeline.last + 1):
        assert again.to(n).entries == n


@pytest.fixture(scope="module")
def row(tutorial: Exercise) -> Table:
    return opened_row(
        tutorial, policy(tutorial, "eager+ports=closed").players, SETTINGS, 5, None, WHY
    )


@pytest.mark.parametrize(
    ("at", "event", "says"),
    [
        (0, Adjusted("number", "wait.storms", 3, WHY), "cannot follow"),
        (0, Adjusted("number", "wait.storm", 99, WHY), "must be between 0 and 16"),
        (0, Adjusted("strength", "nothing", 3, WHY), "cannot follow"),
        (0, Adjusted("wish", "staff", 3, WHY), "cannot follow"),
        (3, Scripted("id = 3"), "a robot is written in it that is none"),
        (3, Scripted("[["), "a robot is written in it that is none"),
        (3, Scripted('id = "steady"\nname = "x"\nabout = "x"'), "is there already"),
    ],
)
def test_a_record_that_sets_up_what_cannot_be_is_not_followed(
    row: Table, at: int, event: Event, says: str
) -> None:
    entries = [replace(one, event=event) if one.n == at + 1 else one for one in row.entries]
    with pytest.raises(ValueError, match=says):
        fold(beginning_of(row), entries)


@pytest.mark.parametrize(
    ("at", "event", "says"),
    [
        (0, Adjusted("start", "staff", 1300, WHY), "this model would"),
        (0, Adjusted("start", "staff", 1250, ""), "refused this from 'nobody'"),
        (0, Adjusted("number", "start.staff", 1250, WHY), "refused this from 'nobody'"),
        (
            3,
            Scripted('id = "eager-ports-closed"\nname = "x"\nabout = "x"'),
            "'levers_closed' would have come here, not 'moved'",
        ),
        (
            3,
            Scripted(
                'id = "eager-ports-closed"\nname = "x"\nabout = "x"\n'
                'wishes = [{ turn = 1, lever = "no", level = "no" }]'
            ),
            "refused this from 'nobody' (robot 'eager-ports-closed': lever 'no' is unknown",
        ),
    ],
)
def test_an_audit_says_where_a_set_up_was_changed(
    row: Table, at: int, event: Event, says: str
) -> None:
    entries = [replace(one, event=event) if one.n == at + 1 else one for one in row.entries]
    found = differences(beginning_of(row), entries)
    assert any(says in one for one in found), found


def test_nothing_is_set_up_after_startex(row: Table) -> None:
    started = next(one.n for one in row.entries if isinstance(one.event, Started))
    late = replace(row.entries[0], event=Adjusted("start", "staff", 1300, WHY), n=started + 1)
    entries = [*row.entries[:started], late]
    assert any("before STARTEX" in one for one in differences(beginning_of(row), entries))


def beginning_of(table: Table) -> Run:
    written = table.game.written
    assert written is not None
    return Run(written, table.game.run.seed, table.game.run.players)
