"""Levers, budgets and what is on its way, as a seat sees them; all open to the allied cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ttx.adjudicator.margin import bought, reference_reading
from ttx.adjudicator.position import Position
from ttx.exercise import zones
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.part import text
from ttx.i18n import N_, _, ngettext
from ttx.session import needs
from ttx.session.events import MoveAsked
from ttx.session.run import Run
from ttx.session.view import clock, words
from ttx.session.view.eye import Eye

RequestView = MoveAsked
"""A move of another cell that waits for the consent of this seat's cell, by ids."""
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
    """The name of the level another cell asked for, if any."""


@dataclass(frozen=True, slots=True)
class AnnouncedView:
    """A lever whose level is known outside the alliance, and nothing more of it."""

    id: str
    name: str
    level: str
    """The name of the level it stands at."""


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
    first = eye.exercise.review.levers
    return _views(eye, sorted(eye.exercise.lever, key=lambda part: part.id not in first))


def of_question(eye: Eye) -> tuple[LeverView, ...]:
    """The levers of the review's question alone, which takes a part of the time."""
    names = eye.exercise.review.levers
    return _views(eye, [part for part in eye.exercise.lever if part.id in names])


def _views(eye: Eye, parts: Iterable[Lever]) -> tuple[LeverView, ...]:
    if not eye.visibility.levers:
        return ()
    asked = {move.lever: move.level for _seat, move in eye.game.asked}
    return tuple(_lever(eye, part, asked.get(part.id, "")) for part in parts)


def announced(eye: Eye) -> tuple[AnnouncedView, ...]:
    """What a seat knows of the levers where they are not open to it: those that were announced."""
    held, row = eye.game.position.levels, eye.run.tables.lever
    parts = (eye.exercise.levers[name] for name in eye.visibility.announced)
    return tuple(
        AnnouncedView(part.id, eye.text(part.name), eye.text(part.levels[held[row[part.id]]].name))
        for part in parts
    )


def requests(eye: Eye) -> tuple[RequestView, ...]:
    """The moves that wait for the consent of this seat's cell, the first asked first."""
    granters = {budget.granted_by for budget in eye.exercise.budget if budget.granted_by}
    if granters.isdisjoint(eye.run.speaks_for(eye.seat)):
        return ()
    return tuple(move for _seat, move in eye.game.asked)


def budgets(eye: Eye) -> tuple[BudgetView, ...]:
    """The budgets as they stand."""
    if not eye.visibility.levers:
        return ()
    return tuple(
        BudgetView(part.id, eye.text(part.name), have, part.cap if part.kind == "points" else 0)
        for part, have in zip(eye.exercise.budget, eye.game.position.budgets, strict=True)
    )


def reference_clock(eye: Eye) -> clock.ClockView | None:
    """The reference crisis with the alliance as it stands; None without a clock index."""
    tables = eye.run.tables
    if not tables.clock.indices or not eye.visibility.levers:
        return None
    index = tables.clock.indices[0][1]
    profile = eye.exercise.clock.profiles[index.profile]
    reading = reference_reading(tables, eye.game.position.tracks, eye.game.position.levels)
    minutes = {name: int(reading.minutes[at, 0]) for at, name in enumerate(tables.clock.stages)}
    total = int(reading.total[0])
    return clock.ClockView(
        clock.steps_of(tables, minutes, tables.clock.stages[int(reading.critical[0])]),
        total,
        0,
        words.hours(total),
        bad=False,
        sentence=_(
            "a crisis of '{profile}' from {hour} in {place}",
            profile=eye.text(profile.name),
            hour=words.clock_time(index.hour),
            place=eye.text(zones.local(eye.exercise).name),
        ),
    )


def pending_effects(eye: Eye) -> tuple[PendingEffect, ...]:
    """What is on its way now."""
    if not eye.visibility.levers:
        return ()
    return pending_effects_at(eye.run, eye.game.position)


def pending_effects_at(run: Run, position: Position) -> tuple[PendingEffect, ...]:
    """Delayed effects of answers, and levers not yet felt; for whoever sees levers."""
    effects = {*_delayed(run.exercise, position), *_not_felt(run.exercise, position)}
    in_play = (effect for effect in effects if effect.turn <= run.exercise.turns.count)
    return tuple(sorted(in_play, key=lambda effect: (effect.turn, effect.what)))


