"""Taking back what one has written oneself: it is struck, or other words stand in its place.

What was written stays in the record, and so does that it was struck.
"""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import _
from ttx.session.command import IllegalDecision, readable
from ttx.session.feedback import FORM_CLOSED
from ttx.session.game import Game
from ttx.session.notebook_events import CardAdded, FedBack, Noted, Observed, Struck
from ttx.session.side_commands import Aside


@dataclass(frozen=True, slots=True)
class Strike(Aside):
    """Strike what this seat has written itself, by its entry, or have other words stand instead."""

    entry: int
    instead: str = ""


def authors(game: Game) -> dict[int, str]:
    """By its entry, who wrote each note, card and observation, and who handed in each form."""
    book = game.notebook
    return {
        stamp.n: stamp.by
        for kind in (Noted, CardAdded, Observed, FedBack)
        for stamp, _page in book.of(kind)
    }


def standing(game: Game) -> dict[int, str]:
    """The same of what was not taken back."""
    struck = game.notebook.struck
    return {
        entry: author
        for entry, author in authors(game).items()
        if entry not in struck or struck[entry].instead
    }


def struck(game: Game, seat: str, command: Strike) -> Struck:
    """The fact of such a request.

    Raises:
        IllegalDecision: It is not this seat's to strike, or it stands for something else.
    """
    author, instead = authors(game).get(command.entry), readable(command.instead.strip())
    if author is None:
        raise IllegalDecision(
            _("Only a note, a card, an observation or a feedback form can be struck.")
        )
    if author != seat:
        raise IllegalDecision(_("Only who wrote it can strike or correct it."))
    before = game.notebook.struck.get(command.entry)
    if before is not None and not before.instead:
        raise IllegalDecision(_("It is struck already."))
    form = command.entry in {stamp.n for stamp, _form in game.notebook.of(FedBack)}
    if form and game.notebook.form_closed:
        raise IllegalDecision(_(FORM_CLOSED))
    if form and instead:
        raise IllegalDecision(_("A feedback form is corrected by filling it in again."))
    card = next((card for card in game.notebook.cards if card.stamp.n == command.entry), None)
    if card is not None and card.plan is not None and not instead:
        raise IllegalDecision(
            _("Card {card} is a row of the improvement plan, and stays.", card=card.number)
        )
    if command.entry in game.notebook.planned and not instead:
        raise IllegalDecision(_("The observation is a row of the improvement plan, and stays."))
    return Struck(command.entry, instead)
