"""The desk and an evaluator in plain lines, word by word, at a hosted table without a wire."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from kit.hosted import CHIEF, LEADS, host, to

from ttx.plain.conversation import Work
from ttx.plain.sitting import Sitting
from ttx.plain.talk import Talk
from ttx.plain.words import PLAYING, listed
from ttx.session import control_events, events, notebook_events, phases
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.play_commands import Continue, End, Submit
from ttx.session.table import Table
from ttx.session.view.eye import Eye
from ttx.session.view.levers import levers

US, JAPAN, MATE = LEADS["us"], LEADS["japan"], "osd"


class Lines:
    """Seats of one table in plain lines, and all that each was told."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.attendance = Attendance([part.id for part in table.game.run.exercise.seat])
        self.said: dict[str, list[str]] = {}
        self.talks: dict[str, Talk] = {}

    def sit(self, seat: str) -> Talk:
        """Somebody sits down there, if nobody does yet."""
        if seat not in self.talks:
            said = self.said[seat] = []
            self.talks[seat] = Talk(
                Sitting(self.table, seat, said.append, attendance=self.attendance)
            )
            self.talks[seat].begin()
        return self.talks[seat]

    def types(self, seat: str, *lines: str) -> str:
        """Type lines one after the other; what was told after the first."""
        talk = self.sit(seat)
        self.said[seat].clear()
        for line in lines:
            talk.typed(line)
        for other in self.talks.values():
            if other is not talk:
                other.grown()
        return " ".join(" ".join(self.said[seat]).split())

    def last(self) -> object:
        """The last fact that somebody brought about."""
        people = {part.id for part in self.table.game.run.exercise.seat}
        return next(e.event for e in reversed(self.table.entries) if e.by in people)

    def did(self, kind: type[object]) -> bool:
        """Whether it is of that kind."""
        return isinstance(self.last(), kind)

    def asked(self, seat: str) -> str:
        """The prompt that waits there."""
        return str(getattr(self.talks[seat].asked, "prompt", ""))


@pytest.fixture
def at(tmp_path: Path) -> Callable[[str], Lines]:
    """A table that stands at a phase for the first time."""

    def standing(phase: str) -> Lines:
        table = host(tmp_path)
        if phase != phases.BRIEFING:
            to(table, phase)
        return Lines(table)

    return standing


At = Callable[[str], Lines]


def test_nothing_opens_at_the_desk_by_enter(at: At) -> None:
    for phase in (phases.BRIEFING,):
        lines = at(phase)
        before = lines.table.game.entries
        told = lines.types(CHIEF, "", "", "y")
        assert "go: STARTEX." in told
        assert before == lines.table.game.entries
        assert "Nothing was done." in lines.types(CHIEF, "go", "")
        assert before == lines.table.game.entries


def test_a_question_that_is_out_of_date_opens_nothing(at: At) -> None:
    lines = at(phases.DELIBERATION)
    lines.types(CHIEF, "go")
    assert "Close it without" in lines.asked(CHIEF)
    game = lines.table.game
    assert game.inject is not None
    option = game.inject.option[-1].id
    for seat in (US, JAPAN):
        lines.table.submit(seat, Submit(Answer(option)), lines.table.game.entries)
    assert phases.ADJUDICATION == lines.table.game.phase
    before = lines.table.game.entries
    assert "The table has moved on; look again." in lines.types(CHIEF, "y")
    assert before == lines.table.game.entries


def test_what_a_cell_decides_is_entered_for_it(at: At) -> None:
    lines = at(phases.LEVERS)
    assert "Entered for US, by the desk." in lines.types(CHIEF, "enter us done")
    assert "Entered for Japan, by the desk." in lines.types(CHIEF, "enter", "done")
    while lines.table.game.phase != phases.DELIBERATION:
        lines.types(CHIEF, "go")
    inject = lines.table.game.inject
    assert inject is not None
    free = next(at for at, part in enumerate(inject.option, start=1) if part.needs is None)
    told = lines.types(CHIEF, "enter us", str(free), "70", "They said so.", "y")
    assert "Entered for US, by the desk." in told
    answer = lines.last()
    assert isinstance(answer, events.Answered)
    assert (70, "They said so.") == (answer.answer.confidence, answer.answer.rationale)


