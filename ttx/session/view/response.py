"""One adversary's part in a reckoning: its odds and draw, the terms behind them, what it did."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ttx.adjudicator.because import Step, change_to_turn, steps_of, steps_to_turn, value_of
from ttx.adjudicator.clock import index
from ttx.adjudicator.rulings import Response, leaves_of
from ttx.adjudicator.tables import Tables
from ttx.exercise.model import Adversary, text
from ttx.exercise.moves import effects_of, name_of
from ttx.session.game import TurnRecord
from ttx.session.view import words
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye
from ttx.session.view.pushes import of_turn
from ttx.session.view.visibility import Visibility


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
    odds: str
    draw: str
    odds_share: int
    """Hundredths of a percent, 0 to 10000, for the bar."""
    draw_share: int
    response: str
    """restraint, probe or escalate"""
    model: str
    """What was proposed, where the facilitator ruled otherwise; else empty."""
    rule: str
    """What odds, draws and purse would have made of it, where its seat or a robot chose; else
    empty."""
    did: str
    short: str
    """What its purse could not pay, where that is open to the seat: `could not afford to escalate:
    3 of 7`; else empty."""
    effects: tuple[tuple[str, str, str], ...]
    """Track, change, direction."""
    steps: tuple[StepRow, ...]
    """They add up to z; those on what the seat does not see are one."""
    z: int
    escalation: str
    """The second question, where it acted."""
    turned: str
    """What would have turned it, in a sentence."""


def responses(eye: Eye, turn: TurnRecord) -> tuple[ResponseRow, ...]:
    """A row for each adversary that is open, in the order of the exercise."""
    assert turn.reckoned is not None
    return tuple(
        _row(eye, turn, one)
        for one in turn.reckoned.reckoning.responses
        if one.adversary in eye.visibility.adversaries
    )


def _row(eye: Eye, turn: TurnRecord, fact: Response) -> ResponseRow:
    exercise, tables = eye.exercise, eye.run.tables
    part = next(a for a in exercise.adversary if a.id == fact.adversary)
    assert turn.before is not None
    motive = exercise.tracks[part.motive]
    value = turn.before.tracks[tables.track[part.motive]]
    inputs = _inputs(tables, turn)
    aim = turn.before.aims[tables.adversary[part.id]]
    model = _by_the_model(turn, fact)
    rule = turn.proposed.model_would.get(fact.adversary, "") if turn.proposed is not None else ""
    return ResponseRow(
        badge=badge(exercise, part.actor, eye.language),
        name=eye.text(part.name),
        motive=f"{eye.text(motive.name)} {value // 100}",
        odds=words.share(fact.odds),
        draw=words.share(fact.draw),
        odds_share=fact.odds * 10000 >> 32,
        draw_share=fact.draw * 10000 >> 32,
        response=fact.response,
        model=model.response if model.response != fact.response else "",
        rule=rule,
        did=eye.text(name_of(part, aim, fact.response)),
        short=_short(turn, part, model, tables.adversary[part.id])
        if part.id in eye.visibility.aims and not rule
        else "",
        effects=tuple(
            (
                exercise.tracks[e.track].short,
                words.by_points(e.by),
                words.direction(e.by, exercise.tracks[e.track].better, same=1),
            )
            for e in effects_of(part, aim, fact.response)
            if e.track in eye.visibility.tracks
        ),
        steps=_steps(eye, turn, part, fact, inputs),
        z=fact.z,
        escalation=_second(part, fact, eye.visibility),
        turned=_chosen(rule, model.response)
        if rule
        else _turned(tables, part, model, inputs, eye.visibility, eye.language),
    )


def _second(part: Adversary, fact: Response, sees: Visibility) -> str:
    """The second question, where the first was answered with an act.

    Its draw would tell of a purse what a seat may not know: whether it paid for what was drawn.
    """
    if fact.wanted == "restraint":
        return ""
    asked = f"once it acts, it escalates below {words.share(fact.odds2)}"
    closed = part.purse is not None and part.id not in sees.aims
    return asked if closed else f"{asked}; the draw was {words.share(fact.draw2)}"


def _chosen(rule: str, did: str) -> str:
    """That odds and draw were advice."""
    if rule == did:
        return "It was chosen for it; odds and draw would have come to the same."
    other = {"probe": "a probe", "escalate": "an escalation"}.get(rule, rule)
    return f"It was chosen for it; odds and draw would have come to {other}."


def _by_the_model(turn: TurnRecord, fact: Response) -> Response:
    """The same adversary as odds and draw had it; those stay as they were said."""
    assert turn.proposed is not None
    said = turn.proposed.reckoning.responses
    return next(one for one in said if one.adversary == fact.adversary)


def _short(turn: TurnRecord, part: Adversary, model: Response, row: int) -> str:
    """What odds and draw wanted and the purse could not pay."""
    prices = part.purse.price if part.purse is not None else {}
    price = next((chips for name, chips in prices.items() if name == model.wanted), 0)
    had = turn.before.purse[row] if turn.before is not None and turn.before.purse else 0
    if model.wanted == model.response or had >= price:
        return ""
    return f"could not afford to {model.wanted}: {had} of {price}"


def _inputs(tables: Tables, turn: TurnRecord) -> dict[str, int]:
    """What the adversaries saw: the position at the reckoning with the clock index worked out."""
    assert turn.before is not None
    before = turn.before
    tracks = Tables.column(list(before.tracks))
    index(tables, tracks, Tables.column(list(before.levels)))
    seen = replace(before, tracks=tuple(int(v) for v in tracks[:, 0]))
    return leaves_of(tables, seen)


def _open(sees: Visibility, source: str) -> bool:
    """Whether a source of the odds may be told apart: a track in sight, or all of them."""
    return sees.scores or source in sees.tracks


def _steps(
    eye: Eye, turn: TurnRecord, part: Adversary, fact: Response, inputs: dict[str, int]
) -> tuple[StepRow, ...]:
    assert turn.before is not None
    tables = eye.run.tables
    row = tables.adversary[part.id]
    steps = steps_of(
        tables,
        inputs,
        part.act,
        aim=part.aim[turn.before.aims[row]].act if part.aim else 0,
        push=turn.before.provocation[row],
        per_point=part.provocation,
    )
    if eye.visibility.scores:
        parts = of_turn(tables, turn, row).told
        if part.id not in eye.visibility.aims:
            steps = _as_one(steps)
        return tuple(_step(tables, one, parts, eye.language) for one in steps)
    # Its own odds tell a seat what all else comes to, and not of what it is made.
    known = [one for one in steps if one.of in ("bias", "aim") or _open(eye.visibility, one.of)]
    rest = fact.z - sum(one.steps for one in known)
    told = tuple(_step(tables, one, "", eye.language) for one in known)
    return (*told, StepRow("how it reads the alliance", "", rest))


def _as_one(steps: list[Step]) -> list[Step]:
    """The terms with the aim in where it starts, so that nothing tells the aim."""
    aim = sum(one.steps for one in steps if one.of == "aim")
    rest = [one for one in steps if one.of not in ("bias", "aim")]
    start = next(one for one in steps if one.of == "bias")
    return [start._replace(of="start", steps=start.steps + aim), *rest]


def _step(tables: Tables, step: Step, parts: str, language: str = "") -> StepRow:
    """`parts` are the three of the turn's answers, in words."""
    names = {
        "start": "where it starts, with its secret aim" if _has_aims(tables) else "where it starts",
        "bias": "where it starts",
        "aim": "what it is after",
        "answers": "this turn's answers",
    }
    if step.of in names:
        return StepRow(names[step.of], parts if step.of == "answers" else "", step.steps)
    name = text(tables.exercise.names[step.of], language)
    return StepRow(name, f"{step.at // 100} x {step.weight:+d}/100", step.steps)


def _has_aims(tables: Tables) -> bool:
    return any(one.aim for one in tables.exercise.adversary)


def _turned(
    tables: Tables,
    part: Adversary,
    fact: Response,
    inputs: dict[str, int],
    sees: Visibility,
    language: str = "",
) -> str:
    steps = steps_to_turn(fact.z, fact.draw)
    if steps is None:
        return "No change within the scale would have turned it."
    best: tuple[int, str, int] | None = None
    for term in part.act.terms:
        if not term.weight or not _open(sees, term.of):
            continue
        now = value_of(tables, inputs, term.of)
        rises = (steps > 0) == (term.weight > 0)
        change = change_to_turn(steps, term.weight)
        at = now + change if rises else now - change
        if 0 <= at <= 10000 and (best is None or change < best[0]):
            best = (change, term.of, at)
    acted = fact.wanted != "restraint"
    what = "held back" if acted else "acted"
    lead = f"{abs(steps)} steps from turning"
    if best is None:
        return f"{lead}: no single track covers it."
    name = text(tables.exercise.names[best[1]], language)
    at_text = f"{best[2] // 100}.{best[2] % 100:02d}"
    return f"{lead}: with {name} at {at_text} it would have {what}."
