"""The page of findings: its numbers are the studies’ own, and what is uncomfortable is first."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pseudo import CODE, WORD, Pseudo, codes, plain_words
from ssh_rig import ROOT, run

from ttx import i18n
from ttx.adjudicator.tables import Tables
from ttx.analysis.course import play
from ttx.analysis.policies import policies
from ttx.analysis.tally import A, B
from ttx.analysis.tipping import Tipping
from ttx.exercise.load import load
from ttx.exercise.numbers.number import UNITS
from ttx.report.findings.gathered import Findings, gather
from ttx.report.findings.uncomfortable import uncomfortable
from ttx.report.findings.whole import findings
from ttx.report.html import html
from ttx.report.markdown import markdown
from ttx.studies.plan import StudyError
from ttx.studies.study import open_study

EXERCISE = load(ROOT / "exercises" / "tutorial")
WORLDS = 100


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep, a sensitivity study and a sweep over states of the world, made by the verbs."""
    home = tmp_path_factory.mktemp("studies")
    two = ["--policy", "steady", "--policy", "eager", "--worlds", str(WORLDS)]
    every = ["tutorial", "--workers", "1"]
    asked = ["--question", "steady:eager", "--worlds", "8", "--samples", "4"]
    commands: list[list[str | Path]] = [
        ["sweep", *every, *two, "--policy", "keep", "--out", home / "sweep"],
        ["sweep", *every, *two, "--ranges", "declared", "--out", home / "sows"],
        ["sensitivity", *every, *asked, "--out", home / "hangs"],
    ]
    for words in commands:
        done = run(home, *words)
        assert 0 == done.returncode, done.stderr
    return home


def gathered(studies: Path, *names: str) -> Findings:
    """What some of the studies come to."""
    return gather([open_study(studies / name) for name in names])


@pytest.mark.slow
def test_the_page_has_the_means_of_the_worlds_themselves(studies: Path) -> None:
    found = gathered(studies, "sweep")
    page = markdown(findings(found))
    steady, eager, _ = (
        play(Tables(EXERCISE), one, 1, np.arange(WORLDS, dtype=np.uint64))
        for one in policies(EXERCISE, ["steady", "eager", "keep"], lambda _: "")
    )
    for row, score in enumerate(EXERCISE.score):
        apart = eager.scores[:, row].astype(int) - steady.scores[:, row]
        apart = apart if score.better == "higher" else -apart
        mean = apart[-1].mean() / 100

        assert f"{mean:+.2f}" in page
        assert np.allclose(apart.mean(axis=1) / 100, found.horizon["eager"][row])
        built_in = [sign for name, s, sign in found.built_in if (name, s) == ("eager", score.id)]
        assert built_in == [s for s in (1, -1) if (apart[-1] * s > 0).mean() >= 0.99]


@pytest.mark.slow
def test_what_is_uncomfortable_comes_before_the_answer(studies: Path) -> None:
    page = markdown(findings(gathered(studies, "sweep", "hangs", "sows")))
    parts = re.findall(r"^## (.*)$", page, re.MULTILINE)

    assert [
        "What is uncomfortable",
        "The answer",
        "How sure: luck, parameters, structure",
    ] == parts[:3]
    assert {"What it hangs on", "Where each wins", "To repeat it"} <= set(parts)
    assert "never which answer is right" in page


def test_what_was_not_examined_is_said(studies: Path) -> None:
    alone = gathered(studies, "sweep")
    page = markdown(findings(alone))

    assert "Only luck was looked at." in page
    assert "The numbers of the exercise were taken as they are" in " ".join(uncomfortable(alone))
    with_both = uncomfortable(gathered(studies, "sweep", "hangs"))
    assert not any("taken as they are" in one for one in with_both)


def test_a_bundle_is_not_taken_for_the_question(studies: Path) -> None:
    found = gathered(studies, "sweep")
    asked = set(EXERCISE.review.levers)
    besides = {one.policy for one in found.table.bundles if set(one.levers) - asked}
    said = [one for one in uncomfortable(found) if "is no answer to the exercise's question" in one]

    assert besides == {name for name in ("eager", "keep") if any(name in one for one in said)}


