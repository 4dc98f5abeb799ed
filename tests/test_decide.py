from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.tables import EXERCISES, SEATINGS, leads, offers, play, seated, until

from ttx.exercise.load import load
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import Command, IllegalDecision, Stale
from ttx.session.decide import decide
from ttx.session.events import Answered, LeversLeft, MoveAsked, Moved, MoveLapsed, MoveRefused
from ttx.session.game import Game
from ttx.session.play_commands import Continue, End, Grant, LeaveLevers, Move, Pause, Start, Submit
from ttx.session.run import Run
from ttx.session.side_commands import Note
from ttx.session.table import Table
from ttx.session.view import levers as lever_views
from ttx.session.view.eye import Eye

OTHERS = (
    Move("standing_staffs", "liaison"),
    Move("standing_staff", "liason"),
    Move("", ""),
    Grant("ports", agreed=True),
    Grant("standing_staffs", agreed=False),
    Submit(Answer("no_such_option")),
    Submit(Answer("")),
    Note("  \n"),
)
"""Requests that nobody may make, most of them by ids that do not exist."""


def everything(run: Run) -> Iterator[Command]:
    """All requests that can be worded with the ids of an exercise."""
    yield from (Start(), LeaveLevers(), Continue())
    for lever in run.exercise.lever:
        yield from (Move(lever.id, level.id) for level in lever.levels)
        yield from (Grant(lever.id, agreed) for agreed in (False, True))
    for inject in run.exercise.inject:
        yield from (Submit(Answer(option.id)) for option in inject.option)
    yield from OTHERS


def refusal(table: Table, seat: str, command: Command) -> str:
    """The sentence of a refusal; the record has not grown, in memory or on disk."""
    game, entries = table.game, list(table.entries)
    on_disk = table.save.path.read_bytes() if table.save else b""
    with pytest.raises(IllegalDecision) as refused:
        table.submit(seat, command, game.entries)
    assert game is table.game
    assert entries == table.entries
    assert on_disk == (table.save.path.read_bytes() if table.save else b"")
    words = str(refused.value)
    assert words.endswith(".")
    assert "\n" not in words
    return words


def ask(table: Table, seat: str, *commands: Command) -> None:
    for command in commands:
        table.submit(seat, command, table.game.entries)


# What the views offer, and all else


def only_offers_are_accepted(game: Game, seat: str) -> None:
    """Nothing but what the views offer as open is accepted from a seat."""
    asked = {one.lever for _, one in game.asked}
    open_to_it = offers(game, seat)
    for command in everything(game.run):
        if isinstance(command, Move) and command.lever in asked:
            continue  # a request may be worded anew while it waits
        if isinstance(command, LeaveLevers) and game.phase == phases.LEVERS and not game.paused:
            continue  # to leave twice is no offence, and writes nothing
        if command in open_to_it:
            assert decide(game, seat, command)
        else:
            with pytest.raises(IllegalDecision):
                decide(game, seat, command)


@pytest.mark.slow
@given(how=st.sampled_from(list(SEATINGS)), seed=st.integers(0, 100_000))
@settings(max_examples=12)
def test_what_a_view_offers_is_accepted_and_nothing_else(how: str, seed: int) -> None:
    table = seated("tutorial", how, seed)
    for _ in play(table, seed):
        for seat in leads(table.game.run):
            only_offers_are_accepted(table.game, seat)
    for seat in leads(table.game.run):
        only_offers_are_accepted(table.game, seat)


@pytest.mark.slow
@given(how=st.sampled_from(list(SEATINGS)), seed=st.integers(0, 100_000))
@settings(max_examples=3)
def test_so_it_is_in_the_flagship(how: str, seed: int) -> None:
    table = seated("accelerate", how, seed)
    for number, _ in enumerate(play(table, seed)):
        if number % 5 == 0:
            for seat in leads(table.game.run):
                only_offers_are_accepted(table.game, seat)


@pytest.mark.parametrize("how", SEATINGS)
def test_a_refusal_writes_nothing(how: str, tmp_path: Path) -> None:
    table = seated("tutorial", how, 3, tmp_path / "run.ttx.toml")
    for number, _ in enumerate(play(table, 3)):
        seat = leads(table.game.run)[number % len(leads(table.game.run))]
        open_to_it = offers(table.game, seat)
        closed = [
            one
            for one in everything(table.game.run)
            if one not in open_to_it and not isinstance(one, LeaveLevers | Move)
        ]
        refusal(table, seat, closed[number * 7 % len(closed)])
        refusal(table, "nobody_at_all", Start())
    table.leave()


# Each kind of refusal, with its sentence


def test_a_closed_option_says_what_it_needs() -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)

    words = refusal(table, "relief", Submit(Answer("desk_in_naha")))

    assert "Closed: needs Standing staff in Naha at liaison or more, now none." == words


