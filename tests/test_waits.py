"""What a test waits for at a terminal: what stays, what comes of its act, and what was told."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from ssh_rig import SMALL, Screen, free_port

pytestmark = pytest.mark.slow
LINES = "echo the first; seq 100; echo the last; cat"
SCREENS = "printf '\\033[?1049hit stands here'; cat"


@pytest.fixture
def at(request: pytest.FixtureRequest) -> Iterator[Screen]:
    """A terminal with a script of a shell in it."""
    with Screen.of(["sh", "-c", request.param], SMALL, {"PATH": os.environ["PATH"]}) as screen:
        yield screen


@pytest.mark.parametrize("at", [LINES], indirect=True)
def test_a_line_that_has_scrolled_off_is_heard_all_the_same(at: Screen) -> None:
    at.until("the last")
    assert "the first" not in at.text
    at.until("the first")


@pytest.mark.parametrize("at", [LINES], indirect=True)
def test_of_lines_only_those_count_that_come_after_something_was_typed(at: Screen) -> None:
    at.until("the last").press("and one more\n", "and one more")
    assert "the last" not in at._readable


@pytest.mark.parametrize("at", [SCREENS], indirect=True)
def test_what_stood_there_before_an_act_is_no_sign_of_it(at: Screen) -> None:
    at.until("stands here")
    with pytest.raises(AssertionError, match="stood there before 'a'"):
        at.press("a", "stands here")


@pytest.mark.parametrize("at", [SCREENS], indirect=True)
def test_a_screen_is_not_read_right_after_an_act(at: Screen) -> None:
    at.until("stands here").type("more\n")
    with pytest.raises(AssertionError, match="wait for something"):
        at.row_of("stands")
    assert "more" in at.until("more").text


@pytest.mark.parametrize("at", [SCREENS], indirect=True)
def test_a_change_is_one_since_the_act(at: Screen) -> None:
    at.until("stands here").type("more\n")
    assert "more" in at.changes().until("more").text


def test_no_port_is_named_twice_in_a_row_nor_given_to_a_client() -> None:
    several = [free_port() for _ in range(20)]
    assert 20 == len({*several})
    assert max(several) < 32_768
