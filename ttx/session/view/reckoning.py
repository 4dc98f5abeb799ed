"""The reckoning as a seat sees it: what each adversary did and why, and how the profile moved."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator.because import Step, change_to_turn, steps_of, steps_to_turn
from ttx.adjudicator.clock import index
from ttx.adjudicator.rulings import Response, leaves_of
from ttx.adjudicator.tables import Tables
from ttx.exercise.model import Adversary, text
from ttx.session.game import Game, TurnRecord
from ttx.session.view import words
from ttx.session.view.sight import sight
from ttx.session.view.table import Badge, badge, landings


@dataclass(frozen=True, slots=True)
class StepRow:
    """One term of z, in steps of one sixty-fourth of a logit."""

    name: str
    at: str
    steps: int


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One adversary's answer."""

    badge: Badge
    name: str
    motive: str
    """Its name and value: `sense of encirclement 58`."""
    perceived: int
    odds: str
    draw: str
    odds_share: int
    """Hundredths of a percent, 0 to 10000, for the bar."""
    draw_share: int
    response: str
    """restraint, probe or escalate"""
    did: str
    effects: tuple[tuple[str, str, str], ...]
    """Track, change, direction."""
    steps: tuple[StepRow, ...]
    z: int
    escalation: str
    """The second question, where it acted."""
    turned: str
    """What would have turned it, in a sentence."""


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
    """The end of a turn."""

    turn: int
    headline: str
    responses: tuple[ResponseRow, ...]
    scores: tuple[ScoreRow, ...]
    against: str
    """One sentence against the first reference run on the same dice."""
    empty: tuple[str, ...]
    last: bool


def reckoning(game: Game, seat: str, language: str) -> ReckoningView | None:
    """The reckoning of the turn under way or last played; None before it is known."""
    turn = game.turn
    if turn is None or turn.reckoned is None or not sight(game, seat).scores:
        return None
    return reckoning_of(game, turn, language)


def reckoning_of(game: Game, turn: TurnRecord, language: str) -> ReckoningView:
    """The reckoning of one turn of the record."""
    assert turn.reckoned is not None
    exercise = game.run.exercise
    fact = turn.reckoned.reckoning
    rows = tuple(_response(game, turn, one, language) for one in fact.responses)
    before = _scores_before(game, turn)
    scores = tuple(
        ScoreRow(
            part.id,
            text(part.name, language),
            part.short,
            fact.scores[at],
            fact.scores[at] - before[at],
            words.direction(fact.scores[at] - before[at], part.better, same=50),
            tuple((name, one.scores[at]) for name, one in turn.reckoned.references.items()),
        )
        for at, part in enumerate(exercise.score)
    )
    return ReckoningView(
        turn=fact.turn,
        headline=_headline(rows),
        responses=rows,
        scores=scores,
        against=against(game, turn, language),
        empty=turn.empty,
        last=game.over,
    )


def _scores_before(game: Game, turn: TurnRecord) -> tuple[int, ...]:
    number = turn.opened.turn
    if number > 1:
        past = game.turns[number - 2].reckoned
        assert past is not None
        return past.reckoning.scores
    return start_scores(game)


def start_scores(game: Game) -> tuple[int, ...]:
    """The profile before turn 1."""
    from ttx.adjudicator.because import value_of

    tables = game.run.tables
    start = game.turns[0].start if game.turns else game.position
    inputs = leaves_of(tables, start)
    return tuple(value_of(tables, inputs, part.of) for part in game.run.exercise.score)


def _headline(rows: tuple[ResponseRow, ...]) -> str:
    if not rows:
        return "Nobody stood against the table this turn."
    return "; ".join(f"{row.name} {row.did}" for row in rows) + "."


