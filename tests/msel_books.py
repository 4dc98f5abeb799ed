"""What becomes of real MSEL workbooks: a table of every sheet of a folder, for whoever has one.

`python tests/msel_books.py FOLDER` reads each sheet of each workbook and CSV in it, puts it into
the tutorial as new injects with an even calendar, and makes an exercise of it. It prints a row a
sheet: injects, contextual injects, how many kept their sender and recipient, text and time, and the
first line of what is missing where it does not go in. Nothing is written to the folder.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ttx.exercise.load import load, proofread
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.msel.answers import NEW, Answers
from ttx.exercise.msel.begun import begun
from ttx.exercise.msel.files import import_
from ttx.exercise.msel.fresh import UNWRITTEN
from ttx.exercise.problems import ExerciseError

TUTORIAL = Path(__file__).parents[1] / "exercises" / "tutorial"
BOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
MOST = 10
"""Lines in which a list that does not go in may say why."""


def sheets(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every sheet of every workbook, hidden ones too, and every text, in order."""
    from python_calamine import CalamineWorkbook

    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in TEXTS:
            yield path, ""
        elif path.suffix.lower() in BOOKS:
            for name in CalamineWorkbook.from_path(path).sheet_names:
                yield path, name


def row(path: Path, sheet: str, place: Path) -> tuple[str, ...]:
    """What became of one sheet."""
    answers = Answers(calendar="even", taken=NEW, sheet=sheet)
    name = f"{path.name[:24]} {sheet[:20]}".strip()
    try:
        made = import_(path, TUTORIAL, place / "made", answers)
    except (ExerciseError, ValueError) as error:
        lines = str(error).splitlines()
        assert len(lines) <= MOST, f"{name}: {len(lines)} lines"
        return name, "no", "", "", "", "", "", "", lines[0].partition(": ")[2][:90]
    try:
        own = begun(place / "night", "", path, Answers(sheet=sheet))
        proof = proofread(place / "night")
        new = f"{own.exercise.turns.count} turns" if proof.exercise else "not sound"
    except (ExerciseError, ValueError) as error:
        new = str(error)[:40]
    counted = kept(made.exercise)
    return (name, "yes", *map(str, counted), new, f"{len(made.remarks)} remarks")


def kept(exercise: Exercise) -> tuple[int, int, int, int, int]:
    """Injects that are new, contextual ones, and how many have sender and recipient, text, time."""
    had = load(TUTORIAL).injects
    new = [inject for inject in exercise.inject if inject.id not in had]
    people = [
        inject
        for inject in new
        if text(inject.message.sender) != "Exercise control" and text(inject.message.to) != "All"
    ]
    told = [inject for inject in new if text(inject.message.text[0]) not in ("", UNWRITTEN)]
    timed = [inject for inject in new if inject.planned or inject.turns[0] == inject.turns[1]]
    return len(new), len(exercise.contextual), len(people), len(told), len(timed)


def main(folder: Path) -> None:
    """Print the table."""
    print("sheet | in | injects | contextual | from and to | text | time | new | why not")  # noqa: T201  # a table on standard output
    count = done = 0
    for path, sheet in sheets(folder):
        with tempfile.TemporaryDirectory() as place:
            cells = row(path, sheet, Path(place))
        count, done = count + 1, done + (cells[1] == "yes")
        print(" | ".join(cells), flush=True)  # noqa: T201  # a table on standard output
    print(f"{done} of {count} sheets go in")  # noqa: T201  # a table on standard output


if __name__ == "__main__":
    main(Path(sys.argv[1]))
