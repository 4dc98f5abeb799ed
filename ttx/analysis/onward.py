"""A run played on by robots from where it stands, in worlds that are not its own.

Only what the table may know enters: a ruling or a reckoning that nobody confirmed yet was made with
the run's own dice, and is made anew in every world. So are the adversaries' aims, which tell nobody
what the run drew; their purses go on from where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ttx.adjudicator.answering import rule_on
from ttx.adjudicator.arithmetic import RESPONSES, Int32
from ttx.adjudicator.dice import Words
from ttx.adjudicator.opening import move_lever, open_turn
from ttx.adjudicator.proposing import propose
from ttx.adjudicator.reckoning import reckon
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.injects import SlotName
from ttx.exercise.model.robots import Robot
from ttx.i18n import N_, _
from ttx.session import needs, phases, robots
from ttx.session.control_events import Deferred, Skipped
from ttx.session.game import Game, SlotRecord
from ttx.session.gates import slot_lead
from ttx.session.robots import Seated
from ttx.session.run import PERSON, RULE, WATCHED
from ttx.session.view.visibility import Visibility

Players = Mapping[str, Robot]
"""By allied cell."""
SLOTS: tuple[SlotName, ...] = ("policy", "crisis")
NOTHING = N_("The run is over here; there is no turn to come.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is done next: an option of the inject on the table, or a lever held at a level.

    Empty where it is left to the robots, as things stand.
    """

    option: str = ""
    lever: str = ""
    level: str = ""


AS_IT_STANDS = Candidate()


class Onward(Worlds):
    """Worlds in which the hour of the inject on the table is the one that was told."""

    told: int | None = None

    def hour(self, slot: SlotName) -> Int32:
        """The hour that was told, else that of each world."""
        if slot == "crisis" and self.told is not None:
            return np.full(self.n, self.told, np.int32)
        return super().hour(slot)


def players(game: Game) -> dict[str, Robot]:
    """The robots that play on: those of the run, and for people the one that each cell names.

    Adversaries that people play are left to the rule, since nobody knows what they would want.
    """
    run = game.run
    first = next(robot.id for robot in run.exercise.robot if robot.rule not in RESPONSES)
    robot_of = {cell: name for name, cells in run.robots().items() for cell in cells}
    red = {cell.id: run.players.get(cell.id, RULE) for cell in run.red}
    return {
        cell.id: robots.robot(run.tables, robot_of.get(cell.id) or cell.robot or first)
        for cell in run.allied
    } | {
        cell: robots.robot(run.tables, holds)
        for cell, holds in red.items()
        if holds not in (RULE, WATCHED, PERSON)
    }


def turns_to_come(game: Game) -> range:
    """The turns that are still to end, the one under way first; empty once the run is over."""
    if game.over or game.phase in phases.PLAY_IS_OVER:
        return range(0)
    under_way = game.turn is not None and not game.turn.confirmed
    first = game.position.turn + (not under_way)
    return range(first, game.run.exercise.turns.count + 1)


def closed(game: Game, candidate: Candidate) -> str:
    """Why a candidate cannot be had now, in a sentence; empty where it can."""
    if not turns_to_come(game):
        return _(NOTHING)
    if candidate.option:
        return _closed_option(game, candidate.option)
    return _closed_level(game, candidate) if candidate.lever else ""


def _closed_option(game: Game, option: str) -> str:
    inject = game.inject if _open(game) is not None else None
    if inject is None:
        return _("No inject waits for an answer here.")
    part = next((answer for answer in inject.option if answer.id == option), None)
    if part is None:
        known = ", ".join(answer.id for answer in inject.option)
        return _(
            "The inject on the table has no option '{option}'; choose from {known}.",
            option=option,
            known=known,
        )
    lacks = part.needs and needs.missing(game.run.tables, game.position, part.needs)
    return _("Closed: needs {lacks}.", lacks=lacks) if lacks else ""


def _closed_level(game: Game, candidate: Candidate) -> str:
    run, turn = game.run, game.turn
    part = run.exercise.levers.get(candidate.lever)
    if part is None:
        known = ", ".join(run.exercise.levers)
        return _(
            "There is no lever '{lever}'; choose from {known}.", lever=candidate.lever, known=known
        )
    names = [step.id for step in part.levels]
    if candidate.level not in names:
        known = ", ".join(names)
        return _(
            "The lever {lever} has no level '{level}'; choose from {known}.",
            lever=part.id,
            level=candidate.level,
            known=known,
        )
    level = names.index(candidate.level)
    if level == game.position.levels[run.tables.lever[part.id]]:
        return ""
    if game.phase != phases.LEVERS or turn is None or turn.confirmed:
        return _("Levers are moved at the opening of a turn.")
    first = run.exercise.turns.first_levers
    if len(game.turns) == 1 and first and part.id not in first:
        return _("Closed: turn 1 opens only {first}.", first=_(" and ").join(first))
    return needs.why_not(run.tables, game.position, part.id, level)


