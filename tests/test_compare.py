from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.compared import alone, changed, finish, of, of_first, on
from kit.tables import exercise, leads, offers, play, robots_alone, seated, until

from ttx.adjudicator.because import value_of
from ttx.adjudicator.rulings import score_inputs_at
from ttx.analysis import score_differences
from ttx.analysis.compare import Comparison, compare, place
from ttx.analysis.compared_runs import ComparedRun, compared_run, turn_at
from ttx.analysis.rows import Status
from ttx.analysis.score_differences import Verdict
from ttx.exercise.load import digest
from ttx.report.compared import comparison
from ttx.report.lines import lines
from ttx.session import phases
from ttx.session.fold import fold
from ttx.session.forks import opening_of
from ttx.session.opening import begin, fork, look_at, resume
from ttx.session.play_commands import Move, Start, Submit, Undo
from ttx.session.record import read
from ttx.session.seating import Seating
from ttx.session.table import Table
from ttx.session.view.words import CLEAR

EXAMPLES = sorted((Path(__file__).parents[1] / "saves" / "examples").glob("*.ttx.toml"))
MIRROR = {
    Verdict.A_BETTER: Verdict.B_BETTER,
    Verdict.B_BETTER: Verdict.A_BETTER,
    Status.ONLY_A: Status.ONLY_B,
    Status.ONLY_B: Status.ONLY_A,
}
ROBOTS = ("phased", "accelerated", "hawaii", "keep")


@cache
def by_luck(seed: int, luck: int) -> ComparedRun:
    """A run of the tutorial on the dice of `seed` that somebody plays by the luck of `luck`."""
    table = seated("tutorial", "alone", seed)
    for _ in play(table, luck):
        pass
    return of(table, f"{seed}-{luck}-")


@cache
def example(path: Path) -> ComparedRun:
    record = read(path)
    return compared_run(record, look_at(record).game)


# The same run, and swapped sides


@pytest.mark.slow
@pytest.mark.parametrize("robot", ROBOTS)
def test_a_run_does_not_differ_from_itself(robot: str) -> None:
    one = alone(robot)

    made = compare(one, one)

    assert "one run twice" == made.kind
    assert ("The two are the same run.",) == made.related
    assert () == made.remarks
    assert (-1, -1, "no difference") == (made.first, made.decided, made.parted)
    assert {Status.SAME} == {row.status for row in made.rows}
    assert not any(row.decision for row in made.rows)
    assert {0} == {gap.apart for end in made.turns for gap in end.differences}
    assert {Verdict.UNCLEAR} == {gap.verdict for end in made.turns for gap in end.differences}
    assert not any(gap.inputs for end in made.turns for gap in end.differences)
    assert not any(made.causes(10).values())
    assert {"No clear difference in any score."} == {end.weighed for end in made.turns}


def test_two_runs_of_the_same_robot_on_the_same_dice_do_not_differ() -> None:
    made = compare(alone("phased"), of(robots_alone("accelerate", "phased"), "again"))

    assert "two runs on the same dice" == made.kind
    assert ("Nothing differs up to T10: no decision, no ruling, no score.",) == made.remarks
    assert (-1, "no difference") == (made.first, made.parted)


def mirrored(made: Comparison) -> None:
    """Everything about a comparison is turned round where its sides are."""
    back = made.swapped()
    assert (made.heads[1], made.heads[0]) == back.heads
    assert (made.first, made.decided, made.kind) == (back.first, back.decided, back.kind)
    for row, other in zip(made.rows, back.rows, strict=True):
        assert (row.a, row.b, row.decision) == (other.b, other.a, other.decision)
        assert MIRROR.get(row.status, row.status) == other.status
    for end, other_end in zip(made.turns, back.turns, strict=True):
        assert end.carried == other_end.carried[::-1]
        assert (end.minutes is None) == (other_end.minutes is None)
        assert end.minutes is None or end.minutes == (other_end.minutes or ())[::-1]
        for gap, other_gap in zip(end.differences, other_end.differences, strict=True):
            assert (gap.a, gap.b) == (other_gap.b, other_gap.a)
            assert -(gap.apart or 0) == other_gap.apart
            assert MIRROR.get(gap.verdict, gap.verdict) == other_gap.verdict
            assert [(one.id, -one.by) for one in gap.inputs] == [
                (one.id, one.by) for one in other_gap.inputs
            ]
    last = len(made.turns)
    for track, causes in made.causes(last).items():
        assert {(name, -by) for name, by in causes} == set(back.causes(last)[track])


