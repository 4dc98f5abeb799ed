"""The columns of the sheets beside the MSEL: what each says of an inject, and how it is read."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ttx.exercise.msel import amounts, condition
from ttx.exercise.msel.called import Called
from ttx.exercise.msel.cells import Unreadable, objectives, paragraphs, window
from ttx.exercise.problems import KeyPath, shown
from ttx.i18n import N_, _

Write = Callable[[Called, Any], str]
Read = Callable[[Called, str], Any]


class Unwritable(ValueError):
    """Something that no cell can say and be read back; a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How a kind of value stands in a cell."""

    write: Write
    read: Read
    choices: Callable[[Called], list[str]] | None = None
    """What the drop-down of its cells offers, where it has one."""
    several: bool = False
    """Whether a cell may say more than one of them, so that others are let in too."""
    words: bool = False
    """Whether it is a text, which may stand in several languages."""

    def cell(self, called: Called, value: object) -> str:
        """The cell, with names where they are read back to the same value, else with ids.

        Raises:
            Unwritable: Neither is.
        """
        for spelling in (called, called.by_id):
            written = self.write(spelling, value)
            try:
                same = self.words or self.read(called, written) == plain(value)
            except Unreadable:
                same = False
            if same:
                return written
        raise Unwritable(_("{value} cannot stand in a cell", value=shown(str(value))))


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an inject, an option or a contextual inject, as a column."""

    header: str
    path: KeyPath
    codec: Codec
    about: str
    """What it holds, for whoever fills it in."""
    needed: bool = False
    """Whether it cannot be left out."""
    width: int = 16


def plain(value: object) -> object:
    """A value of an exercise as TOML would hold it: no tuples, numbers without empty decimals."""
    match value:
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
    return value


def _named(kind: str) -> Codec:
    return Codec(
        lambda called, part: called.spelt(kind, part),
        lambda called, cell: called.found(kind, cell),
        lambda called: called.choices(kind),
    )


def _pieces(kind: str) -> Codec:
    return Codec(
        lambda called, parts: "; ".join(called.spelt(kind, part) for part in parts),
        lambda called, cell: [called.found(kind, piece) for piece in amounts.pieces(cell)],
        lambda called: called.choices(kind),
        several=True,
    )


def _among(*words: str) -> Codec:
    def read(_called: Called, cell: str) -> str:
        found = next((word for word in words if word.casefold() == cell.strip().casefold()), None)
        if found is None:
            raise Unreadable(
                _("must be {words}, not {cell}", words=_(" or ").join(words), cell=shown(cell))
            )
        return found

    return Codec(lambda _called, word: str(word), read, lambda _called: list(words))


def _day(_called: Called, cell: str) -> datetime.date:
    try:
        return datetime.datetime.fromisoformat(cell.strip()).date()
    except ValueError:
        raise Unreadable(
            _("must be a day such as 2026-03-12, not {cell}", cell=shown(cell))
        ) from None


def _quarters(called: Called, cell: str) -> list[int]:
    given = [amounts.whole(piece) for piece in cell.replace(";", ",").split(",") if piece.strip()]
    postures = called.exercise.posture
    if len(given) != len(postures):
        raise Unreadable(
            _(
                "must be {count} numbers of quarters, one for each posture in order, such as "
                "{example}, not {cell}",
                count=len(postures),
                example=", ".join("4" for _posture in postures),
                cell=shown(cell),
            )
        )
    return given


def _paragraphs(called: Called, texts: list[Any]) -> str:
    return "\n\n".join(called.words(text) for text in texts)


WORDS = Codec(lambda called, text: called.words(text), lambda _called, cell: cell, words=True)
ID = Codec(lambda _called, name: str(name), lambda _called, cell: cell.strip())
WHOLE = Codec(lambda _called, n: str(n), lambda _called, cell: amounts.whole(cell))
CONDITION = Codec(condition.written, condition.read)
EFFECTS = Codec(amounts.effects, amounts.read_effects)
PARAGRAPHS = Codec(_paragraphs, lambda _called, cell: paragraphs(cell), words=True)
BASIS = Codec(
    lambda _called, names: "; ".join(names), lambda _called, cell: list(amounts.pieces(cell))
)
OBJECTIVES = Codec(
    lambda _called, names: "; ".join(names),
    lambda called, cell: objectives(called.exercise, cell),
    lambda called: [part.id for part in called.exercise.objective],
    several=True,
)
DAY = Codec(lambda _called, day: str(day), _day)
QUARTERS = Codec(lambda _called, given: ", ".join(map(str, given)), _quarters)
SETTINGS = Codec(amounts.settings, amounts.read_settings)


