"""A language for tests: every letter wears an accent, every sentence is a third longer and wide.

What is still read in plain letters where that language is in force did not go through the door.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable
from gettext import NullTranslations
from typing import Any

from pydantic import BaseModel

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import Text
from ttx.exercise.references import DESIGN

CODE = "xx"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àƀçďéƒĝĥïĵķļṁñöþǫŕšťûṽŵẋýžÀƁÇĎÉƑĜĤÏĴĶĻṀÑÖÞǪŔŠŤÛṼŴẊÝŽ"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
WIDE = "一二三四五六七八九十"
KEPT = re.compile(r"(\{\{|\}\}|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})")
"""What a sentence fills in, and braces that it shows."""
WORD = re.compile(r"[A-Za-z]{4,}")
"""So many plain letters in a row are somebody's words, not a unit or a key."""


def pseudo(sentence: str) -> str:
    """The sentence in the language of the tests; what it fills in stays."""
    if not re.search(r"[A-Za-z]", KEPT.sub("", sentence)):
        return sentence
    parts = KEPT.split(sentence)
    accented = "".join(part if n % 2 else part.translate(ACCENTS) for n, part in enumerate(parts))
    body = accented.rstrip()
    signs = -(-len(KEPT.sub("", sentence).strip()) // 6)  # each is two columns wide
    wide = (WIDE * (signs // len(WIDE) + 1))[:signs]
    groups = " ".join(wide[at : at + 3] for at in range(0, signs, 3))
    return body + (groups if signs < 3 else f" {groups}") + accented[len(body) :]


class Pseudo(NullTranslations):
    """The catalogue that has every sentence."""

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # as gettext calls it
        return pseudo(message)


def exercise_in_pseudo(exercise: Exercise) -> Exercise:
    """The exercise with every text of its own in that language too."""

    def said(text: Any) -> Any:  # noqa: ANN401  # a text may be one in each language
        if isinstance(text, str):
            return {"en": text, CODE: pseudo(text)} if text else text
        return text | {CODE: pseudo(next(iter(text.values())))}

    data = texts_as(Exercise, exercise, said).as_toml()
    return from_data(data | {"languages": ["en", CODE]})


def texts_as(kind: Any, value: Any, said: Callable[[Any], Any]) -> Any:  # noqa: ANN401  # any part
    """A part of an exercise with each of its texts as `said` gives it."""
    if kind == Text:
        return said(value)
    if isinstance(value, BaseModel):
        changed = {
            name: texts_as(field.annotation, getattr(value, name), said)
            for name, field in type(value).model_fields.items()
        }
        return value.model_copy(update=changed)
    inner = typing.get_args(kind)
    if isinstance(value, list):
        of = inner[0] if typing.get_origin(kind) is list else None
        return [texts_as(of, part, said) for part in value]
    if isinstance(value, dict):
        of = inner[1] if typing.get_origin(kind) is dict else None
        return {key: texts_as(of, part, said) for key, part in value.items()}
    if value is not None and typing.get_origin(kind) in (types.UnionType, typing.Union):
        of = next((one for one in inner if one is not types.NoneType), None)
        return texts_as(of, value, said)
    return value


def plain_words(shown: str, allowed: frozenset[str]) -> set[str]:
    """The words in plain letters that are shown and not among those that may be."""
    bare = re.sub(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+", " ", shown)  # ids
    bare = re.sub(r"\b[0-9a-f]{32,}\b", " ", bare)  # seals
    known = {word.lower() for word in allowed}
    cut = set(re.findall(r"([A-Za-z]{4,})…", bare))
    return {
        word
        for word in WORD.findall(bare)
        if word.lower() not in known
        and not (word in cut and any(whole.startswith(word.lower()) for whole in known))
    }


def codes(exercise: Exercise) -> set[str]:
    """What an exercise says alike in every language.

    Its id, its banner, short names, where its evidence stands, the ids of closer maps, what a
    design value is cited as, and what commands call levers and robots by.
    """
    said = [exercise.id, exercise.banner, DESIGN, *(lever.id for lever in exercise.lever)]
    said += [part.id for part in exercise.robot]
    said += exercise.map.zooms if exercise.map is not None else []
    said += [budget.id for budget in exercise.budget]
    said += [level.id for lever in exercise.lever for level in lever.levels]
    stack: list[Any] = [exercise]
    while stack:
        part = stack.pop()
        if isinstance(part, BaseModel):
            fields = {name: getattr(part, name) for name in type(part).model_fields}
            said += [str(fields[name]) for name in ("short", "source", "url") if name in fields]
            stack += fields.values()
        elif isinstance(part, list):
            stack += part
        elif isinstance(part, dict):
            stack += part.values()
    return set(WORD.findall(" ".join(said)))
