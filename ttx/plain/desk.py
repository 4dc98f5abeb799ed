"""The desk in plain lines: where the run stands, who is awaited, and how its gates open."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.i18n import N_, _
from ttx.plain import answering, pages, wash
from ttx.plain.conversation import (
    Asked,
    Conversation,
    one_of,
    sure,
    whole_number,
    words_for,
)
from ttx.plain.judging import hear, weigh
from ttx.plain.levers import REST
from ttx.plain.sitting import Sitting
from ttx.plain.step import Step, place
from ttx.report import story
from ttx.report.document import Entry, Part
from ttx.session import phases
from ttx.session.command import ended
from ttx.session.control_events import INJECT, MESSAGE
from ttx.session.events import EVERYBODY
from ttx.session.gates import Gate, gate, unheard, waits_for_weight
from ttx.session.play_commands import Continue, Message, Pause, Start
from ttx.session.side_commands import Probe, Reply
from ttx.session.staging import SetTime, ShowRoom, released
from ttx.session.telling import AskRoom
from ttx.session.view import message as message_views
from ttx.session.view.control import control
from ttx.session.view.inject import questions
from ttx.session.view.inquiries import inquiries, waiting
from ttx.session.view.lever_desk import lever_desk
from ttx.session.view.pace import named
from ttx.session.view.reckoning import reckoning
from ttx.session.view.room import room_choices, room_shows
from ttx.session.view.submissions import SeatRow, submissions
from ttx.session.view.table import status
from ttx.session.view.time_plan import time_plan

FINAL = (Gate.START, Gate.RULING, Gate.RECKONING, Gate.WASH)
"""Gates that are asked about before they open, whoever is in."""
HERE = N_("go opens the gate, where tells where it stands")


# --- where it stands ---


def step(at: Sitting) -> Step:
    """The gate that the run stands at; nothing opens it but the word for it."""
    view = control(at.eye)
    challenge = unheard(at.game)

    def take(typed: str) -> Conversation | None:
        if typed:
            at.tell(_("Here {here}; {rest}", here=_(HERE), rest=_(REST)))
        else:
            stands(at)
        return None

    key = ("desk", place(at.game), gate(at.game), challenge, view.proposed)
    return Step(key, Asked(_("desk"), _(HERE)), lambda: arrived(at), take, waits=True)


def arrived(at: Sitting) -> None:
    """What is new at this gate: the inject, the ruling, the reckoning; then where it stands."""
    match gate(at.game):
        case Gate.ANSWERS if (view := message_views.message(at.eye)) is not None:
            at.show(*answering.told(view))
        case Gate.RULING:
            pages.told_ruling(at)
        case Gate.RECKONING if (ended := reckoning(at.eye)) is not None:
            at.show(*story.reckoning(ended))
        case Gate.WASH:
            wash.begins(at)
    stands(at)


def stands(at: Sitting, _typed: str = "") -> None:
    """Where the run stands, who is awaited, and what opens the gate."""
    view = control(at.eye)
    now = status(at.eye)
    turn = _("turn {turn} of {turns}", turn=now.turn, turns=now.turns)
    at.tell(f"{now.title}, {turn}, {now.phase}. {view.sentence}")
    if view.does:
        at.tell(_("go: {does}.", does=view.does))
    at.tell(pages.time_of_phase(at))
    moved = lever_desk(at.eye)
    if moved is not None:
        at.tell(*map(ended, (*moved.waiting, *moved.moved)))
    count = waiting(at.game)
    if count:
        at.tell(_("Requests to control that wait: {count}. requests tells them.", count=count))
    challenge = unheard(at.game)
    if challenge is not None:
        name = at.eye.names.seats[challenge.seat]
        at.tell(_("{seat} challenges: {why}", seat=name, why=challenge.reason))


def go(at: Sitting, _typed: str) -> Conversation:
    """Open the gate, after a question where that is final or cuts somebody off."""
    view, stood = control(at.eye), gate(at.game)
    if at.game.paused:
        at.tell(_("Paused. Time stands still; pause lets it run again."))
        return
    if waits_for_weight(at.game):
        yield from weigh(at, "")
        return
    if unheard(at.game) is not None:
        yield from hear(at, "")
        return
    if not view.does:
        at.tell(view.sentence)
        return
    question = view.asks
    if not question and stood in FINAL:
        question = _("{does}?", does=view.does)
    if question and not (yield from sure(question, _("does it"))):
        at.tell(_("Nothing was done."))
        return
    at.request(Start() if stood is Gate.START else Continue(), _("Done: {does}.", does=view.does))


def seats(at: Sitting, _typed: str = "") -> None:
    """Every seat: whether somebody is there, and what came of what it is asked now."""
    rows = {row.seat: row for row in submissions(at.eye, at.table.entries)}
    places = at.attendance.places() if at.attendance is not None else []
    there = {place.seat: place for place in places}
    parts: list[Part] = []
    for seat in dict.fromkeys([*rows, *there]):
        name, cell = named(at.eye, seat)
        clauses = [f"{seat}: {name}" + (f", {cell}" if cell else "")]
        known = there.get(seat)
        if known is not None:
            since = known.since
            if known.on:
                clauses.append(_("here"))
            elif since is None:
                clauses.append(_("never came"))
            else:
                clauses.append(_("away for {time}", time=pages.time_of(since)))
        if seat in rows:
            clauses += _submitted(rows[seat])
        parts.append(Entry((f"{'; '.join(clauses)}.",), hang=2))
    at.head(_("SEATS"), *parts)


def _submitted(row: SeatRow) -> Iterator[str]:
    if row.robot:
        yield _("played by the robot {robot}", robot=row.robot)
    elif row.state:
        yield _(row.state)
    if row.answer:
        yield _("answer {answer}", answer=row.answer)
    if row.confidence:
        yield _("{percent} percent sure", percent=row.confidence)


def time(at: Sitting, _typed: str = "") -> None:
    """The time plan: how long play has taken, how far behind it is, and when it ends."""
    plan = time_plan(at.eye, at.table.elapsed)
    now = plan.now
    at.tell(
        _("Since STARTEX: {minutes} min.", minutes=plan.elapsed // 60),
        _(
            "{phase} for {minutes} min of {planned} planned.",
            phase=status(at.eye).phase.capitalize(),
            minutes=now.real // 60,
            planned=now.planned,
        ),
        _("ENDEX at {minutes} min from STARTEX as things stand.", minutes=plan.ends)
        if plan.planned
        else _("The exercise has no time plan."),
        _(
            "Behind the plan by {minutes} min: {proposal}.",
            minutes=plan.behind,
            proposal=plan.proposal,
        )
        if plan.behind > 0 and plan.proposal
        else "",
        *(_("Not exercised as things stand: {objective}", objective=part) for part in plan.lost),
    )


def box(at: Sitting, typed: str) -> Conversation:
    """Give the phase so many minutes from now, which every seat sees; 0 takes that away."""
    here = _("a number of minutes from now; 0 takes the time away")
    while (minutes := whole_number(typed)) is None:
        typed = yield from words_for(_("how many minutes"), here)
    done = _("The phase has no time of its own any more.")
    if minutes:
        done = _("{time} for this phase, from now.", time=pages.time_of(60 * minutes))
    at.request(SetTime(minutes), done)


def room(at: Sitting, typed: str) -> Conversation:
    """Put something on the room's screen; alone, say what it shows."""
    choices = {choice.shows: choice for choice in room_choices(at.eye)}
    what, _space, more = typed.partition(" ")
    if what.casefold() not in choices:
        at.tell(_("The room's screen: {shows}.", shows=room_shows(at.eye)))
        rows = (f"{name}: {choice.name}, {choice.about}" for name, choice in choices.items())
        at.listed(_("room and one of these changes it:"), rows)
        return
    shows = what.casefold()
    words, inject = more.strip(), ""
    if shows == MESSAGE and not words:
        words = yield from words_for(_("the message"), _("words that the room reads"))
    if shows == INJECT:
        inject = next(iter(released(at.game)), "")
    at.request(
        ShowRoom(shows, inject, words), _("The room's screen: {what}.", what=choices[shows].name)
    )


