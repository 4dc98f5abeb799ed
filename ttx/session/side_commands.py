"""What may be asked for beside the play: notes, requests for information, observations, the board.

None of it changes where the run stands, so it is never stale and goes on while time stands still.
"""

from __future__ import annotations

from dataclasses import dataclass

from ttx.session.command import Command


@dataclass(frozen=True, slots=True)
class Aside(Command):
    """A request that decides nothing."""


@dataclass(frozen=True, slots=True)
class Note(Aside):
    """Write something down; `sort` is one of SORTS or empty."""

    text: str
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Inquire(Aside):
    """Ask exercise control for information."""

    question: str


@dataclass(frozen=True, slots=True)
class Reply(Aside):
    """Answer a request for information, by its number."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Probe(Aside):
    """Put a probing question of the inject on the table to the room, by its number from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Allow(Aside):
    """Set what observers see: `all` or `room`."""

    sees: str


@dataclass(frozen=True, slots=True)
class ShareForecast(Aside):
    """Share the forecast with the other seats, or take it from them."""

    shared: bool


@dataclass(frozen=True, slots=True)
class Observe(Aside):
    """Write an observation, about an objective and a seat where they are named."""

    sort: str
    text: str
    objective: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Assign(Aside):
    """Give an evaluator a cell to watch; empty for all of them."""

    seat: str
    cell: str


@dataclass(frozen=True, slots=True)
class Analyse(Aside):
    """Say what lies behind an observation, by its entry, and what it is measured by."""

    entry: int
    analysis: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Rate(Aside):
    """Rate an objective, apart from the other evaluators."""

    objective: str
    rating: str
    why: str


@dataclass(frozen=True, slots=True)
class Settle(Aside):
    """Settle the rating of an objective in the open."""

    objective: str
    rating: str
    why: str


@dataclass(frozen=True, slots=True)
class PutUp(Aside):
    """Put a card on the board of the hot wash."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Vote(Aside):
    """Give a vote to a card, or take it back."""

    card: int
    given: bool = True


@dataclass(frozen=True, slots=True)
class Plan(Aside):
    """Make a card or an observation a row of the improvement plan.

    Dates are ISO, `starts` may be empty. `card` is 0 where it is an observation, by its entry.
    """

    card: int
    capability: str
    action: str
    element: str
    owner: str
    starts: str
    due: str
    contact: str = ""
    observation: int = 0
