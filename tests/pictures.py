"""Takes the pictures of docs/ anew from the snapshots of the screens: `python tests/pictures.py`.

To be run once the snapshots are.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from browser import picture_of
from PIL import Image

ROOT = Path(__file__).parents[1]
SHOTS = ROOT / "tests" / "__snapshots__" / "test_snapshots"
OF = {
    "compare": "test_compare[120x40]",
    "control": "test_control[control-120x40]",
    "lobby": "test_lobby",
    "hotwash": "test_hot_wash[hot-wash-120x40]",
    "replay": "test_replay[120x40]",
    "ruling": "test_screen[ruling-120x40]",
    "ruling-facilitator": "test_ruling_of_the_desk",
    "standing": "test_screen[standing-120x40]",
    "table": "test_screen[crisis-120x40]",
    "theatre": "test_screen[theatre-120x40]",
}
"""The snapshot that each picture shows."""
SIZE = (1482, 1026)
"""Pixels of a screen of 120 by 40 cells."""


def main() -> None:
    """Draw each in a browser, and keep it in as few colours as a screen has."""
    with TemporaryDirectory() as folder:
        for name, shot in OF.items():
            page, drawn = Path(folder) / f"{name}.svg", Path(folder) / f"{name}.png"
            page.write_bytes((SHOTS / f"{shot}.svg").read_bytes())
            picture_of(page, drawn, SIZE)
            with Image.open(drawn) as image:
                image.quantize(256).save(ROOT / "docs" / "pictures" / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
