"""The table of a sweep in plain lines of at most 79 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from ttx.analysis.bundles import Bundle
from ttx.analysis.paired import MOMENTS, Difference, Moment, in_a_hundred
from ttx.analysis.policy_table import PolicyTable, ScoreHead
from ttx.i18n import N_, _, ngettext
from ttx.session.view import words
from ttx.shown import clean

WIDTH = 79
NAME = 26
HEADS = 22
ABREAST = 7
"""Scores that stand beside each other; more of them go on below."""
WHEN: dict[Moment, str] = {"way": N_("on the way"), "end": N_("at the end")}


def lines(table: PolicyTable) -> list[str]:
    """All of it: means, each policy against the baseline, who wins, who is dominated."""
    title = _(
        "SWEEP {title}: {policies} in {worlds}",
        title=table.title,
        policies=ngettext("1 policy", "{count} policies", len(table.policies)),
        worlds=ngettext("{count:,} world", "{count:,} worlds", table.worlds),
    )
    text_lines = [*_wrapped(title), "=" * min(len(title), WIDTH), ""]
    several_worlds = _("worlds 0 to {last}", last=table.worlds - 1)
    text_lines += _wrapped(
        _(
            "Seed {seed}, {which}, the same dice for every policy. On the way is the mean of "
            "{turns} turns, the end is turn {turns}. Better and worse are shares of worlds in "
            "which it is so by {clear:g} or more.",
            seed=table.seed,
            which=several_worlds if table.worlds > 1 else _("world 0"),
            turns=table.turns,
            clear=table.clear,
        )
    )
    if table.fixed:
        fixed = ", ".join(f"{name} = {value}" for name, value in table.fixed)
        text_lines += _wrapped(_("Set otherwise in every world: {fixed}.", fixed=fixed), 2)
    if table.drawn:
        count, first = len(table.drawn), ", ".join(table.drawn[:3])
        few = _("{names} and {count} more", names=first, count=count - 3) if count > 3 else first
        drawn = ngettext(
            "Each world has {count} number of its own, drawn from ranges: {few}. Luck and numbers "
            "are mixed in what follows.",
            "Each world has {count} numbers of its own, drawn from ranges: {few}. Luck and numbers "
            "are mixed in what follows.",
            count,
            few=few,
        )
        text_lines += _wrapped(drawn, 2)
    text_lines += ["", *_means(table)]
    for bundle in table.bundles:
        text_lines += ["", *_against(table, bundle)]
    if table.differences:
        text_lines += ["", *_wrapped(several(table))]
    if table.wins:
        text_lines += ["", *_wins(table)]
    if len(table.policies) > 1:
        text_lines += ["", *_dominated(table)]
    return [*text_lines, "", _(words.JUDGEMENT)]


def apart(bundle: Bundle) -> str:
    """In what two policies differ, as a sentence."""
    both = {"policy": bundle.policy, "baseline": bundle.baseline}
    if bundle.random:
        return _("{policy} against {baseline}: one of them draws its moves at random.", **both)
    count = len(bundle.levers)
    parts = []
    if count:
        names = ", ".join(bundle.levers)
        parts.append(
            ngettext("in {count} lever: {names}", "in {count} levers: {names}", count, names=names)
        )
    if bundle.answers:
        parts.append(_("in how injects are answered"))
    if bundle.red:
        parts.append(_("in what the adversaries want"))
    what = _(" and ").join(parts) or _("in nothing that it wants")
    if count and count + len(parts) > 2:
        return _(
            "{policy} differs from {baseline} {what}; what follows is of all of them together.",
            **both,
            what=what,
        )
    return _("{policy} differs from {baseline} {what}.", **both, what=what)


def several(table: PolicyTable) -> str:
    """That many intervals are looked at, as a sentence."""
    if table.worlds == 1:
        return _("One world has no interval: what is luck in these differences cannot be told.")
    if table.intervals == 1:
        return _("The interval holds the mean in 95 of 100 such studies.")
    return _(
        "{count} intervals stand here, each alone: on average {miss:.1f} of them miss by luck. "
        "Taken {widened:.2f} times as wide they hold all together (Bonferroni). They say how much "
        "is luck, not whether the numbers of the exercise are right.",
        count=table.intervals,
        miss=table.intervals / 20,
        widened=table.widened,
    )


def _abreast(table: PolicyTable) -> list[tuple[ScoreHead, ...]]:
    """The scores in rows that fit the width."""
    scores = table.scores
    return [scores[at : at + ABREAST] for at in range(0, len(scores), ABREAST)]


def _heads(scores: Sequence[ScoreHead]) -> str:
    return "".join(f"{clean(score.short)[:7]:>8}" for score in scores)


def _means(table: PolicyTable) -> list[str]:
    """The mean of every score, a row a policy; both moments."""
    rows: list[str] = []
    for moment in MOMENTS:
        for scores in _abreast(table):
            label = _("Mean {when}", when=_(WHEN[moment]))
            rows.append(f"{label:<{HEADS}}{_heads(scores)}")
            for policy in table.policies:
                values = [table.mean(policy, score.id, moment) for score in scores]
                rows += _row(policy, (f"{value:>8.2f}" for value in values))
    return rows


def _against(table: PolicyTable, bundle: Bundle) -> list[str]:
    head = f"{_('mean'):>7} {'±95 %':<6}{_('better'):>6}{_('worse'):>6}"
    rows = _wrapped(apart(bundle))
    rows.append(f"{'':<{NAME}}{_(WHEN['way']):^26}{_(WHEN['end']):^26}".rstrip())
    label = "  " + _("+ is better")
    rows.append(f"{label:<{NAME}}{head}{head}")
    for score in table.scores:
        name = clean(score.name)
        label = name if len(name) <= NAME - 2 else clean(score.short)[: NAME - 2]
        cells = "".join(
            _cell(table.difference(bundle.policy, score.id, moment)) for moment in MOMENTS
        )
        rows.append(f"  {label:<{NAME - 2}}{cells}")
    return rows


def _cell(difference: Difference) -> str:
    half = f"±{difference.half:.2f}" if difference.worlds > 1 else ""
    share = (
        f"{in_a_hundred(count, difference.worlds)} %"
        for count in (difference.better, difference.worse)
    )
    return f"{difference.mean:>+7.2f} {half:<6}" + "".join(f"{percent:>6}" for percent in share)


def _wins(table: PolicyTable) -> list[str]:
    """Shares of worlds in which each policy is best, clearly and at all."""
    rows: list[str] = []
    for moment in MOMENTS:
        best_by, best = _("Best by {clear:g}, %", clear=table.clear), _("Best at all, %")
        for what, clear in ((best_by, True), (best, False)):
            for scores in _abreast(table):
                rows.append(f"{f'{what}, {moment}':<{HEADS}}{_heads(scores)}")
                rows += _best(table, moment, scores, clear=clear)
    return rows


def _best(
    table: PolicyTable, moment: Moment, scores: Sequence[ScoreHead], *, clear: bool
) -> Iterator[str]:
    """A row for each policy, and one for what is left of all worlds."""
    nobody = [100.0] * len(scores)
    for policy in table.policies:
        mine = {
            win.score: win.clear if clear else win.alone
            for win in table.wins
            if (win.policy, win.moment) == (policy, moment)
        }
        shares = [100 * mine[score.id] / table.worlds for score in scores]
        nobody = [left - share for left, share in zip(nobody, shares, strict=True)]
        yield from _row(policy, (f"{share:>8.1f}" for share in shares))
    label = _("nobody clearly") if clear else _("several as good")
    yield from _row(label, (f"{max(share, 0.0):>8.1f}" for share in nobody))


def _dominated(table: PolicyTable) -> list[str]:
    rows: list[str] = []
    for moment in MOMENTS:
        here = [dominated for dominated in table.dominated if dominated.moment == moment]
        pairs = [
            _("{policy} by {others}", policy=beaten.policy, others=_(" and ").join(beaten.by))
            for beaten in here
        ]
        rows += _wrapped(
            _(
                "Dominated {when}: {policies}.",
                when=_(WHEN[moment]),
                policies="; ".join(pairs) or _("none"),
            ),
            2,
        )
    return [
        *rows,
        *_wrapped(
            _(
                "Dominated is what another policy is as good as in the mean of every score, within "
                "{tolerance:g}, and better than in one.",
                tolerance=table.tolerance,
            )
        ),
    ]


def _row(name: str, cells: Iterable[str]) -> list[str]:
    """A name and its cells; a long name has a line of its own."""
    label, figures = f"  {clean(name)}", "".join(cells)
    return (
        [f"{label:<{HEADS}}{figures}"] if len(label) < HEADS else [label, f"{'':<{HEADS}}{figures}"]
    )


def _wrapped(sentence: str, hang: int = 0) -> list[str]:
    return textwrap.wrap(clean(sentence), WIDTH, subsequent_indent=" " * hang)
