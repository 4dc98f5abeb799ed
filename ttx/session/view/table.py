"""The Table as a seat sees it: its status line, and the regions, which have rooms of their own."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.session import phases
from ttx.session.view import words
from ttx.session.view.badge import Badge
from ttx.session.view.eye import Eye
from ttx.session.view.levers import (
    AnnouncedView,
    BudgetView,
    LevelView,
    LeverView,
    PendingEffect,
    RequestView,
    announced,
    budgets,
    levers,
    pending_effects,
    posture,
    reference_clock,
    requests,
)
from ttx.session.view.message import (
    AnswerView,
    MessageView,
    NewsView,
    OptionView,
    Weighed,
    message,
    news,
)
from ttx.session.view.ruling import no_ruling
from ttx.session.view.tracks import TrackView, tracks, tracks_that_matter

__all__ = [
    "AnnouncedView",
    "AnswerView",
    "Badge",
    "BudgetView",
    "LevelView",
    "LeverView",
    "MessageView",
    "NewsView",
    "OptionView",
    "PendingEffect",
    "RequestView",
    "Status",
    "TrackView",
    "Weighed",
    "announced",
    "budgets",
    "levers",
    "meanwhile",
    "message",
    "news",
    "pending_effects",
    "posture",
    "reference_clock",
    "requests",
    "status",
    "tracks",
    "tracks_that_matter",
]

TOLD = {
    "briefing": "briefing",
    "levers": "levers",
    "inject": "inject",
    "deliberation": "deliberation",
    "adjudication": "adjudication",
    "review": "review",
    "outcome": "outcome",
    "response": "response",
    "reckoning": "reckoning",
    "hotwash": "hot wash",
    "closed": "closed",
}


@dataclass(frozen=True, slots=True)
class Status:
    """The second row of every screen."""

    title: str
    banner: str
    turn: int
    turns: int
    date: str
    phase: str
    paused: bool
    seat: str
    cell: str


def status(eye: Eye) -> Status:
    """The status line."""
    game = eye.game
    run = eye.run
    record = game.slot
    turn = game.position.turn
    if record is not None and game.phase in (
        phases.DELIBERATION,
        phases.ADJUDICATION,
        phases.REVIEW,
    ):
        date = words.moment(run.exercise, record.released.day, record.released.hour)
    else:
        first = run.first_day(max(turn, 1))
        date = f"{words.MONTHS[first.month - 1]} {first.year}"
    part = run.seat(eye.seat)
    cells = {c.id: eye.text(c.name) for c in run.exercise.cell}
    spoken = " and ".join(cells[c] for c in run.speaks_for(eye.seat) if c)
    return Status(
        eye.text(run.exercise.title),
        run.exercise.banner,
        turn,
        run.exercise.turns.count,
        date,
        TOLD[game.phase],
        game.paused,
        part.short,
        f"{spoken}, {'lead' if part.lead else 'seat'}" if spoken else "what all may see",
    )


def meanwhile(eye: Eye) -> str:
    """What goes on where a seat has neither levers nor an answer before it, in one sentence.

    Empty where it has. Between two entries there are such moments for everybody, which nobody
    stops at in live play; for a seat that sees no levers they are all there are.
    """
    game = eye.game
    sees = eye.visibility
    if game.phase == phases.LEVERS:
        if game.turn is None:
            return "The first turn opens."
        if game.turn.confirmed:
            return "The last turn is over." if game.over else "The next turn opens."
        return "" if sees.levers else "The allied cells set their levers."
    if game.phase == phases.INJECT:
        return "The levers are closed; the news comes next."
    if game.phase == phases.RESPONSE:
        return "The news of this turn is ruled on; the adversaries respond next."
    if game.slot is None:
        empty = game.turn.empty if game.turn is not None else ()
        return f"The {' and the '.join(empty)} slot stayed empty." if empty else "Nothing waits."
    if sees.levers:
        return ""
    deliberating = game.phase == phases.DELIBERATION
    return "The allied cells deliberate." if deliberating else no_ruling(eye)
