"""What a seat commits to, as rows: the answer with what stands beside it; or all the answers."""

from __future__ import annotations

from rich.text import Text

from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.session.view.message import AnswerView, MessageView
from ttx.session.view.words import listed, response
from ttx.tui import paint
from ttx.tui.region import Box
from ttx.tui.screens import table_words
from ttx.tui.screens.table_hand import Hand
from ttx.tui.widgets.message import answer_rows, commitment_rows

NAMES = 12
"""Cells of the names of its parts."""
BESIDE = 16
"""Cells of key and name."""


def rows(hand: Hand, box: Box) -> list[Text]:
    """The commitment; for a seat that gives none, what the cells answered."""
    view = hand.view
    if view is None:
        return []
    if box.height == 1:
        return [_in_a_row(hand, view, box.width)]
    return _own(hand, view, box.width) if hand.cell.decides else _answers(hand, view, box.width)


def _in_a_row(hand: Hand, view: MessageView, width: int) -> Text:
    ink, words = hand.page.ink, table_words.standing(hand, view)
    tone = f"bold {ink.heat}" if hand.page.game.paused else ink.text
    percent = hand.draft.answer.confidence if hand.may_answer else 0
    sure = [(_("confidence {percent}%", percent=percent), ink.muted)] if percent else ()
    return paint.line(width, [(words, tone)], sure)


def _own(hand: Hand, view: MessageView, width: int) -> list[Text]:
    page, ink, given = hand.page, hand.page.ink, hand.draft.answer
    sealed = next((answer for answer in view.answers if answer.own), None)
    head, note = _("YOUR COMMITMENT"), _("sealed until adjudication")
    if hand.held and sealed is not None:
        head = _("THE {cell} CELL'S ANSWER", cell=hand.cell.name.upper())
    elif hand.held:
        note = _("sealed; {lead} leads", lead=view.lead)
    names = page.eye.names.adversaries
    sure, why, expected = (
        given.confidence,
        given.rationale,
        [(names[adversary], response(kind)) for adversary, kind in given.expects.items()],
    )
    if sealed is not None:
        sure, why, expected = sealed.confidence, sealed.rationale, [*sealed.expects]
    keys = page.keymap
    none = _("not given")
    unwritten = none if hand.held and sealed is not None else _("not written yet")
    made = [paint.label(width, head, ink, note), paint.rule(width, ink, page.glyphs)]
    for bindings, name, value, nothing in (
        ("", _("answer"), _answer(hand, view, sealed), _("not chosen yet")),
        ("less more", _("confidence"), f"{sure}%" if sure else "", none),
        ("expect", _("expect"), _expected(hand, expected, width - BESIDE), none),
        ("rationale", _("rationale"), paint.clean(why), unwritten),
    ):
        key = keys.shown(bindings) if bindings and hand.may_answer else ""
        cells = [(f"{key:<3} ", f"bold {ink.cool}"), (f"{name:<{NAMES}}", ink.muted)]
        shown = paint.cut(value or nothing, width - BESIDE, page.glyphs)
        made.append(
            paint.line(width, [*cells, (shown, f"bold {ink.strong}" if value else ink.muted)])
        )
    under = [
        paint.line(width, [("    ", ""), (line, ink.muted)]) for line in _under(hand, view, width)
    ]
    return made + under


def _answer(hand: Hand, view: MessageView, sealed: AnswerView | None) -> str:
    """What is sealed, or else marked: its key and its words; empty where nothing is."""
    draft = hand.draft
    if sealed is not None:
        return f"{sealed.key or 'w'} {paint.clean(sealed.title)}"
    if draft.own:
        return f"w {paint.clean(draft.answer.written)}"
    marked = view.options[draft.marked]
    return f"{marked.key} {marked.title}" if draft.touched and not marked.closed else ""


def _expected(hand: Hand, expected: list[tuple[str, str]], room: int) -> str:
    """Adversary and response; by the adversary's letter where the names leave no room."""
    words = ", ".join(f"{who}: {does}" for who, does in expected)
    if len(words) <= room:
        return words
    exercise, language = hand.page.game.run.exercise, hand.page.language
    actors = {actor.id: actor.letter for actor in exercise.actor}
    letters = {text(part.name, language): actors[part.actor] for part in exercise.adversary}
    return " ".join(f"{letters.get(who, who)} {does}" for who, does in expected)


def _under(hand: Hand, view: MessageView, width: int) -> list[str]:
    if hand.held:
        return paint.fitted(table_words.standing(hand, view), width - 4, 2)
    if not view.sealed:
        words = _("{lead} leads: its answer is carried out.", lead=view.lead)
    else:
        left = listed(view.waiting)
        words = _("Sealed. Waiting for {left}.", left=left) if left else _("Sealed.")
    return paint.fitted(words, width - 4, 2)


def _answers(hand: Hand, view: MessageView, width: int) -> list[Text]:
    """The answers as a seat reads them that gives none, and commitments where it may."""
    ink, signs = hand.page.ink, hand.page.glyphs
    note = _("sealed for the cells until adjudication")
    made = [paint.label(width, _("ANSWERS"), ink, note), paint.rule(width, ink, signs)]
    for answer in view.answers:
        made += answer_rows(answer, width, ink, signs)
    if view.waiting:
        waits = _("Not answered yet: {waiting}.", waiting=", ".join(view.waiting))
        made += paint.block(width, waits, ink.muted, width)
    return made + [
        row for answer in view.commitments for row in commitment_rows(answer, width, ink)
    ]
