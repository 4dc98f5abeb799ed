"""How an adversary may respond to the turn, as the seat that chooses for it has it before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ttx.adjudicator import rulings
from ttx.adjudicator.arithmetic import RESPONSES
from ttx.adjudicator.facts import Response
from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.moves import effects_of, name_of, price_of
from ttx.session import phases
from ttx.session.game import Game, TurnRecord
from ttx.session.responses import affords, missing
from ttx.session.run import ROBOT
from ttx.session.view import words
from ttx.session.view.aims import AimView, aims
from ttx.session.view.eye import Eye

WHOLE = 1 << 32
"""A draw, and odds, count from 0 to this."""


@dataclass(frozen=True, slots=True)
class MoveView:
    """One way to respond."""

    response: str
    """restraint, probe or escalate"""
    name: str
    """As news will have it."""
    price: int | None
    """Chips; None where it can pay for anything."""
    pays: bool
    """Whether the purse pays for it."""
    effects: tuple[words.Shift, ...]
    """Of the tracks that the seat sees."""
    odds: str
    """How often in 100 the rule would take it from here, its purse asked: advice, no more."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One adversary that the seat knows the aim of."""

    of: AimView
    mine: bool
    """Whether this seat chooses for it."""
    chooser: str
    """Who does, in a word or two."""
    chosen: bool
    moves: tuple[MoveView, ...]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """The choice of a turn."""

    turn: int
    rows: tuple[ChoiceRow, ...]
    news: tuple[str, ...]
    """Titles of the news that the turn brought."""
    waiting: tuple[str, ...]
    """Short names of the seats whose choice is still awaited."""
    shut: bool
    """Whether nothing can be changed any more."""
    held: bool
    """Whether a facilitator closes it."""


def choice(eye: Eye) -> ChoiceView | None:
    """What a seat may choose, or of the white cell: all of it; None where nothing is open to it."""
    game, turn = eye.game, eye.game.turn
    if turn is None or game.phase != phases.RESPONSE:
        return None
    known = [aim for aim in aims(eye) if aim.id in eye.run.choosers]
    if not known:
        return None
    fact = rulings.reckoning(eye.run.tables, game.position, eye.run.seed)
    by_rule = {response.adversary: response for response in fact.responses}
    return ChoiceView(
        turn=turn.opened.turn,
        rows=tuple(_row(eye, turn, aim, by_rule[aim.id]) for aim in known),
        news=tuple(eye.names.injects[slot.released.inject] for slot in turn.slots),
        waiting=awaited_seats(game),
        shut=turn.shut,
        held=bool(eye.run.facilitator),
    )


def chooses(eye: Eye) -> bool:
    """Whether the seat has a choice before it, of its own or to look at."""
    return eye.game.phase == phases.RESPONSE and not eye.visibility.aims.isdisjoint(
        eye.run.choosers
    )


def awaited_seats(game: Game) -> tuple[str, ...]:
    """The seats whose choice is still awaited, in short; what others chose is not in it."""
    if game.phase != phases.RESPONSE or game.turn is None or game.turn.shut:
        return ()
    seats = dict.fromkeys(missing(game).values())
    return tuple(game.run.seat(seat).short for seat in seats if not seat.startswith(ROBOT))


def _row(eye: Eye, turn: TurnRecord, aim: AimView, by_rule: Response) -> ChoiceRow:
    who = eye.run.choosers[aim.id]
    robot = who.startswith(ROBOT)
    made = turn.chosen.get(aim.id)
    return ChoiceRow(
        of=aim,
        mine=who == eye.seat,
        chooser=who.removeprefix(ROBOT) if robot else eye.names.seats[who],
        chosen=made is not None,
        moves=tuple(_moves(eye, by_rule, made.response if made is not None else "")),
    )


def _moves(eye: Eye, by_rule: Response, chosen: str) -> Iterator[MoveView]:
    row = eye.run.tables.adversary[by_rule.adversary]
    part, aim = eye.exercise.adversary[row], eye.game.position.aims[row]
    odds = _odds(eye.game, part, by_rule)
    for response in RESPONSES:
        yield MoveView(
            response=response,
            name=eye.text(name_of(part, aim, response)),
            price=None if part.purse is None else price_of(part, response),
            pays=affords(eye.game, part.id, response) == response,
            effects=eye.shifts(effects_of(part, aim, response)),
            odds=words.share(odds[response]),
            chosen=response == chosen,
        )


def _odds(game: Game, part: Adversary, asked: Response) -> dict[str, int]:
    """How often the rule would take each response, in 2^-32; what cannot be paid falls lower."""
    escalates = asked.odds * asked.odds2 >> 32
    by_rule = {
        "restraint": WHOLE - asked.odds,
        "probe": asked.odds - escalates,
        "escalate": escalates,
    }
    odds = dict.fromkeys(by_rule, 0)
    for response in RESPONSES:
        odds[affords(game, part.id, response)] += by_rule[response]
    return odds
