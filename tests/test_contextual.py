"""Contextual injects: what asks nothing, to whom and when it goes out, and who reads of it."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from kit.control import sound
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, Room, deputed, in_phase, seat_all

from ttx.exercise.check import check
from ttx.exercise.digest import digest
from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.report import filed
from ttx.report.documents import documents
from ttx.report.lines import lines_of
from ttx.report.markdown import markdown
from ttx.report.retold import retold
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import IllegalDecision
from ttx.session.control_commands import Deliver, Improvise
from ttx.session.control_events import CONTEXTUAL, Delivered
from ttx.session.opening import begin, look_at
from ttx.session.play_commands import Continue, End, LeaveLevers, Pause, Start, Submit, Undo
from ttx.session.record import read
from ttx.session.run import PROJECTOR
from ttx.session.seating import Seating
from ttx.session.table import Table
from ttx.session.verify import verify
from ttx.session.view.contextual import received
from ttx.session.view.eye import Eye

pytestmark = pytest.mark.usefixtures("strict", "shelf")
PLAYERS = (LEAD, MEMBER, OTHER, RED)


def part(name: str, words: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # keys of TOML
    message = {"sender": "the embassy", "to": "the desk", "via": "cable", "text": [words]}
    return {"id": name, "title": name.title(), "kind": "news", "turn": 1, "message": message} | more


def written(*parts: dict[str, Any]) -> Exercise:
    """The tutorial with two seats in the US cell and news that asks nothing."""
    said = deputed().as_toml()
    return from_data({**said, "contextual": [*parts]})


def first() -> str:
    return deputed().inject[0].id


def usual() -> Exercise:
    return written(
        part("flash", "QFLASH"),
        part("cable", "QCABLE", readers=[MEMBER], turn=2, together="evening"),
        part("call", "QCALL", readers=["japan"], turn=2, together="evening"),
        part("beside", "QBESIDE", readers=["us"], inject=first()),
    )


def sent(room: Room) -> list[str]:
    events = [entry.event for entry in room.table.entries]
    return [event.contextual for event in events if isinstance(event, Delivered)]


def reads(room: Room, seat: str) -> set[str]:
    return {view.text[0] for _sending, view in received(Eye(room.game, seat))}


@pytest.fixture
def evening(tmp_path: Path) -> Room:
    return Room(tmp_path, usual())


def test_only_those_named_read_it_until_the_hot_wash(evening: Room) -> None:
    evening.to(in_phase(phases.LEVERS))
    evening.ask(CHIEF, Deliver("flash"), Deliver("cable"))

    assert ["flash", "cable", "call"] == sent(evening)
    assert {"QFLASH", "QCABLE"} == reads(evening, MEMBER)
    assert {"QFLASH"} == reads(evening, LEAD) == reads(evening, RED) == reads(evening, PROJECTOR)
    assert {"QFLASH", "QCALL"} == reads(evening, OTHER)
    assert {"QFLASH", "QCABLE", "QCALL"} == reads(evening, CHIEF)
    evening.ask(CHIEF, End())
    assert {"QFLASH", "QCABLE", "QCALL"} == reads(evening, LEAD)
    timeline = look_at(read(evening.table.path)).timeline  # type: ignore[arg-type]  # it has one
    told = {seat: "\n".join(lines_of(retold(timeline, seat, 1))) for seat in PLAYERS}
    assert "QCABLE" in told[MEMBER]


def test_who_replays_reads_no_more_than_the_seat_did(evening: Room) -> None:
    evening.to(in_phase(phases.LEVERS))
    evening.ask(CHIEF, Deliver("cable"))
    timeline = look_at(read(evening.table.path)).timeline  # type: ignore[arg-type]  # it has one
    for seat in (LEAD, RED, PROJECTOR):
        assert "QCABLE" not in "\n".join(lines_of(retold(timeline, seat)))
        assert "QCALL" not in "\n".join(lines_of(retold(timeline, seat)))
    assert "QCABLE" in "\n".join(lines_of(retold(timeline, MEMBER)))


def test_it_asks_nothing_and_moves_nothing(evening: Room) -> None:
    evening.to(in_phase(phases.DELIBERATION))
    before = evening.game
    evening.ask(CHIEF, Deliver("flash"))
    after = evening.game

    assert (before.position, before.phase, before.number) == (
        after.position,
        after.phase,
        after.number,
    )
    assert before.turns == after.turns
    evening.ask(CHIEF, Pause(), Deliver("cable"), Pause())
    evening.to(in_phase(phases.RECKONING))
    sound(evening.table)


def test_what_belongs_to_an_inject_goes_out_with_it(evening: Room) -> None:
    evening.to(lambda game: first() in {slot.released.inject for slot in _slots(game.turns)})

    assert ["beside"] == sent(evening)
    assert {"QBESIDE"} == reads(evening, LEAD) == reads(evening, MEMBER)
    assert not reads(evening, OTHER)
    sound(evening.table)


def _slots(turns: Any) -> list[Any]:  # noqa: ANN401  # those of a game
    return [slot for turn in turns for slot in turn.slots]


def test_what_was_read_stays_read(evening: Room) -> None:
    evening.to(in_phase(phases.DELIBERATION))
    evening.ask(CHIEF, Deliver("flash"), Undo())

    assert {"QFLASH"} == reads(evening, RED)
    with pytest.raises(IllegalDecision, match="'Flash' went out already"):
        evening.ask(CHIEF, Deliver("flash"))
    again = look_at(read(evening.table.path)).game  # type: ignore[arg-type]  # it has one
    assert evening.game.delivered == again.delivered
    assert [] == [one for one in verify(evening.table.path) if one.holds is False]  # type: ignore[arg-type]  # it has one


@pytest.mark.parametrize(
    ("seat", "name", "why"),
    [
        (CHIEF, "moon", "There is no contextual inject 'moon'."),
        (LEAD, "flash", "That is the facilitator's."),
        (CHIEF, "flash", "Nothing goes out before STARTEX."),
    ],
)
def test_what_cannot_be_sent_is_refused(evening: Room, seat: str, name: str, why: str) -> None:
    with pytest.raises(IllegalDecision, match=why):
        evening.ask(seat, Deliver(name))
    assert not sent(evening)


def test_nothing_is_sent_after_the_end(evening: Room) -> None:
    evening.to(in_phase(phases.LEVERS))
    evening.ask(CHIEF, End())
    with pytest.raises(IllegalDecision, match="The exercise has ended"):
        evening.ask(CHIEF, Deliver("flash"))


def test_where_nobody_facilitates_it_comes_by_itself_at_its_turn(tmp_path: Path) -> None:
    table = begin(usual(), Seating({}, ""), 7, tmp_path / "alone.ttx.toml")
    _ask(table, Start())
    assert ["flash"] == _sent(table)
    while len(table.game.turns) < 2:
        _go_on(table)
    assert {"cable", "call"} <= set(_sent(table))
    read_ = {view.text[0] for _sending, view in received(Eye(table.game, LEAD))}
    assert {"QFLASH", "QCABLE", "QCALL"} <= read_  # one person plays all seats
    sound(table)


def _sent(table: Table) -> list[str]:
    return [e.event.contextual for e in table.entries if isinstance(e.event, Delivered)]


def _ask(table: Table, *commands: Any) -> None:  # noqa: ANN401  # any request
    for command in commands:
        table.submit(LEAD, command, table.game.entries)


def _go_on(table: Table) -> None:
    match table.game.phase:
        case phases.LEVERS:
            _ask(table, LeaveLevers())
        case phases.DELIBERATION:
            inject = table.game.inject
            assert inject is not None
            free = next(one.id for one in inject.option if one.needs is None)
            _ask(table, Submit(Answer(free)))
        case _:
            _ask(table, Continue())


def test_one_is_written_on_the_spot(evening: Room) -> None:
    evening.to(in_phase(phases.LEVERS))
    source = """
