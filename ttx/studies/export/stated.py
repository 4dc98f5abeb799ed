"""The tables of what was said of the session itself: its particulars, who takes part, targets."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.session.notebook_events import ParticularsSet, TargetsSet
from ttx.session.particulars import ROLES
from ttx.studies.export.columns import BY, ENTRY, OF_ENTRY, RUN, Column, Row, Table
from ttx.studies.export.source import Source

STANDS = Column("stands", "yes", "False where a later entry said it otherwise.")


def _particulars(source: Source) -> Iterator[Row]:
    entries = [*source.of(ParticularsSet)]
    for entry, fact in entries:
        said = fact.particulars
        yield (
            source.run,
            entry.n,
            source.author(entry)[0],
            said.name,
            said.sponsor,
            said.contact,
            said.date,
            said.until or said.date,
            said.place,
            said.zone,
            "; ".join(said.areas),
            entry is entries[-1][0],
        )


PARTICULARS = Table[Source](
    "particulars",
    "Session particulars",
    "What stands on the cover of the session's papers, each time that it was said.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        BY,
        Column("name", "text", "What the exercise is called in this session.", empty=True),
        Column("sponsor", "text", "Who has it held.", empty=True),
        Column("contact", "text", "The point of contact; not for attribution, none.", empty=True),
        Column("date", "day", "The first day.", empty=True),
        Column("until", "day", "The last day.", empty=True),
        Column("place", "text", "Where it is held.", empty=True),
        Column("zone", "text", "The time zone by which wall times are told.", empty=True),
        Column("areas", "text", "The mission areas, with ; between them.", empty=True),
        STANDS,
    ),
    _particulars,
    (OF_ENTRY,),
)


def _organisations(source: Source) -> Iterator[Row]:
    entries = [*source.of(ParticularsSet)]
    for entry, fact in entries:
        stands = entry is entries[-1][0]
        for at, part in enumerate(fact.particulars.organisations, start=1):
            yield source.run, entry.n, at, part.name, *part.counts, stands


def _counted(role: str) -> Column:
    return Column(role, "whole", f"How many {role}.", "people")


ORGANISATIONS = Table[Source](
    "organisations",
    "Organisations",
    "An organisation that takes part, each time that the particulars were said.",
    ("run", "entry", "place"),
    (
        RUN,
        ENTRY,
        Column("place", "whole", "Its place among them, from 1."),
        Column("organisation", "text", "What it is called."),
        *map(_counted, ROLES),
        STANDS,
    ),
    _organisations,
    (OF_ENTRY,),
)


def _targets(source: Source) -> Iterator[Row]:
    entries = [*source.of(TargetsSet)]
    for entry, fact in entries:
        stands = entry is entries[-1][0]
        for score, value in fact.targets.scores.items():
            yield source.run, entry.n, "score", score, value, "", stands
        for objective, rating in fact.targets.objectives.items():
            yield source.run, entry.n, "objective", objective, None, rating, stands


TARGETS = Table[Source](
    "targets",
    "Targets of the sponsor",
    "A target that the sponsor set, each time that targets were said. None changes a score.",
    ("run", "entry", "of", "part"),
    (
        RUN,
        ENTRY,
        Column("of", "id", "What it is for.", among=("score", "objective")),
        Column("part", "id", "The score or the objective."),
        Column(
            "value",
            "points",
            "For a score: at least that at the end, at most where lower is better.",
            "points",
            empty=True,
        ),
        Column("rating", "id", "For an objective: at least that.", empty=True),
        STANDS,
    ),
    _targets,
    (OF_ENTRY,),
)
