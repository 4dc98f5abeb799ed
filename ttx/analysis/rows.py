"""Two runs turn by turn: what each decided, what came of it, and where they first differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ttx.adjudicator.rulings import Ruling
from ttx.analysis.compared_runs import ComparedRun, Shared
from ttx.exercise.model import text
from ttx.exercise.moves import name_of
from ttx.session.game import LEVERS_SET, SlotRecord, TurnRecord
from ttx.session.view import words
from ttx.session.view.answers import carried_out
from ttx.session.view.badge import Badge, badge

Kind = Literal["levers", "policy", "crisis", "reckoning"]

SAME = "same"
FIRST = "first difference"
DIFFERS = "differs"
"""A decision differs."""
ANSWER = "same answer"
"""The decision is the same, what came of it is not."""
INJECT = "other inject"
ONLY_A, ONLY_B = "only A", "only B"
"""The slot of the other side stayed empty."""
RESPONSE = "other response"
"""An adversary did something else."""
FIGURES = "other figures"
"""Nothing that has a row differs, and yet the scores do."""
LEFT_OUT = "left out"
"""Only one of two versions of the exercise has it."""
APART = "not compared"
"""Two exercises."""

TITLES: dict[Kind, str] = {
    "levers": "levers",
    "policy": "no policy inject",
    "crisis": "no crisis inject",
    "reckoning": "reckoning",
}


@dataclass(frozen=True, slots=True)
class Done:
    """What one side did in a row."""

    title: str
    """Of the inject; empty in rows of levers and of the reckoning."""
    badge: Badge | None
    said: str
    """The answer, the moves, or what the adversaries did."""
    word: str = ""
    """In time, late or far too late; empty where no clock ran."""
    came: str = ""
    """By how much, and how far it carried: `2 h 50 to spare, carried half`."""
    discord: bool = False
    """Whether the cells differed."""
    again: bool = False
    """Whether it was decided again with knowledge of what came."""
    how: str = ""
    """`modified` or `overruled`, where the facilitator ruled otherwise than the model."""
    slot: int = -1
    """Its place among the injects of the turn, where it is one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One step of a turn on both sides; None where the slot of a side stayed empty."""

    turn: int
    kind: Kind
    a: Done | None
    b: Done | None
    status: str
    decision: bool = False
    """Whether the two decided differently here."""

    @property
    def same(self) -> bool:
        """Whether nothing differs here."""
        return self.status == SAME

    @property
    def title(self) -> str:
        """The inject, that of A where they differ; or which step it is."""
        one = self.a or self.b
        return (one.title if one else "") or TITLES[self.kind]


def rows(
    a: ComparedRun, b: ComparedRun, both: Shared, turns: int, language: str
) -> tuple[Row, ...]:
    """The rows of all turns that both have played, the first difference marked."""
    found: list[Row] = []
    for mine, yours in zip(a.played[:turns], b.played[:turns], strict=True):
        found += _levers(a, b, mine, yours, both, language)
        for kind in ("policy", "crisis"):
            found.append(_slot(a, b, mine, yours, both, kind, language))
        if both.like != "other":
            parted = any(row.status not in (SAME, LEFT_OUT) for row in found)
            found += _reckoning(a, b, mine, yours, both, language, parted=parted)
    if both.like == "other":
        return tuple(replace(row, status=APART, decision=False) for row in found)
    compared = [at for at, row in enumerate(found) if row.status != LEFT_OUT]
    first = next((at for at in compared if not found[at].same), None)
    if first is not None:
        found[first] = replace(found[first], status=FIRST)
    return tuple(found)


def _levers(
    a: ComparedRun, b: ComparedRun, mine: TurnRecord, yours: TurnRecord, both: Shared, language: str
) -> Iterator[Row]:
    number = mine.opened.turn
    moves = []
    for turn in (mine, yours):
        course: dict[str, tuple[str, ...]] = {}
        for _, move in turn.moves:
            if move.lever in both.levers:
                course[move.lever] = (*course.get(move.lever, ()), move.level)
        moves.append(course)
    if not any(moves):
        return
    sides = [
        Done("", None, _moved(one, course, language), again=(number, LEVERS_SET) in one.game.known)
        for one, course in zip((a, b), moves, strict=True)
    ]
    differ = moves[0] != moves[1]
    yield Row(number, "levers", sides[0], sides[1], DIFFERS if differ else SAME, differ)


def _moved(one: ComparedRun, course: dict[str, tuple[str, ...]], language: str) -> str:
    """Moves by the names of their levels, as the exercise orders them: `pace crash, site split`."""
    told = []
    for lever in one.exercise.lever:
        names = {level.id: text(level.name, language) for level in lever.levels}
        if lever.id in course:
            told.append(f"{lever.id} {' then '.join(names[to] for to in course[lever.id])}")
    return ", ".join(told) or "no move"


def _slot(
    a: ComparedRun,
    b: ComparedRun,
    mine: TurnRecord,
    yours: TurnRecord,
    both: Shared,
    kind: Kind,
    language: str,
) -> Row:
    left, right = _in_slot(a, mine, kind, language), _in_slot(b, yours, kind, language)
    status, decision = _status(left, right, both)
    return Row(
        mine.opened.turn,
        kind,
        left[0] if left else None,
        right[0] if right else None,
        status,
        decision,
    )


def _in_slot(
    one: ComparedRun, turn: TurnRecord, kind: Kind, language: str
) -> tuple[Done, SlotRecord] | None:
    for at, slot in enumerate(turn.slots):
        if slot.released.slot != kind or slot.ruled is None:
            continue
        fact = slot.ruling or slot.ruled.ruling
        inject = one.game.run.exercise.injects[fact.inject]
        done = Done(
            text(inject.title, language),
            badge(one.exercise, inject.actor),
            carried_out(inject, slot),
            words.verdict(fact.timing) if fact.minutes else "",
            _came(fact),
            slot.ruled.discord,
            (turn.opened.turn, fact.inject) in one.game.known,
            slot=at,
            how=slot.amended.how if slot.amended is not None else "",
        )
        return done, slot
    return None


def _came(fact: Ruling) -> str:
    carried = f"carried {words.carries(fact.quarters)}"
    if not fact.minutes:
        return carried
    spare = fact.window - fact.total
    return f"{words.hours(spare)} {'to spare' if spare >= 0 else 'over'}, {carried}"


def _status(
    left: tuple[Done, SlotRecord] | None, right: tuple[Done, SlotRecord] | None, both: Shared
) -> tuple[str, bool]:
    """The status of a slot, and whether a decision differs in it."""
    names = [one[1].released.inject for one in (left, right) if one]
    if any(name not in both.injects for name in names):
        return LEFT_OUT, False
    if left is None or right is None:
        return (ONLY_A if left else ONLY_B if right else SAME), False
    mine, yours = left[1].ruled, right[1].ruled
    assert mine is not None
    assert yours is not None
    stands = left[1].ruling == right[1].ruling
    if names[0] != names[1]:
        return INJECT, False
    if (mine.ruling.option, mine.discord) != (yours.ruling.option, yours.discord):
        return DIFFERS, True
    return (SAME if stands else ANSWER), False


def _reckoning(
    a: ComparedRun,
    b: ComparedRun,
    mine: TurnRecord,
    yours: TurnRecord,
    both: Shared,
    language: str,
    *,
    parted: bool,
) -> Iterator[Row]:
    """A row where an adversary acted differently, or where the runs part without any other row."""
    assert mine.reckoned is not None
    assert yours.reckoned is not None
    did = [
        {one.adversary: one.response for one in turn.reckoning.responses}
        for turn in (mine.reckoned, yours.reckoned)
    ]
    differ = [name for name, what in did[0].items() if did[1].get(name, what) != what]
    sides = [
        Done("", None, _responded(one, responses, differ, language), how=_how(turn))
        for one, responses, turn in zip((a, b), did, (mine, yours), strict=True)
    ]
    number = mine.opened.turn
    if differ:
        yield Row(number, "reckoning", sides[0], sides[1], RESPONSE)
    elif not parted and _scores(a, mine, both) != _scores(b, yours, both):
        yield Row(number, "reckoning", sides[0], sides[1], FIGURES)


def _how(turn: TurnRecord) -> str:
    return turn.recast.how if turn.recast is not None else ""


def _responded(one: ComparedRun, did: dict[str, str], differ: list[str], language: str) -> str:
    told = []
    for part in one.exercise.adversary:
        if part.id in differ:
            aim = one.game.position.aims[one.game.run.tables.adversary[part.id]]
            what = text(name_of(part, aim, did[part.id]), language)
            told.append(f"{text(part.name, language)} {what}")
    return ", ".join(told) or "the same responses"


def _scores(one: ComparedRun, turn: TurnRecord, both: Shared) -> dict[str, int]:
    assert turn.reckoned is not None
    pairs = zip(one.exercise.score, turn.reckoned.reckoning.scores, strict=True)
    return {part.id: value for part, value in pairs if part.id in both.scores}
