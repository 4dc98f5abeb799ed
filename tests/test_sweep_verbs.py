"""The verbs of studies as a person gives them: what they say, keep, refuse and leave behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
import typer
from kit.person import mistake, ttx_
from study_rig import ROOT

from ttx.cli.app import app
from ttx.exercise.load import load
from ttx.studies.asking import Asked, plan_of
from ttx.studies.study import PARTS, open_study

pytestmark = pytest.mark.slow

PATIENCE = 60.0
LONG = ("--worlds", "400000", "--workers", "2")
TUTORIAL = load(ROOT / "exercises" / "tutorial")


def digest_in(said: str) -> str:
    return next(line for line in said.splitlines() if line.startswith("Digest of all")).split()[-1]


def test_a_sweep_says_how_policies_differ_and_its_shards_come_to_the_same(tmp_path: Path) -> None:
    words = ("tutorial", "--policy", "steady", "--policy", "eager", "--worlds", "40")
    whole, said = ttx_("sweep", *words, "--out", tmp_path / "whole")

    assert "eager differs from steady in " in whole
    assert "SWEEP " in whole.splitlines()[0]
    assert "80 of 80 rows, 100 %" in said

    for part in ("2/2", "1/2"):
        out, said = ttx_("sweep", *words, "--shard", part, "--out", tmp_path / part[0])
        assert "" == out
        assert "ttx merge" in said
    out, said = ttx_("merge", tmp_path / "2", "--out", tmp_path / "merged", code=1)
    assert "those of shard 1/2;" in said
    out, _ = ttx_("merge", tmp_path / "1", "--out", tmp_path / "merged")
    assert digest_in(whole) == digest_in(out)

    again, said = ttx_("sweep", "--resume", tmp_path / "merged", "--json")
    table = json.loads(again)
    assert digest_in(whole) == table["results"]
    assert ["steady", "eager"] == table["policies"]
    assert 40 == table["worlds"]
    assert {"mean", "half", "better", "worse", "total", "squares"} <= {*table["differences"][0]}

    out, _ = ttx_("open", tmp_path / "merged", "--row", "41", "--out", tmp_path / "row.ttx.toml")
    assert f"{tmp_path / 'row.ttx.toml'}\n" == out
    ttx_("verify", tmp_path / "row.ttx.toml")


def running(folder: Path) -> subprocess.Popen[str]:
    """A long sweep by two processes, once it has kept something."""
    child = subprocess.Popen(
        [sys.executable, "-m", "ttx", "sweep", "tutorial", *LONG, "--out", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + PATIENCE
    while not [*folder.glob(f"{PARTS}/*.npz")]:
        assert child.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return child


def gone(group: int) -> bool:
    """Whether no process of a group is left, which is waited for."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_what_stops_a_sweep_leaves_what_was_played_and_no_worker(
    tmp_path: Path, number: signal.Signals
) -> None:
    folder = tmp_path / "stopped"
    child = running(folder)
    try:
        if number == signal.SIGINT:
            os.killpg(child.pid, number)  # as a terminal does
        else:
            child.send_signal(number)
        out, said = child.communicate(timeout=PATIENCE)
        assert gone(child.pid)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)

    assert "" == out
    assert "Traceback" not in said
    if number != signal.SIGKILL:
        assert 128 + number == child.returncode
        assert f"kept. Go on with: ttx sweep --resume {folder}" in said
    study = open_study(folder)
    wanted, damaged = study.looked_over()
    assert [] == damaged
    assert 0 < len(wanted) < len(study.tasks())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("sweep", "--resume", "{}", "--seed", "2"), "asked for already"),
        (("sweep",), "Name an exercise, or a study to go on with"),
        (("sweep", "tutorial", "--out", "{}"), "holds no study"),
        (("open", "{}", "--row", "1", "--out", "{}/row.ttx.toml"), "There is no study in"),
    ],
)
def test_a_mistake_in_the_asking_is_one_sentence_and_changes_nothing(
    tmp_path: Path, words: Sequence[str], says: str
) -> None:
    (tmp_path / "letter.txt").write_text("mine")

    assert says in mistake(*(word.format(tmp_path) for word in words))
    assert [tmp_path / "letter.txt"] == [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Asked(["stedy"]), "There is no robot 'stedy' (did you mean 'steady'?)."),
        (Asked(["steady"], baseline="eagr"), "There is no robot 'eagr'"),
        (Asked(["steady"], factors="patroll"), "There is no lever 'patroll'"),
        (Asked(factors="patrol"), "name it with --policy"),
        (Asked(["none.toml"]), "none.toml cannot be read: No such file"),
    ],
)
def test_what_an_exercise_does_not_have_is_said(asked: Asked, says: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        plan_of(TUTORIAL, asked)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_sweep_that_names_no_policy_plays_all_against_the_first_reference() -> None:
    plan, _ = plan_of(TUTORIAL, Asked())

    assert [one.id for one in TUTORIAL.robot] == [one.id for one in plan.policies]
    assert TUTORIAL.review.references[0] == plan.baseline


def test_a_baseline_that_was_not_named_is_played_too_and_a_factor_fills_the_plan() -> None:
    plan, _ = plan_of(TUTORIAL, Asked(["eager"], baseline="steady"))
    assert ["steady", "eager"] == [one.id for one in plan.policies]

    lever = TUTORIAL.lever[0]
    plan, _ = plan_of(TUTORIAL, Asked(["eager"], factors=lever.id))
    names = [f"eager+{lever.id}={level.id}" for level in lever.levels]
    assert names == [one.id for one in plan.policies]
    assert names[0] == plan.baseline


def test_the_page_asks_for_nothing_that_the_verbs_do_not_have() -> None:
    page = (ROOT / "docs" / "analysis.md").read_text("utf-8")
    asked = [
        line.split() for line in page.splitlines() if re.match(r"ttx (sweep|merge|open) ", line)
    ]
    verbs = {one.name: one for one in typer.main.get_command(app).commands.values()}  # type: ignore[attr-defined]  # a group

    assert 8 <= len(asked)
    for _, verb, *words in asked:
        options = {name for one in verbs[verb].params for name in one.opts}
        assert {word for word in words if word.startswith("--")} <= options, words


@pytest.mark.parametrize("factor", ["pace", "pace,standing_staff=none/cell/full@3"])
def test_the_factorials_of_the_page_can_be_planned(factor: str) -> None:
    exercise = load(ROOT / "exercises" / "accelerate")
    plan, _ = plan_of(exercise, Asked(["phased"], factors=factor))

    assert len(plan.policies) == len(exercise.levers["pace"].levels) * (3 if "," in factor else 1)
