"""The time plan of a run: planned against actual time, and what could still be left out.

Times count from STARTEX, with pauses left out. An inject is planned for the phases it goes through;
a slot that stayed empty is planned at nothing, so that an empty slot makes nobody early.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ttx.exercise.model import Exercise
from ttx.exercise.references import QUIET
from ttx.session import phases
from ttx.session.game import Game, PhaseDuration
from ttx.session.view.eye import Eye
from ttx.session.view.leaving_out import (
    can_go,
    chain,
    injects_to_come,
    objectives,
    played,
    slots_left,
    to_come,
)

QUIET_AFTER = 2
"""Minutes, where the exercise says nothing."""
OF_AN_INJECT = (phases.DELIBERATION, phases.ADJUDICATION, phases.REVIEW)
OF_A_TURN = (
    phases.LEVERS,
    phases.INJECT,
    phases.OUTCOME,
    phases.RESPONSE,
    phases.RECKONING,
)


@dataclass(frozen=True, slots=True)
class TurnTime:
    """One turn."""

    turn: int
    planned: int
    """Minutes; of a turn to come with as many injects as slots have been filled so far."""
    real: int | None
    """Seconds so far; None where it has not opened."""
    over: bool
    """Whether it is played."""


@dataclass(frozen=True, slots=True)
class PhaseTime:
    """One phase, of an inject or of all play."""

    phase: str
    planned: int
    """Minutes; 0 where the exercise says nothing."""
    real: int
    """Seconds."""


@dataclass(frozen=True, slots=True)
class InjectTime:
    """One inject that was released."""

    number: str
    planned: int
    """Minutes."""
    real: int
    """Seconds in its phases together."""
    phases: tuple[PhaseTime, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """The time plan as the facilitator has it."""

    elapsed: int
    """Seconds since STARTEX."""
    turn: int
    """The turn under way; the first before any has opened."""
    ends: int
    """Minutes from STARTEX to ENDEX, as things stand and with the rest as planned."""
    behind: int
    """Whole minutes behind the plan; negative where the run is ahead of it."""
    now: PhaseTime
    """The phase under way."""
    phases: tuple[PhaseTime, ...]
    """All phases so far, those of one name together, in the order of a run."""
    turns: tuple[TurnTime, ...]
    injects: tuple[InjectTime, ...]
    can_go: tuple[str, ...]
    """Ids of the injects to come that could each be left out: no objective is lost by that."""
    lost: tuple[str, ...]
    """Objectives that nothing played or to come exercises, in words."""
    proposal: str
    """One way to recover the minutes behind; empty where there are none."""
    hotwash: int
    """Minutes that the hot wash keeps."""
    planned: bool
    """Whether the exercise has a time plan at all."""


def quiet_after(exercise: Exercise) -> int:
    """Seconds of silence after which a table is quiet."""
    return 60 * exercise.time_plan.get(QUIET, QUIET_AFTER)


def has_plan(exercise: Exercise) -> bool:
    """Whether any phase has planned minutes."""
    return any(minutes for phase, minutes in exercise.time_plan.items() if phase != QUIET)


def time_plan(eye: Eye, elapsed: int) -> PlanView:
    """The plan, with that many seconds in the phase under way; ValueError for all but the lead.

    The lead is that of the white cell: the seat that holds the pace.
    """
    game = eye.game
    if eye.seat != eye.run.facilitator:
        raise ValueError(f"the seat {eye.seat} does not hold the pace")
    exercise = eye.exercise
    every = with_the_last(game, elapsed)
    real = sum(one.seconds for one in every if one.phase not in phases.OUTSIDE_PLAY)
    plan = exercise.time_plan
    now = PhaseTime(game.phase, plan.get(game.phase, 0), elapsed)
    done = 60 * _done(game)
    if game.phase not in phases.OUTSIDE_PLAY:
        done += min(60 * now.planned, elapsed)
    seconds_behind = real - done
    behind = abs(seconds_behind) // 60 * (1 if seconds_behind > 0 else -1)
    left = _left(game, elapsed)
    goes = can_go(game)
    covered = objectives([*played(game), *to_come(game)])
    planned = has_plan(exercise)
    return PlanView(
        elapsed=real,
        turn=max(len(game.turns), 1),
        ends=-(-(real + left) // 60),
        behind=behind if planned else 0,
        now=now,
        phases=_by_phase(exercise, every),
        turns=_turns(game, every),
        injects=_injects(game, every),
        can_go=tuple(goes),
        lost=tuple(eye.text(o.text) for o in exercise.objective if o.id not in covered),
        proposal=_proposal(eye, behind, goes) if planned else "",
        hotwash=plan.get(phases.HOTWASH, 0),
        planned=planned,
    )


# --- what was planned ---


def planned_at(game: Game, turn: int, place: int) -> int:
    """Minutes from STARTEX at which an inject of a turn is planned; `place` counts from 0."""
    exercise = game.run.exercise
    before = sum(
        of_a_turn(exercise, len(one.slots)) for one in game.turns if one.opened.turn < turn
    )
    waits = [phases.LEVERS, phases.INJECT, *([phases.OUTCOME] if place else [])]
    first = sum(exercise.time_plan.get(phase, 0) for phase in waits)
    return before + first + place * of_an_inject(exercise)


def of_an_inject(exercise: Exercise) -> int:
    """Minutes planned for an inject."""
    return sum(exercise.time_plan.get(phase, 0) for phase in OF_AN_INJECT)


def of_a_turn(exercise: Exercise, injects: int) -> int:
    """Minutes planned for a turn with that many injects."""
    own = sum(exercise.time_plan.get(phase, 0) for phase in OF_A_TURN)
    return own + injects * of_an_inject(exercise)


def _done(game: Game) -> int:
    """Minutes planned for what is behind us, the phase under way left out."""
    if not game.turns:
        return 0
    exercise, plan = game.run.exercise, game.run.exercise.time_plan
    *past, last = game.turns
    done = sum(of_a_turn(exercise, len(one.slots)) for one in past)
    if game.phase in (phases.BRIEFING, phases.LEVERS):
        return done
    done += plan.get(phases.LEVERS, 0)
    if game.phase == phases.INJECT:
        return done
    done += plan.get(phases.INJECT, 0)
    confirmed = [one for one in last.slots if one.confirmed]
    if game.phase in OF_AN_INJECT:
        before = len(last.slots) - 1
        gone = OF_AN_INJECT[: OF_AN_INJECT.index(game.phase)]
        done += before * of_an_inject(exercise) + sum(plan.get(one, 0) for one in gone)
        done += plan.get(phases.OUTCOME, 0) if _of_the_crisis_slot(game) else 0
    else:
        done += len(confirmed) * of_an_inject(exercise)
    if game.phase in (phases.RESPONSE, phases.RECKONING) or last.confirmed:
        done += plan.get(phases.OUTCOME, 0)
    if game.phase == phases.RECKONING or last.confirmed:
        done += plan.get(phases.RESPONSE, 0)
    if game.phase in phases.PLAY_IS_OVER and last.confirmed:
        done += plan.get(phases.RECKONING, 0)
    return done


def _of_the_crisis_slot(game: Game) -> bool:
    """Whether the inject under way is that of the crisis slot, which the outcome comes before."""
    return game.phase in OF_AN_INJECT and game.turns[-1].slots[-1].released.slot == "crisis"


def _left(game: Game, elapsed: int) -> int:
    """Seconds planned from here to ENDEX; slots to come are filled as often as those before."""
    exercise, plan = game.run.exercise, game.run.exercise.time_plan
    if game.phase in phases.PLAY_IS_OVER:
        return 0
    count = exercise.turns.count
    left = 60 * (count - len(game.turns)) * of_a_turn(exercise, 0)
    left += 60 * of_an_inject(exercise) * injects_to_come(game)
    if game.phase == phases.BRIEFING:
        return left
    order = OF_A_TURN
    here = phases.OUTCOME if game.phase in OF_AN_INJECT else game.phase
    rest = order[order.index(here) + (game.phase == here or _of_the_crisis_slot(game)) :]
    left += 60 * sum(plan.get(one, 0) for one in rest)
    if game.phase in OF_AN_INJECT:
        at = OF_AN_INJECT.index(game.phase)
        left += 60 * sum(plan.get(one, 0) for one in OF_AN_INJECT[at + 1 :])
    return left + max(60 * plan.get(game.phase, 0) - elapsed, 0)


# --- what it took ---


def with_the_last(game: Game, elapsed: int) -> tuple[PhaseDuration, ...]:
    """All spells, and the phase under way as the last."""
    return (*game.durations, PhaseDuration(len(game.turns), game.number, game.phase, elapsed))


def released_at(game: Game, elapsed: int) -> dict[str, int]:
    """Seconds from STARTEX at which each inject was released, by its number.

    Where something was taken back and a number came again, the last counts.
    """
    found: dict[str, int] = {}
    at, before = 0, None
    for one in with_the_last(game, elapsed):
        waited = before is not None and before.phase in (phases.INJECT, phases.OUTCOME)
        if one.phase == phases.DELIBERATION and waited and before and before.number != one.number:
            found[one.number] = at
        at += 0 if one.phase in phases.OUTSIDE_PLAY else one.seconds
        before = one
    return found


def _by_phase(exercise: Exercise, every: Collection[PhaseDuration]) -> tuple[PhaseTime, ...]:
    found = []
    for phase in phases.PHASES:
        took = [one.seconds for one in every if one.phase == phase]
        if took:
            found.append(PhaseTime(phase, exercise.time_plan.get(phase, 0), sum(took)))
    return tuple(found)


def _turns(game: Game, every: Collection[PhaseDuration]) -> tuple[TurnTime, ...]:
    exercise, count = game.run.exercise, game.run.exercise.turns.count
    ahead = {turn: 0 for turn, _ in slots_left(game)}
    share = injects_to_come(game)
    for turn, _ in slots_left(game)[:share] if share else []:
        ahead[turn] += 1
    found = []
    for number in range(1, count + 1):
        here = game.turns[number - 1] if number <= len(game.turns) else None
        injects = (len(here.slots) if here is not None else 0) + ahead.get(number, 0)
        took = [s.seconds for s in every if s.turn == number and s.phase not in phases.OUTSIDE_PLAY]
        over = number < len(game.turns) or game.over or game.phase in phases.PLAY_IS_OVER
        real = sum(took) if here is not None else None
        found.append(
            TurnTime(number, of_a_turn(exercise, injects), real, over and here is not None)
        )
    return tuple(found)


def _injects(game: Game, every: Collection[PhaseDuration]) -> tuple[InjectTime, ...]:
    exercise = game.run.exercise
    found = []
    for turn in game.turns:
        for place, _ in enumerate(turn.slots, start=1):
            number = f"{turn.opened.turn}.{place}"
            parts = tuple(
                PhaseTime(
                    phase,
                    exercise.time_plan.get(phase, 0),
                    sum(s.seconds for s in every if s.number == number and s.phase == phase),
                )
                for phase in OF_AN_INJECT
            )
            took = sum(one.real for one in parts)
            found.append(InjectTime(number, of_an_inject(exercise), took, parts))
    return tuple(found)


def _proposal(eye: Eye, behind: int, goes: Collection[str]) -> str:
    """One way to recover: an empty slot, shorter deliberations, or fewer turns."""
    game = eye.game
    if behind <= 0 or game.phase in phases.PLAY_IS_OVER:
        return ""
    exercise = eye.exercise
    spared = chain(game)
    if spared and spared[0] in goes:
        names = [f"'{eye.text(exercise.injects[one].title)}'" for one in spared]
        less = of_an_inject(exercise)
        return f"skip {' and '.join(names)}: the slot stays empty (-{less})"
    ahead, whole = injects_to_come(game), exercise.time_plan.get(phases.DELIBERATION, 0)
    by = -(-behind // ahead) if ahead else 0
    if 0 < by <= whole // 2:
        return f"close each deliberation after {whole - by} of {whole} min (-{by * ahead})"
    turns = exercise.turns.count - len(game.turns)
    each = of_a_turn(exercise, 0) + of_an_inject(exercise) * -(-ahead // max(turns, 1))
    fewer = -(-behind // each) if each else 0
    if 0 < fewer <= turns:
        open_ = len({one.id for one in exercise.objective} - objectives([*played(game)]))
        more = f", {open_} objective{'s' if open_ > 1 else ''} not exercised yet" if open_ else ""
        return f"end after turn {exercise.turns.count - fewer} (-{fewer * each}){more}"
    return "end play after this turn"
