"""A ruling of an inject as it is being changed: the model's values, the band, and theirs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ttx.adjudicator.amending import FULL
from ttx.i18n import N_, _
from ttx.session.control_commands import Override
from ttx.session.needs import points
from ttx.session.view import words
from ttx.session.view.amending import AmendView, EffectChoice, amend_view, may_amend, standing
from ttx.tui import paint
from ttx.tui.parts.fields import Choice, Field, Number, Option, Shape, Value
from ttx.tui.region import Box
from ttx.tui.screens.run import RunPage
from ttx.tui.theme import Ink, glyphs
from ttx.tui.widgets.ruling import changes_rows

STEP = 50
"""Hundredths that + and - change an effect by."""
TIMING = "timing"
"""The field of it; an effect's field is called by its place."""


class AmendedRuling:
    """The timing and each effect of a ruling."""

    BAND = N_("the band: one step of timing, 0 to 3/2 of an effect")
    GONE = N_("The ruling was confirmed or taken back meanwhile. {key} closes this page.")

    def __init__(self, page: RunPage) -> None:
        """Of the run that a page shows; what stands there is what is begun with."""
        self._page = page
        now = standing(page.game)
        self._timing, self._values = now.timing, dict(now.effects)
        self._added, self._told = dict(now.added), now.told

    @property
    def alive(self) -> bool:
        """Whether the ruling still lies before the facilitator."""
        return may_amend(self._page.game)

    @property
    def override(self) -> Override:
        """Timing and effects as they are now."""
        return Override(self._timing, dict(self._values), added=dict(self._added), told=self._told)

    @property
    def view(self) -> AmendView:
        """The ruling as it would stand."""
        page, override = self._page, self.override
        return page.kept(f"amend {override}", lambda: amend_view(page.eye, override))

    def heading(self, does: str) -> tuple[str, str]:
        """What is done, and what is known of it."""
        view = self.view
        title = _("{does} the ruling on {number}", does=does, number=view.number)
        return f"{title} {view.title}", view.clock or _("No clock ran; the answer was in time.")

    # --- the fields ---

    def columns(self) -> str:
        """What heads the fields."""
        return f"  {_('EFFECT'):<26}{_('model'):>8}  {_('band'):>16}  {_('yours'):>9}"

    def fields(self, ink: Ink, *, small: bool) -> Sequence[Field]:
        """The timing, where a clock ran, and the effects."""
        view = self.view
        effects = [self._effect(at, effect, ink) for at, effect in enumerate(view.effects)]
        if not view.timings:
            return effects
        options = tuple(
            Option(
                timing.timing,
                timing.word,
                note=f" {_('model')}" if timing.model else "",
                wrong=not timing.within,
            )
            for timing in view.timings
        )
        chosen = next(timing for timing in view.timings if timing.chosen)
        timing = Choice(
            name=TIMING,
            lead=((f"{_('timing')}   ", f"bold {ink.text}"),),
            trail=() if small else ((chosen.hours, ink.muted),),
            options=options,
            value=chosen.timing,
            shape=Shape.INLINE,
            unknown=_("1 is in time, 2 late, 3 far too late."),
        )
        return [timing, *effects]

    def _effect(self, at: int, effect: EffectChoice, ink: Ink) -> Number:
        later = f" T+{effect.delay}" if effect.delay else ""
        name = paint.cell(f"{effect.kind} {paint.clean(effect.name)}", 25 - len(later), glyphs())
        same = effect.yours == effect.model
        return Number(
            name=str(at),
            lead=(
                (name, ink.text),
                (f"{later} ", ink.text),
                (f"{words.exact(effect.model):>8}  {effect.band:>16}  ", ink.muted),
            ),
            trail=() if effect.within else ((f" {_('beyond')}", f"bold {ink.heat}"),),
            value=effect.yours,
            shown=words.exact(effect.yours),
            tone=ink.text if same else paint.direction_colour(effect.word, ink),
            least=-FULL,
            most=FULL,
            step=STEP,
            places=2,
            negative=(effect.yours or effect.model) < 0,
            malformed=_("A size in points, with at most two places: 4 or 1.25."),
            beyond=_("An effect is between -100 and 100 points."),
        )

    def take(self, field: str, value: Value) -> str:
        """Rule a field so; a sentence where others changed with it."""
        if isinstance(value, int):
            self._set(int(field), value)
            return ""
        dropped = any(effect.yours != effect.model for effect in self.view.effects)
        self._timing, self._values = str(value), dict[int, int]()
        if not dropped:
            return ""
        return _("The effects are the model's for that timing again; set yours anew.")

    def _set(self, at: int, value: int) -> None:
        own = at - len(self.view.effects) + len(self._added)
        if own >= 0 and value:
            self._added[[*self._added][own]] = value
        elif own >= 0:
            del self._added[[*self._added][own]]
        elif value == self.view.effects[at].model:
            self._values.pop(at, None)
        else:
            self._values[at] = value

    def turn_sign(self, field: str) -> str:
        """Minus what it is."""
        if field != TIMING:
            self._set(int(field), -self.view.effects[int(field)].yours)
        return ""

    def reset(self, field: str) -> str:
        """What the model gives; a sentence where others changed with it."""
        if field != TIMING:
            self._set(int(field), self.view.effects[int(field)].model)
            return ""
        model = next(timing for timing in self.view.timings if timing.model)
        return "" if model.chosen else self.take(TIMING, model.timing)

    # --- what it comes to ---

    def result(self, ink: Ink, box: Box, *, small: bool) -> list[Text]:
        """The tracks before and after; what the scale's end cuts off."""
        view, width = self.view, box.width
        if small:
            moves = ", ".join(
                f"{paint.clean(change.name)} {words.exact(change.by)} "
                + _("to {points}", points=points(change.after))
                for change in view.changes
            )
            comes_to = _("It comes to: {changes}.", changes=moves or _("no track moves now"))
            sentences, tone, rows = (comes_to, *view.clamped), ink.text, list[Text]()
        else:
            sentences, tone = view.clamped, ink.heat
            changes = view.changes[: box.height - 6]
            rows = changes_rows(_("IT COMES TO"), changes, width, ink, glyphs())
        for sentence in sentences:
            rows += paint.block(width, sentence, tone, width)
        return rows
