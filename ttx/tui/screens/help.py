"""Help: the keys of the screen it was called from, the global ones, then the words."""

from __future__ import annotations

from rich.text import Text
from textual.binding import Binding

from ttx.i18n import _
from ttx.session.view.briefing import briefing
from ttx.tui import paint
from ttx.tui.page import Page
from ttx.tui.screens.run import RunPage
from ttx.tui.screens.sheet import Sheet
from ttx.tui.widgets.briefing import words


def _of_all_pages(of: Page) -> list[tuple[str, str]]:
    """What the app itself listens to."""
    stand = _("Stand still: the shell takes over, its fg comes back here")
    return [
        ("ctrl+p", _("Commands: theme, plain glyphs")),
        *([] if of.context.hosted else [("ctrl+z", stand)]),
    ]


def _said_by(of: Page) -> set[str]:
    """Bindings that the page itself declares, and no kind of page that it is one of."""
    declared = type(of).__dict__.get("BINDINGS", ())
    return {binding.id for binding in declared if isinstance(binding, Binding) and binding.id}


class HelpScreen(Sheet):
    """The help of a page, generated from its bindings."""

    def __init__(self, of: Page) -> None:
        """Of the page that it was asked for on."""
        note = _("a small letter does something here, a capital goes somewhere")
        super().__init__(_("Help"), lambda _sheet, width: _rows(of, width), note)


def _rows(of: Page, width: int) -> list[Text]:
    ink, keymap = of.ink, of.keymap
    open_ = [name for name in keymap.bindings if keymap.open(name)]
    own = [name for name in open_ if keymap.owners[name] is not of or name in _said_by(of)]
    later = [name for name in own if of.at_another_step(name)]
    here = keymap.grouped([name for name in own if name not in later])
    everywhere = keymap.grouped([name for name in open_ if name not in own]) + _of_all_pages(of)
    rows: list[Text] = []
    for title, keys in (
        (_("ON THIS SCREEN"), here),
        (_("HERE AT ANOTHER STEP"), keymap.grouped(later)),
        (_("EVERYWHERE"), everywhere),
    ):
        if not keys:
            continue
        rows += paint.titled(width, title, ink)
        for key, does in keys:
            head = (f"{key:<26}", f"bold {ink.cool}")
            rows += paint.block(width, does, ink.text, head=head)
        rows.append(paint.blank(width))
    if isinstance(of, RunPage):
        rows += paint.titled(width, _("WORDS"), ink)
        rows += words(briefing(of.eye), width - 2, ink, room=26)
    return rows
