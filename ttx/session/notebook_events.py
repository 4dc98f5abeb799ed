"""What is said and written beside the play: facts that decide nothing and are never taken back."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import N_
from ttx.session.event_codec import Event
from ttx.session.particulars import Particulars, Targets
from ttx.session.toml_values import Table, pairs_in, pairs_out, said

SORTS = ("decision", "insight", "assumption", "question", "quote", "issue")
"""What a note can be."""
STRENGTH, IMPROVEMENT, NEUTRAL = "strength", "improvement", "neutral"
RATINGS = ("P", "S", "M", "U", "N")
"""Performed without challenges, with some, with major ones, unable; N was not observed."""
PLUS, DELTA = "plus", "delta"
COLUMNS = ("planned", "happened", "why", "next", PLUS, DELTA)
"""Of the board of the hot wash."""
ELEMENTS = (
    N_("planning"),
    N_("organization"),
    N_("equipment"),
    N_("training"),
    N_("exercise"),
)
"""POETE: what a corrective action changes."""
ALL_IS_SHOWN, AS_THE_ROOM = "all", "room"


@dataclass(frozen=True, slots=True)
class Page(Event):
    """What the notebook of a run keeps."""


@dataclass(frozen=True, slots=True)
class Noted(Page):
    """Somebody wrote a note."""

    text: str
    sort: str = ""
    """One of SORTS; empty where none was named."""

    def as_toml(self) -> Table:
        return {"text": self.text} | said({"sort": self.sort})


@dataclass(frozen=True, slots=True)
class Struck(Page):
    """Somebody struck or corrected a note, a card or an observation of their own.

    What was written stays in the record.
    """

    entry: int
    """The entry that wrote it."""
    instead: str = ""
    """What stands in its place; empty where nothing does."""

    def as_toml(self) -> Table:
        return {"entry": self.entry} | said({"instead": self.instead})


@dataclass(frozen=True, slots=True)
class Inquired(Page):
    """A seat asked exercise control for information: an RFI. They are numbered as they come."""

    question: str


@dataclass(frozen=True, slots=True)
class Replied(Page):
    """Exercise control answered a request for information."""

    number: int
    """Of the request, from 1."""
    cell: str
    """Whose request it was, and who alone reads the reply."""
    text: str


@dataclass(frozen=True, slots=True)
class Probed(Page):
    """A probing question was put to the room when talk had stalled."""

    inject: str
    number: int
    """Of the question in the inject's list, from 1."""


@dataclass(frozen=True, slots=True)
class RoomAsked(Page):
    """A question was put to the room in words of the asker's own."""

    question: str


@dataclass(frozen=True, slots=True)
class Acknowledged(Page):
    """A seat said that it has read what was sent to it."""

    entries: tuple[int, ...]
    """The numbers of the entries that were sent."""

    def as_toml(self) -> Table:
        return {"entries": list(self.entries)}

    @classmethod
    def from_toml(cls, table: Table) -> Acknowledged:
        return cls(tuple(table["entries"]))


@dataclass(frozen=True, slots=True)
class Allowed(Page):
    """The facilitator set what observers see."""

    sees: str
    """`all` that the white cell sees, or what the `room` may see."""


@dataclass(frozen=True, slots=True)
class ForecastSet(Page):
    """The facilitator set whether the other seats see the forecast."""

    shared: bool


@dataclass(frozen=True, slots=True)
class ParticularsSet(Page):
    """What the cover of the session's papers says was set; the last one stands, whole."""

    particulars: Particulars

    def as_toml(self) -> Table:
        return self.particulars.as_toml()

    @classmethod
    def from_toml(cls, table: Table) -> ParticularsSet:
        return cls(Particulars.from_toml(table))


@dataclass(frozen=True, slots=True)
class TargetsSet(Page):
    """The sponsor's targets were set; the last ones stand, whole. They change no score."""

    targets: Targets

    def as_toml(self) -> Table:
        return self.targets.as_toml()

    @classmethod
    def from_toml(cls, table: Table) -> TargetsSet:
        return cls(Targets.from_toml(table))


