"""The Standing: all scores of one size and scale beside the reference runs on the same dice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import _, ngettext
from ttx.session.view.causes import evidence_lines
from ttx.session.view.standing import NO_STANDING, StandingView, no_forecast, standing
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.parts.list import ListRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.sheet import Sheet
from ttx.tui.widgets.panels import Grid
from ttx.tui.widgets.standing import Drawing, term_rows

LOWEST = 10
"""Rows that a panel needs; where they have less, scores are a list."""
WIDEST = 112


class StandingScreen(PlayPage):
    """Differences from the first reference run by default, levels behind a key."""

    REGIONS: ClassVar[tuple[str, ...]] = ("rows", "panels", "under")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"rows": ListRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"terms({n})", "terms", id=f"score-{n}", tooltip="One score, its terms")
            for n in range(1, 10)
        ),
        Binding("enter", "marked", "terms", id="score", tooltip="The marked score, its terms"),
        Binding(
            "f",
            "go('forecast')",
            "forecast",
            id="go-forecast",
            tooltip="Where robots would lead it",
        ),
        Binding("v", "view", "levels", id="levels", tooltip="Levels or differences"),
    ]
    name_of_page: ClassVar[str] = "standing"

    def __init__(self) -> None:
        """Differences first."""
        super().__init__()
        self.levels = False

    def _view(self) -> StandingView | None:
        return self.kept("view", lambda: standing(self.eye))

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of the standing."""
        view = self._view()
        if view is None:
            return [("go-table", _("table"))]
        last = min(len(view.scores), 9)
        ahead = [("go-forecast", _("forecast"))] if not no_forecast(self.eye) else []
        return [
            (
                f"score-1..score-{last}",
                self.by_size(_("one score"), _("one score, with its terms")),
            ),
            ("levels", _("differences") if self.levels else _("levels")),
            *ahead,
            ("go-table", _("table")),
            *self.by_size([], [("go-theatre", _("map"))]),
        ]

    # --- places ---

    def _grid(self, room: Box) -> Grid:
        view, gap = self._view(), self.by_size(3, 3, 5)
        return Grid(len(view.scores) if view is not None else 0, room.width, room.height, gap)

    def plan(self) -> dict[str, Box]:
        """Panels of one size, or a list where they have no room."""
        if self._view() is None:
            return boxes(column(self.by_size(0, 1), Cell("rows", 2)), self.body)
        if self.form == SMALL:
            return boxes(column(Cell("rows"), Cell("under", 3)), self.body)
        panels, rows = (
            boxes(column(1, Cell(name), 1, Cell("under", 2)), self.body)
            for name in ("panels", "rows")
        )
        return rows if self._grid(panels["panels"]).size[1] < LOWEST else panels

    # --- painting ---

    def draw(self) -> None:
        """Fill what the plan holds."""
        view, ink, places = self._view(), self.ink, self.places
        if view is None:
            words = paint.line(places["rows"].width, [(NO_STANDING, f"bold {ink.strong}")])
            self.put_list("rows", [], lambda _key, _marked: [], [words])
            return
        drawing = Drawing(view, self.levels, ink, self.glyphs)
        if "rows" in places:
            width, numbers = places["rows"].width, [str(n) for n in range(1, len(view.scores) + 1)]
            self.put_list(
                "rows",
                numbers,
                lambda number, here: drawing.row(
                    view.scores[int(number) - 1], int(number), width, marked=here
                ),
                drawing.head(width),
            )
        else:
            self.put("panels", self._panels(view, drawing))
        self._draw_under(len(view.scores))

    def _panels(self, view: StandingView, drawing: Drawing) -> list[Text]:
        """All of them, and how to read them in the last place."""
        grid = self._grid(self.places["panels"])
        wide, tall = grid.size
        panels = [
            drawing.panel(score, wide, tall, f"terms({number})")
            for number, score in enumerate(view.scores, start=1)
        ]
        return grid.rows(panels, drawing.key(wide))

    def _draw_under(self, count: int) -> None:
        width, ink = self.places["under"].width, self.ink
        scores = ngettext(
            "{count} score, never one grade; under 0.50 is no clear difference.",
            "{count} scores, never one grade; under 0.50 is no clear difference.",
            count,
        )
        judgement = (_("Structured judgement, not prediction. "), f"bold {ink.strong}")
        if self.form == SMALL:
            parts = [[judgement], [(scores, ink.muted)]]
        else:
            parts = [[judgement, (scores, ink.muted)]]
        self.put("under", [paint.line(width, part) for part in parts])

    # --- keys ---

    def action_view(self) -> None:
        """Levels or differences."""
        self.levels = not self.levels
        self.paint()

    def action_marked(self) -> None:
        """The terms of the marked score."""
        marked = self.list("rows").marked if "rows" in self.places else None
        if marked is not None:
            self.action_terms(int(marked))

    def on_list_region_chosen(self) -> None:
        """A second click opens the terms."""
        self.action_marked()

    def action_terms(self, number: int) -> None:
        """One score with its terms, each with what moved it."""
        view = self._view()
        if view is None or number > len(view.scores):
            return
        score = view.scores[number - 1]
        basis = [source for term in score.terms for source in term.basis]

        def rows(sheet: Sheet, width: int) -> list[Text]:
            ink, room = sheet.ink, min(width, WIDEST)
            rows = term_rows(score, room, ink)
            rows += [paint.blank(room), paint.label(room, _("WHAT THE CAUSES REST ON"), ink)]
            for line in evidence_lines(self.game.run.exercise, basis):
                rows += [paint.line(room, [(part, ink.text)]) for part in paint.wrap(line, room)]
                rows.append(paint.blank(room))
            return rows

        self.shell.open(Sheet(score.name, rows, _("before, after, what it did to the score")))
