"""Requests for information: what a cell asked of control, and where the facilitator answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.run import REPLIES
from ttx.session.side_commands import Reply
from ttx.session.view.inquiries import InquiryView, inquiries, may_ask
from ttx.tui import paint
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.list import ListRegion
from ttx.tui.parts.table import Column, Table
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage

WIDEST = 132
"""Cells where rows end."""


class InquiriesScreen(PlayPage):
    """A row for each request, the open ones first, and the marked one whole."""

    REGIONS: ClassVar[tuple[str, ...]] = ("list", "detail")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"list": ListRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "reply", "answer", id="reply", tooltip="Answer the marked request"),
        Binding("a", "ask_control", "ask", id="ask-control", tooltip="Ask control something"),
    ]
    name_of_page: ClassVar[str] = N_("requests")
    survives_phase_change: ClassVar[bool] = True

    @property
    def views(self) -> dict[str, InquiryView]:
        """The requests by their number."""
        return self.kept("list", lambda: {str(view.number): view for view in inquiries(self.eye)})

    def foot(self) -> Sequence[tuple[str, str]]:
        """Answering for the facilitator, asking for a cell."""
        keys = [("down up", _("request"))] if len(self.views) > 1 else []
        if self.context.may(REPLIES) and self.views:
            keys.append(("reply", _("answer")))
        elif not self.context.may(REPLIES) and may_ask(self.eye):
            keys.append(("ask-control", _("ask control")))
        return keys

    def plan(self) -> dict[str, Box]:
        """The list above, the marked request below."""
        listed = Cell("list", max(self.body.height * 2 // 5, 6))
        rows = row(column(listed, 1, Cell("detail"), size=min(self.body.width, WIDEST)))
        return boxes(self.by_size(rows, column(1, rows, 1)), self.body)

    def draw(self) -> None:
        """Fill both."""
        views, ink, width = self.views, self.ink, self.places["list"].width
        waits, note = sum(not view.reply for view in views.values()), ""
        if views:
            note = _("{waiting} open of {count}", waiting=waits, count=len(views))
        head = [
            paint.label(width, _("REQUESTS FOR INFORMATION"), ink, note),
            paint.rule(width, ink, self.glyphs),
        ]
        if not views:
            head.append(paint.line(width, [(self._none(), ink.muted)]))
        columns = [Column("", 2, gap=0), Column("", 4, "right", gap=2), Column("", 10)]
        columns += [Column("", 6), Column("", 15), Column("", 6), Column("", gap=0)]
        table = Table(columns, width, self.glyphs)
        self.put_list(
            "list", [*views], lambda key, here: [self._row(views[key], table, marked=here)], head
        )
        marked = self._marked()
        whole = self._whole(marked, self.places["detail"].width) if marked is not None else []
        self.put("detail", whole)

    def _marked(self) -> InquiryView | None:
        return self.views.get(self.list("list").marked or "")

    def _none(self) -> str:
        if not may_ask(self.eye):
            return _("Nobody has asked anything yet.")
        key = self.key("ask-control")
        return _("Your cell has asked nothing yet; {key} asks control.", key=key)

    def _row(self, view: InquiryView, table: Table, *, marked: bool) -> Text:
        ink = self.ink
        return table.row(
            [
                (self.glyphs.marked if marked else "", ink.cool),
                (str(view.number), f"bold {ink.strong if marked else ink.text}"),
                (_("answered"), ink.muted) if view.reply else (_("open"), f"bold {ink.heat}"),
                (view.place, ink.muted),
                (view.seat, f"bold {ink.text}"),
                (view.count, ink.muted),
                (view.question, ink.text),
            ],
            ink.raised if marked else "",
        )

    def _whole(self, view: InquiryView, width: int) -> list[Text]:
        ink = self.ink
        which = _("its {count} of that turn", count=view.count)
        parts = [(f"{view.seat}, {view.cell}; {view.when}", ink.muted)]
        parts += [(line, f"bold {ink.strong}") for line in _lines(view.question, width)]
        parts.append(("", ""))
        if view.reply:
            parts.append((_("Control answers:"), ink.muted))
            parts += [(line, ink.text) for line in _lines(view.reply, width)]
        elif self.context.may(REPLIES):
            parts.append((_("{key} answers.", key=self.key("reply")), ink.muted))
        else:
            parts.append((_("Not answered yet."), ink.muted))
        return [
            paint.label(width, _("REQUEST {number}", number=view.number), ink, which),
            paint.rule(width, ink, self.glyphs),
            *(paint.line(width, [part]) for part in parts),
        ]

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the facilitator answers, and only a cell asks."""
        if action == "reply" and not self.context.may(REPLIES):
            return False
        return super().check_action(action, parameters)

    def action_reply(self) -> None:
        """Answer the marked request; the whole cell that asked reads it."""
        view = self._marked()
        if view is None:
            self.show_notice(self._none())
            return
        number, cell = view.number, view.cell
        if view.reply:
            self.show_notice(_("Request {number} was answered already.", number=number))
            return

        done = _("The {cell} cell reads your answer to request {number}.", cell=cell, number=number)
        what = _("Answer to request {number}", number=number)
        self.prompt_command(what, lambda text: Reply(number, text), done, _("sends"))


def _lines(words: str, width: int) -> list[str]:
    return [part for line in words.splitlines() for part in paint.wrap(line, width)]
