from __future__ import annotations

import datetime
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.tables import SEATINGS, exercise, leads, offers, play, robots_alone, seated, until

from ttx.adjudicator import rulings
from ttx.adjudicator.arithmetic import RESPONSES
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.apply import apply, beginning
from ttx.session.automation import draft, follow
from ttx.session.events import (
    Answered,
    Confirmed,
    Emptied,
    Entry,
    LeversClosed,
    Released,
    Ruled,
)
from ttx.session.play_commands import Continue, LeaveLevers, Move, Pause, Start, Submit
from ttx.session.run import Run
from ttx.session.table import Table
from ttx.session.view import message as message_views
from ttx.session.view.eye import Eye


def answer(table: Table, options: dict[str, str]) -> Ruled:
    """The inject on the table answered by these leads; the ruling that follows."""
    for seat, option in options.items():
        table.submit(seat, Submit(Answer(option)), table.game.entries)
    slot = table.game.slot
    assert slot is not None
    assert slot.ruled is not None
    return slot.ruled


def crises(
    how: str, seeds: range, slot: str = "crisis", name: str = "accelerate"
) -> Iterator[Table]:
    """Runs of the flagship, each at its first inject of a slot."""
    for seed in seeds:
        table = seated(name, how, seed)
        if until(table, phases.DELIBERATION, slot):
            yield table


def two_open(table: Table) -> tuple[str, str]:
    """Two different options open to a lead."""
    first, second, *_ = [
        one.answer.option
        for one in offers(table.game, leads(table.game.run)[0])
        if isinstance(one, Submit)
    ]
    return first, second


