"""A study as the archive that `load_results` of the EMA Workbench opens.

A tar.gz of `experiments.csv` (a row for each row of the study, in order), a CSV file without a
heading for each outcome, and `metadata.json`. Major versions 2.5 and 3 have the same form. A score
over the turns is an array of rows and turns, so an `ArrayOutcome`: what the workbench calls a time
series it says itself is not tested yet.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ttx import files
from ttx.exercise.parameters import parameters
from ttx.studies.export.columns import POINTS, Row, decimal
from ttx.studies.export.outcomes import blocks, first_row, on_the_way
from ttx.studies.study import Study

VERSION = 0.1
"""Of the form, as the workbench numbers it."""
SCALAR, ARRAY = "ScalarOutcome", "ArrayOutcome"
_FILES = {SCALAR: "cls", ARRAY: "csv"}


def archive(study: Study) -> bytes:
    """The archive of a study that is whole; StudyError where blocks of it are missing.

    Scores are in points. The same results give the same bytes.
    """
    scalars, arrays = _outcomes(study)
    known = [
        *((ARRAY, name, values) for name, values in arrays.items()),
        *((SCALAR, name, values) for name, values in scalars.items()),
    ]
    out = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        _put(tar, "experiments.csv", _experiments(study))
        for kind, name, values in known:
            _put(tar, f"{name}.{_FILES[kind]}", _lines(values))
        about = {
            "version": VERSION,
            "outcomes": [[kind, name, f"{name}.{_FILES[kind]}"] for kind, name, _ in known],
            "experiments": dict(_columns(study)),
        }
        _put(tar, "metadata.json", json.dumps(about).encode())
    return out.getvalue()


def write_archive(out: Path, study: Study) -> None:
    """A new file with the archive of a study; NotWritten where it cannot be made."""
    files.write(out, archive(study))


def _put(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size = len(data)
    tar.addfile(about, io.BytesIO(data))


def _columns(study: Study) -> Iterator[tuple[str, str]]:
    """Columns of the experiments with their types, the numbers that worlds differ in first."""
    for name in study.settings:
        yield name, "float64"  # also of whole numbers: boxes of PRIM end between two of them
    yield from (("scenario", "int64"), ("policy", "category"), ("model", "category"))


def _in_points(study: Study, name: str) -> bool:
    return parameters(study.plan.exercise)[name].unit == POINTS


def _experiments(study: Study) -> bytes:
    plan = study.plan
    drawn = [
        [
            decimal(setting) if _in_points(study, name) else str(setting)
            for setting in values.tolist()
        ]
        for name, values in study.settings.items()
    ]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([name for name, _ in _columns(study)])
    for policy in plan.policies:
        rows: Iterator[Row] = (
            (*(values[world] for values in drawn), world, policy.id, plan.exercise.id)
            for world in range(plan.worlds)
        )
        writer.writerows(rows)
    return text.getvalue().encode()


def _outcomes(
    study: Study,
) -> tuple[dict[str, np.ndarray[Any, Any]], dict[str, np.ndarray[Any, Any]]]:
    """Scalars, [rows] by name, and arrays, [rows, turns] by name, all in points but `ended`."""
    plan = study.plan
    names = [score.id for score in plan.exercise.score]
    turns = plan.exercise.turns.count
    scores = np.zeros((len(names), plan.rows, turns), np.int32)
    way = np.zeros((len(names), plan.rows), np.int64)
    spent, ended = np.zeros(plan.rows, np.int64), np.zeros(plan.rows, np.int64)
    for task, course in blocks(study):
        first = first_row(study, task)
        rows = slice(first, first + task.count)
        scores[:, rows] = course.scores.transpose(1, 2, 0)
        way[:, rows] = on_the_way(course)
        spent[rows], ended[rows] = course.spent[-1], course.ended
    scalars: Mapping[str, np.ndarray[Any, Any]] = {
        **{f"end.{name}": scores[at, :, -1] / 100 for at, name in enumerate(names)},
        **{f"way.{name}": way[at] / 100 for at, name in enumerate(names)},
        "spent": spent,
        "ended": ended,
    }
    return dict(scalars), {name: scores[at] / 100 for at, name in enumerate(names)}


def _lines(values: np.ndarray[Any, Any]) -> bytes:
    """Numbers as CSV without a heading; points with two decimals."""
    text = io.StringIO()
    form = "%d" if np.issubdtype(values.dtype, np.integer) else "%.2f"
    np.savetxt(text, values, fmt=form, delimiter=",", newline="\n")
    return text.getvalue().encode()
