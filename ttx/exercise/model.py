"""What an author writes: the parts of an exercise, whose field texts are the authoring manual."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    Tag,
    WithJsonSchema,
)

from ttx import i18n

FORMAT = 1
"""The number of the exercise format; a file of another number is refused with a sentence."""

INJECT_SLOTS, ADVERSARY_SLOTS, WEATHER_SLOTS, STAGE_BYTES = 1000, 3, 7, 8
"""What the slot map of the dice holds: injects, adversaries, weather rows, jittered stages."""


class NoPoints(ValueError):
    """A value that is no number of points."""


class TooFine(ValueError):
    """A number of points with more than two decimals."""


class OffTheScale(ValueError):
    """A number of points that is outside -100 to 100."""


def _hundredths(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise NoPoints(value)
    scaled = Decimal(value) * 100
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise TooFine(value)
    if abs(scaled) > 10000:
        raise OffTheScale(value)
    return int(scaled)


def _points(value: int) -> int | Decimal:
    return value // 100 if value % 100 == 0 else Decimal(value) / 100


Points = Annotated[
    int,
    BeforeValidator(_hundredths),
    PlainSerializer(_points),
    WithJsonSchema({"type": "number", "multipleOf": 0.01, "minimum": -100, "maximum": 100}),
]
"""A size on the scale of the tracks: written in points (-100.00 to 100.00), held in hundredths."""

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Text = str | dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], str]
"""A text in the exercise's first language, or one for each language: `{ en = "…", ja = "…" }`."""


def text(value: Text, language: str = "") -> str:
    """The text in the language in force, or in `language`; in its first where that is missing."""
    if isinstance(value, str):
        return value
    return value.get(language or i18n.language()) or next(iter(value.values()), "")


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


class Part(BaseModel):
    """A part of an exercise: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, populate_by_name=True
    )


# --- conditions: data, never code ---------------------------------------------------------------


class All(Part):
    """Holds when every condition of the list holds."""

    all: list[Condition] = Field(min_length=1)
    """At least one condition."""


class AnyOf(Part):
    """Holds when one condition of the list holds."""

    any: list[Condition] = Field(min_length=1)
    """At least one condition."""


class Not(Part):
    """Holds when the condition inside does not."""

    not_: Condition = Field(alias="not")
    """One condition."""


class Threshold(Part):
    """Holds when a track or a derived value is on the named side of a number of points."""

    of: Id
    """The id of a track or derived value."""
    at_least: Points | None = None
    """In points; holds from this number up."""
    at_most: Points | None = None
    """In points; holds from this number down."""
    below: Points | None = None
    """In points; holds under this number, and not at it."""


class LeverAt(Part):
    """Holds when a lever stands at, at least at, or at most at one of its levels."""

    lever: Id
    """The id of the lever."""
    level: Id | None = None
    """The level it stands at."""
    at_least: Id | None = None
    """This level, or one further down its list."""
    at_most: Id | None = None
    """This level, or one further up its list."""


class Fired(Part):
    """Holds when the inject was released earlier in this run, once or more."""

    fired: Id
    """The id of the inject; never the one that asks."""


class CameOut(Part):
    """Holds when the inject was released and its last ruling had one of these timings."""

    outcome: Id
    """The id of the inject."""
    timing: list[Literal["on_time", "late", "far_too_late"]] = Field(min_length=1)
    """Any of `on_time`, `late` and `far_too_late`; a policy inject is always on time."""


ResponseName = Literal["restraint", "probe", "escalate"]


class Responded(Part):
    """Holds when an adversary answered in one of these ways in the last turns that were reckoned.

    It is how an escalation becomes news: an inject that asks for it comes up in the next turn.
    """

    responded: Id
    """The id of the adversary."""
    with_: list[ResponseName] = Field(alias="with", min_length=1)
    """Any of `restraint`, `probe` and `escalate`."""
    aim: list[Id] = []
    """Its aim is one of these, by id; any where left out."""
    within: int = Field(default=1, ge=1, le=10)
    """How many turns back are asked: 1 is the last one that was reckoned."""


def _kind_of_condition(value: object) -> str | None:
    keys = set(value) if isinstance(value, dict) else set(getattr(value, "model_fields_set", ()))
    for key in ("all", "any", "not", "of", "lever", "fired", "outcome", "responded"):
        if key in keys or f"{key}_" in keys:
            return key
    return None


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Threshold, Tag("of")]
    | Annotated[LeverAt, Tag("lever")]
    | Annotated[Fired, Tag("fired")]
    | Annotated[CameOut, Tag("outcome")]
    | Annotated[Responded, Tag("responded")],
    Discriminator(
        _kind_of_condition,
        custom_error_type="condition",
        custom_error_message=(
            "a condition has a key all, any, not, of, lever, fired, outcome or responded"
        ),
    ),
]

# --- people -------------------------------------------------------------------------------------


class Actor(Part):
    """Somebody injects come from: a letter first, a colour second."""

    id: Id
    """How `actor` in cells, injects and adversaries names it."""
    name: Text
    """As screens and papers print it."""
    letter: str = Field(pattern=r"^[A-Z]$")
    """One capital; no two actors share one."""
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")
    """# and six small hexadecimal digits, for the dark theme."""
    contrast: str | None = None
    """The colour in the high contrast theme, where it differs."""


