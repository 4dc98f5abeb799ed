"""Reads an exercise as its author wrote it: keys and points, nothing of the engine's models."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Data = Mapping[str, Any]
RESPONSES = ("restraint", "probe", "escalate")
"""From the lowest answer to the highest."""


def hundredths(points: int | Decimal) -> int:
    """A number of points, such as 4 or -1.5, as the whole number that is reckoned with."""
    return int(Decimal(points) * 100)


def by_id(parts: list[Data]) -> dict[str, Data]:
    return {part["id"]: part for part in parts}


class Book:
    """The parts of one exercise, found by id and in the order of the file."""

    def __init__(self, data: Data) -> None:
        """`data` is the exercise as TOML gives it."""
        self.data = data
        self.tracks = by_id(data["track"])
        self.derived = by_id(data.get("derived", []))
        self.levers = by_id(data["lever"])
        self.budgets = by_id(data.get("budget", []))
        self.scores = by_id(data["score"])
        self.adversaries = by_id(data["adversary"])
        self.robots = by_id(data["robot"])
        self.leans = by_id(data["lean"])
        self.injects = sorted(data["inject"], key=lambda part: int(part["number"]))
        self.postures = [part["id"] for part in data["posture"]]
        self.stages: list[Data] = data["clock"]["stages"]
        self.start = {name: hundredths(part["start"]) for name, part in self.tracks.items()}
        self.rest = {
            name: hundredths(part.get("rest", part["start"])) for name, part in self.tracks.items()
        }
        self.anchor = {
            name: hundredths(part.get("anchor", part["start"]))
            for name, part in self.tracks.items()
        }
        self.sources = [
            name
            for name in self.derived
            if any(link["from"] == name for link in data.get("influence", []))
        ]

    def level(self, lever: str, level: str) -> int:
        """The number of a level, from 0."""
        return [one["id"] for one in self.levers[lever]["levels"]].index(level)

    def aims(self, adversary: str) -> list[Data]:
        found: list[Data] = self.adversaries[adversary].get("aim", [])
        return found
