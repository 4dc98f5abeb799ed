"""A forecast in plain lines and as values for a program, from any moment of a record."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from ttx.adjudicator.arithmetic import Int32
from ttx.analysis.forecast import MEDIAN, PARTS, Against, Fan, against, higher_than
from ttx.analysis.onward import Candidate, Players
from ttx.exercise.model.part import text
from ttx.i18n import N_, _, ngettext
from ttx.session import phases
from ttx.session.forks import opening_of
from ttx.session.game import Game
from ttx.session.timeline import Timeline
from ttx.session.view import words
from ttx.session.view.reckoning import start_scores
from ttx.session.view.words import CLEAR
from ttx.shown import clean

LED = N_("Where robots would lead it: structured judgement, not prediction.")
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
        where = _("in turn {turn}", turn=turn) if turn is not None else _("in this record")
        raise ValueError(
            _("No inject {where} has the option '{options}'.", where=where, options=options[0])
        )
    if turn is not None:
        return timeline.games[opening_of(timeline.entries, turn)]
    if now.over or now.phase in phases.PLAY_IS_OVER:
        raise ValueError(_("The run is over; --turn N looks on from the opening of turn N."))
    return now


def _has(timeline: Timeline, inject: str, options: Sequence[str]) -> bool:
    part = timeline.game.run.exercise.injects[inject]
    return set(options) <= {option.id for option in part.option}


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
        played = [turn.reckoned for turn in self.game.turns if turn.confirmed]
        last = played[-1] if played else None
        return last.reckoning.scores if last else tuple(start_scores(self.game))


def lines(made: Foretold) -> list[str]:
    """The forecast in lines of at most 78 cells."""
    game = made.game
    title = _(
        "FORECAST of {exercise}: {where}",
        exercise=text(game.run.exercise.title),
        where=_where(game),
    )
    text_lines = [*_wrapped(title), *_wrapped(_(LED)), *_wrapped(_dice(made))]
    bands = made.stands.bands
    text_lines += ["", _("As things stand, at the end of T{last}", last=_last(game))]
    heads = (_("now"), *(f"{part} %" if part != PARTS[MEDIAN] else _("median") for part in PARTS))
    text_lines.append(f"  {'':<{NAME}}" + "".join(f"{head:>7}" for head in heads))
    for at, name in enumerate(_names(game)):
        values = (made.now[at], *(int(edge) for edge in bands[:, -1, at]))
        text_lines.append(f"  {name:<{NAME}}" + "".join(f"{v / 100:>7.1f}" for v in values))
    text_lines += ["", _("The median after each turn"), *_medians(made, bands)]
    for candidate in made.candidates:
        text_lines += ["", *_candidate(made, candidate)]
    return [*text_lines, *_among(game)]


def _where(game: Game) -> str:
    turn = _("turn {turn}", turn=game.position.turn) if game.position.turn else _("before turn 1")
    inject = game.inject
    if game.phase in (phases.DELIBERATION, phases.ADJUDICATION) and inject is not None:
        return _(
            "{turn}, {phase} on {number} '{inject}'",
            turn=turn,
            phase=game.phase,
            number=game.number,
            inject=text(inject.title),
        )
    return f"{turn}, {game.phase}"


def _dice(made: Foretold) -> str:
    who = ", ".join(
        _("{robot} for {cell}", robot=robot.id, cell=cell) for cell, robot in made.playing.items()
    )
    low = [score for score in made.game.run.exercise.score if score.better == "lower"]
    names = _(" and ").join(text(score.name) for score in low)
    sentences = [
        ngettext(
            "{count:,} world on dice that are not the run's; who plays on: {who}.",
            "{count:,} worlds on dice that are not the run's; who plays on: {who}.",
            made.stands.n,
            who=who,
        ),
        _(
            "{part} of 100 worlds lie at or below the first line of a fan, and as many above the "
            "last.",
            part=PARTS[0],
        ),
    ]
    if names:
        sentences.append(_("Low is good: {names}.", names=names))
    return " ".join(sentences)


def _names(game: Game) -> list[str]:
    return [clean(text(score.name))[:NAME] for score in game.run.exercise.score]


def _medians(made: Foretold, bands: Int32) -> list[str]:
    """One row a score; more turns than fit in a row go on in the next."""
    turns = list(range(made.stands.first, made.stands.first + bands.shape[1]))
    names = [clean(score.short) for score in made.game.run.exercise.score]
    room = max(len(name) for name in names) + 2
    fit = max((76 - room) // 6, 1)
    rows = []
    for begin in range(0, len(turns), fit):
        heads = "".join(f"{f'T{turn}':>6}" for turn in turns[begin : begin + fit])
        rows.append(f"  {'':<{room}}{heads}")
        for at, name in enumerate(names):
            row = bands[MEDIAN, begin : begin + fit, at]
            rows.append(f"  {name:<{room}}" + "".join(f"{int(v) / 100:>6.1f}" for v in row))
    return rows


def _candidate(made: Foretold, fan: Fan) -> list[str]:
    heading = _(
        "{candidate}, at the end of T{last}",
        candidate=named(made.game, fan.candidate),
        last=_last(made.game),
    )
    text_lines = _wrapped(
        _(
            "{candidate}, less as things stand on the same dice",
            candidate=heading[:1].upper() + heading[1:],
        )
    )
    head = f"{_('median'):>7}{_('less'):>7}{'':<8}{_('of 100 worlds clearly')}"
    text_lines.append(f"  {'':<{NAME}}{head}")
    gaps = against(made.game, fan, made.stands)
    medians, names = fan.bands[MEDIAN, -1], _names(made.game)
    for at, (part, gap) in enumerate(zip(made.game.run.exercise.score, gaps, strict=True)):
        word = words.direction(gap.median, part.better, same=CLEAR)
        less = f"{words.moved_points(gap.median):>7} {word:<7}"
        share = _("{better} better, {worse} worse", better=gap.better, worse=gap.worse)
        text_lines.append(f"  {names[at]:<{NAME}}{int(medians[at]) / 100:>7.1f}{less}{share}")
    return text_lines


def _last(game: Game) -> int:
    return game.run.exercise.turns.count


def named(game: Game, candidate: Candidate) -> str:
    """A candidate in words."""
    if candidate.option:
        assert game.inject is not None
        part = next(option for option in game.inject.option if option.id == candidate.option)
        return f"'{text(part.title)}' ({part.id})"
    if candidate.lever:
        lever = game.run.exercise.levers[candidate.lever]
        level = next(step for step in lever.levels if step.id == candidate.level)
        return _("{lever} [{level}] from here on", lever=text(lever.name), level=text(level.name))
    return _("as things stand")


def _among(game: Game) -> list[str]:
    references = game.run.exercise.review.references
    shares = {name: higher_than(game, name) for name in references}
    if not any(shares.values()):
        return []
    turn = sum(played.confirmed for played in game.turns)
    room = max(9, *(len(name) + 2 for name in shares))
    lead = _(
        "Of 100 runs of each robot on other dice, how many this run is higher than after T{turn}",
        turn=turn,
    )
    text_lines = ["", *_wrapped(lead)]
    text_lines.append(f"  {'':<{NAME}}" + "".join(f"{name:>{room}}" for name in shares))
    for at, name in enumerate(_names(game)):
        row = "".join(f"{share[at]:>{room}}" for share in shares.values())
        text_lines.append(f"  {name:<{NAME}}{row}")
    return text_lines


def _wrapped(words_: str) -> list[str]:
    return textwrap.wrap(clean(words_), 78)


def values(made: Foretold) -> dict[str, object]:
    """The forecast for a program: whole numbers in hundredths, turns and scores by name."""
    game = made.game
    ids = [score.id for score in game.run.exercise.score]
    names = game.run.exercise.review.references

    def fan(ahead: Fan) -> dict[str, object]:
        bands = ahead.bands
        return {
            "option": ahead.candidate.option,
            "lever": ahead.candidate.lever,
            "level": ahead.candidate.level,
            "turns": list(range(ahead.first, ahead.first + bands.shape[1])),
            "scores": {
                name: {
                    str(part): [int(v) for v in bands[row, :, at]] for row, part in enumerate(PARTS)
                }
                for at, name in enumerate(ids)
            },
        }

    def gap(against: Against) -> dict[str, int]:
        return {
            "median": against.median,
            "better_of_100": against.better,
            "worse_of_100": against.worse,
        }

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
            fan(candidate)
            | {
                "against": {
                    name: gap(part)
                    for name, part in zip(ids, against(game, candidate, made.stands), strict=True)
                }
            }
            for candidate in made.candidates
        ],
        "higher_than_of_100": {
            name: dict(zip(ids, higher_than(game, name), strict=False)) for name in names
        },
    }
