"""What is asked of the flagship, P1 to P10, on seeds 5 to 8, which had a say in its last numbers.

On 9 to 12 nothing was chosen: what `python -m tests.properties` measures there is in the findings.

A quarter of a thousand worlds of each seed: `python -m tests.properties` measures two thousand,
which takes a minute of processor time. What was asked and not reached stands in `MISSED` beside
what was, and a test says so once it is reached after all.
"""

from __future__ import annotations

from functools import lru_cache

import pytest
from properties.measure import measured
from properties.missed import MISSED
from properties.rows import Row
from properties.runs import Ground

from ttx import load

pytestmark = pytest.mark.slow

SEEDS, WORLDS = (5, 6, 7, 8), 250
PROPERTIES = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10")


@lru_cache(maxsize=1)
def ground() -> Ground:
    return Ground(load("accelerate"), SEEDS, WORLDS)


@pytest.mark.parametrize("wanted", PROPERTIES)
def test_the_flagship_has_the_property_that_was_asked_for(wanted: str) -> None:
    rows = [*measured(ground(), [wanted])]

    assert [] == [_told(row) for row in rows if row.id not in MISSED and not row.held]


@pytest.mark.parametrize("wanted", sorted({name.split(".")[0] for name in MISSED}))
def test_what_was_asked_and_not_reached_is_missed_by_no_more_than_is_said(wanted: str) -> None:
    rows = [row for row in measured(ground(), [wanted]) if row.id in MISSED]

    assert [] == [_told(row) for row in rows if not MISSED[row.id].holds(row)]


def test_climbs_over_all_levers_do_not_always_end_at_one_pace_or_staff() -> None:
    rows = [*measured(ground(), ["climb"])]

    assert [] == [_told(row) for row in rows if not row.held]


def _told(row: Row) -> str:
    return f"{row.said}: {row.measured}, asked {row.asked}; {row.note}"
