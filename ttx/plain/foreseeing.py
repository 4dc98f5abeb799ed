"""The forecast in plain lines, where it is open to a seat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ttx.i18n import _
from ttx.plain.conversation import Conversation, Work
from ttx.plain.sitting import Sitting
from ttx.report.document import Entry
from ttx.session.needs import points
from ttx.session.view import words
from ttx.session.view.message import message
from ttx.session.view.standing import no_forecast

if TYPE_CHECKING:
    from ttx.analysis.forecast import Fan
    from ttx.analysis.onward import Candidate

WORLDS = 800
"""How many worlds are looked at."""


def forecast(at: Sitting, typed: str = "") -> Conversation:
    """Where robots would lead the run from here, or with an option or a level tried out."""
    from ttx.analysis.onward import AS_IT_STANDS, closed, players

    if reason := no_forecast(at.eye):
        at.tell(reason)
        return
    tried = _candidate(at, typed)
    asked = [AS_IT_STANDS, *([tried] if tried is not None else [])]
    for candidate in asked:
        if why := closed(at.game, candidate):
            at.tell(why)
            return
    at.tell(_("Looking into {count} worlds.", count=WORLDS))
    game, sees, fans = at.game, at.eye.visibility, list["Fan"]()

    def look() -> None:
        from ttx.analysis.forecast import looked

        for candidate in asked:
            fans.append(looked(game, players(game), candidate, count=WORLDS, eye=sees))

    yield Work(look)
    stands, *others = fans
    at.head(_("FORECAST, at the end of the last turn; judgement, not prediction"))
    at.show(*(Entry((sentence,), hang=2) for sentence in _ends(at, stands)))
    for other in others:
        at.head(_("WITH THAT, against as it stands"))
        at.show(*(Entry((sentence,), hang=2) for sentence in _compared(at, other, stands)))


def _ends(at: Sitting, fan: Fan) -> Iterator[str]:
    """Where each score ends: the median, and between what it lies in nine of ten worlds."""
    from ttx.analysis.forecast import MEDIAN

    last = fan.bands[:, -1, :]
    for row, name in enumerate(at.eye.names.scores.values()):
        yield _(
            "{name}: {median}; in nine of ten worlds between {low} and {high}.",
            name=name,
            median=points(int(last[MEDIAN, row])),
            low=points(int(last[0, row])),
            high=points(int(last[-1, row])),
        )


def _compared(at: Sitting, fan: Fan, stands: Fan) -> Iterator[str]:
    from ttx.analysis.forecast import against

    names = at.eye.names.scores.values()
    for name, row in zip(names, against(at.game, fan, stands), strict=True):
        yield _(
            "{name}: {by} in the middle; clearly better in {better} of 100 worlds, clearly worse "
            "in {worse}.",
            name=name,
            by=words.exact(row.median),
            better=row.better,
            worse=row.worse,
        )


def _candidate(at: Sitting, typed: str) -> Candidate | None:
    """An option by its number, or a lever with a level, to be tried out; None where none is."""
    from ttx.analysis.onward import Candidate

    view = message(at.eye)
    option = next((part for part in view.options if part.key == typed), None) if view else None
    if option is not None:
        return Candidate(option=option.id)
    lever, _space, level = typed.partition(" ")
    return Candidate(lever=lever, level=level.strip()) if level else None
