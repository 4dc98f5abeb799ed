"""The tables of what was decided: levers, news, and what cells and seats answered to it."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.session.control_events import Weighed
from ttx.session.events import (
    Answered,
    Committed,
    Entry,
    Given,
    MoveAsked,
    Moved,
    MoveLapsed,
    MoveRefused,
    Released,
)
from ttx.studies.export.columns import (
    BY,
    CELL,
    ENTRY,
    IN_FORCE,
    INJECT,
    NUMBER,
    OF_ENTRY,
    OF_RUN,
    RUN,
    TURN,
    Column,
    Link,
    Row,
    Table,
)
from ttx.studies.export.source import Source

_MOVES = {MoveAsked: "asked", MoveRefused: "refused", MoveLapsed: "lapsed", Moved: "moved"}


def _levers(source: Source) -> Iterator[Row]:
    for turn in source.turns:
        assert turn.end is not None
        for part, row in zip(source.exercise.lever, turn.end.levels, strict=True):
            level = part.levels[row]
            yield source.run, turn.opened.turn, part.id, level.id, row, source.words(level.name)


LEVERS = Table[Source](
    "levers",
    "Levers",
    "Where a lever stood at the end of a turn.",
    ("run", "turn", "lever"),
    (
        RUN,
        TURN,
        Column("lever", "id", "The lever."),
        Column("level", "id", "Its level."),
        Column("place", "whole", "The place of that level among those of the lever, from 0."),
        Column("name", "text", "The name of that level."),
    ),
    _levers,
    (OF_RUN, Link(("run", "turn"), "turns", ("run", "turn"))),
)


def _moves(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(MoveAsked, MoveRefused, MoveLapsed, Moved):
        assert isinstance(fact, MoveAsked | MoveRefused | MoveLapsed | Moved)
        yield (
            source.run,
            entry.n,
            entry.turn,
            fact.lever,
            fact.level,
            _MOVES[type(fact)],
            *source.author(entry),
            source.in_force(entry),
        )


LEVER_MOVES = Table[Source](
    "lever_moves",
    "Lever moves",
    "A lever moved, or a request to move it and what became of that.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        Column("lever", "id", "The lever."),
        Column("level", "id", "The level it was moved to, or was to be moved to."),
        Column(
            "what",
            "id",
            "A move is asked for where another cell must agree, whose lead then moves it.",
            among=tuple(_MOVES.values()),
        ),
        BY,
        CELL,
        IN_FORCE,
    ),
    _moves,
    (OF_ENTRY,),
)


def _injects(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Released):
        part = source.exercise.injects[fact.inject]
        yield (
            source.run,
            entry.n,
            entry.turn,
            source.number(entry),
            fact.inject,
            fact.slot,
            source.words(part.title),
            part.lead,
            fact.day,
            fact.hour,
            fact.instead_of,
            fact.reason,
            source.author(entry)[0],
            source.in_force(entry),
        )


INJECTS = Table[Source](
    "injects",
    "Injects",
    "An inject put to the table.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        INJECT,
        Column("slot", "id", "The slot of the turn.", among=("policy", "crisis")),
        Column("title", "text", "Its title."),
        Column("lead", "id", "The cell whose answer is carried out."),
        Column("day", "day", "The scenario date."),
        Column("hour", "whole", "The hour of onset, local time.", "hours"),
        Column("instead_of", "id", "The inject that was next, where another came.", empty=True),
        Column("reason", "text", "Why, where its conditions did not hold.", empty=True),
        BY,
        IN_FORCE,
    ),
    _injects,
    (OF_ENTRY,),
)


def _given(source: Source, entry: Entry, fact: Given) -> Row:
    answer = fact.answer
    return (
        source.run,
        entry.n,
        entry.turn,
        source.number(entry),
        _news(source, entry),
        fact.cell,
        source.author(entry)[0],
        answer.option,
        _title(source, entry, answer.option),
        answer.confidence or None,
        answer.rationale,
        answer.written,
        answer.pro,
        answer.contra,
        source.in_force(entry),
    )


def _news(source: Source, entry: Entry) -> str:
    slot = source.timeline.games[entry.n].slot
    return slot.released.inject if slot is not None else ""


def _title(source: Source, entry: Entry, option: str) -> str:
    part = source.exercise.injects[_news(source, entry)]
    return next((source.words(choice.title) for choice in part.option if choice.id == option), "")


_GIVEN = (
    RUN,
    ENTRY,
    TURN,
    NUMBER,
    INJECT,
    Column("cell", "id", "The cell it speaks for."),
    BY,
    Column("option", "id", "The option; empty where the answer is in own words.", empty=True),
    Column("title", "text", "The title of that option.", empty=True),
    Column("confidence", "whole", "How sure it was; empty where it was not said.", "percent", True),
    Column("rationale", "text", "Why.", empty=True),
    Column("written", "text", "The action in own words.", empty=True),
    Column("pro", "text", "Why an action in own words would work.", empty=True),
    Column("contra", "text", "Why it might not.", empty=True),
    IN_FORCE,
)


def _answers(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Answered):
        yield _given(source, entry, fact)


DECISIONS = Table[Source](
    "decisions",
    "Decisions",
    "A cell answered an inject; that of the leading cell is ruled on.",
    ("run", "entry"),
    _GIVEN,
    _answers,
    (OF_ENTRY,),
)


def _commitments(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Committed):
        yield _given(source, entry, fact)


COMMITMENTS = Table[Source](
    "commitments",
    "Commitments",
    "What one seat would have answered, before its cell did.",
    ("run", "entry"),
    _GIVEN,
    _commitments,
    (OF_ENTRY,),
)


def _expected(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Given):
        for adversary, response in fact.answer.expects.items():
            yield source.run, entry.n, adversary, response


EXPECTATIONS = Table[Source](
    "expectations",
    "Expectations",
    "The response of an adversary that an answer or a commitment expects.",
    ("run", "entry", "adversary"),
    (
        RUN,
        ENTRY,
        Column("adversary", "id", "The adversary."),
        Column("response", "id", "The response that is expected.", among=RESPONSES),
    ),
    _expected,
    (OF_ENTRY,),
)


def _weighings(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Weighed):
        yield (
            source.run,
            entry.n,
            entry.turn,
            source.number(entry),
            fact.cell,
            fact.option,
            fact.quarters,
            fact.reason,
            source.author(entry)[0],
            source.in_force(entry),
        )


WEIGHINGS = Table[Source](
    "weighings",
    "Weighings",
    "How the facilitator weighed an answer in own words.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        CELL,
        Column("option", "id", "The option whose effects it takes."),
        Column("quarters", "whole", "How far it carries; 4 is in full.", "quarters"),
        Column("reason", "text", "Why.", empty=True),
        BY,
        IN_FORCE,
    ),
    _weighings,
    (OF_ENTRY,),
)
