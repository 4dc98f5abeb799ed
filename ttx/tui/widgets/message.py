"""The message, its question and the options, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ttx.i18n import N_, _, ngettext
from ttx.session.view.message import (
    AnswerView,
    MessageView,
    OptionView,
    Weighed,
)
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

SINCE = N_("THEN  ")
"""Before what was put to the table beside the message."""
SMALL = 4
"""Rows of a message on a small terminal."""


def heading(view: MessageView, width: int, ink: Ink, right: str) -> Text:
    """Badge and title, with what is needed to place it at the right."""
    badge = paint.badge(view.badge.letter, view.badge.colour, ink)
    title = (f" {paint.clean(view.title)}", f"bold {ink.strong}")
    return paint.line(width, [badge, title], [(right, ink.muted)])


def _fitted(lines: list[str], room: int, width: int, key: str) -> list[str]:
    """The lines that there is room for, the last with the key behind which the rest stands."""
    if not room or len(lines) <= room:
        return lines
    more, last = f" ... {key}", lines[room - 1]
    last = set_cell_size(last, min(cell_len(last), width - cell_len(more)))
    return [*lines[: room - 1], last.rsplit(" ", 1)[0] + more]


def since_rows(view: MessageView, width: int, ink: Ink, room: int = 0, key: str = "") -> list[Text]:
    """What was put to the table beside the message, in at most `room` rows where that is given."""
    if not view.since:
        return []
    head, across = _(SINCE), width - len(_(SINCE))
    rows = []
    for line in _fitted(paint.broken(view.since, across), room, across, key):
        cells = [(head, f"bold {ink.heat}"), (line, f"bold {ink.strong}")]
        rows.append(paint.line(width, cells))
        head = " " * len(head)
    return rows


def message_rows(
    view: MessageView, width: int, ink: Ink, glyphs: Glyphs, room: int = 0, key: str = ""
) -> list[Text]:
    """The whole message: heading, what came since, from, to, by, two paragraphs.

    Where `room` rows are too few for it, the `key` for the rest stands in the last of them.
    """
    parts = [_("inject {number}", number=view.number), view.badge.actor, view.kind, view.precedence]
    while len(parts) > 1 and len(view.title) + len("   ".join(parts)) + 6 > width:
        del parts[1]
    place = "   ".join(part for part in parts if part)
    rows = [heading(view, width, ink, place), paint.rule(width, ink, glyphs)]
    rows += since_rows(view, width, ink, max(room - 5, 1) if room else 0, key)
    for name, value in ((_("from"), view.sender), (_("to"), view.to), (_("by"), view.via)):
        rows.append(paint.line(width, [(f"{name:<6}", ink.muted), (paint.clean(value), ink.text)]))
    for part in view.text:
        rows.append(paint.blank(width))
        rows += [paint.line(width, [(line, ink.text)]) for line in paint.wrap(part, width)]
    if room and len(rows) > room:
        (last,) = _fitted([rows[room - 1].plain.rstrip(), ""], 1, width, key)
        rows = [*rows[: room - 1], paint.line(width, [(last.strip(), ink.text)])]
    return rows


def message_rows_small(view: MessageView, width: int, ink: Ink, key: str) -> list[Text]:
    """Title and three lines, what came since the message first; the whole is behind a key."""
    right = f"{view.number}  {view.precedence}".rstrip()
    sender = _("from {sender}", sender=view.sender.split(",")[0])
    longer = f"{view.number}  {sender}  {view.precedence}".rstrip()
    if len(view.title) + len(longer) + 6 <= width:
        right = longer
    rows = [heading(view, width, ink, right), *since_rows(view, width, ink, SMALL - 1, key)]
    room = SMALL - len(rows)
    lines = _fitted(paint.broken(" ".join(map(paint.clean, view.text)), width), room, width, key)
    return rows + [paint.line(width, [(line, ink.text)]) for line in lines[:room]]


def question_row(view: MessageView, width: int, ink: Ink) -> Text:
    """The question as the sentence of the screen."""
    asked = paint.clean(view.question)
    label = [(_("QUESTION  "), f"bold {ink.muted}")] if len(asked) + 10 <= width else []
    return paint.line(width, [*label, (asked, f"bold {ink.strong}")])


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
    return [paint.line(width, head), *rows]


def own_row(
    words: str, width: int, ink: Ink, glyphs: Glyphs, *, marked: bool, state: str = ""
) -> Text:
    """The action in own words, under the options; `state` is what became of it, in a word."""
    right = f"{state or _('in your own words')} "
    cells: list[Seg] = [
        (f"{glyphs.marked} " if marked else "  ", ink.cool),
        (_("w  "), f"bold {ink.cool}"),
        (paint.clean(words), f"bold {ink.strong if marked else ink.text}"),
    ]
    fill = ink.raised if marked else ""
    return paint.line(width, cells, [(right, ink.cool if state else ink.muted)], fill=fill)


def commitment_row(answer: AnswerView, width: int, ink: Ink) -> Text:
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
    return paint.line(width, [(words, ink.muted)])


def weighed(costs: tuple[Weighed, ...], ink: Ink) -> list[Seg]:
    """`costs: Encirclement +1.5`, each with its direction as a colour."""
    if not costs:
        return [(_("costs: none"), ink.muted)]
    *others, last = [(f"{cost.name} {cost.by}", cost.word) for cost in costs]
    listed = [*((f"{words}, ", word) for words, word in others), last]
    named = [(words, paint.direction_colour(word, ink)) for words, word in listed]
    return [(_("costs: "), ink.muted), *named]


def _width(*parts: Sequence[Seg]) -> int:
    return sum(len(words) for part in parts for words, _style in part)


def option_rows(
    option: OptionView,
    width: int,
    ink: Ink,
    glyphs: Glyphs,
    *,
    marked: bool = False,
    became: str = "",
    low: bool = False,
) -> list[Text]:
    """Key and title with costs, what it is, how far it carries and what it needs.

    That takes three rows; where it is to be `low` one, and two for the marked one. `became` is what
    became of it, in a word.
    """
    shut, fill = bool(option.closed), ink.raised if marked else ""
    draft = (_("draft") if low else _("draft of the lead's robot")) if option.draft else ""
    tone = f"bold {ink.strong}" if marked else ink.text if low else f"bold {ink.text}"
    head = [
        (f"{glyphs.marked} " if marked else "  ", ink.cool),
        ("x  " if shut else f"{option.key}  ", ink.muted if shut else f"bold {ink.cool}"),
        (paint.clean(option.title), ink.muted if shut else tone),
        *((f"  {words}", ink.cool) for words in [became or draft] if words),
    ]
    if low:
        rows = _low(option, head, width, ink, marked=marked)
    else:
        rows = _whole(option, head, width, ink, glyphs)
    return [paint.line(width, left, right, fill=fill) for left, right in rows]


Row = tuple[list[Seg], list[Seg]]
"""Left and right of it."""
SET_IN: Seg = ("     ", "")


def _whole(
    option: OptionView, head: list[Seg], width: int, ink: Ink, glyphs: Glyphs
) -> Sequence[Row]:
    about = paint.clean(option.about)
    if option.closed:
        about = paint.cut(about, width - 6, glyphs)
        why = [SET_IN, (paint.clean(option.closed), ink.heat)]
        closed = [(_("closed "), f"bold {ink.heat}")]
        return (head, closed), ([SET_IN, (about, ink.muted)], []), (why, [])
    right: list[Seg] = []
    if option.needs:
        right = [(_("needs {needs}  ", needs=option.needs), ink.muted), (f"{_('met')} ", ink.cool)]
        right = right[1:] if _width(head, right) >= width else right
    third = [(_("     carries "), ink.muted), (f"{option.carries}   ", ink.text)]
    third += weighed(option.costs, ink)
    room = width - 4 - _width(third)
    denial = next((w for w in (option.denial, option.denial_brief) if len(w) <= room), "")
    if denial:
        third.append((f"   {denial}", ink.cool))
    first = f"{option.denial_brief}  " if option.denies and not denial else ""
    about = paint.cut(about, width - 6 - len(first), glyphs)
    return (head, right), ([SET_IN, (first, ink.cool), (about, ink.muted)], []), (third, [])


def _low(
    option: OptionView, head: list[Seg], width: int, ink: Ink, *, marked: bool
) -> Sequence[Row]:
    right: list[Seg] = [*weighed(option.costs, ink), (" ", "")]
    if option.closed:
        right = [(_("closed: {lacks} ", lacks=option.lacks), ink.heat)]
    fits = _width(head, right) < width
    if not marked:
        return [(head, right if fits else [_in_brief(option, ink)])]
    second: list[Seg] = [(paint.clean(option.about), ink.muted)] if fits else right
    if option.closed:
        return (head, right if fits else []), ([SET_IN, *second], [])
    if option.denies:
        second = [(f"{option.denial_brief}  ", ink.cool), *second]
    carries: list[Seg] = [(_("carries {carries} ", carries=option.carries), ink.text)]
    room = width - len(SET_IN[0])
    beside = carries if _width(second, carries) < room else []
    return (head, right if fits else []), ([SET_IN, *second], beside)


def _in_brief(option: OptionView, ink: Ink) -> Seg:
    """That it is closed, or how many things it costs."""
    count = len(option.costs)
    if option.closed:
        return _("closed "), f"bold {ink.heat}"
    if all(cost.track for cost in option.costs):
        return ngettext("costs: {count} track ", "costs: {count} tracks ", count), ink.muted
    return ngettext("costs: {count} change ", "costs: {count} changes ", count), ink.muted
