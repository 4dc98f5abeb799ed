"""Who is told of a fact wherever they look, beside whoever brought it about: a row for each kind.

What they read of it, and for how long, is in `view.notices`, which has a row for each of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session import phases
from ttx.session.contextual import reads
from ttx.session.event_codec import Event
from ttx.session.game import Game, openings
from ttx.session.notebook_events import ALL_IS_SHOWN
from ttx.session.rights import at_the_desk, may
from ttx.session.run import OBSERVER, PERSON, PROJECTOR, REPLIES, RULINGS


class Addressed(NamedTuple):
    """Who is told, and what of the moment they are told."""

    to: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


NOBODY = Addressed()
Row = Callable[[Game, str, Any], Addressed]
"""From the run before an entry, its author and its fact."""


def addressees(game: Game, entry: play.Entry) -> Addressed:
    """Who is told of an entry that follows in a run; nobody where nobody facilitates it."""
    row = ROWS.get(type(entry.event))
    if row is None or not (game.run.facilitator or type(entry.event) in ALWAYS):
        return NOBODY
    to, about = row(game, entry.by, entry.event)
    return Addressed(tuple(seat for seat in dict.fromkeys(to) if seat != entry.by), about)


# --- to whom ---


def _all(game: Game) -> tuple[str, ...]:
    """Every seat, and the screen of the room."""
    return (*(seat.id for seat in game.run.exercise.seat), PROJECTOR)


def _of_cells(game: Game, cells: Iterable[str]) -> tuple[str, ...]:
    """The seats of some cells."""
    named = set(cells)
    return tuple(seat.id for seat in game.run.exercise.seat if seat.cell in named)


def _but_red(game: Game) -> tuple[str, ...]:
    """All but the seats of the other side, and the room's screen where that side looks at it."""
    red = {cell.id for cell in game.run.red}
    seats = tuple(seat.id for seat in game.run.exercise.seat if seat.cell not in red)
    return seats if game.run.red_seated else (*seats, PROJECTOR)


def _allied(game: Game) -> tuple[str, ...]:
    """The seats of the cells that answer."""
    return _of_cells(game, [cell.id for cell in game.run.allied])


def _cell_of(game: Game, seat: str) -> tuple[str, ...]:
    """The seats of a seat's cell."""
    return _of_cells(game, [part.cell for part in game.run.exercise.seat if part.id == seat])


def _everybody(game: Game, _by: str, _event: Event) -> Addressed:
    return Addressed(_all(game))


def _who_may(right: str) -> Row:
    """To the seats at the desk that may do something about it."""
    return lambda game, _by, _event: Addressed(
        tuple(seat.id for seat in game.run.exercise.seat if may(game.run, seat.id, right))
    )


# --- kinds that need a closer look ---


def _messaged(game: Game, _by: str, event: play.Messaged) -> Addressed:
    return Addressed(_all(game) if event.to == play.EVERYBODY else (event.to,))


def holders(game: Game, lever: str) -> tuple[str, ...]:
    """The cells of people that move a lever."""
    people = game.run.people
    return tuple(cell for cell in game.run.exercise.levers[lever].cells if cell in people)


def granters(game: Game, lever: str, level: str) -> set[str]:
    """The cells whose consent a level needs."""
    at = next(part.price for part in game.run.exercise.levers[lever].levels if part.id == level)
    return {
        budget.granted_by
        for budget in game.run.exercise.budget
        if budget.granted_by in game.run.people and at.get(budget.id, 0) > 0
    }


def asking(game: Game, lever: str, level: str) -> tuple[str, ...]:
    """The cells that the desk asks for such a move for: those that hold the lever alone."""
    answer, held = granters(game, lever, level), holders(game, lever)
    return tuple(cell for cell in held if cell not in answer) or held


def _consent_asked(game: Game, by: str, event: play.MoveAsked) -> Addressed:
    """To the cells whose consent the level needs, and to the one that the desk asked it for."""
    answer = granters(game, event.lever, event.level)
    if not at_the_desk(game.run, by):
        return Addressed(_of_cells(game, answer - set(game.run.speaks_for(by))))
    cells = asking(game, event.lever, event.level)
    return Addressed(_of_cells(game, {*answer, *cells}), cells)


