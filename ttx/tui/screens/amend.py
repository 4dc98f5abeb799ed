"""A ruling of an inject changed by the facilitator: the model's values, the band, and theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.adjudicator.amending import FULL
from ttx.adjudicator.tables import TIMINGS
from ttx.session.control_commands import Override
from ttx.session.game import Game
from ttx.session.view import words
from ttx.session.view.amending import AmendView, EffectChoice, amend_view, may_amend, standing
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box
from ttx.tui.screens.amending import AmendPage
from ttx.tui.screens.form import hundredths

STEP = 50
"""Hundredths that + and - change an effect by."""
BAND = "one step of timing, 0 to 3/2 of an effect"


class AmendRulingScreen(AmendPage):
    """The timing and each effect of a ruling."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("full_stop,comma", "digit('.')", "point", id="point", tooltip="Decimal point"),
        Binding("backspace", "erase", "erase", id="erase", tooltip="Take the last digit back"),
        Binding("s", "sign", "sign", id="sign", tooltip="The other sign"),
        Binding("x", "reset", "model's", id="reset", tooltip="The model's value again"),
    ]

    def __init__(self, *, overrule: bool = False, heard: str = "") -> None:
        """What stands is what is begun with."""
        super().__init__(overrule=overrule, heard=heard)
        self._timing: str | None = None
        self._values: dict[int, int] = {}
        self._first = 0
        self._made: tuple[Game, object, AmendView] | None = None

    def _begin(self) -> None:
        if self._timing is None:
            now = standing(self.game)
            self._timing, self._values = now.timing, dict(now.effects)

    @property
    def alive(self) -> bool:
        """Whether the ruling still lies before this seat."""
        return self.pace_is_mine and may_amend(self.game)

    @property
    def pace_is_mine(self) -> bool:
        """Whether this seat facilitates."""
        return self.context.facilitates

    @property
    def instead(self) -> Override:
        """Timing and effects as they are now."""
        self._begin()
        return Override(self._timing or "", dict(self._values))

    def _view(self) -> AmendView:
        values = (self._timing, tuple(sorted(self._values.items())), self.language)
        if self._made is None or self._made[0] is not self.game or self._made[1] != values:
            made = amend_view(self.eye, self.instead)
            self._made = (self.game, values, made)
        return self._made[2]

    @property
    def count(self) -> int:
        """The timing, where there is one, and the effects."""
        if not self.alive:
            return 0
        view = self._view()
        return bool(view.timings) + len(view.effects)

    def foot(self) -> Sequence[tuple[str, str]]:
        """Typing as well."""
        enter, rows, steps, _ = super().foot()
        typing = [("0-9", "type"), ("s", "sign"), ("x", "model's")]
        return [enter, steps, *typing] if self.form == SMALL else [enter, rows, steps, *typing]

    # --- values ---

    @property
    def _at(self) -> int:
        """The effect that is marked; -1 for the timing."""
        return self.marked - bool(self._view().timings)

    def change(self, by: int) -> None:
        """Half a point, or a step of timing."""
        if self._at < 0:
            chosen = next(at for at, one in enumerate(self._view().timings) if one.chosen)
            self._time(chosen + by)
            return
        self._set(self._view().effects[self._at].yours + by * STEP)

    def enter(self, typed: str) -> None:
        """A size in points, its sign kept; of the timing its place."""
        if self._at < 0:
            self.typed = ""
            if typed.isdigit() and int(typed) in (1, 2, 3):
                self._time(int(typed) - 1)
            else:
                self.show_notice("1 is in time, 2 late, 3 far too late.")
            return
        size = hundredths(typed)
        if size is None:
            if typed != ".":
                self.typed = typed[:-1]
                self.show_notice("A size in points, with at most two places: 4 or 1.25.")
            return
        one = self._view().effects[self._at]
        self._set(-size if (one.yours or one.model) < 0 else size)

    def _time(self, at: int) -> None:
        view = self._view()
        if not 0 <= at < len(TIMINGS):
            self.show_notice(f"There is nothing beyond '{view.timings[min(max(at, 0), 2)].word}'.")
            return
        if TIMINGS[at] == next(one.timing for one in view.timings if one.chosen):
            return
        dropped = any(one.yours != one.model for one in view.effects)
        self._timing, self._values = TIMINGS[at], {}
        if dropped:
            self.show_notice("The effects are the model's for that timing again; set yours anew.")

    def _set(self, value: int) -> None:
        if abs(value) > FULL:
            self.typed = self.typed[:-1]
            self.show_notice("An effect is between -100 and 100 points.")
            return
        self._begin()
        if value == self._view().effects[self._at].model:
            self._values.pop(self._at, None)
        else:
            self._values[self._at] = value

    def action_erase(self) -> None:
        """One sign less of what is typed; nothing typed is zero."""
        if self.typed and self.alive:
            self.typed = self.typed[:-1]
            if self._at >= 0:
                self.enter(self.typed or "0")
            self.paint()

    def action_sign(self) -> None:
        """Minus what it is."""
        if self.alive and self._at >= 0:
            self._set(-self._view().effects[self._at].yours)
            self.typed = ""
            self.paint()

    def action_reset(self) -> None:
        """What the model gives."""
        if not self.alive:
            return
        self.typed = ""
        if self._at >= 0:
            self._values.pop(self._at, None)
        else:
            slot = self.game.slot
            assert slot is not None
            assert slot.ruled is not None
            self._time(TIMINGS.index(slot.ruled.ruling.timing))
        self.paint()

    # --- what is shown ---

    def plan(self) -> dict[str, Box]:
        """Head, the rows, what they come to, and the button."""
        x, y, width, height = self.body
        if self.form == SMALL:
            return {
                "head": Box(x, y, width, 2),
                "rows": Box(x, y + 2, width, height - 9),
                "result": Box(x, y + height - 7, width, 4),
                "gate": Box(x, y + height - 3, width, 3),
            }
        left = 72
        return {
            "head": Box(x, y + 1, width, 3),
            "rows": Box(x, y + 5, left, height - 11),
            "result": Box(x + left + 4, y + 5, width - left - 4, height - 11),
            "gate": Box(x, y + height - 5, width, 4),
        }

    def draw(self) -> None:
        """Fill the page."""
        width = self.places["head"].width
        ink = self.ink
        if not self.alive:
            told = "The ruling was confirmed or taken back meanwhile. Esc closes this page."
            self.put("head", [paint.line(width, [(told, f"bold {ink.strong}")])])
            return
        view = self._view()
        title = f"{self.word} the ruling on {view.number} {view.title}"
        rows = [paint.line(width, [(title, f"bold {ink.strong}")])]
        told = view.clock or "No clock ran; the answer was in time."
        limit = "overruling knows no band" if self.overrule else f"the band: {BAND}"
        rows.append(paint.line(width, [(told, ink.text)], [(limit, ink.muted)]))
        if width < 100:
            rows[1] = paint.line(width, [(told, ink.text)])
        self.put(
            "head", rows if self.form == SMALL else [*rows, paint.rule(width, ink, self.glyphs)]
        )
        self.put("rows", self._rows(view, self.places["rows"]))
        self.put("result", self._result(view, self.places["result"]))
        self.put("gate", self.gate_rows(width))

    def _rows(self, view: AmendView, box: Box) -> list[Text]:
        rows: list[Callable[[], Text]] = []
        if view.timings:
            rows.append(lambda: self._timing_row(view, box.width))
        for at, one in enumerate(view.effects):
            rows.append(lambda at=at, one=one: self._effect_row(at, one, view, box.width))  # type: ignore[misc]  # mypy cannot name a lambda with defaults
        head = f"  {'EFFECT':<26}{'model':>8}  {'band':>16}  {'yours':>9}"
        found = [paint.line(box.width, [(head, f"bold {self.ink.muted}")])]
        if self.form != SMALL:
            found.append(paint.rule(box.width, self.ink, self.glyphs))
        room = box.height - len(found)
        self._first = max(min(self._first, self.marked), self.marked - room + 1, 0)
        return found + [make() for make in rows[self._first : self._first + room]]

    def _timing_row(self, view: AmendView, width: int) -> Text:
        ink = self.ink
        marked = self.marked == 0
        cells: list[Seg] = [(f"{self._sign(marked)}timing   ", f"bold {ink.text}")]
        for at, one in enumerate(view.timings, start=1):
            named = f"{at} {one.word}"
            shown = f"[{named}]" if one.chosen else f" {named} "
            tone = f"bold {ink.strong}" if one.chosen else ink.muted
            cells.append((shown, tone if one.within or not one.chosen else f"bold {ink.heat}"))
            cells.append((" model " if one.model else " ", ink.muted))
        chosen = next(one for one in view.timings if one.chosen)
        right: list[Seg] = [(chosen.hours, ink.muted)] if self.form != SMALL else []
        return paint.line(width, cells, right, fill=ink.raised if marked else "")

    def _effect_row(self, at: int, one: EffectChoice, view: AmendView, width: int) -> Text:
        ink = self.ink
        marked = self.marked == at + bool(view.timings)
        later = f" T+{one.delay}" if one.delay else ""
        name = f"{one.kind} {paint.clean(one.name)}"
        room = 25 - len(later)
        typed = self.typed if marked and self.typed else ""
        yours = f"{'-' if one.yours < 0 else '+'}{typed}_" if typed else words.exact(one.yours)
        tone = ink.text if one.yours == one.model else paint.direction_colour(one.word, ink)
        cells: list[Seg] = [
            (self._sign(marked), f"bold {ink.cool}"),
            (f"{paint.cut(name, room, self.glyphs) + later:<26}", ink.text),
            (f"{words.exact(one.model):>8}", ink.muted),
            (f"  {one.band:>16}", ink.muted),
            (f"  {yours:>9}", f"bold {tone}"),
        ]
        if not one.within:
            cells.append((" beyond", f"bold {ink.heat}"))
        return paint.line(width, cells, fill=ink.raised if marked else "")

    def _sign(self, marked: bool) -> str:  # noqa: FBT001  # it is a row's only state
        return f"{self.glyphs.marked} " if marked else "  "

    def _result(self, view: AmendView, box: Box) -> list[Text]:
        ink = self.ink
        if self.form == SMALL:
            told = ", ".join(
                f"{paint.clean(one.name)} {words.exact(one.after - one.before)} to "
                f"{words.points(one.after)}"
                for one in view.changes
            )
            lines = paint.broken(f"It comes to: {told or 'no track moves now'}.", box.width)
            lines += [part for one in view.clamped for part in paint.broken(one, box.width)]
            return [paint.line(box.width, [(one, ink.text)]) for one in lines[: box.height]]
        rows = [
            paint.label(box.width, "IT COMES TO", ink, "before    after   change"),
            paint.rule(box.width, ink, self.glyphs),
        ]
        for one in view.changes[: box.height - 6]:
            by = one.after - one.before
            name = paint.cut(paint.clean(one.name), box.width - 27, self.glyphs)
            right: list[Seg] = [
                (f"{one.before / 100:>8.2f} {one.after / 100:>8.2f} ", ink.text),
                (f"{words.exact(by):>8}", f"bold {paint.direction_colour(one.word, ink)}"),
            ]
            rows.append(paint.line(box.width, [(name, ink.text)], right))
        if not view.changes:
            rows.append(paint.line(box.width, [("No track moves now.", ink.muted)]))
        for told in view.clamped:
            rows += [paint.line(box.width, [(p, ink.heat)]) for p in paint.broken(told, box.width)]
        return rows

    def click_row(self, row: int) -> None:
        """Mark the row under the pointer."""
        at = self._first + row - (1 if self.form == SMALL else 2)
        if 0 <= at < self.count:
            self.typed, self.marked = "", at
            self.paint()
