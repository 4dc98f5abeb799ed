"""What is written beside the play in plain lines: notes, requests, challenges, messages."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ttx.i18n import _, ngettext
from ttx.plain.conversation import Conversation, sure, whole_number, words_for
from ttx.plain.sitting import Sitting
from ttx.report.document import Entry, Paragraph
from ttx.session.command import ended
from ttx.session.control_commands import Challenge
from ttx.session.notebook_events import SORTS, CardAdded, FedBack, Noted, Observed
from ttx.session.side_commands import Inquire, Note
from ttx.session.striking import Strike, standing
from ttx.session.telling import Acknowledge
from ttx.session.view.contested import right
from ttx.session.view.contextual import received
from ttx.session.view.inquiries import inquiries, may_ask, may_read
from ttx.session.view.journal import journal, written
from ttx.session.view.notices import deliveries, notices, waiting


def note(at: Sitting, typed: str) -> None:
    """Write a note, of a kind where it is named before a colon."""
    if not typed:
        at.tell(_("Write the note behind the word, such as: note we asked Tokyo too late"))
        return
    before, colon, rest = typed.partition(":")
    kinds = {_(sort).casefold(): sort for sort in SORTS} | {sort: sort for sort in SORTS}
    sort = kinds.get(before.strip().casefold(), "") if colon else ""
    if at.request(Note(rest.strip() if sort else typed, sort)):
        at.tell(_("The note is in the record."))


def notes(at: Sitting, _typed: str = "") -> None:
    """The notes that the seat may read, the last one first."""
    views = journal(at.eye)
    if not views:
        at.tell(_("No notes yet; note and some words write one."))
    for view in views:
        head = f"{view.entry}. {_(view.sort) if view.sort else _('note')}, {view.seat}, {view.when}"
        if view.struck:
            head = _("{head}, struck", head=head)
        said = (
            *view.text.splitlines(),
            _("Before: {words}", words=view.before) if view.before else "",
        )
        at.show(Entry((head,), tuple(Paragraph(line) for line in said if line), under=2))
    if any(view.own for view in views):
        at.tell(_("strike NUMBER strikes what you wrote, correct NUMBER and words corrects it."))


def strike(at: Sitting, typed: str) -> Conversation:
    """Strike what this seat wrote itself: by its number, or what it wrote last."""
    entry, _rest = _own(at, typed)
    if not entry:
        return
    if (yield from sure(_("{words} Strike it?", words=_text(at, entry)), _("strikes it"))):
        at.request(Strike(entry), _("It is struck; the record keeps that it was written."))
    else:
        at.tell(_("Nothing was struck."))


def correct(at: Sitting, typed: str) -> Conversation:
    """Have other words stand instead of what this seat wrote."""
    entry, rest = _own(at, typed)
    if not entry:
        return
    if isinstance(at.table.entries[entry - 1].event, FedBack):
        at.tell(_("A feedback form is corrected by filling it in again."))
        return
    at.tell(_text(at, entry))
    words = rest or (yield from words_for(_("what stands instead"), _("some words")))
    at.request(Strike(entry, words), _("It reads so from here on; what it said before is kept."))


def _own(at: Sitting, typed: str) -> tuple[int, str]:
    """The entry of something that this seat wrote, and the words behind its number; 0 for none."""
    mine = [entry for entry, author in standing(at.game).items() if author == at.seat]
    number, _space, rest = typed.partition(" ")
    if not mine:
        at.tell(_("You have written nothing that could be struck."))
        return 0, ""
    if not number.isdecimal():
        return max(mine), typed
    if whole_number(number) not in mine:
        at.tell(_("You wrote nothing by that number; record tells what was written."))
        return 0, ""
    return int(number), rest.strip()


def _text(at: Sitting, entry: int) -> str:
    """What an entry of the seat's own says, as it stands now."""
    stands = next((view.text for view in journal(at.eye) if view.entry == entry), "")
    if stands:
        return ended(stands)
    fact = at.table.entries[entry - 1].event
    if isinstance(fact, FedBack):
        return _("Your feedback form.")
    assert isinstance(fact, Noted | CardAdded | Observed)
    return ended(fact.text)


