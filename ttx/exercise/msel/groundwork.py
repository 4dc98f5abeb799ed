"""The sheets of a blank workbook that say what an exercise is besides its injects.

Title and question, objectives, seats in their cells, tracks: what `ttx new --from` makes of them
takes the place of what the template of a list has; what is left empty stays the template's.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, cast

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel import cells
from ttx.exercise.msel.amounts import number, whole
from ttx.exercise.msel.cells import Unreadable
from ttx.exercise.msel.columns import flat
from ttx.exercise.msel.fields import plain, value_at
from ttx.exercise.msel.fresh import block, id_of, is_id
from ttx.exercise.msel.header import Mistakes, unread
from ttx.exercise.msel.origin import Place
from ttx.exercise.msel.patch import Patch, literal
from ttx.exercise.msel.rewrite import rewrite
from ttx.exercise.msel.sheet import Sheet
from ttx.exercise.msel.whole import Written
from ttx.exercise.problems import KeyPath, Problem, shown
from ttx.i18n import N_, _

Data = dict[str, Any]
EXERCISE, OBJECTIVES, SEATS, TRACKS = "Exercise", "Objectives", "Seats", "Tracks"
HEADERS = {
    EXERCISE: ("FIELD", "VALUE", "WHAT IT IS"),
    OBJECTIVES: ("OBJECTIVE ID", "OBJECTIVE", "CAPABILITY", "MEASURES"),
    SEATS: ("OFFICE", "SHORT NAME", "CELL", "LEAD", "WHO YOU ARE"),
    TRACKS: ("TRACK", "SHORT NAME", "START", "BETTER", "WHAT 0 AND 100 MEAN"),
}
"""The sheets with their headings; each is known by the first of them."""
ABOUT = {
    EXERCISE: N_("What the exercise is called and asks, a field a row."),
    OBJECTIVES: N_("What it is to train or find out; injects name these ids."),
    SEATS: N_("Who sits where: offices, never people. A cell decides as one, its lead speaks."),
    TRACKS: N_("What is kept count of, 0 to 100; the first is what the lever and the clock move."),
}
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
_COLOURS = ("#87afff", "#ffaf5f", "#87d787", "#d787d7", "#ffd75f", "#5fd7d7", "#ff8787", "#bcbcbc")
_YES = {"yes", "y", "x", "1", "true", "lead", "ja", "oui", "si", "да", "✓", "✔", "☑"}
_NO = {"", "no", "n", "0", "false", "nein", "non", "нет", "☐"}
_CONTROL = "control"
_SHORT_SEAT, _SHORT_TRACK = 12, 14
"""Characters of a short name, which the model holds to."""
_LEANING = 4
"""A word with fewer characters leans on the next one."""


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


@dataclass
class Groundwork:
    """What the sheets come to: the data of an exercise without injects, and where it is from."""

    data: Data
    titled: bool = False
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What of the sheets was left out or made up, a sentence each."""
    places: dict[KeyPath, Place] = field(default_factory=dict)

    def shortened(self, name: str, short: str) -> None:
        """Keep in mind that a short name was made up, which is not the name itself."""
        if short != name:
            self.remarks.append(
                _("{name} is {short} where room is short.", name=shown(name), short=shown(short))
            )


def groundwork(data: Mapping[str, Any], sheets: Mapping[str, Sheet]) -> Groundwork:
    """The template's data with what the sheets say in its place, and all that is wrong with them.

    `sheets` may lack any of them.
    """
    found = Groundwork(cast("Data", deepcopy(plain(dict(data)))))
    for name, read in (
        (EXERCISE, _exercise),
        (OBJECTIVES, _objectives),
        (SEATS, _seats),
        (TRACKS, _tracks),
    ):
        if name in sheets:
            wrong = Mistakes(sheets[name])
            read(found, sheets[name], wrong)
            found.problems += wrong.problems()
            found.remarks += sheets[name].remarks
            found.remarks += unread(sheets[name], HEADERS[name])
    return found


def short_of(name: str, most: int, taken: Sequence[str]) -> str:
    """A short name that no other has: its whole words that fit, its initials, its first word.

    `most` is its characters. A word that is longer is cut; what is taken gets a number.
    """
    words = name.split()
    whole = words[:1]
    for word in words[1:]:
        if len(" ".join([*whole, word])) > most:
            break
        whole.append(word)
    while len(whole) > 1 and len(whole[-1]) < _LEANING and whole[-1].islower():
        whole.pop()  # no name ends with `of the`
    told = [name] if len(name) <= most else []
    if len(whole[0]) <= most and len(whole) > 1:
        told.append(" ".join(whole))
    capitals = "".join(word[0] for word in words if word[0].isupper())
    if len(capitals) > 1:
        told.append(capitals[:most])
    told += [words[0][:most], name[:most].strip()]
    told += [f"{name[: most - 3].strip()} {at}" for at in range(2, 100)]
    return next(short for short in told if short and short not in taken)


