"""What the models of an exercise cannot see alone: whether its parts fit each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ttx.exercise.bounds import out_of_bounds
from ttx.exercise.contextuals import contextual_faults
from ttx.exercise.injects import inject_faults
from ttx.exercise.loops import loops
from ttx.exercise.model.conditions import LeverAt, Threshold
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Option
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.map import Window
from ttx.exercise.model.scores import SPENT, ByLevel, Fading, Sum, Term
from ttx.exercise.model.tracks import Effect
from ttx.exercise.parts import Placed, parts
from ttx.exercise.people import people
from ttx.exercise.problems import Finding, KeyPath, shown
from ttx.exercise.ranges import range_faults
from ttx.exercise.references import Names, unknown_names
from ttx.exercise.remarks import remarks, second_looks
from ttx.exercise.zones import ONSET
from ttx.i18n import _

"""Rules of robots that play an adversary."""
_NEEDED = ("actor", "cell", "seat", "track", "score", "lever", "posture", "lean", "inject", "robot")


def check(exercise: Exercise, *, looks: bool = True) -> list[Finding]:
    """Everything that is wrong with an exercise; with `looks` what is worth a second look, too."""
    all_parts = parts(exercise)
    faults = [
        *unknown_names(all_parts, Names.in_exercise(exercise)),
        *_taken(exercise),
        *people(exercise),
        *_levels(exercise),
        *_postures(exercise),
        *_clock(exercise),
        *inject_faults(exercise),
        *contextual_faults(exercise),
        *_zones(exercise),
        *_calendar(exercise),
        *_manual(exercise),
        *_map(exercise),
        *(finding for placed in all_parts for finding in _misused(placed)),
        *loops(exercise, all_parts),
        *out_of_bounds(exercise, all_parts),
        *range_faults(exercise),
    ]
    if not looks:
        return faults
    second = [] if faults else second_looks(exercise, all_parts)
    return [*faults, *remarks(exercise, all_parts), *second]


# --- ids, numbers and letters taken twice -------------------------------------------------------


def _taken(exercise: Exercise) -> Iterator[Finding]:
    for key in _NEEDED:
        if not getattr(exercise, key):
            yield Finding((key,), _("at least one [[{key}]] is needed", key=key))
    for key in type(exercise).model_fields:
        group = getattr(exercise, key)
        if isinstance(group, list) and group and hasattr(group[0], "id"):
            yield from _twice((key,), [part.id for part in group])
    tracks = {*exercise.tracks, SPENT}
    for at, value in enumerate(exercise.derived):
        if value.id in tracks:
            owner = _("the money spent") if value.id == SPENT else _("a track")
            yield Finding(("derived", at, "id"), _("this id is taken by {owner}", owner=owner))
    if SPENT in exercise.tracks:
        at = list(exercise.tracks).index(SPENT)
        yield Finding(("track", at, "id"), _("this id is taken by the money spent"))
    for at, lever in enumerate(exercise.lever):
        yield from _twice(("lever", at, "levels"), [level.id for level in lever.levels])
    for at, inject in enumerate(exercise.inject):
        yield from _twice(("inject", at, "option"), [option.id for option in inject.option])
    for at, adversary in enumerate(exercise.adversary):
        yield from _twice(("adversary", at, "aim"), [aim.id for aim in adversary.aim])
    stages = [stage.id for stage in exercise.clock.stages]
    yield from _twice(("clock", "stages"), stages)
    wait = exercise.clock.wait
    if wait and wait.id in stages:
        yield Finding(("clock", "wait", "id"), _("this id is taken by a stage"))
    numbers = [(inject.number, inject.id) for inject in exercise.inject]
    letters = [(actor.letter, actor.id) for actor in exercise.actor]
    yield from _twice_as("inject", "number", numbers)
    yield from _twice_as("actor", "letter", letters)


def _twice(path: KeyPath, ids: list[str]) -> Iterator[Finding]:
    for at, name in enumerate(ids):
        if name in ids[:at]:
            yield Finding((*path, at, "id"), _("this id is taken by an earlier one"))


def _twice_as(kind: str, key: str, given: Sequence[tuple[object, str]]) -> Iterator[Finding]:
    first: dict[object, str] = {}
    for at, (value, name) in enumerate(given):
        if first.setdefault(value, name) != name:
            yield Finding(
                (kind, at, key),
                _(
                    "{key} {value} is taken by {kind} '{id}'",
                    key=key,
                    value=value,
                    kind=kind,
                    id=first[value],
                ),
            )


# --- levers and what goes by their levels ---------------------------------------------------------


def _levels(exercise: Exercise) -> Iterator[Finding]:
    for at, part in enumerate(exercise.derived):
        if isinstance(part, ByLevel | Fading):
            lever = exercise.levers.get(part.lever)
            yield from _as_many(("derived", at, "values"), part.values, lever)
    money = [budget.id for budget in exercise.budget if budget.kind == "money"]
    for at, lever in enumerate(exercise.lever):
        for entry, effect in enumerate(lever.effects):
            yield from _as_many(("lever", at, "effects", entry, "values"), effect.values, lever)
        for entry, level in enumerate(lever.levels):
            for name in sorted(set(level.price) & set(money)):
                path = ("lever", at, "levels", entry, "price", name)
                yield Finding(
                    path, _("budget '{name}' is money: write its amount as upkeep", name=name)
                )
    for at, budget in enumerate(exercise.budget):
        if budget.id in money[1:]:
            yield Finding(
                ("budget", at, "kind"),
                _("only one budget may be money, and '{money}' is", money=money[0]),
            )
    wait = exercise.clock.wait
    if wait and wait.deputy:
        lever = exercise.levers.get(wait.deputy)
        yield from _as_many(("clock", "wait", "quarters"), wait.quarters, lever)
    elif wait and wait.quarters:
        yield Finding(
            ("clock", "wait", "quarters"), _("quarters need a deputy, a lever they go by")
        )


def _as_many(path: KeyPath, values: Sequence[int], lever: Lever | None) -> Iterator[Finding]:
    if lever and len(values) != len(lever.levels):
        levels = ", ".join(level.id for level in lever.levels)
        yield Finding(
            path,
            _(
                "{path} must hold one for each level of '{lever}' ({levels}), not {values}",
                path=path[-1],
                lever=lever.id,
                levels=levels,
                values=len(values),
            ),
        )


# --- postures -----------------------------------------------------------------------------------


def _postures(exercise: Exercise) -> Iterator[Finding]:
    rest = [posture.id for posture in exercise.posture if posture.when is None]
    if exercise.posture and not rest:
        yield Finding(
            ("posture",), _("one posture must have no 'when': it holds when no other does")
        )
    for at, posture in enumerate(exercise.posture):
        if posture.id in rest[1:]:
            yield Finding(
                ("posture", at),
                _("'when' is missing: only one posture is the rest, '{rest}'", rest=rest[0]),
            )
    for at, lean in enumerate(exercise.lean):
        yield from _by_posture(("lean", at, "quarters"), lean.quarters, exercise)
    for at, inject in enumerate(exercise.inject):
        for entry, option in enumerate(inject.option):
            if option.quarters is not None:
                path = ("inject", at, "option", entry, "quarters")
                yield from _by_posture(path, option.quarters, exercise)


def _by_posture(path: KeyPath, quarters: list[int], exercise: Exercise) -> Iterator[Finding]:
    if len(quarters) != len(exercise.posture):
        ids = ", ".join(posture.id for posture in exercise.posture)
        yield Finding(
            path,
            _(
                "quarters must hold one for each posture ({ids}), not {quarters}",
                ids=ids,
                quarters=len(quarters),
            ),
        )


# --- the clock ----------------------------------------------------------------------------------


def _clock(exercise: Exercise) -> Iterator[Finding]:
    clock = exercise.clock
    if not clock.profiles:
        yield Finding(("clock", "profiles"), _("at least one profile is needed"))
    for name, profile in clock.profiles.items():
        for stage in clock.stages:
            if stage.id not in profile.minutes:
                path = ("clock", "profiles", name, "minutes")
                yield Finding(path, _("minutes of stage '{stage}' are missing", stage=stage.id))
    serial: list[str] = []
    stage_ids = [stage.id for stage in clock.stages]
    for at, stage in enumerate(clock.stages):
        if stage.beside is None:
            serial.append(stage.id)
        elif stage.beside in stage_ids and stage.beside not in serial:
            text = _(
                "beside must name an earlier stage that is beside no other, not '{beside}'",
                beside=stage.beside,
            )
            yield Finding(("clock", "stages", at, "beside"), text)
    if clock.wait and clock.wait.opens == clock.wait.closes:
        text = _(
            "closes must differ from opens ({opens}): nobody would share an hour",
            opens=clock.wait.opens,
        )
        yield Finding(("clock", "wait", "closes"), text)


# --- zones --------------------------------------------------------------------------------------


def _zones(exercise: Exercise) -> Iterator[Finding]:
    for at, zone in enumerate(exercise.zone):
        if zone.id == ONSET:
            yield Finding(
                ("zone", at, "id"),
                _("this id is taken by {{{onset}}}, the local time", onset=ONSET),
            )
        if zone.offset * 4 % 1:
            text = _(
                "offset must be in quarters of an hour, such as 5.75, not {offset}",
                offset=zone.offset,
            )
            yield Finding(("zone", at, "offset"), text)
        if zone.summer is not None:
            for key, change in (("starts", zone.summer.starts), ("ends", zone.summer.ends)):
                if change.sunday == 0:
                    text = _("sunday counts from 1; -1 is the last of the month")
                    yield Finding(("zone", at, "summer", key, "sunday"), text)
            if zone.summer.starts == zone.summer.ends:
                text = _("clocks cannot be set forward and back at one moment")
                yield Finding(("zone", at, "summer"), text)


# --- turns, the manual and the map ----------------------------------------------------------------


def _calendar(exercise: Exercise) -> Iterator[Finding]:
    count = exercise.turns.count
    dated: list[tuple[KeyPath, int]] = [
        *(
            (("calendar", at, "entries", entry, "turns", place), turn)
            for at, row in enumerate(exercise.calendar)
            for entry, due in enumerate(row.entries)
            for place, turn in enumerate(due.turns)
        ),
        *(
            (("inject", at, "turns", place), turn)
            for at, inject in enumerate(exercise.inject)
            for place, turn in enumerate(inject.turns)
        ),
        *(
            (("robot", at, "wishes", entry, "turn"), wish.turn)
            for at, robot in enumerate(exercise.robot)
            for entry, wish in enumerate(robot.wishes)
        ),
    ]
    for path, turn in dated:
        if not 1 <= turn <= count:
            yield Finding(
                path,
                _("turn {turn} is not one of the {count} turns", turn=shown(turn), count=count),
            )
    for at, inject in enumerate(exercise.inject):
        first, last = inject.turns
        if first > last:
            text = _(
                "turns end ({last}) before they start ({first})",
                last=shown(last),
                first=shown(first),
            )
            yield Finding(("inject", at, "turns"), text)


def _manual(exercise: Exercise) -> Iterator[Finding]:
    for at, chapter in enumerate(exercise.manual):
        if not chapter.text and not chapter.columns:
            yield Finding(("manual", at), _("a chapter needs text, or columns and rows"))
        if bool(chapter.columns) != bool(chapter.rows):
            there, missing = ("columns", "rows") if chapter.columns else ("rows", "columns")
            yield Finding(
                ("manual", at, there),
                _("{there} need {missing} beside them", there=there, missing=missing),
            )
            continue
        for entry, row in enumerate(chapter.rows):
            if len(row) != len(chapter.columns):
                text = _(
                    "a row must hold one cell for each of the {columns} columns, not {cells}",
                    columns=len(chapter.columns),
                    cells=len(row),
                )
                yield Finding(("manual", at, "rows", entry), text)


def _map(exercise: Exercise) -> Iterator[Finding]:
    if exercise.map is None:
        return
    windows: list[tuple[KeyPath, Window]] = [(("map", "window"), exercise.map.window)]
    windows += [(("map", "zooms", name), zoom) for name, zoom in exercise.map.zooms.items()]
    for path, window in windows:
        if window.west >= window.east or window.south >= window.north:
            yield Finding(path, _("a window needs west below east and south below north"))
    for key, least in (("land", 6), ("borders", 4)):
        for at, line in enumerate(getattr(exercise.map, key)):
            if len(line) % 2 or len(line) < least:
                text = _(
                    "a line of {key} is pairs of lon and lat, at least {least}",
                    key=key,
                    least=least // 2,
                )
                yield Finding(("map", key, at), text)


# --- parts in a place where they do nothing, or harm --------------------------------------------


def _misused(placed: Placed) -> Iterator[Finding]:
    path, part = placed.path, placed.part
    match part:
        case Threshold(at_least=None, at_most=None, below=None):
            yield Finding(path, _("a threshold needs at_least, at_most or below"))
        case LeverAt(level=None, at_least=None, at_most=None):
            yield Finding(path, _("a lever condition needs level, at_least or at_most"))
        case Term(inverted=True) if not isinstance(placed.inside, Sum):
            yield Finding((*path, "inverted"), _("only a term of a sum can be inverted"))
        case Effect() if part.delay and not isinstance(placed.inside, Option):
            yield Finding(
                (*path, "delay"), _("only benefits and costs of an option can be delayed")
            )
