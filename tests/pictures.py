"""Takes the pictures of docs/ anew from the snapshots of the screens: `python tests/pictures.py`.

To be run once the snapshots are.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from browser import picture_of
from kit.office import pages, picture_of_page, printed
from PIL import Image

from ttx.report.filed import account_of, file
from ttx.session.record import read

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


REPORT = ROOT / "tests" / "saves" / "format-1-facilitated.ttx.toml"
"""The run whose report is shown as a Word file, and three of its pages: front, charts, plan."""


SHOWN = ("Figure 1:", "Corrective action")
"""What stands on the second and the third of them."""
EDGE, GROUND = 12, "#9a9a9a"
"""Pixels between pages, and what lies there."""


def main() -> None:
    """Draw each in a browser, and keep it in as few colours as a screen has."""
    pages_of_word()
    with TemporaryDirectory() as folder:
        for name, shot in OF.items():
            page, drawn = Path(folder) / f"{name}.svg", Path(folder) / f"{name}.png"
            page.write_bytes((SHOTS / f"{shot}.svg").read_bytes())
            picture_of(page, drawn, SIZE)
            with Image.open(drawn) as image:
                image.quantize(256).save(ROOT / "docs" / "pictures" / f"{name}.png", optimize=True)


def pages_of_word() -> None:
    """Three pages of a report as an office lays them out, side by side."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        file(account_of(read(REPORT)), REPORT, "docx", folder / "report.docx")
        (laid,) = printed([folder / "report.docx"], folder)
        told = pages(laid)
        shown = [0, *(at for at, page in enumerate(told) if any(w in page for w in SHOWN))][:3]
        drawn = [picture_of_page(laid, at + 1, folder) for at in shown]
        high = max(page.height for page in drawn)
        sheet = Image.new(
            "RGB", (sum(page.width + EDGE for page in drawn) + EDGE, high + 2 * EDGE), GROUND
        )
        left = EDGE
        for page in drawn:
            sheet.paste(page, (left, EDGE))
            left += page.width + EDGE
        sheet.quantize(64).save(ROOT / "docs" / "pictures" / "word.png", optimize=True)


if __name__ == "__main__":
    main()
