"""Adversaries with aims and purses in play: what they reach and pay, and whether it is news.

All are played by the rule inside the plans; then each in turn, inside the first of them, by
somebody who wants to escalate in every turn while the rule plays the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.adjudicator.tables import Tables
from ttx.analysis.course import Course, play
from ttx.analysis.policies import Policy
from ttx.analysis.rehearsal.symptom import Symptom, named, per_cent
from ttx.exercise.model.conditions import All, AnyOf, Condition, Not, Responded
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.robots import Robot
from ttx.i18n import N_, _

NEARLY = 0.99
PAYS = 0.02
"""How much more often somebody who always escalates reaches an aim before it is worth a word."""
HEARD = 0.5
"""The least share of escalations that come as news, where some of that adversary's do."""
ESCALATE = RESPONSES.index("escalate")
PRESSED = N_("always escalating")


@dataclass(frozen=True, slots=True)
class Outing:
    """An adversary over many runs."""

    adversary: str
    who: str
    """The plan inside which the rule played it, or who always escalates."""
    escalations: float
    """A run, in the mean."""
    refused: float
    """Of the turns in which it wanted more than restraint, where the purse refused it; 0 to 1."""
    reached: dict[str, float | None]
    """By aim, the share of the runs with that aim that reached it; None where it says no end."""
    news: float | None
    """Of its escalations but those of the last turn, how many came as news; None without any."""
    answered: float | None
    """Of that news, how much was answered in time; None where none came."""


def outings(tables: Tables, plans: Sequence[Robot], seed: int, worlds: int) -> list[Outing]:
    """What each adversary that has an aim or a purse does, inside each plan and then pressed."""
    exercise = tables.exercise
    rows = [
        at for at, adversary in enumerate(exercise.adversary) if adversary.aim or adversary.purse
    ]
    if not rows or not plans:
        return []
    allied = [cell.id for cell in exercise.cell if cell.side == "allied"]
    all_worlds = np.arange(worlds, dtype=np.uint64)
    count = len(exercise.adversary)

    def course(plan: Robot, pressed: int = -1) -> Course:
        policy = Policy(plan.id, tuple((cell, plan) for cell in allied))
        wanted = [ESCALATE if row == pressed else None for row in range(count)]
        return play(tables, policy, seed, all_worlds, wanted=wanted)

    by_rule = [(plan.id, course(plan)) for plan in plans]
    return [
        _outing(tables, row, who, played)
        for row in rows
        for who, played in [*by_rule, (PRESSED, course(plans[0], row))]
    ]


def _outing(tables: Tables, row: int, who: str, course: Course) -> Outing:
    part = tables.exercise.adversary[row]
    did, wanted = course.response[:, row], course.wanted[:, row]
    acts = wanted > 0
    reached: dict[str, float | None] = {}
    for at, aim in enumerate(part.aim):
        mine = course.reached[row][course.aims[row] == at]
        reached[aim.id] = float((mine == 1).mean()) if mine.size and aim.reached else None
    news, answered = _news(tables, row, course)
    return Outing(
        part.id,
        who,
        float((did == ESCALATE).sum(axis=0).mean()),
        float((did < wanted)[acts].mean()) if acts.any() else 0.0,
        reached,
        news,
        answered,
    )


def _news(tables: Tables, row: int, course: Course) -> tuple[float | None, float | None]:
    """How many escalations came as news by their terms, and how much of it was met in time."""
    name = tables.exercise.adversary[row].id
    tells = [
        (at, within) for at, inject in enumerate(tables.injects) if (within := _tells(inject, name))
    ]
    escalated = course.response[:-1, row] == ESCALATE
    if not tells or not escalated.any():
        return None, None
    heard, timings = np.zeros(escalated.shape, bool), list[NDArray[np.signedinteger]]()
    for at, within in tells:
        came = course.inject == at
        timings.append(course.timing[came])
        shown = came.any(axis=1)
        for later in range(1, within + 1):
            heard[: len(shown) - later] |= shown[later:]
    met = np.concatenate(timings)
    return float(heard[escalated].mean()), float((met == 0).mean()) if met.size else None


def _tells(inject: Inject, adversary: str) -> int:
    """Within how many turns an inject tells of an escalation of that adversary; 0 where not."""
    turns = [
        asked.within
        for asked in _asked(inject.when)
        if asked.responded == adversary and "escalate" in asked.with_
    ]
    return max(turns, default=0)


def _asked(condition: Condition | None) -> Iterator[Responded]:
    match condition:
        case Responded():
            yield condition
        case All() | AnyOf():
            parts = condition.all if isinstance(condition, All) else condition.any
            for part in parts:
                yield from _asked(part)
        case Not():
            yield from ()


def red_symptoms(exercise: Exercise, tried: Sequence[Outing]) -> Iterator[Symptom]:
    """What shows of aims and purses that is worth a second look."""
    for row, part in enumerate(exercise.adversary):
        mine = [outing for outing in tried if outing.adversary == part.id]
        if not mine:
            continue
        rule, pressed = mine[:-1], mine[-1]
        for at, aim in enumerate(part.aim):
            path = ("adversary", row, "aim", at)
            shares = [share for outing in rule if (share := outing.reached[aim.id]) is not None]
            forced = pressed.reached[aim.id]
            if not shares or forced is None:
                continue
            if max(*shares, forced) == 0:
                yield Symptom("aim_never", path, 0, _("is reached in no run: it says too much"))
            elif min(shares) >= NEARLY:
                text = _(
                    "is reached in {per_cent} of runs, whatever a plan does",
                    per_cent=per_cent(min(shares)),
                )
                yield Symptom("aim_always", path, 100 * min(shares), text)
            if forced > max(shares) + PAYS:
                text = _(
                    "is reached more often by who always escalates "
                    "({pressed} of runs) than by the rule ({rule} at "
                    "most)",
                    pressed=per_cent(forced),
                    rule=per_cent(max(shares)),
                )
                yield Symptom("escalation_pays", path, 100 * forced, text)
        if part.purse is not None and not pressed.refused:
            text = _("refuses nothing even to who always wants to escalate: it has no price")
            yield Symptom("purse_idle", ("adversary", row, "purse"), 0, text)
        heard = [outing.news for outing in mine if outing.news is not None]
        if heard and min(heard) < HEARD:
            text = _(
                "has as few as {per_cent} of its escalations come as news",
                per_cent=per_cent(min(heard)),
            )
            yield Symptom("escalation_unheard", ("adversary", row), 100 * min(heard), text)


def outing_line(outing: Outing) -> str:
    """An outing as a line: `china with phased: escalates 1.6 times a run, …`."""
    who = _(PRESSED) if outing.who == PRESSED else _("with {who}", who=outing.who)
    parts = [_("escalates {escalations:.1f} times a run", escalations=outing.escalations)]
    parts.append(
        _("its purse refuses {per_cent} of what it wants", per_cent=per_cent(outing.refused))
    )
    aims = [
        f"{aim} {per_cent(share)}" for aim, share in outing.reached.items() if share is not None
    ]
    if aims:
        parts.append(_("aims reached: {aims}", aims=named(aims)))
    if outing.news is not None:
        news = per_cent(outing.news)
        if outing.answered is not None:
            parts.append(
                _(
                    "{share} of its escalations come as news, {answered} of it answered in time",
                    share=news,
                    answered=per_cent(outing.answered),
                )
            )
        else:
            parts.append(_("{share} of its escalations come as news", share=news))
    return f"{outing.adversary}, {who}: {'; '.join(parts)}"
