"""A reckoning as it is being changed: what each adversary did, and is ruled to have done."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.i18n import N_, _
from ttx.session.control_commands import Override
from ttx.session.view import words
from ttx.session.view.amending import RecastView, ResponseChoice, may_recast, recast_view
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import Choice, Field, Option, Shape, Value
from ttx.tui.region import Box
from ttx.tui.screens.run import RunPage
from ttx.tui.theme import Ink, glyphs


class AmendedReckoning:
    """Each adversary's response; odds and draw stay as they were said."""

    BAND = N_("the band: one step from what odds and draw gave")
    GONE = N_("The table has gone on meanwhile. {key} closes this page.")

    def __init__(self, page: RunPage) -> None:
        """Of the run that a page shows; what stands there is what is begun with."""
        self._page = page
        self._responses: dict[str, str] = {}

    @property
    def alive(self) -> bool:
        """Whether the reckoning still lies before the facilitator."""
        return may_recast(self._page.game)

    @property
    def override(self) -> Override:
        """The responses as they are now."""
        return Override(responses=dict(self._responses))

    @property
    def view(self) -> RecastView:
        """The reckoning as it would stand."""
        page, override = self._page, self.override
        return page.kept(f"amend {override}", lambda: recast_view(page.eye, override))

    def heading(self, does: str) -> tuple[str, str]:
        """What is done, and what is known of it."""
        title = _("{does} the reckoning of turn {turn}", does=does, turn=self.view.turn)
        return title, _("Odds and draw stay as they were said.")

    # --- the fields ---

    def columns(self) -> str:
        """What heads the fields."""
        return f"  {_('ADVERSARY'):<12}{_('odds'):>6}{_('draw'):>7} {_('model'):<10} {_('yours')}"

    def fields(self, ink: Ink, *, small: bool) -> Sequence[Field]:  # others differ
        """A choice an adversary."""
        return [self._response(response, ink) for response in self.view.responses]

    def _response(self, response: ResponseChoice, ink: Ink) -> Choice:
        name = paint.cell(paint.clean(response.name), 11, glyphs())
        known = f" {response.odds:>6}{response.draw:>7} {words.response(response.model):<10}"
        options = tuple(
            Option(kind, words.response(kind), wrong=kind == response.yours and not response.within)
            for kind in RESPONSES
        )
        return Choice(
            name=response.id,
            lead=((name, f"bold {ink.text}"), (known, ink.muted)),
            options=options,
            value=response.yours,
            shape=Shape.INLINE,
            unknown=_("1 is restraint, 2 probe, 3 escalate."),
        )

    def take(self, field: str, value: Value) -> str:
        """Rule an adversary to have done something."""
        self._responses[field] = str(value)
        return ""

    def turn_sign(self, field: str) -> str:  # others have one
        """No response has a sign."""
        return ""

    def reset(self, field: str) -> str:
        """What odds and draw gave."""
        model = {response.id: response.model for response in self.view.responses}
        return self.take(field, model[field])

    # --- what it comes to ---

    def result(self, ink: Ink, box: Box, *, small: bool) -> list[Text]:
        """The scores, the model's and as they would stand."""
        head = f"{_('model'):>8}{_('yours'):>9}{'':>9}"
        rows = [paint.label(box.width, _("THE SCORES COME TO"), ink, head)]
        if not small:
            rows.append(paint.rule(box.width, ink, glyphs()))
        for name, model, yours, direction in self.view.scores:
            right: list[Seg] = [
                (f"{model / 100:>8.2f}", ink.muted),
                (f"{yours / 100:>9.2f}", f"bold {ink.strong}"),
                (f" {words.exact(yours - model):>8}", paint.direction_colour(direction, ink)),
            ]
            rows.append(paint.line(box.width, [(name, ink.text)], right))
        return rows
