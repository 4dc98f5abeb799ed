"""The tables of what was said and written beside the play, and of what exercise control did."""

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
from ttx.session.events import EVERYBODY, AnswersClosed, Confirmed, Messaged, ResponsesClosed
from ttx.session.kinds import declared
from ttx.session.notebook_events import (
    COLUMNS,
    ELEMENTS,
    IMPROVEMENT,
    NEUTRAL,
    RATINGS,
    SORTS,
    STRENGTH,
    Acknowledged,
    Allowed,
    Assigned,
    ForecastSet,
    Planned,
    Probed,
    Rated,
    Replied,
    RoomAsked,
    Settled,
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
    Link,
    Row,
    Table,
)
from ttx.studies.export.source import Source

OBJECTIVE = Column("objective", "id", "The objective.")


def _notes(source: Source) -> Iterator[Row]:
    for stamp, fact in source.game.notebook.notes:
        entry = source.entry(stamp)
        by = source.author(entry)
        yield source.run, entry.n, entry.turn, source.number(entry), *by, fact.sort, fact.text


NOTES = Table[Source](
    "notes",
    "Notes",
    "A note that somebody wrote, as it was corrected; none that was struck.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        BY,
        CELL,
        Column("sort", "id", "What it is.", empty=True, among=SORTS),
        Column("text", "text", "What it says.", empty=True),
    ),
    _notes,
    (OF_ENTRY,),
)


def _requests(source: Source) -> Iterator[Row]:
    replied = {fact.number: entry.n for entry, fact in source.of(Replied)}
    entries = source.timeline.entries
    for inquiry in source.game.notebook.inquiries:
        entry = entries[inquiry.stamp.n - 1]
        yield (
            source.run,
            inquiry.number,
            entry.n,
            entry.turn,
            source.number(entry),
            *source.author(entry),
            inquiry.question,
            replied.get(inquiry.number),
            inquiry.reply,
        )


REQUESTS = Table[Source](
    "requests",
    "Requests for information",
    "A request to exercise control (RFI), with its reply.",
    ("run", "request"),
    (
        RUN,
        Column("request", "whole", "Its number, from 1."),
        ENTRY,
        TURN,
        NUMBER,
        BY,
        CELL,
        Column("question", "text", "What was asked.", empty=True),
        Column("replied", "whole", "The entry of the reply.", empty=True),
        Column("reply", "text", "The reply.", empty=True),
    ),
    _requests,
    (OF_ENTRY,),
)


def _receipts(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Acknowledged):
        by = source.author(entry)
        for sent in fact.entries:
            yield source.run, entry.n, entry.turn, source.number(entry), *by, sent


RECEIPTS = Table[Source](
    "receipts",
    "Receipts",
    "A seat said that it has read something that was sent to it.",
    ("run", "entry", "sent"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        BY,
        CELL,
        Column("sent", "whole", "The number of the entry that was sent."),
    ),
    _receipts,
    (OF_ENTRY, Link(("run", "sent"), "entries", ("run", "entry"))),
)


def _messages(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Messaged):
        to = fact.to if fact.to == EVERYBODY else source.seat(fact.to)
        yield source.run, entry.n, entry.turn, source.number(entry), to, fact.text


MESSAGES = Table[Source](
    "messages",
    "Messages",
    "What exercise control wrote to a seat, or to all.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        Column("to", "id", "A seat, or `all`."),
        Column("text", "text", "What it says.", empty=True),
    ),
    _messages,
    (OF_ENTRY,),
)


def _plan_row(plan: Planned | None) -> tuple[str, ...]:
    """The cells of a row of the improvement plan; empty where there is none."""
    if plan is None:
        return ("",) * 7
    where = (plan.capability, plan.element, plan.action, plan.owner)
    return (*where, plan.starts, plan.due, plan.contact)


_PLAN = (
    Column("capability", "id", "Of the plan: the capability.", empty=True),
    Column("element", "id", "Of the plan: what changes (POETE).", "", True, ELEMENTS),
    Column("action", "text", "Of the plan: the corrective action.", empty=True),
    Column("owner", "text", "Of the plan: the office that is responsible.", empty=True),
    Column("starts", "day", "Of the plan: when it starts.", empty=True),
    Column("due", "day", "Of the plan: when it is due.", empty=True),
    Column("contact", "text", "Of the plan: the point of contact.", empty=True),
)


