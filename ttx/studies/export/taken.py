"""A study as an export: CSV with a data package, Parquet, or an archive for the EMA Workbench."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ttx.exercise.model.part import text
from ttx.studies.export.archive import write_archive
from ttx.studies.export.catalogue import tables_of
from ttx.studies.export.columns import Row, Table
from ttx.studies.export.folder import new_folder
from ttx.studies.export.package import write_package
from ttx.studies.export.parquet import write_parquet
from ttx.studies.study import Study

FORMS = ("csv", "parquet", "ema")
"""What a study can be taken away as."""
ENDING = ".tar.gz"
"""Of an archive."""
JUDGEMENT = "Structured judgement, not prediction."


def write_study(out: Path, study: Study, form: str) -> None:
    """A study as a new folder, or as a new file where the form is `ema`.

    StudyError where it is not whole, NotWritten where it cannot be written, Missing where pyarrow
    is needed and not installed.
    """
    if form == "ema":
        write_archive(out, study)
        return
    with new_folder(out) as made:
        if form == "parquet":
            write_parquet(made, _filled(study), JUDGEMENT)
        else:
            title = f"A study of {text(study.plan.exercise.title)}"
            write_package(made, _filled(study), f"ttx-study-{study.plan.id}", title, JUDGEMENT)


def _filled(study: Study) -> Iterator[tuple[Table[Any], Iterable[Row]]]:
    """All tables with their rows, which are made while they are written."""
    return ((table, table.rows(study)) for table in tables_of(study))
