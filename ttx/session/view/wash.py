"""The hot wash: the board with its cards and votes, and the improvement plan that comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ttx.session import phases
from ttx.session.notebook import Card
from ttx.session.notebook_events import COLUMNS, DELTA, PLUS
from ttx.session.run import OBSERVER, PROJECTOR
from ttx.session.side_commands import VOTES, evaluators
from ttx.session.view.entry_text import COLUMN
from ttx.session.view.eye import Eye
from ttx.session.view.pace import named

BY_COLUMN, BY_VOTES, BY_SEAT = "column", "votes", "seat"
READINGS = (BY_COLUMN, BY_VOTES, BY_SEAT)
"""The ways to read the board."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the improvement plan."""

    card: int
    capability: str
    issue: str
    """What the card says."""
    area: bool
    """Whether the card is a delta: an area for improvement, and no strength to keep."""
    action: str
    """The corrective action."""
    element: str
    owner: str
    starts: str
    """ISO date; empty where it is left open."""
    due: str
    votes: int


@dataclass(frozen=True, slots=True)
class CardView:
    """A card on the board."""

    number: int
    column: str
    text: str
    seat: str
    """Who put it up, in short."""
    cell: str
    votes: int
    mine: bool
    """Whether this seat gave it a vote."""
    planned: bool
    """Whether it is a row of the improvement plan."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cards that are read together."""

    name: str
    note: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class BoardView:
    """The board seen from a seat."""

    cards: tuple[CardView, ...]
    """By number."""
    writes: bool
    """Whether this seat puts cards up and votes now."""
    left: int
    """Votes it has left."""
    plans: bool
    """Whether it makes cards rows of the plan."""


def board(eye: Eye) -> BoardView | None:
    """The board; None before the hot wash."""
    game = eye.game
    if game.phase not in phases.PLAY_IS_OVER:
        return None
    run = eye.run
    writes = game.phase == phases.HOTWASH and eye.seat not in (OBSERVER, PROJECTOR)
    cards = tuple(_card(eye, one) for one in game.notebook.cards)
    return BoardView(
        cards=cards,
        writes=writes,
        left=VOTES - sum(one.mine for one in cards) if writes else 0,
        plans=writes and (not run.facilitator or eye.seat in (run.facilitator, *evaluators(run))),
    )


def groups(view: BoardView, reading: str) -> tuple[Group, ...]:
    """The cards as they are read: by column, by votes, or by seat."""
    if reading == BY_VOTES:
        ranked = sorted(view.cards, key=lambda one: (-one.votes, one.number))
        return (Group("most votes first", counted(view.cards), tuple(ranked)),)
    if reading == BY_SEAT:
        seats = dict.fromkeys(one.seat for one in view.cards)
        return tuple(
            Group(seat, _plus_and_delta(own), own)
            for seat in seats
            if (own := tuple(one for one in view.cards if one.seat == seat))
        )
    return tuple(
        Group(COLUMN[column], counted(own), own)
        for column in COLUMNS
        for own in [tuple(one for one in view.cards if one.column == column)]
    )


def plan(eye: Eye) -> tuple[PlanRow, ...]:
    """The improvement plan, by the date by which each action is done."""
    names = {one.id: eye.text(one.name) for one in eye.exercise.capability}
    rows = [
        PlanRow(
            card=card.number,
            capability=names.get(card.plan.capability, card.plan.capability),
            issue=card.text,
            area=card.column == DELTA,
            action=card.plan.action,
            element=card.plan.element,
            owner=card.plan.owner,
            starts=card.plan.starts,
            due=card.plan.due,
            votes=len(card.votes),
        )
        for card in eye.game.notebook.cards
        if card.plan is not None
    ]
    return tuple(sorted(rows, key=lambda row: (row.due, row.card)))


def counted(cards: Iterable[CardView]) -> str:
    """How many cards, in words."""
    count = len(tuple(cards))
    return f"{count} card{'' if count == 1 else 's'}" if count else "no card"


def _plus_and_delta(cards: Iterable[CardView]) -> str:
    columns = [one.column for one in cards]
    rest = len(columns) - columns.count(PLUS) - columns.count(DELTA)
    said = f"{columns.count(PLUS)} plus, {columns.count(DELTA)} delta"
    return f"{said}, {rest} other" if rest else said


def _card(eye: Eye, one: Card) -> CardView:
    short, cell = named(eye, one.stamp.by)
    return CardView(
        number=one.number,
        column=one.column,
        text=one.text,
        seat=short,
        cell=cell,
        votes=len(one.votes),
        mine=eye.seat in one.votes,
        planned=one.plan is not None,
    )