def test_a_seat_is_promoted_handed_over_and_given_rights(at: At) -> None:
    lines = at(phases.LEVERS)
    assert "leads its cell from here on." in lines.types(CHIEF, f"promote {MATE}", "y")
    assert lines.did(control_events.Promoted)
    assert "evaluator" in lines.types(CHIEF, "rights")
    assert "are set." in lines.types(CHIEF, "rights evaluator messages replies")
    assert lines.did(control_events.RightsGiven)
    lines.sit("evaluator")
    assert "Sent to" in lines.types("evaluator", "write all Five minutes.")
    assert "Name who takes it" in lines.types(CHIEF, "hand kantei")
    assert "is handed over." in lines.types(CHIEF, "hand kantei phased", "y")
    assert "holds the pace" in lines.types(CHIEF, "pace evaluator", "y")
    assert "evaluator" == lines.table.game.run.facilitator


def test_an_inject_is_put_off_left_out_and_written(at: At) -> None:
    lines = at(phases.INJECT)
    told = lines.types(CHIEF, "list")
    assert "MSEL: " in told
    number = next(line.split()[0] for line in lines.said[CHIEF] if ": ready" in line)
    assert "Expected" in lines.types(CHIEF, f"inject {number}")
    assert "Deferred to turn 3" in lines.types(CHIEF, f"defer {number} 3 Too early.")
    assert lines.did(control_events.Deferred)
    assert "Skipped:" in lines.types(CHIEF, f"skip {number}", "Not needed.")
    typed = {
        "kind": "press",
        "slot": "policy",
        "the message": "They ask.",
        "option 1": "Answer",
        "option 2": "Wait",
        "Put it": "y",
    }
    lines.types(CHIEF, "adhoc A call")
    for _ in range(40):
        prompt = lines.asked(CHIEF)
        first = prompt.partition("(")[2].partition(",")[0].rstrip(")")
        picks = prompt.startswith(("its lean", "who acts", "whose answer"))
        known = next((line for name, line in typed.items() if prompt.startswith(name)), "")
        needed = prompt.startswith(("from", "to", "by", "the question"))
        lines.types(CHIEF, first if picks else known or ("some words" if needed else ""))
        if lines.did(control_events.Improvised):
            break
    assert lines.did(control_events.Improvised), lines.asked(CHIEF)


def test_a_reckoning_is_ruled_otherwise(at: At) -> None:
    lines = at(phases.RECKONING)
    lines.sit(CHIEF)
    game = lines.table.game
    assert game.turn is not None
    assert game.turn.reckoned is not None
    one = game.turn.reckoned.reckoning.responses[0]
    wanted = "probe" if one.response != "probe" else "restraint"
    told = lines.types(CHIEF, "overrule", f"{one.adversary} {wanted}")
    assert f"yours {wanted}" in told
    told = lines.types(CHIEF, "done", "It was seen otherwise.", "y")
    assert "Ruled and confirmed." in told
    assert wanted == lines.table.game.turns[0].reckoned.reckoning.did[one.adversary]  # type: ignore[union-attr]


def test_an_evaluator_rates_and_settles(at: At) -> None:
    lines = at(phases.LEVERS)
    seat = "evaluator"
    assert "observe writes an observation" in lines.types(seat, "objectives")
    assert "in the record" in lines.types(seat, "observe They asked.", "strength", "1", "")
    assert lines.did(notebook_events.Observed)
    assert "It is in the record: M." in lines.types(seat, "rate 1 M It took long.")
    assert "No observation here supports P." in lines.types(seat, "rate 2", "p", "Seen.") + (
        lines.asked(seat)
    )
    assert "It is in the record: P." in lines.types(seat, "y")
    lines.types(CHIEF, "end", "y")
    assert "It is in the record: S." in lines.types(seat, "settle 1", "S", "All agreed.")
    assert lines.did(notebook_events.Settled)


def test_cancel_does_nothing_and_help_says_what_is_asked(at: At) -> None:
    lines = at(phases.LEVERS)
    before = lines.table.game.entries
    lines.types(US, "ask")
    assert "cancel goes back and does nothing" in lines.types(US, "?")
    assert "Nothing was done." in lines.types(US, "cancel")
    assert before == lines.table.game.entries
    assert lines.asked(US).startswith("lever level")


def test_an_own_action_is_weighed(at: At) -> None:
    lines = at(phases.DELIBERATION)
    game = lines.table.game
    assert game.inject is not None
    lead = LEADS[game.inject.lead]
    other = US if lead == JAPAN else JAPAN
    told = lines.types(lead, "own", "We ring everybody.", "They answer.", "", "y")
    assert "Submitted for the" in told
    option = next(o.id for o in game.inject.option if o.needs is None)
    lines.table.submit(other, Submit(Answer(option)), lines.table.game.entries)
    lines.sit(CHIEF).grown()
    told = lines.types(CHIEF, "go")
    assert "For: They answer." in told
    assert "Weighed; the model rules with that." in lines.types(CHIEF, "1", "3", "It is so.", "y")


