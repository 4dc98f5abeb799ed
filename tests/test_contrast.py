"""Words that can be read in every theme, and marks by whoever sees no colour, in every phase."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from kit.desk import MIDDLE, SMALL, Desk, sit
from kit.room import CHIEF, LEAD, Room, choosing, in_phase
from kit.screens import MOVES, PAGES, POSITIONS, at
from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.text import Text

from ttx.session import phases
from ttx.tui.app import TtxApp
from ttx.tui.parts.list import ListRegion
from ttx.tui.theme import INKS

pytestmark = pytest.mark.usefixtures("strict", "shelf")
LEAST = 4.5
"""WCAG 2.2, 1.4.3, for text of any size."""


def luminance(colour: ColorTriplet) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure() -> None:
    white, black, grey = ColorTriplet(255, 255, 255), ColorTriplet(0, 0, 0), Color.parse("#767676")
    assert 21 == round(contrast(white, black), 2)
    assert 4.54 == round(contrast(grey.get_truecolor(), white), 2)


def faint(desk: Desk) -> Iterator[str]:
    """Words on the screen that are hard to tell from their ground."""
    for strip in desk.strips:
        for words, style, _control in strip:
            if style is None or not any(sign.isalnum() and sign.isascii() for sign in words):
                continue
            assert style.color is not None, words
            assert style.bgcolor is not None, words
            tone, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
            if style.reverse:
                tone, ground = ground, tone
            if (measured := contrast(tone, ground)) < LEAST:
                yield f"{desk.where}: {words.strip()!r} {tone.hex} on {ground.hex} {measured:.1f}"


async def looked_at(app: TtxApp, theme: str, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    found: dict[str, None] = {}
    async with sit(app, size) as desk:
        desk.app._set_theme(theme)
        await desk.settle()
        for key in ("", *keys):
            if key:
                await desk.press(key)
            found |= dict.fromkeys(faint(desk))
    assert [] == [*found]


@pytest.mark.parametrize("theme", INKS)
@pytest.mark.parametrize(
    "where", [pytest.param(w, marks=pytest.mark.slow) if w != "policy" else w for w in POSITIONS]
)
async def test_all_words_of_a_run_stand_out(where: str, theme: str) -> None:
    for name, size in (("accelerate", MIDDLE), ("tutorial", SMALL)):
        await looked_at(at(name, POSITIONS[where], MOVES[name]), theme, size, PAGES[where])


@pytest.mark.parametrize("theme", INKS)
async def test_all_words_of_home_stand_out(theme: str) -> None:
    await looked_at(TtxApp(), theme, MIDDLE, ("j", "tab", "question_mark", "escape", "E", "escape"))


@pytest.mark.slow
@pytest.mark.parametrize("theme", INKS)
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_all_words_of_a_hosted_run_stand_out(
    theme: str, size: tuple[int, int], tmp_path: Path
) -> None:
    for n, until in enumerate((in_phase(phases.BRIEFING), choosing, in_phase(phases.RECKONING))):
        folder = tmp_path / str(n)
        folder.mkdir()
        room = Room(folder)
        room.to(until)
        keys = ("j", "A", "escape", "V", "J", "escape", "I", "escape", "Y", "escape", "v", "escape")
        await looked_at(room.app(CHIEF), theme, size, (*keys, "E", "escape", "P", "escape"))
        await looked_at(room.app(LEAD), theme, size, ("n", "x", "escape", "y", "J", "escape", "Y"))


# --- colour is never alone ---


@pytest.fixture
def unsigned(monkeypatch: pytest.MonkeyPatch) -> dict[str, None]:
    """Lists whose marked item is told from the others by its colour alone."""
    found: dict[str, None] = {}
    show = ListRegion.show_items

    def shows(
        self: ListRegion[str],
        draw: Callable[[str, bool], Sequence[Text]],
        head: Sequence[Text] = (),
    ) -> None:
        show(self, draw, head)
        if self.has_focus and self.marked is not None:
            marked, other = (
                [row.plain for row in draw(self.marked, here)] for here in (True, False)
            )
            if marked == other and not any("▸" in row for row in marked):
                found[f"{type(self.screen).__name__}, {self.called}: {marked}"] = None

    monkeypatch.setattr(ListRegion, "show_items", shows)
    return found


@pytest.mark.parametrize(
    "where", [pytest.param(w, marks=pytest.mark.slow) if w != "policy" else w for w in POSITIONS]
)
async def test_what_is_marked_has_a_sign_of_its_own(where: str, unsigned: dict[str, None]) -> None:
    for name, size in (("accelerate", MIDDLE), ("tutorial", SMALL)):
        async with sit(at(name, POSITIONS[where], MOVES[name]), size) as desk:
            for key in ("j", *PAGES[where], "j"):
                await desk.press(key)
    assert [] == [*unsigned]


async def test_what_is_marked_at_the_desk_has_a_sign_too(
    tmp_path: Path, unsigned: dict[str, None]
) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    async with sit(room.app(CHIEF), MIDDLE) as desk:
        for key in ("j", "A", "j", "escape", "V", "j", "escape", "J", "escape", "I", "escape", "Y"):
            await desk.press(key)
    async with sit(TtxApp(), MIDDLE) as desk:
        for key in ("j", "tab", "j"):
            await desk.press(key)
    assert [] == [*unsigned]
