"""Long records: the flagship played by two people's cells that take much of it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.run import SEED, flagship, header
from ttx.exercise.load import digest
from ttx.session import automation, phases
from ttx.session.answer import Answer
from ttx.session.command import Command, IllegalDecision
from ttx.session.decide import decide
from ttx.session.events import Entry
from ttx.session.game import Game, openings
from ttx.session.play_commands import Continue, LeaveLevers, Move, Start, Submit, Undo
from ttx.session.run import Run
from ttx.session.save import Save
from ttx.session.seating import players
from ttx.session.side_commands import Note
from ttx.session.table import Table

THOUSAND, TEN_THOUSAND = 1000, 10_000
SPARE = 40
"""Entries that the end of the last turn takes at most; notes at the hot wash fill them up."""
NOTE = "What would they have to believe for this to be the right answer?"


def written(folder: Path, count: int) -> Path:
    """A save of a closed run with so many entries; with none, its head alone."""
    exercise = flagship()
    run = Run(exercise, SEED, players(exercise, {}), together=False)
    entries = wander(run, count) if count else []
    path = folder / f"wandering-{count}.ttx.toml"
    Save.whole(path, header(run), exercise.as_toml(), entries)
    return path


def wander(run: Run, count: int) -> list[Entry]:
    """Ten turns in so many entries: each turn is taken back until it has had its share."""
    table = Table.begin(run, digest(run.exercise), {}, None)
    luck = np.random.default_rng(SEED)
    seat = run.first_seat
    while not table.closed:
        seat = automation.awaited(table.game, seat)
        table.submit(seat, _command(table.game, seat, count, luck), table.game.entries)
    assert len(table.entries) == count
    assert len(table.game.turns) == run.exercise.turns.count
    return table.entries


def _command(game: Game, seat: str, count: int, luck: np.random.Generator) -> Command:
    if game.phase == phases.HOTWASH:
        return Note(NOTE) if game.entries < count - 1 else Continue()
    share = (count - SPARE) * len(game.turns) // game.run.exercise.turns.count
    shown = game.phase in (phases.REVIEW, phases.RECKONING)
    if shown and game.entries < share and (game.phase == phases.RECKONING or luck.random() < 0.4):
        # Mostly to the opening before; now and then to an earlier one, in the turn before even.
        back = [one.opened for one in openings(game)]
        return Undo(back[min(int(luck.geometric(0.6)), len(back)) - 1])
    if luck.random() < 0.04:
        return Note(NOTE)
    return next(one for one in _wishes(game, luck) if _allowed(game, seat, one))


def _wishes(game: Game, luck: np.random.Generator) -> Iterator[Command]:
    """What a seat asks for here, at random; what comes last is never refused."""
    match game.phase:
        case phases.BRIEFING:
            yield Start()
        case phases.LEVERS:
            levers = game.run.exercise.lever
            for at in luck.integers(len(levers), size=luck.integers(6)):
                levels = levers[at].levels
                yield Move(levers[at].id, levels[luck.integers(len(levels))].id)
            yield LeaveLevers()
        case phases.DELIBERATION:
            assert game.inject is not None
            for at in luck.permutation(len(game.inject.option)):
                yield Submit(Answer(game.inject.option[at].id, 70))
        case _:
            yield Continue()


def _allowed(game: Game, seat: str, command: Command) -> bool:
    try:
        decide(game, seat, command)
    except IllegalDecision:
        return False
    return True
