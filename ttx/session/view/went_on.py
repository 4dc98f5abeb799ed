"""Where a run stands, in a sentence, for a seat that looks at a page beside it."""

from __future__ import annotations

from ttx.i18n import _
from ttx.session import phases
from ttx.session.run import PROJECTOR
from ttx.session.view.eye import Eye


def went_on(eye: Eye) -> str:
    """What has come to the table; empty where nothing has that concerns the seat.

    The seat that holds the pace goes on itself, and nobody sits at the room's screen.
    """
    if eye.seat in (eye.run.facilitator, PROJECTOR):
        return ""
    game, turn = eye.game, len(eye.game.turns)
    match game.phase:
        case phases.LEVERS:
            return _("Turn {turn} is open: levers are moved.", turn=turn)
        case phases.DELIBERATION if game.slot is not None:
            title = eye.names.injects[game.slot.released.inject]
            return _("On the table: {number} {title}.", number=game.number, title=title)
        case phases.REVIEW if eye.side != "red":
            return _("The ruling on {number} is out.", number=game.number)
        case phases.RESPONSE if eye.seat in eye.run.choosers.values():
            return _("You are asked how you respond.")
        case phases.RECKONING if game.turns[-1].confirmed:
            return _("The reckoning of turn {turn} is out.", turn=turn)
        case phases.HOTWASH:
            return _("The exercise has ended; the hot wash has begun.")
        case phases.CLOSED:
            return _("The run is closed.")
    return ""
