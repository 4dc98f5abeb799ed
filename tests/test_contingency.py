"""A contingency that is put to the table: who reads it, where, and that all of it is there."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, Desk, sit
from kit.hosted import CHIEF, ask, host, to
from kit.tables import exercise

from ttx.exercise.model.part import text
from ttx.exercise.parts import with_parts
from ttx.remote.ssh_status import reply
from ttx.report import story
from ttx.report.lines import lines_of
from ttx.session import phases
from ttx.session.attendance import Attendance
from ttx.session.control_commands import Steer
from ttx.session.opening import hosted, look_at
from ttx.session.record import read
from ttx.session.run import PROJECTOR
from ttx.session.table import Table
from ttx.session.view.eye import Eye
from ttx.session.view.message import MessageView, message
from ttx.tui.app import TtxApp
from ttx.tui.seat_state import SeatState
from ttx.tui.theme import FULL, INKS
from ttx.tui.widgets import message as rows

pytestmark = pytest.mark.usefixtures("strict", "shelf")

PLAYERS = ("usfj", "osd", "kantei", "mofa", PROJECTOR)


def seated(table: Table, seat: str, attendance: Attendance) -> TtxApp:
    return TtxApp(table, seat, attendance=attendance, state=SeatState())


def open_to(desk: Desk) -> str:
    """What is read in the place of the message, as one line."""
    return " ".join(desk.region("text").shown.plain.replace("THEN", "").split())


def words(table: Table) -> str:
    assert table.game.inject is not None
    return text(table.game.inject.if_not, "en")


def in_deliberation(path: Path) -> Table:
    table = host(path)
    to(table, phases.DELIBERATION)
    return table


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, (100, 30), MIDDLE, LARGE])
async def test_every_seat_reads_it_at_once(size: tuple[int, int], tmp_path: Path) -> None:
    table = in_deliberation(tmp_path)
    known = [one.id for one in table.game.run.exercise.seat]
    attendance, told = Attendance([*known, PROJECTOR]), words(table)
    async with AsyncExitStack() as stack:
        hands = {
            seat: await stack.enter_async_context(sit(seated(table, seat, attendance), size))
            for seat in (CHIEF, *PLAYERS)
        }
        for seat in PLAYERS:
            assert told not in open_to(hands[seat]), seat
        await hands[CHIEF].press("c", "y")
        assert "The contingency is on the table" in hands[CHIEF].shown
        for seat in PLAYERS:
            await hands[seat].settle()
            assert "Table" == hands[seat].where
            assert told in open_to(hands[seat]), seat
            assert "THEN" in hands[seat].shown
        await hands["usfj"].press("i")
        assert told in " ".join(hands["usfj"].shown.replace("THEN", "").split())
        await hands[CHIEF].press("T")
        assert told in open_to(hands[CHIEF])


async def test_who_reads_the_whole_message_sees_it_come(tmp_path: Path) -> None:
    table = in_deliberation(tmp_path)
    attendance, told = Attendance(["usfj", PROJECTOR, CHIEF]), words(table)
    async with AsyncExitStack() as stack:
        hands = {
            seat: await stack.enter_async_context(sit(seated(table, seat, attendance), SMALL))
            for seat in (CHIEF, "usfj", PROJECTOR)
        }
        for seat in ("usfj", PROJECTOR):
            await hands[seat].press("i")
        await hands[CHIEF].press("c", "y")
        for seat in ("usfj", PROJECTOR):
            await hands[seat].settle()
            assert "Sheet" == hands[seat].where
            assert told in " ".join(hands[seat].shown.replace("THEN", "").split()), seat


@pytest.mark.parametrize("name", ["accelerate", "tutorial"])
def test_every_contingency_stands_whole_on_the_table(name: str, tmp_path: Path) -> None:
    view = message(Eye(in_deliberation(tmp_path).game, "usfj"))
    assert view is not None
    ink = INKS["ttx-dark"]
    for inject in exercise(name).inject:
        told = text(inject.if_not, "en")
        parts = tuple(text(one, "en") for one in inject.message.text)
        one = replace(view, text=parts, since=told)
        for made, room in (
            (rows.message_rows_small(one, 78, ink, "i"), 4),
            (rows.message_rows_small(one, 98, ink, "i"), 4),
            (rows.message_rows(one, 67, ink, FULL, 14, "i"), 14),
            (rows.message_rows(one, 80, ink, FULL, 14, "i"), 14),
        ):
            shown = " ".join(" ".join(row.plain for row in made).split())
            assert len(made) <= room
            assert f"THEN {told}" in shown, inject.id
            assert shown.endswith(("... i", parts[-1].rsplit(" ", 1)[1])), inject.id


def test_what_is_cut_says_where_the_rest_is(tmp_path: Path) -> None:
    view = message(Eye(in_deliberation(tmp_path).game, "usfj"))
    assert view is not None
    ink = INKS["ttx-dark"]
    long = " ".join(f"word{n}" for n in range(200))
    came = (f"{'word ' * 399}word", "言葉" * 400, "x" * 2000)
    for one, told in [
        (replace(view, text=(long,)), long),
        *((replace(view, since=one), one) for one in came),
    ]:
        small = rows.message_rows_small(one, 78, ink, "i")
        large = rows.message_rows(one, 67, ink, FULL, 14, "i")
        assert (4, 14) == (len(small), len(large))
        assert {78} == {row.cell_len for row in small}
        assert {67} == {row.cell_len for row in large}
        for made in (small, large):
            (last,) = [row.plain for row in made if row.plain.rstrip().endswith("... i")][:1]
            assert last.strip()
        whole = rows.message_rows(one, 67, ink, FULL)
        assert told.replace(" ", "")[-40:] in "".join(r.plain for r in whole).replace(" ", "")


@pytest.mark.slow
async def test_a_replay_shows_it_where_it_was_put_and_not_before(tmp_path: Path) -> None:
    table = in_deliberation(tmp_path)
    told = words(table)
    ask(table, CHIEF, Steer())
    table.leave()
    viewing = look_at(read(tmp_path / "run.ttx.toml"))
    for size in (MIDDLE, LARGE):
        viewing.to(viewing.timeline.last)
        async with sit(TtxApp(viewing, viewing.eye("osd")), size) as desk:
            assert told in " ".join(desk.region("moment").shown.plain.replace("THEN", "").split())
            await desk.press("h")
            assert told not in " ".join(desk.shown.split())
            await desk.press("l", "T")
            assert told in open_to(desk)


def test_it_stands_in_plain_lines(tmp_path: Path) -> None:
    table = in_deliberation(tmp_path)
    told = words(table)

    def lines(view: MessageView | None) -> str:
        assert view is not None
        return " ".join(" ".join(lines_of([story.message(view)])).split())

    assert told not in lines(message(Eye(table.game, "osd")))
    ask(table, CHIEF, Steer())
    assert f"THEN {told}" in lines(message(Eye(table.game, "osd")))
    attendance = Attendance([one.id for one in table.game.run.exercise.seat])
    status = reply(table, attendance, "osd", "status")[0]
    assert f"Then: {told}" in status
    assert "QUESTION" in lines(message(Eye(table.game, "osd")))


DIRECTIONS = ("Ask ", "Say ", "Read ", "Open ", "Have ", "Let ", "the cells", "the table ")


@pytest.mark.parametrize("name", ["accelerate", "tutorial"])
def test_no_contingency_speaks_to_the_facilitator(name: str) -> None:
    for inject in exercise(name).inject:
        told = text(inject.if_not, "en")
        assert [] == [one for one in DIRECTIONS if one in told], (inject.id, told)


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_what_control_does_with_it_is_read_by_control_alone(
    size: tuple[int, int], tmp_path: Path
) -> None:
    part = exercise("accelerate")
    directed = [one.model_copy(update={"directions": "QHANDOUT"}) for one in part.inject]
    table = hosted(with_parts(part, inject=directed), {}, 7, tmp_path / "run.ttx.toml")
    to(table, phases.DELIBERATION)
    known = [one.id for one in part.seat]
    attendance = Attendance([*known, PROJECTOR])
    async with AsyncExitStack() as stack:
        hands = {
            seat: await stack.enter_async_context(sit(seated(table, seat, attendance), size))
            for seat in (CHIEF, *PLAYERS)
        }
        await hands[CHIEF].press("c")
        assert "QHANDOUT" in hands[CHIEF].shown
        await hands[CHIEF].press("y")
        for seat in PLAYERS:
            await hands[seat].settle()
            assert words(table) in " ".join(hands[seat].shown.replace("THEN", "").split())
            assert "QHANDOUT" not in hands[seat].shown
            await hands[seat].press("i")
            assert "QHANDOUT" not in hands[seat].shown
