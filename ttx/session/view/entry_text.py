"""Each kind of entry in a line of the record, and the words of the notebook."""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter
from typing import Any

from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session.control_commands import STRENGTHS
from ttx.session.event_codec import Event
from ttx.session.events import EVERYBODY, Entry
from ttx.session.improvise import title_of
from ttx.session.kinds import KINDS
from ttx.session.phases import RECKONING
from ttx.session.rights import able
from ttx.session.scripts import robot
from ttx.session.timeline import carried
from ttx.session.view import clock, hands_text, particulars_text, staging_text, words
from ttx.session.view.aims import did_in_words
from ttx.session.view.amended import HOW, outcome
from ttx.session.view.answers import numbered, option_title
from ttx.session.view.excursion import adjustment
from ttx.session.view.reader import Line, Reader
from ttx.session.view.table import opened
from ttx.session.view.words import because

RATED = {
    "P": N_("performed without challenges"),
    "S": N_("performed with some challenges"),
    "M": N_("performed with major challenges"),
    "U": N_("unable to be performed"),
    "N": N_("not observed"),
}
"""Ratings in the doctrine's words (HSEEP 2020, exercise evaluation guides)."""
COLUMN = {
    "planned": N_("what was planned"),
    "happened": N_("what happened"),
    "why": N_("why"),
    "next": N_("what next"),
    "plus": N_("plus"),
    "delta": N_("delta"),
}


# --- what was played ---


def _released(line: Line[play.Released]) -> str:
    """A release; what else was due for the slot is for the white cell alone."""
    event, titles = line.event, line.names.injects
    clause = _("released {number} {title}", number=line.number, title=titles[event.inject])
    if line.reader.side == "white" and event.instead_of:
        clause = _("{clause} instead of {title}", clause=clause, title=titles[event.instead_of])
    return because(clause, event.reason) if line.wash and event.reason else clause


def _levers_closed(line: Line[play.LeversClosed]) -> str:
    """The other side does not read how the alliance is set up."""
    if line.reader.side == "red":
        return _("levers closed")
    return _("levers closed; set up: {posture}", posture=line.names.postures[line.event.posture])


def _answered(line: Line[play.Answered]) -> str:
    """An answer; why it was given is for its cell, for others from the hot wash on."""
    whole = line.wash or line.event.cell in line.reader.own
    return _given(line, N_("answered {answer}"), whole=whole)


def _committed(line: Line[play.Committed]) -> str:
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


def _answers_closed(line: Line[play.AnswersClosed]) -> str:
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


def _ruled(line: Line[play.Ruled]) -> str:
    """What came of an answer: when it was there, or what it carried."""
    event = line.event
    if not event.ruling.minutes:
        return _(CARRIED[carried(event)], number=line.number)
    verdict = clock.ruled(line.now.run.tables, event.ruling).verdict
    return _("ruled on {number}: {verdict}", number=line.number, verdict=verdict)


def _responses_closed(line: Line[play.ResponsesClosed]) -> str:
    """The allied side does not read before the hot wash for whom the rule responded."""
    names = words.listed([line.names.adversaries[name] for name in line.event.adversaries])
    if not names or (line.reader.side == "allied" and not line.wash):
        return _("closed the adversaries' choice")
    return _("closed the adversaries' choice; the rule responds for {names}", names=names)


def _reckoned(line: Line[play.Reckoned]) -> str:
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


def _confirmed(line: Line[play.Confirmed]) -> str:
    """What stands from here on, and whether somebody said so."""
    facilitated = line.event.facilitated
    if line.event.what == "ruling":
        if facilitated:
            return _("confirmed ruling {number}", number=line.number)
        return _("ruling {number} stood", number=line.number)
    return _("confirmed the reckoning") if facilitated else _("the reckoning stood")


def _messaged(line: Line[play.Messaged]) -> str:
    to, typed = line.event.to, line.event.text
    if to == EVERYBODY:
        return _("to all: {words}", words=typed)
    return _("to {seat}: {words}", seat=line.seat(to), words=typed)


# --- what exercise control did, and what was noted ---


