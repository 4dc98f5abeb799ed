from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.golden import GOLDEN
from kit.tables import SEATINGS, play, played, robots_alone, seated, until

from ttx.session import phases
from ttx.session.apply import apply, beginning
from ttx.session.audit import differences
from ttx.session.entries import entry_in, entry_out
from ttx.session.events import Closed, Entry, Released, Ruled, Started
from ttx.session.fold import fold
from ttx.session.kinds import KINDS
from ttx.session.notebook import Notebook
from ttx.session.play_commands import (
    Continue,
    End,
    Pause,
)
from ttx.session.run import PERSON, RULE
from ttx.session.side_commands import Note
from ttx.session.table import Table

# The table of phases


def test_phases_follow_the_table() -> None:
    follows = {
        phases.BRIEFING: {phases.LEVERS},
        phases.LEVERS: {phases.INJECT},
        phases.INJECT: {phases.DELIBERATION, phases.OUTCOME},
        phases.DELIBERATION: {phases.ADJUDICATION},
        phases.ADJUDICATION: {phases.REVIEW},
        phases.REVIEW: {phases.OUTCOME},
        phases.OUTCOME: {phases.DELIBERATION, phases.RESPONSE, phases.RECKONING},
        phases.RESPONSE: {phases.RECKONING},
        phases.RECKONING: {phases.LEVERS},
        phases.HOTWASH: {phases.CLOSED},
        phases.CLOSED: set(),
    }

    for phase in phases.PHASES:
        found = {phases.after(phase, kind) for kind in KINDS} - {phase, None}
        ends = {phases.HOTWASH} if phase not in phases.PLAY_IS_OVER else set()
        assert found == follows[phase] | ends, phase


def test_an_event_that_cannot_follow_is_refused() -> None:
    game = beginning(seated("tutorial").game.run)

    with pytest.raises(ValueError, match="closed cannot follow in the phase briefing"):
        apply(game, Entry(1, Closed(), "nobody"))
    started = apply(game, Entry(1, Started(), "nobody"))
    with pytest.raises(ValueError, match="started cannot follow in the phase levers"):
        apply(started, Entry(2, Started(), "nobody"))
    with pytest.raises(ValueError, match="released cannot follow in the phase levers"):
        apply(started, Entry(2, Released("policy", "one_telephone_number", "2026-07-01", 9), "d"))


def test_the_phases_of_a_played_run_are_those_of_the_design() -> None:
    table = robots_alone("tutorial", "steady")

    course = [phase for phase, _ in groupby(entry.phase for entry in table.entries)]
    inject = ["deliberation", "adjudication", "review", "outcome"]
    assert [
        *("levers", "inject", *inject, *inject, "reckoning"),
        *("levers", "inject", "outcome", *inject, "reckoning"),
        *("levers", "hotwash", "closed"),
    ] == course


@pytest.mark.slow
def test_a_run_knows_who_sits_where() -> None:
    run = seated("accelerate", "as the US").game.run

    assert ["us"] == run.people
    assert {"random": ["japan"]} == run.robots()
    assert {"us": PERSON, "japan": "random", "red": RULE} == {
        cell: run.players[cell] for cell in ("us", "japan", "red")
    }
    assert ["us"] == run.speaks_for("osd")
    assert ["japan"] == run.speaks_for("kantei")
    assert ["us", "japan"] == seated("accelerate").game.run.speaks_for("mofa")
    assert ["japan"] == seated("accelerate", "apart").game.run.speaks_for("mofa")


def test_quarters_have_their_first_days() -> None:
    run = seated("accelerate").game.run

    days = [run.first_day(turn).isoformat() for turn in (1, 2, 10, 11)]
    assert ["2024-12-01", "2025-03-01", "2027-03-01", "2027-06-01"] == days


# Folding


def folds(table: Table, cut: int) -> None:
    """The record alone leads to the game, in one go or in two."""
    run, entries = table.game.run, table.entries
    part = fold(run, entries[:cut])
    assert cut == part.entries
    for entry in entries[cut:]:
        part = apply(part, entry)
    assert part == fold(run, entries)


@pytest.mark.slow
@given(
    how=st.sampled_from(list(SEATINGS)),
    seed=st.integers(0, 100_000),
    cut=st.floats(0, 1, exclude_max=True),
)
@settings(max_examples=30)
def test_a_record_folds_in_one_go_or_in_two(how: str, seed: int, cut: float) -> None:
    table = seated("tutorial", how, seed)
    for _ in play(table, seed):
        read = [entry_in(entry_out(entry)) for entry in table.entries]
        assert table.entries == read
        assert replace(table.game, notebook=Notebook()) == replace(
            fold(table.game.run, read), notebook=Notebook()
        )

    folds(table, int(cut * len(table.entries)))


