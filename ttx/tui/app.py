"""The app of one seat: which screen is shown, and the way in and out of a run."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual._context import active_app  # Textual has no public name for whose handler runs
from textual.actions import ActionParseResult
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.driver import Driver
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import WorkerFailed

from ttx import i18n, incidents
from ttx.i18n import N_, Reader, _, read_by
from ttx.process import Ended, shell_waits, told
from ttx.session.attendance import Attendance, Invites
from ttx.tui.navigation import Navigation
from ttx.tui.page import Page
from ttx.tui.runs import SavedRuns
from ttx.tui.screens.home import HomeScreen
from ttx.tui.seat import SeatContext
from ttx.tui.seat_state import SeatState
from ttx.tui.theme import INKS, Signs, misnamed, paint_with, themes
from ttx.tui.typed import Typed
from ttx.tui.your_turn import LOOK, YourTurn

if TYPE_CHECKING:
    from ttx.session.record import Record
    from ttx.session.table import Table


OFF = N_("ctrl+z is off: the table would stand still for everybody.")
PATIENCE = 3.0
"""Seconds that screens have to end of themselves once a signal asked for it."""


class TtxApp(App[None]):
    """One seat's screens."""

    TITLE = "ttx"
    CSS_PATH = Path(__file__).with_name("ttx.tcss")  # whole: apps elsewhere are of this kind too
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "leave", show=False, priority=True, id="leave", tooltip="Leave"),
        Binding(
            "ctrl+c",
            "copy_or_leave",
            "copy",
            show=False,
            priority=True,
            id="copy",
            tooltip="Copy what is selected, or leave",
        ),
        Binding(
            "ctrl+z", "stand", "stand", show=False, priority=True, id="stand", tooltip="Stand still"
        ),
    ]

    def __init__(
        self,
        table: Table | None = None,
        seat: str = "",
        language: str = "",
        *,
        initial_page: Page | None = None,
        record: Record | None = None,
        review: bool = False,
        attendance: Attendance | None = None,
        invites: Invites | None = None,
        state: SeatState | None = None,
        lobby: bool = False,
    ) -> None:
        """An app at Home; at a table, where one is given; or at a page of its own.

        At a table that shows a record, `seat` is the eye it is seen through, and its replay is
        shown unless the `review` is asked for. `record` is what the table was opened from, where
        something may have to be said of it. At a hosted table
        `attendance` is who else is there, `invites` what the facilitator can do about seats,
        `state` what was left when the seat's connection dropped; the lobby comes first where it is
        asked for.
        """
        super().__init__()
        context = SeatContext(
            table,
            seat,
            reader=Reader(language or i18n.language()),
            state=state if state is not None else SeatState(),
            attendance=attendance,
            invites=invites,
        )
        self.shell = Navigation(self, context, at_home=table is None and initial_page is None)
        self.shell.first, self.shell.in_lobby = initial_page, lobby
        self.shell.told = self._told
        self.runs = SavedRuns(self, self.shell)
        self.rebound: dict[str, str] = {}
        """Keys of one's own, by the id of what they do."""
        self.record, self.review = record, review
        self.last_error = ""
        """What went wrong on a screen, if anything did, in words to go between brackets."""
        self.ended_by = 0
        """The signal that asked for the end, if one did."""
        self.first_words = ""
        """What is to be said on the first page, of the terminal and what was asked of it."""
        self._due = False
        self._running_in: asyncio.Task[object] | None = None
        self.signs = Signs()
        """The signs it is painted with."""
        self.typed = Typed(self, super().on_event, context.sight.press)
        self.your_turn = YourTurn()
        for theme in themes():
            self.register_theme(theme)
        asked = f"ttx-{os.environ.get('TTX_THEME', 'dark')}"
        self.theme = asked if asked in INKS else "ttx-dark"

    @property
    def context(self) -> SeatContext:
        """What its pages know of the seat."""
        return self.shell.context

    def on_mount(self) -> None:
        """Show the first screen."""
        self._running_in = asyncio.current_task()
        shell, table = self.shell, self.context.table
        self.set_interval(LOOK, self._call_if_awaited, pause=not self.context.hosted)
        if self.first_words:
            self.call_after_refresh(shell.say_on_top, self.first_words)
        if shell.first is not None:
            self.push_screen(shell.first)
        elif shell.in_lobby:
            shell.watch_attendance()
            shell.go("lobby")
        elif table is None:
            self.push_screen(HomeScreen())
            self.call_after_refresh(self._warm)
        else:
            shell.sit_at(table, review=self.review)
            if self.record is not None:
                self.runs.remark(self.record, table)

    def _told(self) -> None:
        """Show what has changed: at once where this app asked for it, else when its turn comes.

        Another app's request is carried out in that app's own context, where nothing of this one
        may be touched.
        """
        if active_app.get(None) is self:
            self._show()
        elif not self._due:
            self._due = True
            self.call_later(self._show)

    def _show(self) -> None:
        self._due = False
        self.shell.show()
        self._call_if_awaited()

    def _call_if_awaited(self) -> None:
        """Call whoever looks away from this terminal once their seat is awaited."""
        if not self._exit and self._driver is not None:
            self._driver.write(self.your_turn.call_for(self.context, self.environment))

    @property
    def environment(self) -> Mapping[str, str]:
        """What the terminal says that it wants."""
        return os.environ

    # --- one key after the other ---

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """An action of a page may be one of its regions', by name, as in `msel.filter`."""
        regions = self.screen.regions if isinstance(self.screen, Page) else {}
        return await super().run_action(
            action, default_namespace, {**regions, **(namespaces or {})}
        )

    def _record_touch(self, event: events.Event) -> None:
        """Whoever facilitates sees who is at their screen; what was pressed is not kept."""
        context = self.context
        if context.attendance is None or context.taken_over:
            return
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            context.attendance.record_touch(context.own_seat)

    async def on_event(self, event: events.Event) -> None:
        """What is typed and clicked waits until the page has done what came before it."""
        self.your_turn.hear(event)
        self._record_touch(event)
        if self.typed.takes(event):
            await self.typed.take(event)
        else:
            await super().on_event(event)

    def busy(self) -> Iterable[MessagePump]:
        """What a key may still be on its way through: widgets, their screen, and the app."""
        for screen in self.screen_stack[-1:]:
            for part in screen.walk_children():
                if part.message_queue_size or part is screen.focused:
                    yield part
            yield screen
        yield self

    def catch_up(self) -> bool:
        """Show what somebody else has changed before the next key is looked at; False for none."""
        if self._due:
            self._show()
            return True
        return False

    def early(self, event: events.Event) -> bool:
        """Whether it came before the page that is shown was painted as what it is now."""
        return isinstance(self.screen, Page) and self.screen.is_early(event)

    def is_past(self, page: Page) -> bool:
        """Whether something else is to be shown than a page that a key or a click was meant for."""
        return self._due or self.screen is not page

    def press_again(self, key: events.Key) -> None:
        """Hand a key that met a page which has gone to the one that is shown."""
        self.typed.again(key)

    def demote(self) -> None:
        """Somebody signed in to this seat elsewhere; from here on this screen only reads."""
        self.context.take_over()
        self.call_later(self.shell.say_taken_over)

    def restore(self) -> bool:
        """The other screen is gone; whether this one is still there to be given the seat back."""
        self.context.give_back()
        self.call_later(self.shell.say_given_back)
        return not self._exit

    def _warm(self) -> None:
        """Load what play needs while Home is being read."""
        load = partial(importlib.import_module, "ttx.session.opening")
        self.run_worker(load, thread=True, exit_on_error=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the page that is shown can do, by name; then themes, signs, and leaving."""
        if isinstance(screen, Page):
            keymap = screen.keymap
            for name in filter(keymap.open, keymap.bindings):
                binding, key = keymap.bindings[name], keymap.shown(name)
                does = _(binding.tooltip or binding.description)
                run = partial(self.run_action, binding.action, keymap.owners[name])
                yield SystemCommand(f"{does} ({key})", _("The key {key}", key=key), run)
        for name in INKS:
            word = name.removeprefix("ttx-")
            yield SystemCommand(
                _("Theme: {name}", name=word),
                _("Use the {name} theme", name=word),
                partial(self._set_theme, name),
            )
        signs = _("ASCII signs instead of lines and dots")
        yield SystemCommand(_("Plain glyphs"), signs, self._plain)
        leaving = _("Leave; a run is saved and can be resumed")
        yield SystemCommand(_("Leave"), leaving, self.action_leave)

    def action_command_palette(self) -> None:
        """The palette; its own module is not on the way to Home."""
        from ttx.tui.palette import Palette

        if self.use_command_palette and not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def _set_theme(self, name: str) -> None:
        self.theme = name
        self.shell.repaint()

    def on_load(self) -> None:
        """Nothing runs for this app yet: all that will is painted for its terminal and reader."""
        paint_with(self.signs)
        read_by(self.context.reader)

    def _plain(self) -> None:
        self.signs.plain = not self.signs.are_plain
        paint_with(self.signs)
        self.shell.repaint()

    def went_wrong(self, error: Exception) -> None:
        """Keep what went wrong for whoever mends it; raise it where TTX_STRICT asks for that."""
        kept = self.kept(error)
        self.last_error = self.last_error or kept
        if os.environ.get("TTX_STRICT"):
            raise error

    def kept(self, error: Exception) -> str:
        """Keep it, and say where, in words to go between brackets."""
        return incidents.keep(error.error if isinstance(error, WorkerFailed) else error)

    def _handle_exception(self, error: Exception) -> None:
        """An error outside of painting ends the screens, never with a traceback."""
        if os.environ.get("TTX_STRICT"):
            super()._handle_exception(error)
            return
        kept = self.kept(error)
        self.last_error = self.last_error or kept
        self.exit(return_code=1)

    # --- the terminal, and the end ---

    def sit(self) -> None:
        """Run at the terminal of this process, until the screens are left or it is to end.

        ValueError where the environment asks for a theme or for signs that there are not.
        """
        from ttx.tui.lent import not_given_back

        if wrong := misnamed(os.environ):
            raise ValueError(wrong)
        self.first_words = not_given_back() or self.take_keys()
        with told(self.hang_up):
            self.run()

    def take_keys(self) -> str:
        """Take the keys of one's own, where there are some; what is to be said of them."""
        from ttx.tui import own_keys

        path = own_keys.place()
        if not path.exists():
            return ""
        try:
            self.rebound = own_keys.read(path, type(self))
        except own_keys.KeysError as error:
            return str(error)
        self.set_keymap(self.rebound)
        return ""

    def get_driver_class(self) -> type[Driver]:
        """The driver of one's own terminal."""
        from ttx.tui.terminal import OwnTerminal

        return OwnTerminal

    @property
    def ending(self) -> bool:
        """Whether the screens are about to end."""
        return self._exit

    def hang_up(self, number: int) -> None:
        """End the screens for a signal; any step of the main thread may have been interrupted.

        `Ended` where they have not begun, and nothing is to be given back.
        """
        loop, self.ended_by = self._loop, number
        if loop is None or not loop.is_running():
            raise Ended(number)
        loop.call_soon_threadsafe(self.end_soon)

    def terminal_gone(self) -> None:
        """There is no terminal any more: this is what its end means where no signal tells of it."""
        self.ended_by = self.ended_by or signal.SIGHUP
        self.end_soon()

    def end_soon(self) -> None:
        """End them as on request; a page that waits for something does not keep the terminal."""
        self.exit(return_code=1)
        if self._running_in is not None:
            asyncio.get_running_loop().call_later(PATIENCE, self._running_in.cancel)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where somebody types, ctrl+z takes back what was typed last."""
        types = self.focused is not None and self.focused.check_consume_key("z", "z")
        return not (action == "stand" and types)

    def action_stand(self) -> None:
        """Give the terminal back to the shell until `fg`; a host has others to think of."""
        if self.context.hosted:
            self.shell.say_on_top(_(OFF))
        elif shell_waits():
            self.action_suspend_process()
        else:
            self.shell.say_on_top(
                _("No shell waits behind these screens that could bring them back.")
            )

    # --- the way out ---

    def action_copy_or_leave(self) -> None:
        """Copy what the mouse has selected; leave where nothing is."""
        chosen = self.screen.get_selected_text()
        if not chosen:
            self.action_leave()
            return
        self.screen.clear_selection()
        self.copy_to_clipboard(chosen)

    def action_leave(self) -> None:
        """What q does on the screen of the run, or on Home."""
        if isinstance(self.screen, Page):
            self.screen.action_back()
        else:
            self.exit()
