"""The hot wash: the board with its cards and votes, and the improvement plan that comes of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ttx.i18n import _, ngettext
from ttx.session import phases
from ttx.session.asides import VOTES, evaluators
from ttx.session.notebook import Card
from ttx.session.notebook_events import COLUMNS, DELTA, IMPROVEMENT, PLUS, Planned
from ttx.session.run import PROJECTOR
from ttx.session.view.eye import Eye
from ttx.session.view.notebook_text import COLUMN
from ttx.session.view.pace import named

BY_COLUMN, BY_VOTES, BY_SEAT = "column", "votes", "seat"
READINGS = (BY_COLUMN, BY_VOTES, BY_SEAT)
"""The ways to read the board."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the improvement plan."""

    card: int
    """The number of its card; 0 where it is of an observation."""
    capability: str
    issue: str
    """What the card or the observation says."""
    area: bool
    """Whether that is a delta or an area for improvement, and no strength to keep."""
    made: Planned
    """The action, what it changes, who owns it, where to ask, and when it is due."""


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
    entry: int
    """The entry that put it up."""
    own: bool
    """Whether this seat put it up."""
    struck: bool
    """Whether it was struck by who put it up."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cards that are read together."""

    name: str
    note: str
    column: str
    """The column that they stand in; empty where they are read otherwise."""
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
    if not eye.over:
        return None
    held = bool(eye.run.facilitator)
    writes = eye.game.phase == phases.HOTWASH and eye.seat != PROJECTOR
    cards = tuple(_card(eye, card) for card in eye.game.notebook.cards)
    return BoardView(
        cards=cards,
        writes=writes,
        left=VOTES - sum(card.mine for card in cards) if writes else 0,
        plans=writes and (not held or eye.at_the_desk or eye.seat in evaluators(eye.run)),
    )


def _card(eye: Eye, card: Card) -> CardView:
    short, cell = named(eye, card.stamp.by)
    return CardView(
        number=card.number,
        column=card.column,
        text=card.text,
        seat=short,
        cell=cell,
        votes=len(card.votes),
        mine=eye.seat in card.votes,
        planned=card.plan is not None,
        entry=card.stamp.n,
        own=card.stamp.by == eye.seat,
        struck=card.struck,
    )


def groups(view: BoardView, reading: str) -> tuple[Group, ...]:
    """The cards as they are read: by column, by votes, or by seat."""
    if reading == BY_VOTES:
        ranked = sorted(view.cards, key=lambda card: (card.struck, -card.votes, card.number))
        return (Group(_("most votes first"), counted(view.cards), "", tuple(ranked)),)
    if reading == BY_SEAT:
        by_seat: dict[str, list[CardView]] = {}
        for card in view.cards:
            by_seat.setdefault(card.seat, []).append(card)
        return tuple(
            Group(seat, _plus_and_delta(cards), "", tuple(cards)) for seat, cards in by_seat.items()
        )
    by_column: dict[str, list[CardView]] = {column: [] for column in COLUMNS}
    for card in view.cards:
        by_column[card.column].append(card)
    return tuple(
        Group(_(COLUMN[column]), counted(cards), column, tuple(cards))
        for column, cards in by_column.items()
    )


def plan(eye: Eye) -> tuple[PlanRow, ...]:
    """The improvement plan, by the date by which each action is done."""
    return tuple(sorted(_rows(eye), key=lambda row: (row.made.due, row.card, row.made.observation)))


def _rows(eye: Eye) -> Iterator[PlanRow]:
    names, book = eye.names.capabilities, eye.game.notebook
    for card in book.cards:
        if card.plan is not None:
            name = names.get(card.plan.capability, card.plan.capability)
            yield PlanRow(card.number, name, card.text, card.column == DELTA, card.plan)
    if not eye.over:
        return
    for stamp, seen in book.observations:
        made = book.planned.get(stamp.n)
        if made is not None:
            name = names.get(made.capability, made.capability)
            yield PlanRow(0, name, seen.text, seen.sort == IMPROVEMENT, made)


def counted(cards: Collection[CardView]) -> str:
    """How many cards, in words."""
    count = sum(not card.struck for card in cards)
    return ngettext("{count} card", "{count} cards", count) if count else _("no card")


def _plus_and_delta(cards: Collection[CardView]) -> str:
    columns = [card.column for card in cards if not card.struck]
    plus, delta = columns.count(PLUS), columns.count(DELTA)
    rest = len(columns) - plus - delta
    if rest:
        return _("{plus} plus, {delta} delta, {rest} other", plus=plus, delta=delta, rest=rest)
    return _("{plus} plus, {delta} delta", plus=plus, delta=delta)
