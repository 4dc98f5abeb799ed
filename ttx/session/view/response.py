"""One adversary's part in a reckoning: its odds and draw, the terms behind them, what it did."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ttx.adjudicator.because import Step, change_to_turn, steps_of, steps_to_turn, value_of
from ttx.adjudicator.cells import column
from ttx.adjudicator.clock import index
from ttx.adjudicator.facts import Response
from ttx.adjudicator.position import Position
from ttx.adjudicator.rulings import score_inputs_at
from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.moves import effects_of, name_of, price_of
from ttx.i18n import N_, _, ngettext
from ttx.session.game import TurnRecord
from ttx.session.view import words
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye
from ttx.session.view.pushes import of_turn, parts_of


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
    effects: tuple[words.Shift, ...]
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
        _row(_Part.of(eye, turn, fact))
        for fact in turn.reckoned.reckoning.responses
        if fact.adversary in eye.visibility.adversaries
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One adversary at one reckoning, before an eye."""

    eye: Eye
    turn: TurnRecord
    fact: Response
    """What it did."""
    model: Response
    """The same as odds and draw had it; those stay as they were said."""
    adversary: Adversary
    before: Position
    """Where the run stood at the reckoning."""
    inputs: dict[str, int]
    """What the adversaries saw: that position, with the clock index worked out."""

    @classmethod
    def of(cls, eye: Eye, turn: TurnRecord, fact: Response) -> _Part:
        """Everything that one row is made of."""
        assert turn.before is not None
        assert turn.proposed is not None
        proposed = turn.proposed.reckoning.responses
        model = next(part for part in proposed if part.adversary == fact.adversary)
        tables = eye.run.tables
        tracks = column(list(turn.before.tracks))
        index(tables, tracks, column(list(turn.before.levels)))
        seen = replace(turn.before, tracks=tuple(int(value) for value in tracks[:, 0]))
        adversary = eye.exercise.adversary[tables.adversary[fact.adversary]]
        return cls(eye, turn, fact, model, adversary, turn.before, score_inputs_at(tables, seen))

    @property
    def row(self) -> int:
        """Of the adversary in the tables."""
        return self.eye.run.tables.adversary[self.adversary.id]

    @property
    def aim(self) -> int:
        """The row of its aim then; -1 where it has none."""
        return self.before.aims[self.row]

    @property
    def purse_open(self) -> bool:
        """Whether its purse and its aim are open to the seat."""
        return self.adversary.id in self.eye.visibility.aims

    def open(self, source: str) -> bool:
        """Whether a source of the odds may be told apart: a track in sight, or all of them."""
        return self.eye.visibility.scores or source in self.eye.visibility.tracks


def _row(part: _Part) -> ResponseRow:
    eye, adversary, fact, model = part.eye, part.adversary, part.fact, part.model
    value = part.before.tracks[eye.run.tables.track[adversary.motive]]
    assert part.turn.proposed is not None
    rule = part.turn.proposed.model_would.get(fact.adversary, "")
    return ResponseRow(
        badge=badge(eye.exercise, adversary.actor),
        name=eye.text(adversary.name),
        motive=f"{eye.names.values[adversary.motive]} {value // 100}",
        odds=words.share(fact.odds),
        draw=words.share(fact.draw),
        odds_share=fact.odds * 10000 >> 32,
        draw_share=fact.draw * 10000 >> 32,
        response=fact.response,
        model=model.response if model.response != fact.response else "",
        rule=rule,
        did=eye.text(name_of(adversary, part.aim, fact.response)),
        short=_short(part) if part.purse_open and not rule else "",
        effects=eye.shifts(effects_of(adversary, part.aim, fact.response)),
        steps=_steps(part),
        z=fact.z,
        escalation=_second(part),
        turned=_chosen(rule, model.response) if rule else _turned(part),
    )


def _second(part: _Part) -> str:
    """The second question, where the first was answered with an act.

    Its draw would tell of a purse what a seat may not know: whether it paid for what was drawn.
    """
    fact = part.fact
    if fact.wanted == "restraint":
        return ""
    odds, draw = words.share(fact.odds2), words.share(fact.draw2)
    if part.adversary.purse is not None and not part.purse_open:
        return _("once it acts, a draw below {odds} makes it escalate", odds=odds)
    return _(
        "once it acts, a draw below {odds} makes it escalate; the draw was {draw}",
        odds=odds,
        draw=draw,
    )


