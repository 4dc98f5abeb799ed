"""What a seat is told wherever it looks, in words: each until it was read, or is no longer so.

To whom a fact goes is in `session.sent`; here each kind of it has its words, and how long they are
true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from ttx.i18n import N_, _, ngettext
from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session import phases, sent
from ttx.session.command import ended
from ttx.session.event_codec import Event
from ttx.session.game import Game, Sent
from ttx.session.kinds import declared
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import ALL_IS_SHOWN
from ttx.session.rights import NAMES as RIGHTS
from ttx.session.run import PERSON, PROJECTOR, RULE
from ttx.session.view import words
from ttx.session.view.amended import outcome
from ttx.session.view.answers import numbered
from ttx.session.view.contextual import shown
from ttx.session.view.eye import Eye

TO_THE_DESK = (notes.Inquired, control.Challenged)
"""What players send to exercise control."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a seat was told."""

    entry: int
    words: str
    stamp: Stamp
    """When, and by whom."""
    waits: bool
    """Whether it is so now, and was not acknowledged yet: then it stands on every page."""
    acknowledged: bool
    replies: bool = False
    """Whether control answers a request with it, so that the page of requests has all of it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was sent, as whoever sent it sees it."""

    entry: int
    words: str
    stamp: Stamp
    to: tuple[str, ...]
    """The seats that it went to."""
    acknowledged: frozenset[str]
    """Those that say they have read it."""


def notices(eye: Eye) -> tuple[Notice, ...]:
    """All that the seat was told so far, in order."""
    read = eye.game.notebook.acknowledged.get(eye.seat, frozenset())
    return tuple(_notice(eye, message, read) for message in eye.game.sent if eye.seat in message.to)


def waiting(eye: Eye) -> tuple[Notice, ...]:
    """What stands on every page of the seat, the last first."""
    return tuple(notice for notice in reversed(notices(eye)) if notice.waits)


def deliveries(eye: Eye) -> tuple[Delivery, ...]:
    """All that went to others, in order, for the white cell; nothing for others.

    What a seat asked of exercise control is not among it: that went to exercise control.
    """
    if not eye.visibility.proposed:
        return ()
    read = eye.game.notebook.acknowledged
    return tuple(
        Delivery(
            message.stamp.n,
            _words(eye, message),
            message.stamp,
            message.to,
            frozenset(seat for seat in message.to if message.stamp.n in read.get(seat, ())),
        )
        for message in eye.game.sent
        if not isinstance(message.event, TO_THE_DESK)
    )


def _notice(eye: Eye, message: Sent, read: frozenset[int]) -> Notice:
    n = message.stamp.n
    row = ROWS[type(message.event)]
    open_ = _in_force(eye.game, message) and row.holds(eye.game, message)
    if eye.seat == PROJECTOR:  # nobody acknowledges anything there
        open_ = open_ and _same_moment(eye.game, message)
    return Notice(
        entry=n,
        words=_words(eye, message),
        stamp=message.stamp,
        waits=open_ and n not in read,
        acknowledged=n in read,
        replies=isinstance(message.event, notes.Replied),
    )


def _words(eye: Eye, message: Sent) -> str:
    return ROWS[type(message.event)].says(eye, message, message.event)


# --- how long something is so ---

Holds = Callable[[Game, Sent], bool]


def _in_force(game: Game, message: Sent) -> bool:
    """Whether the run can still be told so: it is not closed, and the fact is not taken back."""
    if game.phase == phases.CLOSED:
        return False
    taken_back = any(back < message.stamp.n < at for back, at in game.undone)
    return declared(message.event).aside or not taken_back


def _stays(_game: Game, _message: Sent) -> bool:
    """What happened stays so."""
    return True


def _same_moment(game: Game, message: Sent) -> bool:
    """Until the run has gone on to another phase."""
    stamp = message.stamp
    return (len(game.turns), game.number, game.phase) == (stamp.turn, stamp.number, stamp.phase)


def _while_paused(game: Game, message: Sent) -> bool:
    last = [other for other in game.sent if isinstance(other.event, play.Paused)][-1]
    return game.paused and last is message


def _while_asked(game: Game, message: Sent) -> bool:
    """While the consent is open."""
    event = message.event
    assert isinstance(event, play.MoveAsked)
    return any(asked == event for _seat, asked in game.asked)


def _while_unheard(game: Game, message: Sent) -> bool:
    """Until the challenge was heard, or taken back."""
    turn = game.turn
    if turn is None:
        return False
    of_turn = turn.proposed is not None
    records = turn.challenges if of_turn else turn.slots[-1].challenges if turn.slots else ()
    return any(made.seat == message.stamp.by and made.heard is None for made in records)


