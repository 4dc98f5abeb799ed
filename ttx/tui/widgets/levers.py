"""Levers and budgets as rows: briefly on the Table, in full where they are moved."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from ttx.i18n import _
from ttx.session.view import money
from ttx.session.view.levers import AnnouncedView, BudgetView, LevelView, LeverView, PendingEffect
from ttx.session.view.money import MoneyView
from ttx.tui import flow, paint
from ttx.tui.cuts import Cut
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

MANY = 4
"""With so many levels, those that are not held have no room beside their lever."""


def budget_row(budgets: tuple[BudgetView, ...], width: int, ink: Ink) -> Text:
    """`money 180   staff time 4 of 12   consent 2 of 10`, as much of it as the width takes.

    What a budget holds is never cut: first the gaps go, then names give way to ids, then the caps.
    """
    cells: list[Seg] = []
    ways = (("  ", _(" of "), False), (" ", "/", False), (" ", "/", True), (" ", "", True))
    for gap, of, by_id in ways:
        cells = []
        for at, budget in enumerate(budgets):
            name = budget.id.replace("_", " ") if by_id else budget.name
            tone = ink.heat if budget.have < 0 else ink.strong
            cells.append((f"{gap if at else ''}{name} ", ink.muted))
            cells.append((str(budget.have), f"bold {tone}"))
            cells.append((f"{of}{budget.cap}" if budget.cap and of else "", ink.muted))
        if sum(len(words) for words, _ in cells) <= width:
            break
    return paint.line(width, cells)


def announced_rows(levers: tuple[AnnouncedView, ...], width: int, ink: Ink) -> list[Text]:
    """The levers whose level is known outside the alliance, a row each."""
    return [
        paint.line(
            width,
            [
                (f"{paint.clean(lever.name)}  ", ink.text),
                (f"[{lever.level}]", f"bold {ink.text}"),
            ],
        )
        for lever in levers
    ]


def _standing(name: str, ink: Ink, *, can: bool = True) -> Seg:
    """The level at which a lever stands."""
    return f"[{name}]", f"bold {ink.oncool} on {ink.coolbg}" if can else ink.muted


def brief(key: str, lever: LeverView, ink: Ink) -> list[Seg]:
    """A lever of the question with its key and where it stands, one of several in a row."""
    held = next(level.name for level in lever.levels if level.held)
    name = [(f"{key} ", f"bold {ink.cool}"), (f"{paint.clean(lever.name)} ", ink.text)]
    return [*name, _standing(held, ink), ("   ", "")]


def brief_row(
    key: str, lever: LeverView, width: int, ink: Ink, glyphs: Glyphs, *, column: int = 0
) -> Text:
    """The same in a row of its own: where it stands of how many levels, or all where they are few.

    Names have a `column` of so many cells.
    """
    held = next(at for at, level in enumerate(lever.levels) if level.held)
    count = len(lever.levels)
    place = _("{at} of {levels}", at=held + 1, levels=count)
    whole = [
        _standing(level.name, ink) if level.held else (f" {level.name} ", ink.muted)
        for level in lever.levels
    ]
    taken = max(column, cell_len(lever.name)) + sum(cell_len(words) for words, _ in whole) + 3
    levels = whole if count < MANY and taken <= width else [whole[held], (f" {place}", ink.muted)]
    least = min(cell_len(lever.name), width // 2)
    if flow.cells(levels) > width - 3 - least:
        (standing, style), *others = levels
        shown = paint.cut(standing, width - 3 - least - flow.cells(others), glyphs)
        levels = [(shown, style), *others]
    room = width - 3 - flow.cells(levels)
    name = paint.cut(paint.clean(lever.name), min(room, column or room), glyphs)
    cells = [(f"{key} ", f"bold {ink.cool}"), (name, ink.text), (" ", "")]
    gap = [(" " * (min(room, column) - cell_len(name)), "")]
    return paint.line(width, [*cells, *gap, *levels])


def name_column(levers: Sequence[LeverView]) -> int:
    """Cells of the longest name among them."""
    return max((cell_len(paint.clean(lever.name)) for lever in levers), default=0)


def list_row(
    lever: LeverView, width: int, ink: Ink, glyphs: Glyphs, *, marked: bool, column: int = 0
) -> Text:
    """A lever, where it stands, and who holds it where it is not the reader's.

    Names have a `column` of so many cells where there is room for that.
    """
    held = next(level.name for level in lever.levels if level.held)
    can = lever.mine and lever.open
    tone = (ink.strong if marked else ink.text) if can else ink.muted
    asked = _("  asked: {asked}", asked=lever.asked) if lever.asked else ""
    room = width - 3 - cell_len(f"[{held}]{asked}")
    name = paint.cut(paint.clean(lever.name), room, glyphs)
    left: list[Seg] = [
        (f"{glyphs.marked} " if marked else "  ", ink.cool),
        (name, f"bold {tone}"),
        (" " * max(min(column, room) - cell_len(name), 0), ""),
        (" ", ""),
        _standing(held, ink, can=can),
        (asked, ink.heat),
    ]
    about = "" if lever.mine else _("held by {held_by}", held_by=lever.held_by)
    fits = sum(cell_len(words) for words, _ in left) + cell_len(about) + 2 <= width
    note = [(paint.clean(about), ink.muted)] if about and fits else []
    return paint.line(width, left, note, fill=ink.raised if marked else "")


def detail_rows(
    lever: LeverView,
    picked: int | None,
    width: int,
    ink: Ink,
    glyphs: Glyphs,
    *,
    brief: bool,
    does: str = "",
    room: int = 0,
) -> list[Text]:
    """A lever: each level with the minutes it buys, its price, harms and when it lands.

    A click on a level `does` an action with its number, where one is named. In `room` rows, where
    they are too few for all of it, each level has one for what speaks for it or against.
    """
    name = [
        (paint.clean(lever.name), f"bold {ink.strong}"),
        (f"  {paint.clean(lever.about)}", ink.muted),
    ]
    least = 1 + (0 if brief else 2) + 2 * len(lever.levels)
    rows = flow.flowed(width, name, 2, max(room - least + 1, 1) if room else 0)
    if not brief:
        holder = [(_("held by "), ink.muted), (paint.clean(lever.held_by), ink.text)]
        head = f"{_('clock, from [held]'):>25}  {_('price'):<41}{_('felt')}"
        rows += flow.flowed(width, holder, 2, 1 if room else 0)
        rows.append(paint.line(width, [(head, ink.muted)]))
    spare = room - len(rows) - 2 * len(lever.levels)
    for at, level in enumerate(lever.levels):
        action = f" @{does}({at + 1})" if does else ""
        fill = ink.raised if at == picked else ""
        first, under = (
            [(words, f"{style}{action}") for words, style in cells]
            for cells in _level(level, at, ink, glyphs, marked=at == picked)
        )
        made = flow.flowed(width, under, 4, max(spare, 0) + 1 if room else 0, fill=fill)
        spare -= len(made) - 1
        rows += [paint.line(width, first, fill=fill), *made]
    return rows


def _level(
    level: LevelView, at: int, ink: Ink, glyphs: Glyphs, *, marked: bool
) -> tuple[list[Seg], list[Seg]]:
    """What a level costs, and why it cannot be had or what speaks against it."""
    shut = bool(level.closed) and not level.held
    tone = ink.muted if shut else ink.strong if marked else ink.text
    minutes = _("{minutes:+d} min", minutes=level.minutes)
    if not level.minutes:
        minutes = _("held") if level.held else _("+0 min")
    colour = ink.muted if not level.minutes else ink.cool if level.minutes < 0 else ink.heat
    name = (f" {level.name} ", f"bold {tone}")
    if level.held:
        name = _standing(level.name, ink)
    first: list[Seg] = [
        (f"{glyphs.marked} " if marked else "  ", ink.cool),
        (f"{'x' if shut else at + 1} ", ink.muted if level.closed else f"bold {ink.cool}"),
        (f"{name[0]:<13}", name[1]),
        (f"{minutes:>8}", colour),
        (f"  {level.price:<40} ", ink.muted if level.closed else ink.text),
        (level.lands, ink.text),
    ]
    worse = ""
    if level.harms and not level.closed:
        worse = _("worse: {harms}  ", harms=", ".join(level.harms))
    tone = ink.heat if level.closed else ink.muted
    return first, [("    ", ""), (worse, ink.heat), (level.closed or level.note, tone)]


def money_rows(view: MoneyView, width: int, ink: Ink, marked: str) -> list[Text]:
    """What comes in and goes out, and where that leads, with the level that is `marked` if any."""
    income, upkeep = view.income, view.upkeep
    passes = _("{income} comes in, levers take {upkeep} a turn", income=income, upkeep=upkeep)
    ahead = money.forecast(view)
    if marked and ahead:
        ahead = _("with {level}: {ahead}", level=marked, ahead=ahead)
    tone = f"bold {ink.heat}" if view.short else ink.text
    rows = [paint.line(width, [(part, ink.muted)]) for part in paint.broken(passes, width)]
    if ahead:
        rows += [paint.line(width, [(part, tone)]) for part in paint.broken(ahead, width)]
    if view.short:
        harm = paint.broken(money.below_zero(view), width)
        rows += [paint.line(width, [(part, ink.heat)]) for part in harm]
    return rows


def landing_rows(
    pending_effects: tuple[PendingEffect, ...], width: int, count: int, ink: Ink
) -> list[Text]:
    """What is on its way, earliest first, in so many rows."""
    if not pending_effects:
        return [paint.line(width, [(_("Nothing is on its way."), ink.muted)])]
    left = len(pending_effects) - count
    shown = pending_effects[: count - 1] if left > 0 else pending_effects
    spare, rows = max(-left, 0), list[Text]()
    for effect in shown:
        cells = [(f"T{effect.turn:<3}", f"bold {ink.cool}"), (paint.clean(effect.what), ink.text)]
        made = flow.flowed(width, cells, 4, spare + 1)
        spare -= len(made) - 1
        rows += made
    if left > 0:
        others = (f"T{effect.turn} {effect.what}" for effect in pending_effects[count - 1 :])
        more = Cut(_("and {left} more", left=left + 1), "; ".join(others))
        rows.append(paint.line(width, [(more, ink.muted)]))
    return rows
