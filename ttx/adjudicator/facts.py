"""What each step of one world did, as facts that a record can keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.adjudicator.position import Change, Due
from ttx.exercise.model.injects import SlotName


class Effected(NamedTuple):
    """One effect of an answer: its size, and what timing and posture left of it (hundredths)."""

    kind: str
    """benefit, cost or late"""
    track: str
    size: int
    by: int
    delay: int


class Paid(NamedTuple):
    """What an answer gave a budget, in whole units: as the option says it, and what came of it."""

    budget: str
    size: int
    by: int


class Put(NamedTuple):
    """A lever that an answer put at a level."""

    lever: str
    level: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What happened at the opening of a turn."""

    turn: int
    changes: tuple[Change, ...]
    budgets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Moving:
    """What a lever move did at once."""

    lever: str
    level: int
    changes: tuple[Change, ...]
    budgets: tuple[int, ...]
    promised: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The ruling of one inject; minutes by stage are empty where it has no clock."""

    slot: SlotName
    inject: str
    option: str
    posture: str
    quarters: int
    """How far the option carried, 4 in full."""
    timing: str
    hour: int
    minutes: dict[str, int]
    total: int
    window: int
    critical: str
    effects: tuple[Effected, ...]
    limits: tuple[Change, ...]
    budgets: tuple[Paid, ...] = ()
    """What it gave budgets, or took from them."""
    sets: tuple[Put, ...] = ()
    """Levers that it put at another level."""

    def at_once(self) -> list[Change]:
        """The changes of tracks now, the clamp among them."""
        now = [
            Change(f"{self.inject}:{e.kind}", e.track, e.by) for e in self.effects if not e.delay
        ]
        return [change for change in now if change.by] + list(self.limits)

    def later(self, turn: int) -> list[Due]:
        """The changes of tracks that land in later turns."""
        return [
            Due(turn + e.delay, Change(f"{self.inject}:{e.kind}", e.track, e.by))
            for e in self.effects
            if e.delay and e.by
        ]


@dataclass(frozen=True, slots=True)
class Response:
    """How one adversary answered; odds and draws are 32-bit integers, steps 1/64 logit."""

    adversary: str
    perceived: int
    z: int
    odds: int
    draw: int
    z2: int
    odds2: int
    draw2: int
    response: str

    @property
    def wanted(self) -> str:
        """What odds and draws alone make of it, before a purse was asked or a person chose."""
        if self.draw >= self.odds:
            return RESPONSES[0]
        return RESPONSES[2 if self.draw2 < self.odds2 else 1]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The end of a turn."""

    turn: int
    responses: tuple[Response, ...]
    changes: tuple[Change, ...]
    sources: tuple[int, ...]
    """Derived values that influences read, at the snapshot."""
    shot: tuple[int, ...]
    """Tracks at the snapshot."""
    budgets: tuple[int, ...]
    spent: int
    promised: tuple[int, ...]
    scores: tuple[int, ...]
    digest: str
    ended: bool

    @property
    def did(self) -> dict[str, str]:
        """How each adversary responded, by its id."""
        return {fact.adversary: fact.response for fact in self.responses}
