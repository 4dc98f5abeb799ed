"""The crisis clocks: for each crisis the stages of its answer against the window."""

from __future__ import annotations

from ttx.i18n import _
from ttx.report.aar.account import Account, capital
from ttx.report.aar.charts import clock
from ttx.report.document import Figure, Heading, Paragraph, Part
from ttx.session.game import SlotRecord
from ttx.session.view import words
from ttx.session.view.clock import ruled


def clocks(account: Account) -> list[Part]:
    """A drawing a crisis, all on one scale; nothing where no clock ran."""
    ruled = [
        (number, slot)
        for number, _rest, slot in account.slots()
        if slot.ruled is not None and slot.ruled.ruling.minutes
    ]
    if not ruled:
        return []
    scale = max(
        max(slot.ruled.ruling.total, slot.ruled.ruling.window)
        for _rest, slot in ruled
        if slot.ruled is not None
    )
    return [
        Heading(2, _("Crisis clocks")),
        Paragraph(
            _(
                "Each bar is a stage of the answer, from the incident on; hours and minutes. The "
                "slowest stage is black, the other stages of the path are shaded, one that could "
                "wait is white. The broken line is where the window closed."
            )
        ),
        *(_figure(account, number, slot, scale) for number, slot in ruled),
    ]


def _figure(account: Account, number: str, slot: SlotRecord, scale: int) -> Figure:
    assert slot.ruled is not None
    model = slot.ruled.ruling
    view = ruled(account.run.tables, model)
    slowest = next((step.name for step in view.steps if step.slowest), "")
    verdict = capital(view.verdict)
    stages = ", ".join(f"{step.name} {words.hours_short(step.minutes)}" for step in view.steps)
    in_words = _(
        "{capital}. Slowest: {slowest}. Stages: {stages}.",
        capital=capital(view.sentence),
        slowest=slowest,
        stages=stages,
    )
    if slot.ruling is not None and slot.ruling.timing != model.timing:
        in_words += _(
            " {hand} ruled it {verdict}.",
            hand=capital(account.hand(slot.amendments[-1][0])),
            verdict=words.verdict(slot.ruling.timing),
        )
    if not slot.confirmed:
        in_words += _(" It was proposed and not confirmed.")
    title = account.headed(number)
    mark = f"clock-{number.replace('.', '-')}"
    drawn = clock(view, scale, mark, f"{title}: {view.verdict}", in_words)
    return Figure(drawn, f"{title}. {verdict}.", in_words)