def _mark(cell: str) -> str:
    """A cell of yes or no; of a sign alone the sign."""
    return cells.word(cell) or cell.strip().strip("-–—")


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


def _rows(sheet: Sheet) -> Iterator[tuple[int, dict[str, tuple[str, int]]]]:
    """The rows with their cells by heading; each cell with its column."""
    known = {flat(header): header for header in HEADERS[sheet.sheet]}
    places = {known[flat(h)]: at for at, h in enumerate(sheet.header) if flat(h) in known}
    for row, given in sheet.rows:
        yield row, {header: (sheet.cell(given, at), at) for header, at in places.items()}


def _cell(row: Mapping[str, tuple[str, int]], header: str) -> str:
    return row[header][0] if header in row else ""


def _at(row: Mapping[str, tuple[str, int]], header: str) -> int | None:
    return row[header][1] if header in row else None


# --- sheets ---


def _exercise(found: Groundwork, sheet: Sheet, wrong: Mistakes) -> None:
    by_name = {cells.word(name): path for name, path, _about in FIELDS}
    said: dict[KeyPath, int] = {}
    for row, given in _rows(sheet):
        name, value = _cell(given, "FIELD"), _cell(given, "VALUE")
        path = by_name.get(cells.word(name))
        if path is None:
            if value:
                wrong.add(row, _("there is no field {name}", name=shown(name)), _at(given, "FIELD"))
            continue
        if said.setdefault(path, row) != row:
            words = _("row {row} says {name} already", row=said[path], name=shown(name))
            wrong.add(row, words, _at(given, "FIELD"))
            continue
        found.places[path] = (sheet, row, _at(given, "VALUE"))
        if not value or value == _shown_at(found.data, path):
            continue
        try:
            _set(found.data, path, _value(path, value))
        except (Unreadable, ValueError) as error:
            words = _("must be a day such as 2026-03-12, not {cell}", cell=shown(value))
            told = str(error) if isinstance(error, Unreadable) else words
            wrong.add(row, told, _at(given, "VALUE"))
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
    for row, given in _rows(sheet):
        words, name = _cell(given, "OBJECTIVE"), _cell(given, "OBJECTIVE ID")
        taken = [one["id"] for one in made]
        if not words:
            wrong.add(row, _("an objective needs its sentence"), _at(given, "OBJECTIVE"))
            continue
        name = name or id_of(words, taken)
        if not is_id(name) or name in taken:
            said = _("an id is letters, digits, _ and -, once only, not {name}", name=shown(name))
            wrong.add(row, said, _at(given, "OBJECTIVE ID"))
            continue
        called = _cell(given, "CAPABILITY") or _("Decision-making")
        ids = [part["id"] for part in capabilities.values()]
        part = capabilities.setdefault(
            cells.word(called), {"id": id_of(called, ids), "name": called}
        )
        one: Data = {"id": name, "text": words, "capability": part["id"]}
        if measures := [m.strip() for m in _cell(given, "MEASURES").split("\n") if m.strip()]:
            one["measures"] = measures
        made.append(one)
        found.places["objective", name] = (sheet, row, None)
    if made:
        found.data["capability"] = [*capabilities.values()]
        found.data["objective"] = made


def _seats(found: Groundwork, sheet: Sheet, wrong: Mistakes) -> None:
    data = found.data
    known = {cells.word(str(cell["name"])): cell for cell in data["cell"]}
    own = {cells.word(str(seat["name"])): seat for seat in data["seat"]}
    made: list[Data] = []
    sides: dict[str, Data] = {}
    for row, given in _rows(sheet):
        office, cell = _cell(given, "OFFICE"), _cell(given, "CELL")
        if not office or not cell:
            wrong.add(row, _("a seat needs an office and a cell"), _at(given, "OFFICE"))
            continue
        if office in (seat["name"] for seat in made):
            wrong.add(
                row, _("{office} has a row already", office=shown(office)), _at(given, "OFFICE")
            )
            continue
        short = _cell(given, "SHORT NAME")
        if not short:
            short = short_of(office, _SHORT_SEAT, [seat["short"] for seat in made])
            found.shortened(office, short)
        if len(short) > _SHORT_SEAT:
            said = _("it has more than {most} characters", most=_SHORT_SEAT)
            wrong.add(row, said, _at(given, "SHORT NAME"))
        side = known.get(cells.word(cell))
        if side is None:
            side = _side(data, cell)
            known[cells.word(cell)] = side
        sides[side["id"]] = side
        was = own.get(cells.word(office), {})
        taken = [seat["id"] for seat in (*made, *data["seat"]) if seat is not was]
        seat: Data = {
            "id": was.get("id") or id_of(office, [*taken, *_ids(data["cell"])]),
            "cell": side["id"],
            "name": office,
            "short": short,
            "you_are": _cell(given, "WHO YOU ARE") or _("You speak for {office}.", office=office),
        }
        leads = _mark(_cell(given, "LEAD"))
        if leads in _YES:
            seat["lead"] = True
        elif leads not in _NO:
            said = _("must be yes, or empty, not {cell}", cell=shown(_cell(given, "LEAD")))
            wrong.add(row, said, _at(given, "LEAD"))
        if was.get("decides") and was["cell"] == side["id"]:
            seat["decides"] = was["decides"]
        made.append(seat)
        found.places["seat", seat["id"]] = (sheet, row, None)
    if made:
        _seated(found, made, sides)


