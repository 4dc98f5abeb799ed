"""An exercise altered at random in everything that a cell of a workbook can say of an inject."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from random import Random
from typing import Any, cast

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel.fields import plain

Data = dict[str, Any]
TEXTS = (
    *(
        "A text",
        "=1+1",
        'it\'s; a "test"',
        "港が閉じる",
        "two\nlines",
        "x & y <z>",
        "-5",
        "'quoted",
    ),
    *("1.50", "0012", "TRUE", "2026-01-02", "@SUM(A1)", "http://example.org", "1e5"),
)
"""What a spreadsheet would like to take for something else, among ordinary words."""


class Altering:
    """One exercise, as data that is altered step by step, and may come out unsound."""

    def __init__(self, exercise: Exercise, seed: int) -> None:
        self.exercise, self.luck = exercise, Random(seed)  # noqa: S311  # no secret hangs on it
        self.data = cast("Data", deepcopy(plain(exercise.as_toml())))

    def altered(self, steps: int = 6) -> Data:
        """The data after some steps."""
        ways: list[Callable[[Data], None]] = [
            *(self._texts, self._texts, self._head, self._option, self._option, self._effects),
            *(self._crisis, self._outcome, self._probing, self._options, self._plan),
            *(self._contextual, self._contextual),
        ]
        for _ in range(steps):
            self.luck.choice(ways)(self.luck.choice(self.data["inject"]))
        for inject in self.data["inject"]:
            if all("needs" in option for option in inject["option"]):
                inject["option"][0].pop("needs")
        return self.data

    def _words(self) -> str:
        words = self.luck.choice(TEXTS)
        return words if self.luck.random() < 0.5 else f"{words} {self.luck.randint(0, 9)}"

    def _put(self, data: Data, key: str, value: object) -> None:
        """A text keeps the languages that no cell shows; what is not needed may go."""
        old = data.get(key)
        data[key] = {**old, "en": value} if isinstance(old, dict) and "en" in old else value

    def _texts(self, inject: Data) -> None:
        key = self.luck.choice(["title", "question", "expected_action", "if_not", "directions"])
        self._put(inject, key, self._words())
        self._put(inject["message"], self.luck.choice(["sender", "to", "via"]), self._words())
        had = inject["message"]["text"]
        if not any(isinstance(paragraph, dict) for paragraph in had):
            inject["message"]["text"] = [self._words() for _ in range(self.luck.randint(1, 2))]

    def _head(self, inject: Data) -> None:
        part, luck = self.exercise, self.luck
        inject["actor"] = luck.choice(part.actor).id
        inject["again"] = luck.randint(1, 9)
        inject["basis"] = ["design"]
        if part.map:
            inject["place"] = luck.choice([*part.map.place])
        inject["message"]["precedence"] = luck.choice(["FLASH", "ROUTINE"])
        if luck.random() < 0.3:
            for key in ("again", "place", "when"):
                inject.pop(key, None)
            inject["message"].pop("precedence")
        elif luck.random() < 0.7:
            inject["when"] = self.condition()
        inject["weight"] = {"base": luck.randint(1, 99)}
        if luck.random() < 0.5:
            inject["weight"] |= {"times": luck.choice([-3, 64]), "of": luck.choice(part.track).id}

    def _plan(self, inject: Data) -> None:
        part, luck = self.exercise, self.luck
        inject["lead"] = luck.choice([cell.id for cell in part.cell if cell.side == "allied"])
        inject["turns"] = [1, luck.randint(1, part.turns.count)]
        inject["day"] = part.turns.first_day(1)
        if luck.random() < 0.5:
            inject.pop("day")
        inject["label"] = luck.choice(["9-A", "5004", "1.2.3", "Inject 7"])
        inject["planned"] = luck.choice(["09:15", "D+2 H+3", "2026-03-12 14:30"])
        for key in luck.sample(["label", "planned"], luck.randint(0, 2)):
            inject.pop(key)
        inject.pop("objectives", None)
        if part.objective and luck.random() < 0.7:
            inject["objectives"] = [luck.choice(part.objective).id]

    def _option(self, inject: Data) -> None:
        part, luck = self.exercise, self.luck
        option = luck.choice(inject["option"])
        self._put(option, luck.choice(["title", "about", "done"]), self._words())
        option["lean"] = luck.choice(part.lean).id
        if option is not inject["option"][-1]:
            option["needs"] = self.condition()
        if part.budget:
            option["budgets"] = {luck.choice(part.budget).id: luck.choice([-3, 5, 20])}
        lever = luck.choice(part.lever)
        option["sets"] = {lever.id: luck.choice(lever.levels).id}
        if part.adversary:
            option["provocation"] = {luck.choice(part.adversary).id: luck.randint(-5, 5)}
            option["denies"] = {luck.choice(part.adversary).id: luck.randint(0, 5)}
        option["quarters"] = [luck.randint(0, 4) for _ in part.posture]
        for key in luck.sample(
            ["needs", "budgets", "sets", "provocation", "denies", "quarters"], 3
        ):
            option.pop(key, None)

    def _effects(self, inject: Data) -> None:
        option = self.luck.choice(inject["option"])
        option["benefits"], option["costs"] = self.effects(), self.effects()
        if self.luck.random() < 0.3:
            option.pop(self.luck.choice(["benefits", "costs"]))

    def _crisis(self, inject: Data) -> None:
        if inject["slot"] == "crisis":
            inject["late"] = self.effects()
            inject["window"] = self.luck.randint(1, 9999)
            if self.exercise.adversary:
                adversary = self.luck.choice(self.exercise.adversary).id
                inject["opening"] = {adversary: self.luck.randint(1, 99)}

    def _outcome(self, inject: Data) -> None:
        told = inject["outcome"][self.luck.choice([*inject["outcome"]])]
        self._put(told, self.luck.choice(self.exercise.posture).id, self._words())

    def _probing(self, inject: Data) -> None:
        if any(isinstance(probe["ask"], dict) for probe in inject.get("probing", [])):
            return
        inject["probing"] = [
            {"to": self.luck.choice(self.exercise.seat).id, "ask": self._words()}
            for _ in range(self.luck.randint(0, 3))
        ]
        if not inject["probing"]:
            inject.pop("probing")

    def _options(self, inject: Data) -> None:
        """Another one, one fewer, or another order."""
        options, luck = inject["option"], self.luck
        if len(options) < 4 and luck.random() < 0.5:
            options.append(
                {
                    "id": f"new_{luck.randint(0, 99)}",
                    "lean": self.exercise.lean[0].id,
                    "title": self._words(),
                    "about": "x",
                    "done": "y",
                    "costs": self.effects(),
                }
            )
        elif len(options) > 2:
            options.pop(luck.randrange(len(options)))
        else:
            options.reverse()

    def _contextual(self, inject: Data) -> None:
        """What asks nothing, where the exercise has some of it."""
        part, luck = self.exercise, self.luck
        if not self.data.get("contextual"):
            return
        other = luck.choice(self.data["contextual"])
        self._put(other, luck.choice(["title", "kind", "expected"]), self._words())
        self._put(other["message"], luck.choice(["sender", "to", "via"]), self._words())
        other["message"]["text"] = [self._words() for _ in range(luck.randint(1, 2))]
        other["turn"] = luck.randint(1, part.turns.count)
        other["readers"] = [seat.id for seat in luck.sample(part.seat, 2)]
        other["objectives"] = [luck.choice(part.objective).id] if part.objective else []
        other["inject"] = luck.choice(part.inject).id
        other["label"] = luck.choice(["9-A", "m12"])
        for key in ("readers", "objectives", "inject", "label"):
            if not other[key] or luck.random() < 0.4:
                other.pop(key)

    def effects(self) -> list[Data]:
        """Changes of tracks, at once or later."""
        luck = self.luck
        tracks = [track.id for track in self.exercise.track if track.value is None]
        listed = []
        for track in luck.sample(tracks, luck.randint(1, min(4, len(tracks)))):
            effect: Data = {"track": track, "by": _points(luck.randint(-9999, 9999))}
            if luck.random() < 0.4:
                effect["delay"] = luck.randint(1, 8)
            listed.append(effect)
        return listed

    def condition(self, depth: int = 0) -> Data:
        """Any condition, and conditions in it."""
        part, luck = self.exercise, self.luck
        kinds = ["of", "of", "lever", "fired", "outcome"]
        kinds += ["responded"] if part.adversary else []
        kinds += ["all", "any", "not"] if depth < 3 else []
        match luck.choice(kinds):
            case "of":
                limits = luck.sample(["at_least", "at_most", "below"], luck.choice([1, 1, 2]))
                of = luck.choice([*part.names])
                return {"of": of} | {key: _points(luck.randint(0, 9999)) for key in limits}
            case "lever":
                lever = luck.choice(part.lever)
                key = luck.choice(["level", "at_least", "at_most"])
                return {"lever": lever.id, key: luck.choice(lever.levels).id}
            case "fired":
                return {"fired": luck.choice(part.inject).id}
            case "outcome":
                timings = luck.sample(["on_time", "late", "far_too_late"], luck.randint(1, 3))
                return {"outcome": luck.choice(part.inject).id, "timing": timings}
            case "responded":
                return self._responded()
            case "not":
                return {"not": self.condition(depth + 1)}
            case several:
                parts = [self.condition(depth + 1) for _ in range(luck.randint(1, 3))]
                return {several: parts}

    def _responded(self) -> Data:
        luck = self.luck
        adversary = luck.choice(self.exercise.adversary)
        answers = luck.sample(["restraint", "probe", "escalate"], luck.randint(1, 3))
        asked: Data = {"responded": adversary.id, "with": answers}
        if adversary.aim and luck.random() < 0.5:
            asked["aim"] = luck.sample([aim.id for aim in adversary.aim], 1)
        if luck.random() < 0.5:
            asked["within"] = luck.randint(2, 10)
        return asked


def _points(hundredths: int) -> int | Decimal:
    points = Decimal(hundredths) / 100
    return int(points) if points == points.to_integral_value() else points
