from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_oracle import GOLDEN

from ttx.exercise.load import load
from ttx.exercise.model import Exercise
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.apply import apply, beginning
from ttx.session.audit import differences
from ttx.session.command import Command
from ttx.session.entries import entry_in, entry_out
from ttx.session.events import Closed, Entry, Released, Ruled, Started
from ttx.session.fold import fold
from ttx.session.game import Game
from ttx.session.kinds import KINDS
from ttx.session.notebook import Notebook
from ttx.session.opening import Seating, begin
from ttx.session.play_commands import (
    Continue,
    End,
    Grant,
    LeaveLevers,
    Move,
    Pause,
    Respond,
    Start,
    Submit,
)
from ttx.session.run import PERSON, RULE, Run
from ttx.session.side_commands import Note
from ttx.session.table import Table
from ttx.session.view import levers as lever_views
from ttx.session.view import message as message_views
from ttx.session.view.choice import choice
from ttx.session.view.eye import Eye

EXERCISES = Path(__file__).parents[1] / "exercises"

# How people and robots may sit, by exercise: the robots, and whether people answer as one.
SEATINGS: dict[str, tuple[dict[str, str], bool]] = {
    "alone": ({}, True),
    "as the US": ({"japan": "random"}, True),
    "as Japan": ({"us": "random"}, True),
    "apart": ({}, False),
}
ASIDES = (Note("as agreed"), Pause())
"""What a person may do beside the play at any time before the end."""


@cache
def exercise(name: str) -> Exercise:
    """An exercise of the checkout, or one that is kept for tests: `accelerate_1`, `small`."""
    kept = Path(__file__).parent / "exercises" / name
    return load(kept if kept.is_dir() else EXERCISES / name)


def seated(
    name: str, how: str = "alone", seed: int = 1, path: Path | None = None, robot: str = ""
) -> Table:
    """A run of an exercise in one of the seatings, at its briefing."""
    robots, together = SEATINGS[how]
    if robot:
        robots = dict.fromkeys(robots, robot)
    return begin(exercise(name), Seating(robots, "", together), seed, path)


def robots_alone(name: str, robot: str, seed: int = 1, path: Path | None = None) -> Table:
    """A run that one robot plays in both allied cells, to its end."""
    allied = [cell.id for cell in exercise(name).cell if cell.side == "allied"]
    return begin(exercise(name), Seating(dict.fromkeys(allied, robot), ""), seed, path)


def leads(run: Run) -> list[str]:
    """A seat for each person: one for all people's cells where they answer as one."""
    cells = run.people[:1] if run.together else run.people
    people = [one for one in dict.fromkeys(run.choosers.values()) if not one.startswith("robot:")]
    return [*(run.lead(cell).id for cell in cells), *people]


def offers(game: Game, seat: str) -> list[Command]:
    """What the views offer a lead as open."""
    if game.paused:
        return [Pause()]
    shown = choice(Eye(game, seat))
    if shown is not None or seat in game.run.choosers.values():
        rows = shown.rows if shown is not None else ()
        return [
            Respond(row.of.id, move.response)
            for row in rows
            for move in row.moves
            if row.mine and not row.chosen and move.pays
        ]
    match game.phase:
        case phases.BRIEFING:
            return [Start()]
        case phases.LEVERS:
            return list(_lever_offers(game, seat))
        case phases.DELIBERATION:
            view = message_views.message(Eye(game, seat))
            assert view is not None
            if view.answered:
                return []
            return [Submit(Answer(option.id)) for option in view.options if not option.closed]
        case phases.REVIEW | phases.RECKONING | phases.HOTWASH:
            return [Continue()]
    return []


def _lever_offers(game: Game, seat: str) -> Iterator[Command]:
    cells = game.run.speaks_for(seat)
    done = set(cells) <= set(game.left)
    if not done:
        yield LeaveLevers()
    granters = {budget.granted_by for budget in game.run.exercise.budget}
    for lever in lever_views.levers(Eye(game, seat)):
        closed = {level.id: level.closed for level in lever.levels if not level.held}
        if lever.asked and granters & set(cells):
            yield Grant(lever.id, agreed=False)
            if closed.get(lever.asked) == "":
                yield Grant(lever.id, agreed=True)
        if lever.mine and lever.open and not done and not lever.asked:
            yield from (Move(lever.id, level) for level, why in closed.items() if not why)


def someone(table: Table, luck: np.random.Generator) -> tuple[str, Command]:
    """A seat and something open to it; asides now and then, and levers not for ever."""
    asks = [(seat, one) for seat in leads(table.game.run) for one in offers(table.game, seat)]
    assert asks, f"nobody can go on from {table.game.phase}"
    on = [one for one in asks if isinstance(one[1], LeaveLevers | Grant)]
    if on and luck.random() < 0.4:
        asks = on
    if luck.random() < 0.05 and table.game.phase not in phases.PLAY_IS_OVER:
        asks = [(asks[0][0], one) for one in ASIDES]
    return asks[int(luck.integers(len(asks)))]


def play(table: Table, seed: int) -> Iterator[tuple[str, Command]]:
    """Play a run to its end, telling each request before it is made."""
    luck = np.random.default_rng(seed)
    while not table.closed:
        seat, command = someone(table, luck)
        yield seat, command
        table.submit(seat, command, table.game.entries)


def played(name: str, how: str, seed: int, path: Path | None = None) -> Table:
    """A run played to its end by a seeded player."""
    table = seated(name, how, seed, path)
    for _ in play(table, seed):
        pass
    return table


def until(table: Table, phase: str, slot: str = "") -> bool:
    """Play on, moving no lever and taking the first open answer; whether the phase came."""
    while not table.closed:
        game = table.game
        here = game.slot.released.slot if game.slot else ""
        if game.phase == phase and slot in ("", here):
            return True
        for seat in leads(game.run):
            asks = offers(table.game, seat)
            first = next((one for one in asks if isinstance(one, LeaveLevers)), None)
            if asks and (first or table.game.phase != phases.LEVERS):
                table.submit(seat, first or asks[0], table.game.entries)
                break
    return phase == phases.CLOSED


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


@given(how=st.sampled_from(list(SEATINGS)), seed=st.integers(0, 100_000))
@settings(max_examples=4)
def test_the_flagship_folds_too(how: str, seed: int) -> None:
    table = played("accelerate", how, seed)

    assert phases.CLOSED == table.game.phase
    folds(table, seed % len(table.entries))
    assert [] == differences(table.game.run, table.entries)


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
