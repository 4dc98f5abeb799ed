"""What an English header means by its words, where it is no name that is known."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z+]+")
_LONGEST = 6
"""Words of a header; more are a sentence."""
_DONE = frozenset(
    ("actual", "taken", "observed", "received", "completed", "recorded", "evaluator", "evaluation")
)
"""What speaks of what has come of an inject, and not of what is planned."""
_ABOUT = frozenset(
    ("inject", "event", "message", "msel", "scenario", "exercise", "incident", "injected")
)
_RULES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "expected_action",
        (
            "expected anticipated desired ideal likely required",
            "action response outcome reaction result behaviour behavior decision activity",
        ),
        "",
    ),
    (
        "question",
        ("question", "discussion facilitated facilitation player probing guiding key"),
        "",
    ),
    ("notes", ("note comment guidance remark", "facilitator controller excon control planner"), ""),
    (
        "controller",
        ("controller excon whitecell simcell", "lead poc owner responsible assigned"),
        "",
    ),
    (
        "via",
        (
            "how method mode mean channel medium",
            "delivered delivery sent comm communication injected injection transmission",
        ),
        "",
    ),
    ("via", ("mode method medium",), "evaluation response"),
    ("turns", ("date", "time clock"), "zone"),
    (
        "planned",
        ("time clock hour",),
        "max maximum allotted zone limit end duration response respond spent minute complete",
    ),
    (
        "text",
        ("information update detail description text content script narrative summary",),
        "contact background objective",
    ),
    ("sender", ("sender originator originating caller",), "address number"),
    ("to", ("recipient receiver addressee audience receiving",), "address number"),
    ("objectives", ("objective",), "number"),
)
"""A key, words of which a header has one of each group, and words that it must not have."""


def by_words(header: str) -> str | None:
    """The key of the column that a header means by its words; None where it could be anything.

    `Expected Actions of Players`, `Scenario Clock` and `Information Injected` are understood.
    """
    if not header.isascii():
        return None
    words = {_singular(word) for word in _WORD.findall(header.casefold())}
    if not 2 <= len(words) <= _LONGEST or words & _DONE:
        return None
    for key, groups, never in _RULES:
        if words & {*never.split()} or not all(words & {*group.split()} for group in groups):
            continue
        if len(groups) == 1 and key == "text" and not words & _ABOUT:
            continue
        return key
    return None


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