def test_what_does_not_exist_is_named() -> None:
    table = seated("tutorial")
    ask(table, "relief", Start())

    assert "There is no lever 'port' in this exercise." == refusal(
        table, "relief", Move("port", "harbour")
    )
    assert "The lever ports has no level 'pier'." == refusal(table, "relief", Move("ports", "pier"))
    assert "There is no seat 'mayor' at this table." == refusal(table, "mayor", LeaveLevers())
    assert until(table, phases.DELIBERATION)
    assert "The inject has no option 'shout'." == refusal(table, "relief", Submit(Answer("shout")))


def test_what_comes_in_the_wrong_phase_is_refused() -> None:
    table = seated("tutorial")
    assert "The levers are closed." == refusal(table, "relief", LeaveLevers())
    assert "No inject waits for an answer." == refusal(
        table, "relief", Submit(Answer("line_in_tokyo"))
    )
    assert "There is nothing to go on from here." == refusal(table, "relief", Continue())

    ask(table, "relief", Start())
    assert "The exercise has already started." == refusal(table, "relief", Start())

    assert until(table, phases.DELIBERATION)
    assert "Levers are moved at the opening of a turn." == refusal(
        table, "relief", Move("standing_staff", "liaison")
    )
    assert until(table, phases.HOTWASH)
    assert "The exercise has already ended." == refusal(table, "relief", End())
    assert "The exercise has ended; there is nothing to pause." == refusal(table, "relief", Pause())


def test_while_time_stands_still_only_notes_and_the_end_are_heard() -> None:
    table = seated("tutorial")
    ask(table, "relief", Start(), Pause())

    for command in (LeaveLevers(), Move("standing_staff", "liaison"), Continue(), Start()):
        assert "Paused. Time stands still; go on first." == refusal(table, "relief", command)
    ask(table, "relief", Note("we wait"), Pause(), Move("standing_staff", "liaison"))
    assert not table.game.paused


def test_a_lever_of_another_cell_is_closed() -> None:
    table = seated("accelerate", "as Japan")
    ask(table, "kantei", Start())
    assert "Closed: Pace of the stand-up is held by US." == refusal(
        table, "kantei", Move("pace", "hold")
    )
    assert until(table, phases.RECKONING)
    ask(table, "kantei", Continue())

    assert "Closed: Rules between Hawaii and Japan is held by US." == refusal(
        table, "kantei", Move("hawaii_rules", "written_rules")
    )
    us = seated("accelerate", "as the US")
    assert until(us, phases.RECKONING)
    ask(us, "usfj", Continue())
    assert "Closed: Permanent coordination watch is held by Japan." == refusal(
        us, "usfj", Move("acm_watch", "permanent")
    )


def test_the_first_turn_opens_two_levers_only() -> None:
    table = seated("accelerate")
    ask(table, "usfj", Start())

    assert "Closed: turn 1 opens only Pace of the stand-up and Standing staff in Japan." == refusal(
        table, "usfj", Move("hawaii_rules", "written_rules")
    )
    ask(table, "usfj", Move("pace", "accelerated"), Move("standing_staff", "liaison"))
    assert 2 == len(table.game.turns[0].moves)


def test_a_short_budget_is_named_with_what_is_there() -> None:
    table = seated("tutorial")
    ask(table, "relief", Start(), Move("standing_staff", "liaison"))
    ask(table, "relief", Move("ports", "harbour"))

    words = refusal(table, "relief", Move("standing_staff", "cell"))

    assert "Closed: needs staff time 3, now 1." == words
    levels = {
        level.id: level.closed
        for lever in lever_views.levers(Eye(table.game, "relief"))
        for level in lever.levels
    }
    assert words == levels["cell"]


def test_a_level_that_stands_already_is_refused() -> None:
    table = seated("tutorial")
    ask(table, "relief", Start())

    assert "Closed: Ports opened beforehand already stands at closed." == refusal(
        table, "relief", Move("ports", "closed")
    )


def test_who_is_done_with_its_levers_moves_none() -> None:
    table = seated("tutorial", "apart")
    ask(table, "relief", Start(), LeaveLevers())

    assert phases.LEVERS == table.game.phase
    assert "Your cell is done with its levers for this turn." == refusal(
        table, "relief", Move("standing_staff", "liaison")
    )
    before = list(table.entries)
    ask(table, "relief", LeaveLevers())
    assert before == table.entries


