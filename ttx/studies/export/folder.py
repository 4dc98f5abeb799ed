"""A folder of files that is there whole or not at all, and takes the place of nothing."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ttx import files
from ttx.i18n import _


def unnamed(path: Path) -> None:
    """NotWritten where anything has that name."""
    try:
        files.free(path)
    except OSError as error:
        raise files.NotWritten(files.sentence(path, error)) from None


def vacant(folder: Path) -> None:
    """NotWritten where something has that name, but for a folder with nothing in it.

    A new one does not get the name of a document.
    """
    if not os.path.lexists(folder):
        files.named_as_folder(folder, _("What is written"))
    if not os.path.lexists(folder):
        return
    shown = files.legible(folder)
    if folder.is_symlink() or not folder.is_dir():
        raise files.NotWritten(
            _("{shown} is there already, and is no folder; name another.", shown=shown)
        )
    with suppress(OSError):
        if any(folder.iterdir()):
            raise files.NotWritten(
                _(
                    "{shown} is not empty, and nothing is written into it or "
                    "over it; name a folder that is new or empty.",
                    shown=shown,
                )
            )


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder to be filled, which gets its name once the disk has all of it.

    NotWritten where it cannot be made whole; then nothing of it is left.
    """
    vacant(folder)
    made = folder.absolute().parent / f".ttx-{secrets.token_hex(8)}.draft"
    try:
        made.mkdir(files.OWN_FOLDER)
        try:
            yield made
            made.rename(folder)  # in place of an empty folder, and of nothing else
            files.settle(made.parent)
        finally:
            if made.exists():
                shutil.rmtree(made, ignore_errors=True)
    except files.NotWritten as error:
        words = str(error).replace(files.legible(made), files.legible(folder))
        raise files.NotWritten(words) from None
    except OSError as error:
        raise files.NotWritten(files.sentence(folder, error)) from None


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """A new folder of these files, by name; NotWritten where it cannot be made whole."""
    with new_folder(folder) as made:
        for name, data in contents.items():
            files.write(made / name, data)
