"""What of a run is still to come, and which of it could be left out with no objective lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ttx.exercise.length import expected_of
from ttx.exercise.model.injects import Inject
from ttx.session import automation, gates, phases
from ttx.session.control_events import Skipped
from ttx.session.game import Game

LONGEST_CHAIN = 3
"""As many injects may be proposed to be skipped at once."""


def slots_left(game: Game) -> list[tuple[int, str]]:
    """Turn and slot of everything that may still be released, the open slot first."""
    if game.phase in phases.PLAY_IS_OVER or game.over:
        return []
    left: list[tuple[int, str]] = []
    turn = game.turn
    if turn is not None and game.phase != phases.RECKONING:
        done = {slot.released.slot for slot in turn.slots} | set(turn.empty)
        # The crisis slot comes last: with it the policy slot is gone, filled or not.
        names = ("crisis",) if turn.slots or turn.empty else ("policy", "crisis")
        left = [(len(game.turns), slot) for slot in names if slot not in done]
    for number in range(len(game.turns) + 1, game.run.exercise.turns.count + 1):
        left += [(number, "policy"), (number, "crisis")]
    return left


def injects_to_come(game: Game) -> int:
    """How many slots are expected to be filled; never more than there are injects for."""
    slots = [slot for _, slot in slots_left(game)]
    kinds = [inject.slot for inject in to_come(game)]
    most = sum(min(slots.count(slot), kinds.count(slot)) for slot in ("policy", "crisis"))
    filled = sum(len(turn.slots) for turn in game.turns)
    decided = filled + sum(len(turn.empty) for turn in game.turns)
    return expected_of(len(slots), most, filled, decided)


def to_come(game: Game) -> list[Inject]:
    """Injects that may still be released: not skipped, and a slot of their kind is left."""
    skipped = {fact.inject for fact in game.skipped}
    kinds = {slot for _, slot in slots_left(game)}
    return [
        inject
        for inject in game.run.exercise.inject
        if inject.id not in game.gone and inject.id not in skipped and inject.slot in kinds
    ]


def can_go(game: Game, together: Collection[str] = ()) -> list[str]:
    """Injects to come that could each be left out beside those in `together`, by id.

    An objective is exercised once an inject that lists it is complete; the inject on the table will
    be. Every objective that can still be exercised stays so.
    """
    ahead = [inject for inject in to_come(game) if inject.id not in together]
    done = [*played(game)]
    whole = objectives([*done, *to_come(game)])
    return [
        inject.id
        for inject in ahead
        if objectives([*done, *(other for other in ahead if other is not inject)]) == whole
    ]


def played(game: Game) -> Iterator[Inject]:
    """The injects whose objectives are exercised, or will be by the one on the table."""
    for turn in game.turns:
        for slot in turn.slots:
            if slot.confirmed or game.phase not in phases.PLAY_IS_OVER:
                yield game.run.exercise.injects[slot.released.inject]


def objectives(injects: Collection[Inject]) -> set[str]:
    """The objectives that these exercise, by id."""
    return {name for inject in injects for name in inject.objectives}


def chain(game: Game) -> list[str]:
    """The injects to skip so that the open slot stays empty; none where that costs an objective.

    Skipping one alone is no gain where the dice then propose another.
    """
    slot = gates.open_slot(game)
    if slot is None:
        return []
    spared: list[str] = []
    while len(spared) <= LONGEST_CHAIN:
        following = automation.next_inject(game, slot)
        if following is None:
            return spared
        if following not in can_go(game, spared):
            return []
        spared.append(following)
        game = replace(game, set_aside=(*game.set_aside, Skipped(following, "")))
    return []
