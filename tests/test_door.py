from __future__ import annotations

import asyncio
import gc
import logging
import os
import re
import signal
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncssh
import pexpect
import pytest
from asyncssh.connection import SSHServerConnection
from door_rig import QUICK, Host, Knocker, hosting, knock, refused, sentence, sit, spent, ssh, stand

from ttx.remote import gate, server
from ttx.remote.codes import plain
from ttx.remote.door import CROWD, PROMPT, ConnectionAuth
from ttx.remote.gate import SOON
from ttx.remote.guesses import Guesses
from ttx.remote.invitations import Invitations, fingerprint
from ttx.remote.limits import Limits

WRONG = "0000-0000-0000"
NO_CODE = "No such code for this seat. Ask the host for a new one."
FULL = "The table is full (1 screens). Try again when somebody has left, or ask the host."
PERSON = {"TERM": "xterm", "PATH": os.environ["PATH"]}
# pexpect forks, which Python from 3.12 on warns of where asyncio has ever used a thread.
forks = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture
async def host(tmp_path: Path) -> AsyncIterator[Host]:
    async with hosting(tmp_path) as opened:
        yield opened


def new_key(kind: str = "ssh-ed25519") -> asyncssh.SSHKey:
    return asyncssh.generate_private_key(kind)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What doors say when they hang up; asyncssh's client hears it, but keeps some to itself."""
    sentences: list[str] = []
    hang_up = ConnectionAuth.hang_up

    def noted(door: ConnectionAuth, sentence: str, *code: int) -> None:
        sentences.append(sentence)
        hang_up(door, sentence, *code)

    monkeypatch.setattr(ConnectionAuth, "hang_up", noted)
    return sentences


async def closed(
    connection: asyncssh.SSHClientConnection | asyncssh.SSHServerConnection,
) -> None:
    """Until a connection is closed; a test that waits in vain ends."""
    async with asyncio.timeout(60):
        await connection.wait_closed()


async def gone(host: Host) -> None:
    """Until the host has seen every client leave."""
    for door in list(host.listening.state.doors):
        await closed(door.connection)


async def all_told(host: Host) -> None:
    """Until nobody who was refused is waited for any more."""
    async with asyncio.timeout(60):
        while host.listening.gate.told:  # noqa: ASYNC110  # it tells nobody that it waits no more
            await asyncio.sleep(0.01)


# Being let in


async def test_a_code_once_and_then_the_key(host: Host) -> None:
    key = new_key()
    first = await sit(await knock(host, "usfj", host.codes["usfj"], keys=[key]))
    mark = key.get_fingerprint()

    assert {"seat": "usfj", "came": "code", "fingerprint": mark, "return_code": ""}.items() <= (
        first.told.items()
    )

    knocker = Knocker([])
    again = await sit(await knock(host, "usfj", keys=[key], knocker=knocker))

    assert ("key", mark, "") == (
        again.told["came"],
        again.told["fingerprint"],
        again.told["return_code"],
    )
    assert not knocker.seen
    assert await first.says(b"both")
    assert await again.says(b"at once")
    assert NO_CODE == await refused(host, "usfj", *[host.codes["usfj"]] * 3, keys=[new_key()])
    assert NO_CODE == await refused(host, "kantei", *[WRONG] * 3, keys=[key])
    assert ("127.0.0.1", 2) == (host.table.guests[0].address, len(host.table.guests))


async def test_the_code_is_spent_on_disk_before_the_guest_is_greeted(host: Host) -> None:
    seen: list[str] = []
    host.table.at_greeting = lambda guest: seen.append(
        Invitations.open(host.invitations.path).state(guest.seat).words
    )
    await sit(await knock(host, "usfj", host.codes["usfj"], keys=[new_key()]))

    assert ["key bound"] == seen


async def test_without_a_key_a_return_code_each_time(host: Host) -> None:
    first = await sit(await knock(host, "usfj", host.codes["usfj"]))
    back = first.told["return_code"]

    assert ("code", "") == (first.told["came"], first.told["fingerprint"])
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", back)
    assert NO_CODE == await refused(host, "usfj", *[host.codes["usfj"]] * 3)

    second = await sit(await knock(host, "usfj", plain(back).lower()))

    assert second.told["return_code"] not in {"", back}
    assert NO_CODE == await refused(host, "usfj", *[back] * 3)


async def test_the_right_code_after_two_wrong_ones(host: Host) -> None:
    knocker = Knocker([WRONG, "", host.codes["usfj"]])
    await knock(host, "usfj", knocker=knocker)

    assert [("", "", "", [(PROMPT, True)])] * 3 == knocker.seen


