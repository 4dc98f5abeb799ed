"""What is computed from what: no value may lead back to itself, or be asked for too early."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.levers import LeverEffect
from ttx.exercise.model.scores import SPENT, Blend, ByLevel, Scarcer, Shortfall, Sum
from ttx.exercise.model.tracks import Effect, Weather
from ttx.exercise.parts import Parts
from ttx.exercise.problems import Finding, KeyPath
from ttx.i18n import _

DEEPEST = 12
"""How many steps a derived value may be away from the tracks it is made of."""
Inputs = dict[str, list[str]]
"""What each value is computed from, at once."""


def loops(exercise: Exercise, parts: Parts) -> Iterator[Finding]:
    """Values that lead back to themselves, and values of the clock that something else moves."""
    inputs = derived_inputs(exercise)
    loop = first_loop(inputs)
    if loop:
        at = [value.id for value in exercise.derived].index(loop[0])
        yield Finding(
            ("derived", at), _("it is computed from itself: {loop}", loop=" → ".join(loop))
        )
    elif not settled(inputs):
        text = _(
            "derived values are computed from each other in more than {deepest} steps",
            deepest=DEEPEST,
        )
        yield Finding(("derived",), text)
    else:
        yield from _too_early(exercise, inputs)
        yield from _level_loop(exercise, inputs)
    yield from _read_off(exercise, parts)


def derived_inputs(exercise: Exercise) -> Inputs:
    """The inputs of each derived value."""
    inputs: Inputs = {}
    for value in exercise.derived:
        match value:
            case Sum():
                inputs[value.id] = [term.of for term in value.terms if term.of != SPENT]
            case Scarcer():
                inputs[value.id] = list(value.of)
            case Shortfall():
                inputs[value.id] = [value.of, *value.delivered]
            case Blend():
                inputs[value.id] = [*value.parts, value.motive]
            case _:
                inputs[value.id] = []
    return inputs


def first_loop(inputs: Inputs) -> list[str]:
    """One way round from a value to itself, first and last alike; empty where there is none."""
    try:
        TopologicalSorter(inputs).prepare()
    except CycleError as error:
        way: list[str] = error.args[1]
        return way
    return []


def settled(inputs: Inputs) -> bool:
    """Whether all derived values can be worked out, in a bounded number of steps."""
    if first_loop(inputs):
        return False
    depth: dict[str, int] = {}
    for name in TopologicalSorter(inputs).static_order():
        sources = inputs.get(name)
        depth[name] = 0 if sources is None else 1 + max((depth[of] for of in sources), default=0)
    return max(depth.values(), default=0) <= DEEPEST


def _too_early(exercise: Exercise, inputs: Inputs) -> Iterator[Finding]:
    """By level, scarcer and shortfall are taken in the order of the file, others when asked for."""
    order = {
        value.id: at
        for at, value in enumerate(exercise.derived)
        if isinstance(value, ByLevel | Scarcer | Shortfall)
    }
    when_asked = {value.id for value in exercise.derived if isinstance(value, Sum | Blend)}

    for at, value in enumerate(exercise.derived):
        if isinstance(value, Scarcer | Shortfall):
            needed = list(inputs[value.id])
            for name in needed:
                if name in when_asked:
                    needed += [source for source in inputs[name] if source not in needed]
            late = [name for name in needed if order.get(name, -1) > at]
            if late:
                yield Finding(
                    ("derived", at),
                    _("'{late}', which it needs, must stand above it", late=late[0]),
                )


def _level_loop(exercise: Exercise, inputs: Inputs) -> Iterator[Finding]:
    """Level links last, so a loop of them could run away."""
    sources = {name: list(of) for name, of in inputs.items()}
    clock = _clock_inputs(exercise)
    for track in exercise.track:
        if track.value is not None:
            sources.setdefault(track.id, []).extend(clock)
    for link in exercise.influence:
        if link.kind == "level":
            sources.setdefault(link.to, []).append(link.from_)
    loop = first_loop(sources)
    steps = set(pairwise(loop))
    for at, link in enumerate(exercise.influence):
        if link.kind == "level" and (link.from_, link.to) in steps:
            yield Finding(
                ("influence", at), _("level links lead in a loop: {loop}", loop=" → ".join(loop))
            )
            return
    if loop:
        yield Finding(("track",), _("tracks lead in a loop: {loop}", loop=" → ".join(loop)))


def _clock_inputs(exercise: Exercise) -> list[str]:
    """The tracks that shorten stages or the wait."""
    clock = exercise.clock
    inputs = [term.of for stage in clock.stages for term in stage.weights]
    inputs += [name for stage in clock.stages if stage.product for name in stage.product.of]
    inputs += [present.of for present in clock.wait.present] if clock.wait else []
    return list(dict.fromkeys(inputs))


def _read_off(exercise: Exercise, parts: Parts) -> Iterator[Finding]:
    """A track that is read off the clock is moved by nothing else."""
    indices = {track.id for track in exercise.track if track.value is not None}
    for at, track in enumerate(exercise.track):
        if track.id in indices and (track.rate or track.rest is not None):
            key = "rate" if track.rate else "rest"
            yield Finding(
                ("track", at, key),
                _("{key} is not for a track that is read off the clock", key=key),
            )
    moved: list[tuple[KeyPath, str]] = [
        (("influence", at, "to"), link.to) for at, link in enumerate(exercise.influence)
    ]
    moved += [
        ((*placed.path, "track"), placed.part.track)
        for placed in parts
        if isinstance(placed.part, Effect | LeverEffect | Weather)
    ]
    for path, name in moved:
        if name in indices:
            yield Finding(
                path, _("track '{name}' is read off the clock: nothing else may move it", name=name)
            )
