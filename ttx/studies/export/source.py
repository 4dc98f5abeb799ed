"""A save as an export reads it: its moments, what of it counts, and who may be named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TypeVar

from ttx.adjudicator.tables import Tables
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.session.control_events import (
    Delivered,
)
from ttx.session.event_codec import Event
from ttx.session.events import EVERYBODY, Entry, Messaged
from ttx.session.game import Game, TurnRecord
from ttx.session.local_time import WallClock, clock_of
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import (
    FedBack,
    Noted,
    Struck,
)
from ttx.session.record import Record
from ttx.session.run import OBSERVER
from ttx.session.timeline import Timeline

E = TypeVar("E", bound=Event)
QUOTE = "quote"
"""The sort of note whose author is named to nobody where nothing is for attribution."""


@dataclass(frozen=True)
class Source:
    """One run to be taken away."""

    run: str
    """What it is called in every table."""
    record: Record
    timeline: Timeline
    anonymous: bool = False
    """Not for attribution: seats by their cell alone, no time of day, no name of a file."""
    masked: bool = False
    """Whether names that were told are masked in what people typed."""

    @property
    def game(self) -> Game:
        """Where the record leads to."""
        return self.timeline.game

    @property
    def exercise(self) -> Exercise:
        """The exercise with what was written on the spot and set otherwise."""
        return self.game.run.exercise

    @property
    def tables(self) -> Tables:
        """That exercise, made ready for arithmetic."""
        return self.game.run.tables

    @property
    def language(self) -> str:
        """The first language of the exercise."""
        return self.exercise.languages[0]

    @property
    def turns(self) -> list[TurnRecord]:
        """The turns in force that were played to their end."""
        return [turn for turn in self.game.turns if turn.end is not None]

    def of(self, *kinds: type[E]) -> Iterator[tuple[Entry, E]]:
        """The entries of some kinds with their facts, those taken back among them."""
        for entry in self.timeline.entries:
            if isinstance(entry.event, kinds):
                yield entry, entry.event

    def entry(self, stamp: Stamp) -> Entry:
        """The entry of what was written in the notebook."""
        return self.timeline.entries[stamp.n - 1]

    def in_force(self, entry: Entry) -> bool:
        """Whether nobody took it back."""
        return entry.n not in self.timeline.struck

    def number(self, entry: Entry) -> str:
        """The inject on the table when an entry was made, such as `4.1`; empty where none was."""
        return self.timeline.games[entry.n].number

    @cached_property
    def _applied(self) -> set[int]:
        applied: set[int] = set()
        for turn in self.game.turns:
            applied |= {id(turn.opened), *(id(move) for _, move in turn.moves)}
            applied |= {id(slot.amended or slot.ruled) for slot in turn.slots if slot.confirmed}
            if turn.confirmed:
                applied.add(id(turn.recast or turn.proposed))
        return applied

    def applied(self, event: Event) -> bool:
        """Whether the run stands where it does by this fact.

        It is in force, the last of its kind in its place, and confirmed.
        """
        return id(event) in self._applied

    def seat(self, seat: str) -> str:
        """A seat; where nothing is for attribution its cell, and of the white cell what it does."""
        part = next((known for known in self.exercise.seat if known.id == seat), None)
        if part is None or not self.anonymous:
            return seat
        if next(cell.side for cell in self.exercise.cell if cell.id == part.cell) != "white":
            return part.cell
        if part.id == OBSERVER:
            return "observer"
        at_desk = part.lead or part.id in self.game.run.controllers
        return "control" if at_desk else "evaluator"

    def cell(self, seat: str) -> str:
        """The cell of a seat; empty where it has none, as the dice have none."""
        return next((known.cell for known in self.exercise.seat if known.id == seat), "")

    def author(self, entry: Entry) -> tuple[str, str]:
        """Who made an entry and of which cell; nobody, of a quote that is not for attribution."""
        fact = entry.event
        if isinstance(fact, Struck):
            fact = self.timeline.entries[fact.entry - 1].event
        quoted = isinstance(fact, Noted) and fact.sort == QUOTE
        if self.anonymous and (quoted or isinstance(fact, FedBack)):
            return "", ""
        return self.seat(entry.by), self.cell(entry.by)

    def at(self, entry: Entry) -> str:
        """The wall time of an entry; empty where nobody played, or it is nobody's to know."""
        return "" if self.anonymous else entry.at.replace("+00:00", "Z")

    @cached_property
    def clock(self) -> WallClock:
        """The clock by which its wall times are told."""
        return clock_of(self.game)

    def told(self, entry: Entry) -> Entry:
        """An entry that names no seat where nothing is for attribution.

        What was typed in it, contacts and the names of files are gone from such a record already.
        What a feedback form says is never told beside who handed it in: it is in tables of its own.
        """
        if isinstance(entry.event, FedBack):
            entry = replace(entry, event=FedBack({}, {}))
        if not self.anonymous:
            return entry
        event = entry.event
        match event:
            case Messaged() if event.to != EVERYBODY:
                event = replace(event, to=self.seat(event.to))
            case Delivered() if EVERYBODY not in event.readers:
                event = replace(event, readers=tuple(dict.fromkeys(map(self.seat, event.readers))))
        if any(part.name == "seat" for part in fields(event)):
            seat = {"seat": self.seat(getattr(event, "seat"))}  # noqa: B009  # of which kind is no matter
            event = replace(event, **seat)
        return replace(entry, event=event, by=self.author(entry)[0], at="", format_1_to="")

    def words(self, value: str | dict[str, str]) -> str:
        """A text of the exercise in its first language."""
        return text(value, self.language)
