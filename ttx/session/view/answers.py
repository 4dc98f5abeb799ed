"""An answer in words: the option it took, or the action in the seat's own words."""

from __future__ import annotations

from ttx.exercise.model import Inject, text
from ttx.session.answer import Answer
from ttx.session.control_commands import STRENGTHS
from ttx.session.game import SlotRecord

OWN = "in own words"


def title(inject: Inject, given: Answer, language: str = "") -> str:
    """What was answered: `Release one joint timeline`, or the words that were written in."""
    if given.written:
        return given.written
    return next(text(o.title, language) for o in inject.option if o.id == given.option)


def numbered(inject: Inject, given: Answer, language: str = "") -> str:
    """The same with the option's place: `1 Release one joint timeline`."""
    if given.written:
        return f"{OWN}: {given.written}"
    place = [one.id for one in inject.option].index(given.option) + 1
    return f"{place} {title(inject, given, language)}"


def differs(one: Answer, other: Answer) -> bool:
    """Whether two answers are not the same."""
    return (one.option, one.written) != (other.option, other.written)


def ruled_on(inject: Inject, record: SlotRecord, given: Answer, language: str = "") -> str:
    """An answer as it was ruled on: its title, or `in own words: …, weighed good (3/4), like …`."""
    if not given.written:
        return title(inject, given, language)
    said = f"{OWN}: {given.written.rstrip('.')}"
    lead = record.answers.get(record.ruled.lead) if record.ruled is not None else None
    if record.weighed is None or lead is None or lead.written != given.written:
        return said
    return f"{said}, weighed {weighed_as(inject, record, language)}"


def weighed_as(inject: Inject, record: SlotRecord, language: str = "") -> str:
    """How a written-in action was weighed: `good (3/4), like 'Ask for a joint timeline'`."""
    made = record.weighed
    assert made is not None
    option = next(text(o.title, language) for o in inject.option if o.id == made.option)
    return f"{STRENGTHS[made.quarters]} ({made.quarters}/4), like '{option}'"


def carried_out(inject: Inject, record: SlotRecord, language: str = "") -> str:
    """The answer that was ruled on, in words."""
    assert record.ruled is not None
    given = record.answers.get(record.ruled.lead)
    if given is not None:
        return ruled_on(inject, record, given, language)
    option = record.ruled.ruling.option
    return next(text(o.title, language) for o in inject.option if o.id == option)
