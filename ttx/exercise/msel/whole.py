"""The sheets of a workbook that hold whole injects: which there are, and what stands in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Posture
from ttx.exercise.msel.called import Called
from ttx.exercise.msel.cells import cells
from ttx.exercise.msel.fields import (
    CONTEXTUAL,
    DETAILS,
    INJECT_ID,
    OPTIONS,
    PROBING,
    STATUS,
    TIMING,
    TIMINGS,
    Field,
    Unwritable,
    cell_of,
)
from ttx.exercise.msel.sheets.columns import PLACED
from ttx.i18n import _

MSEL = "MSEL"
DETAILS_SHEET, OPTIONS_SHEET, OUTCOMES_SHEET = "Details", "Options", "Outcomes"
PROBING_SHEET, CONTEXTUAL_SHEET = "Probing", "Contextual"
OWN = (DETAILS_SHEET, OPTIONS_SHEET, OUTCOMES_SHEET, PROBING_SHEET, CONTEXTUAL_SHEET)
"""Sheets beside the MSEL; a workbook with the first of them is one that ttx has written."""
TITLE = "TITLE (ON SHEET MSEL)"
"""For the reader's eye; changed on the MSEL."""
READY = "Ready to Inject"


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet as it is written: its heading and its rows."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def posture_headers(called: Called) -> dict[str, Posture]:
    """The columns of the outcomes, one for each posture."""
    postures = called.exercise.posture
    return {_posture_header(called, posture): posture for posture in postures}


def _posture_header(called: Called, posture: Posture) -> str:
    name = called.spelt("posture", posture.id)
    return name if name == posture.id else f"{posture.id}: {name}"


def written(exercise: Exercise) -> list[Written]:
    """All sheets with what the exercise says, in the order of its MSEL numbers.

    Raises:
        Unwritable: Something in it cannot stand in a cell.
    """
    called = Called(exercise)
    data = exercise.as_toml()
    injects = sorted(data.get("inject", []), key=lambda inject: int(inject["number"]))
    return [
        Written(MSEL, tuple(column.header for column in PLACED), tuple(msel_rows(exercise))),
        Written(
            DETAILS_SHEET,
            (INJECT_ID, TITLE, *(field.header for field in DETAILS)),
            tuple(details_row(called, inject) for inject in injects),
        ),
        Written(
            OPTIONS_SHEET,
            (INJECT_ID, *(field.header for field in OPTIONS)),
            tuple(row for inject in injects for row in listed(called, inject, "option", OPTIONS)),
        ),
        Written(
            OUTCOMES_SHEET,
            (INJECT_ID, TIMING, *posture_headers(called)),
            tuple(row for inject in injects for row in outcome_rows(called, inject)),
        ),
        Written(
            PROBING_SHEET,
            (INJECT_ID, *(field.header for field in PROBING)),
            tuple(row for inject in injects for row in listed(called, inject, "probing", PROBING)),
        ),
        Written(
            CONTEXTUAL_SHEET,
            (STATUS, *(field.header for field in CONTEXTUAL)),
            tuple(
                (READY, *_cells(called, CONTEXTUAL, part, str(part["id"])))
                for part in data.get("contextual", [])
            ),
        ),
    ]


def msel_rows(exercise: Exercise) -> Iterator[tuple[str, ...]]:
    """The rows of the MSEL, by number."""
    for inject in sorted(exercise.inject, key=lambda inject: inject.number):
        yield tuple(cells(exercise, inject).values())


def details_row(called: Called, inject: Mapping[str, Any]) -> tuple[str, ...]:
    """What an inject has that the MSEL does not show."""
    name = str(inject["id"])
    return (name, called.words(inject["title"]), *_cells(called, DETAILS, inject, name))


def listed(
    called: Called, inject: Mapping[str, Any], key: str, fields: Sequence[Field]
) -> Iterator[tuple[str, ...]]:
    """A row for each entry of a list that an inject has."""
    for part in inject.get(key, []):
        yield (str(inject["id"]), *_cells(called, fields, part, str(inject["id"])))


def outcome_rows(called: Called, inject: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """A row for each timing that can come, with a cell for each posture."""
    timings = TIMINGS if inject["slot"] == "crisis" else ("on_time",)
    for timing in timings:
        told = inject["outcome"].get(timing, {})
        texts = (told.get(posture.id, "") for posture in posture_headers(called).values())
        yield (str(inject["id"]), TIMINGS[timing], *map(called.words, texts))


def _cells(
    called: Called, fields: Sequence[Field], data: Mapping[str, Any], name: str
) -> Iterator[str]:
    for field in fields:
        try:
            yield cell_of(called, field, data)
        except Unwritable as error:
            raise Unwritable(
                _(
                    "inject '{name}', {header}: {error}; write the MSEL as CSV.",
                    name=name,
                    header=field.header,
                    error=error,
                )
            ) from None
