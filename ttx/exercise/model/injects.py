"""The news: injects that ask, the answers to them, and contextual injects that do not."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from ttx.exercise.model.conditions import Condition
from ttx.exercise.model.part import INJECT_SLOTS, Id, Part, Text
from ttx.exercise.model.tracks import Effect

SlotName = Literal["policy", "crisis"]
"""The places of a turn that news comes in, in their order."""


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
    slot: SlotName
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
