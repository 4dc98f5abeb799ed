"""Margins and terms: what would have turned a ruling, against the oracle, and sums that add up."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import Dice, adversary_margin, clock
from oracle import margin as oracle_margin
from oracle.data import ADVERSARIES

from ttx.adjudicator.arithmetic import TIMINGS
from ttx.adjudicator.because import change_to_turn, split, steps_to_turn, value_of
from ttx.adjudicator.margin import bought, estimate, margin, reference_minutes
from ttx.adjudicator.rulings import score_inputs_at, start
from ttx.exercise.model.exercise import Exercise
from ttx.session.apply import apply, beginning
from ttx.session.automation import follow
from ttx.session.events import Entry
from ttx.session.game import Game
from ttx.session.run import Run

ROBOTS = ("phased", "accelerated", "hawaii", "random")


def played(exercise: Exercise, robot: str, seed: int) -> Game:
    """A whole run of one robot."""
    game = beginning(Run(exercise, seed, {"us": robot, "japan": robot}))
    number = 0
    while (fact := follow(game)) is not None:
        number += 1
        game = apply(game, Entry(number, fact[1], fact[0]))
    return game


@pytest.fixture(scope="module", params=[(name, seed) for name in ROBOTS for seed in (1, 2, 3)])
def game(accelerate_1: Exercise, request: pytest.FixtureRequest) -> Game:
    """Runs of four robots on three seeds."""
    robot, seed = request.param
    return played(accelerate_1, robot, seed)


def test_the_nearest_flips_are_those_of_the_oracle(game: Game) -> None:
    run, tables, compared = game.run, game.run.tables, 0
    for turn in game.turns:
        for slot in turn.slots:
            assert slot.ruled is not None
            fact = slot.ruled.ruling
            if not fact.minutes:
                continue
            number = turn.opened.turn
            word = Dice(run.seed, 0).draw(number, 29)
            levels = dict(zip(tables.lever, slot.before.levels, strict=True))
            inject = run.exercise.injects[fact.inject]
            assert inject.profile is not None
            expected = oracle_margin(
                dict(zip(tables.track, slot.before.tracks, strict=True)),
                levels,
                inject.profile,
                fact.hour,
                [word >> 8 * byte & 255 for byte in range(8)],
                fact.window,
            )

            found = margin(tables, slot.before, run.seed, fact, discord=False)

            nearest: dict[str, int] = {}
            for flip in found.tracks:
                nearest.setdefault(flip.track, flip.at // 100)
            first = found.tracks[0] if found.tracks else None
            assert dict(expected.tracks).keys() == nearest.keys()
            assert (expected.nearest_track or (None, 0))[0] == (first.track if first else None)
            assert sorted(expected.stages) == sorted((f.stage, f.minutes) for f in found.stages)
            compared += 1
    assert compared > 3


def test_a_flip_turns_the_ruling_and_a_point_less_does_not(game: Game) -> None:
    run, tables = game.run, game.run.tables
    for turn in game.turns:
        for slot in turn.slots:
            assert slot.ruled is not None
            fact = slot.ruled.ruling
            if not fact.minutes:
                continue
            for flip in margin(tables, slot.before, run.seed, fact, discord=False).tracks:
                assert fact.timing != flip.timing
                assert flip.timing in TIMINGS
                assert 0 <= flip.at <= 10000


def test_score_terms_add_up_to_the_change_exactly(game: Game, accelerate: Exercise) -> None:
    for one in (game, played(accelerate, "memo", game.run.seed)):
        score_terms_add_up(one)


def score_terms_add_up(game: Game) -> None:
    tables = game.run.tables
    for turn in game.turns:
        assert turn.end is not None
        before, after = score_inputs_at(tables, turn.start), score_inputs_at(tables, turn.end)
        for score in game.run.exercise.score:
            change = value_of(tables, after, score.of) - value_of(tables, before, score.of)

            terms = split(tables, score.of, before, after)

            assert change == sum(term.by for term in terms)


def test_steps_to_turn_an_adversary_are_those_of_the_oracle(accelerate_1: Exercise) -> None:
    luck = np.random.default_rng(3)
    decision = ADVERSARIES[0].act
    for _ in range(2000):
        z = int(luck.integers(-200, 200))
        draw = int(luck.integers(0, 2**32))
        expected = adversary_margin(z, draw, decision)

        steps = steps_to_turn(z, draw)

        assert (None if expected is None else expected.steps) == steps
        if expected is not None and steps is not None:
            weight = accelerate_1.adversary[0].act.terms[0].weight
            assert abs(expected.tracks["prc_encirclement"]) == change_to_turn(steps, weight)


def test_an_estimate_does_not_use_the_dice_of_the_run(accelerate_1: Exercise) -> None:
    tables = Run(accelerate_1, 1, {}).tables
    position = start(tables)

    found = estimate(tables, position, "radar_at_dusk", 0)

    assert 1388 == found.total
    assert "coa" == found.critical
    assert found.low < found.total < found.high
    assert 0 < found.in_time < 50


@pytest.mark.parametrize("inject", ["radar_at_dusk", "justice_mission_redux"])
def test_the_range_of_an_estimate_is_the_middle_80_in_100(
    accelerate_1: Exercise, inject: str
) -> None:
    tables = Run(accelerate_1, 1, {}).tables
    position = start(tables)
    profile = accelerate_1.injects[inject].profile
    assert profile is not None
    draws = [Dice(0, world).draw(0, 29) for world in range(1024)]
    totals = sorted(
        clock(
            dict(zip(tables.track, position.tracks, strict=True)),
            dict(zip(tables.lever, position.levels, strict=True)),
            profile,
            0,
            [draw >> 8 * byte & 255 for byte in range(8)],
        ).T
        for draw in draws
    )

    view = estimate(tables, position, inject, 0)

    # A tenth of 1,024, rounded down, lies below the range, and as many above it.
    assert (totals[102], totals[-103]) == (view.low, view.high)
    assert totals[101] < view.low < totals[1024 // 9]
    assert totals[-1024 // 9] < view.high < totals[-1]


def test_a_level_buys_what_the_rule_model_says(accelerate_1: Exercise) -> None:
    tables = Run(accelerate_1, 1, {}).tables
    position = start(tables)

    # The rule model moves the staff alone: 51, 119 and 180 minutes. The lever also costs the
    # theatre some coherence, which orders take a minute longer for.
    assert (0, -51, -118, -179) == bought(tables, position, "standing_staff")
    assert 1388 == reference_minutes(tables, position.tracks, position.levels)
