"""Two runs side by side as rows: who they are, turn by turn, and one row of that opened."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ttx.analysis.compared_runs import Head
from ttx.analysis.row_details import Opened
from ttx.analysis.rows import Done, Row, Status
from ttx.i18n import _
from ttx.session.view import words
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

WIDE = 100
"""From this width on both sides stand beside each other, and timings have their own columns."""
MARK, BADGE, WORD, STATUS = 5, 4, 13, 17
"""Cells for the turn with its mark, the badge, a timing, and the status at the end of a row."""
TITLE, SAID = 30, 46
"""The widest that a title and an answer are given."""
GAP = 4


def fit(told: str, width: int) -> str:
    """Words in exactly that many cells; cut with `~`, which is one cell wide everywhere."""
    told = paint.clean(told)
    if cell_len(told) > width:
        told = set_cell_size(told, max(width - 1, 0)).rstrip() + "~"[:width]
    return set_cell_size(told, width)


def letter(which: str, ink: Ink) -> Seg:
    """The letter of a side: blue is A, white is B."""
    ground = f"{ink.oncool} on {ink.coolbg}" if which == "A" else f"{ink.bg} on {ink.ref}"
    return f" {which} ", f"bold {ground}"


def hue(which: str, ink: Ink) -> str:
    """The colour of a side's words."""
    return ink.cool if which == "A" else ink.strong


def head(one: Head, which: str, width: int, ink: Ink, *, brief: bool) -> list[Text]:
    """What a run is: one row in brief, else with its record and its course on the levers."""
    name: list[Seg] = [
        letter(which, ink),
        (f" {paint.clean(one.name)}", f"bold {ink.strong}"),
    ]
    if brief:
        facts = _("seed {seed}   {who}   {state}", seed=one.seed, who=one.who, state=one.state)
        return [paint.line(width, name, [(facts, ink.muted)])]
    called = "seal" if one.final else _("seal so far")
    seal = f"   {called} {one.seal[:4]} {one.seal[4:8]}" if one.seal else ""
    return [
        paint.line(width, name, [(one.who, ink.text)]),
        paint.line(
            width,
            [
                (
                    _("seed {seed}{seal}   {state}", seed=one.seed, seal=seal, state=one.state),
                    ink.muted,
                )
            ],
        ),
        *(paint.line(width, [(course, ink.text)]) for course in one.courses),
    ]


# Turn by turn


