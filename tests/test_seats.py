from __future__ import annotations

import asyncio
import contextvars
import sys
from collections.abc import Callable
from functools import partial

import pytest
from rich.text import Text
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import (
    Button,
    DataTable,
    Input,
    Label,
    Markdown,
    OptionList,
    RichLog,
    Static,
    TextArea,
)
from textual.widgets.option_list import Option
from wires import (
    XTERM,
    Counting,
    FakeWire,
    Seat,
    apps_alive,
    screen_of,
    seat,
    sitting,
    until,
)

from ttx.remote import app as remote
from ttx.remote.app import AHEAD, SLOW, TOO_MUCH, WRONG, SeatApp, sit
from ttx.remote.paste import LIMIT, START
from ttx.remote.wire import ENTER, LEAVE, Terminal

SECRET = "K7-hunter2"  # noqa: S105  # what must never be written anywhere
MARK: contextvars.ContextVar[str] = contextvars.ContextVar("mark", default="nobody's")


def pressed(one: Seat, keys: int) -> bool:
    return len(one.page.pressed) == keys


def shown(one: Seat) -> str:
    return "\n".join(screen_of(one.wire.output).display)


# --- several at once ---


@pytest.mark.slow
async def test_each_answers_its_own_keys() -> None:
    seats = [seat() for _ in range(4)]
    async with sitting(*seats):
        for n, one in enumerate(seats):
            one.wire.type(b"jklm"[: n + 1])
        await until(lambda: all(f"{n + 1} keys" in shown(one) for n, one in enumerate(seats)))
        assert [len(one.page.pressed) for one in seats] == [1, 2, 3, 4]


async def test_what_is_printed_goes_where_it_went_before() -> None:
    streams = sys.stdout, sys.stderr
    first, second = seat(), seat()
    async with sitting(first, second):
        assert (sys.stdout, sys.stderr) == streams
        first.app.exit()
        await first.done()
        assert (sys.stdout, sys.stderr) == streams
    assert (sys.stdout, sys.stderr) == streams


