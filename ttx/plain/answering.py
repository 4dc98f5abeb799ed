"""An inject in plain lines: its message and options, the answer, and what is said beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ttx.i18n import _, ngettext
from ttx.plain.conversation import Asked, Conversation, sure, whole_number, words_for
from ttx.plain.levers import REST
from ttx.plain.sitting import Sitting
from ttx.plain.step import Step, place
from ttx.report import story
from ttx.report.document import Entry, Paragraph, Part
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import ended
from ttx.session.play_commands import Commit, Submit
from ttx.session.view import message as views
from ttx.session.view import posture, words
from ttx.session.view.message import AnswerView, MessageView, OptionView
from ttx.session.view.pace import own_cell

# --- what there is to read ---


def told(view: MessageView) -> tuple[Part, ...]:
    """The inject, its options, who leads, and the answers that are open to the seat."""
    parts: list[Part] = [story.message(view)]
    if view.to:
        to = _("To {to}.", to=view.to)
        if view.via:
            to = _("To {to}, by {via}.", to=view.to, via=view.via)
        parts.append(Paragraph(to))
    parts.append(Entry((), tuple(map(option, view.options)), under=2))
    if view.lead:
        parts.append(Paragraph(_("{lead} leads: its answer is carried out.", lead=view.lead)))
    return (*parts, *map(Paragraph, answers(view)))


def option(view: OptionView) -> Entry:
    """An option with what it brings, costs and denies; and why it is closed, where it is."""
    head = _("{key}. {title}", key=view.key, title=view.title)
    if view.closed:
        head = _("{key}, closed. {title}", key=view.key, title=view.title)
    beside = (
        view.about,
        view.closed,
        _("Carries {carries}.", carries=view.carries),
        _("Gains: {gains}.", gains=_listed(view.gains)) if view.gains else _("Gains: none."),
        _("Costs: {costs}.", costs=_listed(view.costs)) if view.costs else _("Costs: none."),
        f"{words.capital(view.denial)}." if view.denial else "",
        _("The robot would take this one.") if view.draft else "",
    )
    return Entry((head,), tuple(Paragraph(words) for words in beside if words), hang=3, under=3)


def _listed(changes: Iterable[views.Weighed]) -> str:
    return ", ".join(f"{change.name} {change.by}" for change in changes)


def answers(view: MessageView) -> Iterator[str]:
    """What cells answered and seats committed to, as far as it is open, and who is awaited."""
    for given in view.answers:
        yield _("{who} answered: {what}", who=given.who, what=answer(given))
    for given in view.commitments:
        who = _("You") if given.own else given.who
        yield _("{who} committed to: {what}", who=who, what=answer(given))
    count, seats = view.committed
    if seats > 1 and not view.sealed:
        yield ngettext(
            "{number} of {every} in your cell has committed.",
            "{number} of {every} in your cell have committed.",
            count,
            number=count or _("None"),
            every=seats,
        )
    if view.waiting:
        yield _("Not answered yet: {cells}.", cells=", ".join(view.waiting))


def answer(given: AnswerView) -> str:
    """An answer with what was said beside it, in a sentence."""
    clauses = [f"{given.key} {given.title}".strip()]
    if given.confidence:
        clauses.append(_("{percent} percent sure", percent=given.confidence))
    clauses += [_("expects of {who}: {does}", who=who, does=does) for who, does in given.expects]
    if given.rationale:
        clauses.append(_("because: {why}", why=given.rationale))
    if given.pro:
        clauses.append(_("it would work: {why}", why=given.pro))
    if given.contra:
        clauses.append(_("it might not: {why}", why=given.contra))
    return ended("; ".join(clauses))


# --- the step ---


def may_answer(at: Sitting) -> bool:
    """Whether this seat still has an answer to give."""
    view, cell = views.message(at.eye), own_cell(at.eye)
    return view is not None and cell.decides and not view.sealed and not cell.closed


def step(at: Sitting) -> Step:
    """The question on the table."""
    view = views.message(at.eye)
    assert view is not None
    here = _("a number from 1 to {options} answers", options=len(view.options))

    def take(typed: str) -> Conversation | None:
        chosen = next((part for part in view.options if part.key == typed), None)
        if chosen is None:
            at.tell(_("Here {here}; {rest}", here=here, rest=_(REST)))
            return None
        return give(at, replace(at.draft(), option=chosen.id, written="", pro="", contra=""))

    def tell() -> None:
        at.tell(posture.turned_now(at.eye) if view.number.endswith(".1") else "")
        at.show(*told(view))
        at.tell(_("why, sure and expect say more beside your answer; draft tells it."))

    return Step(("answer", at.seat, place(at.game), view.id), Asked(_("option"), here), tell, take)


def give(at: Sitting, given: Answer) -> Conversation | None:
    """Hand in an answer: at a hosted table a lead's is final, so it is asked about first."""
    cell = own_cell(at.eye)
    if not at.hosted:
        at.request(Submit(given))
        return None
    if not cell.leads:
        done = _("Committed. {lead} submits for the {cell} cell.", lead=cell.lead, cell=cell.name)
        at.request(Commit(given), done)
        return None
    return _submit(at, given, cell.name)


