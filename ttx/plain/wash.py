"""The hot wash in plain lines: the board with cards and votes, the improvement plan, questions."""

from __future__ import annotations

from collections.abc import Generator

from ttx.i18n import N_, _, ngettext
from ttx.plain import pages
from ttx.plain.conversation import (
    Asked,
    Conversation,
    Words,
    one_of,
    sure,
    whole_number,
    words_for,
)
from ttx.plain.evaluating import which_observation
from ttx.plain.levers import REST
from ttx.plain.sitting import Sitting
from ttx.plain.step import Step, place
from ttx.report.document import Entry, Paragraph
from ttx.session import phases
from ttx.session.asides import dated
from ttx.session.command import IllegalDecision
from ttx.session.notebook_events import COLUMNS, ELEMENTS
from ttx.session.play_commands import Continue
from ttx.session.side_commands import Plan, PutUp, Vote
from ttx.session.view import wash as views
from ttx.session.view.asking import asks
from ttx.session.view.evaluation import evaluation
from ttx.session.view.feedback import form
from ttx.session.view.notebook_text import COLUMN

OBSERVED = N_("observed")
"""What is typed behind `plan` for an observation."""
NOT_YET = N_("The board opens at the hot wash.")


def step(at: Sitting) -> Step:
    """The talk right after ENDEX."""
    goes_on = not at.hosted and at.game.phase == phases.HOTWASH
    here = _("Enter closes the run") if goes_on else _("Enter tells the board")

    def take(typed: str) -> Conversation | None:
        if typed:
            at.tell(_("Here {here}; {rest}", here=here, rest=_(REST)))
        elif goes_on:
            return _close(at)
        else:
            board(at)
        return None

    prompt = _("Enter: close the run") if goes_on else _("hot wash")
    if at.game.phase == phases.CLOSED:
        prompt = _("closed")
    return Step(
        ("wash", at.seat, place(at.game)),
        Asked(prompt, here),
        lambda: begins(at),
        take,
        waits=at.hosted,
    )


def _close(at: Sitting) -> Conversation:
    """Close the run, which is final."""
    question = _("Close the run? Board, ratings and plan stay as they are then.")
    if (yield from sure(question, _("closes it"))):
        at.request(Continue())
    else:
        at.tell(_("It stays open."))


def begins(at: Sitting) -> None:
    """Say that it begins, and what there is to do."""
    if at.game.phase == phases.CLOSED:
        reads = _("board tells the cards, plan the improvement plan, report the review.")
        at.tell(_("The run is closed; its record stays."), reads if at.hosted else "")
        return
    view, filled = views.board(at.eye), form(at.eye)
    at.tell(_("ENDEX. The hot wash: what was seen, what to keep and what to change."))
    if view is not None and view.writes:
        names = ", ".join(COLUMNS)
        at.tell(
            _("card COLUMN WORDS puts a card on the board; the columns are {names}.", names=names)
        )
    at.tell(_("board tells the cards, questions what may be asked, report the review."))
    if pages.writes_report(at):
        at.tell(_("report file writes the after-action review beside the save."))
    if filled is not None and filled.open:
        at.tell(_("feedback fills in the feedback form."))


def board(at: Sitting, typed: str = "") -> None:
    """The cards: by column, or by votes or by seat where that is named."""
    view = views.board(at.eye)
    if view is None:
        at.tell(_(NOT_YET))
        return
    reading = typed.casefold() if typed.casefold() in views.READINGS else views.BY_COLUMN
    for group in views.groups(view, reading):
        entries = tuple(Entry((_card(card),), hang=4) for card in group.cards)
        at.head(f"{group.name}: {group.note}", *entries)
    if view.writes:
        at.tell(
            ngettext(
                "You have {count} vote left; vote NUMBER gives it.",
                "You have {count} votes left; vote NUMBER gives one.",
                view.left,
            )
        )


def _card(card: views.CardView) -> str:
    votes = ngettext("{count} vote", "{count} votes", card.votes)
    notes = [f"{card.seat}, {card.cell}" if card.cell else card.seat, votes]
    if card.mine:
        notes.append(_("one of them yours"))
    if card.planned:
        notes.append(_("in the plan"))
    if card.struck:
        notes.append(_("struck"))
    return f"{card.number}. {card.text} ({', '.join(notes)})"


def card(at: Sitting, typed: str) -> Conversation:
    """Put a card up."""
    view = views.board(at.eye)
    if view is None or not view.writes:
        at.tell(_(NOT_YET) if view is None else _("The board stays as it is: the run is closed."))
        return
    name, _space, text = typed.partition(" ")
    known = {_(COLUMN[column]).casefold(): column for column in COLUMNS}
    known |= {column: column for column in COLUMNS}
    column = known.get(name.casefold().rstrip(":"))
    if column is None:
        text = ""
        names = ", ".join(COLUMNS)
        column = yield from one_of(_("which column"), known, _("one of {names}", names=names))
    text = text.strip()
    if not text:
        text = yield from words_for(_(COLUMN[column]), _("the words of the card"))
    up = at.request(PutUp(column, text))
    view = views.board(at.eye)
    if up and view is not None and view.cards:
        at.tell(_("Your card is on the board: number {number}.", number=view.cards[-1].number))