def columns(width: int) -> tuple[int, int, int]:
    """Cells for a title, an answer and its timing; the timing has none on a narrow screen."""
    word, status = (WORD, STATUS) if width >= WIDE else (0, len(Status.RESPONSE.words) + 1)
    room = width - MARK - BADGE - status - 2 * word
    said = min(room * 35 // 100, SAID)
    return min(room - 2 * said, TITLE), said, word


def column_heads(width: int, ink: Ink) -> Text:
    """What stands in the columns of the turns."""
    title, said, word = columns(width)
    cells = f"{' turn':<{MARK + BADGE}}{'inject':<{title}}"
    for which in "AB":
        cells += f"{f'{which} answered':<{said}}{'timing':<{word}}"[: said + word]
    return paint.line(width, [(cells, ink.muted)])


def turn_row(row: Row, width: int, ink: Ink, signs: Glyphs, *, marked: bool, new: bool) -> Text:
    """One step of a turn: what it was, what A did, what B did, and whether that differs.

    `new` where it is the first row of its turn; in the others the turn is muted.
    """
    title, said, word = columns(width)
    ground = ink.raised if marked else ""
    weight = "bold " if marked else ""
    base = f"{weight}{ink.muted if row.same else ink.text}"
    sign = signs.marked if marked else " "
    turn = ink.text if new else ink.muted
    cells: list[Seg] = [(f"{sign}{f'T{row.turn}':<{MARK - 1}}", f"{weight}{turn}")]
    one = row.a or row.b
    if one is None or one.badge is None:
        cells.append((" " * BADGE, ""))
    elif row.same:
        cells.append((f"{f' {one.badge.letter}':<{BADGE}}", base))
    else:
        cells += [paint.badge(one.badge.letter, one.badge.colour, ink), (" ", "")]
    cells.append((fit(row.title, title - 1) + " ", base))
    for which, done in (("A", row.a), ("B", row.b)):
        cells += _cell(row, which, done, said, word, base, ink)
    first, status = row.status is Status.FIRST, row.status.words
    if first:
        status = status.upper() if word else _("FIRST")
    tone = f"bold {ink.heat}" if first else base if marked else ink.muted
    return paint.line(width, cells, [(status, tone)], fill=ground)


def _cell(
    row: Row, which: str, done: Done | None, said: int, word: int, base: str, ink: Ink
) -> list[Seg]:
    """What one side did, and its timing where that has a column."""
    if row.same and which == "B":
        ditto = '"' if done else ""
        timing = f"{ditto if done and done.word else '':<{word}}" if word else ""
        return [(f"{ditto:<{said}}{timing}", base)]
    if done is None:
        told = "" if row.same else _("no inject")
        return [(fit(told, said + word), ink.muted)]
    told = f"{done.said}, {done.how}" if done.how else done.said
    if which == "B" and row.a is not None and row.a.title != done.title:
        told = f"{done.title}: {told}"
    if not done.word or not word:
        return [(fit(told, said + word - 1) + " ", base)]
    tone = base if row.same else f"bold {ink.cool if done.in_time else ink.heat}"
    return [(fit(told, said - 1) + " ", base), (f"{done.word:<{word}}", tone)]


def strip(row: Row, width: int, ink: Ink) -> list[Text]:
    """The marked row in full words, set off from the others: A in one row, B in the other."""
    found = []
    for which, done in (("A", row.a), ("B", row.b)):
        cells: list[Seg] = [letter(which, ink), (" ", "")]
        if done is None:
            cells.append((_("no inject"), ink.muted))
        else:
            if row.a is None or row.b is None or row.a.title != row.b.title:
                cells.append((f"{done.title}: " if done.title else "", ink.muted))
            cells.append((paint.clean(done.said), f"bold {ink.text}"))
            if done.word:
                tone = ink.cool if done.in_time else ink.heat
                cells.append((f"   {done.word}", f"bold {tone}"))
            cells.append((f"   {done.came}" if done.came else "", ink.muted))
            cells.append((_("   the cells differed") if done.discord else "", ink.heat))
            cells.append((_("   again, with knowledge") if done.again else "", ink.heat))
            cells.append((f"   {done.how}" if done.how else "", ink.heat))
        found.append(paint.line(width, cells, fill=ink.surface))
    return found


# One row opened


def both(opened: tuple[Opened, Opened], width: int, ink: Ink) -> list[Text]:
    """What A and B did in a row: beside each other where there is room, else A and then B."""
    if width < WIDE:
        found = []
        for which, one in zip("AB", opened, strict=True):
            found += [*_one(one, which, width, ink), paint.blank(width)]
        return found
    half = (width - GAP) // 2
    left, right = (_one(one, which, half, ink) for which, one in zip("AB", opened, strict=True))
    count = max(len(left), len(right))
    left += [paint.blank(half)] * (count - len(left))
    right += [paint.blank(half)] * (count - len(right))
    return [_beside(a, b, width - 2 * half) for a, b in zip(left, right, strict=True)]


def _beside(left: Text, right: Text, gap: int) -> Text:
    row = Text(no_wrap=True, end="")
    return row.append_text(left).append(" " * gap).append_text(right)


def _one(one: Opened, which: str, width: int, ink: Ink) -> list[Text]:
    found = [
        paint.line(width, [letter(which, ink), (f" {one.title}", f"bold {ink.strong}")]),
    ]
    found += say(one.lead, width, f"bold {hue(which, ink)}")
    for told in one.sentences:
        found += say(told, width, ink.text)
    if one.terms:
        found.append(paint.blank(width))
    for term in one.terms:
        tone = paint.direction_colour(term.word, ink)
        found.append(
            paint.line(
                width,
                [(fit(term.name, 16), ink.text), (term.how, ink.muted)],
                [(f"{words.exact(term.by):>8}", f"bold {tone}")],
            )
        )
    return found


def say(told: str, width: int, style: str, indent: int = 0) -> list[Text]:
    pad: Sequence[Seg] = [(" " * indent, "")]
    return [
        paint.line(width + indent, [*pad, (one, style)])
        for one in paint.broken(told, min(width, 100))
    ]
