"""The Table as a seat of a cell has it: a draft, a commitment, and the answer its lead submits."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ttx.exercise.model import text
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.play_commands import Commit, Submit
from ttx.session.view import message as message_views
from ttx.session.view import words
from ttx.session.view.pace import PaceView, pace
from ttx.tui import paint
from ttx.tui.parts.question import ENTER
from ttx.tui.screens.table_watch import WatchPage
from ttx.tui.seat_state import Draft
from ttx.tui.widgets import message

NO_CONFIDENCE = 0
STEP = 10
PAUSED = "Paused by the facilitator. Your time stands still."
NEXT = "The facilitator adjudicates next."
UNWEIGHED = "Your own action waits to be weighed by the facilitator"
OWN = (
    "Your own action",
    "Why it would work",
    "Why it might not",
)
"""What is asked for, one after the other."""
EXPECT = {"r": "restraint", "p": "probe", "e": "escalate", "0": "none", ENTER: "next"}


class CellPage(WatchPage):
    """What a seat gives: alone an answer at once, with a facilitator a commitment first."""

    def __init__(self) -> None:
        """Nothing marked, nothing chosen."""
        super().__init__()
        self._own = Draft()
        self._drafted: tuple[str | None, str] = None, ""
        """What the draft belongs to, and all of it, when something was last drawn."""

    @property
    def draft(self) -> Draft:
        """What is marked and written; at a hosted table it outlives the connection."""
        return self.context.state.draft if self.context.hosted else self._own

    # --- what the seat may do ---

    @property
    def pace(self) -> PaceView:
        """Who holds the pace, seen from this seat."""
        return self.kept("pace", lambda: pace(self.eye))

    @property
    def held(self) -> bool:
        """Whether somebody facilitates: then seats commit, leads submit, and the run waits."""
        return self.pace.held

    @property
    def answering(self) -> bool:
        """Whether an inject waits on the table, as against levers."""
        return self.game.phase != phases.LEVERS

    @property
    def still_open(self) -> bool:
        """Whether the seat may yet give something for the inject on the table."""
        if not self.deciding:
            return False
        view = self._view()
        sealed = view is not None and view.sealed
        return not self.held or (self.game.phase == phases.DELIBERATION and not sealed)

    # --- the draft ---

    def put(self, name: str, rows: Sequence[Text]) -> None:
        """Fill a region, and have it known where the draft has changed: then it is drawn anew."""
        super().put(name, rows)
        now = self.draft.of, repr(self.draft)
        if now[0] == self._drafted[0] and now[1] != self._drafted[1]:
            self.context.record_activity()
        self._drafted = now

    def begin_draft(self, key: str, view: message_views.MessageView | None) -> None:
        """A new inject, turn or seat finds nothing marked, or what was committed to before."""
        draft = self.draft
        if key == draft.of:
            return
        draft.of, draft.marked, draft.picked, draft.touched = key, 0, None, False
        draft.sure, draft.expects, draft.why = NO_CONFIDENCE, {}, ""
        draft.own, draft.written, draft.pro, draft.contra = False, "", "", ""
        if view is None:
            return
        draft.marked = next((at for at, one in enumerate(view.options) if not one.closed), 0)
        given = self.cell.given
        names = [one.id for one in view.options]
        if given is not None and (given.written or given.option in names):
            draft.own, draft.touched = bool(given.written), True
            draft.written, draft.pro, draft.contra = given.written, given.pro, given.contra
            draft.marked = draft.marked if draft.own else names.index(given.option)
            draft.sure, draft.expects = given.confidence, dict(given.expects)
            draft.why = given.rationale

    def _committed(self, view: message_views.MessageView) -> message_views.AnswerView | None:
        """What the seat has committed to of its own."""
        return next((one for one in view.commitments if one.own), None)

    def _stands(self, view: message_views.MessageView) -> bool:
        """Whether what the seat committed to is what stands before it now."""
        given, draft = self.cell.given, self.draft
        if given is None or draft.marked >= len(view.options):
            return False
        beside = (draft.sure, draft.expects, draft.why)
        if beside != (given.confidence, given.expects, given.rationale):
            return False
        if draft.own:
            now = (draft.written, draft.pro, draft.contra)
            return now == (given.written, given.pro, given.contra)
        return view.options[draft.marked].id == given.option

    # --- sentences ---

    def counted(self, view: message_views.MessageView) -> str:
        """How many of the cell have committed; never what, and nothing where it is one seat."""
        count, every = view.committed
        if every < 2:
            return ""
        return f"{count or 'none'} of {every} {'has' if count == 1 else 'have'} committed"

    def standing(self, view: message_views.MessageView) -> str:
        """Where the answer of the seat and of its cell stands, with a facilitator."""
        counted, own = self.counted(view), self._committed(view)
        if self.game.paused:
            return PAUSED
        if view.sealed:
            differs = f" You would have answered {own.key or 'w'}." if own and own.differs else ""
            if self.game.phase != phases.DELIBERATION:
                robot = f"A robot answered for the {self.cell.name} cell."
                return f"{robot if self.cell.closed else 'Sealed until the ruling.'}{differs}"
            names = words.listed(view.waiting)
            if self.cell.unweighed:
                return f"{UNWEIGHED}{f'; waiting for {names}' if names else ''}."
            waits = f"Waiting for {names}." if names else NEXT
            return f"Submitted. {waits}{differs}"
        if self.cell.leads:
            return f"Enter submits for the {self.cell.name} cell{counted and '; '}{counted}."
        if own is None:
            return f"Enter commits, {self.cell.lead} submits{counted and '; '}{counted}."
        if self._stands(view):
            return f"Committed. Your cell's lead submits{counted and ': '}{counted}."
        return f"Committed to {own.key or 'w'}. Enter commits what is marked instead."

    def decided_next(self) -> str:
        """What happens once all answers are in, as the sentence of the screen."""
        if self.pace.chief:
            return "All answers are in. Esc goes back to the ruling."
        if not self.deciding:
            return f"All answers are in. {NEXT}"
        if self.cell.closed:
            return f"The deliberation was closed. {NEXT}"
        return f"Submitted for the {self.cell.name} cell. {NEXT}"

    # --- the commitment ---

    def commitment(self, view: message_views.MessageView, width: int) -> list[Text]:
        """The answer, confidence, expectation and reason; for who gives none, the cells'."""
        if not self.deciding:
            return self._answers(view, width)
        ink, draft = self.ink, self.draft
        sealed = next((one for one in view.answers if one.own), None)
        head, note = "YOUR COMMITMENT", "sealed until adjudication"
        if self.held and sealed is not None:
            head = f"THE {self.cell.name.upper()} CELL'S ANSWER"
        elif self.held:
            note = f"sealed; {view.lead} leads"
        rows = [paint.label(width, head, ink, note), paint.rule(width, ink, self.glyphs)]
        answer = self._answer(view, sealed)
        number, why = draft.sure, draft.why
        expected = [(self._adversary(name), what) for name, what in draft.expects.items()]
        if sealed is not None:
            number, why, expected = sealed.confidence, sealed.rationale, [*sealed.expects]
        sure = f"{number}%" if number else "not given"
        expects = self._expected(expected, width - 16)
        unwritten = "not given" if self.held and sealed is not None else "not written yet"
        for key, name, value, given in (
            ("   ", "answer", answer or "not chosen yet", bool(answer)),
            ("- +", "confidence", sure, bool(number)),
            ("e  ", "expect", expects or "not given", bool(expects)),
            ("r  ", "rationale", paint.clean(why) or unwritten, bool(why)),
        ):
            tone = f"bold {ink.strong}" if given else ink.muted
            shown = paint.cut(value, width - 16, self.glyphs)
            press = key if self.still_open else "   "
            rows.append(
                paint.line(
                    width,
                    [(f"{press} ", f"bold {ink.cool}"), (f"{name:<12}", ink.muted), (shown, tone)],
                )
            )
        if self.held:
            told = paint.broken(self.standing(view), width - 4)[:2]
        elif view.sealed:
            left = words.listed(view.waiting) if view.waiting else ""
            told = [f"Sealed. Waiting for {left}." if left else "Sealed."]
        else:
            told = [f"{view.lead} leads: its answer is carried out."]
        return rows + [paint.line(width, [("    ", ""), (one, ink.muted)]) for one in told]

    def _answer(
        self, view: message_views.MessageView, sealed: message_views.AnswerView | None
    ) -> str:
        """What is sealed, or else marked: its key and its words; empty where nothing is."""
        draft = self.draft
        if sealed is not None:
            return f"{sealed.key} {paint.clean(sealed.title)}"
        if draft.own:
            return f"w {paint.clean(draft.written)}"
        marked = view.options[draft.marked]
        return f"{marked.key} {marked.title}" if draft.touched and not marked.closed else ""

    def _expected(self, expected: list[tuple[str, str]], room: int) -> str:
        """Adversary and response; by the adversary's letter where the names leave no room."""
        told = ", ".join(f"{who}: {what}" for who, what in expected)
        if len(told) <= room:
            return told
        exercise = self.game.run.exercise
        actors = {one.id: one.letter for one in exercise.actor}
        letters = {text(a.name, self.language): actors[a.actor] for a in exercise.adversary}
        return " ".join(f"{letters.get(who, who)} {what}" for who, what in expected)

    def commitment_small(self, view: message_views.MessageView, width: int) -> list[Text]:
        """All of it in one row."""
        ink, draft = self.ink, self.draft
        sure = f"confidence {draft.sure}%" if draft.sure and self.still_open else ""
        told = self.standing(view)
        tone = f"bold {ink.heat}" if told == PAUSED else ink.text
        return [paint.line(width, [(told, tone)], [(sure, ink.muted)] if sure else ())]

    def _answers(self, view: message_views.MessageView, width: int) -> list[Text]:
        """The answers as a seat reads them that gives none, and commitments where it may."""
        ink = self.ink
        rows = [
            paint.label(width, "ANSWERS", ink, "sealed for the cells until adjudication"),
            paint.rule(width, ink, self.glyphs),
        ]
        for answer in view.answers:
            rows += message.answer_rows(answer, width, ink, self.glyphs)
        if view.waiting:
            waits = f"Not answered yet: {', '.join(view.waiting)}."
            rows.append(paint.line(width, [(waits, ink.muted)]))
        return rows + [message.commitment_row(one, width, ink) for one in view.commitments]

    def _adversary(self, name: str) -> str:
        part = next(a for a in self.game.run.exercise.adversary if a.id == name)
        return text(part.name, self.language)

    # --- keys ---

    def give(self) -> None:
        """Submit the answer that is marked, or commit to it."""
        view, draft = self._view(), self.draft
        if view is None or not view.options:
            return
        option = view.options[draft.marked]
        if self.held and not self.still_open:
            self.show_notice(self._why_not(view))
        elif draft.own:
            self._hand_in(view, "")
        elif not draft.touched:
            self.show_notice("Choose with a digit, or with j and k; Enter commits what is marked.")
        elif option.closed:
            self.show_notice(option.closed)
        else:
            self._hand_in(view, option.id)

    def _why_not(self, view: message_views.MessageView) -> str:
        if not self.deciding:
            return "This seat answers for no cell."
        return "Your cell has already answered." if view.sealed else self.decided_next()

    def _hand_in(self, view: message_views.MessageView, option: str) -> None:
        draft = self.draft
        own = (draft.written, draft.pro, draft.contra) if draft.own else ()
        said = (option, draft.sure, dict(draft.expects), draft.why, *own)
        if not self.held:
            self.request(Submit(Answer(*said)))
        elif not self.cell.leads:
            self.request(Commit(Answer(*said)))
        else:
            counted = self.counted(view)
            self.confirm(
                f"Submit for the {self.cell.name} cell? {counted.capitalize()}{counted and '.'}",
                "Submit",
                lambda: self._submit(view.id, Submit(Answer(*said))),
            )

    def _submit(self, inject: str, command: Submit) -> None:
        """What was asked about, unless the table went on to something else meanwhile."""
        view = self._view()
        if view is not None and view.id == inject:
            self.request(command)
        else:
            self.show_notice("The table has moved on; look again.")

    def action_confidence(self, by: int) -> None:
        """Ten points more or less confident."""
        if self.answering and self.still_open:
            start = self.draft.sure or (50 if by > 0 else 60)
            self.draft.sure = max(10, min(100, start + STEP * by))
            self.paint()

    def action_expect(self) -> None:
        """What is expected of each adversary, one after the other; the inject's own is first."""
        if not self.answering or not self.still_open:
            return
        view = self._view()
        actor = view.actor if view is not None else ""
        every = sorted(self.game.run.exercise.adversary, key=lambda one: one.actor != actor)
        self._expect([one.id for one in every])

    def _expect(self, names: list[str]) -> None:
        if not names:
            return
        first, *rest = names
        now = self.draft.expects.get(first, "")
        of = f"Expect of {self._adversary(first)}{f', now {now}' if now else ''}:"

        def said(key: str) -> None:
            if key == "0":
                self.draft.expects.pop(first, None)
            elif key != ENTER:
                self.draft.expects[first] = EXPECT[key]
            self.paint()
            self._expect(rest)

        self.prompt_key(of, EXPECT, said)

    def action_write_in(self) -> None:
        """An action in own words: three fields, the last two may stay empty."""
        if self.held and self.answering and self.still_open:
            draft = self.draft
            self._write_field([draft.written, draft.pro, draft.contra], 0)

    def _write_field(self, words: list[str], at: int) -> None:
        def done(said: str) -> None:
            words[at] = said
            if not words[0]:
                self.show_notice("An action of your own needs words; nothing was changed.")
            elif at + 1 < len(OWN):
                self._write_field(words, at + 1)
            else:
                draft = self.draft
                draft.written, draft.pro, draft.contra = words
                draft.own = draft.touched = True
                self.paint()

        self.prompt_text(f"{at + 1} of {len(OWN)}: {OWN[at]}", done, words[at], does="goes on")

    def action_rationale(self) -> None:
        """Write why."""
        if self.answering and self.still_open:
            self.prompt_text("Rationale", self._written, self.draft.why)

    def _written(self, words: str) -> None:
        self.draft.why = words
