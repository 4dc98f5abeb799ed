"""What stands above a seat's footer until it is put away: words of exercise control to it."""

from __future__ import annotations

from typing import NamedTuple

from ttx.i18n import _
from ttx.session.events import EVERYBODY
from ttx.session.notebook_events import Probed
from ttx.session.phases import DELIBERATION
from ttx.session.run import PERSON, RULE
from ttx.session.view.eye import Eye


class Notice(NamedTuple):
    """Words to a seat."""

    entry: int
    words: str
    replies: bool = False
    """Whether control answers a request with it, so that the page of requests has all of it."""


def notices(eye: Eye) -> tuple[Notice, ...]:
    """What was said to the seat, in the order it came.

    Messages, questions that were put to the room, replies to its cell, and who plays that.
    """
    game, own = eye.game, eye.own_cells
    views = [
        Notice(entry, _("From the facilitator: {words}", words=words))
        for entry, to, words in game.messages
        if to in (EVERYBODY, eye.seat)
    ]
    injects = eye.exercise.injects
    views += [
        Notice(stamp.n, _("A question to the room: {question}", question=eye.text(asked.ask)))
        for stamp, put in game.notebook.of(Probed)
        if game.phase == DELIBERATION and game.inject is not None and game.inject.id == put.inject
        for asked in injects[put.inject].probing[put.number - 1 : put.number]
    ]
    views += [
        Notice(
            entry,
            _("Control answers request {number}: {words}", number=number, words=words),
            replies=True,
        )
        for entry, number, cell, words in game.notebook.replies
        if cell in own
    ]
    views += [
        Notice(entry, _plays(player))
        for entry, seat, player in game.handed
        if player != PERSON and eye.run.seat(seat).cell in own
    ]
    return tuple(sorted(views))


def _plays(player: str) -> str:
    if player == RULE:
        return _("The rule of the model plays your cell from here on.")
    return _("The robot {player} plays your cell from here on.", player=player)


def handed_to(eye: Eye) -> int:
    """The last entry that gave this seat, or its cell, to a person; 0 where none did."""
    run = eye.run
    last = 0
    before: dict[str, bool] = {}
    for n, of, player in eye.game.handed:
        cell = run.seat(of).cell
        whole = before.get(cell, False) and run.seat(eye.seat).cell == cell
        if player == PERSON and (of == eye.seat or whole):
            last = n
        before[cell] = player != PERSON
    return last
