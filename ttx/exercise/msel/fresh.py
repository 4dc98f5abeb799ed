"""A row that no inject of the exercise has yet, as an inject: the least that can be played."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.msel import cells
from ttx.exercise.msel.patch import literal
from ttx.exercise.problems import printable
from ttx.exercise.zones import PLACEHOLDER, fits

OPTIONS = "options with their benefits and costs"
"""What a new inject lacks first; English as the comments in its file."""
UNWRITTEN = "Not written yet."
ALWAYS, HALF = 64, 32
"""Weights that fire on all dice, and on half of them."""
WINDOW = 24 * 60
"""Minutes of a crisis inject whose row gives none."""
LISTED = 75
"""The same in an exercise made of a list, whose one clock takes about an hour."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_BRACES = re.compile(r"[{}]")
_OF_THE_LIST = ("label", "planned", "controller", "notes")
"""Fields that say what the list says, and that are left out where it says nothing."""
_TITLE = 60
"""Letters of a title that is made of the first words of a text."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new inject with what its author still has to write."""

    number: int
    id: str
    data: dict[str, Any]
    unwritten: tuple[str, ...]
    row: int
    kept: tuple[tuple[str, str], ...]
    """Cells for which an exercise has no place, under their headers."""

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.number:02d}-{self.id.replace('_', '-')}.toml"

    def toml(self, name: str) -> str:
        """The file that holds it; `name` is that of the table it came from."""
        notes = [f"Row {self.row} of {name}.", f"Still to write: {', '.join(self.unwritten)}."]
        return _commented(notes, self.kept) + "\n".join(block("[[inject]]", "inject", self.data))


def _commented(notes: list[str], kept: tuple[tuple[str, str], ...]) -> str:
    """The comment on top of a file, and what the exercise has no place for."""
    lines = [*notes, *(f"{header}: {cell}" for header, cell in kept)]
    head = "".join(f"# {printable(line)}\n" for note in lines for line in note.split("\n"))
    return f"{head}\n"


