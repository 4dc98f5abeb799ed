"""What of a record is in force, and the entries of a fork made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ttx.i18n import _
from ttx.session import phases
from ttx.session.events import Entry, Forked, Paused, Resumed, TurnOpened, Undone
from ttx.session.game import Game
from ttx.session.kinds import declared


class NoCut(ValueError):
    """A place in a record where no fork can begin; a sentence for a person."""


def in_force(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that nobody took back, in order; asides stay, since they decide nothing.

    They fold to the same game as the whole record, but for what it knows of having been taken back
    and for a pause that an end since undone had lifted.
    """
    kept: list[Entry] = []
    for entry in entries:
        if isinstance(entry.event, Undone):
            back_to = entry.event.back_to
            kept = [
                before for before in kept if before.n <= back_to or declared(before.event).aside
            ]
        else:
            kept.append(entry)
    return kept


def opening_of(entries: Sequence[Entry], turn: int) -> int:
    """The number of the entry in force that opened a turn.

    Raises:
        NoCut: It was not played.
    """
    opened = {
        entry.event.turn: entry.n
        for entry in in_force(entries)
        if isinstance(entry.event, TurnOpened)
    }
    if turn not in opened:
        played = _("turns 1 to {last}", last=max(opened)) if opened else _("no turn")
        raise NoCut(
            _("Turn {turn} was not played; this record has {played}.", turn=turn, played=played)
        )
    return opened[turn]


def cut_at(game: Game) -> int:
    """The last entry that a fork may copy from a run that stands here.

    Sealed answers are never cut in two: while a question is open the cut is where it opened. NoCut
    where the exercise has ended or has not begun.
    """
    if game.phase in phases.PLAY_IS_OVER:
        raise NoCut(_("The exercise has ended here; go back to a turn and fork there."))
    if game.phase == phases.BRIEFING:
        raise NoCut(_("Nothing has happened yet; play the exercise anew with the same seed."))
    sealed = (phases.DELIBERATION, phases.ADJUDICATION, phases.RESPONSE)
    if game.phase in sealed and not game.opened:
        assert game.opening is not None
        return game.opening.opened
    return game.entries


def copied(entries: Sequence[Entry], parent: str, seal: str, cut: int, by: str) -> list[Entry]:
    """The entries of a fork: where it comes from, then those in force up to the cut.

    `seal` is the hash of the parent's entry `cut`. Pauses are left out, so that the fork stands
    ready to be played.
    """
    whole = [
        copy for copy in in_force(entries[:cut]) if not isinstance(copy.event, Paused | Resumed)
    ]
    if whole and isinstance(whole[0].event, Forked):
        whole = whole[1:]
    first = Entry(1, Forked(parent, seal, cut, len(whole)), by, phase=phases.BRIEFING)
    numbers = {old.n: at for at, old in enumerate(whole, start=2)}
    return [first, *(replace(old, n=numbers[old.n]) for old in whole)]
