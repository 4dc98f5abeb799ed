"""The drawings of a document as pictures, at the resolution of print.

Word has no SVG that every version shows. The words in a picture are set in a typeface that is a
package, so that they stand there on a machine without any, and the picture is the same everywhere;
what that typeface has no signs for is left to those of the machine.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from ttx.extras import need

DOTS = 300
"""Dots an inch: what a page printer sets."""
PER_INCH = 96
"""Units of a drawing in an inch, by CSS."""
MILLIMETRES = 25.4
"""In an inch."""
_FACE = "Source Sans Pro"
_CUTS = ("Regular", "Semibold", "Bold")
_BEYOND = re.compile(
    r"[^\n\x20-~\u00a0-\u017e\u0384-\u038a\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u1e80-\u1e85"
    r"\u1ea0-\u1ef9\u2012-\u2016‘’‚“”„†‡•…‰′″‹›€№™−∞≈≠≤≥←↑→↓◀▶▲▼☐✓]"
)
"""What the packaged typeface may have no sign for: scripts other than Latin, Greek and Cyrillic."""
_SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"', re.DOTALL)
_BOX = re.compile(r'<svg[^>]*?\bviewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', re.DOTALL)


def fitted(svg: str, widest: float, highest: float) -> float:
    """How wide a drawing is on paper, in millimetres: its own size, or as much as there is room."""
    found = _SIZE.search(svg) or _BOX.search(svg)
    if found is None:
        return widest
    wide, high = (max(float(size), 1) for size in found.groups())
    return min(wide / PER_INCH * MILLIMETRES, widest, highest * wide / high)


def picture(svg: str, wide: float) -> bytes:
    """A drawing as a PNG that is so many millimetres wide in print, on a white ground.

    Raises:
        Missing: What draws it, or the typeface, is not installed.
    """
    resvg, face = need("resvg_py", "office"), need("font_source_sans_pro", "office")
    folder = Path(face.font_directory)
    drawn: bytes = resvg.svg_to_bytes(
        svg_string=svg,
        width=round(wide / MILLIMETRES * DOTS),
        background="#ffffff",
        font_files=[str(folder / f"SourceSansPro-{cut}.ttf") for cut in _CUTS],
        font_family=_FACE,
        sans_serif_family=_FACE,
        skip_system_fonts=_BEYOND.search(unescape(svg)) is None,
    )
    return bytes(drawn)
