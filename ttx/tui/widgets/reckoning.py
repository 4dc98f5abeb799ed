"""A reckoning as rows: what each adversary did against what odds, and how the profile moved."""

from __future__ import annotations

from rich.text import Text

from ttx.i18n import _
from ttx.report.document import Paragraph
from ttx.session.view import words
from ttx.session.view.reckoning import ReckoningView
from ttx.session.view.response import ResponseRow
from ttx.tui import flow, paint
from ttx.tui.page import SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.parts import document
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Ink

TERMS = 62
"""Cells of a term of the odds: its name, what its source stands at, and its steps."""


class Drawing:
    """One reckoning in rows as wide as its page."""

    def __init__(self, page: Page, view: ReckoningView) -> None:
        """In the colours, signs and size that the page has now."""
        self.page, self.view, self.ink, self.signs = page, view, page.ink, page.glyphs
        self.width, self.small = page.body.width, page.form == SMALL

    def title(self) -> list[Text]:
        """Which turn it is of; then what happened, where there is room for more than a row."""
        view, ink, width = self.view, self.ink, self.width
        title = (_("Reckoning of turn {turn}", turn=view.turn), f"bold {ink.strong}")
        how = (f"   {view.how}" if view.how else "", f"bold {ink.heat}")
        note = (_("it acts when the draw is below the odds"), ink.muted)
        head = self.page.headed(paint.line(width, [title, how], [note]))
        if self.small:
            return head
        slots = map(words.slot, view.empty)
        empty = [_("The {slot} slot of this turn stayed empty.", slot=slot) for slot in slots]
        return [
            *head,
            *paint.block(width, view.headline, f"bold {ink.strong}", width),
            *(row for sentence in empty for row in paint.block(width, sentence, ink.muted, width)),
        ]

    def responses(self, each: int) -> tuple[list[Text], list[Text]]:
        """The adversaries in so many rows each, and a head; a click on one shows its terms."""
        width, rows, note = self.width, list[Text](), _("odds and draw, 0.00 to 100.00")
        head = [] if self.small else paint.titled(width, _("ADVERSARIES"), self.ink, note)
        for number, response in enumerate(self.view.responses, start=1):
            most = max(each - 2, 1)
            under = self._did(response) if self.small else self._moved(response, most)
            made = [self._named(number, response), *under]
            rows += [paint.pressed(row, f"terms({number})") for row in made]
            rows += [paint.blank(width)] * (each - len(made))
        return rows, head

    def _named(self, number: int, response: ResponseRow) -> Text:
        """Who did what, and its odds and draw."""
        ink, small, badge = self.ink, self.small, response.badge
        tone = ink.cool if response.response == "restraint" else ink.heat
        model = response.model and _(" (model: {model})", model=words.response(response.model))
        did = f"{paint.clean(response.did)}{model}", ink.text
        left = [
            (f"{number} ", f"bold {ink.cool}"),
            paint.badge(badge.letter, badge.colour, ink),
            (f" {response.name:<12}", f"bold {ink.strong}"),
            (f" {words.response(response.response):<10}", f"bold {tone}"),
            (model or _by_rule(response), ink.muted) if small else did,
        ]
        right = [
            (_("odds "), ink.muted),
            (f"{response.odds:>6}", f"bold {ink.strong}"),
            (_("  draw "), ink.muted),
            (f"{response.draw:>6}", f"bold {ink.strong}"),
            (" " if small else "", ""),
        ]
        return paint.line(self.width, left, right)

    def _did(self, response: ResponseRow) -> list[Text]:
        """What it did, with as many of the effects as fit whole."""
        did = paint.clean(response.short or response.did)
        parts = []
        for name, by, word in response.effects:
            sign = self.signs.better if word == words.Direction.BETTER else self.signs.worse
            parts.append([(f"  {name} {by} {sign}", paint.direction_colour(word, self.ink))])
        return flow.listed(self.width, [(f"      {did:<34}", self.ink.muted)], parts)

    def _moved(self, response: ResponseRow, most: int) -> list[Text]:
        """What moved it and what it moved, then its odds as a bar, with the draw marked on it.

        The first of these in so many rows at `most`.
        """
        ink, width = self.ink, self.width
        why = [(f"      {response.short or response.motive:<38}", ink.muted)]
        effects = [
            [(f"  {name} {by} {word.word}", paint.direction_colour(word, ink))]
            for name, by, word in response.effects
        ]
        room = min(width - 68, 64)
        filled, draw = (
            share * room // 10000 for share in (response.odds_share, response.draw_share)
        )
        bar = f"{'|':>{min(draw, room - 1) + 1}}{'':<{room}}"[:room]
        hot = f"bold {ink.onheat} on {ink.heatbg}"
        if response.response == "restraint":
            hot = f"bold {ink.strong} on {ink.raised}"
        segs = [(bar[:filled], hot), (bar[filled:], f"bold {ink.strong} on {ink.surface}")]
        beside = "; ".join(filter(None, (_by_rule(response), response.escalation)))
        odds = [("      ", ""), *segs, (f"  {beside}", ink.muted)]
        return [*flow.listed(width, why, effects, most, 46), paint.line(width, odds)]

    def scores(self) -> tuple[list[Text], list[Text]]:
        """The scores, what they changed by, and the references at the right; and a head."""
        view, ink, wide = self.view, self.ink, self.width >= 100
        columns = [Column("", 34 if wide else 29), Column("", 7, "right", 0)]
        columns += [Column("", 10, "right", 0), Column("", 9, gap=0)]
        table = Table(columns, self.width, self.signs)

        def row(cells: list[Seg], references: list[Seg]) -> Text:
            return table.row([*cells, *references]) if wide else table.row(cells, right=references)

        names = [(f"{name:>10}", ink.muted) for name, _value in view.scores[0].references]
        heads = [(_("SCORES"), f"bold {ink.muted}"), (_("now"), ink.muted)]
        head = self.page.headed(row([*heads, (_("change"), ink.muted), ("", "")], names))
        rows = []
        for score in view.scores:
            tone = paint.direction_colour(score.word, ink)
            cells = [
                (score.name, ink.text),
                (f"{score.now / 100:.2f}", f"bold {ink.strong}"),
                (words.exact(score.change), tone),
                (f" {score.word.word}", tone),
            ]
            values = [(f"{value / 100:>10.2f}", ink.muted) for _name, value in score.references]
            rows.append(row(cells, values))
        return rows, head


