"""The tables of evaluation: observations, ratings, cards, and the improvement plan."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.session.notebook_events import (
    COLUMNS,
    ELEMENTS,
    IMPROVEMENT,
    NEUTRAL,
    RATINGS,
    STRENGTH,
    Planned,
    Rated,
    Settled,
)
from ttx.studies.export.columns import (
    BY,
    CELL,
    ENTRY,
    NUMBER,
    OF_ENTRY,
    RUN,
    TURN,
    Column,
    Row,
    Table,
)
from ttx.studies.export.source import Source

OBJECTIVE = Column("objective", "id", "The objective.")


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
