from __future__ import annotations

import csv
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from kit.person import ROOT, mistake, ttx_

from ttx.adjudicator.tables import Tables
from ttx.analysis import sensitivity_text, tally, uncertainty
from ttx.analysis.course import play
from ttx.analysis.sensitivity import Sensitivity, base
from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parameters import parameters, with_values
from ttx.extras import Missing
from ttx.studies import sensitivity, sensitivity_files, sobol
from ttx.studies.plan import Plan, StudyError
from ttx.studies.study import begin, open_study
from ttx.studies.workers import crew

WORLDS, SAMPLES = 12, 8
QUESTION = "eager:eager+standing_staff=liaison"
END = tally.MOMENTS.index("end")
SWITCH = """
[[switch]]
id = "calm"
name = "No harm by the storm's answer"
why = "The neighbour may not mind."
set = { "overdraft.money.supplies" = 0 }

[[switch]]
id = "quick"
name = "No wait for Hawaii"
why = "A duty officer may answer."
set = { "wait.storm" = 0, "wait.sea" = 0 }
"""
pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    """The tutorial, with two switches of its own."""
    folder = tmp_path_factory.mktemp("switched") / "tutorial"
    shutil.copytree(ROOT / "exercises" / "tutorial", folder)
    (folder / "switches.toml").write_text(SWITCH, "utf-8")
    return load(folder)


def asked(exercise: Exercise, worlds: int = WORLDS, over: str = "top:4") -> Plan:
    pair = sensitivity.pair(exercise, QUESTION, str)
    score = exercise.score[0].id
    return sensitivity.plan(
        exercise, pair, seed=1, worlds=worlds, samples=SAMPLES, over=over, score=score
    )


