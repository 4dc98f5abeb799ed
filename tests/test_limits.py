from __future__ import annotations

import dataclasses

import pytest

from ttx.remote.limits import Addresses, Buckets, Limits, origin

HERE, THERE = "192.0.2.7", "198.51.100.9"


class Clock:
    """Time that only a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_whole_table_fits_behind_one_address() -> None:
    limits = Limits()

    assert limits.sessions + limits.strangers_per_address <= limits.connections_per_address
    assert limits.connections_per_address <= limits.connections
    assert limits.strangers_per_address <= limits.strangers
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


def test_strangers_are_counted_by_address_and_in_all() -> None:
    addresses = Addresses(Limits(strangers_per_address=2, strangers=3))
    busy = "Too many people are at the door at once. Try again in a minute."

    assert ["", "", busy] == [addresses.arrive(HERE) for _ in range(3)]
    assert ["", busy] == [addresses.arrive(THERE) for _ in range(2)]
    assert (3, 3) == (addresses.live, addresses.strangers)

    addresses.admit(HERE)

    assert ["", busy] == [addresses.arrive(HERE) for _ in range(2)]
    assert (4, 3) == (addresses.live, addresses.strangers)


def test_connections_are_counted_by_address_and_in_all() -> None:
    addresses = Addresses(Limits(connections_per_address=2, connections=3))
    busy = "Too many connections are open. Try again when somebody has left, or ask the host."
    for _ in range(2):
        assert not addresses.arrive(HERE)
        addresses.admit(HERE)

    assert busy == addresses.arrive(HERE)
    assert not addresses.arrive(THERE)
    addresses.admit(THERE)
    assert busy == addresses.arrive(THERE)

    addresses.leave(HERE, admitted=True)

    assert not addresses.arrive(THERE)
    assert (3, 1) == (addresses.live, addresses.strangers)


def test_who_has_left_leaves_nothing_behind() -> None:
    addresses = Addresses(Limits())
    for admitted in (True, False):
        addresses.arrive(HERE)
        if admitted:
            addresses.admit(HERE)
        addresses.leave(HERE, admitted=admitted)

    assert (0, 0) == (addresses.live, addresses.strangers)
    assert not addresses._live
    assert not addresses._strangers


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
