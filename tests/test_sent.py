"""What others send: on every seat's screen at the next paint, until it is read or no longer so."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.hosted import refused
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, SEATS, Room, choosing, in_phase, seat_all
from kit.tables import exercise

from ttx.session import phases
from ttx.session.attendance import Attendance
from ttx.session.control_commands import Hear
from ttx.session.opening import hosted, resume_hosted
from ttx.session.play_commands import Continue, End, Grant, Message, Pause, Undo
from ttx.session.record import read
from ttx.session.run import PROJECTOR
from ttx.session.side_commands import Note, Reply
from ttx.session.telling import Acknowledge
from ttx.session.view.eye import Eye
from ttx.session.view.notices import Notice, waiting
from ttx.session.view.talk import last_word
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.usefixtures("strict")
PLAYERS = tuple(seat for seat in SEATS if seat != CHIEF)
WORDS = "Page four of the annex is withdrawn."


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80", "120", "200"])
async def test_a_message_is_on_every_screen_whatever_its_seat_was_told(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    async with AsyncExitStack() as stack:
        tables = await seat_all(stack, room, size, PLAYERS)
        for hand in tables.hands.values():
            hand.page.show_notice("A line of its own.")
        room.ask(CHIEF, Message("all", WORDS))
        await tables.settle()

        assert set(PLAYERS) == tables.who_reads(WORDS) == tables.who_reads("A line of its own.")
        assert {*PLAYERS} - {PROJECTOR} == tables.who_reads("1 new")
        await tables.hands[LEAD].press("escape", "j")
        assert set(PLAYERS) == tables.who_reads(WORDS)

        await tables.hands[LEAD].press("full_stop")
        assert {*PLAYERS} - {LEAD} == tables.who_reads(WORDS)


async def test_what_came_between_the_eye_and_the_key_stays(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    async with sit(room.app(LEAD)) as hand:
        room.ask(CHIEF, Message(LEAD, "The first."))
        await hand.settle()
        pressed = monotonic()
        room.ask(CHIEF, Message(LEAD, "The second."))
        await hand.settle()
        context = hand.app.context
        context.acknowledge(hand.page.told_entries, pressed)
        await hand.settle()

        assert "The second." in hand.shown
        assert "The first." not in hand.shown


async def test_what_is_read_stays_read_and_what_is_not_comes_back(tmp_path: Path) -> None:
    """Through a host that was killed, as the record has it."""
    room = Room(tmp_path)
    room.to(choosing)
    room.ask(CHIEF, Message("all", "The first."), Message("all", "The second."))
    room.ask(LEAD, Acknowledge((room.game.entries - 1,)))
    path = room.table.path
    assert path is not None
    room.table.leave()
    table = resume_hosted(read(path))

    assert ["The second."] == [told(notice) for notice in waiting(Eye(table.game, LEAD))]
    assert "That was acknowledged already." in refused(
        table, LEAD, Acknowledge((table.game.entries - 2,))
    )
    table.leave()


def test_a_message_to_anybody_is_read_again(tmp_path: Path) -> None:
    room = Room(tmp_path)
    seats = [seat.id for seat in room.game.run.exercise.seat if seat.id != CHIEF]
    to = ("all", PROJECTOR, *seats)
    room.ask(CHIEF, *(Message(one, WORDS) for one in to))
    path, sent = room.table.path, room.game.sent
    assert path is not None
    room.table.leave()
    table = resume_hosted(read(path))
    assert sent == table.game.sent
    assert len(to) == len(sent)
    table.leave()


def test_what_could_not_be_read_again_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of the program ends one request, and not the run with it."""
    room = Room(tmp_path)
    before = room.table.entries[:]
    monkeypatch.setattr("ttx.session.fold.unknown", lambda *_: "nobody knows that")
    with pytest.raises(ValueError, match="nobody knows that"):
        room.ask(CHIEF, Message("all", WORDS))
    monkeypatch.undo()
    assert before == room.table.entries
    room.ask(CHIEF, Message("all", WORDS))
    path = room.table.path
    assert path is not None
    room.table.leave()
    resume_hosted(read(path)).leave()


