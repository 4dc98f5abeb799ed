"""Plain lines at a hosted table, with the OpenSSH client: a whole session without a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from kit.lines import MOST, Lines
from ssh_rig import (
    CHIEF,
    EVALUATOR,
    LEAD,
    MIDDLE,
    OTHER,
    Door,
    Player,
    Room,
    Screen,
    codes_in,
    entries,
    environment,
    free_port,
    laid,
    room,
    run,
    ttx,
)

from ttx.session import phases

pytestmark = pytest.mark.slow

DRAWN = re.compile(r"[\u2500-\u25ff\u2800-\u28ff\x1b]")
"""Boxes, blocks, braille, and what steers a terminal."""


@contextmanager
def seats(at: Room, *names: str) -> Iterator[list[Lines]]:
    """Somebody in plain lines at each of these seats."""
    with ExitStack() as stack:
        yield [stack.enter_context(Lines(at.player(name), at.host, name)) for name in names]


def readable(person: Lines) -> None:
    """Nothing is drawn, and no line is wider than where nobody knows how wide it may be."""
    told = person.told
    assert DRAWN.search(told) is None, DRAWN.search(told)
    said = [line for line in person.lines if " > " not in line]
    assert [] == [line for line in said if len(line) > MOST]


def test_a_whole_session_in_plain_lines(tmp_path: Path) -> None:
    with room(tmp_path) as at, seats(at, CHIEF, LEAD, OTHER, EVALUATOR) as people:
        chief, lead, other, watch = people
        _begin(chief, lead, other)
        _levers(chief, lead, other)
        _answers(chief, lead, other)
        _judged(chief, lead, other, watch)
        _observed(chief, lead, watch)
        _washed(chief, lead, other)
        chief.types("go", "Close the run?")
        chief.types("y", "Done: Close the run.")
        for one in people:
            one.types("report", "REVIEW of Tutorial")
            readable(one)
        assert [0] * 4 == [one.leaves() for one in people]
        at.host.stop()
    checked = run(tmp_path, "verify", at.host.save)
    assert 0 == checked.returncode, checked.stdout
    assert phases.CLOSED == entries(at.host.save)[-1].phase
    assert {CHIEF} == {e.by for e in entries(at.host.save, "Amended")}


def _begin(chief: Lines, lead: Lines, other: Lines) -> None:
    """Two have read their briefing, and STARTEX is asked about."""
    chief.hears("desk >")
    for one in (lead, other):
        one.hears("Enter: you are ready >")
        one.types("seat", "You decide:")
        one.types("", "You are ready. STARTEX is the facilitator's.")
    chief.hears("Tokyo desk: had read the briefing.")
    chief.types("go", "STARTEX?")
    chief.types("y", "Done: STARTEX.")


def _levers(chief: Lines, lead: Lines, other: Lines) -> None:
    """A lever moves, control is asked and answers, and writes to a seat."""
    lead.hears("lever level, or done >")
    lead.types("levers standing_staff", "Held by the US relief staff")
    lead.types("standing_staff liaison", "standing_staff now stands at liaison.")
    chief.hears("moved Standing staff in Naha to liaison.")
    lead.types("ask Who pays for the fuel?", "Asked.")
    chief.hears("Who pays for the fuel?")
    chief.types("reply 1 Tokyo does.", "Answered. The US cell reads it.")
    lead.hears("Tokyo does.")
    chief.types("write tokyo Be quick, please.", "Sent to Tokyo desk.")
    other.hears("Be quick, please.")
    lead.types("done", "The US cell is done with its levers.")
    other.types("done", "The Japan cell is done with its levers.")


def _answers(chief: Lines, lead: Lines, other: Lines) -> None:
    """An inject is released, and two leads answer apart."""
    chief.hears("The policy slot of turn 1 is open.")
    chief.types("list", "MSEL:")
    chief.types("go", "Done: Release")
    for one, key in ((lead, "1"), (other, "2")):
        one.hears("option >")
        one.types("why It is what we said.", "Your reason goes with your answer.")
        one.types("sure 60", "60 percent sure goes with your answer.")
        one.types(key, "It is final. y submits")
        one.types("y", "Submitted for the")


def _judged(chief: Lines, lead: Lines, other: Lines, watch: Lines) -> None:
    """A ruling is modified, challenged and heard."""
    chief.hears("A ruling is proposed")
    chief.types("modify", "what do you rule otherwise")
    chief.types("1 +2.5", "yours +2.50")
    chief.types("done", "why do you modify it")
    chief.types("The mayors were there.", "Rule so, and confirm it?")
    chief.types("y", "Ruled and confirmed.")
    for one in (lead, other, watch):
        one.hears("RULING 1.1 Modified")
    lead.types("challenge They were not.", "Challenge it? Once a turn.")
    lead.types("y", "Challenged.")
    chief.hears("They were not.")
    chief.types("go", "how do you decide")
    chief.types("1", "what do you say")
    chief.types("They were.", "Decide so?")
    chief.types("y", "Heard.")
    lead.hears("They were.")


def _observed(chief: Lines, lead: Lines, watch: Lines) -> None:
    """An evaluator observes, time stands still, play is ended."""
    watch.types("observe The staff was quick.", "what is it")
    watch.types("strength", "which objective")
    watch.types("", "whom is it about")
    watch.types("", "The observation is in the record.")
    chief.types("pause", "Time stands still.")
    lead.hears("Paused.")
    chief.types("pause", "Time runs again.")
    chief.types("end", "End the exercise here, for good?")
    chief.types("y")


def _washed(chief: Lines, lead: Lines, other: Lines) -> None:
    """Cards, votes, a row of the plan, the review."""
    for one in (chief, lead, other):
        one.hears("The hot wash")
    lead.types("card plus We were quick.", "Your card is on the board: number 1.")
    other.hears("card 1, plus: We were quick.")
    other.types("vote 1", "Your vote is given.")
    chief.types("plan 1", "which capability")
    chief.types("1", "what is to be done")
    for line, words in (
        ("Ring sooner.", "what does it change"),
        ("training", "which office owns it"),
        ("Tokyo desk", "whom to ask about it"),
        ("", "done by which day"),
        ("tomorrow", "'tomorrow' is no date"),
        ("2027-03-31", "begun on which day"),
        ("", "Plan it: Ring sooner.?"),
        ("y", "Card 1 is a row of the plan."),
    ):
        chief.types(line, words)
    lead.types("plan", "Ring sooner. (Tokyo desk, by 2027-03-31)")
    lead.types("report", "REVIEW of Tutorial")


# --- while somebody types ---


def test_news_wait_while_a_line_is_being_typed(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path, phases.LEVERS)) as at, ExitStack() as stack:
        dumb = Player(tmp_path, LEAD, term="dumb")
        lead = stack.enter_context(Lines(dumb, at.host, LEAD, tty=True))
        chief = stack.enter_context(Lines(at.player(CHIEF), at.host, CHIEF))
        lead.hears("lever level, or done >")
        chief.hears("desk >")
        lead.screen.type("note we are sl")
        lead.hears("note we are sl")
        chief.types("write all Two minutes more.", "Sent to all.")
        lead.hears("\a")
        assert "Two minutes" not in lead.told
        lead.screen.type("ow\r")
        assert "The note is in the record." in lead.hears("Two minutes more.")
        lead.hears("ok says that you have read it.")
        chief.types("sent", "On screens of: Relief staff")
        lead.types("ok", "Read: 1 message.")
        chief.types("write all And now?", "Sent to all.")
        lead.hears("And now?")
        assert ["we are slow"] == [e.event.text for e in at.entries("Noted")]  # type: ignore[attr-defined]


def test_a_seat_goes_from_screens_to_lines_and_back(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        lead = at.knock(LEAD, at.host.codes[LEAD]).until("Go in", "plain lines")
        start = len(lead.bytes)
        lead.type("p")
        lead.until("option >")
        assert "  2. " in lead.since(start)[1]
        lead.press("note in lines\r", "The note is in the record.")
        lead.close()
        again = at.back(LEAD).until("option >")
        assert "Back. Nothing was lost." in again.read_as_text
        again.press("screens\r", "? help", "q", "y Leave", "y")
        assert 0 == again.status()
        third = at.back(LEAD).until("QUESTION", "? help")
        assert 0 == third.leave()


def test_the_desk_in_plain_lines_at_the_host(tmp_path: Path) -> None:
    port, save = free_port(), tmp_path / "run.ttx.toml"
    host = ttx("host", "tutorial", "--plain", "--seed", "9", "--save", save, "--port", str(port))
    known = environment(tmp_path, TERM="dumb")
    with Screen.of(host, MIDDLE, known) as desk:
        desk.until("The desk is here, in plain lines.", "desk >")
        door = Door(port, codes_in(desk.text))
        with Lines(Player(tmp_path, LEAD), door, LEAD) as lead:
            lead.hears("Enter: you are ready >")
            lead.types("", "You are ready.")
            desk.until("Relief staff: had read the briefing.")
            desk.press("go\r", "STARTEX?", "y\r", "Done: STARTEX.")
            lead.hears("lever level, or done >")
            desk.press("q\r", "Stop hosting?", "\r", "desk >", "q\r", "Stop hosting?", "y\r")
            lead.hears("The host has closed the table. Your seat is kept")
        desk.until("Saved. Go on with:", "--plain", gone=True)
    assert phases.LEVERS == entries(save)[-1].phase


def test_a_seat_that_is_taken_elsewhere_only_reads(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path, phases.LEVERS)) as at, ExitStack() as stack:
        one = stack.enter_context(Lines(at.player(LEAD), at.host, LEAD))
        one.hears("lever level, or done >")
        at.host.codes.pop(LEAD)  # it is spent
        other = stack.enter_context(Lines(at.player(LEAD), at.host, LEAD))
        other.hears("lever level, or done >")
        one.hears("You are signed in somewhere else; here you only read.")
        one.types("done", "here you only read. q leaves. >")
        other.types("note from here", "The note is in the record.")
        assert 0 == other.leaves()
        one.hears("the seat is yours here again.")
        one.types("note and here again", "The note is in the record.")
        said = at.host.stop()
        one.hears("The host has closed the table. Your seat is kept")
    assert "Traceback" not in said
    assert [] == entries(at.host.save, "LeversLeft")
