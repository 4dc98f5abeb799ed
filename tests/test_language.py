"""The language that verbs speak: `--language`, TTX_LANGUAGE, and what is no language."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pseudo import CODE, Pseudo, plain_words
from typer.main import get_command
from typer.testing import CliRunner

from ttx import i18n
from ttx.catalogues import NoCatalogue
from ttx.cli.app import app, say_help_in_language
from ttx.cli.language import read_in

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def pseudo_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A language in which nothing is said yet; whoever read before reads again afterwards."""
    monkeypatch.setattr(i18n, "_CATALOGUES", {CODE: Pseudo()})
    before = i18n.reader()
    yield
    i18n.read_by(before)


@pytest.mark.parametrize(
    ("arguments", "environment", "rest", "language"),
    [
        (["play", "tutorial"], {}, ["play", "tutorial"], "en"),
        (["--language", "xx", "play", "tutorial"], {}, ["play", "tutorial"], "xx"),
        (["play", "--language=xx", "tutorial"], {}, ["play", "tutorial"], "xx"),
        (["play", "tutorial", "--language", "xx"], {}, ["play", "tutorial"], "xx"),
        (["check", "--", "--language"], {}, ["check", "--", "--language"], "en"),
        (["play"], {"TTX_LANGUAGE": "xx"}, ["play"], "xx"),
        (["play", "--language", "en"], {"TTX_LANGUAGE": "xx"}, ["play"], "en"),
        (["play"], {"TTX_LANGUAGE": ""}, ["play"], "en"),
    ],
)
def test_the_language_may_stand_anywhere(
    arguments: list[str], environment: dict[str, str], rest: list[str], language: str
) -> None:
    assert rest == read_in(arguments, environment)
    assert language == i18n.language()


@pytest.mark.parametrize(
    ("arguments", "environment", "where"),
    [
        (["play", "--language"], {}, "--language: ''"),
        (["play", "--language=Japanese"], {}, "--language: 'Japanese'"),
        (["play"], {"TTX_LANGUAGE": "ja_JP"}, "TTX_LANGUAGE: 'ja_JP'"),
    ],
)
def test_what_is_no_language_is_refused(
    arguments: list[str], environment: dict[str, str], where: str
) -> None:
    with pytest.raises(NoCatalogue, match=re.escape(where)):
        read_in(arguments, environment)
    assert "en" == i18n.language()


def test_a_verb_refuses_it_in_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ttx", "check", "tutorial", "--language", "English"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TTX_LANGUAGE": "en"},
        check=False,
    )
    assert 2 == done.returncode
    assert "" == done.stdout
    assert (
        "--language: 'English' is no code of a language; write two small letters, such as en.\n"
        == done.stderr
    )


def helps(command: object) -> Iterator[str]:
    """What a verb, its options and the verbs below it say of themselves."""
    yield getattr(command, "help", None) or ""
    for part in getattr(command, "params", ()):
        yield from helps(part)
    for below in getattr(command, "commands", {}).values():
        yield from helps(below)


def test_help_is_in_the_language_in_force() -> None:
    with i18n.reading(CODE):
        say_help_in_language()
        said = [*helps(get_command(app))]
    say_help_in_language()
    assert 100 < len(said)
    assert set() == plain_words("\n".join(said), frozenset({"Show", "this", "message", "exit"}))


def test_help_is_english_where_nothing_else_is_asked_for() -> None:
    say_help_in_language()
    shown = CliRunner().invoke(app, ["verify", "--help"]).output
    assert "Check a save from its first byte to its last, and print its seal." in shown
