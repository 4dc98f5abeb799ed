"""What a study asks: which policies in which worlds, with which numbers of the exercise.

All of it stands in `study.toml`, and workers are told the same text, so that a block is played from
what the folder says and from nothing else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from ttx import __version__
from ttx.analysis.course import BLOCK
from ttx.analysis.policies import Policy
from ttx.exercise.digest import digest, digest_of
from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.model.robots import Robot
from ttx.exercise.problems import ExerciseError
from ttx.i18n import N_, _

FORMAT = 1
MOST = 1_000_000_000
"""Rows of a study; ten times what a machine plays in a day."""
SWEEP = "sweep"
"""The kind of a study whose rows are policies in worlds, each kept whole."""


class StudyError(ValueError):
    """A study that cannot be made, read or gone on with; a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Task:
    """A block of worlds under one policy: what a worker is given at once."""

    policy: int
    """Its row among the policies of the plan."""
    first: int
    """The first world of the study in it."""
    count: int


@dataclass(frozen=True)
class Plan:
    """A study as it was asked for.

    A row is a policy in a world, and its number policy * worlds + world, both from 0.
    """

    exercise: Exercise
    policies: tuple[Policy, ...]
    seed: int
    worlds: int
    baseline: str = ""
    kind: str = SWEEP
    fixed: Mapping[str, int] = field(default_factory=dict)
    """Numbers of the exercise set otherwise in every world, by parameter."""
    ranges: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """What the settings of single worlds were drawn from, by parameter; empty where none were."""
    sows: str = ""
    """How they were drawn, in words."""
    settings: str = ""
    """The checksum of those settings; empty where all worlds have the same numbers."""
    cycle: int = 0
    """After how many worlds of the study the dice begin again; 0 where each has its own."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """What else a kind of study has to say of itself, as TOML takes it."""
    block: int = BLOCK
    """Worlds of one policy that are played, kept and taken up again together."""
    digest: str = ""
    """That of the exercise; worked out where it is left out."""

    def __post_init__(self) -> None:
        """The digest of the exercise, once; StudyError where there is nothing to play."""
        if not self.policies or self.block < 1 or self.worlds < 1 or min(self.seed, self.cycle) < 0:
            raise StudyError(_("A study has a policy, a world and a seed at least."))
        if self.rows > MOST:
            raise StudyError(
                _("A study has {most:,} rows at most, not {rows:,}.", most=MOST, rows=self.rows)
            )
        if not self.digest:
            object.__setattr__(self, "digest", digest(self.exercise))

    @property
    def rows(self) -> int:
        """How many rows the study has."""
        return self.worlds * len(self.policies)

    @cached_property
    def id(self) -> str:
        """What the study is known by: 16 hexadecimal digits over all that it asks."""
        return digest_of(self._asked())[:16]

    def tasks(self) -> list[Task]:
        """All blocks; those of the first worlds come first, whatever the policy."""
        firsts = range(0, self.worlds, self.block)
        return [
            Task(policy, first, min(self.block, self.worlds - first))
            for first in firsts
            for policy in range(len(self.policies))
        ]

    def row(self, number: int) -> tuple[Policy, int]:
        """The policy and the world of a row; StudyError where there is no such row."""
        if not 0 <= number < self.rows:
            raise StudyError(
                _(
                    "There is no row {number}; the rows of this study are 0 to {rows}.",
                    number=number,
                    rows=self.rows - 1,
                )
            )
        return self.policies[number // self.worlds], number % self.worlds

    def part(self, task: Task, version: str) -> dict[str, str | int]:
        """What the file of a block says of itself; `version` is that of the ttx that played it."""
        return {
            "study": self.id,
            "policy": self.policies[task.policy].id,
            "first": task.first,
            "count": task.count,
            "version": version,
        }

    def policy(self, name: str) -> int:
        """The row of a policy among all; StudyError where the study has none of that name."""
        names = [policy.id for policy in self.policies]
        if name not in names:
            raise StudyError(
                _(
                    "The study has no policy '{name}'; it has {names}.",
                    name=name,
                    names=", ".join(names),
                )
            )
        return names.index(name)

    def dice(self, world: int) -> int:
        """The world of the seed whose dice a world of the study has."""
        return world % self.cycle if self.cycle else world

    def _asked(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "exercise": {
                "id": self.exercise.id,
                "title": text(self.exercise.title),
                "digest": self.digest,
            },
            "seed": self.seed,
            "worlds": self.worlds,
            "cycle": self.cycle,
            "block": self.block,
            "baseline": self.baseline,
            "sows": self.sows,
            "settings": self.settings,
            "about": dict(self.about),
            "set": dict(self.fixed),
            "ranges": {name: list(ends) for name, ends in self.ranges.items()},
            "policy": [
                {"id": policy.id, "cell": [_cell_out(cell, robot) for cell, robot in policy.robots]}
                for policy in self.policies
            ],
        }

    def described(self) -> dict[str, Any]:
        """The study in terms of the XLRM frame, for whoever reads the file."""
        part = self.exercise
        varied = [*self.ranges] or ["none: every world has the numbers of the exercise"]
        return {
            "uncertainties": ["luck: a world is a set of dice, the same for every policy", *varied],
            "levers": [lever.id for lever in part.lever],
            "relations": f"{text(part.title)}, edition {self.digest}, played by ttx {__version__}",
            "measures": [score.id for score in part.score],
        }

    def as_toml(self) -> dict[str, Any]:
        """The plan as `study.toml` says it."""
        head = {"format": FORMAT, "version": __version__, "study": self.id}
        return {**head, **self._asked(), "xlrm": self.described()}


def _cell_out(cell: str, robot: Robot) -> dict[str, Any]:
    fields = robot.model_dump(by_alias=True, exclude_defaults=True, exclude_none=True)
    return {"cell": cell, "robot": fields}


def written(plan: Plan, shard: str = "", command: str = "") -> bytes:
    """`study.toml` of a plan, with the shard of it and the command that asked for it."""
    import tomli_w

    fields = plan.as_toml()
    head = {"shard": shard} if shard else {}
    head |= {"command": command} if command else {}
    return tomli_w.dumps({**head, **fields}).encode()


def exercise_written(exercise: Exercise) -> bytes:
    """`exercise.toml`: the exercise whole."""
    import tomli_w

    return tomli_w.dumps(exercise.as_toml()).encode()


def head_of(raw: bytes, name: str) -> dict[str, Any]:
    """The keys of a `study.toml`; StudyError where it is none that this version can read."""
    try:
        data = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StudyError(
            _("{name} is not the file of a study: {error}.", name=name, error=error)
        ) from None
    known = data.get("format")
    if not isinstance(known, int) or "study" not in data:
        raise StudyError(
            _("{name} is not the file of a study; name a folder of `ttx sweep`.", name=name)
        )
    if known != FORMAT:
        raise StudyError(
            _(
                "{name} has format {known} of studies, written by ttx {value}, "
                "and this ttx reads {format}; use that version, or make the "
                "study anew.",
                name=name,
                known=known,
                value=data.get("version", "?"),
                format=FORMAT,
            )
        )
    return data


def read(raw: bytes, exercise: bytes, name: str = N_("study.toml")) -> Plan:
    """The plan of a `study.toml` and its exercise; StudyError where they do not hold together."""
    data = head_of(raw, name)
    try:
        known = str(data["exercise"]["digest"])
        part = from_data(
            tomllib.loads(exercise.decode(), parse_float=Decimal), _("exercise.toml"), known
        )
        plan = Plan(
            part,
            tuple(
                Policy(
                    part["id"],
                    tuple((c["cell"], Robot.model_validate(c["robot"])) for c in part["cell"]),
                )
                for part in data["policy"]
            ),
            data["seed"],
            data["worlds"],
            data["baseline"],
            data["kind"],
            data["set"],
            {key: (low, high) for key, (low, high) in data["ranges"].items()},
            data["sows"],
            data["settings"],
            data["cycle"],
            data["about"],
            data["block"],
        )
    except StudyError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StudyError(
            _("{name} is damaged ({error}); make the study anew.", name=name, error=error)
        ) from None
    except ExerciseError as error:
        first = str(error).partition("\n")[0]
        raise StudyError(
            _(
                "The exercise beside {name} is damaged ({first}); make the study anew.",
                name=name,
                first=first,
            )
        ) from None
    if plan.digest != known or plan.id != data["study"]:
        raise StudyError(
            _("{name} or the exercise beside it was changed; make the study anew.", name=name)
        )
    return plan
