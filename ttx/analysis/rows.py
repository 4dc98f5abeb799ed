"""Two runs turn by turn: what each decided, what came of it, and where they first differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal

from ttx.adjudicator.facts import Ruling
from ttx.analysis.compared_runs import ComparedRun, Shared
from ttx.exercise.model.part import text
from ttx.exercise.moves import name_of
from ttx.i18n import N_, _
from ttx.session.control_events import BY_HAND, MODIFIED, OVERRULED
from ttx.session.game import LEVERS_SET, SlotRecord, TurnRecord
from ttx.session.view import words
from ttx.session.view.answers import carried_out
from ttx.session.view.badge import Badge, badge

Kind = Literal["levers", "policy", "crisis", "reckoning"]


class Status(Enum):
    """Whether the two differ in a row, and how; its value is what a reader sees, untranslated."""

    SAME = N_("same")
    FIRST = N_("first difference")
    DIFFERS = N_("differs")
    """A decision differs."""
    ANSWER = N_("same answer")
    """The decision is the same, what came of it is not."""
    INJECT = N_("other inject")
    ONLY_A = N_("only A")
    """The slot of the other side stayed empty."""
    ONLY_B = N_("only B")
    RESPONSE = N_("other response")
    """An adversary did something else."""
    FIGURES = N_("other figures")
    """Nothing that has a row differs, and yet the scores do."""
    LEFT_OUT = N_("left out")
    """Only one of two versions of the exercise has it."""
    APART = N_("not compared")
    """Two exercises."""

    @property
    def words(self) -> str:
        """As a reader sees it."""
        return _(self.value)


STEPS: dict[Kind, str] = {
    "levers": N_("levers"),
    "policy": N_("policy"),
    "crisis": N_("crisis"),
    "reckoning": N_("reckoning"),
}
EMPTY: dict[Kind, str] = {
    "levers": N_("levers"),
    "policy": N_("no policy inject"),
    "crisis": N_("no crisis inject"),
    "reckoning": N_("reckoning"),
}
"""What a row is called that has no inject."""
HOW = {MODIFIED: N_("modified"), OVERRULED: N_("overruled"), BY_HAND: N_("ruled by hand")}
"""In which way the facilitator ruled otherwise than the model."""


@dataclass(frozen=True, slots=True)
class Done:
    """What one side did in a row."""

    title: str
    """Of the inject; empty in rows of levers and of the reckoning."""
    badge: Badge | None
    said: str
    """The answer, the moves, or what the adversaries did."""
    timing: str = ""
    """`on_time`, `late` or `far_too_late`; empty where no clock ran."""
    came: str = ""
    """By how much, and how far it carried: `2 h 50 to spare, carried half`."""
    discord: bool = False
    """Whether the cells differed."""
    again: bool = False
    """Whether it was decided again with knowledge of what came."""
    how: str = ""
    """Modified, overruled or ruled by hand, where it was ruled otherwise than by the model."""
    slot: int = -1
    """Its place among the injects of the turn, where it is one."""

    @property
    def in_time(self) -> bool:
        """Whether a clock ran and the answer was in time."""
        return self.timing == "on_time"

    @property
    def word(self) -> str:
        """In time, late or far too late; empty where no clock ran."""
        return words.verdict(self.timing) if self.timing else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One step of a turn on both sides; None where the slot of a side stayed empty."""

    turn: int
    kind: Kind
    a: Done | None
    b: Done | None
    status: Status
    decision: bool = False
    """Whether the two decided differently here."""

    @property
    def same(self) -> bool:
        """Whether nothing differs here."""
        return self.status is Status.SAME

    @property
    def title(self) -> str:
        """The inject, that of A where they differ; or which step it is."""
        done = self.a or self.b
        return (done.title if done else "") or _(EMPTY[self.kind])

    @property
    def step(self) -> str:
        """Which step of the turn it is: `crisis`."""
        return _(STEPS[self.kind])


def rows(a: ComparedRun, b: ComparedRun, both: Shared, turns: int) -> tuple[Row, ...]:
    """The rows of all turns that both have played, the first difference marked."""
    side_by_side: list[Row] = []
    for mine, yours in zip(a.played[:turns], b.played[:turns], strict=True):
        side_by_side += _levers(a, b, mine, yours, both)
        for kind in ("policy", "crisis"):
            side_by_side.append(_slot(a, b, mine, yours, both, kind))
        if both.like != "other":
            parted = any(row.status not in (Status.SAME, Status.LEFT_OUT) for row in side_by_side)
            side_by_side += _reckoning(a, b, mine, yours, both, parted=parted)
    if both.like == "other":
        return tuple(replace(row, status=Status.APART, decision=False) for row in side_by_side)
    compared = [at for at, row in enumerate(side_by_side) if row.status is not Status.LEFT_OUT]
    first = next((at for at in compared if not side_by_side[at].same), None)
    if first is not None:
        side_by_side[first] = replace(side_by_side[first], status=Status.FIRST)
    return tuple(side_by_side)


