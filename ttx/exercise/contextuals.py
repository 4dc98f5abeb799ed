"""Whether contextual injects can go out: at a turn that there is, and to readers of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Contextual
from ttx.exercise.problems import Finding, KeyPath
from ttx.i18n import _

KEY = "contextual"
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def contextual_faults(exercise: Exercise) -> Iterator[Finding]:
    """What would keep a contextual inject from being sent, or from being read as it is meant."""
    first: dict[str, Contextual] = {}
    for at, part in enumerate(exercise.contextual):
        path: KeyPath = (KEY, at)
        if part.id in exercise.injects:
            yield Finding((*path, "id"), _("this id is taken by an inject"))
        if part.turn > exercise.turns.count:
            count = exercise.turns.count
            words = _("there are only {count} turns, not {turn}", count=count, turn=part.turn)
            yield Finding((*path, "turn"), words)
        for entry, reader in enumerate(part.readers):
            if reader in part.readers[:entry]:
                yield Finding((*path, "readers", entry), _("this reader is named already"))
        for entry, paragraph in enumerate(part.message.text):
            for brace in _braces(paragraph):
                words = _("{brace} has no time here: nothing in it is filled in", brace=brace)
                yield Finding((*path, "message", "text", entry), words)
        other = first.setdefault(part.together, part) if part.together else part
        if (other.turn, other.inject) != (part.turn, part.inject):
            words = _("it goes out together with '{other}' and says another moment", other=other.id)
            yield Finding((*path, "together"), words)


def _braces(paragraph: str | dict[str, str]) -> list[str]:
    texts = [paragraph] if isinstance(paragraph, str) else [*paragraph.values()]
    return [brace for words in texts for brace in _BRACES.findall(words)]


def readers(exercise: Exercise, part: Contextual) -> tuple[str, ...]:
    """The seats that read a contextual inject, in the order of the exercise; none for everybody."""
    named = set(part.readers)
    return tuple(s.id for s in exercise.seat if named & {s.id, s.cell}) if named else ()
