"""Keys in one packet: no order and no speed of them ends a screen, and each has its turn."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import AsyncExitStack
from pathlib import Path

import kit.desk
import pytest
from kit.desk import MIDDLE, SMALL, Desk, only_save, seated, sit
from kit.keys import KEYS, post
from kit.person import Person
from kit.room import CHIEF, LEAD, MEMBER, OTHER, Room, choosing, in_phase
from kit.screens import MOVES, POSITIONS, at
from textual.events import Callback, Event, Key

from ttx.session import phases
from ttx.session.events import EVERYBODY, Answered, Ended
from ttx.session.notebook_events import Noted
from ttx.session.opening import look_at
from ttx.session.play_commands import Message, Pause
from ttx.session.record import read
from ttx.session.run import PROJECTOR
from ttx.session.side_commands import Note
from ttx.tui.app import TtxApp
from ttx.tui.screens.table import TableScreen
from ttx.tui.typed import PATIENCE, Typed

pytestmark = pytest.mark.usefixtures("strict", "shelf")

PLAIN = [one for one in KEYS if one not in ("ctrl+q", "ctrl+c")]
OPENERS = [*("n", "r", "w", "a", "e", "m", "o", "c", "X", "J", "K", "I", "A", "R", "V", "E", "u")]
OPENERS += [*("question_mark", "ctrl+p", "slash", "colon", "right_square_bracket", "plus", "minus")]
"""Keys that open a page, a place to write or a question."""
CLOSERS = ["enter", "enter", "enter", "escape", "escape", "q", "y", "T"]


async def burst(desk: Desk, *keys: str) -> None:
    post(desk, keys)
    await desk.settle()


def drawn(luck: random.Random) -> list[str]:
    """A handful, of which half open or close something."""
    pools = (PLAIN, OPENERS, CLOSERS, OPENERS + CLOSERS)
    return [luck.choice(luck.choice(pools)) for _ in range(luck.randrange(2, 12))]


def unharmed(desk: Desk, *keys: str) -> None:
    assert "" == desk.app.last_error, keys
    assert "Something went wrong" not in desk.shown, keys


# --- what was met ---


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_place_to_write_may_be_asked_for_again_at_once(size: tuple[int, int]) -> None:
    async with sit(at("tutorial", POSITIONS["policy"]), size) as desk:
        for _ in range(8):
            await burst(desk, "r", "enter", "r")
            assert "Rationale" in desk.shown
            await burst(desk, *"why", "enter", "r", "escape", "r")
            assert "why" in desk.shown
            await burst(desk, "escape")
        unharmed(desk)


@pytest.mark.slow
async def test_what_is_typed_in_one_packet_goes_where_it_was_meant() -> None:
    async with sit(seated("tutorial")) as desk:
        await burst(desk, "n", *"hello", "enter", "n", *"again", "enter")
        assert ["hello", "again"] == [one.text for one in desk.facts(Noted)]
        await burst(desk, "n", *"ab", "left", "backspace", "X", "end", "Y", "enter", "n")
        assert "XbY" == desk.facts(Noted)[-1].text
        assert "Note: no kind" in desk.shown
        await burst(desk, *"abcd", "backspace", "e", "backspace", "backspace", "enter")
        assert "ab" == desk.facts(Noted)[-1].text


async def test_keys_behind_the_first_of_a_run_are_not_meant_for_its_briefing(shelf: Path) -> None:
    async with sit(TtxApp(), MIDDLE) as desk:
        await burst(desk, "enter", "enter", "2")
        assert "Briefing" == desk.where
        assert phases.BRIEFING == desk.game.phase
        await desk.press("enter")
        assert phases.LEVERS == desk.game.phase
        only_save(shelf)


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_keys_behind_startex_close_no_levers_and_mark_no_answer(
    size: tuple[int, int],
) -> None:
    for name in ("tutorial", "accelerate"):
        async with sit(seated(name), size) as desk:
            await burst(desk, "enter", "enter", "enter", "2")
            assert phases.LEVERS == desk.game.phase
            assert desk.app.context.state.draft.picked is None
            await burst(desk, "enter", "2", "enter")
            assert phases.DELIBERATION == desk.game.phase
            assert "Table" == desk.where
            assert not desk.facts(Answered)
            await desk.press("2", "enter")
            assert desk.facts(Answered)
            unharmed(desk)


async def test_what_is_pasted_behind_a_question_is_no_answer_to_it() -> None:
    async with sit(at("tutorial", POSITIONS["policy"])) as desk:
        await burst(desk, "E", "y", "enter")
        assert phases.DELIBERATION == desk.game.phase
        assert "End the exercise here" in desk.shown
        await burst(desk, *"no", "u", "y")
        assert phases.DELIBERATION == desk.game.phase
        await desk.press("y")
        assert not desk.facts(Ended)


async def test_the_palette_opens_and_closes_in_one_packet() -> None:
    async with sit(seated("tutorial")) as desk:
        for _ in range(4):
            await burst(desk, "ctrl+p", "escape", "ctrl+p", "down", "escape", "ctrl+p", "ctrl+p")
            await burst(desk, "escape", "n", *"x", "enter")
        assert ["x"] * 4 == [one.text for one in desk.facts(Noted)]


@pytest.mark.slow
async def test_the_palette_may_be_closed_at_any_step_of_its_opening(tmp_path: Path) -> None:
    """By the run, which moves on while somebody is about to choose a theme."""
    room = Room(tmp_path)
    room.to(choosing)
    async with sit(room.app(LEAD)) as lead:
        for steps in range(60):
            lead.app.action_command_palette()
            for _ in range(steps):
                await asyncio.sleep(0)
            lead.app.shell._put_at_base(TableScreen())
            await lead.settle()
            assert "Table" == lead.where
        unharmed(lead)


async def test_a_key_behind_one_that_closes_a_page_is_for_the_page_below() -> None:
    """That was painted before; what comes behind a key that opens one is for neither."""
    async with sit(at("tutorial", POSITIONS["policy"]), MIDDLE) as desk:
        for opener in ("i", "t", "question_mark", "S"):
            await burst(desk, opener, "q", "escape", "T", "n", *"lost", "enter")
            assert "Table" != desk.where
            await burst(desk, "T" if opener == "S" else "q", "n", *"note", "enter")
            assert "Table" == desk.where
        assert ["note"] * 4 == [one.text for one in desk.facts(Noted)]


async def test_a_key_is_for_the_page_that_somebody_else_s_act_has_led_to(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    async with AsyncExitStack() as stack:
        lead, member = [await stack.enter_async_context(sit(room.app(s))) for s in (LEAD, MEMBER)]
        post(member, ["2", "j", "1"])
        room.to(in_phase(phases.REVIEW))
        post(lead, ["2", "j"])
        await lead.settle()
        await member.settle()
        assert ["Ruling", "Ruling"] == [lead.where, member.where]
        post(member, ["m"])
        room.to(in_phase(phases.LEVERS))
        post(lead, ["2", "l", "k"])
        await lead.settle()
        await member.settle()
        assert "Table" == lead.where
        unharmed(lead)
        unharmed(member)


# --- whatever comes ---


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("where", list(POSITIONS))
async def test_no_burst_ends_a_screen(where: str, seed: int) -> None:
    luck = random.Random(f"{where} {seed}")  # noqa: S311  # which keys are pressed is no secret
    name = luck.choice(["tutorial", "accelerate"])
    async with sit(at(name, POSITIONS[where], MOVES[name]), luck.choice([SMALL, MIDDLE])) as desk:
        for _ in range(25):
            keys = drawn(luck)
            await burst(desk, *keys)
            if desk.app._exit:
                break
            unharmed(desk, *keys)
        assert "" == desk.app.last_error


@pytest.mark.slow
@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("seed", range(4))
async def test_no_burst_ends_a_screen_from_home_on(seed: int) -> None:
    luck = random.Random(f"home {seed}")  # noqa: S311  # ditto
    async with sit(TtxApp(), luck.choice([SMALL, MIDDLE])) as desk:
        for _ in range(40):
            keys = drawn(luck)
            await burst(desk, *keys)
            if desk.app._exit:
                break
            unharmed(desk, *keys)
        assert "" == desk.app.last_error


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_no_burst_ends_a_replay(seed: int, tmp_path: Path) -> None:
    luck = random.Random(f"replay {seed}")  # noqa: S311  # ditto
    path = tmp_path / "run.ttx.toml"
    async with sit(seated("tutorial", path)) as desk:
        await kit.desk.to_the_end(desk)
    record = read(path)
    viewing = look_at(record)
    app = TtxApp(viewing, viewing.eye(), record=record)
    async with sit(app, luck.choice([SMALL, MIDDLE])) as desk:
        for _ in range(40):
            keys = drawn(luck)
            keys += [luck.choice("[](){}<>:mx'eEthlF") for _ in range(4)]
            keys = [NAMED.get(one, one) for one in keys]
            await burst(desk, *keys)
            if desk.app._exit:
                break
            unharmed(desk, *keys)
        assert "" == desk.app.last_error


NAMED = {
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "{": "left_curly_bracket",
    "}": "right_curly_bracket",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    ":": "colon",
    "'": "apostrophe",
}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
async def test_no_burst_ends_a_screen_of_a_hosted_table(seed: int, tmp_path: Path) -> None:
    """All seats press at once, and the run moves on under their hands."""
    luck = random.Random(f"hosted {seed}")  # noqa: S311  # ditto
    room = Room(tmp_path)
    size = luck.choice([SMALL, MIDDLE])
    seats = (CHIEF, LEAD, MEMBER, OTHER, "evaluator", PROJECTOR)
    room.to([in_phase(phases.BRIEFING), choosing, in_phase(phases.RECKONING)][seed % 3])
    async with AsyncExitStack() as stack:
        hands = {s: await stack.enter_async_context(sit(room.app(s), size)) for s in seats}
        for _ in range(20):
            pressed = {seat: drawn(luck) for seat in seats}
            for seat, keys in pressed.items():
                post(hands[seat], keys)
            if luck.random() < 0.4 and not room.table.closed:
                room.ask(CHIEF, luck.choice([Message(EVERYBODY, "QWORD"), Note("QNOTE"), Pause()]))
            for seat, hand in hands.items():
                if not hand.app._exit:
                    await hand.settle()
                    unharmed(hand, seat, *pressed[seat])
        assert {""} == {hand.app.last_error for hand in hands.values()}


async def test_who_is_leaving_is_told_no_more(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    async with sit(room.app(LEAD), SMALL) as hand:
        hand.app.exit()
        room.ask(CHIEF, Message(EVERYBODY, "QWORD"))  # a row more than its page had
        assert hand.app.last_error == ""


# --- at a terminal ---


def test_one_read_of_a_terminal_ends_no_screens(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    person = Person("play", "tutorial", "--save", path)
    person.hears("EXERCISE ONLY")
    person.types("\r\r2r\rr")  # all behind STARTEX came before its levers were painted
    person.hears("LEVERS")
    time.sleep(1)
    person.types("\r1")
    person.hears("deliberation")
    time.sleep(1)
    person.types("r\rr\rr")
    person.hears("Rationale")
    person.types("because\rr\rnone\rntwo\rr\rr\r?qi")
    person.hears("ON THIS SCREEN")
    time.sleep(1)
    person.types("qnthree\rS")
    person.hears("standing")
    time.sleep(1)
    person.types("Tq")
    person.hears("Leave this run?")
    person.types("y")
    assert 0 == person.leaves()
    record = read(path)
    events = [entry.event for entry in record.entries]
    assert ["one", "two", "three"] == [one.text for one in events if isinstance(one, Noted)]
    assert "" == record.remark


class Stuck:
    """An app with a page that takes all it is given, and never does any of it."""

    message_queue_size = 0

    def __init__(self) -> None:
        self.given: list[object] = []

    def post_message(self, message: object) -> bool:
        self.given.append(message)
        return True

    def busy(self) -> list[Stuck]:
        return [self]

    def catch_up(self) -> bool:
        return False

    def early(self, event: Event) -> bool:  # as of an app
        return False


async def test_a_page_that_never_ends_keeps_nobody_from_leaving(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, handed = Stuck(), list[str]()

    async def hand_on(event: Event) -> None:
        assert isinstance(event, Key)
        handed.append(event.key)

    now = 100.0
    monkeypatch.setattr("ttx.tui.typed.time.monotonic", lambda: now)
    typed = Typed(app, hand_on, lambda _: None)  # type: ignore[arg-type]  # as much of an app as it asks for
    for key in "abq":
        await typed.take(Key(key, key))
    assert ["a"] == handed

    now += PATIENCE + 1
    await typed.take(Key("q", "q"))
    assert ["a", "b"] == handed

    first = app.given[0]
    assert isinstance(first, Callback)
    late = first.callback()
    assert late is not None
    await late
    assert ["a", "b"] == handed, "an answer that comes late is for a key that is done"
