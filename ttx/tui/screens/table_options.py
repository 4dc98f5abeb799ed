"""The options of an inject on the Table: the mark, what is said beside an answer, handing it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding

from ttx.i18n import N_, _
from ttx.session.answer import Answer
from ttx.session.play_commands import Commit, Submit
from ttx.session.view.message import MessageView
from ttx.session.view.words import RESPONSES, response
from ttx.tui import paint
from ttx.tui.page import LARGE, SMALL
from ttx.tui.parts.list import ListRegion
from ttx.tui.parts.question import ENTER
from ttx.tui.screens import table_commitment
from ttx.tui.screens.play import PlayRegion
from ttx.tui.screens.table_hand import Hand
from ttx.tui.screens.table_words import counted, why_not
from ttx.tui.widgets import options as drawing

BESIDE = "beside"
"""The region of the page that shows the commitment."""
OWN = ""
"""The key of the action in own words, which is no option."""
LOW = 3
"""Rows of an option where there is little room for all of them."""
STEP = 10
"""Points of confidence that a key adds or takes."""
FIELDS = (N_("Your own action"), N_("Why it would work"), N_("Why it might not"))
"""What is asked for of an action in own words, one after the other."""
NO_MORE = "0"
EXPECT = {str(place): kind for place, kind in enumerate(RESPONSES, 1)}
"""What may be expected of an adversary, by the key that is pressed for it."""


class OptionList(ListRegion[str], PlayRegion):
    """The options, and below them the action in own words where one was written."""

    KEYS: ClassVar[list[Binding]] = [
        Binding(
            "plus,equals_sign",
            "options.confidence(1)",
            "more",
            id="more",
            tooltip="More confident",
        ),
        Binding("minus", "options.confidence(-1)", "less", id="less", tooltip="Less confident"),
        Binding("e", "options.expect", "expect", id="expect", tooltip="What you expect of them"),
        Binding("r", "options.rationale", "rationale", id="rationale", tooltip="Why"),
        Binding(
            "w", "options.write_in", "write in", id="write-in", tooltip="An action of your own"
        ),
    ]
    hand: Hand

    # --- what is shown ---

    def rows_needed(self, width: int, most: int = 0) -> int:
        """Rows of all of them in that many cells, each in `most` where that is given."""
        view, page = self.hand.view, self.page
        if view is None:
            return 0
        ink, signs, low = page.ink, page.glyphs, page.form == SMALL
        own = 1 if view.own_action or self.hand.draft.answer.written else 0
        rows = [
            len(drawing.option_rows(option, width, ink, signs, marked=low, low=low, most=most))
            for option in view.options
        ]
        if low:
            return len(rows) - 1 + max(rows, default=0) + own
        return sum(rows) + (len(rows) - 1 if page.form == LARGE else 0) + own

    def _rows_of_each(self, view: MessageView, width: int) -> dict[str, int]:
        """Rows that each option may take at most; 0 for those that have room for all they need."""
        height, page, names = self.area.height, self.page, [option.id for option in view.options]
        if page.form == SMALL:
            return dict.fromkeys(names, height - len(self.keys) + 1)
        most, spare = dict.fromkeys(names, LOW), height - self.rows_needed(width, LOW)
        for option in view.options:
            whole, close = (
                len(drawing.option_rows(option, width, page.ink, page.glyphs, most=rows))
                for rows in (0, LOW)
            )
            if whole - close <= spare:
                most[option.id], spare = 0, spare - (whole - close)
        return most

    def draw(self) -> None:
        """The options, and the action in own words as the last of them."""
        view, page, draft = self.hand.view, self.page, self.hand.draft
        if view is None:
            return
        width, ink, signs, low = self.area.width, page.ink, page.glyphs, page.form == SMALL
        draft.marked = min(draft.marked, len(view.options) - 1)
        options = {option.id: option for option in view.options}
        written = view.own_action or draft.answer.written
        self.take([*options, *([OWN] if written else [])])
        self.mark(OWN if draft.own else view.options[draft.marked].id)
        given = next(
            (answer for answer in view.commitments if answer.own and not view.sealed), None
        )

        most = self._rows_of_each(view, width)

        def became(key: str) -> str:
            number = options[key].key if key else ""
            if key == view.answered if key else view.own_action:
                return _("sealed")
            same = given is not None and given.key == number and (key or given.title == written)
            return _("committed") if same else ""

        def draw(key: str, marked: bool) -> Sequence[Text]:  # noqa: FBT001  # as a list asks for it
            if key == OWN:
                state = became(key)
                return [drawing.own_row(written, width, ink, signs, marked=marked, state=state)]
            rows = drawing.option_rows(
                options[key],
                width,
                ink,
                signs,
                marked=marked,
                chosen=draft.touched or not self.hand.may_answer,
                became=became(key),
                low=low,
                most=most[key],
            )
            apart = page.form == LARGE and key != view.options[0].id
            return [paint.blank(width), *rows] if apart else rows

        self.show_items(draw)

    # --- the mark ---

    def _move(self, at: int) -> None:
        """What depends on the mark is all that is drawn anew; in a preview it is not the seat's."""
        page = self.page
        if page.context.previewing:
            return
        draft, own = self.hand.draft, self.keys[at] == OWN
        draft.own, draft.touched = own, True
        draft.marked = draft.marked if own else at
        page.context.record_activity()
        self.draw()
        if BESIDE in page.places:
            page.put(BESIDE, table_commitment.rows(self.hand, page.places[BESIDE]))

    def action_step(self, by: int) -> None:
        """The next option or the one before; where none was chosen, the first or the last."""
        if self.hand.may_answer and not self.hand.draft.touched and self.keys:
            self._move(0 if by > 0 else len(self.keys) - 1)
        else:
            super().action_step(by)

    def unmark(self) -> bool:
        """Choose nothing any more; whether anything was chosen and is not given."""
        hand, draft = self.hand, self.hand.draft
        if not (hand.may_answer and draft.touched) or hand.view is None or not hand.view.options:
            return False
        option = "" if draft.own else hand.view.options[draft.marked].id
        if hand.cell.given is not None and draft.as_answer(option) == hand.cell.given:
            return False
        draft.touched = draft.own = False
        self.page.paint()
        return True

    def choose(self, number: int) -> None:
        """Mark an option; one that is closed says why."""
        view = self.hand.view
        if view is not None and number <= len(view.options):
            self._move(number - 1)
            if view.options[number - 1].closed:
                hand, of, words = self.hand, self.hand.draft.of, view.options[number - 1].closed
                self.page.show_notice(words, lambda: hand.may_answer and hand.draft.of == of)

    def choose_again(self) -> None:
        """Hand in what was marked before; what stood marked from the start is chosen first."""
        if self.hand.draft.touched:
            self.give()
        else:
            self._move(self.at)

    # --- what is given ---

    def give(self) -> None:
        """Submit the answer that is marked, or commit to it."""
        hand, view, page = self.hand, self.hand.view, self.page
        if view is None or not view.options or page.context.previewing:
            return
        option = view.options[hand.draft.marked]
        if hand.held and not hand.may_answer:
            page.show_state(lambda: why_not(hand, now) if (now := hand.view) else "")
        elif hand.draft.own:
            self._hand_in(view, "")
        elif not hand.draft.touched:
            words = _(
                "Choose with a digit, or with {down} and {up}; {enter} commits what is marked.",
                down=page.key("down"),
                up=page.key("up"),
                enter=page.key("commit"),
            )
            page.show_notice(words, lambda: hand.may_answer and not hand.draft.touched)
        elif option.closed:
            page.show_notice(option.closed, lambda: hand.may_answer)
        else:
            self._hand_in(view, option.id)

    def _hand_in(self, view: MessageView, option: str) -> None:
        hand, page, answer = self.hand, self.page, self.hand.draft.as_answer(option)
        if not hand.held or not hand.cell.leads:
            page.request(Commit(answer) if hand.held else Submit(answer))
            return

        def submit() -> None:
            now = hand.view
            if now is not None and now.id == view.id:
                page.request(Submit(answer))
            else:
                page.show_notice(_("The table has moved on; look again."))

        count = counted(view)
        sentence = _(
            "Submit for the {cell} cell? {counted}",
            cell=hand.cell.name,
            counted=f"{count.capitalize()}." if count else "",
        )
        page.confirm(sentence, _("Submit"), submit)

    def action_confidence(self, by: int) -> None:
        """Ten points more or less confident."""
        if self.hand.may_answer:
            confidence = self.hand.draft.answer.confidence or (50 if by > 0 else 60)
            confidence = max(10, min(100, confidence + STEP * by))
            self._say(replace(self.hand.draft.answer, confidence=confidence))

    def _say(self, answer: Answer) -> None:
        """Something is said beside the answer, or in the place of an option."""
        self.hand.draft.answer = answer
        self.page.context.record_activity()
        self.page.paint()

    def action_expect(self) -> None:
        """What is expected of each adversary, one after the other; the inject's own is first."""
        view = self.hand.view
        if self.hand.may_answer and view is not None:
            parts = self.page.game.run.exercise.adversary
            self._expect([part.id for part in sorted(parts, key=lambda p: p.actor != view.actor)])

    def _expect(self, adversaries: Sequence[str]) -> None:
        if not adversaries:
            return
        first, *others = adversaries
        expected = self.hand.draft.answer.expects
        who, now = self.page.eye.names.adversaries[first], expected.get(first, "")
        words = _("Expect of {who}:", who=who)
        if now:
            words = _("Expect of {who}, now {now}:", who=who, now=response(now))

        def picked(key: str) -> None:
            expects = {of: kind for of, kind in expected.items() if of != first}
            if key in EXPECT:
                expects = {**expected, first: EXPECT[key]}
            if key != ENTER:
                self._say(replace(self.hand.draft.answer, expects=expects))
            self._expect(others)

        offered = {key: response(kind) for key, kind in EXPECT.items()}
        self.page.prompt_key(words, {**offered, NO_MORE: _("none"), ENTER: _("next")}, picked)

    def action_rationale(self) -> None:
        """Write why."""
        if self._barred():
            return

        def done(why: str) -> None:
            self._say(replace(self.hand.draft.answer, rationale=why))

        start = self.hand.draft.answer.rationale
        what = _("Rationale")
        if self.hand.held:
            what = _("Rationale: for your cell now; later for all, and in the report by office")
        self.page.prompt_text(what, self._for_this(done), start)

    def action_write_in(self) -> None:
        """An action in own words: three fields, the last two may stay empty."""
        if self.hand.held and not self._barred():
            answer = self.hand.draft.answer
            self._write_field((answer.written, answer.pro, answer.contra), ())

    def _write_field(self, had: tuple[str, ...], words: tuple[str, ...]) -> None:
        at = len(words)

        def done(text: str) -> None:
            if not (words or text):
                notice = _("An action of your own needs words; nothing was changed.")
                self.page.show_notice(notice)
            elif at + 1 < len(FIELDS):
                self._write_field(had, (*words, text))
            else:
                draft, (written, pro, contra) = self.hand.draft, (*words, text)
                draft.own = draft.touched = True
                self._say(replace(draft.answer, written=written, pro=pro, contra=contra))

        what = _("{at} of {own}: {heading}", at=at + 1, own=len(FIELDS), heading=_(FIELDS[at]))
        take, behind = self._for_this(done), words != had[:at]
        self.page.prompt_text(what, take, had[at], does=_("goes on"), behind=behind)

    def _barred(self) -> bool:
        """Whether nothing can be written for an answer now; then it is said why."""
        hand, view = self.hand, self.hand.view
        why = _("No inject waits for an answer.")
        if view is not None and hand.answering:
            why = why_not(hand, view)
        if not hand.may_answer:
            self.page.bar(why)
        return not hand.may_answer

    def _for_this(self, keep: Callable[[str], None]) -> Callable[[str], object]:
        """Take a text as long as what it is for lies on the table; else it stays, with the reason.

        The run may go on while somebody types, and the text goes along.
        """
        of = self.hand.draft.of

        def take(words: str) -> bool:
            if self.hand.may_answer and self.hand.draft.of == of:
                keep(words)
                return True
            words = _("The table has moved on: what this is for is answered. Esc puts it away.")
            self.page.show_notice(words)
            return False

        return take
