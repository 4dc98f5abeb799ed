"""The Table as a seat sees it: status, message, options, levers, tracks, what lands when."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator import rulings
from ttx.adjudicator.margin import bought, estimate, reference_reading
from ttx.adjudicator.position import Position
from ttx.adjudicator.tables import Tables
from ttx.exercise.model import Effect, Lever, Option, text
from ttx.session import conduct, needs, phases
from ttx.session.game import PERSON, Game, Run, SlotRecord
from ttx.session.view import clock, words
from ttx.session.view.sight import sight

TOLD = {
    "briefing": "briefing",
    "levers": "levers",
    "inject": "inject",
    "deliberation": "deliberation",
    "adjudication": "adjudication",
    "review": "review",
    "outcome": "outcome",
    "reckoning": "reckoning",
    "hotwash": "hot wash",
    "closed": "closed",
}


@dataclass(frozen=True, slots=True)
class Status:
    """The second row of every screen."""

    title: str
    banner: str
    turn: int
    turns: int
    date: str
    phase: str
    paused: bool
    seat: str
    cell: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A letter first, a colour second."""

    letter: str
    colour: str
    contrast: str
    actor: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change of a track as an option announces it."""

    name: str
    by: str
    word: str


@dataclass(frozen=True, slots=True)
class OptionView:
    """One answer, open or closed."""

    key: str
    id: str
    title: str
    about: str
    lean: str
    gains: tuple[Weighed, ...]
    costs: tuple[Weighed, ...]
    carries: str
    needs: str
    met: str
    closed: str
    """Why it cannot be chosen; empty where it can."""
    draft: bool
    """Whether the lead's robot would take it."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """The inject on the table."""

    id: str
    number: str
    """Turn and place in it: `4.1`."""
    badge: Badge
    title: str
    kind: str
    precedence: str
    sender: str
    to: str
    via: str
    when: str
    text: tuple[str, ...]
    question: str
    options: tuple[OptionView, ...]
    lead: str
    answered: str
    """The option this seat's cell has sealed, if any."""
    waiting: tuple[str, ...]
    """Names of the people's cells that have not answered."""
    clock: clock.ClockView | None


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
class BudgetView:
    """One of the budgets."""

    name: str
    have: int
    cap: int
    """0 where it has none worth showing."""


@dataclass(frozen=True, slots=True)
class TrackView:
    """A track or derived value with its course."""

    id: str
    name: str
    short: str
    now: int
    change: int
    word: str
    course: tuple[int, ...]
    """At the start and at the end of each turn, then now."""
    better: str
    about: str


@dataclass(frozen=True, slots=True)
class Landing:
    """Something on its way: when it shows, and what it is."""

    turn: int
    what: str


def status(game: Game, seat: str, language: str) -> Status:
    """The status line."""
    run = game.run
    record = game.slot
    turn = game.position.turn
    if record is not None and game.phase in (
        phases.DELIBERATION,
        phases.ADJUDICATION,
        phases.REVIEW,
    ):
        day = words.day_text(record.released.day)
        date = f"{day} {words.clock_time(record.released.hour)} JST"
    else:
        first = run.first_day(max(turn, 1))
        date = f"{words.MONTHS[first.month - 1]} {first.year}"
    part = run.seat(seat)
    cells = {c.id: text(c.name, language) for c in run.exercise.cell}
    spoken = " and ".join(cells[c] for c in run.speaks_for(seat))
    return Status(
        text(run.exercise.title, language),
        run.exercise.banner,
        turn,
        run.exercise.turns.count,
        date,
        TOLD[game.phase],
        game.paused,
        part.short,
        f"{spoken}, {'lead' if part.lead else 'seat'}",
    )


def badge(game: Game, actor: str, language: str) -> Badge:
    """The badge of an actor."""
    part = next(a for a in game.run.exercise.actor if a.id == actor)
    return Badge(part.letter, part.colour, part.contrast or part.colour, text(part.name, language))


def _weighed(tables: Tables, effects: list[Effect]) -> tuple[Weighed, ...]:
    found = []
    for effect in effects:
        track = tables.exercise.tracks[effect.track]
        found.append(
            Weighed(
                track.short, words.by_points(effect.by), words.direction(effect.by, track.better)
            )
        )
    return tuple(found)


