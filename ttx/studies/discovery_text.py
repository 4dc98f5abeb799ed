"""A discovery in plain lines: boxes as sentences, robustness by score, signposts by turn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ttx.analysis.boxes import Edge
from ttx.exercise.model.part import text
from ttx.exercise.numbers.number import UNITS
from ttx.exercise.parameters import Parameter, parameters, written
from ttx.i18n import _
from ttx.session.needs import points
from ttx.session.view import words
from ttx.shown import clean
from ttx.studies.discovery import FEWEST, Discovery, Scenario

WIDTH = 100
COIN = 0.5
LITTLE = 0.1
"""What a box or a signpost must add to the share that needs none, to be worth much."""


def lines(made: Discovery) -> list[str]:
    """The whole of it for a terminal or a pipe; tables widen with the names of policies."""
    score = text(made.exercise.score[made.score].name)
    title = _(
        "DISCOVERY {exercise}: {policy} against {baseline}",
        exercise=text(made.exercise.title),
        policy=made.policy,
        baseline=made.baseline,
    )
    text_lines = [title, "=" * min(len(title), WIDTH), ""]
    text_lines += _wrapped(
        _(
            "{worlds:,} states of the world (SOWs), in which {ids} numbers are "
            "drawn from their ranges and the dice differ; all policies in the "
            "same. A win is {score}, at the end, ahead by {points} points or "
            "more.",
            worlds=made.worlds,
            ids=len(made.ids),
            score=score,
            points=points(made.by),
        )
    )
    text_lines += ["", _("Scenario discovery (PRIM)")]
    for scenario in made.scenarios:
        text_lines += _scenario(made, scenario)
    text_lines += ["", *_robustness(made), "", *_signposts(made), ""]
    return [clean(line) for line in [*text_lines, *_wrapped(_(words.JUDGEMENT))]]


def _wrapped(sentence: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(
        sentence, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)
    )


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


# --- boxes ----------------------------------------------------------------------------------------


def _scenario(made: Discovery, scenario: Scenario) -> list[str]:
    rate = _percent(scenario.won / made.worlds)
    if scenario.box is None:
        return _wrapped(
            _(
                "{winner} wins in {rate} of the worlds ({won:,}): no box is "
                "looked for with fewer than {fewest} worlds on either side.",
                winner=scenario.winner,
                rate=rate,
                won=scenario.won,
                fewest=FEWEST,
            ),
            2,
        )
    box = scenario.box
    if not box.box.sides:
        return _wrapped(
            _(
                "{winner} wins in {rate} of the worlds, wherever the numbers "
                "lie: no limit on them adds anything, or comes back in half of "
                "the resamples.",
                winner=scenario.winner,
                rate=rate,
            ),
            2,
        )
    known = parameters(made.exercise)
    limits = " and ".join(
        _limit(known[made.ids[at]], low, high) for at, low, high in box.box.limits
    )
    rows = _wrapped(
        _(
            "{winner} wins where {limits}: covers {coverage} of such worlds, "
            "right in {density} ({rate} of all worlds are such).",
            winner=scenario.winner,
            limits=limits,
            coverage=_percent(box.coverage),
            density=_percent(box.density),
            rate=rate,
        ),
        2,
    )
    if scenario.unseen is not None:
        rows += _wrapped(
            _(
                "Boxes made the same way of {resamples} bootstrap resamples, on "
                "the worlds each had not seen: cover {coverage}, right in "
                "{density}.",
                resamples=scenario.resamples,
                coverage=_percent(scenario.unseen.coverage),
                density=_percent(scenario.unseen.density),
            ),
            4,
        )
        if scenario.unseen.density - scenario.won / made.worlds < LITTLE:
            rows += _wrapped(
                _(
                    "That is little more than the {rate} of all worlds: luck "
                    "decides here, not the numbers.",
                    rate=rate,
                ),
                4,
            )
        rows += _wrapped(
            _("How often each limit occurs in them; those of fewer than half are not told:"), 4
        )
        for side in box.box.sides:
            rows += _wrapped(
                _(
                    "{count} of {resamples}: {limit}",
                    count=scenario.reproduced[side],
                    resamples=scenario.resamples,
                    limit=_side(made, side),
                ),
                6,
            )
    return rows


def _limit(number: Parameter, lowest: int | None, highest: int | None) -> str:
    """Limits in the author's units: `start of X (start.x) is 41.5 points or more`."""
    ends = [written(number, end) for end in (lowest, highest) if end is not None]
    values = {"name": number.name, "id": number.id, "end": ends[0], "unit": _(UNITS[number.unit])}
    if len(ends) > 1:
        return _("{name} ({id}) is {end} to {high} {unit}", **values, high=ends[1])
    if highest is None:
        return _("{name} ({id}) is {end} {unit} or more", **values)
    return _("{name} ({id}) is {end} {unit} or less", **values)


