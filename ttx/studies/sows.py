"""States of the world: numbers of the exercise drawn from their ranges, the same for every policy.

A Latin hypercube: of n worlds each takes another nth of every range. The draws are whole numbers
keyed by seed and parameter, so they are the same on every machine.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from hashlib import blake2b

import numpy as np

from ttx.adjudicator import dice
from ttx.adjudicator.arithmetic import Int32
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parameters import as_held, parameter, parameters, switched
from ttx.exercise.problems import did_you_mean
from ttx.i18n import _
from ttx.studies.plan import StudyError

Ranges = dict[str, tuple[int, int]]

DECLARED, ALL = "declared", "all"
FINE = 1 << 16
"""Steps inside the nth of a range that a world takes."""
HOW = "a Latin hypercube over the ranges: a state of the world for each world"


def fixed(exercise: Exercise, set_: Iterable[str], switches: Iterable[str]) -> dict[str, int]:
    """Numbers that hold in every world: what switches set, then `id=value`.

    Raises:
        StudyError: A switch or a number is unknown, or its value is none.
    """
    values: dict[str, int] = {}
    known = {switch.id: switch for switch in exercise.switch}
    for name in switches:
        if name not in known:
            raise StudyError(
                _(
                    "There is no switch '{name}'{hint}.",
                    name=name,
                    hint=did_you_mean(name, known),
                )
                if known
                else _(
                    "{exercise} names no switch, so there is no '{name}'.",
                    exercise=exercise.id,
                    name=name,
                )
            )
        values |= switched(exercise, known[name])
    for words in set_:
        name, equals, value = (part.strip() for part in words.partition("="))
        if not equals:
            raise StudyError(
                _("'{words}' sets nothing; write PART=VALUE, such as start.TRACK=20.", words=words)
            )
        try:
            values[name] = as_held(parameter(exercise, name), value)
        except ValueError as error:
            raise StudyError(
                _("--set {words}: {error}.", words=words, error=str(error).rstrip("."))
            ) from None
    return values


def ranges_of(exercise: Exercise, words: str, read: Callable[[str], str]) -> Ranges:
    """The ranges that words ask for: `declared`, `all`, or a file of `id = [low, high]` in TOML.

    `read` gives the text of a file, whose values are in the author's units. ValueError in a
    sentence where a range holds nothing, or none is asked for.

    Raises:
        StudyError: The exercise declares no range, or the file of ranges cannot be used.
    """
    if words in (DECLARED, ALL):
        ranges = {
            name: (number.low, number.high)
            for name, number in parameters(exercise).items()
            if (number.declared or words == ALL) and number.low < number.high
        }
        if not ranges:
            raise StudyError(
                _(
                    "{exercise} declares no range; ask for --ranges all, or a file.",
                    exercise=exercise.id,
                )
            )
        return ranges
    try:
        data = tomllib.loads(read(words), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise StudyError(_("{words} is not TOML: {error}.", words=words, error=error)) from None
    try:
        ranges = {name: _ends(exercise, name, ends) for name, ends in _flat(data).items()}
    except ValueError as error:
        raise StudyError(f"{words}: {str(error).rstrip('.')}.") from None
    if not ranges:
        raise StudyError(
            _('{words} holds no range; write lines such as "start.TRACK" = [20, 60].', words=words)
        )
    return ranges


def _flat(data: Mapping[str, object], before: str = "") -> dict[str, object]:
    """Dotted keys, whether they were written with quotation marks or without."""
    flat: dict[str, object] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{before}{key}.")
        else:
            flat[f"{before}{key}"] = value
    return flat


def _ends(exercise: Exercise, name: str, ends: object) -> tuple[int, int]:
    number = parameter(exercise, name)
    if not (isinstance(ends, list) and len(ends) == 2):
        raise ValueError(_("the range of {name} is written [low, high]", name=name))
    low, high = (as_held(number, str(end)) for end in ends)
    if low >= high:
        raise ValueError(
            _(
                "the range of {name} holds nothing: {low} to {high}",
                name=name,
                low=ends[0],
                high=ends[1],
            )
        )
    return low, high


def drawn(ranges: Mapping[str, tuple[int, int]], seed: int, worlds: int) -> dict[str, Int32]:
    """A state of the world for each world: int32[worlds] by parameter, both ends among them."""
    return {name: _drawn(name, ends, seed, worlds) for name, ends in ranges.items()}


def _drawn(name: str, ends: tuple[int, int], seed: int, worlds: int) -> Int32:
    key = blake2b(f"{seed} {name}".encode(), digest_size=8).digest()
    steps = np.arange(2 * worlds, dtype=np.uint64) * np.uint64(dice.GOLD)
    words = dice.vmix(np.uint64(int.from_bytes(key, "little")) + steps)
    turn = np.argsort(np.argsort(words[:worlds], kind="stable"), kind="stable")
    inside = (words[worlds:] >> np.uint64(48)).astype(np.int64)
    low, high = ends
    shift = (turn * FINE + inside) * (high - low + 1) // (worlds * FINE)
    return (low + shift).astype(np.int32)
