"""Replay: any moment of a record, through any eye, and a live run while it grows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.exercise.zones import MONTHS
from ttx.i18n import N_, _
from ttx.session import marks
from ttx.session.events import Released
from ttx.session.forks import NoCut
from ttx.session.marks import Mark
from ttx.session.save_header import SaveError
from ttx.session.view import words
from ttx.session.view.badge import Badge, badge
from ttx.session.view.record import TRUTH, counted, viewpoints
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.region import Box, Region
from ttx.tui.screens.scrubbing import SPEEDS, ScrubbingPage
from ttx.tui.widgets import moment, scrubber
from ttx.tui.widgets import record as rows

STOPS = (
    ("right_square_bracket", "turn", 1, "on", N_("Next turn")),
    ("left_square_bracket", "turn", -1, "back", N_("Turn before")),
    ("right_curly_bracket", "inject", 1, "on", N_("Next inject")),
    ("left_curly_bracket", "inject", -1, "back", N_("Inject before")),
    ("right_parenthesis", "ruling", 1, "on", N_("Next ruling")),
    ("left_parenthesis", "ruling", -1, "back", N_("Ruling before")),
)
"""Keys that go from turn to turn, inject to inject, ruling to ruling."""


class ReplayScreen(ScrubbingPage):
    """The record as a line with a head on it, its entries, and what one eye saw at the head."""

    REGIONS: ClassVar[tuple[str, ...]] = ("scrubber", "seen", "entries", "moment", "marks")
    WHOLE: ClassVar[tuple[str, ...]] = ("scrubber",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "play", "play", id="play", tooltip="Play, or stand still"),
        Binding("l,right", "entry(1)", "entry on", id="entry-on", tooltip="Next entry"),
        Binding("h,left", "entry(-1)", "entry back", id="entry-back", tooltip="Entry before"),
        Binding("j,down", "entry(1)", "down", id="down", tooltip="Next entry"),
        Binding("k,up", "entry(-1)", "up", id="up", tooltip="Entry before"),
        *(
            Binding(key, f"stop('{kind}', {by})", f"{kind} {way}", id=f"{kind}-{way}", tooltip=told)
            for key, kind, by, way, told in STOPS
        ),
        Binding("g,home", "edge(0)", "first", id="first", tooltip="The beginning"),
        Binding("G,end", "edge(1)", "last", id="last", tooltip="The last entry"),
        Binding("greater_than_sign", "speed(1)", "faster", id="faster", tooltip="Faster"),
        Binding("less_than_sign", "speed(-1)", "slower", id="slower", tooltip="Slower"),
        Binding("colon", "jump", "jump", id="jump", tooltip="To T7, 148, 4.1 or r4.1"),
        Binding("e", "eye(1)", "eye", id="eye", tooltip="The next seat's eye"),
        Binding("E", "eye(-1)", "eye back", id="eye-back", tooltip="The eye before"),
        Binding("m", "mark", "mark", id="mark", tooltip="Bookmark this moment, with a note"),
        Binding("x", "unmark", "unmark", id="unmark", tooltip="Take the bookmark away"),
        Binding("apostrophe", "to_mark", "to mark", id="to-mark", tooltip="The next bookmark"),
        Binding("t", "swap", "entries", id="swap", tooltip="Entries or view, on a small terminal"),
        Binding(
            "enter", "go('moment')", "open", id="open", tooltip="This moment on its own screen"
        ),
        Binding(
            "T", "go('moment')", "table", id="go-table", tooltip="This moment on its own screen"
        ),
        Binding("F", "fork", "fork", id="fork", tooltip="A new run from here, on the same dice"),
        Binding("D", "compare", "compare", id="compare", tooltip="Beside its parent, or its fork"),
    ]
    name_of_page: ClassVar[str] = N_("Replay")

    def __init__(self) -> None:
        """On a small terminal the view first."""
        super().__init__()
        self.list_shown = False
        self._badges: dict[int, Badge] = {}
        self._marks: list[Mark] = []
        self._shown: list[int] = []
        """Numbers of the entries in the rows of the list."""

    def begin(self) -> None:
        """Read the bookmarks."""
        super().begin()
        try:
            self._marks = marks.read(self.viewing.path)
        except SaveError as error:
            self.notice = str(error)

    def foot(self) -> Sequence[tuple[str, str]]:
        """Moving, looking, forking."""
        play = "stop" if self.playing else "play"
        if self.form == SMALL:
            swap = "view" if self.list_shown else "entries"
            return (
                ("space", play),
                ("h l", _("step")),
                ("[ ]", _("turn")),
                ("e", _("eye")),
                ("t", swap),
                ("F", _("fork")),
            )
        return (
            ("space", play),
            ("h l", _("step")),
            ("[ ]", _("turn")),
            ("{ }", _("inject")),
            ("e", _("eye")),
            ("m", _("mark")),
            ("Enter", _("open")),
            ("F", _("fork")),
        )

    # --- places ---

    def plan(self) -> dict[str, Box]:
        """The scrubber over entries and the moment; on a small terminal one of the two."""
        x, y, width, height = self.body
        if self.form == SMALL:
            lower = Box(x, y + 6, width, height - 6)
            name = "entries" if self.list_shown else "moment"
            return {"scrubber": Box(x, y, width, 4), "seen": Box(x, y + 4, width, 1), name: lower}
        left = (width - 4) * 30 // 58
        top = y + 13
        rest = height - 13
        kept = max(min(len(self._marks) + 2, 8), 3)
        return {
            "scrubber": Box(x, y + 1, width, 9),
            "seen": Box(x, y + 11, width, 1),
            "entries": Box(x, top, left, rest - kept - 1),
            "marks": Box(x, top + rest - kept, left, kept),
            "moment": Box(x + left + 4, top, width - left - 4, rest),
        }

    # --- painting ---

    def draw(self) -> None:
        """Fill the regions."""
        places = self.places
        self.put("scrubber", self._scrubber(places["scrubber"].width))
        exercise = self.viewing.timeline.run.exercise
        every, width = viewpoints(self.viewing.timeline), places["seen"].width
        self.put("seen", [rows.eyes_row(exercise, every, self.context.viewpoint, width, self.ink)])
        if "entries" in places:
            box = places["entries"]
            self.put("entries", self._entries(box.width, box.height))
        if "moment" in places:
            box = places["moment"]
            self.put("moment", self._moment(box.width, box.height))
        if "marks" in places:
            box = places["marks"]
            head = self.viewing.head
            self.put(
                "marks",
                rows.mark_rows(self._marks, head, box.width, box.height, self.ink, self.glyphs),
            )

    def _scrubber(self, width: int) -> list[Text]:
        viewing, ink = self.viewing, self.ink
        timeline, head = viewing.timeline, viewing.head
        for n in timeline.stops["inject"]:
            if n not in self._badges:
                event = timeline.entries[n - 1].event
                assert isinstance(event, Released)
                exercise = timeline.games[n].run.exercise
                actor = exercise.injects[event.inject].actor
                self._badges[n] = badge(exercise, actor)
        room = width - scrubber.LABEL
        turns = scrubber.turns(timeline, head, room, ink)
        injects = scrubber.injects(timeline, self._badges, head, room, ink)
        line = scrubber.line(timeline, head, room, ink, self.glyphs)
        broken = _(", the rest cannot be read") if viewing.record.read_only else ""
        place = _("entry {head} of {last}{broken}", head=head, last=timeline.last, broken=broken)
        if self.form == SMALL:
            when = paint.line(
                width,
                [(self._when(), f"bold {ink.strong}")],
                [(self._speed(), ink.text), (f"   {place}", ink.muted)],
            )
            return [turns, injects, line, when]
        opens = self.record.opens()
        legend = _("carried: y in full  p in part  n not at all     m bookmark  F fork")
        return [
            paint.label(width, _("RECORD"), ink, place),
            paint.rule(width, ink, self.glyphs),
            turns,
            injects,
            scrubber.rulings(timeline, opens, head, room, ink),
            scrubber.marks(self._marks, timeline, room, ink),
            line,
            scrubber.under(self._when(), timeline, head, room, ink),
            paint.line(width, [(legend, ink.muted)], [(self._speed(), f"bold {ink.strong}")]),
        ]

    def _when(self) -> str:
        """The turn and scenario date at the head."""
        game = self.viewing.game
        if not game.turns:
            return "briefing"
        slot = game.slot
        if slot is None:
            first = game.run.first_day(len(game.turns))
            return _(
                "T{turns} {months} {year}",
                turns=len(game.turns),
                months=MONTHS[first.month - 1],
                year=first.year,
            )
        day = words.day_text(slot.released.day).rsplit(" ", 1)[0]
        return _(
            "T{turns} {day} {clock_time}",
            turns=len(game.turns),
            day=day,
            clock_time=words.clock_time(slot.released.hour),
        )

    def _speed(self) -> str:
        state = "playing" if self.playing else "watching" if self.viewing.watching else "paused"
        return _("{state}   speed {speed:g}x", state=state, speed=SPEEDS[self.speed])

    def _entries(self, width: int, height: int) -> list[Text]:
        ink, viewing, record = self.ink, self.viewing, self.record
        head = viewing.head
        numbers = record.seen(head)
        hidden = sum(record.hidden(head).values()) if viewing.over else 0
        note = _("{hidden} not open to this seat", hidden=hidden) if hidden else ""
        found = [paint.label(width, _("ENTRIES"), ink, note), paint.rule(width, ink, self.glyphs)]
        room = height - len(found)
        at = max(bisect_right(numbers, head) - 1, 0)
        top = max(0, min(at - room // 2, len(numbers) - room))
        self._shown = numbers[top : top + room]
        for n in self._shown:
            here = n == numbers[at] and head > 0
            found.append(
                rows.entry_row(
                    record.line(n, head),
                    width,
                    ink,
                    self.glyphs,
                    here=here,
                    ahead=n > head,
                    undone=record.undone(n, head),
                )
            )
        if not numbers:
            found.append(paint.line(width, [(_("Nothing has happened yet."), ink.muted)]))
        return found

    def _moment(self, width: int, height: int) -> list[Text]:
        ink, viewing = self.ink, self.viewing
        game = viewing.game
        run = viewing.timeline.run
        name = next(s.short for s in run.exercise.seat if s.id == self.seat)
        title = (
            _("THE FULL TRUTH")
            if self.context.viewpoint == TRUTH
            else _("AS {name} SAW IT", name=name.upper())
        )
        minutes = f", {game.elapsed // 60:02d}:{game.elapsed % 60:02d}" if game.elapsed else ""
        note = (
            _(
                "turn {turns}, {phase}{minutes}",
                turns=len(game.turns),
                phase=game.phase,
                minutes=minutes,
            )
            if game.turns
            else game.phase
        )
        upper = []
        if self.form != SMALL:
            label = paint.label(width, title, ink, note)
            upper = [label, paint.rule(width, ink, self.glyphs)]
        hidden = self.record.hidden(viewing.head) if viewing.over else None
        below: list[Text] = []
        if hidden and self.form != SMALL:
            told = _("not known to this seat: {hidden}", hidden=counted(hidden))
            below = [paint.line(width, [(told, ink.muted)])]
        room = height - len(upper) - 2 * len(below)
        made = self.kept(
            f"{self.seat} {width} {room} {self.app.theme}",
            lambda: moment.rows(self.eye, width, room, ink, self.glyphs, self.key("open")),
        )
        gap = [paint.blank(width)] * (height - len(upper) - len(made) - len(below))
        return [*upper, *made, *gap, *below]

    # --- keys ---

    def action_swap(self) -> None:
        """Entries in the place of the view, where only one of them fits."""
        self.list_shown = not self.list_shown
        self.paint()

    # --- marks ---

    def action_mark(self) -> None:
        """Bookmark the moment; the note may stay empty."""
        head = self.viewing.head
        here = next((o.text for o in self._marks if o.n == head and o.kind == "mark"), "")
        self.prompt_text(
            _("Bookmark at entry {head}", head=head), lambda text: self._marked(head, text), here
        )

    def _marked(self, n: int, text: str) -> None:
        self._try_marks(lambda: marks.add(self.viewing.path, Mark(n, text)))
        if self.form == SMALL and not self.notice:
            self.show_notice(_("Bookmark set at entry {n}; it is kept beside the save.", n=n))

    def action_unmark(self) -> None:
        """Take the bookmark at the head away."""
        head = self.viewing.head
        if any(one.n == head and one.kind == "mark" for one in self._marks):
            self._try_marks(lambda: marks.remove(self.viewing.path, head))
        else:
            self.show_notice(_("There is no bookmark here; ' goes to the next one."))

    def _try_marks(self, change: object) -> None:
        assert callable(change)
        try:
            self._marks = change()
        except SaveError as error:
            self.show_notice(str(error))
        self.paint()

    def action_to_mark(self) -> None:
        """The next bookmark or fork, and from the last one to the first."""
        if not self._marks:
            self.show_notice(_("No bookmarks yet; m sets one here."))
            return
        head = self.viewing.head
        found = next((one for one in self._marks if one.n > head), self._marks[0])
        self.to(found.n)
        kind = _("Fork") if found.kind == "fork" else _("Bookmark")
        self.show_notice(
            _(
                "{kind} at entry {n}: {found}",
                kind=kind,
                n=found.n,
                found=found.text or _("no note"),
            )
        )

    # --- to other runs ---

    def action_fork(self) -> None:
        """A new run from here, after a question."""
        from ttx.session.forks import cut_at

        try:
            cut = cut_at(self.viewing.game)
        except NoCut as refusal:
            self.show_notice(str(refusal))
            return
        turn = self.viewing.timeline.games[cut].turn
        where = (
            _("turn {turn}, entry {cut}", turn=turn.opened.turn, cut=cut)
            if turn
            else _("entry {cut}", cut=cut)
        )
        self.confirm(
            _("Play on from {where}, in a new run?", where=where), _("Fork here"), self._fork
        )

    def _fork(self) -> None:
        try:
            self.host.runs.fork(self.viewing)
        except (SaveError, ValueError) as error:
            self.show_notice(str(error))

    def action_compare(self) -> None:
        """Lay the run beside the one it was forked from, or beside the fork nearest to the head."""
        forks = [one for one in self._marks if one.kind == "fork"]
        head = self.viewing.head
        near = min(forks, key=lambda one: abs(one.n - head)).text if forks else ""
        came = self.viewing.timeline.game.forked
        try:
            self.host.runs.compare_with(self.viewing, came.parent if came else near)
        except (SaveError, ValueError) as error:
            self.show_notice(str(error))

    # --- in and out, mouse ---

    def action_back(self) -> None:
        """Leave the replay; nothing was written."""
        self.stand_still()
        self.shell.leave()

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click puts the head there; a second one on an entry opens it; on the eyes, the next."""
        if event.region == "scrubber" and event.column >= scrubber.LABEL:
            room = self.places["scrubber"].width - scrubber.LABEL
            last = self.viewing.timeline.last
            self.to(scrubber.entry_at(event.column - scrubber.LABEL, last, room))
        elif event.region == "entries" and 2 <= event.row < len(self._shown) + 2:
            n = self._shown[event.row - 2]
            if n == self.viewing.head:
                self.action_go("moment")
            else:
                self.to(n)
        elif event.region == "seen":
            self.action_eye(1)

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the head."""
        self.action_entry(message.by)
