"""What follows by itself: robots act, the dice propose, the model rules, open gates open."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ttx.adjudicator import rulings, succession
from ttx.adjudicator.margin import reference_minutes
from ttx.exercise.model.injects import SlotName
from ttx.i18n import N_
from ttx.session import contextual, events, gates, needs, phases, references, responses, robots
from ttx.session.answer import Answer
from ttx.session.days import day_of
from ttx.session.event_codec import Event
from ttx.session.game import Game
from ttx.session.run import ROBOT, Run

Fact = tuple[str, Event]
"""An author and what happened."""
DICE = "dice"
"""The author of what nobody had to ask for: turns that open, injects that are next."""
LAST_TURN, LAST_STEP = N_("the last turn was played"), N_("the ladder's last step")
"""Why a run ended by itself; as saves have it, and translated where it is shown."""
NOBODY = "nobody"
"""The author of what a person would have done where there is none: start, go on, close."""


def follow(game: Game) -> Fact | None:
    """The next fact that nobody has to ask for; None where a person is awaited."""
    if game.paused:
        return None
    news = contextual.due(game)
    if news is not None:
        return NOBODY, news
    slot, at = gates.open_slot(game), gates.gate(game)
    if slot is not None:
        return None if game.run.facilitator else released(game, slot)
    match at:
        case None:
            return _outcome(game) if game.phase == phases.OUTCOME else None
        case gates.Gate.LEVERS:
            return _levers(game)
        case gates.Gate.ANSWERS | gates.Gate.WEIGHING:
            return _deliberation(game)
        case gates.Gate.RESPONSES:
            return _response(game)
    return (NOBODY, gates.passed(at, facilitated=False)) if _opens(game.run, at) else None


def _opens(run: Run, at: gates.Gate) -> bool:
    """Whether a gate that asks for a word opens without one."""
    match at:
        case gates.Gate.RULING | gates.Gate.RECKONING:
            return not run.facilitator
        case gates.Gate.RULED:
            return not (run.people or run.facilitator)
    return run.alone


def _levers(game: Game) -> Fact | None:
    run = game.run
    if game.turn is None or game.turn.confirmed:
        if game.over:
            count = run.exercise.turns.count
            full = len(game.turns) >= count
            return "model", events.Ended(LAST_TURN if full else LAST_STEP)
        return DICE, opened(game)
    waiting = [cell for cell in run.people if cell not in game.left]
    if waiting:
        # People who answer as one are done as one; here the record stopped in between.
        together = run.together and len(waiting) < len(run.people)
        return (run.lead(run.people[0]).id, events.LeversLeft(waiting[0])) if together else None
    for _seat, asked in game.asked:
        return NOBODY, events.MoveLapsed(asked.lever, asked.level)
    move = next(_robot_moves(game), None)
    return move or (NOBODY, events.LeversClosed(rulings.posture(run.tables, game.position)))


def opened(game: Game) -> events.TurnOpened:
    """How the next turn opens."""
    fact = rulings.opening(game.run.tables, game.position, game.run.seed)
    return events.TurnOpened(fact.turn, fact.budgets, fact.changes)


def _robot_moves(game: Game) -> Iterator[Fact]:
    """The next move of each robot at the table, for the levers its cells hold."""
    run, turn = game.run, game.turn
    assert turn is not None
    for name, cells in run.robots().items():
        player = robots.robot(run.tables, name)
        mine = {lever.id for lever in run.exercise.lever if set(lever.cells) & set(cells)}
        done = sum(by == f"robot:{name}" for by, _move in turn.moves)
        if player.rule == "random" and done:
            continue
        batch = rulings.batch_at(run.tables, game.position, run.seed)
        moves = robots.wish_moves(batch, player, mine, np.full(1, done, np.int32))
        for (lever, level), _where in moves:
            yield f"robot:{name}", made(game, run.exercise.lever[lever].id, level)
            break


def next_inject(game: Game, slot: SlotName) -> str | None:
    """The inject that is next for a slot: one that was deferred and is due, else the dice's.

    What is due comes in the order in which it was deferred, and waits while its conditions do not
    hold. The dice do not propose what is deferred or skipped; the second lowest takes its place.
    """
    run = game.run
    injects = run.exercise.injects
    for put_off in game.deferred:
        part = injects[put_off.inject]
        due = put_off.until <= game.position.turn and part.slot == slot
        if due and needs.met(run.tables, game.position, part.when):
            return part.id
    aside = {fact.inject for fact in game.set_aside_now}
    return rulings.proposal(run.tables, game.position, run.seed, slot, without=aside)


def made(game: Game, lever: str, level: int) -> events.Moved:
    """The fact of a move that is allowed."""
    tables = game.run.tables
    fact = rulings.moving(tables, game.position, lever, level)
    name = game.run.exercise.levers[lever].levels[level].id
    return events.Moved(lever, name, fact.budgets, fact.promised, fact.changes)


def released(game: Game, slot: SlotName) -> tuple[str, events.Released | events.Emptied]:
    """The inject that is next for a slot, put to the table; or that there is none."""
    inject = next_inject(game, slot)
    return DICE, events.Emptied(slot) if inject is None else release_of(game, slot, inject)


def release_of(game: Game, slot: SlotName, inject: str) -> events.Released:
    """An inject put into a slot, with its day and hour."""
    hour = rulings.hour_of(game.run.tables, game.position, game.run.seed, slot)
    return events.Released(slot, inject, day_of(game, slot, inject).isoformat(), hour)


def _deliberation(game: Game) -> Fact | None:
    run, slot = game.run, game.slot
    assert slot is not None
    waiting = gates.unanswered(game)
    if waiting:
        first = next((cell for cell in gates.answering(game) if cell in slot.answers), None)
        if first is None or not run.together:
            return None
        # People who answer as one gave one answer; here the record stopped in between.
        return run.lead(first).id, events.Answered(waiting[0], slot.answers[first])
    for name, cells in _answerers(game).items():
        for cell in cells:
            if cell not in slot.answers:
                return f"robot:{name}", _robot_answer(game, name, cell)
    if gates.waits_for_weight(game):
        return None
    return "model", ruled(game)


def ruled(game: Game) -> events.Ruled:
    """How the model rules on the answers to the inject on the table, all of which are in."""
    run, slot, people = game.run, game.slot, gates.answering(game)
    assert slot is not None
    lead = gates.slot_lead(game)
    given = {
        (answer.option, answer.written)
        for answer in (slot.answers[cell] for cell in people or [lead])
    }
    weighed = slot.weighed
    option = slot.answers[lead].option if weighed is None else weighed.option
    fact = rulings.ruling(
        run.tables,
        game.position,
        run.seed,
        slot.released.inject,
        option,
        discord=len(given) > 1,
        quarters=None if weighed is None else weighed.quarters,
    )
    return events.Ruled(fact, lead, discord=len(given) > 1)


def _answerers(game: Game) -> dict[str, list[str]]:
    """The robots that answer: those at the table, and each cell's own where people gave none."""
    answerers = {name: [*cells] for name, cells in game.run.robots().items()}
    closed = (game.slot.closed if game.slot is not None else None) or ()
    for cell in game.run.allied:
        if cell.id in closed:
            name = cell.robot or game.run.exercise.robot[0].id
            answerers.setdefault(name, []).append(cell.id)
    return answerers


