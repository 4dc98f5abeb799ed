from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.clock import WHOLE, Clock, fake_clock, on, plan, told, tutorial
from kit.hosted import CHIEF, ask, host, to
from kit.tables import exercise

from ttx.session import phases
from ttx.session.automation import next_inject
from ttx.session.control_commands import Defer, Release, Skip
from ttx.session.control_events import Skipped
from ttx.session.game import Game
from ttx.session.gates import open_slot
from ttx.session.opening import hosted
from ttx.session.play_commands import Continue, End, Pause, Undo
from ttx.session.table import Table
from ttx.session.view import leaving_out
from ttx.session.view.eye import Eye
from ttx.session.view.msel import msel
from ttx.session.view.time_plan import (
    quiet_after,
    released_at,
    time_plan,
)

WHOLE |= {"reckoning": 1, "hotwash": 4}


@pytest.fixture
def clock() -> Iterator[Clock]:
    with fake_clock() as one:
        yield one


@pytest.fixture
def short(
    clock: Clock,  # noqa: ARG001  # the table has to find it in place
    tmp_path: Path,
) -> Table:
    """Two turns with three injects for their four slots."""
    return hosted(tutorial(**WHOLE), {}, 7, tmp_path / "short.ttx.toml")


# --- whose it is ---


@pytest.mark.slow
def test_only_the_white_cells_lead_has_the_plan(tmp_path: Path) -> None:
    table = host(tmp_path)
    for seat in ("", "usfj", "osd", "kantei", "prc", "evaluator", "observer", "projector"):
        with pytest.raises(ValueError, match="is not at the desk"):
            time_plan(Eye(table.game, seat), 0)
    assert plan(table).turns


# --- planned against actual ---


def test_elapsed_a_phase_and_an_inject(short: Table, clock: Clock) -> None:
    clock.now += 70
    on(short)  # STARTEX
    clock.now += 200
    on(short)  # levers closed
    assert phases.INJECT == short.game.phase
    clock.now += 5
    on(short)  # 1.1
    clock.now += 400
    on(short)
    clock.now += 20
    on(short)
    assert phases.ADJUDICATION == short.game.phase
    clock.now += 30

    view = plan(short)

    (one,) = view.injects
    assert "1.1" == one.number
    assert [420, 30, 0] == [part.real for part in one.phases]
    assert ("adjudication", 1, 30) == (view.now.phase, view.now.planned, view.now.real)
    assert 200 + 5 + 420 + 30 == view.elapsed
    assert 655 == view.turns[0].real
    assert None is view.turns[1].real
    assert {"1.1": 205} == released_at(short.game, short.elapsed)


def test_minutes_behind_and_ahead(short: Table, clock: Clock) -> None:
    on(short)
    clock.now += 179
    assert 0 == plan(short).behind  # the phase under way is not early
    clock.now += 120
    assert 1 == plan(short).behind  # over its three minutes by 119 seconds
    assert "close each deliberation after 4 of 5 min" in plan(short).proposal
    on(short)
    on(short)
    assert phases.DELIBERATION == short.game.phase
    on(short)
    on(short)
    view = plan(short)
    assert -3 == view.behind  # two late, and five early
    assert "" == view.proposal
    on(short)
    on(short)
    assert -6 == plan(short).behind  # the ruling and its reading took no time
    assert 4 == view.hotwash


def test_a_run_that_takes_what_was_planned_is_never_behind(clock: Clock, tmp_path: Path) -> None:
    minutes = {**WHOLE, "inject": 6, "outcome": 7, "response": 8}
    table = hosted(tutorial(**minutes), {}, 7, tmp_path / "even.ttx.toml")
    before: tuple[int, str, str] | None = None
    lasted: list[str] = []
    ends: dict[tuple[int, str, str], int] = {}
    while not table.closed:
        game = table.game
        here = (len(game.turns), game.number, game.phase)
        if here != before:  # one answer of two leaves the phase as it is
            before = here
            lasted.append(game.phase)
            clock.now += 60 * minutes.get(game.phase, 0)
        # Nobody plays an adversary here: what a turn has planned for their response is won.
        won = 8 * lasted.count(phases.RECKONING)
        view = plan(table)
        assert -won == view.behind, here
        ends[here] = view.ends
        on(table)
    view = plan(table)
    planned = sum(minutes.get(phase, 0) for phase in lasted if phase not in phases.OUTSIDE_PLAY)
    assert (planned, 60 * planned) == (view.ends, view.elapsed)
    assert 2 == lasted.count(phases.OUTCOME) == lasted.count(phases.RECKONING)
    assert [phases.HOTWASH] == lasted[-1:]
    last = [(2, "2.1", phase) for phase in (*phases.OF_AN_INJECT, phases.RECKONING, phases.HOTWASH)]
    assert [planned + 8] * 3 + [planned] * 2 == [ends[here] for here in last]
    at = {row.played: row.planned for row in msel(Eye(table.game, CHIEF), table.elapsed)}
    assert {"1.1": 60 * 9, "1.2": 60 * 24} == {
        number: seconds
        for number, seconds in released_at(table.game, table.elapsed).items()
        if number.startswith("1.")
    }
    assert (9, 24) == (at["1.1"], at["1.2"])


