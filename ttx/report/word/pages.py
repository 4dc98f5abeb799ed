"""Which parts of a document stand on which pages: upright or on their side, and what begins one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ttx.report.document import Block, Heading, Notice, PageBreak, Paragraph, Table
from ttx.report.word.columns import lies
from ttx.report.word.tables import POINTS

WIDTH, HEIGHT = 210.0, 297.0
"""Of a page in millimetres: A4. Word scales it where Letter is in the printer."""
SIDE, TOP, BOTTOM = 18.0, 22.0, 18.0
"""Margins in millimetres, header and footer within those above and below."""
_LEAD = 3
"""Parts at most that go to a wide page with the table that they lead to."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Parts on pages that all stand or all lie."""

    parts: tuple[Block, ...]
    wide: bool

    @property
    def room(self) -> float:
        """Millimetres between the margins."""
        return (HEIGHT if self.wide else WIDTH) - 2 * SIDE

    @property
    def high(self) -> float:
        """Millimetres that a picture with its words may take up of a page."""
        return (WIDTH if self.wide else HEIGHT) - TOP - BOTTOM - 30


def stretches(parts: Sequence[Block], *, wide: bool) -> Iterator[Stretch]:
    """The parts in order; in an upright document a table that needs it lies, with its heading."""
    if wide:
        yield Stretch(tuple(parts), wide=True)
        return
    upright = Stretch((), wide=False)
    held: list[Block] = []
    for part in parts:
        if not (isinstance(part, Table) and lies(part, upright.room, POINTS)):
            held.append(part)
            continue
        at = _lead(held)
        if held[:at]:
            yield Stretch(tuple(held[:at]), wide=False)
        yield Stretch((*held[at:], part), wide=True)
        held = []
    if held:
        yield Stretch(tuple(held), wide=False)


def _lead(held: list[Block]) -> int:
    """Where what leads to a table begins: its heading, and the words between."""
    at = len(held)
    while at and len(held) - at < _LEAD and isinstance(held[at - 1], Paragraph | Notice):
        at -= 1
    while at and isinstance(held[at - 1], Heading):
        at -= 1
    if at < len(held) and isinstance(held[at], Heading):
        return at - 1 if at and isinstance(held[at - 1], PageBreak) else at
    return len(held)
