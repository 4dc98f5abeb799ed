"""The answer of a sweep: differences from the baseline, over the turns, and who wins how often."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.analysis.paired import Difference, Moment, in_a_hundred
from ttx.analysis.rehearsal.symptom import named
from ttx.exercise.model import text
from ttx.i18n import N_, _, ngettext
from ttx.report.document import Figure, Heading, Paragraph, Part, Table
from ttx.report.findings.drawn import Lines, horizon
from ttx.report.findings.gathered import Findings

AT: dict[Moment, str] = {"way": N_("on the way"), "end": N_("at the end")}


def levers(found: Findings) -> str:
    """In which levers each policy differs from the baseline, a sentence each."""
    names = {lever.id: text(lever.name) for lever in found.exercise.lever}
    told = []
    for bundle in found.table.bundles:
        if bundle.random:
            told.append(
                _("{policy} draws its moves, so its levers cannot be named.", policy=bundle.policy)
            )
            continue
        mine = [names[lever] for lever in bundle.levers]
        count = ngettext("{count} lever", "{count} levers", len(mine))
        said = f"{count}: {', '.join(mine)}" if mine else _("no lever")
        answers = _(", and by another rule for answers") if bundle.answers else ""
        red = _(", and by what the adversaries want") if bundle.red else ""
        told.append(
            _(
                "{policy} differs from {baseline} in {levers}{answers}{red}.",
                policy=bundle.policy,
                baseline=found.table.baseline,
                levers=said,
                answers=answers,
                red=red,
            )
        )
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
            (_("policy"), *(score.short for score in table.scores)),
            tuple(rows),
            caption=_("Against {baseline}, {name}", baseline=table.baseline, name=_(name)),
            numbers=tuple(range(1, len(table.scores) + 1)),
        )
    if table.worlds == 1:
        yield Paragraph(
            _(
                "Each cell has the difference in one world, in points, turned so "
                "that + is better whichever way the score runs; and 100 where it "
                "is better / worse by {clear:g} points. One world has no "
                "interval: what is luck in these differences cannot be told.",
                clear=table.clear,
            )
        )
        return
    yield Paragraph(
        _(
            "Each cell has the mean of {worlds:,} paired differences in points, turned so that + "
            "is better whichever way the score runs; its 95 % interval; and the worlds in a "
            "hundred that are better / worse by {clear:g} points. There are {intervals} intervals "
            "and each holds alone; for all of them to hold together widen each {widened:.2f} times "
            "(Bonferroni).",
            worlds=table.worlds,
            clear=table.clear,
            intervals=table.intervals,
            widened=table.widened,
        )
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
    yield Heading(2, _("Over the horizon"))
    panels = [
        Lines(score.short, tuple(found.horizon[name][row] for name in policies))
        for row, score in enumerate(found.table.scores)
    ]
    turning = [*turned(found)]
    told = (
        " ".join(turning)
        if turning
        else _("In no score does a policy change sides with the baseline along the way.")
    )
    yield Figure(
        horizon(
            panels,
            policies,
            _("Differences from {baseline} by turn", baseline=found.table.baseline),
            _("Mean differences in points; the table under it gives some of the numbers."),
        ),
        _(
            "Mean difference from {baseline} at the end of each turn, in points; "
            "+ is better. Each panel has a scale of its own.",
            baseline=found.table.baseline,
        ),
        told,
    )
    turns, first = found.table.turns, found.table.scores[0]
    yield Table(
        ("policy", *(f"T{turn}" for turn in range(1, turns + 1))),
        tuple((name, *(signed(one, 1) for one in found.horizon[name][0])) for name in policies),
        caption=_("The same for {first}", first=first.name),
        numbers=tuple(range(1, turns + 1)),
    )


def turned(found: Findings) -> Iterator[str]:
    """Where a policy is clearly behind in one turn and clearly ahead at the end, or the reverse."""
    half = found.table.clear
    for name, rows in found.horizon.items():
        for sign, way in (
            (1, _("behind at first and ahead")),
            (-1, _("ahead at first and behind")),
        ):
            scores = [
                score.name
                for score, course in zip(found.table.scores, rows, strict=True)
                if course[-1] * sign >= half and min(course * sign for course in course) <= -half
            ]
            if scores:
                yield _(
                    "{name} is {way} at the end on {named}.",
                    name=name,
                    way=way,
                    named=named(scores),
                )


def winners(found: Findings) -> Iterator[Part]:
    """In what share of worlds each policy is best at the end."""
    table = found.table
    if len(table.policies) < 2:
        return
    yield Heading(2, _("Who is best, how often"))
    by = {(win.policy, win.score): win for win in table.wins if win.moment == "end"}

    rows = [
        (
            policy,
            *(in_a_hundred(by[policy, score.id].clear, table.worlds) for score in table.scores),
        )
        for policy in table.policies
    ]
    clear = [sum(by[p, score.id].clear for p in table.policies) for score in table.scores]
    nobody = (_("nobody"), *(in_a_hundred(table.worlds - count, table.worlds) for count in clear))
    yield Table(
        (_("best at the end"), *(score.short for score in table.scores)),
        (*rows, nobody),
        note=(
            ngettext(
                "Per cent of {count:,} world in which the policy is ahead of "
                "every other by {clear:g} points or more.",
                "Per cent of {count:,} worlds in which the policy is ahead of "
                "every other by {clear:g} points or more.",
                table.worlds,
                clear=table.clear,
            )
        ),
        numbers=tuple(range(1, len(table.scores) + 1)),
    )


def dominated(found: Findings) -> Iterator[Part]:
    """What is never worth taking: policies, levels and options."""
    yield Heading(2, _("Dominated"))
    told = [
        _(
            "{policy} is no better than {by} on any score {moment}.",
            policy=one.policy,
            by=_(" or ").join(one.by),
            moment=_(AT[one.moment]),
        )
        for one in found.table.dominated
    ]
    if told:
        text_ = " ".join(told)
        yield Paragraph(
            _(
                "{text} No worse means within {tolerance:.2f} points.",
                text=text_,
                tolerance=found.table.tolerance,
            )
        )
    else:
        yield Paragraph(_("No policy of this study is dominated on every score."))
