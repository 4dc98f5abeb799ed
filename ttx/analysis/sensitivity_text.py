"""A sensitivity study in plain lines: the answer, its three uncertainties, and what flips it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ttx.analysis.sensitivity import Design, Sensitivity
from ttx.analysis.tally import MOMENTS
from ttx.analysis.tornado import Row
from ttx.analysis.uncertainty import luck, parameters, structure
from ttx.exercise.model.part import text
from ttx.exercise.numbers.number import COUNT, UNITS
from ttx.exercise.parameters import Parameter, written
from ttx.i18n import N_, _, ngettext
from ttx.session.view import words
from ttx.shown import clean

WIDTH = 100
BARS, INDICES = 15, 12
"""Rows that are told of a tornado, and of the total indices."""
NAME, BAR = 40, 26
"""Columns of an id, and of a bar."""
AT = {"way": N_("on the way"), "end": N_("at the end")}


def lines(made: Sensitivity) -> list[str]:
    """The whole study for a terminal or a pipe, no line longer than 100 columns."""
    a, b = made.question
    score = made.exercise.score[made.score]
    title = _(
        "SENSITIVITY {exercise}: {b} against {a}", exercise=text(made.exercise.title), b=b, a=a
    )
    text_lines = [title, "=" * min(len(title), WIDTH), ""]
    text_lines += _wrapped(
        _(
            "Difference {b} less {a} in points, turned so that + is better for "
            "{b}; seed {seed}, {worlds:,} worlds, the same for both policies and "
            "every setting (common random numbers).",
            b=b,
            a=a,
            seed=made.seed,
            worlds=made.worlds,
        )
    )
    text_lines += ["", *_frame(made), ""]
    text_lines += [_("Three uncertainties, kept apart"), *_three(made), ""]
    text_lines += [
        _("What flips the preferred policy on {score}", score=text(score.name)),
        *_flips(made),
        "",
    ]
    text_lines += [*_tornado(made), ""]
    if made.design is not None:
        text_lines += [*_indices(made, made.design), ""]
    return [clean(line) for line in [*text_lines, *_wrapped(_(words.JUDGEMENT))]]


def number(parameter: Parameter, value: int) -> str:
    """A value in its author's units: `41.5 points`, `120 per 256`, `360 minutes`; a count alone."""
    alone = written(parameter, value)
    return alone if parameter.unit == COUNT else f"{alone} {_(UNITS[parameter.unit])}"


def points(hundredths: float) -> str:
    """A mean in points with two decimals and its sign; exactly nothing has none."""
    return f"{hundredths / 100:+.2f}" if round(hundredths) else "0.00"


def _wrapped(sentence: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(
        sentence, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)
    )


def _frame(made: Sensitivity) -> Iterator[str]:
    """What the study is in terms of the XLRM frame."""
    declared = sum(made.numbers[row.id].declared for row in made.rows)
    undeclared = len(made.rows) - declared
    still = len(made.numbers) - len(made.rows)
    yield "XLRM"
    yield from _wrapped(
        _(
            "X uncertainties: {rows} numbers, {declared} with a range that the "
            "exercise declares and {undeclared} with none, varied by half their "
            "value either way (marked *); {still} more have no range and are 0 "
            "or may not move, and were left alone",
            rows=len(made.rows),
            declared=declared,
            undeclared=undeclared,
            still=still,
        ),
        2,
    )
    yield from _wrapped(
        _("L levers: the policies {policies}", policies=_(" and ").join(made.question)), 2
    )
    off = len(made.switches)
    rules = (
        ngettext("and {count} switch off it", "and {count} switches off it", off)
        if off
        else _("which has no switch")
    )
    yield from _wrapped(_("R relations: the model, {rules}", rules=rules), 2)
    yield from _wrapped(
        _(
            "M measures: {scores}; on the way (mean over the turns) and at the end",
            scores=", ".join(part.id for part in made.exercise.score),
        ),
        2,
    )