@pytest.mark.slow
@pytest.mark.parametrize("pair", [*combinations(ROBOTS, 2)], ids="-".join)
@pytest.mark.parametrize("seeds", [(1, 1), (1, 2)])
def test_swapping_the_sides_turns_everything_round(
    pair: tuple[str, str], seeds: tuple[int, int]
) -> None:
    mirrored(compare(alone(pair[0], seeds[0]), alone(pair[1], seeds[1])))


# The first difference


@pytest.mark.parametrize("pair", [*combinations(ROBOTS, 2)], ids="-".join)
def test_on_the_same_dice_a_decision_makes_the_first_difference(pair: tuple[str, str]) -> None:
    made = compare(alone(pair[0]), alone(pair[1]))

    assert made.first == made.decided >= 0
    assert all(row.same for row in made.rows[: made.first])
    assert Status.FIRST == made.rows[made.first].status
    assert [made.first] == [at for at, row in enumerate(made.rows) if row.status == Status.FIRST]
    assert f"first difference: {place(made.rows[made.first])}" == made.parted


@pytest.mark.slow
@given(seed=st.integers(0, 60), luck=st.tuples(st.integers(0, 9), st.integers(0, 9)))
@settings(max_examples=25)
def test_the_sides_of_any_two_runs_on_one_dice(seed: int, luck: tuple[int, int]) -> None:
    a, b = by_luck(seed, luck[0]), by_luck(seed, luck[1])

    made = compare(a, b)

    assert made.first == made.decided
    assert all(row.same for row in made.rows[: max(made.first, 0)])
    if made.first < 0:
        assert {0} == {gap.apart for end in made.turns for gap in end.differences}
    mirrored(made)
    adds_up(made)
    assert all(len(line) <= 78 for line in lines(comparison(made)))


@pytest.mark.slow
def test_the_rows_of_a_turn_stand_in_the_order_of_play() -> None:
    made = compare(of_first("accelerated"), of_first("phased"))

    first = [row for row in made.rows if row.turn == 1]
    assert ["levers", "policy", "crisis"] == [row.kind for row in first]
    assert [*range(1, 11)] == [*dict.fromkeys(row.turn for row in made.rows)]
    levers, policy, crisis = first
    assert levers.a is not None
    assert levers.b is not None
    assert "Pace of the stand-up accelerated, Standing staff in Japan liaison" == levers.a.said
    assert "no move" == levers.b.said
    assert (None, None, Status.SAME) == (policy.a, policy.b, policy.status)
    assert "no policy inject" == policy.title
    assert crisis.a == crisis.b
    assert crisis.a is not None
    assert "Leave it to the coast guard" == crisis.a.said
    assert "in time" == crisis.a.word


def with_levers(*moves: tuple[str, str]) -> ComparedRun:
    """A run of the tutorial that begins with these moves and makes no others."""
    table = seated("tutorial", seed=5)
    table.submit("relief", Start(), table.game.entries)
    for lever, level in moves:
        table.submit("relief", Move(lever, level), table.game.entries)
    return of(finish(table), " ".join(level for _, level in moves) or "none")


def test_one_lever_at_other_levels_is_a_decision() -> None:
    made = compare(
        with_levers(("standing_staff", "liaison")), with_levers(("standing_staff", "cell"))
    )

    row = made.rows[made.first]
    assert (1, "levers", True) == (row.turn, row.kind, row.decision)
    assert row.a is not None
    assert row.b is not None
    assert ("Standing staff in Naha liaison", "Standing staff in Naha cell") == (
        row.a.said,
        row.b.said,
    )


def test_a_lever_moved_there_and_back_is_not_a_lever_left_alone() -> None:
    there = ("standing_staff", "liaison"), ("standing_staff", "none")

    made = compare(with_levers(*there), with_levers())

    assert (0, 0) == (made.first, made.decided)
    row, (mine, _) = made.rows[0], made.opened(0)
    assert row.a is not None
    assert "Standing staff in Naha liaison then none" == row.a.said
    assert mine.sentences[0].startswith("Standing staff in Naha from none to liaison: ")
    assert mine.sentences[1].startswith("Standing staff in Naha from liaison to none: ")


