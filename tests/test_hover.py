"""What lies under the mouse says what it does, in a line: the tooltip of its key."""

from __future__ import annotations

import pytest
from kit.desk import MIDDLE, SMALL, Desk, sit
from kit.room import CHIEF, LEAD, Room, choosing
from kit.screens import POSITIONS, at

pytestmark = pytest.mark.usefixtures("strict", "shelf")


async def hints(desk: Desk, region: str) -> dict[str, str]:
    """Each word of a row with what is said where the mouse rests on it."""
    x, y = desk.region(region).area.offset
    found: dict[str, str] = {}
    row = desk.region(region).shown.plain.splitlines()[0]
    for column, sign in enumerate(row):
        if sign != " ":
            await desk.pilot.hover(offset=(x + column, y))
            words = row[column:].split("  ", 1)[0]
            tooltip = desk.region(region).tooltip
            found.setdefault(words, str(tooltip or ""))
    return found


@pytest.mark.parametrize("where", ["briefing", "levers, turn 1", "policy", "ruling", "review"])
async def test_every_key_of_a_footer_says_what_it_does(where: str) -> None:
    async with sit(at("tutorial", POSITIONS[where]), MIDDLE) as desk:
        said = await hints(desk, "footer")
        for names, word in (*desk.page.named_keys(), *desk.page.always()):
            if names in desk.page.keymap.bindings:
                key = desk.page.keymap.shown(names)
                assert said[f"{key} {word}"], f"{key} {word} says nothing"


async def test_what_is_said_is_what_its_key_does(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF), SMALL) as chief, sit(room.app(LEAD), MIDDLE) as lead:
        assert "Pause, or go on" in (await hints(chief, "footer")).values()
        said = await hints(lead, "footer")
        assert "The keys of this screen" == said["? help"]
        assert "Carry out what is marked" == said["Enter submit"]
        await lead.pilot.hover(offset=(60, 5))
        assert lead.region("footer").tooltip is None
