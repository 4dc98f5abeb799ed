"""What is true of many rows of a list, told once with its count, its first places and samples."""

from __future__ import annotations

from ttx.exercise.msel.header import rows_named
from ttx.exercise.problems import shown
from ttx.i18n import N_, _

LEFT_OUT = N_("{rows}: left out, status {cells}.")
DEFERRED = N_("{rows}: deferred; kept, and can be deferred at the table.")
STATUS = N_("{rows}: status {cells} is none that is known; kept, and the status is a comment.")
NO_STATUS = N_("{rows}: status {cells} is none that is known, and changes nothing.")
SECOND = N_("{rows}: {cells} says otherwise what a column before it says, which stands.")
NO_INJECT = N_("{rows}: left out, {cells} is put to nobody.")
FOR_CONTROL = N_("{rows}: {cells} asks players nothing, so exercise control alone reads it.")
CONTEXTUAL = N_("{rows}: {cells} asks nothing; put in as contextual injects.")
EMPTY = N_("{rows}: passed over, neither a title nor a text: {cells}.")
STAND_IN = N_("{rows}: neither a title nor a text; {cells} stands for it.")
TIME = N_("{rows}: {cells} is no time that is understood; kept in the list's own words.")
BEYOND = N_("{rows}: {cells} is no turn of the exercise; kept as a comment, may come in any turn.")
UNTIMED = N_("{rows}: no time is given; may come in any turn.")
OBJECTIVE = N_("{rows}: {cells} is no objective of the exercise; kept as a comment.")
LEAD = N_(
    "{rows}: {cells} is no allied cell; kept as a comment, and the first cell that fits leads."
)
SLOT = N_("{rows}: {cells} is no slot; kept as a comment.")
WINDOW = N_("{rows}: {cells} is no window of a crisis in minutes; kept as a comment.")
BRACES = N_("{rows}: braces are placeholders here and became brackets.")
LABEL = N_("{rows}: numbers kept as labels, beside a number of the dice: {cells}.")
THERE = N_("{rows}: there already, and left as it is.")
MONTH_FIRST = N_("{rows}: {cells} is read with the month first.")
OVERNIGHT = N_("{rows}: {cells} is read as the next day's, since the clock has gone round.")
LONG = N_("{rows}: too long to be a label or a time ({cells}); kept as a comment.")
SAMPLES = 3
"""Cells that are shown of those a sentence is true of."""


class Alike:
    """Sentences in the order in which they first came up, each with its rows and cells."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[int, None]] = {}
        self._cells: dict[str, dict[str, None]] = {}

    def add(self, words: str, row: int, cell: str = "") -> None:
        """One more row of which a sentence of this room is true."""
        self._rows.setdefault(words, {})[row] = None
        if cell:
            self._cells.setdefault(words, {})[cell] = None

    def told(self) -> list[str]:
        """All of them, as an author reads them."""
        return [
            _(words, rows=rows_named(rows, first=True), cells=self._samples(words))
            for words, rows in self._rows.items()
        ]

    def _samples(self, words: str) -> str:
        cells = [*self._cells.get(words, {})]
        named = ", ".join(shown(cell) for cell in cells[:SAMPLES])
        return named if len(cells) <= SAMPLES else f"{named}, …"