class Cell(Part):
    """A side at the table."""

    id: Id
    """How seats, levers, injects and `--robots` name it."""
    name: Text
    """As screens and papers print it."""
    side: Literal["allied", "red", "white"]
    """Allied cells answer injects and hold levers; the white cell runs the exercise."""
    actor: Id
    """Whose letter and colour the cell wears."""
    robot: Id | None = None
    """The robot that plays the cell when nobody sits there and no other is asked for."""


class Seat(Part):
    """A role in a cell, held by a person."""

    id: Id
    """How people ask for it (`--seat`), and how `probing` names it."""
    cell: Id
    """The cell it sits in."""
    name: Text
    """The office, as screens and papers print it; never a person."""
    short: str
    """At most twelve characters, for the status line."""
    lead: bool = False
    """The lead's answer is the cell's answer. Each allied cell has exactly one."""
    you_are: Text
    """Two or three sentences to whoever sits there: who they are and what they can do."""
    decides: list[Text] = []
    """What this seat decides, a line each."""
    does_not_decide: list[Text] = []
    """What it may be asked and does not decide, a line each."""
    wants: Text = ""
    """One line that the other seats read: what this one is after."""
    questions: list[Text] = []
    """What this office should take into the discussion; the situation manual prints it for all."""


# --- tracks and what moves them -----------------------------------------------------------------


class ClockIndex(Part):
    """A derived value: the reference time of a clock profile as an index (T × times // over)."""

    kind: Literal["clock_index"] = "clock_index"
    """Always `clock_index`."""
    profile: Id
    """The profile whose minutes are read, at equal luck."""
    hour: int = Field(ge=0, le=23)
    """The hour of onset that is assumed, local time: it decides the wait."""
    times: int = Field(gt=0, le=20000)
    """Minutes × `times` // `over` are hundredths of points."""
    over: int = Field(gt=0)
    """The minutes at which the index reads `times` hundredths."""


class Track(Part):
    """A number the exercise keeps, 0.00 to 100.00."""

    id: Id
    """How everything that moves or reads it names it."""
    name: Text
    """As screens and papers print it."""
    short: str
    """At most fourteen characters, for a small terminal."""
    better: Literal["higher", "lower"]
    """Which way is good; it decides the words better and worse everywhere."""
    about: Text
    """What 0 and 100 mean, in one sentence."""
    start: Points
    """In points, before turn 1."""
    rest: Points | None = None
    """Where the track drifts back to; its start where not given."""
    anchor: Points | None = None
    """Where the clock's base minutes hold; its start where not given. An edited start keeps it."""
    rate: int = Field(default=0, ge=0, le=16)
    """The share of the distance to its target covered each turn, in sixteenths."""
    range: tuple[Points, Points]
    """The start values that the evidence allows."""
    basis: list[str] = Field(min_length=1)
    """Ids of the exercise's evidence."""
    value: ClockIndex | None = None
    """For a track that is computed from the crisis clock and moved by nothing else."""

    @property
    def called(self) -> Text:
        """The one name that people read: its name where `short` is made of words of that.

        Elsewhere `short`, since a track that has two names is taken for two.
        """
        if not isinstance(self.name, str):
            return self.name
        words = _words(self.name)
        known = all(any(word.startswith(part) for word in words) for part in _words(self.short))
        return self.name if known else self.short


class Term(Part):
    """One weighted input of a sum."""

    of: Id
    """A track or derived value; in a sum also `spent`, in a stage a track only."""
    weight: int = Field(default=1, ge=-1024, le=1024)
    """A factor in a sum, per 256 in a stage, steps for 100 points in a logit."""
    inverted: bool = False
    """Take 100 minus the value."""


class Sum(Part):
    """Σ weight × x plus a constant, divided, kept in 0 to 100."""

    kind: Literal["sum"]
    """`sum`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    terms: list[Term] = Field(min_length=1)
    """What is added up."""
    constant: Points = 0
    """In points, added before dividing."""
    divisor: int = Field(default=1, gt=0)
    """What the sum is divided by, rounded down."""


class Scarcer(Part):
    """(3 × the smaller + the larger) // 4: what is scarce counts three quarters."""

    kind: Literal["scarcer"]
    """`scarcer`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    of: tuple[Id, Id]
    """Two tracks or derived values."""


class Shortfall(Part):
    """What was announced less what was delivered: a − Σ min(x, a) // n."""

    kind: Literal["shortfall"]
    """`shortfall`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    of: Id
    """What was announced: a track or derived value."""
    delivered: list[Id] = Field(min_length=1)
    """What was delivered: tracks or derived values."""


class ByLevel(Part):
    """A value for each level of a lever."""

    kind: Literal["by_level"]
    """`by_level`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    lever: Id
    """The lever whose level decides."""
    values: list[Points]
    """In points, one for each level in order."""


class Fading(Part):
    """A promise: raised at once with the lever, and fading by a quarter a turn when it falls."""

    kind: Literal["fading"]
    """`fading`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    lever: Id
    """The lever that promises."""
    values: list[Points]
    """In points, one for each level in order."""


class Blend(Part):
    """Three parts, none of which may be zero: their weighted geometric mean, halved by motive.

    Capability, credibility and communication multiply (RAND PE295, RR2451); weights in hundredths.
    """

    kind: Literal["blend"]
    """`blend`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    parts: tuple[Id, Id, Id]
    """Exactly three tracks or derived values of 0 to 100."""
    weights: tuple[int, int, int]
    """One for each part, in hundredths; they add up to 100."""
    motive: Id
    """The track or derived value that halves the blend when it is 100."""


Derived = Annotated[
    Sum | Scarcer | Shortfall | ByLevel | Fading | Blend, Field(discriminator="kind")
]


