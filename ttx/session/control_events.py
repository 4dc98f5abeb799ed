"""What exercise control can do to a run: the facts of the white cell's desk."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator.facts import Reckoning, Ruling
from ttx.session.event_codec import Event, reckoning_in, reckoning_out, ruling_in, ruling_out
from ttx.session.toml_values import Table, said

MODIFIED, OVERRULED, BY_HAND = "modified", "overruled", "by_hand"
UPHELD, OVERTURNED = "upheld", "overturned"
INJECT, CONTEXTUAL = "inject", "contextual"
START, STRENGTH, NUMBER = "start", "strength", "number"
FOLLOWS, HELD, INJECT = "run", "hold", "inject"
MAP, STANDING, MESSAGE, BREAK = "map", "standing", "message", "break"
ROOM_SHOWS = (FOLLOWS, HELD, INJECT, MAP, STANDING, MESSAGE, BREAK)
"""What the room's screen can show: it follows the run, holds what it showed, or one of these."""


@dataclass(frozen=True, slots=True)
class Deferred(Event):
    """An inject was put off; it falls due in a later turn and is late, never lost."""

    inject: str
    until: int
    """The turn from whose slot on it is due."""
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped(Event):
    """An inject was left out of this run."""

    inject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Improvised(Event):
    """An inject was written on the spot; it is not released by that."""

    source: str
    """The inject as its author would write it, in TOML."""
    part: str = INJECT
    """What it is: an `inject`, or a `contextual` one, which asks nothing."""

    def as_toml(self) -> Table:
        kind = {} if self.part == INJECT else {"part": self.part}
        return {"source": self.source, **kind}


@dataclass(frozen=True, slots=True)
class Delivered(Event):
    """A contextual inject went out to whoever reads it; it asks nothing and decides nothing."""

    contextual: str
    """Its id."""
    readers: tuple[str, ...]
    """The seats that read it; `all` alone for everybody."""

    def as_toml(self) -> Table:
        return {"contextual": self.contextual, "readers": list(self.readers)}

    @classmethod
    def from_toml(cls, table: Table) -> Delivered:
        return cls(table["contextual"], tuple(table["readers"]))


@dataclass(frozen=True, slots=True)
class Steered(Event):
    """The contingency of an inject was put to the table: what was expected did not come."""

    inject: str


@dataclass(frozen=True, slots=True)
class Adjusted(Event):
    """Before STARTEX a number of the exercise was set otherwise: the run is an excursion."""

    what: str
    """`start` of a track, in hundredths; `strength` of an influence, per 256, 0 switches off; or
    any other `number` that a study may vary, in the engine's units."""
    part: str
    """The id of the track, of the influence or of the number."""
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Scripted(Event):
    """Before STARTEX a robot was written for this run, which the exercise does not have."""

    source: str
    """The robot as its author would write it, in TOML."""


@dataclass(frozen=True, slots=True)
class Weighed(Event):
    """A written-in action was weighed: whose benefits it takes, and how strongly."""

    cell: str
    option: str
    """The option of the inject whose benefits, costs and provocation it takes."""
    quarters: int
    """0 far too weak, 1 weak, 2 even, 3 good, 4 strong."""
    reason: str


@dataclass(frozen=True, slots=True)
class Amended(Event):
    """The facilitator ruled on an inject otherwise than the model proposed."""

    how: str
    """`modified` within the band, `overruled` beyond it, `by_hand` where the model had nothing."""
    reason: str
    ruling: Ruling
    """What stands instead."""
    told: str = ""
    """What came of the answer, in the facilitator's words; empty where the author's stand."""

    def as_toml(self) -> Table:
        besides = said({"told": self.told, **ruling_out(self.ruling)})
        return {"how": self.how, "reason": self.reason, **besides}

    @classmethod
    def from_toml(cls, table: Table) -> Amended:
        return cls(table["how"], table["reason"], ruling_in(table), table.get("told", ""))


@dataclass(frozen=True, slots=True)
class ReckoningAmended(Event):
    """The facilitator had a turn end otherwise than the model reckoned."""

    how: str
    """`modified` where each adversary answers at most one step off, `overruled` beyond that."""
    reason: str
    reckoning: Reckoning
    """What stands instead."""
    minutes: int
    """The reference clock after it."""

    def as_toml(self) -> Table:
        fact = reckoning_out(self.reckoning)
        return {
            "how": self.how,
            "reason": self.reason,
            "reference_minutes": self.minutes,
            **fact,
        }

    @classmethod
    def from_toml(cls, table: Table) -> ReckoningAmended:
        return cls(table["how"], table["reason"], reckoning_in(table), table["reference_minutes"])


@dataclass(frozen=True, slots=True)
class Challenged(Event):
    """A seat challenged the ruling or the reckoning that stands."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChallengeHeard(Event):
    """A challenge was heard; where the ruling changes, how follows as an entry of its own."""

    seat: str
    """Whose challenge it was."""
    outcome: str
    """The ruling was `upheld`, `modified` or `overturned`."""
    reason: str


@dataclass(frozen=True, slots=True)
class Promoted(Event):
    """A seat was made the lead of its cell: it speaks for the cell from here on."""

    seat: str


@dataclass(frozen=True, slots=True)
class RightsGiven(Event):
    """What a seat of exercise control may do at the desk was set."""

    seat: str
    rights: tuple[str, ...]
    """All that it may do from here on but what the pace brings; nothing takes it from the desk."""

    def as_toml(self) -> Table:
        return {"seat": self.seat, "rights": list(self.rights)}

    @classmethod
    def from_toml(cls, table: Table) -> RightsGiven:
        return cls(table["seat"], tuple(table["rights"]))


@dataclass(frozen=True, slots=True)
class PacePassed(Event):
    """The pace went to another seat: its holder passed it on, or the seat itself took it."""

    seat: str


@dataclass(frozen=True, slots=True)
class ControllersAdded(Event):
    """The desk got seats for this run that the exercise does not have."""

    count: int


@dataclass(frozen=True, slots=True)
class RoomSet(Event):
    """The desk set what the room's screen shows."""

    shows: str = FOLLOWS
    """One of ROOM_SHOWS."""
    inject: str = ""
    """The id of the inject that it shows."""
    words: str = ""
    """Of a message or a break."""

    def as_toml(self) -> Table:
        return {"shows": self.shows} | said({"inject": self.inject, "words": self.words})


@dataclass(frozen=True, slots=True)
class TimeBoxed(Event):
    """The desk gave the phase under way a time, or took it away."""

    minutes: int
    """From this entry on, pauses left out; 0 where it was taken away."""


@dataclass(frozen=True, slots=True)
class SeatHandedOver(Event):
    """A seat went to somebody else: to another person, or with its cell to a robot."""

    seat: str
    player: str
    """`person`, or the name of the robot that plays the seat's cell from here on."""
