"""What was played, each in a line of the record: levers, injects, answers, rulings, reckonings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from ttx.exercise.model import text
from ttx.session import phases
from ttx.session.event_codec import Event
from ttx.session.events import (
    Answered,
    AnswersClosed,
    Chosen,
    Committed,
    Confirmed,
    Entry,
    Given,
    LeversClosed,
    MoveAsked,
    Moved,
    MoveLapsed,
    MoveRefused,
    Reckoned,
    Released,
    ResponsesClosed,
    Ruled,
    Undone,
)
from ttx.session.game import Game
from ttx.session.timeline import carried
from ttx.session.view import clock
from ttx.session.view.aims import did_in_words
from ttx.session.view.answers import numbered
from ttx.session.view.reader import Reader

E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class Line(Generic[E_co]):
    """An entry that a reader may read, to be told in a line."""

    reader: Reader
    entry: Entry
    event: E_co
    """Its fact."""
    wash: bool
    """Whether all is open: always for the white cell, for others from the hot wash on."""

    @property
    def language(self) -> str:
        """That of the reader."""
        return self.reader.language

    @property
    def now(self) -> Game:
        """The run after the entry."""
        return self.reader.at(self.entry.n)

    @property
    def before(self) -> Game:
        """The run before it."""
        return self.reader.at(self.entry.n - 1)

    @property
    def number(self) -> str:
        """The inject on the table, such as `4.1`; empty where there is none."""
        return self.reader.timeline.number(self.entry.n)

    def title(self, inject: str) -> str:
        """Of an inject, as it was then."""
        return text(self.now.run.exercise.injects[inject].title, self.language)


def opened(game: Game, language: str = "") -> str:
    """What a run stands at the opening of: `the levers of turn 4`, `the question of 4.1 Title`."""
    turn = game.turns[-1]
    number = turn.opened.turn
    if game.phase == phases.RESPONSE:
        return f"the adversaries' choice in turn {number}"
    if game.phase == phases.LEVERS or game.inject is None:
        return f"the levers of turn {number}"
    return f"the question of {number}.{len(turn.slots)} {text(game.inject.title, language)}"


def moved(line: Line[Moved]) -> str:
    """A lever, and the level it was moved to."""
    return f"moved {line.event.lever} to {_level(line)}"


def asked(line: Line[MoveAsked | MoveRefused | MoveLapsed], verb: str) -> str:
    """A lever, and the level that was asked for."""
    return f"{verb} {line.event.lever} at {_level(line)}"


def _level(line: Line[Moved | MoveAsked | MoveRefused | MoveLapsed]) -> str:
    levels = line.reader.timeline.run.exercise.levers[line.event.lever].levels
    return next(text(one.name, line.language) for one in levels if one.id == line.event.level)


def levers_closed(line: Line[LeversClosed]) -> str:
    """The other side does not read how the alliance is set up."""
    if line.reader.side == "red":
        return "levers closed"
    postures = line.reader.timeline.run.exercise.posture
    row = next(one for one in postures if one.id == line.event.posture)
    return f"levers closed; set up: {text(row.name, line.language)}"


def released(line: Line[Released]) -> str:
    """A release; what else was due for the slot is for the white cell alone."""
    event = line.event
    words = f"released {line.number} {line.title(event.inject)}"
    if line.reader.side == "white" and event.instead_of:
        words += f" instead of {line.title(event.instead_of)}"
    return words + (f", because: {event.reason}" if line.wash and event.reason else "")


def answered(line: Line[Answered]) -> str:
    """An answer; why it was given is for its cell, for others from the hot wash on."""
    whole = line.wash or line.event.cell in line.reader.own
    return _given(line, "answered", whole=whole)


def committed(line: Line[Committed]) -> str:
    """A commitment; why it was made is for its author, for others from the hot wash on."""
    whole = line.wash or line.entry.by == line.reader.seat
    return _given(line, "committed to", whole=whole)


def _given(line: Line[Given], verb: str, *, whole: bool) -> str:
    cell, answer = line.event.cell, line.event.answer
    reader, inject, by = line.reader, line.now.inject, line.entry.by
    assert inject is not None
    said = f"{verb} {numbered(inject, answer, line.language)}"
    if not by.startswith("robot") and reader.timeline.run.seat(by).cell != cell:
        said = f"{said} (for {reader.cells[cell]})"
    if whole and answer.confidence:
        said += f", {answer.confidence}% sure"
    if whole and answer.rationale:
        said += f", because: {answer.rationale}"
    if whole and answer.pro:
        said += f"; it would work: {answer.pro}"
    if whole and answer.contra:
        said += f"; it might not: {answer.contra}"
    return said


def answers_closed(line: Line[AnswersClosed]) -> str:
    """The other side does not read before the hot wash which cell had no answer."""
    if line.reader.side == "red" and not line.wash:
        return "closed the deliberation"
    named = " and ".join(line.reader.cells[cell] for cell in line.event.cells)
    return "closed the deliberation" + (f" without an answer of {named}" if named else "")


def ruled(line: Line[Ruled]) -> str:
    """What came of an answer: when it was there, or what it carried."""
    event = line.event
    if event.ruling.minutes:
        told = clock.ruled(line.now.run.tables, event.ruling, line.language).verdict
    else:
        shares = {"y": "carried in full", "p": "carried in part", "n": "did not carry"}
        told = shares[carried(event)]
    return f"ruled on {line.number}: {told}"


def chosen(line: Line[Chosen]) -> str:
    """A response that was chosen, by its name."""
    event = line.event
    move = did_in_words(line.now, event.adversary, event.response, line.language)
    return f"chose for {_adversary(line, event.adversary)}: {event.response}, {move}"


def responses_closed(line: Line[ResponsesClosed]) -> str:
    """The allied side does not read before the hot wash for whom the rule responded."""
    if line.reader.side == "allied" and not line.wash:
        return "closed the adversaries' choice"
    named = " and ".join(_adversary(line, one) for one in line.event.adversaries)
    return "closed the adversaries' choice" + (f"; the rule responds for {named}" if named else "")


def _adversary(line: Line[Chosen | ResponsesClosed], adversary: str) -> str:
    every = line.now.run.exercise.adversary
    return next(text(part.name, line.language) for part in every if part.id == adversary)


def reckoned(line: Line[Reckoned]) -> str:
    """How a turn ended: what was done is news for all, the other side's to the other side.

    What the rule would have done in place of who chose is for the white cell, for others from the
    hot wash on.
    """
    reader, fact = line.reader, line.event.reckoning
    whole = line.wash or reader.side == "white"
    told = []
    for part in line.now.run.exercise.adversary:
        did = next((one.response for one in fact.responses if one.adversary == part.id), "")
        own = reader.side != "red" or line.wash or part.id in reader.adversaries
        said = did if own else did_in_words(line.now, part.id, did, line.language)
        would = line.event.model_would.get(part.id, did)
        other = f" (the rule: {would})" if whole and would != did else ""
        told.append(f"{text(part.name, line.language)} {said}{other}")
    return f"reckoned turn {fact.turn}" + (f": {', '.join(told)}" if told else "")


def confirmed(line: Line[Confirmed]) -> str:
    """What stands from here on, and whether somebody said so."""
    what = f"ruling {line.number}" if line.event.what == "ruling" else "the reckoning"
    return f"confirmed {what}" if line.event.facilitated else f"{what} stood"


def undone(line: Line[Undone]) -> str:
    """To where the run went back."""
    return f"went back to {opened(line.now, line.language)}"
