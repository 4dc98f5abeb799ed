"""Luck in counter mode: any draw of any world, without a generator to carry.

splitmix64 (Steele, Lea and Flood 2014), keyed by (seed, world) and indexed by (turn, slot), all
modulo 2^64. Neither the policy nor the batch is in the key, so two policies share their luck and a
world draws the same bits alone or among a hundred thousand. The slot map is part of the save
format: slots are appended, never reordered (docs/model.md, section 7.2).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]

GOLD = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
SLOTS = 48
"""Draws on a page; slots 0 to 27 are the injects 1 to 28."""
PAGE_TURNS = 16
"""Slots from 48 on lie on further pages of the counter, beyond all turns that a game can have."""
MORE_INJECTS = 48
"""The first slot of the injects from 29 on."""
AIM = 0
"""In turn 0, before the first: the aim of the first adversary."""
HOUR, JITTER, DAY, ACT, ESCALATE, ROBOT_LEVER, ROBOT_LEVEL, ROBOT_CRISIS, ROBOT_POLICY, WEATHER = (
    28,
    29,
    30,
    31,
    34,
    37,
    38,
    39,
    40,
    41,
)


_HIGH, _TOP = np.uint64(32), np.uint64(48)
_SHIFTS = np.array([30, 27, 31], np.uint64)
_FACTORS = np.array([0xBF58476D1CE4E5B9, 0x94D049BB133111EB], np.uint64)


def mix(value: int) -> int:
    """The finaliser of splitmix64 on one number."""
    value &= MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def unmix(value: int) -> int:
    """The number of which `mix` makes this one: every step of it can be taken back."""
    value &= MASK
    value ^= (value >> 31) ^ (value >> 62)
    value = (value * pow(0x94D049BB133111EB, -1, 1 << 64)) & MASK
    value ^= (value >> 27) ^ (value >> 54)
    value = (value * pow(0xBF58476D1CE4E5B9, -1, 1 << 64)) & MASK
    return value ^ (value >> 30) ^ (value >> 60)


def seed_of(seed: int, world: int) -> int:
    """The seed whose world 0 draws what this world of a seed draws, 0 to 2^64 - 1."""
    return (unmix(mix(seed + GOLD) + world * GOLD) - GOLD) & MASK


def vmix(values: Words) -> Words:
    """The same on an array of uint64."""
    mixed = values.copy()
    _mix_in_place(mixed, np.empty_like(mixed))
    return mixed


def _mix_in_place(values: Words, spare: Words) -> None:
    """The same where the values stand; memory that is new at every step costs more than mixing."""
    for shift, factor in zip(_SHIFTS, _FACTORS, strict=False):
        np.right_shift(values, shift, out=spare)
        values ^= spare
        values *= factor
    np.right_shift(values, _SHIFTS[-1], out=spare)
    values ^= spare


def inject_slot(number: int) -> int:
    """The slot that the inject of a number rolls, 1 to 1000."""
    return number - 1 if number <= HOUR else MORE_INJECTS + number - 1 - HOUR


TOGETHER = 8
"""Slots that are drawn in one go: few enough to stay near the processor, and few calls alone."""


class Dice:
    """The luck of some worlds of one seed."""

    def __init__(self, seed: int, worlds: Words) -> None:
        """`worlds` are world numbers, uint64[n]; any subset, in any order."""
        self.keys: Words = vmix(np.uint64(mix(seed + GOLD)) + worlds * np.uint64(GOLD))
        self._pages: dict[int, Words] = {0: np.empty((SLOTS, len(worlds)), np.uint64)}
        """Room for each page that was asked for; few exercises need more than one."""
        self._spare: Words = np.empty((TOGETHER, len(worlds)), np.uint64)
        self._tops: dict[tuple[int, int], NDArray[np.int32]] = {}
        self._drawn: set[tuple[int, int]] = set()
        """Turn and first slot of what stands in the words."""

    def draw(self, turn: int, slot: int) -> Words:
        """The 64 bits of a slot in a turn (1 …), uint64[n]; they stand until another turn draws."""
        first = slot - slot % TOGETHER
        if (turn, first) not in self._drawn:
            self._drawn = {(of, at) for of, at in self._drawn if of == turn} | {(turn, first)}
            page, at_first = divmod(first, SLOTS)
            words = self._page(page)[at_first : at_first + TOGETHER]
            step = (SLOTS * (turn + PAGE_TURNS * page) + 1 + at_first) * GOLD
            steps = [(step + at * GOLD) & MASK for at in range(TOGETHER)]
            np.add(self.keys, np.array(steps, np.uint64)[:, None], out=words)
            _mix_in_place(words, self._spare)
        page, at = divmod(slot, SLOTS)
        drawn: Words = self._page(page)[at]
        return drawn

    def _page(self, page: int) -> Words:
        """The room for a page, which stays its own."""
        if page not in self._pages:
            self._pages[page] = np.empty_like(self._pages[0])
        return self._pages[page]

    def high(self, turn: int, slot: int) -> Ints:
        """The upper 32 bits of a draw, int64[n], 0 to 2^32 - 1."""
        return (self.draw(turn, slot) >> _HIGH).view(np.int64)

    def top(self, turn: int, slot: int) -> NDArray[np.int32]:
        """The upper 16 bits of a draw, int32[n], 0 to 65535; not to be written to."""
        self.draw(turn, slot)
        first = slot - slot % TOGETHER
        if (turn, first) not in self._tops:
            page, at = divmod(first, SLOTS)
            words = self._page(page)[at : at + TOGETHER]
            self._tops = {at: rows for at, rows in self._tops.items() if at[0] == turn}
            self._tops[turn, first] = np.right_shift(words, _TOP, out=self._spare).astype(np.int32)
        top: NDArray[np.int32] = self._tops[turn, first][slot - first]
        return top

    def below(self, turn: int, slot: int, count: int | Ints) -> Ints:
        """A whole number from 0 to count - 1, int64[n]; count is one for all, or int64[n]."""
        return (self.high(turn, slot) * count) >> 32

    def bytes_of(self, turn: int, slot: int, count: int) -> Ints:
        """The lowest `count` bytes of a draw, int64[count, n], each 0 to 255."""
        shifts = np.arange(0, 8 * count, 8, dtype=np.uint64)[:, None]
        return ((self.draw(turn, slot) >> shifts) & np.uint64(255)).view(np.int64)

    def triangular(self, turn: int, first: int, count: int) -> Ints:
        """The sum of two bytes less 255 for so many slots, int64[count, n], -255 to 255."""
        for slot in range(first, first + count):
            self.draw(turn, slot)
        high = (self._pages[0][first : first + count] >> _HIGH).view(np.int64)
        return (high >> 24) + ((high >> 16) & 255) - 255
