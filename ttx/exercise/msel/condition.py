"""A condition as a sentence in a cell, and the sentence read back to the same condition."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ttx.exercise.msel.amounts import NUMBER, number
from ttx.exercise.msel.called import Called, plain
from ttx.exercise.msel.cells import Unreadable
from ttx.exercise.problems import shown
from ttx.i18n import _

Data = Mapping[str, Any]
_LIMITS = {"at_least": "at least", "at_most": "at most", "below": "below"}
_LEVELS = {"at_least": "at least", "at_most": "at most", "level": "at"}
_TIMINGS = {"on_time": "on time", "far_too_late": "far too late", "late": "late"}
_ANSWERS = ("restraint", "probe", "escalate")


def written(called: Called, condition: Data) -> str:
    """A condition in words: `Grey-zone pressure at least 45 and not (lever Pace at crash)`."""
    match condition:
        case {"all": parts}:
            return _joined(called, "all", "and", parts)
        case {"any": parts}:
            return _joined(called, "any", "or", parts)
        case {"not": part}:
            return f"not {_part(called, part)}"
        case {"of": of}:
            limits = [f"{words} {condition[k]}" for k, words in _LIMITS.items() if k in condition]
            return f"{_name(called, 'value', of)} {', '.join(limits)}"
        case {"lever": lever}:
            levels = [
                f"{words} {_name(called, 'level', condition[key], lever)}"
                for key, words in _LEVELS.items()
                if key in condition
            ]
            return f"lever {_name(called, 'lever', lever)} {', '.join(levels)}"
        case {"fired": inject}:
            return f"inject {_name(called, 'inject', inject)} was released"
        case {"outcome": inject, "timing": timings}:
            came = " or ".join(_TIMINGS[timing] for timing in timings)
            return f"inject {_name(called, 'inject', inject)} came out {came}"
        case {"responded": adversary, "with": answers}:
            words = f"{_name(called, 'adversary', adversary)} answered {' or '.join(answers)}"
            if aims := condition.get("aim"):
                named = (_name(called, "aim", aim, adversary) for aim in aims)
                words += f", with aim {' or '.join(named)}"
            if (within := condition.get("within", 1)) != 1:
                words += f", within {within} turns"
            return words
    raise KeyError(*condition)


def _joined(called: Called, word: str, between: str, parts: list[Data]) -> str:
    inside = [_part(called, part) for part in parts]
    return f" {between} ".join(inside) if len(inside) > 1 else f"{word} ({inside[0]})"


def _part(called: Called, part: Data) -> str:
    words = written(called, part)
    together = [value for key in ("all", "any") if key in part for value in [part[key]]]
    return f"({words})" if together and len(together[0]) > 1 else words


def _name(called: Called, kind: str, part: str, of: str = "") -> str:
    """A name; an id stands in quotes, so that it is never taken for a word of the sentence."""
    name = called.spelt(kind, part, of)
    return name if kind == "inject" or called.by_name else f'"{part}"'


def read(called: Called, cell: str) -> dict[str, Any]:
    """The condition that a cell says.

    Raises:
        Unreadable: It says none; the words tell from where on it was not understood.
    """
    reading = _Reading(called, " ".join(cell.split()))
    found = reading.condition()
    if reading.left:
        reading.refuse()
    return found


class _Reading:
    """One walk through the words of a condition."""

    def __init__(self, called: Called, words: str) -> None:
        self.called, self.words, self.at = called, words, 0

    @property
    def left(self) -> str:
        """What has not been read yet."""
        return self.words[self.at :].lstrip()

    def refuse(self) -> None:
        """Say from where on it is not understood."""
        raise Unreadable(
            _(
                "the condition is not understood from {left} on: write such as {example}, with "
                "and, or, not and brackets",
                left=shown(self.left or self.words),
                example=_example(self.called),
            )
        )

    def takes(self, word: str) -> bool:
        """Whether the words go on with these, which are then passed."""
        gap = len(self.words) - len(self.left)
        end = gap + len(word)
        if self.words[gap:end].casefold() != word:
            return False
        if word[-1].isalnum() and self.words[end : end + 1].isalnum():
            return False
        self.at = end
        return True

    def needs(self, word: str) -> None:
        if not self.takes(word):
            self.refuse()

    def name(self, kind: str, of: str = "") -> str | None:
        """The id of the part whose name comes next, the longest that fits; None where none does."""
        quoted = re.match(r'"([^"]*)"', self.left)
        if quoted:
            part = self.called.known(kind, of).get(plain(quoted[1]))
            if part is not None:
                self.takes(quoted[0].casefold())
            return part
        known = self.called.known(kind, of)
        for name in sorted(known, key=len, reverse=True):
            if name and self.takes(name):
                return known[name]
        return None

    def condition(self) -> dict[str, Any]:
        """Conditions with `and` or with `or` between them, or one."""
        parts = [self.part()]
        for key, between in (("all", "and"), ("any", "or")):
            while self.takes(between):
                parts.append(self.part())
            if len(parts) > 1:
                return {key: parts}
        return parts[0]

    def part(self) -> dict[str, Any]:
        start = self.at
        if self.takes("("):
            inside = self.condition()
            self.needs(")")
            return inside
        if self.takes("not"):
            return {"not": self.part()}
        for word in ("all", "any"):
            if self.takes(word) and self.takes("("):
                inside = self.condition()
                self.needs(")")
                return {word: [inside]}
            self.at = start
        readings: tuple[Callable[[], dict[str, Any] | None], ...]
        readings = (self.lever, self.inject, self.threshold, self.answered)
        for reading in readings:
            found = reading()
            if found is not None:
                return found
            self.at = start
        self.refuse()
        raise AssertionError

    def lever(self) -> dict[str, Any] | None:
        if not self.takes("lever"):
            return None
        lever = self.name("lever")
        if lever is None:
            return None
        found: dict[str, Any] = {"lever": lever}
        while True:
            key = next((key for key, words in _LEVELS.items() if self.takes(words)), None)
            level = self.name("level", lever) if key else None
            if key is None or level is None:
                self.refuse()
            found[str(key)] = level
            start = self.at
            if not self.takes(",") or not self.left.casefold().startswith("at "):
                self.at = start
                return found

    def inject(self) -> dict[str, Any] | None:
        if not self.takes("inject"):
            return None
        inject = self.name("inject")
        if inject is None:
            return None
        if self.takes("was released"):
            return {"fired": inject}
        if not self.takes("came out"):
            return None
        by_words = {words: key for key, words in _TIMINGS.items()}
        return {"outcome": inject, "timing": self.one_or_more(by_words)}

    def threshold(self) -> dict[str, Any] | None:
        value = self.name("value")
        if value is None:
            return None
        found: dict[str, Any] = {"of": value}
        while True:
            start = self.at
            if len(found) > 1 and not self.takes(","):
                return found
            key = next((key for key, words in _LIMITS.items() if self.takes(words)), None)
            match = re.match(NUMBER, self.left) if key else None
            if key is None or match is None:
                self.at = start
                return found if len(found) > 1 else None
            self.takes(match[0])
            found[key] = number(match[0])

    def answered(self) -> dict[str, Any] | None:
        adversary = self.name("adversary")
        if adversary is None or not self.takes("answered"):
            return None
        found: dict[str, Any] = {
            "responded": adversary,
            "with": self.one_or_more({answer: answer for answer in _ANSWERS}),
        }
        if self.takes(", with aim"):
            aims = [self.name("aim", adversary)]
            while self.takes("or"):
                aims.append(self.name("aim", adversary))
            if None in aims:
                self.refuse()
            found["aim"] = aims
        if self.takes(", within"):
            match = re.match(r"\d{1,3}", self.left)
            if match is None:
                self.refuse()
            else:
                self.takes(match[0])
                if int(match[0]) != 1:
                    found["within"] = int(match[0])
            if not self.takes("turns"):
                self.needs("turn")
        return found

    def one_or_more(self, words: Mapping[str, str]) -> list[str]:
        """Some of these words with `or` between them; an `or` before anything else is left."""
        found: list[str] = []
        while True:
            start = self.at
            if found and not self.takes("or"):
                return found
            key = next((key for word, key in words.items() if self.takes(word)), None)
            if key is None:
                self.at = start
                if not found:
                    self.refuse()
                return found
            found.append(key)


def _example(called: Called) -> str:
    value = next(iter(called.choices("value")), "")
    return f"{value} at least 45"
