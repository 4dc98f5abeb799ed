"""What exercise control may ask for: injects, excursions, rulings, challenges, who sits where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ttx.i18n import N_
from ttx.session.command import Command
from ttx.session.control_events import INJECT

STRENGTHS = (N_("far too weak"), N_("weak"), N_("even"), N_("good"), N_("strong"))
"""How a written-in action is weighed, by quarters; translated where it is shown."""


@dataclass(frozen=True, slots=True)
class Control(Command):
    """A request of exercise control."""


@dataclass(frozen=True, slots=True)
class Release(Control):
    """Put an inject into the open slot; a reason where its conditions do not hold."""

    inject: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Defer(Control):
    """Put an inject off to a later turn."""

    inject: str
    until: int
    reason: str


@dataclass(frozen=True, slots=True)
class Skip(Control):
    """Leave an inject out of this run."""

    inject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Improvise(Control):
    """Add an inject written on the spot, in TOML, to the list; `part` as the fact has it."""

    source: str
    part: str = INJECT


@dataclass(frozen=True, slots=True)
class Deliver(Control):
    """Send a contextual inject to its readers, with all that go out together with it."""

    contextual: str


@dataclass(frozen=True, slots=True)
class Steer(Control):
    """Put the contingency of the inject on the table to it."""


@dataclass(frozen=True, slots=True)
class Adjust(Control):
    """Before STARTEX, set a start (hundredths), a strength (per 256) or any number otherwise."""

    what: str
    part: str
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Script(Control):
    """Before STARTEX, write a robot for this run, in TOML; for runs that robots play alone."""

    source: str


@dataclass(frozen=True, slots=True)
class Weigh(Control):
    """Weigh the leading cell's written-in action."""

    option: str
    quarters: int
    reason: str


@dataclass(frozen=True, slots=True)
class Override:
    """What shall stand instead of what the model proposed; empty parts stay as they are."""

    timing: str = ""
    effects: Mapping[int, int] = field(default_factory=dict)
    """Hundredths by the place of an effect in the ruling, as it reads with that timing."""
    responses: Mapping[str, str] = field(default_factory=dict)
    """By adversary, of a reckoning."""
    added: Mapping[str, int] = field(default_factory=dict)
    """Effects that no option has, at once: hundredths by track."""
    told: str = ""
    """What came of the answer, in words of one's own; of a ruling."""


@dataclass(frozen=True, slots=True)
class Amend(Control):
    """Rule otherwise than proposed, and confirm that; `overrule` goes beyond the band."""

    instead: Override
    reason: str
    overrule: bool = False


@dataclass(frozen=True, slots=True)
class Challenge(Control):
    """A player's seat challenges what stands, once a turn."""

    reason: str


@dataclass(frozen=True, slots=True)
class Hear(Control):
    """Decide on the challenge that waits; `instead` says what stands where it is not upheld."""

    outcome: str
    reason: str
    instead: Override = field(default_factory=Override)


@dataclass(frozen=True, slots=True)
class HandOver(Control):
    """Give a seat to another person, or with its cell to a robot, or back to a person."""

    seat: str
    player: str


@dataclass(frozen=True, slots=True)
class Promote(Control):
    """Make a seat the lead of its cell."""

    seat: str


@dataclass(frozen=True, slots=True)
class GiveRights(Control):
    """Set what a seat of exercise control may do at the desk; no rights take it from there."""

    seat: str
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassPace(Control):
    """Pass the pace to a seat of exercise control, or take it for oneself."""

    seat: str


@dataclass(frozen=True, slots=True)
class AddControllers(Control):
    """Add seats to the desk, for this run."""

    count: int


@dataclass(frozen=True, slots=True)
class Enter(Control):
    """Enter at the desk what a cell decides: a move, consent, an answer, or that it is done.

    `asks` is what its lead would have asked for; of Red the response of an adversary.
    """

    cell: str
    asks: Command


AT_A_STANDSTILL = (
    *(Defer, Skip, Improvise, Deliver, Adjust, HandOver),
    *(Promote, GiveRights, PassPace, AddControllers),
)
"""What may also be asked for while the exercise is paused."""