class Score(Part):
    """A line of the profile: a derived value shown to the table."""

    id: Id
    """How adversaries name it."""
    name: Text
    """As screens and papers print it."""
    short: str
    """The name on a small terminal."""
    better: Literal["higher", "lower"]
    """Which way is good."""
    of: Id
    """The track or derived value it shows."""
    enough: Points | None = None
    """The value at which its author would call it good enough at the end; `ttx discover` counts how
    often each policy meets it. Nothing in play depends on it."""
    caution: Text = ""
    """A few words beside the name, such as `widest band`."""


class While(Part):
    """The level a lever must stand at for a link to work."""

    lever: Id
    """The lever that is asked."""
    level: Id
    """The one level at which the link works."""


class Influence(Part):
    """A causal link between tracks."""

    id: Id
    """How the record and excursions name it."""
    from_: Id = Field(alias="from")
    """A track or a derived value."""
    to: Id
    """The track that is moved."""
    kind: Literal["level", "change"]
    """`level` shifts the target of *to* by the deviation of *from*; `change` is a kick."""
    strength: int = Field(ge=-256, le=256)
    """Per 256 of the deviation or the change."""
    range: tuple[int, int]
    """The strengths the evidence allows."""
    delay: int = Field(default=0, ge=0, le=8)
    """In turns."""
    while_: While | None = Field(default=None, alias="while")
    """The level a lever must stand at for the link to work; always where not given."""
    basis: list[str] = Field(min_length=1)
    """Ids of evidence, or `design`."""
    confidence: Literal["H", "M", "L"]
    """In the sign, never in the size."""
    why: Text
    """The mechanism in one sentence."""


class Effect(Part):
    """A change of a track, in points."""

    track: Id
    """The track that changes."""
    by: Points
    """In points, with the sign of the change."""
    delay: int = Field(default=0, ge=0, le=8)
    """In turns; an effect without one lands at once."""


class Income(Part):
    """What a budget receives each turn: base + rate × track // per."""

    base: int = 0
    """Whole units each turn."""
    rate: int = 0
    """Whole units for each `per` points of the track named in `by`."""
    by: Id | None = None
    """The track that income goes by, where it goes by one."""
    per: Points = 10000
    """In points: 25 is one `rate` for every 25 points of the track."""


class Budget(Part):
    """Something levers are paid with, in whole units."""

    id: Id
    """How prices name it."""
    name: Text
    """As screens and papers print it."""
    kind: Literal["money", "points"]
    """Money is spent by the upkeep of the levels held; points are paid once, to enter a level."""
    start: int
    """Whole units before turn 1."""
    income: Income
    """What comes in at the opening of each turn."""
    cap: int
    """The most that is kept: of points at the opening, of money after upkeep."""
    floor: int = 0
    """The least that money can fall to; points never fall below 0."""
    overdraft: list[Effect] = []
    """What happens each turn while money is below zero."""
    lowering: int = 0
    """What one move down costs, of a budget of points."""
    granted_by: Id | None = None
    """The cell whose lead must agree to a move that costs some of it."""
    basis: list[str] = ["design"]
    """Ids of evidence, or `design`."""


class Level(Part):
    """One setting of a lever."""

    id: Id
    """How wishes, conditions and `--robots` name it."""
    name: Text
    """As screens and papers print it."""
    note: Text
    """What it means in the world, in one line."""
    upkeep: int = 0
    """Money a turn, in US$ million."""
    price: dict[Id, int] = {}
    """Points of each budget, to enter it by a move up."""
    needs: Condition | None = None
    """Asked only on entry by a move up."""


class LeverEffect(Part):
    """What the levels of a lever do to a track."""

    track: Id
    """The track that is moved."""
    kind: Literal["target", "flow"]
    """`target` shifts where the track drifts to; `flow` is added every turn."""
    delay: int = Field(default=0, ge=0, le=8)
    """In turns: the level in force that long ago counts."""
    values: list[Points]
    """In points, one for each level in order."""


class Lever(Part):
    """A standing policy with levels, held until changed."""

    id: Id
    """How wishes, conditions and the review name it."""
    name: Text
    """As screens and papers print it."""
    about: Text
    """What it is, in one sentence."""
    cells: list[Id] = Field(min_length=1)
    """Who may move it."""
    held_by: Text
    """Who really holds it."""
    start: Id
    """The level in force before turn 1."""
    levels: list[Level] = Field(min_length=2, max_length=4)
    """Two to four, in order; a move further down the list is a move up."""
    effects: list[LeverEffect] = []
    """What the levels do to tracks while they are held."""
    lowered: list[Effect] = []
    """What each step down does at once."""
    basis: list[str] = ["design"]
    """Ids of evidence, or `design`."""


class CalendarEntry(Part):
    """Effects in each of these turns."""

    turns: list[int] = Field(min_length=1)
    """Turns, counted from 1, at whose opening the effects come."""
    effects: list[Effect] = Field(min_length=1)
    """What they do; none can have a delay."""


class CalendarRow(Part):
    """What comes on its own date; each row can be switched off."""

    id: Id
    """How the record names it."""
    name: Text
    """As screens and papers print it."""
    entries: list[CalendarEntry]
    """What comes when."""
    known: bool = False
    """Whether everybody knows of it beforehand, such as an election: the situation manual then has
    it on its timeline."""
    basis: list[str] = Field(min_length=1)
    """Ids of evidence, or `design`."""


class Weather(Part):
    """A track that luck moves every turn, by up to `size` points either way."""

    track: Id
    """The track that luck moves."""
    size: Points
    """In points: at most this much, most often near zero."""


