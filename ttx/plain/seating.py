"""Seats in the facilitator's hand, in plain lines: handed over, or given a new code."""

from __future__ import annotations

from ttx.i18n import _
from ttx.plain.conversation import Conversation, sure
from ttx.plain.sitting import Sitting
from ttx.session.control_commands import GiveRights, HandOver, PassPace, Promote
from ttx.session.notebook_events import ALL_IS_SHOWN, AS_THE_ROOM
from ttx.session.rights import NAMES, able, may
from ttx.session.run import ALL_RIGHTS, PACE, PERSON
from ttx.session.side_commands import Allow, ShareForecast
from ttx.session.view.seats import seat_in_hand


def _seat(at: Sitting, name: str) -> str:
    """A seat by its id or its short name; empty where there is none, which is said."""
    known = {seat.id.casefold(): seat.id for seat in at.game.run.exercise.seat}
    known |= {seat.short.casefold(): seat.id for seat in at.game.run.exercise.seat}
    known |= {seat: seat for seat in (at.attendance.seats if at.attendance is not None else ())}
    found = known.get(name.casefold(), "")
    if not found:
        names = ", ".join(seat.id for seat in at.game.run.exercise.seat)
        at.tell(_("There is no seat '{name}'; choose from {names}.", name=name, names=names))
    return found


def hand(at: Sitting, typed: str) -> Conversation:
    """Hand a seat to another person, or with its cell to a robot, or back."""
    name, _space, player = typed.partition(" ")
    seat = _seat(at, name)
    if not seat:
        return
    view = seat_in_hand(at.eye, seat)
    if view is None:
        at.tell(_("Only seats of the cells that play change hands."))
        return
    takers = [PERSON, *(robot for robot, _about in view.robots)]
    if player not in takers:
        of = ", ".join(takers)
        at.tell(_("Name who takes it: hand {seat} and one of {takers}.", seat=seat, takers=of))
        return
    question = _("Hand {seat} over to {player}?", seat=view.name, player=player)
    if (yield from sure(question, _("hands it over"))):
        at.request(HandOver(seat, player), _("{seat} is handed over.", seat=view.name))
    else:
        at.tell(_("Nothing was handed over."))


def code(at: Sitting, typed: str) -> Conversation:
    """The line to send to who is invited to a seat; anew where that is asked for."""
    name, _space, anew = typed.partition(" ")
    if at.invites is None:
        at.tell(_("Invitations are the facilitator's."))
        return
    seat = _seat(at, name)
    if not seat:
        return
    if anew.casefold() in ("new", _("new")):
        question = _("A new code for {seat}? The one before is void.", seat=name)
        if (yield from sure(question, _("makes one"))):
            at.tell(at.invites.reissue(seat))
        return
    at.tell(at.invites.line(seat), _("code {seat} new makes another one.", seat=seat))


def observers(at: Sitting, typed: str) -> None:
    """Set what observers see."""
    sees = {"all": ALL_IS_SHOWN, "room": AS_THE_ROOM}.get(typed.casefold())
    if sees is None:
        at.tell(_("Say observers all, or observers room: what the room may see."))
    else:
        at.request(Allow(sees), _("Observers see that from here on."))


def share(at: Sitting, _typed: str) -> None:
    """Share the forecast with the other seats, or take it from them."""
    shared = not at.game.notebook.forecast_shared
    done = _("The other seats may read the forecast.") if shared else _("The forecast is yours.")
    at.request(ShareForecast(shared), done)


# --- hands at the table and at the desk ---


def promote(at: Sitting, typed: str) -> Conversation:
    """Make a seat the lead of its cell."""
    seat = _seat(at, typed)
    if not seat:
        return
    name = at.eye.names.seats[seat]
    if (yield from sure(_("Have {seat} lead its cell?", seat=name), _("does it"))):
        at.request(Promote(seat), _("{seat} leads its cell from here on.", seat=name))
    else:
        at.tell(_("Nothing was changed."))


def rights(at: Sitting, typed: str) -> None:
    """Set what a seat of exercise control may do at the desk; with no more words, tell it."""
    name, _space, given = typed.partition(" ")
    if not name:
        for seat in able(at.game.run):
            own = ", ".join(
                _(NAMES[right]) for right in ALL_RIGHTS if may(at.game.run, seat, right)
            )
            at.tell(f"{seat}: {own or _('nothing at the desk')}.")
        known = ", ".join(right for right in ALL_RIGHTS if right != PACE)
        at.tell(_("rights SEAT and some of {known} gives those; none takes them.", known=known))
        return
    seat = _seat(at, name)
    if seat:
        wanted = tuple(word for word in given.replace(",", " ").split() if word != "none")
        done = _("The rights of {seat} are set.", seat=at.eye.names.seats[seat])
        at.request(GiveRights(seat, wanted), done)


def pace(at: Sitting, typed: str) -> Conversation:
    """Pass the pace to a seat of exercise control, or take it for oneself."""
    seat = _seat(at, typed or at.seat)
    if not seat:
        return
    name = at.eye.names.seats[seat]
    question = _("Have {seat} hold the pace?", seat=name)
    if (yield from sure(question, _("does it"))):
        at.request(PassPace(seat), _("{seat} holds the pace from here on.", seat=name))
    else:
        at.tell(_("Nothing was changed."))
