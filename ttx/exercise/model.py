"""What an author writes: the parts of an exercise, whose field texts are the authoring manual."""

from __future__ import annotations

import datetime
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

FORMAT = 1
"""The number of the exercise format; a file of another number is refused with a sentence."""

INJECT_SLOTS, ADVERSARY_SLOTS, WEATHER_SLOTS, STAGE_BYTES = 28, 3, 7, 8
"""What the slot map of the dice holds: injects, adversaries, weather rows, jittered stages."""


def _hundredths(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("write a number of points, such as 4 or -1.5")
    scaled = Decimal(value) * 100
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise ValueError(f"{value} has more than two decimals")
    if abs(scaled) > 10000:
        raise ValueError(f"{value} is outside -100 to 100")
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


def text(value: Text, language: str = "en") -> str:
    """The text in that language; in the first language it has where that one is missing."""
    if isinstance(value, str):
        return value
    return value.get(language) or next(iter(value.values()), "")


class Part(BaseModel):
    """A part of an exercise: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, populate_by_name=True
    )


# --- conditions: data, never code ---------------------------------------------------------------


class All(Part):
    """Holds when every condition of the list holds."""

    all: list[Condition] = Field(min_length=1)


class AnyOf(Part):
    """Holds when one condition of the list holds."""

    any: list[Condition] = Field(min_length=1)


class Not(Part):
    """Holds when the condition inside does not."""

    not_: Condition = Field(alias="not")


class Threshold(Part):
    """Holds when a track or a derived value is on the named side of a number of points."""

    of: Id
    at_least: Points | None = None
    at_most: Points | None = None
    below: Points | None = None


class LeverAt(Part):
    """Holds when a lever stands at, at least at, or at most at one of its levels."""

    lever: Id
    level: Id | None = None
    at_least: Id | None = None
    at_most: Id | None = None


class Fired(Part):
    """Holds when the inject was released earlier in this run."""

    fired: Id


class CameOut(Part):
    """Holds when the inject was released and its ruling had one of these timings."""

    outcome: Id
    timing: list[Literal["on_time", "late", "far_too_late"]] = Field(min_length=1)


def _kind_of_condition(value: object) -> str | None:
    keys = set(value) if isinstance(value, dict) else set(getattr(value, "model_fields_set", ()))
    for key in ("all", "any", "not", "of", "lever", "fired", "outcome"):
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
    | Annotated[CameOut, Tag("outcome")],
    Discriminator(
        _kind_of_condition,
        custom_error_type="condition",
        custom_error_message="a condition has a key all, any, not, of, lever, fired or outcome",
    ),
]

# --- people -------------------------------------------------------------------------------------


class Actor(Part):
    """Somebody injects come from: a letter first, a colour second."""

    id: Id
    name: Text
    letter: str = Field(pattern=r"^[A-Z]$")
    """One capital; no two actors share one."""
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")
    contrast: str | None = None
    """The colour in the high contrast theme, where it differs."""


class Cell(Part):
    """A side at the table."""

    id: Id
    name: Text
    side: Literal["allied", "red", "white"]
    """Allied cells answer injects and hold levers; the white cell runs the exercise."""
    actor: Id
    """Whose letter and colour the cell wears."""
    robot: Id | None = None
    """The robot that plays the cell when nobody sits there and no other is asked for."""


class Seat(Part):
    """A role in a cell, held by a person."""

    id: Id
    cell: Id
    name: Text
    short: str
    """At most twelve characters, for the status line."""
    lead: bool = False
    """The lead's answer is the cell's answer. Each allied cell has exactly one."""
    you_are: Text
    decides: list[Text] = []
    does_not_decide: list[Text] = []
    wants: Text = ""
    """One line that the other seats read: what this one is after."""


# --- tracks and what moves them -----------------------------------------------------------------


class ClockIndex(Part):
    """A derived value: the reference time of a clock profile as an index (T × times // over)."""

    kind: Literal["clock_index"] = "clock_index"
    profile: Id
    hour: int = Field(ge=0, le=23)
    times: int = Field(gt=0, le=20000)
    over: int = Field(gt=0)


class Track(Part):
    """A number the exercise keeps, 0.00 to 100.00."""

    id: Id
    name: Text
    short: str
    """At most fourteen characters, for a small terminal."""
    better: Literal["higher", "lower"]
    about: Text
    """What 0 and 100 mean, in one sentence."""
    start: Points
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


class Term(Part):
    """One weighted input of a sum."""

    of: Id
    weight: int = Field(default=1, ge=-1024, le=1024)
    inverted: bool = False
    """Take 100 minus the value."""


class Sum(Part):
    """Σ weight × x plus a constant, divided, kept in 0 to 100."""

    kind: Literal["sum"]
    id: Id
    name: Text
    terms: list[Term] = Field(min_length=1)
    constant: Points = 0
    divisor: int = Field(default=1, gt=0)


class Scarcer(Part):
    """(3 × the smaller + the larger) // 4: what is scarce counts three quarters."""

    kind: Literal["scarcer"]
    id: Id
    name: Text
    of: tuple[Id, Id]


class Shortfall(Part):
    """What was announced less what was delivered: a − Σ min(x, a) // n."""

    kind: Literal["shortfall"]
    id: Id
    name: Text
    of: Id
    delivered: list[Id] = Field(min_length=1)


class ByLevel(Part):
    """A value for each level of a lever."""

    kind: Literal["by_level"]
    id: Id
    name: Text
    lever: Id
    values: list[Points]


class Fading(Part):
    """A promise: raised at once with the lever, and fading by a quarter a turn when it falls."""

    kind: Literal["fading"]
    id: Id
    name: Text
    lever: Id
    values: list[Points]


class Blend(Part):
    """Three parts, none of which may be zero: their weighted geometric mean, halved by motive.

    Capability, credibility and communication multiply (RAND PE295, RR2451); weights in hundredths.
    """

    kind: Literal["blend"]
    id: Id
    name: Text
    parts: tuple[Id, Id, Id]
    weights: tuple[int, int, int]
    motive: Id


Derived = Annotated[
    Sum | Scarcer | Shortfall | ByLevel | Fading | Blend, Field(discriminator="kind")
]


class Score(Part):
    """A line of the profile: a derived value shown to the table."""

    id: Id
    name: Text
    short: str
    better: Literal["higher", "lower"]
    of: Id
    caution: Text = ""
    """Two words beside the name, such as `widest band`."""


class While(Part):
    """The level a lever must stand at for a link to work."""

    lever: Id
    level: Id


class Influence(Part):
    """A causal link between tracks."""

    id: Id
    from_: Id = Field(alias="from")
    """A track or a derived value."""
    to: Id
    kind: Literal["level", "change"]
    """`level` shifts the target of *to* by the deviation of *from*; `change` is a kick."""
    strength: int = Field(ge=-256, le=256)
    """Per 256 of the deviation or the change."""
    range: tuple[int, int]
    """The strengths the evidence allows."""
    delay: int = Field(default=0, ge=0, le=8)
    """In turns."""
    while_: While | None = Field(default=None, alias="while")
    basis: list[str] = Field(min_length=1)
    confidence: Literal["H", "M", "L"]
    """In the sign, never in the size."""
    why: Text
    """The mechanism in one sentence."""


class Effect(Part):
    """A change of a track, in points."""

    track: Id
    by: Points
    delay: int = Field(default=0, ge=0, le=8)
    """In turns; an effect without one lands at once."""


class Income(Part):
    """What a budget receives each turn: base + rate × track // per."""

    base: int = 0
    rate: int = 0
    by: Id | None = None
    per: Points = 10000


class Budget(Part):
    """Something levers are paid with, in whole units."""

    id: Id
    name: Text
    kind: Literal["money", "points"]
    """Money is spent by the upkeep of the levels held; points are paid once, to enter a level."""
    start: int
    income: Income
    cap: int
    floor: int = 0
    overdraft: list[Effect] = []
    """What happens each turn while money is below zero."""
    lowering: int = 0
    """What one move down costs, of a budget of points."""
    granted_by: Id | None = None
    """The cell whose lead must agree to a move that costs some of it."""
    basis: list[str] = ["design"]


class Level(Part):
    """One setting of a lever."""

    id: Id
    name: Text
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
    kind: Literal["target", "flow"]
    """`target` shifts where the track drifts to; `flow` is added every turn."""
    delay: int = Field(default=0, ge=0, le=8)
    """In turns: the level in force that long ago counts."""
    values: list[Points]


class Lever(Part):
    """A standing policy with levels, held until changed."""

    id: Id
    name: Text
    about: Text
    cells: list[Id] = Field(min_length=1)
    """Who may move it."""
    held_by: Text
    """Who really holds it."""
    start: Id
    levels: list[Level] = Field(min_length=2, max_length=4)
    effects: list[LeverEffect] = []
    lowered: list[Effect] = []
    """What each step down does at once."""
    basis: list[str] = ["design"]


class CalendarEntry(Part):
    """Effects in each of these turns."""

    turns: list[int] = Field(min_length=1)
    effects: list[Effect] = Field(min_length=1)


class CalendarRow(Part):
    """What comes on its own date; each row can be switched off."""

    id: Id
    name: Text
    entries: list[CalendarEntry]
    basis: list[str] = Field(min_length=1)


class Weather(Part):
    """A track that luck moves every turn, by up to `size` points either way."""

    track: Id
    size: Points


# --- the crisis clock ---------------------------------------------------------------------------


class Product(Part):
    """Two tracks worth more together: their product, less its value at the start."""

    of: tuple[Id, Id]
    weight: int


class Stage(Part):
    """A step of the crisis clock, shortened by tracks."""

    id: Id
    name: Text
    short: str
    """At most eight characters, for the bar."""
    weights: list[Term] = []
    """Per 256, for 100 points above the start value."""
    product: Product | None = None
    jitter: Literal["narrow", "wide"] = "narrow"
    """Narrow is 0.81 to 1.18 of the stage, wide 0.50 to 1.74."""
    beside: Id | None = None
    """The earlier stage it runs in parallel with; the longer of the two counts."""
    discord: bool = False
    """Takes half as long again when two cells answer differently."""
    basis: list[str] = Field(min_length=1)


class Present(Part):
    """A track that shortens the wait, with points added to it."""

    of: Id
    plus: Points = 0


class Wait(Part):
    """The stage that lasts until the far office and the near one share a working day."""

    id: Id
    name: Text
    short: str
    opens: int = Field(ge=0, le=23)
    """First shared hour, local time."""
    closes: int = Field(ge=1, le=24)
    present: list[Present] = Field(min_length=1)
    """The scarcest of these shortens the wait in proportion."""
    deputy: Id | None = None
    """The lever that lets a deputy decide."""
    quarters: list[int] = []
    """What is left of the wait at each of its levels, in quarters."""
    after: Id
    """The stage it follows."""
    basis: list[str] = Field(min_length=1)


class Profile(Part):
    """Base minutes of each stage, for one kind of crisis."""

    name: Text
    minutes: dict[Id, int]
    wait: int = Field(default=0, ge=0, le=16)
    """The share of the wait that applies, in sixteenths."""


class Clock(Part):
    """The way from an incident to an answer, as a chain of stages."""

    stages: list[Stage] = Field(min_length=1, max_length=STAGE_BYTES)
    wait: Wait | None = None
    profiles: dict[Id, Profile]
    margin: list[Id] = Field(min_length=1)
    """The tracks asked for the smallest change that would have turned a ruling, in this order."""


# --- injects ------------------------------------------------------------------------------------


class Posture(Part):
    """How the alliance is set up, read once a turn; the first whose condition holds counts."""

    id: Id
    name: Text
    when: Condition | None = None
    """The posture without one is the rest."""
    prefers: list[Id]
    """The leans in the order in which a robot takes them."""


class Lean(Part):
    """The direction of an answer, and how far it carries in each posture."""

    id: Id
    name: Text
    quarters: list[int]
    """One for each posture, in order: 4 carries in full."""


class Message(Part):
    """The piece of news as the table receives it."""

    sender: Text
    to: Text
    via: Text
    precedence: Text = ""
    text: list[Text] = Field(min_length=1, max_length=2)
    """Two paragraphs, at most seventy words together, with no fixed clock time."""


class Option(Part):
    """One answer to an inject."""

    id: Id
    lean: Id
    title: Text
    about: Text
    """What it is, in one line."""
    done: Text
    """The same in the past tense, for the ruling."""
    needs: Condition | None = None
    benefits: list[Effect] = []
    """Times timing, times posture."""
    costs: list[Effect] = []
    """Always in full."""
    provocation: dict[Id, int] = {}
    """Points for each adversary."""
    quarters: list[int] | None = None
    """Where they differ from those of the lean."""


class Weight(Part):
    """How likely an inject is among the candidates: base + times × track // 100."""

    base: int
    times: int = 0
    of: Id | None = None


class Outcome(Part):
    """What is told by posture, for each timing; a policy inject is always on time."""

    on_time: dict[Id, Text]
    late: dict[Id, Text] = {}
    far_too_late: dict[Id, Text] = {}


class Probe(Part):
    """A question for when talk stalls; never shown by itself."""

    to: Id
    """A seat or a cell."""
    ask: Text


class Inject(Part):
    """A piece of news put to the table, with the question it asks."""

    number: int = Field(ge=1, le=INJECT_SLOTS)
    id: Id
    title: Text
    actor: Id
    kind: Text
    """One or two words: air, sea, missile, cyber, politics."""
    slot: Literal["policy", "crisis"]
    turns: tuple[int, int]
    when: Condition | None = None
    weight: Weight
    profile: Id | None = None
    window: int | None = Field(default=None, gt=0)
    """Minutes, for a crisis inject."""
    lead: Id
    """The cell whose answer is carried out."""
    place: Id | None = None
    message: Message
    question: Text
    option: list[Option] = Field(min_length=2, max_length=4)
    late: list[Effect] = []
    """What lateness does: once when late, half as much again when far too late."""
    outcome: Outcome
    expected_action: Text
    if_not: Text
    """What the facilitator may do when the expected action does not come."""
    probing: list[Probe] = []
    objectives: list[Id] = []
    basis: list[str] = Field(min_length=1)


class InjectSlot(Part):
    """The bar below which a candidate fires; higher means fuller turns."""

    policy: int
    crisis: int


# --- adversaries, robots ------------------------------------------------------------------------


class Logit(Part):
    """A bias and weighted sources, in steps of one sixty-fourth of a logit."""

    bias: int
    terms: list[Term] = Field(min_length=1)


class Adversary(Part):
    """Somebody who answers perceived deterrence with restraint, a probe or an escalation."""

    id: Id
    name: Text
    actor: Id
    motive: Id
    """The track shown as its motive."""
    score: Id
    """The score that says how far it is deterred."""
    act: Logit
    escalate: Logit
    provocation: int = 16
    """Steps a point of provocation."""
    responses: dict[Literal["restraint", "probe", "escalate"], list[Effect]]
    names: dict[Literal["restraint", "probe", "escalate"], Text] = {}
    basis: list[str] = Field(min_length=1)


class Wish(Part):
    """A lever level that a robot wants from a turn on."""

    turn: int
    lever: Id
    level: Id


class Robot(Part):
    """A named way of playing without a person."""

    id: Id
    name: Text
    about: Text
    rule: Literal["posture", "least_provocation", "random"] = "posture"
    order: list[Id] = []
    """For least provocation: the leans in the order that breaks a tie."""
    wishes: list[Wish] = []


# --- the rest of the page -----------------------------------------------------------------------


class Evidence(Part):
    """A claim that a number rests on, with its grade."""

    id: str
    claim: Text
    source: str
    date: str
    confidence: Literal["H", "M", "L", "U"]
    """H official or two reports, M one reputable, L aggregator or partisan, U unsourced."""
    note: Text = ""


class Objective(Part):
    """What the exercise is to find out or train."""

    id: Id
    text: Text
    capability: Id


class Capability(Part):
    """A capability of the author's own list."""

    id: Id
    name: Text


class Word(Part):
    """A term that the briefing explains."""

    term: Text
    means: Text


class Briefing(Part):
    """What the table reads before STARTEX."""

    title: Text
    situation: list[Text] = Field(min_length=1)
    """About ninety words in all."""
    question: Text
    measured: Text
    play: list[Text]
    """Rules of play, a line each."""
    ground_rules: list[Text]
    words: list[Word] = []
    evening: list[Word] = []
    """The time plan in words."""


class Review(Part):
    """The question that the review answers first."""

    asked: Text
    """What the sponsor asked."""
    levers: list[Id] = Field(min_length=1)
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
    high: Written
    basis: list[str] = Field(min_length=1)
    """Ids of the exercise's evidence."""


class Switch(Part):
    """A mechanism that a study may switch off, to see whether the answer hangs on it."""

    id: Id
    name: Text
    why: Text
    """What it would mean if the model were wrong here."""
    set: dict[str, Written] = Field(min_length=1)
    """For each number its value with the mechanism off, mostly 0, in its author's units."""


class Turns(Part):
    """The calendar of the run."""

    count: int = Field(ge=1, le=10)
    months: int = Field(default=3, ge=1)
    start: datetime.date
    ends_when: Threshold | None = None
    """Ends the run after the turn in which it holds."""
    first_levers: list[Id] = []
    """The levers open to people in turn 1; all where empty."""
    moves: int = 3
    """Successful lever moves a robot may make in a turn."""

    def first_day(self, turn: int) -> datetime.date:
        """The first scenario day of a turn; turn count + 1 is the day after the last."""
        months = self.start.month - 1 + self.months * (turn - 1)
        return datetime.date(self.start.year + months // 12, months % 12 + 1, 1)


class Place(Part):
    """A named spot on the map, in degrees; positions are rounded."""

    name: Text
    lon: Decimal
    lat: Decimal
    kind: Literal["base", "city", "island", "sea", "site", "off-map"]
    edge: Literal["east", "west"] | None = None
    edge_lat: Decimal | None = None


class Window(Part):
    """The edges of the map, in degrees."""

    west: Decimal
    east: Decimal
    south: Decimal
    north: Decimal


class Map(Part):
    """Coast, borders and places of the theatre."""

    window: Window
    true_at: Decimal
    source: str
    zooms: dict[Id, Window] = {}
    land: list[list[int]] = []
    """Rings as lon, lat, lon, lat … in hundredths of a degree."""
    borders: list[list[int]] = []
    """Lines of the same form; left out of the filled land."""
    place: dict[Id, Place] = {}
    distances: list[Id] = []
    """The places whose distance from the marked inject is shown."""


class Exercise(Part):
    """What an author wrote: frozen, known by its id and digest."""

    format: Literal[1]
    id: Id
    title: Text
    summary: Text
    about: list[Text]
    minutes: int
    """How long it takes one person."""
    languages: list[str] = ["en"]
    banner: str = "EXERCISE ONLY - UNCLASSIFIED"
    time_plan: dict[str, int] = {}
    """Minutes for each phase of facilitated play.

    `quiet` is the minutes of a deliberation without a word after which the facilitator is offered
    a probing question of the inject.
    """
    turns: Turns
    slots: InjectSlot
    briefing: Briefing
    review: Review
    clock: Clock
    actor: list[Actor]
    cell: list[Cell]
    seat: list[Seat]
    capability: list[Capability] = []
    objective: list[Objective] = []
    track: list[Track]
    derived: list[Derived] = []
    score: list[Score]
    influence: list[Influence] = []
    budget: list[Budget] = []
    lever: list[Lever]
    calendar: list[CalendarRow] = []
    weather: list[Weather] = Field(default=[], max_length=WEATHER_SLOTS)
    posture: list[Posture]
    lean: list[Lean]
    inject: list[Inject] = Field(max_length=INJECT_SLOTS)
    adversary: list[Adversary] = Field(max_length=ADVERSARY_SLOTS)
    robot: list[Robot]
    evidence: list[Evidence]
    range: list[Range] = []
    switch: list[Switch] = []
    map: Map | None = None

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
    def names(self) -> dict[str, Text]:
        """Names of tracks and derived values by id."""
        return {part.id: part.name for part in (*self.track, *self.derived)}

    def as_toml(self) -> dict[str, Any]:
        """The exercise as the keys and values its author would write, without what is default."""
        return self.model_dump(by_alias=True, exclude_defaults=True, exclude_none=True)