async def test_another_app_of_the_process_keeps_its_own_output(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = seat()
    async with sitting(one):
        own = object()
        monkeypatch.setattr(sys, "stdout", own)  # as an app at the host's own terminal does
    assert sys.stdout is own


@pytest.mark.parametrize("turn", [1, -1])
async def test_colours_are_each_terminal_s_own(turn: int) -> None:
    terminals = [
        Terminal("xterm-256color", {"COLORTERM": "truecolor"}),
        Terminal("xterm-256color"),
        Terminal("xterm"),
        Terminal("vt220"),
    ][::turn]
    seats = [seat(terminal=terminal) for terminal in terminals]
    async with sitting(*seats):
        for one in seats:
            one.wire.type(b"j")
        await until(lambda: all("1 keys" in shown(one) for one in seats))
    found = {
        one.app.terminal.colours: {
            kind for kind in ("38;2;", "38;5;", "48;2;", "48;5;") if kind in one.wire.output
        }
        for one in seats
    }
    assert found == {
        "truecolor": {"38;2;", "48;2;"},
        "256": {"38;5;", "48;5;"},
        "16": set(),
        "none": set(),
    }
    assert "\x1b[9" in next(s for s in seats if s.app.terminal.colours == "16").wire.output


async def test_no_color_is_each_terminal_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")  # the server's
    grey = seat(terminal=Terminal("xterm-kitty", {"NO_COLOR": "1"}))
    blue = seat()
    async with sitting(grey, blue):
        pass
    assert "38;2;95;175;255" in blue.wire.output
    assert "38;2;95;175;255" not in grey.wire.output
    assert (grey.app.no_color, blue.app.no_color) == (True, False)


async def test_signs_are_each_terminal_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTX_GLYPHS", "ascii")  # the server's
    plain, full = seat(terminal=Terminal("linux")), seat()
    async with sitting(plain, full):
        for one, is_plain in ((plain, True), (full, False)):
            assert set(one.page.plain_seen) == {is_plain}
        commands = {c.title: c for c in full.app.get_system_commands(full.app.screen)}
        full.app.call_later(commands["Plain glyphs"].callback)
        await until(lambda: full.page.plain_seen[-1])
        full.wire.type(b"j")
        await until(lambda: bool(full.page.pressed))
        assert full.page.plain_seen[-1]
        full.app.call_later(commands["Plain glyphs"].callback)
        await until(lambda: not full.page.plain_seen[-1])
        plain.wire.type(b"j")
        await until(lambda: bool(plain.page.pressed))
        assert set(plain.page.plain_seen) == {True}


class Starting(Counting):
    """A page that has another app sit down, from its own handler."""

    def __init__(self, other: Seat) -> None:
        super().__init__()
        self.other = other

    async def on_key(self, event: Key) -> None:
        await super().on_key(event)
        MARK.set("first's")
        with self.prevent(Key):
            self.other.task = asyncio.create_task(sit(self.other.app, self.other.wire, (80, 24)))


class Marked(Counting):
    """A page that notes in whose context it is drawn, and what is its app."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: set[object] = set()

    def draw(self) -> None:
        super().draw()
        self.marks |= {MARK.get(), self.app}


async def test_an_app_begun_from_another_s_handler_runs_as_itself() -> None:
    page = Marked()
    second = seat(page)
    first = seat(Starting(second))
    async with sitting(first):
        first.wire.type(b"j")
        await until(lambda: second.up)
        second.wire.type(b"k")
        await until(lambda: page.pressed == ["k"])
        assert page.marks == {"nobody's", second.app}
        second.app.exit()
        await second.done()
        first.wire.type(b"l")


@pytest.mark.slow
async def test_no_app_is_left_behind() -> None:
    before = apps_alive()
    for _ in range(30):
        one = seat(Counting("x"))
        async with sitting(one):
            one.wire.type(b"j\x1b[A\x1b[97;1u")
            await until(partial(pressed, one, 3))
    del one
    await asyncio.sleep(0)
    assert apps_alive() == before


async def test_the_loop_makes_tasks_as_it_did(monkeypatch: pytest.MonkeyPatch) -> None:
    def eager(*_: object, **__: object) -> asyncio.Task[None]:
        raise AssertionError("nobody makes a task with this")

    monkeypatch.setattr(asyncio, "eager_task_factory", eager, raising=False)
    one = seat()
    async with sitting(one):
        assert asyncio.get_running_loop().get_task_factory() is None
    assert asyncio.get_running_loop().get_task_factory() is None


# --- crashes ---


class Failing(Counting):
    """A page that fails in a way of its own."""

    def __init__(self, how: str) -> None:
        super().__init__()
        self.how = how

    def compose(self) -> ComposeResult:
        yield from super().compose()
        if self.how == "compose":
            self._fail()

    def on_mount(self) -> None:
        super().on_mount()
        if self.how == "mount":
            self._fail()

    async def on_key(self, event: Key) -> None:
        await super().on_key(event)
        match self.how:
            case "key":
                self._fail()
            case "timer":
                self.set_timer(0.001, self._fail)
            case "worker":
                self.run_worker(self._work())
            case "render":
                self.mount(Broken())

    def _fail(self) -> None:
        word = SECRET
        raise ValueError(f"{word} is wrong")

    async def _work(self) -> None:
        self._fail()


class Broken(Static):
    def render(self) -> str:
        raise ValueError(SECRET)


@pytest.mark.parametrize("how", ["compose", "mount", "key", "timer", "worker", "render"])
@pytest.mark.parametrize("strict", ["", "1"])
async def test_a_crash_is_one_seat_s_own(
    how: str,
    strict: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TTX_STRICT", strict)
    other, one = seat(), seat(Failing(how))
    async with sitting(other, one):
        one.wire.type(b"j")
        assert await one.done() == 1
        (said,) = one.wire.said
        assert said.startswith(WRONG)
        assert one.app.incident
        assert one.app.incident in said
        assert one.wire.status == 1
        assert one.wire.output.endswith(LEAVE)
        other.wire.type(b"j")
        await until(lambda: "1 keys" in shown(other))
    (record,) = [r for r in caplog.records if r.name == "ttx.remote"]
    assert one.app.incident in record.message
    assert "test_seats.py:" in record.message
    assert "Error" in record.message
    written = caplog.text + "".join(capsys.readouterr()) + one.wire.output + said
    assert SECRET not in written
    assert "Traceback" not in written


async def test_a_page_that_cannot_be_drawn_is_written_down_and_not_the_end(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TTX_STRICT", raising=False)
    one = seat()
    async with sitting(one):
        monkeypatch.setattr(one.page, "draw", lambda: getattr(one, SECRET))
        one.wire.type(b"j")
        await until(lambda: "went wrong" in shown(one))
        assert one.app.incident in caplog.text
        assert SECRET not in caplog.text + one.app.last_error
        assert not one.wire.said
    assert await one.done() == 0


async def test_what_an_app_says_at_its_end_is_not_for_the_server(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one = seat()
    async with sitting(one):
        one.app.exit(message=SECRET)
        await one.done()
    assert SECRET not in "".join(capsys.readouterr()) + one.wire.output


async def test_nobody_sits_at_a_wire_that_has_ended() -> None:
    one = seat()
    one.wire.hang_up("Too late.")
    assert await sit(one.app, one.wire, (80, 24)) == 1
    assert ENTER not in one.wire.output


async def test_an_app_ends_when_nobody_is_there() -> None:
    one = seat()
    async with sitting(one):
        one.wire.pump.lose()
        assert await one.done() == 0


async def test_an_app_that_is_cancelled_gives_the_terminal_back() -> None:
    one = seat()
    async with sitting(one):
        assert one.task is not None
        one.task.cancel()
        await asyncio.wait([one.task])
        assert one.wire.output.endswith(LEAVE)


async def test_home_is_not_shown() -> None:
    with pytest.raises(ValueError, match="needs a table"):
        SeatApp(None, "x", wire=FakeWire(), terminal=XTERM)


# --- floods ---


async def meanwhile(canary: Seat, done: Callable[[], int]) -> int:
    """How much of something is done between a key at the canary and its answer on the screen."""
    before, keys = done(), len(canary.page.pressed) + 1
    canary.wire.type(b"j")
    await until(lambda: f"{keys} keys" in shown(canary))
    return done() - before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("flood", "at_most"),
    [
        (b"x" * 100_000, 2000),
        (b"\x1b[<35;9;9M" * 20_000, 8000),
        (b"\x1b[<64;9;9M" * 20_000, 8000),
        (b"\x1b[<0;9;9M\x1b[<0;9;9m" * 10_000, 8000),
        (START + b"x" * 20_000_000 + b"\x1b[201~", 2 * LIMIT + 400_000),
        (START + b"x" * 20_000_000, 2 * LIMIT + 400_000),
        (b"\x1b[48;60000;60000;1;1t" * 5000, 8000),
        (b"\x1b[200~\x1b[201~xxxx" * 20_000, 8000),
    ],
    ids=["keys", "moves", "wheel", "clicks", "paste", "unended", "sizes", "pastes"],
)
async def test_a_flood_at_one_seat_starves_no_other(flood: bytes, at_most: int) -> None:
    hostile, canary = seat(), seat()
    async with sitting(hostile, canary):
        hostile.wire.type(flood)

        def read() -> int:
            return len(flood) - hostile.wire.unread - hostile.wire.pump.pending

        for _ in range(5):
            assert await meanwhile(canary, read) <= at_most
        assert hostile.wire.most <= 2 * remote.CAUGHT_UP
        assert hostile.app.size == (80, 24)
        assert hostile.wire.unread


async def test_many_changes_of_size_cost_little() -> None:
    hostile, canary = seat(), seat()
    async with sitting(hostile, canary):
        sizes: list[int] = []
        page = hostile.page
        drawn = len(page.plain_seen)
        for width in range(5000):
            hostile.wire.pump.resize(80 + width % 9, 24)
        sizes.append(await meanwhile(canary, lambda: len(page.plain_seen)))
        assert len(page.plain_seen) - drawn < 50
        await until(lambda: hostile.app.size.width == 80 + 4999 % 9)


async def test_no_screen_is_larger_than_the_largest() -> None:
    one = seat()
    async with sitting(one, size=(2**31, 2**31)):
        assert one.app.size == (300, 100)
        one.wire.pump.resize(65535, 1)
        await until(lambda: one.app.size == (300, 6))


# --- text ---

HOSTILE = "\x1b[2J\x1b]0;t\x07\x9b2J\x00\x7f\x85\u202e[@click=app.exit]x[/]"


class Gallery(Counting):
    """What somebody typed, in all kinds of widgets."""

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Static(HOSTILE, markup=False)
        yield Static(Text(HOSTILE))
        yield Static(Content(HOSTILE))
        yield Label(HOSTILE, markup=False)
        yield Button(Content(HOSTILE))
        yield Input(HOSTILE)
        yield OptionList(Option(Content(HOSTILE)))
        area = TextArea(HOSTILE.replace("\x85", ""))
        area.styles.height = 4
        yield area
        yield Markdown(HOSTILE)
        yield RichLog()
        yield DataTable()

    def on_mount(self) -> None:
        super().on_mount()
        table = self.query_one(DataTable)
        table.add_column("x")
        table.add_row(Text(HOSTILE))
        self.query_one(RichLog).write(Text(HOSTILE))
        self.notify(HOSTILE, markup=False)


@pytest.mark.slow
async def test_nothing_that_anybody_typed_steers_a_terminal() -> None:
    one = seat(Gallery())
    one.sign = "]0;t"
    async with sitting(one, size=(120, 90)):
        await until(lambda: one.wire.output.count("]0;t") > 10)
        for sign in "\x9b\x00\x7f\x85\u202e":
            assert sign not in one.wire.output
        assert "\x1b[2J" not in one.wire.output
        assert "\x1b]0" not in one.wire.output
        assert "\ufffd[2J\ufffd]0;t" in one.wire.output
        assert "[@click=app.exit]x" in one.wire.output


# --- slow readers ---


@pytest.mark.slow
async def test_a_slow_reader_gets_no_more_until_it_caught_up() -> None:
    one, other = seat(), seat()
    async with sitting(one, other):
        one.wire.kept = AHEAD + 1
        sent = len(one.wire.sent)
        for n in range(5):
            one.wire.type(b"j")
            await until(partial(pressed, one, n + 1))
        assert await meanwhile(other, lambda: 0) == 0
        assert len(one.wire.sent) == sent
        one.wire.kept = 0
        one.app.wire_drained()
        await until(lambda: "5 keys" in shown(one))
        whole = "".join(part.decode() for part in one.wire.sent[sent:])
        assert "EXERCISE ONLY" in whole  # from corner to corner, and not what changed last
        one.wire.type(b"j")
        await until(lambda: "6 keys" in shown(one))


async def test_a_wire_need_not_say_that_it_drained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "LOOK", 0)
    one = seat()
    async with sitting(one):
        one.wire.kept = AHEAD + 1
        one.wire.type(b"j")
        await until(lambda: one.app._kept_back)
        one.wire.kept = 0
        await until(lambda: "1 keys" in shown(one))


@pytest.mark.parametrize(
    ("kept", "patience", "hangs_up"),
    [(TOO_MUCH + 1, 10_000, True), (AHEAD + 1, 0, True), (AHEAD + 1, 10_000, False)],
)
async def test_one_who_does_not_catch_up_is_hung_up_on(
    kept: int, patience: float, *, hangs_up: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "PATIENCE", patience)
    one, other = seat(), seat()
    async with sitting(one, other):
        one.wire.kept = kept
        one.wire.type(b"j")
        await until(lambda: one.app._kept_back)
        one.app.look()
        assert one.wire.said == [SLOW] * hangs_up
        if hangs_up:
            assert await one.done() == 1
        assert await meanwhile(other, lambda: 0) == 0