async def test_a_key_that_a_client_does_not_own_opens_nothing(host: Host) -> None:
    key, thief = new_key(), new_key()
    await knock(host, "usfj", host.codes["usfj"], keys=[key])
    pair = asyncssh.load_keypairs([thief])[0]
    pair.public_data = key.public_data

    assert NO_CODE == await refused(host, "usfj", *[WRONG] * 3, keys=[pair])
    assert not host.table.guests


async def test_every_offered_key_is_bound_up_to_six(host: Host) -> None:
    keys = [new_key() for _ in range(8)]
    await knock(host, "usfj", host.codes["usfj"], keys=keys)

    bound = host.invitations.state("usfj").fingerprints
    assert tuple(key.get_fingerprint() for key in keys[:6]) == bound
    assert (await sit(await knock(host, "usfj", keys=keys[5:6]))).told["came"] == "key"


@pytest.mark.parametrize("kind", ["ecdsa-sha2-nistp256", "ssh-rsa"])
async def test_other_kinds_of_keys_come_back_too(host: Host, kind: str) -> None:
    key = new_key(kind)
    await knock(host, "usfj", host.codes["usfj"], keys=[key])

    assert "key" == (await sit(await knock(host, "usfj", keys=[key]))).told["came"]


async def test_a_kind_that_is_too_old_is_not_bound(host: Host) -> None:
    key = new_key("ssh-dss")
    state = host.listening.state
    door = ConnectionAuth(state)

    assert not door.validate_public_key("usfj", key)
    assert await door.validate_kbdint_response("usfj", [host.codes["usfj"]])
    assert not host.invitations.state("usfj").fingerprints


async def test_a_signature_over_sha1_is_not_enough(host: Host) -> None:
    key = new_key("ssh-rsa")
    await knock(host, "usfj", host.codes["usfj"], keys=[key])
    pair = asyncssh.load_keypairs([key])[0]
    pair.set_sig_algorithm(b"ssh-rsa")
    public = key.convert_to_public()

    assert public.verify(b"data", pair.sign(b"data"))
    assert ConnectionAuth(host.listening.state).validate_public_key("usfj", public)
    assert not public.verify(b"data", pair.sign(b"data"))


async def test_what_was_offered_under_another_name_is_not_bound(host: Host) -> None:
    door = ConnectionAuth(host.listening.state)
    door.begin_auth("kantei")
    assert not door.validate_public_key("kantei", new_key())
    door.begin_auth("usfj")

    assert await door.validate_kbdint_response("usfj", [host.codes["usfj"]])
    assert not host.invitations.state("usfj").fingerprints
    assert "code given out" == host.invitations.state("usfj").words


async def test_revoked_keys_and_codes_open_nothing(host: Host) -> None:
    key = new_key()
    await knock(host, "usfj", host.codes["usfj"], keys=[key])
    host.invitations.revoke("usfj")
    host.invitations.revoke("kantei")

    assert NO_CODE == await refused(host, "usfj", *[WRONG] * 3, keys=[key])
    assert NO_CODE == await refused(host, "kantei", *[host.codes["kantei"]] * 3)


async def test_a_new_code_replaces_the_old_keys_once_it_is_spent(host: Host) -> None:
    lost, found = new_key(), new_key()
    await knock(host, "usfj", host.codes["usfj"], keys=[lost])
    code = host.invitations.reissue("usfj")

    await knock(host, "usfj", keys=[lost])
    await knock(host, "usfj", code, keys=[found])

    await knock(host, "usfj", keys=[found])
    assert NO_CODE == await refused(host, "usfj", *[WRONG] * 3, keys=[lost])


