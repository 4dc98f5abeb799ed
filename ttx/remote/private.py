"""Every name that is used here and that Textual or asyncssh keep for themselves, in one place.

Both are pinned; `tests/test_driver.py` holds each of these names against what is installed, so that
a bump which moves one fails there and says which. What a subclass of theirs overrides or reads of
itself is in the lists below as well, since no type checker knows which of it is a promise.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TextIO, cast

from asyncssh.connection import SSHConnection
from rich.console import Console, RenderableType
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.filter import LineFilter
from textual.screen import Screen

if TYPE_CHECKING:
    from textual.driver import Driver

APP = (
    "_batch_count",
    "_capture_stderr",
    "_capture_stdout",
    "_display",
    "_driver",
    "_exit",
    "_filters",
    "_handle_exception",
    "_message_queue",
    "_process_messages_loop",
    "error_console",
    "no_color",
)
DRIVER = ("_app", "_loop", "_size")
PARSER = ("_timeout_time", "feed", "mouse_pixels", "terminal_pixel_size", "terminal_size", "tick")
SCREEN = ("_compositor", "_message_queue")
CONNECTION = ("_deferred_packets", "_transport")

__all__ = ["XTermParser"]


def forget_size(parser: XTermParser) -> None:
    """Undo what a size among the input does to a parser: it then counts the mouse in pixels."""
    parser.mouse_pixels = False
    parser.terminal_size = parser.terminal_pixel_size = None


def parser_waits(parser: XTermParser) -> bool:
    """Whether a parser is in the middle of something that silence would end."""
    return parser._timeout_time is not None  # noqa: SLF001  # nothing public tells a lone Esc


def waiting(app: App[Any]) -> int:
    """Messages that wait on the way of a key: at the app, at its screen, at what has the focus."""
    pumps = [app, *app.screen_stack[-1:]]
    if len(pumps) > 1 and (focused := app.focused) is not None:
        pumps.append(focused)
    return sum(pump._message_queue.qsize() for pump in pumps)  # noqa: SLF001  # nothing public counts


def filters(app: App[Any]) -> list[LineFilter]:
    """What is done to every line an app paints; the list itself."""
    return app._filters  # noqa: SLF001  # the documented filters cannot be added to


def capture(app: App[Any], output: TextIO, error: TextIO) -> None:
    """Give an app the streams to bind standard output and error to while it runs."""
    own = cast("Any", app)
    own._capture_stdout = output  # noqa: SLF001  # it is bound without asking anybody
    own._capture_stderr = error  # noqa: SLF001  # ditto


def driver(app: App[Any]) -> Driver | None:
    """The driver of an app, once it runs."""
    return app._driver  # noqa: SLF001  # nothing public lets a terminal be put right after a crash


def batching(app: App[Any]) -> bool:
    """Whether an app paints nothing just now."""
    return bool(app._batch_count)  # noqa: SLF001  # a frame asked for meanwhile would be lost


def whole(screen: Screen[object]) -> RenderableType:
    """A screen from corner to corner, and not what changed of it."""
    return cast("RenderableType", screen._compositor.render_update(full=True))  # noqa: SLF001  # ditto


def transport(connection: SSHConnection) -> asyncio.Transport:
    """What a live connection is carried by."""
    inner = connection._transport  # noqa: SLF001  # nothing public hands it over
    assert inner is not None
    return inner


def in_transit(connection: SSHConnection) -> int:
    """Bytes of a connection that wait behind the channels' own.

    A client may open its window wide and then read nothing, or begin a change of keys and never end
    it; asyncssh then counts nothing as waiting and pauses nobody.
    """
    own = cast("Any", connection)
    transport = own._transport  # noqa: SLF001  # there is no other way to its buffer
    behind = transport.get_write_buffer_size() if transport is not None else 0
    deferred = own._deferred_packets  # noqa: SLF001  # nor to what a change of keys holds back
    return behind + sum(len(part) for _, parts in deferred for part in parts)


def silence(app: App[Any], console: Console) -> None:
    """Have an app write what it says about its own end to that console."""
    app.error_console = console
