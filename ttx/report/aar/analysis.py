"""By objective and capability: strengths and areas for improvement, each analysed and referred to.

The form is HSEEP's: an observation, what lies behind it, and what it is measured by. Where no
evaluator wrote an analysis, what the record has of that moment stands in its place, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.model.evaluation import Objective
from ttx.exercise.references import DESIGN
from ttx.i18n import N_, _, ngettext
from ttx.report.aar.account import Account, capital
from ttx.report.aar.origin import source_of
from ttx.report.aar.ruled import differed
from ttx.report.document import Bullets, Facts, Heading, Paragraph, Part, Table
from ttx.session.asides import evaluators
from ttx.session.game import SlotRecord
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import IMPROVEMENT, NEUTRAL, STRENGTH, Observed, Rated, Settled
from ttx.session.view import words
from ttx.session.view.clock import ruled as clock_of
from ttx.session.view.notebook_text import RATED

SORTS = (
    (STRENGTH, N_("Strengths"), "S"),
    (IMPROVEMENT, N_("Areas for improvement"), "A"),
    (NEUTRAL, N_("Other observations"), "O"),
)
"""In the order in which they stand, each with the letter in front of its numbers."""
SOURCES = 6
"""References of an objective that are named; the rest stand with their injects."""

Seen = list[tuple[Stamp, Observed]]


def analysis(account: Account) -> list[Part]:
    """For each objective what was seen and how it was rated; nothing where nobody evaluated."""
    book = account.game.notebook
    parts: list[Part] = []
    left: list[str] = []
    for at, objective in enumerate(account.exercise.objective, start=1):
        seen = [page for page in book.observations if page[1].objective == objective.id]
        given, settled = book.ratings.get(objective.id, {}), book.settled.get(objective.id)
        if not (seen or given or settled):
            left.append(str(at))
            continue
        capability = account.capabilities.get(objective.capability, "")
        parts += [
            Heading(3, _("Objective {at}: {capability}", at=at, capability=capability)),
            Paragraph(account.objectives[objective.id]),
            *_facts(account, objective),
            *_observed(account, seen, f"{at}."),
            *_rated(account, given, settled),
        ]
    rest = [page for page in book.observations if not page[1].objective]
    if rest:
        heading = Heading(3, _("Observations without an objective"))
        parts += [heading, *_observed(account, rest, "")]
    if not parts:
        return []
    if left:
        none = ngettext(
            "Nobody observed or rated objective {left}.",
            "Nobody observed or rated objectives {left}.",
            len(left),
            left=words.listed(left),
        )
        parts.append(Paragraph(none))
    return [Heading(2, _("Observations and ratings by objective")), *parts]


def _facts(account: Account, objective: Objective) -> list[Part]:
    """What exercised it, and where what was exercised comes from."""
    exercised = [
        (account.headed(number), account.inject(slot))
        for number, _turn, slot in account.slots()
        if objective.id in account.inject(slot).objectives
    ]
    known = {entry.id: entry for entry in account.exercise.evidence}
    used = dict.fromkeys(name for _headed, inject in exercised for name in inject.basis)
    sources = dict.fromkeys(
        source_of(known, known[name]) for name in used if name in known and name != DESIGN
    )
    more = len(sources) - SOURCES
    told = "\n".join([*sources][:SOURCES])
    if more > 0:
        told += "\n" + ngettext("and {count} more", "and {count} more", more)
    rows = (
        (_("Exercised by"), "\n".join(headed for headed, _inject in exercised)),
        (_("References"), told),
    )
    shown = tuple(row for row in rows if row[1])
    return [Facts(shown)] if shown else []


def _observed(account: Account, seen: Seen, number: str) -> Iterator[Part]:
    """A table for each sort; observations are numbered in it, as the improvement plan has them."""
    for sort, name, letter in SORTS:
        mine = [page for page in seen if page[1].sort == sort]
        rows = tuple(
            (
                f"{letter}{number}{at}",
                _about(account, event),
                _analysed(account, stamp),
                _reference(account, stamp),
                f"{account.who(stamp.by)}\n{account.when(stamp)}",
            )
            for at, (stamp, event) in enumerate(mine, start=1)
        )
        if rows:
            head = (_("No."), _("Observation"), _("Analysis"), _("Reference"), _("By, and when"))
            yield Table(head, rows, caption=_(name), widths=(8, 27, 28, 17, 20))


def _about(account: Account, event: Observed) -> str:
    if not event.seat:
        return event.text
    return _("{text}\nAbout {seat}", text=event.text, seat=account.seat(event.seat))


def _analysed(account: Account, stamp: Stamp) -> str:
    """What an evaluator says of it; else what came of the inject then, from the record."""
    book = account.game.notebook
    told = book.analyses.get(stamp.n)
    lines = [told.analysis] if told is not None else [*_from_the_record(account, stamp)]
    plan = book.planned.get(stamp.n)
    if plan is not None:
        lines.append(_("In the improvement plan: {action}", action=plan.action))
    return "\n".join(lines)


def _from_the_record(account: Account, stamp: Stamp) -> Iterator[str]:
    slot = next((slot for number, _turn, slot in account.slots() if number == stamp.number), None)
    if slot is None or slot.ruling is None:
        return
    yield _("From the record: {what}.", what="; ".join(_came(account, stamp.number, slot)))


def _came(account: Account, number: str, slot: SlotRecord) -> Iterator[str]:
    ruling = slot.ruling
    assert ruling is not None
    if ruling.minutes:
        clock = clock_of(account.run.tables, ruling)
        slowest = next((step.name for step in clock.steps if step.slowest), "")
        timing = words.verdict(ruling.timing)
        yield _("answered {timing}, slowest {stage}", timing=timing, stage=slowest)
    yield _("carried {carries}", carries=words.carries(ruling.quarters))
    who = "; ".join(line for line in differed(account, number, slot))
    if who:
        yield _("differed: {who}", who=who)


def _reference(account: Account, stamp: Stamp) -> str:
    """What it is measured by as an evaluator has it, and the inject on the table then."""
    told = account.game.notebook.analyses.get(stamp.n)
    named = told.reference if told is not None else ""
    msel = account.msel(stamp.inject)
    lines = [named, f"{stamp.number} {account.title(stamp.inject)}" if stamp.number else ""]
    lines.append(_("MSEL {number}", number=msel) if msel else "")
    return "\n".join(filter(None, lines))


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
