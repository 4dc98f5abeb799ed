from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from study_rig import ROOT, played, small

from ttx.adjudicator.tables import Tables
from ttx.analysis.course import play
from ttx.studies import parts
from ttx.studies.merge import absent, merge
from ttx.studies.plan import Plan, StudyError, Task
from ttx.studies.rows import open_row
from ttx.studies.study import PARTS, Study, begin, open_study
from ttx.studies.sweep import Progress, play_on
from ttx.studies.workers import Crew, Here, crew, results

PATIENCE = 60.0
"""Seconds after which what was to come counts as never coming."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The small study, played by this process alone."""
    return played(tmp_path_factory.mktemp("studies") / "whole")[0]


def copied(study: Study, folder: Path) -> Study:
    """A study in another folder, to be damaged there."""
    shutil.copytree(study.folder, folder)
    return open_study(folder)


def sentence(refused: pytest.ExceptionInfo[ValueError]) -> str:
    """What was said, which has to be one sentence."""
    said = str(refused.value)
    assert said
    assert "\n" not in said
    assert said.endswith((".", "'")) or "go on with: " in said
    return said


# --- what a study holds ---


def test_a_study_holds_what_the_engine_plays_row_by_row(whole: Study) -> None:
    plan = whole.plan
    tables, worlds = Tables(plan.exercise), np.arange(plan.worlds, dtype=np.uint64)

    for policy in plan.policies:
        kept, there = whole.course(policy.id), play(tables, policy, plan.seed, worlds)
        for name in parts.NAMES:
            one, other = getattr(kept, name), getattr(there, name)
            assert other.dtype == one.dtype, name
            assert np.array_equal(other, one), name


@pytest.mark.slow
def test_the_digest_is_of_the_results_and_not_of_how_they_were_cut(
    whole: Study, tmp_path: Path
) -> None:
    coarse, _ = played(tmp_path / "coarse", replace(small(), block=300))
    other, _ = played(tmp_path / "other", small(seed=6))

    assert whole.digest == coarse.digest
    assert whole.digest != other.digest


def test_a_row_is_a_policy_and_a_world(whole: Study) -> None:
    names = [one.id for one in whole.plan.policies]

    assert (names[0], 0) == (whole.plan.row(0)[0].id, whole.plan.row(0)[1])
    assert (names[1], 7) == (whole.plan.row(307)[0].id, whole.plan.row(307)[1])
    with pytest.raises(StudyError) as refused:
        whole.plan.row(whole.plan.rows)
    assert f"0 to {whole.plan.rows - 1}" in sentence(refused)


def test_a_part_takes_the_least_room_that_holds_it_and_gives_back_the_same() -> None:
    wide = np.array([[40_000, -3]], np.int32)
    arrays = {"a": np.array([-128, 127], np.int32), "b": np.array([128], np.int32), "c": wide}

    found, about = parts.unpack(parts.pack(arrays, {"n": 1}))

    assert ["int8", "int16", "int32"] == [found[name].dtype.name for name in "abc"]
    assert all(np.array_equal(values, found[name]) for name, values in arrays.items())
    assert {"n": 1} == about
    with pytest.raises(OverflowError):
        parts.narrowed(np.array([2**31], np.int64))


