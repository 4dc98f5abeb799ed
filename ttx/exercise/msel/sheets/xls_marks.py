"""What an XLS workbook says of its cells beside their values: errors, and formats of numbers.

The container after MS-CFB (2.2 header, 2.3 sectors, 2.6 directory), the records after MS-XLS
(2.4). What is out of order has no marks: whether the workbook can be read at all, others decide.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

from ttx.exercise.msel.sheets.cell_marks import Marks, as_formatted

_END = 0xFFFFFFFA
"""From here on, numbers of sectors are marks: free, end of chain."""
_MOST = 1_000_000
"""Sectors that are followed: more than fit into 512 MB, so that no chain goes round for ever."""
_BOUNDSHEET, _FORMAT, _XF, _BOF, _EOF = 0x85, 0x41E, 0xE0, 0x809, 0x0A
_ROW, _COLINFO = 0x208, 0x7D
_NUMBER, _RK, _MULRK, _BOOLERR, _FORMULA = 0x203, 0x27E, 0xBD, 0x205, 0x06
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BUILT_IN = {9: "0%", 10: "0.00%"}


def marks_of_xls(raw: bytes) -> dict[str, Marks]:
    """Those of each sheet, by name."""
    try:
        stream = _workbook(raw)
        return _sheets(stream) if stream else {}
    except (struct.error, IndexError, UnicodeDecodeError, ValueError):
        return {}


def _workbook(raw: bytes) -> bytes:
    """The stream in which the workbook lies; empty where there is none."""
    size = 1 << struct.unpack_from("<H", raw, 30)[0]
    small, start, least, first_small = struct.unpack_from("<H14xI4xII", raw, 32)

    def sector(at: int) -> bytes:
        return raw[(at + 1) * size : (at + 2) * size]

    def numbers(block: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])

    blocks = [at for at in struct.unpack_from("<109I", raw, 76) if at < _END]
    more = struct.unpack_from("<I", raw, 68)[0]
    for _again in range(_MOST):
        if more >= _END:
            break
        *held, more = numbers(sector(more))
        blocks += [at for at in held if at < _END]
    table = [entry for at in blocks for entry in numbers(sector(at))]

    def chain(at: int, of: list[int]) -> Iterator[int]:
        for _again in range(_MOST):
            if at >= _END or at >= len(of):
                return
            yield at
            at = of[at]

    directory = b"".join(map(sector, chain(start, table)))
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    for entry in entries:
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(0, length - 2)].decode("utf-16-le")
        if name not in ("Workbook", "Book"):
            continue
        at, whole = struct.unpack_from("<II", entry, 116)
        if whole >= least:
            return b"".join(map(sector, chain(at, table)))[:whole]
        mini = 1 << small
        home = b"".join(map(sector, chain(struct.unpack_from("<I", entries[0], 116)[0], table)))
        small_table = [one for block in chain(first_small, table) for one in numbers(sector(block))]
        return b"".join(home[one * mini : (one + 1) * mini] for one in chain(at, small_table))[
            :whole
        ]
    return b""


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _EOF:
            return


def _sheets(stream: bytes) -> dict[str, Marks]:
    named: dict[str, int] = {}
    formats: dict[int, str] = dict(_BUILT_IN)
    styles: list[int] = []
    for kind, data in _records(stream, 0):
        if kind == _BOUNDSHEET:
            named[_text(data, 6, 1)] = struct.unpack_from("<I", data)[0]
        elif kind == _FORMAT:
            formats[struct.unpack_from("<H", data)[0]] = _text(data, 2, 2)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", data, 2)[0])
    codes = [formats.get(style, "") for style in styles]
    return {name: _marks(stream, at, codes) for name, at in named.items()}


def _text(data: bytes, at: int, wide: int) -> str:
    """A text with its length in `wide` bytes in front, then whether it is in UTF-16."""
    length = int.from_bytes(data[at : at + wide], "little")
    start = at + wide + 1
    if data[at + wide] & 1:
        return data[start : start + 2 * length].decode("utf-16-le")
    return data[start : start + length].decode("latin-1")


def _marks(stream: bytes, at: int, codes: list[str]) -> Marks:
    marks = Marks()
    for kind, data in islice(_records(stream, at), 20_000_000):
        if kind == _ROW and len(data) >= 16 and data[12] & 0x20:  # fDyZero: of no height
            marks.hidden_rows.add(struct.unpack_from("<H", data)[0])
        elif kind == _COLINFO and len(data) >= 10 and data[8] & 1:
            first, last = struct.unpack_from("<HH", data)
            marks.hidden_columns |= {*range(first, last + 1)}
        if kind not in (_NUMBER, _RK, _MULRK, _BOOLERR, _FORMULA) or len(data) < 8:
            continue
        row, column, style = struct.unpack_from("<HHH", data)
        if kind == _BOOLERR:
            if data[7]:
                marks.errors[row, column] = _ERRORS.get(data[6], "#?")
        elif kind == _MULRK:
            for more in range((len(data) - 6) // 6):
                style, packed = struct.unpack_from("<HI", data, 4 + 6 * more)
                _shown(marks, (row, column + more), _unpacked(packed), codes, style)
        elif kind == _RK:
            packed = struct.unpack_from("<I", data, 6)[0]
            _shown(marks, (row, column), _unpacked(packed), codes, style)
        elif kind == _FORMULA and data[12:14] == b"\xff\xff":
            if data[6] == 2:
                marks.errors[row, column] = _ERRORS.get(data[8], "#?")
        else:
            _shown(marks, (row, column), struct.unpack_from("<d", data, 6)[0], codes, style)
    return marks


def _shown(marks: Marks, at: tuple[int, int], value: float, codes: list[str], style: int) -> None:
    code = codes[style] if style < len(codes) else ""
    said = as_formatted(repr(value), code) if code else None
    if said is not None:
        marks.shown[at] = said


def _unpacked(packed: int) -> float:
    """A number in four bytes: the upper part of a float or an integer, perhaps times 100."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = float(struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0])
    return value / 100 if packed & 1 else value
