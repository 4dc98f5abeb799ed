"""The tables of what scores did, with the terms that each is made of, beside reference runs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from ttx.adjudicator import because, rulings, scores
from ttx.adjudicator.rulings import LIVE
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.scores import SPENT
from ttx.session import robots
from ttx.session.events import Reckoned
from ttx.session.game import TurnRecord
from ttx.studies.export.columns import (
    BETTER,
    OF_RUN,
    RUN,
    TURN,
    Column,
    Link,
    Row,
    Table,
)
from ttx.studies.export.source import Source

PLAYED = "played"
"""The policy of the run itself, beside those of its reference robots."""
RECORD = "record"
"""The input of what the record says beyond what the others come to."""
POLICY = Column("policy", "id", f"`{PLAYED}`, or the robot of a reference run on the same dice.")
OF_POLICY = Link(("run", "policy"), "policies", ("run", "policy"))
OF_SCORE = Link(("run", "score"), "score_names", ("run", "score"))


def _policies(source: Source) -> Iterator[Row]:
    people = source.timeline.run.people
    yield source.run, PLAYED, "people" if people else "robots", "This run."
    known = {part.id: part for part in source.exercise.robot}
    for name in source.exercise.review.references:
        yield source.run, name, "reference", source.words(known[name].name)


POLICIES = Table[Source](
    "policies",
    "Policies",
    "A way of playing on the dice of a run: what was played, and the reference robots.",
    ("run", "policy"),
    (
        RUN,
        POLICY,
        Column("what", "id", "Who played it.", among=("people", "robots", "reference")),
        Column("name", "text", "Its name."),
    ),
    _policies,
    (OF_RUN,),
)


def _score_names(source: Source) -> Iterator[Row]:
    for part in source.exercise.score:
        caution = source.words(part.caution)
        yield source.run, part.id, source.words(part.name), part.better, part.of, caution


SCORE_NAMES = Table[Source](
    "score_names",
    "Names of scores",
    "A score of the exercise.",
    ("run", "score"),
    (
        RUN,
        Column("score", "id", "The score."),
        Column("name", "text", "Its name."),
        Column("better", "id", "Which way is better.", among=BETTER),
        Column("of", "id", "The derived value that it shows."),
        Column("caution", "text", "What to beware of in it.", empty=True),
    ),
    _score_names,
    (OF_RUN,),
)

Ends = list[tuple[int, list[int], dict[str, int]]]
"""Of each turn from 0: its number, the scores, and the inputs of all derived values."""


def _reckoned(turn: TurnRecord) -> Reckoned:
    assert turn.reckoned is not None
    return turn.reckoned


def _played(source: Source) -> Ends:
    """The run itself: scores as the record has them."""
    tables, start = source.tables, rulings.start(source.tables)
    inputs = rulings.score_inputs_at(tables, start)
    ends: Ends = [(0, _scored(source, inputs), inputs)]
    for turn in source.turns:
        assert turn.end is not None
        values = list(_reckoned(turn).reckoning.scores)
        ends.append((turn.opened.turn, values, rulings.score_inputs_at(tables, turn.end)))
    return ends


def _scored(source: Source, inputs: dict[str, int]) -> list[int]:
    tables = source.tables
    return [because.value_of(tables, inputs, part.of) for part in source.exercise.score]


def _reference(source: Source, name: str) -> Ends:
    """A reference robot on the same dice, played again: scores as the record has them."""
    batch = Worlds(source.tables, source.game.run.seed, LIVE)
    player = robots.robot(source.tables, name)
    inputs = _inputs(batch)
    ends: Ends = [(0, _scored(source, inputs), inputs)]
    for turn in source.turns:
        if not batch.ended[0]:
            robots.turn(batch, player)
        values = list(_reckoned(turn).references[name].scores)
        ends.append((turn.opened.turn, values, _inputs(batch)))
    return ends


def _inputs(batch: Worlds) -> dict[str, int]:
    inputs = scores.score_inputs(
        batch.tables, batch.tracks, batch.levels, batch.promised, batch.spent
    )
    return {name: int(np.asarray(value).reshape(-1)[0]) for name, value in inputs.items()}


def _ends(source: Source) -> Iterator[tuple[str, Ends]]:
    yield PLAYED, _played(source)
    for name in source.exercise.review.references:
        yield name, _reference(source, name)


def _scores(source: Source) -> Iterator[Row]:
    for policy, ends in _ends(source):
        for turn, values, _ in ends:
            for part, value in zip(source.exercise.score, values, strict=True):
                yield source.run, policy, turn, part.id, value


SCORES = Table[Source](
    "scores",
    "Scores",
    "A score at the end of a turn; turn 0 is the start. Structured judgement, not prediction.",
    ("run", "policy", "turn", "score"),
    (
        RUN,
        POLICY,
        TURN,
        Column("score", "id", "The score."),
        Column("value", "points", "Its value.", "points"),
    ),
    _scores,
    (OF_POLICY, OF_SCORE),
)


def _terms(source: Source) -> Iterator[Row]:
    for policy, ends in _ends(source):
        for (_, before, was), (turn, after, now) in pairwise(ends):
            for row, part in enumerate(source.exercise.score):
                rest = after[row] - before[row]
                place = 0
                for term in because.split(source.tables, part.of, was, now):
                    if term.before == term.after and not term.by:
                        continue
                    place += 1
                    rest -= term.by
                    stood = (_exact(term.input, term.before), _exact(term.input, term.after))
                    key = (source.run, policy, turn, part.id, place)
                    yield *key, term.input, *stood, term.by
                if rest:
                    key = (source.run, policy, turn, part.id, place + 1)
                    yield *key, RECORD, None, None, rest


def _exact(name: str, value: int) -> int:
    """What an input stood at, in hundredths of its own unit."""
    return 100 * value if name == SPENT else value


SCORE_TERMS = Table[Source](
    "score_terms",
    "Terms of scores",
    "What one input did to a score in a turn. The score at turn 0 and its terms up to a turn add "
    "up to the score at the end of that turn, exactly. Inputs are booked one at a time, in the "
    "order of `place`; that order is a convention. An input that did not move has no row.",
    ("run", "policy", "turn", "score", "place"),
    (
        RUN,
        POLICY,
        TURN,
        Column("score", "id", "The score."),
        Column("place", "whole", "The place in the order of booking, from 1."),
        Column("input", "id", "The input."),
        Column("before", "points", "Where it stood a turn before.", "that of the input", True),
        Column("after", "points", "Where it stood at the end.", "that of the input", True),
        Column("by", "points", "What that did to the score.", "points"),
    ),
    _terms,
    (
        Link(("run", "policy", "turn", "score"), "scores", ("run", "policy", "turn", "score")),
        Link(("run", "input"), "score_inputs", ("run", "input")),
    ),
)


def _score_inputs(source: Source) -> Iterator[Row]:
    names = source.exercise.names
    for name in source.tables.score_inputs:
        sort = "track" if name in source.tables.track else "derived"
        if name == SPENT:
            yield source.run, name, SPENT, "Money spent on upkeep since the beginning", "money"
        else:
            yield source.run, name, sort, source.words(names[name]), "points"
    beyond = "What the record says beyond what its inputs come to by this version of the rules"
    yield source.run, RECORD, RECORD, beyond, "points"


SCORE_INPUTS = Table[Source](
    "score_inputs",
    "Inputs of scores",
    "What scores are worked out from.",
    ("run", "input"),
    (
        RUN,
        Column("input", "id", "The input."),
        Column("sort", "id", "What it is.", among=("track", "derived", SPENT, RECORD)),
        Column("name", "text", "Its name."),
        Column("unit", "id", "What it is counted in.", among=("points", "money")),
    ),
    _score_inputs,
    (OF_RUN,),
)


def _stood(source: Source) -> Iterator[Row]:
    for policy, ends in _ends(source):
        for turn, _, inputs in ends:
            for name, value in inputs.items():
                yield source.run, policy, turn, name, _exact(name, value)


INPUT_VALUES = Table[Source](
    "score_input_values",
    "Values of inputs of scores",
    "Where an input of scores stood at the end of a turn; turn 0 is the start.",
    ("run", "policy", "turn", "input"),
    (
        RUN,
        POLICY,
        TURN,
        Column("input", "id", "The input."),
        Column("value", "points", "Where it stood.", "that of the input"),
    ),
    _stood,
    (OF_POLICY, Link(("run", "input"), "score_inputs", ("run", "input"))),
)


def _clocks(source: Source) -> Iterator[Row]:
    for turn in source.turns:
        fact = _reckoned(turn)
        yield source.run, PLAYED, turn.opened.turn, fact.minutes
        for name, reference in fact.references.items():
            yield source.run, name, turn.opened.turn, reference.minutes


CLOCKS = Table[Source](
    "clocks",
    "Clocks",
    "The reference clock at the end of a turn: from an incident to an answer, without luck.",
    ("run", "policy", "turn"),
    (RUN, POLICY, TURN, Column("minutes", "whole", "What it takes.", "minutes")),
    _clocks,
    (OF_POLICY,),
)
