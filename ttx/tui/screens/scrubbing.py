"""How the head of a replay is moved: from stop to stop, by itself, to what somebody types."""

from __future__ import annotations

import re
from collections.abc import Callable

from textual.binding import Binding, BindingType
from textual.timer import Timer

from ttx.i18n import N_
from ttx.session.timeline import Timeline

STOPS: list[BindingType] = [
    Binding(key, f"stop('{kind}', {by})", kind, id=f"{kind}-{way}", tooltip=does)
    for key, kind, by, way, does in (
        ("right_square_bracket", "turn", 1, "on", N_("Next turn")),
        ("left_square_bracket", "turn", -1, "back", N_("Turn before")),
        ("right_curly_bracket", "inject", 1, "on", N_("Next inject")),
        ("left_curly_bracket", "inject", -1, "back", N_("Inject before")),
        ("right_parenthesis", "ruling", 1, "on", N_("Next ruling")),
        ("left_parenthesis", "ruling", -1, "back", N_("Ruling before")),
    )
]
"""Keys that go from turn to turn, inject to inject, ruling to ruling."""
SPEEDS = (0.5, 1, 2, 4, 8, 16, 32)
"""Entries a second."""


class Playback:
    """Entries that follow each other by themselves."""

    def __init__(
        self, timer: Callable[[float, Callable[[], None]], Timer], step: Callable[[], None]
    ) -> None:
        """Standing still, at single speed; at each tick of its `timer` it will `step`."""
        self._timed, self._step = timer, step
        self.speed: float = 1
        """Entries a second."""
        self._timer: Timer | None = None

    @property
    def runs(self) -> bool:
        """Whether entries follow each other."""
        return self._timer is not None

    def start(self) -> None:
        """Let them, at the present speed."""
        self.stop()
        self._timer = self._timed(1 / self.speed, self._step)

    def stop(self) -> None:
        """Let no entry follow by itself."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def change(self, by: int) -> None:
        """Twice as fast, or half."""
        at = SPEEDS.index(self.speed) + by
        self.speed = SPEEDS[max(0, min(at, len(SPEEDS) - 1))]
        if self.runs:
            self.start()


def entry_named(timeline: Timeline, typed: str) -> int | None:
    """The entry that is meant by `T7`, `148`, `4.1` or `r4.1`; None where there is none."""
    word = typed.strip().lower()
    if re.fullmatch(r"t\d{1,4}", word):
        return timeline.turn(int(word[1:]))
    if re.fullmatch(r"\d+\.\d+", word):
        return timeline.inject(word)
    if re.fullmatch(r"r\d+\.\d+", word):
        return timeline.ruling(word[1:])
    known = re.fullmatch(r"\d{1,9}", word) and int(word) <= timeline.last
    return int(word) if known else None
