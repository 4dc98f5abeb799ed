"""Control: what comes next, who is missing, and who sits where; the facilitator's own screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.session import phases
from ttx.session.decide import Continue
from ttx.session.view.control import CellRow, ControlView, control
from ttx.session.view.reckoning import reckoning
from ttx.session.view.ruling import ruling
from ttx.tui import paint
from ttx.tui.canvas import Box, Region
from ttx.tui.page import LARGE, MIDDLE, SMALL
from ttx.tui.screens.control_seats import SeatsPage
from ttx.tui.screens.gate import what_waits
from ttx.tui.screens.sheet import Sheet


class ControlScreen(SeatsPage):
    """The gate the run stands at, the cells, and the seats; it stays while phases come and go."""

    REGIONS: ClassVar[tuple[str, ...]] = ("sentence", "next", "cells", "seats")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right_square_bracket,enter", "next", "next", id="next", tooltip="Open the next gate"
        ),
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next seat"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Seat before"),
        Binding("w", "write_to", "write", id="write-to", tooltip="A message to the marked seat"),
        Binding("a", "write_all", "to all", id="write-all", tooltip="A message to all seats"),
        Binding("i", "line", "invitation", id="line", tooltip="What to send to the marked seat"),
        Binding("r", "reissue", "new code", id="reissue", tooltip="A new code for the marked seat"),
        Binding("x", "revoke", "revoke", id="revoke", tooltip="Take the marked seat's invitation"),
        Binding("p", "probe", "questions", id="probe", tooltip="Questions that get talk going"),
        Binding("v", "preview", "preview", id="preview", tooltip="See what a seat sees"),
        Binding("R", "whole", "ruling", id="whole-ruling", tooltip="The ruling or the reckoning"),
    ]

    # --- what is shown ---

    def _view(self) -> ControlView:
        return self.kept("view", lambda: control(self.game, self.seat, self.language))

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that matter now; those of the marked seat stand beside the seats."""
        view, game = self._view(), self.game
        keys = [("j k", "seat")]
        if view.does:
            keys.append(("Enter", "next"))
        if game.phase not in (phases.HOTWASH, phases.CLOSED):
            keys.append(("space", "resume" if game.paused else "pause"))
        if game.phase != phases.BRIEFING or self.form != SMALL:
            keys.append(("a", "to all"))
        goes = ("R", "ruling") if self._waits else ("T", "table")
        keys.append(("X", "excursion") if game.phase == phases.BRIEFING else goes)
        return keys if game.phase in (phases.HOTWASH, phases.CLOSED) else [*keys, ("E", "end")]

    @property
    def _waits(self) -> bool:
        """Whether something is proposed that only the facilitator sees yet."""
        return bool(self._view().proposed)

    def plan(self) -> dict[str, Box]:
        """The sentence and its gate above, then the cells and the seats."""
        x, y, width, height = self.body
        view = self._view()
        cells = len(view.cells)
        if self.form == SMALL:
            places = {
                "sentence": Box(x, y, width, 1),
                "next": Box(x, y + 1, width, 1),
                "cells": Box(x, y + 3, width, cells),
                "seats": Box(x, y + 6 + cells, width, height - 6 - cells),
            }
            if view.proposed:  # the cells have nothing to say then, and this takes their rows
                del places["cells"]
                places["next"] = Box(x, y + 1, width, 4 + cells)
            return places
        air = 1 if self.form == LARGE else 0
        left, gap = (76, 4) if self.form == MIDDLE else (112, 8)
        return {
            "sentence": Box(x, y + 1, width, 2),
            "next": Box(x, y + 3, left, 11 + air),
            "cells": Box(x + left + gap, y + 4, width - left - gap, 2 + 3 * cells),
            "seats": Box(x, y + 15 + 2 * air, min(width, 132), height - 16 - 2 * air),
        }

    def draw(self) -> None:
        """Fill the regions."""
        view, ink, places = self._view(), self.ink, self.places
        width = places["sentence"].width
        rows = [paint.line(width, [(view.sentence, f"bold {ink.strong}")])]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        self.put("sentence", rows)
        self.put("next", self._next(view, places["next"]))
        if "cells" in places:
            self.put("cells", self._cells(view, places["cells"].width))
        self.draw_seats()

    def _next(self, view: ControlView, box: Box) -> list[Text]:
        """The button, and under it what it would confirm, or who is ready for it."""
        ink, small = self.ink, self.form == SMALL
        key = paint.button("Enter", view.does, ink, default=True) if view.does else []
        if self.game.paused:
            key = paint.button("space", "Resume", ink, default=True)
        rows = [paint.line(box.width, [*key, (self._note(view), ink.muted)])]
        rows = rows if small else [paint.blank(box.width), *rows, paint.blank(box.width)]
        told = [line for one in view.proposed for line in paint.broken(one, box.width)]
        room = box.height - len(rows)
        if len(told) > room:
            told = [*told[: room - 1], "and more behind R"]
        return rows + [paint.line(box.width, [(one, ink.text)]) for one in told]

    def _note(self, view: ControlView) -> str:
        if self.game.phase == phases.BRIEFING:
            names = ", ".join(self.game.run.seat(one).short for one in view.ready)
            return f"   ready: {names}" if names else "   nobody has said so yet"
        if view.proposed and view.does:
            return "   R shows it whole; u takes back what led to it"
        return "   p for questions that get talk going" if view.probing else ""

    def _cells(self, view: ControlView, width: int) -> list[Text]:
        ink, rows = self.ink, list[Text]()
        if self.form == SMALL:
            for one in view.cells:
                given = f"   committed: {', '.join(one.committed)}" if one.committed else ""
                head = [(f"{paint.clean(one.name):<9}", f"bold {ink.text}"), self._state(one)]
                rows.append(paint.line(width, [*head, (given, ink.muted)]))
            return rows
        missing = sum(one.missing for one in view.cells)
        note = f"{missing} missing" if missing else ""
        rows = [paint.label(width, "CELLS", ink, note), paint.rule(width, ink, self.glyphs)]
        for one in view.cells:
            name = (f"{paint.clean(one.name):<9}", f"bold {ink.text}")
            rows.append(paint.line(width, [name, self._state(one)]))
            given = ", ".join(one.committed)
            words = paint.broken(f"committed: {given}", width - 9)[:2] if given else [""]
            rows += [paint.line(width, [(" " * 9, ""), (part, ink.muted)]) for part in words]
            rows += [paint.blank(width)] * (2 - len(words))
        return rows

    def _state(self, one: CellRow) -> tuple[str, str]:
        """Orange for whom the run waits, with the word as well."""
        words = f"{one.state}, missing" if one.missing else one.state or one.holds
        return words, f"bold {self.ink.heat}" if one.missing else self.ink.muted

    # --- the gate ---

    def _gate(self) -> tuple[object, ...]:
        """What tells one gate from the next; a question asked at one must not open another."""
        game = self.game
        slots = len(game.turn.slots) if game.turn is not None else 0
        return game.phase, len(game.turns), slots, self._view().does

    def action_next(self) -> None:
        """Open the gate; ask first where that cuts somebody off."""
        view, at = self._view(), self._gate()
        waits = what_waits(self.game)
        if waits is not None and view.does:
            self.ttx.open(waits)
            return
        if not view.asks:
            self.request(Continue())
            return

        def then() -> None:
            if at == self._gate():
                self.request(Continue())
            else:
                self.say("The table has moved on; look again.")

        fits = len(view.asks) + len(view.does) + 22 <= self.app.size.width
        self.ask(view.asks, view.does if fits else view.does.split(" ")[0], then)

    def action_end(self) -> None:
        """ENDEX, after a question that says for how many."""
        here = self.ttx.attendance.here() if self.ttx.attendance is not None else 0
        seats_ = f"{here} seat{'' if here == 1 else 's'}"
        self.ask(f"End the exercise for {seats_} and go to the review?", "End", self._end)

    def action_whole(self) -> None:
        """What is proposed, or was ruled last, on a page of its own."""
        from ttx.tui.screens.reckoning import ReckoningScreen
        from ttx.tui.screens.ruling import RulingScreen

        if reckoning(self.game, self.seat, self.language) is not None:
            self.ttx.open(ReckoningScreen())
        elif ruling(self.game, self.seat, self.language) is not None:
            self.ttx.open(RulingScreen())
        else:
            self.say("Nothing has been ruled on in this turn.")

    def action_probe(self) -> None:
        """The questions, for the facilitator to ask aloud."""
        asked = self._view().probing
        if not asked:
            self.say("There are no questions now; they belong to an inject under deliberation.")
            return

        def rows(sheet: Sheet, width: int) -> list[Text]:
            found: list[Text] = []
            for at, one in enumerate(asked, start=1):
                first, *more = paint.wrap(one, width - 3)
                head = [(f"{at}  ", f"bold {sheet.ink.cool}"), (first, sheet.ink.text)]
                found.append(paint.line(width, head))
                found += [paint.line(width, [(f"   {part}", sheet.ink.text)]) for part in more]
            return found

        self.ttx.open(Sheet("Questions", rows, "for you alone, to ask aloud"))

    # --- mouse ---

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks a seat and nothing more; the button opens the gate."""
        if event.region == "seats":
            head = 2 if self.form == SMALL else 3
            at = self.first_shown + event.row - head
            if event.row >= head and at < len(self.seat_places()):
                self.marked = at
                self.refresh_seats()
        elif event.region == "next":
            row, view = 0 if self.form == SMALL else 1, self._view()
            if self.game.paused and event.row == row and event.column < len("space Resume") + 2:
                self.action_pause()
            elif view.does and event.row == row and event.column < len(view.does) + 8:
                self.action_next()

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)
