"""The options of an inject, and the action in own words, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ttx.i18n import _, ngettext
from ttx.session.view.message import OptionView, Weighed
from ttx.tui import flow, paint
from ttx.tui.cuts import Cut
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

HANG = 5
"""Cells by which further rows of an option stand in."""


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


def weighed(costs: tuple[Weighed, ...], ink: Ink) -> list[Seg]:
    """`costs: Encirclement +1.5`, each with its direction as a colour."""
    if not costs:
        return [(_("costs: none"), ink.muted)]
    return [(_("costs: "), ink.muted), *_listed(costs, ink)]


def _listed(changes: Sequence[Weighed], ink: Ink) -> list[Seg]:
    *others, last = [(f"{change.name} {change.by}", change.word) for change in changes]
    listed = [*((f"{words}, ", word) for words, word in others), last]
    return [(words, paint.direction_colour(word, ink)) for words, word in listed]


def parts_of(weights: Sequence[Seg]) -> list[Sequence[Seg]]:
    """What `weighed` gives as parts that are not broken, the first with the word that leads it."""
    lead, *others = weights
    return [[lead, *others[:1]], *([seg] for seg in others[1:])]


def option_rows(
    option: OptionView,
    width: int,
    ink: Ink,
    glyphs: Glyphs,
    *,
    marked: bool = False,
    chosen: bool = True,
    became: str = "",
    low: bool = False,
    most: int = 0,
) -> list[Text]:
    """Key and title with how far it carries and what it needs, what it is, its gains and costs.

    Each of them goes on in further rows, but where there are to be few at `most`. Where it is to be
    `low` it is one row, or for the marked one as many as `most` says. `became` is what became of
    it, in a word. One that is marked and was not `chosen` by anybody has no sign of it.
    """
    shut, fill = bool(option.closed), ink.raised if marked and chosen else ""
    draft = (_("draft") if low else _("draft of the lead's robot")) if option.draft else ""
    tone = f"bold {ink.strong}" if marked else ink.text if low else f"bold {ink.text}"
    head = [
        (f"{glyphs.marked} " if marked and chosen else "  ", ink.cool),
        ("x  " if shut else f"{option.key}  ", ink.muted if shut else f"bold {ink.cool}"),
        (paint.clean(option.title), ink.muted if shut else tone),
        *((f"  {words}", ink.cool) for words in [became or draft] if words),
    ]
    if low:
        return _low(option, head, width, ink, fill, most if marked else 1)
    return _whole(option, head, width, ink, fill, 1 if most else 0)


def _whole(
    option: OptionView,
    head: list[Seg],
    width: int,
    ink: Ink,
    fill: str,
    most: int,
) -> list[Text]:
    set_in, about = (" " * HANG, ""), (option.about, ink.muted)
    if option.closed:
        closed = [(_("closed "), f"bold {ink.heat}")]
        rows = flow.flowed(width, head, HANG, most, closed, fill)
        rows += flow.flowed(width, [set_in, about], HANG, most, fill=fill)
        return rows + flow.flowed(width, [set_in, (option.closed, ink.heat)], HANG, most, fill=fill)
    carries: list[Seg] = [(_("carries {carries} ", carries=option.carries), ink.text)]
    right, needed = carries, []
    if option.needs:
        needs = [(_("needs {needs}  ", needs=option.needs), ink.muted), (_("met"), ink.cool)]
        right = [*needs, ("   ", ""), *carries]
        if flow.cells(head) + flow.cells(right) >= width:
            right, needed = carries, flow.flowed(width, [set_in, *needs], HANG, most, fill=fill)
    return [
        *flow.flowed(width, head, HANG, most, right, fill),
        *flow.flowed(width, [set_in, about], HANG, most, fill=fill),
        *([] if most else needed),
        *brought(option, width, ink, most, fill),
    ]


def brought(option: OptionView, width: int, ink: Ink, most: int = 0, fill: str = "") -> list[Text]:
    """What an option brings where it carries in full, then what it costs, in so many rows each."""
    if not option.gains:
        gains: list[Sequence[Seg]] = [[(_("gains: none"), ink.muted)]]
    else:
        gains = parts_of([(_("gains in full: "), ink.muted), *_listed(option.gains, ink)])
    if option.denies:
        gains.append([(f"   {option.denial_brief}", ink.cool)])
    set_in = [(" " * HANG, "")]
    return [
        *flow.listed(width, set_in, gains, most, HANG, fill=fill),
        *flow.listed(width, set_in, parts_of(weighed(option.costs, ink)), most, HANG, fill=fill),
    ]


def _low(
    option: OptionView, head: list[Seg], width: int, ink: Ink, fill: str, most: int
) -> list[Text]:
    costs: list[Seg] = [*weighed(option.costs, ink), (" ", "")]
    if option.closed:
        costs = [(_("closed: {lacks} ", lacks=option.lacks), ink.heat)]
    fits = flow.cells(head) + flow.cells(costs) < width
    if most == 1:
        return [paint.line(width, head, costs if fits else [_in_brief(option, ink)], fill)]
    cells: list[Seg] = [(" " * HANG, "")]
    if option.denies and not option.closed:
        cells.append((f"{option.denial_brief}  ", ink.cool))
    cells += [] if fits else [*costs, (" ", "")]
    cells.append((option.about, ink.muted))
    carries: list[Seg] = [(_("carries {carries} ", carries=option.carries), ink.text)]
    beside = [] if option.closed else carries
    under = flow.flowed(width, cells, HANG, max(most - 1, 0), beside, fill)
    return [paint.line(width, head, costs if fits else [], fill), *under]


def _in_brief(option: OptionView, ink: Ink) -> Seg:
    """That it is closed, or how many things it costs."""
    count, title = len(option.costs), paint.clean(option.title)
    if option.closed:
        return Cut(_("closed "), f"{title}: {option.lacks}"), f"bold {ink.heat}"
    brief = ngettext("costs: {count} change ", "costs: {count} changes ", count)
    if all(cost.track for cost in option.costs):
        brief = ngettext("costs: {count} track ", "costs: {count} tracks ", count)
    whole = "".join(words for words, _style in weighed(option.costs, ink))
    return Cut(brief, f"{title}: {whole}"), ink.muted
