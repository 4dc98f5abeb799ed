"""What can happen at a table: facts in the past tense, and entries that number and sign them.

What a kind of fact is called, and who may read it when, is in the rows of `kinds`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ttx.adjudicator.facts import Reckoning, Ruling
from ttx.adjudicator.position import Change
from ttx.session.answer import Answer
from ttx.session.event_codec import (
    Event,
    changes_in,
    changes_out,
    reckoning_in,
    reckoning_out,
    ruling_in,
    ruling_out,
)
from ttx.session.toml_values import Table, pairs_in, pairs_out, said


@dataclass(frozen=True, slots=True)
class Readied(Event):
    """A seat had read its briefing."""


@dataclass(frozen=True, slots=True)
class Started(Event):
    """STARTEX."""


@dataclass(frozen=True, slots=True)
class TurnOpened(Event):
    """A turn opened: effects landed, luck moved, budgets were paid."""

    turn: int
    budgets: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()

    def as_toml(self) -> Table:
        return {
            "turn_opened": self.turn,
            "budgets": list(self.budgets),
            "changes": changes_out(self.changes),
        }

    @classmethod
    def from_toml(cls, table: Table) -> TurnOpened:
        return cls(table["turn_opened"], tuple(table["budgets"]), changes_in(table["changes"]))


@dataclass(frozen=True, slots=True)
class Moved(Event):
    """A lever was moved."""

    lever: str
    level: str
    budgets: tuple[int, ...] = ()
    promised: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()

    def as_toml(self) -> Table:
        return {
            "lever": self.lever,
            "level": self.level,
            "budgets": list(self.budgets),
            "promised": list(self.promised),
            "changes": changes_out(self.changes),
        }

    @classmethod
    def from_toml(cls, table: Table) -> Moved:
        return cls(
            table["lever"],
            table["level"],
            tuple(table["budgets"]),
            tuple(table["promised"]),
            changes_in(table["changes"]),
        )


@dataclass(frozen=True, slots=True)
class MoveAsked(Event):
    """A move that needs another cell's consent was put to its lead."""

    lever: str
    level: str


@dataclass(frozen=True, slots=True)
class MoveRefused(Event):
    """The lead did not consent."""

    lever: str
    level: str


@dataclass(frozen=True, slots=True)
class MoveLapsed(Event):
    """Nobody answered the request before the levers closed; it cost nothing."""

    lever: str
    level: str


@dataclass(frozen=True, slots=True)
class LeversLeft(Event):
    """A cell was done with its levers for this turn."""

    cell: str
    entered: bool = False
    """Whether exercise control entered that for it; closing the levers is no such thing."""

    def as_toml(self) -> Table:
        return {"cell": self.cell, **({"entered": True} if self.entered else {})}


@dataclass(frozen=True, slots=True)
class LeversClosed(Event):
    """All cells were done; the levels and the posture of this turn stood."""

    posture: str


@dataclass(frozen=True, slots=True)
class Released(Event):
    """An inject was put to the table."""

    slot: str
    inject: str
    day: str
    """The scenario date, ISO."""
    hour: int
    """Of onset, local time."""
    instead_of: str = ""
    """The inject that was next, where the facilitator released another."""
    reason: str = ""
    """Why it was released, where its conditions did not hold."""

    def as_toml(self) -> Table:
        table: Table = {"slot": self.slot, "inject": self.inject, "day": self.day}
        rest = {"instead_of": self.instead_of, "reason": self.reason}
        return table | {"hour": self.hour} | said(rest)


@dataclass(frozen=True, slots=True)
class Emptied(Event):
    """The dice proposed nothing for a slot."""

    slot: str


@dataclass(frozen=True, slots=True)
class Given(Event):
    """An answer was given in a cell."""

    cell: str
    answer: Answer

    def as_toml(self) -> Table:
        return {"cell": self.cell, **self.answer.as_toml()}

    @classmethod
    def from_toml(cls, table: Table) -> Given:
        answer = dict(table)
        return cls(answer.pop("cell"), Answer.from_toml(answer))


@dataclass(frozen=True, slots=True)
class Answered(Given):
    """A cell answered; sealed until adjudication."""


@dataclass(frozen=True, slots=True)
class Committed(Given):
    """A seat committed to an answer of its own before its cell's lead submitted."""


@dataclass(frozen=True, slots=True)
class AnswersClosed(Event):
    """The facilitator closed the deliberation; robots answer for the cells that had not."""

    cells: tuple[str, ...] = ()
    """The people's cells that had not answered."""

    def as_toml(self) -> Table:
        return {"cells": list(self.cells)}

    @classmethod
    def from_toml(cls, table: Table) -> AnswersClosed:
        return cls(tuple(table["cells"]))


