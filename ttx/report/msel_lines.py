"""The rows of an MSEL in the columns of HSEEP, and those of an exercise before it is run."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from ttx.exercise import zones
from ttx.exercise.contextuals import readers
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Contextual, Inject, Message
from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.session.improvise import AD_HOC, improvised
from ttx.session.view.contextual import number_of
from ttx.session.view.msel_number import numbered as msel_number

PLANNED = N_("Planned")
HEADERS = {
    "number": "MSEL NUMBER",
    "played": "AS PLAYED",
    "scenario": "SCENARIO TIME",
    "planned": "PLANNED TIME",
    "controller": "RESPONSIBLE CONTROLLER",
    "sender": "SENT FROM",
    "to": "SENT TO",
    "via": "METHOD",
    "kind": "EVENT TYPE",
    "title": "TITLE",
    "description": "DESCRIPTION",
    "expected": "EXPECTED ACTION",
    "objectives": "OBJECTIVE",
    "actual": "ACTUAL TIME",
    "status": "STATUS",
    "answered": "ANSWERED BY",
    "carried": "ANSWER CARRIED OUT",
    "came": "WHAT CAME OF IT",
    "reason": "REASON",
    "notes": "NOTES",
}
"""The columns, in their order, by the field of a row."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list; every field is the text of a cell."""

    number: str
    played: str = ""
    """What it was released as: `4.1`."""
    scenario: str = ""
    """The day and hour in the scenario, else the turns in which it can come."""
    planned: str = ""
    controller: str = ""
    """The office that released it, or is to."""
    sender: str = ""
    to: str = ""
    via: str = ""
    kind: str = ""
    title: str = ""
    description: str = ""
    expected: str = ""
    objectives: str = ""
    actual: str = ""
    status: str = ""
    answered: str = ""
    """Each answer with whoever gave it, a line each."""
    carried: str = ""
    came: str = ""
    reason: str = ""
    """Why it was deferred, skipped, or released although its conditions did not hold."""
    notes: str = ""

    def cells(self) -> tuple[str, ...]:
        """The row under its headers."""
        return tuple(getattr(self, part.name) for part in fields(self))


def header(clock: str = "") -> tuple[str, ...]:
    """The headers of the columns; the two of wall times name the clock."""
    timed = f" ({clock})" if clock else ""
    return tuple(
        f"{name}{timed}" if key in ("planned", "actual") else name for key, name in HEADERS.items()
    )


def planned(exercise: Exercise) -> list[Line]:
    """The list of an exercise before it is run, by number; contextual injects follow."""
    controller = _facilitator(exercise)
    lines = [
        replace(
            of_inject(exercise, inject),
            controller=inject.controller or controller,
            status=_(PLANNED),
        )
        for inject in sorted(exercise.inject, key=lambda inject: inject.number)
    ]
    lines += [
        replace(
            of_contextual(exercise, part),
            controller=part.controller or controller,
            status=_(PLANNED),
        )
        for part in exercise.contextual
    ]
    return lines


def of_inject(exercise: Exercise, inject: Inject) -> Line:
    first, last = inject.turns
    turns = f"T{first}" if first == last else f"T{first}-T{last}"
    return replace(
        _of_message(exercise, inject.message, inject.objectives),
        number=msel_number(inject),
        scenario=_("any turn") if improvised(inject) else turns,
        planned=inject.planned,
        kind=text(inject.kind),
        title=text(inject.title),
        expected=zones.ahead(exercise, text(inject.expected_action)),
        notes=inject.notes,
    )


def of_contextual(exercise: Exercise, part: Contextual) -> Line:
    to = readers(exercise, part)
    offices = [text(seat.name) for seat in exercise.seat if seat.id in to]
    line = _of_message(exercise, part.message, part.objectives)
    return replace(
        line,
        number=number_of(exercise, part),
        scenario=f"T{part.turn}",
        planned=part.planned,
        to=line.to or ", ".join(offices),
        kind=_("{kind} (contextual)", kind=text(part.kind)),
        title=text(part.title),
        expected=text(part.expected),
        notes=part.notes,
    )


def _of_message(exercise: Exercise, message: Message, objectives: list[str]) -> Line:
    texts = {part.id: text(part.text) for part in exercise.objective}
    return Line(
        number="",
        sender=text(message.sender),
        to=text(message.to),
        via=text(message.via),
        description="\n\n".join(zones.ahead(exercise, text(part)) for part in message.text),
        objectives="\n".join(texts.get(name, name) for name in objectives),
    )


def improvised_contextual(part: Contextual) -> bool:
    """Whether a contextual inject was written on the spot."""
    return part.id.startswith(AD_HOC)


def facilitator_seat(exercise: Exercise) -> str:
    white = {cell.id for cell in exercise.cell if cell.side == "white"}
    seats = [seat for seat in exercise.seat if seat.cell in white]
    leads = [seat.id for seat in seats if seat.lead] or [seat.id for seat in seats]
    return leads[0] if leads else ""


def _facilitator(exercise: Exercise) -> str:
    name = facilitator_seat(exercise)
    return next((text(seat.name) for seat in exercise.seat if seat.id == name), "")
