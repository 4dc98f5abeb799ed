"""How an adversary may respond to the turn, as the seat that chooses for it has it before it."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator import rulings
from ttx.adjudicator.rulings import Response
from ttx.adjudicator.tables import RESPONSES
from ttx.exercise.model import Adversary
from ttx.exercise.moves import effects_of, name_of
from ttx.session import phases
from ttx.session.game import Game
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
    effects: tuple[tuple[str, str, str], ...]
    """Track, change, direction for the alliance; of the tracks that the seat sees."""
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
    game = eye.game
    turn = game.turn
    if turn is None or game.phase != phases.RESPONSE:
        return None
    known = [one for one in aims(eye) if one.id in eye.run.choosers]
    if not known:
        return None
    fact = rulings.reckoning(eye.run.tables, game.position, eye.run.seed)
    said = {one.adversary: one for one in fact.responses}
    return ChoiceView(
        turn=turn.opened.turn,
        rows=tuple(_row(eye, one, said[one.id]) for one in known),
        news=tuple(
            eye.text(eye.exercise.injects[slot.released.inject].title) for slot in turn.slots
        ),
        waiting=awaited_seats(game),
        shut=turn.shut,
        held=bool(eye.run.facilitator),
    )


def chooses(eye: Eye) -> bool:
    """Whether the seat has a choice before it, of its own or to look at."""
    known = eye.visibility.aims
    return eye.game.phase == phases.RESPONSE and any(one in known for one in eye.run.choosers)


def awaited_seats(game: Game) -> tuple[str, ...]:
    """The seats whose choice is still awaited, in short; what others chose is not in it."""
    if game.phase != phases.RESPONSE or game.turn is None or game.turn.shut:
        return ()
    seats = dict.fromkeys(missing(game).values())
    return tuple(game.run.seat(one).short for one in seats if not one.startswith(ROBOT))


def _row(eye: Eye, of: AimView, said: Response) -> ChoiceRow:
    turn = eye.game.turn
    assert turn is not None
    who = eye.run.choosers[of.id]
    robot = who.startswith(ROBOT)
    part = eye.exercise.adversary[eye.run.tables.adversary[of.id]]
    made = turn.chosen.get(of.id)
    return ChoiceRow(
        of=of,
        mine=who == eye.seat,
        chooser=who.removeprefix(ROBOT) if robot else eye.run.seat(who).short,
        chosen=made is not None,
        moves=_moves(eye, part, said, made.response if made is not None else ""),
    )


def _moves(eye: Eye, part: Adversary, said: Response, chosen: str) -> tuple[MoveView, ...]:
    game = eye.game
    tracks = eye.exercise.tracks
    aim = game.position.aims[eye.run.tables.adversary[part.id]]
    odds = _odds(game, part, said)
    return tuple(
        MoveView(
            response=response,
            name=eye.text(name_of(part, aim, response)),
            price=None if part.purse is None else part.purse.price.get(response, 0),
            pays=affords(game, part.id, response) == response,
            effects=tuple(
                (
                    tracks[e.track].short,
                    words.by_points(e.by),
                    words.direction(e.by, tracks[e.track].better, same=1),
                )
                for e in effects_of(part, aim, response)
                if e.track in eye.visibility.tracks
            ),
            odds=words.share(odds[response]),
            chosen=response == chosen,
        )
        for response in RESPONSES
    )


def _odds(game: Game, part: Adversary, said: Response) -> dict[str, int]:
    """How often the rule would take each response, in 2^-32; what cannot be paid falls lower."""
    escalates = said.odds * said.odds2 >> 32
    by_rule = {
        "restraint": WHOLE - said.odds,
        "probe": said.odds - escalates,
        "escalate": escalates,
    }
    found = dict.fromkeys(by_rule, 0)
    for response in RESPONSES:
        found[affords(game, part.id, response)] += by_rule[response]
    return found
