from __future__ import annotations

import asyncio
import itertools

import pytest
from wires import FakeWire

from ttx.remote import pump
from ttx.remote.pump import LOW, PENDING, SHARE, SHARE_OF_PASTE, SHORT, Pump


@pytest.fixture(autouse=True)
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns are over when a test says so, and nobody is busy."""
    monkeypatch.setattr(pump, "LINE", pump.Line())
    monkeypatch.setattr(pump, "TURN", 10_000)
    monkeypatch.setattr(pump, "SETTLE", 10_000)


class Hands:
    """A reader that does nothing until it is told to."""

    def __init__(self, *, lazy: bool = False) -> None:
        self.got = bytearray()
        self.parts: list[tuple[int, bool]] = []
        self.sizes: list[tuple[int, int]] = []
        self.pasting = False
        self.backlog = 0
        self.lazy = lazy
        self.over = 0

    def feed(self, data: bytes, *, more: bool = False) -> int:
        self.got += data
        self.parts.append((len(data), more))
        self.backlog += len(data) if self.lazy else 0
        return len(data)

    def resize(self, width: int, height: int) -> None:
        self.sizes.append((width, height))

    def drained(self) -> None:
        pass

    def gone(self) -> None:
        self.over += 1


def pumping(reader: Hands) -> tuple[FakeWire, Pump]:
    wire = FakeWire()
    wire.send_to(reader)
    return wire, wire.pump


async def test_what_is_typed_goes_on_at_once() -> None:
    hands = Hands()
    wire, _ = pumping(hands)
    for key in (b"a", b"b", b"\x1b[A"):
        wire.type(key)
        assert hands.got.endswith(key)


async def test_keys_come_in_shares() -> None:
    hands = Hands()
    wire, flow = pumping(hands)
    wire.type(b"x" * 1000)
    assert len(hands.got) == SHARE
    assert max(size for size, _ in hands.parts) <= pump.STEP
    flow.turn()
    assert len(hands.got) == 2 * SHARE
    while flow.pending:
        flow.turn()
    assert len(hands.got) == 1000
    assert [more for _, more in hands.parts].count(False) == 1  # the last knows that it is the last


async def test_typing_after_a_turn_is_not_held_back_by_what_was_typed_before() -> None:
    hands = Hands()
    wire, flow = pumping(hands)
    for _ in range(3):
        wire.type(b"x" * SHARE)
        assert not flow.pending
        flow.turn()


async def test_a_paste_comes_in_larger_shares() -> None:
    hands = Hands()
    hands.pasting = True
    wire, flow = pumping(hands)
    wire.type(b"x" * PENDING)
    assert len(hands.got) == SHARE_OF_PASTE
    flow.turn()
    assert len(hands.got) == 2 * SHARE_OF_PASTE


async def test_a_reader_with_much_to_do_is_left_alone() -> None:
    hands = Hands(lazy=True)
    wire, flow = pumping(hands)
    wire.type(b"x" * 1000)
    first = len(hands.got)
    assert first < SHORT + pump.STEP
    flow.turn()
    assert len(hands.got) == first
    hands.backlog = 0
    flow.turn()
    assert len(hands.got) == 2 * first


@pytest.mark.slow
async def test_a_flood_stays_with_whoever_sends_it() -> None:
    hands = Hands()
    wire, flow = pumping(hands)
    wire.type(b"x" * 1_000_000)
    assert not wire.reading
    assert wire.most <= PENDING + 4096
    turns = 0
    while wire.unread:
        flow.turn()
        turns += 1
        assert flow.pending <= PENDING + 4096
    assert turns > (1_000_000 - 2 * PENDING) // SHARE
    while flow.pending:
        flow.turn()
    assert len(hands.got) == 1_000_000


class Busy(pump.Line):
    """The line of a host that is busy until it is not."""

    is_busy = True

    def busy(self, late: float) -> bool:
        return self.is_busy


async def test_at_a_busy_host_who_sends_more_than_is_read_is_read_a_key_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = Busy()
    monkeypatch.setattr(pump, "LINE", line)
    hands = Hands(lazy=True)
    wire, flow = pumping(hands)
    wire.type(b"x" * 100)
    first = len(hands.got)
    for turn in range(1, 6):
        hands.backlog = 0
        flow.turn()
        hands.backlog = 0
        wire.type(b"x")  # what comes meanwhile is no way around the line
        assert len(hands.got) == first + turn

    line.is_busy = False
    hands.backlog = 0
    flow.turn()
    assert len(hands.got) == first + 6  # until all of it was read
    while flow.pending:
        hands.backlog = 0
        flow.turn()
    hands.backlog = 0
    flow.turn()
    wire.type(b"abcd")
    assert hands.got.endswith(b"abcd")  # from then on as anybody


async def test_at_a_busy_host_who_types_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pump, "LINE", Busy())
    hands = Hands()
    wire, flow = pumping(hands)
    for _ in range(3):
        wire.type(b"j")
        assert hands.got.endswith(b"j")
        assert not flow.pending
        flow.turn()


def test_those_in_line_share_one_place_after_the_other() -> None:
    line = pump.Line()
    places = [line.place(1e9, 0.0) for _ in range(20)]

    assert pump.SPACE == pytest.approx(min(b - a for a, b in itertools.pairwise(places)))
    assert places[-1] >= places[0] + 19 * pump.SPACE - 1e-3
    # Where timers come too late, the host has more to do than it can.
    assert line.place(1e9, 1.0) > places[-1] + 2


async def test_what_comes_before_anybody_reads_waits() -> None:
    wire, hands = FakeWire(), Hands()
    wire.type(b"early")
    wire.send_to(hands)
    assert hands.got == b"early"


async def test_what_was_meant_for_one_screen_never_reaches_the_next() -> None:
    first, second = Hands(), Hands()
    wire, flow = pumping(first)
    wire.type(b"x" * 100_000)
    wire.send_to(None)
    assert len(first.got) == SHARE
    while wire.unread:
        wire.send_to(second)
        wire.send_to(None)
    wire.type(b"y")
    wire.send_to(second)
    while flow.pending:
        flow.turn()
    assert second.got.endswith(b"y")
    assert len(second.got) < 100_000 - PENDING


async def test_of_many_sizes_the_last_counts() -> None:
    hands = Hands()
    _, flow = pumping(hands)
    for width in range(5000):
        flow.resize(width, 30)
    assert hands.sizes == [(80, 30)]
    flow._tell_size()  # the clock
    assert hands.sizes == [(80, 30), (300, 30)]
    flow._tell_size()
    assert len(hands.sizes) == 2


async def test_a_window_that_goes_on_changing_is_followed_less_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pump, "SETTLE", 1_000)
    monkeypatch.setattr(pump, "SETTLE_MOST", 4_000)
    _, flow = pumping(Hands())

    def left() -> float:
        assert flow._settling is not None
        return flow._settling.when() - asyncio.get_running_loop().time()

    flow.resize(100, 30)
    for width, wait in enumerate((1_000, 2_000, 4_000, 4_000), 101):
        assert left() == pytest.approx(wait, abs=60)
        flow.resize(width, 30)
        flow._tell_size()  # the clock

    flow._tell_size()  # and nothing new came
    flow.resize(90, 30)
    assert left() == pytest.approx(1_000, abs=60)


async def test_the_next_screen_learns_the_size() -> None:
    wire, first, second = FakeWire(), Hands(), Hands()
    wire.pump.resize(100, 30)
    wire.send_to(first)
    assert first.sizes == [(100, 30)]
    wire.send_to(None)
    wire.pump.resize(120, 40)
    wire.pump._tell_size()
    wire.send_to(second)
    wire.pump._tell_size()
    assert second.sizes[-1] == (120, 40)


async def test_after_the_end_of_input_what_waits_is_still_read() -> None:
    hands = Hands()
    wire, flow = pumping(hands)
    wire.type(b"x" * (SHARE + 1))
    flow.finish()
    assert not hands.over
    flow.turn()
    assert len(hands.got) == SHARE + 1
    assert hands.over


async def test_nobody_there_is_told_at_once_and_to_whoever_reads_next() -> None:
    hands, late = Hands(), Hands()
    wire, flow = pumping(hands)
    wire.type(b"x" * 1000)
    flow.lose()
    assert hands.over
    assert not flow.pending
    wire.send_to(late)
    assert late.over


async def test_no_turn_is_left_when_nobody_reads() -> None:
    wire, flow = pumping(Hands())
    wire.type(b"x" * 1000)
    assert flow._turn is not None
    wire.send_to(None)
    assert flow._turn is None


async def test_it_is_read_from_again_at_the_low_mark_itself() -> None:
    wire, flow = pumping(Hands())
    flow.take(b"x" * (PENDING + SHARE))
    assert not wire.reading
    while flow.pending > LOW + SHARE:
        flow.turn()
    assert LOW + SHARE == flow.pending
    assert not wire.reading

    flow.turn()

    assert LOW == flow.pending
    assert wire.reading
