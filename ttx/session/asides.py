"""Whether what is asked for beside the play may be, and the fact that it comes to."""

from __future__ import annotations

import datetime

from ttx.i18n import N_, _
from ttx.session import notebook_events, phases
from ttx.session.command import IllegalDecision, readable, written
from ttx.session.event_codec import Event
from ttx.session.game import Game
from ttx.session.rights import at_the_desk, require
from ttx.session.run import MESSAGES, OBSERVER, REPLIES, SEATS, Run
from ttx.session.side_commands import (
    Allow,
    Analyse,
    Aside,
    Assign,
    Inquire,
    Note,
    Observe,
    Plan,
    Probe,
    PutUp,
    Rate,
    Reply,
    Settle,
    ShareForecast,
    Vote,
)

VOTES = 3
"""What each seat may give away on the board."""
OBSERVER_READS = N_("An observer reads; at the hot wash it puts up cards and votes.")
"""To whatever else an observer asks for."""


def evaluators(run: Run) -> list[str]:
    """The seats of the white cell that evaluate, the lead evaluator first."""
    white = [cell.id for cell in run.exercise.cell if cell.side == "white"]
    return [
        seat.id
        for seat in run.exercise.seat
        if seat.cell in white and not seat.lead and seat.id not in (OBSERVER, *run.controllers)
    ]


def noted(game: Game, seat: str, command: Aside) -> Event:
    """The fact of such a request.

    Raises:
        IllegalDecision: It is refused.
    """
    if seat == OBSERVER and not isinstance(command, PutUp | Vote):
        raise IllegalDecision(_(OBSERVER_READS))
    match command:
        case Note():
            if command.sort not in ("", *notebook_events.SORTS):
                known = ", ".join(notebook_events.SORTS)
                raise IllegalDecision(
                    _("A note is no '{sort}'; choose from {known}.", sort=command.sort, known=known)
                )
            return notebook_events.Noted(
                written(command.text, _("The note is empty.")), command.sort
            )
        case Inquire():
            return _inquired(game, seat, command)
        case Reply():
            return _replied(game, seat, command)
        case Probe():
            return _probed(game, seat, command)
        case Allow():
            require(game.run, seat, SEATS)
            if command.sees not in (notebook_events.ALL_IS_SHOWN, notebook_events.AS_THE_ROOM):
                raise IllegalDecision(_("Observers see all, or what the room sees."))
            return notebook_events.Allowed(command.sees)
        case ShareForecast():
            require(game.run, seat, SEATS)
            if command.shared == game.notebook.forecast_shared:
                shared, apart = (
                    _("The forecast is shared already."),
                    _("The forecast is not shared."),
                )
                raise IllegalDecision(shared if command.shared else apart)
            return notebook_events.ForecastSet(command.shared)
        case Assign():
            return _assigned(game, seat, command)
        case Analyse():
            return _analysed(game, seat, command)
        case Observe() | Rate() | Settle():
            return _evaluated(game, seat, command)
        case PutUp() | Vote() | Plan():
            return _on_the_board(game, seat, command)
    raise IllegalDecision(_("This cannot be asked for here."))


def _in_play(game: Game, sentence: str) -> None:
    if game.phase in phases.OUTSIDE_PLAY:
        raise IllegalDecision(sentence)


def _inquired(game: Game, seat: str, command: Inquire) -> notebook_events.Inquired:
    if not game.run.facilitator:
        raise IllegalDecision(_("Nobody facilitates here, so nobody would answer."))
    if game.run.seat(seat).cell not in {cell.id for cell in game.run.allied}:
        raise IllegalDecision(_("Only the cells that answer injects ask control for information."))
    _in_play(game, _("Questions to control are for the time of play."))
    return notebook_events.Inquired(written(command.question, _("The question is empty.")))


def _replied(game: Game, seat: str, command: Reply) -> notebook_events.Replied:
    require(game.run, seat, REPLIES)
    asked = game.notebook.inquiries
    if not 1 <= command.number <= len(asked):
        raise IllegalDecision(_("There is no request {number}.", number=command.number))
    inquiry = asked[command.number - 1]
    if inquiry.reply:
        raise IllegalDecision(_("Request {number} was answered already.", number=command.number))
    cell = game.run.seat(inquiry.stamp.by).cell
    return notebook_events.Replied(
        command.number, cell, written(command.text, _("The reply is empty."))
    )


