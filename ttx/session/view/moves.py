"""What a move of a lever leaves, opens and closes, as the seat reads it before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ttx.adjudicator import rulings, succession
from ttx.adjudicator.position import Position
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.levers import Lever
from ttx.i18n import _
from ttx.session import needs
from ttx.session.view import money, words
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move that has not been made."""

    leaves: tuple[str, ...]
    """What it leaves of each budget that it takes from: `staff time 3`."""
    opens: tuple[str, ...]
    """Levels of other levers that it opens, in the words of `closes`."""
    closes: tuple[str, ...]
    """Levels of other levers whose condition it breaks: `Authority delegated at air`."""
    warning: str
    """That money ends below zero with it, and what that does; empty where it does not."""

    @property
    def sentence(self) -> str:
        """All of it in words; empty where there is nothing to say."""
        parts = []
        if self.leaves:
            parts.append(_("It leaves {budgets}.", budgets=words.listed(self.leaves)))
        if self.opens:
            parts.append(_("It opens {levels}.", levels=words.listed(self.opens)))
        if self.closes:
            parts.append(_("It closes {levels}.", levels=words.listed(self.closes)))
        return " ".join([*parts, *filter(None, [self.warning])])


def move(eye: Eye, lever: str, level: str) -> MoveView:
    """What a lever moved to a level would come to; the move must be open."""
    tables, position, parts = eye.run.tables, eye.game.position, eye.exercise.budget
    at = Tables.level(eye.exercise.levers[lever], level)
    after = _after(tables, position, lever, at)
    before = dict(zip((part.id for part in parts), position.budgets, strict=True))
    ahead, warning = money.money(eye, lever, level), ""
    if ahead is not None and ahead.short:
        warning = _(
            "{money}: {ahead}. {harm}",
            money=words.capital(ahead.name),
            ahead=money.forecast(ahead),
            harm=money.below_zero(ahead),
        )
    return MoveView(
        leaves=tuple(
            f"{eye.text(part.name)} {left}"
            for part, left in zip(parts, after.budgets, strict=True)
            if left < before[part.id]
        ),
        opens=_named(eye, _kept_shut(tables, position, after, lever)),
        closes=_named(eye, _kept_shut(tables, after, position, lever)),
        warning=warning,
    )


@lru_cache(maxsize=256)
def _after(tables: Tables, position: Position, lever: str, level: int) -> Position:
    """Kept, because a page asks again whenever it is painted."""
    return succession.moved(tables, position, rulings.moving(tables, position, lever, level))


def _kept_shut(
    tables: Tables, here: Position, there: Position, but: str
) -> Iterator[tuple[Lever, int]]:
    """Levels of other levers whose condition fails here and holds there."""
    for part in tables.exercise.lever:
        now = here.levels[tables.lever[part.id]]
        for row, level in enumerate(part.levels):
            asks = row > now and part.id != but and level.needs
            if asks and not needs.met(tables, here, asks) and needs.met(tables, there, asks):
                yield part, row


def _named(eye: Eye, levels: Iterator[tuple[Lever, int]]) -> tuple[str, ...]:
    return tuple(
        _(
            "{lever} at {level}",
            lever=eye.text(part.name),
            level=eye.text(part.levels[row].name),
        )
        for part, row in levels
    )