def _consent_answered(
    game: Game, by: str, event: play.Moved | play.MoveRefused | play.MoveLapsed
) -> Addressed:
    """To the cell that had asked, which is not the one that moves what it needs no consent for.

    Where the desk answered for a cell, to that cell as well.
    """
    asker = next((seat for seat, asked in game.asked if asked.lever == event.lever), "")
    if not asker or (asker == by and not at_the_desk(game.run, by)):
        return NOBODY
    of_desk = at_the_desk(game.run, asker)
    own = (game.run.seat(asker).cell,)
    cells = set(asking(game, event.lever, event.level) if of_desk else own)
    lapsed = isinstance(event, play.MoveLapsed)
    if lapsed or not at_the_desk(game.run, by):
        return Addressed(_of_cells(game, cells), (asker,))
    answers = granters(game, event.lever, event.level)
    return Addressed(_of_cells(game, cells | answers), (asker, *sorted(answers)))


def _levers_left(game: Game, by: str, event: play.LeversLeft) -> Addressed:
    """To a cell that was not done itself."""
    return Addressed(_of_cells(game, [event.cell])) if at_the_desk(game.run, by) else NOBODY


def _entered(game: Game, by: str, event: play.Answered) -> Addressed:
    """To a cell for which the desk entered an answer."""
    of_desk = at_the_desk(game.run, by) and game.run.seat(by).cell != event.cell
    return Addressed(_of_cells(game, [event.cell])) if of_desk else NOBODY


def _in_debt(game: Game, _by: str, event: play.TurnOpened) -> Addressed:
    """To the cells that move levers, once income has left money below zero."""
    budgets = zip(game.run.exercise.budget, event.budgets, strict=True)
    have = next((have for part, have in budgets if part.kind == "money" and have < 0), 0)
    return Addressed(_allied(game), (str(have),)) if have else NOBODY


def _set_up(game: Game, _by: str, event: play.LeversClosed) -> Addressed:
    """To the cells that answer, where the posture is another than in the turn before."""
    past = game.turns[-2].before if len(game.turns) > 1 else None
    before = game.run.exercise.posture[past.posture].id if past is not None else event.posture
    return Addressed(_allied(game), (before,)) if before != event.posture else NOBODY


def _entered_choice(game: Game, by: str, event: play.Chosen) -> Addressed:
    """To the seat that chooses for an adversary, where the desk did."""
    chooser, of_desk = game.run.choosers.get(event.adversary, ""), at_the_desk(game.run, by)
    return Addressed((chooser,)) if of_desk and chooser in _all(game) else NOBODY


def _moved(game: Game, by: str, event: play.Moved) -> Addressed:
    """To whom asked for consent; where the desk entered a move, to the cell that it is of."""
    asked = _consent_answered(game, by, event)
    if asked.to or not at_the_desk(game.run, by):
        return asked
    return Addressed(_of_cells(game, holders(game, event.lever)))


def _answers_closed(game: Game, _by: str, event: play.AnswersClosed) -> Addressed:
    return Addressed(_of_cells(game, event.cells))


def _responses_closed(game: Game, _by: str, event: play.ResponsesClosed) -> Addressed:
    choosers = (game.run.choosers.get(adversary, "") for adversary in event.adversaries)
    known = {seat.id for seat in game.run.exercise.seat}
    return Addressed(tuple(seat for seat in choosers if seat in known))


def _heard(game: Game, _by: str, _event: control.ChallengeHeard) -> Addressed:
    turn = game.turns[-1]
    of_turn = turn.proposed is not None
    return Addressed(_but_red(game), ("turn", str(turn.opened.turn)) if of_turn else ())


def _handed(game: Game, _by: str, event: control.SeatHandedOver) -> Addressed:
    before = game.run.players.get(game.run.seat(event.seat).cell, PERSON)
    return Addressed(_all(game), (before,))


