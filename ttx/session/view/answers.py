"""An answer in words: the option it took, or the action in the seat's own words."""

from __future__ import annotations

from ttx.exercise.model.injects import Inject
from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.session.answer import Answer
from ttx.session.control_commands import STRENGTHS
from ttx.session.game import SlotRecord

WRITTEN = N_("w")
"""Stands for an action in own words where others have the digit of their option."""


def option_title(inject: Inject, option: str) -> str:
    """The title of one of its options."""
    return next(text(part.title) for part in inject.option if part.id == option)


def place(inject: Inject, given: Answer) -> str:
    """The digit of the option that was taken; empty where the answer was written in."""
    if given.written:
        return ""
    return str([part.id for part in inject.option].index(given.option) + 1)


def mark(inject: Inject, given: Answer) -> str:
    """That digit; a letter where the answer was written in."""
    return place(inject, given) or _(WRITTEN)


def title(inject: Inject, given: Answer) -> str:
    """What was answered: `Release one joint timeline`, or the words that were written in."""
    return given.written or option_title(inject, given.option)


def numbered(inject: Inject, given: Answer) -> str:
    """The same with the option's place: `1 Release one joint timeline`."""
    if given.written:
        return _("in own words: {words}", words=given.written)
    return f"{place(inject, given)} {title(inject, given)}"


def whose(record: SlotRecord, cell: str, name: str) -> str:
    """The name of a cell that answered, with who did so in its place: a robot, or the desk."""
    if cell in record.by_robots:
        return _("{cell} (robot)", cell=name)
    return _("{cell} (entered)", cell=name) if cell in record.entered else name


def apart(record: SlotRecord, cell: str, own: Answer) -> bool:
    """Whether a seat would have answered otherwise than the people of its cell did.

    Of a cell that a robot answered for nobody is a minority.
    """
    answer = record.answers.get(cell)
    return answer is not None and cell not in record.by_robots and differs(answer, own)


def differs(answer: Answer, other: Answer) -> bool:
    """Whether two answers are not the same."""
    return (answer.option, answer.written) != (other.option, other.written)


def sure(given: Answer) -> str:
    """` (60% sure)`; empty where that was not given."""
    return _(" ({percent}% sure)", percent=given.confidence) if given.confidence else ""


def ruled_on(inject: Inject, record: SlotRecord, given: Answer) -> str:
    """An answer as it was ruled on: its title, or `in own words: …, weighed good (3/4), like …`."""
    if not given.written:
        return title(inject, given)
    words = _("in own words: {words}", words=given.written.rstrip("."))
    lead = record.answers.get(record.ruled.lead) if record.ruled is not None else None
    if record.weighed is None or lead is None or lead.written != given.written:
        return words
    how = weighed_as(inject, record)
    return _("{answer}, weighed {how}", answer=words, how=how)


def weighed_as(inject: Inject, record: SlotRecord) -> str:
    """How a written-in action was weighed: `good (3/4), like 'Ask for a joint timeline'`."""
    made = record.weighed
    assert made is not None
    return _(
        "{strength} ({quarters}/4), like '{option}'",
        strength=_(STRENGTHS[made.quarters]),
        quarters=made.quarters,
        option=option_title(inject, made.option),
    )


def carried_out(inject: Inject, record: SlotRecord) -> str:
    """The answer that was ruled on, in words."""
    assert record.ruled is not None
    given = record.answers.get(record.ruled.lead)
    if given is not None:
        return ruled_on(inject, record, given)
    return option_title(inject, record.ruled.ruling.option)