def test_levels_are_told_by_their_names() -> None:
    made = compare(alone("accelerated"), alone("hawaii"))

    told = " ".join(row.a.said for row in made.rows if row.kind == "levers" and row.a)
    assert "Consultation of allies ROK first" in told
    assert "rok_first" not in told


def test_a_slot_that_only_one_side_filled_says_so() -> None:
    made = compare(of_first("accelerated"), of_first("phased"))

    row = next(row for row in made.rows if place(row) == "T3, policy")
    assert (Status.ONLY_A, "Four stars", None) == (row.status, row.title, row.b)
    assert not row.decision


def test_the_same_answer_may_come_out_otherwise() -> None:
    made = compare(of_first("accelerated"), of_first("phased"))

    row = next(row for row in made.rows if place(row) == "T3, crisis")
    assert Status.ANSWER == row.status
    assert row.a is not None
    assert row.b is not None
    assert row.a.said == row.b.said
    assert "1 h 56 to spare, carried in full" == row.a.came
    assert "1 h 58 to spare, carried in full" == row.b.came


def test_an_adversary_that_did_something_else_has_a_row() -> None:
    made = compare(of_first("accelerated"), of_first("phased"))

    row = next(row for row in made.rows if row.kind == "reckoning")
    assert (2, Status.RESPONSE) == (row.turn, row.status)
    assert row.a is not None
    assert row.b is not None
    assert "Russia sent a cheap signal in the north" == row.a.said
    assert "Russia kept to routine" == row.b.said


def test_one_other_answer_is_the_first_difference() -> None:
    asked: list[str] = []

    def other(table: Table) -> str | None:
        """Another answer to the second inject."""
        assert table.game.slot is not None
        asked.append(table.game.slot.released.inject)
        return None if len(asked) != 2 else answers[-1]

    asks = seated("tutorial", seed=5)
    assert until(asks, phases.DELIBERATION)
    asks.submit("relief", offers(asks.game, "relief")[0], asks.game.entries)
    assert until(asks, phases.DELIBERATION)
    answers = [one.answer.option for one in offers(asks.game, "relief") if isinstance(one, Submit)]
    a, b = finish(seated("tutorial", seed=5)), finish(seated("tutorial", seed=5), other)

    made = compare(of(a, "a"), of(b, "b"))

    assert asks.game.slot is not None
    row = made.rows[made.first]
    assert (Status.FIRST, True) == (row.status, row.decision)
    inject = exercise("tutorial").injects[asked[1]]
    titles = {option.id: option.title for option in inject.option}
    assert row.a is not None
    assert row.b is not None
    assert (titles[answers[0]], titles[answers[-1]]) == (row.a.said, row.b.said)
    assert inject.title == row.title
    assert {Status.DIFFERS} & {row.status for row in made.rows} == set()


def test_cells_that_differ_are_a_decision_even_where_the_lead_answers_alike() -> None:
    def run(*, agree: bool) -> Table:
        table = seated("tutorial", "apart")
        while table.game.phase != phases.CLOSED:
            for seat in leads(table.game.run):
                asks = offers(table.game, seat)
                if not asks:
                    continue
                slot = table.game.slot
                lead = slot is not None and table.game.inject is not None
                first = asks[0]
                if table.game.phase == phases.DELIBERATION and lead and not agree:
                    assert table.game.inject is not None
                    mine = table.game.run.seat(seat).cell == table.game.inject.lead
                    first = asks[0] if mine else asks[-1]
                table.submit(seat, first, table.game.entries)
                break
        return table

    made = compare(of(run(agree=True), "a"), of(run(agree=False), "b"))

    row = made.rows[made.first]
    assert row.a is not None
    assert row.b is not None
    assert (row.a.said, row.a.title) == (row.b.said, row.b.title)
    assert (True, False, True) == (row.decision, row.a.discord, row.b.discord)
    assert made.first == made.decided


# What made it


