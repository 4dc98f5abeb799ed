"""The screens of one visit: the lobby first, or where they were for who was here before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ttx import catalogues, i18n
from ttx.catalogues import NoCatalogue
from ttx.i18n import _
from ttx.remote.app import SeatApp
from ttx.remote.venue import Venue
from ttx.remote.wire import Terminal, Wire
from ttx.session.attendance import Invites
from ttx.tui.page import Page
from ttx.tui.seat_state import SeatState


class VisitApp(SeatApp):
    """A seat's screens that know whether somebody came back."""

    def __init__(
        self,
        venue: Venue,
        seat: str,
        wire: Wire,
        terminal: Terminal,
        *,
        invites: Invites | None,
        back: bool,
        words: str,
        seen: Callable[[], None],
    ) -> None:
        """At the table, the lobby first; who is `back` goes in and is told `words`.

        `seen` is called once the way back was on the screen.
        """
        state = venue.state_of(seat)
        language, not_had = language_of(state, terminal)
        super().__init__(
            venue.table,
            seat,
            language,
            wire=wire,
            terminal=terminal,
            attendance=venue.attendance,
            invites=invites,
            state=state,
            lobby=True,
            copies=venue.copies,
        )
        self.first_words = self.first_words or not_had
        self._back, self._words, self._seen = back, words, seen
        self.way_back = state.return_code
        self._began = self.theme, self.signs.plain, language
        self.unsent = False
        """Whether something was open to write in when these screens ended."""

    def on_mount(self) -> None:
        """Somebody who was here before does not wait in the lobby."""
        if self._back:
            self.call_after_refresh(self._come_back)
        elif self._words:
            self.call_after_refresh(self.shell.say_on_top, _(self._words))

    def _come_back(self) -> None:
        if self.shell.in_lobby:
            self.shell.enter()
            self.shell.say_on_top(_(self._words) if self._words else "")

    def has_seen(self) -> None:
        """Now there is something to come back with."""
        super().has_seen()
        self._seen()

    def leave_behind(self, state: SeatState) -> None:
        """Keep what was chosen on these screens for when somebody comes back to the seat."""
        theme, plain, language = self._began
        state.unsent = self.unsent
        if self.theme != theme:
            state.theme = self.theme
        if self.signs.plain != plain:
            state.plain = self.signs.plain
        if self.context.reader.language != language:
            state.language = self.context.reader.language

    def exit(self, *args: Any, **how: Any) -> None:  # noqa: ANN401  # Textual's own
        """End; what is open now does not come back."""
        if not self._exit:
            self.unsent = any(
                isinstance(screen, Page) and screen.unsent for screen in self.screen_stack
            )
        super().exit(*args, **how)


def language_of(state: SeatState, terminal: Terminal) -> tuple[str, str]:
    """The language to begin in, and a sentence where the one asked for is not to be had."""
    if state.language:
        return state.language, ""
    asked = terminal.language
    if not asked:
        return i18n.language(), ""
    try:
        return catalogues.asked_for(asked, "TTX_LANGUAGE"), ""
    except NoCatalogue as error:
        return i18n.language(), str(error)
