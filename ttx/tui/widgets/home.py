"""Rows of Home: exercises, saves, and what is marked of either."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from ttx.exercise.exercise_paths import Head
from ttx.exercise.length import hours
from ttx.i18n import N_, _, ngettext
from ttx.session.phases import PLAY_IS_OVER
from ttx.session.save_header import SUFFIX, Glance
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Glyphs, Ink

FORK = "-fork-"
"""What the name of a fork has in it, behind that of the run that it is one of."""
WIDE = 100
"""Cells from which on the saves have all columns."""
TONGUES = {"en": N_("English"), "ja": N_("Japanese")}


@dataclass(frozen=True)
class Cover:
    """An exercise as it is found: its cover, or what is wrong with it."""

    path: Path
    head: Head | None
    wrong: str

    @property
    def minutes(self) -> int:
        """How long it takes; -1 where that cannot be read."""
        return self.head.minutes if self.head else -1


@dataclass(frozen=True)
class Kept:
    """A save, or a recorded run that belongs to the program."""

    header: Glance
    example: bool

    @property
    def over(self) -> bool:
        """Whether there is nothing left to be played."""
        return self.header.phase in PLAY_IS_OVER


def name(width: int, version: str, ink: Ink) -> Text:
    """The program by its name."""
    left = [("ttx", f"bold {ink.strong}"), (_("  tabletop exercises in a terminal"), ink.muted)]
    return paint.line(width, left, [(version, ink.muted)])


# --- exercises ---


def exercises_head(width: int, ink: Ink, signs: Glyphs, *, none: bool) -> list[Text]:
    """Label and rule, and what is to be said where there are none."""
    rows = [
        paint.label(width, _("EXERCISES"), ink, _("alone   hosted   seats ")),
        paint.rule(width, ink, signs),
    ]
    if none:
        words = _("No exercise was found beside the program.")
        rows.append(paint.line(width, [(words, ink.heat)]))
    return rows


def exercise(
    cover: Cover, width: int, ink: Ink, signs: Glyphs, *, marked: bool, brief: bool
) -> list[Text]:
    """One exercise: a row where it has to be brief, else two and an empty one."""
    fill = ink.raised if marked else ""
    title = cover.head.title if cover.head else cover.path.name
    under = cover.head.summary if cover.head else cover.wrong
    tone = ink.muted if cover.head else ink.heat
    right: list[Seg] = []
    if cover.head:
        alone = hours(cover.head.minutes)
        together = hours(cover.head.together) if cover.head.together else ""
        right = [(f"{alone:>7} {together:>8} {cover.head.seats:>7} ", ink.muted)]
    left: list[Seg] = [
        (f"{signs.marked} " if marked else "  ", ink.cool),
        (title, f"bold {ink.strong if marked else ink.text}"),
    ]
    if brief:
        return [paint.line(width, [*left, (f"   {under}", tone)], right, fill=fill)]
    return [
        paint.line(width, left, right, fill=fill),
        paint.line(width, [("  ", ""), (under, tone)], fill=fill),
        paint.blank(width),
    ]


def about(cover: Cover, width: int, ink: Ink, signs: Glyphs, *, brief: bool) -> list[Text]:
    """What the marked exercise is, and the way into it."""
    if cover.head is None:
        return [paint.line(width, [(line, ink.heat)]) for line in paint.wrap(cover.wrong, width)]
    tongues = ", ".join(_(TONGUES[c]) if c in TONGUES else c for c in cover.head.languages)
    rows: list[Text] = []
    if not brief:
        title = cover.head.title.upper()
        rows = [paint.label(width, title, ink, tongues), paint.rule(width, ink, signs)]
    for part in cover.head.about[:1] if brief else cover.head.about:
        rows += [paint.line(width, [(line, ink.text)]) for line in paint.broken(part, width)]
        if not brief:
            rows.append(paint.blank(width))
    button = paint.button("Enter", _("Play"), ink, default=True, does="open")
    hint = (_("  alone, or as a group at this keyboard"), ink.muted)
    return [*rows, paint.line(width, [*button, hint])]


# --- saves ---


def about_save(save: Kept, width: int, ink: Ink, signs: Glyphs) -> list[Text]:
    """What the marked save is, where it stands, and what is wrong with it."""
    header = save.header
    title = (header.title or header.path.name).upper()
    note = _("example") if save.example else _("save")
    turn = {"turn": header.turn, "turns": header.turns}
    if save.over:
        stands = _("Turn {turn} of {turns}; the review can be read.", **turn)
    else:
        stands = _("Turn {turn} of {turns}; waits at: {phase}.", **turn, phase=header.phase)
    parts = [(header.broken, ink.heat) if header.broken else (stands, ink.text)]
    if header.remark:
        parts.append((_("Not as it was written: {remark}.", remark=header.remark), ink.heat))
    parts.append((header.path.name, ink.muted))
    return [
        paint.label(width, title, ink, note),
        paint.rule(width, ink, signs),
        *(
            paint.line(width, [(line, tone)])
            for words, tone in parts
            for line in paint.broken(words, width)
        ),
    ]


def table_of_saves(width: int, signs: Glyphs, *, wide: bool) -> Table:
    """The columns of saves that fit."""
    columns = [
        Column("", 2, gap=0),
        Column(_("exercise"), 14),
        Column(_("turn"), 14 if wide else 12),
    ]
    if wide:
        columns += [Column(_("seats"), 12), Column(_("played"), 14)]
    return Table([*columns, Column(_("state"), 12), Column(_("remark"))], width, signs)


def saves_head(table: Table, ink: Ink, signs: Glyphs, *, none: bool) -> list[Text]:
    """Label, rule and the names of the columns, and what is to be said where there are none."""
    width = table.width
    rows = [
        paint.label(width, _("SAVES"), ink, _("last played first, then examples")),
        paint.rule(width, ink, signs),
    ]
    if none:
        words = _("No saves yet. Enter plays the marked exercise; the tutorial takes ten minutes.")
        rows.append(paint.line(width, [(words, ink.text)]))
    elif width >= WIDE:
        rows.append(table.head(ink))
    return rows


def save(save: Kept, table: Table, ink: Ink, signs: Glyphs, *, marked: bool, first: bool) -> Text:
    """One save; `first` where it waits for another to be compared with."""
    header, fill = save.header, ink.raised if marked else ""
    sign = (f"{signs.marked} " if marked else "  ", ink.cool)
    if header.broken:
        left = [sign, (f"{header.path.name[:38]:<40}", ink.text), (header.broken, ink.heat)]
        return paint.line(table.width, left, fill=fill)
    playing = not save.example and not save.over
    state = _("example") if save.example else _("closed") if save.over else _("in play")
    cells: list[Seg] = [
        sign,
        (header.title, f"bold {ink.strong if marked else ink.text}"),
        (_("T{turn} of {turns}", turn=header.turn, turns=header.turns), ink.text),
    ]
    if table.width >= WIDE:
        played = _("recorded") if save.example else _when(header.played)
        cells += [(_people(header.people), ink.text), (played, ink.text)]
    cells.append((state, f"bold {ink.cool}" if playing else ink.muted))
    remark = header.remark or _remark(save)
    if first:
        remark = _("A, to be compared   {remark}", remark=remark)
    return table.row([*cells, (remark, ink.muted)], fill)


def _people(count: int) -> str:
    if count == 1:
        return _("{count} alone", count=count)
    return ngettext("{count} cell", "{count} cells", count) if count else _("robots")


def _when(played: float) -> str:
    when = datetime.datetime.fromtimestamp(played).astimezone()
    if when.date() == datetime.datetime.now().astimezone().date():
        return _("today {time}", time=f"{when:%H:%M}")
    return f"{when.day} {when:%b}"


def _remark(save: Kept) -> str:
    """Whether a save is a fork, its seed, and where it waits.

    What an example shows, from its name: `staff-wins` is `staff wins`.
    """
    if save.example:
        return save.header.path.name.removesuffix(SUFFIX).replace("-", " ")
    parts = [_("seed {seed}", seed=save.header.seed)]
    if FORK in save.header.path.name:
        parts.insert(0, _("fork"))
    if not save.over:
        parts.append(_("waits at: {phase}", phase=save.header.phase))
    return "   ".join(parts)