def _robot_answer(game: Game, name: str, cell: str) -> events.Answered:
    """A robot beside a person concurs; among robots each takes its own."""
    slot = game.slot
    assert slot is not None
    if gates.answering(game):
        theirs = slot.answers[gates.slot_lead(game)]
        return events.Answered(cell, Answer(theirs.option, written=theirs.written))
    return events.Answered(cell, Answer(draft(game, name)))


def draft(game: Game, name: str) -> str:
    """The option that a robot would take for the inject on the table."""
    run, slot, inject = game.run, game.slot, game.inject
    assert slot is not None
    assert inject is not None
    batch = rulings.batch_at(run.tables, slot.before, run.seed)
    rows = np.array([run.tables.inject[inject.id]], np.int32)
    choice = robots.choose(batch, inject.slot, rows, robots.robot(run.tables, name))
    return run.tables.options[int(choice[0])][1].id


def _outcome(game: Game) -> Fact | None:
    if game.run.choosers:
        return DICE, events.ResponsesOpened()
    return "model", reckoned(game)


def _response(game: Game) -> Fact | None:
    """A robot's choice, then the reckoning once all have chosen, or their choice was closed.

    Where somebody facilitates, a choice may be changed until they close it.
    """
    turn = game.turn
    assert turn is not None
    for adversary, chooser in game.run.choosers.items():
        if chooser.startswith(ROBOT) and adversary not in turn.chosen:
            return chooser, responses.robots_choice(game, adversary, chooser)
    waits = bool(responses.missing(game)) or bool(game.run.facilitator)
    return None if waits and not turn.shut else ("model", reckoned(game))


def reckoned(game: Game) -> events.Reckoned:
    """How the model has the turn end."""
    run = game.run
    chosen = responses.chosen(game)
    fact = rulings.reckoning(run.tables, game.position, run.seed, responses=chosen)
    after = succession.reckoned(run.tables, game.position, fact)
    return events.Reckoned(
        fact,
        reference_minutes(run.tables, after.tracks, after.levels),
        references.at(run.tables, run.seed, fact.turn),
        responses.model_would(game) if chosen else {},
    )


def awaited(game: Game, seat: str) -> str:
    """The seat that a shared keyboard should go to: the lead of a people's cell not done yet."""
    run = game.run
    if game.phase == phases.RESPONSE and not run.facilitator:
        to_choose = [*responses.missing(game).values()]
        return seat if seat in to_choose or not to_choose else to_choose[0]
    if run.people and run.seat(seat).cell in run.red_people and not run.facilitator:
        seat = run.first_seat
    if run.together or run.seat(seat).cell not in run.people:
        return seat
    done: set[str] = set()
    if game.phase == phases.LEVERS:
        done = set(game.left)
    elif game.phase == phases.DELIBERATION and game.slot is not None:
        done = set(game.slot.answers)
    own = run.seat(seat).cell
    waiting = [cell for cell in run.people if cell not in done]
    if own in waiting or not waiting:
        return seat
    return run.lead(waiting[0]).id
