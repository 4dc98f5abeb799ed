"""The message, its question and what was answered, as rows."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ttx.i18n import N_, _
from ttx.session.view.message import AnswerView, MessageView
from ttx.tui import flow, paint
from ttx.tui.cuts import Cut
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

SINCE = N_("THEN  ")
"""Before what was put to the table beside the message."""
SMALL = 4
"""Rows of a message on a small terminal at least."""
SET_IN = 4
"""Cells by which further rows of a title stand in."""


def heading(view: MessageView, width: int, ink: Ink, right: str, most: int = 0) -> list[Text]:
    """Badge and title, with what is needed to place it at the right; in so many rows at most."""
    badge = paint.badge(view.badge.letter, view.badge.colour, ink)
    title = (f" {paint.clean(view.title)}", f"bold {ink.strong}")
    return flow.flowed(width, [badge, title], SET_IN, most, right=[(right, ink.muted)])


def _fitted(words: str, room: int, width: int, key: str) -> list[str]:
    """Words in the lines there is room for, the last with the key behind which the rest stands."""
    lines = paint.broken(words, width)
    if not room or len(lines) <= room:
        return lines
    more, last = f" ... {key}", lines[room - 1]
    last = set_cell_size(last, min(cell_len(last), width - cell_len(more)))
    kept = [*lines[: room - 1], last.rsplit(" ", 1)[0] + more]
    return [Cut(line, paint.clean(words)) for line in kept]


def since_rows(view: MessageView, width: int, ink: Ink, room: int = 0, key: str = "") -> list[Text]:
    """What was put to the table beside the message, in at most `room` rows where that is given."""
    if not view.since:
        return []
    head, across = _(SINCE), width - cell_len(_(SINCE))
    rows = []
    for line in _fitted(view.since, room, across, key):
        cells = [(head, f"bold {ink.heat}"), (line, f"bold {ink.strong}")]
        rows.append(paint.line(width, cells))
        head = " " * cell_len(head)
    return rows


def message_rows(
    view: MessageView,
    width: int,
    ink: Ink,
    glyphs: Glyphs,
    room: int = 0,
    key: str = "",
    *,
    close: bool = False,
) -> list[Text]:
    """The whole message: heading, what came since, from, to, by, two paragraphs.

    Where `room` rows are too few, it is set closer first, as it is where it is to be `close`; where
    that is not enough, the `key` for the rest stands in the last of them.
    """
    parts = [_("inject {number}", number=view.number), view.badge.actor, view.kind, view.precedence]
    while len(parts) > 1 and cell_len(view.title) + cell_len("   ".join(parts)) + 6 > width:
        del parts[1]
    place = "   ".join(part for part in parts if part)
    rows = heading(view, width, ink, place, 2 if room else 0)
    rows.append(paint.rule(width, ink, glyphs))
    rows += since_rows(view, width, ink, max(room - 5, 1) if room else 0, key)
    ways = (_apart(view, width, ink), _close(view, width, ink), _closest(view, width, ink))
    fitting = (way for way in ways if not close and (not room or len(rows) + len(way) <= room))
    below = next(fitting, ways[-1])
    rows += below
    if room and len(rows) > room:
        whole = "  ".join(row.plain.strip() for row in below)
        (last,) = _fitted(f"{rows[room - 1].plain.strip()} {'x' * width}", 1, width, key)
        rows = [*rows[: room - 1], paint.line(width, [(Cut(last, whole), ink.text)])]
    return rows


def _addresses(view: MessageView) -> list[tuple[str, str]]:
    return [(_("from"), view.sender), (_("to"), view.to), (_("by"), view.via)]


def _apart(view: MessageView, width: int, ink: Ink) -> list[Text]:
    """From, to and by below each other, and each paragraph with an empty row before it."""
    rows = _addressed(view, width, ink)
    for part in view.text:
        rows.append(paint.blank(width))
        rows += [paint.line(width, [(line, ink.text)]) for line in paint.wrap(part, width)]
    return rows


def _close(view: MessageView, width: int, ink: Ink) -> list[Text]:
    """The same without empty rows but the first."""
    return [*_addressed(view, width, ink), paint.blank(width), *_paragraphs(view, width, ink)]


def _closest(view: MessageView, width: int, ink: Ink) -> list[Text]:
    """The same with from, to and by one behind the other."""
    parts = [
        [(f"{name} ", ink.muted), (f"{paint.clean(value)}  ", ink.text)]
        for name, value in _addresses(view)
    ]
    return [*flow.listed(width, [], parts, most=0), *_paragraphs(view, width, ink)]


def _addressed(view: MessageView, width: int, ink: Ink) -> list[Text]:
    rows: list[Text] = []
    for name, value in _addresses(view):
        rows += paint.block(width, value, ink.text, width, head=(f"{name:<6}", ink.muted))
    return rows


def _paragraphs(view: MessageView, width: int, ink: Ink) -> list[Text]:
    lines = (line for part in view.text for line in paint.broken(part, width))
    return [paint.line(width, [(line, ink.text)]) for line in lines]


def message_rows_small(
    view: MessageView, width: int, ink: Ink, key: str, room: int = SMALL
) -> list[Text]:
    """Title and the text, what came since the message first; the rest of it is behind a key.

    In so many rows; 0 is as many as it takes.
    """
    right = f"{view.number}  {view.precedence}".rstrip()
    sender = _("from {sender}", sender=view.sender.split(",")[0])
    longer = f"{view.number}  {sender}  {view.precedence}".rstrip()
    if cell_len(view.title) + cell_len(longer) + 6 <= width:
        right = longer
    rows = heading(view, width, ink, right, 1 if room else 0)
    rows += since_rows(view, width, ink, room - 1 if room else 0, key)
    left, text = room - len(rows), " ".join(map(paint.clean, view.text))
    if not room:
        lines = paint.broken(text, width)
    else:
        lines = _fitted(text, left, width, key) if left > 0 else []
    return rows + [paint.line(width, [(line, ink.text)]) for line in lines]


def question_rows(view: MessageView, width: int, ink: Ink, most: int = 0) -> list[Text]:
    """The question as the sentence of the screen, in so many rows at most."""
    asked = paint.clean(view.question)
    label = [(_("QUESTION  "), f"bold {ink.muted}")]
    fits = cell_len(asked) + cell_len(label[0][0]) <= width
    cells = [*(label if fits else []), (asked, f"bold {ink.strong}")]
    return flow.flowed(width, cells, most=most)


def answer_rows(
    answer: AnswerView, width: int, ink: Ink, glyphs: Glyphs, *, whole: bool = False
) -> list[Text]:
    """The answer of a cell, and under it what was given beside it: in a row, or all of it."""
    head: list[Seg] = [
        (f"{paint.clean(answer.who)}  ", f"bold {ink.text}"),
        (f"{answer.key or 'w'} {paint.clean(answer.title)}", ink.strong),
    ]
    given = [_("{confidence}% sure", confidence=answer.confidence)] if answer.confidence else []
    given += [_("expects {who}: {what}", who=who, what=what) for who, what in answer.expects]
    words_of = {
        N_("because: {clean}"): answer.rationale,
        N_("it would work: {clean}"): answer.pro,
        N_("it might not: {clean}"): answer.contra,
    }
    given += [_(words, clean=paint.clean(value)) for words, value in words_of.items() if value]
    beside, room = "; ".join(given), width - 2
    lines = paint.wrap(beside, room) if whole else [paint.cut(beside, room, glyphs)]
    rows = [paint.line(width, [("  ", ""), (line, ink.muted)]) for line in lines if given]
    return [*flow.flowed(width, head, 2), *rows]


def commitment_rows(answer: AnswerView, width: int, ink: Ink) -> list[Text]:
    """What a seat would answer of its own, for whoever may read it."""
    sure = ""
    if answer.confidence:
        sure = _(" ({confidence}% sure)", confidence=answer.confidence)
    words = _(
        "{who} would answer {one} {clean}{sure}",
        who=answer.who,
        one=answer.key or "w",
        clean=paint.clean(answer.title),
        sure=sure,
    )
    return paint.block(width, words, ink.muted, width)
