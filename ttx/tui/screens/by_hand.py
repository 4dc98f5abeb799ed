"""A ruling by hand: what came of an answer in words, and effects by track that no option has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from rich.text import Text

from ttx.i18n import N_, _
from ttx.session.command import Command
from ttx.session.control_commands import Amend, Hear, Override
from ttx.session.control_events import OVERTURNED
from ttx.session.needs import points
from ttx.session.run import RULINGS
from ttx.session.view import words
from ttx.session.view.amending import AmendView, amend_view, may_amend, standing
from ttx.session.view.ruling import ruling
from ttx.tui import paint
from ttx.tui.effect_fields import effect_fields, effects_set, mistakes, points_field, track_field
from ttx.tui.parts.fields import Field, Line, Value
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage

LABEL = 14
TOLD, EFFECT = "told", "effect"
"""The field of the words, and the list of effects."""


class ByHandScreen(FormPage):
    """Words and effects of the facilitator's own, beside what the model gives.

    Where the model has effects, those of one's own overrule it; what they are modified to is on
    the page for that.
    """

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "result", "about")
    gone = N_("The ruling was confirmed or taken back meanwhile. {key} closes this page.")
    name_of_page: ClassVar[str] = N_("by hand")

    def __init__(self, heard: str = "") -> None:
        """`heard` is the outcome of a challenge that it follows."""
        super().__init__(LABEL)
        self.heard = heard
        self._faults: dict[str, tuple[str, ...]] = {}

    def begin(self) -> None:
        """Begin with what stands."""
        now = standing(self.game)
        self.values[TOLD] = now.told
        for at, (track, by) in enumerate(now.added.items(), start=1):
            self.values[track_field(EFFECT, at)] = track
            self.values[points_field(EFFECT, at)] = f"{by / 100:+g}"

    @property
    def alive(self) -> bool:
        """Whether the ruling still lies before whoever rules."""
        return self.same_moment and self.context.may(RULINGS) and may_amend(self.game)

    @property
    def override(self) -> Override:
        """What would stand; what was modified until now stays so."""
        now, own = standing(self.game), effects_set(self.values, EFFECT)
        return Override(
            now.timing,
            now.effects,
            added={track: int(by * 100) for track, by in own.items() if abs(by) <= 100},
            told=self.values[TOLD].strip(),
        )

    @property
    def view(self) -> AmendView:
        """The ruling as it would stand."""
        override = self.override
        return self.kept(f"by hand {override}", lambda: amend_view(self.eye, override))

    @property
    def unsent(self) -> bool:
        """Whether anything differs from what stands."""
        return not self.view.same if self.alive else bool(self.touched)

    # --- what is shown ---

    def foot(self) -> Sequence[tuple[str, str]]:
        """Keys that are no text."""
        keys = [("next-field", _("next field")), ("carry-out-all", _("rule so"))]
        return [*keys, ("give-up", _("close"))]

    def plan(self) -> dict[str, Box]:
        """What stands, the fields, what they come to, and what belongs in the marked one."""
        head = self.by_size(5, 7)
        return boxes(
            column(Cell("head", head), Cell("rows"), Cell("result", 2), Cell("about", 2)), self.body
        )

    def head(self, width: int) -> Sequence[Text]:
        """Which ruling, and what is told of it until now."""
        ink, view, stands = self.ink, self.view, ruling(self.eye)
        title = _("Rule by hand on {number} {title}", number=view.number, title=view.title)
        now = _("Now: {sentence}", sentence=stands.sentence) if stands is not None else ""
        rows = self.headed(paint.line(width, [(title, f"bold {ink.strong}")]))
        room = self.places["head"].height - len(rows) - 1
        return [*rows, *paint.block(width, now, ink.text, width, most=room), paint.blank(width)]

    def declared(self) -> Sequence[Field]:
        """The words, and the effects with a spare one."""
        about = _(
            "Players, report and papers read it in place of what was written; may stay empty."
        )
        told = Line(
            name=TOLD,
            label=_("what came"),
            value=self.values[TOLD],
            empty=_("as it was written"),
            about=about,
        )
        fields = effect_fields(
            self.game.run.exercise, self.values, EFFECT, _("effects"), self.language
        )
        faults = self._faults
        return [told, *(replace(part, mistakes=faults.get(part.name, ())) for part in fields)]

    def take(self, field: str, value: Value) -> None:
        """Keep it; what was wrong there is mended or comes again."""
        super().take(field, value)
        self._faults.pop(field, None)

    def on_form_moved(self) -> None:
        """Say what belongs in the field that is in focus now."""
        self.paint()

    def draw_others(self) -> None:
        """What it comes to, and what belongs in the field in focus."""
        ink, width = self.ink, self.places["result"].width
        moves = ", ".join(
            f"{paint.clean(change.name)} {words.exact(change.by)} "
            + _("to {points}", points=points(change.after))
            for change in self.view.changes
        )
        comes_to = _("It comes to: {changes}.", changes=moves or _("no track moves now"))
        self.put("result", paint.block(width, comes_to, ink.text, width, most=2))
        field = self.fields.field
        about = field.about if field is not None else ""
        self.put("about", paint.block(width, about, ink.muted, 120))

    # --- what is done ---

    def carry_out(self) -> None:
        """Say what is to be mended; ask where it overrules the model, then why."""
        self._faults = mistakes(self.game.run.exercise, self.values, EFFECT)
        if self._faults:
            self.paint()
            names = [field.name for field in self.fields.fields]
            self.fields.focus_on(next(name for name in names if name in self._faults))
            self.show_notice(_("Mend what stands under the fields."))
        elif self.view.same:
            self.show_notice(_("That is what stands already; change a row first."))
        elif self.view.beyond and self.heard != OVERTURNED:
            sentence = _("Beyond a modification ({why}).", why=self.view.beyond[0][:-1])
            self.confirm(sentence, _("Overturn") if self.heard else _("Overrule"), self._why)
        else:
            self._why()

    def _why(self) -> None:
        what = _("Ruled by hand: why? Everybody will read it")
        self.decide(what, self._ruled, _("rules"))

    def _ruled(self, reason: str) -> Command:
        beyond = bool(self.view.beyond)
        if self.heard:
            return Hear(OVERTURNED if beyond else self.heard, reason, self.override)
        return Amend(self.override, reason, overrule=beyond)
