"""What an entry says of itself, held against the game: its turn, its phase and its times."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.i18n import _
from ttx.session.bounds import moment
from ttx.session.events import Entry
from ttx.session.format_1 import format_1_audience
from ttx.session.game import Game
from ttx.session.run import PERSON

SET_BACK = 60
"""Seconds by which the clock of a machine may be set back unremarked."""


def wrong_stamps(before: Game, after: Game, entry: Entry, last: str) -> Iterator[str]:
    """What an entry says of itself that is not so, a clause each.

    `before` and `after` are the run before and after it, `last` the wall time of the entry before,
    ISO, empty where it has none.
    """
    yield from wrong_place(after, entry)
    meant = format_1_audience(entry.event, entry.by, before.run)
    if entry.format_1_to not in ("", meant):
        yield _(
            "it says that it is for {said}, and it is for {meant}",
            said=entry.format_1_to,
            meant=meant,
        )
    if PERSON not in before.run.players.values():
        if entry.at or entry.elapsed:
            yield _("it has a time, and no person plays")
        return
    at = moment(entry.at)
    if at is None:
        yield _("its time '{at}' is none", at=entry.at)
        return
    if entry.elapsed < before.elapsed:
        yield _(
            "it came {elapsed} s into its phase, and the one before it later", elapsed=entry.elapsed
        )
    then = moment(last)
    back = (then - at).total_seconds() if then is not None else 0
    if back > SET_BACK:
        yield (
            _(
                "its time is {back:.0f} s before that of the one before it: a "
                "clock was set back, or a time was changed",
                back=back,
            )
        )


def wrong_place(after: Game, entry: Entry) -> Iterator[str]:
    """What of its turn and its phase is not so, whoever played; a clause each."""
    if entry.turn != len(after.turns):
        yield _(
            "it says turn {turn}, and it belongs to turn {meant}",
            turn=entry.turn,
            meant=len(after.turns),
        )
    if entry.phase != after.phase:
        yield _(
            "it says that it led to {phase}, and it led to {meant}",
            phase=entry.phase,
            meant=after.phase,
        )
