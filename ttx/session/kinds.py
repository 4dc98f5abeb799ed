"""Every kind of entry, in a row each: its name, what it decides, who may read it and when.

Nothing in a row has a default. What has no row follows nothing, and nobody reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session.event_codec import Event


class Opens(Enum):
    """When an entry opens to the readers of a side; `view.disclosure` works it out."""

    NOW = auto()
    """As soon as it is there."""
    RULED = auto()
    """When the ruling or the reckoning that comes next is confirmed."""
    WASH = auto()
    """At the hot wash."""
    NEVER = auto()
    CELL = auto()
    """Now to the cell that it belongs to, to others at the hot wash."""
    ANSWER = auto()
    """Now to its cell, unless a robot concurs there with what is sealed; else once ruled on."""
    COMMIT = auto()
    """Now to its author, to the author's cell once ruled on, to others at the hot wash."""
    CHOICE = auto()
    """Now to its author, to others when the reckoning that comes next is confirmed."""
    SENT = auto()
    """Now to whom it was sent, to others never; what an author wrote opens to them at the wash."""
    PROMISE = auto()
    """Now where the lever is an announced one, else at the hot wash."""
    GATE = auto()
    """Now where what it changes was confirmed before, else when that is confirmed."""
    OWN = auto()
    """Now to its author, to others never: they read what all of them come to."""
    APART = auto()
    """Now, but to an evaluator only its own; what others wrote at the hot wash."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the entries of one kind are called, and what they are to the game and to its readers.

    Its sentence is in `view.entry_text`, which does not load while one is missing there.
    """

    name: str
    """As saves have it, so for good."""
    fact: type[Event]
    aside: bool
    """Whether it decides nothing: taking something back leaves it as it is."""
    allied: Opens
    red: Opens
    white: Opens
    asked: bool
    """Whether it is the model's or the dice's to say, so that an audit asks them again."""
    line: bool
    """Whether the story tells it by its sentence; else with something else, or not at all."""


ASIDE, DECIDES = True, False
MODEL, PEOPLE = True, False
LINE, ELSE = True, False
NOW, RULED, WASH, NEVER = Opens.NOW, Opens.RULED, Opens.WASH, Opens.NEVER
CELL, ANSWER, COMMIT, SENT = Opens.CELL, Opens.ANSWER, Opens.COMMIT, Opens.SENT
OWN = Opens.OWN
PROMISE, GATE, APART, CHOICE = Opens.PROMISE, Opens.GATE, Opens.APART, Opens.CHOICE

