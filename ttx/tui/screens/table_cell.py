"""The Table as a seat of a cell has it: a draft, a commitment, and the answer its lead submits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.text import Text

from ttx.exercise.model import text
from ttx.i18n import N_, _, ngettext
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

STEP = 10
PAUSED = N_("Paused by the facilitator. Your time stands still.")
NEXT = N_("The facilitator adjudicates next.")
UNWEIGHED = N_("Your own action waits to be weighed by the facilitator")
OWN = (
    N_("Your own action"),
    N_("Why it would work"),
    N_("Why it might not"),
)
"""What is asked for, one after the other."""
EXPECT = {
    "r": N_("restraint"),
    "p": N_("probe"),
    "e": N_("escalate"),
    "0": N_("none"),
    ENTER: N_("next"),
}


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
        draft.own, draft.answer = False, Answer()
        if view is None:
            return
        draft.marked = next((at for at, one in enumerate(view.options) if not one.closed), 0)
        given = self.cell.given
        names = [one.id for one in view.options]
        if given is not None and (given.written or given.option in names):
            draft.own, draft.touched = bool(given.written), True
            draft.answer = replace(given, option="", expects=dict(given.expects))
            draft.marked = draft.marked if draft.own else names.index(given.option)

    def _committed(self, view: message_views.MessageView) -> message_views.AnswerView | None:
        """What the seat has committed to of its own."""
        return next((one for one in view.commitments if one.own), None)

    def _stands(self, view: message_views.MessageView) -> bool:
        """Whether what the seat committed to is what stands before it now."""
        given, draft = self.cell.given, self.draft
        if given is None or draft.marked >= len(view.options):
            return False
        option = "" if draft.own else view.options[draft.marked].id
        return draft.as_answer(option) == given

    # --- sentences ---

    def counted(self, view: message_views.MessageView) -> str:
        """How many of the cell have committed; never what, and nothing where it is one seat."""
        count, every = view.committed
        if every < 2:
            return ""
        return ngettext(
            "{number} of {every} has committed",
            "{number} of {every} have committed",
            count,
            number=count or _("none"),
            every=every,
        )

    def standing(self, view: message_views.MessageView) -> str:
        """Where the answer of the seat and of its cell stands, with a facilitator."""
        counted, own = self.counted(view), self._committed(view)
        if self.game.paused:
            return _(PAUSED)
        if view.sealed:
            differs = (
                _(" You would have answered {own}.", own=own.key or "w")
                if own and own.differs
                else ""
            )
            if self.game.phase != phases.DELIBERATION:
                robot = _("A robot answered for the {cell} cell.", cell=self.cell.name)
                sealed = robot if self.cell.closed else _("Sealed until the ruling.")
                return f"{sealed}{differs}"
            names = words.listed(view.waiting)
            if self.cell.unweighed:
                unweighed = _(UNWEIGHED)
                if not names:
                    return f"{unweighed}."
                return _("{unweighed}; waiting for {names}.", unweighed=unweighed, names=names)
            waits = _("Waiting for {names}.", names=names) if names else _(NEXT)
            return _("Submitted. {waits}{differs}", waits=waits, differs=differs)
        if self.cell.leads:
            return _(
                "Enter submits for the {cell} cell{counted}{counted_2}.",
                cell=self.cell.name,
                counted=counted and "; ",
                counted_2=counted,
            )
        if own is None:
            return _(
                "Enter commits, {lead} submits{counted}{counted_2}.",
                lead=self.cell.lead,
                counted=counted and "; ",
                counted_2=counted,
            )
        if self._stands(view):
            return _(
                "Committed. Your cell's lead submits{counted}{counted_2}.",
                counted=counted and ": ",
                counted_2=counted,
            )
        return _("Committed to {own}. Enter commits what is marked instead.", own=own.key or "w")

    def decided_next(self) -> str:
        """What happens once all answers are in, as the sentence of the screen."""
        if self.pace.chief:
            return _("All answers are in. Esc goes back to the ruling.")
        if not self.deciding:
            return _("All answers are in. {next}", next=_(NEXT))
        if self.cell.closed:
            return _("The deliberation was closed. {next}", next=_(NEXT))
        return _("Submitted for the {cell} cell. {next}", cell=self.cell.name, next=_(NEXT))

    # --- the commitment ---

    def commitment(self, view: message_views.MessageView, width: int) -> list[Text]:
        """The answer, confidence, expectation and reason; for who gives none, the cells'."""
        if not self.deciding:
            return self._answers(view, width)
        ink, draft = self.ink, self.draft
        sealed = next((one for one in view.answers if one.own), None)
        head, note = _("YOUR COMMITMENT"), _("sealed until adjudication")
        if self.held and sealed is not None:
            head = _("THE {cell} CELL'S ANSWER", cell=self.cell.name.upper())
        elif self.held:
            note = _("sealed; {lead} leads", lead=view.lead)
        rows = [paint.label(width, head, ink, note), paint.rule(width, ink, self.glyphs)]
        answer = self._answer(view, sealed)
        number, why = draft.answer.confidence, draft.answer.rationale
        expected = [(self._adversary(name), what) for name, what in draft.answer.expects.items()]
        if sealed is not None:
            number, why, expected = sealed.confidence, sealed.rationale, [*sealed.expects]
        sure = f"{number}%" if number else _("not given")
        expects = self._expected(expected, width - 16)
        unwritten = _("not given") if self.held and sealed is not None else _("not written yet")
        for key, name, value, given in (
            ("   ", _("answer"), answer or _("not chosen yet"), bool(answer)),
            ("- +", _("confidence"), sure, bool(number)),
            ("e  ", _("expect"), expects or _("not given"), bool(expects)),
            ("r  ", _("rationale"), paint.clean(why) or unwritten, bool(why)),
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
            told = [_("Sealed. Waiting for {left}.", left=left) if left else _("Sealed.")]
        else:
            told = [_("{lead} leads: its answer is carried out.", lead=view.lead)]
        return rows + [paint.line(width, [("    ", ""), (one, ink.muted)]) for one in told]

    def _answer(
        self, view: message_views.MessageView, sealed: message_views.AnswerView | None
    ) -> str:
        """What is sealed, or else marked: its key and its words; empty where nothing is."""
        draft = self.draft
        if sealed is not None:
            return f"{sealed.key or 'w'} {paint.clean(sealed.title)}"
        if draft.own:
            return f"w {paint.clean(draft.answer.written)}"
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
        answer, sure = draft.answer, ""
        if answer.confidence and self.still_open:
            sure = _("confidence {percent}%", percent=answer.confidence)
        told = self.standing(view)
        tone = f"bold {ink.heat}" if told == _(PAUSED) else ink.text
        return [paint.line(width, [(told, tone)], [(sure, ink.muted)] if sure else ())]

    def _answers(self, view: message_views.MessageView, width: int) -> list[Text]:
        """The answers as a seat reads them that gives none, and commitments where it may."""
        ink = self.ink
        rows = [
            paint.label(width, _("ANSWERS"), ink, _("sealed for the cells until adjudication")),
            paint.rule(width, ink, self.glyphs),
        ]
        for answer in view.answers:
            rows += message.answer_rows(answer, width, ink, self.glyphs)
        if view.waiting:
            waits = _("Not answered yet: {waiting}.", waiting=", ".join(view.waiting))
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
            self.show_notice(
                _("Choose with a digit, or with j and k; Enter commits what is marked.")
            )
        elif option.closed:
            self.show_notice(option.closed)
        else:
            self._hand_in(view, option.id)

    def _why_not(self, view: message_views.MessageView) -> str:
        if not self.deciding:
            return _("This seat answers for no cell.")
        return _("Your cell has already answered.") if view.sealed else self.decided_next()

    def _hand_in(self, view: message_views.MessageView, option: str) -> None:
        draft = self.draft
        answer = draft.as_answer(option)
        if not self.held:
            self.request(Submit(answer))
        elif not self.cell.leads:
            self.request(Commit(answer))
        else:
            counted = self.counted(view)
            self.confirm(
                _(
                    "Submit for the {cell} cell? {counted}",
                    cell=self.cell.name,
                    counted=f"{counted.capitalize()}{counted and '.'}",
                ),
                _("Submit"),
                lambda: self._submit(view.id, Submit(answer)),
            )

    def _submit(self, inject: str, command: Submit) -> None:
        """What was asked about, unless the table went on to something else meanwhile."""
        view = self._view()
        if view is not None and view.id == inject:
            self.request(command)
        else:
            self.show_notice(_("The table has moved on; look again."))

    def action_confidence(self, by: int) -> None:
        """Ten points more or less confident."""
        if self.answering and self.still_open:
            draft = self.draft
            start = draft.answer.confidence or (50 if by > 0 else 60)
            draft.answer = replace(draft.answer, confidence=max(10, min(100, start + STEP * by)))
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
        now = self.draft.answer.expects.get(first, "")
        who = self._adversary(first)
        of = _("Expect of {who}:", who=who)
        if now:
            of = _("Expect of {who}, now {now}:", who=who, now=now)

        def picked(key: str) -> None:
            draft = self.draft
            if key != ENTER:
                expects = {**draft.answer.expects, first: EXPECT[key]}
                if key == "0":
                    del expects[first]
                draft.answer = replace(draft.answer, expects=expects)
            self.paint()
            self._expect(rest)

        self.prompt_key(of, {key: _(word) for key, word in EXPECT.items()}, picked)

    def action_write_in(self) -> None:
        """An action in own words: three fields, the last two may stay empty."""
        if self.held and self.answering and self.still_open:
            answer = self.draft.answer
            self._write_field([answer.written, answer.pro, answer.contra], 0)

    def _write_field(self, words: list[str], at: int) -> None:
        def done(said: str) -> None:
            words[at] = said
            if not words[0]:
                self.show_notice(_("An action of your own needs words; nothing was changed."))
            elif at + 1 < len(OWN):
                self._write_field(words, at + 1)
            else:
                draft = self.draft
                written, pro, contra = words
                draft.answer = replace(draft.answer, written=written, pro=pro, contra=contra)
                draft.own = draft.touched = True
                self.paint()

        self.prompt_text(
            _("{at} of {own}: {heading}", at=at + 1, own=len(OWN), heading=_(OWN[at])),
            done,
            words[at],
            does=_("goes on"),
        )

    def action_rationale(self) -> None:
        """Write why."""
        if self.answering and self.still_open:
            self.prompt_text(_("Rationale"), self._written, self.draft.answer.rationale)

    def _written(self, words: str) -> None:
        self.draft.answer = replace(self.draft.answer, rationale=words)
