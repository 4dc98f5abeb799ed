"""What the flagship tells agrees with its board: deadlines, senders, and room on a screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ttx.exercise.injects import strings
from ttx.exercise.load import load
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.part import text

ROOT = Path(__file__).parents[1]
INJECTS = load(ROOT / "exercises" / "accelerate").inject
_LATER = re.compile(r"\{onset\+(\d+)h\}")
ROOM = 68
"""Columns that an option's line has on 80, behind its digit and before what it carries."""


def words(inject: Inject) -> str:
    """Every text of an inject, one after the other."""
    return "\n".join(said for _, said in strings(inject, ()))


@pytest.mark.parametrize("inject", INJECTS, ids=lambda one: one.id)
def test_a_deadline_in_a_message_is_the_window(inject: Inject) -> None:
    """Where a message of a crisis names later hours, the window is one of them."""
    told = {int(hours) * 60 for hours in _LATER.findall(" ".join(map(text, inject.message.text)))}

    assert not told or inject.slot == "policy" or inject.window in told


@pytest.mark.parametrize("inject", INJECTS, ids=lambda one: one.id)
def test_the_joint_command_is_not_named_before_it_opens(inject: Inject) -> None:
    """It opens in turn 2, on 24 March 2025; questions for its seat may be put before."""
    if inject.turns[0] == 1:
        assert "JJOC" not in words(inject)


@pytest.mark.parametrize("inject", INJECTS, ids=lambda one: one.id)
def test_what_an_option_is_can_be_read_whole(inject: Inject) -> None:
    for option in inject.option:
        assert len(text(option.about)) <= ROOM, option.id
