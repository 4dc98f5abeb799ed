"""Holds the oracle to every check value and golden row of the rule model."""

from dataclasses import dataclass

import pytest
from kit.golden import GOLDEN, LEVEL_MINUTES
from oracle import (
    LG,
    LOGISTIC,
    Choice,
    Dice,
    State,
    adversary_margin,
    clock,
    latency,
    margin,
    play,
    start_scores,
)
from oracle import data as numbers

START = {track.id: track.start for track in numbers.TRACKS}
LEVELS = {lever.id: lever.start for lever in numbers.LEVERS}


def test_logistic_table() -> None:
    assert len(LOGISTIC) == 1024
    assert [LOGISTIC[i] for i in (0, 448, 512, 576, 1023)] == [
        1440317,
        1155094609,
        2147483648,
        3139872686,
        4293504304,
    ]
    assert sum(LOGISTIC) == 2196877211710


def test_log_table() -> None:
    assert len(LG) == 10001
    assert [LG[y] for y in (0, 2, 5000, 10000)] == [-1048576, 65536, 805288, 870824]
    assert sum(LG[1:]) == 7763272941


def test_dice() -> None:
    first, second = Dice(1, 0), Dice(1, 1)
    assert first.key == 0xDCE423FC82C0D5B8
    assert second.key == 0x5E41AB087439611E
    assert first.draw(1, 0) == 0x5901514A144476D6
    assert first.draw(1, 41) == 0x4EE4F3FF18FEC221
    assert first.draw(10, 29) == 0x3848E3578BC68009


def test_start() -> None:
    run = play("keep", turns=0)
    assert (run.start["expectation_gap"], run.start["strike_effect"]) == (2034, 1125)
    assert run.start["announced"] == 2800
    assert start_scores() == {
        "china": 3461,
        "dprk": 3651,
        "russia": 3965,
        "cohesion": 5096,
        "operational": 3403,
        "escalation": 4489,
        "cost": 6080,
    }


@pytest.mark.parametrize(("robot", "world", "values", "injects"), GOLDEN)
def test_golden_row(robot: str, world: int, values: str, injects: str) -> None:
    run = play(robot, seed=1, world=world)
    end = run.turns[-1]
    assert end.number == 10
    got = [*end.scores.values(), end.tracks["temperature"], end.spent]
    assert got == [int(value) for value in values.split()]
    assert run.fired == [int(number) for number in injects.split()]


def test_phased_in_world_0_turn_by_turn() -> None:
    run = play("phased")
    china = [turn.scores["china"] for turn in run.turns]
    assert china == [3497, 3509, 3625, 3687, 3558, 3670, 3737, 3817, 3904, 4022]
    crises = [(turn.number, turn.crisis.inject, turn.crisis.T) for turn in run.turns if turn.crisis]
    assert crises == [(1, 3, 1179), (3, 1, 1202), (5, 2, 1190), (7, 10, 59), (10, 11, 1008)]


@pytest.mark.parametrize(("staff", "authority", "maturity", "minutes", "total"), LEVEL_MINUTES)
def test_what_each_level_buys(
    staff: int, authority: int, maturity: int, minutes: tuple[int, ...], total: int
) -> None:
    changed = {
        "fwd_staff": staff * 100,
        "usfj_authority": authority * 100,
        "jfhq_maturity": maturity * 100,
    }
    found = clock(START | changed, LEVELS, "air_sea", 0)
    stages = ("share", "assess", "wait", "coa", "orders", "message", "signal")
    assert tuple(found.stages[stage] for stage in stages) == minutes
    assert found.T == total


def test_margin_of_the_example() -> None:
    assert clock(START, LEVELS, "air_sea", 0).T == 1388
    assert latency(START, LEVELS) == START["latency"] == 6200
    found = margin(START, LEVELS, "air_sea", 0, None, 1320)
    flips = dict(found.tracks)
    assert flips["fwd_staff"] == 22
    assert flips["usfj_authority"] == 42
    assert flips["us_signal"] == 90
    assert flips["acm_practice"] == 87
    saved = [stage for stage, change in found.stages if change == -68]
    assert saved == ["share", "assess", "wait", "coa", "orders", "message"]
    assert found.nearest_track == ("fwd_staff", 22)
    assert found.nearest_stage == ("share", -68)


def test_margin_flips_the_ruling_and_nothing_nearer_does() -> None:
    verdicts = set()
    for window in (900, 1200, 1320, 1388, 1500):
        found = margin(START, LEVELS, "air_sea", 0, None, window)
        ruling = _ruling(1388, window)
        verdicts.add(ruling)
        for track, points in found.tracks:
            step = 1 if points * 100 > START[track] else -1
            at = clock(START | {track: points * 100}, LEVELS, "air_sea", 0).T
            before = clock(START | {track: (points - step) * 100}, LEVELS, "air_sea", 0).T
            assert _ruling(at, window) != ruling
            assert _ruling(before, window) == ruling
        for _, change in found.stages:
            assert _ruling(1388 + change, window) != ruling
    assert verdicts == {"on_time", "late", "far_too_late"}


def _ruling(minutes: int, window: int) -> str:
    late = window + (window >> 2)
    return "on_time" if minutes <= window else "late" if minutes <= late else "far_too_late"


def test_margin_of_an_adversary() -> None:
    decision = numbers.ADVERSARIES[0].act
    draw = LOGISTIC[512]  # a draw equal to the entry is not below it
    held = adversary_margin(0, draw, decision)
    assert held is not None
    assert held.steps == 1
    assert held.tracks["prc_encirclement"] == 90
    assert held.tracks["deterrence"] == -32
    acted = adversary_margin(1, draw, decision)
    assert acted is not None
    assert acted.steps == -1
    assert adversary_margin(0, LOGISTIC[1023], decision) is None


@pytest.mark.parametrize("robot", list(numbers.ROBOTS))
def test_the_terms_of_a_track_add_up(robot: str) -> None:
    for world in range(4):
        run = play(robot, seed=7, world=world)
        before = run.start
        for turn in run.turns:
            for track, terms in turn.track_terms.items():
                assert turn.tracks[track] - before[track] == sum(size for _, size in terms)
            before = turn.tracks


@dataclass
class Script:
    """Tries the same moves every turn and takes the last available option."""

    tried: list[tuple[str, int]]

    def moves(self, state: State, turn: int) -> list[tuple[str, int]]:
        return self.tried

    def choose(self, state: State, turn: int, inject: int, options: list[Choice]) -> str:
        return [choice.id for choice in options if choice.available][-1]


def test_moves_are_paid_for_or_refused() -> None:
    turn = play(Script([("authority", 2), ("pace", 3), ("pace", 0), ("pace", 0)]), turns=1).turns[0]
    # V01 is 11 after the exercise; crash takes 5 attention of 8, and hold 1 of the 3 left.
    assert turn.moves == [("pace", 3), ("pace", 0)]
    assert [(refusal.lever, refusal.level) for refusal in turn.refused] == [("authority", 2)]
    assert turn.refused[0].reason == "V01 >= 1800 missed by 700"
    assert (turn.attention, turn.announced) == (2, 7500 - (7500 - 1000) // 4)
    assert ("lever pace lowered", -1200) in turn.track_terms["us_signal"]
    assert ("lever pace lowered", -600) in turn.track_terms["jp_gov_capital"]


def test_the_same_dice_give_the_same_run() -> None:
    assert play("random", seed=3, world=9) == play("random", seed=3, world=9)
    assert play("random", seed=3, world=9) != play("random", seed=4, world=9)