# --- the crisis clock ---------------------------------------------------------------------------


class Product(Part):
    """Two tracks worth more together: their product, less its value at the start."""

    of: tuple[Id, Id]
    """Two tracks."""
    weight: int
    """Per 256, for 100 points of the product above its value at the start."""


class Stage(Part):
    """A step of the crisis clock, shortened by tracks."""

    id: Id
    """How profiles and `beside` name it."""
    name: Text
    """As screens and papers print it."""
    short: str
    """At most eight characters, for the bar."""
    weights: list[Term] = []
    """Per 256, for 100 points above the start value."""
    product: Product | None = None
    """Two tracks that shorten the stage more together."""
    jitter: Literal["narrow", "wide"] = "narrow"
    """Narrow is 0.81 to 1.18 of the stage, wide 0.50 to 1.74."""
    beside: Id | None = None
    """The earlier stage it runs in parallel with; the longer of the two counts."""
    discord: bool = False
    """Takes half as long again when two cells answer differently."""
    basis: list[str] = Field(min_length=1)
    """Ids of evidence, or `design`."""


class Present(Part):
    """A track that shortens the wait, with points added to it."""

    of: Id
    """The track."""
    plus: Points = 0
    """In points, added to it."""


class Wait(Part):
    """The stage that lasts until the far office and the near one share a working day."""

    id: Id
    """How the record names it; no stage has it."""
    name: Text
    """As screens and papers print it."""
    short: str
    """At most eight characters, for the bar."""
    opens: int = Field(ge=0, le=23)
    """First shared hour, 0 to 23, in the local time of the exercise, that of `{onset}`."""
    closes: int = Field(ge=1, le=24)
    """The hour after the last shared one; 24 is midnight, and one below `opens` is past it."""
    present: list[Present] = Field(min_length=1)
    """The scarcest of these shortens the wait in proportion."""
    deputy: Id | None = None
    """The lever that lets a deputy decide."""
    quarters: list[int] = []
    """What is left of the wait at each of its levels, in quarters."""
    after: Id
    """The stage it follows."""
    basis: list[str] = Field(min_length=1)
    """Ids of evidence, or `design`."""


class Profile(Part):
    """Base minutes of each stage, for one kind of crisis."""

    name: Text
    """As screens and papers print it."""
    minutes: dict[Id, int]
    """Base minutes of every stage, by its id; the wait is not among them."""
    wait: int = Field(default=0, ge=0, le=16)
    """The share of the wait that applies, in sixteenths."""


class Clock(Part):
    """The way from an incident to an answer, as a chain of stages."""

    stages: list[Stage] = Field(min_length=1, max_length=STAGE_BYTES)
    """In the order in which they are gone through."""
    wait: Wait | None = None
    """Left out where nobody far away has to wake up."""
    profiles: dict[Id, Profile]
    """By id, how long each stage takes in one kind of crisis."""
    margin: list[Id] = Field(min_length=1)
    """The tracks asked for the smallest change that would have turned a ruling, in this order."""


# --- injects ------------------------------------------------------------------------------------


class Posture(Part):
    """How the alliance is set up, read once a turn; the first whose condition holds counts."""

    id: Id
    """How outcomes name it."""
    name: Text
    """As screens and papers print it."""
    when: Condition | None = None
    """The posture without one is the rest."""
    prefers: list[Id]
    """The leans in the order in which a robot takes them."""


class Lean(Part):
    """The direction of an answer, and how far it carries in each posture."""

    id: Id
    """How options and postures name it."""
    name: Text
    """As screens and papers print it."""
    quarters: list[int]
    """One for each posture, in order: 4 carries in full."""


class Message(Part):
    """The piece of news as the table receives it."""

    sender: Text
    """Whom it comes from."""
    to: Text
    """Whom it goes to."""
    via: Text
    """The way it comes: telephone, signal, press."""
    precedence: Text = ""
    """FLASH, IMMEDIATE, PRIORITY or ROUTINE; none where left out."""
    text: list[Text] = Field(min_length=1, max_length=2)
    """Two paragraphs, at most seventy words together, with no fixed clock time."""


class Option(Part):
    """One answer to an inject."""

    id: Id
    """How the record names it."""
    lean: Id
    """The direction of the answer."""
    title: Text
    """A few words, as on the list of answers."""
    about: Text
    """What it is, in one line."""
    done: Text
    """The same in the past tense, for the ruling."""
    needs: Condition | None = None
    """What must hold for it to be open; one option of each inject has none."""
    benefits: list[Effect] = []
    """Times timing, times posture."""
    costs: list[Effect] = []
    """Always in full."""
    budgets: dict[Id, int] = {}
    """Whole units that each budget gets, or with a minus loses, with the ruling and in full.

    Points stay between 0 and their cap.
    """
    sets: dict[Id, Id] = {}
    """Levers that stand at a level with the ruling: no price, no gate, nothing of `lowered`."""
    provocation: dict[Id, int] = {}
    """Points for each adversary, in full whatever became of the answer."""
    denies: dict[Id, Annotated[int, Field(ge=0, le=1000)]] = {}
    """Points of an opening that it closes to each adversary, times timing, times posture."""
    quarters: list[int] | None = None
    """Where they differ from those of the lean."""


class Weight(Part):
    """How likely an inject is among the candidates: base + times × track // 100."""

    base: int
    """Alone and under a bar of 65536, 64 fires on all dice and 32 on half of them."""
    times: int = 0
    """Added for 100 points of `of`."""
    of: Id | None = None
    """The track or derived value that makes it more likely."""