@dataclass(frozen=True, slots=True)
class Observed(Page):
    """An evaluator wrote an observation."""

    sort: str
    """strength, improvement (an area for it) or neutral"""
    text: str
    objective: str = ""
    """The id of the objective it is about, if any."""
    seat: str = ""
    """The seat it is about, if any."""

    def as_toml(self) -> Table:
        about = {"objective": self.objective, "seat": self.seat}
        return {"sort": self.sort, "text": self.text} | said(about)


@dataclass(frozen=True, slots=True)
class Assigned(Page):
    """An evaluator was given a cell to watch; a later one for the same seat replaces it."""

    seat: str
    cell: str
    """The id of a cell; empty for all of them."""

    def as_toml(self) -> Table:
        return {"seat": self.seat} | said({"cell": self.cell})

    @classmethod
    def from_toml(cls, table: Table) -> Assigned:
        return cls(table["seat"], table.get("cell", ""))


@dataclass(frozen=True, slots=True)
class Analysed(Page):
    """An evaluator said what lies behind an observation of their own; a later one replaces it."""

    entry: int
    """The entry that wrote the observation."""
    analysis: str
    """Why it came about, and what follows from it."""
    reference: str = ""
    """The plan, policy or procedure that it is measured by; empty where none is named."""

    def as_toml(self) -> Table:
        return {"entry": self.entry, "analysis": self.analysis} | said(
            {"reference": self.reference}
        )


@dataclass(frozen=True, slots=True)
class Rated(Page):
    """An evaluator rated an objective, apart from all others."""

    objective: str
    rating: str
    """One of RATINGS."""
    why: str


@dataclass(frozen=True, slots=True)
class Settled(Page):
    """The lead evaluator settled the rating of an objective in the open."""

    objective: str
    rating: str
    why: str


@dataclass(frozen=True, slots=True)
class CardAdded(Page):
    """Somebody put a card on the board of the hot wash. They are numbered as they come."""

    column: str
    """One of COLUMNS."""
    text: str


@dataclass(frozen=True, slots=True)
class Voted(Page):
    """A seat gave its vote to a card, or took it back."""

    card: int
    given: bool


@dataclass(frozen=True, slots=True)
class Planned(Page):
    """A card or an observation became a row of the improvement plan.

    A later one for the same card or observation replaces it.
    """

    card: int
    """The number of the card; 0 where it is an observation."""
    capability: str
    """The id of a capability of the exercise."""
    action: str
    """The corrective action."""
    element: str
    """One of ELEMENTS."""
    owner: str
    """The office that is responsible."""
    due: str
    """ISO date."""
    starts: str
    """ISO date; empty where it is left open."""
    contact: str = ""
    """Where to ask about it: a point of contact, an office or a function; empty where none is."""
    observation: int = 0
    """The entry of the observation; 0 where it is a card."""

    def as_toml(self) -> Table:
        told = {
            "card": self.card,
            "capability": self.capability,
            "action": self.action,
            "element": self.element,
            "owner": self.owner,
            "due": self.due,
            "starts": self.starts,
        }
        seen = {"observation": self.observation} if self.observation else {}
        return told | said({"contact": self.contact}) | seen


@dataclass(frozen=True, slots=True)
class FedBack(Page):
    """A seat handed in its feedback form; a later one of the same seat replaces it."""

    marks: dict[str, int]
    """By statement, 1 to 5; 0 where somebody could not say."""
    answers: dict[str, str]
    """By question, what was answered in words."""

    def as_toml(self) -> Table:
        return said({"marks": pairs_out(self.marks), "answers": pairs_out(self.answers)})

    @classmethod
    def from_toml(cls, table: Table) -> FedBack:
        known = {"marks", "answers"}
        if not table.keys() <= known:
            raise TypeError(f"a feedback form has no {', '.join(sorted(table.keys() - known))}")
        marks = {name: int(mark) for name, mark in pairs_in(table.get("marks", [])).items()}
        return cls(marks, pairs_in(table.get("answers", [])))


@dataclass(frozen=True, slots=True)
class FormClosed(Page):
    """The feedback form was closed: nothing is handed in any more, and its results are open."""
