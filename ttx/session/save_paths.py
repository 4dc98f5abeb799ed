"""Where runs go, and where the recorded ones are; light enough for the first screen."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import platformdirs

import ttx
from ttx import files
from ttx.session.save_header import SUFFIX


def saves_folder() -> Path:
    """Where runs go: `saves` of a checkout, the user's data folder where it is installed."""
    checkout = Path(ttx.__file__).resolve().parents[1]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "saves"
    return Path(platformdirs.user_data_dir("ttx")) / "saves"


def rehearsals_folder() -> Path:
    """Where rehearsals of sessions go, apart from the runs that Home lists."""
    return saves_folder() / "rehearsals"


def examples_folder() -> Path:
    """Recorded runs that a newcomer can open."""
    package = Path(ttx.__file__).resolve().parent
    inside = package / "_examples"
    return inside if inside.is_dir() else package.parent / "saves" / "examples"


def companion(save: Path, ending: str) -> Path:
    """The file of that ending that belongs to a save and lies beside it."""
    return save.with_name(files.fitting(save.name.removesuffix(SUFFIX), ending))


def with_companions(save: Path) -> list[Path]:
    """A save, its folder, and all that may lie beside it of what was said and who sits where."""
    hosted, written = (".seats.toml", ".host_key", ".host.log"), ("-report.html", "-report.md")
    endings = (*hosted, ".marks.toml", *written)
    return [save.parent, save, torn(save), *(companion(save, ending) for ending in endings)]


def torn(save: Path) -> Path:
    """Where the beginnings of entries go that were cut short."""
    return save.with_name(files.fitting(save.name, ".torn"))


def free_path(folder: Path, stem: str, word: str = "", ending: str = SUFFIX) -> Path:
    """A file of that name and ending that does not exist yet, with a number where it is taken."""
    for number in range(1, 1000):
        suffix = "" if number == 1 else f"-{number}"
        path = folder / files.fitting(stem, f"{word}{suffix}{ending}")
        if not os.path.lexists(path):
            return path
    return folder / files.fitting(stem, f"{word}-{secrets.token_hex(6)}{ending}")


def beside(save: Path, name: str) -> Path | None:
    """The save of that name: in the same folder, where runs go, or among the examples."""
    if not name or os.path.basename(name) != name:  # noqa: PTH119  # a record may hold anything
        return None
    for folder in (save.parent, saves_folder(), examples_folder()):
        if os.path.isfile(folder / name):  # noqa: PTH113  # a name too long for any is none
            return folder / name
    with suppress(OSError):
        # A record names a file legibly, whatever its name is made of.
        return next(
            (path for path in save.parent.iterdir() if files.legible(path.name) == name),
            None,
        )
    return None
