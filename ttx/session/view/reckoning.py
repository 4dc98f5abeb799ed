"""The reckoning as a seat sees it: what each adversary did and why, and how the profile moved."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator.rulings import leaves_of
from ttx.session.game import Game, TurnRecord
from ttx.session.view import words
from ttx.session.view.aims import did_in_words
from ttx.session.view.amended import of_turn
from ttx.session.view.eye import Eye
from ttx.session.view.levers import landings_at
from ttx.session.view.response import ResponseRow, StepRow, responses

__all__ = [
    "ReckoningView",
    "ResponseRow",
    "ScoreRow",
    "StepRow",
    "last_turn",
    "no_reckoning",
    "reckoning",
    "reckoning_of",
    "start_scores",
]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score at the end of the turn."""

    id: str
    name: str
    short: str
    now: int
    change: int
    word: str
    references: tuple[tuple[str, int], ...]
    """The reference runs at the end of the same turn."""


@dataclass(frozen=True, slots=True)
class ReckoningView:
    """The end of a turn.

    A seat that sees no scores finds its own adversaries here, and the scores, the comparison and
    the evidence empty.
    """

    turn: int
    headline: str
    responses: tuple[ResponseRow, ...]
    scores: tuple[ScoreRow, ...]
    against: str
    """One sentence against the first reference run on the same dice."""
    basis: tuple[str, ...]
    """Ids of the evidence that the adversaries' rule rests on."""
    empty: tuple[str, ...]
    last: bool
    how: str
    """`modified` or `overruled` where the facilitator ruled otherwise than the model; else empty.
    The headline begins with it, for ever."""
    ruled: tuple[str, ...]
    """What was ruled instead of what and why, who challenged it and what came of that."""


def reckoning(eye: Eye) -> ReckoningView | None:
    """The reckoning of the turn under way or last played; None before the seat may know it."""
    turn, sees = eye.game.turn, eye.visibility
    if turn is None or turn.reckoned is None or not (turn.confirmed or sees.proposed):
        return None
    return reckoning_of(eye, turn)


def no_reckoning(game: Game) -> str:
    """Why a seat is shown no reckoning of this turn, in one sentence."""
    known = game.turn is not None and game.turn.reckoned is not None
    return "The reckoning is not confirmed yet." if known else "This turn is not reckoned yet."


def last_turn(eye: Eye) -> str:
    """How the turn before this one compared with the first reference run; empty where unknown."""
    before = eye.game.turns[-2] if len(eye.game.turns) > 1 else None
    if before is None or before.reckoned is None or not eye.visibility.scores:
        return ""
    return _against(eye, before)


def reckoning_of(eye: Eye, turn: TurnRecord) -> ReckoningView:
    """The reckoning of one turn of the record, for an eye that may: the review's sees all."""
    assert turn.reckoned is not None
    exercise = eye.exercise
    rows = responses(eye, turn)
    basis = (one for part in exercise.adversary for one in part.basis)
    ruled = of_turn(
        eye.run, turn, eye.visibility.adversaries, eye.language, whole=eye.visibility.scores
    )
    how = turn.recast.how if turn.recast is not None and ruled else ""
    headline = _headline(eye, turn)
    return ReckoningView(
        turn=turn.reckoned.reckoning.turn,
        headline=f"{how.capitalize()}: {headline}" if how else headline,
        responses=rows,
        scores=_scores(eye, turn) if eye.visibility.scores else (),
        against=_against(eye, turn) if eye.visibility.scores else "",
        basis=tuple(dict.fromkeys(basis)) if eye.visibility.scores else (),
        empty=turn.empty,
        last=eye.game.over,
        how=how,
        ruled=ruled,
    )


def start_scores(game: Game) -> tuple[int, ...]:
    """The profile before turn 1; for whoever sees scores."""
    from ttx.adjudicator.because import value_of

    tables = game.run.tables
    start = game.turns[0].start if game.turns else game.position
    inputs = leaves_of(tables, start)
    return tuple(value_of(tables, inputs, part.of) for part in game.run.exercise.score)


def _headline(eye: Eye, turn: TurnRecord) -> str:
    """What the adversaries did, by name: news for everybody."""
    assert turn.reckoned is not None
    every = {one.id: eye.text(one.name) for one in eye.exercise.adversary}
    told = [
        f"{every[one.adversary]} {did_in_words(eye.game, one.adversary, one.response)}"
        for one in turn.reckoned.reckoning.responses
    ]
    return f"{'; '.join(told)}." if told else "Nobody stood against the table this turn."


def _scores(eye: Eye, turn: TurnRecord) -> tuple[ScoreRow, ...]:
    assert turn.reckoned is not None
    now, before = turn.reckoned.reckoning.scores, _scores_before(eye.game, turn)
    return tuple(
        ScoreRow(
            part.id,
            eye.text(part.name),
            part.short,
            now[at],
            now[at] - before[at],
            words.direction(now[at] - before[at], part.better, same=50),
            tuple((name, one.scores[at]) for name, one in turn.reckoned.references.items()),
        )
        for at, part in enumerate(eye.exercise.score)
    )


def _scores_before(game: Game, turn: TurnRecord) -> tuple[int, ...]:
    number = turn.opened.turn
    if number > 1:
        past = game.turns[number - 2].reckoned
        assert past is not None
        return past.reckoning.scores
    return start_scores(game)


def _against(eye: Eye, turn: TurnRecord) -> str:
    """One sentence against the first reference run: minutes, the widest score gap, what lands."""
    exercise, fact = eye.exercise, turn.reckoned
    assert fact is not None
    name = exercise.review.references[0]
    reference = fact.references.get(name)
    if reference is None:
        return ""
    parts = []
    minutes = reference.minutes - fact.minutes
    if eye.run.tables.indices:
        unit = "minute" if abs(minutes) == 1 else "minutes"
        word = "faster" if minutes > 0 else "slower"
        parts.append(f"{abs(minutes)} {unit} {word}" if minutes else "as fast")
    gaps = [
        (own - ref, part)
        for own, ref, part in zip(
            fact.reckoning.scores, reference.scores, exercise.score, strict=True
        )
    ]
    gap, score = max(gaps, key=lambda one: abs(one[0]))
    if abs(gap) < 50:
        parts.append("no clear difference in any score")
    else:
        word = words.direction(gap, score.better)
        low_first = score.short[0].lower() + score.short[1:]
        named = score.short if score.short[1:2].isupper() or score.id in _PLACES else low_first
        parts.append(f"{named} {words.moved_points(gap)} {word}")
    coming = landings_at(eye.run, turn.end or eye.game.position, eye.language, by_id=False)
    tail = f"; on its way for T{coming[0].turn}: {coming[0].what}" if coming else ""
    called = next((eye.text(one.name) for one in exercise.robot if one.id == name), name)
    return f"Against {called} on the same dice: {', '.join(parts)}{tail}."


_PLACES = ("china", "dprk", "russia")