def test_the_page_as_html_draws_and_fetches_nothing(studies: Path) -> None:
    page = html(findings(gathered(studies, "sweep", "hangs")))

    assert 2 == page.count("<svg")
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in page


@pytest.mark.slow
def test_the_same_studies_give_the_same_page(studies: Path) -> None:
    pages = {markdown(findings(gathered(studies, *names))) for names in (("sweep", "hangs"),) * 2}

    assert 1 == len(pages)


def test_studies_that_do_not_belong_together_are_refused(studies: Path) -> None:
    sweep, sows, hangs = (open_study(studies / name) for name in ("sweep", "sows", "hangs"))
    with pytest.raises(StudyError, match="None of these is a sweep without --ranges"):
        gather([sows, hangs])
    with pytest.raises(StudyError, match="There are 2 studies of the kind 'sweep'; name one"):
        gather([sweep, sweep])


def test_what_all_numbers_at_once_turn_was_not_built_in(studies: Path) -> None:
    found = gathered(studies, "sweep", "hangs")
    made = found.sensitivity
    assert made is not None
    assert made.design is not None
    never = {"way": Tipping(None, None), "end": Tipping(None, None)}
    rows = tuple(replace(row, tips=never) for row in made.rows)
    still = replace(made, rows=rows, switches=(), score=0)
    sign = int(np.sign(made.base.means[0, 1, 0]) * made.base.signs[0])
    all_ = made.design.counted
    for turned, says in (
        (0, "that answer was built in"),
        (4, "all numbers at once do, in 25 % of"),
    ):
        counts = all_.counts.copy()
        counts[:, B, 1, 0] = counts[:, A, 1, 0] + sign
        if turned:
            counts[::turned, B, 1, 0] -= 2 * sign
        design = replace(
            made.design, counted=replace(all_, counts=counts), free=np.arange(len(counts))
        )
        told = uncomfortable(replace(found, sensitivity=replace(still, design=design)))
        assert 1 == sum(says in one for one in told)
        assert turned or not any("at once do" in one for one in told)


@pytest.mark.slow
def test_few_worlds_and_one_policy_carry_no_answer(tmp_path: Path) -> None:
    few = ["sweep", "tutorial", "--workers", "1", "--worlds", "1", "--policy", "keep"]
    assert 0 == run(tmp_path, *few, "--policy", "eager", "--out", tmp_path / "two").returncode
    assert 0 == run(tmp_path, *few, "--out", tmp_path / "one").returncode

    found = gather([open_study(tmp_path / "two")])
    page = markdown(findings(found))

    assert () == found.built_in
    assert "In fewer than 100 worlds it cannot be told" in page
    assert "luck alone: 1 world of seed 1" in page
    assert not [word for word in ("inf<", "±", "1 worlds", "of 1 paired", "- : ") if word in page]
    with pytest.raises(StudyError, match="one has one policy, and findings compare two at least"):
        gather([open_study(tmp_path / "one")])


@pytest.mark.slow
def test_the_verb_writes_over_nothing(studies: Path, tmp_path: Path) -> None:
    out = tmp_path / "findings.md"
    done = run(studies, "findings", studies / "sweep", "--out", out)

    assert 0 == done.returncode, done.stderr
    assert out.read_text("utf-8").startswith("**")
    before = out.read_bytes()
    again = run(studies, "findings", studies / "sweep", "--out", out)
    assert 2 == again.returncode
    assert 1 == len(again.stderr.strip().splitlines())
    assert before == out.read_bytes()


@pytest.mark.slow
def test_the_page_is_written_in_the_language_of_whoever_reads_it(
    studies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "_CATALOGUES", {CODE: Pseudo()})
    verbs = {"sweep", "sensitivity"}
    own = verbs | codes(EXERCISE) | set(WORD.findall(str(EXERCISE.as_toml())))
    with i18n.reading(CODE):
        page = markdown(findings(gathered(studies, "sweep", "hangs", "sows")))
    sentences = [row for row in page.split("\n") if not row.startswith("- ttx ")]
    assert set() == plain_words("\n".join(sentences), frozenset(own))
    assert not re.search(rf"\d \(?({'|'.join(UNITS.values())})\b", page), "a unit"
