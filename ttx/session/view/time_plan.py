"""The time plan of a run: planned against actual time, and what could still be left out.

Times count from STARTEX, with pauses left out. An inject is planned for the phases it goes through;
a slot that stayed empty is planned at nothing, so that an empty slot makes nobody early.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.references import QUIET
from ttx.i18n import _, ngettext
from ttx.session import phases
from ttx.session.game import Game, PhaseDuration
from ttx.session.view import words
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
PACED = 5
"""Minutes, planned and real, that must be behind a run before it has a pace of its own."""
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
    left: int
    """Seconds from here to ENDEX where all that is to come takes as long as it was planned."""
    at_pace: int
    """The same where it takes as much longer or shorter as what is behind us did."""
    behind: int
    """Whole minutes behind the plan; negative where the run is ahead of it."""
    now: PhaseTime
    """The phase under way."""
    turns: tuple[TurnTime, ...]
    injects: tuple[InjectTime, ...]
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
    """The plan, with that many seconds in the phase under way.

    Raises:
        ValueError: For all but the white cell's lead, who holds the pace.
    """
    eye.require_desk()
    game, exercise, plan = eye.game, eye.exercise, eye.exercise.time_plan
    durations = with_the_last(game, elapsed)
    real = sum(took.seconds for took in durations if took.phase not in phases.OUTSIDE_PLAY)
    now = PhaseTime(game.phase, plan.get(game.phase, 0), elapsed)
    done = 60 * _done(game)
    if game.phase not in phases.OUTSIDE_PLAY:
        done += min(60 * now.planned, elapsed)
    behind = abs(real - done) // 60 * (1 if real > done else -1)
    planned = has_plan(exercise)
    covered = objectives([*played(game), *to_come(game)])
    left = _left(game, elapsed)
    return PlanView(
        elapsed=real,
        turn=max(len(game.turns), 1),
        ends=-(-(real + left) // 60),
        left=left,
        at_pace=left * real // done if min(real, done) >= 60 * PACED else left,
        behind=behind if planned else 0,
        now=now,
        turns=tuple(_turns(game, durations)),
        injects=tuple(_injects(eye, durations)),
        lost=tuple(text for part, text in eye.names.objectives.items() if part not in covered),
        proposal=_proposal(eye, behind) if planned else "",
        hotwash=plan.get(phases.HOTWASH, 0),
        planned=planned,
    )


# --- what was planned ---


def planned_at(game: Game, turn: int, place: int) -> int:
    """Minutes from STARTEX at which an inject of a turn is planned; `place` counts from 0."""
    exercise = game.run.exercise
    past = [len(past.slots) for past in game.turns if past.opened.turn < turn]
    first = (phases.LEVERS, phases.INJECT, *((phases.OUTCOME,) if place else ()))
    before = sum(of_a_turn(exercise, injects) for injects in past)
    return before + _minutes(exercise, first) + place * of_an_inject(exercise)


def _minutes(exercise: Exercise, course: Iterable[str]) -> int:
    """Minutes planned for some phases together."""
    return sum(exercise.time_plan.get(phase, 0) for phase in course)


def of_an_inject(exercise: Exercise) -> int:
    """Minutes planned for an inject."""
    return _minutes(exercise, phases.OF_AN_INJECT)


def of_a_turn(exercise: Exercise, injects: int) -> int:
    """Minutes planned for a turn with that many injects."""
    return _minutes(exercise, OF_A_TURN) + injects * of_an_inject(exercise)


def _course(game: Game) -> tuple[tuple[str, ...], int]:
    """The phases of the turn under way, with those of the slots filled so far, and which it is."""
    slots = game.turns[-1].slots if game.phase != phases.LEVERS else ()
    filled = [slot.released.slot for slot in slots]
    policy, crisis = (phases.OF_AN_INJECT * filled.count(slot) for slot in ("policy", "crisis"))
    before = (phases.LEVERS, phases.INJECT, *policy)
    # The outcome is gone through before the crisis slot, and once more after it.
    rest = (phases.OUTCOME, *crisis)
    if game.phase == phases.OUTCOME:
        before, rest = (*before, *crisis), (phases.OUTCOME,)
    course = (*before, *rest, phases.RESPONSE, phases.RECKONING)
    return course, len(course) - 1 - course[::-1].index(game.phase)


def _done(game: Game) -> int:
    """Minutes planned for what is behind us, the phase under way left out."""
    if not game.turns:
        return 0
    exercise = game.run.exercise
    *past, last = game.turns
    done = sum(of_a_turn(exercise, len(part.slots)) for part in past)
    if game.phase not in phases.PLAY_IS_OVER:
        course, here = _course(game)
        return done + _minutes(exercise, course[:here])
    if last.confirmed:
        return done + of_a_turn(exercise, len(last.slots))
    injects = sum(slot.confirmed for slot in last.slots) * of_an_inject(exercise)
    return done + _minutes(exercise, (phases.LEVERS, phases.INJECT)) + injects


def _left(game: Game, elapsed: int) -> int:
    """Seconds planned from here to ENDEX; slots to come are filled as often as those before."""
    exercise = game.run.exercise
    if game.phase in phases.PLAY_IS_OVER:
        return 0
    left = (exercise.turns.count - len(game.turns)) * of_a_turn(exercise, 0)
    left += of_an_inject(exercise) * injects_to_come(game)
    if game.phase == phases.BRIEFING:
        return 60 * left
    course, here = _course(game)
    left += _minutes(exercise, course[here + 1 :])
    return 60 * left + max(60 * _minutes(exercise, [game.phase]) - elapsed, 0)


# --- what it took ---


def with_the_last(game: Game, elapsed: int) -> tuple[PhaseDuration, ...]:
    """All that phases took, the one under way last."""
    return (*game.durations, PhaseDuration(len(game.turns), game.number, game.phase, elapsed))


def released_at(game: Game, elapsed: int) -> dict[str, int]:
    """Seconds from STARTEX at which each inject was released, by its number.

    Where something was taken back and a number came again, the last counts.
    """
    released: dict[str, int] = {}
    at = 0
    for before, took in pairwise(with_the_last(game, elapsed)):
        at += 0 if before.phase in phases.OUTSIDE_PLAY else before.seconds
        waited = before.phase in (phases.INJECT, phases.OUTCOME)
        if took.phase == phases.DELIBERATION and waited and before.number != took.number:
            released[took.number] = at
    return released


def _turns(game: Game, durations: Collection[PhaseDuration]) -> Iterator[TurnTime]:
    stood, count = _before_endex(game), len(game.turns)
    left, ahead = slots_left(stood), injects_to_come(stood)
    # As even as it goes: nobody knows yet which of them stay empty.
    filled = Counter(
        turn
        for at, (turn, _slot) in enumerate(left)
        if -(-(at + 1) * ahead // len(left)) > -(-at * ahead // len(left))
    )
    ended = game.phase in phases.PLAY_IS_OVER
    past = count if game.over else count - 1  # ENDEX may have cut the last one off
    for turn in range(1, (count if ended else game.run.exercise.turns.count) + 1):
        opened = turn <= count
        injects = filled[turn] + (len(game.turns[turn - 1].slots) if opened else 0)
        real = sum(
            took.seconds
            for took in durations
            if took.turn == turn and took.phase not in phases.OUTSIDE_PLAY
        )
        planned = of_a_turn(game.run.exercise, injects)
        yield TurnTime(turn, planned, real if opened else None, over=turn <= past)


def _before_endex(game: Game) -> Game:
    """The run in the last phase of play: what was planned for a turn is no less once it was cut."""
    before = [took.phase for took in game.durations if took.phase not in phases.PLAY_IS_OVER]
    if game.phase not in phases.PLAY_IS_OVER or game.over or not before:
        return game
    return replace(game, phase=before[-1])


def _injects(eye: Eye, durations: Collection[PhaseDuration]) -> Iterator[InjectTime]:
    plan = eye.exercise.time_plan
    for inject in eye.played():
        took = Counter[str]()
        for part in durations:
            if part.number == inject.number:
                took[part.phase] += part.seconds
        parts = tuple(
            PhaseTime(phase, plan.get(phase, 0), took[phase]) for phase in phases.OF_AN_INJECT
        )
        yield InjectTime(inject.number, parts)


def _proposal(eye: Eye, behind: int) -> str:
    """One way to recover: an empty slot, shorter deliberations, or fewer turns."""
    game, exercise = eye.game, eye.exercise
    if behind <= 0 or eye.over:
        return ""
    spared = chain(game)
    if spared and spared[0] in can_go(game):
        names = words.listed([f"'{eye.names.injects[inject]}'" for inject in spared])
        less = of_an_inject(exercise)
        return _("skip {names}: the slot stays empty (-{less})", names=names, less=less)
    ahead, whole = injects_to_come(game), exercise.time_plan.get(phases.DELIBERATION, 0)
    by = -(-behind // ahead) if ahead else 0
    if 0 < by <= whole // 2:
        return _(
            "close each deliberation after {rest} of {whole} min (-{less})",
            rest=whole - by,
            whole=whole,
            less=by * ahead,
        )
    turns = exercise.turns.count - len(game.turns)
    each = of_a_turn(exercise, 0) + of_an_inject(exercise) * -(-ahead // max(turns, 1))
    fewer = -(-behind // each) if each else 0
    if not 0 < fewer <= turns:
        return _("end play after this turn")
    last, less = exercise.turns.count - fewer, fewer * each
    lost = len({part.id for part in exercise.objective} - objectives([*played(game)]))
    if not lost:
        return _("end after turn {turn} (-{less})", turn=last, less=less)
    return ngettext(
        "end after turn {turn} (-{less}), {count} objective not exercised yet",
        "end after turn {turn} (-{less}), {count} objectives not exercised yet",
        lost,
        turn=last,
        less=less,
    )
