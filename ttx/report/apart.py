"""In which levers a run and its reference runs differ, and whose work lies between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ttx.analysis.bundles import bundle, in_which, moved_apart
from ttx.analysis.policies import Policy, policies
from ttx.exercise.model import Exercise, text
from ttx.session import references
from ttx.session.game import Game, TurnRecord


def in_which_levers(game: Game, language: str = "en") -> tuple[str, ...]:
    """A sentence for each reference run and each pair of them; nothing before a turn is played.

    Robots differ by what they plan, people by the levels that stood.
    """
    played = [turn for turn in game.turns if turn.end is not None]
    if not played:
        return ()
    exercise = game.run.exercise
    names = {one.id: text(one.name, language) for one in exercise.robot}
    again = references.played(game.run.tables, game.run.seed, len(played))
    plans = {name: policies(exercise, [name], str)[0] for name in again}
    mine = [turn.end.past_levels[-1] for turn in played if turn.end is not None]
    own, found, bundles = _plan(game), list[str](), list[tuple[str, ...]]()
    people = " and of the answers that people gave" if game.run.people else ""
    for name, one in again.items():
        stood = moved_apart(exercise, mine, one.levels)
        wanted = stood if own is None else bundle(exercise, own, plans[name]).levers
        bundles.append(tuple(wanted))
        found.append(
            f"This run differs from {names[name]} {in_which(exercise, wanted)}"
            f"{_followed(exercise, wanted, stood, language)}"
            f"{_whose_work(exercise, wanted, people, language)}."
        )
    for a, b in combinations(again, 2):
        wanted = bundle(exercise, plans[a], plans[b]).levers
        told = len(wanted) > 1 and wanted in bundles
        which = f"in those {len(wanted)} levers" if told else in_which(exercise, wanted)
        found.append(f"Of the reference runs {names[a]} and {names[b]} differ {which}.")
    return (*found, *_chosen(exercise, played, language))


def _chosen(exercise: Exercise, played: Sequence[TurnRecord], language: str) -> Iterator[str]:
    """That adversaries did not follow the rule, which those of the reference runs do."""
    turns = {
        text(part.name, language): [
            f"T{turn.opened.turn}" for turn in played if part.id in turn.chosen
        ]
        for part in exercise.adversary
    }
    told = [f"{name} in {', '.join(some)}" for name, some in turns.items() if some]
    if told:
        yield (
            f"What adversaries did was chosen for {'; '.join(told)}. In the reference runs the "
            "rule responds, so from there on nothing is like for like."
        )


def _plan(game: Game) -> Policy | None:
    """The robots of the allied cells where they played alone throughout; None where people did."""
    exercise, robots = game.run.exercise, {one.id: one for one in game.run.exercise.robot}
    if game.run.people or game.handed:
        return None
    cells = [one.id for one in exercise.cell if one.side == "allied"]
    held = [(cell, robots.get(game.run.players.get(cell, ""))) for cell in cells]
    mine = tuple((cell, robot) for cell, robot in held if robot is not None)
    return Policy("this run", mine) if len(mine) == len(cells) else None


def _followed(
    exercise: Exercise, wanted: Sequence[str], stood: Sequence[str], language: str
) -> str:
    """Levers that both plans want alike and that moved in other turns all the same."""
    names = [text(exercise.levers[one].name, language) for one in stood if one not in wanted]
    if not wanted or not names:
        return ""
    return f", after which {' and '.join(names)} moved in other turns as well"


def _whose_work(exercise: Exercise, wanted: Sequence[str], people: str, language: str) -> str:
    """What a difference between two runs is the work of, on the same dice."""
    if not wanted:
        return "; what lies between them is the work of the answers" if people else ""
    lever = exercise.levers[wanted[0]]
    if len(wanted) == 1 and lever.id in exercise.review.levers:
        name = text(lever.name, language)
        return f"; what lies between them is the work of {name}{people}, on these dice"
    all_ = "all of them" if len(wanted) > 1 else text(lever.name, language)
    return f"; what lies between them is the work of {all_}{people}, and no answer to the question"
