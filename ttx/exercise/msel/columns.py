"""The columns of an MSEL, and the other headers that are understood for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from ttx.i18n import _

_BRACKETS = re.compile(r"\([^()]*\)")
_ORDINAL = re.compile(r"^(?:\d+(?:st|nd|rd|th)|first|second|third|primary|secondary)(?=\D)")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of an inject, as a column."""

    key: str
    header: str
    """What it is called where ttx writes it."""
    synonyms: tuple[str, ...]
    """What else it is called; capitals, spaces, dots and brackets make no difference."""
    placed: bool = True
    """Whether an exercise has a place for it."""


COLUMNS = (
    Column(
        "number",
        "MSEL NUMBER",
        (
            *("Event #", "MSEL #", "Control Number", "Seq No", "Inject #", "Number", "No", "#"),
            *("Inject Number", "Inject No", "Event Number", "Event No", "MSEL No"),
        ),
    ),
    Column("id", "INJECT ID", ("ID",)),
    Column(
        "turns",
        "SCENARIO TIME",
        ("Inject DTG", "Exercise Date", "Day", "Turn", "Turns", "Move"),
    ),
    Column("status", "STATUS", ("Inject Status", "State")),
    Column("kind", "EVENT TYPE", ("Type", "Inject Type", "Kind")),
    Column("slot", "SLOT", ()),
    Column("title", "TITLE", ("Subject", "Inject Title", "Event")),
    Column(
        "sender",
        "SENT FROM",
        ("Send From (Simulated)", "Send From", "Originator", "From", "Sender"),
    ),
    Column(
        "to",
        "SENT TO",
        ("Send To (Recipient Players)", "Send To", "To", "Recipient", "Recipient Players"),
    ),
    Column("via", "METHOD", ("Inject Mode", "Mode", "Delivery Method", "Channel", "Means")),
    Column(
        "text",
        "DESCRIPTION",
        ("Event Description", "Description-Script", "Inject Description", "Message", "Synopsis"),
    ),
    Column("question", "QUESTION", ()),
    Column("lead", "LEAD CELL", ("Lead",)),
    Column("window", "WINDOW (MINUTES)", ("Window",)),
    Column(
        "objectives",
        "OBJECTIVE",
        ("Objective(s)", "Objective Supported", "Objectives Supported", "Objective(s) Supported"),
    ),
    Column(
        "expected_action",
        "EXPECTED ACTION",
        (
            *("Expected Actions", "Expected Outcome", "Expected Outcomes"),
            *("Expected Reaction to Inject", "Expected Reaction", "Expected Player Action"),
        ),
    ),
    Column("if_not", "CONTINGENCY", ("Contingency Inject", "If Not")),
    Column("scheduled_time", "TIME", ("Event Time", "Real Time", "Scheduled Time"), placed=False),
    Column(
        "injected_by",
        "INJECTED BY",
        (
            *("Injected By (Responsible Controller)", "Controller", "Responsible Controller"),
            *("Inject Implementer", "Implementer"),
        ),
        placed=False,
    ),
    Column("storyline", "STORYLINE", ("Thread", "Track"), placed=False),
    Column(
        "narrative_actual",
        "ACTUAL NARRATIVE",
        ("Implementer (Actual Narrative)",),
        placed=False,
    ),
    Column("background", "BACKGROUND", ("Background Information",), placed=False),
    Column("author", "AUTHOR", ("Inject Author", "Created by", "Inject POC", "POC"), placed=False),
    Column(
        "notes",
        "NOTES",
        ("Remarks", "Comments", "Questions-Comments", "Questions/Comments"),
        placed=False,
    ),
    Column(
        "max_minutes",
        "MAXIMUM MINUTES",
        ("Maximum (minutes) for each message", "Max Minutes"),
        placed=False,
    ),
    Column("learning_points", "LEARNING POINTS", ("Learning Point",), placed=False),
    Column("evaluator_comments", "EVALUATOR COMMENTS", ("Evaluator Comment",), placed=False),
)
"""In the order in which ttx writes them; those without a place are read and never written."""
PLACED = tuple(column for column in COLUMNS if column.placed)


def flat(header: str) -> str:
    """A header without what makes no difference: capitals, spaces, signs; `#` is `number`."""
    plain = header.casefold().replace("(s)", "s").replace("#", " number ")
    return "".join(c for c in plain if c.isalnum())


_NAMES = {
    flat(name): (name, part) for part in COLUMNS for name in (part.key, *part.synonyms, part.header)
}
_BY_NAME = {name: part for name, (_, part) in _NAMES.items()}


def column(header: str) -> Column | None:
    """The column that a header names, or None.

    A remark in brackets, an ordinal (`2nd Objective`) and several names with a slash between them
    that mean the same are understood.
    """
    for name in (header, _BRACKETS.sub("", header.replace("(s)", "s"))):
        known = _BY_NAME.get(flat(name)) or _BY_NAME.get(_ORDINAL.sub("", flat(name)))
        if known is not None:
            return known
        several = {_BY_NAME.get(flat(part)) for part in name.split("/")}
        if len(several) == 1 and None not in several:
            return several.pop()
    return None


def nearest(header: str) -> str:
    """A suggestion in brackets for a header that names no column; empty where none is near."""
    close = get_close_matches(flat(header)[:60], _BY_NAME, n=1, cutoff=0.7)
    return _(" (did you mean '{close}'?)", close=_NAMES[close[0]][0]) if close else ""


def letter(at: int) -> str:
    """The name that a spreadsheet gives a column, from 0: A, B … Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
