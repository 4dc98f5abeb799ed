"""A facilitated run of a few turns that leaves every kind of entry in its save, for the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kit.tables import exercise

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.people import Seat
from ttx.exercise.parts import with_parts
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.asides import evaluators
from ttx.session.automation import draft
from ttx.session.command import Command
from ttx.session.control_commands import (
    Adjust,
    Amend,
    Challenge,
    Defer,
    HandOver,
    Hear,
    Improvise,
    Override,
    Release,
    Skip,
    Steer,
    Weigh,
)
from ttx.session.gates import open_slot
from ttx.session.improvise import InjectForm, OptionForm, source
from ttx.session.needs import met
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import Observed
from ttx.session.opening import hosted
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
from ttx.session.side_commands import (
    Analyse,
    Assign,
    Inquire,
    Note,
    Observe,
    Plan,
    Probe,
    PutUp,
    Rate,
    Reply,
    Settle,
    Vote,
)
from ttx.session.table import Table
from ttx.session.view.eye import Eye

Words = Callable[[str], str]
"""What somebody typed, from what it is about."""


def two_evaluators() -> Exercise:
    """The flagship's first edition with a second evaluator, where it has one only.

    What happens in the session is written out, news by news; so it is the edition that stays.
    """
    part = exercise("accelerate_1")
    seats = [one.id for one in part.seat if one.cell == "white" and not one.lead]
    if len(seats) > 2:
        return part
    lead = next(one for one in part.seat if one.id == "evaluator")
    second = lead.model_copy(
        update={"id": "evaluator_2", "short": "Evaluator 2", "name": "Second evaluator"}
    )
    return with_parts(part, seat=[*part.seat, second])


@dataclass
class Session:
    """A hosted run, driven by what its seats ask for; some minutes pass with each."""

    table: Table
    words: Words

    def __post_init__(self) -> None:
        white = [s for s in self.seats if s.cell == "white"]
        allied = self.table.game.run.allied
        self.chief = next(s.id for s in white if s.lead)
        self.us, self.japan = (
            [s.id for s in self.seats if s.cell == cell.id] for cell in allied[:2]
        )
        self.lead_evaluator, self.second = evaluators(self.table.game.run)[:2]

    @property
    def seats(self) -> list[Seat]:
        return self.table.game.run.exercise.seat

    def ask(self, seat: str, *commands: Command, minutes: float = 0.5) -> None:
        """What a seat asks for, so many minutes after what was before."""
        for command in commands:
            self.table._began -= 60 * minutes
            self.table.submit(seat, command, self.table.game.entries)

    def go_on(self, minutes: float = 1.0) -> None:
        self.ask(self.chief, Continue(), minutes=minutes)

    def note(self, seat: str, sort: str, about: str) -> None:
        self.ask(seat, Note(self.words(about), sort))

    def options(self) -> list[str]:
        """The options of the inject on the table that are open to the table now."""
        from ttx.session.view import message

        view = message.message(Eye(self.table.game, self.us[0]))
        assert view is not None
        return [one.id for one in view.options if not one.closed]

    @property
    def observations(self) -> list[tuple[Stamp, Observed]]:
        return self.table.game.notebook.observations

    def lead_first(self) -> list[list[str]]:
        """The two allied cells, the one whose answer is carried out in front."""
        inject = self.table.game.inject
        assert inject is not None
        cells = [self.us, self.japan]
        return cells if self.table.game.run.seat(self.us[0]).cell == inject.lead else cells[::-1]

    def to(self, phase: str) -> None:
        """Up to the next moment of that phase, with the leads' drafts as answers."""
        while True:
            game = self.table.game
            if game.phase == phases.LEVERS and game.turn is not None:
                for cell, lead in (("us", self.us[0]), ("japan", self.japan[0])):
                    people = cell in game.run.people and cell not in game.left
                    if people and not game.turn.confirmed:
                        self.ask(lead, LeaveLevers())
                if self.table.game.phase == phases.LEVERS:
                    self.go_on()
            elif game.phase == phases.DELIBERATION:
                choice = draft(game, "phased")
                for cell, lead in (("us", self.us[0]), ("japan", self.japan[0])):
                    if self.table.game.phase == phases.DELIBERATION and cell in game.run.people:
                        self.ask(lead, Submit(Answer(choice)), minutes=2)
            else:
                self.go_on()
            if self.table.game.phase == phase:
                return


