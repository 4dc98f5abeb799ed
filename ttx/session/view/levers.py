"""Levers, budgets and what is on its way, as a seat sees them; all open to the allied cells."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator import rulings
from ttx.adjudicator.margin import bought, reference_reading
from ttx.adjudicator.position import Position
from ttx.exercise import zones
from ttx.exercise.model import Exercise, Lever, text
from ttx.session import needs
from ttx.session.run import Run
from ttx.session.view import clock, words
from ttx.session.view.eye import Eye

HARMS = 2
"""How many harms of a level stand beside the minutes that it buys."""


@dataclass(frozen=True, slots=True)
class LevelView:
    """One setting of a lever."""

    id: str
    name: str
    note: str
    held: bool
    minutes: int
    """What the reference clock gains (negative) or loses."""
    price: str
    lands: str
    harms: tuple[str, ...]
    """The two tracks that a move to it makes most worse: `PRC unease +10`, `Temperature +1.5 a
    turn`, `Tokyo standing -6 at once`."""
    closed: str


@dataclass(frozen=True, slots=True)
class LeverView:
    """A lever with its levels."""

    id: str
    name: str
    about: str
    held_by: str
    mine: bool
    open: bool
    """Whether turn 1 opens it."""
    levels: tuple[LevelView, ...]
    asked: str
    """The level another cell asked for, if any."""


@dataclass(frozen=True, slots=True)
class AnnouncedView:
    """A lever whose level is known outside the alliance, and nothing more of it."""

    id: str
    name: str
    level: str
    """The name of the level it stands at."""


@dataclass(frozen=True, slots=True)
class RequestView:
    """A move of another cell that waits for the consent of this seat's cell, by ids."""

    lever: str
    level: str


@dataclass(frozen=True, slots=True)
class BudgetView:
    """One of the budgets."""

    id: str
    name: str
    have: int
    cap: int
    """0 where it has none worth showing."""


@dataclass(frozen=True, slots=True)
class PendingEffect:
    """Something on its way: when it shows, and what it is."""

    turn: int
    what: str


def levers(eye: Eye) -> tuple[LeverView, ...]:
    """All levers, those of the review's question first."""
    run = eye.run
    if not eye.visibility.levers:
        return ()
    first = run.exercise.review.levers
    order = sorted(run.exercise.lever, key=lambda part: part.id not in first)
    asked = {one.lever: one.level for _, one in eye.game.asked}
    return tuple(_lever(eye, part, asked.get(part.id, "")) for part in order)


def announced(eye: Eye) -> tuple[AnnouncedView, ...]:
    """What a seat knows of the levers where they are not open to it: those that were announced."""
    run, found = eye.run, []
    for name in eye.visibility.announced:
        part = run.exercise.levers[name]
        level = part.levels[eye.game.position.levels[run.tables.lever[name]]]
        found.append(AnnouncedView(name, eye.text(part.name), eye.text(level.name)))
    return tuple(found)


def requests(eye: Eye) -> tuple[RequestView, ...]:
    """The moves that wait for the consent of this seat's cell, the first asked first."""
    granters = {b.granted_by for b in eye.exercise.budget if b.granted_by}
    if not granters & set(eye.run.speaks_for(eye.seat)):
        return ()
    return tuple(RequestView(one.lever, one.level) for _, one in eye.game.asked)


def budgets(eye: Eye) -> tuple[BudgetView, ...]:
    """The budgets as they stand."""
    if not eye.visibility.levers:
        return ()
    return tuple(
        BudgetView(
            part.id,
            eye.text(part.name),
            eye.game.position.budgets[row],
            part.cap if part.kind == "points" else 0,
        )
        for row, part in enumerate(eye.exercise.budget)
    )


def posture(eye: Eye) -> str:
    """How the alliance is set up: as read for this turn, or as it would be read now."""
    if not eye.visibility.levers:
        return ""
    tables, position = eye.run.tables, eye.game.position
    now = tables.exercise.posture[position.posture].id if position.posture >= 0 else None
    name = now or rulings.posture(tables, position)
    part = next(one for one in tables.exercise.posture if one.id == name)
    return f"set up: {eye.text(part.name)}"


def reference_clock(eye: Eye) -> clock.ClockView | None:
    """The reference crisis with the alliance as it stands; None without a clock index."""
    tables = eye.run.tables
    if not tables.indices or not eye.visibility.levers:
        return None
    profile = tables.exercise.clock.profiles[tables.indices[0][1].profile]
    reading = reference_reading(tables, eye.game.position.tracks, eye.game.position.levels)
    minutes = {name: int(reading.minutes[at, 0]) for at, name in enumerate(tables.stages)}
    total = int(reading.total[0])
    hour = tables.indices[0][1].hour
    return clock.ClockView(
        clock.steps_of(tables, minutes, tables.stages[int(reading.critical[0])], eye.language),
        total,
        0,
        words.hours(total),
        bad=False,
        sentence=f"a crisis of '{eye.text(profile.name)}' from "
        f"{words.clock_time(hour)} in {eye.text(zones.local(tables.exercise).name)}",
        estimated=True,
    )


