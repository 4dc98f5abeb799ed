"""What the answer hangs on: three uncertainties, the tornado, what flips it, its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.analysis.sensitivity import Sensitivity
from ttx.analysis.tally import MOMENTS
from ttx.analysis.tornado import Row
from ttx.analysis.uncertainty import luck, parameters, structure
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.numbers.number import UNITS
from ttx.exercise.parameters import written
from ttx.exercise.references import DESIGN
from ttx.i18n import N_, _
from ttx.report.document import Bullets, Figure, Heading, Notice, Paragraph, Part, Table
from ttx.report.findings.answer import signed
from ttx.report.findings.drawn import Bar, tornado
from ttx.report.findings.gathered import Findings

BARS = 12
"""Numbers that are drawn and whose evidence is listed: the widest."""
CASES = 5
"""Numbers that are named for each side."""
END = MOMENTS.index("end")
LONGEST = 68
"""Letters of a name beside a bar; the table below has it whole."""
GRADES = {
    "H": N_("high: official, or two reports"),
    "M": N_("medium: one reputable report"),
    "L": N_("low: aggregator or partisan"),
    "U": N_("unsourced"),
}


def certainty(findings: Findings) -> Iterator[Part]:
    """Luck, parameters and structure, kept apart."""
    yield Heading(2, _("How sure: luck, parameters, structure"))
    made = findings.sensitivity
    if made is None:
        yield Notice(
            _(
                "Only luck was looked at. Other values of the exercise's numbers and other rules "
                "may turn every answer on this page; `ttx sensitivity` examines both."
            )
        )
        return
    a, b = made.question
    yield Paragraph(
        _(
            "{b} against {a}, at the end, three uncertainties that are never "
            "added up: other dice, other values of the numbers, other rules.",
            b=b,
            a=a,
        )
    )
    yield Table(
        (
            _("score"),
            _("luck"),
            _("worlds better / worse"),
            _("numbers, 95 %"),
            _("better in"),
            _("rules"),
        ),
        tuple(_row(made, row, text(score.name)) for row, score in enumerate(made.exercise.score)),
        note=(
            _(
                "Luck: mean and 95 % interval over {worlds:,} worlds. Numbers: "
                "the central 95 % of the mean where all numbers of the design "
                "differ at once, and the share of settings in which {b} is "
                "better. Rules: the range over the switches of the exercise.",
                worlds=made.worlds,
                b=b,
            )
        ),
        numbers=(1, 2, 3, 4, 5),
    )


def _row(made: Sensitivity, row: int, name: str) -> tuple[str, ...]:
    mine = luck(made.base, END, row)
    cells = [
        name,
        f"{signed(mine.mean / 100, 2)} ±{mine.error / 100:.2f}",
        f"{100 * mine.better:.0f} / {100 * mine.worse:.0f} %",
    ]
    if made.design is None:
        cells += [_("not examined"), ""]
    else:
        drawn = parameters(made.design.drawn, END, row)
        low, high = drawn.central_95
        cells += [
            _(
                "{low} to {high}",
                low=signed(low / 100, 2),
                high=signed(high / 100, 2),
            ),
            f"{100 * drawn.better:.0f} %",
        ]
    if made.switches:
        rules = structure(made.base, made.switched, END, row)
        cells.append(
            _(
                "{low} to {high}",
                low=signed(rules.least / 100, 2),
                high=signed(rules.most / 100, 2),
            )
        )
    else:
        cells.append(_("not examined"))
    return tuple(cells)


def hangs_on(findings: Findings) -> Iterator[Part]:
    """The tornado, what flips the preference, and what the widest rows rest on."""
    made = findings.sensitivity
    if made is None:
        return
    a, b = made.question
    score = text(made.exercise.score[made.score].name)
    now = float(made.base.means[0, END, made.score])
    rows = widest(made)
    yield Heading(2, _("What it hangs on"))
    if rows:
        yield Figure(
            tornado(
                [_bar(made, row) for row in rows],
                now / 100,
                _("{b} against {a} on {score}", b=b, a=a, score=score),
                _("One number at a time; the table below gives the numbers."),
            ),
            _(
                "{b} against {a} on {score} at the end: the {rows} numbers that move it most, each "
                "alone over its range. A dark bar crosses to the other policy.",
                b=b,
                a=a,
                score=score,
                rows=len(rows),
            ),
            _("The dashed line is the present difference in points, the solid one no difference."),
        )
    yield Heading(3, _("What flips the preferred policy"))
    turning = [*flips(made)]
    if not now:
        yield Paragraph(
            _("Neither is preferred on {score} at the end: the difference is 0.00.", score=score)
        )
    elif turning:
        yield Paragraph(
            _(
                "On {score} at the end {b} is preferred. It is not where",
                score=score,
                b=b if now > 0 else a,
            )
        )
        yield Bullets(tuple(turning))
    else:
        yield Paragraph(_("Nothing that was varied flips it within its range."))
    yield from _cases(made, rows)
    yield Heading(3, _("The evidence behind them"))
    yield Table(
        (_("number"), _("value, range"), _("basis and grade")),
        tuple(_evidence(made, row) for row in rows),
        note=(
            _(
                "A grade speaks for the claim that a sign rests on, never for a size. Ranges "
                "marked * are a default, since the author gives none."
            )
        ),
        widths=(34, 22, 44),
    )


def _cases(made: Sensitivity, rows: list[Row]) -> Iterator[Part]:
    """What would speak most for each of the two, each number alone at the end of its range."""
    a, b = made.question
    base = int(made.base.apart[0][END, made.score])
    for policy, sign in ((b, 1), (a, -1)):
        gains = []
        for row in rows:
            met = row.apart[:, END, made.score] - base
            at = int((met * sign).argmax())
            if int(met[at]) * sign > 0:
                gains.append((int(met[at]) * sign, row, row.values[at]))
        gains.sort(key=lambda gain: -gain[0])
        if gains:
            yield Heading(3, _("What the case for {policy} rests on", policy=policy))
            yield Bullets(tuple(_case(made, *gain) for gain in gains[:CASES]))


def _case(made: Sensitivity, gain: int, row: Row, value: int) -> str:
    """One number at the end of its range that speaks most for a policy."""
    numbers = made.numbers[row.id]
    unit = "" if numbers.unit == "count" else f" {_(UNITS[numbers.unit])}"
    return _(
        "{number} at {value} instead of {now}{unit}: {gain:.2f} points for it",
        number=numbers.name,
        value=written(numbers, value),
        now=written(numbers, row.base),
        unit=unit,
        gain=gain / (made.worlds * 100),
    )


def widest(made: Sensitivity) -> list[Row]:
    """The rows of the tornado that move something, the widest first."""
    base = made.base.apart[0]
    reach = [(row, row.reach(base, END, made.score)) for row in made.rows]
    return [row for row, (low, high) in reach if low < high][:BARS]


def _bar(made: Sensitivity, row: Row) -> Bar:
    low, high = row.reach(made.base.apart[0], END, made.score)
    scale = made.worlds * 100
    name = made.numbers[row.id].name
    return Bar(
        name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…",
        low / scale,
        high / scale,
        row.flips("end"),
    )


def flips(made: Sensitivity) -> Iterator[str]:
    """Numbers with the value at which they flip the preference at the end, then the switches."""
    for row in made.rows:
        tip, numbers = row.tips["end"], made.numbers[row.id]
        at = []
        if tip.below is not None:
            at.append(_("{value} or less", value=written(numbers, tip.below)))
        if tip.above is not None:
            at.append(_("{value} or more", value=written(numbers, tip.above)))
        if at:
            spread = _(
                "{low} to {high}",
                low=written(numbers, numbers.low),
                high=written(numbers, numbers.high),
            )
            yield _(
                "{name} is {values} ({unit}; now {now}, range {range})",
                name=numbers.name,
                values=_(", or ").join(at),
                unit=_(UNITS[numbers.unit]),
                now=written(numbers, row.base),
                range=spread if numbers.declared else _("{range} by default", range=spread),
            )
    if made.switches:
        names = [text(switch.name) for switch in made.switches]
        names += [_("all switches together")] if len(names) > 1 else []
        for at_row in structure(made.base, made.switched, END, made.score).flips:
            yield _("the rules are without this: {names}", names=names[at_row])


def _evidence(made: Sensitivity, row: Row) -> tuple[str, str, str]:
    numbers = made.numbers[row.id]
    spread = _(
        "{now}, {low} to {high}",
        now=written(numbers, row.base),
        low=written(numbers, numbers.low),
        high=written(numbers, numbers.high),
    )
    star = "" if numbers.declared else "*"
    return (
        numbers.name,
        f"{spread} {_(UNITS[numbers.unit])}{star}",
        basis(made.exercise, numbers.basis),
    )


def basis(exercise: Exercise, ids: tuple[str, ...]) -> str:
    """What a number rests on, with grades; a design value where it has no evidence."""
    known = {evidence.id: evidence for evidence in exercise.evidence}
    sources = [
        f"{known[name].id} ({_(GRADES[known[name].confidence])}): {text(known[name].claim)}"
        for name in ids
        if name in known and name != DESIGN
    ]
    return "\n".join(sources) or _("a design value, without evidence")
