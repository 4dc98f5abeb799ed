"""A sensitivity study in plain lines: the answer, its three uncertainties, and what flips it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ttx.analysis.sensitivity import Design, Sensitivity
from ttx.analysis.tally import MOMENTS
from ttx.analysis.tornado import Row
from ttx.analysis.uncertainty import luck, parameters, structure
from ttx.exercise.model import text
from ttx.exercise.parameters import Parameter, written
from ttx.session.view import words
from ttx.shown import clean

WIDTH = 100
BARS, INDICES = 15, 12
"""Rows that are told of a tornado, and of the total indices."""
NAME, BAR = 40, 26
"""Columns of an id, and of a bar."""
AT = {"way": "on the way", "end": "at the end"}


def lines(made: Sensitivity) -> list[str]:
    """The whole study for a terminal or a pipe, no line longer than 100 columns."""
    a, b = made.question
    score = made.exercise.score[made.score]
    title = f"SENSITIVITY {text(made.exercise.title)}: {b} against {a}"
    told = [title, "=" * min(len(title), WIDTH), ""]
    told += _wrapped(
        f"Difference {b} less {a} in points, turned so that + is better for {b}; seed {made.seed}, "
        f"{made.worlds:,} worlds, the same for both policies and every setting (common random "
        "numbers)."
    )
    told += ["", *_frame(made), ""]
    told += ["Three uncertainties, kept apart", *_three(made), ""]
    told += [f"What flips the preferred policy on {text(score.name)}", *_flips(made), ""]
    told += [*_tornado(made), ""]
    if made.design is not None:
        told += [*_indices(made, made.design), ""]
    return [clean(line) for line in [*told, *_wrapped(words.JUDGEMENT)]]


def number(one: Parameter, value: int) -> str:
    """A value in its author's units: `41.5 points`, `120 per 256`, `360 minutes`; a count alone."""
    return f"{written(one, value)} {one.unit}".removesuffix(" count")


def points(hundredths: float) -> str:
    """A mean in points with two decimals and its sign; exactly nothing has none."""
    return f"{hundredths / 100:+.2f}" if round(hundredths) else "0.00"


def _wrapped(said: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(
        said, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)
    )


def _frame(made: Sensitivity) -> Iterator[str]:
    """What the study is in terms of the XLRM frame."""
    declared = sum(made.numbers[row.id].declared for row in made.rows)
    undeclared = len(made.rows) - declared
    still = len(made.numbers) - len(made.rows)
    yield "XLRM"
    yield from _wrapped(
        f"X uncertainties: {len(made.rows)} numbers, {declared} with a range that the exercise "
        f"declares and {undeclared} with none, varied by half their value either way (marked *); "
        f"{still} more have no range and are 0 or may not move, and were left alone",
        2,
    )
    yield from _wrapped(f"L levers: the policies {' and '.join(made.question)}", 2)
    off = len(made.switches)
    rules = f"and {off} switch{'' if off == 1 else 'es'} off it" if off else "which has no switch"
    yield from _wrapped(f"R relations: the model, {rules}", 2)
    yield from _wrapped(
        f"M measures: {', '.join(part.id for part in made.exercise.score)}; on the way (mean over "
        "the turns) and at the end",
        2,
    )


def _three(made: Sensitivity) -> Iterator[str]:
    """A line for each score and moment: luck, parameters, structure."""
    yield (
        f"  {'score':19}{'':3}{'luck':>14} {'better':>6} {'worse':>6}"
        f"{'parameters 95 %':>18} {'>0':>5} {'>=.5':>5}  structure"
    )
    for moment, name in enumerate(MOMENTS):
        for row, score in enumerate(made.exercise.score):
            mine = luck(made.base, moment, row)
            line = (
                f"  {score.short[:18]:18} {name:3}"
                f"{points(mine.mean):>7} ±{mine.error / 100:5.2f} {_percent(mine.better):>6} "
                f"{_percent(mine.worse):>6}"
            )
            if made.design is not None:
                drawn = parameters(made.design.drawn, moment, row)
                low, high = drawn.central_95
                line += (
                    f"{points(low):>8} to {points(high):>6} {_percent(drawn.better):>5} "
                    f"{_percent(drawn.clearly):>5}"
                )
            if made.switches:
                rules = structure(made.base, made.switched, moment, row)
                line += f"  {points(rules.least)} to {points(rules.most)}"
            yield line
    yield from _wrapped(
        "way: the mean over the turns, end: the last turn. Luck: the mean and its 95 % interval "
        "over worlds, and the share of worlds better and worse by half a point. Each interval "
        "stands alone.",
        2,
    )
    yield from _wrapped(_of_parameters(made), 2)
    yield from _wrapped(
        "Structure: the range of the mean over the switches of the exercise, each alone and all "
        "together."
        if made.switches
        else "Structure: not examined, since the exercise names no switch.",
        2,
    )


def _of_parameters(made: Sensitivity) -> str:
    if made.design is None:
        return "Parameters: no design was played."
    drawn = parameters(made.design.drawn, MOMENTS.index("end"), made.score)
    low, high = drawn.central_90
    return (
        f"Parameters: the central 95 % of the mean over {drawn.settings} settings of "
        f"{len(made.design.ids)} numbers at once, and the share of settings with "
        f"{made.question[1]} better, and better by half a point. On "
        f"{text(made.exercise.score[made.score].name)} at the end the central 90 % are "
        f"{points(low)} to {points(high)}."
    )


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


# --- what flips it --------------------------------------------------------------------------------


