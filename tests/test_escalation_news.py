"""Every escalation of the flagship comes back as news, and can be answered firmly or quietly."""

from __future__ import annotations

from pathlib import Path

import pytest

from ttx.exercise.load import load
from ttx.exercise.model.conditions import Responded
from ttx.exercise.model.injects import Inject

EXERCISE = load(Path(__file__).parents[1] / "exercises" / "accelerate")
NEWS = [(inject, inject.when) for inject in EXERCISE.inject if isinstance(inject.when, Responded)]


def test_each_aim_of_each_adversary_has_one_inject() -> None:
    told = sorted((when.responded, aim) for _, when in NEWS for aim in when.aim)

    assert told == sorted((one.id, aim.id) for one in EXERCISE.adversary for aim in one.aim)
    assert all(when.with_ == ["escalate"] for _, when in NEWS)


@pytest.mark.parametrize(("inject", "when"), NEWS, ids=lambda one: getattr(one, "id", ""))
def test_it_is_a_crisis_that_comes_whenever_it_may(inject: Inject, when: Responded) -> None:
    """From turn 2 on, once after each escalation, before anything that is only likely."""
    assert inject.slot == "crisis"
    assert inject.turns == (2, EXERCISE.turns.count)
    assert inject.weight.base == max(one.weight.base for one in EXERCISE.inject)
    assert inject.again == when.within, "sooner, and one escalation would be told twice"


@pytest.mark.parametrize(("inject", "when"), NEWS, ids=lambda one: getattr(one, "id", ""))
def test_an_answer_denies_or_soothes_and_a_late_one_opens(inject: Inject, when: Responded) -> None:
    """Whoever escalated is denied something by the firm answers, and soothed by the quiet one."""
    firm = [option for option in inject.option if option.denies.get(when.responded, 0) > 0]
    quiet = [option for option in inject.option if option.provocation.get(when.responded, 0) < 0]

    assert len(firm) == len(inject.option) - 1
    assert len(quiet) == 1
    assert quiet[0].lean == "R"
    assert any(effect.track == "offramp" for effect in quiet[0].benefits)
    assert all(option.costs for option in inject.option), "an answer that costs nothing"
    assert inject.late
    assert inject.opening[when.responded] > 0
