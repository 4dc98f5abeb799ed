"""Stating a session at screens and in plain lines: the form, the page that is read, the words."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.room import CHIEF, LEAD, Room
from kit.wash import to_wash

from ttx.plain.sitting import Sitting
from ttx.plain.talk import Talk
from ttx.session.attendance import Attendance
from ttx.session.notebook_events import ParticularsSet, TargetsSet
from ttx.session.particulars import Organisation, Particulars, Stated, Targets
from ttx.session.run import PROJECTOR
from ttx.session.stating import StateParticulars, StateTargets
from ttx.tui.screens.particulars import ParticularsForm

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SAID = Particulars(
    sponsor="Ministry of Health",
    date="2026-03-12",
    zone="Asia/Tokyo",
    organisations=(Organisation("Ministry of Health", 3, 1), Organisation("Osaka", 2)),
)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
@pytest.mark.parametrize("where", ["lobby", "control"])
async def test_the_desk_states_it_in_a_form(room: Room, size: tuple[int, int], where: str) -> None:
    async with sit(room.app(CHIEF, lobby=where == "lobby"), size) as hand:
        await hand.press("Y")
        assert isinstance(hand.app.screen, ParticularsForm)
        await hand.press("tab")
        await hand.write("Ministry of Health")
        await hand.press("tab", "tab")
        await hand.write("12 March")
        await hand.press("tab")
        assert "'12 March' is no date; write it as 2026-03-31." in hand.shown
        await hand.press("ctrl+j")
        assert isinstance(hand.app.screen, ParticularsForm)
        assert not room.game.notebook.pages
        await hand.press(*["backspace"] * 8)
        await hand.write("2026-03-12")
        await hand.press("tab", "tab", "tab")
        await hand.write("Asia/Tokyo")
        await hand.press("tab", "tab")
        await hand.write("Ministry of Health: 3 players, 1 observer")
        await hand.press("tab")
        await hand.write("Osaka: 2 players")
        await hand.press("tab", "tab")
        await hand.write("60")
        await hand.press("ctrl+j")
        assert "It is in the record" in hand.shown

    first = room.game.run.exercise.score[0].id
    assert Stated(SAID, Targets({first: 6000})) == room.game.notebook.stated


async def test_every_field_is_told_whole_and_none_is_cut_at_80_columns(room: Room) -> None:
    exercise = room.game.run.exercise
    async with sit(room.app(CHIEF), SMALL) as hand:
        await hand.press("Y")
        form = hand.app.screen
        assert isinstance(form, ParticularsForm)
        seen = ""
        for _field in form.fields.fields:
            assert "…" not in hand.shown, hand.shown
            seen += " ".join(hand.shown.split())
            await hand.press("tab")
        for objective in exercise.objective:
            assert str(objective.text) in seen
        for score in exercise.score:
            assert str(score.name) in seen


async def test_what_another_seat_states_meanwhile_is_not_overwritten(room: Room) -> None:
    room.ask(CHIEF, StateParticulars(SAID))
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("Y")
        await hand.write("Quiet Harbour")
        room.ask(CHIEF, StateParticulars(replace(SAID, place="Kobe", organisations=())))
        await hand.settle()
        assert "Kobe" in hand.shown
        assert "Osaka" not in hand.shown
        await hand.press("ctrl+j")

    stands = replace(SAID, place="Kobe", organisations=(), name="Quiet Harbour")
    assert stands == room.game.notebook.particulars


@pytest.mark.slow
async def test_an_organisation_is_taken_off_by_emptying_it(room: Room) -> None:
    room.ask(CHIEF, StateParticulars(SAID))
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("Y", *["tab"] * 8)
        await hand.press(*["backspace"] * len("Ministry of Health: 3 players, 1 observer"))
        await hand.press("ctrl+j")
    assert (Organisation("Osaka", 2),) == room.game.notebook.particulars.organisations


async def test_leaving_asks_and_nothing_changed_says_so(room: Room) -> None:
    room.ask(CHIEF, StateParticulars(SAID))
    before = room.game.entries
    async with sit(room.app(CHIEF), SMALL) as hand:
        await hand.press("Y", "ctrl+j")
        assert "Nothing was changed." in hand.shown
        await hand.write("x")
        await hand.press("escape")
        assert "Throw away what you have set here?" in hand.shown
    assert before == room.game.entries


async def test_an_objective_takes_a_rating_and_loses_it_again(room: Room) -> None:
    objective = room.game.run.exercise.objective[0].id
    fields = 9 + len(room.game.run.exercise.score)
    for key, aims in (("2", {objective: "S"}), ("4", {})):
        async with sit(room.app(CHIEF), LARGE) as hand:
            await hand.press("Y", *["tab"] * fields, key, "ctrl+j")
        assert aims == room.game.notebook.targets.objectives


async def test_others_read_it_once_there_is_something_and_targets_at_the_hot_wash(
    room: Room,
) -> None:
    aim = Targets({room.game.run.exercise.score[0].id: 6000})
    async with AsyncExitStack() as stack:
        player = await stack.enter_async_context(sit(room.app(LEAD), SMALL))
        await player.press("Y")
        assert "for whom, when and where" not in player.shown
        room.ask(CHIEF, StateParticulars(SAID), StateTargets(aim))
        await player.settle()
        await player.press("Y")
        assert "Ministry of Health: 3 players, 1 observer" in player.shown
        assert "at least 60" not in player.shown
        await player.press("escape")
        to_wash(room.table)
        await player.settle()
        await player.press("Y")
        assert "at least 60" in player.shown


async def test_the_review_lays_targets_beside_what_was_reached(room: Room) -> None:
    aim = Targets({room.game.run.exercise.score[0].id: 6000})
    room.ask(CHIEF, StateTargets(aim))
    to_wash(room.table)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("W", "W", "l", "l")
        assert "targets of the sponsor" in hand.shown.casefold()
        assert "at least 60" in hand.shown


@pytest.mark.parametrize("seat", ["observer", PROJECTOR])
async def test_seats_that_only_read_have_no_form(room: Room, seat: str) -> None:
    room.ask(CHIEF, StateParticulars(SAID))
    for lobby in (True, False):
        async with sit(room.app(seat, lobby=lobby), MIDDLE) as hand:
            await hand.press("Y")
            assert not isinstance(hand.app.screen, ParticularsForm)
            assert "Ministry of Health" in hand.shown


# --- plain lines ---


class Words:
    """A seat that types."""

    def __init__(self, table: Room, seat: str) -> None:
        self.said: list[str] = []
        attendance = Attendance([part.id for part in table.game.run.exercise.seat])
        self.talk = Talk(Sitting(table.table, seat, self.said.append, attendance=attendance))
        self.talk.begin()

    def types(self, *lines: str) -> str:
        self.said.clear()
        for line in lines:
            self.talk.typed(line)
        return " ".join(" ".join(self.said).split())


@pytest.fixture
def desk(room: Room) -> Words:
    return Words(room, CHIEF)


def test_the_desk_states_it_word_by_word(room: Room, desk: Words) -> None:
    first, objective = room.game.run.exercise.score[0], room.game.run.exercise.objective[0]
    assert "Nothing was stated" in desk.types("session")
    assert "It is in the record" in desk.types("session sponsor Ministry of Health")
    desk.types("session date 2026-03-12", "session zone Asia/Tokyo")
    desk.types("session organisation Ministry of Health: 3 players, 1 observer")
    desk.types("session organisation Osaka: 9 players", "session organisation osaka: 2 players")
    assert Organisation("osaka", 2) == room.game.notebook.particulars.organisations[1]
    desk.types(f"target {first.id} 60", f"target {objective.id} s")
    aims = Targets({first.id: 6000}, {objective.id: "S"})
    assert aims == room.game.notebook.targets
    told = desk.types("session")
    assert "Ministry of Health: 3 players, 1 observer" in told
    assert "at least 60" in told
    desk.types("session organisation osaka: -", "session sponsor -", f"target {first.id} -")
    stands = room.game.notebook.stated
    assert ("", 1) == (stands.particulars.sponsor, len(stands.particulars.organisations))
    assert Targets({}, {objective.id: "S"}) == stands.targets


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("session nonsense x", "The fields are name, sponsor"),
        ("session sponsor", "The fields are name, sponsor"),
        ("session date soon", "'soon' is no date"),
        ("session zone Mars", "There is no time zone 'Mars'"),
        ("session organisation A: 3 cooks", "not how many do what"),
        ("session organisation A: -", "No organisation is called A."),
        ("target", "Name a score or an objective"),
        ("target moon 3", "There is no score or objective 'moon'"),
        ("target moon -", "There is no score or objective 'moon'"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_recorded(
    room: Room, desk: Words, typed: str, says: str
) -> None:
    assert says in desk.types(typed)
    assert not room.game.notebook.of(ParticularsSet)
    assert not room.game.notebook.of(TargetsSet)


def test_a_player_reads_it_and_states_nothing(room: Room) -> None:
    aim = Targets({room.game.run.exercise.score[0].id: 6000})
    room.ask(CHIEF, StateParticulars(SAID), StateTargets(aim))
    player = Words(room, LEAD)
    told = player.types("session")
    assert "Ministry of Health" in told
    assert "at least 60" not in told
    before = room.game.entries
    player.types("session place Kobe", "target relief 3")
    assert before == room.game.entries
