"""A hosted table, who is invited, and what each seat left on its desk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import cache
from pathlib import Path

from kit.desk import SMALL, sit
from kit.desk import Desk as Hand
from kit.tables import exercise

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.command import Command
from ttx.session.game import Game
from ttx.session.opening import hosted
from ttx.session.play_commands import (
    Continue,
    Submit,
)
from ttx.session.run import PROJECTOR
from ttx.session.view import message as message_views
from ttx.session.view.eye import Eye
from ttx.tui.app import TtxApp
from ttx.tui.seat_state import SeatState

CHIEF, LEAD, MEMBER, OTHER, RED = "facilitator", "relief", "deputy", "tokyo", "coast_guard"


SEATS = (LEAD, MEMBER, OTHER, RED, CHIEF, "evaluator", "observer", PROJECTOR)


class Sitter:
    """Somebody's terminal, as the host knows it."""

    def __init__(
        self, size: tuple[int, int] = SMALL, lag: int | None = 23, *, behind: bool = False
    ) -> None:
        self.size, self.lag, self.behind = size, lag, behind

    def demote(self) -> None:
        raise AssertionError("nobody is relieved here")

    def restore(self) -> bool:
        raise AssertionError("nobody comes back here")


@cache
def deputed(languages: tuple[str, ...] = ("en",)) -> Exercise:
    """The tutorial with a second seat in the US cell."""
    said = exercise("tutorial").as_toml()
    first, *others = said["seat"]
    second = {**first, "id": MEMBER, "short": "Deputy", "name": "Deputy, US relief staff"}
    del second["lead"]
    return from_data({**said, "seat": [first, second, *others], "languages": list(languages)})


class Room:
    """A hosted table, who is invited, and what each seat left on its desk."""

    def __init__(self, path: Path, part: Exercise | None = None, *, red: bool = False) -> None:
        self.table = hosted(part or deputed(), {}, 7, path / "run.ttx.toml", red=red)
        self.now = 0.0
        known = [s.id for s in self.table.game.run.exercise.seat]
        self.attendance = Attendance([*known, PROJECTOR], lambda: self.now)
        self.desks: dict[str, SeatState] = {}

    def app(self, seat: str, *, lobby: bool = False) -> TtxApp:
        desk = self.desks.setdefault(seat, SeatState())
        return TtxApp(self.table, seat, attendance=self.attendance, state=desk, lobby=lobby)

    @property
    def game(self) -> Game:
        return self.table.game

    def ask(self, seat: str, *commands: Command) -> None:
        for command in commands:
            self.table.submit(seat, command, self.table.game.entries)

    def options(self) -> list[message_views.OptionView]:
        view = message_views.message(Eye(self.game, LEAD))
        assert view is not None
        return [one for one in view.options if not one.closed]

    def to(self, until: Callable[[Game], bool]) -> None:
        """Go on until something is so: the first open answer, levers as they are."""
        while not until(self.game):
            if self.game.phase == phases.DELIBERATION:
                view = message_views.message(Eye(self.game, CHIEF))
                assert view is not None
                for seat, cell in ((LEAD, "US"), (OTHER, "Japan")):
                    if cell in view.waiting:
                        self.ask(seat, Submit(Answer(self.options()[0].id)))
            else:
                self.ask(CHIEF, Continue())


def choosing(game: Game) -> bool:
    """A question with a choice: two answers are open at least."""
    if game.phase != phases.DELIBERATION:
        return False
    view = message_views.message(Eye(game, LEAD))
    return view is not None and sum(not one.closed for one in view.options) > 1


def in_phase(phase: str) -> Callable[[Game], bool]:
    return lambda game: game.phase == phase


class Tables:
    """The screens of a whole table, each with somebody at it."""

    def __init__(self, hands: dict[str, Hand]) -> None:
        self.hands = hands

    def __getitem__(self, seat: str) -> Hand:
        return self.hands[seat]

    async def press(self, seat: str, *keys: str) -> None:
        await self.hands[seat].press(*keys)
        await self.settle()

    async def write(self, seat: str, words: str) -> None:
        await self.hands[seat].write(words)
        await self.settle()

    async def settle(self) -> None:
        for hand in self.hands.values():
            await hand.settle()

    def who_reads(self, words: str) -> set[str]:
        return {seat for seat, hand in self.hands.items() if words in hand.shown}

    def where(self) -> dict[str, str]:
        return {seat: hand.where for seat, hand in self.hands.items()}


async def seat_all(
    stack: AsyncExitStack, room: Room, size: tuple[int, int], seats: tuple[str, ...]
) -> Tables:
    return Tables({one: await stack.enter_async_context(sit(room.app(one), size)) for one in seats})


def with_clock(game: Game) -> bool:
    """A ruling with a clock is proposed."""
    slot = game.slot
    ruled = slot.ruled if slot is not None else None
    return game.phase == phases.ADJUDICATION and ruled is not None and bool(ruled.ruling.minutes)
