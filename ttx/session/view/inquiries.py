"""Requests for information: what was asked of exercise control, by whom, and what it answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.view.eye import Eye
from ttx.session.view.journal import place, written
from ttx.session.view.pace import named


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
    asked: Counter[tuple[str, int]] = Counter()
    views = []
    for inquiry in eye.game.notebook.inquiries:
        stamp = inquiry.stamp
        asked[stamp.by, stamp.turn] += 1
        if eye.reads_of(stamp.by):
            views.append(
                InquiryView(
                    inquiry.number,
                    *named(eye, stamp.by),
                    place=place(stamp),
                    when=written(eye, stamp),
                    count=ordinal(asked[stamp.by, stamp.turn]),
                    question=inquiry.question,
                    reply=inquiry.reply,
                )
            )
    return tuple(sorted(views, key=lambda view: (bool(view.reply), view.number)))


def asked_this_turn(eye: Eye) -> int:
    """How many requests a seat has made in the turn under way."""
    here = (eye.seat, len(eye.game.turns))
    return [(made.stamp.by, made.stamp.turn) for made in eye.game.notebook.inquiries].count(here)


def waiting(game: Game) -> int:
    """How many requests wait for an answer of exercise control."""
    return sum(not inquiry.reply for inquiry in game.notebook.inquiries)


def may_ask(eye: Eye) -> bool:
    """Whether somebody would answer a request of this seat, in play."""
    in_play = eye.game.phase not in phases.OUTSIDE_PLAY
    return bool(eye.run.facilitator) and eye.decides and in_play


def may_read(eye: Eye) -> bool:
    """Whether the seat has a page of requests: its own cell's, or all of them."""
    return bool(eye.run.facilitator) and (eye.decides or eye.visibility.proposed)


ORDINALS = {1: N_("{number}st"), 2: N_("{number}nd"), 3: N_("{number}rd")}
"""By the last digit; all others, and 11 to 13, end alike."""


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`."""
    ends = number % 10 if number % 100 not in (11, 12, 13) else 0
    return _(ORDINALS.get(ends, N_("{number}th")), number=number)