def _probed(game: Game, seat: str, command: Probe) -> notebook_events.Probed:
    require(game.run, seat, MESSAGES)
    inject = game.inject
    if game.phase != phases.DELIBERATION or inject is None:
        raise IllegalDecision(_("Questions belong to an inject under deliberation."))
    if not 1 <= command.number <= len(inject.probing):
        raise IllegalDecision(_("The inject has no question {number}.", number=command.number))
    if command.number in game.notebook.probed(inject.id):
        raise IllegalDecision(_("That question was put to the room already."))
    return notebook_events.Probed(inject.id, command.number)


def _evaluated(game: Game, seat: str, command: Observe | Rate | Settle) -> Event:
    run = game.run
    known = evaluators(run)
    objectives = [objective.id for objective in run.exercise.objective]
    if command.objective not in objectives and (
        command.objective or not isinstance(command, Observe)
    ):
        raise IllegalDecision(
            _(
                "There is no objective '{objective}'; choose from {objectives}.",
                objective=command.objective,
                objectives=", ".join(objectives),
            )
        )
    if isinstance(command, Observe):
        if seat not in known and not at_the_desk(run, seat):
            raise IllegalDecision(_("Observations are the evaluators'; write a note instead."))
        if game.phase in (phases.BRIEFING, phases.CLOSED):
            raise IllegalDecision(
                _("Observations are of play: from STARTEX until the run is closed.")
            )
        if command.sort not in (
            notebook_events.STRENGTH,
            notebook_events.IMPROVEMENT,
            notebook_events.NEUTRAL,
        ):
            raise IllegalDecision(_("An observation is a strength, an improvement or neutral."))
        if command.seat and command.seat not in {part.id for part in run.exercise.seat}:
            raise IllegalDecision(_("There is no seat '{seat}'.", seat=command.seat))
        words = written(command.text, _("The observation is empty."))
        return notebook_events.Observed(command.sort, words, command.objective, command.seat)
    if command.rating not in notebook_events.RATINGS:
        raise IllegalDecision(_("A rating is P, S, M or U, or N for not observed."))
    why = written(command.why, _("A rating needs what it rests on."))
    if isinstance(command, Rate):
        if seat not in known:
            raise IllegalDecision(_("Ratings are the evaluators'."))
        if game.phase in (phases.BRIEFING, phases.CLOSED):
            raise IllegalDecision(
                _("Ratings are given between STARTEX and the end of the hot wash.")
            )
        if command.objective in game.notebook.settled:
            raise IllegalDecision(_("That rating is settled."))
        return notebook_events.Rated(command.objective, command.rating, why)
    if seat != (known[0] if known else run.facilitator):
        raise IllegalDecision(_("The lead evaluator settles a rating."))
    if game.phase != phases.HOTWASH:
        raise IllegalDecision(_("Ratings are settled in the open, at the hot wash."))
    return notebook_events.Settled(command.objective, command.rating, why)


def _assigned(game: Game, seat: str, command: Assign) -> notebook_events.Assigned:
    if command.seat not in evaluators(game.run):
        raise IllegalDecision(_("Only an evaluator is given a cell to watch."))
    if seat != command.seat:
        require(game.run, seat, SEATS)
    if game.phase == phases.CLOSED:
        raise IllegalDecision(_("The run is closed; nobody watches a cell any more."))
    cells = [cell.id for cell in game.run.exercise.cell if cell.side != "white"]
    if command.cell and command.cell not in cells:
        raise IllegalDecision(
            _(
                "There is no cell '{cell}' to watch; choose from {cells}.",
                cell=command.cell,
                cells=", ".join(cells),
            )
        )
    if command.cell == game.notebook.assigned.get(command.seat, ""):
        raise IllegalDecision(_("That is what this evaluator watches already."))
    return notebook_events.Assigned(command.seat, command.cell)


