"""What the desk can enter for a cell now, as the cell's lead would have it before it."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.i18n import _
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.gates import unanswered
from ttx.session.view.choice import choice
from ttx.session.view.eye import Eye
from ttx.session.view.levers import LeverView, levers, requests
from ttx.session.view.message import OptionView, message
from ttx.session.view.words import response


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell that something is awaited of."""

    id: str
    name: str
    lead: str
    """Who speaks for it, in short."""


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A move that waits for this cell's consent."""

    lever: str
    what: str
    """The lever and the level, by name."""


@dataclass(frozen=True, slots=True)
class ResponseView:
    """How an adversary can respond."""

    id: str
    name: str
    about: str
    closed: str
    """Why not, in a few words; empty where it can."""


@dataclass(frozen=True, slots=True)
class AdversaryView:
    """An adversary that the cell chooses for."""

    id: str
    name: str
    chosen: str
    """The response that is chosen already; empty where none is."""
    responses: tuple[ResponseView, ...]


@dataclass(frozen=True, slots=True)
class EnterView:
    """What is before one cell, of which one phase has one part."""

    title: str
    """The inject on the table, with its number; the turn where there is none."""
    question: str
    options: tuple[OptionView, ...]
    levers: tuple[LeverView, ...]
    """Those that the cell holds."""
    consents: tuple[ConsentView, ...]
    adversaries: tuple[AdversaryView, ...]


def awaited_cells(eye: Eye) -> tuple[CellView, ...]:
    """The cells for which something can be entered now, in their order.

    Raises:
        ValueError: For a seat that is not at the desk.
    """
    eye.require_desk()
    return tuple(
        CellView(cell, eye.names.cells[cell], eye.run.seat(_speaker(eye.game, cell)).short)
        for cell in _cells(eye.game)
    )


def _cells(game: Game) -> list[str]:
    run = game.run
    match game.phase:
        case phases.LEVERS:
            return [cell for cell in run.people if cell not in game.left]
        case phases.DELIBERATION:
            return unanswered(game)
        case phases.RESPONSE if game.turn is not None and not game.turn.shut:
            choosers = set(run.choosers.values())
            return [
                cell
                for cell in run.red_people
                if any(s.id in choosers for s in run.exercise.seat if s.cell == cell)
            ]
    return []


def _speaker(game: Game, cell: str) -> str:
    """The seat through whose eye the cell is seen."""
    run = game.run
    if cell in run.people:
        return run.lead(cell).id
    choosers = set(run.choosers.values())
    return next(s.id for s in run.exercise.seat if s.cell == cell and s.id in choosers)


def entering(eye: Eye, cell: str) -> EnterView:
    """What is before a cell now.

    Raises:
        ValueError: For a seat that is not at the desk.
    """
    eye.require_desk()
    game = eye.game
    of_cell = Eye(game, _speaker(game, cell), eye.language)
    news = message(of_cell) if game.phase == phases.DELIBERATION else None
    turn = game.turn.opened.turn if game.turn is not None else 0
    moving = game.phase == phases.LEVERS
    return EnterView(
        title=f"{news.number} {news.title}" if news is not None else _("Turn {turn}", turn=turn),
        question=news.question if news is not None else "",
        options=news.options if news is not None else (),
        levers=tuple(lever for lever in levers(of_cell) if lever.mine) if moving else (),
        consents=_consents(of_cell) if moving else (),
        adversaries=_adversaries(of_cell, cell) if game.phase == phases.RESPONSE else (),
    )


def _consents(eye: Eye) -> tuple[ConsentView, ...]:
    levers_by_id = eye.exercise.levers
    return tuple(
        ConsentView(
            asked.lever,
            _(
                "{lever} at {level}",
                lever=eye.text(levers_by_id[asked.lever].name),
                level=eye.names.level(asked.lever, asked.level),
            ),
        )
        for asked in requests(eye)
    )


def _adversaries(eye: Eye, cell: str) -> tuple[AdversaryView, ...]:
    run = eye.run
    seats = [seat.id for seat in run.exercise.seat if seat.cell == cell]
    rows: list[AdversaryView] = []
    for seat in dict.fromkeys(who for who in run.choosers.values() if who in seats):
        view = choice(Eye(eye.game, seat, eye.language))
        for row in view.rows if view is not None else ():
            if not row.mine:
                continue
            taken = next((move.response for move in row.moves if move.chosen), "")
            responses = tuple(
                ResponseView(
                    move.response,
                    response(move.response),
                    move.name,
                    "" if move.pays else _("the purse cannot pay for it"),
                )
                for move in row.moves
                if move.response in RESPONSES
            )
            rows.append(AdversaryView(row.of.id, row.of.name, taken, responses))
    return tuple(rows)