def begin(path: Path, part: Exercise, words: Words = str) -> Session:
    """A hosted run of that exercise at its briefing."""
    return Session(hosted(part, {}, 7, path), words)


def ad_hoc(part: Exercise, words: Words) -> str:
    """An inject written on the spot, for the crisis slot."""
    form = InjectForm(
        title=words("A drone ashore"),
        actor="prc",
        kind="air",
        slot="crisis",
        sender=words("Coast guard, Nagasaki"),
        to="both cells",
        via="phone",
        message=words("A drone has come down on a beach. Reporters are there before the police."),
        question=words("Who speaks first?"),
        lead="us",
        options=(
            OptionForm("Say nothing yet", part.lean[0].id, "us_signal +2"),
            OptionForm("Speak together", part.lean[1].id, "us_signal +4", "prc_encirclement +1"),
        ),
        profile=next(iter(part.clock.profiles)),
        window=600,
        expected="One text of both governments.",
        contingency="A newspaper prints two different stories.",
        objectives=(part.objective[0].id,),
    )
    return source(part, form)


def play(path: Path, part: Exercise, words: Words = str) -> Session:
    """The run up to ENDEX: an excursion, some turns, and everything that control can do."""
    play = begin(path, part, words)
    _briefing(play, part)
    _policy_slot(play, part)
    _crisis_slot(play, part)
    _reckoning(play)
    _hands_change(play)
    _last_turn(play)
    return play


def _briefing(play: Session, part: Exercise) -> None:
    """An excursion of two numbers, before the seats are ready."""
    say, track = play.words, part.track[0]
    play.ask(
        play.chief,
        Adjust("strength", part.influence[0].id, 0, say("what if this link did not exist")),
        Adjust("start", track.id, track.start + 300, say("a better start, as was asked")),
        minutes=3,
    )
    for seat in (*play.us, *play.japan):
        play.ask(seat, Start())
    play.ask(play.chief, Message("all", say("Good evening; the ground rules hold.")))
    play.ask(play.chief, Message(play.japan[2], say("Seoul calls at eight.")))
    play.go_on()
    play.note(play.us[1], "assumption", "Tokyo can agree before the summer")
    play.ask(play.second, Assign(play.second, play.table.game.run.allied[1].id))


def _policy_slot(play: Session, part: Exercise) -> None:
    """A request granted and one refused; injects deferred, skipped, out of order; a challenge."""
    say, chief, us, japan = play.words, play.chief, play.us, play.japan
    play.ask(us[1], Move("pace", "accelerated"), minutes=2)
    play.ask(japan[0], Grant("pace", agreed=True))
    play.ask(us[1], Move("pace", "crash"))
    play.ask(japan[0], Grant("pace", agreed=False))
    play.ask(us[0], LeaveLevers())
    play.ask(japan[0], LeaveLevers())
    game = play.table.game
    assert open_slot(game) == "policy"
    policy = [one for one in part.inject if one.slot == "policy"]
    ready = [one.id for one in policy if met(game.run.tables, game.position, one.when)]
    closed = next(one.id for one in policy if one.id not in ready)
    play.ask(
        chief,
        Defer(ready[0], 2, say("the room is not ready for that yet")),
        Defer(ready[1], 9, say("if there is time")),
        Skip(ready[2], say("it was in the papers this morning")),
        Release(closed, say("it fits what was just said")),
    )
    _deliberate(play)
    play.ask(
        chief,
        Amend(Override(effects=_halved(play)), say("half of that is plausible")),
        minutes=2,
    )
    play.ask(us[1], Challenge(say("half is too little")))
    play.ask(
        chief,
        Hear("overturned", say("the cell convinced me"), Override(effects={0: 900})),
        minutes=3,
    )
    play.go_on()


