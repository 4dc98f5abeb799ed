"""The seal that is shown is the seal there is: "so far" until nothing can follow any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import kit.desk
import pytest
from kit.desk import MIDDLE, sit
from kit.room import CHIEF, LEAD, OTHER, Room, in_phase, seat_all
from kit.tables import robots_alone

from ttx.analysis.compare import compare
from ttx.analysis.compared_runs import compared_run
from ttx.cli.records import replayed
from ttx.remote.ssh_status import reply
from ttx.report.compared import comparison
from ttx.report.filed import account_of, page
from ttx.report.lines import lines as in_lines
from ttx.report.review import review
from ttx.report.review_text import review_of
from ttx.session import control_commands, decide, phases, side_commands
from ttx.session.command import Command, IllegalDecision
from ttx.session.decide import RECORD_CLOSED
from ttx.session.opening import look_at
from ttx.session.play_commands import Continue
from ttx.session.record import read
from ttx.session.side_commands import Note, PutUp
from ttx.session.verify import verify

pytestmark = pytest.mark.usefixtures("strict", "shelf")


def verified(path: Path) -> str:
    """The seal that `ttx verify` prints."""
    return list(verify(path))[-1].found


def places(room: Room, path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, str]]:
    """Where a seal is told in lines, and what is told there."""
    record = read(path)
    viewing = look_at(record)
    yield "plain", in_lines(review_of(review(room.game, room.table.sealed)))[-1]
    yield "ssh", reply(room.table, room.attendance, CHIEF, "report")[0][-1]
    yield "resume", in_lines(review_of(review(viewing.game, viewing.sealed)))[-1]
    replayed(look_at(record), "", plain=True)
    yield "replay", capsys.readouterr().out.splitlines()[-1]
    both = in_lines(
        comparison(compare(compared_run(record, viewing.game), compared_run(record, viewing.game)))
    )
    yield "compare", next(line.strip() for line in both if "Seal" in line)
    for form in ("md", "html"):
        said = page(account_of(record), form)
        row = next(line for line in said.splitlines() if "Seal" in line and record.seal in line)
        yield form, row


@pytest.mark.slow
def test_every_place_says_so_far_until_the_run_is_closed(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    path = room.table.path
    assert path is not None
    room.to(in_phase(phases.HOTWASH))
    for number in range(3):
        count, seal = room.game.entries, verified(path)
        for place, words in places(room, path, capsys):
            assert f"Seal so far ({count} entries)" in words, place
            assert seal in words, place
        room.ask(LEAD, PutUp("plus", f"card {number}"))
        assert seal != verified(path)
    room.ask(CHIEF, Continue())
    assert room.table.closed

    seal = verified(path)
    for place, words in places(room, path, capsys):
        assert "so far" not in words, place
        assert "Seal" in words, place
        assert seal in words, place


def asked(kind: type[Command]) -> Command:
    """A request of that kind."""
    given: dict[str, Any] = {"str": "words", "int": 1, "bool": True}
    return kind(*(given.get(str(one.type), ()) for one in fields(kind)))


REQUESTS = [
    found
    for room_ in (side_commands, control_commands, decide)
    for found in vars(room_).values()
    if isinstance(found, type) and issubclass(found, Command) and found.__module__ == room_.__name__
]


def test_nothing_follows_once_the_record_has_its_seal(room: Room) -> None:
    room.to(in_phase(phases.CLOSED))
    path = room.table.path
    assert path is not None
    data = path.read_bytes()

    assert len(REQUESTS) > 20
    for kind in REQUESTS:
        for seat in (CHIEF, LEAD, OTHER, "evaluator"):
            with pytest.raises(IllegalDecision, match=RECORD_CLOSED):
                room.ask(seat, asked(kind))
    assert data == path.read_bytes()


def test_a_part_of_a_closed_record_has_no_seal_yet(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    robots_alone("tutorial", "steady", 1, path).leave()
    whole = look_at(read(path))
    assert f"Seal {verified(path)}" == whole.sealed
    whole.to(4)
    assert f"Seal so far (4 entries) {whole.record.hashes[3]}" == whole.sealed
    whole.to(0)
    assert "" == whole.sealed

    path.write_bytes(path.read_bytes() + b"[[event]]\nn = 9")
    torn = look_at(read(path))
    assert torn.record.remark
    assert torn.sealed.startswith("Seal so far (")


@pytest.mark.slow
async def test_the_screens_draw_the_seal_anew_when_the_record_grows(room: Room) -> None:
    from contextlib import AsyncExitStack

    path = room.table.path
    assert path is not None
    room.to(in_phase(phases.HOTWASH))
    async with AsyncExitStack() as stack:
        tables = await seat_all(stack, room, MIDDLE, (CHIEF, LEAD))
        for seat in (CHIEF, LEAD):
            await tables.press(seat, "W", *(("W",) if seat == CHIEF else ()))
        assert {"Review"} == set(tables.where().values())
        for seat in (CHIEF, LEAD):
            await tables.press(seat, "space")  # the seal ends the first page
        for words in ("one", "another"):
            room.ask(OTHER, Note(words))
            await tables.settle()
            so_far = f"Seal so far ({room.game.entries} entries) {verified(path)}"
            assert {CHIEF, LEAD} == tables.who_reads(so_far)

        room.ask(CHIEF, Continue())
        await tables.settle()
        await tables.press(CHIEF, "W", "W", "space")
        await tables.press(LEAD, "space")

        assert {CHIEF, LEAD} == tables.who_reads(f"Seal {verified(path)}")
        await tables.press(LEAD, "n")
        assert {LEAD} == tables.who_reads(RECORD_CLOSED)


@pytest.mark.slow
async def test_alone_the_seal_becomes_final_where_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    async with sit(kit.desk.seated("tutorial", path), MIDDLE) as desk:
        await desk.press("enter")
        await kit.desk.to_the_end(desk)
        await desk.press("space")  # the seal ends the first page
        assert f"Seal so far ({desk.game.entries} entries) {verified(path)}" in desk.shown
        await desk.press("enter")
        assert f"Seal {verified(path)}" in desk.shown
