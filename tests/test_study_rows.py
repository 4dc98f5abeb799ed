"""Rows of a study opened as saves: the same scores in every turn, and nothing to say against it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from kit.study_rows import opens
from study_rig import EDITION_1, ROOT, played

from ttx.exercise.load import load
from ttx.session.events import Chosen
from ttx.session.record import read
from ttx.session.save_header import SaveError
from ttx.studies import parts
from ttx.studies.asking import Asked, plan_of
from ttx.studies.plan import Plan, StudyError
from ttx.studies.rows import open_row

ASKED = (
    "us=accelerated,japan=phased",
    "accelerated+pace=phased+standing_staff=full@3",
    "random",
    "hawaii",
)


def flagship() -> Plan:
    """Four policies of edition 1, mixes and changed plans among them, in a few worlds."""
    plan, _ = plan_of(load(EDITION_1), Asked(ASKED, seed=3, worlds=8))
    return plan


@pytest.mark.slow
def test_any_row_opens_to_its_own_scores(tmp_path: Path) -> None:
    study, _ = played(tmp_path / "study", flagship())

    for number in (0, 7, 13, 21, 31):
        opens(study, number, tmp_path)
    with pytest.raises(SaveError, match="exists already"):
        open_row(study, 0, tmp_path / "0.ttx.toml")
    with pytest.raises(StudyError, match="no row 32"):
        open_row(study, 32, tmp_path / "32.ttx.toml")


@pytest.mark.slow
def test_a_row_in_which_a_policy_plays_red_opens_to_its_own_scores(tmp_path: Path) -> None:
    hawk = tmp_path / "hawk.toml"
    hawk.write_text('id = "hawk"\nname = "Hawk"\nabout = "It escalates."\nrule = "escalate"\n')
    asked = [
        "phased,red=escalate",
        f"hawaii,red={hawk}",
        "phased,red=restraint+pace=hold",
        "phased",
    ]
    plan, _ = plan_of(load(ROOT / "exercises" / "accelerate"), Asked(asked, seed=3, worlds=4))
    study, _ = played(tmp_path / "study", plan)

    for number in (1, 6, 9, 12):
        opens(study, number, tmp_path)
        chosen = [one.event for one in read(tmp_path / f"{number}.ttx.toml").entries]
        count = sum(isinstance(one, Chosen) for one in chosen)
        assert (number < 12) == (count == 3 * plan.exercise.turns.count)


@pytest.mark.slow
def test_a_row_opens_by_the_dice_that_its_world_has(tmp_path: Path) -> None:
    plan, _ = plan_of(load(ROOT / "exercises" / "tutorial"), Asked(["eager"], worlds=9))
    study, _ = played(tmp_path / "study", replace(plan, cycle=4))

    opens(study, 6, tmp_path)
    scores = study.course("eager").scores
    assert scores[:, :, 6].tolist() == scores[:, :, 2].tolist()


def test_a_row_that_this_version_would_play_otherwise_is_not_opened(tmp_path: Path) -> None:
    plan, _ = plan_of(load(ROOT / "exercises" / "tutorial"), Asked(["eager"], worlds=3))
    study, _ = played(tmp_path / "study", plan)
    task = study.tasks()[0]
    arrays, about = parts.unpack(study.bytes_of(task))
    arrays["scores"][-1, 0, 1] += 1
    study.path(task).write_bytes(parts.pack(arrays, about))
    out = tmp_path / "row.ttx.toml"

    with pytest.raises(StudyError, match=r"Row 1 of .* makes another run of it"):
        open_row(study, 1, out)
    assert not out.exists()
    open_row(study, 2, out)
    study.path(task).unlink()
    open_row(study, 1, tmp_path / "unplayed.ttx.toml")
