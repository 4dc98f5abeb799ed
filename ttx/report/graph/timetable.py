"""The injects over the turns as a drawing: when each can come, on what condition, after which."""

from __future__ import annotations

from ttx.exercise import zones
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.report.graph.ink import QUIET, RULE, WORDS, Point, arrow, box, cut, line, said, wrapped
from ttx.report.graph.scheme import asked, coming_again, negation, opens, when

LEFT, TITLES, CONDITIONS = 16, 260, 560
SLOTS = {"policy": N_("policy slot"), "crisis": N_("crisis slot")}
LANE, GUTTER = 7, 24
BAR, STEP = 18, 13
"""Height of a bar, and of a line of small words beside it."""


def timetable(exercise: Exercise, top: int) -> tuple[list[str], Point]:
    """The marks of the drawing from `top` down, and where its right lower corner is."""
    injects = sorted(exercise.inject, key=lambda part: (part.slot, part.turns[0], part.number))
    after = [
        (need.id, inject.id, need.words, need.negated)
        for inject in injects
        for need in asked(inject.when)
        if need.of == "inject"
    ]
    turns = exercise.turns.count
    wide = max(34, min(76, 560 // turns))
    first = LEFT + TITLES + GUTTER + LANE * len(after)
    beside = first + turns * wide + 20
    right = beside + CONDITIONS
    marks = [said((LEFT, top + 4), _("Injects: when they can come"), 15, bold=True)]
    key = _("bar: the turns it can come in; time in it: the window of a crisis; arrow: after which")
    marks.append(said((LEFT, top + 24), key, 10, colour=QUIET))
    y = top + 50
    for turn in range(1, turns + 1):
        x = first + (turn - 1) * wide
        day = exercise.turns.first_day(turn)
        marks.append(said((x + wide // 2, y), f"T{turn}", 11, bold=True, anchor="middle"))
        marks.append(
            said((x + wide // 2, y + 13), f"{day:%m/%y}", 9, colour=QUIET, anchor="middle")
        )
    marks.append(said((beside, y + 13), _("when, and what its options need"), 9, colour=QUIET))
    y += 22
    grid = y
    middle: dict[str, int] = {}
    slot = ""
    for inject in injects:
        if inject.slot != slot:
            slot = inject.slot
            marks.append(said((LEFT, y + 14), _(SLOTS[slot]), 11, colour=QUIET))
            y += 22
        words = _beside(exercise, inject)
        middle[inject.id] = y + BAR // 2
        marks += _row(exercise, inject, y, first, wide)
        for at, (caption, colour) in enumerate(words):
            marks.append(said((beside, y + 13 + at * STEP), caption, 10, colour=colour))
        y += max(BAR, len(words) * STEP + 2) + 8
    behind = [
        line((first + turn * wide, grid), (first + turn * wide, y)) for turn in range(turns + 1)
    ]
    start = {inject.id: first + (inject.turns[0] - 1) * wide for inject in injects}
    for lane, (source, target, need, negated) in enumerate(after):
        x = first - 10 - LANE * lane
        path = f"M{start[source]} {middle[source] + 4}H{x}V{middle[target]}H{start[target] - 1}"
        tip = f"{target}: {negation(f'{source} {need}') if negated else f'{source} {need}'}"
        marks.append(arrow(path, QUIET, dashed=negated, tip=tip))
    return [*behind, *marks], (right, y)


def _row(exercise: Exercise, inject: Inject, y: int, first: int, wide: int) -> list[str]:
    actor = next(known for known in exercise.actor if known.id == inject.actor)
    title = cut(f"{inject.label or inject.number}  {text(inject.title)}", 12, TITLES)
    from_, to = inject.turns
    x, length = first + (from_ - 1) * wide, (to - from_ + 1) * wide
    window = f"{inject.window // 60}:{inject.window % 60:02} h" if inject.window else ""
    words = coming_again(window or text(inject.kind), inject)
    tip = zones.ahead(exercise, text(inject.question))
    return [
        said((LEFT, y + 13), title, 12),
        box((x + 2, y), (length - 4, BAR), actor.colour, edge=RULE, tip=tip),
        said((x + 8, y + 13), cut(words, 10, length - 12), 10),
    ]


def _beside(exercise: Exercise, inject: Inject) -> list[tuple[str, str]]:
    """The lines of words beside an inject, each with its colour."""
    asks = when(exercise, inject)
    lines = [(line, WORDS) for line in wrapped(asks, 10, CONDITIONS)] if asks else []
    for need in opens(exercise, inject):
        lines += [(line, QUIET) for line in wrapped(f"▸ {need}", 10, CONDITIONS)]
    return lines