# --- talk ---


def write(at: Sitting, typed: str) -> Conversation:
    """Write to a seat, or to all."""
    name, _space, text = typed.partition(" ")
    known = {seat.id.casefold(): seat.id for seat in at.game.run.exercise.seat}
    known |= {seat.short.casefold(): seat.id for seat in at.game.run.exercise.seat}
    known |= {EVERYBODY: EVERYBODY, _("all").casefold(): EVERYBODY}
    to = known.get(name.casefold().rstrip(":"))
    if to is None:
        text = typed  # nobody is named: all of it is what is written
        names = ", ".join([EVERYBODY, *(seat.id for seat in at.game.run.exercise.seat)])
        to = yield from one_of(_("to whom do you write"), known, _("one of {names}", names=names))
    text = text.strip() or (yield from words_for(_("what do you write"), _("your words")))
    whom = _("all") if to == EVERYBODY else at.eye.names.seats[to]
    at.request(Message(to, text), _("Sent to {whom}.", whom=whom))


def reply(at: Sitting, typed: str) -> Conversation:
    """Answer a request for information, by its number."""
    number, _space, text = typed.partition(" ")
    waits = [view for view in inquiries(at.eye) if not view.reply]
    if not number and len(waits) == 1:
        number = str(waits[0].number)
    wanted = whole_number(number)
    if wanted is None:
        at.tell(_("Name a request by its number, such as: reply 1 They are on their way."))
        return
    view = next((view for view in waits if view.number == wanted), None)
    if view is not None and not text:
        at.tell(_("{seat} asks: {question}", seat=view.seat, question=view.question))
        text = yield from words_for(_("your reply"), _("what {cell} reads", cell=view.cell))
    at.request(
        Reply(wanted, text.strip()),
        _("Answered. The {cell} cell reads it.", cell=view.cell if view else ""),
    )


def probing(at: Sitting, _typed: str = "") -> None:
    """The probing questions of the inject on the table, to be asked aloud or put to the room."""
    inject = at.game.inject
    known = questions(at.eye, inject.id) if inject is not None else ()
    if at.game.phase != phases.DELIBERATION or not known:
        at.tell(_("There are no questions now; they belong to an inject under deliberation."))
        return
    sentences = []
    for question in known:
        line = f"{question.number}. {question.to}: {question.ask}"
        sentences.append(_("{question} (put to the room)", question=line) if question.put else line)
    at.listed(_("QUESTIONS, for you alone"), sentences)
    at.tell(_("put NUMBER puts one to the room."))


def ask_room(at: Sitting, typed: str) -> Conversation:
    """Put a question of one's own to the room."""
    text = typed or (yield from words_for(_("what do you ask the room"), _("your question")))
    at.request(AskRoom(text), _("The question is before the room."))


def put(at: Sitting, typed: str) -> None:
    """Put a probing question to the room."""
    number = whole_number(typed)
    if number is not None:
        at.request(Probe(number), _("The question is before the room."))
    else:
        at.tell(_("Name a question by its number, such as: put 1. probing tells them."))


def pause(at: Sitting, _typed: str = "") -> None:
    """Let the time stand still, or run again."""
    if at.request(Pause()):
        at.tell(_("Time stands still.") if at.game.paused else _("Time runs again."))
