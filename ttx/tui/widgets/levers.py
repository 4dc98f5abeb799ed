"""Levers and budgets as rows: briefly on the Table, in full where they are moved."""

from __future__ import annotations

from rich.text import Text

from ttx.i18n import _
from ttx.session.view.levers import AnnouncedView, BudgetView, LeverView, PendingEffect
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink


def budget_row(budgets: tuple[BudgetView, ...], width: int, ink: Ink) -> Text:
    """`money 180   staff time 4 of 12   consent 2 of 10`, as much of it as the width takes.

    What a budget holds is never cut: first the gaps go, then names give way to ids, then the caps.
    """
    found: list[Seg] = []
    ways = (("  ", _(" of "), False), (" ", "/", False), (" ", "/", True), (" ", "", True))
    for gap, of, by_id in ways:
        found = []
        for at, one in enumerate(budgets):
            name = one.id.replace("_", " ") if by_id else one.name
            tone = ink.heat if one.have < 0 else ink.strong
            found.append((f"{gap if at else ''}{name} ", ink.muted))
            found.append((str(one.have), f"bold {tone}"))
            found.append((f"{of}{one.cap}" if one.cap and of else "", ink.muted))
        if sum(len(words) for words, _ in found) <= width:
            break
    return paint.line(width, found)


def announced_rows(levers: tuple[AnnouncedView, ...], width: int, ink: Ink) -> list[Text]:
    """The levers whose level is known outside the alliance, a row each."""
    return [
        paint.line(
            width,
            [
                (f"{lever.id:<16}", ink.text),
                (f"[{lever.level}]", f"bold {ink.text}"),
                (f"  {paint.clean(lever.name)}", ink.muted),
            ],
        )
        for lever in levers
    ]


def brief_rows(levers: tuple[LeverView, ...], keys: list[str], width: int, ink: Ink) -> list[Text]:
    """The levers of the question, a row each: levels in fixed columns, the held one in brackets."""
    rows = []
    for key, lever in zip(keys, levers, strict=False):
        cells: list[Seg] = [(f"{key} ", f"bold {ink.cool}"), (f"{lever.id:<15}", ink.text)]
        for level in lever.levels:
            name = level.name[:12]
            if level.held:
                cells.append((f"[{name}]", f"bold {ink.oncool} on {ink.coolbg}"))
                cells.append((" ", ""))
            elif len(lever.levels) < 4:
                cells.append((f" {name}  ", ink.muted))
        if len(lever.levels) >= 4:
            at = next(n for n, level in enumerate(lever.levels, start=1) if level.held)
            cells.append((_("level {at} of {levels}", at=at, levels=len(lever.levels)), ink.muted))
        rows.append(paint.line(width, cells))
    return rows


def list_rows(
    levers: tuple[LeverView, ...], marked: str, width: int, ink: Ink, glyphs: Glyphs
) -> list[Text]:
    """All levers that may be moved, a row each."""
    rows = []
    for lever in levers:
        here = lever.id == marked
        fill = ink.raised if here else ""
        held = next(level for level in lever.levels if level.held)
        can = lever.mine and lever.open
        tone = (ink.strong if here else ink.text) if can else ink.muted
        left: list[Seg] = [
            (f"{glyphs.marked} " if here else "  ", ink.cool),
            (f"{lever.id:<16}", f"bold {tone}"),
            (f"[{held.name}]", f"bold {ink.oncool} on {ink.coolbg}" if can else ink.muted),
        ]
        if lever.asked:
            left.append((_("  asked: {asked}", asked=lever.asked), ink.heat))
        room = width - sum(len(words) for words, _ in left) - 2
        about = lever.name if lever.mine else _("held by {held_by}", held_by=lever.held_by)
        note = paint.clean(about) if len(about) <= room else ""
        rows.append(paint.line(width, left, [(note, ink.muted)] if note else (), fill=fill))
    return rows


def detail_rows(
    lever: LeverView, picked: int | None, width: int, ink: Ink, glyphs: Glyphs, *, brief: bool
) -> list[Text]:
    """The marked lever: each level with the minutes it buys, its price, harms and when it lands."""
    rows = [
        paint.line(
            width,
            [(f"{lever.id}", f"bold {ink.strong}"), (f"  {paint.clean(lever.about)}", ink.muted)],
        ),
    ]
    if not brief:
        rows.append(
            paint.line(width, [(_("held by "), ink.muted), (paint.clean(lever.held_by), ink.text)])
        )
        rows.append(
            paint.line(width, [(f"{'':<17}{'clock':>8}  {'price':<42}{'from':<4}", ink.muted)])
        )
    for at, level in enumerate(lever.levels):
        chosen = at == picked
        fill = ink.raised if chosen else ""
        name = f"[{level.name}]" if level.held else f" {level.name} "
        tone = ink.muted if level.closed and not level.held else ink.strong if chosen else ink.text
        minutes = (
            _("{minutes:+d} min", minutes=level.minutes)
            if level.minutes
            else ("held" if level.held else _("+0 min"))
        )
        colour = ink.muted if not level.minutes else ink.cool if level.minutes < 0 else ink.heat
        left: list[Seg] = [
            (f"{glyphs.marked} " if chosen else "  ", ink.cool),
            (
                f"{'x' if level.closed and not level.held else at + 1} ",
                f"bold {ink.cool}" if not level.closed else ink.muted,
            ),
            (f"{name:<13}", f"bold {ink.oncool} on {ink.coolbg}" if level.held else f"bold {tone}"),
            (f"{minutes:>8}", colour),
            (f"  {level.price:<41} ", ink.text if not level.closed else ink.muted),
            (level.lands, ink.text),
        ]
        rows.append(paint.line(width, left, fill=fill))
        worse = (
            ""
            if level.closed or not level.harms
            else _("worse: {harms}  ", harms=", ".join(level.harms))
        )
        under = paint.clean(level.closed or level.note)
        under = paint.cut(under, width - 4 - len(worse), glyphs)
        rows.append(
            paint.line(
                width,
                [("    ", ""), (worse, ink.heat), (under, ink.heat if level.closed else ink.muted)],
                fill=fill,
            )
        )
    return rows


def landing_rows(
    pending_effects: tuple[PendingEffect, ...], width: int, count: int, ink: Ink
) -> list[Text]:
    """What is on its way, earliest first."""
    if not pending_effects:
        return [paint.line(width, [(_("Nothing is on its way."), ink.muted)])]
    rows = [
        paint.line(
            width, [(f"T{one.turn:<3}", f"bold {ink.cool}"), (paint.clean(one.what), ink.text)]
        )
        for one in pending_effects[:count]
    ]
    left = len(pending_effects) - count
    if left > 0:
        rows[-1] = paint.line(width, [(_("and {left} more", left=left + 1), ink.muted)])
    return rows
