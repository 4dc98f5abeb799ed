"""Entries, bookmarks and eyes of a replay, as rows."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from rich.text import Text

from ttx.exercise.model import Exercise
from ttx.i18n import _
from ttx.session.marks import Mark
from ttx.session.view.record import TRUTH, EntryView
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

WHO = 10


def entry_row(
    view: EntryView, width: int, ink: Ink, glyphs: Glyphs, *, here: bool, ahead: bool, undone: bool
) -> Text:
    """Number, time, author and what happened; muted where it is ahead of the head or undone."""
    tone = ink.muted if ahead or undone else ink.text
    return paint.line(
        width,
        [
            (f"{glyphs.marked} " if here else "  ", ink.cool),
            (f"{view.n:>4} ", ink.muted),
            (f"{_local(view.at) or f'T{view.turn}':<5}  ", ink.muted),
            (f"{paint.cut(paint.clean(view.who), WHO, glyphs):<{WHO}} ", tone),
            (paint.clean(view.what), f"bold {ink.strong}" if here else tone),
        ],
        [(_("undone "), ink.heat)] if undone else [],
        fill=ink.raised if here else "",
    )


def _local(at: str) -> str:
    """Wall time as this machine reads it: `18:41`; empty where none was recorded."""
    if not at:
        return ""
    return datetime.datetime.fromisoformat(at).astimezone().strftime("%H:%M")


def eyes_row(exercise: Exercise, every: Sequence[str], chosen: str, width: int, ink: Ink) -> Text:
    """Whose eye, the chosen one in brackets and always in view."""
    names = {seat.id: seat.short for seat in exercise.seat} | {TRUTH: _("full truth")}
    at = every.index(chosen) if chosen in every else 0
    room = width - len(_("seen by  "))
    first = at
    while first > 0 and sum(len(names[e]) + 4 for e in every[first - 1 : at + 1]) < room:
        first -= 1
    cells: list[Seg] = [(_("seen by  "), ink.muted)]
    for eye in every[first:]:
        name = names[eye]
        room -= len(name) + 4
        if room < 0:
            break
        here = eye == chosen
        style = f"bold {ink.oncool} on {ink.coolbg}" if here else ink.text
        cells += [(f"[{name}]" if here else f" {name} ", style), ("  ", "")]
    return paint.line(width, cells)


def mark_rows(
    marks: Sequence[Mark], head: int, width: int, height: int, ink: Ink, glyphs: Glyphs
) -> list[Text]:
    """Bookmarks and forks, those near the head where not all fit."""
    rows = [
        paint.label(width, _("BOOKMARKS"), ink, _("kept beside the save")),
        paint.rule(width, ink, glyphs),
    ]
    room = height - len(rows)
    at = next((place for place, one in enumerate(marks) if one.n >= head), len(marks))
    top = max(0, min(at - room // 2, len(marks) - room))
    for one in marks[top : top + room]:
        fork = one.kind == "fork"
        rows.append(
            paint.line(
                width,
                [
                    (_("F  ") if fork else _("m  "), f"bold {ink.strong}"),
                    (_("entry {n:<5} ", n=one.n), ink.muted),
                    (paint.clean(_("fork {one}", one=one.text) if fork else one.text), ink.text),
                ],
            )
        )
    if not marks:
        rows.append(paint.line(width, [(_("None yet; m sets one here."), ink.muted)]))
    return rows
