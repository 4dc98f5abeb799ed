"""How long an exercise takes, from one source wherever it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.desk import EXERCISES
from kit.hosted import CHIEF, host
from kit.tables import exercise

from ttx.exercise.exercise_paths import head
from ttx.exercise.length import expected_of, length
from ttx.report.guide import facilitator_guide
from ttx.report.markdown import markdown
from ttx.session.view.eye import Eye
from ttx.session.view.time_plan import time_plan


def test_the_flagship_takes_three_hours_wherever_it_is_said(tmp_path: Path) -> None:
    part = exercise("accelerate")
    takes = length(part.time_plan, part.turns.count, len(part.inject))
    assert takes is not None
    # 15 + 20 once, 4 a turn, 8 an inject: 35 + 40 + 13 * 8
    assert (13, 75, 179, 235) == (takes.injects, takes.least, takes.usual, takes.most)
    assert takes.usual == head(EXERCISES / "accelerate").together
    plan = time_plan(Eye(host(tmp_path).game, CHIEF), 0)
    assert takes.usual - takes.once == plan.ends
    evening = {row.term: row.means for row in part.briefing.evening}
    assert evening["ten turns, about 13 injects"] == "145 min"
    assert abs(plan.ends - 145) <= 1


def test_without_a_plan_nothing_is_said() -> None:
    assert length({"quiet": 2}, 4, 8) is None


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_never_more_than_there_are_slots_or_injects(
    slots: int, injects: int, filled: int, empty: int
) -> None:
    assert 0 <= expected_of(slots, injects, filled, filled + empty) <= min(slots, injects)


def test_one_empty_slot_does_not_halve_what_is_left() -> None:
    before = expected_of(20, 40)
    after = expected_of(18, 40, filled=1, decided=2)
    assert 13 == before
    assert before - after <= 2


@pytest.mark.slow
def test_the_guide_says_the_same() -> None:
    guide = markdown(facilitator_guide(exercise("accelerate")))
    assert "about 13 injects" in guide
    assert "that is 2 h 59 without breaks" in guide