def _response(game: Game, turn: TurnRecord, fact: Response, language: str) -> ResponseRow:
    exercise, tables = game.run.exercise, game.run.tables
    part = next(a for a in exercise.adversary if a.id == fact.adversary)
    assert turn.before is not None
    motive = exercise.tracks[part.motive]
    value = turn.before.tracks[tables.track[part.motive]]
    inputs = _inputs(tables, turn)
    push = turn.before.provocation[exercise.adversary.index(part)]
    steps = steps_of(tables, inputs, part.act, push, part.provocation)
    effects = part.responses.get(fact.response, [])  # type: ignore[call-overload]  # the record holds only the three names
    did = part.names.get(fact.response)  # type: ignore[call-overload]  # the same
    acted = fact.response != "restraint"
    return ResponseRow(
        badge=badge(game, part.actor, language),
        name=text(part.name, language),
        motive=f"{text(motive.name, language)} {value // 100}",
        perceived=fact.perceived,
        odds=words.share(fact.odds),
        draw=words.share(fact.draw),
        odds_share=fact.odds * 10000 >> 32,
        draw_share=fact.draw * 10000 >> 32,
        response=fact.response,
        did=text(did, language) if did else fact.response,
        effects=tuple(
            (
                exercise.tracks[e.track].short,
                words.by_points(e.by),
                words.direction(e.by, exercise.tracks[e.track].better, same=1),
            )
            for e in effects
        ),
        steps=tuple(_step(tables, one, language) for one in steps),
        z=fact.z,
        escalation=f"once it acts, it escalates below {words.share(fact.odds2)}; "
        f"the draw was {words.share(fact.draw2)}"
        if acted
        else "",
        turned=_turned(tables, part, fact, inputs, language),
    )


def _inputs(tables: Tables, turn: TurnRecord) -> dict[str, int]:
    """What the adversaries saw: the position at the reckoning with the clock index worked out."""
    from dataclasses import replace

    assert turn.before is not None
    before = turn.before
    tracks = index(
        tables,
        Tables.column(list(before.tracks)),
        Tables.column(list(before.levels)),
    )
    seen = replace(before, tracks=tuple(int(v) for v in tracks[:, 0]))
    return leaves_of(tables, seen)


def _step(tables: Tables, step: Step, language: str) -> StepRow:
    names = {"bias": "where it starts", "provocation": "provoked by this turn's answers"}
    if step.of in names:
        return StepRow(names[step.of], str(step.at) if step.at else "", step.steps)
    name = text(tables.exercise.names[step.of], language)
    return StepRow(name, f"{step.at // 100} x {step.weight:+d}/100", step.steps)


def _turned(
    tables: Tables, part: Adversary, fact: Response, inputs: dict[str, int], language: str
) -> str:
    from ttx.adjudicator.because import value_of

    steps = steps_to_turn(fact.z, fact.draw)
    if steps is None:
        return "No change within the scale would have turned it."
    best: tuple[int, str, int] | None = None
    for term in part.act.terms:
        if not term.weight:
            continue
        now = value_of(tables, inputs, term.of)
        rises = (steps > 0) == (term.weight > 0)
        change = change_to_turn(steps, term.weight)
        at = now + change if rises else now - change
        if 0 <= at <= 10000 and (best is None or change < best[0]):
            best = (change, term.of, at)
    acted = fact.response != "restraint"
    what = "held back" if acted else "acted"
    lead = f"{abs(steps)} steps from turning"
    if best is None:
        return f"{lead}: no single track covers it."
    name = text(tables.exercise.names[best[1]], language)
    at_text = f"{best[2] // 100}.{best[2] % 100:02d}"
    return f"{lead}: with {name} at {at_text} it would have {what}."


def against(game: Game, turn: TurnRecord, language: str) -> str:
    """One sentence against the first reference run: minutes, the widest score gap, what lands."""
    exercise, fact = game.run.exercise, turn.reckoned
    assert fact is not None
    name = exercise.review.references[0]
    reference = fact.references.get(name)
    if reference is None:
        return ""
    parts = []
    minutes = reference.minutes - fact.minutes
    if game.run.tables.indices:
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
    coming = landings(game.run, turn.end or game.position, language)
    tail = f"; on its way for T{coming[0].turn}: {coming[0].what}" if coming else ""
    return f"Against {name} on the same dice: {', '.join(parts)}{tail}."


_PLACES = ("china", "dprk", "russia")
