from __future__ import annotations

import asyncio
import inspect
import io
import os
from collections.abc import Callable
from pathlib import Path

import asyncssh
import pytest
from asyncssh.connection import SSHConnection
from textual import events
from textual.app import App
from textual.screen import Screen
from wires import Counting, Seat, seat, sitting, until

from ttx.remote import driver, paste, private
from ttx.remote.driver import PASTED, SeatDriver
from ttx.remote.paste import KEPT, LIMIT, Paste
from ttx.remote.private import XTermParser
from ttx.remote.wire import ENTER, LEAVE
from ttx.tui.region import Region


class Bare(App[None]):
    pass


class Noting(Counting):
    """A page that keeps what it was pasted, and where it was clicked."""

    WHOLE = ("middle",)

    def __init__(self) -> None:
        super().__init__()
        self.pasted: list[str] = []
        self.clicks: list[tuple[str, int, int]] = []

    def on_paste(self, event: events.Paste) -> None:
        self.pasted.append(event.text)

    def on_region_clicked(self, event: Region.Clicked) -> None:
        self.clicks.append((event.region, event.column, event.row))


def noting() -> tuple[Seat, Noting]:
    page = Noting()
    return seat(page), page


def own(one: Seat) -> SeatDriver:
    found = private.driver(one.app)
    assert isinstance(found, SeatDriver)
    return found


async def types(one: Seat, data: bytes) -> list[str]:
    """The keys that come of it, up to one that is typed after it."""
    page = one.page
    before = len(page.pressed)
    one.wire.type(data)
    await until(lambda: not one.wire.unread and not one.wire.pump.pending)
    one.wire.type(b"\x1b[24~")
    await until(lambda: page.pressed[before:][-1:] == ["f12"])
    return page.pressed[before:-1]


# --- what is taken from Textual and asyncssh, though they never promised it ---


@pytest.mark.parametrize("name", private.APP)
async def test_an_app_has(name: str) -> None:
    assert hasattr(Bare(), name)


@pytest.mark.parametrize("name", private.SCREEN)
async def test_a_screen_has(name: str) -> None:
    screen: Screen[None] = Screen()
    assert hasattr(screen, name)
    assert callable(screen._compositor.render_update)


@pytest.mark.parametrize("name", private.PARSER)
def test_a_parser_has(name: str) -> None:
    assert hasattr(XTermParser(), name)


@pytest.mark.parametrize("name", private.DRIVER)
async def test_a_driver_has(name: str) -> None:
    one = seat()
    assert hasattr(SeatDriver(one.app), name)


@pytest.mark.parametrize("name", private.CONNECTION)
def test_a_connection_has(name: str) -> None:
    assert f"self.{name}" in Path(asyncssh.connection.__file__).read_text("utf-8")
    assert issubclass(asyncssh.SSHServerConnection, SSHConnection)


def test_a_parser_waits_after_an_escape_and_only_then() -> None:
    parser = XTermParser()
    assert not private.parser_waits(parser)
    assert list(parser.feed("\x1b")) == []
    assert private.parser_waits(parser)
    list(parser.feed("[A"))
    assert not private.parser_waits(parser)


# --- keys ---


async def test_keys_arrive_as_what_they_are() -> None:
    one = seat()
    async with sitting(one):
        assert await types(one, b"a\x1b[A\x1bOP\r\t") == ["a", "up", "f1", "enter", "tab"]


@pytest.mark.parametrize("size", [1, 2, 3, 5])
async def test_a_character_may_come_in_parts(size: int) -> None:
    one = seat()
    data = "日本é".encode()
    async with sitting(one):
        for at in range(0, len(data), size):
            one.wire.type(data[at : at + size])
        assert await types(one, b"") == ["日", "本", "é"]


async def test_bytes_that_are_no_characters_do_no_harm() -> None:
    one = seat()
    async with sitting(one):
        assert await types(one, b"\xff\xfea\xe6\x97b") == [
            "replacement_character",
            "replacement_character",
            "a",
            "replacement_character",
            "b",
        ]


async def test_esc_alone_is_a_key() -> None:
    one = seat()
    async with sitting(one):
        one.wire.type(b"\x1b")
        await until(lambda: one.page.pressed == ["escape"])


