"""A real browser without a window: the picture it makes of a file, its words, its printed pages."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

PATIENCE = 120
"""Seconds after which a page counts as never shown."""
BARE = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)


def _browse(*words: str) -> str:
    with TemporaryDirectory() as profile:
        done = subprocess.run(
            [shutil.which("chromium") or "chromium", *BARE, f"--user-data-dir={profile}", *words],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
    return done.stdout


def words_of(page: Path) -> str:
    """The document as the browser holds it once it is shown."""
    return _browse("--dump-dom", page.as_uri())


def picture_of(page: Path, picture: Path, size: tuple[int, int]) -> set[bytes]:
    """A picture of a page in a window of that size, and the colours in it."""
    _browse(f"--screenshot={picture}", f"--window-size={size[0]},{size[1]}", page.as_uri())
    return _colours(picture.read_bytes())


def pages_of(page: Path, printed: Path) -> int:
    """How many pages it is on paper."""
    _browse("--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri())
    return len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))


def _colours(png: bytes) -> set[bytes]:
    """The colours of a PNG of eight bits a channel; filters other than none count as they stand."""
    at, data, width, channels = 8, b"", 0, 3
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, channels = struct.unpack(">I", body[:4])[0], 4 if body[9] == 6 else 3
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    raw, stride = zlib.decompress(data), width * channels + 1
    rows = (raw[start + 1 : start + stride] for start in range(0, len(raw), stride))
    return {row[n : n + channels] for row in rows for n in range(0, len(row), channels)}
