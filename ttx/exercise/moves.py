"""What an adversary's answer is called under its aim, what it does, and what it costs."""

from __future__ import annotations

from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.model.part import Text
from ttx.exercise.model.tracks import Effect


def name_of(adversary: Adversary, aim: int, response: str) -> Text:
    """The answer in words under the aim of that row; -1 is none."""
    under = adversary.aim[aim].names if aim >= 0 else {}
    named = dict[str, Text]((*adversary.names.items(), *under.items()))
    return named.get(response, response)


def effects_of(adversary: Adversary, aim: int, response: str) -> list[Effect]:
    """What the answer does to tracks under the aim of that row; -1 is none."""
    under = adversary.aim[aim].responses if aim >= 0 else {}
    does = dict[str, list[Effect]]((*adversary.responses.items(), *under.items()))
    return does.get(response, [])


def price_of(adversary: Adversary, response: str) -> int:
    """What the answer costs in chips; nothing without a purse."""
    prices = adversary.purse.price if adversary.purse is not None else {}
    return dict[str, int](prices.items()).get(response, 0)