def _seated(found: Groundwork, made: list[Data], sides: Mapping[str, Data]) -> None:
    """Put seats in the place of the template's, with what hangs on them; `sides` are their cells.

    Control's stay where none is named, a cell without a lead gets its first seat as one, and cells
    and actors that nobody sits in go.
    """
    data = found.data
    control = [seat for seat in data["seat"] if seat["cell"] == _CONTROL]
    if _CONTROL not in sides:
        made += control
    for name, side in sides.items():
        if not any(seat.get("lead") for seat in made if seat["cell"] == name):
            first = next(seat for seat in made if seat["cell"] == name)
            first["lead"] = True
            words = _(
                "No seat of cell {cell} is marked as its lead; {office} leads it.",
                cell=shown(side["name"]),
                office=shown(first["name"]),
            )
            found.remarks.append(words)
    data["seat"] = made
    data["cell"] = [cell for cell in data["cell"] if cell["id"] in {*sides, _CONTROL}]
    allied = [cell["id"] for cell in data["cell"] if cell["side"] == "allied"]
    for lever in data["lever"]:
        if not set(lever["cells"]) <= set(allied):
            lever["cells"] = allied
            lever["held_by"] = _("the leads of the cells")
    used = {cell["actor"] for cell in data["cell"]}
    data["actor"] = [actor for actor in data["actor"] if actor["id"] in used]


def _ids(parts: list[Data]) -> list[str]:
    return [str(part["id"]) for part in parts]


def _side(data: Data, name: str) -> Data:
    """A new allied cell, with an actor of its own."""
    letters = {actor["letter"] for actor in data["actor"]}
    wanted = [sign for sign in name.upper() if "A" <= sign <= "Z"]
    free = (sign for sign in (*wanted, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ") if sign not in letters)
    taken = [*_ids(data["cell"]), *_ids(data["seat"]), *_ids(data["actor"])]
    made = id_of(name, taken)
    colour = _COLOURS[len(data["actor"]) % len(_COLOURS)]
    data["actor"].append({"id": made, "name": name, "letter": next(free, "Z"), "colour": colour})
    side = {"id": made, "name": name, "side": "allied", "actor": made, "robot": "steady"}
    data["cell"].insert(len(data["cell"]) - 1, side)
    return side


def _tracks(found: Groundwork, sheet: Sheet, wrong: Mistakes) -> None:
    data = found.data
    first, score = data["track"][0], data["score"][0]
    tracks: list[Data] = []
    scores: list[Data] = []
    for row, given in _rows(sheet):
        name, better = _cell(given, "TRACK"), cells.word(_cell(given, "BETTER")) or "higher"
        if not name:
            wrong.add(row, _("a track needs a name"), _at(given, "TRACK"))
            continue
        if better not in ("higher", "lower"):
            wrong.add(row, _("must be higher or lower"), _at(given, "BETTER"))
            continue
        short = _cell(given, "SHORT NAME")
        if not short or (short == first["short"] and name != first["name"]):
            # the template's is no longer its
            short = short_of(name, _SHORT_TRACK, [track["short"] for track in tracks])
            found.shortened(name, short)
        if len(short) > _SHORT_TRACK:
            words = _("it has more than {most} characters", most=_SHORT_TRACK)
            wrong.add(row, words, _at(given, "SHORT NAME"))
        try:
            start = number(_cell(given, "START") or "50")
        except Unreadable as error:
            wrong.add(row, str(error), _at(given, "START"))
            continue
        made = first["id"] if not tracks else id_of(name, _ids(tracks))
        about = _cell(given, "WHAT 0 AND 100 MEAN") or _("0 is the worst, 100 the best.")
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
