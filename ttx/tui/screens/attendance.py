"""Who is here: each seat with its lag and invitation, and what the facilitator does about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.attendance import Invites
from ttx.session.control_commands import HandOver
from ttx.session.notebook_events import ALL_IS_SHOWN, AS_THE_ROOM
from ttx.session.run import PERSON, RULE
from ttx.session.side_commands import Allow
from ttx.session.view.seats import SeatInHand, observers_see, seat_in_hand
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.fields import Option
from ttx.tui.region import Box, Region
from ttx.tui.screens.choice import ChoicePage
from ttx.tui.screens.control_seats import SeatsPage

HERE, ANEW = "here", "anew"
"""Ways to give a seat to a person: where the screen stands, or with a new code."""
SEEN = {ALL_IS_SHOWN: N_("all that the white cell sees"), AS_THE_ROOM: N_("what the room sees")}


class AttendanceScreen(SeatsPage):
    """A row for each seat; it stays open while phases come and go."""

    REGIONS: ClassVar[tuple[str, ...]] = ("seats", "observers")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next seat"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Seat before"),
        Binding("w", "write_to", "write", id="write-to", tooltip="A message to the marked seat"),
        Binding("a", "write_all", "to all", id="write-all", tooltip="A message to all seats"),
        Binding("i", "line", "invitation", id="line", tooltip="What to send to the marked seat"),
        Binding("r", "reissue", "new code", id="reissue", tooltip="A new code for the marked seat"),
        Binding("x", "revoke", "revoke", id="revoke", tooltip="Take the marked seat's invitation"),
        Binding("t", "hand_over", "hand over", id="hand-over", tooltip="Hand the seat over"),
        Binding("v", "preview_marked", "preview", id="preview", tooltip="See what it sees"),
        Binding("o", "observers", "observers", id="observers", tooltip="What observers see"),
    ]
    name_of_page: ClassVar[str] = N_("who is here")
    survives_phase_change: ClassVar[bool] = True

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that are for all; those of the marked seat stand beside the seats."""
        keys = [("j k", _("seat")), ("v", _("preview")), ("t", _("hand over"))]
        return [*keys, ("a", _("to all")), ("o", _("observers"))]

    def plan(self) -> dict[str, Box]:
        """All of it is rows; on a wide terminal they end where their columns do."""
        x, y, width, height = self.body
        top = 0 if self.form == SMALL else 1
        left = min(width, 132)
        return {
            "seats": Box(x, y + top, left, height - 1 - 2 * top),
            "observers": Box(x, y + height - 1 - top, left, 1),
        }

    def draw(self) -> None:
        """Fill the rows, and say what observers see."""
        self.draw_seats()
        width = self.places["observers"].width
        told = _("Observers see {observers_see}.", observers_see=_(SEEN[observers_see(self.game)]))
        self.put("observers", [paint.line(width, [(told, self.ink.muted)])])

    # --- hand over ---

    def action_hand_over(self) -> None:
        """Give the marked seat to somebody else, or its cell to a robot, or take it back."""
        place = self.marked_place()
        if place is None:
            return
        if self.game.phase in phases.PLAY_IS_OVER:
            self.show_notice(_("The exercise has ended; no seat changes hands any more."))
            return
        view = seat_in_hand(self.eye, place.seat)
        if view is None:
            self.show_notice(_("Only seats of the cells that play change hands."))
            return
        rows = [Option(HERE, _("Another person"), _("at the same screen"))]
        if self.invites is not None:
            told = _("with a new code; whoever sits there is sent away")
            rows.append(Option(ANEW, _("Another person"), told))
        if view.robot:
            rows = [Option(one.id, _("A person again"), one.about) for one in rows]
            rows = rows if view.leads else []
        rows += [
            Option(one, _("The rule") if one == RULE else _("Robot {one}", one=one), about)
            for one, about in view.robots
        ]
        if not rows:
            self.show_notice(
                _(
                    "{robot} plays the {cell} cell; take its lead back, {lead}.",
                    robot=view.robot,
                    cell=view.cell,
                    lead=view.lead,
                )
            )
            return
        note = _("now {robot}", robot=view.robot or "people")
        heading = _("Hand over {name}", name=view.name)
        self.shell.open(ChoicePage(heading, rows, lambda key: self._hand(view, key), note))

    def _hand(self, view: SeatInHand, key: str) -> None:
        if key not in (HERE, ANEW):
            sentence = _("Have {named} play the {cell} cell?", named=_named(key), cell=view.cell)
            self.confirm(sentence, _("Hand over"), lambda: self._give_to(view, key))
        elif key == ANEW and view.seat != self.seat:
            sentence = _("Hand {name} over? Its code and keys are void.", name=view.name)
            self.confirm(sentence, _("Hand over"), lambda: self._anew(view))
        else:
            self._give(view, PERSON)

    def _give_to(self, view: SeatInHand, robot: str) -> None:
        self._give(view, robot)

    def _give(self, view: SeatInHand, player: str) -> bool:
        done = self.request(HandOver(view.seat, player))
        if done and player == PERSON:
            self.show_notice(
                _(
                    "{name} is handed over. Whoever sits there reads a catch-up brief.",
                    name=view.name,
                )
            )
        elif done:
            told = _(
                "{named} plays the {cell} cell; its seats read along.",
                named=_named(player),
                cell=view.cell,
            )
            self.show_notice(told[0].upper() + told[1:])
        return done

    def _anew(self, view: SeatInHand) -> None:
        """The seat for somebody else: nobody comes back to it with what was given out before.

        Whoever sat there is gone before it is handed over, so that they read nobody's brief.
        """

        def code(invites: Invites, seat: str) -> str | None:
            invites.revoke(seat)
            return invites.reissue(seat) if self._give(view, PERSON) else None

        self._about_seat(code)

    # --- what others see ---

    def action_preview_marked(self) -> None:
        """The marked seat's own screen, as it is now."""
        place = self.marked_place()
        if place is None:
            return
        if place.seat == self.seat:
            self.show_notice(_("That is your own seat; q goes back to it."))
        else:
            self.shell.preview(place.seat)

    def action_observers(self) -> None:
        """Have observers see all that the white cell sees, or what the room sees."""
        now = observers_see(self.game)
        other = AS_THE_ROOM if now == ALL_IS_SHOWN else ALL_IS_SHOWN
        if self.request(Allow(other)):
            self.show_notice(_("Observers see {other} from now on.", other=_(SEEN[other])))

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks a seat and nothing more."""
        if event.region == "seats":
            self.mark_row(event.row)

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)


def _named(player: str) -> str:
    """Who takes a cell, in a sentence."""
    return _("the rule") if player == RULE else _("the robot {player}", player=player)
