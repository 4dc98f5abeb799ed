"""The tables of what adversaries did: their odds and draws, and who chose for them."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.session.control_events import ReckoningAmended
from ttx.session.events import (
    Chosen,
    Reckoned,
)
from ttx.studies.export.columns import (
    BY,
    ENTRY,
    HOW,
    IN_FORCE,
    OF_ENTRY,
    RUN,
    STANDS,
    TURN,
    Column,
    Row,
    Table,
)
from ttx.studies.export.source import Source

SHARE = "percent, cut to two decimals"
EXACT = "per 4,294,967,296"


def _percent(share: int) -> int:
    """A 32-bit integer as hundredths of a percent, cut."""
    return share * 10000 >> 32


def _adversaries(source: Source) -> Iterator[Row]:
    rows = source.tables.adversary
    for entry, fact in source.of(Reckoned, ReckoningAmended):
        assert isinstance(fact, Reckoned | ReckoningAmended)
        position = source.timeline.games[entry.n - 1].position
        for response in fact.reckoning.responses:
            part = source.exercise.adversary[rows[response.adversary]]
            yield (
                source.run,
                entry.n,
                response.adversary,
                fact.reckoning.turn,
                fact.how if isinstance(fact, ReckoningAmended) else "model",
                fact.reason if isinstance(fact, ReckoningAmended) else "",
                response.response,
                fact.model_would.get(response.adversary, "") if isinstance(fact, Reckoned) else "",
                response.wanted,
                position.purse[rows[response.adversary]] if part.purse is not None else None,
                part.aim[position.aims[rows[response.adversary]]].id if part.aim else "",
                response.perceived,
                response.z,
                _percent(response.odds),
                _percent(response.draw),
                str(response.odds),
                str(response.draw),
                response.z2,
                _percent(response.odds2),
                _percent(response.draw2),
                str(response.odds2),
                str(response.draw2),
                source.in_force(entry),
                source.applied(fact),
            )


def _odds(what: str, does: str) -> tuple[Column, ...]:
    """The columns of one roll of an adversary."""
    return (
        Column(f"{what}_z", "whole", f"What its odds to {does} are worked out from.", "1/64 logit"),
        Column(f"{what}_odds", "points", f"How likely it was to {does}.", SHARE),
        Column(f"{what}_draw", "points", "What was drawn; below the odds it does.", SHARE),
        Column(f"{what}_odds_exact", "id", "The same odds, whole; these are compared.", EXACT),
        Column(f"{what}_draw_exact", "id", "The same draw, whole.", EXACT),
    )


ADVERSARIES = Table[Source](
    "adversaries",
    "Adversaries",
    "How an adversary answered in a turn, with its odds and draws: as the model reckoned it, and "
    "as the facilitator ruled instead.",
    ("run", "entry", "adversary"),
    (
        RUN,
        ENTRY,
        Column("adversary", "id", "The adversary."),
        TURN,
        HOW,
        Column("reason", "text", "Why it was ruled otherwise.", empty=True),
        Column("response", "id", "What it did.", among=RESPONSES),
        Column(
            "rule",
            "id",
            "What odds, draws and purse would have made of it, where a seat or a robot chose; else "
            "empty. See `choices`.",
            empty=True,
            among=RESPONSES,
        ),
        Column(
            "wanted",
            "id",
            "What odds and draws wanted, before its purse was asked or anybody chose.",
            among=RESPONSES,
        ),
        Column("purse", "whole", "What it could spend on that; empty without.", "chips", True),
        Column("aim", "id", "What it is secretly after; empty without.", empty=True),
        Column("perceived", "points", "Deterrence as it perceives it.", "points"),
        *_odds("act", "act at all"),
        *_odds("escalate", "escalate, where it acts"),
        IN_FORCE,
        STANDS,
    ),
    _adversaries,
    (OF_ENTRY,),
)


def _choices(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Chosen):
        assert isinstance(fact, Chosen)
        yield (
            source.run,
            entry.n,
            entry.turn,
            fact.adversary,
            fact.response,
            source.author(entry)[0],
            source.in_force(entry),
        )


CHOICES = Table[Source](
    "choices",
    "Choices for adversaries",
    "How a seat or a robot chose that an adversary responds; the last one of a turn counts.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        Column("adversary", "id", "The adversary."),
        Column("response", "id", "What was chosen.", among=RESPONSES),
        BY,
        IN_FORCE,
    ),
    _choices,
    (OF_ENTRY,),
)
