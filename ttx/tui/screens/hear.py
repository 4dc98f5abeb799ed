"""A challenge heard by the facilitator: upheld, modified or overturned, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.control_commands import Hear
from ttx.session.control_events import MODIFIED, OVERTURNED, UPHELD
from ttx.session.view.contested import Contested, waiting
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.fields import Choice, Field, Option, Shape, Value
from ttx.tui.region import Box
from ttx.tui.screens.amend import AmendScreen
from ttx.tui.screens.form import FormPage

OUTCOMES = (
    (UPHELD, N_("upheld"), N_("what was ruled stands"), N_("Uphold")),
    (
        MODIFIED,
        N_("modified"),
        N_("a change within the band; the next page makes it"),
        N_("Modify"),
    ),
    (
        OVERTURNED,
        N_("overturned"),
        N_("a change beyond it; the next page makes it"),
        N_("Overturn"),
    ),
)
"""What a facilitator can decide, its word, what it means, and what Enter does then."""


class HearScreen(FormPage):
    """Who challenged what and why, and the three ways to decide on it."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "gate")
    name_of_page: ClassVar[str] = N_("challenge")

    def __init__(self) -> None:
        """What was ruled stands, to begin with."""
        super().__init__()
        self.outcome = UPHELD

    def _view(self) -> Contested | None:
        return self.kept("waiting", lambda: waiting(self.eye))

    @property
    def alive(self) -> bool:
        """Whether it still waits."""
        return self.context.facilitates and self._view() is not None

    @property
    def unsent(self) -> bool:
        """An outcome that is marked is nothing to lose."""
        return False

    def foot(self) -> Sequence[tuple[str, str]]:
        """Digits choose."""
        return [("carry-out", _("decide")), ("1-3", _("choose")), ("give-up", _("close"))]

    def declared(self) -> Sequence[Field]:
        """The outcomes."""
        options = tuple(Option(name, _(word), _(means)) for name, word, means, _does in OUTCOMES)
        choice = Choice(
            name="outcome",
            label=_("YOU DECIDE"),
            options=options,
            value=self.outcome,
            shape=Shape.LISTED,
            ruled=True,
            unknown=_("1 is upheld, 2 modified, 3 overturned."),
        )
        return [choice]

    def take(self, field: str, value: Value) -> None:
        """Mark another outcome."""
        self.outcome = str(value)

    def carry_out(self) -> None:
        """Why; a ruling that changes is changed on a page of its own first."""
        if self.outcome == UPHELD:
            view = self._view()
            assert view is not None
            what = _("Upheld: what do you say to {seat}?", seat=view.seat)
            self.because(what, lambda why: self.ask_and_leave(Hear(UPHELD, why)), _("rules"))
        else:
            review = self.game.phase == phases.REVIEW
            self.app.switch_screen(AmendScreen(reckoning=not review, heard=self.outcome))

    def plan(self) -> dict[str, Box]:
        """The challenge, the outcomes, the button."""
        x, y, width, height = self.body
        top = y + (0 if self.form == SMALL else 1)
        return {
            "head": Box(x, top, width, 10),
            "rows": Box(x, top + 11, width, 6),
            "gate": Box(x, y + height - 2, width, 1),
        }

    def draw(self) -> None:
        """Fill the page."""
        ink, view, width = self.ink, self._view(), self.places["head"].width
        if view is None:
            self.gone(_("No challenge waits to be heard. Esc closes this page."))
            return
        title = _(
            "{seat} challenges {number} {title}",
            seat=view.seat,
            number=view.number,
            title=view.title,
        )
        rows = [
            paint.line(width, [(title, f"bold {ink.strong}")]),
            paint.rule(width, ink, self.glyphs),
        ]
        rows += [paint.line(width, [(part, ink.text)]) for part in paint.wrap(view.reason, width)]
        self.put("head", rows)
        self.fields.show(self.declared())
        note = _("then what you say to the seat; everybody reads it")
        if self.outcome != UPHELD:
            note = _("the next page changes what was ruled, and asks for your reason")
        does = next(_(does) for name, _word, _means, does in OUTCOMES if name == self.outcome)
        self.put_button(does, note)
