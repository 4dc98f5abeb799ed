"""Compare: two runs side by side; where did they part, and what did that come to?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.analysis.compare import compare, place
from ttx.analysis.compared_runs import ComparedRun
from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.page import LARGE, SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.compare_places import PANELS, Needs, narrow_scores, narrow_turns, wide
from ttx.tui.screens.sheet import Sheet
from ttx.tui.widgets import compare as rows_of
from ttx.tui.widgets import compare_scores as scores

REMARKS = 4
"""The most rows that remarks take; the rest stands behind a key."""
AIR = 2
"""Rows kept in sight before and after the marked one, where there are any."""


class CompareScreen(Page):
    """A and B turn by turn, and the scores at the end of the marked turn."""

    REGIONS: ClassVar[tuple[str, ...]] = (
        "head-a",
        "head-b",
        "remarks",
        "turns",
        "rows",
        "strip",
        "scores",
        "carried",
        "courses",
        *(f"panel-{n}" for n in range(1, PANELS + 1)),
    )
    WHOLE: ClassVar[tuple[str, ...]] = tuple(f"panel-{n}" for n in range(1, PANELS + 1))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next row"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Row before"),
        Binding("g,home", "edge(0)", "first", id="first", tooltip="First row"),
        Binding("G,end", "edge(1)", "last", id="last", tooltip="Last row"),
        Binding("pagedown,ctrl+d", "half(1)", "on", id="half-down", tooltip="Half a page down"),
        Binding("pageup,ctrl+u", "half(-1)", "back", id="half-up", tooltip="Half a page up"),
        Binding("n", "difference(1)", "difference", id="next", tooltip="Next difference"),
        Binding("N", "difference(-1)", "before", id="previous", tooltip="Difference before"),
        Binding("x", "swap", "swap", id="swap", tooltip="Swap A and B"),
        Binding("enter", "open", "open", id="open", tooltip="Open both there"),
        Binding("tab,space", "turn", "scores", id="turn", tooltip="Turns or scores, where narrow"),
        Binding("r", "remarks", "remarks", id="remarks", tooltip="All remarks in full"),
        *(
            Binding(str(n), f"terms({n})", "terms", id=f"score-{n}", tooltip="One score, its terms")
            for n in range(1, 10)
        ),
    ]

    def __init__(self, a: ComparedRun, b: ComparedRun) -> None:
        """The first difference is marked; ValueError where nothing can be compared."""
        super().__init__()
        self.made = compare(a, b)
        self.marked, self.top = max(self.made.first, 0), 0
        self.at_scores = False
        """Whether a narrow screen shows the scores instead of the turns."""

    # --- what stands where ---

    def banner(self) -> str:
        """The banner of the exercise."""
        return self.made.a.exercise.banner

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """What is compared, and what it is not."""
        ink = self.ink
        kind = self.made.kind_brief if self.form == SMALL else self.made.kind
        return (
            [
                (_("Compare   "), f"bold {ink.strong}"),
                (f"{self.made.title}   ", ink.text),
                (kind, ink.muted),
            ],
            [(_("structured judgement, not prediction"), ink.muted)],
        )

    def foot(self) -> Sequence[tuple[str, str]]:
        """Keys of the part that is shown."""
        count = min(len(self.made.a.exercise.score), 9)
        keys = [("j k", _("row")), ("x", _("swap A and B")), (f"1-{count}", _("terms of a score"))]
        if self.form != SMALL:
            return [keys[0], ("Enter", _("open both there")), ("n N", _("differences")), *keys[1:]]
        if self.at_scores:
            return [*keys, ("Tab", _("turns"))]
        return [
            keys[0],
            ("Enter", _("open")),
            ("n N", _("differences")),
            ("x", _("swap")),
            ("Tab", _("scores")),
        ]

    @property
    def leaving(self) -> str:
        """The word beside q."""
        return "back" if self.shell.over_run else "quit"

    def plan(self) -> dict[str, Box]:
        """The places for the present size."""
        remarks = min(len(self._remarks(self.body.width)), REMARKS)
        courses = max(len(one.courses) for one in self.made.heads)
        needs = Needs(remarks, courses, self._count)
        if self.form != SMALL:
            return wide(self.body, needs, panels=self.form == LARGE)
        return narrow_scores(self.body, needs) if self.at_scores else narrow_turns(self.body, needs)

    @property
    def _count(self) -> int:
        """How many scores both have."""
        return len(self.made.turns[0].differences) if self.made.turns else 0

    # --- painting ---

    def draw(self) -> None:
        """Fill the regions that have a place."""
        ink, made, places = self.ink, self.made, self.places
        small = self.form == SMALL
        makers = {
            "head-a": lambda w: rows_of.head(made.heads[0], "A", w, ink, brief=small),
            "head-b": lambda w: rows_of.head(made.heads[1], "B", w, ink, brief=small),
            "remarks": self._remarks,
            "turns": self._turns,
            "rows": self._rows,
            "strip": lambda w: rows_of.strip(made.rows[self.marked], w, ink) if made.rows else [],
            "scores": self._scores,
            "carried": self._carried,
            "courses": self._courses,
        }
        for name, maker in makers.items():
            if name in places:
                self.put(name, maker(places[name].width))
        for at in range(min(self._count, PANELS)):
            if f"panel-{at + 1}" in places:
                box, turns = places[f"panel-{at + 1}"], made.a.exercise.turns.count
                rows = scores.course(made.turns, at, turns, box, ink, self.glyphs)
                self.put(f"panel-{at + 1}", rows)

    def _remarks(self, width: int) -> list[Text]:
        ink = self.ink
        told = [(one, ink.muted) for one in self.made.related]
        # What is not like for like first: there is room for a few rows, and it bears on them all.
        told += [(one, f"bold {ink.strong}") for one in self.made.remarks]
        told += [(self.made.levers, ink.text)] if self.made.levers else []
        rows = [
            paint.line(width, [(part, style)])
            for one, style in told
            for part in paint.broken(one, width)
        ]
        if len(rows) <= REMARKS:
            return rows
        more = _("and {rows} more rows of remarks behind r", rows=len(rows) - REMARKS + 1)
        return [*rows[: REMARKS - 1], paint.line(width, [(more, f"bold {ink.cool}")])]

    def _turns(self, width: int) -> list[Text]:
        ink = self.ink
        tone = f"bold {ink.heat}" if self.made.first >= 0 else ink.muted
        rows = [
            paint.line(
                width, [(_("TURN BY TURN"), f"bold {ink.muted}")], [(self.made.parted, tone)]
            )
        ]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        return [*rows, rows_of.column_heads(width, ink)]

    def _rows(self, width: int) -> list[Text]:
        found, room = self.made.rows, self.places["rows"].height
        air = min(AIR, room // 3)
        self.top = max(min(self.top, self.marked - air), self.marked + air - room + 1)
        self.top = max(0, min(self.top, len(found) - room))
        return [
            rows_of.turn_row(
                row,
                width,
                self.ink,
                self.glyphs,
                marked=at == self.marked,
                new=at == self.top or found[at - 1].turn != row.turn,
            )
            for at, row in enumerate(found[self.top : self.top + room], start=self.top)
        ]

    @property
    def turn(self) -> int:
        """The turn of the marked row; 0 where none has been played by both."""
        return self.made.rows[self.marked].turn if self.made.rows else 0

    def _scores(self, width: int) -> list[Text]:
        if not self.turn:
            return []
        end, ink = self.made.turns[self.turn - 1], self.ink
        rows = [scores.score_heads(width, self.turn, ink)]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        rows += [
            scores.score_row(gap, at, width, ink, self.glyphs)
            for at, gap in enumerate(end.differences, start=1)
        ]
        return [*rows, scores.clock_row(end, width, ink)]

    def _carried(self, width: int) -> list[Text]:
        if not self.turn:
            return []
        end, ink = self.made.turns[self.turn - 1], self.ink
        label: list[Seg] = [
            (_("WHAT CARRIED IT, UP TO T{turn}", turn=self.turn), f"bold {ink.muted}")
        ]
        rows = [paint.line(width, label, [(end.weighed, f"bold {ink.strong}")])]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        each = (self.places["carried"].height - len(rows)) // 2
        return [*rows, *scores.carried(end, width, each, ink)]

    def _courses(self, width: int) -> list[Text]:
        """How to read the panels, or where there are none the levers of both."""
        ink = self.ink
        if self.form == LARGE:
            note = _("A thick, B dashed with its letter")
            return [paint.label(width, _("SCORES OVER THE TURNS"), ink, note)]
        return [
            paint.line(width, [rows_of.letter(which, ink), (f" {course}", ink.text)])
            for which, one in zip("AB", self.made.heads, strict=True)
            for course in one.courses
        ]

    # --- keys ---

    def _mark(self, at: int) -> None:
        self.marked = max(0, min(at, len(self.made.rows) - 1))
        self.paint()

    def action_step(self, by: int) -> None:
        """The row after or before."""
        self._mark(self.marked + by)

    def action_half(self, way: int) -> None:
        """Half a page."""
        room = self.places["rows"].height if "rows" in self.places else 8
        self._mark(self.marked + way * max(room // 2, 1))

    def action_edge(self, end: int) -> None:
        """The first or the last row."""
        self._mark(len(self.made.rows) - 1 if end else 0)

    def action_difference(self, way: int) -> None:
        """The next or the previous row in which something differs."""
        last = len(self.made.rows)
        ahead = range(self.marked + 1, last) if way > 0 else range(self.marked - 1, -1, -1)
        found = next((at for at in ahead if not self.made.rows[at].same), None)
        if found is None:
            self.show_notice(
                _("No difference after this row.")
                if way > 0
                else _("No difference before this row.")
            )
        else:
            self._mark(found)

    def action_swap(self) -> None:
        """A becomes B."""
        self.made = self.made.swapped()
        self.paint()

    def action_turn(self) -> None:
        """Turns or scores, where there is no room for both."""
        if self.form == SMALL:
            self.at_scores = not self.at_scores
            self.paint()

    def action_open(self) -> None:
        """What both did in the marked row."""
        if not self.made.rows:
            return
        row, both = self.made.rows[self.marked], self.made.opened(self.marked)

        def rows(sheet: Sheet, width: int) -> list[Text]:
            return rows_of.both(both, width, sheet.ink)

        self.shell.open(Sheet(_("Both at {place}", place=place(row)), rows, row.status.words))

    def action_terms(self, number: int) -> None:
        """One score in its inputs, at the end of the marked turn."""
        if not self.turn or not 1 <= number <= self._count:
            return
        gap = self.made.turns[self.turn - 1].differences[number - 1]
        if self.made.like != "same":
            self.show_notice(
                _("The exercise differs between the two, so a difference has no terms.")
            )
            return
        causes = self.made.causes(self.turn)

        def rows(sheet: Sheet, width: int) -> list[Text]:
            return scores.inputs(gap, causes, width, sheet.ink)

        self.shell.open(
            Sheet(
                _("{gap}, T{turn}", gap=gap.name, turn=self.turn),
                rows,
                _("A less B: {verdict}", verdict=gap.verdict.words),
            )
        )

    def action_remarks(self) -> None:
        """How the two are related and what is not like for like, in full."""
        made = self.made
        told = [*made.related, *made.remarks, *filter(None, (made.levers,))]
        if made.left_out:
            told.append(_("Left out in full: {left_out}.", left_out=", ".join(made.left_out)))

        def rows(sheet: Sheet, width: int) -> list[Text]:
            found: list[Text] = []
            for one in told or [_("Nothing is to be borne in mind: same exercise, same dice.")]:
                found += [paint.line(width, [(p, sheet.ink.text)]) for p in paint.wrap(one, width)]
                found.append(paint.blank(width))
            return found

        self.shell.open(Sheet(_("Remarks"), rows, made.kind))

    def action_back(self) -> None:
        """Back to what it was opened over, or out."""
        self.shell.back()

    # --- mouse ---

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks a row and a second one opens it; a score opens its terms."""
        if event.region == "rows" and self.top + event.row < len(self.made.rows):
            at = self.top + event.row
            if at == self.marked:
                self.action_open()
            else:
                self._mark(at)
        elif event.region == "strip":
            self.action_open()
        elif event.region == "scores":
            self.action_terms(event.row - (0 if self.form == SMALL else 1))
        elif event.region.startswith("panel-"):
            self.action_terms(int(event.region[-1]))

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)