@pytest.fixture(scope="module")
def kept(exercise: Exercise, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A study played whole into a folder, and its digest."""
    folder = tmp_path_factory.mktemp("study") / "hangs-on"
    study = begin(folder, asked(exercise))
    with crew(1) as workers:
        steps = sensitivity.Steps(study.plan, workers, study)
        sensitivity_files.write(folder, sensitivity.played(steps))
    return folder, steps.digest


@pytest.fixture(scope="module")
def made(kept: tuple[Path, str]) -> Sensitivity:
    """What that study came to, read again."""
    return sensitivity.read_again(open_study(kept[0]))


def differences(exercise: Exercise) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """B less A by moment, score and world, played by itself; on the way added up over two turns."""
    ends, ways = [], []
    for policy in sensitivity.pair(exercise, QUESTION, str):
        scores = play(Tables(exercise), policy, 1, np.arange(WORLDS, dtype=np.uint64)).scores
        ends.append(scores[-1].astype(np.int64))
        ways.append(scores.sum(axis=0, dtype=np.int64))
    turned = np.array([1 if one.better == "higher" else -1 for one in exercise.score])[:, None]
    return np.stack([(ways[1] - ways[0]) * turned, (ends[1] - ends[0]) * turned])


# --- what is counted ------------------------------------------------------------------------------


def test_the_base_is_the_exercise_played_by_both_policies(made: Sensitivity) -> None:
    apart = differences(made.exercise)

    assert apart.sum(axis=-1).tolist() == made.base.apart[0].tolist()
    assert (apart**2).sum(axis=-1).tolist() == made.base.counts[0, tally.SQUARES].tolist()
    mean = apart / np.array([2, 1])[:, None, None]
    assert (mean >= 50).sum(axis=-1).tolist() == made.base.counts[0, tally.BETTER].tolist()
    assert (mean <= -50).sum(axis=-1).tolist() == made.base.counts[0, tally.WORSE].tolist()
    assert np.allclose(mean.mean(axis=-1), made.base.means[0])
    error = mean.std(axis=-1, ddof=1) / np.sqrt(WORLDS)
    assert np.allclose(error, made.base.errors[0])


def test_half_a_point_is_clear_and_a_hundredth_less_is_not(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = sensitivity.pair(exercise, QUESTION, str)
    worlds = np.arange(5, dtype=np.uint64)
    blank = play(Tables(exercise), pair[0], 1, worlds)
    ours = np.zeros_like(blank.scores)
    ours[1, 0] = [50, 49, -50, -49, 100]  # on the way half of it, over two turns
    played = iter([replace(blank, scores=np.zeros_like(ours)), replace(blank, scores=ours)])
    monkeypatch.setattr(tally, "play", lambda *_: next(played))

    counts = tally.count(Tables(exercise), pair, 1, worlds, (), np.zeros((1, 0), np.int32))
    assert [1, 2] == counts[0, tally.BETTER, :, 0].tolist()
    assert [0, 1] == counts[0, tally.WORSE, :, 0].tolist()


@pytest.mark.parametrize(
    "name", ["lever.standing_staff.staff.liaison", "income.consent.trust", "start.trust"]
)
def test_a_row_is_what_the_exercise_with_that_number_comes_to(made: Sensitivity, name: str) -> None:
    row = next(one for one in made.rows if one.id == name)

    assert {parameters(made.exercise)[name].low, parameters(made.exercise)[name].high} <= {
        row.base,
        *row.values,
    }
    for value, apart in zip(row.values, row.apart, strict=True):
        alone = differences(with_values(made.exercise, {name: value}))
        assert alone.sum(axis=-1).tolist() == apart.tolist()


def test_at_a_tipping_value_the_other_policy_is_preferred_and_one_step_nearer_it_is_not(
    made: Sensitivity,
) -> None:
    now = made.base.apart[0, END, 0]
    tips = {row.id: row.tips["end"] for row in made.rows if row.flips("end")}
    ups = [name for name, tip in tips.items() if tip.above is not None]
    downs = [name for name, tip in tips.items() if tip.below is not None]

    assert "lever.standing_staff.staff.liaison" in ups
    assert "lever.standing_staff.staff.cell" in downs
    for name, tip in tips.items():
        for value, step in ((tip.below, 1), (tip.above, -1)):
            if value is not None:
                flipped = differences(with_values(made.exercise, {name: value}))[END, 0].sum()
                nearer = differences(with_values(made.exercise, {name: value + step}))[END, 0].sum()
                assert flipped * now < 0
                assert nearer * now >= 0


def test_what_nobody_does_moves_nothing(made: Sensitivity) -> None:
    row = next(one for one in made.rows if one.id == "lowered.ports.trust")

    assert (row.apart == made.base.apart[0]).all()
    assert row.reach(made.base.apart[0], END, 0) == (made.base.apart[0, END, 0],) * 2
    assert 2 == len(row.values)  # nothing is played in between
    assert not row.flips("end")
    widths = [
        high - low for low, high in (one.reach(made.base.apart[0], END, 0) for one in made.rows)
    ]
    assert sorted(widths, reverse=True) == widths


def test_a_switch_sets_its_numbers_and_the_last_setting_all_of_them(made: Sensitivity) -> None:
    sets = [
        {"overdraft.money.supplies": 0},
        {"wait.storm": 0, "wait.sea": 0},
        {"overdraft.money.supplies": 0, "wait.storm": 0, "wait.sea": 0},
    ]

    for row, values in enumerate(sets):
        alone = differences(with_values(made.exercise, values))
        assert alone.sum(axis=-1).tolist() == made.switched.apart[row].tolist()
    rules = uncertainty.structure(made.base, made.switched, END, 0)
    means = [float(made.base.means[0, END, 0]), *made.switched.means[:, END, 0].tolist()]
    assert (min(means), max(means)) == (rules.least, rules.most)


# --- the design -----------------------------------------------------------------------------------


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_setting_of_the_design_is_what_it_says(made: Sensitivity) -> None:
    design = made.design
    assert design is not None

    for row in (0, 3, len(design.settings) - 1):
        values = dict(zip(design.ids, map(int, design.settings[row]), strict=True))
        alone = differences(with_values(made.exercise, values))
        assert alone.sum(axis=-1).tolist() == design.counted.apart[row].tolist()
    assert design.ids == tuple(one.id for one in made.rows[:4])


def test_salibs_estimator_on_the_exported_design_lands_in_the_printed_interval(
    kept: tuple[Path, str],
) -> None:
    from SALib.analyze import sobol as theirs

    design = rows_of(kept[0] / "design.csv")
    ids = list(design[0])[:4]
    outcome = np.array([float(row["neighbour end"]) for row in design])
    problem = {"num_vars": 4, "names": ids, "bounds": [[0, 1]] * 4}
    made = theirs.analyze(problem, outcome, calc_second_order=False, seed=99)

    printed = [
        row
        for row in rows_of(kept[0] / "indices.csv")
        if row["moment"] == "end" and int(row["samples"]) == SAMPLES
    ]
    assert ids == [row["id"] for row in printed]
    for at, row in enumerate(printed):
        assert abs(made["ST"][at] - float(row["total"])) <= float(row["total ±95"]) + 1e-5
        assert abs(made["ST"][at] - float(row["total"])) < 1e-5
        assert abs(made["S1"][at] - float(row["first"])) < 1e-5


def test_parameters_are_those_of_settings_drawn_independently(made: Sensitivity) -> None:
    design = made.design
    assert design is not None
    means = design.counted.means[:, END, 0].reshape(SAMPLES, 6)[:, [0, 5]].ravel()
    drawn = uncertainty.parameters(design.drawn, END, 0)

    assert 2 * SAMPLES == drawn.settings
    assert (means > 0).mean() == drawn.better
    assert (means >= 50).mean() == drawn.clearly
    assert np.allclose(np.quantile(means, [0.025, 0.975]), drawn.central_95)
    assert [2, 4, 8] == [one.samples for one in design.indices["end"]]


def test_a_number_that_nothing_hangs_on_has_no_index(exercise: Exercise) -> None:
    with crew(1) as workers:
        steps = sensitivity.Steps(asked(exercise), workers)
        ids = ["lowered.ports.trust", "lever.standing_staff.staff.liaison"]
        design = sensitivity.designed(steps, ids, SAMPLES, 0)

    for one in design.indices["end"]:
        assert 0 == one.total[0] == one.total_interval[0]
        assert one.total[1] > 0


# --- the folder -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_study_that_was_ended_goes_on_and_comes_to_the_same(
    exercise: Exercise, kept: tuple[Path, str], tmp_path: Path
) -> None:
    study = begin(tmp_path / "again", asked(exercise))
    heard: list[tuple[str, int, int]] = []

    def stop(step: str, done: int, of: int) -> None:
        heard.append((step, done, of))
        if step == "halfway":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), crew(1) as workers:
        sensitivity.played(sensitivity.Steps(study.plan, workers, study, stop))
    parts = {path.name: path.stat().st_mtime_ns for path in study.folder.glob("parts/*")}
    assert {"base-000000.npz", "ends-000000.npz"} <= set(parts)
    with pytest.raises(StudyError, match="step 'halfway' is missing"):
        sensitivity.read_again(study)

    (study.folder / "parts" / "ends-000000.npz").write_bytes(b"torn")
    said: list[str] = []
    with crew(2) as workers:
        steps = sensitivity.Steps(study.plan, workers, study, notice=said.append)
        sensitivity.played(steps)
    assert kept[1] == steps.digest
    assert 1 == len(said)
    assert "ends-000000.npz is damaged" in said[0]
    untouched = study.folder / "parts" / "base-000000.npz"
    assert parts["base-000000.npz"] == untouched.stat().st_mtime_ns


def test_a_digest_tells_other_worlds_apart(exercise: Exercise, kept: tuple[Path, str]) -> None:
    with crew(1) as workers:
        steps = sensitivity.Steps(asked(exercise, worlds=WORLDS + 1), workers)
        base(steps)
        one = steps.digest
        steps = sensitivity.Steps(replace(asked(exercise), seed=2), workers)
        base(steps)
    assert 3 == len({one, steps.digest, kept[1]})


def test_a_piece_kept_of_another_setting_is_not_taken(exercise: Exercise, tmp_path: Path) -> None:
    study = begin(tmp_path / "one", asked(exercise))
    ids = ["start.trust"]
    with crew(1) as workers:
        steps = sensitivity.Steps(study.plan, workers, study)
        first = steps("ends", ids, np.array([[4000]], np.int32))
        other = sensitivity.Steps(study.plan, workers, study)(
            "ends", ids, np.array([[6000]], np.int32)
        )
    assert first.counts.tolist() != other.counts.tolist()


# --- in words -------------------------------------------------------------------------------------


def test_the_lines_hold_what_was_counted(made: Sensitivity) -> None:
    lines = sensitivity_text.lines(made)
    whole = "\n".join(lines)

    assert max(map(len, lines)) <= sensitivity_text.WIDTH
    luck = uncertainty.luck(made.base, END, 0)
    (score,) = [one for one in lines if one.startswith("  Deterrence") and " end " in one]
    assert f"{luck.mean / 100:+.2f} ±{luck.error / 100:5.2f}" in score
    for row in made.rows:
        if row.flips("end"):
            assert f"({row.id}" in whole
    first = made.rows[0]
    low, high = first.reach(made.base.apart[0], END, 0)
    (bar,) = [one for one in lines if one.startswith(f"  {first.id}") and "=" in one]
    assert f"{low / WORLDS / 100:+.2f}" in bar
    assert f"{high / WORLDS / 100:+.2f}" in bar
    assert "start.trust*" not in whole  # it has a range of its own
    assert "lever.standing_staff.staff.cell*" in whole
    assert "Structured judgement, not prediction." == lines[-1]


@pytest.mark.parametrize(
    ("many", "says"), [(0, "which has no switch"), (1, "and 1 switch off"), (2, "and 2 switches")]
)
def test_switches_are_told_by_their_number(made: Sensitivity, many: int, says: str) -> None:
    some = replace(made, switches=(made.switches * 2)[:many])
    (line,) = [one for one in sensitivity_text.lines(some) if "R relations" in one]

    assert f"R relations: the model, {says}" in line


def test_a_count_is_said_without_the_word(made: Sensitivity) -> None:
    one = replace(made.numbers["start.trust"], unit="count", value=2)

    assert "2" == sensitivity_text.number(one, 2)


def test_the_widest_bar_spans_the_scale_and_marks_stand_in_their_columns() -> None:
    bar = sensitivity_text.bar((-100, 300), 100, -100, 300)

    assert len(bar) == sensitivity_text.BAR
    assert bar[0] == bar[-1] == "="
    assert (bar.index(":"), bar.index("|")) == (6, 12)


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("steady", "takes two policies"),
        ("steady:steady", "takes two policies"),
        ("steady:brave", "There is no robot 'brave'"),
        ("all:steady", "a question is of two"),
    ],
)
def test_a_question_is_of_two_policies_that_there_are(
    exercise: Exercise, question: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        sensitivity.pair(exercise, question, str)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"score": "luck"}, "There is no score 'luck'"),
        ({"samples": 12}, "power of two"),
        ({"over": "some"}, "declared, all or top:K"),
        ({"over": "top:0"}, "declared, all or top:K"),
    ],
)
def test_a_plan_asks_for_what_there_is(
    exercise: Exercise, changed: dict[str, object], said: str
) -> None:
    pair = sensitivity.pair(exercise, QUESTION, str)
    whole = {"seed": 1, "worlds": 2, "samples": 2, "over": "all", "score": "means"} | changed
    with pytest.raises(StudyError, match=said):
        sensitivity.plan(exercise, pair, **whole)  # type: ignore[arg-type]  # by name


@pytest.mark.slow
def test_a_mistake_in_the_asking_is_one_sentence() -> None:
    asked_for = ("sensitivity", "tutorial", "--question")

    assert "There is no robot 'brave'" in mistake(*asked_for, "steady:brave")
    assert "nowhere.toml" in mistake(*asked_for, "steady:nowhere.toml")


@pytest.mark.slow
def test_a_folder_of_something_else_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    said = mistake("sensitivity", "tutorial", "--question", "steady:eager", "--out", tmp_path)
    assert "holds no study" in said
    assert ["notes.txt"] == [path.name for path in tmp_path.iterdir()]


def test_an_exercise_without_declared_ranges_is_told_so(exercise: Exercise) -> None:
    bare = exercise.model_copy(
        update={
            "track": [one.model_copy(update={"range": (one.start,) * 2}) for one in exercise.track],
            "influence": [
                one.model_copy(update={"range": (one.strength,) * 2}) for one in exercise.influence
            ],
        }
    )
    with pytest.raises(StudyError, match="declares no range; ask for --over all"):
        asked(bare, over="declared")


def test_without_the_extra_it_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*sys.modules]:
        if name.split(".")[0] == "SALib":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "path", [one for one in sys.path if "site-packages" not in one])
    with pytest.raises(Missing, match=r"pip install 'ttx\[analysis\]'"):
        sobol.design([(0, 1)], 2, 1)


@pytest.mark.slow
def test_the_verb_prints_and_keeps(tmp_path: Path) -> None:
    words = ["sensitivity", "tutorial", "--question", "steady:eager", "--worlds", "4"]
    words += ["--samples", "2", "--over", "top:2", "--out", str(tmp_path / "it")]
    out, err = ttx_(*words)

    assert "Three uncertainties, kept apart" in out
    assert "Digest of the counts: " in out
    assert "numbers.csv, tornado.csv, design.csv, indices.csv" in err
    again, _ = ttx_(*words)
    assert out == again
    parts = sorted((tmp_path / "it" / "parts").iterdir())
    folder = str(tmp_path / "it")
    for verb in (["sweep", "--resume", folder], ["merge", folder, "--out", "new"]):
        _, said = ttx_(*verb, code=2)
        assert "keeps counts and no rows; go on with: ttx sensitivity tutorial" in said
    assert parts == sorted((tmp_path / "it" / "parts").iterdir())
    assert not (ROOT / "new").exists()