def adds_up(made: Comparison) -> None:
    """The inputs of every score at the end of every turn add up to A less B."""
    for end in made.turns:
        mine, yours = made.a.played[end.turn - 1], made.b.played[end.turn - 1]
        assert mine.reckoned is not None
        assert yours.reckoned is not None
        for at, gap in enumerate(end.differences):
            assert mine.reckoned.reckoning.scores[at] == gap.a
            assert yours.reckoned.reckoning.scores[at] == gap.b
            assert gap.a - gap.b == gap.apart == sum(one.by for one in gap.inputs)


@pytest.mark.parametrize("pair", [*combinations(ROBOTS, 2)], ids="-".join)
def test_terms_add_up_exactly_on_the_same_dice(pair: tuple[str, str]) -> None:
    adds_up(compare(alone(pair[0]), alone(pair[1])))


@pytest.mark.slow
@pytest.mark.parametrize("pair", [*combinations(EXAMPLES, 2)], ids=lambda p: p[0].name[:8])
def test_terms_of_the_examples_add_up_exactly(pair: tuple[Path, Path]) -> None:
    made = compare(example(pair[0]), example(pair[1]))

    adds_up(made)
    assert any(one.by for gap in made.turns[-1].differences for one in gap.inputs)
    if made.heads[0].seed != made.heads[1].seed:
        assert "two runs on different dice" == made.kind
        assert "The dice differ" in " ".join(made.remarks)


def test_inputs_are_the_inputs_of_the_score_on_both_sides() -> None:
    made = compare(alone("accelerated"), alone("phased"))
    tables = made.a.game.run.tables
    part = exercise("accelerate").score[0]

    for end in made.turns:
        ends = [one.played[end.turn - 1].end for one in (made.a, made.b)]
        assert ends[0] is not None
        assert ends[1] is not None
        own, other = (score_inputs_at(tables, one) for one in ends if one is not None)
        gap = end.differences[0]
        assert value_of(tables, own, part.of) == gap.a
        assert {(one.a, one.b) for one in gap.inputs} == {
            (own[one.id], other[one.id]) for one in gap.inputs
        }
        told = {one.id for one in gap.inputs}
        left = [leaf for leaf in tables.inputs_of(part.of) if leaf not in told]
        assert all(own[leaf] == other[leaf] for leaf in left)


@pytest.mark.parametrize("seeds", [(1, 1), (1, 2)])
def test_causes_add_up_to_the_difference_of_every_track(seeds: tuple[int, int]) -> None:
    made = compare(alone("accelerated", seeds[0]), alone("hawaii", seeds[1]))
    tracks = made.a.game.run.tables.track

    for end in made.turns:
        causes = made.causes(end.turn)
        mine, yours = made.a.played[end.turn - 1].end, made.b.played[end.turn - 1].end
        assert mine is not None
        assert yours is not None
        for track, row in tracks.items():
            booked = sum(by for _, by in causes.get(track, ()))
            assert mine.tracks[row] - yours.tracks[row] == booked, track


def test_a_difference_under_half_a_point_is_not_clear() -> None:
    made = compare(alone("accelerated"), alone("phased"))

    for gap in (gap for end in made.turns for gap in end.differences):
        assert gap.apart is not None
        assert (gap.verdict == Verdict.UNCLEAR) == (abs(gap.apart) < CLEAR)
        if gap.verdict != Verdict.UNCLEAR:
            assert (gap.verdict == Verdict.A_BETTER) == (
                (gap.apart > 0) == (gap.better == "higher")
            )
    words = {gap.id: gap.verdict for gap in made.turns[-1].differences}
    assert Verdict.B_BETTER == words["escalation"], "a higher risk is worse"


def test_what_carried_it_names_scores_inputs_and_whether_either_dominates() -> None:
    made = compare(of_first("accelerated"), of_first("phased"))

    first, last = made.turns[0], made.turns[-1]
    assert ("no score better by half a point or more.",) == first.carried[0]
    assert "B is nowhere worse by half a point or more." == first.weighed
    assert last.carried[0][0].startswith(
        "Operational capability 3.9 higher (Decision time 11.8 lower, Joint HQ maturity "
    )
    assert "Money spent 697 less" in last.carried[1][0]
    assert "Escalation risk 2.1 lower" in last.carried[1][0]
    assert "Neither dominates." == last.weighed
    for tellings in last.carried:
        assert [len(told) for told in tellings] == sorted(map(len, tellings), reverse=True)


