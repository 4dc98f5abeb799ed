"""What is said and noted where a save cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ttx.session.notebook_events import Noted
from ttx.session.record import read
from ttx.session.save_header import (
    SaveError,
)


def notes(path: Path) -> list[str]:
    return [e.event.text for e in read(path).entries if isinstance(e.event, Noted)]


def sentence(action: Callable[[], object]) -> str:
    """The sentence of a SaveError."""
    with pytest.raises(SaveError) as refused:
        action()
    words = str(refused.value)
    assert words.endswith(".")
    assert "\n" not in words
    return words
