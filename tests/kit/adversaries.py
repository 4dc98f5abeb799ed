"""Exercises whose adversaries are known to act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kit.tables import exercise

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise

ALWAYS = {"bias": 511, "terms": [{"of": "tension", "weight": 0}]}
"""Odds of 0.9997: it acts whatever was answered."""


PURSE = {"start": 0, "income": 3, "cap": 14, "price": {"probe": 1, "escalate": 5}}


def eager_neighbour(reached: dict[str, Any], purse: dict[str, Any] | None = None) -> Exercise:
    """The tutorial with a neighbour that always wants to escalate, and three chips a turn."""
    data: dict[str, Any] = exercise("tutorial").as_toml()
    (part,) = data["adversary"]
    part["act"] = part["escalate"] = ALWAYS
    part["object"] = "A blockade of the lane"
    part["purse"] = purse or PURSE
    part["aim"] = [
        {
            "id": "toll",
            "name": "Take a toll",
            "about": "Whoever sails pays.",
            "names": {"escalate": "asked for a toll"},
            "reached": reached,
        }
    ]
    return from_data(data)


EXERCISES = Path(__file__).parents[2] / "exercises"


TUTORIAL = {
    str(file.relative_to(EXERCISES / "tutorial")): file.read_text("utf-8")
    for file in sorted((EXERCISES / "tutorial").rglob("*.toml"))
}