# Who may read what is checked by eye, down a column.
# fmt: off
ROWS = (
    #    name              fact                      play     allied  red      white  whose   told
    Kind("readied",        play.Readied,             ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("started",        play.Started,             DECIDES, NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("turn_opened",    play.TurnOpened,          DECIDES, NOW,    NOW,     NOW,   MODEL,  LINE),
    Kind("moved",          play.Moved,               DECIDES, NOW,    PROMISE, NOW,   MODEL,  LINE),
    Kind("move_asked",     play.MoveAsked,           DECIDES, NOW,    WASH,    NOW,   PEOPLE, LINE),
    Kind("move_refused",   play.MoveRefused,         DECIDES, NOW,    WASH,    NOW,   PEOPLE, LINE),
    Kind("move_lapsed",    play.MoveLapsed,          DECIDES, NOW,    WASH,    NOW,   PEOPLE, LINE),
    Kind("levers_left",    play.LeversLeft,          DECIDES, NOW,    WASH,    NOW,   PEOPLE, ELSE),
    Kind("levers_closed",  play.LeversClosed,        DECIDES, NOW,    NOW,     NOW,   MODEL,  LINE),
    Kind("released",       play.Released,            DECIDES, NOW,    NOW,     NOW,   MODEL,  LINE),
    Kind("emptied",        play.Emptied,             DECIDES, NOW,    NOW,     NOW,   MODEL,  LINE),
    Kind("committed",      play.Committed,           DECIDES, COMMIT, WASH,    NOW,   PEOPLE, LINE),
    Kind("answered",       play.Answered,            DECIDES, ANSWER, WASH,    NOW,   PEOPLE, LINE),
    Kind("answers_closed", play.AnswersClosed,       DECIDES, NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("ruled",          play.Ruled,               DECIDES, RULED,  WASH,    NOW,   MODEL,  ELSE),
    Kind("responses_opened", play.ResponsesOpened,   DECIDES, NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("chosen",         play.Chosen,              DECIDES, CHOICE, CHOICE,  NOW,   PEOPLE, LINE),
    Kind("responses_closed", play.ResponsesClosed,   DECIDES, NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("reckoned",       play.Reckoned,            DECIDES, RULED,  RULED,   NOW,   MODEL,  ELSE),
    Kind("confirmed",      play.Confirmed,           DECIDES, NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("told",           play.Told,                DECIDES, NOW,    NOW,     NOW,   PEOPLE, ELSE),
    Kind("deferred",       control.Deferred,         ASIDE,   NEVER,  NEVER,   NOW,   PEOPLE, LINE),
    Kind("skipped",        control.Skipped,          ASIDE,   NEVER,  NEVER,   NOW,   PEOPLE, LINE),
    Kind("improvised",     control.Improvised,       ASIDE,   NEVER,  NEVER,   NOW,   PEOPLE, LINE),
    Kind("delivered",      control.Delivered,        ASIDE,   SENT,   SENT,    NOW,   PEOPLE, LINE),
    Kind("steered",        control.Steered,          DECIDES, NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("adjusted",       control.Adjusted,         DECIDES, NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("scripted",       control.Scripted,         DECIDES, NOW,    WASH,    NOW,   PEOPLE, LINE),
    Kind("weighed",        control.Weighed,          DECIDES, RULED,  WASH,    NOW,   MODEL,  LINE),
    Kind("amended",        control.Amended,          DECIDES, GATE,   WASH,    NOW,   MODEL,  LINE),
    Kind("recast",         control.ReckoningAmended, DECIDES, GATE,   WASH,    NOW,   MODEL,  LINE),
    Kind("challenged",     control.Challenged,       DECIDES, NOW,    WASH,    NOW,   PEOPLE, LINE),
    Kind("heard",          control.ChallengeHeard,   DECIDES, NOW,    WASH,    NOW,   PEOPLE, LINE),
    Kind("room_set",       control.RoomSet,          ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("time_boxed",     control.TimeBoxed,        ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("handed",         control.SeatHandedOver,   ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("promoted",       control.Promoted,         ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("rights_given",   control.RightsGiven,      ASIDE,   WASH,   WASH,    NOW,   PEOPLE, LINE),
    Kind("pace_passed",    control.PacePassed,       ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("controllers_added", control.ControllersAdded, ASIDE, WASH,  WASH,    NOW,   PEOPLE, LINE),
    Kind("noted",          notes.Noted,              ASIDE,   CELL,   CELL,    NOW,   PEOPLE, LINE),
    Kind("struck",         notes.Struck,             ASIDE,   CELL,   CELL,    APART, PEOPLE, LINE),
    Kind("inquired",       notes.Inquired,           ASIDE,   CELL,   CELL,    NOW,   PEOPLE, LINE),
    Kind("replied",        notes.Replied,            ASIDE,   CELL,   CELL,    NOW,   PEOPLE, LINE),
    Kind("probed",         notes.Probed,             ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("room_asked",     notes.RoomAsked,          ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("acknowledged",   notes.Acknowledged,       ASIDE,   CELL,   CELL,    NOW,   PEOPLE, ELSE),
    Kind("allowed",        notes.Allowed,            ASIDE,   WASH,   WASH,    NOW,   PEOPLE, LINE),
    Kind("forecast_set",   notes.ForecastSet,        ASIDE,   NOW,    WASH,    NOW,   PEOPLE, LINE),
    Kind("particulars_set", notes.ParticularsSet,    ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("targets_set",    notes.TargetsSet,         ASIDE,   WASH,   WASH,    NOW,   PEOPLE, LINE),
    Kind("observed",       notes.Observed,           ASIDE,   WASH,   WASH,    APART, PEOPLE, LINE),
    Kind("assigned",       notes.Assigned,           ASIDE,   WASH,   WASH,    NOW,   PEOPLE, LINE),
    Kind("analysed",       notes.Analysed,           ASIDE,   WASH,   WASH,    APART, PEOPLE, LINE),
    Kind("rated",          notes.Rated,              ASIDE,   WASH,   WASH,    APART, PEOPLE, LINE),
    Kind("settled",        notes.Settled,            ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("carded",         notes.CardAdded,          ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("voted",          notes.Voted,              ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("planned",        notes.Planned,            ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("fed_back",       notes.FedBack,            ASIDE,   OWN,    OWN,     OWN,   PEOPLE, ELSE),
    Kind("form_closed",    notes.FormClosed,         ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("messaged",       play.Messaged,            ASIDE,   SENT,   SENT,    NOW,   PEOPLE, LINE),
    Kind("paused",         play.Paused,              ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("resumed",        play.Resumed,             ASIDE,   NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("undone",         play.Undone,              DECIDES, NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("forked",         play.Forked,              DECIDES, NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("ended",          play.Ended,               DECIDES, NOW,    NOW,     NOW,   PEOPLE, LINE),
    Kind("closed",         play.Closed,              DECIDES, NOW,    NOW,     NOW,   PEOPLE, ELSE),
)
# fmt: on
KINDS = {row.name: row for row in ROWS}
_BY_FACT = {row.fact: row for row in ROWS}
if not len(ROWS) == len(KINDS) == len(_BY_FACT):
    raise TypeError("a kind of entry stands in two rows")


def kind_of(event: Event) -> Kind | None:
    """The row of a fact; None where no row declares it."""
    return _BY_FACT.get(type(event))


def declared(event: Event) -> Kind:
    """The row of a fact.

    Raises:
        ValueError: No row declares it, so that it cannot be played.
    """
    kind = kind_of(event)
    if kind is None:
        raise ValueError(f"no row of the kinds of entries declares {type(event).__name__}")
    return kind
