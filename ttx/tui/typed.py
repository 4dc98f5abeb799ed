"""What is typed and clicked, one after the other: each meets what the one before it led to.

Textual hands a key to the screen of the moment and the next at once, whatever the first opens,
closes or asks. Keys that come in one packet would reach a page that has gone, or one that was never
painted, and the words of a note would be taken for keys.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump

PATIENCE = 5.0
"""Seconds after which the next is handed on all the same: no page keeps a seat from leaving it."""


class Seen(Protocol):
    """The app that it is typed at."""

    def busy(self) -> Iterable[MessagePump]:
        """What a key may still be on its way through, and the app last."""

    def catch_up(self) -> bool:
        """Show what has changed since; False where nothing has."""

    def early(self, event: events.Event) -> bool:
        """Whether it came before what is shown could be read, and so is not meant for that."""


class Typed:
    """Keys, pastes and buttons of the mouse of one app, in their order."""

    def __init__(
        self,
        app: Seen,
        hand_on: Callable[[events.Event], Awaitable[None]],
        pressed: Callable[[events.Event], None],
    ) -> None:
        """Nothing was typed yet; `hand_on` gives one to the screen of the moment.

        `pressed` is told of each before that.
        """
        self._app, self._hand_on, self._pressed = app, hand_on, pressed
        self._waiting: deque[events.Event] = deque()
        self._at_work = False
        self._since, self._round = 0.0, 0
        """When the last was handed on, and how many were; an answer to an earlier one is late."""

    def __len__(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    def takes(self, event: Message) -> bool:
        """Whether it has to wait for its turn; where the mouse goes says nothing."""
        typed = isinstance(event, events.InputEvent | events.Paste)
        return typed and not isinstance(event, events.MouseMove) and not event.is_forwarded

    async def take(self, event: events.Event) -> None:
        """Hand it on once all before it is done."""
        self._waiting.append(event)
        if not self._at_work or time.monotonic() - self._since > PATIENCE:
            await self._next()

    def again(self, key: events.Key) -> None:
        """A key that met a page which is not shown any more is for the one that is."""
        again = events.Key(key.key, key.character)
        again.time = key.time  # it came when it came
        self._waiting.appendleft(again)
        if not self._at_work:
            self._at_work, self._since = True, time.monotonic()
            self._settle()

    async def _next(self) -> None:
        while self._waiting and self._app.early(self._waiting[0]):
            self._waiting.popleft()
        self._at_work = bool(self._waiting)
        self._since, self._round = time.monotonic(), self._round + 1
        if self._waiting:
            event = self._waiting.popleft()
            self._pressed(event)
            await self._hand_on(event)
            self._settle()

    def _settle(self) -> None:
        self._pass_on(self._round, [*self._app.busy()])

    def _pass_on(self, turn: int, pumps: Sequence[MessagePump]) -> None:
        """Have each say when it has done what it was given; one that ends has nothing to say."""
        for at, pump in enumerate(pumps):
            rest = pumps[at + 1 :]
            then = partial(self._pass_on, turn, rest) if rest else partial(self._settled, turn)
            if pump.post_message(events.Callback(callback=then)):
                return

    async def _settled(self, turn: int) -> None:
        if turn != self._round:
            return
        *pages, _ = self._app.busy()
        if any(pump.message_queue_size for pump in pages) or self._app.catch_up():
            self._settle()
        else:
            await self._next()
