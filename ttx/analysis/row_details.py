"""One row of a comparison opened: what a side decided there, what it cost, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator import succession
from ttx.adjudicator.facts import Moving, Opening
from ttx.adjudicator.margin import bought
from ttx.adjudicator.position import Position
from ttx.adjudicator.tables import Tables
from ttx.analysis.compared_runs import ComparedRun
from ttx.analysis.rows import Done, Row
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.part import text
from ttx.i18n import _, ngettext
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
    sentences: tuple[str, ...]
    terms: tuple[Term, ...] = ()


def opened(run: ComparedRun, row: Row, done: Done | None) -> Opened:
    """What a side did in a row; `done` is its part of that row."""
    turn = run.played[row.turn - 1]
    if row.kind == "levers":
        side = _levers(run, turn)
    elif row.kind == "reckoning":
        side = _reckoning(run, turn)
    elif done is None:
        side = Opened(_("no inject"), _("This slot stayed empty."), ())
    else:
        side = _ruling(run, turn, done)
    if done is not None and done.again:
        again = _("Decided again with knowledge of what came.")
        return Opened(side.title, side.lead, (again, *side.sentences), side.terms)
    return side


def _ruling(run: ComparedRun, turn: TurnRecord, done: Done) -> Opened:
    number = f"{turn.opened.turn}.{done.slot + 1}"
    view = ruling_of(Eye.all_seeing(run.game), turn.slots[done.slot], number)
    answers = view.answers
    if len({title for _cell, title in answers}) == 1:
        answers = ((_(" and ").join(cell for cell, _title in answers), answers[0][1]),)
    sentences = [
        *(_("{cell} answered: {title}.", cell=cell, title=title) for cell, title in answers),
        view.sentence,
        *view.ruled,
        _("Carried {share}: {posture}.", share=view.carried, posture=view.posture),
    ]
    if view.discord:
        sentences.append(_("The cells differed; the lead's answer was carried out."))
    if view.slowest:
        sentences.append(_("Slowest: {stage}.", stage=view.slowest))
    terms = tuple(
        Term(
            effect.name,
            effect.arithmetic + (f" T+{effect.delay}" if effect.delay else ""),
            effect.by,
            effect.word,
        )
        for effect in view.effects
    )
    if not terms:
        sentences.append(_("This answer moved no track."))
    margin = view.margin[1:] if view.clock is not None else view.margin
    return Opened(f"{number} {view.title}", view.verdict, (*sentences, *margin), terms)


def _levers(run: ComparedRun, turn: TurnRecord) -> Opened:
    tables = run.game.run.tables
    fact = Opening(turn.opened.turn, turn.opened.changes, turn.opened.budgets)
    position = succession.opened(tables, turn.start, fact)
    sentences = []
    for _by, move in turn.moves:
        lever = run.exercise.levers[move.lever]
        level = Tables.level(lever, move.level)
        sentences.append(_move(run, position, lever, move, level))
        made = Moving(move.lever, level, move.changes, move.budgets, move.promised)
        position = succession.moved(tables, position, made)
    if tables.clock.indices and turn.reckoned is not None:
        clock = words.hours(turn.reckoned.minutes)
        sentences.append(_("Reference clock at the end of the turn: {clock}.", clock=clock))
    count = len(turn.moves)
    lead = ngettext("{count} move.", "{count} moves.", count) if count else _("No move.")
    return Opened(_("levers"), lead, tuple(sentences))


def _move(run: ComparedRun, position: Position, lever: Lever, move: Moved, level: int) -> str:
    """A move with its price and the minutes it buys: `pace from phased to accelerated: …`."""
    tables = run.game.run.tables
    names = [text(part.name) for part in lever.levels]
    now = position.levels[tables.lever[lever.id]]
    price = []
    for at, budget in enumerate(run.exercise.budget):
        name = text(budget.name).lower()
        paid = position.budgets[at] - move.budgets[at]
        if budget.kind == "money":
            upkeep = lever.levels[level].upkeep
            price += [_("{budget} {upkeep} a turn", budget=name, upkeep=upkeep)] if upkeep else []
        elif paid:
            price.append(f"{name} {paid}")
    minutes = bought(tables, position, lever.id)[level]
    if minutes:
        price_and_clock = _clocked(", ".join(price) or _("free"), minutes)
    else:
        price_and_clock = ", ".join(price) or _("free")
    return _(
        "{lever} from {before} to {after}: {price}.",
        lever=text(lever.name),
        before=names[now],
        after=names[level],
        price=price_and_clock,
    )


def _clocked(price: str, minutes: int) -> str:
    """A price with what the move does to the reference clock once it has its full effect."""
    hours = words.hours(minutes)
    if minutes < 0:
        return _("{price}; {hours} less on the reference clock in full", price=price, hours=hours)
    return _("{price}; {hours} more on the reference clock in full", price=price, hours=hours)


def _reckoning(run: ComparedRun, turn: TurnRecord) -> Opened:
    view = reckoning_of(Eye.all_seeing(run.game), turn)
    sentences = [*view.ruled]
    for part in view.responses:
        drawn = _(
            "{adversary} {did}: odds {odds} in 100, draw {draw}",
            adversary=part.name,
            did=part.did,
            odds=part.odds,
            draw=part.draw,
        )
        effects = ", ".join(f"{name} {by}" for name, by, _word in part.effects)
        sentences.append(
            drawn + (f"; {effects}." if effects else ".") + (f" {part.turned}" if part.rule else "")
        )
    return Opened(_("reckoning"), view.headline, tuple(sentences))
