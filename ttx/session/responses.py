"""How adversaries respond where the rule does not say it: a seat or a robot chooses for them."""

from __future__ import annotations

import numpy as np

from ttx.adjudicator import purses, rulings
from ttx.adjudicator.arithmetic import RESPONSES
from ttx.exercise.model.conditions import ResponseName
from ttx.exercise.model.part import text
from ttx.exercise.moves import name_of
from ttx.i18n import _
from ttx.session import phases, robots
from ttx.session.command import IllegalDecision
from ttx.session.events import Chosen
from ttx.session.game import Game
from ttx.session.run import ROBOT


def missing(game: Game) -> dict[str, str]:
    """The adversaries for which nothing is chosen yet in this turn, with who is to choose."""
    chosen = game.turn.chosen if game.turn is not None else {}
    return {
        adversary: who for adversary, who in game.run.choosers.items() if adversary not in chosen
    }


def chosen(game: Game) -> dict[str, str]:
    """What was chosen for adversaries in this turn; a hand-over takes nothing back."""
    turn = game.turn
    assert turn is not None
    return {choice.adversary: choice.response for choice in turn.chosen.values()}


def model_would(game: Game) -> dict[str, str]:
    """What odds, draws and purses would make of those that are chosen for."""
    run = game.run
    fact = rulings.reckoning(run.tables, game.position, run.seed)
    did = chosen(game)
    return {
        response.adversary: response.response
        for response in fact.responses
        if response.adversary in did
    }


def affords(game: Game, adversary: str, response: ResponseName) -> ResponseName:
    """The response itself, or the next lower one that the adversary's purse pays for."""
    tables = game.run.tables
    row = tables.adversary[adversary]
    part = tables.exercise.adversary[row]
    if part.purse is None:
        return response
    chips = np.array([game.position.purse[row]], np.int32)
    wanted = np.array([RESPONSES.index(response)], np.int32)
    return RESPONSES[int(purses.affordable(part.purse, chips, wanted)[0])]


def decided(game: Game, seat: str, adversary: str, response: str) -> Chosen:
    """A seat's choice.

    Raises:
        IllegalDecision: It is not its own, or cannot be paid.
    """
    if game.phase != phases.RESPONSE or game.turn is None or game.turn.shut:
        raise IllegalDecision(
            _("Nothing is chosen now: adversaries respond once the news is ruled.")
        )
    tables = game.run.tables
    wanted = next((known for known in RESPONSES if known == response), None)
    if adversary not in tables.adversary:
        raise IllegalDecision(
            _("There is no adversary '{adversary}' in this exercise.", adversary=adversary)
        )
    if wanted is None:
        raise IllegalDecision(
            _(
                "There is no response '{response}'; choose {responses}.",
                response=response,
                responses=", ".join(RESPONSES),
            )
        )
    part = tables.exercise.adversary[tables.adversary[adversary]]
    if seat != game.run.choosers.get(adversary):
        raise IllegalDecision(_("Another seat chooses for {adversary}.", adversary=text(part.name)))
    if affords(game, adversary, wanted) != wanted:
        assert part.purse is not None
        price, chips = (
            part.purse.price.get(wanted, 0),
            game.position.purse[tables.adversary[adversary]],
        )
        move = text(name_of(part, game.position.aims[tables.adversary[adversary]], wanted))
        raise IllegalDecision(
            _(
                "The purse cannot pay for '{move}': it costs {price}, {chips} left.",
                move=move,
                price=price,
                chips=chips,
            )
        )
    now = game.turn.chosen.get(adversary)
    if now is not None and now.response == response:
        raise IllegalDecision(_("That is what is chosen already."))
    return Chosen(adversary, wanted)


def robots_choice(game: Game, adversary: str, chooser: str) -> Chosen:
    """What a robot of an adversary's cell does: always the same, as far as the purse pays."""
    player = robots.robot(game.run.tables, chooser.removeprefix(ROBOT))
    wanted = next((known for known in RESPONSES if known == player.rule), RESPONSES[0])
    return Chosen(adversary, affords(game, adversary, wanted))
