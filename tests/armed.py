"""The tutorial with an adversary that has an aim, a purse and moves with prices."""

from __future__ import annotations

from functools import cache

from kit.tables import exercise

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise

ROBOTS = {
    "id": "hawk",
    "name": "Hawk",
    "about": "Escalates whenever its purse pays for it.",
    "rule": "escalate",
}


@cache
def armed() -> Exercise:
    """Two aims, a purse that pays for one escalation in two turns, and a robot for its cell."""
    data = exercise("tutorial").as_toml()
    (part,) = data["adversary"]
    part["object"] = "A boarding at sea."
    part["purse"] = {"start": 2, "income": 3, "cap": 6, "price": {"probe": 1, "escalate": 4}}
    part["aim"] = [
        {
            "id": "stay",
            "name": "Stay for good",
            "about": "Be there until nobody counts the days.",
            "act": 8,
            "names": {"escalate": "anchored off the port"},
            "responses": {"escalate": [{"track": "tension", "by": 9}]},
            "reached": {"of": "tension", "at_least": 10},
        },
        {
            "id": "leave",
            "name": "Be asked to leave",
            "about": "Make the alliance ask, and name a price.",
            "escalate": -8,
            "reached": {
                "all": [
                    {"of": "tension", "at_least": 99},
                    {"of": OTHER, "at_least": 1},
                    {"not": {"responded": "neighbour", "with": ["escalate"], "within": 2}},
                ]
            },
        },
    ]
    data["robot"] = [*data["robot"], ROBOTS]
    return from_data(data)


def _unseen() -> str:
    """A track that the other side does not see."""
    held = {one.id for one in exercise("tutorial").track} - {"tension"}
    return min(held)


OTHER = _unseen()