def _delivered(line: Line[control.Delivered]) -> str:
    """What went out, to whom, with its words: they are those of its author."""
    part = line.now.run.exercise.contextuals[line.event.contextual]
    to = line.event.readers
    values = {
        "title": text(part.title, line.names.language),
        "words": " ".join(text(paragraph, line.names.language) for paragraph in part.message.text),
    }
    if EVERYBODY in to:
        return _("to all, '{title}': {words}", **values)
    seats = words.listed([line.seat(seat) for seat in to])
    return _("to {seats}, '{title}': {words}", seats=seats, **values)


def _adjusted(line: Line[control.Adjusted]) -> str:
    """The other side does not read before the hot wash which of the numbers was changed."""
    if line.reader.side == "red" and not line.wash:
        return _("excursion: a number of the exercise was set otherwise")
    what = adjustment(line.before, line.event)
    return because(_("excursion: {what}", what=what), line.event.reason)


def _amended(line: Line[control.Amended]) -> str:
    """A ruling that was made otherwise, with what came of it where that was told anew."""
    event, number = line.event, line.number
    if event.how == control.BY_HAND:
        clause = _("ruled on {number} by hand", number=number)
    else:
        clause = _("{how} the ruling on {number}", how=_(HOW[event.how]), number=number)
    if event.told:
        clause = _("{clause}; what came of it: {told}", clause=clause, told=event.told)
    return because(clause, event.reason)


def _weighed_like(line: Line[control.Weighed]) -> str:
    assert line.now.inject is not None
    return option_title(line.now.inject, line.event.option)


def _asked_the_room(line: Line[notes.Probed]) -> str:
    inject = line.now.run.exercise.injects[line.event.inject]
    return text(inject.probing[line.event.number - 1].ask)


def _observed(line: Line[notes.Observed]) -> str:
    event = line.event
    sort = _("area for improvement") if event.sort == notes.IMPROVEMENT else _(event.sort)
    if not event.objective:
        return _("observed, {sort}: {text}", sort=sort, text=event.text)
    objective = line.names.objectives[event.objective]
    return _(
        "observed, {sort} on '{objective}': {text}", sort=sort, objective=objective, text=event.text
    )


def _assigned(line: Line[notes.Assigned]) -> str:
    seat, cell = line.seat(line.event.seat), line.event.cell
    if not cell:
        return _("{seat} watches all cells", seat=seat)
    return _("{seat} watches the {cell} cell", seat=seat, cell=line.names.cells[cell])


def _analysed(line: Line[notes.Analysed]) -> str:
    event = line.event
    told = _("analysed entry {of}: {analysis}", of=event.entry, analysis=event.analysis)
    if not event.reference:
        return told
    return _("{told} (measured by {reference})", told=told, reference=event.reference)


def _planned(line: Line[notes.Planned]) -> str:
    event = line.event
    owner = f"{event.owner}, {event.contact}" if event.contact else event.owner
    facts = {"action": event.action, "owner": owner, "due": event.due}
    if event.observation:
        of = event.observation
        return _(
            "planned for the observation of entry {of}: {action} ({owner}, by {due})",
            of=of,
            **facts,
        )
    return _("planned for card {card}: {action} ({owner}, by {due})", card=event.card, **facts)


def _struck(line: Line[notes.Struck]) -> str:
    """What was struck or corrected, of which the entry itself has the words."""
    of, instead = line.event.entry, line.event.instead
    cards = {card.stamp.n: card.number for card in line.now.notebook.cards}
    if of in cards:
        if instead:
            return _("corrected card {number}: {instead}", number=cards[of], instead=instead)
        return _("struck card {number}", number=cards[of])
    if instead:
        return _("corrected entry {of}: {instead}", of=of, instead=instead)
    return _("struck entry {of}", of=of)


# --- all kinds ---

