"""A run at one point of its record, with what happened in each turn of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ttx.adjudicator.facts import Ruling
from ttx.adjudicator.position import Change, Position
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.session import control_events, events, phases
from ttx.session.answer import Answer
from ttx.session.event_codec import Event
from ttx.session.excursions import differing
from ttx.session.notebook import Notebook, Stamp
from ttx.session.run import Run

LEVERS_SET, RESPONSES_CHOSEN = "levers", "responses"
Known = tuple[int, str]
"""A turn, and the id of an inject that was ruled on in it; `levers` where news came after them, and
`responses` where a reckoning came after what was chosen."""


@dataclass(frozen=True, slots=True)
class ChallengeRecord:
    """A seat's challenge of what stands, and how it was heard."""

    seat: str
    reason: str
    heard: control_events.ChallengeHeard | None = None
    heard_by: str = ""
    """The seat that heard it; empty until then."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A contextual inject that went out."""

    n: int
    """The number of the entry."""
    turn: int
    number: str
    """The inject on the table then, such as `4.1`; empty where there was none."""
    seconds: int
    """From STARTEX, pauses left out."""
    by: str
    """The seat that sent it; `nobody` where it went out by itself."""
    event: control_events.Delivered


@dataclass(frozen=True, slots=True)
class Sent:
    """A fact that others are told of, wherever they look."""

    stamp: Stamp
    """Where the run stood once it had happened."""
    event: Event
    to: tuple[str, ...]
    """The seats that are told; the screen of the room counts as one."""
    about: tuple[str, ...] = ()
    """What the fact does not say itself and the run no longer knows later; by kind of fact."""


@dataclass(frozen=True, slots=True)
class PhaseDuration:
    """The time that one phase took, pauses left out."""

    turn: int
    """0 before the first."""
    number: str
    """The inject on the table, such as `4.1`; empty where there was none."""
    phase: str
    seconds: int


@dataclass(frozen=True, slots=True)
class SlotRecord:
    """What happened to one inject."""

    released: events.Released
    before: Position
    """Where the run stood when it was released."""
    aside: int = 0
    """How often something had been put off or left out by then."""
    answers: dict[str, Answer] = field(default_factory=dict)
    """By cell."""
    by_robots: tuple[str, ...] = ()
    """The cells whose answer a robot gave beside people, with whom it concurs."""
    entered: dict[str, str] = field(default_factory=dict)
    """The cells whose answer exercise control entered, each with the seat that did."""
    commitments: dict[str, Answer] = field(default_factory=dict)
    """What seats would have answered, by seat; the last of each counts."""
    closed: tuple[str, ...] | None = None
    """The people's cells without an answer when the facilitator closed the deliberation."""
    steered: bool = False
    """Whether its contingency was put to the table."""
    weighed: control_events.Weighed | None = None
    """What a written-in action was weighed as, where the leading cell gave one."""
    ruled: events.Ruled | None = None
    """What the model proposed."""
    amendments: tuple[tuple[str, control_events.Amended], ...] = ()
    """What was ruled instead, each time with the seat that did; the last stands."""
    confirmed: bool = False
    challenges: tuple[ChallengeRecord, ...] = ()

    @property
    def amended(self) -> control_events.Amended | None:
        """What was ruled instead of what the model proposed, last; None where nothing was."""
        return self.amendments[-1][1] if self.amendments else None

    @property
    def told(self) -> str:
        """What came of the answer in the words of whoever ruled; empty where the author's stand."""
        return self.amended.told if self.amended is not None else ""

    @property
    def ruling(self) -> Ruling | None:
        """The ruling that stands, or would once it is confirmed."""
        if self.amended is not None:
            return self.amended.ruling
        return self.ruled.ruling if self.ruled is not None else None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """What happened in one turn."""

    opened: events.TurnOpened
    start: Position
    """Where the run stood at the end of the turn before."""
    moves: tuple[tuple[str, events.Moved], ...] = ()
    """Author and move."""
    slots: tuple[SlotRecord, ...] = ()
    empty: tuple[str, ...] = ()
    asked: bool = False
    """Whether the adversaries that people or robots play were asked how they respond."""
    chosen: dict[str, events.Chosen] = field(default_factory=dict)
    """What was chosen, by adversary; the last choice counts."""
    chosen_by: dict[str, str] = field(default_factory=dict)
    """Who chose it: a seat, or `robot:NAME`."""
    shut: bool = False
    """Whether the facilitator has closed that."""
    before: Position | None = None
    """Where the run stood at the reckoning."""
    proposed: events.Reckoned | None = None
    """How the model had it end."""
    recasts: tuple[tuple[str, control_events.ReckoningAmended], ...] = ()
    """How it was had end instead, each time with the seat that did; the last stands."""
    confirmed: bool = False
    challenges: tuple[ChallengeRecord, ...] = ()
    end: Position | None = None

    @property
    def recast(self) -> control_events.ReckoningAmended | None:
        """How the facilitator had it end instead, last; None where it ended as reckoned."""
        return self.recasts[-1][1] if self.recasts else None

    @property
    def changes(self) -> Iterator[Change]:
        """All changes of tracks in this turn, in the order in which they came about."""
        yield from self.opened.changes
        for _author, move in self.moves:
            yield from move.changes
        for slot in self.slots:
            if slot.ruling is not None:
                yield from slot.ruling.at_once()
        if self.reckoned is not None:
            yield from self.reckoned.reckoning.changes

    @property
    def reckoned(self) -> events.Reckoned | None:
        """How it ended, or would once that is confirmed."""
        if self.proposed is None or self.recast is None:
            return self.proposed
        recast = self.recast
        return replace(self.proposed, reckoning=recast.reckoning, minutes=recast.minutes)


