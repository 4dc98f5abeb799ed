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
        *([] if of.ttx.hosted else [("ctrl+z", stand)]),
    ]


def help_sheet(of: Page) -> Sheet:
    """The help of a page, generated from its bindings."""
    own, *others = [
        [b for b in kind.__dict__.get("BINDINGS", []) if isinstance(b, Binding) and _open(of, b)]
        for kind in type(of).__mro__
        if issubclass(kind, Page)
    ]
    taken = {b.id for b in own}
    shared = [b for kind in others for b in kind if b.id not in taken]

    def rows(sheet: Sheet, width: int) -> list[Text]:
        ink = sheet.ink
        found: list[Text] = []
        for title, bindings in (("ON THIS SCREEN", own), ("EVERYWHERE", shared)):
            found += [paint.label(width, title, ink), paint.rule(width, ink, sheet.glyphs)]
            found += [
                paint.line(width, [(f"{keys:<26}", f"bold {ink.cool}"), (told, ink.text)])
                for keys, told in grouped(bindings)
            ]
            if title == "EVERYWHERE":
                found += [
                    paint.line(width, [(f"{key:<26}", f"bold {ink.cool}"), (told, ink.text)])
                    for key, told in _of_all_pages(of)
                ]
            found.append(paint.blank(width))
        if isinstance(of, RunPage):
            found += [paint.label(width, "WORDS", ink), paint.rule(width, ink, sheet.glyphs)]
            from ttx.session.view.briefing import briefing

            for term, means in briefing(of.game.run, of.seat, of.language).words:
                first, *rest = paint.wrap(means, width - 28)
                found.append(
                    paint.line(width, [(f"{term[:25]:<26}", f"bold {ink.text}"), (first, ink.text)])
                )
                found += [paint.line(width, [(" " * 26, ""), (one, ink.text)]) for one in rest]
        return found

    return Sheet("Help", rows, "a small letter does something here, a capital goes somewhere")
