"""Seats over SSH: codes and keys, who drops and comes back, and what the facilitator does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ssh_rig import (
    BACK,
    CHIEF,
    LEAD,
    LEFT,
    MEMBER,
    MIDDLE,
    OTHER,
    PROMPT,
    TAKEN,
    Player,
    Screen,
    laid,
    room,
)

from ttx.session import phases
from ttx.session.events import EVERYBODY, Answered, Messaged
from ttx.session.notebook_events import Noted

pytestmark = pytest.mark.slow

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}")
NO_CODE = "No such code for this seat. Ask the host for a new one."


def returns_by(lobby: Screen) -> str:
    """The code to come back with, as the lobby shows it."""
    lobby.until("You came without a key. To come back, type:")
    return lobby.row_of("To come back, type:").split()[-1]


# --- codes and keys ---


def test_a_code_opens_a_seat_once_and_the_key_opens_it_from_then_on(tmp_path: Path) -> None:
    with room(tmp_path) as at:
        lead = at.knock(LEAD, at.host.codes[LEAD])
        lead.until("You sit as Relief staff, US cell, lead.", "Relief staff   US     here, you")
        assert "To come back, type" not in lead.text
        lead.press("\r", "SITUATION")
        assert 0 == lead.leave()
        assert LEFT == lead.modes

        again = at.back(LEAD).until("You sit as Relief staff")
        assert PROMPT.encode() not in again.bytes
        thief = at.knock(LEAD, at.host.codes[LEAD], at.player("thief"))
        thief.asked(2).press(at.host.codes[OTHER] + "\r")
        thief.asked(3).press(at.host.codes[LEAD].lower() + "\r")
        assert 255 == thief.status()
        assert NO_CODE in thief.read_as_text
        assert "Lobby" not in thief.text
        again.press("\r", "SITUATION")


def test_a_code_is_taken_as_people_type_it(tmp_path: Path) -> None:
    with room(tmp_path) as at:
        said = at.host.codes[LEAD].replace("-", " ").replace("0", "o").replace("1", "l").lower()
        at.knock(LEAD, said).until("You sit as Relief staff")


def test_who_has_no_key_comes_back_by_a_code_that_the_lobby_shows(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        keyless = Player(tmp_path, "keyless", keyed=False)
        first = at.knock(MEMBER, at.host.codes[MEMBER], keyless)
        code = returns_by(first)
        first.press("\r", "QUESTION")
        assert 0 == first.leave()

        second = at.knock(MEMBER, code, keyless)
        other = returns_by(second)
        assert 3 == len({at.host.codes[MEMBER], code, other})
        second.press("\r", "QUESTION")

        third = at.knock(MEMBER, code, keyless).asked(2)
        third.type(other + "\r")
        returns_by(third)
        second.until(TAKEN)


# --- dropping, and coming back ---


def test_who_drops_finds_the_page_and_the_draft_as_they_were(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        chief, lead = at.join(CHIEF), at.join(LEAD, MIDDLE)
        chief.press("A", "Relief staff  US     here")
        lead.press(
            "3",
            "3 Promise it",
            "+",
            "60%",
            "+",
            "70%",
            "e",
            "Expect of",
            "1",
            "Neighbour: restraint",
        )
        lead.press("r", "Enter saves", "The islands asked.\r", "rationale   The islands asked.")
        lead.press("S", "HOW TO READ")
        lead.drop()
        chief.press("A", "Relief staff  US     away")

        lead = at.back(LEAD, MIDDLE).until("HOW TO READ", BACK)
        assert PROMPT.encode() not in lead.bytes
        chief.until("Relief staff  US     here")
        lead.press("T", "YOUR COMMITMENT")
        lead.until(
            "answer      3 Promise it", "confidence  70%", "expect      Neighbour: restraint"
        )
        lead.until("rationale   The islands asked.", "▸ 3")
        lead.press("\r", "Submit for the US cell?", "y", "Submitted. Waiting for Japan.")
        (answer,) = [e.event for e in at.entries("Answered")]
        assert isinstance(answer, Answered)
        assert "after_the_season" == answer.answer.option
        assert (70, {"neighbour": "restraint"}) == (answer.answer.confidence, answer.answer.expects)
        assert "The islands asked." == answer.answer.rationale


def test_the_run_goes_on_while_somebody_is_away(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        chief, lead, other = at.join(CHIEF), at.join(LEAD), at.join(OTHER)
        lead.press("2", "▸ 2", "S", "less steady")
        lead.drop()
        other.press("2", "▸ 2", "\r", "Submit for the", "y", "Submitted. Waiting for US.")
        chief.press("]", "Close it without US?", "y", "A ruling is proposed")
        chief.press("]", "The table reads the ruling.")
        lead = at.back(LEAD).until("less steady", BACK)
        lead.press("T", "Confirmed by the facilitator.")
        assert {OTHER, "robot:steady"} == {e.by for e in at.entries("Answered")}


def test_a_text_that_is_typed_ahead_is_not_lost_and_a_yes_is_none(tmp_path: Path) -> None:
    """On a slow line several keys arrive at once."""
    with room(tmp_path, resume=laid(tmp_path)) as at:
        lead = at.join(LEAD)
        lead.press("nhello there\r", "is in the record.")
        assert [Noted("hello there")] == [e.event for e in at.entries("Noted")]
        lead.press("2\ry", "Submit for the US cell?")
        assert not at.entries("Answered")
        lead.press("y", "Submitted. Waiting for Japan.")


# --- one seat, two screens ---


def test_a_seat_is_taken_over_and_the_first_screen_only_reads(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        chief = at.join(CHIEF)
        first = at.join(LEAD, MIDDLE)
        first.press("2", "2 One line in Tokyo")
        second = at.back(LEAD, MIDDLE).until(BACK, "2 One line in Tokyo")
        first.until(TAKEN)

        first.press("3", "3 Promise it", "+", "60%", "\r", "Submit for the US cell?", "y")
        first.without("Submit for the US cell?").until(TAKEN)
        first.press("n", "", "?", "ON THIS SCREEN", "\x1b", "YOUR COMMITMENT")
        assert not at.entries("Answered")
        assert not at.entries("Noted")
        second.press("\r", "Submit for the US cell?", "y", "Submitted. Waiting for Japan.")
        first.until("answer      2 One line in Tokyo", "Submitted. Waiting for Japan.")
        (answer,) = at.entries("Answered")
        assert isinstance(answer.event, Answered)
        assert (LEAD, "line_in_tokyo", 0) == (
            answer.by,
            answer.event.answer.option,
            answer.event.answer.confidence,
        )

        third = at.back(LEAD).until("Submitted. Waiting for Japan.")
        assert 1 == first.status()
        assert LEFT == first.modes
        assert "You are signed in somewhere else." == first.last_words
        second.until(TAKEN)
        assert 0 == second.leave()
        chief.press("A", "Relief staff  US     here")
        assert 0 == third.leave()
        chief.until("Relief staff  US     away")


# --- what the facilitator does ---


def test_messages_go_to_one_seat_or_to_all(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        chief = at.join(CHIEF)
        lead, member, other = at.join(LEAD), at.join(MEMBER, MIDDLE), at.join(OTHER)
        chief.press("A", "who is here", "j", "▸ Deputy", "w", "Message to Deputy")
        chief.press("For your eyes.\r", "Sent to Deputy")
        member.until("From the facilitator: For your eyes.")
        chief.press("a", "Message to all", "Ten minutes.\r", "Sent to all.")
        for one in (lead, member, other):
            one.until("From the facilitator: Ten minutes.")
            one.press(".").without("Ten minutes.")
        for one in (lead, other):
            assert b"eyes" not in one.bytes
        sent = [e.event for e in at.entries("Messaged")]
        assert [Messaged(MEMBER, "For your eyes."), Messaged(EVERYBODY, "Ten minutes.")] == sent


def test_a_pause_stops_everybody(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        chief, lead, member = at.join(CHIEF), at.join(LEAD, MIDDLE), at.join(MEMBER)
        chief.press(" ", "Paused. Deliberation on")
        for one in (lead, member):
            one.until("PAUSED", "Paused by the facilitator. Your time")
        lead.press(
            "2", "2 One line", "\r", "Submit for the", "y", "Paused by the facilitator. Time"
        )
        chief.press("]", "Paused. Time stands still; resume first.", " ").without("Paused.")
        for one in (lead, member):
            one.without("PAUSED")
        lead.press("\r", "Submit for the", "y", "Submitted.")
        assert [CHIEF, CHIEF] == [e.by for e in (*at.entries("Paused"), *at.entries("Resumed"))]


def test_a_deliberation_is_closed_without_a_cell_after_a_question(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        chief, lead, other = at.join(CHIEF), at.join(LEAD), at.join(OTHER)
        lead.press("2", "▸ 2", "\r", "Submit for the", "y", "Submitted. Waiting for Japan.")
        chief.until("Waiting for Japan.")
        chief.press("]", "Close it without Japan? A robot answers for them.", "\x1b")
        chief.without("A robot answers").until("Waiting for Japan.")
        assert not at.entries("AnswersClosed")
        chief.press("]", "Close it without Japan?", "y", "A ruling is proposed")
        other.until("The deliberation was closed. The facilitator adjudicates next.")
        lead.until("Submitted for the US cell. The facilitator adjudicates next.")
        (closed,) = at.entries("AnswersClosed")
        assert CHIEF == closed.by
        assert {LEAD, "robot:steady"} == {e.by for e in at.entries("Answered")}


def test_a_new_code_voids_the_one_before(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path, phases.BRIEFING)) as at:
        chief, old = at.join(CHIEF), at.host.codes[OTHER]
        chief.press("A", "who is here", "jj", "▸ Tokyo desk", "i", "Invitation of Tokyo desk")
        chief.until(f"tokyo@127.0.0.1   code {old}").press("\x1b", "WHO IS HERE")
        chief.press("r", "A new code for Tokyo desk? The one before is void.", "y")
        chief.until(f"ssh -p {at.host.port} tokyo@127.0.0.1   code ")
        (new,) = CODE.findall(chief.text)
        assert old != new
        knocking = at.knock(OTHER, old).asked(2)
        knocking.press(new + "\r", "You sit as Tokyo desk")
        chief.press("\x1b", "WHO IS HERE", "i", "(key bound)")
        assert new not in chief.text


def test_a_seat_is_handed_to_another_person_who_is_caught_up(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        chief, member = at.join(CHIEF), at.join(MEMBER, MIDDLE)
        chief.press("A", "who is here", "j", "▸ Deputy", "t", "HAND OVER DEPUTY")
        chief.press("2", "Hand Deputy over?", "y", "INVITATION OF DEPUTY")
        (new,) = CODE.findall(chief.text)
        assert 1 == member.status()
        assert "The host has taken this seat back." == member.last_words
        chief.press("\x1b", "who is here", "v", "as Deputy sees it", "q", "who is here")

        other = at.knock(MEMBER, new, Player(tmp_path, "another"))
        other.until("You sit as Deputy", "K catches you up.").press("\r", "CATCH UP", "Asked now")
        other.press("\x1b", "1-3 choose")
        assert [MEMBER] == [e.event.seat for e in at.entries("SeatHandedOver")]  # type: ignore[attr-defined]  # of that event


def test_a_revoked_seat_ends_and_its_key_opens_nothing(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        chief, lead, member = at.join(CHIEF), at.join(LEAD), at.join(MEMBER, MIDDLE)
        member.press("S", "HOW TO READ")
        chief.press("A", "who is here", "j", "▸ Deputy", "x", "Revoke the invitation of Deputy?")
        chief.press("y", "Deputy        US     away")
        chief.until("revoked")
        assert 1 == member.status()
        assert LEFT == member.modes
        assert "The host has taken this seat back." == member.last_words

        knocking = at.back(MEMBER).until(PROMPT)
        knocking.press(at.host.codes[MEMBER] + "\r")
        knocking.asked(2)
        lead.press("2", "▸ 2", "\r", "Submit for the US cell?", "y", "Submitted.")
        chief.press("k", "▸ Relief staff", "x", "Revoke the invitation", "\x1b").without(
            "Revoke the"
        )
