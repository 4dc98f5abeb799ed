from __future__ import annotations

import dataclasses

import pytest

from ttx.remote.limits import Buckets, Limits, origin

HERE, THERE = "192.0.2.7", "198.51.100.9"


class Clock:
    """Time that only a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_whole_table_fits_behind_one_address() -> None:
    limits = Limits()

    assert limits.sessions <= limits.strangers
    assert limits.sessions <= limits.arrivals
    with pytest.raises(dataclasses.FrozenInstanceError):
        limits.sessions = 25  # type: ignore[misc]  # that it is refused is the point


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_address_is_what_one_household_has(address: str, counts_as: str) -> None:
    assert counts_as == origin(address)


def test_a_bucket_empties_and_time_fills_it() -> None:
    clock = Clock()
    buckets = Buckets(10, 600, 4, clock)
    for _ in range(10):
        assert not buckets.empty(HERE)
        buckets.take(HERE)

    assert buckets.empty(HERE)
    assert not buckets.empty(THERE)

    clock.now += 59
    assert buckets.empty(HERE)
    clock.now += 1
    assert not buckets.empty(HERE)
    buckets.take(HERE)
    assert buckets.empty(HERE)

    clock.now += 1_000_000
    for _ in range(10):
        assert not buckets.empty(HERE)
        buckets.take(HERE)
    assert buckets.empty(HERE)


def test_taking_from_an_empty_bucket_is_no_debt() -> None:
    clock = Clock()
    buckets = Buckets(2, 20, 4, clock)
    for _ in range(50):
        buckets.take(HERE)
    clock.now += 10

    assert not buckets.empty(HERE)


def test_only_so_many_addresses_are_remembered_and_the_longest_unheard_is_forgotten() -> None:
    buckets = Buckets(1, 600, 2, Clock())
    buckets.take(HERE)
    buckets.take(THERE)
    buckets.take(HERE)
    for _ in range(100):
        buckets.empty("203.0.113.1")
    buckets.take("203.0.113.2")

    assert 2 == len(buckets)
    assert buckets.empty(HERE)
    assert not buckets.empty(THERE)
