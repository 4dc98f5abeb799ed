"""The columns of an MSEL, and the other headers that are understood for each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches

_BRACKETS = re.compile(r"\([^()]*\)")
_HEADING = re.compile(r"(?<![A-Za-z])([A-Z][A-Z &/()]*[A-Z)])\s*:")
"""A heading inside a cell: capitals and a colon."""
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
            *("Source Reference", "Event ID", "MSEL ID", "Numéro", "N°", "Num", "Nr"),
        ),
    ),
    Column("id", "INJECT ID", ("ID",)),
    Column(
        "turns",
        "SCENARIO TIME",
        (
            *("Inject DTG", "DTG", "Date Time Group", "Turn", "Turns", "Move", "Round", "Tour"),
            *("Simulated Time", "Date/Time", "Date and Time", "Scenario Date/Time", "Date Heure"),
            *("Scenario Date and Time", "Event DTG", "Planned DTG", "Timing"),
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
        ("Day", "Exercise Day", "Day #", "Day Number", "Jour", "D-Day", "Exercise Day/Date"),
        placed=False,
    ),
    Column(
        "planned",
        "PLANNED TIME",
        (
            *("Time", "Event Time", "Real Time", "Scheduled Time", "Delivery Time", "Inject Time"),
            *("Start Time", "Clock Time", "Local Time", "Exercise Time", "Heure", "Horaire"),
            *("Time of Inject", "Planned", "Time of Delivery", "Real World Time", "Time (local)"),
        ),
    ),
    Column("status", "STATUS", ("Inject Status", "State", "Event Status", "Statut", "État")),
    Column("kind", "EVENT TYPE", ("Type", "Inject Type", "Kind", "Category", "Type of Inject")),
    Column("slot", "SLOT", ()),
    Column(
        "title",
        "TITLE",
        (
            *("Subject", "Inject Title", "Event Title", "Event Name", "Inject Name", "Event"),
            *("Headline", "Titre", "Sujet", "Objet", "Topic", "Short Title", "Key Event", "Name"),
        ),
    ),
    Column(
        "sender",
        "SENT FROM",
        (
            *("Send From (Simulated)", "Send From", "Originator", "From", "Sender", "Source"),
            *("From Org", "From Organization", "Sent By", "Simulated Sender", "Initiated By"),
            *("Émetteur", "Expéditeur", "De", "Inject Source", "Sending Organization"),
            *("Role Player", "Simulated Originator", "Injected From"),
        ),
    ),
    Column(
        "to",
        "SENT TO",
        (
            *("Send To (Recipient Players)", "Send To", "To", "Recipient", "Recipient Players"),
            *("Target", "To Org", "To Organization", "Recipients", "Receiver", "Addressee"),
            *("Audience", "Target Audience", "Training Audience", "Receiving Organization"),
            *("Destinataire", "Destinataires", "Récepteur", "Player", "Players", "Inject To"),
        ),
    ),
    Column(
        "via",
        "METHOD",
        (
            *("Inject Mode", "Mode", "Delivery Method", "Channel", "Means", "Inject Method"),
            *("Delivery", "Delivery Mode", "Delivery Means", "Medium", "Inject Means", "Moyen"),
            *("Canal", "Vecteur", "Moyen de transmission", "Method of Delivery"),
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
            *("Stimulus", "Contenu", "Texte", "Inject", "Summary", "Description of Event"),
            *("Description/Script", "Inject Content", "Event/Inject", "Event Inject"),
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
            *("Training Objective", "Training Objectives", "Objectif", "Objectifs"),
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
            *("Expected Responses", "Desired Outcome", "Desired Effect", "Action attendue"),
            *("Actions attendues", "Réaction attendue", "Réactions attendues"),
            *("Réponse attendue", "Anticipated Player Action", "Expected Action/Outcome"),
        ),
    ),
    Column("if_not", "CONTINGENCY", ("Contingency Inject", "If Not", "Contingency Action")),
    Column(
        "controller",
        "RESPONSIBLE CONTROLLER",
        (
            *("Injected By (Responsible Controller)", "Controller", "Injected By"),
            *("Inject Implementer", "Implementer", "Assigned To", "Controllers", "Responsible"),
            *("Inject Controller", "Animateur", "Control Agency", "Responsible Organization"),
        ),
    ),
    Column(
        "notes",
        "NOTES",
        (
            *("Remarks", "Comments", "Questions-Comments", "Questions/Comments", "Note"),
            *("Commentaire", "Commentaires", "Observations", "Remarques"),
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
    Column("location", "LOCATION", ("Location Name", "Venue", "Place", "Lieu"), placed=False),
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
TIMES = ("turns", "date", "day", "planned")
"""Columns that say together when a row is meant to come."""
STAND_IN = ("narrative_actual", "background", "notes", "storyline")
"""Columns whose text stands for that of a row which has neither a title nor a text."""
JOINED = ("text", "question", "expected_action", "if_not", "objectives", "notes")
"""Columns of which there may be several, each adding to what the others say."""


def flat(header: str) -> str:
    """A header without what makes no difference: capitals, accents, spaces; `#` is `number`."""
    plain = header.replace("°", "o").casefold().replace("(s)", "s").replace("#", " number ")
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in plain if c.isalnum())


_BY_NAME = {
    flat(name): part for part in COLUMNS for name in (part.key, *part.synonyms, part.header)
}


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
    close = get_close_matches(flat(header)[:60], _BY_NAME, n=1, cutoff=0.75)
    return (header, _BY_NAME[close[0]].key) if close else None


def letter(at: int) -> str:
    """The name that a spreadsheet gives a column, from 0: A, B … Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