def _analysed(game: Game, seat: str, command: Analyse) -> notebook_events.Analysed:
    standing = {stamp.n: stamp.by for stamp, _page in game.notebook.observations}
    author = standing.get(command.entry)
    if author is None:
        raise IllegalDecision(_("There is no such observation, or it was struck."))
    at_the_wash = game.phase == phases.HOTWASH
    if game.phase == phases.CLOSED:
        raise IllegalDecision(_("Analyses are written until the run is closed."))
    if seat != author and not (
        at_the_wash and (seat in evaluators(game.run) or at_the_desk(game.run, seat))
    ):
        raise IllegalDecision(
            _("Who wrote the observation analyses it; at the hot wash every evaluator may.")
        )
    analysis = written(command.analysis, _("The analysis is empty."))
    return notebook_events.Analysed(command.entry, analysis, readable(command.reference.strip()))


def _on_the_board(game: Game, seat: str, command: PutUp | Vote | Plan) -> Event:
    if game.phase != phases.HOTWASH:
        raise IllegalDecision(_("The board is for the hot wash."))
    if isinstance(command, PutUp):
        if command.column not in notebook_events.COLUMNS:
            known = ", ".join(notebook_events.COLUMNS)
            raise IllegalDecision(
                _(
                    "The board has no '{column}'; choose from {known}.",
                    column=command.column,
                    known=known,
                )
            )
        return notebook_events.CardAdded(
            command.column, written(command.text, _("The card is empty."))
        )
    if isinstance(command, Plan) and command.observation:
        return _planned(game, seat, command)
    cards = game.notebook.cards
    if not 1 <= command.card <= len(cards):
        raise IllegalDecision(_("There is no card {card}.", card=command.card))
    if cards[command.card - 1].struck and getattr(command, "given", True):
        raise IllegalDecision(_("Card {card} was struck.", card=command.card))
    if isinstance(command, Vote):
        mine = [card.number for card in cards if seat in card.votes]
        if command.given == (command.card in mine):
            raise IllegalDecision(
                _("Your vote is there already.") if command.given else _("Your vote is not there.")
            )
        if command.given and len(mine) >= VOTES:
            raise IllegalDecision(
                _("You have given your {votes} votes; take one back first.", votes=VOTES)
            )
        return notebook_events.Voted(command.card, command.given)
    return _planned(game, seat, command)


def _planned(game: Game, seat: str, command: Plan) -> notebook_events.Planned:
    run = game.run
    if run.facilitator and seat not in evaluators(run) and not at_the_desk(run, seat):
        raise IllegalDecision(_("The improvement plan is the facilitator's and the evaluators'."))
    observations = {stamp.n for stamp, _page in game.notebook.observations}
    if command.observation and command.card:
        raise IllegalDecision(_("A row of the plan is of a card or of an observation."))
    if command.observation and command.observation not in observations:
        raise IllegalDecision(_("There is no such observation, or it was struck."))
    capabilities = [capability.id for capability in run.exercise.capability]
    if command.capability not in capabilities:
        raise IllegalDecision(
            _(
                "There is no capability '{capability}'; choose from {capabilities}.",
                capability=command.capability,
                capabilities=", ".join(capabilities) or _("none: the exercise lists none"),
            )
        )
    if command.element not in notebook_events.ELEMENTS:
        raise IllegalDecision(
            _(
                "A capability element is one of {elements}.",
                elements=", ".join(notebook_events.ELEMENTS),
            )
        )
    if not command.due.strip():
        raise IllegalDecision(_("A corrective action needs a date by which it is done."))
    due, starts = dated(command.due), dated(command.starts) if command.starts.strip() else ""
    if starts > due:
        raise IllegalDecision(_("It would be done before it starts; mend one of the two dates."))
    return notebook_events.Planned(
        command.card,
        command.capability,
        written(command.action, _("The corrective action is empty.")),
        command.element,
        written(command.owner, _("A corrective action needs an office that owns it.")),
        due,
        starts,
        readable(command.contact.strip()),
        command.observation,
    )


def dated(date: str) -> str:
    """A date as it is kept, such as `2026-03-31`.

    Raises:
        IllegalDecision: It is none.
    """
    try:
        return datetime.date.fromisoformat(date.strip()).isoformat()
    except ValueError:
        raise IllegalDecision(
            _("'{date}' is no date; write it as 2026-03-31.", date=date[:20])
        ) from None
