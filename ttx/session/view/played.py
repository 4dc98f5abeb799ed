"""What was played, each in a line of the record: levers, injects, answers, rulings, reckonings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from ttx.exercise.model import text
from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.event_codec import Event
from ttx.session.events import (
    Answered,
    AnswersClosed,
    Chosen,
    Committed,
    Confirmed,
    Emptied,
    Entry,
    Given,
    LeversClosed,
    LeversLeft,
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
from ttx.session.view import clock, words
from ttx.session.view.aims import did_in_words
from ttx.session.view.answers import numbered
from ttx.session.view.eye import Names
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
    def now(self) -> Game:
        """The run after the entry."""
        return self.reader.at(self.entry.n)

    @property
    def before(self) -> Game:
        """The run before it."""
        return self.reader.at(self.entry.n - 1)

    @property
    def names(self) -> Names:
        """Of the exercise as the run had it then."""
        return self.reader.names_of(self.now.run.exercise)

    @property
    def number(self) -> str:
        """The inject on the table, such as `4.1`; empty where there is none."""
        return self.reader.timeline.number(self.entry.n)

    def title(self, inject: str) -> str:
        """Of an inject, as it was then."""
        return self.names.injects[inject]


def opened(game: Game) -> str:
    """What a run stands at the opening of: `the levers of turn 4`, `the question of 4.1 Title`."""
    turn = game.turns[-1].opened.turn
    if game.phase == phases.RESPONSE:
        return _("the adversaries' choice in turn {turn}", turn=turn)
    if game.phase == phases.LEVERS or game.inject is None:
        return _("the levers of turn {turn}", turn=turn)
    title = text(game.inject.title)
    return _("the question of {number} {title}", number=game.number, title=title)


def moved(line: Line[Moved]) -> str:
    """A lever, and the level it was moved to."""
    return _("moved {lever} to {level}", lever=line.event.lever, level=_level(line))


def asked(line: Line[MoveAsked]) -> str:
    """A lever, and the level that was asked for."""
    return _("asked for {lever} at {level}", lever=line.event.lever, level=_level(line))


def refused(line: Line[MoveRefused]) -> str:
    """The same, where another cell refused it."""
    return _("refused {lever} at {level}", lever=line.event.lever, level=_level(line))


def lapsed(line: Line[MoveLapsed]) -> str:
    """The same, where the levers closed before anybody answered."""
    return _(
        "nobody answered the request for {lever} at {level}",
        lever=line.event.lever,
        level=_level(line),
    )


def _level(line: Line[Moved | MoveAsked | MoveRefused | MoveLapsed]) -> str:
    return line.names.level(line.event.lever, line.event.level)


def levers_left(line: Line[LeversLeft]) -> str:
    """Whose levers are set."""
    return _("{cell} is done with its levers", cell=line.names.cells[line.event.cell])


def levers_closed(line: Line[LeversClosed]) -> str:
    """The other side does not read how the alliance is set up."""
    if line.reader.side == "red":
        return _("levers closed")
    return _("levers closed; set up: {posture}", posture=line.names.postures[line.event.posture])


def released(line: Line[Released]) -> str:
    """A release; what else was due for the slot is for the white cell alone."""
    event = line.event
    said = _("released {number} {title}", number=line.number, title=line.title(event.inject))
    if line.reader.side == "white" and event.instead_of:
        said = _("{said} instead of {title}", said=said, title=line.title(event.instead_of))
    return words.because(said, event.reason) if line.wash and event.reason else said


EMPTIED = {
    "policy": N_("the policy slot stayed empty"),
    "crisis": N_("the crisis slot stayed empty"),
}


def emptied(line: Line[Emptied]) -> str:
    """A slot for which nothing came."""
    return _(EMPTIED[line.event.slot])


def answered(line: Line[Answered]) -> str:
    """An answer; why it was given is for its cell, for others from the hot wash on."""
    whole = line.wash or line.event.cell in line.reader.own
    return _given(line, N_("answered {answer}"), whole=whole)


def committed(line: Line[Committed]) -> str:
    """A commitment; why it was made is for its author, for others from the hot wash on."""
    whole = line.wash or line.entry.by == line.reader.seat
    return _given(line, N_("committed to {answer}"), whole=whole)


def _given(line: Line[Given], template: str, *, whole: bool) -> str:
    answer, inject, by = line.event.answer, line.now.inject, line.entry.by
    assert inject is not None
    said = _(template, answer=numbered(inject, answer))
    if not by.startswith("robot") and line.reader.cell_of(by) != line.event.cell:
        said = _("{said} (for {cell})", said=said, cell=line.names.cells[line.event.cell])
    if not whole:
        return said
    if answer.confidence:
        said = _("{said}, {percent}% sure", said=said, percent=answer.confidence)
    if answer.rationale:
        said = words.because(said, answer.rationale)
    if answer.pro:
        said = _("{said}; it would work: {why}", said=said, why=answer.pro)
    if answer.contra:
        said = _("{said}; it might not: {why}", said=said, why=answer.contra)
    return said


def answers_closed(line: Line[AnswersClosed]) -> str:
    """The other side does not read before the hot wash which cell had no answer."""
    cells = words.listed([line.names.cells[cell] for cell in line.event.cells])
    if not cells or (line.reader.side == "red" and not line.wash):
        return _("closed the deliberation")
    return _("closed the deliberation without an answer of {cells}", cells=cells)


CARRIED = {
    "y": N_("ruled on {number}: carried in full"),
    "p": N_("ruled on {number}: carried in part"),
    "n": N_("ruled on {number}: did not carry"),
}


def ruled(line: Line[Ruled]) -> str:
    """What came of an answer: when it was there, or what it carried."""
    event = line.event
    if not event.ruling.minutes:
        return _(CARRIED[carried(event)], number=line.number)
    verdict = clock.ruled(line.now.run.tables, event.ruling).verdict
    return _("ruled on {number}: {verdict}", number=line.number, verdict=verdict)


def chosen(line: Line[Chosen]) -> str:
    """A response that was chosen, by its name."""
    event = line.event
    return _(
        "chose for {name}: {response}, {move}",
        name=line.names.adversaries[event.adversary],
        response=words.response(event.response),
        move=did_in_words(line.now, event.adversary, event.response),
    )


def responses_closed(line: Line[ResponsesClosed]) -> str:
    """The allied side does not read before the hot wash for whom the rule responded."""
    names = words.listed([line.names.adversaries[name] for name in line.event.adversaries])
    if not names or (line.reader.side == "allied" and not line.wash):
        return _("closed the adversaries' choice")
    return _("closed the adversaries' choice; the rule responds for {names}", names=names)


def reckoned(line: Line[Reckoned]) -> str:
    """How a turn ended: what was done is news for all, the other side's to the other side.

    What the rule would have done in place of who chose is for the white cell, for others from the
    hot wash on.
    """
    reader, fact = line.reader, line.event.reckoning
    whole = line.wash or reader.side == "white"
    facts = {response.adversary: response.response for response in fact.responses}
    clauses = []
    for adversary, name in line.names.adversaries.items():
        did = facts.get(adversary, "")
        own = reader.side != "red" or line.wash or adversary in reader.adversaries
        clause = f"{name} {_(did) if own else did_in_words(line.now, adversary, did)}"
        would = line.event.model_would.get(adversary, did)
        if whole and would != did:
            clause = _("{clause} (the rule: {would})", clause=clause, would=words.response(would))
        clauses.append(clause)
    if not clauses:
        return _("reckoned turn {turn}", turn=fact.turn)
    return _("reckoned turn {turn}: {clauses}", turn=fact.turn, clauses=", ".join(clauses))


def confirmed(line: Line[Confirmed]) -> str:
    """What stands from here on, and whether somebody said so."""
    facilitated = line.event.facilitated
    if line.event.what == "ruling":
        if facilitated:
            return _("confirmed ruling {number}", number=line.number)
        return _("ruling {number} stood", number=line.number)
    return _("confirmed the reckoning") if facilitated else _("the reckoning stood")


def undone(line: Line[Undone]) -> str:
    """To where the run went back."""
    return _("went back to {opening}", opening=opened(line.now))