async def test_a_disk_that_takes_nothing_lets_nobody_in(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        said = await refused(host, "usfj", host.codes["usfj"], keys=[new_key()])

    assert "The host cannot let anybody in just now. Ask the host." == said
    await knock(host, "usfj", host.codes["usfj"])


HOST_THAT_DIES = """
import asyncio, os, signal, sys
from pathlib import Path
import asyncssh
from ttx.remote import server
from ttx.remote.invitations import Invitations
from ttx.remote.limits import Limits

class Table:
    def greet(self, guest):
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    key = asyncssh.generate_private_key("ssh-ed25519")
    held = Invitations.open(Path(sys.argv[1]))
    listening = await server.listen("127.0.0.1", 0, key, Limits(), held, Table())
    print(listening.port, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_host_that_is_killed_at_the_greeting_knows_the_guest_afterwards(
    tmp_path: Path,
) -> None:
    path = tmp_path / "run.seats.toml"
    codes, key = Invitations.create(path, ["usfj", "kantei"]), new_key()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOST_THAT_DIES, path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    port = int(await process.stdout.readline())
    connection, _ = await asyncssh.create_connection(
        lambda: Knocker([codes["usfj"]]),
        "127.0.0.1",
        port,
        username="usfj",
        known_hosts=None,
        client_keys=[key],
        agent_path=None,
        config=None,
    )
    with pytest.raises((asyncssh.Error, OSError)):
        await sit(connection)

    assert -signal.SIGKILL == await process.wait()
    held = Invitations.open(path)
    assert not spent(held, "usfj", codes["usfj"], [])
    assert (key.get_fingerprint(),) == held.state("usfj").fingerprints
    assert spent(held, "kantei", codes["kantei"], [])


# What a stranger learns


async def test_a_stranger_cannot_tell_seats_apart(host: Host) -> None:
    await knock(host, "facilitator", host.codes["facilitator"], keys=[new_key()])
    host.invitations.revoke("projector")
    transcripts = []
    for seat in ("usfj", "facilitator", "projector", "nobody", "root"):
        knocker = Knocker([WRONG, "", WRONG * 50])
        with pytest.raises(asyncssh.DisconnectError) as said:
            await knock(host, seat, keys=[new_key()], knocker=knocker)
        transcripts.append((said.value.code, said.value.reason, knocker.seen))

    expected = (
        asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE,
        NO_CODE,
        [("", "", "", [(PROMPT, True)])] * 3 + [NO_CODE],
    )
    assert [expected] * 5 == transcripts


async def test_a_flood_of_answers_to_one_prompt_is_three_answers(host: Host) -> None:
    door, wire = ConnectionAuth(host.listening.state), Wire()
    door.connection = wire  # type: ignore[assignment]  # all that this door does is hang up
    codes = [WRONG, WRONG, WRONG, host.codes["usfj"]]
    answers = await asyncio.gather(
        *(door.validate_kbdint_response("usfj", [code]) for code in codes)
    )

    assert [False] * 4 == answers
    assert [NO_CODE] == wire.said
    assert not await door.validate_kbdint_response("usfj", [host.codes["usfj"]])
    assert spent(host.invitations, "usfj", host.codes["usfj"], [])


async def test_what_opened_one_seat_opens_no_other(host: Host) -> None:
    door, wire = ConnectionAuth(host.listening.state), Wire()
    door.connection = wire  # type: ignore[assignment]  # all that this door does is hang up
    assert await door.validate_kbdint_response("kantei", [host.codes["kantei"]])
    door.auth_completed()

    assert ["This seat was not opened by its own code or key. Try again."] == wire.said
    assert door.guest is None


async def test_a_fourth_prompt_is_not_given(host: Host) -> None:
    door, wire = ConnectionAuth(host.listening.state), Wire()
    door.connection = wire  # type: ignore[assignment]  # all that this door does is hang up
    prompts = [door.get_kbdint_challenge("usfj", "", "") for _ in range(4)]

    assert [("", "", "", [(PROMPT, True)])] * 3 + [False] == prompts
    assert [NO_CODE] == wire.said


class Wire:
    """A connection that is only ever hung up."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def get_extra_info(self, name: str) -> str:
        return {"username": "usfj"}[name]

    def disconnect(self, code: int, reason: str) -> None:
        self.said.append(reason)


async def test_logs_hold_no_codes(host: Host, caplog: pytest.LogCaptureFixture) -> None:
    def fault(_: object) -> None:
        secret = host.codes["kantei"]
        raise RuntimeError(secret)

    with caplog.at_level(logging.DEBUG):
        screen = await sit(await knock(host, "usfj", host.codes["usfj"]))
        await refused(host, "kantei", *["WRNG-WRNG-WRNG"] * 3)
        host.table.at_greeting = fault
        with pytest.raises(asyncssh.Error):
            await sit(await knock(host, "kantei", host.codes["kantei"]))
        await screen.says(b"x")

    served = [one for one in caplog.records if one.name == "ttx.remote"]
    text = "\n".join(one.getMessage() + str(one.exc_info or "") for one in served)
    assert "usfj came by code from 127.0.0.1." in text
    assert "A wrong code from 127.0.0.1." in text
    assert "No screen for kantei: RuntimeError." in text
    for code in [*host.codes.values(), screen.told["return_code"], "WRNG-WRNG-WRNG"]:
        assert code not in caplog.text
        assert plain(code) not in caplog.text
    assert not [one for one in caplog.records if one.name.startswith("asyncssh")]


async def test_a_fault_at_the_greeting_ends_that_connection_only(
    host: Host, said: list[str]
) -> None:
    canary = await sit(await knock(host, "usfj", host.codes["usfj"]))

    def fault(_: object) -> None:
        raise RuntimeError("a fault of the game")

    host.table.at_greeting = fault
    connection = await knock(host, "kantei", host.codes["kantei"])
    with pytest.raises(asyncssh.Error):
        await sit(connection)
    await closed(connection)

    assert ["Something went wrong on the host. Ask the host."] == said
    assert await canary.says(b"still here")


# Limits


async def test_who_only_stands_there_keeps_nobody_out(tmp_path: Path) -> None:
    limits = Limits(arrivals=1000)
    async with hosting(tmp_path, limits) as host:
        canary = await sit(await knock(host, "usfj", host.codes["usfj"]))
        for _ in range(3 * limits.strangers):
            await stand(host)

        assert "code" == (await sit(await knock(host, "kantei", host.codes["kantei"]))).told["came"]
        assert await canary.says(b"still here")
        assert limits.strangers >= len(host.listening.state.strangers)


class Typing(Knocker):
    """Somebody who reads the question, and takes their time."""

    def __init__(self) -> None:
        super().__init__([])
        self.asked = asyncio.Event()

    async def kbdint_challenge_received(  # type: ignore[override]  # asyncssh awaits it as well
        self, *_: object
    ) -> None:
        self.asked.set()
        await asyncio.Event().wait()


async def test_who_types_a_code_is_the_last_to_give_way(tmp_path: Path) -> None:
    async with hosting(tmp_path, replace(QUICK, strangers=3)) as host:
        state = host.listening.state
        slow = Typing()
        typing = asyncio.create_task(knock(host, "kantei", knocker=slow))
        await slow.asked.wait()
        for _ in range(20):
            await stand(host)
            assert [2] == [door.far for door in state.strangers if door.far]

        others = [Typing() for _ in range(3)]
        tasks = []
        for one in others:
            tasks.append(asyncio.create_task(knock(host, "usfj", knocker=one)))
            await one.asked.wait()
        with pytest.raises(asyncssh.DisconnectError) as said:
            await typing
        assert sentence(said.value) == CROWD
        for task in tasks:
            task.cancel()


async def test_the_largest_crowd_gives_way_first(tmp_path: Path) -> None:
    """Whoever comes from elsewhere is not pushed out by those who come from one place."""
    async with hosting(tmp_path, replace(QUICK, strangers=3)) as host:
        state = host.listening.state
        await stand(host)
        (first,) = state.strangers
        first._address = "198.51.100.9"
        for _ in range(10):
            await stand(host)

        assert first in state.strangers


async def test_connections_in_quick_succession_are_told_so(tmp_path: Path) -> None:
    limits = replace(QUICK, arrivals=2, arrivals_seconds=1e9, waiting_seconds=0)
    async with hosting(tmp_path, limits) as host:
        canary = await sit(await knock(host, "usfj", host.codes["usfj"]))
        await stand(host)

        assert SOON == await refused(host, "kantei", host.codes["kantei"])
        assert await canary.says(b"still here")


async def test_who_comes_after_a_crowd_goes_first(tmp_path: Path) -> None:
    """Of those who come too soon from one address the last one is let on, and the others wait."""
    limits = replace(QUICK, arrivals=2, arrivals_seconds=0.4, waiting=20, waiting_seconds=60)
    async with hosting(tmp_path, limits) as host:
        state, gate_ = host.listening.state, host.listening.gate
        for _ in range(3 * limits.waiting):
            _, writer = await asyncio.open_connection("127.0.0.1", host.listening.port)
            host.standing.append(writer)
        screen = await sit(await knock(host, "usfj", host.codes["usfj"]))
        waiting = sum(map(len, gate_.waiting.values()))

        assert await screen.says(b"here")
        assert 0 < waiting <= limits.waiting
        assert len(state.doors) < limits.waiting
        while gate_.waiting:  # noqa: ASYNC110  # it tells nobody that nobody waits
            await asyncio.sleep(0.01)


async def test_a_refused_connection_costs_no_ssh_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[object] = []
    making = SSHServerConnection.__init__

    def noted(connection: SSHServerConnection, *rest: Any, **named: Any) -> None:  # noqa: ANN401  # whatever asyncssh gives
        built.append(connection)
        making(connection, *rest, **named)

    monkeypatch.setattr(SSHServerConnection, "__init__", noted)
    limits = replace(QUICK, arrivals=1, arrivals_seconds=1e9, waiting_seconds=0, refusals=2)
    async with hosting(tmp_path, limits) as host:
        await stand(host)
        gc.collect()
        before = len(gc.get_objects())
        for _ in range(200):
            reader, writer = await asyncio.open_connection("127.0.0.1", host.listening.port)
            with suppress(ConnectionError):
                await reader.read()
            writer.transport.abort()
        await all_told(host)
        gc.collect()

        assert 1 == len(built)
        assert len(gc.get_objects()) < before + 200


async def test_who_is_refused_is_waited_for_a_little_and_heard_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.2)
    limits = replace(QUICK, arrivals=1, arrivals_seconds=1e9, waiting_seconds=0)
    async with hosting(tmp_path, limits) as host:
        await stand(host)
        reader, writer = await asyncio.open_connection("127.0.0.1", host.listening.port)
        writer.write(bytes(16 * gate.HEARD))
        said = await reader.read()
        assert said.startswith(b"SSH-2.0-ttx\r\n")
        await all_told(host)
        writer.transport.abort()


