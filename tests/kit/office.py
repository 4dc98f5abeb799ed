"""A real office without a window: what it makes of a file on paper, as pages and their words."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

PATIENCE = 300
"""Seconds after which files count as never opened."""


def printed(papers: Sequence[Path], folder: Path) -> list[Path]:
    """Each file as a PDF in the folder, made by LibreOffice with a profile of its own."""
    done = subprocess.run(
        [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, papers),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert "Error" not in done.stdout + done.stderr, done.stderr
    made = [folder / f"{paper.stem}.pdf" for paper in papers]
    assert [] == [paper.name for paper in made if not paper.exists()]
    return made


def pages(printed_: Path) -> list[str]:
    """The words of each page, as they are laid out."""
    told = subprocess.run(
        [shutil.which("pdftotext") or "pdftotext", "-layout", str(printed_), "-"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return told.stdout.removesuffix("\f").split("\f")


def sizes(printed_: Path) -> list[tuple[int, int]]:
    """Width and height of each page in points."""
    told = subprocess.run(
        [shutil.which("pdfinfo") or "pdfinfo", "-l", "-1", str(printed_)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    found = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", told.stdout)
    return [(round(float(wide)), round(float(high))) for wide, high in found]


def picture_of_page(printed_: Path, number: int, folder: Path) -> Image.Image:
    """A page as a picture at 72 dots an inch, the first one being 1."""
    page = str(number)
    subprocess.run(
        [
            shutil.which("pdftoppm") or "pdftoppm",
            *("-r", "72", "-png", "-singlefile", "-f", page, "-l", page),
            str(printed_),
            str(folder / f"page-{page}"),
        ],
        timeout=PATIENCE,
        check=True,
    )
    with Image.open(folder / f"page-{page}.png") as image:
        return image.convert("RGB")
