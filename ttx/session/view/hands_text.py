"""Entries of who leads, who sits where and who holds the pace, each in a line of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ttx.i18n import _, ngettext
from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session.rights import NAMES, able
from ttx.session.run import PERSON, RULE
from ttx.session.sent import asking, granters, holders
from ttx.session.view import words
from ttx.session.view.reader import Line


def handed(line: Line[control.SeatHandedOver]) -> str:
    """Who plays a seat, or its cell, from here on."""
    seat, player = line.seat(line.event.seat), line.event.player
    if player == PERSON:
        return _("handed {seat} over to a person", seat=seat)
    if player == RULE:
        return _("handed {seat} and its cell to the rule", seat=seat)
    robot = words.robot(line.now.run.exercise, player)
    return _("handed {seat} and its cell to {robot}", seat=seat, robot=robot)


def rights_given(line: Line[control.RightsGiven]) -> str:
    """What a seat may do at the desk."""
    seat = line.seat(line.event.seat)
    if not line.event.rights:
        return _("took {seat} from the desk", seat=seat)
    rights = words.listed([_(NAMES[right]) for right in line.event.rights])
    return _("gave {seat} rights at the desk: {rights}", seat=seat, rights=rights)


def pace_passed(line: Line[control.PacePassed]) -> str:
    """Who holds the pace, passed or taken."""
    if line.entry.by == line.event.seat:
        return _("took the pace of the exercise")
    return _("passed the pace to {seat}", seat=line.seat(line.event.seat))


def controllers_added(line: Line[control.ControllersAdded]) -> str:
    """Seats that the desk got for this run."""
    return ngettext(
        "added a controller to the desk",
        "added {count} controllers to the desk",
        line.event.count,
    )


Moving = play.Moved | play.MoveAsked | play.MoveRefused


def entered(tells: Callable[[Line[Any]], str]) -> Callable[[Line[Moving]], str]:
    """What tells a move or a consent, with the cell that it was entered for by the desk, if it was.

    Where a request is open, its answer is of the cells whose consent it needs.
    """

    def whole(line: Line[Moving]) -> str:
        clause, run, event = tells(line), line.now.run, line.event
        if line.entry.by not in able(run):
            return clause
        answers = any(asked.lever == event.lever for _seat, asked in line.before.asked)
        cells: Iterable[str] = holders(line.before, event.lever)
        if answers:
            cells = sorted(granters(line.before, event.lever, event.level))
        elif isinstance(event, play.MoveAsked):
            cells = asking(line.before, event.lever, event.level)
        names = words.listed([line.names.cells[cell] for cell in cells])
        return _("{clause} (entered for {cells})", clause=clause, cells=names)

    return whole


def levers_left(line: Line[play.LeversLeft]) -> str:
    """Who is done with its levers; or that they were closed for a cell that was not."""
    cell = line.names.cells[line.event.cell]
    if line.event.entered:
        clause = _("{cell} is done with its levers", cell=cell)
        return _("{clause} (entered for {cells})", clause=clause, cells=cell)
    if line.entry.by in able(line.now.run):
        return _("closed the levers before {cell} was done", cell=cell)
    return _("{cell} is done with its levers", cell=cell)