async def test_a_full_table_spends_no_code_and_lets_its_own_come_back(tmp_path: Path) -> None:
    key, other = new_key(), new_key()
    async with hosting(tmp_path, replace(QUICK, sessions=1)) as host:
        beforehand = await knock(host, "kantei", host.codes["kantei"], keys=[other])
        beforehand.close()
        await gone(host)
        first = await sit(await knock(host, "usfj", host.codes["usfj"], keys=[key]))

        assert FULL == await refused(host, "projector", host.codes["projector"])
        assert FULL == await refused(host, "nobody", WRONG)
        assert "code given out" == host.invitations.state("projector").words
        knocker = Knocker([])
        late = await knock(host, "kantei", keys=[other], knocker=knocker)
        await closed(late)
        assert FULL == knocker.lost

        relief = await sit(await knock(host, "usfj", keys=[key]))
        assert await relief.says(b"me again")
        assert await first.says(b"still here")


async def test_a_right_code_is_let_in_however_many_wrong_ones_came(tmp_path: Path) -> None:
    limits = replace(Limits(), wrong_code_seconds=0, guesser_seconds=0, look_seconds=0)
    async with hosting(tmp_path, replace(limits, arrivals=1000)) as host:
        thief = new_key()
        for seat in ("kantei", "nobody"):
            for _ in range(30):
                assert NO_CODE == await refused(host, seat, *[WRONG] * 3, keys=[thief])
        for seat in ("kantei", "usfj"):
            await sit(await knock(host, seat, WRONG, host.codes[seat], keys=[new_key()]))


