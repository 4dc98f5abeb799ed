"""The notebook of a run: what was written beside the play, each page with its stamp."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from ttx.session import notebook_events
from ttx.session.event_codec import Event
from ttx.session.particulars import Particulars, Stated, Targets
from ttx.session.run import OBSERVER

E = TypeVar("E", bound=Event)
W = TypeVar("W", notebook_events.Noted, notebook_events.Observed)


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and by whom something was written."""

    n: int
    """The entry."""
    turn: int
    """0 before the first."""
    number: str
    """The inject on the table, such as `4.1`; empty where there was none."""
    inject: str
    """Its id."""
    day: str
    """The scenario date, ISO; empty where no inject gave one."""
    hour: int
    """The scenario hour, local time."""
    phase: str
    by: str
    at: str
    """Wall time, ISO in UTC; empty where no person plays."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A request for information, and its reply."""

    number: int
    stamp: Stamp
    question: str
    reply: str
    """Empty until there is one."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card on the board of the hot wash."""

    number: int
    stamp: Stamp
    column: str
    text: str
    votes: tuple[str, ...]
    """The seats that gave it their vote."""
    plan: notebook_events.Planned | None
    """The row of the improvement plan that it became."""
    struck: bool = False
    """Whether its author took it off again; its number stays."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """All pages, in the order in which they were written."""

    pages: tuple[tuple[Stamp, Event], ...] = ()

    def with_page(self, stamp: Stamp, event: Event) -> Notebook:
        """The notebook with one more page."""
        return Notebook((*self.pages, (stamp, event)))

    def of(self, kind: type[E]) -> list[tuple[Stamp, E]]:
        """The pages of one kind."""
        return [(stamp, event) for stamp, event in self.pages if isinstance(event, kind)]

    @property
    def struck(self) -> dict[int, notebook_events.Struck]:
        """By the entry of what was written, how its author struck or corrected it last."""
        return {event.entry: event for _, event in self.of(notebook_events.Struck)}

    def _standing(self, kind: type[W]) -> list[tuple[Stamp, W]]:
        """The pages of a kind that were not struck, as they were corrected."""
        struck = self.struck
        return [
            (stamp, replace(event, text=struck[stamp.n].instead) if stamp.n in struck else event)
            for stamp, event in self.of(kind)
            if stamp.n not in struck or struck[stamp.n].instead
        ]

    @property
    def notes(self) -> list[tuple[Stamp, notebook_events.Noted]]:
        """What people wrote down, as it stands."""
        return self._standing(notebook_events.Noted)

    @property
    def observations(self) -> list[tuple[Stamp, notebook_events.Observed]]:
        """What evaluators observed, as it stands."""
        return self._standing(notebook_events.Observed)

    @property
    def assigned(self) -> dict[str, str]:
        """By the seat of an evaluator, the cell it watches; without those that watch all."""
        last = {event.seat: event.cell for _, event in self.of(notebook_events.Assigned)}
        return {seat: cell for seat, cell in last.items() if cell}

    @property
    def analyses(self) -> dict[int, notebook_events.Analysed]:
        """By the entry of an observation, what was last said to lie behind it."""
        return {event.entry: event for _, event in self.of(notebook_events.Analysed)}

    @property
    def planned(self) -> dict[int, notebook_events.Planned]:
        """By the entry of an observation, the row of the improvement plan that it became."""
        plans = self.of(notebook_events.Planned)
        return {event.observation: event for _, event in plans if event.observation}

    @property
    def plan(self) -> list[notebook_events.Planned]:
        """The rows of the improvement plan, of cards and then of observations."""
        cards = [card.plan for card in self.cards if card.plan is not None]
        return [*cards, *self.planned.values()]

    @property
    def inquiries(self) -> list[Inquiry]:
        """All requests for information, by number from 1."""
        replies = {event.number: event.text for _, event in self.of(notebook_events.Replied)}
        return [
            Inquiry(number, stamp, event.question, replies.get(number, ""))
            for number, (stamp, event) in enumerate(self.of(notebook_events.Inquired), start=1)
        ]

    @property
    def replies(self) -> list[tuple[int, int, str, str]]:
        """Entry, number of the request, the cell that asked and the reply, as they were given."""
        return [
            (stamp.n, event.number, event.cell, event.text)
            for stamp, event in self.of(notebook_events.Replied)
        ]

    @property
    def acknowledged(self) -> dict[str, frozenset[int]]:
        """By seat, the entries that were sent to it and that it says it has read."""
        read: dict[str, frozenset[int]] = {}
        for stamp, event in self.of(notebook_events.Acknowledged):
            read[stamp.by] = read.get(stamp.by, frozenset()) | frozenset(event.entries)
        return read

    def probed(self, inject: str) -> list[int]:
        """Numbers of the questions of an inject that were put to the room."""
        return [
            event.number for _, event in self.of(notebook_events.Probed) if event.inject == inject
        ]

    @property
    def ratings(self) -> dict[str, dict[str, notebook_events.Rated]]:
        """For each rated objective the last rating of each evaluator."""
        ratings: dict[str, dict[str, notebook_events.Rated]] = {}
        for stamp, event in self.of(notebook_events.Rated):
            ratings.setdefault(event.objective, {})[stamp.by] = event
        return ratings

    @property
    def settled(self) -> dict[str, notebook_events.Settled]:
        """The final rating of each objective that has one."""
        return {event.objective: event for _, event in self.of(notebook_events.Settled)}

    @property
    def cards(self) -> list[Card]:
        """The board, by number from 1."""
        votes: dict[int, dict[str, None]] = {}
        for stamp, vote in self.of(notebook_events.Voted):
            given = votes.setdefault(vote.card, {})
            if vote.given:
                given[stamp.by] = None
            else:
                given.pop(stamp.by, None)
        rows = self.of(notebook_events.Planned)
        plans = {event.card: event for _, event in rows if not event.observation}
        changed = self.struck
        cards = []
        for number, (stamp, event) in enumerate(self.of(notebook_events.CardAdded), start=1):
            change = changed.get(stamp.n)
            struck = change is not None and not change.instead
            text = change.instead if change is not None and change.instead else event.text
            by = () if struck else tuple(votes.get(number, ()))
            cards.append(Card(number, stamp, event.column, text, by, plans.get(number), struck))
        return cards

    @property
    def standing_cards(self) -> list[Card]:
        """The board without what was struck."""
        return [card for card in self.cards if not card.struck]

    @property
    def forms(self) -> list[tuple[Stamp, notebook_events.FedBack]]:
        """The feedback forms that count: the last of each seat that was not struck since.

        Several people may sit there as observers, so each of theirs counts.
        """
        struck, forms = self.struck, dict[object, tuple[Stamp, notebook_events.FedBack]]()
        for stamp, event in self.of(notebook_events.FedBack):
            key = stamp.n if stamp.by == OBSERVER else stamp.by
            forms.pop(key, None)
            forms[key] = stamp, event
        return [form for form in forms.values() if form[0].n not in struck]

    @property
    def form_closed(self) -> bool:
        """Whether the feedback form was closed."""
        return bool(self.of(notebook_events.FormClosed))

    @property
    def observers_see(self) -> str:
        """What observers see: all of it until the facilitator says otherwise."""
        allowed = self.of(notebook_events.Allowed)
        return allowed[-1][1].sees if allowed else notebook_events.ALL_IS_SHOWN

    @property
    def forecast_shared(self) -> bool:
        """Whether the facilitator shares the forecast with the other seats; not at first."""
        settings = self.of(notebook_events.ForecastSet)
        return bool(settings) and settings[-1][1].shared

    @property
    def particulars(self) -> Particulars:
        """What the cover of the session's papers says, as it was set last."""
        stated = self.of(notebook_events.ParticularsSet)
        return stated[-1][1].particulars if stated else Particulars()

    @property
    def targets(self) -> Targets:
        """The sponsor's targets, as they were set last."""
        stated = self.of(notebook_events.TargetsSet)
        return stated[-1][1].targets if stated else Targets()

    @property
    def stated(self) -> Stated:
        """What was said of the session in all."""
        return Stated(self.particulars, self.targets)