def ask(at: Sitting, typed: str) -> Conversation:
    """Ask exercise control for information."""
    if not may_ask(at.eye):
        at.tell(_("Nobody would answer a request of this seat now."))
        return
    here = _("your question, in your own words")
    text = typed or (yield from words_for(_("what do you ask of control"), here))
    at.request(Inquire(text), _("Asked. The reply is told here as soon as there is one."))


def requests(at: Sitting, _typed: str = "") -> None:
    """The requests to control that the seat may read, with their replies."""
    views = inquiries(at.eye) if may_read(at.eye) else ()
    if not views:
        at.tell(_("There are no requests to control that this seat may read."))
    for view in views:
        head = _(
            "Request {number} of {seat}, {when}: {question}",
            number=view.number,
            seat=view.seat,
            when=view.when,
            question=view.question,
        )
        reply = _("Reply: {reply}", reply=view.reply) if view.reply else _("Not answered yet.")
        at.show(Entry((head,), (Paragraph(reply),), hang=2, under=2))


def challenge(at: Sitting, typed: str) -> Conversation:
    """Challenge what stands, once a turn."""
    may = right(at.eye)
    if not (may.given and may.now):
        at.tell(_("A ruling is challenged once it stands, while the table reads it."))
        return
    if may.used:
        at.tell(_("Your seat has challenged once in this turn."))
        return
    here = _("your reason; you can challenge once a turn")
    why = typed or (yield from words_for(_("why do you challenge it"), here))
    if (yield from sure(_("Challenge it? Once a turn."), _("challenges"))):
        at.request(
            Challenge(why), _("Challenged. The facilitator hears it before the table goes on.")
        )
    else:
        at.tell(_("Nothing was challenged."))


def messages(at: Sitting, _typed: str = "") -> None:
    """What was said to the seat, in the order it came, with when and whether it said so."""
    sentences = []
    for view in notices(at.eye):
        read = _("acknowledged") if view.acknowledged else _("not acknowledged")
        over = read if view.acknowledged or view.waits else _("no longer so")
        sentences.append(f"{written(at.eye, view.stamp)}: {view.words} ({over})")
    at.listed(_("SAID TO YOU"), sentences, _("Nothing yet."))


def acknowledge(at: Sitting, _typed: str = "") -> None:
    """Say that all is read that was said to the seat and waits for that."""
    entries = tuple(sorted(view.entry for view in waiting(at.eye) if view.entry <= at.kept.heard))
    if entries:
        count = len(entries)
        done = ngettext("Read: {count} message.", "Read: {count} messages.", count)
        at.request(Acknowledge(entries), done)
    else:
        at.tell(_("Nothing waits to be read."))


def sent(at: Sitting, _typed: str = "") -> None:
    """What went to others: where it was told or painted, and who acknowledged it."""
    names = at.eye.names.seats
    entries = []
    for view in deliveries(at.eye):
        shown = [seat for seat in view.to if _told(at, seat, view.entry)]
        read = [seat for seat in view.to if seat in view.acknowledged]
        entries.append(
            _(
                "{when}: {words} To: {to}. On screens of: {shown}. Acknowledged by: {read}.",
                when=written(at.eye, view.stamp),
                words=view.words,
                to=_named(names, view.to),
                shown=_named(names, shown),
                read=_named(names, read),
            )
        )
    at.listed(_("SENT"), entries, _("Nothing was sent yet."))


def _told(at: Sitting, seat: str, entry: int) -> bool:
    return at.attendance is not None and entry in at.attendance.painted(seat)


def _named(names: Mapping[str, str], seats: Collection[str]) -> str:
    """Seats in short; the room's screen by what it is."""
    return ", ".join(names.get(seat, _("Room")) for seat in seats) or _("nobody")


def news(at: Sitting, _typed: str = "") -> None:
    """What came that asks nothing: calls, news, cables for one office."""
    views = [view for _sending, view in received(at.eye)]
    if not views:
        at.tell(_("Nothing of that kind came for this seat."))
    for view in views:
        urgent = f"{view.precedence} " if view.precedence else ""
        head = f"{urgent}{view.title}: " + _(
            "from {sender} to {to}, by {via}", sender=view.sender, to=view.to, via=view.via
        )
        at.show(Entry((head,), tuple(map(Paragraph, view.text)), hang=2, under=2))
