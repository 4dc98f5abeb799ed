"""Your turn: a terminal that looks away is called, once, when its seat is awaited; never else."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from textual import events
from textual.events import Event

from ttx.i18n import _
from ttx.tui.seat import Mode, SeatContext

IDLE = 180.0
"""Seconds without a key after which somebody looks away whose terminal does not tell of focus."""
LOOK = 15.0
"""Seconds between two looks whether they do."""
BELL = "\x07"
NOTIFY = "TTX_NOTIFY"
"""The variable that asks for more than a bell."""
OSC_9 = "osc9"
"""What it is set to for a notification that the desktop shows."""


class YourTurn:
    """Whether somebody looks away from one terminal, and what they were called for."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """They have just come, and look."""
        self._clock = clock
        self._touched = clock()
        self._focused: bool | None = None
        """Whether the terminal has the focus, as it says itself; None where it never said."""
        self._awaited = ""
        self._called = False

    def touch(self) -> None:
        """A key was pressed, or a button of the mouse."""
        self._touched = self._clock()
        self._focused = None if self._focused is None else True

    def hear(self, event: Event) -> None:
        """What the terminal says that tells whether somebody looks."""
        if isinstance(event, events.AppFocus | events.AppBlur):
            self.hear_of_focus(focused=isinstance(event, events.AppFocus))
        elif isinstance(event, events.Key | events.Paste | events.MouseDown):
            self.touch()

    def hear_of_focus(self, *, focused: bool) -> None:
        """The terminal says that it has the focus, or lost it."""
        self._focused = focused
        if focused:
            self._touched = self._clock()

    def calls(self, awaited: str) -> bool:
        """Whether to call for what is awaited now: it is new, or it waits for somebody idle.

        Who turns away from what they were shown is not called back for it by a terminal that tells
        of focus.
        """
        if awaited != self._awaited:
            self._awaited, self._called = awaited, False
            away = self._idle if self._focused is None else not self._focused
        else:
            away = self._idle and self._focused is None
        if not awaited or self._called or not away:
            return False
        self._called = True
        return True

    def call_for(self, context: SeatContext, environment: Mapping[str, str]) -> str:
        """What is sent to the terminal if its seat is to be called now; empty where it is not."""
        from ttx.session.view.awaited import awaited

        if not context.hosted or context.mode is not Mode.PLAY:
            return ""
        eye = context.eye
        return call(environment, eye.text(eye.exercise.title)) if self.calls(awaited(eye)) else ""

    @property
    def _idle(self) -> bool:
        return self._clock() - self._touched >= IDLE


def call(environment: Mapping[str, str], title: str) -> str:
    """What is sent to the terminal: a bell, or what its environment asks for instead."""
    if environment.get(NOTIFY) == OSC_9:
        words = _("It is your turn: {title}", title=title)
        return f"\x1b]9;ttx: {_one_line(words)}{BELL}"
    return BELL


def _one_line(words: str) -> str:
    """Words that end no command of a terminal and begin none."""
    return "".join(sign for sign in words if sign.isprintable())[:120]
