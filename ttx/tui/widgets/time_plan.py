"""The time plan as rows: each turn beside what it was planned for, and what would recover it."""

from __future__ import annotations

import datetime

from rich.text import Text

from ttx.i18n import _, ngettext
from ttx.session.view.time_plan import PlanView, TurnTime
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Glyphs, Ink
from ttx.tui.widgets.msel import minutes

BAR = 10
"""Cells of the longest bar, before its over-run is cut."""


def pace(view: PlanView, ink: Ink) -> Seg:
    """How far behind or ahead of the plan."""
    if not view.planned:
        return _("The exercise has no time plan."), ink.muted
    if view.behind > 0:
        return _("{minutes} min behind", minutes=view.behind), f"bold {ink.heat}"
    if view.behind < 0:
        return _("{minutes} min ahead", minutes=-view.behind), f"bold {ink.cool}"
    return _("on time"), f"bold {ink.cool}"


def endex(view: PlanView, now: datetime.datetime) -> str:
    """The hour at which ENDEX comes by the plan and at the pace so far; empty without a plan."""
    if not view.planned or not view.left:
        return ""
    plan, pace = (
        f"{now + datetime.timedelta(seconds=seconds):%H:%M}"
        for seconds in (view.left, view.at_pace)
    )
    if plan == pace:
        return _("ENDEX {plan}", plan=plan)
    return _("ENDEX {plan} by plan, {pace} by pace", plan=plan, pace=pace)


def rows(
    view: PlanView,
    width: int,
    height: int,
    ink: Ink,
    signs: Glyphs,
    now: datetime.datetime,
) -> list[Text]:
    """The turns round the present one, then how it stands and what would recover it."""
    spent = _("{elapsed} of {total}", elapsed=minutes(view.elapsed // 60), total=minutes(view.ends))
    table = Table(
        [
            Column("", 8, gap=0),
            Column(_("plan"), 5, "right", gap=0),
            Column(_("real"), 6, "right", gap=0),
            Column("", 7, gap=0),
        ],
        width,
        signs,
    )
    head = [
        paint.label(width, _("TIME PLAN"), ink, spent),
        paint.rule(width, ink, signs),
        table.head(ink),
    ]
    tail = [pace(view, ink)]
    if ends := endex(view, now):
        tail.append((ends, f"bold {ink.strong}"))
    if view.proposal:
        tail += [(part, ink.muted) for part in paint.broken(view.proposal, width)[:2]]
    if view.lost:
        count = len(view.lost)
        words = ngettext("{count} objective out of reach", "{count} objectives out of reach", count)
        tail.append((words, ink.heat))
    if view.hotwash:
        tail.append((_("hot wash keeps its {count} minutes", count=view.hotwash), ink.muted))
    room = height - len(head) - len(tail) - 1
    first = max(min(view.turn - 1 - room // 2, len(view.turns) - room), 0)
    turns = view.turns[first : first + room]
    longest = max([1, *(turn.planned for turn in turns), *((t.real or 0) // 60 for t in turns)])
    return [
        *head,
        *(_turn(turn, table, longest, ink, signs) for turn in turns),
        paint.blank(width),
        *(paint.line(width, [words]) for words in tail),
    ]


def _turn(turn: TurnTime, table: Table, longest: int, ink: Ink, signs: Glyphs) -> Text:
    real = turn.real // 60 if turn.real is not None else None
    over = real - turn.planned if real is not None else 0
    word = f" {over:+d}" if real is not None and (turn.over or over > 0) else ""
    done = min(real or 0, turn.planned) * BAR // longest
    whole, late = turn.planned * BAR // longest, max(over, 0) * BAR // longest
    return table.row(
        [
            (_("turn {turn}", turn=turn.turn), ink.text),
            (str(turn.planned), ink.muted),
            ("-" if real is None else str(real), f"bold {ink.strong}"),
            (word, ink.heat if over > 0 else ink.cool),
            (signs.bar * done, ink.ref),
            (signs.bar * max(whole - done, 0), ink.rule),
            (signs.bar * (max(late, 1) if over > 0 else 0), ink.heat),
        ]
    )


def brief(view: PlanView, width: int, ink: Ink, now: datetime.datetime) -> Text:
    """All of it in one row."""
    spent, ends = minutes(view.elapsed // 60), minutes(view.ends)
    total = _("total {elapsed} of {total}", elapsed=spent, total=ends)
    cells = [(_("TIME"), f"bold {ink.muted}"), ("  ", ""), pace(view, ink)]
    if when := endex(view, now):
        cells.append((f"   {when}", f"bold {ink.strong}"))
    cells.append((f"   {total}", ink.text))
    if view.proposal:
        cells.append((f"   {view.proposal}", ink.muted))
    return paint.line(width, cells)
