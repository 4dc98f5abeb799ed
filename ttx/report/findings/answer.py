"""The answer of a sweep: differences from the baseline, over the turns, and who wins how often."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.analysis.paired import Difference, Moment, in_a_hundred
from ttx.analysis.rehearsal.symptom import named
from ttx.exercise.model.part import text
from ttx.i18n import N_, _, ngettext
from ttx.report.document import Figure, Heading, Paragraph, Part, Table
from ttx.report.findings.drawn import Lines, horizon
from ttx.report.findings.gathered import Findings

AT: dict[Moment, str] = {"way": N_("on the way"), "end": N_("at the end")}


def levers(findings: Findings) -> str:
    """In which levers each policy differs from the baseline, a sentence each."""
    names = {lever.id: text(lever.name) for lever in findings.exercise.lever}
    sentences = []
    for bundle in findings.table.bundles:
        if bundle.random:
            sentences.append(
                _("{policy} draws its moves, so its levers cannot be named.", policy=bundle.policy)
            )
            continue
        mine = [names[lever] for lever in bundle.levers]
        count = ngettext("{count} lever", "{count} levers", len(mine))
        clause = f"{count}: {', '.join(mine)}" if mine else _("no lever")
        answers = _(", and by another rule for answers") if bundle.answers else ""
        red = _(", and by what the adversaries want") if bundle.red else ""
        sentences.append(
            _(
                "{policy} differs from {baseline} in {levers}{answers}{red}.",
                policy=bundle.policy,
                baseline=findings.table.baseline,
                levers=clause,
                answers=answers,
                red=red,
            )
        )
    return "\n".join(sentences)


def differences(findings: Findings) -> Iterator[Part]:
    """Both moments as tables of points, with the shares of worlds under each mean."""
    table = findings.table
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


def _cell(difference: Difference) -> str:
    better, worse = (
        in_a_hundred(part, difference.worlds) for part in (difference.better, difference.worse)
    )
    half = [f"±{difference.half:.2f}"] if difference.worlds > 1 else []  # one world has no interval
    return "\n".join((signed(difference.mean, 2), *half, f"{better}/{worse}"))


def signed(value: float, places: int) -> str:
    """A difference in points with its sign; what rounds to nothing has none."""
    shown = f"{value:+.{places}f}"
    return shown[1:] if float(shown) == 0 else shown


def over_the_turns(findings: Findings) -> Iterator[Part]:
    """The mean differences turn by turn: an answer may turn with the horizon."""
    policies = tuple(findings.horizon)
    if not policies:
        return
    yield Heading(2, _("Over the horizon"))
    panels = [
        Lines(score.short, tuple(findings.horizon[name][row] for name in policies))
        for row, score in enumerate(findings.table.scores)
    ]
    turning = [*turned(findings)]
    sentence = (
        " ".join(turning)
        if turning
        else _("In no score does a policy change sides with the baseline along the way.")
    )
    yield Figure(
        horizon(
            panels,
            policies,
            _("Differences from {baseline} by turn", baseline=findings.table.baseline),
            _("Mean differences in points; the table under it gives some of the numbers."),
        ),
        _(
            "Mean difference from {baseline} at the end of each turn, in points; "
            "+ is better. Each panel has a scale of its own.",
            baseline=findings.table.baseline,
        ),
        sentence,
    )
    turns, first = findings.table.turns, findings.table.scores[0]
    yield Table(
        ("policy", *(f"T{turn}" for turn in range(1, turns + 1))),
        tuple(
            (name, *(signed(mean, 1) for mean in findings.horizon[name][0])) for name in policies
        ),
        caption=_("The same for {first}", first=first.name),
        numbers=tuple(range(1, turns + 1)),
    )


def turned(findings: Findings) -> Iterator[str]:
    """Where a policy is clearly behind in one turn and clearly ahead at the end, or the reverse."""
    half = findings.table.clear
    for name, rows in findings.horizon.items():
        for sign, way in (
            (1, _("behind at first and ahead")),
            (-1, _("ahead at first and behind")),
        ):
            scores = [
                score.name
                for score, course in zip(findings.table.scores, rows, strict=True)
                if course[-1] * sign >= half and min(course * sign for course in course) <= -half
            ]
            if scores:
                yield _(
                    "{name} is {way} at the end on {named}.",
                    name=name,
                    way=way,
                    named=named(scores),
                )


def winners(findings: Findings) -> Iterator[Part]:
    """In what share of worlds each policy is best at the end."""
    table = findings.table
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


def dominated(findings: Findings) -> Iterator[Part]:
    """What is never worth taking: policies, levels and options."""
    yield Heading(2, _("Dominated"))
    sentences = [
        _(
            "{policy} is no better than {by} on any score {moment}.",
            policy=pair.policy,
            by=_(" or ").join(pair.by),
            moment=_(AT[pair.moment]),
        )
        for pair in findings.table.dominated
    ]
    if sentences:
        text_ = " ".join(sentences)
        yield Paragraph(
            _(
                "{text} No worse means within {tolerance:.2f} points.",
                text=text_,
                tolerance=findings.table.tolerance,
            )
        )
    else:
        yield Paragraph(_("No policy of this study is dominated on every score."))