def test_every_byte_of_a_part_is_held_by_its_checksum() -> None:
    data = parts.pack({"a": np.arange(40, dtype=np.int32)}, {"n": 1})
    found, about = parts.unpack(data)

    for at in range(0, len(data), 7):
        harmed = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        try:
            other, said = parts.unpack(harmed)
        except parts.Damaged:
            continue
        assert said == about, at  # a byte that says nothing, such as a date in the archive
        assert np.array_equal(other["a"], found["a"]), at
    with pytest.raises(parts.Damaged):
        parts.unpack(data[: len(data) // 2])


# --- who plays it ---


@pytest.mark.slow
def test_three_shards_in_any_order_come_to_the_same(whole: Study, tmp_path: Path) -> None:
    shards = [played(tmp_path / f"s{part}", shard=f"{part}/3")[0] for part in (1, 2, 3)]
    merged = merge([shards[at].folder for at in (2, 0, 1)], tmp_path / "merged")

    assert whole.digest == merged.digest
    assert "" == absent(merged, shards)


@pytest.mark.slow
def test_processes_of_which_one_is_killed_come_to_the_same(whole: Study, tmp_path: Path) -> None:
    study, said, pids = begin(tmp_path / "two", small()), list[str](), set[int]()

    def tell(now: Progress) -> None:
        pool = made._executor
        if now.played and not pids and isinstance(pool, ProcessPoolExecutor):
            pids.update(pool._processes)
            os.kill(min(pids), signal.SIGKILL)

    with crew(2) as made:
        play_on(study, made, tell, said.append)

    assert 2 == len(pids)
    assert ["A worker ended unasked; its blocks are played again by new ones."] == said
    assert whole.digest == study.digest


@pytest.mark.slow
def test_a_killed_study_goes_on_where_it_was(tmp_path: Path) -> None:
    folder, worlds = tmp_path / "killed", 1500
    child = subprocess.Popen(
        [sys.executable, ROOT / "tests" / "study_rig.py", folder, str(worlds)],
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and len([*folder.glob(f"{PARTS}/*.npz")]) < 3:
        assert child.poll() is None, "it ended before it could be killed"
        time.sleep(0.002)
    child.kill()
    child.wait(PATIENCE)
    plan, kept = small(worlds=worlds), {path.name for path in folder.glob(f"{PARTS}/*.npz")}
    at = {path: (folder / PARTS / path).stat().st_mtime_ns for path in kept}

    assert 3 <= len(kept) < len(plan.tasks())
    again, _ = played(folder, plan)
    assert [] == again.missing()
    assert at == {path: (folder / PARTS / path).stat().st_mtime_ns for path in kept}
    assert played(tmp_path / "once", plan)[0].digest == again.digest


class Dying(Here):
    """An executor whose workers die at the second piece of work: as it is given, or over it."""

    def __init__(self, *, over: bool = False) -> None:
        self.given, self.over = 0, over

    def submit(self, work: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401  # as any executor
        self.given += 1
        if self.given == 2 and self.over:
            lost: Future[Any] = Future()
            lost.set_exception(BrokenExecutor())
            return lost
        if self.given == 2:
            raise BrokenExecutor
        return super().submit(work, *args, **kwargs)


@pytest.mark.parametrize("over", [False, True])
def test_work_of_lost_workers_is_done_once_more_by_new_ones_and_not_twice_more(
    *, over: bool
) -> None:
    def of(makes: Iterator[Executor]) -> Crew:
        return Crew(lambda: next(makes), 2, "here")

    said: list[str] = []
    jobs = [(number, (number,)) for number in range(5)]
    made = of(iter([Dying(over=over), Here()]))

    found = dict(results(made, lambda n: n * n, jobs, said.append))

    assert {0: 0, 1: 1, 2: 4, 3: 9, 4: 16} == found
    assert ["A worker ended unasked; its blocks are played again by new ones."] == said
    with pytest.raises(StudyError) as refused:
        list(results(of(iter([Dying(over=over), Dying()])), lambda n: n * n, jobs, said.append))
    assert "once more" in sentence(refused)


# --- what is refused ---


def test_a_damaged_part_is_refused_and_played_again(whole: Study, tmp_path: Path) -> None:
    study = copied(whole, tmp_path / "harmed")
    path = study.path(study.plan.tasks()[4])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

    with pytest.raises(StudyError) as refused:
        _ = study.digest
    assert path.name in sentence(refused)
    again, said = played(study.folder)
    assert 1 == len(said)
    assert path.name in said[0]
    assert whole.digest == again.digest


def test_a_part_of_another_block_or_study_is_no_part(whole: Study, tmp_path: Path) -> None:
    study, tasks = copied(whole, tmp_path / "moved"), whole.plan.tasks()
    shutil.copy(whole.path(tasks[0]), study.path(tasks[1]))

    with pytest.raises(StudyError) as refused:
        _ = study.digest
    assert "another block" in sentence(refused)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"seed": 6}, "seed differs;"),
        ({"worlds": 200}, "worlds differ"),
        ({"baseline": "eager"}, "baseline differs;"),
        ({"fixed": {"start.unity": 1}}, "numbers set differ"),
    ],
)
def test_a_folder_of_another_study_stays_as_it_is(
    whole: Study, tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    study = copied(whole, tmp_path / "there")
    before = {path: path.read_bytes() for path in study.folder.rglob("*") if path.is_file()}

    with pytest.raises(StudyError) as refused:
        begin(study.folder, replace(small(), **change))

    assert says in sentence(refused)
    assert before == {p: p.read_bytes() for p in study.folder.rglob("*") if p.is_file()}


def test_what_is_no_study_or_of_another_version_is_said(whole: Study, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    with pytest.raises(StudyError) as refused:
        begin(other, small())
    assert "holds no study" in sentence(refused)
    assert [other / "letter.txt"] == [*other.iterdir()]

    with pytest.raises(StudyError) as refused:
        open_study(tmp_path / "none")
    assert "There is no folder" in sentence(refused)

    study = copied(whole, tmp_path / "newer")
    head = study.folder / "study.toml"
    said = head.read_text()
    head.write_text(said.replace("format = 1", "format = 2", 1))
    with pytest.raises(StudyError) as refused:
        open_study(study.folder)
    assert "format 2" in sentence(refused)
    with pytest.raises(StudyError) as refused:
        begin(study.folder, small())
    assert "format 2" in sentence(refused)

    head.write_text(said.replace('version = "', 'version = "9.', 1))
    with pytest.raises(StudyError) as refused:
        begin(study.folder, small())
    assert "begun by ttx 9." in sentence(refused)

    for old, new, says in (
        ("seed = 5", "seed = 6", "was changed"),
        ("worlds = 300", f"worlds = {10**12}", "rows at most"),
        ("block = 32", "block = 0", "at least"),
        ("[[policy]]", "[[polity]]", "is damaged ("),
    ):
        head.write_text(said.replace(old, new))
        with pytest.raises(StudyError) as refused:
            open_study(study.folder)
        assert says in sentence(refused)

    head.write_text(said)
    exercise = study.folder / "exercise.toml"
    exercise.write_text(exercise.read_text().replace("[briefing]", "[briefink]", 1))
    with pytest.raises(StudyError) as refused:
        open_study(study.folder)
    assert "The exercise beside" in sentence(refused)
    assert "\n" not in str(refused.value)


def test_shards_of_other_exercises_and_studies_are_not_merged(whole: Study, tmp_path: Path) -> None:
    other = begin(tmp_path / "other", small(seed=6))
    theirs = small().exercise.model_copy(update={"minutes": 99})
    foreign = begin(tmp_path / "foreign", replace(small(), exercise=theirs, digest=""))

    for folder, says in ((other.folder, "not shards of one"), (foreign.folder, "different exerc")):
        with pytest.raises(StudyError) as refused:
            merge([whole.folder, folder], tmp_path / "out")
        assert says in sentence(refused)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_missing_shard_is_named_and_the_rest_is_kept(whole: Study, tmp_path: Path) -> None:
    shards = [played(tmp_path / f"s{part}", shard=f"{part}/3")[0] for part in (1, 2, 3)]
    half = merge([shards[2].folder, shards[0].folder], tmp_path / "half")

    assert "those of shard 2/3;" in absent(half, [shards[0], shards[2]])
    with pytest.raises(StudyError) as refused:
        _ = half.digest
    assert "not finished" in sentence(refused)
    assert whole.digest == merge([shards[1].folder], half.folder).digest
    with pytest.raises(StudyError) as refused:
        begin(tmp_path / "s4", small(), shard="4/3")
    assert "1/3" in sentence(refused)


@pytest.mark.slow
def test_shards_that_overlap_must_agree_bit_for_bit(whole: Study, tmp_path: Path) -> None:
    shard, _ = played(tmp_path / "s1", shard="1/3")
    assert whole.digest == merge([shard.folder, whole.folder], tmp_path / "same").digest

    task = shard.tasks()[2]
    arrays, about = parts.unpack(shard.bytes_of(task))
    arrays["scores"][0, 0, 0] += 1
    shard.path(task).write_bytes(parts.pack(arrays, about))

    with pytest.raises(StudyError) as refused:
        merge([whole.folder, shard.folder], tmp_path / "apart")
    assert "other results" in sentence(refused)
    assert not (tmp_path / "apart").exists()


def test_a_study_of_another_kind_has_no_rows_to_play_merge_or_open(tmp_path: Path) -> None:
    command = "ttx sensitivity tutorial --question steady:eager"
    study = begin(tmp_path / "other", replace(small(), kind="sensitivity"), command=command)

    for asked in (
        lambda: played(study.folder, study.plan),
        lambda: merge([study.folder], tmp_path / "out"),
        lambda: open_row(study, 0, tmp_path / "row.ttx.toml"),
        lambda: study.course("steady"),
    ):
        with pytest.raises(StudyError) as refused:
            asked()
        assert "a sensitivity study, which keeps counts and no rows" in sentence(refused)
        assert str(refused.value).endswith(command)
    assert [study.folder] == [*tmp_path.iterdir()]


def test_a_study_is_its_owners_and_has_one_writer(whole: Study, tmp_path: Path) -> None:
    study = copied(whole, tmp_path / "held")

    assert 0o700 == whole.folder.stat().st_mode & 0o777
    assert 0o600 == whole.path(whole.plan.tasks()[0]).stat().st_mode & 0o777
    with study.held(), pytest.raises(StudyError) as refused, open_study(study.folder).held():
        pass
    assert "another process" in sentence(refused)


def test_a_study_that_cannot_be_begun_is_said_by_its_own_name(tmp_path: Path) -> None:
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, kept[1]))
    try:
        with pytest.raises(StudyError) as refused:
            begin(tmp_path / "study", small())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
        signal.signal(signal.SIGXFSZ, handled)

    assert f"{tmp_path / 'study' / 'exercise.toml'} cannot be written" in str(refused.value)
    assert [] == [*tmp_path.iterdir()]


def test_tasks_are_all_rows_once() -> None:
    plan: Plan = small(worlds=70)
    rows = [
        task.policy * plan.worlds + world
        for task in plan.tasks()
        for world in range(task.first, task.first + task.count)
    ]

    assert [*range(plan.rows)] == sorted(rows)
    assert Task(0, 64, 6) in plan.tasks()
