"""Marks for what is hidden, and who may read them now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from kit.tables import exercise, someone

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.apply import apply, beginning
from ttx.session.command import Command
from ttx.session.decide import decide
from ttx.session.event_codec import Event
from ttx.session.events import Entry
from ttx.session.game import Game, SlotRecord
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import AS_THE_ROOM, Allowed
from ttx.session.opening import begin
from ttx.session.play_commands import Submit
from ttx.session.seating import Seating
from ttx.session.side_commands import Note
from ttx.session.table import Table
from ttx.tui.page import Page

MARK = re.compile(r"[Qq]([A-Z])(\d\d)")


SEEDS = {"tutorial": 3, "accelerate": 1}
"""Seeds whose runs have what the tests speak of: both slots, empty ones, requests and notes."""


RED_TRACKS = {
    "tutorial": {"tension"},
    "accelerate": {
        "prc_encirclement",
        "prc_greyzone",
        "dprk_activity",
        "adversary_alignment",
        "temperature",
    },
}
"""V21 to V25."""


ANNOUNCED = {"tutorial": {"ports", "standing_staff"}, "accelerate": {"pace"}}


OWN = {"coast_guard": "neighbour", "prc": "china", "dprk": "dprk", "russia": "russia"}
"""The adversary of each Red seat."""


SURE = {"us": 37, "japan": 63}


EXPECTED = {"us": "escalate", "japan": "restraint"}


def mark(kind: str, number: int) -> str:
    return f"Q{kind}{number:02d}"


@cache
def marked(name: str) -> Exercise:
    """An exercise with a mark in the place of every name and text that not everybody may read."""
    data: dict[str, Any] = exercise(name).as_toml()
    for part in data["inject"]:
        number = part["number"]
        part |= {
            "title": mark("T", number),
            "question": mark("Q", number),
            "expected_action": mark("E", number),
            "if_not": mark("F", number),
        }
        part["message"]["text"] = [mark("M", number)] * 2
        for ask in part.get("probing", []):
            ask["ask"] = mark("P", number)
        for option in part["option"]:
            option |= {"title": mark("O", number), "about": mark("A", number)}
            option["done"] = mark("D", number)
        for timing, told in part["outcome"].items():
            part["outcome"][timing] = dict.fromkeys(told, mark("U", number))
    for kind, parts in (
        ("K", data["track"]),
        ("X", data["derived"]),
        ("S", data["score"]),
        ("B", data["budget"]),
        ("L", data["lever"]),
        ("G", data["posture"]),
    ):
        for number, part in enumerate(parts):
            told = {"name", "short", "about"} & set(part)
            part.update(dict.fromkeys(told, mark(kind, number)))
    levels = [level for part in data["lever"] for level in part["levels"]]
    for number, level in enumerate(levels):
        level |= {"name": mark("V", number), "note": mark("C", number)}
    for number, one in enumerate(data["evidence"]):
        one["claim"] = mark("H", number)
    for number, part in enumerate(data["adversary"]):
        part["names"] = {
            response: mark("I", 10 * number + at)
            for at, response in enumerate(("restraint", "probe", "escalate"))
        }
        part["object"] = "what is to be deterred"
        part["purse"] = {"start": 7, "income": 3, "cap": 14, "price": {"probe": 1, "escalate": 7}}
        part["aim"] = [
            {
                "id": f"aim_{at}",
                "name": mark("R", 10 * number + at),
                "about": mark("R", 10 * number + at),
                "reached": {"of": part["motive"], "at_least": 60 + at},
            }
            for at in range(3)
        ]
    for key in ("switch", "range"):  # they name numbers of aims that are none here
        data.pop(key, None)
    for inject in data["inject"]:  # the same with conditions
        for key in [*inject]:
            if key == "when" and "responded" in repr(inject[key]):
                del inject[key]
    return from_data(data)


def with_reasons(game: Game, seat: str, command: Command) -> Command:
    """A request with a mark in whatever is said beside it: `QW` of the US, `QJ` of Japan."""
    cell = game.run.seat(seat).cell
    kind = "W" if cell == "us" else "J"
    if isinstance(command, Note):
        return Note(mark("Y", int(cell == "red")))
    if isinstance(command, Submit):
        adversary = game.run.exercise.adversary[0].id
        why = mark(kind, len(game.turns))
        return Submit(Answer(command.answer.option, SURE[cell], {adversary: EXPECTED[cell]}, why))
    return command


@cache
def moments(name: str) -> tuple[tuple[Game, ...], tuple[Entry, ...]]:
    """Every game between two entries of a run of two people's cells, and the entries."""
    seats = Seating({}, "", together=False, red=("red",))
    one = begin(marked(name), seats, SEEDS[name], None)
    luck = np.random.default_rng(SEEDS[name])
    while not one.closed:
        seat, command = someone(one, luck)
        one.submit(seat, with_reasons(one.game, seat, command), one.game.entries)
    found = [beginning(one.game.run)]
    for entry in one.entries:
        found.append(apply(found[-1], entry))
    return tuple(found), tuple(one.entries)


def side(game: Game, seat: str) -> str:
    cell = game.run.seat(seat).cell
    return {"red": "red", "white": "white"}.get(cell, "allied")


