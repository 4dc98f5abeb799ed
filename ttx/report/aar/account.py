"""A record as the after-action review reads it: who is called what, and when something was."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ttx.exercise import zones
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.part import Text, text
from ttx.exercise.zones import MONTHS
from ttx.i18n import _
from ttx.session import phases
from ttx.session.events import Answered, Confirmed, Entry, Released
from ttx.session.game import Game, SlotRecord, TurnRecord
from ttx.session.local_time import WallClock
from ttx.session.notebook import Stamp
from ttx.session.particulars import Particulars, Stated, Targets
from ttx.session.run import OBSERVER, ROBOT, Run
from ttx.session.timeline import Timeline
from ttx.session.view import words
from ttx.session.view.amended import hand
from ttx.session.view.answers import whose
from ttx.session.view.msel_number import numbered

_AN_LETTER = "AEFHILMNORSX"
"""Capitals whose names begin with a vowel; U, as in US, is not one of them."""


def capital(words_: str) -> str:
    """Words with their first letter as a sentence begins."""
    return f"{words_[:1].upper()}{words_[1:]}"


def times(count: int) -> str:
    """How often: `once`, `twice`, `3 times`."""
    return {1: _("once"), 2: _("twice")}.get(count) or _("{count} times", count=count)


def date(day: str) -> str:
    """An ISO date without its weekday: `7 Nov 2026`."""
    of = datetime.date.fromisoformat(day)
    return f"{of.day} {words.month(of)}"


@dataclass(frozen=True, slots=True)
class Imprint:
    """Where a record comes from, beside its entries."""

    seal: str
    """The hash of its last entry."""
    version: str
    """Of the ttx that wrote it."""
    digest: str
    """Of the exercise."""
    name: str = ""
    """The name of its file."""
    damage: str = ""
    """What of it could not be read, in a sentence."""
    layout: str = ""
    """That another program wrote it anew, in a sentence."""
    differing: int = 0
    """How many of its entries the rules would not give again."""
    zone: datetime.tzinfo | None = datetime.UTC
    """The wall clock that its times are told by: that of the session's place, where one was stated;
    None for that of the machine on which it is read."""
    stated: Stated | None = None
    """What a file says of the session in place of the record; None where the record stands."""


@dataclass(frozen=True)
class Account:
    """A record, and how a report speaks of those in it."""

    timeline: Timeline
    imprint: Imprint
    anonymous: bool = False
    """Not for attribution: seats by their cell alone, no time of day, no name of a file."""
    masked: bool = False
    """Whether names that were told are masked in what people typed."""

    @property
    def game(self) -> Game:
        """Where the record leads to."""
        return self.timeline.game

    @property
    def run(self) -> Run:
        """Who plays which exercise, as it stood in the end."""
        return self.game.run

    @property
    def exercise(self) -> Exercise:
        """The exercise with what was written on the spot and set otherwise."""
        return self.run.exercise

    @property
    def particulars(self) -> Particulars:
        """What stands on the cover."""
        stated = self.imprint.stated
        return self.game.notebook.particulars if stated is None else stated.particulars

    @property
    def targets(self) -> Targets:
        """The sponsor's targets."""
        stated = self.imprint.stated
        return self.game.notebook.targets if stated is None else stated.targets

    @property
    def closed(self) -> bool:
        """Whether the exercise is closed, so that everything may be told to everybody."""
        return self.game.phase == phases.CLOSED

    @property
    def turns(self) -> list[TurnRecord]:
        """The turns that were played to their end."""
        return [turn for turn in self.game.turns if turn.end is not None]

    def slots(self) -> Iterator[tuple[str, TurnRecord, SlotRecord]]:
        """Every inject that was put to the table, with its number such as `4.1` and its turn."""
        for turn in self.game.turns:
            for at, slot in enumerate(turn.slots, start=1):
                yield f"{turn.opened.turn}.{at}", turn, slot

    @cached_property
    def numbers(self) -> dict[str, str]:
        """For each inject that was put to the table its number, such as `4.1`."""
        return {slot.released.inject: number for number, _rest, slot in self.slots()}

    def in_force(self) -> Iterator[Entry]:
        """The entries that nobody took back."""
        return (entry for entry in self.timeline.entries if entry.n not in self.timeline.struck)

    @cached_property
    def cells(self) -> dict[str, str]:
        """Names of the cells."""
        return {cell.id: text(cell.name) for cell in self.exercise.cell}

    @cached_property
    def adversaries(self) -> dict[str, str]:
        """Names of the adversaries."""
        return {adversary.id: text(adversary.name) for adversary in self.exercise.adversary}

    @cached_property
    def levers(self) -> dict[str, str]:
        """Names of the levers."""
        return {lever.id: text(lever.name) for lever in self.exercise.lever}

    def robot(self, name: str) -> str:
        """A robot by its name: `the robot staff first`."""
        return words.robot(self.exercise, name)

    @cached_property
    def objectives(self) -> dict[str, str]:
        """Texts of the objectives."""
        return {objective.id: text(objective.text) for objective in self.exercise.objective}

    @cached_property
    def capabilities(self) -> dict[str, str]:
        """Names of the capabilities."""
        return {capability.id: text(capability.name) for capability in self.exercise.capability}

    def title(self, inject: str) -> str:
        """The title of an inject."""
        return text(self.exercise.injects[inject].title)

    def listed(self, inject: str) -> str:
        """An inject with its number on the MSEL: `23 Half an hour of radar`."""
        return f"{numbered(self.exercise.injects[inject])} {self.title(inject)}"

    def news(self, inject: str) -> str:
        """An inject with its number, where it was put to the table: `4.1 Half an hour of radar`."""
        return f"{self.numbers.get(inject, '')} {self.title(inject)}".strip()

    def headed(self, number: str) -> str:
        """An inject by its number at the table, with that of the list: `1.2 Radar (MSEL 23)`."""
        inject = self._put[number]
        return _("{news} (MSEL {number})", news=self.news_at(number), number=self.msel(inject))

    def news_at(self, number: str) -> str:
        """An inject by its number at the table: `4.1 Half an hour of radar`."""
        return f"{number} {self.title(self._put[number])}"

    def msel(self, inject: str) -> str:
        """The number of an inject on the MSEL; empty for what is no inject of the exercise."""
        part = self.exercise.injects.get(inject)
        return numbered(part) if part is not None else ""

    @cached_property
    def _put(self) -> dict[str, str]:
        return {number: slot.released.inject for number, _rest, slot in self.slots()}

    @cached_property
    def times_of(self) -> dict[str, tuple[str, str]]:
        """For each inject by its number when it was put to the table, and when it was ruled on.

        Wall times as entries have them; empty where there is none.
        """
        put, ruled = dict[str, str](), dict[str, str]()
        for entry in self.in_force():
            number = self.timeline.games[entry.n].number
            if isinstance(entry.event, Released):
                put[number] = entry.at
            elif isinstance(entry.event, Confirmed) and entry.event.what == "ruling":
                ruled[number] = entry.at
        return {number: (at, ruled.get(number, "")) for number, at in put.items()}

    @cached_property
    def _answered_by(self) -> dict[tuple[str, str], str]:
        """By the number of an inject and the cell, who gave the answer that counts."""
        return {
            (self.timeline.games[entry.n].number, entry.event.cell): entry.by
            for entry in self.in_force()
            if isinstance(entry.event, Answered)
        }

    def by_robot(self, number: str, cell: str) -> bool:
        """Whether a robot gave the answer of a cell to the inject of that number."""
        return self._answered_by.get((number, cell), "").startswith(ROBOT)

    def whose(self, number: str, slot: SlotRecord, cell: str, name: str = "") -> str:
        """A cell that answered, by its name or as it is called here, with who did in its place."""
        name = name or self.cells[cell]
        if self.by_robot(number, cell):
            return _("{cell} (robot)", cell=name)
        return whose(slot, cell, name)

    def inject(self, slot: SlotRecord) -> Inject:
        """The inject of a slot."""
        return self.exercise.injects[slot.released.inject]

    def timed(self, slot: SlotRecord, value: Text) -> str:
        """A text of the inject of a slot, with the times in it filled in."""
        return zones.filled(self.exercise, text(value), slot.released.day, slot.released.hour)

    def seat(self, seat: str) -> str:
        """A seat in short, or as one of its cell: `OSD`, `a US seat`."""
        part = next((known for known in self.exercise.seat if known.id == seat), None)
        if part is None:
            return seat
        if not self.anonymous:
            return part.short
        side = next(cell.side for cell in self.exercise.cell if cell.id == part.cell)
        if side == "white":
            at_desk = part.lead or part.id in self.run.controllers
            lead = _("exercise control") if at_desk else _("an evaluator")
            return _("an observer") if part.id == OBSERVER else lead
        name = self.cells[part.cell]
        vowel = name[:1] in (_AN_LETTER if name.isupper() else "AEIOU")
        return _("an {cell} seat", cell=name) if vowel else _("a {cell} seat", cell=name)

    def hand(self, seat: str) -> str:
        """Who ruled, inside a sentence; another than the facilitator by name."""
        return hand(self.run, seat) if self.run.seat(seat).lead else self.seat(seat)

    def as_cell(self, cell: str) -> str:
        """A cell where it answered as one, beside its seats: `US, as a cell`."""
        return _("{cell}, as a cell", cell=self.cells[cell])

    def who(self, by: str) -> str:
        """The author of an entry: a seat, a robot, the dice."""
        if by.startswith("robot:"):
            return self.robot(by.removeprefix("robot:"))
        known = {
            "dice": _("the dice"),
            "model": _("the model"),
            "nobody": _("nobody"),
            "robot": _("a robot"),
        }
        return known.get(by) or self.seat(by)

    def when(self, stamp: Stamp) -> str:
        """When something was written: turn and inject, scenario day, wall time; a line each."""
        lines = [f"T{stamp.turn}" if stamp.turn else _("before T1")]
        if stamp.number:
            lines[0] = _(
                "T{turn}, {number} (MSEL {msel})",
                turn=stamp.turn,
                number=stamp.number,
                msel=self.msel(stamp.inject),
            )
        if stamp.phase in phases.PLAY_IS_OVER:
            lines = [_("hot wash")]
        elif stamp.day:
            lines.append(date(stamp.day))
        if stamp.at and not self.anonymous:
            lines.append(f"{self.moment(stamp.at)}")
        return "\n".join(lines)

    def moment(self, at: str) -> str:
        """A wall time by the report's clock: `27 Nov 19:42`."""
        moment = self.wall.local(at)
        return _(
            "{day} {months} {moment:%H:%M}",
            day=moment.day,
            months=_(MONTHS[moment.month - 1]),
            moment=moment,
        )

    @cached_property
    def days(self) -> list[str]:
        """The wall days on which something was entered, ISO, rising; none where robots played."""
        times = (entry.at for entry in self.timeline.entries if entry.at)
        return sorted({self.wall.local(at).date().isoformat() for at in times})

    @property
    def clock(self) -> str:
        """The clock that wall times are told by: `UTC+09:00 (JST)`; empty where there are none."""
        first = next((entry.at for entry in self.timeline.entries if entry.at), "")
        if not first or self.anonymous:
            return ""
        return self.wall.called(first)

    @property
    def wall(self) -> WallClock:
        """That clock."""
        return WallClock(self.imprint.zone)
