"""An answer in words: the option it took, or the action in the seat's own words."""

from __future__ import annotations

from ttx.exercise.model import Inject, text
from ttx.session.events import Given
from ttx.session.game import SlotRecord

OWN = "in own words"


def title(inject: Inject, given: Given, language: str) -> str:
    """What was answered: `Release one joint timeline`, or the words that were written in."""
    if given.written:
        return given.written
    return next(text(o.title, language) for o in inject.option if o.id == given.option)


def numbered(inject: Inject, given: Given, language: str) -> str:
    """The same with the option's place: `1 Release one joint timeline`."""
    if given.written:
        return f"{OWN}: {given.written}"
    place = [one.id for one in inject.option].index(given.option) + 1
    return f"{place} {title(inject, given, language)}"


def differs(one: Given, other: Given) -> bool:
    """Whether two answers are not the same."""
    return (one.option, one.written) != (other.option, other.written)


def carried_out(inject: Inject, record: SlotRecord, language: str) -> str:
    """The answer that was ruled on, in words."""
    assert record.ruled is not None
    given = record.answers.get(record.ruled.lead)
    if given is not None:
        return title(inject, given, language)
    option = record.ruled.ruling.option
    return next(text(o.title, language) for o in inject.option if o.id == option)
