"""What stands above a seat's footer until it is put away: words of exercise control to it."""

from __future__ import annotations

from ttx.session.events import EVERYBODY
from ttx.session.notebook_events import Probed
from ttx.session.phases import DELIBERATION
from ttx.session.run import PERSON, RULE
from ttx.session.view.eye import Eye
from ttx.session.view.visibility import own_cells

NOTICE = tuple[int, str]
"""The entry, and the words."""


def notices(eye: Eye) -> tuple[NOTICE, ...]:
    """What was said to the seat, in the order it came.

    Messages, questions that were put to the room, replies to its cell, and who plays that.
    """
    game = eye.game
    run = eye.run
    own = own_cells(game, eye.seat)
    found = [
        (n, f"From the facilitator: {words}")
        for n, to, words in game.messages
        if to in (EVERYBODY, eye.seat)
    ]
    injects = run.exercise.injects
    found += [
        (stamp.n, f"A question to the room: {eye.text(asked.ask)}")
        for stamp, one in game.notebook.of(Probed)
        if game.phase == DELIBERATION and game.inject is not None and game.inject.id == one.inject
        for asked in injects[one.inject].probing[one.number - 1 : one.number]
    ]
    found += [
        (n, f"Control answers request {number}: {words}  (I shows it whole)")
        for n, number, cell, words in game.notebook.replies
        if cell in own
    ]
    found += [
        (n, f"{_player(player)} plays your cell from here on.")
        for n, of, player in game.handed
        if player != PERSON and run.seat(of).cell in own
    ]
    return tuple(sorted(found))


def _player(player: str) -> str:
    return "The rule of the model" if player == RULE else f"The robot {player}"


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
