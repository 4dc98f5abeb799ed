"""The table of a sweep in plain lines of at most 79 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from ttx.analysis.bundles import Bundle
from ttx.analysis.paired import MOMENTS, Difference, Moment, in_a_hundred
from ttx.analysis.policy_table import PolicyTable, ScoreHead
from ttx.session.view import words
from ttx.shown import clean

WIDTH = 79
NAME = 26
HEADS = 22
ABREAST = 7
"""Scores that stand beside each other; more of them go on below."""
WHEN: dict[Moment, str] = {"way": "on the way", "end": "at the end"}


def lines(table: PolicyTable) -> list[str]:
    """All of it: means, each policy against the baseline, who wins, who is dominated."""
    what = "1 policy" if len(table.policies) == 1 else f"{len(table.policies)} policies"
    title = (
        f"SWEEP {table.title}: {what} in {table.worlds:,} world{'s' if table.worlds > 1 else ''}"
    )
    found = [*_wrapped(title), "=" * min(len(title), WIDTH), ""]
    which = f"worlds 0 to {table.worlds - 1}" if table.worlds > 1 else "world 0"
    found += _wrapped(
        f"Seed {table.seed}, {which}, the same dice for every policy. "
        f"On the way is the mean of {table.turns} turns, the end is turn {table.turns}. "
        f"Better and worse are shares of worlds in which it is so by {table.clear:g} or more."
    )
    if table.fixed:
        told = ", ".join(f"{name} = {value}" for name, value in table.fixed)
        found += _wrapped(f"Set otherwise in every world: {told}.", 2)
    if table.drawn:
        count, first = len(table.drawn), ", ".join(table.drawn[:3])
        few = first if count <= 3 else f"{first} and {count - 3} more"
        told = f"{count} number{'s' if count > 1 else ''} of its own, drawn from ranges: {few}"
        found += _wrapped(f"Each world has {told}. Luck and numbers are mixed in what follows.", 2)
    found += ["", *_means(table)]
    for one in table.bundles:
        found += ["", *_against(table, one)]
    if table.differences:
        found += ["", *_wrapped(several(table))]
    if table.wins:
        found += ["", *_wins(table)]
    if len(table.policies) > 1:
        found += ["", *_dominated(table)]
    return [*found, "", words.JUDGEMENT]


def apart(one: Bundle) -> str:
    """In what two policies differ, as a sentence."""
    if one.random:
        return f"{one.policy} against {one.baseline}: one of them draws its moves at random."
    count = len(one.levers)
    others = ["how injects are answered"] * one.answers + ["what the adversaries want"] * one.red
    if not count:
        what = f"in {' and in '.join(others)}" if others else "in nothing that it wants"
        return f"{one.policy} differs from {one.baseline} {what}."
    levers = f"{count} lever{'s' if count > 1 else ''}: {', '.join(one.levers)}"
    besides = "".join(f" and in {other}" for other in others)
    bundle = "; what follows is of all of them together" if count + len(others) > 1 else ""
    return f"{one.policy} differs from {one.baseline} in {levers}{besides}{bundle}."


def several(table: PolicyTable) -> str:
    """That many intervals are looked at, as a sentence."""
    if table.worlds == 1:
        return "One world has no interval: what is luck in these differences cannot be told."
    if table.intervals == 1:
        return "The interval holds the mean in 95 of 100 such studies."
    return (
        f"{table.intervals} intervals stand here, each alone: on average "
        f"{table.intervals / 20:.1f} of them miss by luck. Taken {table.widened:.2f} times as wide "
        "they hold all together (Bonferroni). They say how much is luck, not whether the numbers "
        "of the exercise are right."
    )


def _abreast(table: PolicyTable) -> list[tuple[ScoreHead, ...]]:
    """The scores in rows that fit the width."""
    scores = table.scores
    return [scores[at : at + ABREAST] for at in range(0, len(scores), ABREAST)]


def _heads(scores: Sequence[ScoreHead]) -> str:
    return "".join(f"{clean(one.short)[:7]:>8}" for one in scores)


def _means(table: PolicyTable) -> list[str]:
    """The mean of every score, a row a policy; both moments."""
    found: list[str] = []
    for moment in MOMENTS:
        for scores in _abreast(table):
            found.append(f"{f'Mean {WHEN[moment]}':<{HEADS}}{_heads(scores)}")
            for policy in table.policies:
                values = [table.mean(policy, one.id, moment) for one in scores]
                found += _row(policy, (f"{value:>8.2f}" for value in values))
    return found


def _against(table: PolicyTable, one: Bundle) -> list[str]:
    head = f"{'mean':>7} {'±95 %':<6}{'better':>6}{'worse':>6}"
    found = _wrapped(apart(one))
    found.append(f"{'':<{NAME}}{WHEN['way']:^26}{WHEN['end']:^26}".rstrip())
    found.append(f"{'  + is better':<{NAME}}{head}{head}")
    for score in table.scores:
        name = clean(score.name)
        label = name if len(name) <= NAME - 2 else clean(score.short)[: NAME - 2]
        cells = "".join(_cell(table.difference(one.policy, score.id, moment)) for moment in MOMENTS)
        found.append(f"  {label:<{NAME - 2}}{cells}")
    return found


def _cell(one: Difference) -> str:
    half = f"±{one.half:.2f}" if one.worlds > 1 else ""
    share = (f"{in_a_hundred(count, one.worlds)} %" for count in (one.better, one.worse))
    return f"{one.mean:>+7.2f} {half:<6}" + "".join(f"{told:>6}" for told in share)


def _wins(table: PolicyTable) -> list[str]:
    """Shares of worlds in which each policy is best, clearly and at all."""
    found: list[str] = []
    for moment in MOMENTS:
        for what, clear in ((f"Best by {table.clear:g}, %", True), ("Best at all, %", False)):
            for scores in _abreast(table):
                found.append(f"{f'{what}, {moment}':<{HEADS}}{_heads(scores)}")
                found += _best(table, moment, scores, clear=clear)
    return found


def _best(
    table: PolicyTable, moment: Moment, scores: Sequence[ScoreHead], *, clear: bool
) -> Iterator[str]:
    """A row for each policy, and one for what is left of all worlds."""
    nobody = [100.0] * len(scores)
    for policy in table.policies:
        mine = {
            one.score: one.clear if clear else one.alone
            for one in table.wins
            if (one.policy, one.moment) == (policy, moment)
        }
        shares = [100 * mine[one.id] / table.worlds for one in scores]
        nobody = [left - share for left, share in zip(nobody, shares, strict=True)]
        yield from _row(policy, (f"{share:>8.1f}" for share in shares))
    label = "nobody clearly" if clear else "several as good"
    yield from _row(label, (f"{max(share, 0.0):>8.1f}" for share in nobody))


def _dominated(table: PolicyTable) -> list[str]:
    found: list[str] = []
    for moment in MOMENTS:
        here = [one for one in table.dominated if one.moment == moment]
        told = "; ".join(f"{one.policy} by {' and '.join(one.by)}" for one in here) or "none"
        found += _wrapped(f"Dominated {WHEN[moment]}: {told}.", 2)
    return [
        *found,
        *_wrapped(
            "Dominated is what another policy is as good as in the mean of every score, within "
            f"{table.tolerance:g}, and better than in one."
        ),
    ]


def _row(name: str, cells: Iterable[str]) -> list[str]:
    """A name and its cells; a long name has a line of its own."""
    label, told = f"  {clean(name)}", "".join(cells)
    return [f"{label:<{HEADS}}{told}"] if len(label) < HEADS else [label, f"{'':<{HEADS}}{told}"]


def _wrapped(told: str, hang: int = 0) -> list[str]:
    return textwrap.wrap(clean(told), WIDTH, subsequent_indent=" " * hang)
