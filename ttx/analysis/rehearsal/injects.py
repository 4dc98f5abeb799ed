"""Injects in play: which never or always come, whose window asks nothing, which turns are empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.tables import Tables
from ttx.analysis.rehearsal.plays import Played
from ttx.analysis.rehearsal.symptom import Symptom, per_cent
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.problems import KeyPath
from ttx.i18n import _

Plays = Mapping[str, Played]
"""The runs of each robot, by its id; the same dice for all."""

CERTAIN = 4_194_304
"""Bar × weight at which an inject fires on all dice: 65,536 rolls of 64ths."""
SELDOM = 30
"""Fewer releases than this say nothing about a share."""
NEARLY = 0.99
MANY_EMPTY = 1.0
"""Empty turns a run, in the mean, from which on they are worth a word."""


def inject_symptoms(tables: Tables, plays: Plays) -> Iterator[Symptom]:
    """What shows of injects, over the runs of all robots."""
    exercise = tables.exercise
    runs = sum(played.inject.shape[-1] for played in plays.values())
    at = {inject.id: row for row, inject in enumerate(exercise.inject)}
    for row, inject in enumerate(tables.injects):
        path = ("inject", at[inject.id])
        met = sum(int(_met(played, row).sum()) for played in plays.values())
        if met == 0:
            text = _("never fires: no robot met it in {runs:,} runs", runs=runs)
            yield Symptom("inject_never", path, 0, text)
        elif met == runs and not _meant(exercise, inject):
            text = _("always fires, though it has a condition or a chance: it holds nothing back")
            yield Symptom("inject_always", path, 100, text)
        if inject.slot == "crisis":
            yield from _window((*path, "window"), row, plays)
    yield from _empty(plays)


def _met(played: Played, row: int) -> NDArray[np.bool_]:
    return np.asarray((played.inject == row).any(axis=(0, 1)))


def _meant(exercise: Exercise, inject: Inject) -> bool:
    """Whether an author wrote that it always comes: no condition, and certain on all dice."""
    bar = getattr(exercise.slots, inject.slot)
    certain = inject.weight.of is None and bar * inject.weight.base >= CERTAIN
    return inject.when is None and certain


# --- the window -----------------------------------------------------------------------------------


def _window(path: KeyPath, row: int, plays: Plays) -> Iterator[Symptom]:
    shares = []
    for played in plays.values():
        timing = played.timing[played.inject == row]
        if len(timing) >= SELDOM:
            shares.append(float((timing == 0).mean()))
    if not shares:
        return
    if min(shares) >= NEARLY:
        text = _(
            "window is met by every robot in {per_cent} of cases: it asks nothing",
            per_cent=per_cent(min(shares)),
        )
        yield Symptom("window_idle", path, 100 * min(shares), text)
    elif max(shares) <= 1 - NEARLY:
        text = _(
            "window is met in {per_cent} of cases at most, by any robot",
            per_cent=per_cent(max(shares)),
        )
        yield Symptom("window_unmet", path, 100 * max(shares), text)


def in_time(plays: Plays) -> dict[str, float | None]:
    """The share of crises that each robot answered inside the window; None where none came."""
    shares: dict[str, float | None] = {}
    for name, played in plays.items():
        timing = played.timing[:, 1][played.inject[:, 1] >= 0]
        shares[name] = float((timing == 0).mean()) if len(timing) else None
    return shares


# --- empty turns ----------------------------------------------------------------------------------


def _empty(plays: Plays) -> Iterator[Symptom]:
    empty = np.concatenate(
        [(played.inject < 0).all(axis=1) & ~played.over for played in plays.values()], axis=-1
    )
    mean = float(empty.sum(axis=0).mean())
    if mean < MANY_EMPTY:
        return
    some = float(empty.any(axis=0).mean())
    two = float((empty[1:] & empty[:-1]).any(axis=0).mean())
    text = _(
        "{mean:.1f} turns of {empty} bring no inject at all; {per_cent} of "
        "runs have such a turn, {running} two running: raise the bars",
        mean=mean,
        empty=len(empty),
        per_cent=per_cent(some),
        running=per_cent(two),
    )
    yield Symptom("turns_empty", ("slots",), mean, text)
