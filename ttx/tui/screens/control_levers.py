"""The levers on the Control screen, while cells move them: what was moved, and what waits."""

from __future__ import annotations

from rich.text import Text

from ttx.i18n import _, ngettext
from ttx.session.view.lever_desk import LeverDesk, lever_desk
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.screens.play import PlayRegion


class LeversRegion(PlayRegion):
    """Requests for consent first, since they lapse when the levers close; then the moves."""

    @property
    def view(self) -> LeverDesk | None:
        """What was done with the levers of this turn; None in any other phase."""
        return self.page.seen(lever_desk)

    def draw(self) -> None:
        """A row for each; how many more there are where they have no room."""
        view = self.view
        if view is None:
            return
        page, width, ink = self.page, self.area.width, self.page.ink
        lines: list[Seg] = [(words, f"bold {ink.heat}") for words in view.waiting]
        lines += [(words, ink.text) for words in reversed(view.moved)]
        lines = lines or [(_("No lever was moved in this turn yet."), ink.muted)]
        rows = [paint.label(width, _("LEVERS"), ink, _counted(view))]
        if page.form == SMALL:
            head = [(_("LEVERS"), f"bold {ink.muted}"), ("  ", "")]
            page.put(self.called, self._listed(head, lines, width))
            return
        rows.append(paint.rule(width, ink, page.glyphs))
        page.put(self.called, [*rows, *self._listed([], lines, width)])

    def _listed(self, head: list[Seg], lines: list[Seg], width: int) -> list[Text]:
        room = self.area.height - (0 if head else 2)
        over = len(lines) - room
        if over > 0:
            key = self.page.key("go-table")
            more = ngettext("{count} more: {key}", "{count} more: {key}", over, key=key)
            right = [(more, self.page.ink.muted)]
        else:
            right = []
        rows = []
        for at, part in enumerate(lines[:room]):
            last = at == room - 1
            rows.append(paint.line(width, [*(head if not at else []), part], right if last else []))
        return rows


def _counted(view: LeverDesk) -> str:
    """`1 waits for consent, 2 moved`; nothing where there is neither."""
    if not (view.moved or view.waiting):
        return ""
    moved = ngettext("{count} moved", "{count} moved", len(view.moved))
    if not view.waiting:
        return moved
    count = len(view.waiting)
    waits = ngettext("{count} waits for consent", "{count} wait for consent", count)
    return f"{waits}, {moved}"
