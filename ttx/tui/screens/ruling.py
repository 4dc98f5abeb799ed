"""The Ruling of an inject: why did it come out so, and what would have turned it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.view.causes import evidence_lines
from ttx.session.view.ruling import RulingView, no_ruling, ruling
from ttx.tui import paint
from ttx.tui.page import LARGE, SMALL
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens import sheets
from ttx.tui.screens.gate import GateRegion
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.sheet import Sheet, sheet_of
from ttx.tui.widgets.ruling import Drawing, changes_rows, margins

TURNED = N_("What else would have turned it")
TABLE = N_("The clock as a table")


class Terms(ScrollRegion):
    """What the ruling is made of, with two keys more for whoever does not rule."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "turn_to('margins')", "margins", id="margins", tooltip=TURNED),
        Binding("o", "turn_to('chain')", "clock", id="clock-table-o", tooltip=TABLE),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key to its first row is the page's own, and `m` and `o` are of whoever rules."""
        if action == "edge" or not super().check_action(action, parameters):
            return False
        return action != "turn_to" or not cast("RulingScreen", self.screen).gate.rules

    async def action_turn_to(self, what: str) -> None:
        """What the page shows behind another key as well."""
        await self.run_action(f"screen.{what}")


class RulingScreen(PlayPage):
    """The sentence, the clock with its true minutes, the effects and the margin.

    `m` and `o` rule otherwise where this seat may; for all others they are margins and clock,
    which everybody finds behind `g` and `t` as well.
    """

    REGIONS: ClassVar[tuple[str, ...]] = (
        "title",
        "ruled",
        "clock",
        "because",
        "effects",
        "others",
        "margin",
        "gate",
    )
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"because": Terms, "gate": GateRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "gate.pass_on", "go on", id="pass", tooltip="Go on"),
        Binding("b", "basis", "basis", id="basis", tooltip="What the terms rest on"),
        *GateRegion.KEYS,
        Binding("g", "margins", "margins", id="margins-g", tooltip=TURNED),
        Binding("t", "chain", "clock", id="clock-table-t", tooltip=TABLE),
    ]

    def __init__(self) -> None:
        """The gate has actions before it is shown."""
        super().__init__()
        self.gate = cast("GateRegion", self.regions["gate"])

    @property
    def view(self) -> RulingView | None:
        """The ruling under way; None before this seat may know it."""
        return self.kept("view", lambda: ruling(self.eye))

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of a ruling; on a small terminal fewer of them for who rules."""
        view, small, rules = self.view, self.form == SMALL, self.gate.rules
        if view is None:
            return self.gate.foot([])
        margins, table = ("margins-g", "clock-table-t") if rules else ("margins", "clock-table-o")
        if small and rules and self.pace.proposed:
            behind = ("as-ruled", _("as ruled")) if view.ruled else ("basis", _("basis"))
            return self.gate.foot([behind])
        few = small and (rules or bool(view.ruled))
        keys = [("basis", _("basis") if few else _("basis of a term"))]
        minority = small and bool(view.minority)
        keys.append((margins, _("minority") if minority else _("margins")))
        if view.ruled:
            keys.append(("as-ruled", _("as ruled")))
        if view.clock is not None and not (small and rules):
            keys.append((table, _("clock")))
        return self.gate.foot(keys)

    # --- what it shows ---

    def plan(self) -> dict[str, Box]:
        """The places for the present size."""
        view, small, air = self.view, self.form == SMALL, self.by_size(0, 1)
        if view is None:
            return boxes(column(air, Cell("title", 2)), self.body)
        ruled = sum(len(paint.broken(words, self.body.width)) for words in view.ruled)
        ruled = min(ruled, self.by_size(3 if view.clock is None else 2, 5))
        clock = self.by_size(4, 6, 9) if view.clock is not None else 0
        effects = row(
            Cell("because", self.by_size(0, 73, 111)),
            3,
            Cell("effects"),
            size=16 - ruled if self.form == LARGE else None,
        )
        others = self.by_size((1,), (), (1, Cell("others"), 1))
        most = self.by_size(7, 9)
        title = min(max(len(Drawing(self, view).title()), 5 + air), most)
        parts = (
            Cell("title", title),
            Cell("ruled", ruled),
            air,
            Cell("clock", clock),
            1 if small or clock else 0,
            Cell("because") if small else effects,
            *others,
            Cell("margin", self.by_size(3, 5)),
            air,
            Cell("gate", self.by_size(1, 4)),
        )
        room = self.body
        if small:  # its bar stands in the margin, and beside the effects between the two
            room = room._replace(width=room.width + 1)
        return boxes(column(air, *parts), room)

    def draw(self) -> None:
        """Fill the regions."""
        view, places, width, ink = self.view, self.places, self.body.width, self.ink
        if view is None:
            self.put("title", paint.block(width, no_ruling(self.eye), f"bold {ink.strong}", width))
            return
        drawing, pace = Drawing(self, view), self.pace
        self.put("title", drawing.title())
        if "ruled" in places:
            self.put("ruled", self.gate.ruled_rows(view.ruled, width, places["ruled"].height))
        if view.clock is not None:
            self.put("clock", drawing.clock(view.clock, tall=self.form == LARGE))
        because, note = places["because"].width - 1, _("size x timing x posture; costs in full")
        head = self.headed(paint.label(because, _("BECAUSE"), ink, note))
        self.put_scroll("because", drawing.because(because), head)
        if "effects" in places:
            box = places["effects"]
            rows = changes_rows(_("EFFECTS"), view.changes, box.width, ink, self.glyphs)
            self.put("effects", rows)
        if "others" in places:
            self.put("others", drawing.others())
        self.put("margin", drawing.margin())
        words = _("THE RULING IS PROPOSED") if pace.proposed else _("THE RULING STANDS")
        headed = self.form != SMALL and (self.gate.opens or pace.held)
        self.gate.draw(_("Go on"), drawing.head(words) if headed else (), self.by_size(2, 3))

    # --- keys ---

    def action_basis(self) -> None:
        """Every effect, and the evidence behind the inject."""
        view = self.view
        if view is None:
            return
        evidence = evidence_lines(self.game.run.exercise, [*view.basis, "design"])
        title = _("Basis of ruling {number}", number=view.number)
        rows = Drawing(self, view).basis
        self.shell.open(Sheet(title, lambda _sheet, width: rows(evidence, width), view.title))

    def action_margins(self) -> None:
        """All single changes that would have turned it."""
        view = self.view
        if view is not None:
            title = _("Margins of ruling {number}", number=view.number)
            self.shell.open(sheet_of(title, lambda: margins(view), _("smallest change first")))

    def action_chain(self) -> None:
        """The clock as a table."""
        view = self.view
        if view is not None and view.clock is not None:
            self.shell.open(sheets.chain(view.clock))

    def action_ruled(self) -> None:
        """What people made of it, whole."""
        view = self.view
        if view is not None:
            self.gate.show_ruled(_("Ruling {headed}", headed=view.headed), view.ruled)
