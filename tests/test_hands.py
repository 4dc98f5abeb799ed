"""Absent people and second hands: leads by promotion, rights, the pace, what the desk enters."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from kit.control import sound, to_slot
from kit.hosted import CHIEF, LEADS, ask, host, option, refused, to
from kit.tables import exercise

from ttx.exercise.digest import digest
from ttx.remote.hosting import invited
from ttx.report.aar.account import Account, Imprint
from ttx.report.aar.whole import after_action
from ttx.report.markdown import markdown
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.asides import evaluators
from ttx.session.automation import draft
from ttx.session.control_commands import (
    AddControllers,
    Amend,
    Defer,
    Enter,
    GiveRights,
    HandOver,
    Override,
    PassPace,
    Promote,
    Release,
)
from ttx.session.control_events import PacePassed, Promoted
from ttx.session.gates import Gate, gate
from ttx.session.opening import hosted, look_at, resume_hosted
from ttx.session.play_commands import (
    Commit,
    Continue,
    End,
    Grant,
    LeaveLevers,
    Message,
    Move,
    Pause,
    Respond,
    Start,
    Submit,
    Undo,
)
from ttx.session.record import read
from ttx.session.rehearsed import session_after
from ttx.session.rights import at_the_desk, may, rights_of
from ttx.session.run import ALL_RIGHTS, MESSAGES, PACE, PROJECTOR, RELEASES, REPLIES, RULINGS, SEATS
from ttx.session.seating import NotSeated
from ttx.session.side_commands import Allow, Inquire, Note, Observe, Reply
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.view.control import control
from ttx.session.view.eye import Eye
from ttx.session.view.message import message
from ttx.session.view.notices import notices, waiting
from ttx.session.view.pace import own_cell
from ttx.session.view.record import RecordView
from ttx.session.view.ruling import ruling

HELPER = "evaluator"
EXTRA = "controller_1"


# --- a lead who never comes ---


def test_a_promoted_seat_answers_for_its_cell_and_the_lead_before_it_does_not(
    tmp_path: Path,
) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    ask(table, "mofa", Commit(Answer(option(table, 0))))
    assert "The lead submits for the cell." == refused(
        table, "mofa", Submit(Answer(option(table, 1)))
    )
    ask(table, CHIEF, Promote("mofa"))

    assert Promoted("mofa") == table.entries[-1].event
    assert "The lead submits for the cell." == refused(
        table, "kantei", Submit(Answer(option(table, 1)))
    )
    for seat, leads in (("mofa", True), ("kantei", False)):
        view = own_cell(Eye(table.game, seat))
        assert (leads, table.game.run.seat("mofa").short) == (view.leads, view.lead)
    ask(table, "mofa", Submit(Answer(option(table, 1))))
    assert table.game.slot is not None
    assert option(table, 1) == table.game.slot.answers["japan"].option
    sound(table)


def test_promoting_back_undoes_it_and_taking_an_answer_back_does_not(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    ask(table, CHIEF, Promote("mofa"))
    ask(table, "mofa", Submit(Answer(option(table, 0))))
    ask(table, CHIEF, Undo())

    assert "mofa" == table.game.run.lead("japan").id
    assert "MOFA leads its cell already." == refused(table, CHIEF, Promote("mofa"))
    ask(table, CHIEF, Promote("kantei"))
    assert "kantei" == table.game.run.lead("japan").id
    ask(table, "kantei", Submit(Answer(option(table, 0))))
    sound(table)


def test_who_cannot_be_made_a_lead(tmp_path: Path) -> None:
    table = host(tmp_path, {"japan": "phased"})

    assert "That is the facilitator's." == refused(table, "usfj", Promote("osd"))
    assert "There is no seat 'nobody'." == refused(table, CHIEF, Promote("nobody"))
    assert "Only a cell that plays" in refused(table, CHIEF, Promote(HELPER))
    assert "Nobody leads a cell" in refused(table, CHIEF, Promote("mofa"))
    ask(table, CHIEF, Start(), End("enough"))
    assert "The exercise has ended." == refused(table, CHIEF, Promote("osd"))


# --- what the desk enters ---


def test_what_the_desk_enters_for_a_cell_is_the_cells_and_says_who_entered_it(
    tmp_path: Path,
) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Continue())
    assert phases.LEVERS == table.game.phase
    ask(table, CHIEF, Enter("us", LeaveLevers()))
    assert ("us",) == table.game.left
    assert "Your cell is done" in refused(table, CHIEF, Enter("us", Move("pace", "crash")))
    ask(table, CHIEF, Enter("japan", LeaveLevers()))
    to_slot(table, "policy")
    ask(table, CHIEF, Continue())
    whole = Answer("", 70, rationale="They said so in the room.", written="Ask them first")
    ask(table, CHIEF, Enter("us", Submit(Answer(option(table, 0)))))
    ask(table, CHIEF, Enter("japan", Submit(whole)))

    assert table.game.slot is not None
    assert {"us": CHIEF, "japan": CHIEF} == table.game.slot.entered
    assert whole == table.game.slot.answers["japan"]
    assert "No inject waits for an answer." == refused(table, CHIEF, Enter("japan", Submit(whole)))
    words = RecordView(Timeline(table.game.run, table.entries), CHIEF)
    last = max(e.n for e in table.entries if type(e.event).__name__ == "Answered")
    japan = next(cell for cell in table.game.run.exercise.cell if cell.id == "japan")
    assert f"(entered for {japan.name})" in words.line(last, last).what
    sound(table)


def test_consent_is_asked_for_and_given_at_the_desk(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Continue())
    lever, level = wants_consent(table)
    ask(table, CHIEF, Enter("us", Move(lever, level)))
    assert [(CHIEF, lever)] == [(seat, request.lever) for seat, request in table.game.asked]
    ask(table, CHIEF, Enter("japan", Grant(lever, agreed=False)))
    assert () == table.game.asked
    ask(table, CHIEF, Enter("us", Move(lever, level)))
    ask(table, "kantei", Grant(lever, agreed=True))
    assert [("kantei", lever)] == [(by, move.lever) for by, move in table.game.turns[-1].moves]
    ask(table, CHIEF, Undo())
    ask(table, CHIEF, Enter("us", Move(lever, level)), Enter("japan", Grant(lever, agreed=True)))
    assert [(CHIEF, lever)] == [(by, move.lever) for by, move in table.game.turns[-1].moves]
    sound(table)


def wants_consent(table: Table) -> tuple[str, str]:
    """A move of the US that takes what Japan grants, and that is open in the first turn."""
    for lever in table.game.run.exercise.lever:
        for level in lever.levels:
            at = len(table.entries)
            try:
                ask(table, CHIEF, Enter("us", Move(lever.id, level.id)))
            except ValueError:
                continue
            asks = type(table.entries[at].event).__name__ == "MoveAsked"
            ask(table, CHIEF, Undo())
            if asks:
                return lever.id, level.id
    raise AssertionError("no lever asks for consent")


def test_what_cannot_be_entered(tmp_path: Path) -> None:
    table = host(tmp_path, {"japan": "phased"})
    ask(table, CHIEF, Continue())

    assert "That is the facilitator's." == refused(table, "usfj", Enter("us", LeaveLevers()))
    for cell in ("japan", "white", "nowhere"):
        assert "Only for a cell that people play" in refused(
            table, CHIEF, Enter(cell, LeaveLevers())
        )
    assert "cannot be entered" in refused(table, CHIEF, Enter("us", Continue()))
    assert "not for this cell" in refused(table, CHIEF, Enter("us", Respond("china", "probe")))
    ask(table, CHIEF, Pause())
    assert "Paused" in refused(table, CHIEF, Enter("us", LeaveLevers()))


@pytest.mark.slow
def test_a_whole_session_is_run_without_a_laptop(tmp_path: Path) -> None:
    """One projector: the desk enters everything, from STARTEX to the end of the hot wash."""
    table = host(tmp_path)
    while table.game.phase != phases.HOTWASH:
        game = table.game
        if gate(game) == Gate.ANSWERS:
            for cell in game.run.people:
                choice = Answer(draft(game, "phased"), 60, rationale="By show of hands.")
                ask(table, CHIEF, Enter(cell, Submit(choice)))
        elif gate(game) == Gate.LEVERS:
            for cell in game.run.people:
                ask(table, CHIEF, Enter(cell, LeaveLevers()))
        else:
            ask(table, CHIEF, Continue())
    ask(table, CHIEF, Continue())

    assert table.closed
    assert {CHIEF} == {
        e.by for e in table.entries if type(e.event).__name__ in ("Answered", "LeversLeft")
    }
    assert len(table.game.turns) == table.game.run.exercise.turns.count
    sound(table)


def told(table: Table, seat: str) -> list[str]:
    return [notice.words for notice in waiting(Eye(table.game, seat))]


def test_the_seats_of_a_cell_are_told_what_the_desk_entered_for_it(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Continue(), Enter("us", LeaveLevers()))
    done = "Exercise control entered that your cell is done with its levers."
    assert done in told(table, "osd")
    assert done not in told(table, "mofa")
    ask(table, CHIEF, Continue())
    closed = "The facilitator closed the levers before your cell was done."
    assert (closed in told(table, "mofa"), closed in told(table, "osd")) == (True, False)
    to(table, phases.DELIBERATION)
    ask(table, CHIEF, Enter("japan", Submit(Answer(option(table, 0)))))
    entered = "Exercise control has entered your cell's answer: "
    assert [True] == [words.startswith(entered) for words in told(table, "mofa") if "has" in words]
    assert not [words for words in told(table, "osd") if words.startswith(entered)]
    ask(table, CHIEF, Enter("us", Submit(Answer(option(table, 0)))), Continue(), Continue())
    to(table, phases.DELIBERATION)  # another inject is on the table, and the page still says it
    kept = [notice.words for notice in notices(Eye(table.game, "mofa"))]
    assert [True] == [words.startswith(entered) for words in kept if "has entered" in words]


ASKED = "for your cell"
"""What a cell reads of a request that the desk made, or answered, in its name."""


@pytest.mark.parametrize("by_desk", [True, False], ids=["asked at the desk", "asked by its seat"])
@pytest.mark.parametrize("agreed", [True, False, None], ids=["agreed", "refused", "lapsed"])
def test_either_cell_is_told_of_a_consent_that_the_desk_entered(
    tmp_path: Path,
    agreed: bool | None,  # noqa: FBT001  # pytest passes it by name
    by_desk: bool,  # noqa: FBT001  # pytest passes it by name
) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Continue())
    move = Move("pace", "crash")
    ask(table, *((CHIEF, Enter("us", move)) if by_desk else ("osd", move)))
    pace = "Pace of the stand-up"
    asks = "US asks for your consent, as exercise control entered" if by_desk else "OSD asks for"
    assert asks in told(table, "mofa")[0]
    own = [f"Exercise control has asked for {pace} at crash for your cell."] if by_desk else []
    assert own == told(table, "usfj")

    if agreed is None:
        ask(table, CHIEF, Continue())
        lapsed = f"Nobody agreed to {pace} at crash before the levers closed; it stays."
        assert [lapsed] == [words for words in told(table, "usfj") if pace in words]
        assert not [words for words in told(table, "mofa") if pace in words]
        return
    ask(table, CHIEF, Enter("japan", Grant("pace", agreed=agreed)))
    (japan,), (us, *_) = told(table, "mofa"), told(table, "usfj")
    asker = "US" if by_desk else "OSD"
    if agreed:
        assert f"Exercise control has agreed for your cell: {pace} is at crash." == japan
        assert f"Japan agrees: {pace} is at crash, as {asker} asked." == us
    else:
        assert f"Exercise control has refused {pace} at crash for your cell." == japan
        assert f"Japan does not agree to {pace} at crash, which {asker} asked for." == us
    said = lines(table)
    entered = "Facilitator: moved" if agreed else "Facilitator: refused"
    assert [True] == [line.endswith("(entered for Japan)") for line in said if entered in line]
    assert by_desk == any(line.endswith("(entered for US)") for line in said)


def lines(table: Table) -> list[str]:
    """The record, as the white cell reads it."""
    view = RecordView(Timeline(table.game.run, table.entries), CHIEF)
    last = len(table.entries)
    told = [view.line(n, last) for n in view.seen(last) if n <= last]
    return [f"{line.who}: {line.what}" for line in told]


def test_the_record_does_not_say_done_of_a_cell_whose_levers_were_closed(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Continue(), Enter("us", LeaveLevers()), Continue())
    said = [line for line in lines(table) if "levers" in line]
    assert [
        "Facilitator: US is done with its levers (entered for US)",
        "Facilitator: closed the levers before Japan was done",
    ] == said[:2]


# --- whose answer it is ---


def closed_without_japan(path: Path) -> Table:
    """MOFA has committed otherwise than the US answers, and Japan's lead never came."""
    table = host(path)
    to(table, phases.DELIBERATION)
    ask(table, "mofa", Commit(Answer(option(table, 1), 80)))
    ask(table, "usfj", Submit(Answer(option(table, 0))))
    ask(table, CHIEF, Continue(), Continue())
    assert phases.REVIEW == table.game.phase
    return table


