"""What may be asked for beside the play: notes, requests for information, observations, the board.

None of it changes where the run stands, so it is never stale and goes on while time stands still.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ttx.session import phases
from ttx.session.command import Command, IllegalDecision, written
from ttx.session.event_codec import Event
from ttx.session.game import Game
from ttx.session.notebook_events import (
    ALL_IS_SHOWN,
    AS_THE_ROOM,
    COLUMNS,
    ELEMENTS,
    IMPROVEMENT,
    NEUTRAL,
    RATINGS,
    SORTS,
    STRENGTH,
    Allowed,
    CardAdded,
    ForecastSet,
    Inquired,
    Noted,
    Observed,
    Planned,
    Probed,
    Rated,
    Replied,
    Settled,
    Voted,
)
from ttx.session.run import OBSERVER, Run

VOTES = 3
"""What each seat may give away on the board."""


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
    """Make a card a row of the improvement plan; dates are ISO, `starts` may be empty."""

    card: int
    capability: str
    action: str
    element: str
    owner: str
    starts: str
    due: str


def evaluators(run: Run) -> list[str]:
    """The seats of the white cell that evaluate, the lead evaluator first."""
    white = [cell.id for cell in run.exercise.cell if cell.side == "white"]
    return [
        one.id
        for one in run.exercise.seat
        if one.cell in white and not one.lead and one.id != OBSERVER
    ]


def noted(game: Game, seat: str, command: Aside) -> Event:
    """The fact of such a request; IllegalDecision where it is refused."""
    if seat == OBSERVER:
        raise IllegalDecision("An observer reads, and writes nothing.")
    match command:
        case Note():
            if command.sort not in ("", *SORTS):
                known = ", ".join(SORTS)
                raise IllegalDecision(f"A note is no '{command.sort}'; choose from {known}.")
            return Noted(written(command.text, "The note is empty."), command.sort)
        case Inquire():
            return _inquired(game, seat, command)
        case Reply():
            return _replied(game, seat, command)
        case Probe():
            return _probed(game, seat, command)
        case Allow():
            _chief(game, seat)
            if command.sees not in (ALL_IS_SHOWN, AS_THE_ROOM):
                raise IllegalDecision("Observers see all, or what the room sees.")
            return Allowed(command.sees)
        case ShareForecast():
            _chief(game, seat)
            if command.shared == game.notebook.forecast_shared:
                so = "shared already" if command.shared else "not shared"
                raise IllegalDecision(f"The forecast is {so}.")
            return ForecastSet(command.shared)
        case Observe() | Rate() | Settle():
            return _evaluated(game, seat, command)
        case PutUp() | Vote() | Plan():
            return _on_the_board(game, seat, command)
    raise IllegalDecision("This cannot be asked for here.")


def _chief(game: Game, seat: str) -> None:
    if not game.run.facilitator:
        raise IllegalDecision("Nobody facilitates at this table.")
    if seat != game.run.facilitator:
        raise IllegalDecision("That is the facilitator's.")


def _in_play(game: Game, sentence: str) -> None:
    if game.phase in phases.OUTSIDE_PLAY:
        raise IllegalDecision(sentence)


def _inquired(game: Game, seat: str, command: Inquire) -> Inquired:
    if not game.run.facilitator:
        raise IllegalDecision("Nobody facilitates here, so nobody would answer.")
    if game.run.seat(seat).cell not in {cell.id for cell in game.run.allied}:
        raise IllegalDecision("Only the cells that answer injects ask control for information.")
    _in_play(game, "Questions to control are for the time of play.")
    return Inquired(written(command.question, "The question is empty."))


def _replied(game: Game, seat: str, command: Reply) -> Replied:
    _chief(game, seat)
    asked = game.notebook.inquiries
    if not 1 <= command.number <= len(asked):
        raise IllegalDecision(f"There is no request {command.number}.")
    one = asked[command.number - 1]
    if one.reply:
        raise IllegalDecision(f"Request {command.number} was answered already.")
    cell = game.run.seat(one.stamp.by).cell
    return Replied(command.number, cell, written(command.text, "The reply is empty."))


def _probed(game: Game, seat: str, command: Probe) -> Probed:
    _chief(game, seat)
    inject = game.inject
    if game.phase != phases.DELIBERATION or inject is None:
        raise IllegalDecision("Questions belong to an inject under deliberation.")
    if not 1 <= command.number <= len(inject.probing):
        raise IllegalDecision(f"The inject has no question {command.number}.")
    if command.number in game.notebook.probed(inject.id):
        raise IllegalDecision("That question was put to the room already.")
    return Probed(inject.id, command.number)


def _evaluated(game: Game, seat: str, command: Observe | Rate | Settle) -> Event:
    run = game.run
    known = evaluators(run)
    objectives = [one.id for one in run.exercise.objective]
    if command.objective not in objectives and (
        command.objective or not isinstance(command, Observe)
    ):
        raise IllegalDecision(
            f"There is no objective '{command.objective}'; choose from {', '.join(objectives)}."
        )
    if isinstance(command, Observe):
        if seat not in (*known, run.facilitator):
            raise IllegalDecision("Observations are the evaluators'; write a note instead.")
        if game.phase in (phases.BRIEFING, phases.CLOSED):
            raise IllegalDecision("Observations are of play: from STARTEX until the run is closed.")
        if command.sort not in (STRENGTH, IMPROVEMENT, NEUTRAL):
            raise IllegalDecision("An observation is a strength, an improvement or neutral.")
        if command.seat and command.seat not in {one.id for one in run.exercise.seat}:
            raise IllegalDecision(f"There is no seat '{command.seat}'.")
        words = written(command.text, "The observation is empty.")
        return Observed(command.sort, words, command.objective, command.seat)
    if command.rating not in RATINGS:
        raise IllegalDecision("A rating is P, S, M or U, or N for not observed.")
    why = written(command.why, "A rating needs what it rests on.")
    if isinstance(command, Rate):
        if seat not in known:
            raise IllegalDecision("Ratings are the evaluators'.")
        if game.phase in (phases.BRIEFING, phases.CLOSED):
            raise IllegalDecision("Ratings are given between STARTEX and the end of the hot wash.")
        if command.objective in game.notebook.settled:
            raise IllegalDecision("That rating is settled.")
        return Rated(command.objective, command.rating, why)
    if seat != (known[0] if known else run.facilitator):
        raise IllegalDecision("The lead evaluator settles a rating.")
    if game.phase != phases.HOTWASH:
        raise IllegalDecision("Ratings are settled in the open, at the hot wash.")
    return Settled(command.objective, command.rating, why)


def _on_the_board(game: Game, seat: str, command: PutUp | Vote | Plan) -> Event:
    if game.phase != phases.HOTWASH:
        raise IllegalDecision("The board is for the hot wash.")
    if isinstance(command, PutUp):
        if command.column not in COLUMNS:
            known = ", ".join(COLUMNS)
            raise IllegalDecision(f"The board has no '{command.column}'; choose from {known}.")
        return CardAdded(command.column, written(command.text, "The card is empty."))
    cards = game.notebook.cards
    if not 1 <= command.card <= len(cards):
        raise IllegalDecision(f"There is no card {command.card}.")
    if isinstance(command, Vote):
        mine = [one.number for one in cards if seat in one.votes]
        if command.given == (command.card in mine):
            raise IllegalDecision(
                "Your vote is there already." if command.given else "Your vote is not there."
            )
        if command.given and len(mine) >= VOTES:
            raise IllegalDecision(f"You have given your {VOTES} votes; take one back first.")
        return Voted(command.card, command.given)
    return _planned(game, seat, command)


def _planned(game: Game, seat: str, command: Plan) -> Planned:
    run = game.run
    if run.facilitator and seat not in (run.facilitator, *evaluators(run)):
        raise IllegalDecision("The improvement plan is the facilitator's and the evaluators'.")
    capabilities = [one.id for one in run.exercise.capability]
    if command.capability not in capabilities:
        raise IllegalDecision(
            f"There is no capability '{command.capability}'; "
            f"choose from {', '.join(capabilities) or 'none: the exercise lists none'}."
        )
    if command.element not in ELEMENTS:
        raise IllegalDecision(f"A capability element is one of {', '.join(ELEMENTS)}.")
    if not command.due.strip():
        raise IllegalDecision("A corrective action needs a date by which it is done.")
    due, starts = dated(command.due), dated(command.starts) if command.starts.strip() else ""
    if starts > due:
        raise IllegalDecision("It would be done before it starts; mend one of the two dates.")
    return Planned(
        command.card,
        command.capability,
        written(command.action, "The corrective action is empty."),
        command.element,
        written(command.owner, "A corrective action needs an office that owns it."),
        due,
        starts,
    )


def dated(said: str) -> str:
    """A date as it is kept, such as `2026-03-31`; IllegalDecision where it is none."""
    try:
        return datetime.date.fromisoformat(said.strip()).isoformat()
    except ValueError:
        raise IllegalDecision(f"'{said[:20]}' is no date; write it as 2026-03-31.") from None
