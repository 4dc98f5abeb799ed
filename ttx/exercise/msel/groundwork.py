"""The sheets of a blank workbook that say what an exercise is besides its injects.

Title and question, objectives, seats in their cells, tracks: what `ttx new --from` makes of them
takes the place of what the template of a list has; what is left empty stays the template's.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, cast

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel import cells
from ttx.exercise.msel.amounts import number, whole
from ttx.exercise.msel.cells import Unreadable
from ttx.exercise.msel.fields import plain, value_at
from ttx.exercise.msel.fresh import block, id_of, is_id
from ttx.exercise.msel.ground_seats import seats
from ttx.exercise.msel.ground_sheet import (
    EXERCISE,
    HEADERS,
    OBJECTIVES,
    SEATS,
    SHORT_TRACK,
    TRACKS,
    Data,
    Groundwork,
    cell,
    ids_of,
    place,
    rows_of,
    short_of,
)
from ttx.exercise.msel.header import Mistakes, unread
from ttx.exercise.msel.patch import Patch, literal
from ttx.exercise.msel.rewrite import rewrite
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.msel.whole import Written
from ttx.exercise.problems import KeyPath, shown
from ttx.i18n import N_, _

FIELDS: tuple[tuple[str, KeyPath, str], ...] = (
    ("Title", ("title",), N_("As covers print it; the name of the folder in words if empty.")),
    ("Summary", ("summary",), N_("One line for whoever chooses an exercise.")),
    ("Marking", ("banner",), N_("The words on every screen and page.")),
    ("Situation", ("briefing", "situation"), N_("Paragraphs, an empty line between them.")),
    ("Question", ("briefing", "question"), N_("What the table has to decide, in one sentence.")),
    ("Sponsor's question", ("review", "asked"), N_("What the report answers first.")),
    ("Ground rules", ("briefing", "ground_rules"), N_("A line each.")),
    ("First day", ("turns", "start"), N_("A day of the scenario, 2026-03-12.")),
    ("Minutes", ("minutes",), N_("How long it takes.")),
)
"""The rows of the sheet of the exercise: name, what it is of, what it means."""
_LISTS: dict[KeyPath, str] = {("briefing", "situation"): "\n\n", ("briefing", "ground_rules"): "\n"}


def prefilled(data: Mapping[str, Any]) -> list[Written]:
    """The sheets with what the template has, to be changed."""
    cells_of = {cell["id"]: str(cell["name"]) for cell in data["cell"]}
    return [
        Written(
            EXERCISE,
            HEADERS[EXERCISE],
            tuple((name, _shown_at(data, path), _(about)) for name, path, about in FIELDS),
        ),
        Written(OBJECTIVES, HEADERS[OBJECTIVES], ()),
        Written(
            SEATS,
            HEADERS[SEATS],
            tuple(
                (
                    str(seat["name"]),
                    str(seat["short"]),
                    cells_of[seat["cell"]],
                    "yes" if seat.get("lead") else "",
                    str(seat["you_are"]),
                )
                for seat in data["seat"]
            ),
        ),
        Written(
            TRACKS,
            HEADERS[TRACKS],
            tuple(
                (*(str(track[key]) for key in ("name", "short", "start", "better", "about")),)
                for track in data["track"]
            ),
        ),
    ]


def _shown_at(data: Mapping[str, Any], path: KeyPath) -> str:
    if path == ("title",):
        return ""
    value = value_at(data, path)
    if path == ("banner",) and value is None:
        value = Exercise.model_fields["banner"].default
    between = _LISTS.get(path)
    return between.join(value) if between and value else "" if value is None else str(value)


def groundwork(data: Mapping[str, Any], sheets: Mapping[str, Sheet]) -> Groundwork:
    """The template's data with what the sheets say in its place, and all that is wrong with them.

    `sheets` may lack any of them.
    """
    found = Groundwork(cast("Data", deepcopy(plain(dict(data)))))
    for name, read in (
        (EXERCISE, _exercise),
        (OBJECTIVES, _objectives),
        (SEATS, seats),
        (TRACKS, _tracks),
    ):
        if name in sheets:
            wrong = Mistakes(sheets[name])
            read(found, sheets[name], wrong)
            found.problems += wrong.problems()
            found.remarks += sheets[name].remarks
            found.remarks += unread(sheets[name], HEADERS[name])
    return found


def put_in(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """The text of a TOML file that said `old`, so that it says `new`; the rest as it stands."""
    patch = Patch(text)
    rewrite(patch, (), old, dict(old) | {key: value for key, value in new.items() if key in old})
    added: list[str] = []
    for key, value in new.items():
        if key in old:
            continue
        if isinstance(value, list):
            added += ["\n".join(block(f"[[{key}]]", key, entry)) for entry in value]
        else:  # keys stand above all tables
            end = patch.places.values["title",][1]
            patch.changes.append((end, end, f"\n{key} = {literal(value)}"))
    return "\n\n".join([patch.done().rstrip("\n"), *added]) + "\n"


# --- sheets ---


def _exercise(found: Groundwork, sheet: Sheet, wrong: Mistakes) -> None:
    by_name = {cells.word(name): path for name, path, _about in FIELDS}
    said: dict[KeyPath, int] = {}
    for row, given in rows_of(sheet):
        name, value = cell(given, "FIELD"), cell(given, "VALUE")
        path = by_name.get(cells.word(name))
        if path is None:
            if value:
                wrong.add(
                    row, _("there is no field {name}", name=shown(name)), place(given, "FIELD")
                )
            continue
        if said.setdefault(path, row) != row:
            words = _("row {row} says {name} already", row=said[path], name=shown(name))
            wrong.add(row, words, place(given, "FIELD"))
            continue
        found.places[path] = (sheet, row, place(given, "VALUE"))
        if not value or value == _shown_at(found.data, path):
            continue
        try:
            _set(found.data, path, _value(path, value))
        except (Unreadable, ValueError) as error:
            words = _("must be a day such as 2026-03-12, not {cell}", cell=shown(value))
            told = str(error) if isinstance(error, Unreadable) else words
            wrong.add(row, told, place(given, "VALUE"))
        found.titled |= path == ("title",)


def _value(path: KeyPath, value: str) -> object:
    if path in _LISTS:
        return [part.strip() for part in value.split(_LISTS[path]) if part.strip()]
    if path == ("turns", "start"):
        return datetime.date.fromisoformat(value.removesuffix(" 00:00"))
    return whole(value) if path == ("minutes",) else value


def _set(data: Data, path: KeyPath, value: object) -> None:
    for step in path[:-1]:
        data = data[str(step)]
    data[str(path[-1])] = value


def _objectives(found: Groundwork, sheet: Sheet, wrong: Mistakes) -> None:
    capabilities: dict[str, Data] = {}
    made: list[Data] = []
    for row, given in rows_of(sheet):
        words, name = cell(given, "OBJECTIVE"), cell(given, "OBJECTIVE ID")
        taken = [one["id"] for one in made]
        if not words:
            wrong.add(row, _("an objective needs its sentence"), place(given, "OBJECTIVE"))
            continue
        name = name or id_of(words, taken)
        if not is_id(name) or name in taken:
            said = _("an id is letters, digits, _ and -, once only, not {name}", name=shown(name))
            wrong.add(row, said, place(given, "OBJECTIVE ID"))
            continue
        called = cell(given, "CAPABILITY") or _("Decision-making")
        ids = [part["id"] for part in capabilities.values()]
        part = capabilities.setdefault(
            cells.word(called), {"id": id_of(called, ids), "name": called}
        )
        one: Data = {"id": name, "text": words, "capability": part["id"]}
        if measures := [m.strip() for m in cell(given, "MEASURES").split("\n") if m.strip()]:
            one["measures"] = measures
        made.append(one)
        found.places["objective", name] = (sheet, row, None)
    if made:
        found.data["capability"] = [*capabilities.values()]
        found.data["objective"] = made


def _tracks(found: Groundwork, sheet: Sheet, wrong: Mistakes) -> None:
    data = found.data
    first, score = data["track"][0], data["score"][0]
    tracks: list[Data] = []
    scores: list[Data] = []
    for row, given in rows_of(sheet):
        name, better = cell(given, "TRACK"), cells.word(cell(given, "BETTER")) or "higher"
        if not name:
            wrong.add(row, _("a track needs a name"), place(given, "TRACK"))
            continue
        if better not in ("higher", "lower"):
            wrong.add(row, _("must be higher or lower"), place(given, "BETTER"))
            continue
        short = cell(given, "SHORT NAME")
        if not short or (short == first["short"] and name != first["name"]):
            # the template's is no longer its
            short = short_of(name, SHORT_TRACK, [track["short"] for track in tracks])
            found.shortened(name, short)
        if len(short) > SHORT_TRACK:
            words = _("it has more than {most} characters", most=SHORT_TRACK)
            wrong.add(row, words, place(given, "SHORT NAME"))
        try:
            start = number(cell(given, "START") or "50")
        except Unreadable as error:
            wrong.add(row, str(error), place(given, "START"))
            continue
        made = first["id"] if not tracks else id_of(name, ids_of(tracks))
        about = cell(given, "WHAT 0 AND 100 MEAN") or _("0 is the worst, 100 the best.")
        told: Data = {"id": made, "name": name, "short": short, "better": better}
        track: Data = {} if tracks else dict(first)
        track |= {**told, "about": about, "start": start, "basis": ["design"]}
        track["range"] = [max(start - 10, 0), min(start + 10, 100)]
        scores.append({} if tracks else dict(score))
        scores[-1] |= {**told, "of": made}
        tracks.append(track)
        found.places["track", made] = (sheet, row, None)
    if tracks:
        data["track"], data["score"] = tracks, scores
