"""What a forecast makes of adversaries: other aims than the run's, and the purses as they stand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from kit.tables import robots_alone

from ttx.adjudicator.arithmetic import Int32
from ttx.analysis import forecast
from ttx.analysis.course import play
from ttx.analysis.onward import Onward, players, turns_to_come
from ttx.analysis.policies import policies
from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.model.robots import Robot
from ttx.exercise.parts import with_parts
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.timeline import Timeline

COUNT = 400
MOMENTS = ((phases.LEVERS, 1), (phases.DELIBERATION, 4), (phases.RECKONING, 6))


@cache
def at(phase: str, turn: int) -> Game:
    """A run of the flagship where it first comes to that phase of a turn."""
    table = robots_alone("accelerate", "phased", 3)
    timeline = Timeline(table.game.run, table.entries)
    return next(one for one in timeline.games if (one.phase, one.position.turn) == (phase, turn))


def looked(game: Game, count: int = 40) -> list[Int32]:
    """The scores of each turn to come in the first worlds of the forecast."""
    return [*forecast.ahead(game, players(game), count=count)]


def begun(game: Game) -> Onward:
    """The worlds of the forecast before anything of it is played."""
    seed = forecast.seed_of(game.run.seed)
    made = Onward.at(game.run.tables, game.position, seed, forecast.numbers(1, COUNT))
    assert isinstance(made, Onward)
    return made


@pytest.mark.slow
@pytest.mark.parametrize(("phase", "turn"), MOMENTS)
def test_aims_are_drawn_anew_in_every_world(phase: str, turn: int) -> None:
    game = at(phase, turn)
    adversaries = game.run.exercise.adversary
    for row, part in enumerate(adversaries):
        drawn = np.bincount(begun(game).aims[row], minlength=len(part.aim))
        assert len(part.aim) == len(drawn)
        assert drawn.min() > COUNT / len(part.aim) / 2
    # What the run drew itself says nothing: with any other aims it foretells the same.
    told = looked(game)
    for aims in [*product(*(range(len(part.aim)) for part in adversaries))][::5]:
        other = replace(game, position=replace(game.position, aims=aims))
        assert all(map(np.array_equal, told, looked(other)))


@pytest.mark.parametrize(("phase", "turn"), MOMENTS)
def test_it_starts_from_the_purses_as_they_stand(phase: str, turn: int) -> None:
    game = at(phase, turn)
    for row, chips in enumerate(game.position.purse):
        assert {chips} == set(begun(game).purse[row].tolist())
    full = tuple(100 for _ in game.position.purse)
    rich = replace(game, position=replace(game.position, purse=full))
    assert not all(map(np.array_equal, looked(game, COUNT), looked(rich, COUNT)))


@pytest.mark.slow
def test_robots_that_play_red_play_on() -> None:
    game = at(phases.BRIEFING, 0)
    dove = Robot(id="dove", name="Dove", about="It holds back.", rule="restraint")
    part = with_parts(game.run.exercise, robot=[*game.run.exercise.robot, dove])
    held = {**game.run.players, "red": "dove"}
    calm = replace(game, run=replace(game.run, exercise=part, players=held))

    assert ["us", "japan"] == [*players(game)]
    assert [("us", "phased"), ("japan", "phased"), ("red", "dove")] == [
        (cell, one.id) for cell, one in players(calm).items()
    ]
    for one, words in ((game, "phased"), (calm, "phased,red=dove")):
        (policy,) = policies(part, [words], lambda _: "")
        worlds = forecast.numbers(1, 40)
        alone = play(one.run.tables, policy, forecast.seed_of(one.run.seed), worlds)
        assert all(map(np.array_equal, looked(one), alone.scores))


def test_nobody_escalates_in_it_who_cannot_pay() -> None:
    """With enough for probes alone it foretells what it does where nothing pays for escalating."""
    game = at(phases.RECKONING, 6)
    whole = game.run.exercise
    poor, calm = [], []
    for part in whole.adversary:
        assert part.purse is not None
        purse = part.purse.model_copy(update={"income": 0})
        poor.append(part.model_copy(update={"purse": purse}))
        dear = part.purse.model_copy(update={"price": {**part.purse.price, "escalate": 1000}})
        calm.append(part.model_copy(update={"purse": dear}))
    price = [one.purse.price.get("probe", 0) for one in poor if one.purse is not None]
    chips = tuple(len(turns_to_come(game)) * one for one in price)

    def foretold(adversaries: list[Adversary], purse: tuple[int, ...]) -> list[Int32]:
        part = with_parts(whole, adversary=adversaries)
        run = replace(game.run, exercise=part)
        return looked(replace(game, run=run, position=replace(game.position, purse=purse)), COUNT)

    assert all(map(np.array_equal, foretold(poor, chips), foretold(calm, game.position.purse)))
    assert not all(map(np.array_equal, foretold(poor, chips), looked(game, COUNT)))