class Outcome(Part):
    """What is told by posture, for each timing; a policy inject is always on time."""

    on_time: dict[Id, Text]
    """A sentence for each posture, by its id."""
    late: dict[Id, Text] = {}
    """The same where the answer was late; crisis injects only."""
    far_too_late: dict[Id, Text] = {}
    """The same where it was more than a quarter of the window too late."""


class Probe(Part):
    """A question for when talk stalls; never shown by itself."""

    to: Id
    """A seat or a cell."""
    ask: Text
    """The question, word for word."""


class Inject(Part):
    """A piece of news put to the table, with the question it asks."""

    number: int = Field(ge=1, le=INJECT_SLOTS)
    """Its place in the MSEL, and the dice it rolls: 1 to 1000."""
    label: str = Field(default="", max_length=40)
    """What the list it came from calls it, where that is not its number: 5004, 9-A, FS-1."""
    planned: str = Field(default="", max_length=80)
    """When that list plans it, as it says so: 0915, D+2 H+3, 2010-05-01 04:00. The white cell reads
    it; `turns` alone decide when it can come."""
    controller: str = ""
    """The office that is to put it, as the list names it; the white cell reads it."""
    notes: str = ""
    """What its author notes for exercise control; players never see it."""
    id: Id
    """How conditions and the record name it."""
    title: Text
    """A few words, as in lists and reports."""
    actor: Id
    """Whom it comes from."""
    kind: Text
    """One or two words: air, sea, missile, cyber, politics."""
    slot: Literal["policy", "crisis"]
    """Policy injects come first in a turn and have no clock; crises have one."""
    turns: tuple[int, int]
    """The first and the last turn in which it is a candidate, counted from 1."""
    again: int | None = Field(default=None, ge=1, le=9)
    """It comes again once this many turns have passed since it last came: 1 is the next turn.

    Once only where left out. `fired` and `outcome` then ask about the last time.
    """
    day: datetime.date | None = None
    """The day it is dated on where it comes in the turn of that day; else the dice give one.

    In that turn it comes before all that is rolled for.
    """
    when: Condition | None = None
    """What must hold for it to be a candidate."""
    weight: Weight
    """How likely it is among the candidates."""
    profile: Id | None = None
    """The clock profile of a crisis inject."""
    window: int | None = Field(default=None, gt=0)
    """Minutes, for a crisis inject."""
    lead: Id
    """The cell whose answer is carried out."""
    place: Id | None = None
    """The spot on the map that it pins."""
    message: Message
    """What the table reads."""
    question: Text
    """What the table has to answer, in one sentence."""
    option: list[Option] = Field(min_length=2, max_length=4)
    """Two to four answers, in the order they are shown."""
    late: list[Effect] = []
    """What lateness does: once when late, half as much again when far too late."""
    opening: dict[Id, Annotated[int, Field(ge=0, le=1000)]] = {}
    """Points that lateness opens to each adversary; half as many again when far too late."""
    outcome: Outcome
    """What is told once it is ruled."""
    expected_action: Text
    """What the facilitator hopes to hear; players never see it."""
    if_not: Text
    """What comes where the expected action does not; once it is put, every seat reads it."""
    directions: Text = ""
    """What exercise control does when it puts that: who speaks, what is handed out. Players never
    read it."""
    probing: list[Probe] = []
    """Questions for the facilitator's use."""
    objectives: list[Id] = []
    """The objectives it serves, by id; the expected action is rated under the first of them."""
    basis: list[str] = Field(min_length=1)
    """Ids of evidence, or `design`."""

    @property
    def on_list(self) -> str:
        """What papers number it by: its label, else its number in two digits or more."""
        return self.label or f"{self.number:02d}"


class Contextual(Part):
    """A contextual inject: a call, a cable or a news flash that asks nothing and moves nothing."""

    id: Id
    """How the record names it, and others with the same moment."""
    label: str = Field(default="", max_length=40)
    """What the list it came from calls it; where empty, `m` and its place among them."""
    planned: str = Field(default="", max_length=80)
    """When that list plans it, as it says so; the white cell reads it."""
    controller: str = ""
    """The office that is to send it; the white cell reads it."""
    notes: str = ""
    """What its author notes for exercise control; players never see it."""
    title: Text
    """A few words, as in lists and reports."""
    kind: Text
    """One or two words: news, cable, call."""
    turn: int = Field(ge=1)
    """The turn it is meant for; where nobody facilitates it goes out when that turn opens."""
    inject: Id | None = None
    """The inject that it goes out with, wherever that comes; the turn is then for the list only."""
    together: str = ""
    """A word: all that have the same one go out at the same moment, each to its own readers."""
    readers: list[Id] = []
    """The cells and seats that read it, and no others do; everybody where left out."""
    message: Message
    """What they read."""
    expected: Text = ""
    """What the facilitator hopes it leads to; players never see it."""
    objectives: list[Id] = []
    """The objectives it serves, by id."""


class InjectSlot(Part):
    """The bar below which a candidate fires; higher means fuller turns."""

    policy: int
    """Per 65,536: at 65536 a candidate of weight 64 always fires, at 0 none does."""
    crisis: int
    """The same for the crisis slot."""
    fill: bool = False
    """In a turn without a policy inject the crisis slot takes its lowest candidate, whatever its
    rank: no turn stays empty where anything can come."""
    working_days: bool = False
    """News of the policy slot is dated Monday to Friday, and on no day off."""
    days_off: list[datetime.date] = []
    """Days on which offices send nothing though it is no weekend."""


