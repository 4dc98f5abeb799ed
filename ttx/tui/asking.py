"""A screen that asks: a question that waits has the keys, else they do what they are bound to."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen

from ttx.tui import paint
from ttx.tui.parts.list import ListRegion
from ttx.tui.parts.question import SAVES, Asks, Barred, ForKey, ForText, ForYes, Question
from ttx.tui.region import Region

if TYPE_CHECKING:
    from ttx.tui.seat import Moment, SeatContext
    from ttx.tui.shell import Host, Shell

BY_HAND = (events.Key, Region.Clicked, Region.Pressed, Region.Scrolled, ListRegion.Chosen)
"""What somebody does."""


class AskingScreen(Screen[None]):
    """One sentence above the footer, and one question in its place."""

    def __init__(self) -> None:
        """Nothing is said, and nothing asked."""
        super().__init__()
        self.notice = ""
        self.question = Question("question-line")
        self._since = math.inf
        """When it was painted as what it is now, by the clock of the keys."""
        self._said_at: Moment | None = None
        """The moment that the sentence was said in."""
        self._holds: Callable[[], bool] | None = None
        self.acted_at = 0.0
        """When the key was pressed, or the click made, that is being carried out."""

    # --- what it knows ---

    @property
    def host(self) -> Host:
        """The app, as far as a page knows it."""
        return cast("Host", self.app)

    @property
    def shell(self) -> Shell:
        """The way to other pages."""
        return self.host.shell

    @property
    def context(self) -> SeatContext:
        """The seat that it is shown to."""
        return self.host.shell.context

    def show_notice(self, words: str, holds: Callable[[], bool] | None = None) -> None:
        """Show one sentence above the footer until the next key, or until the run has gone on.

        Where it tells of a state, `holds` says whether that is so still. Where another page has
        taken the place of this one, it is said there.
        """
        if self._gone:
            self.shell.say_on_top(words)
            return
        self.notice, self._said_at, self._holds = paint.clean(words), self.context.moment, holds
        self.paint()

    @property
    def _gone(self) -> bool:
        """Whether another page has taken its place, and what was typed here with it."""
        own = self.parent  # and not the app whose handler runs, which may be another's
        return self.is_mounted and not (isinstance(own, App) and self in own.screen_stack)

    # --- since when it can be read ---

    def is_early(self, event: events.Event) -> bool:
        """Whether a key came before this was painted with what it asks, and is not meant for it.

        What is typed into a field is meant for that, whenever it came.
        """
        typing = isinstance(self.question.asks, ForText)
        return not typing and event.time < max(self._since, self.question.since)

    def shows_another_thing(self) -> None:
        """It is about something else from here on, as if it were another page."""
        self._since = time.monotonic()

    def show_state(self, say: Callable[[], str]) -> None:
        """Show how something stands, until it stands otherwise."""
        words = say()
        self.show_notice(words, lambda: say() == words)

    def drop_what_is_past(self) -> None:
        """Say no more what was said of a moment that is over, or of a state that is."""
        past = self._said_at != self.context.moment
        if self.notice and (past or not (self._holds is None or self._holds())):
            self.notice = ""

    @property
    def shows_something(self) -> bool:
        """Whether there is anything on it that a key could mean."""
        return True

    def paint(self) -> None:
        """Show what has changed."""
        raise TypeError(f"{type(self).__name__} paints nothing")

    # --- questions ---

    def prompt_text(
        self,
        what: str,
        done: Callable[..., object],
        start: str = "",
        does: str = SAVES,
        *,
        looks_up: bool = False,
        kinds: Sequence[str] = (),
        behind: bool = False,
    ) -> None:
        """Ask for a text in the last rows; `done` gets it, unless it is given up.

        `does` is what Enter does with it, in a word. Where `done` gives False the text stays where
        it is, with the notice that says why beside it. `done` may ask for the next text at once: it
        is written in the same place. What only `looks_up` something is given up unasked, but
        where others lie `behind` it. Tab chooses one of its `kinds`; `done` gets its place too.
        """
        self._put_question(ForText(what, does, done, looks_up, kinds, behind), start)

    def confirm(self, sentence: str, word: str, then: Callable[[], object]) -> None:
        """Ask one question before something final."""
        typed = self.question.asks if self.question.holds_text else None
        instead = typed if isinstance(typed, ForText) else None
        self._put_question(ForYes(sentence, word, then, instead))

    def bar(self, reason: str) -> None:
        """Say why nothing can be typed; the letters that somebody types all the same do nothing."""
        self._put_question(Barred(paint.clean(reason)))

    def prompt_key(
        self, sentence: str, keys: Mapping[str, str], then: Callable[[str], object]
    ) -> None:
        """Ask for one key of several, each with a word for it; Esc gives up, others do nothing.

        `then` gets the key, as it is shown.
        """
        self._put_question(ForKey(sentence, keys, then))

    def _put_question(self, asks: Asks, start: str = "") -> None:
        page = self.app.screen if self._gone else self
        if isinstance(page, AskingScreen):
            page.question.ask(asks, start)
            page.paint()

    def on_question_over(self, event: Question.Over) -> None:
        """A text was written, refused or given up."""
        if event.refused:
            self.question.refused, self.notice = self.notice, ""
        self.paint()

    @property
    def unsent(self) -> bool:
        """Whether something is written here that is lost where the page is."""
        return self.question.holds_text

    # --- what is typed and clicked ---

    async def _on_message(self, message: Message) -> None:
        """What somebody did is for the page that is shown."""
        if isinstance(message, BY_HAND) and self.host.is_past(self):
            if isinstance(message, events.Key):
                message.stop()
                self.host.press_again(message)
            return
        await super()._on_message(message)

    async def on_key(self, event: events.Key) -> None:
        """Answer a question that waits; any other key clears the sentence."""
        self.acted_at = event.time
        asks = self.question.asks
        if isinstance(asks, ForYes | ForKey | Barred):
            event.stop()
            event.prevent_default()
            then = self.question.answered(event)
            if self.question.asks is not asks:
                self.paint()
            if then is not None:
                then()
        elif self.question.edits(event.key):
            await self._carry_out(event)
        elif asks is not None:
            event.stop()
            event.prevent_default()
            self.question.type(event)
        else:
            if self.notice and not self.keeps_notice(event.key):
                self.notice = ""
                self.paint()
            await self._carry_out(event)

    def keeps_notice(self, key: str) -> bool:
        """Whether a key is for reading on in the sentence, which then stays."""
        return False

    async def _carry_out(self, event: events.Key) -> None:
        """Do what a key is bound to here, before anything else can come between.

        Textual would hand the key to the app, and by then another page may be shown.
        """
        if await self.app._check_bindings(event.key):  # noqa: SLF001  # nothing public does it now
            event.stop()
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a question waits or something is written, keys mean nothing else.

        On a terminal too small to show anything, and where nothing was painted yet, only leaving is
        possible.
        """
        if not (self.shows_something):
            return action == "back"
        asks = self.question.asks
        return asks is None or action == "answer"

    async def on_region_pressed(self, event: Region.Pressed) -> None:
        """What is clicked does what its key does."""
        self.acted_at = event.time
        await self.app.run_action(event.action, self)

    def action_answer(self, key: str) -> None:
        """Answer the question that waits, as a key does."""
        self.app.simulate_key(key)