def _observations(source: Source) -> Iterator[Row]:
    book = source.game.notebook
    analyses, planned = book.analyses, book.planned
    for stamp, fact in book.observations:
        entry, analysed = source.entry(stamp), analyses.get(stamp.n)
        yield (
            source.run,
            entry.n,
            entry.turn,
            source.number(entry),
            source.author(entry)[0],
            fact.sort,
            fact.objective,
            source.seat(fact.seat) if fact.seat else "",
            fact.text,
            analysed.analysis if analysed is not None else "",
            analysed.reference if analysed is not None else "",
            *_plan_row(planned.get(stamp.n)),
        )


OBSERVATIONS = Table[Source](
    "observations",
    "Observations",
    "What an evaluator observed, as it was corrected, and the row of the improvement plan that it "
    "became; none that was struck.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        BY,
        Column("sort", "id", "What it is.", among=(STRENGTH, IMPROVEMENT, NEUTRAL)),
        Column("objective", "id", "The objective it is about.", empty=True),
        Column("seat", "id", "The seat it is about.", empty=True),
        Column("text", "text", "What it says.", empty=True),
        Column("analysis", "text", "What lies behind it, as an evaluator has it.", empty=True),
        Column("reference", "text", "The plan or policy that it is measured by.", empty=True),
        *_PLAN,
    ),
    _observations,
    (OF_ENTRY,),
)


def _ratings(source: Source) -> Iterator[Row]:
    last = {(fact.objective, entry.by): entry.n for entry, fact in source.of(Rated)}
    settled = {fact.objective: entry.n for entry, fact in source.of(Settled)}
    names = {objective.id: objective for objective in source.exercise.objective}
    for entry, fact in source.of(Rated, Settled):
        assert isinstance(fact, Rated | Settled)
        objective = names.get(fact.objective)
        final = isinstance(fact, Settled)
        counts = settled[fact.objective] if final else last[fact.objective, entry.by]
        yield (
            source.run,
            entry.n,
            source.author(entry)[0],
            fact.objective,
            source.words(objective.text) if objective is not None else "",
            objective.capability if objective is not None else "",
            fact.rating,
            final,
            counts == entry.n,
            fact.why,
        )


_RATED = "P without challenges, S with some, M with major ones, U unable, N not observed."
_RATING = Column("rating", "id", f"The rating. {_RATED}", among=RATINGS)
RATINGS_GIVEN = Table[Source](
    "ratings",
    "Ratings",
    "An evaluator rated an objective, or the lead evaluator settled its rating.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        BY,
        OBJECTIVE,
        Column("text", "text", "The objective in words.", empty=True),
        Column("capability", "id", "The capability it belongs to.", empty=True),
        _RATING,
        Column("settled", "yes", "Whether it is the settled one."),
        Column("counts", "yes", "Whether it is the last by its author, or the last settled."),
        Column("why", "text", "Why.", empty=True),
    ),
    _ratings,
    (OF_ENTRY,),
)


def _cards(source: Source) -> Iterator[Row]:
    for card in source.game.notebook.standing_cards:
        entry, planned = source.entry(card.stamp), _plan_row(card.plan)
        card_values = (card.column, card.text, len(card.votes))
        yield source.run, card.number, entry.n, *source.author(entry), *card_values, *planned


CARDS = Table[Source](
    "cards",
    "Cards",
    "A card on the board of the hot wash, and the row of the improvement plan that it became.",
    ("run", "card"),
    (
        RUN,
        Column("card", "whole", "Its number, from 1."),
        ENTRY,
        BY,
        CELL,
        Column("column", "id", "The column of the board.", among=COLUMNS),
        Column("text", "text", "What it says.", empty=True),
        Column("votes", "whole", "Votes it has.", "votes"),
        *_PLAN,
    ),
    _cards,
    (OF_ENTRY,),
)


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
