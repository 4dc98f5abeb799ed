"""The hot wash as it was put on the board, and the improvement plan that came of it."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.i18n import _, ngettext
from ttx.report.aar.account import Account, capital, date
from ttx.report.document import Heading, Paragraph, Part, Section, Table
from ttx.report.feedback import feedback
from ttx.session.notebook import Card
from ttx.session.notebook_events import COLUMNS, DELTA, PLUS, Planned
from ttx.session.view.eye import Eye
from ttx.session.view.feedback import results
from ttx.session.view.notebook_text import COLUMN

SPARE = 4
"""Empty rows of the plan, where the report can be typed in."""


def board(account: Account) -> list[Part]:
    """The board with its votes, then plus and delta of each seat; nothing without a card."""
    cards = account.game.notebook.standing_cards
    if not cards:
        return []
    parts: list[Part] = [Heading(2, _("Hot wash"))]
    rows = tuple(
        (
            capital(_(COLUMN[card.column])),
            card.text,
            account.who(card.stamp.by),
            str(len(card.votes)),
        )
        for column in COLUMNS
        if column not in (PLUS, DELTA)
        for card in sorted(cards, key=lambda put_up: (-len(put_up.votes), put_up.number))
        if card.column == column
    )
    if rows:
        head = (_("Board"), _("Card"), _("By"), _("Votes"))
        parts.append(Table(head, rows, widths=(22, 50, 18, 10), numbers=(3,)))
    return [*parts, *_plus_delta(account, cards)]


def forms(account: Account) -> list[Part]:
    """What the feedback forms come to, once nothing can be changed in them; nothing without one."""
    count = len(account.game.notebook.forms)
    if not count:
        return []
    found = results(Eye.all_seeing(account.game))
    if found is not None:
        return [Section(_("Feedback"), tuple(feedback(found)))]
    waits = ngettext(
        "{count} feedback form was handed in so far; results are told once the form is closed.",
        "{count} feedback forms were handed in so far; results are told once the form is closed.",
        count,
    )
    return [Heading(2, _("Feedback")), Paragraph(waits)]


def _plus_delta(account: Account, cards: list[Card]) -> list[Part]:
    seats = dict.fromkeys(card.stamp.by for card in cards if card.column in (PLUS, DELTA))
    if not seats:
        return []

    def written(seat: str, column: str) -> str:
        return "\n".join(
            with_votes(card) for card in cards if card.column == column and card.stamp.by == seat
        )

    rows = tuple((account.who(seat), written(seat, PLUS), written(seat, DELTA)) for seat in seats)
    head = (_("Seat"), _("Plus: keep"), _("Delta: change"))
    return [Table(head, rows, caption=_("Plus and delta, seat by seat"), widths=(20, 40, 40))]


def with_votes(card: Card) -> str:
    """What a card says, and how many votes it has."""
    if not card.votes:
        return card.text
    votes = ngettext("{count} vote", "{count} votes", len(card.votes))
    return f"{card.text} ({votes})"


def improvement_plan(account: Account) -> list[Part]:
    """The rows of the plan: of cards, most votes first, then of observations; else nothing."""
    rows = [*_planned_cards(account), *_planned_observations(account)]
    if not rows:
        return []
    contacts = any(made.contact for _issue, made in rows) and not account.anonymous
    head = [_("No."), _("Capability"), _("Issue or area for improvement"), _("Corrective action")]
    head += [_("Element"), _("Primary responsible office")]
    head += [_("Point of contact")] if contacts else []
    head += [_("Start"), _("Due")]
    wide = (4, 12, 16, 17, 11, 12, 10, 9, 9) if contacts else (5, 13, 18, 22, 11, 13, 9, 9)
    return [
        Heading(2, _("Improvement plan")),
        Paragraph(
            _(
                "What the hot wash made of its cards and of what evaluators saw. A row is a "
                "proposal of the exercise until the office named has taken it on."
            )
        ),
        Table(
            tuple(head),
            tuple(
                _row(account, at, issue, made, contacts=contacts)
                for at, (issue, made) in enumerate(rows, start=1)
            ),
            widths=wide,
            spare=SPARE,
        ),
    ]


def _planned_cards(account: Account) -> Iterator[tuple[str, Planned]]:
    cards = [card for card in account.game.notebook.cards if card.plan is not None]
    for card in sorted(cards, key=lambda planned: (-len(planned.votes), planned.number)):
        assert card.plan is not None
        yield with_votes(card), card.plan


def _planned_observations(account: Account) -> Iterator[tuple[str, Planned]]:
    planned = account.game.notebook.planned
    for stamp, event in account.game.notebook.observations:
        if stamp.n in planned:
            by = account.who(stamp.by)
            yield _("{text} (observed by {by})", text=event.text, by=by), planned[stamp.n]


def _row(
    account: Account, at: int, issue: str, made: Planned, *, contacts: bool
) -> tuple[str, ...]:
    return (
        str(at),
        account.capabilities.get(made.capability, made.capability),
        issue,
        made.action,
        _(made.element),
        made.owner,
        *([made.contact] if contacts else []),
        date(made.starts) if made.starts else _("open"),
        date(made.due),
    )