Fills = Callable[[Line[Any]], object]
"""What stands in one place of a sentence."""
OF_EVENTS: dict[str, Fills] = {
    "title": lambda line: line.names.injects[line.event.inject],
    "lever": lambda line: line.names.levers[line.event.lever],
    "level": lambda line: line.names.level(line.event.lever, line.event.level),
    "cell": lambda line: line.names.cells[line.event.cell],
    "seat": lambda line: line.seat(line.event.seat),
    "objective": lambda line: line.names.objectives[line.event.objective],
    "rating": lambda line: f"{line.event.rating}, {_(RATED[line.event.rating])}",
    "column": lambda line: _(COLUMN[line.event.column]),
    "how": lambda line: _(HOW[line.event.how]),
}
"""By the name of the place, where a fact has an id or a letter under it, or beside it."""


def _says(sentence: str, *, reason: str = "", **fills: Fills) -> Callable[[Line[Any]], str]:
    """What tells an entry in one sentence.

    A place in it is filled as said here, else as OF_EVENTS has it, else with the fact's own value.
    The sentence ends with the reason that the fact has under the name of `reason`.
    """
    places = [place for _text, place, _spec, _shown in Formatter().parse(sentence) if place]
    known = OF_EVENTS | fills

    def tells(line: Line[Any]) -> str:
        event = line.event
        values = {at: known[at](line) if at in known else getattr(event, at) for at in places}
        clause = _(sentence, **values)
        return because(clause, getattr(event, reason)) if reason else clause

    return tells


def _one_of(of: str, sentences: dict[object, str]) -> Callable[[Line[Any]], str]:
    """What tells an entry in the one of these sentences that goes with a value of the fact."""
    tells = {value: _says(sentence) for value, sentence in sentences.items()}
    return lambda line: tells[getattr(line.event, of)](line)


