"""The keys of a page as its footer has them, walked one after the other."""

from __future__ import annotations

import re

import pytest
from kit.desk import sit
from rich.text import Text

from ttx.tui.app import TtxApp
from ttx.tui.page import Page

KEYS = "BSMRAIJKVWXPTaefimprtwz"
"""Letters that show something and decide nothing before a text or a second key follows."""


FURTHER = {"R": "mobgw", "V": "pt", "W": "pi", "I": "a"}
"""Letters that lead on from those pages."""


async def walked(app: TtxApp, size: tuple[int, int]) -> set[str]:
    """The pages that letters lead to from where the run stands, and from one page further."""
    pages = set()
    async with sit(app, size) as hand:
        entries = hand.game.entries
        for key in KEYS:
            for more in ("", *FURTHER.get(key, "")):
                await hand.press(key, *more)
                pages.add(hand.where)
                await hand.press("escape", "escape", "escape")
        assert entries == hand.game.entries
    return pages


def cut_footers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Footers that are too long, by page and size."""
    found: dict[str, str] = {}
    put = Page.put

    def watched(self: Page, name: str, rows: list[Text]) -> None:
        put(self, name, rows)
        if name != "footer":
            return
        named = self.footing()
        keys = [f"{self.keymap.shown(key)} {word}" for key, word in named]
        shown = re.split(" {2,}", rows[0].plain.strip())
        if len(keys) > 8 or shown != keys:
            here = f"{type(self).__name__} at {self.app.size.width}, {self.context.seat}"
            found[here] = f"{len(keys)}: {rows[0].plain.strip()}"

    monkeypatch.setattr(Page, "put", watched)
    return found
