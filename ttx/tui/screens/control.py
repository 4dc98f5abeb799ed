"""Control: what comes next, who is missing, and how the time runs; the facilitator's own screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import _, ngettext
from ttx.session import phases
from ttx.session.run import SEATS
from ttx.session.view.entering import awaited_cells
from ttx.session.view.inquiries import waiting
from ttx.session.view.journal import journal
from ttx.session.view.submissions import MISSING, ROBOT
from ttx.session.view.table import status
from ttx.session.view.time_left import time_left
from ttx.session.view.time_plan import PlanView, time_plan
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.parts.layout import Cell, Part, boxes, column, row
from ttx.tui.region import Box, Region
from ttx.tui.screens.control_levers import LeversRegion
from ttx.tui.screens.control_msel import MselList
from ttx.tui.screens.control_next import NextRegion
from ttx.tui.screens.control_seats import SeatsRegion
from ttx.tui.screens.control_staging import StagingRegion
from ttx.tui.screens.control_talk import TalkRegion
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.run import clock_cells, when
from ttx.tui.widgets import time_plan as plan_rows


class ControlScreen(PlayPage):
    """The MSEL, the gate, the seats and the time; it stays while phases come and go."""

    PAUSES: ClassVar[bool] = True
    REGIONS: ClassVar[tuple[str, ...]] = (
        "sentence",
        "msel",
        "next",
        "submissions",
        "plan",
        "levers",
        "quiet",
        "room",
        "notes",
    )
    PARTS: ClassVar[Mapping[str, type[Region]]] = {
        "msel": MselList,
        "next": NextRegion,
        "submissions": SeatsRegion,
        "levers": LeversRegion,
        "quiet": TalkRegion,
        "room": StagingRegion,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        *NextRegion.KEYS,
        *SeatsRegion.KEYS,
        *TalkRegion.KEYS,
        *StagingRegion.KEYS,
        Binding("e", "enter_for_cell", "enter", id="enter", tooltip="Enter what a cell decides"),
        Binding("v", "preview", "preview", id="preview", tooltip="See what a seat sees"),
        Binding(
            "o", "share_forecast", "forecast", id="share", tooltip="Share the forecast, or not"
        ),
    ]

    def __init__(self) -> None:
        """The parts that keys go to; each holds what belongs to it."""
        super().__init__()
        self.msel = cast("MselList", self.regions["msel"])
        self.next = cast("NextRegion", self.regions["next"])
        self.seats = cast("SeatsRegion", self.regions["submissions"])
        self.talk = cast("TalkRegion", self.regions["quiet"])
        self.staging = cast("StagingRegion", self.regions["room"])
        self.levers = cast("LeversRegion", self.regions["levers"])

    @property
    def time_plan(self) -> PlanView:
        """The time plan, made anew each minute."""
        elapsed = self.table.elapsed
        return self.kept(f"plan {elapsed // 60}", lambda: time_plan(self.eye, elapsed))

    @property
    def over(self) -> bool:
        """Whether ENDEX has come."""
        return self.game.phase in phases.PLAY_IS_OVER

    # --- what is shown ---

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """Where the run is, what of the phase's time is gone, and whether the clock runs."""
        ink, game, view = self.ink, self.game, status(self.eye)
        muted, small = ink.muted, self.form == SMALL
        seconds, planned = self.table.elapsed, self.time_plan.now.planned
        late = planned and seconds * 4 >= planned * 60 * 3
        spent = [(paint.clock(seconds), f"bold {ink.heat if late else ink.strong}")]
        if game.boxed is not None:
            spent = clock_cells(time_left(game, seconds), ink)
        elif planned and small:
            spent.append((f"/{planned}:00", muted))
        elif planned:
            words = _("{spent} of {planned}")
            spent = paint.styled(words, muted, spent=spent[0], planned=(f"{planned}:00", muted))
        if game.phase == phases.CLOSED:
            clock = (_("closed"), muted)
        elif game.paused:
            clock = (_("PAUSED"), f"bold {ink.heat}")
        else:
            clock = ("" if small else _("clock running"), f"bold {ink.cool}")
        where = [(_("Control"), f"bold {ink.strong}"), (" " if small else "   ", "")]
        where += [*when(view, ink, small=small), (view.phase, f"bold {ink.cool}")]
        hour = (f"{self.table.wall:%H:%M}", f"bold {ink.strong}")
        if small:
            stands = [("  ", ""), clock] if clock[0] else []
            return where, [*spent, *stands, ("  ", ""), hour]
        robots = self.seats.count(ROBOT)
        people = len(self.seats.seats) - robots
        who = ngettext("{count} seat", "{count} seats", people)
        if robots:
            who = f"{who}, {ngettext('{count} robot', '{count} robots', robots)}"
        return [*where, ("  ", ""), *spent, ("   ", ""), clock], [(who, muted), ("   ", ""), hour]

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that matter now; what is done to the marked inject stands beside it."""
        keys = [("down up", _("move")), ("open", _("open"))]
        holds = self.context.facilitates
        if not self.over and holds:
            keys.append(("pause", _("resume") if self.game.paused else _("pause")))
        if self.next.view.does:
            keys.append(("next", _("next")))
        if self.over:
            return [*keys, ("go-hotwash", _("hot wash"))]
        if self.game.phase == phases.BRIEFING and self.sets_up:
            return [*keys, ("excursion", _("excursion")), ("particulars", _("session"))]
        if waiting(self.game):
            # Where the footer has no room for all, the last of these give way.
            keys = [keys[0], ("go-requests", _("requests")), *keys[3:], *keys[1:3]]
        elif self.next.view.proposed:
            keys.append(("whole-ruling", _("ruling")))
        elif self.context.may(SEATS) and awaited_cells(self.eye):
            keys.append(("enter", _("enter")))
        else:
            keys.append(("go-seats", _("seats")))
        return [*keys, ("end", _("end"))] if holds else keys

    def plan(self) -> dict[str, Box]:
        """The MSEL and what is next at the left, the seats and the time at the right."""
        sentence, msel = Cell("sentence", 1), Cell("msel")
        quiet: Part = Cell("quiet", 4)
        moved = self.levers.view is not None
        if self.form == SMALL:
            if moved:
                quiet = column(Cell("levers", 2), Cell("quiet", 2), size=4)
            below = [Cell("next", 8)] if self.next.view.proposed else [Cell("next", 4), quiet]
            seats, time, room = Cell("submissions", 2), Cell("plan", 1), Cell("room", 1)
            return boxes(column(sentence, msel, seats, time, room, *below), self.body)
        left = column(msel, 1, Cell("next", 9), size=self.by_size(0, 76, 144))
        taken = len(self.seats.seats) + 2
        seats = Cell("submissions", min(taken, self.by_size(0, 12, 16)))
        beside = row(left, self.by_size(0, 3, 6), column(seats, 1, Cell("plan"), size=44))
        talk: Part
        talk, notes = Cell("quiet", 6), Cell("notes", 1)
        if moved:
            talk = column(Cell("levers", 5), 1, Cell("quiet", 3), size=9)
        rows = (1, sentence, 1, beside, 1, talk, 1, Cell("room", 1), notes)
        return boxes(column(*rows), self.body)

    def draw(self) -> None:
        """Fill the regions."""
        self.put("sentence", [self._sentence(self.places["sentence"].width)])
        self.msel.draw()
        shown, by_hand = self.seats.answers_shown, self.msel.by_hand
        self.next.draw(self.msel.row_marked, answers=shown, by_hand=by_hand)
        self.levers.draw()
        self.staging.draw()
        self._draw_running()

    def _draw_running(self) -> None:
        """What changes with the seconds."""
        plan, view = self.places["plan"], self.time_plan
        self.seats.draw()
        if self.form == SMALL:
            self.put("plan", [plan_rows.brief(view, plan.width, self.ink, self.table.wall)])
        else:
            now = self.table.wall
            rows = plan_rows.rows(view, plan.width, plan.height, self.ink, self.glyphs, now)
            self.put("plan", rows)
            self.put("notes", [self._note()])
        if "quiet" in self.places:
            self.talk.draw(self.seats.count(MISSING), self._note())

    def _tick(self) -> None:
        """The seconds, and what comes of them."""
        super()._tick()
        if self.app.screen is self and self.fits and self.places:
            self._chrome(self.app.size.width)
            self._draw_running()

    def _sentence(self, width: int) -> Text:
        """Where the run stands, and how many requests wait."""
        count, right = waiting(self.game), ""
        if count and not self.over:
            key = self.key("go-requests")
            right = self.by_size(
                ngettext("{count} waits: {key}", "{count} wait: {key}", count, key=key),
                ngettext(
                    "{count} request waits: {key}", "{count} requests wait: {key}", count, key=key
                ),
            )
        left = [(self.next.view.sentence, f"bold {self.ink.strong}")]
        return paint.line(width, left, [(right, f"bold {self.ink.heat}")] if right else [])

    def _note(self) -> Text:
        """The last note."""
        ink = self.ink
        notes = self.kept("notes", lambda: [n for n in journal(self.eye) if not n.struck])
        key, does = self.keymap.shown("note"), self.keymap.does("note")
        add = [(key, f"bold {ink.cool} @{does}"), (_(" add"), f"{ink.muted} @{does}")]
        head: list[Seg] = [(_("notes"), ink.muted), ("  ", "")]
        if notes:
            last = notes[0]
            words = f"{_(last.sort)}: {last.text}" if last.sort else last.text
            head += [(f"{last.where}  ", ink.muted), (words, ink.text)]
        else:
            head.append((_("none yet"), ink.muted))
        width = self.places["notes" if "notes" in self.places else "quiet"].width
        return paint.line(width, head, add)

    # --- keys ---

    def at_another_step(self, name: str) -> bool:
        """Some are of the MSEL, which is over with ENDEX; some wait for what they are about."""
        match name:
            case "next":
                return not self.next.view.does
            case "whole-ruling":
                return not self.next.view.proposed
            case "steer":
                return self.game.phase != phases.DELIBERATION
            case "enter":
                return not awaited_cells(self.eye)
            case "release" | "defer" | "skip" | "ad-hoc" | "share":
                return self.over
            case "time" | "probe" | "write":
                return self.table.closed
        return False

    def on_next_region_opened(self) -> None:
        """What is next is marked again."""
        self.msel.follow()

    def on_list_region_chosen(self) -> None:
        """A second click opens the marked inject."""
        self.msel.action_open()

    def action_give_up(self) -> None:
        """Show all rows again; the mark follows the run again after that."""
        if not self.msel.widen():
            self.msel.follow()
            super().action_give_up()
        self.paint()

    def action_enter_for_cell(self) -> None:
        """Enter what a cell decides, where something is awaited of one."""
        if awaited_cells(self.eye):
            self.shell.go("enter")
        else:
            self.show_notice(_("Nothing is awaited of a cell now."))

    def action_share_forecast(self) -> None:
        """Share the forecast with the other seats, or take it from them."""
        self.share_forecast()

    @property
    def ending(self) -> str:
        """What is asked before ENDEX, with for how many it is."""
        here = self.context.attendance.here() if self.context.attendance is not None else 0
        return ngettext(
            "End the exercise for {count} seat and go to the hot wash?",
            "End the exercise for {count} seats and go to the hot wash?",
            here,
        )
