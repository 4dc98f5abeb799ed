"""What passes the check never crashes a screen: sound exercises changed at random, page by page."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import small
from kit.desk import EXERCISES, MIDDLE, SMALL, Desk, _idle, sit
from kit.keys import post

from ttx.analysis.compared_runs import compared_run
from ttx.exercise.load import from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.problems import ExerciseError
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.command import IllegalDecision
from ttx.session.opening import begin, hosted, look_at
from ttx.session.play_commands import Continue, End, LeaveLevers, Start, Submit
from ttx.session.record import read
from ttx.session.run import PROJECTOR
from ttx.session.seating import NotSeated, seating
from ttx.session.table import Table
from ttx.session.view import message as message_views
from ttx.session.view.eye import Eye
from ttx.tui.app import TtxApp
from ttx.tui.screens.compare import CompareScreen
from ttx.tui.seat_state import SeatState as Place

pytestmark = pytest.mark.usefixtures("strict", "shelf")

Data = dict[str, Any]
TEXTS = (
    "",
    " ",
    "x",
    "word " * 120,
    "W" * 300,
    "漢字かな" * 40,
    "[bold]x[/] [/]",
    "a\x1b[31mb\x07\n\tc",
)
NUMBERS = (0, 1, -1, 2, 5, 10, 59, 60, 99, 100, 101, 1000, -1000, 10_000, 10**6)
CHANGES = 3
"""At most, of one exercise."""
PLAYED = {
    phases.BRIEFING: ("space", "space", "space", "question_mark", "escape"),
    phases.LEVERS: ("j", "k", "2", "v", "escape", "t", "escape", "S", "v", "1", "escape", "M", "T"),
    phases.DELIBERATION: (
        "j",
        "1",
        "2",
        "i",
        "escape",
        "o",
        "escape",
        "t",
        "escape",
        "e",
        "escape",
    ),
    phases.REVIEW: ("b", "escape", "m", "escape", "o", "escape", "1", "escape", "B", "T"),
    phases.RECKONING: ("1", "escape", "2", "escape", "b", "escape", "S", "T"),
    phases.HOTWASH: ("space", "space", "space", "space", "S", "M", "escape", "question_mark"),
}
DIRECTED = (
    *("enter", "escape", "m", "escape", "j", "G", "R", "escape", "X", "escape", "A", "escape"),
    *("V", "escape", "W", "escape", "c", "escape", "J", "escape", "T", "escape", "a", "escape"),
)
"""Keys at Control."""
SAID = ("name", "title", "about", "text", "question", "you_are", "if_not", "situation", "play")
"""Keys whose texts are written anew all at once."""


@cache
def sound(name: str) -> Data:
    folder = small.FOLDER if name == "small" else EXERCISES / name
    return load(folder).as_toml()


def places(part: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every key and every place of a list, however deep."""
    pairs = part.items() if isinstance(part, dict) else ()
    inside = enumerate(part) if isinstance(part, list) else pairs
    for key, value in inside:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def change(data: Data, luck: random.Random) -> str:
    """One of the changes an author's slip or a hostile hand may make."""
    path = luck.choice([*places(data)])
    holder: Any = data
    for key in path[:-1]:
        holder = holder[key]
    last, value = path[-1], holder[path[-1]]
    where = ".".join(map(str, path))
    draw = luck.random()
    if isinstance(last, str) and last in ("when", "needs", "while", "requires") and draw < 0.7:
        holder[last] = {"not": value}
        return f"not {where}"
    if isinstance(value, list) and value and draw < 0.6:
        if draw < 0.3:
            value.pop(luck.randrange(len(value)))
            return f"one less of {where}"
        value.append(deepcopy(luck.choice(value)))
        return f"one more of {where}"
    if draw < 0.35:
        del holder[last]
        return f"no {where}"
    if isinstance(value, str):
        holder[last] = luck.choice(TEXTS)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        holder[last] = luck.choice(NUMBERS)
    elif isinstance(value, bool):
        holder[last] = not value
    else:
        del holder[last]
    return f"{where} = {holder.get(last) if isinstance(holder, dict) else holder[last:]!r}"[:120]


def mutant(name: str, seed: int) -> tuple[list[str], Exercise | None]:
    """An exercise that was changed a little, or None where the check has seen it."""
    luck = random.Random(f"{name} {seed}")  # noqa: S311  # which change it is is no secret
    data = deepcopy(sound(name))
    done = [change(data, luck) for _ in range(luck.randrange(1, CHANGES + 1))]
    try:
        return done, from_data(data)
    except ExerciseError:
        return done, None


async def burst(desk: Desk, *keys: str) -> None:
    """All of them in one packet, until nothing is left to do."""
    post(desk, keys)
    while len(desk.app.typed):
        await _idle()
    await _idle()


def on(table: Table, seat: str) -> None:
    """A step on: levers stay, the first open option is taken."""
    command = {phases.BRIEFING: Start(), phases.LEVERS: LeaveLevers()}.get(table.game.phase)
    if table.game.phase == phases.DELIBERATION:
        view = message_views.message(Eye(table.game, seat))
        assert view is not None
        is_open = [one.id for one in view.options if not one.closed]
        command = Submit(Answer(is_open[0])) if is_open else End()
    table.submit(seat, command or Continue(), table.game.entries)


