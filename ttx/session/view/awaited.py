"""What a seat is awaited for: something that nobody else does and the run stands still without."""

from __future__ import annotations

from ttx.session import phases
from ttx.session.gates import unheard
from ttx.session.run import REPLIES, RULINGS
from ttx.session.view.eye import Eye
from ttx.session.view.levers import requests
from ttx.session.view.pace import own_cell, pace


def awaited(eye: Eye) -> str:
    """A name for what is awaited of the seat, another one for the next; empty where nothing is."""
    game = eye.game
    if game.paused or game.phase in phases.PLAY_IS_OVER:
        return ""
    what = _at_the_desk(eye) if eye.at_the_desk else _at_the_table(eye)
    return f"{what}, {len(game.undone)}" if what else ""


def _at_the_desk(eye: Eye) -> str:
    """A challenge, a request, or a ruling that nobody else sees before it is confirmed."""
    game = eye.game
    challenge = unheard(game) if RULINGS in eye.rights else None
    if challenge is not None:
        return f"challenge of {challenge.seat} in {len(game.turns)}"
    open_ = [inquiry.number for inquiry in game.notebook.inquiries if not inquiry.reply]
    if open_ and REPLIES in eye.rights:
        return f"request {open_[-1]}"
    if RULINGS in eye.rights and pace(eye).proposed:
        return f"{game.phase} {len(game.turns)} {game.number}"
    return ""


def _at_the_table(eye: Eye) -> str:
    """The briefing, a consent, levers, an answer, or a response."""
    game, turn = eye.game, len(eye.game.turns)
    if game.phase == phases.BRIEFING:
        return "briefing" if pace(eye).awaited else ""
    if game.phase == phases.RESPONSE and game.turn is not None:
        mine = [name for name, by in eye.run.choosers.items() if by == eye.seat]
        return f"response {turn}" if set(mine) - game.turn.chosen.keys() else ""
    if not eye.plays:
        return ""
    cell = own_cell(eye)
    if game.phase == phases.LEVERS and cell.leads:
        asked = requests(eye)
        if asked:
            return f"consent {asked[0].lever} {turn}"
        return "" if cell.done else f"levers {turn}"
    if game.phase == phases.DELIBERATION and game.slot is not None:
        answered = set(eye.run.speaks_for(eye.seat)) <= game.slot.answers.keys()
        if answered or (cell.given is not None and not cell.leads):
            return ""
        return f"answer {game.number}"
    return ""