def _levers(
    a: ComparedRun, b: ComparedRun, mine: TurnRecord, yours: TurnRecord, both: Shared
) -> Iterator[Row]:
    number = mine.opened.turn
    moves = []
    for turn in (mine, yours):
        course: dict[str, tuple[str, ...]] = {}
        for _by, move in turn.moves:
            if move.lever in both.levers:
                course[move.lever] = (*course.get(move.lever, ()), move.level)
        moves.append(course)
    if not any(moves):
        return
    sides = [
        Done("", None, _moved(run, course), again=(number, LEVERS_SET) in run.game.known)
        for run, course in zip((a, b), moves, strict=True)
    ]
    differ = moves[0] != moves[1]
    yield Row(
        number, "levers", sides[0], sides[1], Status.DIFFERS if differ else Status.SAME, differ
    )


def _moved(run: ComparedRun, course: dict[str, tuple[str, ...]]) -> str:
    """Moves by the names of their levels, as the exercise orders them: `Pace crash, Site split`."""
    moves = []
    for lever in run.exercise.lever:
        names = {level.id: text(level.name) for level in lever.levels}
        if lever.id in course:
            levels = _(" then ").join(names[to] for to in course[lever.id])
            moves.append(f"{text(lever.name)} {levels}")
    return ", ".join(moves) or _("no move")


def _slot(
    a: ComparedRun,
    b: ComparedRun,
    mine: TurnRecord,
    yours: TurnRecord,
    both: Shared,
    kind: Kind,
) -> Row:
    left, right = _in_slot(a, mine, kind), _in_slot(b, yours, kind)
    status, decision = _status(left, right, both)
    return Row(
        mine.opened.turn,
        kind,
        left[0] if left else None,
        right[0] if right else None,
        status,
        decision,
    )


def _in_slot(run: ComparedRun, turn: TurnRecord, kind: Kind) -> tuple[Done, SlotRecord] | None:
    for at, slot in enumerate(turn.slots):
        if slot.released.slot != kind or slot.ruled is None:
            continue
        fact = slot.ruling or slot.ruled.ruling
        inject = run.exercise.injects[fact.inject]
        done = Done(
            text(inject.title),
            badge(run.exercise, inject.actor),
            carried_out(inject, slot),
            fact.timing if fact.minutes else "",
            _came(fact),
            slot.ruled.discord,
            (turn.opened.turn, fact.inject) in run.game.known,
            slot=at,
            how=_(HOW[slot.amended.how]) if slot.amended is not None else "",
        )
        return done, slot
    return None


def _came(fact: Ruling) -> str:
    share, spare = words.carries(fact.quarters), fact.window - fact.total
    if not fact.minutes:
        return _("carried {share}", share=share)
    if spare >= 0:
        return _("{hours} to spare, carried {share}", hours=words.hours(spare), share=share)
    return _("{hours} over, carried {share}", hours=words.hours(spare), share=share)


def _status(
    left: tuple[Done, SlotRecord] | None, right: tuple[Done, SlotRecord] | None, both: Shared
) -> tuple[Status, bool]:
    """The status of a slot, and whether a decision differs in it."""
    names = [side[1].released.inject for side in (left, right) if side]
    if any(name not in both.injects for name in names):
        return Status.LEFT_OUT, False
    if left is None or right is None:
        return (Status.ONLY_A if left else Status.ONLY_B if right else Status.SAME), False
    mine, yours = left[1].ruled, right[1].ruled
    assert mine is not None
    assert yours is not None
    stands = left[1].ruling == right[1].ruling
    if names[0] != names[1]:
        return Status.INJECT, False
    if (mine.ruling.option, mine.discord) != (yours.ruling.option, yours.discord):
        return Status.DIFFERS, True
    return (Status.SAME if stands else Status.ANSWER), False


def _reckoning(
    a: ComparedRun,
    b: ComparedRun,
    mine: TurnRecord,
    yours: TurnRecord,
    both: Shared,
    *,
    parted: bool,
) -> Iterator[Row]:
    """A row where an adversary acted differently, or where the runs part without any other row."""
    assert mine.reckoned is not None
    assert yours.reckoned is not None
    did = [
        {fact.adversary: fact.response for fact in turn.reckoning.responses}
        for turn in (mine.reckoned, yours.reckoned)
    ]
    differ = [name for name, what in did[0].items() if did[1].get(name, what) != what]
    sides = [
        Done("", None, _responded(run, responses, differ), how=_how(turn))
        for run, responses, turn in zip((a, b), did, (mine, yours), strict=True)
    ]
    number = mine.opened.turn
    if differ:
        yield Row(number, "reckoning", sides[0], sides[1], Status.RESPONSE)
    elif not parted and _scores(a, mine, both) != _scores(b, yours, both):
        yield Row(number, "reckoning", sides[0], sides[1], Status.FIGURES)


def _how(turn: TurnRecord) -> str:
    return _(HOW[turn.recast.how]) if turn.recast is not None else ""


def _responded(run: ComparedRun, did: dict[str, str], differ: list[str]) -> str:
    responses = []
    for part in run.exercise.adversary:
        if part.id in differ:
            aim = run.game.position.aims[run.game.run.tables.adversary[part.id]]
            what = text(name_of(part, aim, did[part.id]))
            responses.append(f"{text(part.name)} {what}")
    return ", ".join(responses) or _("the same responses")


def _scores(run: ComparedRun, turn: TurnRecord, both: Shared) -> dict[str, int]:
    assert turn.reckoned is not None
    pairs = zip(run.exercise.score, turn.reckoned.reckoning.scores, strict=True)
    return {part.id: value for part, value in pairs if part.id in both.scores}
