"""The same game as a Mesa model: the table, two cells and three adversaries are agents."""

from __future__ import annotations

import mesa
from oracle import Dice, State
from oracle import data as model
from oracle.play import (
    Robot,
    _deterrence,
    fill_slot,
    influence,
    keep_up,
    land,
    logit,
    pull_levers,
    read_posture,
    receive,
    yes,
)


class Game(mesa.Model):  # type: ignore[misc]  # Mesa is no part of the checked environment
    """One world."""

    def __init__(self, robot: str, seed: int, world: int) -> None:
        """The start, before the first turn."""
        super().__init__(seed=seed)
        self.state, self.player = State(Dice(seed, world)), Robot(robot)
        self.state.snapshots.append(self.state.snapshot())
        self.turn, self.over = 0, False
        self.pushed = [0, 0, 0]
        self.perceived: dict[str, int] = {}
        self.before: list[int] = []
        self.conductor = Conductor(self)
        self.cells = [Cell(self, slot) for slot in ("policy", "crisis")]
        self.adversaries = [Adversary(self, place) for place in range(len(model.ADVERSARIES))]

    def step(self) -> None:
        """One turn."""
        self.turn += 1
        self.pushed = [0, 0, 0]
        self.conductor.open()
        for cell in self.cells:
            cell.step()
        self.conductor.read()
        for adversary in self.adversaries:
            adversary.step()
        self.conductor.close()


class Conductor(mesa.Agent):  # type: ignore[misc]
    """What nobody decides."""

    def open(self) -> None:
        """The turn opens, and levers are pulled."""
        state: State = self.model.state
        land(state, self.model.turn)
        receive(state)
        pull_levers(state, self.model.player, self.model.turn)
        state.posture = read_posture(state)

    def read(self) -> None:
        """What the adversaries see."""
        state: State = self.model.state
        state.recompute_latency()
        self.model.perceived = _deterrence(state.v, state.levels, state.announced)
        self.model.before = list(state.v)

    def close(self) -> None:
        """Influences and upkeep."""
        state: State = self.model.state
        state.limit()
        state.snapshots.append(state.snapshot())
        influence(state, self.model.turn)
        keep_up(state)
        self.model.over = state.snapshots[-1]["temperature"] >= model.GAME_OVER


class Cell(mesa.Agent):  # type: ignore[misc]
    """Answers the inject of one slot."""

    def __init__(self, game: Game, slot: str) -> None:
        """A cell for a slot."""
        super().__init__(game)
        self.slot = slot

    def step(self) -> None:
        """Answer."""
        game = self.model
        _, pushed = fill_slot(game.state, game.player, game.turn, self.slot)
        game.pushed = [a + b for a, b in zip(game.pushed, pushed, strict=True)]
        game.state.limit()


class Adversary(mesa.Agent):  # type: ignore[misc]
    """Answers what it has seen."""

    def __init__(self, game: Game, place: int) -> None:
        """One of the three."""
        super().__init__(game)
        self.place = place

    def step(self) -> None:
        """Restraint, probe or escalate."""
        game, place = self.model, self.place
        actor, dice = model.ADVERSARIES[place], game.state.dice
        seen, pushed = game.perceived[actor.id], game.pushed[place]
        z = logit(actor.act, game.before, seen, pushed)
        z2 = logit(actor.escalate, game.before, seen, pushed)
        acts = yes(z, dice.hi(game.turn, 31 + place))
        escalates = yes(z2, dice.hi(game.turn, 34 + place))
        response = "restraint" if not acts else "escalate" if escalates else "probe"
        for n, size, _ in actor.responses[response]:
            game.state.add(n, size, f"{actor.id} {response}")


def game(robot: str, seed: int, world: int) -> list[int]:
    """The tracks at the end of one game."""
    found = Game(robot, seed, world)
    while found.turn < 10 and not found.over:
        found.step()
    return found.state.v[1:]
