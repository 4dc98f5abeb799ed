"""The message, its question and the options, as rows."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ttx.i18n import N_, _
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
MORE = N_(" ... i")
"""Behind what is cut: the key that shows the whole."""


def heading(view: MessageView, width: int, ink: Ink, right: str) -> Text:
    """Badge and title, with what is needed to place it at the right."""
    return paint.line(
        width,
        [
            paint.badge(view.badge.letter, view.badge.colour, ink),
            (f" {paint.clean(view.title)}", f"bold {ink.strong}"),
        ],
        [(right, ink.muted)],
    )


def since_rows(view: MessageView, width: int, ink: Ink, room: int = 0) -> list[Text]:
    """What was put to the table beside the message, in at most `room` rows where that is given."""
    if not view.since:
        return []
    lines = paint.broken(view.since, width - len(_(SINCE)))
    if room and len(lines) > room:
        lines = [*lines[: room - 1], _going_on(lines[room - 1], width - len(_(SINCE)))]
    heads = [_(SINCE), *[" " * len(_(SINCE))] * len(lines)]
    return [
        paint.line(width, [(head, f"bold {ink.heat}"), (one, f"bold {ink.strong}")])
        for head, one in zip(heads, lines, strict=False)
    ]


def _going_on(line: str, width: int) -> str:
    """The last row that there is room for, with the key behind which the rest stands."""
    more = _(MORE)
    shorter = set_cell_size(line, min(cell_len(line), width - cell_len(more)))
    return shorter.rsplit(" ", 1)[0] + more


def message_rows(
    view: MessageView, width: int, ink: Ink, glyphs: Glyphs, room: int = 0
) -> list[Text]:
    """The whole message: heading, what came since, from, to, by, two paragraphs.

    Where `room` rows are too few for it, the key for the rest stands in the last of them.
    """
    parts = [_("inject {number}", number=view.number), view.badge.actor, view.kind, view.precedence]
    while len(parts) > 1 and len(view.title) + len("   ".join(parts)) + 6 > width:
        del parts[1]
    place = "   ".join(part for part in parts if part)
    rows = [heading(view, width, ink, place), paint.rule(width, ink, glyphs)]
    rows += since_rows(view, width, ink, max(room - 5, 1) if room else 0)
    for name, value in (("from", view.sender), ("to", view.to), ("by", view.via)):
        rows.append(paint.line(width, [(f"{name:<6}", ink.muted), (paint.clean(value), ink.text)]))
    for part in view.text:
        rows.append(paint.blank(width))
        rows += [paint.line(width, [(one, ink.text)]) for one in paint.wrap(part, width)]
    if room and len(rows) > room:
        last = _going_on(rows[room - 1].plain.rstrip(), width).strip()
        rows = [*rows[: room - 1], paint.line(width, [(last, ink.text)])]
    return rows


def message_rows_small(view: MessageView, width: int, ink: Ink) -> list[Text]:
    """Title and three lines, what came since the message first; the whole is behind a key."""
    right = f"{view.number}  {view.precedence}".rstrip()
    sender = f"{view.number}  from {view.sender.split(',')[0]}  {view.precedence}".rstrip()
    if len(view.title) + len(sender) + 6 <= width:
        right = sender
    rows = [heading(view, width, ink, right)]
    words = [one for part in view.text for one in paint.clean(part).split(" ")]
    rows += since_rows(view, width, ink, 3)
    room = 4 - len(rows)
    lines = paint.broken(" ".join(words), width)
    if room and len(lines) > room:
        lines = [*lines[: room - 1], _going_on(lines[room - 1], width)]
    return rows + [paint.line(width, [(one, ink.text)]) for one in lines[:room]]


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
    given += (
        [_("because: {clean}", clean=paint.clean(answer.rationale))] if answer.rationale else []
    )
    given += [_("it would work: {clean}", clean=paint.clean(answer.pro))] if answer.pro else []
    given += [_("it might not: {clean}", clean=paint.clean(answer.contra))] if answer.contra else []
    if not given:
        return [paint.line(width, head)]
    told, room = "; ".join(given), width - 2
    lines = paint.wrap(told, room) if whole else [paint.cut(told, room, glyphs)]
    rows = [paint.line(width, [("  ", ""), (one, ink.muted)]) for one in lines]
    return [paint.line(width, head), *rows]


def own_row(
    words: str, width: int, ink: Ink, glyphs: Glyphs, *, marked: bool, state: str = ""
) -> Text:
    """The action in own words, under the options; `state` is `sealed` or `committed`."""
    right: list[Seg] = [(f"{state or _('in your own words')} ", ink.cool if state else ink.muted)]
    cells: list[Seg] = [
        (f"{glyphs.marked} " if marked else "  ", ink.cool),
        (_("w  "), f"bold {ink.cool}"),
        (paint.clean(words), f"bold {ink.strong if marked else ink.text}"),
    ]
    return paint.line(width, cells, right, fill=ink.raised if marked else "")


def commitment_row(one: AnswerView, width: int, ink: Ink) -> Text:
    """What a seat would answer of its own, for whoever may read it."""
    sure = _(" ({confidence}% sure)", confidence=one.confidence) if one.confidence else ""
    words = _(
        "{who} would answer {one} {clean}{sure}",
        who=one.who,
        one=one.key or "w",
        clean=paint.clean(one.title),
        sure=sure,
    )
    return paint.line(width, [(words, ink.muted)])


def weighed(costs: tuple[Weighed, ...], ink: Ink) -> list[Seg]:
    """`costs: Encirclement +1.5`, each with its direction as a colour."""
    if not costs:
        return [(_("costs: none"), ink.muted)]
    found: list[Seg] = [(_("costs: "), ink.muted)]
    for at, cost in enumerate(costs):
        comma = ", " if at < len(costs) - 1 else ""
        found.append((f"{cost.name} {cost.by}{comma}", paint.direction_colour(cost.word, ink)))
    return found


def option_rows(
    option: OptionView,
    width: int,
    ink: Ink,
    glyphs: Glyphs,
    *,
    marked: bool,
    sealed: bool,
    committed: bool = False,
) -> list[Text]:
    """Three rows: key and title with costs, what it is, how far it carries and what it needs."""
    fill = ink.raised if marked else ""
    sign = f"{glyphs.marked} " if marked else "  "
    key = "x" if option.closed else option.key
    title = ink.muted if option.closed else f"bold {ink.strong if marked else ink.text}"
    head: list[Seg] = [
        (sign, ink.cool),
        (f"{key}  ", ink.muted if option.closed else f"bold {ink.cool}"),
        (paint.clean(option.title), title),
    ]
    if sealed or committed:
        head.append((_("  sealed") if sealed else _("  committed"), ink.cool))
    elif option.draft:
        head.append((_("  draft of the lead's robot"), ink.cool))
    right: list[Seg] = [(_("closed "), f"bold {ink.heat}")] if option.closed else []
    if option.needs and not option.closed:
        right = [(_("needs {needs}  ", needs=option.needs), ink.muted), (f"{_('met')} ", ink.cool)]
        if sum(len(words) for words, _ in (*head, *right)) >= width:
            right = [(f"{_('met')} ", ink.cool)]
    rows = [paint.line(width, head, right, fill=fill)]
    denies = brief = ""
    if option.closed:
        third: list[Seg] = [("     ", ""), (paint.clean(option.closed), ink.heat)]
    else:
        third = [(_("     carries "), ink.muted), (f"{option.carries}   ", ink.text)]
        third += weighed(option.costs, ink)
        denies, brief = option.denial, option.denial_brief
    room = width - 4 - sum(len(words) for words, _ in third)
    beside = [said for said in (denies, brief) if len(said) <= room]
    if denies and beside:
        third.append((f"   {beside[0]}", ink.cool))
    first = f"{brief}  " if denies and not beside else ""
    about = paint.cut(paint.clean(option.about), width - 6 - len(first), glyphs)
    rows.append(
        paint.line(width, [("     ", ""), (first, ink.cool), (about, ink.muted)], fill=fill)
    )
    rows.append(paint.line(width, third, fill=fill))
    return rows


def option_rows_small(
    option: OptionView,
    width: int,
    ink: Ink,
    glyphs: Glyphs,
    *,
    marked: bool,
    sealed: bool,
    committed: bool = False,
) -> list[Text]:
    """One row; the marked one takes two."""
    fill = ink.raised if marked else ""
    sign = f"{glyphs.marked} " if marked else "  "
    tone = f"bold {ink.strong}" if marked else ink.text
    key = "x" if option.closed else option.key
    head: list[Seg] = [
        (sign, ink.cool),
        (f"{key}  ", ink.muted if option.closed else f"bold {ink.cool}"),
        (paint.clean(option.title), ink.muted if option.closed else tone),
    ]
    if sealed or committed or option.draft:
        word = "sealed" if sealed else "committed" if committed else "draft"
        head.append((f"  {word}", ink.cool))
    if option.closed:
        right: list[Seg] = [(_("closed: {lacks} ", lacks=option.lacks), ink.heat)]
    else:
        right = [*weighed(option.costs, ink), (" ", "")]
    fits = sum(len(words) for words, _ in (*head, *right)) < width
    if not marked:
        what = "track" if all(one.track for one in option.costs) else "change"
        many = "" if len(option.costs) == 1 else "s"
        count = _("costs: {costs} {what}{many} ", costs=len(option.costs), what=what, many=many)
        brief = (_("closed "), f"bold {ink.heat}") if option.closed else (count, ink.muted)
        return [paint.line(width, head, right if fits else [brief])]
    second: list[Seg] = [("     ", ""), (paint.clean(option.about), ink.muted)]
    if not fits:
        second, right = [("     ", ""), *right], []
    carries = [] if option.closed else [(_("carries {carries} ", carries=option.carries), ink.text)]
    if option.denies and not option.closed:
        second = [("     ", ""), (f"{option.denial_brief}  ", ink.cool), *second[1:]]
    if sum(len(words) for words, _ in (*second, *carries)) >= width:
        carries = []
    return [
        paint.line(width, head, right, fill=fill),
        paint.line(width, second, carries, fill=fill),
    ]
