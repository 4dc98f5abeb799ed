"""Talk at the table, on the Control screen: whether it has stalled, and questions for that."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding

from ttx.i18n import _, ngettext
from ttx.session import phases
from ttx.session.gates import unanswered
from ttx.session.run import MESSAGES
from ttx.session.side_commands import Probe
from ttx.session.telling import AskRoom
from ttx.session.view.feedback import coming_in
from ttx.session.view.inject import Question, questions
from ttx.session.view.talk import last_word
from ttx.session.view.time_plan import quiet_after
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import Option
from ttx.tui.screens.play import PlayRegion
from ttx.tui.seat_state import Silence

LONGER = 120
"""Seconds that waiting longer takes."""
OWN = "own"
"""The choice of a question in one's own words."""
SHOWN = 3
"""Questions that are offered at a time."""


class TalkRegion(PlayRegion):
    """Probing questions, offered to the facilitator once the table is quiet.

    It counts as quiet while an inject is deliberated and for the set time no seat that plays has
    put an entry into the record, changed its draft or typed a letter (`Attendance.idle_seconds`);
    what the white cell types is no talk. Talk in the room is not heard: that is why the questions
    are offered to somebody who hears it, and shown to nobody by themselves. They can be put, and
    others in one's own words, at any other time as well.
    """

    KEYS: ClassVar[list[Binding]] = [
        *(
            Binding(
                str(digit),
                f"quiet.put_question({digit})",
                "ask the room",
                id=f"put-{digit}",
                tooltip="Show a question to the room, once it is quiet",
            )
            for digit in range(1, 10)
        ),
        Binding("x", "quiet.leave_be", "leave", id="leave-be", tooltip="Leave the questions be"),
        Binding("plus", "quiet.longer", "longer", id="longer", tooltip="Two minutes more"),
        Binding("p", "quiet.probe", "questions", id="probe", tooltip="Put a question to the room"),
    ]

    @property
    def silence(self) -> Silence:
        """What was made of the silence at this inject; at another one it begins anew."""
        state, number = self.page.context.state, self.page.game.number
        if state.silence.of != number:
            state.silence = Silence(number)
        return state.silence

    @property
    def _deliberated(self) -> bool:
        """Whether the table talks about an inject, and time runs."""
        game = self.page.game
        return game.phase == phases.DELIBERATION and not game.paused

    def quiet_for(self) -> int:
        """Seconds without a word while an inject is deliberated; 0 at any other time."""
        if not self._deliberated:
            return 0
        page = self.page  # both in seconds of this phase, pauses left out
        since = page.table.elapsed - page.kept(
            "last word", lambda: last_word(page.game, page.table.entries)
        )
        attendance = self.page.context.attendance
        idle = attendance.idle_seconds() if attendance is not None else None
        return since if idle is None else min(since, int(idle))

    def _questions(self) -> tuple[Question, ...]:
        """All questions of the inject on the table."""
        page, inject = self.page, self.page.game.inject
        if inject is None or page.game.phase != phases.DELIBERATION:
            return ()
        return page.kept("asked", lambda: questions(page.eye, inject.id))

    def _open(self) -> list[Question]:
        """Those that were not put to the room yet."""
        return [question for question in self._questions() if not question.put]

    @property
    def offering(self) -> bool:
        """Whether the questions are offered now: somebody at the table has an answer to give."""
        game = self.page.game
        may = self.page.context.may(MESSAGES)
        if not may or self.silence.left or not self._open() or not unanswered(game):
            return False
        return self.quiet_for() >= quiet_after(game.run.exercise) + self.silence.longer

    # --- what is shown ---

    def draw(self, missing: int, note: Text) -> None:
        """The questions while they are offered; else how long the table has been still.

        `missing` is how many answers are awaited; the `note` stands here on a small terminal.
        """
        page, width, ink = self.page, self.area.width, self.page.ink
        if self.offering:
            page.put(self.called, self._offered(missing))
            return
        title, says = self._still()
        rows = [note] if page.form == SMALL else []
        if says:
            titled = [paint.label(width, title, ink), paint.rule(width, ink, page.glyphs)]
            rows += [] if page.form == SMALL else titled
            rows += paint.block(width, says, ink.muted, width)
        page.put(self.called, rows)

    def _still(self) -> tuple[str, str]:
        """What the region is about while no questions are offered, and what there is to say."""
        page = self.page
        if page.game.phase == phases.HOTWASH:
            closed = _("The feedback form is closed; the hot wash has what it came to.")
            says = coming_in(page.eye, page.context.seats_here) or closed
            return _("FEEDBACK FORM"), says
        return _("TALK"), "" if page.game.phase == phases.CLOSED else self._last_word()

    def _last_word(self) -> str:
        key = self.page.key("probe")
        if not self.page.context.may(MESSAGES):
            time = paint.clock(self.quiet_for())
            return _("Last word {time} ago.", time=time) if self._deliberated else ""
        if not self._deliberated:
            return _(
                "Questions are offered here once talk has stalled; {key} puts one now.", key=key
            )
        if self.silence.left:
            return _("Left be for this inject. {key} puts a question to the room.", key=key)
        return _(
            "Last word {time} ago. {key} puts a question to the room.",
            time=paint.clock(self.quiet_for()),
            key=key,
        )

    def _offered(self, missing: int) -> list[Text]:
        page, width, ink = self.page, self.area.width, self.page.ink
        minutes, seconds = divmod(self.quiet_for(), 60)
        since = _("{minutes} min {seconds}", minutes=minutes, seconds=f"{seconds:02d}")
        rows = []
        for question in self._open()[:SHOWN]:
            number = (f"{question.number}   ", f"bold {ink.cool}")
            words = paint.cut(f"{question.to}: {question.ask}", width - 4, page.glyphs)
            rows.append(paint.line(width, [number, (words, ink.text)]))
        if page.form == SMALL:
            label = (_("QUIET FOR {time}", time=since.upper()), f"bold {ink.muted}")
            keys = self._keys(_("show"), _("leave be"), _("2 min more"), 3)
            return [paint.line(width, [label], keys), *rows]
        note = _("nobody has typed for {time}", time=since)
        if missing:
            answers = ngettext("{count} answer missing", "{count} answers missing", missing)
            note = f"{note}; {answers}"
        label_row = paint.label(width, _("THE TABLE IS QUIET"), ink, note)
        keys = self._keys(
            _("show a question to the room"), _("leave them be"), _("two more minutes"), 4
        )
        return [label_row, paint.rule(width, ink, page.glyphs), *rows, paint.line(width, keys)]

    def _keys(self, show: str, leave: str, wait: str, gap: int) -> list[Seg]:
        """What can be done, each with its key, and a click does it."""
        page, ink, segs = self.page, self.page.ink, list[Seg]()
        keymap = page.keymap
        for names, word in ((f"put-1..put-{SHOWN}", show), ("leave-be", leave), ("longer", wait)):
            does = "" if names.startswith("put") else f" @{keymap.does(names)}"
            segs += [("" if not segs else " " * gap, "")]
            segs += [
                (keymap.shown(names), f"bold {ink.cool}{does}"),
                (f" {word}", f"{ink.muted}{does}"),
            ]
        return segs

    # --- what is done about it ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A digit shows a question only while the questions are offered."""
        if action in ("put_question", "leave_be", "longer") and not self.offering:
            return False
        return super().check_action(action, parameters)

    def action_put_question(self, number: int) -> None:
        """Show a question to the room."""
        self.page.request(Probe(number), _("The question is before the room."))

    def action_leave_be(self) -> None:
        """Offer no more questions at this inject."""
        self.silence.left = True
        key = self.page.key("probe")
        self.page.show_notice(_("Left be for this inject; {key} puts one all the same.", key=key))

    def action_longer(self) -> None:
        """Wait two minutes more."""
        quiet = quiet_after(self.page.game.run.exercise)
        self.silence.longer = self.quiet_for() - quiet + LONGER
        self.page.paint()

    def action_probe(self) -> None:
        """Put a question to the room: one of the inject's, or one in words of one's own."""
        own = Option(OWN, _("In your own words"), _("at any time, to every seat and the room"))
        asked = [
            Option(str(question.number), question.ask, _("for {seat}", seat=question.to))
            for question in self._open()
        ]
        note = _("shown to the room only once you take one")
        self.page.shell.go("choice", _("A question to the room"), [own, *asked], self._ask, note)

    def _ask(self, key: str) -> None:
        page, done = self.page, _("The question is before the room.")
        if key == OWN:
            page.prompt_command(_("A question to the room"), AskRoom, done, _("sends"))
        else:
            page.request(Probe(int(key)), done)
