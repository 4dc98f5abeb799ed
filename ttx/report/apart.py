"""In which levers a run and its reference runs differ, and whose work lies between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ttx.analysis.bundles import bundle, in_which, moved_apart
from ttx.analysis.policies import Policy, policies
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.session import references
from ttx.session.game import Game, TurnRecord


def in_which_levers(game: Game) -> tuple[str, ...]:
    """A sentence for each reference run and each pair of them; nothing before a turn is played.

    Robots differ by what they plan, people by the levels that stood.
    """
    played = [turn for turn in game.turns if turn.end is not None]
    if not played:
        return ()
    exercise = game.run.exercise
    names = {robot.id: text(robot.name) for robot in exercise.robot}
    again = references.played(game.run.tables, game.run.seed, len(played))
    plans = {name: policies(exercise, [name], str)[0] for name in again}
    mine = [turn.end.past_levels[-1] for turn in played if turn.end is not None]
    own, sentences, bundles = _plan(game), list[str](), list[tuple[str, ...]]()
    people = _(" and of the answers that people gave") if _people_answered(game) else ""
    for name, run in again.items():
        stood = moved_apart(exercise, mine, run.levels)
        wanted = stood if own is None else bundle(exercise, own, plans[name]).levers
        bundles.append(tuple(wanted))
        sentences.append(
            _(
                "This run differs from {names} {in_which}{followed}{whose_work}.",
                names=names[name],
                in_which=in_which(exercise, wanted),
                followed=_followed(exercise, wanted, stood),
                whose_work=_whose_work(exercise, wanted, people),
            )
        )
    for a, b in combinations(again, 2):
        wanted = bundle(exercise, plans[a], plans[b]).levers
        repeated = len(wanted) > 1 and wanted in bundles
        which = (
            _("in those {wanted} levers", wanted=len(wanted))
            if repeated
            else in_which(exercise, wanted)
        )
        sentences.append(
            _(
                "Of the reference runs {one_run} and {other_run} differ {which}.",
                one_run=names[a],
                other_run=names[b],
                which=which,
            )
        )
    return (*sentences, *_chosen(exercise, played))


def _chosen(exercise: Exercise, played: Sequence[TurnRecord]) -> Iterator[str]:
    """That adversaries did not follow the rule, which those of the reference runs do."""
    turns = {
        text(part.name): [f"T{turn.opened.turn}" for turn in played if part.id in turn.chosen]
        for part in exercise.adversary
    }
    clauses = [
        _("{name} in {some}", name=name, some=", ".join(some))
        for name, some in turns.items()
        if some
    ]
    if clauses:
        yield (
            _(
                "What adversaries did was chosen for {told}. In the reference runs the rule "
                "responds, so from there on nothing is like for like.",
                told="; ".join(clauses),
            )
        )


def _people_answered(game: Game) -> bool:
    """Whether people answered anything; robots may have done all of it for a cell of theirs."""
    slots = [slot for turn in game.turns for slot in turn.slots]
    answered = any(cell not in slot.by_robots for slot in slots for cell in slot.answers)
    return answered and bool(game.run.people or game.handed)


def _plan(game: Game) -> Policy | None:
    """The robots of the allied cells where they played alone throughout; None where people did."""
    exercise, robots = game.run.exercise, {robot.id: robot for robot in game.run.exercise.robot}
    if game.run.people or game.handed:
        return None
    cells = [cell.id for cell in exercise.cell if cell.side == "allied"]
    held = [(cell, robots.get(game.run.players.get(cell, ""))) for cell in cells]
    mine = tuple((cell, robot) for cell, robot in held if robot is not None)
    return Policy(_("this run"), mine) if len(mine) == len(cells) else None


def _followed(exercise: Exercise, wanted: Sequence[str], stood: Sequence[str]) -> str:
    """Levers that both plans want alike and that moved in other turns all the same."""
    names = [text(exercise.levers[lever].name) for lever in stood if lever not in wanted]
    if not wanted or not names:
        return ""
    return _(", after which {names} moved in other turns as well", names=_(" and ").join(names))


def _whose_work(exercise: Exercise, wanted: Sequence[str], people: str) -> str:
    """What a difference between two runs is the work of, on the same dice."""
    if not wanted:
        return _("; what lies between them is the work of the answers") if people else ""
    lever = exercise.levers[wanted[0]]
    if len(wanted) == 1 and lever.id in exercise.review.levers:
        name = text(lever.name)
        return _(
            "; what lies between them is the work of {name}{people}, on these dice",
            name=name,
            people=people,
        )
    all_ = _("all of them") if len(wanted) > 1 else text(lever.name)
    return _(
        "; what lies between them is the work of {all}{people}, and no answer to the question",
        all=all_,
        people=people,
    )
