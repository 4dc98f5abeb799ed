from __future__ import annotations

import asyncio
import gc
import re
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path

import asyncssh
import pytest
from crowd import CHIEF, Canary, Host, Player, come, few, hosting, peopled, rss, serving
from textual.screen import Screen

from ttx.remote.app import SeatApp
from ttx.remote.door import ConnectionAuth
from ttx.remote.limits import ThrottledProtocol
from ttx.remote.session import ChannelSession
from ttx.remote.visit import Visit
from ttx.session import phases
from ttx.session.play_commands import Continue

pytestmark = pytest.mark.slow

FULL = "The table is full (21 screens). Try again when somebody has left, or ask the host."


def go_on(host: Host) -> None:
    host.table.submit(CHIEF, Continue(), host.table.game.entries)


async def see(players: list[Player], *words: str) -> None:
    await asyncio.gather(*(one.sees(*words) for one in players))


async def drop(*players: Player) -> None:
    for one in players:
        await one.drop()


# --- (a) a full table ---


async def test_twenty_seats_and_the_facilitator_hold_one_table(tmp_path: Path) -> None:
    async with hosting(tmp_path, peopled(22), few(sessions=21)) as host:
        seats = [seat for seat in host.codes if seat != CHIEF]
        late = seats.pop(4)
        assert 20 == len(seats)
        chief = await come(host, CHIEF)
        players = list(await asyncio.gather(*(come(host, seat) for seat in seats)))
        await see([chief, *players], "WHO IS HERE")
        for one in (chief, *players):
            one.type(b"\r")
        await see(players, "page 1 of")
        await chief.sees("] STARTEX")
        chief.type(b"A")
        await chief.sees("WHO IS HERE  21 of 22")
        chief.type(b"q")
        await chief.sees("] STARTEX")

        with pytest.raises(asyncssh.DisconnectError, match=re.escape(FULL)):
            await come(host, late)

        chief.type(b"]")
        await see(players, "LEVERS, TURN 1")
        await chief.sees("Levers of turn 1.")
        chief.type(b"]")
        await chief.sees("Close the levers without US and Japan?")
        chief.type(b"y")
        await chief.sees("The policy slot of turn 1 is open.")
        chief.type(b"]")
        await see(players, "One telephone number", "deliberation")
        await chief.sees("Deliberation on One telephone number.")
        chief.type(b"]")
        await chief.sees("Close it without US and Japan?")
        chief.type(b"y")
        await see(players, "The facilitator adjudicates next.")
        await chief.sees("R shows it whole")
        chief.type(b"]")
        await see(players, "review", "ruling 1.1")
        await chief.sees("The table reads the ruling.")
        chief.type(b"A")
        await chief.sees("WHO IS HERE  21 of 22")
        assert not any(one.client.closed for one in players)

        await players[0].drop()
        await chief.sees("WHO IS HERE  20 of 22")
        there = await come(host, late)  # now there is room
        await there.sees("WHO IS HERE")
        await drop(there, chief, *players)


# --- (b) nothing is left behind ---

KEPT = (
    SeatApp,
    Visit,
    ChannelSession,
    ConnectionAuth,
    ThrottledProtocol,
    Screen,
    asyncssh.SSHServerConnection,
)
ROUNDS, BATCH = 500, 5


def alive() -> Counter[str]:
    gc.collect()
    return Counter(
        kind.__name__ for one in gc.get_objects() for kind in KEPT if isinstance(one, kind)
    )


async def _a_round(host: Host, seat: str, n: int) -> None:
    """Come, go in, look about, and leave in one of three ways."""
    player = await come(host, seat)
    await player.enter()
    await player.turn()
    if n % 3 == 0:
        await player.leave()
    elif n % 3 == 1:
        player.channel.abort()
        await player.drop()
    else:
        await player.drop()


