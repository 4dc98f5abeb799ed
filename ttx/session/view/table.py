"""The Table as a seat sees it: its status line, and what it waits for where it acts in nothing."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.view import words
from ttx.session.view.eye import Eye
from ttx.session.view.ruling import no_ruling

PHASES = {
    phases.BRIEFING: N_("briefing"),
    phases.LEVERS: N_("levers"),
    phases.INJECT: N_("inject"),
    phases.DELIBERATION: N_("deliberation"),
    phases.ADJUDICATION: N_("adjudication"),
    phases.REVIEW: N_("review"),
    phases.OUTCOME: N_("outcome"),
    phases.RESPONSE: N_("response"),
    phases.RECKONING: N_("reckoning"),
    phases.HOTWASH: N_("hot wash"),
    phases.CLOSED: N_("closed"),
}

NO_INJECT = {
    (): N_("Nothing waits."),
    ("policy",): N_("The policy slot stayed empty."),
    ("crisis",): N_("The crisis slot stayed empty."),
    ("policy", "crisis"): N_("The policy and the crisis slot stayed empty."),
}
"""What goes on where none is on the table, by the slots that stayed empty."""


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
    cells: str
    """The cells it speaks for; empty for the screen of the room."""
    leads: bool

    @property
    def cell(self) -> str:
        """The cells it speaks for, and whether it leads."""
        if not self.cells:
            return _("what all may see")
        if self.leads:
            return _("{cells}, lead", cells=self.cells)
        return _("{cells}, seat", cells=self.cells)

    @property
    def stands(self) -> str:
        """Where the run stands, in a sentence."""
        return _(
            "{title}, turn {turn} of {turns}, {date}: {phase}.",
            title=self.title,
            turn=self.turn,
            turns=self.turns,
            date=self.date,
            phase=_("{phase}, paused", phase=self.phase) if self.paused else self.phase,
        )

    @property
    def sits(self) -> str:
        """Where whoever reads it sits, in a sentence."""
        if self.leads or not self.cells:
            return _("You sit as {seat}: {cell}.", seat=self.seat, cell=self.cell)
        return _("You sit as {seat}, in the {cell} cell.", seat=self.seat, cell=self.cells)


def status(eye: Eye) -> Status:
    """The status line."""
    game, record, turn = eye.game, eye.game.slot, eye.game.position.turn
    if record is not None and game.phase in phases.OF_AN_INJECT:
        date = words.moment(eye.exercise, record.released.day, record.released.hour)
    else:
        date = words.scenario_day(eye.exercise.turns, eye.run.first_day(max(turn, 1)))
    own = eye.run.seat(eye.seat)
    cells = [eye.names.cells[cell] for cell in eye.run.speaks_for(eye.seat) if cell]
    return Status(
        eye.text(eye.exercise.title),
        eye.run.banner,
        turn,
        eye.exercise.turns.count,
        date,
        _(PHASES[game.phase]),
        game.paused,
        own.short,
        words.listed(cells),
        eye.run.is_lead(own.id),
    )


def meanwhile(eye: Eye) -> str:
    """What goes on where a seat has neither levers nor an answer before it, in one sentence.

    Empty where it has. Between two entries there are such moments for everybody, which nobody
    stops at in live play; for a seat that sees no levers they are all there are.
    """
    game, sees = eye.game, eye.visibility
    if game.phase == phases.LEVERS:
        if game.turn is None:
            return _("The first turn opens.")
        if game.turn.confirmed:
            return _("The last turn is over.") if game.over else _("The next turn opens.")
        return "" if sees.levers else _("The allied cells set their levers.")
    if game.phase == phases.INJECT:
        return _("The levers are closed; the news comes next.")
    if game.phase == phases.RESPONSE:
        return _("The news of this turn is ruled on; the adversaries respond next.")
    if game.slot is None:
        return _(NO_INJECT[game.turn.empty if game.turn is not None else ()])
    if sees.levers:
        return ""
    if game.phase == phases.DELIBERATION:
        return _("The allied cells deliberate.")
    return no_ruling(eye)


def opened(game: Game) -> str:
    """What a run stands at the opening of: `the levers of turn 4`, `the question of 4.1 Title`."""
    turn = game.turns[-1].opened.turn
    if game.phase == phases.RESPONSE:
        return _("the adversaries' choice in turn {turn}", turn=turn)
    if game.phase == phases.LEVERS or game.inject is None:
        return _("the levers of turn {turn}", turn=turn)
    title = text(game.inject.title)
    return _("the question of {number} {title}", number=game.number, title=title)
