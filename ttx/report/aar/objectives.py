"""How well objectives were met: the ratings at a glance, then what each rests on."""

from __future__ import annotations

from ttx.i18n import N_, _
from ttx.report.aar.account import Account, capital
from ttx.report.document import Bullets, Heading, Paragraph, Part, Table
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import IMPROVEMENT, NEUTRAL, STRENGTH, Observed, Rated, Settled
from ttx.session.side_commands import evaluators
from ttx.session.view.entry_text import RATED
from ttx.session.view.evaluation import MEANS, UNSEEN

_LETTERS = tuple(letter for letter in RATED if letter != UNSEEN)
_SORTS = (
    (STRENGTH, N_("Strength")),
    (IMPROVEMENT, N_("Area for improvement")),
    (NEUTRAL, N_("Neutral")),
)


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
            caption=_("Table 1. Summary of capability performance"),
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


def analysis(account: Account) -> list[Part]:
    """For each objective its observations and ratings; nothing where evaluators wrote nothing."""
    book = account.game.notebook
    parts: list[Part] = []
    for at, objective in enumerate(account.exercise.objective, start=1):
        seen = [page for page in book.observations if page[1].objective == objective.id]
        given, settled = book.ratings.get(objective.id, {}), book.settled.get(objective.id)
        if not (seen or given or settled):
            continue
        parts += [
            Heading(
                3,
                _(
                    "Objective {at}: {capability}",
                    at=at,
                    capability=account.capabilities.get(objective.capability, ""),
                ),
            ),
            Paragraph(account.objectives[objective.id]),
            *_observed(account, seen),
            *_rated(account, given, settled),
        ]
    rest = [page for page in book.observations if not page[1].objective]
    if rest:
        parts += [Heading(3, _("Observations without an objective")), *_observed(account, rest)]
    if not parts:
        return []
    return [Heading(2, _("Observations and ratings by objective")), *parts]


def _observed(account: Account, seen: list[tuple[Stamp, Observed]]) -> list[Part]:
    rows = tuple(
        (
            _(name),
            event.text,
            account.seat(event.seat) if event.seat else "",
            account.when(stamp),
            account.who(stamp.by),
        )
        for sort, name in _SORTS
        for stamp, event in seen
        if event.sort == sort
    )
    if not rows:
        return []
    head = (_("Observation"), _("What was seen"), _("About"), _("When"), _("By"))
    return [Table(head, rows, widths=(16, 38, 12, 21, 13))]


def _rated(account: Account, given: dict[str, Rated], settled: Settled | None) -> list[Part]:
    """Every evaluator's rating with its reason, then how differences were settled."""
    parts: list[Part] = []
    lead = evaluators(account.run)[:1]
    order = sorted(given.items(), key=lambda pair: pair[0] not in lead)
    lines = tuple(
        _(
            "{evaluator}: {rating}, {word}, because: {why}",
            evaluator=capital(account.who(by)),
            rating=rating.rating,
            word=_(RATED[rating.rating]),
            why=rating.why,
        )
        for by, rating in order
    )
    if lines:
        parts.append(Bullets(lines))
    if settled is not None:
        letters = {rating.rating for rating in given.values()}
        before = _("The evaluators differed. ") if len(letters) > 1 else ""
        sentence = _(
            "{before}{rating}, {word}, because: {why}",
            before=before,
            rating=settled.rating,
            word=_(RATED[settled.rating]),
            why=settled.why,
        )
        parts.append(Paragraph(sentence, _("Settled in the open")))
    elif given:
        parts.append(Paragraph(_("No final rating was settled."), _("Not settled")))
    return parts
