"""The tables of a run as a whole: what it was, who sat there, its entries and its turns."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.session.control_events import ReckoningAmended
from ttx.session.events import LeversClosed, Reckoned, TurnOpened
from ttx.session.game import PhaseDuration
from ttx.session.kinds import declared
from ttx.session.phases import CLOSED, PHASES
from ttx.studies.export.columns import (
    BY,
    CELL,
    ENTRY,
    NUMBER,
    OF_RUN,
    RUN,
    TURN,
    Column,
    Link,
    Row,
    Table,
)
from ttx.studies.export.source import Source

PHASE = Column("phase", "id", "The phase.", among=PHASES)


def _runs(source: Source) -> Iterator[Row]:
    head, game, run = source.record.header, source.game, source.game.run
    forked = game.forked
    days = sorted({entry.at[:10] for entry in source.timeline.entries if entry.at})
    yield (
        source.run,
        head.id,
        source.words(run.exercise.title),
        head.digest,
        str(head.seed),
        head.version,
        head.format,
        head.turns,
        len(source.turns),
        source.timeline.last,
        run.together,
        bool(run.facilitator),
        game.phase == CLOSED,
        game.ended,
        bool(game.adjusted),
        days[0] if days else "",
        days[-1] if days else "",
        "" if forked is None or source.anonymous else forked.parent,
        None if forked is None else forked.cut,
        source.record.fault,
        source.record.seal,
    )


RUNS = Table[Source](
    "runs",
    "Runs",
    "One run: what was played, on which dice, and how far.",
    ("run",),
    (
        RUN,
        Column("exercise", "id", "The id of the exercise."),
        Column("title", "text", "The title of the exercise."),
        Column("digest", "id", "What the exercise is known by; runs of two digests differ in it."),
        Column("seed", "id", "The dice. A whole number, and nothing to calculate with."),
        Column("ttx", "id", "The version of ttx that wrote the head of the record."),
        Column("format", "whole", "The format of the record."),
        Column("turns_planned", "whole", "Turns that the exercise has.", "turns"),
        Column("turns_played", "whole", "Turns played to their end.", "turns"),
        Column("entries", "whole", "Entries of the record, those taken back among them."),
        Column("together", "yes", "Whether the cells that people held gave one answer."),
        Column("facilitated", "yes", "Whether a person held the gates."),
        Column("closed", "yes", "Whether the exercise is closed; if not, this is a draft."),
        Column("ended", "text", "Why the exercise ended.", empty=True),
        Column("excursion", "yes", "Whether numbers of the exercise were set otherwise."),
        Column("first_day", "day", "The first day on which people entered something.", empty=True),
        Column("last_day", "day", "The last such day.", empty=True),
        Column("forked_from", "text", "The file name of the run it goes on from.", empty=True),
        Column("forked_at", "whole", "The entry of that run at the cut.", empty=True),
        Column("damage", "text", "What of the record could not be read.", empty=True),
        Column("seal", "id", "The hash of the last entry, and with it of all before."),
    ),
    _runs,
)


def _players(source: Source) -> Iterator[Row]:
    for cell in source.exercise.cell:
        held = source.timeline.run.players.get(cell.id, "")
        yield source.run, cell.id, source.words(cell.name), cell.side, held


PLAYERS = Table[Source](
    "players",
    "Players",
    "Who held a cell when the run began.",
    ("run", "cell"),
    (
        RUN,
        Column("cell", "id", "The cell."),
        Column("name", "text", "Its name."),
        Column("side", "id", "Its side.", among=("allied", "red", "white")),
        Column(
            "player",
            "id",
            "`person`, the name of a robot, `rule` (the model), `rule, watched` (the model, with "
            "people beside it) or `nobody`.",
            empty=True,
        ),
    ),
    _players,
    (OF_RUN,),
)


def _entries(source: Source) -> Iterator[Row]:
    for entry, seal in zip(source.timeline.entries, source.record.hashes, strict=True):
        (by, cell), at = source.author(entry), source.at(entry)
        yield (
            source.run,
            entry.n,
            declared(entry.event).name,
            entry.turn,
            source.number(entry),
            entry.phase,
            by,
            cell,
            at,
            source.clock.stamp(at),
            source.clock.called(at) if at else "",
            entry.elapsed,
            source.timeline.struck.get(entry.n),
            seal,
        )


ENTRIES = Table[Source](
    "entries",
    "Entries",
    "One entry of the record, whatever it says; what it says is in the tables of its kind.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        Column("kind", "id", "What kind of fact it is."),
        TURN,
        NUMBER,
        Column("phase", "id", "The phase it led to.", among=PHASES),
        BY,
        CELL,
        Column("at", "moment", "Wall time; empty where robots played alone.", empty=True),
        Column("local", "text", "The same by the clock of the session's place.", empty=True),
        Column("clock", "text", "Which clock that is, such as UTC+09:00 (JST).", empty=True),
        Column("elapsed", "whole", "Time in the phase, pauses left out.", "seconds"),
        Column(
            "undone_by", "whole", "The entry that took it back; empty where it counts.", empty=True
        ),
        Column("hash", "id", "Its hash, which holds the hash of the entry before it."),
    ),
    _entries,
    (OF_RUN,),
)


def _turns(source: Source) -> Iterator[Row]:
    opened = {id(fact): entry.n for entry, fact in source.of(TurnOpened)}
    ended = {id(fact): entry.n for entry, fact in source.of(Reckoned, ReckoningAmended)}
    postures = {
        entry.turn: fact.posture
        for entry, fact in source.of(LeversClosed)
        if source.in_force(entry)
    }
    for turn in source.game.turns:
        number, last, stands = turn.opened.turn, turn.reckoned, turn.recast or turn.proposed
        yield (
            source.run,
            number,
            opened[id(turn.opened)],
            source.game.run.first_day(number).isoformat(),
            postures.get(number, ""),
            ", ".join(turn.empty),
            None if stands is None else ended[id(stands)],
            turn.confirmed,
            None if last is None else last.minutes,
            None if last is None else last.reckoning.spent,
            None if last is None else last.reckoning.ended,
            "" if last is None else last.reckoning.digest,
        )


TURNS = Table[Source](
    "turns",
    "Turns",
    "One turn in force.",
    ("run", "turn"),
    (
        RUN,
        TURN,
        Column("opened", "whole", "The entry that opened it."),
        Column("first_day", "day", "Its first scenario day."),
        Column("posture", "id", "The posture in which it was played.", empty=True),
        Column("empty", "text", "The slots for which the dice proposed nothing.", empty=True),
        Column("reckoned", "whole", "The entry of the reckoning that stands.", empty=True),
        Column("confirmed", "yes", "Whether that is confirmed."),
        Column("reference_minutes", "whole", "The reference clock at its end.", "minutes", True),
        Column("spent", "whole", "Money spent on upkeep since the beginning.", "money", True),
        Column("ends_run", "yes", "Whether the exercise ends with it by its own rule.", empty=True),
        Column("state", "id", "A digest of tracks, budgets and levers at its end.", empty=True),
    ),
    _turns,
    (
        OF_RUN,
        Link(("run", "opened"), "entries", ("run", "entry")),
    ),
)


def _budgets(source: Source) -> Iterator[Row]:
    parts = source.exercise.budget
    for turn in source.game.turns:
        end = turn.end.budgets if turn.end is not None else [None] * len(parts)
        for part, opened, left in zip(parts, turn.opened.budgets, end, strict=True):
            name = source.words(part.name)
            yield source.run, turn.opened.turn, part.id, name, part.kind, opened, left


BUDGETS = Table[Source](
    "budgets",
    "Budgets",
    "What was there of a budget in a turn in force.",
    ("run", "turn", "budget"),
    (
        RUN,
        TURN,
        Column("budget", "id", "The budget."),
        Column("name", "text", "Its name."),
        Column("kind", "id", "What it is counted in.", among=("money", "points")),
        Column("opening", "whole", "At the opening of the turn.", "whole units of its kind"),
        Column("end", "whole", "At its end; empty before.", "whole units of its kind", empty=True),
    ),
    _budgets,
    (OF_RUN, Link(("run", "turn"), "turns", ("run", "turn"))),
)


def _timing(source: Source) -> Iterator[Row]:
    game, plan = source.game, source.exercise.time_plan
    last = PhaseDuration(len(game.turns), game.number, game.phase, game.elapsed)
    for place, duration in enumerate(
        [*game.durations, *([last] if game.phase != CLOSED else [])], 1
    ):
        planned = 60 * plan[duration.phase] if duration.phase in plan else None
        yield (
            source.run,
            place,
            duration.turn,
            duration.number,
            duration.phase,
            duration.seconds,
            planned,
        )


TIMING = Table[Source](
    "timing",
    "Timing",
    "A stretch of time in one phase, in the order in which they were; time spent on what was "
    "taken back later counts.",
    ("run", "place"),
    (
        RUN,
        Column("place", "whole", "Its place in the run, from 1."),
        TURN,
        NUMBER,
        PHASE,
        Column("seconds", "whole", "What it took, pauses left out.", "seconds"),
        Column(
            "planned",
            "whole",
            "What the time plan gives this phase, once for all its stretches in a run, a turn or "
            "an inject.",
            "seconds",
            empty=True,
        ),
    ),
    _timing,
    (OF_RUN,),
)
