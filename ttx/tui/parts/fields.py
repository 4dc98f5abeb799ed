"""What a form asks for, declared: fields with a label, a value and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from ttx.session.command import LONGEST
from ttx.tui.paint import Seg

SIZE = 7
"""Characters of a number that is typed, its sign apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that is asked for; of its own it is only shown."""

    name: str
    """What the page knows it by."""
    label: str = ""
    about: str = ""
    """What belongs there; shown below the form while the field is in focus."""
    mistakes: tuple[str, ...] = ()
    """What is wrong with its value, a sentence each; shown beneath it."""
    empty: str = ""
    """What is shown in the place of a value where there is none."""
    lead: tuple[Seg, ...] = ()
    """What stands between its label and its value."""
    trail: tuple[Seg, ...] = ()
    """What stands behind its value."""


class Shape(Enum):
    """How the options of a choice are shown."""

    FOLDED = auto()
    """The chosen one; all of them while it is in focus."""
    UNFOLDED = auto()
    """The chosen one; while it is in focus all of them, each in a row of its own."""
    INLINE = auto()
    """All in one row."""
    LISTED = auto()
    """All, each in a row of its own."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of several to choose from."""

    id: str
    label: str
    about: str = ""
    more: tuple[Seg, ...] = ()
    """A second row, where there is room for it."""
    note: str = ""
    """A word behind it in a row with others."""
    wrong: bool = False
    """Whether choosing it goes too far; it is said elsewhere why."""
    key: str = ""
    """A letter that picks it, beside its digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of several."""

    options: tuple[Option, ...]
    value: str = ""
    """The id of the chosen one; empty for none yet."""
    shape: Shape = Shape.FOLDED
    numbered: bool = True
    ruled: bool = False
    """Whether a rule stands beneath the label of options in rows of their own."""
    air: bool = False
    """Whether such rows stand apart, and what is said about all of them is shown."""
    prose: bool = False
    """Whether what is said about the options is to be read and not only looked up."""
    at_once: bool = False
    """Whether a digit, a letter or a second click is all that the form waits for."""
    unknown: str = ""
    """What is said of a digit that no option has."""

    @property
    def at(self) -> int:
        """Where the chosen one stands; -1 where none is."""
        return next((n for n, part in enumerate(self.options) if part.id == self.value), -1)

    def by_sign(self, sign: str, *, by_name: bool) -> Option | None:
        """The option of a digit or letter; `by_name`, the next one whose name begins with it."""
        if sign.isdecimal() and self.numbered:
            return self.options[int(sign) - 1] if 0 < int(sign) <= len(self.options) else None
        own = next((option for option in self.options if option.key == sign), None)
        if own is not None or not (by_name and sign.isalnum()):
            return own
        order = (*self.options[self.at + 1 :], *self.options[: self.at + 1])
        start = sign.casefold()
        return next((option for option in order if option.label.casefold().startswith(start)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Many(Field):
    """Any number of several."""

    options: tuple[Option, ...]
    value: tuple[str, ...] = ()
    """The ids of those chosen, in the order of the options."""
    none: str = ""
    """What is said where there is nothing to choose from."""

    def toggled(self, option: str) -> tuple[str, ...]:
        """What is chosen once an option is chosen, or no more."""
        kept = set(self.value) ^ {option}
        return tuple(part.id for part in self.options if part.id in kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Field):
    """A number that is stepped or typed; what is typed is a size, and its sign is kept."""

    value: int
    """In its last decimal place: 125 is 1.25 where there are two."""
    least: int
    most: int
    step: int
    malformed: str
    """What is said of a text that is no such number."""
    beyond: str
    """What is said of one below `least` or above `most`."""
    places: int = 0
    negative: bool = False
    """The sign of a size that is typed."""
    shown: str = ""
    """The value as a person reads it."""
    tone: str = ""
    """Its colour; empty for that of all text."""

    def read(self, typed: str) -> int | str:
        """What a typed size says: the value, or what is wrong with it."""
        whole, _, part = typed.replace(",", ".").partition(".")
        if not (whole + part or "0").isdecimal() or len(part) > self.places or typed.count(".") > 1:
            return self.malformed
        size = int(f"{whole or '0'}{part:0<{self.places}}")
        value = -size if self.negative else size
        return value if self.least <= value <= self.most else self.beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Field):
    """A text of one line."""

    value: str = ""
    longest: int = LONGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(Field):
    """A button at the end: what the form is for."""


Value = str | int | tuple[str, ...]
"""What a field holds: an id or a text, a number, ids."""


def holding(field: Field, value: Value) -> Field:
    """A field with another value."""
    match field, value:
        case ((Choice() | Line()), str()):
            return replace(field, value=value)
        case Number(), int():
            return replace(field, value=value)
        case Many(), tuple():
            return replace(field, value=value)
    raise TypeError(f"{type(field).__name__} holds no {type(value).__name__}")