def test_a_cell_answers_once_and_by_its_lead() -> None:
    table = seated("accelerate", "apart", 7)
    assert until(table, phases.DELIBERATION)
    option = offers(table.game, "usfj")[0]

    for seat in ("osd", "indopacom", "state", "jjoc", "mofa"):
        assert "The lead submits for the cell." == refusal(table, seat, option)
    for seat in ("prc", "observer"):
        assert "Nobody at this table answers for that cell." == refusal(table, seat, option)
    ask(table, "usfj", option)
    assert "Your cell has already answered." == refusal(table, "usfj", option)
    assert phases.DELIBERATION == table.game.phase


@pytest.mark.parametrize("confidence", [-1, 101])
def test_confidence_is_a_percentage(confidence: int) -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)

    words = refusal(table, "relief", Submit(Answer("line_in_tokyo", confidence)))

    assert "Confidence is between 0 and 100." == words


def test_an_empty_note_is_refused() -> None:
    assert "The note is empty." == refusal(seated("tutorial"), "relief", Note(" \t\n"))


def test_a_seat_that_decided_on_an_old_record_looks_again() -> None:
    table = seated("tutorial")
    seen = table.game.entries
    ask(table, "relief", Start())

    with pytest.raises(Stale, match="The table has moved on; look again"):
        table.submit("relief", LeaveLevers(), seen)


def test_what_another_cell_sealed_meanwhile_changes_nothing_and_what_ones_own_did_does() -> None:
    table = seated("tutorial", "apart")
    assert until(table, phases.DELIBERATION)
    seen = table.game.entries
    table.submit("tokyo", Submit(Answer("line_in_tokyo")), seen)
    table.submit("relief", Submit(Answer("line_in_tokyo")), seen)

    table = seated("tutorial", "apart")
    assert until(table, phases.DELIBERATION)
    seen = table.game.entries
    table.submit("relief", Submit(Answer("line_in_tokyo")), seen)
    with pytest.raises(Stale, match="The table has moved on; look again"):
        table.submit("relief", Submit(Answer("line_in_tokyo")), seen)


def test_together_one_answer_is_that_of_both_cells() -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)
    facts = decide(
        table.game, "relief", Submit(Answer("line_in_tokyo", 60, {"neighbour": "probe"}, "why"))
    )

    assert [
        Answered(cell, Answer("line_in_tokyo", 60, {"neighbour": "probe"}, "why"))
        for cell in ("us", "japan")
    ] == facts
    assert [LeversLeft("us"), LeversLeft("japan")] == decide(
        replace(table.game, phase=phases.LEVERS, left=()), "tokyo", LeaveLevers()
    )


# Consent


def apart() -> Table:
    """Two people's cells of the flagship, with the levers of turn 1 open."""
    table = seated("accelerate", "apart")
    ask(table, "usfj", Start())
    return table


def test_a_move_that_costs_consent_becomes_a_request() -> None:
    table = apart()
    before = table.game.position

    ask(table, "usfj", Move("pace", "accelerated"))

    assert before == table.game.position
    assert (("usfj", MoveAsked("pace", "accelerated")),) == table.game.asked
    seen = {lever.id: lever.asked for lever in lever_views.levers(Eye(table.game, "kantei"))}
    assert "accelerated" == seen.pop("pace")
    assert {""} == set(seen.values())


def test_a_move_without_consent_is_made_at_once() -> None:
    table = apart()

    ask(table, "usfj", Move("standing_staff", "liaison"))

    assert isinstance(table.entries[-1].event, Moved)
    assert () == table.game.asked


def test_to_fall_costs_no_consent() -> None:
    table = apart()

    ask(table, "usfj", Move("pace", "hold"))

    assert isinstance(table.entries[-1].event, Moved)


def test_the_other_lead_grants_it() -> None:
    table = apart()
    tables = table.game.run.tables
    before = table.game.position.budgets
    ask(table, "usfj", Move("pace", "accelerated"))

    ask(table, "kantei", Grant("pace", agreed=True))

    moved = table.entries[-1]
    assert isinstance(moved.event, Moved)
    assert ("kantei", "accelerated") == (moved.by, moved.event.level)
    assert 2 == table.game.position.levels[tables.lever["pace"]]
    spent = [a - b for a, b in zip(before, table.game.position.budgets, strict=True)]
    run = table.game.run.exercise
    (level,) = [one for one in run.levers["pace"].levels if one.id == "accelerated"]
    assert [level.price.get(one.id, 0) for one in run.budget] == spent
    assert any(spent)
    assert () == table.game.asked
    assert "Nobody asked for a move of pace." == refusal(table, "kantei", Grant("pace", True))


def test_the_other_lead_refuses_it() -> None:
    table = apart()
    before = table.game.position
    ask(table, "usfj", Move("pace", "accelerated"))

    ask(table, "kantei", Grant("pace", agreed=False))

    assert MoveRefused("pace", "accelerated") == table.entries[-1].event
    assert before == table.game.position
    assert () == table.game.asked
    ask(table, "usfj", Move("pace", "accelerated"))
    assert 1 == len(table.game.asked)


