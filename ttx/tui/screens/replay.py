"""Replay: any moment of a record, through any eye, and a live run while it grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, cast

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session import marks
from ttx.session.forks import NoCut, cut_at
from ttx.session.marks import Mark
from ttx.session.save_header import SaveError
from ttx.session.view.record import TRUTH, RecordView, counted, sitting, viewpoints
from ttx.session.view.table import status
from ttx.session.viewing import Viewing
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.run import RunPage
from ttx.tui.screens.scrubbing import STOPS, Playback, entry_named
from ttx.tui.widgets import moment, scrubber
from ttx.tui.widgets import record as rows
from ttx.tui.widgets.record import BEHIND_ALL, EntryList
from ttx.tui.widgets.scrubber import LABEL, Lanes

GROWTH = 1.0
"""Seconds between two looks at a record that may grow."""
NOWHERE = N_("There is no {clean} in this record; T7, 148, 4.1 and r4.1 are ways to say where.")


class ReplayScreen(RunPage):
    """The record as a line with a head on it, its entries, and what one eye saw at the head."""

    REGIONS: ClassVar[tuple[str, ...]] = ("scrubber", "seen", "entries", "moment", "marks")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"entries": EntryList, "marks": ScrollRegion}
    WHOLE: ClassVar[tuple[str, ...]] = ("scrubber",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "play", "play", id="play", tooltip="Play, or stand still"),
        Binding("l,right,j,down", "entry(1)", "on", id="entry-on", tooltip="Next entry"),
        Binding("h,left,k,up", "entry(-1)", "back", id="entry-back", tooltip="Entry before"),
        *STOPS,
        Binding("g,home", "to(0)", "first", id="first", tooltip="The beginning"),
        Binding("G,end", f"to({BEHIND_ALL})", "last", id="last", tooltip="The last entry"),
        Binding("greater_than_sign", "speed(1)", "faster", id="faster", tooltip="Faster"),
        Binding("less_than_sign", "speed(-1)", "slower", id="slower", tooltip="Slower"),
        Binding("colon", "jump", "jump", id="jump", tooltip="To T7, 148, 4.1 or r4.1"),
        Binding("e", "eye(1)", "eye", id="eye", tooltip="The next seat's eye"),
        Binding("E", "eye(-1)", "eye back", id="eye-back", tooltip="The eye before"),
        Binding("m", "mark", "mark", id="mark", tooltip="Bookmark this moment, with a note"),
        Binding("x", "unmark", "unmark", id="unmark", tooltip="Take the bookmark away"),
        Binding("apostrophe", "to_mark", "to mark", id="to-mark", tooltip="The next bookmark"),
        Binding("t", "swap", "entries", id="swap", tooltip="Entries or view, on a small terminal"),
        Binding("enter", "open", "open", id="open", tooltip="This moment on its own screen"),
        Binding("T", "open", "table", id="go-table", tooltip="This moment on its own screen"),
        Binding("F", "fork", "fork", id="fork", tooltip="A new run from here, on the same dice"),
        Binding("D", "compare", "compare", id="compare", tooltip="Beside its parent, or its fork"),
    ]
    name_of_page: ClassVar[str] = N_("Replay")

    def __init__(self) -> None:
        """Standing still, on a small terminal the view first."""
        super().__init__()
        self.playback = Playback(self.every, self._play_on)
        self.list_shown = False
        self.entries = cast("EntryList", self.regions["entries"])
        self.entries.to = self.action_to
        self._marks: list[Mark] = []
        self._record: RecordView | None = None

    @property
    def viewing(self) -> Viewing:
        """The record and its head."""
        table = self.table
        assert isinstance(table, Viewing)
        return table

    @property
    def record(self) -> RecordView:
        """The record through the present eye."""
        eye = self.context.viewpoint
        if self._record is None or self._record.viewpoint != eye:
            self._record = RecordView(self.viewing.timeline, eye)
        return self._record

    def begin(self) -> None:
        """Sit where the eye of the record sits, and read the bookmarks."""
        self._look(self.context.viewpoint)
        try:
            self._marks = marks.read(self.viewing.path)
        except SaveError as error:
            self.notice = str(error)

    def on_mount(self) -> None:
        """Follow a record that may grow."""
        self.every(GROWTH, self._grow)

    def _grow(self) -> None:
        viewing = self.context.table
        if not isinstance(viewing, Viewing) or viewing.over or viewing.record.read_only:
            return  # a fork is played on and this page is going, or nothing more is written
        try:
            if viewing.grow():
                self.shell.repaint()
                self.shell.say_on_top(viewing.record.remark)
        except SaveError as error:
            self.show_notice(str(error))

    def foot(self) -> Sequence[tuple[str, str]]:
        """Moving, looking, forking."""
        play = ("play", _("stop") if self.playback.runs else _("play"))
        step, turn = ("entry-back entry-on", _("step")), ("turn-back turn-on", _("turn"))
        inject, eye = ("inject-back inject-on", _("inject")), ("eye", _("eye"))
        swap = ("swap", _("view") if self.list_shown else _("entries"))
        mark, opens, fork = ("mark", _("mark")), ("open", _("open")), ("fork", _("fork"))
        return self.by_size(
            (play, step, turn, eye, swap, fork), (play, step, turn, inject, eye, mark, opens, fork)
        )

    # --- what is shown ---

    def plan(self) -> dict[str, Box]:
        """The scrubber over entries and the moment; on a small terminal one of the two."""
        seen, shown = Cell("seen", 1), Cell("entries" if self.list_shown else "moment")
        small = column(Cell("scrubber", 4), seen, 1, shown)
        kept = Cell("marks", max(min(len(self._marks) + 2, 8), 3))
        left = column(Cell("entries"), 1, kept, size=(self.body.width - 4) * 30 // 58)
        beside = row(left, 4, Cell("moment"))
        large = column(1, Cell("scrubber", 9), 1, seen, 1, beside)
        return boxes(self.by_size(small, large), self.body)

    def draw(self) -> None:
        """Fill the regions."""
        places, ink, viewing, record = self.places, self.ink, self.viewing, self.record
        head, eyes = viewing.head, viewpoints(viewing.timeline)
        self.put("scrubber", self._scrubber(places["scrubber"].width))
        exercise, width = viewing.timeline.run.exercise, places["seen"].width
        self.put("seen", [rows.eyes_row(exercise, eyes, self.context.viewpoint, width, ink)])
        hidden = record.hidden(head) if viewing.over else {}
        count = sum(hidden.values())
        note = _("{hidden} not open to this seat", hidden=count) if count else ""
        self.entries.draw(record, head, note, ink, self.glyphs)
        if "moment" in places:
            self.put("moment", self._moment(places["moment"], counted(hidden)))
        if "marks" in places:
            self._draw_marks(places["marks"])

    def _draw_marks(self, box: Box) -> None:
        """Bookmarks and forks, those near the head where not all fit."""
        ink, width, head = self.ink, box.width, self.viewing.head
        label = paint.label(width, _("BOOKMARKS"), ink, _("kept beside the save"))
        heading = [label, paint.rule(width, ink, self.glyphs)]
        if not self._marks:
            none = _("None yet; {key} sets one here.", key=self.key("mark"))
            heading.append(paint.line(width, [(none, ink.muted)]))
        passed = sum(mark.n < head for mark in self._marks)
        part = cast("ScrollRegion", self.regions["marks"])
        part.top = passed - (box.height - len(heading)) // 2
        self.put_scroll("marks", rows.mark_rows(self._marks, width, ink), heading)

    def _scrubber(self, width: int) -> list[Text]:
        viewing, ink, lanes = self.viewing, self.ink, self._lanes
        at = {"head": viewing.head, "last": viewing.timeline.last}
        place = _("entry {head} of {last}", **at)
        if viewing.record.read_only:
            place = _("entry {head} of {last}, the rest cannot be read", **at)
        waits = _("watching") if viewing.watching else _("paused")
        state = _("playing") if self.playback.runs else waits
        speed = _("{state}   speed {speed:g}x", state=state, speed=self.playback.speed)
        if self.form == SMALL:
            right = [(speed, ink.text), (f"   {place}", ink.muted)]
            when = paint.line(width, [(scrubber.when(viewing.game), f"bold {ink.strong}")], right)
            return [lanes.turns(), lanes.injects(), lanes.line(), when]
        legend = _("carried: y in full  p in part  n not at all     m bookmark  F fork")
        return [
            paint.label(width, _("RECORD"), ink, place),
            paint.rule(width, ink, self.glyphs),
            lanes.turns(),
            lanes.injects(),
            lanes.rulings(self.record.opens()),
            lanes.marks(self._marks),
            lanes.line(),
            lanes.under(scrubber.when(viewing.game)),
            paint.line(width, [(legend, ink.muted)], [(speed, f"bold {ink.strong}")]),
        ]

    @property
    def _lanes(self) -> Lanes:
        viewing, width = self.viewing, self.places["scrubber"].width - LABEL
        return Lanes(viewing.timeline, viewing.head, width, self.ink, self.glyphs)

    def _moment(self, box: Box, hidden: str) -> list[Text]:
        """What the eye saw at the head, and how much is hidden from it."""
        ink, signs, width = self.ink, self.glyphs, box.width
        upper, below = list[Text](), list[Text]()
        if self.form != SMALL:
            upper = [self._moment_label(width), paint.rule(width, ink, signs)]
        if hidden and upper:
            unknown = _("not known to this seat: {hidden}", hidden=hidden)
            below = [paint.line(width, [(unknown, ink.muted)])]
        room = box.height - len(upper) - 2 * len(below)
        made = self.kept(
            f"{self.seat} {width} {room} {self.app.theme}",
            lambda: moment.rows(self.eye, width, room, ink, signs, self.key("open")),
        )
        gap = [paint.blank(width)] * (room + len(below) - len(made))
        return [*upper, *made, *gap, *below]

    def _moment_label(self, width: int) -> Text:
        game, view = self.viewing.game, self.seen(status)
        title = _("AS {name} SAW IT", name=view.seat.upper())
        if self.context.viewpoint == TRUTH:
            title = _("THE FULL TRUTH")
        note = _("turn {turn}, {phase}", turn=len(game.turns), phase=view.phase)
        if game.elapsed:
            note = f"{note}, {paint.clock(game.elapsed)}"
        return paint.label(width, title, self.ink, note if game.turns else view.phase)

    # --- the head and the eye ---

    def action_to(self, n: int) -> None:
        """Put the head behind an entry."""
        self.viewing.to(n)
        self.paint()

    def action_entry(self, by: int) -> None:
        """The next or former entry that the eye may read."""
        self.entries.scrolled(by)

    def action_stop(self, kind: str, by: int) -> None:
        """The next or former turn, inject or ruling."""
        timeline = self.viewing.timeline
        stop = timeline.next if by > 0 else timeline.before
        self.action_to(stop(kind, self.viewing.head))

    def action_play(self) -> None:
        """Let the entries follow each other, or stand still."""
        viewing = self.viewing
        if self.playback.runs:
            self.playback.stop()
        else:
            if viewing.head == viewing.timeline.last and not viewing.watching:
                viewing.to(0)
            self.playback.start()
        self.paint()

    def _play_on(self) -> None:
        viewing = self.viewing
        if not self.is_current:
            return
        if viewing.head < viewing.timeline.last:
            self.action_entry(1)
        elif viewing.over or viewing.record.read_only:
            self.playback.stop()
            self.paint()

    def action_speed(self, by: int) -> None:
        """Twice as fast, or half."""
        self.playback.change(by)
        self.paint()

    def action_eye(self, by: int) -> None:
        """The next eye that is open."""
        eyes, eye = viewpoints(self.viewing.timeline), self.context.viewpoint
        at = eyes.index(eye) if eye in eyes else 0
        self._look(eyes[(at + by) % len(eyes)])
        self.paint()

    def _look(self, viewpoint: str) -> None:
        self.context.viewpoint = viewpoint
        self.context.seat = sitting(self.viewing.timeline.run, viewpoint)

    def action_jump(self) -> None:
        """Ask where to."""

        def jump(typed: str) -> None:
            entry = entry_named(self.viewing.timeline, typed)
            if entry is not None:
                self.action_to(entry)
            elif typed.strip():
                self.show_notice(_(NOWHERE, clean=typed))

        what = _("Jump to T7, 148, 4.1 or its ruling r4.1")
        self.prompt_text(what, jump, does=_("jumps"), looks_up=True)

    def action_open(self) -> None:
        """The moment on its own screen."""
        self.action_go("moment")

    def action_swap(self) -> None:
        """Entries in the place of the view, where only one of them fits."""
        self.list_shown = not self.list_shown
        self.paint()

    # --- bookmarks ---

    @property
    def _mark_here(self) -> Mark | None:
        """The bookmark at the head."""
        head = self.viewing.head
        return next((mark for mark in self._marks if (mark.n, mark.kind) == (head, "mark")), None)

    def action_mark(self) -> None:
        """Bookmark the moment; the note may stay empty."""
        head, here, path = self.viewing.head, self._mark_here, self.viewing.path
        beside = _("Bookmark set at entry {n}; it is kept beside the save.", n=head)

        def keep(text: str) -> None:
            self._keep(lambda: marks.add(path, Mark(head, text)), self.by_size(beside, ""))

        what = _("Bookmark at entry {head}", head=head)
        self.prompt_text(what, keep, here.text if here is not None else "")

    def _keep(self, change: Callable[[], list[Mark]], done: str = "") -> None:
        """Have the bookmarks changed, and say what was `done`, or why it was not."""
        try:
            self._marks, self.notice = change(), done
        except SaveError as error:
            self.notice = paint.clean(str(error))
        self.paint()

    def action_unmark(self) -> None:
        """Take the bookmark at the head away."""
        if self._mark_here is not None:
            self._keep(lambda: marks.remove(self.viewing.path, self.viewing.head))
        else:
            key = self.key("to-mark")
            self.show_notice(_("There is no bookmark here; {key} goes to the next one.", key=key))

    def action_to_mark(self) -> None:
        """The next bookmark or fork, and from the last one to the first."""
        if not self._marks:
            self.show_notice(_("No bookmarks yet; {key} sets one here.", key=self.key("mark")))
            return
        head = self.viewing.head
        mark = next((mark for mark in self._marks if mark.n > head), self._marks[0])
        self.viewing.to(mark.n)
        text = mark.text or _("no note")
        bookmark = _("Bookmark at entry {n}: {text}", n=mark.n, text=text)
        fork = _("Fork at entry {n}: {text}", n=mark.n, text=text)
        self.show_notice(fork if mark.kind == "fork" else bookmark)

    # --- to other runs ---

    def action_fork(self) -> None:
        """A new run from here, after a question."""
        try:
            cut = cut_at(self.viewing.game)
        except NoCut as refusal:
            self.show_notice(str(refusal))
            return
        turn = self.viewing.timeline.games[cut].turn
        where = _("entry {cut}", cut=cut)
        if turn is not None:
            where = _("turn {turn}, entry {cut}", turn=turn.opened.turn, cut=cut)
        sentence = _("Play on from {where}, in a new run?", where=where)
        self.confirm(sentence, _("Fork here"), lambda: self._go(self.host.runs.fork))

    def action_compare(self) -> None:
        """Lay the run beside the one it was forked from, or beside the fork nearest to the head."""
        head, came = self.viewing.head, self.viewing.timeline.game.forked
        forks = [mark for mark in self._marks if mark.kind == "fork"]
        near = min(forks, key=lambda mark: abs(mark.n - head), default=Mark(0))
        other = came.parent if came else near.text
        self._go(lambda viewing: self.host.runs.compare_with(viewing, other))

    def _go(self, where: Callable[[Viewing], None]) -> None:
        try:
            where(self.viewing)
        except (SaveError, ValueError) as error:
            self.show_notice(str(error))

    def action_back(self) -> None:
        """Leave the replay; nothing was written."""
        self.playback.stop()
        self.shell.leave()

    # --- the mouse ---

    def on_list_region_chosen(self) -> None:
        """A second click opens the moment."""
        self.action_open()

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click on the lanes goes to the entry there."""
        if event.column >= LABEL and event.region == "scrubber":
            self.action_to(self._lanes.entry_at(event.column - LABEL))

    def on_region_scrolled(self, event: Region.Scrolled) -> None:
        """The wheel moves the head, wherever no list of its own is scrolled."""
        self.action_entry(event.by)
