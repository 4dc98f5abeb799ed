"""What is sent to a terminal, piece by piece, adds up to what stands on the screen."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest
from kit.desk import MIDDLE, SMALL, Desk, comes, seated, sit
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.screen import Screen

from ttx.tui.app import TtxApp

UPDATES = (ChopsUpdate, LayoutUpdate)
COURSE = (  # noqa: SIM905  # as it is typed, in three rows and not in seventy
    "enter question_mark escape q escape q n q escape enter j 2 enter n i a b enter enter M j"
    " escape j r x enter t escape 2 enter enter S j escape E escape enter D escape enter J G g"
    " escape enter K pagedown escape enter v escape enter enter space q escape space E y j j enter"
).split()
"""A turn, with questions, notices, texts, sheets, another page over the page, and the end."""


class Frames:
    """A terminal that shows all that was sent to it."""

    def __init__(self, width: int, height: int) -> None:
        self.terminal = pyte.Screen(width, height)
        self.stream = pyte.Stream(self.terminal)
        self.sent: list[int] = []
        """Rows that each frame held."""

    def take(self, app: TtxApp, update: object) -> None:
        if isinstance(update, UPDATES):
            self.stream.feed(update.render_segments(app.console).replace("\n", ""))
            rows = update.spans if isinstance(update, ChopsUpdate) else update.strips
            self.sent.append(len(rows))

    @property
    def cells(self) -> list[list[tuple[str, str, str, bool]]]:
        """Of each cell its sign, its colours, and whether it is bold."""
        rows = (self.terminal.buffer[y] for y in range(self.terminal.lines))
        return [
            [(c.data, c.fg, c.bg, c.bold) for c in (row[x] for x in range(self.terminal.columns))]
            for row in rows
        ]


@contextmanager
def framed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Frames]:
    """Somebody's screen, and a terminal beside it."""
    frames = Frames(*desk.app.size)
    display = TtxApp._display

    def show(app: TtxApp, screen: Screen[object], update: object) -> None:
        frames.take(app, update)
        display(app, screen, update)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(TtxApp, "_display", show)
    desk.app.screen.refresh()
    yield frames


def whole(desk: Desk) -> list[list[tuple[str, str, str, bool]]]:
    """The cells of the screen as it stands, all made at once."""
    frames = Frames(*desk.app.size)
    compositor: Compositor = desk.app.screen._compositor
    frames.take(desk.app, compositor.render_full_update())
    return frames.cells


async def the_same(desk: Desk, frames: Frames) -> bool:
    """Whether the terminal comes to show what stands."""
    try:
        await comes(desk.pilot, lambda: frames.cells == whole(desk))
    except TimeoutError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_terminal_shows_the_screen_after_every_key(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(seated("tutorial"), size) as desk:
        with framed(desk, monkeypatch) as frames:
            for at, key in enumerate(COURSE):
                await desk.press(key)
                assert await the_same(desk, frames), f"{at}: {key}, {desk.where}"
            for theme in ("ttx-light", "ttx-contrast", "ttx-dark"):
                desk.app.theme = theme
                assert await the_same(desk, frames), theme


KEYS = [
    *("enter", "enter", "escape", "escape", "tab", "down", "up", "pagedown", "pageup", "backspace"),
    *"123456789jjkkhlgGqynrexoatiwuvpsfmbcSMJKOXDPE?/+- ",
]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_a_terminal_shows_the_screen_whatever_is_pressed(
    seed: int, monkeypatch: pytest.MonkeyPatch, shelf: Path
) -> None:
    dice = random.Random(seed)  # noqa: S311  # which key comes next is no secret
    async with sit(seated("tutorial", shelf / "run.ttx.toml"), SMALL) as desk:
        with framed(desk, monkeypatch) as frames:
            pressed = []
            for _ in range(80):
                pressed.append(dice.choice(KEYS))
                await desk.press(pressed[-1])
                if not desk.app.is_running:
                    break
                assert await the_same(desk, frames), f"{' '.join(pressed)}: {desk.where}"