def _crisis_slot(play: Session, part: Exercise) -> None:
    """An inject written on the spot, and an answer in own words that is weighed."""
    say, chief = play.words, play.chief
    play.ask(chief, Improvise(ad_hoc(part, say)), minutes=4)
    written = play.table.game.run.exercise.inject[-1].id
    play.ask(chief, Release(written, say("nothing of the list tests the press")))
    first, second = play.lead_first()
    play.ask(
        first[0],
        Submit(
            Answer(
                "",
                70,
                {"china": "probe", "dprk": "restraint"},
                say("speed counts more than wording"),
                say("Let the two press offices speak from one room"),
                say("they have the room since last week"),
                say("nobody has tried it"),
            )
        ),
        minutes=4,
    )
    play.ask(second[0], Submit(Answer(play.options()[0], 40, {"china": "escalate"})))
    play.ask(chief, Weigh(play.options()[1], 3, say("the room exists, the habit does not")))
    play.ask(chief, Continue())
    play.ask(play.japan[1], Challenge(say("the delay was not ours")))
    play.ask(chief, Hear("upheld", say("the clock counts both cells")))
    play.go_on()


def _reckoning(play: Session) -> None:
    """A reckoning with another end than the model's, and a challenge that is not upheld."""
    say, chief = play.words, play.chief
    assert play.table.game.phase == phases.RECKONING
    responses = _one_step_off(play)
    play.ask(chief, Amend(Override(responses=responses), say("too early for that")))
    play.ask(play.us[2], Challenge(say("it would have held back")))
    play.ask(chief, Hear("upheld", say("not after that statement")))
    play.go_on()


def _hands_change(play: Session) -> None:
    """A robot takes a cell and gives it back; a seat is handed over; a pause; an undo."""
    chief, us = play.chief, play.us
    play.ask(chief, HandOver(us[0], "phased"))
    play.to(phases.DELIBERATION)
    play.ask(chief, HandOver(us[0], "person"), HandOver(us[2], "person"))
    play.ask(chief, Pause(), Pause(), minutes=5)
    play.to(phases.REVIEW)
    play.ask(chief, Undo())
    play.to(phases.RECKONING)
    play.to(phases.LEVERS)


def _last_turn(play: Session) -> None:
    """A deliberation that is closed without an answer, and ENDEX."""
    say, us = play.words, play.us
    play.to(phases.DELIBERATION)
    play.ask(us[0], Submit(Answer(play.options()[0], 55, {"russia": "restraint"})))
    play.go_on()
    play.note(us[0], "decision", "we stay with dates, not conditions")
    play.to(phases.RECKONING)
    play.go_on()
    play.note(us[0], "", "a note of no sort")
    play.ask(play.chief, End(say("the evening is over")))


