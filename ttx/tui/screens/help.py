"""Help: the keys of the screen it was called from, the global ones, then the words."""

from __future__ import annotations

from rich.text import Text
from textual.actions import parse
from textual.binding import Binding

from ttx.tui import paint
from ttx.tui.page import Page
from ttx.tui.screens.play import RunPage
from ttx.tui.screens.sheet import Sheet

SHOWN = {
    "question_mark": "?",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "right_parenthesis": ")",
    "left_parenthesis": "(",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "apostrophe": "'",
    "colon": ":",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "escape": "Esc",
    "enter": "Enter",
    "pagedown": "PageDown",
    "pageup": "PageUp",
    "shift+tab": "shift+Tab",
    "tab": "Tab",
}


def shown_keys(keys: str) -> str:
    """Keys as a person reads them."""
    return " ".join(SHOWN.get(key, key) for key in keys.split(","))


def grouped(bindings: list[Binding]) -> list[tuple[str, str]]:
    """Keys and what they do; keys that do the same share a row."""
    rows: dict[str, list[str]] = {}
    for binding in bindings:
        rows.setdefault(binding.tooltip or binding.description, []).append(shown_keys(binding.key))
    return [
        (f"{keys[0]} to {keys[-1]}" if len(keys) > 2 else " ".join(keys), told)
        for told, keys in rows.items()
    ]


def _open(of: Page, binding: Binding) -> bool:
    """Whether a key can do anything on this page as it stands."""
    _, name, parameters = parse(binding.action)
    return of.check_action(name, parameters) is not False


def _of_all_pages(of: Page) -> list[tuple[str, str]]:
    """What the app itself listens to."""
    stand = "Stand still: the shell takes over, its fg comes back here"
    return [
        ("ctrl+p", "Commands: theme, plain glyphs"),
        *([] if of.context.hosted else [("ctrl+z", stand)]),
    ]


class HelpScreen(Sheet):
    """The help of a page, generated from its bindings."""

    def __init__(self, of: Page) -> None:
        """Of the page that it was asked for on."""
        note = "a small letter does something here, a capital goes somewhere"
        super().__init__("Help", lambda _, width: self._help(of, width), note)

    def _help(self, of: Page, width: int) -> list[Text]:
        own, *others = [
            [
                b
                for b in kind.__dict__.get("BINDINGS", [])
                if isinstance(b, Binding) and _open(of, b)
            ]
            for kind in type(of).__mro__
            if issubclass(kind, Page)
        ]
        taken = {b.id for b in own}
        shared = [b for kind in others for b in kind if b.id not in taken]
        ink = self.ink
        rows: list[Text] = []
        for title, bindings in (("ON THIS SCREEN", own), ("EVERYWHERE", shared)):
            rows += [paint.label(width, title, ink), paint.rule(width, ink, self.glyphs)]
            keys = grouped(bindings) + (_of_all_pages(of) if title == "EVERYWHERE" else [])
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
        rows = [paint.label(width, "WORDS", ink), paint.rule(width, ink, self.glyphs)]
        for term, means in briefing(of.game.run, of.seat, of.language).words:
            first, *rest = paint.wrap(means, width - 28)
            rows.append(
                paint.line(width, [(f"{term[:25]:<26}", f"bold {ink.text}"), (first, ink.text)])
            )
            rows += [paint.line(width, [(" " * 26, ""), (part, ink.text)]) for part in rest]
        return rows
