"""What the desk sets for all, on the Control screen: the room's screen, and a phase's time."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding

from ttx.i18n import _, ngettext
from ttx.session import control_events as control
from ttx.session.attendance import AWAY, NEVER
from ttx.session.rights import may
from ttx.session.run import MESSAGES, PACE, PROJECTOR
from ttx.session.staging import SetTime, ShowRoom, released
from ttx.session.view.room import room_choices, room_shows
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import Option
from ttx.tui.screens.play import PlayRegion


class StagingRegion(PlayRegion):
    """One row: what the room's screen shows, with the key that changes it."""

    KEYS: ClassVar[list[Binding]] = [
        Binding("U", "room.room", "room", id="room", tooltip="What the room's screen shows"),
        Binding("t", "room.time", "time", id="time", tooltip="Give this phase a time, or take it"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each has a key where the seat has the right to it."""
        needs = {"room": MESSAGES, "time": PACE}.get(action)
        if needs is not None and not may(self.page.game.run, self.page.seat, needs):
            return False
        return super().check_action(action, parameters)

    # --- what is shown ---

    def draw(self) -> None:
        """What the room's screen shows, and whether anybody has it open."""
        page, ink, width = self.page, self.page.ink, self.area.width
        set_there = page.game.room is not None
        left: list[Seg] = [(_("ROOM"), f"bold {ink.muted}"), ("  ", "")]
        left.append((page.seen(room_shows), f"bold {ink.heat}" if set_there else ink.text))
        if absent := self._absent():
            left.append((f"   {absent}", f"bold {ink.heat}"))
        keymap, right = page.keymap, list[Seg]()
        for name, word in (("room", _(" change")), ("time", _(" time"))):
            does = keymap.does(name)
            right += [("  ", ""), (keymap.shown(name), f"bold {ink.cool} @{does}")]
            right.append((word, f"{ink.muted} @{does}"))
        page.put(self.called, [paint.line(width, left, right[1:])])

    def _absent(self) -> str:
        """That nobody has the room's screen open; empty where somebody has."""
        attendance = self.page.context.attendance
        if attendance is None or PROJECTOR not in attendance.seats:
            return ""
        gone = attendance.place(PROJECTOR).presence in (AWAY, NEVER)
        return _("no screen for it") if gone else ""

    # --- the room's screen ---

    def action_room(self) -> None:
        """Choose what the room's screen shows."""
        choices = self.page.seen(room_choices)
        options = [Option(part.shows, part.name, part.about) for part in choices]
        now = self.page.seen(room_shows)
        self.page.shell.go("choice", _("The room's screen"), options, self._show, now)

    def _show(self, shows: str) -> None:
        page = self.page
        if shows == control.INJECT:
            self._show_inject()
        elif shows == control.MESSAGE:
            page.prompt_text(
                _("Message for the room's screen"),
                lambda words: not words or self._put(ShowRoom(shows, words=words)),
                does=_("shows"),
            )
        elif shows == control.BREAK:
            page.prompt_text(
                _("Beside the word and the hour, such as: back at 10:30"),
                lambda words: self._put(ShowRoom(shows, words=words)),
                does=_("shows"),
            )
        else:
            self._put(ShowRoom(shows))

    def _put(self, command: ShowRoom) -> bool:
        """Ask for it, and say so for as long as it is what the room's screen shows."""
        page = self.page
        done = page.request(command)
        if done:
            room = page.game.room
            page.show_notice(self._done(command.shows), lambda: page.game.room == room)
        return done

    def _done(self, shows: str) -> str:
        if shows == control.FOLLOWS:
            return _("The room's screen follows the run again.")
        key = self.page.key("room")
        if shows == control.HELD:
            return _("The room's screen stays as it is; {key} lets it go on.", key=key)
        return _("It is on the room's screen; {key} changes that.", key=key)

    def _show_inject(self) -> None:
        """The only one at once; of several, the one that is chosen."""
        page, injects = self.page, list(dict.fromkeys(released(self.page.game)))

        def show(inject: str) -> None:
            self._put(ShowRoom(control.INJECT, inject=inject))

        if len(injects) == 1:
            show(injects[0])
            return
        names = {played.inject.id: played.headed for played in page.eye.played()}
        options = [Option(inject, names.get(inject, inject), "") for inject in injects]
        page.shell.go("choice", _("An inject for the room's screen"), options, show)

    # --- the time of the phase ---

    def _phase(self) -> tuple[str, int, str]:
        """What tells one phase from the next."""
        game = self.page.game
        return game.phase, len(game.turns), game.number

    def action_time(self) -> None:
        """Ask for minutes, and count them down at every seat; they are for the phase asked in."""
        page, asked_in = self.page, self._phase()

        def give(words: str) -> bool:
            typed = words.removesuffix("min").strip()
            if not typed.isascii() or not typed.isdigit():
                page.show_notice(_("Give whole minutes, such as 10; 0 takes them away."))
                return False
            if self._phase() != asked_in:
                page.show_notice(_("The table has moved on; look again."))
                return True
            # What has more digits than these is refused as they are, and int() takes no 5,000.
            minutes = int(typed.lstrip("0")[:9] or "0")
            done = page.request(SetTime(minutes))
            if done:
                boxed = page.game.boxed
                page.show_notice(self._given(minutes), lambda: page.game.boxed == boxed)
            return done

        what = _("Minutes for this phase, from now; 0 takes them away")
        page.prompt_text(what, give, does=_("sets"))

    def _given(self, minutes: int) -> str:
        if not minutes:
            return _("The time was taken away.")
        return ngettext(
            "Everybody sees {count} minute count down.",
            "Everybody sees {count} minutes count down.",
            minutes,
        )
