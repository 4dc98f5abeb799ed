"""A forecast in plain lines and as values for a program, from any moment of a record."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from ttx.adjudicator.tables import Int32
from ttx.analysis.forecast import MEDIAN, PARTS, Against, Fan, against, higher_than
from ttx.analysis.onward import Candidate, Players
from ttx.exercise.model import text
from ttx.session import phases
from ttx.session.forks import opening_of
from ttx.session.game import Game
from ttx.session.timeline import Timeline
from ttx.session.view import words
from ttx.session.view.reckoning import start_scores
from ttx.session.view.standing import CLEAR
from ttx.shown import clean

LED = "Where robots would lead it: structured judgement, not prediction."
NAME = 31
"""Cells of the name of a score."""


def moment(timeline: Timeline, turn: int | None, options: Sequence[str] = ()) -> Game:
    """The moment of a record that is looked on from.

    Its end; with a turn the opening of that turn; with options where the inject that has them was
    last put to the table, in that turn if one is given. ValueError in a sentence where there is
    none.
    """
    now = timeline.game
    if options:
        waits = now.inject if now.phase in (phases.DELIBERATION, phases.ADJUDICATION) else None
        if turn is None and waits is not None and _has(timeline, waits.id, options):
            return now
        for n in reversed(timeline.stops["inject"]):
            at = timeline.games[n]
            assert at.slot is not None
            here = turn is None or at.position.turn == turn
            if (
                here
                and n not in timeline.struck
                and _has(timeline, at.slot.released.inject, options)
            ):
                return at
        where = f"in turn {turn}" if turn is not None else "in this record"
        raise ValueError(f"No inject {where} has the option '{options[0]}'.")
    if turn is not None:
        return timeline.games[opening_of(timeline.entries, turn)]
    if now.over or now.phase in phases.PLAY_IS_OVER:
        raise ValueError("The run is over; --turn N looks on from the opening of turn N.")
    return now


def _has(timeline: Timeline, inject: str, options: Sequence[str]) -> bool:
    part = timeline.game.run.exercise.injects[inject]
    return set(options) <= {one.id for one in part.option}


@dataclass(frozen=True, eq=False)
class Foretold:
    """What was asked of a moment: how robots go on from it, and from each candidate."""

    game: Game
    playing: Players
    stands: Fan
    candidates: tuple[Fan, ...] = ()

    @property
    def now(self) -> tuple[int, ...]:
        """The scores after the last reckoning, or at the start."""
        played = [one.reckoned for one in self.game.turns if one.confirmed]
        last = played[-1] if played else None
        return last.reckoning.scores if last else tuple(start_scores(self.game))


def lines(made: Foretold, language: str = "en") -> list[str]:
    """The forecast in lines of at most 78 cells."""
    game = made.game
    title = f"FORECAST of {text(game.run.exercise.title, language)}: {_where(game, language)}"
    found = [*_wrapped(title), *_wrapped(LED), *_wrapped(_dice(made, language))]
    bands = made.stands.bands
    found += ["", f"As things stand, at the end of T{_last(game)}"]
    heads = ("now", *(f"{part} %" if part != PARTS[MEDIAN] else "median" for part in PARTS))
    found.append(f"  {'':<{NAME}}" + "".join(f"{head:>7}" for head in heads))
    for at, name in enumerate(_names(game, language)):
        values = (made.now[at], *(int(one) for one in bands[:, -1, at]))
        found.append(f"  {name:<{NAME}}" + "".join(f"{v / 100:>7.1f}" for v in values))
    found += ["", "The median after each turn", *_medians(made, bands)]
    for one in made.candidates:
        found += ["", *_candidate(made, one, language)]
    return [*found, *_among(game, language)]


def _where(game: Game, language: str) -> str:
    turn = f"turn {game.position.turn}" if game.position.turn else "before turn 1"
    inject = game.inject
    if game.phase in (phases.DELIBERATION, phases.ADJUDICATION) and inject is not None:
        return f"{turn}, {game.phase} on {game.number} '{text(inject.title, language)}'"
    return f"{turn}, {game.phase}"


def _dice(made: Foretold, language: str) -> str:
    who = ", ".join(f"{robot.id} for {cell}" for cell, robot in made.playing.items())
    low = [one for one in made.game.run.exercise.score if one.better == "lower"]
    names = " and ".join(text(one.name, language) for one in low)
    return (
        f"{made.stands.n:,} world{'' if made.stands.n == 1 else 's'} on dice that are not the "
        f"run's; who plays on: {who}. "
        f"{PARTS[0]} of 100 worlds lie at or below the first line of a fan, and as many above the "
        f"last.{f' Low is good: {names}.' if names else ''}"
    )


def _names(game: Game, language: str) -> list[str]:
    return [clean(text(one.name, language))[:NAME] for one in game.run.exercise.score]


def _medians(made: Foretold, bands: Int32) -> list[str]:
    """One row a score; more turns than fit in a row go on in the next."""
    turns = list(range(made.stands.first, made.stands.first + bands.shape[1]))
    names = [clean(one.short) for one in made.game.run.exercise.score]
    room = max(len(one) for one in names) + 2
    fit = max((76 - room) // 6, 1)
    found = []
    for begin in range(0, len(turns), fit):
        heads = "".join(f"{f'T{turn}':>6}" for turn in turns[begin : begin + fit])
        found.append(f"  {'':<{room}}{heads}")
        for at, name in enumerate(names):
            row = bands[MEDIAN, begin : begin + fit, at]
            found.append(f"  {name:<{room}}" + "".join(f"{int(v) / 100:>6.1f}" for v in row))
    return found


def _candidate(made: Foretold, one: Fan, language: str) -> list[str]:
    told = f"{named(made.game, one.candidate, language)}, at the end of T{_last(made.game)}"
    found = _wrapped(f"{told[:1].upper()}{told[1:]}, less as things stand on the same dice")
    head = f"{'median':>7}{'less':>7}{'':<8}of 100 worlds clearly"
    found.append(f"  {'':<{NAME}}{head}")
    gaps = against(made.game, one, made.stands)
    medians, names = one.bands[MEDIAN, -1], _names(made.game, language)
    for at, (part, gap) in enumerate(zip(made.game.run.exercise.score, gaps, strict=True)):
        word = words.direction(gap.median, part.better, same=CLEAR)
        less = f"{words.moved_points(gap.median):>7} {word:<7}"
        share = f"{gap.better} better, {gap.worse} worse"
        found.append(f"  {names[at]:<{NAME}}{int(medians[at]) / 100:>7.1f}{less}{share}")
    return found


def _last(game: Game) -> int:
    return game.run.exercise.turns.count


def named(game: Game, candidate: Candidate, language: str = "en") -> str:
    """A candidate in words."""
    if candidate.option:
        assert game.inject is not None
        part = next(one for one in game.inject.option if one.id == candidate.option)
        return f"'{text(part.title, language)}' ({part.id})"
    if candidate.lever:
        lever = game.run.exercise.levers[candidate.lever]
        level = next(one for one in lever.levels if one.id == candidate.level)
        return f"{lever.id} [{text(level.name, language)}] from here on"
    return "as things stand"


def _among(game: Game, language: str) -> list[str]:
    references = game.run.exercise.review.references
    shares = {name: higher_than(game, name) for name in references}
    if not any(shares.values()):
        return []
    turn = sum(one.confirmed for one in game.turns)
    room = max(9, *(len(name) + 2 for name in shares))
    told = (
        f"Of 100 runs of each robot on other dice, how many this run is higher than after T{turn}"
    )
    found = ["", *_wrapped(told)]
    found.append(f"  {'':<{NAME}}" + "".join(f"{name:>{room}}" for name in shares))
    for at, name in enumerate(_names(game, language)):
        row = "".join(f"{share[at]:>{room}}" for share in shares.values())
        found.append(f"  {name:<{NAME}}{row}")
    return found


def _wrapped(told: str) -> list[str]:
    return textwrap.wrap(clean(told), 78)


def values(made: Foretold) -> dict[str, object]:
    """The forecast for a program: whole numbers in hundredths, turns and scores by name."""
    game = made.game
    ids = [one.id for one in game.run.exercise.score]
    names = game.run.exercise.review.references

    def fan(one: Fan) -> dict[str, object]:
        bands = one.bands
        return {
            "option": one.candidate.option,
            "lever": one.candidate.lever,
            "level": one.candidate.level,
            "turns": list(range(one.first, one.first + bands.shape[1])),
            "scores": {
                name: {
                    str(part): [int(v) for v in bands[row, :, at]] for row, part in enumerate(PARTS)
                }
                for at, name in enumerate(ids)
            },
        }

    def gap(one: Against) -> dict[str, int]:
        return {"median": one.median, "better_of_100": one.better, "worse_of_100": one.worse}

    return {
        "says": LED,
        "exercise": game.run.exercise.id,
        "turn": game.position.turn,
        "phase": game.phase,
        "entry": game.entries,
        "worlds": made.stands.n,
        "robots": {cell: robot.id for cell, robot in made.playing.items()},
        "now": dict(zip(ids, made.now, strict=True)),
        "as_things_stand": fan(made.stands),
        "candidates": [
            fan(one)
            | {
                "against": {
                    name: gap(part)
                    for name, part in zip(ids, against(game, one, made.stands), strict=True)
                }
            }
            for one in made.candidates
        ],
        "higher_than_of_100": {
            name: dict(zip(ids, higher_than(game, name), strict=False)) for name in names
        },
    }
