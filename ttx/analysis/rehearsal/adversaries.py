"""Adversaries in play: which always or never act, and what their acts leave as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables
from ttx.analysis.rehearsal.plays import Played, answering, lasting, wishing
from ttx.analysis.rehearsal.symptom import CLEAR, Kind, Symptom, per_cent, signs
from ttx.exercise.model.robots import Robot
from ttx.i18n import _

NEARLY = 0.99
UNMOVED = 0.1
"""The share of turns under which another plan makes no difference to what an adversary does."""
RESTRAINT, ESCALATE = 0, 2
ENOUGH_TURNS = 4
"""Turns that a plan needs to reach an adversary: levers work from the next turn on, by and by."""


def adversary_symptoms(
    tables: Tables, plays: Mapping[str, Played], plan: Robot, seed: int, worlds: int
) -> Iterator[Symptom]:
    """What shows of adversaries: in the runs of all robots, and ruled in one plan's worlds."""
    exercise = tables.exercise
    for row, _part in enumerate(exercise.adversary):
        path = ("adversary", row)
        turns = np.concatenate([played.response[:, row].ravel() for played in plays.values()])
        acts = float((turns[turns >= 0] > RESTRAINT).mean())
        if acts >= NEARLY or acts <= 1 - NEARLY:
            text = _("acts in {per_cent} of turns, whatever a robot does", per_cent=per_cent(acts))
            kind: Kind = "adversary_always" if acts >= NEARLY else "adversary_never"
            yield Symptom(kind, path, 100 * acts, text)
        elif exercise.turns.count >= ENOUGH_TURNS:
            yield from _unmoved(row, plays, exercise.review.references)
    if exercise.adversary:
        yield from _ruled(tables, plan, seed, worlds)


def _unmoved(row: int, plays: Mapping[str, Played], references: list[str]) -> Iterator[Symptom]:
    """An adversary that does the same against every plan, on the same dice."""
    first = plays[references[0]].response[:, row]
    apart = {
        name: float((played.response[:, row] != first).mean())
        for name, played in plays.items()
        if name != references[0]
    }
    if apart and max(apart.values()) < UNMOVED:
        most = max(apart, key=lambda name: apart[name])
        text = _(
            "does what it does against '{references}' in all but {apart:.1f} "
            "% of turns, whichever robot plays",
            references=references[0],
            apart=100 * apart[most],
        )
        yield Symptom("adversary_unmoved", ("adversary", row), 100 * apart[most], text)


# --- ruled to escalate, ruled to hold back --------------------------------------------------------


def _ruled(tables: Tables, plan: Robot, seed: int, worlds: int) -> Iterator[Symptom]:
    exercise = tables.exercise
    count = len(exercise.adversary)
    all_worlds = np.arange(worlds, dtype=np.uint64)

    def mean(row: int, response: int) -> tuple[NDArray[np.float64], Int32]:
        """Scores on the way and at the end, float[2, scores], and at the end of each turn."""
        ruled = [response if other == row else None for other in range(count)]
        moves, answers = wishing(tables, plan), answering(plan)
        played = lasting(tables, seed, all_worlds, moves, answers, ruled)
        turned = played.horizons() * signs(exercise)
        return np.asarray(turned.mean(axis=-1)), played.scores

    widest = np.zeros(len(exercise.score))
    for row, adversary in enumerate(exercise.adversary):
        calm, _half = mean(row, RESTRAINT)
        pressed, by_turn = mean(row, ESCALATE)
        widest = np.maximum(widest, np.abs(pressed - calm).max(axis=0))
        score = next(at for at, part in enumerate(exercise.score) if part.id == adversary.score)
        sign = int(signs(exercise)[score, 0])
        ends = by_turn[[0, -1], score].mean(axis=-1)
        if len(by_turn) >= ENOUGH_TURNS and sign * (ends[1] - ends[0]) >= CLEAR:
            text = _(
                "made to escalate in every turn it leaves its own score "
                "'{score}' better than in turn 1 ({first:.1f}, then "
                "{last:.1f}), with {plan}",
                score=adversary.score,
                first=ends[0] / 100,
                last=ends[1] / 100,
                plan=plan.id,
            )
            yield Symptom("score_blind", ("adversary", row, "score"), ends[1] / 100, text)
    for at, wide in enumerate(widest):
        if wide < CLEAR:
            text = _(
                "no adversary ever moves it by half a point: one that "
                "escalates in every turn leaves it where one that holds back "
                "does, within {wide:.1f}",
                wide=wide / 100,
            )
            yield Symptom("score_unmoved", ("score", at), wide / 100, text)
