"""A record at one of its moments: what a replay shows, and what grows while a run is watched."""

from __future__ import annotations

from pathlib import Path

from ttx.i18n import _
from ttx.session import phases
from ttx.session.command import Command, IllegalDecision
from ttx.session.game import Game
from ttx.session.record import Record, does_not_follow, read_on
from ttx.session.run import Run
from ttx.session.save import in_play
from ttx.session.sealed import named
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.view.record import TRUTH, viewpoints


class Viewing(Table):
    """A table at which nothing can be decided: its game is that of the head."""

    def __init__(self, record: Record, run: Run) -> None:
        """The record at its end.

        Raises:
            SaveError: It does not follow its exercise.
        """
        self.record = record
        try:
            self.timeline = Timeline(run, record.entries)
        except ValueError as error:
            raise does_not_follow(record, error) from None
        super().__init__(self.timeline.game, None, self.timeline.entries)
        self.head = self.timeline.last
        self.live = in_play(record.path)
        """Whether somebody was playing it at the last look."""

    @property
    def path(self) -> Path:
        """The save that is looked at."""
        return self.record.path

    @property
    def seal(self) -> str:
        """The hash of the entry at the head; empty before the first."""
        return self.record.hashes[self.head - 1] if self.head else ""

    @property
    def sealed(self) -> str:
        """The seal of the head with its name; that of the record where it ends there, whole."""
        final = self.over and self.head == self.timeline.last and not self.record.fault
        return f"{named(self.head, final=final)} {self.seal}" if self.seal else ""

    @property
    def over(self) -> bool:
        """Whether the exercise is closed, so that the full truth may be seen."""
        return self.timeline.game.phase == phases.CLOSED

    @property
    def watching(self) -> bool:
        """Whether the head is at the end of a record that somebody plays on."""
        grows = self.live and not self.over and not self.record.read_only
        return grows and self.head == self.timeline.last

    @property
    def elapsed(self) -> int:
        """Seconds in the phase at the head, as they were recorded."""
        return self.game.elapsed

    def eye(self, seat: str = "") -> str:
        """Whose eye it is seen through: a seat's, or where none is named as much as may be seen.

        Raises:
            ValueError: That seat's eye is not open.
        """
        known = viewpoints(self.timeline)
        if not seat:
            return TRUTH if self.over else self.timeline.run.first_seat
        seats = self.timeline.run.exercise.seat
        named = {name.casefold(): part.id for part in seats for name in (part.short, part.id)}
        seat = named.get(seat.casefold(), seat)
        if seat in known:
            return seat
        known_seats = [part.id for part in seats]
        if seat in known_seats:
            raise ValueError(
                _("What the seat '{seat}' sees is open once the exercise is closed.", seat=seat)
            )
        raise ValueError(
            _(
                "There is no seat '{seat}'; choose from {seats}.",
                seat=seat,
                seats=", ".join(known_seats),
            )
        )

    def submit(self, seat: str, command: Command, seen: int) -> None:
        """Refuse: nothing is locked or written here.

        Raises:
            IllegalDecision: Always.
        """
        raise IllegalDecision(_("This is a record; nothing is decided here. A fork plays on."))

    def to(self, n: int) -> Game:
        """Put the head after entry n, or as near as the record goes."""
        self.head = max(0, min(n, self.timeline.last))
        self.game = self.timeline.games[self.head]
        return self.game

    def grow(self) -> bool:
        """Take in what was written since; a head at the end goes along. True where it has grown.

        Raises:
            SaveError: What was written since does not follow.
        """
        self.live = in_play(self.record.path)
        grown = read_on(self.record)
        if grown is self.record:
            return False
        along = self.head == self.timeline.last
        new = grown.entries[self.timeline.last :]
        self.record = grown
        try:
            self.timeline.extend(new)
        except ValueError as error:
            raise does_not_follow(grown, error) from None
        if along:
            self.to(self.timeline.last)
        return True
