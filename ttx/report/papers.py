"""Writes the documents of an exercise to a folder, and nothing over what is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ttx import files
from ttx.exercise.model import Exercise
from ttx.report.documents import documents
from ttx.report.html import html
from ttx.report.markdown import markdown
from ttx.session.particulars import Particulars


def write(
    exercise: Exercise,
    folder: Path,
    particulars: Particulars | None = None,
    came: Mapping[str, str] | None = None,
    *,
    anonymous: bool = False,
) -> list[Path]:
    """Each document as Markdown and as HTML in the folder, which is made where there is none.

    What stands on their covers, and who came, is as in `documents`.

    Raises:
        NotWritten: With nothing written, where a file of that name is there or the disk refuses.
    """
    pages = {
        folder / f"{name}.{ending}": form(document)
        for name, document in documents(exercise, particulars, came, anonymous=anonymous).items()
        for ending, form in (("md", markdown), ("html", html))
    }
    written: list[Path] = []
    made: list[Path] = []
    try:
        made = files.make_folder(folder)
        for path, page in pages.items():
            files.write(path, page.encode())
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
