"""One game that people played, and the moments of it that are measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks import ROOT
from ttx.adjudicator.facts import Ruling
from ttx.exercise.load import digest, load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.session import automation, phases
from ttx.session.answer import Answer
from ttx.session.command import Command
from ttx.session.events import Entry
from ttx.session.fold import fold
from ttx.session.game import Game, SlotRecord
from ttx.session.play_commands import Continue, LeaveLevers, Start, Submit
from ttx.session.run import Run
from ttx.session.save import Save
from ttx.session.save_header import Header
from ttx.session.seating import players
from ttx.session.table import Table

SEED = 7
LEAST = 4
"""Turns before this one have too little behind them to be typical."""


@dataclass(frozen=True)
class Played:
    """A finished game, and a turn in its middle with two injects."""

    run: Run
    seat: str
    entries: list[Entry]
    start: Game
    """At the reckoning before that turn."""
    commands: list[Command]
    """What the seat asks for from there to the reckoning of the turn."""
    asked: int
    """Entries up to the crisis of the turn, which waits for its answer."""

    @property
    def exercise(self) -> Exercise:
        """The exercise that was played."""
        return self.run.exercise

    def table(self, entries: int) -> Table:
        """A table in memory at a moment of the game."""
        return Table(self.game(entries), None, self.entries[:entries])

    def game(self, entries: int) -> Game:
        """The game at a moment."""
        return fold(self.run, self.entries[:entries])

    def turn(self) -> None:
        """The whole turn, as a table goes through it."""
        table = Table(self.start, None, [])
        for command in self.commands:
            table.submit(self.seat, command, table.game.entries)
        assert table.game.phase == phases.RECKONING

    def crisis(self) -> tuple[SlotRecord, Ruling]:
        """The crisis of the turn, and how it was ruled."""
        slot = self.game(len(self.entries)).turns[self.start.position.turn].slots[-1]
        assert slot.ruled is not None
        return slot, slot.ruled.ruling

    def save(self, path: Path, entries: list[Entry]) -> Save:
        """A save of these entries."""
        save = Save.create(path, header(self.run), self.exercise.as_toml())
        for entry in entries:
            save.append(entry)
        return save


def flagship() -> Exercise:
    """The exercise that everything is measured on."""
    return load(ROOT / "exercises" / "accelerate")


def first_edition() -> Exercise:
    """The edition of it that the scalar oracle and the peers play as well."""
    return load(ROOT / "tests" / "exercises" / "accelerate_1")


def header(run: Run) -> Header:
    """The head of a save of that run."""
    part = run.exercise
    return Header(
        part.id,
        text(part.title),
        run.seed,
        part.turns.count,
        digest(part),
        run.players,
        run.together,
    )


def play() -> Played:
    """Play the flagship to the end as people do, with the answers of the robot `phased`."""
    exercise = flagship()
    run = Run(exercise, SEED, players(exercise, {}))
    seat = run.lead(run.people[0]).id
    table = Table.begin(run, digest(exercise), {}, None)
    asked: list[tuple[Game, Command]] = []
    while not table.closed:
        asked.append((table.game, _answer(table.game)))
        table.submit(seat, asked[-1][1], table.game.entries)
    ends = [at for at, (game, _) in enumerate(asked) if game.phase == phases.RECKONING]
    turn = next(
        number
        for number, record in enumerate(table.game.turns)
        if number >= LEAST and len(record.slots) == 2
    )
    first, last = ends[turn - 1], ends[turn]
    crisis = next(
        game
        for game, _ in asked[first:last]
        if game.phase == phases.DELIBERATION and game.inject and game.inject.slot == "crisis"
    )
    return Played(
        run,
        seat,
        table.entries,
        asked[first][0],
        [command for _, command in asked[first:last]],
        crisis.entries,
    )


def _answer(game: Game) -> Command:
    match game.phase:
        case phases.BRIEFING:
            return Start()
        case phases.LEVERS:
            return LeaveLevers()
        case phases.DELIBERATION:
            return Submit(Answer(automation.draft(game, "phased")))
    return Continue()