def block(header: str, path: str, data: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a table as an author would write it, what stands below it after its own keys."""
    yield header
    inner = []
    for key, value in data.items():
        if isinstance(value, dict) and key in ("message", "outcome"):
            inner.append(block(f"[{path}.{key}]", f"{path}.{key}", value))
        elif key == "option":
            inner += [block(f"[[{path}.{key}]]", f"{path}.{key}", entry) for entry in value]
        else:
            yield f"{key} = {literal(value)}"
    for lines in inner:
        yield ""
        yield from lines
    if path in ("inject", "contextual"):
        yield ""


def id_of(title: str, taken: Collection[str]) -> str:
    """An id made from a title, unlike those that are taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    stem = "_".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("_") or "inject"
    name, at = stem, 1
    while name in taken:
        at += 1
        name = f"{stem}_{at}"
    return name


def title_of(words: str) -> str:
    """A title for a row that gives none: its first line, cut at a word."""
    line = next((part.strip() for part in words.split("\n") if part.strip()), "")
    sentence = re.split(r"(?<=[.!?])\s", line)[0].rstrip(".")
    if len(sentence) <= _TITLE:
        return sentence
    return sentence[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:-") + " …"


def in_brackets(words: str) -> str:
    """The words with brackets for braces, which are placeholders here."""
    return words.replace("{", "(").replace("}", ")")


def is_id(name: str) -> bool:
    return _ID.fullmatch(name) is not None


def stray_brace(exercise: Exercise, words: str, *, timed: bool) -> bool:
    """Whether a text holds a brace that is no placeholder, which `ttx check` refuses.

    Where a text is not `timed`, none is one.
    """
    left = PLACEHOLDER.sub(lambda match: "" if timed and fits(exercise, match[0]) else "{", words)
    return _BRACES.search(left) is not None


def fresh(
    exercise: Exercise,
    number: int,
    name: str,
    row: int,
    given: Mapping[str, cells.Value],
    kept: tuple[tuple[str, str], ...],
    *,
    in_order: bool = False,
) -> Fresh:
    """An inject from what its row gives; all that has an effect is left to its author.

    `in_order` lets those that can come in one turn come by their numbers.
    """
    unwritten = [OPTIONS, "outcomes", "weight"]

    def words(key: str, otherwise: str, what: str = "") -> cells.Value:
        if key not in given and what:
            unwritten.append(what)
        return given.get(key, otherwise)

    crisis = given.get("slot") == "crisis"
    allied = [cell for cell in exercise.cell if cell.side == "allied"]
    lead = given.get("lead") or _cell(exercise, str(given.get("to", ""))) or allied[0].id
    title = given["title"]
    data: dict[str, Any] = {
        "number": number,
        "id": name,
        **{key: given[key] for key in _OF_THE_LIST if key in given},
        "title": title,
        "actor": _actor(exercise, str(given.get("sender", ""))),
        "kind": words("kind", "news"),
        "slot": "crisis" if crisis else "policy",
        "turns": given.get("turns", [1, exercise.turns.count]),
        "weight": {"base": ALWAYS if in_order else HALF},
        "lead": lead,
        "objectives": given.get("objectives", []),
        "basis": ["design"],
        "question": words("question", "What do you do?", "question"),
        "expected_action": words("expected_action", UNWRITTEN, "expected_action"),
        "if_not": words("if_not", "", "if_not"),  # a stand-in would be put to the table
    }
    first, last = data["turns"]
    if in_order and first == last:
        data["day"] = exercise.turns.first_day(first)  # dated news comes by number, not by dice
    if not data["objectives"]:
        unwritten.append("objectives")
    if crisis:
        data["profile"] = next(iter(exercise.clock.profiles))
        data["window"] = words("window", "", "window") or (LISTED if in_order else WINDOW)
        unwritten += ["profile", "late"]
    data["message"] = {
        "sender": words("sender", "Exercise control", "message.sender"),
        "to": words("to", "All", "message.to"),
        "via": words("via", "in person", "message.via"),
        "text": given.get("text") or [title],
    }
    if "text" not in given:
        unwritten.append("message.text")
    outcome = {posture.id: "It was dealt with." for posture in exercise.posture}
    timings = ("on_time", "late", "far_too_late") if crisis else ("on_time",)
    data["outcome"] = {timing: dict(outcome) for timing in timings}
    data["option"] = [
        {
            "id": "act",
            "lean": exercise.lean[0].id,
            "title": "Act on it",
            "about": "Do what your plans say.",
            "done": "It was acted on",
        },
        {
            "id": "leave",
            "lean": exercise.lean[-1].id,
            "title": "Leave it for now",
            "about": "Wait, and see what comes.",
            "done": "It was left for now",
        },
    ]
    return Fresh(number, name, data, tuple(unwritten), row, kept)


@dataclass(frozen=True, slots=True)
class FreshContextual:
    """A row that asks nothing, as a contextual inject."""

    data: dict[str, Any]
    row: int
    kept: tuple[tuple[str, str], ...]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"contextual-{self.data['id'].replace('_', '-')}.toml"

    def toml(self, name: str) -> str:
        """The file that holds it; `name` is that of the table it came from."""
        notes = [f"Row {self.row} of {name}."]
        return _commented(notes, self.kept) + "\n".join(
            block("[[contextual]]", "contextual", self.data)
        )


def contextual(
    name: str,
    row: int,
    turn: int,
    given: Mapping[str, cells.Value],
    kept: tuple[tuple[str, str], ...],
    readers: list[str],
) -> FreshContextual:
    """A contextual inject from what its row gives, for some readers or for all."""
    data: dict[str, Any] = {
        "id": name,
        **{key: given[key] for key in _OF_THE_LIST if key in given},
        "title": given["title"],
        "kind": given.get("kind", "news"),
        "turn": turn,
        "readers": readers,
        "objectives": given.get("objectives", []),
    }
    if "expected_action" in given:
        data["expected"] = given["expected_action"]
    data["message"] = {
        "sender": given.get("sender", "Exercise control"),
        "to": given.get("to", "All"),
        "via": given.get("via", "in person"),
        "text": given.get("text") or [given["title"]],
    }
    return FreshContextual(data, row, kept)


def _cell(exercise: Exercise, to: str) -> str:
    """The allied cell to which a message goes, by the first name of one that is in it."""
    sides = {cell.id: cell.side for cell in exercise.cell}
    names = [(text(cell.name), cell.id) for cell in exercise.cell]
    names += [(name, seat.cell) for seat in exercise.seat for name in (text(seat.name), seat.short)]
    mentioned = [
        (at, cell)
        for name, cell in names
        if sides[cell] == "allied" and (at := _place(name, to)) is not None
    ]
    return min(mentioned)[1] if mentioned else ""


def _actor(exercise: Exercise, sender: str) -> str:
    """Whom a message comes from: an actor named in it, else the white cell's, else the first."""
    for actor in exercise.actor:
        if _place(text(actor.name), sender) is not None:
            return actor.id
    white = [cell.actor for cell in exercise.cell if cell.side == "white"]
    return white[0] if white else exercise.actor[0].id


def _place(name: str, words: str) -> int | None:
    """Where a name stands in some words, as a word of its own."""
    match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) if name else None
    return match.start() if match else None
