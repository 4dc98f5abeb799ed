"""How long an exercise takes with people, by its time plan: the one source of that for all pages.

A run alone takes what its author says in `minutes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ttx.i18n import _

ONCE = ("briefing", "hotwash")
OF_A_TURN = ("levers", "inject", "outcome", "response", "reckoning")
OF_AN_INJECT = ("deliberation", "adjudication", "review")
SLOTS = 2
"""Injects that a turn has room for."""
FILLED = (2, 3)
"""Of so many slots how many an inject is expected for, before a run has shown what it does."""


@dataclass(frozen=True, slots=True)
class Length:
    """Minutes, breaks left out."""

    once: int
    turn: int
    """Of each turn, without its injects."""
    inject: int
    """Of each inject."""
    injects: int
    """How many are expected."""
    least: int
    """With no inject at all."""
    usual: int
    """With as many as are expected."""
    most: int
    """With every slot filled."""


def length(time_plan: Mapping[str, int], turns: int, injects: int) -> Length | None:
    """How long so many turns take, with that many injects to choose from; None without a plan."""
    once, turn, inject = (_sum(time_plan, part) for part in (ONCE, OF_A_TURN, OF_AN_INJECT))
    if not once + turn + inject:
        return None
    expected = expected_of(turns * SLOTS, injects)
    base = once + turns * turn
    return Length(
        once,
        turn,
        inject,
        expected,
        least=base,
        usual=base + expected * inject,
        most=base + min(turns * SLOTS, injects) * inject,
    )


def expected_of(slots: int, injects: int, filled: int = 0, decided: int = 0) -> int:
    """How many of so many slots will be filled, where `filled` of those `decided` were.

    What a run has shown so far counts as much as three turns of what is expected of any, so that
    one slot that stays empty does not halve what is left.
    """
    some, of = FILLED
    weight = 3 * SLOTS
    share = filled * of + some * weight, (decided + weight) * of
    return min((2 * slots * share[0] + share[1]) // (2 * share[1]), injects)


def hours(minutes: int) -> str:
    """Minutes in a sentence: `2 h 50`, `45 min`."""
    whole, rest = divmod(abs(minutes), 60)
    if not whole:
        return _("{minutes} min", minutes=rest)
    return (
        _("{hours} h {minutes}", hours=whole, minutes=f"{rest:02d}")
        if rest
        else _("{hours} h", hours=whole)
    )


def _sum(time_plan: Mapping[str, int], phases: Iterable[str]) -> int:
    return sum(time_plan.get(phase, 0) for phase in phases)