def _delayed(exercise: Exercise, position: Position) -> Iterator[PendingEffect]:
    for due in position.due:
        change = due.change
        inject = exercise.injects.get(change.cause.partition(":")[0])
        title = text(inject.title) if inject else change.cause
        short = exercise.tracks[change.track].short
        yield PendingEffect(due.turn, f"{short} {words.by_points(change.by)} ({title})")


def _not_felt(exercise: Exercise, position: Position) -> Iterator[PendingEffect]:
    for row, part in enumerate(exercise.lever):
        levels = [past[row] for past in position.past_levels]
        if len(levels) == position.turn:
            levels.append(position.levels[row])
        changed = [turn for turn in range(1, len(levels)) if levels[turn] != levels[turn - 1]]
        if not changed:
            continue
        turn = changed[-1]
        now, before = levels[turn], levels[turn - 1]
        tracks: dict[int, list[str]] = {}
        for effect in part.effects:
            shows = turn + effect.delay + 1
            moves = effect.kind == "target" and effect.values[now] != effect.values[before]
            if moves and shows > position.turn:
                tracks.setdefault(shows, []).append(exercise.tracks[effect.track].short)
        for shows, names in tracks.items():
            what = ngettext(
                "{lever} {level}: {tracks} begins to move",
                "{lever} {level}: {tracks} begin to move",
                len(names),
                lever=text(part.name),
                level=text(part.levels[now].name),
                tracks=words.listed(names),
            )
            yield PendingEffect(shows, what)


def _lever(eye: Eye, part: Lever, asked: str) -> LeverView:
    tables, position = eye.run.tables, eye.game.position
    now, opens = position.levels[tables.lever[part.id]], eye.exercise.turns.first_levers
    minutes = bought(tables, position, part.id)
    return LeverView(
        id=part.id,
        name=eye.text(part.name),
        about=eye.text(part.about),
        held_by=eye.text(part.held_by),
        mine=not set(part.cells).isdisjoint(eye.run.speaks_for(eye.seat)),
        open=position.turn != 1 or not opens or part.id in opens,
        levels=tuple(
            LevelView(
                id=level.id,
                name=eye.text(level.name),
                note=eye.text(level.note),
                held=row == now,
                minutes=minutes[row],
                price=_price(eye, part, row, now),
                lands=_lands(eye, part) if row != now else "",
                harms=_harms(eye, part, row, now),
                closed=needs.why_not(tables, position, part.id, row) if row != now else "",
            )
            for row, level in enumerate(part.levels)
        ),
        asked=eye.names.level(part.id, asked) if asked else "",
    )


def _harms(eye: Eye, part: Lever, row: int, now: int) -> tuple[str, ...]:
    """What a move does to tracks for the worse, the largest first; a flow as all turns left."""
    left = max(eye.exercise.turns.count - eye.game.position.turn, 1)
    harms: list[tuple[int, str]] = []

    def book(name: str, by: int, times: int, template: str) -> None:
        short, points, way = words.shift(eye.exercise.tracks[name], by)
        if way == words.Direction.WORSE:
            harms.append((abs(by) * times, _(template, harm=f"{short} {points}")))

    for effect in part.effects:
        by = effect.values[row] - effect.values[now]
        if effect.kind == "flow":
            book(effect.track, by, left, N_("{harm} a turn"))
        else:
            book(effect.track, by, 1, "{harm}")
    for once in part.lowered if row < now else ():
        book(once.track, once.by * (now - row), 1, N_("{harm} at once"))
    harms.sort(key=lambda harm: -harm[0])
    return tuple(words for _size, words in harms[:HARMS])


def _price(eye: Eye, part: Lever, row: int, now: int) -> str:
    """Money a turn, then the points to enter: `money 16 a turn, staff time 2, consent 1`."""
    level, prices = part.levels[row], []
    for budget in eye.exercise.budget:
        name = eye.text(budget.name)
        if budget.kind == "money":
            if level.upkeep:
                prices.append(_("{money} {count} a turn", money=name, count=level.upkeep))
        else:
            cost = budget.lowering if row < now else level.price.get(budget.id, 0)
            if cost and row != now:
                prices.append(f"{name} {cost}")
    return ", ".join(prices) or _("free")


def _lands(eye: Eye, part: Lever) -> str:
    """The turn at whose opening the first slow effect of a move made now shows."""
    delays = [effect.delay for effect in part.effects if effect.kind == "target"]
    if not delays:
        return _("now")
    shows = eye.game.position.turn + min(delays) + 1
    return f"T{shows}" if shows <= eye.exercise.turns.count else _("never")
