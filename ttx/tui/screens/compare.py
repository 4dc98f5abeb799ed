"""Compare: two runs side by side; where did they part, and what did that come to?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.analysis.compare import compare, place
from ttx.analysis.compared_runs import ComparedRun
from ttx.analysis.score_differences import AtEnd
from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.page import SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.list import ListRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.sheet import Sheet, prose, sheet_of
from ttx.tui.widgets.compare import GAP, Drawing, both
from ttx.tui.widgets.compare_scores import PANEL_ROWS, Scores, panels, terms

CARRIED = 6
"""Rows for what carried it: its head, and half of the others for either side."""
ROOMY = 7
"""Rows of the turns above which one is left free over everything."""


class _Turns(ListRegion[str]):
    """The steps of all turns, by their place."""

    SPARED: ClassVar[int] = 2
    TALL: ClassVar[int] = 1


class CompareScreen(Page):
    """A and B turn by turn, and the scores at the end of the marked turn."""

    REGIONS: ClassVar[tuple[str, ...]] = (
        "head-a",
        "head-b",
        "remarks",
        "turns",
        "strip",
        "scores",
        "carried",
        "courses",
    )
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"turns": _Turns}
    BINDINGS: ClassVar[list[BindingType]] = [
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
        self._remarks: list[Text] = []
        self.at_scores = False
        """Whether a narrow screen shows the scores instead of the turns."""
        self.list("turns").take([str(at) for at in range(len(self.made.rows))])
        self.list("turns").mark(str(self.made.first))

    @property
    def marked(self) -> int:
        """The place of the marked row; 0 also where there is none."""
        return self.list("turns").at

    @property
    def end(self) -> AtEnd | None:
        """Both at the end of the turn that is marked; None where they share none."""
        made = self.made
        return made.turns[made.rows[self.marked].turn - 1] if made.rows else None

    @property
    def _count(self) -> int:
        """How many scores both have."""
        return len(self.end.differences) if self.end is not None else 0

    @property
    def _drawing(self) -> Drawing:
        return Drawing(self.made, self.ink, self.glyphs, brief=self.form == SMALL)

    # --- what stands where ---

    def banner(self) -> str:
        """The banner of the exercise."""
        return self.made.a.game.run.banner

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """What is compared, and what it is not."""
        ink, made = self.ink, self.made
        left = [
            (_("Compare   "), f"bold {ink.strong}"),
            (f"{made.title}   ", ink.text),
            (self.by_size(made.kind_brief, made.kind), ink.muted),
        ]
        return left, [(_("structured judgement, not prediction"), ink.muted)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """Keys of the part that is shown."""
        small, move, swap = self.form == SMALL, ("down up", _("row")), _("swap A and B")
        digits = (f"score-1..score-{min(self._count, 9) or 1}", _("terms of a score"))
        if small and self.at_scores:
            return [move, ("swap", swap), digits, ("turn", _("turns"))]
        return [
            move,
            ("open", self.by_size(_("open"), _("open both there"))),
            ("next previous", _("differences")),
            ("swap", self.by_size(_("swap"), swap)),
            ("turn", _("scores")) if small else digits,
        ]

    @property
    def leaving(self) -> str:
        """The word beside q."""
        return _("back") if self.shell.over_run else _("quit")

    def plan(self) -> dict[str, Box]:
        """Everything at once, or turns and scores in turns; panels where there is room."""
        body, small = self.body, self.form == SMALL
        courses = max(len(head.courses) for head in self.made.heads)
        scores, carried = Cell("scores", self._count + 2 + (not small)), Cell("carried", CARRIED)
        if small and self.at_scores:
            levers = Cell("courses", 2 * courses)
            return boxes(column(scores, Cell("turns", 1), Cell("carried"), levers), body)
        self._remarks = self._drawing.remarks(body.width, self.key("remarks"))
        remarks = Cell("remarks", len(self._remarks))
        turns = column(Cell("turns"), Cell("strip", 2))
        if small:
            heads = column(Cell("head-a"), Cell("head-b"), size=2)
            return boxes(column(heads, remarks, turns), body)
        half = (body.width - GAP) // 2
        tall = max(len(self._drawing.head(at, half)) for at in range(2))
        heads = row(Cell("head-a"), GAP, Cell("head-b"), size=tall)
        below = self.by_size(None, None, column(1, Cell("courses"), size=2 + PANEL_ROWS))
        parts = (heads, remarks, 1, turns, 1, scores, 1, carried, below)
        places = boxes(column(*parts), body)
        roomy = places.get("turns", body).height > ROOMY
        return boxes(column(1, *parts), body) if roomy else places

    # --- painting ---

    def draw(self) -> None:
        """Fill the regions that have a place."""
        drawing, places, width, end = self._drawing, self.places, self.body.width, self.end
        for at, name in enumerate(("head-a", "head-b")):
            if name in places:
                self.put(name, drawing.head(at, places[name].width))
        if "remarks" in places:
            self.put("remarks", self._remarks)
        if "turns" in places:
            self.put_list(
                "turns",
                self.list("turns").keys,
                lambda key, here: [drawing.turn(int(key), width, marked=here)],
                drawing.turns_head(width) if places["turns"].height > 1 else [],
            )
        if end is not None and "strip" in places:
            self.put("strip", drawing.strip(self.marked, width))
        if end is not None and "scores" in places:
            scores = Scores(end, self.ink, self.glyphs, brief=drawing.brief)
            self.put("scores", scores.rows(width))
            self.put("carried", scores.carried(width, places["carried"].height))
        if "courses" in places:
            self.put("courses", self._courses(width))

    def _courses(self, width: int) -> list[Text]:
        """The scores over the turns, or where they have no room the levers of both."""
        if self.form == SMALL:
            return self._drawing.courses(width)
        exercise, note = self.made.a.exercise, _("A thick, B dashed with its letter")
        return [
            paint.label(width, _("SCORES OVER THE TURNS"), self.ink, note),
            *panels(self.made.turns, exercise.turns.count, width, self.ink, self.glyphs),
        ]

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key has to lead somewhere."""
        if action == "turn" and self.form != SMALL:
            return False
        if action == "open" and self.end is None:
            return False
        if action == "terms" and parameters[0] not in range(1, self._count + 1):
            return False
        return super().check_action(action, parameters)

    def action_difference(self, way: int) -> None:
        """The next or the previous row in which something differs."""
        rows, at = self.made.rows, self.marked
        ahead = range(at + 1, len(rows)) if way > 0 else range(at - 1, -1, -1)
        other = next((place for place in ahead if not rows[place].same), None)
        if other is not None:
            self.list("turns").mark(str(other))
            self.paint()
        elif way > 0:
            self.show_notice(_("No difference after this row."))
        else:
            self.show_notice(_("No difference before this row."))

    def action_swap(self) -> None:
        """A becomes B."""
        self.made = self.made.swapped()
        self.paint()

    def action_turn(self) -> None:
        """Turns or scores, where there is no room for both."""
        self.at_scores = not self.at_scores
        self.paint()

    def on_list_region_chosen(self) -> None:
        """A second click opens what is marked."""
        self.action_open()

    def action_open(self) -> None:
        """What both did in the marked row."""
        if not self.made.rows:
            return
        step, opened = self.made.rows[self.marked], self.made.opened(self.marked)
        title = _("Both at {place}", place=place(step))
        sheet = Sheet(title, lambda page, width: both(opened, width, page.ink), step.status.words)
        self.shell.open(sheet)

    def action_terms(self, number: int) -> None:
        """One score in its inputs, at the end of the marked turn."""
        end = self.end
        if end is None:
            return
        if self.made.like != "same":
            words = _("The exercise differs between the two, so a difference has no terms.")
            self.show_notice(words)
            return
        gap, causes = end.differences[number - 1], self.made.causes(end.turn)
        title = _("{gap}, T{turn}", gap=gap.name, turn=end.turn)
        note = _("A less B: {verdict}", verdict=gap.verdict.words)
        self.shell.open(sheet_of(title, lambda: terms(gap, causes), note))

    def action_remarks(self) -> None:
        """How the two are related and what is not like for like, in full."""
        sentences = [sentence for sentence, _tone in self._drawing.sentences]
        if names := ", ".join(self.made.left_out):
            sentences.append(_("Left out in full: {left_out}.", left_out=names))
        nothing = _("Nothing is to be borne in mind: same exercise, same dice.")
        self.shell.open(prose(_("Remarks"), sentences or [nothing], self.made.kind))
