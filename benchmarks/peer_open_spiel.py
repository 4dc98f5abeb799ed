"""The same game as a Python game of OpenSpiel: answers are moves, adversaries are chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyspiel
from oracle import Choice, Dice, State
from oracle import data as model
from oracle.luck import LOGISTIC, clamp
from oracle.play import (
    Robot,
    _deterrence,
    fill_slot,
    influence,
    keep_up,
    land,
    logit,
    offer,
    pick_inject,
    pull_levers,
    read_posture,
    receive,
)

SLOTS = ("policy", "crisis")
RESPONSES = ("restraint", "probe", "escalate")
KIND = pyspiel.GameType(
    short_name="python_accelerate",
    long_name="Python accelerate",
    dynamics=pyspiel.GameType.Dynamics.SEQUENTIAL,
    chance_mode=pyspiel.GameType.ChanceMode.EXPLICIT_STOCHASTIC,
    information=pyspiel.GameType.Information.PERFECT_INFORMATION,
    utility=pyspiel.GameType.Utility.GENERAL_SUM,
    reward_model=pyspiel.GameType.RewardModel.TERMINAL,
    max_num_players=1,
    min_num_players=1,
    provides_information_state_string=False,
    provides_information_state_tensor=False,
    provides_observation_string=False,
    provides_observation_tensor=False,
)
SIZE = pyspiel.GameInfo(
    num_distinct_actions=8,
    max_chance_outcomes=3,
    num_players=1,
    min_utility=0.0,
    max_utility=10000.0,
    max_game_length=20,
)


class Accelerate(pyspiel.Game):  # type: ignore[misc]  # OpenSpiel is no part of what is checked
    """The rules; a world at a time."""

    def __init__(self, robot: str, seed: int) -> None:
        """The game of one seed, with the robot that pulls the levers."""
        super().__init__(KIND, SIZE, {})
        self.robot, self.seed, self.world = robot, seed, 0

    def new_initial_state(self) -> Node:
        """The start of the next world."""
        return Node(self)


class Said:
    """The robot's levers, and an option that was chosen before."""

    def __init__(self, player: Robot) -> None:
        """Nothing chosen yet."""
        self.player, self.option = player, ""

    def moves(self, state: State, turn: int) -> Iterable[tuple[str, int]]:
        """Those of the robot."""
        return self.player.moves(state, turn)

    def choose(self, state: State, turn: int, inject: int, options: list[Choice]) -> str:
        """What was chosen."""
        return self.option


class Node(pyspiel.State):  # type: ignore[misc]
    """Where a game stands: at an answer, at an adversary, or at its end."""

    def __init__(self, game: Accelerate) -> None:
        """Before the first answer."""
        super().__init__(game)
        self.state = State(Dice(game.seed, game.world))
        self.state.snapshots.append(self.state.snapshot())
        self.said = Said(Robot(game.robot))
        self.turn, self.over = 0, False
        self.offered: list[Choice] = []
        self.inject = 0
        self.place = -1
        """The adversary to move; -1 at an answer."""
        self.odds: tuple[int, int] = (0, 0)
        self._course = self._play()
        next(self._course)

    def _play(self) -> Iterator[None]:
        """The course of the game, which stops wherever somebody moves."""
        state = self.state
        while self.turn < 10 and not self.over:
            self.turn += 1
            land(state, self.turn)
            receive(state)
            pull_levers(state, self.said, self.turn)
            state.posture = read_posture(state)
            pushed = [0, 0, 0]
            for slot in SLOTS:
                inject = pick_inject(state, self.turn, slot)
                if inject is not None:
                    self.inject = inject.number
                    self.offered = [offer(state, option) for option in inject.options]
                    yield
                    _, more = fill_slot(state, self.said, self.turn, slot)
                    pushed = [a + b for a, b in zip(pushed, more, strict=True)]
                state.limit()
            state.recompute_latency()
            seen = _deterrence(state.v, state.levels, state.announced)
            before = list(state.v)
            for place, actor in enumerate(model.ADVERSARIES):
                steps = [
                    logit(decision, before, seen[actor.id], pushed[place])
                    for decision in (actor.act, actor.escalate)
                ]
                act, escalate = (LOGISTIC[clamp(z, -512, 511) + 512] for z in steps)
                self.place, self.odds = place, (act, escalate)
                yield
            self.place = -1
            state.limit()
            state.snapshots.append(state.snapshot())
            influence(state, self.turn)
            keep_up(state)
            self.over = state.snapshots[-1]["temperature"] >= model.GAME_OVER
        self.over = True
        yield

    def current_player(self) -> int:
        """The table, chance, or nobody."""
        if self.over:
            return int(pyspiel.PlayerId.TERMINAL)
        return int(pyspiel.PlayerId.CHANCE) if self.place >= 0 else 0

    def _legal_actions(self, player: int) -> list[int]:
        return [at for at, option in enumerate(self.offered) if option.available]

    def chance_outcomes(self) -> list[tuple[int, float]]:
        """How likely each response is."""
        act, escalate = (odds / 2**32 for odds in self.odds)
        return [(0, 1 - act), (1, act * (1 - escalate)), (2, act * escalate)]

    def drawn(self) -> int:
        """The response that the dice of this world bring."""
        acts = self.state.dice.hi(self.turn, 31 + self.place) < self.odds[0]
        escalates = self.state.dice.hi(self.turn, 34 + self.place) < self.odds[1]
        return 0 if not acts else 2 if escalates else 1

    def _apply_action(self, action: int) -> None:
        if self.place >= 0:
            actor, response = model.ADVERSARIES[self.place], RESPONSES[action]
            for n, size, _ in actor.responses[response]:
                self.state.add(n, size, f"{actor.id} {response}")
        else:
            self.said.option = self.offered[action].id
        next(self._course)

    def is_terminal(self) -> bool:
        """Whether the game is over."""
        return self.over

    def returns(self) -> list[float]:
        """How low the temperature stayed."""
        return [10000.0 - self.state.snapshots[-1]["temperature"]]


def game(robot: str, seed: int, world: int) -> list[int]:
    """The tracks at the end of one game, walked move by move."""
    rules = _rules(robot, seed)
    rules.world = world
    node = rules.new_initial_state()
    player = Robot(robot)
    while not node.is_terminal():
        if node.is_chance_node():
            assert len(node.chance_outcomes()) == len(RESPONSES)
            node.apply_action(node.drawn())
        else:
            legal = node.legal_actions()
            option = player.choose(node.state, node.turn, node.inject, node.offered)
            action = next(at for at, one in enumerate(node.offered) if one.id == option)
            assert action in legal
            node.apply_action(action)
    return list(node.state.v[1:])


@lru_cache(maxsize=1)
def _rules(robot: str, seed: int) -> Accelerate:
    return Accelerate(robot, seed)