def out(game: Game) -> dict[int, SlotRecord]:
    """What has been released, by the number of the inject."""
    injects = game.run.exercise.injects
    return {injects[s.released.inject].number: s for turn in game.turns for s in turn.slots}


def may_read(game: Game, seat: str, kind: str, number: int) -> bool:
    """The table of the design, section 7, for one mark."""
    who, part = side(game, seat), game.run.exercise
    if who == "white":
        return True
    over = game.phase in phases.PLAY_IS_OVER
    released, reckoned = out(game), any(turn.confirmed for turn in game.turns)
    match kind:
        case "E" | "F" | "P":
            return False
        case "T" | "M":
            return number in released
        case "Y":
            return over or (number == 1 and who == "red")
        case "W" | "J":
            own = {"W": "us", "J": "japan"}[kind] == game.run.seat(seat).cell
            return who == "allied" and (own or over)
        case "I":
            return reckoned or (who == "red" and part.adversary[number // 10].id == OWN[seat])
        case "R":
            return over or (who == "red" and part.adversary[number // 10].id == OWN[seat])
        case "K":
            return who == "allied" or part.track[number].id in RED_TRACKS[part.id]
        case "L":
            return who == "allied" or part.lever[number].id in ANNOUNCED[part.id]
        case "V":
            held = [
                (lever.id, at == game.position.levels[row])
                for row, lever in enumerate(part.lever)
                for at in range(len(lever.levels))
            ]
            name, stands = held[number]
            return who == "allied" or (stands and name in ANNOUNCED[part.id])
        case "Q" | "O" | "A":
            return who == "allied" and number in released
        case "D" | "U":
            came = [slot for turn in game.turns for slot in turn.slots]
            of = [s for s in came if part.injects[s.released.inject].number == number]
            return who == "allied" and any(slot.confirmed for slot in of)
    return who == "allied"


def forbidden(game: Game, seat: str, texts: str) -> set[str]:
    """The marks in some text that the seat may not read now."""
    found = {(one[1], int(one[2])) for one in MARK.finditer(texts)}
    return {mark(*one) for one in found if not may_read(game, seat, *one)}


def texts_in(value: object) -> Iterator[str]:
    """Every text in a value made of dataclasses and tuples."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts_in(getattr(value, part.name))
    elif isinstance(value, Sequence):
        for one in value:
            yield from texts_in(one)


def roomed(game: Game) -> Game:
    """The same game, with observers set to what the room sees."""
    stamp = Stamp(game.entries, 0, "", "", "", 0, game.phase, "facilitator", "")
    return replace(game, notebook=game.notebook.with_page(stamp, Allowed(AS_THE_ROOM)))


def at(name: str, phase: str) -> Game:
    return next(game for game in moments(name)[0] if game.phase == phase)


class Still(Table):
    """A table that stands at one moment; what it is asked for is decided, and never carried out."""

    def __init__(self, game: Game) -> None:
        super().__init__(game, None, [])
        self.decided: list[Event] = []

    def submit(self, seat: str, command: Command, seen: int) -> None:
        self.decided += decide(self.game, seat, command)


def drawn(page: Page) -> str:
    """Every row that is shown, those that were drawn before and left standing too."""
    shown = [region.shown.plain for region in page.regions.values() if region.display]
    return "\n".join(shown)


NAMES = ("tutorial", "accelerate")
"""Exercises whose runs are looked at."""


def sample(name: str) -> list[Game]:
    """Some of them: the first of each kind of moment, turn 1 apart from the others."""
    found: dict[tuple[object, ...], Game] = {}
    for game in moments(name)[0]:
        turn, slot = game.turn, game.slot
        kind = (
            game.phase,
            len(game.turns) > 1,
            turn is not None and turn.reckoned is not None,
            turn is not None and turn.confirmed,
            slot.released.slot if slot else "",
            len(slot.answers) if slot and game.phase == phases.DELIBERATION else 0,
            bool(game.asked),
            len(turn.chosen) if turn is not None and game.phase == phases.RESPONSE else 0,
        )
        found.setdefault(kind, game)
    return list(found.values())


def first_of_cells(game: Game) -> list[str]:
    """One seat of each allied cell, and every Red seat: they read different things."""
    found: dict[str, str] = {}
    for seat in game.run.exercise.seat:
        if seat.cell != "white":
            found.setdefault(seat.id if seat.cell == "red" else seat.cell, seat.id)
    return list(found.values())


def untimely(game: Game, seat: str, texts: str) -> set[str]:
    """What is forbidden, but for notes: a cell reads its own, as tests/test_viewing.py holds."""
    found = forbidden(game, seat, texts)
    notes = {one for one in found if one[1] == "Y"} if side(game, seat) == "allied" else set()
    return found - notes - {one for one in found if one[1] == "V" and stood(game, int(one[2:]))}


def stood(game: Game, number: int) -> bool:
    """Whether the level of that mark is one that an announced lever was at by then."""
    part = game.run.exercise
    levels = [(lever, at) for lever in part.lever for at in range(len(lever.levels))]
    lever, at = levels[number]
    row = game.run.tables.lever[lever.id]
    past = {past_[row] for past_ in game.position.past_levels}
    moved = {move.level for turn in game.turns for _, move in turn.moves if move.lever == lever.id}
    was = at in past or lever.levels[at].id in moved
    return lever.id in ANNOUNCED[part.id] and was
