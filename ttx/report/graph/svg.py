"""The two drawings of an exercise on one sheet."""

from __future__ import annotations

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.report.graph.ink import QUIET, said, sheet
from ttx.report.graph.network import network
from ttx.report.graph.timetable import timetable

EDGE = 24


def svg(exercise: Exercise) -> str:
    """The exercise as an SVG: injects over turns, and below them the influences."""
    title = text(exercise.title)
    marks = [
        said((16, 36), title, 20, bold=True),
        said(
            (16, 54),
            _("{exercise}: for the white cell; players may not see it", exercise=exercise.id),
            11,
            colour=QUIET,
        ),
    ]
    injects, (right, low) = timetable(exercise, 90)
    influences, (far, end) = network(exercise, low + 44)
    size = (max(right, far) + EDGE, end + EDGE)
    return sheet(
        _("{title}: injects and influences", title=title), size, [*marks, *injects, *influences]
    )
