"""Rows of the briefing: situation, the seat's own role, rules of play, words, and the evening."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ttx.i18n import _
from ttx.session.view.briefing import BriefingView
from ttx.tui import flow, paint
from ttx.tui.paint import Seg, block
from ttx.tui.theme import Ink

PROSE = 72
"""Cells of a line of a briefing at most."""


def situation(view: BriefingView, width: int, ink: Ink) -> list[Text]:
    """What is the case, the question, and by what its answer is measured."""
    gap = paint.blank(width)
    parts = [row for part in view.situation for row in (*_prose(part, width, ink), gap)]
    question = block(width, view.question, f"bold {ink.strong}", PROSE)
    return [
        *(paint.label(width, _("SITUATION"), ink), *parts),
        *(paint.label(width, _("THE QUESTION"), ink), *question, gap),
        *(paint.label(width, _("HOW YOU ARE MEASURED"), ink), *_prose(view.measured, width, ink)),
        gap,
    ]


def excursion(sentences: Sequence[str], width: int, ink: Ink) -> list[Text]:
    """That this run is one in the first sentence, then by what; the last one names the key."""
    says, *sets, more = sentences
    return [
        paint.label(width, _("EXCURSION"), ink),
        *block(width, says, f"bold {ink.heat}", PROSE),
        *(row for words in sets for row in block(width, words, ink.text, width, most=1)),
        *block(width, more, ink.muted, width),
        paint.blank(width),
    ]


def seat(view: BriefingView, width: int, ink: Ink) -> list[Text]:
    """Who one is, what one decides and what not, and what the others want."""
    half = width // 2
    decides = _beside(_("YOU DECIDE"), ("+ ", ink.cool), view.decides, half, ink)
    not_mine = _beside(_("YOU DO NOT DECIDE"), ("- ", ink.heat), view.does_not_decide, half, ink)
    tall = max(len(decides), len(not_mine))
    places = (0, 0, half, tall), (half, 0, width - half, tall)
    room = max((cell_len(name) for _who, name, _wants in view.others), default=0)
    room = min(max(room, 11), width // 3)
    others: list[Text] = []
    for who, name, wants in view.others:
        cells = [
            paint.badge(who.letter, who.colour, ink),
            (f"  {_column(name, room + 1)}", f"bold {ink.text}"),
            (wants, ink.text),
        ]
        others += flow.flowed(width, cells, room + 6)
    return [
        paint.label(width, _("YOU ARE"), ink),
        *_prose(f"{view.seat}. {view.you_are}", width, ink),
        paint.blank(width),
        *paint.laid_out(zip(places, (decides, not_mine), strict=True), tall),
        *(paint.blank(width), paint.label(width, _("WHAT THE OTHERS WANT"), ink)),
        *others,
    ]


def rules(view: BriefingView, keys: Iterable[tuple[str, str]], width: int, ink: Ink) -> list[Text]:
    """The rules of play, and what the keys of the table do."""
    return [
        paint.label(width, _("RULES OF PLAY"), ink),
        *_listed(("- ", ink.cool), view.play, width, ink),
        *(paint.blank(width), paint.label(width, _("KEYS"), ink)),
        *(
            row
            for key, does in keys
            for row in block(width, does, ink.text, head=(_column(key, 8), f"bold {ink.cool}"))
        ),
    ]


def objectives(view: BriefingView, width: int, ink: Ink) -> list[Text]:
    """What the exercise is to find out or train, with the capabilities."""
    rows = [paint.label(width, _("OBJECTIVES"), ink)]
    for at, (objective, capability) in enumerate(view.objectives, start=1):
        head = (f"{at}. ", f"bold {ink.cool}")
        rows += block(width, objective, ink.text, PROSE, head=head)
        rows += block(width, capability, ink.muted, PROSE, head=("   ", ink.muted))
    return rows


def words(view: BriefingView, width: int, ink: Ink, room: int = 18) -> list[Text]:
    """What the words of the exercise mean, each behind its word in `room` cells, or below it."""
    rows: list[Text] = []
    for term, means in view.words:
        behind = cell_len(term) < room
        if not behind:
            rows += block(width, term, f"bold {ink.text}")
        head = (set_cell_size(term if behind else "", room), f"bold {ink.text}")
        rows += block(width, means, ink.text, PROSE, head=head)
    return rows


def evening(view: BriefingView, width: int, ink: Ink) -> list[Text]:
    """The ground rules, who sits at the table, and how the time is planned."""
    rows = paint.titled(width, _("GROUND RULES"), ink)
    rows += _listed(("- ", ink.muted), view.ground_rules, width, ink)
    for title, pairs in ((_("AT THE TABLE"), view.at_the_table), (_("THE EVENING"), view.evening)):
        rows += [paint.blank(width), *paint.titled(width, title, ink)]
        for name, value in pairs:
            tone = ink.cool if name in view.yours else ink.muted
            rows += flow.flowed(width, [(name, ink.text)], 2, right=[(value, tone)])
    return rows


def _prose(words: str, width: int, ink: Ink) -> list[Text]:
    return block(width, words, ink.text, PROSE)


def _listed(sign: Seg, sentences: Iterable[str], width: int, ink: Ink) -> list[Text]:
    """Sentences with a sign before each."""
    return [row for part in sentences for row in block(width, part, ink.text, PROSE, head=sign)]


def _beside(title: str, sign: Seg, parts: Iterable[str], width: int, ink: Ink) -> list[Text]:
    """A list under its title, a cell narrower than its column."""
    return [paint.label(width, title, ink), *_listed(sign, parts, width - 1, ink)]


def _column(words: str, room: int) -> str:
    """Words and blanks in that many cells, or in one more than the words take."""
    return words + " " * max(room - cell_len(words), 1)