@dataclass(frozen=True, slots=True)
class Ruled(Event):
    """The model proposed a ruling."""

    ruling: Ruling
    lead: str
    discord: bool = False

    def as_toml(self) -> Table:
        fact = ruling_out(self.ruling)
        stamps = {key: fact.pop(key) for key in ("slot", "inject", "option")}
        return said({**stamps, "lead": self.lead, "discord": self.discord, **fact})

    @classmethod
    def from_toml(cls, table: Table) -> Ruled:
        return cls(ruling_in(table), table["lead"], table["discord"])


@dataclass(frozen=True, slots=True)
class ResponsesOpened(Event):
    """The adversaries that people or robots play were asked how they respond to the turn."""


@dataclass(frozen=True, slots=True)
class Chosen(Event):
    """How an adversary responds was chosen for it; sealed, and the last choice counts."""

    adversary: str
    response: str
    """restraint, probe or escalate"""


@dataclass(frozen=True, slots=True)
class ResponsesClosed(Event):
    """The facilitator closed the choice; the rule responds for the adversaries without one."""

    adversaries: tuple[str, ...] = ()
    """Those for which nothing was chosen."""

    def as_toml(self) -> Table:
        return {"adversaries": list(self.adversaries)}

    @classmethod
    def from_toml(cls, table: Table) -> ResponsesClosed:
        return cls(tuple(table["adversaries"]))


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference run on the same dice at the end of the same turn."""

    scores: tuple[int, ...]
    minutes: int
    """Its reference clock."""


@dataclass(frozen=True, slots=True)
class Reckoned(Event):
    """The model proposed how the turn ended."""

    reckoning: Reckoning
    minutes: int
    """The reference clock."""
    references: dict[str, Reference]
    model_would: dict[str, str] = field(default_factory=dict)
    """What odds, draws and purses would have made of each adversary that was chosen for."""

    def as_toml(self) -> Table:
        fact = reckoning_out(self.reckoning)
        first = {key: fact.pop(key) for key in ("turn_reckoned", "scores")}
        changes = fact.pop("changes")
        return {
            **first,
            "reference_minutes": self.minutes,
            **fact,
            **said({"model_would": pairs_out(self.model_would)}),
            "references": [
                " ".join(str(v) for v in (name, reference.minutes, *reference.scores))
                for name, reference in self.references.items()
            ],
            "changes": changes,
        }

    @classmethod
    def from_toml(cls, table: Table) -> Reckoned:
        return cls(
            reckoning_in(table),
            table["reference_minutes"],
            {
                name: Reference(tuple(int(v) for v in scores), int(minutes))
                for name, minutes, *scores in (line.split(" ") for line in table["references"])
            },
            pairs_in(table.get("model_would", [])),
        )


@dataclass(frozen=True, slots=True)
class Confirmed(Event):
    """The gate opened: what was proposed stands."""

    what: str
    """ruling or reckoning"""
    facilitated: bool
    """False where nobody sat in the facilitator's seat."""


@dataclass(frozen=True, slots=True)
class Told(Event):
    """The table read the ruling or the reckoning and went on."""


@dataclass(frozen=True, slots=True)
class Messaged(Event):
    """The facilitator wrote to a seat, or to all."""

    to: str
    """A seat, or `all`."""
    text: str

    def as_toml(self) -> Table:
        return {"message_to": self.to, "text": self.text}

    @classmethod
    def from_toml(cls, table: Table) -> Messaged:
        return cls(table["message_to"], table["text"])


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The exercise was paused."""


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """The exercise went on."""


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """Everything after an entry was taken back; it stays in the record and can be read."""

    back_to: int
    """The last entry that stays in force: the one that opened the levers or the question."""


@dataclass(frozen=True, slots=True)
class Forked(Event):
    """The first entry of a fork: where its other entries were copied from."""

    parent: str
    """The file name of the parent."""
    seal: str
    """The hash of the parent's entry at the cut."""
    cut: int
    """The number of that entry in the parent."""
    copied: int = 0
    """How many entries of the parent follow this one; 0 where an older ttx did not say."""

    def as_toml(self) -> Table:
        table: Table = {"parent": self.parent, "seal": self.seal, "cut": self.cut}
        return table | ({"copied": self.copied} if self.copied else {})


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """ENDEX."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed(Event):
    """The hot wash was over."""


EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with its number, time and author."""

    n: int
    event: Event
    by: str
    """A seat, or `robot`, `dice`, `model`, `nobody`."""
    at: str = ""
    """Wall time, ISO; empty in a run that no person plays."""
    elapsed: int = 0
    """Seconds in the phase, pauses left out."""
    turn: int = 0
    phase: str = ""
    """The phase it led to."""
    format_1_to: str = ""
    """Whom a save of format 1 names as its audience. Nobody reads by it; it is not written."""