def _amounts(kind: str) -> Codec:
    return Codec(
        lambda called, given: amounts.amounts(called, kind, given),
        lambda called, cell: amounts.read_amounts(called, kind, cell),
    )


INJECT_ID = "INJECT ID"
DETAILS = (
    Field(
        "COMES FROM", ("actor",), _named("actor"), N_("The actor that the news comes from."), True
    ),
    Field("MAP PLACE", ("place",), _named("place"), N_("The spot on the map that it pins.")),
    Field(
        "PRECEDENCE",
        ("message", "precedence"),
        WORDS,
        N_("FLASH, IMMEDIATE, PRIORITY or ROUTINE; none where empty."),
        width=14,
    ),
    Field("DATED", ("day",), DAY, N_("The scenario day it is dated on; else the dice give one.")),
    Field(
        "COMES AGAIN (TURNS)",
        ("again",),
        WHOLE,
        N_("After how many turns it can come again; once only where empty."),
        width=14,
    ),
    Field(
        "CONDITION",
        ("when",),
        CONDITION,
        N_(
            "What must hold for it to be a candidate: a track or derived value at least, at most "
            "or below a number; lever NAME at a level; inject ID was released, or came out late; "
            "an adversary answered probe or escalate. With and, or, not and brackets."
        ),
        width=40,
    ),
    Field(
        "WEIGHT",
        ("weight",),
        Codec(amounts.weight, amounts.read_weight),
        N_(
            "How likely it is among the candidates: 32, or 24 + 64 x a track (for 100 points of "
            "it)."
        ),
        True,
        24,
    ),
    Field(
        "CLOCK PROFILE",
        ("profile",),
        _named("profile"),
        N_("Of a crisis: the kind of crisis whose clock runs."),
    ),
    Field(
        "WHAT LATENESS DOES",
        ("late",),
        EFFECTS,
        N_("Of a crisis: changes of tracks, one a line: NAME +6, or NAME -3 in 2 turns."),
        width=30,
    ),
    Field(
        "WHAT LATENESS OPENS",
        ("opening",),
        _amounts("adversary"),
        N_("Of a crisis: an adversary and points, one a line."),
        width=20,
    ),
    Field(
        "DIRECTIONS",
        ("directions",),
        WORDS,
        N_("What exercise control does when it puts the contingency. Players never read it."),
        width=40,
    ),
    Field(
        "BASIS", ("basis",), BASIS, N_("Ids of evidence, or design, with ; between them."), True, 16
    ),
)
"""What an inject has that the MSEL does not show."""
OPTION_ID = "OPTION ID"
OPTIONS = (
    Field(
        OPTION_ID, ("id",), ID, N_("How the record names it; one of its inject's own."), True, 24
    ),
    Field("TITLE", ("title",), WORDS, N_("A few words, as on the list of answers."), True, 28),
    Field("WHAT IT IS", ("about",), WORDS, N_("What it is, in one line."), True, 40),
    Field(
        "ONCE DONE", ("done",), WORDS, N_("The same in the past tense, for the ruling."), True, 32
    ),
    Field("LEAN", ("lean",), _named("lean"), N_("The direction of the answer."), True, 18),
    Field(
        "OPEN WHEN",
        ("needs",),
        CONDITION,
        N_(
            "What must hold for it to be open, as a condition on sheet Details; one option of each "
            "inject has none."
        ),
        width=30,
    ),
    Field(
        "BENEFITS",
        ("benefits",),
        EFFECTS,
        N_(
            "Changes of tracks, one a line: NAME +6, or NAME +6 in 2 turns. Times timing and "
            "posture."
        ),
        width=30,
    ),
    Field("COSTS", ("costs",), EFFECTS, N_("The same; always in full."), width=30),
    Field(
        "BUDGETS",
        ("budgets",),
        _amounts("budget"),
        N_("What each budget gets (+) or loses (-)."),
        width=18,
    ),
    Field(
        "SETS LEVERS",
        ("sets",),
        SETTINGS,
        N_("Levers that stand at a level with the ruling, one a line: NAME: LEVEL."),
        width=22,
    ),
    Field(
        "PROVOCATION",
        ("provocation",),
        _amounts("adversary"),
        N_("Points for each adversary."),
        width=16,
    ),
    Field(
        "DENIES",
        ("denies",),
        _amounts("adversary"),
        N_("Points of an opening that it closes to each adversary."),
        width=16,
    ),
    Field(
        "CARRIES (QUARTERS)",
        ("quarters",),
        QUARTERS,
        N_("How far it carries in each posture, in order: 4, 4, 2. As its lean where empty."),
        width=14,
    ),
)
PROBING = (
    Field("ASK WHOM", ("to",), _named("side"), N_("A seat or a cell."), True, 28),
    Field("QUESTION", ("ask",), WORDS, N_("The question, word for word."), True, 90),
)
CONTEXTUAL_ID = "CONTEXTUAL ID"
CONTEXTUAL = (
    Field(CONTEXTUAL_ID, ("id",), ID, N_("How the record names it."), True, 24),
    Field(
        "MSEL NUMBER", ("label",), ID, N_("What the list calls it, where it has a number."), width=9
    ),
    Field("PLANNED TIME", ("planned",), ID, N_("When the list plans it."), width=14),
    Field("TITLE", ("title",), WORDS, N_("A few words."), True, 28),
    Field("EVENT TYPE", ("kind",), WORDS, N_("One or two words: news, cable, call."), True, 12),
    Field("TURN", ("turn",), WHOLE, N_("The turn it is meant for."), True, 8),
    Field(
        "GOES OUT WITH",
        ("inject",),
        _named("inject"),
        N_("The inject that it goes out with."),
        width=22,
    ),
    Field(
        "TOGETHER",
        ("together",),
        ID,
        N_("All that have the same word go out at one moment."),
        width=12,
    ),
    Field(
        "READERS",
        ("readers",),
        _pieces("side"),
        N_("The seats and cells that read it, with ; between; everybody where empty."),
        width=24,
    ),
    Field("SENT FROM", ("message", "sender"), WORDS, N_("Whom it comes from."), True, 22),
    Field("SENT TO", ("message", "to"), WORDS, N_("Whom it goes to."), True, 22),
    Field("METHOD", ("message", "via"), WORDS, N_("The way it comes."), True, 16),
    Field("PRECEDENCE", ("message", "precedence"), WORDS, N_("None where empty."), width=14),
    Field(
        "DESCRIPTION",
        ("message", "text"),
        PARAGRAPHS,
        N_("The message: one paragraph or two, an empty line between them."),
        True,
        60,
    ),
    Field("EXPECTED ACTION", ("expected",), WORDS, N_("What it may lead to."), width=40),
    Field("RESPONSIBLE CONTROLLER", ("controller",), ID, N_("The office that sends it."), width=20),
    Field("NOTES", ("notes",), ID, N_("For exercise control; players never read it."), width=30),
    Field("OBJECTIVE", ("objectives",), OBJECTIVES, N_("Ids, with ; between them."), width=22),
)
"""A row for each contextual inject: news that asks nothing."""
TIMINGS = {"on_time": "on time", "late": "late", "far_too_late": "far too late"}
TIMING = "TIMING"
STATUS = "STATUS"
WINDOW = Codec(lambda _called, n: str(n), lambda _called, cell: window(cell))
SLOT = _among("policy", "crisis")


def value_at(data: Mapping[str, Any], path: KeyPath) -> Any:  # noqa: ANN401  # any value of TOML
    """What a path leads to in an inject; None where there is nothing."""
    value: Any = data
    for step in path:
        if not isinstance(value, Mapping) or step not in value:
            return None
        value = value[step]
    return value


def cell_of(called: Called, field: Field, data: Mapping[str, Any]) -> str:
    """The cell of a field; empty where there is nothing.

    Raises:
        Unwritable: No cell can say it.
    """
    value = value_at(data, field.path)
    return "" if value is None else field.codec.cell(called, value)
