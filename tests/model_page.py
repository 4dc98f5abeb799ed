"""Writes docs/model-data.md: the numbers of the flagship, from the files that own them.

`make model` runs it; a test holds the page to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ttx.exercise.conditions import written
from ttx.exercise.load import load
from ttx.exercise.model.adversaries import Adversary, Logit
from ttx.exercise.model.conditions import Condition, ResponseName
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Option
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.part import Text, text
from ttx.exercise.model.scores import Blend, ByLevel, Derived, Fading, Scarcer, Shortfall, Sum
from ttx.exercise.model.tracks import Effect
from ttx.exercise.problems import in_points

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "model-data.md"
HEAD = (
    "# The numbers of `accelerate`\n\nWritten by `make model` from `exercises/accelerate/`; change "
    "the numbers there, never here. What they mean, and how they are reckoned with, is [the rule "
    "model](model.md). Sizes are design values: `design` in a basis says that nothing but "
    "judgement is behind one, and evidence speaks of a claim or a sign, never of a size. Points "
    "unless said; `@d` lands d turns later. Ranges that studies vary stand in `tracks.toml`, "
    "`influences.toml` and `ranges.toml`.\n"
)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
    yield ""


def page(exercise: Exercise) -> str:
    """The whole page."""
    parts = (
        *_tracks(exercise),
        *_derived(exercise),
        *_influences(exercise),
        *_levers(exercise),
        *_time(exercise),
        *_clock(exercise),
        *_postures(exercise),
        *_injects(exercise),
        *_adversaries(exercise),
        *_robots(exercise),
    )
    return "\n".join([HEAD, *parts]).rstrip() + "\n"


def points(values: Iterable[int]) -> str:
    return " / ".join(in_points(value) for value in values)


def effects(every: Iterable[Effect]) -> str:
    return ", ".join(
        f"{one.track} {signed(one.by)}{f' @{one.delay}' if one.delay else ''}" for one in every
    )


def signed(value: int) -> str:
    return f"+{in_points(value)}" if value > 0 else in_points(value)


def asked(condition: Condition | None) -> str:
    return "" if condition is None else written(condition)


def by_name(points_of: Mapping[str, int] | Mapping[ResponseName, int]) -> str:
    return ", ".join(f"{name} {value}" for name, value in points_of.items())


def said(words: Text) -> str:
    return text(words)


def basis(names: Sequence[str]) -> str:
    return " ".join(names)


# --- the sections -------------------------------------------------------------------------------


def _tracks(exercise: Exercise) -> Iterator[str]:
    yield "## Tracks\n"
    yield from table(
        ["id", "better", "start", "rest", "rate /16", "range of the start", "basis"],
        (
            (
                f"`{one.id}`",
                one.better,
                in_points(one.start),
                "by the clock"
                if one.value
                else in_points(one.start if one.rest is None else one.rest),
                one.rate,
                " to ".join(map(in_points, one.range)),
                basis(one.basis),
            )
            for one in exercise.track
        ),
    )
    for one in exercise.track:
        if one.value:
            rule = one.value
            yield (
                f"`{one.id}` is the clock of profile `{rule.profile}` at hour {rule.hour}, "
                f"× {rule.times} // {rule.over}.\n"
            )


def _derived(exercise: Exercise) -> Iterator[str]:
    yield "## Derived values and scores\n"
    yield from table(
        ["id", "kind", "made of"],
        ((f"`{one.id}`", one.kind, _formula(one)) for one in exercise.derived),
    )
    yield from table(
        ["score", "shows", "better"],
        ((f"`{one.id}`", f"`{one.of}`", one.better) for one in exercise.score),
    )


def _formula(part: Derived) -> str:
    match part:
        case Sum():
            terms = (
                f"{one.weight} × {f'(100 − {one.of})' if one.inverted else one.of}"
                for one in part.terms
            )
            constant = f" + {in_points(part.constant)}" if part.constant else ""
            return f"({' + '.join(terms)}{constant}) // {part.divisor}"
        case Scarcer():
            return f"the scarcer of {' and '.join(part.of)}"
        case Shortfall():
            return f"{part.of} less {', '.join(part.delivered)}"
        case ByLevel() | Fading():
            return f"by `{part.lever}`: {points(part.values)}"
        case Blend():
            each = zip(part.weights, part.parts, strict=True)
            return f"{', '.join(f'{w} {name}' for w, name in each)}; motive {part.motive}"


def _influences(exercise: Exercise) -> Iterator[str]:
    yield "## Influences\n"
    yield from table(
        ["id", "from", "to", "kind", "/256", "delay", "while", "range", "basis", "confidence"],
        (
            (
                one.id,
                one.from_,
                one.to,
                one.kind,
                one.strength,
                one.delay,
                f"{one.while_.lever} {one.while_.level}" if one.while_ else "",
                " to ".join(map(str, one.range)),
                basis(one.basis),
                one.confidence,
            )
            for one in exercise.influence
        ),
    )


def _levers(exercise: Exercise) -> Iterator[str]:
    yield "## Budgets\n"
    yield from table(
        ["id", "kind", "start", "income a turn", "floor to cap", "a move down", "overdraft"],
        (
            (
                f"`{one.id}`",
                one.kind,
                one.start,
                f"{one.income.base}"
                + (
                    f" + {one.income.rate} × {one.income.by} // {in_points(one.income.per)}"
                    if one.income.by
                    else ""
                ),
                f"{one.floor} to {one.cap}",
                one.lowering,
                effects(one.overdraft),
            )
            for one in exercise.budget
        ),
    )
    yield "## Levers\n\nLevels in order; a star marks the level at the start.\n"
    yield from table(
        ["lever", "level", "upkeep", "price", "needs"],
        (
            (
                f"`{lever.id}`",
                f"{'★ ' if level.id == lever.start else ''}{level.id}",
                level.upkeep,
                by_name(level.price),
                asked(level.needs),
            )
            for lever in exercise.lever
            for level in lever.levels
        ),
    )
    yield "What they do, by level; a target is taken at the rate of its track.\n"
    yield from table(
        ["lever", "track", "kind", "delay", "values", "each step down"],
        (row for lever in exercise.lever for row in _does(lever)),
    )


def _does(lever: Lever) -> Iterator[tuple[object, ...]]:
    for at, one in enumerate(lever.effects):
        down = effects(lever.lowered) if at == 0 else ""
        yield f"`{lever.id}`", one.track, one.kind, one.delay, points(one.values), down


def _time(exercise: Exercise) -> Iterator[str]:
    turns, slots = exercise.turns, exercise.slots
    yield "## Turns, calendar, weather, slots\n"
    yield (
        f"{turns.count} turns of {turns.months} months from {turns.start.isoformat()}; ends when: "
        f"{asked(turns.ends_when) or 'never before'}; at most {turns.moves} moves of a robot a "
        f"turn. Bars: policy {slots.policy}, crisis {slots.crisis}; `fill` is "
        f"{'on' if slots.fill else 'off'}.\n"
    )
    yield from table(
        ["calendar row", "turns", "effects", "basis"],
        (
            (f"`{row.id}`", " ".join(map(str, one.turns)), effects(one.effects), basis(row.basis))
            for row in exercise.calendar
            for one in row.entries
        ),
    )
    yield from table(
        ["weather, in this order", "size"],
        ((f"`{one.track}`", in_points(one.size)) for one in exercise.weather),
    )


def _clock(exercise: Exercise) -> Iterator[str]:
    clock = exercise.clock
    yield "## The crisis clock\n"
    yield from table(
        ["stage", "weights /256 for 100 points", "jitter", "beside", "discord"],
        (
            (
                f"`{one.id}`",
                ", ".join(
                    [f"{term.of} {term.weight}" for term in one.weights]
                    + (
                        [f"{' × '.join(one.product.of)} {one.product.weight}"]
                        if one.product
                        else []
                    )
                ),
                one.jitter,
                one.beside or "",
                "half as long again" if one.discord else "",
            )
            for one in clock.stages
        ),
    )
    stages = [one.id for one in clock.stages]
    yield from table(
        ["profile", *stages, "wait /16"],
        (
            (f"`{name}`", *(one.minutes[stage] for stage in stages), one.wait)
            for name, one in clock.profiles.items()
        ),
    )
    if wait := clock.wait:
        present = " and ".join(
            f"{one.of}{f' + {in_points(one.plus)}' if one.plus else ''}" for one in wait.present
        )
        deputy = f"; quarters left by `{wait.deputy}`: {wait.quarters}" if wait.deputy else ""
        yield (
            f"Wait `{wait.id}`, after `{wait.after}`: shared hours {wait.opens} to {wait.closes}; "
            f"shortened by the scarcer of {present}{deputy}.\n"
        )
    yield f"Margins are asked of {', '.join(clock.margin)}, in this order.\n"


def _postures(exercise: Exercise) -> Iterator[str]:
    yield "## Postures and leans\n"
    yield from table(
        ["posture", "name", "when", "robots prefer"],
        (
            (f"`{one.id}`", said(one.name), asked(one.when) or "no other", " ".join(one.prefers))
            for one in exercise.posture
        ),
    )
    yield from table(
        ["lean", "name", f"quarters in {' / '.join(one.id for one in exercise.posture)}"],
        (
            (f"`{one.id}`", said(one.name), " / ".join(map(str, one.quarters)))
            for one in exercise.lean
        ),
    )


def _injects(exercise: Exercise) -> Iterator[str]:
    every = sorted(exercise.inject, key=lambda one: one.number)
    yield "## Injects\n"
    yield from table(
        ["#", "id", "slot", "turns", "again", "when", "weight", "clock", "late", "opening"],
        (
            (
                one.number,
                f"`{one.id}`",
                one.slot,
                "–".join(map(str, dict.fromkeys(one.turns))),
                one.again or "",
                asked(one.when),
                f"{one.weight.base}"
                + (f" + {one.weight.times} × {one.weight.of}" if one.weight.of else ""),
                f"{one.profile}, {one.window} min" if one.profile else "",
                effects(one.late),
                by_name(one.opening),
            )
            for one in every
        ),
    )
    yield "## Options\n\nQuarters where they are not those of the lean.\n"
    yield from table(
        [
            *("#", "lean", "option", "needs", "benefits", "costs"),
            *("provocation", "denies", "quarters", "besides"),
        ],
        (
            (
                one.number,
                option.lean,
                f"`{option.id}`",
                asked(option.needs),
                effects(option.benefits),
                effects(option.costs),
                by_name(option.provocation),
                by_name(option.denies),
                " / ".join(map(str, option.quarters or [])),
                _besides(option),
            )
            for one in every
            for option in one.option
        ),
    )


def _besides(option: Option) -> str:
    given = [f"{name} {by:+}" for name, by in option.budgets.items()]
    return ", ".join([*given, *(f"{lever} at {level}" for lever, level in option.sets.items())])


def _adversaries(exercise: Exercise) -> Iterator[str]:
    yield "## Adversaries\n"
    for one in exercise.adversary:
        yield f"### {said(one.name)}\n"
        yield from _adversary(one)


def _adversary(part: Adversary) -> Iterator[str]:
    if part.object:
        yield f"To be deterred from: {said(part.object)}\n"
    yield f"- acts: {_logit(part.act)}"
    yield f"- escalates: {_logit(part.escalate)}"
    yield f"- a point of provocation: {part.provocation} steps; motive shown: {part.motive}"
    if purse := part.purse:
        yield (
            f"- purse: start {purse.start}, income {purse.income}, cap {purse.cap}; price: "
            f"{by_name(purse.price)}"
        )
    yield ""
    yield from table(
        ["aim", "act", "escalate", "reached when"],
        (
            (
                f"`{one.id}` {said(one.name)}",
                f"{one.act:+}",
                f"{one.escalate:+}",
                asked(one.reached),
            )
            for one in part.aim
        ),
    )
    every = [("without an aim of its own", part.responses, part.names)]
    every += [(f"`{one.id}`", one.responses, one.names) for one in part.aim]
    yield from table(
        ["under", "answer", "in words", "effects"],
        (
            (under, name, said(names.get(name, "")), effects(does[name]) if name in does else "")
            for under, does, names in every
            for name in ("restraint", "probe", "escalate")
            if name in does or name in names
        ),
    )


def _logit(part: Logit) -> str:
    return f"bias {part.bias}; " + ", ".join(f"{one.of} {one.weight:+}" for one in part.terms)


def _robots(exercise: Exercise) -> Iterator[str]:
    yield "## Robots\n"
    yield from table(
        ["robot", "answers", "wishes: (turn) lever to level"],
        (
            (
                f"`{one.id}`",
                " ".join([one.rule, *one.order]),
                "; ".join(f"{wish.turn} {wish.lever} to {wish.level}" for wish in one.wishes),
            )
            for one in exercise.robot
        ),
    )


if __name__ == "__main__":
    PAGE.write_text(page(load(ROOT / "exercises" / "accelerate")), "utf-8")
