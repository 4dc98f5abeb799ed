"""Where runs go, and where the recorded ones are; light enough for the first screen."""

from __future__ import annotations

from pathlib import Path

import platformdirs

import ttx


def saves_folder() -> Path:
    """Where runs go: `saves` of a checkout, the user's data folder where it is installed."""
    checkout = Path(ttx.__file__).resolve().parents[1]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "saves"
    return Path(platformdirs.user_data_dir("ttx")) / "saves"


def examples_folder() -> Path:
    """Recorded runs that a newcomer can open."""
    package = Path(ttx.__file__).resolve().parent
    inside = package / "_examples"
    return inside if inside.is_dir() else package.parent / "saves" / "examples"


def beside(save: Path, name: str) -> Path | None:
    """The save of that name: in the same folder, where runs go, or among the examples."""
    for folder in (save.parent, saves_folder(), examples_folder()):
        if (folder / name).is_file():
            return folder / name
    return None