def _while_unanswered(game: Game, message: Sent) -> bool:
    """Until control has answered the request."""
    return any(
        made.stamp.n == message.stamp.n and not made.reply for made in game.notebook.inquiries
    )


def _while_deliberated(game: Game, message: Sent) -> bool:
    """While the inject that it belongs to is deliberated."""
    deliberated = game.phase == phases.DELIBERATION
    return deliberated and game.number == message.stamp.number


def _while_of_the_inject(game: Game, message: Sent) -> bool:
    """While its inject is on the table."""
    return game.phase in phases.OF_AN_INJECT and game.number == message.stamp.number


def _while_on_the_table(game: Game, message: Sent) -> bool:
    """While the inject that it belongs to is on the table, and the contingency with it."""
    slot = game.slot
    on_table = game.phase in phases.OF_AN_INJECT and game.number == message.stamp.number
    return on_table and slot is not None and slot.steered


def _while_in_turn(game: Game, message: Sent) -> bool:
    """Until the turn is over."""
    return len(game.turns) == message.stamp.turn and game.phase not in phases.PLAY_IS_OVER


def _before_the_news(game: Game, message: Sent) -> bool:
    """Until the first inject of the turn is on the table."""
    return _while_in_turn(game, message) and not game.turns[-1].slots


def _while_held(game: Game, message: Sent) -> bool:
    """While that player holds the cell, and by that hand-over."""
    event = message.event
    assert isinstance(event, control.SeatHandedOver)
    cell = game.run.seat(event.seat).cell
    last = [n for n, seat, _player in game.handed if game.run.seat(seat).cell == cell][-1]
    return last == message.stamp.n


def _while_observers_see(game: Game, message: Sent) -> bool:
    event = message.event
    assert isinstance(event, notes.Allowed)
    return game.notebook.observers_see == event.sees


def _while_shared(game: Game, message: Sent) -> bool:
    event = message.event
    assert isinstance(event, notes.ForecastSet)
    return game.notebook.forecast_shared == event.shared


# --- in words ---


def _asked_in_words(eye: Eye, _message: Sent, event: notes.Probed) -> str:
    question = eye.exercise.injects[event.inject].probing[event.number - 1].ask
    return _("A question to the room: {question}", question=eye.text(question))


def _contingency(eye: Eye, message: Sent, event: control.Steered) -> str:
    inject = eye.exercise.injects[event.inject]
    return _(
        "News on {number} {title}: {words}",
        number=message.stamp.number,
        title=eye.names.injects[event.inject],
        words=eye.text(inject.if_not),
    )


def _delivered(eye: Eye, _message: Sent, event: control.Delivered) -> str:
    """The whole of it: it is read nowhere else."""
    view = shown(eye, eye.exercise.contextuals[event.contextual])
    facts = {"sender": view.sender, "to": view.to, "via": view.via, "words": " ".join(view.text)}
    told = _("{sender} to {to}, by {via}: {words}", **facts)
    return f"{view.precedence} {told}".strip()


def _consent(sentence: str) -> Callable[[Eye, Sent, Any], str]:
    """A sentence about a move that needs consent."""

    def says(eye: Eye, message: Sent, event: Any) -> str:  # noqa: ANN401  # any fact of a move
        asker = message.about[0] if message.about else message.stamp.by
        return _(
            sentence,
            asker=eye.names.seats.get(asker, asker),
            granter=eye.names.seats.get(message.stamp.by, message.stamp.by),
            lever=eye.text(eye.exercise.levers[event.lever].name),
            level=eye.names.level(event.lever, event.level),
        )

    return says


def _moved(eye: Eye, message: Sent, event: play.Moved) -> str:
    """What came of a request, or what the desk did for a cell."""
    agreed = N_("{granter} agrees: {lever} is at {level}, as {asker} asked.")
    entered = N_("Exercise control has moved {lever} to {level} for your cell.")
    return _consent(agreed if message.about else entered)(eye, message, event)


def _entered(eye: Eye, _message: Sent, event: play.Answered) -> str:
    inject, cell = eye.game.inject, eye.names.cells[event.cell]
    if event.cell in eye.own_cells and inject is not None:
        answer = numbered(inject, event.answer)
        return _("Exercise control has entered your cell's answer: {answer}", answer=answer)
    return _("Exercise control has entered the answer of {cell}.", cell=cell)


