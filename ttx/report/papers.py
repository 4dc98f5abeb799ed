"""Writes the documents of an exercise to a folder, and nothing over what is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ttx import files
from ttx.exercise.model.exercise import Exercise
from ttx.i18n import _
from ttx.report.documents import documents
from ttx.report.forms import made as made_as
from ttx.session.particulars import Stated

USUAL = ("md", "html")
"""The forms of each paper where none is asked for: one to edit, one to read and print."""


def write(
    exercise: Exercise,
    folder: Path,
    stated: Stated | None = None,
    came: Mapping[str, str] | None = None,
    *,
    anonymous: bool = False,
    forms: Sequence[str] = USUAL,
) -> list[Path]:
    """Each document in each of the forms in the folder, which is made where there is none.

    What stands on their covers, and who came, is as in `documents`.

    Raises:
        ValueError: With nothing written, where there is no such form.
        Missing: The same, where what makes it is not installed.
        NotWritten: The same, where a file of that name is there or the disk refuses.
    """
    files.named_as_folder(folder, _("What is written"))
    particulars, targets = stated if stated is not None else (None, None)
    papers = documents(exercise, particulars, came, anonymous=anonymous, targets=targets)
    pages = {
        folder / f"{name}.{form}": made_as(document, form)
        for name, document in papers.items()
        for form in dict.fromkeys(forms)
    }
    written: list[Path] = []
    made: list[Path] = []
    try:
        made = files.make_folder(folder)
        for path, page in pages.items():
            files.write(path, page)
            written.append(path)
    except OSError as error:
        raise files.NotWritten(files.sentence(folder, error)) from None
    except files.NotWritten:
        for path in written:
            path.unlink(missing_ok=True)
        for paper in reversed(made):
            paper.rmdir()
        raise
    return list(pages)
