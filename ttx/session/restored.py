"""A save that another program laid out anew: its bytes as they were, which their hashes prove.

Editors, mail and version control change line ends, and formatters change blanks and the way a list
is broken. What was said stays the same, and the hashes were made over what was said as ttx writes
it, so writing it again either gives the bytes that were hashed or shows that more was changed.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

OPENS = re.compile(rb"^[ \t]*\[\[[ \t]*event[ \t]*\]\]", re.MULTILINE)
"""Where a block begins, however it is laid out."""
STAMPS = ("n", "kind", "turn", "phase", "by", "to", "at", "elapsed")
"""The keys that every block begins with, in their order."""
AFTER_ALL = re.compile(rb'(^hash = "[0-9a-f]{32}"\n\n)[ \t\n\x1a]+\Z', re.MULTILINE)
"""Blanks after the last block, as editors leave them."""
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def unwrapped(data: bytes) -> bytes:
    """The bytes with the line ends and the encoding that ttx writes; the same where they are so."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            try:
                data = data.decode(encoding).encode()
            except UnicodeDecodeError:
                return data
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n") if b"\n" in data else data.replace(b"\r", b"\n")
    return AFTER_ALL.sub(rb"\1", data)


def laid_out(data: bytes) -> bytes:
    """The bytes as ttx lays them out; the same where they cannot be read as a save at all.

    Every block keeps the hash that it carries, so whoever reads the result finds where one does not
    hold.
    """
    import tomli_w  # most saves are read without

    try:
        table = tomllib.loads(data.decode(), parse_float=Decimal)
    except (ValueError, RecursionError):
        return data
    events = table.pop("event", None)
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        return data
    try:
        head = (tomli_w.dumps(table) + "\n").encode()
        return b"".join([head, *_blocks(events)])
    except (KeyError, TypeError, ValueError, AttributeError):
        return data


def _blocks(events: list[dict[str, Any]]) -> Iterator[bytes]:
    import tomli_w

    for event in events:
        rest = dict(event)
        prev, mark = rest.pop("prev"), rest.pop("hash")
        first = {key: rest.pop(key) for key in STAMPS if key in rest}
        body = tomli_w.dumps({"event": [{**first, **rest, "prev": prev}]})
        yield f'{body}hash = "{mark}"\n\n'.encode()


def line_of(data: bytes, number: int) -> int:
    """The line of a file in which its block of that number begins, however it is laid out."""
    starts = [block.start() for block in OPENS.finditer(data)]
    at = starts[number - 1] if number <= len(starts) else len(data)
    return data.count(b"\n", 0, at) + 1


def holds_blocks(data: bytes) -> bool:
    """Whether there is a block, however it is laid out."""
    return OPENS.search(data) is not None
