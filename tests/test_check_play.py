"""`ttx check` with its options: what an author reads, and what an editor does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
import small
from kit.person import mistake, ttx_
from ssh_rig import ROOT

from ttx.analysis.rehearsal.symptom import Kind

pytestmark = pytest.mark.slow


def test_play_says_what_shows_only_so_with_file_and_line(tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small", small.FILES)

    out, err = ttx_("check", folder, "--play", "100")

    last = out.splitlines()
    assert "Playing 100 worlds with each of " in err
    assert last[-1].startswith(f"{folder}: no mistakes; ")
    assert " remarks from play, 100 worlds a robot." in last[-2]
    told = [line for line in last if line.startswith("in play: ")]
    assert f"{len(told)} remarks" in last[-2]
    assert all(f"in play: {folder}/" in line and ".toml" in line for line in told)


def test_an_editor_reads_mistakes_warnings_and_findings_with_their_lines(tmp_path: Path) -> None:
    files = dict(small.FILES)
    name = next(n for n, t in files.items() if "[[adversary]]" in t)
    lines = files[name].split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("act = "))
    lines[at] = lines[at].replace("bias = ", "bias = 9", 1)
    files[name] = "\n".join(lines)
    folder = small.write(tmp_path / "small", files)

    said = json.loads(ttx_("check", folder, "--play", "100", "--json")[0])

    (always,) = [one for one in said["play"]["findings"] if one["kind"] == "adversary_always"]
    header = next(i for i, line in enumerate(lines, 1) if line == "[[adversary]]")
    assert (True, [], 100) == (said["sound"], said["mistakes"], said["play"]["worlds"])
    assert (str(folder / name), header) == (always["file"], always["line"])
    assert 99 <= always["number"] <= 100
    assert "acts in" in always["text"]
    assert {*said["play"]["robots"]} == {*said["play"]["in_time"]}


def test_a_mistake_is_told_to_an_editor_and_nothing_is_played(tmp_path: Path) -> None:
    files = {n: t.replace("rate = ", "rte = ", 1) for n, t in small.FILES.items()}
    folder = small.write(tmp_path / "small", files)

    out, err = ttx_("check", folder, "--play", "--json", code=1)

    said = json.loads(out)
    assert "" == err
    assert (False, False) == (said["sound"], "play" in said)
    assert any("did you mean 'rate'?" in one["text"] for one in said["mistakes"])
    assert all(isinstance(one["line"], int) for one in said["mistakes"])


def test_a_number_of_worlds_without_play_is_a_slip() -> None:
    assert "500 worlds are for --play: ttx check tutorial --play 500" == mistake(
        "check", "tutorial", "500"
    )


def test_a_number_of_worlds_that_says_too_little_is_refused() -> None:
    assert "greater than or equal to 100" in mistake("check", "tutorial", "--play", "7")


def test_the_page_on_authoring_says_when_each_kind_is_found() -> None:
    page = (ROOT / "docs" / "authoring.md").read_text("utf-8")
    told = page.partition("## What `ttx check --play` says")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?`(?:, `.*?`)*) \|", told, re.MULTILINE)

    assert [*get_args(Kind)] == [name for row in rows for name in re.findall(r"`(\w+)`", row)]