# --- adversaries, robots ------------------------------------------------------------------------


class LogitTerm(Term):
    """One weighted source of a logit."""

    weight: int = Field(default=1, ge=-4096, le=4096)
    """Steps for 100 points."""


class Logit(Part):
    """A bias and weighted sources, in steps of one sixty-fourth of a logit."""

    bias: int
    """Steps: 0 is 50 in 100, 64 is 73, -64 is 27, -128 is 12."""
    terms: list[LogitTerm] = Field(min_length=1)
    """What pushes it; a weight is steps for 100 points."""


class Purse(Part):
    """What an adversary can afford, in chips: an answer it cannot pay becomes the next lower."""

    start: int = Field(ge=0, le=1000)
    """Chips before turn 1."""
    income: int = Field(ge=0, le=1000)
    """Chips at the opening of each turn."""
    cap: int = Field(ge=0, le=1000)
    """The most it keeps."""
    price: dict[ResponseName, Annotated[int, Field(ge=0, le=1000)]]
    """Chips that each answer costs; 0 where left out, and always for restraint."""


class Aim(Part):
    """What an adversary is secretly after in a run: the dice draw one of its aims at STARTEX."""

    id: Id
    """How conditions and the record name it."""
    name: Text
    """A few words, as its own seat, the white cell and the review read them."""
    about: Text
    """What it is after, in one sentence."""
    act: int = Field(default=0, ge=-1000, le=1000)
    """Steps added to the bias of whether it acts."""
    escalate: int = Field(default=0, ge=-1000, le=1000)
    """Steps added to the bias of whether an act is an escalation."""
    names: dict[ResponseName, Text] = {}
    """Its moves under this aim in words; those of the adversary where left out."""
    responses: dict[ResponseName, list[Effect]] = {}
    """What its moves under this aim do to tracks; those of the adversary where left out."""
    reached: Condition | None = None
    """Asked of the last state of the run, by the review; nothing in the arithmetic reads it."""


class Adversary(Part):
    """Somebody who answers perceived deterrence with restraint, a probe or an escalation."""

    id: Id
    """How `provocation`, `denies` and `opening` name it."""
    name: Text
    """As screens and papers print it."""
    actor: Id
    """Whose letter and colour it wears."""
    object: Text = ""
    """What it is to be deterred from, in a few words."""
    motive: Id
    """The track shown as its motive."""
    score: Id
    """The score that says how far it is deterred."""
    act: Logit
    """Whether it acts at all; if not, it shows restraint."""
    escalate: Logit
    """Whether an act is an escalation; if not, it is a probe."""
    provocation: int = 16
    """Steps a point of provocation."""
    responses: dict[ResponseName, list[Effect]]
    """What each response does to tracks."""
    names: dict[ResponseName, Text] = {}
    """Each response in words, past tense: sailed home."""
    purse: Purse | None = None
    """What it can afford; anything where left out."""
    aim: list[Aim] = Field(default=[], max_length=4)
    """What it may secretly be after; one of them is drawn for each run."""
    basis: list[str] = Field(min_length=1)
    """Ids of evidence, or `design`."""


class Wish(Part):
    """A lever level that a robot wants from a turn on."""

    turn: int
    """From this turn on, counted from 1; a refused wish is tried again each turn."""
    lever: Id
    """The lever."""
    level: Id
    """The level it is to stand at."""


class Robot(Part):
    """A named way of playing without a person."""

    id: Id
    """How `--robots`, cells and the review name it."""
    name: Text
    """As screens and papers print it."""
    about: Text
    """What it does, in one line."""
    rule: Literal[
        "posture",
        "least_provocation",
        "most_provocation",
        "random",
        "restraint",
        "probe",
        "escalate",
    ] = "posture"
    """How it answers: as the posture prefers, with least or most provocation, or at random.

    A robot of an adversary's cell: `restraint`, `probe` or `escalate`, what it does whenever its
    purse pays for it.
    """
    order: list[Id] = []
    """For least and most provocation: the leans in the order that breaks a tie."""
    wishes: list[Wish] = []
    """The levers it moves, in the order it tries them."""


# --- the rest of the page -----------------------------------------------------------------------


class Evidence(Part):
    """A claim that a number rests on, with its grade."""

    id: str
    """How `basis` names it."""
    claim: Text
    """What it says, in one sentence."""
    source: str
    """Where it stands: a document, or ids of other evidence."""
    date: str
    """When it was said, as far as is known."""
    confidence: Literal["H", "M", "L", "U"]
    """H official or two reports, M one reputable, L aggregator or partisan, U unsourced."""
    note: Text = ""
    """What to beware of."""


class Objective(Part):
    """What the exercise is to find out or train."""

    id: Id
    """How injects name it."""
    text: Text
    """One sentence that an evaluator can rate."""
    capability: Id
    """The capability it belongs to."""
    measures: list[Text] = []
    """Two or three sentences that an evaluator can tick: a number, or a thing that can be seen."""
    lever_tasks: list[Text] = []
    """What is to be seen of it while levers are moved, before any news; a task each."""


class Capability(Part):
    """A capability of the author's own list."""

    id: Id
    """How objectives name it."""
    name: Text
    """As papers print it."""


class Word(Part):
    """A term that the briefing explains."""

    term: Text
    """The term."""
    means: Text
    """What it means, in one sentence."""


