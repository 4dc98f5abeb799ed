"""An exercise whole, as its author wrote it: what it may and must have, by key."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.model.briefing import Briefing, Chapter
from ttx.exercise.model.clock import Clock
from ttx.exercise.model.evaluation import Capability, FeedbackQuestion, Objective, Review
from ttx.exercise.model.evidence import Evidence, Range, Switch
from ttx.exercise.model.injects import Contextual, Inject, InjectSlot, Lean, Posture
from ttx.exercise.model.levers import Budget, Lever
from ttx.exercise.model.map import Map
from ttx.exercise.model.part import ADVERSARY_SLOTS, INJECT_SLOTS, WEATHER_SLOTS, Id, Part, Text
from ttx.exercise.model.people import Actor, Cell, Seat
from ttx.exercise.model.robots import Robot
from ttx.exercise.model.scores import Derived, Score
from ttx.exercise.model.times import Turns, Zone
from ttx.exercise.model.tracks import CalendarRow, Influence, Track, Weather

FORMAT = 1
"""The number of the exercise format; a file of another number is refused with a sentence."""


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
