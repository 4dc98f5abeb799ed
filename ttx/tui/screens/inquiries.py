"""Requests for information: what a cell asked of control, and where the facilitator answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.side_commands import Reply
from ttx.session.view.inquiries import InquiryView, inquiries, may_ask
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage
from ttx.tui.widgets.seats import short

NOBODY = N_("Nobody has asked anything yet.")
ASK = N_("Your cell has asked nothing yet; a asks control.")


class InquiriesScreen(PlayPage):
    """A row for each request, the open ones first, and the marked one whole."""

    REGIONS: ClassVar[tuple[str, ...]] = ("list", "detail")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next request"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Request before"),
        Binding("enter", "reply", "answer", id="reply", tooltip="Answer the marked request"),
        Binding("a", "ask_control", "ask", id="ask-control", tooltip="Ask control something"),
    ]
    name_of_page: ClassVar[str] = N_("requests")
    survives_phase_change: ClassVar[bool] = True

    def __init__(self) -> None:
        """The first request is marked."""
        super().__init__()
        self.marked = 0
        self._first = 0

    def _views(self) -> tuple[InquiryView, ...]:
        return self.kept("list", lambda: inquiries(self.eye))

    def foot(self) -> Sequence[tuple[str, str]]:
        """Answering for the facilitator, asking for a cell."""
        keys = [("j k", _("request"))] if len(self._views()) > 1 else []
        if self.context.facilitates:
            return [*keys, *([("Enter", _("answer"))] if self._views() else [])]
        return [*keys, ("a", _("ask control"))] if may_ask(self.eye) else keys

    def plan(self) -> dict[str, Box]:
        """The list above, the marked request below."""
        x, y, width, height = self.body
        top = 0 if self.form == SMALL else 1
        rows = max(height * 2 // 5, 6)
        left = min(width, 132)
        return {
            "list": Box(x, y + top, left, rows),
            "detail": Box(x, y + top + rows + 1, left, height - rows - 1 - 2 * top),
        }

    def draw(self) -> None:
        """Fill both."""
        every, box, ink = self._views(), self.places["list"], self.ink
        self.marked = max(min(self.marked, len(every) - 1), 0)
        waits = sum(not one.reply for one in every)
        note = _("{waits} open of {every}", waits=waits, every=len(every)) if every else ""
        rows = [paint.label(box.width, _("REQUESTS FOR INFORMATION"), ink, note)]
        rows.append(paint.rule(box.width, ink, self.glyphs))
        room = box.height - len(rows)
        self._first = max(min(self._first, self.marked), self.marked - room + 1, 0)
        shown = list(enumerate(every))[self._first : self._first + room]
        rows += [self._row(one, box.width, marked=at == self.marked) for at, one in shown]
        if not every:
            told = _(NOBODY) if not may_ask(self.eye) else _(ASK)
            rows.append(paint.line(box.width, [(told, ink.muted)]))
        self.put("list", rows)
        box = self.places["detail"]
        self.put("detail", self._whole(every[self.marked], box) if every else [])

    def _row(self, one: InquiryView, width: int, *, marked: bool) -> Text:
        ink = self.ink
        state = (_("answered"), ink.muted) if one.reply else (_("open"), f"bold {ink.heat}")
        return paint.line(
            width,
            [
                (f"{self.glyphs.marked} " if marked else "  ", ink.cool),
                (f"{one.number:>2}  ", f"bold {ink.strong if marked else ink.text}"),
                (f"{state[0]:<10}", state[1]),
                (f"{one.place:<6}", ink.muted),
                (short(one.seat, 15), f"bold {ink.text}"),
                (f"{one.count:<6}", ink.muted),
                (one.question, ink.text),
            ],
            fill=ink.raised if marked else "",
        )

    def _whole(self, one: InquiryView, box: Box) -> list[Text]:
        ink, width = self.ink, box.width
        head, which = (
            _("REQUEST {number}", number=one.number),
            _("its {count} of that turn", count=one.count),
        )
        rows = [paint.label(width, head, ink, which), paint.rule(width, ink, self.glyphs)]
        who = f"{one.seat}, {one.cell}; {one.when}"
        rows.append(paint.line(width, [(who, ink.muted)]))
        rows += [
            paint.line(width, [(p, f"bold {ink.strong}")]) for p in _lines(one.question, width)
        ]
        rows.append(paint.blank(width))
        if one.reply:
            rows.append(paint.line(width, [(_("Control answers:"), ink.muted)]))
            rows += [paint.line(width, [(p, ink.text)]) for p in _lines(one.reply, width)]
        else:
            waits = _("Enter answers.") if self.context.facilitates else _("Not answered yet.")
            rows.append(paint.line(width, [(waits, ink.muted)]))
        return rows

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the facilitator answers, and only a cell asks."""
        if action == "reply" and not self.context.facilitates:
            return False
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """Mark the next or the former request."""
        every = self._views()
        if every:
            self.marked = (self.marked + by) % len(every)
            self.paint()

    def action_reply(self) -> None:
        """Answer the marked request; the whole cell that asked reads it."""
        every = self._views()
        if not every:
            self.show_notice(_(NOBODY))
            return
        one = every[self.marked]
        if one.reply:
            self.show_notice(_("Request {number} was answered already.", number=one.number))
            return

        def send(words: str) -> None:
            if words and self.request(Reply(one.number, words)):
                self.show_notice(
                    _(
                        "The {cell} cell reads your answer to request {number}.",
                        cell=one.cell,
                        number=one.number,
                    )
                )

        self.prompt_text(_("Answer to request {number}", number=one.number), send, does=_("sends"))

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks a request."""
        at = self._first + event.row - 2
        if event.region == "list" and event.row >= 2 and at < len(self._views()):
            self.marked = at
            self.paint()

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)


def _lines(words: str, width: int) -> list[str]:
    return [part for line in words.splitlines() for part in paint.wrap(line, width)]