def message(game: Game, seat: str, language: str) -> MessageView | None:
    """The inject under way, if one is."""
    record, inject = game.slot, game.inject
    if record is None or inject is None or game.turn is None:
        return None
    tables, position = game.run.tables, record.before
    sees = sight(game, seat)
    cells = {c.id: text(c.name, language) for c in game.run.exercise.cell}
    lead_player = game.run.players.get(inject.lead, PERSON)
    draft = ""
    if lead_player != PERSON and game.phase == phases.DELIBERATION:
        draft = conduct.draft(game, lead_player)
    own = game.run.speaks_for(seat)[0]
    answered = record.answers.get(own)
    view = None
    if inject.slot == "crisis":
        guess = estimate(tables, position, inject.id, record.released.hour)
        view = clock.estimated(tables, guess, language)
        if record.ruled is not None and (record.confirmed or sees.proposed):
            view = clock.ruled(tables, record.ruled.ruling, language)
    released = record.released
    turn = game.turn
    return MessageView(
        id=inject.id,
        number=f"{turn.opened.turn}.{len(turn.slots)}",
        badge=badge(game, inject.actor, language),
        title=text(inject.title, language),
        kind=text(inject.kind, language),
        precedence=text(inject.message.precedence, language),
        sender=text(inject.message.sender, language),
        to=text(inject.message.to, language),
        via=text(inject.message.via, language),
        when=f"{words.day_text(released.day)} {words.clock_time(released.hour)} JST",
        text=tuple(
            words.filled(text(part, language), released.day, released.hour)
            for part in inject.message.text
        ),
        question=words.filled(text(inject.question, language), released.day, released.hour),
        options=tuple(
            _option(tables, record, row, option, language, draft=option.id == draft)
            for row, option in enumerate(inject.option)
            if sees.levers
        ),
        lead=cells[inject.lead],
        answered=answered.option if answered else "",
        waiting=tuple(cells[c] for c in game.run.people if c not in record.answers),
        clock=view,
    )


def _option(
    tables: Tables, record: SlotRecord, row: int, option: Option, language: str, *, draft: bool
) -> OptionView:
    position, released = record.before, record.released
    at = next(n for n, (_, one) in enumerate(tables.options) if one is option)
    quarters = int(tables.quarters[at, position.posture])
    lean = next(part for part in tables.exercise.lean if part.id == option.lean)
    benefits = _weighed(tables, option.benefits)
    harms = tuple(one for one in benefits if one.word == "worse")
    asks = met = closed = ""
    if option.needs is not None:
        asks = needs.asks(tables, option.needs, language)
        lacks = needs.missing(tables, position, option.needs, language)
        if lacks:
            closed = f"Closed: needs {lacks}."
        else:
            met = "met"
    return OptionView(
        key=str(row + 1),
        id=option.id,
        title=text(option.title, language),
        about=words.filled(text(option.about, language), released.day, released.hour),
        lean=text(lean.name, language),
        gains=tuple(one for one in benefits if one not in harms),
        costs=(*_weighed(tables, option.costs), *harms),
        carries=words.carries(quarters),
        needs=asks,
        met=met,
        closed=closed,
        draft=draft,
    )


def reference_clock(game: Game, language: str) -> clock.ClockView | None:
    """The reference crisis with the alliance as it stands; None without a clock index."""
    tables = game.run.tables
    if not tables.indices:
        return None
    profile = tables.exercise.clock.profiles[tables.indices[0][1].profile]
    reading = reference_reading(tables, game.position.tracks, game.position.levels)
    minutes = {name: int(reading.minutes[at, 0]) for at, name in enumerate(tables.stages)}
    total = int(reading.total[0])
    hour = tables.indices[0][1].hour
    return clock.ClockView(
        clock.steps_of(tables, minutes, tables.stages[int(reading.critical[0])], language),
        total,
        0,
        words.hours(total),
        bad=False,
        sentence=f"a crisis of '{text(profile.name, language)}' from "
        f"{words.clock_time(hour)} in Tokyo",
        estimated=True,
    )


def budgets(game: Game, language: str) -> tuple[BudgetView, ...]:
    """The budgets as they stand."""
    return tuple(
        BudgetView(
            text(part.name, language),
            game.position.budgets[row],
            part.cap if part.kind == "points" else 0,
        )
        for row, part in enumerate(game.run.exercise.budget)
    )


def levers(game: Game, seat: str, language: str) -> tuple[LeverView, ...]:
    """All levers, those of the review's question first."""
    run = game.run
    if not sight(game, seat).levers:
        return ()
    first = run.exercise.review.levers
    order = sorted(run.exercise.lever, key=lambda part: part.id not in first)
    asked = {one.lever: one.level for _, one in game.asked}
    return tuple(_lever(game, seat, part, asked.get(part.id, ""), language) for part in order)