def _flips(made: Sensitivity) -> list[str]:
    """Numbers with the value at which they flip it, and switches."""
    told: list[str] = []
    for moment, name in enumerate(MOMENTS):
        now = float(made.base.means[0, moment, made.score])
        if not now:
            told += _wrapped(f"{AT[name]}: neither is preferred: the difference is 0.00.", 2)
            continue
        preferred = made.question[1] if now > 0 else made.question[0]
        mine = luck(made.base, moment, made.score)
        little = ", less than other dice may make of it" if abs(now) < mine.error else ""
        told += _wrapped(
            f"{AT[name]}: {preferred} is preferred, by {abs(now) / 100:.2f}{little}", 2
        )
        flips = [*_tipping(made, name), *_switches(made, moment)]
        for line in flips or ["nothing that was varied does, within its range"]:
            told += _wrapped(line, 4)
    return told


def _tipping(made: Sensitivity, moment: str) -> Iterator[str]:
    for row in made.rows:
        if not row.flips(moment):
            continue
        one, tip = made.numbers[row.id], row.tips[moment]
        at = [
            f"{number(one, value)}, going {way}"
            for value, way in ((tip.below, "down"), (tip.above, "up"))
            if value is not None
        ]
        yield (
            f"{one.name} ({row.id}{_mark(one)}): flips at {', and at '.join(at)}; now "
            f"{written(one, row.base)}, range {written(one, one.low)} to {written(one, one.high)}"
        )


def _switches(made: Sensitivity, moment: int) -> Iterator[str]:
    names = [f"switch {one.id} ({text(one.name)})" for one in made.switches]
    names += ["all switches together"] if len(made.switches) > 1 else []
    flips = structure(made.base, made.switched, moment, made.score).flips if names else ()
    for at in flips:
        yield f"{names[at]}: {points(float(made.switched.means[at, moment, made.score]))}"


def _cut(name: str) -> str:
    return f"{name if len(name) <= NAME else name[: NAME - 1] + '~':{NAME}}"


def _mark(one: Parameter) -> str:
    return "" if one.declared else "*"


# --- the tornado ----------------------------------------------------------------------------------


def _tornado(made: Sensitivity) -> Iterator[str]:
    """The widest bars at the end, each from its smallest to its largest mean."""
    end = MOMENTS.index("end")
    base = made.base.apart[0]
    shown = [row for row in made.rows if _width(row, made, end)][:BARS]
    yield (
        f"Tornado, {text(made.exercise.score[made.score].name)} at the end: one number at a time, "
        f"the {len(shown)} widest of {len(made.rows)}"
    )
    if not shown:
        yield "  nothing that was varied moves it"
        return
    reaches = [row.reach(base, end, made.score) for row in shown]
    least = min(0, *(low for low, _ in reaches))
    most = max(0, *(high for _, high in reaches))
    now = int(base[end, made.score])
    for row, reach in zip(shown, reaches, strict=True):
        one = made.numbers[row.id]
        low, high = (points(value / made.worlds) for value in reach)
        tip = row.tips["end"]
        tips = [written(one, value) for value in (tip.below, tip.above) if value is not None]
        said = f"tips at {', '.join(tips)}" if tips else "does not tip"
        drawn = bar(reach, now, least, most)
        yield f"  {_cut(row.id)}{_mark(one):1} {low:>6} {drawn} {high:>6} {said}"
    left = sum(bool(_width(row, made, end)) for row in made.rows) - len(shown)
    still = len(made.rows) - len(shown) - left
    yield from _wrapped(
        f"{left} more move it less, {still} not at all. : is a difference of 0, | the present one. "
        "* a range by default. Between the values that were played (the ends, and halfway to them) "
        "a number may flip twice and stay unseen.",
        2,
    )


def _width(row: Row, made: Sensitivity, moment: int) -> int:
    low, high = row.reach(made.base.apart[0], moment, made.score)
    return high - low


def bar(reach: tuple[int, int], now: int, least: int, most: int) -> str:
    """A bar over the common scale of all rows."""
    wide = max(1, most - least)

    def column(value: int) -> int:
        return (value - least) * (BAR - 1) // wide

    cells = [" "] * BAR
    for at in range(column(reach[0]), column(reach[1]) + 1):
        cells[at] = "="
    cells[column(0)] = ":"
    cells[column(now)] = "|"
    return "".join(cells)


# --- indices --------------------------------------------------------------------------------------


def _indices(made: Sensitivity, design: Design) -> Iterator[str]:
    """Total indices at the end, with their intervals, on a quarter, a half and all samples."""
    runs = design.indices["end"]
    last = runs[-1]
    order = sorted(range(len(design.ids)), key=lambda at: (-last.total[at], design.ids[at]))
    counts = ", ".join(str(one.samples) for one in runs)
    yield (
        f"Total indices (Sobol), {text(made.exercise.score[made.score].name)} at the end: "
        f"{len(design.ids)} numbers at once, {len(design.settings):,} settings"
    )
    if not last.total.any():
        yield "  no setting of the design moves it"
        return
    yield (
        f"  {'':{NAME + 1}}"
        + "".join(f"{f'N={one.samples}':>9}" for one in runs)
        + "   95 %      first"
    )
    for at in order[:INDICES]:
        one = made.numbers[design.ids[at]]
        grown = "".join(f"{run.total[at]:9.2f}" for run in runs)
        yield (
            f"  {_cut(one.id)}{_mark(one):1}{grown}   ±{last.total_interval[at]:.2f}   "
            f"{last.first[at]:6.2f} ±{last.first_interval[at]:.2f}"
        )
    yield from _wrapped(
        f"Convergence: the same on {counts} samples; where a row still moves by more than its "
        f"interval, ask for more --samples. The total index is the share of the variance over "
        f"settings that would be left if all other numbers were known; first is what the number "
        f"explains alone. They sum to {last.total.sum():.2f} and {last.first.sum():.2f}: near 1 "
        "both, one at a time is enough.",
        2,
    )