@pytest.mark.slow
@given(how=st.sampled_from(list(SEATINGS)), seed=st.integers(0, 100_000))
@settings(max_examples=4)
def test_the_flagship_folds_too(how: str, seed: int) -> None:
    table = played("accelerate", how, seed)

    assert phases.CLOSED == table.game.phase
    folds(table, seed % len(table.entries))
    assert [] == differences(table.game.run, table.entries)


@pytest.mark.slow
@given(how=st.sampled_from(list(SEATINGS)), seed=st.integers(0, 100_000))
@settings(max_examples=15)
def test_every_round_ends_and_the_model_stands_by_its_word(how: str, seed: int) -> None:
    table = played("tutorial", how, seed)

    assert phases.CLOSED == table.game.phase
    assert 2 == len(table.game.turns)
    assert all(turn.confirmed and turn.end for turn in table.game.turns)
    assert [] == differences(table.game.run, table.entries)
    assert list(range(1, len(table.entries) + 1)) == [entry.n for entry in table.entries]


@given(seed=st.integers(0, 100_000), after=st.integers(0, 25))
@settings(max_examples=15)
def test_a_run_that_is_ended_early_is_told_and_closed(seed: int, after: int) -> None:
    table = seated("tutorial", "apart", seed)
    for number, (seat, _) in enumerate(play(table, seed)):
        if number == after and not table.game.paused and table.game.phase != phases.HOTWASH:
            table.submit(seat, End("the fire alarm"), table.game.entries)
            break
    if table.game.phase == phases.HOTWASH:
        table.submit("relief", Continue(), table.game.entries)

    assert table.closed
    folds(table, len(table.entries) // 2)


@pytest.mark.parametrize("phase", [phases.BRIEFING, phases.DELIBERATION])
def test_a_pause_does_not_outlive_the_exercise(phase: str) -> None:
    table = seated("tutorial")
    assert until(table, phase)
    table.submit("relief", Pause(), table.game.entries)
    table.submit("relief", End(), table.game.entries)
    table.submit("relief", Continue(), table.game.entries)

    assert table.closed


def test_a_note_is_kept_with_the_turn_it_was_written_in() -> None:
    table = seated("tutorial")
    table.submit("relief", Note("before"), table.game.entries)
    assert until(table, phases.REVIEW)
    table.submit("relief", Note("after"), table.game.entries)

    written = fold(table.game.run, table.entries).notebook.notes
    assert [(0, "relief", "before"), (1, "relief", "after")] == [
        (stamp.turn, stamp.by, note.text) for stamp, note in written
    ]
    assert ["", "1.1"] == [stamp.number for stamp, _ in written]
    assert fold(table.game.run, table.entries) == table.game


# The golden rows of the rule model, section 12a


@pytest.mark.slow
@pytest.mark.parametrize(
    ("robot", "values", "injects"),
    [
        pytest.param(robot, values, injects, id=robot)
        for robot, world, values, injects in GOLDEN
        if world == 0
    ],
)
def test_a_table_of_robots_gives_the_golden_row(robot: str, values: str, injects: str) -> None:
    table = robots_alone("accelerate_1", robot)
    game = table.game

    tables, last = game.run.tables, game.turns[-1].reckoned
    assert last is not None
    temperature = game.position.tracks[tables.track["temperature"]]
    found = [*last.reckoning.scores, temperature, game.position.spent]
    assert [int(value) for value in values.split()] == found
    fired = [
        inject.number
        for inject, came in zip(tables.injects, game.position.fired, strict=True)
        if came
    ]
    assert [int(number) for number in injects.split()] == fired
    assert [] == differences(game.run, table.entries)


def test_an_edited_record_is_noticed() -> None:
    table = robots_alone("tutorial", "steady")
    entries = list(table.entries)
    at = next(
        n for n, e in enumerate(entries) if isinstance(e.event, Ruled) and e.event.ruling.minutes
    )
    said = entries[at].event
    assert isinstance(said, Ruled)
    entries[at] = replace(entries[at], event=replace(said, ruling=replace(said.ruling, total=1)))

    found = differences(table.game.run, entries)

    told = f"Entry {at + 1}: this model would rule differently on 'ten_hours_of_fuel'"
    assert [f"{told}; the record stands."] == found
