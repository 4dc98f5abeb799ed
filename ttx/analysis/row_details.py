"""One row of a comparison opened: what a side decided there, what it cost, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator import rulings
from ttx.adjudicator.margin import bought
from ttx.adjudicator.position import Position
from ttx.adjudicator.rulings import Moving, Opening
from ttx.adjudicator.tables import Tables
from ttx.analysis.compared_runs import ComparedRun
from ttx.analysis.rows import Done, Row
from ttx.exercise.model import Lever, text
from ttx.session.events import Moved
from ttx.session.game import TurnRecord
from ttx.session.view import words
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import reckoning_of
from ttx.session.view.ruling import ruling_of


@dataclass(frozen=True, slots=True)
class Term:
    """One effect with its arithmetic, in hundredths."""

    name: str
    how: str
    by: int
    word: str
    """Better, worse or same."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What one side did in a row."""

    title: str
    lead: str
    """The sentence that matters."""
    told: tuple[str, ...]
    terms: tuple[Term, ...] = ()


def opened(one: ComparedRun, row: Row, done: Done | None, language: str) -> Opened:
    """What a side did in a row; `done` is its part of that row."""
    turn = one.played[row.turn - 1]
    if row.kind == "levers":
        found = _levers(one, turn, language)
    elif row.kind == "reckoning":
        found = _reckoning(one, turn, language)
    elif done is None:
        found = Opened("no inject", "This slot stayed empty.", ())
    else:
        found = _ruling(one, turn, done, language)
    if done is not None and done.again:
        again = "Decided again with knowledge of what came."
        return Opened(found.title, found.lead, (again, *found.told), found.terms)
    return found


def _ruling(one: ComparedRun, turn: TurnRecord, done: Done, language: str) -> Opened:
    number = f"{turn.opened.turn}.{done.slot + 1}"
    view = ruling_of(Eye.all_seeing(one.game, language), turn.slots[done.slot], number)
    titles = {title for _, title in view.answers}
    if len(titles) == 1:
        cells = " and ".join(cell for cell, _ in view.answers)
        answers: tuple[str, ...] = (f"{cells} answered: {view.answers[0][1]}.",)
    else:
        answers = tuple(f"{cell} answered: {title}." for cell, title in view.answers)
    told = [*answers, view.sentence, *view.ruled, f"Carried {view.carried}: {view.posture}."]
    if view.discord:
        told.append("The cells differed; the lead's answer was carried out.")
    if view.slowest:
        told.append(f"Slowest: {view.slowest}.")
    terms = tuple(
        Term(e.name, e.arithmetic + (f" T+{e.delay}" if e.delay else ""), e.by, e.word)
        for e in view.effects
    )
    if not terms:
        told.append("This answer moved no track.")
    margin = view.margin[1:] if view.clock is not None else view.margin
    return Opened(f"{number} {view.title}", view.verdict, (*told, *margin), terms)


def _levers(one: ComparedRun, turn: TurnRecord, language: str) -> Opened:
    tables = one.game.run.tables
    fact = Opening(turn.opened.turn, turn.opened.changes, turn.opened.budgets)
    position = rulings.opened(tables, turn.start, fact)
    told = []
    for _, move in turn.moves:
        lever = one.exercise.levers[move.lever]
        level = Tables.level(lever, move.level)
        told.append(_move(one, position, lever, move, level, language))
        made = Moving(move.lever, level, move.changes, move.budgets, move.promised)
        position = rulings.moved(tables, position, made)
    if tables.indices and turn.reckoned is not None:
        clock = words.hours(turn.reckoned.minutes)
        told.append(f"Reference clock at the end of the turn: {clock}.")
    count = len(turn.moves)
    lead = f"{count} {'move' if count == 1 else 'moves'}." if count else "No move."
    return Opened("levers", lead, tuple(told))


def _move(
    one: ComparedRun, position: Position, lever: Lever, move: Moved, level: int, language: str
) -> str:
    """A move with its price and the minutes it buys: `pace from phased to accelerated: …`."""
    tables = one.game.run.tables
    names = [text(part.name, language) for part in lever.levels]
    now = position.levels[tables.lever[lever.id]]
    price = []
    for at, budget in enumerate(one.exercise.budget):
        name = text(budget.name, language).lower()
        paid = position.budgets[at] - move.budgets[at]
        if budget.kind == "money":
            upkeep = lever.levels[level].upkeep
            price += [f"{name} {upkeep} a turn"] if upkeep else []
        elif paid:
            price.append(f"{name} {paid}")
    minutes = bought(tables, position, lever.id)[level]
    way = "less" if minutes < 0 else "more"
    clock = f"; {words.hours(minutes)} {way} on the reference clock in full" if minutes else ""
    told = ", ".join(price) or "free"
    return f"{lever.id} from {names[now]} to {names[level]}: {told}{clock}."


def _reckoning(one: ComparedRun, turn: TurnRecord, language: str) -> Opened:
    view = reckoning_of(Eye.all_seeing(one.game, language), turn)
    told = [*view.ruled]
    for part in view.responses:
        effects = ", ".join(f"{name} {by}" for name, by, _ in part.effects)
        told.append(
            f"{part.name} {part.did}: odds {part.odds} in 100, draw {part.draw}"
            + (f"; {effects}." if effects else ".")
            + (f" {part.turned}" if part.rule else "")
        )
    return Opened("reckoning", view.headline, tuple(told))
