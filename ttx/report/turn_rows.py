"""One turn as the review tells it: moves, rulings with what was known and said, reckoning."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.session.game import LEVERS_SET, Game, SlotRecord, TurnRecord
from ttx.session.run import ROBOT
from ttx.session.view import words
from ttx.session.view.answers import differs, title, whose
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import ReckoningView, reckoning_of
from ttx.session.view.ruling import RulingView, ruling_of


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One turn: moves, rulings, reckoning."""

    turn: int
    when: str
    moves: tuple[str, ...]
    rulings: tuple[RulingView, ...]
    reasons: tuple[tuple[str, ...], ...]
    """For each ruling: what was known before, and what each cell gave beside its answer."""
    empty: tuple[str, ...]
    reckoning: ReckoningView | None


def turn_row(game: Game, turn: TurnRecord) -> TurnRow:
    """What a turn came to."""
    exercise = game.run.exercise
    first = game.run.first_day(turn.opened.turn)
    moves = []
    for by, move in turn.moves:
        levels = {level.id: text(level.name) for level in exercise.levers[move.lever].levels}
        robot = by.startswith(ROBOT) and game.run.people
        who = f" ({words.robot(exercise, by.removeprefix(ROBOT))})" if robot else ""
        lever = text(exercise.levers[move.lever].name)
        moves.append(_("{lever} to {levels}{who}", lever=lever, levels=levels[move.level], who=who))
    number = turn.opened.turn
    if (number, LEVERS_SET) in game.known:
        moves.insert(0, _("set again, with knowledge of the news"))
    ruled = [(at, slot) for at, slot in enumerate(turn.slots, start=1) if slot.ruled is not None]
    rulings = tuple(ruling_of(Eye.all_seeing(game), slot, f"{number}.{at}") for at, slot in ruled)
    return TurnRow(
        turn=number,
        when=words.scenario_day(exercise.turns, first),
        moves=tuple(moves),
        rulings=rulings,
        reasons=tuple(
            (*filter(None, [ruling.again]), *_reasons(exercise, slot, turn, ruling))
            for ruling, (_rest, slot) in zip(rulings, ruled, strict=True)
        ),
        empty=turn.empty,
        reckoning=reckoning_of(Eye.all_seeing(game), turn) if turn.reckoned else None,
    )


def _reasons(
    exercise: Exercise, slot: SlotRecord, turn: TurnRecord, ruling: RulingView
) -> tuple[str, ...]:
    """Confidence, expectation against what came, and rationale; differing answers are dissent."""
    cells = {c.id: text(c.name) for c in exercise.cell}
    names = {a.id: text(a.name) for a in exercise.adversary}
    did = {}
    if turn.reckoned is not None:
        did = turn.reckoned.reckoning.did
    assert slot.ruled is not None
    lines: list[str] = []
    for cell, answer in slot.answers.items():
        parts = []
        if differs(answer, slot.answers.get(slot.ruled.lead, answer)):
            inject = exercise.injects[slot.released.inject]
            parts.append(_("differed: {title}", title=title(inject, answer)))
        if answer.confidence:
            parts.append(_("{confidence}% sure", confidence=answer.confidence))
        for name, response in answer.expects.items():
            parts.append(
                _(
                    "expected {response} of {names}, met {name}",
                    response=words.response(response),
                    names=names[name],
                    name=words.response(did[name]) if name in did else _("nothing"),
                )
            )
        if answer.rationale:
            parts.append(_("because: {rationale}", rationale=answer.rationale))
        if parts:
            lines.append(f"{whose(slot, cell, cells[cell])}: {'; '.join(parts)}")
    lines += [_("minority view: {told}", told=minority) for minority in ruling.minority]
    return (*ruling.ruled, *_released(exercise, slot), *lines)


def _released(exercise: Exercise, slot: SlotRecord) -> tuple[str, ...]:
    """That another inject was next, where the facilitator released this one."""
    fact = slot.released
    if not fact.instead_of:
        return ()
    why = _(", because: {reason}", reason=fact.reason) if fact.reason else ""
    return (
        _(
            "released instead of {title}{why}",
            title=text(exercise.injects[fact.instead_of].title),
            why=why,
        ),
    )