def test_every_score_that_a_side_does_better_on_is_named() -> None:
    made = compare(alone("accelerated"), alone("phased"))

    for end in made.turns:
        for word, tellings in zip((Verdict.A_BETTER, Verdict.B_BETTER), end.carried, strict=True):
            for told in tellings:
                for gap in end.differences:
                    named = gap.name in told or gap.short in told
                    assert named or gap.verdict != word, (end.turn, gap.name, told)


@pytest.mark.parametrize("pair", [*combinations(ROBOTS, 2)], ids="-".join)
def test_only_inputs_that_helped_are_told_for_a_side(pair: tuple[str, str]) -> None:
    made = compare(alone(pair[0]), alone(pair[1]))

    told = 0
    for end in made.turns:
        for sign, tellings in zip((1, -1), end.carried, strict=True):
            for part in tellings[0].split("; "):
                for gap in (gap for gap in end.differences if part.startswith(f"{gap.name} ")):
                    named = [one for one in gap.inputs if one.seen_from(sign) in part]
                    told += len(named)
                    assert all(one.by * (gap.apart or 0) > 0 for one in named)
    assert told


def test_no_clear_difference_is_said_of_the_whole() -> None:
    part = SimpleNamespace(verdict=Verdict.UNCLEAR)
    assert "No clear difference in any score." == score_differences._weighed((part,))  # type: ignore[arg-type]  # only its word is asked for


# A row opened


def test_levers_opened_say_price_and_minutes() -> None:
    made = compare(of_first("accelerated"), of_first("phased"))

    mine, yours = made.opened(0)

    assert ("2 moves.", "No move.") == (mine.lead, yours.lead)
    assert mine.sentences[0] == (
        "Pace of the stand-up from phased to accelerated: money 70 a turn, staff time 3, consent 1"
        "; 18 min less on the reference clock in full."
    )
    assert "Reference clock at the end of the turn: 22 h 59." == mine.sentences[-1]
    assert "Reference clock at the end of the turn: 23 h." == yours.sentences[-1]


def test_a_ruling_opened_has_the_effects_of_the_record() -> None:
    made = compare(alone("accelerated"), alone("phased"))

    for at, row in enumerate(made.rows):
        for one, done, opened in zip(
            (made.a, made.b), (row.a, row.b), made.opened(at), strict=True
        ):
            if row.kind not in ("policy", "crisis"):
                continue
            if done is None:
                assert "This slot stayed empty." == opened.lead
                continue
            fact = one.played[row.turn - 1].slots[done.slot].ruled
            assert fact is not None
            assert [e.by for e in fact.ruling.effects] == [term.by for term in opened.terms]
            assert done.title in opened.title
            assert any(done.said in told for told in opened.sentences)


def test_a_reckoning_opened_has_odds_and_draws() -> None:
    made = compare(alone("accelerated"), alone("phased"))

    at = next(at for at, row in enumerate(made.rows) if row.kind == "reckoning")
    told = made.opened(at)[0].sentences
    assert len(exercise("accelerate").adversary) == len(told)
    assert all(" in 100, draw " in one for one in told)


# Not like for like


@pytest.mark.slow
def test_other_dice_are_said_and_no_decision_is_blamed() -> None:
    made = compare(alone("keep", 1), alone("keep", 2))

    assert "two runs on different dice" == made.kind
    assert made.remarks[0].startswith("The dice differ (seeds 1 and 2), so injects and luck")
    assert (True, -1) == (made.first >= 0, made.decided)
    assert made.parted.endswith("; no decision made it")
    assert not made.rows[made.first].decision


def test_on_other_dice_two_injects_in_one_slot_are_not_a_decision() -> None:
    made = compare(alone("accelerated", 1), alone("hawaii", 2))

    row = next(row for row in made.rows if row.status == Status.INJECT)
    assert row.a is not None
    assert row.b is not None
    assert row.a.title != row.b.title
    assert not row.decision


