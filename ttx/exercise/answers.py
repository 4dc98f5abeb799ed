"""Options by their numbers: which are alike, which no better on anything, which signs are odd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject, Option
from ttx.exercise.model.levers import Budget
from ttx.exercise.model.tracks import Effect
from ttx.exercise.problems import KeyPath, in_points
from ttx.i18n import _, ngettext

Remark = tuple[KeyPath, str]
Net = dict[tuple[str, int], int]
"""By track and delay, and by adversary that is denied, what an option comes to, in sixteenths of
hundredths or of points; more is better."""


_FULL = 4
"""Quarters at which an answer carries in full."""


def answers(exercise: Exercise) -> Iterator[Remark]:
    """Every remark on what options do."""
    for at, lean in enumerate(exercise.lean):
        yield from _overfull(lean.quarters, ("lean", at, "quarters"))
    unwritten = [at for at, inject in enumerate(exercise.inject) if _unwritten(inject)]
    if len(unwritten) > 1:
        text = ngettext(
            "its options have no effects yet, nor have those of {n} more inject: the choice is "
            "one of words",
            "its options have no effects yet, nor have those of {n} more injects: the choice is "
            "one of words",
            len(unwritten) - 1,
            n=len(unwritten) - 1,
        )
        yield ("inject", unwritten[0]), text
    for at, inject in enumerate(exercise.inject):
        if len(unwritten) < 2 or at not in unwritten:
            yield from _compared(exercise, inject, ("inject", at))
        for entry, option in enumerate(inject.option):
            path = ("inject", at, "option", entry)
            yield from _overfull(option.quarters or [], (*path, "quarters"))
            yield from _signs(exercise, option.benefits, (*path, "benefits"), good=True)
            yield from _signs(exercise, option.costs, (*path, "costs"), good=False)
        yield from _signs(exercise, inject.late, ("inject", at, "late"), good=False)
    for at, budget in enumerate(exercise.budget):
        yield from _signs(exercise, _overdraft(budget), ("budget", at, "overdraft"), good=False)


def _overfull(quarters: Sequence[int], path: KeyPath) -> Iterator[Remark]:
    for entry, carried in enumerate(quarters):
        if carried > _FULL:
            text = _(
                "entry {entry} of quarters is {carried}: the answer carries "
                "more than in full there, which is {full}",
                entry=entry + 1,
                carried=carried,
                full=_FULL,
            )
            yield (*path, entry), text


def _overdraft(budget: Budget) -> list[Effect]:
    return budget.overdraft if budget.kind == "money" else []


def _sign(exercise: Exercise, track: str) -> int:
    return 1 if exercise.tracks[track].better == "higher" else -1


def _signs(
    exercise: Exercise, effects: Sequence[Effect], path: KeyPath, *, good: bool
) -> Iterator[Remark]:
    """A cost that helps, a benefit that harms, or an effect of nothing."""
    for entry, effect in enumerate(effects):
        size = effect.by * _sign(exercise, effect.track)
        track = exercise.tracks[effect.track]
        effects_words = _("'{track}' by {points}", track=effect.track, points=in_points(effect.by))
        if size == 0:
            yield (
                (*path, entry),
                _("{effect} does nothing: take it out", effect=effects_words),
            )
        elif (size > 0) != good:
            does = "harms" if good else "helps"
            belongs = _("under costs") if good else _("under benefits, or with the other sign")
            if path[-1] not in ("benefits", "costs"):
                belongs = _("with the other sign")
            text = _(
                "{effect} {does} ({better} is better): write it {belongs}",
                effect=effects_words,
                does=does,
                better=track.better,
                belongs=belongs,
            )
            yield (*path, entry, "by"), text


# --- pairs of options ---------------------------------------------------------------------------


def _unwritten(inject: Inject) -> bool:
    """Whether no option of an inject does anything: what an import of a list leaves to write."""
    return not any(
        part.benefits or part.costs or part.sets or part.budgets or part.denies or part.provocation
        for part in inject.option
    )


def _compared(exercise: Exercise, inject: Inject, path: KeyPath) -> Iterator[Remark]:
    beaten: set[int] = set()
    for (at, a), (other, b) in combinations(enumerate(inject.option), 2):
        no_worse = _no_worse(exercise, inject, a, b), _no_worse(exercise, inject, b, a)
        if all(no_worse):
            if _free(a, b) or _free(b, a):
                text = _(
                    "it does just what option '{id}' does: the choice is one of words", id=a.id
                )
                yield (*path, "option", other), text
            continue
        for worse, better, first, holds in (
            (other, a, b, no_worse[0]),
            (at, b, a, no_worse[1]),
        ):
            if holds and _free(better, first) and worse not in beaten:
                beaten.add(worse)
                text = _(
                    "option '{better}' is better on something and worse on "
                    "nothing, in every posture and in time or late: give "
                    "this one a gain of its own",
                    better=better.id,
                )
                yield (*path, "option", worse), text


def _free(better: Option, other: Option) -> bool:
    """Whether an option is open whenever the other one is."""
    return better.needs is None or better.needs == other.needs


def _no_worse(exercise: Exercise, inject: Inject, a: Option, b: Option) -> bool:
    """Whether an option is at least as good on every track, in every posture and timing."""
    for adversary in exercise.adversary:
        if a.provocation.get(adversary.id, 0) > b.provocation.get(adversary.id, 0):
            return False
    if a.sets != b.sets:
        return False
    if any(a.budgets.get(budget.id, 0) < b.budgets.get(budget.id, 0) for budget in exercise.budget):
        return False
    shares = (0, 4) if inject.slot == "crisis" else (4,)
    return all(
        _at_least(_net(exercise, a, share, posture), _net(exercise, b, share, posture))
        for share in shares
        for posture in range(len(exercise.posture))
    )


def _at_least(mine: Net, theirs: Net) -> bool:
    return all(mine.get(key, 0) >= theirs.get(key, 0) for key in mine.keys() | theirs.keys())


def _net(exercise: Exercise, option: Option, share: int, posture: int) -> Net:
    leans = {lean.id: lean.quarters for lean in exercise.lean}
    quarters = (option.quarters or leans[option.lean])[posture]
    net: Net = {(f"denies {name}", 0): by * share * quarters for name, by in option.denies.items()}
    for effects, part in ((option.benefits, share * quarters), (option.costs, 16)):
        for effect in effects:
            key = effect.track, effect.delay
            net[key] = net.get(key, 0) + effect.by * part * _sign(exercise, effect.track)
    return net
