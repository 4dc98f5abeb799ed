"""The hot wash over SSH: several people at once, none of whom refuses another."""

from __future__ import annotations

import asyncio
from pathlib import Path

import crowd
import pytest

from ttx.session import phases
from ttx.session.asides import VOTES
from ttx.session.play_commands import Continue, End

pytestmark = pytest.mark.slow

PEOPLE = ("relief", "tokyo", "evaluator", "facilitator")


async def test_cards_and_votes_of_the_same_moment_are_all_kept(tmp_path: Path) -> None:
    async with crowd.hosting(tmp_path) as host:
        table = host.table

        def ask(*commands: Continue | End) -> None:
            for command in commands:
                table.submit("facilitator", command, table.game.entries)

        ask(Continue(), End())
        assert phases.HOTWASH == table.game.phase
        players = await asyncio.gather(*(crowd.come(host, seat) for seat in PEOPLE))
        for one in players:
            await one.sees("WHO IS HERE")
            one.type(b"\r")
        chief = players[-1]
        await asyncio.gather(*(one.sees("THE BOARD") for one in players[:-1]))
        await chief.sees("Hot wash.")
        chief.type(b"W")
        await chief.sees("THE BOARD", "ASK:")

        # All write, and only then does anybody press Enter: what each has seen is old by its turn.
        for one, seat in zip(players, PEOPLE, strict=True):
            one.type(b"-")
            await one.sees("Enter puts it up")
            one.type(f"card of {seat}".encode())
            await one.sees(f"card of {seat}")
        for one in players:
            one.type(b"\r")
        await asyncio.gather(*(one.sees("4 cards") for one in players))
        cards = table.game.notebook.cards
        assert {f"card of {seat}" for seat in PEOPLE} == {one.text for one in cards}

        # All vote for the same cards at once.
        for one in players:
            one.type(b"ovjvjv")
        await asyncio.gather(*(one.sees("0 of your votes left") for one in players))
        votes = [len(one.votes) for one in table.game.notebook.cards]
        assert VOTES * len(PEOPLE) == sum(votes)

        # The review is a key away, and a vote meanwhile refuses nobody.
        players[0].type(b"W")
        await players[0].sees("Review of")
        players[1].type(b"v")
        await players[1].sees("1 of your votes left")
        players[0].type(b"W")
        await players[0].sees("THE BOARD")
        for one in players:
            await one.drop()
