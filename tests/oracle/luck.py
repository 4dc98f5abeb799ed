"""Draws the dice of one world, and works out the two tables that luck and scores are read from."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, localcontext

MASK = (1 << 64) - 1
GOLD = 0x9E3779B97F4A7C15
PAGE = 48
"""Slots a turn; those from 48 on stand on a further page, sixteen turns on."""


def _logistic_table() -> list[int]:
    with localcontext() as context:
        context.prec = 50
        powers = ((Decimal(512 - i) / 64).exp() for i in range(1024))
        return [int((2**32 / (1 + p)).to_integral_value(ROUND_FLOOR)) for p in powers]


def _log_table() -> list[int]:
    with localcontext() as context:
        context.prec = 40
        scale = 65536 / Decimal(2).ln()
        logs = (Decimal(y).ln() * scale for y in range(1, 10001))
        return [-1048576, *(int(log.to_integral_value(ROUND_HALF_EVEN)) for log in logs)]


LOGISTIC = _logistic_table()
LG = _log_table()


def mix(z: int) -> int:
    z &= MASK
    z ^= z >> 30
    z = z * 0xBF58476D1CE4E5B9 & MASK
    z ^= z >> 27
    z = z * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


class Dice:
    """The draws of one world."""

    def __init__(self, seed: int, world: int) -> None:
        self.key = mix(mix(seed + GOLD) + world * GOLD)

    def draw(self, turn: int, slot: int) -> int:
        page, place = divmod(slot, PAGE)
        return mix(self.key + (PAGE * (turn + 16 * page) + 1 + place) * GOLD)

    def hi(self, turn: int, slot: int) -> int:
        return self.draw(turn, slot) >> 32


def clamp(x: int, low: int = 0, high: int = 10000) -> int:
    return max(low, min(high, x))