def _lever(game: Game, seat: str, part: Lever, asked: str, language: str) -> LeverView:
    run, tables, position = game.run, game.run.tables, game.position
    now = position.levels[tables.lever[part.id]]
    minutes = bought(tables, position, part.id)
    mine = bool(set(run.speaks_for(seat)) & set(part.cells))
    opens = run.exercise.turns.first_levers
    free = position.turn != 1 or not opens or part.id in opens
    return LeverView(
        id=part.id,
        name=text(part.name, language),
        about=text(part.about, language),
        held_by=text(part.held_by, language),
        mine=mine,
        open=free,
        levels=tuple(
            LevelView(
                id=level.id,
                name=text(level.name, language),
                note=text(level.note, language),
                held=row == now,
                minutes=minutes[row],
                price=_price(game, part, row, now, language),
                lands="" if row == now else _lands(part, position.turn, run.exercise.turns.count),
                closed=""
                if row == now
                else needs.why_not(tables, position, part.id, row, language),
            )
            for row, level in enumerate(part.levels)
        ),
        asked=asked,
    )


def _price(game: Game, part: Lever, row: int, now: int, language: str) -> str:
    """Money a turn, then the points to enter: `money 16 a turn, staff time 2, consent 1`."""
    level = part.levels[row]
    found = []
    for budget in game.run.exercise.budget:
        name = text(budget.name, language)
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


def tracks(game: Game, seat: str, language: str) -> tuple[TrackView, ...]:
    """All tracks a seat may see, in order, with the change since a turn ago."""
    sees = sight(game, seat)
    past = _past(game)
    before = _a_turn_ago(game)
    found = []
    for row, part in enumerate(game.run.exercise.track):
        if part.id not in sees.tracks:
            continue
        now = game.position.tracks[row]
        change = now - before[row]
        found.append(
            TrackView(
                part.id,
                text(part.name, language),
                part.short,
                now,
                change,
                words.direction(change, part.better),
                tuple(one[row] for one in past),
                part.better,
                text(part.about, language),
            )
        )
    return tuple(found)


def _past(game: Game) -> list[tuple[int, ...]]:
    """Tracks at the start, at the end of each turn, and now."""
    ends = [turn.end.tracks for turn in game.turns if turn.end is not None]
    start = game.turns[0].start.tracks if game.turns else game.position.tracks
    settled = game.turn is not None and game.turn.end is not None
    return [start, *ends, *(() if settled else (game.position.tracks,))]


def _a_turn_ago(game: Game) -> tuple[int, ...]:
    """Tracks at the opening of the turn before; of the turn itself once it is over."""
    if not game.turns:
        return game.position.tracks
    settled = game.turns[-1].end is not None
    record = game.turns[-1] if settled or len(game.turns) == 1 else game.turns[-2]
    return record.start.changed(game.run.tables, list(record.opened.changes)).tracks


def posture(game: Game, language: str) -> str:
    """How the alliance is set up: as read for this turn, or as it would be read now."""
    tables, position = game.run.tables, game.position
    now = tables.exercise.posture[position.posture].id if position.posture >= 0 else None
    name = now or rulings.posture(tables, position)
    part = next(one for one in tables.exercise.posture if one.id == name)
    return f"set up: {text(part.name, language)}"


def tracks_that_matter(
    game: Game, views: tuple[TrackView, ...], count: int
) -> tuple[TrackView, ...]:
    """Those that the inject on the table touches first, then the largest changes."""
    touched: list[str] = []
    if game.inject is not None and game.phase in (phases.DELIBERATION, phases.REVIEW):
        effects = [e.track for o in game.inject.option for e in (*o.benefits, *o.costs)] + [
            e.track for e in game.inject.late
        ]
        touched = sorted(set(effects), key=lambda name: (-effects.count(name), name))
    first = [v for name in touched for v in views if v.id == name]
    rest = sorted((v for v in views if v not in first), key=lambda v: -abs(v.change))
    return tuple((first + rest)[:count])


def landings(run: Run, position: Position, language: str) -> tuple[Landing, ...]:
    """What is on its way: delayed effects of answers, and levers whose effect has not begun."""
    exercise = run.exercise
    found: list[Landing] = []
    for due in position.due:
        inject = exercise.injects.get(due.change.cause.partition(":")[0])
        title = text(inject.title, language) if inject else due.change.cause
        short = exercise.tracks[due.change.track].short
        found.append(Landing(due.turn, f"{short} {words.by_points(due.change.by)} ({title})"))
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
                found.append(Landing(shows, f"{part.id} {name}: {short} begins to move"))
    in_play = {one for one in found if one.turn <= exercise.turns.count}
    return tuple(sorted(in_play, key=lambda one: (one.turn, one.what)))
