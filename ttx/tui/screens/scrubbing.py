"""The head of a replay: how it moves over a record, by whose eye, and how it follows a live run."""

from __future__ import annotations

import re

from textual.timer import Timer

from ttx.i18n import _
from ttx.session.save_header import SaveError
from ttx.session.view.record import RecordView, sitting, viewpoints
from ttx.session.viewing import Viewing
from ttx.tui import paint
from ttx.tui.screens.run import RunPage

SPEEDS = (0.5, 1, 2, 4, 8, 16, 32)
"""Entries a second."""
GROWTH = 1.0
"""Seconds between two looks at a record that may grow."""


class ScrubbingPage(RunPage):
    """A page with a head that stands at an entry of a record."""

    def __init__(self) -> None:
        """Standing still, at single speed."""
        super().__init__()
        self.speed = 1
        self.playing: Timer | None = None
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
        """Sit where the eye of the record sits."""
        self.context.seat = sitting(self.viewing.timeline.run, self.context.viewpoint)

    def on_mount(self) -> None:
        """Follow a record that may grow."""
        self.every(GROWTH, self._grow)

    def _grow(self) -> None:
        if not isinstance(
            self.context.table, Viewing
        ):  # a fork is played on, and this page is going
            return
        viewing = self.viewing
        if viewing.over or viewing.record.read_only:
            return
        try:
            if viewing.grow():
                self.shell.repaint()
                self.shell.say_on_top(viewing.record.remark)
        except SaveError as error:
            self.show_notice(str(error))

    def to(self, n: int) -> None:
        """Put the head at an entry."""
        self.viewing.to(n)
        self.paint()

    def action_entry(self, by: int) -> None:
        """The next or former entry that the eye may read."""
        head = self.viewing.head
        numbers = self.record.seen(head)
        if by > 0:
            self.to(next((n for n in numbers if n > head), head))
        else:
            self.to(next((n for n in reversed(numbers) if n < head), 0))

    def action_stop(self, kind: str, by: int) -> None:
        """The next or former turn, inject or ruling."""
        viewing = self.viewing
        timeline = viewing.timeline
        self.to(
            timeline.next(kind, viewing.head) if by > 0 else timeline.before(kind, viewing.head)
        )

    def action_edge(self, end: int) -> None:
        """The beginning, or the last entry."""
        self.to(self.viewing.timeline.last if end else 0)

    def action_play(self) -> None:
        """Let the entries follow each other, or stand still."""
        if self.playing is not None:
            self.stand_still()
        else:
            if self.viewing.head == self.viewing.timeline.last and not self.viewing.watching:
                self.viewing.to(0)
            self.playing = self.every(1 / SPEEDS[self.speed], self._step)
        self.paint()

    def _step(self) -> None:
        if not self.is_current or self.playing is None:
            return
        if self.viewing.head == self.viewing.timeline.last:
            if self.viewing.over or self.viewing.record.read_only:
                self.stand_still()
                self.paint()
            return
        self.action_entry(1)

    def stand_still(self) -> None:
        """Let no entry follow by itself."""
        if self.playing is not None:
            self.playing.stop()
            self.playing = None

    def action_speed(self, by: int) -> None:
        """Twice as fast, or half."""
        self.speed = max(0, min(self.speed + by, len(SPEEDS) - 1))
        if self.playing is not None:
            self.playing.stop()
            self.playing = self.every(1 / SPEEDS[self.speed], self._step)
        self.paint()

    def action_eye(self, by: int) -> None:
        """The next eye that is open."""
        every = viewpoints(self.viewing.timeline)
        at = every.index(self.context.viewpoint) if self.context.viewpoint in every else 0
        self.context.viewpoint = every[(at + by) % len(every)]
        self.context.seat = sitting(self.viewing.timeline.run, self.context.viewpoint)
        self.paint()

    def action_jump(self) -> None:
        """Ask where to."""
        self.prompt_text(
            _("Jump to T7, 148, 4.1 or its ruling r4.1"),
            self._jumped,
            does=_("jumps"),
            looks_up=True,
        )

    def _jumped(self, typed: str) -> None:
        word = typed.strip().lower()
        timeline = self.viewing.timeline
        to: int | None = None
        if re.fullmatch(r"t\d{1,4}", word):
            to = timeline.turn(int(word[1:]))
        elif re.fullmatch(r"\d{1,9}", word) and int(word) <= timeline.last:
            to = int(word)
        elif re.fullmatch(r"\d+\.\d+", word):
            to = timeline.inject(word)
        elif re.fullmatch(r"r\d+\.\d+", word):
            to = timeline.ruling(word[1:])
        if to is not None:
            self.to(to)
        elif word:
            self.show_notice(
                _(
                    "There is no {clean} in this record; T7, 148, 4.1 and r4.1 "
                    "are ways to say where.",
                    clean=paint.clean(typed),
                )
            )