def test_a_shorter_run_is_compared_as_far_as_it_went() -> None:
    table = robots_alone("accelerate", "phased")
    cut = opening_of(table.entries, 5)
    whole = of(table, "whole")
    part = ComparedRun(
        "part",
        fold(table.game.run, table.entries[:cut]),
        whole.hashes[cut - 1],
        whole.hashes[:cut],
        whole.digest,
    )

    made = compare(alone("accelerated"), part)
    assert [1, 2, 3, 4] == [end.turn for end in made.turns]
    assert 4 == made.rows[-1].turn
    assert "Compared up to T4: A was played to T10, B to T4." in made.remarks
    assert "4 of 10 turns" == made.heads[1].state

    same = compare(whole, part)
    assert (f"B is A as it stood at entry {cut}.",) == same.related
    assert (f"A is B as it stood at entry {cut}.",) == same.swapped().related
    assert -1 == same.first


def test_before_any_turn_is_played_nothing_is_compared() -> None:
    made = compare(alone("keep", 1, "tutorial"), of(seated("tutorial"), "new", "seal"))

    assert ((), ()) == (made.rows, made.turns)
    assert any("nothing is compared yet" in one for one in made.remarks)
    assert any("nothing is compared yet" in line for line in lines(comparison(made)))


def test_a_turn_under_way_is_left_out_and_said() -> None:
    one, two = seated("tutorial", seed=5), seated("tutorial", seed=5)
    for table in (one, two):
        assert until(table, phases.RECKONING)
        assert until(table, phases.LEVERS)
    two.submit("relief", Move("standing_staff", "liaison"), two.game.entries)

    made = compare(of(one, "a"), of(two, "b"))

    assert [1] == [end.turn for end in made.turns]
    assert made.remarks[0] == "T2 is under way and not compared yet."
    assert "Nothing differs up to T1" in made.remarks[1]


def test_a_changed_exercise_is_compared_where_both_have_the_same() -> None:
    def more(data: dict[str, Any]) -> None:
        levels = [{"id": one, "name": one, "note": one} for one in ("off", "on")]
        lever = {"id": "idle", "name": "Idle", "about": "Idle.", "cells": ["us"]}
        data["lever"].append(lever | {"held_by": "nobody", "start": "off", "levels": levels})
        data["score"][1]["id"] = "other"

    part = changed(more)
    table = begin(part, Seating({}, ""), 1, None)
    for command in (Start(), Move("idle", "on")):
        table.submit("relief", command, table.game.entries)

    made = compare(of(finish(seated("tutorial")), "a"), of(finish(table), "b"))

    assert ("changed", "two versions of the exercise") == (made.like, made.kind)
    assert made.remarks[0].startswith("The exercise was changed between the two runs.")
    left = ("score Relief of the islands", "lever idle")
    assert left == made.left_out
    assert f"Left out: {', '.join(left)}." in made.remarks
    assert [0, 2] == [
        at
        for at, one in enumerate(part.score)
        if one.id in {gap.id for gap in made.turns[0].differences}
    ]
    assert not [row for row in made.rows if row.kind == "levers"]
    assert -1 == made.first
    assert not any(gap.inputs for end in made.turns for gap in end.differences)
    assert {} == made.causes(1)


def test_an_inject_that_only_one_version_has_is_left_out() -> None:
    def renamed(data: dict[str, Any]) -> None:
        data["inject"][0]["id"] = "renamed"

    made = compare(alone("keep", 1, "tutorial"), on(changed(renamed)))

    (row,) = [row for row in made.rows if row.status == Status.LEFT_OUT]
    assert (False, "policy") == (row.decision, row.kind)
    assert row.title in made.left_out[0]
    assert -1 == made.first
    assert made.remarks[-1].startswith("Nothing that both have differs up to T2")


def test_numbers_changed_by_an_author_are_no_decision() -> None:
    def start(data: dict[str, Any]) -> None:
        data["track"][3]["start"] = 56

    made = compare(alone("keep", 1, "tutorial"), on(changed(start)))

    assert made.first >= 0
    assert -1 == made.decided
    assert made.parted.endswith("no decision made it")
    mirrored_words = made.swapped().parted
    assert made.parted == mirrored_words


def test_scores_that_part_without_any_row_get_one() -> None:
    def cheaper(data: dict[str, Any]) -> None:
        part = next(one for one in data["derived"] if one["id"] == "relief")
        part["constant"] = part.get("constant", 0) + 1

    made = compare(alone("keep", 1, "tutorial"), on(changed(cheaper)))

    first = made.rows[made.first]
    assert ("reckoning", 1) == (first.kind, first.turn)
    assert 1 == sum(row.kind == "reckoning" for row in made.rows)


