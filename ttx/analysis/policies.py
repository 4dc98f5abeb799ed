"""Policies: ways of playing that a study lays side by side, a robot for each allied cell.

A policy may also say how the adversaries of a red cell are played; the rule plays the others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from pydantic import ValidationError

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.robots import Robot, Wish
from ttx.exercise.problems import did_you_mean
from ttx.i18n import _

ALL = "all"
"""Asks for every robot of the exercise that plays allied cells."""


@dataclass(frozen=True)
class Policy:
    """A way of playing, by what it was asked for as."""

    id: str
    robots: tuple[tuple[str, Robot], ...]
    """The robot of each allied cell, then of red cells that one plays, in the order of the cells.

    A robot of a red cell has its adversaries always want the response of its rule.
    """

    @property
    def players(self) -> dict[str, Robot]:
        """By cell."""
        return dict(self.robots)

    @property
    def allied(self) -> tuple[tuple[str, Robot], ...]:
        """The robots that move levers and answer."""
        return tuple(robot for robot in self.robots if robot[1].rule not in RESPONSES)

    @property
    def red(self) -> tuple[tuple[str, Robot], ...]:
        """The robots that play adversaries; empty where the rule plays all of them."""
        return tuple(robot for robot in self.robots if robot[1].rule in RESPONSES)

    def levers(self, exercise: Exercise) -> dict[str, tuple[tuple[int, str], ...]]:
        """What it wants of each lever: turn and level, in the order of the wishes.

        Only wishes of cells that hold the lever; a policy that draws at random wants nothing.
        """
        by_lever: dict[str, list[tuple[int, str]]] = {}
        for cell, robot in self.allied:
            for wish in robot.wishes if robot.rule != "random" else ():
                wanted = (wish.turn, wish.level)
                holds = cell in exercise.levers[wish.lever].cells
                if holds and wanted not in by_lever.setdefault(wish.lever, []):
                    by_lever[wish.lever].append(wanted)
        return {lever: tuple(wishes) for lever, wishes in by_lever.items() if wishes}


def policies(
    exercise: Exercise, asked: Sequence[str], read: Callable[[str], str]
) -> tuple[Policy, ...]:
    """The policies that words ask for, in their order and each once; ValueError in a sentence.

    A word is `all`, a robot, `cell=robot,cell=robot`, a file of a robot in TOML (its name ends in
    .toml, and `read` gives its text), and each of these but `all` with `+lever=level` or
    `+lever=level@turn` behind it, as often as one likes. A robot or a file may stand for all allied
    cells before others are named: `phased,japan=hawaii,red=escalate`. In a red cell plays a robot
    whose rule is a response, or the response itself.
    """
    by_id: dict[str, Policy] = {}
    for words in asked:
        allied = [robot.id for robot in exercise.robot if robot.rule not in RESPONSES]
        names = allied if words == ALL else [words]
        for name in names:
            by_id[name] = _policy(exercise, name, read)
    return tuple(by_id.values())


def factorial(exercise: Exercise, policy: Policy, factors: Sequence[str]) -> tuple[Policy, ...]:
    """A full factorial inside one plan: every combination of levels, the rest as it is.

    A factor is a lever, for all its levels, or `lever=level/level@turn/…`. ValueError in a sentence
    where there is no such lever or level.
    """
    sides = [_levels(exercise, factor) for factor in factors]
    named = [lever for lever, _levels_ in sides]
    if len(set(named)) < len(named):
        raise ValueError(_("A lever is a factor once: {named}.", named=", ".join(named)))
    return tuple(
        differing(
            exercise,
            policy,
            [f"{lever}={level}" for lever, level in zip(named, levels, strict=True)],
        )
        for levels in product(*[levels for _lever, levels in sides])
    )


def differing(exercise: Exercise, policy: Policy, changes: Sequence[str]) -> Policy:
    """A policy with `lever=level` or `lever=level@turn` in place of what it wants of that lever.

    Without a turn the level is wanted from the turn of the first wish that it replaces, else from
    the first turn. ValueError in a sentence where there is no such lever, level or turn.
    """
    robots = [(cell, _differing(exercise, robot, changes)) for cell, robot in policy.allied]
    return Policy("+".join([policy.id, *changes]), (*robots, *policy.red))


def _policy(exercise: Exercise, words: str, read: Callable[[str], str]) -> Policy:
    base, *changes = words.split("+")
    policy = Policy(base, tuple(_mix(exercise, base, read).items()))
    return differing(exercise, policy, changes) if changes else policy


def _cells(exercise: Exercise, side: str) -> list[str]:
    return [cell.id for cell in exercise.cell if cell.side == side]


def _mix(exercise: Exercise, words: str, read: Callable[[str], str]) -> dict[str, Robot]:
    allied, red = _cells(exercise, "allied"), _cells(exercise, "red")
    first, *others = words.split(",")
    everybody = {} if "=" in first else dict.fromkeys(allied, _allied(exercise, first, read))
    named = dict[str, Robot]()
    for part in [first, *others] if "=" in first else others:
        cell, _sign, name = (side.strip() for side in part.partition("="))
        if cell in named:
            raise ValueError(
                _(
                    "The cell '{cell}' has two robots in '{words}'; name one.",
                    cell=cell,
                    words=words,
                )
            )
        played = _known(cell, [*allied, *red], _("cell to play"))
        named[played] = (_allied if played in allied else _red)(exercise, name, read)
    missing = [cell for cell in allied if cell not in {**everybody, **named}]
    if missing:
        raise ValueError(
            _(
                "'{words}' names no robot for {missing}.",
                words=words,
                missing=_(" and ").join(missing),
            )
        )
    return {
        cell: {**everybody, **named}[cell] for cell in [*allied, *(c for c in red if c in named)]
    }


def _allied(exercise: Exercise, name: str, read: Callable[[str], str]) -> Robot:
    """A robot for an allied cell, by its id or in a file."""
    robots = {robot.id: robot for robot in exercise.robot}
    if name.endswith(".toml"):
        robot = _from_file(exercise, name, read(name))
    else:
        fit = [robot.id for robot in exercise.robot if robot.rule not in RESPONSES]
        robot = robots[_known(name, robots if name in robots else fit, "robot")]
    if robot.rule in RESPONSES:
        raise ValueError(
            _("The robot '{robot}' plays adversaries; name it for a red cell.", robot=robot.id)
        )
    return robot


def _red(exercise: Exercise, name: str, read: Callable[[str], str]) -> Robot:
    """A robot for a red cell: by its id, in a file, or as the response that it always wants."""
    robots = {robot.id: robot for robot in exercise.robot}
    for response in RESPONSES:
        about = _("Its adversaries always want {response}.", response=response)
        robots.setdefault(response, Robot(id=response, name=response, about=about, rule=response))
    if name.endswith(".toml"):
        robot = _from_file(exercise, name, read(name))
    else:
        fit = [robot.id for robot in robots.values() if robot.rule in RESPONSES]
        robot = robots[_known(name, robots if name in robots else fit, "robot of a red cell")]
    if robot.rule not in RESPONSES:
        raise ValueError(
            _(
                "The robot '{robot}' plays no adversary; in a red cell plays "
                "{responses} or a robot with such a rule.",
                robot=robot.id,
                responses=", ".join(RESPONSES),
            )
        )
    return robot


def _from_file(exercise: Exercise, path: str, words: str) -> Robot:
    try:
        robot = Robot.model_validate(tomllib.loads(words))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_("{path} is not TOML: {error}.", path=path, error=error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValueError(
            _(
                "{path} is no policy: '{place}': {first}.",
                path=path,
                place=place,
                first=first["msg"],
            )
        ) from None
    try:
        for wish in robot.wishes:
            _change(exercise, f"{wish.lever}={wish.level}@{wish.turn}")
        for lean in robot.order:
            _known(lean, [known_lean.id for known_lean in exercise.lean], "lean")
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    return robot


def _differing(exercise: Exercise, robot: Robot, changes: Sequence[str]) -> Robot:
    wishes = [*robot.wishes]
    for words in changes:
        lever, level, turn = _change(exercise, words)
        mine = [at for at, wish in enumerate(wishes) if wish.lever == lever.id]
        first = turn or (wishes[mine[0]].turn if mine else 1)
        wish = Wish(turn=first, lever=lever.id, level=level)
        if mine and first == wishes[mine[0]].turn:
            place = mine[0]
        else:
            place = next(
                (at for at, planned in enumerate(wishes) if planned.turn >= first), len(wishes)
            )
        kept = [(at, planned) for at, planned in enumerate(wishes) if planned.lever != lever.id]
        before = [planned for at, planned in kept if at < place]
        wishes = [*before, wish, *[planned for at, planned in kept if at >= place]]
    name = "-".join([robot.id, *(change.replace("=", "-").replace("@", "-") for change in changes)])
    return robot.model_copy(update={"id": name, "wishes": wishes})


def _change(exercise: Exercise, words: str) -> tuple[Lever, str, int]:
    """Lever, level and turn (0 where none is said) of `lever=level@turn`."""
    name, _sign, rest = (side.strip() for side in words.partition("="))
    level, _sign, at = (side.strip() for side in rest.partition("@"))
    lever = exercise.levers[_known(name, exercise.levers, "lever")]
    _known(level, [step.id for step in lever.levels], _("level of {lever}", lever=lever.id))
    count = exercise.turns.count
    if at and not (at.isdecimal() and 1 <= int(at) <= count):
        raise ValueError(
            _(
                "'{words}': there is no turn '{at}'; turns are 1 to {count}.",
                words=words,
                at=at,
                count=count,
            )
        )
    return lever, level, int(at or 0)


def _levels(exercise: Exercise, factor: str) -> tuple[str, list[str]]:
    name, _sign, asked = factor.partition("=")
    lever = exercise.levers[_known(name.strip(), exercise.levers, "lever")]
    levels = asked.split("/") if asked else [level.id for level in lever.levels]
    for level in levels:
        _change(exercise, f"{lever.id}={level}")
    return lever.id, levels


def _known(name: str, names: Iterable[str], kind: str) -> str:
    known = list(names)
    if name not in known:
        raise ValueError(
            _(
                "There is no {kind} '{name}'{hint}.",
                kind=kind,
                name=name,
                hint=did_you_mean(name, known),
            )
        )
    return name
