"""What a run answers to the question of its exercise, and how far that can be trusted, in prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ttx.analysis.bundles import moved_apart
from ttx.analysis.compared_runs import spans
from ttx.analysis.forecast import eight_of_ten
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.part import text
from ttx.i18n import _, ngettext
from ttx.session import references
from ttx.session.game import Game, TurnRecord
from ttx.session.view import words

FEW = 3
"""So many scores are named, the largest difference first; all of them stand in the profile."""


class _Gap(NamedTuple):
    """A score of the run less that of a reference run on the same dice, in hundredths."""

    name: str
    by: int
    way: words.Direction
    luck: int
    """How far apart luck alone holds eight of ten runs of the reference."""


def closing(game: Game) -> tuple[str, ...]:
    """A paragraph, sentence by sentence; empty before a turn was reckoned and confirmed."""
    played = [turn for turn in game.turns if turn.end is not None]
    names = game.run.exercise.review.references
    if not played or played[-1].reckoned is None or not names:
        return ()
    return (
        *_did(game),
        *chain.from_iterable(against(game)),
        *_trust(game, played),
    )


def against(game: Game) -> Iterator[tuple[str, ...]]:
    """How it came out beside each reference run, and what of that luck alone could do.

    Nothing before a turn was reckoned.
    """
    played = [turn for turn in game.turns if turn.end is not None]
    if played and played[-1].reckoned is not None:
        for name in game.run.exercise.review.references:
            yield tuple(_against(game, played, name))


def _did(game: Game) -> Iterator[str]:
    exercise = game.run.exercise
    held = levers_held(game)
    if held:
        question = text(exercise.briefing.question)
        yield _(
            "Asked '{question}', this table had {held}.",
            question=question,
            held=words.listed(held),
        )


def levers_held(game: Game) -> list[str]:
    """The levels of each lever of the question: `Pace of the stand-up at phased throughout`."""
    exercise = game.run.exercise
    return [_held(game, exercise.levers[name]) for name in exercise.review.levers]


def _held(game: Game, lever: Lever) -> str:
    """`Pace of the stand-up at phased, then at crash from turn 4`."""
    (first, *_rest), *later = spans(game, lever)
    name = text(lever.name)
    moves = "".join(
        _(", at {level} from turn {since}", level=level, since=since) for level, since, _to in later
    )
    return _("{lever} at {level}{moves}", lever=name, level=first, moves=moves)


def _against(game: Game, played: Sequence[TurnRecord], name: str) -> Iterator[str]:
    """How it came out beside a reference run, and by how much of that luck alone could do."""
    exercise = game.run.exercise
    called = next(text(robot.name) for robot in exercise.robot if robot.id == name)
    clear = sorted(_gaps(game, played, name), key=lambda gap: -abs(gap.by))
    better = [_sized(gap) for gap in clear if gap.way == words.Direction.BETTER]
    worse = [_sized(gap) for gap in clear if gap.way == words.Direction.WORSE]
    values = {"called": called, "better": _few(better), "worse": _few(worse)}
    if better and worse:
        yield _(
            "Beside {called} on the same dice it ended better on {better}, and worse on {worse}.",
            **values,
        )
    elif better:
        yield _("Beside {called} on the same dice it ended better on {better}.", **values)
    elif worse:
        yield _("Beside {called} on the same dice it ended worse on {worse}.", **values)
    else:
        yield _("Beside {called} on the same dice no score ended clearly apart.", called=called)
        return
    within = [gap.name for gap in clear if abs(gap.by) <= gap.luck]
    if len(within) == len(clear):
        yield _("Other dice alone would do as much.")
    elif within:
        yield _("Other dice alone would do as much to {scores}.", scores=_few(within))


def _gaps(game: Game, played: Sequence[TurnRecord], name: str) -> Iterator[_Gap]:
    reckoned = played[-1].reckoned
    assert reckoned is not None
    luck = eight_of_ten(game, name)
    own, other = reckoned.reckoning.scores, reckoned.references[name].scores
    for row, part in enumerate(game.run.exercise.score):
        by = own[row] - other[row]
        if abs(by) >= words.CLEAR:
            low, high = luck[row] if luck else (0, 0)
            yield _Gap(text(part.name), by, words.direction(by, part.better), high - low)


def _few(names: Sequence[str]) -> str:
    """The first of them, and how many more."""
    if len(names) <= FEW:
        return words.listed(names)
    more = ngettext("{count} more", "{count} more", len(names) - FEW)
    return words.listed([*names[:FEW], more])


def _sized(gap: _Gap) -> str:
    return f"{gap.name} ({words.moved_points(gap.by)})"


def _trust(game: Game, played: Sequence[TurnRecord]) -> Iterator[str]:
    """What stands between this run and an answer, the weightiest first."""
    count = game.run.exercise.turns.count
    if len(played) < count:
        yield ngettext(
            "It was played for {played} turn of {turns}, and what is slow had no time to come.",
            "It was played for {played} turns of {turns}, and what is slow had no time to come.",
            len(played),
            played=len(played),
            turns=count,
        )
    bundled = _bundled(game, played)
    if bundled:
        yield _(
            "{levers} stood otherwise than in every reference run as well, so no difference is the"
            " work of the question's levers alone.",
            levers=words.listed(bundled),
        )
    yield from by_hand(played)
    yield _(
        "So it is one case and no proof: it shows what this table did and what followed from that"
        " in this model, whose sizes are judgements; many runs of the same question say how often"
        " it would come out so, and on which of those judgements that hangs."
    )


def by_hand(turns: Sequence[TurnRecord]) -> Iterator[str]:
    """How many rulings and reckonings are a person's, a sentence for each kind that there is."""
    ruled = sum(slot.amended is not None for turn in turns for slot in turn.slots)
    if ruled:
        yield ngettext(
            "{count} ruling is a person's and not the model's.",
            "{count} rulings are a person's and not the model's.",
            ruled,
        )
    recast = sum(turn.recast is not None for turn in turns)
    if recast:
        yield ngettext(
            "What adversaries did in {count} turn is a person's ruling and not the model's.",
            "What adversaries did in {count} turns is a person's ruling and not the model's.",
            recast,
        )


def _bundled(game: Game, played: Sequence[TurnRecord]) -> list[str]:
    """Levers beside those of the question that stood otherwise than in every reference run."""
    exercise = game.run.exercise
    mine = [turn.end.past_levels[-1] for turn in played if turn.end is not None]
    again = references.played(game.run.tables, game.run.seed, len(played))
    apart = [set(moved_apart(exercise, mine, run.levels)) for run in again.values()]
    asked = set(exercise.review.levers)
    common = set.intersection(*apart) - asked if apart else set()
    return [text(lever.name) for lever in exercise.lever if lever.id in common]
