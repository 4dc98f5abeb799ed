"""The MSEL in plain lines: its rows, an inject whole, and what exercise control does with one."""

from __future__ import annotations

from ttx.i18n import _
from ttx.plain.conversation import Conversation, sure, whole_number, words_for
from ttx.plain.sitting import Sitting
from ttx.report.document import Entry, Paragraph, Part
from ttx.session import gates, phases
from ttx.session.command import ended
from ttx.session.control_commands import Defer, Deliver, Release, Skip, Steer
from ttx.session.view import msel as views
from ttx.session.view.contextual import goes_to, shown
from ttx.session.view.inject import whole
from ttx.session.view.msel import MselRow
from ttx.session.view.msel_contextual import whole_msel


def rows(at: Sitting) -> tuple[MselRow, ...]:
    """All rows of the list."""
    return whole_msel(at.eye, at.table.elapsed)


def told(at: Sitting, typed: str = "") -> None:
    """The list, or the rows of it that hold all words of a search."""
    shown = views.chosen(rows(at), search=typed)
    if not shown:
        at.tell(_("No inject has these words."))
        return
    at.head(
        _("MSEL: {count} rows", count=len(shown)), *(Entry((_row(row),), hang=4) for row in shown)
    )
    at.tell(_("inject NUMBER tells one whole."))


def _row(row: MselRow) -> str:
    status = _(row.status)
    if row.until:
        status = _("{status} to turn {turn}", status=status, turn=row.until)
    parts = [
        f"{row.number} {row.title}: {status}",
        _place(row),
        row.scenario,
    ]
    if row.lacks:
        parts.append(_("waits for {lacks}", lacks=row.lacks))
    if row.ad_hoc:
        parts.append(_("written on the spot"))
    return f"{', '.join(filter(None, parts))}."


def _place(row: MselRow) -> str:
    """The slot that it is for; of a contextual one that it has none."""
    return _("contextual") if row.contextual else _("{slot} slot", slot=_(row.slot))


def inject(at: Sitting, typed: str) -> None:
    """An inject whole, as control alone has it."""
    row = _named(at, typed)
    if row is None:
        return
    if row.contextual:
        _told_contextual(at, row)
        return
    view = whole(at.eye, row.inject)
    sent = _("From {sender} to {to}, by {via}.", sender=view.sender, to=view.to, via=view.via)
    parts: list[Part] = [Paragraph(sent), *map(Paragraph, view.text)]
    parts.append(Paragraph(_("QUESTION {question}", question=view.question)))
    for option in view.options:
        under = (
            Paragraph(option.about),
            Paragraph(_("Brings: {effects}.", effects=", ".join(option.benefits) or _("none"))),
            Paragraph(_("Costs: {costs}.", costs=", ".join(option.costs) or _("none"))),
        )
        parts.append(Entry((f"{option.key}. {option.title} ({option.lean})",), under, under=3))
    for name, text in (
        (_("Expected"), view.expected),
        (_("Contingency"), view.otherwise),
        (_("Leads"), view.lead),
        (_("Objectives"), " ".join(map(ended, view.objectives))),
        (_("Reason"), row.reason),
    ):
        if text:
            parts.append(Paragraph(f"{name}: {text}"))
    parts += [Paragraph(f"{q.number}. {q.to}: {q.ask}") for q in view.probing]
    at.show(Entry((f"{row.number} {view.title}, {_(row.status)}",), tuple(parts), under=2))


def _told_contextual(at: Sitting, row: MselRow) -> None:
    """One that asks nothing, with who reads it."""
    view = shown(at.eye, at.game.run.exercise.contextuals[row.inject])
    sent_ = _("From {sender} to {to}, by {via}.", sender=view.sender, to=view.to, via=view.via)
    reads = _("Read by {seats}; {when}.", seats=view.readers, when=view.when)
    parts = (*map(Paragraph, (sent_, *view.text, reads)),)
    at.show(Entry((f"{row.number} {view.title}, {_(row.status)}",), parts, under=2))


