"""How wide the columns of a table are, and whether it needs a page that lies on its side.

Word and LibreOffice take the widths that a file says. They are worked out as a browser does: no
column is narrower than its longest word, and what is left goes where the words are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from ttx.report.document import Table

POINT = 0.3528
"""Millimetres."""
ROOM = 3.6
"""Millimetres that a cell keeps free beside its words, its line among them."""
LETTERS = 12
"""A cell with more letters in a line holds words, not a number, a date or a mark."""
_MANY, _WORDY = 8, 4
"""Columns, and those of words among them, from which on a table needs a wide page."""
_UNBROKEN = 40.0
"""Millimetres from which on a word, such as an address, may be broken after all."""
_THIN, _BROAD = "fijlrt.,:;|!'()[]-I ", "mwMW@%—"


def ems(text: str) -> float:
    """About how wide a line of words is in Arial, in the size of its letters."""
    wide = 0.0
    for sign in text:
        if east_asian_width(sign) in "WF":
            wide += 1
        elif sign in _THIN:
            wide += 0.33
        elif sign in _BROAD:
            wide += 0.89
        else:
            wide += 0.7 if sign.isupper() else 0.56
    return wide


def lines_of(table: Table, at: int) -> list[tuple[str, bool]]:
    """The lines of a column, and whether each is set in bold; its head among them."""
    cells = [(table.head[at], True), *((row[at], at == 0) for row in table.rows)]
    return [(line, bold) for cell, bold in cells for line in cell.split("\n")]


def narrowest(table: Table, points: float) -> list[float]:
    """Millimetres below which words of a column would be broken, in letters of that size."""
    return [
        ROOM + min(_UNBROKEN, max(_long_words(table, at, points), default=0))
        for at in range(len(table.head))
    ]


def _long_words(table: Table, at: int, points: float) -> Iterator[float]:
    """Millimetres of each word in a column."""
    for line, bold in lines_of(table, at):
        yield from (_long(word, bold, points) for word in _words(line))


def _words(line: str) -> list[str]:
    """What is not broken at the end of a line; East Asian words may be, anywhere."""
    words = []
    for word in line.split():
        start = 0
        for at, (sign, following) in enumerate(pairwise(word), start=1):
            if sign == "-" or "W" in {east_asian_width(sign), east_asian_width(following)}:
                words.append(word[start:at])
                start = at
        words.append(word[start:])
    return words


def _long(line: str, bold: bool, points: float) -> float:  # noqa: FBT001  # a line and how it is set
    return ems(line) * points * POINT * (1.08 if bold else 1)


def widths(table: Table, room: float, points: float) -> list[float]:
    """Millimetres of each column, which together take up the room."""
    least = narrowest(table, points)
    if sum(least) >= room:
        return [part * room / sum(least) for part in least]
    if table.widths:
        wanted = [share * room / sum(table.widths) for share in table.widths]
    else:
        most = [
            min(room, ROOM + max(_long(line, bold, points) for line, bold in lines_of(table, at)))
            for at in range(len(table.head))
        ]
        wanted = _spread(least, most, room)
    return _at_least(wanted, least, room)


def _spread(least: Sequence[float], most: Sequence[float], room: float) -> list[float]:
    """What is left beyond the narrowest, shared as the words need it."""
    if sum(most) <= room:
        return [part * room / sum(most) for part in most]
    need = [high - low for low, high in zip(least, most, strict=True)]
    left = room - sum(least)
    return [low + left * more / sum(need) for low, more in zip(least, need, strict=True)]


def _at_least(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """The widths with none below its narrowest; the others give what that takes."""
    short = [want < low for want, low in zip(wanted, least, strict=True)]
    if not any(short):
        return list(wanted)
    taken = sum(low for low, few in zip(least, short, strict=True) if few)
    loose = sum(want for want, few in zip(wanted, short, strict=True) if not few)
    if not loose:
        return [low * room / sum(least) for low in least]
    given = [
        low if few else want * (room - taken) / loose
        for want, low, few in zip(wanted, least, short, strict=True)
    ]
    return given if given == list(wanted) else _at_least(given, least, room)


def lies(table: Table, room: float, points: float) -> bool:
    """Whether a table can be read only on a page that lies on its side."""
    wordy = sum(
        any(
            sum(map(str.isalpha, line)) > LETTERS
            for row in table.rows
            for line in row[at].split("\n")
        )
        for at in range(len(table.head))
    )
    many = len(table.head) >= _MANY and wordy >= _WORDY
    return many or sum(narrowest(table, points)) > room
