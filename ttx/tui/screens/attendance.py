"""Who is here: each seat with its lag and invitation, and what the facilitator does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.attendance import Invites
from ttx.session.control_commands import HandOver, PassPace, Promote
from ttx.session.notebook_events import ALL_IS_SHOWN, AS_THE_ROOM
from ttx.session.rights import able
from ttx.session.run import PERSON, RULE, SEATS
from ttx.session.side_commands import Allow
from ttx.session.view.evaluation import watched
from ttx.session.view.pace import named
from ttx.session.view.seats import (
    SeatInHand,
    leads_now,
    observers_see,
    placed,
    plays_in,
    seat_in_hand,
)
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import Option
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.region import Box, Region
from ttx.tui.screens.attendance_seats import SeatsList
from ttx.tui.screens.play import PlayPage

HERE, ANEW = "here", "anew"
"""Ways to give a seat to a person: where the screen stands, or with a new code."""
REFRESH = 5.0
"""Seconds after which times and lags of the seats are shown anew."""
WIDEST = 132
"""Cells where the columns end."""
OBSERVERS_SEE = {
    ALL_IS_SHOWN: N_("Observers see all that the white cell sees."),
    AS_THE_ROOM: N_("Observers see what the room sees."),
}
OBSERVERS_WILL_SEE = {
    ALL_IS_SHOWN: N_("Observers see all that the white cell sees from now on."),
    AS_THE_ROOM: N_("Observers see what the room sees from now on."),
}


class AttendanceScreen(PlayPage):
    """A row for each seat; it stays open while phases come and go."""

    REGIONS: ClassVar[tuple[str, ...]] = ("seats", "observers")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"seats": SeatsList}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "hand_over", "hand over", id="hand-over", tooltip="Hand the seat over"),
        Binding("v", "preview_marked", "preview", id="preview", tooltip="See what it sees"),
        Binding("l", "promote", "lead", id="promote", tooltip="Make it the lead of its cell"),
        Binding("c", "rights", "rights", id="rights", tooltip="Its rights at the desk, the pace"),
        Binding("o", "observers", "observers", id="observers", tooltip="What observers see"),
        Binding("Z", "in_full", "in full", id="in-full", tooltip="What is cut here, in full"),
    ]
    name_of_page: ClassVar[str] = N_("who is here")
    survives_phase_change: ClassVar[bool] = True

    @property
    def seats(self) -> SeatsList:
        """The list of seats."""
        return cast("SeatsList", self.regions["seats"])

    def on_mount(self) -> None:
        """Let times and lags show; the page itself paints."""
        self.every(REFRESH, self.refresh_seats)

    def refresh_seats(self) -> None:
        """Paint who is here anew; only where somebody looks at it."""
        if self.app.screen is self and self.fits and "seats" in self.places:
            self.seats.draw()

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that are for all; those of the marked seat stand beside the seats."""
        keys = [("preview", _("preview")), ("hand-over", _("hand over")), ("promote", _("lead"))]
        keys += [("rights", _("rights")), ("observers", _("observers"))]
        return keys if self.form == SMALL else [("down up", _("seat")), *keys]

    def plan(self) -> dict[str, Box]:
        """All of it is rows; on a wide terminal they end where their columns do."""
        rows = column(Cell("seats"), Cell("observers", 1), size=min(self.body.width, WIDEST))
        return boxes(self.by_size(row(rows), column(1, row(rows), 1)), self.body)

    def draw(self) -> None:
        """Fill the rows, and say what observers see."""
        self.seats.draw()
        words, ink = _(OBSERVERS_SEE[observers_see(self.game)]), self.ink
        marked, right = self.seats.marked, list[Seg]()
        if marked is not None:
            right = [(self._placed(marked), ink.text)]
        row_of_both = paint.line(self.places["observers"].width, [(words, ink.muted)], right)
        self.put("observers", [row_of_both])

    def _placed(self, seat: str) -> str:
        """A seat with its cell, what it is there, and the cell that it was given to watch."""
        words = ": ".join(placed(self.eye, seat))
        cell = next((part.cell for part in watched(self.eye) if part.seat == seat), "")
        return _("{seat}, watches {cell}", seat=words, cell=cell) if cell else words

    # --- hand over ---

    def action_hand_over(self) -> None:
        """Give the marked seat to somebody else, or its cell to a robot, or take it back."""
        seat = self.seats.marked
        if seat is None:
            return
        if self.game.phase in phases.PLAY_IS_OVER:
            self.show_notice(_("The exercise has ended; no seat changes hands any more."))
            return
        view = seat_in_hand(self.eye, seat)
        if view is None:
            self.show_notice(_("Only seats of the cells that play change hands."))
            return
        takers = self._takers(view)
        if takers:
            heading = _("Hand over {seat}", seat=view.name)
            now = _("now {player}", player=view.robot or _("people"))
            self.shell.go("choice", heading, takers, lambda key: self._hand(view, key), now)
        else:
            words = _(
                "{robot} plays the {cell} cell; take its lead back, {lead}.",
                robot=view.robot,
                cell=view.cell,
                lead=view.lead,
            )
            self.show_notice(words)

    def _takers(self, view: SeatInHand) -> list[Option]:
        """Who could take a seat; none where a robot plays its cell, and it does not lead it."""
        takers: list[Option] = []
        if view.leads or not view.robot:
            name = _("A person again") if view.robot else _("Another person")
            takers.append(Option(HERE, name, _("at the same screen")))
            if self.seats.invites is not None:
                about = _("with a new code; whoever sits there is sent away")
                takers.append(Option(ANEW, name, about))
        for robot, about in view.robots:
            name = _("The rule") if robot == RULE else _("Robot {name}", name=robot)
            takers.append(Option(robot, name, about))
        return takers

    def _hand(self, view: SeatInHand, key: str) -> None:
        if key not in (HERE, ANEW):
            sentence = _("Have the robot {robot} play the {cell} cell?", robot=key, cell=view.cell)
            if key == RULE:
                sentence = _("Have the rule play the {cell} cell?", cell=view.cell)
            self.confirm(sentence, _("Hand over"), lambda: self._give_to_robot(view, key))
        elif key == ANEW and view.seat != self.seat:
            sentence = _("Hand {seat} over? Its code and keys are void.", seat=view.name)
            self.confirm(sentence, _("Hand over"), lambda: self._give_anew(view))
        else:
            self._give_to_person(view)

    def _give_to_robot(self, view: SeatInHand, robot: str) -> None:
        if self.request(HandOver(view.seat, robot)):
            words = _(
                "The robot {robot} plays the {cell} cell; its seats read along.",
                robot=robot,
                cell=view.cell,
            )
            if robot == RULE:
                words = _("The rule plays the {cell} cell; its seats read along.", cell=view.cell)
            self.show_notice(words, lambda: plays_in(self.eye, view.seat) == robot)

    def _give_to_person(self, view: SeatInHand) -> bool:
        done = self.request(HandOver(view.seat, PERSON))
        if done:
            words = _(
                "{seat} is handed over. Whoever sits there reads a catch-up brief.", seat=view.name
            )
            self.show_notice(words)
        return done

    def _give_anew(self, view: SeatInHand) -> None:
        """The seat for somebody else: nobody comes back to it with what was given out before.

        Whoever sat there is gone before it is handed over, so that they read nobody's brief.
        """

        def code(invites: Invites, seat: str) -> str | None:
            invites.revoke(seat)
            return invites.reissue(seat) if self._give_to_person(view) else None

        self.seats.about_seat(code)

    # --- who leads, and who is at the desk ---

    def action_promote(self) -> None:
        """Make the marked seat the lead of its cell, after a question."""
        seat = self.seats.marked
        if seat is None:
            return
        name, cell = named(self.eye, seat)
        before = leads_now(self.eye, seat)
        if not before:
            self.request(Promote(seat))  # it says why not
            return
        sentence = _(
            "Make {seat} the lead of {cell}? {before} does not answer for it any more.",
            seat=name,
            cell=cell,
            before=before,
        )
        done = _("{seat} leads {cell} now, and all are told.", seat=name, cell=cell)
        self.confirm(sentence, _("Make it the lead"), lambda: self.request(Promote(seat), done))

    def action_rights(self) -> None:
        """The rights of the marked seat; at one's own row, the pace is taken."""
        seat, run = self.seats.marked, self.game.run
        if seat is None:
            return
        if seat not in able(run):
            self.show_notice(_("Rights at the desk are for seats of exercise control."))
        elif seat == self.seat:
            self._take_pace()
        elif seat == run.facilitator:
            name = named(self.eye, seat)[0]
            self.show_notice(_("{seat} holds the pace, and with it every right.", seat=name))
        elif self.context.may(SEATS):
            self.shell.go("rights", seat)
        else:
            name = named(self.eye, run.facilitator)[0]
            self.show_notice(_("{seat} gives rights.", seat=name))

    def _take_pace(self) -> None:
        run = self.game.run
        if self.context.facilitates:
            self.show_notice(_("You hold the pace; mark another seat to pass it on."))
            return
        name = named(self.eye, run.facilitator)[0]
        attendance = self.context.attendance
        here = attendance is not None and attendance.place(run.facilitator).on
        sentence = _("{seat} is not here. Take the pace?", seat=name)
        if here:
            sentence = _("{seat} is here. Take the pace from them all the same?", seat=name)
        done = _("You hold the pace now, and all are told.")
        self.confirm(sentence, _("Take the pace"), lambda: self.request(PassPace(self.seat), done))

    # --- what others see ---

    def action_preview_marked(self) -> None:
        """The marked seat's own screen, as it is now."""
        seat = self.seats.marked
        if seat is None:
            return
        if seat == self.seat:
            key = self.key("back")
            self.show_notice(_("That is your own seat; {key} goes back to it.", key=key))
        else:
            self.shell.preview(seat)

    def action_observers(self) -> None:
        """Have observers see all that the white cell sees, or what the room sees."""
        now = observers_see(self.game)
        other = AS_THE_ROOM if now == ALL_IS_SHOWN else ALL_IS_SHOWN
        if self.request(Allow(other)):
            self.show_notice(_(OBSERVERS_WILL_SEE[other]))
