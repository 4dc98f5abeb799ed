"""No file needs a file that needs it: whatever is read first can be read to its end.

Imports inside functions and those for type checkers count like all others.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

import ttx

PACKAGE = Path(ttx.__file__).parent
Graph = Mapping[str, set[str]]
"""For each module, the modules it imports."""


def modules(package: Path) -> dict[str, Path]:
    """Every module of a package by its dotted name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each module that is imported anywhere in a file, with the name taken from it or none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports say the whole name"
            yield from ((node.module or "", alias.name) for alias in node.names)


def import_graph(known: Mapping[str, Path]) -> Graph:
    """The modules that each of these imports, among themselves."""
    graph = {}
    for name, path in known.items():
        needs = set()
        for module, part in imported(ast.parse(path.read_text())):
            inner = f"{module}.{part}"
            needs.add(inner if inner in known else module)
        graph[name] = needs & known.keys()
    return graph


def circles(graph: Graph) -> list[list[str]]:
    """The strongly connected components of more than one module, each sorted."""
    reached: dict[str, set[str]] = {}
    for start in graph:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            fresh = graph[waiting.pop()] - seen
            seen |= fresh
            waiting.extend(fresh)
        reached[start] = seen
    together = {
        tuple(sorted({name, *(other for other in reached[name] if name in reached[other])}))
        for name in graph
    }
    return sorted([*members] for members in together if len(members) > 1)


@cache
def graph() -> Graph:
    """That of ttx, read when the first test asks for it."""
    return import_graph(modules(PACKAGE))


@cache
def circles_of_ttx() -> list[list[str]]:
    """Those of ttx: whatever room they are asked for, they are the same."""
    return circles(graph())


def room_of(module: str) -> str:
    """The room of a module, or the module itself where it stands in none."""
    return module.split(".")[1] if "." in module else module


ROOMS = sorted({room_of(name) for name in modules(PACKAGE)})


@pytest.mark.parametrize("room", ROOMS)
def test_no_circle_passes_through_a_room(room: str) -> None:
    """A newcomer can read a file after the files it needs."""
    through = [circle for circle in circles_of_ttx() if room in map(room_of, circle)]
    assert not through, "\n".join(" <-> ".join(circle) for circle in through)


def test_circles_are_found_wherever_an_import_stands(tmp_path: Path) -> None:
    """The three ways to hide one are seen, and what only follows a circle is not part of it."""
    package = tmp_path / "house"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "hall.py").write_text("def enter():\n    from house import stairs\n")
    (package / "stairs.py").write_text("import house.loft\n")
    (package / "loft.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.hall import enter\n"
    )
    (package / "porch.py").write_text("from house.hall import enter\n")
    assert circles(import_graph(modules(package))) == [["house.hall", "house.loft", "house.stairs"]]
    (package / "loft.py").write_text("")
    assert circles(import_graph(modules(package))) == []


def test_the_graph_is_that_of_the_whole_package() -> None:
    """An empty graph has no circles either."""
    assert "ttx.session.run" in graph()["ttx.session.game"]
    assert "ttx.adjudicator.facts" in graph()["ttx.session.game"]
    assert len(graph()) > 300
