"""How well objectives were met: the ratings at a glance."""

from __future__ import annotations

from ttx.i18n import _
from ttx.report.aar.account import Account
from ttx.report.document import Bullets, Heading, Part, Table
from ttx.session.notebook_events import Rated, Settled
from ttx.session.view.evaluation import MEANS, UNSEEN
from ttx.session.view.notebook_text import RATED

_LETTERS = tuple(letter for letter in RATED if letter != UNSEEN)


def ratings(account: Account) -> list[Part]:
    """Table 1: each objective, its capability and its rating; nothing where nobody rates."""
    book = account.game.notebook
    nobody = not (account.run.facilitator or book.ratings or book.settled)
    if nobody or not account.exercise.objective:
        return []
    rows = []
    for at, objective in enumerate(account.exercise.objective, start=1):
        settled = book.settled.get(objective.id)
        given = book.ratings.get(objective.id, {})
        marks = [_mark(letter, settled, given) for letter in _LETTERS]
        rows.append(
            (
                f"{at}. {account.objectives[objective.id]}",
                account.capabilities.get(objective.capability, ""),
                *marks,
                _state(settled, given),
            )
        )
    scale = tuple(f"{LETTERS}, {_(RATED[LETTERS])}: {_(MEANS[LETTERS])}" for LETTERS in _LETTERS)
    head = (_("Objective"), _("Capability"), *_LETTERS, _("Settled, or not"))
    return [
        Heading(2, _("Ratings by objective")),
        Table(
            head,
            tuple(rows),
            note=_("X is settled; a number in brackets is how many evaluators gave that rating."),
            caption=_("Summary of capability performance"),
            widths=(36, 20, 6, 6, 6, 6, 20),
        ),
        Bullets(scale),
    ]


def _mark(letter: str, settled: Settled | None, given: dict[str, Rated]) -> str:
    """What stands under a letter: the settled rating, or how many evaluators gave it."""
    if settled is not None:
        return "X" if settled.rating == letter else ""
    count = sum(rating.rating == letter for rating in given.values())
    return f"({count})" if count else ""


def _state(settled: Settled | None, given: dict[str, Rated]) -> str:
    if settled is not None:
        return (
            _("settled: not observed")
            if settled.rating == "N"
            else _("settled: {rating}", rating=settled.rating)
        )
    letters = [rating.rating for rating in given.values()]
    if not letters:
        return _("not rated")
    if set(letters) == {"N"}:
        return _("not observed, not settled")
    single = _("not settled; one rating") if len(letters) == 1 else ""
    agree = (
        _("not settled; evaluators agree")
        if len(set(letters)) == 1
        else _("not settled; they differ")
    )
    return single or agree
