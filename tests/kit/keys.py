"""Keys and rubbish, and many of them in one packet."""

from __future__ import annotations

from collections.abc import Iterable

from kit.desk import Desk
from textual.events import Key


def post(desk: Desk, keys: Iterable[str]) -> None:
    """Hand over all of them before the app looks at the first."""
    for key in keys:
        character = key if len(key) == 1 else {"space": " "}.get(key)
        desk.app.post_message(Key(key, character))


KEYS = [
    *"1234567890abcdefghijklmnopqrstuvwxyzBCDEFGHLMNPRSTW",
    *("enter", "enter", "enter", "escape", "space", "tab", "shift+tab", "backspace", "delete"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "ctrl+d", "ctrl+u"),
    *("plus", "minus", "question_mark", "left_square_bracket", "right_square_bracket", "slash"),
    *("colon", "apostrophe", "ctrl+j", "ctrl+q", "ctrl+c", "f1", "ctrl+z", "ctrl+s", "é", "日"),
]


RUBBISH = (
    "\x1b[31mred\x1b]0;title\x07\x9b2J \u202eevil\u202c \u2066x\u2069 a\u200bb\ufeff\x00\x08\x7f"
)


MARKUP = "[bold red]x[/] [@click=app.exit]y[/] [link=http://z]w[/link] [/]"