def test_two_exercises_are_shown_but_not_compared() -> None:
    def renamed(data: dict[str, Any]) -> None:
        data["id"], data["title"] = "elsewhere", "Elsewhere"

    made = compare(alone("steady", 1, "tutorial"), on(changed(renamed)))

    assert ("other", "two exercises", "Tutorial and Elsewhere") == (
        made.like,
        made.kind,
        made.title,
    )
    assert made.remarks[0].startswith("Two different exercises")
    assert {(None, Verdict.NOT_COMPARED)} == {
        (g.apart, g.verdict) for e in made.turns for g in e.differences
    }
    assert {Status.APART} == {row.status for row in made.rows}
    assert (-1, -1, "not compared") == (made.first, made.decided, made.parted)
    assert not any("A better" in line or "B better" in line for line in lines(comparison(made)))


def test_exercises_without_a_score_in_common_are_refused() -> None:
    with pytest.raises(ValueError, match="Accelerate and Tutorial have no score in common"):
        compare(alone("phased"), alone("keep", 1, "tutorial"))


# Forks, and answers given again


def written(path: Path, seed: int = 5) -> Path:
    table = finish(seated("tutorial", seed=seed, path=path))
    table.leave()
    return path


def forked(path: Path, turn: int, out: Path, choose: bool) -> Path:  # noqa: FBT001  # told by name
    record = read(path)
    made, _ = fork(record, opening_of(record.entries, turn), "", out)
    table = resume(read(made))
    if choose:
        seat = leads(table.game.run)[0]
        move = next(one for one in offers(table.game, seat) if isinstance(one, Move))
        table.submit(seat, move, table.game.entries)
    finish(table)
    table.leave()
    return made


def opened(path: Path) -> ComparedRun:
    record = read(path)
    return compared_run(record, look_at(record).game)


def test_a_fork_is_known_by_the_hash_at_its_cut(tmp_path: Path) -> None:
    parent = written(tmp_path / "parent.ttx.toml")
    child = forked(parent, 2, tmp_path / "child.ttx.toml", choose=True)
    cut = opening_of(read(parent).entries, 2)

    made = compare(opened(parent), opened(child))

    told = f"is a fork of A at T2, entry {cut}; up to there they are one run."
    assert (f"B {told}",) == made.related
    assert (f"A {told.replace('of A', 'of B')}",) == made.swapped().related
    assert ("parent", "child") == tuple(one.name for one in made.heads)
    assert (2, "levers") == (made.rows[made.first].turn, made.rows[made.first].kind)
    assert made.first == made.decided


def test_a_parent_that_was_changed_is_not_taken_for_one(tmp_path: Path) -> None:
    parent = written(tmp_path / "parent.ttx.toml")
    child = forked(parent, 2, tmp_path / "child.ttx.toml", choose=True)
    parent.unlink()
    written(parent, seed=6)

    made = compare(opened(parent), opened(child))

    assert "B names A as its parent, but entry " in made.related[0]
    assert made.related[0].endswith("has another hash: it is not that record.")
    elsewhere = compare(of(finish(seated("tutorial", seed=5)), "elsewhere"), opened(child))
    cut = opened(child).game.forked
    assert cut is not None
    assert (f"B is a fork of parent, entry {cut.cut}; that run is not here.",) == elsewhere.related


@pytest.mark.slow
def test_two_forks_of_one_parent_are_told_apart(tmp_path: Path) -> None:
    parent = written(tmp_path / "parent.ttx.toml")
    one = forked(parent, 2, tmp_path / "one.ttx.toml", choose=True)
    two = forked(parent, 2, tmp_path / "two.ttx.toml", choose=False)
    early = forked(parent, 1, tmp_path / "early.ttx.toml", choose=False)
    cuts = [opening_of(read(parent).entries, turn) for turn in (1, 2)]

    assert (f"A and B are forks of parent, both at entry {cuts[1]}.",) == compare(
        opened(one), opened(two)
    ).related
    assert (
        f"A and B name one parent, parent, and were cut at entries {cuts[1]} and {cuts[0]}.",
    ) == compare(opened(one), opened(early)).related


