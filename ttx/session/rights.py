"""Who may do what at the desk: rights of the seats of exercise control, one of which has the pace.

Ask `may(game.run, seat, RIGHT)` where a request of exercise control is taken or offered.
"""

from __future__ import annotations

from ttx.i18n import N_, _
from ttx.session.command import IllegalDecision
from ttx.session.gates import Gate
from ttx.session.run import (
    ALL_RIGHTS,
    MESSAGES,
    OBSERVER,
    PACE,
    RELEASES,
    REPLIES,
    RULINGS,
    SEATS,
    Run,
)

NAMES = {
    PACE: N_("hold the pace"),
    RELEASES: N_("release, defer and skip injects"),
    RULINGS: N_("rule, weigh and hear challenges"),
    MESSAGES: N_("write messages, ask the room, set its screen"),
    REPLIES: N_("answer requests"),
    SEATS: N_("see to seats, leads, entries for cells, rights"),
}
"""What each right lets a seat do; translated where it is shown."""
OF_GATES = {
    Gate.SLOT: RELEASES,
    Gate.RULING: RULINGS,
    Gate.RECKONING: RULINGS,
    Gate.WEIGHING: RULINGS,
    Gate.HEARING: RULINGS,
}
"""The right that opens a gate, beside the pace, which opens all of them."""


def rights_of(run: Run, seat: str) -> frozenset[str]:
    """What a seat may do at the desk; nothing where nobody facilitates.

    Whoever holds the pace may do everything.
    """
    if not run.facilitator:
        return frozenset()
    if seat == run.facilitator:
        return frozenset(ALL_RIGHTS)
    own = frozenset(ALL_RIGHTS) if seat == run.desk else frozenset[str]()
    return run.rights.get(seat, own) - {PACE}


def may(run: Run, seat: str, right: str) -> bool:
    """Whether a seat may do that."""
    return right in rights_of(run, seat)


def at_the_desk(run: Run, seat: str) -> bool:
    """Whether a seat may do anything there, so that it is shown Control."""
    return bool(rights_of(run, seat))


def opens(at: Gate | None) -> str:
    """The right that a gate takes; that to the pace where it is none."""
    return PACE if at is None else OF_GATES.get(at, PACE)


def able(run: Run) -> list[str]:
    """The seats of exercise control that may be given rights or the pace, in their order."""
    white = {cell.id for cell in run.exercise.cell if cell.side == "white"}
    return [s.id for s in run.exercise.seat if s.cell in white and s.id != OBSERVER]


def require(run: Run, seat: str, right: str) -> None:
    """Go on for a seat that may do that.

    Raises:
        IllegalDecision: It may not, or nobody facilitates.
    """
    if may(run, seat, right):
        return
    if not run.facilitator:
        raise IllegalDecision(_("Nobody facilitates at this table."))
    if not at_the_desk(run, seat):
        raise IllegalDecision(_("That is the facilitator's."))
    holds = run.seat(run.facilitator).short
    if right == PACE:
        raise IllegalDecision(_("{name} holds the pace.", name=holds))
    raise IllegalDecision(
        _(
            "Your seat has no right to do that ({right}); {name} can give it.",
            right=_(NAMES[right]),
            name=holds,
        )
    )