def _handed_over(eye: Eye, message: Sent, event: control.SeatHandedOver) -> str:
    cell, player = eye.run.seat(event.seat).cell, event.player
    own = cell in eye.own_cells and eye.seat != PROJECTOR
    name, seat = eye.names.cells[cell], eye.names.seats[event.seat]
    if player == PERSON and message.about[0] == PERSON:
        return _("Another person sits as {seat} from here on.", seat=seat)
    if player == PERSON:
        return (
            _("People play your cell again.")
            if own
            else _("People play the {cell} cell again.", cell=name)
        )
    if player == RULE:
        return (
            _("The rule of the model plays your cell from here on.")
            if own
            else _("The rule of the model plays the {cell} cell from here on.", cell=name)
        )
    if own:
        return _("The robot {player} plays your cell from here on.", player=player)
    return _("The robot {player} plays the {cell} cell from here on.", player=player, cell=name)


def _heard_in_words(eye: Eye, message: Sent, event: control.ChallengeHeard) -> str:
    seat = eye.names.seats.get(event.seat, event.seat)
    came = outcome(event, reckoning=bool(message.about))
    clause = _("The challenge of {seat} was heard: {outcome}.", seat=seat, outcome=came)
    return f"{clause} {ended(event.reason)}" if event.reason else clause


def _taken_back(eye: Eye, message: Sent, _event: play.Undone) -> str:
    """Where the run stands again, and what no longer counts."""
    place, *since = message.about
    again = _place_in_words(eye, place)
    parts = list(filter(None, (_part_in_words(eye, what) for what in since)))
    if not parts:
        return _("Taken back: all since {place}, where play stands again.", place=again)
    return _(
        "Taken back: {parts}. Play stands again at {place}.",
        parts=words.listed(list(dict.fromkeys(parts))),
        place=again,
    )


def _place_in_words(eye: Eye, place: str) -> str:
    kind, number, *inject = place.split(" ")
    if kind == "responses":
        return _("the adversaries' choice in turn {turn}", turn=number)
    if kind == "levers":
        return _("the levers of turn {turn}", turn=number)
    title = eye.names.injects[inject[0]]
    return _("the question of {number} {title}", number=number, title=title)


def _part_in_words(eye: Eye, what: str) -> str:
    """One thing that was taken back; nothing where the reader had not seen it."""
    kind, number, *rest = what.split(" ")
    if kind == sent.MOVES:
        moves = ngettext("{count} move of a lever", "{count} moves of levers", int(number))
        return moves if eye.visibility.levers else ""
    if kind == sent.ANSWER:
        known = eye.side in ("allied", "white")
        return _("the answer of {cell}", cell=eye.names.cells[rest[0]]) if known else ""
    if kind == sent.INJECT:
        title = eye.names.injects[rest[0]]
        return _("the inject {number} {title}", number=number, title=title)
    if kind == sent.RULING:
        return _("the ruling on {number}", number=number)
    return _("the reckoning of turn {turn}", turn=number)


class Row(NamedTuple):
    """What is said of a kind of fact, and how long it is so."""

    says: Callable[[Eye, Sent, Any], str]
    """From the eye of whoever reads it."""
    holds: Holds


def _plain(sentence: str) -> Callable[[Eye, Sent, Any], str]:
    return lambda _eye, _message, _event: _(sentence)


def _of_cell(own: str, other: str) -> Callable[[Eye, Sent, Any], str]:
    """A sentence to a cell, and one with its name for whoever reads it besides."""

    def says(eye: Eye, _message: Sent, event: Any) -> str:  # noqa: ANN401  # any fact of a cell
        if event.cell in eye.own_cells:
            return _(own)
        return _(other, cell=eye.names.cells[event.cell])

    return says


def _inquired(eye: Eye, message: Sent, event: notes.Inquired) -> str:
    by = message.stamp.by
    return _("{seat} asks control: {question}", seat=eye.names.seats[by], question=event.question)


def _messaged(eye: Eye, message: Sent, event: play.Messaged) -> str:
    by = message.stamp.by
    if by == eye.run.facilitator:
        return _("From the facilitator: {words}", words=event.text)
    seat = eye.names.seats.get(by, by)
    return _("From exercise control, {seat}: {words}", seat=seat, words=event.text)


def _promoted(eye: Eye, _message: Sent, event: control.Promoted) -> str:
    cell, seat = eye.run.seat(event.seat).cell, eye.names.seats[event.seat]
    if event.seat == eye.seat:
        return _("You lead the {cell} cell from here on.", cell=eye.names.cells[cell])
    return _("{seat} leads the {cell} cell from here on.", seat=seat, cell=eye.names.cells[cell])


