"""A sensitivity study: its steps played piece by piece, kept as they come, and put together.

What was counted is whole numbers and has a digest, which does not show who played which piece.
Indices are worked out from it anew, and stand outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ttx import __version__, files
from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables
from ttx.analysis.policies import Policy, policies
from ttx.analysis.sensitivity import (
    Design,
    Indices,
    Sensitivity,
    base,
    one_at_a_time,
    with_switches,
)
from ttx.analysis.tally import MOMENTS, Tally, count, pieces, signs
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parameters import parameters
from ttx.i18n import _
from ttx.studies import parts, sobol
from ttx.studies.plan import Plan, StudyError, exercise_written, read, written
from ttx.studies.study import PARTS, Study, going_on
from ttx.studies.workers import Crew, results, same_version

KIND = "sensitivity"
DECLARED, ALL, TOP = "declared", "all", "top:"
_HALF = 31
"""Bits of the lower half of a count; parts hold no number of more than 32."""

Tell = Callable[[str, int, int], None]
"""Hears how far a step is: its name, pieces done, pieces in all."""
Int64 = NDArray[np.int64]


def pair(
    exercise: Exercise, question: str, read_file: Callable[[str], str]
) -> tuple[Policy, Policy]:
    """The two policies of a question such as `phased:accelerated`; ValueError in a sentence.

    Raises:
        StudyError: The question is not of two policies.
    """
    words = [word.strip() for word in question.split(":")]
    if len(words) != 2 or not all(words) or words[0] == words[1]:
        raise StudyError(
            _(
                "--question takes two policies, such as phased:accelerated, not '{question}'.",
                question=question,
            )
        )
    asked = policies(exercise, words, read_file)
    if len(asked) != 2:
        raise StudyError(
            _(
                "'{question}' asks for {asked} policies; a question is of two.",
                question=question,
                asked=len(asked),
            )
        )
    return asked[0], asked[1]


def plan(
    exercise: Exercise,
    pair: tuple[Policy, Policy],
    *,
    seed: int,
    worlds: int,
    samples: int,
    over: str,
    score: str,
) -> Plan:
    """The plan of a sensitivity study; StudyError where it asks for what there is not.

    `over` says which numbers the design varies: `declared`, `all`, or `top:K`, the K widest bars.
    """
    if not _ranged(exercise):
        raise StudyError(
            _(
                "No number of {exercise} has a range, so nothing can be varied.",
                exercise=exercise.id,
            )
        )
    if over == DECLARED and not _declared(exercise):
        raise StudyError(
            _(
                "{exercise} declares no range; ask for --over all or --over top:12.",
                exercise=exercise.id,
            )
        )
    top = over.removeprefix(TOP)
    if over not in (DECLARED, ALL) and not (over.startswith(TOP) and top.isdecimal() and int(top)):
        raise StudyError(
            _("--over takes declared, all or top:K, such as top:12, not '{over}'.", over=over)
        )
    if samples & (samples - 1):
        raise StudyError(
            _("--samples takes a power of two, such as 64, not {samples}.", samples=samples)
        )
    names = [score.id for score in exercise.score]
    if score not in names:
        raise StudyError(
            _(
                "There is no score '{score}'; {exercise} has {names}.",
                score=score,
                exercise=exercise.id,
                names=", ".join(names),
            )
        )
    about = {"samples": samples, "over": over, "score": score}
    return Plan(exercise, pair, seed, worlds, pair[0].id, KIND, about=about)


def _declared(exercise: Exercise) -> list[str]:
    return [name for name in _ranged(exercise) if parameters(exercise)[name].declared]


def _ranged(exercise: Exercise) -> list[str]:
    return [
        name for name, parameter in parameters(exercise).items() if parameter.low < parameter.high
    ]


# --- playing --------------------------------------------------------------------------------------


@dataclass
class Steps:
    """Plays the steps of a plan; what a folder keeps already is read and not played again."""

    plan: Plan
    workers: Crew | None
    """None reads alone: StudyError where a piece is missing."""
    study: Study | None = None
    tell: Tell = lambda _step, _done, _of: None
    notice: Callable[[str], None] = lambda _: None
    said: tuple[bytes, bytes] = field(init=False)
    """What workers are told: the plan and the exercise."""
    _digest: Any = field(init=False)

    def __post_init__(self) -> None:
        """The plan in words, and a digest of nothing yet."""
        known = self.study.said if self.study else None
        self.said = known or (written(self.plan), exercise_written(self.plan.exercise))
        self._digest = blake2b(digest_size=16)

    @property
    def digest(self) -> str:
        """32 hexadecimal digits over the settings and counts of all steps so far, in order."""
        return str(self._digest.copy().hexdigest())

    @property
    def _how_to_go_on(self) -> str:
        return self.study.how_to_go_on if self.study else _("give its command again.")

    def __call__(self, step: str, ids: Sequence[str], settings: Int32) -> Tally:
        """A tally of settings, int32[settings, parameters] by the ids given."""
        cut = pieces(len(settings), self.plan.worlds)
        counted: dict[int, Int64] = {}
        for number, rows in enumerate(cut):
            kept = self._kept(step, number, settings[rows])
            if kept is not None:
                counted[number] = kept
        self.tell(step, len(counted), len(cut))
        wanted = [number for number in range(len(cut)) if number not in counted]
        if wanted and self.workers is None:
            raise StudyError(
                _(
                    "The study is not finished: step '{step}' is missing; {how_to_go_on}",
                    step=step,
                    how_to_go_on=self._how_to_go_on,
                )
            )
        if wanted and self.workers is not None:
            jobs = ((number, self._job(ids, settings[cut[number]])) for number in wanted)
            for number, made in results(self.workers, piece, jobs, self.notice):
                self._keep(step, number, settings[cut[number]], made)
                counted[number] = made
                self.tell(step, len(counted), len(cut))
        whole = np.concatenate([counted[number] for number in range(len(cut))])
        self._digest.update(f"{step} {' '.join(ids)} {settings.shape} ".encode())
        self._digest.update(settings.astype("<i4").tobytes() + whole.astype("<i8").tobytes())
        exercise = self.plan.exercise
        return Tally(self.plan.worlds, exercise.turns.count, signs(exercise), whole)

    def _job(
        self, ids: Sequence[str], settings: Int32
    ) -> tuple[tuple[bytes, bytes], tuple[str, ...], Int32, str]:
        """A piece with those columns alone that differ somewhere: each one costs."""
        known = parameters(self.plan.exercise)
        now = np.array([known[name].value for name in ids], np.int32)
        varied = [int(at) for at in np.flatnonzero((settings != now).any(axis=0))]
        return self.said, tuple(ids[at] for at in varied), settings[:, varied], __version__

    def _path(self, step: str, number: int) -> Path | None:
        if self.study is None:
            return None
        return self.study.folder / PARTS / f"{step.replace(' ', '-')}-{number:06d}.npz"

    def _about(self, step: str, number: int, settings: Int32) -> dict[str, object]:
        seal = parts.checksum({"settings": settings})
        return {"study": self.plan.id, "step": step, "piece": number, "settings": seal}

    def _kept(self, step: str, number: int, settings: Int32) -> Int64 | None:
        path = self._path(step, number)
        if path is None or not path.is_file():
            return None
        try:
            arrays, about = parts.unpack(files.contents(path))
            if about == self._about(step, number, settings):
                high, low = (arrays[name].astype(np.int64) for name in ("high", "low"))
                return np.asarray((high << _HALF) + low)
            why = _("it is another piece or of another study")
        except (OSError, KeyError, parts.Damaged) as error:
            why = str(error)
        if self.workers is None:
            raise StudyError(
                _(
                    "{path} is damaged, {why}; {how_to_go_on}",
                    path=files.legible(path),
                    why=why,
                    how_to_go_on=self._how_to_go_on,
                )
            )
        self.notice(
            _(
                "{path} is damaged, {why}; it is played again.",
                path=files.legible(path),
                why=why,
            )
        )
        return None

    def _keep(self, step: str, number: int, settings: Int32, counted: Int64) -> None:
        path = self._path(step, number)
        if path is None:
            return
        halves = {"high": counted >> _HALF, "low": counted & ((1 << _HALF) - 1)}
        try:
            files.replace(path, parts.pack(halves, self._about(step, number, settings)))
            files.settle(path.parent)
        except OSError as error:
            raise StudyError(files.sentence(path, error)) from None


def piece(
    contents: tuple[bytes, bytes], ids: tuple[str, ...], settings: Int32, version: str
) -> Int64:
    """Play settings for both policies of the plan; what a worker runs, wherever it is.

    Counts as of a tally, int64[settings, 5, moments, scores]. StudyError where its ttx is another.
    """
    same_version(version)
    asked, tables = _read(contents)
    a, b = asked.policies
    worlds = np.arange(asked.worlds, dtype=np.uint64)
    return count(tables, (a, b), asked.seed, worlds, ids, settings)


@lru_cache(maxsize=2)
def _read(contents: tuple[bytes, bytes]) -> tuple[Plan, Tables]:
    """A plan and its tables, once for all pieces that a worker plays of it."""
    asked = read(*contents)
    return asked, Tables(asked.exercise)


# --- the steps ------------------------------------------------------------------------------------


def played(steps: Steps) -> Sensitivity:
    """All steps of a plan played, by the one process that adds to its folder, if any."""
    if steps.study is None:
        return examine(steps)
    going_on(steps.study)
    with steps.study.held():
        return examine(steps)


def examine(steps: Steps) -> Sensitivity:
    """All steps of a plan, one after the other, and what they come to."""
    asked = steps.plan
    exercise, about = asked.exercise, asked.about
    score = [part.id for part in exercise.score].index(about["score"])
    now = base(steps)
    rows = one_at_a_time(exercise, now, score, steps)
    switched = with_switches(exercise, now, steps)
    over = about["over"]
    if over == DECLARED:
        ids = _declared(exercise)
    elif over == ALL:
        ids = _ranged(exercise)
    else:
        ids = [row.id for row in rows[: int(over.removeprefix(TOP))]]
    design = designed(steps, ids, about["samples"], score)
    pair = (asked.policies[0].id, asked.policies[1].id)
    return Sensitivity(
        exercise, pair, asked.seed, score, now, rows, tuple(exercise.switch), switched, design
    )


def designed(steps: Steps, ids: Sequence[str], samples: int, score: int) -> Design:
    """All these numbers varied at once, and their indices for a score."""
    known = parameters(steps.plan.exercise)
    ranges = [(known[name].low, known[name].high) for name in ids]
    settings = sobol.design(ranges, samples, steps.plan.seed)
    counted = steps("design", ids, settings)
    means = counted.means
    indices = {
        moment: tuple(_converging(means[:, row, score], len(ids), samples, steps.plan.seed))
        for row, moment in enumerate(MOMENTS)
    }
    free = sobol.free(len(settings), len(ids))
    return Design(tuple(ids), settings, counted, free, indices)


def _converging(
    outcome: NDArray[np.float64], numbers: int, samples: int, seed: int
) -> Iterator[Indices]:
    """Indices on a quarter, a half and all of the samples, as far as there are so many."""
    for share in sorted({max(1, samples // 4), max(1, samples // 2), samples}):
        yield sobol.indices(outcome[: share * (numbers + 2)], numbers, seed)


def read_again(study: Study) -> Sensitivity:
    """What a finished study came to; StudyError where a piece is missing or damaged."""
    return examine(Steps(study.plan, None, study))
