"""A ruling as rows: what came of an answer, its effects with their arithmetic, and its margin."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from ttx.i18n import _
from ttx.report.document import Paragraph, Part, Section, apart
from ttx.session.view import words
from ttx.session.view.clock import ClockView
from ttx.session.view.ruling import BeforeAfter, EffectRow, RulingView
from ttx.tui import flow, paint
from ttx.tui.page import SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.parts import document
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Glyphs, Ink
from ttx.tui.widgets import clock

KNOWN = 32
"""Cells of the arithmetic of an effect and of what it comes to."""
VALUES = (7, 7, 8)
"""Cells of a value before and after and of a change, each with a gap: `100.00`, `-100.00`."""
BAR = 11
"""Cells of a bar; one stands for a point."""


class Drawing:
    """One ruling in rows as wide as its page."""

    def __init__(self, page: Page, view: RulingView) -> None:
        """In the colours, signs and size that the page has now."""
        self.page, self.view, self.ink, self.signs = page, view, page.ink, page.glyphs
        self.width, self.small = page.body.width, page.form == SMALL
        self._strong = f"bold {page.ink.strong}"

    def head(self, words: str, note: str = "") -> list[Text]:
        """What heads rows of that width."""
        return self.page.headed(paint.label(self.width, words, self.ink, note))

    def _led(self, lead: str, sentence: str) -> list[Text]:
        """A paragraph whose first words say by their colour whether it is good."""
        first, *rest = paint.broken(f"{lead} {sentence}", self.width)
        tone = f"bold {self.ink.cool if self.view.good else self.ink.heat}"
        segs = [(first[: len(lead)], tone), (first[len(lead) :], self._strong)]
        lines = [segs, *([(line, self._strong)] for line in rest)]
        return [paint.line(self.width, line) for line in lines]

    def title(self) -> list[Text]:
        """The inject, what came of it, and who answered what."""
        view, ink, badge = self.view, self.ink, self.view.badge
        how = (f"{view.how}   " if view.how else "", f"bold {ink.heat}")
        number = (_("ruling {number}", number=view.number), ink.muted)
        title = (f" {paint.clean(view.title)}", self._strong)
        mark = paint.badge(badge.letter, badge.colour, ink)
        return [
            *self.page.headed(paint.line(self.width, [mark, title], [how, number])),
            *self._led(view.verdict, view.sentence),
            *flow.flowed(self.width, self._answers(), 2),
        ]

    def _answers(self) -> list[Seg]:
        """Who answered what, and how far it carried."""
        view, ink, answers = self.view, self.ink, self.view.answers
        if len({title for _cell, title in answers}) == 1:
            answers = ((words.listed([cell for cell, _title in answers]), answers[0][1]),)
        cells: list[Seg] = []
        for who, title in answers:
            cells += [(_("{who} answered ", who=who), ink.muted), (f"{title}   ", ink.text)]
        again, carried = _("answered again, with knowledge"), view.carried
        if self.small:
            again = _("again, with knowledge")
        else:
            carried = f"{carried}: {view.posture}"
        cells.append((f"{again}   " if view.again else "", ink.heat))
        cells.append((_("carried {carried}", carried=carried), ink.muted))
        cells.append((f"   {_('the cells differed')}" if view.discord else "", ink.heat))
        return cells

    def clock(self, view: ClockView, *, tall: bool) -> list[Text]:
        """The clock with its true minutes; each lane in two rows where there is room."""
        height = clock.LOW if self.small else clock.TALL if tall else clock.RULED
        return clock.panel(view, self.width, height, self.ink, self.signs)

    def because(self, width: int) -> list[Text]:
        """The effects, what it denied adversaries or opened to them, and the minority views.

        On a small terminal the views stand behind a key, and what stays in sight where it is
        scrolled is what it did to adversaries.
        """
        view = self.view
        rows = [self.effect(effect, width) for effect in view.effects]
        if not rows:
            rows.append(paint.line(width, [(_("This answer moved no track."), self.ink.muted)]))
        if self.small:
            brief = "; ".join(push.brief for push in view.pushes)
            return (
                [*paint.block(width, brief, self._strong, width, most=1), *rows] if brief else rows
            )
        for push in view.pushes:
            rows += paint.block(width, push.sentence, self._strong, width)
        for at, minority in enumerate(view.minority):
            rows += [] if at else [paint.blank(width)]
            rows += paint.block(width, minority, self.ink.muted, width)
        return rows

    def effect(self, effect: EffectRow, width: int) -> Text:
        """One effect with its arithmetic, and a bar to the left or to the right."""
        ink, bar = self.ink, self.signs.bar
        tone = paint.direction_colour(effect.word, ink)
        later = _(" T+{delay}", delay=effect.delay) if effect.delay else ""
        room = max(width - KNOWN - 2 * BAR - 1, 12)
        name = paint.cell(paint.clean(effect.name), room - 1, self.signs)
        length = (abs(effect.by) + 50) // 100
        bar = "<" + bar * (BAR - 1) if abs(effect.by) > BAR * 100 else bar * length
        sides = (f"{bar:>{BAR}}|", tone), ("", "")
        if effect.word != "worse":
            sides = (" " * BAR + "|", ink.rule), (bar, tone)
        cells = [
            (name, ink.text),
            (" ", ""),
            (f"{effect.arithmetic + later:<24}", ink.muted),
            (f"{words.exact(effect.by):>7} ", f"bold {tone}"),
        ]
        return paint.line(width, [*cells, *sides])

    def others(self) -> list[Text]:
        """What the other options would have met, at the same time and posture."""
        ink, signs = self.ink, self.signs
        rows = self.head(_("THE OTHER OPTIONS"), _("at the same time, as you were set up"))
        for other in self.view.others:
            carries = (_("carries {carried}", carried=other.carried), ink.muted)
            title = paint.cell(paint.clean(other.title), 43, signs), f"bold {ink.text}"
            if other.closed:
                title, carries = (title[0], ink.muted), (_("closed then"), ink.heat)
            lead: list[Seg] = [title, (" ", ""), (paint.cell(carries[0], 25, signs), carries[1])]
            effects = [
                [(f" {name} {by} ", paint.direction_colour(direction, ink))]
                for name, by, direction in other.effects
            ]
            rows += flow.listed(self.width, lead, effects, 0, flow.cells(lead) + 1)
        return rows

    def margin(self) -> list[Text]:
        """How near it was, and what would have turned it."""
        near, *ways = self.view.margin
        if self.small:
            return self._led(near, " ".join(ways))
        note = _("the smallest single change that would have turned it")
        rows = [*self.head(_("MARGIN"), note), *self._led(near, "")]
        for at, way in enumerate(ways):
            lead = (_("or ") if at else "", self.ink.muted)
            rows += flow.flowed(self.width, [lead, (way, self._strong)], 3)
        return rows

    def basis(self, evidence: Sequence[str], width: int) -> list[Text]:
        """Every effect, and the evidence behind the inject."""
        ink = self.ink
        pushes = [Paragraph(push.sentence) for push in self.view.pushes]
        rests = Section(_("What the inject rests on"), tuple(apart(evidence)))
        return [
            *(self.effect(effect, width) for effect in self.view.effects),
            *document.rows(pushes, width, ink),
            paint.blank(width),
            *document.rows([rests], width, ink),
        ]


def changes_rows(
    title: str, changes: Sequence[BeforeAfter], width: int, ink: Ink, signs: Glyphs
) -> list[Text]:
    """Tracks before and after under a title, and by how much they change."""
    columns = [Column("", gap=0), *(Column("", cells, "right", gap=0) for cells in VALUES)]
    table = Table(columns, width, signs)
    named = (_("before"), _("after"), _("change"))
    heads = [
        " " * max(cells - cell_len(head), 1) + head
        for cells, head in zip(VALUES, named, strict=True)
    ]
    rows = paint.titled(width, title, ink, "".join(heads).lstrip())
    for change in changes:
        values = [(f"{value / 100:.2f}", ink.text) for value in (change.before, change.after)]
        by = (words.exact(change.by), f"bold {paint.direction_colour(change.word, ink)}")
        rows.append(table.row([(change.name, ink.text), *values, by]))
    if not changes:
        rows.append(paint.line(width, [(_("No track moves now."), ink.muted)]))
    return rows


def margins(view: RulingView) -> list[Part]:
    """All single changes that would have turned it, and who would have answered otherwise."""
    ways: list[Part] = [*map(Paragraph, (*view.margin, *view.margin_rest))]
    if view.minority:
        others = tuple(Paragraph(f"{minority}.") for minority in view.minority)
        ways.append(Section(_("Minority views"), others))
    return ways
