"""Talk at the table, on the Control screen: whether it has stalled, and questions for that."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.session import phases
from ttx.session.gates import unanswered
from ttx.session.side_commands import Probe
from ttx.session.view.inject import Question, questions
from ttx.session.view.time_plan import quiet_after
from ttx.tui import paint
from ttx.tui.screens.control_msel import MselPage
from ttx.tui.screens.sheet import Sheet
from ttx.tui.seat_state import Silence

LONGER = 120
"""Seconds that `+` waits on."""


class TalkPage(MselPage):
    """A page that offers probing questions to the facilitator once the table is quiet.

    It counts as quiet while an inject is deliberated and for the set time there was neither an
    entry in the record nor a change of any seat's draft, nor a letter typed at any seat
    (`Attendance.idle_seconds`). Talk in the room is not heard: that is why the questions are
    offered to somebody who hears it, and shown to nobody by themselves.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(digit),
                f"put({digit})",
                "ask the room",
                id=f"put-{digit}",
                tooltip="Show a question to the room, once it is quiet",
            )
            for digit in range(1, 10)
        ),
        Binding("x", "leave_be", "leave", id="leave-be", tooltip="Leave the questions be"),
        Binding("plus", "longer", "longer", id="longer", tooltip="Two minutes more"),
        Binding("p", "probe", "questions", id="probe", tooltip="Questions that get talk going"),
    ]

    @property
    def silence(self) -> Silence:
        """What was made of the silence at this inject; at another one it begins anew."""
        state, number = self.context.state, self.game.number
        if state.silence.of != number:
            state.silence = Silence(number)
        return state.silence

    def quiet_for(self) -> int:
        """Seconds without a word while an inject is deliberated; 0 at any other time."""
        game = self.game
        if game.phase != phases.DELIBERATION or game.paused:
            return 0
        # Both in seconds of this phase: pauses are left out, and resuming is an entry.
        since = self.table.elapsed - game.elapsed
        found = self.context.attendance
        still = found.idle_seconds() if found is not None else None
        return since if still is None else min(since, int(still))

    def open_questions(self) -> tuple[Question, ...]:
        """The questions of the inject on the table that were not put to the room yet."""
        inject = self.game.inject
        if inject is None or self.game.phase != phases.DELIBERATION:
            return ()
        every = self.kept("asked", lambda: questions(self.eye, inject.id))
        return tuple(one for one in every if not one.put)

    @property
    def offering(self) -> bool:
        """Whether the questions are offered now: somebody at the table has an answer to give."""
        if self.silence.left or not self.open_questions() or not unanswered(self.game):
            return False
        return self.quiet_for() >= quiet_after(self.game.run.exercise) + self.silence.longer

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A digit shows a question only while the questions are offered."""
        if action in ("put", "leave_be", "longer") and not self.offering:
            return False
        return super().check_action(action, parameters)

    def action_put(self, number: int) -> None:
        """Show a question to the room."""
        if self.request(Probe(number)):
            self.show_notice("The question is before the room.")

    def action_leave_be(self) -> None:
        """Offer no more questions at this inject."""
        self.silence.left = True
        self.show_notice("Left be for this inject; p shows its questions.")

    def action_longer(self) -> None:
        """Wait two minutes more."""
        self.silence.longer = self.quiet_for() - quiet_after(self.game.run.exercise) + LONGER
        self.paint()

    def action_probe(self) -> None:
        """The questions, for the facilitator to ask aloud."""
        inject = self.game.inject
        if inject is None or self.game.phase != phases.DELIBERATION or not inject.probing:
            self.show_notice(
                "There are no questions now; they belong to an inject under deliberation."
            )
            return
        asked = questions(self.eye, inject.id)

        def rows(sheet: Sheet, width: int) -> list[Text]:
            found: list[Text] = []
            for one in asked:
                put = " (put to the room)" if one.put else ""
                first, *more = paint.wrap(f"{one.to}: {one.ask}{put}", width - 3)
                head = [(f"{one.number}  ", f"bold {sheet.ink.cool}"), (first, sheet.ink.text)]
                found.append(paint.line(width, head))
                found += [paint.line(width, [(f"   {part}", sheet.ink.text)]) for part in more]
            return found

        self.shell.open(Sheet("Questions", rows, "for you alone, to ask aloud"))
