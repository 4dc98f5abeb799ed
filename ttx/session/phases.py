"""The course of a run as a table of phases: a look-up, not a place where things happen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transitions import Machine

BRIEFING, LEVERS, INJECT, DELIBERATION = "briefing", "levers", "inject", "deliberation"
ADJUDICATION, REVIEW, OUTCOME, RECKONING = "adjudication", "review", "outcome", "reckoning"
RESPONSE = "response"
"""The other side chooses; a turn without people or robots there goes past it."""
HOTWASH, CLOSED = "hotwash", "closed"

PHASES = (
    BRIEFING,
    LEVERS,
    INJECT,
    DELIBERATION,
    ADJUDICATION,
    REVIEW,
    OUTCOME,
    RESPONSE,
    RECKONING,
    HOTWASH,
    CLOSED,
)

PLAY_IS_OVER = frozenset({HOTWASH, CLOSED})
"""From ENDEX on: nothing is decided any more, and what was sealed is open."""
OUTSIDE_PLAY = PLAY_IS_OVER | {BRIEFING}
"""The same, and before STARTEX."""

OF_AN_INJECT = (DELIBERATION, ADJUDICATION, REVIEW)
"""What an inject goes through, in order."""

TRANSITIONS: list[dict[str, str | list[str]]] = [
    {"trigger": "started", "source": BRIEFING, "dest": LEVERS},
    {"trigger": "turn_opened", "source": LEVERS, "dest": LEVERS},
    {"trigger": "levers_closed", "source": LEVERS, "dest": INJECT},
    {"trigger": "released", "source": [INJECT, OUTCOME], "dest": DELIBERATION},
    {"trigger": "emptied", "source": [INJECT, OUTCOME], "dest": OUTCOME},
    {"trigger": "ruled", "source": DELIBERATION, "dest": ADJUDICATION},
    {"trigger": "confirmed", "source": ADJUDICATION, "dest": REVIEW},
    {"trigger": "told", "source": REVIEW, "dest": OUTCOME},
    {"trigger": "responses_opened", "source": OUTCOME, "dest": RESPONSE},
    {"trigger": "chosen", "source": RESPONSE, "dest": RESPONSE},
    {"trigger": "responses_closed", "source": RESPONSE, "dest": RESPONSE},
    {"trigger": "reckoned", "source": [OUTCOME, RESPONSE], "dest": RECKONING},
    {"trigger": "confirmed", "source": RECKONING, "dest": RECKONING},
    {"trigger": "told", "source": RECKONING, "dest": LEVERS},
    {
        "trigger": "ended",
        "source": [phase for phase in PHASES if phase not in PLAY_IS_OVER],
        "dest": HOTWASH,
    },
    {"trigger": "closed", "source": HOTWASH, "dest": CLOSED},
]
"""Trigger, from, to. The policy slot comes first, so an outcome may lead to the crisis slot."""


@lru_cache(maxsize=1)
def machine() -> Machine:
    """The machine of the table, which also draws the diagram in the docs."""
    from transitions import Machine  # what Home shows of a phase is its name alone

    return Machine(
        model=None,
        states=list(PHASES),
        transitions=TRANSITIONS,
        initial=BRIEFING,
        auto_transitions=False,
    )


def after(phase: str, trigger: str) -> str | None:
    """The phase that a trigger leads to; the same phase for one that leads nowhere else.

    None where the trigger belongs to the table but not to this phase.
    """
    event = machine().events.get(trigger)
    if event is None:
        return phase
    transitions = event.transitions.get(phase)
    return str(transitions[0].dest) if transitions else None
