"""Entering at the desk, in plain lines, what a cell decides whose lead has no screen."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias

from ttx.i18n import _
from ttx.plain.answering import option as told_option
from ttx.plain.conversation import (
    Asked,
    Conversation,
    one_of,
    sure,
    whole_number,
    words_for,
)
from ttx.plain.levers import named, rung, told
from ttx.plain.sitting import Sitting
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import Command
from ttx.session.control_commands import Enter
from ttx.session.play_commands import Grant, LeaveLevers, Move, Respond, Submit
from ttx.session.run import SEATS
from ttx.session.view.entering import CellView, EnterView, awaited_cells, entering

OWN = "own"
Made: TypeAlias = Generator[Asked, str, Command | None]
"""Questions that come to what the cell's lead would ask for; None where it comes to nothing."""


def enter(at: Sitting, typed: str) -> Conversation:
    """Enter something for a cell: which one first, where several are awaited."""
    if SEATS not in at.eye.rights:
        at.tell(_("Your seat has no right to enter anything for a cell."))
        return
    cells = awaited_cells(at.eye)
    if not cells:
        at.tell(_("Nothing is awaited of a cell now."))
        return
    known = _known(cells)
    name, _space, rest = typed.partition(" ")
    if name.casefold() not in known:
        rest = ""
        names = ", ".join(cell.name for cell in cells)
        if len(cells) == 1:
            name = cells[0].id
        else:
            name = yield from one_of(_("for which cell"), known, _("one of {names}", names=names))
    cell = next(cell for cell in cells if cell.id == known[name.casefold()])
    view = entering(at.eye, cell.id)
    at.tell(
        _(
            "For {cell}, which {lead} leads: {title}.",
            cell=cell.name,
            lead=cell.lead,
            title=view.title,
        )
    )
    makes = {
        phases.LEVERS: _levers,
        phases.DELIBERATION: _answer,
        phases.RESPONSE: _response,
    }[at.game.phase]
    asks = yield from makes(at, view, rest.strip())
    if asks is not None:
        at.request(Enter(cell.id, asks), _("Entered for {cell}, by the desk.", cell=cell.name))


def _known(cells: tuple[CellView, ...]) -> dict[str, str]:
    return {cell.name.casefold(): cell.id for cell in cells} | {
        cell.id.casefold(): cell.id for cell in cells
    }


def _levers(at: Sitting, view: EnterView, typed: str) -> Made:
    """A move, consent, or that the cell is done."""
    consents = {consent.lever.casefold(): consent for consent in view.consents}
    if not typed:
        at.show(*(told(lever) for lever in view.levers if lever.open))
        at.tell(*(_("Asked: {what}.", what=consent.what) for consent in view.consents))
    here = _("a lever with its level, or done; agree LEVER or refuse LEVER where consent is asked")
    typed = typed or (yield from words_for(_("what does the cell do"), here))
    if typed.casefold() == "done":
        return LeaveLevers()
    word, _space, lever_id = typed.partition(" ")
    if word.casefold() in ("agree", "refuse") and lever_id.casefold() in consents:
        lever = consents[lever_id.casefold()].lever
        return Grant(lever, agreed=word.casefold() == "agree")
    part, level = named(view.levers, typed)
    chosen = rung(part, level) if part is not None else None
    if part is None or chosen is None:
        at.tell(_("That is no lever of the cell with one of its levels."))
        return None
    return Move(part.id, chosen.id)


def _answer(at: Sitting, view: EnterView, typed: str) -> Made:
    """An option or own words, with how sure and why where that was said."""
    known = {option.key: option.id for option in view.options} | {OWN: OWN}
    if typed.casefold() not in known:
        at.tell(view.question)
        at.show(*map(told_option, view.options))
        here = _("a number from 1 to {count}, or own", count=len(view.options))
        chosen = yield from one_of(_("which option"), known, here)
    else:
        chosen = known[typed.casefold()]
    given = Answer(chosen)
    if chosen == OWN:
        text = yield from words_for(_("what would they do"), _("the action, in their own words"))
        pro = yield from words_for(_("why it would work"), _("a reason"), needed=False)
        contra = yield from words_for(_("why it might not"), _("a reason"), needed=False)
        given = Answer(written=text, pro=pro, contra=contra)
    percent = yield from _percent()
    why = yield from words_for(_("why"), _("the reason they gave"), needed=False)
    given = Answer(
        given.option,
        percent,
        rationale=why,
        written=given.written,
        pro=given.pro,
        contra=given.contra,
    )
    if (yield from sure(_("Enter it? It is the cell's answer, and final."), _("enters it"))):
        return Submit(given)
    at.tell(_("Nothing was entered."))
    return None


def _percent() -> Generator[Asked, str, int]:
    """How sure they are, in percent; 0 where they did not say."""
    here = _("a number from 1 to 100")
    while True:
        typed = yield from words_for(_("how sure are they, in percent"), here, needed=False)
        if not typed:
            return 0
        percent = whole_number(typed)
        if percent is not None and 1 <= percent <= 100:
            return percent


def _response(at: Sitting, view: EnterView, typed: str) -> Made:
    """How an adversary responds."""
    choices = {}
    for adversary in view.adversaries:
        for response in adversary.responses:
            what = Respond(adversary.id, response.id)
            for who in (adversary.name, adversary.id):
                choices[f"{who} {response.name}".casefold()] = what
            closed = f" ({response.closed})" if response.closed else ""
            if not typed:
                at.tell(f"{adversary.name} {response.name}: {response.about}{closed}")
    here = _("an adversary with a response, as they are listed")
    while typed.casefold() not in choices:
        typed = yield from words_for(_("who responds how"), here)
    return choices[typed.casefold()]
