"""What the facilitator's guide tells of adversaries, and how a row of names is said."""

from __future__ import annotations

import pytest
from kit.tables import exercise

from ttx.exercise.model.part import text
from ttx.report.documents import documents
from ttx.report.markdown import markdown
from ttx.session.view.words import listed


@pytest.mark.slow
def test_the_guide_tells_what_adversaries_are_after_and_what_moves_cost() -> None:
    flagship = exercise("accelerate")
    guide = markdown(documents(flagship)["facilitator-guide"])

    for adversary in flagship.adversary:
        assert f"**To be deterred:** {text(adversary.object)}" in guide
        assert adversary.purse is not None
        assert f"**Purse:** {adversary.purse.start} chips before turn 1" in guide
        for aim in adversary.aim:
            assert f"| {text(aim.name)}. {text(aim.about)} |" in guide
    assert "(Clarity of the US signal at most 54 or Tokyo standing at most" in guide


def test_an_exercise_whose_adversaries_want_nothing_has_no_such_page() -> None:
    assert "## The adversaries" not in markdown(
        documents(exercise("tutorial"))["facilitator-guide"]
    )


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), ""),
        (("China",), "China"),
        (("China", "Russia"), "China and Russia"),
        (("China", "North Korea", "Russia"), "China, North Korea and Russia"),
    ],
)
def test_names_in_a_row_have_one_and(names: tuple[str, ...], said: str) -> None:
    assert said == listed(names)
