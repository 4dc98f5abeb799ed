"""What a seat is told wherever it looks, in words: each until it was read, or is no longer so.

To whom a fact goes is in `session.sent`; here each kind of it has its words, and how long they are
true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from ttx.i18n import N_, _
from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session import phases, sent
from ttx.session.event_codec import Event
from ttx.session.game import Game, Sent
from ttx.session.kinds import declared
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import ALL_IS_SHOWN
from ttx.session.run import PERSON, PROJECTOR
from ttx.session.view import notice_holds as holds
from ttx.session.view import notice_words as phrases
from ttx.session.view import posture
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
        open_ = open_ and holds.same_moment(eye.game, message)
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


def _in_force(game: Game, message: Sent) -> bool:
    """Whether the run can still be told so: it is not closed, and the fact is not taken back."""
    if game.phase == phases.CLOSED:
        return False
    taken_back = any(back < message.stamp.n < at for back, at in game.undone)
    return declared(message.event).aside or not taken_back


class Row(NamedTuple):
    """What is said of a kind of fact, and how long it is so."""

    says: Callable[[Eye, Sent, Any], str]
    """From the eye of whoever reads it."""
    holds: Callable[[Game, Sent], bool]


ROWS: dict[type[Event], Row] = {
    play.Messaged: Row(phrases.messaged, holds.stays),
    play.MoveAsked: Row(phrases.consent_asked, holds.while_asked),
    play.Moved: Row(phrases.moved, holds.while_in_turn),
    play.Answered: Row(phrases.entered, holds.while_of_the_inject),
    play.MoveRefused: Row(
        phrases.consent_answered(
            N_("{granter} does not agree to {lever} at {level}, which {asker} asked for."),
            N_("Exercise control has refused {lever} at {level} for your cell."),
        ),
        holds.while_in_turn,
    ),
    play.MoveLapsed: Row(
        phrases.plain_move(
            N_("Nobody agreed to {lever} at {level} before the levers closed; it stays.")
        ),
        holds.while_in_turn,
    ),
    play.TurnOpened: Row(phrases.in_debt, holds.before_the_news),
    play.LeversClosed: Row(
        lambda eye, message, event: posture.turned(eye, message.about[0], event.posture),
        holds.while_in_turn,
    ),
    play.LeversLeft: Row(phrases.levers_left, holds.before_the_news),
    play.Chosen: Row(phrases.choice_entered, holds.while_in_turn),
    play.AnswersClosed: Row(
        phrases.plain(
            N_("The facilitator closed the deliberation without an answer of your cell.")
        ),
        holds.while_in_turn,
    ),
    play.ResponsesClosed: Row(
        phrases.plain(
            N_("The facilitator closed the choice; the rule of the model responds for you.")
        ),
        holds.while_in_turn,
    ),
    play.Paused: Row(
        phrases.plain(N_("Paused by the facilitator. Your time stands still.")), holds.while_paused
    ),
    play.Undone: Row(phrases.taken_back, holds.while_in_play),
    control.Delivered: Row(phrases.delivered, holds.stays),
    control.Steered: Row(phrases.contingency, holds.while_on_the_table),
    control.Challenged: Row(phrases.challenged, holds.while_unheard),
    control.ChallengeHeard: Row(phrases.heard_in_words, holds.while_in_turn),
    control.SeatHandedOver: Row(phrases.handed_over, holds.while_held),
    control.TimeBoxed: Row(phrases.time_boxed, holds.while_boxed),
    control.Promoted: Row(phrases.promoted, holds.while_leading),
    control.PacePassed: Row(phrases.pace_passed, holds.while_holding),
    control.RightsGiven: Row(phrases.rights_given, holds.stays),
    notes.Inquired: Row(phrases.inquired, holds.while_unanswered),
    notes.Replied: Row(
        lambda _eye, _message, event: _(
            "Control answers request {number}: {words}", number=event.number, words=event.text
        ),
        holds.stays,
    ),
    notes.Probed: Row(phrases.asked_in_words, holds.while_deliberated),
    notes.RoomAsked: Row(
        lambda _eye, _message, event: _(
            "A question to the room: {question}", question=event.question
        ),
        holds.stays,
    ),
    notes.Allowed: Row(
        lambda _eye, _message, event: (
            _("You see all that the white cell sees from here on.")
            if event.sees == ALL_IS_SHOWN
            else _("You see what the room sees from here on.")
        ),
        holds.while_observers_see,
    ),
    notes.FormClosed: Row(
        phrases.plain(N_("The facilitator closed the feedback form.")), holds.same_moment
    ),
    notes.Assigned: Row(phrases.assigned, holds.while_watching),
    notes.ForecastSet: Row(
        lambda _eye, _message, event: (
            _("The facilitator shares the forecast with you.")
            if event.shared
            else _("The forecast is no longer shared with you.")
        ),
        holds.while_shared,
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
