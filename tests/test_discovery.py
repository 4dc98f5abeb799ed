from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from kit.person import ROOT, mistake

from ttx.adjudicator.arithmetic import Int32
from ttx.analysis.boxes import Measured
from ttx.analysis.policies import policies
from ttx.analysis.signposts import Signpost
from ttx.cli.discovery import hundredths
from ttx.exercise.load import from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parameters import parameters
from ttx.studies import discovery, discovery_text
from ttx.studies.discovery import Asked, Discovery
from ttx.studies.plan import Plan, StudyError
from ttx.studies.study import Study, begin, open_study, settings_checksum
from ttx.studies.sweep import play_on
from ttx.studies.workers import crew

WORLDS = 240
NAMES = ("steady", "eager", "keep")
ASKED = Asked("eager", "steady", "neighbour", by=400, resamples=2, thresholds={"means": 6000})


@pytest.fixture(scope="module")
def tutorial() -> Exercise:
    return load(ROOT / "exercises" / "tutorial")


def states(exercise: Exercise) -> tuple[dict[str, tuple[int, int]], dict[str, Int32]]:
    """The declared ranges, and states of the world drawn from them."""
    luck = np.random.default_rng(4)
    ranges = {
        name: (one.low, one.high) for name, one in parameters(exercise).items() if one.declared
    }
    drawn = {
        name: luck.integers(low, high + 1, WORLDS).astype(np.int32)
        for name, (low, high) in ranges.items()
    }
    return ranges, drawn


def swept(folder: Path, exercise: Exercise, *, sows: bool, names: tuple[str, ...] = NAMES) -> Study:
    plan = Plan(exercise, policies(exercise, names, str), 1, WORLDS if sows else 20, names[0])
    ranges, drawn = states(exercise)
    if sows:
        plan = replace(plan, ranges=ranges, sows="drawn", settings=settings_checksum(drawn))
    study = begin(folder, plan, drawn if sows else None)
    with crew(1) as workers:
        play_on(study, workers, lambda _: None, lambda _: None)
    return study