def test_who_asked_cannot_grant() -> None:
    table = apart()
    ask(table, "usfj", Move("pace", "accelerated"))

    for seat in ("usfj", "osd"):
        assert "The request is for another cell's lead." == refusal(
            table, seat, Grant("pace", agreed=True)
        )


def test_unanswered_it_lapses_and_costs_nothing() -> None:
    table = apart()
    before = table.game.position
    ask(table, "usfj", Move("pace", "accelerated"), LeaveLevers())
    assert phases.LEVERS == table.game.phase

    ask(table, "kantei", LeaveLevers())

    lapsed = [e for e in table.entries if isinstance(e.event, MoveLapsed)]
    assert [(MoveLapsed("pace", "accelerated"), "nobody")] == [(e.event, e.by) for e in lapsed]
    assert (before.budgets, before.levels) == (
        table.game.position.budgets,
        table.game.position.levels,
    )
    assert "The levers are closed; the request has lapsed." == refusal(
        table, "kantei", Grant("pace", agreed=True)
    )


def test_what_was_spent_meanwhile_cannot_be_granted() -> None:
    table = apart()
    ask(table, "usfj", Move("standing_staff", "cell"), Move("pace", "accelerated"))
    ask(table, "kantei", Grant("standing_staff", agreed=True))
    spare = table.game.position.budgets
    while table.game.position.budgets[1] >= 3:
        held = table.game.position.levels[table.game.run.tables.lever["standing_staff"]]
        ask(table, "usfj", Move("standing_staff", "liaison" if held != 1 else "none"))
    assert spare != table.game.position.budgets

    words = refusal(table, "kantei", Grant("pace", agreed=True))

    assert words.startswith("Closed: needs staff time 3, now ")


def test_a_robot_of_the_other_cell_is_not_asked() -> None:
    table = seated("accelerate", "as the US")
    ask(table, "usfj", Start(), Move("pace", "accelerated"))

    assert isinstance(table.entries[-1].event, Moved)


# What is refused too late or not at all


def test_nothing_is_granted_after_the_end() -> None:
    table = apart()
    ask(table, "usfj", Move("pace", "accelerated"), End())

    refusal(table, "kantei", Grant("pace", agreed=True))


def test_what_is_granted_is_what_was_shown() -> None:
    table = apart()
    ask(table, "usfj", Move("pace", "accelerated"))
    assert "A move of Pace of the stand-up already waits for consent." == refusal(
        table, "usfj", Move("pace", "crash")
    )
    seen = {lever.id: lever.asked for lever in lever_views.levers(Eye(table.game, "kantei"))}
    ask(table, "kantei", Grant("pace", agreed=True))

    moved = table.entries[-1].event
    assert isinstance(moved, Moved)
    assert seen["pace"] == moved.level


@pytest.mark.parametrize("seat", ["prc", "facilitator", "observer"])
def test_only_an_allied_cell_leaves_the_levers(seat: str) -> None:
    refusal(apart(), seat, LeaveLevers())


def test_the_facilitator_answers_no_inject() -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)

    refusal(table, "facilitator", Submit(Answer("line_in_tokyo")))


def test_nobody_answers_for_a_robots_cell() -> None:
    table = seated("tutorial", "as the US")
    assert until(table, phases.DELIBERATION)

    refusal(table, "tokyo", Submit(Answer("line_in_tokyo")))


def test_nobody_moves_the_levers_of_a_robots_cell() -> None:
    table = seated("tutorial", "as Japan")
    ask(table, "tokyo", Start())

    refusal(table, "relief", Move("standing_staff", "liaison"))


@pytest.mark.parametrize(
    "expects", [{"martians": "probe"}, {"neighbour": "surrender"}, {"neigh bour": "probe"}]
)
def test_only_an_adversary_is_expected_to_react(expects: dict[str, str]) -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)

    refusal(table, "relief", Submit(Answer("line_in_tokyo", expects=expects)))


def test_a_note_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    table = seated("tutorial", path=tmp_path / "run.ttx.toml")
    try:
        refusal(table, "relief", Note("a \udcff"))
    finally:
        table.leave()


def test_the_exercises_hold_what_these_tests_speak_of() -> None:
    holders = {lever.id: lever.cells for lever in load(EXERCISES / "accelerate").lever}

    us = ["pace", "standing_staff", "authority", "rank", "site", "hawaii_rules", "hns"]
    assert {"us"} == {cell for lever in us for cell in holders[lever]}
    assert [["japan"]] * 2 == [holders["acm_watch"], holders["legal_message"]]
    either = ["resilience", "munitions", "release_cyber", "ally_consult", "offramps"]
    assert [["us", "japan"]] * 5 == [sorted(holders[one], reverse=True) for one in either]
