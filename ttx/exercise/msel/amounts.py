"""Effects, points and weights as cells that a person reads, and read back to the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ttx.exercise.msel.called import Called
from ttx.exercise.msel.cells import Unreadable
from ttx.exercise.problems import shown
from ttx.i18n import _

NUMBER = r"[+\-−–]?\s*\d{1,9}(?:[.,]\d{1,2})?"
_AMOUNT = re.compile(rf"(?P<what>.+?)\s*(?P<by>{NUMBER})")
_EFFECT = re.compile(
    rf"(?P<what>.+?)\s*(?P<by>{NUMBER})(?:\s+(?:in|after)\s+(?P<delay>\d+)\s+turns?)?",
    re.IGNORECASE,
)
_WEIGHT = re.compile(
    rf"(?P<base>{NUMBER})(?:\s*(?P<times>[+\-−–]\s*\d{{1,9}})(?:\s*[x×*]\s*(?P<of>.+?))?)?",
    re.IGNORECASE,
)


def pieces(cell: str) -> Iterator[str]:
    """What a cell lists, one a line or with ; between."""
    yield from filter(None, (piece.strip() for piece in re.split(r"[;\n]", cell)))


def number(words: str) -> int | Decimal:
    """A number as a person or a spreadsheet writes it: `+6`, `−2.5`, `3,25`.

    Raises:
        Unreadable: It is none.
    """
    match = re.fullmatch(NUMBER, words.strip())
    if match is None:
        raise Unreadable(_("must be a number, not {cell}", cell=shown(words)))
    plain = re.sub(r"\s", "", words).replace("−", "-").replace("–", "-").replace(",", ".")
    value = Decimal(plain)
    return int(value) if value == value.to_integral_value() else value.normalize()


def whole(words: str) -> int:
    """A whole number.

    Raises:
        Unreadable: It is none.
    """
    value = number(words)
    if isinstance(value, int):
        return value
    raise Unreadable(_("must be a whole number, not {cell}", cell=shown(words)))


def signed(value: int | Decimal) -> str:
    """A number with its sign, also where it is more than nothing."""
    return f"{value:+f}" if isinstance(value, Decimal) else f"{value:+d}"


def effects(called: Called, listed: Sequence[Mapping[str, Any]]) -> str:
    """Changes of tracks, one a line: `HQ maturity +6 in 2 turns`."""
    lines = []
    for effect in listed:
        line = f"{called.spelt('track', effect['track'])} {signed(effect['by'])}"
        if delay := effect.get("delay", 0):
            line += f" in {delay} {'turn' if delay == 1 else 'turns'}"
        lines.append(line)
    return "\n".join(lines)


def read_effects(called: Called, cell: str) -> list[dict[str, Any]]:
    """The same, read.

    Raises:
        Unreadable: A line of it is no change of a track.
    """
    listed = []
    for piece in pieces(cell):
        match = _EFFECT.fullmatch(piece)
        if match is None:
            raise Unreadable(
                _(
                    "must be a track and its change, such as {track} +6 or {track} -3 in 2 "
                    "turns, one a line, not {cell}",
                    track=next(iter(called.choices("track")), ""),
                    cell=shown(piece),
                )
            )
        track = called.found("track", match["what"])
        effect: dict[str, Any] = {"track": track, "by": number(match["by"])}
        if int(match["delay"] or 0):
            effect["delay"] = int(match["delay"])
        listed.append(effect)
    return listed


def amounts(called: Called, kind: str, given: Mapping[str, int]) -> str:
    """A number for each of some parts, one a line: `China +1`."""
    return "\n".join(f"{called.spelt(kind, part)} {signed(n)}" for part, n in given.items())


def read_amounts(called: Called, kind: str, cell: str) -> dict[str, int]:
    """The same, read.

    Raises:
        Unreadable: A line of it is no part with a whole number, or one part has two.
    """
    given: dict[str, int] = {}
    for piece in pieces(cell):
        match = _AMOUNT.fullmatch(piece)
        if match is None:
            raise Unreadable(
                _(
                    "must be a name and a number, such as {name} +2, one a line, not {cell}",
                    name=next(iter(called.choices(kind)), ""),
                    cell=shown(piece),
                )
            )
        part = called.found(kind, match["what"])
        if part in given:
            raise Unreadable(_("{name} stands in it twice", name=shown(match["what"])))
        given[part] = whole(match["by"])
    return given


def settings(called: Called, given: Mapping[str, str]) -> str:
    """Levers and the levels they are set to, one a line: `Pace: accelerated`."""
    return "\n".join(
        f"{called.spelt('lever', lever)}: {called.spelt('level', level, lever)}"
        for lever, level in given.items()
    )


def read_settings(called: Called, cell: str) -> dict[str, str]:
    """The same, read.

    Raises:
        Unreadable: A line of it is no lever with a level, or one lever has two.
    """
    given: dict[str, str] = {}
    for piece in pieces(cell):
        name, colon, level = piece.partition(":")
        if not colon:
            raise Unreadable(
                _("must be a lever and a level with a colon between, not {cell}", cell=shown(piece))
            )
        lever = called.found("lever", name)
        if lever in given:
            raise Unreadable(_("{name} stands in it twice", name=shown(name.strip())))
        given[lever] = called.found("level", level, lever)
    return given


def weight(called: Called, given: Mapping[str, Any]) -> str:
    """A weight: `32`, or `24 + 64 x Grey-zone pressure`, which is for 100 points of it."""
    base, times, of = given["base"], given.get("times", 0), given.get("of")
    if not times and of is None:
        return str(base)
    sum_ = f"{base} {'-' if times < 0 else '+'} {abs(times)}"
    return sum_ if of is None else f"{sum_} x {called.spelt('value', of)}"


def read_weight(called: Called, cell: str) -> dict[str, Any]:
    """The same, read.

    Raises:
        Unreadable: It is none.
    """
    match = _WEIGHT.fullmatch(cell.strip())
    if match is None:
        raise Unreadable(
            _(
                "must be a weight such as 32, or 24 + 64 x {value}, not {cell}",
                value=next(iter(called.choices("value")), ""),
                cell=shown(cell),
            )
        )
    given: dict[str, Any] = {"base": whole(match["base"])}
    if match["times"] and (times := whole(match["times"])):
        given["times"] = times
    if match["of"]:
        given["of"] = called.found("value", match["of"])
    return given