@dataclass(frozen=True, slots=True)
class Game:
    """A run at one point of its record."""

    run: Run
    position: Position
    phase: str = phases.BRIEFING
    paused: bool = False
    entries: int = 0
    turns: tuple[TurnRecord, ...] = ()
    left: tuple[str, ...] = ()
    """Cells that are done with their levers this turn."""
    asked: tuple[tuple[str, events.MoveAsked], ...] = ()
    """Requests that wait for another cell's consent, with the seat that asked."""
    notebook: Notebook = field(default_factory=Notebook)
    """What was written beside the play."""
    set_aside: tuple[control_events.Deferred | control_events.Skipped, ...] = ()
    """Everything that was said about putting injects off or leaving them out."""
    room: control_events.RoomSet | None = None
    """What the desk put on the room's screen; None where it follows the run."""
    held: Game | None = field(default=None, repr=False, compare=False)
    """The run as the room's screen shows it, where that is held."""
    boxed: int | None = None
    """Seconds into the phase at which the time that the desk gave it is up; None where it gave
    none."""
    handed: tuple[tuple[int, str, str], ...] = ()
    """Each time a seat changed hands: the entry, the seat, and who plays it from there on."""
    adjusted: tuple[control_events.Adjusted, ...] = ()
    """Each number that was set otherwise before STARTEX, in the order in which that was said."""
    written: Exercise | None = field(default=None, repr=False, compare=False)
    """The exercise as its author wrote it, where one of its numbers was set otherwise."""
    durations: tuple[PhaseDuration, ...] = ()
    """What each phase took that is over, in order; time spent on what was taken back counts."""
    ready: tuple[str, ...] = ()
    """Seats that have read their briefing."""
    messages: tuple[tuple[int, str, str], ...] = ()
    """Entry, to whom (a seat or `all`), text."""
    delivered: tuple[Sending, ...] = ()
    """Contextual injects that went out, in order; what was read stays read when play goes back."""
    sent: tuple[Sent, ...] = ()
    """What seats were told of, where somebody facilitates; what is taken back stays said."""
    ended: str = ""
    """Why the exercise ended, once it has."""
    elapsed: int = 0
    """Seconds in the phase at the last entry."""
    opened: int = 0
    """The entry that opened these levers or this question, where nothing was decided since."""
    opening: Game | None = field(default=None, repr=False, compare=False)
    """The run at the opening before, and through it at each one in force back to the first."""
    undone: tuple[tuple[int, int], ...] = ()
    """Each time something was taken back: the last entry left in force, and the entry that did."""
    known: frozenset[Known] = frozenset()
    """What was seen and then taken back; it stays known."""
    forked: events.Forked | None = None

    @property
    def excursion(self) -> tuple[control_events.Adjusted, ...]:
        """What makes this run an excursion; empty where it is played as it was written."""
        return () if self.written is None else differing(self.written, self.adjusted)

    @property
    def turn(self) -> TurnRecord | None:
        """The turn under way or last played."""
        return self.turns[-1] if self.turns else None

    @property
    def slot(self) -> SlotRecord | None:
        """The inject under way or last played in this turn."""
        return self.turns[-1].slots[-1] if self.turns and self.turns[-1].slots else None

    @property
    def inject(self) -> Inject | None:
        """The inject of that slot."""
        return self.run.exercise.injects[self.slot.released.inject] if self.slot else None

    @property
    def gone(self) -> set[str]:
        """The injects put to the table so far that cannot come again in this turn."""
        injects, now = self.run.exercise.injects, self.position.turn
        released = set()
        for turn in self.turns:
            for slot in turn.slots:
                again = injects[slot.released.inject].again
                if again is None or now - turn.opened.turn < again:
                    released.add(slot.released.inject)
        return released

    @property
    def deferred(self) -> list[control_events.Deferred]:
        """Injects put off and not released since, in the order in which that was said."""
        return [fact for fact in self.set_aside_now if isinstance(fact, control_events.Deferred)]

    @property
    def skipped(self) -> list[control_events.Skipped]:
        """Injects left out of this run."""
        return [fact for fact in self.set_aside_now if isinstance(fact, control_events.Skipped)]

    @property
    def set_aside_now(self) -> list[control_events.Deferred | control_events.Skipped]:
        """Injects put off or left out, in the order in which that was said."""
        last = {set_aside.inject: at for at, set_aside in enumerate(self.set_aside)}
        since = {s.released.inject: s.aside for turn in self.turns for s in turn.slots}
        return [
            set_aside
            for at, set_aside in enumerate(self.set_aside)
            if last[set_aside.inject] == at >= since.get(set_aside.inject, 0)
        ]

    @property
    def number(self) -> str:
        """The inject under way or last played in this turn, such as `4.1`; empty where none."""
        turn = self.turn
        return f"{turn.opened.turn}.{len(turn.slots)}" if turn and turn.slots else ""

    @property
    def over(self) -> bool:
        """Whether the last turn is played."""
        last = self.turn
        if last is None or last.reckoned is None or not last.confirmed:
            return False
        return last.reckoned.reckoning.ended or len(self.turns) >= self.run.exercise.turns.count


def openings(game: Game) -> Iterator[Game]:
    """The run at each opening in force that can be gone back to, the last one first."""
    at = game.opening
    while at is not None:
        yield at
        at = at.opening
