"""Bookmarks, notes and forks of a record, kept in a file beside the save and never in it."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from ttx import files
from ttx.i18n import _
from ttx.session.save_header import SaveError
from ttx.session.save_paths import companion

Kind = Literal["mark", "fork"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a record that somebody wants to find again."""

    n: int
    """The entry it stands at."""
    text: str = ""
    kind: Kind = "mark"


def beside(save: Path) -> Path:
    """The file that holds the marks of a save."""
    return companion(save, ".marks.toml")


def read(save: Path) -> list[Mark]:
    """The marks of a save in order, none where no file keeps any.

    Raises:
        SaveError: It is damaged.
    """
    path = beside(save)
    try:
        rows = tomllib.loads(files.contents(path).decode()).get("mark", [])
        mark = [Mark(int(row["n"]), str(row["text"]), _kind(row["kind"])) for row in rows]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise SaveError(
            _(
                "{file} cannot be read; mend it or move it away to set bookmarks.",
                file=files.legible(path.name),
            )
        ) from None
    return sorted(mark, key=lambda mark: mark.n)


def _kind(word: object) -> Kind:
    return "fork" if word == "fork" else "mark"


def write(save: Path, marks: list[Mark]) -> None:
    """Keep these marks, all at once.

    Raises:
        SaveError: They cannot be written.
    """
    import tomli_w

    path = beside(save)
    rows = [asdict(mark) for mark in sorted(marks, key=lambda mark: mark.n)]
    try:
        if rows:
            files.replace(path, tomli_w.dumps({"mark": rows}).encode())
        else:
            path.unlink(missing_ok=True)
        files.settle(path.parent)
    except OSError as error:
        raise SaveError(
            _(
                "The bookmark cannot be kept beside {file}: {reason}. Copy "
                "the save to a place that is yours to write to, and mark it "
                "there.",
                file=files.legible(save.name),
                reason=error.strerror,
            )
        ) from None


def add(save: Path, mark: Mark) -> list[Mark]:
    """Set a mark; one of the same kind at the same entry is replaced, but forks add up."""
    kept = [
        old for old in read(save) if (old.n, old.kind) != (mark.n, mark.kind) or mark.kind == "fork"
    ]
    marks = sorted([*kept, mark], key=lambda mark: mark.n)
    write(save, marks)
    return marks


def remove(save: Path, n: int) -> list[Mark]:
    """Take the bookmarks at an entry away; what says where a fork is stays."""
    marks = [mark for mark in read(save) if mark.n != n or mark.kind == "fork"]
    write(save, marks)
    return marks
