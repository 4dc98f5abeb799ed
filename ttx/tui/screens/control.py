"""Control: what comes next, who is missing, and how the time runs; the facilitator's own screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.session import phases
from ttx.session.view.inquiries import waiting
from ttx.session.view.journal import journal
from ttx.session.view.submissions import IN, MISSING, NOT_YET, ROBOT, SeatRow, submissions
from ttx.session.view.table import status
from ttx.tui import paint
from ttx.tui.page import MIDDLE, SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.control_next import NextPage
from ttx.tui.widgets import control as widget


class ControlScreen(NextPage):
    """The MSEL, the gate, the seats and the time; it stays while phases come and go."""

    REGIONS: ClassVar[tuple[str, ...]] = (
        "sentence",
        "msel",
        "next",
        "submissions",
        "plan",
        "quiet",
        "notes",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "preview", "preview", id="preview", tooltip="See what a seat sees"),
        Binding("o", "share", "forecast", id="share", tooltip="Share the forecast, or not"),
        Binding("z", "curtain", "curtain", id="curtain", tooltip="Show or hide the answers"),
    ]

    def __init__(self) -> None:
        """The curtain is closed: this screen may be on the projector."""
        super().__init__()
        self.answers_shown = False

    # --- what is shown ---

    def _seats(self) -> tuple[SeatRow, ...]:
        return self.kept(
            "seats",
            lambda: submissions(self.eye, self.table.entries),
        )

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """Where the run is, what of the phase's time is gone, and whether the clock runs."""
        ink, game, view = self.ink, self.game, status(self.eye)
        strong, muted = f"bold {ink.strong}", ink.muted
        seconds, planned = self.table.elapsed, self.time_plan().now.planned
        late = planned and seconds * 4 >= planned * 60 * 3
        spent = (widget.clock(seconds), f"bold {ink.heat if late else ink.strong}")
        runs = ("PAUSED", f"bold {ink.heat}") if game.paused else ("running", f"bold {ink.cool}")
        clock = (f"{'' if game.paused else 'clock '}{runs[0]}", runs[1])
        if game.phase == phases.CLOSED:
            runs = clock = ("closed", muted)
        if self.form == SMALL:
            whole = f"/{planned}:00  " if planned else "  "
            left: list[Seg] = [
                (f"Control T{view.turn}", strong),
                (f"/{view.turns}  ", muted),
                (f"{view.date}  ", strong),
                (view.phase, f"bold {ink.cool}"),
            ]
            return left, [spent, (whole, muted), runs]
        left = [
            ("Control", strong),
            ("   turn ", muted),
            (str(view.turn), strong),
            (f" of {view.turns}   ", muted),
            (f"{view.date}   ", strong),
            (f"{view.phase}  ", f"bold {ink.cool}"),
            spent,
            (f" of {planned}:00   " if planned else "   ", muted),
            clock,
        ]
        rows = self._seats()
        robots = sum(one.state == ROBOT for one in rows)
        here = f"{len(rows) - robots} seats"
        return left, [
            (f"{here}, {robots} robot{'s' if robots > 1 else ''}" if robots else here, muted)
        ]

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that matter now; what is done to the marked inject stands beside it."""
        keys = [("j k", "move"), ("Enter", "open")]
        if self.game.phase not in phases.PLAY_IS_OVER:
            keys.append(("space", "resume" if self.game.paused else "pause"))
        if self.view_of_gate().does:
            keys.append(("]", "next"))
        goes = ("R", "ruling") if self.view_of_gate().proposed else ("A", "seats")
        goes = ("I", "requests") if waiting(self.game) else goes
        if self.game.phase in phases.PLAY_IS_OVER:
            return [*keys, ("W", "hot wash")]
        if self.game.phase == phases.BRIEFING:
            return [*keys, ("X", "excursion")]
        return [*keys, goes, ("E", "end")]

    def plan(self) -> dict[str, Box]:
        """The MSEL and what is next at the left, the seats and the time at the right."""
        x, y, width, height = self.body
        if self.form == SMALL:
            spare = height - 21
            low = y + 13 + spare
            places = {
                "sentence": Box(x, y, width, 1),
                "msel": Box(x, y + 1, width, 9 + spare),
                "submissions": Box(x, low - 3, width, 2),
                "plan": Box(x, low - 1, width, 1),
                "next": Box(x, low, width, 4),
                "quiet": Box(x, low + 4, width, 4),
            }
            if self.view_of_gate().proposed:
                del places["quiet"]
                places["next"] = Box(x, low, width, 8)
            return places
        left, gap = (76, 3) if self.form == MIDDLE else (144, 6)
        spare = height - 36
        second, right = x + left + gap, min(width - left - gap, 44)
        seats = 12 if self.form == MIDDLE else 16
        return {
            "sentence": Box(x, y + 1, width, 1),
            "msel": Box(x, y + 3, left, 14 + spare),
            "next": Box(x, y + 18 + spare, left, 9),
            "submissions": Box(second, y + 3, right, seats),
            "plan": Box(second, y + 4 + seats, right, 23 - seats + spare),
            "quiet": Box(x, y + 28 + spare, width, 6),
            "notes": Box(x, y + 35 + spare, width, 1),
        }

    def draw(self) -> None:
        """Fill the regions."""
        places = self.places
        self.put("sentence", [self._sentence(places["sentence"].width)])
        self.draw_msel(places["msel"])
        self.put("next", self.next_rows(places["next"]))
        self._draw_running()

    def _sentence(self, width: int) -> Text:
        """Where the run stands, and how many requests wait; the footer says what `I` is."""
        count, right = waiting(self.game), ""
        if count and self.game.phase not in phases.PLAY_IS_OVER:
            right = f"{count} request{'s wait' if count > 1 else ' waits'}: I"
            right = f"{count} wait{'' if count > 1 else 's'}: I" if self.form == SMALL else right
        left = [(self.view_of_gate().sentence, f"bold {self.ink.strong}")]
        return paint.line(width, left, [(right, f"bold {self.ink.heat}")] if right else [])

    def _draw_running(self) -> None:
        """What changes with the seconds."""
        places = self.places
        self.put("submissions", self._submitted(places["submissions"]))
        self.put("plan", self._planned(places["plan"]))
        if "quiet" in places:
            self.put("quiet", self._quiet(places["quiet"]))
        if "notes" in places:
            self.put("notes", [self._notes(places["notes"].width)])

    def _tick(self) -> None:
        """The seconds, and what comes of them."""
        super()._tick()
        if self.app.screen is self and self.fits and self.places and not self.game.paused:
            self._draw_running()

    # --- the seats, the time, the talk ---

    def _at(self, one: SeatRow) -> str:
        found = self.context.attendance
        still = found.idle_seconds(one.seat) if found is not None else None
        missing = one.state in (MISSING, NOT_YET) and self.game.phase != phases.BRIEFING
        return widget.doing(still, self.table.elapsed) if missing else ""

    def _submitted(self, box: Box) -> list[Text]:
        """Who is in and who is missing; answers only where the curtain is open."""
        rows, ink, width = self._seats(), self.ink, box.width
        does, shown = [self._at(one) for one in rows], self.answers_shown
        if self.form == SMALL:
            return [
                widget.in_small(rows, width, ink, shown=shown),
                widget.missing_small(rows, does, width, ink),
            ]
        in_ = sum(one.state == IN for one in rows)
        asked = sum(one.state in (IN, MISSING, NOT_YET) for one in rows)
        curtain = "z hides" if shown else "z answers"
        note = f"{in_} of {asked} in   {curtain}" if asked else ""
        found = [paint.label(width, "SUBMISSIONS", ink, note), paint.rule(width, ink, self.glyphs)]
        found += [
            widget.submission_row(one, what, width, ink, self.glyphs, shown=shown)
            for one, what in zip(rows, does, strict=True)
        ]
        return found

    def _planned(self, box: Box) -> list[Text]:
        view = self.time_plan()
        if self.form == SMALL:
            return [widget.time_small(view, box.width, self.ink)]
        return widget.plan_rows(view, box.width, box.height, self.ink, self.glyphs)

    def _quiet(self, box: Box) -> list[Text]:
        """The questions while they are offered; else how long the table has been still."""
        ink, small, seconds = self.ink, self.form == SMALL, self.quiet_for()
        if self.offering:
            missing = sum(one.state == MISSING for one in self._seats())
            asked = self.open_questions()
            return widget.quiet_rows(
                asked, box.width, seconds, missing, ink, self.glyphs, small=small
            )
        words = "Questions are offered here once talk has stalled."
        if self.game.phase == phases.DELIBERATION and not self.game.paused:
            words = f"Last word {widget.clock(seconds)} ago. p shows the questions for you alone."
            if self.silence.left:
                words = "Left be for this inject. p shows the questions for you alone."
        if small:
            return [self._notes(box.width), paint.line(box.width, [(words, ink.muted)])]
        rows = [paint.label(box.width, "TALK", ink, ""), paint.rule(box.width, ink, self.glyphs)]
        return [*rows, paint.line(box.width, [(words, ink.muted)])]

    def _notes(self, width: int) -> Text:
        """The last note."""
        ink, notes = self.ink, self.kept("notes", lambda: journal(self.eye))
        add = [("n", f"bold {ink.cool}"), (" add", ink.muted)]
        if not notes:
            return paint.line(width, [("notes  none yet", ink.muted)], add)
        last = notes[0]
        sort = f"{last.sort}: " if last.sort else ""
        head = (f"notes  {last.where}  ", ink.muted)
        left = [head, (f"{sort}{last.text}", ink.text)]
        return paint.line(width, left, add)

    def action_curtain(self) -> None:
        """Show the answers, or hide them."""
        self.answers_shown = not self.answers_shown
        self.paint()

    # --- mouse ---

    def action_share(self) -> None:
        """Share the forecast with the other seats, or take it from them."""
        self.share_forecast()

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks an inject, a second opens it; a button does what its key does."""
        if event.region == "msel":
            row, before = self.row_at(event.row), self.marked_row()
            if row is not None and before is not None and row == before:
                self.action_open()
            elif row is not None:
                self.marked = row.inject, row.contingency
                self.paint()
        elif event.region == "next" and event.row == self.places["next"].height - 1:
            self.press_button(event.column)

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)
