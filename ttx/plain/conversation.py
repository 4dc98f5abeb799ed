"""What is asked in plain lines, one question after the other, and how a conversation is held."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias

from ttx.i18n import _


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for a line."""

    prompt: str
    here: str
    """What can be typed at it, as the rest of a sentence that begins with `Here`."""


@dataclass(frozen=True, slots=True)
class Work:
    """Arithmetic that takes a while: whoever holds the conversation has it done, and goes on."""

    done: Callable[[], object]


Conversation: TypeAlias = Generator[Asked | Work, str, None]
"""Questions in their order; each is sent the line that was typed at it, work an empty one."""

Words: TypeAlias = Generator[Asked, str, str]
"""Questions that come to some words."""

YES, NO = ("y", "yes"), ("n", "no", "")
DIGITS = 9
"""Digits of the largest number that is asked for anywhere, and more; a longer line is no number."""


def whole_number(typed: str) -> int | None:
    """A line as a whole number, such as `12`; None where it is none, or longer than any."""
    known = typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS
    return int(typed) if known else None


def sure(question: str, yes: str) -> Generator[Asked, str, bool]:
    """Ask before something final; `yes` is what `y` does, as the rest of a sentence."""
    here = _("y {yes}, Enter does not", yes=yes)
    asked = Asked(f"{question} {here}", here)
    while True:
        typed = (yield asked).casefold()
        if typed in YES:
            return True
        if typed in NO:
            return False


def words_for(prompt: str, here: str, *, needed: bool = True) -> Words:
    """Ask for words; Enter gives none, where they are not `needed`."""
    more = here if needed else _("{here}; Enter leaves it empty", here=here)
    while True:
        typed = yield Asked(prompt, more)
        if typed or not needed:
            return typed


def one_of(prompt: str, choices: dict[str, str], here: str) -> Words:
    """Ask for one of some choices: what is typed for each, with what it stands for.

    The question says what can be typed, since nothing else is taken.
    """
    known = {typed.casefold(): value for typed, value in choices.items()}
    while True:
        typed = (yield Asked(f"{prompt} ({here})", here)).casefold()
        if typed in known:
            return known[typed]