@pytest.fixture(scope="module")
def study(tutorial: Exercise, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A finished sweep of three policies over states of the world."""
    return swept(tmp_path_factory.mktemp("sweep") / "sows", tutorial, sows=True)


@pytest.fixture(scope="module")
def made(study: Study) -> Discovery:
    return discovery.discover(study, ASKED, lambda _step, _done, _of: None)


def ends(study: Study, score: int) -> list[list[int]]:
    """A score at the end, by policy and world."""
    return [study.course(name).scores[-1, score].tolist() for name in NAMES]


def test_a_win_is_ahead_by_the_margin_and_its_box_is_counted_on_the_settings(
    study: Study, made: Discovery
) -> None:
    steady, eager, _ = ends(study, 0)
    won = np.array([b - a >= 400 for a, b in zip(steady, eager, strict=True)])
    mine, theirs = made.scenarios

    assert ("eager", int(won.sum())) == (mine.winner, mine.won)
    assert 20 < mine.won < WORLDS - 20
    assert mine.box is not None
    inside = np.ones(WORLDS, bool)
    for column, lowest, highest in mine.box.box.limits:
        values = study.settings[made.ids[column]]
        inside &= (values >= (lowest if lowest is not None else values.min())) & (
            values <= (highest if highest is not None else values.max())
        )
    assert won[inside].mean() == mine.box.density
    assert won[inside].sum() / won.sum() == mine.box.coverage
    assert mine.box.density > won.mean() + 0.1
    assert 2 == mine.resamples
    assert {*mine.reproduced} == {*mine.box.box.sides}
    assert ("steady", 0, None) == (theirs.winner, theirs.won, theirs.box)


def test_regret_and_thresholds_are_per_score_over_all_policies(
    study: Study, made: Discovery
) -> None:
    for score in range(3):
        best = [max(world) for world in zip(*ends(study, score), strict=True)]
        for policy, mine in enumerate(ends(study, score)):
            behind = [a - b for a, b in zip(best, mine, strict=True)]
            assert max(behind) == made.regret.most[policy, score]
            assert behind.count(0) == made.regret.best[policy, score]
    met = [sum(value >= 6000 for value in one) for one in ends(study, 2)]
    assert met == made.met[2].tolist()


@pytest.mark.slow
def test_what_the_author_calls_enough_is_asked_for_unless_the_call_says_otherwise(
    tutorial: Exercise, tmp_path: Path
) -> None:
    said = tutorial.as_toml()
    said["score"][1]["enough"], said["score"][2]["enough"] = Decimal("45.5"), 30
    study = swept(tmp_path / "study", from_data(said), sows=True)
    made = discovery.discover(study, replace(ASKED, resamples=0), lambda _step, _done, _of: None)

    assert {1: 4550, 2: 6000} == made.thresholds
    met = [sum(value >= 4550 for value in one) for one in ends(study, 1)]
    assert met == made.met[1].tolist()


@pytest.mark.slow
def test_signposts_foretell_losses_by_a_track_of_the_policy_itself(study: Study) -> None:
    # on what is left of the means eager always loses; by seven points it does in half of the worlds
    asked = Asked("eager", "steady", "means", by=600, resamples=0)
    made = discovery.discover(study, asked, lambda _step, _done, _of: None)
    steady, eager, _ = ends(study, 2)

    assert made.lost == sum(b - a <= -600 for a, b in zip(steady, eager, strict=True))
    (post,) = made.signposts
    values = study.course("eager").tracks[0, post.track]
    named = values < post.value if post.side == "below" else values >= post.value
    lost = np.array(eager) - np.array(steady) <= -600
    assert named[1::2][lost[1::2]].mean() == post.caught
    assert 1 - named[1::2][~lost[1::2]].mean() == pytest.approx(post.spared)


def test_the_lines_say_it_in_the_authors_units(made: Discovery) -> None:
    whole = " ".join(line.strip() for line in discovery_text.lines(made))
    box = made.scenarios[0].box
    assert box is not None

    assert f"covers {box.coverage * 100:.0f} % of such worlds, right in" in whole
    numbers = parameters(made.exercise)
    for column, lowest, highest in box.box.limits:
        one = numbers[made.ids[column]]
        ends = [
            f"{end / 100:.2f}".rstrip("0").rstrip(".") if one.unit == "points" else str(end)
            for end in (lowest, highest)
            if end is not None
        ]
        way = "more" if highest is None else "less"
        last = f" to {ends[1]} {one.unit}" if ends[1:] else f" {one.unit} or {way}"
        assert f"({one.id}) is {ends[0]}{last}" in whole
    assert "Means left at least 60: steady" in whole
    assert "regrets of different scores are not summed" in whole
    assert "steady wins in 0 % of the worlds (0): no box is looked for" in whole


def test_a_box_and_a_signpost_that_add_little_are_called_so(made: Discovery) -> None:
    mine, theirs = made.scenarios
    assert mine.box is not None
    share = mine.won / WORLDS
    little = Measured(mine.box.box, 1000, round(1000 * share + 99), 1000)
    much = Measured(mine.box.box, 1000, round(1000 * share + 101), 1000)
    posts = [(Signpost(1, 0, "below", 3000, 0.6, caught, 0.6),) for caught in (0.59, 0.61)]

    def said(unseen: Measured, post: tuple[Signpost, ...]) -> str:
        scenarios = (replace(mine, unseen=unseen), theirs)
        return " ".join(discovery_text.lines(replace(made, scenarios=scenarios, signposts=post)))

    assert "luck decides here" in said(little, posts[0])
    assert "nothing foretells it well" in said(little, posts[0])
    assert "luck decides here" not in said(much, posts[1])
    assert "nothing foretells it well" not in said(much, posts[1])
    coin = "(balanced accuracy 60 %, little more than a coin)"
    assert [True, False] == [coin in said(much, (*one, *posts[1])) for one in posts]
    assert "Means are rounded up." in said(much, posts[0])


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked("brave"), "no policy 'brave'"),
        (Asked(baseline="brave"), "no policy 'brave'"),
        (Asked("steady", "steady"), "compared with itself"),
        (Asked(score="luck"), "There is no score 'luck'"),
        (Asked(thresholds={"luck": 1}), "There is no score 'luck'"),
    ],
)
def test_what_the_study_does_not_have_is_one_sentence(
    study: Study, asked: Asked, said: str
) -> None:
    with pytest.raises(StudyError, match=said):
        discovery.discover(study, asked, lambda _step, _done, _of: None)


@pytest.mark.slow
def test_a_study_without_states_of_the_world_or_of_one_policy_has_nothing_to_discover(
    tutorial: Exercise, tmp_path: Path
) -> None:
    swept(tmp_path / "plain", tutorial, sows=False)
    assert "has no states of the world" in mistake("discover", tmp_path / "plain")
    assert "There is no folder" in mistake("discover", tmp_path / "nowhere")

    alone = swept(tmp_path / "alone", tutorial, sows=True, names=("steady",))
    with pytest.raises(StudyError, match="a comparison needs two"):
        discovery.discover(open_study(alone.folder), Asked(), lambda _step, _done, _of: None)


def test_points_are_read_exactly() -> None:
    assert (50, -1275) == (hundredths("0.5", "--by"), hundredths("-12.75", "--by"))
    for said in ("half", "0.505", "", "nan", "inf", "1e99999999", "1001"):
        with pytest.raises(ValueError, match=r"--by: a value is points"):
            hundredths(said, "--by")
