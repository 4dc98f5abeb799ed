"""The position that a list of entries leads to: folded from stored facts, never computed anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ttx.adjudicator import rulings
from ttx.adjudicator.position import Change, Position
from ttx.adjudicator.rulings import Moving, Opening, Ruling
from ttx.adjudicator.tables import Tables
from ttx.exercise.model import Exercise, Inject
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_events import (
    Adjusted,
    Amended,
    Challenged,
    ChallengeHeard,
    Deferred,
    Improvised,
    ReckoningAmended,
    Scripted,
    SeatHandedOver,
    Skipped,
    Steered,
    Weighed,
)
from ttx.session.event_codec import Event
from ttx.session.events import (
    Answered,
    AnswersClosed,
    Chosen,
    Closed,
    Committed,
    Confirmed,
    Emptied,
    Ended,
    Entry,
    Forked,
    LeversClosed,
    LeversLeft,
    Messaged,
    MoveAsked,
    Moved,
    MoveLapsed,
    MoveRefused,
    Paused,
    Readied,
    Reckoned,
    Released,
    ResponsesClosed,
    ResponsesOpened,
    Resumed,
    Ruled,
    Started,
    Told,
    TurnOpened,
    Undone,
)
from ttx.session.excursions import adjusted, differing
from ttx.session.improvise import taken_in
from ttx.session.kinds import declared
from ttx.session.notebook import Notebook, Stamp
from ttx.session.notebook_events import Page
from ttx.session.run import Run
from ttx.session.scripts import with_robot

LEVERS_SET, RESPONSES_CHOSEN = "levers", "responses"
Known = tuple[int, str]
"""A turn, and the id of an inject that was ruled on in it; `levers` where news came after them, and
`responses` where a reckoning came after what was chosen."""


@dataclass(frozen=True, slots=True)
class ChallengeRecord:
    """A seat's challenge of what stands, and how it was heard."""

    seat: str
    reason: str
    heard: ChallengeHeard | None = None


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

    released: Released
    before: Position
    """Where the run stood when it was released."""
    aside: int = 0
    """How often something had been put off or left out by then."""
    answers: dict[str, Answer] = field(default_factory=dict)
    """By cell."""
    by_robots: tuple[str, ...] = ()
    """The cells whose answer a robot gave beside people, with whom it concurs."""
    commitments: dict[str, Answer] = field(default_factory=dict)
    """What seats would have answered, by seat; the last of each counts."""
    closed: tuple[str, ...] | None = None
    """The people's cells without an answer when the facilitator closed the deliberation."""
    steered: bool = False
    """Whether its contingency was put to the table."""
    weighed: Weighed | None = None
    """What a written-in action was weighed as, where the leading cell gave one."""
    ruled: Ruled | None = None
    """What the model proposed."""
    amended: Amended | None = None
    """What the facilitator ruled instead; the last counts."""
    confirmed: bool = False
    challenges: tuple[ChallengeRecord, ...] = ()

    @property
    def ruling(self) -> Ruling | None:
        """The ruling that stands, or would once it is confirmed."""
        if self.amended is not None:
            return self.amended.ruling
        return self.ruled.ruling if self.ruled is not None else None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """What happened in one turn."""

    opened: TurnOpened
    start: Position
    """Where the run stood at the end of the turn before."""
    moves: tuple[tuple[str, Moved], ...] = ()
    """Author and move."""
    slots: tuple[SlotRecord, ...] = ()
    empty: tuple[str, ...] = ()
    asked: bool = False
    """Whether the adversaries that people or robots play were asked how they respond."""
    chosen: dict[str, Chosen] = field(default_factory=dict)
    """What was chosen, by adversary; the last choice counts."""
    chosen_by: dict[str, str] = field(default_factory=dict)
    """Who chose it: a seat, or `robot:NAME`."""
    shut: bool = False
    """Whether the facilitator has closed that."""
    before: Position | None = None
    """Where the run stood at the reckoning."""
    proposed: Reckoned | None = None
    """How the model had it end."""
    recast: ReckoningAmended | None = None
    """How the facilitator had it end instead; the last counts."""
    confirmed: bool = False
    challenges: tuple[ChallengeRecord, ...] = ()
    end: Position | None = None

    @property
    def changes(self) -> Iterator[Change]:
        """All changes of tracks in this turn, in the order in which they came about."""
        yield from self.opened.changes
        for _, move in self.moves:
            yield from move.changes
        for slot in self.slots:
            if slot.ruling is not None:
                yield from slot.ruling.at_once()
        if self.reckoned is not None:
            yield from self.reckoned.reckoning.changes

    @property
    def reckoned(self) -> Reckoned | None:
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
    asked: tuple[tuple[str, MoveAsked], ...] = ()
    """Requests that wait for another cell's consent, with the seat that asked."""
    notebook: Notebook = field(default_factory=Notebook)
    """What was written beside the play."""
    set_aside: tuple[Deferred | Skipped, ...] = ()
    """Everything that was said about putting injects off or leaving them out."""
    handed: tuple[tuple[int, str, str], ...] = ()
    """Each time a seat changed hands: the entry, the seat, and who plays it from there on."""
    adjusted: tuple[Adjusted, ...] = ()
    """Each number that was set otherwise before STARTEX, in the order in which that was said."""
    written: Exercise | None = field(default=None, repr=False, compare=False)
    """The exercise as its author wrote it, where one of its numbers was set otherwise."""
    durations: tuple[PhaseDuration, ...] = ()
    """What each phase took that is over, in order; time spent on what was taken back counts."""
    ready: tuple[str, ...] = ()
    """Seats that have read their briefing."""
    messages: tuple[tuple[int, str, str], ...] = ()
    """Entry, to whom (a seat or `all`), text."""
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
    forked: Forked | None = None

    @property
    def excursion(self) -> tuple[Adjusted, ...]:
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
        found = set()
        for turn in self.turns:
            for slot in turn.slots:
                again = injects[slot.released.inject].again
                if again is None or now - turn.opened.turn < again:
                    found.add(slot.released.inject)
        return found

    @property
    def deferred(self) -> list[Deferred]:
        """Injects put off and not released since, in the order in which that was said."""
        return [one for one in self.set_aside_now if isinstance(one, Deferred)]

    @property
    def skipped(self) -> list[Skipped]:
        """Injects left out of this run."""
        return [one for one in self.set_aside_now if isinstance(one, Skipped)]

    @property
    def set_aside_now(self) -> list[Deferred | Skipped]:
        """Injects put off or left out, in the order in which that was said."""
        last = {one.inject: at for at, one in enumerate(self.set_aside)}
        since = {s.released.inject: s.aside for turn in self.turns for s in turn.slots}
        return [
            one
            for at, one in enumerate(self.set_aside)
            if last[one.inject] == at >= since.get(one.inject, 0)
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


Changes = dict[str, object]
"""New values of fields by name."""


def beginning(run: Run) -> Game:
    """The game before its first entry."""
    return Game(run, rulings.start(run.tables, run.seed))


def apply(game: Game, entry: Entry) -> Game:
    """The game after one more entry; ValueError where it cannot follow."""
    event = entry.event
    kind = declared(event)
    phase = phases.after(game.phase, kind.name)
    if phase is None:
        raise ValueError(f"{kind.name} cannot follow in the phase {game.phase}")
    number = game.entries + 1
    durations = (
        *game.durations,
        PhaseDuration(len(game.turns), game.number, game.phase, entry.elapsed),
    )
    if isinstance(event, Undone):
        return replace(_undone(game, event.back_to, number), durations=durations)
    changes: Changes = {"entries": number, "elapsed": entry.elapsed}
    if not kind.aside and not isinstance(event, Forked):
        changes |= {"opened": 0, "opening": game if game.opened else game.opening}
    if phase != game.phase:
        changes |= {"phase": phase, "elapsed": 0, "durations": durations}
    if isinstance(event, Page):
        changes["notebook"] = game.notebook.with_page(_stamp(game, entry), event)
    return replace(game, **(changes | _changes(game, entry.by, event, number)))  # type: ignore[arg-type]  # the names are those of Game


def _stamp(game: Game, entry: Entry) -> Stamp:
    slot = game.slot
    return Stamp(
        n=game.entries + 1,
        turn=len(game.turns),
        number=game.number,
        inject=slot.released.inject if slot is not None else "",
        day=slot.released.day if slot is not None else "",
        hour=slot.released.hour if slot is not None else 0,
        phase=game.phase,
        by=entry.by,
        at=entry.at,
    )


def _changes(game: Game, by: str, event: Event, number: int) -> Changes:
    """What an event changes of the game, beside its phase and what all events change."""
    match event:
        case Paused() | Resumed():
            return {"paused": isinstance(event, Paused)}
        case Messaged():
            return {"messages": (*game.messages, (number, event.to, event.text))}
        case Readied():
            return {"ready": (*game.ready, by)}
        case Forked():
            return {"forked": event}
        case TurnOpened() | Moved() | MoveAsked() | MoveRefused() | MoveLapsed() | LeversLeft():
            return _in_levers(game, by, event, number)
        case LeversClosed():
            after = rulings.closed(game.run.tables, game.position, event.posture)
            return {"position": after, "asked": ()}
        case Released():
            slots = (*game.turns[-1].slots, SlotRecord(event, game.position, len(game.set_aside)))
            return _turn(game, slots=slots) | {"opened": number}
        case Emptied():
            return _turn(game, empty=(*game.turns[-1].empty, event.slot))
        case Answered():
            slot = game.turns[-1].slots[-1]
            concurs = by.startswith("robot:") and bool(game.run.people)
            robots = (*slot.by_robots, *([event.cell] if concurs else []))
            answers = {**slot.answers, event.cell: event.answer}
            return _slot(game, answers=answers, by_robots=robots)
        case Committed():
            commitments = game.turns[-1].slots[-1].commitments
            return _slot(game, commitments={**commitments, by: event.answer})
        case AnswersClosed():
            return _slot(game, closed=event.cells)
        case Ruled():
            return _slot(game, ruled=event)
        case ResponsesOpened() | Chosen() | ResponsesClosed():
            return _in_responses(game, by, event, number)
        case Reckoned():
            return _turn(game, before=game.position, proposed=event)
        case Confirmed():
            return _confirmed(game)
        case Ended():
            return {"ended": event.reason, "paused": False}
        case Page() | Started() | Told() | Closed():
            return {}
    return _controlled(game, by, event)


def _controlled(game: Game, by: str, event: Event) -> Changes:
    """What exercise control changes of the game; ValueError where nothing is said of that."""
    match event:
        case Deferred() | Skipped():
            return {"set_aside": (*game.set_aside, event)}
        case Improvised():
            exercise = taken_in(game.run.exercise, event.source)
            return {"run": replace(game.run, exercise=exercise)}
        case Adjusted():
            written = game.written or game.run.exercise
            run = replace(game.run, exercise=adjusted(game.run.exercise, event, written))
            return {
                "run": run,
                "position": rulings.start(run.tables, run.seed),
                "adjusted": (*game.adjusted, event),
                "written": written,
            }
        case Scripted():
            exercise = with_robot(game.run.exercise, event.source)
            return {"run": replace(game.run, exercise=exercise)}
        case SeatHandedOver():
            players = {**game.run.players, game.run.seat(event.seat).cell: event.player}
            handed = (*game.handed, (game.entries + 1, event.seat, event.player))
            return {"run": replace(game.run, players=players), "handed": handed}
        case Steered():
            return _slot(game, steered=True)
        case Weighed():
            return _slot(game, weighed=event)
        case Amended():
            return _amended(game, event)
        case ReckoningAmended():
            return _recast(game, event)
        case Challenged() | ChallengeHeard():
            return _challenged(game, by, event)
    raise ValueError(f"no rule says what {declared(event).name} changes")


def _amended(game: Game, event: Amended) -> Changes:
    """Before the gate it is proposed instead; after it what the ruling did is done otherwise."""
    slot = game.turns[-1].slots[-1]
    changes = _slot(game, amended=event)
    if slot.confirmed:
        changes["position"] = rulings.ruled(game.run.tables, slot.before, event.ruling)
    return changes


def _recast(game: Game, event: ReckoningAmended) -> Changes:
    turn = game.turns[-1]
    if not turn.confirmed:
        return _turn(game, recast=event)
    assert turn.before is not None
    after = rulings.reckoned(game.run.tables, turn.before, event.reckoning)
    return _turn(game, recast=event, end=after) | {"position": after}


def _challenged(game: Game, by: str, event: Challenged | ChallengeHeard) -> Changes:
    turn = game.turns[-1]
    of_turn = turn.proposed is not None
    known = turn.challenges if of_turn else turn.slots[-1].challenges
    if isinstance(event, Challenged):
        known = (*known, ChallengeRecord(by, event.reason))
    else:
        known = tuple(
            replace(one, heard=event) if one.seat == event.seat and one.heard is None else one
            for one in known
        )
    return _turn(game, challenges=known) if of_turn else _slot(game, challenges=known)


def openings(game: Game) -> Iterator[Game]:
    """The run at each opening in force that can be gone back to, the last one first."""
    at = game.opening
    while at is not None:
        yield at
        at = at.opening


def _undone(game: Game, back_to: int, number: int) -> Game:
    found = next((one for one in openings(game) if one.opened == back_to), None)
    if found is None:
        raise ValueError(f"nothing opened at entry {back_to}")
    return replace(
        found,
        entries=number,
        elapsed=0,
        run=game.run,
        paused=game.paused,
        notebook=game.notebook,
        set_aside=game.set_aside,
        handed=game.handed,
        ready=game.ready,
        messages=game.messages,
        undone=(*game.undone, (back_to, number)),
        known=game.known | _seen(game, found),
    )


def _seen(game: Game, found: Game) -> set[Known]:
    """What the table saw after `found`: rulings, and the news that came after its levers."""
    last = found.turns[-1]
    stand = {one.released.inject for one in last.slots if one.ruled is not None}
    seen: set[Known] = set()
    for turn in game.turns[len(found.turns) - 1 :]:
        number = turn.opened.turn
        here = number == last.opened.turn
        ruled = {one.released.inject for one in turn.slots if one.ruled is not None}
        seen |= {(number, inject) for inject in ruled - (stand if here else set())}
        if turn.slots and not (here and found.phase != phases.LEVERS):
            seen.add((number, LEVERS_SET))
        if turn.chosen and turn.proposed is not None:
            seen.add((number, RESPONSES_CHOSEN))
    return seen


def _turn(game: Game, **changes: object) -> Changes:
    last = replace(game.turns[-1], **changes)  # type: ignore[arg-type]  # the names are those of TurnRecord
    return {"turns": (*game.turns[:-1], last)}


def _slot(game: Game, **changes: object) -> Changes:
    slots = game.turns[-1].slots
    last = replace(slots[-1], **changes)  # type: ignore[arg-type]  # the names are those of SlotRecord
    return _turn(game, slots=(*slots[:-1], last))


def _in_levers(
    game: Game,
    by: str,
    event: TurnOpened | Moved | MoveAsked | MoveRefused | MoveLapsed | LeversLeft,
    number: int,
) -> Changes:
    tables = game.run.tables
    match event:
        case TurnOpened():
            fact = Opening(event.turn, event.changes, event.budgets)
            return {
                "position": rulings.opened(tables, game.position, fact),
                "turns": (*game.turns, TurnRecord(event, game.position)),
                "left": (),
                "asked": (),
                "opened": number,
            }
        case Moved():
            level = Tables.level(game.run.exercise.levers[event.lever], event.level)
            move = Moving(event.lever, level, event.changes, event.budgets, event.promised)
            after = rulings.moved(tables, game.position, move)
            moves = (*game.turns[-1].moves, (by, event))
            return _turn(game, moves=moves) | {"position": after} | _without(game, event.lever)
        case MoveAsked():
            return {"asked": (*game.asked, (by, event))}
        case MoveRefused() | MoveLapsed():
            return _without(game, event.lever)
        case LeversLeft():
            return {"left": (*game.left, event.cell)}


def _in_responses(
    game: Game, by: str, event: ResponsesOpened | Chosen | ResponsesClosed, number: int
) -> Changes:
    turn = game.turns[-1]
    match event:
        case ResponsesOpened():
            return _turn(game, asked=True) | {"opened": number}
        case Chosen():
            chosen = {**turn.chosen, event.adversary: event}
            return _turn(game, chosen=chosen, chosen_by={**turn.chosen_by, event.adversary: by})
        case ResponsesClosed():
            return _turn(game, shut=True)


def _without(game: Game, lever: str) -> Changes:
    return {"asked": tuple(one for one in game.asked if one[1].lever != lever)}


def _confirmed(game: Game) -> Changes:
    tables, last = game.run.tables, game.turns[-1]
    if last.reckoned is not None:
        after = rulings.reckoned(tables, game.position, last.reckoned.reckoning)
        return _turn(game, confirmed=True, end=after) | {"position": after}
    slot = last.slots[-1]
    if slot.ruling is None:
        raise ValueError("nothing waits to be confirmed")
    after = rulings.ruled(tables, game.position, slot.ruling)
    return _slot(game, confirmed=True) | {"position": after}