_WORDS: dict[type[Event], Callable[[Line[Any]], str]] = {
    play.Readied: _says(N_("had read the briefing")),
    play.Started: _says(N_("STARTEX")),
    play.TurnOpened: _says(N_("turn {turn} opened")),
    play.Moved: hands_text.entered(_says(N_("moved {lever} to {level}"))),
    play.MoveAsked: hands_text.entered(_says(N_("asked for {lever} at {level}"))),
    play.MoveRefused: _says(N_("refused {lever} at {level}")),
    play.MoveLapsed: _says(N_("nobody answered the request for {lever} at {level}")),
    play.LeversLeft: _says(N_("{cell} is done with its levers")),
    play.LeversClosed: _levers_closed,
    play.Released: _released,
    play.Emptied: _one_of(
        "slot",
        {
            "policy": N_("the policy slot stayed empty"),
            "crisis": N_("the crisis slot stayed empty"),
        },
    ),
    play.Committed: _committed,
    play.Answered: _answered,
    play.AnswersClosed: _answers_closed,
    play.Ruled: _ruled,
    play.ResponsesOpened: _says(N_("the adversaries were asked how they respond")),
    play.Chosen: _says(
        N_("chose for {name}: {response}, {move}"),
        name=lambda line: line.names.adversaries[line.event.adversary],
        response=lambda line: words.response(line.event.response),
        move=lambda line: did_in_words(line.now, line.event.adversary, line.event.response),
    ),
    play.ResponsesClosed: _responses_closed,
    play.Reckoned: _reckoned,
    play.Confirmed: _confirmed,
    play.Told: _says(N_("read on")),
    control.Deferred: _says(
        N_("deferred '{title}' to turn {turn}"), reason="reason", turn=lambda line: line.event.until
    ),
    control.Skipped: _says(N_("skipped '{title}'"), reason="reason"),
    control.Improvised: _says(
        N_("wrote an inject: '{title}'"),
        title=lambda line: title_of(line.event.source, line.event.part),
    ),
    control.Delivered: _delivered,
    control.Steered: _says(N_("put the contingency of '{title}' to the table")),
    control.Adjusted: _adjusted,
    control.Scripted: _says(
        N_("wrote a robot for this run: {name}"), name=lambda line: robot(line.event.source).id
    ),
    control.Weighed: _says(
        N_("weighed the written-in action as {strength}, like '{option}'"),
        reason="reason",
        strength=lambda line: _(STRENGTHS[line.event.quarters]),
        option=_weighed_like,
    ),
    control.Amended: _amended,
    control.ReckoningAmended: _says(
        N_("{how} the reckoning of turn {turn}"),
        reason="reason",
        turn=lambda line: line.event.reckoning.turn,
    ),
    control.Challenged: _says(N_("challenged what was ruled"), reason="reason"),
    control.ChallengeHeard: _says(
        N_("heard the challenge of {seat}: {outcome}"),
        reason="reason",
        outcome=lambda line: outcome(line.event, reckoning=line.now.phase == RECKONING),
    ),
    control.SeatHandedOver: hands_text.handed,
    control.RoomSet: staging_text.room_set,
    control.TimeBoxed: staging_text.time_boxed,
    control.Promoted: _says(
        N_("made {seat} the lead of {cell}"),
        cell=lambda line: line.names.cells[line.reader.cell_of(line.event.seat)],
    ),
    control.RightsGiven: hands_text.rights_given,
    control.PacePassed: hands_text.pace_passed,
    control.ControllersAdded: hands_text.controllers_added,
    notes.Noted: lambda line: (
        f"{_(line.event.sort) if line.event.sort else _('note')}: {line.event.text}"
    ),
    notes.Struck: _struck,
    notes.Inquired: _says(
        N_("asked control ({number}): {question}"),
        number=lambda line: len(line.now.notebook.inquiries),
    ),
    notes.Replied: _says(
        N_("control answered {number}: {words}"), words=lambda line: line.event.text
    ),
    notes.Probed: _says(N_("asked the room: {question}"), question=_asked_the_room),
    notes.RoomAsked: _says(N_("asked the room: {question}")),
    notes.Acknowledged: _says(
        N_("had read what was sent to it (entry {numbers})"),
        numbers=lambda line: ", ".join(map(str, line.event.entries)),
    ),
    notes.Allowed: _one_of(
        "sees",
        {
            notes.ALL_IS_SHOWN: N_("let observers see all"),
            notes.AS_THE_ROOM: N_("let observers see what the room sees"),
        },
    ),
    notes.ForecastSet: _one_of(
        "shared",
        {
            True: N_("shared the forecast with the other seats"),
            False: N_("took the forecast from the other seats"),
        },
    ),
    notes.ParticularsSet: particulars_text.particulars_set,
    notes.TargetsSet: particulars_text.targets_set,
    notes.Observed: _observed,
    notes.Assigned: _assigned,
    notes.Analysed: _analysed,
    notes.Rated: _says(N_("rated '{objective}' {rating}"), reason="why"),
    notes.Settled: _says(N_("settled '{objective}' {rating}"), reason="why"),
    notes.CardAdded: _says(
        N_("card {number}, {column}: {text}"), number=lambda line: len(line.now.notebook.cards)
    ),
    notes.Voted: _one_of(
        "given",
        {True: N_("voted for card {card}"), False: N_("took a vote from card {card}")},
    ),
    notes.Planned: _planned,
    notes.FedBack: lambda _line: _("handed in the feedback form"),
    notes.FormClosed: lambda _line: _("closed the feedback form"),
    play.Messaged: _messaged,
    play.Paused: _says(N_("paused the exercise")),
    play.Resumed: _says(N_("went on")),
    play.Undone: _says(N_("went back to {opening}"), opening=lambda line: opened(line.now)),
    play.Forked: _says(
        N_("forked from {parent} at entry {number}"), number=lambda line: line.event.cut
    ),
    play.Ended: lambda line: _("ENDEX, {reason}", reason=_(line.event.reason)),
    play.Closed: _says(N_("the hot wash was over")),
}
_lacking = {kind.name for kind in KINDS.values() if kind.fact not in _WORDS}
if _lacking:
    raise TypeError(f"nothing tells an entry of the kind {', '.join(sorted(_lacking))}")


def entry_text(reader: Reader, entry: Entry, *, wash: bool) -> str:
    """What happened, in a line for a reader who may read the entry."""
    tells = _WORDS.get(type(entry.event))
    if tells is None:
        return _("something that this version has no words for")
    return tells(Line(reader, entry, entry.event, wash))
