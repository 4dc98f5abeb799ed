"""The Briefing: one page a seat, then the rules of play and the words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.decide import may_go_on
from ttx.session.play_commands import Start
from ttx.session.view.briefing import BriefingView, briefing
from ttx.session.view.excursion import SAYS, told_to
from ttx.session.view.pace import PaceView, pace
from ttx.session.view.visibility import decides
from ttx.tui import paint
from ttx.tui.page import LARGE, SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.theatre import map_rows

PAGES = (N_("situation"), N_("your seat"), N_("rules of play"), N_("words"))
STARTS = N_("STARTEX is the facilitator's")


class BriefingScreen(PlayPage):
    """Pages on the left; ground rules, who sits where and the time plan on the right."""

    REGIONS: ClassVar[tuple[str, ...]] = ("page", "aside", "map")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,right,pagedown", "turn(1)", "on", id="page-on", tooltip="Next page"),
        Binding("h,left,b,pageup", "turn(-1)", "back", id="page-back", tooltip="Page before"),
        Binding("space", "turn(1)", "on", id="page-space", tooltip="Next page"),
        Binding("enter", "ready", "ready", id="ready", tooltip="Ready: STARTEX"),
    ]
    name_of_page: ClassVar[str] = N_("briefing")

    def __init__(self) -> None:
        """The first page."""
        super().__init__()
        self.page = 0
        self._count = len(PAGES)

    @property
    def pace(self) -> PaceView:
        """Who holds the pace, seen from this seat."""
        return self.kept("pace", lambda: pace(self.eye))

    @property
    def starting(self) -> bool:
        """Whether Enter starts the exercise: the facilitator's, or else that of any who play."""
        if self.game.phase != phases.BRIEFING:
            return False
        if self.pace.held:
            return self.pace.chief and not self.context.replaying
        run = self.game.run
        return decides(run, self.seat) or may_go_on(run, self.seat)

    @property
    def awaited(self) -> bool:
        """Whether Enter says to somebody who facilitates that this seat is ready."""
        return self.pace.awaited and not self.context.replaying

    @property
    def _waiting(self) -> bool:
        """Whether STARTEX is awaited of somebody who facilitates."""
        return self.game.phase == phases.BRIEFING and self.pace.held

    def _made(self, view: BriefingView, width: int, room: int) -> list[tuple[str, list[Text]]]:
        """The pages with their names; what does not fit goes on a page of its own."""
        makers = [self._situation, self._seat, self._play, self._words]
        names = [_(page) for page in PAGES]
        if self.form == SMALL:
            makers.append(self._aside)
            names.append(_("at the table"))
        pages = []
        for name, make in zip(names, makers, strict=True):
            rows = make(view, width)
            pages += [(name, rows[at : at + room]) for at in range(0, max(len(rows), 1), room)]
        return pages

    def foot(self) -> Sequence[tuple[str, str]]:
        """Paging, and ready."""
        if not self._waiting:
            ready = ("Enter", _("ready: STARTEX")) if self.starting else ("Esc", _("close"))
            return [("space b", _("page")), ready, *self._excursion_key]
        keys = [("Enter", _("STARTEX") if self.starting else _("ready"))]
        if not (self.starting or self.awaited):
            keys = [("Esc", _("close"))] if self.shell.over_run else []
        ready = (str(self.pace.ready), _("ready"))
        return [("space b", _("page")), *keys, ready, *self._excursion_key]

    @property
    def _excursion_key(self) -> list[tuple[str, str]]:
        return [("X", _("excursion"))] if self.sets_up or self.context.excursion else []

    def plan(self) -> dict[str, Box]:
        """The page, and what stands beside it."""
        x, y, width, height = self.body
        if self.form == SMALL:
            return {"page": Box(x, y, width, height)}
        left = 72
        places = {"page": Box(x, y + 1, left, height - 1)}
        if self.form == LARGE:
            places["aside"] = Box(x + left + 5, y + 1, 44, height - 1)
            places["map"] = Box(x + left + 54, y + 1, width - left - 54, 34)
        else:
            places["aside"] = Box(x + left + 6, y + 1, width - left - 6, height - 1)
        return places

    def draw(self) -> None:
        """Fill the page."""
        view = briefing(self.eye)
        places = self.places
        width = places["page"].width
        ink = self.ink
        room = places["page"].height - (2 if self.form == SMALL else 3)
        pages = self._made(view, width, room)
        self.page %= len(pages)
        name, shown = pages[self.page]
        rows = [
            paint.line(
                width,
                [(view.title, f"bold {ink.strong}")],
                [
                    (
                        _(
                            "page {page} of {pages}: {name}",
                            page=self.page + 1,
                            pages=len(pages),
                            name=name,
                        ),
                        ink.muted,
                    )
                ],
            ),
            paint.rule(width, ink, self.glyphs),
        ]
        if self.form != SMALL:
            rows.append(paint.blank(width))
        self._count = len(pages)
        self.put("page", [*rows, *shown])
        if "aside" in places:
            self.put("aside", self._aside(view, places["aside"].width))
        if "map" in places:
            box = places["map"]
            self.put("map", map_rows(self, box.width, box.height, marked=""))

    def _label(self, words: str, width: int) -> Text:
        return paint.label(width, words, self.ink)

    def _body(self, words: str, width: int, style: str = "") -> list[Text]:
        return [
            paint.line(width, [(one, style or self.ink.text)]) for one in paint.wrap(words, width)
        ]

    def _situation(self, view: BriefingView, width: int) -> list[Text]:
        rows = self._excursion(width)
        rows.append(self._label(_("SITUATION"), width))
        for part in view.situation:
            rows += [*self._body(part, width), paint.blank(width)]
        rows += [self._label(_("THE QUESTION"), width)]
        rows += self._body(view.question, width, f"bold {self.ink.strong}")
        rows += [paint.blank(width), self._label(_("HOW YOU ARE MEASURED"), width)]
        rows += [*self._body(view.measured, width), paint.blank(width)]
        cells = self._gate()
        return [*rows, paint.line(width, cells)] if cells else rows

    def _excursion(self, width: int) -> list[Text]:
        """That this run is one, and by what, as far as a page of briefing has room for it."""
        told = told_to(self.eye)
        if not told:
            return []
        rows = [self._label(_("EXCURSION"), width)]
        rows += self._body(SAYS, width, f"bold {self.ink.heat}")
        for one in told[:2]:
            rows.append(paint.line(width, [(paint.cut(one, width, self.glyphs), self.ink.text)]))
        more = (
            _("and {told} more behind X", told=len(told) - 2)
            if len(told) > 2
            else _("X shows it whole")
        )
        rows.append(paint.line(width, [(more, self.ink.muted)]))
        return [*rows, paint.blank(width)]

    def _gate(self) -> list[Seg]:
        """The button, and what it does; empty where nothing waits for anybody."""
        ink = self.ink
        if self.starting:
            note = _("   STARTEX; the other pages are behind space")
            if self.pace.held:
                note = _("   {ready} are ready", ready=self.pace.ready)
        elif self.awaited:
            note = _("   {starts}; space has more pages", starts=_(STARTS))
        else:
            words = (
                _("You are ready. {starts}.", starts=_(STARTS))
                if self.pace.said_so
                else f"{_(STARTS)}."
            )
            return [(words, ink.muted)] if self._waiting else []
        return [*paint.button("Enter", self._word, ink, default=True), (note, ink.muted)]

    @property
    def _word(self) -> str:
        """What is on the button."""
        return _("STARTEX") if self.starting and self.pace.held else _("Ready")

    def _seat(self, view: BriefingView, width: int) -> list[Text]:
        ink = self.ink
        rows = [self._label(_("YOU ARE"), width)]
        rows += self._body(f"{view.seat}. {view.you_are}", width)
        rows.append(paint.blank(width))
        half = width // 2
        rows.append(
            paint.line(
                width,
                [
                    (_("YOU DECIDE").ljust(half), f"bold {ink.muted}"),
                    (_("YOU DO NOT DECIDE"), f"bold {ink.muted}"),
                ],
            )
        )
        left = [one for part in view.decides for one in _listed("+", part, half - 1)]
        right = [one for part in view.does_not_decide for one in _listed("-", part, half - 1)]
        for yes, no in zip_longest(left, right, fillvalue=("", "")):
            cells: list[Seg] = [(f"{yes[0]:<2}", ink.cool), (f"{yes[1]:<{half - 2}}", ink.text)]
            cells += [(f"{no[0]:<2}", ink.heat), (no[1], ink.text)]
            rows.append(paint.line(width, cells))
        rows += [paint.blank(width), self._label(_("WHAT THE OTHERS WANT"), width)]
        for who, name, wants in view.others:
            rows.append(
                paint.line(
                    width,
                    [
                        paint.badge(who.letter, who.colour, ink),
                        (f"  {name:<12}", f"bold {ink.text}"),
                        (wants, ink.text),
                    ],
                )
            )
        return rows

    def _play(self, view: BriefingView, width: int) -> list[Text]:
        rows = [self._label(_("RULES OF PLAY"), width)]
        for one in view.play:
            first, *rest = paint.wrap(one, width - 2)
            rows.append(paint.line(width, [("- ", self.ink.cool), (first, self.ink.text)]))
            rows += [paint.line(width, [("  ", ""), (more, self.ink.text)]) for more in rest]
        rows += [paint.blank(width), self._label(_("KEYS"), width)]
        held = self.pace.held
        note = _("writes a note, space pauses, q leaves; the run is saved")
        for key, word in (
            ("digits", _("choose an option, or a level of the marked lever")),
            (
                "Enter",
                _("carries out what is marked")
                if held
                else _("carries out what is marked, and goes on"),
            ),
            ("p s", _("mark the two levers of the question; j k mark any")),
            ("n", _("writes a note, q leaves; your seat is kept") if held else note),
            ("?", _("the keys of the screen you are on, and the words")),
        ):
            rows.append(
                paint.line(width, [(f"{key:<8}", f"bold {self.ink.cool}"), (word, self.ink.text)])
            )
        return rows

    def _words(self, view: BriefingView, width: int) -> list[Text]:
        rows: list[Text] = []
        for term, means in view.words:
            words = paint.wrap(means, width - 18)
            rows.append(
                paint.line(
                    width,
                    [(f"{term[:17]:<18}", f"bold {self.ink.text}"), (words[0], self.ink.text)],
                )
            )
            rows += [paint.line(width, [(" " * 18, ""), (one, self.ink.text)]) for one in words[1:]]
        return rows

    def _aside(self, view: BriefingView, width: int) -> list[Text]:
        ink = self.ink
        rows = [self._label(_("GROUND RULES"), width), paint.rule(width, ink, self.glyphs)]
        for one in view.ground_rules:
            first, *rest = paint.wrap(one, width - 2)
            rows.append(paint.line(width, [("- ", ink.muted), (first, ink.text)]))
            rows += [paint.line(width, [("  ", ""), (more, ink.text)]) for more in rest]
        for title, pairs in (
            (_("AT THE TABLE"), view.at_the_table),
            (_("THE EVENING"), view.evening),
        ):
            rows += [
                paint.blank(width),
                self._label(title, width),
                paint.rule(width, ink, self.glyphs),
            ]
            for name, value in pairs:
                tone = ink.cool if value == "you" else ink.muted
                rows.append(paint.line(width, [(name, ink.text)], [(value, tone)]))
        return rows

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click on the page turns it; the button is ready."""
        if event.region == "page":
            waits = self.starting or self.awaited
            if waits and self.page == 0 and self.on_button(event, "Enter", self._word):
                self.action_ready()
            else:
                self.action_turn(1)

    def action_turn(self, by: int) -> None:
        """A page on or back."""
        self.page = (self.page + by) % self._count
        self.paint()

    def action_ready(self) -> None:
        """STARTEX, or the word that this seat is ready, where it waits; else close."""
        if self.starting or self.awaited:
            self.request(Start())
        elif self._waiting and not self.shell.over_run:
            ready = _("You are ready; ") if self.pace.said_so else ""
            self.show_notice(f"{ready}{_(STARTS)}.")
        else:
            self.action_back()


def _listed(sign: str, words: str, width: int) -> list[tuple[str, str]]:
    """An entry of a list in lines of that width, the sign before the first."""
    return [(sign if not at else "", one) for at, one in enumerate(paint.wrap(words, width - 2))]