def _by_rule(response: ResponseRow) -> str:
    return response.rule and _("by the rule {rule}", rule=words.response(response.rule))


def term_rows(response: ResponseRow, width: int, ink: Ink) -> list[Text]:
    """The terms of an adversary's odds in steps, and what would have turned it."""
    rows = []
    for step in response.steps:
        by = (f"{step.steps:>+8}", f"bold {ink.heat if step.steps > 0 else ink.cool}")
        rows.append(paint.line(TERMS, [(step.name, ink.text)], [(step.at, ink.muted), by]))
    strong = f"bold {ink.strong}"
    total = paint.line(TERMS, [(_("sum"), strong)], [(f"{response.z:+}", strong)])
    total.append(_(" = {odds} in 100", odds=response.odds), ink.text)
    drawn = _("The draw was {draw}: it acted.", draw=response.draw)
    if response.response == "restraint":
        drawn = _("The draw was {draw}: it held back.", draw=response.draw)
    short = _("It {short}.", short=response.short) if response.short else ""
    note = _(
        "What speaks for acting counts up, what speaks against it down. The sum gives the odds:"
        " at 0 it acts 50 times in 100, at +64 some 73 times, at -64 some 27 times."
    )
    escalates = f"{words.capital(response.escalation)}." if response.escalation else ""
    sentences = drawn, escalates, short, response.turned, note
    parts = map(Paragraph, filter(None, sentences))
    return [*rows, total, paint.blank(width), *document.rows(parts, width, ink)]
