"""Who answers the table: what adversaries are deterred by, after, and able to pay."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ttx.exercise.model.conditions import Condition, ResponseName
from ttx.exercise.model.part import Id, Part, Text
from ttx.exercise.model.scores import Term
from ttx.exercise.model.tracks import Effect


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