def scores_to_come(
    game: Game,
    playing: Players,
    seed: int,
    worlds: Words,
    candidate: Candidate = AS_IT_STANDS,
    eye: Visibility | None = None,
) -> Iterator[Int32]:
    """The scores at the end of each turn to come, one turn after the other, int32[scores, n].

    `worlds` are world numbers of the seed, uint64[n]. An answer that was given to the inject on the
    table is carried out where it is open to the `eye` of whoever asks; without one nothing is.
    ValueError in a sentence where the candidate cannot be had.
    """
    if reason := closed(game, candidate):
        raise ValueError(reason)
    tables = game.run.tables
    seated, wanted = robots.together(tables, playing), robots.pressed(tables, playing)
    batch = Onward.at(tables, game.position, seed, worlds)
    assert isinstance(batch, Onward)
    held = {candidate.lever} if candidate.lever else set[str]()
    aside = game.set_aside_now
    for at, _turn in enumerate(turns_to_come(game)):
        slots: Sequence[SlotName] = SLOTS
        if at == 0 and game.turn is not None and not game.turn.confirmed:
            slots = _as_begun(game, batch, seated, candidate, eye)
        else:
            open_turn(batch)
            robots.move(batch, seated, held=held)
            batch.posture = batch.read_posture()
        for slot in slots:
            inject = _proposed(batch, slot, aside)
            rule_on(batch, slot, inject, robots.answer(batch, slot, inject, seated))
        reckon(batch, wanted)
        yield batch.scores()


def _as_begun(
    game: Game,
    batch: Onward,
    seated: list[Seated],
    candidate: Candidate,
    eye: Visibility | None,
) -> Sequence[SlotName]:
    """Finish what is under way of a turn, and tell which slots are still to come."""
    turn = game.turn
    assert turn is not None
    if game.phase == phases.LEVERS:
        _levers(game, batch, seated, candidate)
        return SLOTS
    slot = _open(game)
    if slot is not None:
        _answered(game, batch, slot, seated, candidate, eye)
    done = {put.released.slot for put in turn.slots} | set(turn.empty)
    return [slot for slot in SLOTS if slot not in done]


def _levers(game: Game, batch: Onward, seated: list[Seated], candidate: Candidate) -> None:
    tables, turn = batch.tables, game.turn
    assert turn is not None
    held = set[str]()
    if candidate.lever:
        row = tables.lever[candidate.lever]
        level = Tables.level(tables.exercise.lever[row], candidate.level)
        held = {candidate.lever}
        move_lever(batch, row, level, np.ones(batch.n, bool) & (batch.levels[row] != level))
    made = dict.fromkeys((player.id for player, _ in seated), 0)
    for by, _move in turn.moves:
        name = by.removeprefix("robot:")
        if name != by and name in made:
            made[name] += 1
    going = [
        (player, cells - set(game.left))
        for player, cells in seated
        if not (player.rule == "random" and made[player.id])
    ]
    robots.move(batch, [robot for robot in going if robot[1]], made, held)
    batch.posture = batch.read_posture()


def _open(game: Game) -> SlotRecord | None:
    """The inject on the table, as long as no ruling on it is confirmed."""
    open_ = game.phase in (phases.DELIBERATION, phases.ADJUDICATION)
    return game.slot if open_ else None


def _answered(
    game: Game,
    batch: Onward,
    slot: SlotRecord,
    seated: list[Seated],
    candidate: Candidate,
    eye: Visibility | None,
) -> None:
    """Rule on the inject on the table in every world: on the candidate, else on what was given."""
    tables, inject = batch.tables, game.inject
    assert inject is not None
    row = tables.inject[inject.id]
    rows = np.full(batch.n, row, np.int32)
    ids = [option.id for option in inject.option]
    option, discord, carries = candidate.option, False, None
    if not option:
        option, discord, carries = _given(game, slot, eye)
    if option:
        taken = np.full(batch.n, int(tables.first_option[row]) + ids.index(option), np.int32)
    else:
        taken = robots.answer(batch, inject.slot, rows, seated)
    batch.told = slot.released.hour
    rule_on(
        batch,
        inject.slot,
        rows,
        taken,
        np.full(batch.n, int(discord), np.int32),
        None if carries is None else np.full(batch.n, carries, np.int32),
    )
    batch.told = None


def _given(game: Game, slot: SlotRecord, eye: Visibility | None) -> tuple[str, bool, int | None]:
    """The option that is carried out as far as it is known, discord, and quarters if weighed."""
    lead = slot_lead(game)
    if eye is None or lead not in eye.answers or lead not in slot.answers:
        return "", False, None
    own = slot.answers[lead]
    given = {cell: answer for cell, answer in slot.answers.items() if cell in game.run.people}
    known = {
        (answer.option, answer.written) for cell, answer in given.items() if cell in eye.answers
    }
    discord = len(known) > 1
    if not own.written:
        return own.option, discord, None
    weighed = slot.weighed if eye.proposed else None
    return (weighed.option, discord, weighed.quarters) if weighed else ("", False, None)


def _proposed(batch: Onward, slot: SlotName, aside: Sequence[Deferred | Skipped]) -> Int32:
    """What comes into a slot: an inject that was put off and is due, else what the dice propose."""
    tables = batch.tables
    inject = propose(batch, slot, [tables.inject[taken_back.inject] for taken_back in aside])
    for taken_back in reversed(aside):
        row = tables.inject[taken_back.inject]
        part = tables.injects[row]
        if (
            isinstance(taken_back, Deferred)
            and taken_back.until <= batch.turn
            and part.slot == slot
        ):
            comes = (batch.fired[row] == 0) & batch.holds(part.when) & ~batch.ended
            inject = np.where(comes, row, inject).astype(np.int32)
    return inject
