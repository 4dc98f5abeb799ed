"""Help: the keys of the screen it was called from, the global ones, then the words."""

from __future__ import annotations

from rich.text import Text
from textual.binding import Binding

from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.page import Page
from ttx.tui.screens.run import RunPage
from ttx.tui.screens.sheet import Sheet


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
        super().__init__(_("Help"), lambda _, width: self._help(of, width), note)

    def _help(self, of: Page, width: int) -> list[Text]:
        keymap = of.keymap
        open_ = [name for name in keymap.bindings if keymap.open(name)]
        own = [name for name in open_ if keymap.owners[name] is not of or name in _said_by(of)]
        shared = [name for name in open_ if name not in own]
        ink = self.ink
        rows: list[Text] = []
        for title, names in ((_("ON THIS SCREEN"), own), (_("EVERYWHERE"), shared)):
            rows += [paint.label(width, title, ink), paint.rule(width, ink, self.glyphs)]
            keys = keymap.grouped(names) + (_of_all_pages(of) if title == "EVERYWHERE" else [])
            rows += [
                paint.line(width, [(f"{key:<26}", f"bold {ink.cool}"), (does, ink.text)])
                for key, does in keys
            ]
            rows.append(paint.blank(width))
        if isinstance(of, RunPage):
            rows += self._words(of, width)
        return rows

    def _words(self, of: RunPage, width: int) -> list[Text]:
        from ttx.session.view.briefing import briefing

        ink = self.ink
        rows = [paint.label(width, _("WORDS"), ink), paint.rule(width, ink, self.glyphs)]
        for term, means in briefing(of.eye).words:
            first, *rest = paint.wrap(means, width - 28)
            rows.append(
                paint.line(width, [(f"{term[:25]:<26}", f"bold {ink.text}"), (first, ink.text)])
            )
            rows += [paint.line(width, [(" " * 26, ""), (part, ink.text)]) for part in rest]
        return rows
