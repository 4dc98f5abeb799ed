"""Which rows of a form are in sight: those round the field in focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ttx.tui.parts.fields import Choice, Field, Shape
from ttx.tui.parts.form_rows import Row, options_of


@dataclass(frozen=True, slots=True)
class Laid:
    """The rows in sight."""

    rows: tuple[tuple[int, Row], ...] = ()
    """Each with the place of the field it is of."""
    top: int = 0
    """How many rows lie above them."""
    focus: int = 0
    """The row, among those in sight, in which the field in focus begins."""


def laid(
    fields: Sequence[Field],
    at: int,
    inner: int,
    before: Laid,
    height: int,
    draw: Callable[[int], list[Row]],
) -> Laid:
    """Rows of the fields, moved as little as keeps the field in focus in sight.

    `draw` makes the rows of a field; those out of sight are not drawn where they are one row.
    `inner` is the marked option of the field in focus.
    """
    drawn = {n: draw(n) for n, field in enumerate(fields) if n == at or not _is_one_row(field)}
    sizes = [len(drawn[n]) if n in drawn else 1 for n in range(len(fields))]
    first = sum(sizes[:at])
    mine = drawn.get(at, [])
    marked = first + _marked_row(fields[at], mine, inner) if fields else 0
    top = min(max(before.top, first + len(mine) - height), first)
    top = max(min(top, sum(sizes) - height), marked - height + 1, 0)
    rows: list[tuple[int, Row]] = []
    row = 0
    for n, size in enumerate(sizes):
        if row + size > top and row < top + height:
            shown = drawn[n] if n in drawn else draw(n)
            rows += [(n, part) for part in shown[max(top - row, 0) : top + height - row]]
        row += size
    return Laid(tuple(rows), top, first - top)


def _is_one_row(field: Field) -> bool:
    listed = isinstance(field, Choice) and field.shape is Shape.LISTED
    return not (field.mistakes or listed)


def _marked_row(field: Field, rows: Sequence[Row], inner: int) -> int:
    """Which row of the field in focus must be in sight whatever room there is."""
    options = options_of(field)
    at = field.at if isinstance(field, Choice) else inner
    if not options or at < 0:
        return 0
    of = [n for n, row in enumerate(rows) if row.hits and row.hits[0].option == options[at].id]
    return of[-1] if of else 0
