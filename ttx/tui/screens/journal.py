"""The notes that a seat may read; the marked one is struck or corrected by who wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.striking import Strike
from ttx.session.view.journal import NoteView, journal
from ttx.session.view.visibility import visibility
from ttx.tui import paint
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.list import ListRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage

WIDEST = 100
"""Cells of a line at most: a longer one is hard to follow."""


class JournalScreen(PlayPage):
    """Notes, the last one first, each with its stamp; what was struck stays, and says so."""

    REGIONS: ClassVar[tuple[str, ...]] = ("notes",)
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"notes": ListRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "correct", "correct", id="correct", tooltip="Correct your own note"),
        Binding("x", "strike", "strike", id="strike", tooltip="Strike your own note"),
    ]
    name_of_page: ClassVar[str] = N_("notes")
    survives_phase_change: ClassVar[bool] = True

    # --- what is shown ---

    @property
    def views(self) -> dict[str, NoteView]:
        """The notes by their entry."""
        return self.kept("notes", lambda: {str(view.entry): view for view in journal(self.eye)})

    @property
    def marked(self) -> NoteView | None:
        """The marked note; none where nobody wrote any."""
        return self.views.get(self.list("notes").marked or "")

    def foot(self) -> Sequence[tuple[str, str]]:
        """What can be done with the marked note."""
        keys = [("down up", _("note"))] if len(self.views) > 1 else []
        if self._mine():
            keys += [("correct", _("correct")), ("strike", _("strike"))]
        return [*keys, ("note", _("new note")), ("give-up", _("close"))]

    def plan(self) -> dict[str, Box]:
        """One column."""
        rows = row(Cell("notes", min(self.body.width, WIDEST + 2)))
        return boxes(column(self.by_size(0, 1), rows), self.body)

    def draw(self) -> None:
        """All notes, each with the whole of its words as far as there is room."""
        box, ink, views = self.places["notes"], self.ink, self.views
        whose = _("your cell's; all at the hot wash")
        if visibility(self.game, self.seat).proposed:
            whose = _("everybody's, for the white cell")
        head = [paint.label(box.width, _("NOTES"), ink, whose)]
        head.append(paint.rule(box.width, ink, self.glyphs))
        if not views:
            words = _("No notes yet; {key} writes one.", key=self.key("note"))
            head.append(paint.line(box.width, [(words, ink.muted)]))
        room = box.height - len(head) - 2
        across = box.width - 2  # the bar takes two cells
        self.put_list(
            "notes",
            [*views],
            lambda key, here: self._rows(views[key], across, room, marked=here),
            head,
        )

    def _rows(self, view: NoteView, width: int, most: int, *, marked: bool) -> list[Text]:
        ink = self.ink
        mark = (f"{self.glyphs.marked if marked else '':<2}", f"bold {ink.cool}")
        sort = _(view.sort) if view.sort else _("note")
        state = _("struck") if view.struck else _("corrected") if view.before else ""
        cells = [mark, (sort, ink.cool), ("   ", ""), (view.seat, f"bold {ink.text}")]
        cells += [("   ", ""), (view.when, ink.muted)]
        right = [(state, f"bold {ink.heat}")] if state else []
        tone = f"{ink.muted} strike" if view.struck else ink.strong if marked else ink.text
        rows = [paint.line(width, cells, right)]
        texts = [(view.text, tone)]
        if view.before:
            texts.append((view.before, f"{ink.muted} strike"))
        for words, style in texts:
            for line in words.splitlines():
                rows += [
                    paint.line(width, [("  ", ""), (part, style)])
                    for part in paint.broken(paint.clean(line), width - 2)
                ]
        return [*rows[: most + 1], paint.blank(width)]

    # --- what can be done ---

    def _mine(self) -> bool:
        view = self.marked
        return view is not None and view.own and not view.struck and self.live

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where somebody only reads, nothing is struck."""
        if action in ("strike", "correct") and not self.live:
            return False
        return super().check_action(action, parameters)

    def on_list_region_chosen(self) -> None:
        """A second click corrects it."""
        self.action_correct()

    def action_strike(self) -> None:
        """Strike the marked note, after a question."""
        view = self.marked
        if view is None or not self._own(view):
            return
        done = _("Struck. The record has what it said.")
        strike = partial(self.request, Strike(view.entry), done)
        self.confirm(_("Strike your note? The record keeps it, struck."), _("Strike"), strike)

    def action_correct(self) -> None:
        """Have other words in the place of the marked note."""
        view = self.marked
        if view is None or not self._own(view):
            return
        entry, before = view.entry, view.text

        def correct(words: str) -> bool:
            done = _("Corrected. The record has both.")
            same = words in ("", before)
            return same or self.request(Strike(entry, words), done)

        self.prompt_text(_("Your note, corrected"), correct, before)

    def _own(self, view: NoteView) -> bool:
        """Whether it is this seat's to change; else it is said why not."""
        if not view.own:
            self.bar(_("Only {seat} can strike or correct this note.", seat=view.seat))
        elif view.struck:
            self.bar(_("It is struck already."))
        return view.own and not view.struck
