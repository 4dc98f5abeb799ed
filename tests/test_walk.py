"""A random walk over all screens of a hosted run: no traceback, and no entry that nobody meant.

Meant is what a key or a click asked for that named it: STARTEX and a confirmation the gate's own
key or button; ENDEX, what is taken back and the end of the record a yes to a question that was on
the screen before the hand moved. A paste, the wheel and another size ask for nothing at all. While
a text is typed, every sign goes into it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, Desk, sit
from kit.keys import KEYS, MARKUP, RUBBISH, post
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, Room, choosing, in_phase
from rich.cells import cell_len
from textual.events import Paste

from ttx.session import phases
from ttx.session.event_codec import Event
from ttx.session.events import Closed, Confirmed, Ended, Started, Undone
from ttx.session.run import PROJECTOR
from ttx.tui.page import Page
from ttx.tui.parts.question import ForKey, ForText, ForYes
from ttx.tui.strips import PRESSES

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SEATS = (CHIEF, LEAD, MEMBER, OTHER, RED, "evaluator", "observer", PROJECTOR)
GATES = frozenset({"enter", "right_square_bracket", "y"})
ASKED = (Ended, Undone, Closed)
FINAL = (*ASKED, Started, Confirmed)
OFF = ("ctrl+q", "ctrl+c", "q", "ctrl+p")
"""Keys that leave, or open what is Textual's own; leaving has tests of its own."""
PRESSED = [key for key in KEYS if key not in OFF]
OPENERS = [*"nrwaecmoXJKIARVESTMBYhUlpx", "plus", "right_square_bracket", "question_mark", "v", "u"]
CLOSERS = ["enter", "enter", "escape", "escape", "y", "y", "T"]
STARTS = (in_phase(phases.BRIEFING), choosing, in_phase(phases.REVIEW), in_phase(phases.RECKONING))


def drawn(luck: random.Random) -> list[str]:
    """A few keys in one packet, of which some open and some answer."""
    pools = (PRESSED, OPENERS, CLOSERS)
    return [luck.choice(luck.choice(pools)) for _ in range(luck.choice([1, 1, 1, 2, 3, 8]))]


def asks(desk: Desk) -> object:
    page = desk.app.screen
    return page.question.asks if isinstance(page, Page) else None


def buttons(desk: Desk) -> list[tuple[int, int]]:
    """Cells that do something when they are clicked."""
    cells = []
    width, height = map(min, desk.app.size, desk.app.screen.size)  # Textual's pilot knows the first
    for y, strip in enumerate(desk.strips):
        x = 0
        for words, style, _control in strip:
            if x < width and y < height and style is not None and PRESSES in style.meta:
                cells.append((x, y))
            x += cell_len(words)
    return cells


class Walk:
    """One step after the other at a random seat, each looked at when it is done."""

    def __init__(self, room: Room, hands: dict[str, Desk], luck: random.Random) -> None:
        self.room, self.hands, self.luck = room, hands, luck
        self.done: list[str] = []

    async def step(self) -> None:
        luck, seat = self.luck, self.luck.choice(SEATS)
        hand, entries = self.hands[seat], self.room.game.entries
        question = asks(hand)
        how = luck.choice(["keys"] * 6 + ["click", "button", "button", "paste", "wheel", "size"])
        keys: list[str] = []
        width, height = map(min, hand.app.size, hand.app.screen.size)
        if how == "keys":
            keys = drawn(luck)
            post(hand, keys)
        elif how == "button" and (cells := buttons(hand)):
            await hand.pilot.click(offset=luck.choice(cells))
        elif how in ("click", "button"):
            await hand.pilot.click(offset=(luck.randrange(width), luck.randrange(height)))
        elif how == "paste":
            hand.app.post_message(Paste(luck.choice(["E]y", "yyy\ny", RUBBISH, MARKUP, "The end"])))
        elif how == "wheel":
            await hand.scroll(luck.choice([-1, 1]), (luck.randrange(width), luck.randrange(height)))
        else:
            await hand.resize(*luck.choice([SMALL, MIDDLE, LARGE, (60, 20), (100, 30)]))
        self.done.append(f"{seat} {how} {keys} at {hand.where}, {type(question).__name__}")
        for other in self.hands.values():
            await other.settle()
        self._look(how, keys, question, self.room.table.entries[entries:])

    def _look(self, how: str, keys: list[str], question: object, new: Iterable[object]) -> None:
        told = "\n".join(self.done[-6:])
        for hand in self.hands.values():
            assert "" == hand.app.last_error, told
            assert "Something went wrong" not in hand.shown, told
        for entry in new:
            fact: Event = entry.event  # type: ignore[attr-defined]  # entries of the table
            if not isinstance(fact, FINAL):
                continue
            assert how in ("keys", "click", "button"), f"{fact} by {told}"
            if isinstance(fact, ASKED):
                assert isinstance(question, ForYes | ForKey), f"{fact} by {told}"
            if how == "keys":
                assert GATES & {*keys}, f"{fact} by {told}"

    async def type(self) -> None:
        """Signs in one packet, where a text is typed: all of them are in it."""
        hand = self.hands[self.luck.choice(SEATS)]
        page = hand.app.screen
        if isinstance(page, Page) and isinstance(page.question.asks, ForText):
            entries, before = self.room.game.entries, len(page.question.text)
            words = [self.luck.choice("abEyuq]JS?1.x") for _ in range(5)]
            post(hand, ["right_square_bracket" if sign == "]" else sign for sign in words])
            await hand.settle()
            assert entries == self.room.game.entries, self.done[-6:]
            if "right_square_bracket" not in words and "]" not in words:
                assert before + 5 == len(page.question.text), self.done[-6:]


async def walked(seed: int, path: Path, steps: int) -> None:
    luck = random.Random(f"walk {seed}")  # noqa: S311  # which keys are pressed is no secret
    room = Room(path, red=seed % 3 == 2)
    room.to(STARTS[seed % len(STARTS)])
    async with AsyncExitStack() as stack:
        size = luck.choice([SMALL, MIDDLE])
        hands = {seat: await stack.enter_async_context(sit(room.app(seat), size)) for seat in SEATS}
        walk = Walk(room, hands, luck)
        for _ in range(steps):
            await walk.step()
            await walk.type()


@pytest.mark.parametrize("seed", range(2))
async def test_a_walk(seed: int, tmp_path: Path) -> None:
    await walked(seed, tmp_path, 40)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 10))
async def test_a_long_walk(seed: int, tmp_path: Path) -> None:
    await walked(seed, tmp_path, 120)
