"""What a page can ask of whatever shows it: to go somewhere, to say something, to leave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from textual import events
from textual.screen import Screen

if TYPE_CHECKING:
    from ttx.session.viewing import Viewing
    from ttx.tui.parts.fields import Option
    from ttx.tui.seat import SeatContext


class Shell(Protocol):
    """The way between pages."""

    context: SeatContext

    @property
    def over_run(self) -> bool:
        """Whether a page was opened over the screen of the run, or over Home."""

    def route(self) -> None:
        """Show the screen of the phase; the same one is painted anew."""

    def go(self, where: str, *given: object, **named: object) -> None:
        """Open another page by its name, made of what is `given`; `table` goes back to the run."""

    def open(self, page: Screen[None]) -> None:
        """Open a page over the present one."""

    def back(self) -> None:
        """Close the top page; the one the screens began with ends them."""

    def leave(self) -> None:
        """Let go of the run: back to Home, or out; a hosted run goes on without these screens."""

    def say_on_top(self, words: str) -> None:
        """A sentence on whatever page is shown."""

    def enter(self) -> None:
        """From the lobby to the seat's screen, and to the page that was open there before."""

    def preview(self, seat: str) -> None:
        """Show what a seat sees now, live and read-only, until it is ended."""

    def end_preview(self) -> None:
        """Back to where it was asked for."""

    def repaint(self) -> None:
        """Paint every page that lies open anew."""


class Runs(Protocol):
    """The ways into a run, and from one to another."""

    def play(self, path: Path, seat: str = "") -> None:
        """Begin a run of the exercise in a folder, at a seat where one is chosen."""

    def seats(self, path: Path) -> list[Option]:
        """The seats that one may choose to play an exercise from."""

    def resume(self, path: Path, *, read_only: bool = False) -> None:
        """Go on with a saved run, or look at one that cannot be played on."""

    def replay(self, path: Path) -> None:
        """Look at a saved run, or watch one in play; not from a hosted table, which goes on."""

    def fork(self, viewing: Viewing) -> None:
        """Play on from the head of a record in a new save; the old one stays as it is."""

    def compare(self, first: Path, second: Path) -> None:
        """Lay two saves side by side, over the present page."""

    def compare_with(self, viewing: Viewing, name: str) -> None:
        """Lay a record beside another save, found by its name; ValueError where it is not there."""


class Host(Protocol):
    """The app, as a page sees it."""

    shell: Shell
    runs: Runs
    rebound: dict[str, str]
    """Keys of one's own, by the id of what they do."""

    def is_past(self, page: Screen[None]) -> bool:
        """Whether something else is to be shown than a page that a key or a click was meant for."""

    def press_again(self, key: events.Key) -> None:
        """Hand a key that met a page which has gone to the one that is shown."""

    def went_wrong(self, error: Exception) -> None:
        """Keep what went wrong for whoever mends it."""
