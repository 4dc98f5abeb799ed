"""Tables of a sensitivity study for other tools, as CSV beside its parts.

`design.csv` holds the design in the order that SALib's estimators want, `tornado.csv` every number
alone, `indices.csv` what was estimated, `numbers.csv` what the numbers are. Values of numbers are
whole, in the units of the engine; differences are in points and + is better for B.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ttx import files
from ttx.analysis.sensitivity import Design, Sensitivity
from ttx.analysis.tally import MOMENTS
from ttx.exercise.parameters import written
from ttx.studies.plan import StudyError

Cells = Sequence[object]


def write(folder: Path, made: Sensitivity) -> list[Path]:
    """Write the tables into the study's folder, in place of those of an earlier go; which.

    StudyError where one cannot be written.
    """
    tables = {
        "numbers.csv": _numbers(made),
        "tornado.csv": _tornado(made),
    }
    if made.design is not None:
        tables["design.csv"] = _design(made, made.design)
        tables["indices.csv"] = _indices(made, made.design)
    paths = []
    for name, rows in tables.items():
        path = folder / name
        try:
            files.replace(path, _csv(rows))
            files.settle(folder)
        except OSError as error:
            raise StudyError(files.sentence(path, error)) from None
        paths.append(path)
    return paths


def _csv(rows: Iterable[Cells]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _numbers(made: Sensitivity) -> Iterator[Cells]:
    yield ("id", "name", "unit", "declared", "value", "low", "high", "value in its unit")
    for parameter in made.numbers.values():
        shown = written(parameter, parameter.value)
        yield (
            parameter.id,
            parameter.name,
            parameter.unit,
            parameter.declared,
            parameter.value,
            parameter.low,
            parameter.high,
            shown,
        )


def _scores(made: Sensitivity) -> list[tuple[int, int, str]]:
    """Moment and score of each outcome, with its column."""
    return [
        (moment, row, f"{score.id} {name}")
        for moment, name in enumerate(MOMENTS)
        for row, score in enumerate(made.exercise.score)
    ]


def _tornado(made: Sensitivity) -> Iterator[Cells]:
    outcomes = _scores(made)
    yield ("id", "value", *(name for _, _, name in outcomes))
    for row in made.rows:
        both = [(row.base, made.base.apart[0]), *zip(row.values, row.apart, strict=True)]
        for value, apart in sorted(both, key=lambda pair: pair[0]):
            means = (_points((apart / made.base.scale)[m, s]) for m, s, _ in outcomes)
            yield (row.id, value, *means)


def _design(made: Sensitivity, design: Design) -> Iterator[Cells]:
    outcomes = _scores(made)
    yield (*design.ids, *(name for _, _, name in outcomes))
    for values, means in zip(design.settings, design.counted.means, strict=True):
        yield (*map(int, values), *(_points(means[m, s]) for m, s, _ in outcomes))


def _indices(made: Sensitivity, design: Design) -> Iterator[Cells]:
    score = made.exercise.score[made.score].id
    yield ("score", "moment", "samples", "id", "first", "first ±95", "total", "total ±95")
    for moment, runs in design.indices.items():
        for run in runs:
            for at, name in enumerate(design.ids):
                yield (
                    *(score, moment, run.samples, name),
                    *(round(float(ends[at]), 6) for ends in (run.first, run.first_interval)),
                    *(round(float(ends[at]), 6) for ends in (run.total, run.total_interval)),
                )


def _points(hundredths: float) -> float:
    return round(float(hundredths) / 100, 9)
