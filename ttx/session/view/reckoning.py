"""The reckoning as a seat sees it: what each adversary did and why, and how the profile moved."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator.rulings import score_inputs_at
from ttx.exercise.model.scores import Score
from ttx.i18n import _, ngettext
from ttx.session.game import Game, TurnRecord
from ttx.session.view import words
from ttx.session.view.aims import did_in_words
from ttx.session.view.amended import HOW, of_turn
from ttx.session.view.eye import Eye
from ttx.session.view.levers import pending_effects_at
from ttx.session.view.response import ResponseRow, responses


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score at the end of the turn."""

    name: str
    now: int
    change: int
    word: words.Direction
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
    turn = eye.game.turn
    if turn is None or turn.reckoned is None or not (turn.confirmed or eye.visibility.proposed):
        return None
    return reckoning_of(eye, turn)


def no_reckoning(game: Game) -> str:
    """Why a seat is shown no reckoning of this turn, in one sentence."""
    if game.turn is not None and game.turn.reckoned is not None:
        return _("The reckoning is not confirmed yet.")
    return _("This turn is not reckoned yet.")


def last_turn(eye: Eye) -> str:
    """How the turn before this one compared with the first reference run; empty where unknown."""
    before = eye.game.turns[-2] if len(eye.game.turns) > 1 else None
    if before is None or before.reckoned is None or not eye.visibility.scores:
        return ""
    return _against(eye, before)


def reckoning_of(eye: Eye, turn: TurnRecord) -> ReckoningView:
    """The reckoning of one turn of the record, for an eye that may: the review's sees all."""
    assert turn.reckoned is not None
    whole = eye.visibility.scores
    basis = (evidence for part in eye.exercise.adversary for evidence in part.basis)
    ruled = of_turn(eye, turn)
    how = _(HOW[turn.recast.how]) if turn.recast is not None and ruled else ""
    headline = _headline(eye, turn)
    if how:
        headline = _("{how}: {headline}", how=words.capital(how), headline=headline)
    return ReckoningView(
        turn=turn.reckoned.reckoning.turn,
        headline=headline,
        responses=responses(eye, turn),
        scores=_scores(eye, turn) if whole else (),
        against=_against(eye, turn) if whole else "",
        basis=tuple(dict.fromkeys(basis)) if whole else (),
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
    inputs = score_inputs_at(tables, start)
    return tuple(value_of(tables, inputs, part.of) for part in game.run.exercise.score)


def _headline(eye: Eye, turn: TurnRecord) -> str:
    """What the adversaries did, by name: news for everybody."""
    assert turn.reckoned is not None
    names, game = eye.names.adversaries, eye.game
    news = "; ".join(
        f"{names[fact.adversary]} {did_in_words(game, fact.adversary, fact.response)}"
        for fact in turn.reckoned.reckoning.responses
    )
    return f"{news}." if news else _("Nobody stood against the table this turn.")


def _scores(eye: Eye, turn: TurnRecord) -> tuple[ScoreRow, ...]:
    assert turn.reckoned is not None
    now, number = turn.reckoned.reckoning.scores, turn.opened.turn
    past = eye.game.turns[number - 2].reckoned if number > 1 else None
    before = past.reckoning.scores if past is not None else start_scores(eye.game)
    return tuple(
        ScoreRow(
            eye.names.scores[part.id],
            now[at],
            now[at] - before[at],
            words.direction(now[at] - before[at], part.better, same=words.CLEAR),
            tuple((name, run.scores[at]) for name, run in turn.reckoned.references.items()),
        )
        for at, part in enumerate(eye.exercise.score)
    )


def _against(eye: Eye, turn: TurnRecord) -> str:
    """One sentence against the first reference run: minutes, the widest score gap, what lands."""
    exercise, fact = eye.exercise, turn.reckoned
    assert fact is not None
    robot = exercise.review.references[0]
    reference = fact.references.get(robot)
    if reference is None:
        return ""
    clauses = []
    if eye.run.tables.clock.indices:
        clauses.append(_faster(reference.minutes - fact.minutes))
    gaps = zip(fact.reckoning.scores, reference.scores, exercise.score, strict=True)
    gap, score = max(((own - ref, part) for own, ref, part in gaps), key=lambda row: abs(row[0]))
    if abs(gap) < words.CLEAR:
        clauses.append(_("no clear difference in any score"))
    else:
        way = words.direction(gap, score.better).word
        clauses.append(f"{_inside(score)} {words.moved_points(gap)} {way}")
    coming = pending_effects_at(eye.run, turn.end or eye.game.position)
    compared = _(
        "Against {robot} on the same dice: {clauses}",
        robot=eye.names.robots.get(robot, robot),
        clauses=", ".join(clauses),
    )
    if not coming:
        return f"{compared}."
    first = coming[0]
    return _(
        "{compared}; on its way for T{turn}: {what}.",
        compared=compared,
        turn=first.turn,
        what=first.what,
    )


def _faster(minutes: int) -> str:
    if not minutes:
        return _("as fast")
    if minutes > 0:
        return ngettext("{count} minute faster", "{count} minutes faster", minutes)
    return ngettext("{count} minute slower", "{count} minutes slower", -minutes)


def _inside(score: Score) -> str:
    """A score's short name inside a sentence: names of places and letters stay as they are."""
    if score.short[1:2].isupper() or score.id in _PLACES:
        return score.short
    return f"{score.short[0].lower()}{score.short[1:]}"


_PLACES = ("china", "dprk", "russia")