def test_before_a_robot_answers_the_desk_is_told_who_has_committed(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    assert "committed" not in control(Eye(table.game, CHIEF)).asks
    ask(table, "mofa", Commit(Answer(option(table, 1), 80)))
    assert (
        "MOFA has committed to an answer: make it the lead, or enter its answer here."
        in control(Eye(table.game, CHIEF)).asks
    )
    ask(table, CHIEF, Promote("mofa"))
    ask(table, "mofa", Submit(Answer(option(table, 1), 80)))
    assert "MOFA" not in control(Eye(table.game, CHIEF)).asks


def test_a_robots_answer_is_marked_and_nobody_is_a_minority_against_it(tmp_path: Path) -> None:
    table = closed_without_japan(tmp_path)
    view = ruling(Eye(table.game, "usfj"))
    assert view is not None
    assert ["US", "Japan (robot)"] == [cell for cell, _title in view.answers]
    assert () == view.minority
    seen = message(Eye(table.game, CHIEF))
    assert seen is not None
    assert ["US", "Japan (robot)"] == [answer.who for answer in seen.answers]
    assert [False] == [answer.differs for answer in seen.commitments]


def test_the_report_says_who_answered_in_a_cells_place(tmp_path: Path) -> None:
    table = closed_without_japan(tmp_path)
    ask(table, CHIEF, Continue())
    to(table, phases.DELIBERATION)
    ask(table, CHIEF, Enter("us", Submit(Answer(option(table, 0)))))
    ask(table, CHIEF, Enter("japan", Submit(Answer(option(table, 0)))))
    ask(table, CHIEF, Continue(), Continue(), Promote("mofa"), End("enough"), Continue())
    assert table.path is not None
    table.leave()
    for anonymous in (False, True):
        timeline = look_at(read(table.path)).timeline
        account = Account(timeline, Imprint("", "0", "0"), anonymous=anonymous)
        report = " ".join(markdown(after_action(account)).split())
        assert "a robot gave 1 of its 2 answers" in report
        assert "exercise control entered 1 of its 2 answers" in report
        assert "Japan (robot)" in report
        assert "a robot answered for its cell" in report
        assert "minority view" not in report
        assert "(entered)" in report


# --- second hands ---


def test_at_first_the_lead_of_the_white_cell_has_every_right(tmp_path: Path) -> None:
    run = host(tmp_path).game.run
    assert frozenset(ALL_RIGHTS) == rights_of(run, CHIEF)
    for seat in run.exercise.seat:
        assert at_the_desk(run, seat.id) == (seat.id == CHIEF)


ONLY = {
    RELEASES: (Continue(), "released"),
    MESSAGES: (Message("all", "Coffee at ten."), "messaged"),
    SEATS: (Promote("mofa"), "promoted"),
}


@pytest.mark.parametrize("right", ONLY)
def test_a_right_is_to_do_that_and_nothing_else(tmp_path: Path, right: str) -> None:
    table = host(tmp_path)
    to_slot(table, "policy")
    for asks, _ in ONLY.values():
        assert refused(table, HELPER, asks)
    ask(table, CHIEF, GiveRights(HELPER, (right,)))
    for of, (asks, _) in ONLY.items():
        if of != right:
            assert "Your seat has no right to do that" in refused(table, HELPER, asks)
    assert "Facilitator holds the pace." == refused(table, HELPER, Pause())
    assert "Facilitator holds the pace." == refused(table, HELPER, End("now"))
    ask(table, HELPER, ONLY[right][0])
    assert HELPER == table.entries[-1].by
    sound(table)


def test_rulings_are_confirmed_and_changed_by_who_has_that_right(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, AddControllers(1), GiveRights(EXTRA, (RULINGS, REPLIES)))
    to_slot(table, "crisis")
    ask(table, CHIEF, Continue())
    ask(table, "usfj", Inquire("Who asks?"))
    ask(table, EXTRA, Reply(1, "The wing."))
    for seat in LEADS.values():
        ask(table, seat, Submit(Answer(option(table, 0))))
    assert phases.ADJUDICATION == table.game.phase
    assert table.game.slot is not None
    ruled = table.game.slot.ruled
    assert ruled is not None
    at, effect = next(row for row in enumerate(ruled.ruling.effects) if abs(row[1].by) > 1)
    ask(table, EXTRA, Amend(Override(effects={at: effect.by // 2}), "half of it"))
    assert phases.REVIEW == table.game.phase
    assert "Facilitator holds the pace." == refused(table, EXTRA, Continue())
    sound(table)


def test_rights_are_taken_again(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, GiveRights(HELPER, (SEATS, RELEASES)))
    assert "rights of Evaluator already" in refused(
        table, CHIEF, GiveRights(HELPER, (RELEASES, SEATS))
    )
    ask(table, HELPER, Allow("room"))
    ask(table, CHIEF, GiveRights(HELPER, ()))
    assert not at_the_desk(table.game.run, HELPER)
    assert "That is the facilitator's." == refused(table, HELPER, Allow("all"))


def test_who_cannot_be_given_what(tmp_path: Path) -> None:
    table = host(tmp_path)
    for seat in ("usfj", "observer", "nobody"):
        assert "The desk is for seats of exercise control" in refused(
            table, CHIEF, GiveRights(seat, (REPLIES,))
        )
    for right in (PACE, "everything"):
        assert f"no right '{right}'" in refused(table, CHIEF, GiveRights(HELPER, (right,)))
    assert "holds the pace, and with it every right" in refused(
        table, CHIEF, GiveRights(CHIEF, (REPLIES,))
    )
    assert "That is the facilitator's." == refused(table, HELPER, GiveRights(HELPER, (REPLIES,)))


def test_the_pace_is_passed_by_its_holder_and_taken_at_the_desk(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert "That is the facilitator's." == refused(table, HELPER, PassPace(HELPER))
    ask(table, CHIEF, GiveRights(HELPER, (REPLIES,)), PassPace(HELPER))

    assert HELPER == table.game.run.facilitator
    assert PacePassed(HELPER) == table.entries[-1].event
    ask(table, HELPER, Start())
    assert "Evaluator holds the pace." == refused(table, CHIEF, Pause())
    ask(table, CHIEF, Promote("mofa"))  # its lead keeps every other right of the desk
    assert "Evaluator holds the pace already." == refused(table, HELPER, PassPace(HELPER))
    ask(table, CHIEF, PassPace(CHIEF))
    assert CHIEF == table.game.run.facilitator
    assert frozenset({REPLIES}) == rights_of(table.game.run, HELPER)
    ask(table, CHIEF, Pause())
    sound(table)


def test_the_pace_and_the_leads_outlive_a_host_that_is_killed(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, AddControllers(2), GiveRights("controller_2", (RELEASES,)))
    ask(table, CHIEF, Promote("mofa"), PassPace("controller_1"))
    assert table.path is not None
    table.leave()
    again = resume_hosted(read(table.path))

    run = again.game.run
    assert ("controller_1", CHIEF, "mofa") == (run.facilitator, run.desk, run.lead("japan").id)
    assert may(run, "controller_2", RELEASES)
    ask(again, "controller_1", Start())
    sound(again)
    again.leave()


def test_controllers_are_seats_of_the_run_and_not_of_the_exercise(tmp_path: Path) -> None:
    table = host(tmp_path)
    before = evaluators(table.game.run)
    ask(table, CHIEF, AddControllers(2))
    run = table.game.run

    assert ("controller_1", "controller_2") == run.controllers
    assert ["Controller 1", "Controller 2"] == [run.seat(seat).short for seat in run.controllers]
    assert before == evaluators(run)
    assert not at_the_desk(run, EXTRA)
    ask(table, EXTRA, Note("I am here."))
    assert table.path is not None
    head = tomllib.loads(table.path.read_text("utf-8"))["exercise"]
    assert not [seat for seat in head["seat"] if seat["id"].startswith("controller")]
    assert "up to 4 controllers more" in refused(table, CHIEF, AddControllers(5))
    ask(table, CHIEF, AddControllers(4))
    assert "as many controllers as it takes" in refused(table, CHIEF, AddControllers(1))
    assert "Observations are the evaluators'" in refused(table, EXTRA, Observe("strength", "seen"))
    sound(table)


def test_a_right_that_comes_with_the_pace_goes_with_it(tmp_path: Path) -> None:
    table = host(tmp_path)
    inject = to_slot(table, "policy")
    ask(table, CHIEF, PassPace(HELPER))
    ask(table, HELPER, Release(inject))
    ask(table, HELPER, PassPace(CHIEF))
    later = next(
        part.id for part in table.game.run.exercise.inject if part.id not in table.game.gone
    )
    assert "That is the facilitator's." == refused(table, HELPER, Defer(later, 3, "later"))
    ask(table, CHIEF, HandOver("mofa", "person"))
    sound(table)


def test_controllers_are_invited_and_the_session_after_a_rehearsal_has_them_too(
    tmp_path: Path,
) -> None:
    part = exercise("tutorial")
    with pytest.raises(NotSeated, match="up to 6 controllers more"):
        hosted(part, {}, 7, tmp_path / "no.ttx.toml", controllers=7)
    assert not (tmp_path / "no.ttx.toml").exists()
    tried = hosted(part, {}, 7, tmp_path / "tried.ttx.toml", controllers=2, rehearsal=True)
    tried.leave()
    assert tried.path is not None
    table = session_after(read(tried.path), path=tmp_path / "real.ttx.toml")
    for run in (tried.game.run, table.game.run):
        assert ("controller_1", "controller_2") == run.controllers
        assert invited(run)[-3:] == [*run.controllers, PROJECTOR]
    table.leave()
    assert tried.save is not None
    assert table.save is not None
    digests = {read(save.path).header.digest for save in (tried.save, table.save)}
    assert {digest(part)} == digests
