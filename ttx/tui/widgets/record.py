"""Entries, bookmarks and eyes of a replay, as rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from rich.text import Text

from ttx.exercise.model.exercise import Exercise
from ttx.i18n import _
from ttx.session.local_time import clock_of
from ttx.session.marks import Mark
from ttx.session.view.record import TRUTH, RecordView
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.list import UNSEEN, ListRegion
from ttx.tui.theme import Glyphs, Ink

WHO = 10
"""Cells of an author."""
BEHIND_ALL = 10**9
"""An entry that no record has: the head that is put there stands at the end."""


class EntryList(ListRegion[int]):
    """The entries that an eye may read, marked where the head stands; moved, the head goes along.

    The beginning is an item without a row: the head can stand before the first entry.
    """

    to: Callable[[int], None]
    """Puts the head behind an entry."""
    record: RecordView
    head = 0

    def draw(self, record: RecordView, head: int, note: str, ink: Ink, signs: Glyphs) -> None:
        """The entries round the head; a record may have more of them than are worth drawing."""
        self.record, self.head = record, head
        numbers, width = record.seen(head), self.area.width
        self.keys = [0, *numbers]
        self.at = bisect_right(self.keys, head) - 1
        if self.box is None:
            return
        heading = [paint.label(width, _("ENTRIES"), ink, note), paint.rule(width, ink, signs)]
        room = self.area.height - len(heading)
        first = max(0, min(self.at - 1 - room // 2, len(numbers) - room))
        rows = [UNSEEN] * len(numbers)
        written = width - (len(numbers) > room)  # the sign of what is cut is not below the bar
        rows[first : first + room] = [
            self._row(n, written, ink, signs) for n in numbers[first : first + room]
        ]
        if not numbers:
            heading.append(paint.line(width, [(_("Nothing has happened yet."), ink.muted)]))
        self.top, self._rows_of = first, [*range(1, len(self.keys))]
        self.show(rows, heading)

    def _row(self, n: int, width: int, ink: Ink, signs: Glyphs) -> Text:
        """Number, time, author and what happened; muted where it is ahead of the head or undone."""
        view, undone = self.record.line(n, self.head), self.record.undone(n, self.head)
        here = n == self.marked
        tone = ink.muted if n > self.head or undone else ink.text
        hour = clock_of(self.record.timeline.game).hour(view.at)
        return paint.line(
            width,
            [
                (f"{signs.marked} " if here else "  ", ink.cool),
                (f"{view.n:>4} ", ink.muted),
                (f"{hour or f'T{view.turn}':<5}  ", ink.muted),
                (paint.cell(paint.clean(view.who), WHO, signs), tone),
                (" ", ""),
                (view.what, f"bold {ink.strong}" if here else tone),
            ],
            [(_("undone "), ink.heat)] if undone else [],
            fill=ink.raised if here else "",
        )

    # --- the mark is the head ---

    def _move(self, at: int) -> None:
        self.to(self.keys[at])

    def action_step(self, by: int) -> None:
        """The next entry or the one before; a record has ends."""
        self.scrolled(by)

    def action_edge(self, end: int) -> None:
        """The beginning, or the last entry, whether it can be read or not."""
        self.to(BEHIND_ALL if end else 0)

    def scrolled(self, by: int) -> None:
        """One entry on or back; behind one that cannot be read, back is to the marked one."""
        between = self.keys[self.at] < self.head
        super().scrolled(by + (between and by < 0))

    def _drag_to(self, top: int) -> None:
        """From end to end of the bar is from the first entry to the last."""
        last = len(self.keys) - 1
        self._move(1 + top * (last - 1) // max(last - self.room, 1))


def eyes_row(
    exercise: Exercise, viewpoints: Sequence[str], chosen: str, width: int, ink: Ink
) -> Text:
    """Whose eye, the chosen one in brackets and always in view; a click takes another one."""
    names = {seat.id: seat.short for seat in exercise.seat} | {TRUTH: _("full truth")}
    at = viewpoints.index(chosen) if chosen in viewpoints else 0
    label = _("seen by  ")
    room = width - len(label)
    first = at
    while first > 0 and sum(len(names[eye]) + 4 for eye in viewpoints[first - 1 : at + 1]) < room:
        first -= 1
    cells: list[Seg] = [(label, ink.muted)]
    for place, eye in enumerate(viewpoints[first:], start=first):
        name = names[eye]
        room -= len(name) + 4
        if room < 0:
            break
        here = eye == chosen
        style = f"bold {ink.oncool} on {ink.coolbg}" if here else ink.text
        words = f"[{name}]" if here else f" {name} "
        cells += [(words, f"{style} @eye({place - at})"), ("  ", "")]
    return paint.line(width, cells)


def mark_rows(marks: Sequence[Mark], width: int, ink: Ink) -> list[Text]:
    """Bookmarks and forks; a click on one goes there."""
    rows = []
    for mark in marks:
        fork, does = mark.kind == "fork", f" @to({mark.n})"
        segs = [
            ("F  " if fork else "m  ", f"bold {ink.strong}"),
            (_("entry {n:<5} ", n=mark.n), ink.muted),
            (paint.clean(_("fork {run}", run=mark.text) if fork else mark.text), ink.text),
        ]
        rows.append(paint.line(width, [(words, f"{style}{does}") for words, style in segs]))
    return rows
