"""The position that a list of entries leads to: folded from stored facts, never computed anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ttx.adjudicator import rulings
from ttx.adjudicator.position import Change, Position
from ttx.adjudicator.rulings import Moving, Opening, Ruling
from ttx.adjudicator.tables import Tables
from ttx.exercise.model import Exercise, Inject
from ttx.i18n import _
from ttx.session import control_events, events, phases
from ttx.session.answer import Answer
from ttx.session.event_codec import Event
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
    heard: control_events.ChallengeHeard | None = None


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
    amended: control_events.Amended | None = None
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
    recast: control_events.ReckoningAmended | None = None
    """How the facilitator had it end instead; the last counts."""
    confirmed: bool = False
    challenges: tuple[ChallengeRecord, ...] = ()
    end: Position | None = None

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


Changes = dict[str, object]
"""New values of fields by name."""


def beginning(run: Run) -> Game:
    """The game before its first entry."""
    return Game(run, rulings.start(run.tables, run.seed))


def apply(game: Game, entry: events.Entry) -> Game:
    """The game after one more entry; ValueError where it cannot follow."""
    event = entry.event
    kind = declared(event)
    phase = phases.after(game.phase, kind.name)
    if phase is None:
        raise ValueError(
            _("{kind} cannot follow in the phase {phase}", kind=kind.name, phase=game.phase)
        )
    number = game.entries + 1
    durations = (
        *game.durations,
        PhaseDuration(len(game.turns), game.number, game.phase, entry.elapsed),
    )
    if isinstance(event, events.Undone):
        return replace(_undone(game, event.back_to, number), durations=durations)
    changes: Changes = {"entries": number, "elapsed": entry.elapsed}
    if not kind.aside and not isinstance(event, events.Forked):
        changes |= {"opened": 0, "opening": game if game.opened else game.opening}
    if phase != game.phase:
        changes |= {"phase": phase, "elapsed": 0, "durations": durations}
    if isinstance(event, Page):
        changes["notebook"] = game.notebook.with_page(_stamp(game, entry), event)
    return replace(game, **(changes | _changes(game, entry.by, event, number)))  # type: ignore[arg-type]  # the names are those of Game


def _stamp(game: Game, entry: events.Entry) -> Stamp:
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
        case events.Paused() | events.Resumed():
            return {"paused": isinstance(event, events.Paused)}
        case events.Messaged():
            return {"messages": (*game.messages, (number, event.to, event.text))}
        case events.Readied():
            return {"ready": (*game.ready, by)}
        case events.Forked():
            return {"forked": event}
        case (
            events.TurnOpened()
            | events.Moved()
            | events.MoveAsked()
            | events.MoveRefused()
            | events.MoveLapsed()
            | events.LeversLeft()
        ):
            return _in_levers(game, by, event, number)
        case events.LeversClosed():
            after = rulings.closed(game.run.tables, game.position, event.posture)
            return {"position": after, "asked": ()}
        case events.Released():
            slots = (*game.turns[-1].slots, SlotRecord(event, game.position, len(game.set_aside)))
            return _turn(game, slots=slots) | {"opened": number}
        case events.Emptied():
            return _turn(game, empty=(*game.turns[-1].empty, event.slot))
        case events.Answered():
            slot = game.turns[-1].slots[-1]
            concurs = by.startswith("robot:") and bool(game.run.people)
            robots = (*slot.by_robots, *([event.cell] if concurs else []))
            answers = {**slot.answers, event.cell: event.answer}
            return _slot(game, answers=answers, by_robots=robots)
        case events.Committed():
            commitments = game.turns[-1].slots[-1].commitments
            return _slot(game, commitments={**commitments, by: event.answer})
        case events.AnswersClosed():
            return _slot(game, closed=event.cells)
        case events.Ruled():
            return _slot(game, ruled=event)
        case events.ResponsesOpened() | events.Chosen() | events.ResponsesClosed():
            return _in_responses(game, by, event, number)
        case events.Reckoned():
            return _turn(game, before=game.position, proposed=event)
        case events.Confirmed():
            return _confirmed(game)
        case events.Ended():
            return {"ended": event.reason, "paused": False}
        case Page() | events.Started() | events.Told() | events.Closed():
            return {}
    return _controlled(game, by, event)


def _controlled(game: Game, by: str, event: Event) -> Changes:
    """What exercise control changes of the game; ValueError where nothing is said of that."""
    match event:
        case control_events.Deferred() | control_events.Skipped():
            return {"set_aside": (*game.set_aside, event)}
        case control_events.Improvised():
            exercise = taken_in(game.run.exercise, event.source)
            return {"run": replace(game.run, exercise=exercise)}
        case control_events.Adjusted():
            written = game.written or game.run.exercise
            run = replace(game.run, exercise=adjusted(game.run.exercise, event, written))
            return {
                "run": run,
                "position": rulings.start(run.tables, run.seed),
                "adjusted": (*game.adjusted, event),
                "written": written,
            }
        case control_events.Scripted():
            exercise = with_robot(game.run.exercise, event.source)
            return {"run": replace(game.run, exercise=exercise)}
        case control_events.SeatHandedOver():
            players = {**game.run.players, game.run.seat(event.seat).cell: event.player}
            handed = (*game.handed, (game.entries + 1, event.seat, event.player))
            return {"run": replace(game.run, players=players), "handed": handed}
        case control_events.Steered():
            return _slot(game, steered=True)
        case control_events.Weighed():
            return _slot(game, weighed=event)
        case control_events.Amended():
            return _amended(game, event)
        case control_events.ReckoningAmended():
            return _recast(game, event)
        case control_events.Challenged() | control_events.ChallengeHeard():
            return _challenged(game, by, event)
    raise ValueError(f"no rule says what {declared(event).name} changes")


def _amended(game: Game, event: control_events.Amended) -> Changes:
    """Before the gate it is proposed instead; after it what the ruling did is done otherwise."""
    slot = game.turns[-1].slots[-1]
    changes = _slot(game, amended=event)
    if slot.confirmed:
        changes["position"] = rulings.ruled(game.run.tables, slot.before, event.ruling)
    return changes


def _recast(game: Game, event: control_events.ReckoningAmended) -> Changes:
    turn = game.turns[-1]
    if not turn.confirmed:
        return _turn(game, recast=event)
    assert turn.before is not None
    after = rulings.reckoned(game.run.tables, turn.before, event.reckoning)
    return _turn(game, recast=event, end=after) | {"position": after}


def _challenged(
    game: Game, by: str, event: control_events.Challenged | control_events.ChallengeHeard
) -> Changes:
    turn = game.turns[-1]
    of_turn = turn.proposed is not None
    known = turn.challenges if of_turn else turn.slots[-1].challenges
    if isinstance(event, control_events.Challenged):
        known = (*known, ChallengeRecord(by, event.reason))
    else:
        known = tuple(
            replace(challenge, heard=event)
            if challenge.seat == event.seat and challenge.heard is None
            else challenge
            for challenge in known
        )
    return _turn(game, challenges=known) if of_turn else _slot(game, challenges=known)


def openings(game: Game) -> Iterator[Game]:
    """The run at each opening in force that can be gone back to, the last one first."""
    at = game.opening
    while at is not None:
        yield at
        at = at.opening


def _undone(game: Game, back_to: int, number: int) -> Game:
    back = next((opening for opening in openings(game) if opening.opened == back_to), None)
    if back is None:
        raise ValueError(_("nothing opened at entry {entry}", entry=back_to))
    return replace(
        back,
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
        known=game.known | _seen(game, back),
    )


def _seen(game: Game, back: Game) -> set[Known]:
    """What the table saw after `found`: rulings, and the news that came after its levers."""
    last = back.turns[-1]
    stand = {slot.released.inject for slot in last.slots if slot.ruled is not None}
    seen: set[Known] = set()
    for turn in game.turns[len(back.turns) - 1 :]:
        number = turn.opened.turn
        here = number == last.opened.turn
        ruled = {slot.released.inject for slot in turn.slots if slot.ruled is not None}
        seen |= {(number, inject) for inject in ruled - (stand if here else set())}
        if turn.slots and not (here and back.phase != phases.LEVERS):
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
    event: events.TurnOpened
    | events.Moved
    | events.MoveAsked
    | events.MoveRefused
    | events.MoveLapsed
    | events.LeversLeft,
    number: int,
) -> Changes:
    tables = game.run.tables
    match event:
        case events.TurnOpened():
            fact = Opening(event.turn, event.changes, event.budgets)
            return {
                "position": rulings.opened(tables, game.position, fact),
                "turns": (*game.turns, TurnRecord(event, game.position)),
                "left": (),
                "asked": (),
                "opened": number,
            }
        case events.Moved():
            level = Tables.level(game.run.exercise.levers[event.lever], event.level)
            move = Moving(event.lever, level, event.changes, event.budgets, event.promised)
            after = rulings.moved(tables, game.position, move)
            moves = (*game.turns[-1].moves, (by, event))
            return _turn(game, moves=moves) | {"position": after} | _without(game, event.lever)
        case events.MoveAsked():
            return {"asked": (*game.asked, (by, event))}
        case events.MoveRefused() | events.MoveLapsed():
            return _without(game, event.lever)
        case events.LeversLeft():
            return {"left": (*game.left, event.cell)}


def _in_responses(
    game: Game,
    by: str,
    event: events.ResponsesOpened | events.Chosen | events.ResponsesClosed,
    number: int,
) -> Changes:
    turn = game.turns[-1]
    match event:
        case events.ResponsesOpened():
            return _turn(game, asked=True) | {"opened": number}
        case events.Chosen():
            chosen = {**turn.chosen, event.adversary: event}
            return _turn(game, chosen=chosen, chosen_by={**turn.chosen_by, event.adversary: by})
        case events.ResponsesClosed():
            return _turn(game, shut=True)


def _without(game: Game, lever: str) -> Changes:
    return {"asked": tuple(asked for asked in game.asked if asked[1].lever != lever)}


def _confirmed(game: Game) -> Changes:
    tables, last = game.run.tables, game.turns[-1]
    if last.reckoned is not None:
        after = rulings.reckoned(tables, game.position, last.reckoned.reckoning)
        return _turn(game, confirmed=True, end=after) | {"position": after}
    slot = last.slots[-1]
    if slot.ruling is None:
        raise ValueError(_("nothing waits to be confirmed"))
    after = rulings.ruled(tables, game.position, slot.ruling)
    return _slot(game, confirmed=True) | {"position": after}