def test_a_seat_that_waits_is_told_what_it_waits_for(at: At) -> None:
    lines = at(phases.LEVERS)
    lines.sit(US)
    assert "is done with its levers" in lines.types(US, "done")
    assert "Waiting for" in lines.types(US, "")
    lines.table.submit(CHIEF, Continue(), lines.table.game.entries)
    lines.said[US].clear()
    assert lines.talks[US].grown()
    assert lines.said[US]


def test_the_time_of_a_phase_is_told_and_ends_with_a_word(at: At) -> None:
    lines = at(phases.DELIBERATION)
    lines.sit(US)
    assert "2 min for this phase, from now." in lines.types(CHIEF, "box 2")
    assert "2 min left of 2 min for this phase." in lines.types(US, "where")
    for seconds, word in ((61, "Less than a minute is left"), (60, "Time is up for this phase")):
        lines.table._began -= seconds
        lines.said[US].clear()
        assert lines.talks[US].anything_new
        assert lines.talks[US].grown()
        assert word in " ".join(lines.said[US])
        assert not lines.talks[US].anything_new
    assert "The time for this phase is up: 2 min." in lines.types(US, "where")


def test_words_that_name_nobody_are_kept_until_somebody_is_named(at: At) -> None:
    lines = at(phases.LEVERS)
    lines.types(CHIEF, "write be quick, please")
    assert lines.asked(CHIEF).startswith("to whom do you write")
    assert "Sent to" in lines.types(CHIEF, "nobody", US)
    message = lines.last()
    assert isinstance(message, events.Messaged)
    assert (US, "be quick, please") == (message.to, message.text)


def test_the_desk_is_told_what_was_moved_and_what_waits_for_consent(at: At) -> None:
    lines = at(phases.LEVERS)
    view = next(
        (lever, level)
        for lever in levers(Eye(lines.table.game, US))
        for level in lever.levels
        if lever.mine and lever.open and not (level.held or level.closed)
    )
    lines.types(US, f"{view[0].id} {view[1].name}")
    if lines.talks[US].in_a_question:
        lines.types(US, "y")
    told = lines.types(CHIEF, "")
    assert f"{view[0].name} to {view[1].name}." in told or f"{view[0].name} at" in told


def test_amid_a_question_one_is_told_that_the_run_went_on(at: At) -> None:
    lines = at(phases.LEVERS)
    lines.types(US, "ask")
    question = lines.asked(US)
    lines.said[US].clear()
    lines.table.submit(CHIEF, Continue(), lines.table.game.entries)
    talk = lines.talks[US]
    assert talk.overtaken
    assert talk.grown()
    assert "The run went on meanwhile: turn 1, inject." in " ".join(lines.said[US])
    assert not talk.anything_new  # it is said once
    assert question == lines.asked(US)
    assert "Asked." in lines.types(US, "Who pays?")


def test_a_question_is_left_for_what_lies_before_one_now(at: At) -> None:
    lines = at(phases.LEVERS)
    lines.types(US, "ask")
    while lines.table.game.phase != phases.DELIBERATION:
        lines.table.submit(CHIEF, Continue(), lines.table.game.entries)
    lines.talks[US].grown()
    assert "QUESTION" in lines.types(US, "cancel")
    assert "option" == lines.asked(US)


def test_levers_are_told_with_their_levels_once_then_where_each_stands(at: At) -> None:
    lines = at(phases.LEVERS)
    lines.sit(US)
    first = lines.said[US][:]
    assert any(line.startswith("  [phased] is where it stands") for line in first)
    assert "pace: Pace of the stand-up, at phased: money 30 a turn." in lines.types(US, "again")
    assert "is where it stands" in lines.types(US, "levers pace")


def test_only_a_lead_is_offered_to_be_done(at: At) -> None:
    lines = at(phases.LEVERS)
    lines.sit(US)
    lines.sit(MATE)
    assert lines.asked(US).startswith("lever level, or done")
    assert "lever level" == lines.asked(MATE)
    assert "done" not in [name for name, _does in listed(lines.talks[MATE].at, PLAYING)]
    assert "says when your cell is done" in lines.types(MATE, "")


def test_a_feedback_form_is_struck_and_never_corrected(at: At) -> None:
    lines = at(phases.LEVERS)
    lines.types(CHIEF, "end", "y")
    lines.types(US, "feedback", "3")
    for _ in range(40):
        if not lines.talks[US].in_a_question:
            break
        lines.types(US, "y" if lines.asked(US).startswith("Hand it in") else "")
    assert "filling it in again" in lines.types(US, "correct Otherwise.")
    lines.types(US, "strike")
    assert "Your feedback form. Strike it?" in lines.asked(US)
    assert "It is struck" in lines.types(US, "y")
    assert "You have written nothing" in lines.types(US, "strike")