class Briefing(Part):
    """What the table reads before STARTEX."""

    title: Text
    """The headline."""
    situation: list[Text] = Field(min_length=1)
    """About ninety words in all."""
    question: Text
    """The question of the exercise, in one sentence."""
    measured: Text
    """What the scores are, and what they are not."""
    play: list[Text]
    """Rules of play, a line each."""
    play_in_lines: list[Text] = []
    """The same where there are plain lines instead of screens, without keys of the screens; where
    empty, those above."""
    ground_rules: list[Text]
    """How people treat each other, a line each."""
    words: list[Word] = []
    """Terms that a newcomer needs."""
    evening: list[Word] = []
    """The time plan in words."""


class Chapter(Part):
    """A chapter of the situation manual: what a reader needs and the briefing has no room for."""

    heading: Text
    """As the table of contents lists it."""
    text: list[Text] = []
    """Paragraphs, in order."""
    columns: list[Text] = []
    """The head of a table below them; no table where empty."""
    rows: list[list[Text]] = []
    """The rows of that table, each with one cell for each column; the first cell names its row."""
    basis: list[str] = []
    """Ids of evidence; the last page of the manual says where it stands, and how good that is."""


class FeedbackQuestion(Part):
    """One thing that the feedback form asks in place of what it asks otherwise."""

    id: Id
    """How the record names it."""
    ask: Text
    """A statement to agree with, or a question."""
    answer: Literal["scale", "words"]
    """Marked from 1 to 5, or answered in words; where one is given, the standard ones of its kind
    are left out."""


class Review(Part):
    """The question that the review answers first."""

    asked: Text
    """What the sponsor asked."""
    levers: list[Id] = Field(min_length=1)
    """The levers that the question is about."""
    references: list[Id] = Field(min_length=1, max_length=2)
    """The robots whose runs on the same dice stand beside this one."""


def _as_written(value: object) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("write a number, such as 4 or -1.5")
    return value


Written = Annotated[int | Decimal, PlainValidator(_as_written), WithJsonSchema({"type": "number"})]
"""A number in the units in which its author writes it: points, minutes, per 256."""


class Range(Part):
    """How far a number may go that has no `range` of its own."""

    of: str
    """The id of the number, such as `clock.legal.jp_public`."""
    low: Written
    """The least it may be, in its author's units."""
    high: Written
    """The most it may be, in the same units."""
    basis: list[str] = Field(min_length=1)
    """Ids of the exercise's evidence."""


class Switch(Part):
    """A mechanism that a study may switch off, to see whether the answer hangs on it."""

    id: Id
    """How a study names it."""
    name: Text
    """What is switched off, in a few words."""
    why: Text
    """What it would mean if the model were wrong here."""
    set: dict[str, Written] = Field(min_length=1)
    """For each number its value with the mechanism off, mostly 0, in its author's units."""