id = "ad_hoc_rumour"
title = "A rumour"
kind = "call"
turn = 1
readers = ["deputy"]
message = { sender = "a reporter", to = "you", via = "telephone", text = ["QRUMOUR"] }
"""
    with pytest.raises(IllegalDecision, match="seat or cell 'nobody' is unknown"):
        evening.ask(CHIEF, Improvise(source.replace("deputy", "nobody"), CONTEXTUAL))
    evening.ask(CHIEF, Improvise(source, CONTEXTUAL))
    assert not reads(evening, MEMBER)
    evening.ask(CHIEF, Deliver("ad_hoc_rumour"))
    assert {"QRUMOUR"} == reads(evening, MEMBER)
    assert not reads(evening, LEAD)
    sound(evening.table)


# --- as it is written ---


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"turn": 9}, "there are only"),
        ({"readers": ["nobody"]}, "seat or cell 'nobody' is unknown"),
        ({"inject": "moon"}, "inject 'moon' is unknown"),
        ({"id": "INJECT"}, "this id is taken by an inject"),
        ({"readers": [LEAD, LEAD]}, "this reader is named already"),
        ({"objectives": ["moon"]}, "objective 'moon' is unknown"),
    ],
)
def test_what_is_wrong_with_one_is_said(wrong: dict[str, Any], says: str) -> None:
    if wrong.get("id") == "INJECT":
        wrong = {"id": first()}
    data = {**deputed().as_toml(), "contextual": [part("flash", "QFLASH") | wrong]}
    found = check(Exercise.model_validate(data))
    assert any(says in one.text for one in found if not one.warning), [one.text for one in found]


def test_times_and_other_moments_are_named() -> None:
    data = {
        **deputed().as_toml(),
        "contextual": [
            part("flash", "at {onset}"),
            part("a", "x", together="one"),
            part("b", "x", together="one", turn=2),
        ],
    }
    found = [one.text for one in check(Exercise.model_validate(data)) if not one.warning]
    assert any("{onset} has no time here" in one for one in found)
    assert any("goes out together with 'a'" in one for one in found)


def test_without_any_the_exercise_is_the_one_that_it_was() -> None:
    assert digest(deputed()) == digest(from_data({**deputed().as_toml(), "contextual": []}))
    assert digest(deputed()) != digest(usual())


# --- at the desk, and on paper ---


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_the_desk_sends_it_from_the_list(size: tuple[int, int], evening: Room) -> None:
    evening.to(in_phase(phases.LEVERS))
    async with sit(evening.app(CHIEF), size) as hand:
        await hand.press("slash")
        await hand.write("QCABLE")
        await hand.press("enter")
        assert "m2" in hand.shown
        await hand.press("enter")
        assert "Contextual inject m2: Cable" in hand.shown
        assert "QCABLE" in hand.shown
        await hand.press("escape", "d")
        assert "let it lie" in hand.shown
        await hand.press("r")
        assert "Send m2 'Cable' to Deputy and m3 'Call' to Tokyo desk?" in hand.shown
        assert not sent(evening)
        await hand.press("y")
        assert ["cable", "call"] == sent(evening)
        assert "Sent: m2 'Cable' to Deputy and m3 'Call' to Tokyo desk." in hand.shown
        await hand.press("r")
        assert "'Cable' went out already." in hand.shown


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_its_readers_see_it_at_the_next_paint_and_nobody_else_does(
    size: tuple[int, int], evening: Room
) -> None:
    evening.to(in_phase(phases.LEVERS))
    async with AsyncExitStack() as stack:
        tables = await seat_all(stack, evening, size, (*PLAYERS, PROJECTOR))
        evening.ask(CHIEF, Deliver("cable"))
        await tables.settle()
        assert {MEMBER} == tables.who_reads("QCABLE")
        assert {OTHER} == tables.who_reads("QCALL")
        await tables.press(MEMBER, "full_stop")
        assert not tables.who_reads("QCABLE")
        evening.ask(CHIEF, Deliver("flash"))
        await tables.settle()
        assert {*PLAYERS, PROJECTOR} == tables.who_reads("QFLASH")


def test_papers_and_report_have_it(evening: Room) -> None:
    evening.to(in_phase(phases.LEVERS))
    evening.ask(CHIEF, Deliver("cable"), End(), Continue())
    pages = {name: markdown(page) for name, page in documents(usual()).items()}
    for name in ("msel", "facilitator-guide"):
        assert "Cable" in pages[name], name
        assert "m2" in pages[name], name
    assert "QCABLE" in pages["facilitator-guide"]
    assert "together: evening" in pages["msel"]
    holding = [name for name, page in pages.items() if "QCABLE" in page]
    assert ["facilitator-guide", "inject-handouts"] == holding
    assert evening.table.path is not None
    record = read(evening.table.path)
    page = filed.page(filed.account_of(record), "md")
    assert "QCABLE" in page
    assert re.search(r"m2 Cable \| T1[^|]* \d\d:\d\d[^|]* \| Deputy \|", page)
    assert "Deputy" not in filed.page(filed.account_of(record, anonymous=True), "md")