def test_a_form_that_was_begun_is_gone_on_with(at: At) -> None:
    lines = at(phases.LEVERS)
    lines.types(CHIEF, "end", "y")
    lines.types(US, "feedback", "3", "4", "cancel")
    assert "It goes on from what you had begun" in lines.types(US, "feedback")
    assert "Enter keeps: 3" in lines.asked(US)
    for _ in range(40):
        if not lines.talks[US].in_a_question:
            break
        lines.types(US, "y" if lines.asked(US).startswith("Hand it in") else "")
    form = lines.last()
    assert isinstance(form, notebook_events.FedBack)
    assert [3, 4] == [*form.marks.values()]
    assert "goes on from what you had begun" not in lines.types(US, "feedback")
    assert "Enter keeps: 3" in lines.asked(US)


def test_what_is_over_is_said_to_be_over(at: At) -> None:
    lines = at(phases.LEVERS)
    lines.sit(US)
    lines.types(CHIEF, "end", "y")
    assert "feedback fills in" in lines.types(US, "again")
    lines.types(CHIEF, "feedback close", "y")
    assert "feedback fills in" not in lines.types(US, "again")
    lines.types(CHIEF, "report file")
    work = lines.talks[CHIEF].asked
    assert isinstance(work, Work)
    work.done()
    lines.talks[CHIEF].worked()
    assert "is written beside the save." in lines.said[CHIEF][-1]
    lines.types(CHIEF, "go", "y")
    assert phases.CLOSED == lines.table.game.phase
    assert "The run is closed; its record stays." in lines.types(US, "again")
    assert "The board stays as it is" in lines.types(US, "card plus")
    open_ = {name.split()[0] for name, _does in listed(lines.talks[US].at, PLAYING)}
    assert open_ <= {"ok", "feedback"}


def test_the_desk_sets_what_the_room_shows(at: At) -> None:
    lines = at(phases.DELIBERATION)
    assert "follows the run: deliberation" in lines.types(CHIEF, "room")
    lines.types(CHIEF, "room message", "Back at noon.")
    assert "a message: Back at noon." in lines.types(CHIEF, "room")
    lines.types(CHIEF, "room run")
    assert lines.table.game.room is None


def test_what_one_wrote_is_struck_or_corrected_and_by_nobody_else(at: At) -> None:
    lines = at(phases.LEVERS)
    assert "You have written nothing" in lines.types(US, "strike")
    lines.types(US, "note ptain should")
    number = lines.table.game.entries
    assert "It reads so from here on" in lines.types(US, "correct The captain should.")
    assert "Before: ptain should" in lines.types(US, "notes")
    assert "You have written nothing" in lines.types(JAPAN, f"strike {number}")
    lines.types(US, f"strike {number}")
    assert "The captain should. Strike it?" in lines.asked(US)
    assert "It is struck" in lines.types(US, "y")
    assert lines.did(notebook_events.Struck)
    assert ", struck" in lines.types(US, "notes")


def test_an_evaluator_analyses_watches_and_plans_in_lines(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    lines = Lines(table)
    seat = "evaluator"
    assert "There is no observation" in lines.types(seat, "analyse")
    lines.types(seat, "observe They asked.", "improvement", "1", "")
    assert "The analysis is in the record." in lines.types(seat, "analyse", "1", "no task", "C")
    assert notebook_events.Analysed in map(type, [lines.last()])
    assert "That is the cell that you watch." in lines.types(seat, "watch japan")
    told = lines.types(seat, "objectives 1")
    assert "Analysis: no task (C)" in told
    assert "Critical task, " in told
    assert "You watch Japan; watch CELL changes that." in told
    table.submit(CHIEF, End("it is late"), table.game.entries)
    answers = ("plan observed", "1", "1", "Give one the clock", "exercise", "J3", "desk")
    assert "The observation is a row of the plan." in lines.types(
        seat, *answers, "2027-02-01", "", "y"
    )
    told = lines.types(seat, "plan")
    assert "They asked." in told
    assert "They asked. (in the plan)" in lines.types(seat, "objectives 1")
    assert "The analysis is in the record." in lines.types(CHIEF, "analyse", "1", "no clock", "")
    table.submit(CHIEF, Continue(), table.game.entries)
    assert phases.CLOSED == table.game.phase
    assert "until the run is closed" in lines.types(seat, "analyse")
    assert "J3, contact desk, by 2027-02-01" in told
