"""What somebody without a key comes back with, where the disk or the terminal does not take it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncssh
import pytest
from crowd import Host, hosting
from door_rig import Knocker
from textual.app import App
from wires import FakeWire

from ttx.remote.door import NO_ROOM
from ttx.remote.driver import ASK, READ, SeatDriver
from ttx.remote.invitations import InvitationError

SEAT = "relief"
WHOLE = b"\x1b[?2026;2$y"
"""What a terminal answers that shows frames whole."""
PLACE = b"\x1b[7;9R"
"""And where its cursor is."""


async def comes(host: Host, code: str) -> asyncssh.SSHClientProcess[bytes]:
    """Somebody without a key, at a terminal that answers nothing."""
    connection, _ = await asyncssh.create_connection(
        lambda: Knocker([code]),
        "127.0.0.1",
        host.port,
        username=SEAT,
        known_hosts=None,
        client_keys=None,
        agent_path=None,
        config=None,
    )
    return await connection.create_process(
        term_type="xterm-256color", term_size=(120, 40), encoding=None
    )


async def hears(one: asyncssh.SSHClientProcess[bytes], words: str) -> str:
    """All that it was sent up to these words."""
    async with asyncio.timeout(60):
        return (await one.stdout.readuntil(words.encode())).decode("utf-8", "replace")


async def test_a_disk_that_does_not_take_the_way_back_shows_none_and_spends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise InvitationError("No space left on device")

    async with hosting(tmp_path) as host:
        with monkeypatch.context() as broken:
            broken.setattr(host.hosting.invitations, "_keep", full)
            one = await comes(host, host.codes[SEAT])
            assert "TO COME BACK" not in await hears(one, NO_ROOM)
        again = await comes(host, host.codes[SEAT])
        await hears(again, "TO COME BACK")
        with monkeypatch.context() as broken:
            broken.setattr(host.hosting.invitations, "_keep", full)
            again.stdin.write(PLACE)  # it was shown, but the disk does not know
            again.stdin.write(b"?")
            await hears(again, "ON THIS SCREEN")
        assert host.hosting.invitations.match(SEAT, host.codes[SEAT])
        again.channel.get_connection().abort()


class Seated:
    """As much of a seat's screens as a driver asks for."""

    def __init__(self) -> None:
        self.wire = FakeWire()
        self.copies = True
        self.way_back = "K7QF-M2XW-9RTD"
        self.seen = 0

    def has_seen(self) -> None:
        self.seen += 1
        self.way_back = ""


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ([WHOLE], [], False),
        ([], [WHOLE], False),  # that one was asked for with the first bytes
        ([WHOLE], [WHOLE], True),
        ([PLACE], [], False),
        ([], [PLACE], True),
        ([b"\r"], [b"\r"], False),  # typed ahead
        ([], [b"late", b"x"], True),
        ([], [b"late", b"held", b"x"], False),
    ],
)
async def test_the_way_back_was_seen_where_the_terminal_answers_behind_it(
    monkeypatch: pytest.MonkeyPatch, *, before: list[bytes], after: list[bytes], seen: bool
) -> None:
    seated = Seated()
    app: App[None] = App()
    app.wire = seated.wire  # type: ignore[attr-defined]  # a driver finds it there
    driver = SeatDriver(app, size=(80, 24))
    driver._seat = seated  # type: ignore[assignment]  # as much as is asked of it
    wire = seated.wire
    for data in before:
        driver.feed(data)
    driver.write("nothing to see")
    driver.flush()
    assert ASK.encode() not in b"".join(wire.sent)
    driver.write(f"come back by {seated.way_back}.")
    driver.flush()
    assert b"".join(wire.sent).endswith(ASK.encode())
    for data in after:
        if data == b"late":
            now = driver._loop.time() + 2 * READ
            monkeypatch.setattr(driver._loop, "time", lambda now=now: now)
        elif data == b"held":
            wire.kept = 1
        else:
            driver.feed(data)

    assert seen == bool(seated.seen)
