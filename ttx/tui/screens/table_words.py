"""Sentences of the Table: where an answer or the levers stand, and who is waited for."""

from __future__ import annotations

from ttx.exercise.model.part import text
from ttx.i18n import N_, _, ngettext
from ttx.session import phases
from ttx.session.view.message import MessageView
from ttx.session.view.money import forecast
from ttx.session.view.pace import pace
from ttx.session.view.reckoning import last_turn
from ttx.session.view.table import status
from ttx.session.view.words import listed
from ttx.tui.page import SMALL
from ttx.tui.screens.table_hand import Hand

PAUSED = N_("Paused by the facilitator. Your time stands still.")
NEXT = N_("The facilitator adjudicates next.")
UNWEIGHED = N_("Your own action waits to be weighed by the facilitator")


def _waiting(names: tuple[str, ...]) -> str:
    return _("Waiting for {names}.", names=listed(names)) if names else ""


# --- the answer ---


def counted(view: MessageView) -> str:
    """How many of the cell have committed; never what, and nothing where it is one seat."""
    count, seats = view.committed
    if seats < 2:
        return ""
    return ngettext(
        "{number} of {every} has committed",
        "{number} of {every} have committed",
        count,
        number=count or _("none"),
        every=seats,
    )


def standing(hand: Hand, view: MessageView) -> str:
    """Where the answer of the seat and of its cell stands, with a facilitator."""
    if hand.page.game.paused:
        return _(PAUSED)
    return _sealed(hand, view) if view.sealed else _open(hand, view)


def _sealed(hand: Hand, view: MessageView) -> str:
    cell = hand.cell
    own = next((answer for answer in view.commitments if answer.own), None)
    differs = ""
    if own is not None and own.differs:
        differs = _(" You would have answered {own}.", own=own.key or "w")
    if hand.page.game.phase != phases.DELIBERATION:
        robot = _("A robot answered for the {cell} cell.", cell=cell.name)
        return f"{robot if cell.closed else _('Sealed until the ruling.')}{differs}"
    if not cell.unweighed:
        waits = _waiting(view.waiting) or _(NEXT)
        if cell.entered:
            return _("Entered by exercise control. {waits}{differs}", waits=waits, differs=differs)
        return _("Submitted. {waits}{differs}", waits=waits, differs=differs)
    if not view.waiting:
        return f"{_(UNWEIGHED)}."
    names = listed(view.waiting)
    return _("{unweighed}; waiting for {names}.", unweighed=_(UNWEIGHED), names=names)


def _open(hand: Hand, view: MessageView) -> str:
    cell, draft, count = hand.cell, hand.draft, counted(view)
    own = next((answer for answer in view.commitments if answer.own), None)
    values = {
        "enter": hand.page.key("commit"),
        "cell": cell.name,
        "lead": cell.lead,
        "own": (own.key if own is not None else "") or "w",
        "counted": f"; {count}" if count else "",
    }
    if cell.leads:
        return _("{enter} submits for the {cell} cell{counted}.", **values)
    if own is None:
        return _("{enter} commits, {lead} submits{counted}.", **values)
    option = "" if draft.own else view.options[draft.marked].id
    if draft.as_answer(option) != cell.given:
        return _("Committed to {own}. {enter} commits what is marked instead.", **values)
    behind = f": {count}" if count else ""
    return _("Committed. Your cell's lead submits{counted}.", counted=behind)


def decided_next(hand: Hand) -> str:
    """What happens once all answers are in."""
    if hand.page.seen(pace).chief:
        return _("All answers are in. {key} goes back to the ruling.", key=hand.page.key("give-up"))
    if not hand.cell.decides:
        return _("All answers are in. {next}", next=_(NEXT))
    if hand.cell.closed:
        return _("The deliberation was closed. {next}", next=_(NEXT))
    return _("Submitted for the {cell} cell. {next}", cell=hand.cell.name, next=_(NEXT))


def why_not(hand: Hand, view: MessageView) -> str:
    """Why nothing can be given for it any more."""
    if not hand.cell.decides:
        return _("This seat answers for no cell.")
    return _("Your cell has already answered.") if view.sealed else decided_next(hand)


# --- the levers ---


def _done(hand: Hand) -> str:
    waits = _waiting(hand.cell.waiting)
    return _("The {cell} cell is done with its levers. {others}", cell=hand.cell.name, others=waits)


def _asked(hand: Hand) -> dict[str, str]:
    """What another cell asks for, who answers it, and by which keys; empty where nothing is."""
    asked, keys = hand.asked, hand.page.keymap
    if asked is None:
        return {}
    of = hand.page.eye.names
    level = of.level(asked.lever, asked.level)
    names = {"lever": of.levers[asked.lever], "level": level, "lead": hand.cell.lead}
    return {**names, "agree": keys.shown("agree"), "refuse": keys.shown("refuse")}


def of_levers(hand: Hand) -> str:
    """The sentence over the levers: the question in turn 1, then how the last turn compared."""
    page, asked = hand.page, _asked(hand)
    if page.game.paused and hand.held and not page.seen(pace).chief:
        return _(PAUSED)
    if asked:
        asked["answers"] = _("{lead} answers", **asked)
        if hand.grants:
            asked["answers"] = _("{agree} agrees, {refuse} refuses", **asked)
        return _(
            "The other cell asks for {lever} at {level}, which costs consent: {answers}.", **asked
        )
    if hand.done:
        return _done(hand)
    return page.seen(last_turn) or text(page.game.run.exercise.briefing.question, page.language)


def beside_levers(hand: Hand) -> str:
    """The same beside their label, in a few words."""
    cell, asked, turn = hand.cell, _asked(hand), hand.page.seen(status).turn
    if hand.held and hand.page.game.paused:
        return _("paused by the facilitator")
    if asked and hand.grants:
        return _("asked: {lever} at {level}   {agree} agree   {refuse} refuse", **asked)
    if asked:
        return _("asked: {lever} at {level}; {lead} answers", **asked)
    if hand.done and cell.decides:
        return _("{cell} is done. {others}", cell=cell.name, others=_waiting(cell.waiting))
    if hand.held and cell.decides and not cell.leads:
        return _("{lead} says when {cell} is done", lead=cell.lead, cell=cell.name)
    ahead = hand.ahead
    if hand.page.form == SMALL and ahead is not None and ahead.ends:
        return _("{money} {ahead}", money=ahead.name, ahead=forecast(ahead))
    return _("turn 1 opens these two") if turn == 1 else _("moved at the opening of a turn")


def who_closes(hand: Hand) -> str:
    """Who says that the levers are done, where this seat does not."""
    cell = hand.cell
    if not cell.decides:
        return _("The leads say when their cells are done with their levers.")
    if hand.done:
        return _done(hand)
    return _(
        "{lead} says when the {cell} cell is done with its levers.", lead=cell.lead, cell=cell.name
    )