async def test_five_hundred_visits_leave_nothing_behind(tmp_path: Path) -> None:
    async with hosting(tmp_path, peopled(BATCH + 7)) as host:
        canary = await Canary.at(host)
        seats = [seat for seat in host.codes if seat.startswith(("relief", "deputy"))][:BATCH]
        assert BATCH == len(seats)
        before = alive()
        memory = []
        for hundred in range(ROUNDS // 100):
            for n in range(hundred * 100, (hundred + 1) * 100, BATCH):
                await asyncio.gather(*(_a_round(host, s, n + k) for k, s in enumerate(seats)))
            for _ in range(9):  # the last screens are still being closed
                await canary.sings()
                left = alive()
                if left == before:
                    break
            assert left == before, f"after {hundred + 1} hundred"
            memory.append(rss())
        assert memory[-1] < 1.1 * memory[1], memory
        assert canary.usual < 8
        assert host.hosting.attendance.here() == 1
        await canary.player.drop()


# --- (c) those who come hold up nobody who is there ---


async def test_while_twenty_come_at_once_the_table_is_answered(tmp_path: Path) -> None:
    with serving(tmp_path, seats=21) as place:
        canary = await Canary.at(place)
        seats = [s for s in place.codes if s not in ("tokyo", CHIEF)][:20]

        async def arrive(seat: str) -> Player:
            player = await come(place, seat)
            await player.until(lambda: b"WHO IS HERE" in player.client.got)
            player.type(b"\r")
            await player.until(lambda: b"page 1 of" in player.client.got)
            return player

        arriving = asyncio.create_task(gathered([arrive(seat) for seat in seats]))
        await canary.sings(until=arriving)
        # Of twenty screens that are built, each stops everybody for as long as one takes.
        assert canary.usual < 25, canary.during
        assert canary.worst < 100, canary.during
        assert await canary.player.home() == canary.looked
        players = await arriving
        await see(players, "page 1 of", "q leave")
        await drop(canary.player, *players)


async def gathered(some: list[Coroutine[None, None, Player]]) -> list[Player]:
    return list(await asyncio.gather(*some))


# --- (d) colours ---


@pytest.mark.parametrize("first", ["256", "truecolor"])
async def test_each_terminal_gets_its_own_colours(tmp_path: Path, first: str) -> None:
    """Both at one table, at once, whoever came first; and each a second time, after the other."""
    kinds = {"256": {}, "truecolor": {"COLORTERM": "truecolor"}}
    order = [first, *(kind for kind in kinds if kind != first)]
    seats = dict(zip(order, ("relief", "tokyo"), strict=True))
    async with hosting(tmp_path) as host:
        for _ in range(2):
            players = {
                kind: await come(host, seats[kind], env=kinds[kind], size=(120, 40))
                for kind in order
            }
            for player in players.values():
                await player.sees("WHO IS HERE")
            seen = {
                "256": "256 colours",
                "truecolor": "all colours",
            }
            for kind, player in players.items():
                await player.sees(seen[kind])
                await player.enter()
                player.type(b"S")
                await player.until(lambda p=player: "page 1 of" not in p.text)  # type: ignore[misc]  # bound at once
            for kind, player in players.items():
                got = bytes(player.client.got)
                assert (b"8;5;" in got) == (kind == "256")
                assert (b"8;2;" in got) == (kind == "truecolor")
            await drop(*players.values())


# --- (e) somebody who never answers ---


async def test_play_goes_on_without_one_who_never_answers(tmp_path: Path) -> None:
    async with hosting(tmp_path) as host:
        chief = await come(host, CHIEF)
        silent, player = await come(host, "relief"), await come(host, "tokyo")
        await see([chief, silent, player], "WHO IS HERE")
        for one in (chief, silent, player):
            one.type(b"\r")
        await see([silent, player], "page 1 of")
        await chief.sees("] STARTEX")
        transport = silent.connection._transport
        assert transport is not None
        transport.pause_reading()  # they went for a walk, and their machine fell asleep

        chief.type(b"]")
        await player.sees("LEVERS, TURN 1")
        player.type(b"\r")  # done with levers
        await chief.sees("Waiting for US.")
        chief.type(b"]")
        await chief.sees("Close the levers without US?")
        chief.type(b"y")
        await chief.sees("The policy slot of turn 1 is open.")
        chief.type(b"]")
        await player.sees("One telephone number", "deliberation")
        player.type(b"3\r")
        await player.sees("Submit for the Japan cell?")
        player.type(b"y")
        await chief.sees("Deliberation on One telephone number. Waiting for US.")
        assert host.table.game.phase == phases.DELIBERATION
        chief.type(b"]")
        await chief.sees("Close it without US?")
        chief.type(b"y")
        await player.sees("adjudicat")
        chief.type(b"]")
        await player.sees("review", "ruling 1.1")
        go_on(host)
        assert host.table.game.phase != phases.REVIEW

        transport.resume_reading()
        await silent.sees("T1/2", "q leave")  # all at once, and only where it stands now
        assert "page 1 of" not in silent.text
        await drop(chief, silent, player)