class Turns(Part):
    """The calendar of the run."""

    count: int = Field(ge=1, le=10)
    """How many turns; at most ten."""
    months: int = Field(default=3, ge=1)
    """Scenario months a turn: 3 is a quarter of a year. Rates and delays count in turns."""
    days: int | None = Field(default=None, ge=1, le=365)
    """Scenario days a turn, in the place of months: 1 is a turn a day."""
    start: datetime.date
    """A day of the month in which turn 1 begins; every turn begins on the first of a month. With
    `days` it is the first day of turn 1."""
    ends_when: Threshold | None = None
    """Ends the run after the turn in which it holds."""
    first_levers: list[Id] = []
    """The levers open to people in turn 1; all where empty."""
    moves: int = 3
    """Successful lever moves a robot may make in a turn."""

    def first_day(self, turn: int) -> datetime.date:
        """The first scenario day of a turn; turn count + 1 is the day after the last."""
        if self.days is not None:
            return self.start + datetime.timedelta(self.days * (turn - 1))
        months = self.start.month - 1 + self.months * (turn - 1)
        return datetime.date(self.start.year + months // 12, months % 12 + 1, 1)


class Place(Part):
    """A named spot on the map, in degrees; positions are rounded."""

    name: Text
    """As the map prints it."""
    lon: Decimal
    """Degrees east."""
    lat: Decimal
    """Degrees north."""
    kind: Literal["base", "city", "island", "sea", "site", "off-map"]
    """Which sign it gets; `off-map` stands at an edge."""
    edge: Literal["east", "west"] | None = None
    """The edge at which a place off the map is shown."""
    edge_lat: Decimal | None = None
    """The latitude at which it is shown there."""


class Window(Part):
    """The edges of the map, in degrees."""

    west: Decimal
    """Degrees east of the left edge."""
    east: Decimal
    """Degrees east of the right edge."""
    south: Decimal
    """Degrees north of the lower edge."""
    north: Decimal
    """Degrees north of the upper edge."""


class Map(Part):
    """Coast, borders and places of the theatre."""

    window: Window
    """What the map shows at first."""
    true_at: Decimal
    """The latitude at which shapes are true."""
    source: str
    """Where coast and borders come from."""
    zooms: dict[Id, Window] = {}
    """Closer windows, by id."""
    land: list[list[int]] = []
    """Rings as lon, lat, lon, lat … in hundredths of a degree."""
    borders: list[list[int]] = []
    """Lines of the same form; left out of the filled land."""
    place: dict[Id, Place] = {}
    """Named spots, by id."""
    distances: list[Id] = []
    """The places whose distance from the marked inject is shown."""


class Change(Part):
    """When clocks are set forward or back, in the zone's standard time."""

    month: int = Field(ge=1, le=12)
    """1 is January."""
    sunday: int = Field(ge=-1, le=4)
    """1 is the first Sunday of the month, 2 the second; -1 is the last."""
    hour: int = Field(ge=0, le=23)
    """In standard time, on both days: EU clocks change at 1 UTC, which is 2 in Paris."""


class Summer(Part):
    """The months in which clocks run ahead."""

    starts: Change
    """When they are set forward."""
    ends: Change
    """When they are set back; before `starts` in the year where summer goes over New Year."""
    minutes: int = Field(default=60, ge=1, le=120)
    """How far they run ahead."""
    short: str = Field(default="", max_length=5)
    """The letters behind a time while they do: CEST; none where empty."""


class Zone(Part):
    """The time of a place. The first zone is the exercise's own: its hours are hours there."""

    id: Id
    """How texts name it: `{london}`, `{london+2h}` for a zone `london`."""
    name: Text
    """The place, as screens print it behind `in`."""
    short: str = Field(default="", max_length=5)
    """The letters behind a time in the first zone, in standard time: JST; none where empty."""
    offset: Decimal = Field(ge=-12, le=14)
    """Hours ahead of UTC in standard time, in quarters of an hour: 9, -10, 5.75."""
    summer: Summer | None = None
    """Left out where clocks stay as they are all year."""


class Exercise(Part):
    """What an author wrote: frozen, known by its id and digest."""

    format: Literal[1]
    """Always 1."""
    id: Id
    """What the exercise is known by, beside its digest."""
    title: Text
    """As Home and papers print it."""
    summary: Text
    """One line for Home."""
    about: list[Text]
    """A paragraph or two for whoever chooses an exercise."""
    minutes: int
    """How long it takes one person."""
    languages: list[str] = ["en"]
    """Two letters each; the first is the one that texts without a table are in."""
    banner: str = "EXERCISE ONLY - UNCLASSIFIED"
    """The words of the first row of every screen; nothing switches that row off."""
    time_plan: dict[str, int] = {}
    """Minutes for each phase of facilitated play.

    `quiet` is the minutes of a deliberation without a word after which the facilitator is offered
    a probing question of the inject.
    """
    zone: list[Zone] = []
    """Whose time its hours are, and times that texts ask for; Tokyo, Hawaii and Washington
    where empty."""
    turns: Turns
    """How many turns, how long and from when."""
    slots: InjectSlot
    """How full turns are."""
    briefing: Briefing
    """The situation, the question and the rules, as the table reads them first."""
    manual: list[Chapter] = []
    """What the situation manual says beyond the briefing; all who take part read it beforehand."""
    feedback: list[FeedbackQuestion] = []
    """What the feedback form asks beside the objectives; a standard set where empty."""
    review: Review
    """The sponsor's question, and who stands beside the run."""
    clock: Clock
    """The way from an incident to an answer."""
    actor: list[Actor]
    """Whom injects come from, and whose colours cells wear."""
    cell: list[Cell]
    """The sides at the table."""
    seat: list[Seat]
    """The roles in the cells."""
    capability: list[Capability] = []
    """What objectives belong to."""
    objective: list[Objective] = []
    """What the exercise is to find out or train."""
    track: list[Track]
    """The numbers that it keeps; terms of scores are booked in their order."""
    derived: list[Derived] = []
    """Values worked out from tracks and levers."""
    score: list[Score]
    """The lines of the profile; there is no total."""
    influence: list[Influence] = []
    """What moves what."""
    budget: list[Budget] = []
    """What levers are paid with."""
    lever: list[Lever]
    """The standing policies of the table."""
    calendar: list[CalendarRow] = []
    """What comes on its own date."""
    weather: list[Weather] = Field(default=[], max_length=WEATHER_SLOTS)
    """What luck moves; each row has dice of its own, in order."""
    posture: list[Posture]
    """How the table is set up; the first whose condition holds counts."""
    lean: list[Lean]
    """The directions of answers."""
    inject: list[Inject] = Field(max_length=INJECT_SLOTS)
    """The news, by number."""
    contextual: list[Contextual] = []
    """News that asks nothing, for some seats or for all."""
    adversary: list[Adversary] = Field(max_length=ADVERSARY_SLOTS)
    """Who answers; each has dice of its own, in order."""
    robot: list[Robot]
    """Ways of playing without a person."""
    evidence: list[Evidence]
    """What the numbers rest on."""
    range: list[Range] = []
    """What studies may vary of numbers that have no range of their own."""
    switch: list[Switch] = []
    """Assumptions that a study switches off one by one."""
    map: Map | None = None
    """The theatre; an exercise may do without."""

    @cached_property
    def tracks(self) -> dict[str, Track]:
        """Tracks by id, in order."""
        return {track.id: track for track in self.track}

    @cached_property
    def levers(self) -> dict[str, Lever]:
        """Levers by id, in order."""
        return {lever.id: lever for lever in self.lever}

    @cached_property
    def injects(self) -> dict[str, Inject]:
        """Injects by id."""
        return {inject.id: inject for inject in self.inject}

    @cached_property
    def contextuals(self) -> dict[str, Contextual]:
        """Contextual injects by id, in order."""
        return {part.id: part for part in self.contextual}

    @cached_property
    def names(self) -> dict[str, Text]:
        """What tracks and derived values are called, by id."""
        tracks = {track.id: track.called for track in self.track}
        return tracks | {part.id: part.name for part in self.derived}

    def as_toml(self) -> dict[str, Any]:
        """The exercise as the keys and values its author would write, without what is default."""
        return self.model_dump(by_alias=True, exclude_defaults=True, exclude_none=True)
