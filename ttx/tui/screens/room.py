"""What the desk put on the room's screen: an inject, a message or a break, in large letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text

from ttx.i18n import _
from ttx.session.control_events import BREAK, INJECT, RoomSet
from ttx.session.view.room import RoomNews, put_there, room_news
from ttx.session.view.time_left import time_left
from ttx.tui import paint
from ttx.tui.large import large
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box
from ttx.tui.screens.play import PlayPage

WIDEST = 100
"""Cells of a line of text that is read from the back of a room."""


class RoomScreen(PlayPage):
    """One thing, as large as it fits, in the middle of the screen."""

    REGIONS: ClassVar[tuple[str, ...]] = ("stage",)

    def plan(self) -> dict[str, Box]:
        """All of the page is the stage."""
        return boxes(column(Cell("stage")), self.body)

    def foot(self) -> Sequence[tuple[str, str]]:
        """The pages that the room may look at."""
        return [("go-standing", _("standing")), ("go-theatre", _("map"))]

    def draw(self) -> None:
        """What was put here, in the middle of the rows."""
        box, room = self.places["stage"], put_there(self.game)
        rows = self._rows(room, box.width, box.height) if room is not None else []
        above = max((box.height - len(rows)) // 2, 0)
        self.put("stage", [*[paint.blank(box.width)] * above, *rows])

    def _tick(self) -> None:
        """The hour and the time that is left."""
        super()._tick()
        if self.app.screen is self and self.fits and self.places:
            self.draw()

    def _rows(self, room: RoomSet, width: int, height: int) -> list[Text]:
        if room.shows == INJECT:
            news = self.kept("news", lambda: room_news(self.eye, room.inject))
            return self._news(news, width, height) if news is not None else []
        if room.shows == BREAK:
            return self._break(room.words, width, height)
        return self._large(room.words, width, height)

    def _large(self, words: str, width: int, height: int, tone: str = "") -> list[Text]:
        tone = tone or f"bold {self.ink.strong}"
        return [_centred(row, width, tone) for row in large(words, width, height)]

    def _break(self, words: str, width: int, height: int) -> list[Text]:
        """The word, what was written, and the hour; or how long it still is."""
        ink, time = self.ink, time_left(self.game, self.table.elapsed)
        clock = f"{self.table.wall:%H:%M}"
        if time.boxed:
            clock = paint.clock(time.left)
        head = self._large(_("Break"), width, max(height // 3, 4))
        below = self._large(clock, width, max(height // 4, 3), f"bold {ink.cool}")
        room = height - len(head) - len(below) - 4
        said = self._large(words, width, room) if words else []
        gap = [paint.blank(width)]
        return [*head, *gap, *said, *(gap if said else []), *below]

    def _news(self, news: RoomNews, width: int, height: int) -> list[Text]:
        """The title as large as the text leaves it room, then the text and the question, whole."""
        ink, text = self.ink, list[Text]()
        for paragraph in news.paragraphs:
            text += [*_set_in(paragraph, width, ink.text), paint.blank(width)]
        text += _set_in(news.question, width, f"bold {ink.strong}")
        room = height - len(text) - 1
        title = self._large(f"{news.number} {news.title}", width, max(room, 1))
        whole = [*title, paint.blank(width), *text]
        if len(whole) <= height:
            return whole
        more = _("The rest of the message is at the seats.")
        return [*whole[: height - 1], _centred(more, width, ink.muted)]


def _set_in(words: str, width: int, tone: str) -> list[Text]:
    """A paragraph in the middle of the width, its lines flush."""
    inner = min(width, WIDEST)
    pad = (" " * ((width - inner) // 2), "")
    return [paint.line(width, [pad, (line, tone)]) for line in paint.broken(words, inner)]


def _centred(row: str, width: int, tone: str) -> Text:
    return paint.line(width, [(" " * max((width - cell_len(row)) // 2, 0), ""), (row, tone)])
