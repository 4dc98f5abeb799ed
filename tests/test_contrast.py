"""Words that can be read in every theme: their contrast, cell by cell, in every phase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.desk import MIDDLE, SMALL, Desk, sit
from kit.room import CHIEF, LEAD, Room, choosing, in_phase
from kit.screens import MOVES, PAGES, POSITIONS, at
from rich.color import Color
from rich.color_triplet import ColorTriplet

from ttx.session import phases
from ttx.tui.app import TtxApp
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
