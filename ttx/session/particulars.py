"""What the cover of a session's papers says of it, and the targets that its sponsor sets.

The fields are those of an exercise overview as HSEEP 2020 has it. None of it moves the game.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import NamedTuple

from ttx.i18n import N_
from ttx.session.toml_values import Table, pairs_in, pairs_out, said

PLAYERS, OBSERVERS, EVALUATORS, CONTROLLERS = "players", "observers", "evaluators", "controllers"
ROLES = (PLAYERS, OBSERVERS, EVALUATORS, CONTROLLERS)
"""What those that an organisation sends do in the exercise."""
MISSION_AREAS = (
    N_("Prevention"),
    N_("Protection"),
    N_("Mitigation"),
    N_("Response"),
    N_("Recovery"),
)
"""Those of the National Preparedness Goal (2015); a sponsor may have others."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that takes part, and how many of its people do what."""

    name: str
    """What it is called."""
    players: int = 0
    """How many of its people play."""
    observers: int = 0
    """How many watch."""
    evaluators: int = 0
    """How many evaluate."""
    controllers: int = 0
    """How many sit with exercise control, facilitators among them."""

    @property
    def counts(self) -> tuple[int, ...]:
        """How many do what, in the order of `ROLES`."""
        return (self.players, self.observers, self.evaluators, self.controllers)

    def as_line(self) -> str:
        """As a save has it: the counts, then the name."""
        return " ".join((*map(str, self.counts), self.name))

    @classmethod
    def from_line(cls, line: str) -> Organisation:
        """That of such a line; ValueError where it is none."""
        *counts, name = line.split(" ", len(ROLES))
        players, observers, evaluators, controllers = map(int, counts)
        return cls(name, players, observers, evaluators, controllers)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a session is called, for whom, when and where it is held, and who takes part."""

    name: str = ""
    """What the exercise is called in this session; empty where its own title is enough."""
    sponsor: str = ""
    """Who has it held."""
    contact: str = ""
    """The point of contact: an office, and how it is reached."""
    date: str = ""
    """The first day, ISO."""
    until: str = ""
    """The last day, ISO; empty where there is one day."""
    place: str = ""
    """Where it is held."""
    zone: str = ""
    """The time zone that wall times are told in, such as `Asia/Tokyo`."""
    areas: tuple[str, ...] = ()
    """The mission areas."""
    organisations: tuple[Organisation, ...] = ()
    """Who takes part, in the sponsor's order."""

    def as_toml(self) -> Table:
        """What of it is there, as TOML has it."""
        table: Table = {part.name: getattr(self, part.name) for part in fields(self)}
        lines = [organisation.as_line() for organisation in self.organisations]
        return said(table | {"areas": list(self.areas), "organisations": lines})

    @classmethod
    def from_toml(cls, table: Table) -> Particulars:
        """Those of such keys; TypeError or ValueError where they do not fit."""
        rest = dict(table)
        areas = tuple(rest.pop("areas", ()))
        lines = rest.pop("organisations", ())
        return cls(**rest, areas=areas, organisations=tuple(map(Organisation.from_line, lines)))


@dataclass(frozen=True, slots=True)
class Targets:
    """What the sponsor would have the session reach; it stands beside what was reached."""

    scores: dict[str, int] = field(default_factory=dict)
    """For scores a value at the end, in hundredths: at least that where higher is better, at most
    where lower is."""
    objectives: dict[str, str] = field(default_factory=dict)
    """For objectives a rating, P, S or M, that is to be settled at least."""

    def as_toml(self) -> Table:
        """What of it is there, as TOML has it."""
        return said({"scores": pairs_out(self.scores), "objectives": pairs_out(self.objectives)})

    @classmethod
    def from_toml(cls, table: Table) -> Targets:
        """Those of such keys; TypeError or ValueError where they do not fit."""
        scores, objectives = table.get("scores", ()), table.get("objectives", ())
        values = {name: int(value) for name, value in pairs_in(scores).items()}
        return cls(values, pairs_in(objectives))


class Stated(NamedTuple):
    """What is said of a session in all."""

    particulars: Particulars
    targets: Targets
