"""The tables of what was decided: levers, news, answers, and how they were ruled on."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.adjudicator.facts import Response, Ruling
from ttx.session.control_events import Amended, ReckoningAmended, Weighed
from ttx.session.events import (
    Answered,
    Chosen,
    Committed,
    Entry,
    Given,
    MoveAsked,
    Moved,
    MoveLapsed,
    MoveRefused,
    Reckoned,
    Released,
    Ruled,
)
from ttx.studies.export.columns import (
    BY,
    CELL,
    ENTRY,
    IN_FORCE,
    NUMBER,
    OF_ENTRY,
    OF_RUN,
    RUN,
    TURN,
    Column,
    Link,
    Row,
    Table,
)
from ttx.studies.export.source import Source

INJECT = Column("inject", "id", "The inject.")
STANDS = Column(
    "stands", "yes", "Whether the run stands by it: in force, confirmed, and changed by nobody."
)
HOW = Column(
    "how",
    "id",
    "Who says so: the model, or the facilitator, who modified it within the band, overruled it, or "
    "ruled by hand where the model had no effects.",
    among=("model", "modified", "overruled", "by_hand"),
)
SHARE = "percent, cut to two decimals"
EXACT = "per 4,294,967,296"
_MOVES = {MoveAsked: "asked", MoveRefused: "refused", MoveLapsed: "lapsed", Moved: "moved"}


def _levers(source: Source) -> Iterator[Row]:
    for turn in source.turns:
        assert turn.end is not None
        for part, row in zip(source.exercise.lever, turn.end.levels, strict=True):
            level = part.levels[row]
            yield source.run, turn.opened.turn, part.id, level.id, row, source.words(level.name)


LEVERS = Table[Source](
    "levers",
    "Levers",
    "Where a lever stood at the end of a turn.",
    ("run", "turn", "lever"),
    (
        RUN,
        TURN,
        Column("lever", "id", "The lever."),
        Column("level", "id", "Its level."),
        Column("place", "whole", "The place of that level among those of the lever, from 0."),
        Column("name", "text", "The name of that level."),
    ),
    _levers,
    (OF_RUN, Link(("run", "turn"), "turns", ("run", "turn"))),
)


def _moves(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(MoveAsked, MoveRefused, MoveLapsed, Moved):
        assert isinstance(fact, MoveAsked | MoveRefused | MoveLapsed | Moved)
        yield (
            source.run,
            entry.n,
            entry.turn,
            fact.lever,
            fact.level,
            _MOVES[type(fact)],
            *source.author(entry),
            source.in_force(entry),
        )


LEVER_MOVES = Table[Source](
    "lever_moves",
    "Lever moves",
    "A lever moved, or a request to move it and what became of that.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        Column("lever", "id", "The lever."),
        Column("level", "id", "The level it was moved to, or was to be moved to."),
        Column(
            "what",
            "id",
            "A move is asked for where another cell must agree, whose lead then moves it.",
            among=tuple(_MOVES.values()),
        ),
        BY,
        CELL,
        IN_FORCE,
    ),
    _moves,
    (OF_ENTRY,),
)


def _injects(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Released):
        part = source.exercise.injects[fact.inject]
        yield (
            source.run,
            entry.n,
            entry.turn,
            source.number(entry),
            fact.inject,
            fact.slot,
            source.words(part.title),
            part.lead,
            fact.day,
            fact.hour,
            fact.instead_of,
            fact.reason,
            source.author(entry)[0],
            source.in_force(entry),
        )


INJECTS = Table[Source](
    "injects",
    "Injects",
    "An inject put to the table.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        INJECT,
        Column("slot", "id", "The slot of the turn.", among=("policy", "crisis")),
        Column("title", "text", "Its title."),
        Column("lead", "id", "The cell whose answer is carried out."),
        Column("day", "day", "The scenario date."),
        Column("hour", "whole", "The hour of onset, local time.", "hours"),
        Column("instead_of", "id", "The inject that was next, where another came.", empty=True),
        Column("reason", "text", "Why, where its conditions did not hold.", empty=True),
        BY,
        IN_FORCE,
    ),
    _injects,
    (OF_ENTRY,),
)


def _given(source: Source, entry: Entry, fact: Given) -> Row:
    answer = fact.answer
    return (
        source.run,
        entry.n,
        entry.turn,
        source.number(entry),
        _news(source, entry),
        fact.cell,
        source.author(entry)[0],
        answer.option,
        _title(source, entry, answer.option),
        answer.confidence or None,
        answer.rationale,
        answer.written,
        answer.pro,
        answer.contra,
        source.in_force(entry),
    )


def _news(source: Source, entry: Entry) -> str:
    slot = source.timeline.games[entry.n].slot
    return slot.released.inject if slot is not None else ""


def _title(source: Source, entry: Entry, option: str) -> str:
    part = source.exercise.injects[_news(source, entry)]
    return next((source.words(choice.title) for choice in part.option if choice.id == option), "")


_GIVEN = (
    RUN,
    ENTRY,
    TURN,
    NUMBER,
    INJECT,
    Column("cell", "id", "The cell it speaks for."),
    BY,
    Column("option", "id", "The option; empty where the answer is in own words.", empty=True),
    Column("title", "text", "The title of that option.", empty=True),
    Column("confidence", "whole", "How sure it was; empty where it was not said.", "percent", True),
    Column("rationale", "text", "Why.", empty=True),
    Column("written", "text", "The action in own words.", empty=True),
    Column("pro", "text", "Why an action in own words would work.", empty=True),
    Column("contra", "text", "Why it might not.", empty=True),
    IN_FORCE,
)


def _answers(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Answered):
        yield _given(source, entry, fact)


DECISIONS = Table[Source](
    "decisions",
    "Decisions",
    "A cell answered an inject; that of the leading cell is ruled on.",
    ("run", "entry"),
    _GIVEN,
    _answers,
    (OF_ENTRY,),
)


def _commitments(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Committed):
        yield _given(source, entry, fact)


COMMITMENTS = Table[Source](
    "commitments",
    "Commitments",
    "What one seat would have answered, before its cell did.",
    ("run", "entry"),
    _GIVEN,
    _commitments,
    (OF_ENTRY,),
)


def _expected(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Given):
        for adversary, response in fact.answer.expects.items():
            yield source.run, entry.n, adversary, response


EXPECTATIONS = Table[Source](
    "expectations",
    "Expectations",
    "The response of an adversary that an answer or a commitment expects.",
    ("run", "entry", "adversary"),
    (
        RUN,
        ENTRY,
        Column("adversary", "id", "The adversary."),
        Column("response", "id", "The response that is expected.", among=RESPONSES),
    ),
    _expected,
    (OF_ENTRY,),
)


def _weighings(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Weighed):
        yield (
            source.run,
            entry.n,
            entry.turn,
            source.number(entry),
            fact.cell,
            fact.option,
            fact.quarters,
            fact.reason,
            source.author(entry)[0],
            source.in_force(entry),
        )


WEIGHINGS = Table[Source](
    "weighings",
    "Weighings",
    "How the facilitator weighed an answer in own words.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        CELL,
        Column("option", "id", "The option whose effects it takes."),
        Column("quarters", "whole", "How far it carries; 4 is in full.", "quarters"),
        Column("reason", "text", "Why.", empty=True),
        BY,
        IN_FORCE,
    ),
    _weighings,
    (OF_ENTRY,),
)


def _ruled(source: Source) -> Iterator[tuple[Entry, Ruled | Amended, Ruling]]:
    for entry, fact in source.of(Ruled, Amended):
        assert isinstance(fact, Ruled | Amended)
        yield entry, fact, fact.ruling


def _rulings(source: Source) -> Iterator[Row]:
    for entry, fact, ruling in _ruled(source):
        clock = bool(ruling.minutes)
        yield (
            source.run,
            entry.n,
            entry.turn,
            source.number(entry),
            ruling.inject,
            ruling.option,
            fact.how if isinstance(fact, Amended) else "model",
            fact.reason if isinstance(fact, Amended) else "",
            fact.told if isinstance(fact, Amended) else "",
            source.author(entry)[0],
            fact.lead if isinstance(fact, Ruled) else "",
            fact.discord if isinstance(fact, Ruled) else None,
            ruling.posture,
            ruling.quarters,
            ruling.timing,
            ruling.hour,
            ruling.total if clock else None,
            ruling.window if clock else None,
            ruling.critical,
            source.in_force(entry),
            source.applied(fact),
        )


RULINGS = Table[Source](
    "rulings",
    "Rulings",
    "What came of an answer: as the model proposed it, and as the facilitator ruled instead.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        NUMBER,
        INJECT,
        Column("option", "id", "The option that was carried out."),
        HOW,
        Column("reason", "text", "Why it was ruled otherwise.", empty=True),
        Column("told", "text", "What came of it, in the words of who ruled.", empty=True),
        BY,
        Column("lead", "id", "The cell whose answer was carried out.", empty=True),
        Column("discord", "yes", "Whether the cells' answers differed.", empty=True),
        Column("posture", "id", "The posture it met."),
        Column("quarters", "whole", "How far it carried; 4 is in full.", "quarters"),
        Column("timing", "id", "When it came.", among=tuple(TIMINGS)),
        Column("hour", "whole", "The hour of onset, local time.", "hours"),
        Column("total", "whole", "What the crisis clock took.", "minutes", empty=True),
        Column("window", "whole", "What it was given.", "minutes", empty=True),
        Column("critical", "id", "The slowest stage.", empty=True),
        IN_FORCE,
        STANDS,
    ),
    _rulings,
    (OF_ENTRY,),
)


def _stages(source: Source) -> Iterator[Row]:
    for entry, _, ruling in _ruled(source):
        for stage, minutes in ruling.minutes.items():
            yield source.run, entry.n, stage, minutes


STAGES = Table[Source](
    "stages",
    "Stages",
    "What a stage of the crisis clock took in a ruling.",
    ("run", "entry", "stage"),
    (
        RUN,
        ENTRY,
        Column("stage", "id", "The stage."),
        Column("minutes", "whole", "What it took; stages can run side by side.", "minutes"),
    ),
    _stages,
    (OF_ENTRY, Link(("run", "entry"), "rulings", ("run", "entry"))),
)


def _effects(source: Source) -> Iterator[Row]:
    for entry, _, ruling in _ruled(source):
        for place, effect in enumerate(ruling.effects, 1):
            yield (
                source.run,
                entry.n,
                place,
                effect.kind,
                effect.track,
                effect.size,
                effect.by,
                effect.delay,
            )


EFFECTS = Table[Source](
    "effects",
    "Effects",
    "An effect of a ruling. Those that land later are changes of a track then.",
    ("run", "entry", "place"),
    (
        RUN,
        ENTRY,
        Column("place", "whole", "Its place in the ruling, from 1."),
        Column(
            "kind",
            "id",
            "What it is; `hand` is an effect of the facilitator's that no option has.",
            among=("benefit", "cost", "late", "hand"),
        ),
        Column("track", "id", "The track it moves."),
        Column("size", "points", "As the exercise has it.", "points"),
        Column("by", "points", "What timing and posture left of it.", "points"),
        Column("delay", "whole", "When it lands; 0 is at once.", "turns"),
    ),
    _effects,
    (
        OF_ENTRY,
        Link(("run", "entry"), "rulings", ("run", "entry")),
        Link(("run", "track"), "tracks", ("run", "track")),
    ),
)


def _besides(source: Source) -> Iterator[Row]:
    for entry, _, ruling in _ruled(source):
        for place, (budget, size, by) in enumerate(ruling.budgets, 1):
            yield source.run, entry.n, place, "budget", budget, size, by, None
        for place, (lever, level) in enumerate(ruling.sets, len(ruling.budgets) + 1):
            yield source.run, entry.n, place, "lever", lever, None, None, level


BESIDES = Table[Source](
    "besides",
    "Besides",
    "What a ruling did beside the tracks: given to a budget or taken from it, a lever set.",
    ("run", "entry", "place"),
    (
        RUN,
        ENTRY,
        Column("place", "whole", "Its place in the ruling, from 1."),
        Column("kind", "id", "What it is.", among=("budget", "lever")),
        Column("of", "id", "The budget or the lever."),
        Column("size", "whole", "For a budget, as the exercise has it.", empty=True),
        Column("by", "whole", "For a budget, what there was room for.", empty=True),
        Column("level", "id", "For a lever, the level.", empty=True),
    ),
    _besides,
    (OF_ENTRY, Link(("run", "entry"), "rulings", ("run", "entry"))),
)


def _percent(share: int) -> int:
    """A 32-bit integer as hundredths of a percent, cut."""
    return share * 10000 >> 32


def _wanted(response: Response) -> str:
    """What odds and draws made of it, before a purse was asked or anybody ruled."""
    acts = response.draw < response.odds
    return RESPONSES[acts + (acts and response.draw2 < response.odds2)]


def _adversaries(source: Source) -> Iterator[Row]:
    rows = source.tables.adversary
    for entry, fact in source.of(Reckoned, ReckoningAmended):
        assert isinstance(fact, Reckoned | ReckoningAmended)
        position = source.timeline.games[entry.n - 1].position
        for response in fact.reckoning.responses:
            part = source.exercise.adversary[rows[response.adversary]]
            yield (
                source.run,
                entry.n,
                response.adversary,
                fact.reckoning.turn,
                fact.how if isinstance(fact, ReckoningAmended) else "model",
                fact.reason if isinstance(fact, ReckoningAmended) else "",
                response.response,
                fact.model_would.get(response.adversary, "") if isinstance(fact, Reckoned) else "",
                _wanted(response),
                position.purse[rows[response.adversary]] if part.purse is not None else None,
                part.aim[position.aims[rows[response.adversary]]].id if part.aim else "",
                response.perceived,
                response.z,
                _percent(response.odds),
                _percent(response.draw),
                str(response.odds),
                str(response.draw),
                response.z2,
                _percent(response.odds2),
                _percent(response.draw2),
                str(response.odds2),
                str(response.draw2),
                source.in_force(entry),
                source.applied(fact),
            )


def _odds(what: str, does: str) -> tuple[Column, ...]:
    """The columns of one roll of an adversary."""
    return (
        Column(f"{what}_z", "whole", f"What its odds to {does} are worked out from.", "1/64 logit"),
        Column(f"{what}_odds", "points", f"How likely it was to {does}.", SHARE),
        Column(f"{what}_draw", "points", "What was drawn; below the odds it does.", SHARE),
        Column(f"{what}_odds_exact", "id", "The same odds, whole; these are compared.", EXACT),
        Column(f"{what}_draw_exact", "id", "The same draw, whole.", EXACT),
    )


ADVERSARIES = Table[Source](
    "adversaries",
    "Adversaries",
    "How an adversary answered in a turn, with its odds and draws: as the model reckoned it, and "
    "as the facilitator ruled instead.",
    ("run", "entry", "adversary"),
    (
        RUN,
        ENTRY,
        Column("adversary", "id", "The adversary."),
        TURN,
        HOW,
        Column("reason", "text", "Why it was ruled otherwise.", empty=True),
        Column("response", "id", "What it did.", among=RESPONSES),
        Column(
            "rule",
            "id",
            "What odds, draws and purse would have made of it, where a seat or a robot chose; else "
            "empty. See `choices`.",
            empty=True,
            among=RESPONSES,
        ),
        Column(
            "wanted",
            "id",
            "What odds and draws wanted, before its purse was asked or anybody chose.",
            among=RESPONSES,
        ),
        Column("purse", "whole", "What it could spend on that; empty without.", "chips", True),
        Column("aim", "id", "What it is secretly after; empty without.", empty=True),
        Column("perceived", "points", "Deterrence as it perceives it.", "points"),
        *_odds("act", "act at all"),
        *_odds("escalate", "escalate, where it acts"),
        IN_FORCE,
        STANDS,
    ),
    _adversaries,
    (OF_ENTRY,),
)


def _choices(source: Source) -> Iterator[Row]:
    for entry, fact in source.of(Chosen):
        assert isinstance(fact, Chosen)
        yield (
            source.run,
            entry.n,
            entry.turn,
            fact.adversary,
            fact.response,
            source.author(entry)[0],
            source.in_force(entry),
        )


CHOICES = Table[Source](
    "choices",
    "Choices for adversaries",
    "How a seat or a robot chose that an adversary responds; the last one of a turn counts.",
    ("run", "entry"),
    (
        RUN,
        ENTRY,
        TURN,
        Column("adversary", "id", "The adversary."),
        Column("response", "id", "What was chosen.", among=RESPONSES),
        BY,
        IN_FORCE,
    ),
    _choices,
    (OF_ENTRY,),
)