async def test_who_guesses_waits_and_others_do_not(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = replace(Limits(), wrong_codes=2, wrong_codes_of_all=5, wrong_codes_of_all_seconds=1e9)
    guesses = Guesses(limits, host.invitations)
    waits: list[float] = []

    async def counted(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("ttx.remote.guesses.asyncio.sleep", counted)
    key, other = (one.export_public_key("openssh").decode() for one in (new_key(), new_key()))
    wrong, slow, turn = (
        limits.wrong_code_seconds,
        limits.guesser_seconds,
        limits.look_seconds,
    )

    async def looks(seat: str, code: str, *keys: str) -> list[float]:
        waits.clear()
        found = await guesses.look(seat, code, keys)
        assert bool(found) == (code == host.codes.get(seat))
        return waits[:]

    assert [wrong] == await looks("kantei", WRONG, key)
    assert [wrong] == await looks("usfj", WRONG, key)
    assert [slow, wrong] == await looks("facilitator", WRONG, key)  # the key is known by now
    assert [] == await looks("facilitator", host.codes["facilitator"], other)
    assert [wrong] == await looks("kantei", WRONG)
    assert [slow, wrong] == await looks("kantei", WRONG, other)  # and the seat, and other names too
    assert [slow, turn] == await looks("kantei", host.codes["kantei"])
    assert [turn] == await looks("usfj", host.codes["usfj"])
    assert [turn, wrong] == await looks("nobody", WRONG)
    guesses.close()


async def test_what_is_remembered_of_guesses_is_bounded(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = replace(QUICK, remembered=20, wrong_codes_of_all=1_000_000)
    guesses = Guesses(limits, host.invitations)
    monkeypatch.setattr(host.invitations, "match", lambda *_: "")
    for at in range(200):
        await guesses.look(f"nobody{at}", WRONG, [])

    assert 20 == len(guesses._wrong)
    assert 1 == len(guesses._of_all)
    guesses.close()


async def test_looking_at_codes_stops_nobody(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is done beside the loop, one after the other."""
    busy, most = 0, 0
    begun, over = threading.Event(), threading.Event()

    def looked(*_: str) -> str:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        begun.set()
        over.wait(60)
        busy -= 1
        return ""

    guesses = host.listening.state.guesses
    canary = await sit(await knock(host, "usfj", host.codes["usfj"]))
    monkeypatch.setattr(host.invitations, "match", looked)
    many = [asyncio.create_task(guesses.look("kantei", WRONG, [])) for _ in range(5)]
    await asyncio.to_thread(begun.wait, 60)
    assert await canary.says(b"still here")
    many[0].cancel()  # whoever leaves while theirs is looked at lets no second one begin
    assert await canary.says(b"and still")
    over.set()
    await asyncio.gather(*many, return_exceptions=True)

    assert 1 == most


async def test_too_many_keys_are_too_many(tmp_path: Path) -> None:
    keys = [new_key() for _ in range(4)]
    async with hosting(tmp_path, replace(QUICK, offered_keys=3)) as host:
        said = await refused(host, "usfj", host.codes["usfj"], keys=keys)

        assert "Too many keys were offered. Try again with -o IdentitiesOnly=yes." == said
        await knock(host, "usfj", host.codes["usfj"], keys=keys[:3])


async def test_a_pocket_full_of_keys_and_two_slips_are_not_too_many(host: Host) -> None:
    keys = [new_key() for _ in range(Limits().offered_keys)]
    screen = await sit(await knock(host, "usfj", WRONG, WRONG, host.codes["usfj"], keys=keys))

    assert "code" == screen.told["came"]


async def test_certificates_count_as_keys(host: Host) -> None:
    authority, mine = new_key(), new_key()
    certificate = authority.generate_user_certificate(mine, "usfj", principals=["usfj"])
    host.listening.state.limits = replace(QUICK, offered_keys=2)
    said = await refused(host, "usfj", host.codes["usfj"], keys=[(mine, certificate), new_key()])

    assert said.startswith("Too many keys were offered.")


async def test_too_many_requests_are_too_many(tmp_path: Path) -> None:
    async with hosting(tmp_path, replace(QUICK, questions=5)) as host:
        said = await refused(host, "usfj", WRONG, WRONG, WRONG, keys=[new_key()])

        assert said.startswith("Too many tries to be let in.")


async def test_who_opens_no_screen_is_hung_up_on(
    host: Host, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    later = ConnectionAuth._later

    def at_once(door: ConnectionAuth, seconds: float, sentence: str) -> None:
        waits.append(seconds)
        later(door, 0, sentence)

    monkeypatch.setattr(ConnectionAuth, "_later", at_once)
    await closed(await knock(host, "usfj", host.codes["usfj"]))

    assert [QUICK.login_seconds] == waits
    assert ["No screen was opened in time. Try again."] == said


async def test_who_stays_after_the_screen_is_closed_is_hung_up_on(
    tmp_path: Path, said: list[str]
) -> None:
    async with hosting(tmp_path, replace(QUICK, farewell_seconds=0)) as host:
        connection = await knock(host, "usfj", host.codes["usfj"])
        screen = await sit(connection)
        screen.process.stdin.write(b"q")
        await closed(connection)

        assert ["The screen was closed."] == said


async def test_what_asyncssh_is_told_is_what_the_limits_say(host: Host) -> None:
    await knock(host, "usfj", host.codes["usfj"])
    (door,) = host.listening.state.doors
    options: Any = door.connection._options
    limits = Limits()

    assert limits.login_seconds == options.login_timeout
    assert limits.keepalive_seconds == options.keepalive_interval
    assert limits.keepalive_misses == options.keepalive_count_max
    assert not options.x11_forwarding
    assert not options.agent_forwarding
    assert not options.password_auth
    assert not options.host_based_auth
    assert not options.allow_scp
    assert not options.line_editor
    assert options.encoding is None
    assert (60.0, 15.0, 3) == (
        limits.login_seconds,
        limits.keepalive_seconds,
        limits.keepalive_misses,
    )


async def test_sixty_visits_leave_nothing_behind(host: Host) -> None:
    key = new_key()
    (await knock(host, "usfj", host.codes["usfj"], keys=[key])).close()
    for _ in range(20):
        (await stand(host)).close()
        await refused(host, "kantei", *[WRONG] * 3)
        connection = await knock(host, "usfj", keys=[key])
        await sit(connection)
        connection.abort()
    await gone(host)
    host.table.guests.clear()
    host.standing.clear()
    del connection
    state = host.listening.state

    assert not state.doors
    await asyncio.sleep(0)  # the tasks that saw the last ones out end in this turn of the loop
    gc.collect()
    assert 0 == sum(isinstance(one, ConnectionAuth) for one in gc.get_objects())


async def test_a_closed_door_says_goodbye_and_hears_nobody(tmp_path: Path, said: list[str]) -> None:
    async with hosting(tmp_path) as host:
        connection = await knock(host, "usfj", host.codes["usfj"])
        await sit(connection)
        await host.listening.close()
        await closed(connection)

        assert ["The host has closed the table."] == said
        assert not host.listening.state.doors
        with pytest.raises(ConnectionRefusedError):
            await knock(host, "kantei", host.codes["kantei"])


async def test_an_address_that_cannot_be_had_is_said(host: Host) -> None:
    async def at(address: str, port: int) -> str:
        with pytest.raises(OSError, match="Nobody can join at") as said:
            await server.listen(address, port, host.key, QUICK, host.invitations, host.table)
        return str(said.value)

    port = host.listening.port
    assert (
        f"Nobody can join at 127.0.0.1 port {port}: Address already in use; "
        "choose another address or port."
    ) == await at("127.0.0.1", port)
    assert "port 0: Cannot assign requested address; choose" in await at("192.0.2.7", 0)


# Nothing but one screen


async def attempt(what: str, connection: asyncssh.SSHClientConnection) -> object:
    """Something that a screen has no need of."""
    match what:
        case "exec":
            return await connection.create_process("id")
        case "subsystem":
            return await connection.create_process(subsystem="netconf")
        case "sftp":
            return await connection.start_sftp_client()
        case "direct-tcpip":
            return await connection.open_connection("127.0.0.1", 22)
        case "direct-streamlocal":
            return await connection.open_unix_connection("/run/x")
        case "tcpip-forward":
            return await connection.forward_remote_port("127.0.0.1", 0, "127.0.0.1", 22)
        case "streamlocal-forward":
            return await connection.forward_remote_path("/tmp/x", "/tmp/y")  # noqa: S108 - never made
        case "tun":
            return await connection.open_tun()
        case "tap":
            return await connection.open_tap()
        case _:
            return await connection.create_process(term_type="xterm", x11_forwarding=True)


@pytest.mark.parametrize(
    "what",
    [
        "exec",
        "subsystem",
        "sftp",
        "direct-tcpip",
        "direct-streamlocal",
        "tcpip-forward",
        "streamlocal-forward",
        "tun",
        "tap",
        "x11",
    ],
)
async def test_all_else_is_refused_while_others_play_on(host: Host, what: str) -> None:
    canary = await sit(await knock(host, "usfj", host.codes["usfj"]))
    connection = await knock(host, "kantei", host.codes["kantei"])
    with pytest.raises((asyncssh.Error, asyncssh.ChannelListenError, OSError)):
        await attempt(what, connection)

    assert await canary.says(b"still here")


async def test_there_is_one_screen_to_a_connection(host: Host) -> None:
    connection = await knock(host, "usfj", host.codes["usfj"])
    first = await sit(connection)
    with pytest.raises(asyncssh.ChannelOpenError):
        await sit(connection)
    first.process.stdin.write(b"q")
    await first.process.wait_closed()
    with pytest.raises(asyncssh.ChannelOpenError):
        await sit(connection)

    assert 1 == len(host.table.guests)


async def test_an_agent_that_is_offered_is_not_taken(host: Host) -> None:
    connection = await knock(host, "usfj", host.codes["usfj"])
    connection._agent_forward_path = "/nowhere"  # as agent_forwarding=True has it
    screen = await sit(connection)

    assert (None, None) == (screen.told["agent"], screen.told["x11"])


# As a person types it


def typed(
    host: Host, seat: str, folder: Path, *options: str, key: Path | None = None
) -> pexpect.spawn[str]:
    """The OpenSSH client on a terminal of its own."""
    return pexpect.spawn(
        "ssh",
        ssh(host, seat, folder, *options, key=key),
        env=PERSON,
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 100),
    )


async def leaves(child: pexpect.spawn[str]) -> tuple[str, int]:
    """What the client still said, and its exit status."""
    await child.expect(pexpect.EOF, async_=True)
    status = await asyncio.to_thread(child.wait)
    return child.before or "", status


async def types_code(child: pexpect.spawn[str], code: str) -> None:
    await child.expect(re.escape(PROMPT), async_=True)
    child.sendline(code)


@forks
async def test_a_person_types_the_code_once_and_then_nothing(host: Host, tmp_path: Path) -> None:
    mine = tmp_path / "id"
    key = new_key()
    key.write_private_key(mine)
    mine.chmod(0o600)

    child = typed(host, "usfj", tmp_path, key=mine)
    await types_code(child, host.codes["usfj"].lower().replace("-", " "))
    await child.expect('"came": "code", "fingerprint": "([^"]*)"', async_=True)
    assert child.match
    assert key.get_fingerprint() == child.match[1]
    child.send("q")
    assert 0 == (await leaves(child))[1]

    child = typed(host, "usfj", tmp_path, key=mine)
    await child.expect('"came": "key"', async_=True)
    assert PROMPT not in (child.before or "")
    child.send("q")
    assert 0 == (await leaves(child))[1]


@forks
async def test_a_person_without_a_key_is_given_a_way_back(host: Host, tmp_path: Path) -> None:
    child = typed(host, "usfj", tmp_path)
    await types_code(child, host.codes["usfj"])
    await child.expect('"return_code": "([^"]*)"', async_=True)
    assert child.match
    back = child.match[1]
    child.send("q")
    await leaves(child)

    child = typed(host, "usfj", tmp_path)
    await types_code(child, back)
    await child.expect('"came": "code"', async_=True)
    child.send("q")
    assert 0 == (await leaves(child))[1]


@forks
async def test_a_person_with_a_wrong_code_cannot_tell_seats_apart(
    host: Host, tmp_path: Path
) -> None:
    await knock(host, "facilitator", host.codes["facilitator"], keys=[new_key()])
    host.invitations.revoke("projector")
    transcripts = set()
    for seat, code in [
        ("usfj", WRONG),
        ("facilitator", host.codes["facilitator"]),
        ("projector", host.codes["projector"]),
        ("nobody", host.codes["usfj"]),
    ]:
        child, seen = typed(host, seat, tmp_path), ""
        for _ in range(3):
            await types_code(child, code)
            seen += (child.before or "") + PROMPT
        rest, status = await leaves(child)
        said = (seen + rest).replace(f"{seat}@", "SEAT@").replace(code, "CODE")
        transcripts.add((said, status))

    assert 1 == len(transcripts)
    ((said, status),) = transcripts
    assert NO_CODE in said
    assert 3 == said.count(PROMPT)
    assert 255 == status


@forks
async def test_a_person_who_is_one_too_many_reads_why(tmp_path: Path) -> None:
    async with hosting(tmp_path, replace(QUICK, sessions=1)) as host:
        await knock(host, "usfj", host.codes["usfj"])
        child = typed(host, "kantei", tmp_path)
        await types_code(child, host.codes["kantei"])
        said, status = await leaves(child)

        assert FULL in said
        assert 255 == status
        assert "code given out" == host.invitations.state("kantei").words


@forks
async def test_a_new_person_is_shown_the_fingerprint(host: Host, tmp_path: Path) -> None:
    child = typed(host, "usfj", tmp_path, "-o", "UserKnownHostsFile=/dev/null")
    (tmp_path / "known_hosts").unlink()
    await child.expect(r"key fingerprint is (\S+)\.\s", async_=True)
    assert child.match
    assert host.listening.fingerprint == child.match[1]
    child.sendline("no")
    await leaves(child)


@pytest.fixture
async def known(host: Host, tmp_path: Path) -> Path:
    """A private key that kantei comes with."""
    mine = tmp_path / "id"
    key = new_key()
    key.write_private_key(mine)
    mine.chmod(0o600)
    (await knock(host, "kantei", host.codes["kantei"], keys=[key])).close()
    return mine


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ("exec", "exec request failed"),
        ("sftp", "subsystem request failed"),
        ("scp", "subsystem request failed"),
        ("scp -O", "exec request failed"),
        ("-W", "open failed"),
        ("-R", "remote port forwarding failed"),
    ],
)
async def test_nothing_but_a_screen_for_openssh(
    host: Host, tmp_path: Path, known: Path, refusal: str, words: str
) -> None:
    canary = await sit(await knock(host, "usfj", host.codes["usfj"]))
    options = ssh(host, "kantei", tmp_path, "-o", "BatchMode=yes", key=known)[:-1]
    copying = ["-P" if one == "-p" else one for one in options]
    to, copied = "kantei@127.0.0.1", tmp_path / "copied"
    commands: dict[str, list[str | Path]] = {
        "exec": ["ssh", *options, to, "id"],
        "sftp": ["sftp", *copying, f"{to}:x", copied],
        "scp": ["scp", *copying, f"{to}:x", copied],
        "scp -O": ["scp", "-O", *copying, f"{to}:x", copied],
        "-W": ["ssh", *options, "-W", "127.0.0.1:22", to],
        "-R": ["ssh", *options, "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22", to],
    }
    process = await asyncio.create_subprocess_exec(
        *commands[refusal],
        env=PERSON,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()

    assert process.returncode
    assert words in said.decode()
    assert not copied.exists()
    assert await canary.says(b"still here")


@forks
async def test_openssh_forwards_neither_agent_nor_display(
    host: Host, tmp_path: Path, known: Path
) -> None:
    child = typed(host, "kantei", tmp_path, "-A", "-X", key=known)
    await child.expect('"agent": (.*), "x11": (.*)}', async_=True)
    assert child.match
    assert ("null", "null") == (child.match[1], child.match[2])
    child.send("q")
    assert 0 == (await leaves(child))[1]


def test_the_fingerprint_of_a_line_is_that_of_the_key() -> None:
    key = new_key()

    assert key.get_fingerprint() == fingerprint(key.export_public_key("openssh").decode())
