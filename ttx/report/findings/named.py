"""Names in place of ids, for a page that is read by whoever never saw the files of an exercise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ttx.analysis.policy_table import PolicyTable
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import Part, Text, text
from ttx.exercise.parameters import parameters
from ttx.exercise.problems import KeyPath
from ttx.i18n import _
from ttx.report.findings.gathered import Findings
from ttx.studies.discovery import Discovery

_QUOTED, _LONG = re.compile(r"'([a-z0-9_]+)'"), re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")
"""An id that a sentence quotes, and one that no sentence would hold as a word."""


def renamed(findings: Findings) -> Findings:
    """The same with every policy called by name: `staff first` for `staff_first`."""
    exercise, made = findings.exercise, findings.sensitivity
    asked = [*findings.table.policies, *(made.question if made is not None else ())]
    if findings.discovery is not None:
        asked += findings.discovery.policies
    names = {policy: policy_name(exercise, policy) for policy in asked}
    hangs = made
    if made is not None:
        a, b = made.question
        hangs = replace(made, question=(names[a], names[b]))
    return replace(
        findings,
        table=_table(findings.table, names),
        horizon={names[policy]: rows for policy, rows in findings.horizon.items()},
        built_in=tuple((names[policy], score, way) for policy, score, way in findings.built_in),
        sensitivity=hangs,
        discovery=None if findings.discovery is None else _discovery(findings.discovery, names),
    )


def policy_name(exercise: Exercise, policy: str) -> str:
    """What a policy is called: `accelerated with Pace of the stand-up at phased`.

    A file, or robots that are mixed, keep the words they were asked for with.
    """
    base, *changes = policy.split("+")
    robots = {robot.id: text(robot.name) for robot in exercise.robot}
    clauses = [robots.get(base, base)]
    for change in changes:
        lever, _rest, wanted = change.partition("=")
        level, _rest, turn = wanted.partition("@")
        part = exercise.levers[lever]
        names = {known.id: text(known.name) for known in part.levels}
        since = _(" from T{turn}", turn=turn) if turn else ""
        clauses.append(
            _("{part} at {names}{since}", part=text(part.name), names=names[level], since=since)
        )
    base_name, *changed = clauses
    if not changed:
        return base_name
    return _("{policy} with {changes}", policy=base_name, changes=_(" and ").join(changed))


def _table(table: PolicyTable, names: Mapping[str, str]) -> PolicyTable:
    return replace(
        table,
        baseline=names[table.baseline],
        policies=tuple(names[policy] for policy in table.policies),
        means=tuple(replace(mean, policy=names[mean.policy]) for mean in table.means),
        differences=tuple(
            replace(difference, policy=names[difference.policy]) for difference in table.differences
        ),
        wins=tuple(replace(win, policy=names[win.policy]) for win in table.wins),
        dominated=tuple(
            replace(
                dominated,
                policy=names[dominated.policy],
                by=tuple(names[by] for by in dominated.by),
            )
            for dominated in table.dominated
        ),
        bundles=tuple(
            replace(bundle, policy=names[bundle.policy], baseline=names[bundle.baseline])
            for bundle in table.bundles
        ),
    )


def _discovery(made: Discovery, names: Mapping[str, str]) -> Discovery:
    return replace(
        made,
        policies=tuple(names[policy] for policy in made.policies),
        policy=names[made.policy],
        baseline=names[made.baseline],
        scenarios=tuple(
            replace(scenario, winner=names[scenario.winner]) for scenario in made.scenarios
        ),
    )


def where(exercise: Exercise, path: KeyPath) -> str:
    """Where a path leads, by names: `Standing staff in Japan, cell`; empty for the whole of it."""
    return ", ".join(text(name) for _rest, name in _steps(exercise, path) if name)


def called(exercise: Exercise, path: KeyPath, sentence: str) -> str:
    """A sentence about a place with names for the ids in it; those nearest to the place first."""
    known = _global(exercise)
    for part, _rest in _steps(exercise, path):
        for below in ("levels", "option"):
            known |= _by_id(getattr(part, below, ()))
    sentence = _QUOTED.sub(lambda match: f"'{known.get(match[1], match[1])}'", sentence)
    return _LONG.sub(lambda match: known.get(match[0], match[0]), sentence)


def _steps(exercise: Exercise, path: KeyPath) -> Iterator[tuple[object, Text]]:
    """The parts on the way, each with its name or title; empty where it has none."""
    value: object = exercise
    for step in path:
        if isinstance(value, list) and isinstance(step, int):
            value = value[step]
        else:
            value = getattr(value, str(step), None)
        if isinstance(value, Part):
            yield value, getattr(value, "name", "") or getattr(value, "title", "")


def _by_id(parts: Iterable[object]) -> dict[str, str]:
    names = {}
    for part in parts:
        name = getattr(part, "name", "") or getattr(part, "title", "")
        if name:
            names[getattr(part, "id", "")] = text(name)
    return names


def _global(exercise: Exercise) -> dict[str, str]:
    """What ids of the whole exercise are called."""
    named = (
        *(exercise.lever, exercise.inject, exercise.robot, exercise.adversary, exercise.cell),
        *(exercise.posture, exercise.budget, exercise.score, exercise.track, exercise.derived),
    )
    return {name: by_id for parts in named for name, by_id in _by_id(parts).items()}


def numbered(made: Discovery, scenario: str) -> str:
    """A sentence of a discovery with the names of numbers alone, which follow or are their ids."""
    known = parameters(made.exercise)
    for name in sorted(made.ids, key=len, reverse=True):
        scenario = scenario.replace(f" ({name})", "").replace(name, known[name].name)
    return scenario