def _three(made: Sensitivity) -> Iterator[str]:
    """A line for each score and moment: luck, parameters, structure."""
    yield (
        f"  {_('score'):19}{'':3}{_('luck'):>14} {_('better'):>6} {_('worse'):>6}"
        f"{_('parameters 95 %'):>18} {'>0':>5} {'>=.5':>5}  {_('structure')}"
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
                    f"{points(low):>8} {_('to')} {points(high):>6} {_percent(drawn.better):>5} "
                    f"{_percent(drawn.clearly):>5}"
                )
            if made.switches:
                rules = structure(made.base, made.switched, moment, row)
                span = {"least": points(rules.least), "most": points(rules.most)}
                line += "  " + _("{least} to {most}", **span)
            yield line
    yield from _wrapped(
        _(
            "way: the mean over the turns, end: the last turn. Luck: the mean "
            "and its 95 % interval over worlds, and the share of worlds better "
            "and worse by half a point. Each interval stands alone."
        ),
        2,
    )
    yield from _wrapped(_of_parameters(made), 2)
    yield from _wrapped(
        _(
            "Structure: the range of the mean over the switches of the exercise, "
            "each alone and all together."
        )
        if made.switches
        else _("Structure: not examined, since the exercise names no switch."),
        2,
    )


def _of_parameters(made: Sensitivity) -> str:
    if made.design is None:
        return _("Parameters: no design was played.")
    drawn = parameters(made.design.drawn, MOMENTS.index("end"), made.score)
    low, high = drawn.central_90
    return _(
        "Parameters: the central 95 % of the mean over {settings} settings "
        "of {ids} numbers at once, and the share of settings with {question} "
        "better, and better by half a point. On {name} at the end the "
        "central 90 % are {low} to {high}.",
        settings=drawn.settings,
        ids=len(made.design.ids),
        question=made.question[1],
        name=text(made.exercise.score[made.score].name),
        low=points(low),
        high=points(high),
    )


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


# --- what flips it --------------------------------------------------------------------------------


def _flips(made: Sensitivity) -> list[str]:
    """Numbers with the value at which they flip it, and switches."""
    rows: list[str] = []
    for moment, name in enumerate(MOMENTS):
        now = float(made.base.means[0, moment, made.score])
        if not now:
            rows += _wrapped(
                _("{when}: neither is preferred: the difference is 0.00.", when=_(AT[name])), 2
            )
            continue
        preferred = made.question[1] if now > 0 else made.question[0]
        mine = luck(made.base, moment, made.score)
        little = _(", less than other dice may make of it") if abs(now) < mine.error else ""
        rows += _wrapped(
            _(
                "{when}: {preferred} is preferred, by {now:.2f}{little}",
                when=_(AT[name]),
                preferred=preferred,
                now=abs(now) / 100,
                little=little,
            ),
            2,
        )
        flips = [*_tipping(made, name), *_switches(made, moment)]
        for line in flips or [_("nothing that was varied does, within its range")]:
            rows += _wrapped(line, 4)
    return rows


def _tipping(made: Sensitivity, moment: str) -> Iterator[str]:
    for row in made.rows:
        if not row.flips(moment):
            continue
        varied, tip = made.numbers[row.id], row.tips[moment]
        at = [
            *(
                [_("{value}, going down", value=number(varied, tip.below))]
                if tip.below is not None
                else []
            ),
            *(
                [_("{value}, going up", value=number(varied, tip.above))]
                if tip.above is not None
                else []
            ),
        ]
        yield (
            _(
                "{name} ({id}{mark}): flips at {at}; now {now}, range {low} to {high}",
                name=varied.name,
                id=row.id,
                mark=_mark(varied),
                at=_(", and at ").join(at),
                now=written(varied, row.base),
                low=written(varied, varied.low),
                high=written(varied, varied.high),
            )
        )


