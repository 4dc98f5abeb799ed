"""A study on a real Dask cluster of two workers, of which one is killed half-way."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from study_rig import ROOT, played, small

from ttx.studies.plan import StudyError
from ttx.studies.study import begin
from ttx.studies.sweep import Progress, play_on
from ttx.studies.workers import crew

pytestmark = pytest.mark.slow

PATIENCE = 120.0
"""Seconds after which a cluster counts as never coming."""


@contextmanager
def cluster() -> Iterator[tuple[str, list[int]]]:
    """The address of a cluster, and its workers' process ids; all of it is gone afterwards."""
    child = subprocess.Popen(
        [sys.executable, ROOT / "tests" / "cluster_rig.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        assert select.select([child.stdout], [], [], PATIENCE)[0], "no cluster came up"
        said = json.loads(child.stdout.readline())
        yield said["address"], said["pids"]
        child.stdin.close()
        child.wait(PATIENCE)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait(PATIENCE)
        child.stdout.close()
        child.stdin.close()


def test_a_cluster_of_which_a_worker_is_killed_comes_to_the_same(tmp_path: Path) -> None:
    study, said, killed = begin(tmp_path / "spread", small()), list[str](), list[int]()

    with cluster() as (address, pids):

        def tell(now: Progress) -> None:
            if now.played and not killed:
                killed.append(pids[0])
                os.kill(pids[0], signal.SIGKILL)

        with crew(cluster=address) as made:
            assert 2 == made.width
            play_on(study, made, tell, said.append)
        assert 2 == len(set(pids))

    assert 1 == len(killed)
    assert [] == said
    assert played(tmp_path / "here")[0].digest == study.digest


def test_a_cluster_that_is_not_there_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ttx.studies.workers.PATIENCE", 0.5)
    for address in ("tcp://127.0.0.1:1", "nowhere"):
        with pytest.raises(StudyError) as refused:
            played(tmp_path / "none", cluster=address)
        assert f"no Dask scheduler at {address}" in str(refused.value)
        assert "\n" not in str(refused.value)


def test_a_cluster_without_its_library_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ValueError, match=r"pip install 'ttx\[cluster\]'"):
        played(tmp_path / "none", cluster="tcp://127.0.0.1:1")