async def test_a_key_in_parts_is_no_esc_while_more_of_it_is_here_already() -> None:
    one = seat()
    async with sitting(one):
        found = own(one)
        assert found.feed(b"\x1b", more=True) == 1
        assert found._alarm is None
        found.feed(b"[A")
        await until(lambda: one.page.pressed == ["up"])


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[99999999999999999u",
        b"\x1b[1:2;3u",
        b"\x1b[1114112u",
        b"\x1b[1;2;99999999999u",
        b"\x1b[48;0;0;0;0t\x1b[<0;1;1M",
        b"\x1b[<0;99999999999999999999;1M",
        b"\x1b[<-1;-1;-1M",
        b"\x1b[" + b"9" * 40,
        b"\x1b" * 40,
        bytes(range(128, 256)),
        bytes(set(range(128)) - set(b"\x03\x10\x11?q")),  # those leave, or open something
    ],
    ids=lambda data: repr(data[:16]),
)
async def test_what_no_terminal_sends_does_no_harm(data: bytes) -> None:
    one = seat()
    async with sitting(one):
        own(one).feed(data)
        await until(lambda: not private.parser_waits(own(one)._parser))
        assert (await types(one, b"b"))[-1] == "b"
        assert not one.app.incident


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[48;60000;60000;1;1t",
        b"\x1b[48;24;80;480;800t",
        b"\x1b[?2048;2$y",
        b"\x1b[5;5R",
        b"\x1b[<35;5;5M",
    ],
)
async def test_what_is_typed_is_never_what_a_terminal_says_of_itself(data: bytes) -> None:
    one, page = noting()
    async with sitting(one):
        found = own(one)
        sizes = one.app.size
        assert await types(one, data) == []
        assert one.app.size == sizes == (80, 24)
        assert found.cursor_origin is None
        assert found._last_move_event is None
        one.wire.type(b"\x1b[<0;8;4M\x1b[<0;8;4m")
        await until(lambda: bool(page.clicks))
        assert page.clicks == [("middle", 6, 1)]


async def test_a_click_beside_the_screen_is_none() -> None:
    one, page = noting()
    async with sitting(one):
        one.wire.type(b"\x1b[<0;81;4M\x1b[<0;81;4m\x1b[<0;8;25M\x1b[<0;8;25m")
        await types(one, b"")
        assert page.clicks == []
        assert one.app.mouse_position == (0, 0)


# --- pastes ---


def pasted(text: bytes) -> bytes:
    return paste.START + text + paste.END


async def test_a_paste_is_one_message() -> None:
    one, page = noting()
    async with sitting(one):
        assert await types(one, b"a" + pasted("日本 x".encode()) + b"b") == ["a", "b"]
        assert page.pasted == ["日本 x"]


async def test_a_long_paste_is_cut() -> None:
    one, page = noting()
    async with sitting(one):
        assert await types(one, pasted(b"x" * 30_000) + b"b") == ["b"]
        assert page.pasted == ["x" * PASTED]


async def test_a_paste_without_end_is_given_up_and_none_of_it_is_typed() -> None:
    one, page = noting()
    async with sitting(one):
        found = own(one)
        parser = found._parser
        one.wire.type(paste.START + b"q" * (3 * LIMIT))
        await until(lambda: not one.wire.unread and not one.wire.pump.pending)
        assert found._parser is not parser
        assert await types(one, paste.END + b"b") == ["b"]
        assert page.pasted == []


async def test_silence_ends_a_paste(monkeypatch: pytest.MonkeyPatch) -> None:
    one, page = noting()
    monkeypatch.setattr(driver, "DEAF", 0)
    async with sitting(one):
        own(one).feed(paste.START + b"abc")
        own(one).feed(b"abc")
        await until(lambda: not own(one).pasting)
        assert await types(one, b"b") == ["b"]
        assert page.pasted == []


def parts(data: bytes, size: int, follow: Paste) -> bytes:
    """What is to be parsed of bytes that come in parts."""
    told = bytearray()
    for at in range(0, len(data), size):
        part = data[at : at + size]
        while part:
            read, said = follow.cut(part)
            assert 0 < read <= len(part)
            told += said
            part = part[read:]
    return bytes(told)


