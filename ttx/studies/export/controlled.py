"""The tables of what exercise control did, and of what was challenged before it."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.session.control_events import (
    MODIFIED,
    OVERTURNED,
    UPHELD,
    Adjusted,
    Challenged,
    ChallengeHeard,
    ControllersAdded,
    Deferred,
    Delivered,
    Improvised,
    PacePassed,
    Promoted,
    RightsGiven,
    RoomSet,
    Scripted,
    SeatHandedOver,
    Skipped,
    Steered,
    TimeBoxed,
)
from ttx.session.event_codec import Event
from ttx.session.events import AnswersClosed, Confirmed, ResponsesClosed
from ttx.session.kinds import declared
from ttx.session.notebook_events import (
    Allowed,
    Assigned,
    ForecastSet,
    Probed,
    RoomAsked,
)
from ttx.studies.export.columns import (
    BY,
    CELL,
    ENTRY,
    IN_FORCE,
    NUMBER,
    OF_ENTRY,
    RUN,
    TURN,
    Column,
    Row,
    Table,
)
from ttx.studies.export.source import Source


def _challenges(source: Source) -> Iterator[Row]:
    waits: dict[str, int] = {}
    heard: dict[int, tuple[int, ChallengeHeard]] = {}
    for entry, fact in source.of(Challenged, ChallengeHeard):
        if isinstance(fact, Challenged):
            waits[entry.by] = entry.n
        elif isinstance(fact, ChallengeHeard) and fact.seat in waits:
            heard[waits.pop(fact.seat)] = entry.n, fact
    for entry, fact in source.of(Challenged):
        number, how = heard.get(entry.n, (None, None))
        yield (
            source.run,
            entry.n,
            entry.turn,
            source.number(entry),
            *source.author(entry),
            fact.reason,
            number,
            how.outcome if how is not None else "",
            how.reason if how is not None else "",
            source.in_force(entry),
        )


CHALLENGES = Table[Source](
    "challenges",
    "Challenges",
    "A seat challenged what stands, and how that was heard.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        BY,
        CELL,
        Column("reason", "text", "Why.", empty=True),
        Column("heard", "whole", "The entry that heard it.", empty=True),
        Column(
            "outcome",
            "id",
            "What became of the ruling.",
            empty=True,
            among=(UPHELD, MODIFIED, OVERTURNED),
        ),
        Column("heard_reason", "text", "Why it was heard so.", empty=True),
        IN_FORCE,
    ),
    _challenges,
    (OF_ENTRY,),
)


def _control(source: Source) -> Iterator[Row]:
    kinds = (
        Deferred,
        Skipped,
        Improvised,
        Delivered,
        Scripted,
        Steered,
        Adjusted,
        SeatHandedOver,
        Promoted,
        RightsGiven,
        PacePassed,
        ControllersAdded,
        Assigned,
        RoomSet,
        TimeBoxed,
        Allowed,
        Probed,
        RoomAsked,
    )
    for entry, fact in source.of(*kinds, ForecastSet, AnswersClosed, ResponsesClosed, Confirmed):
        about, value, reason = _done(source, fact)
        yield (
            source.run,
            entry.n,
            entry.turn,
            source.number(entry),
            declared(entry.event).name,
            about,
            value,
            reason,
            source.author(entry)[0],
            source.in_force(entry),
        )


def _done(source: Source, fact: Event) -> tuple[str, str, str]:
    """What exercise control did: to what, what it was set to, and why."""
    match fact:
        case Deferred():
            return fact.inject, str(fact.until), fact.reason
        case Skipped():
            return fact.inject, "", fact.reason
        case Improvised() | Scripted():
            return "", fact.source, ""
        case Steered():
            return fact.inject, "", ""
        case Delivered():
            return fact.contextual, ", ".join(source.seat(seat) for seat in fact.readers), ""
        case Adjusted():
            return f"{fact.what}.{fact.part}", str(fact.value), fact.reason
        case Allowed():
            return "observers", fact.sees, ""
        case ForecastSet():
            return "forecast", "shared" if fact.shared else "kept", ""
        case Probed():
            return fact.inject, str(fact.number), ""
        case RoomAsked():
            return "room", fact.question, ""
        case AnswersClosed():
            return ", ".join(fact.cells), "", ""
        case ResponsesClosed():
            return ", ".join(fact.adversaries), "", ""
        case Confirmed():
            return fact.what, "facilitated" if fact.facilitated else "by itself", ""
    return _set(source, fact)


def _set(source: Source, fact: Event) -> tuple[str, str, str]:
    """Who sits where and may do what, and what everybody sees."""
    match fact:
        case SeatHandedOver():
            return source.seat(fact.seat), fact.player, ""
        case Promoted() | PacePassed():
            return source.seat(fact.seat), "", ""
        case RightsGiven():
            return source.seat(fact.seat), ", ".join(fact.rights), ""
        case Assigned():
            return source.seat(fact.seat), fact.cell, ""
        case ControllersAdded():
            return "", str(fact.count), ""
        case RoomSet():
            return fact.inject, fact.shows, fact.words
        case TimeBoxed():
            return "", str(fact.minutes), ""
    raise TypeError(f"no row is made of {type(fact).__name__}")


CONTROL = Table[Source](
    "control",
    "Exercise control",
    "Something that exercise control did, or a gate that opened.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        Column(
            "what",
            "id",
            "What it was, by the kind of its entry: deferred, skipped, improvised (an inject of "
            "the spot), delivered (a contextual inject went out), scripted (a robot for this run "
            "alone), steered (the contingency was put), adjusted (a number set otherwise), handed "
            "(a seat went to somebody else), promoted (a seat leads its cell from here on), "
            "rights_given (what a seat may do at the desk), pace_passed, controllers_added, "
            "room_set (what the room's screen shows), time_boxed (minutes given to a phase), "
            "allowed (what observers see), forecast_set (whether other seats see the forecast), "
            "probed (a question was put), room_asked (one in words of one's own), "
            "answers_closed, responses_closed, confirmed (a gate).",
        ),
        Column(
            "about",
            "text",
            "The inject, the number of the exercise, the seat, the cells without an answer, the "
            "adversaries without a choice, or what was confirmed.",
            empty=True,
        ),
        Column(
            "value",
            "text",
            "The turn, the new value in units of the engine, the player, the rights, how many, or "
            "what was written.",
            empty=True,
        ),
        Column("reason", "text", "Why.", empty=True),
        BY,
        IN_FORCE,
    ),
    _control,
    (OF_ENTRY,),
)