def pending_effects(eye: Eye) -> tuple[PendingEffect, ...]:
    """What is on its way now."""
    if not eye.visibility.levers:
        return ()
    return landings_at(eye.run, eye.game.position, eye.language)


def landings_at(
    run: Run, position: Position, language: str = "", *, by_id: bool = True
) -> tuple[PendingEffect, ...]:
    """Delayed effects of answers, and levers not yet felt; for whoever sees levers.

    A lever goes by its id, as it does where it is moved, or by its name as reports have it.
    """
    exercise = run.exercise
    found: list[PendingEffect] = []
    for due in position.due:
        inject = exercise.injects.get(due.change.cause.partition(":")[0])
        title = text(inject.title, language) if inject else due.change.cause
        short = exercise.tracks[due.change.track].short
        found.append(PendingEffect(due.turn, f"{short} {words.by_points(due.change.by)} ({title})"))
    for row, part in enumerate(exercise.lever):
        levels = [past[row] for past in position.past_levels]
        if len(levels) == position.turn:
            levels.append(position.levels[row])
        changed = [turn for turn in range(1, len(levels)) if levels[turn] != levels[turn - 1]]
        if not changed:
            continue
        last = changed[-1]
        for effect in part.effects:
            shows = last + effect.delay + 1
            shift = effect.values[levels[last]] - effect.values[levels[last - 1]]
            if shows > position.turn and shift and effect.kind == "target":
                name = text(part.levels[levels[last]].name, language)
                short = exercise.tracks[effect.track].short
                called = part.id if by_id else text(part.name, language)
                found.append(PendingEffect(shows, f"{called} {name}: {short} begins to move"))
    in_play = {one for one in found if one.turn <= exercise.turns.count}
    return tuple(sorted(in_play, key=lambda one: (one.turn, one.what)))


def _lever(eye: Eye, part: Lever, asked: str) -> LeverView:
    run, tables, position = eye.run, eye.run.tables, eye.game.position
    now = position.levels[tables.lever[part.id]]
    minutes = bought(tables, position, part.id)
    mine = bool(set(run.speaks_for(eye.seat)) & set(part.cells))
    opens = run.exercise.turns.first_levers
    free = position.turn != 1 or not opens or part.id in opens
    return LeverView(
        id=part.id,
        name=eye.text(part.name),
        about=eye.text(part.about),
        held_by=eye.text(part.held_by),
        mine=mine,
        open=free,
        levels=tuple(
            LevelView(
                id=level.id,
                name=eye.text(level.name),
                note=eye.text(level.note),
                held=row == now,
                minutes=minutes[row],
                price=_price(eye, part, row, now),
                lands="" if row == now else _lands(part, position.turn, run.exercise.turns.count),
                harms=_harms(run.exercise, part, row, now, position.turn),
                closed=""
                if row == now
                else needs.why_not(tables, position, part.id, row, eye.language),
            )
            for row, level in enumerate(part.levels)
        ),
        asked=asked,
    )


def _harms(exercise: Exercise, part: Lever, row: int, now: int, turn: int) -> tuple[str, ...]:
    """What a move does to tracks for the worse, the largest first; a flow as all turns left."""
    found: list[tuple[int, str]] = []
    left = max(exercise.turns.count - turn, 1)

    def book(name: str, by: int, times: int, when: str) -> None:
        track = exercise.tracks[name]
        if words.direction(by, track.better, same=1) == "worse":
            found.append((abs(by) * times, f"{track.short} {words.by_points(by)}{when}"))

    for effect in part.effects:
        by, flow = effect.values[row] - effect.values[now], effect.kind == "flow"
        book(effect.track, by, left if flow else 1, " a turn" if flow else "")
    for once in part.lowered if row < now else ():
        book(once.track, once.by * (now - row), 1, " at once")
    return tuple(told for _, told in sorted(found, key=lambda one: -one[0])[:HARMS])


def _price(eye: Eye, part: Lever, row: int, now: int) -> str:
    """Money a turn, then the points to enter: `money 16 a turn, staff time 2, consent 1`."""
    level = part.levels[row]
    found = []
    for budget in eye.exercise.budget:
        name = eye.text(budget.name)
        if budget.kind == "money":
            if level.upkeep:
                found.append(f"{name} {level.upkeep} a turn")
        else:
            cost = budget.lowering if row < now else level.price.get(budget.id, 0)
            if cost and row != now:
                found.append(f"{name} {cost}")
    return ", ".join(found) or "free"


def _lands(part: Lever, turn: int, last: int) -> str:
    """The turn at whose opening the first slow effect of a move made now shows."""
    delays = [effect.delay for effect in part.effects if effect.kind == "target"]
    if not delays:
        return "now"
    shows = turn + min(delays) + 1
    return f"T{shows}" if shows <= last else "past"
