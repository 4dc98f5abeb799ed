"""A live run: the one writer of its save, and everybody who is told about it."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.session import phases
from ttx.session.apply import beginning
from ttx.session.automation import NOBODY, follow
from ttx.session.command import Command, IllegalDecision, Stale
from ttx.session.control_commands import AT_A_STANDSTILL, Enter
from ttx.session.decide import decide, too_late
from ttx.session.event_codec import Event
from ttx.session.events import (
    Answered,
    Chosen,
    Committed,
    Entry,
    LeversLeft,
    Undone,
)
from ttx.session.fold import fold, followed
from ttx.session.game import Game
from ttx.session.kinds import declared
from ttx.session.local_time import clock_of
from ttx.session.play_commands import Message
from ttx.session.record import Record, does_not_follow
from ttx.session.rescue import kept_elsewhere
from ttx.session.run import PERSON, Run
from ttx.session.save import Save
from ttx.session.save_header import Header, SaveError
from ttx.session.sealed import named
from ttx.session.side_commands import Aside

Told = Callable[[int], None]
"""Called with the number of entries when the record has grown."""


def wall_clock() -> datetime.datetime:
    """The time of day where the run is hosted."""
    return datetime.datetime.now().astimezone()


def run_of(header: Header, exercise: Exercise) -> Run:
    """The run of a save, on the exercise that it carries."""
    return Run(exercise, header.seed, header.players, header.together, header.rehearsal)


class Table:
    """Takes requests, writes what follows, and tells its subscribers."""

    def __init__(self, game: Game, save: Save | None, entries: list[Entry]) -> None:
        """A game with the save it is written to; none keeps it in memory only."""
        self.game, self.save, self.entries = game, save, entries
        self.found: Record | None = None
        """What the save held when it was taken over, where it was resumed."""
        self.moved = ""
        """Where the run went on when its file was lost, in sentences; empty where it never was."""
        self.lost = ""
        """Why the run is in no file, in a sentence; empty where it is in one."""
        self._subscribers: list[Told] = []
        self._began = time.monotonic() - game.elapsed
        self._stopped: float | None = time.monotonic() if game.paused else None

    @classmethod
    def begin(
        cls,
        run: Run,
        digest: str,
        source: dict[str, Any],
        path: Path | None,
        first: Sequence[Event] = (),
    ) -> Table:
        """A new run; `source` is the exercise as TOML, `digest` what it is known by.

        `first` is what it is set up with before anybody is there.
        """
        save = None
        if path is not None:
            exercise = run.exercise
            header = Header(
                exercise.id,
                text(exercise.title),
                run.seed,
                exercise.turns.count,
                digest,
                run.players,
                run.together,
                rehearsal=run.rehearsal,
            )
            save = Save.create(path, header, source)
        return cls(beginning(run), save, []).under_way(first)

    @classmethod
    def resume(cls, record: Record, exercise: Exercise) -> Table:
        """A saved run, to be played on.

        Raises:
            SaveError: It cannot be played on.
        """
        run = run_of(record.header, exercise)
        save = Save.resume(record)
        held = save.found or record
        try:
            game = fold(run, held.entries)
        except ValueError as error:
            save.close()
            raise does_not_follow(held, error) from None
        table = cls(game, save, list(held.entries))
        table.found = held
        return table.under_way()

    def under_way(self, first: Sequence[Event] = ()) -> Table:
        """This table up to where a person is awaited; a save that cannot be written is let go."""
        try:
            for event in first:
                self._append(event, NOBODY)
            self.go_on()
        except SaveError:
            self.leave()
            raise
        return self

    def subscribe(self, changed: Told) -> Callable[[], None]:
        """Be told when the record grows; returns the way out."""
        self._subscribers.append(changed)
        return lambda: self._subscribers.remove(changed)

    @property
    def path(self) -> Path | None:
        """Where the record is kept; None where it is in memory only."""
        return self.save.path if self.save is not None else None

    @property
    def seal(self) -> str:
        """The last hash of the record; empty where it is in memory only."""
        return self.save.seal if self.save is not None else ""

    @property
    def sealed(self) -> str:
        """The seal with its name, as it is shown; empty where there is none."""
        name = named(self.game.entries, final=self.closed)
        return f"{name} {self.seal}" if self.seal else ""

    @property
    def elapsed(self) -> int:
        """Seconds in the phase, pauses left out."""
        return int((self._stopped or time.monotonic()) - self._began)

    @property
    def wall(self) -> datetime.datetime:
        """The time of day where the session is, or else where the run is hosted."""
        return wall_clock().astimezone(clock_of(self.game).zone)

    def submit(self, seat: str, command: Command, seen: int) -> None:
        """Carry out a seat's request.

        Raises:
            IllegalDecision: It is refused; everything is as it was.
            Stale: The record grew in a way that the seat has not seen; everything is as it was.
            SaveError: It cannot be written. What was written of it stays, and the next request
                first writes what follows.
        """
        if follow(self.game) is not None:
            self.go_on()
        late = too_late(self.game, seat, command)
        if late is not None:
            self._append(late, seat)
            self.go_on()
            raise IllegalDecision(
                _("The facilitator closed the deliberation. Your answer is kept as a note.")
            )
        if self._moved_on(seat, command, seen):
            raise Stale(_("The table has moved on; look again."))
        for event in decide(self.game, seat, command):
            self._append(event, seat)
        self.go_on()

    def _moved_on(self, seat: str, command: Command, seen: int) -> bool:
        """Whether what a seat has not seen yet could change what it asked for.

        What others say beside the play, or seal for their own cell, does not; people press keys at
        the same moment.
        """
        if isinstance(command, (Aside, Message, *AT_A_STANDSTILL)):
            return False
        known = {part.id for part in self.game.run.exercise.seat}
        own = self.game.run.speaks_for(seat) if seat in known else []
        own = [command.cell] if isinstance(command, Enter) else own
        for entry in self.entries[seen:]:
            event = entry.event
            others = isinstance(event, Answered | LeversLeft) and event.cell not in own
            if not (others or declared(event).aside or isinstance(event, Committed | Chosen)):
                return True
        return False

    def go_on(self) -> None:
        """Write what follows by itself, up to where a person is awaited."""
        try:
            while (fact := follow(self.game)) is not None:
                self._append(fact[1], fact[0])
        finally:
            for subscriber in list(self._subscribers):
                subscriber(self.game.entries)

    def _append(self, event: Event, by: str) -> None:
        people = PERSON in self.game.run.players.values()
        entry = Entry(
            n=self.game.entries + 1,
            event=event,
            by=by,
            at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds") if people else "",
            elapsed=self.elapsed if people else 0,
        )
        after = followed(self.game, entry)  # what cannot be read again is not written
        entry = replace(entry, turn=len(after.turns), phase=after.phase)
        self._write(entry)
        moved = after.phase != self.game.phase or isinstance(event, Undone)
        self.game = after
        self.entries.append(entry)
        if moved:
            self._began = time.monotonic()
            self._stopped = None
        if after.paused and self._stopped is None:
            self._stopped = time.monotonic()
        elif not after.paused and self._stopped is not None:
            self._began += time.monotonic() - self._stopped
            self._stopped = None

    def _write(self, entry: Entry) -> None:
        """Have an entry on the disk; in a new file, with all before it, where the old one is lost.

        SaveError where it is on none.
        """
        if self.save is None:
            return
        try:
            self.save.append(entry)
        except SaveError:
            if not self.save.amiss():
                raise
            self._go_elsewhere([*self.entries, entry])
        else:
            self.lost = ""  # what was gone for a while is back

    def keep(self) -> None:
        """Look whether the file still holds the run, and keep the run elsewhere where it does not.

        What came of it is in `moved` and `lost`.
        """
        if self.save is None or self.save.closed:
            return
        self.lost = ""
        if self.save.amiss():
            with suppress(SaveError):
                self._go_elsewhere(self.entries)

    def _go_elsewhere(self, entries: list[Entry]) -> None:
        assert self.save is not None
        try:
            self.save, rescue = kept_elsewhere(self.save, entries)
        except SaveError as error:
            self.lost = str(error)
            raise
        self.moved, self.lost = f"{self.moved} {rescue}".strip(), ""

    @property
    def closed(self) -> bool:
        """Whether nothing more can happen."""
        return self.game.phase == phases.CLOSED

    def leave(self) -> None:
        """Let go of the save; the run can be resumed, unless it is `lost`."""
        self.keep()
        if self.save is not None:
            self.save.close()
