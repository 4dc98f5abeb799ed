"""The Briefing: one page a seat, then the rules of play and the words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.play_commands import Start
from ttx.session.view.briefing import BriefingView, briefing
from ttx.session.view.excursion import SAYS, told_to
from ttx.tui import flow, paint
from ttx.tui.page import SMALL
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.region import Box, Region
from ttx.tui.screens.gate import opens
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.theatre import map_rows
from ttx.tui.widgets import briefing as rows

STARTS = N_("STARTEX is the facilitator's")
TOLD = 2
"""Numbers set otherwise that are named on the page; all of them are behind a key."""


class BriefingScreen(PlayPage):
    """Pages on the left; ground rules, who sits where and the time plan on the right."""

    REGIONS: ClassVar[tuple[str, ...]] = ("page", "aside", "map")
    GIVES: ClassVar[tuple[str, ...]] = REGIONS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,l,right,pagedown", "turn(1)", "on", id="page-on", tooltip="Next page"),
        Binding("b,h,left,pageup", "turn(-1)", "back", id="page-back", tooltip="Page before"),
        Binding("enter", "ready", "ready", id="ready", tooltip="Ready: STARTEX"),
    ]
    name_of_page: ClassVar[str] = N_("briefing")

    def __init__(self) -> None:
        """The first page."""
        super().__init__()
        self.page = 0
        self._count = 1

    @property
    def _waiting(self) -> bool:
        """Whether STARTEX is awaited of somebody who facilitates."""
        return self.game.phase == phases.BRIEFING and self.pace.held

    @property
    def _ready(self) -> tuple[str, str, str] | None:
        """What Enter does here, for the footer and on the button, and what stands beside that.

        It starts the exercise, or says that this seat is ready; None where it does neither.
        """
        more = self.key("page-on")
        if self.game.phase == phases.BRIEFING and opens(self):
            if self.pace.held:
                note = _("   {ready} are ready", ready=self.pace.ready)
                return _("STARTEX"), _("STARTEX"), note
            note = _("   STARTEX; the other pages are behind {key}", key=more)
            return _("ready: STARTEX"), _("Ready"), note
        if self.pace.awaited and not self.context.replaying:
            note = _("   {starts}; {key} has more pages", starts=_(STARTS), key=more)
            return _("ready"), _("Ready"), note
        return None

    def foot(self) -> Sequence[tuple[str, str]]:
        """Paging, ready, and how many are."""
        keys, ready = [("page-on page-back", _("page"))], self._ready
        if ready is not None:
            keys.append(("ready", ready[0]))
        elif self.shell.over_run or not self._waiting:
            keys.append(("give-up", _("close")))
        if self._waiting:
            keys.append((str(self.pace.ready), _("ready")))  # no key: how many are
        if self.sets_up or self.context.excursion:
            keys.append(("excursion", _("excursion")))
        return keys

    def plan(self) -> dict[str, Box]:
        """The page, and what stands beside it."""
        page, aside = Cell("page", 72), Cell("aside")
        middle = column(1, row(page, 6, aside))
        large = column(1, row(page, 5, Cell("aside", 44), 5, column(Cell("map", 34))))
        return boxes(self.by_size(column(Cell("page")), middle, large), self.body)

    def draw(self) -> None:
        """Fill the page, and what stands beside it."""
        view, ink, places = self.seen(briefing), self.ink, self.places
        width, height = places["page"].width, places["page"].height
        gap = self.by_size([], [paint.blank(width)])
        pages = self._pages(view, width, height - 2 - len(gap))
        self._count = len(pages)
        self.page %= self._count
        name, shown = pages[self.page]
        where = _("page {page} of {pages}: {name}", page=self.page + 1, pages=len(pages), name=name)
        head = paint.line(width, [(view.title, f"bold {ink.strong}")], [(where, ink.muted)])
        self.put("page", [head, paint.rule(width, ink, self.glyphs), *gap, *shown])
        if "aside" in places:
            self.put("aside", rows.evening(view, places["aside"].width, ink))
        if "map" in places:
            box = places["map"]
            self.put("map", map_rows(self, box.width, box.height, marked=""))

    def _pages(self, view: BriefingView, width: int, room: int) -> list[tuple[str, list[Text]]]:
        """The pages with their names; what does not fit goes on a page of its own."""
        ink = self.ink
        made = [
            (_("situation"), self._situation(view, width)),
            (_("your seat"), rows.seat(view, width, ink)),
            *([(_("objectives"), rows.objectives(view, width, ink))] if view.objectives else []),
            (_("rules of play"), rows.rules(view, self._keys_of_play(), width, ink)),
            (_("words"), rows.words(view, width, ink)),
        ]
        if self.form == SMALL:
            made.append((_("at the table"), rows.evening(view, width, ink)))
        return [
            (name, page[at : at + room])
            for name, page in made
            for at in range(0, max(len(page), 1), room)
        ]

    def _situation(self, view: BriefingView, width: int) -> list[Text]:
        """By what this run is an excursion, where it is one; the situation, and the button."""
        key, sets = self.key("excursion"), told_to(self.eye)
        more = _("{key} shows it whole", key=key)
        if len(sets) > TOLD:
            more = _("and {count} more behind {key}", count=len(sets) - TOLD, key=key)
        says = rows.excursion((_(SAYS), *sets[:TOLD], more), width, self.ink) if sets else []
        return [*says, *rows.situation(view, width, self.ink), *self._gate_row(width)]

    def _gate_row(self, width: int) -> list[Text]:
        """The button, and what it does; nothing where nothing waits for anybody."""
        ready, muted = self._ready, self.ink.muted
        if ready is not None:
            _footer, word, note = ready
            button = paint.button(self.key("ready"), word, self.ink, default=True, does="ready")
            return flow.flowed(width, [*button, (note, muted)], 4)
        words = _("You are ready. {starts}.", starts=_(STARTS))
        words = words if self.pace.said_so else f"{_(STARTS)}."
        return paint.block(width, words, muted, width) if self._waiting else []

    def _keys_of_play(self) -> list[tuple[str, str]]:
        """Keys of the table, and what they do."""
        at_table, leave = partial(self.key_at, "table"), self.key("back")
        carries_out = _("carries out what is marked, and goes on")
        pause = self.key("pause")
        notes = _(
            "writes a note, {pause} pauses, {leave} leaves; the run is saved",
            pause=pause,
            leave=leave,
        )
        if self.pace.held:
            carries_out = _("carries out what is marked")
            notes = _("writes a note, {leave} leaves; your seat is kept", leave=leave)
        marks = _(
            "mark the two levers of the question; {down} {up} mark any",
            down=at_table("down"),
            up=at_table("up"),
        )
        return [
            (_("digits"), _("choose an option, or a level of the marked lever")),
            (at_table("commit"), carries_out),
            (f"{at_table('lever-1')} {at_table('lever-2')}", marks),
            (self.key("note"), notes),
            (self.key("help"), _("the keys of the screen you are on, and the words")),
        ]

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click on words of the page turns it."""
        if event.region == "page":
            self.action_turn(1)

    def action_turn(self, by: int) -> None:
        """A page on or back."""
        self.page = (self.page + by) % self._count
        self.paint()

    def action_ready(self) -> None:
        """STARTEX, or the word that this seat is ready, where it waits; else close."""
        if self._ready is not None:
            self.request(Start())
        elif self._waiting and not self.shell.over_run:
            ready = _("You are ready; {starts}.", starts=_(STARTS))
            self.show_notice(ready if self.pace.said_so else f"{_(STARTS)}.")
        else:
            self.action_back()