def vote(at: Sitting, typed: str) -> None:
    """Give a vote to a card."""
    _voted(at, typed, given=True)


def unvote(at: Sitting, typed: str) -> None:
    """Take a vote back."""
    _voted(at, typed, given=False)


def _voted(at: Sitting, typed: str, *, given: bool) -> None:
    number = _number(at, typed)
    if number:
        done = _("Your vote is given.") if given else _("Your vote is taken back.")
        at.request(Vote(number, given), done)


def _number(at: Sitting, typed: str) -> int:
    if number := whole_number(typed):
        return number
    at.tell(_("Name a card by its number, such as: vote 2. board tells the cards."))
    return 0


def plan(at: Sitting, typed: str) -> Conversation:
    """The improvement plan; with the number of a card, that card becomes a row of it.

    With `observed`, an observation of the evaluation does.
    """
    view = views.board(at.eye)
    if view is None:
        at.tell(_(NOT_YET))
        return
    if not typed:
        _told_plan(at, view)
        return
    if typed.casefold() in (OBSERVED, _(OBSERVED).casefold()):
        yield from _plan_observed(at)
        return
    number = _number(at, typed)
    if not number:
        return
    if not view.plans:
        at.tell(_("This seat makes no card a row of the plan."))
        return
    shown = next((card for card in view.cards if card.number == number), None)
    if shown is None:
        at.tell(_("There is no card {card}.", card=number))
        return
    at.tell(_("Card {number}: {text}", number=number, text=shown.text))
    request = yield from _row(at, number, 0)
    if request is not None:
        at.request(request, _("Card {card} is a row of the plan.", card=number))


def _plan_observed(at: Sitting) -> Conversation:
    """Make an observation a row of the plan."""
    view = evaluation(at.eye)
    if view is None or not view.plans:
        at.tell(_("This seat makes no observation a row of the plan."))
        return
    entry = yield from which_observation(at, view, own=False)
    if not entry:
        return
    request = yield from _row(at, 0, entry)
    if request is not None:
        at.request(request, _("The observation is a row of the plan."))


def _row(at: Sitting, card: int, observation: int) -> Generator[Asked, str, Plan | None]:
    """What is asked for a row; None where it is not wanted after all."""
    known = at.eye.names.capabilities
    names = {str(row): part for row, part in enumerate(known, start=1)}
    at.listed(_("The capabilities:"), (f"{row}. {known[part]}" for row, part in names.items()))
    capability = yield from one_of(_("which capability"), names, _("a number of the list"))
    action = yield from words_for(_("what is to be done"), _("the corrective action"))
    elements = {_(name).casefold(): name for name in ELEMENTS}
    of = _("one of {names}", names=", ".join(elements))
    element = yield from one_of(_("what does it change"), elements, of)
    owner = yield from words_for(_("which office owns it"), _("the name of an office"))
    whom = _("an office or a function, with how to reach it")
    contact = yield from words_for(_("whom to ask about it"), whom, needed=False)
    due = yield from _date(at, _("done by which day"), needed=True)
    starts = yield from _date(at, _("begun on which day"), needed=False)
    if (yield from sure(_("Plan it: {action}?", action=action), _("plans it"))):
        return Plan(card, capability, action, element, owner, starts, due, contact, observation)
    at.tell(_("Nothing was planned."))
    return None


def _date(at: Sitting, prompt: str, *, needed: bool) -> Words:
    """A day as the plan has it; empty where none is given."""
    while True:
        typed = yield from words_for(prompt, _("a day, such as 2027-03-31"), needed=needed)
        if not typed:
            return ""
        try:
            return dated(typed)
        except IllegalDecision as refusal:
            at.tell(str(refusal))


def _told_plan(at: Sitting, view: views.BoardView) -> None:
    rows = views.plan(at.eye)
    if not rows:
        at.tell(_("The plan has no row yet."))
    for row in rows:
        made = row.made
        begun = _(", begun on {day}", day=made.starts) if made.starts else ""
        owner = made.owner
        if made.contact:
            owner = _("{owner}, contact {contact}", owner=made.owner, contact=made.contact)
        what = _(
            "{action} ({owner}, by {due}{begun}); it changes {element}.",
            action=made.action,
            owner=owner,
            due=made.due,
            begun=begun,
            element=_(made.element),
        )
        head = f"{row.card}. {row.capability}: {row.issue}"
        if not row.card:
            head = _("Observed. {name}: {issue}", name=row.capability, issue=row.issue)
        at.show(Entry((head,), (Paragraph(what),), hang=2, under=2))
    if view.plans:
        at.tell(_("plan NUMBER makes a card a row of the plan, plan observed an observation."))


def questions(at: Sitting, _typed: str = "") -> None:
    """What may be asked aloud at the hot wash."""
    known = asks(at.eye)
    at.listed(
        _("QUESTIONS FOR THE HOT WASH"),
        (f"{number}. {ask.kind}: {ask.sentence}" for number, ask in enumerate(known, start=1)),
        _("They are asked at the hot wash."),
    )
