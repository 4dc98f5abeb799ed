"""What of a sound exercise can never come about: conditions, postures, levels, wishes, injects."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.conditions import Known, Question, entries, reason
from ttx.exercise.model.conditions import Condition
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.robots import Robot
from ttx.exercise.problems import KeyPath
from ttx.exercise.reach import Reach, enterable, most, unpayable
from ttx.i18n import _

Remark = tuple[KeyPath, str]


def futile(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    """Every remark on what can never be."""
    yield from _injects(exercise, reach)
    yield from _postures(exercise, reach)
    yield from _levels(exercise, reach)
    yield from _links(exercise, reach)
    yield from _wishes(exercise, reach)
    yield from _slots(exercise, reach)
    yield from _objectives(exercise)


def _asked(known: Known, condition: Condition | None, path: KeyPath, then: str) -> Iterator[Remark]:
    """That a condition can never hold, or cannot in part, or always does."""
    if condition is None:
        return
    question = Question.about(known, condition)
    if not question.can((condition, True)):
        yield (
            path,
            _(
                "it can never hold ({reason}): {then}",
                reason=reason(question, condition),
                then=then,
            ),
        )
        return
    if not question.can((condition, False)):
        yield path, _("it always holds: leave it out, or ask for what can be otherwise")
    for place, part in entries(condition, path):
        if not question.can((part, True)):
            yield (
                place,
                _(
                    "this part can never hold ({reason}): take it out",
                    reason=reason(question, part),
                ),
            )


def _injects(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    for at, inject in enumerate(exercise.inject):
        path, known = ("inject", at), reach.at_answer(inject)
        yield from _asked(known, inject.when, (*path, "when"), _("the inject never comes"))
        yield from _weight(path, inject, reach)
        for entry, option in enumerate(inject.option):
            place = (*path, "option", entry, "needs")
            yield from _asked(known, option.needs, place, _("the option is never open"))


def _weight(path: KeyPath, inject: Inject, reach: Reach) -> Iterator[Remark]:
    weight = inject.weight
    best = weight.base
    if weight.of:
        best += max(weight.times * end // 10000 for end in reach.spans.of(weight.of))
    if best <= 0:
        text = _(
            "weight is {best} at the most and counts as 1: the inject comes "
            "on few dice only; give a weight above 0, or take the inject out",
            best=best,
        )
        yield (*path, "weight"), text


def _postures(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    known = reach.at_levers()
    asked = [(at, part) for at, part in enumerate(exercise.posture) if part.when is not None]
    question = Question.about(known, *(part.when for _, part in asked if part.when is not None))
    before: list[tuple[Condition, bool]] = []
    for at, part in asked:
        if part.when is None:
            continue
        path = ("posture", at, "when")
        remarks = list(_asked(known, part.when, path, _("the posture never counts")))
        yield from remarks
        if not remarks and not question.can(*before, (part.when, True)):
            text = _("it never counts: wherever it holds an earlier posture does; move it up")
            yield ("posture", at), text
        before.append((part.when, False))
    rest = next((at for at, part in enumerate(exercise.posture) if part.when is None), None)
    if rest is not None and before and not question.can(*before):
        yield ("posture", rest), _("it never counts: one of the others always holds")


def _levels(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    known = reach.at_levers()
    for at, lever in enumerate(exercise.lever):
        for row, level in enumerate(lever.levels):
            path = ("lever", at, "levels", row)
            yield from _asked(known, level.needs, (*path, "needs"), _("the level is never entered"))
            for name in unpayable(exercise, lever.id, row):
                budget = next(part for part in exercise.budget if part.id == name)
                text = _(
                    "price {price} is more than budget '{name}' ever holds "
                    "({most}): the level is never entered",
                    price=level.price[name],
                    name=name,
                    most=most(budget, exercise),
                )
                yield (*path, "price", name), text


def _links(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    for at, link in enumerate(exercise.influence):
        if link.while_ is None:
            continue
        levels = [level.id for level in exercise.levers[link.while_.lever].levels]
        if levels.index(link.while_.level) not in reach.levels[link.while_.lever]:
            text = _(
                "it never works: lever '{lever}' never stands at that level",
                lever=link.while_.lever,
            )
            yield ("influence", at, "while"), text


# --- robots -------------------------------------------------------------------------------------


def _wishes(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    for at, robot in enumerate(exercise.robot):
        own = _own_levels(exercise, robot, reach)
        known = reach.at_levers(own)
        for entry, wish in enumerate(robot.wishes):
            path = ("robot", at, "wishes", entry)
            lever = exercise.levers[wish.lever]
            row = [level.id for level in lever.levels].index(wish.level)
            start = [level.id for level in lever.levels].index(lever.start)
            others = [
                other
                for other in robot.wishes
                if other.lever == wish.lever and other.level != wish.level
            ]
            needs = lever.levels[row].needs
            if row == start and not others:
                yield (
                    path,
                    _(
                        "lever '{lever}' starts at '{level}': there is nothing to move",
                        lever=lever.id,
                        level=wish.level,
                    ),
                )
            elif row > start and not enterable(reach, lever.id, row):
                text = _(
                    "it is never met: level '{level}' of '{lever}' is never entered",
                    level=wish.level,
                    lever=lever.id,
                )
                yield path, text
            elif row > start and needs is not None and robot.rule != "random":
                question = Question.about(known, needs)
                if not question.can((needs, True)):
                    why = reason(question, needs)
                    text = _(
                        "the robot alone never meets what '{level}' needs ({why})",
                        level=wish.level,
                        why=why,
                    )
                    yield path, text
        if robot.wishes and not exercise.turns.moves:
            yield ("robot", at, "wishes"), _("none is ever met: 'moves' in turns is 0")
    yield from _alike(exercise)


def _own_levels(exercise: Exercise, robot: Robot, reach: Reach) -> dict[str, frozenset[int]]:
    """The levels at which levers stand where this robot alone moves them."""
    own = {}
    for lever in exercise.lever:
        ids = [level.id for level in lever.levels]
        wished = {wish.level for wish in robot.wishes if wish.lever == lever.id}
        rows = {ids.index(level) for level in wished | {lever.start}}
        own[lever.id] = frozenset(rows) & reach.levels[lever.id] or frozenset(rows)
    return own


def _alike(exercise: Exercise) -> Iterator[Remark]:
    """References that cannot differ say nothing about the question."""
    if len(exercise.review.references) < 2:
        return
    first, second = exercise.review.references
    if first == second:
        text = _("both are '{first}': name two robots, or one", first=first)
        yield ("review", "references"), text
        return
    robots = {robot.id: robot for robot in exercise.robot}
    a, b = robots[first], robots[second]
    if (a.rule, a.order, a.wishes) == (b.rule, b.order, b.wishes):
        text = _(
            "robots '{first}' and '{second}' play alike: let them differ in the question",
            first=first,
            second=second,
        )
        yield ("review", "references"), text


# --- turns and objectives -----------------------------------------------------------------------


def _slots(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    injects = exercise.inject
    for slot in ("policy", "crisis"):
        filled = slot == "crisis" and exercise.slots.fill
        if not (getattr(exercise.slots, slot) or filled) and any(
            inject.slot == slot for inject in injects
        ):
            yield ("slots", slot), _("with a bar of 0 no {slot} inject ever comes", slot=slot)
    crises = [(at, inject) for at, inject in enumerate(injects) if inject.slot == "crisis"]

    def may(inject: Inject) -> bool:
        if inject.turns[0] > 1 or inject.when is None:
            return inject.turns[0] <= 1
        return Question.about(reach.in_turn_1(inject), inject.when).can((inject.when, True))

    if not any(may(crisis) for _, crisis in crises):
        first = min(crises, key=lambda pair: pair[1].turns, default=None)
        path: KeyPath = ("inject",) if first is None else ("inject", first[0], "turns")
        text = _(
            "no crisis can come in turn 1: let the turns of one begin with 1, and its 'when' hold"
        )
        yield path, text


def _objectives(exercise: Exercise) -> Iterator[Remark]:
    served = {name for inject in exercise.inject for name in inject.objectives}
    for at, objective in enumerate(exercise.objective):
        if objective.id not in served:
            text = _("no inject has it among its objectives: nothing in play can be rated on it")
            yield ("objective", at), text
