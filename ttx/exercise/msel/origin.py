"""What is wrong with an exercise that a list has made, told by the cells that it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ttx.exercise.msel.header import Mistakes
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.problems import Finding, KeyPath, Problem, below, sentence
from ttx.exercise.source import Source, as_given

Place = tuple[Sheet, int, int | None]
"""A sheet, a row and a column of it."""
Cells = Mapping[KeyPath, Place]
"""Sheet, row and column of what was read, by the path of what it became.

Injects stand in it by their id: `("inject", "radar_at_dusk", "option", 0, "costs")`. A whole row
has no column.
"""


def told(
    source: Source, findings: Iterable[Finding], cells: Cells, folders: tuple[Path, Path]
) -> list[Problem]:
    """Findings as their author reads them, each with a place that there is.

    `source` is the exercise that was made; `folders` are the one in which it was made and the one
    that it is a copy of, whose files are named for what came from no cell.
    """
    mistakes: dict[int, Mistakes] = {}
    others: list[Problem] = []
    for finding in findings:
        words = sentence(finding, source.data)
        place = _nearest(_by_id(finding.path, source.data), cells)
        if place is None:
            others.append(_elsewhere(source.problem(finding), *folders))
        else:
            sheet, row, at = place
            mistakes.setdefault(id(sheet), Mistakes(sheet)).add(row, words, at)
    in_cells = [problem for wrong in mistakes.values() for problem in wrong.problems()]
    return [*in_cells, *dict.fromkeys(others)]


def _by_id(path: KeyPath, data: object) -> KeyPath:
    """The path with the id of an inject in the place of its position."""
    if len(path) < 2 or not isinstance(path[1], int):
        return path
    name = below(below(below(data, path[0]), path[1]), "id")
    return (path[0], name, *path[2:]) if isinstance(name, str) else path


def _nearest(path: KeyPath, cells: Cells) -> Place | None:
    """The cell that a path leads into, or else the row; None where it leads to none."""
    for end in range(len(path), 1, -1):
        if path[:end] in cells:
            return cells[path[:end]]
    return None


def _elsewhere(problem: Problem, made: Path, exercise: Path) -> Problem:
    """The problem in the file that was copied, without its line where that may be another there."""
    name = problem.file.removeprefix(as_given(made)).lstrip("/")
    was = exercise / name if exercise.is_dir() and name else exercise
    if not was.exists():
        return Problem(as_given(exercise), None, problem.text)
    copy = made / was.relative_to(exercise) if exercise.is_dir() else made / exercise.name
    same = was.is_file() and copy.is_file() and was.read_bytes() == copy.read_bytes()
    return Problem(as_given(was), problem.line if same else None, problem.text)
