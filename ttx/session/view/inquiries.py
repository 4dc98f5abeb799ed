"""Requests for information: what was asked of exercise control, by whom, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.session import phases
from ttx.session.game import Game
from ttx.session.notebook import Inquiry
from ttx.session.view import stamps
from ttx.session.view.eye import Eye
from ttx.session.view.pace import named
from ttx.session.view.visibility import decides, own_cells

ORDINALS = ("th", "st", "nd", "rd")


@dataclass(frozen=True, slots=True)
class InquiryView:
    """One request."""

    number: int
    seat: str
    """Who asked, in short."""
    cell: str
    place: str
    """Inject or turn: `4.1`, `T4`."""
    when: str
    count: str
    """Which of that seat's requests in that turn it is: `2nd`."""
    question: str
    reply: str
    """Empty until there is one."""


def inquiries(eye: Eye) -> tuple[InquiryView, ...]:
    """Those that a seat may read, the open ones first: its own cell's, for the white cell all."""
    game = eye.game
    run = eye.run
    own = own_cells(game, eye.seat)
    every = eye.visibility.proposed or game.phase in phases.PLAY_IS_OVER
    asked: dict[tuple[str, int], int] = {}
    found = []
    for one in game.notebook.inquiries:
        by, turn = one.stamp.by, one.stamp.turn
        asked[by, turn] = asked.get((by, turn), 0) + 1
        if every or run.seat(by).cell in own:
            found.append(_view(eye, one, ordinal(asked[by, turn])))
    return tuple(sorted(found, key=lambda one: (bool(one.reply), one.number)))


def _view(eye: Eye, one: Inquiry, count: str) -> InquiryView:
    seat, cell = named(eye, one.stamp.by)
    place, when = stamps.short(one.stamp), stamps.whole(eye.exercise, one.stamp)
    return InquiryView(one.number, seat, cell, place, when, count, one.question, one.reply)


def asked_this_turn(eye: Eye) -> int:
    """How many requests a seat has made in the turn under way."""
    turn = len(eye.game.turns)
    return sum(
        (one.stamp.by, one.stamp.turn) == (eye.seat, turn) for one in eye.game.notebook.inquiries
    )


def waiting(game: Game) -> int:
    """How many requests wait for an answer of exercise control."""
    return sum(not one.reply for one in game.notebook.inquiries)


def may_ask(eye: Eye) -> bool:
    """Whether somebody would answer a request of this seat, in play."""
    over = eye.game.phase in phases.OUTSIDE_PLAY
    return bool(eye.run.facilitator) and decides(eye.run, eye.seat) and not over


def may_read(eye: Eye) -> bool:
    """Whether the seat has a page of requests: its own cell's, or all of them."""
    held = bool(eye.run.facilitator)
    return held and (decides(eye.run, eye.seat) or eye.visibility.proposed)


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`."""
    ends = number % 10 if number % 100 not in (11, 12, 13) else 0
    return f"{number}{ORDINALS[ends] if ends < len(ORDINALS) else ORDINALS[0]}"