def _named(at: Sitting, typed: str) -> MselRow | None:
    """A row by its number, its id, or words of its title that no other has."""
    known = [row for row in rows(at) if not row.contingency]
    if not typed:
        at.tell(_("Name an inject by its number; list tells them."))
        return None
    small = typed.casefold()
    exact = [row for row in known if small in (row.number.casefold(), row.inject.casefold())]
    found = exact or [row for row in known if small in row.title.casefold()]
    ahead = [row for row in found if row.actual is None and row.status in views.TO_COME]
    chosen = ahead if len(ahead) == 1 else found
    if len(chosen) == 1:
        return chosen[0]
    at.tell(_("No one inject goes by '{typed}'; list tells them.", typed=typed))
    return None


def _split(typed: str) -> tuple[str, str]:
    """Number or id of an inject, and the words behind it."""
    name, _space, rest = typed.partition(" ")
    return name, rest.strip()


def _next(at: Sitting) -> MselRow | None:
    return next((row for row in rows(at) if row.status == views.NEXT), None)


def release(at: Sitting, typed: str) -> Conversation:
    """Put an inject into the open slot; the next one where none is named."""
    name, why = _split(typed)
    following = _next(at)
    row = _named(at, name) if name else following
    if row is None:
        if not name:
            at.tell(_("No inject is next; list tells those that could be released."))
        return
    if row.contextual:
        yield from _deliver(at, row)
        return
    if row.lacks and gates.open_slot(at.game) == row.slot:
        what = _("'{title}' waits for {lacks}. Why release it", title=row.title, lacks=row.lacks)
        why = why or (yield from words_for(what, _("the reason; the report has it")))
    elif following is not None and following.inject != row.inject:
        question = _(
            "Release '{title}' instead of '{following}'?",
            title=row.title,
            following=following.title,
        )
        if not (yield from sure(question, _("releases it"))):
            at.tell(_("Nothing was released."))
            return
    at.request(Release(row.inject, why), _("Released: {title}.", title=row.title))


def _deliver(at: Sitting, row: MselRow) -> Conversation:
    """Send one that asks nothing to its readers, with what goes out beside it."""
    goes = goes_to(at.eye, at.game.run.exercise.contextuals[row.inject])
    if (yield from sure(_("Send {what}?", what=goes), _("sends it"))):
        at.request(Deliver(row.inject), _("Sent: {what}.", what=goes))
    else:
        at.tell(_("Nothing was sent."))


def skip(at: Sitting, typed: str) -> Conversation:
    """Leave an inject out of this run."""
    name, why = _split(typed)
    row = _named(at, name)
    if row is not None:
        what = _("why skip '{title}'", title=row.title)
        why = why or (yield from words_for(what, _("the reason; the report has it")))
        at.request(Skip(row.inject, why), _("Skipped: {title}.", title=row.title))


def defer(at: Sitting, typed: str) -> Conversation:
    """Put an inject off to a turn: which one first, then why."""
    name, rest = _split(typed)
    row = _named(at, name)
    if row is None:
        return
    turn, _space, why = rest.partition(" ")
    count = at.game.run.exercise.turns.count
    here = _("a turn from {first} to {last}", first=min(len(at.game.turns) + 1, count), last=count)
    while whole_number(turn) is None:
        turn = yield from words_for(_("to which turn"), here)
        why = ""
    what = _("why defer '{title}' to turn {turn}", title=row.title, turn=turn)
    why = why.strip() or (yield from words_for(what, _("the reason; the report has it")))
    done = _("Deferred to turn {turn}: {title}.", turn=turn, title=row.title)
    at.request(Defer(row.inject, int(turn), why), done)


def contingency(at: Sitting, _typed: str = "") -> Conversation:
    """Put the contingency of the inject on the table to it."""
    slot, part = at.game.slot, at.game.inject
    ready = at.game.phase == phases.DELIBERATION and slot is not None and not slot.steered
    if ready and part is not None:
        at.tell(whole(at.eye, part.id).otherwise)
        if not (yield from sure(_("Put this to the table?"), _("puts it"))):
            at.tell(_("Nothing was put."))
            return
    at.request(Steer(), _("The contingency is on the table."))