def _submit(at: Sitting, given: Answer, cell: str) -> Conversation:
    what = given.written or _title(at, given.option)
    question = _("Submit for the {cell} cell: {what}? It is final.", cell=cell, what=what)
    if (yield from sure(question, _("submits"))):
        at.request(Submit(given), _("Submitted for the {cell} cell.", cell=cell))
    else:
        at.tell(_("Nothing was submitted."))


def _title(at: Sitting, option_id: str) -> str:
    view = views.message(at.eye)
    options = view.options if view is not None else ()
    return next((f"{part.key} {part.title}" for part in options if part.id == option_id), "")


# --- the words ---


def answers_now(at: Sitting) -> bool:
    """Whether the seat has an answer to give to an inject that is on the table."""
    return at.game.phase == phases.DELIBERATION and may_answer(at)


def _answers(at: Sitting) -> bool:
    """The same, and a word where it has none: what is said beside one would go with nothing."""
    answers = answers_now(at)
    if not answers:
        at.tell(_("Your seat has no answer to give now; that goes with one."))
    return answers


def why(at: Sitting, typed: str) -> Conversation:
    """Say why, beside the answer that is to come."""
    if not _answers(at):
        return
    text = typed or (yield from words_for(_("why"), _("your reason, in your own words")))
    at.kept.draft = replace(at.draft(), rationale=text)
    at.tell(_("Your reason goes with your answer. The report prints it with your office."))


def confident(at: Sitting, typed: str) -> Conversation:
    """Say how sure one is."""
    while _answers(at):
        percent = whole_number(typed.removesuffix("%").strip())
        if percent is not None and 1 <= percent <= 100:
            at.kept.draft = replace(at.draft(), confidence=percent)
            at.tell(_("{percent} percent sure goes with your answer.", percent=percent))
            return
        here = _("a number from 1 to 100")
        typed = yield from words_for(_("how sure are you, in percent"), here)


def expect(at: Sitting, typed: str) -> Conversation:
    """Say what one expects of an adversary."""
    known = at.eye.names.adversaries
    while _answers(at):
        name, _space, response = typed.rpartition(" ")
        ids = {key.casefold(): key for key in known}
        ids |= {called.casefold(): key for key, called in known.items()}
        who = ids.get(name.strip().casefold())
        does = {words.response(kind).casefold(): kind for kind in words.RESPONSES}
        does |= {kind: kind for kind in words.RESPONSES}
        kind = does.get(response.casefold())
        if who is not None and kind is not None:
            draft = at.draft()
            at.kept.draft = replace(draft, expects={**draft.expects, who: kind})
            sentence = _("That you expect of {who}: {does}.", who=known[who], does=response)
            at.tell(_("{sentence} It goes with your answer.", sentence=sentence))
            return
        here = _(
            "an adversary of {names}, then one of {responses}",
            names=", ".join(known.values()),
            responses=", ".join(words.response(kind) for kind in words.RESPONSES),
        )
        typed = yield from words_for(_("whom do you expect to do what"), here)


def own(at: Sitting, typed: str) -> Conversation:
    """Answer in one's own words, with why it would work and why it might not."""
    if not _answers(at):
        return
    if not at.held:
        at.tell(_("Nobody facilitates here, so nobody could weigh an action of yours."))
        return
    here = _("the action, in your own words")
    text = typed or (yield from words_for(_("what you would do"), here))
    pro = yield from words_for(_("why it would work"), _("a reason"), needed=False)
    contra = yield from words_for(_("why it might not"), _("a reason"), needed=False)
    given = replace(at.draft(), option="", written=text, pro=pro, contra=contra)
    more = give(at, given)
    if more is not None:
        yield from more


def draft(at: Sitting, _typed: str) -> None:
    """Tell what goes with the answer that was not given yet."""
    given, known = at.draft(), at.eye.names.adversaries
    said = [
        _("{percent} percent sure", percent=given.confidence) if given.confidence else "",
        *(
            _("expects of {who}: {does}", who=known[who], does=words.response(does))
            for who, does in given.expects.items()
        ),
        _("because: {why}", why=given.rationale) if given.rationale else "",
    ]
    told_ = "; ".join(filter(None, said))
    at.tell(
        ended(_("What goes with your answer: {said}", said=told_))
        if told_
        else _("Nothing goes with your answer yet: why, sure and expect say more.")
    )
