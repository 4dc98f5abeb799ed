"""How long what a seat was told is so, as a run stands."""

from __future__ import annotations

from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session import phases
from ttx.session.game import Game, Sent


def stays(_game: Game, _message: Sent) -> bool:
    """What happened stays so."""
    return True


def while_in_play(game: Game, _message: Sent) -> bool:
    """Until ENDEX."""
    return game.phase not in phases.PLAY_IS_OVER


def same_moment(game: Game, message: Sent) -> bool:
    """Until the run has gone on to another phase."""
    stamp = message.stamp
    return (len(game.turns), game.number, game.phase) == (stamp.turn, stamp.number, stamp.phase)


def while_boxed(game: Game, message: Sent) -> bool:
    """Until the desk says otherwise, or the phase is over."""
    last = [other for other in game.sent if isinstance(other.event, control.TimeBoxed)][-1]
    return last is message and same_moment(game, message)


def while_paused(game: Game, message: Sent) -> bool:
    """While time stands still by it."""
    last = [other for other in game.sent if isinstance(other.event, play.Paused)][-1]
    return game.paused and last is message


def while_asked(game: Game, message: Sent) -> bool:
    """While the consent is open."""
    event = message.event
    assert isinstance(event, play.MoveAsked)
    return any(asked == event for _seat, asked in game.asked)


def while_unheard(game: Game, message: Sent) -> bool:
    """Until the challenge was heard, or taken back."""
    turn = game.turn
    if turn is None:
        return False
    of_turn = turn.proposed is not None
    records = turn.challenges if of_turn else turn.slots[-1].challenges if turn.slots else ()
    return any(made.seat == message.stamp.by and made.heard is None for made in records)


def while_unanswered(game: Game, message: Sent) -> bool:
    """Until control has answered the request."""
    return any(
        made.stamp.n == message.stamp.n and not made.reply for made in game.notebook.inquiries
    )


def while_deliberated(game: Game, message: Sent) -> bool:
    """While the inject that it belongs to is deliberated."""
    deliberated = game.phase == phases.DELIBERATION
    return deliberated and game.number == message.stamp.number


def while_of_the_inject(game: Game, message: Sent) -> bool:
    """While its inject is on the table."""
    return game.phase in phases.OF_AN_INJECT and game.number == message.stamp.number


def while_on_the_table(game: Game, message: Sent) -> bool:
    """While the inject that it belongs to is on the table, and the contingency with it."""
    slot = game.slot
    on_table = game.phase in phases.OF_AN_INJECT and game.number == message.stamp.number
    return on_table and slot is not None and slot.steered


def while_in_turn(game: Game, message: Sent) -> bool:
    """Until the turn is over."""
    return len(game.turns) == message.stamp.turn and game.phase not in phases.PLAY_IS_OVER


def before_the_news(game: Game, message: Sent) -> bool:
    """Until the first inject of the turn is on the table."""
    return while_in_turn(game, message) and not game.turns[-1].slots


def while_held(game: Game, message: Sent) -> bool:
    """While that player holds the cell, and by that hand-over."""
    event = message.event
    assert isinstance(event, control.SeatHandedOver)
    cell = game.run.seat(event.seat).cell
    last = [n for n, seat, _player in game.handed if game.run.seat(seat).cell == cell][-1]
    return while_in_play(game, message) and last == message.stamp.n


def while_observers_see(game: Game, message: Sent) -> bool:
    """While observers see that."""
    event = message.event
    assert isinstance(event, notes.Allowed)
    return game.notebook.observers_see == event.sees


def while_shared(game: Game, message: Sent) -> bool:
    """While the forecast is shared, or is not."""
    event = message.event
    assert isinstance(event, notes.ForecastSet)
    return game.notebook.forecast_shared == event.shared


def while_watching(game: Game, message: Sent) -> bool:
    """While that is what the evaluator watches, until the run is closed."""
    event = message.event
    assert isinstance(event, notes.Assigned)
    return game.notebook.assigned.get(event.seat, "") == event.cell


def while_leading(game: Game, message: Sent) -> bool:
    """While that seat leads its cell."""
    event = message.event
    assert isinstance(event, control.Promoted)
    return while_in_play(game, message) and game.run.is_lead(event.seat)


def while_holding(game: Game, message: Sent) -> bool:
    """While that seat holds the pace."""
    event = message.event
    assert isinstance(event, control.PacePassed)
    return game.run.facilitator == event.seat
