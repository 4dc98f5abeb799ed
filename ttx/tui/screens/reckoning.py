"""The reckoning: what each adversary did, against what odds, and how the profile moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import _
from ttx.report.document import apart
from ttx.session.view.aims import own_aims
from ttx.session.view.causes import evidence_lines
from ttx.session.view.reckoning import ReckoningView, no_reckoning, reckoning
from ttx.session.view.standing import NO_STANDING
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.gate import GateRegion
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.sheet import Sheet, sheet_of
from ttx.tui.widgets import aims
from ttx.tui.widgets.reckoning import Drawing, term_rows

TALL = 37
"""Rows of a page where an empty one stands behind each adversary."""


class ReckoningScreen(PlayPage):
    """A row for each adversary, the scores, and the sentence against the reference run."""

    REGIONS: ClassVar[tuple[str, ...]] = ("title", "responses", "scores", "against", "gate")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {
        "scores": ScrollRegion,
        "responses": ScrollRegion,
        "gate": GateRegion,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "gate.pass_on", "go on", id="pass", tooltip="Go on to the next turn"),
        *(
            Binding(str(n), f"terms({n})", "terms", id=f"terms-{n}", tooltip="The terms of one")
            for n in range(1, 10)
        ),
        Binding("b", "basis", "basis", id="basis", tooltip="What the terms rest on"),
        *GateRegion.KEYS,
    ]

    def __init__(self) -> None:
        """The gate has actions before it is shown."""
        super().__init__()
        self.gate = cast("GateRegion", self.regions["gate"])

    @property
    def view(self) -> ReckoningView | None:
        """The reckoning of the turn; None before this seat may know it."""
        return self.kept("view", lambda: reckoning(self.eye))

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of a reckoning."""
        view, keys = self.view, []
        if view is not None and view.responses:
            keys.append((f"terms-1..terms-{min(len(view.responses), 9)}", _("terms")))
        if view is not None and view.basis:
            keys.append(("basis", _("basis")))
        if view is not None and view.ruled:
            keys.append(("as-ruled", _("as ruled")))
        return self.gate.foot(keys, standing=True)

    @property
    def _each(self) -> int:
        """Rows of one adversary."""
        return self.by_size(2, 4 if self.body.height >= TALL else 3)

    def plan(self) -> dict[str, Box]:
        """The places for the present size."""
        view, air = self.view, self.by_size(0, 1)
        if view is None:
            return boxes(column(air, Cell("title", 2)), self.body)
        tall = min(self._each * len(view.responses) + 2 * air, self.body.height // 2)
        return boxes(
            column(
                air,
                Cell("title", self.by_size(2, 5)),
                # The room's screen reads of no adversary where some sit in the room.
                Cell("responses", tall) if view.responses else tall,
                1 - air,
                Cell("scores"),
                Cell("against", 3),
                air,
                Cell("gate", 1 + air),
                air,
            ),
            self.body,
        )

    def draw(self) -> None:
        """Fill the regions."""
        view, width, strong = self.view, self.body.width, f"bold {self.ink.strong}"
        if view is None:
            waits = no_reckoning(self.game)
            if self.pace.proposed and self.pace.held:
                waits = _("The turn is played. The facilitator confirms its reckoning next.")
            self.put("title", [paint.line(width, [(waits, strong)])])
            return
        drawing = Drawing(self, view)
        title = drawing.title()
        room = max(self.places["title"].height - len(title), 1)
        self.put("title", [*title, *self.gate.ruled_rows(view.ruled, width, room)])
        if "responses" in self.places:
            self.put_scroll("responses", *drawing.responses(self._each))
        scores = drawing.scores() if view.scores else (self._for_red(view, width), [])
        self.put_scroll("scores", *scores)
        self.put("against", paint.block(width, view.against, strong, width))
        self.gate.draw(_("To the review") if view.last else _("Next turn"))

    def _for_red(self, view: ReckoningView, width: int) -> list[Text]:
        """In place of the scores: on a small terminal the news, and what the seat is after."""
        ink, small, rows = self.ink, self.form == SMALL, list[Text]()
        if small:
            rows += paint.block(width, view.headline, f"bold {ink.strong}", width)
            rows.append(paint.blank(width))
        own = own_aims(self.eye)
        if own:
            return rows + aims.panel(own, min(width, 92), ink, self.glyphs, small=small)
        return [*rows, paint.line(width, [(NO_STANDING, ink.text)])]

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A number is the key of an adversary that is shown."""
        shown = range(1, len(self.view.responses) + 1) if self.view is not None else ()
        if action == "terms" and parameters[0] not in shown:
            return False
        return super().check_action(action, parameters)

    def action_terms(self, number: int) -> None:
        """The terms of one adversary's odds, in steps."""
        assert self.view is not None
        response = self.view.responses[number - 1]
        title = _("{name}: the terms of its odds", name=response.name)
        note = _("turn {turn}", turn=self.view.turn)
        self.shell.open(
            Sheet(title, lambda sheet, width: term_rows(response, width, sheet.ink), note)
        )

    def action_ruled(self) -> None:
        """What people made of it, whole."""
        if self.view is not None:
            title = _("Reckoning of turn {turn}", turn=self.view.turn)
            self.gate.show_ruled(f"{title} {self.view.how}".rstrip(), self.view.ruled)

    def action_basis(self) -> None:
        """What the rule of the adversaries rests on."""
        if self.view is None or not self.view.basis:
            self.show_notice(_("No evidence is open to this seat here."))
        else:
            evidence = evidence_lines(self.game.run.exercise, self.view.basis)
            self.shell.open(sheet_of(_("Basis of the reckoning"), lambda: apart(evidence)))
