"""Strengths, areas for improvement and causes in the order of their weight, each with who said so.

A card that was voted for comes first, then what evaluators saw, other cards, the answers of
feedback forms (once they are closed), ratings, and the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ttx.adjudicator.facts import Ruling
from ttx.i18n import _, ngettext
from ttx.report.aar.account import Account
from ttx.session.notebook import Card
from ttx.session.notebook_events import DELTA, IMPROVEMENT, PLUS, STRENGTH
from ttx.session.view import feedback, words
from ttx.session.view.clock import ruled as clock_of
from ttx.session.view.evaluation import HIGH, UNSEEN, agreed
from ttx.session.view.eye import Eye

WHY = "why"
"""The column of the board for what lay behind it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody had to say of the run."""

    words: str
    by: str
    """Who said so: an office, or the record."""


def strengths(account: Account) -> list[Said]:
    """What went well."""
    forms, rated = _formed(account, "strengths"), _rated(account, good=True)
    return [*_told(account, PLUS, STRENGTH), *forms, *rated, *_in_time(account)]


def areas(account: Account) -> list[Said]:
    """What is to be done better."""
    forms, rated = _formed(account, "improvements"), _rated(account, good=False)
    return [*_told(account, DELTA, IMPROVEMENT), *forms, *rated, *_late(account)]


def causes(account: Account) -> list[Said]:
    """What was named on the board as lying behind it, most votes first."""
    return [_card(account, card) for card in _cards(account, WHY)]


def _told(account: Account, column: str, sort: str) -> Iterator[Said]:
    cards = _cards(account, column)
    yield from (_card(account, card) for card in cards if card.votes)
    for stamp, event in account.game.notebook.observations:
        if event.sort == sort:
            where = _(", {number}", number=stamp.number) if stamp.number else ""
            by = account.who(stamp.by)
            yield Said(event.text, _("observed by {by}{where}", by=by, where=where))
    yield from (_card(account, card) for card in cards if not card.votes)


def _formed(account: Account, question: str) -> Iterator[Said]:
    """What feedback forms answered to one of the standard questions; the form names nobody."""
    results = feedback.results(Eye.all_seeing(account.game))
    for part, answers in results.answered if results is not None else ():
        if part.id == question:
            yield from (Said(answer, _("a feedback form")) for answer in answers)


def _cards(account: Account, column: str) -> list[Card]:
    cards = [card for card in account.game.notebook.standing_cards if card.column == column]
    return sorted(cards, key=lambda card: (-len(card.votes), card.number))


def _card(account: Account, card: Card) -> Said:
    by = account.who(card.stamp.by)
    if card.votes:
        count = len(card.votes)
        by = ngettext("{by}, {count} vote", "{by}, {count} votes", count, by=by)
    return Said(card.text, by)


def _rated(account: Account, *, good: bool) -> Iterator[Said]:
    """Objectives whose rating stands: settled, or agreed on by all who observed."""
    book = account.game.notebook
    for at, objective in enumerate(account.exercise.objective, start=1):
        settled, given = book.settled.get(objective.id), book.ratings.get(objective.id, {})
        letter = settled.rating if settled else agreed(one.rating for one in given.values())
        if letter in ("", UNSEEN) or (letter in HIGH) != good:
            continue
        gave = {rater: one for rater, one in given.items() if one.rating == letter}
        why = settled.why if settled else next(iter(gave.values())).why
        name = account.capabilities.get(objective.capability, "")
        by = _("rated {letter}", letter=letter)
        raters = ", ".join(dict.fromkeys(account.who(rater) for rater in gave))
        if settled:
            by = _("settled at {letter} in the open", letter=letter)
        elif raters:
            by = _("rated {letter} by {raters}", letter=letter, raters=raters)
        words_ = _("Objective {at}, {capability}: {why}", at=at, capability=name, why=why)
        yield Said(words_, by)


def _in_time(account: Account) -> Iterator[Said]:
    for number, _turn, slot in account.slots():
        if slot.confirmed and slot.ruling is not None and _timed(slot.ruling) == "on_time":
            told = _("{headed} was answered in time.", headed=account.headed(number))
            yield Said(told, _("the record"))


def _late(account: Account) -> Iterator[Said]:
    for number, _turn, slot in account.slots():
        ruling = slot.ruling
        if not slot.confirmed or ruling is None or _timed(ruling) in ("", "on_time"):
            continue
        steps = clock_of(account.run.tables, ruling).steps
        slowest = next((step.name for step in steps if step.slowest), "")
        told = _(
            "{headed} was answered {late}; slowest: {stage}.",
            headed=account.headed(number),
            late=words.verdict(ruling.timing),
            stage=slowest,
        )
        yield Said(told, _("the record"))


def _timed(ruling: Ruling) -> str:
    """Whether it came in time; empty where no clock ran."""
    return ruling.timing if ruling.minutes else ""
