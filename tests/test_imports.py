from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from kit.pure import FORBIDDEN, PURE, ROOT

HIDDEN = re.compile(
    r"(?:.*\.)?(?:date|datetime)\.(?:now|today|utcnow)"  # the clock, through the calendar
    r"|open|print|input|breakpoint"  # the disk and the terminal, without an import
    r"|__import__|exec|eval|(?:importlib\.)?import_module"  # anything at all
    r"|(?:np|numpy)\.random\..*"  # luck that is not the dice
)
"""Calls that reach outside without an import that import-linter could see."""


def run(code: str) -> set[str]:
    """The top-level modules that a fresh Python has loaded after that code."""
    script = f"{code}\nimport json, sys\nprint(json.dumps([*sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def sources(room: str) -> list[Path]:
    spec = find_spec(room)
    assert spec is not None, f"there is no {room}"
    assert spec.origin is not None, f"{room} has no source"
    path = Path(spec.origin)
    return sorted(path.parent.rglob("*.py")) if spec.submodule_search_locations else [path]


def trespasses(source: str) -> list[str]:
    """The lines of a module that import what a pure room must not, or reach it otherwise."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                reached = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), names=names, level=0):
                reached = [module, *(f"{module}.{alias.name}" for alias in names)]
            case ast.Call(func=func) if HIDDEN.fullmatch(ast.unparse(func)):
                found.append(f"line {node.lineno}: {ast.unparse(func)}()")
                continue
            case _:
                continue
        found += [
            f"line {node.lineno}: import {name}"
            for name in reached
            if name.partition(".")[0] in FORBIDDEN or name.startswith("numpy.random")
        ]
    return found


@pytest.mark.slow
def test_checking_an_exercise_never_loads_a_screen() -> None:
    loaded = run(
        "import sys\n"
        "from ttx.cli import main\n"
        "sys.argv = ['ttx', 'check', 'exercises/tutorial']\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as stop:\n"
        "    assert not stop.code, stop.code\n"
    )

    assert "pydantic" in loaded
    assert set() == loaded & {"textual", "asyncssh"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "room", ["ttx.exercise", "ttx.adjudicator", "ttx.session", "ttx.analysis", "ttx.report"]
)
def test_a_room_below_the_screens_loads_none(room: str) -> None:
    loaded = run(
        f"import importlib, pkgutil, {room} as room\n"
        "for module in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "    importlib.import_module(module.name)\n"
    )

    assert "ttx" in loaded
    assert set() == loaded & {"textual", "rich", "asyncssh"}


@pytest.mark.slow
def test_the_first_screen_waits_for_no_arithmetic() -> None:
    loaded = run("import ttx.tui.app")

    assert "textual" in loaded
    assert set() == loaded & {"numpy", "transitions", "tomli_w", "asyncssh"}


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_reaches_nothing_outside(room: str) -> None:
    assert {} == {
        str(path.relative_to(ROOT)): found
        for path in sources(room)
        if (found := trespasses(path.read_text(encoding="utf-8")))
    }


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import os.path as p",
        "from time import monotonic",
        "def later():\n    import socket",
        "from numpy import random",
        "from numpy.random import default_rng",
        "import datetime\ndatetime.datetime.now(datetime.UTC)",
        "from datetime import date\ndate.today()",
        "open('x')",
        "import numpy as np\nnp.random.default_rng(1)",
    ],
)
def test_a_trespass_is_seen(source: str) -> None:
    assert trespasses(source)


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.date(2026, 7, 1)",
        "from ttx.exercise.model.exercise import Exercise",
        "from . import events",
        "import numpy as np\nnp.int32(1)",
        "clock.now(turn)",
    ],
)
def test_arithmetic_is_no_trespass(source: str) -> None:
    assert [] == trespasses(source)
