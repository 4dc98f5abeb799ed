"""Every number of an exercise that a study may vary: its id, where it stands, and in which unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ttx.exercise.bounds import LARGEST, Span, span_of
from ttx.exercise.model.adversaries import Adversary, Aim, Purse
from ttx.exercise.model.clock import Clock, Profile, Wait
from ttx.exercise.model.conditions import All, AnyOf, Condition, Not, Threshold
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject, Lean, Option, Posture
from ttx.exercise.model.levers import Budget, Level, Lever
from ttx.exercise.model.part import Part, Text, text
from ttx.exercise.model.scores import ByLevel, Derived, Fading, Sum
from ttx.exercise.model.tracks import CalendarRow, Effect, Influence, Track, Weather
from ttx.exercise.problems import KeyPath
from ttx.exercise.references import DESIGN
from ttx.i18n import N_, _

POINTS, PER_256, MINUTES, MONEY = "points", "per 256", "minutes", "money"
STEPS, SIXTEENTHS, QUARTERS, COUNT = "steps", "sixteenths", "quarters", "count"
UNITS = {
    POINTS: N_("points"),
    PER_256: N_("per 256"),
    MINUTES: N_("minutes"),
    MONEY: N_("money"),
    STEPS: N_("steps"),
    SIXTEENTHS: N_("sixteenths"),
    QUARTERS: N_("quarters"),
    COUNT: N_("count"),
}
"""What a reader calls a unit."""

Named = TypeVar("Named", Level, Posture)
_MOST_OF_A_WAIT = 24 * 60 * 4
"""Minutes: half of what the bounds of an exercise grant a wait."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number, as the engine holds it."""

    id: str
    path: KeyPath
    """The fields, positions and keys that lead to it, such as `("track", 3, "start")`."""
    value: int
    unit: str
    span: Span
    """The least and the most that the arithmetic takes."""
    name: str
    basis: tuple[str, ...] = (DESIGN,)
    range: Span | None = None
    """What the part says itself of how far the evidence lets it go."""
    finer: str = ""
    """What tells it from another of the same id: a delay, or the side of a threshold."""


def numbers(exercise: Exercise) -> list[Number]:
    """All of them, in the order of the format; no two have one id."""
    numbers = list(_Walk(exercise).all())
    ids = Counter(number.id for number in numbers)
    finer = [
        replace(number, id=f"{number.id}.{number.finer}")
        if ids[number.id] > 1 and number.finer
        else number
        for number in numbers
    ]
    again: Counter[str] = Counter()
    for at, number in enumerate(finer):
        again[number.id] += 1
        if again[number.id] > 1:
            finer[at] = replace(number, id=f"{number.id}.{again[number.id]}")
    return finer


