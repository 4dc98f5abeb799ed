"""The pages for whoever carries on: what they name is there, and recipes leave nothing out."""

from __future__ import annotations

import importlib
import inspect
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

from ttx.cli import main
from ttx.cli.app import app
from ttx.exercise.model.scores import Derived
from ttx.session.kinds import ROWS
from ttx.tui.page import Page
from ttx.tui.routes import PAGES, page

ROOT = Path(__file__).parents[1]
FOR_WHOEVER_CARRIES_ON = ("CONTRIBUTING.md", "SECURITY.md")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|toml|cff|py))`")
"""A path of the repository, as a page writes it; a folder ends with a slash."""
MADE = ("snapshot_report.html", "incidents.log")
"""What a page names and a run makes."""


def recipe(title: str) -> str:
    """The text below a heading of CONTRIBUTING.md, up to the next one."""
    return CONTRIBUTING.partition(f"### {title}\n")[2].partition("\n##")[0].partition("\n### ")[0]


def paths(text: str) -> set[str]:
    """The files and folders that a text names."""
    return {path for path in NAMED.findall(text) if path not in MADE}


def test_what_tests_share_is_in_the_kit() -> None:
    taken = re.compile(r"^\s*(?:from|import) (?:tests\.)?test_\w+", re.MULTILINE)

    assert [] == [
        path.name
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if taken.search(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("name", FOR_WHOEVER_CARRIES_ON)
def test_every_path_on_a_page_is_there(name: str) -> None:
    named = paths((ROOT / name).read_text("utf-8"))

    assert len(named) > 20
    assert [] == sorted(path for path in named if not (ROOT / path).exists())


@pytest.mark.parametrize("name", FOR_WHOEVER_CARRIES_ON)
def test_every_link_on_a_page_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", (ROOT / name).read_text("utf-8"))

    assert [] == [link for link in links if not (ROOT / link).exists()]


def test_every_name_that_a_recipe_gives_is_in_its_file() -> None:
    pairs = re.findall(r"`(\w+)`,? in `([\w/]+\.py)`", CONTRIBUTING)

    assert {("ROWS", "ttx/session/kinds.py"), ("Derived", "ttx/exercise/model/scores.py")} <= {
        *pairs
    }
    for name, file in pairs:
        text = (ROOT / file).read_text("utf-8")
        assert re.search(rf"^(?:def |class )?{name}\b", text, re.MULTILINE), (name, file)


def test_every_target_that_a_page_gives_make_is_there() -> None:
    targets = {*re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)}
    asked = {*re.findall(r"`make ([\w-]+)`", CONTRIBUTING)}

    assert {"check", "test", "matrix"} <= asked
    assert set() == asked - targets


def test_the_recipe_of_an_entry_names_the_homes_of_all_there_are() -> None:
    homes = {Path(inspect.getfile(row.fact)).relative_to(ROOT).as_posix() for row in ROWS}

    assert set() == homes - paths(recipe("A new kind of entry"))


def test_the_recipe_of_a_score_names_every_room_that_knows_derived_values_by_their_kind() -> None:
    union: Any = Derived
    kinds = "|".join(kind.__name__ for kind in get_args(get_args(union)[0]))
    imported = re.compile(
        rf"^from ttx\.exercise\.model\.scores import (?:\([^)]*|.*)\b(?:{kinds})\b", re.MULTILINE
    )
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "ttx").rglob("*.py")
        if imported.search(path.read_text("utf-8"))
    }

    assert "ttx/adjudicator/scores.py" in knowing
    assert set() == knowing - paths(recipe("A new score, or a new way to work one out"))


def test_the_recipe_of_a_screen_leaves_no_page_out() -> None:
    named = {page(name) for name in PAGES}
    for path in sorted((ROOT / "ttx" / "tui" / "screens").glob("[a-z]*.py")):
        module = importlib.import_module(f"ttx.tui.screens.{path.stem}")
        for kind in vars(module).values():
            whole = isinstance(kind, type) and issubclass(kind, Page) and "BINDINGS" in vars(kind)
            if whole and kind.__module__ == module.__name__:
                assert any(issubclass(one, kind) for one in named), kind.__name__


def test_every_verb_lives_where_the_recipe_says_and_has_its_line_in_the_readme() -> None:
    group: Any = typer.main.get_command(app)
    for name, verb in group.commands.items():
        assert f"\nttx {name} " in readme(), name
        for command in getattr(verb, "commands", {name: verb}).values():
            home = Path(inspect.getfile(inspect.unwrap(command.callback)))
            assert (ROOT / "ttx" / "cli") == home.parent, name
    assert callable(main)


def test_the_citation_is_of_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    keys = dict(re.findall(r"^([\w-]+): *(.*)$", text, re.MULTILINE))

    assert {"cff-version", "message", "title", "authors", "type", "version"} <= keys.keys()
    assert ("1.2.0", "software") == (keys["cff-version"], keys["type"])
    assert (project["version"], project["license"]) == (keys["version"], keys["license"])
    assert [one["name"] for one in project["authors"]] == re.findall(r"- name: (.*)", text)


def test_only_what_was_run_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = re.findall(r":: Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    (tried,) = re.findall(r"^Tried on (\w+) with Python (.*?), and", readme(), re.MULTILINE)

    assert declared == re.findall(r"3\.\d+", tried[1])
    assert f">={declared[0]}" == project["requires-python"]
    assert [f"Operating System :: POSIX :: {tried[0]}"] == [
        one for one in project["classifiers"] if one.startswith("Operating System")
    ]


def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")