def told(notice: Notice) -> str:
    return notice.words.removeprefix("From the facilitator: ")


def test_nobody_says_that_they_read_what_was_not_sent_to_them(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.ask(CHIEF, Message(LEAD, "For you."))
    n = room.game.entries
    for seat, entries in ((OTHER, (n,)), (LEAD, ()), (LEAD, (n + 1,)), (CHIEF, (n,))):
        assert "Nothing was sent" in refused(room.table, seat, Acknowledge(entries))
    room.ask(LEAD, Acknowledge((n,)))
    assert "already" in refused(room.table, LEAD, Acknowledge((n,)))


async def test_the_desk_sees_on_whose_screen_it_is_and_who_has_read_it(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    async with AsyncExitStack() as stack:
        tables = await seat_all(stack, room, MIDDLE, (CHIEF, LEAD, OTHER))
        room.ask(CHIEF, Message("all", WORDS))
        await tables.settle()
        await tables.press(OTHER, "full_stop")
        await tables.press(CHIEF, "Y")
        rows = tables[CHIEF].rows

        (row,) = [row for row in rows if WORDS in row and "▸" in row]
        assert "shown 2, read 1 of 6" in row
        states = {
            name: next(row for row in rows if row.strip().startswith(name)).split(name)[1].strip()
            for name in ("Relief staff", "Tokyo desk", "Deputy")
        }
        assert {
            "Relief staff": "on its screen, not acknowledged",
            "Tokyo desk": "read",
            "Deputy": "not on its screen yet",
        } == states


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
async def test_a_question_is_put_to_the_room_at_any_time_in_own_words(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    room = Room(tmp_path)
    async with AsyncExitStack() as stack:
        tables = await seat_all(stack, room, size, SEATS)
        await tables.press(CHIEF, "p", "1")
        await tables.write(CHIEF, "Who tells the public")
        await tables.press(CHIEF, "enter")

        words = "A question to the room: Who tells the public"
        assert {*SEATS} - {CHIEF} == tables.who_reads(words)
        assert "The question is before the room." in tables[CHIEF].shown


async def test_a_text_that_would_not_be_taken_is_not_asked_for(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(in_phase(phases.HOTWASH))
    room.ask(CHIEF, Continue())
    async with sit(room.app(CHIEF)) as hand:
        await hand.press("Y", "escape", "A", "w")
        assert "The run is closed; a fork plays it another way." in hand.shown
        assert hand.page.question.asks is None


async def test_a_message_reaches_the_room_in_every_phase(tmp_path: Path) -> None:
    room = Room(tmp_path)
    seen: set[str] = set()
    async with sit(room.app(PROJECTOR)) as hand:
        while room.game.phase != phases.CLOSED:
            words = f"In {room.game.phase} {room.game.entries}."
            to = PROJECTOR if len(seen) % 2 else "all"
            room.ask(CHIEF, Message(to, words))
            await hand.settle()
            assert words in hand.shown
            seen.add(room.game.phase)
            before = room.game.phase
            if before == phases.DELIBERATION:
                room.to(lambda game: game.phase != phases.DELIBERATION)
            else:
                room.ask(CHIEF, Continue())
            await hand.settle()
            if room.game.phase != before:
                assert words not in hand.shown
    assert {*phases.PHASES} - seen == {phases.RESPONSE, phases.CLOSED}


def test_undo_says_what_was_taken_back(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    number, inject = room.game.number, room.game.inject
    assert inject is not None
    room.to(in_phase(phases.REVIEW))
    room.ask(CHIEF, Undo())

    def last(seat: str) -> str:
        return waiting(Eye(room.game, seat))[0].words

    place = f"Play stands again at the question of {number} {inject.title}."
    allied = f"Taken back: the answer of US, the answer of Japan and the ruling on {number}. "
    for seat in (LEAD, MEMBER, OTHER, "observer"):
        assert allied + place == last(seat), seat
    for seat in (RED, PROJECTOR):  # they did not see who had answered
        assert f"Taken back: the ruling on {number}. {place}" == last(seat), seat
    assert () == waiting(Eye(room.game, CHIEF))
    room.to(in_phase(phases.ADJUDICATION))  # play has gone on from there
    assert f"{allied.strip()}" == last(LEAD)
    room.ask(CHIEF, End("it is late"))
    assert () == waiting(Eye(room.game, LEAD))


async def test_a_line_of_a_state_goes_with_it(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(in_phase(phases.REVIEW))
    async with sit(room.app(OTHER), MIDDLE) as hand:
        await hand.press("c", *"why", "enter")
        assert "Challenged. The facilitator hears it" in hand.shown
        room.ask(CHIEF, Hear("upheld", "It was explained."))
        await hand.settle()
        assert "Challenged. The facilitator hears it" not in hand.shown
        assert "It was explained." in hand.shown
    room.to(in_phase(phases.LEVERS))
    async with sit(room.app(LEAD), MIDDLE) as hand:
        room.ask(CHIEF, Pause())
        await hand.press("enter")
        assert "Time stands still; go on first." in hand.shown
        room.ask(CHIEF, Pause())
        await hand.settle()
        assert "stands still" not in hand.shown


def test_no_seat_of_the_white_cell_breaks_the_silence(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    entries = len(room.table.entries)
    room.ask(CHIEF, Message("all", "Ten minutes."), Note("They are slow."))
    room.ask("evaluator", Note("Nobody speaks."))
    room.ask(LEAD, Acknowledge((entries + 1,)))
    quiet = [replace(entry, elapsed=40 + at) for at, entry in enumerate(room.table.entries)]
    assert 0 == last_word(room.game, quiet)
    room.ask(LEAD, Note("We wait for Tokyo."))
    quiet.append(replace(room.table.entries[-1], elapsed=77))
    assert 77 == last_word(room.game, quiet)


async def test_a_line_about_a_request_goes_with_the_request(tmp_path: Path) -> None:
    table = hosted(exercise("accelerate"), {}, 7, tmp_path / "run.ttx.toml")
    seats = Attendance([seat.id for seat in table.game.run.exercise.seat])
    table.submit(CHIEF, Continue(), table.game.entries)
    async with sit(TtxApp(table, "osd", attendance=seats), MIDDLE) as hand:
        for agreed, answer in ((False, "does not agree"), (True, "agrees:")):
            await hand.press("p", "3", "enter")
            assert "costs consent" in hand.shown
            table.submit("kantei", Grant("pace", agreed), table.game.entries)
            await hand.settle()
            assert answer in hand.shown
            assert "costs consent" not in hand.shown
        await hand.press("I", "a", *"when", "enter")
        assert "Control has your request." in hand.shown
        table.submit(CHIEF, Reply(1, "Now."), table.game.entries)
        await hand.settle()
        assert "Control answers request 1: Now." in hand.shown
        assert "Control has your request." not in hand.shown


async def test_whom_a_cell_waits_for_goes_with_the_wait(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    async with sit(room.app(LEAD), MIDDLE) as hand:
        hand.page.show_state(lambda: f"{len(room.game.notebook.notes)} notes.")
        await hand.settle()
        assert "0 notes." in hand.shown
        room.ask(OTHER, Note("This one."))
        await hand.settle()
        assert "notes." not in hand.shown


async def test_a_page_that_can_makes_room_for_what_was_sent(tmp_path: Path) -> None:
    """Its button and its last rows stay where they can be seen."""
    room = Room(tmp_path)
    async with sit(room.app(LEAD, lobby=True)) as lobby, sit(room.app(LEAD)) as briefing:
        before = [hand.page.body.height for hand in (lobby, briefing)]
        room.ask(CHIEF, Message(LEAD, WORDS))
        for hand, height in zip((lobby, briefing), before, strict=True):
            await hand.settle()
            assert WORDS in hand.shown
            assert height - len(hand.region("sent").rows) == hand.page.body.height
        assert "Enter Go in" in lobby.shown
