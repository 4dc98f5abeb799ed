"""Who may see where robots would lead the run."""

from __future__ import annotations

from ttx.session.game import Game
from ttx.session.view.standing import NO_STANDING
from ttx.session.view.visibility import visibility

NOT_SHARED = "The facilitator has not shared the forecast with this seat."


def foresees(game: Game, seat: str) -> bool:
    """Whether a seat may see the forecast: alone always, else as the facilitator set it."""
    return not kept_from(game, seat)


def kept_from(game: Game, seat: str) -> str:
    """Why a seat may not see the forecast, in a sentence; empty where it may."""
    if not visibility(game, seat).scores:
        return NO_STANDING
    chief = game.run.facilitator
    return "" if seat == chief or not chief or game.notebook.forecast_shared else NOT_SHARED