def test_an_empty_slot_makes_nobody_early(tmp_path: Path, clock: Clock) -> None:
    table = host(tmp_path)
    on(table)
    clock.now += 180
    on(table)
    slot = open_slot(table.game)
    assert "policy" == slot
    assert next_inject(table.game, slot) is None
    on(table)
    assert ("policy",) == table.game.turns[0].empty
    assert 0 == plan(table).behind


def test_the_end_is_worked_out_from_what_is_left(short: Table, clock: Clock) -> None:
    # Two turns of 4 minutes and three injects of 8; the briefing is before STARTEX.
    assert 2 * 4 + 3 * 8 == plan(short).ends
    on(short)
    clock.now += 600
    view = plan(short)
    assert 7 == view.behind
    assert 39 == view.ends
    assert [20, 12] == [one.planned for one in view.turns]
    ask(short, CHIEF, End())
    assert 10 == plan(short).ends
    assert "" == plan(short).proposal


def test_without_a_plan_nothing_is_late(clock: Clock, tmp_path: Path) -> None:
    table = hosted(tutorial(quiet=3), {}, 7, tmp_path / "run.ttx.toml")
    on(table)
    clock.now += 4000
    view = plan(table)
    assert (False, 0, "") == (view.planned, view.behind, view.proposal)
    assert {None} == {row.planned for row in msel(Eye(table.game, CHIEF), table.elapsed)}


def test_how_long_a_silence_may_last() -> None:
    assert 180 == quiet_after(tutorial(quiet=3))
    assert 120 == quiet_after(tutorial(**WHOLE))
    assert 0 == quiet_after(tutorial(quiet=0))


def test_time_on_what_was_taken_back_counts(short: Table, clock: Clock) -> None:
    on(short)
    on(short)
    clock.now += 10
    on(short)
    clock.now += 60
    on(short)
    on(short)
    clock.now += 30
    ask(short, CHIEF, Undo())
    assert phases.DELIBERATION == short.game.phase
    assert 10 == released_at(short.game, short.elapsed)["1.1"]
    clock.now += 40
    (one,) = plan(short).injects
    assert [100, 30, 0] == [part.real for part in one.phases]
    while short.game.phase != phases.OUTCOME:
        on(short)
    clock.now += 20
    ask(short, CHIEF, Undo())
    assert phases.DELIBERATION == short.game.phase
    assert 10 == released_at(short.game, short.elapsed)["1.1"]  # gone back to, not released anew
    ask(short, CHIEF, Undo())  # to the levers
    assert phases.LEVERS == short.game.phase
    clock.now += 100
    on(short)
    on(short)
    assert {"1.1": 260} == released_at(short.game, short.elapsed)


# --- what can go ---


def objectives_of(game: Game, inject: str) -> set[str]:
    return set(game.run.exercise.injects[inject].objectives)


def covered(game: Game, without: str = "") -> set[str]:
    """Objectives of what is complete or on the table, and of what is to come."""
    found = {s.released.inject for t in game.turns for s in t.slots}
    found |= {one.id for one in leaving_out.to_come(game)} - {without}
    return {aim for one in found for aim in objectives_of(game, one)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 7, 40])
def test_what_can_go_costs_no_objective_and_what_cannot_does(seed: int, tmp_path: Path) -> None:
    table = host(tmp_path, seed=seed)
    while not table.closed:
        game = table.game
        goes = set(leaving_out.can_go(table.game))
        for one in leaving_out.to_come(game):
            assert (covered(game, one.id) == covered(game)) == (one.id in goes), one.id
        on(table)


