"""Holds the oracle to every check value and golden row of the rule model."""

from dataclasses import dataclass

import pytest
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

# China, DPRK, Russia, cohesion, operational, escalation, cost; temperature, spent; injects.
GOLDEN = [
    ("phased", 0, "4022 3845 4469 6172 4793 5049 5400 3706 658", "1 2 3 10 11 14 18 21 23"),
    (
        "phased",
        1,
        "3877 3554 4255 5565 4687 4609 5269 2937 658",
        "1 2 3 5 8 16 17 20 21 22 26 27",
    ),
    ("accelerated", 0, "4079 4031 4326 6134 5183 5255 4295 3656 1355", "1 2 3 9 10 11 18 19 21 23"),
    (
        "accelerated",
        1,
        "3889 3881 4461 5966 4998 4899 3981 3099 1355",
        "1 2 3 5 8 15 16 17 19 20 21 26 27",
    ),
    ("hawaii", 0, "3841 4009 4414 5514 4720 4630 5535 3517 338", "1 2 3 10 11 18 21 23"),
    (
        "hawaii",
        1,
        "3571 3610 4589 5104 4600 4583 5432 3404 338",
        "1 2 3 5 8 14 15 16 17 20 21 26 27",
    ),
    ("random", 0, "3870 3539 4224 4108 4531 4892 5110 3416 750", "1 2 3 10 11 18 21 23"),
    (
        "random",
        1,
        "3479 3416 4188 4698 4668 5321 4934 3905 756",
        "1 2 3 5 8 15 16 17 20 21 22 26 27",
    ),
    (
        "halt",
        31,
        "3662 3705 3767 4722 4435 4423 4748 3288 931",
        "1 4 5 6 11 12 13 14 15 18 21 23 24 28",
    ),
    ("cautious", 2, "3904 3937 4006 5273 4586 4493 5074 3058 609", "1 3 5 7 8 16 17 18 21 23 25"),
    ("random", 54, "3331 3539 3507 4440 4105 5104 4891 3689 511", "4 5 9 16 17 18 19 20 23 25"),
    ("seoul_first", 3, "3771 4125 4274 5739 4734 4651 5217 2907 673", "6 7 9 10 12 17 21 22 26 27"),
]

# Staff, authority, HQ maturity in points; share assess wait coa orders message signal; T.
LEVEL_MINUTES = [
    pytest.param(5, 8, 10, (90, 180, 228, 330, 180, 120, 240), 1388, id="none"),
    pytest.param(17, 8, 10, (86, 176, 199, 320, 180, 116, 240), 1337, id="liaison"),
    pytest.param(40, 8, 10, (78, 168, 172, 302, 180, 109, 240), 1269, id="cell"),
    pytest.param(75, 8, 10, (66, 156, 172, 275, 180, 99, 240), 1208, id="full"),
    pytest.param(75, 38, 10, (66, 156, 100, 204, 153, 99, 233), 1031, id="full, air"),
    pytest.param(75, 54, 10, (66, 156, 62, 166, 139, 99, 229), 937, id="full, maritime"),
    pytest.param(5, 54, 10, (90, 180, 228, 287, 139, 120, 229), 1293, id="none, maritime"),
    pytest.param(5, 15, 40, (90, 180, 228, 311, 174, 120, 239), 1362, id="pace phased"),
    pytest.param(5, 23, 70, (90, 180, 228, 291, 166, 120, 237), 1332, id="pace accelerated"),
    pytest.param(5, 26, 85, (90, 180, 228, 283, 163, 120, 236), 1320, id="pace crash"),
]


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