def _side(made: Discovery, side: Edge) -> str:
    number = parameters(made.exercise)[made.ids[side[0]]]
    low, high = (written(number, end) for end in made.ranges[number.id])
    values = {"id": number.id, "low": low, "high": high, "now": written(number, number.value)}
    if side[1]:
        return _("upper limit of {id}, drawn from {low} to {high}, in the exercise {now}", **values)
    return _("lower limit of {id}, drawn from {low} to {high}, in the exercise {now}", **values)


# --- robustness -----------------------------------------------------------------------------------


def _robustness(made: Discovery) -> Iterator[str]:
    wide = max(8, *(len(name) for name in made.policies))
    yield _("Robustness by regret at the end, points behind the best policy of the same world")
    yield f"  {_('score'):26}{_('policy'):{wide}}   {_('mean  90th %    most  best in')}"
    for row, score in enumerate(made.exercise.score):
        for at, name in enumerate(made.policies):
            mean, ninth, most = (
                int(measure[at, row])
                for measure in (made.regret.mean, made.regret.ninth, made.regret.most)
            )
            best = _percent(int(made.regret.best[at, row]) / made.worlds)
            head = score.short[:25] if not at else ""
            yield (
                f"  {head:26}{name:{wide}} {mean / 100:6.2f}  {ninth / 100:6.2f}  {most / 100:6.2f}"
                f"  {best:>7}"
            )
    yield "  " + _("Per score; regrets of different scores are not summed. Means are rounded up.")
    yield ""
    yield _("Robustness by satisficing at the end: share of worlds that meet a threshold")
    if not made.thresholds:
        yield "  " + _(
            "the exercise says of none what is enough: name one with --threshold SCORE=VALUE"
        )
    for row, value in made.thresholds.items():
        score = made.exercise.score[row]
        way = _("at least") if score.better == "higher" else _("at most")
        shares = ", ".join(
            f"{name} {_percent(int(count) / made.worlds)}"
            for name, count in zip(made.policies, made.met[row], strict=True)
        )
        yield from _wrapped(f"{score.short} {way} {points(value)}: {shares}", 2)


# --- signposts ------------------------------------------------------------------------------------


def _signposts(made: Discovery) -> Iterator[str]:
    rate = _percent(made.lost / made.worlds)
    yield (
        _(
            "Signposts that {policy} will end behind {baseline} by {points} or "
            "more, which it does in {rate}",
            policy=made.policy,
            baseline=made.baseline,
            points=points(made.by),
            rate=rate,
        )
    )
    if not made.signposts:
        yield from _wrapped(
            _(
                "none is looked for: too few or too many worlds end so (at least "
                "{fewest} on either side are needed, in both halves).",
                fewest=FEWEST,
            ),
            2,
        )
        return
    for signpost in made.signposts:
        track = made.exercise.track[signpost.track]
        side = _("is below") if signpost.side == "below" else _("is at or above")
        coin = _(", little more than a coin") if signpost.rate < COIN + LITTLE else ""
        yield from _wrapped(
            _(
                "T{turn}: {track} {side} {points}: names {caught} of the worlds "
                "that end so and rightly spares {spared} of the others "
                "(balanced accuracy {rate}{coin})",
                turn=signpost.turn,
                track=text(track.called),
                side=side,
                points=points(signpost.value),
                caught=_percent(signpost.caught),
                spared=_percent(signpost.spared),
                rate=_percent(signpost.rate),
                coin=coin,
            ),
            2,
        )
    yield from _wrapped(
        _("Chosen on one half of the worlds; rates are those of the other half. A coin has 50 %."),
        2,
    )
    if max(signpost.rate for signpost in made.signposts) < COIN + LITTLE:
        yield "  " + _("None is much better than that: nothing foretells it well.")


def scenarios(made: Discovery) -> list[str]:
    """Where each of the two wins, a sentence each."""
    return [" ".join(" ".join(_scenario(made, scenario)).split()) for scenario in made.scenarios]
