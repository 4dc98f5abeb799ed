"""Who may see where robots would lead the run."""

from __future__ import annotations

from ttx.i18n import N_, _
from ttx.session.view.eye import Eye
from ttx.session.view.standing import NO_STANDING

NOT_SHARED = N_("The facilitator has not shared the forecast with this seat.")


def foresees(eye: Eye) -> bool:
    """Whether a seat may see the forecast: alone always, else as the facilitator set it."""
    return not kept_from(eye)


def kept_from(eye: Eye) -> str:
    """Why a seat may not see the forecast, in a sentence; empty where it may."""
    if not eye.visibility.scores:
        return _(NO_STANDING)
    alone = eye.facilitates or not eye.run.facilitator
    return "" if alone or eye.game.notebook.forecast_shared else _(NOT_SHARED)