def test_the_last_one_with_an_objective_cannot_go(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    with_price = [i.id for i in table.game.run.exercise.inject if "price" in i.objectives]
    *others, last = with_price
    for one in others:
        assert one in leaving_out.can_go(table.game)
        ask(table, CHIEF, Skip(one, "no time"))
    assert last not in leaving_out.can_go(table.game)
    assert not plan(table).lost
    ask(table, CHIEF, Skip(last, "no time"))
    (price,) = (one.text for one in table.game.run.exercise.objective if one.id == "price")
    assert (price,) == plan(table).lost


def test_an_inject_on_the_table_counts_for_its_objectives(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    game = table.game
    assert game.inject is not None
    aims = set(game.inject.objectives)
    for one in game.run.exercise.inject:
        if one.id != game.inject.id and aims & set(one.objectives):
            ask(table, CHIEF, Skip(one.id, "no time"))
    assert not aims & {aim for one in leaving_out.to_come(table.game) for aim in one.objectives}
    names = {one.id: str(one.text) for one in game.run.exercise.objective}
    assert not {names[one] for one in aims} & set(plan(table).lost)
    ask(table, CHIEF, End())
    assert {names[one] for one in aims} <= set(plan(table).lost)


@pytest.mark.slow
def test_skipping_is_proposed_where_it_empties_the_slot(clock: Clock, tmp_path: Path) -> None:
    # The first edition: in the second a slot is filled anew as long as anything can come.
    table = hosted(exercise("accelerate_1"), {}, 2, tmp_path / "run.ttx.toml")
    lengths = set()
    on(table)
    while not table.closed:
        game, slot = table.game, open_slot(table.game)
        clock.now += 600
        if slot is not None and next_inject(game, slot) is not None:
            assert plan(table).behind > 0
            chain = leaving_out.chain(game)
            assert bool(chain) == plan(table).proposal.startswith("skip ")
            after = replace(game, set_aside=(*game.set_aside, *map(skipped, chain)))
            assert next_inject(after, slot) is None
            assert covered(after) == covered(game)
            lengths.add(len(chain))
        on(table)
    assert {1, 2, 3} == lengths


def test_an_earlier_end_says_what_it_leaves_out(clock: Clock, tmp_path: Path) -> None:
    table = host(tmp_path, seed=2)
    on(table)
    clock.now += 60 * 90
    said = plan(table).proposal
    assert re.fullmatch(r"end after turn \d \(-\d+\), 6 objectives not exercised yet", said), said
    while table.game.phase != phases.REVIEW:
        on(table)
    left = 6 - len(table.game.run.exercise.injects[released(table)].objectives)
    assert plan(table).proposal.endswith(f", {left} objectives not exercised yet")


def released(table: Table) -> str:
    assert table.game.inject is not None
    return table.game.inject.id


def test_what_an_objective_hangs_on_is_never_proposed(clock: Clock, tmp_path: Path) -> None:
    # The first edition: in the second a slot is filled anew as long as anything can come.
    table = hosted(exercise("accelerate_1"), {}, 2, tmp_path / "run.ttx.toml")
    while open_slot(table.game) is None or not leaving_out.chain(table.game):
        clock.now += 600
        on(table)
    game = table.game
    (one,) = leaving_out.chain(game)
    aim = game.run.exercise.injects[one].objectives[0]
    assert one in leaving_out.can_go(table.game)
    for other in leaving_out.to_come(game):
        if aim in other.objectives and other.id != one:
            ask(table, CHIEF, Skip(other.id, "no time"))
    assert one not in leaving_out.can_go(table.game)
    assert [] == leaving_out.chain(table.game)
    assert "skip" not in plan(table).proposal
    assert plan(table).proposal


def skipped(inject: str) -> Skipped:
    return Skipped(inject, "no time")


# --- pausing shifts nothing and loses nothing ---


@dataclass
class Script:
    """What is done at a table, and how long each step takes."""

    steps: list[tuple[str, int]]
    pauses: dict[int, tuple[int, int]] = field(default_factory=dict)
    """At a step: after how many of its seconds, and for how many."""


def carried_out(script: Script, clock: Clock, path: Path) -> Table:
    table = hosted(tutorial(**WHOLE), {}, 7, path)
    for at, (what, seconds) in enumerate(script.steps):
        if at in script.pauses and table.game.phase != phases.CLOSED:
            early = min(script.pauses[at][0], seconds)
            clock.now += early
            ask(table, CHIEF, Pause())
            clock.now += script.pauses[at][1]
            ask(table, CHIEF, Pause())
            clock.now += seconds - early
        else:
            clock.now += seconds
        if table.game.phase in phases.PLAY_IS_OVER:
            continue
        if what == "undo" and table.game.opening is not None:
            ask(table, CHIEF, Undo())
        elif what == "defer" and len(table.game.turns) == 1:
            ahead = leaving_out.to_come(table.game)
            if ahead:
                ask(table, CHIEF, Defer(ahead[0].id, 2, "later"))
        else:
            on(table)
    table.leave()
    return table


@pytest.mark.slow
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["on"] * 8 + ["undo", "defer"]), st.integers(0, 900)),
        min_size=1,
        max_size=20,
    ),
    data=st.data(),
)
@settings(max_examples=40, deadline=None)
def test_pausing_anywhere_shifts_and_loses_nothing(
    steps: list[tuple[str, int]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    where = st.dictionaries(
        st.integers(0, len(steps) - 1),
        st.tuples(st.integers(0, 900), st.integers(0, 100_000)),
        min_size=1,
    )
    pauses = data.draw(where)
    folder = tmp_path_factory.mktemp("runs")
    with fake_clock() as clock:
        straight = told(carried_out(Script(steps), clock, folder / "a.ttx.toml"))
        paused = told(carried_out(Script(steps, pauses), clock, folder / "b.ttx.toml"))
    assert straight == paused


def test_seconds_are_neither_lost_nor_invented(short: Table, clock: Clock) -> None:
    began = clock.now
    for at in range(40):
        clock.now += 7 * at
        if short.game.phase != phases.CLOSED:
            on(short)
    assert clock.now - began == sum(one.seconds for one in short.game.durations) + short.elapsed
    assert [one.phase for one in short.game.durations][:3] == ["briefing", "levers", "inject"]


# --- late, never lost ---


def test_what_falls_due_while_people_deliberate_waits_and_is_next(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    crises = [i.id for i in table.game.run.exercise.inject if i.slot == "crisis" and not i.when]
    one, other = crises[:2]
    ask(table, CHIEF, Defer(other, 2, "not yet"), Defer(one, 2, "not yet"))
    while len(table.game.turns) < 2 or table.game.phase != phases.LEVERS:
        on(table)
    policy = next(i.id for i in table.game.run.exercise.inject if i.slot == "policy")
    ask(table, CHIEF, Continue())
    ask(table, CHIEF, Release(policy, "to have people deliberate while it falls due"))
    assert phases.DELIBERATION == table.game.phase
    found = {row.inject: row for row in msel(Eye(table.game, CHIEF), 0)}
    assert ["due", "due"] == [found[x].status for x in (one, other)]
    while open_slot(table.game) != "crisis":
        on(table)
    assert other == next_inject(table.game, "crisis")  # in the order in which that was said
    found = {row.inject: row for row in msel(Eye(table.game, CHIEF), 0)}
    assert ("next", "due") == (found[other].status, found[one].status)
    on(table)
    assert table.game.inject is not None
    assert other == table.game.inject.id
    while len(table.game.turns) < 3 or open_slot(table.game) != "crisis":
        on(table)
    assert one == next_inject(table.game, "crisis")


@pytest.mark.slow
def test_what_never_found_a_slot_is_listed_at_the_end(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    crises = [i.id for i in table.game.run.exercise.inject if i.slot == "crisis" and not i.when]
    count = table.game.run.exercise.turns.count
    first, second = crises[:2]
    ask(table, CHIEF, Defer(first, count, "late"), Defer(second, count, "later still"))
    while len(table.game.turns) < count or table.game.phase != phases.RECKONING:
        on(table)
    found = {row.inject: row for row in msel(Eye(table.game, CHIEF), 0)}
    assert "complete" == found[first].status
    assert ("never released", count) == (found[second].status, found[second].until)
    assert "later still" == found[second].reason
    while not table.closed:
        on(table)
    found = {row.inject: row for row in msel(Eye(table.game, CHIEF), 0)}
    assert "never released" == found[second].status


def test_after_endex_it_lists_what_was_and_nothing_to_come(short: Table, clock: Clock) -> None:
    on(short)
    clock.now += 200
    planned = plan(short).turns[0].planned
    assert planned
    ask(short, CHIEF, End())
    (turn,) = plan(short).turns
    assert (1, 200, False) == (turn.turn, turn.real, turn.over)
    assert planned == turn.planned
    assert 0 == plan(short).left
