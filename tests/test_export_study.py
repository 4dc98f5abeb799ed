"""Studies taken away: the same numbers in every form, opened by the tools that they are for."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from kit.entries import holds
from ssh_rig import ROOT
from study_rig import small

from ttx import extras, files
from ttx.adjudicator.arithmetic import RESPONSES
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.analysis.course import Course, play
from ttx.analysis.policies import policies
from ttx.cli.app import app
from ttx.exercise.load import load
from ttx.studies import parts
from ttx.studies.export import taken
from ttx.studies.plan import Plan, StudyError
from ttx.studies.study import Study, begin, open_study, settings_checksum
from ttx.studies.sweep import play_on
from ttx.studies.workers import crew

WORLDS, BLOCK = 40, 16
DRAWN = {"start.trust": (3000, 6000), "strength.tension_trust": (0, 90)}


def begun(folder: Path) -> Study:
    """A study of the tutorial whose worlds differ in two numbers; nothing of it is played."""
    luck = np.random.default_rng(1)
    settings = {
        name: luck.integers(low, high, WORLDS, dtype=np.int32)
        for name, (low, high) in DRAWN.items()
    }
    plan = replace(small(worlds=WORLDS, block=BLOCK), settings=settings_checksum(settings))
    plan = replace(plan, ranges=DRAWN, sows="by hand", policies=plan.policies[:2])
    return begin(folder, plan, settings)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    made = begun(tmp_path_factory.mktemp("studies") / "study")
    with crew(1, "") as workers:
        play_on(made, workers, lambda _: None, lambda _: None)
    return open_study(made.folder)


@pytest.fixture(scope="module")
def folder(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "csv"
    taken.write_study(out, study, "csv")
    return out


@pytest.fixture(scope="module")
def courses(study: Study) -> dict[str, Course]:
    """What was played, by policy, without the study."""
    plan = study.plan
    tables, worlds = Tables(plan.exercise), np.arange(WORLDS, dtype=np.uint64)
    return {
        one.id: play(tables, one, plan.seed, worlds, settings=study.settings)
        for one in plan.policies
    }


def hundredths(values: pd.Series) -> list[int]:
    return [int(one) for one in (values * 100).round()]


def test_the_package_says_what_its_files_hold(folder: Path) -> None:
    names = ("study", "policies", "players", "score_names", "parameters", "settings")
    assert {f"{one}.csv" for one in (*names, "outcomes", "turns")} == holds(folder)


def test_rows_and_outcomes_are_what_was_played(
    study: Study, folder: Path, courses: dict[str, Course]
) -> None:
    outcomes = pd.read_csv(folder / "outcomes.csv")

    assert list(range(2 * WORLDS)) == list(outcomes["row"])
    assert list(outcomes["row"] % WORLDS) == list(outcomes["world"])
    for name, course in courses.items():
        mine = outcomes[outcomes["policy"] == name]
        for at, score in enumerate(study.plan.exercise.score):
            turns = course.scores[:, at].astype(int)
            assert turns[-1].tolist() == hundredths(mine[f"end.{score.id}"])
            way = [sum(one) // len(one) for one in turns.T.tolist()]
            assert way == hundredths(mine[f"way.{score.id}"])
        assert course.spent[-1].tolist() == list(mine["spent"])
    (said,) = pd.read_csv(folder / "study.csv").to_dict("records")
    assert (study.digest, "by hand") == (said["results"], said["sows"])


def test_turns_are_what_was_played(study: Study, folder: Path, courses: dict[str, Course]) -> None:
    exercise = study.plan.exercise
    turns = pd.read_csv(folder / "turns.csv", keep_default_na=False)
    options = [option.id for _, option in Tables(exercise).options]

    for place, course in enumerate(courses.values()):
        for turn in range(exercise.turns.count):
            mine = turns[(turns["turn"] == turn + 1) & (turns["row"] // WORLDS == place)]
            assert WORLDS == len(mine)
            for at, track in enumerate(exercise.track):
                assert course.tracks[turn, at].tolist() == hundredths(mine[f"track.{track.id}"])
            for at, lever in enumerate(exercise.lever):
                levels = [lever.levels[one].id for one in course.levels[turn, at]]
                assert levels == list(mine[f"lever.{lever.id}"])
            crisis = [options[one] if one >= 0 else "" for one in course.option[turn, 1]]
            assert crisis == list(mine["option.crisis"])
            responses = [
                ("restraint", "probe", "escalate")[one] for one in course.response[turn, 0]
            ]
            assert responses == list(mine[f"response.{exercise.adversary[0].id}"])


def test_the_seed_of_a_world_gives_its_dice_to_a_single_run(
    study: Study, folder: Path, courses: dict[str, Course]
) -> None:
    settings = pd.read_csv(folder / "settings.csv", dtype={"seed": str})
    policy, tables = study.plan.policies[1], Tables(study.plan.exercise)

    assert [one / 100 for one in study.settings["start.trust"]] == list(settings["start.trust"])
    assert study.settings["strength.tension_trust"].tolist() == list(
        settings["strength.tension_trust"]
    )
    for world in (0, 7, WORLDS - 1):
        own = {name: values[world : world + 1] for name, values in study.settings.items()}
        seed = int(settings["seed"][world])
        again = play(tables, policy, seed, np.zeros(1, np.uint64), settings=own)
        assert again.scores[:, :, 0].tolist() == (courses[policy.id].scores[:, :, world].tolist())


def test_parquet_is_csv_with_types(study: Study, folder: Path, tmp_path: Path) -> None:
    taken.write_study(tmp_path / "parquet", study, "parquet")

    for path in folder.glob("*.csv"):
        name = path.name.removesuffix(".csv")
        typed = pd.read_parquet(tmp_path / "parquet" / f"{name}.parquet")
        plain = pd.read_csv(path, dtype={"seed": str})
        pd.testing.assert_frame_equal(plain, typed, check_dtype=False)
    from pyarrow import parquet

    schema = parquet.read_schema(tmp_path / "parquet" / "settings.parquet")
    field = schema.field("start.trust")
    assert ("double", b"points") == (str(field.type), field.metadata[b"unit"])
    assert b"as this world has it" in field.metadata[b"description"]
    assert b"Settings" == schema.metadata[b"title"]


@pytest.mark.slow
def test_the_workbench_opens_the_archive(
    study: Study, courses: dict[str, Course], tmp_path: Path
) -> None:
    out = tmp_path / "study.tar.gz"
    taken.write_study(out, study, "ema")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts of it that are not installed
        from ema_workbench import load_results

        experiments, outcomes = load_results(str(out))

    rows, exercise = 2 * WORLDS, study.plan.exercise
    assert ["start.trust", "strength.tension_trust", "scenario", "policy", "model"] == list(
        experiments
    )
    assert [name for name in courses for _ in range(WORLDS)] == list(experiments["policy"])
    assert ["float64", "float64", "int64", "category", "category"] == [
        one.name for one in experiments.dtypes
    ]
    assert [*range(WORLDS)] * 2 == list(experiments["scenario"])
    assert hundredths(experiments["start.trust"]) == study.settings["start.trust"].tolist() * 2
    for at, score in enumerate(exercise.score):
        series = outcomes[score.id]
        assert (rows, exercise.turns.count) == series.shape
        played = np.concatenate([one.scores[:, at].T for one in courses.values()])
        assert np.array_equal(np.rint(series * 100), played)
        assert np.array_equal(series[:, -1], outcomes[f"end.{score.id}"])
        way = np.rint(outcomes[f"way.{score.id}"] * 100)
        assert np.array_equal(way, played.sum(axis=1) // exercise.turns.count)
    assert (rows,) == outcomes["spent"].shape == outcomes["ended"].shape

    taken.write_study(tmp_path / "again.tar.gz", study, "ema")
    assert out.read_bytes() == (tmp_path / "again.tar.gz").read_bytes()


def test_a_study_that_is_not_finished_is_not_taken_away(tmp_path: Path) -> None:
    study = begun(tmp_path / "study")

    for form, name in (("csv", "a"), ("parquet", "b"), ("ema", "c.tar.gz")):
        with pytest.raises(StudyError, match="is not finished: 6 of 6 blocks are missing"):
            taken.write_study(tmp_path / name, study, form)

    assert ["study"] == [path.name for path in tmp_path.iterdir()]


def test_what_is_not_installed_is_named(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(extras, "import_module", gone)

    with pytest.raises(extras.Missing, match=r"needs pyarrow.*pip install 'ttx\[analysis\]'"):
        taken.write_study(tmp_path / "parquet", study, "parquet")
    taken.write_study(tmp_path / "csv", study, "csv")
    taken.write_study(tmp_path / "study.tar.gz", study, "ema")
    assert {"csv", "study.tar.gz"} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.slow
def test_the_verb_takes_a_study(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["csv"], ["parquet", "--format", "parquet"], ["study.tar.gz"]):
        out = str(tmp_path / words[0])
        app(["export", str(study.folder), "--out", out, *words[1:]], standalone_mode=False)
        assert f"{out}\n" == capsys.readouterr().out
    assert (tmp_path / "parquet" / "outcomes.parquet").is_file()
    described = json.loads((tmp_path / "csv" / "datapackage.json").read_text("utf-8"))
    assert "Structured judgement, not prediction." == described["description"]
    with pytest.raises(files.NotWritten, match="is not empty"):
        app(
            ["export", str(study.folder), "--out", str(tmp_path / "csv")],
            standalone_mode=False,
        )
    with pytest.raises(files.NotWritten, match="is there already"):
        app(
            ["export", str(study.folder), "--out", str(tmp_path / "study.tar.gz")],
            standalone_mode=False,
        )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--format", "xlsx"], "A study has no form 'xlsx'; choose from csv, parquet, ema."),
        (["--format", "ema"], "An archive ends in .tar.gz; say --out x.tar.gz."),
        (["--anonymous"], "A study names nobody and has one exercise"),
        (["--out", "x.xlsx"], "A study has no workbook, and x.xlsx would be a folder"),
        (["."], "A study is exported by itself; name one folder, or saves alone."),
    ],
)
def test_a_mistake_in_the_asking_is_one_sentence(
    study: Study, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["export", str(study.folder), "--out", "x", *words]
    assert 2 == app(asked, standalone_mode=False)
    assert capsys.readouterr().err.startswith(sentence)


@pytest.mark.slow
def test_aims_purses_and_what_they_kept_adversaries_from_are_columns(tmp_path: Path) -> None:
    exercise = load(ROOT / "exercises" / "accelerate")
    words = ["phased", "phased,red=escalate"]
    plan = Plan(exercise, policies(exercise, words, lambda _: ""), 3, 24)
    made = begin(tmp_path / "study", plan, {})
    with crew(1, "") as workers:
        play_on(made, workers, lambda _: None, lambda _: None)
    study, out = open_study(made.folder), tmp_path / "csv"
    taken.write_study(out, study, "csv")
    outcomes, turns = (
        pd.read_csv(out / f"{one}.csv", keep_default_na=False) for one in ("outcomes", "turns")
    )
    tables, worlds = Tables(exercise), np.arange(24, dtype=np.uint64)
    names = [*RESPONSES, ""]

    for policy in plan.policies:
        course = play(tables, policy, plan.seed, worlds)
        mine = outcomes[outcomes["policy"] == policy.id]
        played = turns[turns["row"].isin(mine["row"])]
        for row, part in enumerate(exercise.adversary):
            aims = [part.aim[one].id for one in course.aims[row]]
            assert aims == list(mine[f"aim.{part.id}"])
            at_end = Worlds(tables, plan.seed, worlds).aims[row]
            assert aims == [part.aim[int(one)].id for one in at_end]
            met = {1: "True", 0: "False", -1: ""}
            assert [met[one].lower() for one in course.reached[row].tolist()] == [
                str(one).lower() for one in mine[f"reached.{part.id}"]
            ]
            for turn in range(exercise.turns.count):
                now = played[played["turn"] == turn + 1]
                assert course.purse[turn, row].tolist() == list(now[f"purse.{part.id}"])
                wanted = [names[one] for one in course.wanted[turn, row]]
                assert wanted == list(now[f"wanted.{part.id}"])
                did = [names[one] for one in course.response[turn, row]]
                assert did == list(now[f"response.{part.id}"])
        assert 2 <= len(set(outcomes["aim.china"]))
    pressed = turns[turns["row"] >= 24]
    assert {"escalate", ""} >= {*pressed["wanted.china"]}
    assert {"escalate", "probe"} <= {*pressed["response.china"]}


def test_an_exercise_without_aims_has_no_columns_for_them(folder: Path) -> None:
    for name in ("outcomes", "turns"):
        columns = pd.read_csv(folder / f"{name}.csv").columns
        assert not [one for one in columns if one.split(".")[0] in ("aim", "reached", "purse")]


def test_a_part_that_was_kept_before_there_were_purses_is_read(courses: dict[str, Course]) -> None:
    course = next(iter(courses.values()))
    kept = {name: getattr(course, name) for name in parts.NAMES}
    older = {k: v for k, v in kept.items() if k not in ("wanted", "purse", "aims", "reached")}
    again = parts.course_of(older)
    for name in parts.NAMES:
        assert np.array_equal(kept[name], getattr(again, name)), name
