"""A reckoning changed by the facilitator: what each adversary did, and is ruled to have done."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ttx.adjudicator.tables import RESPONSES
from ttx.session.control_commands import Override
from ttx.session.game import Game
from ttx.session.view import words
from ttx.session.view.amending import RecastView, ResponseChoice, may_recast, recast_view
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box
from ttx.tui.screens.amending import AmendPage

BAND = "the band: one step from what odds and draw gave"


class AmendReckoningScreen(AmendPage):
    """Each adversary's response; odds and draw stay as they were said."""

    def __init__(self, *, overrule: bool = False, heard: str = "") -> None:
        """What stands is what is begun with."""
        super().__init__(overrule=overrule, heard=heard)
        self._responses: dict[str, str] = {}
        self._made: tuple[Game, dict[str, str], RecastView] | None = None

    @property
    def alive(self) -> bool:
        """Whether the reckoning still lies before this seat."""
        return self.context.facilitates and may_recast(self.game)

    @property
    def instead(self) -> Override:
        """The responses as they are now."""
        return Override(responses=dict(self._responses))

    def _view(self) -> RecastView:
        made = self._made
        if made is None or made[0] is not self.game or made[1] != self._responses:
            view = recast_view(self.eye, self.instead)
            made = self._made = (self.game, dict(self._responses), view)
        return made[2]

    @property
    def count(self) -> int:
        """A row an adversary."""
        return len(self._view().responses) if self.alive else 0

    def foot(self) -> Sequence[tuple[str, str]]:
        """Digits choose."""
        keys = [*super().foot()]
        return [*keys[:3], ("1-3", "choose"), keys[-1]]

    def change(self, by: int) -> None:
        """A step towards restraint or towards escalation."""
        self._choose(RESPONSES.index(self._view().responses[self.marked].yours) + by)

    def enter(self, typed: str) -> None:
        """A response by its place."""
        self.typed = ""
        if typed in ("1", "2", "3"):
            self._choose(int(typed) - 1)
        else:
            self.show_notice("1 is restraint, 2 probe, 3 escalate.")

    def _choose(self, at: int) -> None:
        if not 0 <= at < len(RESPONSES):
            self.show_notice(f"There is nothing beyond '{RESPONSES[min(max(at, 0), 2)]}'.")
            return
        self._responses[self._view().responses[self.marked].id] = RESPONSES[at]

    # --- what is shown ---

    def plan(self) -> dict[str, Box]:
        """Head, the adversaries, the scores beside or below them, and the button."""
        x, y, width, height = self.body
        if self.form == SMALL:
            return {
                "head": Box(x, y, width, 2),
                "rows": Box(x, y + 2, width, 6),
                "result": Box(x, y + 9, width, height - 12),
                "gate": Box(x, y + height - 3, width, 3),
            }
        return {
            "head": Box(x, y + 1, width, 3),
            "rows": Box(x, y + 5, 72, height - 11),
            "result": Box(x + 76, y + 5, width - 76, height - 11),
            "gate": Box(x, y + height - 5, width, 4),
        }

    def draw(self) -> None:
        """Fill the page."""
        ink, width = self.ink, self.places["head"].width
        if not self.alive:
            told = "The table has gone on meanwhile. Esc closes this page."
            self.put("head", [paint.line(width, [(told, f"bold {ink.strong}")])])
            return
        view = self._view()
        title = f"{self.word} the reckoning of turn {view.turn}"
        limit = "overruling knows no band" if self.overrule else BAND
        told = "Odds and draw stay as they were said."
        rows = [
            paint.line(width, [(title, f"bold {ink.strong}")]),
            paint.line(width, [(told, ink.text)], [(limit if width >= 100 else "", ink.muted)]),
        ]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        self.put("head", rows)
        self.put("rows", self._rows(view, self.places["rows"].width))
        self.put("result", self._result(view, self.places["result"]))
        self.put("gate", self.gate_rows(width))

    def _rows(self, view: RecastView, width: int) -> list[Text]:
        ink = self.ink
        head = f"  {'ADVERSARY':<12}{'odds':>6}{'draw':>7} {'model':<10} yours"
        rows = [paint.line(width, [(head, f"bold {ink.muted}")])]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        return rows + [self._row(at, one, width) for at, one in enumerate(view.responses)]

    def _row(self, at: int, one: ResponseChoice, width: int) -> Text:
        ink, marked = self.ink, at == self.marked
        sign = f"{self.glyphs.marked} " if marked else "  "
        cells: list[Seg] = [
            (sign, f"bold {ink.cool}"),
            (f"{paint.cut(paint.clean(one.name), 11, self.glyphs):<12}", f"bold {ink.text}"),
            (f"{one.odds:>6}{one.draw:>7} {one.model:<10}", ink.muted),
        ]
        for place, name in enumerate(RESPONSES, start=1):
            chosen = name == one.yours
            named = f"{place} {name}"
            shown = f"[{named}]" if chosen else f" {named} "
            tone = f"bold {ink.strong if one.within else ink.heat}" if chosen else ink.muted
            cells.append((shown, tone))
        return paint.line(width, cells, fill=ink.raised if marked else "")

    def _result(self, view: RecastView, box: Box) -> list[Text]:
        ink = self.ink
        head = f"{'model':>8}{'yours':>9}{'':>9}"
        rows = [paint.label(box.width, "THE SCORES COME TO", ink, head)]
        if self.form != SMALL:
            rows.append(paint.rule(box.width, ink, self.glyphs))
        for name, model, yours, word in view.scores:
            tone = paint.direction_colour(word, ink)
            right: list[Seg] = [
                (f"{model / 100:>8.2f}", ink.muted),
                (f"{yours / 100:>9.2f}", f"bold {ink.strong}"),
                (f" {words.exact(yours - model):>8}", tone),
            ]
            rows.append(paint.line(box.width, [(name, ink.text)], right))
        return rows

    def click_row(self, row: int) -> None:
        """Mark the row under the pointer."""
        at = row - (1 if self.form == SMALL else 2)
        if 0 <= at < self.count:
            self.marked = at
            self.paint()