CHOSEN = {
    "restraint": N_("It was chosen for it; odds and draw would have come to restraint."),
    "probe": N_("It was chosen for it; odds and draw would have come to a probe."),
    "escalate": N_("It was chosen for it; odds and draw would have come to an escalation."),
}
"""That odds and draw were advice, by what they would have come to."""


def _chosen(rule: str, did: str) -> str:
    if rule == did:
        return _("It was chosen for it; odds and draw would have come to the same.")
    return _(CHOSEN[rule])


def _short(part: _Part) -> str:
    """What odds and draw wanted and the purse could not pay."""
    wanted = part.model.wanted
    price = price_of(part.adversary, wanted)
    had = part.before.purse[part.row] if part.before.purse else 0
    if wanted == part.model.response or had >= price:
        return ""
    return _(
        "could not afford to {act}: {had} of {price}",
        act=words.response(wanted),
        had=had,
        price=price,
    )


def _steps(part: _Part) -> tuple[StepRow, ...]:
    eye, row, before = part.eye, part.row, part.before
    steps = steps_of(
        eye.run.tables,
        part.inputs,
        part.adversary.act,
        aim=part.adversary.aim[part.aim].act if part.adversary.aim else 0,
        push=before.provocation[row],
        per_point=part.adversary.provocation,
    )
    if eye.visibility.scores:
        pushed = parts_of(of_turn(eye.run.tables, part.turn, row))
        shown = steps if part.purse_open else _as_one(steps)
        return tuple(_step(eye, step, pushed) for step in shown)
    # Its own odds tell a seat what all else comes to, and not of what it is made.
    known = [step for step in steps if step.of in ("bias", "aim") or part.open(step.of)]
    rest = part.fact.z - sum(step.steps for step in known)
    shown_rows = tuple(_step(eye, step, "") for step in known)
    return (*shown_rows, StepRow(_("how it reads the alliance"), "", rest))


def _as_one(steps: list[Step]) -> list[Step]:
    """The terms with the aim in where it starts, so that nothing tells the aim."""
    aim = sum(step.steps for step in steps if step.of == "aim")
    rest = [step for step in steps if step.of not in ("bias", "aim")]
    start = next(step for step in steps if step.of == "bias")
    return [start._replace(of="start", steps=start.steps + aim), *rest]


def _step(eye: Eye, step: Step, pushed: str) -> StepRow:
    """`pushed` is what the turn's answers did, in words."""
    match step.of:
        case "start" if any(part.aim for part in eye.exercise.adversary):
            return StepRow(_("where it starts, with its secret aim"), "", step.steps)
        case "start" | "bias":
            return StepRow(_("where it starts"), "", step.steps)
        case "aim":
            return StepRow(_("what it is after"), "", step.steps)
        case "answers":
            return StepRow(_("this turn's answers"), pushed, step.steps)
    return StepRow(
        eye.names.values[step.of], f"{step.at // 100} x {step.weight:+d}/100", step.steps
    )


def _turned(part: _Part) -> str:
    """The least change of one track in sight that would have turned it."""
    steps = steps_to_turn(part.model.z, part.model.draw)
    if steps is None:
        return _("No change within the scale would have turned it.")
    least: tuple[int, str, int] | None = None
    for term in part.adversary.act.terms:
        if not term.weight or not part.open(term.of):
            continue
        now = value_of(part.eye.run.tables, part.inputs, term.of)
        change = change_to_turn(steps, term.weight)
        at = now + change if (steps > 0) == (term.weight > 0) else now - change
        if 0 <= at <= 10000 and (least is None or change < least[0]):
            least = (change, term.of, at)
    lead = ngettext("{count} step from turning", "{count} steps from turning", abs(steps))
    if least is None:
        return _("{lead}: no single track covers it.", lead=lead)
    name, value = part.eye.names.values[least[1]], f"{least[2] // 100}.{least[2] % 100:02d}"
    if part.model.wanted == "restraint":
        return _(
            "{lead}: with {name} at {value} it would have acted.", lead=lead, name=name, value=value
        )
    return _(
        "{lead}: with {name} at {value} it would have held back.", lead=lead, name=name, value=value
    )
