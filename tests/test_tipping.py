from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from ttx.analysis.tipping import Ask, Tipping, tipping


def asking(rule: Callable[[int], int], asked: list[int]) -> Ask:
    """Answers by a rule, and keeps what was asked."""

    def ask(pairs: Sequence[tuple[int, int]]) -> list[int]:
        asked.extend(value for _, value in pairs)
        return [rule(value) for _, value in pairs]

    return ask


def search(rule: Callable[[int], int], base: int, others: Sequence[int]) -> Tipping:
    played = {value: rule(value) for value in (base, *others)}
    return tipping([base], [played], asking(rule, []))[0]


def test_a_sum_that_falls_flips_at_the_first_value_with_the_other_sign() -> None:
    assert Tipping(None, 73) == search(lambda value: 72 - value, 50, [0, 100])
    assert Tipping(71, None) == search(lambda value: 72 - value, 90, [0, 100])


def test_nothing_flips_where_the_sign_stays_or_becomes_nothing() -> None:
    assert Tipping(None, None) == search(lambda value: 101 - value, 50, [0, 100])
    assert Tipping(None, None) == search(lambda value: 100 - value, 50, [0, 100])
    assert Tipping(None, None) == search(lambda value: value - 50, 50, [0, 100])


def test_the_flip_nearest_to_the_present_value_is_told_on_either_side() -> None:
    def rule(value: int) -> int:
        return 1 if 20 < value < 60 or value > 90 else -1

    assert Tipping(20, 60) == search(rule, 40, [0, 10, 70, 100])


def test_rows_are_halved_together_and_a_row_that_is_done_is_not_asked_again() -> None:
    asked: list[int] = []
    made = tipping([0, 0], [{0: -5, 8: 3}, {0: 1, 2: -1}], asking(lambda value: -5 + value, asked))

    assert [Tipping(None, 6), Tipping(None, 1)] == made
    assert [4, 1, 6, 5] == asked


@given(
    st.integers(-300, 300),
    st.integers(-300, 300),
    st.lists(st.integers(-300, 300), min_size=1, max_size=4),
    st.sampled_from([1, -1]),
)
def test_at_a_tipping_value_it_has_flipped_and_one_step_nearer_it_has_not(
    edge: int, base: int, others: list[int], sign: int
) -> None:
    def rule(value: int) -> int:
        return sign * (edge - value)

    made = search(rule, base, others)

    for value, step in ((made.below, 1), (made.above, -1)):
        if value is not None:
            assert rule(value) * rule(base) < 0
            assert rule(value + step) * rule(base) >= 0
    met = any(rule(value) * rule(base) < 0 for value in others)
    assert met == (made != Tipping(None, None))
