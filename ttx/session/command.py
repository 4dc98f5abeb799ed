"""What a request of a seat is, and how it is refused: in a sentence for a person."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import _

LONGEST = 2000
"""Characters of a note, a message or a rationale."""


class IllegalDecision(ValueError):
    """A request that the rules of the table refuse; its text is a sentence for a person."""


class Stale(IllegalDecision):
    """The record grew while the seat was deciding; it should look again."""


@dataclass(frozen=True, slots=True)
class Command:
    """A request of a seat."""


def written(words: str, empty: str) -> str:
    """What somebody typed, without blanks around it; IllegalDecision with `empty` where it is."""
    text = readable(words.strip())
    if not text:
        raise IllegalDecision(empty)
    return text


def ended(words: str) -> str:
    """What somebody typed, as a sentence that ends before the next one begins."""
    return words if words.endswith((".", "!", "?", "…", "。", "！", "？")) else f"{words}."


def readable(words: str) -> str:
    """What somebody typed, as it is.

    Raises:
        IllegalDecision: It is too long or no text.
    """
    if len(words) > LONGEST:
        raise IllegalDecision(
            _("That is longer than {longest:,} characters; say it in fewer.", longest=LONGEST)
        )
    try:
        words.encode()
    except UnicodeEncodeError:
        raise IllegalDecision(_("Some of that is no text; write it again.")) from None
    return words
