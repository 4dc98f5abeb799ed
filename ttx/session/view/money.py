"""What money comes to: what comes in, what levers cost, and where that leads if nothing changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.levers import Budget
from ttx.i18n import _
from ttx.session.view import words
from ttx.session.view.eye import Eye

AHEAD = 3
"""How many ends of turns are foreseen."""


@dataclass(frozen=True, slots=True)
class MoneyView:
    """The budget that the levels held are paid from, in whole units."""

    name: str
    have: int
    income: int
    """What the next opening brings, as tracks stand now."""
    by: str
    """The track that it goes by; empty where none."""
    upkeep: int
    """What the levels take at the end of each turn; below 0 where they bring more than that."""
    cap: int
    """The most that is kept at the end of a turn."""
    floor: int
    """The least that it can fall to."""
    ends: tuple[int, ...]
    """What is left at the end of this turn and of those after it, if nothing else changes."""
    overdraft: tuple[words.Shift, ...]
    """What each turn that ends below zero does."""

    @property
    def short(self) -> bool:
        """Whether a turn that is foreseen ends below zero."""
        return any(end < 0 for end in self.ends)


def money(eye: Eye, lever: str = "", level: str = "") -> MoneyView | None:
    """Money as it stands, or with a lever moved to another level; None where there is none."""
    kinds = [part.kind for part in eye.exercise.budget]
    if not eye.visibility.levers or "money" not in kinds:
        return None
    part, position = eye.exercise.budget[kinds.index("money")], eye.game.position
    have = position.budgets[kinds.index("money")]
    held = list(position.levels)
    if lever:
        row = eye.run.tables.lever[lever]
        held[row] = [each.id for each in eye.exercise.lever[row].levels].index(level)
    upkeep = _upkeep(eye.exercise, held)
    income = income_of(eye, part)
    return MoneyView(
        name=eye.text(part.name),
        have=have,
        income=income,
        by=eye.names.values[part.income.by] if part.income.by else "",
        upkeep=upkeep,
        cap=part.cap,
        floor=part.floor,
        ends=tuple(_ends(eye, part, have, income, upkeep)),
        overdraft=eye.shifts(part.overdraft),
    )


def income_of(eye: Eye, part: Budget) -> int:
    """What a budget receives at an opening, as tracks stand now."""
    if not part.income.by:
        return part.income.base
    track = eye.game.position.tracks[eye.run.tables.track[part.income.by]]
    return part.income.base + part.income.rate * track // part.income.per


def forecast(view: MoneyView) -> str:
    """`after this turn 71, next 36, then below zero`; empty where no turn is left."""
    if not view.ends:
        return ""
    this, *later = (str(end) if end >= 0 else _("below zero") for end in view.ends)
    parts = [_("after this turn {money}", money=this)]
    parts += [
        _("next {money}", money=end) if at == 0 else _("then {money}", money=end)
        for at, end in enumerate(later)
    ]
    return ", ".join(parts)


def below_zero(view: MoneyView) -> str:
    """What money below zero does, in a sentence."""
    harms = ", ".join(f"{track} {by}" for track, by, _word in view.overdraft)
    if not harms:
        return _("Below zero no lever can be raised.")
    return _("Below zero: {harms} each turn, and no lever can be raised.", harms=harms)


def sentences(eye: Eye) -> tuple[str, ...]:
    """What each budget holds, how it grows, and what it is for, a paragraph each."""
    if not eye.visibility.levers:
        return ()
    view = money(eye)
    return tuple(
        _of_money(view)
        if part.kind == "money" and view is not None
        else _of_points(eye, part, have)
        for part, have in zip(eye.exercise.budget, eye.game.position.budgets, strict=True)
    )


def _of_money(view: MoneyView) -> str:
    by = _(" (it goes by {track})", track=view.by) if view.by else ""
    takes = _("The levers as they stand take {upkeep} at the end of each turn.", upkeep=view.upkeep)
    if view.upkeep < 0:
        takes = _(
            "The levers as they stand bring {gain} at the end of each turn.", gain=-view.upkeep
        )
    parts = [
        _(
            "{money}: {have} now. The next opening brings {income}{by}.",
            money=words.capital(view.name),
            have=view.have,
            income=view.income,
            by=by,
        ),
        takes,
        _("At most {cap} is kept at the end of a turn.", cap=view.cap),
    ]
    if view.ends:
        ahead = forecast(view)
        parts.append(_("If nothing changes: {ahead}.", ahead=ahead))
    return " ".join([*parts, below_zero(view)])


def _of_points(eye: Eye, part: Budget, have: int) -> str:
    name, by = words.capital(eye.text(part.name)), ""
    if part.income.by:
        by = _(" (it goes by {track})", track=eye.names.values[part.income.by])
    parts = [
        _(
            "{budget}: {have} of at most {cap} now. The next opening brings {income}{by}.",
            budget=name,
            have=have,
            cap=part.cap,
            income=income_of(eye, part),
            by=by,
        ),
        _("It is paid once, when a lever is raised."),
    ]
    if part.lowering:
        parts.append(_("Lowering a lever takes {count}.", count=part.lowering))
    if part.granted_by:
        cell = eye.names.cells[part.granted_by]
        parts.append(_("The lead of {cell} has to agree to a move that costs some.", cell=cell))
    return " ".join(parts)


def _upkeep(exercise: Exercise, held: Sequence[int]) -> int:
    return sum(part.levels[level].upkeep for part, level in zip(exercise.lever, held, strict=True))


def _ends(eye: Eye, part: Budget, have: int, income: int, upkeep: int) -> Iterator[int]:
    """The ends of turns up to the first below zero, of at most so many."""
    position, last = eye.game.position, eye.exercise.turns.count
    under_way = len(position.past_levels) == position.turn
    turn = position.turn if under_way else position.turn + 1
    stands = have if under_way else have + income
    for _turn in range(turn, min(turn + AHEAD, last + 1)):
        stands = min(max(stands - upkeep, part.floor), part.cap)
        yield stands
        if stands < 0:
            return
        stands += income
