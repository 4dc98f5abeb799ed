"""Writes the documents of an exercise to a folder, and nothing over what is there."""

from __future__ import annotations

from pathlib import Path

from ttx.exercise.model import Exercise
from ttx.report.documents import documents
from ttx.report.html import html
from ttx.report.markdown import markdown


def write(exercise: Exercise, folder: Path) -> list[Path]:
    """Each document as Markdown and as HTML in the folder, which is made where there is none.

    ValueError, with nothing written, where a file of that name is there or the disk refuses.
    """
    pages = {
        folder / f"{name}.{ending}": form(document)
        for name, document in documents(exercise).items()
        for ending, form in (("md", markdown), ("html", html))
    }
    written: list[Path] = []
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, page in pages.items():
            with path.open("x", encoding="utf-8") as file:
                written.append(path)
                file.write(page)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        if made and folder.is_dir():
            folder.rmdir()
        if isinstance(error, FileExistsError):
            raise ValueError(
                f"{error.filename} is there already, and nothing is written over it; "
                "move it away, or name another folder with --out."
            ) from error
        raise ValueError(
            f"{error.filename or folder} cannot be written: {error.strerror}."
        ) from error
    return list(pages)
