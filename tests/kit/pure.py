"""What meets neither terminal, clock nor disk."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


PURE_CONTRACT = "The rules never meet the terminal, the clock or the disk"


def contract() -> tuple[list[str], set[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (found,) = [
        each
        for each in settings["tool"]["importlinter"]["contracts"]
        if each["name"] == PURE_CONTRACT
    ]
    return found["source_modules"], set(found["forbidden_modules"])


PURE, FORBIDDEN = contract()
