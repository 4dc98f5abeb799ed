"""A text that is told in several languages: a list is in the first of them, the others stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ttx.exercise.msel.cells import Unreadable
from ttx.i18n import _


def of_list(told: Mapping[str, object], first: str) -> str:
    """Which of the languages of a text a list shows: the exercise's first, else the text's."""
    return first if first in told else next(iter(told))


def retold(old: object, new: object, first: str) -> object:
    """A text with other words in the language of the list."""
    return old | {of_list(old, first): new} if isinstance(old, dict) else new


def kept_in_number(old: Sequence[object], wanted: int) -> None:
    """Go on where paragraphs can be put in the place of others.

    Raises:
        Unreadable: There is another number of them, and they are told in several languages, of
            which a list shows one.
    """
    if wanted != len(old) and any(isinstance(paragraph, Mapping) for paragraph in old):
        words = _(
            "it has {wanted} paragraph(s), and the inject has {old} in several languages; keep "
            "their number",
            wanted=wanted,
            old=len(old),
        )
        raise Unreadable(words)


def left_as_they_are(olds: Iterable[object], first: str) -> str:
    """Of texts that were changed, the languages that were not, `ja, fr`; empty where none was."""
    left = dict.fromkeys(
        language
        for old in olds
        if isinstance(old, Mapping)
        for language in old
        if language != of_list(old, first)
    )
    return ", ".join(left)


def to_look_at(name: str, languages: str) -> str:
    """What an author is told of them."""
    return _(
        "'{name}' is told in {languages} as well: that stays as it was; see that it still says "
        "the same.",
        name=name,
        languages=languages,
    )