# Discord between two people's cells


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 6))
def test_in_a_crisis_discord_slows_the_course_of_action_by_half(seed: int) -> None:
    table = next(crises("apart", range(seed * 100, seed * 100 + 9)))
    game, inject = table.game, table.game.inject
    assert inject is not None
    own, other = two_open(table)
    lead = game.run.lead(inject.lead).id
    differs = "kantei" if lead == "usfj" else "usfj"

    ruled = answer(table, {differs: other, lead: own})

    assert (inject.lead, own, True) == (ruled.lead, ruled.ruling.option, ruled.discord)
    assert game.slot is not None
    alone = rulings.ruling(game.run.tables, game.slot.before, game.run.seed, inject.id, own)
    slower = {
        stage: minutes - alone.minutes[stage]
        for stage, minutes in ruled.ruling.minutes.items()
        if minutes != alone.minutes[stage]
    }
    assert {"coa": alone.minutes["coa"] // 2} == slower
    assert alone.total + slower["coa"] == ruled.ruling.total
    assert alone.quarters == ruled.ruling.quarters


def test_in_the_tutorial_it_slows_the_stage_marked_for_it() -> None:
    table = seated("tutorial", "apart")
    assert until(table, phases.DELIBERATION, "crisis")
    before = table.game

    ruled = answer(table, {"relief": "helicopters_first", "tokyo": "wait_for_divers"})

    assert before.slot is not None
    alone = rulings.ruling(
        before.run.tables, before.slot.before, 1, "ten_hours_of_fuel", "helicopters_first"
    )
    assert alone.minutes["agree"] * 3 // 2 == ruled.ruling.minutes["agree"]
    assert alone.total < ruled.ruling.total


@pytest.mark.slow
def test_on_a_policy_inject_discord_costs_a_quarter() -> None:
    seen = set()
    # In the first edition, since in the second the first news of the slot is always for the US.
    for table in crises("apart", range(1, 60), "policy", "accelerate_1"):
        game, inject = table.game, table.game.inject
        assert inject is not None
        assert game.slot is not None
        own, other = two_open(table)
        lead, differs = ("usfj", "kantei") if inject.lead == "us" else ("kantei", "usfj")
        ruled = answer(table, {lead: own, differs: other})
        alone = rulings.ruling(game.run.tables, game.slot.before, game.run.seed, inject.id, own)

        assert own == ruled.ruling.option
        assert alone.quarters - 1 == ruled.ruling.quarters
        for with_, without in zip(ruled.ruling.effects, alone.effects, strict=True):
            if with_.kind == "cost":
                assert without == with_
            else:
                assert abs(with_.by) < abs(without.by)
        seen.add(inject.lead)
        if {"us", "japan"} <= seen:
            return
    pytest.fail(f"only {seen} led a policy inject")


def test_cells_that_agree_pay_nothing() -> None:
    table = next(crises("apart", range(1, 9)))
    own, _ = two_open(table)
    game = table.game

    ruled = answer(table, {"usfj": own, "kantei": own})

    assert not ruled.discord
    assert game.slot is not None
    assert game.inject is not None
    assert ruled.ruling == rulings.ruling(
        game.run.tables, game.slot.before, game.run.seed, game.inject.id, own
    )


def test_nothing_is_ruled_before_both_cells_have_answered() -> None:
    table = next(crises("apart", range(1, 9)))
    own, _ = two_open(table)

    table.submit("usfj", Submit(Answer(own)), table.game.entries)

    assert phases.DELIBERATION == table.game.phase
    assert follow(table.game) is None
    assert isinstance(table.entries[-1].event, Answered)


# Robots beside people


@pytest.mark.parametrize("how", ["as the US", "as Japan"])
@pytest.mark.parametrize("choice", [0, 1])
def test_a_robot_beside_a_person_concurs(how: str, choice: int) -> None:
    table = next(crises(how, range(1, 9)))
    option = two_open(table)[choice]
    (person,) = leads(table.game.run)

    ruled = answer(table, {person: option})

    slot = table.game.slot
    assert slot is not None
    assert {"us": option, "japan": option} == {c: a.option for c, a in slot.answers.items()}
    assert (option, False) == (ruled.ruling.option, ruled.discord)
    authors = [entry.by for entry in table.entries if isinstance(entry.event, Answered)]
    assert [person, "robot:random"] == authors


def test_a_leading_robot_shows_a_draft_and_the_person_may_differ() -> None:
    for seed in range(1, 40):
        table = seated("accelerate", "as the US", seed, robot="phased")
        if not until(table, phases.DELIBERATION) or table.game.inject is None:
            continue
        if table.game.inject.lead == "japan":
            break
    else:
        pytest.fail("Japan led no first inject")
    shown = message_views.message(Eye(table.game, "usfj"))
    assert shown is not None
    drafts = [option.id for option in shown.options if option.draft]
    assert [draft(table.game, "phased")] == drafts
    differs = next(o.id for o in shown.options if not o.closed and o.id not in drafts)

    assert differs == answer(table, {"usfj": differs}).ruling.option


def test_no_draft_is_shown_where_a_person_leads() -> None:
    table = seated("tutorial", "as the US", robot="steady")
    assert until(table, phases.DELIBERATION, "crisis")

    shown = message_views.message(Eye(table.game, "relief"))
    assert shown is not None
    assert not any(option.draft for option in shown.options)


def test_a_robot_moves_the_levers_of_its_cells_after_the_people() -> None:
    table = seated("accelerate_1", "as Japan", robot="accelerated")
    table.submit("kantei", Start(), table.game.entries)
    turn = table.game.turn
    assert turn is not None
    assert () == turn.moves

    table.submit("kantei", LeaveLevers(), table.game.entries)

    turn = table.game.turn
    assert turn is not None
    assert [("robot:accelerated", "pace"), ("robot:accelerated", "standing_staff")] == [
        (by, move.lever) for by, move in turn.moves
    ]


@pytest.mark.slow
@given(how=st.sampled_from(["as the US", "as Japan"]), seed=st.integers(0, 100_000))
@settings(max_examples=10)
def test_a_robot_keeps_to_its_own_levers(how: str, seed: int) -> None:
    table = seated("tutorial", how, seed)
    for _ in play(table, seed):
        pass
    own = next(iter(table.game.run.robots().values()))
    levers = table.game.run.exercise.levers
    for turn in table.game.turns:
        moves = [move.lever for by, move in turn.moves if by.startswith("robot")]
        assert all(set(own) & set(levers[lever].cells) for lever in moves)
        assert len(moves) <= table.game.run.exercise.turns.moves


def test_a_random_robot_moves_once_a_turn_also_where_another_moves_its_lever_on() -> None:
    """Asked again it would draw the same move, and the two would undo each other without end."""
    game = beginning(Run(exercise("accelerate"), 5, {"us": "random", "japan": "accelerated"}))
    for number in range(1, 200):
        fact = follow(game)
        if fact is None:
            break
        game = apply(game, Entry(number, fact[1], fact[0]))
    moves = [[(by, move.lever) for by, move in turn.moves] for turn in game.turns]

    assert [("robot:random", "munitions"), ("robot:accelerated", "munitions")] == moves[5]
    assert all([by for by, _ in turn].count("robot:random") <= 1 for turn in moves)


# What follows by itself


def test_robots_alone_need_nobody() -> None:
    table = robots_alone("accelerate", "keep")

    assert table.closed
    assert not any(entry.at for entry in table.entries)
    assert {"nobody", "dice", "model", "robot:keep"} == {entry.by for entry in table.entries}


def test_the_gates_open_by_themselves_and_the_record_says_so() -> None:
    table = robots_alone("tutorial", "eager")
    confirmed = [entry for entry in table.entries if isinstance(entry.event, Confirmed)]

    assert {("nobody", False)} == {
        (entry.by, entry.event.facilitated)
        for entry in confirmed
        if isinstance(entry.event, Confirmed)
    }
    ruled = sum(isinstance(entry.event, Ruled) for entry in table.entries)
    assert ruled + len(table.game.turns) == len(confirmed)


def test_an_empty_slot_is_said() -> None:
    table = robots_alone("tutorial", "keep")

    said = [(entry.turn, entry.event, entry.by) for entry in table.entries]
    assert (2, Emptied("policy"), "dice") in said
    assert ("policy",) == table.game.turns[1].empty


@pytest.mark.parametrize("how", SEATINGS)
def test_nothing_follows_while_people_are_awaited(how: str) -> None:
    table = seated("tutorial", how)
    for _ in play(table, 5):
        assert follow(table.game) is None
    assert follow(table.game) is None


def test_nothing_follows_while_time_stands_still() -> None:
    table = seated("tutorial")
    table.submit("relief", Start(), table.game.entries)
    table.submit("relief", Pause(), table.game.entries)

    assert follow(table.game) is None
    assert phases.LEVERS == table.game.phase


@pytest.mark.slow
def test_news_comes_on_a_day_of_its_quarter() -> None:
    for seed in range(4):
        game = robots_alone("accelerate", "random", seed).game
        for turn in game.turns:
            number = turn.opened.turn
            for slot in turn.slots:
                day = datetime.date.fromisoformat(slot.released.day)
                assert game.run.first_day(number) <= day < game.run.first_day(number + 1)
                assert slot.released.hour in range(24)
                assert slot.released.slot == "crisis" or slot.released.hour == 10
                if slot.ruled is not None and slot.released.slot == "crisis":
                    assert slot.released.hour == slot.ruled.ruling.hour


@pytest.mark.parametrize("robot", ["accelerated", "hawaii", "random"])
def test_the_posture_read_when_levers_close_counts_for_both_slots(robot: str) -> None:
    read: dict[int, str] = {}
    for entry in robots_alone("accelerate", robot).entries:
        match entry.event:
            case LeversClosed():
                read[entry.turn] = entry.event.posture
            case Ruled():
                assert read[entry.turn] == entry.event.ruling.posture
    assert list(range(1, 11)) == list(read)
    assert robot != "accelerated" or {"A", "B"} == set(read.values())


@pytest.mark.slow
def test_an_adversary_acts_where_its_draw_is_below_its_odds_and_its_purse_pays() -> None:
    count = refused = 0
    for seed in range(6):
        game = robots_alone("accelerate", "keep", seed).game
        for turn in game.turns:
            assert turn.reckoned is not None
            assert turn.before is not None
            parts = zip(game.run.exercise.adversary, turn.before.purse, strict=True)
            for one, (part, chips) in zip(turn.reckoned.reckoning.responses, parts, strict=True):
                assert part.purse is not None
                acts = one.draw < one.odds
                wanted = RESPONSES[acts + (acts and one.draw2 < one.odds2)]
                what = wanted
                while part.purse.price.get(what, 0) > chips:
                    what = RESPONSES[RESPONSES.index(what) - 1]
                assert what == one.response
                count += acts
                refused += what != wanted
    assert count > 20
    assert refused


def test_the_same_requests_on_the_same_dice_give_the_same_record() -> None:
    def entries(seed: int) -> list[object]:
        table = seated("tutorial", "apart", seed)
        for _ in play(table, 9):
            pass
        return [entry.event for entry in table.entries]

    assert entries(4) == entries(4)
    assert entries(4) != entries(5)


def test_subscribers_are_told_after_the_record_has_grown() -> None:
    table = seated("tutorial")
    told: list[int] = []
    leave = table.subscribe(lambda count: told.append(count - len(table.entries)))

    table.submit("relief", Start(), table.game.entries)
    table.submit("relief", Move("standing_staff", "liaison"), table.game.entries)
    leave()
    table.submit("relief", LeaveLevers(), table.game.entries)

    assert [0, 0] == told


def test_reading_on_is_the_tables_own_time() -> None:
    table = seated("tutorial", "apart")
    assert until(table, phases.REVIEW)
    turns = np.array([len(table.game.turns)])

    table.submit("tokyo", Continue(), table.game.entries)

    assert isinstance(table.entries[-1].event, Released)
    assert turns == len(table.game.turns)
