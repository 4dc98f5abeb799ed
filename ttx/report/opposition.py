"""The adversaries in the facilitator's guide: what each may be after, its moves, and its purse."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.exercise.model.adversaries import Adversary, Purse
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.moves import name_of
from ttx.i18n import N_, _
from ttx.report.document import Facts, Heading, Paragraph, Part, Table
from ttx.report.script import condition
from ttx.session.view.words import response

_UNKNOWN = N_("The exercise does not say.")


def opposition(exercise: Exercise) -> list[Part]:
    """A page on each adversary that wants or affords something; nothing where none does."""
    told_of = [
        adversary
        for adversary in exercise.adversary
        if adversary.object or adversary.purse or adversary.aim
    ]
    if not told_of:
        return []
    return [
        Heading(2, _("The adversaries")),
        Paragraph(
            _(
                "Each draws one of its aims before turn 1; you read which on Control, its own seat "
                "reads it, and nobody else before the review. An answer that its purse cannot pay "
                "becomes the next lower one that it can."
            )
        ),
        *(part for adversary in told_of for part in _adversary(exercise, adversary)),
    ]


def _adversary(exercise: Exercise, adversary: Adversary) -> Iterator[Part]:
    yield Heading(3, text(adversary.name))
    facts = []
    if adversary.object:
        facts.append((_("To be deterred"), text(adversary.object)))
    if adversary.purse:
        facts.append((_("Purse"), _purse(adversary.purse)))
    if facts:
        yield Facts(tuple(facts))
    if not adversary.aim:
        return
    rows = tuple(
        (
            f"{text(aim.name)}. {text(aim.about)}",
            *(text(name_of(adversary, at, act)) for act in RESPONSES[1:]),
            condition(exercise, aim.reached) or _(_UNKNOWN),
        )
        for at, aim in enumerate(adversary.aim)
    )
    head = (_("Aim"), _("Where it probes"), _("Where it escalates"), _("Reached at the end when"))
    yield Table(head, rows, widths=(28, 22, 22, 28))


def _purse(purse: Purse) -> str:
    prices = ", ".join(
        _("{chips} to {response}", chips=purse.price.get(act, 0), response=response(act))
        for act in RESPONSES[1:]
    )
    return _(
        "{start} chips before turn 1, {income} more each turn, {cap} at "
        "most; {prices}, none to hold back",
        start=purse.start,
        income=purse.income,
        cap=purse.cap,
        prices=prices,
    )
