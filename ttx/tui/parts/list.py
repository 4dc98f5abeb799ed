"""A list: one row of it is marked, and keys, the wheel and clicks move the mark or choose."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual.message import Message

from ttx.tui.parts.scroll import ScrollRegion

K = TypeVar("K", bound=Hashable)
UNSEEN = Text(end="")
"""Stands for a row that is out of sight."""


class ListRegion(ScrollRegion, Generic[K]):
    """Items by their keys; the mark stays on its key, wherever that goes."""

    SPARED: ClassVar[int] = 0
    """Rows before and after the marked item that are kept in sight where there is room."""
    TALL: ClassVar[int] = 0
    """Rows of each item, where all take as many: what is out of sight is then not drawn."""

    class Marked(Message):
        """Another item is marked."""

        def __init__(self, region: str) -> None:
            """In the list of that name."""
            super().__init__()
            self.region = region

    class Chosen(Message):
        """The marked item was clicked a second time."""

        def __init__(self, region: str) -> None:
            """In the list of that name."""
            super().__init__()
            self.region = region

    def __init__(self, name: str) -> None:
        """A list of nothing."""
        super().__init__(name)
        self.keys: Sequence[K] = ()
        self.at = 0
        """Which item is marked, as it stands in the list."""
        self._rows_of: list[int] = []
        """The item that each row belongs to."""

    @property
    def marked(self) -> K | None:
        """The key of the marked item; None where there is none."""
        return self.keys[self.at] if self.keys else None

    def mark(self, key: K) -> None:
        """Mark an item; nothing where it is not there."""
        if key in self.keys:
            self.at = self.keys.index(key)

    def take(self, keys: Sequence[K]) -> None:
        """What the list is made of now; the mark stays on its item, else where it was."""
        marked = self.marked
        self.keys = keys
        if marked is not None and marked in keys:
            self.at = keys.index(marked)
        self.at = max(min(self.at, len(keys) - 1), 0)

    def show_items(
        self,
        draw: Callable[[K, bool], Sequence[Text]],
        head: Sequence[Text] = (),
    ) -> None:
        """Draw each item, told whether it is the marked one, so that the marked one is in sight."""
        self._head = head
        tall, in_sight = self.TALL, range(len(self.keys))
        if tall:
            self._show(self.at * tall, (self.at + 1) * tall, len(self.keys) * tall)
            in_sight = range(self.top // tall, (self.top + self.room) // tall + 1)
        rows: list[Text] = []
        self._rows_of = []
        first = last = 0
        for at, key in enumerate(self.keys):
            made = draw(key, at == self.at) if at in in_sight else [UNSEEN] * tall
            if at == self.at:
                first, last = len(rows), len(rows) + len(made)
            rows += made
            self._rows_of += [at] * len(made)
        self._all = rows
        self._show(first, last, len(rows))
        self._paint()

    def _show(self, first: int, last: int, count: int) -> None:
        """Have the rows from `first` to before `last` in sight, of that many."""
        air = min(self.SPARED, (self.room - 1) // 2)
        top = max(min(self.top, first - air), last + air - self.room)
        self.top = max(min(top, count - self.room), 0)

    # --- the mark ---

    def _move(self, at: int) -> None:
        if at != self.at:
            self.at = at
            self.post_message(self.Marked(self.called))

    def action_step(self, by: int) -> None:
        """The next item or the one before; behind the last comes the first."""
        if self.keys:
            self._move((self.at + by) % len(self.keys))

    def action_turn(self, by: int) -> None:
        """As many items on or back as fit."""
        tall = max(len(self._rows_of) // max(len(self.keys), 1), 1)
        page = max(self.room // tall - 1, 1)
        self._move(max(min(self.at + by * page, len(self.keys) - 1), 0))

    def action_edge(self, end: int) -> None:
        """The first or the last item."""
        self._move(max(len(self.keys) - 1, 0) if end else 0)

    def _drag_to(self, top: int) -> None:
        """The bar takes the mark along: an item is marked where it was dragged to."""
        if self._rows_of:
            goal = top if top < self.top else min(top + self.room, len(self._rows_of)) - 1
            self._move(self._rows_of[goal])

    def scrolled(self, by: int) -> None:
        """The wheel moves the mark, and stops at the end."""
        self._move(max(min(self.at + by, len(self.keys) - 1), 0))

    def item_at(self, row: int, column: int) -> int | None:
        """The item in a cell of the region, whose rows are whole items here; None for none."""
        at = row - len(self._head) + self.top
        return self._rows_of[at] if row >= len(self._head) and at < len(self._rows_of) else None

    def clicked(self, row: int, column: int) -> None:
        """A click marks; a second one chooses."""
        at = self.item_at(row, column)
        if at is None:
            return
        if at == self.at and self.has_focus:
            self.post_message(self.Chosen(self.called))
            return
        self.focus()
        self._move(at)
