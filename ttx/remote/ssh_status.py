"""What a seat is told that asks for `status` or `report`, and for nothing more."""

from __future__ import annotations

from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.report.lines import lines
from ttx.report.review import review
from ttx.report.review_text import review_of
from ttx.session import phases
from ttx.session.attendance import Attendance
from ttx.session.table import Table
from ttx.session.view import message as message_views
from ttx.session.view import table as views
from ttx.session.view.excursion import SAYS, told_to
from ttx.session.view.eye import Eye
from ttx.session.view.visibility import visibility

NOT_ASKED = 2


def reply(table: Table, attendance: Attendance, seat: str, words: str) -> tuple[list[str], int]:
    """The lines that answer these words, and an exit status: 0 done, 1 not yet, 2 no such thing."""
    asked = words.strip().lower()
    if asked == "status":
        lines, code = _status(table, attendance, seat), 0
    elif asked == "report":
        lines, code = _report(table, seat)
    else:
        lines = [
            _(
                "Only status and report can be asked for; plain plays in plain lines, and without "
                "a word the screens open."
            )
        ]
        code = NOT_ASKED
    return lines, code


def _status(table: Table, attendance: Attendance, seat: str) -> list[str]:
    game = table.game
    eye = Eye(game, seat)
    view = views.status(eye)
    lines = [view.banner, view.stands, view.sits]
    if game.excursion:
        lines += [_(SAYS), *told_to(eye)]
    message = message_views.message(eye)
    if message is not None and game.phase in (phases.DELIBERATION, phases.ADJUDICATION):
        lines.append(
            _("On the table: {number} {title}.", number=message.number, title=message.title)
        )
        if message.since:
            lines.append(_("Then: {since}", since=message.since))
        if message.waiting:
            lines.append(_("Not answered yet: {cells}.", cells=", ".join(message.waiting)))
    here = [game.run.seat(place.seat).short for place in attendance.places() if place.on]
    lines.append(
        _("Here now: {seats}.", seats=", ".join(here)) if here else _("Nobody is at a screen now.")
    )
    return lines


def _report(table: Table, seat: str) -> tuple[list[str], int]:
    game = table.game
    over = game.phase in phases.PLAY_IS_OVER
    if not over and not visibility(game, seat).proposed:
        title = text(game.run.exercise.title)
        return [_("The report of {title} opens at the hot wash.", title=title)], 1
    return lines(review_of(review(game, table.sealed))), 0
