"""How new injects are dealt to the two slots of a turn, and how many can come in a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import cycle

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel.cells import word
from ttx.exercise.msel.fresh import Fresh
from ttx.i18n import _

SLOTS = ("policy", "crisis")
"""Of a turn, in their order."""


def dealt(
    rows: Sequence[int], turns: Mapping[int, int | None], said: Mapping[int, str]
) -> dict[int, str]:
    """A slot for each row: its own where it says one, else policy.

    Where no row says any and several are of one turn, they take the slots by turns, so that two of
    them can come in it.
    """
    given = {row: word(said[row]) for row in rows}
    if any(slot in SLOTS for slot in given.values()):
        return {row: slot if slot in SLOTS else SLOTS[0] for row, slot in given.items()}
    shares = {turn: cycle(SLOTS) for turn in {*turns.values()} - {None}}
    return {
        row: next(shares[turn]) if (turn := turns[row]) is not None else SLOTS[0] for row in rows
    }


def capacity(exercise: Exercise, added: Collection[Fresh], gone: Collection[int]) -> str:
    """A sentence where more injects are on the list than a run has places for; else empty."""
    spans = [
        (inject.slot, *inject.turns)
        for at, inject in enumerate(exercise.inject)
        if at not in gone and inject.turns[0] >= 1
    ]
    spans += [(str(part.data["slot"]), *part.data["turns"]) for part in added]
    places = exercise.turns.count * len(SLOTS)
    fixed = Counter((slot, first) for slot, first, last in spans if first == last)
    fullest = max(fixed, key=lambda key: fixed[key], default=None)
    said = []
    if len(spans) > places:
        said.append(
            _(
                "A turn has two places, one for a policy inject and one for a crisis, so at most "
                "{places} of the {n} injects come in a run of {count} turns; exercise control "
                "chooses at the table which.",
                places=places,
                n=len(spans),
                count=exercise.turns.count,
            )
        )
    if fullest is not None and fixed[fullest] > 1:
        slot, turn = fullest
        said.append(
            _(
                "Turn {turn} has {most} for its one place of {slot}.",
                turn=turn,
                most=fixed[fullest],
                slot=_("a policy inject") if slot == SLOTS[0] else _("a crisis"),
            )
        )
    return " ".join(said)
