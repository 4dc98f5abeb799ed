"""What of a run is still to come, and which of it could be left out with no objective lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ttx.exercise.model import Inject
from ttx.session import automation, gates, phases
from ttx.session.control_events import Skipped
from ttx.session.game import Game

LONGEST_CHAIN = 3
"""As many injects may be proposed to be skipped at once."""


def slots_left(game: Game) -> list[tuple[int, str]]:
    """Turn and slot of everything that may still be released, the open slot first."""
    if game.phase in phases.PLAY_IS_OVER or game.over:
        return []
    found: list[tuple[int, str]] = []
    turn = game.turn
    if turn is not None and game.phase != phases.RECKONING:
        done = {one.released.slot for one in turn.slots} | set(turn.empty)
        # The crisis slot comes last: with it the policy slot is gone, filled or not.
        names = ("crisis",) if turn.slots or turn.empty else ("policy", "crisis")
        found = [(len(game.turns), one) for one in names if one not in done]
    for number in range(len(game.turns) + 1, game.run.exercise.turns.count + 1):
        found += [(number, "policy"), (number, "crisis")]
    return found


def injects_to_come(game: Game) -> int:
    """How many slots will be filled, at the share of those that were; at first all of them.

    Never more than there are injects for.
    """
    slots = [slot for _, slot in slots_left(game)]
    kinds = [one.slot for one in to_come(game)]
    most = sum(min(slots.count(slot), kinds.count(slot)) for slot in ("policy", "crisis"))
    filled = sum(len(one.slots) for one in game.turns)
    every = filled + sum(len(one.empty) for one in game.turns)
    if not every or (every < 2 and not filled):
        return most
    return min(-(-len(slots) * filled // every), most)


def to_come(game: Game) -> list[Inject]:
    """Injects that may still be released: not skipped, and a slot of their kind is left."""
    skipped = {one.inject for one in game.skipped}
    kinds = {slot for _, slot in slots_left(game)}
    return [
        one
        for one in game.run.exercise.inject
        if one.id not in game.gone and one.id not in skipped and one.slot in kinds
    ]


def can_go(game: Game, together: Collection[str] = ()) -> list[str]:
    """Injects to come that could each be left out beside those in `together`, by id.

    An objective is exercised once an inject that lists it is complete; the one on the table will
    be. Every objective that can still be exercised stays so.
    """
    ahead = [one for one in to_come(game) if one.id not in together]
    done = [*played(game)]
    whole = objectives([*done, *to_come(game)])
    return [
        one.id for one in ahead if objectives([*done, *(o for o in ahead if o is not one)]) == whole
    ]


def played(game: Game) -> Iterator[Inject]:
    """The injects whose objectives are exercised, or will be by the one on the table."""
    for turn in game.turns:
        for slot in turn.slots:
            if slot.confirmed or game.phase not in phases.PLAY_IS_OVER:
                yield game.run.exercise.injects[slot.released.inject]


def objectives(injects: Collection[Inject]) -> set[str]:
    """The objectives that these exercise, by id."""
    return {name for one in injects for name in one.objectives}


def chain(game: Game) -> list[str]:
    """The injects to skip so that the open slot stays empty; none where that costs an objective.

    Skipping one alone is no gain where the dice then propose another.
    """
    slot = gates.open_slot(game)
    if slot is None:
        return []
    found: list[str] = []
    while len(found) <= LONGEST_CHAIN:
        following = automation.next_inject(game, slot)
        if following is None:
            return found
        if following not in can_go(game, found):
            return []
        found.append(following)
        game = replace(game, set_aside=(*game.set_aside, Skipped(following, "")))
    return []
