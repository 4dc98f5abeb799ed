"""What the desk set for everybody, in a line of the record: the room's screen, and time."""

from __future__ import annotations

from ttx.i18n import N_, _, ngettext
from ttx.session.control_events import (
    BREAK,
    FOLLOWS,
    HELD,
    INJECT,
    MAP,
    MESSAGE,
    STANDING,
    RoomSet,
    TimeBoxed,
)
from ttx.session.view.reader import Line

ROOM = {
    FOLLOWS: N_("let the room's screen follow the run"),
    HELD: N_("held what the room's screen shows"),
    INJECT: N_("put '{title}' on the room's screen"),
    MAP: N_("put the map on the room's screen"),
    STANDING: N_("put the standing on the room's screen"),
    MESSAGE: N_("put a message on the room's screen: {words}"),
    BREAK: N_("put a break on the room's screen: {words}"),
}


def room_set(line: Line[RoomSet]) -> str:
    """What was put on the room's screen."""
    event = line.event
    if event.shows == BREAK and not event.words:
        return _("put a break on the room's screen")
    title = line.names.injects.get(event.inject, "")
    return _(ROOM[event.shows], title=title, words=event.words)


def time_boxed(line: Line[TimeBoxed]) -> str:
    """How long the phase was given."""
    if not line.event.minutes:
        return _("took away the time that the phase was given")
    return ngettext(
        "gave the phase {count} minute", "gave the phase {count} minutes", line.event.minutes
    )
