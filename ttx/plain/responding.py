"""The adversaries' choice in plain lines, for the seat that chooses how they respond."""

from __future__ import annotations

from collections.abc import Sequence

from ttx.i18n import N_, _, ngettext
from ttx.plain.conversation import Asked, Conversation
from ttx.plain.levers import REST
from ttx.plain.sitting import Sitting
from ttx.plain.step import Step, place
from ttx.report.document import Entry, Paragraph, Part
from ttx.report.story import mark
from ttx.session.play_commands import Respond
from ttx.session.view import words
from ttx.session.view.aims import aims
from ttx.session.view.choice import ChoiceRow, choice

HERE = N_("a number from 1 to 3 chooses how it responds")


def mine(at: Sitting) -> list[ChoiceRow]:
    """The adversaries that this seat chooses for, those without a choice first."""
    view = choice(at.eye)
    rows = [row for row in view.rows if row.mine] if view is not None and not view.shut else []
    return sorted(rows, key=lambda row: row.chosen)


def step(at: Sitting, row: ChoiceRow) -> Step:
    """One adversary after the other."""
    view = choice(at.eye)
    news = view.news if view is not None else ()
    here = _(HERE)

    def take(typed: str) -> Conversation | None:
        if typed in ("1", "2", "3"):
            move = row.moves[int(typed) - 1]
            done = _("Chosen for {name}: {move}.", name=row.of.name, move=move.name)
            at.request(Respond(row.of.id, move.response), done if at.hosted else "")
        else:
            at.tell(_("Here {here}; {rest}", here=here, rest=_(REST)))
        return None

    return Step(
        ("respond", at.seat, place(at.game), row.of.id),
        Asked(_("how does {of} respond", of=row.of.name), here),
        lambda: at.show(told(row, news)),
        take,
    )


def told(row: ChoiceRow, news: Sequence[str]) -> Entry:
    """How an adversary may respond: its aim, its purse and its moves, with the rule's odds."""
    of = row.of
    listed = "; ".join(news) or _("none")
    head = _("{name}; news of this turn: {news}", name=of.name, news=listed)
    parts: list[Part] = []
    if of.aim:
        aim = _("Your aim, secret until the review: {aim}. {about}", aim=of.aim, about=of.about)
        asked = (Entry((f"{leaf.words}: {_(leaf.state)}",), hang=2) for leaf in of.asked)
        parts.append(Entry((aim,), tuple(asked), hang=2, under=2))
    if of.reached:
        parts.append(Paragraph(of.reached))
    if of.chips is not None:
        parts.append(Paragraph(_purse(of.chips, of.cap, of.income)))
    parts += [Entry((_move(at, row),), hang=4) for at in range(len(row.moves))]
    return Entry((head,), tuple(parts), mark=mark(of.badge), under=2)


def _purse(chips: int, cap: int, income: int) -> str:
    return _(
        "Purse: {chips} of {cap} chips, {income} more each turn.",
        chips=chips,
        cap=cap,
        income=income,
    )


def _move(at: int, row: ChoiceRow) -> str:
    move = row.moves[at]
    does = ", ".join(f"{name} {by}" for name, by, _word in move.effects)
    named = _(
        "{number} {response}: {name};",
        number=at + 1,
        response=words.response(move.response),
        name=move.name,
    )
    price = ""
    if move.price is not None:
        price = ngettext("{count} chip", "{count} chips", move.price)
        price = f"{price};" if move.pays else _("{price}, which the purse cannot pay;", price=price)
    odds = _(
        "the rule's odds {odds}; does {does}",
        odds=move.odds,
        does=does or _("nothing that you see"),
    )
    return " ".join(filter(None, (named, price, odds)))


def told_aims(at: Sitting, _typed: str) -> None:
    """What the adversaries are after that are open to a seat, and what they did."""
    views = aims(at.eye)
    if not views:
        at.tell(_("What the adversaries are after is not open to this seat."))
    for view in views:
        parts: list[Part] = []
        if view.object:
            parts.append(Paragraph(_("To be deterred from: {what}.", what=view.object)))
        if view.aim:
            aim = _("Its aim: {aim}. {about}", aim=view.aim, about=view.about)
            parts.append(Paragraph(aim))
        parts += [Paragraph(f"{leaf.words}: {_(leaf.state)}") for leaf in view.asked]
        if view.reached:
            parts.append(Paragraph(view.reached))
        if view.chips is not None:
            parts.append(Paragraph(_purse(view.chips, view.cap, view.income)))
        parts += [
            Paragraph(_("Turn {turn}: {did}.", turn=past.turn, did=past.did)) for past in view.past
        ]
        at.show(Entry((view.name,), tuple(parts), under=2))