class _Walk:
    """The parts of one exercise, each with the numbers in it."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        named: list[Lever | Budget | Adversary] = [
            *exercise.lever,
            *exercise.budget,
            *exercise.adversary,
        ]
        self.money = next((budget.id for budget in exercise.budget if budget.kind == "money"), "")
        self.words: dict[str, Text] = exercise.names | {part.id: part.name for part in named}

    def name(self, of: str) -> str:
        return text(self.words.get(of, of))

    def all(self) -> Iterator[Number]:
        ex = self.exercise
        groups: tuple[tuple[str, Callable[[Any, KeyPath], Iterator[Number]]], ...] = (
            ("track", self.track),
            ("derived", self.derived),
            ("influence", self.influence),
            ("budget", self.budget),
            ("lever", self.lever),
            ("calendar", self.calendar),
            ("weather", self.weather),
            ("posture", self.posture),
            ("lean", self.lean),
            ("inject", self.inject),
            ("adversary", self.adversary),
        )
        for key, walk in groups:
            for at, part in enumerate(getattr(ex, key)):
                yield from walk(part, (key, at))
        yield from self.clock(ex.clock, ("clock",))
        for slot in ("policy", "crisis"):
            yield _of(
                f"bar.{slot}",
                ex.slots,
                ("slots",),
                slot,
                COUNT,
                _("bar of the {slot} slot", slot=slot),
            )
        yield from self.condition("ends", ex.turns.ends_when, ("turns", "ends_when"), _("the end"))

    # --- tracks and what moves them ---

    def track(self, part: Track, path: KeyPath) -> Iterator[Number]:
        if part.value is None:  # else the clock gives it
            meaning = _("start of {part}", part=text(part.name))
            yield _of(f"start.{part.id}", part, path, "start", POINTS, meaning)

    def influence(self, part: Influence, path: KeyPath) -> Iterator[Number]:
        meaning = _(
            "influence of {source} on {target}",
            source=self.name(part.from_),
            target=self.name(part.to),
        )
        yield _of(f"strength.{part.id}", part, path, "strength", PER_256, meaning)

    def derived(self, part: Derived, path: KeyPath) -> Iterator[Number]:
        if isinstance(part, Sum):
            for at, term in enumerate(part.terms):
                meaning = _(
                    "weight of {name} in {part}", name=self.name(term.of), part=text(part.name)
                )
                place = (*path, "terms", at)
                yield _of(f"sum.{part.id}.{term.of}", term, place, "weight", COUNT, meaning)
            meaning = _("constant of {part}", part=text(part.name))
            yield _of(f"constant.{part.id}", part, path, "constant", POINTS, meaning)
        elif isinstance(part, ByLevel | Fading):
            lever = self.exercise.levers.get(part.lever)
            for at, level in enumerate(_as_many(lever.levels if lever else [], part.values)):
                meaning = _("{part} at {level}", part=text(part.name), level=text(level.name))
                name = f"level.{part.id}.{level.id}"
                yield _of(name, part, path, ("values", at), POINTS, meaning)

    def weather(self, part: Weather, path: KeyPath) -> Iterator[Number]:
        meaning = _("luck that moves {name}", name=self.name(part.track))
        yield _of(f"weather.{part.track}", part, path, "size", POINTS, meaning)

    def calendar(self, part: CalendarRow, path: KeyPath) -> Iterator[Number]:
        for at, entry in enumerate(part.entries):
            place = (*path, "entries", at, "effects")
            meaning = text(part.name)
            for effect in self.effects(
                f"calendar.{part.id}", entry.effects, place, meaning, part.basis
            ):
                yield replace(effect, finer=f"turn-{min(entry.turns, default=0)}")

    def effects(
        self,
        prefix: str,
        effects: Sequence[Effect],
        path: KeyPath,
        meaning: str,
        basis: Sequence[str],
    ) -> Iterator[Number]:
        for at, effect in enumerate(effects):
            yield replace(
                _of(
                    f"{prefix}.{effect.track}",
                    effect,
                    (*path, at),
                    "by",
                    POINTS,
                    f"{meaning}: {self.name(effect.track)}",
                    basis,
                ),
                finer=str(effect.delay),
            )

    # --- levers and what they are paid with ---

    def budget(self, part: Budget, path: KeyPath) -> Iterator[Number]:
        named, unit = text(part.name), MONEY if part.kind == "money" else COUNT
        start = _of(
            f"budget.{part.id}", part, path, "start", unit, _("{named} at the start", named=named)
        )
        yield replace(start, span=(part.floor, part.cap))
        income, place = part.income, (*path, "income")
        meaning = _("{named} received each turn", named=named)
        yield _of(f"income.{part.id}", income, place, "base", unit, meaning, part.basis)
        if income.by:
            name, meaning = (
                f"income.{part.id}.{income.by}",
                _("{meaning} for {name}", meaning=meaning, name=self.name(income.by)),
            )
            yield _of(name, income, place, "rate", unit, meaning, part.basis)
        if part.kind == "points":
            meaning = _("{named} for a move down", named=named)
            yield _of(f"lowering.{part.id}", part, path, "lowering", unit, meaning)
        place, meaning = (*path, "overdraft"), _("{named} below zero", named=named)
        yield from self.effects(f"overdraft.{part.id}", part.overdraft, place, meaning, part.basis)

    def lever(self, part: Lever, path: KeyPath) -> Iterator[Number]:
        named = text(part.name)
        for at, effect in enumerate(part.effects):
            place = (*path, "effects", at)
            for row, level in enumerate(_as_many(part.levels, effect.values)):
                meaning = _(
                    "{named} at {level}: {name}",
                    named=named,
                    level=text(level.name),
                    name=self.name(effect.track),
                )
                name = f"lever.{part.id}.{effect.track}.{level.id}"
                number = _of(name, effect, place, ("values", row), POINTS, meaning, part.basis)
                yield replace(number, finer=str(effect.delay))
        place = (*path, "lowered")
        yield from self.effects(
            f"lowered.{part.id}", part.lowered, place, _("{named} lowered", named=named), part.basis
        )
        for at, level in enumerate(part.levels):
            yield from self.level(part, level, (*path, "levels", at))

    def level(self, lever: Lever, part: Level, path: KeyPath) -> Iterator[Number]:
        both, meaning = (
            f"{lever.id}.{part.id}",
            _("{lever} at {part}", lever=text(lever.name), part=text(part.name)),
        )
        basis = lever.basis
        yield _of(
            f"upkeep.{both}",
            part,
            path,
            "upkeep",
            MONEY,
            _("upkeep of {meaning}", meaning=meaning),
            basis,
        )
        for budget in part.price:
            words = _("{name} for {meaning}", name=self.name(budget), meaning=meaning)
            name = f"price.{both}.{budget}"
            yield _of(name, part, path, ("price", budget), COUNT, words, basis)
        place = (*path, "needs")
        yield from self.condition(
            f"needs.{both}", part.needs, place, _("{meaning} needs", meaning=meaning), basis
        )

    # --- conditions ---

    def condition(
        self,
        prefix: str,
        part: Condition | None,
        path: KeyPath,
        meaning: str,
        basis: Sequence[str] = (DESIGN,),
    ) -> Iterator[Number]:
        inner: list[tuple[Condition, KeyPath]] = []
        match part:
            case All():
                inner = [(inner_part, (*path, "all", at)) for at, inner_part in enumerate(part.all)]
            case AnyOf():
                inner = [(inner_part, (*path, "any", at)) for at, inner_part in enumerate(part.any)]
            case Not():
                inner = [(part.not_, (*path, "not_"))]
            case Threshold():
                for side in ("at_least", "at_most", "below"):
                    if getattr(part, side) is not None:
                        words = f"{meaning}: {self.name(part.of)} {side.replace('_', ' ')}"
                        number = _of(f"{prefix}.{part.of}", part, path, side, POINTS, words, basis)
                        yield replace(number, finer=side)
        for below, place in inner:
            yield from self.condition(prefix, below, place, meaning, basis)

    def posture(self, part: Posture, path: KeyPath) -> Iterator[Number]:
        meaning = _("posture {part}", part=text(part.name))
        yield from self.condition(f"posture.{part.id}", part.when, (*path, "when"), meaning)

    # --- the clock ---

    def clock(self, part: Clock, path: KeyPath) -> Iterator[Number]:
        for at, stage in enumerate(part.stages):
            place = (*path, "stages", at)
            for row, term in enumerate(stage.weights):
                meaning = _(
                    "{name} shortens {stage}", name=self.name(term.of), stage=text(stage.name)
                )
                name, inner = f"clock.{stage.id}.{term.of}", (*place, "weights", row)
                yield _of(name, term, inner, "weight", PER_256, meaning, stage.basis)
            if stage.product:
                both = _(" and ").join(self.name(name) for name in stage.product.of)
                meaning = _("{both} together shorten {stage}", both=both, stage=text(stage.name))
                name, inner = f"product.{stage.id}", (*place, "product")
                yield _of(name, stage.product, inner, "weight", PER_256, meaning, stage.basis)
        if part.wait:
            yield from self.wait(part.wait, (*path, "wait"))
        for name, profile in part.profiles.items():
            yield from self.profile(name, profile, (*path, "profiles", name))

    def wait(self, part: Wait, path: KeyPath) -> Iterator[Number]:
        for at, present in enumerate(part.present):
            meaning = _(
                "added to {name} before it shortens {part}",
                name=self.name(present.of),
                part=text(part.name),
            )
            place = (*path, "present", at)
            yield _of(f"present.{present.of}", present, place, "plus", POINTS, meaning, part.basis)
        lever = self.exercise.levers.get(part.deputy or "")
        for at, level in enumerate(_as_many(lever.levels if lever else [], part.quarters)):
            name, meaning = (
                f"deputy.{level.id}",
                _("{part} left at {level}", part=text(part.name), level=text(level.name)),
            )
            yield _of(name, part, path, ("quarters", at), QUARTERS, meaning)

    def profile(self, name: str, part: Profile, path: KeyPath) -> Iterator[Number]:
        stages = {stage.id: stage for stage in self.exercise.clock.stages}
        free = self._free(name, part)
        for of, minutes in part.minutes.items():
            stage = stages.get(of)
            meaning = f"{text(stage.name) if stage else of}, {text(part.name)}"
            basis = stage.basis if stage else (DESIGN,)
            number = _of(f"stage.{name}.{of}", part, path, ("minutes", of), MINUTES, meaning, basis)
            most = max(minutes, min(number.span[1], minutes + free))
            yield replace(number, span=(number.span[0], most))
        wait = self.exercise.clock.wait
        if wait:
            meaning = f"{text(wait.name)}, {text(part.name)}"
            yield _of(f"wait.{name}", part, path, "wait", SIXTEENTHS, meaning, wait.basis)

    def _free(self, name: str, part: Profile) -> int:
        """By how many minutes each stage may grow, all at once, where the clock is an index.

        An index is the minutes times a factor, and the product has to stay within 32 bits.
        """
        factors = [
            track.value.times
            for track in self.exercise.track
            if track.value and track.value.profile == name
        ]
        if not factors:
            return LARGEST
        longest = sum(part.minutes.values()) + _MOST_OF_A_WAIT
        return max(0, (LARGEST // max(factors) // 2 - longest) // max(1, len(part.minutes)))

    # --- injects and adversaries ---

    def lean(self, part: Lean, path: KeyPath) -> Iterator[Number]:
        yield from self.carries(
            f"quarters.{part.id}", part, path, f"'{text(part.name)}'", (DESIGN,)
        )

    def carries(
        self,
        prefix: str,
        part: Lean | Option,
        path: KeyPath,
        meaning: str,
        basis: Sequence[str],
    ) -> Iterator[Number]:
        for at, posture in enumerate(_as_many(self.exercise.posture, part.quarters or [])):
            words = _(
                "how far {meaning} carries in posture '{posture}'",
                meaning=meaning,
                posture=text(posture.name),
            )
            name = f"{prefix}.{posture.id}"
            yield _of(name, part, path, ("quarters", at), QUARTERS, words, basis)

    def inject(self, part: Inject, path: KeyPath) -> Iterator[Number]:
        named, weight, place = text(part.title), part.weight, (*path, "weight")
        meaning, basis = _("weight of {named}", named=named), part.basis
        yield _of(f"weight.{part.id}", weight, place, "base", COUNT, meaning, basis)
        if weight.of:
            name, meaning = (
                f"weight.{part.id}.{weight.of}",
                _("{meaning} for {name}", meaning=meaning, name=self.name(weight.of)),
            )
            yield _of(name, weight, place, "times", COUNT, meaning, basis)
        meaning, place = _("{named} comes", named=named), (*path, "when")
        yield from self.condition(f"when.{part.id}", part.when, place, meaning, basis)
        if part.window is not None:
            meaning = _("window of {named}", named=named)
            yield _of(f"window.{part.id}", part, path, "window", MINUTES, meaning)
        meaning, place = _("{named}, late", named=named), (*path, "late")
        yield from self.effects(f"late.{part.id}", part.late, place, meaning, basis)
        for adversary in part.opening:
            words = _(
                "what a late answer to {named} opens to {name}",
                named=named,
                name=self.name(adversary),
            )
            name, keys = f"opening.{part.id}.{adversary}", ("opening", adversary)
            yield _of(name, part, path, keys, COUNT, words, basis)
        for at, option in enumerate(part.option):
            yield from self.option(part, option, (*path, "option", at))

    def option(self, inject: Inject, part: Option, path: KeyPath) -> Iterator[Number]:
        both, basis = f"{inject.id}.{part.id}", inject.basis
        meaning = f"{text(inject.title)}, {text(part.title)}"
        for kind, effects in (("benefit", part.benefits), ("cost", part.costs)):
            words, place = _("{kind} of {meaning}", kind=kind, meaning=meaning), (*path, f"{kind}s")
            yield from self.effects(f"{kind}.{both}", effects, place, words, basis)
        for key, given, does in (
            ("provocation", part.provocation, "provokes"),
            ("denies", part.denies, _("closes an opening to")),
        ):
            for adversary in given:
                words = _(
                    "how far {meaning} {does} {name}",
                    meaning=meaning,
                    does=does,
                    name=self.name(adversary),
                )
                yield _of(
                    f"{key}.{both}.{adversary}", part, path, (key, adversary), COUNT, words, basis
                )
        for budget in part.budgets:
            unit = MONEY if self.money == budget else COUNT
            words = _("{name} that {meaning} brings", name=self.name(budget), meaning=meaning)
            name, keys = f"gives.{both}.{budget}", ("budgets", budget)
            yield _of(name, part, path, keys, unit, words, basis)
        yield from self.carries(f"carries.{both}", part, path, meaning, basis)
        words, place = _("{meaning} needs", meaning=meaning), (*path, "needs")
        yield from self.condition(f"opens.{both}", part.needs, place, words, basis)

    def adversary(self, part: Adversary, path: KeyPath) -> Iterator[Number]:
        named = text(part.name)
        for key, logit, does in (
            ("act", part.act, "acts"),
            ("escalate", part.escalate, "escalates"),
        ):
            place, meaning = (*path, key), _("how readily {named} {does}", named=named, does=does)
            yield _of(f"{key}.{part.id}", logit, place, "bias", STEPS, meaning, part.basis)
            for at, term in enumerate(logit.terms):
                name, inner = f"{key}.{part.id}.{term.of}", (*place, "terms", at)
                meaning = _(
                    "{name} where {named} {does}", name=self.name(term.of), named=named, does=does
                )
                yield _of(name, term, inner, "weight", STEPS, meaning, part.basis)
        meaning = _("what a provocation of {named} counts", named=named)
        yield _of(f"provoked.{part.id}", part, path, "provocation", STEPS, meaning)
        for response, effects in part.responses.items():
            name, meaning = f"response.{part.id}.{response}", f"{named}, {response}"
            place = (*path, "responses", response)
            yield from self.effects(name, effects, place, meaning, part.basis)
        if part.purse is not None:
            yield from self.purse(part, part.purse, (*path, "purse"))
        for at, aim in enumerate(part.aim):
            yield from self.aim(part, aim, (*path, "aim", at))

    def purse(self, adversary: Adversary, part: Purse, path: KeyPath) -> Iterator[Number]:
        named, basis = text(adversary.name), adversary.basis
        for key, meaning in (
            ("start", _("chips of {named} at the start", named=named)),
            ("income", _("chips that {named} receives each turn", named=named)),
            ("cap", _("the most chips that {named} keeps", named=named)),
        ):
            yield _of(f"purse.{adversary.id}.{key}", part, path, key, COUNT, meaning, basis)
        for response in [name for name in part.price if name != "restraint"]:  # which is free
            name, keys = f"price.{adversary.id}.{response}", ("price", response)
            yield _of(
                name,
                part,
                path,
                keys,
                COUNT,
                _("chips for {named}, {response}", named=named, response=response),
                basis,
            )

    def aim(self, adversary: Adversary, part: Aim, path: KeyPath) -> Iterator[Number]:
        """What an aim adds to the odds and does; `reached` is read by no arithmetic."""
        named, both = f"{text(adversary.name)}, {text(part.name)}", f"{adversary.id}.{part.id}"
        for key, does in (("act", "acts"), ("escalate", "escalates")):
            words = _(
                "how much more readily {adversary} {does}: {part}",
                adversary=text(adversary.name),
                does=does,
                part=text(part.name),
            )
            yield _of(f"aim.{both}.{key}", part, path, key, STEPS, words, adversary.basis)
        for response, effects in part.responses.items():
            place = (*path, "responses", response)
            name, words = f"response.{both}.{response}", f"{named}, {response}"
            yield from self.effects(name, effects, place, words, adversary.basis)


def _of(
    name: str,
    part: Part,
    path: KeyPath,
    keys: str | KeyPath,
    unit: str,
    meaning: str,
    basis: Sequence[str] = (),
) -> Number:
    """The number that a field of a part holds, or that stands in it at a position or key."""
    keys = (keys,) if isinstance(keys, str) else keys
    value = getattr(part, str(keys[0]))
    for key in keys[1:]:
        value = value[key]
    own = getattr(part, "range", None)
    basis = tuple(basis or getattr(part, "basis", ()) or (DESIGN,))
    span = span_of(type(part), str(keys[0]))
    return Number(name, (*path, *keys), value, unit, span, meaning, basis, own)


def _as_many(named: Sequence[Named], numbers: Sequence[int]) -> Sequence[Named]:
    """The levels or postures that have a number, of which a faulty exercise has too few."""
    return named[: len(numbers)]
