"""What a seat of exercise control may do at the desk, and whether the pace goes to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text

from ttx.i18n import N_, _, pgettext
from ttx.session.control_commands import GiveRights, PassPace
from ttx.session.rights import NAMES, able, may
from ttx.session.run import MESSAGES, PACE, RELEASES, REPLIES, RULINGS, SEATS
from ttx.session.view.pace import named
from ttx.tui import paint
from ttx.tui.parts.fields import Choice, Field, Option, Shape
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage

WORDS = {
    RELEASES: N_("injects"),
    RULINGS: N_("rulings"),
    MESSAGES: N_("messages"),
    REPLIES: N_("requests"),
    SEATS: N_("seats"),
}
"""A word for each right that is given apart from the pace."""
YES, NO = "yes", "no"
LABEL = 14
WIDEST = 92


class RightsScreen(FormPage):
    """A row for each right, and one for the pace where this seat holds it."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "gate")
    gone = N_("Another seat gives rights now. {key} closes this page.")
    name_of_page: ClassVar[str] = N_("rights")
    survives_phase_change: ClassVar[bool] = True

    def __init__(self, of_seat: str) -> None:
        """Of that seat."""
        super().__init__(LABEL)
        self.of_seat = of_seat

    @property
    def alive(self) -> bool:
        """Whether this seat still gives rights, and that one can have them."""
        run = self.game.run
        gives = may(run, self.seat, SEATS) and self.of_seat != run.facilitator
        return gives and self.of_seat in able(run)

    def foot(self) -> Sequence[tuple[str, str]]:
        """A digit answers the row in focus."""
        return [("carry-out", _("give")), ("down up", _("row")), ("give-up", _("close"))]

    def plan(self) -> dict[str, Box]:
        """A head, the rows, and the button last."""
        air = self.by_size(0, 1)
        cells = (Cell("head", 2), air, Cell("rows"), air, Cell("gate", 1))
        form = row(column(*cells, size=min(self.body.width, WIDEST)))
        return boxes(self.by_size(form, column(1, form, 1)), self.body)

    def head(self, width: int) -> Sequence[Text]:
        """Whose rights, and what they come with."""
        short, _cell = named(self.eye, self.of_seat)
        label = paint.label(width, _("RIGHTS OF {seat}", seat=short), self.ink)
        about = _("Whoever has a right sees Control, with the keys that go with it.")
        return [label, paint.line(width, [(about, self.ink.muted)])]

    def declared(self) -> Sequence[Field]:
        """The rights as they would be."""
        fields: list[Field] = [
            Choice(
                name=right,
                label=_(word),
                options=self._both(),
                value=self._answer(right),
                shape=Shape.INLINE,
                trail=((f"   {_(NAMES[right])}", self.ink.muted),),
                unknown=_("1 is yes, 2 is no."),
            )
            for right, word in WORDS.items()
        ]
        if self.context.facilitates:
            fields.append(
                Choice(
                    name=PACE,
                    label=_("the pace"),
                    options=self._both(),
                    value=self.values.get(PACE, NO),
                    shape=Shape.INLINE,
                    trail=((f"   {_('passes from you to this seat')}", self.ink.muted),),
                    unknown=_("1 is yes, 2 is no."),
                )
            )
        return fields

    def _both(self) -> tuple[Option, Option]:
        return (
            Option(YES, pgettext("of a right", "yes")),
            Option(NO, pgettext("of a right", "no")),
        )

    def _answer(self, right: str) -> str:
        has = YES if may(self.game.run, self.of_seat, right) else NO
        return self.values.get(right, has)

    def draw_others(self) -> None:
        """The button, with what comes of it."""
        note = _("the seat reads at once what it may do")
        if self.values.get(PACE) == YES:
            note = _("all are told who holds the pace")
        self.put_button(_("Give"), note)

    def carry_out(self) -> None:
        """Give the rights; the pace only after a question."""
        if self.values.get(PACE) == YES:
            short, _cell = named(self.eye, self.of_seat)
            sentence = _("Pass the pace to {seat}? You keep your other rights.", seat=short)
            self.confirm(sentence, _("Pass the pace"), self._give)
        else:
            self._give()

    def _give(self) -> None:
        run = self.game.run
        rights = tuple(right for right in WORDS if self._answer(right) == YES)
        changed = any((right in rights) != may(run, self.of_seat, right) for right in WORDS)
        passes = self.values.get(PACE) == YES
        if not (changed or passes):
            self.leave()
            return
        if changed and not self.request(GiveRights(self.of_seat, rights)):
            return
        if passes and not self.request(PassPace(self.of_seat)):
            return
        short, _cell = named(self.eye, self.of_seat)
        self.leave()
        if passes:
            self.shell.say_on_top(_("{seat} holds the pace now.", seat=short))
        else:
            words = _("{seat} has its rights.", seat=short)
            self.shell.say_on_top(words if rights else _("{seat} has no rights now.", seat=short))
