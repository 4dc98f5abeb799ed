"""A forecast worked out beside the screens: a first look soon, then more and more worlds.

It runs in a thread, which looks between two turns whether it is still wanted. What it finds belongs
to one moment of a run; at the next one it is forgotten.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from threading import Event
from typing import TYPE_CHECKING

from ttx.analysis import forecast
from ttx.analysis.forecast import FIRST, WORLDS, Fan
from ttx.analysis.onward import Candidate, players
from ttx.session.view.visibility import visibility

if TYPE_CHECKING:
    from ttx.adjudicator.arithmetic import Int32
    from ttx.session.game import Game

STEPS = (FIRST, 800, 1400, WORLDS)
"""How many worlds of each candidate are known before a painting; the first are shown at once."""


def moment(game: Game) -> tuple[object, ...]:
    """What a forecast hangs on: what is written beside the play leaves all of it as it is."""
    return (game.run, game.position, game.phase, game.turns, game.left, game.set_aside)


class Foresight:
    """The fans of one seat at one moment of a run."""

    def __init__(self, shown: Callable[[], None]) -> None:
        """`shown` is called in the loop of the screens, each time more is known."""
        self.fans: dict[Candidate, Fan] = {}
        self.among: dict[str, tuple[int, ...]] = {}
        """Of 100 runs of each reference robot, how many each score is higher than."""
        self._shown = shown
        self._moment: tuple[object, ...] = ()
        self._wanted: tuple[Candidate, ...] = ()
        self._stop = Event()

    def forget(self) -> None:
        """Stop, and know nothing."""
        self.rest()
        self.fans, self.among, self._moment = {}, {}, ()

    def rest(self) -> None:
        """Stop; what is known stays."""
        self._stop.set()
        self._wanted = ()

    def wants(self, game: Game, candidates: Sequence[Candidate]) -> bool:
        """Take in what is asked for now; whether `work` is to be begun anew for it.

        At another moment than the last time everything that was known is forgotten.
        """
        now, asked = moment(game), tuple(dict.fromkeys(candidates))
        if not self._moment or any(a is not b for a, b in zip(now, self._moment, strict=True)):
            self.forget()
            self._moment = now
        if asked == self._wanted:
            return False
        self.rest()
        self._wanted, self._stop = asked, Event()
        return True

    async def work(self, game: Game, seat: str) -> None:
        """Look at all that is asked for, in more and more worlds, until something else is."""
        stop, asked = self._stop, self._wanted
        for step in STEPS:
            for candidate in asked:
                known = self.fans.get(candidate)
                have = known.n if known is not None else 0
                if have >= step:
                    continue
                found = await asyncio.to_thread(
                    _look, game, seat, candidate, have + 1, step - have, stop
                )
                if stop.is_set() or found is None:
                    return
                more = forecast.fan(game, candidate, found)
                self.fans[candidate] = forecast.joined(known, more) if known else more
                if known is None:
                    self._shown()
            self._shown()
        for name in game.run.exercise.review.references:
            if name not in self.among:
                found_among = await asyncio.to_thread(forecast.higher_than, game, name)
                if stop.is_set():
                    return
                self.among[name] = found_among
                self._shown()


def _look(
    game: Game, seat: str, candidate: Candidate, first: int, count: int, stop: Event
) -> list[Int32] | None:
    """The scores of the turns to come in some worlds; None where it was not wanted any more."""
    found: list[Int32] = []
    turns = forecast.ahead(
        game, players(game), candidate, first=first, count=count, eye=visibility(game, seat)
    )
    for scores in turns:
        if stop.is_set():
            return None
        found.append(scores)
    return found
