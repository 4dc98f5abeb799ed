"""The executive summary: three strengths, issues and causes, as those who took part have them."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.i18n import _
from ttx.report.aar.account import Account
from ttx.report.aar.wash import with_votes
from ttx.report.document import Bullets, Heading, Paragraph, Part
from ttx.session.notebook_events import DELTA, IMPROVEMENT, PLUS, STRENGTH

WHY = "why"
"""The column of the board for what lay behind it."""
MOST = 3
"""Of each; the rest stands in the hot wash and the observations."""


def summary(account: Account) -> list[Part]:
    """The cards with most votes, then what evaluators saw; nothing where neither is there."""
    columns = (
        (_("Strengths"), [*_said(account, PLUS, STRENGTH)]),
        (_("Issues"), [*_said(account, DELTA, IMPROVEMENT)]),
        (_("Causes that were named"), [*_said(account, WHY, "")]),
    )
    if not any(lines for _rest, lines in columns):
        return []
    parts: list[Part] = [
        Heading(2, _("Executive summary")),
        Paragraph(
            _(
                "By votes of the hot wash, then as evaluators saw them; whoever "
                "took part says so, and not the model."
            )
        ),
    ]
    for name, lines in columns:
        if lines:
            parts += [Heading(3, name), Bullets(tuple(lines[:MOST]), numbered=True)]
    return parts


def _said(account: Account, column: str, sort: str) -> Iterator[str]:
    cards = [card for card in account.game.notebook.standing_cards if card.column == column]
    for card in sorted(cards, key=lambda put_up: (-len(put_up.votes), put_up.number)):
        yield with_votes(card)
    for _rest, event in account.game.notebook.observations:
        if event.sort == sort:
            yield event.text
