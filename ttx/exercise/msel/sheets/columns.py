"""The columns of an MSEL, and the other headers that are understood for each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches

from ttx.exercise.msel.sheets.column_names import NAMES, OF_AN_INJECT

_BRACKETS = re.compile(r"\([^()]*\)")
_HEADING = re.compile(r"(?<![A-Za-z])([A-Z][A-Z &/()]*[A-Z)])\s*:")
"""A heading inside a cell: capitals and a colon."""
_TO_FRENCH = "à"
"""A recipient by its accent alone: a bare A heads anything."""
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
            *("Inject Number", "Inject No", "Event Number", "Event No", "MSEL No", "Serial"),
            *("Serial Number", "Serial No", "Ser", "Item", "Item #", "Ref", "Reference", "Ref No"),
            *("Source Reference", "Event ID", "MSEL ID", "S/N"),
            *("Sl No", "Order", "Seq", "Sequence", "Sequence Number", "Line", "Line No", "Row"),
        ),
    ),
    Column("id", "INJECT ID", ("ID",)),
    Column(
        "turns",
        "SCENARIO TIME",
        (
            *("Inject DTG", "DTG", "Date Time Group", "Turn", "Turns", "Move", "Round"),
            *("Simulated Time", "Date/Time", "Date and Time", "Scenario Date/Time"),
            *("Scenario Date and Time", "Event DTG", "Planned DTG", "Timing", "When"),
        ),
    ),
    Column(
        "date",
        "DATE",
        ("Exercise Date", "Scenario Date", "Event Date", "Inject Date", "Planned Date"),
        placed=False,
    ),
    Column(
        "day",
        "SCENARIO DAY",
        ("Day", "Exercise Day", "Day #", "Day Number", "D-Day", "Exercise Day/Date"),
        placed=False,
    ),
    Column(
        "planned",
        "PLANNED TIME",
        (
            *("Time", "Event Time", "Real Time", "Scheduled Time", "Delivery Time", "Inject Time"),
            *("Start Time", "Clock Time", "Local Time", "Exercise Time"),
            *("Time of Inject", "Planned", "Time of Delivery", "Real World Time", "Time (local)"),
            *("Clock", "Hour", "HH:MM", "Release Time", "Time Due", "Issue Time", "Trigger Time"),
            *("Zulu", "Zulu Time", "Sim Time", "Game Time", "Timeline", "Approximate Time"),
        ),
    ),
    Column(
        "elapsed",
        "MINUTES AFTER STARTEX",
        (
            *("T+", "T+min", "T+minutes", "T plus", "Time (T+)", "Elapsed", "Elapsed Time"),
            *(
                "Offset",
                "Time Offset",
                "Minute",
                "Min",
                "Mins",
                "H+",
                "STARTEX+",
                "Elapsed Minutes",
            ),
            *("Minutes Elapsed", "Minutes In", "Minutes from Start", "Minutes from STARTEX"),
            *("Minutes after Start", "T+ (minutes)", "T+ (min)", "Time from Start"),
        ),
        placed=False,
    ),
    Column("status", "STATUS", ("Inject Status", "State", "Event Status")),
    Column("kind", "EVENT TYPE", ("Type", "Inject Type", "Kind", "Category", "Type of Inject")),
    Column("slot", "SLOT", ()),
    Column(
        "title",
        "TITLE",
        (
            *("Subject", "Inject Title", "Event Title", "Event Name", "Inject Name", "Event"),
            *("Headline", "Topic", "Short Title", "Key Event", "Name"),
            *("Incident", "Heading", "Incident Title", "Subject Line"),
        ),
    ),
    Column(
        "sender",
        "SENT FROM",
        (
            *("Send From (Simulated)", "Send From", "Originator", "From", "Sender", "Source"),
            *("From Org", "From Organization", "Sent By", "Simulated Sender", "Initiated By"),
            *("Inject Source", "Sending Organization"),
            *("Role Player", "Simulated Originator", "Injected From", "Origin", "Issued By"),
            *(
                "Originating Agency",
                "Caller",
                "From Whom",
                "Who From",
                "Sender Name",
                "Delivered By",
            ),
        ),
    ),
    Column(
        "to",
        "SENT TO",
        (
            *("Send To (Recipient Players)", "Send To", "To", "Recipient", "Recipient Players"),
            *("Target", "To Org", "To Organization", "Recipients", "Receiver", "Addressee"),
            *("Audience", "Target Audience", "Training Audience", "Receiving Organization"),
            *("Player", "Players", "Inject To", "Directed To", "Delivered To", "Addressed To"),
            *("Intended Recipient", "Intended Audience", "Receiving Agency", "To Whom", "Who To"),
            *("Recipient Agency", "Target Player", "Target Players", "Recipient Name", "Played To"),
        ),
    ),
    Column(
        "via",
        "METHOD",
        (
            *("Inject Mode", "Mode", "Delivery Method", "Channel", "Means", "Inject Method"),
            *("Delivery", "Delivery Mode", "Delivery Means", "Medium", "Inject Means"),
            *("Method of Delivery", "Via", "Sent Via", "Delivered Via", "Format", "Media"),
            *("Mode of Delivery", "Means of Delivery", "Communication Method"),
        ),
    ),
    Column(
        "text",
        "DESCRIPTION",
        (
            *("Event Description", "Description-Script", "Inject Description", "Message"),
            *("Synopsis", "Event Summary", "Details", "Inject Text", "Script", "Content", "Body"),
            *("Narrative", "Message Text", "Message Content", "Event Details", "Inject Details"),
            *("Stimulus", "Inject", "Summary", "Description of Event"),
            *("Description/Script", "Inject Content", "Event/Inject", "Event Inject", "Situation"),
            *("Scenario Event", "What Happens", "Storyline Event", "Details of Inject"),
        ),
    ),
    Column(
        "question",
        "QUESTION",
        ("Questions", "Discussion Question", "Discussion Questions", "Question for Players"),
    ),
    Column("lead", "LEAD CELL", ("Lead",)),
    Column("window", "WINDOW (MINUTES)", ("Window",)),
    Column(
        "objectives",
        "OBJECTIVE",
        (
            *("Objective(s)", "Objective Supported", "Objectives Supported", "Obj"),
            *("Objective(s) Supported", "Exercise Objective", "Exercise Objectives"),
            *("Training Objective", "Training Objectives"),
        ),
    ),
    Column(
        "expected_action",
        "EXPECTED ACTION",
        (
            *("Expected Actions", "Expected Outcome", "Expected Outcomes", "Expected Response"),
            *("Expected Reaction to Inject", "Expected Reaction", "Expected Player Action"),
            *("Expected Player Actions", "Expected Player Response", "Anticipated Response"),
            *("Anticipated Action", "Anticipated Actions", "Expected Result", "Expected Results"),
            *("Expected Responses", "Desired Outcome", "Desired Effect"),
            *("Player Action", "Player Actions", "Player Response", "Expected Player Reaction"),
            *("Expected Activity", "Expected Decision", "Expected Decisions", "Desired Response"),
            *("Ideal Response", "Anticipated Outcome", "Expected Behaviour", "Expected Behavior"),
            *("Response", "Responses", "Expected Participant Response", "Likely Response"),
            *("Anticipated Player Action", "Expected Action/Outcome"),
        ),
    ),
    Column("if_not", "CONTINGENCY", ("Contingency Inject", "If Not", "Contingency Action")),
    Column(
        "controller",
        "RESPONSIBLE CONTROLLER",
        (
            *("Injected By (Responsible Controller)", "Controller", "Injected By"),
            *("Inject Implementer", "Implementer", "Assigned To", "Controllers", "Responsible"),
            *("Inject Controller", "Control Agency", "Responsible Organization"),
        ),
    ),
    Column(
        "notes",
        "NOTES",
        (
            *("Remarks", "Comments", "Questions-Comments", "Questions/Comments", "Note"),
            *("Observations",),
        ),
    ),
    Column(
        "storyline",
        "STORYLINE",
        ("Thread", "Track", "Phase", "Group", "Vignette", "Storyline/Thread"),
        placed=False,
    ),
    Column(
        "narrative_actual",
        "ACTUAL NARRATIVE",
        ("Implementer (Actual Narrative)", "Implementer/Narrative"),
        placed=False,
    ),
    Column("background", "BACKGROUND", ("Background Information", "Background Info"), placed=False),
    Column("author", "AUTHOR", ("Inject Author", "Created by", "Inject POC", "POC"), placed=False),
    Column("actual_time", "ACTUAL TIME", ("Actual", "Time Injected"), placed=False),
    Column("location", "LOCATION", ("Location Name", "Venue", "Place"), placed=False),
    Column("esf", "ESF", (), placed=False),
    Column("priority", "PRIORITY", (), placed=False),
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
TIMES = ("turns", "date", "day", "planned", "elapsed")
"""Columns that say together when a row is meant to come."""
STAND_IN = ("narrative_actual", "background", "notes", "storyline")
"""Columns whose text stands for that of a row which has neither a title nor a text."""
JOINED = ("text", "question", "expected_action", "if_not", "objectives", "notes")
"""Columns of which there may be several, each adding to what the others say."""


def flat(header: str) -> str:
    """A header without what makes no difference: capitals, accents, spaces; `#` is `number`."""
    plain = header.replace("°", "o").replace("(s)", "s").replace("#", " number ")
    plain = unicodedata.normalize("NFKD", plain).casefold().replace("(s)", "s")
    return "".join(c for c in plain if c.isalnum())


_FOREIGN = {
    flat(name): part
    for part in COLUMNS
    for line in NAMES.get(part.key, ())
    for name in line.split(";")
}
_ENGLISH = {
    flat(name): part for part in COLUMNS for name in (part.key, *part.synonyms, part.header)
}
_BY_NAME = _FOREIGN | _ENGLISH
_OF_AN_INJECT = tuple(sorted(map(flat, OF_AN_INJECT), key=len, reverse=True))


def column(header: str) -> Column | None:
    """The column that a header names, or None.

    A remark in brackets, an ordinal (`2nd Objective`) and several names with a slash between them
    that mean the same are understood.
    """
    if header.strip().casefold() == _TO_FRENCH:
        return _FOREIGN[flat("Destinataire")]
    for name in (header, _BRACKETS.sub("", header.replace("(s)", "s"))):
        known = _named(flat(name)) or _named(_ORDINAL.sub("", flat(name)))
        if known is not None:
            return known
        several = {_BY_NAME.get(flat(part)) for part in name.split("/")}
        if len(several) == 1 and None not in several:
            return several.pop()
    return None


def day_first(header: str) -> bool | None:
    """How dates are written where a header is spoken: True for the day first, False for the month.

    None for an English header, and one that can be English.
    """
    known, name = column(header), flat(header)
    if known is None or name in map(flat, (known.key, known.header, *known.synonyms)):
        return None
    if header.isascii() and name not in _FOREIGN:  # Event Notes
        return None
    return not any("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in header)


def _named(name: str) -> Column | None:
    """The column of a flat name, or of what is left of it without a word for an inject."""
    if known := _BY_NAME.get(name):
        return known
    for word in _OF_AN_INJECT:
        if name.endswith(word) and (known := _BY_NAME.get(name.removesuffix(word))):
            return known
        if name.startswith(word) and (known := _BY_NAME.get(name.removeprefix(word))):
            return known
    return None


def several(header: str) -> bool:
    """Whether a header names several columns, of which each cell says one after the other."""
    keys = {known.key for part in re.split(r"[/\n]", header) if (known := column(part.strip(" :")))}
    return column(header) is None and len(keys) > 1


def parted(cell: str) -> list[tuple[str, str]]:
    """What a cell says under its own headings, by the keys of columns: `MODE: x  FROM: y`.

    What stands before the first heading, or under one that is no column, goes to no key.
    """
    headings = [known for match in _HEADING.finditer(cell) if (known := _heading(match))]
    starts = [(0, "")] + [(end, key) for _start, end, key in headings]
    ends = [start for start, _end, _key in headings] + [len(cell)]
    said = [(key, cell[begin:end].strip()) for (begin, key), end in zip(starts, ends, strict=True)]
    return [(key, words) for key, words in said if words]


def _heading(match: re.Match[str]) -> tuple[int, int, str] | None:
    """Where a heading begins and ends, and its column: the most of its last words that name one."""
    at, words = match.start(), match[1]
    while words:
        known = column(words)
        if known is not None:
            return at, match.end(), known.key
        _word, space, words = words.partition(" ")
        at += len(_word) + len(space)
    return None


def nearest(header: str) -> tuple[str, str] | None:
    """A header that names no column, and the key of the one whose name is near; None without."""
    names = _ENGLISH if header.isascii() else _BY_NAME
    close = get_close_matches(flat(header)[:60], names, n=1, cutoff=0.75)
    return (header, names[close[0]].key) if close else None


def letter(at: int) -> str:
    """The name that a spreadsheet gives a column, from 0: A, B … Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
