"""A discovery in plain lines: boxes as sentences, robustness by score, signposts by turn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ttx.analysis.boxes import Side
from ttx.exercise.model import text
from ttx.exercise.parameters import Parameter, parameters, written
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
    title = f"DISCOVERY {text(made.exercise.title)}: {made.policy} against {made.baseline}"
    told = [title, "=" * min(len(title), WIDTH), ""]
    told += _wrapped(
        f"{made.worlds:,} states of the world (SOWs), in which {len(made.ids)} numbers are drawn "
        f"from their ranges and the dice differ; all policies in the same. A win is {score}, at "
        f"the end, ahead by {points(made.by)} points or more."
    )
    told += ["", "Scenario discovery (PRIM)"]
    for scenario in made.scenarios:
        told += _scenario(made, scenario)
    told += ["", *_robustness(made), "", *_signposts(made), ""]
    return [clean(line) for line in [*told, *_wrapped(words.JUDGEMENT)]]


def _wrapped(said: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(
        said, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)
    )


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


# --- boxes ----------------------------------------------------------------------------------------


def _scenario(made: Discovery, one: Scenario) -> list[str]:
    rate = _percent(one.won / made.worlds)
    if one.box is None:
        return _wrapped(
            f"{one.winner} wins in {rate} of the worlds ({one.won:,}): no box is looked for with "
            f"fewer than {FEWEST} worlds on either side.",
            2,
        )
    box = one.box
    if not box.box.sides:
        return _wrapped(
            f"{one.winner} wins in {rate} of the worlds, wherever the numbers lie: no limit on "
            "them adds anything, or comes back in half of the resamples.",
            2,
        )
    known = parameters(made.exercise)
    limits = " and ".join(
        _limit(known[made.ids[at]], low, high) for at, low, high in box.box.limits
    )
    told = _wrapped(
        f"{one.winner} wins where {limits}: covers {_percent(box.coverage)} of such worlds, right "
        f"in {_percent(box.density)} ({rate} of all worlds are such).",
        2,
    )
    if one.unseen is not None:
        told += _wrapped(
            f"Boxes made the same way of {one.resamples} bootstrap resamples, on the worlds each "
            f"had not seen: cover {_percent(one.unseen.coverage)}, right in "
            f"{_percent(one.unseen.density)}.",
            4,
        )
        if one.unseen.density - one.won / made.worlds < LITTLE:
            told += _wrapped(
                f"That is little more than the {rate} of all worlds: luck decides here, not the "
                "numbers.",
                4,
            )
        told += _wrapped(
            "How often each limit occurs in them; those of fewer than half are not told:", 4
        )
        for side in box.box.sides:
            told += _wrapped(f"{one.reproduced[side]} of {one.resamples}: {_side(made, side)}", 6)
    return told


def _limit(number: Parameter, lowest: int | None, highest: int | None) -> str:
    """Limits in the author's units: `start of X (start.x) is 41.5 points or more`."""
    ends = [written(number, end) for end in (lowest, highest) if end is not None]
    said = f"{number.name} ({number.id}) is"
    if len(ends) > 1:
        return f"{said} {ends[0]} to {ends[1]} {number.unit}"
    return f"{said} {ends[0]} {number.unit} or {'more' if highest is None else 'less'}"


def _side(made: Discovery, side: Side) -> str:
    number = parameters(made.exercise)[made.ids[side[0]]]
    low, high = (written(number, end) for end in made.ranges[number.id])
    which = "upper" if side[1] else "lower"
    return (
        f"{which} limit of {number.id}, drawn from {low} to {high}, in the exercise "
        f"{written(number, number.value)}"
    )


# --- robustness -----------------------------------------------------------------------------------


def _robustness(made: Discovery) -> Iterator[str]:
    wide = max(8, *(len(name) for name in made.policies))
    yield "Robustness by regret at the end, points behind the best policy of the same world"
    yield f"  {'score':26}{'policy':{wide}}   mean  90th %    most  best in"
    for row, score in enumerate(made.exercise.score):
        for at, name in enumerate(made.policies):
            mean, ninth, most = (
                int(one[at, row]) for one in (made.regret.mean, made.regret.ninth, made.regret.most)
            )
            best = _percent(int(made.regret.best[at, row]) / made.worlds)
            head = score.short[:25] if not at else ""
            yield (
                f"  {head:26}{name:{wide}} {mean / 100:6.2f}  {ninth / 100:6.2f}  {most / 100:6.2f}"
                f"  {best:>7}"
            )
    yield "  Per score; regrets of different scores are not summed. Means are rounded up."
    yield ""
    yield "Robustness by satisficing at the end: share of worlds that meet a threshold"
    if not made.thresholds:
        yield "  the exercise says of none what is enough: name one with --threshold SCORE=VALUE"
    for row, value in made.thresholds.items():
        score = made.exercise.score[row]
        way = "at least" if score.better == "higher" else "at most"
        shares = ", ".join(
            f"{name} {_percent(int(count) / made.worlds)}"
            for name, count in zip(made.policies, made.met[row], strict=True)
        )
        yield from _wrapped(f"{score.short} {way} {points(value)}: {shares}", 2)


# --- signposts ------------------------------------------------------------------------------------


def _signposts(made: Discovery) -> Iterator[str]:
    rate = _percent(made.lost / made.worlds)
    yield (
        f"Signposts that {made.policy} will end behind {made.baseline} by {points(made.by)} or "
        f"more, which it does in {rate}"
    )
    if not made.signposts:
        yield from _wrapped(
            f"none is looked for: too few or too many worlds end so (at least {FEWEST} on either "
            "side are needed, in both halves).",
            2,
        )
        return
    for one in made.signposts:
        track = made.exercise.track[one.track]
        side = "is below" if one.side == "below" else "is at or above"
        coin = ", little more than a coin" if one.rate < COIN + LITTLE else ""
        yield from _wrapped(
            f"T{one.turn}: {text(track.name)} {side} {points(one.value)}: names "
            f"{_percent(one.caught)} of the worlds that end so and rightly spares "
            f"{_percent(one.spared)} of the others (balanced accuracy {_percent(one.rate)}{coin})",
            2,
        )
    yield from _wrapped(
        "Chosen on one half of the worlds; rates are those of the other half. A coin has 50 %.", 2
    )
    if max(one.rate for one in made.signposts) < COIN + LITTLE:
        yield "  None is much better than that: nothing foretells it well."


def scenarios(made: Discovery) -> list[str]:
    """Where each of the two wins, a sentence each."""
    return [" ".join(" ".join(_scenario(made, one)).split()) for one in made.scenarios]
