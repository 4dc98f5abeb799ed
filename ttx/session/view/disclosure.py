"""What an entry of a record waits for before a reader may read it."""

from __future__ import annotations

from typing import assert_never

from ttx.session.contextual import reads
from ttx.session.control_events import Amended, Delivered, ReckoningAmended
from ttx.session.events import EVERYBODY, Entry, Given, Messaged, Moved
from ttx.session.kinds import Opens, kind_of
from ttx.session.notebook_events import Replied
from ttx.session.phases import PLAY_IS_OVER, REVIEW
from ttx.session.view.reader import Reader

RULING, WASH, NEVER = "ruling", "wash", "never"
Seals = tuple[str, ...]
AT_ONCE: Seals = ()


def opens_when(reader: Reader, entry: Entry) -> Seals:
    """The first of these opens an entry to a reader; nothing where it can be read at once."""
    kind = kind_of(entry.event)
    if kind is None:
        return (NEVER,)
    opens = {"allied": kind.allied, "red": kind.red, "white": kind.white}
    seals = _seals(opens[reader.side], reader, entry)
    at_the_wash = reader.at(entry.n).phase in PLAY_IS_OVER
    return AT_ONCE if at_the_wash and WASH in seals else seals


def _seals(opens: Opens, reader: Reader, entry: Entry) -> Seals:
    """What a rule comes to for one entry, before the hot wash."""
    event, own = entry.event, reader.own
    match opens:
        case Opens.NOW:
            return AT_ONCE
        case Opens.RULED:
            return (RULING, WASH)
        case Opens.WASH:
            return (WASH,)
        case Opens.NEVER:
            return (NEVER,)
        case Opens.CELL:
            mine = event.cell if isinstance(event, Replied) else reader.cell_of(entry.by)
            return AT_ONCE if mine in own else (WASH,)
        case Opens.ANSWER:
            return AT_ONCE if _answers_alone(reader, entry) else (RULING, WASH)
        case Opens.COMMIT:
            if entry.by == reader.seat:
                return AT_ONCE
            mine = event.cell if isinstance(event, Given) else ""
            return (RULING, WASH) if mine in own else (WASH,)
        case Opens.CHOICE:
            return AT_ONCE if entry.by == reader.seat else (RULING, WASH)
        case Opens.SENT:
            if isinstance(event, Delivered):
                run = reader.at(entry.n).run
                return AT_ONCE if reads(run, reader.seat, event.readers) else (WASH,)
            to = event.to if isinstance(event, Messaged) else ""
            return AT_ONCE if to in (EVERYBODY, reader.seat) else (NEVER,)
        case Opens.PROMISE:
            lever = event.lever if isinstance(event, Moved) else ""
            return AT_ONCE if lever in reader.announced else (WASH,)
        case Opens.GATE:
            return AT_ONCE if _after_the_gate(reader, entry) else (RULING, WASH)
        case Opens.OWN:
            return AT_ONCE if entry.by == reader.seat else (NEVER,)
        case Opens.APART:
            apart = reader.evaluates and entry.by != reader.seat
            return (WASH,) if apart else AT_ONCE
        case _:
            assert_never(opens)


def _answers_alone(reader: Reader, entry: Entry) -> bool:
    """Whether an answer is the reader's own cell's, and no robot's that concurs with another's."""
    event, slot = entry.event, reader.at(entry.n).slot
    if not isinstance(event, Given) or slot is None:
        return False
    return event.cell in reader.own and event.cell not in slot.by_robots


def _after_the_gate(reader: Reader, entry: Entry) -> bool:
    """Whether what is changed had been confirmed, so that it was read already."""
    event, now = entry.event, reader.at(entry.n)
    if isinstance(event, Amended):
        return now.phase == REVIEW
    return isinstance(event, ReckoningAmended) and now.turn is not None and now.turn.confirmed
