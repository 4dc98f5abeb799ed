"""Screens at every position of a run, and what is true of each at every size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from kit.desk import EXERCISES, LARGE, MIDDLE, SEED, SMALL, Desk
from rich.cells import cell_len
from rich.text import Text

from ttx.exercise.load import load
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import Command
from ttx.session.opening import begin
from ttx.session.play_commands import Continue, LeaveLevers, Move, Start, Submit
from ttx.session.seating import seating
from ttx.session.table import Table
from ttx.session.view import message as message_views
from ttx.session.view.eye import Eye
from ttx.tui.app import TtxApp
from ttx.tui.page import ABOVE, OVER, Page
from ttx.tui.region import Region

SIZES = (SMALL, (80, 50), (120, 38), MIDDLE, LARGE)


def next_command(table: Table, seat: str) -> Command:
    """What carries a run on: levers stay, the first open option is taken."""
    game = table.game
    if game.phase == phases.BRIEFING:
        return Start()
    if game.phase == phases.LEVERS:
        return LeaveLevers()
    if game.phase == phases.DELIBERATION:
        view = message_views.message(Eye(game, seat))
        assert view is not None
        return Submit(Answer(next(one.id for one in view.options if not one.closed)))
    return Continue()


def at(
    name: str, until: Callable[[Table], bool], moves: tuple[tuple[str, str], ...] = ()
) -> TtxApp:
    """An app at a position of a run with seed 7, reached without screens."""
    exercise = load(EXERCISES / name)
    seats = seating(exercise)
    table = begin(exercise, seats, SEED, None)
    while not until(table):
        for lever, level in moves if table.game.phase == phases.LEVERS else ():
            if table.game.position.turn == 1:
                table.submit(seats.seat, Move(lever, level), table.game.entries)
        table.submit(seats.seat, next_command(table, seats.seat), table.game.entries)
    return TtxApp(table, seats.seat)


MOVES = {
    "accelerate": (("pace", "accelerated"), ("standing_staff", "liaison")),
    "tutorial": (("standing_staff", "liaison"),),
}


def in_crisis(table: Table) -> bool:
    game = table.game
    return (
        game.phase == phases.DELIBERATION and game.inject is not None and bool(game.inject.window)
    )


def in_policy(table: Table) -> bool:
    return table.game.phase == phases.DELIBERATION and not in_crisis(table)


def ruled_crisis(table: Table) -> bool:
    game = table.game
    return game.phase == phases.REVIEW and game.inject is not None and bool(game.inject.window)


def in_turn(turn: int, phase: str) -> Callable[[Table], bool]:
    return lambda table: table.game.phase == phase and table.game.position.turn == turn


POSITIONS: dict[str, Callable[[Table], bool]] = {
    "briefing": lambda table: table.game.phase == phases.BRIEFING,
    "levers, turn 1": in_turn(1, phases.LEVERS),
    "policy": in_policy,
    "crisis": in_crisis,
    "ruling": lambda table: table.game.phase == phases.REVIEW,
    "ruling of a crisis": ruled_crisis,
    "reckoning": in_turn(1, phases.RECKONING),
    "levers, turn 2": in_turn(2, phases.LEVERS),
    "review": lambda table: table.game.phase == phases.HOTWASH,
}
PAGES: dict[str, tuple[str, ...]] = {
    "briefing": ("space", "space", "space", "space", "question_mark"),
    "levers, turn 1": ("2", "3", "s", "2", "n", "escape", "v", "escape", "E", "escape"),
    "policy": ("1", "j", "i", "escape", "t", "escape", "r", "escape", "plus", "e"),
    "crisis": ("2", "j", "o", "escape", "M", "T", "S"),
    "ruling": ("b", "escape", "m", "escape"),
    "ruling of a crisis": ("b", "escape", "m", "escape", "o", "escape", "B"),
    "reckoning": ("1", "escape", "b", "escape", "S", "v", "1", "escape"),
    "levers, turn 2": ("j", "2", "j", "3", "M", "z", "p", "j", "enter"),
    "review": ("space", "space", "space", "S", "M"),
}
"""Keys that are pressed at each position; every page on the way is looked at."""


def size_of(page: Page) -> str:
    return f"{page.app.size.width}x{page.app.size.height}"


def look(desk: Desk, faults: dict[str, None]) -> None:
    """What is true of every screen at every size."""
    width, height = desk.app.size
    strips = desk.strips
    assert len(strips) == height
    assert {strip.cell_length for strip in strips} == {width}
    first, second, *_, last = rows = [strip.text for strip in strips]
    assert {cell_len(row) for row in rows} == {width}
    page = desk.page
    here = f"{desk.where} at {size_of(page)}"
    assert page.banner() in first
    assert second.strip() != ""
    named = page.footing()
    keys = [(page.keymap.shown(name), word) for name, word in named]
    if len(keys) > 8:
        faults[f"{here} has {len(keys)} keys in its footer"] = None
    if re.split(" {2,}", last.strip()) != [f"{key} {word}" for key, word in keys]:
        faults[f"{here} cuts its footer: {last.strip()!r}"] = None
    for one in overlaps(desk):
        faults[f"{here}: {one}"] = None


def overlaps(desk: Desk) -> Iterator[str]:
    """Regions that leave the screen, or hide words of another."""
    width, height = desk.app.size
    upper: list[Region] = []
    shown = [region for region in desk.page.regions.values() if region.display]
    order = (*ABOVE, *desk.page.REGIONS, *OVER)
    for region in sorted(shown, key=lambda region: order.index(region.called), reverse=True):
        x, y, across, down = region.area
        if x < 0 or y < 0 or x + across > width or y + down > height:
            yield f"{region.called} leaves the screen"
        if across < 1 or down < 1:
            yield f"{region.called} has no room"
        for other in upper:
            shared = region.area.intersection(other.area)
            for row in region.shown.plain.splitlines()[shared.y - y :][: shared.height]:
                if row[shared.x - x :][: shared.width].strip():
                    yield f"{other.called} hides {row.strip()!r} of {region.called}"
        if region.called not in ("sent", "notice", "question-line"):
            upper.append(region)


def places(desk: Desk) -> dict[str, tuple[int, ...]]:
    return {
        one.called: tuple(one.area)
        for one in desk.page.regions.values()
        if one.display and one.called not in ("sent", "notice")
    }


def faults_of(monkeypatch: pytest.MonkeyPatch) -> dict[str, None]:
    """What is wrong with the screens of a test, each once and in order.

    Every row that a region has no place for is a fault, and every row wider than its region.
    """
    found: dict[str, None] = {}
    put = Page.put

    def watched(self: Page, name: str, rows: list[Text]) -> None:
        put(self, name, rows)
        box = self.regions[name].box
        assert box is not None
        here = f"{type(self).__name__}.{name} at {size_of(self)}"
        for row in rows[box.height :]:
            if row.plain.strip():
                found[f"{here} has no place for {row.plain.strip()!r}"] = None
        for row in rows:
            if row.cell_len > box.width:
                found[f"{here} is narrower than {row.plain!r}"] = None

    monkeypatch.setattr(Page, "put", watched)
    return found
