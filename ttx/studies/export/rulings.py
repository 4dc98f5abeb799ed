"""The tables of what came of answers: rulings, minutes, effects on tracks and beside them."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.adjudicator.arithmetic import TIMINGS
from ttx.adjudicator.facts import Ruling
from ttx.session.control_events import Amended
from ttx.session.events import (
    Entry,
    Ruled,
)
from ttx.studies.export.columns import (
    BY,
    ENTRY,
    HOW,
    IN_FORCE,
    INJECT,
    NUMBER,
    OF_ENTRY,
    RUN,
    STANDS,
    TURN,
    Column,
    Link,
    Row,
    Table,
)
from ttx.studies.export.source import Source


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