def _switches(made: Sensitivity, moment: int) -> Iterator[str]:
    names = [
        _("switch {id} ({name})", id=switch.id, name=text(switch.name)) for switch in made.switches
    ]
    names += [_("all switches together")] if len(made.switches) > 1 else []
    flips = structure(made.base, made.switched, moment, made.score).flips if names else ()
    for at in flips:
        yield f"{names[at]}: {points(float(made.switched.means[at, moment, made.score]))}"


def _cut(name: str) -> str:
    return f"{name if len(name) <= NAME else name[: NAME - 1] + '~':{NAME}}"


def _mark(parameter: Parameter) -> str:
    return "" if parameter.declared else "*"


# --- the tornado ----------------------------------------------------------------------------------


def _tornado(made: Sensitivity) -> Iterator[str]:
    """The widest bars at the end, each from its smallest to its largest mean."""
    end = MOMENTS.index("end")
    base = made.base.apart[0]
    shown = [row for row in made.rows if _width(row, made, end)][:BARS]
    yield (
        _(
            "Tornado, {name} at the end: one number at a time, the {shown} widest of {rows}",
            name=text(made.exercise.score[made.score].name),
            shown=len(shown),
            rows=len(made.rows),
        )
    )
    if not shown:
        yield "  " + _("nothing that was varied moves it")
        return
    reaches = [row.reach(base, end, made.score) for row in shown]
    least = min(0, *(low for low, _high in reaches))
    most = max(0, *(high for _low, high in reaches))
    now = int(base[end, made.score])
    for row, reach in zip(shown, reaches, strict=True):
        varied = made.numbers[row.id]
        low, high = (points(value / made.worlds) for value in reach)
        tip = row.tips["end"]
        tips = [written(varied, value) for value in (tip.below, tip.above) if value is not None]
        tipping = _("tips at {tips}", tips=", ".join(tips)) if tips else _("does not tip")
        drawn = bar(reach, now, least, most)
        yield f"  {_cut(row.id)}{_mark(varied):1} {low:>6} {drawn} {high:>6} {tipping}"
    left = sum(bool(_width(row, made, end)) for row in made.rows) - len(shown)
    still = len(made.rows) - len(shown) - left
    yield from _wrapped(
        _(
            "{left} more move it less, {still} not at all. : is a difference of "
            "0, | the present one. * a range by default. Between the values that "
            "were played (the ends, and halfway to them) a number may flip twice "
            "and stay unseen.",
            left=left,
            still=still,
        ),
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
    counts = ", ".join(str(run.samples) for run in runs)
    yield (
        _(
            "Total indices (Sobol), {name} at the end: {ids} numbers at once, "
            "{settings:,} settings",
            name=text(made.exercise.score[made.score].name),
            ids=len(design.ids),
            settings=len(design.settings),
        )
    )
    if not last.total.any():
        yield "  " + _("no setting of the design moves it")
        return
    yield (
        f"  {'':{NAME + 1}}"
        + "".join(f"{f'N={run.samples}':>9}" for run in runs)
        + f"   95 %      {_('first')}"
    )
    for at in order[:INDICES]:
        varied = made.numbers[design.ids[at]]
        grown = "".join(f"{run.total[at]:9.2f}" for run in runs)
        yield (
            f"  {_cut(varied.id)}{_mark(varied):1}{grown}   ±{last.total_interval[at]:.2f}   "
            f"{last.first[at]:6.2f} ±{last.first_interval[at]:.2f}"
        )
    yield from _wrapped(
        _(
            "Convergence: the same on {counts} samples; where a row still moves "
            "by more than its interval, ask for more --samples. The total index "
            "is the share of the variance over settings that would be left if "
            "all other numbers were known; first is what the number explains "
            "alone. They sum to {total:.2f} and {first:.2f}: near 1 both, one at "
            "a time is enough.",
            counts=counts,
            total=last.total.sum(),
            first=last.first.sum(),
        ),
        2,
    )
