"""What was written beside the play: notes by their sort, requests for information, messages."""

from __future__ import annotations

from collections import Counter

from ttx.i18n import N_, _, ngettext
from ttx.report.aar.account import Account
from ttx.report.document import Heading, Paragraph, Part, Table
from ttx.session.events import EVERYBODY, Messaged
from ttx.session.game import Sent
from ttx.session.notebook_events import SORTS, Noted
from ttx.session.run import PROJECTOR

_NAMES = {
    "assumption": N_("Assumption"),
    "decision": N_("Decision"),
    "insight": N_("Insight"),
    "question": N_("Question"),
    "quote": N_("Quote"),
    "issue": N_("Issue"),
    "": N_("Note"),
}


def notes(account: Account) -> list[Part]:
    """One table, assumptions first; nothing where nobody wrote a note."""
    book = account.game.notebook
    pages, struck = book.notes, len(book.of(Noted)) - len(book.notes)
    if not pages and not struck:
        return []
    assert set(_NAMES) == {*SORTS, ""}
    rows = tuple(
        (
            _(name),
            f"“{event.text}”" if sort == "quote" else event.text,
            account.when(stamp),
            _author(account, sort, stamp.by),
        )
        for sort, name in _NAMES.items()
        for stamp, event in pages
        if event.sort == sort
    )
    head = (_("Note"), _("What was written"), _("When"), _("By"))
    parts: list[Part] = [Heading(2, _("Assumptions, decisions and other notes"))]
    if rows:
        parts.append(Table(head, rows, widths=(14, 48, 22, 16)))
    if struck:
        words = ngettext(
            "{count} note was struck by who wrote it; the record has it.",
            "{count} notes were struck by who wrote them; the record has them.",
            struck,
        )
        parts.append(Paragraph(words))
    return parts


def _author(account: Account, sort: str, by: str) -> str:
    """Whose note it is; a quote is nobody's where nothing is for attribution."""
    return "" if account.anonymous and sort == "quote" else account.who(by)


def requests(account: Account) -> list[Part]:
    """Requests for information with their replies, and how many came in each turn."""
    asked = account.game.notebook.inquiries
    if not asked:
        return []
    counts = Counter(inquiry.stamp.turn for inquiry in asked)
    turns = range(1, len(account.game.turns) + 1)
    per_turn = ", ".join(
        _("T{turn} {count}", turn=turn, count=counts.get(turn, 0)) for turn in turns
    )
    rows = tuple(
        (
            str(inquiry.number),
            account.when(inquiry.stamp),
            account.who(inquiry.stamp.by),
            inquiry.question,
            inquiry.reply or _("no reply"),
        )
        for inquiry in asked
    )
    return [
        Heading(2, _("Requests for information")),
        Paragraph(_("{asked} in all. {per_turn}.", asked=len(asked), per_turn=per_turn)),
        Table(
            (_("RFI"), _("When"), _("From"), _("Question"), _("Reply")),
            rows,
            widths=(7, 22, 13, 29, 29),
        ),
    ]


def messages(account: Account) -> list[Part]:
    """What exercise control wrote to seats, or to all, and who said that they had read it."""
    rows = tuple(
        (
            _addressee(account, message.event.to),
            account.when(message.stamp),
            message.event.text,
            _readers(account, message),
        )
        for message in account.game.sent
        if isinstance(message.event, Messaged)
    )
    if not rows:
        return []
    heads = (_("To"), _("When"), _("Message"), _("Read by"))
    return [
        Heading(2, _("Messages from exercise control")),
        Table(heads, rows, widths=(14, 22, 44, 20)),
    ]


def _addressee(account: Account, to: str) -> str:
    if to == PROJECTOR:
        return _("the room")
    return _("all") if to == EVERYBODY else account.seat(to)


def _readers(account: Account, message: Sent) -> str:
    """Who acknowledged it; how many, where nothing is for attribution."""
    read = account.game.notebook.acknowledged
    seats = [seat for seat in message.to if message.stamp.n in read.get(seat, ())]
    if account.anonymous:
        return ngettext("{count} seat", "{count} seats", len(seats))
    return ", ".join(map(account.seat, seats)) or _("nobody said so")
