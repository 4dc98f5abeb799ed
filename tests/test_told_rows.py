"""The rows over the footer: the newest first, whole while there is room, the others counted."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from textual.binding import Binding

from ttx.tui import screens
from ttx.tui.page import Page
from ttx.tui.telling import TellingScreen
from ttx.tui.theme import DARK
from ttx.tui.told import FEW, Deed, Item, Shown, shown

DEEDS = (Deed(".", "I have read it", "acknowledge"), Deed("Y", "messages", "messages"))
LONG = " ".join(f"word{number}" for number in range(120))


def told(*words: str, width: int = 80, most: int = 8) -> Shown:
    items = [Item(number, text) for number, text in enumerate(words, start=1)]
    return shown(items, DEEDS, width, most, DARK)


def plain(rows: Shown) -> list[str]:
    return [row.plain.rstrip() for row in rows.rows]


def test_what_can_be_done_stands_at_the_end_of_a_short_one() -> None:
    (row,) = plain(told("Come at three."))
    assert " ▸ Come at three.".ljust(51) + ". I have read it  Y messages" == row


def test_all_that_are_whole_are_shown_the_first_first() -> None:
    rows = plain(told("The last.", "The one before."))
    assert [" ▸ The last.", " ▸ The one before."] == [row[:24].rstrip() for row in rows]


def test_on_a_short_page_the_newest_stands_alone_and_the_others_are_counted() -> None:
    few = told("The last.", "The one before.", "The first.", most=FEW)
    assert (1,) == few.entries
    assert "The last." in plain(few)[0]
    assert "and 2 more" in plain(few)[-1]


@pytest.mark.parametrize("most", [FEW, 5, 8])
@pytest.mark.parametrize("width", [80, 120])
def test_one_that_is_too_long_carries_a_sign(most: int, width: int) -> None:
    rows = told(LONG, "Another.", width=width, most=most)
    assert len(rows.rows) <= most
    assert {width} == {row.cell_len for row in rows.rows}
    text = " ".join(plain(rows))
    assert "word0 word1" in text
    if "word119" not in text:
        assert "…" in text
    assert "Y messages" in text


def test_one_that_has_room_for_its_words_alone_is_whole() -> None:
    words = " ".join(["sixteen letters"] * 14)
    rows = plain(told(words))
    assert words == " ".join(" ".join(rows).split())[2:].split(" . I have")[0]


def _kinds(kind: type[Page]) -> Iterator[type[Page]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds(one)


def test_the_keys_of_what_was_sent_mean_nothing_else_on_any_page() -> None:
    for name in (part.name for part in pkgutil.iter_modules(screens.__path__)):
        importlib.import_module(f"{screens.__name__}.{name}")
    kinds = [*_kinds(Page)]
    own = [binding for binding in TellingScreen.BINDINGS if isinstance(binding, Binding)]
    meant = {binding.key: binding.action for binding in own}
    bound = {
        (kind.__name__, binding.key, binding.action)
        for kind in kinds
        for binding in vars(kind).get("BINDINGS", ())
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
        if meant.get(key, binding.action) != binding.action
    }

    assert len(kinds) > 30
    assert set() == bound