def test_what_was_decided_again_is_not_like_for_like() -> None:
    first = finish(seated("tutorial", seed=5))
    table = seated("tutorial", seed=5)
    assert until(table, phases.REVIEW)
    assert table.game.slot is not None
    inject = exercise("tutorial").injects[table.game.slot.released.inject]
    table.submit("relief", Undo(), table.game.entries)
    assert phases.DELIBERATION == table.game.phase
    finish(table)

    made = compare(of(first, "a"), of(table, "b"))

    number = first.game.turns[0].opened.turn
    assert (
        f"B answered again with knowledge of what came: T{number} {inject.title}. "
        f"Not like for like since T{number}."
    ) in made.remarks
    row = next(row for row in made.rows if row.b and row.b.again)
    assert row.a is not None
    assert not row.a.again
    at = made.rows.index(row)
    assert "Decided again with knowledge of what came." == made.opened(at)[1].sentences[0]
    assert "Decided again with knowledge of what came." != made.opened(at)[0].sentences[0]


def test_levers_moved_again_are_not_like_for_like() -> None:
    table = seated("tutorial", seed=5)
    table.submit("relief", Start(), table.game.entries)
    opening = table.game.opened
    assert until(table, phases.REVIEW)
    table.submit("relief", Undo(opening), table.game.entries)
    assert phases.LEVERS == table.game.phase
    finish(table)

    made = compare(of(finish(seated("tutorial", seed=5)), "a"), of(table, "b"))

    assert any(one.startswith("B answered again") and "T1 levers" in one for one in made.remarks)


def test_the_turn_of_an_entry_that_was_taken_back_is_not_told() -> None:
    table = seated("tutorial", seed=5)
    assert until(table, phases.REVIEW)
    back = table.game.entries
    table.submit("relief", Undo(), table.game.entries)
    finish(table)

    assert 0 == turn_at(table.game, back)
    assert 0 == turn_at(table.game, 1)
    assert 2 == turn_at(table.game, opening_of(table.entries, 2))


# In plain lines


def test_lines_say_everything_in_order() -> None:
    made = compare(of_first("accelerated"), of_first("phased"))
    told = " ".join(line.strip() for line in lines(comparison(made)))

    last = made.turns[-1]
    parts = (
        "COMPARE Accelerate: two runs on the same dice",
        "A accelerated-1-accelerate_1-: seed 1, robot accelerated, 10 of 10 turns",
        "Pace of the stand-up: accelerated throughout",
        "Standing staff in Japan: liaison T1, cell T2 to T4, full T5 on",
        "B phased-1-accelerate_1-: seed 1, robot phased, 10 of 10 turns",
        "Turn by turn; first difference: T1, levers",
        "T1 levers FIRST DIFFERENCE",
        "B no move",
        "Scores at the end of T10",
        "+3.90 A better",
        "Reference clock: A 14 h 09, B 18 h 33; A 4 h 24 faster.",
        "A less B by turn",
        "The first difference: T1, levers",
        "Pace of the stand-up from phased to accelerated",
        "What the differences at the end of T10 are made of",
        "What carried it",
        last.weighed,
        "Structured judgement, not prediction.",
    )
    flat = " ".join(told.split())
    places = [flat.index(part) for part in parts]
    assert places == sorted(places)
    for gap in last.differences:
        for one in gap.inputs:
            assert one.name in flat


@pytest.mark.parametrize("width", [78, 100, 160])
def test_lines_keep_to_their_width(width: int) -> None:
    for a, b in combinations((alone("accelerated"), alone("hawaii", 2), alone("keep")), 2):
        assert all(len(line) <= width for line in lines(comparison(compare(a, b)), width))


def test_a_save_on_disk_is_a_side(tmp_path: Path) -> None:
    path = written(tmp_path / "as-played.ttx.toml")
    record = read(path)

    one = compared_run(record, look_at(record).game)

    assert ("as-played", record.seal) == (one.name, one.seal)
    assert tuple(record.hashes) == one.hashes
    assert record.header.digest == one.digest == digest(exercise("tutorial"))
    assert "by hand" == compare(one, one).heads[0].who