def _halved(play: Session) -> dict[int, int]:
    slot = play.table.game.slot
    assert slot is not None
    assert slot.ruled is not None
    return {0: slot.ruled.ruling.effects[0].by // 2}


def _one_step_off(play: Session) -> dict[str, str]:
    turn = play.table.game.turn
    assert turn is not None
    assert turn.proposed is not None
    first = turn.proposed.reckoning.responses[0]
    return {first.adversary: "probe" if first.response != "probe" else "restraint"}


def _deliberate(play: Session) -> None:
    """Commitments that differ, a question to control, one to the room, a contingency, notes."""
    say, chief, us, japan = play.words, play.chief, play.us, play.japan
    inject = play.table.game.inject
    assert inject is not None
    one, other = play.options()[:2]
    play.ask(
        us[1], Commit(Answer(one, 60, {"china": "probe"}, say("we said so in Congress"))), minutes=1
    )
    play.ask(
        us[2], Commit(Answer(other, 80, {"china": "restraint"}, say("it shows the wrong thing")))
    )
    play.ask(japan[1], Commit(Answer(other, 30, {}, say("the Diet sits"))))
    play.ask(us[1], Inquire(say("What does the budget say?")))
    play.ask(japan[2], Inquire(say("Has Seoul been told?")))
    play.ask(chief, Reply(1, say("Ninety million are left.")))
    if inject.probing:
        play.ask(chief, Probe(1))
    play.ask(chief, Steer())
    for seat, sort, about in (
        (japan[0], "insight", "distance costs less than law"),
        (us[0], "question", "who signs when both are asleep?"),
        (us[3], "quote", "We promised a date, not a headquarters."),
        (japan[2], "issue", "two texts, two hours apart"),
    ):
        play.note(seat, sort, about)
    objectives = [part.id for part in play.table.game.run.exercise.objective]
    play.ask(
        play.lead_evaluator,
        Observe("strength", say("both cells named the slowest step"), objectives[0], us[0]),
    )
    play.ask(
        play.lead_evaluator,
        Observe("improvement", say("the legal step was asked for last"), objectives[0], japan[0]),
    )
    play.ask(play.second, Observe("neutral", say("much was read aloud"), objectives[1]))
    play.ask(play.second, Observe("improvement", say("nobody kept the time")))
    play.ask(
        us[0],
        Submit(Answer(one, 75, {"china": "probe", "russia": "restraint"}, say("it is ready"))),
    )
    play.ask(japan[0], Submit(Answer(other, 50, {"china": "escalate"}, say("the law comes first"))))
    assert play.table.game.phase == phases.ADJUDICATION


def wash(play: Session) -> None:
    """The hot wash: ratings apart and settled, a board with votes, two rows of the plan."""
    say, us, japan = play.words, play.us, play.japan
    part = play.table.game.run.exercise
    first, second, third = (one.id for one in part.objective[:3])
    play.ask(play.lead_evaluator, Rate(first, "S", say("late once, and seen")))
    play.ask(play.second, Rate(first, "M", say("late, and the law was bent")))
    play.ask(play.lead_evaluator, Rate(second, "P", say("the promise was kept")))
    play.ask(play.second, Rate(second, "P", say("agreed")))
    play.ask(play.second, Rate(third, "U", say("nobody asked where they sit")))
    play.ask(play.lead_evaluator, Settle(first, "M", say("the second reading is right")))
    play.ask(play.lead_evaluator, Settle(second, "P", say("no difference")))
    for seat, column, about in (
        (us[0], "planned", "one answer in a day"),
        (us[1], "happened", "one answer in a day and a half"),
        (japan[1], "why", "the text waited for Hawaii"),
        (japan[0], "next", "a deputy who may sign"),
        (us[0], "plus", "frank talk"),
        (us[0], "delta", "more time for the law"),
        (japan[0], "plus", "the clock on the wall"),
    ):
        play.ask(seat, PutUp(column, say(about)), minutes=1)
    for seat in (us[0], us[1], japan[0]):
        play.ask(seat, Vote(4))
    play.ask(japan[1], Vote(3))
    capability = part.capability[1].id
    play.ask(
        play.chief,
        Plan(
            4,
            capability,
            say("Name a deputy and write down what the deputy may sign"),
            "organization",
            say("Office of the Secretary"),
            "2027-01-15",
            "2027-06-30",
        ),
        Plan(
            3,
            capability,
            say("Rehearse the call"),
            "exercise",
            say("Joint staff"),
            "",
            "2027-03-01",
        ),
        minutes=2,
    )
    seen = {page.text.partition(" ")[0]: stamp.n for stamp, page in play.observations}
    play.ask(
        play.second,
        Analyse(
            seen["nobody"],
            say("The clock hung behind the facilitator, and no seat had the task"),
            say("Exercise plan, annex C"),
        ),
        Plan(
            0,
            capability,
            say("Give one seat the clock"),
            "exercise",
            say("Exercise control"),
            "",
            "2027-02-01",
            say("duty officer, exercise branch"),
            seen["nobody"],
        ),
    )


def whole_session(path: Path, part: Exercise | None = None, words: Words = str) -> Path:
    """A save of a run with everything in it, closed; where it is."""
    played = play(path, part or two_evaluators(), words)
    wash(played)
    played.go_on()
    assert played.table.closed
    played.table.leave()
    return path
