"""No sentence below the screens names a key: keys can be rebound, and only screens know them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ttx
from ttx.session.notebook_events import SORTS
from ttx.tui.screens.play import KINDS

SESSION = Path(ttx.__file__).parent / "session"
NAMED = re.compile(
    r"""\b(Enter|Esc|Escape|Tab|PageUp|PageDown|Backspace|F\d+|ctrl\+\w+|shift\+\w+)\b  # by name
    |\b([Pp]ress|[Pp]resses)\b  # as something to do
    |(?:^|[\s(;:,])[A-Za-z?/\]\[](?=\s(writes|goes|shows|opens|puts|marks|takes|sets|does|on)\b)
    """,
    re.VERBOSE,
)
"""A key by its name, or a single sign that does something."""


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """The line and the text of every literal that is shown; docstrings are not."""
    tree = ast.parse(source)
    silent = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in silent:
            yield node.lineno, node.value if isinstance(node.value, str) else ""


def keys_named(source: str) -> list[tuple[int, str]]:
    """Those of them that name a key."""
    return [(line, text) for line, text in sentences(source) if NAMED.search(text)]


@pytest.mark.parametrize("path", sorted(SESSION.rglob("*.py")), ids=lambda path: path.stem)
def test_no_sentence_of_the_session_names_a_key(path: Path) -> None:
    assert not keys_named(path.read_text())


@pytest.mark.parametrize(
    "said",
    [
        "Observations are the evaluators'; n writes a note.",
        "Nothing is decided here. q goes back.",
        "watch it: P on Home, or ttx replay.",
        "Control answers request 2: ours  (I shows it whole)",
        "Enter confirms it.",
        "Press space to go on.",
    ],
)
def test_a_key_is_found_in_a_sentence(said: str) -> None:
    assert keys_named(f"x = {said!r}")


@pytest.mark.parametrize(
    "said",
    ["A rating is P, S, M or U, or N for not observed.", "I was there; you write a note."],
)
def test_letters_that_are_no_keys_are_left_alone(said: str) -> None:
    assert not keys_named(f"x = {said!r}")


def test_each_sort_of_note_can_be_chosen() -> None:
    assert ["no kind", *SORTS] == [*KINDS]