def _allowed(game: Game, _by: str, event: notes.Allowed) -> Addressed:
    before = game.notebook.observers_see
    changes = event.sees != before and event.sees in (ALL_IS_SHOWN, notes.AS_THE_ROOM)
    return Addressed((OBSERVER,)) if changes and OBSERVER in _all(game) else NOBODY


def _forecast(game: Game, _by: str, _event: notes.ForecastSet) -> Addressed:
    return Addressed(_allied(game))


# --- what was taken back ---

MOVES, INJECT, ANSWER, RULING, RECKONING = "moves", "inject", "answer", "ruling", "reckoning"


def _undone(game: Game, _by: str, event: play.Undone) -> Addressed:
    """To all: where the run stands again, and what was decided since that others had seen."""
    back = next((at for at in openings(game) if at.opened == event.back_to), None)
    if back is None:
        return NOBODY
    return Addressed(_all(game), (_place(back), *_since(game, back)))


def _place(back: Game) -> str:
    """The opening that a run stands at: `levers 4`, `responses 4` or `question 4.1 INJECT`."""
    turn = back.turns[-1].opened.turn
    if back.phase == phases.RESPONSE:
        return f"responses {turn}"
    if back.phase == phases.LEVERS or back.slot is None:
        return f"levers {turn}"
    return f"question {back.number} {back.slot.released.inject}"


def _since(game: Game, back: Game) -> Iterable[str]:
    """What was decided since: each thing as its kind and what it was about, in order."""
    first = len(back.turns) - 1
    for at, turn in enumerate(game.turns[first:], start=first):
        stood = back.turns[at] if at == first else None
        moves = len(turn.moves) - (len(stood.moves) if stood is not None else 0)
        if moves:
            yield f"{MOVES} {moves}"
        known = len(stood.slots) if stood is not None else 0
        for place, slot in enumerate(turn.slots[max(known - 1, 0) :], start=max(known, 1)):
            number = f"{turn.opened.turn}.{place}"
            if place > known:
                yield f"{INJECT} {number} {slot.released.inject}"
            yield from (f"{ANSWER} {number} {cell}" for cell in slot.answers)
            if slot.confirmed:
                yield f"{RULING} {number}"
        if turn.confirmed:
            yield f"{RECKONING} {turn.opened.turn}"


def _delivered(game: Game, _by: str, event: control.Delivered) -> Addressed:
    """To whoever reads it; where one person plays all, to that one for all of them."""
    return Addressed(tuple(seat for seat in _all(game) if reads(game.run, seat, event.readers)))


ROWS: dict[type[Event], Row] = {
    play.Messaged: _messaged,
    play.MoveAsked: _consent_asked,
    play.Moved: _moved,
    play.MoveRefused: _consent_answered,
    play.MoveLapsed: _consent_answered,
    play.TurnOpened: _in_debt,
    play.LeversLeft: _levers_left,
    play.LeversClosed: _set_up,
    play.Answered: _entered,
    play.Chosen: _entered_choice,
    play.AnswersClosed: _answers_closed,
    play.ResponsesClosed: _responses_closed,
    play.Paused: _everybody,
    play.Undone: _undone,
    control.Delivered: _delivered,
    control.Steered: _everybody,
    control.Challenged: _who_may(RULINGS),
    control.ChallengeHeard: _heard,
    control.SeatHandedOver: _handed,
    control.TimeBoxed: _everybody,
    control.Promoted: _everybody,
    control.PacePassed: _everybody,
    control.RightsGiven: lambda _game, _by, event: Addressed((event.seat,)),
    notes.Inquired: _who_may(REPLIES),
    notes.Replied: lambda game, _by, event: Addressed(_of_cells(game, [event.cell])),
    notes.Probed: _everybody,
    notes.RoomAsked: _everybody,
    notes.Allowed: _allowed,
    notes.FormClosed: _everybody,
    notes.Assigned: lambda _game, _by, event: Addressed((event.seat,)),
    notes.ForecastSet: _forecast,
}
"""By kind of fact; of all others nobody is told beside what their own page shows."""
ALWAYS = (control.Delivered,)
"""What is told where nobody facilitates as well."""
