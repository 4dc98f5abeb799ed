"""What is wrong with an exercise: one line for each mistake, with its place and a suggestion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from ttx.i18n import N_, _

KeyPath = tuple[str | int, ...]
"""The keys and positions that lead to a value, such as `("inject", 3, "option", 0, "lean")`."""

NOUNS = {
    "calendar": N_("calendar row"),
    "levels": "level",
    "stages": "stage",
    "profiles": "profile",
    "zooms": "zoom",
    "derived": N_("derived value"),
    "manual": N_("chapter of the manual"),
    "feedback": N_("question of the feedback form"),
}
"""What one entry of a list or table is called, where that is not the key itself."""
BY_NAME = ("profiles", "place", "zooms")
"""Tables whose keys are ids."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a value of an exercise, or worth a second look where it is a warning."""

    path: KeyPath
    text: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding as its author reads it."""

    file: str
    """Empty for an exercise that came from no file."""
    line: int | None
    text: str

    def __str__(self) -> str:
        place = (
            self.file
            if self.line is None
            else _("{file} line {line}", file=self.file, line=self.line)
        )
        return printable(f"{place}: {self.text}" if place else self.text)


class ExerciseError(Exception):
    """An exercise cannot be used; says everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def printable(text: str) -> str:
    """The text on one line, with what a terminal would act on written out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shown(value: object) -> str:
    """A value as a sentence names it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f"'{shorter(value)}'"
        case int() if abs(value) > 10**20:
            return _("a number past {limit}", limit="-10^20" if value < 0 else "10^20")
        case dict():
            return _("a table")
        case list() | tuple():
            return _("a list")
        case _:
            return shorter(str(value))


def shorter(text: str) -> str:
    """The text, cut where it is too long for a sentence."""
    return text if len(text) <= 60 else f"{text[:57]}…"


def in_points(hundredths: int) -> str:
    """A size as an author writes it: 150 is 1.5."""
    sign, (whole, rest) = "-" if hundredths < 0 else "", divmod(abs(hundredths), 100)
    return f"{sign}{shown(whole)}" + (f".{rest:02}".rstrip("0") if rest else "")


def meant(name: str, names: Iterable[str]) -> str:
    """The name that was probably meant, in brackets; nothing where none is near."""
    close = get_close_matches(name[:60], list(dict.fromkeys(names)), n=1)
    return _(" (did you mean '{close}'?)", close=close[0]) if close else ""


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A suggestion in brackets, or all names where there are few, or nothing."""
    names = list(dict.fromkeys(names))
    if near := meant(name, names):
        return near
    if not names:
        return _(" (there are none)")
    return _(" (there are {names})", names=", ".join(names)) if len(names) <= 6 else ""


def place(path: KeyPath, data: object) -> str:
    """Where a path leads, told by ids: `inject 'radar_at_dusk', option 'joint_timeline'`.

    The last key is left to the sentence that follows.
    """
    words: list[str] = []
    at, value = 0, data
    while at < len(path):
        step, value = path[at], below(value, path[at])
        below_it = path[at + 1] if at + 1 < len(path) else None
        noun = _(NOUNS[str(step)]) if str(step) in NOUNS else str(step)
        if isinstance(below_it, int):
            value = below(value, below_it)
            name = below(value, "id")
            if isinstance(name, str):
                words.append(f"{noun} {shown(name)}")
            elif at == 0 and len(path) > 2:
                words.append(noun)
            at += 1
        elif step in BY_NAME and isinstance(below_it, str):
            value = below(value, below_it)
            words.append(f"{noun} {shown(below_it)}")
            at += 1
        elif below_it is not None:
            words.append(str(step))
        at += 1
    return ", ".join(words)


def below(value: object, step: str | int) -> object:
    """What a key or position of a table or list leads to; None where there is nothing."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def sentence(finding: Finding, data: object) -> str:
    """The finding with its place in front."""
    where = place(finding.path, data)
    return f"{where}: {finding.text}" if where else finding.text
