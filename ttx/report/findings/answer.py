"""The answer of a sweep: differences from the baseline, over the turns, and who wins how often."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.analysis.paired import Difference, Moment, in_a_hundred
from ttx.analysis.rehearsal.symptom import named
from ttx.exercise.model import text
from ttx.report.document import Figure, Heading, Paragraph, Part, Table
from ttx.report.findings.drawn import Lines, horizon
from ttx.report.findings.gathered import Findings

AT: dict[Moment, str] = {"way": "on the way", "end": "at the end"}


def levers(found: Findings) -> str:
    """In which levers each policy differs from the baseline, a sentence each."""
    names = {one.id: text(one.name) for one in found.exercise.lever}
    told = []
    for one in found.table.bundles:
        if one.random:
            told.append(f"{one.policy} draws its moves, so its levers cannot be named.")
            continue
        mine = [names[lever] for lever in one.levers]
        count = f"{len(mine)} lever{'' if len(mine) == 1 else 's'}"
        said = f"{count}: {', '.join(mine)}" if mine else "no lever"
        answers = ", and by another rule for answers" if one.answers else ""
        red = ", and by what the adversaries want" if one.red else ""
        told.append(f"{one.policy} differs from {found.table.baseline} in {said}{answers}{red}.")
    return "\n".join(told)


def differences(found: Findings) -> Iterator[Part]:
    """Both moments as tables of points, with the shares of worlds under each mean."""
    table = found.table
    for moment, name in AT.items():
        rows = [
            (
                policy,
                *(_cell(table.difference(policy, score.id, moment)) for score in table.scores),
            )
            for policy in table.policies
            if policy != table.baseline
        ]
        yield Table(
            ("policy", *(score.short for score in table.scores)),
            tuple(rows),
            caption=f"Against {table.baseline}, {name}",
            numbers=tuple(range(1, len(table.scores) + 1)),
        )
    if table.worlds == 1:
        yield Paragraph(
            "Each cell has the difference in one world, in points, turned so that + is better "
            f"whichever way the score runs; and 100 where it is better / worse by {table.clear:g} "
            "points. One world has no interval: what is luck in these differences cannot be told."
        )
        return
    yield Paragraph(
        f"Each cell has the mean of {table.worlds:,} paired differences in points, turned so that "
        "+ is better whichever way the score runs; its 95 % interval; and the worlds in a hundred "
        f"that are better / worse by {table.clear:g} points. There are {table.intervals} "
        "intervals and each holds alone; for all of them to hold together widen each "
        f"{table.widened:.2f} times (Bonferroni)."
    )


def _cell(one: Difference) -> str:
    better, worse = (in_a_hundred(part, one.worlds) for part in (one.better, one.worse))
    half = [f"±{one.half:.2f}"] if one.worlds > 1 else []  # one world has no interval
    return "\n".join((signed(one.mean, 2), *half, f"{better}/{worse}"))


def signed(value: float, places: int) -> str:
    """A difference in points with its sign; what rounds to nothing has none."""
    said = f"{value:+.{places}f}"
    return said[1:] if float(said) == 0 else said


def over_the_turns(found: Findings) -> Iterator[Part]:
    """The mean differences turn by turn: an answer may turn with the horizon."""
    policies = tuple(found.horizon)
    if not policies:
        return
    yield Heading(2, "Over the horizon")
    panels = [
        Lines(score.short, tuple(found.horizon[name][row] for name in policies))
        for row, score in enumerate(found.table.scores)
    ]
    turning = [*turned(found)]
    told = (
        " ".join(turning)
        if turning
        else "In no score does a policy change sides with the baseline along the way."
    )
    yield Figure(
        horizon(
            panels,
            policies,
            f"Differences from {found.table.baseline} by turn",
            "Mean differences in points; the table under it gives some of the numbers.",
        ),
        f"Mean difference from {found.table.baseline} at the end of each turn, in points; "
        "+ is better. Each panel has a scale of its own.",
        told,
    )
    turns, first = found.table.turns, found.table.scores[0]
    yield Table(
        ("policy", *(f"T{turn}" for turn in range(1, turns + 1))),
        tuple((name, *(signed(one, 1) for one in found.horizon[name][0])) for name in policies),
        caption=f"The same for {first.name}",
        numbers=tuple(range(1, turns + 1)),
    )


def turned(found: Findings) -> Iterator[str]:
    """Where a policy is clearly behind in one turn and clearly ahead at the end, or the reverse."""
    half = found.table.clear
    for name, rows in found.horizon.items():
        for sign, way in ((1, "behind at first and ahead"), (-1, "ahead at first and behind")):
            scores = [
                score.name
                for score, course in zip(found.table.scores, rows, strict=True)
                if course[-1] * sign >= half and min(one * sign for one in course) <= -half
            ]
            if scores:
                yield f"{name} is {way} at the end on {named(scores)}."


def winners(found: Findings) -> Iterator[Part]:
    """In what share of worlds each policy is best at the end."""
    table = found.table
    if len(table.policies) < 2:
        return
    yield Heading(2, "Who is best, how often")
    by = {(one.policy, one.score): one for one in table.wins if one.moment == "end"}

    rows = [
        (
            policy,
            *(in_a_hundred(by[policy, score.id].clear, table.worlds) for score in table.scores),
        )
        for policy in table.policies
    ]
    clear = [sum(by[p, score.id].clear for p in table.policies) for score in table.scores]
    nobody = ("nobody", *(in_a_hundred(table.worlds - count, table.worlds) for count in clear))
    yield Table(
        ("best at the end", *(score.short for score in table.scores)),
        (*rows, nobody),
        note=(
            f"Per cent of {table.worlds:,} world{'s' if table.worlds > 1 else ''} in which the "
            f"policy is ahead of every other by {table.clear:g} points or more."
        ),
        numbers=tuple(range(1, len(table.scores) + 1)),
    )


def dominated(found: Findings) -> Iterator[Part]:
    """What is never worth taking: policies, levels and options."""
    yield Heading(2, "Dominated")
    told = [
        f"{one.policy} is no better than {' or '.join(one.by)} on any score {AT[one.moment]}."
        for one in found.table.dominated
    ]
    if told:
        text_ = " ".join(told)
        yield Paragraph(f"{text_} No worse means within {found.table.tolerance:.2f} points.")
    else:
        yield Paragraph("No policy of this study is dominated on every score.")