def _while_leading(game: Game, message: Sent) -> bool:
    event = message.event
    assert isinstance(event, control.Promoted)
    return game.run.is_lead(event.seat)


def _pace_passed(eye: Eye, _message: Sent, event: control.PacePassed) -> str:
    if event.seat == eye.seat:
        return _("You hold the pace from here on.")
    return _("{seat} holds the pace from here on.", seat=eye.names.seats[event.seat])


def _while_holding(game: Game, message: Sent) -> bool:
    event = message.event
    assert isinstance(event, control.PacePassed)
    return game.run.facilitator == event.seat


def _rights_given(_eye: Eye, _message: Sent, event: control.RightsGiven) -> str:
    if not event.rights:
        return _("You have no rights at the desk any more.")
    names = words.listed([_(RIGHTS[right]) for right in event.rights])
    return _("At the desk you may from here on: {rights}.", rights=names)


def _challenged(eye: Eye, message: Sent, event: control.Challenged) -> str:
    seat = eye.names.seats[message.stamp.by]
    return _("{seat} challenges what stands: {reason}", seat=seat, reason=event.reason)


ROWS: dict[type[Event], Row] = {
    play.Messaged: Row(_messaged, _stays),
    play.MoveAsked: Row(
        _consent(N_("{asker} asks for your consent: {lever} at {level}.")), _while_asked
    ),
    play.Moved: Row(_moved, _while_in_turn),
    play.Answered: Row(_entered, _while_of_the_inject),
    play.MoveRefused: Row(
        _consent(N_("{granter} does not agree to {lever} at {level}, which {asker} asked for.")),
        _while_in_turn,
    ),
    play.MoveLapsed: Row(
        _consent(N_("Nobody agreed to {lever} at {level} before the levers closed; it stays.")),
        _while_in_turn,
    ),
    play.LeversLeft: Row(
        _of_cell(
            N_("The facilitator closed the levers before your cell was done."),
            N_("The facilitator closed the levers before {cell} was done."),
        ),
        _before_the_news,
    ),
    play.AnswersClosed: Row(
        _plain(N_("The facilitator closed the deliberation without an answer of your cell.")),
        _while_in_turn,
    ),
    play.ResponsesClosed: Row(
        _plain(N_("The facilitator closed the choice; the rule of the model responds for you.")),
        _while_in_turn,
    ),
    play.Paused: Row(
        _plain(N_("Paused by the facilitator. Your time stands still.")), _while_paused
    ),
    play.Undone: Row(_taken_back, _stays),
    control.Delivered: Row(_delivered, _stays),
    control.Steered: Row(_contingency, _while_on_the_table),
    control.Challenged: Row(_challenged, _while_unheard),
    control.ChallengeHeard: Row(_heard_in_words, _while_in_turn),
    control.SeatHandedOver: Row(_handed_over, _while_held),
    control.Promoted: Row(_promoted, _while_leading),
    control.PacePassed: Row(_pace_passed, _while_holding),
    control.RightsGiven: Row(_rights_given, _stays),
    notes.Inquired: Row(_inquired, _while_unanswered),
    notes.Replied: Row(
        lambda _eye, _message, event: _(
            "Control answers request {number}: {words}", number=event.number, words=event.text
        ),
        _stays,
    ),
    notes.Probed: Row(_asked_in_words, _while_deliberated),
    notes.RoomAsked: Row(
        lambda _eye, _message, event: _(
            "A question to the room: {question}", question=event.question
        ),
        _stays,
    ),
    notes.Allowed: Row(
        lambda _eye, _message, event: (
            _("You see all that the white cell sees from here on.")
            if event.sees == ALL_IS_SHOWN
            else _("You see what the room sees from here on.")
        ),
        _while_observers_see,
    ),
    notes.ForecastSet: Row(
        lambda _eye, _message, event: (
            _("The facilitator shares the forecast with you.")
            if event.shared
            else _("The forecast is no longer shared with you.")
        ),
        _while_shared,
    ),
}
if ROWS.keys() != sent.ROWS.keys():
    raise TypeError("some of what seats are told has no words, or no seat that it goes to")


def handed_to(eye: Eye) -> int:
    """The last entry that gave this seat, or its cell, to a person; 0 where none did."""
    run = eye.run
    last = 0
    before: dict[str, bool] = {}
    for n, of, player in eye.game.handed:
        cell = run.seat(of).cell
        whole = before.get(cell, False) and run.seat(eye.seat).cell == cell
        if player == PERSON and (of == eye.seat or whole):
            last = n
        before[cell] = player != PERSON
    return last