async def every_page_alone(part: Exercise, size: tuple[int, int], path: Path) -> None:
    """A person alone: each page of each phase, to the second turn, and then the review."""
    seats = seating(part)
    table = begin(part, seats, 7, path)
    seen: set[tuple[str, str]] = set()
    async with sit(TtxApp(table, seats.seat), size) as desk:
        for _ in range(60):
            game = table.game
            if game.phase in phases.PLAY_IS_OVER:
                break
            slot = game.inject.slot if game.inject is not None else ""
            if (game.phase, slot) not in seen:
                seen.add((game.phase, slot))
                await burst(desk, *PLAYED.get(game.phase, ()))
            if game.turn is not None and game.turn.opened.turn > 2:
                table.submit(seats.seat, End(), game.entries)
            else:
                on(table, desk.app.context.seat)
            await _idle()
        await burst(desk, *PLAYED[phases.HOTWASH])
    table.leave()


async def every_page_of_a_record(size: tuple[int, int], path: Path) -> None:
    """Replay at some moments, and compare with itself."""
    viewing = look_at(read(path))
    async with sit(TtxApp(viewing, viewing.eye()), size) as desk:
        for n in range(0, viewing.timeline.last + 1, max(viewing.timeline.last // 6, 1)):
            viewing.to(n)
            await burst(desk, "e", "enter", "S", "B", "P")
    a, b = (compared_run(read(path), look_at(read(path)).game) for _ in range(2))
    async with sit(TtxApp(initial_page=CompareScreen(a, b)), size) as desk:
        await burst(desk, "j", "enter", "escape", "n", "1", "escape", "tab", "r", "escape")


async def every_page_of_a_table(part: Exercise, size: tuple[int, int], path: Path) -> None:
    """With a facilitator: control and its pages, a lead, and the room, phase by phase."""
    table = hosted(part, {}, 7, path)
    run = table.game.run
    attendance = Attendance([*(one.id for one in part.seat), PROJECTOR])
    leads = {cell: run.lead(cell).id for cell in run.people}
    seats = [run.facilitator, *leads.values(), PROJECTOR]
    seen: set[str] = set()
    for _ in range(30):
        game = table.game
        if game.phase == phases.CLOSED:
            break
        if game.phase not in seen:
            seen.add(game.phase)
            for seat in seats:
                app = TtxApp(table, seat, attendance=attendance, state=Place())
                async with sit(app, size) as desk:
                    keys = DIRECTED if seat == run.facilitator else PLAYED.get(game.phase, ())
                    await burst(desk, *keys)
                    wash = ("W", "escape", "plus", "enter", "escape", "i", "escape")
                    await burst(desk, *wash if game.phase == phases.HOTWASH else ())
        with suppress(IllegalDecision):
            for seat in leads.values() if table.game.phase == phases.DELIBERATION else ():
                on(table, seat)
        if table.game.phase == game.phase or game.phase != phases.DELIBERATION:
            table.submit(run.facilitator, Continue(), table.game.entries)
    table.leave()


async def opened(part: Exercise, folder: Path, size: tuple[int, int]) -> None:
    await every_page_alone(part, size, folder / "run.ttx.toml")
    await every_page_of_a_record(size, folder / "run.ttx.toml")
    with suppress(NotSeated):
        await every_page_of_a_table(part, size, folder / "hosted.ttx.toml")


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ["small", "tutorial"])
async def test_what_passes_the_check_crashes_no_screen(
    name: str, seed: int, tmp_path: Path
) -> None:
    done, part = mutant(name, seed)
    if part is not None:
        try:
            await opened(part, tmp_path, MIDDLE if seed % 2 else SMALL)
        except Exception as error:
            raise AssertionError(f"after {json.dumps(done)}") from error


def rewritten(part: object, words: str) -> object:
    """All that is said in it in other words, or behind its own."""
    if isinstance(part, dict):
        return {
            key: said(value, words) if key in SAID else rewritten(value, words)
            for key, value in part.items()
        }
    return [rewritten(one, words) for one in part] if isinstance(part, list) else part


def said(part: object, words: str) -> object:
    """A text, or a list of them, with those words in front."""
    if isinstance(part, list):
        return [said(one, words) for one in part]
    return f"{words} {part}" if isinstance(part, str) else rewritten(part, words)


@pytest.mark.slow
@pytest.mark.parametrize("words", ["漢字かな" * 6, "[bold]x[/] [/]", "[@click=app.exit]", "W" * 60])
async def test_no_words_crash_a_screen(words: str, tmp_path: Path) -> None:
    data = rewritten(sound("small"), words)
    assert isinstance(data, dict)
    await opened(from_data(data), tmp_path, MIDDLE if words[0] == "[" else SMALL)


@pytest.mark.slow
async def test_a_posture_that_is_a_negation_and_a_seat_of_few_words(tmp_path: Path) -> None:
    data = deepcopy(sound("small"))
    for one in data["posture"]:
        if "when" in one:
            one["when"] = {"not": one["when"]}
    for one in data["seat"]:
        for key in set(one) - {"id", "cell", "name", "short", "lead", "you_are"}:
            del one[key]
    await opened(from_data(data), tmp_path, MIDDLE)