@pytest.mark.parametrize("size", [1, 2, 5, 7, 100_000])
@pytest.mark.parametrize("text", [b"abc", b"", b"\x1b[201", b"\x1b[20\x1b[200~", b"\x1b\x1b"])
def test_a_paste_is_followed_however_it_is_cut(size: int, text: bytes) -> None:
    follow = Paste()
    data = b"a\x1b[A" + pasted(text) + b"\x1b[2b" + pasted(text) + b"c"
    assert parts(data, size, follow) == data
    assert not follow.open


@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_of_a_long_paste_the_beginning_and_the_end_are_parsed(size: int) -> None:
    data = pasted(b"x" * (LIMIT - 1)) + b"c"
    assert parts(data, size, Paste()) == pasted(b"x" * KEPT) + b"c"


@pytest.mark.parametrize("text", [b"x", b"x" * 9000 + paste.START])
def test_a_paste_that_grows_is_given_up_whatever_is_in_it(text: bytes) -> None:
    follow = Paste()
    parts(paste.START + text * (2 * LIMIT // len(text)), 4096, follow)
    assert follow.given_up
    assert parts(paste.END + b"c", 4096, follow) == b"c"
    assert not follow.given_up


def test_after_a_pause_the_second_half_of_a_mark_is_none() -> None:
    follow = Paste()
    parts(paste.START[:1], 1, follow)
    follow.forget()
    parts(paste.START[1:], 9, follow)
    assert not follow.open


def test_a_pause_within_a_paste_changes_nothing() -> None:
    follow = Paste()
    told = parts(paste.START + b"x" + paste.END[:3], 9, follow)
    follow.forget()
    told += parts(paste.END[3:], 9, follow)
    assert told == pasted(b"x")
    assert not follow.open


# --- the terminal ---


async def test_the_terminal_is_given_back_once() -> None:
    one = seat()
    async with sitting(one):
        assert one.wire.output.startswith(ENTER)
        assert LEAVE not in one.wire.output
    assert one.wire.output.endswith(LEAVE)
    assert one.wire.output.count(LEAVE) == 1
    assert one.wire.pump.reader is None
    sent = len(one.wire.sent)
    own(one).write("late")
    own(one).flush()
    own(one).close()
    await asyncio.sleep(0)
    assert len(one.wire.sent) == sent
    assert own(one).feed(b"late") == 4


async def test_nothing_is_opened_or_written_at_the_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.chdir(tmp_path)
    one = seat()
    async with sitting(one):
        one.app.open_url("https://example.org")
        one.app.deliver_text(io.StringIO("x"), save_directory=tmp_path, save_filename="x")
        one.app.deliver_screenshot(path=str(tmp_path))
        one.app.save_screenshot(path=str(tmp_path))
        one.app.action_suspend_process()
        await types(one, b"\x1a")
        commands: list[Callable[[], object]] = [
            command.callback for command in one.app.get_system_commands(one.app.screen)
        ]
        for command in commands:
            done = command()
            if inspect.isawaitable(done):
                await done
    assert opened == []
    assert os.listdir(tmp_path) == []  # noqa: PTH208  # of a test, and empty


async def test_what_cannot_be_encoded_takes_nothing_else_with_it() -> None:
    one = seat()
    async with sitting(one):
        own(one).write("a\ud800b")
        own(one).flush()
        assert "a?b" in one.wire.output


# What leaves


async def test_a_whole_screen_is_not_sent_again_right_after_itself() -> None:
    one, _ = noting()
    async with sitting(one):
        mine = own(one)
        mine.flush()
        before = len(one.wire.sent)
        large, small = "x" * (driver.WHOLE + 1), "y"

        def written(data: str) -> list[bytes]:
            at = len(one.wire.sent)
            mine.write(data)
            mine.flush()
            return one.wire.sent[at:]

        assert [large.encode()] == written(large)
        assert [] == written(large)
        assert [small.encode()] == written(small) == written(small)
        assert [large.encode()] == written(large)
        mine.resize(90, 30)
        assert [large.encode()] == written(large)
        assert before < len(one.wire.sent)
