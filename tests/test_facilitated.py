"""A run with a facilitator and people in every seat: who holds the pace, who answers, who reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from kit.hosted import CHIEF, LEADS, ask, host, option, refused, to
from kit.tables import exercise, offers

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.audit import differences
from ttx.session.automation import draft
from ttx.session.command import LONGEST, Command, IllegalDecision
from ttx.session.events import (
    EVERYBODY,
    Answered,
    AnswersClosed,
    Committed,
    Confirmed,
    Messaged,
    Readied,
    Started,
)
from ttx.session.fold import fold
from ttx.session.notebook_events import Noted
from ttx.session.opening import hosted, look_at, resume, resume_hosted
from ttx.session.play_commands import (
    Commit,
    Continue,
    End,
    Grant,
    LeaveLevers,
    Message,
    Move,
    Pause,
    Start,
    Submit,
    Undo,
)
from ttx.session.record import read
from ttx.session.run import PERSON, PROJECTOR
from ttx.session.save_header import SaveError
from ttx.session.side_commands import Note
from ttx.session.timeline import Timeline
from ttx.session.view import message as messages
from ttx.session.view import reckoning, ruling
from ttx.session.view.control import control
from ttx.session.view.eye import Eye
from ttx.session.view.levers import requests
from ttx.session.view.record import RecordView
from ttx.session.view.table import status

BESIDE = {"us": ("osd", "indopacom", "state"), "japan": ("jjoc", "mofa")}


@pytest.mark.slow
def test_the_facilitator_opens_every_gate_and_the_record_says_so(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert phases.BRIEFING == table.game.phase
    ask(table, CHIEF, Continue())
    seen = {table.game.phase}
    while not table.closed:
        if table.game.phase == phases.DELIBERATION:
            choice = draft(table.game, "phased")
            ask(table, "usfj", Submit(Answer(choice)))
            ask(table, "kantei", Submit(Answer(choice)))
        else:
            ask(table, CHIEF, Continue())
        seen.add(table.game.phase)

    gates = [e for e in table.entries if isinstance(e.event, Confirmed)]
    assert gates
    assert all(
        e.event.facilitated and e.by == CHIEF for e in gates if isinstance(e.event, Confirmed)
    )
    assert {phases.ADJUDICATION, phases.REVIEW, phases.RECKONING, phases.HOTWASH} <= seen
    assert fold(table.game.run, table.entries) == table.game
    assert [] == differences(table.game.run, table.entries)


def test_nobody_but_the_facilitator_holds_the_pace(tmp_path: Path) -> None:
    table = host(tmp_path)
    for seat in ("usfj", "osd", "kantei", "evaluator", "prc"):
        for command in (Pause(), End(), Message(EVERYBODY, "hello")):
            assert "That is the facilitator's." == refused(table, seat, command)
    ask(table, "usfj", Start())
    assert phases.BRIEFING == table.game.phase
    assert ["usfj"] == [e.by for e in table.entries if isinstance(e.event, Readied)]
    assert "You are ready; STARTEX is the facilitator's." == refused(table, "usfj", Start())
    ask(table, CHIEF, Continue())
    assert isinstance(table.entries[1].event, Started)
    to(table, phases.REVIEW)
    for seat in ("usfj", "osd", "kantei"):
        assert "The facilitator goes on from here." == refused(table, seat, Continue())
        assert "Only the facilitator takes something back." == refused(table, seat, Undo())
    ask(table, CHIEF, Pause())
    assert "Paused by the facilitator. Time stands still; go on first." == refused(
        table, "usfj", Continue()
    )


def test_the_facilitator_answers_for_no_cell(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Continue())
    for command in (Move("pace", "accelerated"), LeaveLevers(), Grant("pace", agreed=True)):
        assert "The facilitator answers for no cell." == refused(table, CHIEF, command)
    to(table, phases.DELIBERATION)
    for one in (Submit(Answer(option(table, 0))), Commit(Answer(option(table, 0)))):
        assert "The facilitator answers for no cell." == refused(table, CHIEF, one)


def test_who_only_watches_writes_nothing(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, "evaluator", Note("a strength"))
    assert "An observer reads; at the hot wash it puts up cards and votes." == refused(
        table, "observer", Note("hm")
    )
    assert "There is no seat 'projector' at this table." == refused(table, PROJECTOR, Note("hm"))
    ask(table, CHIEF, Continue())
    for seat in ("evaluator", "observer", "prc"):
        for command in (LeaveLevers(), Move("pace", "accelerated"), Continue()):
            assert "Nobody at this table answers for that cell." == refused(table, seat, command)


def test_levers_are_closed_without_those_who_never_say_done(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Continue())
    ask(table, "osd", Move("pace", "accelerated"))  # asks for Tokyo's consent
    assert [("pace", "accelerated")] == [
        (one.lever, one.level) for one in requests(Eye(table.game, "kantei"))
    ]
    assert "The request is for the lead of your cell." == refused(
        table, "mofa", Grant("pace", agreed=True)
    )
    assert "The lead says when the cell is done with its levers." == refused(
        table, "osd", LeaveLevers()
    )
    ask(table, "usfj", LeaveLevers())
    view = control(Eye(table.game, CHIEF))
    assert view.sentence.endswith("Waiting for Japan.")
    assert (
        "Close the levers without Japan? One request lapses: Pace of the stand-up at accelerated."
        == view.asks
    )

    ask(table, CHIEF, Continue())

    assert phases.INJECT == table.game.phase
    told = [type(e.event).__name__ for e in table.entries]
    assert "MoveLapsed" in told


def test_each_seat_commits_before_the_lead_submits(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    one, other = option(table, 0), option(table, 1)
    ask(table, "osd", Commit(Answer(one, 60, {"china": "probe"}, "QOSD")))
    ask(table, "osd", Commit(Answer(other, 70, {}, "QAGAIN")))
    ask(table, "jjoc", Commit(Answer(one, rationale="QJJOC")))
    assert "The lead submits for the cell." == refused(table, "osd", Submit(Answer(one)))

    def committed(seat: str) -> list[str]:
        view = messages.message(Eye(table.game, seat))
        assert view is not None
        return [one.rationale for one in view.commitments]

    assert ["QAGAIN"] == committed("osd")
    assert [] == committed("usfj") == committed("state") == committed("kantei") == committed("prc")
    assert [] == committed(PROJECTOR)
    assert ["QAGAIN", "QJJOC"] == committed(CHIEF) == committed("evaluator")
    view = messages.message(Eye(table.game, "usfj"))
    assert view is not None
    assert (1, 4) == view.committed

    ask(table, "usfj", Submit(Answer(one)))
    assert "Your cell has already answered." == refused(table, "osd", Commit(Answer(one)))
    ask(table, "kantei", Submit(Answer(one)))

    assert phases.ADJUDICATION == table.game.phase
    assert [] == committed("state")
    assert ruling.ruling(Eye(table.game, "osd")) is None
    assert ruling.ruling(Eye(table.game, CHIEF)) is not None
    ask(table, CHIEF, Continue())
    assert ["QAGAIN"] == committed("state") == committed("usfj")
    assert ["QJJOC"] == committed("kantei")
    for seat, rows in (("state", ["OSD"]), ("kantei", []), (PROJECTOR, [])):
        shown = ruling.ruling(Eye(table.game, seat))
        assert shown is not None
        assert rows == [sentence.split(" would have answered ")[0] for sentence in shown.minority]
        assert all(sentence.endswith(" (70% sure), because: QAGAIN") for sentence in shown.minority)
    ask(table, CHIEF, End())
    assert ["QAGAIN", "QJJOC"] == committed("kantei")


def test_a_seat_that_never_answers_is_answered_for(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    assert table.game.inject is not None
    lead = table.game.inject.lead
    other = next(cell for cell in ("us", "japan") if cell != lead)
    choice = option(table, 1)
    ask(table, LEADS[other], Submit(Answer(choice)))
    view = control(Eye(table.game, CHIEF))
    (awaited,) = (str(cell.name) for cell in table.game.run.exercise.cell if cell.id == lead)
    assert view.sentence.endswith(f"Waiting for {awaited}.")
    assert view.asks

    seen = table.game.entries
    ask(table, CHIEF, Continue())

    slot = table.game.slot
    assert slot is not None
    assert slot.ruled is not None
    assert (lead,) == slot.closed
    assert phases.ADJUDICATION == table.game.phase
    assert {lead: choice, other: choice} == {c: a.option for c, a in slot.answers.items()}
    assert not slot.ruled.discord
    robot = next(e for e in table.entries if isinstance(e.event, Answered) and e.event.cell == lead)
    assert "robot:phased" == robot.by
    assert [] == differences(table.game.run, table.entries)

    with pytest.raises(IllegalDecision) as late:
        table.submit(LEADS[lead], Submit(Answer(choice, rationale="at last")), seen)
    assert "The facilitator closed the deliberation. Your answer is kept as a note." == str(
        late.value
    )
    last = table.entries[-1]
    assert isinstance(last.event, Noted)
    assert LEADS[lead] == last.by
    assert "at last" in last.event.text


def test_with_no_answer_at_all_the_robot_of_the_lead_is_carried_out(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    would = draft(table.game, "phased")

    ask(table, CHIEF, Continue())

    closed = next(e for e in table.entries if isinstance(e.event, AnswersClosed))
    assert isinstance(closed.event, AnswersClosed)
    assert ("us", "japan") == closed.event.cells
    slot = table.game.slot
    assert slot is not None
    assert slot.ruled is not None
    assert table.game.inject is not None
    assert (table.game.inject.lead, would) == (slot.ruled.lead, slot.ruled.ruling.option)


def test_a_robot_cell_concurs_and_waits_for_nobody(tmp_path: Path) -> None:
    table = host(tmp_path, {"japan": "cautious"})
    to(table, phases.DELIBERATION)
    choice = option(table, 1)

    ask(table, "usfj", Submit(Answer(choice)))

    assert phases.ADJUDICATION == table.game.phase
    slot = table.game.slot
    assert slot is not None
    assert {choice} == {one.option for one in slot.answers.values()}
    assert {"us": PERSON, "japan": "cautious", "white": PERSON} == {
        cell: who for cell, who in table.game.run.players.items() if cell != "red"
    }


def test_a_message_is_for_whom_it_is_sent_to(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Message("osd", "QSECRET"), Message(EVERYBODY, "QOPEN"))
    assert "There is no seat 'mayor' to write to." == refused(table, CHIEF, Message("mayor", "x"))
    assert "The message is empty." == refused(table, CHIEF, Message("osd", " \n"))
    ask(table, CHIEF, Continue(), End(), Continue())
    assert table.closed

    def reads(eye: str) -> str:
        record = RecordView(Timeline(table.game.run, table.entries), eye)
        head = len(table.entries)
        return "\n".join(record.line(n, head).what for n in record.seen(head) if n <= head)

    assert [Messaged("osd", "QSECRET"), Messaged(EVERYBODY, "QOPEN")] == [
        e.event for e in table.entries if isinstance(e.event, Messaged)
    ]
    for seat in ("usfj", "kantei", "prc", "russia"):
        assert "QSECRET" not in reads(seat)
        assert "QOPEN" in reads(seat)
    for seat in ("osd", CHIEF, "evaluator"):
        assert "QSECRET" in reads(seat)


def test_the_room_reads_what_every_player_may(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert ("Room", "what all may see") == (
        status(Eye(table.game, PROJECTOR)).seat,
        status(Eye(table.game, PROJECTOR)).cell,
    )
    to(table, phases.DELIBERATION)
    ask(table, "usfj", Submit(Answer(option(table, 0), rationale="QWHY")))
    view = messages.message(Eye(table.game, PROJECTOR))
    assert view is not None
    assert view.question
    assert () == view.answers
    ask(table, "kantei", Submit(Answer(option(table, 0))))
    assert ruling.ruling(Eye(table.game, PROJECTOR)) is None
    ask(table, CHIEF, Continue())
    view = messages.message(Eye(table.game, PROJECTOR))
    assert view is not None
    assert 2 == len(view.answers)
    assert not any(one.rationale for one in view.answers)
    assert ruling.ruling(Eye(table.game, PROJECTOR)) is not None
    to(table, phases.RECKONING)
    assert reckoning.reckoning(Eye(table.game, PROJECTOR)) is None
    ask(table, CHIEF, Continue())
    assert reckoning.reckoning(Eye(table.game, PROJECTOR)) is not None


def test_with_red_in_the_room_it_reads_what_red_may(tmp_path: Path) -> None:
    table = hosted(exercise("accelerate"), {}, 7, tmp_path / "r.ttx.toml", red=True)
    ask(table, CHIEF, Continue())
    to(table, phases.DELIBERATION)
    for seat in (PROJECTOR, "prc"):
        view = messages.message(Eye(table.game, seat))
        assert view is not None
        assert "" == view.question
    to(table, phases.REVIEW)
    assert ruling.ruling(Eye(table.game, PROJECTOR)) is None


def test_people_in_every_seat_play_to_the_end_and_it_comes_back(tmp_path: Path) -> None:
    table = hosted(exercise("tutorial"), {}, 9, tmp_path / "all.ttx.toml", red=True)
    luck = np.random.default_rng(5)
    run = table.game.run
    players = [s.id for s in run.exercise.seat if s.cell in run.people]
    while not table.closed:
        game, seat = table.game, players[int(luck.integers(len(players)))]
        if luck.random() < 0.3 or game.phase not in (phases.LEVERS, phases.DELIBERATION):
            ask(table, CHIEF, Pause() if game.paused else Continue())
            continue
        asks = offers(game, seat)
        if asks:
            one = asks[int(luck.integers(len(asks)))]
            if isinstance(one, Submit) and not run.seat(seat).lead:
                one = Commit(Answer(one.answer.option, 50))
            if run.seat(seat).lead or isinstance(one, Commit | Move):
                ask(table, seat, one)
    path, entries, game = table.path, table.entries, table.game
    assert path is not None
    table.leave()
    record = read(path)

    assert entries == record.entries
    assert game == look_at(record).game
    assert [] == differences(game.run, entries)


@pytest.mark.slow
def test_a_run_is_resumed_with_its_facilitator(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    ask(table, "osd", Commit(Answer(option(table, 0))))
    assert table.path is not None
    table.leave()

    with pytest.raises(SaveError, match="go on with: ttx host --resume"):
        resume(read(table.path))
    again = resume_hosted(read(table.path))

    assert CHIEF == again.game.run.facilitator
    assert table.game == again.game
    assert isinstance(again.entries[-1].event, Committed)
    again.leave()


def test_what_others_seal_or_say_meanwhile_refuses_nobody(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, "osd", Start())
    table.submit("usfj", Start(), 0)
    to(table, phases.DELIBERATION)
    seen, choice = table.game.entries, option(table, 0)
    ask(table, CHIEF, Message(EVERYBODY, "ten minutes"))
    table.submit("osd", Commit(Answer(choice)), seen)
    table.submit("usfj", Submit(Answer(choice)), seen)
    table.submit("mofa", Note("noted while the others answered"), 0)
    table.submit("kantei", Submit(Answer(choice)), seen)

    assert phases.ADJUDICATION == table.game.phase


def test_what_changes_the_question_refuses_who_has_not_seen_it(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Continue())
    seen = table.game.entries
    to(table, phases.DELIBERATION)
    with pytest.raises(IllegalDecision, match="The table has moved on"):
        table.submit("usfj", LeaveLevers(), seen)
    assert phases.DELIBERATION == table.game.phase
    choice = option(table, 0)
    with pytest.raises(IllegalDecision, match="The table has moved on"):
        table.submit("usfj", Submit(Answer(choice)), seen)


@pytest.mark.parametrize("make", [Note, lambda words: Message(EVERYBODY, words)])
def test_words_have_an_end(tmp_path: Path, make: Callable[[str], Command]) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, make("x" * LONGEST))
    assert "That is longer than 2,000 characters; say it in fewer." == refused(
        table, CHIEF, make("x" * (LONGEST + 1))
    )
