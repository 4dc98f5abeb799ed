"""What is typed or set while the run goes on under it is sent, or still there with the reason.

Every place to write that a seat or the desk has, and everything that can happen to the run
meanwhile: it goes on, stands still, is taken back, is ended, is closed, or what was written about
is struck. What was typed is shown after it; what is done then puts it into the record, or it stands
there still.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from kit.desk import Desk, sit
from kit.room import CHIEF, LEAD, RED, Room, choosing, in_phase

from ttx.session import phases
from ttx.session.command import IllegalDecision
from ttx.session.control_commands import Challenge, Hear
from ttx.session.control_events import UPHELD
from ttx.session.feedback import CloseForm
from ttx.session.notebook_events import CardAdded, Noted, Observed
from ttx.session.play_commands import Continue, End, Undo
from ttx.session.side_commands import Inquire, Note, Observe, PutUp
from ttx.session.striking import Strike
from ttx.tui.screens.form import FormPage

pytestmark = [pytest.mark.usefixtures("strict", "shelf"), pytest.mark.slow]
EVALUATOR = "evaluator"
WORDS = "zebra crossing"


class Place(NamedTuple):
    """Somewhere to write: at which seat, from what state of the run, and by which keys."""

    name: str
    seat: str
    at: Callable[[Room], None]
    keys: tuple[str, ...]
    sends: tuple[str, ...] = ("enter",)
    """The keys that send it."""


def ruling(room: Room) -> None:
    room.to(in_phase(phases.ADJUDICATION))


def deliberation(room: Room) -> None:
    room.to(choosing)


def wash(room: Room) -> None:
    room.to(in_phase(phases.LEVERS))
    room.ask(CHIEF, End("time is up"))
    room.ask(LEAD, PutUp("plus", "first card"))
    room.ask(EVALUATOR, Observe("strength", "it was seen", objective(room)))


def objective(room: Room) -> str:
    return room.game.run.exercise.objective[0].id


def observed(room: Room) -> None:
    room.to(in_phase(phases.LEVERS))
    room.ask(EVALUATOR, Observe("strength", "it was seen", objective(room)))


def noted(room: Room) -> None:
    deliberation(room)
    room.ask(LEAD, Note("a first note"))


def asked(room: Room) -> None:
    deliberation(room)
    room.ask(LEAD, Inquire("how many ships?"))


def reviewed(room: Room) -> None:
    room.to(in_phase(phases.REVIEW))


def challenged(room: Room) -> None:
    reviewed(room)
    room.ask(LEAD, Challenge("it was in time"))


def briefing(room: Room) -> None:
    assert phases.BRIEFING == room.game.phase


PLACES = (
    Place("note", LEAD, deliberation, ("n",)),
    Place("note of the observer's neighbour", RED, deliberation, ("n",)),
    Place("rationale", LEAD, deliberation, ("r",)),
    Place("action in own words", LEAD, deliberation, ("w",), sends=("enter", "enter", "enter")),
    Place("request to control", LEAD, deliberation, ("a",)),
    Place("challenge", LEAD, reviewed, ("c",)),
    Place("note corrected", LEAD, noted, ("J", "e")),
    Place("observation", EVALUATOR, deliberation, ("V", "plus")),
    Place("analysis", EVALUATOR, observed, ("V", "a"), sends=("ctrl+j",)),
    Place("rating", EVALUATOR, observed, ("V", "r", "p")),
    Place("analysis at the hot wash", EVALUATOR, wash, ("V", "a"), sends=("ctrl+j",)),
    Place("card", LEAD, wash, ("plus",)),
    Place("card corrected", LEAD, wash, ("e",)),
    Place("feedback form", LEAD, wash, ("f", *["tab"] * 9), sends=("ctrl+j", "y")),
    Place("plan row", CHIEF, wash, ("W", "p", "tab"), sends=("ctrl+j",)),
    Place("session", CHIEF, briefing, ("C",), sends=("ctrl+j",)),
    Place("session at the hot wash", CHIEF, wash, ("C",), sends=("ctrl+j",)),
    Place("note of the desk", CHIEF, deliberation, ("n",)),
    Place("message to the marked seat", CHIEF, deliberation, ("A", "w")),
    Place("message to all", CHIEF, deliberation, ("A", "a")),
    Place("question to the room", CHIEF, deliberation, ("p", "1")),
    Place("answer to a request", CHIEF, asked, ("I", "enter")),
    Place("skipping", CHIEF, briefing, ("s",)),
    Place("ad-hoc inject", CHIEF, deliberation, ("a",), sends=("ctrl+j",)),
    Place("entered for a cell", CHIEF, deliberation, ("e", *["tab"] * 2), sends=("ctrl+j",)),
    Place("ruled by hand", CHIEF, ruling, ("R", "h"), sends=("ctrl+j", "y")),
    Place("why ruled by hand", CHIEF, ruling, ("R", "h", "x", "ctrl+j", "y")),
    Place("why modified", CHIEF, ruling, ("R", "m", "plus", "enter")),
    Place("why the challenge fails", CHIEF, challenged, ("R", "c", "enter")),
    Place("why an excursion", CHIEF, briefing, ("X", "plus", "enter")),
)


def goes_on(room: Room) -> None:
    """As far as the next reckoning, past whatever lies on the table."""
    room.to(in_phase(phases.RECKONING))


def undoes(room: Room) -> None:
    room.ask(CHIEF, Undo())


def closes(room: Room) -> None:
    if phases.HOTWASH != room.game.phase:
        room.ask(CHIEF, End("time is up"))
    room.ask(CHIEF, Continue())


def closes_the_form(room: Room) -> None:
    room.ask(CHIEF, CloseForm())


def strikes(room: Room) -> None:
    """All that somebody wrote is struck by its author."""
    for entry in [*room.table.entries]:
        if isinstance(entry.event, Noted | CardAdded | Observed):
            room.ask(entry.by, Strike(entry.n))


def hears(room: Room) -> None:
    room.ask(CHIEF, Hear(UPHELD, "it was late"))


ACTS = (goes_on, undoes, closes, closes_the_form, strikes, hears)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
async def test_it_is_sent_or_still_there(tmp_path: Path, place: Place) -> None:
    happened = set()
    for at, act in enumerate(ACTS):
        folder = tmp_path / str(at)
        folder.mkdir()
        room = Room(folder, red=place.seat == RED)
        place.at(room)
        async with sit(room.app(place.seat)) as hand:
            await hand.press(*place.keys)
            await hand.write(WORDS)
            assert WORDS in hand.shown, hand.shown
            before = len(room.table.entries)
            with suppress(IllegalDecision):
                act(room)
            if len(room.table.entries) == before:
                continue  # it cannot happen there
            happened.add(act)
            await hand.settle()
            assert WORDS in hand.shown, f"lost as it {act.__name__}: {hand.where}: {hand.shown}"
            await hand.press(*place.sends)
            sent = any(WORDS in repr(entry.event) for entry in room.table.entries)
            draft = WORDS in repr(room.desks[place.seat].draft)
            assert sent or draft or WORDS in hand.shown, f"{act.__name__}: {hand.shown}"
            if sent or draft:
                continue
            assert said_why(hand), f"no word of it as it {act.__name__}: {hand.shown}"
            await hand.press("escape")
            if "Throw away what you have" not in hand.shown:  # it put a sentence away
                await hand.press("escape")
            asks = "Throw away what you have" in hand.shown
            assert asks or WORDS in repr(room.desks[place.seat]), f"{act.__name__}: {hand.shown}"
    assert closes in happened
    assert len(happened) > 1


def said_why(hand: Desk) -> bool:
    """Whether it is said why it was not taken: beside it, above the footer, or in its place."""
    page = hand.page
    gone = isinstance(page, FormPage) and not page.alive
    return bool(page.question.refused or page.notice) or gone
