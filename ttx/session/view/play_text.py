"""What was played, in a line of the record: news, answers, rulings, reckonings."""

from __future__ import annotations

from ttx.i18n import N_, _
from ttx.session import events as play
from ttx.session.events import EVERYBODY
from ttx.session.rights import able
from ttx.session.timeline import carried
from ttx.session.view import clock, words
from ttx.session.view.aims import did_in_words
from ttx.session.view.answers import numbered
from ttx.session.view.reader import Line
from ttx.session.view.words import because


def released(line: Line[play.Released]) -> str:
    """A release; what else was due for the slot is for the white cell alone."""
    event, titles = line.event, line.names.injects
    clause = _("released {number} {title}", number=line.number, title=titles[event.inject])
    if line.reader.side == "white" and event.instead_of:
        clause = _("{clause} instead of {title}", clause=clause, title=titles[event.instead_of])
    return because(clause, event.reason) if line.wash and event.reason else clause


def levers_closed(line: Line[play.LeversClosed]) -> str:
    """The other side does not read how the alliance is set up."""
    if line.reader.side == "red":
        return _("levers closed")
    return _("levers closed; set up: {posture}", posture=line.names.postures[line.event.posture])


def answered(line: Line[play.Answered]) -> str:
    """An answer; why it was given is for its cell, for others from the hot wash on."""
    whole = line.wash or line.event.cell in line.reader.own
    return _given(line, N_("answered {answer}"), whole=whole)


def committed(line: Line[play.Committed]) -> str:
    """A commitment; why it was made is for its author, for others from the hot wash on."""
    whole = line.wash or line.entry.by == line.reader.seat
    return _given(line, N_("committed to {answer}"), whole=whole)


def _given(line: Line[play.Given], template: str, *, whole: bool) -> str:
    answer, inject, by = line.event.answer, line.now.inject, line.entry.by
    assert inject is not None
    clause = _(template, answer=numbered(inject, answer))
    if by in able(line.now.run):
        name = line.names.cells[line.event.cell]
        clause = _("{clause} (entered for {cells})", clause=clause, cells=name)
    elif not by.startswith("robot") and line.reader.cell_of(by) != line.event.cell:
        clause = _("{clause} (for {cell})", clause=clause, cell=line.names.cells[line.event.cell])
    if not whole:
        return clause
    if answer.confidence:
        clause = _("{clause}, {percent}% sure", clause=clause, percent=answer.confidence)
    if answer.rationale:
        clause = because(clause, answer.rationale)
    if answer.pro:
        clause = _("{clause}; it would work: {why}", clause=clause, why=answer.pro)
    if answer.contra:
        clause = _("{clause}; it might not: {why}", clause=clause, why=answer.contra)
    return clause


def answers_closed(line: Line[play.AnswersClosed]) -> str:
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


def ruled(line: Line[play.Ruled]) -> str:
    """What came of an answer: when it was there, or what it carried."""
    event = line.event
    if not event.ruling.minutes:
        return _(CARRIED[carried(event)], number=line.number)
    verdict = clock.ruled(line.now.run.tables, event.ruling).verdict
    return _("ruled on {number}: {verdict}", number=line.number, verdict=verdict)


def responses_closed(line: Line[play.ResponsesClosed]) -> str:
    """The allied side does not read before the hot wash for whom the rule responded."""
    names = words.listed([line.names.adversaries[name] for name in line.event.adversaries])
    if not names or (line.reader.side == "allied" and not line.wash):
        return _("closed the adversaries' choice")
    return _("closed the adversaries' choice; the rule responds for {names}", names=names)


def reckoned(line: Line[play.Reckoned]) -> str:
    """How a turn ended: what was done is news for all, the other side's to the other side.

    What the rule would have done in place of who chose is for the white cell, for others from the
    hot wash on.
    """
    reader, fact = line.reader, line.event.reckoning
    whole = line.wash or reader.side == "white"
    clauses = []
    for adversary, did in fact.did.items():
        own = reader.side != "red" or line.wash or adversary in reader.adversaries
        news = words.response(did) if own else did_in_words(line.now, adversary, did)
        clause = f"{line.names.adversaries[adversary]} {news}"
        would = line.event.model_would.get(adversary, did)
        if whole and would != did:
            clause = _("{clause} (the rule: {would})", clause=clause, would=words.response(would))
        clauses.append(clause)
    if not clauses:
        return _("reckoned turn {turn}", turn=fact.turn)
    return _("reckoned turn {turn}: {clauses}", turn=fact.turn, clauses=", ".join(clauses))


def confirmed(line: Line[play.Confirmed]) -> str:
    """What stands from here on, and whether somebody said so."""
    facilitated = line.event.facilitated
    if line.event.what == "ruling":
        if facilitated:
            return _("confirmed ruling {number}", number=line.number)
        return _("ruling {number} stood", number=line.number)
    return _("confirmed the reckoning") if facilitated else _("the reckoning stood")


def messaged(line: Line[play.Messaged]) -> str:
    to, typed = line.event.to, line.event.text
    if to == EVERYBODY:
        return _("to all: {words}", words=typed)
    return _("to {seat}: {words}", seat=line.seat(to), words=typed)
