"""What an entry of a record waits for before an eye may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttx.session.asides import evaluators
from ttx.session.controlled import (
    Amended,
    Challenged,
    Deferred,
    Heard,
    Improvised,
    Recast,
    Skipped,
    Weighed,
)
from ttx.session.events import (
    EVERYBODY,
    Answered,
    Committed,
    Entry,
    LeversLeft,
    Messaged,
    MoveAsked,
    Moved,
    MoveLapsed,
    MoveRefused,
    Reckoned,
    Ruled,
)
from ttx.session.noted import Allowed, Inquired, Noted, Observed, Rated, Replied
from ttx.session.phases import REVIEW

if TYPE_CHECKING:
    from ttx.session.view.record import RecordView

RULING, WASH, NEVER = "ruling", "wash", "never"
AT_ONCE: tuple[str, ...] = ()
WHITES = (Deferred, Skipped, Improvised)
"""What was done to the list of injects is for the white cell alone."""
AFTERWARDS = (Allowed, Observed, Rated)
"""What observers and evaluators did opens to all at the hot wash."""
ALLIANCES = (Challenged, Heard, MoveAsked, MoveRefused, MoveLapsed, LeversLeft)
"""The allied cells' own work opens to the other side at the hot wash."""
RULINGS = (Weighed, Ruled, Amended)
"""What was ruled opens to the allied cells once it is confirmed, to the other side afterwards."""


def waits_for(view: RecordView, entry: Entry) -> tuple[str, ...]:
    """The first of these opens an entry to an eye; nothing where it can be read at once."""
    event, allied = entry.event, view.side == "allied"
    if view.side == "white":
        return (WASH,) if _rated_apart(view, entry) else AT_ONCE
    if isinstance(event, WHITES):
        return (NEVER,)
    if isinstance(event, AFTERWARDS):
        return (WASH,)
    if isinstance(event, ALLIANCES):
        return AT_ONCE if allied else (WASH,)
    if isinstance(event, RULINGS):
        heard = isinstance(event, Amended) and entry.phase == REVIEW
        return (WASH,) if not allied else AT_ONCE if heard else (RULING, WASH)
    return _by_cell(view, entry) if isinstance(event, OWN) else _otherwise(view, entry)


def _rated_apart(view: RecordView, entry: Entry) -> bool:
    """Whether it is another's rating, seen from an evaluator."""
    apart = isinstance(entry.event, Rated) and entry.by != view.seat
    return apart and view.seat in evaluators(view.reel.run)


OWN = (Noted, Inquired, Replied, Committed, Answered)
"""What belongs to a cell."""


def _by_cell(view: RecordView, entry: Entry) -> tuple[str, ...]:
    event = entry.event
    match event:
        case Replied():
            return AT_ONCE if event.cell in view.own else (WASH,)
        case Committed():
            if entry.by == view.seat:
                return AT_ONCE
            return (RULING, WASH) if event.cell in view.own else (WASH,)
        case Answered():
            slot = view.reel.moments[entry.n].slot
            concurs = slot is not None and event.cell in slot.by_robots
            if event.cell in view.own and not concurs:
                return AT_ONCE
            return (RULING, WASH) if view.side == "allied" else (WASH,)
    return AT_ONCE if view.cell_of(entry.by) in view.own else (WASH,)


def _otherwise(view: RecordView, entry: Entry) -> tuple[str, ...]:
    event = entry.event
    match event:
        case Messaged():
            return AT_ONCE if event.to in (EVERYBODY, view.seat) else (NEVER,)
        case Moved():
            seen = view.side == "allied" or event.lever in view.announced
            return AT_ONCE if seen else (WASH,)
        case Reckoned():
            return (RULING, WASH)
        case Recast():
            turn = view.reel.moments[entry.n].turn
            confirmed = turn is not None and turn.confirmed
            return (WASH,) if view.side == "red" else AT_ONCE if confirmed else (RULING, WASH)
    return AT_ONCE
