"""Messages: all that was sent to a seat; for the desk, all that it sent and who has read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text

from ttx.i18n import N_, _
from ttx.session.local_time import clock_of
from ttx.session.notebook import Stamp
from ttx.session.run import PROJECTOR
from ttx.session.view.journal import place, written
from ttx.session.view.notices import Delivery, Notice, deliveries, notices
from ttx.session.view.pace import named
from ttx.tui import paint, told
from ttx.tui.paint import Seg
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.list import ListRegion
from ttx.tui.parts.table import Column, Table
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage

WIDEST = 132
"""Cells where rows end."""


@dataclass(frozen=True)
class Message:
    """A row of the page."""

    stamp: Stamp
    words: str
    received: Notice | None = None
    sent: Delivery | None = None


class MessagesScreen(PlayPage):
    """A row for each message, the last first, and the marked one whole."""

    REGIONS: ClassVar[tuple[str, ...]] = ("list", "detail")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"list": ListRegion}
    name_of_page: ClassVar[str] = N_("messages")
    survives_phase_change: ClassVar[bool] = True

    @property
    def messages(self) -> dict[str, Message]:
        """By their entry, the last first."""
        return self.kept("messages", self._messages)

    def _messages(self) -> dict[str, Message]:
        rows = {
            notice.entry: Message(notice.stamp, notice.words, received=notice)
            for notice in notices(self.eye)
        }
        if self.context.at_desk:
            rows |= {
                delivery.entry: Message(delivery.stamp, delivery.words, sent=delivery)
                for delivery in deliveries(self.eye)
            }
        return {str(entry): rows[entry] for entry in sorted(rows, reverse=True)}

    # --- what is shown ---

    def told_items(self) -> Sequence[told.Item]:
        """What is so of the run alone: all that was sent is in the list."""
        return [item for item in super().told_items() if item.entry <= 0]

    def foot(self) -> Sequence[tuple[str, str]]:
        """From one to the other, and that they are read."""
        keys = [("down up", _("message"))] if len(self.messages) > 1 else []
        if self.context.acknowledges and self.context.unread:
            keys.append(("acknowledge", _("I have read them")))
        return keys

    def plan(self) -> dict[str, Box]:
        """The list above, the marked message below."""
        share = 1 if self.context.at_desk else 2
        listed = Cell("list", max(self.body.height * share // (share + 2), 6))
        rows = row(column(listed, 1, Cell("detail"), size=min(self.body.width, WIDEST)))
        return boxes(self.by_size(rows, column(1, rows, 1)), self.body)

    def draw(self) -> None:
        """Fill both."""
        messages, ink, width = self.messages, self.ink, self.places["list"].width
        unread, note = self.context.unread, ""
        if unread:
            note = _("{count} new of {all}", count=unread, all=len(messages))
        head = paint.titled(width, _("MESSAGES"), ink, note)
        if not messages:
            head.append(paint.line(width, [(_("Nobody has sent anything yet."), ink.muted)]))
        columns = [Column("", 2, gap=0), Column("", 6), Column("", 6)]
        columns += [Column("", 24 if self.context.at_desk else 14), Column("", gap=0)]
        table = Table(columns, width, self.glyphs)
        self.put_list(
            "list",
            [*messages],
            lambda key, here: [self._row(messages[key], table, marked=here)],
            head,
        )
        marked = messages.get(self.list("list").marked or "")
        width = self.places["detail"].width
        self.put("detail", self._whole(marked, width) if marked is not None else [])
        self.told_entries = tuple(item.entry for item in self.context.told)

    def _row(self, message: Message, table: Table, *, marked: bool) -> Text:
        ink = self.ink
        return table.row(
            [
                (self.glyphs.marked if marked else "", ink.cool),
                (clock_of(self.game).hour(message.stamp.at), ink.muted),
                (place(message.stamp), ink.muted),
                self._state(message),
                (message.words, ink.text),
            ],
            ink.raised if marked else "",
        )

    def _state(self, message: Message) -> Seg:
        """Whether it was read; of what was sent, on how many screens it is and who has read it."""
        ink, sent, received = self.ink, message.sent, message.received
        if sent is not None:
            seats = self._seats(sent)
            shown = sum(self._painted(seat, sent.entry) for seat in seats)
            read, of = len(sent.acknowledged), sum(seat != PROJECTOR for seat in seats)
            words = _("shown {shown}, read {read} of {seats}", shown=shown, read=read, seats=of)
            return words, ink.muted if read == of else ink.text
        if received is not None and received.waits:
            return _("new"), f"bold {ink.heat}"
        if received is not None and received.acknowledged:
            return _("read"), ink.muted
        return _("over"), ink.muted

    def _whole(self, message: Message, width: int) -> list[Text]:
        ink, by = self.ink, message.stamp.by
        who = named(self.eye, by)[0] if by in self.eye.names.seats else ""
        hour = clock_of(self.game).hour(message.stamp.at)
        when = ", ".join(filter(None, (hour, written(self.eye, message.stamp))))
        rows = paint.titled(width, _("THE MESSAGE"), ink, who)
        rows += [paint.line(width, [(when, ink.muted)])]
        rows += paint.block(width, message.words, f"bold {ink.strong}")
        if message.sent is not None:
            rows += [paint.blank(width), *self._receipts(message.sent, width)]
        return rows

    # --- of what was sent ---

    def _seats(self, sent: Delivery) -> list[str]:
        """The seats that somebody was invited to, of those that it went to."""
        attendance = self.context.attendance
        invited = sent.to if attendance is None else attendance.seats
        return [seat for seat in sent.to if seat in invited]

    def _painted(self, seat: str, entry: int) -> bool:
        attendance = self.context.attendance
        return attendance is not None and entry in attendance.painted(seat)

    def _receipts(self, sent: Delivery, width: int) -> list[Text]:
        """For each seat whether it was on its screen, and whether it says that it has read it."""
        ink = self.ink
        columns = [Column("", 18), Column("", gap=0)]
        table = Table(columns, width, self.glyphs)
        rows = []
        for seat in self._seats(sent):
            if seat in sent.acknowledged:
                state = (_("read"), f"bold {ink.cool}")
            elif self._painted(seat, sent.entry) and seat == PROJECTOR:
                state = (_("on the screen of the room"), ink.text)
            elif self._painted(seat, sent.entry):
                state = (_("on its screen, not acknowledged"), ink.text)
            else:
                state = (_("not on its screen yet"), f"bold {ink.heat}")
            rows.append(table.row([(named(self.eye, seat)[0], ink.text), state]))
        return rows
